//! Which times a patient is offered, and why not the others.
//!
//! One judgement, `Day::judge`, says whether a time is allowed. The list of suggestions, the
//! explanation and the confirmation all ask it; only the list adds the spacing. Source: design,
//! "Minimum tid mellem foreslåede tider" and "Why a time is not offered".

use chrono::{DateTime, LocalResult, NaiveDate, TimeZone, Utc};

use crate::agenda::{ClosedBecause, absence, clinic_closure, intervals_on, public_holiday};
use crate::bounded::Length;
use crate::busy::{Ahead, Busy, Span};
use crate::id::Id;
use crate::record::Practitioner;
use crate::refusal::{FreeUntil, Refusal, TakenBy};
use crate::terms::{Column, Terms, Withheld};
use crate::time::{Interval, TimeOfDay, days_after};
use crate::zone::{instant, local};

/// A time that is suggested to the patient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    pub start: DateTime<Utc>,
    pub minutes: Length,
    pub practitioner: Id<Practitioner>,
}

/// A candidate that is not suggested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    pub start: DateTime<Utc>,
    pub practitioner: Id<Practitioner>,
    pub reason: Refusal,
}

/// Every candidate of some days: the suggested ones, and why not the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// By start; at equal times the need's practitioner first, then the clinic's order.
    pub offers: Vec<Offer>,
    /// In the same order.
    pub refused: Vec<Refused>,
}

/// One practitioner's day in a few words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnDay {
    pub practitioner: Id<Practitioner>,
    pub offers: usize,
    /// Why there are none: the reason of most candidates, at equal numbers the one that comes
    /// later in the design's order, which is nearer to an offer.
    pub reason: Option<Refusal>,
}

impl Terms<'_> {
    /// Whether the patient may have this time with this practitioner: how long it lasts, or the
    /// first reason why not. This is what a confirmation asks; it knows no spacing.
    pub fn decide(&self, busy: &Busy, practitioner: Id<Practitioner>, start: DateTime<Utc>) -> Result<Length, Refusal> {
        if let Some(barred) = self.barred {
            return Err(barred);
        }
        let zone = self.request.setup.clinic.value.time_zone;
        let date = Date::new(self, local(zone, start).date());
        let Some(column) = self.columns.iter().find(|column| column.practitioner == practitioner) else {
            let needs = self.need.map(|need| need.value.practitioner);
            return Err(date.withheld.unwrap_or(Refusal::NotInTheRunning { needs }));
        };
        let mut intervals = Vec::new();
        let day = Day::new(self, &date, column, &mut intervals);
        let mut in_the_way = self.in_the_way(busy, column, start.timestamp());
        day.judge(start.timestamp(), day.place(start), &mut in_the_way)?;
        Ok(column.minutes)
    }

    /// The same, and [`Refusal::TooClose`] where the time is allowed but not suggested.
    pub fn decide_suggestion(
        &self,
        busy: &Busy,
        practitioner: Id<Practitioner>,
        start: DateTime<Utc>,
    ) -> Result<Length, Refusal> {
        let minutes = self.decide(busy, practitioner, start)?;
        let date = local(self.request.setup.clinic.value.time_zone, start).date();
        let refused = self.explanation(busy, date, 1).refused;
        match refused.iter().find(|refused| refused.start == start && refused.practitioner == practitioner) {
            Some(refused) => Err(refused.reason),
            None => Ok(minutes),
        }
    }

    /// The times that are suggested on `days` dates from `from` on: by start, at equal times the
    /// need's practitioner first, then the clinic's order.
    pub fn suggestions(&self, busy: &Busy, from: NaiveDate, days: u32) -> Vec<Offer> {
        let mut found = Suggestions { offers: Vec::new(), day: 0 };
        self.visit(busy, from, days, &mut found);
        found.offers
    }

    /// The same times, and the reason of every other candidate.
    pub fn explanation(&self, busy: &Busy, from: NaiveDate, days: u32) -> Explanation {
        let mut found = Explained { explanation: Explanation::default(), offers: 0, refused: 0 };
        self.visit(busy, from, days, &mut found);
        found.explanation
    }

    /// What there is on a date with each of those in the running, and why nothing where there is
    /// nothing. Empty when the request itself is barred.
    pub fn day(&self, busy: &Busy, date: NaiveDate) -> Vec<ColumnDay> {
        if self.barred.is_some() {
            return Vec::new();
        }
        let explanation = self.explanation(busy, date, 1);
        let column_day = |column: &Column<'_>| {
            let own = |practitioner| practitioner == column.practitioner;
            let offers = explanation.offers.iter().filter(|offer| own(offer.practitioner)).count();
            let refused = explanation.refused.iter().filter(|refused| own(refused.practitioner));
            let reasons: Vec<Refusal> = refused.map(|refused| refused.reason).collect();
            let reason = match most_frequent(&reasons) {
                _ if offers > 0 => None,
                Some(reason) => Some(reason),
                None => self.no_candidates(column.practitioner, date),
            };
            ColumnDay { practitioner: column.practitioner, offers, reason }
        };
        self.columns.iter().map(column_day).collect()
    }

    /// Why a date has no candidates at all with one of those in the running; `OutsideWorkingHours`
    /// when they do not work on it. `None` for anybody else.
    pub fn no_candidates(&self, practitioner: Id<Practitioner>, date: NaiveDate) -> Option<Refusal> {
        let column = self.columns.iter().find(|column| column.practitioner == practitioner)?;
        let (date, mut intervals) = (Date::new(self, date), Vec::new());
        let day = Day::new(self, &date, column, &mut intervals);
        let before = day.before_time.or(day.whole_day());
        before.or(column.unreadable).or(Some(Refusal::OutsideWorkingHours))
    }

    /// Shows a visitor every candidate that is not barred as a whole.
    fn visit(&self, busy: &Busy, from: NaiveDate, days: u32, visitor: &mut impl Visit) {
        if self.barred.is_some() || days == 0 {
            return;
        }
        let zone = self.request.setup.clinic.value.time_zone;
        let begin = instant(zone, from, TimeOfDay::MIDNIGHT).timestamp();
        let mut in_the_way: Vec<_> = self.columns.iter().map(|column| self.in_the_way(busy, column, begin)).collect();
        let mut intervals = Vec::new();
        let mut date = from;
        for _ in 0..days {
            let facts = Date::new(self, date);
            for (column, in_the_way) in self.columns.iter().zip(&mut in_the_way) {
                Day::new(self, &facts, column, &mut intervals).visit(in_the_way, visitor);
            }
            visitor.day_ends();
            match date.succ_opt() {
                Some(next) => date = next,
                None => break,
            }
        }
    }

    /// The busy time of a practitioner and of the patient, from a moment on.
    fn in_the_way<'b>(&self, busy: &'b Busy, column: &Column<'_>, moment: i64) -> InTheWay<'b> {
        InTheWay {
            practitioner: Ahead::from(busy.practitioner(column.practitioner), moment),
            patient: Ahead::from(busy.patient(self.request.visitor.patient), moment),
        }
    }
}

/// Of several reasons the most frequent one; at equal numbers the later in the design's order.
fn most_frequent(reasons: &[Refusal]) -> Option<Refusal> {
    let count = |code| reasons.iter().filter(|reason| reason.code() == code).count();
    reasons.iter().copied().max_by_key(|reason| (count(reason.code()), reason.order()))
}

/// Who is shown the candidates of each day, each practitioner's in order of time.
trait Visit {
    /// Whether the candidates that are refused matter.
    const REASONS: bool;

    fn offered(&mut self, offer: Offer);

    fn refused(&mut self, refused: Refused);

    /// What has been shown since the last call is one date of all practitioners.
    fn day_ends(&mut self);
}

struct Suggestions {
    offers: Vec<Offer>,
    /// Where the date begins that is being shown.
    day: usize,
}

impl Visit for Suggestions {
    const REASONS: bool = false;

    fn offered(&mut self, offer: Offer) {
        self.offers.push(offer);
    }

    fn refused(&mut self, _refused: Refused) {}

    fn day_ends(&mut self) {
        // Stable: those with the same start stay in the order of the practitioners.
        self.offers[self.day..].sort_by_key(|offer| offer.start);
        self.day = self.offers.len();
    }
}

struct Explained {
    explanation: Explanation,
    /// Where the date begins that is being shown.
    offers: usize,
    refused: usize,
}

impl Visit for Explained {
    const REASONS: bool = true;

    fn offered(&mut self, offer: Offer) {
        self.explanation.offers.push(offer);
    }

    fn refused(&mut self, refused: Refused) {
        self.explanation.refused.push(refused);
    }

    fn day_ends(&mut self) {
        let Explanation { offers, refused } = &mut self.explanation;
        offers[self.offers..].sort_by_key(|offer| offer.start);
        refused[self.refused..].sort_by_key(|refused| refused.start);
        (self.offers, self.refused) = (offers.len(), refused.len());
    }
}

/// What is the same for all practitioners on a date.
struct Date {
    date: NaiveDate,
    /// The first moment of the day, where every local time of the day lies as many seconds after
    /// it as it says; `None` where the clock changes.
    unchanged_clock: Option<i64>,
    /// Why the date has no times, whatever hour.
    barred: Option<Refusal>,
    withheld: Option<Refusal>,
    clinic_closed: Option<ClosedBecause>,
    holiday: Option<ClosedBecause>,
}

impl Date {
    fn new(terms: &Terms<'_>, date: NaiveDate) -> Self {
        let setup = terms.request.setup;
        let zone = setup.clinic.value.time_zone;
        let begin = instant(zone, date, TimeOfDay::MIDNIGHT).timestamp();
        let end = instant(zone, days_after(date, 1), TimeOfDay::MIDNIGHT).timestamp();
        let withheld = match terms.request.withheld {
            Withheld::Nothing => None,
            Withheld::Through(last) => (date <= last).then_some(Some(last)),
            Withheld::Everything => Some(None),
        };
        Self {
            date,
            unchanged_clock: (end - begin == 24 * 60 * 60).then_some(begin),
            barred: date_bar(terms, date),
            withheld: withheld.map(|through| Refusal::Withheld { through }),
            clinic_closed: clinic_closure(setup, date),
            holiday: public_holiday(setup, date),
        }
    }
}

/// The first date rule that a date breaks.
fn date_bar(terms: &Terms<'_>, date: NaiveDate) -> Option<Refusal> {
    if date < terms.earliest {
        return Some(Refusal::BeforeEarliestDate { earliest: terms.earliest });
    }
    if let Some(first) = terms.first.filter(|first| date < *first) {
        return Some(Refusal::NeedNotYetOpen { first });
    }
    terms.last.filter(|last| date > *last).map(|last| Refusal::AfterLastDate { last })
}

/// One practitioner's date.
struct Day<'a, 'b> {
    terms: &'a Terms<'a>,
    column: &'a Column<'a>,
    date: &'a Date,
    intervals: &'b [Interval],
    /// A reason that comes before `past`.
    before_time: Option<Refusal>,
    closed: Option<Refusal>,
}

/// The busy time that can be in the way.
#[derive(Clone, Copy)]
struct InTheWay<'b> {
    practitioner: Ahead<'b>,
    patient: Ahead<'b>,
}

/// Where a start lies.
#[derive(Clone, Copy)]
enum Place {
    /// On a step of the working interval that ends then.
    Candidate {
        end: i64,
    },
    BetweenSteps {
        from: TimeOfDay,
    },
    Outside,
}

impl<'a, 'b> Day<'a, 'b> {
    /// `intervals` is room that is used again for the next day.
    fn new(terms: &'a Terms<'a>, date: &'a Date, column: &'a Column<'a>, intervals: &'b mut Vec<Interval>) -> Self {
        intervals_on(column.hours.iter().copied(), date.date, intervals);
        let absence = || absence(column.absences.iter().copied(), date.date);
        let closed = date.clinic_closed.or_else(absence).or(date.holiday).map(Refusal::ClosedDay);
        let before_time = date.withheld.or(column.barred);
        Self { terms, column, date, intervals, before_time, closed }
    }

    /// A reason that comes after `past` and holds for the whole day.
    fn whole_day(&self) -> Option<Refusal> {
        self.date.barred.or(self.closed)
    }

    /// Whether a start is allowed, or the first reason why not, in the design's order.
    #[inline]
    fn judge(&self, start: i64, place: Place, in_the_way: &mut InTheWay<'_>) -> Result<(), Refusal> {
        if let Some(reason) = self.before_time {
            return Err(reason);
        }
        if is_past(start, self.terms.request.now) {
            return Err(Refusal::Past);
        }
        if let Some(reason) = self.whole_day() {
            return Err(reason);
        }
        let end_of_work = match place {
            Place::Candidate { end } => end,
            Place::BetweenSteps { from } => {
                let raster = self.terms.request.setup.clinic.value.raster_minutes;
                return Err(self.column.hours_unreadable.unwrap_or(Refusal::BetweenSteps { from, raster }));
            }
            Place::Outside => return Err(self.column.hours_unreadable.unwrap_or(Refusal::OutsideWorkingHours)),
        };
        if let Some(reason) = self.column.unreadable {
            return Err(reason);
        }
        is_free(start, self.column.minutes, end_of_work, in_the_way)
    }

    /// Shows the candidates, and holds the spacing between those that are allowed.
    fn visit<V: Visit>(&self, in_the_way: &mut InTheWay<'_>, visitor: &mut V) {
        let refused_whole = self.before_time.or(self.whole_day()).or(self.column.unreadable);
        if refused_whole.is_some() && !V::REASONS {
            return;
        }
        let mut suggested = None;
        for interval in self.intervals {
            self.visit_interval(*interval, in_the_way, &mut suggested, visitor);
        }
    }

    fn visit_interval<V: Visit>(
        &self,
        interval: Interval,
        in_the_way: &mut InTheWay<'_>,
        suggested: &mut Option<i64>,
        visitor: &mut V,
    ) {
        let raster = self.terms.request.setup.clinic.value.raster_minutes.minutes();
        let end = self.moment(interval.to());
        let practitioner = self.column.practitioner;
        let mut minute = interval.from().minutes();
        while minute < interval.to().minutes() {
            let here = minute;
            minute += raster;
            let Some(start) = self.start(here) else { continue };
            let verdict = self.judge(start, Place::Candidate { end }, in_the_way);
            match verdict.and_then(|()| self.is_spaced(start, *suggested)) {
                Ok(()) => {
                    *suggested = Some(start);
                    visitor.offered(Offer { start: at(start), minutes: self.column.minutes, practitioner });
                }
                Err(reason) if V::REASONS => visitor.refused(Refused { start: at(start), practitioner, reason }),
                Err(Refusal::Taken { until, .. }) if self.date.unchanged_clock.is_some() => {
                    // The steps up to then are taken as well.
                    let steps = (until.timestamp() - start - 1) / (60 * i64::from(raster));
                    minute = minute.saturating_add(u16::try_from(steps).unwrap_or(u16::MAX).saturating_mul(raster));
                }
                Err(_) => {}
            }
        }
    }

    /// «Offer a candidate when nothing has been offered yet that day, or the setting is blank or
    /// 0, or it lies at least the setting after the last one offered.»
    #[inline]
    fn is_spaced(&self, start: i64, suggested: Option<i64>) -> Result<(), Refusal> {
        match (self.terms.spacing, suggested) {
            (Some(spacing), Some(suggested)) if start - suggested < 60 * i64::from(spacing.get()) => {
                Err(Refusal::TooClose { suggested: at(suggested), spacing })
            }
            _ => Ok(()),
        }
    }

    /// The moment of a step, as minutes after midnight on the wall clock: «a local time that a
    /// clock change skips is no candidate, one that it doubles is a candidate once, at its first
    /// occurrence».
    #[inline]
    fn start(&self, minute: u16) -> Option<i64> {
        if let Some(begin) = self.date.unchanged_clock {
            return Some(begin + 60 * i64::from(minute));
        }
        let time = TimeOfDay::from_minutes(minute)?;
        let wall_clock = self.date.date.and_hms_opt(time.hour().into(), time.minute().into(), 0)?;
        match self.terms.request.setup.clinic.value.time_zone.from_local_datetime(&wall_clock) {
            LocalResult::Single(only) => Some(only.timestamp()),
            LocalResult::Ambiguous(one, other) => Some(one.timestamp().min(other.timestamp())),
            LocalResult::None => None,
        }
    }

    /// The moment of a bound.
    fn moment(&self, time: TimeOfDay) -> i64 {
        match self.date.unchanged_clock {
            Some(begin) => begin + 60 * i64::from(time.minutes()),
            None => instant(self.terms.request.setup.clinic.value.time_zone, self.date.date, time).timestamp(),
        }
    }

    /// Where a start lies on this date.
    fn place(&self, start: DateTime<Utc>) -> Place {
        let raster = self.terms.request.setup.clinic.value.raster_minutes.minutes();
        let is_start = |minute| self.start(minute).is_some_and(|moment| at(moment) == start);
        for interval in self.intervals {
            let (from, end) = (self.moment(interval.from()), self.moment(interval.to()));
            if at(from) <= start && start < at(end) {
                let mut steps = (interval.from().minutes()..interval.to().minutes()).step_by(raster.into());
                return match steps.any(is_start) {
                    true => Place::Candidate { end },
                    false => Place::BetweenSteps { from: interval.from() },
                };
            }
        }
        Place::Outside
    }
}

/// «Candidates … not after now (equal is refused)». Design, "Minimum tid mellem foreslåede tider" 3.
#[inline]
fn is_past(start: i64, now: DateTime<Utc>) -> bool {
    // A start is a whole second, so it lies after now only if it lies after now's second.
    start <= now.timestamp()
}

/// «An offered [start, start + minutes) lies wholly inside one working interval», in time that is
/// free: neither the practitioner nor the patient has an appointment, whoever it is with.
#[inline]
fn is_free(start: i64, minutes: Length, end_of_work: i64, in_the_way: &mut InTheWay<'_>) -> Result<(), Refusal> {
    let end = start + 60 * i64::from(minutes.get());
    let next = [
        (TakenBy::Practitioner, in_the_way.practitioner.next(start)),
        (TakenBy::Patient, in_the_way.patient.next(start)),
    ];
    let mut until = (end_of_work, FreeUntil::EndOfWork);
    for (by, span) in next {
        match span {
            Some(Span { from, to }) if from <= start => return Err(Refusal::Taken { by, until: at(to) }),
            Some(Span { from, .. }) if from < until.0 => until = (from, FreeUntil::Taken(by)),
            _ => {}
        }
    }
    if end > until.0 {
        return Err(Refusal::DoesNotFit { minutes, until: at(until.0), before: until.1 });
    }
    Ok(())
}

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_secs(seconds).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

#[cfg(test)]
mod tests;
