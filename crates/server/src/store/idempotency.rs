//! What was answered to a patient's key: the same again gives the same, and has no second effect.

use aftalebog_sqlite::cell::{Cell, cell};
use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use crate::problem::Error;
use crate::secret::Hash;

/// So long an answer is remembered.
const REMEMBERED: TimeDelta = TimeDelta::days(7);

/// What a patient is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answered {
    pub(crate) status: u16,
    /// JSON.
    pub(crate) body: String,
}

/// Which request it is: a key that its sender made, and what it asks for.
#[derive(Clone, Debug)]
pub(crate) struct KeyedRequest {
    pub(crate) key: String,
    pub(crate) request: Hash,
}

/// The answer to the same request, if it was answered. The key with another request is no repetition.
pub(crate) fn answered(
    connection: &Connection,
    clinic: Uuid,
    patient: Uuid,
    asking: &KeyedRequest,
) -> Result<Option<Answered>, Error> {
    let sql = "select request_hash, status, answer from idempotency where clinic = ?1 and patient = ?2 and key = ?3";
    let key = params![clinic.to_cell(), patient.to_cell(), asking.key];
    let found = connection.prepare_cached(sql)?.query_row(key, |row| {
        let status: u32 = cell(row, "status")?;
        let answer = Answered { status: u16::try_from(status).unwrap_or_default(), body: cell(row, "answer")? };
        Ok((row.get::<_, Hash>("request_hash")?, answer))
    });
    match found.optional()? {
        None => Ok(None),
        Some((request, answer)) if request == asking.request => Ok(Some(answer)),
        Some(_) => Err(Error::IdReused),
    }
}

pub(crate) fn remember(
    connection: &Connection,
    clinic: Uuid,
    patient: Uuid,
    asking: &KeyedRequest,
    answer: &Answered,
    now: DateTime<Utc>,
) -> rusqlite::Result<()> {
    let sql = "insert into idempotency (clinic, patient, key, request_hash, status, answer, created_at)
        values (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let _one = connection.prepare_cached(sql)?.execute(params![
        clinic.to_cell(),
        patient.to_cell(),
        asking.key,
        asking.request.as_slice(),
        answer.status,
        answer.body,
        now.to_cell(),
    ])?;
    Ok(())
}

/// Forgets the answers that nobody asks for again.
pub(super) fn forget_answers(connection: &Connection, now: DateTime<Utc>, most: u16) -> rusqlite::Result<usize> {
    let sql = "delete from idempotency where (clinic, patient, key) in
        (select clinic, patient, key from idempotency where created_at < ?1 limit ?2)";
    connection.prepare_cached(sql)?.execute(params![(now - REMEMBERED).to_cell(), most])
}
