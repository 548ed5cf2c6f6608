//! The audit trail: what was done, by whom, appended to and never changed. The hash of each row takes
//! in the one before it, so that a row that was tampered with is found.

use aftalebog_booking::Kind;
use aftalebog_sqlite::cell::{Cell, cell};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;
use serde_json::{Map, Value as Json};
use thiserror::Error;
use uuid::Uuid;

use super::change::{By, author_name};
use super::work::Work;
use super::{Store, StoreError, record};
use crate::problem::Error as Refused;

/// What precedes the first row of a clinic.
const NOTHING: [u8; 32] = [0; 32];

/// What a change did to one record: the fields that were written, with their values before and after.
#[derive(Serialize)]
pub(crate) struct Difference {
    pub kind: Kind,
    pub id: Uuid,
    pub old: Option<Map<String, Json>>,
    pub new: Option<Map<String, Json>>,
}

/// The details of a change.
pub(super) fn change(id: Uuid, revision: u64, differences: &[Difference]) -> String {
    #[derive(Serialize)]
    struct Details<'a> {
        change: Uuid,
        revision: u64,
        records: &'a [Difference],
    }
    record::text(&Details { change: id, revision, records: differences })
}

/// Why an audit trail is not to be trusted.
#[derive(Debug, Error)]
pub enum Unsound {
    /// The row of this number was changed, put in or taken out.
    #[error("row {number} of the audit trail is not as it was written")]
    Broken { number: u64 },
    #[error("there is no such clinic")]
    NoSuchClinic,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for Unsound {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

impl Store {
    /// Looks through the audit trail of a clinic. How many rows it has.
    pub async fn audit_verify(&self, clinic: Uuid) -> Result<u64, Unsound> {
        self.read(move |work| verify(work, clinic)).await
    }
}

/// Appends what somebody did. `details` are JSON.
pub(crate) fn append(
    work: &Work<'_>,
    clinic: Uuid,
    by: &By,
    deed: &str,
    details: &str,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let sql = "select audit_number, audit_hash from clinic where id = ?1";
    let (last, previous_hash) = work.prepare_cached(sql)?.query_row([clinic.to_cell()], head)?;
    let row = Entry {
        number: last + 1,
        at: now.timestamp(),
        author: author_name(by.author),
        device: by.device,
        patient: by.patient,
        deed,
        details,
        previous_hash,
    };
    let hash = row.hash(clinic);
    let sql = "insert into audit (clinic, number, at, author, device, patient, deed, details, previous_hash, hash)
        values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    let _one = work.prepare_cached(sql)?.execute(params![
        clinic.to_cell(),
        row.number,
        row.at,
        row.author,
        row.device.to_cell(),
        row.patient.to_cell(),
        row.deed,
        row.details,
        row.previous_hash,
        hash,
    ])?;
    let sql = "update clinic set audit_number = ?2, audit_hash = ?3 where id = ?1";
    let _one = work.prepare_cached(sql)?.execute(params![clinic.to_cell(), row.number, hash])?;
    Ok(())
}

fn head(row: &Row<'_>) -> rusqlite::Result<(i64, [u8; 32])> {
    Ok((cell(row, "audit_number")?, row.get("audit_hash")?))
}

/// A row as its hash takes it in.
struct Entry<'a> {
    number: i64,
    at: i64,
    author: &'a str,
    device: Option<Uuid>,
    patient: Option<Uuid>,
    deed: &'a str,
    details: &'a str,
    previous_hash: [u8; 32],
}

impl Entry<'_> {
    /// Each part with its length before it, so that nothing can be moved from one to the next.
    fn hash(&self, clinic: Uuid) -> [u8; 32] {
        let Self { number, at, author, device, patient, deed, details, previous_hash } = self;
        let mut hasher = blake3::Hasher::new();
        let id = |id: &Option<Uuid>| id.map(|id| id.as_bytes().to_vec()).unwrap_or_default();
        for part in [
            previous_hash.as_slice(),
            clinic.as_bytes(),
            &number.to_le_bytes(),
            &at.to_le_bytes(),
            author.as_bytes(),
            &id(device),
            &id(patient),
            deed.as_bytes(),
            details.as_bytes(),
        ] {
            let length = u64::try_from(part.len()).unwrap_or(u64::MAX);
            let _same = hasher.update(&length.to_le_bytes()).update(part);
        }
        *hasher.finalize().as_bytes()
    }
}

fn verify(connection: &Connection, clinic: Uuid) -> Result<u64, Unsound> {
    let sql = "select audit_number, audit_hash from clinic where id = ?1";
    let (last, last_hash) =
        connection.prepare_cached(sql)?.query_row([clinic.to_cell()], head).optional()?.ok_or(Unsound::NoSuchClinic)?;
    let sql = "select number, at, author, device, patient, deed, details, previous_hash, hash from audit
        where clinic = ?1 order by number";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([clinic.to_cell()])?;
    let (mut number, mut previous_hash) = (0, NOTHING);
    while let Some(row) = rows.next()? {
        number += 1;
        // What is no row of ours any more is no less tampered with.
        let hash = written_hash(row, clinic, number, previous_hash).unwrap_or_default();
        previous_hash = hash.ok_or(Unsound::Broken { number: number.unsigned_abs() })?;
    }
    if number == last && previous_hash == last_hash {
        Ok(last.unsigned_abs())
    } else {
        // Rows are missing at the end; or the last one was written anew, with its hash.
        Err(Unsound::Broken { number: if number < last { number + 1 } else { number }.unsigned_abs() })
    }
}

/// The hash of a row that is as it was written.
fn written_hash(
    row: &Row<'_>,
    clinic: Uuid,
    number: i64,
    previous_hash: [u8; 32],
) -> rusqlite::Result<Option<[u8; 32]>> {
    let (author, deed, details): (String, String, String) =
        (cell(row, "author")?, cell(row, "deed")?, cell(row, "details")?);
    let entry = Entry {
        number: cell(row, "number")?,
        at: cell(row, "at")?,
        author: &author,
        device: cell(row, "device")?,
        patient: cell(row, "patient")?,
        deed: &deed,
        details: &details,
        previous_hash: row.get("previous_hash")?,
    };
    let hash: [u8; 32] = row.get("hash")?;
    let sound = entry.number == number && entry.previous_hash == previous_hash && entry.hash(clinic) == hash;
    Ok(sound.then_some(hash))
}
