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

/// The text with every personal number in it made unreadable; `None`: there is none in it.
pub fn hidden(text: &str) -> Option<String> {
    const FIGURES: usize = 10;
    if text.bytes().filter(u8::is_ascii_digit).count() < FIGURES {
        return None;
    }
    let (mut hidden, mut kept) = (String::new(), 0);
    let mut follows_a_figure = false;
    for (place, letter) in text.char_indices() {
        let begins = letter.is_ascii_digit() && !follows_a_figure && place >= kept;
        follows_a_figure = letter.is_ascii_digit();
        if let Some((date, end)) = begins.then(|| number_at(text, place)).flatten() {
            hidden.push_str(&text[kept..place]);
            hidden.push_str(&format!("{date}-{HIDDEN}"));
            kept = end;
        }
    }
    hidden.push_str(&text[kept..]);
    (kept > 0).then_some(hidden)
}

/// The date of the personal number that begins at a place of a text, and where the number ends: «dddddd-dddd»,
/// with whatever people write between its parts.
fn number_at(text: &str, place: usize) -> Option<(String, usize)> {
    let (mut figures, mut between) = (String::new(), 0);
    for (offset, letter) in text[place..].char_indices() {
        let separates = match figures.len() {
            2 | 4 => between < 1 && matches!(letter, '.' | '-' | '/'),
            6 => between < 3 && matches!(letter, ' ' | '-' | '–' | '\u{A0}'),
            _ => false,
        };
        match letter {
            '0'..='9' if figures.len() == 10 => return None,
            '0'..='9' => {
                figures.push(letter);
                between = 0;
            }
            _ if separates => between += 1,
            _ if figures.len() == 10 => {
                return is_like_cpr(&figures).then(|| (figures[..6].to_owned(), place + offset));
            }
            _ => return None,
        }
    }
    (figures.len() == 10 && is_like_cpr(&figures)).then(|| (figures[..6].to_owned(), text.len()))
}

/// The date that the six figures of a personal number mean: the latest one that is not ahead.
pub fn birth_date(six: &str, today: NaiveDate) -> Option<NaiveDate> {
    let number = |from: usize| six.get(from..from + 2).and_then(|part| part.parse::<u32>().ok());
    // The day of a stand-in for a personal number is 60 higher.
    let day = number(0).map(|day| if day > 60 { day - 60 } else { day })?;
    latest(day, number(2)?, number(4)?, today)
}

/// The latest date of a year of two figures that is not ahead.
pub fn latest(day: u32, month: u32, year: u32, today: NaiveDate) -> Option<NaiveDate> {
    let year = i32::try_from(year).ok()?;
    let century = today.year() - today.year().rem_euclid(100);
    let date = |century: i32| NaiveDate::from_ymd_opt(century + year, month, day).filter(|date| *date <= today);
    // 29 February may be a date in one century only.
    date(century).or_else(|| date(century - 100)).or_else(|| date(century - 200))
}
