//! What a patient does is on the clinic's PC, and what the clinic does is seen by patients.

use aftalebog_booking::record::{Appointment, Entry};
use aftalebog_booking::wire::Author;
use aftalebog_booking::{Id, Kind, Record, Value, Write};
use aftalebog_local::sync::NoticeKind;
use chrono::TimeDelta;
use serde_json::{Value as Json, json};
use uuid::Uuid;

use crate::bare_patient::BarePatient;
use crate::proxy::{Fault, Proxy, Script};
use crate::synced_pc::{SyncedPc, first};
use crate::test_server::{TestServer, monday};

/// A PC whose clinic the server has, and a patient of it.
async fn pc_and_patient(server: &TestServer) -> (SyncedPc, String, BarePatient) {
    pc_and_patient_by(server, &server.url("")).await
}

/// The same, where the PC reaches the server by another address.
async fn pc_and_patient_by(server: &TestServer, address: &str) -> (SyncedPc, String, BarePatient) {
    let clinic = server.clinic("Ågade").await;
    let pc = SyncedPc::new("RECEPTION").await;
    pc.pair(address, &clinic.code).await;
    pc.in_step(server).await;
    let database = server.folder.path().join("server.db");
    let snapshot = pc.snapshot().await;
    let mut patients = BarePatient::logged_in(&server.url(""), &database, (clinic.id, &snapshot), monday(), 1);
    (pc, clinic.slug, patients.remove(0))
}

#[tokio::test]
async fn what_a_patient_books_moves_and_cancels_is_on_the_pc_and_new_there() {
    let server = TestServer::start().await;
    let (pc, _slug, patient) = pc_and_patient(&server).await;
    assert!(pc.store.unseen().await.unwrap().is_empty());
    let arrives = async |booking: Uuid, what: NoticeKind| {
        let arrived = async || {
            let unseen = pc.store.unseen().await.unwrap();
            unseen.iter().any(|it| (it.appointment.uuid(), it.what) == (booking, what))
        };
        pc.eventually(&format!("told: {what:?}"), arrived).await;
        pc.fields(booking).await.unwrap()
    };

    let wanted = patient.choose().await.unwrap();
    let booking = patient.book(&wanted).await.unwrap().unwrap();
    let booked = arrives(booking, NoticeKind::Booked).await;
    assert_eq!((&booked["origin"], &booked["status"]), (&json!("online"), &json!("booked")));

    let mut other = patient.choose().await.unwrap();
    while other.start() == wanted.start() {
        other = patient.choose().await.unwrap();
    }
    patient.move_to(booking, &other).await.unwrap();
    let moved = arrives(booking, NoticeKind::Moved).await;
    assert_eq!((&moved["start"], moved["start"] == booked["start"]), (other.start(), false));

    patient.cancel(booking, "cancel").await.unwrap();
    assert_eq!(arrives(booking, NoticeKind::Cancelled).await["status"], "cancelled");

    // Until somebody has looked.
    let unseen = pc.store.unseen().await.unwrap();
    assert_eq!(unseen.len(), 1, "one appointment, and what was done with it last");
    pc.store.seen(vec![unseen[0].appointment]).await.unwrap();
    assert!(pc.store.unseen().await.unwrap().is_empty());
    // The control: what the clinic does itself is nothing new to it.
    pc.in_step(&server).await;
    pc.set(&first(&pc.snapshot().await, Kind::Appointment), json!({"note": "ringet"})).await;
    pc.in_step(&server).await;
    assert!(pc.store.unseen().await.unwrap().is_empty());
    server.stop().await;
}

#[tokio::test]
async fn a_patient_who_cancels_what_the_clinic_moves_meanwhile_is_told_to_somebody() {
    let server = TestServer::start().await;
    let proxy = Proxy::start(server.address, Script::Always(Fault::None)).await;
    let (pc, _slug, patient) = pc_and_patient_by(&server, &proxy.url()).await;
    let booking = patient.book(&patient.choose().await.unwrap()).await.unwrap().unwrap();
    let arrived = async || pc.fields(booking).await.is_some();
    pc.eventually("told of the booking", arrived).await;

    proxy.always(Fault::CutBefore);
    let value = match Record::from_fields(Kind::Appointment, booking, pc.fields(booking).await.unwrap()).unwrap().value
    {
        Value::Appointment(value) => value,
        other => panic!("{other:?}"),
    };
    let moved = Appointment { start: value.start + TimeDelta::days(700), ..value.clone() };
    pc.save(vec![Write::edit(&Entry { id: Id::new(booking), value }, &moved).unwrap()]).await;
    patient.cancel(booking, "cancel").await.unwrap();
    proxy.always(Fault::None);
    pc.sync.try_now();
    let _status = pc.until("in conflict", |status| status.conflicts == 1 && status.waiting == 0).await;
    pc.in_step(&server).await;
    assert_eq!(pc.fields(booking).await.unwrap()["status"], "cancelled");
    let aside = pc.store.set_aside_changes().await.unwrap();
    let status = aside[0].problem.conflicts[0].fields.iter().find(|it| it.field == "status").unwrap();
    assert_eq!((&status.present, status.touch.author), (&json!("cancelled"), Author::Patient));
    server.stop().await;
}

#[tokio::test]
async fn whether_online_booking_runs_is_decided_on_the_pc_and_seen_by_patients() {
    let server = TestServer::start().await;
    let (pc, slug, patient) = pc_and_patient(&server).await;
    let service = first(&pc.snapshot().await, Kind::Service);
    let shown =
        async || -> Json { server.get(&format!("/api/v1/clinics/{slug}")).send().await.unwrap().json().await.unwrap() };
    assert_eq!(shown().await["running"], true);
    let wanted = patient.choose().await.unwrap();

    pc.set(&service, json!({"running": false, "closed_text": "Vi er på kursus."})).await;
    pc.in_step(&server).await;
    let stopped = shown().await;
    assert_eq!((&stopped["running"], &stopped["closed_text"]), (&json!(false), &json!("Vi er på kursus.")));
    assert!(patient.choose().await.is_none(), "no time is offered");
    let (status, refused) = patient.try_to_book(&wanted).await.unwrap();
    assert_eq!((status, &refused["reason"]), (422, &json!("service_stopped")));

    pc.set(&service, json!({"running": true})).await;
    pc.in_step(&server).await;
    assert_eq!(shown().await["running"], true);
    // The same key would have the same answer.
    assert!(patient.book(&patient.choose().await.unwrap()).await.unwrap().is_ok());
    server.stop().await;
}
