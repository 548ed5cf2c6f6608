//! The appointment book: what may stand on what, what is shown of a span, which needs are open.

use aftalebog_booking::Entry;
use aftalebog_booking::record::{Appointment, Overlap, Status};
use aftalebog_booking::time::Week;
use chrono::TimeDelta;

use super::super::appointment::{BETWEEN, OF_PRACTITIONER, span};
use super::sample::{line, whole};
use super::*;
use crate::error::Refusal;

/// A block of the hygienist's or an appointment of the patient's, at 8:00 plus some minutes.
fn at(sample: &Sample, minutes: i64, length: u16) -> Appointment {
    let start = sample.appointment.value.start + TimeDelta::minutes(minutes);
    Appointment { start, minutes: whole(length), ..sample.block.value.clone() }
}

#[track_caller]
fn check(what: &str, present: Appointment, new: Appointment, expected: Option<Refusal>) {
    let reason = |result: Result<Uuid, SaveError>| match result {
        Ok(_) => None,
        Err(SaveError::Refused { reason, .. }) => Some(reason),
        Err(error) => panic!("{error}"),
    };
    let book = || {
        let clinic = Clinic::new();
        let deletions = [&clinic.sample.appointment, &clinic.sample.block].map(Write::delete);
        let _id = clinic.save(deletions.to_vec()).unwrap();
        let _id = clinic.save(vec![Write::create(&Entry::new(present.clone()))]).unwrap();
        clinic
    };
    assert_eq!(reason(book().save(vec![Write::create(&Entry::new(new.clone()))])), expected, "{what}, created");
    let clinic = book();
    let elsewhere = Entry::new(Appointment { start: new.start + TimeDelta::days(9), ..new.clone() });
    let _id = clinic.save(vec![Write::create(&elsewhere)]).unwrap();
    let moved = clinic.save(vec![Write::edit(&elsewhere, &new).unwrap()]);
    assert_eq!(reason(moved), expected, "{what}, moved");
}

#[test]
fn nothing_that_may_not_overlap_is_written_onto_a_live_one() {
    let sample = sample();
    let present = || at(&sample, 0, 60);
    let taken = || Some(Refusal::PractitionerTaken);
    let long_ago = at(&sample, -479, 480);
    for (what, new, expected) in [
        ("touching before", at(&sample, -30, 30), None),
        ("touching after", at(&sample, 60, 30), None),
        ("one minute into its begin", at(&sample, -29, 30), taken()),
        ("one minute before its end", at(&sample, 59, 30), taken()),
        ("inside", at(&sample, 10, 20), taken()),
        ("around", at(&sample, -10, 120), taken()),
        ("the same", at(&sample, 0, 60), taken()),
        ("the longest, into its begin", long_ago.clone(), taken()),
        ("the longest, touching", Appointment { start: long_ago.start - TimeDelta::minutes(1), ..long_ago }, None),
        ("cancelled", Appointment { status: Status::Cancelled, ..present() }, None),
        ("deliberate", Appointment { overlap: Overlap::Deliberate, ..present() }, None),
        ("clash", Appointment { overlap: Overlap::Clash, ..present() }, None),
        ("another practitioner", Appointment { practitioner: sample.hygienist.id, ..present() }, None),
    ] {
        check(what, present(), new, expected);
    }
    let cancelled = Appointment { status: Status::Cancelled, ..present() };
    check("onto a cancelled one", cancelled, present(), None);
    let deliberate = Appointment { overlap: Overlap::Deliberate, ..present() };
    check("onto a deliberate one", deliberate, present(), taken());
    let patient = || Appointment { patient: Some(sample.patient.id), ..present() };
    let elsewhere = Appointment { practitioner: sample.hygienist.id, ..patient() };
    check("the same patient elsewhere", patient(), elsewhere, Some(Refusal::PatientTaken));
}

#[test]
fn a_new_note_moves_nobody_but_coming_alive_again_does() {
    let clinic = Clinic::new();
    let all = &clinic.sample;
    let on_top = Appointment { overlap: Overlap::Deliberate, need: None, ..all.appointment.value.clone() };
    let _id = clinic.save(vec![Write::create(&Entry::new(on_top))]).unwrap();
    let noted = Appointment { note: line("ny"), ..all.appointment.value.clone() };
    let _id = clinic.save(vec![Write::edit(&all.appointment, &noted).unwrap()]).unwrap();
    let cancelled = Appointment { status: Status::Cancelled, ..noted.clone() };
    let _id = clinic.save(vec![Write::edit(&all.appointment, &cancelled).unwrap()]).unwrap();
    let alive = Write::edit(&Entry { id: all.appointment.id, value: cancelled }, &noted).unwrap();
    assert!(matches!(clinic.save(vec![alive]), Err(SaveError::Refused { reason: Refusal::PractitionerTaken, .. })));
}

#[test]
fn a_need_is_used_at_most_once_and_cancelling_frees_it() {
    let clinic = Clinic::new();
    let all = &clinic.sample;
    let again = Entry::new(Appointment { start: now() + TimeDelta::days(3), ..all.appointment.value.clone() });
    let refused = clinic.save(vec![Write::create(&again)]);
    assert!(matches!(refused, Err(SaveError::Refused { reason: Refusal::NeedUsed, .. })), "{refused:?}");
    let cancelled = Appointment { status: Status::Cancelled, ..all.appointment.value.clone() };
    let cancel = Write::edit(&all.appointment, &cancelled).unwrap();
    let _id = clinic.save(vec![cancel, Write::create(&again)]).unwrap();
}

#[test]
fn open_needs_are_those_without_a_live_appointment_by_recall_week() {
    let clinic = Clinic::new();
    let all = &clinic.sample;
    let open = || wait(clinic.store.open_needs()).unwrap();
    assert_eq!(open(), []);
    let in_week = |year, week| {
        let recall = Week::new(year, week).unwrap();
        Entry::new(aftalebog_booking::record::Need { recall, ..all.need.value.clone() })
    };
    let (later, sooner) = (in_week(2027, 30), in_week(2026, 9));
    let _id = clinic.save(vec![Write::create(&later), Write::create(&sooner)]).unwrap();
    let cancelled = Appointment { status: Status::Cancelled, ..all.appointment.value.clone() };
    let _id = clinic.save(vec![Write::edit(&all.appointment, &cancelled).unwrap()]).unwrap();
    let needs: Vec<_> = open().into_iter().map(|need| need.entry).collect();
    assert_eq!(needs, [sooner, all.need.clone(), later]);
    assert_eq!(open()[0].patient, all.patient.value.name);
}

#[test]
fn a_span_shows_what_overlaps_it_and_is_not_cancelled() {
    let clinic = Clinic::new();
    let all = &clinic.sample;
    let (appointment, block) = (all.appointment.clone(), all.block.clone());
    let between = |from: &str, to: &str| {
        let day = |time: &str| instant(&format!("2026-11-23T{time}Z"));
        wait(clinic.store.appointments_between(day(from), day(to))).unwrap()
    };
    let shown =
        |entry: &Entry<Appointment>, patient: &Option<_>| Booked { entry: entry.clone(), patient: patient.clone() };
    let name = Some(all.patient.value.name.clone());
    assert_eq!(between("00:00:00", "23:59:59"), [shown(&appointment, &name), shown(&block, &None)]);
    assert_eq!(between("09:00:00", "12:00:00"), []);
    assert_eq!(between("08:59:59", "09:30:00"), [shown(&appointment, &name)]);
    assert_eq!(between("12:00:00", "12:00:01"), [shown(&block, &None)]);
    assert_eq!(between("08:30:00", "08:31:00"), [shown(&appointment, &name)]);
    let cancelled = Appointment { status: Status::Cancelled, ..block.value.clone() };
    let _id = clinic.save(vec![Write::edit(&block, &cancelled).unwrap()]).unwrap();
    assert_eq!(between("12:00:00", "13:00:00"), []);
}

#[test]
fn a_span_is_read_by_the_index_of_live_appointments() {
    let clinic = Clinic::new();
    let plan = wait(clinic.store.owner.ask(|connection| {
        let mut plan = connection.prepare(&format!("explain query plan {BETWEEN}")).unwrap();
        let steps = plan.query_map(span(now(), now()), |row| row.get::<_, String>("detail")).unwrap();
        steps.collect::<rusqlite::Result<Vec<_>>>().unwrap()
    }));
    let plan = plan.ok().unwrap();
    assert!(plan[0].contains("live_appointment_by_start (start>? AND start<?)"), "{plan:?}");
    assert!(!plan.iter().any(|step| step.starts_with("SCAN")), "{plan:?}");
}

#[test]
fn the_appointments_of_some_practitioners_are_read_by_their_index() {
    let clinic = Clinic::new();
    let all = &clinic.sample;
    let block = Appointment { practitioner: all.hygienist.id, ..all.block.value.clone() };
    let _id = clinic.save(vec![Write::edit(&all.block, &block).unwrap()]).unwrap();
    let appointment = all.appointment.value.clone();
    let (from, to) = (appointment.start, block.end());
    let of = |whom: Option<Vec<_>>| wait(clinic.store.records_between(whom, from, to)).unwrap();
    assert_eq!(of(None), [appointment.clone(), block.clone()]);
    assert_eq!(of(Some(vec![appointment.practitioner])), std::slice::from_ref(&appointment));
    let both = vec![block.practitioner, appointment.practitioner];
    assert_eq!(of(Some(both)), [block.clone(), appointment.clone()]);
    assert_eq!(of(Some(vec![])), []);
    let late = wait(clinic.store.records_between(Some(vec![appointment.practitioner]), appointment.end(), to)).unwrap();
    assert_eq!(late, [], "touching is no overlap");
    let plan = wait(clinic.store.owner.ask(move |connection| {
        let mut plan = connection.prepare(&format!("explain query plan {OF_PRACTITIONER}")).unwrap();
        let [from, to, longest] = span(now(), now());
        let practitioner = appointment.practitioner.uuid();
        let given = rusqlite::params![from, to, longest, practitioner.as_bytes()];
        let steps = plan.query_map(given, |row| row.get::<_, String>("detail")).unwrap();
        steps.collect::<rusqlite::Result<Vec<_>>>().unwrap()
    }));
    let plan = plan.ok().unwrap();
    assert!(plan[0].contains("appointment_by_practitioner (practitioner=? AND start>? AND start<?)"), "{plan:?}");
}
