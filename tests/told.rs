//! What is told over the lower edge of the book.

use aftalebog::app::Message;
use iced::keyboard::{Modifiers, key::Named};
use iced::{Point, Vector};

use crate::harness::Driver;
use crate::program::{Pc, Program};

/// Somebody drags an appointment away and takes that back.
fn undone(program: &mut Driver<Program>) {
    let bounds = program.bounds_of("SU Jakob Fisker");
    let row = (bounds.height + 1.0) / 3.0;
    program.drag(bounds.center(), bounds.center() + Vector::new(0.0, 6.0 * row));
    program.chord('z', Modifiers::CTRL);
    assert!(program.sees_part("Fortrudt: "), "{:?}", program.texts());
}

#[test]
fn what_is_done_is_told_for_a_while_and_moves_nothing() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    let (book, gear) = (program.bounds_of_id("timetable"), program.bounds_of_id("gear"));
    let woken = program.app.woken_by();
    undone(&mut program);
    assert_eq!((program.bounds_of_id("timetable"), program.bounds_of_id("gear")), (book, gear));
    assert_eq!(program.app.woken_by(), woken + 1, "its time is waited for");
    program.picture("book-undone");
    undone(&mut program);
    program.send(Message::ConfirmationPassed(1));
    assert!(program.sees_part("Fortrudt: "), "that of the first does not end the second");
    program.send(Message::ConfirmationPassed(2));
    assert!(!program.sees_part("Fortrudt: "), "it goes by itself");
    program.resize(700.0, 600.0);
    undone(&mut program);
    assert!(program.sees_whole("23. nov."), "the date is not cut: {:?}", program.texts());
    program.picture("book-undone-narrow");
}

#[test]
fn what_is_told_is_closed_by_mouse_and_by_keyboard() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    undone(&mut program);
    program.click_id("told-close");
    assert!(!program.sees_part("Fortrudt: "));
    undone(&mut program);
    program.tap(Named::Escape);
    assert!(!program.sees_part("Fortrudt: "));
    undone(&mut program);
    for _ in 0..40 {
        program.tap(Named::Tab);
        if program.focused().as_deref() == Some("told-close") {
            break;
        }
    }
    program.tap(Named::Enter);
    assert!(!program.sees_part("Fortrudt: "));
}

#[test]
fn nothing_is_pressed_through_what_is_told() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    undone(&mut program);
    let close = program.bounds_of_id("told-close");
    let focused = program.focused();
    let words = Point::new(close.x - 60.0, close.center_y());
    program.click_at(words);
    program.click_at(words);
    assert!(!program.sees("Ny aftale") && program.sees_part("Fortrudt: "), "{:?}", program.texts());
    assert_eq!(program.focused(), focused);
}

#[test]
fn a_copy_that_could_not_be_made_is_told_until_it_is_closed() {
    let pc = Pc::with_demo();
    // There is a file where the folder is to be.
    std::fs::write(pc.path().join("backups"), "").unwrap();
    let mut program = pc.start();
    assert!(program.sees_part("Dagens sikkerhedskopi kunne ikke laves"), "{:?}", program.texts());
    let book = program.bounds_of_id("timetable");
    program.picture("book-not-backed-up");
    undone(&mut program);
    program.send(Message::ConfirmationPassed(1));
    program.tap(Named::Escape);
    assert!(program.sees_part("Dagens sikkerhedskopi kunne ikke laves"), "no time ends an error");
    program.click_id("not-backed-up-close");
    assert!(!program.sees_part("Dagens sikkerhedskopi"));
    assert_eq!(program.bounds_of_id("timetable"), book);
}
