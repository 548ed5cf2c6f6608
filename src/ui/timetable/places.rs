//! Where everything of a sheet lies in the room the window gives it.

use iced::{Point, Rectangle, Size, Vector};

use super::{Booking, Day, Sheet, Span};

const HEADER: f32 = 44.0;
/// Of several days: the day's heading, and the initials under it.
const HEADINGS: f32 = 24.0;
const INITIALS: f32 = 22.0;
const LABELS: f32 = 52.0;
/// A narrower column holds no name; then the sheet scrolls sideways.
const NARROWEST: f32 = 112.0;
/// Of several days there are many columns: each holds a code and the beginning of a name.
const NARROWEST_OF_MANY: f32 = 76.0;
/// A row of a quarter that can be read, and one that wastes no room.
const QUARTER: (f32, f32) = (20.0, 26.0);
/// The least height of a row, whatever its minutes.
const LOWEST_ROW: f32 = 12.0;
pub const SCROLLBAR: f32 = 10.0;
const MINUTES: f32 = 24.0 * 60.0;

#[derive(Clone, Copy, Debug)]
pub struct Places {
    bounds: Rectangle,
    /// What stands above the body, and stays there.
    pub header: Rectangle,
    /// The upper part of the header with the headings of the days; without height where there is one day.
    pub headings: Rectangle,
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
    pub fn new(sheet: &Sheet, bounds: Rectangle, scroll: Vector) -> Self {
        let columns = sheet.columns.len();
        let (headings, header, narrowest) = match sheet.has_headings() {
            true => (HEADINGS, HEADINGS + INITIALS, NARROWEST_OF_MANY),
            false => (0.0, HEADER, NARROWEST),
        };
        let width = (bounds.width - LABELS - SCROLLBAR).max(1.0);
        let column = (width / columns.max(1) as f32).max(narrowest);
        let sideways = if column * columns as f32 > width + 0.5 { SCROLLBAR } else { 0.0 };
        let height = (bounds.height - header - sideways).max(1.0);
        let body = Rectangle::new(Point::new(bounds.x + LABELS, bounds.y + header), Size::new(width, height));
        let raster = f32::from(sheet.raster);
        let span = f32::from(sheet.opens.to - sheet.opens.from).max(raster);
        let (least, most) = (QUARTER.0 * raster / 15.0, QUARTER.1 * raster / 15.0);
        let row = (height * raster / span).clamp(least, most).max(LOWEST_ROW).floor();
        let mut places = Self {
            bounds,
            header: Rectangle::new(Point::new(body.x, bounds.y), Size::new(width, header)),
            headings: Rectangle::new(Point::new(body.x, bounds.y), Size::new(width, headings)),
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

    /// The scroll at which the sheet opens: its first working hour is the first row.
    pub fn opening(sheet: &Sheet, bounds: Rectangle) -> Vector {
        let places = Self::new(sheet, bounds, Vector::ZERO);
        places.within(Vector::new(0.0, places.height(sheet.opens.from)))
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

    /// The heads of the columns: initials, and under them the name where there is one day.
    pub fn heads(&self) -> Rectangle {
        let headings = self.headings.height;
        Rectangle { y: self.header.y + headings, height: self.header.height - headings, ..self.header }
    }

    /// The heading of a day over its columns.
    pub fn heading(&self, day: &Day) -> Rectangle {
        let (left, right) = (self.x(day.columns.start), self.x(day.columns.end));
        Rectangle { x: left, width: right - left, ..self.headings }
    }

    /// The place in its column of the booking whose box is drawn here; the last one that is drawn lies above.
    pub fn booking_at(&self, sheet: &Sheet, column: usize, at: Point) -> Option<usize> {
        let bookings = &sheet.columns.get(column)?.bookings;
        bookings.iter().rposition(|booking| self.booking(column, booking).contains(at))
    }

    /// The least scroll from the present one that shows a time of a column; of a longer one than there is room for,
    /// its beginning.
    pub fn revealing(&self, column: usize, span: Span) -> Vector {
        let field = self.field(column..column + 1, span.from, span.to);
        let body = self.body;
        let by = |from: f32, length: f32, first: f32, room: f32| match (from - first, from + length - first - room) {
            (before, _) if before < 0.0 => before,
            (before, after) if after > 0.0 => after.min(before),
            _ => 0.0,
        };
        let by =
            Vector::new(by(field.x, field.width, body.x, body.width), by(field.y, field.height, body.y, body.height));
        self.within(self.scroll + by)
    }

    /// How far aside to scroll so that a column is the first in sight.
    pub fn aside_to(&self, column: usize) -> f32 {
        self.column * column as f32
    }

    pub fn rows_in_sight(&self) -> u16 {
        (self.body.height / self.row) as u16
    }

    /// The column at a place between the edges of the body.
    pub fn column_at(&self, x: f32) -> Option<usize> {
        self.columns_in_sight().find(|column| self.x(column + 1) > x)
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
