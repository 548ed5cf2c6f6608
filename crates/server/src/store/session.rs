//! Patients who have given the code. Of their tokens only hashes are kept.

use aftalebog_sqlite::cell::{Cell, cell};
use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use uuid::Uuid;

use super::Store;
use super::message::channel;
use crate::access::PatientSession;
use crate::message::Channel;
use crate::problem::Error;
use crate::secret::{Hash, Secret};

/// A session ends after so long without a call.
const IDLE: TimeDelta = TimeDelta::minutes(15);

/// A session ends after so long, whatever is done.
const LASTS: TimeDelta = TimeDelta::minutes(60);

/// That a session was used is written down no more often than this.
const USED_EVERY: TimeDelta = TimeDelta::minutes(1);

/// A new session of a patient who answered the code that came on this way, and its token.
pub(super) fn new_session(
    transaction: &Transaction<'_>,
    clinic: Uuid,
    (patient, channel): (Uuid, Channel),
    now: DateTime<Utc>,
) -> rusqlite::Result<(Secret, DateTime<Utc>)> {
    let (token, expires_at) = (Secret::token("ps1_"), now + LASTS);
    let sql = "insert into session (token_hash, clinic, patient, channel, created_at, last_used, expires_at)
        values (?1, ?2, ?3, ?4, ?5, ?5, ?6)";
    let _one = transaction.prepare_cached(sql)?.execute(params![
        token.hash().as_slice(),
        clinic.to_cell(),
        patient.to_cell(),
        channel.name(),
        now.to_cell(),
        expires_at.to_cell()
    ])?;
    Ok((token, expires_at))
}

impl Store {
    /// Whose token it is. A patient whose record has gone, or has become another's, has no session.
    pub(crate) async fn session_by_token(&self, token: Hash, now: DateTime<Utc>) -> Result<PatientSession, Error> {
        let found = self.read(move |transaction| {
            let sql =
                "select session.clinic, patient, channel, last_used, expires_at, clinic.revision, last_contact from session
                join clinic on clinic.id = session.clinic
                join record on record.clinic = session.clinic and record.id = session.patient
                where token_hash = ?1 and expires_at > ?2 and last_used > ?3
                    and record.kind = 'patient'";
            let bounds = params![token.as_slice(), now.to_cell(), (now - IDLE).to_cell()];
            let found = transaction.prepare_cached(sql)?.query_row(bounds, |row| {
                let last_used: DateTime<Utc> = cell(row, "last_used")?;
                let revision: i64 = cell(row, "revision")?;
                let session = PatientSession {
                    clinic: cell(row, "clinic")?,
                    patient: cell(row, "patient")?,
                    answered: channel(row)?,
                    expires_at: cell(row, "expires_at")?,
                    revision: revision.unsigned_abs(),
                    last_contact: cell(row, "last_contact")?,
                };
                Ok((session, last_used))
            });
            Ok::<_, Error>(found.optional()?)
        });
        let (session, last_used) = found.await?.ok_or(Error::Unauthorized)?;
        if now - last_used >= USED_EVERY {
            let wrote = self.write(move |transaction| {
                let sql = "update session set last_used = ?2 where token_hash = ?1";
                let _one = transaction.prepare_cached(sql)?.execute(params![token.as_slice(), now.to_cell()])?;
                Ok::<_, Error>(())
            });
            // Reading goes on where nothing can be written, as on a full disk.
            if let Err(error) = wrote.await {
                tracing::error!(%error, "that a session was used could not be written down");
            }
        }
        Ok(session)
    }

    /// Ends a session of this clinic, if there is one.
    pub(crate) async fn end_session(&self, clinic: Uuid, token: Hash) -> Result<(), Error> {
        self.write(move |transaction| {
            let sql = "delete from session where token_hash = ?1 and clinic = ?2";
            let _one = transaction.prepare_cached(sql)?.execute(params![token.as_slice(), clinic.to_cell()])?;
            Ok(())
        })
        .await
    }
}

/// Forgets the sessions that have ended.
pub(super) fn forget_sessions(connection: &Connection, now: DateTime<Utc>, most: u16) -> rusqlite::Result<usize> {
    let sql = "delete from session where token_hash in
        (select token_hash from session where expires_at <= ?1 or last_used <= ?2 limit ?3)";
    connection.prepare_cached(sql)?.execute(params![now.to_cell(), (now - IDLE).to_cell(), most])
}
