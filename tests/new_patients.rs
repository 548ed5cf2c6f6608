//! Patients who created themselves: accepted, merged or rejected.

use aftalebog::app::Message;
use aftalebog::screen::appointment_book::Asked;
use aftalebog_booking::Entry;
use aftalebog_booking::bounded::Line;
use aftalebog_booking::patient::PatientRecords;
use aftalebog_booking::record::{Appointment, Need, Origin, Overlap, Patient, Status};
use aftalebog_booking::time::Week;
use aftalebog_booking::{Setup, Write};
use aftalebog_local::SaveError;
use chrono::TimeDelta;
use futures::executor::block_on;
use iced::keyboard::key::Named;

use crate::harness::Driver;
use crate::program::{Pc, Program, now, practitioner};

fn new_patient(number: &str, name: &str, birth_date: &str) -> Patient {
    Patient {
        number: Line::new(number).unwrap(),
        name: Line::new(name).unwrap(),
        birth_date: birth_date.parse().unwrap(),
        phone: Line::new("01 43 00 01").ok(),
        email: Line::new("karen@patient.example").ok(),
        self_registered: true,
        accepted: false,
    }
}

/// An appointment of somebody's on a Sunday, when the demo clinic is empty.
fn booked(patient: &Entry<Patient>, initials: &str, hour: i64, setup: &Setup) -> Appointment {
    Appointment {
        practitioner: practitioner(setup, initials).id,
        appointment_type: Some(setup.appointment_types[0].id),
        patient: Some(patient.id),
        need: None,
        start: "2026-11-29T00:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap() + TimeDelta::hours(hour),
        minutes: aftalebog_booking::bounded::Length::new(45).unwrap(),
        origin: Origin::Online,
        status: Status::Booked,
        overlap: Overlap::None,
        note: Line::new("").unwrap(),
    }
}

/// Karen Mikkelsen, who is 1001, has created herself again, with an appointment and a need; and so has
/// nobody else but Emil.
fn with_karen_again() -> (Pc, Entry<Patient>) {
    let karen = Entry::new(new_patient("ny-1", "Karen Mikelsen", "1968-01-30"));
    let again = karen.clone();
    let pc = Pc::with_changed_demo(move |setup| {
        let need = Need {
            patient: again.id,
            appointment_type: setup.appointment_types[0].id,
            practitioner: practitioner(setup, "LB").id,
            minutes: aftalebog_booking::bounded::Length::new(30).unwrap(),
            recall: Week::new(2026, 53).unwrap(),
        };
        let appointment = booked(&again, "LB", 8, setup);
        vec![Write::create(&again), Write::create(&Entry::new(need)), Write::create(&Entry::new(appointment))]
    });
    (pc, karen)
}

impl Driver<Program> {
    fn records(&self, patient: &Entry<Patient>) -> Option<PatientRecords> {
        block_on(self.store().patient_records(patient.id)).unwrap()
    }

    fn waiting(&self) -> usize {
        block_on(self.store().new_patients_count()).unwrap()
    }

    fn open_new_patients(&mut self) {
        self.ask(Asked::OpenNewPatients(None));
        assert!(self.sees("Nye patienter"));
    }
}

#[test]
fn those_who_wait_are_listed_with_what_they_entered_and_whom_they_could_be() {
    let (pc, _karen) = with_karen_again();
    let mut program = pc.start();
    program.open_new_patients();
    assert!(program.sees("Emil Sandager") && program.sees("Karen Mikelsen"));
    program.click("Karen Mikelsen");
    assert!(program.sees("karen@patient.example") && program.sees("01 43 00 01"));
    assert!(program.sees_part("søndag 29. november 2026 kl. 9.00"));
    assert!(program.sees_part("uge 53/2026 · LB · 30 min."));
    assert!(program.sees("1001 Karen Mikkelsen") && program.sees("samme fødselsdato og lignende navn"));
    assert!(program.sees_part("født 30-01-1968 · kan være 1001 Karen Mikkelsen"));
}

#[test]
fn an_accepted_patient_gets_the_next_number_where_their_own_is_provisional() {
    let (pc, karen) = with_karen_again();
    let mut program = pc.start();
    program.open_new_patients();
    assert_eq!(program.value("Nummer"), "1010", "Emil's own");
    program.click("Karen Mikelsen");
    assert_eq!(program.value("Nummer"), "1301");
    assert!(program.sees("Næste ledige. Patienten har selv fået «ny-1», som er foreløbigt."));
    program.fill("Nummer", "1001");
    program.click("Godkend");
    assert!(program.sees("Nummeret bruges allerede af Karen Mikkelsen. Næste ledige er 1301."));
    assert_eq!(program.waiting(), 2);
    program.fill("Nummer", "1301");
    program.click("Godkend");
    assert_eq!(program.waiting(), 1);
    assert!(!program.sees("Karen Mikelsen") && program.sees("Emil Sandager"), "one is left");
    let accepted = program.patient("1301");
    assert_eq!((accepted.id, accepted.value.accepted), (karen.id, true));
    program.click("Godkend");
    assert!(program.sees("Ingen nye patienter venter på svar."));
}

#[test]
fn a_merge_takes_needs_and_appointments_over_and_undo_brings_all_back() {
    let (pc, karen) = with_karen_again();
    let mut program = pc.start();
    let known = program.patient("1001");
    let before = (program.records(&known).unwrap(), program.records(&karen).unwrap());
    program.open_new_patients();
    program.click("Karen Mikelsen");
    program.click("Flet med …");
    assert!(program.sees("Flet Karen Mikelsen med en kendt patient"));
    assert!(
        program
            .sees("1 aftale og 1 behov går over til 1001 Karen Mikkelsen. Oprettelsen af Karen Mikelsen forsvinder.")
    );
    program.click_id("merge-phone-new");
    program.click("OK");
    assert!(!program.sees("Flet Karen Mikelsen med en kendt patient"));
    assert_eq!(program.records(&karen), None);
    let merged = program.records(&known).unwrap();
    assert_eq!(
        (merged.needs.len(), merged.appointments.len()),
        (before.0.needs.len() + 1, before.0.appointments.len() + 1)
    );
    let value = &merged.patient.value;
    assert_eq!(value.name.as_str(), "Karen Mikkelsen", "the clinic's value stays where nobody chose");
    assert_eq!(value.phone.as_ref().map(Line::as_str), Some("01 43 00 01"));
    assert_eq!(value.email.as_ref().map(Line::as_str), Some("karen@patient.example"), "the clinic had none");
    assert_eq!((value.number.as_str(), value.accepted), ("1001", true));
    assert_eq!(program.waiting(), 1);
    let change = block_on(program.store().last_change()).unwrap().unwrap();
    block_on(program.store().undo(change.id, now(), "RECEPTION")).unwrap();
    assert_eq!((program.records(&known).unwrap(), program.records(&karen).unwrap()), before);
}

#[test]
fn whom_it_is_can_be_chosen_among_all_patients() {
    let (pc, karen) = with_karen_again();
    let mut program = pc.start();
    program.open_new_patients();
    program.click("Emil Sandager");
    program.click("Flet med …");
    program.click("OK");
    assert!(program.sees("Vælg, hvem det er."), "nobody was likely");
    program.click_beside("Flet med");
    program.type_text("mikelsen");
    assert!(program.sees("Ingen fundet."), "somebody who waits is not known");
    program.clear();
    program.type_text("1003");
    program.tap(Named::Enter);
    assert!(program.sees_part("1003 Ida Rosenkvist"));
    program.click("OK");
    assert_eq!(program.waiting(), 1);
    assert!(program.records(&karen).is_some());
    assert_eq!(program.patient("1003").value.email.as_ref().map(Line::as_str), Some("emil.sandager@patient.example"));
}

#[test]
fn a_merge_that_would_put_a_patient_in_two_chairs_says_which_two() {
    let (pc, karen) = with_karen_again();
    let mut program = pc.start();
    let known = program.patient("1001");
    let at_once = Entry::new(booked(&known, "CN", 8, &program.setup()));
    let change = aftalebog_booking::Change::new(now(), "en anden pc", vec![Write::create(&at_once)]);
    block_on(program.store().save(change)).unwrap();
    program.open_new_patients();
    program.click("Karen Mikelsen");
    program.click("Flet med …");
    assert!(program.sees(
        "De har aftaler på samme tid: søndag 29. november 2026 kl. 9.00 hos CN og søndag 29. november 2026 kl. 9.00 hos LB. \
         Flyt eller aflys den ene, før de flettes."
    ));
    program.click("OK");
    assert!(program.records(&karen).is_some());
    assert_eq!(program.focused().as_deref(), Some("merge-patient"));
}

#[test]
fn a_rejection_says_what_goes_and_undo_brings_it_back() {
    let (pc, karen) = with_karen_again();
    let mut program = pc.start();
    let before = program.records(&karen);
    program.open_new_patients();
    program.click("Karen Mikelsen");
    program.click("Afvis …");
    assert!(program.sees("Afvis Karen Mikelsen?"));
    assert!(program.sees("Aftalen søndag 29. november 2026 kl. 9.00 hos LB slettes, og tiden bliver ledig."));
    assert!(program.sees("Det, patienten har oprettet, slettes. Det kan fortrydes. Det gælder også 1 behov."));
    assert_eq!(program.focused().as_deref(), Some("question-keep"));
    program.click("Afvis");
    assert!(!program.sees("Afvis Karen Mikelsen?") && program.sees("Emil Sandager"));
    assert_eq!(program.records(&karen), None);
    let change = block_on(program.store().last_change()).unwrap().unwrap();
    block_on(program.store().undo(change.id, now(), "RECEPTION")).unwrap();
    assert_eq!(program.records(&karen), before);
}

#[test]
fn whoever_has_been_in_the_clinic_is_not_rejected() {
    let pc = Pc::with_changed_demo(|setup| {
        let patient = Entry::new(new_patient("ny-2", "Åse Ærø", "1990-01-01"));
        let past = Appointment { start: now() - TimeDelta::days(8), ..booked(&patient, "PV", 8, setup) };
        vec![Write::create(&patient), Write::create(&Entry::new(past))]
    });
    let mut program = pc.start();
    program.open_new_patients();
    program.click("Åse Ærø");
    program.click("Afvis …");
    assert!(program.sees_part("Åse Ærø har allerede haft en aftale i klinikken og kan derfor ikke afvises."));
    program.click("Luk");
    assert_eq!(program.waiting(), 2);
}

#[test]
fn a_save_that_fails_says_why_and_can_be_tried_again() {
    let (pc, _karen) = with_karen_again();
    let mut program = pc.start();
    program.open_new_patients();
    program.slow_disk("NumberAsked");
    program.click("Godkend");
    program.not_saved(SaveError::DiskFull);
    assert!(program.sees_part("Kan ikke gemme: disken er fuld."));
    program.click("Godkend");
    assert_eq!(program.waiting(), 1);
    program.click("Karen Mikelsen");
    program.click("Flet med …");
    program.slow_disk("Merge(Pressed(Ok))");
    program.click("OK");
    assert!(program.sees("Gemmer …"));
    program.not_saved(SaveError::InUse);
    assert!(program.sees_part("Kan ikke gemme lige nu"));
    program.click("OK");
    assert_eq!(program.waiting(), 0);
}

#[test]
fn the_list_is_gone_through_by_keys_and_its_menu() {
    let (pc, karen) = with_karen_again();
    let mut program = pc.start();
    program.open_new_patients();
    assert_eq!(program.focused().as_deref(), Some("new-patient-0"));
    program.tap(Named::ArrowDown);
    assert!(program.sees("karen@patient.example"));
    program.tap(Named::ContextMenu);
    program.click("Afvis …");
    assert!(program.sees("Afvis Karen Mikelsen?"));
    program.tap(Named::Escape);
    program.tap(Named::F2);
    assert!(program.sees("ny-1 Karen Mikelsen") && program.sees("Har oprettet sig selv og venter på klinikkens svar."));
    program.fill("Navn", "Karen Mikkelsen");
    program.click("OK");
    assert!(program.sees("Nye patienter") && !program.sees("Karen Mikelsen"), "the list says it at once");
    program.tap(Named::Delete);
    program.click("Annuller");
    assert!(program.records(&karen).is_some());
    program.tap(Named::Escape);
    assert!(!program.sees("Nye patienter"));
}

#[test]
fn what_was_accepted_merged_or_rejected_is_named_for_undo() {
    for (button, confirm, named) in [
        ("Godkend", None, "patient godkendt: Karen Mikelsen"),
        ("Flet med …", Some("OK"), "patient flettet: Karen Mikelsen"),
        ("Afvis …", Some("Afvis"), "patient afvist: Karen Mikelsen"),
    ] {
        let (pc, _karen) = with_karen_again();
        let mut program = pc.start();
        program.open_new_patients();
        program.click("Karen Mikelsen");
        program.click(button);
        if let Some(confirm) = confirm {
            program.click(confirm);
        }
        program.tap(Named::Escape);
        program.open_settings();
        assert!(program.sees_part(named), "{named}: {:?}", program.texts());
    }
}

#[test]
fn how_new_patients_look() {
    let (pc, _karen) = with_karen_again();
    let mut program = pc.start();
    program.open_new_patients();
    program.click("Karen Mikelsen");
    program.picture("new-patients");
    program.click("Flet med …");
    program.picture("new-patients-merge");
    program.send(Message::ThemeTurned(iced::theme::Mode::Dark));
    program.picture("new-patients-merge-dark");
    program.tap(Named::Escape);
    program.picture("new-patients-dark");
    program.click("Afvis …");
    program.picture("new-patients-reject-dark");
}
