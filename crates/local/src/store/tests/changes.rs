//! Saving, the history, and undo.

use std::collections::BTreeSet;

use aftalebog_booking::bounded::Detail;
use aftalebog_booking::change::Deed;
use aftalebog_booking::record::{Patient, PractitionerGroup, WithoutNeed};
use aftalebog_booking::{Entry, Record};
use serde_json::json;

use super::sample::{line, whole};
use super::*;
use crate::error::Refusal;

fn refusal(result: Result<Uuid, SaveError>) -> Refusal {
    match result {
        Err(SaveError::Refused { reason, .. }) => reason,
        other => panic!("not refused: {other:?}"),
    }
}

fn set_greeting(clinic: &Clinic, greeting: &str) -> Write {
    let before = &wait(clinic.store.setup()).unwrap().clinic;
    Write::edit(before, &aftalebog_booking::record::Clinic { greeting: line(greeting), ..before.value.clone() })
        .unwrap()
}

fn greeting(clinic: &Clinic) -> String {
    wait(clinic.store.setup()).unwrap().clinic.value.greeting.to_string()
}

fn new_patient(clinic: &Clinic, number: &str) -> Entry<Patient> {
    Entry::new(Patient { number: line(number), ..clinic.sample.patient.value.clone() })
}

#[test]
fn every_kind_comes_back_as_it_was_saved_also_after_a_restart() {
    let mut clinic = Clinic::new();
    let kinds: BTreeSet<_> = clinic.snapshot().records.iter().map(|record| record.value.kind()).collect();
    assert_eq!(kinds.len(), Kind::ALL.len());
    assert_eq!(clinic.snapshot(), clinic.sample.snapshot());
    assert_eq!(Setup::gather(clinic.snapshot().records), wait(clinic.store.setup()).ok());
    clinic.reopen();
    assert_eq!(clinic.snapshot(), clinic.sample.snapshot());
}

#[test]
fn every_kind_but_the_three_can_be_created_edited_and_deleted() {
    let clinic = Clinic::new();
    let only = [Kind::Clinic, Kind::Service, Kind::Analytics];
    let all = clinic.sample.snapshot().records;
    let records: Vec<_> = all.into_iter().filter(|record| !only.contains(&record.value.kind())).collect();
    let write = |record: &Record, deed| Write::of(record.value.kind(), record.id, deed);
    let deletions: Vec<_> = records.iter().map(|record| write(record, Deed::Delete)).collect();
    let deleted = clinic.save(deletions).unwrap();
    assert_eq!(clinic.snapshot().records.len(), only.len());
    clinic.undo(deleted).unwrap();
    assert_eq!(clinic.snapshot(), clinic.sample.snapshot());
    let edits: Vec<_> = records.iter().map(|record| write(record, Deed::Set(record.fields()))).collect();
    let _id = clinic.save(edits).unwrap();
    assert_eq!(clinic.snapshot(), clinic.sample.snapshot());
}

#[test]
fn blank_and_zero_stay_apart_in_every_optional_number() {
    let mut clinic = Clinic::new();
    let mut before = clinic.sample.online.clone();
    for days in [Some(0), None, Some(1), None, Some(0)] {
        let mut after = before.value.clone();
        after.min_spacing_minutes = days.map(whole);
        after.max_days_before_recall_week = days.map(whole);
        after.max_days_after_recall_week = days.map(whole);
        after.earliest_booking_days = days.map(whole);
        after.cancel_days = days.map(whole);
        after.move_days = days.map(whole);
        after.practitioners[0].minutes = days.map(|days| whole(days + 5));
        let _id = clinic.save(vec![Write::edit(&before, &after).unwrap()]).unwrap();
        clinic.reopen();
        before.value = after;
        assert_eq!(wait(clinic.store.setup()).unwrap().online_types, [before.clone()]);
    }
}

#[test]
fn only_edited_fields_are_written_and_unknown_columns_stay() {
    let clinic = Clinic::new();
    clinic.sql("alter table patient add column shoe_size integer; update patient set shoe_size = 44").unwrap();
    clinic.sql("alter table online_type_practitioner add column since text; update online_type_practitioner set since = 'x'").unwrap();
    let patient = &clinic.sample.patient;
    let renamed = Patient { name: line("Nyt Navn"), ..patient.value.clone() };
    let mut online = clinic.sample.online.value.clone();
    online.practitioners.reverse();
    let _id = clinic
        .save(vec![Write::edit(patient, &renamed).unwrap(), Write::edit(&clinic.sample.online, &online).unwrap()])
        .unwrap();
    let kept = "(select shoe_size from patient) = 44 and (select count(*) from online_type_practitioner where since = 'x') = 2";
    clinic.sql(&format!("create table kept (ok integer check (ok)); insert into kept select {kept}")).unwrap();
    assert_eq!(wait(clinic.store.setup()).unwrap().online_types[0].value, online);
    let history = wait(clinic.store.history(1)).unwrap();
    assert_eq!(history[0].writes[0].before, json!({"name": "O'Brien 🦷"}).as_object().cloned());
    assert_eq!(history[0].writes[0].after, json!({"name": "Nyt Navn"}).as_object().cloned());
}

#[test]
fn one_bad_write_takes_the_whole_change_back() {
    let clinic = Clinic::new();
    let ghost = new_patient(&clinic, "1");
    let result = clinic.save(vec![
        set_greeting(&clinic, "Hej"),
        Write::create(&new_patient(&clinic, "2")),
        Write::edit(&ghost, &Patient { accepted: true, ..ghost.value.clone() }).unwrap(),
    ]);
    assert!(matches!(result, Err(SaveError::ChangedSince { kind: Kind::Patient, .. })), "{result:?}");
    assert_eq!(clinic.snapshot(), clinic.sample.snapshot());
    assert_eq!(wait(clinic.store.history(9)).unwrap(), []);
}

#[test]
fn the_same_change_twice_is_one() {
    let clinic = Clinic::new();
    let change = change(vec![Write::create(&new_patient(&clinic, "1"))]);
    wait(clinic.store.save(change.clone())).unwrap();
    let once = clinic.snapshot();
    wait(clinic.store.save(change)).unwrap();
    assert_eq!(clinic.snapshot(), once);
    assert_eq!(wait(clinic.store.history(9)).unwrap().len(), 1);
}

#[test]
fn this_pc_and_a_change_are_saved_together_or_not_at_all() {
    let mut clinic = Clinic::new();
    assert_eq!(wait(clinic.store.this_pc()).unwrap(), ThisPc::default());
    let this_pc = ThisPc { server_address: "https://æøå.example".to_owned() };
    let bad = change(vec![Write::delete(&new_patient(&clinic, "1"))]);
    assert!(wait(clinic.store.save_this_pc(this_pc.clone(), Some(bad))).is_err());
    assert_eq!(wait(clinic.store.this_pc()).unwrap(), ThisPc::default());
    let good = change(vec![set_greeting(&clinic, "Hej")]);
    wait(clinic.store.save_this_pc(this_pc.clone(), Some(good))).unwrap();
    clinic.reopen();
    assert_eq!((wait(clinic.store.this_pc()).unwrap(), greeting(&clinic)), (this_pc, "Hej".to_owned()));
    wait(clinic.store.save_this_pc(ThisPc::default(), None)).unwrap();
    assert_eq!(wait(clinic.store.this_pc()).unwrap(), ThisPc::default());
}

#[test]
fn undo_walks_back_also_over_a_restart_and_is_never_offered_for_an_undo() {
    let mut clinic = Clinic::new();
    assert_eq!(wait(clinic.store.last_change()).unwrap(), None);
    let first = clinic.save(vec![set_greeting(&clinic, "1")]).unwrap();
    let patient = new_patient(&clinic, "1");
    let second = clinic.save(vec![set_greeting(&clinic, "2"), Write::create(&patient)]).unwrap();
    let last = |clinic: &Clinic| wait(clinic.store.last_change()).unwrap().map(|change| change.id);
    assert_eq!(last(&clinic), Some(second));
    clinic.undo(second).unwrap();
    assert_eq!((greeting(&clinic), last(&clinic)), ("1".to_owned(), Some(first)));
    clinic.undo(second).unwrap();
    assert_eq!(wait(clinic.store.history(9)).unwrap().len(), 3, "undoing twice is the same as once");
    clinic.reopen();
    assert_eq!(last(&clinic), Some(first));
    clinic.undo(first).unwrap();
    assert_eq!((clinic.snapshot(), last(&clinic)), (clinic.sample.snapshot(), None));
    let history = wait(clinic.store.history(1)).unwrap();
    assert_eq!((history[0].undoes, history[0].made_by.as_str()), (Some(first), "desk"));
    assert!(matches!(clinic.undo(history[0].id), Err(SaveError::NotUndoable { .. })));
    assert!(matches!(clinic.undo(Uuid::new_v4()), Err(SaveError::NotUndoable { .. })));
}

#[test]
fn undo_is_refused_only_when_the_same_fields_have_changed_since() {
    let clinic = Clinic::new();
    let first = clinic.save(vec![set_greeting(&clinic, "1")]).unwrap();
    let before = wait(clinic.store.setup()).unwrap().clinic;
    let other = aftalebog_booking::record::Clinic { phone: line("+45 12 34 56 78"), ..before.value.clone() };
    let _id = clinic.save(vec![Write::edit(&before, &other).unwrap()]).unwrap();
    let second = clinic.save(vec![set_greeting(&clinic, "2")]).unwrap();
    match clinic.undo(first) {
        Err(SaveError::ChangedSince { kind: Kind::Clinic, fields, .. }) => assert_eq!(fields, ["greeting"]),
        other => panic!("{other:?}"),
    }
    assert_eq!(greeting(&clinic), "2");
    clinic.undo(second).unwrap();
    clinic.undo(first).unwrap();
    let after = wait(clinic.store.setup()).unwrap().clinic.value;
    assert_eq!((after.greeting, after.phone), (clinic.sample.clinic.value.greeting.clone(), other.phone));
}

#[test]
fn undoing_a_creation_is_refused_while_another_record_names_it() {
    let clinic = Clinic::new();
    let patient = new_patient(&clinic, "1");
    let created = clinic.save(vec![Write::create(&patient)]).unwrap();
    let need = Entry::new(aftalebog_booking::record::Need { patient: patient.id, ..clinic.sample.need.value.clone() });
    let _id = clinic.save(vec![Write::create(&need)]).unwrap();
    match clinic.undo(created) {
        Err(SaveError::Refused { kind: Kind::Patient, id, reason }) => {
            assert_eq!((id, reason), (patient.id.uuid(), Refusal::StillUsed { by: Kind::Need }));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn broken_constraints_have_names() {
    let clinic = Clinic::new();
    let all = &clinic.sample;
    let refused = |write: Write| refusal(clinic.save(vec![write]));
    let edit_online = |edit: fn(&mut aftalebog_booking::record::OnlineType, &Sample)| {
        let mut after = all.online.value.clone();
        edit(&mut after, all);
        Write::edit(&all.online, &after).unwrap()
    };
    assert_eq!(refused(Write::create(&all.patient)), Refusal::Exists);
    assert_eq!(refused(Write::create(&Entry::new(all.clinic.value.clone()))), Refusal::OnlyOne);
    assert_eq!(refused(Write::create(&Entry::new(all.online.value.clone()))), Refusal::SecondSetup);
    assert_eq!(refused(Write::delete(&all.dentist)), Refusal::StillUsed { by: Kind::OnlineType });
    assert_eq!(refused(Write::delete(&all.need)), Refusal::StillUsed { by: Kind::Appointment });
    let no_one = aftalebog_booking::Id::random();
    let closure = aftalebog_booking::record::Closure { practitioner: Some(no_one), ..all.closure.value.clone() };
    let dangling = Refusal::Dangling { kind: Kind::Practitioner };
    assert_eq!(refused(Write::edit(&all.closure, &closure).unwrap()), dangling);
    assert_eq!(
        refused(edit_online(|online, all| {
            let row = WithoutNeed { practitioner: all.dentist.id, active: false, minutes: None };
            online.practitioners.push(row);
        })),
        Refusal::PractitionerTwice
    );
    let set = |fields: serde_json::Value| {
        let fields = fields.as_object().cloned().unwrap();
        Write::of(Kind::Clinic, all.clinic.id.uuid(), Deed::Set(fields))
    };
    assert!(matches!(refused(set(json!({"raster_minutes": 7}))), Refusal::Malformed { .. }));
    let unknown = Refusal::UnknownField { field: "colour".to_owned() };
    assert_eq!(refused(set(json!({"colour": "red"}))), unknown);
    let mut patient = all.patient.value.clone();
    patient.birth_date = chrono::NaiveDate::MAX;
    let outside = refused(Write::edit(&all.patient, &patient).unwrap());
    assert!(matches!(outside, Refusal::OutsideLimits { .. }), "{outside:?}");
    let mut appointment = all.appointment.value.clone();
    appointment.start += chrono::TimeDelta::milliseconds(1);
    assert!(matches!(refused(Write::edit(&all.appointment, &appointment).unwrap()), Refusal::Malformed { .. }));
    assert_eq!(clinic.snapshot(), all.snapshot());
}

#[test]
fn a_practitioner_and_what_names_her_go_in_one_change_in_any_order() {
    let clinic = Clinic::new();
    let mut online = clinic.sample.online.value.clone();
    assert_eq!(online.practitioners.remove(0).practitioner, clinic.sample.hygienist.id);
    let delete = Write::delete(&clinic.sample.hygienist);
    let edit = Write::edit(&clinic.sample.online, &online).unwrap();
    let leave =
        PractitionerGroup { practitioners: vec![clinic.sample.dentist.id], ..clinic.sample.group.value.clone() };
    let leave = Write::edit(&clinic.sample.group, &leave).unwrap();
    let still_there = refusal(clinic.save(vec![delete.clone(), edit.clone()]));
    assert_eq!(still_there, Refusal::StillUsed { by: Kind::PractitionerGroup });
    let change = clinic.save(vec![delete, edit, leave]).unwrap();
    clinic.undo(change).unwrap();
    assert_eq!(clinic.snapshot(), clinic.sample.snapshot());
}

#[test]
fn the_database_itself_refuses_bad_rows() {
    let clinic = Clinic::new();
    for sql in [
        "update clinic set raster_minutes = 7",
        "update clinic set name = ''",
        "update clinic set name = null",
        "update clinic set name = 1.5, greeting = x'00'",
        "update clinic set greeting = printf('%.301c', 'x')",
        "update service set running = 2",
        "update analytics set measurement_id = ''",
        "update analytics set measurement_id = 'G-1'",
        "update analytics set measurement_id = printf('%.41c', 'G')",
        "update analytics set measurement_id = 'G-Å12'",
        "update analytics set measurement_id = 'G AB12'",
        "update practitioner set initials = 'NINECHARS'",
        "update practitioner set position = -1",
        "update practitioner set deactivated = 1", // and registered
        "update appointment_type set deactivated = 2",
        "update practitioner_group set name = ''",
        "insert into practitioner_group_member select practitioner_group, 9, practitioner from practitioner_group_member",
        "update working_hours set weekday = 8",
        "update working_hours set weeks = 'sometimes'",
        "update working_hours set valid_from = '2026-02-30'",
        "update working_hours set valid_from = '2026-03-02', valid_to = '2026-03-01'",
        "update working_hours_interval set to_minute = from_minute",
        "update working_hours_interval set to_minute = 1441",
        "update closure set \"from\" = 'tomorrow'",
        "update closure set \"to\" = '2026-12-23'",
        "update appointment_type set minutes = 4",
        "update appointment_type set minutes = 481",
        "update appointment_type set color = '#0b6b7c'",
        "update online_type set cancel_days = 366",
        "update online_type set max_days_after_recall_week = 3651",
        "update online_type set min_spacing_minutes = -1",
        "update online_type set alias = printf('%.81c', 'x')",
        "update online_type_practitioner set minutes = 0",
        "update patient set birth_date = '1.1.1970'",
        "update patient set id = x'00'",
        "update need set recall_week = 54",
        "update need set recall_year = 2027",
        "update appointment set status = 'late'",
        "update appointment set start = 'now'",
        "update appointment set practitioner = randomblob(16)",
        "insert into service (id, running, self_registration) values (randomblob(16), 1, 1)",
        "delete from practitioner",
    ] {
        assert!(clinic.sql(sql).is_err(), "{sql}");
    }
    assert_eq!(clinic.snapshot(), clinic.sample.snapshot());
    // One day is no span turned round, and a blank end is none.
    for sql in [
        "update closure set \"to\" = \"from\"",
        "update working_hours set valid_to = valid_from",
        "update working_hours set valid_from = null",
    ] {
        clinic.sql(sql).unwrap();
    }
}

#[test]
fn a_full_disk_costs_nothing_but_a_message() {
    let mut clinic = Clinic::new();
    clinic.sql("pragma max_page_count = 1").unwrap();
    let long: Detail = line(&"å".repeat(300));
    let patients: Vec<_> = (0..50)
        .map(|number| Patient { phone: Some(long.clone()), ..new_patient(&clinic, &number.to_string()).value })
        .map(|patient| Write::create(&Entry::new(patient)))
        .collect();
    let change = change(patients);
    assert!(matches!(wait(clinic.store.save(change.clone())), Err(SaveError::DiskFull)));
    assert_eq!(clinic.snapshot(), clinic.sample.snapshot());
    clinic.sql("pragma max_page_count = 1000000").unwrap();
    wait(clinic.store.save(change)).unwrap();
    clinic.reopen();
    assert_eq!(clinic.snapshot().records.len(), clinic.sample.snapshot().records.len() + 50);
}
