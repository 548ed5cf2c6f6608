//! The appointment book.

use std::collections::HashSet;

use aftalebog_booking::bounded::{Length, Name};
use aftalebog_booking::record::{Appointment, Need, Patient, Practitioner};
use aftalebog_booking::terms::Visitor;
use aftalebog_booking::{Entry, Id};
use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::patient::{open_needs_of, visitor};
use super::row::{Cell, Table, cell, entry, read};

/// An appointment or block that stands in the book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booked {
    pub entry: Entry<Appointment>,
    /// The name of the patient; a block has none.
    pub patient: Option<Name>,
}

/// An appointment that begins earlier than the longest one lasts cannot reach into the span, so
/// the index answers with the span's own rows and those of the eight hours before it.
pub(crate) const BETWEEN: &str = "select appointment.*, patient.name as patient_name
    from appointment left join patient on patient.id = appointment.patient
    where appointment.status = 'booked' and appointment.start > ?1 - ?3 and appointment.start < ?2
        and appointment.start + appointment.minutes * 60 > ?1
    order by appointment.start, appointment.id";

/// What `BETWEEN` asks for: the span, and the seconds of the longest appointment.
pub(crate) fn span(from: DateTime<Utc>, to: DateTime<Utc>) -> [i64; 3] {
    // Stored instants are whole seconds: one that begins before 9:00:00.5 begins before 9:00:01.
    let end = to.timestamp().saturating_add(i64::from(to.timestamp_subsec_nanos() > 0));
    [from.timestamp(), end, i64::from(Length::MAX) * 60]
}

/// Appointments that overlap the span and are not cancelled, by start.
pub(crate) fn appointments_between(
    connection: &Connection,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> rusqlite::Result<Vec<Booked>> {
    let mut statement = connection.prepare_cached(BETWEEN)?;
    let booked = statement
        .query_map(span(from, to), |row| Ok(Booked { entry: entry(row)?, patient: cell(row, "patient_name")? }))?;
    booked.collect()
}

/// What stands around some times: whatever overlaps them, and whatever overlaps that.
pub(crate) fn around(
    connection: &Connection,
    times: &[(DateTime<Utc>, DateTime<Utc>)],
) -> rusqlite::Result<Vec<Booked>> {
    let longest = TimeDelta::minutes(Length::MAX.into());
    let mut around: Vec<Booked> = Vec::new();
    for (from, to) in times {
        around.extend(appointments_between(connection, *from - longest, *to + longest)?);
    }
    let mut seen = HashSet::new();
    around.retain(|booked| seen.insert(booked.entry.id.uuid()));
    Ok(around)
}

/// Those that stand on a time that was taken meanwhile, until somebody decides: by start.
pub(crate) const CLASHES: &str = "select appointment.*, patient.name as patient_name
    from appointment left join patient on patient.id = appointment.patient
    where appointment.overlap = 'clash' and appointment.status = 'booked'
    order by appointment.start, appointment.id";

pub(crate) fn clashes(connection: &Connection) -> rusqlite::Result<Vec<Booked>> {
    let mut statement = connection.prepare_cached(CLASHES)?;
    let clashes =
        statement.query_map([], |row| Ok(Booked { entry: entry(row)?, patient: cell(row, "patient_name")? }))?;
    clashes.collect()
}

/// Those of these that are there, live or not, in this order.
pub(crate) fn booked_of(connection: &Connection, ids: &[Id<Appointment>]) -> rusqlite::Result<Vec<Booked>> {
    let mut statement = connection.prepare_cached(
        "select appointment.*, patient.name as patient_name
         from appointment left join patient on patient.id = appointment.patient
         where appointment.id = ?1",
    )?;
    let mut found = Vec::new();
    for id in ids {
        let booked = |row: &Row<'_>| Ok(Booked { entry: entry(row)?, patient: cell(row, "patient_name")? });
        found.extend(statement.query_row([id.to_cell()], booked).optional()?);
    }
    Ok(found)
}

/// An appointment or block with what belongs to it, live or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppointmentCard {
    pub entry: Entry<Appointment>,
    pub patient: Option<Entry<Patient>>,
    /// What its patient is to come for: the open needs and the one that it uses, the earliest
    /// recall week first.
    pub needs: Vec<Entry<Need>>,
    /// `None`: the history does not tell, as after an import.
    pub entered: Option<Entered>,
}

/// When and on which PC an appointment was entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entered {
    pub at: DateTime<Utc>,
    pub by: String,
}

/// The first time: taking a deletion back enters nothing anew.
pub(crate) const ENTERED: &str = "select made_at, made_by from change_write join change on position = change
    where record = ?1 and kind = 'appointment' and before is null order by position limit 1";

fn entered(connection: &Connection, id: Id<Appointment>) -> rusqlite::Result<Option<Entered>> {
    let mut statement = connection.prepare_cached(ENTERED)?;
    let entered = |row: &Row<'_>| Ok(Entered { at: cell(row, "made_at")?, by: cell(row, "made_by")? });
    statement.query_row([id.to_cell()], entered).optional()
}

pub(crate) fn card(connection: &Connection, id: Id<Appointment>) -> rusqlite::Result<Option<AppointmentCard>> {
    let Some(value) = read(connection, id)? else { return Ok(None) };
    let entry = Entry { id, value };
    let patient = match entry.value.patient {
        Some(patient) => read(connection, patient)?.map(|value| Entry { id: patient, value }),
        None => None,
    };
    let mut needs = match entry.value.patient {
        Some(patient) => open_needs_of(connection, patient)?,
        None => vec![],
    };
    if let Some(used) = entry.value.need.filter(|used| needs.iter().all(|need| need.id != *used)) {
        needs.extend(read(connection, used)?.map(|value| Entry { id: used, value }));
        needs.sort_by_key(|need| (need.value.recall, need.id));
    }
    let entered = entered(connection, id)?;
    Ok(Some(AppointmentCard { entry, patient, needs, entered }))
}

/// A patient who is to be given a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    pub patient: Entry<Patient>,
    /// The open ones, the earliest recall week first.
    pub needs: Vec<Entry<Need>>,
}

pub(crate) fn visit(connection: &Connection, patient: Id<Patient>) -> rusqlite::Result<Option<Visit>> {
    let Some(value) = read(connection, patient)? else { return Ok(None) };
    Ok(Some(Visit { patient: Entry { id: patient, value }, needs: open_needs_of(connection, patient)? }))
}

/// The patient whose need it is.
pub(crate) fn visit_for(connection: &Connection, need: Id<Need>) -> rusqlite::Result<Option<Visit>> {
    match read(connection, need)? {
        Some(Need { patient, .. }) => visit(connection, patient),
        None => Ok(None),
    }
}

/// The same of a long span, without the names.
pub(crate) const RECORDS_BETWEEN: &str = "select * from appointment
    where status = 'booked' and start > ?1 - ?3 and start < ?2 and start + minutes * 60 > ?1
    order by start, id";

/// The same of one practitioner.
pub(crate) const OF_PRACTITIONER: &str = "select * from appointment
    where practitioner = ?4 and status = 'booked' and start > ?1 - ?3 and start < ?2 and start + minutes * 60 > ?1
    order by start, id";

/// The same without the names, of everybody or of some practitioners.
pub(crate) fn records_between(
    connection: &Connection,
    practitioners: Option<&[Id<Practitioner>]>,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> rusqlite::Result<Vec<Appointment>> {
    let Some(practitioners) = practitioners else {
        let mut statement = connection.prepare_cached(RECORDS_BETWEEN)?;
        return statement.query_map(span(from, to), Appointment::from_row)?.collect();
    };
    let mut statement = connection.prepare_cached(OF_PRACTITIONER)?;
    let [from, to, longest] = span(from, to);
    let mut found = Vec::new();
    for practitioner in practitioners {
        let own = statement.query_map(params![from, to, longest, practitioner.to_cell()], Appointment::from_row)?;
        for appointment in own {
            found.push(appointment?);
        }
    }
    Ok(found)
}

/// What decides which times a patient is offered, beside the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grounds {
    pub visitor: Visitor,
    /// Those that overlap the span, by start.
    pub appointments: Vec<Appointment>,
}

/// `None`: a new patient.
pub(crate) fn grounds(
    connection: &Connection,
    patient: Option<Id<Patient>>,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> rusqlite::Result<Grounds> {
    let visitor = match patient {
        Some(patient) => visitor(connection, patient)?,
        None => Visitor::new_patient(),
    };
    let appointments = records_between(connection, None, from, to)?;
    Ok(Grounds { visitor, appointments })
}

impl Table for Appointment {
    fn cells(&self) -> Vec<(&'static str, Value)> {
        let Self { practitioner, appointment_type, patient, need, start, minutes, origin, status, overlap, note } =
            self;
        vec![
            ("practitioner", practitioner.to_cell()),
            ("appointment_type", appointment_type.to_cell()),
            ("patient", patient.to_cell()),
            ("need", need.to_cell()),
            ("start", start.to_cell()),
            ("minutes", minutes.to_cell()),
            ("origin", origin.to_cell()),
            ("status", status.to_cell()),
            ("overlap", overlap.to_cell()),
            ("note", note.to_cell()),
        ]
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            practitioner: cell(row, "practitioner")?,
            appointment_type: cell(row, "appointment_type")?,
            patient: cell(row, "patient")?,
            need: cell(row, "need")?,
            start: cell(row, "start")?,
            minutes: cell(row, "minutes")?,
            origin: cell(row, "origin")?,
            status: cell(row, "status")?,
            overlap: cell(row, "overlap")?,
            note: cell(row, "note")?,
        })
    }
}
