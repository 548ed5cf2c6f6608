//! What a PC sends becomes the clinic's records, once, and whole; what two have written is shown to both.

use aftalebog_booking::record::{Appointment, AppointmentType, Overlap, Status, Value};
use aftalebog_booking::wire::{FeedPage, Position, Problem, WireDeed};
use aftalebog_booking::{Id, Kind, Record};
use serde_json::json;
use uuid::Uuid;

use crate::bare_pc::BarePc;
use crate::clinic_pc::{accepted, create, delete, demo, first, refused, set};
use crate::test_server::TestServer;

#[tokio::test]
async fn a_change_that_is_sent_again_has_one_effect_and_the_same_answer() {
    let server = TestServer::start().await;
    let clinic = server.clinic("Ågade").await;
    let pc = BarePc::of(&server, &clinic, "Reception").await;
    assert_eq!(pc.give_demo().await, 1);
    let patient = first(&demo(), Kind::Patient).clone();
    let change = pc.change(vec![set(&patient, 1, json!({"phone": "12"}))]);
    assert_eq!(accepted(pc.send(&change).await).await, 2);
    assert_eq!(accepted(pc.send(&change).await).await, 2);
    // Numbered anew after the PC was set back, and with the base that it then knows.
    let mut again = change.clone();
    again.sequence = 9;
    again.writes[0].base = Some(2);
    assert_eq!(accepted(pc.send(&again).await).await, 2);
    let mut other = change.clone();
    other.writes[0].deed = WireDeed::Set(crate::clinic_pc::object(json!({"phone": "13"})));
    assert_eq!(refused(pc.send(&other).await).await.code(), "id_reused");
    assert_eq!(pc.save(vec![]).await, 3);
    server.stop().await;
}

#[tokio::test]
async fn a_pc_that_uses_a_number_again_was_set_back() {
    let server = TestServer::start().await;
    let clinic = server.clinic("Ågade").await;
    let pc = BarePc::of(&server, &clinic, "Reception").await;
    let _first = pc.give_demo().await;
    let mut change = pc.change(vec![]);
    change.sequence = 1;
    let problem = refused(pc.send(&change).await).await;
    assert_eq!((problem.code(), problem.status, problem.last_sequence), ("device_rewound", 409, Some(1)));
    // What is refused uses its number up for nobody.
    let patient = first(&demo(), Kind::Patient).clone();
    assert_eq!(pc.refused(vec![set(&patient, 1, json!({"number": ""}))]).await.code(), "invalid");
    pc.set_back(1);
    assert_eq!(pc.save(vec![]).await, 2);
    let mut huge = pc.change(vec![]);
    huge.sequence = u64::MAX;
    assert_eq!(refused(pc.send(&huge).await).await.code(), "bad_request");
    server.stop().await;
}

#[tokio::test]
async fn bases_of_another_epoch_or_of_the_future_are_not_believed() {
    let server = TestServer::start().await;
    let clinic = server.clinic("Ågade").await;
    let pc = BarePc::of(&server, &clinic, "Reception").await;
    let _first = pc.give_demo().await;
    let patient = first(&demo(), Kind::Patient).clone();
    assert_eq!(pc.refused(vec![set(&patient, 2, json!({"phone": "12"}))]).await.code(), "position_gone");
    let mut change = pc.change(vec![set(&patient, 1, json!({"phone": "12"}))]);
    change.epoch = Uuid::new_v4();
    assert_eq!(refused(pc.send(&change).await).await.code(), "position_gone");
    // What no number can be is at fault itself, whatever the epoch.
    for field in ["base", "sequence"] {
        let mut change = change.clone();
        match field {
            "base" => change.writes[0].base = Some(u64::MAX),
            _ => change.sequence = u64::MAX,
        }
        let problem = refused(pc.send(&change).await).await;
        assert_eq!((problem.status, problem.field.as_deref()), (400, Some(field)), "{problem:?}");
    }
    server.stop().await;
}

#[tokio::test]
async fn two_pcs_that_edit_the_same_field_are_both_shown_it_and_other_fields_merge() {
    let server = TestServer::start().await;
    let clinic = server.clinic("Ågade").await;
    let one = BarePc::of(&server, &clinic, "Reception").await;
    let code = server.store.new_code(clinic.id, None, server.now).await.unwrap();
    let two = BarePc::pair(&server.url(""), code.reveal(), "Klinik 2").await;
    let base = one.give_demo().await;
    let records = demo();
    let patient = first(&records, Kind::Patient).clone();
    let clinic_record = first(&records, Kind::Clinic).clone();
    let _two = one.save(vec![set(&patient, base, json!({"phone": "12", "name": "Ny"}))]).await;
    // Another field, and the same value.
    assert_eq!(two.save(vec![set(&patient, base, json!({"email": "a@b.dk", "name": "Ny"}))]).await, 3);
    let writes = vec![
        set(&clinic_record, base, json!({"greeting": "Hej"})),
        set(&patient, base, json!({"phone": "13", "number": "77"})),
    ];
    let problem = two.refused(writes.clone()).await;
    assert_eq!((problem.code(), problem.status), ("conflict", 409));
    let [conflict] = problem.conflicts.as_slice() else { panic!("{problem:?}") };
    assert_eq!(
        (conflict.kind, conflict.id, conflict.revision, conflict.deleted),
        (Kind::Patient, patient.id, 3, false)
    );
    let [field] = conflict.fields.as_slice() else { panic!("{conflict:?}") };
    assert_eq!((field.field.as_str(), &field.present), ("phone", &json!("12")));
    assert_eq!((field.touch.by.as_str(), field.touch.device), ("RECEPTION", Some(one.paired.device)));
    // Refused whole: the greeting is as it was.
    let greeting = set(&clinic_record, base, json!({"greeting": "Goddag"}));
    assert_eq!(one.save(vec![greeting]).await, 4);
    // Two conflicts are named together; and whoever has seen them may insist.
    let problem = two.refused(writes).await;
    assert_eq!(problem.conflicts.len(), 2);
    let seen = problem.conflicts.iter().map(|it| it.revision).max();
    assert_eq!(two.save(vec![set(&patient, seen, json!({"phone": "13"}))]).await, 5);
    // Deleted here, edited there.
    let appointment = records.iter().find(|it| it.value.kind() == Kind::Closure).unwrap();
    let _gone = one.save(vec![delete(appointment, base)]).await;
    let problem = two.refused(vec![set(appointment, base, json!({"reason": "Ferie"}))]).await;
    let [conflict] = problem.conflicts.as_slice() else { panic!("{problem:?}") };
    assert!(conflict.deleted && conflict.deleted_by.is_some());
    server.stop().await;
}

/// What a PC sends that the records must not become: the reason that it is told.
#[tokio::test]
async fn what_would_be_no_valid_record_is_refused_with_its_reason() {
    let server = TestServer::start().await;
    let clinic = server.clinic("Ågade").await;
    let pc = BarePc::of(&server, &clinic, "Reception").await;
    let base = pc.give_demo().await;
    let records = demo();
    let of = |kind| first(&records, kind).clone();
    let anew = |kind| Record { id: Uuid::new_v4(), ..of(kind) };
    let with = |kind, edit: serde_json::Value| {
        let mut write = create(&anew(kind));
        let WireDeed::Set(fields) = &mut write.deed else { panic!("a creation") };
        fields.extend(crate::clinic_pc::object(edit));
        write
    };
    let nobody = Uuid::new_v4();
    let used = records.iter().find_map(|record| match &record.value {
        Value::Appointment(it) if it.need.is_some() && it.status == Status::Booked => Some(it.need),
        _ => None,
    });
    let practitioner = of(Kind::Practitioner);
    let twice = json!({"practitioner": practitioner.id, "active": true, "minutes": null});
    let far = json!({"start": "2031-01-01T03:00:00Z", "need": used.unwrap(), "status": "booked"});
    for (write, reason, field) in [
        (set(&of(Kind::Patient), base, json!({"name": ""})), "malformed", Some("name")),
        (set(&of(Kind::Patient), base, json!({"birth_date": "12026-01-01"})), "malformed", Some("birth_date")),
        (set(&of(Kind::Patient), base, json!({"birth_date": "+12026-01-01"})), "outside_limits", Some("birth_date")),
        (
            set(&of(Kind::Need), base, json!({"recall_year": 10000, "recall_week": 3})),
            "outside_limits",
            Some("recall_year"),
        ),
        (set(&of(Kind::Patient), base, json!({"of_a_newer_program": "x".repeat(300_000)})), "outside_limits", None),
        (set(&of(Kind::Practitioner), base, json!({"registered": true, "deactivated": true})), "malformed", None),
        (create(&of(Kind::AppointmentType)), "", None),
        (set(&anew(Kind::Patient), base, json!({"name": "A"})), "unknown", None),
        (delete(&anew(Kind::Patient), base), "unknown", None),
        (set(&anew(Kind::Patient), None, json!({"name": "A"})), "malformed", Some("number")),
        (create(&Record { id: of(Kind::Patient).id, ..of(Kind::Closure) }), "other_kind", None),
        (create(&anew(Kind::Clinic)), "only_one", None),
        (create(&anew(Kind::Service)), "only_one", None),
        (create(&anew(Kind::Analytics)), "only_one", None),
        (delete(&of(Kind::Clinic), base), "only_one", None),
        (create(&anew(Kind::OnlineType)), "second_setup", None),
        (with(Kind::Appointment, far), "need_used", None),
        (
            set(&of(Kind::OnlineType), base, json!({"practitioners": [twice, twice]})),
            "practitioner_twice",
            Some("practitioners"),
        ),
        (
            set(&of(Kind::PractitionerGroup), base, json!({"practitioners": [practitioner.id, practitioner.id]})),
            "practitioner_twice",
            Some("practitioners"),
        ),
        (with(Kind::Need, json!({"patient": nobody})), "dangling", Some("patient")),
        // There is such a record, of another kind.
        (with(Kind::Need, json!({"patient": practitioner.id})), "dangling", Some("patient")),
        (
            set(&of(Kind::PractitionerGroup), base, json!({"practitioners": [nobody]})),
            "dangling",
            Some("practitioners"),
        ),
        (delete(&practitioner, base), "still_used", None),
    ] {
        if reason.is_empty() {
            // Its own again is an edit of it.
            let _revision = pc.save(vec![write]).await;
            continue;
        }
        let id = write.id;
        let Problem { record, field: at, reason: why, detail, .. } = pc.refused(vec![write.clone()]).await;
        assert_eq!((why.as_deref(), at.as_deref()), (Some(reason), field), "{write:?}");
        assert_eq!(record, Some(id), "{write:?}");
        assert!(!detail.unwrap().contains("12026"));
    }
    // Nothing of what was refused is there.
    assert_eq!(pc.save(vec![]).await, base + 2);
    server.stop().await;
}

#[tokio::test]
async fn one_change_can_put_a_record_in_anothers_place_and_name_what_comes_after_it() {
    let server = TestServer::start().await;
    let clinic = server.clinic("Ågade").await;
    let pc = BarePc::of(&server, &clinic, "Reception").await;
    let base = pc.give_demo().await;
    let old = first(&demo(), Kind::OnlineType).clone();
    let new = Record { id: Uuid::new_v4(), ..old.clone() };
    let _revision = pc.save(vec![create(&new), delete(&old, base)]).await;
    let Value::Appointment(block) = first(&demo(), Kind::Appointment).value.clone() else { panic!("an appointment") };
    let kind = AppointmentType {
        code: "NY".to_owned().try_into().unwrap(),
        name: "Ny".to_owned().try_into().unwrap(),
        minutes: block.minutes,
        color: aftalebog_booking::record::Color([1, 2, 3]),
        deactivated: false,
    };
    let kind = Record { id: Uuid::new_v4(), value: Value::AppointmentType(kind) };
    let mut appointment = block;
    appointment.start = "2031-01-01T03:00:00Z".parse().unwrap();
    (appointment.need, appointment.overlap) = (None, Overlap::None);
    appointment.appointment_type = Some(Id::new(kind.id));
    let appointment = Record { id: Uuid::new_v4(), value: Value::Appointment(appointment) };
    assert_eq!(pc.save(vec![create(&appointment), create(&kind)]).await, base + 2);
    let _taken_back = pc.save(vec![delete(&kind, base + 2), delete(&appointment, base + 2)]).await;
    server.stop().await;
}

/// What reception does offline may stand on what was booked meanwhile: both stay, and it is a clash on
/// every PC.
#[tokio::test]
async fn an_appointment_that_stands_on_another_is_kept_as_a_clash_and_every_pc_is_told() {
    let server = TestServer::start().await;
    let clinic = server.clinic("Ågade").await;
    let pc = BarePc::of(&server, &clinic, "Reception").await;
    let base = pc.give_demo().await;
    let records = demo();
    let of_kind = |kind, number| records.iter().filter(|it| it.value.kind() == kind).nth(number).unwrap().id;
    let Value::Appointment(model) = first(&records, Kind::Appointment).value.clone() else { panic!("an appointment") };
    let appointment = |practitioner, patient, start: &str, overlap, status| {
        let value = Appointment {
            practitioner: Id::new(of_kind(Kind::Practitioner, practitioner)),
            patient: Some(Id::new(of_kind(Kind::Patient, patient))),
            need: None,
            start: format!("2031-01-01T{start}:00Z").parse().unwrap(),
            minutes: 30.try_into().unwrap(),
            overlap,
            status,
            ..model.clone()
        };
        Record { id: Uuid::new_v4(), value: Value::Appointment(value) }
    };
    use Overlap::{Clash, Deliberate, None as Alone};
    use Status::{Booked, Cancelled};
    let there = appointment(0, 0, "09:00", Alone, Booked);
    let mut revision = pc.save(vec![create(&there)]).await;
    assert_eq!(revision, base + 1);
    for (practitioner, patient, start, given, status, expected) in [
        // Touching it, on either side.
        (0, 1, "08:30", Alone, Booked, "none"),
        (0, 1, "09:30", Alone, Booked, "none"),
        (0, 2, "09:29", Alone, Cancelled, "none"),
        (0, 2, "09:20", Alone, Booked, "clash"),
        // The patient cannot be in two chairs.
        (1, 0, "09:10", Alone, Booked, "clash"),
        (1, 3, "09:10", Deliberate, Booked, "deliberate"),
        (2, 4, "09:10", Clash, Booked, "clash"),
        (2, 5, "12:00", Alone, Booked, "none"),
    ] {
        let new = appointment(practitioner, patient, start, given, status);
        revision = pc.save(vec![create(&new)]).await;
        let written = written(&pc, revision).await;
        assert_eq!(written["overlap"], expected, "{practitioner} {patient} {start}");
    }
    // Moved onto another: the mark comes with the move, and stays with whoever reads all of it.
    let free = appointment(0, 6, "15:00", Alone, Booked);
    let base = pc.save(vec![create(&free)]).await;
    revision = pc.save(vec![set(&free, base, json!({"start": "2031-01-01T09:10:00Z"}))]).await;
    let moved = json!({"start": "2031-01-01T09:10:00Z", "overlap": "clash"});
    assert_eq!(serde_json::Value::Object(written(&pc, revision).await), moved);
    // A note moves nobody.
    revision = pc.save(vec![set(&there, base, json!({"note": "Ring"}))]).await;
    assert_eq!(serde_json::Value::Object(written(&pc, revision).await), json!({"note": "Ring"}));
    // Whoever decided has seen the clash; whoever has not is shown it.
    let other = server.store.new_code(clinic.id, None, server.now).await.unwrap();
    let two = BarePc::pair(&server.url(""), other.reveal(), "Klinik 2").await;
    let problem = two.refused(vec![set(&free, base, json!({"overlap": "deliberate"}))]).await;
    assert_eq!(problem.conflicts[0].fields[0].present, json!("clash"));
    let _decided = two.save(vec![set(&free, revision, json!({"overlap": "deliberate"}))]).await;
    server.stop().await;
}

/// Whoever goes, and however: the clash that stood on them is none, on every PC and in the same change.
#[tokio::test]
async fn a_clash_ends_when_what_it_stood_on_goes() {
    let server = TestServer::start().await;
    let clinic = server.clinic("Ågade").await;
    let pc = BarePc::of(&server, &clinic, "Reception").await;
    let _base = pc.give_demo().await;
    let records = demo();
    let of_kind = |kind, number| records.iter().filter(|it| it.value.kind() == kind).nth(number).unwrap().id;
    let Value::Appointment(model) = first(&records, Kind::Appointment).value.clone() else { panic!("an appointment") };
    let appointment = |practitioner, patient, start: &str| {
        let value = Appointment {
            practitioner: Id::new(of_kind(Kind::Practitioner, practitioner)),
            patient: Some(Id::new(of_kind(Kind::Patient, patient))),
            need: None,
            start: start.parse().unwrap(),
            minutes: 30.try_into().unwrap(),
            overlap: Overlap::None,
            status: Status::Booked,
            ..model.clone()
        };
        Record { id: Uuid::new_v4(), value: Value::Appointment(value) }
    };
    let (cancelled, away) =
        (json!({"status": "cancelled"}), |day| json!({"start": format!("2031-02-{day:02}T15:00:00Z")}));
    // Which of the two goes, and how.
    for (day, goes, how) in [(1, 0, Some(cancelled)), (2, 0, Some(away(2))), (3, 0, None), (4, 1, Some(away(4)))] {
        let on = |time: &str| format!("2031-01-{day:02}T{time}:00Z");
        let two = [appointment(0, 0, &on("09:00")), appointment(0, 1, &on("09:20"))];
        let third = appointment(1, 1, &on("09:30"));
        let mut base = 0;
        for created in &two {
            base = pc.save(vec![create(created)]).await;
        }
        assert_eq!(written(&pc, base).await["overlap"], json!("clash"), "day {day}");
        let _beside = pc.save(vec![create(&appointment(0, 2, &on("09:50")))]).await;
        let write = |it: &Record, how: &Option<serde_json::Value>, base| match how {
            Some(how) => set(it, base, how.clone()),
            None => delete(it, base),
        };
        // Another one stands on it as well, in the patient's time: as long as it does it is a clash.
        let held = pc.save(vec![create(&third)]).await;
        assert_eq!(written(&pc, held).await["overlap"], json!("clash"), "day {day}");
        let note = pc.save(vec![set(&two[0], base, json!({"note": "Ring"}))]).await;
        assert_eq!(overlap_of(&pc, &two[1]).await, "clash");
        let gone = pc.save(vec![write(&two[goes], &how, note)]).await;
        let left = if goes == 0 { "clash" } else { "none" };
        assert_eq!(overlap_of(&pc, &two[1]).await, left, "day {day}");
        let gone = if goes == 0 { pc.save(vec![delete(&third, gone)]).await } else { gone };
        assert_eq!(overlap_of(&pc, &two[1]).await, "none", "day {day}");
        // It is in the feed, once for each record.
        let page = page(&pc, gone).await;
        let told = page.changes[0].writes.iter().filter(|write| write.id == two[1].id);
        assert_eq!(told.count(), 1, "day {day}");
    }
    assert!(server.store.audit_verify(clinic.id).await.unwrap() > 0);
    server.stop().await;
}

async fn overlap_of(pc: &BarePc, appointment: &Record) -> String {
    let snapshot: aftalebog_booking::wire::SyncSnapshot =
        pc.get("/api/v1/snapshot").send().await.unwrap().json().await.unwrap();
    let found = snapshot.records.iter().find(|record| record.id == appointment.id).unwrap();
    found.value["overlap"].as_str().unwrap().to_owned()
}

/// What one change wrote, as the other PCs are told.
async fn written(pc: &BarePc, revision: u64) -> serde_json::Map<String, serde_json::Value> {
    match &page(pc, revision).await.changes[0].writes[0].deed {
        WireDeed::Set(set) => set.clone(),
        WireDeed::Delete => panic!("a deletion"),
    }
}

/// One change, as the feed tells it.
async fn page(pc: &BarePc, revision: u64) -> FeedPage {
    let since = Position { revision: revision - 1, ..pc.paired.position };
    let page: FeedPage =
        pc.get(&format!("/api/v1/changes?since={since}&limit=1")).send().await.unwrap().json().await.unwrap();
    assert_eq!(page.position.revision, revision);
    page
}
