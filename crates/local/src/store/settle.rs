//! Changes that the server did not take: shown with both values, and settled by somebody.

use std::collections::BTreeMap;

use aftalebog_booking::wire::{Conflict, Problem};
use aftalebog_booking::{Kind, merge};
use aftalebog_sqlite::cell::{Cell, cell, unreadable};
use chrono::{DateTime, Utc};
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior, params};
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use super::history::{self, SHOWN, SavedChange, SavedWrite, Subject};
use super::outbox::State;
use super::pending::{self, Pending};
use super::{Store, meanwhile, save};
use crate::error::{SaveError, StoreError};

/// A change that is set aside until somebody decides.
#[derive(Clone, Debug, PartialEq)]
pub struct SetAside {
    /// What was saved here: its writes have the values of this PC. Of a record that is gone they have all that it was.
    pub change: SavedChange,
    /// [`State::Conflict`] or [`State::Refused`].
    pub state: State,
    /// Why; of a conflict with what stands there now, who wrote it and when.
    pub problem: Problem,
    pub subject: Subject,
    /// The names of the people, types and groups whose ids stand in the change or in the problem.
    pub names: BTreeMap<Uuid, String>,
}

/// What somebody decides about a change that is set aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// «Brug min»: of a conflict, every field as it was saved here. Of what was refused, the same again.
    Mine,
    /// «Behold deres»: the fields of the conflict stay as they are there; what nobody else has touched is saved.
    /// What was refused is given up.
    Theirs,
    /// Of these fields of these records theirs, of all others mine. A record without fields stands for the whole
    /// of it: it stays deleted, or is not deleted.
    Mixed { theirs: Vec<(Uuid, Option<String>)> },
    /// What was refused is tried again as it is.
    TryAgain,
    /// What was refused, or is no longer wanted, is given up.
    Discard,
}

impl Store {
    /// What somebody has to decide about, the oldest first.
    pub async fn set_aside_changes(&self) -> Result<Vec<SetAside>, StoreError> {
        self.read(set_aside_changes).await
    }

    /// Settles a change that is set aside. What is kept of it becomes a new change, by somebody who was `shown` these
    /// conflicts; if others save again meanwhile, that is a new one. Doing it twice is the same as once.
    pub async fn settle(
        &self,
        id: Uuid,
        decision: Decision,
        shown: Vec<Conflict>,
        made_at: DateTime<Utc>,
        made_by: impl Into<String>,
    ) -> Result<(), SaveError> {
        let made_by = made_by.into();
        self.write(move |connection| settle(connection, id, (&decision, &shown), made_at, &made_by)).await
    }
}

pub(super) fn set_aside_changes(connection: &Connection) -> rusqlite::Result<Vec<SetAside>> {
    let mut statement =
        connection.prepare_cached("select * from change where state in ('conflict', 'refused') order by position")?;
    let headers =
        statement.query_map([], |row| Ok((history::header(row)?, cell::<State>(row, "state")?, problem(row)?)));
    let headers = headers?.collect::<rusqlite::Result<Vec<_>>>()?;
    let whole = headers.into_iter().map(|((position, change), state, mut problem)| {
        let change = history::with_writes(connection, position, change, SHOWN)?;
        problem.conflicts = meanwhile::as_it_stands(connection, &change.writes, problem.conflicts)?;
        described(connection, change, state, problem)
    });
    whole.collect()
}

/// With the words for the ids in it, and with all that was known of a record that is gone.
pub(super) fn described(
    connection: &Connection,
    mut change: SavedChange,
    state: State,
    problem: Problem,
) -> rusqlite::Result<SetAside> {
    for SavedWrite { kind, id, before, after: _ } in &mut change.writes {
        if let Some(before) = before
            && save::read(connection, *kind, *id)?.is_none()
            && let Some(mut whole) = last_known(connection, *kind, *id)?
        {
            whole.append(before);
            *before = whole;
        }
    }
    let subject = history::subject(connection, &change)?;
    let names = names(connection, &change, &problem)?;
    Ok(SetAside { change, state, problem, subject, names })
}

fn problem(row: &Row<'_>) -> rusqlite::Result<Problem> {
    let text: String = cell(row, "problem")?;
    serde_json::from_str(&text).map_err(|error| unreadable(Type::Text, error))
}

/// The names of whatever the change or the problem names by its id.
fn names(connection: &Connection, change: &SavedChange, problem: &Problem) -> rusqlite::Result<BTreeMap<Uuid, String>> {
    let mut ids = vec![];
    for SavedWrite { kind: _, id, before, after } in &change.writes {
        ids.push(*id);
        before.iter().chain(after).flat_map(Map::values).for_each(|value| collect_ids(value, &mut ids));
    }
    let fields = problem.conflicts.iter().flat_map(|conflict| &conflict.fields);
    fields.for_each(|field| collect_ids(&field.present, &mut ids));
    let mut statement = connection.prepare_cached(
        "select name from practitioner where id = ?1
            union all select name from practitioner_group where id = ?1
            union all select name from appointment_type where id = ?1
            union all select name from patient where id = ?1",
    )?;
    let mut names = BTreeMap::new();
    for id in ids {
        if let Some(name) = statement.query_row([id.to_cell()], |row| row.get(0)).optional()? {
            let _same = names.insert(id, name);
        }
    }
    Ok(names)
}

pub(super) fn collect_ids(value: &Json, ids: &mut Vec<Uuid>) {
    match value {
        Json::String(text) => ids.extend(Uuid::try_parse(text)),
        Json::Array(values) => values.iter().for_each(|value| collect_ids(value, ids)),
        Json::Object(fields) => fields.values().for_each(|value| collect_ids(value, ids)),
        _ => {}
    }
}

/// A write of the change that comes in the place of the one that is set aside.
struct Kept {
    saved: SavedWrite,
    base: Option<i64>,
}

fn settle(
    connection: &mut Connection,
    id: Uuid,
    (decision, shown): (&Decision, &[Conflict]),
    made_at: DateTime<Utc>,
    made_by: &str,
) -> Result<(), SaveError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let aside = transaction
        .prepare_cached("select * from change where id = ?1 and state in ('conflict', 'refused')")?
        .query_row([id.to_cell()], |row| {
            Ok((cell::<i64>(row, "position")?, cell::<Option<Uuid>>(row, "undoes")?, problem(row)?))
        })
        .optional()?;
    let Some((position, undoes, problem)) = aside else { return Ok(()) };
    let refused = problem.conflicts.is_empty();
    let kept = match decision {
        Decision::Discard => vec![],
        Decision::Theirs if refused => vec![],
        _ => keep(&transaction, position, shown, decision)?,
    };
    // An undo that is given up can be tried again, and one that is kept is done by the change that comes in its place.
    let settled = "update change set state = 'settled', undoes = null where position = ?1";
    let _one = transaction.prepare_cached(settled)?.execute([position])?;
    if !kept.is_empty() {
        save_again(&transaction, (id, undoes), kept, made_at, made_by)?;
    }
    save::commit(transaction, &[])
}

/// What is kept of a change, based on what whoever decides has seen.
fn keep(
    transaction: &Transaction<'_>,
    position: i64,
    shown: &[Conflict],
    decision: &Decision,
) -> Result<Vec<Kept>, SaveError> {
    let mut writes = transaction.prepare_cached("select * from change_write where change = ?1 order by number")?;
    let writes = writes
        .query_map([position], |row| Ok(Kept { saved: history::saved_write(row)?, base: cell(row, "base")? }))?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let mut kept = vec![];
    for write in writes {
        let conflict = shown.iter().find(|conflict| conflict.id == write.saved.id);
        match conflict {
            None => kept.push(write),
            Some(conflict) => kept.extend(keep_write(transaction, write, conflict, decision)?),
        }
    }
    Ok(kept)
}

fn keep_write(
    transaction: &Transaction<'_>,
    write: Kept,
    conflict: &Conflict,
    decision: &Decision,
) -> Result<Option<Kept>, SaveError> {
    let SavedWrite { kind, id, before, after } = write.saved;
    let base = Some(pending::number(conflict.revision));
    let whole_is_theirs = match decision {
        Decision::Theirs => true,
        Decision::Mixed { theirs } => theirs.iter().any(|(record, field)| *record == id && field.is_none()),
        _ => false,
    };
    let Some(mut after) = after else {
        // They edited what was deleted here.
        let saved = SavedWrite { kind, id, before, after: None };
        return Ok((!whole_is_theirs).then_some(Kept { saved, base }));
    };
    if conflict.deleted {
        if whole_is_theirs {
            return Ok(None);
        }
        // What they deleted is made anew, with what was saved here.
        let mut whole = last_known(transaction, kind, id)?.unwrap_or_default();
        whole.extend(after);
        let saved = SavedWrite { kind, id, before: None, after: Some(whole) };
        return Ok(Some(Kept { saved, base }));
    }
    let chosen = |field: &String| match decision {
        Decision::Theirs => conflict.fields.iter().any(|it| it.field == *field),
        Decision::Mixed { theirs } => {
            whole_is_theirs || theirs.iter().any(|(record, it)| *record == id && it.as_ref() == Some(field))
        }
        _ => false,
    };
    let together = |field: &String| merge::together(kind).contains(&field.as_str());
    let fact_is_theirs = conflict.fields.iter().any(|it| together(&it.field) && chosen(&it.field));
    after.retain(|field, _| !(chosen(field) || (fact_is_theirs && together(field))));
    if let Some(before) = &before {
        merge::having_been_shown(before, &mut after, conflict);
    }
    let saved = SavedWrite { kind, id, before, after: Some(after) };
    let any = saved.after.as_ref().is_some_and(|after| !after.is_empty());
    Ok(any.then_some(Kept { saved, base }))
}

/// Every field of a record that is there, or as it was before it was deleted.
pub(super) fn last_known(
    transaction: &Connection,
    kind: Kind,
    id: Uuid,
) -> rusqlite::Result<Option<Map<String, Json>>> {
    if let Some(present) = save::read(transaction, kind, id)? {
        return Ok(Some(present.fields()));
    }
    let mut deleted = transaction.prepare_cached(
        "select * from change_write where record = ?1 and after is null order by change desc limit 1",
    )?;
    let deleted = deleted.query_row([id.to_cell()], history::saved_write).optional()?;
    Ok(deleted.and_then(|write| write.before))
}

/// Appends a change with these writes and puts it on the rows, like any that waits.
fn save_again(
    transaction: &Transaction<'_>,
    (instead_of, undoes): (Uuid, Option<Uuid>),
    kept: Vec<Kept>,
    made_at: DateTime<Utc>,
    made_by: &str,
) -> Result<(), SaveError> {
    let id = Uuid::new_v5(&instead_of, b"settled");
    let position = transaction
        .prepare_cached("insert into change (id, made_at, made_by, undoes, state) values (?1, ?2, ?3, ?4, 'waiting')")?
        .insert(params![id.to_cell(), made_at.to_cell(), made_by, undoes.to_cell()])?;
    let mut append = transaction.prepare_cached(
        "insert into change_write (change, number, kind, record, before, after, base)
            values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for (number, Kept { saved, base }) in kept.iter().enumerate() {
        let SavedWrite { kind, id, before, after } = saved;
        let (before, after) = (before.as_ref().map(history::text), after.as_ref().map(history::text));
        let _one = append.execute(params![position, number as i64, kind.name(), id.to_cell(), before, after, base])?;
    }
    let writes = pending::writes(transaction, position)?;
    let mut again = Pending { position, id, state: State::Waiting, in_rows: true, writes };
    pending::put_on(transaction, &mut again)?;
    Ok(pending::cover(transaction)?)
}
