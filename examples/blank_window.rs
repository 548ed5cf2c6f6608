//! An empty window with the program's fonts, settings, size and theme: what iced alone takes to
//! start. `benches/first_frame.rs` compares the program with it.

use aftalebog::app::{self, WINDOW};
use aftalebog::ui::theme;
use iced::widget::{container, space};
use iced::{Element, Fill, Theme};

fn main() -> iced::Result {
    iced::application(Blank::default, Blank::update, Blank::view)
        .settings(app::settings())
        .theme(Blank::theme)
        .window_size(WINDOW)
        .run()
}

#[derive(Default)]
struct Blank;

impl Blank {
    fn update(&mut self, (): ()) {}

    fn theme(&self) -> Theme {
        theme::light()
    }

    fn view(&self) -> Element<'_, ()> {
        container(space()).width(Fill).height(Fill).style(theme::background).into()
    }
}
