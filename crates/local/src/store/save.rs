//! A change becomes rows: all of it in one transaction with its line in the history, or nothing.

use std::collections::HashSet;
use std::ops::ControlFlow;

use aftalebog_booking::change::{Change, Deed, Write};
use aftalebog_booking::record::{
    Analytics, Appointment, AppointmentType, Clinic, Closure, Need, OnlineType, Overlap, Patient, Practitioner,
    PractitionerGroup, Recorded, Service, WorkingHours,
};
use aftalebog_booking::{Id, Kind, Record, Setup, Snapshot, Value};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use super::history::{self, SavedWrite};
use super::import;
use super::link;
use super::meanwhile;
use super::reference::REFERENCES;
use super::row::{self, Table, cell};
use super::this_pc::{self, ThisPc};
use crate::error::{Refusal, SaveError};

/// The body with `$table` as the type of that kind of record.
macro_rules! for_kind {
    ($kind:expr, $table:ident => $body:expr) => {
        match $kind {
            Kind::Clinic => {
                type $table = Clinic;
                $body
            }
            Kind::Service => {
                type $table = Service;
                $body
            }
            Kind::Analytics => {
                type $table = Analytics;
                $body
            }
            Kind::Practitioner => {
                type $table = Practitioner;
                $body
            }
            Kind::PractitionerGroup => {
                type $table = PractitionerGroup;
                $body
            }
            Kind::WorkingHours => {
                type $table = WorkingHours;
                $body
            }
            Kind::Closure => {
                type $table = Closure;
                $body
            }
            Kind::AppointmentType => {
                type $table = AppointmentType;
                $body
            }
            Kind::OnlineType => {
                type $table = OnlineType;
                $body
            }
            Kind::Patient => {
                type $table = Patient;
                $body
            }
            Kind::Need => {
                type $table = Need;
                $body
            }
            Kind::Appointment => {
                type $table = Appointment;
                $body
            }
        }
    };
}

/// Saves a change, or what this PC knows of its server, or both. A change that is in the history
/// already has no effect.
pub(crate) fn save(
    connection: &mut Connection,
    this_pc: Option<&ThisPc>,
    change: Option<&Change>,
) -> Result<(), SaveError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if let Some(this_pc) = this_pc {
        this_pc::write(&transaction, this_pc)?;
    }
    let mut writes = [].as_slice();
    if let Some(change) = change
        && !history::has(&transaction, change.id)?
    {
        apply(&transaction, change, None)?;
        writes = &change.writes;
    }
    commit(transaction, writes)
}

/// Carries a change out and appends it to the history; `undoes` is the change it takes back.
///
/// Deletions come first, so that a change can put one record in the place of another.
pub(crate) fn apply(transaction: &Transaction<'_>, change: &Change, undoes: Option<Uuid>) -> Result<(), SaveError> {
    let appended = history::append(transaction, change, undoes)?;
    let (deletions, others): (Vec<_>, Vec<_>) =
        change.writes.iter().enumerate().partition(|(_, write)| matches!(write.deed, Deed::Delete));
    for (number, write) in deletions.into_iter().chain(others) {
        let saved = match (carry_out(transaction, write), undoes) {
            (Err(taken), Some(undone)) if taken.is_taken() => history::back_under(transaction, write, undone, taken),
            (saved, _) => saved,
        }?;
        history::append_write(transaction, appended, number, &saved)?;
    }
    Ok(())
}

pub(super) fn carry_out(transaction: &Transaction<'_>, write: &Write) -> Result<SavedWrite, SaveError> {
    let Write { kind, id, ref deed, ref seen } = *write;
    let refused = |reason| SaveError::refused(kind, id, reason);
    let present = read(transaction, kind, id)?;
    let saved = |before, after| SavedWrite { kind, id, before, after };
    match (deed, present) {
        (Deed::Create(_), Some(_)) => Err(refused(Refusal::Exists)),
        (Deed::Create(fields), None) => {
            let record = Record::from_fields(kind, id, fields.clone()).map_err(SaveError::malformed)?;
            let after = record.fields();
            check_known(kind, id, fields, &after)?;
            insert(transaction, record)?;
            Ok(saved(None, Some(after)))
        }
        (Deed::Set(edited), Some(present)) => {
            let before = present.fields();
            check_known(kind, id, edited, &before)?;
            check_seen(kind, id, seen, &before, Some(edited))?;
            let mut merged = before.clone();
            merged.extend(edited.clone());
            let record = Record::from_fields(kind, id, merged).map_err(SaveError::malformed)?;
            let after = record.fields();
            update(transaction, record)?;
            let only_edited = |fields: Map<String, Json>| {
                fields.into_iter().filter(|(name, _)| edited.contains_key(name)).collect::<Map<_, _>>()
            };
            Ok(saved(Some(only_edited(before)), Some(only_edited(after))))
        }
        (Deed::Delete, Some(present)) => {
            let before = present.fields();
            check_seen(kind, id, seen, &before, None)?;
            delete(transaction, kind, id)?;
            Ok(saved(Some(before), None))
        }
        // Somebody else has deleted what the writer looked at.
        (Deed::Set(_) | Deed::Delete, None) if !seen.is_empty() => {
            Err(SaveError::ChangedSince { kind, id, fields: seen.keys().cloned().collect() })
        }
        (Deed::Set(_) | Deed::Delete, None) => Err(refused(Refusal::Unknown)),
    }
}

/// Writes a new record, and gives its fields as JSON: what the history keeps of it. The same as to carry its
/// creation out, without looking first whether it is there, and without a map of its fields.
pub(super) fn create(transaction: &Transaction<'_>, record: &Record) -> Result<String, SaveError> {
    let (kind, id) = (record.value.kind(), record.id);
    check_value(&record.value).map_err(|reason| SaveError::refused(kind, id, reason))?;
    for_kind!(kind, T => {
        let value = T::from_value(record.value.clone()).expect("the value is of its own kind");
        row::insert(transaction, Id::new(id), &value).map_err(|error| refusal(kind, id, error))?;
        Ok(serde_json::to_string(&value).expect("every record is a JSON object"))
    })
}

/// Whoever has saved another value meanwhile is not overwritten unseen. Who saved the very same one is.
fn check_seen(
    kind: Kind,
    id: Uuid,
    seen: &Map<String, Json>,
    present: &Map<String, Json>,
    edited: Option<&Map<String, Json>>,
) -> Result<(), SaveError> {
    let fields = meanwhile::unseen(seen, present, edited);
    if fields.is_empty() {
        return Ok(());
    }
    Err(SaveError::ChangedSince { kind, id, fields: fields.into_iter().cloned().collect() })
}

/// A field that this program does not know would be dropped in silence.
fn check_known(kind: Kind, id: Uuid, given: &Map<String, Json>, known: &Map<String, Json>) -> Result<(), SaveError> {
    match given.keys().find(|name| !known.contains_key(*name)) {
        Some(field) => Err(SaveError::refused(kind, id, Refusal::UnknownField { field: field.clone() })),
        None => Ok(()),
    }
}

/// A record of any kind, if it is there.
pub(crate) fn read(connection: &Connection, kind: Kind, id: Uuid) -> rusqlite::Result<Option<Record>> {
    for_kind!(kind, T => {
        let value = row::read::<T>(connection, Id::new(id))?;
        Ok(value.map(|value| Record { id, value: value.into_value() }))
    })
}

/// Every record of these kinds: in the order of the kinds, then by id.
pub(crate) fn read_all(connection: &Connection, kinds: &[Kind]) -> rusqlite::Result<Vec<Record>> {
    let mut records = vec![];
    for kind in kinds {
        for_kind!(kind, T => {
            records.extend(row::read_all::<T>(connection)?.into_iter().map(|entry| entry.into_record()));
        });
    }
    Ok(records)
}

/// The clinic's settings; `None` where a part is missing that every clinic has.
pub(super) fn setup(connection: &Connection) -> rusqlite::Result<Option<Setup>> {
    const SETTINGS: &[Kind] = &[
        Kind::Clinic,
        Kind::Service,
        Kind::Analytics,
        Kind::Practitioner,
        Kind::PractitionerGroup,
        Kind::WorkingHours,
        Kind::Closure,
        Kind::AppointmentType,
        Kind::OnlineType,
    ];
    Ok(Setup::gather(read_all(connection, SETTINGS)?))
}

pub(super) fn insert(transaction: &Transaction<'_>, record: Record) -> Result<(), SaveError> {
    write(transaction, record, true)
}

pub(super) fn update(transaction: &Transaction<'_>, record: Record) -> Result<(), SaveError> {
    write(transaction, record, false)
}

pub(super) fn delete(transaction: &Transaction<'_>, kind: Kind, id: Uuid) -> Result<(), SaveError> {
    for_kind!(kind, T => row::delete::<T>(transaction, Id::new(id))).map_err(|error| refusal(kind, id, error))
}

fn write(transaction: &Transaction<'_>, record: Record, new: bool) -> Result<(), SaveError> {
    let Record { id, value } = record;
    let kind = value.kind();
    check_value(&value).map_err(|reason| SaveError::refused(kind, id, reason))?;
    for_kind!(kind, T => {
        let value = T::from_value(value).expect("the value is of its own kind");
        write_row(transaction, Id::new(id), &value, new)
    })
    .map_err(|error| refusal(kind, id, error))
}

fn write_row<T: Table>(transaction: &Transaction<'_>, id: Id<T>, value: &T, new: bool) -> rusqlite::Result<()> {
    if new { row::insert(transaction, id, value) } else { row::update(transaction, id, value) }
}

/// What the rows could not show: they would hold something else without a word.
fn check_value(value: &Value) -> Result<(), Refusal> {
    let mut seen = HashSet::new();
    let once = match value {
        Value::OnlineType(online_type) => online_type.practitioners.iter().all(|row| seen.insert(row.practitioner)),
        Value::PractitionerGroup(group) => group.practitioners.iter().all(|practitioner| seen.insert(*practitioner)),
        _ => true,
    };
    if once { Ok(()) } else { Err(Refusal::PractitionerTwice) }
}

/// Fills an empty file with the records of a snapshot; they are not in the history.
///
/// Appointments that may not overlap come before those that were put on top of them. `watch` is told how many are
/// written; when it breaks off, nothing is.
pub(crate) fn fill(
    transaction: Transaction<'_>,
    snapshot: Snapshot,
    watch: &mut dyn FnMut(usize) -> ControlFlow<()>,
) -> Result<(), SaveError> {
    let Snapshot { format: _, made_at: _, mut records } = snapshot;
    let on_top =
        |value: &Value| matches!(value, Value::Appointment(appointment) if appointment.overlap != Overlap::None);
    records.sort_by_key(|record| (record.value.kind(), on_top(&record.value)));
    let written: Vec<_> =
        records.iter().map(|record| Write::of(record.value.kind(), record.id, Deed::Create(Map::new()))).collect();
    for only in [Kind::Clinic, Kind::Service, Kind::Analytics] {
        if !written.iter().any(|write| write.kind == only) {
            return Err(SaveError::Incomplete);
        }
    }
    let step = import::step(records.len());
    for (number, record) in records.into_iter().enumerate() {
        if number.is_multiple_of(step) && watch(number).is_break() {
            return Err(SaveError::Stopped);
        }
        insert(&transaction, record)?;
    }
    // The last moment at which it can be stopped: after this it is on its way to the disk.
    if watch(written.len()).is_break() {
        return Err(SaveError::Stopped);
    }
    commit(transaction, &written)
}

/// Puts a snapshot in the place of all records and of their history, in one transaction. They are
/// not those of the server: the PC is not paired any more. What was typed about the server stays.
pub(crate) fn replace(
    connection: &mut Connection,
    snapshot: Snapshot,
    watch: &mut dyn FnMut(usize) -> ControlFlow<()>,
) -> Result<(), SaveError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    history::forget(&transaction)?;
    link::forget(&transaction)?;
    empty(&transaction)?;
    fill(transaction, snapshot, watch)
}

/// A file has a clinic, its service and its analytics.
pub(super) fn check_complete(transaction: &Transaction<'_>) -> Result<(), SaveError> {
    for only in [Kind::Clinic, Kind::Service, Kind::Analytics] {
        if !transaction.prepare(&format!("select 1 from {only}"))?.exists([])? {
            return Err(SaveError::Incomplete);
        }
    }
    Ok(())
}

/// Removes every record.
pub(super) fn empty(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    for kind in Kind::ALL.iter().rev() {
        let _gone = transaction.execute(&format!("delete from {kind}"), [])?;
    }
    Ok(())
}

/// Commits, and says which record is to blame when a reference points nowhere.
pub(crate) fn commit(transaction: Transaction<'_>, writes: &[Write]) -> Result<(), SaveError> {
    // Not `Transaction::commit`: it takes back what is asked here who is to blame.
    let Err(error) = transaction.execute_batch("commit") else { return Ok(()) };
    if error.sqlite_extended_error_code() == Some(rusqlite::ffi::SQLITE_CONSTRAINT_FOREIGNKEY)
        && let Some(refused) = dangling(&transaction, writes)?
    {
        return Err(refused);
    }
    Err(error.into())
}

/// Finds a reference that points nowhere: the record that names it was written, or the one that
/// it named was deleted. Reads the whole file, but only when something was refused.
fn dangling(transaction: &Transaction<'_>, writes: &[Write]) -> rusqlite::Result<Option<SaveError>> {
    let queries = REFERENCES.map(|(kind, table, id, column, named)| {
        format!(
            "select '{kind}' as kind, \"{id}\" as id, '{named}' as named, \"{column}\" as target from {table} \
             where \"{column}\" is not null and \"{column}\" not in (select id from {named})"
        )
    });
    let mut statement = transaction.prepare(&queries.join(" union all "))?;
    let found = statement
        .query_row([], |row| {
            let kinds: (String, String) = (cell(row, "kind")?, cell(row, "named")?);
            Ok((kinds, cell::<Uuid>(row, "id")?, cell::<Uuid>(row, "target")?))
        })
        .optional()?;
    let Some(((by, named), id, target)) = found else { return Ok(None) };
    let (Some(by), Some(named)) = (kind_named(&by), kind_named(&named)) else { return Ok(None) };
    let deleted = writes.iter().any(|write| write.id == target && matches!(write.deed, Deed::Delete));
    Ok(Some(if deleted {
        SaveError::refused(named, target, Refusal::StillUsed { by })
    } else {
        SaveError::refused(by, id, Refusal::Dangling { kind: named })
    }))
}

pub(crate) fn kind_named(name: &str) -> Option<Kind> {
    Kind::ALL.iter().copied().find(|kind| kind.name() == name)
}

/// The name of the constraint that a record broke.
fn refusal(kind: Kind, id: Uuid, error: rusqlite::Error) -> SaveError {
    let rusqlite::Error::SqliteFailure(_, Some(message)) = &error else { return error.into() };
    if error.sqlite_error_code() != Some(rusqlite::ErrorCode::ConstraintViolation) {
        return error.into();
    }
    let broken = message.split_once("constraint failed: ").map_or(message.as_str(), |(_, broken)| broken);
    let reason = match broken {
        "the practitioner is taken" => Refusal::PractitionerTaken,
        "the patient is taken" => Refusal::PatientTaken,
        "online_type.appointment_type" => Refusal::SecondSetup,
        "appointment.need" => Refusal::NeedUsed,
        "clinic.only_row" | "service.only_row" | "analytics.only_row" => Refusal::OnlyOne,
        broken if broken == format!("{kind}.id") => Refusal::Exists,
        broken => Refusal::OutsideLimits { check: broken.to_owned() },
    };
    SaveError::refused(kind, id, reason)
}
