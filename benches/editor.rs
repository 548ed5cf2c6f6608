//! The type editor over a list of 200 types in a clinic with 40 practitioners: how long a frame
//! takes, and how long a typed letter. Goals: `benches/README.md`.

mod figures;
mod large_clinic;
mod window;

use figures::{Times, goal, heading, milliseconds, ratio};
use iced::keyboard::key::Named;
use iced::widget::{column, row, text};
use iced::{Element, Fill, Task, Theme};
use large_clinic::Size;
use window::{Page, Window, key, letter, program};

const TIMES: usize = 60;

fn main() {
    let size = Size { types: 200, practitioners: 40, appointments: 0, days_around: 0 };
    let mut program = program(large_clinic::clinic(size));
    let editor = &mut program.window;
    let mut book_build = Times::default();
    let mut book_frame = Times::default();
    for _ in 0..TIMES {
        book_build.push(editor.build());
        book_frame.take(|| editor.frame());
    }
    editor.click_id("gear");
    let (mut settings_build, mut settings_frame) = (Times::default(), Times::default());
    for _ in 0..TIMES {
        settings_build.push(editor.build());
        settings_frame.take(|| editor.frame());
    }
    editor.double_click("Statusundersøgelse 0");
    editor.frame();
    let texts = editor.drawn_texts();
    println!("texts in the editor's frame: {}, of {} letters", texts.len(), texts.concat().chars().count());
    let mut bare = Window::new(Bare { texts }, Task::none());
    bare.frame();
    println!("texts in the bare frame: {}", bare.drawn_texts().len());

    let (mut build, mut bare_build) = (Times::default(), Times::default());
    let (mut frame, mut bare_frame) = (Times::default(), Times::default());
    for _ in 0..TIMES {
        build.push(editor.build());
        bare_build.push(bare.build());
        frame.take(|| editor.frame());
        bare_frame.take(|| bare.frame());
    }
    let (mut typed, mut typed_changed) = (Times::default(), Times::default());
    let mut areas = 0;
    editor.click_id("type-alias");
    for _ in 0..TIMES {
        typed.push(editor.event_to_frame(letter('å'), Window::frame).0);
        editor.settle();
        let _areas = editor.changed_frame();
        let (took, changed) = editor.event_to_frame(key(Named::Backspace), Window::changed_frame);
        typed_changed.push(took);
        areas = changed;
        editor.settle();
    }

    let mut scrolled = Times::default();
    for _ in 0..TIMES {
        let _areas = editor.changed_frame();
        let wheel = editor.wheel();
        scrolled.push(editor.event_to_frame(wheel, Window::changed_frame).0);
        editor.settle();
    }
    heading("200 types, 40 practitioners, 1280 x 800");
    book_build.line("the book: build and layout");
    book_frame.line("the book: a whole frame");
    settings_build.line("the settings: build and layout");
    settings_frame.line("the settings: a whole frame");
    build.line("the editor: build and layout");
    frame.line("the editor: a whole frame");
    bare_build.line("bare texts: build and layout");
    bare_frame.line("bare texts: a whole frame");
    typed.line("a letter typed, to its whole frame");
    typed_changed.line(&format!("a letter erased, to its {areas} changed areas"));
    scrolled.line("the editor scrolled, as the window draws it");
    goal("build and layout, ms", milliseconds(build.median()), 4.0);
    goal("a whole frame, of the bare one", ratio(&frame, &bare_frame), 1.5);
    goal("a typed letter, ms", milliseconds(typed.median()), 16.0);
    goal("a typed letter as the window draws it, ms", milliseconds(typed_changed.median()), 16.0);
}

/// The same texts and nothing else, in plain columns.
struct Bare {
    texts: Vec<String>,
}

const COLUMNS: usize = 8;

impl Page for Bare {
    type Message = ();

    fn view(&self) -> Element<'_, ()> {
        let columns = self.texts.chunks(self.texts.len().div_ceil(COLUMNS)).map(|texts| {
            let lines = texts.iter().map(|words| text(words).wrapping(text::Wrapping::None).line_height(1.0).into());
            column(lines).width(Fill).into()
        });
        row(columns).width(Fill).height(Fill).into()
    }

    fn update(&mut self, (): ()) -> Task<()> {
        Task::none()
    }

    fn theme(&self) -> Theme {
        aftalebog::ui::theme::light()
    }
}
