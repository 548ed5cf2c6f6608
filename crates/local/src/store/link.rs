//! The booking server that this PC is paired with, and how far its feed has been read.

use aftalebog_booking::Kind;
use aftalebog_booking::record::Overlap;
use aftalebog_booking::wire::{Position, SyncSnapshot};
use aftalebog_booking::{Record, Value as RecordValue};
use aftalebog_sqlite::cell::{Cell, cell};
use chrono::{DateTime, Utc};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior, params};
use uuid::Uuid;

use super::{Store, history, pending, save, whole};
use crate::backup;
use crate::error::{SaveError, StoreError};

/// The server that this PC is paired with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub address: String,
    /// The private authority whose certificates are trusted there, as PEM; `None`: those the system trusts.
    pub authority: Option<String>,
    pub clinic: Uuid,
    /// Where patients find the clinic.
    pub slug: String,
    /// This PC's id and name there.
    pub device: Uuid,
    pub device_name: String,
    pub token_kept: TokenKept,
    pub paired_at: DateTime<Utc>,
    /// The place in the feed up to which the rows are those of the server.
    pub position: Position,
    /// When the server last answered.
    pub last_contact: Option<DateTime<Utc>>,
    /// The file was restored from an old copy, and the server's snapshot has not been taken since.
    pub rewound: bool,
    /// The records came to a program of another form of the file, which may not have known all of what they have.
    pub outgrown: bool,
}

/// Where the token of this PC is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKept {
    /// In the system's vault.
    Vault,
    /// In a file beside the clinic's, which only this user may read.
    File,
}

impl Cell for TokenKept {
    fn to_cell(&self) -> Value {
        let word = match self {
            Self::Vault => "vault",
            Self::File => "file",
        };
        Value::Text(word.to_owned())
    }

    fn from_cell(cell: Value) -> Option<Self> {
        match String::from_cell(cell)?.as_str() {
            "vault" => Some(Self::Vault),
            "file" => Some(Self::File),
            _ => None,
        }
    }
}

/// What is known when this PC has just been paired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLink {
    pub address: String,
    pub authority: Option<String>,
    pub clinic: Uuid,
    pub slug: String,
    pub device: Uuid,
    pub device_name: String,
    pub token_kept: TokenKept,
    /// Where the server is.
    pub position: Position,
}

/// What becomes of the records here when this PC is paired.
#[derive(Clone, Debug, PartialEq)]
pub enum FirstSync {
    /// The server has none: they are sent.
    Give,
    /// Those of the server take their place. What waits from an earlier pairing with the same clinic is put on them.
    Take(SyncSnapshot),
}

/// In the name of a copy that was made before the server's records were taken.
pub(crate) const PAIRING: &str = "pairing";

impl Store {
    /// Whether there is anybody to book with: otherwise no other PC has use for these records.
    pub async fn has_practitioners(&self) -> Result<bool, SaveError> {
        let sql = "select exists (select 1 from practitioner)";
        self.write(|connection| Ok(connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?)).await
    }

    /// The server that this PC is paired with; `None`: it has none.
    pub async fn link(&self) -> Result<Option<Link>, StoreError> {
        self.read(read).await
    }

    /// How many changes wait that are sent when the records of that clinic, at its server, are taken: those of them
    /// that are of the same clinic.
    pub async fn waiting_for(&self, clinic: Uuid) -> Result<usize, SaveError> {
        self.write(move |connection| {
            let gives_the_rest = gives_the_rest(connection, clinic)?;
            let sql = "select count(*) from change
                where state in ('waiting', 'sent') and state = 'waiting' and (given = 0 or ?1)";
            let waiting: i64 = connection.prepare_cached(sql)?.query_row([gives_the_rest], |row| row.get(0))?;
            Ok(usize::try_from(waiting).unwrap_or_default())
        })
        .await
    }

    /// Pairs this PC: from now on what is saved is sent. Before the server's records are taken, a copy of the file is
    /// made; the newest `backup::KEPT` such copies are kept.
    pub async fn begin_link(&self, new: NewLink, first: FirstSync, now: DateTime<Utc>) -> Result<(), SaveError> {
        let file = self.file.clone();
        self.write(move |connection| {
            let copied = matches!(first, FirstSync::Take(_));
            if copied {
                let _copy = backup::before(connection, &file, PAIRING, now)?;
            }
            begin(connection, new, first, now)?;
            if copied {
                // The PC is paired. An old copy that cannot be removed now goes at the next time.
                let _removed = backup::keep_newest(&file, Some(PAIRING));
            }
            Ok(())
        })
        .await
    }

    /// Ends it here: the records stay, and what waits goes on waiting, as does what is saved from now on. The next
    /// pairing decides.
    pub async fn unlink(&self) -> Result<(), SaveError> {
        self.write(|connection| {
            let _one = connection.execute("update server_link set ended = 1", [])?;
            Ok(())
        })
        .await
    }

    /// The token was put somewhere else.
    pub async fn token_is_kept(&self, token_kept: TokenKept) -> Result<(), SaveError> {
        self.write(move |connection| {
            let _one = connection.execute("update server_link set token_kept = ?1", [token_kept.to_cell()])?;
            Ok(())
        })
        .await
    }
}

pub(super) fn read(connection: &Connection) -> rusqlite::Result<Option<Link>> {
    let link = |row: &Row<'_>| {
        let revision: i64 = cell(row, "revision")?;
        Ok(Link {
            address: cell(row, "address")?,
            authority: cell(row, "authority")?,
            clinic: cell(row, "clinic")?,
            slug: cell(row, "slug")?,
            device: cell(row, "device")?,
            device_name: cell(row, "device_name")?,
            token_kept: cell(row, "token_kept")?,
            paired_at: cell(row, "paired_at")?,
            position: Position { epoch: cell(row, "epoch")?, revision: revision.unsigned_abs() },
            last_contact: cell(row, "last_contact")?,
            rewound: cell(row, "rewound")?,
            outgrown: cell(row, "outgrown")?,
        })
    };
    let sql = "select *, file_form <> (select max(version) from refinery_schema_history) as outgrown
        from server_link where ended = 0";
    connection.prepare_cached(sql)?.query_row([], link).optional()
}

/// The feed has been read up to a revision.
pub(super) fn advance(transaction: &Transaction<'_>, revision: u64, now: DateTime<Utc>) -> rusqlite::Result<()> {
    let _one = transaction
        .prepare_cached("update server_link set revision = ?1, last_contact = ?2")?
        .execute(params![pending::number(revision), now.to_cell()])?;
    Ok(())
}

/// This PC has never been paired: its records are about to be others.
pub(super) fn forget(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.execute_batch("delete from server_link; delete from record_revision; delete from unseen_appointment;")
}

fn begin(connection: &mut Connection, new: NewLink, first: FirstSync, now: DateTime<Utc>) -> Result<(), SaveError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let NewLink { address, authority, clinic, slug, device, device_name, token_kept, position } = new;
    let gives_the_rest = gives_the_rest(&transaction, clinic)?;
    let _one = transaction.execute(
        "insert or replace into server_link
            (only_row, address, authority, clinic, slug, device, device_name, token_kept, paired_at, epoch, revision,
                last_contact, file_form)
            values (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?8, (select max(version) from refinery_schema_history))",
        params![
            address,
            authority,
            clinic.to_cell(),
            slug,
            device.to_cell(),
            device_name,
            token_kept.to_cell(),
            now.to_cell(),
            position.epoch.to_cell(),
            pending::number(position.revision)
        ],
    )?;
    // They were the numbers of what the PC was at the server before.
    let _no_more = transaction.execute("update change set sequence = null where sequence is not null", [])?;
    match first {
        FirstSync::Give => give(&transaction, clinic, &device_name, now)?,
        FirstSync::Take(snapshot) => {
            if !gives_the_rest {
                // Another PC has given the clinic its records meanwhile.
                let not_given = "update change set state = 'local' where given = 1 and state in ('waiting', 'sent')";
                let _parts = transaction.execute(not_given, [])?;
            }
            if !is_of_clinic(&transaction, &snapshot)? {
                history::forget(&transaction)?;
            }
            let link = read(&transaction)?.ok_or(SaveError::Closed)?;
            whole::take_snapshot(&transaction, snapshot, &link, now)?;
        }
    }
    save::commit(transaction, &[])
}

/// Whether this PC was giving that clinic its records, and some of them have come to its server: the rest belongs to
/// them.
fn gives_the_rest(connection: &Connection, clinic: Uuid) -> rusqlite::Result<bool> {
    let sql = "select 1 from server_link where clinic = ?1
        and exists (select 1 from change where given = 1 and state in ('sent', 'known'))";
    connection.prepare_cached(sql)?.exists([clinic.to_cell()])
}

/// Whether the records here are an older or newer state of the same clinic.
fn is_of_clinic(transaction: &Transaction<'_>, snapshot: &SyncSnapshot) -> rusqlite::Result<bool> {
    let here: Uuid = transaction.query_row("select id from clinic", [], |row| cell(row, "id"))?;
    Ok(snapshot.records.iter().any(|record| record.kind == Kind::Clinic.name() && record.id == here))
}

/// A part of what is given has at most so many records, and so many bytes of JSON.
const GIVEN_RECORDS: usize = 500;
const GIVEN_BYTES: usize = 1 << 20;

/// Has every record wait to be sent, a part at a time. The id of a part follows from what it has: to give the same
/// again is harmless.
fn give(transaction: &Transaction<'_>, clinic: Uuid, name: &str, now: DateTime<Utc>) -> Result<(), SaveError> {
    // What waited is among the records. So is what was to be given before: the same parts may come of it once more.
    transaction.execute_batch(
        "update change set state = 'local' where state in ('waiting', 'sent') and in_rows = 1;
        delete from change_write where change in
            (select position from change where given = 1 and state in ('local', 'known', 'settled'));
        delete from change where given = 1 and state in ('local', 'known', 'settled');",
    )?;
    let _none = transaction.execute("delete from record_revision", [])?;
    let mut records = save::read_all(transaction, Kind::ALL)?;
    // Those that may not overlap come before those that were put on top of them.
    records.sort_by_key(|record| (record.value.kind(), on_top(&record.value)));
    let mut part: Vec<(Record, String)> = vec![];
    let mut bytes = 0;
    for record in records {
        let fields = history::text(&record.fields());
        if part.len() == GIVEN_RECORDS || (bytes + fields.len() > GIVEN_BYTES && !part.is_empty()) {
            give_part(transaction, clinic, name, now, &std::mem::take(&mut part))?;
            bytes = 0;
        }
        bytes += fields.len();
        part.push((record, fields));
    }
    give_part(transaction, clinic, name, now, &part)
}

fn on_top(value: &RecordValue) -> bool {
    matches!(value, RecordValue::Appointment(appointment) if appointment.overlap != Overlap::None)
}

fn give_part(
    transaction: &Transaction<'_>,
    clinic: Uuid,
    name: &str,
    now: DateTime<Utc>,
    part: &[(Record, String)],
) -> Result<(), SaveError> {
    let mut content = Vec::new();
    for (record, fields) in part {
        content.extend_from_slice(record.id.as_bytes());
        content.extend_from_slice(fields.as_bytes());
    }
    let id = Uuid::new_v5(&clinic, &content);
    let position = transaction
        .prepare_cached(
            "insert into change (id, made_at, made_by, state, own, given) values (?1, ?2, ?3, 'waiting', 0, 1)",
        )?
        .insert(params![id.to_cell(), now.to_cell(), name])?;
    let mut append = transaction
        .prepare_cached("insert into change_write (change, number, kind, record, after) values (?1, ?2, ?3, ?4, ?5)")?;
    for (number, (record, fields)) in part.iter().enumerate() {
        let kind = record.value.kind().name();
        let _one = append.execute(params![position, number as i64, kind, record.id.to_cell(), fields])?;
    }
    Ok(())
}
