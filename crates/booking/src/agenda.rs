//! When a practitioner works on a day, and why not.

use chrono::{Datelike, NaiveDate};

use crate::holiday::{Holiday, holiday};
use crate::id::Id;
use crate::record::{Closure, Entry, Practitioner, Weeks, WorkingHours};
use crate::setup::Setup;
use crate::time::{Interval, Week};

/// Why nobody is taken in on a day; the closure holds the clinic's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClosedBecause {
    /// A closing period of the whole clinic.
    ClinicClosed(Id<Closure>),
    /// This practitioner is away.
    PractitionerAbsent(Id<Closure>),
    /// The clinic closes on the public holidays, and this is one.
    PublicHoliday(Holiday),
}

/// When a practitioner works on a day: in order of time, «overlapping or touching intervals of
/// one day count as one», lunch is the gap between two. Whether the day is closed is not asked.
///
/// Source: design, "Minimum tid mellem foreslåede tider" 1–2 and "Record kinds".
pub fn working_intervals(setup: &Setup, practitioner: Id<Practitioner>, date: NaiveDate) -> Vec<Interval> {
    let hours = setup.working_hours.iter().map(|entry| &entry.value);
    let mut intervals = Vec::new();
    intervals_on(hours.filter(|hours| hours.practitioner == practitioner), date, &mut intervals);
    intervals
}

/// The same of one practitioner's working hours; what `intervals` held is replaced.
pub(crate) fn intervals_on<'a>(
    hours: impl Iterator<Item = &'a WorkingHours>,
    date: NaiveDate,
    intervals: &mut Vec<Interval>,
) {
    intervals.clear();
    intervals.extend(hours.filter(|hours| holds_on(hours, date)).flat_map(|hours| hours.intervals.iter().copied()));
    united(intervals);
}

/// In order of time, and what overlaps or touches is one.
pub(crate) fn united(intervals: &mut Vec<Interval>) {
    intervals.sort_unstable_by_key(|interval| (interval.from(), interval.to()));
    intervals.dedup_by(|later, kept| {
        let joins = later.from() <= kept.to();
        if joins {
            *kept = union(*kept, *later);
        }
        joins
    });
}

/// Whether these working hours hold on a date: its weekday, its ISO week and the days from
/// `valid_from` to `valid_to`, both included. Source: design, "Record kinds".
pub(crate) fn holds_on(hours: &WorkingHours, date: NaiveDate) -> bool {
    let right_week = match hours.weeks {
        Weeks::Every => true,
        Weeks::Even => Week::of(date).is_even(),
        Weeks::Odd => !Week::of(date).is_even(),
    };
    right_week && hours.weekday.weekday() == date.weekday() && valid_on(hours, date)
}

/// The days from `valid_from` to `valid_to`, both included.
pub(crate) fn valid_on(hours: &WorkingHours, date: NaiveDate) -> bool {
    hours.valid_from.is_none_or(|from| from <= date) && hours.valid_to.is_none_or(|to| date <= to)
}

/// One interval from two that touch.
fn union(first: Interval, second: Interval) -> Interval {
    Interval::new(first.from().min(second.from()), first.to().max(second.to())).unwrap_or(first)
}

/// Why a practitioner takes nobody in on a date: closing periods for the whole clinic, absences
/// per practitioner, and the public holidays where the clinic ticks them, in this order.
///
/// Source: design, "Closed days".
pub fn closed(setup: &Setup, practitioner: Id<Practitioner>, date: NaiveDate) -> Option<ClosedBecause> {
    let absence = || {
        let own = setup.closures.iter().filter(|entry| entry.value.practitioner == Some(practitioner));
        absence(own, date)
    };
    clinic_closure(setup, date).or_else(absence).or_else(|| public_holiday(setup, date))
}

/// The whole clinic's closing period on a date.
pub fn clinic_closure(setup: &Setup, date: NaiveDate) -> Option<ClosedBecause> {
    let mut closures = setup.closures.iter().filter(|entry| entry.value.practitioner.is_none());
    closures.find(|entry| contains(&entry.value, date)).map(|entry| ClosedBecause::ClinicClosed(entry.id))
}

/// The first of one practitioner's absences on a date.
pub(crate) fn absence<'a>(mut own: impl Iterator<Item = &'a Entry<Closure>>, date: NaiveDate) -> Option<ClosedBecause> {
    own.find(|entry| contains(&entry.value, date)).map(|entry| ClosedBecause::PractitionerAbsent(entry.id))
}

/// The public holiday on a date, where the clinic closes on them.
pub fn public_holiday(setup: &Setup, date: NaiveDate) -> Option<ClosedBecause> {
    if setup.clinic.value.closed_on_public_holidays { holiday(date).map(ClosedBecause::PublicHoliday) } else { None }
}

fn contains(closure: &Closure, date: NaiveDate) -> bool {
    closure.from <= date && date <= closure.to
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bounded::Detail;
    use crate::record::{Entry, Record, Value, WeekdayNumber};
    use crate::time::TimeOfDay;
    use chrono::Weekday;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect(text)
    }

    fn time(text: &str) -> TimeOfDay {
        TimeOfDay::try_from(text.to_owned()).expect(text)
    }

    /// The demo's clinic without its hours and closures, and its first practitioner.
    fn empty_setup() -> (Setup, Id<Practitioner>) {
        let demo = crate::demo::demo_clinic(date("2026-11-23"), 1).records;
        let keep = |record: &Record| !matches!(record.value, Value::WorkingHours(_) | Value::Closure(_));
        let setup = Setup::gather(demo.into_iter().filter(keep)).expect("a set-up");
        let practitioner = setup.practitioners[0].id;
        (setup, practitioner)
    }

    fn hours(
        practitioner: Id<Practitioner>,
        weekday: Weekday,
        weeks: Weeks,
        intervals: &[(&str, &str)],
    ) -> WorkingHours {
        let intervals =
            intervals.iter().map(|(from, to)| Interval::new(time(from), time(to)).expect("an interval")).collect();
        let weekday = WeekdayNumber::new(weekday);
        WorkingHours { practitioner, weekday, weeks, intervals, valid_from: None, valid_to: None }
    }

    #[track_caller]
    fn check(rows: &[WorkingHours], day: &str, expected: &[&str]) {
        let (mut setup, practitioner) = empty_setup();
        setup.working_hours = rows.iter().cloned().map(Entry::new).collect();
        let found: Vec<String> = working_intervals(&setup, practitioner, date(day))
            .iter()
            .map(|interval| format!("{}-{}", interval.from(), interval.to()))
            .collect();
        assert_eq!(found, expected, "{day}");
    }

    #[test]
    fn intervals_are_sorted_and_those_that_touch_are_one() {
        let (_, jh) = empty_setup();
        let monday = |intervals: &[(&str, &str)]| hours(jh, Weekday::Mon, Weeks::Every, intervals);
        check(&[monday(&[])], "2026-11-23", &[]);
        check(&[monday(&[("08:00", "12:00"), ("12:30", "16:00")])], "2026-11-23", &["08:00-12:00", "12:30-16:00"]);
        check(&[monday(&[("12:30", "16:00"), ("08:00", "12:00")])], "2026-11-23", &["08:00-12:00", "12:30-16:00"]);
        check(&[monday(&[("08:00", "12:00"), ("12:00", "16:00")])], "2026-11-23", &["08:00-16:00"]);
        check(&[monday(&[("08:00", "12:00"), ("12:01", "16:00")])], "2026-11-23", &["08:00-12:00", "12:01-16:00"]);
        check(&[monday(&[("08:00", "16:00"), ("09:00", "10:00")])], "2026-11-23", &["08:00-16:00"]);
        check(
            &[monday(&[("08:00", "10:00"), ("14:00", "24:00")]), monday(&[("09:00", "14:00")])],
            "2026-11-23",
            &["08:00-24:00"],
        );
    }

    #[test]
    fn the_right_weekday_week_and_person() {
        let (_, jh) = empty_setup();
        let tuesday = |weeks| hours(jh, Weekday::Tue, weeks, &[("09:00", "15:00")]);
        let works = ["09:00-15:00"];
        check(&[tuesday(Weeks::Every)], "2026-11-24", &works);
        check(&[tuesday(Weeks::Every)], "2026-11-23", &[]);
        check(&[hours(Id::random(), Weekday::Tue, Weeks::Every, &[("09:00", "15:00")])], "2026-11-24", &[]);
        check(&[tuesday(Weeks::Even)], "2026-11-24", &works); // week 48
        check(&[tuesday(Weeks::Odd)], "2026-11-24", &[]);
        // Week 53 is odd and so is week 1 after it.
        for (day, odd) in [("2026-12-22", false), ("2026-12-29", true), ("2027-01-05", true), ("2027-01-12", false)] {
            check(&[tuesday(Weeks::Odd)], day, if odd { &works } else { &[] });
            check(&[tuesday(Weeks::Even)], day, if odd { &[] } else { &works });
        }
    }

    #[test]
    fn both_ends_of_the_validity_are_included() {
        let (_, jh) = empty_setup();
        let mut tuesday = hours(jh, Weekday::Tue, Weeks::Every, &[("09:00", "15:00")]);
        tuesday.valid_from = Some(date("2026-11-17"));
        tuesday.valid_to = Some(date("2026-11-24"));
        for (day, works) in [("2026-11-10", false), ("2026-11-17", true), ("2026-11-24", true), ("2026-12-01", false)] {
            check(std::slice::from_ref(&tuesday), day, if works { &["09:00-15:00"] } else { &[] });
        }
    }

    #[test]
    fn hours_hold_on_both_days_the_clock_changes() {
        let (_, jh) = empty_setup();
        let sunday = hours(jh, Weekday::Sun, Weeks::Every, &[("01:00", "04:00")]);
        check(std::slice::from_ref(&sunday), "2026-03-29", &["01:00-04:00"]);
        check(&[sunday], "2026-10-25", &["01:00-04:00"]);
    }

    #[test]
    fn why_a_day_is_closed() {
        let (mut setup, jh) = empty_setup();
        let other = setup.practitioners[1].id;
        let closure = |practitioner, from, to, reason| {
            let reason = Detail::new(reason).expect("a reason");
            Entry::new(Closure { practitioner, from: date(from), to: date(to), reason })
        };
        setup.closures = vec![
            closure(Some(jh), "2026-12-20", "2026-12-30", "Ferie"),
            closure(None, "2026-12-23", "2027-01-01", "Jul"),
        ];
        let [ferie, jul] = [setup.closures[0].id, setup.closures[1].id];
        let clinic = || Some(ClosedBecause::ClinicClosed(jul));
        let absent = || Some(ClosedBecause::PractitionerAbsent(ferie));
        for (who, day, expected) in [
            (jh, "2026-12-19", None),
            (jh, "2026-12-20", absent()),
            (other, "2026-12-20", None),
            (other, "2026-12-22", None),
            (jh, "2026-12-23", clinic()), // the clinic's reason says more than the absence
            (other, "2026-12-23", clinic()),
            (other, "2026-12-25", clinic()), // and more than the holiday
            (other, "2027-01-01", clinic()),
            (other, "2027-01-02", None),
            (jh, "2026-12-30", clinic()),
            (jh, "2026-04-03", Some(ClosedBecause::PublicHoliday(Holiday::GoodFriday))),
            (jh, "2026-04-04", None),
        ] {
            assert_eq!(closed(&setup, who, date(day)), expected, "{day}");
        }
        setup.clinic.value.closed_on_public_holidays = false;
        assert_eq!(closed(&setup, jh, date("2026-04-03")), None);
    }
}
