//! «Lukkedage»: periods in which the clinic or somebody is away, and public holidays.

use aftalebog_booking::Write;
use iced::{Element, Task};

use super::Situation;
use super::booked::{self, Booked};

pub struct ClosedDaysTab {
    booked: Booked,
}

#[derive(Clone, Debug)]
pub enum Message {
    /// What the file answers to what was asked.
    Answered(booked::Answer),
}

pub enum Action {
    None,
    Run(Task<Message>),
    Save(Vec<Write>),
}

impl ClosedDaysTab {
    pub fn new(_situation: &Situation<'_>) -> Self {
        Self { booked: Booked::default() }
    }

    /// The day, the language or the clinic has turned: everything is said again.
    pub fn refresh(&mut self, _situation: &Situation<'_>) {}

    /// The save that was begun here is durable; `situation` is what the file holds now.
    pub fn saved(&mut self, situation: &Situation<'_>) -> Task<Message> {
        self.refresh(situation);
        Task::none()
    }

    /// The save that was begun here went wrong, for the reason that `words` say.
    pub fn failed(&mut self, _words: String) {}

    pub fn is_saving(&self) -> bool {
        false
    }

    pub fn is_edited(&self) -> bool {
        false
    }

    pub fn take_question(&mut self) -> Option<booked::Question> {
        self.booked.take_question()
    }

    pub fn update(&mut self, message: Message, _situation: &Situation<'_>) -> Action {
        match message {
            Message::Answered(answer) => self.booked.answered(answer),
        }
        Action::None
    }

    pub fn body<'a>(&'a self, _situation: &Situation<'a>) -> Element<'a, Message> {
        iced::widget::space().into()
    }

    pub fn layers<'a>(&'a self, _situation: &Situation<'a>) -> Vec<Element<'a, Message>> {
        Vec::new()
    }
}
