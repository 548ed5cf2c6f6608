//! «Arbejdstider»: a week of intervals for each practitioner.

use aftalebog::app::Message;
use aftalebog_booking::agenda::working_intervals;
use aftalebog_booking::bounded::{Code, Name};
use aftalebog_booking::record::{Entry, Practitioner, Weeks, WorkingHours};
use aftalebog_booking::{Id, Setup, Write};
use aftalebog_local::SaveError;
use chrono::{NaiveDate, Weekday};
use iced::keyboard::key::Named;
use iced::theme::Mode;

use crate::beginning::from_the_future;
use crate::harness::Driver;
use crate::program::{Pc, Program, practitioner};
use crate::tab_order::reads;

fn tab(pc: &Pc) -> Driver<Program> {
    let mut program = pc.settings();
    program.click("Arbejdstider");
    program
}

/// Whose hours are looked at.
#[track_caller]
fn choose(program: &mut Driver<Program>, name: &str) {
    // The list stands at the left; the heading beside it may say the same.
    let found = program.all_bounds_of(name);
    let row = found.iter().min_by(|one, other| one.x.total_cmp(&other.x)).expect("they work here");
    program.click_at(row.center());
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// «08:00-12:00 12:30-16:00» of somebody on a date.
fn on(setup: &Setup, initials: &str, day: &str) -> String {
    let intervals = working_intervals(setup, practitioner(setup, initials).id, date(day));
    let words = intervals.iter().map(|interval| format!("{}-{}", interval.from(), interval.to()));
    words.collect::<Vec<_>>().join(" ")
}

fn of<'a>(setup: &'a Setup, initials: &str) -> Vec<&'a Entry<WorkingHours>> {
    let whom = practitioner(setup, initials).id;
    setup.working_hours.iter().filter(|entry| entry.value.practitioner == whom).collect()
}

/// Types in a field with this id, instead of what it holds.
fn fill(program: &mut Driver<Program>, id: &str, typed: &str) {
    program.click_id(id);
    program.clear();
    program.type_text(typed);
}

#[test]
fn the_tab_shows_a_week_and_what_it_is_made_of() {
    let pc = Pc::with_demo();
    let mut program = tab(&pc);
    for words in ["Jens Holm", "Peter Vestergaard", "30 t om ugen", "Mandag", "7 t 30 min.", "10.00–13.30, 14.00–18.00"]
    {
        assert!(program.texts().iter().any(|text| text == words), "{words}: {:?}", program.texts());
    }
    assert!(!program.sees("Lørdag"), "nobody works at the weekend");
    choose(&mut program, "Peter Vestergaard");
    assert!(program.sees("5 t 30 min. i lige uger, 0 t i ulige"));
    assert_eq!(program.all_bounds_of("lige uger").len(), 2, "in the picture and in the list");
    assert!(program.sees("ulige uger"));
    assert!(!program.sees("I dag"), "there is only one week to look at");
    // By keyboard: the list of people is one stop.
    program.tap(Named::Home);
    assert_eq!(program.focused().as_deref(), Some("hours-people-row-0"));
    program.tap(Named::ArrowDown);
    assert!(program.sees("35 t om ugen"), "{:?}", program.texts());
    program.tap(Named::Enter);
    assert_eq!(program.focused().as_deref(), Some("hours-row-0"), "on to the entries");
}

#[test]
fn new_hours_are_made_for_several_days_at_once() {
    let pc = Pc::with_demo();
    let mut program = tab(&pc);
    choose(&mut program, "Sara Ahmadi");
    program.click("Ny");
    assert!(program.sees("Ny arbejdstid: Sara Ahmadi"));
    assert_eq!(program.focused().as_deref(), Some("hours-weekday-0"));
    assert_eq!(program.text_of("hours-from-0"), "8.00", "a sensible day is proposed");
    assert_eq!(program.text_of("hours-to-1"), "16.00");
    assert_eq!(program.text_of("hours-from-2"), "fra", "and an empty row to go on with");
    program.tap(Named::Enter);
    assert!(program.sees("Sæt flueben ved mindst én ugedag."));
    program.click("ma");
    assert!(program.sees("7 t 30 min. · Næste gang: mandag 23. november"), "{:?}", program.texts());
    program.click("lø");
    assert!(program.sees("7 t 30 min. om dagen · Første gang: mandag 23. november"));
    fill(&mut program, "hours-from-2", "17");
    assert!(program.find_id("hours-from-3").is_some(), "typing in the last row makes another");
    program.tap(Named::Tab);
    program.type_text("1830");
    assert!(program.sees("1 t 30 min."));
    program.tap(Named::Enter);
    let setup = program.setup();
    assert_eq!(on(&setup, "SA", "2026-11-23"), "08:00-12:00 12:30-16:00 17:00-18:30");
    assert_eq!(on(&setup, "SA", "2026-11-28"), "08:00-12:00 12:30-16:00 17:00-18:30");
    assert_eq!(of(&setup, "SA").len(), 6);
    assert!(program.sees("Lørdag"), "the weekend is seen now");
    assert_eq!(program.focused().as_deref(), Some("hours-row-0"), "the new one is chosen");
    assert!(program.sees("Fortryd «arbejdstider for SA ændret»"));
    program.click("Fortryd «arbejdstider for SA ændret»");
    assert_eq!(of(&program.setup(), "SA").len(), 4, "both at once");
}

#[test]
fn faults_stand_at_their_fields_and_nothing_typed_is_lost() {
    let pc = Pc::with_demo();
    let mut program = tab(&pc);
    program.tap(Named::Tab);
    program.click("Ny");
    program.click("ti");
    fill(&mut program, "hours-to-1", "");
    assert!(!program.sees("Skriv også, hvornår tiden slutter."), "it is just being typed");
    fill(&mut program, "hours-to-1", "16");
    for (id, typed, words) in [
        ("hours-from-0", "25", "Skriv et klokkeslæt, fx 8.00."),
        ("hours-from-0", "12.00", "Skal slutte efter 12.00."),
        ("hours-from-0", "8", "4 t"),
        ("hours-from-1", "11.30", "Overlapper 8.00–12.00."),
        ("hours-from-1", "12", "4 t"),
        ("hours-to-1", "24", "12 t"),
        ("hours-valid-from", "snart", "Skriv en dato, fx 24-12-2026."),
        ("hours-valid-from", "1-1-27", "fredag 1. januar 2027"),
        ("hours-valid-to", "31-12-2026", "Skal være 1. januar 2027 eller senere."),
    ] {
        fill(&mut program, id, typed);
        assert!(program.sees(words), "{typed}: {:?}", program.texts());
    }
    program.click("OK");
    assert_eq!(program.focused().as_deref(), Some("hours-valid-to"), "the first field that is wrong");
    fill(&mut program, "hours-valid-to", "");
    fill(&mut program, "hours-to-1", "");
    program.click("OK");
    assert_eq!(program.focused().as_deref(), Some("hours-to-1"));
    assert!(program.sees("Skriv også, hvornår tiden slutter."));
    // The row's cross stands beside its fields.
    let cross = program.bounds_of_id("hours-to-1");
    program.click_at(iced::Point::new(cross.x + cross.width + 24.0, cross.center_y()));
    assert!(program.find_id("hours-from-2").is_none() && program.text_of("hours-from-1") == "fra");
    program.slow_disk("Pressed(Ok)");
    program.click("OK");
    program.not_saved(SaveError::DiskFull);
    assert!(program.sees_part("Kan ikke gemme: disken er fuld."));
    assert_eq!(program.text_of("hours-from-0"), "8");
    program.click("OK");
    let setup = program.setup();
    assert_eq!(on(&setup, "JH", "2027-01-05"), "08:00-12:00 12:30-16:00", "the old hours hold as well");
    assert!(of(&setup, "JH").iter().any(|entry| entry.value.valid_from == Some(date("2027-01-01"))));
}

#[test]
fn an_edit_warns_of_what_it_leaves_outside_and_of_what_holds_too() {
    let pc = Pc::with_demo();
    let mut program = tab(&pc);
    let rows = program.all_bounds_of("Onsdag");
    program.click_at(rows[rows.len() - 1].center());
    program.tap(Named::F2);
    assert!(program.sees("Arbejdstid: Jens Holm"));
    assert_eq!(program.focused().as_deref(), Some("hours-from-0"));
    assert!(!program.sees_part("ligger uden for"), "nothing is changed yet");
    program.click("to");
    assert!(program.sees_part("Torsdag har allerede 8.00–12.00, 12.30–16.00 (hver uge)."), "{:?}", program.texts());
    assert!(program.sees_part("aftaler ligger uden for de nye tider"), "{:?}", program.texts());
    program.click("on");
    assert!(!program.sees_part("ligger uden for"));
    fill(&mut program, "hours-from-0", "10.10");
    assert!(program.sees("10.10 passer ikke med aftalebogens tidsperiode på 15 min."));
    program.click("lige uger");
    program.click("OK");
    let setup = program.setup();
    let wednesday = of(&setup, "JH").into_iter().find(|entry| entry.value.weekday.weekday() == Weekday::Wed).unwrap();
    assert_eq!(wednesday.value.weeks, Weeks::Even);
    assert_eq!(on(&setup, "JH", "2026-11-25"), "10:10-13:30 14:00-18:00");
    assert_eq!(on(&setup, "JH", "2026-12-02"), "");
}

#[test]
fn a_day_is_copied_to_other_days_and_a_week_to_other_people() {
    let pc = Pc::with_demo();
    let mut program = tab(&pc);
    choose(&mut program, "Mette Kjærgaard");
    program.click("Kopiér til …");
    assert!(program.sees("Kopiér arbejdstider: Mette Kjærgaard") && program.sees("Til disse dage"));
    program.click("OK");
    assert!(program.sees("Sæt mindst ét flueben."));
    program.click_id("copy-day-3");
    assert!(program.sees("1 arbejdstid bliver erstattet af 1."), "{:?}", program.texts());
    program.click_id("copy-day-4");
    assert!(program.sees("1 arbejdstid bliver erstattet af 2."));
    program.click("OK");
    let setup = program.setup();
    for day in ["2026-11-23", "2026-11-27", "2026-11-28"] {
        assert_eq!(on(&setup, "MK", day), "08:00-12:00 12:30-16:00");
    }
    program.key(Named::Escape, iced::keyboard::Modifiers::empty());
    let mut program = pc.restart(program);
    program.open_settings();
    program.click("Arbejdstider");
    choose(&mut program, "Jens Holm");
    program.click("Kopiér til …");
    program.click("Hele ugen");
    assert!(program.sees("Til disse behandlere"));
    program.click("LB · Line Bech");
    program.click("PV · Peter Vestergaard");
    assert!(program.sees("5 arbejdstider bliver erstattet af 8."));
    fill(&mut program, "copy-from", "1-1-2027");
    assert!(program.sees("fredag 1. januar 2027. Det, der gælder før, bliver stående."));
    program.click("OK");
    let setup = program.setup();
    assert_eq!(on(&setup, "LB", "2026-12-30"), "07:45-11:45 12:15-15:30");
    for initials in ["LB", "PV"] {
        assert_eq!(on(&setup, initials, "2027-01-06"), "10:00-13:30 14:00-18:00");
        assert_eq!(on(&setup, initials, "2027-01-08"), "");
    }
    assert!(program.sees("Fortryd «arbejdstider ændret»"));
    program.click("Fortryd «arbejdstider ændret»");
    assert_eq!(on(&program.setup(), "LB", "2027-01-06"), "07:45-11:45 12:15-15:30");
}

#[test]
fn a_copy_names_the_plans_that_it_replaces() {
    let pc = Pc::with_changed_demo(|setup| {
        let tuesday = of(setup, "MK").into_iter().find(|entry| entry.value.weekday.weekday() == Weekday::Tue).unwrap();
        let with = |valid_from, valid_to| WorkingHours { valid_from, valid_to, ..tuesday.value.clone() };
        let planned = Entry::new(with(Some(date("2027-01-01")), None));
        let ended = Entry::new(with(None, Some(date("2026-06-30"))));
        vec![Write::create(&planned), Write::create(&ended)]
    });
    let mut program = tab(&pc);
    choose(&mut program, "Mette Kjærgaard");
    program.click("Kopiér til …");
    program.click_id("copy-day-0");
    assert!(
        program.sees("Også 1 arbejdstid, der først gælder fra 1. januar 2027, forsvinder."),
        "{:?}",
        program.texts()
    );
    assert!(program.sees_part("Også 1 udløbet arbejdstid forsvinder."));
    fill(&mut program, "copy-from", "1-12-2026");
    assert!(!program.sees_part("udløbet"), "what has been stays");
    assert!(program.sees_part("Også 1 arbejdstid, der først gælder fra 1. januar 2027"));
}

#[test]
fn a_new_plan_begins_on_a_date_and_is_changed_from_there() {
    let pc = Pc::with_demo();
    let mut program = tab(&pc);
    program.click("Ny plan fra dato …");
    program.click("OK");
    assert!(program.sees("Skriv den dato, den nye plan begynder."));
    program.type_text("1-1-2027");
    let means = "4 arbejdstider slutter torsdag 31. december 2026 og begynder igen fredag 1. januar 2027.";
    assert!(program.sees(means), "{:?}", program.texts());
    program.tap(Named::Enter);
    let setup = program.setup();
    assert_eq!(of(&setup, "JH").len(), 8);
    assert_eq!(on(&setup, "JH", "2026-12-28"), on(&setup, "JH", "2027-01-04"));
    assert!(program.sees("I dag") && program.sees("Fra 1. januar 2027"));
    assert!(program.sees("fra 1. januar 2027") && program.sees("til og med 31. december 2026"));
    // The new Monday alone is changed.
    let begins = program.all_bounds_of("fra 1. januar 2027")[0].center();
    program.click_at(begins);
    program.tap(Named::F2);
    fill(&mut program, "hours-to-1", "15");
    program.click("OK");
    let setup = program.setup();
    assert_eq!(on(&setup, "JH", "2026-12-28"), "08:00-12:00 12:30-16:00");
    assert_eq!(on(&setup, "JH", "2027-01-04"), "08:00-12:00 12:30-15:00");
    assert!(program.sees("29 t om ugen"), "the new plan has been in view since: {:?}", program.texts());
    program.click("I dag");
    assert!(program.sees("30 t om ugen"));
}

#[test]
fn hours_are_deleted_after_a_question_that_says_what_it_leaves_outside() {
    let pc = Pc::with_demo();
    let mut program = tab(&pc);
    let rows = program.all_bounds_of("Mandag");
    program.right_click_at(rows[rows.len() - 1].center());
    for item in ["Rediger …", "Slet …", "Kopiér dagen til …", "Kopiér hele ugen til …", "Ny arbejdstid …"] {
        assert!(program.sees(item), "{item}");
    }
    program.click("Slet …");
    assert!(program.sees("Slet arbejdstiden hos Jens Holm?"));
    assert!(program.sees("Mandag · hver uge · 8.00–12.00, 12.30–16.00"));
    assert!(program.sees_part("aftaler ligger uden for de nye tider"), "{:?}", program.texts());
    program.tap(Named::Enter);
    assert_eq!(of(&program.setup(), "JH").len(), 4, "Enter keeps them");
    program.tap(Named::Delete);
    program.click_id("question-lose");
    assert_eq!(on(&program.setup(), "JH", "2026-11-23"), "");
    assert_eq!(program.focused().as_deref(), Some("hours-row-0"));
    program.click("Fortryd «arbejdstider for JH ændret»");
    assert_eq!(of(&program.setup(), "JH").len(), 4);
    program.click_id("hours-row-0");
    program.tap(Named::End);
    program.tap(Named::Delete);
    program.click_id("question-lose");
    assert_eq!(program.focused().as_deref(), Some("hours-row-2"), "the last one there is now");
}

#[test]
fn what_has_ended_is_seen_when_asked_for() {
    let pc = Pc::with_changed_demo(|setup| {
        let (jh, monday) = (practitioner(setup, "JH").id, of(setup, "JH")[0].value.clone());
        let ended = WorkingHours { practitioner: jh, valid_to: Some(date("2026-06-30")), ..monday };
        vec![Write::create(&Entry { id: Id::random(), value: ended })]
    });
    let mut program = tab(&pc);
    assert!(!program.sees("til og med 30. juni 2026"));
    program.click("Vis udløbne");
    assert!(program.sees("til og med 30. juni 2026"));
}

#[test]
fn a_file_of_a_newer_program_is_looked_at_and_not_changed() {
    let pc = from_the_future();
    let mut program = tab(&pc);
    let before = program.setup();
    for button in ["Ny", "Slet", "Kopiér til …", "Ny plan fra dato …"] {
        program.click(button);
        assert!(program.sees("Rediger"), "{button} is greyed");
    }
    program.click_id("hours-row-0");
    for key in [Named::Insert, Named::Delete] {
        program.tap(key);
        assert!(program.sees("Rediger"), "{key:?} does nothing");
    }
    program.tap(Named::F2);
    assert!(program.sees("Arbejdstid: Jens Holm"), "it may be looked at");
    fill(&mut program, "hours-to-1", "15");
    program.tap(Named::Enter);
    assert!(program.sees("Arbejdstid: Jens Holm") && program.setup() == before);
}

#[test]
fn tab_reads_the_dialogs_and_goes_from_time_to_time() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.resize(1280.0, 1700.0);
    program.open_settings();
    program.click("Arbejdstider");
    program.click("Ny");
    reads(&mut program, "hours-weekday-0");
    program.click_id("hours-to-1");
    program.tap(Named::Tab);
    assert_eq!(program.focused().as_deref(), Some("hours-from-2"), "on to the next time");
    program.tap(Named::Escape);
    program.click("Kopiér til …");
    reads(&mut program, "copy-what");
    program.tap(Named::ArrowRight);
    assert!(program.sees("Til disse behandlere"), "the arrows choose");
    program.tap(Named::Escape);
    program.click("Ny plan fra dato …");
    reads(&mut program, "plan-from");
}

#[test]
fn long_names_and_english() {
    let pc = Pc::with_changed_demo(|setup| {
        let jh = practitioner(setup, "JH");
        let name = Name::new("Anne-Margrethe Kirstine Vestergaard-Christoffersen af Højbjerggaard").unwrap();
        let initials = Code::new("AMKVCAHØ").unwrap();
        let renamed = Practitioner { name, initials, ..jh.value.clone() };
        let row = of(setup, "JH")[0];
        let (valid_from, valid_to) = (Some(date("2026-09-30")), Some(date("2027-09-30")));
        let day =
            |text: &str| serde_json::from_value(serde_json::json!({"from": text, "to": &text.replace(":00", ":45")}));
        let times = ["06:00", "08:00", "10:00", "13:00", "15:00", "17:00"];
        let intervals = times.into_iter().map(|time| day(time).unwrap()).collect();
        let many = WorkingHours { intervals, valid_from, valid_to, ..row.value.clone() };
        Write::edit(&jh, &renamed).into_iter().chain(Write::edit(row, &many)).collect()
    });
    let mut program = tab(&pc);
    program.picture("hours-long-names");
    program.tap(Named::Escape);
    program.click_id("language");
    program.open_settings();
    program.click("Working hours");
    program.picture("hours-english");
    program.click("Closed days");
    program.picture("days-english");
}

#[test]
fn the_tab_in_pictures() {
    let pc = Pc::with_demo();
    let mut program = tab(&pc);
    program.picture("hours");
    choose(&mut program, "Peter Vestergaard");
    program.picture("hours-even-weeks");
    choose(&mut program, "Jens Holm");
    program.click("Ny plan fra dato …");
    program.type_text("1-1-2027");
    program.picture("hours-new-plan");
    program.tap(Named::Enter);
    program.send(Message::ThemeTurned(Mode::Dark));
    program.picture("hours-two-plans-dark");
    let begins = program.all_bounds_of("fra 1. januar 2027")[0].center();
    program.right_click_at(begins);
    program.picture("hours-menu-dark");
    program.tap(Named::Escape);
    program.picture_at("hours-dark-at-150-percent", 1.5);
    program.resize(900.0, 650.0);
    program.picture("hours-narrow-dark");
}

#[test]
fn the_dialogs_in_pictures() {
    let pc = Pc::with_demo();
    let mut program = tab(&pc);
    program.click("Ny");
    program.click("ma");
    program.click("on");
    program.picture("hours-editor");
    fill(&mut program, "hours-to-1", "11");
    fill(&mut program, "hours-valid-from", "snart");
    program.picture("hours-editor-faults");
    program.tap(Named::Escape);
    program.click("Kassér");
    program.click("Kopiér til …");
    program.click_id("copy-day-0");
    program.picture("hours-copy-day");
    program.click("Hele ugen");
    program.click("LB · Line Bech");
    program.send(Message::ThemeTurned(Mode::Dark));
    program.picture("hours-copy-week-dark");
}
