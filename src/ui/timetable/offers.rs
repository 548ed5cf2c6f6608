//! The times that a patient would be offered on a day, over the day's columns, and the one that
//! is asked about.

use iced::keyboard::{Modifiers, key::Named};
use iced::{Point, Rectangle, Size};
use uuid::Uuid;

use super::places::Places;
use super::{Sheet, Spot};

/// A day seen as a patient.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offers {
    pub columns: Vec<Offered>,
    /// The time whose reason is told elsewhere.
    pub asked: Option<Spot>,
}

/// What one practitioner has for the patient.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offered {
    /// The practitioner's id.
    pub key: Uuid,
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

/// The least height of an offered time, where its neighbours leave room for it.
const LOWEST_TIME: f32 = 16.0;

impl Offers {
    /// What a practitioner has.
    pub(super) fn of(&self, key: Uuid) -> Option<&Offered> {
        self.columns.iter().find(|offered| offered.key == key)
    }

    pub(super) fn times(&self, sheet: &Sheet, column: usize) -> &[Time] {
        let column = sheet.columns.get(column);
        column.and_then(|column| self.of(column.whose.key)).map_or(&[], |offered| &offered.times)
    }

    /// Where the keyboard begins: at what was asked about last, else at the earliest time.
    pub(super) fn first_spot(&self, sheet: &Sheet) -> Option<Spot> {
        let asked = self.asked.filter(|asked| sheet.place_of(asked.column).is_some());
        let times = sheet.columns.iter().enumerate().filter_map(|(place, column)| {
            Some((place, Spot { column: column.whose, minute: self.times(sheet, place).first()?.from }))
        });
        let earliest = times.min_by_key(|(place, spot)| (spot.minute, *place)).map(|(_, spot)| spot);
        asked.or(earliest).or_else(|| sheet.first_spot(None))
    }

    /// The offered time that begins in the row of the raster that holds this minute, else the
    /// row's own first minute.
    pub(super) fn snapped(&self, sheet: &Sheet, column: usize, minute: u16) -> Option<Spot> {
        let row = sheet.row_of(minute);
        let time = self.times(sheet, column).iter().find(|time| sheet.row_of(time.from) == row);
        Some(Spot { column: sheet.columns.get(column)?.whose, minute: time.map_or(row, |time| time.from) })
    }

    /// The time under the pointer: an offered one as it is drawn, else a row.
    pub(super) fn spot_at(&self, sheet: &Sheet, places: &Places, at: Point) -> Option<Spot> {
        let place = places.column_at(at.x)?;
        let column = sheet.columns.get(place)?.whose;
        let pressed = |time: &&Time| self.place(places, sheet, place, time).contains(at);
        let minute = match self.times(sheet, place).iter().find(pressed) {
            Some(time) => time.from,
            None => sheet.row_of(places.minute(at.y)),
        };
        Some(Spot { column, minute })
    }

    /// Where an offered time is drawn: in the row it begins in, however long it lasts, as the
    /// next one may begin before it ends.
    pub(super) fn place(&self, places: &Places, sheet: &Sheet, column: usize, time: &Time) -> Rectangle {
        let row = places.field(column..column + 1, time.from, time.from + sheet.raster);
        let neighbours = self.times(sheet, column).iter().map(|other| other.from.abs_diff(time.from));
        let nearest = neighbours.filter(|minutes| *minutes > 0).min();
        let room = nearest.map_or(f32::MAX, |minutes| places.y(time.from + minutes) - row.y);
        let height = row.height.max(LOWEST_TIME.min(room));
        Rectangle::new(Point::new(row.x + 3.0, row.y + 1.0), Size::new(row.width - 5.0, height - 1.0))
    }

    /// The time an arrow leads to from this one; `None` for any other key.
    pub(super) fn stepped(
        &self,
        sheet: &Sheet,
        from: Spot,
        (key, modifiers): (Named, Modifiers),
        rows_in_sight: u16,
    ) -> Option<Spot> {
        let row = Spot { minute: sheet.row_of(from.minute), ..from };
        let stepped = sheet.row_stepped(row, key, modifiers, rows_in_sight)?;
        self.snapped(sheet, sheet.place_of(stepped.column)?, stepped.minute)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::timetable::Span;
    use crate::ui::timetable::model::samples;

    fn sheet(columns: usize, raster: u16) -> Sheet {
        let none: Vec<&[(u16, u16)]> = vec![&[]; columns];
        samples::sheet(raster, &[&none])
    }

    fn offers(sheet: &Sheet, columns: &[&[u16]]) -> Offers {
        let time = |from: &u16| Time { from: *from, words: String::new() };
        let offered = |(times, column): (&&[u16], &crate::ui::timetable::Column)| Offered {
            key: column.whose.key,
            times: times.iter().map(time).collect(),
            summary: String::new(),
        };
        Offers { columns: columns.iter().zip(&sheet.columns).map(offered).collect(), asked: None }
    }

    fn spot(sheet: &Sheet, column: usize, minute: u16) -> Spot {
        Spot { column: sheet.columns[column].whose, minute }
    }

    #[test]
    fn the_keyboard_begins_where_there_is_something() {
        let sheet = sheet(3, 15);
        let first = |columns: &[&[u16]]| offers(&sheet, columns).first_spot(&sheet);
        assert_eq!(first(&[&[], &[600], &[540, 600]]), Some(spot(&sheet, 2, 540)));
        assert_eq!(first(&[&[], &[], &[]]), Some(spot(&sheet, 0, 480)), "else where the day opens");
        let asked = Offers { asked: Some(spot(&sheet, 1, 720)), ..offers(&sheet, &[&[480]]) };
        assert_eq!(asked.first_spot(&sheet), Some(spot(&sheet, 1, 720)));
    }

    #[test]
    fn arrows_go_from_row_to_row_and_stay_inside_the_day() {
        let sheet = sheet(2, 15);
        let offers = offers(&sheet, &[&[485], &[]]);
        let step = |(column, minute), key| {
            let reached = offers.stepped(&sheet, spot(&sheet, column, minute), (key, Modifiers::empty()), 20)?;
            Some((sheet.place_of(reached.column).unwrap(), reached.minute))
        };
        assert_eq!(step((0, 540), Named::ArrowDown), Some((0, 555)));
        assert_eq!(step((0, 540), Named::ArrowUp), Some((0, 525)));
        assert_eq!(step((0, 540), Named::ArrowRight), Some((1, 540)));
        assert_eq!(step((1, 540), Named::ArrowRight), Some((1, 540)), "there is no third column");
        assert_eq!(step((0, 540), Named::ArrowLeft), Some((0, 540)));
        assert_eq!(step((0, 495), Named::ArrowUp), Some((0, 485)), "a time is found in its row");
        assert_eq!(step((0, 485), Named::ArrowDown), Some((0, 495)), "and left for the next row");
        assert_eq!(step((0, 0), Named::ArrowUp), Some((0, 0)));
        assert_eq!(step((0, 1425), Named::ArrowDown), Some((0, 1425)), "the day ends at midnight");
        assert_eq!(step((0, 540), Named::PageDown), Some((0, 825)), "one row of the page before is seen");
        assert_eq!(step((0, 540), Named::Home), None, "other keys keep their meaning");
        assert_eq!(offers.stepped(&sheet, spot(&sheet, 0, 540), (Named::ArrowLeft, Modifiers::CTRL), 20), None);
    }

    #[test]
    fn a_press_means_the_time_that_is_drawn_there_or_the_row() {
        let sheet = sheet(2, 30);
        let offers = offers(&sheet, &[&[], &[495, 540]]);
        let bounds = Rectangle::with_size(Size::new(800.0, 600.0));
        let places = Places::new(&sheet, bounds, Places::opening(&sheet, bounds));
        let at = |column: usize, minute: u16| {
            let field = places.field(column..column + 1, minute, minute + 30);
            offers.spot_at(&sheet, &places, Point::new(field.center_x(), field.y + 3.0)).map(|spot| spot.minute)
        };
        assert_eq!(at(0, 540), Some(540));
        assert_eq!(at(0, 555), Some(540), "the middle of a row is the row");
        assert_eq!(at(1, 480), Some(480), "above the time");
        assert_eq!(at(1, 495), Some(495));
        assert_eq!(at(1, 510), Some(495), "a time that begins in the middle of a row");
    }

    #[test]
    fn what_the_keyboard_reaches_is_in_sight() {
        let sheet = sheet(20, 15);
        let bounds = Rectangle::with_size(Size::new(800.0, 600.0));
        let mut places = Places::new(&sheet, bounds, Places::opening(&sheet, bounds));
        for (column, minute) in [(0, 0), (19, 1425), (7, 720)] {
            let span = Span { from: minute, to: minute + 15 };
            let scroll = places.revealing(column, span);
            places = Places::new(&sheet, bounds, scroll);
            let field = places.field(column..column + 1, minute, minute + 15);
            assert!(field.is_within(&places.body.expand(1.0)), "{column} {minute} at {field:?}");
            assert_eq!(places.revealing(column, span), scroll, "what is in sight does not move");
        }
    }
}
