//! A week of the appointment book with 12 practitioners and 600 appointments: how long it takes to build, to follow a
//! drag, and to turn to the next one; and whether the size of the file matters.

mod figures;
mod large_clinic;
mod window;

use aftalebog::screen::appointment_book::{Dates, Desk, Seen, Stretch, prepared_sheet};
use aftalebog::screen::settings::Editing;
use aftalebog::screen::synchronising::{Fresh, Standing};
use aftalebog_booking::{Setup, zone};
use aftalebog_local::{Booked, Store};
use aftalebog_texts::{Language, Texts};
use figures::{Times, goal, heading, milliseconds, ratio};
use futures::executor::block_on;
use iced::Vector;
use iced::advanced::mouse::Button;
use large_clinic::{Size, now};
use window::{Window, program};

static STANDING: Standing = Standing::UNSAID;
static FRESH: Fresh = Fresh::NOTHING;

const TIMES: usize = 60;
/// The week of [`now`], and as much in the one before.
const WEEK: Size = Size { types: 30, practitioners: 12, appointments: 120, days_around: 4 };
/// 200,000 appointments, of which each day has as many as the one of the small file.
const YEAR: Size = Size { types: 40, practitioners: 40, appointments: 800, days_around: 125 };
const DAY: Size = Size { days_around: 0, ..YEAR };

fn main() {
    the_week();
    the_file();
}

fn the_week() {
    let (mut read, mut sheet) = (Times::default(), Times::default());
    let opened = Opened::new(WEEK);
    let texts = Texts::new(Language::Danish);
    let setup = opened.setup.clone();
    let day = zone::local(setup.clinic.value.time_zone, now()).date();
    let seen = Seen { stretch: Stretch::Week, ..Seen::default() };
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
        let booked = read.take(|| opened.read(Dates::around(day, Stretch::Week)));
        assert_eq!(booked.len(), 600);
        let _sheet = sheet.take(|| prepared_sheet(desk, &seen, day, &booked));
    }
    drop(opened);

    let mut program = program(large_clinic::clinic(WEEK));
    program.window.click_id("stretch-week");
    let (mut build, mut frame) = (Times::default(), Times::default());
    for _ in 0..TIMES {
        build.push(program.window.build());
        frame.take(|| program.window.frame());
    }
    let mut turned = Times::default();
    for turn in 0..TIMES {
        program.window.click_id(if turn % 2 == 0 { "day-earlier" } else { "day-later" });
        turned.take(|| program.window.frame());
    }
    let mut dragged = Times::default();
    let from = program.window.middle_of("timetable");
    let taken = program.window.moved(from);
    program.window.event(taken);
    program.window.button(Button::Left);
    for step in 0..TIMES {
        let step = step as f32;
        let moved = program.window.moved(from + Vector::new(40.0 * (step * 0.7).sin(), 3.0 + 2.0 * step));
        dragged.push(program.window.event_to_frame(moved, Window::changed_frame).0);
        program.window.settle();
    }
    heading("a week: 12 practitioners, 600 appointments, 1280 x 800");
    read.line("the week is read from the file");
    sheet.line("the week is prepared, once when it is read");
    build.line("build and layout");
    frame.line("a whole frame");
    turned.line("another week: a whole frame");
    dragged.line("an appointment dragged, a move to its frame");
    let built = milliseconds(sheet.median()) + milliseconds(build.median());
    goal("prepared, built and laid out, ms", built, 6.0);
    goal("a drag follows the pointer, ms", milliseconds(dragged.median()), 16.0);
}

/// A day is read as fast from a file of a year as from one that holds nothing else.
fn the_file() {
    let (small, large) = (Opened::new(DAY), Opened::new(YEAR));
    let day = Dates::around(now().date_naive(), Stretch::Day);
    let (mut of_small, mut of_large) = (Times::default(), Times::default());
    for _ in 0..TIMES {
        let booked = of_small.take(|| small.read(day));
        assert_eq!(booked.len(), of_large.take(|| large.read(day)).len());
    }
    heading("a day of 800 appointments");
    of_small.line("read from a file of 800");
    of_large.line("read from a file of 200,000");
    goal("of the small one", ratio(&of_large, &of_small), 1.2);
}

/// A clinic's file.
struct Opened {
    store: Store,
    setup: Setup,
    _folder: tempfile::TempDir,
}

impl Opened {
    fn new(size: Size) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("clinic.db");
        let store = block_on(Store::create(file, large_clinic::clinic(size), now())).expect("a clinic");
        let setup = block_on(store.setup()).expect("it can be read");
        Self { store, setup, _folder: folder }
    }

    fn read(&self, dates: Dates) -> Vec<Booked> {
        let (from, to) = dates.instants(&self.setup);
        block_on(self.store.appointments_between(from, to)).expect("it can be read")
    }
}
