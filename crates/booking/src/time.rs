//! Wall-clock times, rasters and ISO weeks, as the clinic says them.

use std::fmt;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A local time of day as minutes after midnight, `00:00` to `24:00`; written `HH:MM`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimeOfDay(u16);

impl TimeOfDay {
    pub const MIDNIGHT: Self = Self(0);
    /// The end of the day, only as the end of an interval.
    pub const END: Self = Self(24 * 60);

    pub const fn new(hour: u16, minute: u16) -> Option<Self> {
        if hour < 24 && minute < 60 || hour == 24 && minute == 0 { Some(Self(hour * 60 + minute)) } else { None }
    }

    /// `None` past the end of the day.
    pub const fn from_minutes(minutes: u16) -> Option<Self> {
        if minutes <= Self::END.0 { Some(Self(minutes)) } else { None }
    }

    pub const fn minutes(self) -> u16 {
        self.0
    }

    pub const fn hour(self) -> u16 {
        self.0 / 60
    }

    pub const fn minute(self) -> u16 {
        self.0 % 60
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:02}:{:02}", self.hour(), self.minute())
    }
}

impl From<TimeOfDay> for String {
    fn from(time: TimeOfDay) -> String {
        time.to_string()
    }
}

impl TryFrom<String> for TimeOfDay {
    type Error = NotATime;

    fn try_from(text: String) -> Result<Self, NotATime> {
        let digits = |part: &str| {
            (part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse().ok()).flatten()
        };
        text.split_once(':')
            .and_then(|(hour, minute)| Self::new(digits(hour)?, digits(minute)?))
            .ok_or(NotATime { text })
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{text:?} is no time of day such as 08:00")]
pub struct NotATime {
    pub text: String,
}

/// From one time of a day up to, but not including, a later one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "RawInterval")]
pub struct Interval {
    from: TimeOfDay,
    to: TimeOfDay,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawInterval {
    from: TimeOfDay,
    to: TimeOfDay,
}

impl Interval {
    pub const fn new(from: TimeOfDay, to: TimeOfDay) -> Result<Self, EndsBeforeItBegins> {
        if from.0 < to.0 { Ok(Self { from, to }) } else { Err(EndsBeforeItBegins { from, to }) }
    }

    pub const fn from(self) -> TimeOfDay {
        self.from
    }

    pub const fn to(self) -> TimeOfDay {
        self.to
    }
}

impl TryFrom<RawInterval> for Interval {
    type Error = EndsBeforeItBegins;

    fn try_from(raw: RawInterval) -> Result<Self, EndsBeforeItBegins> {
        Self::new(raw.from, raw.to)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("an interval from {from} to {to} ends before it begins")]
pub struct EndsBeforeItBegins {
    pub from: TimeOfDay,
    pub to: TimeOfDay,
}

/// «Tidsperiode»: the minutes of one row of the appointment book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Raster(u16);

impl Raster {
    /// The rasters a clinic can choose, in minutes.
    pub const ALL: [Self; 5] = [Self(5), Self(10), Self(15), Self(20), Self(30)];

    pub const fn minutes(self) -> u16 {
        self.0
    }
}

impl TryFrom<u16> for Raster {
    type Error = NotARaster;

    fn try_from(minutes: u16) -> Result<Self, NotARaster> {
        Self::ALL.into_iter().find(|raster| raster.0 == minutes).ok_or(NotARaster { minutes })
    }
}

impl From<Raster> for u16 {
    fn from(raster: Raster) -> u16 {
        raster.0
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a raster of {minutes} minutes is not 5, 10, 15, 20 or 30")]
pub struct NotARaster {
    pub minutes: u16,
}

/// An ISO week of an ISO year: «uge 53/2026». A recall week is one of these, never a week alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Week {
    year: i32,
    week: u8,
}

impl Week {
    pub fn new(year: i32, week: u8) -> Result<Self, NoSuchWeek> {
        match NaiveDate::from_isoywd_opt(year, week.into(), Weekday::Mon) {
            Some(_) => Ok(Self { year, week }),
            None => Err(NoSuchWeek { year, week, weeks: weeks_in(year) }),
        }
    }

    pub fn of(date: NaiveDate) -> Self {
        let week = date.iso_week();
        Self { year: week.year(), week: u8::try_from(week.week()).expect("an ISO week is 1 to 53") }
    }

    /// The last ISO week of an ISO year: 52 or 53.
    pub fn last_of(year: i32) -> Self {
        Self { year, week: weeks_in(year) }
    }

    pub const fn year(self) -> i32 {
        self.year
    }

    pub const fn week(self) -> u8 {
        self.week
    }

    pub const fn is_even(self) -> bool {
        self.week.is_multiple_of(2)
    }

    pub fn monday(self) -> NaiveDate {
        self.day(Weekday::Mon)
    }

    pub fn sunday(self) -> NaiveDate {
        self.day(Weekday::Sun)
    }

    /// At either end of the calendar a week may lack days: then the calendar's last one, or first.
    pub fn day(self, weekday: Weekday) -> NaiveDate {
        let beyond = if self.year < 0 { NaiveDate::MIN } else { NaiveDate::MAX };
        NaiveDate::from_isoywd_opt(self.year, self.week.into(), weekday).unwrap_or(beyond)
    }

    /// The week that lies `weeks` after this one.
    pub fn plus(self, weeks: u64) -> Self {
        Self::of(days_after(self.monday(), weeks.saturating_mul(7)))
    }

    /// The week that lies `weeks` before this one.
    pub fn minus(self, weeks: u64) -> Self {
        Self::of(days_before(self.monday(), weeks.saturating_mul(7)))
    }
}

/// 28 December always lies in the last ISO week.
fn weeks_in(year: i32) -> u8 {
    NaiveDate::from_ymd_opt(year, 12, 28).map_or(52, |date| date.iso_week().week() as u8)
}

/// `days` calendar days later, or the last day of the calendar.
pub fn days_after(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

/// `days` calendar days earlier, or the first day of the calendar.
pub fn days_before(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{year} has {weeks} weeks, there is no week {week}")]
pub struct NoSuchWeek {
    pub year: i32,
    pub week: u8,
    pub weeks: u8,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_they_are_written() {
        for (text, minutes) in [("00:00", 0), ("08:05", 485), ("23:59", 1439), ("24:00", 1440)] {
            let time = TimeOfDay::try_from(text.to_owned()).expect(text);
            assert_eq!((time.minutes(), time.to_string().as_str()), (minutes, text));
        }
        for text in ["24:01", "8:00", "08.00", "08:60", "25:00", "", ":", "0800", "-1:00", "+8:00"] {
            assert!(TimeOfDay::try_from(text.to_owned()).is_err(), "{text}");
        }
    }

    #[test]
    fn an_interval_ends_after_it_begins() {
        assert!(serde_json::from_str::<Interval>(r#"{"from":"08:00","to":"24:00"}"#).is_ok());
        for json in [r#"{"from":"08:00","to":"08:00"}"#, r#"{"from":"09:00","to":"08:00"}"#] {
            assert!(serde_json::from_str::<Interval>(json).is_err(), "{json}");
        }
    }

    #[test]
    fn week_53_only_where_the_year_has_one() {
        assert!(Week::new(2026, 53).is_ok());
        assert_eq!(Week::new(2027, 53), Err(NoSuchWeek { year: 2027, week: 53, weeks: 52 }));
        assert!(Week::new(2026, 0).is_err());
        assert_eq!(Week::last_of(2026).sunday(), NaiveDate::from_ymd_opt(2027, 1, 3).expect("a date"));
        assert_eq!(Week::last_of(2026).plus(1), Week::new(2027, 1).expect("a week"));
        assert_eq!(Week::new(2027, 1).expect("a week").minus(1), Week::last_of(2026));
    }

    #[test]
    fn the_ends_of_the_calendar_are_no_fault() {
        for date in [NaiveDate::MIN, NaiveDate::MAX] {
            let week = Week::of(date);
            for weekday in [Weekday::Mon, Weekday::Wed, Weekday::Sun] {
                assert!(week.day(weekday) >= NaiveDate::MIN && week.day(weekday) <= NaiveDate::MAX);
            }
            let _ = (week.plus(1), week.minus(1), week.plus(u64::MAX), week.minus(u64::MAX));
        }
        assert_eq!(days_after(NaiveDate::MAX, 1), NaiveDate::MAX);
        assert_eq!(days_before(NaiveDate::MIN, 1), NaiveDate::MIN);
        assert_eq!(days_after(NaiveDate::MIN, u64::MAX), NaiveDate::MAX);
    }
}
