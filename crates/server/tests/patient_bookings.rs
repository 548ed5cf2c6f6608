//! What a patient books, moves and cancels, and what is refused in words they understand.

use aftalebog_booking::record::{Appointment, Overlap, Status};
use aftalebog_booking::wire::{Author, SentWrite, SyncSnapshot, WireDeed};
use aftalebog_booking::{Id, Kind, Record, Value};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value as Json, json};

use crate::clinic_pc::{create, demo, first, object, refused, set};
use crate::patients::{Clinic, Visitor, letter, question};
use crate::test_server::{TestServer, monday, problem};

async fn visitor<'c>(clinic: &'c Clinic<'c>, name: &str) -> Visitor<'c> {
    Visitor { clinic, token: clinic.log_in(&clinic.patient(name).value).await }
}

fn of<'t>(types: &'t [Json], alias: &str) -> &'t Json {
    types.iter().find(|it| it["alias"] == alias).unwrap()
}

fn start(of: &Json) -> DateTime<Utc> {
    of["start"].as_str().unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_time_is_booked_moved_and_cancelled_and_the_patient_and_the_clinic_are_told() {
    let server = TestServer::start().await;
    let clinic = Clinic::start(&server).await;
    let karen = visitor(&clinic, "Karen").await;
    let types = karen.types().await;
    let examination = of(&types, "Undersøgelse");
    assert!(examination["need"].is_string());
    let offers = karen.offers(examination).await;
    // Far enough ahead to be moved.
    let offer = offers.last().unwrap();
    let answer = karen.book("one", examination, offer).await;
    let status = answer.status();
    let booked: Json = answer.json().await.unwrap();
    assert_eq!(status, 201, "{booked}");
    assert_eq!((&booked["alias"], &booked["start"]), (&json!("Undersøgelse"), &offer["start"]));
    assert_eq!(booked["practitioner"], offer["practitioner"]);
    assert_eq!(booked["move"]["possible"], true);
    let told = letter(&server, "+4501430000").await.unwrap();
    assert!(told.contains("Du har en tid hos Tandlægerne ved Møllesøen (demo) "), "{told}");
    assert!(!told.contains("Undersøgelse") && !told.contains("Karen"), "{told}");

    // The need is used up.
    assert!(karen.types().await.iter().all(|it| it["alias"] != "Undersøgelse"));
    let again = karen.book("two", examination, &offers[9]).await;
    assert_eq!(refused(again).await.reason.as_deref(), Some("no_need"));

    let id = booked["id"].as_str().unwrap();
    let moves: Json =
        karen.get(&format!("offers?moves={id}&from=2026-11-23&days=28")).send().await.unwrap().json().await.unwrap();
    let to =
        moves["offers"].as_array().unwrap().iter().rev().find(|it| it["start"] != booked["start"]).unwrap().clone();
    let body = json!({"start": to["start"], "practitioner": to["practitioner"]["id"]});
    let answer = karen.post(&format!("bookings/{id}/move"), "three", &body).send().await.unwrap();
    let status = answer.status();
    let moved: Json = answer.json().await.unwrap();
    assert_eq!((status.as_u16(), &moved["start"], &moved["id"]), (200, &to["start"], &booked["id"]), "{moved}");
    assert!(letter(&server, "+4501430000").await.unwrap().contains(" er flyttet til "));

    let cancelled = karen.post(&format!("bookings/{id}/cancel"), "four", &json!({})).send().await.unwrap();
    assert_eq!(cancelled.json::<Json>().await.unwrap()["status"], "cancelled");
    assert!(letter(&server, "+4501430000").await.unwrap().ends_with(" er aflyst.\n"));
    let twice = karen.post(&format!("bookings/{id}/cancel"), "five", &json!({})).send().await.unwrap();
    let twice = refused(twice).await;
    assert_eq!(
        (twice.status, twice.reason.as_deref(), twice.title.as_str()),
        (422, Some("cancelled"), "Tiden er aflyst.")
    );
    assert!(karen.types().await.iter().any(|it| it["alias"] == "Undersøgelse"), "the need is open again");

    // On every PC, as a patient's.
    let page: Json = clinic
        .pc
        .get(&format!("/api/v1/changes?since={}", clinic.pc.paired.position))
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let authors: Vec<&str> =
        page["changes"].as_array().unwrap().iter().map(|it| it["author"].as_str().unwrap()).collect();
    assert_eq!(authors, ["clinic", "patient", "patient", "patient"]);
    let write = &page["changes"][1]["writes"][0];
    assert_eq!(
        (&write["kind"], &write["set"]["origin"], &write["set"]["overlap"]),
        (&json!("appointment"), &json!("online"), &json!("none"))
    );
    server.stop().await;
}

/// What the clinic has put on a patient's time stays its own, also when the patient's cancelling makes it no clash.
#[tokio::test]
async fn a_patient_who_cancels_makes_no_appointment_of_the_clinics_theirs() {
    let server = TestServer::start().await;
    let clinic = Clinic::start(&server).await;
    let token = clinic.log_in(&clinic.patient("Karen").value).await;
    let karen = Visitor { clinic: &clinic, token: token.clone() };
    let types = karen.types().await;
    let examination = of(&types, "Undersøgelse");
    let offer = karen.offers(examination).await.pop().unwrap();
    let booked: Json = karen.book("one", examination, &offer).await.json().await.unwrap();
    let Value::Appointment(model) = first(&demo(), Kind::Appointment).value.clone() else { panic!("an appointment") };
    let value = Appointment {
        practitioner: Id::new(offer["practitioner"]["id"].as_str().unwrap().parse().unwrap()),
        patient: Some(clinic.patient("Ida").id),
        need: None,
        start: start(&offer),
        overlap: Overlap::None,
        status: Status::Booked,
        ..model
    };
    let ours = Record { id: uuid::Uuid::new_v4(), value: Value::Appointment(value) };
    let _clash = clinic.pc.save(vec![create(&ours)]).await;
    for (overlap, cancels) in [("clash", true), ("none", false)] {
        let snapshot: SyncSnapshot = clinic.pc.get("/api/v1/snapshot").send().await.unwrap().json().await.unwrap();
        let held = snapshot.records.into_iter().find(|record| record.id == ours.id).unwrap();
        assert_eq!((&held.value["overlap"], held.author), (&json!(overlap), Author::Clinic));
        if cancels {
            let karen = Visitor { clinic: &clinic, token: token.clone() };
            let path = format!("bookings/{}/cancel", booked["id"].as_str().unwrap());
            assert_eq!(karen.post(&path, "two", &json!({})).send().await.unwrap().status(), 200);
        } else {
            assert_eq!(held.revision, snapshot.position.revision);
        }
    }
    server.stop().await;
}

#[tokio::test]
async fn whoever_comes_too_late_is_told_which_times_there_are() {
    let server = TestServer::start().await;
    let clinic = Clinic::start(&server).await;
    let (karen, ida) = (visitor(&clinic, "Karen").await, visitor(&clinic, "Ida").await);
    let types = karen.types().await;
    let broken = of(&types, "Knækket tand eller tabt fyldning");
    let offer = karen.offers(broken).await.remove(3);
    assert_eq!(ida.book("a", broken, &offer).await.status(), 201);
    let late = refused(karen.book("a", broken, &offer).await).await;
    assert_eq!((late.status, late.code(), late.reason.as_deref()), (409, "taken", Some("taken")));
    assert_eq!(late.titles.da, "Tiden er lige blevet taget af en anden. Vælg en anden tid.");
    let nearest = late.nearest.unwrap();
    let nearest = nearest.as_array().unwrap();
    assert_eq!(nearest.len(), 5);
    assert!(nearest.iter().all(|it| (start(it) - start(&offer)).abs() < TimeDelta::days(2)), "{nearest:?}");
    assert_eq!(karen.book("b", broken, &nearest[0]).await.status(), 201);
    // Nobody is in two chairs.
    let own = karen.offers(broken).await;
    assert!(own.iter().all(|it| it["start"] != nearest[0]["start"]));

    // A move that fails leaves everything as it was.
    let before = karen.bookings().await;
    let id = before.iter().find(|it| it["start"] == nearest[0]["start"]).unwrap()["id"].as_str().unwrap().to_owned();
    let body = json!({"start": offer["start"], "practitioner": offer["practitioner"]["id"]});
    let answer = karen.post(&format!("bookings/{id}/move"), "c", &body).send().await.unwrap();
    assert_eq!(problem(answer).await, (409, "taken".to_owned()));
    assert_eq!(karen.bookings().await, before);
    server.stop().await;
}

#[tokio::test]
async fn each_rule_is_named_and_put_in_words() {
    let server = TestServer::start().await;
    let clinic = Clinic::start(&server).await;
    let token = clinic.log_in(&clinic.patient("Karen").value).await;
    {
        let karen = Visitor { clinic: &clinic, token: token.clone() };
        let types_of_karen = karen.types().await;
        let broken = of(&types_of_karen, "Knækket tand eller tabt fyldning");
        let offer = karen.offers(broken).await.remove(0);
        let with = |start: &str| json!({"start": start, "practitioner": offer["practitioner"]});
        let mut key = 0;
        let mut reason = async |of: &Json, offer: &Json| {
            key += 1;
            let refused = refused(karen.book(&format!("key {key}"), of, offer).await).await;
            assert_eq!((refused.status, refused.code()), (422, "refused"), "{refused:?}");
            assert!(refused.titles.da.ends_with('.') && refused.titles.en.ends_with('.'), "{refused:?}");
            refused.reason.unwrap()
        };
        assert_eq!(reason(broken, &with("2026-11-23T07:00:00Z")).await, "past");
        assert_eq!(reason(broken, &with("2026-11-29T09:00:00Z")).await, "outside_working_hours");
        assert_eq!(reason(broken, &with("2026-12-25T09:00:00Z")).await, "closed_day");
        assert_eq!(reason(broken, &with("2026-11-24T09:07:00Z")).await, "between_steps");
        let nobody = json!({"start": offer["start"], "practitioner": {"id": uuid::Uuid::nil()}});
        assert_eq!(reason(broken, &nobody).await, "not_in_the_running");
        let mut unknown = broken.clone();
        unknown["online_type"] = json!(uuid::Uuid::nil());
        assert_eq!(reason(&unknown, &offer).await, "type_not_set_up");
        // Bent's need has run out.
        let bent = visitor(&clinic, "Bent").await;
        let types = bent.types().await;
        let expired = of(&types, "Undersøgelse");
        assert_eq!(expired["unavailable"]["reason"], "need_expired");
        let late = refused(bent.book("late", expired, &offer).await).await;
        assert_eq!(late.reason.as_deref(), Some("need_expired"));
        let why: Json = bent.get(&question(expired, "2026-11-23", 5)).send().await.unwrap().json().await.unwrap();
        assert_eq!((&why["why_none"]["reason"], &why["offers"]), (&json!("need_expired"), &json!([])));
        // Of so near a time it is too late to think better.
        let examination = of(&types_of_karen, "Undersøgelse");
        let near = karen.offers(examination).await.remove(0);
        let booking: Json = karen.book("near", examination, &near).await.json().await.unwrap();
        let why_not = &booking["cancel"]["why_not"];
        assert_eq!((&booking["cancel"]["possible"], &why_not["reason"]), (&json!(false), &json!("too_late")));
        assert!(why_not["words"]["da"].as_str().unwrap().starts_with("Tiden kunne aflyses online til og med "));
        for (call, body) in [("cancel", json!({})), ("move", json!({"start": offer["start"]}))] {
            let path = format!("bookings/{}/{call}", booking["id"].as_str().unwrap());
            let late = karen.post(&path, call, &body).send().await.unwrap();
            assert_eq!(refused(late).await.reason.as_deref(), Some("too_late"));
        }
        // A day without times names the next one that has some.
        let sunday: Json = karen.get(&question(broken, "2026-11-29", 1)).send().await.unwrap().json().await.unwrap();
        assert_eq!(
            (&sunday["next_day"], &sunday["why_none"]["reason"]),
            (&json!("2026-11-30"), &json!("outside_working_hours"))
        );
    }
    let records = demo();
    let _stopped = clinic.pc.save(vec![set(first(&records, Kind::Service), 1, json!({"running": false}))]).await;
    let karen = Visitor { clinic: &clinic, token };
    let types = karen.types().await;
    assert_eq!(types[0]["unavailable"]["reason"], "service_stopped");
    server.stop().await;
}

#[tokio::test]
async fn the_same_key_has_one_effect_and_the_same_answer_to_the_byte() {
    let server = TestServer::start().await;
    let clinic = Clinic::start(&server).await;
    let (karen, ida) = (visitor(&clinic, "Karen").await, visitor(&clinic, "Ida").await);
    let types = karen.types().await;
    let broken = of(&types, "Knækket tand eller tabt fyldning");
    let offers = karen.offers(broken).await;
    let (one, other) = (karen.book("a", broken, &offers[0]).await, karen.book("a", broken, &offers[0]).await);
    assert_eq!((one.status(), other.status()), (201.try_into().unwrap(), 201.try_into().unwrap()));
    assert_eq!(one.bytes().await.unwrap(), other.bytes().await.unwrap());
    let answer = karen.book("a", broken, &offers[5]).await;
    assert_eq!(problem(answer).await, (422, "id_reused".to_owned()));
    // A refusal too, although the time is free meanwhile; and a key is each patient's own.
    let late = ida.book("a", broken, &offers[0]).await;
    assert_eq!(
        (late.status().as_u16(), &late.headers()["content-type"]),
        (409, &"application/problem+json".parse().unwrap())
    );
    let late = late.bytes().await.unwrap();
    let bookings = karen.bookings().await;
    let id = bookings.iter().find(|it| it["start"] == offers[0]["start"]).unwrap()["id"].as_str().unwrap();
    let cancel = async || karen.post(&format!("bookings/{id}/cancel"), "b", &json!({})).send().await.unwrap();
    assert_eq!(cancel().await.bytes().await.unwrap(), cancel().await.bytes().await.unwrap());
    assert_eq!(ida.book("a", broken, &offers[0]).await.bytes().await.unwrap(), late);
    assert_eq!(ida.book("b", broken, &offers[0]).await.status(), 201);
    // No key.
    let body = json!({"online_type": broken["online_type"], "practitioner": offers[0]["practitioner"]["id"], "start": offers[0]["start"]});
    let answer = server.post("/api/v1/patient/bookings", &body).bearer_auth(&karen.token).send().await.unwrap();
    assert_eq!(problem(answer).await, (400, "bad_request".to_owned()));
    // Once each in the feed.
    let page: Json = clinic
        .pc
        .get(&format!("/api/v1/changes?since={}", clinic.pc.paired.position))
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(page["changes"].as_array().unwrap().len(), 1 + 3);
    server.stop().await;
}

#[tokio::test]
async fn a_patient_has_their_own_appointments_and_so_many() {
    let server = TestServer::start_with(aftalebog_server::clock::Clock::Fixed(monday()), |config| {
        config.patients.open_bookings = 2;
        config.patients.changes_per_patient_and_hour = 5;
    })
    .await;
    let clinic = Clinic::start(&server).await;
    let other = Clinic::start(&server).await;
    // What the clinic has booked counts for nothing.
    let by_the_clinic = ["2027-03-01T08:00:00Z", "2027-03-02T08:00:00Z", "2027-03-03T08:00:00Z"].map(|start| {
        let mut fields = first(&demo(), Kind::Appointment).fields();
        fields.extend(object(json!({
            "patient": clinic.patient("Karen").id, "need": null, "start": start, "status": "booked",
            "origin": "clinic", "overlap": "none",
        })));
        SentWrite { kind: Kind::Appointment, id: uuid::Uuid::new_v4(), base: None, deed: WireDeed::Set(fields) }
    });
    let _revision = clinic.pc.save(by_the_clinic.into()).await;
    let (karen, ida) = (visitor(&clinic, "Karen").await, visitor(&clinic, "Ida").await);
    let types = karen.types().await;
    let broken = of(&types, "Knækket tand eller tabt fyldning");
    let offers = karen.offers(broken).await;
    let booked: Json = karen.book("1", broken, &offers[0]).await.json().await.unwrap();
    let id = booked["id"].as_str().unwrap();
    // Neither another patient nor another clinic's reaches it.
    let elsewhere = visitor(&other, "Karen").await;
    for stranger in [&ida, &elsewhere] {
        for (call, body) in [("move", json!({"start": offers[3]["start"]})), ("cancel", json!({}))] {
            let answer = stranger.post(&format!("bookings/{id}/{call}"), call, &body).send().await.unwrap();
            assert_eq!(problem(answer).await, (404, "not_found".to_owned()));
        }
        let answer = stranger.get(&format!("offers?moves={id}&from=2026-11-23&days=7")).send().await.unwrap();
        assert_eq!(problem(answer).await, (404, "not_found".to_owned()));
        assert!(stranger.bookings().await.iter().all(|it| it["id"] != *id));
    }
    for path in ["types", "bookings", "offers?online_type=00000000-0000-0000-0000-000000000000&from=2026-11-23&days=7"]
    {
        let answer = server.get(&format!("/api/v1/patient/{path}")).send().await.unwrap();
        assert_eq!(problem(answer).await, (401, "unauthorized".to_owned()));
        let answer = clinic.pc.get(&format!("/api/v1/patient/{path}")).send().await.unwrap();
        assert_eq!(problem(answer).await, (401, "unauthorized".to_owned()), "a PC's token is no patient's");
    }
    let second = offers.iter().find(|it| start(it) > start(&offers[0]) + TimeDelta::hours(2)).unwrap();
    let third = offers.iter().find(|it| start(it) > start(second) + TimeDelta::hours(2)).unwrap();
    assert_eq!(karen.book("2", broken, second).await.status(), 201);
    let many = refused(karen.book("3", broken, third).await).await;
    assert_eq!(
        (many.reason.as_deref(), many.title.starts_with("Du kan højst have 2 kommende tider")),
        (Some("too_many_bookings"), true)
    );
    for key in 4..=5 {
        let _again = karen.book(&key.to_string(), broken, third).await;
    }
    assert_eq!(problem(karen.book("6", broken, third).await).await, (429, "too_many_tries".to_owned()));
    server.stop().await;
}

#[tokio::test]
async fn rubbish_is_told_from_a_wish() {
    let server = TestServer::start().await;
    let clinic = Clinic::start(&server).await;
    let karen = visitor(&clinic, "Karen").await;
    let types = karen.types().await;
    let broken = of(&types, "Knækket tand eller tabt fyldning");
    let right = json!({"online_type": broken["online_type"], "practitioner": uuid::Uuid::nil(), "start": "2026-11-24T09:00:00Z"});
    for (field, value) in [
        ("start", json!("2026-11-24T09:00:00.5Z")),
        ("start", json!("tomorrow")),
        ("start", json!(17)),
        ("practitioner", json!("JH")),
        ("online_type", Json::Null),
        ("note", json!("<script>")),
    ] {
        let mut wrong = right.clone();
        wrong[field] = value;
        let answer = karen.post("bookings", "a", &wrong).send().await.unwrap();
        assert_eq!(problem(answer).await, (400, "bad_request".to_owned()), "{wrong}");
    }
    for path in [
        "offers",
        "offers?from=2026-11-23&days=7",
        "offers?online_type=x&from=2026-11-23&days=7",
        &question(broken, "2026-02-30", 1),
        &question(broken, "2026-11-23", 0),
        &question(broken, "2026-11-23", 63),
    ] {
        let answer = karen.get(path).send().await.unwrap();
        assert_eq!(problem(answer).await, (400, "bad_request".to_owned()), "{path}");
    }
    for edge in ["+262142-12-31", "-262143-01-01", "9999-12-31", "0001-01-01"] {
        let answer = karen.get(&question(broken, &edge.replace('+', "%2B"), 62)).send().await.unwrap();
        assert!(answer.status() == 200 || answer.status() == 400, "{edge}: {}", answer.status());
        let wish = json!({"online_type": broken["online_type"], "practitioner": uuid::Uuid::nil(), "start": format!("{edge}T23:59:59Z")});
        let answer = karen.post("bookings", edge, &wish).send().await.unwrap();
        assert!(answer.status().is_client_error(), "{edge}: {}", answer.status());
    }
    assert_eq!(karen.post("bookings/x/cancel", "a", &json!({})).send().await.unwrap().status(), 404);
    server.stop().await;
}
