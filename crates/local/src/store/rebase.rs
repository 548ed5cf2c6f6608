//! What has come from the server goes under what this PC has on top of it.
//!
//! The rows are always the server's records at the position of `server_link`, with the changes of this PC on top
//! that have not come back in the feed. In one transaction these are taken back, what has come is applied, and they
//! are put on again: so every PC without changes of its own has the same rows.

use std::collections::HashMap;

use aftalebog_booking::Record;
use aftalebog_booking::wire::{Author, FeedChange, FeedPage, FeedWrite, Problem, WireDeed};
use aftalebog_sqlite::cell::{Cell, cell};
use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use serde_json::Map;
use uuid::Uuid;

use super::affected::{self, Came};
use super::history::{self, SavedWrite};
use super::link::{self, Link};
use super::outbox::State;
use super::pending::{self, Forgotten, Pending, WithoutTriggers, number};
use super::{Store, notice, save};
use crate::error::SaveError;
use crate::sync::{Arrived, Notice};

impl Store {
    /// Puts a page of the feed under what this PC has on top, all of it or nothing. What is known already has no
    /// effect. `OutOfStep`: the page does not go on from what is here; the server's snapshot mends it.
    pub async fn apply_page(&self, page: FeedPage, now: DateTime<Utc>) -> Result<Arrived, SaveError> {
        self.write(move |connection| apply_page(connection, page, now)).await
    }
}

/// That the server answered is written down no more often than this, when it says nothing new.
const CONTACT_EVERY: TimeDelta = TimeDelta::seconds(60);

fn apply_page(connection: &mut Connection, page: FeedPage, now: DateTime<Utc>) -> Result<Arrived, SaveError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let Some(link) = link::read(&transaction)? else { return Ok(Arrived::default()) };
    let known = link.position;
    if page.position.epoch != known.epoch {
        return Err(SaveError::OutOfStep { detail: "another epoch".to_owned() });
    }
    let recently = link.last_contact.is_some_and(|last| (now - last).abs() < CONTACT_EVERY);
    if page.position.revision <= known.revision && recently {
        return Ok(Arrived::default());
    }
    let new: Vec<_> = page.changes.into_iter().filter(|change| change.revision > known.revision).collect();
    let come_back = come_back_unchanged(&transaction, &new)?;
    let rest = &new[come_back..];
    let mut arrived = Arrived { changes: rest.len(), notices: vec![] };
    if !rest.is_empty() {
        let mut on_top = affected::concerned(&transaction, Came::Feed(rest))?;
        pending::take_back(&transaction, &on_top)?;
        let forgotten = apply_changes(&transaction, rest, &link, now, &mut arrived.notices).map_err(out_of_step)?;
        on_top.retain(|change| rest.iter().all(|come| come.id != change.id));
        put_on_again(&transaction, &mut on_top, &forgotten)?;
    }
    link::advance(&transaction, page.position.revision.max(known.revision), now)?;
    save::commit(transaction, &[]).map_err(out_of_step)?;
    Ok(arrived)
}

/// The records of the server go together: what does not fit here, fits nowhere.
fn out_of_step(error: SaveError) -> SaveError {
    match error {
        SaveError::Refused { .. } => SaveError::OutOfStep { detail: error.to_string() },
        error => error,
    }
}

/// The usual case: what was saved here comes back as it was sent, the oldest first, and nobody has written before
/// it. The rows have it already. Gives how many of the changes are such.
fn come_back_unchanged(transaction: &Transaction<'_>, changes: &[FeedChange]) -> Result<usize, SaveError> {
    let covered = "select 1 from record_revision where base is not null";
    if changes.is_empty() || transaction.prepare_cached(covered)?.exists([])? {
        return Ok(0);
    }
    let mut oldest = transaction.prepare_cached(
        "select position, id, in_rows from change where state in ('waiting', 'sent') order by position limit 1",
    )?;
    for (index, change) in changes.iter().enumerate() {
        let own = oldest.query_row([], |row| {
            Ok((cell::<i64>(row, "position")?, cell::<Uuid>(row, "id")?, cell::<bool>(row, "in_rows")?))
        });
        let Some((position, id, in_rows)) = own.optional()? else { return Ok(index) };
        if id != change.id || !in_rows || !pending::came_as_sent(transaction, position, &change.writes)? {
            return Ok(index);
        }
        mark_known(transaction, position, change.revision)?;
        for write in &change.writes {
            now_at(transaction, write, change.revision)?;
        }
    }
    Ok(changes.len())
}

fn mark_known(transaction: &Transaction<'_>, position: i64, revision: u64) -> rusqlite::Result<()> {
    let known = "update change set state = 'known', in_rows = 1, problem = null, revision = ?2 where position = ?1";
    let _one = transaction.prepare_cached(known)?.execute(params![position, number(revision)])?;
    Ok(())
}

/// The server has a record at that revision. What was written here to a record that only this PC knew is based on it.
fn now_at(transaction: &Transaction<'_>, write: &FeedWrite, revision: u64) -> rusqlite::Result<()> {
    if write.known_kind().is_none() {
        return Ok(());
    }
    if write.created {
        created_at(transaction, write.id, revision)?;
    }
    let now = "insert into record_revision (record, revision) values (?1, ?2)
        on conflict do update set revision = excluded.revision";
    let _one = transaction.prepare_cached(now)?.execute(params![write.id.to_cell(), number(revision)])?;
    Ok(())
}

fn created_at(transaction: &Transaction<'_>, record: Uuid, revision: u64) -> rusqlite::Result<()> {
    let based = "update change_write set base = ?2 where record = ?1 and base = 0";
    let _written = transaction.prepare_cached(based)?.execute(params![record.to_cell(), number(revision)])?;
    Ok(())
}

/// Applies changes of the feed to the rows of the server, and gives what this PC has forgotten of its own.
fn apply_changes(
    transaction: &Transaction<'_>,
    changes: &[FeedChange],
    link: &Link,
    now: DateTime<Utc>,
    notices: &mut Vec<Notice>,
) -> Result<Forgotten, SaveError> {
    let _off = WithoutTriggers::of(transaction)?;
    let mut forgotten = Forgotten::default();
    for change in changes {
        let own = transaction
            .prepare_cached("select position from change where id = ?1")?
            .query_row([change.id.to_cell()], |row| row.get::<_, i64>(0))
            .optional()?;
        let (deletions, others): (Vec<_>, Vec<_>) =
            change.writes.iter().partition(|write| write.deed == WireDeed::Delete);
        let mut saved = vec![];
        for write in deletions.into_iter().chain(others) {
            saved.extend(apply_write(transaction, write)?);
            now_at(transaction, write, change.revision)?;
        }
        if own.is_none() && change.device == Some(link.device) {
            let touch = pending::forgotten_touch(link.device, &change.made_by, change.revision, change.made_at);
            for write in &saved {
                let fields = write.after.iter().chain(&write.before).flat_map(Map::keys);
                forgotten.by_field.extend(fields.map(|field| ((write.id, field.clone()), touch.clone())));
            }
        }
        if own.is_none() && change.author == Author::Patient {
            notice::tell(transaction, &saved, now, notices)?;
        }
        keep(transaction, change, own, &saved)?;
    }
    Ok(forgotten)
}

/// `None`: nothing of it is known here, or it was so already.
fn apply_write(transaction: &Transaction<'_>, write: &FeedWrite) -> Result<Option<SavedWrite>, SaveError> {
    let (Some(kind), id) = (write.known_kind(), write.id) else { return Ok(None) };
    let record = |fields| Record::from_fields(kind, id, fields).map_err(SaveError::malformed);
    let present = save::read(transaction, kind, id)?.as_ref().map(Record::fields);
    match (&write.deed, present) {
        (WireDeed::Delete, None) => Ok(None),
        (WireDeed::Delete, Some(before)) => {
            save::delete(transaction, kind, id)?;
            Ok(Some(SavedWrite { kind, id, before: Some(before), after: None }))
        }
        (WireDeed::Set(all), None) if write.created => {
            let record = record(all.clone())?;
            let after = record.fields();
            save::insert(transaction, record)?;
            Ok(Some(SavedWrite { kind, id, before: None, after: Some(after) }))
        }
        (WireDeed::Set(_), None) => Err(SaveError::OutOfStep { detail: format!("{kind} {id} is not there") }),
        (WireDeed::Set(set), Some(mut fields)) => {
            let mut before = Map::new();
            let mut after = Map::new();
            for (field, value) in set {
                // What this program does not know of a record stays at the server.
                if let Some(stands) = fields.get_mut(field) {
                    let _none = before.insert(field.clone(), std::mem::replace(stands, value.clone()));
                    let _none = after.insert(field.clone(), value.clone());
                }
            }
            if after.is_empty() {
                return Ok(None);
            }
            save::update(transaction, record(fields)?)?;
            Ok(Some(SavedWrite { kind, id, before: Some(before), after: Some(after) }))
        }
    }
}

/// Keeps a change of the feed in the history: another's is appended, this PC's own stands there as the server
/// carried it out. What its writes were based on stays, for a server that was restored asks for them again.
fn keep(
    transaction: &Transaction<'_>,
    change: &FeedChange,
    own: Option<i64>,
    saved: &[SavedWrite],
) -> rusqlite::Result<()> {
    let mut bases = HashMap::new();
    let position = match own {
        Some(position) => {
            mark_known(transaction, position, change.revision)?;
            let mut sent = transaction.prepare_cached("select record, base from change_write where change = ?1")?;
            let sent = sent.query_map([position], |row| Ok((cell(row, "record")?, cell(row, "base")?)))?;
            bases = sent.collect::<rusqlite::Result<HashMap<Uuid, Option<i64>>>>()?;
            let anew = "delete from change_write where change = ?1";
            let _rewritten = transaction.prepare_cached(anew)?.execute([position])?;
            position
        }
        None => {
            let FeedChange { revision, id, made_at, made_by, author, device: _, writes: _ } = change;
            let append = "insert into change (id, made_at, made_by, state, own, author, revision)
                values (?1, ?2, ?3, 'known', 0, ?4, ?5)";
            let values = params![id.to_cell(), made_at.to_cell(), made_by, author.to_cell(), number(*revision)];
            transaction.prepare_cached(append)?.insert(values)?
        }
    };
    let mut append = transaction.prepare_cached(
        "insert into change_write (change, number, kind, record, before, after, base)
            values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for (index, SavedWrite { kind, id, before, after }) in saved.iter().enumerate() {
        let (before, after) = (before.as_ref().map(history::text), after.as_ref().map(history::text));
        let (number, base) = (index as i64, bases.get(id).copied().flatten());
        let _one = append.execute(params![position, number, kind.name(), id.to_cell(), before, after, base])?;
    }
    Ok(())
}

pub(super) fn put_on_again(
    transaction: &Transaction<'_>,
    on_top: &mut [Pending],
    forgotten: &Forgotten,
) -> Result<(), SaveError> {
    let nothing_forgotten = forgotten.by_field.is_empty() && forgotten.in_snapshot.is_none();
    for change in on_top {
        match if nothing_forgotten { None } else { forgotten.conflict(transaction, change)? } {
            Some(problem) => keep_aside(transaction, change.position, &problem)?,
            None => pending::put_on(transaction, change)?,
        }
    }
    Ok(pending::cover(transaction)?)
}

/// Out of the rows, until somebody decides.
fn keep_aside(transaction: &Transaction<'_>, position: i64, problem: &Problem) -> rusqlite::Result<()> {
    let state = if problem.code() == "conflict" { State::Conflict } else { State::Refused };
    let problem = serde_json::to_string(problem).expect("a problem is JSON");
    let aside = "update change set state = ?2, problem = ?3, in_rows = 0 where position = ?1";
    let _one = transaction.prepare_cached(aside)?.execute(params![position, state.to_cell(), problem])?;
    Ok(())
}

/// The position of a change that is on its way.
fn on_its_way(transaction: &Transaction<'_>, id: Uuid) -> rusqlite::Result<Option<i64>> {
    transaction
        .prepare_cached("select position from change where id = ?1 and state = 'waiting'")?
        .query_row([id.to_cell()], |row| row.get(0))
        .optional()
}

pub(super) fn set_aside(connection: &mut Connection, id: Uuid, problem: &Problem) -> Result<(), SaveError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let Some(position) = on_its_way(&transaction, id)? else { return Ok(()) };
    let mut on_top = affected::concerned(&transaction, Came::Own(position))?;
    pending::take_back(&transaction, &on_top)?;
    keep_aside(&transaction, position, problem)?;
    on_top.retain(|change| change.position != position);
    put_on_again(&transaction, &mut on_top, &Forgotten::default())?;
    save::commit(transaction, &[])
}

pub(super) fn acknowledged(
    connection: &mut Connection,
    id: Uuid,
    revision: u64,
    now: DateTime<Utc>,
) -> Result<(), SaveError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let Some(link) = link::read(&transaction)? else { return Ok(()) };
    let Some(position) = on_its_way(&transaction, id)? else { return Ok(()) };
    let created = "select record from change_write where change = ?1 and before is null";
    let created = transaction
        .prepare_cached(created)?
        .query_map([position], |row| cell(row, "record"))?
        .collect::<rusqlite::Result<Vec<Uuid>>>()?;
    for record in created {
        created_at(&transaction, record, revision)?;
        let now = "insert into record_revision (record, revision) values (?1, ?2) on conflict do nothing";
        let _one = transaction.prepare_cached(now)?.execute(params![record.to_cell(), number(revision)])?;
    }
    if revision > link.position.revision {
        let sent = "update change set state = 'sent', revision = ?2 where position = ?1";
        let _one = transaction.prepare_cached(sent)?.execute(params![position, number(revision)])?;
    } else {
        // Its answer had been lost, and a snapshot has brought it meanwhile: it lies under what is on top.
        let mut on_top = affected::concerned(&transaction, Came::Own(position))?;
        pending::take_back(&transaction, &on_top)?;
        mark_known(&transaction, position, revision)?;
        on_top.retain(|change| change.position != position);
        put_on_again(&transaction, &mut on_top, &Forgotten::default())?;
    }
    link::advance(&transaction, link.position.revision, now)?;
    save::commit(transaction, &[])
}
