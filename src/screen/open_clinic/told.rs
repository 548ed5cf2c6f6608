//! What is told while the clinic is open, over the lower edge of the book: it pushes nothing away from under a hand
//! that is about to press.

use aftalebog_texts::fl;
use iced::widget::text::Wrapping;
use iced::widget::{column, container, row, text};
use iced::{Element, Fill, Padding, Shrink};
use lucide_icons::Icon;

use super::{Desk, Message, OpenClinic};
use crate::failure;
use crate::ui::form::{icon, push, push_icon, slip};
use crate::ui::theme::{self, space as gap};

/// Of more letters than this, some may stand on a second line: they leave the button its room.
const SHORT: usize = 60;

/// What came of something that was done here.
pub(super) enum Told {
    /// It went as it was meant: that is not told for long.
    Done { words: String, number: u32 },
    /// It is to be read: why an undo or a drag could not be saved, what is unusual about a time. It stays until it
    /// is closed, or something else is saved.
    ToRead(String),
}

impl OpenClinic {
    /// Tells it until it is closed.
    pub fn tell(&mut self, words: String) {
        self.told = Some(Told::ToRead(words));
    }

    /// Tells for a while that it went as it was meant.
    pub(super) fn tell_done(&mut self, words: String) {
        self.confirmations += 1;
        self.told = Some(Told::Done { words, number: self.confirmations });
    }

    /// Which confirmation is shown, for its time to pass.
    pub fn confirmation_number(&self) -> Option<u32> {
        match self.told {
            Some(Told::Done { number, .. }) => Some(number),
            Some(Told::ToRead(_)) | None => None,
        }
    }

    /// The time of a confirmation has passed; that of an earlier one does not end a later one.
    pub fn confirmation_passed(&mut self, number: u32) {
        if self.confirmation_number() == Some(number) {
            self.told = None;
        }
    }

    /// All that is told at the moment. What stays stands lowest, so that it does not move when the rest comes and goes.
    pub(super) fn slips<'a>(&'a self, desk: Desk<'a>, news: Option<Element<'a, Message>>) -> Element<'a, Message> {
        let slips = [
            self.told_slip(desk),
            news,
            self.not_read_slip(desk),
            self.not_backed_up_slip(desk),
            self.new_version_slip(desk),
        ];
        // Each keeps its place, and with it its focus, whichever of the others are there.
        let apart = |slip| container(slip).padding(Padding::ZERO.top(gap::S));
        column(slips.map(|slip| slip.map(apart).into())).into()
    }

    fn told_slip<'a>(&'a self, desk: Desk<'a>) -> Option<Element<'a, Message>> {
        let (sign, words) = match self.told.as_ref()? {
            Told::Done { words, .. } => (icon(Icon::Check).style(theme::good), words),
            Told::ToRead(words) => (icon(Icon::CircleAlert), words),
        };
        let width = if words.chars().count() > SHORT { Fill } else { Shrink };
        let close = push_icon("told-close", Icon::X, fl!(desk.texts, "told-close"), Some(Message::ToldClosed));
        Some(slip(row![sign, text(words).wrapping(Wrapping::WordOrGlyph).width(width), close]))
    }

    /// What is shown may not be what the file holds.
    fn not_read_slip<'a>(&'a self, desk: Desk<'a>) -> Option<Element<'a, Message>> {
        let error = self.not_read.as_ref()?;
        let words = fl!(desk.texts, "notice-not-read", why = failure::not_read(desk.texts, error));
        let again = push("read-again", fl!(desk.texts, "problem-retry"), Some(Message::ReadAgainPressed));
        let again = again.hint(fl!(desk.texts, "notice-not-read-detail", detail = error.to_string()));
        Some(slip(row![icon(Icon::TriangleAlert).style(theme::bad), text(words).width(Fill), again]))
    }

    fn not_backed_up_slip<'a>(&'a self, desk: Desk<'a>) -> Option<Element<'a, Message>> {
        let why = self.not_backed_up.clone()?;
        let words = fl!(desk.texts, "notice-not-backed-up", why = why);
        let close = fl!(desk.texts, "told-close");
        let close = push_icon("not-backed-up-close", Icon::X, close, Some(Message::NotBackedUpClosed));
        Some(slip(row![icon(Icon::TriangleAlert).style(theme::bad), text(words).width(Fill), close]))
    }
}
