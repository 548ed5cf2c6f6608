//! What others have saved since somebody looked: of a save that is on its way here, and of one that is set aside.

use aftalebog_booking::Record;
use aftalebog_booking::change::{Deed, Write};
use aftalebog_booking::record::Kind;
use aftalebog_booking::wire::{Author, Conflict, ConflictField, Touch};
use aftalebog_sqlite::cell::{Cell, cell};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension};
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use super::history::{self, SavedChange, SavedWrite};
use super::outbox::State;
use super::settle::SetAside;
use super::{Store, link, pending, save, settle};
use crate::error::StoreError;

/// A save, and what others have saved since its writer looked.
#[derive(Clone, Debug, PartialEq)]
pub struct Met {
    /// What of it meets something, as if it were set aside: its writes have what the writer saw before, and after
    /// it what was to be saved. Without conflicts nothing is in its way any more.
    pub set_aside: SetAside,
    /// The same save by somebody who has been shown that.
    pub again: Vec<Write>,
}

impl Store {
    /// What stands in the way of a save that was answered with `ChangedSince`, as it stands there now.
    pub async fn meanwhile(
        &self,
        writes: Vec<Write>,
        made_at: DateTime<Utc>,
        made_by: impl Into<String>,
    ) -> Result<Met, StoreError> {
        let made_by = made_by.into();
        self.read(move |connection| meanwhile(connection, writes, made_at, made_by)).await
    }
}

/// The fields that hold something else than the writer has seen, unless it is what is to be saved.
pub(super) fn unseen<'a>(
    seen: &'a Map<String, Json>,
    present: &Map<String, Json>,
    after: Option<&Map<String, Json>>,
) -> Vec<&'a String> {
    let differs = |(field, saw): &(&String, &Json)| {
        let now = present.get(*field);
        now != Some(*saw) && now != after.and_then(|after| after.get(*field))
    };
    seen.iter().filter(differs).map(|(field, _)| field).collect()
}

fn meanwhile(
    connection: &Connection,
    writes: Vec<Write>,
    made_at: DateTime<Utc>,
    made_by: String,
) -> rusqlite::Result<Met> {
    let (mut met, mut conflicts, mut again) = (vec![], vec![], vec![]);
    for write in writes {
        let Write { kind, id, deed, seen } = write;
        let after = match &deed {
            Deed::Set(set) => Some(set),
            Deed::Delete => None,
            Deed::Create(_) => {
                again.push(Write { kind, id, deed, seen });
                continue;
            }
        };
        let Some(present) = present(connection, kind, id)? else {
            // Both want it away.
            if let Some(set) = after {
                conflicts.push(deleted(connection, kind, id)?);
                let mut whole = settle::last_known(connection, kind, id)?.unwrap_or_default();
                whole.extend(set.clone());
                met.push(SavedWrite { kind, id, before: Some(seen), after: Some(set.clone()) });
                again.push(Write::of(kind, id, Deed::Create(whole)));
            }
            continue;
        };
        let fields = unseen(&seen, &present, after);
        if fields.is_empty() {
            again.push(Write { kind, id, deed, seen });
            continue;
        }
        let conflict = conflict(connection, (kind, id), &present, fields.into_iter().cloned())?;
        met.push(SavedWrite { kind, id, before: Some(seen.clone()), after: after.cloned() });
        again.push(Write { kind, id, deed, seen }.having_seen(&conflict));
        conflicts.push(conflict);
    }
    let writes_in_all = met.len();
    let author = Author::Clinic;
    let change = SavedChange { id: Uuid::new_v4(), made_at, made_by, author, undoes: None, writes: met, writes_in_all };
    let problem = pending::problem("conflict", 409, conflicts);
    Ok(Met { set_aside: settle::described(connection, change, State::Conflict, problem)?, again })
}

/// The conflicts of a change that is set aside, as they stand now: others may have saved again since the server
/// answered. What the rows do not know yet stays as the server said it.
pub(super) fn as_it_stands(
    connection: &Connection,
    writes: &[SavedWrite],
    conflicts: Vec<Conflict>,
) -> rusqlite::Result<Vec<Conflict>> {
    let anew = conflicts.into_iter().map(|told| {
        let Some(write) = writes.iter().find(|write| write.id == told.id) else { return Ok(told) };
        if pending::revision(connection, told.id)?.is_none_or(|revision| revision < told.revision) {
            return Ok(told);
        }
        let after = write.after.as_ref();
        let Some(present) = present(connection, told.kind, told.id)? else {
            return if told.deleted { Ok(told) } else { deleted(connection, told.kind, told.id) };
        };
        let nothing = Map::new();
        // Of what was deleted there, and is there again, nothing was seen.
        let seen = if told.deleted { after } else { write.before.as_ref() }.unwrap_or(&nothing);
        let told_of = |field: &String| told.fields.iter().any(|it| it.field == *field);
        let mut fields: Vec<_> = told.fields.iter().map(|it| it.field.clone()).collect();
        fields.extend(unseen(seen, &present, after).into_iter().filter(|field| !told_of(field)).cloned());
        let mut anew = conflict(connection, (told.kind, told.id), &present, fields.into_iter())?;
        for field in &mut anew.fields {
            let same = told.fields.iter().find(|it| it.field == field.field && it.present == field.present);
            if let Some(same) = same {
                field.touch = same.touch.clone();
            }
        }
        Ok(anew)
    });
    anew.collect()
}

fn present(connection: &Connection, kind: Kind, id: Uuid) -> rusqlite::Result<Option<Map<String, Json>>> {
    Ok(save::read(connection, kind, id)?.as_ref().map(Record::fields))
}

fn conflict(
    connection: &Connection,
    (kind, id): (Kind, Uuid),
    present: &Map<String, Json>,
    fields: impl Iterator<Item = String>,
) -> rusqlite::Result<Conflict> {
    let fields = fields.map(|field| {
        let (present, touch) = (present.get(&field).cloned().unwrap_or_default(), touched(connection, id, &field)?);
        Ok(ConflictField { field, present, touch })
    });
    let fields = fields.collect::<rusqlite::Result<_>>()?;
    Ok(Conflict { kind, id, revision: shown(connection, id)?, deleted: false, fields, deleted_by: None })
}

fn deleted(connection: &Connection, kind: Kind, id: Uuid) -> rusqlite::Result<Conflict> {
    let deleted_by = Some(last_touch(connection, id, |write| write.after.is_none())?);
    Ok(Conflict { kind, id, revision: shown(connection, id)?, deleted: true, fields: vec![], deleted_by })
}

/// Up to which revision the rows show a record: what lies under a change that waits is shown to nobody.
fn shown(connection: &Connection, id: Uuid) -> rusqlite::Result<u64> {
    let mut statement =
        connection.prepare_cached("select coalesce(base, revision) from record_revision where record = ?1")?;
    let revision = statement.query_row([id.to_cell()], |row| row.get::<_, i64>(0)).optional()?;
    Ok(revision.unwrap_or_default().unsigned_abs())
}

fn touched(connection: &Connection, id: Uuid, field: &str) -> rusqlite::Result<Touch> {
    last_touch(connection, id, |SavedWrite { before, after, .. }| {
        let value = |fields: &Option<Map<String, Json>>| fields.as_ref().and_then(|fields| fields.get(field).cloned());
        after.is_some() && value(before) != value(after)
    })
}

/// Who last did that to a record, as far as this PC's history tells: reads all of it, but only for a question. What
/// came with all of the server's records is the server's.
fn last_touch(connection: &Connection, record: Uuid, did: impl Fn(&SavedWrite) -> bool) -> rusqlite::Result<Touch> {
    let link = link::read(connection)?;
    // What waits lies on top of what the server has.
    let mut writes = connection.prepare_cached(
        "select change.*, kind, record, before, after from change_write join change on position = change
            where record = ?1 and in_rows = 1 and state not in ('conflict', 'refused', 'settled')
            order by revision is not null, revision desc, position desc",
    )?;
    let mut rows = writes.query([record.to_cell()])?;
    while let Some(row) = rows.next()? {
        if !did(&history::saved_write(row)?) {
            continue;
        }
        let (_, SavedChange { made_at: at, made_by: by, author, .. }) = history::header(row)?;
        let own = author == Author::Clinic && cell(row, "own")?;
        let device = link.as_ref().filter(|_| own).map(|link| link.device);
        let revision: Option<i64> = cell(row, "revision")?;
        return Ok(Touch { revision: revision.unwrap_or_default().unsigned_abs(), author, device, by, at });
    }
    let at = link.as_ref().map(|link| link.last_contact.unwrap_or(link.paired_at)).unwrap_or_default();
    let revision = pending::revision(connection, record)?.unwrap_or_default();
    Ok(Touch { revision, author: Author::Server, device: None, by: String::new(), at })
}
