//! A clinic's PC, killed while it saves and synchronises: a process of its own, which is this test
//! program again.

use std::collections::HashSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use aftalebog_booking::bounded::Detail;
use aftalebog_booking::record::Patient;
use aftalebog_booking::{Change, Entry, Value, Write};
use aftalebog_local::Store;
use aftalebog_local::sync::{Connection, Sync};
use tempfile::TempDir;
use uuid::Uuid;

use super::{a_while, kills};
use crate::bare_pc::BarePc;
use crate::equal::equal;
use crate::real_pc::{RealPc, file, options};
use crate::test_server::{TestServer, monday};

/// Where the child's file is: with it, the test below lives and is killed.
const FOLDER: &str = "AFTALEBOG_KILLED_FOLDER";
/// The control: a child that says it has saved before it has.
const TOO_EARLY: &str = "AFTALEBOG_KILLED_TOO_EARLY";

#[derive(Clone, Copy, PartialEq)]
enum Says {
    WhenItIsSaved,
    TooEarly,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_pc_saved_is_there_after_it_was_killed() {
    let server = TestServer::start().await;
    let clinic = server.clinic("Tandlægerne ved Møllesøen").await;
    let other = RealPc::with_the_demo("Reception 2").await;
    other.pair(&server.url(""), clinic.code.reveal()).await;
    let (bare, folder) = second_pc(&server, &other).await;

    let mut saves = 0;
    for kill in 1..=kills() {
        let promised = live_and_die(folder.path(), kill, Says::WhenItIsSaved);
        saves += promised.len();
        let lost = lost(folder.path(), &promised).await;
        assert_eq!(lost, 0, "kill {kill}: lost of {}", promised.len());
        // The other one works as well.
        save_number(&other.store, &mut two_patients(&other.store, Side::Other).await, kill as u64).await;
        other.sync.wake();
    }
    assert!(saves > kills(), "hardly anything was saved");

    // What was still in the outbox arrives, once each, and everybody has the same.
    let store = Store::open(file(folder.path()), monday()).await.unwrap();
    let waited = store.outbox().await.unwrap().waiting;
    let sync = Sync::start(store.clone(), options(folder.path(), "Reception 1"));
    equal(&[(&store, &sync), (&other.store, &other.sync)], &bare).await;
    let here: HashSet<Uuid> = store.history(u32::MAX).await.unwrap().iter().map(|it| it.id).collect();
    let feed = bare.feed().await;
    let there: HashSet<Uuid> = feed.iter().map(|change| change.id).collect();
    assert_eq!(there.len(), feed.len(), "a change is there twice");
    assert!(here.is_subset(&there), "a save did not arrive");
    println!("{} kills: {saves} saves promised, {waited} still to be sent at the end", kills());
    drop((sync, other));
    store.close().await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pc_that_promises_too_early_is_caught() {
    let server = TestServer::start().await;
    let clinic = server.clinic("Tandlægerne ved Møllesøen").await;
    let other = RealPc::with_the_demo("Reception 2").await;
    other.pair(&server.url(""), clinic.code.reveal()).await;
    let (_bare, folder) = second_pc(&server, &other).await;
    let mut lost_in_all = 0;
    for kill in 1..=kills().min(20) {
        let promised = live_and_die(folder.path(), kill, Says::TooEarly);
        lost_in_all += lost(folder.path(), &promised).await;
    }
    assert!(lost_in_all > 0, "the test would not see a save that was lost");
    server.stop().await;
}

/// The other half of the test: a PC that saves until it is killed.
#[test]
fn the_pc_that_is_killed() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let _set_already = rustls::crypto::ring::default_provider().install_default();
        let store = Store::open(file(&folder), monday()).await.unwrap();
        let sync = Sync::start(store.clone(), options(&folder, "Reception 1"));
        let mut patients = two_patients(&store, Side::Killed).await;
        say("open");
        let too_early = std::env::var_os(TOO_EARLY).is_some();
        let mut in_touch = false;
        for number in 0.. {
            let change = change_of(&mut patients, number);
            let id = change.id;
            if too_early {
                say(&id.to_string());
            }
            store.save(change).await.unwrap();
            if !too_early {
                say(&id.to_string());
            }
            sync.wake();
            if !in_touch && sync.status().connection == Connection::Online {
                in_touch = true;
                say("in touch");
            }
        }
    });
}

/// What is said is out before anything else happens.
fn say(line: &str) {
    let mut out = std::io::stdout();
    writeln!(out, "{line}").unwrap();
    out.flush().unwrap();
}

/// A second PC with a file of its own, paired and equal to the first; and one without a file.
async fn second_pc(server: &TestServer, first: &RealPc) -> (BarePc, TempDir) {
    let code = first.sync.new_code().await.unwrap();
    let bare = BarePc::pair(&server.url(""), &code.code, "Kontoret").await;
    let folder = tempfile::tempdir().unwrap();
    let second = RealPc::with_the_demo_in(folder.path().to_owned(), "Reception 1").await;
    let code = first.sync.new_code().await.unwrap();
    second.pair(&server.url(""), &code.code).await;
    equal(&[(&first.store, &first.sync), (&second.store, &second.sync)], &bare).await;
    second.sync.stop().await;
    second.store.clone().close().await;
    (bare, folder)
}

/// Starts the PC, kills it, and gives the saves that it has promised.
fn live_and_die(folder: &Path, kill: usize, says: Says) -> Vec<Uuid> {
    let mut command = Command::new(std::env::current_exe().unwrap());
    let _command = command
        .args(["--exact", "kill::clinic_pc::the_pc_that_is_killed", "--nocapture"])
        .env(FOLDER, folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit());
    if says == Says::TooEarly {
        let _command = command.env(TOO_EARLY, "1");
    }
    let mut child = command.spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    // Now and then it does not even get to open its file; mostly it is talking to the server.
    let until = match kill % 5 {
        0 => None,
        1 => Some("open"),
        _ => Some("in touch"),
    };
    let mut promised = vec![];
    while let Some(until) = until {
        let line = lines.next().unwrap().unwrap();
        promised.extend(line.parse::<Uuid>());
        if line.ends_with(until) {
            break;
        }
    }
    std::thread::sleep(a_while());
    child.kill().unwrap();
    let ended = child.wait().unwrap();
    assert!(!ended.success(), "it ended by itself");
    promised.extend(lines.map_while(Result::ok).filter_map(|line| line.parse::<Uuid>().ok()));
    promised
}

/// How many of the promised saves are not in the file, or not whole.
async fn lost(folder: &Path, promised: &[Uuid]) -> usize {
    let store = Store::open(file(folder), monday()).await.unwrap();
    let mut patients = two_patients(&store, Side::Killed).await;
    let [one, other] = &mut patients;
    assert_eq!(one.value.email, other.value.email, "half a save");
    let kept: HashSet<Uuid> = store.history(u32::MAX).await.unwrap().iter().map(|it| it.id).collect();
    store.close().await;
    promised.iter().filter(|id| !kept.contains(id)).count()
}

/// Whose patients are written to: nobody writes to those of another.
#[derive(Clone, Copy)]
enum Side {
    Killed,
    Other,
}

async fn two_patients(store: &Store, side: Side) -> [Entry<Patient>; 2] {
    let snapshot = store.snapshot().await.unwrap();
    let mut patients = snapshot.records.into_iter().filter_map(|record| match record.value {
        Value::Patient(value) => Some(Entry { id: aftalebog_booking::Id::new(record.id), value }),
        _ => None,
    });
    let mut next = || patients.next().unwrap();
    match side {
        Side::Killed => [next(), next()],
        Side::Other => {
            let _others = (next(), next());
            [next(), next()]
        }
    }
}

/// One save that writes to two patients.
fn change_of(patients: &mut [Entry<Patient>; 2], number: u64) -> Change {
    let email = Detail::new(&format!("n{number}-{}@example.dk", Uuid::new_v4().simple())).unwrap();
    let writes = patients.iter_mut().map(|entry| {
        let after = Patient { email: Some(email.clone()), ..entry.value.clone() };
        let write = Write::edit(entry, &after).unwrap();
        entry.value = after;
        write
    });
    Change::new(monday(), "Reception 1", writes.collect())
}

async fn save_number(store: &Store, patients: &mut [Entry<Patient>; 2], number: u64) {
    store.save(change_of(patients, number)).await.unwrap();
}
