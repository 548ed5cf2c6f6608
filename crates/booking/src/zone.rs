//! Where the clinic's wall clock and instants meet.
//!
//! Instants are stored in UTC, rules and working hours are local. A clock change must not move,
//! lose or double a time. Source: design, "Common ground" and "Valid numbers".

use chrono::{DateTime, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

use crate::time::{TimeOfDay, days_after};

/// What the wall clock shows at an instant.
pub fn local(zone: Tz, instant: DateTime<Utc>) -> NaiveDateTime {
    let utc = instant.naive_utc();
    let offset = zone.offset_from_utc_datetime(&utc).fix();
    let beyond = if instant < DateTime::UNIX_EPOCH { NaiveDateTime::MIN } else { NaiveDateTime::MAX };
    utc.checked_add_offset(offset).unwrap_or(beyond)
}

/// The instant at which a local day begins.
///
/// A day is from midnight to the next midnight, 23 or 25 hours long where the clock changes.
pub fn day_start(zone: Tz, date: NaiveDate) -> DateTime<Utc> {
    instant(zone, date, TimeOfDay::MIDNIGHT)
}

/// The instant of a local time of a day, and so the bound of a working interval.
///
/// "A bound that a clock change skips is the end of the gap, one that it doubles its first
/// occurrence." `24:00` is the next day's midnight.
pub fn instant(zone: Tz, date: NaiveDate, time: TimeOfDay) -> DateTime<Utc> {
    let (date, minutes) =
        if time == TimeOfDay::END { (days_after(date, 1), 0) } else { (date, u32::from(time.minutes())) };
    let wall_clock = NaiveTime::from_num_seconds_from_midnight_opt(minutes * 60, 0).unwrap_or(NaiveTime::MIN);
    let wanted = date.and_time(wall_clock);
    match zone.from_local_datetime(&wanted) {
        LocalResult::Single(only) => only.with_timezone(&Utc),
        LocalResult::Ambiguous(one, other) => one.min(other).with_timezone(&Utc),
        LocalResult::None => end_of_gap(zone, wanted),
    }
}

/// The first instant at which the wall clock shows `skipped` or later.
fn end_of_gap(zone: Tz, skipped: NaiveDateTime) -> DateTime<Utc> {
    // No zone is more than a day away from UTC, so the end of the gap lies between these two.
    let around = |delta| skipped.checked_add_signed(delta).map(|naive| naive.and_utc());
    let (Some(mut before), Some(mut after)) = (around(TimeDelta::hours(-26)), around(TimeDelta::hours(26))) else {
        return skipped.and_utc();
    };
    while after - before > TimeDelta::seconds(1) {
        let middle = before + TimeDelta::seconds((after - before).num_seconds() / 2);
        if local(zone, middle) < skipped {
            before = middle;
        } else {
            after = middle;
        }
    }
    after
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::{America, Europe, Pacific};

    #[track_caller]
    fn check(zone: Tz, text: &str, expected: &str) {
        let (date, time) = text.split_once(' ').expect("a date and a time");
        let time = TimeOfDay::try_from(time.to_owned()).expect("a time");
        let found = instant(zone, date.parse().expect("a date"), time);
        assert_eq!(found, expected.parse::<DateTime<Utc>>().expect("an instant"), "{text}");
    }

    #[test]
    fn beyond_the_calendars_ends_is_its_end() {
        assert_eq!(local(Europe::Copenhagen, DateTime::<Utc>::MAX_UTC), NaiveDateTime::MAX);
        assert_eq!(local(America::Santiago, DateTime::<Utc>::MIN_UTC), NaiveDateTime::MIN);
    }

    #[test]
    fn bounds_around_both_clock_changes() {
        let here = Europe::Copenhagen;
        check(here, "2026-01-15 08:00", "2026-01-15T07:00:00Z");
        check(here, "2026-07-15 08:00", "2026-07-15T06:00:00Z");
        // Spring: 02:00 to 03:00 does not exist.
        check(here, "2026-03-29 01:59", "2026-03-29T00:59:00Z");
        check(here, "2026-03-29 02:00", "2026-03-29T01:00:00Z");
        check(here, "2026-03-29 02:30", "2026-03-29T01:00:00Z");
        check(here, "2026-03-29 02:59", "2026-03-29T01:00:00Z");
        check(here, "2026-03-29 03:00", "2026-03-29T01:00:00Z");
        check(here, "2026-03-29 03:01", "2026-03-29T01:01:00Z");
        check(here, "2026-03-29 24:00", "2026-03-29T22:00:00Z");
        // Autumn: 02:00 to 03:00 comes twice, and the first one counts.
        check(here, "2026-10-25 01:59", "2026-10-24T23:59:00Z");
        check(here, "2026-10-25 02:00", "2026-10-25T00:00:00Z");
        check(here, "2026-10-25 02:30", "2026-10-25T00:30:00Z");
        check(here, "2026-10-25 03:00", "2026-10-25T02:00:00Z");
        check(here, "2026-10-25 24:00", "2026-10-25T23:00:00Z");
        // A midnight that is skipped, one that comes twice, and a whole day that is skipped.
        check(America::Santiago, "2026-09-06 00:00", "2026-09-06T04:00:00Z");
        check(America::Havana, "2026-11-01 00:00", "2026-11-01T04:00:00Z");
        check(Pacific::Apia, "2011-12-30 12:00", "2011-12-30T10:00:00Z");
    }

    #[test]
    fn a_day_is_23_24_or_25_hours() {
        for (date, hours) in [("2026-03-28", 24), ("2026-03-29", 23), ("2026-10-25", 25), ("2026-12-31", 24)] {
            let date: NaiveDate = date.parse().expect("a date");
            let length = day_start(Europe::Copenhagen, days_after(date, 1)) - day_start(Europe::Copenhagen, date);
            assert_eq!(length.num_hours(), hours, "{date}");
        }
    }

    #[test]
    fn the_wall_clock_at_an_instant() {
        for (instant, expected) in [
            ("2026-03-29T00:59:59Z", "2026-03-29T01:59:59"),
            ("2026-03-29T01:00:00Z", "2026-03-29T03:00:00"),
            ("2026-10-25T00:30:00Z", "2026-10-25T02:30:00"),
            ("2026-10-25T01:30:00Z", "2026-10-25T02:30:00"),
            ("2026-12-31T23:00:00Z", "2027-01-01T00:00:00"),
        ] {
            let instant: DateTime<Utc> = instant.parse().expect(instant);
            assert_eq!(local(Europe::Copenhagen, instant), expected.parse::<NaiveDateTime>().expect(expected));
        }
    }

    #[test]
    fn the_ends_of_the_calendar_are_no_fault() {
        for zone in [Europe::Copenhagen, America::Havana, Pacific::Apia] {
            for date in [NaiveDate::MIN, NaiveDate::MAX] {
                let _ = (day_start(zone, date), instant(zone, date, TimeOfDay::END));
            }
            for instant in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
                let _ = local(zone, instant);
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn going_there_and_back_gives_the_same_time_unless_it_was_skipped(day in 0..40_000u64, minutes in 0..1440u16) {
            let date = days_after(NaiveDate::from_ymd_opt(1990, 1, 1).expect("a date"), day);
            let time = TimeOfDay::from_minutes(minutes).expect("a time");
            let back = local(Europe::Copenhagen, instant(Europe::Copenhagen, date, time));
            let wanted = date.and_time(NaiveTime::from_hms_opt(time.hour().into(), time.minute().into(), 0).expect("a time"));
            let skipped = Europe::Copenhagen.from_local_datetime(&wanted).earliest().is_none();
            let right = if skipped { back > wanted } else { back == wanted };
            proptest::prop_assert!(right, "{} became {}", wanted, back);
        }
    }
}
