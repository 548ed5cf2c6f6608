//! What holds for all working hours, tried on many made-up ones.

use chrono::Datelike;
use proptest::prelude::*;
use proptest::sample::select;
use uuid::Uuid;

use super::*;
use crate::time::Week;

/// The first of the dates that are compared, and how many: over a year's end with a week 53, and
/// over both nights the clock changes.
const FIRST: (i32, u32, u32) = (2026, 10, 1);
const DAYS: u64 = 200;

fn dates() -> impl Iterator<Item = NaiveDate> {
    let first = NaiveDate::from_ymd_opt(FIRST.0, FIRST.1, FIRST.2).expect("a date");
    (0..DAYS).map(move |days| days_after(first, days))
}

fn who(number: u128) -> Id<Practitioner> {
    Id::new(Uuid::from_u128(number))
}

fn any_date() -> impl Strategy<Value = NaiveDate> {
    let first = NaiveDate::from_ymd_opt(FIRST.0, FIRST.1, FIRST.2).expect("a date");
    (0..DAYS).prop_map(move |days| days_after(first, days))
}

fn any_interval() -> impl Strategy<Value = Interval> {
    (0..1440u16, 1..=600u16).prop_map(|(from, lasts)| {
        let time = |minutes| TimeOfDay::from_minutes(minutes).expect("a time");
        Interval::new(time(from), time((from + lasts).min(1440))).expect("an interval")
    })
}

fn any_hours() -> impl Strategy<Value = WorkingHours> {
    let valid = (proptest::option::of(any_date()), proptest::option::of(0..120u64));
    let weeks = select(vec![Weeks::Every, Weeks::Even, Weeks::Odd]);
    (0..3u128, 1..=7u8, weeks, prop::collection::vec(any_interval(), 1..4), valid).prop_map(
        |(number, weekday, weeks, intervals, (valid_from, lasts))| {
            let begins = valid_from.unwrap_or(NaiveDate::from_ymd_opt(2026, 11, 1).expect("a date"));
            let valid_to = lasts.map(|days| days_after(begins, days));
            let weekday = WeekdayNumber::try_from(weekday).expect("a weekday");
            WorkingHours { practitioner: who(number), weekday, weeks, intervals, valid_from, valid_to }
        },
    )
}

fn any_clinic() -> impl Strategy<Value = Vec<Entry<WorkingHours>>> {
    prop::collection::vec(any_hours().prop_map(Entry::new), 0..12)
}

fn on(hours: &[Entry<WorkingHours>], number: u128, date: NaiveDate) -> Vec<Interval> {
    let own = hours.iter().map(|entry| &entry.value).filter(|hours| hours.practitioner == who(number));
    let mut intervals = Vec::new();
    intervals_on(own, date, &mut intervals);
    intervals
}

/// The entries of one practitioner, whatever their ids.
fn of(hours: &[Entry<WorkingHours>], number: u128) -> Vec<Entry<WorkingHours>> {
    hours.iter().filter(|entry| entry.value.practitioner == who(number)).cloned().collect()
}

/// Minute by minute, as nobody would do it but a test.
fn minutes_one_by_one(intervals: &[Interval]) -> u32 {
    let holds = |minute: u16| {
        intervals.iter().any(|interval| interval.from().minutes() <= minute && minute < interval.to().minutes())
    };
    (0..1440).filter(|minute| holds(*minute)).count() as u32
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_minute_that_is_worked_counts_once(intervals in prop::collection::vec(any_interval(), 0..6)) {
        prop_assert_eq!(minutes(&intervals), minutes_one_by_one(&intervals));
        let mut once = intervals.clone();
        united(&mut once);
        prop_assert_eq!(minutes(&once), minutes(&intervals));
        prop_assert!(once.windows(2).all(|pair| pair[0].to() < pair[1].from()), "a gap between any two");
    }

    #[test]
    fn a_plan_is_the_hours_of_the_dates_it_is_valid_on(hours in any_clinic(), date in any_date()) {
        let own: Vec<WorkingHours> = of(&hours, 0).into_iter().map(|entry| entry.value).collect();
        let plan = WeekPlan::at(&own, date);
        let parity = if Week::of(date).is_even() { Parity::Even } else { Parity::Odd };
        let weekday = WeekdayNumber::new(date.weekday());
        prop_assert_eq!(plan.day(parity, weekday), on(&hours, 0, date));
        // Nothing changes between two turns: a fortnight later the plan is another only after a turn.
        let later = days_after(date, 14);
        if turns(&own, date).iter().all(|turn| *turn > later) {
            prop_assert_eq!(WeekPlan::at(&own, later), plan);
        }
    }

    #[test]
    fn every_week_is_the_union_of_even_and_odd_ones(hours in any_hours(), date in any_date()) {
        let with = |weeks| WorkingHours { weeks, ..hours.clone() };
        let [every, even, odd] = [Weeks::Every, Weeks::Even, Weeks::Odd].map(|weeks| vec![Entry::new(with(weeks))]);
        let both = [even.clone(), odd.clone()].concat();
        for number in 0..3 {
            prop_assert_eq!(on(&every, number, date), on(&both, number, date));
            prop_assert!(on(&even, number, date).is_empty() || on(&odd, number, date).is_empty());
        }
    }

    #[test]
    fn a_new_plan_alone_changes_no_date(hours in any_clinic(), from in any_date()) {
        let mine: Vec<_> = of(&hours, 0);
        let revision = new_plan(&mine, from);
        let after = revision.applied(&hours);
        for date in dates() {
            for number in 0..3 {
                prop_assert_eq!(on(&hours, number, date), on(&after, number, date), "{}", date);
            }
        }
        // What is valid from the date on begins there, so that it can be changed by itself.
        let stands_alone = |entry: &Entry<WorkingHours>| {
            entry.value.valid_from.is_some_and(|begins| begins >= from) || has_ended(&entry.value, from)
        };
        prop_assert!(of(&after, 0).iter().all(stands_alone));
        prop_assert!(new_plan(&of(&after, 0), from).is_empty(), "done twice is done once");
    }

    #[test]
    fn a_copied_week_is_the_same_and_the_source_as_it_was(
        hours in any_clinic(),
        from in proptest::option::of(any_date()),
    ) {
        let copied = Copied::Week { of: who(0), to: vec![who(1)] };
        let revision = copies(&copied, from, &hours);
        let after = revision.applied(&hours);
        prop_assert_eq!(of(&after, 0), of(&hours, 0));
        prop_assert_eq!(of(&after, 2), of(&hours, 2));
        for date in dates() {
            let expected = if from.is_none_or(|from| from <= date) { 0 } else { 1 };
            prop_assert_eq!(on(&after, 1, date), on(&hours, expected, date), "{}", date);
        }
        prop_assert!(copies(&copied, from, &after).is_empty(), "done twice is done once");
    }

    #[test]
    fn a_copied_day_is_the_same_and_the_source_as_it_was(
        hours in any_clinic(),
        (weekday, other) in (1..=7u8, 1..=7u8),
        from in proptest::option::of(any_date()),
    ) {
        let day = |number| WeekdayNumber::try_from(number).expect("a weekday");
        let copied = Copied::Day { of: who(0), weekday: day(weekday), to: vec![day(other)] };
        let after = copies(&copied, from, &hours).applied(&hours);
        let rest = |hours: &[Entry<WorkingHours>]| {
            let stays = |entry: &&Entry<WorkingHours>| {
                entry.value.practitioner != who(0) || weekday == other || entry.value.weekday != day(other)
            };
            hours.iter().filter(stays).cloned().collect::<Vec<_>>()
        };
        prop_assert_eq!(rest(&after), rest(&hours));
        let of_week = |hours: &[Entry<WorkingHours>], week: Week, number| on(hours, 0, week.day(day(number).weekday()));
        for date in dates().step_by(7) {
            let week = Week::of(date);
            let target = week.day(day(other).weekday());
            // The validity is one of dates, so that it may begin between the two days of one week.
            let turning = hours.iter().any(|entry| {
                let bounds = [entry.value.valid_from, entry.value.valid_to, from];
                bounds.into_iter().flatten().any(|bound| Week::of(bound) == week)
            });
            if !turning && from.is_none_or(|from| from <= target) {
                prop_assert_eq!(of_week(&after, week, other), of_week(&hours, week, weekday), "{}", target);
            }
        }
    }

    #[test]
    fn nobody_is_left_outside_by_more_hours(hours in any_clinic(), more in any_hours(), at in any_date(), minute in 0..1440i64) {
        let appointment = Appointment {
            practitioner: who(0),
            appointment_type: Some(Id::new(Uuid::nil())),
            patient: None,
            need: None,
            start: crate::zone::day_start(chrono_tz::Europe::Copenhagen, at) + chrono::TimeDelta::minutes(minute),
            minutes: crate::bounded::Length::new(30).expect("within its limits"),
            origin: crate::record::Origin::Clinic,
            status: crate::record::Status::Booked,
            overlap: crate::record::Overlap::None,
            note: crate::bounded::Detail::new("").expect("may be empty"),
        };
        let zone = chrono_tz::Europe::Copenhagen;
        let added = Revision { created: vec![Entry::new(more)], ..Revision::default() };
        let placed: Vec<Placed> = Placed::of(zone, &appointment).into_iter().collect();
        prop_assert_eq!(newly_outside(zone, &hours, &added, &placed), 0);
        let same = new_plan(&hours, at);
        prop_assert_eq!(newly_outside(zone, &hours, &same, &placed), 0);
    }
}
