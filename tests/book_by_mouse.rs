//! The appointment book by mouse: two clicks, dragging, edges and menus.

use aftalebog::screen::appointment_book::{Asked, Place};
use aftalebog::screen::settings::Editing;
use aftalebog_booking::bounded::Length;
use aftalebog_booking::zone::local;
use aftalebog_local::Booked;
use chrono::{DateTime, TimeDelta, Utc};
use futures::executor::block_on;
use iced::advanced::mouse::Button;
use iced::keyboard::{Modifiers, key::Named};
use iced::{Point, Vector};

use crate::appointment_book::{Office, date};
use crate::harness::Driver;
use crate::program::{Pc, Program};

/// The Tuesday on which MK has Vibeke Højgaard from 8.15 to 9.00.
fn tuesday() -> Driver<Office> {
    Office::new(date(2026, 11, 24)).open()
}

/// On that Tuesday.
fn instant(time: &str) -> DateTime<Utc> {
    format!("2026-11-24T{time}:00Z").parse::<DateTime<Utc>>().unwrap() - TimeDelta::hours(1)
}

fn minutes(minutes: u16) -> Option<Length> {
    Some(Length::new(minutes).unwrap())
}

impl Driver<Office> {
    /// A row of JH's morning in which nothing stands, on this day and the next.
    fn free(&mut self) -> Point {
        self.place("JH", "9.30")
    }

    fn drag_slowly(&mut self, from: Point, to: Point) {
        self.move_to(from);
        self.press(Button::Left);
        for part in [0.02, 0.1, 0.4, 0.7, 1.0] {
            self.move_to(from + (to - from) * part);
        }
    }
}

#[test]
fn two_presses_on_a_free_time_begin_an_appointment_there() {
    let mut office = tuesday();
    let at = office.free();
    // On a busy machine two presses may come too far apart to be a double one.
    for _ in 0..20 {
        office.click_at(at);
        if !office.app.asked.is_empty() {
            break;
        }
    }
    let place = Place { practitioner: office.practitioner("JH"), start: instant("09:30") };
    assert_eq!(office.asked(), Some(Asked::NewAppointment { at: place, minutes: None }));
}

#[test]
fn dragging_over_a_free_time_takes_its_minutes() {
    let mut office = tuesday();
    let from = office.free();
    let to = office.place("JH", "10.05");
    office.drag_slowly(from, to);
    assert!(office.sees("9.30–10.15 · JH"), "the time is told while it is dragged");
    office.release(Button::Left);
    let place = Place { practitioner: office.practitioner("JH"), start: instant("09:30") };
    assert_eq!(office.asked(), Some(Asked::NewAppointment { at: place, minutes: minutes(45) }));
}

#[test]
fn dragging_over_a_free_time_ends_at_the_next_appointment() {
    let mut office = tuesday();
    let (from, to) = (office.place("MK", "8.00"), office.place("MK", "8.40"));
    office.drag_slowly(from, to);
    assert!(!office.sees_part("8.00–8.45"));
    office.release(Button::Left);
    assert_eq!(office.asked(), None, "one row is not more than a press");
}

#[test]
fn an_appointment_is_dragged_to_another_time_and_another_practitioner() {
    let mut office = tuesday();
    let vibeke = office.appointment("Vibeke Højgaard");
    let from = office.bounds_of("SU Vibeke Højgaard").center();
    let to = from + (office.free() - office.place("MK", "8.15"));
    office.drag_slowly(from, to);
    assert!(office.sees("9.30–10.15 · JH"));
    office.picture("book-dragged");
    office.release(Button::Left);
    let at = Place { practitioner: office.practitioner("JH"), start: instant("09:30") };
    assert_eq!(office.asked(), Some(Asked::Reschedule { appointment: vibeke.id, at, minutes: vibeke.value.minutes }));
}

#[test]
fn a_drag_that_comes_back_or_is_given_up_asks_nothing() {
    let mut office = tuesday();
    let from = office.bounds_of("SU Vibeke Højgaard").center();
    let away = from + Vector::new(0.0, 200.0);
    office.drag_slowly(from, away);
    office.move_to(from + Vector::new(1.0, 2.0));
    office.release(Button::Left);
    assert_eq!(office.asked(), None, "back at its place");
    office.drag_slowly(from, away);
    office.tap(Named::Escape);
    office.release(Button::Left);
    assert_eq!(office.asked(), None, "after Escape");
    office.drag_slowly(from, away);
    office.press(Button::Right);
    office.release(Button::Left);
    assert_eq!(office.asked(), None, "after a press of the other button");
    assert!(!office.sees("Afbud …"), "which opens no menu then");
    office.drag_slowly(from, Point::new(1200.0, 500.0));
    office.release(Button::Left);
    assert_eq!(office.asked(), None, "let go outside the book");
}

#[test]
fn an_edge_is_dragged_to_make_an_appointment_longer_or_begin_later() {
    let mut office = tuesday();
    let vibeke = office.appointment("Vibeke Højgaard");
    let practitioner = vibeke.value.practitioner;
    let bounds = office.bounds_of("SU Vibeke Højgaard");
    let lower = Point::new(bounds.center_x(), bounds.y + bounds.height - 2.0);
    let to = Point::new(lower.x, office.height_of("9.30"));
    office.drag_slowly(lower, to);
    assert!(office.sees("8.15–9.30 · MK"));
    office.release(Button::Left);
    let at = Place { practitioner, start: instant("08:15") };
    let longer = Asked::Reschedule { appointment: vibeke.id, at, minutes: Length::new(75).unwrap() };
    assert_eq!(office.asked(), Some(longer));
    let upper = Point::new(bounds.center_x(), bounds.y + 2.0);
    let to = Point::new(upper.x, office.height_of("8.30"));
    office.drag_slowly(upper, to);
    office.release(Button::Left);
    let at = Place { practitioner, start: instant("08:30") };
    let later = Asked::Reschedule { appointment: vibeke.id, at, minutes: Length::new(30).unwrap() };
    assert_eq!(office.asked(), Some(later));
}

#[test]
fn what_is_held_near_the_edge_scrolls_the_day() {
    let mut office = tuesday();
    let from = office.bounds_of("SU Vibeke Højgaard").center();
    let table = office.bounds_of_id("timetable");
    let edge = Point::new(from.x, table.y + table.height - 4.0);
    office.drag_slowly(from, edge);
    assert!(!office.sees_part("–23.") && !office.sees_part("–22."));
    for _ in 0..40 {
        office.rest(std::time::Duration::from_millis(100));
    }
    office.move_to(edge - Vector::new(0.0, 1.0));
    let late = ["–23.", "–24.", "–22."].iter().any(|part| office.sees_part(part));
    assert!(late, "{:?}", office.texts());
}

#[test]
fn a_need_is_dragged_from_the_list_onto_a_time() {
    let mut office = tuesday();
    let list = office.bounds_of_id("needs-list");
    let need = office.app.needs[0].clone();
    let from = Point::new(list.x + 60.0, list.y + 20.0);
    let to = office.free();
    office.drag_slowly(from, to);
    assert!(office.sees_part("9.30–"), "where it would come to");
    office.picture("book-need-dragged");
    office.release(Button::Left);
    let at = Place { practitioner: office.practitioner("JH"), start: instant("09:30") };
    assert_eq!(office.asked(), Some(Asked::UseNeed { need: need.entry.id, at }));
    // Elsewhere on the row: a second press on the same spot is a double click, if it comes soon enough.
    office.drag_slowly(from + Vector::new(40.0, 0.0), Point::new(from.x + 20.0, from.y + 60.0));
    office.picture("book-need-carried");
    office.release(Button::Left);
    assert_eq!(office.asked(), None, "let go beside the book");
    assert!(!office.sees_part("9.30–"));
}

#[test]
fn the_menu_of_an_appointment_knows_what_the_trade_does_with_one() {
    let mut office = tuesday();
    let vibeke = office.appointment("Vibeke Højgaard");
    let choices: [(&str, Asked); 5] = [
        ("Vis/rediger …", Asked::Edit(vibeke.id)),
        ("Afbud …", Asked::Cancel(vibeke.id)),
        ("Slet …", Asked::Delete(vibeke.id)),
        ("Vis patient …", Asked::OpenPatient(vibeke.value.patient.unwrap())),
        ("Nyt behov …", Asked::NewNeed(vibeke.value.patient)),
    ];
    for (words, asked) in choices {
        office.right_click("SU Vibeke Højgaard");
        if words == "Afbud …" {
            office.picture("book-menu");
        }
        office.click(words);
        assert_eq!(office.asked(), Some(asked), "{words}");
        assert!(!office.sees(words), "the menu has closed");
    }
    office.right_click("SU Vibeke Højgaard");
    office.tap(Named::Escape);
    assert!(!office.sees("Afbud …"));
}

#[test]
fn move_in_the_menu_waits_for_the_new_time_over_any_day() {
    let mut office = tuesday();
    let vibeke = office.appointment("Vibeke Højgaard");
    office.right_click("SU Vibeke Højgaard");
    office.click("Flyt");
    assert!(office.sees("Vælg den nye tid for SU Vibeke Højgaard, og tryk på Enter. Esc annullerer."));
    office.picture("book-moving");
    office.tap(Named::Escape);
    assert!(!office.sees_part("Vælg den nye tid"));
    office.right_click("SU Vibeke Højgaard");
    office.click("Flyt");
    let at = office.free();
    office.click_id("day-later");
    assert!(office.sees_part("Vælg den nye tid"), "still, on another day");
    office.click_at(at);
    let start = instant("09:30") + TimeDelta::days(1);
    let at = Place { practitioner: office.practitioner("JH"), start };
    assert_eq!(office.asked(), Some(Asked::Reschedule { appointment: vibeke.id, at, minutes: vibeke.value.minutes }));
    assert!(!office.sees_part("Vælg den nye tid"));
}

#[test]
fn the_menu_of_a_free_time_makes_something_new_there() {
    let mut office = tuesday();
    let at = office.free();
    let place = Place { practitioner: office.practitioner("JH"), start: instant("09:30") };
    for (words, asked) in [
        ("Ny aftale …", Asked::NewAppointment { at: place, minutes: None }),
        ("Spær tid …", Asked::NewBlock { at: place, minutes: None }),
        ("Vis patient …", Asked::FindPatient),
    ] {
        office.right_click_at(at);
        office.click(words);
        assert_eq!(office.asked(), Some(asked), "{words}");
    }
    office.right_click_at(at);
    office.picture("book-menu-free");
    office.click("Indsæt her");
    assert_eq!(office.asked(), None, "nothing is being moved");
}

#[test]
fn a_file_that_can_only_be_read_is_looked_at() {
    let mut office = Office::new(date(2026, 11, 24));
    office.editing = Editing::ReadOnly;
    let mut office = office.open();
    let vibeke = office.appointment("Vibeke Højgaard");
    let from = office.bounds_of("SU Vibeke Højgaard").center();
    office.drag_slowly(from, from + Vector::new(0.0, 200.0));
    office.release(Button::Left);
    let at = office.free();
    for _ in 0..4 {
        office.click_at(at);
    }
    assert_eq!(office.asked(), None);
    office.right_click("SU Vibeke Højgaard");
    office.click("Slet …");
    assert_eq!(office.asked(), None, "it is greyed");
    office.click("Vis/rediger …");
    assert_eq!(office.asked(), Some(Asked::Edit(vibeke.id)));
}

impl Driver<Program> {
    /// When an appointment of the demo clinic's Monday begins, by the wall clock, and with whom.
    fn begins(&self, patient: &str) -> (String, String) {
        let setup = self.setup();
        let from = "2026-11-22T23:00:00Z".parse::<DateTime<Utc>>().unwrap();
        let booked = block_on(self.store().appointments_between(from, from + TimeDelta::days(1))).unwrap();
        let of = |booked: &&Booked| booked.patient.as_ref().is_some_and(|name| name.as_str() == patient);
        let value = &booked.iter().find(of).expect("the appointment is there").entry.value;
        let start = local(setup.clinic.value.time_zone, value.start);
        (start.format("%H.%M").to_string(), setup.practitioner(value.practitioner).unwrap().initials.to_string())
    }
}

#[test]
fn a_drag_is_saved_and_taken_back() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    let owned = |time: &str, who: &str| (time.to_owned(), who.to_owned());
    assert_eq!(program.begins("Jakob Fisker"), owned("09.45", "JH"));
    let bounds = program.bounds_of("SU Jakob Fisker");
    let row = (bounds.height + 1.0) / 3.0;
    program.drag(bounds.center(), bounds.center() + Vector::new(0.0, 6.0 * row));
    assert_eq!(program.begins("Jakob Fisker"), owned("11.15", "JH"));
    let moved = program.bounds_of("SU Jakob Fisker");
    assert_eq!(moved.y, bounds.y + (6.0 * row).round());
    program.chord('z', Modifiers::CTRL);
    assert_eq!(program.begins("Jakob Fisker"), owned("09.45", "JH"));
    assert!(program.sees_part("Fortrudt: "), "{:?}", program.texts());
    program.chord('z', Modifiers::CTRL);
    assert_eq!(program.begins("Jakob Fisker"), owned("09.45", "JH"), "there is nothing more to take back");
}

#[test]
fn what_was_done_before_the_program_was_opened_is_taken_back_after_a_question() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.click("AKUT");
    program.tap(Named::Delete);
    program.click("Slet");
    program.click("Luk");
    program.close();
    let mut later = pc.begin();
    later.clock = aftalebog::clock::Clock::Fixed(crate::program::now() + TimeDelta::hours(1));
    let mut program = crate::program::start(later);
    let is_online = |program: &Driver<Program>| crate::program::is_online(&program.setup(), "AKUT");
    program.chord('z', Modifiers::CTRL);
    assert!(program.sees("Fortryd «AKUT slettet»?") && !is_online(&program));
    program.picture("book-undo-question");
    program.click("Annuller");
    assert!(!is_online(&program));
    program.click_id("undo");
    program.click("Fortryd");
    assert!(is_online(&program) && program.sees("Fortrudt: AKUT slettet."));
}
