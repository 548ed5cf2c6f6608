//! Two PCs of a clinic: how soon a save on one is seen on the other, and what it costs the server
//! that PCs wait for each other's. Goals: `benches/README.md`.

use aftalebog_server::clock::Clock;
use std::time::{Duration, Instant};

use aftalebog_booking::bounded::Detail;
use aftalebog_booking::record::Patient;
use aftalebog_booking::{Change, Entry, Id, Value, Write, demo};
use aftalebog_local::sync::Event;
use aftalebog_server::store::Store;
use futures::StreamExt as _;
use tokio::runtime::Runtime;

use crate::clinics::{Clinics, pc_token};
use crate::figures::{Times, goal, heading, milliseconds};
use crate::line::{Line, get};
use crate::real_pc::{RealPc, today};
use crate::server_program::ServerProgram;

const ROUNDS: usize = 500;
const CLINICS: usize = 500;
const PCS: usize = 3;
const AT_A_TIME: usize = 16;

pub fn run(runtime: &Runtime) {
    runtime.block_on(seen_on_the_other());
    runtime.block_on(waiting());
}

/// From OK on one PC until the other one's window would read it from its own file.
async fn seen_on_the_other() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("server.db");
    let store = Store::open(&file).await.unwrap();
    let clinic = store.add_clinic("Tandlægerne".to_owned(), Clock::Running.now()).await.unwrap();
    let server = ServerProgram::start(&file, &[]);
    let (one, other) = (RealPc::with_the_demo("Reception 1").await, RealPc::with_the_demo("Reception 2").await);
    one.pair(&server.url(), clinic.code.reveal()).await;
    let code = one.sync.new_code().await.unwrap();
    other.pair(&server.url(), &code.code).await;

    let mut events = std::pin::pin!(other.sync.events());
    let mut patient = a_patient(&one).await;
    let (mut saved, mut seen) = (Times::default(), Times::default());
    for round in 0..ROUNDS {
        let after = Patient { email: Detail::new(&format!("n{round}@example.dk")).ok(), ..patient.value.clone() };
        let change = Change::new(Clock::Running.now(), "bench", vec![Write::edit(&patient, &after).unwrap()]);
        let began = Instant::now();
        one.store.save(change).await.unwrap();
        one.sync.wake();
        saved.push(began.elapsed());
        loop {
            let event = events.next().await.unwrap();
            if matches!(event, Event::Arrived(_)) && a_patient(&other).await.value == after {
                break;
            }
        }
        seen.push(began.elapsed());
        patient.value = after;
    }
    heading("A save on one PC, over the server, on this machine");
    saved.line("saved on the one");
    seen.line("read from the other one's file");
    goal("95 of 100 are seen within, ms", milliseconds(seen.percentile(95)), 1000.0);
    drop((one, other));
    drop(server);
}

async fn a_patient(pc: &RealPc) -> Entry<Patient> {
    let records = pc.store.snapshot().await.unwrap().records;
    let mut patients = records.into_iter().filter_map(|record| match record.value {
        Value::Patient(value) => Some(Entry { id: Id::new(record.id), value }),
        _ => None,
    });
    patients.next().unwrap()
}

/// What the server keeps in mind for PCs that wait for a change.
async fn waiting() {
    let mut clinics = Clinics::one(&demo::demo_clinic(today(), demo::SEED)).await;
    clinics.multiply(CLINICS, PCS, 0);
    let server = clinics.serve();
    let position = clinics.position();
    let path = format!("/api/v1/changes?since={position}&wait=25");

    // What the database keeps in memory of its tables is there before, for it does not grow with who waits:
    // each PC asks once, a few at a time.
    let now = format!("/api/v1/changes?since={position}&wait=0");
    let asked = (0..AT_A_TIME).map(|share| {
        let (now, address) = (now.as_str(), server.address);
        async move {
            let mut line = Line::open(address).await.unwrap();
            for clinic in (share..CLINICS).step_by(AT_A_TIME) {
                for pc in 0..PCS {
                    assert_eq!(line.ask(&get(now, &pc_token(clinic, pc))).await.unwrap().status, 200);
                }
            }
        }
    });
    let _all = futures::future::join_all(asked).await;
    let before = server.memory();
    let mut polls = vec![];
    for clinic in 0..CLINICS {
        for pc in 0..PCS {
            let mut line = Line::open(server.address).await.unwrap();
            let request = get(&path, &pc_token(clinic, pc));
            polls.push(tokio::spawn(async move {
                let answer = line.ask(&request).await.unwrap();
                (answer.status, answer.json())
            }));
        }
    }
    // All have been asked and none has been answered yet.
    tokio::time::sleep(Duration::from_secs(12)).await;
    let with = server.memory();
    let answered = polls.iter().filter(|poll| poll.is_finished()).count();
    for poll in polls {
        let (status, page) = poll.await.unwrap();
        assert_eq!((status, &page["changes"]), (200, &serde_json::json!([])));
    }
    let each = (with as f64 - before as f64) / (CLINICS * PCS) as f64;
    println!(
        "\n{CLINICS} clinics of {PCS} PCs that wait: {before} KiB before, {with} KiB with them, {answered} answered early"
    );
    goal("a waiting PC costs the server, KiB", each, 20.0);
}
