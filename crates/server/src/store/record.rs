//! The records of a clinic as rows: as JSON, with what merging needs, and beside that as much of
//! them as the database itself must see.

use std::collections::BTreeMap;

use aftalebog_booking::Kind;
use aftalebog_booking::merge::Held;
use aftalebog_booking::record::{Appointment, Status};
use aftalebog_booking::wire::{Author, Touch};
use aftalebog_sqlite::cell::{Cell, cell, unreadable};
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use super::change::author_name;
use super::facts::Unique;

/// Who touched what of a record last.
#[derive(Serialize, Deserialize)]
struct Touches {
    born: Touch,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    fields: BTreeMap<String, Touch>,
}

/// A record that is there, or was. `None`: there has never been one of this id.
pub(super) fn held(connection: &Connection, clinic: Uuid, id: Uuid) -> rusqlite::Result<Option<(Kind, Held)>> {
    let live = "select kind, value, revision, touched from record where clinic = ?1 and id = ?2";
    let key = [clinic.to_cell(), id.to_cell()];
    let found = connection.prepare_cached(live)?.query_row(key.clone(), |row| {
        let Touches { born, fields } = json(row, "touched")?;
        let held =
            Held { value: Some(json(row, "value")?), revision: number(row)?, touched: fields, born_or_deleted: born };
        Ok((kind(row)?, held))
    });
    if let Some(found) = found.optional()? {
        return Ok(Some(found));
    }
    let deleted = "select kind, revision, deleted from deleted_record where clinic = ?1 and id = ?2";
    let found = connection.prepare_cached(deleted)?.query_row(key, |row| {
        let held = Held {
            value: None,
            revision: number(row)?,
            touched: BTreeMap::new(),
            born_or_deleted: json(row, "deleted")?,
        };
        Ok((kind(row)?, held))
    });
    found.optional()
}

/// The fields of the live records of a kind, by id.
pub(super) fn of_kind(
    connection: &Connection,
    clinic: Uuid,
    kind: Kind,
) -> rusqlite::Result<Vec<(Uuid, Map<String, Json>)>> {
    let sql = "select id, value from record where clinic = ?1 and kind = ?2 order by id";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement
        .query_map(params![clinic.to_cell(), kind.name()], |row| Ok((cell(row, "id")?, json(row, "value")?)))?;
    rows.collect()
}

/// The fields of a live record, if it is there and of this kind.
pub(crate) fn fields(
    connection: &Connection,
    clinic: Uuid,
    kind: Kind,
    id: Uuid,
) -> rusqlite::Result<Option<Map<String, Json>>> {
    let sql = "select value from record where clinic = ?1 and id = ?2 and kind = ?3";
    let mut statement = connection.prepare_cached(sql)?;
    statement.query_row(params![clinic.to_cell(), id.to_cell(), kind.name()], |row| json(row, "value")).optional()
}

/// Which kind a live record is of.
pub(super) fn live_kind(connection: &Connection, clinic: Uuid, id: Uuid) -> rusqlite::Result<Option<Kind>> {
    let mut statement = connection.prepare_cached("select kind from record where clinic = ?1 and id = ?2")?;
    statement.query_row([clinic.to_cell(), id.to_cell()], kind).optional()
}

/// How many live records there are of a kind.
pub(super) fn is_any(connection: &Connection, clinic: Uuid, kind: Kind) -> rusqlite::Result<bool> {
    let mut statement = connection.prepare_cached("select 1 from record where clinic = ?1 and kind = ?2")?;
    statement.exists(params![clinic.to_cell(), kind.name()])
}

/// What there was of a record before it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Was {
    Nothing,
    Deleted,
    Live,
}

/// Writes a record that is live from now on.
pub(super) fn put(
    connection: &Connection,
    clinic: Uuid,
    (kind, id): (Kind, Uuid),
    value: &str,
    held: Held,
    (was, author): (Was, Author),
) -> rusqlite::Result<()> {
    let Held { value: _as_text, revision, touched, born_or_deleted } = held;
    let touches = text(&Touches { born: born_or_deleted, fields: touched });
    let revision = i64::try_from(revision).unwrap_or(i64::MAX);
    let key = (clinic.to_cell(), id.to_cell());
    if was == Was::Deleted {
        let gone = "delete from deleted_record where clinic = ?1 and id = ?2";
        let _was_deleted = connection.prepare_cached(gone)?.execute(params![key.0, key.1])?;
    }
    let sql = if was != Was::Live {
        "insert into record (clinic, id, value, revision, touched, kind, author) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
    } else {
        "update record set value = ?3, revision = ?4, touched = ?5, author = ?7
            where clinic = ?1 and id = ?2 and kind = ?6"
    };
    let (kind, author) = (kind.name(), author_name(author));
    let written =
        connection.prepare_cached(sql)?.execute(params![key.0, key.1, value, revision, touches, kind, author])?;
    debug_assert_eq!(written, 1);
    Ok(())
}

/// Deletes a record; that it was there, and who deleted it, is kept.
pub(super) fn delete(
    connection: &Connection,
    clinic: Uuid,
    (kind, id): (Kind, Uuid),
    deleted: &Touch,
) -> rusqlite::Result<()> {
    let key = [clinic.to_cell(), id.to_cell()];
    for gone in [
        "delete from record where clinic = ?1 and id = ?2",
        "delete from record_reference where clinic = ?1 and record = ?2",
        "delete from record_unique where clinic = ?1 and record = ?2",
        "delete from appointment where clinic = ?1 and id = ?2",
    ] {
        let _rows = connection.prepare_cached(gone)?.execute(key.clone())?;
    }
    let sql = "insert into deleted_record (clinic, id, kind, revision, deleted) values (?1, ?2, ?3, ?4, ?5)";
    let revision = i64::try_from(deleted.revision).unwrap_or(i64::MAX);
    let [clinic, id] = key;
    let _one = connection.prepare_cached(sql)?.execute(params![clinic, id, kind.name(), revision, text(deleted)])?;
    Ok(())
}

/// Writes down which records this one names.
pub(super) fn put_references<'a>(
    connection: &Connection,
    clinic: Uuid,
    id: Uuid,
    references: impl Iterator<Item = (&'a str, Uuid)>,
    new: bool,
) -> rusqlite::Result<()> {
    if !new {
        let old = "delete from record_reference where clinic = ?1 and record = ?2";
        let _old = connection.prepare_cached(old)?.execute([clinic.to_cell(), id.to_cell()])?;
    }
    let sql = "insert or ignore into record_reference (clinic, record, field, target) values (?1, ?2, ?3, ?4)";
    let mut insert = connection.prepare_cached(sql)?;
    for (field, target) in references {
        let _one = insert.execute(params![clinic.to_cell(), id.to_cell(), field, target.to_cell()])?;
    }
    Ok(())
}

/// A record that names this one.
pub(super) fn named_by(connection: &Connection, clinic: Uuid, target: Uuid) -> rusqlite::Result<Option<Uuid>> {
    let sql = "select record from record_reference where clinic = ?1 and target = ?2 limit 1";
    let mut statement = connection.prepare_cached(sql)?;
    statement.query_row([clinic.to_cell(), target.to_cell()], |row| cell(row, "record")).optional()
}

/// Writes down what only one record of the clinic may have. The one that another has already.
pub(super) fn put_unique(
    connection: &Connection,
    clinic: Uuid,
    id: Uuid,
    unique: Option<Unique>,
    new: bool,
) -> rusqlite::Result<Result<(), Unique>> {
    if !new {
        let old = "delete from record_unique where clinic = ?1 and record = ?2";
        let _old = connection.prepare_cached(old)?.execute([clinic.to_cell(), id.to_cell()])?;
    }
    let Some(unique) = unique else { return Ok(Ok(())) };
    let sql = "insert into record_unique (clinic, what, key, record) values (?1, ?2, ?3, ?4) on conflict do nothing";
    let key = unique.key.to_cell();
    let written = connection.prepare_cached(sql)?.execute(params![clinic.to_cell(), unique.what, key, id.to_cell()])?;
    Ok(if written == 1 { Ok(()) } else { Err(unique) })
}

/// Whom an appointment would stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    Practitioner,
    Patient,
}

/// Writes down where an appointment stands. Not where it may overlap nothing, and would.
pub(super) fn place(
    connection: &Connection,
    clinic: Uuid,
    id: Uuid,
    appointment: &Appointment,
    new: bool,
) -> rusqlite::Result<Result<(), Taken>> {
    let sql = if new {
        "insert into appointment (clinic, id, practitioner, patient, start, \"end\", live, overlap)
            values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
    } else {
        "update appointment set practitioner = ?3, patient = ?4, start = ?5, \"end\" = ?6, live = ?7, overlap = ?8
            where clinic = ?1 and id = ?2"
    };
    let placed = connection.prepare_cached(sql)?.execute(params![
        clinic.to_cell(),
        id.to_cell(),
        appointment.practitioner.to_cell(),
        appointment.patient.to_cell(),
        appointment.start.to_cell(),
        appointment.end().to_cell(),
        (appointment.status == Status::Booked).to_cell(),
        appointment.overlap.to_cell(),
    ]);
    match placed {
        Ok(_one) => Ok(Ok(())),
        Err(rusqlite::Error::SqliteFailure(_, Some(why))) if why == "the practitioner is taken" => {
            Ok(Err(Taken::Practitioner))
        }
        Err(rusqlite::Error::SqliteFailure(_, Some(why))) if why == "the patient is taken" => Ok(Err(Taken::Patient)),
        Err(error) => Err(error),
    }
}

/// The time that an appointment takes, and whose.
pub(super) struct Slot {
    practitioner: Uuid,
    patient: Option<Uuid>,
    start: i64,
    end: i64,
}

/// What an appointment takes, if it takes anybody's time.
pub(super) fn stands(connection: &Connection, clinic: Uuid, id: Uuid) -> rusqlite::Result<Option<Slot>> {
    let sql =
        "select practitioner, patient, start, \"end\" from appointment where clinic = ?1 and id = ?2 and live = 1";
    let slot = |row: &Row<'_>| {
        Ok(Slot {
            practitioner: cell(row, "practitioner")?,
            patient: cell(row, "patient")?,
            start: cell(row, "start")?,
            end: cell(row, "end")?,
        })
    };
    connection.prepare_cached(sql)?.query_row([clinic.to_cell(), id.to_cell()], slot).optional()
}

/// The clashes around that time that stand on nothing any more.
pub(super) fn lonely_clashes(connection: &Connection, clinic: Uuid, slot: &Slot) -> rusqlite::Result<Vec<Uuid>> {
    let sql = "select id from appointment as it
        where clinic = ?1 and live = 1 and overlap = 'clash' and (practitioner = ?2 or patient = ?3)
            and start > ?4 - 28800 and start < ?5 and \"end\" > ?4
            and not exists (
                select 1 from appointment as other
                where other.clinic = it.clinic and other.live = 1 and other.id <> it.id
                    and other.start > it.start - 28800 and other.start < it.\"end\" and other.\"end\" > it.start
                    and (other.practitioner = it.practitioner or other.patient = it.patient)
            )
        order by id";
    let Slot { practitioner, patient, start, end } = slot;
    let mut statement = connection.prepare_cached(sql)?;
    let around = params![clinic.to_cell(), practitioner.to_cell(), patient.to_cell(), start, end];
    statement.query_map(around, |row| cell(row, "id"))?.collect()
}

/// Takes the mark from an appointment that stands alone. Who made the last change to it stays.
pub(super) fn is_no_clash(
    connection: &Connection,
    clinic: Uuid,
    id: Uuid,
    (value, revision): (&str, u64),
) -> rusqlite::Result<()> {
    let key = (clinic.to_cell(), id.to_cell());
    let sql = "update appointment set overlap = 'none' where clinic = ?1 and id = ?2";
    let _one = connection.prepare_cached(sql)?.execute(params![key.0, key.1])?;
    let sql = "update record set value = ?3, revision = ?4 where clinic = ?1 and id = ?2";
    let revision = i64::try_from(revision).unwrap_or(i64::MAX);
    let _one = connection.prepare_cached(sql)?.execute(params![key.0, key.1, value, revision])?;
    Ok(())
}

fn kind(row: &Row<'_>) -> rusqlite::Result<Kind> {
    let name: String = cell(row, "kind")?;
    let known = Kind::ALL.iter().copied().find(|kind| kind.name() == name);
    known.ok_or_else(|| unreadable(Type::Text, "a kind of record that this program does not know"))
}

fn number(row: &Row<'_>) -> rusqlite::Result<u64> {
    let revision: i64 = cell(row, "revision")?;
    Ok(revision.unsigned_abs())
}

/// What stands in a column as JSON. Its text is in no error: it is about people.
pub(super) fn json<T: for<'de> Deserialize<'de>>(row: &Row<'_>, column: &'static str) -> rusqlite::Result<T> {
    serde_json::from_str(stored(row, column)?)
        .map_err(|_| unreadable(Type::Text, format!("column {column} has no valid value")))
}

/// The text in a column, where it stands.
pub(super) fn stored<'a>(row: &'a Row<'_>, column: &str) -> rusqlite::Result<&'a str> {
    Ok(row.get_ref(column)?.as_str()?)
}

/// As JSON.
pub(crate) fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("what the server writes has text as its keys")
}
