//! The dialogs behind the four buttons.

use aftalebog_booking::Write;
use aftalebog_booking::bounded::Detail;
use aftalebog_booking::record::{Clinic, OnlineType};
use futures::executor::block_on;
use iced::Point;
use iced::keyboard::{Modifiers, key::Named};
use iced::mouse::Button;

use crate::harness::Driver;
use crate::program::{Deed, Pc, Program};

const DEMO: [&str; 7] = ["JH", "MK", "SA", "LB", "CN", "AP", "PV"];

fn dialog(name: &str) -> (Pc, Driver<Program>) {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.click(name);
    (pc, program)
}

/// The initials in the file's order.
fn saved_order(program: &Driver<Program>) -> Vec<String> {
    program.setup().practitioners.iter().map(|entry| entry.value.initials.to_string()).collect()
}

/// The initials as they stand under each other.
fn shown_order(program: &mut Driver<Program>) -> Vec<String> {
    program.texts().into_iter().filter(|text| DEMO.contains(&text.as_str())).collect()
}

/// The grip at the left end of a practitioner's row.
fn grip(program: &mut Driver<Program>, initials: &str) -> Point {
    let row = program.bounds_of(initials);
    Point::new(row.x - 12.0, row.center_y())
}

// ------------------------------------------------------------------ Aktiv / Start

#[test]
fn stopping_keeps_the_window_open_and_says_what_it_means() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.click("Aktiv");
    assert!(program.sees("Online booking er aktiv") && program.sees("Ikke forbundet") && program.sees("Aldrig"));
    assert_eq!(program.focused().as_deref(), Some("service-close"), "Enter stops nothing");
    program.click("Stop");
    assert!(program.sees("Online booking er stoppet"));
    assert!(program.sees_part("heller ikke når du starter"), "what patients read is said once there is a server");
    assert!(!program.service().running);
    program.tap(Named::Escape);
    assert!(program.sees("Inaktiv") && program.sees("Fortryd «online booking stoppet»"));
    let mut program = pc.restart(program);
    program.open_settings();
    assert!(program.sees("Inaktiv"));
}

#[test]
fn the_button_that_starts_takes_the_place_of_the_one_that_stops_and_its_focus() {
    let (_pc, mut program) = dialog("Aktiv");
    program.key(Named::Tab, Modifiers::SHIFT);
    while program.focused().as_deref() != Some("service-stop") {
        program.tap(Named::Tab);
    }
    program.slow_disk("StopPressed");
    program.tap(Named::Space);
    assert_eq!(program.focused().as_deref(), Some("service-stop"), "while it saves as well");
    program.tap(Named::Enter);
    program.disk_answers();
    assert!(!program.service().running, "the second press while it saved did nothing");
    assert_eq!(program.focused().as_deref(), Some("service-start"));
    program.tap(Named::Enter);
    assert!(program.service().running);
    assert_eq!(program.focused().as_deref(), Some("service-stop"));
}

// ------------------------------------------------------------- Klinik indstillinger

#[test]
fn practitioners_are_put_in_order_by_dragging_their_grip() {
    let (pc, mut program) = dialog("Klinik indstillinger");
    let (from, to) = (grip(&mut program, "JH"), grip(&mut program, "LB"));
    program.drag(from, to);
    assert_eq!(shown_order(&mut program), ["MK", "SA", "LB", "JH", "CN", "AP", "PV"]);
    assert_eq!(program.focused().as_deref(), Some("clinic-row-3"), "the focus goes with it");
    assert_eq!(saved_order(&program), DEMO, "only OK saves it");
    program.click("OK");
    let program = pc.restart(program);
    assert_eq!(saved_order(&program), ["MK", "SA", "LB", "JH", "CN", "AP", "PV"]);
}

#[test]
fn a_drag_is_given_up_with_esc_and_the_dialog_stays() {
    let (_pc, mut program) = dialog("Klinik indstillinger");
    let (from, to) = (grip(&mut program, "JH"), grip(&mut program, "LB"));
    program.move_to(from);
    program.press(Button::Left);
    program.move_to(to);
    assert_eq!(shown_order(&mut program)[3], "JH", "it is drawn where it would land");
    program.tap(Named::Escape);
    assert_eq!(shown_order(&mut program), DEMO);
    program.release(Button::Left);
    assert_eq!(shown_order(&mut program), DEMO);
    program.tap(Named::Escape);
    assert!(program.sees("Indstillinger") && !program.sees("Rækkefølge"), "nothing was changed, so nothing is asked");
}

#[test]
fn practitioners_are_put_in_order_by_alt_and_the_arrows() {
    let (_pc, mut program) = dialog("Klinik indstillinger");
    program.click("Mette Kjærgaard");
    while program.focused().as_deref() != Some("clinic-row-1") {
        program.key(Named::Tab, Modifiers::SHIFT);
    }
    program.key(Named::ArrowDown, Modifiers::ALT);
    program.key(Named::ArrowDown, Modifiers::ALT);
    assert_eq!(shown_order(&mut program)[..4], ["JH", "SA", "LB", "MK"]);
    program.key(Named::ArrowUp, Modifiers::ALT);
    assert_eq!(program.focused().as_deref(), Some("clinic-row-2"));
    program.click("OK");
    assert_eq!(saved_order(&program)[..4], ["JH", "SA", "MK", "LB"]);
}

#[test]
fn new_patients_need_a_practitioner_who_is_registered_and_the_tick_is_kept() {
    let (pc, mut program) = dialog("Klinik indstillinger");
    assert!(program.sees("Nye patienter kan booke hos JH, SA, CN"));
    program.click_in_line("SA", "clinic-registered-");
    assert!(program.sees("Nye patienter kan booke hos JH, CN"));
    program.click_in_line("SA", "clinic-takes-new-");
    program.click("OK");
    let mut program = pc.restart(program);
    let saved = program.practitioner("SA");
    assert!(!saved.registered && saved.takes_new_patients, "greyed, and kept");
    program.open_settings();
    assert!(program.sees("JH · alle ledige tider · samme dag"), "SA is out of AKUT too");
    program.click("Klinik indstillinger");
    for initials in ["JH", "MK", "LB", "CN"] {
        program.click_in_line(initials, "clinic-registered-");
    }
    assert!(program.sees("Ingen behandler er tilmeldt: patienterne får ingen tider."));
    assert!(program.sees("Ingen behandler tager imod nye patienter."));
}

#[test]
fn what_patients_read_of_the_clinic_is_kept() {
    let (pc, mut program) = dialog("Klinik indstillinger");
    let typed = [
        ("Klinikkens navn", "Tandlægerne Ærø & Ålborg"),
        ("Adresse", "Åvej 1, 8999 Demoby"),
        ("Telefon", "+45 00 00 00 01"),
        ("E-mail", ""),
        ("Hilsen på bookingsiden", "Godt at se dig"),
        ("Tekst, når booking er stoppet", "Lukket til mandag"),
    ];
    for (label, words) in typed {
        program.fill(label, words);
    }
    program.click("OK");
    let mut program = pc.restart(program);
    program.open_settings();
    program.click("Klinik indstillinger");
    for (label, words) in typed {
        assert_eq!(program.value(label), words);
    }
    assert_eq!(program.service().closed_text.unwrap().as_str(), "Lukket til mandag");
}

#[test]
fn a_clinic_must_have_a_name() {
    let (_pc, mut program) = dialog("Klinik indstillinger");
    program.fill("Klinikkens navn", "");
    program.bring_into_view("Hilsen på bookingsiden");
    program.click("OK");
    assert!(program.sees("Skriv klinikkens navn."));
    assert_eq!(program.focused().as_deref(), Some("clinic-name"));
    assert_eq!(program.setup().clinic.value.name.as_str(), "Tandlægerne ved Møllesøen (demo)");
}

const NO_TELEPHONE: &str = "Skriv kun nummeret, med mindst 8 cifre, fx +45 00 00 00 00, eller lad feltet være tomt.";
const NO_EMAIL: &str = "Skriv adressen som navn@eksempel.dk, eller lad feltet være tomt.";

#[test]
fn what_nobody_can_be_reached_by_is_refused_where_it_is_typed() {
    let (_pc, mut program) = dialog("Klinik indstillinger");
    let before = program.setup().clinic.value;
    program.fill("Telefon", "abc");
    program.fill("E-mail", "klinik");
    assert!(!program.sees(NO_TELEPHONE) && !program.sees(NO_EMAIL), "nothing is said while somebody types");
    program.click("OK");
    assert_eq!(program.focused().as_deref(), Some("clinic-phone"));
    assert!(program.sees(NO_TELEPHONE) && program.sees(NO_EMAIL));
    assert_eq!((program.value("Telefon"), program.value("E-mail")), ("abc".to_owned(), "klinik".to_owned()));
    assert_eq!(program.setup().clinic.value, before);
    for number in ["Tlf. 00 00 00 00", "00 00 00 00, lokal 5"] {
        program.fill("Telefon", number);
        assert!(program.sees(NO_TELEPHONE), "{number} has digits enough, and words beside them");
    }
    program.fill("Telefon", "00 00 00 00, 00 00 00 01");
    assert!(!program.sees(NO_TELEPHONE));
    program.fill("Telefon", "+46 (0)70-123 45 67");
    assert!(!program.sees(NO_TELEPHONE) && program.sees(NO_EMAIL));
    program.click("OK");
    assert_eq!(program.focused().as_deref(), Some("clinic-email"));
    program.fill("E-mail", "klinik@moellesoeen.example");
    program.click("OK");
    assert_eq!(program.setup().clinic.value.phone.as_str(), "+46 (0)70-123 45 67");
}

#[test]
fn what_an_older_program_has_saved_keeps_nothing_else_from_being_saved() {
    let pc = Pc::with_changed_demo(|setup| {
        let line = |words| Detail::new(words).unwrap();
        let after = Clinic { phone: line("abc"), email: line("klinik"), ..setup.clinic.value.clone() };
        Write::edit(&setup.clinic, &after).into_iter().collect()
    });
    let mut program = pc.settings();
    program.click("Klinik indstillinger");
    program.bring_into_view("Hilsen på bookingsiden");
    assert!(program.sees(NO_TELEPHONE) && program.sees(NO_EMAIL), "it is said at once, as a warning");
    program.fill("Adresse", "Åvej 1, 8999 Demoby");
    program.click("OK");
    let clinic = program.setup().clinic.value;
    assert_eq!(
        [clinic.address, clinic.phone, clinic.email].map(String::from),
        ["Åvej 1, 8999 Demoby", "abc", "klinik"]
    );
    // What is typed over it must be right.
    program.click("Klinik indstillinger");
    program.fill("Telefon", "abcd");
    program.click("OK");
    assert_eq!(program.focused().as_deref(), Some("clinic-phone"));
}

// ---------------------------------------------------------- Analytics indstillinger

#[test]
fn counting_is_off_until_it_is_ticked_and_a_wrong_id_is_refused() {
    let (pc, mut program) = dialog("Analytics indstillinger");
    assert!(program.sees("Ikke forbundet. Besøgstallene kommer her, når klinikken er forbundet med en bookingserver."));
    assert!(program.find_id("analytics-id").is_none(), "greyed while nothing is counted");
    program.click("Tæl besøg på bookingsiden");
    program.fill("Målings-id", "<script>");
    program.click("OK");
    assert!(program.sees("Et målings-id er 4 til 40 bogstaver, tal og bindestreger, fx G-AB12CD34EF."));
    assert_eq!(program.focused().as_deref(), Some("analytics-id"));
    program.fill("Målings-id", " G-AB12CD34EF ");
    program.click("OK");
    let program = pc.restart(program);
    let saved = program.setup().analytics.value;
    assert!(saved.enabled);
    assert_eq!(saved.measurement_id.unwrap().as_str(), "G-AB12CD34EF");
}

// ------------------------------------------------------------- Server indstillinger

#[test]
fn the_servers_address_is_kept_and_a_wrong_one_is_refused() {
    let (pc, mut program) = dialog("Server indstillinger");
    assert!(program.sees("Ikke forbundet"));
    let unencrypted = "Skal begynde med https://, så forbindelsen er krypteret.";
    let nameless = "Servernavnet mangler, eller der er tegn i adressen, som ikke hører til. Skriv fx https://booking.klinikken.dk.";
    for (typed, sentence) in [
        ("http://booking.klinikken.dk", unencrypted),
        ("ftp://booking.klinikken.dk", unencrypted),
        ("https://", nameless),
        ("https://min klinik.dk", nameless),
    ] {
        program.fill("Serverens adresse", typed);
        assert!(program.sees(sentence), "{typed}");
        program.click("OK");
        assert_eq!(program.focused().as_deref(), Some("server-address"), "{typed}");
        assert_eq!(program.value("Serverens adresse"), typed, "nothing is lost");
    }
    program.fill("Serverens adresse", " https://booking.møllesøen.dk/ ");
    program.click("OK");
    assert!(!program.sees_part("Fortryd"), "what this PC knows is no change of the clinic");
    let mut program = pc.restart(program);
    let this_pc = block_on(program.store().this_pc()).unwrap();
    assert_eq!(this_pc.server_address, "https://booking.møllesøen.dk/");
    program.open_settings();
    program.click("Server indstillinger");
    assert_eq!(program.value("Serverens adresse"), "https://booking.møllesøen.dk/");
    assert!(program.sees("Ikke forbundet"), "an address is no connection");
}

#[test]
fn self_registration_says_what_new_patients_can_book() {
    let pc = Pc::with_changed_demo(|setup| {
        let need_driven = |entry: &aftalebog_booking::Entry<OnlineType>| {
            Write::edit(entry, &OnlineType { need_driven: true, ..entry.value.clone() })
        };
        setup.online_types.iter().filter_map(need_driven).collect()
    });
    let mut program = pc.settings();
    program.click("Server indstillinger");
    assert!(program.sees("Nye patienter kan oprette sig selv, men der er ingen type, de kan booke."));
    program.click("Tillad selvoprettelse");
    assert!(program.sees("Kun patienter, klinikken kender i forvejen, kan logge ind og booke."));
}

// ------------------------------------------------------------------------- all four

#[test]
fn every_dialog_asks_before_what_was_changed_is_lost() {
    let cases: [(&str, Deed); 3] = [
        ("Klinik indstillinger", |program| program.click_in_line("PV", "clinic-registered-")),
        ("Analytics indstillinger", |program| program.click("Tæl besøg på bookingsiden")),
        ("Server indstillinger", |program| program.click("Tillad selvoprettelse")),
    ];
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    let before = program.setup();
    for (name, change) in cases {
        program.click(name);
        program.tap(Named::Escape);
        assert!(!program.sees("Annuller"), "{name}: nothing was changed");
        program.click(name);
        change(&mut program);
        program.tap(Named::Escape);
        assert!(program.sees("Kassér ændringerne?"), "{name}");
        program.click("Fortsæt redigering");
        program.click("Annuller");
        program.click("Kassér");
        assert!(!program.sees("Annuller"), "{name}");
    }
    assert_eq!(program.setup(), before);
}

#[test]
fn the_focus_returns_to_the_button_that_opened_the_dialog() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    assert_eq!(program.focused().as_deref(), Some("settings-service"));
    for stop in ["settings-service", "settings-clinic", "settings-analytics", "settings-server"] {
        assert_eq!(program.focused().as_deref(), Some(stop));
        program.tap(Named::Space);
        assert_ne!(program.focused().as_deref(), Some(stop));
        program.tap(Named::Escape);
        assert_eq!(program.focused().as_deref(), Some(stop));
        program.tap(Named::Tab);
    }
    program.tap(Named::Escape);
    assert_eq!(program.focused().as_deref(), Some("gear"));
}
