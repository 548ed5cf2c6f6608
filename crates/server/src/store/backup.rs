//! Copies of the whole database while it is in use, and the way back from one.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use aftalebog_booking::wire::Author;
use aftalebog_sqlite::cell::{Cell as _, cell};
use aftalebog_sqlite::place::{beside, folder_of, put_in_place, remove, sync_folder};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use thiserror::Error;
use uuid::Uuid;

use super::change::By;
use super::work::Work;
use super::{APPLICATION_ID, BUSY, StoreError, audit, migrations, open};
use crate::own_files::{create_for_owner, create_for_owner_of_folder, write_for_owner};
use crate::problem::Error as Refused;

/// Why there is no copy, or why it was not put back.
#[derive(Debug, Error)]
pub enum BackupError {
    #[error("{} is there already", .0.display())]
    Exists(PathBuf),
    #[error("there is no database {}", .0.display())]
    NoDatabase(PathBuf),
    /// The copy is not what it must be, and was not used.
    #[error("{} is damaged: {detail}", path.display())]
    Damaged { path: PathBuf, detail: String },
    /// Another program's, or made by a newer one of this.
    #[error("{} is not a database of this program", .0.display())]
    NotOurs(PathBuf),
    #[error("{}: {error}", path.display())]
    File { path: PathBuf, error: io::Error },
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for BackupError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Writing the audit trail can only fail as the database does.
impl From<Refused> for BackupError {
    fn from(error: Refused) -> Self {
        match error {
            Refused::Store(error) => Self::Store(error),
            other => Self::Store(StoreError::Sqlite { detail: other.to_string() }),
        }
    }
}

/// What a copy that was looked through holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contents {
    pub clinics: u64,
    /// Of all clinics together.
    pub records: u64,
}

/// Writes a copy of the database as it is at one moment, while others write. The copy is looked
/// through before it gets its name, and then it is there for good.
pub fn back_up(database: &Path, to: &Path) -> Result<Contents, BackupError> {
    if to.exists() {
        return Err(BackupError::Exists(to.to_owned()));
    }
    let unfinished = beside(to, ".unfinished");
    remove(&unfinished).map_err(at(&unfinished))?;
    let written = copy(database, &unfinished, create_for_owner).and_then(|()| {
        let contents = look_through(&unfinished)?;
        write_sum(&unfinished, to)?;
        put_in_place(&unfinished, to).map_err(at(to))?;
        Ok(contents)
    });
    if written.is_err() {
        remove(&unfinished).map_err(at(&unfinished))?;
    }
    written
}

/// Whether a file is a whole database of this program.
pub fn look_through(file: &Path) -> Result<Contents, BackupError> {
    let damaged = |detail: String| BackupError::Damaged { path: file.to_owned(), detail };
    let connection = connect_to(file)?;
    let read = (|| {
        let application_id: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
        if application_id != APPLICATION_ID {
            return Ok(None);
        }
        let version: u32 =
            connection.query_row("select max(version) from refinery_schema_history", [], |row| row.get(0))?;
        Ok(Some(version))
    })();
    let version = read.map_err(|error: rusqlite::Error| damaged(error.to_string()))?;
    let newest = migrations().get_migrations().iter().map(refinery::Migration::version).max();
    if version.is_none_or(|version| newest.is_none_or(|newest| i64::from(version) > i64::from(newest))) {
        return Err(BackupError::NotOurs(file.to_owned()));
    }
    let looked = (|| {
        let faults: String = connection.query_row("pragma integrity_check(1)", [], |row| row.get(0))?;
        let astray: bool = connection.prepare("pragma foreign_key_check")?.exists([])?;
        let sql = "select (select count(*) from clinic), (select count(*) from record)";
        let (clinics, records): (i64, i64) = connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let contents = Contents { clinics: clinics.unsigned_abs(), records: records.unsigned_abs() };
        Ok((faults, astray, contents))
    })();
    match looked.map_err(|error: rusqlite::Error| damaged(error.to_string()))? {
        (_, true, _) => Err(damaged("a row names one that is not there".to_owned())),
        (faults, false, contents) if faults == "ok" => Ok(contents),
        (faults, ..) => Err(damaged(faults)),
    }
}

/// Beside a copy stands the sum over all of it, by which it is known when a single bit is another: SQLite
/// itself sees what is wrong with its pages, and not what is wrong in a value.
const SUM: &str = ".blake3";

fn write_sum(finished: &Path, to: &Path) -> Result<(), BackupError> {
    let place = beside(to, SUM);
    let unfinished = beside(&place, ".unfinished");
    remove(&unfinished).map_err(at(&unfinished))?;
    write_for_owner(&unfinished, sum_of(finished)?.as_bytes()).map_err(at(&unfinished))?;
    put_in_place(&unfinished, &place).map_err(at(&place))
}

fn check_sum(copy: &Path) -> Result<(), BackupError> {
    let place = beside(copy, SUM);
    let written = match fs::read_to_string(&place) {
        Ok(written) => written,
        // A copy that was made otherwise, or came without it.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(at(&place)(error)),
    };
    if written.trim() == sum_of(copy)?.trim() {
        return Ok(());
    }
    let detail = format!("its sum is not the one in {}", place.display());
    Err(BackupError::Damaged { path: copy.to_owned(), detail })
}

fn sum_of(file: &Path) -> Result<String, BackupError> {
    let mut hasher = blake3::Hasher::new();
    let mut opened = fs::File::open(file).map_err(at(file))?;
    let _bytes = io::copy(&mut opened, &mut hasher).map_err(at(file))?;
    Ok(format!("{}\n", hasher.finalize().to_hex()))
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    pub contents: Contents,
    /// Where the old database is now.
    pub set_aside: Option<PathBuf>,
}

/// Puts a copy in the database's place, under a new epoch, so that every PC asks anew for all there
/// is. The old database is set aside. Whoever calls holds the lock: no server has the database.
pub fn restore(copy_of_it: &Path, database: &Path, now: DateTime<Utc>) -> Result<Restored, BackupError> {
    if !copy_of_it.is_file() {
        return Err(BackupError::NoDatabase(copy_of_it.to_owned()));
    }
    check_sum(copy_of_it)?;
    let _whole = look_through(copy_of_it)?;
    let unfinished = beside(database, ".restoring");
    remove(&unfinished).map_err(at(&unfinished))?;
    let prepared =
        copy(copy_of_it, &unfinished, create_for_owner_of_folder).and_then(|()| begin_anew(&unfinished, now));
    let contents = match prepared.and_then(|()| look_through(&unfinished)) {
        Ok(contents) => contents,
        Err(error) => {
            remove(&unfinished).map_err(at(&unfinished))?;
            return Err(error);
        }
    };
    let set_aside = set_aside(database, now)?;
    put_in_place(&unfinished, database).map_err(at(database))?;
    Ok(Restored { contents, set_aside })
}

/// What has been set aside has a name of its own. Its contents stay where they are until the copy takes
/// their name, so that there is a database at every moment.
fn set_aside(database: &Path, now: DateTime<Utc>) -> Result<Option<PathBuf>, BackupError> {
    if !database.exists() {
        return Ok(None);
    }
    let stamp = now.format("%Y%m%dT%H%M%SZ");
    let mut names = (1..).map(|number| beside(database, &format!(".before-restore-{stamp}-{number}")));
    let aside = names.find(|name| !name.exists()).expect("the numbers do not end");
    // What stands in the journal of a database that is whole goes into it. Of one that is damaged the
    // journal is set aside with it: left behind, it would be taken for the copy's.
    if let Ok(old) = connect_to(database) {
        let _as_far_as_it_goes = old.query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(()));
    }
    if fs::hard_link(database, &aside).is_err() {
        // A file system without second names.
        let _bytes = fs::copy(database, &aside).map_err(at(&aside))?;
    }
    for ending in ["-wal", "-shm"] {
        match fs::rename(beside(database, ending), beside(&aside, ending)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(at(database)(error)),
            _ => {}
        }
    }
    sync_folder(folder_of(database)).map_err(at(database))?;
    Ok(Some(aside))
}

/// There are never so many changes of a clinic in one second.
const CHANGES_A_SECOND: i64 = 1 << 20;

/// A new epoch, in the audit trail of every clinic; and nothing is left that would be done twice:
/// messages have been sent since, and codes and logins were of that time.
fn begin_anew(file: &Path, now: DateTime<Utc>) -> Result<(), BackupError> {
    let mut connection = open(file)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let work = Work::new(transaction, Arc::default());
    let epoch = Uuid::new_v4();
    let _one = work.execute("update server set epoch = ?1", [epoch.to_cell()])?;
    // What comes after this has higher revisions than all that was lost, also by an earlier restore: a PC that has
    // seen a lost one has not thereby seen what somebody writes now.
    let unused = now.timestamp().saturating_mul(CHANGES_A_SECOND);
    let _apart = work.execute("update clinic set revision = max(revision, ?1)", [unused])?;
    work.execute_batch("delete from message; delete from pairing_code; delete from challenge; delete from session;")?;
    let clinics = work
        .prepare("select id from clinic")?
        .query_map([], |row| cell::<Uuid>(row, "id"))?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let by = By { author: Author::Server, device: None, patient: None, name: String::new() };
    for clinic in clinics {
        audit::append(&work, clinic, &by, "restore", &serde_json::json!({"epoch": epoch}).to_string(), now)?;
    }
    let _changed = work.commit()?;
    // One file again, which can be renamed.
    let _mode: String = connection.pragma_update_and_check(None, "journal_mode", "delete", |row| row.get(0))?;
    Ok(())
}

/// All of a database, in a new file that only its owner may read.
fn copy(from: &Path, to: &Path, create: fn(&Path) -> io::Result<File>) -> Result<(), BackupError> {
    let connection = connect_to(from)?;
    // SQLite writes into an empty file, and would make one that everybody may read.
    drop(create(to).map_err(at(to))?);
    let name = to.to_str().ok_or_else(|| at(to)(io::ErrorKind::InvalidFilename.into()))?;
    let _rows = connection.execute("vacuum into ?1", [name])?;
    Ok(())
}

fn connect_to(file: &Path) -> Result<Connection, BackupError> {
    if !file.is_file() {
        return Err(BackupError::NoDatabase(file.to_owned()));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags)?;
    connection.busy_timeout(BUSY)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    Ok(connection)
}

fn at(path: &Path) -> impl Fn(io::Error) -> BackupError {
    move |error| BackupError::File { path: path.to_owned(), error }
}
