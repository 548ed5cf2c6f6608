//! Which times are offered: a list of two months, of a year, with and without reasons, beside one
//! pass over the same appointments. And how it grows. Goals: `benches/README.md`.

mod figures;

use std::hint::black_box;

use aftalebog_booking::bounded::{Code, Length};
use aftalebog_booking::busy::Busy;
use aftalebog_booking::demo::{SEED, demo_clinic};
use aftalebog_booking::record::{
    Appointment, Entry, Origin, Overlap, Practitioner, Status, WeekdayNumber, Weeks, WithoutNeed, WorkingHours,
};
use aftalebog_booking::terms::{Purpose, Request, Terms, Visitor, Withheld};
use aftalebog_booking::time::{Interval, TimeOfDay};
use aftalebog_booking::zone::instant;
use aftalebog_booking::{Id, Setup};
use chrono::{DateTime, Datelike, NaiveDate, Utc, Weekday};
use figures::{Times, goal, heading, milliseconds, ratio};
use uuid::Uuid;

const TIMES: usize = 200;
const TWO_MONTHS: u32 = 62;
const YEAR: u32 = 365;

fn main() {
    compare();
    grow();
}

/// A clinic whose practitioners all take one type without a need.
struct Clinic {
    setup: Setup,
    appointments: Vec<Appointment>,
    busy: Busy,
    visitor: Visitor,
}

impl Clinic {
    /// `days` dates from tomorrow on, seven of ten half hours of every practitioner taken.
    fn new(practitioners: usize, days: u32) -> Self {
        let demo = demo_clinic(today(), SEED);
        let mut setup = Setup::gather(demo.records).expect("a set-up");
        let model = setup.practitioners[0].value.clone();
        setup.practitioners = (0..practitioners).map(|number| practitioner(number, &model)).collect();
        setup.working_hours = setup.practitioners.iter().flat_map(|entry| week(entry.id)).collect();
        let ticked = |entry: &Entry<Practitioner>| WithoutNeed { practitioner: entry.id, active: true, minutes: None };
        // Every stretch of dates has the same share of working days.
        setup.closures.clear();
        setup.clinic.value.closed_on_public_holidays = false;
        let online_type = setup.online_types.iter_mut().find(|entry| !entry.value.need_driven).expect("AKUT");
        online_type.value.practitioners = setup.practitioners.iter().map(ticked).collect();
        online_type.value.min_spacing_minutes = None;
        online_type.value.earliest_booking_days = None;
        let asked = online_type.clone();
        setup.online_types = vec![asked];
        let appointments = taken(&setup, days);
        let busy = Busy::of(&appointments);
        Self { setup, appointments, busy, visitor: Visitor::new_patient() }
    }

    fn request(&self) -> Request<'_> {
        Request {
            setup: &self.setup,
            broken: &[],
            visitor: &self.visitor,
            appointment_type: self.setup.online_types[0].value.appointment_type,
            need: None,
            purpose: Purpose::Book,
            withheld: Withheld::Nothing,
            now: now(),
        }
    }

    fn suggestions(&self, days: u32) -> usize {
        Terms::of(self.request()).suggestions(&self.busy, tomorrow(), days).len()
    }

    fn explanation(&self, days: u32) -> usize {
        let explanation = Terms::of(self.request()).explanation(&self.busy, tomorrow(), days);
        explanation.offers.len() + explanation.refused.len()
    }

    /// Each appointment lasts a working day, so that hardly any time is free.
    fn block_everything(&self) -> Vec<Appointment> {
        let everything = self
            .appointments
            .iter()
            .map(|it| Appointment { minutes: Length::new(480).expect("a length"), ..it.clone() });
        everything.collect()
    }

    /// The yardstick: one comparison with each appointment.
    fn pass(&self) -> usize {
        let now = black_box(now());
        self.appointments.iter().filter(|appointment| appointment.start > now).count()
    }
}

fn compare() {
    let clinic = Clinic::new(10, TWO_MONTHS);
    let year = Clinic::new(10, YEAR);
    let mut idle = Clinic::new(10, TWO_MONTHS);
    idle.setup.working_hours.clear();
    let mut full = Clinic::new(10, TWO_MONTHS);
    full.busy = Busy::of(&full.block_everything());
    let [mut pass, mut terms, mut busy, mut list, mut reasons, mut twelve] = std::array::from_fn(|_| Times::default());
    let [mut dates, mut taken] = std::array::from_fn(|_| Times::default());
    for _ in 0..TIMES {
        let _count = black_box(dates.take(|| idle.suggestions(TWO_MONTHS)));
        let _count = black_box(taken.take(|| full.suggestions(TWO_MONTHS)));
        let _count = black_box(pass.take(|| clinic.pass()));
        let _terms = black_box(terms.take(|| Terms::of(clinic.request())));
        let _busy = black_box(busy.take(|| Busy::of(&clinic.appointments)));
        let _count = black_box(list.take(|| clinic.suggestions(TWO_MONTHS)));
        let _count = black_box(reasons.take(|| clinic.explanation(TWO_MONTHS)));
        let _count = black_box(twelve.take(|| year.suggestions(YEAR)));
    }
    heading("10 practitioners, raster 15, spacing 0, 70 % taken");
    pass.line(&format!("one pass over the {} appointments of 62 days", clinic.appointments.len()));
    busy.line("their busy time, merged; made once for many lists");
    terms.line("who is in the running, from when to when");
    dates.line("62 days: the same, but nobody works");
    taken.line("62 days: the same, but everything is taken");
    list.line(&format!("62 days: the {} suggestions", clinic.suggestions(TWO_MONTHS)));
    reasons.line(&format!("62 days: all {} candidates, with reasons", clinic.explanation(TWO_MONTHS)));
    twelve.line(&format!("365 days: the {} suggestions", year.suggestions(YEAR)));
    println!("  62 days are {:.0} passes over the appointments", ratio(&list, &pass));
    goal("62 days, in µs", milliseconds(list.median()) * 1e3, 200.0);
    goal("12 months, of 62 days", ratio(&twelve, &list), 6.0);
    goal("with reasons, of without", ratio(&reasons, &list), 5.0);
}

/// Four and sixteen times as much of one thing, and the same of the others.
fn grow() {
    heading("growth: days, practitioners, appointments outside the days asked about");
    let bare = measure("12 practitioners, 62 days", &Clinic::new(12, TWO_MONTHS), TWO_MONTHS);
    for (times, days) in [(4.0, 248), (16.0, 992)] {
        let more = measure(&format!("12 practitioners, {days} days"), &Clinic::new(12, days), days);
        goal(&format!("{times} times the days, of it"), ratio(&more, &bare), times * 1.25);
    }
    for (times, practitioners) in [(4.0, 48), (16.0, 192), (200.0 / 12.0, 200)] {
        let clinic = Clinic::new(practitioners, TWO_MONTHS);
        let more = measure(&format!("{practitioners} practitioners, 62 days"), &clinic, TWO_MONTHS);
        goal(&format!("{times:.1} times the practitioners, of it"), ratio(&more, &bare), times * 1.25);
    }
    for days in [248, 992, 5600] {
        let clinic = Clinic::new(12, days);
        let more = measure(&format!("12, 62 days of {} appointments", clinic.appointments.len()), &clinic, TWO_MONTHS);
        goal("more appointments on other days, of it", ratio(&more, &bare), 1.25);
    }
}

fn measure(what: &str, clinic: &Clinic, days: u32) -> Times {
    let mut times = Times::default();
    for _ in 0..TIMES / 2 {
        let _count = black_box(times.take(|| clinic.suggestions(days)));
    }
    times.line(what);
    times
}

/// Monday at 9:20 in the clinic.
fn now() -> DateTime<Utc> {
    "2026-11-23T08:20:00Z".parse().expect("a time")
}

fn today() -> NaiveDate {
    now().date_naive()
}

fn tomorrow() -> NaiveDate {
    today().succ_opt().expect("a date")
}

fn practitioner(number: usize, model: &Practitioner) -> Entry<Practitioner> {
    let initials = Code::new(&format!("P{number}")).expect("short");
    let value =
        Practitioner { initials, registered: true, takes_new_patients: true, position: number as u32, ..model.clone() };
    Entry { id: Id::new(Uuid::new_v5(&Uuid::NAMESPACE_OID, &number.to_le_bytes())), value }
}

/// From 8 to 12 and from 12:30 to 16, on weekdays.
fn week(practitioner: Id<Practitioner>) -> impl Iterator<Item = Entry<WorkingHours>> {
    let time = |hour, minute| TimeOfDay::new(hour, minute).expect("a time");
    let intervals = [(time(8, 0), time(12, 0)), (time(12, 30), time(16, 0))];
    let intervals = intervals.map(|(from, to)| Interval::new(from, to).expect("an interval"));
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri].into_iter().map(move |weekday| {
        Entry::new(WorkingHours {
            practitioner,
            weekday: WeekdayNumber::new(weekday),
            weeks: Weeks::Every,
            intervals: intervals.to_vec(),
            valid_from: None,
            valid_to: None,
        })
    })
}

/// Seven of ten half hours of every practitioner's working time, as a day follows the other.
fn taken(setup: &Setup, days: u32) -> Vec<Appointment> {
    let zone = setup.clinic.value.time_zone;
    let half_hours: Vec<u16> =
        (16..24).map(|half| 30 * half).chain((0..7).map(|half| 12 * 60 + 30 + 30 * half)).collect();
    let model = demo_clinic(today(), SEED).records.into_iter().find_map(|record| match record.value {
        aftalebog_booking::Value::Appointment(value) => Some(value),
        _ => None,
    });
    let model = model.expect("an appointment");
    let mut seed = 1_u64;
    let mut appointments = Vec::new();
    for date in tomorrow().iter_days().take(days as usize).filter(|date| date.weekday().num_days_from_monday() < 5) {
        for practitioner in &setup.practitioners {
            for minute in &half_hours {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                if (seed >> 33) % 10 < 7 {
                    appointments.push(Appointment {
                        practitioner: practitioner.id,
                        start: instant(zone, date, TimeOfDay::from_minutes(*minute).expect("a time")),
                        minutes: Length::new(30).expect("a length"),
                        need: None,
                        origin: Origin::Clinic,
                        status: Status::Booked,
                        overlap: Overlap::None,
                        ..model.clone()
                    });
                }
            }
        }
    }
    appointments
}
