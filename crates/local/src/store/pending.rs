//! The changes of this PC that lie on top of the server's records: taken back, and put on again.
//!
//! Each knows what stood in the rows before it, so that all of them taken back in reverse leave exactly the
//! records of the server; on whatever has come meanwhile they are then put on again, in their order.

use std::collections::HashMap;

use aftalebog_booking::change::{Deed, Write};
use aftalebog_booking::record::Overlap;
use aftalebog_booking::wire::{Author, Conflict, ConflictField, FeedWrite, Problem, Titles, Touch, WireDeed};
use aftalebog_booking::{Kind, Record};
use aftalebog_sqlite::cell::{Cell, cell};
use chrono::{DateTime, Utc};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, Row, Transaction, params};
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use super::history::{self, SavedWrite};
use super::outbox::State;
use super::reference::REFERENCES;
use super::save;
use crate::error::SaveError;

/// A change of this PC that waits, or that has not come back in the feed.
pub(super) struct Pending {
    pub position: i64,
    pub id: Uuid,
    pub state: State,
    pub in_rows: bool,
    pub writes: Vec<PendingWrite>,
}

pub(super) struct PendingWrite {
    number: i64,
    pub saved: SavedWrite,
    clash: bool,
}

/// A number of the wire as one of the file.
pub(super) fn number(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// All of them, in their order.
pub(super) fn load(connection: &Connection) -> rusqlite::Result<Vec<Pending>> {
    let mut statement = connection.prepare_cached(
        "select position, id, state, in_rows from change
            where state in ('waiting', 'sent') order by position",
    )?;
    let mut pending = statement.query_map([], header)?.collect::<rusqlite::Result<Vec<_>>>()?;
    for change in &mut pending {
        change.writes = writes(connection, change.position)?;
    }
    Ok(pending)
}

/// The one at that place.
pub(super) fn load_one(connection: &Connection, position: i64) -> rusqlite::Result<Pending> {
    let sql = "select position, id, state, in_rows from change where position = ?1";
    let change = connection.prepare_cached(sql)?.query_row([position], header)?;
    Ok(Pending { writes: writes(connection, position)?, ..change })
}

fn header(row: &Row<'_>) -> rusqlite::Result<Pending> {
    Ok(Pending {
        position: cell(row, "position")?,
        id: cell(row, "id")?,
        state: cell(row, "state")?,
        in_rows: cell(row, "in_rows")?,
        writes: vec![],
    })
}

pub(super) fn writes(connection: &Connection, position: i64) -> rusqlite::Result<Vec<PendingWrite>> {
    let mut statement = connection.prepare_cached("select * from change_write where change = ?1 order by number")?;
    let write = |row: &Row<'_>| {
        let (number, clash) = (cell(row, "number")?, cell(row, "clash")?);
        Ok(PendingWrite { number, saved: history::saved_write(row)?, clash })
    };
    statement.query_map([position], write)?.collect()
}

/// Whether the server carried a change out exactly as it stands in the rows.
pub(super) fn came_as_sent(connection: &Connection, position: i64, came: &[FeedWrite]) -> rusqlite::Result<bool> {
    let own = writes(connection, position)?;
    if own.len() != came.len() {
        return Ok(false);
    }
    let came: HashMap<_, _> = came.iter().map(|write| ((write.known_kind(), write.id), write)).collect();
    let same = |write: &PendingWrite| {
        let SavedWrite { kind, id, before, after } = &write.saved;
        let Some(came) = came.get(&(Some(*kind), *id)) else { return false };
        let as_sent = match (&came.deed, after) {
            (WireDeed::Set(came), Some(sent)) => came == sent,
            (WireDeed::Delete, None) => true,
            _ => false,
        };
        as_sent && !write.clash && came.created == before.is_none()
    };
    Ok(came.len() == own.len() && own.iter().all(same))
}

impl Pending {
    /// As they are carried out: deletions first, see [`save::apply`].
    fn in_order(&self) -> Vec<usize> {
        let deletes = |index: &usize| self.writes[*index].saved.after.is_none();
        let (deletions, others): (Vec<_>, Vec<_>) = (0..self.writes.len()).partition(deletes);
        [deletions, others].concat()
    }
}

/// While it is there, an appointment may be written where another stands: the rows go back to what they were,
/// or to what the server says they are.
pub(super) struct WithoutTriggers<'a>(&'a Connection);

impl<'a> WithoutTriggers<'a> {
    pub fn of(connection: &'a Connection) -> rusqlite::Result<Self> {
        let _off = connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
        Ok(Self(connection))
    }
}

impl Drop for WithoutTriggers<'_> {
    fn drop(&mut self) {
        let on = self.0.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, true);
        debug_assert!(on.is_ok(), "a flag of the connection");
    }
}

/// Takes the changes out of the rows, the last one first. Without triggers: whoever stood there before this PC
/// moved them gets their place back, also under a clash.
pub(super) fn take_back(transaction: &Transaction<'_>, pending: &[Pending]) -> Result<(), SaveError> {
    let _off = WithoutTriggers::of(transaction)?;
    for change in pending.iter().rev().filter(|change| change.in_rows) {
        for index in change.in_order().into_iter().rev() {
            let SavedWrite { kind, id, before, after } = &change.writes[index].saved;
            match (before, after) {
                (None, _) => save::delete(transaction, *kind, *id)?,
                (Some(before), None) => save::insert(transaction, record(*kind, *id, before.clone())?)?,
                (Some(before), Some(_)) => {
                    let present = save::read(transaction, *kind, *id)?;
                    let mut fields = present.ok_or_else(|| out_of_step(*kind, *id))?.fields();
                    fields.extend(before.clone());
                    save::update(transaction, record(*kind, *id, fields)?)?;
                }
            }
        }
    }
    Ok(())
}

fn record(kind: Kind, id: Uuid, fields: Map<String, Json>) -> Result<Record, SaveError> {
    Record::from_fields(kind, id, fields).map_err(SaveError::malformed)
}

fn out_of_step(kind: Kind, id: Uuid) -> SaveError {
    SaveError::OutOfStep { detail: format!("{kind} {id} is not there") }
}

/// Puts a change on the rows again; several in their order. An appointment that may not overlap stands as a clash where
/// somebody has come before it. What cannot stand at all is left out of the rows: the server has the last word
/// about it when it is sent, and nobody's work is lost.
pub(super) fn put_on(transaction: &Transaction<'_>, change: &mut Pending) -> Result<(), SaveError> {
    let _begun = transaction.prepare_cached("savepoint one_change")?.execute([])?;
    let written = write_again(transaction, change)?;
    if written.is_none() {
        let _undone = transaction.prepare_cached("rollback to one_change")?.execute([])?;
    }
    let _ended = transaction.prepare_cached("release one_change")?.execute([])?;
    if change.in_rows != written.is_some() {
        change.in_rows = written.is_some();
        let _one = transaction
            .prepare_cached("update change set in_rows = ?2 where position = ?1")?
            .execute(params![change.position, change.in_rows])?;
    }
    for (index, before, clash) in written.into_iter().flatten() {
        let write = &mut change.writes[index];
        if write.saved.before == before && write.clash == clash {
            continue;
        }
        (write.saved.before, write.clash) = (before, clash);
        let _one = transaction
            .prepare_cached("update change_write set before = ?3, clash = ?4 where change = ?1 and number = ?2")?
            .execute(params![change.position, write.number, write.saved.before.as_ref().map(history::text), clash])?;
    }
    Ok(())
}

type Rewritten = Vec<(usize, Option<Map<String, Json>>, bool)>;

/// What stood there before each write, and whether it is a clash; `None` when one of them cannot be.
fn write_again(transaction: &Transaction<'_>, change: &Pending) -> Result<Option<Rewritten>, SaveError> {
    let mut written = Vec::with_capacity(change.writes.len());
    for index in change.in_order() {
        let SavedWrite { kind, id, before, after } = &change.writes[index].saved;
        let deed = match (before, after) {
            (_, None) => Deed::Delete,
            (None, Some(after)) => Deed::Create(after.clone()),
            (Some(_), Some(after)) => Deed::Set(after.clone()),
        };
        let mut write = Write::of(*kind, *id, deed);
        let mut outcome = save::carry_out(transaction, &write);
        let taken = outcome.as_ref().is_err_and(SaveError::is_taken);
        if taken && let Deed::Create(fields) | Deed::Set(fields) = &mut write.deed {
            let _none = fields.insert("overlap".to_owned(), overlap(Overlap::Clash));
            outcome = save::carry_out(transaction, &write);
        }
        match outcome {
            Ok(saved) => written.push((index, saved.before, taken)),
            Err(SaveError::Refused { .. }) => return Ok(None),
            Err(error) => return Err(error),
        }
    }
    let stands = change.writes.iter().try_fold(true, |stands, write| {
        Ok::<_, rusqlite::Error>(stands && !points_nowhere(transaction, &write.saved)?)
    })?;
    Ok(stands.then_some(written))
}

pub(super) fn overlap(overlap: Overlap) -> Json {
    serde_json::to_value(overlap).expect("a word")
}

/// The record that was written names one that is not there, or the one that was deleted is still named.
fn points_nowhere(transaction: &Transaction<'_>, saved: &SavedWrite) -> rusqlite::Result<bool> {
    for (kind, table, id, column, named) in REFERENCES {
        let sql = if saved.after.is_none() && named == saved.kind {
            format!("select 1 from {table} where \"{column}\" = ?1")
        } else if saved.after.is_some() && kind == saved.kind {
            format!(
                "select 1 from {table} as it where \"{id}\" = ?1 and \"{column}\" is not null
                    and not exists (select 1 from {named} where id = it.\"{column}\")"
            )
        } else {
            continue;
        };
        if transaction.prepare_cached(&sql)?.exists([saved.id.to_cell()])? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Writes down of which records a waiting change covers what the others have written since it was made.
pub(super) fn cover(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    let none = "update record_revision set base = null where base is not null";
    let _none = transaction.prepare_cached(none)?.execute([])?;
    let covered = "update record_revision set base = own.base
        from (
            select record, min(base) as base from change join change_write on change = position
            where state in ('waiting', 'sent') and state = 'waiting' and in_rows = 1 and base is not null
            group by record
        ) as own
        where record_revision.record = own.record and record_revision.revision > own.base";
    let _covered = transaction.prepare_cached(covered)?.execute([])?;
    Ok(())
}

/// What this very PC wrote and has forgotten, because its file was restored from an old copy: the server takes what
/// is written on top of it for something that this PC has seen.
#[derive(Default)]
pub(super) struct Forgotten {
    pub by_field: HashMap<(Uuid, String), Touch>,
    /// Of what the snapshot has and the waiting changes did not find when they were made.
    pub in_snapshot: Option<Touch>,
}

impl Forgotten {
    /// The conflict that the server does not see.
    pub fn conflict(&self, transaction: &Transaction<'_>, change: &Pending) -> rusqlite::Result<Option<Problem>> {
        if change.state != State::Waiting {
            return Ok(None);
        }
        let mut conflicts = vec![];
        for PendingWrite { saved, .. } in &change.writes {
            let SavedWrite { kind, id, before: Some(before), after } = saved else { continue };
            let Some(present) = save::read(transaction, *kind, *id)? else { continue };
            let present = present.fields();
            let mut fields = vec![];
            for (field, was) in before {
                let (now, wanted) = (present.get(field), after.as_ref().map(|after| after.get(field)));
                let touch = match (&self.in_snapshot, self.by_field.get(&(*id, field.clone()))) {
                    (_, Some(touch)) => touch,
                    (Some(touch), None) if now != Some(was) => touch,
                    _ => continue,
                };
                if wanted != Some(now) {
                    let (field, present) = (field.clone(), now.cloned().unwrap_or_default());
                    fields.push(ConflictField { field, present, touch: touch.clone() });
                }
            }
            if !fields.is_empty() {
                let revision = revision(transaction, *id)?.unwrap_or_default();
                conflicts.push(Conflict { kind: *kind, id: *id, revision, deleted: false, fields, deleted_by: None });
            }
        }
        Ok((!conflicts.is_empty()).then(|| problem("conflict", 409, conflicts)))
    }
}

pub(super) fn revision(connection: &Connection, record: Uuid) -> rusqlite::Result<Option<u64>> {
    let mut statement = connection.prepare_cached("select revision from record_revision where record = ?1")?;
    let mut rows = statement.query_map([record.to_cell()], |row| row.get::<_, i64>(0))?;
    Ok(rows.next().transpose()?.map(i64::unsigned_abs))
}

/// A problem of the server's shape; its words are found by its name.
pub(super) fn problem(code: &str, status: u16, conflicts: Vec<Conflict>) -> Problem {
    Problem { conflicts, ..Problem::new(code, status, Titles::default()) }
}

/// This PC, at a time that nobody remembers.
pub(super) fn forgotten_touch(device: Uuid, name: &str, revision: u64, at: DateTime<Utc>) -> Touch {
    Touch { revision, author: Author::Clinic, device: Some(device), by: name.to_owned(), at }
}
