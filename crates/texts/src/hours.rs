//! Working hours and closed days, in a person's words.

use aftalebog_booking::holiday::OftenClosed;
use aftalebog_booking::record::{WeekdayNumber, Weeks};
use aftalebog_booking::time::Interval;
use chrono::{Datelike, NaiveDate};

use crate::{Texts, fl};

impl Texts {
    /// «mandag».
    pub fn weekday_name(&self, weekday: WeekdayNumber) -> String {
        fl!(self, "weekday", day = u8::from(weekday))
    }

    /// «Mandag»: the same at the beginning of a line.
    pub fn weekday_heading(&self, weekday: WeekdayNumber) -> String {
        with_capital(&self.weekday_name(weekday))
    }

    /// «hver uge», «lige uger», «ulige uger».
    pub fn weeks(&self, weeks: Weeks) -> String {
        match weeks {
            Weeks::Every => fl!(self, "hours-every-week"),
            Weeks::Even => fl!(self, "hours-even-weeks"),
            Weeks::Odd => fl!(self, "hours-odd-weeks"),
        }
    }

    /// «8.00–12.00».
    pub fn interval(&self, interval: Interval) -> String {
        format!("{}–{}", self.time(interval.from()), self.time(interval.to()))
    }

    /// «8.00–12.00, 12.30–16.00».
    pub fn intervals(&self, intervals: &[Interval]) -> String {
        intervals.iter().map(|interval| self.interval(*interval)).collect::<Vec<_>>().join(", ")
    }

    /// «7 t 30 min.», «37 t», «45 min.».
    pub fn duration(&self, minutes: u32) -> String {
        let (hours, minutes) = (minutes / 60, minutes % 60);
        match (hours, minutes) {
            (0, 1..) => fl!(self, "hours-only-minutes", minutes = minutes),
            (_, 0) => fl!(self, "hours-only-hours", hours = hours),
            _ => fl!(self, "hours-and-minutes", hours = hours, minutes = minutes),
        }
    }

    /// «fra 1. januar 2027», «1. jan. – 31. dec. 2027»; nothing where there is no end to either.
    pub fn validity(&self, today: NaiveDate, from: Option<NaiveDate>, to: Option<NaiveDate>) -> String {
        match (from, to) {
            (None, None) => String::new(),
            (Some(from), None) => fl!(self, "hours-from", from = self.date(from)),
            (None, Some(to)) => fl!(self, "hours-to", to = self.date(to)),
            (Some(from), Some(to)) => self.date_span(today, from, to),
        }
    }

    /// «23. dec. – 1. jan. 2027», and of one day its weekday as well: «fre. 1. jan. 2027». A year only
    /// where it is not this one.
    pub fn date_span(&self, today: NaiveDate, from: NaiveDate, to: NaiveDate) -> String {
        let with_year = |words: String, date: NaiveDate| match date.year() == today.year() {
            true => words,
            false => fl!(self, "days-with-year", date = words, year = date.year()),
        };
        if from == to {
            return with_year(self.date_short(from), from);
        }
        // A year that both have is said once.
        let (first, last) = (self.day_of_month(from), self.day_of_month(to));
        let first = if from.year() == to.year() { first } else { with_year(first, from) };
        format!("{first} – {}", with_year(last, to))
    }

    /// «Grundlovsdag».
    pub fn often_closed(&self, day: OftenClosed) -> String {
        match day {
            OftenClosed::ConstitutionDay => fl!(self, "days-constitution-day"),
            OftenClosed::ChristmasEve => fl!(self, "days-christmas-eve"),
            OftenClosed::NewYearsEve => fl!(self, "days-new-years-eve"),
        }
    }
}

fn with_capital(words: &str) -> String {
    let mut characters = words.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;
    use aftalebog_booking::time::TimeOfDay;

    fn date(text: &str) -> NaiveDate {
        text.parse().expect(text)
    }

    #[test]
    fn hours_are_said_as_a_dane_says_them() {
        let texts = Texts::new(Language::Danish);
        let time = |hour, minute| TimeOfDay::new(hour, minute).expect("a time");
        let interval = |from, to| Interval::new(from, to).expect("an interval");
        let day = [interval(time(8, 0), time(12, 0)), interval(time(12, 30), TimeOfDay::END)];
        assert_eq!(texts.intervals(&day), "8.00–12.00, 12.30–24.00");
        for (minutes, expected) in
            [(0, "0 t"), (45, "45 min."), (60, "1 t"), (450, "7 t 30 min."), (2250, "37 t 30 min.")]
        {
            assert_eq!(texts.duration(minutes), expected);
        }
        assert_eq!(texts.weekday_heading(WeekdayNumber::new(chrono::Weekday::Sun)), "Søndag");
        let (from, to) = (Some(date("2027-01-01")), Some(date("2027-12-31")));
        let validity = |from, to| texts.validity(date("2026-11-23"), from, to);
        assert_eq!(validity(None, None), "");
        assert_eq!(validity(from, None), "fra 1. januar 2027");
        assert_eq!(validity(None, to), "til og med 31. december 2027");
        assert_eq!(validity(from, to), "1. jan. – 31. dec. 2027");
    }

    #[test]
    fn a_year_is_said_where_it_is_not_this_one() {
        let texts = Texts::new(Language::Danish);
        for (from, to, expected) in [
            ("2026-12-23", "2026-12-23", "ons. 23. dec."),
            ("2026-12-23", "2026-12-30", "23. dec. – 30. dec."),
            ("2026-12-23", "2027-01-01", "23. dec. – 1. jan. 2027"),
            ("2027-01-01", "2027-01-01", "fre. 1. jan. 2027"),
            ("2027-01-01", "2027-01-04", "1. jan. – 4. jan. 2027"),
            ("2025-12-31", "2026-01-01", "31. dec. 2025 – 1. jan."),
        ] {
            assert_eq!(texts.date_span(date("2026-11-23"), date(from), date(to)), expected);
        }
    }
}
