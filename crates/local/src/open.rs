//! Opening, creating and migrating a file. Nothing here ever replaces a file that does not open.

use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Duration;

use aftalebog_booking::Snapshot;
use aftalebog_sqlite::place::{beside, folder_of, put_in_place, remove};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use refinery::Runner;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::backup;
use crate::danish;
use crate::error::{CopyError, Damage, Fault, OpenError};
use crate::folder;
use crate::store::{Access, Content, NewerProgram, content as store_content, save};

mod embedded {
    refinery::embed_migrations!("../../db/local");
}

/// «AFTA»: how the file is known from those of other programs.
pub(crate) const APPLICATION_ID: i32 = 0x4146_5441;

/// A database has at least one page, and a page at least these bytes.
const SMALLEST_PAGE: u64 = 512;

/// Long enough for a handle that is just being closed, short enough for a person who waits.
const BUSY: Duration = Duration::from_millis(300);

/// The migrations that this program knows. All that are pending run in one transaction: refinery
/// would else commit each one before it notes that it ran.
pub(crate) fn migrations() -> Runner {
    embedded::migrations::runner().set_grouped(true)
}

pub(crate) fn open(file: &Path, now: DateTime<Utc>, migrations: &Runner) -> Result<(Connection, Access), OpenError> {
    folder::check(folder_of(file))?;
    let fault = |fault: Fault| OpenError::of(fault, file);
    match fs::metadata(file) {
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Err(OpenError::Missing);
        }
        Err(error) => return Err(OpenError::of(error, file)),
        Ok(metadata) if !metadata.is_file() => {
            return Err(OpenError::Damaged { reason: Damage::NotADatabase });
        }
        Ok(metadata) if metadata.len() == 0 => return Err(OpenError::Damaged { reason: Damage::Empty }),
        // SQLite would take it for a new file, and remove the journal that may hold the clinic.
        Ok(metadata) if metadata.len() < SMALLEST_PAGE => {
            return Err(OpenError::Damaged { reason: Damage::NotADatabase });
        }
        Ok(_) => {}
    }
    let mut connection = connect(file).map_err(|error| fault(error.into()))?;
    // SQLite falls back to reading by itself.
    if connection.is_readonly("main").map_err(|error| fault(error.into()))? {
        return Err(OpenError::Denied { path: file.to_owned() });
    }
    check_origin(&connection).map_err(fault)?;
    check_before_use(&connection).map_err(fault)?;
    let _kept = connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)
        .map_err(|error| fault(error.into()))?;
    let versions = Versions::of(&connection, migrations).map_err(|error| fault(error.into()))?;
    if let Some(newer) = versions.newer() {
        connection.pragma_update(None, "query_only", true).map_err(|error| fault(error.into()))?;
        return Ok((connection, Access::ReadOnly(newer)));
    }
    make_durable(&connection).map_err(fault)?;
    if versions.file < versions.program {
        migrate(&mut connection, file, now, migrations, versions.program)?;
    }
    check_complete(&connection).map_err(fault)?;
    backup::tidy(file);
    Ok((connection, Access::ReadWrite))
}

/// What becomes of a file that is there when another one is to be created.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Present {
    /// It stays, and none is created.
    Stays,
    /// It is set aside as by [`backup::set_aside`]: it cannot be opened. One that another program holds stays.
    SetAside,
}

/// Builds the file beside its place, then renames it. `watch` is told how many records are written.
pub(crate) fn create(
    file: &Path,
    snapshot: Snapshot,
    present: Present,
    now: DateTime<Utc>,
    watch: &mut dyn FnMut(usize) -> ControlFlow<()>,
) -> Result<(), OpenError> {
    let folder = folder_of(file);
    folder::check(folder)?;
    if present == Present::Stays && fs::symlink_metadata(file).is_ok() {
        return Err(OpenError::Exists);
    }
    crate::folder::make(folder).map_err(|error| OpenError::of(error, folder))?;
    let unfinished = beside(file, ".unfinished");
    remove(&unfinished).map_err(|error| OpenError::of(error, &unfinished))?;
    let built = build(&unfinished, snapshot, watch).and_then(|()| {
        if present == Present::SetAside {
            if let Err(Fault::InUse) = check_readable(file) {
                return Err(OpenError::InUse);
            }
            let _damaged = backup::set_aside(file, now).map_err(|error| OpenError::Io { detail: error.to_string() })?;
        }
        put_in_place(&unfinished, file).map_err(|error| OpenError::of(error, file))
    });
    if built.is_err() {
        // What went wrong is more useful to know than that its remains could not be removed.
        let _remains = remove(&unfinished);
    }
    built
}

fn build(file: &Path, snapshot: Snapshot, watch: &mut dyn FnMut(usize) -> ControlFlow<()>) -> Result<(), OpenError> {
    let fault = |error: rusqlite::Error| OpenError::of(error, file);
    let mut connection = Connection::open(file).map_err(fault)?;
    connection.pragma_update(None, "application_id", APPLICATION_ID).map_err(fault)?;
    connection.pragma_update(None, "foreign_keys", true).map_err(fault)?;
    let _report = migrations().run(&mut connection).map_err(|error| OpenError::Io { detail: error.to_string() })?;
    let transaction = connection.transaction().map_err(fault)?;
    save::fill(transaction, snapshot, watch).map_err(|error| OpenError::of_save(error, file))?;
    connection.close().map_err(|(_, error)| fault(error))
}

/// Without `CREATE`; the exclusive lock comes with the first thing that is read.
fn connect(file: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags)?;
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(128);
    connection.create_collation("danish", danish::compare)?;
    // Until the file is known to be whole: closing it would write its journal into it, and remove
    // the journal. A damaged file and its journal stay as they were found.
    let _kept = connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // Before the journal mode: so there is never a memory-mapped `-shm` file, which an antivirus
    // program can take away from under a Windows program.
    let _mode: String = connection.pragma_update_and_check(None, "locking_mode", "exclusive", |row| row.get(0))?;
    Ok(connection)
}

/// Whether it is a file of this program. A file of another one is not touched.
fn check_origin(connection: &Connection) -> Result<(), Fault> {
    let application_id: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if application_id == APPLICATION_ID { Ok(()) } else { Err(Fault::Damaged(Damage::OtherProgram { application_id })) }
}

/// Files up to this size are looked through as a whole before they are used: some milliseconds.
const LOOKED_THROUGH_AT_ONCE: i64 = 8 << 20;

/// The tables that grow with the years. Those of a large file are looked through after it was
/// opened, see [`grown_tables`]: a clinic opens as fast after ten years as on the first day.
const GROWING: [&str; 5] = ["patient", "need", "appointment", "change", "change_write"];

fn check_before_use(connection: &Connection) -> Result<(), Fault> {
    if !is_large(connection)? {
        return check_whole(connection);
    }
    let settings = "select name from sqlite_schema where type = 'table' and rootpage > 0";
    let mut names = connection.prepare(settings)?;
    let names = names.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
    names.iter().filter(|name| !GROWING.contains(&name.as_str())).try_for_each(|name| check_table(connection, name))
}

fn is_large(connection: &Connection) -> rusqlite::Result<bool> {
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    Ok(pragma("page_count")? * pragma("page_size")? > LOOKED_THROUGH_AT_ONCE)
}

/// The tables that opening this file has not looked through.
pub(crate) fn grown_tables(connection: &Connection) -> rusqlite::Result<&'static [&'static str]> {
    Ok(if is_large(connection)? { &GROWING } else { &[] })
}

pub(crate) fn check_table(connection: &Connection, table: &str) -> Result<(), Fault> {
    check(connection, &format!("pragma quick_check(\"{table}\")"))
}

fn check_whole(connection: &Connection) -> Result<(), Fault> {
    check(connection, "pragma quick_check(1)")
}

fn check(connection: &Connection, pragma: &str) -> Result<(), Fault> {
    let found: String = connection.query_row(pragma, [], |row| row.get(0))?;
    if found == "ok" { Ok(()) } else { Err(Fault::Damaged(Damage::Malformed { detail: found })) }
}

/// A commit returns when the change is on the disk.
fn make_durable(connection: &Connection) -> Result<(), Fault> {
    let mode: String = connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))?;
    connection.pragma_update(None, "synchronous", "full")?;
    if mode == "wal" { Ok(()) } else { Err(Fault::Io(format!("journal mode {mode} instead of wal"))) }
}

fn check_complete(connection: &Connection) -> Result<(), Fault> {
    let sql = "select (select count(*) from clinic) = 1 and (select count(*) from service) = 1
        and (select count(*) from analytics) = 1 and (select count(*) from this_pc) = 1";
    let complete: bool = connection.query_row(sql, [], |row| row.get(0))?;
    if complete { Ok(()) } else { Err(Fault::Damaged(Damage::Incomplete)) }
}

fn connect_to_read(copy: &Path) -> Result<Connection, Fault> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(copy, flags)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    check_origin(&connection)?;
    Ok(connection)
}

/// Whether a backup can be taken into use: it opens, is whole, and every record can be read.
/// Opens the file for reading only.
pub(crate) fn check_readable(file: &Path) -> Result<(), Fault> {
    let connection = connect_to_read(file)?;
    check_whole(&connection)?;
    check_complete(&connection)?;
    let Versions { file, program } = Versions::of(&connection, &migrations())?;
    // The records of an older file can only be read after its migration.
    if file >= program {
        let _records = save::read_all(&connection, aftalebog_booking::Kind::ALL)?;
    }
    Ok(())
}

/// By whose clock the times of a copy are told. Opens the file for reading only.
pub(crate) fn time_zone(copy: &Path) -> Result<Tz, Fault> {
    Ok(connect_to_read(copy)?.query_row("select time_zone from clinic", [], store_content::time_zone)?)
}

/// What a copy holds. It is not looked through, so it may still be damaged. Opens the file for reading only.
pub(crate) fn content(copy: &Path) -> Result<Content, CopyError> {
    let read = || {
        let connection = connect_to_read(copy)?;
        let versions = Versions::of(&connection, &migrations())?;
        if let Some(newer) = versions.newer() {
            return Ok(Err(newer));
        }
        let content = store_content::read(&connection, versions.file)?;
        Ok(Ok(content.ok_or(Fault::Damaged(Damage::Incomplete))?))
    };
    unless_newer(read())
}

/// Every record of a file that was duplicated for this: it is brought to this version first.
pub(crate) fn records(scratch: &Path) -> Result<Snapshot, CopyError> {
    let read = || {
        let mut connection = connect(scratch)?;
        check_origin(&connection)?;
        check_whole(&connection)?;
        let (versions, migrations) = (Versions::of(&connection, &migrations())?, migrations());
        if let Some(newer) = versions.newer() {
            return Ok(Err(newer));
        }
        if versions.file < versions.program {
            let _report = migrations.run(&mut connection).map_err(|error| Fault::Io(reason(&error)))?;
        }
        check_complete(&connection)?;
        Ok(Ok(Snapshot::new(save::read_all(&connection, aftalebog_booking::Kind::ALL)?)))
    };
    unless_newer(read())
}

fn unless_newer<T>(read: Result<Result<T, NewerProgram>, Fault>) -> Result<T, CopyError> {
    match read {
        Ok(Ok(read)) => Ok(read),
        Ok(Err(newer)) => Err(CopyError::Newer(newer)),
        Err(fault) => Err(CopyError::Unreadable(fault.into())),
    }
}

/// The last migration of a file, and the last that a program knows.
struct Versions {
    file: i64,
    program: i64,
}

impl Versions {
    fn of(connection: &Connection, migrations: &Runner) -> rusqlite::Result<Self> {
        let sql = "select coalesce(max(version), 0) from refinery_schema_history";
        let file = connection.query_row(sql, [], |row| row.get(0)).map_err(|error| match error {
            rusqlite::Error::SqliteFailure(..) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::Unknown) => {
                let no_history = "it has no history of migrations";
                rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Null, no_history.into())
            }
            error => error,
        })?;
        let program = migrations.get_migrations().iter().map(|migration| i64::from(migration.version())).max();
        Ok(Self { file, program: program.unwrap_or(0) })
    }

    fn newer(&self) -> Option<NewerProgram> {
        let Self { file, program } = *self;
        (file > program).then_some(NewerProgram { file, program })
    }
}

fn migrate(
    connection: &mut Connection,
    file: &Path,
    now: DateTime<Utc>,
    migrations: &Runner,
    version: i64,
) -> Result<(), OpenError> {
    let copy =
        backup::before(connection, file, &format!("V{version:04}"), now).map_err(|fault| OpenError::of(fault, file))?;
    match migrations.run(connection) {
        Ok(_report) => Ok(()),
        Err(error) => Err(OpenError::Migration { copy, reason: reason(&error) }),
    }
}

/// The error and what caused it: refinery's own text is only «error applying migrations».
fn reason(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
