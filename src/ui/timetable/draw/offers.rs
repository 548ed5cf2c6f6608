//! How a day looks to whoever sees it as a patient.

use iced::advanced::Renderer as _;
use iced::advanced::renderer::Quad;
use iced::{Border, Point, Rectangle, Size, border};

use super::{ICONS, LINE, Pen};
use crate::ui::theme::{self, mix, size, space};
use crate::ui::timetable::offers::{Offers, Time};
use crate::ui::timetable::{Sheet, Spot};
use crate::ui::words::{Face, write};

/// The square with the question mark.
const SIGN: f32 = 16.0;

impl Pen<'_> {
    /// The offered times, above everything else in the body, and the cell that is asked about.
    pub fn offers(&mut self, sheet: &Sheet, offers: &Offers) {
        let body = self.places.body;
        self.layer(body, |pen| {
            for number in pen.places.columns_in_sight() {
                for time in offers.times(sheet, number) {
                    pen.offered(offers.place(&pen.places, sheet, number, time), time);
                }
            }
        });
        if let Some(field) = offers.asked.and_then(|asked| self.row_at(sheet, asked)) {
            self.layer(body, |pen| pen.asked(field));
        }
    }

    /// The row that begins at a spot.
    fn row_at(&self, sheet: &Sheet, spot: Spot) -> Option<Rectangle> {
        let place = sheet.place_of(spot.column)?;
        Some(self.places.field(place..place + 1, spot.minute, spot.minute + sheet.raster))
    }

    fn offered(&mut self, area: Rectangle, time: &Time) {
        if !area.intersects(&self.places.body) {
            return;
        }
        let border = Border { radius: border::radius(theme::RADIUS), ..Border::default() };
        self.renderer.fill_quad(Quad { bounds: area, border, ..Quad::default() }, self.colors.accent);
        let text = size::SMALL.min(area.height - 2.0);
        if text < 8.0 {
            return;
        }
        let line = LINE.min(area.height);
        let top = (area.y + (area.height - line) / 2.0).floor();
        let left = area.x + space::S;
        let place = |x: f32| Rectangle::new(Point::new(x, top), Size::new(area.x + area.width - x, line));
        let sign = char::from(lucide_icons::Icon::Check).to_string();
        write(self.renderer, &sign, ICONS, text, place(left), self.colors.on_accent);
        self.words(&time.words, Face::SemiBold, text, place(left + text + space::XS), self.colors.on_accent);
    }

    /// A frame that neither a working hour nor an appointment has, with a question mark.
    fn asked(&mut self, field: Rectangle) {
        self.cell_frame(field, self.colors.text);
        let side = SIGN.min(field.height - 1.0);
        let corner = Point::new(field.x + field.width - side - 3.0, (field.y + (field.height - side) / 2.0).round());
        let border = Border { radius: border::radius(theme::RADIUS), ..Border::default() };
        let bounds = Rectangle::new(corner, Size::new(side, side));
        self.renderer.fill_quad(Quad { bounds, border, ..Quad::default() }, self.colors.text);
        let width = self.widths.of("?", Face::SemiBold, size::SMALL);
        let at = Rectangle { x: (bounds.center_x() - width / 2.0).round(), ..bounds };
        self.words("?", Face::SemiBold, size::SMALL.min(side - 2.0), at, self.colors.surface);
    }

    /// The row that the arrows have reached.
    pub fn cursor(&mut self, sheet: &Sheet, spot: Spot) {
        let Some(field) = self.row_at(sheet, spot) else { return };
        let body = self.places.body;
        let (around, accent) = (self.colors.surface, self.colors.accent);
        self.layer(body, |pen| {
            pen.cell_frame(field.shrink(2.0), around);
            pen.cell_frame(field, accent);
        });
    }

    /// Whose day it is, in the accent colour, and how many times each has.
    pub(super) fn head_of_offers(&mut self, sheet: &Sheet, offers: &Offers) {
        let header = self.places.header;
        self.fill(header, self.colors.accent);
        let second = mix(self.colors.accent, self.colors.on_accent, 0.92);
        for number in self.places.columns_in_sight() {
            let column = &sheet.columns[number];
            let summary = offers.of(column.whose.key).map_or("", |offered| offered.summary.as_str());
            self.head(number, &column.initials, summary, (self.colors.on_accent, second));
        }
    }
}
