use std::fmt::Write as _;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use iced::Task;
use iced_test::futures::futures::Stream;
use iced_test::runtime::{Action, task};

/// The tasks under way, all at once.
pub struct Tasks<M> {
    /// How many there have been.
    pub started: usize,
    /// How long a test waits for what another thread does, before it fails.
    pub patience: Duration,
    pub endless: Vec<&'static str>,
    running: Vec<Running<M>>,
    runtime: tokio::runtime::Runtime,
}

struct Running<M> {
    /// What it follows from.
    name: String,
    actions: Pin<Box<dyn Stream<Item = Action<M>> + Send>>,
}

impl<M: 'static> Tasks<M> {
    pub fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime of one thread needs nothing");
        Self { started: 0, patience: Duration::from_secs(20), endless: Vec::new(), running: Vec::new(), runtime }
    }

    pub fn add(&mut self, name: String, task: Task<M>) {
        self.started += 1;
        if let Some(actions) = task::into_stream(task) {
            self.running.push(Running { name, actions });
        }
    }

    pub fn enter(&self) -> tokio::runtime::EnterGuard<'_> {
        self.runtime.enter()
    }

    pub fn block_on<F: Future>(&self, future: F) -> F::Output {
        self.runtime.block_on(future)
    }

    /// The next thing a task does; nothing once all are at their end, but for the endless ones.
    #[track_caller]
    pub fn next(&mut self) -> Option<Action<M>> {
        let deadline = Instant::now() + self.patience;
        loop {
            // Those that have no end get their turn too, as far as they need not be waited for.
            if let Some(action) = self.next_within(Duration::ZERO) {
                return Some(action);
            }
            let pending = self.pending();
            if pending.is_empty() {
                return None;
            }
            let rest = deadline.saturating_duration_since(Instant::now());
            if let Some(action) = self.next_within(rest.min(Duration::from_millis(100))) {
                return Some(action);
            }
            assert!(!rest.is_zero(), "after {:?} these tasks are not at their end:{pending}", self.patience);
        }
    }

    fn pending(&self) -> String {
        self.running
            .iter()
            .filter(|running| !self.endless.iter().any(|endless| running.name.starts_with(endless)))
            .fold(String::new(), |mut list, running| {
                let _ = write!(list, "\n  what follows from {}", running.name);
                list
            })
    }

    /// What a task does within that time. Ends early when none is left.
    pub fn next_within(&mut self, time: Duration) -> Option<Action<M>> {
        let running = &mut self.running;
        let next = poll_fn(|context| poll(running, context));
        self.runtime.block_on(async { tokio::time::timeout(time, next).await }).ok().flatten()
    }
}

fn poll<M>(running: &mut Vec<Running<M>>, context: &mut Context<'_>) -> Poll<Option<Action<M>>> {
    let mut index = 0;
    while let Some(task) = running.get_mut(index) {
        match task.actions.as_mut().poll_next(context) {
            Poll::Ready(Some(action)) => return Poll::Ready(Some(action)),
            Poll::Ready(None) => drop(running.remove(index)),
            Poll::Pending => index += 1,
        }
    }
    if running.is_empty() { Poll::Ready(None) } else { Poll::Pending }
}
