//! Dates, times and weeks as people at a Danish desk type them.

use aftalebog_booking::time::{NoSuchWeek, TimeOfDay, Week};
use chrono::NaiveDate;

use crate::Texts;

/// «24-12-2026», «24.12.26», «24/12-2026», «24122026» or «241226»; also «2026-12-24». A year of two
/// figures lies in the hundred years that end with `latest`'s: a birthday is given today, so that it
/// never lies ahead; an appointment's date some later day.
pub fn date(typed: &str, latest: NaiveDate) -> Option<NaiveDate> {
    let typed = typed.trim();
    let parts: Vec<&str> = typed.split(['-', '.', '/', ' ']).filter(|part| !part.is_empty()).collect();
    let all_figures = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !parts.iter().all(all_figures) {
        return None;
    }
    let (day, month, year) = match parts.as_slice() {
        [year, month, day] if year.len() == 4 => (*day, *month, *year),
        [day, month, year] => (*day, *month, *year),
        [whole] if matches!(whole.len(), 6 | 8) => (&whole[..2], &whole[2..4], &whole[4..]),
        _ => return None,
    };
    let number: i32 = year.parse().ok()?;
    let year = match year.len() {
        4 => number,
        2 => {
            use chrono::Datelike;
            let year = latest.year() - latest.year().rem_euclid(100) + number;
            if year > latest.year() { year - 100 } else { year }
        }
        _ => return None,
    };
    NaiveDate::from_ymd_opt(year, month.parse().ok()?, day.parse().ok()?)
}

/// «8», «8.30», «08:30» or «0830»; «24» and «24.00» are the end of the day.
pub fn time(typed: &str) -> Option<TimeOfDay> {
    let typed = typed.trim();
    let number = |part: &str| -> Option<u16> {
        let figures = (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        figures.then(|| part.parse().ok()).flatten()
    };
    if let Some((hour, minute)) = typed.split_once(['.', ':', ',']) {
        return TimeOfDay::new(number(hour)?, (minute.len() == 2).then(|| number(minute)).flatten()?);
    }
    match typed.len() {
        1 | 2 => TimeOfDay::new(number(typed)?, 0),
        3 | 4 if typed.is_ascii() => {
            let (hour, minute) = typed.split_at(typed.len() - 2);
            TimeOfDay::new(number(hour)?, number(minute)?)
        }
        _ => None,
    }
}

/// Why a text is no week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAWeek {
    /// It does not read like «49/2026».
    Unreadable,
    /// The year has no such week.
    None(NoSuchWeek),
}

/// «53/2026», «uge 53/2026» or «53-2026»; a week alone lies in `this_year`.
pub fn week(typed: &str, this_year: i32) -> Result<Week, NotAWeek> {
    let typed = typed.trim().trim_start_matches("uge").trim_start_matches("week").trim();
    let (week, year) = match typed.split_once(['/', '-', ' ']) {
        Some((week, year)) => (week.trim(), Some(year.trim())),
        None => (typed, None),
    };
    let figures =
        |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if !figures(week, 2) || year.is_some_and(|year| !figures(year, 4) || matches!(year.len(), 1 | 3)) {
        return Err(NotAWeek::Unreadable);
    }
    let number = |part: &str| part.parse::<i32>().map_err(|_| NotAWeek::Unreadable);
    let year = match year {
        None => this_year,
        Some(year) if year.len() == 2 => this_year - this_year.rem_euclid(100) + number(year)?,
        Some(year) => number(year)?,
    };
    let week = u8::try_from(number(week)?).map_err(|_| NotAWeek::Unreadable)?;
    Week::new(year, week).map_err(NotAWeek::None)
}

impl Texts {
    /// «24-12-2026»: a date as it stands in a field.
    pub fn date_in_field(&self, date: NaiveDate) -> String {
        date.format("%d-%m-%Y").to_string()
    }

    /// «8.30»: a time of day as it stands in a field and in a sentence; the end of the day is «24.00».
    pub fn time_in_field(&self, time: TimeOfDay) -> String {
        crate::fl!(self, "time", hour = time.hour(), minute = format!("{:02}", time.minute()))
    }

    /// «53/2026»: a week as it stands in a field.
    pub fn week_in_field(&self, week: Week) -> String {
        format!("{}/{}", week.week(), week.year())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, month, day)
    }

    #[test]
    fn dates_are_read_in_every_way_they_are_written() {
        let latest = day(2026, 11, 28).expect("a date");
        for typed in
            ["24-12-2025", "24.12.2025", "24/12-2025", " 24 12 2025 ", "24122025", "241225", "24-12-25", "2025-12-24"]
        {
            assert_eq!(date(typed, latest), day(2025, 12, 24), "{typed}");
        }
        assert_eq!(date("1-2-26", latest), day(2026, 2, 1), "this year is not ahead");
        assert_eq!(date("1-2-27", latest), day(1927, 2, 1), "next year's figures are those of a hundred years ago");
        for typed in
            ["", "24", "24-12", "32-01-2026", "29-02-2026", "24-12-226", "a-b-c", "24-12-2026-1", "2412202", "+1-2-26"]
        {
            assert_eq!(date(typed, latest), None, "{typed}");
        }
    }

    #[test]
    fn times_are_read_in_every_way_they_are_written() {
        for (typed, minutes) in [
            ("8", 480),
            ("08", 480),
            ("8.30", 510),
            ("08:30", 510),
            ("8,30", 510),
            ("830", 510),
            ("0830", 510),
            ("24", 1440),
            ("24.00", 1440),
            ("0", 0),
        ] {
            assert_eq!(time(typed).map(TimeOfDay::minutes), Some(minutes), "{typed}");
        }
        for typed in ["", "8.", "8.3", "25", "24.01", "8.60", "-8", "8.30.00", "12345", "æ", "ææ"] {
            assert_eq!(time(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_week_needs_a_year_that_has_it() {
        let found = |year, number| Week::new(year, number).map_err(NotAWeek::None);
        for (typed, year, number) in
            [("53/2026", 2026, 53), ("uge 53/2026", 2026, 53), ("1-2027", 2027, 1), ("49", 2026, 49), ("7/27", 2027, 7)]
        {
            assert_eq!(week(typed, 2026), found(year, number), "{typed}");
        }
        assert_eq!(week("53/2027", 2026), Err(NotAWeek::None(NoSuchWeek { year: 2027, week: 53, weeks: 52 })));
        for typed in ["", "uge", "/2026", "49/", "49/202", "abc", "490/2026", "49/20266"] {
            assert_eq!(week(typed, 2026), Err(NotAWeek::Unreadable), "{typed}");
        }
    }
}
