//! A small clinic for a test, said in few words.
//!
//! JH and MK are registered and take new patients; one type of 30 minutes can be booked with JH
//! without a need, from today on, at every step of 15 minutes.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeZone, Utc};
use uuid::Uuid;

use crate::bounded::{Alias, Code, Detail, Length, Name, NoticeDays, RecallDays, SpacingMinutes};
use crate::broken::{Broken, BrokenRecord, Concerns, Fault};
use crate::busy::Busy;
use crate::id::Id;
use crate::offer::Explanation;
use crate::record::{
    Analytics, Appointment, AppointmentType, Clinic, Closure, Color, Entry, Kind, Need, OnlineType, Origin, Overlap,
    Patient, Practitioner, Service, Status, WeekdayNumber, Weeks, WithoutNeed, WorkingHours,
};
use crate::refusal::Refusal;
use crate::setup::Setup;
use crate::terms::{Purpose, Request, Standing, Terms, Visitor, Withheld};
use crate::time::{Interval, Raster, TimeOfDay, Week};
use crate::zone::local;

pub(crate) const TYPE: Id<AppointmentType> = Id::new(Uuid::from_u128(100));
pub(crate) const PATIENT: Id<Patient> = Id::new(Uuid::from_u128(200));

#[derive(Clone, Debug)]
pub(crate) struct Scene {
    pub(crate) setup: Setup,
    pub(crate) appointments: Vec<Appointment>,
    pub(crate) visitor: Visitor,
    pub(crate) broken: Vec<Broken>,
    pub(crate) need: Option<Id<Need>>,
    pub(crate) purpose: Purpose,
    pub(crate) withheld: Withheld,
    pub(crate) now: DateTime<Utc>,
}

/// The practitioner with these initials: JH is the first, MK the second, SA the third.
pub(crate) fn practitioner(initials: &str) -> Id<Practitioner> {
    let number = ["JH", "MK", "SA"].iter().position(|it| *it == initials).expect("JH, MK or SA");
    Id::new(Uuid::from_u128(1 + number as u128))
}

pub(crate) fn date(text: &str) -> NaiveDate {
    text.parse().expect(text)
}

pub(crate) fn time(text: &str) -> TimeOfDay {
    TimeOfDay::try_from(text.to_owned()).expect(text)
}

/// «08:00-12:00 12:30-16:00»
pub(crate) fn intervals(text: &str) -> Vec<Interval> {
    let interval = |part: &str| {
        let (from, to) = part.split_once('-').expect("from-to");
        Interval::new(time(from), time(to)).expect("an interval")
    };
    text.split_whitespace().map(interval).collect()
}

pub(crate) fn length(minutes: u16) -> Length {
    Length::new(minutes).expect("within its limits")
}

/// An instant of Copenhagen: `2026-11-24 08:00`, or one of UTC: `2026-11-24T07:00:00Z`.
pub(crate) fn instant(text: &str) -> DateTime<Utc> {
    if text.ends_with('Z') {
        return text.parse().expect(text);
    }
    let wall_clock = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect(text);
    chrono_tz::Europe::Copenhagen.from_local_datetime(&wall_clock).earliest().expect(text).with_timezone(&Utc)
}

impl Scene {
    pub(crate) fn new(now: &str) -> Self {
        let name = |text: &str| Name::new(text).expect("a name");
        let code = |text: &str| Code::new(text).expect("a code");
        let detail = |text: &str| Detail::new(text).expect("a detail");
        let clinic = Clinic {
            name: name("Klinikken"),
            address: detail(""),
            phone: detail("00 00 00 00"),
            email: detail(""),
            greeting: detail(""),
            time_zone: chrono_tz::Europe::Copenhagen,
            raster_minutes: Raster::try_from(15).expect("a raster"),
            closed_on_public_holidays: false,
        };
        let person = |initials: &str, position| Entry {
            id: practitioner(initials),
            value: Practitioner {
                initials: code(initials),
                name: name(initials),
                title: detail(""),
                registered: true,
                takes_new_patients: true,
                position,
                deactivated: false,
            },
        };
        let appointment_type = AppointmentType {
            code: code("AKUT"),
            name: name("Tandpine"),
            minutes: length(30),
            color: Color([0x0B, 0x6B, 0x7C]),
            deactivated: false,
        };
        let online_type = OnlineType {
            appointment_type: TYPE,
            alias: Alias::new("Tandpine").expect("an alias"),
            min_spacing_minutes: None,
            need_driven: false,
            choose_practitioner: false,
            practitioners: vec![WithoutNeed { practitioner: practitioner("JH"), active: true, minutes: None }],
            max_days_before_recall_week: None,
            max_days_after_recall_week: None,
            earliest_booking_days: None,
            cancel_days: None,
            move_days: None,
            position: 1,
        };
        let service = Service { running: true, self_registration: true, closed_text: None };
        let entry = |number| Uuid::from_u128(number);
        Self {
            setup: Setup {
                clinic: Entry { id: Id::new(entry(300)), value: clinic },
                service: Entry { id: Id::new(entry(301)), value: service },
                analytics: Entry { id: Id::new(entry(302)), value: Analytics { enabled: false, measurement_id: None } },
                practitioners: vec![person("JH", 1), person("MK", 2)],
                practitioner_groups: Vec::new(),
                working_hours: Vec::new(),
                closures: Vec::new(),
                appointment_types: vec![Entry { id: TYPE, value: appointment_type }],
                online_types: vec![Entry { id: Id::new(entry(303)), value: online_type }],
            },
            appointments: Vec::new(),
            visitor: Visitor { patient: Some(PATIENT), standing: Standing::Known, open_needs: Vec::new() },
            broken: Vec::new(),
            need: None,
            purpose: Purpose::Book,
            withheld: Withheld::Nothing,
            now: instant(now),
        }
    }

    pub(crate) fn with(mut self, edit: impl FnOnce(&mut Self)) -> Self {
        edit(&mut self);
        self
    }

    pub(crate) fn online_type(&mut self) -> &mut OnlineType {
        &mut self.setup.online_types[0].value
    }

    pub(crate) fn person(&mut self, initials: &str) -> &mut Practitioner {
        let id = practitioner(initials);
        &mut self.setup.practitioners.iter_mut().find(|entry| entry.id == id).expect("a practitioner").value
    }

    pub(crate) fn raster(self, minutes: u16) -> Self {
        self.with(|it| it.setup.clinic.value.raster_minutes = Raster::try_from(minutes).expect("a raster"))
    }

    pub(crate) fn lasts(self, minutes: u16) -> Self {
        self.with(|it| it.setup.appointment_types[0].value.minutes = length(minutes))
    }

    pub(crate) fn spacing(self, minutes: u16) -> Self {
        let spacing = SpacingMinutes::new(minutes).expect("within its limits");
        self.with(|it| it.online_type().min_spacing_minutes = Some(spacing))
    }

    pub(crate) fn bookable(self, days: Option<u16>) -> Self {
        let days = days.map(|days| NoticeDays::new(days).expect("within its limits"));
        self.with(|it| it.online_type().earliest_booking_days = days)
    }

    pub(crate) fn ticked(self, initials: &[&str]) -> Self {
        let row = |initials: &&str| WithoutNeed { practitioner: practitioner(initials), active: true, minutes: None };
        self.with(|it| it.online_type().practitioners = initials.iter().map(row).collect())
    }

    /// Need-driven; the patient has a need of 30 minutes with JH in this ISO week, `2026 48`.
    pub(crate) fn need(self, week: &str) -> Self {
        self.need_of(400, "JH", 30, week)
    }

    pub(crate) fn need_of(mut self, id: u128, initials: &str, minutes: u16, week: &str) -> Self {
        let (year, number) = week.split_once(' ').expect("a year and a week");
        let recall = Week::new(year.parse().expect("a year"), number.parse().expect("a week")).expect("a week");
        self.online_type().need_driven = true;
        let value = Need {
            patient: PATIENT,
            appointment_type: TYPE,
            practitioner: practitioner(initials),
            minutes: length(minutes),
            recall,
        };
        self.visitor.open_needs.push(Entry { id: Id::new(Uuid::from_u128(id)), value });
        self
    }

    pub(crate) fn recall(self, before: Option<u16>, after: Option<u16>) -> Self {
        let days = |days: Option<u16>| days.map(|days| RecallDays::new(days).expect("within its limits"));
        self.with(|it| {
            it.online_type().max_days_before_recall_week = days(before);
            it.online_type().max_days_after_recall_week = days(after);
        })
    }

    /// On that date only.
    pub(crate) fn works(mut self, initials: &str, day: &str, hours: &str) -> Self {
        let value = WorkingHours {
            practitioner: practitioner(initials),
            weekday: WeekdayNumber::new(date(day).weekday()),
            weeks: Weeks::Every,
            intervals: intervals(hours),
            valid_from: Some(date(day)),
            valid_to: Some(date(day)),
        };
        let id = Id::new(Uuid::from_u128(500 + self.setup.working_hours.len() as u128));
        self.setup.working_hours.push(Entry { id, value });
        self
    }

    pub(crate) fn closed(mut self, initials: Option<&str>, from: &str, to: &str) -> Self {
        let value = Closure {
            practitioner: initials.map(practitioner),
            from: date(from),
            to: date(to),
            reason: Detail::new("Ferie").expect("a reason"),
        };
        let id = Id::new(Uuid::from_u128(600 + self.setup.closures.len() as u128));
        self.setup.closures.push(Entry { id, value });
        self
    }

    pub(crate) fn booked(self, initials: &str, start: &str, minutes: u16) -> Self {
        let patient = Id::new(Uuid::from_u128(201));
        self.with(|it| it.appointments.push(appointment(initials, start, minutes, Some(patient))))
    }

    /// An appointment of the patient who asks.
    pub(crate) fn own(self, initials: &str, start: &str, minutes: u16) -> Self {
        self.with(|it| it.appointments.push(appointment(initials, start, minutes, Some(PATIENT))))
    }

    pub(crate) fn breaks(self, kind: Kind, id: u128, concerns: Concerns) -> Self {
        let record = BrokenRecord { kind: Some(kind), id: Some(Uuid::from_u128(id)) };
        let broken = Broken { record, fault: Fault::NoValue, known_as: None, uses: None, concerns };
        self.with(|it| it.broken.push(broken))
    }

    pub(crate) fn busy(&self) -> Busy {
        Busy::of(&self.appointments)
    }

    pub(crate) fn request(&self) -> Request<'_> {
        Request {
            setup: &self.setup,
            broken: &self.broken,
            visitor: &self.visitor,
            appointment_type: TYPE,
            need: self.need,
            purpose: self.purpose,
            withheld: self.withheld,
            now: self.now,
        }
    }

    pub(crate) fn terms(&self) -> Terms<'_> {
        Terms::of(self.request())
    }

    pub(crate) fn explanation(&self, from: &str, days: u32) -> Explanation {
        self.terms().explanation(&self.busy(), date(from), days)
    }

    /// «08:00 JH», by the wall clock of the clinic.
    pub(crate) fn named(&self, start: DateTime<Utc>, id: Id<Practitioner>) -> String {
        let who = self.setup.practitioner(id).map_or("?", |practitioner| practitioner.initials.as_str());
        format!("{} {who}", local(self.setup.clinic.value.time_zone, start).format("%H:%M"))
    }

    /// What is suggested on a date, all the words in one: «08:00 JH, 08:15 MK».
    pub(crate) fn suggested(&self, day: &str) -> String {
        let offers = self.terms().suggestions(&self.busy(), date(day), 1);
        let offers: Vec<String> = offers.iter().map(|offer| self.named(offer.start, offer.practitioner)).collect();
        offers.join(", ")
    }

    /// The starts alone, of a date on which one practitioner works.
    pub(crate) fn starts(&self, day: &str) -> String {
        let zone = self.setup.clinic.value.time_zone;
        let offers = self.terms().suggestions(&self.busy(), date(day), 1);
        let start = |start| local(zone, start).format("%H:%M").to_string();
        offers.iter().map(|offer| start(offer.start)).collect::<Vec<_>>().join(" ")
    }

    pub(crate) fn decide(&self, initials: &str, start: &str) -> Result<Length, Refusal> {
        self.terms().decide(&self.busy(), practitioner(initials), instant(start))
    }

    /// `allowed`, or the reason's name.
    pub(crate) fn word(&self, initials: &str, start: &str) -> &'static str {
        self.decide(initials, start).map_or_else(|refusal| refusal.code(), |_| "allowed")
    }

    pub(crate) fn barred(&self) -> Option<Refusal> {
        self.terms().barred
    }
}

pub(crate) fn appointment(initials: &str, start: &str, minutes: u16, patient: Option<Id<Patient>>) -> Appointment {
    Appointment {
        practitioner: practitioner(initials),
        appointment_type: patient.map(|_| TYPE),
        patient,
        need: None,
        start: instant(start),
        minutes: length(minutes),
        origin: Origin::Clinic,
        status: Status::Booked,
        overlap: Overlap::None,
        note: Detail::new("").expect("a note"),
    }
}
