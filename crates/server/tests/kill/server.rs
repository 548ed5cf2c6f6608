//! The built `booking-server`, killed while PCs send changes and patients book.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use aftalebog_booking::wire::{Accepted, SyncSnapshot};
use aftalebog_booking::{Kind, Snapshot, Value, demo};
use aftalebog_server::store::Store;
use serde_json::json;
use tokio::sync::RwLock;
use uuid::Uuid;

use super::{a_while, kills};
use crate::bare_patient::BarePatient;
use crate::bare_pc::BarePc;
use crate::clinic_pc::{edit, value_of};
use crate::server_program::ServerProgram;
use crate::test_server::monday;

const PCS: usize = 3;
/// So many patients book at a time.
const PATIENTS: usize = 4;
/// Nobody may change more than 60 times an hour, and the clock stands still: then the next one has a turn.
const BOOKINGS_EACH: usize = 20;
const IN_A_ROW: usize = 30;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_the_server_acknowledged_is_there_after_it_was_killed() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("server.db");
    let store = Store::open(&database).await.unwrap();
    let clinic = store.add_clinic("Tandlægerne ved Møllesøen".to_owned(), monday()).await.unwrap();
    let clock = ["--clock", "2026-11-23T08:10:00Z"];
    let mut server = ServerProgram::start(&database, &clock);
    let records = demo::demo_clinic(monday().date_naive(), demo::SEED);
    let mut pcs = vec![BarePc::pair(&server.url(), clinic.code.reveal(), "Reception 1").await];
    pcs[0].give(&records).await;
    for number in 2..=PCS {
        let code = pcs[0].new_code().await;
        pcs.push(BarePc::pair(&server.url(), &code, &format!("Reception {number}")).await);
    }
    let patients =
        BarePatient::logged_in(&server.url(), &database, (clinic.id, &records), monday(), PATIENTS * IN_A_ROW);
    let life = Arc::new(Life {
        base: pcs[0].snapshot().await.position.revision,
        pairs: pairs(&records),
        gate: RwLock::new(()),
        ended: AtomicBool::new(false),
        told: Mutex::default(),
    });

    let mut working = vec![];
    let pcs: Vec<Arc<BarePc>> = pcs.into_iter().map(Arc::new).collect();
    for (number, pc) in pcs.iter().enumerate() {
        working.push(tokio::spawn(save(life.clone(), pc.clone(), number)));
    }
    let mut patients = patients.into_iter();
    for _ in 0..PATIENTS {
        let in_a_row: Vec<BarePatient> = patients.by_ref().take(IN_A_ROW).collect();
        let life = life.clone();
        working.push(tokio::spawn(async move {
            for patient in in_a_row {
                book(&life, &patient).await;
            }
        }));
    }

    for kill in 1..=kills() {
        tokio::time::sleep(a_while()).await;
        cut_off(&mut server);
        // Whoever had asked knows by now that there is no answer.
        let quiet = life.gate.write().await;
        server = ServerProgram::start_at(server.address, &database, &clock);
        assert_eq!(life.faults(&pcs[0]).await, Vec::<String>::new(), "kill {kill}");
        drop(quiet);
    }
    life.ended.store(true, Ordering::Relaxed);
    for work in working {
        work.await.unwrap();
    }
    assert_eq!(life.faults(&pcs[0]).await, Vec::<String>::new());
    life.told_of_what_never_was();
    assert_eq!(life.faults(&pcs[0]).await.len(), 3, "the control: a change, a number and a booking that are lost");
    let rows = store.audit_verify(clinic.id).await.unwrap();
    cut_off(&mut server);
    check_file(&database);

    let told = life.told.lock().unwrap();
    // But for the control's.
    let saved = told.saved.len() - 1;
    let (booked, cancelled) = (told.bookings.len() - 1, told.bookings.values().filter(|it| **it == Booking::Cancelled));
    let cancelled = cancelled.count();
    println!("{} kills: {saved} changes, {booked} bookings, {cancelled} cancelled, {rows} audit rows", kills());
    assert!(saved > kills() && booked > 0, "hardly anything was going on");
}

/// Without a word, as when the machine is switched off.
fn cut_off(server: &mut ServerProgram) {
    server.child.kill().unwrap();
    let _killed = server.child.wait().unwrap();
}

/// What goes on, and what the server has said to it.
struct Life {
    /// The revision that the PCs know of every record.
    base: u64,
    /// Each PC writes to two records at once, in one change.
    pairs: Vec<(Uuid, Uuid)>,
    /// Held for reading by whoever asks the server, for writing by whoever kills it.
    gate: RwLock<()>,
    ended: AtomicBool,
    told: Mutex<Told>,
}

#[derive(Default)]
struct Told {
    /// The revision of each change.
    saved: HashMap<Uuid, u64>,
    /// The last number that each PC has written.
    numbers: BTreeMap<usize, u64>,
    bookings: HashMap<Uuid, Booking>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Booking {
    Stands,
    /// It was asked for, and not answered.
    PerhapsCancelled,
    Cancelled,
}

fn pairs(clinic: &Snapshot) -> Vec<(Uuid, Uuid)> {
    let patients = clinic.records.iter().filter(|record| matches!(record.value, Value::Patient(_)));
    let ids: Vec<Uuid> = patients.map(|record| record.id).rev().take(2 * PCS).collect();
    ids.chunks(2).map(|pair| (pair[0], pair[1])).collect()
}

/// A PC saves again and again, and each save until it is answered.
async fn save(life: Arc<Life>, pc: Arc<BarePc>, which: usize) {
    let (one, other) = life.pairs[which];
    for number in 1.. {
        let fields = json!({ "email": format!("n{number}@example.dk") });
        let writes = [one, other].map(|id| edit(Kind::Patient, id, life.base, fields.clone()));
        let change = pc.change(writes.to_vec());
        loop {
            if life.ended.load(Ordering::Relaxed) {
                return;
            }
            let _open = life.gate.read().await;
            let Ok(answer) = pc.try_to_send(&change).await else { continue };
            let status = answer.status();
            // The answer may have been cut in the middle.
            let Ok(text) = answer.text().await else { continue };
            assert_eq!(status, 201, "{text}");
            let Accepted { revision } = serde_json::from_str(&text).unwrap();
            let mut told = life.told.lock().unwrap();
            let _first = told.saved.insert(change.id, revision);
            let _before = told.numbers.insert(which, number);
            break;
        }
    }
}

/// A patient books a time and cancels it, again and again.
async fn book(life: &Life, patient: &BarePatient) {
    let mut booked_in_all = 0;
    while booked_in_all < BOOKINGS_EACH && !life.ended.load(Ordering::Relaxed) {
        let wanted = {
            let _open = life.gate.read().await;
            patient.choose().await
        };
        let Some(wanted) = wanted else { continue };
        let booked = loop {
            if life.ended.load(Ordering::Relaxed) {
                return;
            }
            let _open = life.gate.read().await;
            match patient.book(&wanted).await {
                Some(Ok(id)) => {
                    let _new = life.told.lock().unwrap().bookings.insert(id, Booking::Stands);
                    break Some(id);
                }
                Some(Err(_taken)) => break None,
                None => {}
            }
        };
        booked_in_all += 1;
        let Some(id) = booked else { continue };
        let key = Uuid::new_v4().to_string();
        loop {
            if life.ended.load(Ordering::Relaxed) {
                return;
            }
            let _open = life.gate.read().await;
            let _stood = life.told.lock().unwrap().bookings.insert(id, Booking::PerhapsCancelled);
            if patient.cancel(id, &key).await.is_some() {
                let _asked = life.told.lock().unwrap().bookings.insert(id, Booking::Cancelled);
                break;
            }
        }
    }
}

impl Life {
    /// As if the server had forgotten a change, a later one of the same PC, and a booking.
    fn told_of_what_never_was(&self) {
        let mut told = self.told.lock().unwrap();
        let _new = told.saved.insert(Uuid::new_v4(), 1);
        *told.numbers.get_mut(&0).unwrap() += 2;
        let _new = told.bookings.insert(Uuid::new_v4(), Booking::Stands);
    }

    /// Everything that was acknowledged is there, once and whole: what is not.
    async fn faults(&self, pc: &BarePc) -> Vec<String> {
        let snapshot = pc.snapshot().await;
        let feed = pc.feed().await;
        let told = self.told.lock().unwrap();
        let mut faults = vec![];
        let mut expect = |is_so: bool, fault: String| {
            if !is_so {
                faults.push(fault);
            }
        };
        let revisions = feed.iter().map(|change| change.revision);
        expect(revisions.eq(1..=snapshot.position.revision), "the feed has a hole".to_owned());
        let by_id: HashMap<Uuid, u64> = feed.iter().map(|change| (change.id, change.revision)).collect();
        expect(by_id.len() == feed.len(), "a change is there twice".to_owned());
        for (id, revision) in &told.saved {
            expect(by_id.get(id) == Some(revision), format!("change {id} was acknowledged"));
        }
        for (which, (one, other)) in self.pairs.iter().enumerate() {
            let (one, other) = (number_of(&snapshot, *one), number_of(&snapshot, *other));
            let acknowledged = told.numbers.get(&which).copied().unwrap_or(0);
            expect(one == other, format!("half a change: {one} and {other}"));
            expect((acknowledged..=acknowledged + 1).contains(&one), format!("{one} after {acknowledged}"));
        }
        for (id, booking) in &told.bookings {
            let status = snapshot.records.iter().find(|record| record.id == *id).map(|it| &it.value["status"]);
            let as_told = match booking {
                Booking::Stands => status.is_some_and(|status| status == "booked"),
                Booking::Cancelled => status.is_some_and(|status| status == "cancelled"),
                Booking::PerhapsCancelled => status.is_some(),
            };
            expect(as_told, format!("booking {id} is {booking:?}, there it is {status:?}"));
        }
        let online = snapshot.records.iter().filter(|it| it.kind == "appointment" && it.revision > self.base);
        let unknown = online.filter(|it| !told.bookings.contains_key(&it.id)).count();
        expect(unknown <= PATIENTS, format!("{unknown} bookings that nobody was told of"));
        faults
    }
}

/// The last number that was written to a record.
fn number_of(snapshot: &SyncSnapshot, id: Uuid) -> u64 {
    let email = value_of(snapshot, id)["email"].as_str().unwrap_or_default();
    let number = email.strip_prefix('n').and_then(|email| email.strip_suffix("@example.dk"));
    number.map_or(0, |number| number.parse().unwrap_or(0))
}

/// The file is whole, and no two of the appointments that may not overlap do.
fn check_file(database: &std::path::Path) {
    let connection = rusqlite::Connection::open(database).unwrap();
    let whole: String = connection.query_row("pragma integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(whole, "ok");
    let overlapping: i64 = connection
        .query_row(
            "select count(*) from appointment as one join appointment as other
                on other.clinic = one.clinic and other.id > one.id and other.practitioner = one.practitioner
                    and other.start < one.\"end\" and other.\"end\" > one.start
                where one.live = 1 and other.live = 1 and one.overlap = 'none' and other.overlap = 'none'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(overlapping, 0);
}
