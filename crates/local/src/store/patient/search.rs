//! A patient is looked up by what somebody says at the desk or on the telephone: a name, a number,
//! a birth date, a telephone number or an e-mail address, or the beginning of any of them.
//!
//! All patients are looked through, each once: with fifty thousand of them that takes about as long
//! as a frame, on the file's own thread, and nothing has to be kept beside the records.

use aftalebog_booking::patient::{Particulars, Search};
use aftalebog_booking::record::{Appointment, Patient};
use aftalebog_booking::{Entry, Id};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension};

use super::super::row::{Cell, cell, entry, read, text};
use super::super::{Store, StoreError};
use crate::danish;

/// Somebody who was searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundPatient {
    pub entry: Entry<Patient>,
    /// The booked appointment that begins next.
    pub next: Option<Entry<Appointment>>,
}

impl Store {
    /// At most `limit` patients whom a [`Search`] finds: the one with just this number first, then by
    /// name as Danes order them.
    pub async fn find_patients(
        &self,
        search: impl Into<String>,
        limit: u32,
    ) -> Result<Vec<Entry<Patient>>, StoreError> {
        let search = search.into();
        self.read(move |connection| find(connection, &search, limit)).await
    }

    /// The same, each with their next appointment.
    pub async fn look_up_patients(
        &self,
        search: impl Into<String>,
        now: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<FoundPatient>, StoreError> {
        let search = search.into();
        self.read(move |connection| {
            let found = find(connection, &search, limit)?.into_iter();
            found.map(|entry| Ok(FoundPatient { next: next(connection, entry.id, now)?, entry })).collect()
        })
        .await
    }
}

pub(crate) const NEXT: &str =
    "select * from appointment where patient = ?1 and start > ?2 and status = 'booked' order by start, id limit 1";

fn next(
    connection: &Connection,
    patient: Id<Patient>,
    now: DateTime<Utc>,
) -> rusqlite::Result<Option<Entry<Appointment>>> {
    connection.prepare_cached(NEXT)?.query_row([patient.to_cell(), now.to_cell()], entry).optional()
}

/// What a found patient is put in order by.
struct Found {
    name: String,
    number: String,
    id: Id<Patient>,
}

fn find(connection: &Connection, search: &str, limit: u32) -> rusqlite::Result<Vec<Entry<Patient>>> {
    let search = Search::new(search);
    let mut statement = connection.prepare_cached("select number, name, birth_date, phone, email, id from patient")?;
    let mut rows = statement.query([])?;
    let mut found = vec![];
    while let Some(row) = rows.next()? {
        let [number, name] = [text(row, 0)?, text(row, 1)?];
        let [birth_date, phone, email] = [text(row, 2)?, text(row, 3)?, text(row, 4)?];
        if search.finds(Particulars { number, name, birth_date, phone, email }) {
            let id = cell(row, "id")?;
            found.push(Found { name: name.to_owned(), number: number.to_owned(), id });
        }
    }
    let order = |one: &Found, other: &Found| {
        let not_just = |found: &Found| found.number != search.typed();
        let by_name = || danish::compare(&one.name, &other.name);
        let by_number = || (&one.number, one.id).cmp(&(&other.number, other.id));
        not_just(one).cmp(&not_just(other)).then_with(by_name).then_with(by_number)
    };
    // Only those that are shown are put in order.
    let limit = limit as usize;
    if limit < found.len() {
        let _those_after = found.select_nth_unstable_by(limit, order);
        found.truncate(limit);
    }
    found.sort_unstable_by(order);
    let entries =
        found.into_iter().map(|found| Ok(read(connection, found.id)?.map(|value| Entry { id: found.id, value })));
    entries.filter_map(Result::transpose).collect()
}
