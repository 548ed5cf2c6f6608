//! A day of the appointment book, prepared to be drawn.

use aftalebog_booking::agenda::{self, closed, working_intervals};
use aftalebog_booking::record::{Appointment, Entry, Origin, Overlap, Practitioner, Status};
use aftalebog_booking::setup::Setup;
use aftalebog_booking::zone::local;
use aftalebog_local::Booked;
use aftalebog_texts::{Texts, fl};
use chrono::{NaiveDate, NaiveDateTime, TimeDelta, Timelike};
use iced::Color;

use crate::ui::timetable::{Booking, Column, Day, Mark, Span};

const END: u16 = 24 * 60;
/// What a day on which nobody works opens at.
const OFFICE_HOURS: Span = Span { from: 8 * 60, to: 16 * 60 };

/// The day `date` with those of `booked` that lie in it.
pub fn prepare(setup: &Setup, texts: &Texts, date: NaiveDate, booked: &[Booked]) -> Day {
    let words = Words::new(texts);
    let columns: Vec<Column> = setup
        .practitioners
        .iter()
        .map(|practitioner| column(setup, texts, &words, practitioner, date, booked))
        .collect();
    let empty =
        columns.iter().all(|column| column.working.is_empty() && column.closed.is_none() && column.bookings.is_empty());
    let notice = match (columns.is_empty(), empty) {
        (true, _) => Some(fl!(texts, "book-no-practitioners")),
        (_, true) => Some(fl!(texts, "book-nobody-works")),
        _ => None,
    };
    Day { date, raster: setup.clinic.value.raster_minutes.minutes(), opens: opens(&columns), columns, notice }
}

/// From the first minute of work or of a booking to the last.
fn opens(columns: &[Column]) -> Span {
    let spans = columns.iter().flat_map(|column| {
        let working = column.working.iter().copied().filter(|_| column.closed.is_none());
        working.chain(column.bookings.iter().map(|booking| Span { from: booking.from, to: booking.to }))
    });
    spans.reduce(|one, other| Span { from: one.from.min(other.from), to: one.to.max(other.to) }).unwrap_or(OFFICE_HOURS)
}

fn column(
    setup: &Setup,
    texts: &Texts,
    words: &Words,
    practitioner: &Entry<Practitioner>,
    date: NaiveDate,
    booked: &[Booked],
) -> Column {
    let closed = closed(setup, practitioner.id, date).map(|because| texts.closed(setup, because));
    let working = match closed {
        Some(_) => vec![],
        None => working_intervals(setup, practitioner.id, date)
            .into_iter()
            .map(|interval| Span { from: interval.from().minutes(), to: interval.to().minutes() })
            .collect(),
    };
    let bookings = booked
        .iter()
        .filter(|booked| booked.entry.value.practitioner == practitioner.id)
        .filter_map(|booked| booking(setup, words, &practitioner.value, date, booked))
        .collect();
    Column {
        key: practitioner.id.uuid(),
        initials: practitioner.value.initials.to_string(),
        name: practitioner.value.name.to_string(),
        working,
        closed,
        bookings: vec![],
    }
    .with_bookings(bookings)
}

fn booking(
    setup: &Setup,
    words: &Words,
    practitioner: &Practitioner,
    date: NaiveDate,
    booked: &Booked,
) -> Option<Booking> {
    let appointment = &booked.entry.value;
    if appointment.status == Status::Cancelled {
        return None;
    }
    let span = on_the_wall(setup, appointment, date)?;
    let appointment_type = appointment.appointment_type.and_then(|id| setup.appointment_type(id));
    let note = appointment.note.as_str();
    let patient = booked.patient.as_ref().map(ToString::to_string);
    let (code, title) = match appointment_type {
        Some(appointment_type) => {
            (appointment_type.code.to_string(), patient.unwrap_or_else(|| words.no_patient.clone()))
        }
        None if note.is_empty() => (String::new(), patient.unwrap_or_else(|| words.block.clone())),
        None => (String::new(), patient.unwrap_or_else(|| note.to_owned())),
    };
    let color = appointment_type.map(|it| Color::from_rgb8(it.color.0[0], it.color.0[1], it.color.0[2]));
    let mark = match (appointment.overlap, color) {
        (Overlap::Clash, color) => Mark::Clash(color.unwrap_or(Color::from_rgb8(0x4B, 0x5D, 0x67))),
        (_, Some(color)) => Mark::Type(color),
        (_, None) => Mark::Block,
    };
    let mut booking = Booking::new(span, mark, code, title);
    let type_name = appointment_type.map(|it| it.name.to_string());
    let time = words.span(span);
    booking.lines = type_name.iter().cloned().chain([time.clone()]).collect();
    let minutes = format!("{time} · {} {}", appointment.minutes, words.minutes);
    let who = format!("{} · {}", practitioner.initials, practitioner.name);
    let note = (!note.is_empty() && note != booking.title).then(|| note.to_owned());
    let online = (appointment.origin == Origin::Online).then(|| words.online.clone());
    let clash = (appointment.overlap == Overlap::Clash).then(|| words.clash.clone());
    booking.hint = [Some(booking.words.clone()), type_name, Some(minutes), Some(who), note, online, clash]
        .into_iter()
        .flatten()
        .collect();
    Some(booking)
}

/// From when to when the wall clock shows an appointment on a date; `None` when on another.
fn on_the_wall(setup: &Setup, appointment: &Appointment, date: NaiveDate) -> Option<Span> {
    let zone = setup.clinic.value.time_zone;
    let start = local(zone, appointment.start);
    let mut end = local(zone, appointment.end());
    if end <= start {
        // The clock was set back meanwhile: it is drawn as long as it lasts.
        end = start + TimeDelta::minutes(appointment.minutes.get().into());
    }
    let minute = |at: NaiveDateTime| match at.date().cmp(&date) {
        std::cmp::Ordering::Less => 0,
        std::cmp::Ordering::Equal => (at.hour() * 60 + at.minute()) as u16,
        std::cmp::Ordering::Greater => END,
    };
    let span = Span { from: minute(start), to: minute(end) };
    (span.from < span.to).then_some(span)
}

/// The words that many bookings share, asked for once.
struct Words {
    time_mark: String,
    minutes: String,
    block: String,
    no_patient: String,
    online: String,
    clash: String,
}

impl Words {
    fn new(texts: &Texts) -> Self {
        Self {
            time_mark: fl!(texts, "book-time-mark"),
            minutes: fl!(texts, "book-minutes"),
            block: fl!(texts, "book-block"),
            no_patient: fl!(texts, "book-no-patient"),
            online: fl!(texts, "book-online"),
            clash: fl!(texts, "book-clash"),
        }
    }

    /// «8.00–8.45».
    fn span(&self, span: Span) -> String {
        let mark = &self.time_mark;
        let (from, to) = ((span.from / 60, span.from % 60), (span.to / 60, span.to % 60));
        format!("{}{mark}{:02}–{}{mark}{:02}", from.0, from.1, to.0, to.1)
    }
}

/// Why the whole clinic is closed on a day, for the calendar.
pub fn clinic_closed(setup: &Setup, texts: &Texts, date: NaiveDate) -> Option<String> {
    let because = agenda::clinic_closure(setup, date).or_else(|| agenda::public_holiday(setup, date));
    because.map(|because| texts.closed(setup, because))
}

#[cfg(test)]
mod tests;
