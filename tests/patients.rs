//! Patients: looked up, entered and changed.

use aftalebog::app::Message;
use aftalebog::screen::appointment_book::{self, Asked};
use aftalebog::screen::open_clinic;
use aftalebog_booking::bounded::Line;
use aftalebog_booking::record::{Appointment, Patient, Status};
use aftalebog_booking::{Change, Entry, Id, Write};
use aftalebog_local::SaveError;
use chrono::TimeDelta;
use futures::executor::block_on;
use iced::keyboard::key::Named;

use crate::beginning::from_the_future;
use crate::harness::Driver;
use crate::program::{Pc, Program, now};
use crate::type_editor::tab_stops;

impl Driver<Program> {
    /// What a button, a key or a menu of the book asks for.
    pub fn ask(&mut self, asked: Asked) {
        self.send(Message::Clinic(open_clinic::Message::Book(appointment_book::Message::Asked(asked))));
    }

    /// The patient of the demo clinic with this number.
    #[track_caller]
    pub fn patient(&self, number: &str) -> Entry<Patient> {
        let number = Line::new(number).unwrap();
        let found = block_on(self.store().other_patient_with_number(number, None)).unwrap();
        found.expect("somebody has the number")
    }

    /// «Find patient», with this typed.
    pub fn look_up(&mut self, typed: &str) {
        self.ask(Asked::FindPatient);
        self.type_text(typed);
    }

    /// The patient card of this number.
    #[track_caller]
    pub fn open_card(&mut self, number: &str) {
        let patient = self.patient(number);
        self.ask(Asked::OpenPatient(patient.id));
        assert!(self.sees(&format!("{number} {}", patient.value.name)));
    }

    /// What a person never sees, but is told by the file: how many patients there are of this number.
    fn people_with(&self, number: &str) -> usize {
        let found = block_on(self.store().find_patients(number, 1000)).unwrap();
        found.iter().filter(|it| it.value.number.as_str() == number).count()
    }
}

#[test]
fn a_patient_is_found_while_one_types_and_opened_by_enter() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.ask(Asked::FindPatient);
    assert_eq!(program.focused().as_deref(), Some("patient-search"));
    assert!(program.sees_part("Skriv begyndelsen af et navn"));
    program.type_text("karen mik");
    assert!(program.sees("Karen Mikkelsen") && program.sees("1 patient") && program.sees("30-01-1968"));
    program.tap(Named::Enter);
    assert!(program.sees("1001 Karen Mikkelsen") && !program.sees("Find patient"));
    program.tap(Named::Escape);
    assert!(!program.sees("1001 Karen Mikkelsen"), "the search has closed with what was found");
}

#[test]
fn the_arrows_choose_among_those_found() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.look_up("100");
    program.clear();
    program.type_text("bent");
    program.clear();
    program.type_text("100");
    for key in [Named::ArrowDown, Named::ArrowDown, Named::ArrowUp] {
        program.tap(key);
    }
    let second = program.texts().into_iter().filter(|text| text.starts_with("100") && text.len() == 4).nth(1).unwrap();
    program.tap(Named::Enter);
    let title = format!("{second} {}", program.patient(&second).value.name);
    assert!(program.sees(&title), "{title}");
}

#[test]
fn a_patient_is_found_by_birth_date_telephone_and_email() {
    let pc = Pc::with_changed_demo(|_| {
        let value = Patient {
            number: Line::new("2001").unwrap(),
            name: Line::new("Åse Ærø").unwrap(),
            birth_date: "2012-05-24".parse().unwrap(),
            phone: Line::new("+45 01 43 00 01").ok(),
            email: Line::new("aase@patient.example").ok(),
            self_registered: false,
            accepted: true,
        };
        vec![Write::create(&Entry::new(value))]
    });
    let mut program = pc.start();
    program.ask(Asked::FindPatient);
    for typed in ["240512", "24-5-2012", "01430001", "0143 0001", "aase@", "ÅSE", "2001"] {
        program.clear();
        program.type_text(typed);
        assert!(program.sees("Åse Ærø"), "{typed}");
    }
}

#[test]
fn the_next_appointment_stands_beside_whoever_was_found() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.look_up("1008");
    assert!(program.sees("Mikkel Damsbo"));
    assert!(program.sees_part("ons. 25. nov. kl. "), "the second working day from now");
}

#[test]
fn whoever_is_not_found_is_created_from_what_was_typed() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.look_up("Zenia Ø");
    assert!(program.sees("Ingen fundet for «Zenia Ø»."));
    program.tap(Named::Insert);
    assert_eq!((program.value("Navn"), program.value("Nummer")), ("Zenia Ø".to_owned(), "1301".to_owned()));
    program.tap(Named::Escape);
    assert!(program.sees("Find patient"), "back to the search, with what was typed");
    assert_eq!(program.text_of("patient-search"), "Zenia Ø");
    program.click("Opret «Zenia Ø» …");
    program.fill("Fødselsdato", "241280");
    assert!(program.sees("24. december 1980 · 45 år"));
    program.tap(Named::Enter);
    assert!(!program.sees("Ny patient") && !program.sees("Find patient"), "saved, and found no more");
    let patient = program.patient("1301").value;
    assert_eq!((patient.name.as_str(), patient.phone, patient.accepted), ("Zenia Ø", None, true));
    let program = pc.restart(program);
    assert_eq!(program.patient("1301").value.birth_date.to_string(), "1980-12-24");
}

#[test]
fn a_cpr_number_is_neither_searched_for_nor_kept() {
    let nobodys = format!("010203-{}", "0".repeat(4));
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.look_up(&nobodys);
    assert!(program.sees_part("Der søges ikke på CPR-numre."));
    program.click("Ny patient …");
    assert!(!program.sees(&nobodys), "it is taken over into no field");
    program.fill("Nummer", &nobodys);
    assert!(program.sees_part("Det ligner et CPR-nummer"));
    program.fill("Navn", "En");
    program.fill("Fødselsdato", "010203");
    program.click("OK");
    assert_eq!(program.focused().as_deref(), Some("card-number"));
    assert_eq!(program.people_with(&nobodys), 0);
}

#[test]
fn what_is_wrong_stands_under_its_field_and_gets_the_focus() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.ask(Asked::NewPatient);
    assert_eq!(program.focused().as_deref(), Some("card-name"));
    assert!(!program.sees("Skriv patientens navn."), "nothing is said before it was tried");
    assert_eq!(program.text_of("card-birth-date"), "dd-mm-åååå", "how it is typed");
    program.click("OK");
    assert_eq!(program.focused().as_deref(), Some("card-name"));
    assert!(program.sees("Skriv patientens navn.") && program.sees("Skriv datoen som 24-12-1980 eller 241280."));
    program.type_text("En");
    program.tap(Named::Enter);
    assert_eq!(program.focused().as_deref(), Some("card-birth-date"));
    program.type_text("24112026");
    assert!(program.sees("Datoen ligger efter i dag. Ret fødselsdatoen."));
    program.fill("Fødselsdato", "23-11-2026");
    program.fill("E-mail", "navn");
    program.tap(Named::Enter);
    assert_eq!(program.focused().as_deref(), Some("card-email"));
    assert!(program.sees_part("Skriv adressen som"));
    program.fill("E-mail", "a@b.dk");
    program.fill("Telefon", &"1".repeat(301));
    program.tap(Named::Enter);
    assert_eq!(program.focused().as_deref(), Some("card-phone"));
    program.fill("Telefon", "");
    program.tap(Named::Enter);
    assert_eq!(program.people_with("1301"), 1);
}

#[test]
fn a_number_is_given_once() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.ask(Asked::NewPatient);
    program.fill("Navn", "En");
    program.fill("Fødselsdato", "241280");
    program.fill("Nummer", "1001");
    program.click("OK");
    assert!(program.sees("Nummeret bruges allerede af Karen Mikkelsen. Skriv et andet."));
    assert_eq!(program.focused().as_deref(), Some("card-number"));
    assert_eq!(program.people_with("1001"), 1);
    program.fill("Nummer", "1302");
    program.click("OK");
    assert_eq!(program.people_with("1302"), 1);
    program.open_card("1302");
    program.fill("Nummer", "1002");
    program.click("OK");
    assert!(program.sees("Nummeret bruges allerede af Bent Thorsen. Skriv et andet."));
}

#[test]
fn a_card_says_what_is_open_and_booked() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.open_card("1001");
    assert!(program.sees("Statusundersøgelse") && program.sees("uge 50/2026 · LB · 45 min."));
    assert!(program.sees("Uge 50: mandag 7. december – søndag 13. december 2026"));
    assert!(program.sees("Ingen kommende aftaler."));
    program.tap(Named::Escape);
    program.open_card("1002");
    assert!(program.sees_part("Uge 32 er forbi: "));
    program.tap(Named::Escape);
    program.open_card("1008");
    assert!(program.sees_part("Brugt til aftalen onsdag 25. november 2026 kl. "));
    assert!(program.sees_part("SU · 45 min. hos "));
}

#[test]
fn earlier_appointments_are_folded_and_cancelled_ones_marked() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    let ulla = program.patient("1009").id;
    let booked = block_on(program.store().patient_records(ulla)).unwrap().unwrap().appointments.remove(0);
    let cancelled = Appointment { status: Status::Cancelled, ..booked.value.clone() };
    let past = Appointment { start: booked.value.start - TimeDelta::weeks(52), ..booked.value.clone() };
    let writes = Write::edit(&booked, &cancelled).into_iter().chain([Write::create(&Entry::new(past))]);
    let change = Change::new(now(), "en anden pc", writes.collect());
    block_on(program.store().save(change)).unwrap();
    program.open_card("1009");
    assert!(program.sees("Ingen kommende aftaler.") && !program.sees_part("tirsdag 24. november 2026 kl. "));
    program.click("Tidligere aftaler og afbud (2)");
    assert!(program.sees_part("tirsdag 24. november 2026 kl. ") && program.sees("Afbud · Booket online"));
    assert!(program.sees_part("tirsdag 25. november 2025 kl. ") && program.sees("Booket online"));
    program.click("Tidligere aftaler og afbud (2)");
    assert!(!program.sees("Booket online"));
}

#[test]
fn pressing_an_appointment_shows_its_day_in_the_book() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.look_up("1008");
    program.tap(Named::Enter);
    while program.focused().as_deref() != Some("card-upcoming-0") {
        program.tap(Named::Tab);
    }
    program.tap(Named::Enter);
    assert!(!program.sees("1008 Mikkel Damsbo"), "the card has closed");
    assert!(program.sees_part("ons. 25. nov."));
}

#[test]
fn a_changed_card_is_saved_and_read_back() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.open_card("1001");
    program.fill("Telefon", "01 43 00 01");
    program.fill("E-mail", "karen@patient.example");
    program.click("OK");
    assert!(!program.sees("1001 Karen Mikkelsen"));
    let mut program = pc.restart(program);
    program.open_card("1001");
    assert_eq!(program.value("Telefon"), "01 43 00 01");
    assert_eq!(program.value("E-mail"), "karen@patient.example");
}

#[test]
fn typed_values_are_not_lost_without_a_question() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.open_card("1001");
    program.fill("Navn", "Karen Holm");
    program.tap(Named::Escape);
    assert!(program.sees("Kassér ændringerne?"));
    program.click("Fortsæt redigering");
    assert_eq!(program.value("Navn"), "Karen Holm");
    program.tap(Named::Escape);
    program.click("Kassér");
    assert!(!program.sees("Fødselsdato"));
    assert_eq!(program.patient("1001").value.name.as_str(), "Karen Mikkelsen");
    program.open_card("1001");
    program.tap(Named::Escape);
    assert!(!program.sees("Kassér ændringerne?"), "nothing was typed");
}

#[test]
fn a_save_that_fails_keeps_what_was_typed_and_says_why() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.open_card("1001");
    program.fill("Navn", "Karen Holm");
    program.slow_disk("Card(Pressed(Ok))");
    program.click("OK");
    assert!(program.sees("Gemmer …"));
    program.tap(Named::Escape);
    assert!(program.sees("Gemmer …"), "whether it could be saved must be seen");
    program.not_saved(SaveError::DiskFull);
    assert!(program.sees_part("Kan ikke gemme: disken er fuld."));
    assert_eq!(program.value("Navn"), "Karen Holm");
    program.click("OK");
    assert_eq!(program.patient("1001").value.name.as_str(), "Karen Holm");
}

#[test]
fn a_late_answer_is_not_taken_for_another_patients() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    let [karen, bent] = ["1001", "1002"].map(|number| program.patient(number).id);
    program.slow_disk("Asked(OpenPatient");
    program.ask(Asked::OpenPatient(karen));
    assert!(program.sees("Henter oplysningerne …"));
    program.tap(Named::Escape);
    program.app.kept_back = None;
    program.ask(Asked::OpenPatient(bent));
    assert!(program.sees("1002 Bent Thorsen"));
    program.disk_answers();
    assert!(program.sees("1002 Bent Thorsen") && !program.sees("1001 Karen Mikkelsen"));
}

#[test]
fn a_patient_is_deleted_only_when_nothing_depends_on_them() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.open_card("1001");
    program.click("Slet patient …");
    assert!(program.sees("Slet 1001 Karen Mikkelsen?"));
    assert!(program.sees_part("Patienten har ") && program.sees_part("kan derfor ikke slettes"));
    program.tap(Named::Escape);
    assert!(program.sees("Slet patient …"), "only the explanation closes");
    program.tap(Named::Escape);
    program.ask(Asked::NewPatient);
    program.fill("Navn", "En");
    program.fill("Fødselsdato", "241280");
    program.click("OK");
    program.open_card("1301");
    program.click("Slet patient …");
    assert_eq!(program.focused().as_deref(), Some("question-keep"), "Enter keeps it");
    program.click("Slet");
    assert!(!program.sees("1301 En"));
    assert_eq!(program.people_with("1301"), 0);
}

#[test]
fn somebody_who_is_gone_is_said_to_be() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.ask(Asked::OpenPatient(Id::random()));
    assert!(program.sees("Patienten findes ikke længere."));
    program.click("Luk");
    assert!(!program.sees("Patienten findes ikke længere."));
}

#[test]
fn whoever_types_faster_than_the_file_answers_is_not_misled() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.ask(Asked::FindPatient);
    program.slow_disk("Search(Typed");
    program.type_text("bent");
    assert!(!program.sees("Bent Thorsen"));
    program.tap(Named::Enter);
    assert!(program.sees("Find patient"), "it waits for the answer");
    program.disk_answers();
    assert!(program.sees("1002 Bent Thorsen"), "and opens whoever is found for all that was typed");
}

#[test]
fn enter_that_came_too_early_does_not_open_what_is_typed_later() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.ask(Asked::FindPatient);
    program.slow_disk("Search(Typed");
    program.type_text("bent");
    program.tap(Named::Enter);
    program.clear();
    program.type_text("karen");
    program.disk_answers();
    assert!(program.sees("Find patient") && program.sees("Karen Mikkelsen") && !program.sees("Bent Thorsen"));
}

#[test]
fn the_menu_of_a_need_and_of_an_appointment_opens_by_mouse_and_by_key() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.open_card("1008");
    program.right_click("Statusundersøgelse");
    for item in ["Rediger …", "Slet …"] {
        assert!(program.sees(item), "{item}");
    }
    program.tap(Named::Escape);
    assert!(!program.sees("Slet …") && program.sees("1008 Mikkel Damsbo"), "only the menu closes");
    program.tap(Named::ContextMenu);
    program.click("Rediger …");
    assert!(program.sees_part("Brugt til aftalen") && program.sees("Indkaldeuge"));
    program.tap(Named::Escape);
    while program.focused().as_deref() != Some("card-upcoming-0") {
        program.tap(Named::Tab);
    }
    program.key(Named::F10, iced::keyboard::Modifiers::SHIFT);
    program.click("Vis dagen i aftalebogen");
    assert!(!program.sees("1008 Mikkel Damsbo") && program.sees_part("ons. 25. nov."));
}

#[test]
fn tab_comes_to_the_fields_then_to_what_is_open_and_booked() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.open_card("1008");
    let stops = tab_stops(&mut program);
    let expected = [
        "card-birth-date",
        "card-phone",
        "card-email",
        "card-need-new",
        "card-need-edit",
        "card-need-delete",
        "card-need-0",
        "card-upcoming-0",
        "card-delete",
        "card-cancel",
        "card-ok",
        "dialog-close",
        "card-number",
        "card-name",
    ];
    let begin = stops.iter().position(|stop| stop == expected[0]).unwrap();
    let mut stops = stops;
    stops.rotate_left(begin);
    assert_eq!(stops, expected);
}

#[test]
fn a_file_that_can_only_be_read_can_be_looked_at() {
    let pc = from_the_future();
    let mut program = pc.start();
    program.look_up("karen mik");
    program.click("Ny patient …");
    assert!(program.sees("Find patient"), "greyed");
    program.tap(Named::Enter);
    assert!(program.sees("1001 Karen Mikkelsen") && program.sees("Statusundersøgelse"));
    program.fill("Navn", "Karen Holm");
    program.click("OK");
    program.tap(Named::Enter);
    for button in ["Nyt behov …", "Slet", "Slet patient …"] {
        program.click(button);
        assert!(program.sees("1001 Karen Mikkelsen") && program.sees("Kommende aftaler"), "{button} is greyed");
    }
    program.click("Statusundersøgelse");
    for key in [Named::Insert, Named::Delete] {
        program.tap(key);
        assert!(program.sees("Nyt behov …"), "{key:?} does nothing");
    }
    program.tap(Named::F2);
    assert!(program.sees("Indkaldeuge"), "it may be looked at");
    program.fill("Indkaldeuge", "51/2026");
    program.click("OK");
    assert!(program.sees("Indkaldeuge"));
    assert_eq!(program.patient("1001").value.name.as_str(), "Karen Mikkelsen");
    for asked in [Asked::NewPatient, Asked::NewNeed(None)] {
        let mut program = pc.start_from_desktop();
        program.ask(asked);
        assert!(!program.sees("Annuller"), "{asked:?}");
    }
}

#[test]
fn the_last_change_is_named_by_what_it_did() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.ask(Asked::NewPatient);
    program.fill("Navn", "Zenia Ø");
    program.fill("Fødselsdato", "241280");
    program.click("OK");
    program.open_settings();
    assert!(program.sees_part("patient oprettet: Zenia Ø"));
}

#[test]
fn the_book_leads_to_all_of_it_by_mouse_and_by_key() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.chord('f', iced::keyboard::Modifiers::CTRL);
    assert!(program.sees("Find patient"));
    program.tap(Named::Escape);
    program.click_id("find-patient");
    assert!(program.sees("Find patient"));
    program.tap(Named::Escape);
    program.click("1 ny patient");
    assert!(program.sees("Nye patienter"));
    program.click("Godkend");
    program.tap(Named::Escape);
    assert!(!program.sees("1 ny patient"), "nobody waits any longer");
    for (item, title) in [("Ny patient …", "Ny patient"), ("Nyt behov …", "Nyt behov")] {
        program.click_id("more");
        program.click(item);
        assert!(program.sees(title), "{title}");
        program.tap(Named::Escape);
        assert!(!program.sees(title), "{title}");
    }
}

#[test]
fn how_patients_look() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.look_up("100");
    program.picture("find-patient");
    program.clear();
    program.type_text("Zenia Østergaard");
    program.picture("find-patient-nobody");
    program.tap(Named::Escape);
    program.open_card("1008");
    program.fill("Navn", "Wilhelmine-Charlotte Østergaard-Rosenkrantz Kjærgaard af Møllesøen");
    program.picture("patient-card");
    program.picture_at("patient-card-at-150-percent", 1.5);
    program.send(Message::ThemeTurned(iced::theme::Mode::Dark));
    program.picture("patient-card-dark");
    program.resize(900.0, 650.0);
    program.picture("patient-card-narrow-dark");
    program.tap(Named::Escape);
    program.click("Kassér");
    program.resize(1280.0, 800.0);
    program.ask(Asked::NewPatient);
    program.click("OK");
    program.picture("patient-new-faults-dark");
}
