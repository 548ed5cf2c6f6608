//! The clinics of the server, and the codes that pair their PCs.

use aftalebog_sqlite::cell::{Cell, cell};
use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use uuid::Uuid;

use super::Store;
use super::device::still_paired;
use crate::problem::Error;
use crate::secret::Secret;

/// How long a pairing code can be used.
pub const CODE_LASTS: TimeDelta = TimeDelta::minutes(10);

/// A clinic that was just added.
#[derive(Clone, Debug)]
pub struct NewClinic {
    pub id: Uuid,
    pub slug: String,
    /// Pairs its first PC.
    pub code: Secret,
}

impl Store {
    /// Adds a clinic without records: its first PC brings them.
    pub async fn add_clinic(&self, name: String, now: DateTime<Utc>) -> Result<NewClinic, Error> {
        self.write(move |work| add_clinic(work, &name, now)).await
    }

    /// A code that pairs one PC with the clinic. `asked_by`: one of its PCs, or whoever runs the server.
    pub async fn new_code(&self, clinic: Uuid, asked_by: Option<Uuid>, now: DateTime<Utc>) -> Result<Secret, Error> {
        self.write(move |work| {
            let known = work.prepare_cached("select 1 from clinic where id = ?1")?.exists([clinic.to_cell()])?;
            if known { new_code(work, clinic, asked_by, now) } else { Err(Error::NotFound) }
        })
        .await
    }
}

/// A clinic as whoever runs the server sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClinicInfo {
    pub id: Uuid,
    pub slug: String,
    pub name: String,
    pub records: u64,
    /// PCs that have access.
    pub devices: u64,
    pub last_contact: Option<DateTime<Utc>>,
}

impl Store {
    /// All clinics, by their names.
    pub async fn clinics(&self, now: DateTime<Utc>) -> Result<Vec<ClinicInfo>, Error> {
        self.read(move |transaction| {
            let sql = "select id, slug, name, last_contact,
                    (select count(*) from record where clinic = clinic.id) as records,
                    (select count(*) from device where clinic = clinic.id and revoked_at is null
                        and coalesce(last_seen, paired_at) >= ?1) as devices
                from clinic order by name, slug";
            let mut statement = transaction.prepare(sql)?;
            let clinics = statement.query_map([still_paired(now).to_cell()], |row| {
                let count = |column| cell::<i64>(row, column).map(i64::unsigned_abs);
                Ok(ClinicInfo {
                    id: cell(row, "id")?,
                    slug: cell(row, "slug")?,
                    name: cell(row, "name")?,
                    records: count("records")?,
                    devices: count("devices")?,
                    last_contact: cell(row, "last_contact")?,
                })
            })?;
            Ok(clinics.collect::<rusqlite::Result<_>>()?)
        })
        .await
    }
}

pub(super) fn add_clinic(transaction: &Transaction<'_>, name: &str, now: DateTime<Utc>) -> Result<NewClinic, Error> {
    let id = Uuid::new_v4();
    let slug = free_slug(transaction, name)?;
    let _one = transaction.execute(
        "insert into clinic (id, slug, name, created_at) values (?1, ?2, ?3, ?4)",
        params![id.to_cell(), slug, name, now.to_cell()],
    )?;
    let code = new_code(transaction, id, None, now)?;
    Ok(NewClinic { id, slug, code })
}

/// A code that pairs one PC with the clinic.
pub(super) fn new_code(
    transaction: &Transaction<'_>,
    clinic: Uuid,
    asked_by: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<Secret, Error> {
    if asked_by.is_some() {
        // The answer with the one before may not have arrived: a PC has one open code, the last.
        let _before = transaction
            .prepare_cached("delete from pairing_code where asked_by = ?1")?
            .execute([asked_by.to_cell()])?;
    }
    let code = Secret::pairing_code();
    let _one = transaction.execute(
        "insert into pairing_code (code_hash, clinic, expires_at, asked_by) values (?1, ?2, ?3, ?4)",
        params![code.hash().as_slice(), clinic.to_cell(), (now + CODE_LASTS).to_cell(), asked_by.to_cell()],
    )?;
    Ok(code)
}

/// The name as it can stand in an address; with a number where another clinic has it.
fn free_slug(transaction: &Transaction<'_>, name: &str) -> rusqlite::Result<String> {
    let mut slug = String::new();
    for character in name.chars().flat_map(char::to_lowercase) {
        match character {
            'æ' => slug.push_str("ae"),
            'ø' => slug.push_str("oe"),
            'å' => slug.push_str("aa"),
            'a'..='z' | '0'..='9' => slug.push(character),
            _ if slug.ends_with('-') || slug.is_empty() => {}
            _ => slug.push('-'),
        }
    }
    slug.truncate(50);
    let slug = slug.trim_end_matches('-');
    let slug = if slug.is_empty() { "klinik" } else { slug };
    let mut names = std::iter::once(slug.to_owned()).chain((2..).map(|number| format!("{slug}-{number}")));
    let mut taken = transaction.prepare_cached("select 1 from clinic where slug = ?1")?;
    loop {
        let name = names.next().expect("the numbers do not end");
        if !taken.exists([&name])? {
            return Ok(name);
        }
    }
}

/// The epoch of the database, and the revision of a clinic.
pub(super) fn position(connection: &Connection, clinic: Uuid) -> rusqlite::Result<aftalebog_booking::wire::Position> {
    let sql = "select epoch, revision from server, clinic where clinic.id = ?1";
    connection.prepare_cached(sql)?.query_row([clinic.to_cell()], |row| {
        let revision: i64 = cell(row, "revision")?;
        Ok(aftalebog_booking::wire::Position { epoch: cell(row, "epoch")?, revision: revision.unsigned_abs() })
    })
}

impl Store {
    /// The clinic that patients find at this address.
    pub(crate) async fn clinic_by_slug(&self, slug: String) -> Result<Uuid, Error> {
        self.read(move |transaction| {
            let sql = "select id from clinic where slug = ?1";
            let found = transaction.prepare_cached(sql)?.query_row([slug], |row| cell(row, "id")).optional()?;
            found.ok_or(Error::NotFound)
        })
        .await
    }
}
