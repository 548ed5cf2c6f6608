//! The one thread that owns a file: whoever wants something of it asks, and awaits the answer.
//!
//! The answer comes through a channel that needs no runtime, so any executor can await it.

use std::sync::mpsc;
use std::thread;

use rusqlite::Connection;
use tokio::sync::oneshot;

/// Asks the thread that owns a file. When the last one is dropped, the thread closes the file.
#[derive(Clone)]
pub struct Owner {
    orders: mpsc::Sender<Order>,
}

enum Order {
    Do(Box<dyn FnOnce(&mut Connection) + Send>),
    Close(oneshot::Sender<()>),
}

/// The owner has stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped;

impl Owner {
    /// Starts the thread, which opens the file. `None` when the thread ended without an answer.
    ///
    /// `name` is the thread's, as a person sees it in a list of threads.
    pub async fn start<T, E>(
        name: &str,
        open: impl FnOnce() -> Result<(Connection, T), E> + Send + 'static,
    ) -> Option<Result<(Self, T), E>>
    where
        T: Send + 'static,
        E: Send + 'static,
    {
        let (orders, inbox) = mpsc::channel();
        let opened = run(name, move |answer: oneshot::Sender<Result<T, E>>| match open() {
            Ok((connection, opened)) => {
                // Nobody waits any more: the connection is dropped, which closes the file.
                if answer.send(Ok(opened)).is_ok() {
                    serve(connection, &inbox);
                }
            }
            Err(error) => drop(answer.send(Err(error))),
        })
        .await?;
        Some(opened.map(|opened| (Self { orders }, opened)))
    }

    /// Has the owner do some work with the file, after all that was asked for before. It is done also when
    /// nobody waits for the answer any more.
    pub async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> T + Send + 'static,
    ) -> Result<T, Stopped> {
        self.order(|_| true, work).await
    }

    /// The same, but nothing is done when by its turn nobody waits for the answer any more: a queue of
    /// what was given up keeps nobody waiting.
    pub async fn ask_if_awaited<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> T + Send + 'static,
    ) -> Result<T, Stopped> {
        self.order(|answer| !answer.is_closed(), work).await
    }

    async fn order<T: Send + 'static>(
        &self,
        is_wanted: impl FnOnce(&oneshot::Sender<T>) -> bool + Send + 'static,
        work: impl FnOnce(&mut Connection) -> T + Send + 'static,
    ) -> Result<T, Stopped> {
        let (answer, answered) = oneshot::channel();
        let order = Order::Do(Box::new(move |connection| {
            if is_wanted(&answer) {
                drop(answer.send(work(connection)));
            }
        }));
        self.orders.send(order).map_err(|_| Stopped)?;
        answered.await.map_err(|_| Stopped)
    }

    /// Has the owner close the file, and returns when it is closed.
    pub async fn close(self) {
        let (answer, answered) = oneshot::channel();
        if self.orders.send(Order::Close(answer)).is_ok() {
            // An error means that the owner had stopped already, and closed the file.
            let _closed = answered.await;
        }
    }
}

fn serve(mut connection: Connection, inbox: &mpsc::Receiver<Order>) {
    while let Ok(order) = inbox.recv() {
        match order {
            Order::Do(work) => work(&mut connection),
            Order::Close(answer) => {
                drop(connection);
                let _nobody_waits = answer.send(());
                return;
            }
        }
    }
}

/// Runs slow work on a thread of its own. `None` when it ended without an answer.
async fn run<T: Send + 'static>(name: &str, work: impl FnOnce(oneshot::Sender<T>) + Send + 'static) -> Option<T> {
    let (answer, answered) = oneshot::channel();
    let started = thread::Builder::new().name(name.to_owned()).spawn(move || work(answer));
    let _runs_on_its_own = started.ok()?;
    answered.await.ok()
}

/// Runs slow work with files on a thread of its own. `None` when it ended without an answer.
pub async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    run("aside", |answer| drop(answer.send(work()))).await
}
