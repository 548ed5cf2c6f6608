//! «Vis som patient» in the type editor: what a patient is offered with what is typed, and why not more.

use aftalebog_booking::Write;
use aftalebog_booking::record::Service;
use iced::keyboard::{Modifiers, key::Named};

use crate::harness::Driver;
use crate::program::{Pc, Program};

const TITLE: &str = "Vis som patient";
const AS_TYPED: &str = "Sådan bliver det med det, der står i felterne.";
const FIRST_WEEKS: &str = "23. nov. – 6. dec.";
const STOPPED: &str = "Online booking er stoppet. Sådan bliver tiderne, når den bliver startet.";
const NEXT_WEEKS: &str = "7. dec. – 20. dec.";

fn editing(code: &str) -> (Pc, Driver<Program>) {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.edit(code);
    (pc, program)
}

impl Driver<Program> {
    /// Presses and chooses a patient by their name.
    #[track_caller]
    pub fn choose_patient(&mut self, name: &str) {
        self.click_id("preview-patient");
        self.type_text(name);
        assert!(self.sees(name), "{name} is found: {:?}", self.texts());
        self.tap(Named::Enter);
        assert!(!self.sees("Søg efter navn eller nummer"), "the list closes");
    }
}

// --------------------------------------------------------------------- the patient

#[test]
fn a_patient_is_searched_for_by_name_or_number() {
    let (_pc, mut program) = editing("AKUT");
    assert!(program.sees(TITLE) && program.sees(AS_TYPED));
    assert!(program.sees("Ny patient"), "anybody can book it");
    program.choose_patient("Karen Mikkelsen");
    assert!(program.sees("1001") && program.sees("Karen Mikkelsen"));
    assert_eq!(program.focused().as_deref(), Some("preview-patient"));
    program.tap(Named::Space);
    assert!(program.sees("Ny patient"), "who can always be chosen again");
    program.type_text("1002");
    assert!(program.sees("Bent Thorsen") && !program.sees("Ny patient"));
    program.clear();
    program.type_text("xyzzy");
    assert!(program.sees("Ingen patient passer til søgningen."));
    program.tap(Named::Escape);
    assert!(program.sees("Karen Mikkelsen"), "Esc closes the list and leaves the patient");
    assert!(program.sees("Aftaletype: AKUT"), "and not the editor");
}

#[test]
fn more_patients_than_are_listed_are_told_of() {
    let (_pc, mut program) = editing("AKUT");
    let more = "Der er flere – skriv mere";
    program.click_id("preview-patient");
    program.tap(Named::PageDown);
    assert!(program.sees_whole(more), "{:?}", program.texts());
    program.picture("patient-more");
    program.type_text("Karen");
    program.tap(Named::PageDown);
    assert!(program.sees("Karen Mikkelsen") && !program.sees(more));
}

#[test]
fn a_type_that_needs_govern_is_seen_as_somebody_who_is_called_in() {
    let (_pc, mut program) = editing("TB");
    assert!(!program.sees("Ny patient"));
    program.tap(Named::Escape);
    program.new_type();
    assert!(program.sees("Vælg en aftaletype for at se, hvilke tider patienten får."));
    program.choose_type("Kirurgi");
    assert!(program.sees("Ny patient"), "nobody has a need of it");
    assert!(program.sees("Typen styres af behov, og patienten har intet åbent behov af den."));
}

#[test]
fn a_press_beside_the_list_of_patients_closes_it() {
    let (_pc, mut program) = editing("AKUT");
    program.click_id("preview-patient");
    program.click_at(iced::Point::new(400.0, 520.0));
    assert!(!program.sees("Søg efter navn eller nummer"));
    assert_eq!(program.focused().as_deref(), Some("preview-patient"));
}

// ------------------------------------------------------------------ what is typed

#[test]
fn a_number_changes_the_days_before_it_is_saved_and_annuller_leaves_nothing() {
    let (_pc, mut program) = editing("SU");
    let before = program.online_type("SU");
    program.choose_patient("Karen Mikkelsen");
    assert!(program.sees(FIRST_WEEKS));
    let tuesday = program.text_beside("tirs. 1. dec.");
    assert!(tuesday.split("  ").count() > 1, "{tuesday}");
    program.fill("Booking muligt", "9");
    assert_eq!(program.text_beside("tirs. 1. dec."), "ingen tider · for tidligt");
    program.fill("Booking muligt", "0");
    assert_eq!(program.text_beside("tirs. 1. dec."), tuesday);
    program.fill("Minimum tid mellem foreslåede tider", "480");
    assert_eq!(program.text_beside("tirs. 1. dec.").split("  ").count(), 1, "one time a day");
    program.click("Annuller");
    program.click("Kassér");
    assert_eq!(program.online_type("SU"), before);
    program.edit("SU");
    program.choose_patient("Karen Mikkelsen");
    assert_eq!(program.text_beside("tirs. 1. dec."), tuesday);
}

#[test]
fn a_wrong_number_leaves_the_days_as_they_were_and_says_so() {
    let (_pc, mut program) = editing("AKUT");
    let day = program.text_beside("tirs. 24. nov.");
    program.fill("Minimum tid mellem foreslåede tider", "x4");
    assert!(program.sees("Et felt er forkert. Tiderne er de seneste, der kunne regnes ud."));
    assert!(!program.sees(AS_TYPED));
    assert_eq!(program.text_beside("tirs. 24. nov."), day);
    program.picture("patient-last-valid");
    program.click("tirs. 24. nov.");
    assert!(program.sees("tirsdag 24. november"), "a day can be pressed all the same");
    program.click_id("type-spacing");
    program.fill("Minimum tid mellem foreslåede tider", "240");
    assert!(program.sees(AS_TYPED));
    assert_ne!(program.text_beside("tirs. 24. nov."), day);
}

#[test]
fn an_alias_has_no_say_in_the_times() {
    let (_pc, mut program) = editing("AKUT");
    let day = program.text_beside("tirs. 24. nov.");
    program.fill("Online alias", "");
    assert!(program.sees(AS_TYPED));
    assert_eq!(program.text_beside("tirs. 24. nov."), day);
}

// -------------------------------------------------------------------------- why not

#[test]
fn a_day_without_times_says_why() {
    let (_pc, mut program) = editing("SU");
    program.choose_patient("Karen Mikkelsen");
    assert_eq!(program.text_beside("fre. 27. nov."), "ingen tider · LB arbejder ikke");
    program.click("fre. 27. nov.");
    assert!(program.sees("Hvorfor ikke fredag 27. november?"));
    assert!(program.sees("LB arbejder ikke fredag 27. november."));
    program.click("Til «Arbejdstider»");
    assert!(program.sees("Line Bech") && program.sees("29 t om ugen"), "{:?}", program.texts());
    assert!(program.focused().is_some_and(|id| id.starts_with("hours-row-")));
}

#[test]
fn a_reason_leads_to_its_field() {
    let (_pc, mut program) = editing("SU");
    program.choose_patient("Karen Mikkelsen");
    program.click("man. 23. nov.");
    assert!(program.sees("Typen kan tidligst bookes til i morgen (tirs. 24. nov.)."));
    program.click("Til «Booking muligt»");
    assert_eq!(program.focused().as_deref(), Some("type-earliest"));
    program.clear();
    assert!(!program.sees("Typen kan tidligst bookes til i morgen (tirs. 24. nov.)."), "blank: the same day");
}

#[test]
fn whose_times_they_are_is_said() {
    let (_pc, mut program) = editing("SU");
    program.choose_patient("Karen Mikkelsen");
    program.click("tirs. 1. dec.");
    assert!(program.sees("tirsdag 1. december hos LB"), "{:?}", program.texts());
}

#[test]
fn no_day_is_cut_in_two_and_the_arrows_bring_the_next_into_view() {
    let (_pc, mut program) = editing("AKUT");
    let last = "fre. 4. dec.";
    assert!(program.sees_whole(last), "there is room for all while none is open");
    program.click("man. 23. nov.");
    assert!(!program.sees(last));
    let whole = |program: &mut Driver<Program>| {
        let days: Vec<String> = program.texts().into_iter().filter(|text| text.ends_with(". nov.")).collect();
        days.iter().filter(|day| !day.contains('–')).all(|day| program.sees_whole(day))
    };
    assert!(whole(&mut program));
    program.tap(Named::ArrowDown);
    program.picture("patient-days-focused");
    for _ in 0..8 {
        program.tap(Named::ArrowDown);
    }
    assert!(program.sees("fredag 4. december"));
    assert!(program.sees_whole(last), "{:?}", program.texts());
    program.tap(Named::Home);
    assert!(program.sees_whole("man. 23. nov."));
}

#[test]
fn a_day_that_is_pressed_stays_in_view() {
    let (_pc, mut program) = editing("AKUT");
    program.click("fre. 4. dec.");
    assert!(program.sees_whole("fre. 4. dec."), "though there is less room now");
}

#[test]
fn a_time_that_is_not_offered_can_be_asked_about() {
    let (_pc, mut program) = editing("AKUT");
    program.click("tirs. 24. nov.");
    assert!(program.sees("tirsdag 24. november"));
    assert!(program.sees("Tryk på en tid for at se, om patienten får den tilbudt, og hvorfor ikke."));
    let times = program.bounds_of_id("preview-times");
    program.click("8.00");
    assert_eq!(program.bounds_of_id("preview-times"), times, "as many of them are in view");
    assert!(program.sees("Hvorfor ikke kl. 8.00?"));
    assert!(program.sees_part("JH er optaget til kl. "), "{:?}", program.texts());
    program.click("9.30");
    assert!(program.sees("Kl. 9.30") && program.sees("Tiden bliver tilbudt patienten."));
}

#[test]
fn a_time_too_close_to_another_leads_to_the_spacing() {
    let (_pc, mut program) = editing("AKUT");
    program.resize(1280.0, 1400.0);
    program.fill("Minimum tid mellem foreslåede tider", "30");
    program.click("tirs. 24. nov.");
    program.click("9.30");
    assert!(program.sees("Tiden er ledig, men ligger mindre end 30 minutter efter den foreslåede tid kl. 9.15."));
    program.click("Til «Minimum tid mellem foreslåede tider»");
    assert_eq!(program.focused().as_deref(), Some("type-spacing"));
}

#[test]
fn each_practitioner_in_the_running_has_their_own_times() {
    let (_pc, mut program) = editing("AKUT");
    program.resize(1280.0, 1400.0);
    program.click("man. 23. nov.");
    assert!(program.sees("SA arbejder ikke mandag 23. november."));
    assert!(program.sees("5 tider"), "JH has them");
    program.click("SA arbejder ikke mandag 23. november.");
    assert!(program.find_id("preview-times").is_none(), "who does not work has no times to ask about");
}

#[test]
fn a_need_that_has_expired_is_told_and_the_field_can_be_changed() {
    let (_pc, mut program) = editing("SU");
    program.choose_patient("Bent Thorsen");
    assert!(program.sees_part("Indkaldelsen er udløbet: behovet kunne bruges til og med "));
    program.click("Til «Max dage EFTER indkaldeuge»");
    assert_eq!(program.focused().as_deref(), Some("type-after"));
    program.clear();
    assert!(!program.sees_part("Indkaldelsen er udløbet"));
    assert!(program.text_beside("tirs. 24. nov.").contains('.'));
}

// ------------------------------------------------------------- settings elsewhere

#[test]
fn while_booking_is_stopped_the_times_are_those_it_is_started_with() {
    let pc = Pc::with_changed_demo(|setup| {
        let stopped = Service { running: false, ..setup.service.value.clone() };
        Write::edit(&setup.service, &stopped).into_iter().collect()
    });
    let mut program = pc.settings();
    program.edit("AKUT");
    assert!(program.sees(STOPPED));
    let tuesday = program.text_beside("tirs. 24. nov.");
    assert!(tuesday.contains('.'), "{tuesday}");
    program.picture("patient-stopped");
    program.click("tirs. 24. nov.");
    assert!(program.find_id("preview-times").is_some(), "they can be asked about as well");
    program.click("Til «Online booking»");
    assert!(program.sees("Online booking er stoppet"));
    assert_eq!(program.focused().as_deref(), Some("service-start"));
    program.tap(Named::Space);
    program.click("Luk");
    program.edit("AKUT");
    assert!(!program.sees(STOPPED));
    assert_eq!(program.text_beside("tirs. 24. nov."), tuesday);
}

#[test]
fn the_book_shows_the_times_before_booking_is_started_as_well() {
    let running = Pc::with_demo();
    let stopped = Pc::with_changed_demo(|setup| {
        let stopped = Service { running: false, ..setup.service.value.clone() };
        Write::edit(&setup.service, &stopped).into_iter().collect()
    });
    let [mut running, mut stopped] = [running, stopped].map(|pc| {
        let mut program = pc.start();
        program.click_id("view-as-patient");
        program.click_id("day-later");
        program.click_id("day-later");
        program
    });
    let times = |program: &mut Driver<Program>| {
        let times = program.texts().into_iter().filter(|text| text.contains("\u{a0}· ") && !text.contains("uge"));
        times.collect::<Vec<String>>()
    };
    assert!(!times(&mut running).is_empty(), "{:?}", running.texts());
    assert_eq!(times(&mut stopped), times(&mut running));
    assert!(stopped.sees(STOPPED) && !running.sees(STOPPED));
    stopped.click_id("view-show-stopped");
    assert!(stopped.sees("Online booking er stoppet"));
}

#[test]
fn nothing_typed_is_lost_on_the_way_to_another_dialog() {
    let (_pc, mut program) = editing("TB");
    program.choose_patient("Poul Ørtoft");
    assert!(program.sees("PV er ikke tilmeldt online booking."));
    program.fill("Online alias", "Noget nyt");
    program.click("Til «Klinik indstillinger»");
    assert!(program.sees("Kassér ændringerne?"));
    assert!(program.sees_part("Du kommer til «Klinik indstillinger»."));
    program.click("Fortsæt redigering");
    assert_eq!(program.value("Online alias"), "Noget nyt");
    program.click("Til «Klinik indstillinger»");
    program.click("Kassér");
    assert!(program.sees("Klinikkens navn"));
    assert_eq!(program.focused().as_deref(), Some("clinic-registered-6"));
}

// ------------------------------------------------------------------------ the dates

#[test]
fn the_dates_go_two_weeks_on_and_back_and_never_before_today() {
    let (_pc, mut program) = editing("AKUT");
    assert!(program.sees(FIRST_WEEKS));
    program.click_id("preview-later");
    assert!(program.sees(NEXT_WEEKS) && program.sees("tirs. 8. dec."));
    program.click_id("preview-earlier");
    assert!(program.sees(FIRST_WEEKS));
    program.click_id("preview-earlier");
    assert!(program.sees(FIRST_WEEKS), "what has passed is offered to nobody");
}

#[test]
fn an_answer_about_dates_that_were_left_is_dropped() {
    let (_pc, mut program) = editing("AKUT");
    let day = program.text_beside("tirs. 24. nov.");
    program.slow_disk("StretchAsked");
    program.click_id("preview-later");
    assert!(program.sees(NEXT_WEEKS));
    assert!(!program.sees_part("  "), "no times are shown before they are known: {:?}", program.texts());
    program.app.kept_back = None;
    program.click_id("preview-earlier");
    assert_eq!(program.text_beside("tirs. 24. nov."), day);
    program.disk_answers();
    assert!(program.sees(FIRST_WEEKS));
    assert_eq!(program.text_beside("tirs. 24. nov."), day);
}

#[test]
fn an_answer_after_the_editor_has_closed_is_dropped() {
    let (_pc, mut program) = editing("AKUT");
    program.slow_disk("StretchAsked");
    program.click_id("preview-later");
    program.tap(Named::Escape);
    program.edit("KNÆK");
    let day = program.text_beside("tirs. 24. nov.");
    program.disk_answers();
    assert!(program.sees(FIRST_WEEKS));
    assert_eq!(program.text_beside("tirs. 24. nov."), day);
}

// ------------------------------------------------------------- keys and narrow windows

#[test]
fn the_keyboard_alone_finds_out_why_not() {
    let (_pc, mut program) = editing("AKUT");
    while program.focused().as_deref() != Some("preview-seen") {
        program.tap(Named::Tab);
    }
    program.tap(Named::Space);
    program.tap(Named::Tab);
    assert_eq!(program.focused().as_deref(), Some("preview-glance"));
    program.tap(Named::ArrowDown);
    program.tap(Named::ArrowDown);
    assert!(program.sees("mandag 30. november"));
    program.tap(Named::ArrowUp);
    program.tap(Named::ArrowLeft);
    assert!(program.sees("mandag 23. november"), "it stays among the five weeks");
    program.key(Named::Tab, Modifiers::SHIFT);
    program.tap(Named::Space);
    program.tap(Named::Tab);
    assert_eq!(program.focused().as_deref(), Some("preview-days"));
    program.tap(Named::ArrowDown);
    assert!(program.sees("tirsdag 24. november"));
    program.tap(Named::Tab);
    assert_eq!(program.focused().as_deref(), Some("preview-practitioners"));
    program.tap(Named::ArrowDown);
    program.tap(Named::Tab);
    assert_eq!(program.focused().as_deref(), Some("preview-times"));
    program.tap(Named::ArrowRight);
    assert!(program.sees_part("Hvorfor ikke kl. 8.00?"), "{:?}", program.texts());
    program.tap(Named::ArrowRight);
    assert!(program.sees_part("kl. 8.15") || program.sees("Kl. 8.15"), "{:?}", program.texts());
    program.tap(Named::End);
    assert!(program.sees_whole("16.45") || program.sees_whole("15.45"), "the last time comes into view");
}

#[test]
fn a_window_that_becomes_narrow_keeps_the_focus() {
    let (_pc, mut program) = editing("SU");
    program.key(Named::Tab, Modifiers::SHIFT);
    for stop in ["type-cancel", "type-earliest", "type-ok"] {
        while program.focused().as_deref() != Some(stop) {
            program.tap(Named::Tab);
        }
        program.resize(900.0, 650.0);
        assert_eq!(program.focused().as_deref(), Some(stop));
        program.resize(1280.0, 800.0);
        assert_eq!(program.focused().as_deref(), Some(stop));
    }
}

#[test]
fn a_narrow_window_shows_one_part_at_a_time() {
    let (_pc, mut program) = editing("SU");
    program.resize(900.0, 650.0);
    assert!(program.sees("Online alias"));
    assert!(!program.sees(AS_TYPED));
    let ok = program.bounds_of_id("type-ok").y;
    program.click(TITLE);
    assert!(program.sees(AS_TYPED) && !program.sees("Online alias"));
    assert_eq!(program.bounds_of_id("type-ok").y, ok, "the dialog does not jump");
    program.choose_patient("Karen Mikkelsen");
    program.click("man. 23. nov.");
    program.click("Til «Booking muligt»");
    assert!(program.sees("Booking muligt") && !program.sees(AS_TYPED));
    assert_eq!(program.focused().as_deref(), Some("type-earliest"));
    program.click(TITLE);
    program.click("Vis felterne");
    assert!(program.sees_part("Online alias") || program.sees("Booking muligt"));
}
