//! Copies that are made while others write, and the way back from one.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use aftalebog_booking::Kind;
use aftalebog_booking::wire::{FeedPage, SyncSnapshot};
use aftalebog_server::clock::Clock;
use aftalebog_server::store::{Store, backup};
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::bare_pc::BarePc;
use crate::clinic_pc::{accepted, demo, first, set};
use crate::test_server::{TestServer, monday, problem, shown};

/// How many copies are made.
const COPIES: usize = 100;

/// Makes copies while others write, each change its number into two records. What is wrong with them.
async fn faults_of_copies(count: usize, make: fn(&Path, &Path)) -> Vec<String> {
    let server = TestServer::start().await;
    let clinic = server.clinic("Ågade").await;
    let pc = BarePc::of(&server, &clinic, "A").await;
    let first_revision = pc.give_demo().await;
    let records = demo();
    let (clinic_record, patient) = (first(&records, Kind::Clinic), first(&records, Kind::Patient));
    let database = server.folder.path().join("server.db");
    let copied = Arc::new(AtomicBool::new(false));
    let acknowledged = Arc::new(AtomicU64::new(first_revision));

    let copies = {
        let (copied, folder) = (copied.clone(), server.folder.path().to_owned());
        let acknowledged = acknowledged.clone();
        tokio::task::spawn_blocking(move || {
            let copies = (0..count).map(|number| {
                let (copy, before) = (folder.join(format!("copy-{number}.db")), acknowledged.load(Ordering::SeqCst));
                make(&database, &copy);
                (copy, before)
            });
            let copies: Vec<_> = copies.collect();
            copied.store(true, Ordering::Relaxed);
            copies
        })
    };
    let mut revision = first_revision;
    while !copied.load(Ordering::Relaxed) {
        let number = revision + 1;
        let writes = vec![
            set(clinic_record, revision, json!({"greeting": format!("{number}")})),
            set(patient, revision, json!({"number": format!("{number}")})),
        ];
        revision = pc.save(writes).await;
        assert_eq!(revision, number);
        acknowledged.store(revision, Ordering::SeqCst);
    }
    let (mut revisions, mut faults) = (vec![], vec![]);
    for (copy, before) in copies.await.unwrap() {
        match revision_of(&copy, first_revision) {
            Ok(revision) if revision < before => faults.push(format!("{before} was acknowledged, it has {revision}")),
            Ok(revision) => revisions.push(revision),
            Err(fault) => faults.push(fault),
        }
    }
    println!("{count} copies during {} changes, {} faults", revision - first_revision, faults.len());
    if faults.is_empty() {
        assert!(revisions.is_sorted(), "{revisions:?}");
        assert!(revisions.last() > revisions.first(), "it was written meanwhile: {revisions:?}");
    }
    server.stop().await;
    faults
}

/// Of which moment a copy is, or why it is of none.
fn revision_of(copy: &Path, first_revision: u64) -> Result<u64, String> {
    let read = || -> rusqlite::Result<_> {
        let connection = Connection::open(copy)?;
        let whole: String = connection.query_row("pragma integrity_check", [], |row| row.get(0))?;
        let sql = "select revision, (select count(*) from change), (select count(*) from audit) from clinic";
        let counts: (i64, i64, i64) =
            connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let field = |kind: &str, field: &str| {
            let sql = "select json_extract(value, ?2) from record where kind = ?1 and revision = (
                select max(revision) from record)";
            connection.query_row::<String, _, _>(sql, [kind, &format!("$.{field}")], |row| row.get(0))
        };
        Ok((whole, counts, (field("clinic", "greeting"), field("patient", "number"))))
    };
    let (whole, (revision, changes, audited), written) = read().map_err(|error| error.to_string())?;
    let number = revision.unsigned_abs();
    let sound = whole == "ok"
        // Each change, and the pairing.
        && (changes, audited) == (revision, revision + 1)
        && (number <= first_revision || written == (Ok(number.to_string()), Ok(number.to_string())));
    if sound { Ok(number) } else { Err(format!("{whole}: {revision}, {changes}, {audited}, {written:?}")) }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_that_is_made_while_others_write_is_one_moment_of_it() {
    let make = |database: &Path, copy: &Path| {
        let _contents = backup::back_up(database, copy).unwrap();
    };
    assert_eq!(faults_of_copies(COPIES, make).await, Vec::<String>::new());
}

/// The control: whoever copies the file as it lies there is found out.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_is_copied_as_it_lies_there_is_found_out() {
    let faults = faults_of_copies(10, |database, copy| {
        let _bytes = std::fs::copy(database, copy).unwrap();
        // While something is written.
        std::thread::sleep(std::time::Duration::from_millis(30));
    });
    assert!(!faults.await.is_empty());
}

/// The drill: a server that is put back, and a PC that knows more than it.
#[tokio::test]
async fn after_a_restore_every_pc_starts_anew_and_no_change_is_done_twice() {
    let server = TestServer::start().await;
    let clinic = server.clinic("Ågade").await;
    let mut pc = BarePc::of(&server, &clinic, "A").await;
    let base = pc.give_demo().await;
    let records = demo();
    let (clinic_record, patient) = (first(&records, Kind::Clinic), first(&records, Kind::Patient));
    let before = pc.change(vec![set(clinic_record, base, json!({"greeting": "before"}))]);
    let known = accepted(pc.send(&before).await).await;
    let folder = server.folder.path().to_owned();
    let (database, copy) = (folder.join("server.db"), folder.join("copy.db"));
    let _contents = backup::back_up(&database, &copy).unwrap();
    let after = pc.change(vec![set(patient, known, json!({"number": "after"}))]);
    let lost = accepted(pc.send(&after).await).await;
    let mut position = pc.paired.position;
    position.revision = lost;
    let kept = server.stop_and_keep().await;

    let restored = backup::restore(&copy, &database, monday()).unwrap();
    assert!(restored.set_aside.unwrap().exists());
    let server = TestServer::on(kept, Clock::Fixed(monday())).await;
    pc.server = server.url("");
    let asked = pc.get(&format!("/api/v1/changes?since={position}")).send().await.unwrap();
    assert_eq!(problem(asked).await, (410, "position_gone".to_owned()), "another epoch");
    let snapshot: SyncSnapshot = pc.get("/api/v1/snapshot").send().await.unwrap().json().await.unwrap();
    assert_ne!(snapshot.position.epoch, position.epoch);
    assert!(snapshot.position.revision > lost, "what was lost is not mistaken for what is written now");
    assert_eq!(snapshot.last_sequence, before.sequence);
    let put_back = snapshot.position.revision;

    // What the server has is done once; what it has lost is done again, and once.
    let again = accepted(pc.send(&before).await).await;
    assert_eq!(again, known, "it was known in the copy");
    let mut anew = after.clone();
    anew.epoch = snapshot.position.epoch;
    let first_time = accepted(pc.send(&anew).await).await;
    let second_time = accepted(pc.send(&anew).await).await;
    assert_eq!((first_time, second_time), (put_back + 1, put_back + 1));
    pc.paired.position = snapshot.position;
    let since = format!("/api/v1/changes?since={}", snapshot.position);
    let page: FeedPage = pc.get(&since).send().await.unwrap().json().await.unwrap();
    assert_eq!(page.changes.iter().map(|change| change.id).collect::<Vec<_>>(), [after.id]);
    let snapshot: SyncSnapshot = pc.get("/api/v1/snapshot").send().await.unwrap().json().await.unwrap();
    let value = |id| snapshot.records.iter().find(|record| record.id == id).map(|record| &record.value).unwrap();
    assert_eq!(value(clinic_record.id)["greeting"], Value::from("before"));
    assert_eq!(value(patient.id)["number"], Value::from("after"));
    // A pairing, three changes with the demo's, and the restore.
    assert_eq!(server.store.audit_verify(clinic.id).await.unwrap(), 5);
    server.stop().await;
}

/// Nothing of that time is done again.
#[tokio::test]
async fn after_a_restore_no_code_and_no_login_of_that_time_is_good() {
    let folder = tempfile::tempdir().unwrap();
    let (database, copy) = (folder.path().join("server.db"), folder.path().join("copy.db"));
    let store = Store::open(&database).await.unwrap();
    let clinic = store.add_clinic("Ågade".to_owned(), monday()).await.unwrap();
    let _contents = backup::back_up(&database, &copy).unwrap();
    drop(store);
    let _restored = backup::restore(&copy, &database, monday()).unwrap();
    let store = Store::open(&database).await.unwrap();
    let refused = store.pair(&shown(clinic.code.reveal(), "A"), "10.0.0.1", monday()).await.unwrap_err();
    assert!(matches!(refused, aftalebog_server::problem::Error::NoSuchCode), "{refused}");
}
