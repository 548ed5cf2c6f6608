//! A sheet of the appointment book, prepared to be drawn: the days of a stretch, with whom is shown on each.

use std::collections::HashMap;

use aftalebog_booking::Id;
use aftalebog_booking::agenda::{self, closed, working_intervals};
use aftalebog_booking::record::{Appointment, Entry, Origin, Overlap, Practitioner, Status};
use aftalebog_booking::setup::Setup;
use aftalebog_booking::zone::local;
use aftalebog_local::Booked;
use aftalebog_texts::{Texts, fl};
use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta, Timelike};
use iced::Color;

use super::{Dates, Desk, Seen, Stretch};
use crate::ui::timetable::{Booking, Column, Day, Edge, Mark, Sheet, Sign, Span, Whose};

const END: u16 = 24 * 60;
/// What a day on which nobody works opens at.
const OFFICE_HOURS: Span = Span { from: 8 * 60, to: 16 * 60 };

/// The dates around a day with those of `booked` that lie in them, and with whom is shown.
pub fn prepare(desk: Desk<'_>, seen: &Seen, day: NaiveDate, today: NaiveDate, booked: &[Booked]) -> Sheet {
    let Desk { setup, texts, .. } = desk;
    let words = Words::new(texts);
    let mut bookings = bookings(desk, &words, booked);
    let shown: Vec<&Entry<Practitioner>> =
        setup.practitioners.iter().filter(|entry| seen.whom.shows(setup, entry)).collect();
    let (mut days, mut columns) = (vec![], vec![]);
    for date in Dates::around(day, seen.stretch).iter() {
        let is_booked = shown.iter().any(|entry| bookings.contains_key(&(entry.id, date)));
        if !is_booked && !seen.stretch.shows(setup, &seen.whom, date) {
            continue;
        }
        let first = columns.len();
        for practitioner in &shown {
            let own = bookings.remove(&(practitioner.id, date)).unwrap_or_default();
            // Who has left stands where something is still booked.
            if !practitioner.value.deactivated || !own.is_empty() {
                columns.push(column(setup, texts, practitioner, date, own));
            }
        }
        days.push(Day { date, heading: heading(texts, date, today), columns: first..columns.len() });
    }
    let is_empty = |column: &Column| column.working.is_empty() && column.closed.is_none() && column.bookings.is_empty();
    let notice = match (columns.is_empty(), columns.iter().all(is_empty), seen.stretch) {
        (true, ..) => Some(fl!(texts, "book-no-practitioners")),
        (_, true, Stretch::Day) => Some(fl!(texts, "book-nobody-works")),
        (_, true, Stretch::Week) => Some(fl!(texts, "book-nobody-works-this-week")),
        _ => None,
    };
    let raster = setup.clinic.value.raster_minutes.minutes();
    Sheet { days, raster, opens: opens(&columns), columns, notice, time_mark: words.time_mark }
}

fn heading(texts: &Texts, date: NaiveDate, today: NaiveDate) -> String {
    let day = fl!(texts, "book-day-heading", weekday = texts.weekday_letters(date.weekday()), day = date.day());
    if date == today { fl!(texts, "book-day-heading-today", day = day) } else { day }
}

/// From the first minute of work or of a booking to the last.
fn opens(columns: &[Column]) -> Span {
    let spans = columns.iter().flat_map(|column| {
        let working = column.working.iter().copied().filter(|_| column.closed.is_none());
        working.chain(column.bookings.iter().map(Booking::span))
    });
    spans.reduce(|one, other| Span { from: one.from.min(other.from), to: one.to.max(other.to) }).unwrap_or(OFFICE_HOURS)
}

fn column(
    setup: &Setup,
    texts: &Texts,
    practitioner: &Entry<Practitioner>,
    date: NaiveDate,
    bookings: Vec<Booking>,
) -> Column {
    let closed = closed(setup, practitioner.id, date).map(|because| texts.closed(setup, because));
    let working = match closed {
        Some(_) => vec![],
        None => working_intervals(setup, practitioner.id, date)
            .into_iter()
            .map(|interval| Span { from: interval.from().minutes(), to: interval.to().minutes() })
            .collect(),
    };
    Column {
        whose: Whose { key: practitioner.id.uuid(), date },
        initials: practitioner.value.initials.to_string(),
        name: practitioner.value.name.to_string(),
        working,
        closed,
        bookings: vec![],
    }
    .with_bookings(bookings)
}

/// Each on the days of which it takes a part.
fn bookings(desk: Desk<'_>, words: &Words, booked: &[Booked]) -> HashMap<(Id<Practitioner>, NaiveDate), Vec<Booking>> {
    let mut all: HashMap<_, Vec<Booking>> = HashMap::new();
    for booked in booked.iter().filter(|booked| booked.entry.value.status != Status::Cancelled) {
        let appointment = &booked.entry.value;
        for part in on_the_wall(desk.setup, appointment) {
            all.entry((appointment.practitioner, part.date)).or_default().push(booking(desk, words, booked, &part));
        }
    }
    all
}

fn booking(desk: Desk<'_>, words: &Words, booked: &Booked, part: &Part) -> Booking {
    let Desk { setup, texts, fresh, .. } = desk;
    let appointment = &booked.entry.value;
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
    let mut booking =
        Booking::new(booked.entry.id.uuid(), part.span, color.map_or(Mark::Block, Mark::Type), code, title);
    (booking.begins, booking.ends) = (part.begins, part.ends);
    let (sign, overlap) = match appointment.overlap {
        Overlap::None => (None, None),
        Overlap::Deliberate => (Some(Sign::Deliberate), Some(words.deliberate.clone())),
        Overlap::Clash => (Some(Sign::Clash), Some(words.clash.clone())),
    };
    booking.sign = sign;
    let type_name = appointment_type.map(|it| it.name.to_string());
    let time = words.span(part.span);
    booking.lines = type_name.iter().cloned().chain([time.clone()]).collect();
    let minutes = format!("{time} · {} {}", appointment.minutes, words.minutes);
    let who = setup.practitioner(appointment.practitioner);
    let who = who.map(|who| format!("{} · {}", who.initials, who.name));
    let note = (!note.is_empty() && note != booking.title).then(|| note.to_owned());
    let online = (appointment.origin == Origin::Online).then(|| words.online.clone());
    let fresh = fresh.of(booking.key, texts);
    booking.fresh = fresh.is_some();
    booking.hint = [Some(booking.words.clone()), fresh, type_name, Some(minutes), who, note, online, overlap]
        .into_iter()
        .flatten()
        .collect();
    booking
}

/// What of an appointment lies on one date.
struct Part {
    date: NaiveDate,
    span: Span,
    begins: Edge,
    ends: Edge,
}

/// From when to when the wall clock shows an appointment, on each of its dates.
fn on_the_wall(setup: &Setup, appointment: &Appointment) -> Vec<Part> {
    let zone = setup.clinic.value.time_zone;
    let start = local(zone, appointment.start);
    let mut end = local(zone, appointment.end());
    if end <= start {
        // The clock was set back meanwhile: it is drawn as long as it lasts.
        end = start + TimeDelta::minutes(appointment.minutes.get().into());
    }
    let minute = |at: NaiveDateTime| (at.hour() * 60 + at.minute()) as u16;
    let part = |date: NaiveDate| {
        let (begins, ends) = (date == start.date(), date == end.date());
        let span = Span { from: if begins { minute(start) } else { 0 }, to: if ends { minute(end) } else { END } };
        let edge = |here| if here { Edge::Here } else { Edge::OtherDay };
        // What ends with the day ends at its midnight.
        let ends = ends || end == (date + TimeDelta::days(1)).and_time(chrono::NaiveTime::MIN);
        (span.from < span.to).then(|| Part { date, span, begins: edge(begins), ends: edge(ends) })
    };
    start.date().iter_days().take_while(|date| *date <= end.date()).filter_map(part).collect()
}

/// The words that many bookings share, asked for once.
struct Words {
    time_mark: String,
    minutes: String,
    block: String,
    no_patient: String,
    online: String,
    clash: String,
    deliberate: String,
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
            deliberate: fl!(texts, "book-deliberate"),
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
