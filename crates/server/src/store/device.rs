//! The PCs of a clinic: paired by a code, known by a token.

use std::sync::{Mutex, MutexGuard, PoisonError};

use aftalebog_booking::wire::{Author, DeviceInfo, PairRequest, Paired};
use aftalebog_sqlite::cell::{Cell, cell};
use aftalebog_texts::fl;
use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use super::attempt::{Limit, attempt, is_left};
use super::change::By;
use super::clinic::position;
use super::work::Work;
use super::{Store, audit, record};
use crate::access::{Asking, Device};
use crate::problem::Error;
use crate::secret::{Hash, Secret, hash, typed_pairing_code};

/// That a PC was in touch is written down no more often than this.
const SEEN_EVERY: TimeDelta = TimeDelta::seconds(30);

/// A PC that was not in touch for so long is waited for when it is written down: what depends on
/// its being in touch is asked next.
const SILENT: TimeDelta = TimeDelta::minutes(5);

/// A PC that was not in touch for so long is no longer one of the clinic's.
const EXPIRES: TimeDelta = TimeDelta::days(180);

/// A token is used for so long.
const TOKEN_LASTS: TimeDelta = TimeDelta::days(30);

/// A new token that was not used within this time is taken for lost on its way.
const TOKEN_LOST: TimeDelta = TimeDelta::minutes(10);

/// Within this time so many codes may be wrong, from one address and from all.
const WRONG_WITHIN: TimeDelta = TimeDelta::minutes(10);
const WRONG_FROM_ONE: u32 = 5;
const WRONG_FROM_ALL: u32 = 50;

/// A PC that is told to give a clinic its records does so within this time, or is heard of.
const GIVING: TimeDelta = TimeDelta::minutes(10);

/// A PC's name has at most so many characters.
const MAX_NAME: usize = 100;

/// The PCs that were in touch, and of which that is not written down yet.
#[derive(Default)]
pub(super) struct Seen {
    unwritten: Mutex<Vec<(Device, DateTime<Utc>)>>,
}

impl Seen {
    fn unwritten(&self) -> MutexGuard<'_, Vec<(Device, DateTime<Utc>)>> {
        self.unwritten.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A PC that shows a code.
struct NewDevice<'a> {
    name: &'a str,
    asked_in: Option<Hash>,
}

impl Store {
    /// Trades a pairing code for the token of a new device. A code is used once. `network` is where
    /// it is asked from: whoever guesses is stopped, and when many do, no code is open any more.
    pub async fn pair(&self, request: &PairRequest, network: &str, now: DateTime<Utc>) -> Result<Paired, Error> {
        let PairRequest { code, device, attempt: asked_in } = request;
        let asked_in = asked_in.map(|id| hash(&id.to_string()));
        let name: String = device.trim().chars().filter(|character| !character.is_control()).take(MAX_NAME).collect();
        if name.is_empty() {
            return Err(Error::bad_field("device", |texts| fl!(texts, "problem-detail-device")));
        }
        let code = hash(&typed_pairing_code(code));
        let limit = |subject, most| Limit { subject, window: WRONG_WITHIN, most };
        let from_one = limit(format!("pair|{network}"), WRONG_FROM_ONE);
        let from_all = limit("pair".to_owned(), WRONG_FROM_ALL);
        // What is counted stays, whatever the answer is.
        let tried = self.write(move |work| {
            if let Err(spent) = is_left(work, &from_one, now).and(is_left(work, &from_all, now)) {
                return Ok(Err(spent));
            }
            if let Some(paired) = take_code(work, &code, &NewDevice { name: &name, asked_in }, now)? {
                return Ok(Ok(paired));
            }
            attempt(work, &from_one, now)?;
            attempt(work, &from_all, now)?;
            if is_left(work, &from_all, now).is_err() {
                let _all = work.prepare_cached("delete from pairing_code")?.execute([])?;
            }
            Ok::<_, Error>(Err(Error::NoSuchCode))
        });
        tried.await?
    }

    /// Whose token it is; that it was in touch is written down.
    pub async fn device_by_token(&self, token: Hash, now: DateTime<Utc>) -> Result<Asking, Error> {
        let found = self.read(move |work| found(work, &token, now)).await?;
        let Found { asking, seen, is_next } = found.ok_or(Error::Unauthorized)??;
        if is_next && let Err(error) = self.write(move |work| replace_token(work, &token, now)).await {
            // As on a full disk: both are valid until it can be written which one is not.
            tracing::error!(%error, "that a PC uses its new token could not be written down");
        }
        let unseen = seen.map(|seen| (now - seen).abs());
        if unseen.is_none_or(|unseen| unseen >= SEEN_EVERY) {
            self.was_seen(asking.device, now, unseen.is_none_or(|unseen| unseen >= SILENT)).await;
        }
        Ok(asking)
    }

    /// Writes down that a PC was in touch, with all others of which that is still to be written. When it
    /// cannot be, as on a full disk, the PC is answered all the same.
    async fn was_seen(&self, device: Device, now: DateTime<Utc>, waits: bool) {
        let first = {
            let mut unwritten = self.seen.unwritten();
            unwritten.push((device, now));
            unwritten.len() == 1
        };
        if !first && !waits {
            return;
        }
        let store = self.clone();
        // Others rely on its being done: it is, although whoever asks may not wait.
        let written = tokio::spawn(async move {
            let seen = store.seen.clone();
            let wrote = store.write(move |work| {
                let unwritten = std::mem::take(&mut *seen.unwritten());
                unwritten.into_iter().try_for_each(|(device, at)| write_seen(work, device, at))
            });
            if let Err(error) = wrote.await {
                tracing::error!(%error, "that a PC was in touch could not be written down");
                // Whoever is in touch next tries anew.
                store.seen.unwritten().clear();
            }
        });
        if waits {
            // A panic has been reported where it happened.
            let _written = written.await;
        }
    }

    /// A new token for a PC whose token is old; valid at once, and with its first use the old one ends.
    /// `None`: it was given one that it may still use.
    pub async fn next_token(&self, device: Device, now: DateTime<Utc>) -> Result<Option<Secret>, Error> {
        self.write(move |work| {
            let token = Secret::token("dk1_");
            let sql = "update device set next_token_hash = ?2, next_token_made_at = ?3 where id = ?1
                and (next_token_made_at is null or next_token_made_at <= ?4)";
            let lost = (now - TOKEN_LOST).to_cell();
            let hash = token.hash();
            let given = work.prepare_cached(sql)?.execute(params![
                device.id.to_cell(),
                hash.as_slice(),
                now.to_cell(),
                lost
            ])?;
            Ok((given == 1).then_some(token))
        })
        .await
    }

    /// The PCs of the clinic, those that were revoked too, in the order in which they were paired.
    /// `asking`: the one that is marked as this PC. One that was away for too long has lost its access then.
    pub async fn devices(
        &self,
        clinic: Uuid,
        asking: Option<Uuid>,
        now: DateTime<Utc>,
    ) -> Result<Vec<DeviceInfo>, Error> {
        self.read(move |work| {
            let sql = "select id, name, paired_at, last_seen, revoked_at from device where clinic = ?1
                order by paired_at, id";
            let mut statement = work.prepare_cached(sql)?;
            let rows = statement.query_map([clinic.to_cell()], |row| info(row, asking, now))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
        .await
    }

    /// Takes a PC's access away. One that was revoked already stays so.
    pub async fn revoke(&self, by: Device, id: Uuid, now: DateTime<Utc>) -> Result<(), Error> {
        self.write(move |work| {
            let name = work
                .prepare_cached("select name from device where id = ?1")?
                .query_row([by.id.to_cell()], |row| cell(row, "name"))?;
            revoke(work, by.clinic, id, &by_device(by, name), now)
        })
        .await
    }

    /// Takes a PC's access away, of whichever clinic it is: whoever runs the server asks for it.
    pub async fn revoke_any(&self, id: Uuid, now: DateTime<Utc>) -> Result<(), Error> {
        self.write(move |work| {
            let clinic =
                work.query_row("select clinic from device where id = ?1", [id.to_cell()], |row| cell(row, "clinic"));
            let clinic = clinic.optional()?.ok_or(Error::NotFound)?;
            let by = By { author: Author::Server, device: None, patient: None, name: String::new() };
            revoke(work, clinic, id, &by, now)
        })
        .await
    }
}

/// Whoever was in touch since then still has access.
pub(super) fn still_paired(now: DateTime<Utc>) -> DateTime<Utc> {
    now - EXPIRES
}

/// Whether a PC that has shown its token still has access in this transaction.
pub(super) fn is_paired(connection: &Connection, device: Device) -> Result<(), Error> {
    let sql = "select revoked_at is null from device where id = ?1";
    let is_paired = connection.prepare_cached(sql)?.query_row([device.id.to_cell()], |row| row.get::<_, bool>(0));
    if is_paired.optional()?.unwrap_or_default() { Ok(()) } else { Err(Error::Revoked) }
}

/// Takes a PC's access away, whoever asks for it.
pub(crate) fn revoke(work: &Work<'_>, clinic: Uuid, id: Uuid, by: &By, now: DateTime<Utc>) -> Result<(), Error> {
    let key = [clinic.to_cell(), id.to_cell()];
    let sql = "update device set revoked_at = ?3, next_token_hash = null where clinic = ?1 and id = ?2
        and revoked_at is null";
    let [of, which] = key.clone();
    if work.prepare_cached(sql)?.execute(params![of, which, now.to_cell()])? == 1 {
        // What it waits for is answered at once.
        work.has_changed(clinic);
        return audit::append(work, clinic, by, "revoke", &details(id), now);
    }
    let sql = "select 1 from device where clinic = ?1 and id = ?2";
    if work.prepare_cached(sql)?.exists(key)? { Ok(()) } else { Err(Error::NotFound) }
}

/// What the audit trail tells of a PC whose access has ended.
fn details(device: Uuid) -> String {
    record::text(&serde_json::json!({ "device": device }))
}

fn by_device(device: Device, name: String) -> By {
    By { author: Author::Clinic, device: Some(device.id), patient: None, name }
}

/// Uses a pairing code up. Whoever used it, and did not hear the answer, is answered again while the code lives: with
/// another token, for the one before may lie anywhere. `None`: there is no such code.
fn take_code(work: &Work<'_>, code: &Hash, new: &NewDevice<'_>, now: DateTime<Utc>) -> Result<Option<Paired>, Error> {
    let sql =
        "select clinic, asked_by, used_by, attempt_hash from pairing_code where code_hash = ?1 and expires_at > ?2";
    let found = work.prepare_cached(sql)?.query_row(params![code, now.to_cell()], |row| {
        let (clinic, asked_by): (Uuid, Option<Uuid>) = (cell(row, "clinic")?, cell(row, "asked_by")?);
        let used_by: Option<Uuid> = cell(row, "used_by")?;
        Ok((clinic, asked_by, used_by, row.get::<_, Option<Hash>>("attempt_hash")?))
    });
    let Some((clinic, asked_by, used_by, used_in)) = found.optional()? else { return Ok(None) };
    let token = Secret::token("dk1_");
    let id = match used_by {
        None => new_device(work, clinic, code, new, &token, now)?,
        Some(device) if new.asked_in.is_some() && new.asked_in == used_in => {
            let sql = "update device set token_hash = ?2, token_made_at = ?3, next_token_hash = null
                where id = ?1 and revoked_at is null";
            let values = params![device.to_cell(), token.hash(), now.to_cell()];
            if work.prepare_cached(sql)?.execute(values)? == 0 {
                return Ok(None);
            }
            device
        }
        Some(_) => return Ok(None),
    };
    // Whoever pairs is in touch: no times are kept back.
    let contact = "update clinic set last_contact = ?2 where id = ?1";
    let _one = work.prepare_cached(contact)?.execute(params![clinic.to_cell(), now.to_cell()])?;
    // Who let it in: another PC, or whoever runs the server.
    let details = record::text(&serde_json::json!({ "device": id, "asked_by": asked_by }));
    audit::append(work, clinic, &by_device(Device { id, clinic }, new.name.to_owned()), "pair", &details, now)?;
    let slug = work.query_row("select slug from clinic where id = ?1", [clinic.to_cell()], |row| row.get(0))?;
    let position = position(work, clinic)?;
    let gives = position.revision == 0 && !is_another_giving(work, clinic, id, now)?;
    let told = "update device set gives = ?2 where id = ?1";
    let _one = work.prepare_cached(told)?.execute(params![id.to_cell(), gives])?;
    Ok(Some(Paired { token: token.reveal().to_owned(), device: id, clinic, slug, position, gives }))
}

fn new_device(
    work: &Work<'_>,
    clinic: Uuid,
    code: &Hash,
    new: &NewDevice<'_>,
    token: &Secret,
    now: DateTime<Utc>,
) -> Result<Uuid, Error> {
    let id = Uuid::new_v4();
    let _one = work.execute(
        "insert into device (id, clinic, name, token_hash, token_made_at, paired_at, last_seen)
            values (?1, ?2, ?3, ?4, ?5, ?5, ?5)",
        params![id.to_cell(), clinic.to_cell(), new.name, token.hash(), now.to_cell()],
    )?;
    let sql = "update pairing_code set used_by = ?2, attempt_hash = ?3 where code_hash = ?1";
    let _one = work.prepare_cached(sql)?.execute(params![code, id.to_cell(), new.asked_in])?;
    Ok(id)
}

/// Two PCs that both gave a clinic its records would mix two clinics. Whoever was told to, and not heard of since, is
/// not waited for, nor is whoever only waits for another one: the first that sends something gives.
fn is_another_giving(connection: &Connection, clinic: Uuid, device: Uuid, now: DateTime<Utc>) -> Result<bool, Error> {
    let sql = "select 1 from device where clinic = ?1 and id <> ?2 and gives and revoked_at is null and last_seen > ?3";
    let since = now - GIVING;
    Ok(connection.prepare_cached(sql)?.exists(params![clinic.to_cell(), device.to_cell(), since.to_cell()])?)
}

/// The first change of a clinic, of a PC that was told to give it its records: whoever else was told so gives none any
/// more. It has no access until it is paired again, and then it is told that there is a clinic.
pub(super) fn gives_in_place_of_others(
    work: &Work<'_>,
    giving: Device,
    by: &By,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let Device { id, clinic } = giving;
    let sql = "select id from device where clinic = ?1 and id <> ?2 and gives and revoked_at is null
        and exists (select 1 from device where id = ?2 and gives)";
    let mut statement = work.prepare_cached(sql)?;
    let others = statement.query_map([clinic.to_cell(), id.to_cell()], |row| cell(row, "id"))?;
    let others = others.collect::<rusqlite::Result<Vec<Uuid>>>()?;
    others.into_iter().try_for_each(|other| revoke(work, clinic, other, by, now))
}

/// A PC that has shown a token.
struct Found {
    asking: Asking,
    seen: Option<DateTime<Utc>>,
    /// The token is the one that takes the other's place.
    is_next: bool,
}

fn found(connection: &Connection, token: &Hash, now: DateTime<Utc>) -> Result<Option<Result<Found, Error>>, Error> {
    let sql = "select device.id, clinic, last_seen, revoked_at, token_made_at, next_token_hash is ?1 as is_next,
            revision
        from device join clinic on clinic.id = device.clinic where token_hash = ?1 or next_token_hash = ?1";
    let found = connection.prepare_cached(sql)?.query_row([token.as_slice()], |row| {
        let revoked: Option<DateTime<Utc>> = cell(row, "revoked_at")?;
        let seen: Option<DateTime<Utc>> = cell(row, "last_seen")?;
        if revoked.is_some() || seen.is_some_and(|seen| seen < still_paired(now)) {
            return Ok(Err(Error::Revoked));
        }
        let made: DateTime<Utc> = cell(row, "token_made_at")?;
        let is_next: bool = cell(row, "is_next")?;
        let revision: i64 = cell(row, "revision")?;
        let asking = Asking {
            device: Device { id: cell(row, "id")?, clinic: cell(row, "clinic")? },
            revision: revision.unsigned_abs(),
            token_is_old: !is_next && now - made >= TOKEN_LASTS,
        };
        Ok(Ok(Found { asking, seen, is_next }))
    });
    Ok(found.optional()?)
}

/// With its first use a new token takes the old one's place.
fn replace_token(work: &Work<'_>, token: &Hash, now: DateTime<Utc>) -> Result<(), Error> {
    let sql = "update device set token_hash = next_token_hash, next_token_hash = null, next_token_made_at = null,
            token_made_at = ?2
        where next_token_hash = ?1";
    let _one = work.prepare_cached(sql)?.execute(params![token, now.to_cell()])?;
    Ok(())
}

fn write_seen(work: &Work<'_>, device: Device, at: DateTime<Utc>) -> Result<(), Error> {
    let seen = "update device set last_seen = ?2 where id = ?1";
    let _one = work.prepare_cached(seen)?.execute(params![device.id.to_cell(), at.to_cell()])?;
    let contact = "update clinic set last_contact = ?2 where id = ?1";
    let _one = work.prepare_cached(contact)?.execute(params![device.clinic.to_cell(), at.to_cell()])?;
    Ok(())
}

fn info(row: &Row<'_>, asking: Option<Uuid>, now: DateTime<Utc>) -> rusqlite::Result<DeviceInfo> {
    let id = cell(row, "id")?;
    let (paired_at, last_seen): (DateTime<Utc>, Option<DateTime<Utc>>) =
        (cell(row, "paired_at")?, cell(row, "last_seen")?);
    let expires = last_seen.unwrap_or(paired_at) + EXPIRES;
    let revoked_at: Option<DateTime<Utc>> = cell(row, "revoked_at")?;
    Ok(DeviceInfo {
        id,
        name: cell(row, "name")?,
        paired_at,
        last_seen,
        revoked_at: revoked_at.or((expires < now).then_some(expires)),
        this: asking == Some(id),
    })
}
