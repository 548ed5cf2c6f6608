//! The times that a patient would be offered on a day, over the day's columns, and the cell that
//! is asked about.

use iced::keyboard::{Modifiers, key::Named};
use iced::{Point, Rectangle, Size, Vector};

use super::Day;
use super::places::Places;

/// A day seen as a patient.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offers {
    /// One for each column of the day, in its order.
    pub columns: Vec<Offered>,
    /// The cell whose reason is told elsewhere.
    pub asked: Option<Cell>,
}

/// What one practitioner has for the patient.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offered {
    /// In order.
    pub times: Vec<Time>,
    /// In the head of the column: «3 tider».
    pub summary: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Time {
    /// The minute of the day at which it begins.
    pub from: u16,
    /// «10.15».
    pub words: String,
}

/// A time of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    pub column: usize,
    pub minute: u16,
}

const DAY: u16 = 24 * 60;
/// The least height of an offered time, where its neighbours leave room for it.
const LOWEST_TIME: f32 = 16.0;

impl Offers {
    fn times(&self, column: usize) -> &[Time] {
        self.columns.get(column).map_or(&[], |offered| &offered.times)
    }

    /// Where the keyboard begins: at what was asked about last, else at the earliest time.
    pub(super) fn first_cell(&self, day: &Day) -> Cell {
        let times = (0..day.columns.len())
            .filter_map(|column| Some(Cell { column, minute: self.times(column).first()?.from }))
            .min_by_key(|cell| (cell.minute, cell.column));
        self.asked.or(times).unwrap_or(Cell { column: 0, minute: day.opens.from })
    }

    /// The offered time that begins in the row of the raster that holds this minute, else the
    /// row's own first minute.
    pub(super) fn snapped(&self, day: &Day, column: usize, minute: u16) -> Cell {
        let row = row_of(minute, day.raster);
        let time = self.times(column).iter().find(|time| row_of(time.from, day.raster) == row);
        Cell { column, minute: time.map_or(row, |time| time.from) }
    }

    /// The cell under the pointer: an offered time as it is drawn, else a row.
    pub(super) fn cell_at(&self, day: &Day, places: &Places, at: Point) -> Option<Cell> {
        let column = places.columns_in_sight().find(|column| places.x(column + 1) > at.x)?;
        let pressed = |time: &&Time| self.place(places, day.raster, column, time).contains(at);
        match self.times(column).iter().find(pressed) {
            Some(time) => Some(Cell { column, minute: time.from }),
            None => Some(Cell { column, minute: row_of(places.minute(at.y), day.raster) }),
        }
    }

    /// Where an offered time is drawn: in the row it begins in, however long it lasts, as the
    /// next one may begin before it ends.
    pub(super) fn place(&self, places: &Places, raster: u16, column: usize, time: &Time) -> Rectangle {
        let row = places.field(column..column + 1, time.from, time.from + raster);
        let neighbours = self.times(column).iter().map(|other| other.from.abs_diff(time.from));
        let nearest = neighbours.filter(|minutes| *minutes > 0).min();
        let room = nearest.map_or(f32::MAX, |minutes| places.y(time.from + minutes) - row.y);
        let height = row.height.max(LOWEST_TIME.min(room));
        Rectangle::new(Point::new(row.x + 3.0, row.y + 1.0), Size::new(row.width - 5.0, height - 1.0))
    }
}

fn row_of(minute: u16, raster: u16) -> u16 {
    (minute.min(DAY - 1) / raster) * raster
}

/// The cell an arrow leads to from this one; `None` for any other key.
pub(super) fn stepped(
    offers: &Offers,
    day: &Day,
    from: Cell,
    (key, modifiers): (Named, Modifiers),
    rows_in_sight: u16,
) -> Option<Cell> {
    if !modifiers.is_empty() {
        return None;
    }
    let row = row_of(from.minute, day.raster);
    let last = row_of(DAY, day.raster);
    let page = rows_in_sight.saturating_sub(1).max(1).saturating_mul(day.raster);
    let (column, minute) = match key {
        Named::ArrowLeft => (from.column.saturating_sub(1), row),
        Named::ArrowRight => ((from.column + 1).min(day.columns.len().saturating_sub(1)), row),
        Named::ArrowUp => (from.column, row.saturating_sub(day.raster)),
        Named::ArrowDown => (from.column, row + day.raster),
        Named::PageUp => (from.column, row.saturating_sub(page)),
        Named::PageDown => (from.column, row.saturating_add(page)),
        _ => return None,
    };
    Some(offers.snapped(day, column, minute.min(last)))
}

/// The least scroll from the present one that shows a cell.
pub(super) fn revealing(places: &Places, raster: u16, cell: Cell) -> Vector {
    let field = places.field(cell.column..cell.column + 1, cell.minute, cell.minute + raster);
    let body = places.body;
    let by = |from: f32, length: f32, first: f32, room: f32| match (from - first, from + length - first - room) {
        (before, _) if before < 0.0 => before,
        (_, after) if after > 0.0 => after,
        _ => 0.0,
    };
    let by = Vector::new(by(field.x, field.width, body.x, body.width), by(field.y, field.height, body.y, body.height));
    places.within(places.scroll() + by)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::ui::timetable::{Column, Span};

    fn day(columns: usize, raster: u16) -> Day {
        let column = Column {
            key: uuid::Uuid::nil(),
            initials: "JH".to_owned(),
            name: "Jens Holm".to_owned(),
            working: vec![],
            closed: None,
            bookings: vec![],
        };
        Day {
            date: NaiveDate::default(),
            raster,
            opens: Span { from: 480, to: 960 },
            columns: vec![column; columns],
            notice: None,
        }
    }

    fn offers(columns: &[&[u16]]) -> Offers {
        let time = |from: &u16| Time { from: *from, words: String::new() };
        let offered = |times: &&[u16]| Offered { times: times.iter().map(time).collect(), summary: String::new() };
        Offers { columns: columns.iter().map(offered).collect(), asked: None }
    }

    fn cell(column: usize, minute: u16) -> Cell {
        Cell { column, minute }
    }

    #[test]
    fn the_keyboard_begins_where_there_is_something() {
        let day = day(3, 15);
        assert_eq!(offers(&[&[], &[600], &[540, 600]]).first_cell(&day), cell(2, 540));
        assert_eq!(offers(&[&[], &[], &[]]).first_cell(&day), cell(0, 480), "else where the day opens");
        let asked = Offers { asked: Some(cell(1, 720)), ..offers(&[&[480]]) };
        assert_eq!(asked.first_cell(&day), cell(1, 720));
    }

    #[test]
    fn arrows_go_from_row_to_row_and_stay_inside_the_day() {
        let (day, offers) = (day(2, 15), offers(&[&[485], &[]]));
        let step = |from, key| stepped(&offers, &day, from, (key, Modifiers::empty()), 20);
        assert_eq!(step(cell(0, 540), Named::ArrowDown), Some(cell(0, 555)));
        assert_eq!(step(cell(0, 540), Named::ArrowUp), Some(cell(0, 525)));
        assert_eq!(step(cell(0, 540), Named::ArrowRight), Some(cell(1, 540)));
        assert_eq!(step(cell(1, 540), Named::ArrowRight), Some(cell(1, 540)), "there is no third column");
        assert_eq!(step(cell(0, 540), Named::ArrowLeft), Some(cell(0, 540)));
        assert_eq!(step(cell(0, 495), Named::ArrowUp), Some(cell(0, 485)), "a time is found in its row");
        assert_eq!(step(cell(0, 485), Named::ArrowDown), Some(cell(0, 495)), "and left for the next row");
        assert_eq!(step(cell(0, 0), Named::ArrowUp), Some(cell(0, 0)));
        assert_eq!(step(cell(0, 1425), Named::ArrowDown), Some(cell(0, 1425)), "the day ends at midnight");
        assert_eq!(step(cell(0, 540), Named::PageDown), Some(cell(0, 825)), "one row of the page before is seen");
        assert_eq!(step(cell(0, 540), Named::Home), None, "other keys keep their meaning");
        assert_eq!(stepped(&offers, &day, cell(0, 540), (Named::ArrowLeft, Modifiers::CTRL), 20), None);
    }

    #[test]
    fn a_press_means_the_time_that_is_drawn_there_or_the_row() {
        let (day, offers) = (day(2, 30), offers(&[&[], &[495, 540]]));
        let bounds = Rectangle::with_size(Size::new(800.0, 600.0));
        let places = Places::new(&day, bounds, Places::opening(&day, bounds));
        let at = |column: usize, minute: u16| {
            let field = places.field(column..column + 1, minute, minute + 30);
            offers.cell_at(&day, &places, Point::new(field.center_x(), field.y + 3.0))
        };
        assert_eq!(at(0, 540), Some(cell(0, 540)));
        assert_eq!(at(0, 555), Some(cell(0, 540)), "the middle of a row is the row");
        assert_eq!(at(1, 480), Some(cell(1, 480)), "above the time");
        assert_eq!(at(1, 495), Some(cell(1, 495)));
        assert_eq!(at(1, 510), Some(cell(1, 495)), "a time that begins in the middle of a row");
    }

    #[test]
    fn what_the_keyboard_reaches_is_in_sight() {
        let (day, offers) = (day(20, 15), offers(&[]));
        let bounds = Rectangle::with_size(Size::new(800.0, 600.0));
        let mut places = Places::new(&day, bounds, Places::opening(&day, bounds));
        for target in [cell(0, 0), cell(19, 1425), cell(7, 720)] {
            let scroll = revealing(&places, day.raster, target);
            places = Places::new(&day, bounds, scroll);
            let field = places.field(target.column..target.column + 1, target.minute, target.minute + 15);
            assert!(field.is_within(&places.body.expand(1.0)), "{target:?} at {field:?}");
            assert_eq!(revealing(&places, day.raster, target), scroll, "what is in sight does not move");
        }
        assert_eq!(offers.snapped(&day, 3, 487), cell(3, 480));
    }
}
