//! What a day of the appointment book shows, ready to be drawn.

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

#[derive(Clone, Debug, PartialEq)]
pub struct Day {
    pub date: NaiveDate,
    /// The minutes of a row.
    pub raster: u16,
    /// What is in sight when the day is opened, as far as the window is high enough.
    pub opens: Span,
    pub columns: Vec<Column>,
    /// What is said in the middle of an empty day.
    pub notice: Option<String>,
}

/// One practitioner's day.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// By which it is known wherever it stands: the practitioner's id.
    pub key: Uuid,
    pub initials: String,
    pub name: String,
    pub working: Vec<Span>,
    /// Why nobody is taken in that day.
    pub closed: Option<String>,
    pub bookings: Vec<Booking>,
}

/// A box in a column: an appointment or a block.
#[derive(Clone, Debug, PartialEq)]
pub struct Booking {
    pub from: u16,
    pub to: u16,
    /// Its place among those that overlap, and how many places they share.
    pub(super) lane: u16,
    pub(super) lanes: u16,
    pub mark: Mark,
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

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mark {
    /// In the colour of its type.
    Type(Color),
    /// It stands on a time that was booked online.
    Clash(Color),
    Block,
}

impl Booking {
    pub fn new(span: Span, mark: Mark, code: String, title: String) -> Self {
        let words = if code.is_empty() { title.clone() } else { format!("{code} {title}") };
        let words = words.trim_end().to_owned();
        Self { from: span.from, to: span.to, lane: 0, lanes: 1, mark, code, title, lines: vec![], hint: vec![], words }
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

impl Day {
    pub fn booking(&self, column: usize, index: usize) -> Option<&Booking> {
        self.columns.get(column)?.bookings.get(index)
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
mod tests {
    use super::*;

    fn column(bookings: &[(u16, u16)]) -> Vec<(u16, u16, u16)> {
        let booking =
            |&(from, to): &(u16, u16)| Booking::new(Span { from, to }, Mark::Block, String::new(), "Møde".to_owned());
        let empty = Column {
            key: Uuid::nil(),
            initials: "JH".to_owned(),
            name: "Jens Holm".to_owned(),
            working: vec![],
            closed: None,
            bookings: vec![],
        };
        let column = empty.with_bookings(bookings.iter().map(booking).collect());
        column.bookings.iter().map(|booking| (booking.from, booking.lane, booking.lanes)).collect()
    }

    #[test]
    fn bookings_at_the_same_time_stand_side_by_side() {
        assert_eq!(column(&[]), []);
        assert_eq!(column(&[(480, 510), (510, 540)]), [(480, 0, 1), (510, 0, 1)], "one after the other");
        assert_eq!(column(&[(490, 520), (480, 510)]), [(480, 0, 2), (490, 1, 2)], "in any order");
        assert_eq!(
            column(&[(480, 600), (480, 510), (510, 540), (600, 630)]),
            [(480, 0, 2), (480, 1, 2), (510, 1, 2), (600, 0, 1)],
            "a place that is free again is used again"
        );
        assert_eq!(column(&[(480, 540), (480, 540), (480, 540)]), [(480, 0, 3), (480, 1, 3), (480, 2, 3)]);
    }

    #[test]
    fn neighbours_closed_for_one_reason_are_named_once() {
        let column = |closed: Option<&str>| Column {
            key: Uuid::nil(),
            initials: String::new(),
            name: String::new(),
            working: vec![],
            closed: closed.map(str::to_owned),
            bookings: vec![],
        };
        let day = Day {
            date: NaiveDate::default(),
            raster: 15,
            opens: Span { from: 480, to: 960 },
            columns: vec![
                column(Some("Ferie")),
                column(Some("Ferie")),
                column(None),
                column(Some("Ferie")),
                column(Some("Kursus")),
            ],
            notice: None,
        };
        assert_eq!(day.closed(), [(0..2, "Ferie"), (3..4, "Ferie"), (4..5, "Kursus")]);
    }
}
