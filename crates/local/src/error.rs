//! What can go wrong with the clinic's file, by what a person can do about it.
//!
//! The words for people are made elsewhere, from the variants. `Display` is the technical detail
//! after them, in a message or on stderr: English, ids and names of columns, never what stands in
//! a record.

use std::io;
use std::path::PathBuf;

use aftalebog_booking::Kind;
use aftalebog_booking::change::Malformed;
use rusqlite::ErrorCode;
use thiserror::Error;
use uuid::Uuid;

use crate::folder::Unsuitable;
use crate::store::NewerProgram;

/// Why a file was not opened or created. Nothing was changed, and no other file was opened instead.
#[derive(Debug, Error)]
pub enum OpenError {
    /// Create it, or restore a backup.
    #[error("there is no such file")]
    Missing,
    /// Only when creating: the file that is there stays as it is.
    #[error("the file exists already")]
    Exists,
    /// Close the other program.
    #[error("another program holds the file")]
    InUse,
    /// Restore a backup.
    #[error("the file is damaged: {reason}")]
    Damaged { reason: Damage },
    /// The file or its folder may only be read, or not even that.
    #[error("{path} may not be read and written")]
    Denied { path: PathBuf },
    /// Make room on the disk.
    #[error("the disk is full")]
    Full,
    /// Choose another folder.
    #[error(transparent)]
    Unsuitable(#[from] Unsuitable),
    /// The file is as it was, and so is the copy of it that was made first.
    #[error("the file could not be brought to this version; a copy is {copy}: {reason}")]
    Migration { copy: PathBuf, reason: String },
    /// Only when creating: the snapshot has a record that no file can hold.
    #[error("{kind} {id}: {reason}")]
    Refused { kind: Kind, id: Uuid, reason: Refusal },
    /// Only when creating: the snapshot lacks the clinic, the service or the analytics record.
    #[error("the snapshot has no clinic, service or analytics record")]
    Incomplete,
    /// Only when creating: whoever had it done has stopped it.
    #[error("the import was stopped")]
    Stopped,
    #[error("{detail}")]
    Io { detail: String },
}

/// Why the records of a copy cannot be taken. Nothing was changed.
#[derive(Debug, Error)]
pub enum CopyError {
    /// Update this program.
    #[error("it was written by a newer program: {} is not known here, only {}", .0.file, .0.program)]
    Newer(NewerProgram),
    /// It is no copy, but the very file that they are for.
    #[error("it is the file itself")]
    Own,
    /// Choose another copy.
    #[error(transparent)]
    Unreadable(StoreError),
}

/// Why something could not be read from the file, or a copy not be made.
#[derive(Clone, Debug, Error)]
pub enum StoreError {
    /// The store was closed, or its owner has stopped.
    #[error("the file is closed")]
    Closed,
    /// Restore a backup.
    #[error("the file is damaged: {reason}")]
    Damaged { reason: Damage },
    /// Only when a copy is made: make room on the disk.
    #[error("the disk is full")]
    Full,
    #[error("another program holds the file")]
    InUse,
    /// Only when a copy is made: the folder may not be written.
    #[error("access is denied")]
    Denied,
    #[error("{detail}")]
    Io { detail: String },
}

/// Why a change was not saved. Nothing of it was.
#[derive(Debug, Error)]
pub enum SaveError {
    /// Make room and save again.
    #[error("the disk is full")]
    DiskFull,
    /// Save again.
    #[error("another program holds the file")]
    InUse,
    /// The file was written by a newer program, or may only be read.
    #[error("the file is open for reading only")]
    ReadOnly,
    /// The change itself cannot be: the record at fault, and why.
    #[error("{kind} {id}: {reason}")]
    Refused { kind: Kind, id: Uuid, reason: Refusal },
    /// Undoing: a record is no longer as the change left it. Saving: somebody else has saved other values in these
    /// fields since the writer looked.
    #[error("{kind} {id} has changed since: {}", fields.join(", "))]
    ChangedSince { kind: Kind, id: Uuid, fields: Vec<String> },
    /// Only when undoing: no such change is in the history, or it is itself an undo.
    #[error("change {id} cannot be undone")]
    NotUndoable { id: Uuid },
    /// Only when importing: the snapshot lacks the clinic, the service or the analytics record.
    #[error("the snapshot has no clinic, service or analytics record")]
    Incomplete,
    /// Only when importing: whoever had it done has stopped it.
    #[error("the import was stopped")]
    Stopped,
    /// Only when everything is to be replaced: the booking server that this PC is paired with has it all too.
    #[error("this PC is paired with a booking server")]
    Paired,
    /// Only when something comes from the server: it does not go on from what is here. Take its snapshot.
    #[error("what has come does not go on from what is here: {detail}")]
    OutOfStep { detail: String },
    /// Restore a backup.
    #[error("the file is damaged: {reason}")]
    Damaged { reason: Damage },
    #[error("the file is closed")]
    Closed,
    /// Whether it was saved is not known; saving the same change again is harmless.
    #[error("{detail}")]
    Io { detail: String },
}

impl SaveError {
    /// An appointment that may overlap nothing would stand on another.
    pub const fn is_taken(&self) -> bool {
        matches!(self, Self::Refused { reason: Refusal::PractitionerTaken | Refusal::PatientTaken, .. })
    }
}

/// Why a record was refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("there is no such record")]
    Unknown,
    #[error("there is a record with this id already")]
    Exists,
    #[error("there is one of this kind already")]
    OnlyOne,
    /// The fields are not those of the kind, or outside their limits. `detail` may quote them, so
    /// `Display` leaves it out.
    #[error("its fields are not those of its kind")]
    Malformed { detail: String },
    #[error("this program knows no field {field}")]
    UnknownField { field: String },
    #[error("outside the limits of {check}")]
    OutsideLimits { check: String },
    #[error("the appointment type is set up for online booking already")]
    SecondSetup,
    #[error("a practitioner stands twice in the list")]
    PractitionerTwice,
    #[error("it overlaps a live appointment of the same practitioner")]
    PractitionerTaken,
    #[error("it overlaps a live appointment of the same patient")]
    PatientTaken,
    #[error("the need has a live appointment already")]
    NeedUsed,
    /// Records of that kind still name it.
    #[error("it is still used by {by}")]
    StillUsed { by: Kind },
    /// It names a record of that kind that is not there.
    #[error("it names a {kind} that does not exist")]
    Dangling { kind: Kind },
}

/// What is wrong with a damaged file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Damage {
    #[error("it has no bytes")]
    Empty,
    #[error("it is no database")]
    NotADatabase,
    #[error("it is the database of another program (application id {application_id:#x})")]
    OtherProgram { application_id: i32 },
    #[error("malformed: {detail}")]
    Malformed { detail: String },
    #[error("it has no clinic, service or analytics record")]
    Incomplete,
}

/// What SQLite or the file system said, before it is known who asked.
#[derive(Debug)]
pub(crate) enum Fault {
    Full,
    InUse,
    ReadOnly,
    Denied,
    Damaged(Damage),
    Io(String),
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::Error::{
            FromSqlConversionFailure, IntegralValueOutOfRange, InvalidColumnName, InvalidColumnType,
        };
        let detail = error.to_string();
        if let FromSqlConversionFailure(..)
        | IntegralValueOutOfRange(..)
        | InvalidColumnType(..)
        | InvalidColumnName(_) = error
        {
            return Self::Damaged(Damage::Malformed { detail });
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::InUse,
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            Some(ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => Self::Denied,
            Some(ErrorCode::NotADatabase) => Self::Damaged(Damage::NotADatabase),
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged(Damage::Malformed { detail }),
            _ => Self::Io(detail),
        }
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::Denied,
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            io::ErrorKind::ResourceBusy => Self::InUse,
            // Windows: another program has it open, such as one that makes backups.
            _ if cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33)) => Self::InUse,
            _ => Self::Io(error.to_string()),
        }
    }
}

impl OpenError {
    /// What a fault means to someone who opens `path`.
    pub(crate) fn of(fault: impl Into<Fault>, path: &std::path::Path) -> Self {
        match fault.into() {
            Fault::Full => Self::Full,
            Fault::InUse => Self::InUse,
            Fault::ReadOnly | Fault::Denied => Self::Denied { path: path.to_owned() },
            Fault::Damaged(reason) => Self::Damaged { reason },
            Fault::Io(detail) => Self::Io { detail },
        }
    }

    /// What a refused record means to someone who fills a new file.
    pub(crate) fn of_save(error: SaveError, path: &std::path::Path) -> Self {
        match error {
            SaveError::Refused { kind, id, reason } => Self::Refused { kind, id, reason },
            SaveError::Incomplete => Self::Incomplete,
            SaveError::DiskFull => Self::Full,
            SaveError::InUse => Self::InUse,
            SaveError::ReadOnly => Self::Denied { path: path.to_owned() },
            SaveError::Damaged { reason } => Self::Damaged { reason },
            SaveError::Io { detail } => Self::Io { detail },
            SaveError::Stopped => Self::Stopped,
            SaveError::ChangedSince { .. }
            | SaveError::NotUndoable { .. }
            | SaveError::Paired
            | SaveError::OutOfStep { .. }
            | SaveError::Closed => Self::Io { detail: error.to_string() },
        }
    }
}

impl<E: Into<Fault>> From<E> for StoreError {
    fn from(error: E) -> Self {
        match error.into() {
            Fault::Full => Self::Full,
            Fault::InUse => Self::InUse,
            Fault::ReadOnly | Fault::Denied => Self::Denied,
            Fault::Damaged(reason) => Self::Damaged { reason },
            Fault::Io(detail) => Self::Io { detail },
        }
    }
}

impl<E: Into<Fault>> From<E> for SaveError {
    fn from(error: E) -> Self {
        match error.into() {
            Fault::Full => Self::DiskFull,
            Fault::InUse => Self::InUse,
            Fault::ReadOnly | Fault::Denied => Self::ReadOnly,
            Fault::Damaged(reason) => Self::Damaged { reason },
            Fault::Io(detail) => Self::Io { detail },
        }
    }
}

impl SaveError {
    pub(crate) fn refused(kind: Kind, id: Uuid, reason: Refusal) -> Self {
        Self::Refused { kind, id, reason }
    }

    pub(crate) fn malformed(malformed: Malformed) -> Self {
        let Malformed { kind, id, reason } = malformed;
        Self::Refused { kind, id, reason: Refusal::Malformed { detail: reason } }
    }
}
