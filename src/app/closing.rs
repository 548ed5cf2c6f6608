//! The window closes: what is asked first, and what comes to its end before.

use std::time::Duration;

use iced::Task;

use super::{App, Desk, Message, Page};
use crate::screen::new_clinic;
use crate::screen::open_clinic as clinic;

/// The window closes even though the thread that speaks with the server does not end by then.
const LAST_MOMENT: Duration = Duration::from_secs(3);

impl App {
    pub(super) fn close_requested(&mut self) -> Task<Message> {
        // What is to be asked first lies below; and whoever leaves is asked about no other file.
        self.over.clear();
        self.start.given = None;
        if self.restore.as_ref().is_some_and(|restore| restore.is_taking()) {
            self.closing = true;
            return Task::none();
        }
        self.restore = None;
        let desk = Desk { texts: &self.texts, now: self.now, clock: self.start.clock };
        match &mut self.page {
            Page::Clinic(clinic) => match clinic.close_requested(desk) {
                clinic::Closing::Now => self.quit(),
                clinic::Closing::Later => Task::none(),
            },
            Page::NewClinic(new) => match new.close_requested() {
                new_clinic::Closing::Now => iced::exit(),
                new_clinic::Closing::Later => Task::none(),
            },
            _ => iced::exit(),
        }
    }

    /// The file is closed before the program ends.
    pub(super) fn quit(&self) -> Task<Message> {
        match &self.page {
            Page::Clinic(clinic) => {
                let (store, sync) = (clinic.store().clone(), clinic.sync().cloned());
                let closed = self.note("closed");
                let closing = async move {
                    // What waits gets a moment to be sent. Whatever holds the thread back does not hold the window.
                    if let Some(sync) = sync {
                        let _in_time = tokio::time::timeout(LAST_MOMENT, sync.stop()).await;
                    }
                    store.close().await;
                };
                closed.chain(Task::perform(closing, |()| Message::Closed))
            }
            _ => iced::exit(),
        }
    }
}
