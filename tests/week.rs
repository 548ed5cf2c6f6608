//! The week in the appointment book, and who is shown.

use aftalebog::screen::appointment_book::{Asked, Place};
use aftalebog_booking::bounded::Name;
use aftalebog_booking::record::{Patient, PractitionerGroup};
use aftalebog_booking::{Entry, Id, Write};
use chrono::{DateTime, TimeDelta, Utc};
use iced::Point;
use iced::keyboard::{Modifiers, key::Named};

use crate::appointment_book::{Office, date};
use crate::harness::Driver;
use crate::program::{Pc, Program};

/// Where the pointer rests on nothing that shows a hint after a while.
const ASIDE: Point = Point::new(590.0, 20.0);

/// The week of the demo clinic's Tuesday.
fn week() -> Driver<Office> {
    let mut office = Office::new(date(2026, 11, 24)).open();
    office.click("Uge");
    office
}

impl Driver<Office> {
    fn show_only(&mut self, initials: &str) {
        self.click_id("whom");
        self.click(initials);
    }
}

impl Driver<Office> {
    fn go_down_to(&mut self, id: &str) {
        for _ in 0..20 {
            if self.focused().as_deref() == Some(id) {
                return;
            }
            self.tap(Named::ArrowDown);
        }
        panic!("the arrows do not come to {id}");
    }
}

/// At a time of this Wednesday.
fn wednesday(time: &str) -> DateTime<Utc> {
    format!("2026-11-25T{time}:00Z").parse::<DateTime<Utc>>().unwrap() - TimeDelta::hours(1)
}

#[test]
fn a_week_has_a_heading_for_each_day_and_is_turned_by_weeks() {
    let mut office = week();
    assert!(office.sees("23.–29. november 2026 · uge 48"));
    assert!(office.sees("ti. 24.") && !office.sees_part("ma. 23."), "many columns begin with the chosen day");
    office.show_only("MK");
    for heading in ["ma. 23. i dag", "ti. 24.", "on. 25.", "to. 26.", "fr. 27."] {
        assert!(office.sees(heading), "{heading}: {:?}", office.texts());
    }
    assert!(!office.sees("lø. 28."), "nobody works on Saturday");
    assert!(office.sees("SU Vibeke Højgaard"));
    office.click_id("day-later");
    assert!(office.sees("man. 30. nov. – 6. december 2026 · uge 49") && office.sees("ma. 30."));
    office.click_id("today");
    assert!(office.sees("23.–29. november 2026 · uge 48"));
    office.click("Dag");
    assert!(office.sees("mandag 23. november 2026 · uge 48"));
}

#[test]
fn the_heading_of_a_day_opens_it() {
    let mut office = week();
    office.show_only("MK");
    office.click("on. 25.");
    assert!(office.sees("onsdag 25. november 2026 · uge 48"));
    assert!(!office.sees("ti. 24."));
}

#[test]
fn keys_switch_between_day_and_week() {
    let mut office = week();
    office.chord('1', Modifiers::CTRL);
    assert!(office.sees("tirsdag 24. november 2026 · uge 48"));
    office.chord('2', Modifiers::CTRL);
    assert!(office.sees("23.–29. november 2026 · uge 48"));
}

#[test]
fn an_appointment_is_dragged_to_another_day() {
    let mut office = week();
    office.show_only("MK");
    let vibeke = office.appointment("Vibeke Højgaard");
    let from = office.bounds_of("SU Vibeke Højgaard").center();
    let by = office.bounds_of("on. 25.").x - office.bounds_of("ti. 24.").x;
    office.drag(from, from + iced::Vector::new(by, 0.0));
    let at = Place { practitioner: office.practitioner("MK"), start: wednesday("08:15") };
    assert_eq!(office.asked(), Some(Asked::Reschedule { appointment: vibeke.id, at, minutes: vibeke.value.minutes }));
}

#[test]
fn arrows_go_from_day_to_day() {
    let mut office = week();
    office.show_only("MK");
    while office.focused().as_deref() != Some("timetable") {
        office.tap(Named::Tab);
    }
    let vibeke = office.appointment("Vibeke Højgaard");
    office.click("SU Vibeke Højgaard");
    office.tap(Named::F2);
    assert_eq!(office.asked(), Some(Asked::Edit(vibeke.id)));
    office.chord('x', Modifiers::CTRL);
    office.tap(Named::ArrowRight);
    assert!(office.sees("8.15–9.00 · MK · on. 25."), "{:?}", office.texts());
    office.picture("week-moving");
    office.key(Named::ArrowRight, Modifiers::CTRL);
    assert!(office.sees("8.15–9.00 · MK · on. 2."), "a week later");
    office.tap(Named::Enter);
    let start = wednesday("08:15") + TimeDelta::days(7);
    let at = Place { practitioner: office.practitioner("MK"), start };
    assert_eq!(office.asked(), Some(Asked::Reschedule { appointment: vibeke.id, at, minutes: vibeke.value.minutes }));
}

#[test]
fn another_day_of_the_same_week_is_not_read_again() {
    let mut office = week();
    let loaded = office.app.loaded;
    office.click_nth("26", 1);
    assert_eq!(office.app.loaded, loaded);
    assert!(office.sees("23.–29. november 2026 · uge 48"));
    office.click("Dag");
    assert!(office.sees("torsdag 26. november 2026 · uge 48"), "the day that was chosen in the calendar");
}

#[test]
fn a_closed_week_says_so_and_the_weekend_is_there_when_something_is_booked() {
    let mut office = Office::new(date(2026, 12, 24)).open();
    office.click("Uge");
    assert!(office.sees("Lukket mellem jul og nytår"), "{:?}", office.texts());
    office.picture("week-closed");
    let mut office = Office::new(date(2026, 11, 24));
    let mut saturday = office.booked[0].clone();
    saturday.entry.value.start = "2026-11-28T09:00:00Z".parse().unwrap();
    saturday.entry.id = Id::random();
    saturday.entry.value.practitioner = office.setup.practitioners[0].id;
    office.booked.push(saturday);
    let mut office = office.open();
    office.click("Uge");
    office.show_only("JH");
    assert!(office.sees("lø. 28.") && !office.sees("sø. 29."));
}

#[test]
fn who_is_shown_is_chosen_by_mouse() {
    let mut office = Office::new(date(2026, 11, 24)).open();
    assert!(office.sees("Alle") && office.sees("JH") && office.sees("MK"));
    office.click_id("whom");
    assert!(office.sees("Behandlere"));
    office.click("SA");
    assert!(!office.sees("JH") && !office.sees("Alle") && office.sees("Sara Ahmadi"));
    office.click_id("whom");
    office.click("Alle");
    assert!(office.sees("JH") && office.sees("MK"));
}

#[test]
fn who_is_shown_is_chosen_by_keyboard_and_ticked() {
    let mut office = Office::new(date(2026, 11, 24)).open();
    office.chord('b', Modifiers::CTRL);
    assert_eq!(office.focused().as_deref(), Some("whom-0"));
    office.go_down_to("whom-practitioner-0");
    office.tap(Named::Enter);
    assert!(office.sees("Jens Holm") && !office.sees("Mette Kjærgaard"));
    office.chord('b', Modifiers::CTRL);
    office.go_down_to("whom-practitioner-1");
    office.tap(Named::Space);
    office.picture("book-whom");
    office.tap(Named::Escape);
    assert!(office.sees("JH, MK") && office.sees("Mette Kjærgaard") && !office.sees("Sara Ahmadi"));
}

#[test]
fn who_has_left_stands_only_where_something_is_booked() {
    let mut office = Office::new(date(2026, 11, 24));
    let jh = office.setup.practitioners.iter_mut().find(|entry| entry.value.initials.as_str() == "JH").unwrap();
    (jh.value.deactivated, jh.value.registered) = (true, false);
    let id = jh.id;
    let mut with = office.open();
    assert!(with.sees("Jens Holm"));
    with.click_id("whom");
    assert!(!with.sees("Jens Holm") && with.sees("Sara Ahmadi"), "but is not to be chosen");
    let mut without = Office::new(date(2026, 11, 24));
    without.setup = with.app.setup.clone();
    without.booked.retain(|booked| booked.entry.value.practitioner != id);
    assert!(!without.open().sees("Jens Holm"));
}

#[test]
fn the_week_as_it_looks() {
    let mut office = week();
    office.move_to(ASIDE);
    office.picture("week");
    office.picture_at("week-at-150-percent", 1.5);
    office.show_only("MK");
    office.move_to(ASIDE);
    office.picture("week-of-one");
    let mut dark = Office::new(date(2026, 11, 24)).dark().open();
    dark.click("Uge");
    dark.resize(900.0, 650.0);
    dark.picture("week-narrow-dark");
}

/// A PC with the demo clinic, which has a group of two.
fn with_group() -> Pc {
    Pc::with_changed_demo(|setup| {
        let practitioners = setup.practitioners[..2].iter().map(|entry| entry.id).collect();
        let group = PractitionerGroup { name: Name::new("Formiddagsholdet").unwrap(), practitioners, position: 1 };
        vec![Write::create(&Entry::new(group))]
    })
}

impl Driver<Program> {
    fn shows_whom(&mut self) -> Vec<String> {
        let all = ["JH", "MK", "SA", "LB", "CN", "AP", "PV"];
        let top = self.bounds_of_id("timetable").y;
        let is_head = |bounds: &iced::Rectangle| (bounds.y - top).abs() < 30.0;
        let seen = all.into_iter().filter(|initials| self.all_bounds_of(initials).iter().any(is_head));
        seen.map(str::to_owned).collect::<Vec<_>>()
    }
}

#[test]
fn how_the_book_is_seen_survives_a_restart_and_falls_back_when_a_group_has_gone() {
    let pc = with_group();
    let mut program = pc.start_from_desktop();
    program.click_id("whom");
    program.click("Formiddagsholdet");
    program.click("Uge");
    assert!(program.sees("Formiddagsholdet") && program.sees("23.–29. nov. · uge 48"));
    program.close();
    let mut program = pc.start_from_desktop();
    assert!(program.sees("23.–29. nov. · uge 48"));
    program.click("Dag");
    assert_eq!(program.shows_whom(), ["JH", "MK"]);
    let groups = program.setup().practitioner_groups;
    let group = groups.into_iter().find(|group| group.value.name.as_str() == "Formiddagsholdet").unwrap();
    program.close();
    let removing = async {
        let store = aftalebog_local::Store::open(pc.demo(), crate::program::now()).await.unwrap();
        let change = aftalebog_booking::Change::new(crate::program::now(), "en anden pc", vec![Write::delete(&group)]);
        store.save(change).await.unwrap();
        store.close().await;
    };
    futures::executor::block_on(removing);
    let mut program = pc.start_from_desktop();
    assert!(program.sees("Alle"));
    assert_eq!(program.shows_whom().len(), 7);
}

#[test]
fn a_patient_is_shown_the_day_and_the_week_comes_back() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.click("Uge");
    program.click_id("view-as-patient");
    assert!(program.sees("man. 23. nov. · uge 48"));
    program.tap(Named::Escape);
    assert!(program.sees("23.–29. nov. · uge 48"));
    program.click_id("view-as-patient");
    program.click("Uge");
    assert!(program.sees("23.–29. nov. · uge 48") && program.sees("Aftalebehov"));
}

#[test]
fn patients_who_created_themselves_are_told_of_while_there_are_any() {
    let pc = Pc::with_changed_demo(|setup| {
        let _ = setup;
        let patient = |number: &str, name: &str| Patient {
            number: aftalebog_booking::bounded::PatientNumber::new(number).unwrap(),
            name: Name::new(name).unwrap(),
            birth_date: date(1990, 5, 17),
            phone: None,
            email: None,
            self_registered: true,
            accepted: false,
        };
        vec![
            Write::create(&Entry::new(patient("9001", "Nanna Eriksen"))),
            Write::create(&Entry::new(patient("9002", "Ebbe Lund"))),
        ]
    });
    let before = Pc::with_demo().start().find_id("new-patients");
    let mut program = pc.start();
    let waiting = aftalebog_booking::demo::demo_clinic(date(2026, 11, 23), aftalebog_booking::demo::SEED).records;
    let waiting = waiting.iter().filter(|record| match &record.value {
        aftalebog_booking::Value::Patient(patient) => patient.self_registered && !patient.accepted,
        _ => false,
    });
    let waiting = waiting.count();
    assert_eq!(before.is_some(), waiting > 0);
    assert!(program.sees(&format!("{} nye patienter", waiting + 2)), "{:?}", program.texts());
    program.picture("book-new-patients");
}

#[test]
fn the_last_save_is_taken_back_from_the_book() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.click("AKUT");
    program.tap(Named::Delete);
    program.click("Slet");
    program.click("Luk");
    assert!(!crate::program::is_online(&program.setup(), "AKUT"));
    program.chord('z', Modifiers::CTRL);
    assert!(crate::program::is_online(&program.setup(), "AKUT"));
    assert!(!program.sees_part("kan ikke"), "{:?}", program.texts());
}

#[test]
fn a_save_that_cannot_be_taken_back_says_why() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.click("AKUT");
    program.tap(Named::Delete);
    program.click("Slet");
    program.click("Luk");
    program.not_saved(aftalebog_local::SaveError::ReadOnly);
    assert!(program.sees_part("kan kun læses"), "{:?}", program.texts());
    program.click_id("told-close");
    assert!(!program.sees_part("kan kun læses"));
}

#[test]
fn what_is_seldom_done_stands_under_more() {
    use aftalebog::screen::appointment_book::Transfer;
    let mut office = Office::new(date(2026, 11, 24)).open();
    for (words, transfer) in [
        ("Importér patienter …", Transfer::ImportPatients),
        ("Importér behov …", Transfer::ImportNeeds),
        ("Importér kalender …", Transfer::ImportCalendar),
        ("Eksportér patienter …", Transfer::ExportPatients),
        ("Eksportér behov …", Transfer::ExportNeeds),
        ("Eksportér kalender …", Transfer::ExportCalendar),
    ] {
        office.click_id("more");
        office.click(words);
        assert_eq!(office.app.transfers.pop(), Some(transfer));
    }
    for (words, asked) in [("Ny patient …", Asked::NewPatient), ("Nyt behov …", Asked::NewNeed(None))] {
        office.click_id("more");
        office.click(words);
        assert_eq!(office.asked(), Some(asked));
    }
    office.chord('f', Modifiers::CTRL);
    assert_eq!(office.asked(), Some(Asked::FindPatient));
    office.click_id("more");
    office.picture("book-more");
}

#[test]
fn the_bar_gives_way_in_narrow_windows() {
    let mut office = Office::new(date(2026, 11, 24)).open();
    let ids = ["day-earlier", "today", "stretch-week", "whom", "find-patient", "more", "language", "gear"];
    for (width, words) in
        [(1600.0, true), (1280.0, true), (1100.0, false), (900.0, false), (760.0, false), (680.0, false)]
    {
        office.resize(width, 700.0);
        for id in ids {
            let bounds = office.bounds_of_id(id);
            assert!(bounds.x + bounds.width <= width - 15.0, "{id} at {width}: {bounds:?}");
        }
        let short =
            ["tirs. 24. nov. · uge 48", "tirs. 24. nov.", "24. nov."].iter().any(|date| office.sees_whole(date));
        assert!(short || words, "{width}: {:?}", office.texts());
        assert_eq!(office.sees("tirsdag 24. november 2026 · uge 48"), words, "{width}");
    }
    office.resize(900.0, 700.0);
    office.picture("book-bar-narrow");
}
