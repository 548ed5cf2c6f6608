//! Two PCs and a server, from end to end: what is saved on one is on the other, whatever the network does meanwhile.

mod pairing;
mod restart;

use std::time::{Duration, Instant};

use aftalebog_booking::bounded::Line;
use aftalebog_booking::change::Deed;
use aftalebog_booking::record::{Appointment, Entry, Patient, Status};
use aftalebog_booking::wire::SentChange;
use aftalebog_booking::{Change, Id, Kind, Record, Snapshot, Value, Write};
use aftalebog_local::sync::{Cause, Connection};
use aftalebog_local::{Decision, Store};
use aftalebog_server::access::Device;
use aftalebog_server::store::NewClinic;
use chrono::TimeDelta;
use serde_json::json;
use uuid::Uuid;

use crate::proxy::{Fault, Proxy, Script};
use crate::synced_pc::{SyncedPc, first};
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
    let status = a.until("waiting for the next try", |status| status.next_try.is_some()).await;
    assert!(is_offline(&status.connection) && status.next_try >= Some(monday()), "{status:?}");
    proxy.always(Fault::None);
    a.sync.try_now();
    a.in_step(&server).await;
    b.in_step(&server).await;
    assert_eq!(a.until("online", |status| status.connection == Connection::Online).await.next_try, None);
    assert_eq!(a.snapshot().await, b.snapshot().await);
    let fields = b.fields(patients[19].id).await.unwrap();
    assert_eq!((&fields["phone"], &fields["email"]), (&json!("44 44 44 44"), &json!("b@eksempel.dk")));
    let contacts: Vec<_> = a.store.contacts(10).await.unwrap().into_iter().map(|contact| contact.what).collect();
    assert_eq!(contacts, ["connected", "unreachable", "connected"]);
    server.stop().await;
}

#[tokio::test]
async fn a_save_asks_a_server_that_is_away_within_moments_and_the_status_says_so() {
    let server = TestServer::start().await;
    let proxy = Proxy::start(server.address, Script::Always(Fault::None)).await;
    let clinic = server.clinic("Ågade").await;
    let a = SyncedPc::new("RECEPTION").await;
    a.pair(&proxy.url(), &clinic.code).await;
    a.in_step(&server).await;
    let patient = first(&a.snapshot().await, Kind::Patient);
    proxy.always(Fault::CutBefore);
    loop {
        let asks = a.until("asking", |status| status.next_try.is_none());
        a.sync.try_now();
        let _status = asks.await;
        let waits = a.until("waiting for the next try", |status| status.next_try.is_some()).await;
        if waits.next_try > Some(monday() + TimeDelta::seconds(20)) {
            break;
        }
    }
    let within_moments = Some(monday())..=Some(monday() + TimeDelta::seconds(1));
    let soon = a.until("asking soon", move |status| within_moments.contains(&status.next_try));
    a.set(&patient, json!({"phone": "44 44 44 44"})).await;
    assert!(is_offline(&soon.await.connection));
    server.stop().await;
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

/// Where an appointment stands, and whether it does, is one fact, although these are different fields.
#[tokio::test]
async fn a_cancellation_and_a_move_that_cross_are_decided_by_somebody() {
    let server = TestServer::start().await;
    let proxy = Proxy::start(server.address, Script::Always(Fault::None)).await;
    let (_clinic, a, b) = two(&server, [&proxy.url(), &server.url("")]).await;
    let appointments: Vec<_> = booked(&a).await;
    let moves = |entry: &Entry<Appointment>| {
        let start = entry.value.start + TimeDelta::days(700);
        Write::edit(entry, &Appointment { start, ..entry.value.clone() }).unwrap()
    };
    let cancels = |entry: &Entry<Appointment>| {
        Write::edit(entry, &Appointment { status: Status::Cancelled, ..entry.value.clone() }).unwrap()
    };
    let (moved_here, cancelled_here) = (&appointments[0], &appointments[1]);
    proxy.always(Fault::CutBefore);
    a.save(vec![moves(moved_here)]).await;
    a.save(vec![cancels(cancelled_here)]).await;
    b.save(vec![cancels(moved_here)]).await;
    b.save(vec![moves(cancelled_here)]).await;
    b.in_step(&server).await;
    proxy.always(Fault::None);
    a.sync.try_now();
    let _status = a.until("in conflict", |status| status.conflicts == 2 && status.waiting == 0).await;
    a.in_step(&server).await;
    assert_eq!(a.snapshot().await, b.snapshot().await, "nothing is half one and half the other");
    let aside = a.store.set_aside_changes().await.unwrap();
    let told = |case: usize, field: &str| {
        let conflict = &aside[case].problem.conflicts[0];
        let theirs = conflict.fields.iter().find(|it| it.field == field).map(|it| it.present.clone());
        (theirs, aside[case].change.writes[0].after.as_ref().unwrap()[field].clone())
    };
    assert_eq!(told(0, "status"), (Some(json!("cancelled")), json!("booked")));
    let moved = json!(cancelled_here.value.start + TimeDelta::days(700));
    assert_eq!(told(1, "start"), (Some(moved), json!(cancelled_here.value.start)));

    // «Brug min»: it stands at the new time. «Behold deres»: nothing is left to save.
    let settle = async |case: usize, decision| {
        let conflicts = aside[case].problem.conflicts.clone();
        a.store.settle(aside[case].change.id, decision, conflicts, monday(), "RECEPTION").await.unwrap();
    };
    settle(0, Decision::Mine).await;
    settle(1, Decision::Theirs).await;
    assert_eq!(a.store.outbox().await.unwrap().waiting, 1);
    a.sync.wake();
    a.in_step(&server).await;
    b.in_step(&server).await;
    assert_eq!(a.snapshot().await, b.snapshot().await);
    let expected = |entry: &Entry<Appointment>| (json!(entry.value.start + TimeDelta::days(700)), json!("booked"));
    for entry in [moved_here, cancelled_here] {
        let fields = b.fields(entry.id.uuid()).await.unwrap();
        assert_eq!((fields["start"].clone(), fields["status"].clone()), expected(entry));
    }
    server.stop().await;
}

/// Somebody rings to cancel her time, where another PC has put somebody else meanwhile.
#[tokio::test]
async fn a_cancellation_is_of_the_patient_who_was_seen() {
    let server = TestServer::start().await;
    let proxy = Proxy::start(server.address, Script::Always(Fault::None)).await;
    let (_clinic, a, b) = two(&server, [&proxy.url(), &server.url("")]).await;
    let appointments = booked(&a).await;
    let mut of_patients = appointments.iter().filter(|it| it.value.patient.is_some() && it.value.need.is_none());
    let (one, other) = (of_patients.next().unwrap(), of_patients.next().unwrap());
    let whom = Entry::new(Patient { number: Line::new("90001").unwrap(), ..patient_of(&a, one).await });
    let gives = |entry: &Entry<Appointment>| {
        Write::edit(entry, &Appointment { patient: Some(whom.id), ..entry.value.clone() }).unwrap()
    };
    let cancels = |entry: &Entry<Appointment>| {
        Write::edit(entry, &Appointment { status: Status::Cancelled, ..entry.value.clone() }).unwrap()
    };
    b.save(vec![Write::create(&whom)]).await;
    b.in_step(&server).await;
    a.in_step(&server).await;
    proxy.always(Fault::CutBefore);
    a.save(vec![cancels(one)]).await;
    a.save(vec![gives(other)]).await;
    b.save(vec![gives(one)]).await;
    b.save(vec![cancels(other)]).await;
    b.in_step(&server).await;
    proxy.always(Fault::None);
    a.sync.try_now();
    let _status = a.until("in conflict", |status| status.conflicts == 2 && status.waiting == 0).await;
    a.in_step(&server).await;
    let fields = async |entry: &Entry<Appointment>| {
        let fields = b.fields(entry.id.uuid()).await.unwrap();
        (fields["patient"].clone(), fields["status"].clone())
    };
    assert_eq!(fields(one).await, (json!(whom.id), json!("booked")));
    // «Behold deres» gives up the cancellation, and «Brug min» gives the new patient a time that stands.
    let aside = a.store.set_aside_changes().await.unwrap();
    for (aside, decision) in aside.iter().zip([Decision::Theirs, Decision::Mine]) {
        let conflicts = aside.problem.conflicts.clone();
        a.store.settle(aside.change.id, decision, conflicts, monday(), "RECEPTION").await.unwrap();
    }
    a.sync.wake();
    a.in_step(&server).await;
    b.in_step(&server).await;
    for entry in [one, other] {
        assert_eq!(fields(entry).await, (json!(whom.id), json!("booked")));
    }
    server.stop().await;
}

async fn patient_of(pc: &SyncedPc, of: &Entry<Appointment>) -> Patient {
    pc.store.visit(of.value.patient.unwrap()).await.unwrap().unwrap().patient.value
}

async fn booked(pc: &SyncedPc) -> Vec<Entry<Appointment>> {
    let records = pc.snapshot().await.records.into_iter();
    let appointments = records.filter_map(|record| match record.value {
        Value::Appointment(value) => Some(Entry { id: Id::new(record.id), value }),
        _ => None,
    });
    appointments.filter(|entry| entry.value.status == Status::Booked).collect()
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
