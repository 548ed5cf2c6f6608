//! Clinics far larger than any is: the demo clinic with more of everything.
#![allow(dead_code, reason = "each benchmark uses a part of it")]

use aftalebog_booking::bounded::{Alias, Code, Detail, Length, Name};
use aftalebog_booking::demo::{SEED, demo_clinic};
use aftalebog_booking::record::{
    Appointment, AppointmentType, Need, OnlineType, Origin, Overlap, Patient, Practitioner, Recorded, Status,
    WithoutNeed, WorkingHours,
};
use aftalebog_booking::time::Week;
use aftalebog_booking::{Entry, Id, Kind, Record, Snapshot, Value};
use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use uuid::Uuid;

/// Monday at 9:20 in the clinic.
pub fn now() -> DateTime<Utc> {
    "2026-11-23T08:20:00Z".parse().expect("a time")
}

fn today() -> NaiveDate {
    now().date_naive()
}

/// How many there are of what makes a clinic large.
#[derive(Clone, Copy, Default)]
pub struct Size {
    pub practitioners: usize,
    pub types: usize,
    /// On the day of [`now`].
    pub appointments: usize,
    /// On each of so many weekdays before and after it there are as many.
    pub days_around: usize,
}

pub fn clinic(size: Size) -> Snapshot {
    let demo = demo_clinic(today(), SEED);
    if size.types == 0 && size.practitioners == 0 {
        return demo;
    }
    let models: Vec<Record> = demo.records;
    let practitioners = practitioners(&models, size.practitioners);
    let mut records: Vec<Record> = models
        .iter()
        .filter(|record| matches!(record.value.kind(), Kind::Clinic | Kind::Service | Kind::Analytics | Kind::Patient))
        .cloned()
        .collect();
    records.extend(practitioners.iter().cloned().map(Entry::into_record));
    records.extend(hours(&models, &practitioners));
    let types = types(&models, size.types.max(10));
    records.extend(types.iter().cloned().map(Entry::into_record));
    records.extend(needs(&models, &types, &practitioners, size).into_iter().map(Entry::into_record));
    records.extend(online(&types, &practitioners).into_iter().map(Entry::into_record));
    records.extend(appointments(&models, &types, &practitioners, size));
    Snapshot::new(records)
}

fn all<T: Recorded + Clone>(records: &[Record], take: impl Fn(&Value) -> Option<&T>) -> Vec<Entry<T>> {
    records
        .iter()
        .filter_map(|record| Some(Entry { id: Id::new(record.id), value: take(&record.value)?.clone() }))
        .collect()
}

fn id<T: Recorded>(number: usize) -> Id<T> {
    Id::new(Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("{}/{number}", T::KIND).as_bytes()))
}

fn practitioners(models: &[Record], count: usize) -> Vec<Entry<Practitioner>> {
    let models = all(models, |value| if let Value::Practitioner(it) = value { Some(it) } else { None });
    let one = |number: usize| {
        let model = &models[number % models.len()].value;
        let initials = Code::new(&format!("{}{number}", model.initials.as_str())).expect("short");
        let value = Practitioner { initials, position: number as u32 + 1, ..model.clone() };
        Entry { id: id(number), value }
    };
    (0..count).map(one).collect()
}

fn hours(models: &[Record], practitioners: &[Entry<Practitioner>]) -> Vec<Record> {
    let models = all(models, |value| if let Value::WorkingHours(it) = value { Some(it) } else { None });
    let first = models[0].value.practitioner;
    let week: Vec<&WorkingHours> =
        models.iter().map(|entry| &entry.value).filter(|hours| hours.practitioner == first).collect();
    let of = |(number, practitioner): (usize, &Entry<Practitioner>)| {
        let practitioner = practitioner.id;
        week.iter()
            .enumerate()
            .map(|(day, hours)| {
                let value = WorkingHours { practitioner, ..(*hours).clone() };
                Entry { id: id(number * 100 + day), value }.into_record()
            })
            .collect::<Vec<_>>()
    };
    practitioners.iter().enumerate().flat_map(of).collect()
}

fn types(models: &[Record], count: usize) -> Vec<Entry<AppointmentType>> {
    let models = all(models, |value| if let Value::AppointmentType(it) = value { Some(it) } else { None });
    let one = |number: usize| {
        let model = &models[number % models.len()].value;
        let code = Code::new(&format!("{}{number:03}", model.code.as_str())).expect("short");
        let name = Name::new(&format!("{} {number}", model.name.as_str())).expect("short");
        Entry { id: id(number), value: AppointmentType { code, name, ..model.clone() } }
    };
    (0..count).map(one).collect()
}

/// Every other one is driven by needs; the others can be booked with half of the practitioners.
fn online(types: &[Entry<AppointmentType>], practitioners: &[Entry<Practitioner>]) -> Vec<Entry<OnlineType>> {
    let one = |(number, of): (usize, &Entry<AppointmentType>)| {
        let rows = practitioners.iter().enumerate().map(|(row, practitioner)| WithoutNeed {
            practitioner: practitioner.id,
            active: (row + number) % 2 == 0,
            minutes: (row % 3 == 0).then(|| Length::new(30).expect("within the limits")),
        });
        let value = OnlineType {
            appointment_type: of.id,
            alias: Alias::new(of.value.name.as_str()).expect("short"),
            min_spacing_minutes: 30.try_into().ok(),
            need_driven: number % 2 == 1,
            choose_practitioner: false,
            practitioners: rows.collect(),
            max_days_before_recall_week: None,
            max_days_after_recall_week: 100.try_into().ok(),
            earliest_booking_days: 1.try_into().ok(),
            cancel_days: 2.try_into().ok(),
            move_days: 2.try_into().ok(),
            position: number as u32 + 1,
        };
        Entry { id: id(number), value }
    };
    types.iter().enumerate().map(one).collect()
}

/// Of the patients of a clinic with years of appointments every fourth is to come again.
fn needs(
    models: &[Record],
    types: &[Entry<AppointmentType>],
    practitioners: &[Entry<Practitioner>],
    size: Size,
) -> Vec<Entry<Need>> {
    let patients: Vec<Entry<Patient>> =
        all(models, |value| if let Value::Patient(it) = value { Some(it) } else { None });
    let count = if size.days_around == 0 { 0 } else { size.appointments * 6 };
    let one = |number: usize| {
        let value = Need {
            patient: patients[number % patients.len()].id,
            appointment_type: types[number % types.len()].id,
            practitioner: practitioners[number % practitioners.len()].id,
            minutes: Length::new(30).expect("within the limits"),
            recall: Week::of(today()).plus(number as u64 % 26),
        };
        Entry { id: id(number), value }
    };
    (0..count).map(one).collect()
}

/// One after the other, all day long, with every practitioner.
fn appointments(
    models: &[Record],
    types: &[Entry<AppointmentType>],
    practitioners: &[Entry<Practitioner>],
    size: Size,
) -> Vec<Record> {
    let count = size.appointments;
    if count == 0 {
        return vec![];
    }
    let patients: Vec<Entry<Patient>> =
        all(models, |value| if let Value::Patient(it) = value { Some(it) } else { None });
    let each = count.div_ceil(practitioners.len());
    let minutes = Length::new((660 / each).max(5) as u16).expect("within the limits");
    let one = |(day, turn_of_day): (NaiveDate, usize), number: usize| {
        let day = day.and_hms_opt(6, 0, 0).expect("a time").and_utc();
        let (practitioner, turn) = (&practitioners[number % practitioners.len()], number / practitioners.len());
        let start = day + TimeDelta::minutes(i64::from(minutes.get()) * turn as i64);
        let value = Appointment {
            practitioner: practitioner.id,
            appointment_type: Some(types[number % types.len()].id),
            patient: Some(patients[number % patients.len()].id),
            need: None,
            start,
            minutes,
            origin: if number.is_multiple_of(4) { Origin::Online } else { Origin::Clinic },
            status: Status::Booked,
            // A patient may be in two places here.
            overlap: Overlap::Deliberate,
            note: Detail::new(if number.is_multiple_of(5) { "Ring dagen før" } else { "" }).expect("short"),
        };
        Entry { id: id(turn_of_day * count + number), value }.into_record()
    };
    let days = today().iter_days().filter(|day| day.weekday().number_from_monday() < 6).take(size.days_around + 1);
    let before = std::iter::successors(today().pred_opt(), NaiveDate::pred_opt);
    let before = before.filter(|day| day.weekday().number_from_monday() < 6).take(size.days_around);
    let days: Vec<NaiveDate> = days.chain(before).collect();
    days.iter()
        .enumerate()
        .flat_map(|(turn, day)| (0..count).map(move |number| ((*day, turn), number)))
        .map(|(day, number)| one(day, number))
        .collect()
}
