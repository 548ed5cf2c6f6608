//! How far an import is, and the way to stop it.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use aftalebog_texts::{Texts, fl};
use futures::channel::mpsc;
use iced::widget::{column, progress_bar, text};
use iced::{Element, Task};

use crate::ui::theme::{self, space as gap};

/// What the window shows of it.
pub struct Progress {
    done: usize,
    all: usize,
    stop: Arc<AtomicBool>,
    words: String,
}

/// What the thread that writes asks.
#[derive(Clone)]
pub struct Watch {
    told: mpsc::UnboundedSender<usize>,
    stop: Arc<AtomicBool>,
}

impl Watch {
    /// Tells how many records are written; breaks off when it is to be stopped.
    pub fn told(&self, done: usize) -> ControlFlow<()> {
        // Where nobody listens any more, the writing goes on all the same.
        let _listening = self.told.unbounded_send(done);
        if self.stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

impl Progress {
    /// Of an import of so many records, with what its writer asks, and what it tells.
    pub fn begin(all: usize, texts: &Texts) -> (Self, Watch, Task<usize>) {
        let (told, telling) = mpsc::unbounded();
        let stop = Arc::new(AtomicBool::new(false));
        let mut progress = Self { done: 0, all, stop: stop.clone(), words: String::new() };
        progress.told(0, texts);
        (progress, Watch { told, stop }, Task::run(telling, |done| done))
    }

    pub fn told(&mut self, done: usize, texts: &Texts) {
        self.done = done;
        self.words = match (self.is_stopping(), done == self.all) {
            (true, _) => fl!(texts, "files-stopping"),
            (false, true) => fl!(texts, "files-finishing"),
            (false, false) => fl!(texts, "files-progress", done = done, all = self.all),
        };
    }

    pub fn refresh(&mut self, texts: &Texts) {
        self.told(self.done, texts);
    }

    pub fn stop(&mut self, texts: &Texts) {
        self.stop.store(true, Ordering::Relaxed);
        self.told(self.done, texts);
    }

    pub fn is_stopping(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    pub fn view<'a, M: 'a>(&'a self) -> Element<'a, M> {
        let bar = progress_bar(0.0..=self.all.max(1) as f32, self.done as f32).girth(gap::S);
        column![text(&self.words), bar.style(theme::progress)].spacing(gap::S).into()
    }
}
