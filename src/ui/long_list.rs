//! A list of so many rows that only those in view are built. All rows are of one height.

use iced::keyboard::{Key, Modifiers, key::Named};
use iced::widget::{Id, column, operation, scrollable, space};
use iced::{Element, Fill, Task};

use super::focus::focusable;
use super::theme;

/// The height of a row, in px.
pub const ROW: f32 = 28.0;

/// How far a list is scrolled.
#[derive(Clone, Debug)]
pub struct LongList {
    id: &'static str,
    offset: f32,
    height: f32,
}

#[derive(Clone, Copy, Debug)]
pub enum Message {
    /// In px; `height` is that of what is seen.
    Scrolled {
        offset: f32,
        height: f32,
    },
    Key(Step),
}

/// Where a key goes.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
}

impl LongList {
    /// No window is higher at first; the list tells when it is scrolled.
    const TALL: f32 = 1200.0;

    pub fn new(id: &'static str) -> Self {
        Self { id, offset: 0.0, height: Self::TALL }
    }

    pub fn update<M: Send + 'static>(&mut self, message: Message) -> Task<M> {
        match message {
            Message::Scrolled { offset, height } => {
                (self.offset, self.height) = (offset, height);
                Task::none()
            }
            Message::Key(step) => {
                let by = |y: f32| operation::scroll_by(self.id, scrollable::AbsoluteOffset { x: 0.0, y });
                match step {
                    Step::Up => by(-ROW),
                    Step::Down => by(ROW),
                    Step::PageUp => by(ROW - self.height.min(Self::TALL / 2.0)),
                    Step::PageDown => by(self.height.min(Self::TALL / 2.0) - ROW),
                    Step::First => operation::snap_to(self.id, scrollable::RelativeOffset::START),
                    Step::Last => operation::snap_to(self.id, scrollable::RelativeOffset::END),
                }
            }
        }
    }

    /// The rows in view of `count`; the list is a Tab stop, and its keys scroll it.
    pub fn view<'a, M: Clone + 'a>(
        &self,
        count: usize,
        row: impl Fn(usize) -> Element<'a, M>,
        on: impl Fn(Message) -> M + Copy + 'a,
    ) -> Element<'a, M> {
        let first = ((self.offset / ROW) as usize).min(count);
        let seen = (self.height / ROW).ceil() as usize + 1;
        let last = (first + seen).min(count);
        let above = space().height(first as f32 * ROW);
        let below = space().height((count - last) as f32 * ROW);
        let rows = column![above].extend((first..last).map(row)).push(below).width(Fill);
        let list = scrollable(rows).id(Id::new(self.id)).style(theme::scroll).width(Fill).height(Fill);
        let list = list.on_scroll(move |viewport| {
            on(Message::Scrolled { offset: viewport.absolute_offset().y, height: viewport.bounds().height })
        });
        focusable(list)
            .id(format!("{}-keys", self.id))
            .ring_inside()
            .on_key(move |key, modifiers| step(key, modifiers).map(|step| on(Message::Key(step))))
            .into()
    }
}

fn step(key: &Key, modifiers: Modifiers) -> Option<Step> {
    match key {
        _ if !modifiers.is_empty() => None,
        Key::Named(Named::ArrowUp) => Some(Step::Up),
        Key::Named(Named::ArrowDown) => Some(Step::Down),
        Key::Named(Named::PageUp) => Some(Step::PageUp),
        Key::Named(Named::PageDown) => Some(Step::PageDown),
        Key::Named(Named::Home) => Some(Step::First),
        Key::Named(Named::End) => Some(Step::Last),
        _ => None,
    }
}
