//! «Lukkedage»: periods, absences and public holidays.

use aftalebog::app::Message;
use aftalebog_booking::bounded::{Code, Detail};
use aftalebog_booking::record::{Closure, Entry};
use aftalebog_booking::{Setup, Write};
use aftalebog_local::SaveError;
use chrono::NaiveDate;
use iced::Rectangle;
use iced::keyboard::key::Named;
use iced::theme::Mode;

use crate::beginning::from_the_future;
use crate::harness::Driver;
use crate::program::{Pc, Program, practitioner};
use crate::tab_order::reads;

fn tab(pc: &Pc) -> Driver<Program> {
    let mut program = pc.settings();
    program.click("Lukkedage");
    program
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn closure(setup: &Setup, whose: Option<&str>, from: &str, to: &str, reason: &str) -> Entry<Closure> {
    let practitioner = whose.map(|initials| practitioner(setup, initials).id);
    let reason = Detail::new(reason).unwrap();
    Entry::new(Closure { practitioner, from: date(from), to: date(to), reason })
}

/// The reasons of the closures, in the order in which the file has them.
fn reasons(setup: &Setup) -> Vec<String> {
    setup.closures.iter().map(|entry| entry.value.reason.to_string()).collect()
}

fn fill(program: &mut Driver<Program>, id: &str, typed: &str) {
    program.click_id(id);
    program.clear();
    program.type_text(typed);
}

/// The demo with somebody's absence ahead and a closure that is over.
fn with_absences() -> Pc {
    Pc::with_changed_demo(|setup| {
        let entries = [
            closure(setup, Some("JH"), "2026-11-30", "2026-12-04", "Ferie"),
            closure(setup, Some("MK"), "2027-02-15", "2027-02-15", "Kursus"),
            closure(setup, None, "2026-05-15", "2026-05-15", "Bro"),
        ];
        entries.iter().map(Write::create).collect()
    })
}

#[test]
fn what_comes_next_stands_first_and_what_is_over_only_when_asked_for() {
    let pc = with_absences();
    let mut program = tab(&pc);
    let y = |program: &mut Driver<Program>, words: &str| program.bounds_of(words).y;
    assert!(program.sees("30. nov. – 4. dec.") && program.sees("5 dage"), "{:?}", program.texts());
    assert!(program.sees("23. dec. – 1. jan. 2027") && program.sees("10 dage"));
    assert!(y(&mut program, "Ferie") < y(&mut program, "Lukket mellem jul og nytår"));
    assert!(!program.sees("Bro"));
    program.click("Vis tidligere");
    assert!(y(&mut program, "Bro") > y(&mut program, "Kursus"), "what is over comes last");
    // Of one person: their own, and the clinic's, which are theirs too.
    program.click_id("days-whose");
    program.type_text("mette");
    program.tap(Named::Enter);
    assert!(program.sees("Kursus") && program.sees("Bro") && !program.sees("Ferie"), "{:?}", program.texts());
    program.click_id("days-whose");
    program.tap(Named::Escape);
    assert!(program.sees("Indstillinger") && !program.sees("Sara Ahmadi"), "Escape closes the list only");
    program.click_id("days-whose");
    program.click("Hele klinikken");
    assert!(!program.sees("Kursus") && program.sees("Bro"));
}

#[test]
fn an_absence_says_how_long_it_is_and_who_is_booked() {
    let pc = Pc::with_demo();
    let mut program = tab(&pc);
    program.click("Ny");
    assert!(program.sees("Nye lukkedage") && program.sees("Hele klinikken"));
    assert_eq!(program.focused().as_deref(), Some("days-who"));
    program.click("OK");
    assert!(program.sees("Skriv den første dag."));
    assert_eq!(program.focused().as_deref(), Some("days-from"));
    program.type_text("24-11-26");
    assert!(program.sees("tirsdag 24. november 2026") && program.sees("1 dag, tirsdag 24. november."));
    assert!(program.texts().iter().any(|text| text.contains("aftaler er booket i perioden: JH ")), "everybody's");
    fill(&mut program, "days-to", "23-11-26");
    assert!(program.sees("Skal være 24. november 2026 eller senere."));
    program.click("OK");
    assert_eq!(program.focused().as_deref(), Some("days-to"));
    fill(&mut program, "days-to", "27.11.26");
    assert!(program.sees("4 dage, til og med fredag 27. november."));
    program.click_id("days-who");
    program.type_text("SA");
    program.tap(Named::Enter);
    assert_eq!(program.focused().as_deref(), Some("days-who"), "Enter chose, and saved nothing");
    let booked = program.texts().into_iter().find(|text| text.contains("booket i perioden")).unwrap();
    assert!(booked.contains(": SA ") && !booked.contains(','), "only hers: {booked}");
    program.click("Fri");
    assert_eq!(program.text_of("days-reason"), "Fri");
    program.tap(Named::Enter);
    let setup = program.setup();
    let made = &setup.closures.iter().find(|entry| entry.value.reason.as_str() == "Fri").unwrap().value;
    assert_eq!(made.practitioner, Some(practitioner(&setup, "SA").id));
    assert_eq!((made.from, made.to), (date("2026-11-24"), date("2026-11-27")));
    assert_eq!(program.focused().as_deref(), Some("days-row-0"));
    program.click("Fortryd «lukkedage oprettet»");
    assert_eq!(reasons(&program.setup()), ["Lukket mellem jul og nytår"]);
}

#[test]
fn an_edit_that_fails_keeps_what_is_typed() {
    let pc = with_absences();
    let mut program = tab(&pc);
    program.click("Ferie");
    program.tap(Named::F2);
    assert_eq!(program.text_of("days-to"), "04-12-2026");
    fill(&mut program, "days-to", "");
    assert!(program.sees("1 dag, mandag 30. november."), "blank: the one day");
    fill(&mut program, "days-reason", &"x".repeat(301));
    program.click("OK");
    assert!(program.sees("Højst 300 tegn – der er skrevet 301."));
    assert_eq!(program.focused().as_deref(), Some("days-reason"));
    fill(&mut program, "days-reason", "Orlov");
    program.tap(Named::Escape);
    program.click("Fortsæt redigering");
    program.slow_disk("Pressed(Ok)");
    program.click("OK");
    program.not_saved(SaveError::DiskFull);
    assert!(program.sees_part("Kan ikke gemme: disken er fuld."));
    program.click("OK");
    let setup = program.setup();
    let edited = setup.closures.iter().find(|entry| entry.value.reason.as_str() == "Orlov").unwrap();
    assert_eq!(edited.value.to, date("2026-11-30"));
    assert!(program.sees("Fortryd «lukkedage ændret»"));
}

#[test]
fn closed_days_are_deleted_after_a_question() {
    let pc = with_absences();
    let mut program = tab(&pc);
    program.right_click("Ferie");
    program.click("Slet …");
    assert!(program.sees("Slet «Ferie»?") && program.sees("JH · 30. nov. – 4. dec."));
    assert!(program.sees("Dagene bliver åbne igen, og patienterne kan booke dem."));
    program.click_id("question-lose");
    assert!(!reasons(&program.setup()).contains(&"Ferie".to_owned()));
    assert_eq!(program.focused().as_deref(), Some("days-row-0"), "the row that came up is chosen");
    program.tap(Named::End);
    program.tap(Named::Delete);
    program.click_id("question-lose");
    assert_eq!(program.focused().as_deref(), Some("days-row-0"), "the only one there is now");
    program.tap(Named::Insert);
    assert!(program.sees("Nye lukkedage"));
}

#[test]
fn public_holidays_are_ticked_at_once_and_listed() {
    let pc = Pc::with_demo();
    let mut program = tab(&pc);
    assert!(program.sees("1. juledag") && program.sees("fre. 25. dec."));
    assert!(program.sees("Skærtorsdag") && program.sees("tors. 25. mar. 2027"), "{:?}", program.texts());
    assert!(!program.sees("åben"));
    program.click("Lukket på helligdage");
    assert!(!program.setup().clinic.value.closed_on_public_holidays);
    assert!(program.sees("åben"), "{:?}", program.texts());
    let closed = program.all_bounds_of("lukket").len();
    assert_eq!(closed, 5, "24, 25, 26 and 31 December and 1 January lie in the closing period");
    program.click("Fortryd «lukning på helligdage ændret»");
    assert!(program.setup().clinic.value.closed_on_public_holidays && !program.sees("åben"));
    program.slow_disk("OnHolidaysTicked");
    program.click("Lukket på helligdage");
    program.not_saved(SaveError::DiskFull);
    assert!(program.sees_part("Kan ikke gemme: disken er fuld."));
    assert!(!program.sees("åben"));
}

#[test]
fn an_ordinary_day_on_which_many_close_is_closed_by_its_button() {
    let pc = Pc::with_demo();
    let mut program = tab(&pc);
    program.click_id("days-holidays-row-0");
    program.tap(Named::End);
    assert!(program.sees("Nytårsaftensdag"));
    program.tap(Named::Enter);
    assert!(program.sees("Nye lukkedage"));
    assert_eq!(program.text_of("days-from"), "31-12-2027");
    assert_eq!(program.text_of("days-reason"), "Nytårsaftensdag");
    program.click("OK");
    assert_eq!(reasons(&program.setup()), ["Lukket mellem jul og nytår", "Nytårsaftensdag"]);
    program.click_id("days-close-2027-06-05");
    assert_eq!(program.text_of("days-reason"), "Grundlovsdag");
}

#[test]
fn why_not_leads_to_the_days_that_are_closed() {
    let pc = Pc::with_changed_demo(|setup| {
        let absence = closure(setup, Some("LB"), "2026-11-30", "2026-12-04", "Ferie");
        vec![Write::create(&absence)]
    });
    let mut program = pc.settings();
    program.edit("SU");
    program.choose_patient("Karen Mikkelsen");
    program.click_id("preview-day-2026-11-30");
    assert!(program.sees("Fraværende · Ferie."));
    program.click("Til «Lukkedage»");
    assert_eq!(program.focused().as_deref(), Some("days-row-0"));
    assert!(program.sees("LB") && program.sees("30. nov. – 4. dec."));
}

#[test]
fn a_file_of_a_newer_program_is_looked_at_and_not_changed() {
    let pc = from_the_future();
    let mut program = tab(&pc);
    let before = program.setup();
    for button in ["Ny", "Slet"] {
        program.click(button);
        assert!(program.sees("Rediger"), "{button} is greyed");
    }
    program.click("Lukket på helligdage");
    program.click_id("days-row-0");
    program.tap(Named::Delete);
    program.tap(Named::F2);
    assert!(program.sees("Årsag"), "it may be looked at");
    fill(&mut program, "days-reason", "Ferie");
    program.tap(Named::Enter);
    assert!(program.sees("Årsag") && program.setup() == before);
}

#[test]
fn nothing_is_cut_in_a_narrow_window() {
    let pc = with_absences();
    let mut program = tab(&pc);
    for (width, height) in [(1280.0, 800.0), (900.0, 650.0), (760.0, 600.0), (700.0, 600.0), (560.0, 600.0)] {
        program.resize(width, height);
        let words = ["23. dec. – 1. jan. 2027", "Hele klinikken", "Lukket mellem jul og nytår", "10 dage"];
        let row = program.bounds_of_id("days-row-1");
        let parts = words.map(|words| program.bounds_of(words));
        for (words, part) in words.iter().zip(parts) {
            assert!(program.sees_whole(words) && part.is_within(&row.expand(0.5)), "{width} px: {words}");
            let beneath = parts.iter().filter(|other| part.intersection(other).is_some());
            assert_eq!(beneath.count(), 1, "{width} px: {words} lies over another");
        }
        let reason = parts[2];
        for button in ["days-whose", "days-new", "days-edit", "days-delete"] {
            let bounds = program.bounds_of_id(button);
            assert!(bounds.width > 40.0, "{width} px: {button} is cut to {bounds:?}");
        }
        // A line of small words is lower than 20 px, and the reason is not pressed into a column of letters.
        assert!(reason.height < 20.0 && reason.width > 160.0, "{width} px: {reason:?}");
    }
}

#[test]
fn no_closure_is_written_over_its_neighbour() {
    let long = "Sommerferieafløserkonferenceforberedelse".repeat(3);
    let pc = Pc::with_changed_demo(|setup| {
        let jh = practitioner(setup, "JH");
        let mut longest = jh.value.clone();
        longest.initials = Code::new("WWWWWWWW").unwrap();
        let closures = [
            closure(setup, Some("MK"), "2027-08-20", "2027-08-28", "Kursus"),
            closure(setup, None, "2027-12-28", "2028-01-10", "Ferie"),
            closure(setup, Some("JH"), "2028-08-20", "2029-08-20", &long),
        ];
        let others = setup.closures.iter().map(Write::delete);
        others.chain(Write::edit(&jh, &longest)).chain(closures.iter().map(Write::create)).collect()
    });
    let mut program = tab(&pc);
    let one_year = "20. aug. – 28. aug. 2027";
    let rows = [
        [one_year, "MK", "Kursus"],
        ["28. dec. 2027 – 10. jan. 2028", "Hele klinikken", "Ferie"],
        ["20. aug. 2028 – 20. aug. 2029", "WWWWWWWW", &long],
    ];
    for (width, height) in [(1280.0, 800.0), (900.0, 650.0), (760.0, 800.0), (700.0, 800.0)] {
        program.resize(width, height);
        for words in rows.iter().flatten() {
            let bounds = program.bounds_of(words);
            // A text is painted as wide as it is, whatever its bounds.
            let beside = Rectangle { x: bounds.x + bounds.width + 1.0, width: 6.0, ..bounds };
            let beside = program.seen().part(beside);
            let blank = beside.pixels.chunks_exact(4).all(|pixel| *pixel == beside.pixels[..4]);
            assert!(program.sees_whole(words) && blank, "{width} px: {words} is not kept to its place");
        }
        assert!(program.bounds_of(one_year).height < 20.0, "{width} px: most days are read in one line");
    }
}

#[test]
fn tab_reads_the_editor() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.resize(1280.0, 1700.0);
    program.open_settings();
    program.click("Lukkedage");
    program.click("Ny");
    reads(&mut program, "days-who");
}

#[test]
fn the_tab_in_pictures() {
    let pc = with_absences();
    let mut program = tab(&pc);
    program.picture("days");
    program.click("Vis tidligere");
    program.click_id("days-whose");
    program.picture("days-whose");
    program.tap(Named::Escape);
    program.click("Ny");
    program.click_id("days-from");
    program.type_text("24-11-26");
    program.picture("days-editor");
    program.send(Message::ThemeTurned(Mode::Dark));
    fill(&mut program, "days-to", "1-1-26");
    program.picture("days-editor-fault-dark");
    program.tap(Named::Escape);
    program.click("Kassér");
    program.picture_at("days-dark-at-150-percent", 1.5);
    program.right_click("Ferie");
    program.picture("days-menu-dark");
    program.tap(Named::Escape);
    program.resize(900.0, 650.0);
    program.picture("days-narrow-dark");
    program.resize(700.0, 600.0);
    program.picture("days-narrowest-dark");
}
