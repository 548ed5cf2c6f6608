//! All of the server's records come at once, and take the place of those here.
//!
//! What differs is looked for in portions, so that others are answered in between, and only that is written. Where the
//! rows are not what they should be, as after a fault of the disk, all of them are written anew.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use aftalebog_booking::wire::{Author, Position, SnapshotRecord, SyncSnapshot};
use aftalebog_booking::{Kind, Record};
use aftalebog_sqlite::cell::{Cell, cell};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use super::history::SavedWrite;
use super::link::{self, Link};
use super::pending::{self, Forgotten, WithoutTriggers, number};
use super::rebase::put_on_again;
use super::{Store, notice, save};
use crate::error::SaveError;
use crate::sync::{Arrived, Notice};

/// So many records are looked at one after the other.
const PORTION: usize = 500;

/// The server's records, found by their ids.
struct Whole {
    position: Position,
    last_sequence: u64,
    records: Vec<SnapshotRecord>,
    places: HashMap<Uuid, usize>,
}

/// What may be another here than there.
#[derive(Default)]
struct Differing {
    there: HashSet<Uuid>,
    /// The server does not have them.
    here_only: Vec<(Kind, Uuid)>,
    /// The server has no revision of them.
    revisions: Vec<Uuid>,
}

impl Store {
    /// Puts the server's records in the place of those here, under what this PC has on top. What patients have done
    /// meanwhile is told as if it had come by the feed.
    pub async fn apply_snapshot(&self, snapshot: SyncSnapshot, now: DateTime<Utc>) -> Result<Arrived, SaveError> {
        let whole = Arc::new(Whole::of(snapshot));
        let mut differing = Differing::default();
        for from in (0..whole.records.len()).step_by(PORTION) {
            let looked_at = whole.clone();
            differing.there.extend(self.write(move |connection| Ok(looked_at.differing(connection, from)?)).await?);
        }
        for kind in Kind::ALL.iter().copied() {
            let looked_at = whole.clone();
            differing.here_only.extend(self.write(move |connection| Ok(looked_at.lacks(connection, kind)?)).await?);
        }
        let looked_at = whole.clone();
        differing.revisions = self.write(move |connection| Ok(looked_at.lacks_revisions(connection)?)).await?;
        self.write(move |connection| match put_in_place(connection, &whole, &differing, now) {
            Err(SaveError::OutOfStep { .. } | SaveError::Refused { .. }) => {
                let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
                let Some(link) = link::read(&transaction)? else { return Ok(Arrived::default()) };
                let before = of_patients(&transaction, &whole)?;
                take(&transaction, &whole, &link, now)?;
                let notices = tell_of(&transaction, &whole, &before, now)?;
                save::commit(transaction, &[])?;
                Ok(Arrived { changes: 1, notices })
            }
            put => put,
        })
        .await
    }
}

impl Whole {
    fn of(snapshot: SyncSnapshot) -> Self {
        let SyncSnapshot { format: _, position, last_sequence, records } = snapshot;
        let places = records.iter().enumerate().map(|(place, record)| (record.id, place)).collect();
        Self { position, last_sequence, records, places }
    }

    fn get(&self, id: Uuid) -> Option<&SnapshotRecord> {
        self.places.get(&id).map(|place| &self.records[*place])
    }

    /// Of a portion of the records.
    fn differing(&self, connection: &Connection, from: usize) -> rusqlite::Result<Vec<Uuid>> {
        let mut differing = vec![];
        for came in self.records.iter().skip(from).take(PORTION) {
            let Some(kind) = save::kind_named(&came.kind) else { continue };
            let same = save::read(connection, kind, came.id)?
                .is_some_and(|here| here.fields().iter().all(|(field, value)| came.value.get(field) == Some(value)));
            if !same || pending::revision(connection, came.id)? != Some(came.revision) {
                differing.push(came.id);
            }
        }
        Ok(differing)
    }

    fn lacks(&self, connection: &Connection, kind: Kind) -> rusqlite::Result<Vec<(Kind, Uuid)>> {
        let mut statement = connection.prepare(&format!("select id from {kind}"))?;
        let ids = statement.query_map([], |row| cell::<Uuid>(row, "id"))?;
        ids.filter(|id| !matches!(id, Ok(id) if self.get(*id).is_some())).map(|id| Ok((kind, id?))).collect()
    }

    fn lacks_revisions(&self, connection: &Connection) -> rusqlite::Result<Vec<Uuid>> {
        let mut statement = connection.prepare("select record from record_revision")?;
        let ids = statement.query_map([], |row| cell::<Uuid>(row, "record"))?;
        ids.filter(|id| !matches!(id, Ok(id) if self.get(*id).is_some())).collect()
    }
}

fn put_in_place(
    connection: &mut Connection,
    whole: &Whole,
    differing: &Differing,
    now: DateTime<Utc>,
) -> Result<Arrived, SaveError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let Some(link) = link::read(&transaction)? else { return Ok(Arrived::default()) };
    let on_top = pending::load(&transaction)?;
    pending::take_back(&transaction, &on_top)?;
    see_to_states(&transaction, whole)?;
    let writes = on_top.iter().flat_map(|change| &change.writes);
    let own: Vec<_> = writes.map(|write| (write.saved.kind, write.saved.id)).collect();
    let mut notices = vec![];
    {
        let _off = WithoutTriggers::of(&transaction)?;
        for (kind, id) in own.iter().chain(&differing.here_only).filter(|(_, id)| whole.get(*id).is_none()) {
            if save::read(&transaction, *kind, *id)?.is_some() {
                save::delete(&transaction, *kind, *id)?;
            }
        }
        for id in &differing.revisions {
            let _one =
                transaction.prepare_cached("delete from record_revision where record = ?1")?.execute([id.to_cell()])?;
        }
        let differing: HashSet<_> = own.iter().map(|(_, id)| *id).chain(differing.there.iter().copied()).collect();
        // In the order in which they came: what is named comes before what names it.
        for came in whole.records.iter().filter(|came| differing.contains(&came.id)) {
            put(&transaction, came, now, &mut notices)?;
        }
    }
    finish(&transaction, whole, &link, now)?;
    save::commit(transaction, &[])?;
    Ok(Arrived { changes: 1, notices })
}

/// What patients wrote last, as it is here.
fn of_patients(transaction: &Transaction<'_>, whole: &Whole) -> rusqlite::Result<HashMap<Uuid, Map<String, Json>>> {
    let mut before = HashMap::new();
    for came in whole.records.iter().filter(|came| came.author == Author::Patient) {
        let Some(kind) = save::kind_named(&came.kind) else { continue };
        before.extend(save::read(transaction, kind, came.id)?.map(|here| (came.id, here.fields())));
    }
    Ok(before)
}

/// Tells of what is new about what patients wrote last.
fn tell_of(
    transaction: &Transaction<'_>,
    whole: &Whole,
    before: &HashMap<Uuid, Map<String, Json>>,
    now: DateTime<Utc>,
) -> Result<Vec<Notice>, SaveError> {
    let mut notices = vec![];
    for came in whole.records.iter().filter(|came| came.author == Author::Patient) {
        let Some(kind) = save::kind_named(&came.kind) else { continue };
        let record = Record::from_fields(kind, came.id, came.value.clone()).map_err(SaveError::malformed)?;
        let saved = difference(kind, came.id, before.get(&came.id), &record.fields());
        notice::tell(transaction, saved.as_slice(), now, &mut notices)?;
    }
    Ok(notices)
}

/// What makes a record what it is after it; `None`: it is that already.
fn difference(
    kind: Kind,
    id: Uuid,
    before: Option<&Map<String, Json>>,
    after: &Map<String, Json>,
) -> Option<SavedWrite> {
    let Some(before) = before else {
        return Some(SavedWrite { kind, id, before: None, after: Some(after.clone()) });
    };
    let only = |fields: &Map<String, Json>, others: &Map<String, Json>| {
        let changed = fields.iter().filter(|(field, value)| others.get(*field) != Some(value));
        changed.map(|(field, value)| (field.clone(), value.clone())).collect::<Map<_, _>>()
    };
    let (was, is) = (only(before, after), only(after, before));
    (before != after).then_some(SavedWrite { kind, id, before: Some(was), after: Some(is) })
}

/// Makes a record here what it is there. Who wrote it last has done whatever is new about it.
fn put(
    transaction: &Transaction<'_>,
    came: &SnapshotRecord,
    now: DateTime<Utc>,
    notices: &mut Vec<Notice>,
) -> Result<(), SaveError> {
    let Some(kind) = save::kind_named(&came.kind) else { return Ok(()) };
    let record = Record::from_fields(kind, came.id, came.value.clone()).map_err(SaveError::malformed)?;
    let before = save::read(transaction, kind, came.id)?.as_ref().map(Record::fields);
    let saved = difference(kind, came.id, before.as_ref(), &record.fields());
    match (&before, &saved) {
        (None, _) => save::insert(transaction, record)?,
        (Some(_), Some(_)) => save::update(transaction, record)?,
        (Some(_), None) => {}
    }
    if came.author == Author::Patient {
        notice::tell(transaction, saved.as_slice(), now, notices)?;
    }
    let at = "insert into record_revision (record, revision) values (?1, ?2)
        on conflict do update set revision = excluded.revision";
    let _one = transaction.prepare_cached(at)?.execute(params![came.id.to_cell(), number(came.revision)])?;
    Ok(())
}

/// Puts the server's records in the place of all that are here, and what this PC has on top of them on it again.
pub(super) fn take_snapshot(
    transaction: &Transaction<'_>,
    snapshot: SyncSnapshot,
    link: &Link,
    now: DateTime<Utc>,
) -> Result<(), SaveError> {
    take(transaction, &Whole::of(snapshot), link, now)
}

fn take(transaction: &Transaction<'_>, whole: &Whole, link: &Link, now: DateTime<Utc>) -> Result<(), SaveError> {
    see_to_states(transaction, whole)?;
    save::empty(transaction)?;
    let _none = transaction.execute("delete from record_revision", [])?;
    {
        let _off = WithoutTriggers::of(transaction)?;
        for came in &whole.records {
            let Some(kind) = save::kind_named(&came.kind) else { continue };
            let record = Record::from_fields(kind, came.id, came.value.clone()).map_err(SaveError::malformed)?;
            save::insert(transaction, record)?;
            let at = "insert into record_revision (record, revision) values (?1, ?2)";
            let _one = transaction.prepare_cached(at)?.execute(params![came.id.to_cell(), number(came.revision)])?;
        }
    }
    finish(transaction, whole, link, now)
}

/// What the server has of the changes of this PC.
fn see_to_states(transaction: &Transaction<'_>, whole: &Whole) -> rusqlite::Result<()> {
    // A server that was restored from a backup lacks what this PC sent after it: it is sent again. All else that
    // was sent is among the records that have come.
    let _lost = transaction.execute(
        "update change set state = 'waiting', revision = null where state in ('sent', 'known') and sequence > ?1",
        [number(whole.last_sequence)],
    )?;
    let _known = transaction.execute(
        "update change set state = 'known', in_rows = 1 where state in ('waiting', 'sent') and state = 'sent'",
        [],
    )?;
    // A base that the server has not reached was seen at one that is no more.
    let _unseen = transaction.execute(
        "update change_write set base = 1 where base > ?1
            and change in (select position from change where state in ('waiting', 'sent'))",
        [number(whole.position.revision)],
    )?;
    Ok(())
}

fn finish(transaction: &Transaction<'_>, whole: &Whole, link: &Link, now: DateTime<Utc>) -> Result<(), SaveError> {
    let Whole { position, last_sequence, .. } = whole;
    let touch = pending::forgotten_touch(link.device, &link.device_name, position.revision, now);
    let forgotten = Forgotten { in_snapshot: link.rewound.then_some(touch), ..Forgotten::default() };
    let mut on_top = pending::load(transaction)?;
    put_on_again(transaction, &mut on_top, &forgotten)?;
    save::check_complete(transaction)?;
    let _one = transaction.execute(
        "update server_link set epoch = ?1, revision = ?2, next_sequence = max(next_sequence, ?3 + 1), rewound = 0,
            file_form = (select max(version) from refinery_schema_history), last_contact = ?4",
        params![position.epoch.to_cell(), number(position.revision), number(*last_sequence), now.to_cell()],
    )?;
    Ok(())
}
