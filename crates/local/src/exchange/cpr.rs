//! Danish personal numbers. The clinic's file holds none: they are recognised, so that they are left
//! out of it.

use aftalebog_booking::patient::is_like_cpr;
use chrono::{Datelike, NaiveDate};

/// What stands in the place of the four figures that make a date a personal number.
pub const HIDDEN: &str = "••••";

/// The six figures of the date, where a text reads like a personal number or is what is left of one.
pub fn date_part(text: &str) -> Option<String> {
    let left = text.strip_suffix(HIDDEN).map(|left| format!("{left}0000"));
    let text = left.as_deref().unwrap_or(text);
    is_like_cpr(text).then(|| text.chars().filter(char::is_ascii_digit).take(6).collect())
}

/// Whether a column's name says that it has personal numbers.
pub fn is_named(name: &str) -> bool {
    let name = name.to_lowercase();
    name.contains("cpr") || name.contains("personnummer") || name.contains("personnr")
}

/// The date that six figures mean as a birth date: the latest one that is not ahead.
pub fn birth_date(six: &str, today: NaiveDate) -> Option<NaiveDate> {
    let number = |from: usize| six.get(from..from + 2).and_then(|part| part.parse::<u32>().ok());
    let (day, month, year) = (number(0)?, number(2)?, i32::try_from(number(4)?).ok()?);
    // The day of a stand-in for a personal number is 60 higher.
    let day = if day > 60 { day - 60 } else { day };
    let century = today.year() - today.year().rem_euclid(100);
    let date = |century: i32| NaiveDate::from_ymd_opt(century + year, month, day).filter(|date| *date <= today);
    // 29 February may be a date in one century only.
    date(century).or_else(|| date(century - 100)).or_else(|| date(century - 200))
}
