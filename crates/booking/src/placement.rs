//! What a person should know of a time before an appointment is put there.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;

use crate::agenda::{ClosedBecause, closed, working_intervals};
use crate::bounded::Length;
use crate::id::Id;
use crate::record::Practitioner;
use crate::setup::Setup;
use crate::time::TimeOfDay;
use crate::zone::{instant, local};

/// A time in somebody's column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placement {
    pub practitioner: Id<Practitioner>,
    pub start: DateTime<Utc>,
    pub minutes: Length,
}

impl Placement {
    /// The calendar's last moment where it would last beyond it.
    pub fn end(self) -> DateTime<Utc> {
        let lasts = chrono::TimeDelta::minutes(self.minutes.get().into());
        self.start.checked_add_signed(lasts).unwrap_or(DateTime::<Utc>::MAX_UTC)
    }
}

/// The clinic may put an appointment anywhere in its own book; these are hardly meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unusual {
    /// It begins before now.
    Past,
    /// Nobody is taken in that day.
    Closed(ClosedBecause),
    /// The practitioner has no hours that day.
    DayOff,
    /// Some of it lies outside the practitioner's hours; lunch is outside.
    OutsideHours,
}

/// What is unusual about a time: whether it has passed, and whether the practitioner works all of it.
pub fn unusual(setup: &Setup, placement: Placement, now: DateTime<Utc>) -> Vec<Unusual> {
    let (Placement { practitioner, start, .. }, end) = (placement, placement.end());
    let zone = setup.clinic.value.time_zone;
    let date = local(zone, start).date();
    let intervals = working_intervals(setup, practitioner, date);
    let works = intervals
        .iter()
        .any(|hours| instant(zone, date, hours.from()) <= start && end <= instant(zone, date, hours.to()));
    let hours = match closed(setup, practitioner, date) {
        Some(because) => Some(Unusual::Closed(because)),
        None if intervals.is_empty() => Some(Unusual::DayOff),
        None => (!works).then_some(Unusual::OutsideHours),
    };
    (start < now).then_some(Unusual::Past).into_iter().chain(hours).collect()
}

/// The instant of a date and a time that somebody typed; `None` where the clock is put forward past it
/// that night. Of two the first.
pub fn typed_instant(zone: Tz, date: NaiveDate, time: TimeOfDay) -> Option<DateTime<Utc>> {
    let found = instant(zone, date, time);
    (wall_clock(zone, found) == (date, time)).then_some(found)
}

/// The date and the time of day that a clinic's clock shows, to the minute.
pub fn wall_clock(zone: Tz, instant: DateTime<Utc>) -> (NaiveDate, TimeOfDay) {
    use chrono::Timelike;
    let shown: NaiveDateTime = local(zone, instant);
    let minutes = shown.hour() * 60 + shown.minute();
    (shown.date(), u16::try_from(minutes).ok().and_then(TimeOfDay::from_minutes).unwrap_or(TimeOfDay::MIDNIGHT))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Closure, Entry};
    use crate::scene::{Scene, date, instant as at, length, practitioner};

    #[track_caller]
    fn check(start: &str, minutes: u16, expected: &[Unusual]) {
        let scene = Scene::new("2026-11-24 09:00").works("JH", "2026-11-24", "08:00-12:00 12:30-16:00");
        let placement = Placement { practitioner: practitioner("JH"), start: at(start), minutes: length(minutes) };
        assert_eq!(unusual(&scene.setup, placement, scene.now), expected, "{start}");
    }

    #[test]
    fn times_that_are_hardly_meant() {
        use Unusual::{DayOff, OutsideHours, Past};
        check("2026-11-24 09:00", 30, &[]);
        check("2026-11-24 08:59", 30, &[Past]);
        check("2026-11-24 11:30", 30, &[]);
        check("2026-11-24 11:31", 30, &[OutsideHours]);
        check("2026-11-24 12:00", 30, &[OutsideHours]);
        check("2026-11-24 12:30", 210, &[]);
        check("2026-11-24 12:30", 215, &[OutsideHours]);
        check("2026-11-24 07:59", 30, &[Past, OutsideHours]);
        check("2026-11-25 09:00", 30, &[DayOff]);
        check("2026-11-23 09:00", 30, &[Past, DayOff]);
    }

    #[test]
    fn a_closed_day_is_named_rather_than_its_hours() {
        let mut scene = Scene::new("2026-11-23 09:00").works("JH", "2026-11-24", "08:00-12:00");
        let day = date("2026-11-24");
        let closure = Closure {
            practitioner: Some(practitioner("JH")),
            from: day,
            to: day,
            reason: crate::bounded::Detail::new("Kursus").expect("a reason"),
        };
        let closure = Entry::new(closure);
        let expected = [Unusual::Closed(ClosedBecause::PractitionerAbsent(closure.id))];
        scene.setup.closures.push(closure);
        let placement =
            Placement { practitioner: practitioner("JH"), start: at("2026-11-24 20:00"), minutes: length(30) };
        assert_eq!(unusual(&scene.setup, placement, scene.now), expected);
    }

    #[test]
    fn a_time_that_a_night_skips_is_none_and_of_two_the_first() {
        let typed = |day: &str, hour, minute| {
            typed_instant(chrono_tz::Europe::Copenhagen, date(day), TimeOfDay::new(hour, minute).expect("a time"))
        };
        assert_eq!(typed("2026-03-29", 1, 59), Some(at("2026-03-29T00:59:00Z")));
        assert_eq!(typed("2026-03-29", 2, 0), None);
        assert_eq!(typed("2026-03-29", 2, 59), None);
        assert_eq!(typed("2026-03-29", 3, 0), Some(at("2026-03-29T01:00:00Z")));
        assert_eq!(typed("2026-10-25", 2, 30), Some(at("2026-10-25T00:30:00Z")));
        assert_eq!(typed("2026-11-24", 9, 0), Some(at("2026-11-24T08:00:00Z")));
        assert_eq!(typed("2026-11-24", 24, 0), None, "the end of the day is the next day's first moment");
    }
}
