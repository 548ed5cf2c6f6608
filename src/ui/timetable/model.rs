//! What a sheet of the appointment book shows, ready to be drawn.

use std::ops::Range;

use chrono::NaiveDate;
use iced::Color;
use uuid::Uuid;

/// From one minute of the day to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub from: u16,
    pub to: u16,
}

impl Span {
    pub const fn minutes(self) -> u16 {
        self.to.saturating_sub(self.from)
    }

    pub const fn holds(self, minute: u16) -> bool {
        self.from <= minute && minute < self.to
    }
}

/// One day of the book, or several beside each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// In order; where there are several, each has a heading over its columns.
    pub days: Vec<Day>,
    /// The minutes of a row.
    pub raster: u16,
    /// What is in sight when the sheet is opened, as far as the window is high enough.
    pub opens: Span,
    /// Those of the first day, then those of the next.
    pub columns: Vec<Column>,
    /// What is said in the middle of an empty sheet.
    pub notice: Option<String>,
    /// Between the hour and the minutes: «9.45».
    pub time_mark: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    pub date: NaiveDate,
    /// «ma. 23.»
    pub heading: String,
    pub columns: Range<usize>,
}

/// One practitioner's day.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub whose: Whose,
    pub initials: String,
    pub name: String,
    pub working: Vec<Span>,
    /// Why nobody is taken in that day.
    pub closed: Option<String>,
    pub bookings: Vec<Booking>,
}

/// By which a column is known wherever it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Whose {
    /// The practitioner's id.
    pub key: Uuid,
    pub date: NaiveDate,
}

/// A box in a column: an appointment or a block.
#[derive(Clone, Debug, PartialEq)]
pub struct Booking {
    /// The appointment's id.
    pub key: Uuid,
    pub from: u16,
    pub to: u16,
    pub begins: Edge,
    pub ends: Edge,
    /// Its place among those that overlap, and how many places they share.
    pub(super) lane: u16,
    pub(super) lanes: u16,
    pub mark: Mark,
    pub sign: Option<Sign>,
    /// It came from outside, and nobody here has looked at it.
    pub fresh: bool,
    /// The type's code; empty for a block.
    pub code: String,
    /// The patient, or what a block is for.
    pub title: String,
    /// What stands below when there is room.
    pub lines: Vec<String>,
    /// Everything, for the box under the pointer.
    pub hint: Vec<String>,
    /// Code and title in one, as a person would look for it.
    pub words: String,
}

/// Whether a booking begins or ends where its box does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    Here,
    /// Midnight cuts it.
    OtherDay,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mark {
    /// In the colour of its type.
    Type(Color),
    Block,
}

/// What is special about a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// It stands on a time that was booked online.
    Clash,
    /// It overlaps another one, and somebody wanted it so.
    Deliberate,
}

impl Booking {
    pub fn new(key: Uuid, span: Span, mark: Mark, code: String, title: String) -> Self {
        let words = if code.is_empty() { title.clone() } else { format!("{code} {title}") };
        Self {
            key,
            from: span.from,
            to: span.to,
            begins: Edge::Here,
            ends: Edge::Here,
            lane: 0,
            lanes: 1,
            mark,
            sign: None,
            fresh: false,
            words: words.trim_end().to_owned(),
            code,
            title,
            lines: vec![],
            hint: vec![],
        }
    }

    pub const fn span(&self) -> Span {
        Span { from: self.from, to: self.to }
    }
}

impl Column {
    /// Bookings that overlap get places side by side.
    pub fn with_bookings(mut self, mut bookings: Vec<Booking>) -> Self {
        bookings.sort_by_key(|booking| (booking.from, std::cmp::Reverse(booking.to)));
        let mut first = 0;
        let mut ends: Vec<u16> = vec![];
        for at in 0..bookings.len() {
            let (from, to) = (bookings[at].from, bookings[at].to);
            if ends.iter().all(|end| *end <= from) {
                share(&mut bookings[first..at], ends.len());
                (first, ends) = (at, vec![]);
            }
            let lane = ends.iter().position(|end| *end <= from).unwrap_or(ends.len());
            if lane == ends.len() {
                ends.push(to);
            } else {
                ends[lane] = to;
            }
            bookings[at].lane = lane as u16;
        }
        share(&mut bookings[first..], ends.len());
        self.bookings = bookings;
        self
    }
}

fn share(group: &mut [Booking], lanes: usize) {
    for booking in group {
        booking.lanes = lanes as u16;
    }
}

impl Sheet {
    pub fn booking(&self, column: usize, index: usize) -> Option<&Booking> {
        self.columns.get(column)?.bookings.get(index)
    }

    /// Where a column stands.
    pub fn place_of(&self, whose: Whose) -> Option<usize> {
        self.columns.iter().position(|column| column.whose == whose)
    }

    /// Whether the days have headings.
    pub fn has_headings(&self) -> bool {
        self.days.len() > 1
    }

    /// «9.00–9.45».
    pub fn words(&self, span: Span) -> String {
        format!("{}–{}", self.time(span.from), self.time(span.to))
    }

    /// What stands beside a row: «9.00» at a full hour, and below it the minutes alone, «.15».
    pub fn label(&self, minute: u16) -> String {
        match minute % 60 {
            0 => self.time(minute),
            rest => format!("{}{rest:02}", self.time_mark),
        }
    }

    fn time(&self, minute: u16) -> String {
        format!("{}{}{:02}", minute / 60, self.time_mark, minute % 60)
    }

    /// Neighbours that are closed for the same reason, as one.
    pub fn closed(&self) -> Vec<(Range<usize>, &str)> {
        let mut all: Vec<(Range<usize>, &str)> = vec![];
        for (number, column) in self.columns.iter().enumerate() {
            let Some(closed) = column.closed.as_deref() else { continue };
            match all.last_mut() {
                Some((columns, reason)) if columns.end == number && *reason == closed => columns.end += 1,
                _ => all.push((number..number + 1, closed)),
            }
        }
        all
    }
}

#[cfg(test)]
pub(super) mod samples {
    use super::*;

    /// A sheet of one day, or of several; each column with the times of its bookings.
    pub fn sheet(raster: u16, days: &[&[&[(u16, u16)]]]) -> Sheet {
        let mut sheet = Sheet {
            days: vec![],
            raster,
            opens: Span { from: 480, to: 960 },
            columns: vec![],
            notice: None,
            time_mark: ".".to_owned(),
        };
        for (day, columns) in days.iter().enumerate() {
            let date = NaiveDate::from_ymd_opt(2026, 11, 23 + day as u32).unwrap();
            let first = sheet.columns.len();
            for (number, bookings) in columns.iter().enumerate() {
                let whose = Whose { key: Uuid::from_u128(number as u128 + 1), date };
                let key = |index: usize| Uuid::from_u128(((day * 100 + number) * 1000 + index) as u128 + 1_000_000);
                let booking = |(index, &(from, to)): (usize, &(u16, u16))| {
                    Booking::new(key(index), Span { from, to }, Mark::Block, String::new(), "Møde".to_owned())
                };
                let bookings = bookings.iter().enumerate().map(booking).collect();
                sheet.columns.push(column(whose).with_bookings(bookings));
            }
            let columns = first..sheet.columns.len();
            sheet.days.push(Day { date, heading: String::new(), columns });
        }
        sheet
    }

    pub fn column(whose: Whose) -> Column {
        Column {
            whose,
            initials: "JH".to_owned(),
            name: "Jens Holm".to_owned(),
            working: vec![],
            closed: None,
            bookings: vec![],
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lanes(bookings: &[(u16, u16)]) -> Vec<(u16, u16, u16)> {
        let sheet = samples::sheet(15, &[&[bookings]]);
        sheet.columns[0].bookings.iter().map(|booking| (booking.from, booking.lane, booking.lanes)).collect()
    }

    #[test]
    fn bookings_at_the_same_time_stand_side_by_side() {
        assert_eq!(lanes(&[]), []);
        assert_eq!(lanes(&[(480, 510), (510, 540)]), [(480, 0, 1), (510, 0, 1)], "one after the other");
        assert_eq!(lanes(&[(490, 520), (480, 510)]), [(480, 0, 2), (490, 1, 2)], "in any order");
        assert_eq!(
            lanes(&[(480, 600), (480, 510), (510, 540), (600, 630)]),
            [(480, 0, 2), (480, 1, 2), (510, 1, 2), (600, 0, 1)],
            "a place that is free again is used again"
        );
        assert_eq!(lanes(&[(480, 540), (480, 540), (480, 540)]), [(480, 0, 3), (480, 1, 3), (480, 2, 3)]);
    }

    #[test]
    fn a_time_beside_a_row_is_written_as_everywhere_else() {
        let mut sheet = samples::sheet(15, &[]);
        let labels = |sheet: &Sheet| [480, 495, 1440].map(|minute| sheet.label(minute));
        assert_eq!(labels(&sheet), ["8.00", ".15", "24.00"]);
        sheet.time_mark = ":".to_owned();
        assert_eq!(labels(&sheet), ["8:00", ":15", "24:00"]);
    }

    #[test]
    fn neighbours_closed_for_one_reason_are_named_once() {
        let mut sheet = samples::sheet(15, &[&[&[], &[], &[], &[], &[]]]);
        let reasons = [Some("Ferie"), Some("Ferie"), None, Some("Ferie"), Some("Kursus")];
        for (column, reason) in sheet.columns.iter_mut().zip(reasons) {
            column.closed = reason.map(str::to_owned);
        }
        assert_eq!(sheet.closed(), [(0..2, "Ferie"), (3..4, "Ferie"), (4..5, "Kursus")]);
    }

    proptest! {
        #[test]
        fn what_overlaps_never_shares_a_place(
            bookings in prop::collection::vec((0..1400u16, 5..180u16), 0..24),
        ) {
            let bookings: Vec<(u16, u16)> =
                bookings.into_iter().map(|(from, minutes)| (from, (from + minutes).min(1440))).collect();
            let sheet = samples::sheet(15, &[&[&bookings]]);
            let all = &sheet.columns[0].bookings;
            prop_assert_eq!(all.len(), bookings.len());
            for (number, one) in all.iter().enumerate() {
                prop_assert!(one.lane < one.lanes);
                for other in &all[number + 1..] {
                    if one.from < other.to && other.from < one.to {
                        prop_assert_ne!(one.lane, other.lane);
                        prop_assert_eq!(one.lanes, other.lanes, "they share the width in equal parts");
                    }
                }
            }
        }
    }
}
