//! «Kopiér til …»: the hours of a day to other days, or a whole week to other practitioners.

use aftalebog_booking::record::{Practitioner, WeekdayNumber, WorkingHours};
use aftalebog_booking::week_plan::{Copied, Parity, Revision, WEEKDAYS, WeekPlan, copies, has_ended};
use aftalebog_booking::{Id, Write};
use aftalebog_texts::guide::Topic;
use aftalebog_texts::{Texts, fl};
use chrono::NaiveDate;
use iced::widget::{column, container, row, text};
use iced::{Center, Element, Fill, Task};

use super::draft::date;
use super::editor::{from_today_on, outside};
use crate::screen::settings::Situation;
use crate::screen::settings::booked::Booked;
use crate::screen::settings::form::{Face, Form, Next, Pressed};
use crate::ui::focus;
use crate::ui::form::{Sentence, field, heading, labelled, tick, under};
use crate::ui::options::options;
use crate::ui::theme::{self, size, space as gap};

const FROM: &str = "copy-from";
const FIRST: &str = "copy-what";

/// What is copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Day,
    Week,
}

pub struct Copying {
    pub form: Form,
    practitioner: Id<Practitioner>,
    /// The day of the entry that was chosen; without one only a week can be copied.
    weekday: Option<WeekdayNumber>,
    what: What,
    days: Vec<Target<WeekdayNumber>>,
    people: Vec<Target<Id<Practitioner>>>,
    from: String,
    /// «OK» was pressed.
    tried: bool,
    /// Of what is made here: a save that is tried again creates nothing twice.
    ids: Vec<Id<WorkingHours>>,
    under_from: Sentence,
    effect: Sentence,
    warnings: Vec<Sentence>,
}

/// Who, or which day, can get the same hours.
struct Target<T> {
    value: T,
    words: String,
    /// What is there now.
    now: String,
    ticked: bool,
}

#[derive(Clone, Debug)]
pub enum Message {
    WhatChosen(What),
    DayTicked(usize, bool),
    PersonTicked(usize, bool),
    FromTyped(String),
    Pressed(Pressed),
}

pub enum Action {
    None,
    Run(Task<Message>),
    Save(Vec<Write>),
    Close,
}

impl Copying {
    pub fn new(
        practitioner: Id<Practitioner>,
        weekday: Option<WeekdayNumber>,
        what: What,
        situation: &Situation<'_>,
    ) -> Self {
        let Situation { texts, setup, today, .. } = *situation;
        let plan = |whom: Id<Practitioner>| plan_of(whom, situation, today);
        let own = plan(practitioner);
        let days = WEEKDAYS.into_iter().filter(|day| Some(*day) != weekday).map(|day| {
            let (words, now) = (texts.weekday_heading(day), day_now(&own, day, texts));
            Target { value: day, words, now, ticked: false }
        });
        let people = setup.staff().filter(|entry| entry.id != practitioner).map(|entry| {
            let words = format!("{} · {}", entry.value.initials, entry.value.name);
            Target { value: entry.id, words, now: super::picture::sum(&plan(entry.id), texts), ticked: false }
        });
        Self {
            form: Form::default(),
            practitioner,
            weekday,
            what: if weekday.is_some() { what } else { What::Week },
            days: days.collect(),
            people: people.collect(),
            from: String::new(),
            tried: false,
            ids: Vec::new(),
            under_from: Sentence::none(),
            effect: Sentence::none(),
            warnings: Vec::new(),
        }
    }

    /// Says again what copying does, and asks for the appointments that it concerns.
    pub fn refresh(&mut self, situation: &Situation<'_>, booked: &mut Booked) {
        let Situation { texts, today, .. } = *situation;
        self.under_from = match date(&self.from, today) {
            None => Sentence::Refuses(fl!(texts, "hours-no-date")),
            Some(None) => Sentence::Means(fl!(texts, "hours-copy-always")),
            Some(Some(from)) => {
                Sentence::Means(fl!(texts, "hours-copy-from-means", date = texts.date_weekday_year(from)))
            }
        };
        let whom = match self.what {
            What::Day => vec![self.practitioner],
            What::Week => ticked(&self.people).collect(),
        };
        booked.want((!whom.is_empty()).then(|| from_today_on(whom, situation)));
        self.effect = match (self.any_ticked(), self.revision(situation)) {
            (false, _) if self.tried => Sentence::Refuses(fl!(texts, "hours-copy-none-ticked")),
            (false, _) | (_, Err(_)) => Sentence::none(),
            (true, Ok(revision)) if revision.is_empty() => Sentence::Means(fl!(texts, "hours-copy-same")),
            (true, Ok(revision)) => {
                let replaced = revision.edited.len() + revision.deleted.len();
                Sentence::Means(fl!(texts, "hours-copy-means", replaced = replaced, new = revision.created.len()))
            }
        };
        let revision = self.revision(situation).ok().filter(|_| self.any_ticked());
        self.warnings = revision.map(|revision| warnings(&revision, situation, booked)).unwrap_or_default();
    }

    fn any_ticked(&self) -> bool {
        match self.what {
            What::Day => self.days.iter().any(|day| day.ticked),
            What::Week => self.people.iter().any(|person| person.ticked),
        }
    }

    /// What copying does; nothing where the date is none.
    fn revision(&self, situation: &Situation<'_>) -> Result<Revision, NoDate> {
        let from = date(&self.from, situation.today).ok_or(NoDate)?;
        let of = self.practitioner;
        let copied = match (self.what, self.weekday) {
            (What::Day, Some(weekday)) => Copied::Day { of, weekday, to: ticked(&self.days).collect() },
            _ => Copied::Week { of, to: ticked(&self.people).collect() },
        };
        Ok(copies(&copied, from, &situation.setup.working_hours))
    }

    pub fn is_edited(&self) -> bool {
        let ticked = self.days.iter().any(|day| day.ticked) || self.people.iter().any(|person| person.ticked);
        ticked || !self.from.trim().is_empty()
    }

    pub fn update(&mut self, message: Message, situation: &Situation<'_>) -> Action {
        match message {
            Message::WhatChosen(what) => self.what = what,
            Message::DayTicked(day, ticked) => self.days[day].ticked = ticked,
            Message::PersonTicked(person, ticked) => self.people[person].ticked = ticked,
            Message::FromTyped(typed) => self.from = typed,
            Message::Pressed(pressed) => {
                return match self.form.pressed(pressed, self.is_edited(), situation.editing) {
                    Next::Nothing => Action::None,
                    Next::Save => self.save(situation),
                    Next::Close => Action::Close,
                };
            }
        }
        Action::None
    }

    fn save(&mut self, situation: &Situation<'_>) -> Action {
        self.tried = true;
        if !self.any_ticked() {
            return Action::Run(focus::set(self.first_target()));
        }
        let revision = self.revision(situation).map(|revision| revision.with_ids(&mut self.ids));
        match revision.map(|revision| revision.writes()) {
            Err(NoDate) => Action::Run(focus::set(FROM)),
            Ok(writes) if writes.is_empty() => Action::Close,
            Ok(writes) => {
                self.form.begin();
                Action::Save(writes)
            }
        }
    }

    fn first_target(&self) -> String {
        match self.what {
            What::Day => day_id(0),
            What::Week => person_id(0),
        }
    }

    pub fn layers<'a>(&'a self, situation: &Situation<'a>) -> Vec<Element<'a, Message>> {
        let texts = situation.texts;
        let face = Face {
            name: "copy",
            topic: Topic::NewPlan,
            title: fl!(texts, "hours-copy-title", who = super::name_of(self.practitioner, situation.setup)),
            width: 620.0,
            body: self.body(situation),
            first: if self.weekday.is_some() { FIRST } else { "copy-person-0" },
            enter: None,
            leaving: None,
        };
        self.form.layers(situation, face, Message::Pressed)
    }

    fn body<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let what = self.weekday.map(|weekday| {
            let day = fl!(texts, "hours-copy-day", day = texts.weekday_name(weekday));
            let week = fl!(texts, "hours-copy-week");
            let choices = vec![(day, Message::WhatChosen(What::Day)), (week, Message::WhatChosen(What::Week))];
            options(FIRST, choices, if self.what == What::Day { 0 } else { 1 })
        });
        let targets: Vec<Element<'a, Message>> = match self.what {
            What::Day => {
                let days = self.days.iter().enumerate();
                days.map(|(index, day)| day.view(day_id(index), move |on| Message::DayTicked(index, on))).collect()
            }
            What::Week => {
                let people = self.people.iter().enumerate();
                let view = |(index, person): (usize, &'a Target<_>)| {
                    person.view(person_id(index), move |on| Message::PersonTicked(index, on))
                };
                people.map(view).collect()
            }
        };
        let nobody = targets.is_empty().then(|| text(fl!(texts, "hours-copy-nobody")).style(theme::muted));
        let title = match self.what {
            What::Day => fl!(texts, "hours-copy-to-days"),
            What::Week => fl!(texts, "hours-copy-to-people"),
        };
        let from =
            field(FROM, &fl!(texts, "date-example"), &self.from, self.under_from.standing(), Some(Message::FromTyped));
        column![
            what,
            heading(title),
            column(targets).spacing(gap::S),
            nobody,
            labelled(fl!(texts, "hours-copy-from"), from.width(120), None, &self.under_from),
            under(&self.effect),
            column(self.warnings.iter().map(under)).spacing(gap::XS),
        ]
        .spacing(gap::M)
        .into()
    }
}

/// What is hardly meant: that plans for later go, or what has been; and who is left outside.
fn warnings(revision: &Revision, situation: &Situation<'_>, booked: &Booked) -> Vec<Sentence> {
    let Situation { texts, today, .. } = *situation;
    let replaced = || revision.deleted.iter().chain(revision.edited.iter().map(|(before, _)| before));
    let later: Vec<NaiveDate> =
        replaced().filter_map(|entry| entry.value.valid_from).filter(|from| *from > today).collect();
    let first = later.iter().min();
    let later = first.map(|first| fl!(texts, "hours-copy-later", count = later.len(), date = texts.date(*first)));
    let ended = replaced().filter(|entry| has_ended(&entry.value, today)).count();
    let ended = (ended > 0).then(|| fl!(texts, "hours-copy-ended", count = ended));
    let said = later.into_iter().chain(ended).map(Sentence::Warns);
    said.chain(outside(revision, situation, booked)).collect()
}

/// What is typed is no date.
struct NoDate;

impl<T> Target<T> {
    fn view<'a, M: Clone + 'a>(&'a self, id: String, on_toggle: impl Fn(bool) -> M + 'a) -> Element<'a, M> {
        let now = text(&self.now).size(size::SMALL).style(theme::muted).wrapping(text::Wrapping::None);
        let ticked = container(tick(id, self.words.as_str(), self.ticked, Some(on_toggle))).width(Fill).clip(true);
        row![ticked, now].spacing(gap::S).align_y(Center).into()
    }
}

fn ticked<T: Copy>(targets: &[Target<T>]) -> impl Iterator<Item = T> {
    targets.iter().filter(|target| target.ticked).map(|target| target.value)
}

fn plan_of(whom: Id<Practitioner>, situation: &Situation<'_>, at: NaiveDate) -> WeekPlan {
    let hours = situation.setup.working_hours.iter().map(|entry| &entry.value);
    WeekPlan::at(hours.filter(|hours| hours.practitioner == whom), at)
}

/// «8.00–12.00, 12.30–16.00», «fri», or that weeks alternate.
fn day_now(plan: &WeekPlan, day: WeekdayNumber, texts: &Texts) -> String {
    match plan.day(Parity::Even, day) {
        _ if !plan.is_same_each_week(day) => fl!(texts, "hours-alternates"),
        [] => fl!(texts, "hours-off"),
        intervals => texts.intervals(intervals),
    }
}

fn day_id(index: usize) -> String {
    format!("copy-day-{index}")
}

fn person_id(index: usize) -> String {
    format!("copy-person-{index}")
}
