//! Everything that is known of one patient, and the clinic's numbers for patients.

use aftalebog_booking::bounded::PatientNumber;
use aftalebog_booking::patient::PatientRecords;
use aftalebog_booking::record::{Need, Patient};
use aftalebog_booking::{Entry, Id};
use rusqlite::{Connection, OptionalExtension};

use super::super::row::{Cell, cell, entry, read};
use super::super::{Store, StoreError};

impl Store {
    /// A patient with all their needs and appointments, used and cancelled ones too.
    pub async fn patient_records(&self, patient: Id<Patient>) -> Result<Option<PatientRecords>, StoreError> {
        self.read(move |connection| records(connection, patient)).await
    }

    /// The same of the patient who has this need.
    pub async fn patient_records_of_need(&self, need: Id<Need>) -> Result<Option<PatientRecords>, StoreError> {
        self.read(move |connection| {
            let need: Option<Need> = read(connection, need)?;
            need.map_or(Ok(None), |need| records(connection, need.patient))
        })
        .await
    }

    /// The number after the highest that is nothing but figures, as long as that one; 1 where there
    /// is none.
    pub async fn next_patient_number(&self) -> Result<PatientNumber, StoreError> {
        self.read(next_number).await
    }

    /// Who has this number, if anybody but `than`. One of several: nothing in the file forbids them.
    pub async fn other_patient_with_number(
        &self,
        number: PatientNumber,
        than: Option<Id<Patient>>,
    ) -> Result<Option<Entry<Patient>>, StoreError> {
        self.read(move |connection| with_number(connection, &number, than)).await
    }
}

pub(crate) const NEEDS: &str = "select * from need where patient = ?1 order by recall_year, recall_week, id";
pub(crate) const APPOINTMENTS: &str = "select * from appointment where patient = ?1 order by start, id";

pub(super) fn records(connection: &Connection, patient: Id<Patient>) -> rusqlite::Result<Option<PatientRecords>> {
    let Some(value) = read(connection, patient)? else { return Ok(None) };
    let needs = connection.prepare_cached(NEEDS)?.query_map([patient.to_cell()], entry)?.collect::<Result<_, _>>()?;
    let appointments =
        connection.prepare_cached(APPOINTMENTS)?.query_map([patient.to_cell()], entry)?.collect::<Result<_, _>>()?;
    Ok(Some(PatientRecords { patient: Entry { id: patient, value }, needs, appointments }))
}

/// Figures that are more than anybody counts are a number of another kind.
pub(crate) const HIGHEST: &str = "select number from patient
    where number not glob '*[^0-9]*' and length(number) <= 9 order by cast(number as integer) desc, number desc limit 1";

pub(super) fn next_number(connection: &Connection) -> rusqlite::Result<PatientNumber> {
    let highest: Option<String> =
        connection.prepare_cached(HIGHEST)?.query_row([], |row| cell(row, "number")).optional()?;
    let (next, length) = highest.as_deref().map_or((1, 1), |number| (number.parse().unwrap_or(0) + 1, number.len()));
    let next: u64 = next;
    Ok(PatientNumber::new(&format!("{next:0length$}")).expect("ten figures are a number"))
}

pub(crate) const WITH_NUMBER: &str = "select * from patient where number = ?1 and id is not ?2 order by id limit 1";

fn with_number(
    connection: &Connection,
    number: &PatientNumber,
    than: Option<Id<Patient>>,
) -> rusqlite::Result<Option<Entry<Patient>>> {
    connection.prepare_cached(WITH_NUMBER)?.query_row([number.to_cell(), than.to_cell()], entry).optional()
}
