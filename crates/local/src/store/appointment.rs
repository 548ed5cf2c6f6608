//! The appointment book.

use aftalebog_booking::Entry;
use aftalebog_booking::bounded::{Length, Name};
use aftalebog_booking::record::Appointment;
use chrono::{DateTime, Utc};
use rusqlite::types::Value;
use rusqlite::{Connection, Row};

use super::row::{Cell, Table, cell, entry};

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
