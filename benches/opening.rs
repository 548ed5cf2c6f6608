//! A year of a clinic with 40 practitioners, beside the demo clinic: opening it, and another day of
//! its book. The program as a process is looked at from outside. Goals: `benches/README.md`.

mod figures;
mod large_clinic;
mod screen;

use std::path::{Path, PathBuf};

use aftalebog_booking::zone;
use aftalebog_local::Store;
use chrono::{Days, NaiveDate};
use figures::{Times, goal, heading, ratio};
use futures::executor::block_on;
use large_clinic::{Size, now};
use screen::{Runs, Screen, Started};

const RUNS: usize = 12;
const QUESTIONS: usize = 400;
/// 251 days of 800 appointments with 40 practitioners: a year, and more than 200,000.
const YEAR: Size = Size { practitioners: 40, types: 40, appointments: 800, days_around: 125 };
/// As many each day, and no other days.
const DAY: Size = Size { days_around: 0, ..YEAR };

fn main() {
    let folders = tempfile::tempdir().expect("a folder");
    let clinic = |name: &str, size| {
        let folder = folders.path().join(name);
        let store = block_on(Store::create(folder.join("clinic.db"), large_clinic::clinic(size), now()));
        // The day's copy is made once, before anything is measured.
        let store = store.expect("a clinic");
        let _copy = block_on(store.daily_backup(now())).expect("a copy");
        block_on(store.close());
        folder
    };
    let (demo, year, day) = (clinic("demo", Size::default()), clinic("year", YEAR), clinic("day", DAY));
    for (name, folder) in [("the demo clinic", &demo), ("the year", &year), ("one day of it", &day)] {
        let bytes = std::fs::metadata(folder.join("clinic.db")).expect("it is there").len();
        println!("{name}: {:.1} MB", bytes as f64 / 1e6);
    }
    opening(&demo, &year);
    another_day(&day, &year);
}

fn opening(demo: &Path, year: &Path) {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_aftalebog"));
    let screen = Screen::start();
    let (mut demo_runs, mut year_runs) = (Runs::default(), Runs::default());
    for run in 0..=RUNS {
        for (folder, runs) in [(demo, &mut demo_runs), (year, &mut year_runs)] {
            let folder = folder.to_str().expect("a plain path");
            let arguments = ["--data", folder, "--clock", "2026-11-23T08:20:00Z"];
            let seen = screen.watch(&Started { program: &program, arguments: &arguments });
            // The first run of each finds nothing in the system's memory.
            if run > 0 {
                runs.add(&seen);
            }
        }
    }
    heading("From the start of the process to the book");
    demo_runs.book.line("the demo clinic");
    year_runs.book.line("the year");
    demo_runs.last.line("the demo clinic: the last change of the start");
    year_runs.last.line("the year: the last change of the start");
    goal("the year, of the demo clinic", ratio(&year_runs.book, &demo_runs.book), 1.2);
}

/// What a turn to another day asks of the file.
fn another_day(day: &Path, year: &Path) {
    let open = |folder: &Path| block_on(Store::open(folder.join("clinic.db"), now())).expect("it opens");
    let (day, year) = (open(day), open(year));
    let zone = block_on(day.setup()).expect("it can be read").clinic.value.time_zone;
    let today = zone::local(zone, now()).date();
    let asked = |store: &Store, date: NaiveDate, times: &mut Times| {
        let next = date.succ_opt().expect("not the last");
        let span = (zone::day_start(zone, date), zone::day_start(zone, next));
        let booked = times.take(|| block_on(store.appointments_between(span.0, span.1)));
        assert_eq!(booked.expect("it can be read").len(), YEAR.appointments);
    };
    let (mut small, mut large) = (Times::default(), Times::default());
    for turn in 0..QUESTIONS {
        asked(&day, today, &mut small);
        // Another week each time, so that no page was read a moment ago.
        let week = 7 * (turn as u64 % 24);
        asked(&year, if turn % 2 == 0 { today + Days::new(week) } else { today - Days::new(week) }, &mut large);
    }
    heading("800 appointments of a day read");
    small.line("in a file of that day alone");
    large.line("in the file of a year, another day each time");
    goal("the year, of the day alone", ratio(&large, &small), 1.2);
}
