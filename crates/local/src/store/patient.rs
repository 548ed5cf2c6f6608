//! Patients and what they are to come for.

use aftalebog_booking::Entry;
use aftalebog_booking::bounded::Name;
use aftalebog_booking::record::{Need, Patient};
use aftalebog_booking::time::Week;
use rusqlite::types::{Type, Value};
use rusqlite::{Connection, Row};

use super::row::{Cell, Table, cell, entry, unreadable};

/// A need that has no live appointment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenNeed {
    pub entry: Entry<Need>,
    /// The name of the patient.
    pub patient: Name,
}

/// Needs without a live appointment: the earliest recall week first, then by id.
pub(crate) fn open_needs(connection: &Connection) -> rusqlite::Result<Vec<OpenNeed>> {
    let mut statement = connection.prepare_cached(
        "select need.*, patient.name as patient_name from need join patient on patient.id = need.patient
         where not exists (select 1 from appointment where appointment.need = need.id and appointment.status = 'booked')
         order by need.recall_year, need.recall_week, need.id",
    )?;
    let needs =
        statement.query_map([], |row| Ok(OpenNeed { entry: entry(row)?, patient: cell(row, "patient_name")? }))?;
    needs.collect()
}

impl Table for Patient {
    fn cells(&self) -> Vec<(&'static str, Value)> {
        let Self { number, name, birth_date, phone, email, self_registered, accepted } = self;
        vec![
            ("number", number.to_cell()),
            ("name", name.to_cell()),
            ("birth_date", birth_date.to_cell()),
            ("phone", phone.to_cell()),
            ("email", email.to_cell()),
            ("self_registered", self_registered.to_cell()),
            ("accepted", accepted.to_cell()),
        ]
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            number: cell(row, "number")?,
            name: cell(row, "name")?,
            birth_date: cell(row, "birth_date")?,
            phone: cell(row, "phone")?,
            email: cell(row, "email")?,
            self_registered: cell(row, "self_registered")?,
            accepted: cell(row, "accepted")?,
        })
    }
}

impl Table for Need {
    fn cells(&self) -> Vec<(&'static str, Value)> {
        let Self { patient, appointment_type, practitioner, minutes, recall } = self;
        vec![
            ("patient", patient.to_cell()),
            ("appointment_type", appointment_type.to_cell()),
            ("practitioner", practitioner.to_cell()),
            ("minutes", minutes.to_cell()),
            ("recall_year", recall.year().to_cell()),
            ("recall_week", recall.week().to_cell()),
        ]
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let recall = Week::new(cell(row, "recall_year")?, cell(row, "recall_week")?);
        Ok(Self {
            patient: cell(row, "patient")?,
            appointment_type: cell(row, "appointment_type")?,
            practitioner: cell(row, "practitioner")?,
            minutes: cell(row, "minutes")?,
            recall: recall.map_err(|error| unreadable(Type::Integer, error))?,
        })
    }
}
