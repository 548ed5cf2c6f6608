//! Everything that is known of a patient, the clinic's numbers, and patients who created themselves.

use aftalebog_booking::patient::{Likeness, delete_need, double_booked, merge, reject};
use aftalebog_booking::record::{Appointment, Need, Overlap, Patient, Status};
use aftalebog_booking::time::Week;
use aftalebog_booking::{Entry, Id};
use chrono::TimeDelta;
use rusqlite::ToSql;

use super::super::patient::{APPOINTMENTS, COUNT, NEEDS, NEXT, WAITING, WITH_NUMBER};
use super::sample::{date, line};
use super::*;
use crate::error::Refusal;

fn known(number: &str, name: &str) -> Entry<Patient> {
    Entry::new(Patient {
        number: line(number),
        name: line(name),
        birth_date: date("1968-05-02"),
        phone: None,
        email: None,
        self_registered: false,
        accepted: true,
    })
}

fn new(number: &str, name: &str) -> Entry<Patient> {
    let entry = known(number, name);
    Entry::new(Patient { self_registered: true, accepted: false, ..entry.value })
}

fn creating(people: &[&Entry<Patient>]) -> Vec<Write> {
    people.iter().map(|entry| Write::create(*entry)).collect()
}

#[test]
fn a_patient_is_read_with_all_needs_and_appointments() {
    let clinic = Clinic::new();
    let all = &clinic.sample;
    let patient = all.patient.id;
    let sooner = Entry::new(Need { recall: Week::new(2026, 9).unwrap(), ..all.need.value.clone() });
    let before = all.appointment.value.start - TimeDelta::days(30);
    let cancelled = Appointment {
        start: before,
        status: Status::Cancelled,
        need: Some(sooner.id),
        ..all.appointment.value.clone()
    };
    let cancelled = Entry::new(cancelled);
    let _id = clinic.save(vec![Write::create(&sooner), Write::create(&cancelled)]).unwrap();
    let records = wait(clinic.store.patient_records(patient)).unwrap().unwrap();
    assert_eq!(records.patient, all.patient);
    assert_eq!(records.needs, [sooner.clone(), all.need.clone()]);
    assert_eq!(records.appointments, [cancelled, all.appointment.clone()]);
    assert_eq!(wait(clinic.store.patient_records_of_need(sooner.id)).unwrap(), Some(records));
    assert_eq!(wait(clinic.store.patient_records_of_need(Id::random())).unwrap(), None);
    assert_eq!(wait(clinic.store.patient_records(Id::random())).unwrap(), None);
}

#[test]
fn a_patient_who_was_searched_for_is_told_with_the_next_appointment() {
    let clinic = Clinic::new();
    let all = &clinic.sample;
    let start = all.appointment.value.start;
    let later = Appointment { start: start + TimeDelta::days(1), need: None, ..all.appointment.value.clone() };
    let later = Entry::new(later);
    let _id = clinic.save(vec![Write::create(&later)]).unwrap();
    let next = |now| {
        let found = wait(clinic.store.look_up_patients("0007", now, 5)).unwrap();
        found.into_iter().map(|found| (found.entry.id, found.next.map(|it| it.id))).collect::<Vec<_>>()
    };
    assert_eq!(next(start - TimeDelta::seconds(1)), [(all.patient.id, Some(all.appointment.id))]);
    assert_eq!(next(start), [(all.patient.id, Some(later.id))]);
    assert_eq!(next(start + TimeDelta::days(2)), [(all.patient.id, None)]);
}

#[test]
fn the_next_number_follows_the_highest_one() {
    let clinic = Clinic::new();
    let next = || wait(clinic.store.next_patient_number()).unwrap().to_string();
    assert_eq!(next(), "0008", "as long as the one before it");
    for (number, expected) in
        [("1001", "1002"), ("ny-9999", "1002"), ("12345678901", "1002"), ("9", "1002"), ("9999", "10000"), ("", "")]
    {
        if !number.is_empty() {
            let _id = clinic.save(creating(&[&known(number, "En")])).unwrap();
            assert_eq!(next(), expected, "{number}");
        }
    }
    let empty = Clinic::new();
    let deletions = vec![
        Write::delete(&empty.sample.appointment),
        Write::delete(&empty.sample.need),
        Write::delete(&empty.sample.patient),
    ];
    let _id = empty.save(deletions).unwrap();
    assert_eq!(wait(empty.store.next_patient_number()).unwrap().as_str(), "1");
}

#[test]
fn a_number_is_asked_for_before_it_is_given_again() {
    let clinic = Clinic::new();
    let who = |number: &str, than| wait(clinic.store.other_patient_with_number(line(number), than)).unwrap();
    assert_eq!(who("0007", None), Some(clinic.sample.patient.clone()));
    assert_eq!(who("0007", Some(clinic.sample.patient.id)), None, "their own number is free for them");
    assert_eq!(who("0007", Some(Id::random())), Some(clinic.sample.patient.clone()));
    assert_eq!(who("7", None), None);
    assert_eq!(who("007", None), None);
}

#[test]
fn those_who_wait_are_told_with_whom_they_could_be() {
    let clinic = Clinic::new();
    let all = &clinic.sample;
    let phone = |entry: &Entry<Patient>, phone: &str| Entry {
        id: entry.id,
        value: Patient { phone: Some(line(phone)), ..entry.value.clone() },
    };
    let emil = phone(&new("ny-1", "Emil Sandager"), "+45 01 43 00 01");
    let same = known("12", "Emil S. Sandager");
    let namesake = known("13", "Emil Sandager");
    let namesake = Entry { id: namesake.id, value: Patient { birth_date: date("1970-01-01"), ..namesake.value } };
    let mother = phone(&known("11", "Ulla Refsgaard"), "01430001");
    let accepted = new("14", "Emil Sandager");
    let accepted = Entry { id: accepted.id, value: Patient { accepted: true, ..accepted.value } };
    assert_eq!(wait(clinic.store.new_patients_count()).unwrap(), 1);
    let _id = clinic.save(creating(&[&emil, &same, &namesake, &mother, &accepted])).unwrap();
    assert_eq!(wait(clinic.store.new_patients_count()).unwrap(), 2);
    let waiting = wait(clinic.store.new_patients()).unwrap();
    let [first, second] = waiting.as_slice() else { panic!("{waiting:?}") };
    assert_eq!((&first.records.patient, first.likely.len()), (&all.patient, 0));
    assert_eq!(first.records.appointments, std::slice::from_ref(&all.appointment));
    assert_eq!(second.records.patient, emil);
    let likely: Vec<_> = second.likely.iter().map(|it| (it.patient.id, it.because.as_slice())).collect();
    let by_birth_date: &[Likeness] = &[Likeness::BirthDateAndName];
    assert_eq!(likely, [(same.id, by_birth_date), (accepted.id, by_birth_date), (mother.id, &[Likeness::Telephone])]);
}

#[test]
fn a_merge_is_one_change_and_one_undo() {
    let clinic = Clinic::new();
    let all = &clinic.sample;
    let karen = known("1001", "Karen Mikkelsen");
    let _id = clinic.save(creating(&[&karen])).unwrap();
    let before = clinic.snapshot();
    let records = |id| wait(clinic.store.patient_records(id)).unwrap().unwrap();
    let (kept, gone) = (records(karen.id), records(all.patient.id));
    let change = clinic.save(merge(&kept, &gone, &karen.value)).unwrap();
    assert_eq!(wait(clinic.store.patient_records(all.patient.id)).unwrap(), None);
    let merged = records(karen.id);
    assert_eq!((merged.needs.len(), merged.appointments.len()), (1, 1));
    assert_eq!(merged.appointments[0].value.need, Some(all.need.id));
    clinic.undo(change).unwrap();
    assert_eq!(clinic.snapshot(), before);
}

#[test]
fn a_merge_that_would_put_a_patient_in_two_chairs_is_refused() {
    let clinic = Clinic::new();
    let all = &clinic.sample;
    let karen = known("1001", "Karen Mikkelsen");
    let at_once = Appointment {
        practitioner: all.hygienist.id,
        patient: Some(karen.id),
        need: None,
        start: all.appointment.value.start + TimeDelta::minutes(59),
        ..all.appointment.value.clone()
    };
    let at_once = Entry::new(at_once);
    let _id = clinic.save(vec![Write::create(&karen), Write::create(&at_once)]).unwrap();
    let records = |id| wait(clinic.store.patient_records(id)).unwrap().unwrap();
    let (kept, gone) = (records(karen.id), records(all.patient.id));
    assert_eq!(double_booked(&kept, &gone), [(&at_once, &all.appointment)]);
    let refused = clinic.save(merge(&kept, &gone, &karen.value));
    assert!(matches!(refused, Err(SaveError::Refused { reason: Refusal::PatientTaken, .. })), "{refused:?}");
    let (kept, gone) = (gone, kept);
    assert_eq!(double_booked(&kept, &gone).len(), 1);
    let refused = clinic.save(merge(&kept, &gone, &kept.patient.value));
    assert!(matches!(refused, Err(SaveError::Refused { reason: Refusal::PatientTaken, .. })), "{refused:?}");
}

/// Whoever was put on top of an appointment does not bar it from going over to another patient.
#[test]
fn what_stands_on_an_appointment_does_not_bar_a_merge() {
    let clinic = Clinic::new();
    let all = &clinic.sample;
    let karen = known("1001", "Karen Mikkelsen");
    let other = known("1002", "Bent Thorsen");
    let on_top = Appointment {
        patient: Some(other.id),
        need: None,
        overlap: Overlap::Deliberate,
        ..all.appointment.value.clone()
    };
    let _id =
        clinic.save(vec![Write::create(&karen), Write::create(&other), Write::create(&Entry::new(on_top))]).unwrap();
    let records = |id| wait(clinic.store.patient_records(id)).unwrap().unwrap();
    let (kept, gone) = (records(karen.id), records(all.patient.id));
    assert_eq!(double_booked(&kept, &gone), []);
    let _id = clinic.save(merge(&kept, &gone, &karen.value)).unwrap();
}

#[test]
fn a_rejection_is_one_change_and_one_undo() {
    let clinic = Clinic::new();
    let all = &clinic.sample;
    let before = clinic.snapshot();
    let records = wait(clinic.store.patient_records(all.patient.id)).unwrap().unwrap();
    let hour_before = all.appointment.value.start - TimeDelta::hours(1);
    assert!(reject(&records, all.appointment.value.start).is_err());
    let change = clinic.save(reject(&records, hour_before).unwrap()).unwrap();
    assert_eq!(wait(clinic.store.patient_records(all.patient.id)).unwrap(), None);
    assert_eq!(wait(clinic.store.new_patients_count()).unwrap(), 0);
    clinic.undo(change).unwrap();
    assert_eq!(clinic.snapshot(), before);
}

#[test]
fn a_need_of_a_cancelled_appointment_can_be_deleted() {
    let clinic = Clinic::new();
    let all = &clinic.sample;
    let cancelled = Appointment { status: Status::Cancelled, ..all.appointment.value.clone() };
    let _id = clinic.save(vec![Write::edit(&all.appointment, &cancelled).unwrap()]).unwrap();
    let before = clinic.snapshot();
    let records = wait(clinic.store.patient_records(all.patient.id)).unwrap().unwrap();
    let change = clinic.save(delete_need(&records.needs[0], &records.appointments).unwrap()).unwrap();
    let after = wait(clinic.store.patient_records(all.patient.id)).unwrap().unwrap();
    assert_eq!((after.needs.len(), after.appointments[0].value.need), (0, None));
    clinic.undo(change).unwrap();
    assert_eq!(clinic.snapshot(), before);
}

#[test]
fn nothing_of_one_patient_is_searched_for_among_all() {
    let clinic = Clinic::new();
    let plan = |sql: &'static str, parameters: usize| {
        let plan = wait(clinic.store.owner.ask(move |connection| {
            let mut plan = connection.prepare(&format!("explain query plan {sql}")).unwrap();
            let nothing: Vec<&dyn ToSql> = vec![&0; parameters];
            let steps = plan.query_map(nothing.as_slice(), |row| row.get::<_, String>("detail")).unwrap();
            steps.collect::<rusqlite::Result<Vec<_>>>().unwrap()
        }));
        plan.ok().unwrap().join("; ")
    };
    for (sql, parameters, index) in [
        (NEEDS, 1, "SEARCH need USING INDEX need_by_patient (patient=?)"),
        (APPOINTMENTS, 1, "SEARCH appointment USING INDEX appointment_by_patient (patient=?)"),
        (NEXT, 2, "SEARCH appointment USING INDEX appointment_by_patient (patient=? AND start>?)"),
        (WITH_NUMBER, 2, "patient_by_number (number=?)"),
        (COUNT, 0, "waiting_patient"),
        (WAITING, 0, "waiting_patient"),
    ] {
        let plan = plan(sql, parameters);
        assert!(plan.contains(index), "{sql}: {plan}");
    }
}
