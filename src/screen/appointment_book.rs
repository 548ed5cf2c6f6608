//! «Aftalebog»: the clinic's day, a calendar to choose it, and the needs that wait for a time.

mod day;
mod needs;
mod view;

use std::sync::Arc;

use aftalebog_booking::setup::Setup;
use aftalebog_booking::zone::local;
use aftalebog_local::{Booked, OpenNeed, StoreError};
use aftalebog_texts::{Texts, fl};
use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use iced::Task;
use iced::widget::operation::{self, AbsoluteOffset};

use crate::failure;
use crate::ui::month_calendar::{Asked, Month};
use crate::ui::timetable::{Day, Turn};

/// What the appointment book is looked at with: the clinic's settings, a language and the clock.
#[derive(Clone, Copy, Debug)]
pub struct Desk<'a> {
    pub setup: &'a Setup,
    pub texts: &'a Texts,
    pub now: DateTime<Utc>,
}

#[derive(Debug)]
pub struct AppointmentBook {
    day: NaiveDate,
    booked: Read<Booked>,
    needs: Read<OpenNeed>,
    /// How far the list of needs is scrolled, in px.
    needs_offset: f32,
    clock: Clock,
    shown: Shown,
}

/// What was asked of the file.
#[derive(Debug)]
enum Read<T> {
    Waiting,
    Done(Vec<T>),
    /// Why, in words.
    Failed(String),
}

impl<T> Read<T> {
    fn rows(&self) -> &[T] {
        match self {
            Self::Done(rows) => rows,
            Self::Waiting | Self::Failed(_) => &[],
        }
    }
}

/// The wall clock of the clinic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Clock {
    today: NaiveDate,
    minute: u16,
}

/// Everything in words and places, so that `view` only sets it up.
#[derive(Debug)]
struct Shown {
    /// «tirsdag 24. november 2026 · uge 48».
    heading: String,
    day: Day,
    month: Month,
    needs: Vec<needs::Line>,
    words: view::Words,
}

#[derive(Clone, Debug)]
pub enum Message {
    DayTurned(Turn),
    CalendarAsked(Asked),
    DayRead {
        date: NaiveDate,
        booked: Result<Vec<Booked>, CouldNotRead>,
    },
    DayRetryPressed,
    NeedsRead(Result<Vec<OpenNeed>, CouldNotRead>),
    NeedsRetryPressed,
    NeedsScrolled {
        offset: f32,
    },
    NeedsKeyPressed {
        rows: f32,
    },
    /// On the same day; another day is another desk.
    ClockTicked,
    /// Other settings, or another language.
    DeskChanged,
    SettingsPressed,
    LanguagePressed,
}

/// Why there is nothing to show.
#[derive(Clone, Debug)]
pub struct CouldNotRead(pub Arc<StoreError>);

impl CouldNotRead {
    fn words(&self, texts: &Texts, what: String) -> String {
        let (_, why) = failure::read(texts, &self.0);
        format!("{what} {why}")
    }
}

#[derive(Debug)]
pub enum Action {
    None,
    Run(Task<Message>),
    LoadDay { date: NaiveDate },
    LoadNeeds,
    OpenSettings,
    TurnLanguage,
}

impl AppointmentBook {
    /// The book opened at today; its day and needs are still to be loaded.
    pub fn new(desk: Desk<'_>) -> Self {
        Self::at(desk, Clock::new(desk).today)
    }

    /// The book opened at a day.
    pub fn at(desk: Desk<'_>, day: NaiveDate) -> Self {
        Self {
            day,
            booked: Read::Waiting,
            needs: Read::Waiting,
            needs_offset: 0.0,
            clock: Clock::new(desk),
            shown: Shown {
                heading: heading(desk.texts, day),
                day: day::prepare(desk.setup, desk.texts, day, &[]),
                month: month(desk, day),
                needs: vec![],
                words: view::Words::new(desk.texts),
            },
        }
    }

    /// The chosen day, to be loaded again when something in the book has changed.
    pub fn day(&self) -> NaiveDate {
        self.day
    }

    pub fn update(&mut self, message: Message, desk: Desk<'_>) -> Action {
        match message {
            Message::DayTurned(turn) => self.day_turned(turn, desk),
            Message::CalendarAsked(Asked::Day(day)) => self.choose(day, desk),
            Message::CalendarAsked(Asked::Month(day)) => {
                self.shown.month = month(desk, day);
                Action::None
            }
            Message::DayRead { date, booked } => self.day_read(date, booked, desk),
            Message::DayRetryPressed => Action::LoadDay { date: self.day },
            Message::NeedsRead(needs) => self.needs_read(needs, desk),
            Message::NeedsRetryPressed => Action::LoadNeeds,
            Message::NeedsScrolled { offset } => {
                self.needs_offset = offset;
                Action::None
            }
            Message::NeedsKeyPressed { rows } => {
                let by = AbsoluteOffset { x: 0.0, y: rows * needs::LINE };
                Action::Run(operation::scroll_by(view::NEEDS, by))
            }
            Message::ClockTicked => self.clock_ticked(desk),
            Message::DeskChanged => self.desk_changed(desk),
            Message::SettingsPressed => Action::OpenSettings,
            Message::LanguagePressed => Action::TurnLanguage,
        }
    }

    fn day_turned(&mut self, turn: Turn, desk: Desk<'_>) -> Action {
        let day = match turn {
            Turn::Back => self.day.pred_opt(),
            Turn::Forward => self.day.succ_opt(),
            Turn::Today => Some(self.clock.today),
        };
        day.map_or(Action::None, |day| self.choose(day, desk))
    }

    fn choose(&mut self, day: NaiveDate, desk: Desk<'_>) -> Action {
        if !self.shown.month.shows(day) {
            self.shown.month = month(desk, day);
        }
        if day == self.day {
            return Action::None;
        }
        self.day = day;
        self.booked = Read::Waiting;
        self.shown.heading = heading(desk.texts, day);
        self.prepare_day(desk);
        Action::LoadDay { date: day }
    }

    /// An answer for a day that is no longer the chosen one is dropped.
    fn day_read(&mut self, date: NaiveDate, booked: Result<Vec<Booked>, CouldNotRead>, desk: Desk<'_>) -> Action {
        if date == self.day {
            self.booked = match booked {
                Ok(booked) => Read::Done(booked),
                Err(error) => Read::Failed(error.words(desk.texts, fl!(desk.texts, "book-day-not-read"))),
            };
            self.prepare_day(desk);
        }
        Action::None
    }

    /// The open needs, as far as they have been read.
    pub fn open_needs(&self) -> &[OpenNeed] {
        self.needs.rows()
    }

    fn needs_read(&mut self, needs: Result<Vec<OpenNeed>, CouldNotRead>, desk: Desk<'_>) -> Action {
        self.needs = match needs {
            Ok(needs) => Read::Done(needs),
            Err(error) => Read::Failed(error.words(desk.texts, fl!(desk.texts, "book-needs-not-read"))),
        };
        self.prepare_needs(desk);
        Action::None
    }

    fn clock_ticked(&mut self, desk: Desk<'_>) -> Action {
        self.clock = Clock::new(desk);
        Action::None
    }

    fn desk_changed(&mut self, desk: Desk<'_>) -> Action {
        self.clock = Clock::new(desk);
        self.shown.heading = heading(desk.texts, self.day);
        self.shown.month = month(desk, self.shown.month.first());
        self.shown.words = view::Words::new(desk.texts);
        self.prepare_day(desk);
        self.prepare_needs(desk);
        Action::None
    }

    fn prepare_day(&mut self, desk: Desk<'_>) {
        self.shown.day = day::prepare(desk.setup, desk.texts, self.day, self.booked.rows());
    }

    fn prepare_needs(&mut self, desk: Desk<'_>) {
        self.shown.needs = needs::prepare(desk.setup, desk.texts, self.clock.today, self.needs.rows());
    }
}

impl Clock {
    fn new(desk: Desk<'_>) -> Self {
        let now = local(desk.setup.clinic.value.time_zone, desk.now);
        Self { today: now.date(), minute: (now.hour() * 60 + now.minute()) as u16 }
    }
}

fn heading(texts: &Texts, day: NaiveDate) -> String {
    let week = fl!(texts, "week", week = day.iso_week().week());
    fl!(texts, "book-heading", date = texts.date_weekday_year(day), week = week)
}

fn month(desk: Desk<'_>, day: NaiveDate) -> Month {
    Month::new(day, desk.texts, |date| day::clinic_closed(desk.setup, desk.texts, date))
}

/// A day of the book ready to be drawn, as the benchmarks build it.
pub fn prepared_day(setup: &Setup, texts: &Texts, date: NaiveDate, booked: &[Booked]) -> Day {
    day::prepare(setup, texts, date, booked)
}

#[cfg(test)]
mod tests;
