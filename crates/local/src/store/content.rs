//! What a clinic's file holds, so that a person can tell one from another.

use aftalebog_booking::Snapshot;
use aftalebog_booking::record::{Status, Value};
use aftalebog_sqlite::cell::cell;
use chrono_tz::Tz;
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row};

use super::Store;
use crate::error::{Damage, StoreError};

/// Whose it is, and how much there is in it: of every kind of record that somebody at the reception knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    pub clinic: String,
    pub time_zone: Tz,
    /// Those in use.
    pub appointment_types: usize,
    /// Those set up for online booking.
    pub online_types: usize,
    /// Those who work there.
    pub practitioners: usize,
    pub practitioner_groups: usize,
    /// Periods in which the clinic is closed or somebody is away.
    pub closures: usize,
    pub patients: usize,
    /// Those that wait for an appointment and those that have one.
    pub needs: usize,
    /// Patients' appointments, of all times, that are not cancelled.
    pub appointments: usize,
    /// Times of all days at which somebody is busy without a patient.
    pub blocks: usize,
}

impl Content {
    /// `None`: there is no clinic in it.
    pub fn of(snapshot: &Snapshot) -> Option<Self> {
        let values = || snapshot.records.iter().map(|record| &record.value);
        let clinic = values().find_map(|value| match value {
            Value::Clinic(clinic) => Some(clinic),
            _ => None,
        })?;
        let mut content = Self {
            clinic: clinic.name.to_string(),
            time_zone: clinic.time_zone,
            appointment_types: 0,
            online_types: 0,
            practitioners: 0,
            practitioner_groups: 0,
            closures: 0,
            patients: 0,
            needs: 0,
            appointments: 0,
            blocks: 0,
        };
        for value in values() {
            let (count, counts) = match value {
                // A file has one of each; of working hours the number of rows tells nobody anything.
                Value::Clinic(_) | Value::Service(_) | Value::Analytics(_) | Value::WorkingHours(_) => continue,
                Value::AppointmentType(it) => (&mut content.appointment_types, !it.deactivated),
                Value::OnlineType(_) => (&mut content.online_types, true),
                Value::Practitioner(it) => (&mut content.practitioners, !it.deactivated),
                Value::PractitionerGroup(_) => (&mut content.practitioner_groups, true),
                Value::Closure(_) => (&mut content.closures, true),
                Value::Patient(_) => (&mut content.patients, true),
                Value::Need(_) => (&mut content.needs, true),
                Value::Appointment(it) if it.patient.is_some() => {
                    (&mut content.appointments, it.status == Status::Booked)
                }
                Value::Appointment(it) => (&mut content.blocks, it.status == Status::Booked),
            };
            *count += usize::from(counts);
        }
        Some(content)
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
    // Nobody could be deactivated before the second migration, and there were no groups.
    let (in_use, groups) = match version < 2 {
        true => ("", "0"),
        false => ("where deactivated = 0", "(select count(*) from practitioner_group)"),
    };
    let sql = format!(
        "select name, time_zone,
            (select count(*) from appointment_type {in_use}) as appointment_types,
            (select count(*) from online_type) as online_types,
            (select count(*) from practitioner {in_use}) as practitioners,
            {groups} as practitioner_groups,
            (select count(*) from closure) as closures,
            (select count(*) from patient) as patients,
            (select count(*) from need) as needs,
            (select count(*) from appointment where status = 'booked' and patient is not null) as appointments,
            (select count(*) from appointment where status = 'booked' and patient is null) as blocks
        from clinic"
    );
    let content = connection.query_row(&sql, [], |row| {
        let count = |name| cell::<i64>(row, name).map(|count| usize::try_from(count).unwrap_or_default());
        Ok(Content {
            clinic: cell(row, "name")?,
            time_zone: time_zone(row)?,
            appointment_types: count("appointment_types")?,
            online_types: count("online_types")?,
            practitioners: count("practitioners")?,
            practitioner_groups: count("practitioner_groups")?,
            closures: count("closures")?,
            patients: count("patients")?,
            needs: count("needs")?,
            appointments: count("appointments")?,
            blocks: count("blocks")?,
        })
    });
    content.optional()
}

pub(crate) fn time_zone(clinic: &Row<'_>) -> rusqlite::Result<Tz> {
    let zone: String = cell(clinic, "time_zone")?;
    zone.parse().map_err(|error: chrono_tz::ParseError| {
        rusqlite::Error::FromSqlConversionFailure(1, Type::Text, Box::new(error))
    })
}
