//! Patients and what they are to come for.

mod card;
mod search;
mod waiting;

use aftalebog_booking::bounded::Name;
use aftalebog_booking::record::{AppointmentType, Need, Patient};
use aftalebog_booking::terms::{Standing, Visitor};
use aftalebog_booking::time::Week;
use aftalebog_booking::{Entry, Id};
use rusqlite::types::{Type, Value};
use rusqlite::{Connection, OptionalExtension, Row};

#[cfg(test)]
pub(super) use self::card::{APPOINTMENTS, NEEDS, WITH_NUMBER};
pub use self::search::FoundPatient;
#[cfg(test)]
pub(super) use self::search::NEXT;
pub(super) use self::waiting::new_patients_count;
#[cfg(test)]
pub(super) use self::waiting::{COUNT, WAITING};
pub use self::waiting::{Likely, WaitingPatient};
use super::row::{Cell, Table, cell, entry, read, unreadable};

/// A need that has no live appointment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenNeed {
    pub entry: Entry<Need>,
    /// The name of the patient.
    pub patient: Name,
}

/// Needs without a live appointment: the earliest recall week first, of one week by patient as Danes order them.
pub(crate) fn open_needs(connection: &Connection) -> rusqlite::Result<Vec<OpenNeed>> {
    let mut statement = connection.prepare_cached(
        "select need.*, patient.name as patient_name from need join patient on patient.id = need.patient
         where not exists (select 1 from appointment where appointment.need = need.id and appointment.status = 'booked')
         order by need.recall_year, need.recall_week, patient.name collate danish, need.id",
    )?;
    let needs =
        statement.query_map([], |row| Ok(OpenNeed { entry: entry(row)?, patient: cell(row, "patient_name")? }))?;
    needs.collect()
}

/// The open needs of one patient: the earliest recall week first, then by id.
pub(crate) fn open_needs_of(connection: &Connection, patient: Id<Patient>) -> rusqlite::Result<Vec<Entry<Need>>> {
    let mut statement = connection.prepare_cached(
        "select * from need where patient = ?1
         and not exists (select 1 from appointment where appointment.need = need.id and appointment.status = 'booked')
         order by recall_year, recall_week, id",
    )?;
    statement.query_map([patient.to_cell()], entry)?.collect()
}

/// A patient as far as it decides what they may book; one who is not there is a new patient.
pub(crate) fn visitor(connection: &Connection, patient: Id<Patient>) -> rusqlite::Result<Visitor> {
    let Some(record) = read(connection, patient)? else { return Ok(Visitor::new_patient()) };
    let open_needs = open_needs_of(connection, patient)?;
    Ok(Visitor { patient: Some(patient), standing: Standing::of(&record), open_needs })
}

/// Of the patients with an open need of a type the one who is called in next from a week on; when
/// all were to come before it, the last of them.
pub(crate) fn called_in(
    connection: &Connection,
    appointment_type: Id<AppointmentType>,
    week: Week,
) -> rusqlite::Result<Option<Entry<Patient>>> {
    let mut statement = connection.prepare_cached(
        "select patient.*, need.recall_year * 100 + need.recall_week as recall
         from need join patient on patient.id = need.patient
         where need.appointment_type = ?1
         and not exists (select 1 from appointment where appointment.need = need.id and appointment.status = 'booked')
         order by recall < ?2, abs(recall - ?2), patient.number, patient.id limit 1",
    )?;
    let week = i64::from(week.year()) * 100 + i64::from(week.week());
    statement.query_row([appointment_type.to_cell(), week.to_cell()], entry).optional()
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
