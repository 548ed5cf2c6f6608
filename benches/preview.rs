//! «Vis som patient» beside the fields: how long a typed digit takes until the days it changes are
//! decided, built and laid out. Goals: `benches/README.md`.

mod figures;
mod large_clinic;
mod window;

use aftalebog::app::App;
use aftalebog_booking::{Snapshot, Value};
use figures::{Times, goal, heading, milliseconds};
use iced::keyboard::key::Named;
use large_clinic::Size;
use window::{Window, key, letter, program};

const TIMES: usize = 60;

fn main() {
    measure("the demo clinic", large_clinic::clinic(Size::default()), "AKUT", 8.0);
    let size = Size { types: 200, practitioners: 40, appointments: 600, days_around: 0 };
    measure("200 types, 40 practitioners who all take it", with_all(size), "Statusundersøgelse 0", 30.0);
}

/// A clinic in which every practitioner takes every type.
fn with_all(size: Size) -> Snapshot {
    let mut snapshot = large_clinic::clinic(size);
    for record in &mut snapshot.records {
        match &mut record.value {
            Value::OnlineType(online_type) => online_type.practitioners.iter_mut().for_each(|row| row.active = true),
            Value::Practitioner(practitioner) => practitioner.registered = true,
            _ => {}
        }
    }
    snapshot
}

fn measure(title: &str, snapshot: Snapshot, edited: &str, at_most: f64) {
    let mut program = program(snapshot);
    let editor = &mut program.window;
    editor.click_id("gear");
    editor.double_click(edited);
    editor.frame();
    heading(title);
    let typed = type_digits(editor);
    typed.line("a digit typed, decided, built and laid out");
    editor.click_id("preview-days");
    let opened = type_digits(editor);
    opened.line("likewise with a day pressed");
    let mut frames = Times::default();
    for _ in 0..TIMES {
        frames.take(|| editor.frame());
    }
    frames.line("a whole frame");
    goal("a digit typed, ms", milliseconds(typed.median()), at_most);
    goal("likewise with a day pressed, ms", milliseconds(opened.median()), at_most);
}

fn type_digits(editor: &mut Window<App>) -> Times {
    let mut typed = Times::default();
    editor.click_id("type-spacing");
    for _ in 0..TIMES {
        typed.push(editor.event_to_frame(letter('4'), |editor| editor.build()).0);
        editor.settle();
        typed.push(editor.event_to_frame(key(Named::Backspace), |editor| editor.build()).0);
        editor.settle();
    }
    typed
}
