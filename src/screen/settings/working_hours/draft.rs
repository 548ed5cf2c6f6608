//! What the editor of working hours holds while it is typed in: texts, and what they come to.

use aftalebog_booking::Id;
use aftalebog_booking::record::{Practitioner, WeekdayNumber, Weeks, WorkingHours};
use aftalebog_booking::time::{Interval, TimeOfDay};
use aftalebog_booking::week_plan::{WEEKDAYS, minutes};
use aftalebog_texts::{Texts, fl, typed};
use chrono::{Months, NaiveDate};

use crate::ui::form::Sentence;

/// A field that can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Weekday(usize),
    From(usize),
    To(usize),
    ValidFrom,
    ValidTo,
}

impl Field {
    pub fn id(self) -> iced::widget::Id {
        match self {
            Self::Weekday(day) => format!("hours-weekday-{day}").into(),
            Self::From(row) => format!("hours-from-{row}").into(),
            Self::To(row) => format!("hours-to-{row}").into(),
            Self::ValidFrom => "hours-valid-from".into(),
            Self::ValidTo => "hours-valid-to".into(),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub weekdays: [bool; 7],
    pub weeks: Weeks,
    /// The last one is empty: typing in it makes another.
    pub rows: Vec<Row>,
    pub valid_from: String,
    pub valid_to: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    pub from: String,
    pub to: String,
}

impl Row {
    fn of(interval: Interval, texts: &Texts) -> Self {
        Self { from: texts.time_in_field(interval.from()), to: texts.time_in_field(interval.to()) }
    }

    pub fn is_empty(&self) -> bool {
        self.from.trim().is_empty() && self.to.trim().is_empty()
    }
}

/// Whether «OK» was pressed: only then something missing is a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    NotYet,
    ForOk,
}

impl Draft {
    /// What is proposed for a day without hours: from eight to four with half an hour's lunch.
    pub fn proposed(texts: &Texts) -> Self {
        let proposed = [((8, 0), (12, 0)), ((12, 30), (16, 0))];
        let time = |(hour, minute)| TimeOfDay::new(hour, minute);
        let interval = |(from, to)| Interval::new(time(from)?, time(to)?).ok();
        let rows = proposed.into_iter().filter_map(interval).map(|interval| Row::of(interval, texts)).collect();
        let (valid_from, valid_to) = (String::new(), String::new());
        Self { weekdays: [false; 7], weeks: Weeks::Every, rows, valid_from, valid_to }.with_an_empty_row()
    }

    pub fn of(hours: &WorkingHours, texts: &Texts) -> Self {
        let date = |date: Option<NaiveDate>| date.map(|date| texts.date_in_field(date)).unwrap_or_default();
        Self {
            weekdays: WEEKDAYS.map(|weekday| weekday == hours.weekday),
            weeks: hours.weeks,
            rows: hours.intervals.iter().map(|interval| Row::of(*interval, texts)).collect(),
            valid_from: date(hours.valid_from),
            valid_to: date(hours.valid_to),
        }
        .with_an_empty_row()
    }

    fn with_an_empty_row(mut self) -> Self {
        self.keep_an_empty_row(0);
        self
    }

    /// Something was typed in a row. Of one that has gone meanwhile nothing is kept.
    pub fn type_in(&mut self, row: usize, typed: impl FnOnce(&mut Row)) {
        if let Some(row) = self.rows.get_mut(row) {
            typed(row);
        }
        self.keep_an_empty_row(row);
    }

    pub fn remove(&mut self, row: usize) {
        if row < self.rows.len() {
            let _removed = self.rows.remove(row);
        }
        self.keep_an_empty_row(0);
    }

    /// One empty row at the end, never two; but the one that is typed in stays.
    fn keep_an_empty_row(&mut self, typed_in: usize) {
        let ends_with_two = |rows: &[Row]| rows.len() > 1 && rows[rows.len() - 2..].iter().all(Row::is_empty);
        while self.rows.len() > typed_in + 1 && ends_with_two(&self.rows) {
            let _empty = self.rows.pop();
        }
        if self.rows.last().is_none_or(|row| !row.is_empty()) {
            self.rows.push(Row::default());
        }
    }

    pub fn ticked(&self) -> impl Iterator<Item = WeekdayNumber> {
        WEEKDAYS.into_iter().zip(self.weekdays).filter(|(_, ticked)| *ticked).map(|(weekday, _)| weekday)
    }

    /// The hours of each ticked weekday, or the first field that is wrong.
    pub fn parse(&self, of: Id<Practitioner>, today: NaiveDate) -> Result<Vec<WorkingHours>, Field> {
        if self.ticked().next().is_none() {
            return Err(Field::Weekday(0));
        }
        let intervals = self.intervals()?;
        let valid_from = date(&self.valid_from, today).ok_or(Field::ValidFrom)?;
        let valid_to = date(&self.valid_to, today).ok_or(Field::ValidTo)?;
        if valid_from.zip(valid_to).is_some_and(|(from, to)| to < from) {
            return Err(Field::ValidTo);
        }
        let hours = |weekday| WorkingHours {
            practitioner: of,
            weekday,
            weeks: self.weeks,
            intervals: intervals.clone(),
            valid_from,
            valid_to,
        };
        Ok(self.ticked().map(hours).collect())
    }

    /// The intervals in order of time.
    pub fn intervals(&self) -> Result<Vec<Interval>, Field> {
        let mut intervals = Vec::new();
        for row in 0..self.rows.len() {
            match self.read(row) {
                Ok(Some(interval)) => intervals.push(interval),
                Ok(None) => {}
                Err((field, _)) => return Err(field),
            }
        }
        if intervals.is_empty() {
            return Err(Field::From(0));
        }
        intervals.sort_by_key(|interval| interval.from());
        Ok(intervals)
    }

    /// The interval of a row, nothing for an empty one, or what is wrong with which of its fields.
    fn read(&self, index: usize) -> Result<Option<Interval>, (Field, Fault)> {
        let row = &self.rows[index];
        if row.is_empty() {
            return Ok(None);
        }
        let read = |typed: &str, field: Field| match (typed.trim().is_empty(), typed::time(typed)) {
            (true, _) => Err((field, Fault::Missing)),
            (false, None) => Err((field, Fault::NoTime)),
            (false, Some(time)) => Ok(time),
        };
        let from = read(&row.from, Field::From(index))?;
        let to = read(&row.to, Field::To(index))?;
        let interval = Interval::new(from, to).map_err(|_| (Field::To(index), Fault::EndsBefore(from)))?;
        let earlier = (0..index).filter_map(|earlier| self.read(earlier).ok().flatten());
        let overlaps = |other: &Interval| other.from() < interval.to() && interval.from() < other.to();
        match earlier.into_iter().find(overlaps) {
            Some(other) => Err((Field::From(index), Fault::Overlaps(other))),
            None => Ok(Some(interval)),
        }
    }

    /// What stands under a row, and which of its fields it refuses.
    pub fn under_row(&self, index: usize, asked: Asked, texts: &Texts) -> (Sentence, Option<Field>) {
        match self.read(index) {
            Ok(None) if index == 0 && asked == Asked::ForOk && self.rows.iter().all(Row::is_empty) => {
                (Sentence::Refuses(fl!(texts, "hours-none-typed")), Some(Field::From(0)))
            }
            Ok(None) => (Sentence::none(), None),
            Ok(Some(interval)) => (Sentence::Means(texts.duration(minutes(&[interval]))), None),
            Err((_, Fault::Missing)) if asked == Asked::NotYet => (Sentence::none(), None),
            Err((field, fault)) => (Sentence::Refuses(fault.words(field, texts)), Some(field)),
        }
    }

    pub fn under_valid_from(&self, today: NaiveDate, texts: &Texts) -> Sentence {
        match date(&self.valid_from, today) {
            None => Sentence::Refuses(fl!(texts, "hours-no-date")),
            Some(None) => Sentence::Means(fl!(texts, "hours-valid-always")),
            Some(Some(from)) => Sentence::Means(texts.date_weekday_year(from)),
        }
    }

    pub fn under_valid_to(&self, today: NaiveDate, texts: &Texts) -> Sentence {
        match (date(&self.valid_from, today).flatten(), date(&self.valid_to, today)) {
            (_, None) => Sentence::Refuses(fl!(texts, "hours-no-date")),
            (_, Some(None)) => Sentence::Means(fl!(texts, "hours-valid-on")),
            (Some(from), Some(Some(to))) if to < from => {
                Sentence::Refuses(fl!(texts, "days-to-before-from", from = texts.date(from)))
            }
            (_, Some(Some(to))) if to < today => Sentence::Warns(fl!(texts, "hours-ended")),
            (_, Some(Some(to))) => Sentence::Means(texts.date_weekday_year(to)),
        }
    }
}

/// Why a row is no interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    Missing,
    NoTime,
    EndsBefore(TimeOfDay),
    /// An earlier row.
    Overlaps(Interval),
}

impl Fault {
    fn words(self, field: Field, texts: &Texts) -> String {
        match self {
            Self::Missing if matches!(field, Field::From(_)) => fl!(texts, "hours-begin-missing"),
            Self::Missing => fl!(texts, "hours-end-missing"),
            Self::NoTime => fl!(texts, "hours-no-time"),
            Self::EndsBefore(from) => fl!(texts, "hours-ends-before", from = texts.time(from)),
            Self::Overlaps(other) => fl!(texts, "hours-overlaps", other = texts.interval(other)),
        }
    }
}

/// What was typed in a field for a date: `Some(None)` where nothing is, and nothing where it is none.
/// A year of two figures lies in the fifty years before or after today.
pub fn date(typed: &str, today: NaiveDate) -> Option<Option<NaiveDate>> {
    const FIFTY_YEARS: Months = Months::new(50 * 12);
    if typed.trim().is_empty() {
        return Some(None);
    }
    typed::date(typed, today.checked_add_months(FIFTY_YEARS).unwrap_or(today)).map(Some)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

    use super::*;
    use aftalebog_texts::Language;

    fn draft(rows: &[(&str, &str)]) -> Draft {
        let row = |(from, to): &(&str, &str)| Row { from: (*from).to_owned(), to: (*to).to_owned() };
        let draft = Draft { rows: rows.iter().map(row).collect(), ..Draft::proposed(&Texts::new(Language::Danish)) };
        Draft { weekdays: [true; 7], ..draft }.with_an_empty_row()
    }

    fn rows(draft: &Draft) -> Vec<(&str, &str)> {
        draft.rows.iter().map(|row| (row.from.as_str(), row.to.as_str())).collect()
    }

    #[test]
    fn there_is_always_one_empty_row_to_go_on_with() {
        let mut typed = draft(&[("8", "12")]);
        assert_eq!(rows(&typed), [("8", "12"), ("", "")]);
        typed.type_in(1, |row| row.from = "13".to_owned());
        assert_eq!(rows(&typed), [("8", "12"), ("13", ""), ("", "")]);
        typed.type_in(1, |row| row.from.clear());
        assert_eq!(rows(&typed), [("8", "12"), ("", "")]);
        // The row that is typed in stays, though the one before it is empty too.
        let mut gap = draft(&[("8", "12"), ("", ""), ("13", "")]);
        gap.type_in(2, |row| row.from.clear());
        assert_eq!(rows(&gap), [("8", "12"), ("", ""), ("", "")]);
        gap.remove(0);
        assert_eq!(rows(&gap), [("", "")]);
        // A key that was pressed before the row went.
        gap.type_in(7, |row| row.from = "9".to_owned());
        gap.remove(7);
        assert_eq!(rows(&gap), [("", "")]);
    }

    #[test]
    fn what_is_typed_and_the_first_field_that_is_wrong() {
        let times = |draft: &Draft| {
            let words = |interval: &Interval| format!("{}-{}", interval.from(), interval.to());
            draft.intervals().map(|intervals| intervals.iter().map(words).collect::<Vec<_>>().join(" "))
        };
        for (given, expected) in [
            (&[("8", "12"), ("12.30", "16")][..], Ok("08:00-12:00 12:30-16:00")),
            (&[("12.30", "16"), ("8", "12")], Ok("08:00-12:00 12:30-16:00")),
            (&[("8", "12"), ("12", "16")], Ok("08:00-12:00 12:00-16:00")), // touching is no overlap
            (&[("8", "12"), ("", ""), ("13", "24")], Ok("08:00-12:00 13:00-24:00")),
            (&[], Err(Field::From(0))),
            (&[("8", "8")], Err(Field::To(0))),
            (&[("24", "24")], Err(Field::To(0))),
            (&[("8", "")], Err(Field::To(0))),
            (&[("", "12")], Err(Field::From(0))),
            (&[("8", "12"), ("11.59", "13")], Err(Field::From(1))),
            (&[("8", "12"), ("7", "8.01")], Err(Field::From(1))),
            (&[("8", "x"), ("y", "13")], Err(Field::To(0))),
        ] {
            assert_eq!(times(&draft(given)), expected.map(str::to_owned), "{given:?}");
        }
    }

    #[test]
    fn hours_are_made_for_each_ticked_day_and_dates_keep_their_order() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let with = |from: &str, to: &str| Draft {
            valid_from: from.to_owned(),
            valid_to: to.to_owned(),
            ..draft(&[("8", "12")])
        };
        let whom = Id::random();
        assert_eq!(with("", "").parse(whom, today).map(|hours| hours.len()), Ok(7));
        for (from, to, expected) in [
            ("1-1-27", "1-1-27", Ok(7)),
            ("2-1-27", "1-1-27", Err(Field::ValidTo)),
            ("x", "y", Err(Field::ValidFrom)),
            ("", "31-2-27", Err(Field::ValidTo)),
        ] {
            assert_eq!(with(from, to).parse(whom, today).map(|hours| hours.len()), expected, "{from} {to}");
        }
        let none = Draft { weekdays: [false; 7], ..draft(&[("8", "x")]) };
        assert_eq!(none.parse(whom, today).map(|hours| hours.len()), Err(Field::Weekday(0)));
        // Years of two figures lie around today.
        assert_eq!(date("1-1-30", today), Some(NaiveDate::from_ymd_opt(2030, 1, 1)));
        assert_eq!(date("1-1-90", today), Some(NaiveDate::from_ymd_opt(1990, 1, 1)));
        assert_eq!((date(" ", today), date("1-13-30", today)), (Some(None), None));
    }
}
