//! Two PCs and a server, from end to end: what is saved on one is on the other, whatever the network does meanwhile.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use aftalebog_booking::change::Deed;
use aftalebog_booking::wire::SentChange;
use aftalebog_booking::{Change, Kind, Record, Snapshot, Write};
use aftalebog_local::sync::{Cause, Connection, Farewell, Fault as SyncFault, PairFault, Replace};
use aftalebog_local::{Store, backup};
use aftalebog_server::access::Device;
use aftalebog_server::clock::Clock;
use aftalebog_server::store::{NewClinic, backup as backup_of_server};
use chrono::TimeDelta;
use serde_json::json;
use uuid::Uuid;

use crate::proxy::{Fault, Proxy, Script};
use crate::synced_pc::{PATIENCE, SyncedPc, first};
use crate::test_server::{TestServer, monday};

/// Two PCs of one clinic, both in step. The first one's records are the clinic's.
async fn two(server: &TestServer, addresses: [&str; 2]) -> (NewClinic, SyncedPc, SyncedPc) {
    let clinic = server.clinic("Ågade").await;
    let (a, b) = (SyncedPc::new("RECEPTION").await, SyncedPc::new("KLINIK 2").await);
    a.pair(addresses[0], &clinic.code).await;
    a.in_step(server).await;
    let code = server.store.new_code(clinic.id, None, server.now).await.unwrap();
    b.pair(addresses[1], &code).await;
    b.in_step(server).await;
    assert_eq!(a.snapshot().await, b.snapshot().await);
    (clinic, a, b)
}

#[tokio::test]
async fn what_is_saved_on_one_pc_is_on_the_other_at_once() {
    let server = TestServer::start().await;
    let url = server.url("");
    let (_clinic, a, b) = two(&server, [&url, &url]).await;
    let patient = first(&a.snapshot().await, Kind::Patient);
    for phone in ["11 11 11 11", "22 22 22 22", "33 33 33 33"] {
        a.set(&patient, json!({"phone": phone})).await;
        b.sees(patient.id, "phone", json!(phone)).await;
        b.set(&patient, json!({"email": format!("{}@eksempel.dk", &phone[..2])})).await;
        a.sees(patient.id, "email", json!(format!("{}@eksempel.dk", &phone[..2]))).await;
    }
    a.in_step(&server).await;
    b.in_step(&server).await;
    assert_eq!(a.snapshot().await, b.snapshot().await);
    assert_eq!(a.sync.devices().await.unwrap().len(), 2);
    server.stop().await;
}

#[tokio::test]
async fn what_is_saved_offline_is_sent_when_the_network_is_back() {
    let server = TestServer::start().await;
    let proxy = Proxy::start(server.address, Script::Always(Fault::None)).await;
    let (_clinic, a, b) = two(&server, [&proxy.url(), &server.url("")]).await;
    let patients = patients(&a, 20).await;
    proxy.always(Fault::CutBefore);
    for patient in &patients {
        a.set(patient, json!({"phone": "44 44 44 44"})).await;
        b.set(patient, json!({"email": "b@eksempel.dk"})).await;
    }
    let status = a.until("offline", |status| status.waiting == 20 && is_offline(&status.connection)).await;
    assert!(matches!(status.connection, Connection::Offline { cause: Cause::Unreachable, .. }), "{status:?}");
    proxy.always(Fault::None);
    a.sync.try_now();
    a.in_step(&server).await;
    b.in_step(&server).await;
    assert_eq!(a.snapshot().await, b.snapshot().await);
    let fields = b.fields(patients[19].id).await.unwrap();
    assert_eq!((&fields["phone"], &fields["email"]), (&json!("44 44 44 44"), &json!("b@eksempel.dk")));
    let contacts: Vec<_> = a.store.contacts(10).await.unwrap().into_iter().map(|contact| contact.what).collect();
    assert_eq!(contacts, ["connected", "unreachable", "connected"]);
    server.stop().await;
}

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

async fn patients(pc: &SyncedPc, count: usize) -> Vec<Record> {
    let records = pc.snapshot().await.records.into_iter();
    let patients: Vec<_> = records.filter(|record| record.value.kind() == Kind::Patient).take(count).collect();
    assert!(!patients.is_empty());
    patients
}

fn is_offline(connection: &Connection) -> bool {
    matches!(connection, Connection::Offline { .. })
}

#[tokio::test]
async fn the_status_names_what_answers_in_the_servers_place() {
    let server = TestServer::start().await;
    let proxy = Proxy::start(server.address, Script::Always(Fault::None)).await;
    let clinic = server.clinic("Ågade").await;
    let a = SyncedPc::new("RECEPTION").await;
    a.pair(&proxy.url(), &clinic.code).await;
    a.in_step(&server).await;
    let cases = [
        (Fault::Page, Cause::NotTheServer),
        (Fault::Redirect, Cause::NotTheServer),
        (Fault::BadGateway, Cause::ServerFault),
        (Fault::CutBefore, Cause::Unreachable),
        (Fault::CutWithin, Cause::Unreachable),
    ];
    for (fault, expected) in cases {
        proxy.always(fault);
        a.sync.try_now();
        let what = format!("offline by {fault:?}");
        let wanted = move |connection: &Connection| matches!(connection, Connection::Offline { cause, .. } if *cause == expected);
        let _status = a.until(&what, move |status| wanted(&status.connection)).await;
    }
    server.stop().await;
}

#[tokio::test]
async fn whoever_saves_second_is_shown_the_conflict_and_nothing_is_lost() {
    let server = TestServer::start().await;
    let proxy = Proxy::start(server.address, Script::Always(Fault::None)).await;
    let (_clinic, a, b) = two(&server, [&proxy.url(), &server.url("")]).await;
    let patient = first(&a.snapshot().await, Kind::Patient);
    proxy.always(Fault::CutBefore);
    a.set(&patient, json!({"phone": "11 11 11 11"})).await;
    b.set(&patient, json!({"phone": "22 22 22 22"})).await;
    b.in_step(&server).await;
    proxy.always(Fault::None);
    a.sync.try_now();
    let status = a.until("in conflict", |status| status.conflicts == 1 && status.waiting == 0).await;
    assert_eq!(status.connection, Connection::Online);
    a.in_step(&server).await;
    assert_eq!(a.fields(patient.id).await.unwrap()["phone"], json!("22 22 22 22"));
    let set_aside = a.store.set_aside_changes().await.unwrap();
    assert_eq!(set_aside.len(), 1);
    assert_eq!(set_aside[0].problem.conflicts[0].fields[0].present, json!("22 22 22 22"));
    server.stop().await;
}

/// A reception that was offline has put somebody where another PC was quicker.
#[tokio::test]
async fn a_clash_ends_on_every_pc_when_what_it_stands_on_goes_and_when_it_goes_itself() {
    let server = TestServer::start().await;
    let proxy = Proxy::start(server.address, Script::Always(Fault::None)).await;
    let (_clinic, a, b) = two(&server, [&proxy.url(), &server.url("")]).await;
    let mut records = a.snapshot().await.records.into_iter();
    let model = records.find(|record| record.value.kind() == Kind::Appointment).unwrap();
    let create = |start: &str| {
        let mut fields = model.fields();
        fields.extend([
            ("start".to_owned(), json!(start)),
            ("minutes".to_owned(), json!(30)),
            ("need".to_owned(), json!(null)),
            ("status".to_owned(), json!("booked")),
            ("overlap".to_owned(), json!("none")),
        ]);
        let id = Uuid::new_v4();
        let record = Record::from_fields(Kind::Appointment, id, fields.clone()).unwrap();
        (record, Write::of(Kind::Appointment, id, Deed::Create(fields)))
    };
    for (day, goes) in [(1, "theirs"), (2, "ours"), (3, "theirs, offline")] {
        let (ours, write_ours) = create(&format!("2031-03-{day:02}T09:00:00Z"));
        let (theirs, write_theirs) = create(&format!("2031-03-{day:02}T09:10:00Z"));
        proxy.always(Fault::CutBefore);
        a.save(vec![write_ours]).await;
        b.save(vec![write_theirs]).await;
        b.in_step(&server).await;
        proxy.always(Fault::None);
        a.sync.try_now();
        b.sees(ours.id, "overlap", json!("clash")).await;
        a.in_step(&server).await;
        assert_eq!(a.fields(ours.id).await.unwrap()["overlap"], json!("clash"), "{goes}");
        let away = json!({"start": format!("2031-04-{day:02}T09:00:00Z")});
        match goes {
            "theirs" => b.set(&theirs, json!({"status": "cancelled"})).await,
            "ours" => a.set(&ours, away).await,
            _ => {
                proxy.always(Fault::CutBefore);
                a.set(&theirs, away).await;
                proxy.always(Fault::None);
                a.sync.try_now();
            }
        }
        for pc in [&a, &b] {
            pc.sees(ours.id, "overlap", json!("none")).await;
            pc.in_step(&server).await;
        }
        assert_eq!(a.snapshot().await, b.snapshot().await, "{goes}");
        assert_eq!(a.store.clashes().await.unwrap(), [], "{goes}");
    }
    server.stop().await;
}

#[tokio::test]
async fn a_pc_that_was_removed_knows_it_and_asks_no_more() {
    let server = TestServer::start().await;
    let url = server.url("");
    let (_clinic, a, b) = two(&server, [&url, &url]).await;
    let devices = a.sync.devices().await.unwrap();
    let other = devices.iter().find(|device| !device.this).unwrap();
    assert_eq!(other.name, "KLINIK 2");
    a.sync.revoke(other.id).await.unwrap();
    b.sync.try_now();
    let _status = b.until("revoked", |status| status.connection == Connection::Revoked).await;
    assert!(matches!(b.sync.devices().await, Err(SyncFault::Revoked)));
    // It may be paired anew, with what the clinic has.
    let patient = first(&a.snapshot().await, Kind::Patient);
    b.set(&patient, json!({"phone": "99 99 99 99"})).await;
    let code = a.sync.new_code().await.unwrap();
    b.try_pair(&url, &code.code, Replace::Agreed).await.unwrap();
    b.in_step(&server).await;
    a.in_step(&server).await;
    assert_eq!(a.snapshot().await, b.snapshot().await);
    assert_eq!(a.fields(patient.id).await.unwrap()["phone"], json!("99 99 99 99"));
    server.stop().await;
}

#[tokio::test]
async fn pairing_asks_before_a_clinic_replaces_this_pcs_records() {
    let server = TestServer::start().await;
    let clinic = server.clinic("Ågade").await;
    let (a, b) = (SyncedPc::new("RECEPTION").await, SyncedPc::new("KLINIK 2").await);
    let url = server.url("");
    let wrong = a.try_pair(&url, "0000-0000", Replace::Ask).await;
    assert!(matches!(wrong, Err(PairFault::NoSuchCode)), "{wrong:?}");
    assert!(matches!(
        a.try_pair("http://192.0.2.1", "0000-0000", Replace::Ask).await,
        Err(PairFault::Fault(SyncFault::Address(_)))
    ));
    // An empty clinic replaces nothing.
    a.try_pair(&url, clinic.code.reveal(), Replace::Ask).await.unwrap();
    a.in_step(&server).await;
    assert!(matches!(a.try_pair(&url, "0000-0000", Replace::Ask).await, Err(PairFault::PairedAlready)));
    let name = a.store.setup().await.unwrap().clinic.value.name.to_string();
    let code = a.sync.new_code().await.unwrap().code;
    let asked = b.try_pair(&url, &code, Replace::Ask).await;
    assert!(matches!(&asked, Err(PairFault::HasRecords { clinic }) if *clinic == name), "{asked:?}");
    assert_eq!(b.sync.status().connection, Connection::NotPaired);
    // The code is used up, and the same request goes on with it.
    b.try_pair(&url, &code, Replace::Agreed).await.unwrap();
    b.in_step(&server).await;
    assert_eq!(a.snapshot().await, b.snapshot().await);
    // Whoever does not agree is not left in the list.
    let c = SyncedPc::new("HJEMME").await;
    let code = a.sync.new_code().await.unwrap().code;
    assert!(matches!(c.try_pair(&url, &code, Replace::Ask).await, Err(PairFault::HasRecords { .. })));
    c.sync.do_not_pair();
    a.eventually("rid of it", async || {
        let devices = a.sync.devices().await.unwrap();
        devices.iter().any(|device| device.name == "HJEMME" && device.revoked_at.is_some())
    })
    .await;
    assert!(c.store.link().await.unwrap().is_none());
    server.stop().await;
}

#[tokio::test]
async fn an_unpaired_pc_keeps_its_records_and_is_removed_from_the_list() {
    let server = TestServer::start().await;
    let url = server.url("");
    let (_clinic, a, b) = two(&server, [&url, &url]).await;
    let before = b.snapshot().await;
    assert_eq!(b.sync.unpair().await.unwrap(), Farewell::Told);
    assert_eq!(b.sync.status().connection, Connection::NotPaired);
    assert_eq!(b.snapshot().await, before);
    assert!(b.store.link().await.unwrap().is_none());
    let devices = a.sync.devices().await.unwrap();
    assert!(devices.iter().any(|device| device.name == "KLINIK 2" && device.revoked_at.is_some()), "{devices:?}");
    assert!(matches!(b.sync.devices().await, Err(SyncFault::NotPaired)));
    assert_eq!(std::fs::read_dir(b.file().parent().unwrap().join("token")).unwrap().count(), 0);
    server.stop().await;
}

#[tokio::test]
async fn whoever_is_unpaired_without_the_server_is_told_that_it_does_not_know() {
    let server = TestServer::start().await;
    let proxy = Proxy::start(server.address, Script::Always(Fault::None)).await;
    let (_clinic, a, b) = two(&server, [&server.url(""), &proxy.url()]).await;
    proxy.always(Fault::CutBefore);
    assert_eq!(b.sync.unpair().await.unwrap(), Farewell::NotTold);
    assert!(b.store.link().await.unwrap().is_none());
    let devices = a.sync.devices().await.unwrap();
    assert!(devices.iter().all(|device| device.revoked_at.is_none()), "{devices:?}");
    server.stop().await;
}

#[tokio::test]
async fn a_pairing_whose_answer_is_lost_is_the_same_when_it_is_tried_again() {
    let server = TestServer::start().await;
    let proxy = Proxy::start(server.address, Script::Always(Fault::None)).await;
    let clinic = server.clinic("Ågade").await;
    let a = SyncedPc::new("RECEPTION").await;
    for fault in [Fault::CutAfter, Fault::CutWithin, Fault::BadGatewayAfter] {
        proxy.always(fault);
        let lost = a.try_pair(&proxy.url(), clinic.code.reveal(), Replace::Ask).await;
        assert!(matches!(lost, Err(PairFault::Fault(SyncFault::NotReached(_)))), "{fault:?}: {lost:?}");
    }
    proxy.always(Fault::None);
    a.try_pair(&proxy.url(), clinic.code.reveal(), Replace::Ask).await.unwrap();
    a.in_step(&server).await;
    assert_eq!(a.sync.devices().await.unwrap().len(), 1);
    server.stop().await;
}

/// Both were given a code before either had sent anything.
#[tokio::test]
async fn of_two_pcs_that_are_paired_with_an_empty_clinic_one_gives_and_the_other_takes() {
    let server = TestServer::start().await;
    let proxy = Proxy::start(server.address, Script::Always(Fault::None)).await;
    let clinic = server.clinic("Ågade").await;
    let (a, b) = (SyncedPc::new("RECEPTION").await, SyncedPc::new("KLINIK 2").await);
    let own = first(&b.snapshot().await, Kind::Patient);
    b.set(&own, json!({"phone": "99 99 99 99"})).await;
    a.pair(&proxy.url(), &clinic.code).await;
    proxy.always(Fault::CutBefore);
    let empty = "delete from accepted; delete from change; delete from record_reference; delete from record_unique;
        delete from appointment; delete from record; update clinic set settings_revision = 0, revision = 0";
    // Whatever it has sent by now has not arrived.
    rusqlite::Connection::open(server.folder.path().join("server.db")).unwrap().execute_batch(empty).unwrap();
    let code = server.store.new_code(clinic.id, None, server.now).await.unwrap();
    let asked = b.try_pair(&server.url(""), code.reveal(), Replace::Ask).await;
    assert!(matches!(asked, Err(PairFault::AnotherGives)), "{asked:?}");
    assert_eq!(b.sync.status().connection, Connection::NotPaired);
    proxy.always(Fault::None);
    a.sync.try_now();
    let _status =
        a.until("rid of its records", |status| status.waiting == 0 && status.connection == Connection::Online).await;
    // The same code goes on.
    let asked = b.try_pair(&server.url(""), code.reveal(), Replace::Ask).await;
    assert!(matches!(asked, Err(PairFault::HasRecords { .. })), "{asked:?}");
    b.try_pair(&server.url(""), code.reveal(), Replace::Agreed).await.unwrap();
    b.in_step(&server).await;
    a.in_step(&server).await;
    assert_eq!(a.snapshot().await, b.snapshot().await);
    assert_ne!(a.fields(own.id).await.unwrap()["phone"], json!("99 99 99 99"));
    server.stop().await;
}

/// It came to fetch the clinic, and was first.
#[tokio::test]
async fn a_pc_without_practitioners_gives_nothing_and_keeps_nobody_from_giving() {
    let server = TestServer::start().await;
    let (clinic, url) = (server.clinic("Ågade").await, server.url(""));
    let new = SyncedPc::without_practitioners("KONTOR").await;
    let refused = new.try_pair(&url, clinic.code.reveal(), Replace::Agreed).await;
    assert!(matches!(refused, Err(PairFault::NothingToGive)), "{refused:?}");
    assert!(new.store.link().await.unwrap().is_none());
    let reception = SyncedPc::new("RECEPTION").await;
    let code = server.store.new_code(clinic.id, None, server.now).await.unwrap();
    let gives = async {
        // The server may not have heard yet that the other one has gone.
        loop {
            match reception.try_pair(&url, code.reveal(), Replace::Ask).await {
                Err(PairFault::AnotherGives) => {}
                paired => break paired.unwrap(),
            }
        }
    };
    tokio::time::timeout(PATIENCE, gives).await.unwrap();
    reception.in_step(&server).await;
    let code = server.store.new_code(clinic.id, None, server.now).await.unwrap();
    new.pair(&url, &code).await;
    new.in_step(&server).await;
    assert_eq!(new.snapshot().await, reception.snapshot().await);
    let devices = reception.sync.devices().await.unwrap();
    assert_eq!(devices.iter().filter(|device| device.revoked_at.is_none()).count(), 2, "{devices:#?}");
    server.stop().await;
}

/// The first one's answer is lost, the second asks meanwhile: neither waits for the other for ever.
#[tokio::test]
async fn of_two_pcs_the_first_gives_when_it_asks_again_and_the_second_when_the_first_is_not_heard_of() {
    for first_comes_back in [true, false] {
        let hand: &AtomicI64 = Box::leak(Box::new(AtomicI64::new(monday().timestamp())));
        let server = TestServer::start_at(Clock::ByHand(hand)).await;
        let proxy = Proxy::start(server.address, Script::Always(Fault::CutAfter)).await;
        let clinic = server.clinic("Ågade").await;
        let (a, b) = (SyncedPc::new("RECEPTION").await, SyncedPc::new("KLINIK 2").await);
        let lost = a.try_pair(&proxy.url(), clinic.code.reveal(), Replace::Ask).await;
        assert!(matches!(lost, Err(PairFault::Fault(SyncFault::NotReached(_)))), "{lost:?}");
        proxy.always(Fault::None);
        let _later = hand.fetch_add(5 * 60, Ordering::SeqCst);
        let now = server.now + TimeDelta::minutes(5);
        let code = server.store.new_code(clinic.id, None, now).await.unwrap();
        for _ in 0..2 {
            let asked = b.try_pair(&server.url(""), code.reveal(), Replace::Ask).await;
            assert!(matches!(asked, Err(PairFault::AnotherGives)), "{asked:?}");
        }
        if first_comes_back {
            a.try_pair(&proxy.url(), clinic.code.reveal(), Replace::Ask).await.unwrap();
            a.in_step(&server).await;
            b.try_pair(&server.url(""), code.reveal(), Replace::Agreed).await.unwrap();
            b.in_step(&server).await;
        } else {
            let _later = hand.fetch_add(6 * 60, Ordering::SeqCst);
            b.try_pair(&server.url(""), code.reveal(), Replace::Ask).await.unwrap();
            // Now it is the first that would mix two clinics: its code is of no use any more.
            let asked = a.try_pair(&proxy.url(), clinic.code.reveal(), Replace::Ask).await;
            assert!(matches!(asked, Err(PairFault::NoSuchCode)), "{asked:?}");
            b.in_step(&server).await;
        }
        server.stop().await;
    }
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

#[tokio::test]
async fn a_pc_that_was_away_for_sixty_days_catches_up_in_one_go() {
    const THERE: u64 = 10_000;
    let server = TestServer::start().await;
    let (clinic, a, b) = two(&server, [&server.url(""), &server.url("")]).await;
    let patients = patients(&a, 300).await;
    let folder = a.end().await;
    // What the others save meanwhile, as the server takes it.
    let here = b.store.link().await.unwrap().unwrap();
    b.sync.stop().await;
    let device = Device { id: here.device, clinic: clinic.id };
    // Higher than any that it has used.
    const FIRST: u64 = 1_000_000;
    for number in 0..THERE {
        let patient = &patients[usize::try_from(number).unwrap() % patients.len()];
        let change = SentChange {
            id: Uuid::new_v4(),
            made_at: server.now,
            made_by: "KLINIK 2".to_owned(),
            sequence: FIRST + number,
            epoch: here.position.epoch,
            writes: vec![crate::clinic_pc::set(
                patient,
                Some(here.position.revision),
                json!({"email": format!("n{number}@eksempel.dk")}),
            )],
        };
        let _accepted = server.store.take_change(device, change, server.now).await.unwrap();
    }
    let store = Store::open(folder.path().join("clinic.db"), server.now).await.unwrap();
    for patient in &patients {
        let change =
            Change::new(server.now, "RECEPTION", vec![crate::synced_pc::set(patient, json!({"phone": "11 11 11 11"}))]);
        store.save(change).await.unwrap();
    }
    // Whose last e-mail address of the sixty days is not here.
    let behind = |clinic: &Snapshot| {
        let last = |number: usize| {
            let rounds = (usize::try_from(THERE).unwrap() - 1 - number) / patients.len();
            json!(format!("n{}@eksempel.dk", number + rounds * patients.len()))
        };
        let is =
            |patient: &Record| clinic.records.iter().find(|it| it.id == patient.id).unwrap().fields()["email"].clone();
        patients.iter().enumerate().filter(|(number, patient)| is(patient) != last(*number)).count()
    };
    assert_eq!(behind(&store.snapshot().await.unwrap()), patients.len(), "the control: before, it is nobody's");
    store.close().await;
    let begun = Instant::now();
    let a = SyncedPc::start_again(folder, "RECEPTION").await;
    a.in_step(&server).await;
    println!("{THERE} changes there and {} here: {:?}", patients.len(), begun.elapsed());
    assert_eq!(behind(&a.snapshot().await), 0);
    let database = rusqlite::Connection::open(server.folder.path().join("server.db")).unwrap();
    let sql = "select count(*) from record where kind = 'patient' and value ->> 'phone' = '11 11 11 11'";
    let there: i64 = database.query_row(sql, [], |row| row.get(0)).unwrap();
    assert_eq!(usize::try_from(there).unwrap(), patients.len(), "and what was saved here is there");
    assert_eq!(a.sync.status().conflicts, 0);
    server.stop().await;
}

#[tokio::test]
async fn nothing_the_network_does_delays_a_save() {
    let server = TestServer::start().await;
    let proxy = Proxy::start(server.address, Script::Always(Fault::None)).await;
    let clinic = server.clinic("Ågade").await;
    let (a, alone) = (SyncedPc::new("RECEPTION").await, SyncedPc::new("ALENE").await);
    a.pair(&proxy.url(), &clinic.code).await;
    a.in_step(&server).await;
    let patient = first(&a.snapshot().await, Kind::Patient);
    for fault in [Fault::Hole, Fault::CutBefore, Fault::Trickle(Duration::from_secs(1))] {
        proxy.always(fault);
        a.sync.try_now();
        let (mut with, mut without) = (vec![], vec![]);
        for number in 0..334 {
            for (pc, took) in [(&a, &mut with), (&alone, &mut without)] {
                let begun = Instant::now();
                pc.set(&patient, json!({"phone": format!("{number:08}")})).await;
                took.push(begun.elapsed());
            }
        }
        with.sort();
        without.sort();
        let of = |took: &[Duration], percent: usize| took[took.len() * percent / 100];
        let figures = [50, 95].map(|percent| (of(&with, percent), of(&without, percent)));
        println!("{fault:?}: {figures:?} (median and 95 %, with the server and without)");
        for (with, without) in figures {
            // Whoever waits for the network waits a second for a byte, or for ever.
            assert!(with < without * 2 + Duration::from_millis(500), "{fault:?}: {figures:?}");
        }
    }
    let _status = a.until("offline", |status| is_offline(&status.connection)).await;
    proxy.always(Fault::None);
    a.sync.try_now();
    a.in_step(&server).await;
    server.stop().await;
}
