//! What the check of the settings found: under the list of types, and before «Start».

use std::sync::Arc;

use aftalebog::app::Message;
use aftalebog::screen::appointment_book::CouldNotRead;
use aftalebog::screen::open_clinic;
use aftalebog_booking::bounded::{Detail, NoticeDays, SpacingMinutes};
use aftalebog_booking::leaving::deactivate_type;
use aftalebog_booking::record::{Clinic, OnlineType, Practitioner, Service, WithoutNeed};
use aftalebog_booking::{Entry, Setup, Write};
use aftalebog_local::StoreError;
use iced::keyboard::{Modifiers, key::Named};
use iced::theme::Mode;

use crate::harness::Driver;
use crate::program::{Pc, Program, online_type, practitioner};
use crate::tab_order::reads;

const NONE_SET_UP: &str =
    "Ingen aftaletype er sat op til online booking, så patienterne har intet at booke. Sæt den første op.";
const POINTS_AT_PV: &str = "1 behov peger på PV, som ikke er tilmeldt. Patienten får ingen tider.";

/// In the demo clinic, as it is first shown.
const DEMO: [&str; 4] = [
    "SU: Patienterne kan booke en tid i morgen, men hverken melde afbud til den eller flytte den online.",
    "FU: Patienterne kan booke en tid i morgen, men hverken melde afbud til den eller flytte den online.",
    "BLEG: På en ledig dag får patienterne tider hver 30 min., ikke hver 20, fordi aftalebogens tidsperiode er 15 min.",
    POINTS_AT_PV,
];

fn type_edited(setup: &Setup, code: &str, edit: impl FnOnce(&mut OnlineType)) -> Option<Write> {
    let entry = online_type(setup, code);
    let mut after = entry.value.clone();
    edit(&mut after);
    Write::edit(&entry, &after)
}

fn clinic_edited(setup: &Setup, edit: impl FnOnce(&mut Clinic)) -> Option<Write> {
    let mut after = setup.clinic.value.clone();
    edit(&mut after);
    Write::edit(&setup.clinic, &after)
}

fn practitioners_edited(setup: &Setup, edit: impl Fn(&mut Practitioner)) -> Vec<Write> {
    let edited = |entry: &Entry<Practitioner>| {
        let mut after = entry.value.clone();
        edit(&mut after);
        Write::edit(entry, &after)
    };
    setup.practitioners.iter().filter_map(edited).collect()
}

/// What the demo clinic has to look at in its types, put right.
fn types_put_right(setup: &Setup) -> Vec<Write> {
    let one_day = NoticeDays::new(1).ok();
    let can_be_changed = |of: &mut OnlineType| (of.cancel_days, of.move_days) = (one_day, one_day);
    [
        type_edited(setup, "SU", can_be_changed),
        type_edited(setup, "FU", can_be_changed),
        type_edited(setup, "BLEG", |of| of.min_spacing_minutes = SpacingMinutes::new(30).ok()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The demo clinic with nothing but these writes to look at.
fn with(writes: impl Fn(&Setup) -> Vec<Write>) -> Pc {
    Pc::with_changed_demo(|setup| {
        let chooses = type_edited(setup, "TB", |of| of.choose_practitioner = true);
        types_put_right(setup).into_iter().chain(chooses).chain(writes(setup)).collect()
    })
}

fn with_one_finding() -> Pc {
    Pc::with_changed_demo(types_put_right)
}

#[track_caller]
fn shows(program: &mut Driver<Program>, title: &str, focused: &str) {
    assert!(program.sees(title), "«{title}» on screen:\n{}", program.texts().join("\n"));
    assert_eq!(program.focused().as_deref(), Some(focused));
}

#[track_caller]
fn tab_to(program: &mut Driver<Program>, stop: &str) {
    for _ in 0..100 {
        if program.focused().as_deref() == Some(stop) {
            return;
        }
        program.tap(Named::Tab);
    }
    panic!("Tab never comes to {stop}, or does not bring it into view");
}

// ------------------------------------------------------------------------ the strip

#[test]
fn several_are_unfolded_and_each_leads_to_its_setting() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    assert!(program.sees("4 ting at se på") && !program.sees(POINTS_AT_PV));
    program.click("Vis alle");
    for words in DEMO {
        assert!(program.sees(words), "{words}");
    }
    for (index, title, focused) in [
        (0, "Aftaletype: SU", "type-cancel-days"),
        (1, "Aftaletype: FU", "type-cancel-days"),
        (2, "Aftaletype: BLEG", "type-spacing"),
        (3, "Klinik indstillinger", "clinic-registered-6"),
    ] {
        program.click_id(&format!("finding-{index}"));
        shows(&mut program, title, focused);
        assert!(program.find_id(focused).is_some(), "it is scrolled into view");
        program.tap(Named::Escape);
        assert_eq!(program.focused().as_deref(), Some(format!("finding-{index}").as_str()), "the focus is back");
    }
    program.click("Skjul");
    assert!(program.sees("4 ting at se på") && !program.sees(POINTS_AT_PV));
}

#[test]
fn a_second_press_on_the_button_folds_the_list_again() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    let button = program.bounds_of_id("findings-fold");
    program.click_at(button.center());
    assert!(program.sees(POINTS_AT_PV));
    let unfolded = program.bounds_of_id("findings-fold");
    assert_eq!((unfolded.y, unfolded.x + unfolded.width), (button.y, button.x + button.width), "it stays where it is");
    program.click_at(button.center());
    assert!(program.sees("4 ting at se på") && !program.sees(POINTS_AT_PV));
    assert_eq!(program.focused().as_deref(), Some("findings-fold"));
}

#[test]
fn one_is_said_at_once_and_goes_when_it_is_put_right() {
    let pc = with_one_finding();
    let mut program = pc.settings();
    let words = format!("1 ting at se på: {POINTS_AT_PV}");
    let strip = program.bounds_of(&words);
    program.click("Vis");
    shows(&mut program, "Klinik indstillinger", "clinic-registered-6");
    program.tap(Named::Space);
    program.click("OK");
    assert!(program.practitioner("PV").registered);
    let quiet = program.bounds_of("Ingen advarsler");
    assert_eq!(quiet.center_y(), strip.center_y(), "nothing moves");
    program.chord('z', Modifiers::CTRL);
    assert!(program.sees(&words), "taken back");
}

#[test]
fn the_list_shrinks_as_they_are_put_right_and_nothing_above_it_moves() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.click("Vis alle");
    let heading = program.bounds_of("4 ting at se på").y;
    program.click_id("finding-0");
    program.clear();
    program.type_text("1");
    program.fill("Flytning muligt indtil", "1");
    program.click("OK");
    assert_eq!(program.bounds_of("3 ting at se på").y, heading);
    assert!(!program.sees(DEMO[0]) && program.sees(DEMO[1]));
    program.click_id("finding-0");
    shows(&mut program, "Aftaletype: FU", "type-cancel-days");
}

#[test]
fn the_keyboard_comes_to_all_of_them() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.resize(1280.0, 1700.0);
    program.open_settings();
    tab_to(&mut program, "findings-fold");
    program.tap(Named::Enter);
    assert!(program.sees(POINTS_AT_PV));
    reads(&mut program, "findings-fold");
    tab_to(&mut program, "finding-2");
    program.tap(Named::Enter);
    shows(&mut program, "Aftaletype: BLEG", "type-spacing");
}

#[test]
fn more_than_there_is_room_for_are_scrolled() {
    let pc = Pc::with_changed_demo(|setup| {
        let far = NoticeDays::new(365).ok();
        let codes = ["SU", "FU", "TR", "PAR", "TB", "DG", "AKUT", "KNÆK", "BLEG"];
        codes.iter().filter_map(|code| type_edited(setup, code, |of| of.cancel_days = far)).collect()
    });
    let mut program = pc.settings();
    program.click("Vis alle");
    assert!(program.sees("11 ting at se på") && program.find_id("finding-10").is_none());
    tab_to(&mut program, "finding-10");
    assert!(program.sees_whole(POINTS_AT_PV), "Tab brings it into view");
}

#[test]
fn needs_that_are_read_later_are_checked_then() {
    let pc = with_one_finding();
    let mut program = pc.settings();
    let needs = futures::executor::block_on(program.store().open_needs()).unwrap();
    let read = |needs| Message::Clinic(open_clinic::Message::NeedsRead { number: 1, needs: Ok(needs) });
    program.send(read(vec![]));
    assert!(program.sees("Ingen advarsler"));
    let mut needs = needs;
    let pv = practitioner(&program.setup(), "PV").id;
    needs.iter_mut().for_each(|need| need.entry.value.practitioner = pv);
    program.send(read(needs));
    assert!(program.sees_part("behov peger på PV, som ikke er tilmeldt. Patienterne får ingen tider."));
}

#[test]
fn needs_that_are_not_read_are_not_taken_for_none() {
    let pc = with_one_finding();
    let mut program = pc.settings();
    let failed = || {
        let error = CouldNotRead(Arc::new(StoreError::Full));
        Message::Clinic(open_clinic::Message::NeedsRead { number: 1, needs: Err(error) })
    };
    program.send(failed());
    assert!(program.sees_part(POINTS_AT_PV), "what was read before still stands");

    let pc = with_one_finding();
    let mut program = pc.start_slowly("Opened");
    program.open_settings();
    let unread = "Aftalebehovene er ikke hentet, så de er ikke set igennem.";
    assert!(program.sees(unread) && !program.sees("Ingen advarsler"));
    program.click("SU");
    program.click("Slet");
    assert!(program.sees("Aftalebehovene er ikke hentet, så det vides ikke, om patienter mangler at booke typen."));
    program.tap(Named::Escape);
    program.send(failed());
    assert!(program.sees(unread) && !program.sees("Ingen advarsler"));
    program.disk_answers();
    assert!(program.sees_part(POINTS_AT_PV) && !program.sees(unread));
}

#[test]
fn needs_that_are_read_while_the_small_window_is_open_are_checked_too() {
    let pc = Pc::with_changed_demo(stopped);
    let mut program = pc.settings();
    program.click("Inaktiv");
    program.send(Message::Clinic(open_clinic::Message::NeedsRead { number: 1, needs: Ok(vec![]) }));
    assert!(program.sees("3 ting at se på, før booking startes"));
}

#[test]
fn each_kind_leads_to_the_setting_that_removes_it() {
    type Case = (fn(&Setup) -> Vec<Write>, &'static str, &'static str, &'static str);
    let cases: [Case; 8] = [
        (
            |setup| clinic_edited(setup, |clinic| clinic.phone = Detail::new("abc").unwrap()).into_iter().collect(),
            "1 ting at se på: Patienter, der skal ringe, læser «abc». Skriv kun nummeret, med mindst 8 cifre.",
            "Klinik indstillinger",
            "clinic-phone",
        ),
        (
            |setup| clinic_edited(setup, |clinic| clinic.email = Detail::new("klinik").unwrap()).into_iter().collect(),
            "1 ting at se på: Klinikkens e-mail er skrevet som «klinik», og det er ikke en e-mailadresse.",
            "Klinik indstillinger",
            "clinic-email",
        ),
        (
            |setup| clinic_edited(setup, |clinic| clinic.phone = Detail::new("").unwrap()).into_iter().collect(),
            "1 ting at se på: Klinikkens telefonnummer mangler, så patienter, der skal ringe, kan ikke se hvortil.",
            "Klinik indstillinger",
            "clinic-phone",
        ),
        (
            |setup| practitioners_edited(setup, |practitioner| practitioner.takes_new_patients = false),
            "1 ting at se på: Nye patienter kan oprette sig selv, men der er ingen type, de kan booke.",
            "Server indstillinger",
            "server-self-registration",
        ),
        (
            |setup| type_edited(setup, "AKUT", |of| of.practitioners.clear()).into_iter().collect(),
            "1 ting at se på: AKUT: Ingen kan booke typen, for der er ikke sat flueben ud for nogen behandler.",
            "Aftaletype: AKUT",
            "type-row-0",
        ),
        (
            |setup| {
                let ap = practitioner(setup, "AP").id;
                let row = WithoutNeed { practitioner: ap, active: true, minutes: None };
                type_edited(setup, "AKUT", |of| of.practitioners = vec![row]).into_iter().collect()
            },
            "1 ting at se på: AKUT: Ingen kan booke typen, for AP, som har flueben, er ikke tilmeldt.",
            "Klinik indstillinger",
            "clinic-registered-5",
        ),
        (
            |setup| type_edited(setup, "AKUT", |of| of.move_days = NoticeDays::new(1).ok()).into_iter().collect(),
            "1 ting at se på: AKUT: Patienterne kan booke en tid i dag, men ikke flytte den online.",
            "Aftaletype: AKUT",
            "type-move-days",
        ),
        (
            |setup| {
                let hours = setup.working_hours.iter();
                let lb = practitioner(setup, "LB").id;
                hours.filter(|entry| entry.value.practitioner == lb).map(Write::delete).collect()
            },
            "1 ting at se på: LB er tilmeldt, men har ingen arbejdstid fra i dag og frem. Patienterne får ingen tider hos LB.",
            "Ingen arbejdstider endnu. Tryk på «Ny».",
            "hours-empty",
        ),
    ];
    for (writes, words, title, focused) in cases {
        let pc = with(writes);
        let mut program = pc.settings();
        assert!(program.sees(words), "«{words}» on screen:\n{}", program.texts().join("\n"));
        program.click("Vis");
        shows(&mut program, title, focused);
    }
}

// -------------------------------------------------------------------- before «Start»

fn stopped(setup: &Setup) -> Vec<Write> {
    let after = Service { running: false, ..setup.service.value.clone() };
    Write::edit(&setup.service, &after).into_iter().collect()
}

#[test]
fn they_are_read_before_booking_is_started_and_it_can_be_started_all_the_same() {
    let pc = Pc::with_changed_demo(stopped);
    let mut program = pc.settings();
    program.click("Inaktiv");
    assert!(program.sees("4 ting at se på, før booking startes"));
    for words in DEMO {
        assert!(program.sees(words), "{words}");
    }
    assert_eq!(program.focused().as_deref(), Some("service-start"));
    program.click("Start");
    assert!(program.sees("Online booking er aktiv") && !program.sees_part("før booking startes"));
    assert!(program.service().running);
    program.click("Stop");
    program.click_id("service-finding-2");
    shows(&mut program, "Aftaletype: BLEG", "type-spacing");
    program.tap(Named::Escape);
    assert!(program.sees("4 ting at se på, før booking startes"), "back where «Vis» was pressed");
    assert_eq!(program.focused().as_deref(), Some("service-start"));
    program.click_id("service-finding-2");
    program.type_text("30");
    program.click("OK");
    assert!(program.sees("3 ting at se på, før booking startes"));
    program.tap(Named::Escape);
    assert!(program.sees("Inaktiv"), "and from there to the tab");
}

#[test]
fn that_nothing_can_be_booked_is_said_before_booking_is_started() {
    let pc = Pc::with_changed_demo(|setup| {
        let registration = Service { running: false, self_registration: false, ..setup.service.value.clone() };
        let service = Write::edit(&setup.service, &registration);
        setup.online_types.iter().map(Write::delete).chain(service).collect()
    });
    let mut program = pc.settings();
    assert!(!program.sees_part("ting at se på"), "a clinic that has not begun is not warned");
    assert!(program.sees(&format!("Ikke klar endnu: {NONE_SET_UP}")), "{:?}", program.texts());
    assert!(!program.sees("Ingen advarsler"), "nobody is to think that it is done");
    program.click("Vis");
    shows(&mut program, "Ny aftaletype til online booking", "type-alias");
    program.tap(Named::Escape);
    program.click("Inaktiv");
    assert!(program.sees("1 ting at se på, før booking startes") && program.sees(NONE_SET_UP));
    program.click_id("service-finding-0");
    shows(&mut program, "Ny aftaletype til online booking", "type-alias");
    program.tap(Named::Escape);
    program.click("Start");
    program.click("Luk");
    assert!(program.sees(&format!("1 ting at se på: {NONE_SET_UP}")));
    program.click("Vis");
    shows(&mut program, "Ny aftaletype til online booking", "type-alias");
    program.click("OK");
    assert!(!program.sees_part("Ingen aftaletype er sat op"), "{:?}", program.texts());
}

#[test]
fn a_clinic_without_types_is_led_to_where_they_are_made() {
    let pc = Pc::new();
    let mut program = pc.first_start();
    program.tap(Named::Enter);
    for _ in 0..5 {
        program.click("Spring over");
    }
    program.click("Opret klinik");
    program.click("Klinik indstillinger");
    program.fill("Telefon", "00 00 00 00");
    program.click("OK");
    let words = "Klinikken har ingen aftaletyper, så patienterne har intet at booke. Opret den første.";
    assert!(program.sees(&format!("Ikke klar endnu: {words}")), "{:?}", program.texts());
    program.click("Inaktiv");
    program.click("Start");
    program.click_id("service-close");
    assert!(program.sees(&format!("1 ting at se på: {words}")));
    program.click("Vis");
    assert_eq!(program.focused().as_deref(), Some("tab-appointment-types"));
}

#[test]
fn that_all_types_are_deactivated_is_not_called_a_clinic_without_types() {
    let pc = Pc::with_changed_demo(|setup| {
        setup.appointment_types.iter().flat_map(|of| deactivate_type(of, setup)).collect()
    });
    let mut program = pc.settings();
    let words = "Alle aftaletyper er deaktiveret, så patienterne har intet at booke. Genaktivér en, eller opret en ny.";
    assert!(program.sees(&format!("1 ting at se på: {words}")), "{:?}", program.texts());
    program.click("Vis");
    assert_eq!(program.focused().as_deref(), Some("tab-appointment-types"));
    assert!(program.sees("Vis deaktiverede (10)"), "{:?}", program.texts());
}

#[test]
fn a_clinic_without_anything_to_look_at_is_started_without_a_word() {
    let pc = with(stopped);
    let mut program = pc.settings();
    program.click("Inaktiv");
    assert!(program.sees("Online booking er stoppet") && !program.sees_part("ting at se på"));
}

// ---------------------------------------------------------------------------- looks

#[test]
fn how_they_look() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.click("Vis alle");
    program.move_to(iced::Point::ORIGIN);
    program.picture("findings");
    program.send(Message::ThemeTurned(Mode::Dark));
    program.resize(900.0, 650.0);
    program.picture("findings-narrow-dark");
    program.picture_at("findings-narrow-dark-at-150-percent", 1.5);
}

#[test]
fn how_one_and_none_look() {
    let pc = with_one_finding();
    let mut program = pc.settings();
    program.picture("findings-one");
    program.click("Vis");
    program.tap(Named::Space);
    program.click("OK");
    program.move_to(iced::Point::ORIGIN);
    program.picture("findings-none");
}

#[test]
fn how_they_look_before_booking_is_started() {
    let pc = Pc::with_changed_demo(stopped);
    let mut program = pc.settings();
    program.click("Inaktiv");
    program.picture("findings-before-start");
}
