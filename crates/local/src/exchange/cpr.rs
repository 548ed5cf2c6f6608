//! Danish personal numbers. The clinic's file holds none: they are recognised, so that they are left
//! out of it.

use chrono::{Datelike, NaiveDate};

/// What stands in the place of the four figures that make a date a personal number.
pub const HIDDEN: &str = "••••";

/// The six figures of the date, where a text reads like a personal number: ten figures, perhaps with
/// a hyphen or a blank after the sixth, of which the first six can be a date.
pub fn date_part(text: &str) -> Option<&str> {
    let text = text.trim();
    let (date, rest) = text.split_at_checked(6)?;
    let rest = rest.strip_prefix(['-', ' ']).unwrap_or(rest);
    let figures = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let serial = rest.len() == 4 && figures(rest) || rest == HIDDEN;
    let number = |part: &str| part.parse::<u8>().ok();
    let is_date = figures(date) && (1..=31).contains(&number(&date[..2])?) && (1..=12).contains(&number(&date[2..4])?);
    (serial && is_date).then_some(date)
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
    let century = today.year() - today.year().rem_euclid(100);
    let date = |century: i32| NaiveDate::from_ymd_opt(century + year, month, day).filter(|date| *date <= today);
    // 29 February may be a date in one century only.
    date(century).or_else(|| date(century - 100)).or_else(|| date(century - 200))
}
