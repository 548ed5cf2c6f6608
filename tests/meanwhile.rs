//! What somebody else saves while something is edited or decided here.

use std::sync::Arc;

use aftalebog::app::Message;
use aftalebog::screen::appointment_book::Asked;
use aftalebog::screen::open_clinic::Read;
use aftalebog_booking::bounded::{self, Alias, NoticeDays};
use aftalebog_booking::record::{Appointment, Need, OnlineType, Patient, Practitioner};
use aftalebog_booking::{Change, Write};
use aftalebog_local::StoreError;
use aftalebog_local::sync::{Arrived, Event};
use chrono::TimeDelta;
use futures::executor::block_on;
use iced::keyboard::key::Named;
use iced::theme::Mode;

use crate::harness::Driver;
use crate::program::{Pc, Program, now, online_type, practitioner};

impl Driver<Program> {
    /// Saved by somebody else, of which this window knows nothing.
    fn elsewhere(&mut self, writes: impl FnOnce(&mut Self) -> Vec<Write>) {
        let writes = writes(self);
        let change = Change::new(now() - TimeDelta::minutes(1), "KONTOR-2", writes);
        block_on(self.store().save(change)).unwrap();
    }

    /// The window hears that something has come.
    fn hears(&mut self) {
        let arrived = Arrived { changes: 1, notices: vec![] };
        self.send(Message::ServerTold { opening: 1, event: Event::Arrived(arrived) });
    }

    fn type_elsewhere(&mut self, code: &str, edit: impl FnOnce(&mut OnlineType)) {
        self.elsewhere(|program| {
            let before = online_type(&program.setup(), code);
            let mut after = before.value.clone();
            edit(&mut after);
            Write::edit(&before, &after).into_iter().collect()
        });
    }

    fn patient_elsewhere(&mut self, edit: impl FnOnce(&mut Patient)) {
        self.elsewhere(|program| {
            let before = program.patient("1001");
            let mut after = before.value.clone();
            edit(&mut after);
            Write::edit(&before, &after).into_iter().collect()
        });
    }

    fn read(&self) -> Arc<Result<Read, StoreError>> {
        Arc::new(block_on(Read::all(&self.store())))
    }
}

fn days(days: u16) -> Option<NoticeDays> {
    Some(NoticeDays::new(days).unwrap())
}

fn alias(text: &str) -> Alias {
    Alias::new(text).unwrap()
}

/// Alias and «Afbud muligt» of SU are typed here, and both were saved elsewhere.
fn both_edited() -> (Pc, Driver<Program>) {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.edit("SU");
    program.fill("Online alias", "Mit navn");
    program.fill("Afbud muligt", "9");
    program.type_elsewhere("SU", |su| (su.alias, su.cancel_days) = (alias("Deres navn"), days(7)));
    program.click("OK");
    (pc, program)
}

#[test]
fn both_values_of_every_field_are_shown_before_one_is_overwritten() {
    let (_pc, mut program) = both_edited();
    assert!(program.sees("Ændret imens"), "{:?}", program.texts());
    for words in ["Online alias", "Deres navn", "Mit navn", "Afbud muligt", "7 dage", "9 dage"] {
        assert!(program.sees(words), "{words}: {:?}", program.texts());
    }
    assert!(program.sees("KONTOR-2 · i dag kl. 9.09"), "who, and when");
    assert_eq!(program.focused().as_deref(), Some("question-keep"));
    program.picture("meanwhile-question");
    program.send(Message::ThemeTurned(Mode::Dark));
    program.picture_at("meanwhile-question-dark-at-150-percent", 1.5);
    program.click("Brug mit");
    let su = program.online_type("SU");
    assert_eq!((su.alias, su.cancel_days), (alias("Mit navn"), days(9)));
    assert!(!program.sees("Aftaletype: SU"));
}

#[test]
fn whoever_means_it_has_seen_what_is_shown_and_nothing_later() {
    let (_pc, mut program) = both_edited();
    program.type_elsewhere("SU", |su| su.cancel_days = days(3));
    program.click("Brug mit");
    assert!(program.sees("3 dage") && program.sees("9 dage"), "it asks again: {:?}", program.texts());
    assert!(!program.sees("Deres navn"), "nobody has written that since");
    assert_eq!(program.online_type("SU").alias, alias("Deres navn"), "nothing is saved by halves");
    program.click("Brug mit");
    let su = program.online_type("SU");
    assert_eq!((su.alias, su.cancel_days), (alias("Mit navn"), days(9)));
}

#[test]
fn an_open_question_shows_what_comes_while_it_is_asked() {
    let (_pc, mut program) = both_edited();
    program.type_elsewhere("SU", |su| su.cancel_days = days(3));
    program.hears();
    assert!(program.sees("3 dage") && !program.sees("7 dage"), "{:?}", program.texts());
    // Taken back elsewhere: nothing is in the way, and nothing is saved that nobody has said yes to.
    program.type_elsewhere("SU", |su| (su.alias, su.cancel_days) = (alias("Undersøgelse"), days(2)));
    program.hears();
    assert!(!program.sees("Ændret imens") && program.sees_part("Det, der stod i vejen, er der ikke mere"));
    assert_eq!(program.value("Online alias"), "Mit navn");
    program.click("OK");
    assert_eq!(program.online_type("SU").alias, alias("Mit navn"));
}

#[test]
fn whoever_lets_it_be_keeps_what_is_typed() {
    let (_pc, mut program) = both_edited();
    program.tap(Named::Escape);
    assert!(program.sees_part("Ikke gemt. Det, du har skrevet, står her stadig."));
    assert_eq!(program.value("Afbud muligt"), "9");
    assert_eq!(program.online_type("SU").cancel_days, days(7));
}

#[test]
fn what_somebody_else_deleted_is_made_anew_only_by_who_means_it() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.edit("AKUT");
    program.fill("Online alias", "Akut her");
    program.elsewhere(|program| vec![Write::delete(&online_type(&program.setup(), "AKUT"))]);
    program.click("OK");
    assert!(program.sees_part("Slettet af KONTOR-2 · i dag kl. 9.09."), "{:?}", program.texts());
    assert!(program.sees("Online alias: Akut her"));
    program.picture("meanwhile-deleted");
    program.click("Brug mit");
    assert_eq!(program.online_type("AKUT").alias, alias("Akut her"));
    assert_eq!(program.online_type("AKUT").cancel_days, days(0), "with all that it had");
}

#[test]
fn a_deletion_of_what_somebody_else_has_edited_is_asked_about() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.right_click("AKUT");
    program.click("Slet …");
    program.type_elsewhere("AKUT", |akut| akut.alias = alias("Ny alias"));
    program.click("Slet");
    assert!(program.sees("Online alias: Ny alias"), "{:?}", program.texts());
    program.picture("meanwhile-deletion");
    program.tap(Named::Escape);
    assert_eq!(program.online_type("AKUT").alias, alias("Ny alias"));
    program.click("Slet");
    program.click("Slet alligevel");
    assert!(!crate::program::is_online(&program.setup(), "AKUT"));
}

#[test]
fn whoever_cancels_an_appointment_means_the_one_that_they_see() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    let (from, to) = (now(), now() + TimeDelta::hours(6));
    let booked = block_on(program.store().appointments_between(from, to)).unwrap();
    let before = booked.into_iter().find(|it| it.patient.is_some() && it.entry.value.start > from).unwrap().entry;
    program.ask(Asked::Cancel(before.id));
    let later = before.value.start + TimeDelta::days(210);
    let moved = Appointment { start: later, ..before.value.clone() };
    program.elsewhere(|_| Write::edit(&before, &moved).into_iter().collect());
    program.tap(Named::Tab);
    program.click_id("question-lose");
    assert!(program.sees("Ændret imens"), "{:?}", program.texts());
    assert!(program.sees_part("21. juni") && program.sees_part("Du så: mandag 23. november"));
    program.picture("meanwhile-cancellation");
    program.tap(Named::Escape);
    let there = block_on(program.store().booked_of(vec![before.id])).unwrap().remove(0).entry;
    assert_eq!(there.value, moved);
}

// ------------------------------------------------------------------ dialogs that are open

const CHANGED: &str = "Ændret af en anden, mens du har det åbent. Det, du har skrevet, står her stadig.";

#[test]
fn a_patient_card_keeps_what_is_typed_and_overwrites_nothing_unseen() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    let patient = program.patient("1001");
    program.ask(Asked::OpenPatient(patient.id));
    program.fill("Navn", "Karen Holm");
    program.patient_elsewhere(|patient| patient.phone = Some(bounded::Line::new("01 43 00 77").unwrap()));
    program.hears();
    assert!(program.sees(CHANGED), "{:?}", program.texts());
    assert_eq!(program.value("Navn"), "Karen Holm");
    program.click("OK");
    let after = program.patient("1001").value;
    assert_eq!(after.name.as_str(), "Karen Holm");
    assert_eq!(after.phone.unwrap().as_str(), "01 43 00 77", "what was not typed here stays theirs");
}

#[test]
fn a_patient_card_in_which_nothing_is_typed_shows_what_has_come() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    let patient = program.patient("1001");
    program.ask(Asked::OpenPatient(patient.id));
    program.patient_elsewhere(|patient| patient.phone = Some(bounded::Line::new("01 43 00 77").unwrap()));
    program.hears();
    assert_eq!(program.value("Telefon"), "01 43 00 77");
    assert!(!program.sees(CHANGED));
}

#[test]
fn a_need_that_is_edited_says_that_it_was_changed() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    let need = block_on(program.store().open_needs()).unwrap().remove(0).entry;
    program.ask(Asked::EditNeed(need.id));
    program.fill("Minutter", "55");
    program.elsewhere(|_| {
        let minutes = bounded::Length::new(35).unwrap();
        Write::edit(&need, &Need { minutes, ..need.value.clone() }).into_iter().collect()
    });
    program.hears();
    assert!(program.sees(CHANGED), "{:?}", program.texts());
    assert_eq!(program.value("Minutter"), "55");
    program.click("OK");
    assert!(program.sees("Ændret imens"), "{:?}", program.texts());
}

#[test]
fn a_practitioner_and_a_type_that_are_edited_say_that_they_were_changed() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.click("Behandlere");
    program.click("JH");
    program.tap(Named::F2);
    program.elsewhere(|program| {
        let jh = practitioner(&program.setup(), "JH");
        let name = bounded::Name::new("Et nyt navn").unwrap();
        let after = Practitioner { name, ..jh.value.clone() };
        Write::edit(&jh, &after).into_iter().collect()
    });
    program.hears();
    assert!(program.sees(CHANGED), "{:?}", program.texts());
}

// ------------------------------------------------------------------ what is read when

#[test]
fn an_earlier_reading_that_comes_late_replaces_no_later_one() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    let earlier = program.read();
    program.type_elsewhere("SU", |su| su.alias = alias("Senere"));
    let later = program.read();
    program.send(Message::ReadAnew { opening: 1, read: later });
    assert!(program.sees("Senere"));
    program.send(Message::ReadAnew { opening: 1, read: earlier.clone() });
    assert!(program.sees("Senere"), "the later one stays");
    let Ok(earlier) = earlier.as_ref() else { panic!("it was read") };
    program.send(Message::Saved { opening: 1, saved: Arc::new(Ok(earlier.clone())) });
    assert!(program.sees("Senere"), "a save's too");
}

#[test]
fn what_comes_while_the_file_is_read_is_read_once_more_and_no_oftener() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.slow_disk("Arrived");
    program.hears();
    program.type_elsewhere("SU", |su| su.alias = alias("Kommet imens"));
    for _ in 0..20 {
        program.hears();
    }
    assert_eq!(program.kept_back(), 1, "one reading is under way");
    program.disk_answers();
    assert!(program.sees("Kommet imens"));
}

#[test]
fn a_file_that_cannot_be_read_for_a_moment_leaves_what_is_shown() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.send(Message::ReadAnew { opening: 1, read: Arc::new(Err(StoreError::InUse)) });
    let why = "Klinikkens fil kan ikke læses lige nu: et andet program bruger den.";
    assert!(program.sees("I dag") && program.sees_part(why));
    assert!(!program.sees_part("another program"), "{:?}", program.texts());
    program.picture("book-not-read");
    program.click("Prøv igen");
    assert!(program.sees("I dag") && !program.sees_part(why));
}

#[test]
fn as_long_as_the_file_takes_nothing_the_bar_does_not_say_that_it_is_saved() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.edit("SU");
    program.fill("Online alias", "Fuld disk");
    program.slow_disk("Pressed(Ok)");
    program.click("OK");
    program.not_saved(aftalebog_local::SaveError::DiskFull);
    program.click("Annuller");
    program.click("Kassér");
    program.click("Luk");
    assert!(program.sees("Kan ikke gemme") && !program.sees("Gemt lokalt"), "{:?}", program.texts());
    program.open_settings();
    program.edit("SU");
    program.fill("Online alias", "Igen plads");
    program.click("OK");
    program.click("Luk");
    assert!(!program.sees("Kan ikke gemme") && program.sees("Gemt lokalt"), "{:?}", program.texts());
}

#[test]
fn a_save_that_is_not_read_again_is_saved_all_the_same() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.edit("SU");
    program.fill("Online alias", "Gemt");
    program.slow_disk("Pressed(Ok)");
    program.click("OK");
    let unread = aftalebog::app::NotSaved::Read(StoreError::InUse);
    program.send(Message::Saved { opening: 1, saved: Arc::new(Err(unread)) });
    assert!(!program.sees("Aftaletype: SU"), "it is durable, so the dialog closes");
    program.disk_answers();
}
