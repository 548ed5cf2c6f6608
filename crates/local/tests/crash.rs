//! Kills a program while it saves, and looks at what it left.
//!
//! The program is this one, started once more with the name of a file: it saves as fast as it
//! can and says so after each answer. After any crash, every save that was acknowledged must be
//! there, and no half of one. A program that acknowledges too early must be caught.

#![allow(clippy::unwrap_used, reason = "it is a test")]

#[path = "../src/store/tests/sample.rs"]
mod sample;

use std::io::{BufRead, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;
use std::{env, thread};

use aftalebog_booking::bounded::Detail;
use aftalebog_booking::record::{Clinic, Patient, Practitioner, Recorded};
use aftalebog_booking::{Change, Entry, Id, Write};
use aftalebog_local::Store;
use uuid::Uuid;

use sample::{instant, line, sample};

/// How often it is killed, unless `AFTALEBOG_CRASH_KILLS` says otherwise.
const KILLS: u32 = 200;
/// Of as many files at a time.
const FILES: u32 = 4;
/// How often, at the most, the control is given ten lives to lose a save in.
const MOST_ATTEMPTS: u32 = 30;
const FILE: &str = "AFTALEBOG_CRASH_FILE";
const EARLY: &str = "AFTALEBOG_CRASH_ACKNOWLEDGES_EARLY";

#[test]
fn every_acknowledged_save_survives_a_crash_and_no_half_of_one() {
    let kills = env::var("AFTALEBOG_CRASH_KILLS").map_or(KILLS, |kills| kills.parse().unwrap());
    let lives: Vec<_> =
        (0..FILES).map(|file| thread::spawn(move || crash(file, kills.div_ceil(FILES), false))).collect();
    let found: Vec<_> = lives.into_iter().map(|life| life.join().unwrap()).collect();
    assert!(found.iter().all(|found| found.lost == 0 && found.torn == 0), "{found:?}");
    assert!(found.iter().map(|found| found.saves).sum::<u64>() > u64::from(kills), "{found:?}");
}

#[test]
fn a_program_that_acknowledges_too_early_is_caught() {
    // Not every kill falls between the words and the deed; one that does is enough.
    let found = (0..MOST_ATTEMPTS).map(|attempt| crash(100 + attempt, 10, true)).find(|found| found.lost > 0);
    let found = found.expect("a save that was acknowledged too early is found lost");
    assert_eq!(found.torn, 0, "{found:?}");
}

/// The program that is killed; nothing when the tests are run.
#[test]
fn save_until_killed() {
    let Ok(file) = env::var(FILE) else { return };
    let early = env::var_os(EARLY).is_some();
    block_on(async {
        let store = Store::open(file.into(), instant("2026-11-23T09:00:00Z")).await.unwrap();
        let mut clinic = store.setup().await.unwrap().clinic;
        let mut dentist = store.setup().await.unwrap().practitioners.remove(0);
        for number in number_in(&clinic.value.greeting) + 1.. {
            let change = save_number(number, &mut clinic, &mut dentist);
            let acknowledge = || writeln!(std::io::stdout(), "\nsaved {number}").unwrap();
            if early {
                acknowledge();
            }
            store.save(change).await.unwrap();
            if !early {
                acknowledge();
            }
        }
    });
}

/// One change of three records, each of which shows its number.
fn save_number(number: u64, clinic: &mut Entry<Clinic>, dentist: &mut Entry<Practitioner>) -> Change {
    let greeted = Clinic { greeting: line(&number.to_string()), ..clinic.value.clone() };
    let titled = Practitioner { title: line(&number.to_string()), ..dentist.value.clone() };
    let patient = Patient { number: line(&number.to_string()), ..sample().patient.value };
    let id = Uuid::from_u128(u128::from(number));
    let writes = vec![
        Write::edit(clinic, &greeted).unwrap(),
        Write::create(&Entry { id: Id::new(id), value: patient }),
        Write::edit(dentist, &titled).unwrap(),
    ];
    (clinic.value, dentist.value) = (greeted, titled);
    Change { id, ..Change::new(instant("2026-11-23T09:00:00Z"), "crash", writes) }
}

fn number_in(text: &Detail) -> u64 {
    text.as_str().parse().unwrap_or(0)
}

/// What several crashes of one file left.
#[derive(Debug, Default)]
struct Found {
    /// How many saves are in the file.
    saves: u64,
    /// After how many crashes an acknowledged save was missing.
    lost: u32,
    /// After how many crashes there was a part of a save.
    torn: u32,
}

fn crash(file: u32, kills: u32, early: bool) -> Found {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clinic.db");
    let now = instant("2026-11-23T09:00:00Z");
    block_on(async { Store::create(path.clone(), sample().snapshot(), now).await.unwrap().close().await });
    let mut found = Found::default();
    for kill in 0..kills {
        // Scattered over 20 to 120 milliseconds, the same ones in every run.
        let life = Duration::from_micros(20_000 + u64::from(kill * FILES + file) * 7_919_777 % 100_000);
        let acknowledged = live_for(life, &path, early).max(found.saves);
        let (saves, whole) = block_on(look(&path));
        found.lost += u32::from(saves < acknowledged);
        found.torn += u32::from(!whole);
        found.saves = saves;
    }
    found
}

/// Starts the program, kills it some time after its first save, and gives its last acknowledged one.
fn live_for(life: Duration, file: &Path, early: bool) -> u64 {
    let mut command = Command::new(env::current_exe().unwrap());
    let _command = command
        .args(["--exact", "save_until_killed", "--nocapture", "--test-threads=1"])
        .env(FILE, file)
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    if early {
        let _command = command.env(EARLY, "yes");
    }
    let mut child = command.spawn().unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let mut saved = said.by_ref().filter_map(|line| line.strip_prefix("saved ")?.parse::<u64>().ok());
    let first = saved.next().expect("the program saves");
    thread::sleep(life);
    child.kill().unwrap();
    let _status = child.wait().unwrap();
    saved.last().unwrap_or(first)
}

/// How many saves are in the file, and whether each is there as a whole: in three records and in
/// the history.
async fn look(file: &Path) -> (u64, bool) {
    let store = Store::open(file.to_owned(), instant("2026-11-23T09:00:00Z")).await.unwrap();
    let setup = store.setup().await.unwrap();
    let records = store.snapshot().await.unwrap().records;
    let history = store.history(u32::MAX).await.unwrap();
    store.close().await;
    let saves = number_in(&setup.clinic.value.greeting);
    let patients = records.into_iter().filter_map(|record| Patient::from_value(record.value)).count() as u64 - 1;
    let logged: Vec<_> = history.iter().rev().map(|change| change.id.as_u128()).collect();
    let whole = patients == saves
        && number_in(&setup.practitioners[0].value.title) == saves
        && logged == (1..=u128::from(saves)).collect::<Vec<_>>()
        && history.iter().all(|change| change.writes.len() == 3);
    (saves, whole)
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}
