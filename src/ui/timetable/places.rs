//! Where everything of a day lies in the room the window gives it.

use iced::{Point, Rectangle, Size, Vector};

use super::{Booking, Day};

const HEADER: f32 = 44.0;
const LABELS: f32 = 52.0;
/// A narrower column holds no name; then the day scrolls sideways.
const NARROWEST: f32 = 112.0;
/// A row of a quarter that can be read, and one that wastes no room.
const QUARTER: (f32, f32) = (20.0, 26.0);
/// The least height of a row, whatever its minutes.
const LOWEST_ROW: f32 = 12.0;
pub const SCROLLBAR: f32 = 10.0;
const MINUTES: f32 = 24.0 * 60.0;

#[derive(Clone, Copy, Debug)]
pub struct Places {
    bounds: Rectangle,
    pub header: Rectangle,
    pub labels: Rectangle,
    pub body: Rectangle,
    /// The height of a row of the raster.
    pub row: f32,
    raster: f32,
    column: f32,
    columns: usize,
    scroll: Vector,
}

impl Places {
    pub fn new(day: &Day, bounds: Rectangle, scroll: Vector) -> Self {
        let columns = day.columns.len().max(1);
        let width = (bounds.width - LABELS - SCROLLBAR).max(1.0);
        let column = (width / columns as f32).max(NARROWEST);
        let sideways = if column * columns as f32 > width + 0.5 { SCROLLBAR } else { 0.0 };
        let height = (bounds.height - HEADER - sideways).max(1.0);
        let body = Rectangle::new(Point::new(bounds.x + LABELS, bounds.y + HEADER), Size::new(width, height));
        let raster = f32::from(day.raster);
        let span = f32::from(day.opens.to - day.opens.from).max(raster);
        let (least, most) = (QUARTER.0 * raster / 15.0, QUARTER.1 * raster / 15.0);
        let row = (height * raster / span).clamp(least, most).max(LOWEST_ROW).floor();
        let mut places = Self {
            bounds,
            header: Rectangle::new(Point::new(body.x, bounds.y), Size::new(width, HEADER)),
            labels: Rectangle::new(Point::new(bounds.x, body.y), Size::new(LABELS, height)),
            body,
            row,
            raster,
            column,
            columns,
            scroll,
        };
        places.scroll = places.within(scroll);
        places
    }

    /// The scroll at which the day opens: its first working hour is the first row.
    pub fn opening(day: &Day, bounds: Rectangle) -> Vector {
        let places = Self::new(day, bounds, Vector::ZERO);
        places.within(Vector::new(0.0, places.height(day.opens.from)))
    }

    pub fn bounds(&self) -> Rectangle {
        self.bounds
    }

    pub fn scroll(&self) -> Vector {
        self.scroll
    }

    /// The nearest scroll there is.
    pub fn within(&self, scroll: Vector) -> Vector {
        let most = self.content();
        Vector::new(
            scroll.x.clamp(0.0, (most.width - self.body.width).max(0.0)).round(),
            scroll.y.clamp(0.0, (most.height - self.body.height).max(0.0)).round(),
        )
    }

    pub fn content(&self) -> Size {
        Size::new(self.column * self.columns as f32, self.height_of(MINUTES))
    }

    fn height_of(&self, minutes: f32) -> f32 {
        minutes * self.row / self.raster
    }

    fn height(&self, minutes: u16) -> f32 {
        self.height_of(f32::from(minutes))
    }

    pub fn y(&self, minute: u16) -> f32 {
        (self.body.y + self.height(minute) - self.scroll.y).round()
    }

    /// The minute of the day at a height of the window.
    pub fn minute(&self, y: f32) -> u16 {
        let minute = (y - self.body.y + self.scroll.y) * self.raster / self.row;
        minute.clamp(0.0, MINUTES - 1.0) as u16
    }

    /// The left edge of a column; of the one after the last, the right edge of all.
    pub fn x(&self, column: usize) -> f32 {
        (self.body.x + self.column * column as f32 - self.scroll.x).round()
    }

    pub fn column_width(&self) -> f32 {
        self.column
    }

    /// The columns of which something can be seen.
    pub fn columns_in_sight(&self) -> std::ops::Range<usize> {
        let first = (self.scroll.x / self.column) as usize;
        let last = ((self.scroll.x + self.body.width) / self.column).ceil() as usize;
        first.min(self.columns)..last.min(self.columns)
    }

    /// The minutes of which something can be seen, in whole rows.
    pub fn minutes_in_sight(&self) -> std::ops::Range<u16> {
        let first = (self.scroll.y / self.row).floor() * self.raster;
        let last = ((self.scroll.y + self.body.height) / self.row).ceil() * self.raster;
        first as u16..last.min(MINUTES) as u16
    }

    /// From one time to another over some columns.
    pub fn field(&self, columns: std::ops::Range<usize>, from: u16, to: u16) -> Rectangle {
        let (left, top) = (self.x(columns.start), self.y(from));
        Rectangle::new(Point::new(left, top), Size::new(self.x(columns.end) - left, self.y(to) - top))
    }

    pub fn booking(&self, column: usize, booking: &Booking) -> Rectangle {
        const AIR: f32 = 2.0;
        let field = self.field(column..column + 1, booking.from, booking.to);
        let (left, width) = (field.x + 1.0 + AIR, field.width - 1.0 - 2.0 * AIR);
        let lane = |lane: u16| (left + width * f32::from(lane) / f32::from(booking.lanes)).round();
        let right = lane(booking.lane + 1) - if booking.lane + 1 < booking.lanes { AIR } else { 0.0 };
        let x = lane(booking.lane);
        Rectangle::new(Point::new(x, field.y + 1.0), Size::new(right - x, (field.height - 1.0).max(6.0)))
    }

    /// The rail of the vertical scrollbar and its thumb; `None` when all can be seen.
    pub fn upright_bar(&self) -> Option<(Rectangle, Rectangle)> {
        let rail = Rectangle::new(
            Point::new(self.body.x + self.body.width, self.body.y),
            Size::new(SCROLLBAR, self.body.height),
        );
        let (at, length) = thumb(self.scroll.y, self.body.height, self.content().height)?;
        let place = Point::new(rail.x + 2.0, rail.y + at);
        Some((rail, Rectangle::new(place, Size::new(SCROLLBAR - 4.0, length))))
    }

    /// The same for the horizontal one.
    pub fn level_bar(&self) -> Option<(Rectangle, Rectangle)> {
        let rail = Rectangle::new(
            Point::new(self.body.x, self.body.y + self.body.height),
            Size::new(self.body.width, SCROLLBAR),
        );
        let (at, length) = thumb(self.scroll.x, self.body.width, self.content().width)?;
        let place = Point::new(rail.x + at, rail.y + 2.0);
        Some((rail, Rectangle::new(place, Size::new(length, SCROLLBAR - 4.0))))
    }
}

/// Where on its rail a thumb begins, and how long it is.
fn thumb(scroll: f32, seen: f32, all: f32) -> Option<(f32, f32)> {
    (all > seen + 0.5).then(|| {
        let length = (seen * seen / all).max(24.0).min(seen);
        (scroll / (all - seen) * (seen - length), length)
    })
}
