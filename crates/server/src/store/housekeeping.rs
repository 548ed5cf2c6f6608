//! What is forgotten: changes that every PC has had time to read, ids that nobody sends again, and
//! codes that have run out.

use aftalebog_sqlite::cell::{Cell, cell};
use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::Store;
use super::attempt::forget_attempts;
use super::challenge::forget_challenges;
use super::idempotency::forget_answers;
use super::session::forget_sessions;
use crate::problem::Error;

/// The feed keeps changes for so long; a PC that was away for longer is given everything anew.
pub const FEED_LASTS: TimeDelta = TimeDelta::days(90);

/// The id of a change is known for so long.
const ID_LASTS: TimeDelta = TimeDelta::days(180);

/// So many rows go at once, so that nobody waits for long.
const AT_ONCE: u16 = 500;

impl Store {
    /// Takes the changes from before this instant out of the feed. How many went.
    pub async fn compact(&self, older_than: DateTime<Utc>) -> Result<usize, Error> {
        let clinics = self.read(move |work| with_old_changes(work, older_than)).await?;
        let mut gone = 0;
        for clinic in clinics {
            loop {
                let now = self.write(move |work| compact(work, clinic, older_than)).await?;
                gone += now;
                if now < usize::from(AT_ONCE) {
                    break;
                }
            }
        }
        Ok(gone)
    }

    /// Forgets the ids of changes, the codes and the patients' sessions that are of no use any more.
    pub async fn forget_expired(&self, now: DateTime<Utc>) -> Result<(), Error> {
        let all: [Forgets; 6] =
            [forget_pairing_codes, forget_challenges, forget_sessions, forget_answers, forget_attempts, forget_ids];
        for forgets in all {
            while self.write(move |work| Ok::<_, Error>(forgets(work, now, AT_ONCE)?)).await? == usize::from(AT_ONCE) {}
        }
        Ok(())
    }
}

/// Forgets at most so many rows of one kind. How many went.
type Forgets = fn(&Connection, DateTime<Utc>, u16) -> rusqlite::Result<usize>;

fn forget_pairing_codes(connection: &Connection, now: DateTime<Utc>, most: u16) -> rusqlite::Result<usize> {
    let sql = "delete from pairing_code where code_hash in
        (select code_hash from pairing_code where expires_at <= ?1 limit ?2)";
    connection.prepare_cached(sql)?.execute(params![now.to_cell(), most])
}

fn forget_ids(connection: &Connection, now: DateTime<Utc>, most: u16) -> rusqlite::Result<usize> {
    let sql = "delete from accepted where (clinic, id) in
        (select clinic, id from accepted where accepted_at < ?1 limit ?2)";
    connection.prepare_cached(sql)?.execute(params![(now - ID_LASTS).to_cell(), most])
}

fn with_old_changes(connection: &Connection, older_than: DateTime<Utc>) -> Result<Vec<Uuid>, Error> {
    let sql = "select id from clinic where exists
        (select 1 from change where change.clinic = clinic.id and received_at < ?1)";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([older_than.to_cell()], |row| cell(row, "id"))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Changes go from the front, so that the rest has no holes: up to the first that is young enough.
fn compact(connection: &Connection, clinic: Uuid, older_than: DateTime<Utc>) -> Result<usize, Error> {
    let sql = "with old as (
            select revision from change where clinic = ?1 and revision < coalesce(
                (select min(revision) from change where clinic = ?1 and received_at >= ?2), 9223372036854775807)
            order by revision limit ?3)
        select max(revision) from old";
    let last: Option<i64> = connection
        .prepare_cached(sql)?
        .query_row(params![clinic.to_cell(), older_than.to_cell(), AT_ONCE], |row| row.get(0))
        .optional()?
        .flatten();
    let Some(last) = last else { return Ok(0) };
    let gone = "delete from change where clinic = ?1 and revision <= ?2";
    let gone = connection.prepare_cached(gone)?.execute(params![clinic.to_cell(), last])?;
    let sql = "update clinic set compacted = ?2 where id = ?1";
    let _one = connection.prepare_cached(sql)?.execute(params![clinic.to_cell(), last])?;
    Ok(gone)
}
