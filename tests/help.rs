//! «Hjælp»: F1 from wherever one is, the list of its topics, and back to where one was.

use aftalebog::app::{Message, Start};
use aftalebog_texts::Language;
use aftalebog_texts::guide::{Guide, Topic};
use iced::keyboard::{Modifiers, key::Named};
use iced::theme::Mode;

use crate::harness::Driver;
use crate::program::{Pc, Program, start};

/// The topic at the right; `None`: the help is not open.
fn shown(program: &mut Driver<Program>) -> Option<Topic> {
    Topic::ALL.iter().copied().find(|topic| program.find_id(&format!("help-page-{}", topic.name())).is_some())
}

/// F1 leads to this topic, and Esc back.
#[track_caller]
fn explains(program: &mut Driver<Program>, topic: Topic) {
    let before = (program.focused(), program.texts());
    program.tap(Named::F1);
    assert_eq!(shown(program), Some(topic));
    program.tap(Named::Escape);
    assert_eq!(shown(program), None, "Esc closes it");
    assert_eq!((program.focused(), program.texts()), before, "everything is as it was");
}

fn title(topic: Topic) -> String {
    Guide::new(Language::Danish).page(topic).unwrap().title.clone()
}

// -------------------------------------------------------------------- where F1 leads

#[test]
fn each_field_of_an_appointment_type_leads_to_its_own_topic() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.resize(1280.0, 1700.0);
    program.open_settings();
    program.edit("SU");
    for (label, topic) in [
        ("Online alias", Topic::Alias),
        ("Minimum tid mellem foreslåede tider", Topic::Spacing),
        ("Max dage EFTER indkaldeuge", Topic::RecallDays),
        ("Max dage FØR indkaldeuge", Topic::RecallDays),
        ("Booking muligt", Topic::Earliest),
        ("Afbud muligt", Topic::Deadlines),
        ("Flytning muligt indtil", Topic::Deadlines),
    ] {
        program.click_beside(label);
        explains(&mut program, topic);
    }
    program.click("Oprettelse/behandlere styres af behov");
    explains(&mut program, Topic::NeedDriven);
    program.click_in_line("JH", "type-row-");
    explains(&mut program, Topic::WithoutNeed);
    program.click("Oprettelse/behandlere styres af behov");
    program.click("Vælg behandler – selvom type styres af behov");
    explains(&mut program, Topic::ChoosePractitioner);
    program.click_id("preview-patient");
    explains(&mut program, Topic::AsPatient);
    program.tap(Named::Escape);
    program.tap(Named::Escape);
    assert!(program.sees("Kassér ændringerne?"));
    explains(&mut program, Topic::OnlineType);
}

#[test]
fn what_was_half_typed_stays_and_so_does_the_caret() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.edit("SU");
    program.fill("Online alias", "Årlig");
    program.tap(Named::F1);
    assert_eq!(shown(&mut program), Some(Topic::Alias));
    assert_eq!(program.focused().as_deref(), Some("help-search"));
    program.type_text("frist");
    assert_eq!(program.text_of("help-search"), "frist");
    program.tap(Named::Escape);
    assert_eq!(program.focused().as_deref(), Some("type-alias"));
    program.type_text("t eftersyn");
    assert_eq!(program.value("Online alias"), "Årligt eftersyn");
    program.click("OK");
    assert_eq!(program.online_type("SU").alias.as_str(), "Årligt eftersyn");
}

#[test]
fn each_tab_and_each_button_of_the_settings_leads_to_its_own_topic() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    for (stop, topic) in [
        ("settings-service", Topic::Service),
        ("settings-clinic", Topic::Clinic),
        ("settings-analytics", Topic::Analytics),
        ("settings-server", Topic::Server),
    ] {
        assert_eq!(program.focused().as_deref(), Some(stop));
        explains(&mut program, topic);
        program.tap(Named::Tab);
    }
    program.click("SU");
    explains(&mut program, Topic::OnlineType);
    for (tab, topic) in [
        ("tab-practitioners", Topic::Practitioners),
        ("tab-appointment-types", Topic::AppointmentTypes),
        ("tab-working-hours", Topic::WorkingHours),
        ("tab-closed-days", Topic::ClosedDays),
        ("tab-online-booking", Topic::OnlineBooking),
    ] {
        program.click_id(tab);
        explains(&mut program, topic);
    }
}

#[test]
fn each_dialog_of_the_settings_leads_to_its_own_topic() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    for (button, topic) in [("Aktiv", Topic::Service), ("Klinik indstillinger", Topic::Clinic)] {
        program.click(button);
        explains(&mut program, topic);
        program.tap(Named::Escape);
    }
    program.click("Klinik indstillinger");
    program.fill("Telefon", "00");
    explains(&mut program, Topic::ShownToPatients);
    program.click("Annuller");
    program.click("Kassér");
    program.click("Analytics indstillinger");
    explains(&mut program, Topic::Analytics);
    program.tap(Named::Escape);
    program.click("Server indstillinger");
    explains(&mut program, Topic::SelfRegistration);
    program.click_beside("Serverens adresse");
    explains(&mut program, Topic::Pairing);
}

#[test]
fn a_dialog_over_a_dialog_over_a_dialog_stays_as_it_is() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.click("Server indstillinger");
    program.fill("Serverens adresse", "https://booking.klinikken.dk");
    program.click("Kontakter og fejl");
    explains(&mut program, Topic::ConnectionTest);
    program.tap(Named::Escape);
    assert_eq!(program.value("Serverens adresse"), "https://booking.klinikken.dk");
    assert!(program.find_id("tab-closed-days").is_none(), "what lies below is out of reach");
}

#[test]
fn the_book_and_its_dialogs_lead_to_their_topics() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.tap(Named::F1);
    assert_eq!(shown(&mut program), Some(Topic::Book), "where nothing has the focus");
    program.tap(Named::Escape);
    program.chord('f', Modifiers::CTRL);
    explains(&mut program, Topic::FindPatient);
    program.tap(Named::Escape);
    program.click_id("more");
    explains(&mut program, Topic::Book);
    program.click("Nyt behov …");
    explains(&mut program, Topic::Need);
    program.tap(Named::Escape);
    program.click_id("more");
    program.click("Importér kalender …");
    explains(&mut program, Topic::ImportCalendar);
    program.tap(Named::Escape);
    program.click_id("more");
    program.click("Eksportér behov …");
    explains(&mut program, Topic::Export);
    program.tap(Named::Escape);
    program.click_id("sync-status");
    explains(&mut program, Topic::Connection);
}

#[test]
fn a_patients_card_leads_to_its_topic() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.open_card("1001");
    explains(&mut program, Topic::Patient);
}

#[test]
fn the_first_page_and_the_new_clinic_are_explained_too() {
    let pc = Pc::new();
    let mut program = pc.first_start();
    explains(&mut program, Topic::Start);
    program.click("Ny klinik");
    program.type_text("Tandlægerne");
    explains(&mut program, Topic::NewClinic);
    program.type_text(" ved søen");
    assert!(program.sees("Tandlægerne ved søen"));
}

#[test]
fn a_file_that_cannot_be_opened_is_explained() {
    let pc = Pc::with_demo();
    std::fs::write(pc.demo(), b"rubbish").unwrap();
    let mut program = pc.start();
    explains(&mut program, Topic::NotOpened);
}

#[test]
fn with_another_key_beside_it_f1_is_none_of_the_help() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.key(Named::F1, Modifiers::CTRL);
    assert_eq!(shown(&mut program), None);
    program.tap(Named::F2);
    assert_eq!(shown(&mut program), None);
}

// ---------------------------------------------------------------------- in the help

#[test]
fn the_visible_ways_in() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.click_id("more");
    assert!(program.sees("F1"), "the menu tells the key");
    program.click("Hjælp");
    assert_eq!(shown(&mut program), Some(Topic::Book));
    program.click("Luk");
    program.open_settings();
    program.click("Arbejdstider");
    program.click("Hjælp");
    assert_eq!(shown(&mut program), Some(Topic::WorkingHours));
    program.click_id("help-close");
    assert_eq!(program.focused().as_deref(), Some("settings-help"));
}

#[test]
fn topics_are_walked_through_and_searched_by_keyboard() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.tap(Named::F1);
    let start = Topic::ALL.iter().position(|topic| *topic == Topic::Book).unwrap();
    program.tap(Named::ArrowDown);
    assert_eq!(shown(&mut program), Some(Topic::ALL[start + 1]));
    program.tap(Named::ArrowUp);
    program.tap(Named::ArrowUp);
    assert_eq!(shown(&mut program), Some(Topic::ALL[start - 1]));
    for _ in 0..Topic::ALL.len() {
        program.tap(Named::ArrowDown);
    }
    let last = *Topic::ALL.last().unwrap();
    assert_eq!(shown(&mut program), Some(last), "the last one stays the last");
    assert!(program.find_id(&format!("help-topic-{}", last.name())).is_some(), "the list goes along");
    program.type_text("overmorgen");
    assert_eq!(shown(&mut program), Some(Topic::Earliest));
    assert!(program.find_id("help-topic-book").is_none(), "only what was found is listed");
    program.clear();
    program.type_text("ravnkrog");
    assert!(program.sees("Ingen emner indeholder «ravnkrog». Prøv et andet ord."));
    program.clear();
    assert!(program.sees(&title(Topic::Earliest)) && !program.sees_part("ravnkrog"));
    program.tap(Named::F1);
    assert_eq!(shown(&mut program), Some(Topic::Help), "F1 in the help explains the help");
}

#[test]
fn a_topic_leads_to_others() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.edit("SU");
    program.click_beside("Booking muligt");
    program.tap(Named::F1);
    program.click_id("help-link-deadlines");
    assert_eq!(shown(&mut program), Some(Topic::Deadlines));
    assert!(program.sees_part("kalenderdage"));
    program.click_id("help-link-cancelling");
    assert_eq!(shown(&mut program), Some(Topic::Cancelling));
    program.click(&title(Topic::Block));
    assert_eq!(shown(&mut program), Some(Topic::Block), "the list is pressed");
    program.tap(Named::Escape);
    assert_eq!(program.focused().as_deref(), Some("type-earliest"));
}

#[test]
fn a_link_out_of_a_search_shows_the_whole_list() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.tap(Named::F1);
    program.type_text("stjålet");
    assert_eq!(shown(&mut program), Some(Topic::Pcs));
    program.tap(Named::Tab);
    assert_eq!(program.focused().as_deref(), Some("help-link-pairing"));
    program.tap(Named::Enter);
    assert_eq!(shown(&mut program), Some(Topic::Pairing));
    assert!(program.sees("Søg i hjælpen"), "nothing is searched for any longer");
    assert!(program.find_id("help-topic-pairing").is_some());
}

#[test]
fn a_long_topic_is_scrolled_by_its_keys_and_the_next_begins_at_its_top() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.resize(900.0, 420.0);
    program.click_id("sync-status");
    program.tap(Named::F1);
    assert_eq!(shown(&mut program), Some(Topic::Connection));
    let at = program.bounds_of_id("help-page-connection").y;
    program.tap(Named::PageDown);
    assert!(program.find_id("help-page-connection").is_none(), "the heading is scrolled away");
    program.tap(Named::PageUp);
    assert_eq!(program.bounds_of_id("help-page-connection").y, at);
    program.tap(Named::PageDown);
    program.tap(Named::ArrowDown);
    assert_eq!(program.bounds_of_id("help-page-connection-test").y, at);
}

#[test]
fn closing_the_window_asks_below_the_help_what_it_would_ask_without() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.edit("SU");
    program.fill("Online alias", "Årligt eftersyn");
    program.tap(Named::F1);
    program.send(Message::CloseRequested);
    assert!(program.sees("Luk uden at gemme?") && shown(&mut program).is_none());
}

#[test]
fn the_help_is_in_english_too() {
    let pc = Pc::with_demo();
    let mut program = start(Start { language: Language::English, ..pc.begin() });
    program.open_settings();
    program.tap(Named::F1);
    assert!(program.sees_part("Press it to start or stop."));
}

// ------------------------------------------------------------------------- pictures

#[test]
fn the_help() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.edit("SU");
    program.click_beside("Booking muligt");
    program.tap(Named::F1);
    program.picture("help-field");
    program.tap(Named::Escape);
    program.click("Annuller");
    program.click("Luk");
    program.click_id("sync-status");
    program.tap(Named::F1);
    program.send(Message::ThemeTurned(Mode::Dark));
    program.picture("help-connection-dark");
    program.picture_at("help-connection-dark-at-150-percent", 1.5);
    program.type_text("afbud");
    program.picture("help-search-dark");
    program.send(Message::ThemeTurned(Mode::Light));
    program.resize(853.0, 533.0);
    program.picture_at("help-narrow-at-150-percent", 1.5);
}

#[test]
fn the_help_in_english() {
    let pc = Pc::with_demo();
    let mut program = start(Start { language: Language::English, ..pc.begin() });
    program.open_settings();
    program.click_id("settings-help");
    program.picture("help-english");
}
