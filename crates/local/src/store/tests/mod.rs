//! On real files, each test in a folder of its own.

mod books;
mod changes;
mod copies;
mod dependents;
mod files;
mod imports;
mod known_patients;
mod overlaps;
mod patients;
pub mod sample;

use std::path::{Path, PathBuf};
use std::task::{Context, Poll, Wake};

use aftalebog_booking::{Change, Write};
use chrono::{DateTime, Utc};
use tempfile::TempDir;
use tokio::sync::oneshot;

use self::sample::{Sample, instant, sample};
use super::*;

/// A clinic's open file in a folder that goes away with it.
struct Clinic {
    store: Store,
    folder: TempDir,
    sample: Sample,
}

impl Clinic {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let sample = sample();
        let store = wait(Store::create(folder.path().join("clinic.db"), sample.snapshot(), now())).unwrap();
        Self { store, folder, sample }
    }

    fn file(&self) -> PathBuf {
        self.store.file().to_owned()
    }

    fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn save(&self, writes: Vec<Write>) -> Result<Uuid, SaveError> {
        let change = change(writes);
        let id = change.id;
        wait(self.store.save(change)).map(|()| id)
    }

    fn undo(&self, id: Uuid) -> Result<(), SaveError> {
        wait(self.store.undo(id, now(), "desk"))
    }

    fn snapshot(&self) -> Snapshot {
        wait(self.store.snapshot()).unwrap()
    }

    fn reopen(&mut self) {
        wait(self.store.clone().close());
        self.store = wait(Store::open(self.file(), now())).unwrap();
    }

    /// SQL by which a stranger would write past the program.
    fn sql(&self, sql: &str) -> rusqlite::Result<()> {
        let sql = sql.to_owned();
        wait(self.store.owner.ask(move |connection| connection.execute_batch(&sql))).ok().unwrap()
    }
}

fn now() -> DateTime<Utc> {
    instant("2026-11-23T09:00:00Z")
}

fn change(writes: Vec<Write>) -> Change {
    Change::new(now(), "Eva", writes)
}

/// Waits without a runtime: the thread parks until it is woken.
fn wait<T>(future: impl Future<Output = T>) -> T {
    let mut future = std::pin::pin!(future);
    let waker = Arc::new(Unpark(std::thread::current())).into();
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(answer) = future.as_mut().poll(&mut context) {
            return answer;
        }
        std::thread::park();
    }
}

struct Unpark(std::thread::Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// The handle can be used from any thread, and what it answers be awaited on any executor.
#[test]
fn a_handle_is_send_and_so_are_its_futures() {
    fn is_send<T: Send>(value: T) -> T {
        value
    }
    let clinic = Clinic::new();
    let store = is_send(clinic.store.clone());
    let (answer, answered) = oneshot::channel();
    let asking = std::thread::spawn(move || {
        let _received = answer.send(wait(is_send(store.setup())).is_ok());
    });
    assert!(wait(answered).unwrap());
    asking.join().unwrap();
}
