//! Snapshots with broken records, and texts that are none.

use serde_json::json;

use super::*;
use crate::broken::Fault;
use crate::change::fields;
use crate::record::{OnlineType, Recorded, Snapshot, WorkingHours};
use crate::refusal::Refusal;
use crate::scene::date;
use crate::terms::{Purpose, Request, Terms, Withheld};

fn demo() -> Snapshot {
    crate::demo::demo_clinic(date("2026-11-23"), 7)
}

fn json() -> Json {
    Json::Object(fields(&demo()))
}

fn read(json: &Json) -> Result<Reading, NotReadable> {
    Reading::of(json.to_string().as_bytes())
}

/// The demo clinic after one edit of its JSON.
fn edited(edit: impl FnOnce(&mut Vec<Json>)) -> Result<Reading, NotReadable> {
    let mut json = json();
    edit(json["records"].as_array_mut().expect("a list"));
    read(&json)
}

/// The demo clinic with another value in a field of the first record of a kind.
fn with(kind: &str, field: &str, value: Json) -> Result<Reading, NotReadable> {
    edited(|records| {
        let record = records.iter_mut().find(|record| record["kind"] == kind).expect(kind);
        record["value"][field] = value;
    })
}

fn id_of(kind: Kind) -> Uuid {
    demo().records.iter().find(|record| record.value.kind() == kind).expect("one of the kind").id
}

#[test]
fn a_whole_snapshot_has_nothing_broken() {
    let reading = read(&json()).expect("a clinic");
    assert_eq!(reading.broken, []);
    let demo = demo().records;
    assert_eq!(Setup::gather(demo.clone()).as_ref(), Some(&reading.setup));
    let count = |kind| demo.iter().filter(|record| record.value.kind() == kind).count();
    assert_eq!(reading.patients.len(), count(Kind::Patient));
    assert_eq!(reading.needs.len(), count(Kind::Need));
    assert_eq!(reading.appointments.len(), count(Kind::Appointment));
    assert_eq!(reading.busy(), Busy::of(reading.appointments.iter().map(|entry| &entry.value)));
    assert_ne!(reading.busy(), Busy::default());
    for patient in &reading.patients {
        assert_eq!(reading.visitor(patient.id).standing, Standing::of(&patient.value));
    }
    assert!(reading.patients.iter().any(|it| Standing::of(&it.value) == Standing::New));
    let marked = [b"\xEF\xBB\xBF".as_slice(), json().to_string().as_bytes()].concat();
    assert_eq!(Reading::of(&marked), Ok(reading));
}

#[test]
fn texts_that_are_no_clinic() {
    let of = |text: &str| Reading::of(text.as_bytes()).expect_err(text);
    for text in ["", "{", "no", "{\"format\": 1, \"records\": [}"] {
        assert!(matches!(of(text), NotReadable::NotJson { .. }), "{text}");
    }
    for text in ["1", "[]", "{}", "{\"records\": []}", "{\"format\": 1}", "{\"format\": 1, \"records\": 1}"] {
        assert_eq!(of(text), NotReadable::NotASnapshot, "{text}");
    }
    for (text, format) in [("2", "2"), ("0", "0"), ("\"1\"", "\"1\""), ("1.5", "1.5"), ("null", "null")] {
        let text = format!("{{\"format\": {text}, \"records\": []}}");
        assert_eq!(of(&text), NotReadable::UnknownFormat { format: format.to_owned() });
    }
    assert_eq!(of("{\"format\": 1, \"records\": []}"), NotReadable::NoClinic);
    assert!(matches!(with("clinic", "raster_minutes", json!(0)), Err(NotReadable::BrokenClinic { .. })));
    let mut second = demo().records.into_iter().find(|record| record.value.kind() == Kind::Clinic).expect("a clinic");
    second.id = Uuid::from_u128(1);
    let second = serde_json::to_value(second).expect("it is JSON");
    assert_eq!(edited(|records| records.push(second)), Err(NotReadable::SeveralClinics { clinics: 2 }));
    // As deep as a hostile text may be, it is only no JSON.
    assert!(matches!(of(&"[".repeat(100_000)), NotReadable::NotJson { .. }));
}

#[test]
fn what_a_broken_record_concerns() {
    let jh = demo().records.iter().find(|record| record.value.kind() == Kind::Practitioner).expect("JH").id;
    let hours = demo().records.into_iter().find_map(|record| WorkingHours::from_value(record.value)).expect("hours");
    let set_up = demo().records.into_iter().find_map(|record| OnlineType::from_value(record.value)).expect("SU");
    let need = demo().records.into_iter().find_map(|record| Need::from_value(record.value)).expect("a need");
    let booked = demo().records.into_iter().find_map(|record| Appointment::from_value(record.value)).expect("one");
    let column = |id: Id<Practitioner>| Concerns::Column(id);
    let need_id = Some(Id::new(id_of(Kind::Need)));
    for (kind, field, value, concerns) in [
        ("service", "running", json!("yes"), Concerns::Everything),
        ("analytics", "enabled", json!(1), Concerns::Nothing),
        ("practitioner", "initials", json!(""), column(Id::new(jh))),
        ("working_hours", "weekday", json!(8), column(hours.practitioner)),
        ("working_hours", "intervals", json!([{"from": "12:00", "to": "08:00"}]), column(hours.practitioner)),
        ("working_hours", "intervals", json!([{"from": "08:00", "to": "08:00"}]), column(hours.practitioner)),
        ("working_hours", "practitioner", json!("nobody"), Concerns::Everything),
        ("closure", "from", json!("2026-02-30"), Concerns::Everything),
        ("appointment", "start", json!("2026-11-23T08:00:00.5Z"), column(booked.practitioner)),
        ("closure", "practitioner", json!(7), Concerns::Everything),
        ("appointment_type", "minutes", json!(0), Concerns::AppointmentType(Id::new(id_of(Kind::AppointmentType)))),
        ("online_type", "alias", json!(" "), Concerns::AppointmentType(set_up.appointment_type)),
        ("online_type", "cancel_days", json!(-1), Concerns::AppointmentType(set_up.appointment_type)),
        ("online_type", "appointment_type", Json::Null, Concerns::AnyTypeNotSetUp),
        ("patient", "birth_date", json!("1980-13-01"), Concerns::Patient(Id::new(id_of(Kind::Patient)))),
        (
            "need",
            "recall_week",
            json!(-1),
            Concerns::Need { id: need_id, patient: Some(need.patient), appointment_type: Some(need.appointment_type) },
        ),
        (
            "need",
            "patient",
            json!("nobody"),
            Concerns::Need { id: need_id, patient: None, appointment_type: Some(need.appointment_type) },
        ),
        ("appointment", "minutes", json!(0), column(booked.practitioner)),
        ("appointment", "minutes", json!(-30), column(booked.practitioner)),
        ("appointment", "start", json!("2026-11-23"), column(booked.practitioner)),
        ("appointment", "practitioner", Json::Null, Concerns::Everything),
    ] {
        let reading = with(kind, field, value.clone()).expect("the rest can be read");
        let found: Vec<_> = reading.broken.iter().map(|broken| broken.concerns).collect();
        assert_eq!(found, [concerns], "{kind}.{field} = {value}");
        assert_eq!(reading.broken[0].fault, Fault::Field(field.to_owned()));
        assert_eq!(reading.broken[0].record.kind.map(|kind| kind.name()), Some(kind));
    }
}

#[test]
fn a_week_53_that_the_year_does_not_have_breaks_the_need() {
    let reading = with("need", "recall_year", json!(2027)).expect("a clinic");
    assert_eq!(reading.broken, []);
    let reading = edited(|records| {
        let need = records.iter_mut().find(|record| record["kind"] == "need").expect("a need");
        need["value"]["recall_year"] = json!(2027);
        need["value"]["recall_week"] = json!(53);
    });
    assert_eq!(reading.expect("a clinic").broken[0].fault, Fault::FieldsDisagree);
}

#[test]
fn records_without_kind_id_or_value() {
    for (record, kind, known_as) in [
        (json!({}), None, None),
        (json!(7), None, None),
        (json!({"kind": "dentist", "id": Uuid::nil(), "value": {"initials": "JH"}}), None, Some("JH")),
        (json!({"kind": "patient", "id": "1001", "value": {"number": "1001"}}), Some(Kind::Patient), Some("1001")),
        (json!({"kind": "patient", "id": Uuid::nil()}), Some(Kind::Patient), None),
        (json!({"kind": "patient", "id": Uuid::nil(), "value": []}), Some(Kind::Patient), None),
    ] {
        let reading = edited(|records| records.push(record.clone())).expect("a clinic");
        let [broken] = reading.broken.as_slice() else { panic!("{record}: {:?}", reading.broken) };
        assert_eq!((broken.record.kind, broken.known_as.as_deref()), (kind, known_as), "{record}");
        if kind.is_none() {
            assert_eq!(broken.concerns, Concerns::Everything, "{record}");
        }
    }
}

#[test]
fn a_cancelled_appointment_takes_no_time_broken_or_not() {
    let reading = edited(|records| {
        let booked = records.iter_mut().find(|record| record["kind"] == "appointment").expect("one");
        booked["value"]["minutes"] = json!(0);
        booked["value"]["status"] = json!("cancelled");
    });
    assert_eq!(reading.expect("a clinic").broken[0].concerns, Concerns::Nothing);
}

#[test]
fn two_records_with_one_id() {
    // The same twice is one.
    let twice = edited(|records| records.extend(records.clone())).expect("a clinic");
    assert_eq!(twice, read(&json()).expect("a clinic"));
    // Two that differ: nobody knows which holds, whichever comes first.
    let differing = |first: bool| {
        edited(|records| {
            let place = records.iter().position(|record| record["kind"] == "practitioner").expect("JH");
            let mut other = records[place].clone();
            other["value"]["registered"] = json!(false);
            let place = if first { 0 } else { records.len() };
            records.insert(place, other.clone());
            records.push(other);
        })
    };
    let reading = differing(false).expect("a clinic");
    let jh = Id::<Practitioner>::new(id_of(Kind::Practitioner));
    assert_eq!(reading.setup.practitioner(jh), None);
    assert!(reading.broken.iter().all(|broken| broken.concerns == Concerns::Column(jh)));
    assert!(!reading.broken.is_empty());
    assert_eq!(differing(true), Ok(reading));
    let clinics = edited(|records| {
        let mut other = records.iter().find(|record| record["kind"] == "clinic").expect("a clinic").clone();
        other["value"]["name"] = json!("En anden klinik");
        records.push(other);
    });
    assert!(matches!(clinics, Err(NotReadable::BrokenClinic { .. })));
}

/// What is said of the demo's «Tandpine» for a new patient.
fn barred(reading: &Reading) -> Option<Refusal> {
    let akut = reading.setup.appointment_types.iter().find(|it| it.value.code.as_str() == "AKUT").expect("AKUT");
    let visitor = Visitor::new_patient();
    let request = Request {
        setup: &reading.setup,
        broken: &reading.broken,
        visitor: &visitor,
        appointment_type: akut.id,
        need: None,
        purpose: Purpose::Book,
        withheld: Withheld::Nothing,
        now: crate::scene::instant("2026-11-23 08:00"),
    };
    Terms::of(request).barred
}

#[test]
fn the_service_runs_only_where_a_record_says_so() {
    assert_eq!(barred(&read(&json()).expect("a clinic")), None);
    let none = edited(|records| records.retain(|record| record["kind"] != "service")).expect("a clinic");
    assert_eq!(barred(&none), Some(Refusal::ServiceStopped));
    let broken = with("service", "running", json!("yes")).expect("a clinic");
    assert!(matches!(barred(&broken), Some(Refusal::Unreadable(_))));
    // Of two, both must, and one of them is one too many.
    let second = |running: bool| {
        edited(|records| {
            let mut other = records.iter().find(|record| record["kind"] == "service").expect("one").clone();
            other["id"] = json!(Uuid::from_u128(1));
            other["value"]["running"] = json!(running);
            records.push(other);
        })
    };
    let two = second(true).expect("a clinic");
    assert_eq!(two.broken[0].fault, Fault::OnlyOne);
    assert!(matches!(barred(&two), Some(Refusal::Unreadable(_))));
    assert_eq!(barred(&second(false).expect("a clinic")), Some(Refusal::ServiceStopped));
    // Whichever of them comes first.
    let stopped = edited(|records| {
        let service = records.iter_mut().find(|record| record["kind"] == "service").expect("one");
        let mut other = service.clone();
        service["value"]["running"] = json!(false);
        other["id"] = json!(Uuid::from_u128(1));
        records.push(other);
    });
    assert_eq!(barred(&stopped.expect("a clinic")), Some(Refusal::ServiceStopped));
    let without_analytics = edited(|records| records.retain(|record| record["kind"] != "analytics"));
    let reading = without_analytics.expect("a clinic");
    assert_eq!((barred(&reading), reading.setup.analytics.value.enabled), (None, false));
}

#[test]
fn dates_that_end_before_they_begin() {
    for (kind, from, to) in [("closure", "from", "to"), ("working_hours", "valid_from", "valid_to")] {
        for (last, broken) in [("2026-12-01", 0), ("2026-11-30", 1)] {
            let reading = edited(|records| {
                let record = records.iter_mut().find(|record| record["kind"] == kind).expect(kind);
                record["value"][from] = json!("2026-12-01");
                record["value"][to] = json!(last);
            });
            let reading = reading.expect("a clinic");
            assert_eq!(reading.broken.len(), broken, "{kind} to {last}");
            assert!(
                reading.broken.iter().all(|it| it.fault == Fault::FieldsDisagree && it.concerns != Concerns::Nothing)
            );
        }
    }
}

#[test]
fn the_last_moment_of_the_calendar_is_no_fault() {
    let reading = with("appointment", "start", json!("+262142-12-31T23:59:00Z")).expect("a clinic");
    assert_eq!(reading.broken, []);
    let _busy = reading.busy();
    assert!(reading.appointments.iter().all(|entry| entry.value.end() >= entry.value.start));
}

#[test]
fn a_missing_field_is_named() {
    let reading = edited(|records| {
        let record = records.iter_mut().find(|record| record["kind"] == "patient").expect("a patient");
        let _name = record["value"].as_object_mut().expect("fields").remove("name");
    });
    assert_eq!(reading.expect("a clinic").broken[0].fault, Fault::Field("name".to_owned()));
}

/// The first need that a booked appointment uses up.
fn used_need(records: &[Json]) -> Json {
    let booked = records.iter().find(|it| it["kind"] == "appointment" && it["value"]["need"].is_string());
    booked.expect("an appointment with a need")["value"]["need"].clone()
}

#[test]
fn a_need_is_used_up_whether_it_and_its_appointment_can_be_read_or_not() {
    let patient_of = |need: &Json| {
        let demo = json();
        let records = demo["records"].as_array().expect("a list").clone();
        let need = records.into_iter().find(|record| record["id"] == *need).expect("the need");
        Id::new(need["value"]["patient"].as_str().expect("an id").parse().expect("a UUID"))
    };
    let open = |reading: &Reading, need: &Json| {
        let open_needs = reading.visitor(patient_of(need)).open_needs;
        open_needs.iter().any(|it| it.id.to_string() == need.as_str().expect("an id"))
    };
    let mut need = Json::Null;
    let mut broken_appointment = |status: &str| {
        edited(|records| {
            need = used_need(records);
            let booked = records.iter_mut().find(|it| it["value"]["need"] == need).expect("the appointment");
            booked["value"]["minutes"] = json!(0);
            booked["value"]["status"] = json!(status);
        })
        .expect("a clinic")
    };
    let (booked, cancelled) = (broken_appointment("booked"), broken_appointment("cancelled"));
    assert!(!open(&booked, &need));
    assert!(open(&cancelled, &need));
    // A broken need that is used up is asked about no more.
    let broken_need = edited(|records| {
        let need = used_need(records);
        let need = records.iter_mut().find(|it| it["id"] == need).expect("the need");
        need["value"]["minutes"] = json!(0);
    });
    assert_eq!(broken_need.expect("a clinic").broken[0].concerns, Concerns::Nothing);
}
