//! How a sheet looks. Only what is in sight is drawn, in whole px, and every text is cut beforehand.

use iced::advanced::Renderer as _;
use iced::advanced::renderer::Quad;
use iced::{Border, Color, Font, Point, Rectangle, Renderer, Size, Theme, border};

mod chosen;
mod head;
mod offers;

use super::places::Places;
use super::{Booking, Mark, Now, Offers, Sheet, Sign};
use crate::ui::theme::{self, Colors, mix, size, space};
use crate::ui::words::{Face, Widths, write};

const ICONS: Font = Font::with_name("lucide");
/// The height of a line of small text.
const LINE: f32 = 16.0;
/// The coloured edge of an appointment.
const BAR: f32 = 3.0;
const HATCH: f32 = 8.0;
/// The dot of a booking that nobody has looked at.
const FRESH: f32 = 8.0;
/// How far down a closed column its reason may stand, the best place first.
const PLATES: [f32; 10] = [0.3, 0.2, 0.4, 0.5, 0.6, 0.1, 0.7, 0.8, 0.9, 0.02];
const HINT: f32 = 260.0;

pub struct Pen<'a> {
    renderer: &'a mut Renderer,
    theme: &'a Theme,
    colors: &'static Colors,
    widths: &'a Widths,
    places: Places,
}

impl<'a> Pen<'a> {
    pub fn new(renderer: &'a mut Renderer, theme: &'a Theme, widths: &'a Widths, places: Places) -> Self {
        Self { renderer, theme, colors: theme::colors(theme), widths, places }
    }

    /// What lies below what is chosen. `offers`: what a patient would be offered, where the day is seen as one.
    pub fn sheet(&mut self, sheet: &Sheet, now: Now, offers: Option<&Offers>) {
        self.fill(self.places.bounds(), self.colors.background);
        self.layer(self.places.body, |pen| pen.body(sheet, now));
        if let Some(offers) = offers {
            self.offers(sheet, offers);
        }
    }

    /// What stands around the body.
    pub fn frame_around(&mut self, sheet: &Sheet, now: Now, offers: Option<&Offers>) {
        let (labels, header) = (self.places.labels, self.places.header);
        self.layer(labels, |pen| pen.labels(sheet, now));
        self.layer(header, |pen| match offers {
            Some(offers) => pen.head_of_offers(sheet, offers),
            None => pen.header(sheet, now),
        });
        self.frame(offers.map_or(self.colors.surface, |_| self.colors.accent));
    }

    fn layer(&mut self, bounds: Rectangle, draw: impl FnOnce(&mut Pen<'_>)) {
        let Self { theme, colors, widths, places, .. } = *self;
        self.renderer.with_layer(bounds, |renderer| draw(&mut Pen { renderer, theme, colors, widths, places }));
    }

    fn body(&mut self, sheet: &Sheet, now: Now) {
        for number in self.places.columns_in_sight() {
            for span in &sheet.columns[number].working {
                self.part(self.places.field(number..number + 1, span.from, span.to), self.colors.surface);
            }
        }
        self.rows(sheet);
        let closed = sheet.closed();
        for (columns, _) in &closed {
            self.hatch(columns.clone());
        }
        for number in self.places.columns_in_sight().skip(1) {
            let line = Rectangle { x: self.places.x(number), width: 1.0, ..self.places.body };
            // A new day begins with a stronger line.
            let begins = sheet.columns[number].whose.date != sheet.columns[number - 1].whose.date;
            self.fill(line, if begins { self.colors.border } else { self.colors.line });
        }
        let today = self.today(sheet, now);
        if let Some(line) = today {
            self.part(Rectangle { y: line.y - 1.0, height: 2.0, ..line }, self.colors.accent);
        }
        for number in self.places.columns_in_sight() {
            for booking in &sheet.columns[number].bookings {
                self.booking(number, booking);
            }
        }
        if let Some(line) = today {
            // Across bookings it is faint: their words are to be read.
            let faint = Color { a: 0.4, ..self.colors.accent };
            self.part(line, faint);
        }
        for (columns, reason) in closed {
            let left = self.places.x(columns.start).max(self.places.body.x);
            let right = self.places.x(columns.end).min(self.places.body.x + self.places.body.width);
            if right - left < 4.0 * space::S {
                continue;
            }
            let bookings = columns.flat_map(|column| sheet.columns[column].bookings.iter().map(move |it| (column, it)));
            let taken: Vec<Rectangle> = bookings.map(|(column, it)| self.places.booking(column, it)).collect();
            self.plate(Rectangle { x: left, width: right - left, ..self.places.body }, reason, &taken);
        }
        if let Some(notice) = &sheet.notice {
            self.plate(self.places.body, notice, &[]);
        }
    }

    /// A line of one px at the moment that it is now, over today's columns.
    fn today(&self, sheet: &Sheet, now: Now) -> Option<Rectangle> {
        let day = sheet.days.iter().find(|day| day.date == now.date)?;
        let (left, right) = (self.places.x(day.columns.start), self.places.x(day.columns.end));
        Some(Rectangle { x: left, y: self.places.y(now.minute), width: right - left, height: 1.0 })
    }

    /// A faint line under each row, a stronger one at each full hour.
    fn rows(&mut self, sheet: &Sheet) {
        let minutes = self.places.minutes_in_sight();
        let faint = mix(self.colors.background, self.colors.line, 0.55);
        let hour = mix(self.colors.line, self.colors.border, 0.25);
        for minute in minutes.step_by(usize::from(sheet.raster)) {
            let color = if minute.is_multiple_of(60) { hour } else { faint };
            self.part(Rectangle { y: self.places.y(minute), height: 1.0, ..self.places.body }, color);
        }
    }

    fn hatch(&mut self, columns: std::ops::Range<usize>) {
        let body = self.places.body;
        let (left, right) = (self.places.x(columns.start), self.places.x(columns.end));
        self.part(Rectangle { x: left, width: right - left, ..body }, self.colors.background);
        let color = mix(self.colors.background, self.colors.border, 0.28);
        let mut x = left + HATCH / 2.0;
        while x < right {
            self.part(Rectangle { x, width: 1.0, ..body }, color);
            x += HATCH;
        }
    }

    /// Words in the middle of a field, on a ground of their own, where they cover none of `taken`.
    fn plate(&mut self, field: Rectangle, words: &str, taken: &[Rectangle]) {
        let room = field.width - 2.0 * space::S - 2.0;
        let room = room.min(360.0);
        let lines = if self.widths.of(words, Face::SemiBold, size::TEXT) <= room {
            vec![words.to_owned()]
        } else {
            words.split(" · ").flat_map(|part| self.widths.wrap(part, Face::SemiBold, size::TEXT, room)).collect()
        };
        let width = lines.iter().map(|line| self.widths.of(line, Face::SemiBold, size::TEXT)).fold(0.0, f32::max);
        let area =
            Size::new((width + 2.0 * space::M).min(field.width - 2.0), lines.len() as f32 * 20.0 + 2.0 * space::S);
        let at = |part: f32| {
            let corner = Point::new(field.center_x() - area.width / 2.0, field.y + (field.height - area.height) * part);
            Rectangle::new(Point::new(corner.x.round(), corner.y.round()), area)
        };
        let is_free = |area: &Rectangle| !taken.iter().any(|booking| booking.intersects(area));
        let area = PLATES.map(at).into_iter().find(is_free).unwrap_or_else(|| at(PLATES[0]));
        let border = Border { color: self.colors.border, width: 1.0, radius: theme::RADIUS.into() };
        let (surface, text) = (self.colors.surface, self.colors.text);
        self.layer(self.places.body, |pen| {
            pen.renderer.fill_quad(Quad { bounds: area, border, ..Quad::default() }, surface);
            for (number, line) in lines.iter().enumerate() {
                let width = pen.widths.of(line, Face::SemiBold, size::TEXT);
                let at = Point::new(area.center_x() - width / 2.0, area.y + space::S + 20.0 * number as f32);
                pen.words(line, Face::SemiBold, size::TEXT, Rectangle::new(at, Size::new(width, 20.0)), text);
            }
        });
    }

    fn booking(&mut self, column: usize, booking: &Booking) {
        let area = self.places.booking(column, booking);
        if !area.intersects(&self.places.body) {
            return;
        }
        let (fill, bar) = match booking.mark {
            Mark::Type(color) => (theme::tint(self.theme, color), self.seen(color)),
            Mark::Block => (mix(self.colors.surface, self.colors.muted, 0.16), self.colors.border),
        };
        let (bar, edge) = match booking.sign {
            Some(Sign::Clash) => (self.colors.bad, self.colors.bad),
            Some(Sign::Deliberate) | None => (bar, mix(fill, bar, 0.25)),
        };
        let border = Border { color: edge, width: 1.0, radius: border::right(3.0) };
        self.renderer.fill_quad(Quad { bounds: area, border, ..Quad::default() }, fill);
        self.part(Rectangle { width: BAR, ..area }, bar);
        self.lines_of(booking, area);
        if booking.fresh {
            self.fresh(area);
        }
    }

    /// A dot in the upper right corner, with air around it.
    fn fresh(&mut self, area: Rectangle) {
        let corner = Point::new(area.x + area.width - FRESH - 3.0, area.y + 3.0);
        let dot = Rectangle::new(corner, Size::new(FRESH, FRESH));
        if !dot.is_within(&self.places.body) || area.height < FRESH + 4.0 {
            return;
        }
        let (accent, surface) = (self.colors.accent, self.colors.surface);
        for (bounds, color) in [(dot.expand(2.0), surface), (dot, accent)] {
            let border = Border { radius: (bounds.height / 2.0).into(), ..Border::default() };
            self.renderer.fill_quad(Quad { bounds, border, ..Quad::default() }, color);
        }
    }

    /// The type's colour, lighter on a dark ground so that the bar can be seen.
    fn seen(&self, color: Color) -> Color {
        if self.theme.extended_palette().is_dark { mix(color, Color::WHITE, 0.35) } else { color }
    }

    fn lines_of(&mut self, booking: &Booking, area: Rectangle) {
        let left = area.x + BAR + 5.0;
        let dot = if booking.fresh { FRESH + 3.0 } else { 0.0 };
        let room = area.x + area.width - 4.0 - dot - left;
        let text = size::SMALL.min(area.height - 3.0);
        if text < 8.0 || room < text {
            return;
        }
        let line = LINE.min(area.height);
        let fits = ((area.height - 2.0) / LINE).floor().max(1.0) as usize;
        let mut first = Rectangle::new(Point::new(left, area.y), Size::new(room, line));
        let code = self.widths.fit(&booking.code, Face::SemiBold, text, room).into_owned();
        let before_title = self.sign_width(booking, room) + self.code_width(&code, text);
        let title = self.title(&booking.title, text, room, room - before_title, fits);
        let shown = fits.min(title.len() + booking.lines.len());
        // A low box holds its line in the middle, a high one begins at its top.
        first.y += ((area.height - shown as f32 * line) / 2.0).clamp(0.0, 4.0).floor();
        self.sign(booking, &mut first);
        self.words(&code, Face::SemiBold, text, first, self.colors.text);
        let color = self.second();
        let below = booking.lines.iter().map(|words| (words.as_str(), color));
        let title = title.iter().map(|words| (words.as_str(), self.colors.text)).collect::<Vec<_>>();
        for (number, (words, color)) in title.into_iter().chain(below).take(shown).enumerate() {
            let indent = if number == 0 { before_title } else { 0.0 };
            let at = Point::new(left + indent, first.y + LINE * number as f32);
            self.cut(words, text, Rectangle::new(at, Size::new(room - indent, line)), color);
        }
    }

    /// A name that is too long for the first line goes on below where there is room: whom it is
    /// for is worth more than what stands under it.
    fn title(&self, title: &str, text: f32, room: f32, beside_code: f32, fits: usize) -> Vec<String> {
        let whole = vec![title.to_owned()];
        if fits < 2 || self.widths.of(title, Face::Regular, text) <= beside_code {
            return whole;
        }
        let broken = title
            .match_indices(' ')
            .map(|(at, _)| title.split_at(at))
            .filter(|(head, _)| self.widths.of(head, Face::Regular, text) <= beside_code);
        match broken.last() {
            Some((head, tail)) if self.widths.of(tail.trim(), Face::Regular, text) <= room => {
                vec![head.to_owned(), tail.trim().to_owned()]
            }
            Some((head, tail)) if fits > 2 => vec![head.to_owned(), tail.trim().to_owned()],
            _ => whole,
        }
    }

    fn code_width(&self, code: &str, text: f32) -> f32 {
        if code.is_empty() { 0.0 } else { self.widths.of(code, Face::SemiBold, text) + 5.0 }
    }

    /// What stands below the name: quieter, but still to be read on every tint.
    fn second(&self) -> Color {
        mix(self.colors.muted, self.colors.text, 0.35)
    }

    fn sign_width(&self, booking: &Booking, room: f32) -> f32 {
        if booking.sign.is_some() && room > 30.0 { LINE } else { 0.0 }
    }

    /// The sign of an overlap before the words of the first line.
    fn sign(&mut self, booking: &Booking, at: &mut Rectangle) {
        let width = self.sign_width(booking, at.width);
        let (sign, color) = match booking.sign {
            Some(Sign::Clash) => (lucide_icons::Icon::TriangleAlert, self.colors.bad),
            _ => (lucide_icons::Icon::Layers, self.second()),
        };
        if width > 0.0 {
            let place = Rectangle { width: size::SMALL, ..*at };
            write(self.renderer, &char::from(sign).to_string(), ICONS, size::SMALL, place, color);
            (at.x, at.width) = (at.x + width, at.width - width);
        }
    }

    fn labels(&mut self, sheet: &Sheet, now: Now) {
        let step = label_step(sheet.raster, self.places.row);
        let labels = self.places.labels;
        let right = labels.x + labels.width - space::S;
        let minutes = self.places.minutes_in_sight();
        for minute in minutes.step_by(usize::from(sheet.raster)).filter(|minute| minute.is_multiple_of(step)) {
            let words = sheet.label(minute);
            let (face, color) = match minute % 60 {
                0 => (Face::SemiBold, self.colors.text),
                _ => (Face::Regular, self.colors.muted),
            };
            let row = self.places.row.max(LINE);
            let width = self.widths.of(&words, face, size::SMALL);
            let y = self.places.y(minute) + ((row.min(24.0) - LINE) / 2.0).floor();
            let at = Rectangle::new(Point::new((right - width).round(), y), Size::new(width, LINE));
            self.words(&words, face, size::SMALL, at, color);
        }
        let edge = Rectangle { x: labels.x + labels.width - 1.0, width: 1.0, ..labels };
        self.fill(edge, self.colors.line);
        if let Some(line) = self.today(sheet, now) {
            let dot = Point::new(labels.x + labels.width - 7.0, line.y - 4.0);
            let border = Border { radius: 4.0.into(), ..Border::default() };
            let bounds = Rectangle::new(dot, Size::new(8.0, 8.0));
            self.renderer.fill_quad(Quad { bounds, border, ..Quad::default() }, self.colors.accent);
        }
    }

    /// The line around everything, the one under the header, its ends, and the scrollbars.
    fn frame(&mut self, head: Color) {
        let bounds = self.places.bounds();
        let (header, line) = (self.places.header, self.colors.line);
        let bars = [self.places.upright_bar(), self.places.level_bar()];
        let thumb = mix(self.colors.surface, self.colors.muted, 0.5);
        self.layer(bounds, |pen| {
            let corner = Rectangle { x: bounds.x, width: header.x - bounds.x, ..header };
            pen.fill(corner, head);
            let right = header.x + header.width;
            pen.fill(Rectangle { x: right, width: bounds.x + bounds.width - right, ..header }, head);
            pen.fill(Rectangle { x: header.x - 1.0, width: 1.0, ..header }, line);
            let under = header.y + header.height - 1.0;
            pen.fill(Rectangle { y: under, height: 1.0, ..bounds }, mix(line, pen.colors.border, 0.4));
            for (_, thumb_bounds) in bars.into_iter().flatten() {
                let border = Border { radius: 3.0.into(), ..Border::default() };
                pen.renderer.fill_quad(Quad { bounds: thumb_bounds, border, ..Quad::default() }, thumb);
            }
            pen.edge(bounds, line);
        });
    }

    /// A line around a field. As the border of an empty box it would cost the blending of every
    /// pixel inside.
    fn edge(&mut self, field: Rectangle, color: Color) {
        let (right, bottom) = (field.x + field.width - 1.0, field.y + field.height - 1.0);
        self.fill(Rectangle { height: 1.0, ..field }, color);
        self.fill(Rectangle { y: bottom, height: 1.0, ..field }, color);
        self.fill(Rectangle { width: 1.0, ..field }, color);
        self.fill(Rectangle { x: right, width: 1.0, ..field }, color);
    }

    /// All that is known of the booking under the pointer, beside it.
    pub fn hint(&mut self, column: usize, booking: &Booking) {
        let around = self.places.booking(column, booking);
        let room = HINT - 2.0 * space::M;
        let mut lines = vec![];
        for (number, words) in booking.hint.iter().enumerate() {
            let face = if number == 0 { Face::SemiBold } else { Face::Regular };
            lines.extend(self.widths.wrap(words, face, size::SMALL, room).into_iter().map(|line| (face, line)));
        }
        let width = lines.iter().map(|(face, line)| self.widths.of(line, *face, size::SMALL)).fold(0.0, f32::max);
        let area = Size::new(width + 2.0 * space::M, lines.len() as f32 * 18.0 + 2.0 * space::S);
        let all = self.places.bounds();
        let beside = around.x + around.width + space::XS;
        let x = if beside + area.width <= all.x + all.width { beside } else { around.x - space::XS - area.width };
        let y = around.y.min(all.y + all.height - area.height - space::XS).max(self.places.body.y + space::XS);
        let area = Rectangle::new(Point::new(x.max(all.x).round(), y.round()), area);
        let style = theme::hint(self.theme);
        let (ground, text) = (mix(self.colors.surface, self.colors.text, 0.06), self.colors.text);
        self.layer(all, |pen| {
            pen.renderer.fill_quad(Quad { bounds: area, border: style.border, ..Quad::default() }, ground);
            for (number, (face, line)) in lines.iter().enumerate() {
                let at = Point::new(area.x + space::M, area.y + space::S + 18.0 * number as f32);
                pen.words(line, *face, size::SMALL, Rectangle::new(at, Size::new(room, 18.0)), text);
            }
        });
    }

    /// That the keyboard is here.
    pub fn ring(&mut self, bounds: Rectangle) {
        let border = Border { color: self.colors.accent, width: 2.0, radius: theme::RADIUS.into() };
        self.layer(bounds, |pen| {
            pen.renderer.fill_quad(Quad { bounds, border, ..Quad::default() }, Color::TRANSPARENT)
        });
    }

    fn cut(&mut self, words: &str, text: f32, at: Rectangle, color: Color) {
        let words = self.widths.fit(words, Face::Regular, text, at.width).into_owned();
        self.words(&words, Face::Regular, text, at, color);
    }

    fn words(&mut self, words: &str, face: Face, text: f32, at: Rectangle, color: Color) {
        if !words.is_empty() && at.y + at.height > self.places.header.y {
            write(self.renderer, words, face.font(), text, at, color);
        }
    }

    /// A plain field, as far as it lies in the body.
    fn part(&mut self, bounds: Rectangle, color: Color) {
        if let Some(bounds) = bounds.intersection(&self.places.body) {
            self.fill(bounds, color);
        }
    }

    fn fill(&mut self, bounds: Rectangle, color: Color) {
        self.renderer.fill_quad(Quad { bounds, ..Quad::default() }, color);
    }
}

/// Every how many minutes there is room for a label.
fn label_step(raster: u16, row: f32) -> u16 {
    let rooms = [1, 2, 3, 4, 6, 12].map(|rows| rows * raster);
    let fits = |minutes: &u16| 60u16.is_multiple_of(*minutes) && f32::from(minutes / raster) * row >= LINE;
    rooms.into_iter().find(fits).unwrap_or(60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_never_run_into_each_other() {
        assert_eq!(label_step(15, 20.0), 15);
        assert_eq!(label_step(5, 12.0), 10);
        assert_eq!(label_step(20, 12.0), 60, "40 is no part of an hour");
        assert_eq!(label_step(30, 40.0), 30);
    }
}
