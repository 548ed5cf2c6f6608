//! A clinic PC without its window: a file, and the thread that keeps it and the server together.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use aftalebog_booking::change::Deed;
use aftalebog_booking::demo::{SEED, demo_clinic};
use aftalebog_booking::wire::Position;
use aftalebog_booking::{Change, Kind, Record, Snapshot, Write};
use aftalebog_local::Store;
use aftalebog_local::sync::{Event, Options, PairFault, PairRequest, Replace, Status, Sync, Vault};
use aftalebog_server::secret::Secret;
use futures::{Stream, StreamExt};
use rusqlite::{Connection, OpenFlags};
use serde_json::{Map, Value as Json};
use tempfile::TempDir;
use tokio::time::timeout;
use uuid::Uuid;

use crate::test_server::{TestServer, monday};

pub struct SyncedPc {
    pub store: Store,
    pub sync: Sync,
    pub name: String,
    folder: TempDir,
}

/// Whatever does not come by then does not come.
pub const PATIENCE: Duration = Duration::from_secs(60);

impl SyncedPc {
    /// With the demo clinic's records, and no server.
    pub async fn new(name: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("clinic.db");
        let demo = demo_clinic(monday().date_naive(), SEED);
        let store = Store::create(file, demo, monday()).await.unwrap();
        Self::with(store, name, folder)
    }

    /// With what a clinic has before anything is written in it.
    pub async fn without_practitioners(name: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut new = demo_clinic(monday().date_naive(), SEED);
        new.records.retain(|record| matches!(record.value.kind(), Kind::Clinic | Kind::Service | Kind::Analytics));
        let store = Store::create(folder.path().join("clinic.db"), new, monday()).await.unwrap();
        Self::with(store, name, folder)
    }

    fn with(store: Store, name: &str, folder: TempDir) -> Self {
        let vault = Vault::of_files(&folder.path().join("clinic.db"));
        let options = Options { vault, clock: Arc::new(monday), device_name: name.to_owned() };
        let sync = Sync::start(store.clone(), options);
        Self { store, sync, name: name.to_owned(), folder }
    }

    pub fn file(&self) -> PathBuf {
        self.folder.path().join("clinic.db")
    }

    /// Ends as the program does, and keeps the file.
    pub async fn end(self) -> TempDir {
        self.sync.stop().await;
        self.store.close().await;
        self.folder
    }

    /// The program is started again on its file.
    pub async fn start_again(folder: TempDir, name: &str) -> Self {
        let store = Store::open(folder.path().join("clinic.db"), monday()).await.unwrap();
        Self::with(store, name, folder)
    }

    pub async fn pair(&self, address: &str, code: &Secret) {
        self.try_pair(address, code.reveal(), Replace::Agreed).await.unwrap();
    }

    pub async fn try_pair(&self, address: &str, code: &str, replace: Replace) -> Result<(), PairFault> {
        let request = PairRequest { address: address.to_owned(), authority: None, code: code.to_owned(), replace };
        self.sync.pair(request).await
    }

    /// Saves as the window does.
    pub async fn save(&self, writes: Vec<Write>) {
        self.store.save(Change::new(monday(), self.name.clone(), writes)).await.unwrap();
        self.sync.wake();
    }

    pub async fn set(&self, record: &Record, fields: Json) {
        self.save(vec![set(record, fields)]).await;
    }

    /// The fields of a record as the file has them.
    pub async fn fields(&self, id: Uuid) -> Option<Map<String, Json>> {
        let records = self.snapshot().await.records;
        records.iter().find(|record| record.id == id).map(Record::fields)
    }

    pub async fn snapshot(&self) -> Snapshot {
        self.store.snapshot().await.unwrap()
    }

    /// Waits until the status is as it is described.
    #[track_caller]
    pub fn until(&self, what: &str, wanted: impl Fn(&Status) -> bool + Send) -> impl Future<Output = Status> + Send {
        let (events, name, what) = (self.sync.events(), self.name.clone(), what.to_owned());
        let board = self.sync.clone();
        async move {
            let found = timeout(PATIENCE, first_status(events, wanted)).await;
            found.unwrap_or_else(|_| panic!("{name} does not become {what}: {:?}", board.status()))
        }
    }

    /// Waits until all of this PC is at the server, and all of the server here.
    pub async fn in_step(&self, server: &TestServer) {
        let clinic = self.store.link().await.unwrap().unwrap().clinic;
        let in_step = async || {
            let here = self.store.link().await.unwrap().unwrap();
            let waiting = self.store.outbox().await.unwrap().waiting;
            waiting == 0 && !here.rewound && here.position == position(server, clinic)
        };
        self.eventually("in step", in_step).await;
    }

    /// Looks again and again, until it is so.
    pub async fn eventually(&self, what: &str, is_so: impl AsyncFn() -> bool) {
        let looking = async {
            while !is_so().await {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        };
        let (name, status) = (&self.name, self.sync.status());
        timeout(PATIENCE, looking).await.unwrap_or_else(|_| panic!("{name} is never {what}: {status:?}"));
    }

    /// Waits until a record has a field with a value.
    pub async fn sees(&self, id: Uuid, field: &str, value: Json) {
        let mut events = self.sync.events();
        let seen = async {
            loop {
                if self.fields(id).await.is_some_and(|fields| fields.get(field) == Some(&value)) {
                    return;
                }
                while !matches!(events.next().await, Some(Event::Arrived(_))) {}
            }
        };
        let name = &self.name;
        timeout(PATIENCE, seen).await.unwrap_or_else(|_| panic!("{name} does not see {field}"));
    }
}

/// Where the server is, as its database has it.
fn position(server: &TestServer, clinic: Uuid) -> Position {
    let file = server.folder.path().join("server.db");
    let database = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let sql = "select epoch, revision from server, clinic where clinic.id = ?1";
    let position = database.query_row(sql, [clinic.as_bytes().as_slice()], |row| {
        let epoch: [u8; 16] = row.get(0)?;
        let revision: i64 = row.get(1)?;
        Ok(Position { epoch: Uuid::from_bytes(epoch), revision: revision.unsigned_abs() })
    });
    position.unwrap()
}

async fn first_status(mut events: impl Stream<Item = Event> + Unpin, wanted: impl Fn(&Status) -> bool) -> Status {
    loop {
        match events.next().await.expect("the thread has ended") {
            Event::Status(status) if wanted(&status) => return status,
            _ => {}
        }
    }
}

pub fn set(record: &Record, fields: Json) -> Write {
    let Json::Object(fields) = fields else { panic!("an object: {fields}") };
    Write::of(record.value.kind(), record.id, Deed::Set(fields))
}

/// The first of a kind.
pub fn first(snapshot: &Snapshot, kind: Kind) -> Record {
    snapshot.records.iter().find(|record| record.value.kind() == kind).unwrap().clone()
}
