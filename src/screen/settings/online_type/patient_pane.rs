//! «Vis som patient» beside the fields: what a patient is offered with what is typed, before it
//! is saved.

use aftalebog_booking::Setup;
use aftalebog_booking::record::{Entry, OnlineType};
use aftalebog_booking::time::{days_after, days_before};
use aftalebog_booking::zone::local;
use aftalebog_texts::{Texts, fl};
use chrono::{DateTime, Datelike, NaiveDate, Utc, Weekday};
use iced::widget::operation::{self, RelativeOffset};

use crate::screen::patient_view::{self, Action, Desk, PatientView, Place, Stretch};
use crate::screen::settings::Situation;
use crate::ui::focus;

mod view;

/// How many days are listed with their times.
const LISTED: u32 = 14;
/// How many are seen at a glance: five weeks.
const GLANCE: u32 = 35;
/// So many times of a day have room; of more the last are only counted.
const TIMES_LISTED: usize = 5;

pub(super) struct PatientPane {
    pub(super) view: PatientView,
    /// The set-up as it was typed when all of it was valid.
    last_valid: Option<Entry<OnlineType>>,
    typed: Typed,
    seen: Seen,
    shown: Shown,
}

/// How the days are seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Seen {
    /// Two weeks, each day with its times.
    #[default]
    List,
    /// Five weeks, each day with how many times it has.
    Glance,
}

#[derive(Clone, Debug)]
pub enum Message {
    View(patient_view::Message),
    SeenAs(Seen),
    /// A key has gone to a time, which lies this far down the list: 0 is the first, 1 the last.
    TimeReached {
        place: Place,
        down: f32,
    },
}

impl From<patient_view::Message> for Message {
    fn from(message: patient_view::Message) -> Self {
        Self::View(message)
    }
}

/// What is seen of what is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Typed {
    AsItStands,
    /// Something cannot be understood: what was typed before it is seen.
    Before,
    /// No appointment type is chosen.
    Nothing,
}

/// Everything in words, so that `view` only sets it up.
#[derive(Debug, Default)]
struct Shown {
    /// «23. nov. – 6. dec.».
    range: String,
    earlier: Option<Stretch>,
    later: Option<Stretch>,
    letters: Vec<String>,
    weeks: Vec<Week>,
    rows: Vec<Row>,
    /// «tirsdag 24. november hos LB», or «Hvorfor ikke tirsdag 24. november?».
    heading: String,
}

#[derive(Debug)]
struct Week {
    number: String,
    days: Vec<Day>,
}

/// A day at a glance.
#[derive(Debug)]
struct Day {
    date: NaiveDate,
    number: String,
    /// How many times it has; empty for none.
    count: String,
}

/// A day of the list.
#[derive(Debug)]
struct Row {
    date: NaiveDate,
    label: String,
    words: String,
    has_times: bool,
}

impl PatientPane {
    pub(super) fn new(situation: &Situation<'_>) -> Self {
        let first = monday(situation.today);
        Self {
            view: PatientView::new("preview-patient", Stretch { first, days: GLANCE }),
            last_valid: None,
            typed: Typed::Nothing,
            seen: Seen::List,
            shown: Shown::default(),
        }
    }

    pub(super) fn update(&mut self, message: Message, situation: &Situation<'_>) -> Action {
        let Some(typed) = &self.last_valid else { return Action::None };
        // What is typed decides when the editor refreshes everything, which it does after each message.
        let desk = desk(situation, situation.setup, typed);
        match message {
            Message::View(patient_view::Message::DatePressed(date)) => {
                let _none = self.view.note(patient_view::Message::DatePressed(date), desk);
                Action::Run(focus::reveal(day_id(date)))
            }
            Message::View(message) => self.view.note(message, desk),
            Message::SeenAs(seen) => {
                self.seen = seen;
                Action::None
            }
            Message::TimeReached { place, down } => {
                let _none = self.view.note(patient_view::Message::TimePressed(place), desk);
                Action::Run(operation::snap_to(view::OPENED, RelativeOffset { x: 0.0, y: down }))
            }
        }
    }

    /// `typed`: what the fields hold; `None` where they hold nothing valid.
    pub(super) fn refresh(&mut self, typed: Option<Entry<OnlineType>>, situation: &Situation<'_>) {
        self.typed = match (&typed, &self.last_valid) {
            (Some(_), _) => Typed::AsItStands,
            (None, Some(_)) => Typed::Before,
            (None, None) => Typed::Nothing,
        };
        self.last_valid = typed.or_else(|| self.last_valid.take());
        let Some(typed) = &self.last_valid else { return };
        let setup = with_typed(situation.setup, typed);
        let desk = desk(situation, &setup, typed);
        self.view.refresh(desk);
        self.shown = Shown::of(&self.view, self.seen, desk);
    }
}

/// The settings with what is typed in the place of what is saved.
fn with_typed(setup: &Setup, typed: &Entry<OnlineType>) -> Setup {
    let mut setup = setup.clone();
    match setup.online_types.iter_mut().find(|entry| entry.id == typed.id) {
        Some(saved) => *saved = typed.clone(),
        None => setup.online_types.push(typed.clone()),
    }
    setup
}

fn desk<'a>(situation: &Situation<'a>, setup: &'a Setup, typed: &Entry<OnlineType>) -> Desk<'a> {
    let appointment_type = Some(typed.value.appointment_type);
    Desk { texts: situation.texts, setup, appointment_type, now: situation.now }
}

impl Shown {
    fn of(view: &PatientView, seen: Seen, desk: Desk<'_>) -> Self {
        let Desk { texts, .. } = desk;
        let today = desk.today();
        let Stretch { first, days } = view.stretch();
        let turned = |first| Stretch { first, days };
        let seen = u64::from(match seen {
            Seen::List => LISTED,
            Seen::Glance => GLANCE,
        });
        let earlier = days_before(first, seen);
        let last = days_after(first, seen - 1);
        let opened = view.shown().opened.as_ref();
        Self {
            range: fl!(texts, "preview-range", from = short(texts, first), to = short(texts, last)),
            // What has passed is offered to nobody.
            earlier: (first > monday(today)).then(|| turned(earlier.max(monday(today)))),
            later: Some(turned(days_after(first, seen))),
            letters: WEEKDAYS.iter().map(|weekday| texts.weekday_letters(*weekday)).collect(),
            weeks: weeks(view),
            rows: rows(view, desk),
            heading: opened.map_or_else(String::new, |opened| {
                let date = texts.date_seen_from(today, opened.date);
                match opened.columns.as_slice() {
                    columns if columns.iter().all(|column| column.why.is_some()) => {
                        fl!(texts, "preview-why-not-date", date = date)
                    }
                    // Several stand in a list of their own.
                    [only] => fl!(texts, "preview-date-with", date = date, who = only.initials.clone()),
                    _ => date,
                }
            }),
        }
    }
}

const WEEKDAYS: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

fn monday(date: NaiveDate) -> NaiveDate {
    date.week(Weekday::Mon).first_day()
}

/// What is scrolled into view when a day is pressed or a key goes to it.
fn day_id(date: NaiveDate) -> String {
    format!("preview-day-{date}")
}

/// «23. nov.»
fn short(texts: &Texts, date: NaiveDate) -> String {
    let month = fl!(texts, "month-short", month = date.month());
    fl!(texts, "preview-range-date", day = date.day(), month = month)
}

fn weeks(view: &PatientView) -> Vec<Week> {
    let counts = &view.shown().dates;
    let days: Vec<Day> = view
        .stretch()
        .dates()
        .enumerate()
        .map(|(index, date)| {
            let count = counts.get(index).map_or(0, |counted| counted.offers.len());
            let count = if count == 0 { String::new() } else { count.to_string() };
            Day { date, number: date.day().to_string(), count }
        })
        .collect();
    let mut weeks = Vec::new();
    let mut rest = days.into_iter().peekable();
    while let Some(first) = rest.peek() {
        let number = first.date.iso_week().week().to_string();
        weeks.push(Week { number, days: rest.by_ref().take(7).collect() });
    }
    weeks
}

/// Two weeks from today or from later on, without the weekends that have no times.
fn rows(view: &PatientView, desk: Desk<'_>) -> Vec<Row> {
    let today = desk.today();
    let decision = view.decision(desk);
    let is_weekend = |date: NaiveDate| matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
    let listed = view.stretch().dates().take(LISTED as usize).enumerate();
    let rows = listed.filter(|(_, date)| *date >= today).filter_map(|(index, date)| {
        let label = desk.texts.date_short(date);
        let offers = view.shown().dates.get(index).map_or(&[][..], |date| date.offers.as_slice());
        if offers.is_empty() && is_weekend(date) {
            return None;
        }
        let words = match &decision {
            None => String::new(),
            Some(_) if !offers.is_empty() => {
                let starts = offers.iter().map(|offer| offer.start).collect();
                times(starts, desk)
            }
            Some((terms, busy)) => patient_view::in_short(terms, busy, date, desk),
        };
        Some(Row { date, label, words, has_times: !offers.is_empty() })
    });
    rows.collect()
}

/// «10.15  10.45  13.00  +4»; a time that several practitioners have is said once.
fn times(mut starts: Vec<DateTime<Utc>>, desk: Desk<'_>) -> String {
    starts.dedup();
    let zone = desk.setup.clinic.value.time_zone;
    let more = if starts.len() > TIMES_LISTED { starts.len() - TIMES_LISTED + 1 } else { 0 };
    let listed = starts.iter().take(starts.len() - more).map(|start| desk.texts.time_of(local(zone, *start).time()));
    let listed = listed.collect::<Vec<_>>().join("  ");
    if more == 0 { listed } else { fl!(desk.texts, "preview-row-more", times = listed, more = more) }
}
