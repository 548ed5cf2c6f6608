//! A day of the appointment book with 12 practitioners and 600 appointments.

mod figures;
mod large_clinic;
mod window;

use aftalebog::screen::appointment_book::{Desk, Seen, prepared_sheet};
use aftalebog::screen::settings::Editing;
use aftalebog::screen::synchronising::{Fresh, Standing};
use aftalebog_booking::zone;
use aftalebog_local::Store;
use aftalebog_texts::{Language, Texts};
use chrono::TimeDelta;
use figures::{Times, heading};
use futures::executor::block_on;
use large_clinic::{Size, now};
use window::{Window, program};

static STANDING: Standing = Standing::UNSAID;
static FRESH: Fresh = Fresh::NOTHING;

const TIMES: usize = 60;

fn main() {
    let size = Size { types: 30, practitioners: 12, appointments: 600, days_around: 0 };
    let (mut read, mut prepared) = (Times::default(), Times::default());
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("clinic.db");
    let store = block_on(Store::create(file, large_clinic::clinic(size), now())).expect("a clinic");
    let setup = block_on(store.setup()).expect("it can be read");
    let zone = setup.clinic.value.time_zone;
    let day = zone::local(zone, now()).date();
    let from = zone::day_start(zone, day);
    let texts = Texts::new(Language::Danish);
    let desk = Desk {
        setup: &setup,
        texts: &texts,
        now: now(),
        editing: Editing::Allowed,
        undoable: None,
        new_patients: 0,
        standing: &STANDING,
        fresh: &FRESH,
    };
    for _ in 0..TIMES {
        let booked = read.take(|| block_on(store.appointments_between(from, from + TimeDelta::days(1))));
        let booked = booked.expect("it can be read");
        assert_eq!(booked.len(), size.appointments);
        let _day = prepared.take(|| prepared_sheet(desk, &Seen::default(), day, &booked));
    }
    block_on(store.close());

    let mut program = program(large_clinic::clinic(size));
    let (mut build, mut frame) = (Times::default(), Times::default());
    for _ in 0..TIMES {
        build.push(program.window.build());
        frame.take(|| program.window.frame());
    }
    let (mut turned, mut shown, mut areas) = (Times::default(), Times::default(), 0);
    for turn in 0..TIMES {
        let _areas = program.window.changed_frame();
        program.window.click_id(if turn % 2 == 0 { "day-later" } else { "day-earlier" });
        // The day is another one now, and all that stands in it.
        areas = shown.take(|| program.window.changed_frame());
        turned.take(|| program.window.frame());
    }
    let mut scrolled = Times::default();
    for _ in 0..TIMES {
        let _areas = program.window.changed_frame();
        let wheel = program.window.wheel();
        scrolled.push(program.window.event_to_frame(wheel, Window::changed_frame).0);
        program.window.settle();
    }
    heading("12 practitioners, 600 appointments, 1280 x 800");
    read.line("the day is read from the file");
    prepared.line("the day is prepared, once when it is read");
    build.line("build and layout");
    frame.line("a whole frame");
    turned.line("another day: a whole frame");
    scrolled.line("scrolled, as the window draws it");
    shown.line(&format!("another day: its {areas} changed areas"));
}
