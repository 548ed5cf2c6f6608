//! What keeping the file and the booking server together costs the file: changes that wait, and all of the server's
//! records at once. Whoever asks the file meanwhile waits; the longest of that is told too.

#[path = "figures/mod.rs"]
mod figures;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use aftalebog_booking::bounded::{Detail, PatientNumber};
use aftalebog_booking::demo::{SEED, demo_clinic};
use aftalebog_booking::record::{Appointment, Format, Patient};
use aftalebog_booking::wire::{
    Author, FeedChange, FeedPage, FeedWrite, Position, Problem, SentChange, SnapshotRecord, SyncSnapshot, Titles,
    WireDeed,
};
use aftalebog_booking::{Change, Entry, Kind, Record, Snapshot, Value, Write};
use aftalebog_local::{FirstSync, NewLink, Store, TokenKept};
use chrono::{DateTime, TimeDelta, Utc};
use futures::executor::block_on;
use serde_json::{Map, Value as Json};
use tempfile::TempDir;
use uuid::Uuid;

use figures::milliseconds;

const EPOCH: Uuid = Uuid::from_u128(0xE);
const DEVICE: Uuid = Uuid::from_u128(0xD1);
const OTHER: Uuid = Uuid::from_u128(0xD2);

/// At which everything was written that the server has from the beginning.
const REVISION: u64 = 10;

fn main() {
    ten_thousand_that_wait();
    all_at_once();
    for records in [1_000, 20_000, 100_000] {
        pairing(records);
    }
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_421_400, 0).expect("an instant")
}

fn demo() -> Snapshot {
    demo_clinic(now().date_naive(), SEED)
}

/// The demo clinic, and so many patients more.
fn with_patients(count: usize) -> Vec<Record> {
    let mut records = demo().records;
    let model = patient_of(&records);
    records.extend((0..count).map(|number| Entry::new(numbered(&model.value, number)).into_record()));
    records
}

fn patient_of(records: &[Record]) -> Entry<Patient> {
    let found = records.iter().find_map(|record| match &record.value {
        Value::Patient(value) => Some(Entry { id: aftalebog_booking::Id::new(record.id), value: value.clone() }),
        _ => None,
    });
    found.expect("the demo clinic has patients")
}

fn numbered(model: &Patient, number: usize) -> Patient {
    Patient { number: PatientNumber::new(&format!("n{number}")).expect("a short line"), ..model.clone() }
}

/// The records as the server gives them.
fn snapshot(records: &[Record], position: Position) -> SyncSnapshot {
    let records = records.iter().map(|record| SnapshotRecord {
        kind: record.value.kind().name().to_owned(),
        id: record.id,
        revision: REVISION,
        author: Author::Clinic,
        value: record.fields(),
    });
    SyncSnapshot { format: Format, position, last_sequence: 0, records: records.collect() }
}

/// A PC with the demo clinic, which is not paired yet.
struct Pc {
    store: Store,
    _folder: TempDir,
    /// Of the server.
    revision: u64,
}

impl Pc {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = block_on(Store::create(folder.path().join("clinic.db"), demo(), now())).expect("a file");
        Self { store, _folder: folder, revision: REVISION }
    }

    fn position(&self) -> Position {
        Position { epoch: EPOCH, revision: self.revision }
    }

    fn pair(&self, first: FirstSync) {
        let link = NewLink {
            address: "https://booking.example".to_owned(),
            authority: None,
            clinic: Uuid::from_u128(0xC),
            slug: "klinik".to_owned(),
            device: DEVICE,
            device_name: "RECEPTION".to_owned(),
            token_kept: TokenKept::File,
            position: self.position(),
        };
        block_on(self.store.begin_link(link, first, now())).expect("paired");
    }

    fn save(&self, write: Write) -> Uuid {
        let change = Change::new(now(), "RECEPTION", vec![write]);
        let id = change.id;
        block_on(self.store.save(change)).expect("saved");
        id
    }

    fn fed(&mut self, id: Uuid, device: Uuid, writes: Vec<FeedWrite>) -> FeedChange {
        self.revision += 1;
        let (made_at, made_by) = (now(), "KLINIK 2".to_owned());
        FeedChange {
            revision: self.revision,
            id,
            made_at,
            made_by,
            author: Author::Clinic,
            device: Some(device),
            writes,
        }
    }

    /// So many changes of another PC, each to the same patient.
    fn others(&mut self, patient: Uuid, count: usize) -> Vec<FeedChange> {
        let write = |number: usize| FeedWrite {
            kind: Kind::Patient.name().to_owned(),
            id: patient,
            created: false,
            deed: WireDeed::Set(Map::from_iter([("email".to_owned(), Json::from(format!("{number}@eksempel.dk")))])),
        };
        (0..count).map(|number| self.fed(Uuid::new_v4(), OTHER, vec![write(number)])).collect()
    }

    /// A change as it was sent, which the server carried out as it is.
    fn come_back(&mut self, sent: SentChange) -> FeedChange {
        let written = sent.writes.into_iter().map(|write| FeedWrite {
            kind: write.kind.name().to_owned(),
            id: write.id,
            created: write.base.is_none(),
            deed: write.deed,
        });
        let written = written.collect();
        self.fed(sent.id, DEVICE, written)
    }

    fn apply(&self, changes: Vec<FeedChange>) {
        let page = FeedPage { changes, position: self.position(), more: false, server_time: now() };
        let _arrived = block_on(self.store.apply_page(page, now())).expect("it goes on from what is here");
    }
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let began = Instant::now();
    let done = work();
    println!("{:9.1} ms  {what}", milliseconds(began.elapsed()));
    done
}

/// The same, and how long at most whoever asks the file meanwhile waits.
fn timed_for_others(store: &Store, what: &str, work: impl FnOnce()) {
    let over = Arc::new(AtomicBool::new(false));
    let (store, until) = (store.clone(), over.clone());
    let asking = std::thread::spawn(move || {
        let mut longest = Duration::ZERO;
        while !until.load(Ordering::Relaxed) {
            let began = Instant::now();
            let _link = block_on(store.link()).expect("an answer");
            longest = longest.max(began.elapsed());
        }
        longest
    });
    let began = Instant::now();
    work();
    let took = began.elapsed();
    over.store(true, Ordering::Relaxed);
    let longest = asking.join().expect("whoever asks");
    println!("{:9.1} ms, others wait {:9.1} ms  {what}", milliseconds(took), milliseconds(longest));
}

fn ten_thousand_that_wait() {
    println!("\nOf 10,000 changes that wait:");
    let mut pc = Pc::new();
    let records = demo().records;
    pc.pair(FirstSync::Take(snapshot(&records, pc.position())));
    let patient = patient_of(&records);
    let block = records.iter().find_map(|record| match &record.value {
        Value::Appointment(value) => {
            Some(Appointment { patient: None, appointment_type: None, need: None, ..value.clone() })
        }
        _ => None,
    });
    let block = block.expect("the demo clinic has appointments");
    let telephone = Patient { phone: Some(Detail::new("11 11 11 11").expect("a short line")), ..patient.value.clone() };
    let first = timed("10,000 saves, new blocks and new patients by turns", || {
        let first = pc.save(Write::edit(&patient, &telephone).expect("another telephone"));
        for number in 1..10_000_i64 {
            let start = now() + TimeDelta::days(400) + TimeDelta::minutes(480 * number);
            let _id = pc.save(match number % 2 {
                0 => Write::create(&Entry::new(numbered(&patient.value, number.unsigned_abs() as usize))),
                _ => Write::create(&Entry::new(Appointment { start, ..block.clone() })),
            });
        }
        first
    });
    let _overview = timed("what a window keeps of the file", || block_on(pc.store.overview()).expect("read"));
    let _counts = timed("how many wait", || block_on(pc.store.outbox()).expect("read"));
    let refused = Problem::new("invalid", 422, Titles::default());
    timed("one is set aside, the oldest", || block_on(pc.store.set_aside(first, refused)).expect("set aside"));
    let changes = pc.others(patient.id.uuid(), 1);
    timed("a page with one change of another PC", || pc.apply(changes));
    let changes = pc.others(patient.id.uuid(), 1_000);
    timed("a page with 1,000", || pc.apply(changes));
    let sent = timed("1,000 given to be sent and acknowledged", || {
        let mut sent = vec![];
        for _ in 0..1_000 {
            let next = block_on(pc.store.next_to_send()).expect("read").expect("they wait");
            let (id, back) = (next.id, pc.come_back(next));
            block_on(pc.store.acknowledged(id, back.revision, now())).expect("known");
            sent.push(back);
        }
        sent
    });
    timed("these come back", || pc.apply(sent));
}

fn all_at_once() {
    println!("\nAll of the server's records, 20,000 patients among them:");
    let pc = Pc::new();
    pc.pair(FirstSync::Take(snapshot(&demo().records, pc.position())));
    let mut records = with_patients(20_000);
    let next = Position { revision: REVISION + 10, ..pc.position() };
    let takes = |what: &str, snapshot: SyncSnapshot| {
        timed_for_others(&pc.store, what, || {
            let _arrived = block_on(pc.store.apply_snapshot(snapshot, now())).expect("taken");
        });
    };
    takes("all of them new", snapshot(&records, next));
    takes("all of them there", snapshot(&records, next));
    for (number, record) in records.iter_mut().rev().take(200).enumerate() {
        if let Value::Patient(patient) = &mut record.value {
            *patient = numbered(patient, 100_000 + number);
        }
    }
    takes("two hundred are others", snapshot(&records, next));
    takes(
        "a server that was restored",
        snapshot(&records, Position { epoch: Uuid::from_u128(0xE2), revision: 1 << 32 }),
    );
}

/// A PC is paired, and takes what the clinic has at the server in the place of its own.
fn pairing(count: usize) {
    println!("\nA PC is paired with a clinic of {count} patients:");
    let (pc, records) = (Pc::new(), with_patients(count));
    let first = FirstSync::Take(snapshot(&records, pc.position()));
    timed_for_others(&pc.store, "the records take the place of its own", || pc.pair(first));
    let giving = tempfile::tempdir().expect("a folder");
    let file = giving.path().join("clinic.db");
    let store = block_on(Store::create(file, Snapshot::new(records), now())).expect("a file");
    let pc = Pc { store, _folder: giving, revision: 0 };
    timed_for_others(&pc.store, "the other way round: its own are to be given", || pc.pair(FirstSync::Give));
}
