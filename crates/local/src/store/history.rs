//! Every save with the values before and after it: what a receptionist can read and take back.

use aftalebog_booking::bounded::Name;
use aftalebog_booking::change::{Change, Deed, Write};
use aftalebog_booking::overlap::shared;
use aftalebog_booking::record::{Appointment, AppointmentType, Need, OnlineType, Overlap, Patient, Recorded};
use aftalebog_booking::wire::Author;
use aftalebog_booking::{Entry, Id, Kind, Record, Value};
use chrono::{DateTime, Utc};
use rusqlite::types::Type;
use rusqlite::{Connection, Row, Transaction, TransactionBehavior, params};
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use super::outbox::State;
use super::row::{self, Cell, Table, cell, unreadable};
use super::save::{self, apply, commit, kind_named, read};
use super::{appointment, pending, settle};
use crate::error::SaveError;

/// A change in the history.
#[derive(Clone, Debug, PartialEq)]
pub struct SavedChange {
    pub id: Uuid,
    /// Whole seconds.
    pub made_at: DateTime<Utc>,
    /// The name of a PC; empty when it was none.
    pub made_by: String,
    pub author: Author,
    /// The change that this one took back.
    pub undoes: Option<Uuid>,
    /// In the order of the change; of the last change at most the first hundred.
    pub writes: Vec<SavedWrite>,
    /// How many there are.
    pub writes_in_all: usize,
}

impl SavedChange {
    /// What it did to the record of a kind that it is about: the first that was created or deleted, or
    /// else edited, and not only marked because another came to stand on it.
    pub fn about(&self, kind: Kind) -> Option<&SavedWrite> {
        let all = || self.writes.iter().filter(|write| write.kind == kind);
        let whole = |write: &&SavedWrite| write.before.is_none() || write.after.is_none();
        let edited = |write: &&SavedWrite| write.after.iter().flat_map(Map::keys).any(|field| field != "overlap");
        all().find(whole).or_else(|| all().find(edited)).or_else(|| all().next_back())
    }
}

/// So many writes tell what a change was. An import may have a hundred thousand, and the last change is read
/// after every save.
pub const SHOWN: usize = 100;

/// What a change did to one record: only the fields that it wrote, by their JSON names.
#[derive(Clone, Debug, PartialEq)]
pub struct SavedWrite {
    pub kind: Kind,
    pub id: Uuid,
    /// `None`: the record was created.
    pub before: Option<Map<String, Json>>,
    /// `None`: the record was deleted.
    pub after: Option<Map<String, Json>>,
}

/// Who and what a change is about, as far as it is of the appointment book: of several records of a
/// kind the first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// The patient who was written, or whose appointment or need was.
    pub patient: Option<Name>,
    /// What the appointment or block that was written is now; as it was, if it was deleted.
    pub appointment: Option<Appointment>,
    pub need: Option<Need>,
    /// The type whose set-up for online booking was written, as it was before it was deleted.
    pub deleted_type: Option<AppointmentType>,
    /// What was created had been deleted before: somebody wanted to keep it.
    pub restored: bool,
}

pub(crate) fn subject(connection: &Connection, change: &SavedChange) -> rusqlite::Result<Subject> {
    let (appointment, need) = (written(connection, change)?, written::<Need>(connection, change)?);
    let patient = written::<Patient>(connection, change)?;
    let id = appointment.as_ref().and_then(|it: &Appointment| it.patient).or(need.as_ref().map(|it| it.patient));
    let patient = match (patient, id) {
        (Some(patient), _) => Some(patient),
        (None, Some(id)) => row::read(connection, id)?,
        (None, None) => None,
    };
    let patient = patient.map(|patient| patient.name);
    let (deleted_type, restored) = (deleted_type(connection, change)?, restored(connection, change)?);
    Ok(Subject { patient, appointment, need, deleted_type, restored })
}

fn deleted_type(connection: &Connection, change: &SavedChange) -> rusqlite::Result<Option<AppointmentType>> {
    let Some(set_up) = written::<OnlineType>(connection, change)? else { return Ok(None) };
    let of = set_up.appointment_type;
    if row::read(connection, of)?.is_some() {
        return Ok(None);
    }
    let known = settle::last_known(connection, Kind::AppointmentType, of.uuid())?;
    let record = known.and_then(|known| Record::from_fields(Kind::AppointmentType, of.uuid(), known).ok());
    Ok(record.and_then(|record| AppointmentType::from_value(record.value)))
}

fn restored(connection: &Connection, change: &SavedChange) -> rusqlite::Result<bool> {
    // One question, however many records an import has made.
    let mut deleted = connection.prepare_cached(
        "select 1 from change_write as made
            join change_write as deleted on deleted.record = made.record and deleted.after is null
                and deleted.change < made.change
            where made.change = (select position from change where id = ?1) and made.before is null",
    )?;
    deleted.exists([change.id.to_cell()])
}

/// The record of a kind that the change is about: as it is now, or as it was before it was deleted.
fn written<T: Table>(connection: &Connection, change: &SavedChange) -> rusqlite::Result<Option<T>> {
    let Some(write) = change.about(T::KIND) else { return Ok(None) };
    if let Some(present) = row::read(connection, Id::new(write.id))? {
        return Ok(Some(present));
    }
    let fields = write.before.clone().or_else(|| write.after.clone()).unwrap_or_default();
    let record = Record::from_fields(write.kind, write.id, fields).ok();
    Ok(record.and_then(|record| T::from_value(record.value)))
}

/// A change can be taken back when it was saved here and the rows have it, is no undo, has not been taken back,
/// and did something. By that index, which does not list what the others have saved since.
const LAST_CHANGE: &str = "select change.* from change indexed by change_of_this_pc
    where own = 1 and undoes is null and in_rows = 1
        and not exists (select 1 from change as undo where undo.undoes = change.id)
        and exists (select 1 from change_write where change_write.change = change.position)
    order by position desc limit 1";

pub(crate) fn last_change(connection: &Connection) -> rusqlite::Result<Option<SavedChange>> {
    let mut statement = connection.prepare_cached(LAST_CHANGE)?;
    let mut changes = statement.query_map([], header)?.collect::<rusqlite::Result<Vec<_>>>()?;
    changes.pop().map(|(position, change)| with_writes(connection, position, change, SHOWN)).transpose()
}

/// At most `limit` changes, the newest first, whoever saved them; not those that are set aside.
pub(crate) fn newest(connection: &Connection, limit: u32) -> rusqlite::Result<Vec<SavedChange>> {
    let sql = "select * from change where given = 0 and state not in ('conflict', 'refused', 'settled')
        order by position desc limit ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let headers = statement.query_map([limit], header)?.collect::<rusqlite::Result<Vec<_>>>()?;
    headers.into_iter().map(|(position, change)| with_writes(connection, position, change, usize::MAX)).collect()
}

/// Takes a change back with a change of its own. Its id follows from the other's, so that doing
/// it twice is the same as once.
pub(crate) fn undo(
    connection: &mut Connection,
    id: Uuid,
    made_at: DateTime<Utc>,
    made_by: String,
) -> Result<(), SaveError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut change_id = Uuid::new_v5(&id, b"undo");
    while has(&transaction, change_id)? {
        if !is_settled(&transaction, change_id)? {
            return Ok(());
        }
        // That one was set aside and given up: this is another try.
        change_id = Uuid::new_v5(&change_id, b"undo");
    }
    let undone = find(&transaction, id)?.filter(|change| change.undoes.is_none());
    let undone = undone.ok_or(SaveError::NotUndoable { id })?;
    // The last write of the change is taken back first.
    let writes = undone.writes.into_iter().rev().map(|write| back(&transaction, write));
    let writes = writes.collect::<Result<Vec<_>, SaveError>>()?;
    let change = Change { id: change_id, made_at, made_by, writes };
    apply(&transaction, &change, Some(id))?;
    commit(transaction, &change.writes)
}

/// The write that takes another back, unless the record is no longer as that one left it.
fn back(transaction: &Transaction<'_>, write: SavedWrite) -> Result<Write, SaveError> {
    let SavedWrite { kind, id, before, after } = write;
    let present = read(transaction, kind, id)?.as_ref().map(Record::fields);
    let fields = match (&present, &after) {
        (Some(present), Some(after)) => {
            after.iter().filter(|(name, value)| present.get(*name) != Some(value)).collect()
        }
        (None, None) => vec![],
        (Some(all), None) | (None, Some(all)) => all.iter().collect(),
    };
    if !fields.is_empty() {
        let fields = fields.into_iter().map(|(name, _)| name.clone()).collect();
        return Err(SaveError::ChangedSince { kind, id, fields });
    }
    let deed = match (before, after) {
        (None, _) => Deed::Delete,
        (Some(before), None) => Deed::Create(before),
        (Some(before), Some(_)) => Deed::Set(before),
    };
    Ok(Write::of(kind, id, deed))
}

/// An appointment gets its place back under those that stand there as clashes, or stood there deliberately when it left,
/// as the undo of a cancellation or a move: that they overlap is no news. They are all marked then, as the server marks
/// them, and under a clash somebody has it before them again. Whoever was given the time since keeps it.
pub(super) fn back_under(
    transaction: &Transaction<'_>,
    write: &Write,
    undone: Uuid,
    taken: SaveError,
) -> Result<SavedWrite, SaveError> {
    let Write { kind, id, ref deed, .. } = *write;
    let mut fields = read(transaction, kind, id)?.as_ref().map(Record::fields).unwrap_or_default();
    let (Deed::Create(put) | Deed::Set(put)) = deed else { return Err(taken) };
    fields.extend(put.clone());
    let record = Record::from_fields(kind, id, fields).map_err(SaveError::malformed)?;
    let Value::Appointment(appointment) = record.value else { return Err(taken) };
    let around = appointment::around(transaction, &[(appointment.start, appointment.end())])?;
    let stands_on = |it: &Entry<Appointment>| it.id.uuid() != id && shared(&it.value, &appointment).is_some();
    let mut mark = Overlap::Deliberate;
    for other in around.iter().map(|booked| &booked.entry).filter(|entry| stands_on(entry)) {
        match other.value.overlap {
            Overlap::Clash => mark = Overlap::Clash,
            Overlap::Deliberate if !came_since(transaction, other.id.uuid(), undone)? => {}
            _ => return Err(taken),
        }
    }
    let mut write = write.clone();
    if let Deed::Create(put) | Deed::Set(put) = &mut write.deed {
        let _none = put.insert("overlap".to_owned(), pending::overlap(mark));
    }
    save::carry_out(transaction, &write)
}

/// Whether an appointment was made, or put where it stands, after that change. A new mark or a note moves nobody.
fn came_since(transaction: &Transaction<'_>, appointment: Uuid, change: Uuid) -> rusqlite::Result<bool> {
    let mut since = transaction.prepare_cached(
        "select 1 from change_write where record = ?1
            and change > (select position from change where id = ?2)
            and (before is null or json_extract(after, '$.start') is not null)",
    )?;
    since.exists([appointment.to_cell(), change.to_cell()])
}

pub(crate) fn has(connection: &Connection, id: Uuid) -> rusqlite::Result<bool> {
    connection.prepare_cached("select 1 from change where id = ?1")?.exists([id.to_cell()])
}

/// Somebody has decided about it, after it was set aside.
fn is_settled(connection: &Connection, id: Uuid) -> rusqlite::Result<bool> {
    connection.prepare_cached("select 1 from change where id = ?1 and state = 'settled'")?.exists([id.to_cell()])
}

/// A change that was saved here, and that the rows have.
fn find(connection: &Connection, id: Uuid) -> rusqlite::Result<Option<SavedChange>> {
    let mut statement = connection.prepare_cached("select * from change where id = ?1 and own = 1 and in_rows = 1")?;
    let mut changes = statement.query_map([id.to_cell()], header)?.collect::<rusqlite::Result<Vec<_>>>()?;
    changes.pop().map(|(position, change)| with_writes(connection, position, change, usize::MAX)).transpose()
}

/// Where a change stands in the history that was just appended to it.
#[derive(Clone, Copy)]
pub(crate) struct Appended {
    pub position: i64,
    /// It is to be sent: what it knew of each record is written down with it.
    to_be_sent: bool,
}

/// Appends a change of this PC without its writes.
pub(crate) fn append(
    transaction: &Transaction<'_>,
    change: &Change,
    undoes: Option<Uuid>,
) -> rusqlite::Result<Appended> {
    let Change { id, made_at, made_by, writes: _appended_one_by_one } = change;
    let to_be_sent = transaction.prepare_cached("select 1 from server_link")?.exists([])?;
    let state = if to_be_sent { State::Waiting } else { State::Local };
    let position = transaction
        .prepare_cached("insert into change (id, made_at, made_by, undoes, state) values (?1, ?2, ?3, ?4, ?5)")?
        .insert(params![id.to_cell(), made_at.to_cell(), made_by, undoes.to_cell(), state.to_cell()])?;
    Ok(Appended { position, to_be_sent })
}

pub(crate) fn append_write(
    transaction: &Transaction<'_>,
    appended: Appended,
    number: usize,
    write: &SavedWrite,
) -> rusqlite::Result<()> {
    let SavedWrite { kind, id, before, after } = write;
    append_row(transaction, appended, number, (*kind, *id), (before.as_ref().map(text), after.as_ref().map(text)))
}

/// Fields as they stand in the history.
pub(super) fn text(fields: &Map<String, Json>) -> String {
    serde_json::to_string(fields).expect("a map with names is a JSON object")
}

/// Appends what a change did to one record: its fields before and after as JSON.
pub(crate) fn append_row(
    transaction: &Transaction<'_>,
    Appended { position, to_be_sent }: Appended,
    number: usize,
    (kind, id): (Kind, Uuid),
    (before, after): (Option<String>, Option<String>),
) -> rusqlite::Result<()> {
    const LOCAL: &str =
        "insert into change_write (change, number, kind, record, before, after) values (?1, ?2, ?3, ?4, ?5, ?6)";
    const TO_BE_SENT: &str = "insert into change_write (change, number, kind, record, before, after, base)
        values (?1, ?2, ?3, ?4, ?5, ?6, coalesce(
            (select coalesce(base, revision) from record_revision where record = ?4),
            case when ?5 is not null then 0 end))";
    let _one = transaction.prepare_cached(if to_be_sent { TO_BE_SENT } else { LOCAL })?.execute(params![
        position,
        number as i64,
        kind.name(),
        id.to_cell(),
        before,
        after
    ])?;
    Ok(())
}

/// Empties the history: the records it speaks of are about to be replaced.
pub(crate) fn forget(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction
        .execute_batch("delete from change_write; delete from change where undoes is not null; delete from change;")
}

pub(super) fn header(row: &Row<'_>) -> rusqlite::Result<(i64, SavedChange)> {
    let change = SavedChange {
        id: cell(row, "id")?,
        made_at: cell(row, "made_at")?,
        made_by: cell(row, "made_by")?,
        author: cell(row, "author")?,
        undoes: cell(row, "undoes")?,
        writes: vec![],
        writes_in_all: 0,
    };
    Ok((cell(row, "position")?, change))
}

/// The change with at most `most` of its writes.
pub(super) fn with_writes(
    connection: &Connection,
    position: i64,
    change: SavedChange,
    most: usize,
) -> rusqlite::Result<SavedChange> {
    let mut statement =
        connection.prepare_cached("select * from change_write where change = ?1 order by number limit ?2")?;
    let writes = statement.query_map([position, i64::try_from(most).unwrap_or(i64::MAX)], saved_write)?;
    let writes = writes.collect::<rusqlite::Result<_>>()?;
    let in_all: i64 = connection
        .prepare_cached("select count(*) from change_write where change = ?1")?
        .query_row([position], |row| row.get(0))?;
    Ok(SavedChange { writes, writes_in_all: usize::try_from(in_all).unwrap_or_default(), ..change })
}

/// What stands in a row of `change_write`.
pub(super) fn saved_write(row: &Row<'_>) -> rusqlite::Result<SavedWrite> {
    let kind: String = cell(row, "kind")?;
    Ok(SavedWrite {
        kind: kind_named(&kind).ok_or_else(|| unreadable(Type::Text, format!("unknown kind {kind}")))?,
        id: cell(row, "record")?,
        before: json(row, "before")?,
        after: json(row, "after")?,
    })
}

/// Fields as they stand in a column of `change_write`.
pub(super) fn json(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<Map<String, Json>>> {
    let text: Option<String> = cell(row, column)?;
    text.map(|text| serde_json::from_str(&text).map_err(|error| unreadable(Type::Text, error))).transpose()
}
