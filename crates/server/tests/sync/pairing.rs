//! Who may be paired, who gives the clinic its records, and how a PC leaves.

use std::sync::atomic::{AtomicI64, Ordering};

use aftalebog_booking::Kind;
use aftalebog_local::sync::{Connection, Farewell, Fault as SyncFault, PairFault, Replace};
use aftalebog_server::clock::Clock;
use chrono::TimeDelta;
use serde_json::json;

use super::{is_offline, two};
use crate::proxy::{Fault, Proxy, Script};
use crate::synced_pc::{PATIENCE, SyncedPc, first};
use crate::test_server::{TestServer, monday};

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
    assert!(matches!(&asked, Err(PairFault::HasRecords { clinic, waiting: 0 }) if *clinic == name), "{asked:?}");
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

/// The code gets through, and nothing that is sent afterwards.
const PAIRS_ONLY: Script = Script::After(1, Fault::CutBefore);

/// Both were given a code before either had sent anything.
#[tokio::test]
async fn of_two_pcs_that_are_paired_with_an_empty_clinic_one_gives_and_the_other_takes() {
    let server = TestServer::start().await;
    let proxy = Proxy::start(server.address, PAIRS_ONLY).await;
    let clinic = server.clinic("Ågade").await;
    let (a, b) = (SyncedPc::new("RECEPTION").await, SyncedPc::new("KLINIK 2").await);
    let own = first(&b.snapshot().await, Kind::Patient);
    b.set(&own, json!({"phone": "99 99 99 99"})).await;
    a.pair(&proxy.url(), &clinic.code).await;
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

#[tokio::test]
async fn a_pc_that_comes_back_after_another_gave_the_clinic_its_records_gives_none_and_is_asked() {
    let hand: &AtomicI64 = Box::leak(Box::new(AtomicI64::new(monday().timestamp())));
    let server = TestServer::start_at(Clock::ByHand(hand)).await;
    let proxy = Proxy::start(server.address, PAIRS_ONLY).await;
    let clinic = server.clinic("Ågade").await;
    let (a, b) = (SyncedPc::new("RECEPTION").await, SyncedPc::new("KLINIK 2").await);
    let own = first(&a.snapshot().await, Kind::Patient);
    a.set(&own, json!({"phone": "99 99 99 99"})).await;
    a.pair(&proxy.url(), &clinic.code).await;
    let _parts = a.until("offline", |status| is_offline(&status.connection)).await;
    let _later = hand.fetch_add(11 * 60, Ordering::SeqCst);
    let code = server.store.new_code(clinic.id, None, server.now + TimeDelta::minutes(11)).await.unwrap();
    b.try_pair(&server.url(""), code.reveal(), Replace::Ask).await.unwrap();
    b.in_step(&server).await;

    proxy.always(Fault::None);
    a.sync.try_now();
    let _status = a.until("not let in", |status| status.connection == Connection::Revoked).await;
    assert_eq!(a.store.set_aside_changes().await.unwrap(), [], "nothing of it has been sent");
    let code = server.store.new_code(clinic.id, None, server.now + TimeDelta::minutes(11)).await.unwrap();
    let asked = a.try_pair(&proxy.url(), code.reveal(), Replace::Ask).await;
    assert!(matches!(asked, Err(PairFault::HasRecords { waiting: 0, .. })), "none of it will be sent: {asked:?}");
    a.try_pair(&proxy.url(), code.reveal(), Replace::Agreed).await.unwrap();
    a.in_step(&server).await;
    assert_eq!(a.snapshot().await, b.snapshot().await);
    assert_eq!(a.store.set_aside_changes().await.unwrap(), []);
    assert_ne!(a.fields(own.id).await.unwrap()["phone"], json!("99 99 99 99"));
    server.stop().await;
}

/// The code of an empty PC is used up, and it says that it has nothing: whoever has the records still gives them.
#[tokio::test]
async fn a_pc_without_practitioners_takes_no_access_from_the_one_that_is_to_give_and_was_silent() {
    let hand: &AtomicI64 = Box::leak(Box::new(AtomicI64::new(monday().timestamp())));
    let server = TestServer::start_at(Clock::ByHand(hand)).await;
    let proxy = Proxy::start(server.address, PAIRS_ONLY).await;
    let clinic = server.clinic("Ågade").await;
    let (a, new) = (SyncedPc::new("RECEPTION").await, SyncedPc::without_practitioners("KONTOR").await);
    a.pair(&proxy.url(), &clinic.code).await;
    let _silent = a.until("offline", |status| is_offline(&status.connection)).await;
    let _later = hand.fetch_add(11 * 60, Ordering::SeqCst);
    let code = server.store.new_code(clinic.id, None, server.now + TimeDelta::minutes(11)).await.unwrap();
    let refused = new.try_pair(&server.url(""), code.reveal(), Replace::Ask).await;
    assert!(matches!(refused, Err(PairFault::NothingToGive)), "{refused:?}");
    proxy.always(Fault::None);
    a.sync.try_now();
    a.in_step(&server).await;
    assert_eq!(a.sync.status().connection, Connection::Online);
    server.stop().await;
}

/// Nothing of what it was to give has arrived, and it leaves or is removed.
#[tokio::test]
async fn a_pc_that_was_to_give_gives_when_it_is_paired_again() {
    for removed in [true, false] {
        let server = TestServer::start().await;
        let proxy = Proxy::start(server.address, PAIRS_ONLY).await;
        let clinic = server.clinic("Ågade").await;
        let a = SyncedPc::new("RECEPTION").await;
        a.pair(&proxy.url(), &clinic.code).await;
        let _silent = a.until("offline", |status| is_offline(&status.connection)).await;
        let device = a.store.link().await.unwrap().unwrap().device;
        server.store.revoke_any(device, server.now).await.unwrap();
        if removed {
            proxy.always(Fault::None);
            a.sync.try_now();
            let _status = a.until("removed", |status| status.connection == Connection::Revoked).await;
        } else {
            assert_eq!(a.sync.unpair().await.unwrap(), Farewell::NotTold);
        }
        let before = a.snapshot().await;
        let code = server.store.new_code(clinic.id, None, server.now).await.unwrap();
        a.try_pair(&server.url(""), code.reveal(), Replace::Ask).await.unwrap();
        a.in_step(&server).await;
        assert_eq!(a.snapshot().await, before);
        let b = SyncedPc::without_practitioners("KLINIK 2").await;
        let code = server.store.new_code(clinic.id, None, server.now).await.unwrap();
        b.pair(&server.url(""), &code).await;
        b.in_step(&server).await;
        assert_eq!(b.snapshot().await, before);
        server.stop().await;
    }
}

/// Some of what it gives is at the server, when it leaves: it goes on with the rest.
#[tokio::test]
async fn a_pc_that_is_paired_again_halfway_gives_the_rest() {
    let server = TestServer::start().await;
    let proxy = Proxy::start(server.address, Script::After(2, Fault::CutBefore)).await;
    let clinic = server.clinic("Ågade").await;
    let a = SyncedPc::new("RECEPTION").await;
    a.pair(&proxy.url(), &clinic.code).await;
    let _halfway = a.until("halfway", |status| is_offline(&status.connection)).await;
    let waiting = a.store.waiting_changes().await.unwrap();
    assert!(waiting > 0);
    let patient = first(&a.snapshot().await, Kind::Patient);
    a.set(&patient, json!({"phone": "99 99 99 99"})).await;
    let before = a.snapshot().await;
    assert_eq!(a.sync.unpair().await.unwrap(), Farewell::NotTold);
    let code = server.store.new_code(clinic.id, None, server.now).await.unwrap();
    let asked = a.try_pair(&server.url(""), code.reveal(), Replace::Ask).await;
    let rest = waiting + 1;
    assert!(matches!(asked, Err(PairFault::HasRecords { waiting, .. }) if waiting == rest), "{rest}: {asked:?}");
    a.try_pair(&server.url(""), code.reveal(), Replace::Agreed).await.unwrap();
    a.in_step(&server).await;
    assert_eq!(a.snapshot().await, before);
    assert_eq!(a.store.set_aside_changes().await.unwrap(), []);
    let b = SyncedPc::without_practitioners("KLINIK 2").await;
    let code = server.store.new_code(clinic.id, None, server.now).await.unwrap();
    b.pair(&server.url(""), &code).await;
    b.in_step(&server).await;
    assert_eq!(b.snapshot().await, before);
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
            b.in_step(&server).await;
            // Now it is the first that would mix two clinics: its code is of no use any more.
            let asked = a.try_pair(&proxy.url(), clinic.code.reveal(), Replace::Ask).await;
            assert!(matches!(asked, Err(PairFault::NoSuchCode)), "{asked:?}");
        }
        server.stop().await;
    }
}
