//! What stands above the columns, and stays there: the headings of the days, and whose column each is.

use iced::{Color, Point, Rectangle, Size};

use super::{LINE, Pen};
use crate::ui::theme::{mix, size, space};
use crate::ui::timetable::{Now, Sheet};
use crate::ui::words::Face;

impl Pen<'_> {
    pub(super) fn header(&mut self, sheet: &Sheet, now: Now) {
        let header = self.places.header;
        self.fill(header, self.colors.surface);
        if sheet.has_headings() {
            self.headings(sheet, now);
        }
        let heads = self.places.heads();
        for number in self.places.columns_in_sight() {
            let column = &sheet.columns[number];
            if sheet.has_headings() {
                self.initials(number, &column.initials);
            } else {
                self.head(number, &column.initials, &column.name, (self.colors.text, self.colors.muted));
            }
            if number > 0 {
                let begins = sheet.columns[number - 1].whose.date != column.whose.date;
                let (field, color) = if begins { (header, self.colors.border) } else { (heads, self.colors.line) };
                self.fill(Rectangle { x: self.places.x(number), width: 1.0, ..field }, color);
            }
        }
    }

    /// The days: each stays in sight as long as one of its columns does.
    fn headings(&mut self, sheet: &Sheet, now: Now) {
        let strip = self.places.headings;
        for day in &sheet.days {
            let Some(seen) = self.places.heading(day).intersection(&strip) else { continue };
            let is_today = day.date == now.date;
            let ground =
                if is_today { mix(self.colors.surface, self.colors.accent, 0.16) } else { self.colors.surface };
            self.fill(seen, ground);
            let room = seen.width - 2.0 * space::S;
            let words = self.widths.fit(&day.heading, Face::SemiBold, size::TEXT, room).into_owned();
            let at = Rectangle { x: seen.x + space::S, y: seen.y + 2.0, height: 20.0, ..seen };
            let color = if is_today { self.colors.accent } else { self.colors.text };
            self.words(&words, Face::SemiBold, size::TEXT, at, color);
        }
        let under = Rectangle { y: strip.y + strip.height - 1.0, height: 1.0, ..strip };
        self.fill(under, self.colors.line);
    }

    fn initials(&mut self, number: usize, initials: &str) {
        let heads = self.places.heads();
        let left = self.places.x(number) + space::XS + 1.0;
        let room = self.places.x(number + 1) - left - space::XS;
        let initials = self.widths.fit(initials, Face::SemiBold, size::SMALL, room).into_owned();
        let at = Rectangle::new(Point::new(left, heads.y + 3.0), Size::new(room, LINE));
        self.words(&initials, Face::SemiBold, size::SMALL, at, self.colors.text);
    }

    /// Two lines above a column, each in its colour.
    pub(super) fn head(&mut self, number: usize, initials: &str, below: &str, colors: (Color, Color)) {
        let left = self.places.x(number) + space::S;
        let room = self.places.x(number + 1) - left - space::XS;
        let at = Rectangle::new(Point::new(left, self.places.header.y + 5.0), Size::new(room, 18.0));
        let initials = self.widths.fit(initials, Face::SemiBold, size::TEXT, room).into_owned();
        self.words(&initials, Face::SemiBold, size::TEXT, at, colors.0);
        self.cut(below, size::SMALL, Rectangle { y: at.y + 18.0, height: LINE, ..at }, colors.1);
    }
}
