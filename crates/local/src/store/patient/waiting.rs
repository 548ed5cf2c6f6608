//! Patients who created themselves and wait for the clinic's word, and whom they could be.

use std::cmp::Reverse;

use aftalebog_booking::patient::{Likeness, PatientRecords, bare_telephone, likenesses};
use aftalebog_booking::record::Patient;
use aftalebog_booking::{Entry, Id};
use rusqlite::Connection;

use super::super::row::{cell, read, text};
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
        self.read(new_patients_count).await
    }

    /// Those patients, by number, each with whom they could be.
    pub async fn new_patients(&self) -> Result<Vec<WaitingPatient>, StoreError> {
        self.read(waiting).await
    }
}

pub(crate) fn new_patients_count(connection: &Connection) -> rusqlite::Result<usize> {
    let count: i64 = connection.prepare_cached(COUNT)?.query_row([], |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or_default())
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
/// Only of those who have anything in common the whole record is read.
fn find_likely(connection: &Connection, waiting: &mut [WaitingPatient]) -> rusqlite::Result<()> {
    let marks: Vec<Marks> = waiting.iter().map(|new| Marks::of(&new.records.patient.value)).collect();
    if marks.is_empty() {
        return Ok(());
    }
    let mut statement = connection
        .prepare_cached("select birth_date, phone, email, id from patient where self_registered = 0 or accepted = 1")?;
    let mut known = statement.query([])?;
    while let Some(row) = known.next()? {
        let [birth_date, phone, email] = [text(row, 0)?, text(row, 1)?, text(row, 2)?];
        let phone = bare_telephone(phone);
        let mut in_common = marks.iter().map(|it| it.are_of(birth_date, phone.as_deref(), email));
        if !in_common.any(|any| any) {
            continue;
        }
        let id = cell(row, "id")?;
        let Some(value) = read(connection, id)? else { continue };
        for new in &mut *waiting {
            let because = likenesses(&new.records.patient.value, &value);
            if !because.is_empty() {
                new.likely.push(Likely { patient: Entry { id, value: value.clone() }, because });
            }
        }
    }
    for new in waiting {
        let order = |likely: &Likely| {
            (
                Reverse(likely.because.len()),
                likely.because.clone(),
                likely.patient.value.number.clone(),
                likely.patient.id,
            )
        };
        new.likely.sort_by_cached_key(order);
        new.likely.truncate(LIKELY);
    }
    Ok(())
}

/// By what somebody who waits could be another patient.
struct Marks {
    birth_date: String,
    phone: Option<String>,
    email: Option<String>,
}

impl Marks {
    fn of(patient: &Patient) -> Self {
        let Patient { birth_date, phone, email, .. } = patient;
        Self {
            birth_date: birth_date.to_string(),
            phone: phone.as_ref().and_then(|phone| bare_telephone(phone.as_str())),
            email: email.as_ref().map(|email| email.as_str().trim().to_lowercase()).filter(|email| !email.is_empty()),
        }
    }

    /// Whether one of them could be of a patient with these.
    fn are_of(&self, birth_date: &str, phone: Option<&str>, email: &str) -> bool {
        self.birth_date == birth_date
            || self.phone.is_some() && self.phone.as_deref() == phone
            || self.email.as_ref().is_some_and(|own| email.to_lowercase().trim() == own)
    }
}
