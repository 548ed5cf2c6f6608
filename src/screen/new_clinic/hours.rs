//! «Arbejdstider»: one week for all, and another one for whoever works otherwise.

use std::collections::BTreeMap;

use aftalebog_booking::proposal::{NotAWorkingDay, WorkingDay, WorkingWeek, usual_week};
use aftalebog_texts::{Texts, fl, typed};
use iced::widget::{Id, column, container, row, space, text};
use iced::{Center, Element, Fill, Task};

use super::staff::Key;
use crate::ui::focus;
use crate::ui::form::{Sentence, field, push, tick, under};
use crate::ui::theme::{self, Standing, size, space as gap};

const DAY: f32 = 128.0;
const TIME: f32 = 72.0;
/// Between the work and the lunch.
const APART: f32 = 20.0;

pub struct HoursStep {
    people: Vec<Person>,
    closed_on_public_holidays: bool,
    common: WeekDraft,
    own: BTreeMap<Key, WeekDraft>,
    shown: Whose,
    /// What the common week was when nobody had touched it.
    usual: WeekDraft,
}

/// Somebody whose hours are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub key: Key,
    pub initials: String,
}

/// Whose week is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    Everybody,
    One(Key),
}

/// A week as it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct WeekDraft {
    days: [DayDraft; 7],
    sum: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct DayDraft {
    works: bool,
    /// In the order of [`Field::ALL`].
    times: [String; 4],
    wrong: Option<Field>,
    sentence: Sentence,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    From,
    To,
    LunchFrom,
    LunchTo,
}

#[derive(Clone, Debug)]
pub enum Message {
    WorksTicked(usize, bool),
    Typed(usize, Field, String),
    HolidaysTicked(bool),
    Chosen(Whose),
    OwnWeekTicked(Key, bool),
}

/// What the step comes to.
pub struct Answer {
    closed_on_public_holidays: bool,
    common: WorkingWeek,
    own: BTreeMap<Key, WorkingWeek>,
}

impl Answer {
    /// Nobody has hours yet.
    pub fn skipped() -> Self {
        Self { closed_on_public_holidays: true, common: [None; 7], own: BTreeMap::new() }
    }

    pub fn closed_on_public_holidays(&self) -> bool {
        self.closed_on_public_holidays
    }

    pub fn week_of(&self, key: Key) -> WorkingWeek {
        self.own.get(&key).copied().unwrap_or(self.common)
    }
}

impl Field {
    const ALL: [Self; 4] = [Self::From, Self::To, Self::LunchFrom, Self::LunchTo];

    fn id(self, day: usize) -> Id {
        match self {
            Self::From => format!("new-hours-from-{day}"),
            Self::To => format!("new-hours-to-{day}"),
            Self::LunchFrom => format!("new-hours-lunch-from-{day}"),
            Self::LunchTo => format!("new-hours-lunch-to-{day}"),
        }
        .into()
    }
}

/// Why a day's times make no working day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    NoTime,
    HalfALunch,
    Day(NotAWorkingDay),
}

impl DayDraft {
    fn of(day: Option<WorkingDay>, otherwise: Option<WorkingDay>, texts: &Texts) -> Self {
        let written = day.or(otherwise);
        let time = |time: Option<_>| time.map(|time| texts.time_in_field(time)).unwrap_or_default();
        let lunch = written.and_then(WorkingDay::lunch);
        Self {
            works: day.is_some(),
            times: [
                time(written.map(|day| day.work().from())),
                time(written.map(|day| day.work().to())),
                time(lunch.map(|lunch| lunch.from())),
                time(lunch.map(|lunch| lunch.to())),
            ],
            wrong: None,
            sentence: Sentence::none(),
        }
    }

    fn answer(&self) -> Result<Option<WorkingDay>, (Field, Fault)> {
        if !self.works {
            return Ok(None);
        }
        let [from, to, lunch_from, lunch_to] = &self.times;
        let time = |typed: &str, field| typed::time(typed).ok_or((field, Fault::NoTime));
        let lunch_time = |typed: &str, field| match typed.trim().is_empty() {
            true => Err((field, Fault::HalfALunch)),
            false => time(typed, field),
        };
        let work = (time(from, Field::From)?, time(to, Field::To)?);
        let lunch = match [lunch_from, lunch_to].iter().all(|typed| typed.trim().is_empty()) {
            true => None,
            false => Some((lunch_time(lunch_from, Field::LunchFrom)?, lunch_time(lunch_to, Field::LunchTo)?)),
        };
        let day = WorkingDay::new(work, lunch).map_err(|fault| {
            let field = match fault {
                NotAWorkingDay::EndsBeforeItBegins => Field::To,
                NotAWorkingDay::LunchEndsBeforeItBegins => Field::LunchTo,
                NotAWorkingDay::LunchOutsideWork => Field::LunchFrom,
            };
            (field, Fault::Day(fault))
        });
        day.map(Some)
    }

    fn refresh(&mut self, texts: &Texts) {
        let answer = self.answer();
        self.wrong = answer.err().map(|(field, _)| field);
        self.sentence = match answer {
            Ok(None) => Sentence::none(),
            Ok(Some(day)) => Sentence::Means(length(day.minutes(), texts)),
            Err((_, fault)) => Sentence::Refuses(match fault {
                Fault::NoTime => fl!(texts, "new-hours-no-time"),
                Fault::HalfALunch => fl!(texts, "new-hours-half-a-lunch"),
                Fault::Day(NotAWorkingDay::EndsBeforeItBegins) => fl!(texts, "new-hours-reversed"),
                Fault::Day(NotAWorkingDay::LunchEndsBeforeItBegins) => fl!(texts, "new-hours-lunch-reversed"),
                Fault::Day(NotAWorkingDay::LunchOutsideWork) => fl!(texts, "new-hours-lunch-outside"),
            }),
        };
    }

    fn is_same(&self, other: &Self) -> bool {
        (self.works, &self.times) == (other.works, &other.times)
    }
}

impl WeekDraft {
    /// Days off hold the Friday's times, should they be ticked.
    fn of(week: WorkingWeek, texts: &Texts) -> Self {
        let mut draft = Self { days: week.map(|day| DayDraft::of(day, usual_week()[4], texts)), sum: String::new() };
        draft.refresh(texts);
        draft
    }

    fn answer(&self) -> Result<WorkingWeek, Id> {
        let mut week = [None; 7];
        for (index, day) in self.days.iter().enumerate() {
            week[index] = day.answer().map_err(|(field, _)| field.id(index))?;
        }
        Ok(week)
    }

    fn refresh(&mut self, texts: &Texts) {
        for day in &mut self.days {
            day.refresh(texts);
        }
        let minutes = self.days.iter().filter_map(|day| day.answer().ok().flatten()).map(WorkingDay::minutes).sum();
        self.sum = fl!(texts, "new-hours-week", length = length(minutes, texts));
    }

    fn is_same(&self, other: &Self) -> bool {
        self.days.iter().zip(&other.days).all(|(one, other)| one.is_same(other))
    }
}

/// «7 t 30 min.»
pub fn length(minutes: u16, texts: &Texts) -> String {
    let (hours, minutes) = (minutes / 60, minutes % 60);
    fl!(texts, "new-hours-length", hours = hours, minutes = minutes)
}

impl HoursStep {
    pub fn new(texts: &Texts) -> Self {
        let usual = WeekDraft::of(usual_week(), texts);
        Self {
            people: Vec::new(),
            closed_on_public_holidays: true,
            common: usual.clone(),
            own: BTreeMap::new(),
            shown: Whose::Everybody,
            usual,
        }
    }

    pub fn refresh(&mut self, people: Vec<Person>, texts: &Texts) {
        self.people = people;
        if let Whose::One(key) = self.shown
            && !self.people.iter().any(|person| person.key == key)
        {
            self.shown = Whose::Everybody;
        }
        self.common.refresh(texts);
        self.own.values_mut().for_each(|week| week.refresh(texts));
    }

    pub fn update(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::WorksTicked(day, ticked) => {
                if let Some(week) = self.week_typed_in() {
                    week.days[day].works = ticked;
                }
                Task::none()
            }
            Message::Typed(day, of, typed) => {
                if let (Some(week), Some(place)) = (self.week_typed_in(), Field::ALL.iter().position(|it| *it == of)) {
                    week.days[day].times[place] = typed;
                }
                Task::none()
            }
            Message::HolidaysTicked(ticked) => {
                self.closed_on_public_holidays = ticked;
                Task::none()
            }
            Message::Chosen(whose) => {
                self.shown = whose;
                Task::none()
            }
            Message::OwnWeekTicked(key, true) => {
                let _none = self.own.insert(key, self.common.clone());
                focus::set(Field::From.id(0))
            }
            Message::OwnWeekTicked(key, false) => {
                let _week = self.own.remove(&key);
                Task::none()
            }
        }
    }

    /// The week that is seen, if it is one of its own.
    fn week_typed_in(&mut self) -> Option<&mut WeekDraft> {
        match self.shown {
            Whose::Everybody => Some(&mut self.common),
            Whose::One(key) => self.own.get_mut(&key),
        }
    }

    pub fn is_edited(&self) -> bool {
        !self.closed_on_public_holidays || !self.own.is_empty() || !self.common.is_same(&self.usual)
    }

    pub fn first(&self) -> Id {
        if self.people.is_empty() { "new-hours-holidays".into() } else { Field::From.id(0) }
    }

    /// The first field that is wrong, which is brought into sight.
    pub fn fault(&mut self) -> Option<Id> {
        let (whose, field) = self.answer().err()?;
        self.shown = whose;
        Some(field)
    }

    /// While there is nobody to work, nobody's week matters.
    pub fn answer(&self) -> Result<Answer, (Whose, Id)> {
        let closed_on_public_holidays = self.closed_on_public_holidays;
        if self.people.is_empty() {
            return Ok(Answer { closed_on_public_holidays, ..Answer::skipped() });
        }
        let common = self.common.answer().map_err(|field| (Whose::Everybody, field))?;
        let mut own = BTreeMap::new();
        for Person { key, .. } in &self.people {
            if let Some(week) = self.own.get(key) {
                let week = week.answer().map_err(|field| (Whose::One(*key), field))?;
                let _new = own.insert(*key, week);
            }
        }
        Ok(Answer { closed_on_public_holidays, common, own })
    }

    pub fn view<'a>(&'a self, texts: &'a Texts) -> Element<'a, Message> {
        let holidays = tick(
            "new-hours-holidays",
            fl!(texts, "new-hours-holidays"),
            self.closed_on_public_holidays,
            Some(Message::HolidaysTicked),
        );
        if self.people.is_empty() {
            let nobody = text(fl!(texts, "new-hours-nobody")).style(theme::muted);
            return column![nobody, holidays].spacing(gap::L).into();
        }
        let week = match self.shown {
            Whose::Everybody => self.week(&self.common, Typing::Allowed, texts),
            Whose::One(key) => match self.own.get(&key) {
                Some(week) => self.week(week, Typing::Allowed, texts),
                None => self.week(&self.common, Typing::Elsewhere, texts),
            },
        };
        column![self.choices(texts), self.own_week(texts), week, holidays].spacing(gap::M).into()
    }

    /// Whose week is to be seen: of everybody, or of one.
    fn choices<'a>(&'a self, texts: &Texts) -> Element<'a, Message> {
        let style = |whose| if self.shown == whose { theme::chosen } else { theme::secondary };
        let everybody =
            push("new-hours-everybody", fl!(texts, "new-hours-everybody"), Some(Message::Chosen(Whose::Everybody)));
        let one = |(index, person): (usize, &'a Person)| {
            let whose = Whose::One(person.key);
            let id = format!("new-hours-of-{index}");
            push(id, person.initials.as_str(), Some(Message::Chosen(whose))).style(style(whose)).into()
        };
        let everybody = everybody.style(style(Whose::Everybody)).into();
        let choices = std::iter::once(everybody).chain(self.people.iter().enumerate().map(one));
        row(choices).spacing(gap::XS).wrap().vertical_spacing(gap::XS).into()
    }

    fn own_week<'a>(&'a self, texts: &Texts) -> Element<'a, Message> {
        let shown = |key: Key| self.people.iter().find(|person| person.key == key);
        match self.shown {
            Whose::Everybody => {
                container(text(fl!(texts, "new-hours-everybody-means")).size(size::SMALL).style(theme::muted))
                    .center_y(20)
                    .into()
            }
            Whose::One(key) => {
                let initials = shown(key).map(|person| person.initials.clone()).unwrap_or_default();
                let words = fl!(texts, "new-hours-own", initials = initials);
                let ticked = self.own.contains_key(&key);
                tick("new-hours-own", words, ticked, Some(move |ticked| Message::OwnWeekTicked(key, ticked)))
            }
        }
    }

    fn week<'a>(&'a self, week: &'a WeekDraft, typing: Typing, texts: &'a Texts) -> Element<'a, Message> {
        let head = row![
            text(fl!(texts, "new-hours-day")).width(DAY),
            text(fl!(texts, "new-hours-from")).width(TIME),
            text(fl!(texts, "new-hours-to")).width(TIME),
            space().width(APART),
            text(fl!(texts, "new-hours-lunch-from")).width(TIME),
            text(fl!(texts, "new-hours-lunch-to")).width(TIME),
        ]
        .spacing(gap::S)
        .height(20);
        let days = week.days.iter().enumerate().map(|(index, day)| day.view(index, typing, texts));
        let sum = text(&week.sum).size(size::SMALL).style(theme::muted).height(16);
        column![head, column(days).spacing(gap::XS), sum].spacing(gap::S).into()
    }
}

/// Whether a week can be typed in here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Typing {
    Allowed,
    /// It is everybody's, and only shown for this one.
    Elsewhere,
}

impl DayDraft {
    fn view<'a>(&'a self, index: usize, typing: Typing, texts: &Texts) -> Element<'a, Message> {
        let allowed = typing == Typing::Allowed;
        let works = allowed.then_some(move |ticked| Message::WorksTicked(index, ticked));
        let number = index + 1;
        let weekday = fl!(texts, "weekday", day = number);
        let input = |place: usize| {
            let of = Field::ALL[place];
            let standing = if self.wrong == Some(of) { Standing::Refused } else { Standing::Good };
            let typed = (allowed && self.works).then_some(move |typed| Message::Typed(index, of, typed));
            field(of.id(index), "", &self.times[place], standing, typed).width(TIME)
        };
        row![
            container(tick(format!("new-hours-works-{index}"), weekday, self.works, works)).width(DAY),
            input(0),
            input(1),
            space().width(APART),
            input(2),
            input(3),
            container(under(&self.sentence)).width(Fill),
        ]
        .spacing(gap::S)
        .align_y(Center)
        .into()
    }
}
