//! Patients who are searched for, and what decides which times one of them is offered.

use aftalebog_booking::record::{Appointment, Need, Patient, Status};
use aftalebog_booking::terms::{Standing, Visitor};
use aftalebog_booking::time::Week;
use aftalebog_booking::{Entry, Id};
use chrono::TimeDelta;

use super::super::appointment::{RECORDS_BETWEEN, span};
use super::sample::line;
use super::*;

fn patient(sample: &Sample, number: &str, name: &str) -> Entry<Patient> {
    let value = Patient { number: line(number), name: line(name), ..sample.patient.value.clone() };
    Entry::new(Patient { self_registered: false, ..value })
}

#[test]
fn patients_are_found_by_the_beginning_of_a_name_or_of_the_number() {
    let clinic = Clinic::new();
    let people = [
        ("1001", "Karen Mikkelsen"),
        ("1002", "Åse Ærø-Østergaard"),
        ("1003", "Mikkel Damsbo"),
        ("100", "Åge Karlsen"),
        ("77-8", "Else [*] Karise"),
    ];
    let people = people.map(|(number, name)| patient(&clinic.sample, number, name));
    let _id = clinic.save(people.iter().map(Write::create).collect()).unwrap();
    let found = |search: &str, limit| {
        let found = wait(clinic.store.find_patients(search, limit)).unwrap();
        found.iter().map(|entry| entry.value.number.to_string()).collect::<Vec<_>>().join(" ")
    };
    for (search, expected) in [
        ("mik", "1001 1003"),
        ("MIK kar", "1001"),
        ("kar", "77-8 1001 100"),
        ("sen", ""),
        ("åSE", "1002"),
        ("ærø", "1002"),
        ("øster åse", "1002"),
        ("Ærø-Øst", "1002"),
        ("100", "100 1001 1003 1002"),
        ("1001", "1001"),
        ("77-8", "77-8"),
        ("  karen  ", "1001"),
        ("[*]", "77-8"),
        ("*", ""),
        ("?", ""),
        ("' or 1=1 --", ""),
        ("", "77-8 1001 1003 0007 100 1002"),
    ] {
        assert_eq!(found(search, 10), expected, "{search}");
    }
    assert_eq!(found("", 2), "77-8 1001");
    assert_eq!(found(&"a ".repeat(60_000), 2), "");
}

#[test]
fn patients_are_found_in_the_order_of_the_danish_alphabet() {
    let clinic = Clinic::new();
    let names = ["Åse", "ane", "Østen", "Ægir", "Zenia", "Anders", "Aage"];
    let people: Vec<_> = names.iter().map(|name| patient(&clinic.sample, &format!("2{name}"), name)).collect();
    let _id = clinic.save(people.iter().map(Write::create).collect()).unwrap();
    let found = wait(clinic.store.find_patients("2", 10)).unwrap();
    let found: Vec<&str> = found.iter().map(|entry| entry.value.name.as_str()).collect();
    assert_eq!(found, ["Anders", "ane", "Zenia", "Ægir", "Østen", "Aage", "Åse"]);
}

#[test]
fn the_open_needs_of_one_patient_are_neither_used_nor_another_ones() {
    let clinic = Clinic::new();
    let all = &clinic.sample;
    let open = |patient: &Entry<Patient>| wait(clinic.store.open_needs_of(patient.id)).unwrap();
    assert_eq!(open(&all.patient), []);
    let other = patient(all, "2", "Anden");
    let need = |of: &Entry<Patient>, year, week| {
        Entry::new(Need { patient: of.id, recall: Week::new(year, week).unwrap(), ..all.need.value.clone() })
    };
    let [later, sooner, others] = [need(&all.patient, 2027, 1), need(&all.patient, 2026, 52), need(&other, 2026, 1)];
    let created = std::iter::once(Write::create(&other)).chain([&later, &sooner, &others].map(Write::create));
    let _id = clinic.save(created.collect()).unwrap();
    assert_eq!(open(&all.patient), [sooner, later]);
    assert_eq!(open(&other), [others]);
}

#[test]
fn what_decides_about_a_patients_times_is_read_at_once() {
    let clinic = Clinic::new();
    let all = &clinic.sample;
    let day = |time: &str| instant(&format!("2026-11-23T{time}Z"));
    let grounds = |patient, from: &str, to: &str| wait(clinic.store.grounds(patient, day(from), day(to))).unwrap();
    let (appointment, block) = (all.appointment.value.clone(), all.block.value.clone());
    let nobody = grounds(None, "00:00:00", "23:59:59");
    assert_eq!(nobody, Grounds { visitor: Visitor::new_patient(), appointments: vec![appointment.clone(), block] });
    assert_eq!(grounds(None, "08:59:59", "12:00:00").appointments, std::slice::from_ref(&appointment));
    assert_eq!(grounds(None, "09:00:00", "12:00:00").appointments, []);
    let gone = grounds(Some(Id::random()), "09:00:00", "12:00:00");
    assert_eq!(gone.visitor, Visitor::new_patient());

    let cancelled = Appointment { status: Status::Cancelled, ..appointment };
    let _id = clinic.save(vec![Write::edit(&all.appointment, &cancelled).unwrap()]).unwrap();
    let known = grounds(Some(all.patient.id), "08:00:00", "09:00:00");
    assert_eq!(known.appointments, []);
    let open_needs = vec![all.need.clone()];
    assert_eq!(known.visitor, Visitor { patient: Some(all.patient.id), standing: Standing::New, open_needs });
    let accepted = Patient { accepted: true, ..all.patient.value.clone() };
    let _id = clinic.save(vec![Write::edit(&all.patient, &accepted).unwrap()]).unwrap();
    assert_eq!(grounds(Some(all.patient.id), "08:00:00", "09:00:00").visitor.standing, Standing::Known);
}

#[test]
fn the_one_who_is_called_in_next_has_an_open_need_of_the_type() {
    let clinic = Clinic::new();
    let all = &clinic.sample;
    let called_in = |of, week| {
        let found = wait(clinic.store.patient_called_in(of, Week::new(2026, week).unwrap())).unwrap();
        found.map(|entry| entry.value.number.to_string())
    };
    assert_eq!(called_in(all.check_up.id, 1), None, "the only need is used");
    let people = [("1", 2026, 20), ("2", 2026, 40), ("4", 2027, 1), ("3", 2027, 1)];
    for (number, year, week) in people {
        let one = patient(all, number, "En");
        let recall = Week::new(year, week).unwrap();
        let need = Entry::new(Need { patient: one.id, recall, ..all.need.value.clone() });
        let _id = clinic.save(vec![Write::create(&one), Write::create(&need)]).unwrap();
    }
    let block = Appointment { start: all.block.value.start + TimeDelta::days(1), ..all.block.value.clone() };
    let _id = clinic.save(vec![Write::create(&Entry::new(block))]).unwrap();
    assert_eq!(called_in(all.check_up.id, 1).as_deref(), Some("1"));
    assert_eq!(called_in(all.check_up.id, 20).as_deref(), Some("1"));
    assert_eq!(called_in(all.check_up.id, 21).as_deref(), Some("2"));
    assert_eq!(called_in(all.check_up.id, 41).as_deref(), Some("3"), "of one week the lower number");
    let found = wait(clinic.store.patient_called_in(all.check_up.id, Week::new(2028, 1).unwrap())).unwrap();
    assert!(found.is_some_and(|entry| entry.value.number.as_str() == "3"), "the last of those who were to come before");
    assert_eq!(called_in(all.cleaning.id, 1), None);
}

#[test]
fn a_long_span_is_read_by_the_index_of_live_appointments() {
    let clinic = Clinic::new();
    let plan = wait(clinic.store.owner.ask(|connection| {
        let mut plan = connection.prepare(&format!("explain query plan {RECORDS_BETWEEN}")).unwrap();
        let steps = plan.query_map(span(now(), now()), |row| row.get::<_, String>("detail")).unwrap();
        steps.collect::<rusqlite::Result<Vec<_>>>().unwrap()
    }));
    let plan = plan.ok().unwrap();
    assert!(plan[0].contains("live_appointment_by_start (start>? AND start<?)"), "{plan:?}");
    assert!(!plan.iter().any(|step| step.starts_with("SCAN")), "{plan:?}");
}
