//! A change becomes records: all of it in one transaction with its place in the feed and in the
//! audit trail, or nothing. Whoever writes, writes through here.
//!
//! In this order, always: is the change known, lock and raise the clinic's revision, check, apply,
//! feed, audit; then commit and tell. Source: design, "One change".

use std::collections::HashSet;

use aftalebog_booking::broken::Fault;
use aftalebog_booking::change::Malformed;
use aftalebog_booking::merge::{Effect, Merged, Unmerged, merge};
use aftalebog_booking::record::Overlap;
use aftalebog_booking::wire::{Accepted, Author, Conflict, FeedWrite, SentChange, SentWrite, Touch, WireDeed};
use aftalebog_booking::{Kind, Record, Value, reading};
use aftalebog_sqlite::cell::{Cell, cell};
use aftalebog_texts::{Texts, fl};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use super::facts::{self, Reference};
use super::record::{Slot, Taken, Was};
use super::work::Work;
use super::{Store, audit, clinic, device, record, settings};
use crate::access::Device;
use crate::problem::Error;
use crate::words;

/// A record has at most so many bytes, as JSON: some ten times what the fields known here can have.
const MAX_RECORD_BYTES: usize = 256 << 10;

/// A name of whoever makes a change has at most so many characters.
const MAX_NAME: usize = 100;

/// Who makes a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct By {
    pub author: Author,
    pub device: Option<Uuid>,
    pub patient: Option<Uuid>,
    /// As the clinic's PCs show it.
    pub name: String,
}

/// What is to be done, whoever asks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NewChange<'a> {
    /// Made once by whoever asks: the same again has one effect.
    pub id: Uuid,
    pub made_at: DateTime<Utc>,
    pub writes: &'a [SentWrite],
}

impl<'a> From<&'a SentChange> for NewChange<'a> {
    fn from(change: &'a SentChange) -> Self {
        Self { id: change.id, made_at: change.made_at, writes: &change.writes }
    }
}

/// The base of whoever reads the records in the transaction that writes them: nothing is unseen.
pub(crate) const SEEN: Option<u64> = Some(u64::MAX);

/// A change that is carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Applied {
    pub revision: u64,
}

impl Store {
    /// Takes in a change of a PC.
    pub async fn take_change(&self, device: Device, change: SentChange, now: DateTime<Utc>) -> Result<Accepted, Error> {
        self.write(move |work| {
            let new = NewChange::from(&change);
            // Its access may have been taken away while the change was on its way.
            device::is_paired(work, device)?;
            // Before anything else: what the answer to the first time was lost of is no news.
            if let Some(Applied { revision }) = known(work, device.clinic, &new)? {
                return Ok(Accepted { revision });
            }
            // What no number can be is no matter of the epoch.
            let number = i64::try_from(change.sequence)
                .map_err(|_| Error::bad_field("sequence", |texts| fl!(texts, "problem-detail-sequence")))?;
            if change.writes.iter().filter_map(|write| write.base).any(|base| i64::try_from(base).is_err()) {
                return Err(Error::bad_field("base", |texts| fl!(texts, "problem-detail-base")));
            }
            let position = clinic::position(work, device.clinic)?;
            let unknown = |write: &SentWrite| write.base.is_some_and(|base| base > position.revision);
            if change.epoch != position.epoch || change.writes.iter().any(unknown) {
                return Err(Error::PositionGone);
            }
            take_number(work, device, number)?;
            let name = change.made_by.chars().filter(|character| !character.is_control()).take(MAX_NAME).collect();
            let by = By { author: Author::Clinic, device: Some(device.id), patient: None, name };
            if position.revision == 0 {
                device::gives_in_place_of_others(work, device, &by, now)?;
            }
            let Applied { revision } = apply(work, device.clinic, &by, &new, now)?;
            Ok(Accepted { revision })
        })
        .await
    }
}

/// A PC's changes are numbered; one that uses a number again was set back to an older copy.
fn take_number(work: &Work<'_>, device: Device, number: i64) -> Result<(), Error> {
    let sql = "update device set last_sequence = ?2 where id = ?1 and last_sequence < ?2";
    if work.prepare_cached(sql)?.execute(params![device.id.to_cell(), number])? == 1 {
        return Ok(());
    }
    let sql = "select last_sequence from device where id = ?1";
    let last: i64 = work.prepare_cached(sql)?.query_row([device.id.to_cell()], |row| cell(row, "last_sequence"))?;
    Err(Error::DeviceRewound { last_sequence: last.unsigned_abs() })
}

/// In the transaction of the caller: everything of one change but the commit. What it returns with an
/// error is taken back by the caller's returning that error.
pub(crate) fn apply(
    work: &Work<'_>,
    clinic: Uuid,
    by: &By,
    change: &NewChange<'_>,
    now: DateTime<Utc>,
) -> Result<Applied, Error> {
    if let Some(applied) = known(work, clinic, change)? {
        return Ok(applied);
    }
    let revision = raise(work, clinic)?;
    let touch = Touch { revision, author: by.author, device: by.device, by: by.name.clone(), at: change.made_at };
    let mut carried = Carried::new(work, clinic, touch);
    // Deletions first, so that one change can put a record in the place of another, as in the PC's file.
    let (deletions, others): (Vec<_>, Vec<_>) =
        change.writes.iter().partition(|write| matches!(write.deed, WireDeed::Delete));
    for write in deletions.into_iter().chain(others) {
        carried.carry_out(write)?;
    }
    if carried.conflicts.is_empty() {
        carried.dissolve_clashes()?;
    }
    let Carried { feed, differences, settings, .. } = carried.checked()?;
    if settings {
        let sql = "update clinic set settings_revision = revision where id = ?1";
        let _one = work.prepare_cached(sql)?.execute([clinic.to_cell()])?;
    }
    append(work, clinic, by, change, revision, &feed, now)?;
    audit::append(work, clinic, by, "change", &audit::change(change.id, revision, &differences), now)?;
    work.has_changed(clinic);
    Ok(Applied { revision })
}

/// Whether the change has been carried out already. Its id with another content is no repetition.
fn known(connection: &Connection, clinic: Uuid, change: &NewChange<'_>) -> Result<Option<Applied>, Error> {
    let sql = "select revision, request_hash from accepted where clinic = ?1 and id = ?2";
    let found = connection.prepare_cached(sql)?.query_row([clinic.to_cell(), change.id.to_cell()], |row| {
        Ok((cell::<i64>(row, "revision")?, row.get::<_, [u8; 32]>("request_hash")?))
    });
    match found.optional()? {
        None => Ok(None),
        Some((revision, hash)) if hash == content(change) => Ok(Some(Applied { revision: revision.unsigned_abs() })),
        Some(_) => Err(Error::IdReused),
    }
}

/// What a change is known by besides its id: all that it does. Not the bases, which a PC that was
/// set back learns anew.
fn content(change: &NewChange<'_>) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    let _same = hasher.update(&change.made_at.timestamp().to_le_bytes());
    for SentWrite { kind, id, base: _, deed } in change.writes {
        serde_json::to_writer(&mut hasher, &(kind, id, deed)).expect("a hash takes in everything");
    }
    *hasher.finalize().as_bytes()
}

/// Locks the clinic by raising its revision.
fn raise(connection: &Connection, clinic: Uuid) -> Result<u64, Error> {
    let sql = "update clinic set revision = revision + 1 where id = ?1 returning revision";
    let raised = connection.prepare_cached(sql)?.query_row([clinic.to_cell()], |row| cell::<i64>(row, "revision"));
    raised.optional()?.map(i64::unsigned_abs).ok_or(Error::NotFound)
}

/// What has been carried out of a change.
struct Carried<'w> {
    work: &'w Work<'w>,
    clinic: Uuid,
    touch: Touch,
    conflicts: Vec<Conflict>,
    feed: Vec<FeedWrite>,
    differences: Vec<audit::Difference>,
    deleted: Vec<(Kind, Uuid)>,
    /// The records that are named by those that were written, with who names them.
    named: Vec<(Uuid, Reference)>,
    /// Where appointments stood, and stand now, that were moved, cancelled or deleted.
    left: Vec<Slot>,
    /// It is about settings.
    settings: bool,
}

impl<'w> Carried<'w> {
    fn new(work: &'w Work<'w>, clinic: Uuid, touch: Touch) -> Self {
        Self {
            work,
            clinic,
            touch,
            conflicts: vec![],
            feed: vec![],
            differences: vec![],
            deleted: vec![],
            named: vec![],
            left: vec![],
            settings: false,
        }
    }

    fn carry_out(&mut self, write: &SentWrite) -> Result<(), Error> {
        let SentWrite { kind, id, .. } = *write;
        let held = record::held(self.work, self.clinic, id)?;
        let name = kind.name();
        let merged = match held.as_ref().map(|(_, held)| held) {
            _ if held.as_ref().is_some_and(|(other, _)| *other != kind) => {
                Err(invalid(id, None, "other_kind", |texts| fl!(texts, "problem-detail-other-kind", kind = name)))
            }
            held => match merge(held, write, &self.touch) {
                Ok(merged) => Ok(merged),
                Err(Unmerged::Conflict(conflict)) => {
                    self.conflicts.push(conflict);
                    return Ok(());
                }
                Err(Unmerged::Unknown) => {
                    Err(invalid(id, None, "unknown", |texts| fl!(texts, "problem-detail-unknown", kind = name)))
                }
                Err(Unmerged::Exists) => {
                    Err(invalid(id, None, "exists", |texts| fl!(texts, "problem-detail-exists", kind = name)))
                }
            },
        };
        // Nothing of the change will be kept: the rest is looked through for more conflicts only.
        if !self.conflicts.is_empty() {
            return Ok(());
        }
        let Merged { after, effect } = merged?;
        let was = match &held {
            None => Was::Nothing,
            Some((_, held)) if held.value.is_none() => Was::Deleted,
            Some(_) => Was::Live,
        };
        let before = held.and_then(|(_, held)| held.value);
        match effect {
            Effect::Nothing => Ok(()),
            Effect::Deleted => self.delete((kind, id), before),
            Effect::Created(all) => self.put((kind, id), (was, before), Merged { after, effect: Effect::Created(all) }),
            Effect::Set(set) => self.put((kind, id), (was, before), Merged { after, effect: Effect::Set(set) }),
        }
    }

    fn delete(&mut self, (kind, id): (Kind, Uuid), before: Option<Map<String, Json>>) -> Result<(), Error> {
        self.leave(kind, id)?;
        record::delete(self.work, self.clinic, (kind, id), &self.touch)?;
        self.settings |= settings::is_setting(kind);
        self.deleted.push((kind, id));
        self.differences.push(audit::Difference { kind, id, old: before, new: None });
        self.feed.push(FeedWrite { kind: kind.name().to_owned(), id, created: false, deed: WireDeed::Delete });
        Ok(())
    }

    /// Writes a record that is new, or that was edited.
    fn put(
        &mut self,
        (kind, id): (Kind, Uuid),
        (was, before): (Was, Option<Map<String, Json>>),
        merged: Merged,
    ) -> Result<(), Error> {
        let Merged { mut after, effect } = merged;
        let (created, mut set) = match effect {
            Effect::Created(all) => (true, all),
            Effect::Set(set) => (false, set),
            Effect::Deleted | Effect::Nothing => return Ok(()),
        };
        let mut value = after.value.take().unwrap_or_default();
        let record = Record::from_fields(kind, id, value.clone()).map_err(|fault| malformed(&value, &fault))?;
        if let Some((field, reason)) = facts::fault(&record.value) {
            return Err(invalid(id, Some(field), reason, |texts| {
                fl!(texts, "problem-detail-outside-limits", kind = kind.name(), field = field)
            }));
        }
        // As this program would write it, with what it does not know of it.
        value.extend(record.fields());
        let mut record = record.value;
        if created || set.keys().any(|field| facts::UNIQUE.contains(&field.as_str())) {
            let unique = facts::unique(&record);
            record::put_unique(self.work, self.clinic, id, unique, created)?.map_err(|unique| {
                invalid(id, None, unique.reason, |texts| {
                    fl!(texts, "problem-detail-unique", kind = kind.name(), what = unique.what)
                })
            })?;
        }
        if !created {
            self.leave(kind, id)?;
        }
        let placed = self.place(id, &mut record, created)?;
        if !created {
            self.leave(kind, id)?;
        }
        if let Some(overlap) = placed {
            let _none = value.insert("overlap".to_owned(), overlap.clone());
            let _none = set.insert("overlap".to_owned(), overlap);
            if !created {
                let _touch = after.touched.insert("overlap".to_owned(), self.touch.clone());
            }
        }
        let text = record::text(&value);
        if text.len() > MAX_RECORD_BYTES {
            return Err(invalid(id, None, "outside_limits", |texts| {
                fl!(texts, "problem-detail-record-too-large", kind = kind.name())
            }));
        }
        record::put(self.work, self.clinic, (kind, id), &text, after, (was, self.touch.author))?;
        if created || set.keys().any(|field| facts::NAMING.contains(&field.as_str())) {
            let references = facts::references(&record);
            let rows = references.iter().map(|it| (it.field, it.target));
            record::put_references(self.work, self.clinic, id, rows, created)?;
            self.named.extend(references.into_iter().map(|reference| (id, reference)));
        }
        self.settings |= settings::is_setting(kind);
        let written = if created { value } else { set.keys().map(|field| same(&value, field)).collect() };
        let old = before.map(|before| written.keys().map(|field| same(&before, field)).collect());
        self.feed.push(FeedWrite { kind: kind.name().to_owned(), id, created, deed: WireDeed::Set(written.clone()) });
        self.differences.push(audit::Difference { kind, id, old, new: Some(written) });
        Ok(())
    }

    /// Puts an appointment into its column. One of the clinic's that would stand on another is a clash,
    /// which is then its `overlap`; a patient's is refused.
    fn place(&self, id: Uuid, record: &mut Value, created: bool) -> Result<Option<Json>, Error> {
        let Value::Appointment(appointment) = record else { return Ok(None) };
        let place = |appointment: &_| record::place(self.work, self.clinic, id, appointment, created);
        match place(appointment)? {
            Ok(()) => Ok(None),
            Err(taken) if self.touch.author == Author::Patient => Err(is_taken(id, taken)),
            Err(_taken) => {
                appointment.overlap = Overlap::Clash;
                // A clash may stand on anything.
                place(appointment)?.map_err(|taken| is_taken(id, taken))?;
                Ok(Some(Json::from("clash")))
            }
        }
    }

    /// Remembers where an appointment stands.
    fn leave(&mut self, kind: Kind, id: Uuid) -> Result<(), Error> {
        if kind == Kind::Appointment {
            self.left.extend(record::stands(self.work, self.clinic, id)?);
        }
        Ok(())
    }

    /// A clash is one no more when what it stood on has gone, or it has gone itself: nobody is left to decide about.
    /// It is nobody's edit, and in nobody's way: whoever has written the mark meanwhile is not told of a conflict.
    fn dissolve_clashes(&mut self) -> Result<(), Error> {
        for slot in std::mem::take(&mut self.left) {
            for id in record::lonely_clashes(self.work, self.clinic, &slot)? {
                self.unmark(id)?;
            }
        }
        Ok(())
    }

    fn unmark(&mut self, id: Uuid) -> Result<(), Error> {
        let Some((kind, held)) = record::held(self.work, self.clinic, id)? else { return Ok(()) };
        let Some(mut value) = held.value else { return Ok(()) };
        let (field, none) = ("overlap".to_owned(), Json::from("none"));
        let was = value.insert(field.clone(), none.clone()).unwrap_or_default();
        record::is_no_clash(self.work, self.clinic, id, (&record::text(&value), self.touch.revision))?;
        let alone = |value| Map::from_iter([(field.clone(), value)]);
        // Each record is written once in a change.
        match self.feed.iter_mut().find(|write| write.id == id) {
            Some(FeedWrite { deed: WireDeed::Set(set), .. }) => drop(set.insert(field.clone(), none.clone())),
            _ => self.feed.push(FeedWrite {
                kind: kind.name().to_owned(),
                id,
                created: false,
                deed: WireDeed::Set(alone(none.clone())),
            }),
        }
        match self.differences.iter_mut().find(|difference| difference.id == id) {
            Some(difference) => {
                if let Some(old) = &mut difference.old {
                    let _the_first = old.entry(field.clone()).or_insert(was);
                }
                let _clash = difference.new.get_or_insert_default().insert(field, none);
            }
            None => {
                let (old, new) = (Some(alone(was)), Some(alone(none)));
                self.differences.push(audit::Difference { kind, id, old, new });
            }
        }
        Ok(())
    }

    /// What can only be asked when all of it is there.
    fn checked(self) -> Result<Self, Error> {
        let Self { work, clinic, .. } = self;
        if !self.conflicts.is_empty() {
            return Err(Error::Conflict(self.conflicts));
        }
        let mut there = HashSet::new();
        for (id, Reference { field, kind, target }) in &self.named {
            if there.insert((*kind, *target)) && record::live_kind(work, clinic, *target)? != Some(*kind) {
                return Err(invalid(*id, Some(field), "dangling", |texts| {
                    fl!(texts, "problem-detail-dangling", field = field.to_owned(), kind = kind.name())
                }));
            }
        }
        for (kind, id) in &self.deleted {
            if record::live_kind(work, clinic, *id)?.is_some() {
                continue;
            }
            if let Some(by) = record::named_by(work, clinic, *id)? {
                let by = record::live_kind(work, clinic, by)?.map_or("record", Kind::name);
                return Err(invalid(*id, None, "still_used", |texts| {
                    fl!(texts, "problem-detail-still-used", kind = kind.name(), by = by)
                }));
            }
            if facts::ALWAYS.contains(kind) && !record::is_any(work, clinic, *kind)? {
                return Err(invalid(*id, None, "only_one", |texts| {
                    fl!(texts, "problem-detail-only-one", kind = kind.name())
                }));
            }
        }
        Ok(self)
    }
}

/// A field with its value in a record; null where it has none.
fn same(value: &Map<String, Json>, field: &str) -> (String, Json) {
    (field.to_owned(), value.get(field).cloned().unwrap_or_default())
}

fn invalid(record: Uuid, field: Option<&str>, reason: &'static str, say: impl Fn(&Texts) -> String) -> Error {
    Error::Invalid { record: Some(record), field: field.map(str::to_owned), reason, detail: words::both(say) }
}

fn is_taken(appointment: Uuid, taken: Taken) -> Error {
    let reason = match taken {
        Taken::Practitioner => "practitioner_taken",
        Taken::Patient => "patient_taken",
    };
    invalid(appointment, Some("start"), reason, |texts| match taken {
        Taken::Practitioner => fl!(texts, "problem-detail-practitioner-taken"),
        Taken::Patient => fl!(texts, "problem-detail-patient-taken"),
    })
}

/// Which field is at fault. Not what stands in it, which the fault itself would quote.
fn malformed(value: &Map<String, Json>, fault: &Malformed) -> Error {
    let Malformed { kind, id, reason: _quotes } = fault;
    let field = match reading::fault(*kind, *id, value, fault) {
        Fault::Field(field) => Some(field),
        _ => None,
    };
    invalid(*id, field.as_deref(), "malformed", |texts| match &field {
        Some(field) => fl!(texts, "problem-detail-malformed", kind = kind.name(), field = field.as_str()),
        None => fl!(texts, "problem-detail-malformed-together", kind = kind.name()),
    })
}

/// The change in the feed, and its id among those that are known.
fn append(
    connection: &Connection,
    clinic: Uuid,
    by: &By,
    change: &NewChange<'_>,
    revision: u64,
    feed: &[FeedWrite],
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let revision = i64::try_from(revision).unwrap_or(i64::MAX);
    let author = author_name(by.author);
    let sql = "insert into change (clinic, revision, id, made_at, made_by, author, device, received_at, writes)
        values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    let _one = connection.prepare_cached(sql)?.execute(params![
        clinic.to_cell(),
        revision,
        change.id.to_cell(),
        change.made_at.to_cell(),
        by.name,
        author,
        by.device.to_cell(),
        now.to_cell(),
        record::text(&feed),
    ])?;
    let sql = "insert into accepted (clinic, id, revision, request_hash, accepted_at) values (?1, ?2, ?3, ?4, ?5)";
    let hash = content(change);
    let key = (clinic.to_cell(), change.id.to_cell());
    let _one = connection.prepare_cached(sql)?.execute(params![key.0, key.1, revision, hash, now.to_cell()])?;
    Ok(())
}

/// An author as it stands in the database, which is also its JSON name.
pub(super) const fn author_name(author: Author) -> &'static str {
    match author {
        Author::Clinic => "clinic",
        Author::Patient => "patient",
        Author::Server => "server",
    }
}
