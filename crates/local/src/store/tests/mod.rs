//! On real files, each test in a folder of its own.

mod affected;
mod books;
mod changes;
mod copies;
mod dependents;
mod files;
mod imports;
mod known_patients;
mod outbox;
mod overlaps;
mod patients;
mod rebase;
pub mod sample;
mod settling;

use std::path::{Path, PathBuf};
use std::task::{Context, Poll, Wake};

use aftalebog_booking::record::Format;
use aftalebog_booking::wire::{
    Author, FeedChange, FeedPage, FeedWrite, Position, SentChange, SnapshotRecord, SyncSnapshot, WireDeed,
};
use aftalebog_booking::{Change, Record, Write};
use chrono::{DateTime, Utc};
use tempfile::TempDir;
use tokio::sync::oneshot;

use self::sample::{Sample, instant, sample};
use super::*;
use crate::sync::Arrived;

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

/// A PC that was paired with a server that has its records, and what the server says.
struct Paired {
    clinic: Clinic,
    /// Of the server.
    revision: u64,
}

const EPOCH: Uuid = Uuid::from_u128(0xE);
/// This PC's, and another's.
const DEVICE: Uuid = Uuid::from_u128(0xD1);
const OTHER: Uuid = Uuid::from_u128(0xD2);

fn new_link(revision: u64) -> NewLink {
    NewLink {
        address: "https://booking.example".to_owned(),
        authority: None,
        clinic: Uuid::from_u128(0xC),
        slug: "klinik".to_owned(),
        device: DEVICE,
        device_name: "Reception 1".to_owned(),
        token_kept: TokenKept::Vault,
        position: Position { epoch: EPOCH, revision },
    }
}

/// The records as the server gives them, each written last at that revision.
fn server_snapshot(records: &[Record], revision: u64, last_sequence: u64) -> SyncSnapshot {
    let records = records.iter().map(|record| SnapshotRecord {
        kind: record.value.kind().name().to_owned(),
        id: record.id,
        revision,
        author: Author::Clinic,
        value: record.fields(),
    });
    let position = Position { epoch: EPOCH, revision };
    SyncSnapshot { format: Format, position, last_sequence, records: records.collect() }
}

impl Paired {
    fn new() -> Self {
        let clinic = Clinic::new();
        let taken = server_snapshot(&clinic.sample.snapshot().records, 10, 0);
        wait(clinic.store.begin_link(new_link(10), FirstSync::Take(taken), now())).unwrap();
        Self { clinic, revision: 10 }
    }

    fn store(&self) -> &Store {
        &self.clinic.store
    }

    /// The next change of the feed, by another PC.
    fn others(&mut self, writes: Vec<FeedWrite>) -> FeedChange {
        self.fed(Uuid::new_v4(), Author::Clinic, Some(OTHER), writes)
    }

    fn fed(&mut self, id: Uuid, author: Author, device: Option<Uuid>, writes: Vec<FeedWrite>) -> FeedChange {
        self.revision += 1;
        let made_by = if device == Some(OTHER) { "Reception 2" } else { "" }.to_owned();
        FeedChange { revision: self.revision, id, made_at: now(), made_by, author, device, writes }
    }

    /// A change as it was sent, which the server carried out as it is.
    fn come_back(&mut self, sent: SentChange) -> FeedChange {
        let written = sent.writes.into_iter().map(|write| FeedWrite {
            kind: write.kind.name().to_owned(),
            id: write.id,
            created: write.base.is_none(),
            deed: write.deed,
        });
        self.fed(sent.id, Author::Clinic, Some(DEVICE), written.collect())
    }

    fn page(&self, changes: Vec<FeedChange>) -> FeedPage {
        let position = Position { epoch: EPOCH, revision: self.revision };
        FeedPage { changes, position, more: false, server_time: now() }
    }

    fn apply(&self, changes: Vec<FeedChange>) -> Arrived {
        wait(self.store().apply_page(self.page(changes), now())).unwrap()
    }

    fn next(&self) -> SentChange {
        wait(self.store().next_to_send()).unwrap().unwrap()
    }

    fn states(&self) -> Vec<State> {
        let sql = "select state from change order by position";
        let read = move |connection: &mut Connection| {
            let mut statement = connection.prepare(sql).unwrap();
            statement.query_map([], |row| row::cell(row, "state")).unwrap().map(Result::unwrap).collect()
        };
        wait(self.store().owner.ask(read)).ok().unwrap()
    }
}

fn feed_set(kind: Kind, id: Uuid, fields: serde_json::Value) -> FeedWrite {
    let deed = WireDeed::Set(fields.as_object().cloned().unwrap());
    FeedWrite { kind: kind.name().to_owned(), id, created: false, deed }
}

fn feed_new<T: aftalebog_booking::record::Recorded + serde::Serialize>(entry: &Entry<T>) -> FeedWrite {
    let deed = WireDeed::Set(aftalebog_booking::change::fields(&entry.value));
    FeedWrite { kind: T::KIND.name().to_owned(), id: entry.id.uuid(), created: true, deed }
}

fn feed_delete(kind: Kind, id: Uuid) -> FeedWrite {
    FeedWrite { kind: kind.name().to_owned(), id, created: false, deed: WireDeed::Delete }
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
