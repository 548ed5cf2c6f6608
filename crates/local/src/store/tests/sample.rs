//! A small clinic with at least one record of every kind.

use aftalebog_booking::bounded::{Line, MeasurementId, Whole};
use aftalebog_booking::record::*;
use aftalebog_booking::time::{Interval, Raster, TimeOfDay, Week};
use aftalebog_booking::{Entry, Id, Snapshot};
use chrono::{DateTime, NaiveDate, Utc, Weekday};
use uuid::Uuid;

pub fn line<const MIN: usize, const MAX: usize>(text: &str) -> Line<MIN, MAX> {
    Line::new(text).unwrap()
}

pub fn whole<const MIN: u16, const MAX: u16>(number: u16) -> Whole<MIN, MAX> {
    Whole::new(number).unwrap()
}

pub fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn interval(from: u16, to: u16) -> Interval {
    Interval::new(TimeOfDay::new(from, 0).unwrap(), TimeOfDay::new(to, 0).unwrap()).unwrap()
}

/// The same id every time, so that a kept file can be written again.
fn entry<T>(number: u128, value: T) -> Entry<T> {
    Entry { id: Id::new(Uuid::from_u128(0xA0_0000 + number)), value }
}

/// The records by name.
#[derive(Clone)]
pub struct Sample {
    pub clinic: Entry<Clinic>,
    pub service: Entry<Service>,
    pub analytics: Entry<Analytics>,
    pub dentist: Entry<Practitioner>,
    pub hygienist: Entry<Practitioner>,
    pub group: Entry<PractitionerGroup>,
    pub hours: Entry<WorkingHours>,
    pub closure: Entry<Closure>,
    pub check_up: Entry<AppointmentType>,
    pub cleaning: Entry<AppointmentType>,
    pub online: Entry<OnlineType>,
    pub patient: Entry<Patient>,
    pub need: Entry<Need>,
    pub appointment: Entry<Appointment>,
    pub block: Entry<Appointment>,
}

pub fn sample() -> Sample {
    let practitioner = |initials, name, position| Practitioner {
        initials: line(initials),
        name: line(name),
        title: line(""),
        registered: true,
        takes_new_patients: false,
        position,
        deactivated: false,
    };
    let dentist = entry(1, practitioner("ÆØÅ", "Åse Ærø", 0));
    let hygienist = entry(2, practitioner("HY", "Hanne Yde", u32::MAX));
    let check_up = entry(
        3,
        AppointmentType {
            code: line("SU"),
            name: line("Undersøgelse"),
            minutes: whole(5),
            color: Color([11, 107, 124]),
            deactivated: false,
        },
    );
    let cleaning = entry(
        4,
        AppointmentType {
            code: line("TR"),
            name: line("Tandrensning"),
            minutes: whole(480),
            color: Color([255; 3]),
            deactivated: true,
        },
    );
    let patient = entry(
        5,
        Patient {
            number: line("0007"),
            name: line("O'Brien 🦷"),
            birth_date: date("1900-02-28"),
            phone: None,
            email: Some(line("")),
            self_registered: true,
            accepted: false,
        },
    );
    let need = entry(
        6,
        Need {
            patient: patient.id,
            appointment_type: check_up.id,
            practitioner: dentist.id,
            minutes: whole(30),
            recall: Week::new(2026, 53).unwrap(),
        },
    );
    let appointment = entry(
        7,
        Appointment {
            practitioner: dentist.id,
            appointment_type: Some(check_up.id),
            patient: Some(patient.id),
            need: Some(need.id),
            start: instant("2026-11-23T08:00:00Z"),
            minutes: whole(60),
            origin: Origin::Online,
            status: Status::Booked,
            overlap: Overlap::None,
            note: line("ring først"),
        },
    );
    let block = entry(
        8,
        Appointment {
            practitioner: dentist.id,
            appointment_type: None,
            patient: None,
            need: None,
            start: instant("2026-11-23T12:00:00Z"),
            minutes: whole(30),
            origin: Origin::Clinic,
            status: Status::Booked,
            overlap: Overlap::None,
            note: line(""),
        },
    );
    let group = entry(
        20,
        PractitionerGroup { name: line("Æbleskiver"), practitioners: vec![hygienist.id, dentist.id], position: 3 },
    );
    Sample {
        clinic: entry(
            9,
            Clinic {
                name: line("Tandlægerne på Østergade"),
                address: line("Østergade 1"),
                phone: line(""),
                email: line(""),
                greeting: line("Velkommen"),
                time_zone: chrono_tz::Europe::Copenhagen,
                raster_minutes: Raster::ALL[2],
                closed_on_public_holidays: true,
            },
        ),
        service: entry(10, Service { running: true, self_registration: false, closed_text: None }),
        analytics: entry(11, Analytics { enabled: false, measurement_id: MeasurementId::new("G-0a").ok() }),
        hours: entry(
            12,
            WorkingHours {
                practitioner: dentist.id,
                weekday: WeekdayNumber::new(Weekday::Sun),
                weeks: Weeks::Odd,
                intervals: vec![interval(8, 12), interval(13, 24), interval(0, 1)],
                valid_from: Some(date("2026-01-01")),
                valid_to: None,
            },
        ),
        closure: entry(
            13,
            Closure { practitioner: None, from: date("2026-12-24"), to: date("2027-01-01"), reason: line("Jul") },
        ),
        online: entry(
            14,
            OnlineType {
                appointment_type: check_up.id,
                alias: line("Undersøgelse"),
                min_spacing_minutes: Some(whole(0)),
                need_driven: true,
                choose_practitioner: false,
                practitioners: vec![
                    WithoutNeed { practitioner: hygienist.id, active: false, minutes: Some(whole(45)) },
                    WithoutNeed { practitioner: dentist.id, active: true, minutes: None },
                ],
                max_days_before_recall_week: None,
                max_days_after_recall_week: Some(whole(0)),
                earliest_booking_days: Some(whole(0)),
                cancel_days: None,
                move_days: Some(whole(365)),
                position: 3,
            },
        ),
        dentist,
        hygienist,
        group,
        check_up,
        cleaning,
        patient,
        need,
        appointment,
        block,
    }
}

impl Sample {
    pub fn snapshot(&self) -> Snapshot {
        let all = self.clone();
        let mut records = vec![
            all.clinic.into_record(),
            all.service.into_record(),
            all.analytics.into_record(),
            all.dentist.into_record(),
            all.hygienist.into_record(),
            all.group.into_record(),
            all.hours.into_record(),
            all.closure.into_record(),
            all.check_up.into_record(),
            all.cleaning.into_record(),
            all.online.into_record(),
            all.patient.into_record(),
            all.need.into_record(),
            all.appointment.into_record(),
            all.block.into_record(),
        ];
        records.sort_by_key(|record| (record.value.kind(), record.id));
        Snapshot::new(records)
    }
}
