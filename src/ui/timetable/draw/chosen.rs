//! How what is chosen looks, and what is on its way to another place.

use iced::advanced::Renderer as _;
use iced::advanced::renderer::Quad;
use iced::{Border, Color, Point, Rectangle, Size};

use super::Pen;
use crate::ui::theme::{self, mix, size, space};
use crate::ui::timetable::{Chosen, Sheet, Span};
use crate::ui::words::Face;

impl Pen<'_> {
    /// An outline that no appointment has, and a field behind a free time.
    pub fn chosen(&mut self, sheet: &Sheet, chosen: Chosen) {
        let spot = chosen.spot();
        let Some(place) = sheet.place_of(spot.column) else { return };
        let body = self.places.body;
        match chosen {
            Chosen::Time { column, anchor, reached } => {
                let span = sheet.span(column, anchor, reached);
                let field = self.places.field(place..place + 1, span.from, span.to);
                self.layer(body, |pen| pen.outlined(field, 0.2));
            }
            Chosen::Booking { key, .. } => {
                // One that lasts over midnight is outlined on both days.
                for (place, column) in sheet.columns.iter().enumerate() {
                    for booking in column.bookings.iter().filter(|booking| booking.key == key) {
                        let area = self.places.booking(place, booking);
                        self.layer(body, |pen| pen.outlined(area.expand(1.0), 0.0));
                    }
                }
            }
        }
    }

    /// What would stand somewhere: a pale box with a strong line, and beside it the time and whose it is.
    pub fn ghost(&mut self, place: usize, span: Span, words: &str, title: Option<&str>) {
        let field = self.places.field(place..place + 1, span.from, span.to);
        let body = self.places.body;
        let line = 18.0;
        let width = self.widths.of(words, Face::SemiBold, size::SMALL) + 2.0 * space::S;
        let (above, below) = (field.y - line - 3.0, field.y + field.height + 3.0);
        let y = if above >= body.y || below + line > body.y + body.height { above.max(body.y) } else { below };
        let x = field.x.min(body.x + body.width - width).max(body.x);
        let plate = Rectangle::new(Point::new(x.round(), y.round()), Size::new(width, line));
        self.layer(body, |pen| {
            // With somebody's name in it, it must cover the words below.
            pen.outlined(field, if title.is_some() { 0.0 } else { 0.3 });
            let Some(title) = title else { return };
            pen.part(field.shrink(2.0), mix(pen.colors.surface, pen.colors.accent, 0.25));
            if field.height >= 16.0 {
                let at = Rectangle { x: field.x + space::S, y: field.y + 2.0, height: 16.0, ..field };
                let room = field.width - 2.0 * space::S;
                pen.cut(title, size::SMALL, Rectangle { width: room, ..at }, pen.colors.text);
            }
        });
        self.layer(body, |pen| {
            let border = Border { radius: theme::RADIUS.into(), ..Border::default() };
            let accent = pen.colors.accent;
            pen.renderer.fill_quad(Quad { bounds: plate, border, ..Quad::default() }, accent);
            let at = Rectangle { x: plate.x + space::S, ..plate };
            pen.words(words, Face::SemiBold, size::SMALL, at, pen.colors.on_accent);
        });
    }

    fn outlined(&mut self, field: Rectangle, filled: f32) {
        let accent = self.colors.accent;
        if filled > 0.0 {
            self.part(field, Color { a: filled, ..accent });
        }
        self.cell_frame(field, accent);
    }

    /// Two px around a field, as far as it lies in the body.
    pub(super) fn cell_frame(&mut self, field: Rectangle, color: Color) {
        let (right, bottom) = (field.x + field.width - 2.0, field.y + field.height - 1.0);
        self.part(Rectangle { height: 2.0, ..field }, color);
        self.part(Rectangle { y: bottom, height: 2.0, ..field }, color);
        self.part(Rectangle { width: 2.0, ..field }, color);
        self.part(Rectangle { x: right, width: 2.0, ..field }, color);
    }
}
