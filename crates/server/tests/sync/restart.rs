//! A PC or a server that is started again: with what it had, with an older copy, with something missing.

use aftalebog_booking::{Change, Kind, Record};
use aftalebog_local::backup;
use aftalebog_local::sync::{Cause, Connection, Replace};
use aftalebog_server::store::backup as backup_of_server;
use serde_json::json;
use uuid::Uuid;

use super::{is_offline, patients, two};
use crate::proxy::{Fault, Proxy, Script};
use crate::synced_pc::{SyncedPc, first};
use crate::test_server::TestServer;

/// As after a fault of the disk, or somebody's hand in the file.
#[tokio::test]
async fn a_file_that_lacks_what_the_server_has_is_mended_by_the_servers_records() {
    let server = TestServer::start().await;
    let url = server.url("");
    let (_clinic, a, b) = two(&server, [&url, &url]).await;
    let lost = lonely(&a).await;
    let folder = a.end().await;
    let file = rusqlite::Connection::open(folder.path().join("clinic.db")).unwrap();
    let deleted = file.execute("delete from patient where id = ?1", [lost.id.as_bytes().as_slice()]).unwrap();
    assert_eq!(deleted, 1);
    drop(file);
    let a = SyncedPc::start_again(folder, "RECEPTION").await;
    b.set(&lost, json!({"phone": "55 55 55 55"})).await;
    a.sees(lost.id, "phone", json!("55 55 55 55")).await;
    a.in_step(&server).await;
    assert_eq!(a.snapshot().await, b.snapshot().await);
    server.stop().await;
}

/// A patient whom no other record names.
async fn lonely(pc: &SyncedPc) -> Record {
    let records = pc.snapshot().await.records;
    let named = |id: Uuid| {
        let others = records.iter().filter(|record| record.id != id);
        others.map(Record::fields).any(|fields| fields.values().any(|value| *value == json!(id)))
    };
    let patients = records.iter().filter(|record| record.value.kind() == Kind::Patient);
    patients.clone().find(|patient| !named(patient.id)).unwrap().clone()
}

/// A newer program knows fields that the older one let go by: here what is missing is taken away by hand.
#[tokio::test]
async fn what_an_older_program_did_not_know_is_fetched_after_its_update() {
    let server = TestServer::start().await;
    let url = server.url("");
    let (_clinic, a, b) = two(&server, [&url, &url]).await;
    let patient = first(&a.snapshot().await, Kind::Patient);
    b.set(&patient, json!({"phone": "55 55 55 55"})).await;
    a.sees(patient.id, "phone", json!("55 55 55 55")).await;
    let folder = a.end().await;
    let file = rusqlite::Connection::open(folder.path().join("clinic.db")).unwrap();
    let lacks =
        file.execute("update patient set phone = null where id = ?1", [patient.id.as_bytes().as_slice()]).unwrap();
    assert_eq!(lacks, 1);
    let older = file.execute("update server_link set file_form = file_form - 1", []).unwrap();
    assert_eq!(older, 1);
    drop(file);
    let a = SyncedPc::start_again(folder, "RECEPTION").await;
    a.sees(patient.id, "phone", json!("55 55 55 55")).await;
    a.in_step(&server).await;
    assert!(!a.store.link().await.unwrap().unwrap().outgrown, "once");
    server.stop().await;
}

#[tokio::test]
async fn a_program_that_is_started_again_goes_on_where_it_was() {
    let server = TestServer::start().await;
    let url = server.url("");
    let (_clinic, a, b) = two(&server, [&url, &url]).await;
    let patient = first(&a.snapshot().await, Kind::Patient);
    let folder = a.end().await;
    b.set(&patient, json!({"phone": "11 11 11 11"})).await;
    b.in_step(&server).await;
    let a = SyncedPc::start_again(folder, "RECEPTION").await;
    a.sees(patient.id, "phone", json!("11 11 11 11")).await;
    // What is saved at the last moment is sent before the program ends.
    a.in_step(&server).await;
    a.store
        .save(Change::new(
            server.now,
            "RECEPTION",
            vec![crate::synced_pc::set(&patient, json!({"phone": "22 22 22 22"}))],
        ))
        .await
        .unwrap();
    let _folder = a.end().await;
    b.sees(patient.id, "phone", json!("22 22 22 22")).await;
    server.stop().await;
}

#[tokio::test]
async fn a_lost_token_is_told_and_the_pc_can_be_paired_again() {
    let server = TestServer::start().await;
    let url = server.url("");
    let (_clinic, a, b) = two(&server, [&url, &url]).await;
    let folder = b.end().await;
    let kept = std::fs::read_dir(folder.path().join("token")).unwrap().next().unwrap().unwrap().path();
    let mut folder = folder;
    // What somebody else has put in its place is never sent to a server.
    for foreign in [Some("x".repeat(5000)), Some("æøå\n".to_owned()), Some(String::new()), None] {
        match foreign {
            Some(foreign) => std::fs::write(&kept, foreign).unwrap(),
            None => std::fs::remove_file(&kept).unwrap(),
        }
        let b = SyncedPc::start_again(folder, "KLINIK 2").await;
        let status = b.until("without a token", |status| is_offline(&status.connection)).await;
        assert!(matches!(status.connection, Connection::Offline { cause: Cause::Token, .. }), "{status:?}");
        folder = b.end().await;
    }
    let b = SyncedPc::start_again(folder, "KLINIK 2").await;
    let _status = b.until("without a token", |status| is_offline(&status.connection)).await;
    let code = a.sync.new_code().await.unwrap().code;
    b.try_pair(&url, &code, Replace::Agreed).await.unwrap();
    b.in_step(&server).await;
    server.stop().await;
}

#[tokio::test]
async fn a_pc_that_was_restored_from_an_old_copy_is_brought_up_to_date() {
    let server = TestServer::start().await;
    let url = server.url("");
    let (_clinic, a, b) = two(&server, [&url, &url]).await;
    let copy = a.store.daily_backup(server.now).await.unwrap().unwrap();
    let patients = patients(&a, 3).await;
    a.set(&patients[0], json!({"phone": "11 11 11 11"})).await;
    a.set(&patients[1], json!({"phone": "22 22 22 22"})).await;
    a.in_step(&server).await;
    let folder = a.end().await;
    let found = backup::last_good_backup(folder.path().join("clinic.db")).await.unwrap();
    assert_eq!(found.file, copy);
    let _kept = backup::restore(folder.path().join("clinic.db"), found.file, server.now).await.unwrap();
    let a = SyncedPc::start_again(folder, "RECEPTION").await;
    a.set(&patients[2], json!({"phone": "33 33 33 33"})).await;
    a.in_step(&server).await;
    b.in_step(&server).await;
    assert_eq!(a.snapshot().await, b.snapshot().await);
    for (patient, phone) in patients.iter().zip(["11 11 11 11", "22 22 22 22", "33 33 33 33"]) {
        assert_eq!(b.fields(patient.id).await.unwrap()["phone"], json!(phone));
    }
    server.stop().await;
}

#[tokio::test]
async fn a_server_that_was_restored_gives_its_records_anew_and_loses_nothing_that_waits() {
    let server = TestServer::start().await;
    let proxy = Proxy::start(server.address, Script::Always(Fault::None)).await;
    let (_clinic, a, b) = two(&server, [&proxy.url(), &server.url("")]).await;
    let patients = patients(&a, 2).await;
    proxy.always(Fault::CutBefore);
    a.set(&patients[0], json!({"phone": "11 11 11 11"})).await;
    let file = server.folder.path().join("server.db");
    let epoch = rusqlite::Connection::open(file).unwrap();
    assert_eq!(epoch.execute("update server set epoch = randomblob(16)", []).unwrap(), 1);
    b.set(&patients[1], json!({"phone": "22 22 22 22"})).await;
    b.in_step(&server).await;
    proxy.always(Fault::None);
    a.sync.try_now();
    a.in_step(&server).await;
    b.in_step(&server).await;
    assert_eq!(a.snapshot().await, b.snapshot().await);
    for (patient, phone) in patients.iter().zip(["11 11 11 11", "22 22 22 22"]) {
        assert_eq!(b.fields(patient.id).await.unwrap()["phone"], json!(phone));
    }
    server.stop().await;
}

/// The copy knows the token before the one that this PC was given since.
#[tokio::test]
async fn a_server_that_was_restored_knows_a_pc_whose_token_was_exchanged_since() {
    let server = TestServer::start().await;
    let url = server.url("");
    let (_clinic, a, b) = two(&server, [&url, &url]).await;
    let device = a.store.link().await.unwrap().unwrap().device;
    let folder = server.folder.path().to_owned();
    let (database, copy) = (folder.join("server.db"), folder.join("copy.db"));
    let _contents = backup_of_server::back_up(&database, &copy).unwrap();
    let tokens = rusqlite::Connection::open(&database).unwrap();
    let token = || {
        let sql = "select token_hash from device where id = ?1";
        tokens.query_row(sql, [device.as_bytes().as_slice()], |row| row.get::<_, [u8; 32]>(0)).unwrap()
    };
    let before = token();
    let old = "update device set token_made_at = 0 where id = ?1";
    assert_eq!(tokens.execute(old, [device.as_bytes().as_slice()]).unwrap(), 1);
    let patient = first(&a.snapshot().await, Kind::Patient);
    // The answer to a poll has the new one, and the next call uses it.
    a.set(&patient, json!({"phone": "11 11 11 11"})).await;
    a.eventually("known by another token", async || token() != before).await;
    a.in_step(&server).await;
    drop(tokens);
    let (of_a, of_b) = (a.end().await, b.end().await);
    let kept = server.stop_and_keep().await;
    let _restored = backup_of_server::restore(&copy, &database, crate::test_server::monday()).unwrap();
    let server = TestServer::on(kept, aftalebog_server::clock::Clock::Fixed(crate::test_server::monday())).await;
    // It stands at the same address, in life.
    for folder in [&of_a, &of_b] {
        let file = rusqlite::Connection::open(folder.path().join("clinic.db")).unwrap();
        let moved = file.execute("update server_link set address = ?1", [server.url("/")]).unwrap();
        assert_eq!(moved, 1);
    }
    let a = SyncedPc::start_again(of_a, "RECEPTION").await;
    let b = SyncedPc::start_again(of_b, "KLINIK 2").await;
    a.in_step(&server).await;
    b.sees(patient.id, "phone", json!("11 11 11 11")).await;
    b.in_step(&server).await;
    assert_eq!(a.snapshot().await, b.snapshot().await);
    // One that was removed since does not come back by it.
    let other = b.store.link().await.unwrap().unwrap().device;
    a.sync.revoke(other).await.unwrap();
    b.sync.try_now();
    let _status = b.until("revoked", |status| status.connection == Connection::Revoked).await;
    server.stop().await;
}
