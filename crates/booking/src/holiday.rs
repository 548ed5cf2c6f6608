//! The Danish public holidays, computed for any year.
//!
//! Source: design, "Closed days". 24 and 31 December and 5 June are ordinary days unless the
//! clinic closes on them itself.

use chrono::{Datelike, NaiveDate};

use crate::time::days_after;

/// A Danish public holiday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holiday {
    /// «1. januar»
    NewYearsDay,
    /// «Skærtorsdag»
    MaundyThursday,
    /// «Langfredag»
    GoodFriday,
    /// «Påskedag»
    EasterSunday,
    /// «2. påskedag»
    EasterMonday,
    /// «Store bededag», a public holiday up to and including 2023.
    GreatPrayerDay,
    /// «Kristi himmelfartsdag»
    AscensionDay,
    /// «Pinsedag»
    WhitSunday,
    /// «2. pinsedag»
    WhitMonday,
    /// «1. juledag»
    ChristmasDay,
    /// «2. juledag»
    SecondChristmasDay,
}

impl Holiday {
    /// In the order of the year.
    pub const ALL: [Self; 11] = [
        Self::NewYearsDay,
        Self::MaundyThursday,
        Self::GoodFriday,
        Self::EasterSunday,
        Self::EasterMonday,
        Self::GreatPrayerDay,
        Self::AscensionDay,
        Self::WhitSunday,
        Self::WhitMonday,
        Self::ChristmasDay,
        Self::SecondChristmasDay,
    ];

    /// The day of this holiday in a year; `None` where that year does not keep it.
    pub fn date(self, year: i32) -> Option<NaiveDate> {
        let fixed = |month, day| NaiveDate::from_ymd_opt(year, month, day);
        let after_easter = |days| easter(year).map(|easter| days_after(easter, days));
        match self {
            Self::NewYearsDay => fixed(1, 1),
            Self::MaundyThursday => easter(year)?.checked_sub_days(chrono::Days::new(3)),
            Self::GoodFriday => easter(year)?.checked_sub_days(chrono::Days::new(2)),
            Self::EasterSunday => easter(year),
            Self::EasterMonday => after_easter(1),
            Self::GreatPrayerDay => (year <= LAST_GREAT_PRAYER_DAY).then(|| after_easter(26)).flatten(),
            Self::AscensionDay => after_easter(39),
            Self::WhitSunday => after_easter(49),
            Self::WhitMonday => after_easter(50),
            Self::ChristmasDay => fixed(12, 25),
            Self::SecondChristmasDay => fixed(12, 26),
        }
    }
}

/// The last year in which «store bededag» was a public holiday.
const LAST_GREAT_PRAYER_DAY: i32 = 2023;

/// The public holiday on a date, if it is one.
pub fn holiday(date: NaiveDate) -> Option<Holiday> {
    Holiday::ALL.into_iter().find(|holiday| holiday.date(date.year()) == Some(date))
}

/// The public holidays of a year, in the order of their dates.
pub fn holidays_of(year: i32) -> impl Iterator<Item = (NaiveDate, Holiday)> {
    Holiday::ALL.into_iter().filter_map(move |holiday| Some((holiday.date(year)?, holiday)))
}

/// A day that is no public holiday, and on which many clinics close.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OftenClosed {
    /// «Grundlovsdag»
    ConstitutionDay,
    /// «Juleaftensdag»
    ChristmasEve,
    /// «Nytårsaftensdag»
    NewYearsEve,
}

impl OftenClosed {
    /// In the order of the year.
    pub const ALL: [Self; 3] = [Self::ConstitutionDay, Self::ChristmasEve, Self::NewYearsEve];

    pub fn date(self, year: i32) -> Option<NaiveDate> {
        let (month, day) = match self {
            Self::ConstitutionDay => (6, 5),
            Self::ChristmasEve => (12, 24),
            Self::NewYearsEve => (12, 31),
        };
        NaiveDate::from_ymd_opt(year, month, day)
    }
}

/// Easter Sunday: the first Sunday after the church's full moon on or after 21 March.
///
/// The method printed in Nature in 1876, for the Gregorian calendar; its letters are kept so that
/// it can be compared with any print of it.
fn easter(year: i32) -> Option<NaiveDate> {
    let a = year.rem_euclid(19);
    let b = year.div_euclid(100);
    let c = year.rem_euclid(100);
    let d = b.div_euclid(4);
    let e = b.rem_euclid(4);
    let f = (b + 8).div_euclid(25);
    let g = (b - f + 1).div_euclid(3);
    let h = (19 * a + b - d - g + 15).rem_euclid(30);
    let i = c / 4;
    let k = c % 4;
    let l = (32 + 2 * e + 2 * i - h - k).rem_euclid(7);
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(n / 31).ok()?, u32::try_from(n % 31 + 1).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Weekday;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect(text)
    }

    #[track_caller]
    fn check(year: i32, expected: &[&str]) {
        let dates: Vec<String> = holidays_of(year).map(|(date, _)| date.format("%m-%d").to_string()).collect();
        assert_eq!(dates, expected, "{year}");
    }

    #[test]
    fn whole_years_as_the_calendar_prints_them() {
        // The last year with store bededag, and the first without.
        check(
            2023,
            &["01-01", "04-06", "04-07", "04-09", "04-10", "05-05", "05-18", "05-28", "05-29", "12-25", "12-26"],
        );
        check(2024, &["01-01", "03-28", "03-29", "03-31", "04-01", "05-09", "05-19", "05-20", "12-25", "12-26"]);
        check(2026, &["01-01", "04-02", "04-03", "04-05", "04-06", "05-14", "05-24", "05-25", "12-25", "12-26"]);
        check(2027, &["01-01", "03-25", "03-26", "03-28", "03-29", "05-06", "05-16", "05-17", "12-25", "12-26"]);
    }

    #[test]
    fn easter_at_its_earliest_and_latest() {
        for (year, expected) in [
            (1818, "1818-03-22"), // the earliest there can be
            (1954, "1954-04-18"), // where the simpler rules go wrong
            (1981, "1981-04-19"),
            (2000, "2000-04-23"),
            (2008, "2008-03-23"),
            (2016, "2016-03-27"), // the day the clocks change
            (2019, "2019-04-21"), // not the astronomers' Easter
            (2038, "2038-04-25"), // the latest there can be
            (2049, "2049-04-18"),
        ] {
            assert_eq!(easter(year), Some(date(expected)));
        }
        for year in 1700..3000 {
            let easter = easter(year).expect("a date");
            assert_eq!(easter.weekday(), Weekday::Sun, "{year}");
            let (first, last) = (NaiveDate::from_ymd_opt(year, 3, 22), NaiveDate::from_ymd_opt(year, 4, 25));
            assert!(Some(easter) >= first && Some(easter) <= last, "{easter}");
        }
    }

    #[test]
    fn one_day_at_a_time() {
        for (text, expected) in [
            ("2026-01-01", Some(Holiday::NewYearsDay)),
            ("2026-01-02", None),
            ("2026-04-01", None),
            ("2026-04-02", Some(Holiday::MaundyThursday)),
            ("2026-04-03", Some(Holiday::GoodFriday)),
            ("2026-04-04", None), // the Saturday between is an ordinary Saturday
            ("2026-04-05", Some(Holiday::EasterSunday)),
            ("2026-04-06", Some(Holiday::EasterMonday)),
            ("2023-05-05", Some(Holiday::GreatPrayerDay)),
            ("2024-04-26", None),
            ("2026-05-14", Some(Holiday::AscensionDay)),
            ("2008-05-01", Some(Holiday::AscensionDay)),
            ("2026-05-24", Some(Holiday::WhitSunday)),
            ("2026-05-25", Some(Holiday::WhitMonday)),
            ("2026-06-05", None),
            ("2026-12-24", None),
            ("2026-12-25", Some(Holiday::ChristmasDay)),
            ("2026-12-26", Some(Holiday::SecondChristmasDay)),
            ("2026-12-31", None),
        ] {
            assert_eq!(holiday(date(text)), expected, "{text}");
        }
    }

    #[test]
    fn the_days_on_which_many_close_are_ordinary_ones() {
        for (day, expected) in OftenClosed::ALL.into_iter().zip(["2027-06-05", "2027-12-24", "2027-12-31"]) {
            assert_eq!(day.date(2027), Some(date(expected)));
            assert_eq!(holiday(date(expected)), None, "{day:?}");
        }
        // Whit Sunday can fall on the fifth of June: then it is one.
        assert_eq!(holiday(date("2022-06-05")), Some(Holiday::WhitSunday));
    }

    #[test]
    fn the_ends_of_the_calendar_are_no_fault() {
        for year in [i32::MIN, NaiveDate::MIN.year(), 0, NaiveDate::MAX.year(), i32::MAX] {
            for (date, found) in holidays_of(year) {
                assert_eq!(holiday(date), Some(found));
            }
        }
    }
}
