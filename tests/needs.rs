//! Needs: entered, changed, and put on a time.

use aftalebog::app::Message;
use aftalebog::screen::appointment_book::Asked;
use aftalebog_booking::record::{Need, Practitioner};
use aftalebog_booking::{Entry, Write};
use aftalebog_local::SaveError;
use futures::executor::block_on;
use iced::keyboard::key::Named;

use crate::harness::Driver;
use crate::program::{Pc, Program, practitioner};

impl Driver<Program> {
    fn needs_of(&self, number: &str) -> Vec<Entry<Need>> {
        let patient = self.patient(number);
        block_on(self.store().patient_records(patient.id)).unwrap().unwrap().needs
    }

    /// Chooses in the field beside a label, as somebody does who knows what they want.
    #[track_caller]
    fn choose(&mut self, label: &str, typed: &str) {
        self.click_beside(label);
        self.type_text(typed);
        self.tap(Named::Enter);
    }
}

#[test]
fn a_need_is_entered_from_the_card_and_stands_in_the_book_at_once() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.open_card("1007");
    assert!(program.sees("Ingen åbne behov."));
    program.click("Nyt behov …");
    assert!(program.sees("Nyt behov"));
    assert_eq!(program.focused().as_deref(), Some("need-type"));
    program.choose("Aftaletype", "Tandrens");
    assert_eq!(program.value("Minutter"), "30", "the type's minutes");
    program.choose("Behandler", "CN");
    program.fill("Indkaldeuge", "49/2026");
    assert!(program.sees("mandag 30. november – søndag 6. december 2026"));
    // The first in the book's list, so that it is in sight.
    program.fill("Indkaldeuge", "31/2026");
    program.tap(Named::Enter);
    assert!(!program.sees("Nyt behov") && program.sees("uge 31/2026 · CN · 30 min."), "the card tells it");
    let needs = program.needs_of("1007");
    assert_eq!(needs.len(), 1);
    assert_eq!((needs[0].value.minutes.get(), needs[0].value.recall.week()), (30, 31));
    program.tap(Named::Escape);
    assert!(program.sees("Gerda Lyngbæk"), "and so does the book's list of needs");
}

#[test]
fn a_week_that_the_year_does_not_have_is_refused_with_the_reason() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    let patient = program.patient("1007").id;
    program.ask(Asked::NewNeed(Some(patient)));
    program.choose("Aftaletype", "SU");
    program.choose("Behandler", "LB");
    program.fill("Indkaldeuge", "53/2026");
    assert!(program.sees("mandag 28. december 2026 – søndag 3. januar 2027"));
    program.fill("Indkaldeuge", "53/2027");
    assert!(program.sees("2027 har 52 uger, der er ingen uge 53."));
    program.tap(Named::Enter);
    assert_eq!(program.focused().as_deref(), Some("need-week"));
    assert_eq!(program.needs_of("1007"), []);
    for typed in ["0/2026", "x", "49/226", "uge", "-1/2026"] {
        program.fill("Indkaldeuge", typed);
        assert!(program.sees("Skriv ugen som 49/2026."), "{typed}");
    }
    program.fill("Indkaldeuge", "uge 1/2027");
    program.tap(Named::Enter);
    assert_eq!(program.needs_of("1007")[0].value.recall.year(), 2027);
}

#[test]
fn a_week_that_is_over_is_warned_of_and_can_be_meant() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    let patient = program.patient("1007").id;
    program.ask(Asked::NewNeed(Some(patient)));
    program.choose("Aftaletype", "SU");
    program.choose("Behandler", "LB");
    program.fill("Indkaldeuge", "47");
    assert!(program.sees("Uge 47 er forbi: mandag 16. november – søndag 22. november 2026"));
    program.fill("Indkaldeuge", "48");
    assert!(program.sees("mandag 23. november – søndag 29. november 2026"), "this week is not over");
    program.fill("Indkaldeuge", "47");
    program.tap(Named::Enter);
    assert_eq!(program.needs_of("1007").len(), 1);
}

#[test]
fn what_keeps_the_patient_from_booking_it_online_is_said() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    let patient = program.patient("1007").id;
    program.ask(Asked::NewNeed(Some(patient)));
    program.choose("Aftaletype", "SU");
    program.choose("Behandler", "PV");
    let not_registered = "PV er ikke tilmeldt, så patienten kan ikke booke det online.";
    assert!(program.sees(not_registered));
    program.choose("Aftaletype", "Tandrens");
    assert!(!program.sees(not_registered), "of that type the patient chooses whom to come to");
    program.choose("Aftaletype", "SU");
    // The Sunday of week 33 and 100 days is tomorrow; that of week 32 and 100 days was last week.
    program.fill("Indkaldeuge", "33/2026");
    assert!(program.sees_part("Uge 33 er forbi: "));
    program.fill("Indkaldeuge", "32/2026");
    assert!(program.sees("Uge 32 er forbi, og patienten kan ikke længere booke det online."));
}

#[test]
fn some_months_ahead_are_a_button() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.ask(Asked::NewNeed(None));
    for (button, week) in [("om 3 mdr.", "8/2027"), ("om 6 mdr.", "20/2027"), ("om 12 mdr.", "47/2027")] {
        program.click(button);
        assert_eq!(program.text_of("need-week"), week, "{button}");
    }
}

#[test]
fn a_patient_is_chosen_and_whoever_they_were_with_last_is_proposed() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.ask(Asked::NewNeed(None));
    assert_eq!(program.focused().as_deref(), Some("need-patient"));
    program.click("OK");
    assert!(program.sees("Vælg den patient, behovet gælder."));
    assert_eq!(program.focused().as_deref(), Some("need-patient"));
    program.choose("Patient", "ulla ref");
    assert!(program.sees("Ulla Refsgaard"));
    let seen = block_on(program.store().patient_records(program.patient("1009").id)).unwrap().unwrap();
    let last = seen.appointments.last().unwrap().value.practitioner;
    let name = program.setup().practitioner(last).unwrap().name.to_string();
    assert!(program.sees(&name), "{name}");
    program.click("OK");
    assert_eq!(program.focused().as_deref(), Some("need-type"));
    program.tap(Named::Escape);
    assert!(program.sees("Kassér ændringerne?"));
}

#[test]
fn minutes_follow_the_type_until_somebody_types_others() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    let patient = program.patient("1007").id;
    program.ask(Asked::NewNeed(Some(patient)));
    program.choose("Aftaletype", "SU");
    assert_eq!(program.value("Minutter"), "45");
    program.choose("Aftaletype", "PAR");
    assert_eq!(program.value("Minutter"), "60");
    program.fill("Minutter", "50");
    program.choose("Aftaletype", "SU");
    assert_eq!(program.value("Minutter"), "50");
    for typed in ["4", "481", "x", ""] {
        program.fill("Minutter", typed);
        program.click("OK");
        assert!(program.sees("Skriv et helt tal fra 5 til 480."), "{typed}");
    }
}

#[test]
fn a_need_is_changed_by_key_and_deleted_by_key() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.open_card("1005");
    program.click("Tandrensning");
    program.tap(Named::F2);
    assert!(program.sees("Behov") && program.value("Indkaldeuge") == "49/2026");
    program.fill("Indkaldeuge", "50/2026");
    program.tap(Named::Enter);
    assert!(program.sees("uge 50/2026 · CN · 30 min."));
    // The row has the focus again. A second press on it so soon would be a double one.
    program.tap(Named::Delete);
    assert!(program.sees("Slet behovet TR for Else Bjerregaard?"));
    assert_eq!(program.focused().as_deref(), Some("question-keep"));
    program.click_id("question-lose");
    assert!(!program.sees("Tandrensning"));
    assert_eq!(program.needs_of("1005").len(), 1);
    program.tap(Named::Insert);
    assert!(program.sees("Nyt behov"));
}

#[test]
fn a_need_that_is_used_says_so_and_stays() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    let need = program.needs_of("1008").remove(0).id;
    program.ask(Asked::EditNeed(need));
    assert!(program.sees_part("Brugt til aftalen onsdag 25. november 2026"));
    program.tap(Named::Escape);
    program.ask(Asked::DeleteNeed(need));
    assert!(program.sees_part("kan derfor ikke slettes"));
    program.tap(Named::Enter);
    assert!(!program.sees_part("kan derfor ikke slettes"));
    assert_eq!(program.needs_of("1008").len(), 1);
}

#[test]
fn a_need_that_cannot_be_saved_keeps_what_was_typed() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    let need = program.needs_of("1001").remove(0).id;
    program.ask(Asked::EditNeed(need));
    program.fill("Indkaldeuge", "51/2026");
    program.slow_disk("Need(Pressed(Ok))");
    program.click("OK");
    assert!(program.sees("Gemmer …"));
    program.not_saved(SaveError::InUse);
    assert!(program.sees_part("Kan ikke gemme lige nu"));
    assert_eq!(program.value("Indkaldeuge"), "51/2026");
    program.click("OK");
    assert_eq!(program.needs_of("1001")[0].value.recall.week(), 51);
}

#[test]
fn a_deletion_that_fails_says_why_and_can_be_tried_again() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    let need = program.needs_of("1001").remove(0).id;
    program.ask(Asked::DeleteNeed(need));
    program.slow_disk("Question(Confirmed)");
    program.click("Slet");
    program.tap(Named::Escape);
    assert!(program.sees("Slet behovet SU for Karen Mikkelsen?"), "whether it could be saved must be seen");
    program.not_saved(SaveError::DiskFull);
    assert!(program.sees_part("Kan ikke gemme: disken er fuld."));
    program.click("Slet");
    assert_eq!(program.needs_of("1001"), []);
}

#[test]
fn a_late_answer_is_not_taken_for_another_needs() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    let [karens, bents] = ["1001", "1002"].map(|number| program.needs_of(number).remove(0).id);
    program.slow_disk("Asked(EditNeed");
    program.ask(Asked::EditNeed(karens));
    program.tap(Named::Escape);
    program.app.kept_back = None;
    program.ask(Asked::EditNeed(bents));
    assert!(program.sees("Bent Thorsen"));
    program.disk_answers();
    assert!(program.sees("1002") && program.value("Indkaldeuge") == "32/2026", "it is Bent's need still");
}

#[test]
fn escape_closes_the_open_list_before_the_dialog() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.ask(Asked::NewNeed(None));
    for label in ["Patient", "Aftaletype", "Behandler"] {
        program.click_beside(label);
        assert!(program.find_id("choice-search").is_some(), "{label}");
        program.tap(Named::Escape);
        assert!(program.find_id("choice-search").is_none() && program.sees("Nyt behov"), "{label}");
    }
    program.tap(Named::Escape);
    assert!(!program.sees("Nyt behov"));
}

#[test]
fn who_works_here_no_more_is_not_offered_and_not_taken_away() {
    let pc = Pc::with_changed_demo(|setup| {
        let entry = practitioner(setup, "PV");
        let gone = Practitioner { deactivated: true, registered: false, ..entry.value.clone() };
        Write::edit(&entry, &gone).into_iter().collect()
    });
    let mut program = pc.start();
    program.ask(Asked::NewNeed(None));
    program.click_beside("Behandler");
    assert!(program.sees("Jens Holm") && !program.sees("Peter Vestergaard"));
    program.tap(Named::Escape);
    program.tap(Named::Escape);
    let need = program.needs_of("1006").remove(0).id;
    program.ask(Asked::EditNeed(need));
    assert!(program.sees("Peter Vestergaard"));
    program.fill("Minutter", "50");
    program.click("OK");
    assert_eq!(program.needs_of("1006")[0].value.minutes.get(), 50);
}

#[test]
fn how_a_need_looks() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    let patient = program.patient("1007").id;
    program.ask(Asked::NewNeed(Some(patient)));
    program.click_beside("Aftaletype");
    program.picture("need-choosing");
    program.tap(Named::Escape);
    program.choose("Aftaletype", "SU");
    program.fill("Indkaldeuge", "53/2027");
    program.click("OK");
    program.picture("need-faults");
    program.send(Message::ThemeTurned(iced::theme::Mode::Dark));
    program.fill("Indkaldeuge", "53/2026");
    program.picture("need-dark");
}
