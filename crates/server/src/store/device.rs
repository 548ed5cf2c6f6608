//! The PCs of a clinic: paired by a code, known by a token.

use aftalebog_booking::wire::Paired;
use aftalebog_sqlite::cell::{Cell, cell};
use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use super::Store;
use super::clinic::position;
use crate::access::Device;
use crate::problem::Error;
use crate::secret::{Hash, Secret, hash, typed_pairing_code};

/// That a PC was in touch is written down no more often than this.
const SEEN_EVERY: TimeDelta = TimeDelta::seconds(30);

/// A PC's name has at most so many characters.
const MAX_NAME: usize = 100;

impl Store {
    /// Trades a pairing code for the token of a new device. A code is used once.
    pub async fn pair(&self, code: &str, device: &str, now: DateTime<Utc>) -> Result<Paired, Error> {
        let name: String = device.trim().chars().filter(|character| !character.is_control()).take(MAX_NAME).collect();
        if name.is_empty() {
            return Err(Error::BadRequest {
                field: Some("device".to_owned()),
                detail: "the PC needs a name".to_owned(),
            });
        }
        let code = hash(&typed_pairing_code(code));
        self.write(move |transaction| {
            let sql = "delete from pairing_code where code_hash = ?1 and expires_at > ?2 returning clinic";
            let clinic: Option<Uuid> = transaction
                .prepare_cached(sql)?
                .query_row(params![code.as_slice(), now.to_cell()], |row| cell(row, "clinic"))
                .optional()?;
            let clinic = clinic.ok_or(Error::NoSuchCode)?;
            let (id, token) = (Uuid::new_v4(), Secret::token("dk1_"));
            let _one = transaction.execute(
                "insert into device (id, clinic, name, token_hash, token_made_at, paired_at, last_seen)
                    values (?1, ?2, ?3, ?4, ?5, ?5, ?5)",
                params![id.to_cell(), clinic.to_cell(), name, token.hash().as_slice(), now.to_cell()],
            )?;
            let slug =
                transaction.query_row("select slug from clinic where id = ?1", [clinic.to_cell()], |row| row.get(0))?;
            let position = position(transaction, clinic)?;
            Ok(Paired { token: token.reveal().to_owned(), device: id, clinic, slug, position })
        })
        .await
    }

    /// Whose token it is; that it was in touch is written down.
    pub async fn device_by_token(&self, token: Hash, now: DateTime<Utc>) -> Result<Device, Error> {
        let found = self.read(move |transaction| {
            let sql = "select id, clinic, last_seen, revoked_at from device where token_hash = ?1";
            let found = transaction.prepare_cached(sql)?.query_row([token.as_slice()], |row| {
                let revoked: Option<DateTime<Utc>> = cell(row, "revoked_at")?;
                let seen: Option<DateTime<Utc>> = cell(row, "last_seen")?;
                Ok((Device { id: cell(row, "id")?, clinic: cell(row, "clinic")? }, seen, revoked))
            });
            Ok::<_, Error>(found.optional()?)
        });
        let (device, seen, revoked) = found.await?.ok_or(Error::Unauthorized)?;
        if revoked.is_some() {
            return Err(Error::Revoked);
        }
        if seen.is_none_or(|seen| (now - seen).abs() >= SEEN_EVERY) {
            self.write(move |transaction| {
                let seen = "update device set last_seen = ?2 where id = ?1";
                let _one = transaction.prepare_cached(seen)?.execute(params![device.id.to_cell(), now.to_cell()])?;
                let contact = "update clinic set last_contact = ?2 where id = ?1";
                let _one =
                    transaction.prepare_cached(contact)?.execute(params![device.clinic.to_cell(), now.to_cell()])?;
                Ok::<_, Error>(())
            })
            .await?;
        }
        Ok(device)
    }
}
