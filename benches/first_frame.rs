//! The program as a process, beside a blank window of the same iced set-up: the time to the first
//! frame, memory, and what it does while nobody touches it. It is looked at from outside, through
//! the X server. Goals: `benches/README.md`. `AFTALEBOG_INSTALLED` names a program that is installed, to be
//! compared with the plain build: `packaging/smoke first-frame` does it.

mod figures;
mod screen;

use std::path::PathBuf;
use std::process::Command;

use figures::{goal, heading, ratio};
use screen::{Runs, Screen, Started, median};

const RUNS: usize = 12;
/// The gear, below the strip that tells of the demo clinic.
const GEAR: (i16, i16) = (1248, 68);

fn main() {
    let blank = blank_window();
    let program = PathBuf::from(env!("CARGO_BIN_EXE_aftalebog"));
    let folder = tempfile::tempdir().expect("a folder");
    let screen = Screen::start();
    let blank = Started { program: &blank, arguments: &[] };
    let data = folder.path().to_str().expect("a plain path");
    let demo = Started { program: &program, arguments: &["--demo", "--data", data] };

    // The first start makes the demo clinic's file; it is no start as on other days.
    let (first, _) = screen.watch(&demo);
    println!("the very first start, which makes the demo clinic: {:.0} ms", figures::milliseconds(first.book));

    let installed = std::env::var_os("AFTALEBOG_INSTALLED").map(PathBuf::from);
    let installed = installed.as_deref().map(|program| Started { program, arguments: demo.arguments });
    let (mut blank_runs, mut demo_runs, mut installed_runs) = (Runs::default(), Runs::default(), Runs::default());
    for _ in 0..RUNS {
        blank_runs.add(&screen.watch(&blank));
        demo_runs.add(&screen.watch(&demo));
        if let Some(installed) = &installed {
            installed_runs.add(&screen.watch(installed));
        }
    }
    heading("From the start of the process");
    blank_runs.first.line("blank window: first frame");
    demo_runs.first.line("the program: first frame");
    demo_runs.book.line("the program: the book is shown");
    demo_runs.last.line("the program: the last change of the start");
    if installed.is_some() {
        installed_runs.first.line("the installed program: first frame");
        goal("the installed first frame, of the plain build's", ratio(&installed_runs.first, &demo_runs.first), 1.2);
    }
    goal("the first frame, of the blank window's", ratio(&demo_runs.first, &blank_runs.first), 1.5);
    goal("the book shown, of the blank window's", ratio(&demo_runs.book, &blank_runs.first), 1.5);
    println!("\n{:<40} {:>12} {:>12}", "Memory after the first frame, MB", "blank", "program");
    for (name, blank, program) in [("RSS", &blank_runs.rss, &demo_runs.rss), ("PSS", &blank_runs.pss, &demo_runs.pss)] {
        let (blank, program) = (median(blank), median(program));
        println!("{name:<40} {:>12.1} {:>12.1}", blank / 1024.0, program / 1024.0);
        goal(&format!("{name}, of the blank window's"), program / blank, 2.0);
    }

    println!("\n{:<40} {:>12} {:>12} {:>12}", "Idle", "seconds", "CPU ms", "redraws");
    screen.idle("blank window", &blank, None);
    screen.idle("the program: the book", &demo, None);
    screen.idle("the program: the settings", &demo, Some(GEAR));
}

/// Builds the example, as release.
fn blank_window() -> PathBuf {
    let built = Command::new(env!("CARGO"))
        .args(["build", "--release", "--quiet", "--example", "blank_window"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status();
    assert!(built.is_ok_and(|status| status.success()), "the blank window can be built");
    let here = std::env::current_exe().expect("this program is a file");
    let release = here.ancestors().nth(2).expect("it lies in target/release/deps");
    release.join("examples/blank_window")
}
