//! What is chosen in a sheet, and where the arrows lead from it.

use iced::keyboard::{Modifiers, key::Named};
use uuid::Uuid;

use super::{Booking, Sheet, Span, Whose};

pub(super) const DAY: u16 = 24 * 60;

/// A booking, or a free time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// From the row it was begun in to the one that was reached, whichever is the earlier.
    Time { column: Whose, anchor: u16, reached: u16 },
    /// `minute`: from where the arrows go on.
    Booking { key: Uuid, column: Whose, minute: u16 },
}

/// A time of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    pub column: Whose,
    pub minute: u16,
}

impl Chosen {
    pub const fn time(at: Spot) -> Self {
        Self::Time { column: at.column, anchor: at.minute, reached: at.minute }
    }

    /// Where the keyboard is.
    pub const fn spot(self) -> Spot {
        match self {
            Self::Time { column, reached: minute, .. } | Self::Booking { column, minute, .. } => {
                Spot { column, minute }
            }
        }
    }
}

impl Sheet {
    /// The first minute of the row that holds this one.
    pub fn row_of(&self, minute: u16) -> u16 {
        (minute.min(DAY - 1) / self.raster) * self.raster
    }

    /// What a press on a column at a minute, on no box, or a key that leads there, chooses.
    pub fn at(&self, spot: Spot) -> Chosen {
        let Spot { column, minute } = spot;
        let booked = self.place_of(column).and_then(|place| self.booked_at(place, minute));
        match booked {
            Some(booking) => Chosen::Booking { key: booking.key, column, minute },
            None => {
                let row = self.place_of(column).and_then(|place| self.free_row(place, minute));
                Chosen::time(Spot { column, minute: row.map_or(self.row_of(minute), |row| row.from) })
            }
        }
    }

    fn booked_at(&self, place: usize, minute: u16) -> Option<&Booking> {
        self.columns.get(place)?.bookings.iter().find(|booking| booking.span().holds(minute))
    }

    /// The free time around a minute, from booking to booking; `None` where one stands.
    pub fn gap(&self, place: usize, minute: u16) -> Option<Span> {
        let bookings = &self.columns.get(place)?.bookings;
        if bookings.iter().any(|booking| booking.span().holds(minute)) {
            return None;
        }
        let before = bookings.iter().map(|booking| booking.to).filter(|to| *to <= minute).max();
        let after = bookings.iter().map(|booking| booking.from).filter(|from| *from > minute).min();
        Some(Span { from: before.unwrap_or(0), to: after.unwrap_or(DAY) })
    }

    /// What of the row around a minute is free.
    fn free_row(&self, place: usize, minute: u16) -> Option<Span> {
        let (gap, row) = (self.gap(place, minute)?, self.row_of(minute));
        Some(Span { from: row.max(gap.from), to: (row + self.raster).min(gap.to) })
    }

    /// The time that is chosen: whole rows as far as they are free.
    pub fn span(&self, column: Whose, anchor: u16, reached: u16) -> Span {
        let whole = Span { from: self.row_of(anchor.min(reached)), to: self.row_of(anchor.max(reached)) + self.raster };
        match self.place_of(column).and_then(|place| self.gap(place, anchor)) {
            Some(gap) => Span { from: whole.from.max(gap.from), to: whole.to.min(gap.to) },
            None => whole,
        }
    }

    /// A booking and its column.
    pub fn find(&self, key: Uuid) -> Option<(usize, &Booking)> {
        let columns = self.columns.iter().enumerate();
        columns
            .flat_map(|(place, column)| column.bookings.iter().map(move |it| (place, it)))
            .find(|(_, it)| it.key == key)
    }

    /// A booking in this column: one that lasts over midnight stands in two.
    pub fn find_in(&self, column: Whose, key: Uuid) -> Option<(usize, &Booking)> {
        let place = self.place_of(column)?;
        self.columns[place].bookings.iter().find(|booking| booking.key == key).map(|booking| (place, booking))
    }

    /// The same after the sheet has changed: a booking wherever it stands now, or what stands in its place.
    pub fn settled(&self, chosen: Chosen) -> Option<Chosen> {
        match chosen {
            Chosen::Booking { key, column, minute } => match self.find_in(column, key).or_else(|| self.find(key)) {
                Some((place, booking)) => {
                    let minute = if booking.span().holds(minute) { minute } else { booking.from };
                    Some(Chosen::Booking { key, column: self.columns[place].whose, minute })
                }
                None => self.place_of(column).map(|_| self.at(Spot { column, minute })),
            },
            Chosen::Time { column, anchor, reached } => {
                let place = self.place_of(column)?;
                let free = self.gap(place, anchor).is_some_and(|gap| gap.holds(reached));
                Some(if free { chosen } else { self.at(Spot { column, minute: anchor }) })
            }
        }
    }

    /// Where the keyboard begins.
    pub(super) fn first_spot(&self, now: Option<Spot>) -> Option<Spot> {
        let first = self.columns.first()?;
        Some(now.unwrap_or(Spot { column: first.whose, minute: self.opens.from }))
    }

    /// Where a key leads from what is chosen; `None` for any other key. `rows`: as many as are in sight.
    pub(super) fn stepped(&self, from: Chosen, key: Named, modifiers: Modifiers, rows: u16) -> Option<Chosen> {
        let spot = from.spot();
        let place = self.place_of(spot.column)?;
        if modifiers == Modifiers::SHIFT {
            return self.extended(from, key);
        }
        if !modifiers.is_empty() {
            return None;
        }
        let own = match from {
            Chosen::Booking { key, .. } => self.find(key).map(|(_, booking)| booking),
            Chosen::Time { .. } => None,
        };
        let span = own.map(Booking::span).or_else(|| self.free_row(place, spot.minute));
        let row = self.row_of(spot.minute);
        let span = span.unwrap_or(Span { from: row, to: row + self.raster });
        let down = |place: usize, minute: u16| {
            Some(self.at(Spot { column: self.columns.get(place)?.whose, minute: minute.min(DAY - 1) }))
        };
        let page = rows.saturating_sub(1).max(1).saturating_mul(self.raster);
        match key {
            Named::ArrowUp => down(place, span.from.saturating_sub(1)),
            Named::ArrowDown if span.to >= DAY => Some(from),
            Named::ArrowDown => down(place, span.to),
            Named::PageUp => down(place, row.saturating_sub(page)),
            Named::PageDown => down(place, row.saturating_add(page).min(DAY - self.raster)),
            Named::ArrowLeft => own
                .and_then(|own| self.beside(place, own, spot.minute, Beside::Left))
                .or_else(|| down(place.checked_sub(1)?, spot.minute))
                .or(Some(from)),
            Named::ArrowRight => own
                .and_then(|own| self.beside(place, own, spot.minute, Beside::Right))
                .or_else(|| down(place + 1, spot.minute))
                .or(Some(from)),
            _ => None,
        }
    }

    /// The nearest of the bookings that stand beside one in the same column.
    fn beside(&self, place: usize, own: &Booking, minute: u16, side: Beside) -> Option<Chosen> {
        let column = self.columns.get(place)?;
        let others = column.bookings.iter().filter(|other| other.from < own.to && own.from < other.to);
        let away = |other: &Booking| match side {
            Beside::Left => own.lane.checked_sub(other.lane),
            Beside::Right => other.lane.checked_sub(own.lane),
        };
        let nearest = others
            .filter_map(|other| Some((away(other).filter(|lanes| *lanes > 0)?, other)))
            .min_by_key(|(lanes, other)| (*lanes, other.from.abs_diff(minute)));
        nearest.map(|(_, other)| Chosen::Booking {
            key: other.key,
            column: column.whose,
            minute: other.from.max(minute.min(other.to - 1)),
        })
    }

    /// A free time that becomes longer or shorter, as far as it is free.
    fn extended(&self, from: Chosen, key: Named) -> Option<Chosen> {
        let Chosen::Time { column, anchor, reached } = from else { return None };
        let row = self.row_of(reached);
        let further = match key {
            Named::ArrowUp => row.checked_sub(1)?,
            Named::ArrowDown => row + self.raster,
            _ => return None,
        };
        let free = self.place_of(column).and_then(|place| self.free_row(place, further));
        let same_gap = |row: &Span| {
            self.place_of(column).and_then(|place| self.gap(place, anchor)).is_some_and(|gap| gap.holds(row.from))
        };
        let reached = free.filter(same_gap).map_or(reached, |row| row.from);
        Some(Chosen::Time { column, anchor, reached })
    }

    /// The row a key leads to, whatever stands there: where something is to be put.
    pub(super) fn row_stepped(&self, from: Spot, key: Named, modifiers: Modifiers, rows: u16) -> Option<Spot> {
        if !modifiers.is_empty() {
            return None;
        }
        let place = self.place_of(from.column)?;
        let row = self.row_of(from.minute);
        let last = DAY - self.raster;
        let page = rows.saturating_sub(1).max(1).saturating_mul(self.raster);
        let minute = match key {
            // What begins between two rows comes to the nearest one.
            Named::ArrowUp if from.minute > row => row,
            Named::ArrowUp => row.saturating_sub(self.raster),
            Named::ArrowDown => (row + self.raster).min(last),
            Named::PageUp => row.saturating_sub(page),
            Named::PageDown => row.saturating_add(page).min(last),
            Named::ArrowLeft | Named::ArrowRight => from.minute,
            _ => return None,
        };
        let place = match key {
            Named::ArrowLeft => place.saturating_sub(1),
            Named::ArrowRight => (place + 1).min(self.columns.len() - 1),
            _ => place,
        };
        Some(Spot { column: self.columns[place].whose, minute })
    }
}

#[derive(Clone, Copy, Debug)]
enum Beside {
    Left,
    Right,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ui::timetable::model::samples::{self, sheet};

    fn none() -> Modifiers {
        Modifiers::empty()
    }

    fn span_of(sheet: &Sheet, chosen: Chosen) -> (u16, u16) {
        let span = match chosen {
            Chosen::Time { column, anchor, reached } => sheet.span(column, anchor, reached),
            Chosen::Booking { key, .. } => sheet.find(key).unwrap().1.span(),
        };
        (span.from, span.to)
    }

    fn walk(sheet: &Sheet, start: u16, keys: &[(Named, Modifiers)]) -> Vec<(u16, u16)> {
        let mut chosen = sheet.at(Spot { column: sheet.columns[0].whose, minute: start });
        let mut seen = vec![span_of(sheet, chosen)];
        for (key, modifiers) in keys {
            chosen = sheet.stepped(chosen, *key, *modifiers, 20).unwrap();
            seen.push(span_of(sheet, chosen));
        }
        seen
    }

    #[test]
    fn arrows_go_from_row_to_row_and_over_bookings_in_one_step() {
        let sheet = sheet(15, &[&[&[(540, 585), (585, 600)], &[]]]);
        let down = (Named::ArrowDown, none());
        let up = (Named::ArrowUp, none());
        let seen = walk(&sheet, 525, &[down, down, down, up, up, up]);
        assert_eq!(seen, [(525, 540), (540, 585), (585, 600), (600, 615), (585, 600), (540, 585), (525, 540)]);
        let first = walk(&sheet, 0, &[up, (Named::ArrowLeft, none())]);
        assert_eq!(first, [(0, 15); 3], "the sheet has edges");
        let last = walk(&sheet, 1425, &[down, (Named::ArrowRight, none()), (Named::ArrowRight, none())]);
        assert_eq!(last, [(1425, 1440); 4]);
    }

    #[test]
    fn what_begins_or_ends_inside_a_row_leaves_the_rest_of_it_free() {
        let sheet = sheet(15, &[&[&[(480, 490), (520, 540)]]]);
        let down = (Named::ArrowDown, none());
        assert_eq!(walk(&sheet, 480, &[down, down, down]), [(480, 490), (490, 495), (495, 510), (510, 520)]);
    }

    #[test]
    fn arrows_come_to_what_stands_beside_in_the_same_column() {
        let sheet = sheet(15, &[&[&[(480, 600), (480, 510), (520, 540)], &[]]]);
        let right = (Named::ArrowRight, none());
        let left = (Named::ArrowLeft, none());
        assert_eq!(
            walk(&sheet, 480, &[right, left, right, right]),
            [(480, 600), (480, 510), (480, 600), (480, 510), (480, 495)]
        );
        assert_eq!(walk(&sheet, 525, &[right]), [(480, 600), (520, 540)], "the one at the height of the cursor");
    }

    #[test]
    fn shift_and_an_arrow_lengthen_a_time_as_far_as_it_is_free() {
        let sheet = sheet(15, &[&[&[(570, 600)]]]);
        let longer = (Named::ArrowDown, Modifiers::SHIFT);
        let shorter = (Named::ArrowUp, Modifiers::SHIFT);
        let seen = walk(&sheet, 540, &[longer, longer, shorter, shorter]);
        assert_eq!(seen, [(540, 555), (540, 570), (540, 570), (540, 555), (525, 555)]);
        let booking = sheet.at(Spot { column: sheet.columns[0].whose, minute: 570 });
        assert_eq!(sheet.stepped(booking, Named::ArrowDown, Modifiers::SHIFT, 20), None);
        // A short appointment in the middle of a row ends it too.
        let coarse = samples::sheet(30, &[&[&[(580, 590)]]]);
        let mut chosen = coarse.at(Spot { column: coarse.columns[0].whose, minute: 540 });
        for expected in [(540, 580), (540, 580)] {
            chosen = coarse.stepped(chosen, Named::ArrowDown, Modifiers::SHIFT, 20).unwrap();
            assert_eq!(span_of(&coarse, chosen), expected);
        }
        let spot = chosen.spot();
        assert_eq!(spot.minute, 570, "and the keyboard stays before it");
    }

    #[test]
    fn what_is_to_be_put_goes_from_row_to_row_over_whatever_stands_there() {
        let sheet = sheet(15, &[&[&[(480, 600)], &[]]]);
        let at = |place: usize, minute| Spot { column: sheet.columns[place].whose, minute };
        let step = |from, key| sheet.row_stepped(from, key, none(), 20);
        assert_eq!(step(at(0, 480), Named::ArrowDown), Some(at(0, 495)));
        assert_eq!(step(at(0, 490), Named::ArrowUp), Some(at(0, 480)));
        assert_eq!(step(at(0, 490), Named::ArrowRight), Some(at(1, 490)));
        assert_eq!(step(at(1, 490), Named::ArrowRight), Some(at(1, 490)));
        assert_eq!(step(at(0, 1425), Named::PageDown), Some(at(0, 1425)));
        assert_eq!(sheet.row_stepped(at(0, 480), Named::ArrowDown, Modifiers::CTRL, 20), None);
    }

    #[test]
    fn what_is_chosen_stays_itself_when_the_sheet_changes() {
        let before = sheet(15, &[&[&[(480, 510)], &[]]]);
        let (place, booking) = (0, before.columns[0].bookings[0].clone());
        let chosen = Chosen::Booking { key: booking.key, column: before.columns[place].whose, minute: 480 };
        let mut moved = before.clone();
        moved.columns[0].bookings.clear();
        moved.columns[1].bookings = vec![Booking { from: 600, to: 630, ..booking }];
        let whose = moved.columns[1].whose;
        assert_eq!(
            moved.settled(chosen),
            Some(Chosen::Booking { key: booking_key(&moved), column: whose, minute: 600 })
        );
        let mut gone = before.clone();
        gone.columns[0].bookings.clear();
        let free = Chosen::time(Spot { column: before.columns[0].whose, minute: 480 });
        assert_eq!(gone.settled(chosen), Some(free), "its time");
        assert_eq!(before.settled(free), Some(chosen), "and what comes to stand on a time");
        gone.columns.clear();
        assert_eq!(gone.settled(free), None);
    }

    fn booking_key(sheet: &Sheet) -> Uuid {
        sheet.columns[1].bookings[0].key
    }

    prop_compose! {
        fn bookings()(spans in prop::collection::vec((0..287u16, 1..36u16), 0..16)) -> Vec<(u16, u16)> {
            spans.into_iter().map(|(from, length)| (from * 5, ((from + length) * 5).min(DAY))).collect()
        }
    }

    proptest! {
        #[test]
        fn a_free_time_holds_its_row_and_touches_no_booking(
            bookings in bookings(),
            raster in prop::sample::select(vec![5u16, 10, 15, 20, 30]),
            anchor in 0..DAY,
            reached in 0..DAY,
        ) {
            let sheet = sheet(raster, &[&[&bookings]]);
            let column = sheet.columns[0].whose;
            let Chosen::Time { anchor, .. } = sheet.at(Spot { column, minute: anchor }) else { return Ok(()) };
            let span = sheet.span(column, anchor, reached);
            prop_assert!(span.holds(anchor), "{:?}", span);
            prop_assert!(span.to <= DAY);
            prop_assert!(sheet.columns[0].bookings.iter().all(|it| it.to <= span.from || span.to <= it.from));
        }

        #[test]
        fn down_and_down_again_comes_through_the_whole_day_and_up_comes_back(
            bookings in bookings(),
            raster in prop::sample::select(vec![5u16, 10, 15, 20, 30]),
        ) {
            let sheet = sheet(raster, &[&[&bookings]]);
            let column = sheet.columns[0].whose;
            for (key, start, end) in [(Named::ArrowDown, 0, DAY - 1), (Named::ArrowUp, DAY - 1, 0)] {
                let mut chosen = sheet.at(Spot { column, minute: start });
                for _ in 0..400 {
                    chosen = sheet.stepped(chosen, key, Modifiers::empty(), 20).unwrap();
                }
                let (from, to) = span_of(&sheet, chosen);
                prop_assert!(from <= end && end < to, "{from}–{to}");
            }
        }
    }
}
