//! An open clinic: the appointment book, the settings over it, and what is told above them.

use std::sync::Arc;

use aftalebog_booking::setting::Setting;
use aftalebog_booking::{Setup, Write, zone};
use aftalebog_local::{Access, OpenNeed, SavedChange, Store, StoreError, ThisPc};
use aftalebog_texts::{Texts, fl};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use iced::widget::{column, row, text};
use iced::{Center, Element, Fill, Task};
use lucide_icons::Icon;

use crate::app::language_button;
use crate::failure;
use crate::screen::appointment_book::{self, AppointmentBook, CouldNotRead};
use crate::screen::settings::{self, Editing, Settings, Situation, Undoable, undo};
use crate::ui::dialog::{Saving, question};
use crate::ui::focus::{focus_scope, inert};
use crate::ui::form::{NOTHING, icon, notice, push, told};
use crate::ui::month_calendar::Asked;
use crate::ui::theme::{self, size, space as gap};

pub struct OpenClinic {
    store: Store,
    read: Read,
    kind: Kind,
    today: NaiveDate,
    book: AppointmentBook,
    settings: Option<Settings>,
    undoable: Option<Undoable>,
    asking: Option<Asking>,
    /// How the demo clinic's beginning again goes.
    beginning: Saving,
    /// Why today's backup could not be made.
    not_backed_up: Option<String>,
    /// The window is to close as soon as the save that is under way has been answered.
    closing: bool,
}

/// Whose records these are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Real,
    /// Made up, to try things.
    Demo,
}

/// A question above everything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asking {
    /// Whether the demo clinic is to be made anew.
    BeginAgain,
    /// Whether to close the window although something typed is not saved.
    Discard,
}

/// What the file holds, as far as the window keeps it.
#[derive(Clone, Debug)]
pub struct Read {
    pub setup: Arc<Setup>,
    pub this_pc: ThisPc,
    pub last_change: Option<SavedChange>,
    /// Changes that no server has yet.
    pub waiting_changes: usize,
}

impl Read {
    pub async fn all(store: &Store) -> Result<Self, StoreError> {
        Ok(Self {
            setup: Arc::new(store.setup().await?),
            this_pc: store.this_pc().await?,
            last_change: store.last_change().await?,
            waiting_changes: store.waiting_changes().await?,
        })
    }
}

/// What the clinic is shown with.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    pub texts: &'a Texts,
    pub now: DateTime<Utc>,
}

#[derive(Clone, Debug)]
pub enum Message {
    Book(appointment_book::Message),
    NeedsRead(Result<Vec<OpenNeed>, CouldNotRead>),
    Settings(settings::Message),
    BackedUp(Result<(), Arc<StoreError>>),
    BeginAgainPressed,
    BeginAgainConfirmed,
    DiscardConfirmed,
    QuestionDeclined,
}

pub enum Action {
    None,
    Run(Task<Message>),
    Save { writes: Vec<Write>, this_pc: Option<ThisPc> },
    Undo(uuid::Uuid),
    BeginAgain,
    TurnLanguage,
    Quit,
}

/// What the clock's going on has brought.
pub enum Passed {
    SameDay,
    /// And the loading of it.
    NewDay(Task<Message>),
}

/// Whether the window may close.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closing {
    Now,
    /// When the save that is under way, or the person, has answered.
    Later,
}

impl OpenClinic {
    /// The clinic as it was read, and the loading of its day.
    pub fn new(store: Store, read: Read, kind: Kind, desk: Desk<'_>) -> (Self, Task<Message>) {
        let today = zone::local(read.setup.clinic.value.time_zone, desk.now).date();
        let book = AppointmentBook::new(book_desk(&read.setup, desk));
        let mut clinic = Self {
            store,
            read,
            kind,
            today,
            book,
            settings: None,
            undoable: None,
            asking: None,
            beginning: Saving::Idle,
            not_backed_up: None,
            closing: false,
        };
        clinic.name_undoable(desk.texts);
        let loading = Task::batch([clinic.load_day(today), clinic.load_needs()]);
        (clinic, loading)
    }

    pub fn name(&self) -> &str {
        self.read.setup.clinic.value.name.as_str()
    }

    pub fn store(&self) -> &Store {
        &self.store
    }

    pub fn update(&mut self, message: Message, desk: Desk<'_>) -> Action {
        match message {
            Message::Book(message) => self.book_message(message, desk),
            Message::NeedsRead(needs) => self.needs_read(needs, desk),
            Message::Settings(message) => self.settings_message(message, desk),
            Message::BackedUp(copied) => {
                self.not_backed_up = copied.err().map(|error| failure::read(desk.texts, &error).0);
                Action::None
            }
            Message::BeginAgainPressed => {
                self.asking = Some(Asking::BeginAgain);
                Action::None
            }
            Message::BeginAgainConfirmed => {
                self.beginning = Saving::Busy;
                Action::BeginAgain
            }
            Message::DiscardConfirmed => Action::Quit,
            Message::QuestionDeclined if self.beginning == Saving::Busy => Action::None,
            Message::QuestionDeclined => {
                self.asking = None;
                self.beginning = Saving::Idle;
                Action::None
            }
        }
    }

    /// The last save, or undo, is durable, and this is what the file holds now.
    pub fn saved(&mut self, read: Read, desk: Desk<'_>) -> Action {
        self.read = read;
        if self.closing {
            return Action::Quit;
        }
        let asking = self.refresh(desk);
        let mut settings = self.settings.take();
        let task = settings.as_mut().map(|settings| settings.saved(&self.situation(desk)));
        self.settings = settings;
        let task = task.unwrap_or_else(Task::none).map(Message::Settings);
        Action::Run(Task::batch([task, asking, self.ask_for_settings()]))
    }

    /// The last save went wrong, for the reason that `words` say.
    pub fn failed(&mut self, words: String) {
        self.closing = false;
        if let Some(settings) = &mut self.settings {
            settings.failed(words);
        }
    }

    /// The demo clinic is as it was, for the reason that `words` say.
    pub fn not_begun_again(&mut self, words: String) {
        self.beginning = Saving::Failed(words);
    }

    /// Says everything again: another language, other settings or another day.
    #[must_use = "it may lead to questions to the file"]
    pub fn refresh(&mut self, desk: Desk<'_>) -> Task<Message> {
        self.name_undoable(desk.texts);
        let _none = self.book.update(appointment_book::Message::DeskChanged, book_desk(&self.read.setup, desk));
        self.refresh_settings(desk);
        Task::batch([self.ask_questions(), self.ask_for_settings()])
    }

    fn refresh_settings(&mut self, desk: Desk<'_>) {
        let mut settings = self.settings.take();
        if let Some(settings) = &mut settings {
            settings.refresh(&self.situation(desk));
        }
        self.settings = settings;
    }

    /// The clock has gone on. A book that shows today goes along to the new day.
    pub fn time_passed(&mut self, desk: Desk<'_>) -> Passed {
        let today = zone::local(self.read.setup.clinic.value.time_zone, desk.now).date();
        let shows_today = self.book.day() == self.today;
        if today == self.today {
            let book = book_desk(&self.read.setup, desk);
            let _none = self.book.update(appointment_book::Message::ClockTicked, book);
            self.refresh_settings(desk);
            return Passed::SameDay;
        }
        self.today = today;
        let asking = self.refresh(desk);
        let turned = appointment_book::Message::CalendarAsked(Asked::Day(today));
        let action = if shows_today { self.book_message(turned, desk) } else { Action::None };
        Passed::NewDay(match action {
            Action::Run(task) => Task::batch([task, asking]),
            _ => asking,
        })
    }

    pub fn close_requested(&mut self) -> Closing {
        match &self.settings {
            Some(settings) if settings.is_saving() => {
                self.closing = true;
                Closing::Later
            }
            Some(settings) if settings.is_edited() => {
                self.asking = Some(Asking::Discard);
                Closing::Later
            }
            _ => Closing::Now,
        }
    }

    fn book_message(&mut self, message: appointment_book::Message, desk: Desk<'_>) -> Action {
        let action = self.book.update(message, book_desk(&self.read.setup, desk));
        let questions = self.ask_questions();
        let with = |task| Action::Run(Task::batch([task, questions]));
        match action {
            appointment_book::Action::None => with(Task::none()),
            appointment_book::Action::Run(task) => with(task.map(Message::Book)),
            appointment_book::Action::LoadDay { date } => with(self.load_day(date)),
            appointment_book::Action::LoadNeeds => with(self.load_needs()),
            appointment_book::Action::OpenSettings => {
                self.settings = Some(Settings::new(&self.situation(desk)));
                Action::None
            }
            appointment_book::Action::ShowSetting(setting) => self.show_setting(setting, desk),
            appointment_book::Action::TurnLanguage => Action::TurnLanguage,
        }
    }

    fn needs_read(&mut self, needs: Result<Vec<OpenNeed>, CouldNotRead>, desk: Desk<'_>) -> Action {
        let action = self.book_message(appointment_book::Message::NeedsRead(needs), desk);
        self.refresh_settings(desk);
        action
    }

    fn settings_message(&mut self, message: settings::Message, desk: Desk<'_>) -> Action {
        let Some(mut settings) = self.settings.take() else { return Action::None };
        let action = settings.update(message, &self.situation(desk));
        self.settings_action(settings, action)
    }

    /// Opens the settings at the one that is the reason for something in the book.
    fn show_setting(&mut self, setting: Setting, desk: Desk<'_>) -> Action {
        let situation = self.situation(desk);
        let mut settings = Settings::new(&situation);
        let action = settings.show(setting, &situation);
        self.settings_action(settings, action)
    }

    fn settings_action(&mut self, settings: Settings, action: settings::Action) -> Action {
        if !matches!(action, settings::Action::Close) {
            self.settings = Some(settings);
        }
        match action {
            settings::Action::None | settings::Action::Close => Action::Run(self.ask_for_settings()),
            settings::Action::Run(task) => {
                Action::Run(Task::batch([task.map(Message::Settings), self.ask_for_settings()]))
            }
            settings::Action::Save { writes, this_pc } => Action::Save { writes, this_pc },
            settings::Action::Undo(id) => Action::Undo(id),
        }
    }

    /// Asks the file what the settings want to know.
    fn ask_for_settings(&mut self) -> Task<Message> {
        let questions = self.settings.as_mut().map(Settings::take_questions).unwrap_or_default();
        let asked = questions.into_iter().map(|question| question.ask(self.store.clone()));
        Task::batch(asked.map(|answer| answer.map(|answer| Message::Settings(settings::Message::Answered(answer)))))
    }

    fn name_undoable(&mut self, texts: &Texts) {
        let setup = &self.read.setup;
        let named = |change: &SavedChange| Undoable { id: change.id, words: undo::words(texts, setup, change) };
        self.undoable = self.read.last_change.as_ref().map(named);
    }

    /// What the book asks about a patient's times.
    fn ask_questions(&mut self) -> Task<Message> {
        let answered = |answer| Message::Book(appointment_book::Message::patient_answered(answer));
        let questions = self.book.take_questions().into_iter();
        Task::batch(questions.map(|question| question.ask(self.store.clone()).map(answered)))
    }

    fn load_day(&self, date: NaiveDate) -> Task<Message> {
        let zone = self.read.setup.clinic.value.time_zone;
        let store = self.store.clone();
        let from = zone::day_start(zone, date);
        let to = date.succ_opt().map_or(from + TimeDelta::days(1), |next| zone::day_start(zone, next));
        let loading =
            async move { store.appointments_between(from, to).await.map_err(|error| CouldNotRead(Arc::new(error))) };
        Task::perform(loading, move |booked| Message::Book(appointment_book::Message::DayRead { date, booked }))
    }

    fn load_needs(&self) -> Task<Message> {
        let store = self.store.clone();
        let loading = async move { store.open_needs().await.map_err(|error| CouldNotRead(Arc::new(error))) };
        Task::perform(loading, Message::NeedsRead)
    }

    fn situation<'a>(&'a self, desk: Desk<'a>) -> Situation<'a> {
        Situation {
            texts: desk.texts,
            setup: &self.read.setup,
            today: self.today,
            now: desk.now,
            needs: self.book.open_needs(),
            waiting_changes: self.read.waiting_changes,
            this_pc: &self.read.this_pc,
            undoable: self.undoable.as_ref(),
            editing: match self.store.access() {
                Access::ReadWrite => Editing::Allowed,
                Access::ReadOnly(_) => Editing::ReadOnly,
            },
        }
    }

    /// The window's layers, the lowest first. `fixed_clock`: the clock stands still.
    pub fn view<'a>(&'a self, desk: Desk<'a>, fixed_clock: bool) -> Vec<Element<'a, Message>> {
        let texts = desk.texts;
        let saved = row![
            icon(Icon::Check).size(14).style(theme::muted),
            text(fl!(texts, "status-saved-locally")).size(size::SMALL).style(theme::muted)
        ];
        let language = language_button(texts).map(|()| appointment_book::Message::LanguagePressed);
        let book = self.book.view(texts, saved.spacing(gap::XS).align_y(Center), language).map(Message::Book);
        let page = column![self.notice(desk, fixed_clock), book].width(Fill).height(Fill);
        let covered = self.settings.is_some() || self.asking.is_some();
        let mut page = focus_scope(page);
        if let Some(leave) = self.book.escape() {
            page = page.on_escape(Message::Book(leave));
        }
        if let Some(choose) = self.book.enter() {
            page = page.on_enter(Message::Book(choose));
        }
        let mut layers = vec![inert(covered, page).into()];
        if let Some(settings) = &self.settings {
            for layer in settings.view(&self.situation(desk)) {
                layers.push(inert(self.asking.is_some(), layer.map(Message::Settings)).into());
            }
        }
        layers.extend(self.asking.map(|asking| asking.view(texts, &self.beginning)));
        layers
    }

    /// The strip above the book that tells what is special about this window, if anything is.
    fn notice<'a>(&'a self, desk: Desk<'a>, fixed_clock: bool) -> Option<Element<'a, Message>> {
        let texts = desk.texts;
        let mut special = Vec::new();
        let read_only = matches!(self.store.access(), Access::ReadOnly(_));
        if read_only {
            special.push(told(Icon::Lock, fl!(texts, "notice-read-only")));
        }
        if let Some(why) = &self.not_backed_up {
            special.push(told(Icon::TriangleAlert, fl!(texts, "notice-not-backed-up", why = why.clone())));
        }
        if self.kind == Kind::Demo {
            special.push(told(Icon::Sparkles, fl!(texts, "notice-demo")));
        }
        if fixed_clock {
            let local = zone::local(self.read.setup.clinic.value.time_zone, desk.now);
            let date = texts.date_weekday_year(local.date());
            let time = texts.time_of(local.time());
            special.push(told(Icon::Clock, fl!(texts, "notice-clock", date = date, time = time)));
        }
        if special.is_empty() {
            return None;
        }
        let again = (self.kind == Kind::Demo && !read_only).then(|| {
            push("demo-again", fl!(texts, "demo-again"), Some(Message::BeginAgainPressed)).style(theme::quiet)
        });
        // What does not fit goes on a line of its own.
        let special = row(special).spacing(gap::XL).align_y(Center).width(Fill).wrap().vertical_spacing(gap::XS);
        Some(notice(row![special].push(again).spacing(gap::L).align_y(Center)))
    }
}

impl Asking {
    fn view<'a>(self, texts: &Texts, beginning: &'a Saving) -> Element<'a, Message> {
        let (title, why, keep, lose, message) = match self {
            Self::BeginAgain => (
                fl!(texts, "demo-again-title"),
                fl!(texts, "demo-again-why"),
                fl!(texts, "cancel"),
                fl!(texts, "demo-again"),
                Message::BeginAgainConfirmed,
            ),
            Self::Discard => (
                fl!(texts, "quit-title"),
                fl!(texts, "discard-explanation"),
                fl!(texts, "discard-keep"),
                fl!(texts, "quit-lose"),
                Message::DiscardConfirmed,
            ),
        };
        let lose = (lose, (*beginning != Saving::Busy).then_some(message));
        question(title, &NOTHING, why, (keep, Message::QuestionDeclined), lose, beginning)
    }
}

fn book_desk<'a>(setup: &'a Setup, desk: Desk<'a>) -> appointment_book::Desk<'a> {
    appointment_book::Desk { setup, texts: desk.texts, now: desk.now }
}
