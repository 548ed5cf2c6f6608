//! The demo clinic's settings, as the design's tables list them.

use chrono::{Datelike, NaiveDate, Weekday};
use chrono_tz::Europe::Copenhagen;

use super::{id, length, line};
use crate::bounded::Whole;
use crate::id::Id;
use crate::record::{
    Analytics, AppointmentType, Clinic, Closure, Color, Entry, OnlineType, Practitioner, PractitionerGroup, Record,
    Recorded, Service, WeekdayNumber, Weeks, WithoutNeed, WorkingHours,
};
use crate::time::{Interval, Raster, TimeOfDay};

use Weekday::{Fri, Mon, Thu, Tue, Wed};

/// A column of the appointment book: initials, name, title, «Tilmeldt», «Aktiv».
struct Staff(&'static str, &'static str, &'static str, Registered, NewPatients);

#[derive(PartialEq)]
enum Registered {
    Yes,
    No,
}

#[derive(PartialEq)]
enum NewPatients {
    Yes,
    No,
}

/// In the order in which patients see them.
const STAFF: [Staff; 7] = [
    Staff("JH", "Jens Holm", "tandlæge", Registered::Yes, NewPatients::Yes),
    Staff("MK", "Mette Kjærgaard", "tandlæge", Registered::Yes, NewPatients::No),
    Staff("SA", "Sara Ahmadi", "tandlæge", Registered::Yes, NewPatients::Yes),
    Staff("LB", "Line Bech", "tandplejer", Registered::Yes, NewPatients::No),
    Staff("CN", "Camilla Nørgaard", "tandplejer", Registered::Yes, NewPatients::Yes),
    Staff("AP", "Anne Poulsen", "klinikassistent", Registered::No, NewPatients::No),
    Staff("PV", "Peter Vestergaard", "specialtandlæge", Registered::No, NewPatients::No),
];

/// Practitioners whose columns the book shows together.
struct Group(&'static str, &'static [&'static str]);

const GROUPS: [Group; 2] = [Group("Tandlæger", &["JH", "MK", "SA", "PV"]), Group("Tandplejere", &["LB", "CN"])];

/// Working hours of one practitioner on some weekdays; lunch is the gap between two intervals.
struct Hours(&'static str, &'static [Weekday], Weeks, &'static [Interval]);

const HOURS: [Hours; 12] = [
    Hours("JH", &[Mon, Tue, Thu], Weeks::Every, &[between((8, 0), (12, 0)), between((12, 30), (16, 0))]),
    Hours("JH", &[Wed], Weeks::Every, &[between((10, 0), (13, 30)), between((14, 0), (18, 0))]),
    Hours("MK", &[Mon, Tue, Wed, Thu], Weeks::Every, &[between((8, 0), (12, 0)), between((12, 30), (16, 0))]),
    Hours("MK", &[Fri], Weeks::Every, &[between((8, 0), (13, 0))]),
    Hours("SA", &[Tue, Wed, Thu], Weeks::Every, &[between((8, 0), (12, 30)), between((13, 0), (16, 0))]),
    Hours("SA", &[Fri], Weeks::Every, &[between((8, 0), (13, 0))]),
    Hours("LB", &[Mon, Tue, Wed, Thu], Weeks::Every, &[between((7, 45), (11, 45)), between((12, 15), (15, 30))]),
    Hours("CN", &[Mon], Weeks::Every, &[between((11, 0), (14, 0)), between((14, 30), (18, 0))]),
    Hours("CN", &[Wed, Thu], Weeks::Every, &[between((8, 0), (12, 0)), between((12, 30), (15, 30))]),
    Hours("CN", &[Fri], Weeks::Every, &[between((8, 0), (13, 0))]),
    Hours("AP", &[Mon, Tue, Wed, Thu, Fri], Weeks::Every, &[between((8, 0), (12, 0)), between((12, 30), (15, 0))]),
    Hours("PV", &[Tue], Weeks::Even, &[between((9, 0), (12, 0)), between((12, 30), (15, 0))]),
];

/// Code, name, minutes, and the colour of its bar in the appointment book.
struct Type(&'static str, &'static str, u16, Color);

const TYPES: [Type; 10] = [
    Type("SU", "Statusundersøgelse", 45, Color([0x0B, 0x6B, 0x7C])),
    Type("FU", "Fokuseret undersøgelse", 30, Color([0x2F, 0x6F, 0xB3])),
    Type("TR", "Tandrensning", 30, Color([0x1B, 0x73, 0x47])),
    Type("PAR", "Parodontosebehandling", 60, Color([0x5B, 0x4B, 0xA8])),
    Type("TB", "Tandbehandling", 45, Color([0x8A, 0x5A, 0x00])),
    Type("DG", "Diagnostisk grundundersøgelse", 60, Color([0xA0, 0x3E, 0x7A])),
    Type("AKUT", "Tandpine", 30, Color([0xB3, 0x26, 0x1E])),
    Type("KNÆK", "Knækket tand", 30, Color([0xC0, 0x56, 0x1A])),
    Type("BLEG", "Tandblegning, samtale", 20, Color([0x5E, 0x7A, 0x12])),
    Type("KIR", "Kirurgi", 60, Color([0x4B, 0x5D, 0x67])),
];

/// What decides who a type can be booked with.
enum By {
    Need,
    NeedWithChoice,
    Ticked(&'static [&'static str]),
}

/// One line of the design's table of online types. `None` is a blank field.
struct Online {
    code: &'static str,
    alias: &'static str,
    spacing: u16,
    by: By,
    max_after: Option<u16>,
    booking: Option<u16>,
    cancel: Option<u16>,
    moving: Option<u16>,
}

const ONLINE: [Online; 9] = [
    online("SU", "Undersøgelse", 30, By::Need, Some(100), Some(0), Some(2), Some(2)),
    online("FU", "Kontrol", 30, By::Need, Some(60), Some(0), Some(2), Some(2)),
    online("TR", "Tandrensning", 15, By::NeedWithChoice, Some(100), Some(0), Some(1), Some(1)),
    online("PAR", "Parodontosebehandling", 60, By::Need, Some(30), Some(1), Some(2), Some(2)),
    online("TB", "Behandling", 0, By::Need, Some(60), Some(1), Some(2), Some(2)),
    online("DG", NEW_PATIENT, 60, By::Ticked(&["JH", "SA", "CN"]), None, Some(1), Some(2), Some(2)),
    online("AKUT", "Tandpine / akut", 0, By::Ticked(&["JH", "SA"]), None, None, Some(0), None),
    online(
        "KNÆK",
        "Knækket tand eller tabt fyldning",
        15,
        By::Ticked(&["MK", "JH", "SA"]),
        None,
        None,
        Some(0),
        Some(0),
    ),
    online("BLEG", "Tandblegning – samtale", 20, By::Ticked(&["LB", "CN"]), None, Some(0), Some(1), Some(1)),
];

const NEW_PATIENT: &str = "Ny patient – første undersøgelse";

#[expect(clippy::too_many_arguments, reason = "one argument for each column of the table")]
const fn online(
    code: &'static str,
    alias: &'static str,
    spacing: u16,
    by: By,
    max_after: Option<u16>,
    booking: Option<u16>,
    cancel: Option<u16>,
    moving: Option<u16>,
) -> Online {
    Online { code, alias, spacing, by, max_after, booking, cancel, moving }
}

const fn between(from: (u16, u16), to: (u16, u16)) -> Interval {
    match (TimeOfDay::new(from.0, from.1), TimeOfDay::new(to.0, to.1)) {
        (Some(from), Some(to)) => match Interval::new(from, to) {
            Ok(interval) => interval,
            Err(_) => panic!("the table has an interval that ends before it begins"),
        },
        _ => panic!("the table has a time that does not exist"),
    }
}

/// The demo's practitioner of these initials.
pub(super) fn practitioner(initials: &str) -> Id<Practitioner> {
    id(initials)
}

/// The demo's appointment type of this code.
pub(super) fn appointment_type(code: &str) -> Id<AppointmentType> {
    id(code)
}

/// The clinic, the practitioners and their hours, the closures and the types.
pub(super) fn records(today: NaiveDate) -> Vec<Record> {
    let mut records = vec![
        entry("clinic", clinic()),
        entry("service", Service { running: true, self_registration: true, closed_text: None }),
        entry("analytics", Analytics { enabled: false, measurement_id: None }),
    ];
    records.extend(STAFF.iter().zip(1..).map(|(staff, position)| {
        let Staff(initials, name, title, registered, new_patients) = staff;
        let value = Practitioner {
            initials: line(initials),
            name: line(name),
            title: line(title),
            registered: *registered == Registered::Yes,
            takes_new_patients: *new_patients == NewPatients::Yes,
            position,
            deactivated: false,
        };
        entry(initials, value)
    }));
    records.extend(GROUPS.iter().zip(1..).map(|(Group(name, members), position)| {
        let practitioners = members.iter().map(|initials| practitioner(initials)).collect();
        entry(name, PractitionerGroup { name: line(name), practitioners, position })
    }));
    records.extend(HOURS.iter().flat_map(|hours| hours.1.iter().map(|weekday| working_hours(hours, *weekday))));
    records.push(christmas_closure(today));
    records.extend(TYPES.iter().map(|Type(code, name, minutes, color)| {
        let (code_, name, minutes) = (line(code), line(name), length(*minutes));
        entry(code, AppointmentType { code: code_, name, minutes, color: *color, deactivated: false })
    }));
    records.extend(ONLINE.iter().zip(1..).map(|(row, position)| entry(row.code, online_type(row, position))));
    records
}

fn entry<T: Recorded>(name: &str, value: T) -> Record {
    Entry { id: id(name), value }.into_record()
}

fn clinic() -> Clinic {
    Clinic {
        name: line("Tandlægerne ved Møllesøen (demo)"),
        address: line("Møllesøvej 12, 8999 Demoby"),
        phone: line("00 00 00 00"),
        email: line("klinik@moellesoeen.example"),
        greeting: line("Velkommen til Tandlægerne ved Møllesøen. Vælg den tid, der passer dig bedst."),
        time_zone: Copenhagen,
        raster_minutes: Raster::try_from(15).expect("15 is a raster"),
        closed_on_public_holidays: true,
    }
}

fn working_hours(hours: &Hours, weekday: Weekday) -> Record {
    let Hours(initials, _, weeks, intervals) = hours;
    let value = WorkingHours {
        practitioner: practitioner(initials),
        weekday: WeekdayNumber::new(weekday),
        weeks: *weeks,
        intervals: intervals.to_vec(),
        valid_from: None,
        valid_to: None,
    };
    entry(&format!("{initials}/{weekday}"), value)
}

/// Closed from 23 December to 1 January: the closure that today lies in, or the next one.
fn christmas_closure(today: NaiveDate) -> Record {
    let year = if today.ordinal() == 1 { today.year().saturating_sub(1) } else { today.year() };
    let from = NaiveDate::from_ymd_opt(year, 12, 23).unwrap_or(today);
    let to = NaiveDate::from_ymd_opt(year.saturating_add(1), 1, 1).unwrap_or(NaiveDate::MAX);
    entry("christmas", Closure { practitioner: None, from, to, reason: line("Lukket mellem jul og nytår") })
}

/// Whether a date of any year lies in the days on which the clinic closes each winter.
pub(super) fn in_christmas_days(date: NaiveDate) -> bool {
    date.month() == 12 && date.day() >= 23 || date.ordinal() == 1
}

fn online_type(row: &Online, position: u32) -> OnlineType {
    let ticked = match row.by {
        By::Ticked(initials) => initials,
        By::Need | By::NeedWithChoice => &[],
    };
    let without_need =
        |initials: &&str| WithoutNeed { practitioner: practitioner(initials), active: true, minutes: None };
    OnlineType {
        appointment_type: appointment_type(row.code),
        alias: line(row.alias),
        min_spacing_minutes: number(Some(row.spacing)),
        need_driven: !matches!(row.by, By::Ticked(_)),
        choose_practitioner: matches!(row.by, By::NeedWithChoice),
        practitioners: ticked.iter().map(without_need).collect(),
        max_days_before_recall_week: None,
        max_days_after_recall_week: number(row.max_after),
        earliest_booking_days: number(row.booking),
        cancel_days: number(row.cancel),
        move_days: number(row.moving),
        position,
    }
}

fn number<const MIN: u16, const MAX: u16>(number: Option<u16>) -> Option<Whole<MIN, MAX>> {
    number.map(|number| Whole::new(number).expect("the demo's numbers keep to the limits"))
}

#[cfg(test)]
mod tests;
