//! The tabs beside «Online booking»: who works here, what is offered, when, and when not.
//!
//! Each tab is a part of its own with a `body` and the `layers` above it; a save that one of them
//! has begun is answered to it.

use aftalebog_booking::record::{Closure, Practitioner};
use aftalebog_booking::setting::Setting;
use aftalebog_booking::{Id, Write};
use aftalebog_local::Store;
use aftalebog_texts::guide::Topic;
use aftalebog_texts::{Texts, fl};
use iced::keyboard::{Key, Modifiers, key::Named};
use iced::widget::{button, column, container, row, space, text};
use iced::{Element, Fill, Padding, Task};

use super::appointment_types::{self, AppointmentTypesTab};
use super::closed_days::{self, ClosedDaysTab};
use super::practitioners::{self, PractitionersTab};
use super::removal;
use super::working_hours::{self, WorkingHoursTab};
use super::{Situation, booked, mapped_to};
use crate::ui::focus::{self, focusable};
use crate::ui::theme::{self, space as gap};

/// One tab of the settings, in the order in which they stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    #[default]
    OnlineBooking,
    Practitioners,
    AppointmentTypes,
    WorkingHours,
    ClosedDays,
}

impl Tab {
    const ALL: [Self; 5] =
        [Self::OnlineBooking, Self::Practitioners, Self::AppointmentTypes, Self::WorkingHours, Self::ClosedDays];

    /// The button in the bar.
    pub const fn id(self) -> &'static str {
        match self {
            Self::OnlineBooking => "tab-online-booking",
            Self::Practitioners => "tab-practitioners",
            Self::AppointmentTypes => "tab-appointment-types",
            Self::WorkingHours => "tab-working-hours",
            Self::ClosedDays => "tab-closed-days",
        }
    }

    /// What explains it.
    pub const fn topic(self) -> Topic {
        match self {
            Self::OnlineBooking => Topic::OnlineBooking,
            Self::Practitioners => Topic::Practitioners,
            Self::AppointmentTypes => Topic::AppointmentTypes,
            Self::WorkingHours => Topic::WorkingHours,
            Self::ClosedDays => Topic::ClosedDays,
        }
    }

    fn words(self, texts: &Texts) -> String {
        match self {
            Self::OnlineBooking => fl!(texts, "tab-online-booking"),
            Self::Practitioners => fl!(texts, "tab-practitioners"),
            Self::AppointmentTypes => fl!(texts, "tab-appointment-types"),
            Self::WorkingHours => fl!(texts, "tab-working-hours"),
            Self::ClosedDays => fl!(texts, "tab-closed-days"),
        }
    }

    /// The tab beside this one; after the last comes the first.
    fn beside(self, by: Beside) -> Self {
        let place = Self::ALL.iter().position(|tab| *tab == self).unwrap_or_default();
        let count = Self::ALL.len();
        Self::ALL[match by {
            Beside::Left => (place + count - 1) % count,
            Beside::Right => (place + 1) % count,
        }]
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    Left,
    Right,
}

pub struct Tabs {
    chosen: Tab,
    practitioners: PractitionersTab,
    appointment_types: AppointmentTypesTab,
    working_hours: WorkingHoursTab,
    closed_days: ClosedDaysTab,
}

#[derive(Clone, Debug)]
pub enum Message {
    Pressed(Tab),
    /// By a key on the bar or anywhere in the dialog.
    Turned(Beside),
    Practitioners(practitioners::Message),
    AppointmentTypes(appointment_types::Message),
    WorkingHours(working_hours::Message),
    ClosedDays(closed_days::Message),
}

pub enum Action {
    None,
    Run(Task<Message>),
    Save(Vec<Write>),
    /// Lead the person to a setting of another tab.
    Show(Setting),
}

/// What a tab asks of the file; the answer is a message to it.
#[derive(Clone, Debug)]
pub enum Question {
    Practitioners(removal::Question),
    AppointmentTypes(removal::Question),
    WorkingHours(booked::Question),
    ClosedDays(booked::Question),
}

impl Question {
    pub fn ask(self, store: Store) -> Task<Message> {
        match self {
            Self::Practitioners(question) => {
                question.ask(store).map(|answer| Message::Practitioners(practitioners::Message::Counted(answer)))
            }
            Self::AppointmentTypes(question) => {
                question.ask(store).map(|answer| Message::AppointmentTypes(appointment_types::Message::Counted(answer)))
            }
            Self::WorkingHours(question) => {
                question.ask(store).map(|answer| Message::WorkingHours(working_hours::Message::Answered(answer)))
            }
            Self::ClosedDays(question) => {
                question.ask(store).map(|answer| Message::ClosedDays(closed_days::Message::Answered(answer)))
            }
        }
    }
}

impl Tabs {
    pub fn new(situation: &Situation<'_>) -> Self {
        Self {
            chosen: Tab::OnlineBooking,
            practitioners: PractitionersTab::new(situation),
            appointment_types: AppointmentTypesTab::new(situation),
            working_hours: WorkingHoursTab::new(situation),
            closed_days: ClosedDaysTab::new(situation),
        }
    }

    pub const fn chosen(&self) -> Tab {
        self.chosen
    }

    pub fn choose(&mut self, tab: Tab) {
        self.chosen = tab;
    }

    /// Turns to somebody who works here no more.
    pub fn show_deactivated(&mut self, whom: Id<Practitioner>, situation: &Situation<'_>) -> Task<Message> {
        self.chosen = Tab::Practitioners;
        self.practitioners.show(whom, situation).map(Message::Practitioners)
    }

    /// Esc while a row is dragged gives the drag up, and does nothing else.
    pub fn gives_up_drag(&mut self) -> bool {
        self.practitioners.gives_up_drag()
    }

    /// The day, the language or the clinic has turned: everything is said again.
    pub fn refresh(&mut self, situation: &Situation<'_>) {
        self.practitioners.refresh(situation);
        self.appointment_types.refresh(situation);
        self.working_hours.refresh(situation);
        self.closed_days.refresh(situation);
    }

    /// What the tabs ask of the file, each question once. The parent, which has the store, takes them
    /// after every `update` and `refresh`.
    pub fn take_questions(&mut self) -> Vec<Question> {
        let questions = [
            self.practitioners.take_question().map(Question::Practitioners),
            self.appointment_types.take_question().map(Question::AppointmentTypes),
            self.working_hours.take_question().map(Question::WorkingHours),
            self.closed_days.take_question().map(Question::ClosedDays),
        ];
        questions.into_iter().flatten().collect()
    }

    /// The save that a tab has begun is durable; `situation` is what the file holds now.
    pub fn saved(&mut self, situation: &Situation<'_>) -> Task<Message> {
        match self.chosen {
            Tab::OnlineBooking => Task::none(),
            Tab::Practitioners => self.practitioners.saved(situation).map(Message::Practitioners),
            Tab::AppointmentTypes => self.appointment_types.saved(situation).map(Message::AppointmentTypes),
            Tab::WorkingHours => self.working_hours.saved(situation).map(Message::WorkingHours),
            Tab::ClosedDays => self.closed_days.saved(situation).map(Message::ClosedDays),
        }
    }

    /// The save that a tab has begun went wrong; everything typed still stands.
    pub fn failed(&mut self, words: String) {
        match self.chosen {
            Tab::OnlineBooking => {}
            Tab::Practitioners => self.practitioners.failed(words),
            Tab::AppointmentTypes => self.appointment_types.failed(words),
            Tab::WorkingHours => self.working_hours.failed(words),
            Tab::ClosedDays => self.closed_days.failed(words),
        }
    }

    /// A tab waits for a save. It stays the chosen one meanwhile.
    pub fn is_saving(&self) -> bool {
        match self.chosen {
            Tab::OnlineBooking => false,
            Tab::Practitioners => self.practitioners.is_saving(),
            Tab::AppointmentTypes => self.appointment_types.is_saving(),
            Tab::WorkingHours => self.working_hours.is_saving(),
            Tab::ClosedDays => self.closed_days.is_saving(),
        }
    }

    /// Something typed is not saved.
    pub fn is_edited(&self) -> bool {
        self.practitioners.is_edited()
            || self.appointment_types.is_edited()
            || self.working_hours.is_edited()
            || self.closed_days.is_edited()
    }

    /// What Escape does in the chosen tab before it closes the settings.
    pub fn escape(&self) -> Option<Message> {
        match self.chosen {
            Tab::ClosedDays => self.closed_days.escape().map(Message::ClosedDays),
            Tab::OnlineBooking | Tab::Practitioners | Tab::AppointmentTypes | Tab::WorkingHours => None,
        }
    }

    /// Turns to «Arbejdstider» of a practitioner; nothing when they do not work here.
    pub fn show_hours(&mut self, whose: Id<Practitioner>, situation: &Situation<'_>) -> Option<Task<Message>> {
        let shown = self.working_hours.show(whose, situation)?;
        self.chosen = Tab::WorkingHours;
        Some(shown.map(Message::WorkingHours))
    }

    /// Turns to a row of «Lukkedage»; nothing when it is gone by now.
    pub fn show_closure(&mut self, closure: Id<Closure>, situation: &Situation<'_>) -> Option<Task<Message>> {
        let shown = self.closed_days.show(closure, situation)?;
        self.chosen = Tab::ClosedDays;
        Some(shown.map(Message::ClosedDays))
    }

    /// Turns to «Lukket på helligdage».
    pub fn show_holidays(&mut self) -> Task<Message> {
        self.chosen = Tab::ClosedDays;
        self.closed_days.show_holidays().map(Message::ClosedDays)
    }

    pub fn update(&mut self, message: Message, situation: &Situation<'_>) -> Action {
        match message {
            Message::Pressed(_) | Message::Turned(_) if self.is_saving() => Action::None,
            Message::Pressed(tab) => {
                self.chosen = tab;
                Action::None
            }
            Message::Turned(by) => {
                self.chosen = self.chosen.beside(by);
                Action::Run(focus::set(self.chosen.id()))
            }
            Message::Practitioners(message) => match self.practitioners.update(message, situation) {
                practitioners::Action::None => Action::None,
                practitioners::Action::Run(task) => Action::Run(task.map(Message::Practitioners)),
                practitioners::Action::Save(writes) => Action::Save(writes),
            },
            Message::AppointmentTypes(message) => match self.appointment_types.update(message, situation) {
                appointment_types::Action::None => Action::None,
                appointment_types::Action::Run(task) => Action::Run(task.map(Message::AppointmentTypes)),
                appointment_types::Action::Save(writes) => Action::Save(writes),
                // The answer to a save must find the tab that waits for it.
                appointment_types::Action::Show(_) if self.is_saving() => Action::None,
                appointment_types::Action::Show(setting) => Action::Show(setting),
            },
            Message::WorkingHours(message) => match self.working_hours.update(message, situation) {
                working_hours::Action::None => Action::None,
                working_hours::Action::Run(task) => Action::Run(task.map(Message::WorkingHours)),
                working_hours::Action::Save(writes) => Action::Save(writes),
            },
            Message::ClosedDays(message) => match self.closed_days.update(message, situation) {
                closed_days::Action::None => Action::None,
                closed_days::Action::Run(task) => Action::Run(task.map(Message::ClosedDays)),
                closed_days::Action::Save(writes) => Action::Save(writes),
            },
        }
    }

    /// The tabs themselves, the chosen one underlined.
    pub fn bar<'a>(&'a self, texts: &Texts) -> Element<'a, Message> {
        row(Tab::ALL.map(|tab| self.tab(tab, texts))).into()
    }

    fn tab<'a>(&self, tab: Tab, texts: &Texts) -> Element<'a, Message> {
        let chosen = tab == self.chosen;
        let words = text(tab.words(texts)).wrapping(text::Wrapping::None);
        let words = if chosen { words.font(theme::SEMIBOLD) } else { words.style(theme::muted) };
        let underline = container(space().height(2)).width(Fill);
        let underline =
            if chosen { underline.style(|theme| theme::filled(theme::colors(theme).accent)) } else { underline };
        let face = column![container(words).center_y(28).padding(Padding::ZERO.horizontal(gap::M)), underline];
        let face =
            button(container(face).width(iced::Shrink)).padding(0).style(theme::quiet).on_press(Message::Pressed(tab));
        focusable(face).id(tab.id()).on_activate(Message::Pressed(tab)).on_key(bar_key).into()
    }

    /// What the chosen tab shows; `None` for «Online booking», which the dialog shows itself.
    pub fn body<'a>(&'a self, situation: &Situation<'a>) -> Option<Element<'a, Message>> {
        Some(match self.chosen {
            Tab::OnlineBooking => return None,
            Tab::Practitioners => self.practitioners.body(situation).map(Message::Practitioners),
            Tab::AppointmentTypes => self.appointment_types.body(situation).map(Message::AppointmentTypes),
            Tab::WorkingHours => self.working_hours.body(situation).map(Message::WorkingHours),
            Tab::ClosedDays => self.closed_days.body(situation).map(Message::ClosedDays),
        })
    }

    /// What lies above the dialog: the chosen tab's editor, menu or question, the lowest first.
    pub fn layers<'a>(&'a self, situation: &Situation<'a>) -> Vec<Element<'a, Message>> {
        match self.chosen {
            Tab::OnlineBooking => Vec::new(),
            Tab::Practitioners => mapped_to(self.practitioners.layers(situation), Message::Practitioners),
            Tab::AppointmentTypes => mapped_to(self.appointment_types.layers(situation), Message::AppointmentTypes),
            Tab::WorkingHours => mapped_to(self.working_hours.layers(situation), Message::WorkingHours),
            Tab::ClosedDays => mapped_to(self.closed_days.layers(situation), Message::ClosedDays),
        }
    }
}

/// The arrows walk along the bar.
fn bar_key(key: &Key, modifiers: Modifiers) -> Option<Message> {
    match key {
        Key::Named(Named::ArrowLeft) if modifiers.is_empty() => Some(Message::Turned(Beside::Left)),
        Key::Named(Named::ArrowRight) if modifiers.is_empty() => Some(Message::Turned(Beside::Right)),
        _ => None,
    }
}

/// Ctrl+Page Up and Ctrl+Page Down turn to the next tab from anywhere in the dialog.
pub fn key(key: &Key, modifiers: Modifiers) -> Option<Message> {
    match key {
        Key::Named(Named::PageUp) if modifiers == Modifiers::CTRL => Some(Message::Turned(Beside::Left)),
        Key::Named(Named::PageDown) if modifiers == Modifiers::CTRL => Some(Message::Turned(Beside::Right)),
        _ => None,
    }
}
