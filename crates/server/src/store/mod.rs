//! The server's database, asked through a handle. No SQL stands outside this folder: another engine
//! takes its place here.
//!
//! One thread owns the connection that writes; a few others read, each at one revision.

pub(crate) mod answers;
mod attempt;
mod audit;
pub mod backup;
mod challenge;
pub(crate) mod change;
mod clinic;
mod device;
mod exchange;
mod facts;
mod feed;
pub(crate) mod grounds;
mod health;
mod housekeeping;
mod idempotency;
mod message;
mod notice;
pub(crate) mod record;
mod session;
mod settings;
#[cfg(test)]
mod tests;
mod work;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use aftalebog_sqlite::owner::{Owner, Stopped};
use refinery::Runner;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};
use thiserror::Error;
use tokio::sync::Semaphore;

use self::answers::Answers;
pub(crate) use self::attempt::{Limit, attempt};
pub use self::audit::Unsound;
pub(crate) use self::challenge::{Claim, Code, LoggedIn, ONE_TIME_CODE_LASTS, provisional_number};
pub(crate) use self::change::{By, NewChange, SEEN, apply};
pub use self::clinic::{CODE_LASTS, ClinicInfo, NewClinic};
pub use self::exchange::{Exported, Imported};
pub use self::feed::{MAX_CHANGES, Page};
pub(crate) use self::grounds::{Grounds, appointment_of, appointments_after, busy};
pub use self::housekeeping::FEED_LASTS;
pub(crate) use self::idempotency::{Answered, KeyedRequest, answered, remember};
pub(crate) use self::message::{Due, write_letter};
use self::notice::Notices;
use self::settings::Cache;
pub use self::settings::Settings;
pub(crate) use self::work::Work;
use crate::problem::Error as Refused;

mod embedded {
    refinery::embed_migrations!("../../db/server/sqlite");
}

/// «AFTS»: how the database is known from those of other programs.
const APPLICATION_ID: i32 = 0x4146_5453;

/// How long a write waits for another process, such as `backup` or `clinic add`.
const BUSY: Duration = Duration::from_secs(5);

/// So many questions are read at the same time.
const READERS: usize = 4;

/// A handle to the database. Cloning it is cheap.
#[derive(Clone)]
pub struct Store {
    writer: Owner,
    readers: Arc<Readers>,
    cache: Arc<Cache>,
    notices: Arc<Notices>,
    answers: Arc<Answers>,
    seen: Arc<device::Seen>,
}

struct Readers {
    free: Mutex<Vec<Connection>>,
    /// Whoever has a place finds a connection.
    places: Arc<Semaphore>,
}

impl Readers {
    fn free(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What went wrong with the database. Nothing of it reaches whoever asked.
#[derive(Debug, Error)]
pub enum StoreError {
    #[error("the database is busy")]
    Busy,
    #[error("the disk is full")]
    Full,
    #[error("the database is closed")]
    Closed,
    /// What was to be done is taken back; everything else goes on.
    #[error("the work with the database ended in a panic")]
    Panicked,
    /// It was written by a newer program: so many migrations, and so many that this one knows.
    #[error("the database is of version {database}, and this program knows version {program}")]
    Newer { database: u32, program: u32 },
    /// It has to be brought up to what this program knows before it can be used.
    #[error("the database is of version {database}, and this program needs version {program}")]
    Older { database: u32, program: u32 },
    /// It was written by another program.
    #[error("the database is not one of this program: {detail}")]
    NotOurs { detail: String },
    #[error("the database: {detail}")]
    Sqlite { detail: String },
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DiskFull) => Self::Full,
            // Its own text quotes the statement, never a value.
            _ => Self::Sqlite { detail: error.to_string() },
        }
    }
}

impl From<Stopped> for StoreError {
    fn from(Stopped: Stopped) -> Self {
        Self::Closed
    }
}

impl From<rusqlite::Error> for Refused {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

/// The migrations that this program knows; all that are pending run in one transaction.
fn migrations() -> Runner {
    embedded::migrations::runner().set_grouped(true)
}

impl Store {
    /// Opens the database, makes it where there is none, and brings it up to what this program knows.
    /// No other program has it open meanwhile: whoever calls holds the lock.
    pub async fn open(file: &Path) -> Result<Self, StoreError> {
        Self::opened(file, open).await
    }

    /// Opens the database as it is, also while a server has it.
    pub async fn open_as_it_is(file: &Path) -> Result<Self, StoreError> {
        Self::opened(file, open_as_it_is).await
    }

    async fn opened(file: &Path, open: fn(&Path) -> Result<Connection, StoreError>) -> Result<Self, StoreError> {
        let path = file.to_owned();
        let opened = Owner::start("database", move || {
            let connection = open(&path)?;
            let readers = (0..READERS).map(|_| connect(&path)).collect::<rusqlite::Result<Vec<_>>>()?;
            for reader in &readers {
                reader.pragma_update(None, "query_only", true)?;
            }
            Ok::<_, StoreError>((connection, readers))
        })
        .await;
        let (writer, readers) = opened.ok_or(StoreError::Closed)??;
        let readers = Readers { free: Mutex::new(readers), places: Arc::new(Semaphore::new(READERS)) };
        Ok(Self {
            writer,
            readers: Arc::new(readers),
            cache: Arc::default(),
            notices: Arc::default(),
            answers: Arc::default(),
            seen: Arc::default(),
        })
    }

    /// Closes the database: all that is in its journal goes into it. Whoever asks afterwards is told.
    pub async fn close(self) {
        // Each question that is being answered has a place; the last connection to be closed tidies up.
        let places = self.readers.places.acquire_many(u32::try_from(READERS).unwrap_or(1)).await;
        self.readers.places.close();
        self.readers.free().clear();
        drop(places);
        self.writer.close().await;
    }

    /// Reads, at one revision of the database.
    pub(crate) async fn read<T, E>(
        &self,
        question: impl FnOnce(&Work<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + From<rusqlite::Error> + Send + 'static,
    {
        let (readers, cache) = (self.readers.clone(), self.cache.clone());
        let place = self.readers.places.clone().acquire_owned().await.map_err(|_| StoreError::Closed)?;
        let read = tokio::task::spawn_blocking(move || {
            let mut connection = readers.free().pop().ok_or(StoreError::Closed)?;
            let answer = unless_it_panics(|| {
                let transaction = connection.transaction()?;
                question(&Work::new(transaction, cache))
            });
            readers.free().push(connection);
            // Not sooner, although nobody may wait for the answer any more.
            drop(place);
            answer
        });
        read.await.map_err(|_| StoreError::Closed)?
    }

    /// Writes in one transaction: what `deed` does is kept when it returns `Ok`, and else none of it.
    /// Nothing is done when nobody waits for it any more by the time that its turn comes.
    pub(crate) async fn write<T, E>(
        &self,
        deed: impl FnOnce(&Work<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + From<rusqlite::Error> + Send + 'static,
    {
        let (cache, notices) = (self.cache.clone(), self.notices.clone());
        let wrote = self.writer.ask_if_awaited(move |connection| {
            unless_it_panics(|| {
                let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
                let work = Work::new(transaction, cache);
                let answer = deed(&work)?;
                for clinic in work.commit()? {
                    notices.tell(clinic);
                }
                Ok(answer)
            })
        });
        wrote.await.map_err(StoreError::from)?
    }
}

/// A panic fails what it happened in, and nothing else: its transaction is taken back as it unwinds, and
/// the connection is as good as before.
fn unless_it_panics<T, E: From<StoreError>>(work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_reported_where_it_happened| Err(StoreError::Panicked.into()))
}

fn open(file: &Path) -> Result<Connection, StoreError> {
    let mut connection = connect(file)?;
    let (database, program) = versions(&connection)?;
    if database > program {
        return Err(StoreError::Newer { database, program });
    }
    if database == 0 {
        connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    }
    let _mode: String = connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))?;
    let not_ours = |error: refinery::Error| StoreError::NotOurs { detail: error.to_string() };
    let _report = migrations().run(&mut connection).map_err(not_ours)?;
    let epoch = uuid::Uuid::new_v4();
    let _first =
        connection.execute("insert or ignore into server (epoch) values (?1)", [epoch.as_bytes().as_slice()])?;
    Ok(connection)
}

/// Opens what needs no migration.
fn open_as_it_is(file: &Path) -> Result<Connection, StoreError> {
    let connection = connect(file)?;
    match versions(&connection)? {
        (database, program) if database < program => Err(StoreError::Older { database, program }),
        (database, program) if database > program => Err(StoreError::Newer { database, program }),
        _the_same => Ok(connection),
    }
}

/// Up to which migration the database is, and this program: 0 of an empty file.
fn versions(connection: &Connection) -> Result<(u32, u32), StoreError> {
    let program = migrations().get_migrations().iter().map(refinery::Migration::version).max().unwrap_or_default();
    let program = u32::try_from(program).unwrap_or_default();
    let empty: bool = connection.query_row("select count(*) = 0 from sqlite_schema", [], |row| row.get(0))?;
    if empty {
        return Ok((0, program));
    }
    let application_id: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if application_id != APPLICATION_ID {
        return Err(StoreError::NotOurs { detail: format!("application id {application_id:#x}") });
    }
    let sql = "select coalesce(max(version), 0) from refinery_schema_history";
    Ok((connection.query_row(sql, [], |row| row.get(0))?, program))
}

fn connect(file: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags)?;
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(128);
    // A plan does not depend on what is looked for, and so is not made anew for each question: the kind of a
    // record is compared with the one of a partial index.
    let _stable = connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // What is deleted is overwritten: codes, letters, and what a patient no longer is.
    let _on: i64 = connection.pragma_update_and_check(None, "secure_delete", true, |row| row.get(0))?;
    // A commit returns when it is on the disk.
    connection.pragma_update(None, "synchronous", "full")?;
    Ok(connection)
}
