//! A short list with one Tab stop: the arrows go from row to row. It knows nothing of what stands in
//! its rows.

use iced::keyboard::{Key, Modifiers, key::Named};
use iced::widget::{column, container, mouse_area};
use iced::{Element, Fill, Padding, Point, Task};

use crate::ui::focus::{self, focusable};
use crate::ui::menu::context_area;
use crate::ui::theme::{self, space as gap};

#[derive(Debug)]
pub struct Rows {
    /// The first part of the rows' ids.
    name: &'static str,
    count: usize,
    chosen: usize,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Message {
    Pressed(usize),
    DoublePressed(usize),
    Key(Command),
    /// A right press, the Menu key or Shift+F10.
    MenuRequested(usize, Point),
}

/// What a key on a row does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    Previous,
    Next,
    First,
    Last,
    New,
    Open,
    Delete,
}

pub enum Action<M> {
    Run(Task<M>),
    New,
    /// The row of this number, by Enter, F2 or two presses.
    Open(usize),
    Delete,
    /// The menu of the chosen row.
    Menu(Point),
}

impl Rows {
    pub const fn new(name: &'static str) -> Self {
        Self { name, count: 0, chosen: 0 }
    }

    /// After a deletion the row that came up into the place is the chosen one.
    pub fn set_count(&mut self, count: usize) {
        self.count = count;
        self.chosen = self.chosen.min(count.saturating_sub(1));
    }

    pub fn choose(&mut self, row: usize) {
        self.chosen = row.min(self.count.saturating_sub(1));
    }

    pub fn chosen(&self) -> Option<usize> {
        (self.chosen < self.count).then_some(self.chosen)
    }

    pub fn id(&self, row: usize) -> String {
        format!("{}-{row}", self.name)
    }

    /// Gives the chosen row the focus and brings it into view.
    pub fn reveal<M: Send + 'static>(&self) -> Task<M> {
        focus::set(self.id(self.chosen))
    }

    pub fn update<M: Send + 'static>(&mut self, message: Message) -> Action<M> {
        let last = self.count.saturating_sub(1);
        match message {
            Message::Pressed(row) => self.go_to(row),
            Message::DoublePressed(row) => {
                self.choose(row);
                Action::Open(self.chosen)
            }
            Message::MenuRequested(row, at) => {
                self.choose(row);
                Action::Menu(at)
            }
            Message::Key(Command::Previous) => self.go_to(self.chosen.saturating_sub(1)),
            Message::Key(Command::Next) => self.go_to((self.chosen + 1).min(last)),
            Message::Key(Command::First) => self.go_to(0),
            Message::Key(Command::Last) => self.go_to(last),
            Message::Key(Command::New) => Action::New,
            Message::Key(Command::Open) => Action::Open(self.chosen),
            Message::Key(Command::Delete) => Action::Delete,
        }
    }

    fn go_to<M: Send + 'static>(&mut self, row: usize) -> Action<M> {
        self.choose(row);
        Action::Run(self.reveal())
    }

    /// The rows, each as high as its words need.
    pub fn view<'a, M: Clone + 'a>(
        &self,
        faces: impl IntoIterator<Item = Element<'a, M>>,
        on: impl Fn(Message) -> M + Copy + 'a,
    ) -> Element<'a, M> {
        let rows = faces.into_iter().enumerate().map(|(row, face)| {
            let chosen = row == self.chosen;
            let face = container(face)
                .padding(Padding::ZERO.horizontal(gap::M).vertical(gap::XS))
                .width(Fill)
                .style(move |theme| theme::list_row(theme, chosen));
            let face =
                mouse_area(face).on_press(on(Message::Pressed(row))).on_double_click(on(Message::DoublePressed(row)));
            let face = focusable(face)
                .id(self.id(row))
                .enabled(chosen)
                .on_activate(on(Message::Key(Command::Open)))
                .on_key(move |key, modifiers| command(key, modifiers).map(|command| on(Message::Key(command))))
                .ring_inside();
            context_area(face, move |at| on(Message::MenuRequested(row, at))).into()
        });
        column(rows).into()
    }
}

fn command(key: &Key, modifiers: Modifiers) -> Option<Command> {
    let Key::Named(key) = key else { return None };
    if !modifiers.is_empty() {
        return None;
    }
    Some(match key {
        Named::ArrowUp => Command::Previous,
        Named::ArrowDown => Command::Next,
        Named::Home => Command::First,
        Named::End => Command::Last,
        Named::Insert => Command::New,
        Named::F2 => Command::Open,
        Named::Delete => Command::Delete,
        _ => return None,
    })
}
