use aftalebog_booking::Id;
use aftalebog_booking::bounded::{Detail, Length, Name};
use aftalebog_booking::demo::demo_clinic;
use aftalebog_booking::record::{AppointmentType, Closure};
use aftalebog_texts::Language;
use chrono::{DateTime, Utc};

use super::*;
use crate::screen::settings::Editing;
use crate::screen::synchronising::{Fresh, Standing};

static STANDING: Standing = Standing::UNSAID;
static FRESH: Fresh = Fresh::NOTHING;

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn demo() -> Setup {
    Setup::gather(demo_clinic(date(2026, 11, 23), 7).records).unwrap()
}

fn appointment(setup: &Setup, start: &str, minutes: u16) -> Booked {
    let value = Appointment {
        practitioner: setup.practitioners[0].id,
        appointment_type: type_of(setup, "SU"),
        patient: None,
        need: None,
        start: start.parse::<DateTime<Utc>>().unwrap(),
        minutes: minutes_of(minutes),
        origin: Origin::Clinic,
        status: Status::Booked,
        overlap: Overlap::None,
        note: Detail::new("").unwrap(),
    };
    Booked { entry: Entry::new(value), patient: Some(Name::new("Karen Mikkelsen").unwrap()) }
}

fn minutes_of(minutes: u16) -> Length {
    Length::new(minutes).unwrap()
}

fn type_of(setup: &Setup, code: &str) -> Option<Id<AppointmentType>> {
    setup.appointment_types.iter().find(|entry| entry.value.code.as_str() == code).map(|entry| entry.id)
}

fn desk<'a>(setup: &'a Setup, texts: &'a Texts) -> Desk<'a> {
    let now = DateTime::UNIX_EPOCH;
    Desk {
        setup,
        texts,
        now,
        editing: Editing::Allowed,
        undoable: None,
        new_patients: 0,
        standing: &STANDING,
        fresh: &FRESH,
    }
}

fn prepared(setup: &Setup, date: NaiveDate, booked: &[Booked]) -> Sheet {
    let texts = Texts::new(Language::Danish);
    prepare(desk(setup, &texts), &Seen::default(), date, date, booked)
}

#[track_caller]
fn stands(day: NaiveDate, start: &str, minutes: u16, expected: Option<(u16, u16)>) {
    let setup = demo();
    let day = prepared(&setup, day, &[appointment(&setup, start, minutes)]);
    let booking = day.columns[0].bookings.first();
    assert_eq!(booking.map(|booking| (booking.from, booking.to)), expected, "{start}");
}

#[test]
fn appointments_stand_at_the_time_the_wall_clock_shows() {
    stands(date(2026, 11, 24), "2026-11-24T07:00:00Z", 45, Some((480, 525)));
    stands(date(2026, 7, 1), "2026-07-01T06:00:00Z", 45, Some((480, 525)));
    // The clock goes from 2 to 3 on 29 March, and from 3 back to 2 on 25 October.
    stands(date(2026, 3, 29), "2026-03-29T06:00:00Z", 45, Some((480, 525)));
    stands(date(2026, 3, 29), "2026-03-29T00:30:00Z", 60, Some((90, 210)));
    stands(date(2026, 10, 25), "2026-10-25T07:00:00Z", 45, Some((480, 525)));
    stands(date(2026, 10, 25), "2026-10-25T00:30:00Z", 60, Some((150, 210)));
    stands(date(2026, 10, 25), "2026-10-25T01:30:00Z", 30, Some((150, 180)));
}

#[test]
fn midnight_parts_the_days() {
    stands(date(2026, 11, 24), "2026-11-23T23:00:00Z", 30, Some((0, 30)));
    stands(date(2026, 11, 24), "2026-11-24T22:30:00Z", 60, Some((1410, 1440)));
    stands(date(2026, 11, 25), "2026-11-24T22:30:00Z", 60, Some((0, 30)));
    stands(date(2026, 11, 25), "2026-11-24T22:30:00Z", 30, None);
    stands(date(2026, 11, 24), "2026-11-24T23:00:00Z", 30, None);
}

#[test]
fn a_box_says_what_the_desk_asks_for() {
    let setup = demo();
    let mut booked = appointment(&setup, "2026-11-24T07:00:00Z", 45);
    booked.entry.value.note = Detail::new("Ring dagen før").unwrap();
    booked.entry.value.origin = Origin::Online;
    let day = prepared(&setup, date(2026, 11, 24), &[booked]);
    let booking = &day.columns[0].bookings[0];
    assert_eq!(booking.words, "SU Karen Mikkelsen");
    assert_eq!(booking.lines, ["Statusundersøgelse", "8.00–8.45"]);
    assert_eq!(
        booking.hint,
        [
            "SU Karen Mikkelsen",
            "Statusundersøgelse",
            "8.00–8.45 · 45 min.",
            "JH · Jens Holm",
            "Ring dagen før",
            "Booket online"
        ]
    );
}

#[test]
fn blocks_show_their_note_and_what_is_cancelled_is_gone() {
    let setup = demo();
    let mut block = appointment(&setup, "2026-11-24T07:00:00Z", 45);
    block.patient = None;
    block.entry.value.appointment_type = None;
    let unnamed = block.clone();
    block.entry.value.note = Detail::new("Personalemøde").unwrap();
    let mut cancelled = appointment(&setup, "2026-11-24T09:00:00Z", 45);
    cancelled.entry.value.status = Status::Cancelled;
    let words = |booked| {
        let day = prepared(&setup, date(2026, 11, 24), &[booked]);
        day.columns[0].bookings.iter().map(|booking| booking.words.clone()).collect::<Vec<_>>()
    };
    assert_eq!(words(block), ["Personalemøde"]);
    assert_eq!(words(unnamed), ["Optaget"]);
    assert!(words(cancelled).is_empty());
}

#[test]
fn a_day_opens_where_the_work_begins() {
    let setup = demo();
    let tuesday = prepared(&setup, date(2026, 11, 24), &[]);
    assert_eq!(tuesday.opens, Span { from: 7 * 60 + 45, to: 16 * 60 });
    assert_eq!(tuesday.notice, None);
    assert_eq!(tuesday.columns.len(), 7, "those not registered are in the book too");
    assert_eq!(tuesday.columns[0].working, [Span { from: 480, to: 720 }, Span { from: 750, to: 960 }]);
}

#[test]
fn a_day_without_anybody_says_so() {
    let mut setup = demo();
    assert_eq!(prepared(&setup, date(2026, 11, 29), &[]).notice.as_deref(), Some("Ingen på arbejde denne dag"));
    setup.practitioners.clear();
    assert!(prepared(&setup, date(2026, 11, 24), &[]).notice.is_some_and(|notice| notice.contains("behandlere")));
}

#[test]
fn closed_days_are_named() {
    let mut setup = demo();
    let closed = |setup: &Setup, day| prepared(setup, day, &[]).columns[1].closed.clone();
    assert_eq!(closed(&setup, date(2026, 11, 24)), None);
    assert_eq!(closed(&setup, date(2026, 12, 24)).as_deref(), Some("Lukket mellem jul og nytår"), "not said twice");
    assert_eq!(closed(&setup, date(2027, 3, 26)).as_deref(), Some("Lukket · Langfredag"));
    let (from, reason) = (date(2026, 11, 24), Detail::new("Kursus").unwrap());
    let closure = Closure { practitioner: Some(setup.practitioners[1].id), from, to: from, reason };
    setup.closures.push(Entry::new(closure));
    assert_eq!(closed(&setup, from).as_deref(), Some("Fraværende · Kursus"));
    assert_eq!(prepared(&setup, from, &[]).columns[0].closed, None);
    let texts = Texts::new(Language::Danish);
    assert_eq!(clinic_closed(&setup, &texts, from), None, "one is away, the clinic is open");
    assert_eq!(clinic_closed(&setup, &texts, date(2027, 3, 26)).as_deref(), Some("Lukket · Langfredag"));
}
