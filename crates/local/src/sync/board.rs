//! Where the thread writes how it stands, and the window reads it.

use std::sync::{Mutex, MutexGuard, PoisonError};

use futures::Stream;
use tokio::sync::mpsc;

use super::status::{Arrived, Event, Status};

pub(super) struct Board {
    written: Mutex<Written>,
}

struct Written {
    status: Status,
    readers: Vec<mpsc::UnboundedSender<Event>>,
}

impl Default for Board {
    fn default() -> Self {
        Self { written: Mutex::new(Written { status: Status::NOT_PAIRED, readers: vec![] }) }
    }
}

impl Board {
    pub fn status(&self) -> Status {
        self.written().status.clone()
    }

    pub fn events(&self) -> impl Stream<Item = Event> + Send + Unpin + use<> {
        let (reader, read) = mpsc::unbounded_channel();
        let mut written = self.written();
        // It has a place for it: the other end is in this function.
        let _sent = reader.send(Event::Status(written.status.clone()));
        written.readers.push(reader);
        stream(read)
    }

    /// Changes the status; whoever reads is told if it is another one.
    pub fn change(&self, change: impl FnOnce(&mut Status)) {
        let mut written = self.written();
        let before = written.status.clone();
        change(&mut written.status);
        if written.status != before {
            let status = written.status.clone();
            written.tell(&Event::Status(status));
        }
    }

    pub fn arrived(&self, arrived: Arrived) {
        self.written().tell(&Event::Arrived(arrived));
    }

    fn written(&self) -> MutexGuard<'_, Written> {
        // What is written under it is whole at every moment.
        self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Written {
    fn tell(&mut self, event: &Event) {
        self.readers.retain(|reader| reader.send(event.clone()).is_ok());
    }
}

/// What comes through a channel, until its other end is dropped.
pub(super) fn stream<T: Send>(mut inbox: mpsc::UnboundedReceiver<T>) -> impl Stream<Item = T> + Send + Unpin {
    futures::stream::poll_fn(move |context| inbox.poll_recv(context))
}
