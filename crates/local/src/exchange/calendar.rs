//! Busy times and closed days as iCalendar.
//!
//! An event is read by itself, so that a broken one hides no other. What repeats is worked out on the
//! wall clock of the event, and becomes instants only then: no time zone can make a repetition vanish.

mod moment;
mod plan;
mod text;
mod write;

use std::collections::{HashMap, HashSet};

use aftalebog_booking::bounded::Length;
use aftalebog_booking::time::{TimeOfDay, days_after};
use aftalebog_booking::zone;
use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use icalendar::{RRule, RRuleSet};
use thiserror::Error;

use self::moment::{Moment, duration, wall_clock};
use self::text::{Event, Events};
use super::MAX_BYTES;

pub use plan::{Book, Days, Overlaps, Plan, Standing, Wanted, ids, plan};
pub use write::{Closed, Taken, made_of, write};

/// More events are not read, nor more occurrences of all of them.
pub const MAX_EVENTS: usize = 50_000;
pub const MAX_ITEMS: usize = 20_000;
/// As many repetitions of all the events are gone through, in the span and before it.
const MAX_REPETITIONS: u32 = 2_000_000;
/// So many rules that lead nowhere are tried before the file is given up: each takes a while.
const MAX_ENDLESS: usize = 50;

/// The dates that are of interest; both are included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// What a calendar holds in a span.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Calendar {
    /// By time.
    pub items: Vec<Item>,
    /// Events that take no time: free, cancelled, or without a length.
    pub passed_over: usize,
    /// Events that lie outside the span with all their repetitions.
    pub outside: usize,
    /// By line.
    pub faults: Vec<EventFault>,
}

/// A stretch of busy time, or of whole days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The same whenever the calendar is read again: the event, which of its repetitions, and which part of it.
    pub key: String,
    /// The event's id where this program has given it.
    pub uid: String,
    pub summary: String,
    pub when: When,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    Times {
        start: DateTime<Utc>,
        minutes: Length,
    },
    /// Both are included.
    Days {
        from: NaiveDate,
        to: NaiveDate,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventFault {
    /// The line in which the event begins.
    pub line: usize,
    pub summary: String,
    pub fault: Fault,
}

/// Why an event cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    Unreadable {
        property: &'static str,
    },
    NoStart,
    EndsBeforeItBegins,
    UnknownZone {
        name: String,
    },
    /// A rule that cannot be read, or that repeats more often than once a day.
    Rule,
    /// The rule leads nowhere: it names days that never come, or goes on for more than a lifetime.
    Endless,
    NeverEnds,
}

/// Why a file is no calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotACalendar {
    #[error("the file has more than {max} bytes")]
    TooLarge { max: usize },
    #[error("the file has no BEGIN:VCALENDAR")]
    NoCalendar,
    #[error("the file has more than {max} events")]
    TooManyEvents { max: usize },
    #[error("the events repeat more than {max} times")]
    TooManyItems { max: usize },
    /// Their rules cannot be worked out within a reasonable time.
    #[error("the repetitions of the events are too many to be worked out")]
    TooManyRepetitions,
}

/// Reads what a calendar holds in a span; times without a zone are those of `zone`.
pub fn read(text: &str, zone: Tz, span: Span) -> Result<Calendar, NotACalendar> {
    if text.len() > MAX_BYTES {
        return Err(NotACalendar::TooLarge { max: MAX_BYTES });
    }
    let (mut events, mut calendar) = (Vec::new(), Calendar::default());
    let mut found = Events::new(text);
    for event in found.by_ref() {
        if events.len() + calendar.faults.len() >= MAX_EVENTS {
            return Err(NotACalendar::TooManyEvents { max: MAX_EVENTS });
        }
        match event {
            Ok(event) => events.push(event),
            Err(fault) => calendar.faults.push(fault),
        }
    }
    if !found.is_calendar() {
        return Err(NotACalendar::NoCalendar);
    }
    let changed = changed_repetitions(&events, zone);
    let (mut endless, mut left) = (0, MAX_REPETITIONS);
    for event in &events {
        if event.takes_no_time() {
            calendar.passed_over += 1;
            continue;
        }
        match occurrences(event, zone, span, &changed, &mut left) {
            Ok(occurrences) => {
                let before = calendar.items.len();
                for occurrence in occurrences {
                    calendar.items.extend(occurrence.items(event, zone, span));
                }
                if before == calendar.items.len() {
                    calendar.outside += 1;
                }
            }
            Err(Trouble::NoTime) => calendar.passed_over += 1,
            Err(Trouble::Fault(fault)) => {
                endless += usize::from(fault == Fault::Endless);
                calendar.faults.push(event.fault(fault));
            }
        }
        if endless > MAX_ENDLESS || left == 0 {
            return Err(NotACalendar::TooManyRepetitions);
        }
        if calendar.items.len() > MAX_ITEMS {
            return Err(NotACalendar::TooManyItems { max: MAX_ITEMS });
        }
    }
    calendar.items.sort_by(|one, other| (one.when.begin(zone), &one.key).cmp(&(other.when.begin(zone), &other.key)));
    // Twice in the file is once in the book.
    let mut seen = HashSet::new();
    calendar.items.retain(|item| seen.insert(item.key.clone()));
    calendar.faults.sort_by_key(|fault| fault.line);
    Ok(calendar)
}

impl When {
    fn begin(self, zone: Tz) -> DateTime<Utc> {
        match self {
            Self::Times { start, .. } => start,
            Self::Days { from, .. } => zone::day_start(zone, from),
        }
    }
}

enum Trouble {
    /// It lasts for no time at all: a reminder.
    NoTime,
    Fault(Fault),
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// One of the times at which an event takes place, on the wall clock of `clock`.
struct Occurrence {
    /// When it was to begin by the rule; blank for an event that does not repeat.
    key: String,
    start: NaiveDateTime,
    end: NaiveDateTime,
    clock: Clock,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Clock {
    Zone(Tz),
    /// Whole days, wherever one is.
    Days,
}

/// The repetitions of which another event says what has become of them, by the event's id.
type Changed<'e> = HashMap<&'e str, HashSet<NaiveDateTime>>;

fn changed_repetitions<'e>(events: &'e [Event], zone: Tz) -> Changed<'e> {
    let mut changed: Changed<'e> = HashMap::new();
    // On the wall clock of the event that repeats, which the changed one need not share.
    let clocks: HashMap<&str, Tz> = events
        .iter()
        .filter(|event| event.repetition.is_none())
        .filter_map(|event| Some((event.uid.as_str(), Moment::read(event.start.as_ref()?, zone).ok()?.zone(zone))))
        .collect();
    for event in events {
        let Some(Ok(moment)) = event.repetition.as_ref().map(|property| Moment::read(property, zone)) else { continue };
        let clock = clocks.get(event.uid.as_str()).copied().unwrap_or(zone);
        let _new = changed.entry(event.uid.as_str()).or_default().insert(moment.on(clock));
    }
    changed
}

fn occurrences(
    event: &Event,
    zone: Tz,
    span: Span,
    changed: &Changed<'_>,
    left: &mut u32,
) -> Result<Vec<Occurrence>, Trouble> {
    let start = Moment::read(event.start.as_ref().ok_or(Fault::NoStart)?, zone)?;
    let clock = match start {
        Moment::Day(_) => Clock::Days,
        Moment::Time { zone, .. } => Clock::Zone(zone),
    };
    let begins = start.naive();
    let lasts = length(event, start, zone)?;
    if lasts < TimeDelta::zero() {
        return Err(Fault::EndsBeforeItBegins.into());
    }
    if lasts == TimeDelta::zero() {
        return Err(Trouble::NoTime);
    }
    if lasts > TimeDelta::days(LONGEST) {
        return Err(Fault::NeverEnds.into());
    }
    let occurrence = |key: String, start: NaiveDateTime| {
        let end = start.checked_add_signed(lasts)?;
        Some(Occurrence { key, start, end, clock })
    };
    let key = |start: NaiveDateTime| start.format("%Y%m%dT%H%M%S").to_string();
    if let Some(property) = &event.repetition {
        let of = Moment::read(property, zone)?.on(start.zone(zone));
        return Ok(occurrence(key(of), begins).into_iter().collect());
    }
    if event.rules.is_empty() && event.further.is_empty() {
        return Ok(occurrence(String::new(), begins).into_iter().collect());
    }
    let (mut days, mut excluded) = (HashSet::new(), HashSet::new());
    for moment in days_and_times(&event.excluded, start, zone)? {
        let _new = match moment {
            Moment::Day(day) => days.insert(day),
            Moment::Time { .. } => excluded.insert(moment.on(start.zone(zone))),
        };
    }
    let gone = changed.get(event.uid.as_str());
    let is_gone = |time: &NaiveDateTime| {
        gone.is_some_and(|gone| gone.contains(time)) || excluded.contains(time) || days.contains(&time.date())
    };
    let mut times = repetitions(event, begins, lasts, span, zone, left)?;
    times.extend(days_and_times(&event.further, start, zone)?.iter().map(|moment| moment.on(start.zone(zone))));
    times.sort_unstable();
    times.dedup();
    times.retain(|time| !is_gone(time));
    Ok(times.into_iter().filter_map(|time| occurrence(key(time), time)).collect())
}

/// An event that is longer was never given an end.
const LONGEST: i64 = 3650;

/// How long an event lasts, on its own wall clock.
fn length(event: &Event, start: Moment, zone: Tz) -> Result<TimeDelta, Trouble> {
    if let Some(property) = &event.end {
        let end = Moment::read(property, zone)?;
        return Ok(end.on(start.zone(zone)) - start.naive());
    }
    match (&event.duration, start) {
        (Some(text), _) => Ok(duration(text).ok_or(Fault::Unreadable { property: "DURATION" })?),
        (None, Moment::Day(_)) => Ok(TimeDelta::days(1)),
        (None, Moment::Time { .. }) => Ok(TimeDelta::zero()),
    }
}

fn days_and_times(properties: &[icalendar::Property], start: Moment, zone: Tz) -> Result<Vec<Moment>, Trouble> {
    let mut moments = Vec::new();
    for property in properties {
        moments.extend(Moment::read_list(property, start.zone(zone), zone)?);
    }
    Ok(moments)
}

/// The times at which the rules let an event begin, from those that reach into the span to its end.
///
/// The wall clock is given to the library as if it were UTC: there no time is missing or comes twice. `left` is
/// how many repetitions may still be gone through in the whole file.
fn repetitions(
    event: &Event,
    begins: NaiveDateTime,
    lasts: TimeDelta,
    span: Span,
    zone: Tz,
    left: &mut u32,
) -> Result<Vec<NaiveDateTime>, Trouble> {
    let utc = |naive: NaiveDateTime| naive.and_utc().with_timezone(&icalendar::Tz::UTC);
    // The clock of the event is at most a day away from the clinic's.
    let latest = days_after(span.to, 2).and_time(chrono::NaiveTime::MIN);
    let day = NaiveDateTime::from(span.from);
    let earliest = day.checked_sub_signed(lasts + TimeDelta::days(2)).unwrap_or(day);
    if begins > latest {
        return Ok(vec![]);
    }
    let mut set = RRuleSet::new(utc(begins)).limit();
    let (mut ends_after, mut has_end) = (None, false);
    for rule in &event.rules {
        let (rule, until) = text::rule(rule).ok_or(Fault::Rule)?;
        let mut rule: RRule<icalendar::rrule::Unvalidated> = rule.parse().map_err(|_| Fault::Rule)?;
        ends_after = rule.get_count();
        if let Some(until) = until {
            let until = wall_clock(&until, event.start.as_ref(), zone).ok_or(Fault::Rule)?;
            if until < begins {
                return Ok(vec![]);
            }
            has_end = true;
            rule = rule.until(utc(until));
        }
        set = set.rrule(rule.validate(utc(begins)).map_err(|_| Fault::Rule)?);
    }
    // The event itself takes place even where its rule does not say so.
    let mut times = vec![begins];
    if event.rules.is_empty() {
        return Ok(times);
    }
    let (mut found, mut ended) = (0_u32, true);
    for time in &set {
        let time = time.naive_utc();
        *left = left.saturating_sub(1);
        if time > latest || found > MOST_REPETITIONS || *left == 0 {
            ended = false;
            break;
        }
        found += 1;
        if time >= earliest {
            times.push(time);
        }
    }
    let was_to_end = has_end && found > 1 || ends_after.is_some_and(|count| found >= count);
    if ended && !was_to_end || found > MOST_REPETITIONS {
        return Err(Fault::Endless.into());
    }
    times.retain(|time| *time >= earliest);
    Ok(times)
}

/// As many as the days of a hundred years.
const MOST_REPETITIONS: u32 = 36_525;

impl Occurrence {
    /// What it takes of the clinic's days that lie in the span: whole days, and times of the others.
    fn items(&self, event: &Event, zone: Tz, span: Span) -> Vec<Item> {
        let mut whens = Vec::new();
        match self.clock {
            Clock::Days => {
                let last = days_after(self.start.date(), 0).max(self.end.date().pred_opt().unwrap_or(NaiveDate::MIN));
                add_days(&mut whens, self.start.date().max(span.from), last.min(span.to));
            }
            Clock::Zone(clock) => {
                let start = moment::instant(clock, self.start);
                let end = moment::instant(clock, self.end);
                let first = zone::local(zone, start).date().max(span.from);
                let mut day = first;
                while day <= span.to && zone::day_start(zone, day) < end {
                    let (from, to) = (zone::day_start(zone, day), zone::instant(zone, day, TimeOfDay::END));
                    if start <= from && to <= end {
                        add_days(&mut whens, day, day);
                    } else {
                        add_times(&mut whens, start.max(from), end.min(to));
                    }
                    let Some(next) = day.succ_opt() else { break };
                    day = next;
                }
            }
        }
        let item = |(part, when): (usize, When)| Item {
            key: format!("{}\n{}\n{part}", event.uid, self.key),
            uid: event.uid.clone(),
            summary: event.summary.clone(),
            when,
        };
        whens.into_iter().enumerate().map(item).collect()
    }
}

fn add_days(whens: &mut Vec<When>, from: NaiveDate, to: NaiveDate) {
    match whens.last_mut() {
        Some(When::Days { to: before, .. }) if before.succ_opt() == Some(from) => *before = to,
        _ if from <= to => whens.push(When::Days { from, to }),
        _ => {}
    }
}

/// In whole minutes, and in parts that are no longer than an appointment can be.
fn add_times(whens: &mut Vec<When>, start: DateTime<Utc>, end: DateTime<Utc>) {
    let from = start.timestamp().div_euclid(60);
    let mut left = (end.timestamp() + 59).div_euclid(60) - from;
    let mut from = from;
    while left > 0 {
        // No part is shorter than an appointment can be: the last two share what is left.
        let (most, least) = (i64::from(Length::MAX), i64::from(Length::MIN));
        let minutes = if left > most && left - most < least { most - least } else { left.min(most) };
        let length = Length::try_from(minutes.max(least));
        if let (Some(start), Ok(minutes)) = (DateTime::from_timestamp(from * 60, 0), length) {
            whens.push(When::Times { start, minutes });
        }
        from += minutes;
        left -= minutes;
    }
}
