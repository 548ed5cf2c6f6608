//! What is asked of every input: no panic, no endless loop, and an answer that agrees with itself.
//!
//! The fuzzer makes inputs; `crates/booking/tests/corpus.rs` asks the same of the kept ones.

pub mod wire;

use aftalebog_booking::Setup;
use aftalebog_booking::bounded::{Length, NoticeDays, RecallDays, SpacingMinutes};
use aftalebog_booking::broken::Broken;
use aftalebog_booking::busy::Busy;
use aftalebog_booking::check::check;
use aftalebog_booking::deadline::{decide_cancellation, decide_moving};
use aftalebog_booking::offer::Offer;
use aftalebog_booking::reading::Reading;
use aftalebog_booking::record::{Appointment, Status, Weeks};
use aftalebog_booking::refusal::Refusal;
use aftalebog_booking::terms::{Purpose, Request, Terms, Visitor, Withheld};
use aftalebog_booking::time::{Interval, Raster, TimeOfDay, Week, days_after, days_before};
use aftalebog_booking::zone::{day_start, local};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// Days that are asked about at once.
const DAYS: u32 = 3;

/// A small clinic with one of every kind of record.
pub const CLINIC: &[u8] = include_bytes!("../corpus/snapshot/clinic.json");

/// Any bytes as the JSON of a snapshot.
pub fn snapshot(bytes: &[u8]) {
    let Ok(reading) = Reading::of(bytes) else { return };
    let now = "2026-11-23T08:10:00Z".parse().expect("an instant");
    let known = reading.patients.iter().take(3).map(|patient| reading.visitor(patient.id));
    let visitors: Vec<Visitor> = known.chain([Visitor::new_patient()]).collect();
    let booked = reading.appointments.iter().map(|entry| entry.value.start);
    let moments: Vec<DateTime<Utc>> = booked.take(2).chain([now]).collect();
    let _findings = check(&reading.setup, reading.needs.iter().map(|need| &need.value), now.date_naive());
    for visitor in &visitors {
        for now in &moments {
            let (setup, broken) = (&reading.setup, reading.broken.as_slice());
            answers(setup, broken, visitor, &reading.busy(), *now, local(setup.clinic.value.time_zone, *now).date());
        }
    }
    for appointment in &reading.appointments {
        let _until = decide_cancellation(&reading.setup, &appointment.value, now);
        let _until = decide_moving(&reading.setup, &appointment.value, now);
    }
}

/// Any bytes as the numbers, hours and appointments of a clinic that can be read.
pub fn decision(bytes: &[u8]) {
    let mut numbers = Numbers(bytes);
    let reading = Reading::of(CLINIC).expect("the clinic can be read");
    let Reading { mut setup, broken, patients, needs, appointments } = reading.clone();
    let near = [(2026, 3, 28), (2026, 10, 24), (2026, 12, 30), (2027, 1, 3), (2028, 2, 28)];
    let (year, month, day) = near[numbers.below(5) as usize];
    let from = NaiveDate::from_ymd_opt(year, month, day).expect("a date");
    let zone = setup.clinic.value.time_zone;
    let now = day_start(zone, from) + TimeDelta::minutes(i64::from(numbers.below(48 * 60)) - 24 * 60);
    setup.clinic.value.raster_minutes = Raster::ALL[numbers.below(5) as usize];
    for entry in &mut setup.working_hours {
        entry.value.weeks = [Weeks::Every, Weeks::Even, Weeks::Odd][numbers.below(3) as usize];
        entry.value.weekday =
            aftalebog_booking::record::WeekdayNumber::try_from(1 + numbers.below(7) as u8).expect("1 to 7");
        entry.value.intervals = (0..numbers.below(3)).filter_map(|_| interval(&mut numbers)).collect();
    }
    for entry in &mut setup.closures {
        entry.value.from = days_before(from, numbers.below(3).into());
        entry.value.to = days_after(entry.value.from, numbers.below(3).into());
    }
    for entry in &mut setup.practitioners {
        (entry.value.registered, entry.value.takes_new_patients) = (numbers.below(8) != 0, numbers.below(4) != 0);
    }
    for entry in &mut setup.online_types {
        let value = &mut entry.value;
        value.min_spacing_minutes = numbers.optional().and_then(|it| SpacingMinutes::new(it % 481).ok());
        value.earliest_booking_days = numbers.optional().and_then(|it| NoticeDays::new(it % 4).ok());
        value.max_days_before_recall_week = numbers.optional().and_then(|it| RecallDays::new(it % 40).ok());
        value.max_days_after_recall_week = numbers.optional().and_then(|it| RecallDays::new(it % 40).ok());
        (value.need_driven, value.choose_practitioner) = (numbers.below(2) == 0, numbers.below(2) == 0);
        for row in &mut value.practitioners {
            row.active = numbers.below(4) != 0;
            row.minutes = numbers.optional().and_then(|it| Length::new(5 + it % 476).ok());
        }
    }
    let mut needs = needs;
    for need in &mut needs {
        need.value.recall = Week::of(from).minus(4).plus(numbers.below(8).into());
        need.value.minutes = Length::new(5 + numbers.below(476) as u16).expect("within its limits");
    }
    let model = appointments.first().expect("an appointment").value.clone();
    let mut appointments = Vec::new();
    while !numbers.0.is_empty() && appointments.len() < 40 {
        let start = day_start(zone, from) + TimeDelta::minutes(numbers.below(75 * 60).into());
        let minutes = Length::new(5 + numbers.below(476) as u16).expect("within its limits");
        let practitioner = setup.practitioners[numbers.below(2) as usize % setup.practitioners.len()].id;
        let patient = (numbers.below(4) == 0).then_some(patients[0].id);
        let status = if numbers.below(8) == 0 { Status::Cancelled } else { Status::Booked };
        appointments.push(Appointment { start, minutes, practitioner, patient, status, ..model.clone() });
    }
    let mut visitor = reading.visitor(patients[0].id);
    visitor.open_needs = needs;
    answers(&setup, &broken, &visitor, &Busy::of(&appointments), now, from);
}

/// Asks everything about some days of every type, and holds the answers against each other.
fn answers(setup: &Setup, broken: &[Broken], visitor: &Visitor, busy: &Busy, now: DateTime<Utc>, from: NaiveDate) {
    let needs = visitor.open_needs.iter().map(|need| Some(need.id));
    let minutes = Length::new(30).expect("within its limits");
    let purposes = [(Purpose::Book, Withheld::Nothing), (Purpose::Move { minutes }, Withheld::Through(from))];
    for appointment_type in setup.appointment_types.iter().take(3) {
        for need in needs.clone().take(1).chain([None]) {
            for (purpose, withheld) in purposes {
                let appointment_type = appointment_type.id;
                let request = Request { setup, broken, visitor, appointment_type, need, purpose, withheld, now };
                agree(&Terms::of(request), busy, now, from);
            }
        }
    }
}

/// Holds what is suggested, explained and decided against each other.
fn agree(terms: &Terms<'_>, busy: &Busy, now: DateTime<Utc>, from: NaiveDate) {
    let explanation = terms.explanation(busy, from, DAYS);
    assert_eq!(terms.suggestions(busy, from, DAYS), explanation.offers);
    assert!(explanation.offers.is_sorted_by_key(|offer| offer.start));
    assert!(terms.barred.is_none() || explanation == Default::default());
    let _words = terms.day(busy, from);
    for Offer { start, minutes, practitioner } in &explanation.offers {
        assert!(*start > now);
        assert_eq!(terms.decide(busy, *practitioner, *start), Ok(*minutes));
    }
    for refused in &explanation.refused {
        let decided = terms.decide(busy, refused.practitioner, refused.start);
        match refused.reason {
            Refusal::TooClose { .. } => assert!(decided.is_ok()),
            reason => assert_eq!(decided, Err(reason)),
        }
    }
    let asked = explanation.refused.iter().take(2).map(|it| (it.practitioner, it.start, Err(it.reason)));
    let offered = explanation.offers.iter().take(2).map(|it| (it.practitioner, it.start, Ok(it.minutes)));
    for (practitioner, start, answer) in asked.chain(offered) {
        assert_eq!(terms.decide_suggestion(busy, practitioner, start), answer);
    }
}

fn interval(numbers: &mut Numbers<'_>) -> Option<Interval> {
    let from = numbers.below(24 * 60) as u16;
    let to = from.saturating_add(1 + numbers.below(8 * 60) as u16).min(24 * 60);
    Interval::new(TimeOfDay::from_minutes(from)?, TimeOfDay::from_minutes(to)?).ok()
}

/// Bytes as a row of numbers; 0 when there are no more.
struct Numbers<'a>(&'a [u8]);

impl Numbers<'_> {
    fn below(&mut self, limit: u32) -> u32 {
        let mut next = || match self.0.split_first() {
            Some((first, rest)) => {
                self.0 = rest;
                u32::from(*first)
            }
            None => 0,
        };
        let number = if limit > 256 { next() << 8 | next() } else { next() };
        number % limit
    }

    fn optional(&mut self) -> Option<u16> {
        (self.below(4) != 0).then(|| self.below(65_536) as u16)
    }
}
