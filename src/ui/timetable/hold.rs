//! What the pointer has in hand: a booking, one of its edges, or a free time that is being dragged over.

use aftalebog_booking::bounded::Length;
use iced::Point;
use uuid::Uuid;

use super::chosen::DAY;
use super::places::Places;
use super::{Booking, Edge, Sheet, Span, Spot, Whose};

/// How close to its edge a booking is taken by it, in px, and how high a box is that has one at either end.
const NEAR: f32 = 5.0;
const ROOM_FOR_EDGES: f32 = 16.0;

/// A booking in hand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Grip {
    pub key: Uuid,
    pub column: Whose,
    pub span: Span,
    pub part: Part,
    /// Where it was taken.
    pub from: Point,
    pub minute: u16,
    /// Where it would come to; `None` until the pointer has moved far enough.
    pub to: Option<(Whose, Span)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Whole,
    Upper,
    Lower,
}

/// By what a press at this height takes a booking.
pub(super) fn part_at(places: &Places, place: usize, booking: &Booking, at: Point) -> Part {
    let area = places.booking(place, booking);
    let (above, below) = (at.y - area.y, area.y + area.height - at.y);
    if area.height < ROOM_FOR_EDGES {
        return if below < NEAR - 2.0 && booking.ends == Edge::Here { Part::Lower } else { Part::Whole };
    }
    match (booking.begins, booking.ends) {
        (_, Edge::Here) if below < NEAR => Part::Lower,
        (Edge::Here, _) if above < NEAR => Part::Upper,
        _ => Part::Whole,
    }
}

impl Grip {
    /// Where it comes to when the pointer is over a column at a minute of the day: on the raster, or where it was as
    /// long as the pointer has hardly moved.
    pub fn over(&self, sheet: &Sheet, column: Whose, minute: u16) -> (Whose, Span) {
        let raster = i32::from(sheet.raster);
        let by = i32::from(minute) - i32::from(self.minute);
        let hardly = 2 * by.abs() < raster;
        match self.part {
            Part::Whole if hardly && column == self.column => (column, self.span),
            Part::Whole => {
                // Aside alone, it keeps its time.
                let from = if hardly { self.span.from } else { nearest(sheet, i32::from(self.span.from) + by) };
                let from = from.min(DAY - sheet.raster);
                (column, Span { from, to: from + self.span.minutes() })
            }
            _ if hardly => (self.column, self.span),
            Part::Lower => (self.column, self.with_end(sheet, nearest(sheet, i32::from(self.span.to) + by))),
            Part::Upper => (self.column, self.with_beginning(sheet, nearest(sheet, i32::from(self.span.from) + by))),
        }
    }

    fn with_end(&self, sheet: &Sheet, to: u16) -> Span {
        let from = self.span.from;
        // The first line of the raster that leaves as much as an appointment must last.
        let least = (from + Length::MIN).div_ceil(sheet.raster) * sheet.raster;
        Span { from, to: to.clamp(least.min(DAY), (from + Length::MAX).min(DAY)) }
    }

    fn with_beginning(&self, sheet: &Sheet, from: u16) -> Span {
        let to = self.span.to;
        let latest = (to.saturating_sub(Length::MIN) / sheet.raster) * sheet.raster;
        Span { from: from.clamp(to.saturating_sub(Length::MAX).min(latest), latest), to }
    }
}

/// The nearest line of the raster.
fn nearest(sheet: &Sheet, minute: i32) -> u16 {
    let raster = i32::from(sheet.raster);
    let line = (minute + raster / 2).div_euclid(raster) * raster;
    line.clamp(0, i32::from(DAY)) as u16
}

/// What begins at a spot and lasts so long.
pub(super) fn lasting(spot: Spot, minutes: u16) -> Span {
    Span { from: spot.minute, to: spot.minute + minutes }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::ui::timetable::model::samples;

    fn grip(sheet: &Sheet, span: Span, part: Part, minute: u16) -> Grip {
        Grip { key: Uuid::nil(), column: sheet.columns[0].whose, span, part, from: Point::ORIGIN, minute, to: None }
    }

    const NINE: Span = Span { from: 540, to: 585 };

    #[test]
    fn a_booking_comes_to_the_nearest_line_of_the_raster() {
        let sheet = samples::sheet(15, &[&[&[], &[]]]);
        let [own, other] = [sheet.columns[0].whose, sheet.columns[1].whose];
        let held = grip(&sheet, NINE, Part::Whole, 550);
        let over = |column, minute| held.over(&sheet, column, minute);
        assert_eq!(over(own, 550), (own, NINE));
        assert_eq!(over(own, 557), (own, NINE), "hardly moved");
        assert_eq!(over(own, 558), (own, Span { from: 555, to: 600 }));
        assert_eq!(over(own, 542), (own, Span { from: 525, to: 570 }));
        assert_eq!(over(other, 550), (other, NINE), "the same time with another");
        assert_eq!(over(own, 0), (own, Span { from: 0, to: 45 }));
        let odd = grip(&sheet, Span { from: 550, to: 580 }, Part::Whole, 560);
        assert_eq!(odd.over(&sheet, other, 560), (other, Span { from: 550, to: 580 }), "aside it keeps its time");
        assert_eq!(odd.over(&sheet, own, 575), (own, Span { from: 570, to: 600 }));
    }

    #[test]
    fn an_edge_keeps_to_the_raster_and_to_what_an_appointment_may_last() {
        let sheet = samples::sheet(15, &[&[&[]]]);
        let own = sheet.columns[0].whose;
        let lower = grip(&sheet, NINE, Part::Lower, 584);
        assert_eq!(lower.over(&sheet, own, 614), (own, Span { from: 540, to: 615 }));
        assert_eq!(lower.over(&sheet, own, 400), (own, Span { from: 540, to: 555 }), "it stays a row high");
        assert_eq!(lower.over(&sheet, own, 1400), (own, Span { from: 540, to: 540 + Length::MAX }));
        let upper = grip(&sheet, NINE, Part::Upper, 541);
        assert_eq!(upper.over(&sheet, own, 511), (own, Span { from: 510, to: 585 }));
        assert_eq!(upper.over(&sheet, own, 900), (own, Span { from: 570, to: 585 }));
        assert_eq!(upper.over(&sheet, own, 0), (own, Span { from: 585 - Length::MAX, to: 585 }));
    }

    proptest! {
        #[test]
        fn a_drag_back_to_where_it_began_changes_nothing(
            from in 0..1400u16, minutes in 5..=480u16, grabbed in 0..1440u16,
            raster in prop::sample::select(vec![5u16, 10, 15, 20, 30]),
        ) {
            let sheet = samples::sheet(raster, &[&[&[]]]);
            let span = Span { from, to: from + minutes };
            for part in [Part::Whole, Part::Upper, Part::Lower] {
                let held = grip(&sheet, span, part, grabbed);
                prop_assert_eq!(held.over(&sheet, held.column, grabbed), (held.column, span));
            }
        }

        #[test]
        fn wherever_it_is_dragged_it_begins_on_a_line_within_the_day_and_lasts_as_it_may(
            from in 0..280u16, length in 1..=96u16, grabbed in 0..1440u16, minute in 0..1440u16,
            raster in prop::sample::select(vec![5u16, 10, 15, 20, 30]),
        ) {
            let sheet = samples::sheet(raster, &[&[&[]]]);
            let span = Span { from: from * 5, to: (from * 5 + length * 5).min(DAY) };
            for part in [Part::Whole, Part::Upper, Part::Lower] {
                let (_, to) = grip(&sheet, span, part, grabbed).over(&sheet, sheet.columns[0].whose, minute);
                prop_assert!(to.from < DAY);
                prop_assert!((Length::MIN..=Length::MAX).contains(&to.minutes()), "{:?}: {:?}", part, to);
                let changed = match part {
                    Part::Whole => {
                        prop_assert_eq!(to.minutes(), span.minutes());
                        to.from
                    }
                    Part::Upper => {
                        prop_assert_eq!(to.to, span.to);
                        to.from
                    }
                    Part::Lower => {
                        prop_assert_eq!(to.from, span.from);
                        to.to
                    }
                };
                let limit = [span.from + Length::MAX, span.to.saturating_sub(Length::MAX), DAY, span.from, span.to];
                prop_assert!(changed.is_multiple_of(raster) || limit.contains(&changed), "{:?}: {:?}", part, to);
            }
        }
    }
}
