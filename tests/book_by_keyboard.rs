//! The appointment book without a mouse.

use aftalebog::screen::appointment_book::{Asked, Place};
use aftalebog_booking::bounded::Length;
use chrono::{DateTime, TimeDelta, Utc};
use iced::keyboard::{Modifiers, key::Named};

use crate::appointment_book::{Office, date};
use crate::harness::Driver;

/// The Tuesday on which MK has Vibeke Højgaard from 8.15 to 9.00, the keyboard in the book.
fn tuesday() -> Driver<Office> {
    let mut office = Office::new(date(2026, 11, 24)).open();
    while office.focused().as_deref() != Some("timetable") {
        office.tap(Named::Tab);
    }
    office
}

impl Driver<Office> {
    fn taps(&mut self, keys: &[Named]) {
        for key in keys {
            self.tap(*key);
        }
    }

    /// Chooses Vibeke Højgaard's appointment: the day opens at 7.45 with JH.
    fn choose_vibeke(&mut self) {
        self.taps(&[Named::ArrowDown, Named::ArrowRight, Named::ArrowDown, Named::ArrowDown]);
    }
}

fn instant(time: &str) -> DateTime<Utc> {
    format!("2026-11-24T{time}:00Z").parse::<DateTime<Utc>>().unwrap() - TimeDelta::hours(1)
}

#[test]
fn arrows_choose_and_enter_opens_or_begins() {
    let mut office = tuesday();
    let vibeke = office.appointment("Vibeke Højgaard");
    office.tap(Named::Enter);
    assert_eq!(office.asked(), None, "nothing is chosen yet");
    office.choose_vibeke();
    office.picture("book-chosen");
    office.tap(Named::Enter);
    assert_eq!(office.asked(), Some(Asked::Edit(vibeke.id)));
    office.tap(Named::F2);
    assert_eq!(office.asked(), Some(Asked::Edit(vibeke.id)));
    office.tap(Named::Delete);
    assert_eq!(office.asked(), Some(Asked::Cancel(vibeke.id)));
    office.key(Named::Delete, Modifiers::SHIFT);
    assert_eq!(office.asked(), Some(Asked::Delete(vibeke.id)));
    office.tap(Named::ArrowUp);
    let at = Place { practitioner: office.practitioner("MK"), start: instant("08:00") };
    let new = Asked::NewAppointment { at, minutes: None };
    office.tap(Named::Enter);
    assert_eq!(office.asked(), Some(new));
    office.tap(Named::Insert);
    assert_eq!(office.asked(), Some(new));
    office.tap(Named::Delete);
    assert_eq!(office.asked(), None, "there is nothing to cancel");
}

#[test]
fn shift_and_arrows_take_a_longer_time() {
    let mut office = tuesday();
    office.taps(&[Named::ArrowDown, Named::ArrowRight, Named::ArrowUp, Named::ArrowUp]);
    office.key(Named::ArrowDown, Modifiers::SHIFT);
    office.key(Named::ArrowDown, Modifiers::SHIFT);
    assert!(office.sees("7.15–8.00 · MK"));
    office.tap(Named::Enter);
    let at = Place { practitioner: office.practitioner("MK"), start: instant("07:15") };
    assert_eq!(office.asked(), Some(Asked::NewAppointment { at, minutes: Some(Length::new(45).unwrap()) }));
}

#[test]
fn alt_and_arrows_make_an_appointment_longer_and_shorter() {
    let mut office = tuesday();
    let vibeke = office.appointment("Vibeke Højgaard");
    let at = Place { practitioner: vibeke.value.practitioner, start: vibeke.value.start };
    office.choose_vibeke();
    for (key, minutes) in [(Named::ArrowDown, 60), (Named::ArrowUp, 30)] {
        office.key(key, Modifiers::ALT);
        let minutes = Length::new(minutes).unwrap();
        assert_eq!(office.asked(), Some(Asked::Reschedule { appointment: vibeke.id, at, minutes }));
    }
}

#[test]
fn what_is_cut_is_put_with_another_on_another_day() {
    let mut office = tuesday();
    let vibeke = office.appointment("Vibeke Højgaard");
    office.choose_vibeke();
    office.chord('x', Modifiers::CTRL);
    assert!(office.sees("Vælg den nye tid for SU Vibeke Højgaard, og tryk på Enter. Esc annullerer."));
    office.tap(Named::ArrowLeft);
    office.tap(Named::ArrowDown);
    assert!(office.sees("8.30–9.15 · JH"), "over whatever stands there");
    office.key(Named::ArrowRight, Modifiers::CTRL);
    assert!(office.sees("onsdag 25. november 2026 · uge 48") && office.sees("8.30–9.15 · JH"));
    office.tap(Named::Enter);
    let at = Place { practitioner: office.practitioner("JH"), start: instant("08:30") + TimeDelta::days(1) };
    assert_eq!(office.asked(), Some(Asked::Reschedule { appointment: vibeke.id, at, minutes: vibeke.value.minutes }));
    assert!(!office.sees_part("Vælg den nye tid"));
}

#[test]
fn escape_leaves_what_was_cut_where_it_is() {
    let mut office = tuesday();
    office.choose_vibeke();
    office.chord('x', Modifiers::CTRL);
    office.taps(&[Named::ArrowDown, Named::Escape]);
    assert!(!office.sees_part("Vælg den nye tid"));
    office.chord('v', Modifiers::CTRL);
    assert_eq!(office.asked(), None);
    office.tap(Named::F2);
    let vibeke = office.appointment("Vibeke Højgaard");
    assert_eq!(office.asked(), Some(Asked::Edit(vibeke.id)), "and it is chosen again");
    office.chord('x', Modifiers::CTRL);
    office.tap(Named::Enter);
    assert_eq!(office.asked(), None, "put where it was");
}

#[test]
fn the_menu_key_opens_the_menu_of_what_is_chosen() {
    let mut office = tuesday();
    let vibeke = office.appointment("Vibeke Højgaard");
    office.tap(Named::ContextMenu);
    assert!(!office.sees("Ny aftale …"), "nothing is chosen");
    office.choose_vibeke();
    office.key(Named::F10, Modifiers::SHIFT);
    assert!(office.sees("Flyt") && office.sees("Ctrl+X"));
    office.taps(&[Named::ArrowDown, Named::ArrowDown, Named::Enter]);
    assert_eq!(office.asked(), Some(Asked::Cancel(vibeke.id)));
    assert_eq!(office.focused().as_deref(), Some("timetable"), "the keyboard goes on from there");
    office.tap(Named::ArrowUp);
    office.tap(Named::ContextMenu);
    office.tap(Named::Enter);
    assert!(matches!(office.asked(), Some(Asked::NewAppointment { .. })));
}

#[test]
fn a_need_is_chosen_and_put_on_a_time() {
    let mut office = tuesday();
    while office.focused().as_deref() != Some("needs-list") {
        office.tap(Named::Tab);
    }
    let needs = office.app.needs.clone();
    let need = needs[1].entry.clone();
    office.taps(&[Named::ArrowDown, Named::ArrowDown]);
    office.tap(Named::F2);
    assert_eq!(office.asked(), Some(Asked::EditNeed(need.id)));
    office.tap(Named::Delete);
    assert_eq!(office.asked(), Some(Asked::DeleteNeed(need.id)));
    office.tap(Named::ContextMenu);
    assert!(office.sees("Find tid") && office.sees("Rediger behov …"));
    office.tap(Named::Escape);
    office.tap(Named::Enter);
    assert!(office.sees_part("Vælg en tid til "));
    assert_eq!(office.focused().as_deref(), Some("timetable"));
    office.tap(Named::ArrowDown);
    office.chord('v', Modifiers::CTRL);
    let Some(Asked::UseNeed { need: used, at }) = office.asked() else { panic!("a need was put on a time") };
    assert_eq!(used, need.id);
    assert_eq!(at.practitioner, need.value.practitioner, "with whom it is to be");
    assert_eq!(at.start, instant("08:00"));
}
