//! Patients who created themselves and wait for the clinic's word, and whom they could be.

use aftalebog_booking::patient::{Likeness, PatientRecords, likenesses};
use aftalebog_booking::record::Patient;
use aftalebog_booking::{Entry, Id};
use rusqlite::Connection;

use super::super::row::{cell, entry};
use super::super::{Store, StoreError};
use super::card;

/// Somebody the clinic has not accepted yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingPatient {
    pub records: PatientRecords,
    /// Patients the clinic knows who could be the same person, the likeliest first.
    pub likely: Vec<Likely>,
}

/// A patient the clinic knows, and why somebody new could be them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Likely {
    pub patient: Entry<Patient>,
    pub because: Vec<Likeness>,
}

/// More than anybody compares: a family shares a telephone.
const LIKELY: usize = 5;

pub(crate) const COUNT: &str = "select count(*) from patient where self_registered = 1 and accepted = 0";
pub(crate) const WAITING: &str = "select * from patient where self_registered = 1 and accepted = 0 order by number, id";

impl Store {
    /// How many patients created themselves and wait for the clinic's word.
    pub async fn new_patients_count(&self) -> Result<usize, StoreError> {
        self.read(|connection| {
            let count: i64 = connection.prepare_cached(COUNT)?.query_row([], |row| row.get(0))?;
            Ok(usize::try_from(count).unwrap_or_default())
        })
        .await
    }

    /// Those patients, by number, each with whom they could be.
    pub async fn new_patients(&self) -> Result<Vec<WaitingPatient>, StoreError> {
        self.read(waiting).await
    }
}

fn waiting(connection: &Connection) -> rusqlite::Result<Vec<WaitingPatient>> {
    let ids: Vec<Id<Patient>> =
        connection.prepare_cached(WAITING)?.query_map([], |row| cell(row, "id"))?.collect::<Result<_, _>>()?;
    let mut waiting = vec![];
    for id in ids {
        let records = card::records(connection, id)?;
        waiting.extend(records.map(|records| WaitingPatient { records, likely: vec![] }));
    }
    find_likely(connection, &mut waiting)?;
    Ok(waiting)
}

/// Holds all known patients against those who wait, each once: likeness is no question for an index.
fn find_likely(connection: &Connection, waiting: &mut [WaitingPatient]) -> rusqlite::Result<()> {
    if waiting.is_empty() {
        return Ok(());
    }
    let mut statement = connection
        .prepare_cached("select * from patient where self_registered = 0 or accepted = 1 order by number, id")?;
    let mut known = statement.query([])?;
    while let Some(row) = known.next()? {
        let patient: Entry<Patient> = entry(row)?;
        for new in &mut *waiting {
            let because = likenesses(&new.records.patient.value, &patient.value);
            if !because.is_empty() {
                new.likely.push(Likely { patient: patient.clone(), because });
            }
        }
    }
    for new in waiting {
        new.likely.sort_by_key(|likely| (std::cmp::Reverse(likely.because.len()), likely.because.clone()));
        new.likely.truncate(LIKELY);
    }
    Ok(())
}
