//! Weeks of working hours: what holds when, what copying them or a new plan changes, and which
//! appointments that leaves outside.
//!
//! Source: design, "Record kinds", and the clinic's wish that changing hours from a date on, or
//! giving somebody the same week, is one step. Which hours a day has is decided in `agenda`.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, Utc, Weekday};
use chrono_tz::Tz;

use crate::agenda::{closed, holds_on, intervals_on, united, valid_on};
use crate::change::Write;
use crate::id::Id;
use crate::record::{Appointment, Entry, Practitioner, WeekdayNumber, Weeks, WorkingHours};
use crate::setup::Setup;
use crate::time::{Interval, Raster, TimeOfDay, days_after};
use crate::zone::{instant, local};

/// The days of a week, in its order.
pub const WEEKDAYS: [WeekdayNumber; 7] = [
    WeekdayNumber::new(Weekday::Mon),
    WeekdayNumber::new(Weekday::Tue),
    WeekdayNumber::new(Weekday::Wed),
    WeekdayNumber::new(Weekday::Thu),
    WeekdayNumber::new(Weekday::Fri),
    WeekdayNumber::new(Weekday::Sat),
    WeekdayNumber::new(Weekday::Sun),
];

/// The ISO weeks that a plan tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parity {
    Even,
    Odd,
}

impl Parity {
    pub const BOTH: [Self; 2] = [Self::Even, Self::Odd];

    const fn takes(self, weeks: Weeks) -> bool {
        matches!((self, weeks), (_, Weeks::Every) | (Self::Even, Weeks::Even) | (Self::Odd, Weeks::Odd))
    }
}

/// The week of one practitioner as it is planned at a date: what the hours that are valid then come
/// to in an even and in an odd week.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WeekPlan {
    even: [Vec<Interval>; 7],
    odd: [Vec<Interval>; 7],
}

impl WeekPlan {
    pub fn at<'a>(hours: impl IntoIterator<Item = &'a WorkingHours>, date: NaiveDate) -> Self {
        let mut plan = Self::default();
        for hours in hours.into_iter().filter(|hours| valid_on(hours, date)) {
            for parity in Parity::BOTH.into_iter().filter(|parity| parity.takes(hours.weeks)) {
                plan.days_mut(parity)[place(hours.weekday)].extend_from_slice(&hours.intervals);
            }
        }
        plan.even.iter_mut().chain(&mut plan.odd).for_each(united);
        plan
    }

    /// In order of time, what overlaps or touches being one.
    pub fn day(&self, parity: Parity, weekday: WeekdayNumber) -> &[Interval] {
        &self.days(parity)[place(weekday)]
    }

    /// Whether a weekday has the same hours in even and odd weeks.
    pub fn is_same_each_week(&self, weekday: WeekdayNumber) -> bool {
        self.day(Parity::Even, weekday) == self.day(Parity::Odd, weekday)
    }

    /// How long a week is worked.
    pub fn minutes(&self, parity: Parity) -> u32 {
        self.days(parity).iter().map(|day| minutes(day)).sum()
    }

    /// From the earliest beginning to the latest end of any day; `None` in a week without hours.
    pub fn span(&self) -> Option<Interval> {
        let all = || self.even.iter().chain(&self.odd).flatten();
        let (from, to) = (all().map(|interval| interval.from()).min()?, all().map(|interval| interval.to()).max()?);
        Interval::new(from, to).ok()
    }

    fn days(&self, parity: Parity) -> &[Vec<Interval>; 7] {
        match parity {
            Parity::Even => &self.even,
            Parity::Odd => &self.odd,
        }
    }

    fn days_mut(&mut self, parity: Parity) -> &mut [Vec<Interval>; 7] {
        match parity {
            Parity::Even => &mut self.even,
            Parity::Odd => &mut self.odd,
        }
    }
}

fn place(weekday: WeekdayNumber) -> usize {
    weekday.weekday().num_days_from_monday() as usize
}

/// How long intervals last together, what overlaps counted once.
pub fn minutes(intervals: &[Interval]) -> u32 {
    let mut once = intervals.to_vec();
    united(&mut once);
    once.iter().map(|interval| u32::from(interval.to().minutes() - interval.from().minutes())).sum()
}

/// The dates after `today` on which hours begin to be valid, or no longer are.
pub fn turns<'a>(hours: impl IntoIterator<Item = &'a WorkingHours>, today: NaiveDate) -> Vec<NaiveDate> {
    let both = |hours: &WorkingHours| [hours.valid_from, hours.valid_to.and_then(|last| last.succ_opt())];
    let dates: BTreeSet<NaiveDate> = hours.into_iter().flat_map(both).flatten().filter(|date| *date > today).collect();
    dates.into_iter().collect()
}

/// Whether hours were valid before a date only.
pub fn has_ended(hours: &WorkingHours, date: NaiveDate) -> bool {
    hours.valid_to.is_some_and(|last| last < date)
}

/// The first date from `from` on which one of these hours hold.
pub fn next_date<'a>(hours: impl IntoIterator<Item = &'a WorkingHours>, from: NaiveDate) -> Option<NaiveDate> {
    // After week 53 comes another odd week: even ones can lie three weeks apart.
    const LONGEST_WAIT: u64 = 3 * 7;
    let next = |hours: &WorkingHours| {
        let first = hours.valid_from.map_or(from, |valid| valid.max(from));
        (0..=LONGEST_WAIT).map(|days| days_after(first, days)).find(|date| holds_on(hours, *date))
    };
    hours.into_iter().filter_map(next).min()
}

/// The first date from `from` on which one of a practitioner's hours hold and nobody is away; nothing
/// where that is none of the next two years.
pub fn next_open_date(
    setup: &Setup,
    practitioner: Id<Practitioner>,
    hours: &[WorkingHours],
    from: NaiveDate,
) -> Option<NaiveDate> {
    let last = days_after(from, 2 * 366);
    let dates = std::iter::successors(next_date(hours, from), |date| next_date(hours, date.succ_opt()?));
    dates.take_while(|date| *date <= last).find(|date| closed(setup, practitioner, *date).is_none())
}

/// Whether both hold on some date, so that what they say counts together.
pub fn hold_together(one: &WorkingHours, other: &WorkingHours) -> bool {
    let weeks = Parity::BOTH.into_iter().any(|parity| parity.takes(one.weeks) && parity.takes(other.weeks));
    let begins_in_time = |from: Option<NaiveDate>, to: Option<NaiveDate>| match (from, to) {
        (Some(from), Some(to)) => from <= to,
        _ => true,
    };
    one.practitioner == other.practitioner
        && one.weekday == other.weekday
        && weeks
        && begins_in_time(one.valid_from, other.valid_to)
        && begins_in_time(other.valid_from, one.valid_to)
}

/// The first time that lies on no step of the raster, counted from midnight, as the rows of the
/// appointment book are.
pub fn off_the_raster(intervals: &[Interval], raster: Raster) -> Option<TimeOfDay> {
    let mut times = intervals.iter().flat_map(|interval| [interval.from(), interval.to()]);
    times.find(|time| !time.minutes().is_multiple_of(raster.minutes()))
}

/// What one save does to working hours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Revision {
    /// As they were, and as they become.
    pub edited: Vec<(Entry<WorkingHours>, WorkingHours)>,
    pub deleted: Vec<Entry<WorkingHours>>,
    pub created: Vec<Entry<WorkingHours>>,
}

impl Revision {
    pub fn is_empty(&self) -> bool {
        self.edited.is_empty() && self.deleted.is_empty() && self.created.is_empty()
    }

    pub fn writes(&self) -> Vec<Write> {
        let edited = self.edited.iter().filter_map(|(before, after)| Write::edit(before, after));
        let deleted = self.deleted.iter().map(Write::delete);
        edited.chain(deleted).chain(self.created.iter().map(Write::create)).collect()
    }

    /// The hours after it.
    pub fn applied(&self, hours: &[Entry<WorkingHours>]) -> Vec<Entry<WorkingHours>> {
        let kept = hours.iter().filter(|entry| self.deleted.iter().all(|gone| gone.id != entry.id));
        let after = kept.map(|entry| match self.edited.iter().find(|(before, _)| before.id == entry.id) {
            Some((_, after)) => Entry { id: entry.id, value: after.clone() },
            None => entry.clone(),
        });
        after.chain(self.created.iter().cloned()).collect()
    }

    /// The same, the new ones having these ids: a save that is tried again then creates nothing twice.
    /// Where they are too few, more are made.
    pub fn with_ids(mut self, ids: &mut Vec<Id<WorkingHours>>) -> Self {
        ids.resize_with(ids.len().max(self.created.len()), Id::random);
        for (entry, id) in self.created.iter_mut().zip(ids) {
            entry.id = *id;
        }
        self
    }

    /// Whose hours become others.
    fn concerned(&self) -> BTreeSet<Id<Practitioner>> {
        let edited = self.edited.iter().flat_map(|(before, after)| [before.value.practitioner, after.practitioner]);
        let others = self.deleted.iter().chain(&self.created).map(|entry| entry.value.practitioner);
        edited.chain(others).collect()
    }

    fn add(&mut self, other: Self) {
        self.edited.extend(other.edited);
        self.deleted.extend(other.deleted);
        self.created.extend(other.created);
    }
}

/// A new plan from a date on: what holds before and after it ends the day before, and begins anew
/// with the same hours. Nothing changes by that alone; what begins can then be changed by itself.
pub fn new_plan<'a>(hours: impl IntoIterator<Item = &'a Entry<WorkingHours>>, from: NaiveDate) -> Revision {
    let mut revision = Revision::default();
    let Some(day_before) = from.pred_opt() else { return revision };
    for entry in hours {
        let begins_before = entry.value.valid_from.is_none_or(|begins| begins < from);
        if begins_before && !has_ended(&entry.value, from) {
            let ended = WorkingHours { valid_to: Some(day_before), ..entry.value.clone() };
            revision.edited.push((entry.clone(), ended));
            revision.created.push(Entry::new(WorkingHours { valid_from: Some(from), ..entry.value.clone() }));
        }
    }
    revision
}

/// Hours that others are to have as well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Copied {
    /// Those of one weekday, on other days of the same practitioner.
    Day { of: Id<Practitioner>, weekday: WeekdayNumber, to: Vec<WeekdayNumber> },
    /// All of a practitioner's, to other practitioners.
    Week { of: Id<Practitioner>, to: Vec<Id<Practitioner>> },
}

/// What copying does. The others have the same hours afterwards, in the place of all they had; with
/// a date only from it on. Who has them already is left alone.
pub fn copies(copied: &Copied, from: Option<NaiveDate>, hours: &[Entry<WorkingHours>]) -> Revision {
    let mut revision = Revision::default();
    let of_whom = |whom| of_whom(hours, whom);
    match copied {
        Copied::Day { of, weekday, to } => {
            for other in to {
                let source = of_whom(*of).filter(|entry| entry.value.weekday == *weekday);
                let wanted = source.map(|entry| WorkingHours { weekday: *other, ..entry.value.clone() }).collect();
                let present = of_whom(*of).filter(|entry| entry.value.weekday == *other);
                revision.add(replacement(present, wanted, from));
            }
        }
        Copied::Week { of, to } => {
            for other in to {
                let mine = |entry: &Entry<WorkingHours>| WorkingHours { practitioner: *other, ..entry.value.clone() };
                revision.add(replacement(of_whom(*other), of_whom(*of).map(mine).collect(), from));
            }
        }
    }
    revision
}

/// Puts `wanted` in the place of what is `present`.
fn replacement<'a>(
    present: impl Iterator<Item = &'a Entry<WorkingHours>>,
    wanted: Vec<WorkingHours>,
    from: Option<NaiveDate>,
) -> Revision {
    let mut revision = Revision::default();
    let mut wanted: Vec<WorkingHours> = wanted.iter().filter_map(|hours| from_date_on(hours, from)).collect();
    for entry in present {
        let Some(replaced) = from_date_on(&entry.value, from) else { continue };
        if let Some(same) = wanted.iter().position(|hours| *hours == replaced) {
            let _same = wanted.swap_remove(same);
            continue;
        }
        let begun = from.filter(|from| entry.value.valid_from.is_none_or(|begins| begins < *from));
        match begun.and_then(|from| from.pred_opt()) {
            Some(day_before) => {
                let ended = WorkingHours { valid_to: Some(day_before), ..entry.value.clone() };
                revision.edited.push((entry.clone(), ended));
            }
            None => revision.deleted.push(entry.clone()),
        }
    }
    revision.created.extend(wanted.into_iter().map(Entry::new));
    revision
}

/// The part of hours that is valid from a date on; all of them without a date.
fn from_date_on(hours: &WorkingHours, from: Option<NaiveDate>) -> Option<WorkingHours> {
    let Some(from) = from else { return Some(hours.clone()) };
    let begins = hours.valid_from.map_or(from, |begins| begins.max(from));
    (!has_ended(hours, from)).then(|| WorkingHours { valid_from: Some(begins), ..hours.clone() })
}

/// As much of an appointment as decides whether it lies within working hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    pub practitioner: Id<Practitioner>,
    /// The clinic's local date on which it begins.
    date: NaiveDate,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
}

impl Placed {
    /// Nothing of a block: it needs no working hours.
    pub fn of(zone: Tz, appointment: &Appointment) -> Option<Self> {
        let is_block = appointment.patient.is_none() && appointment.appointment_type.is_none();
        let (from, to) = (appointment.start, appointment.end());
        let date = local(zone, from).date();
        (!is_block).then_some(Self { practitioner: appointment.practitioner, date, from, to })
    }
}

/// How many appointments lay wholly inside one working interval of the day on which they begin, and
/// after a revision do not. Whether a day is closed is not asked.
///
/// It is asked with every key that is typed, and a large clinic has a hundred thousand appointments
/// ahead: in their order, each practitioner's day is worked out once.
pub fn newly_outside(zone: Tz, hours: &[Entry<WorkingHours>], revision: &Revision, appointments: &[Placed]) -> usize {
    let after = revision.applied(hours);
    let mut plans: HashMap<Id<Practitioner>, [Vec<&WorkingHours>; 2]> = HashMap::new();
    for whom in revision.concerned() {
        let own = |entries| of_whom(entries, whom).map(|entry| &entry.value).collect();
        let _only = plans.insert(whom, [own(hours), own(&after)]);
    }
    let mut day: Option<(Id<Practitioner>, NaiveDate, [Vec<Worked>; 2])> = None;
    let mut count = 0;
    for placed in appointments {
        let Some(plan) = plans.get(&placed.practitioner) else { continue };
        let (_, _, [before, after]) = match day.take() {
            Some(known) if (known.0, known.1) == (placed.practitioner, placed.date) => day.insert(known),
            _ => {
                let worked = plan.each_ref().map(|own| worked(zone, own, placed.date));
                day.insert((placed.practitioner, placed.date, worked))
            }
        };
        let within = |worked: &[Worked]| worked.iter().any(|(from, to)| *from <= placed.from && placed.to <= *to);
        count += usize::from(within(before) && !within(after));
    }
    count
}

/// From one instant to another.
type Worked = (DateTime<Utc>, DateTime<Utc>);

fn worked(zone: Tz, own: &[&WorkingHours], date: NaiveDate) -> Vec<Worked> {
    let mut intervals = Vec::new();
    intervals_on(own.iter().copied(), date, &mut intervals);
    let at = |time| instant(zone, date, time);
    intervals.iter().map(|interval| (at(interval.from()), at(interval.to()))).collect()
}

fn of_whom(hours: &[Entry<WorkingHours>], whom: Id<Practitioner>) -> impl Iterator<Item = &Entry<WorkingHours>> {
    hours.iter().filter(move |entry| entry.value.practitioner == whom)
}

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;
