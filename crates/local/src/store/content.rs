//! What a clinic's file holds, so that a person can tell one from another.

use aftalebog_booking::Snapshot;
use aftalebog_booking::record::{Status, Value};
use aftalebog_sqlite::cell::cell;
use chrono_tz::Tz;
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension};

use super::Store;
use crate::error::{Damage, StoreError};

/// Whose it is, and how much there is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    pub clinic: String,
    pub time_zone: Tz,
    /// Those who work there.
    pub practitioners: usize,
    pub patients: usize,
    /// Patients' appointments, of all times, that are not cancelled.
    pub appointments: usize,
}

impl Content {
    /// `None`: there is no clinic in it.
    pub fn of(snapshot: &Snapshot) -> Option<Self> {
        let records = || snapshot.records.iter().map(|record| &record.value);
        let clinic = records().find_map(|value| match value {
            Value::Clinic(clinic) => Some(clinic),
            _ => None,
        })?;
        let works = |value: &&Value| matches!(value, Value::Practitioner(practitioner) if !practitioner.deactivated);
        let comes = |value: &&Value| matches!(value, Value::Appointment(it) if it.status == Status::Booked && it.patient.is_some());
        Some(Self {
            clinic: clinic.name.to_string(),
            time_zone: clinic.time_zone,
            practitioners: records().filter(works).count(),
            patients: records().filter(|value| matches!(value, Value::Patient(_))).count(),
            appointments: records().filter(comes).count(),
        })
    }
}

impl Store {
    /// What the file holds now.
    pub async fn content(&self) -> Result<Content, StoreError> {
        let content = self.read(|connection| read(connection, NEWEST)).await?;
        content.ok_or(StoreError::Damaged { reason: Damage::Incomplete })
    }
}

/// A file that is open has every column.
const NEWEST: i64 = i64::MAX;

/// Of a file that has seen the migrations up to this one; `None`: there is no clinic in it.
pub(crate) fn read(connection: &Connection, version: i64) -> rusqlite::Result<Option<Content>> {
    // Nobody could be deactivated before the second migration.
    let works = if version < 2 { "" } else { "where deactivated = 0" };
    let sql = format!(
        "select name, time_zone, (select count(*) from practitioner {works}) as practitioners,
            (select count(*) from patient) as patients,
            (select count(*) from appointment where status = 'booked' and patient is not null) as appointments
        from clinic"
    );
    let content = connection.query_row(&sql, [], |row| {
        let count = |name| cell::<i64>(row, name).map(|count| usize::try_from(count).unwrap_or_default());
        let zone: String = cell(row, "time_zone")?;
        let time_zone = zone.parse().map_err(|error: chrono_tz::ParseError| {
            rusqlite::Error::FromSqlConversionFailure(1, Type::Text, Box::new(error))
        })?;
        Ok(Content {
            clinic: cell(row, "name")?,
            time_zone,
            practitioners: count("practitioners")?,
            patients: count("patients")?,
            appointments: count("appointments")?,
        })
    });
    content.optional()
}
