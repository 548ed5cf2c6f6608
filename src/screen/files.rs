//! What comes from other programs and goes to them: patients and needs as CSV, busy times and closed days as iCalendar.

use aftalebog_booking::Write;
use aftalebog_local::{SaveError, Store};
use iced::{Element, Task};

use crate::screen::appointment_book::Transfer;
use crate::screen::settings::Situation;

#[derive(Default)]
pub struct Files {}

#[derive(Clone, Debug)]
pub enum Message {}

pub enum Action {
    None,
    Run(Task<Message>),
    Save(Vec<Write>),
}

impl Files {
    /// Opens what answers this.
    pub fn ask(&mut self, _transfer: Transfer, _situation: &Situation<'_>, _store: &Store) -> Action {
        Action::None
    }

    pub fn update(&mut self, message: Message, _situation: &Situation<'_>, _store: &Store) -> Action {
        match message {}
    }

    /// The day, the language or the clinic has turned: everything is said again.
    pub fn refresh(&mut self, _situation: &Situation<'_>) {}

    /// The save that was begun here is durable; `situation` is what the file holds now.
    pub fn saved(&mut self, _situation: &Situation<'_>) -> Task<Message> {
        Task::none()
    }

    /// The save that was begun here went wrong, for the reason that `words` say.
    pub fn failed(&mut self, _error: &SaveError, _words: String, _situation: &Situation<'_>) {}

    pub fn is_saving(&self) -> bool {
        false
    }

    /// Something typed is not saved.
    pub fn is_edited(&self) -> bool {
        false
    }

    /// What lies above the book, the lowest first.
    pub fn layers<'a>(&'a self, _situation: &Situation<'a>) -> Vec<Element<'a, Message>> {
        Vec::new()
    }
}
