//! The clinic's file, asked through a handle.

mod affected;
mod appointment;
mod clinic;
mod contact;
pub(crate) mod content;
mod dependents;
mod history;
mod import;
mod link;
mod meanwhile;
mod notice;
mod online_type;
mod outbox;
mod overview;
mod patient;
mod pending;
mod practitioner;
mod rebase;
mod reference;
mod row;
pub(crate) mod save;
mod settle;
mod this_pc;
mod whole;

pub(crate) use self::link::PAIRING;
pub(crate) use self::row::read_all;

#[cfg(test)]
mod tests;

use std::fmt;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use aftalebog_booking::leaving::Leaving;
use aftalebog_booking::record::{Appointment, AppointmentType, Need, Patient, Practitioner};
use aftalebog_booking::time::Week;
use aftalebog_booking::{Change, Entry, Id, Kind, Setup, Snapshot};
use aftalebog_sqlite::owner::{Owner, Stopped};
use chrono::{DateTime, Utc};
use rusqlite::Connection;
use uuid::Uuid;

pub use self::appointment::{AppointmentCard, Booked, Entered, Grounds, Visit};
pub(crate) use self::contact::not_paired;
pub use self::contact::{
    ANOTHER_GIVES, CONNECTED, CONTACTS_KEPT, Contact, NO_SUCH_CODE, NOT_KEPT, NOT_PAIRED, NOTHING_TO_GIVE, REFUSED,
    REVOKED, TOO_MANY_TRIES, TOO_OLD,
};
pub use self::content::Content;
pub use self::dependents::Dependents;
pub use self::history::{SavedChange, SavedWrite, Subject};
pub use self::import::Import;
pub use self::link::{FirstSync, Link, NewLink, TokenKept};
pub use self::meanwhile::Met;
pub use self::notice::Unseen;
pub use self::outbox::{OutboxCounts, State};
pub use self::overview::Overview;
pub use self::patient::{FoundPatient, Likely, OpenNeed, WaitingPatient};
pub use self::settle::{Decision, SetAside};
pub use self::this_pc::ThisPc;
use crate::backup;
use crate::error::{Damage, OpenError, SaveError, StoreError};
use crate::open::{self, Present};

/// A handle to the one thread that owns a clinic's file. Cloning it is cheap; when the last one
/// is dropped, the thread finishes what was asked for and closes the file.
///
/// No SQL runs on the caller's thread, and an answer can be awaited without a runtime.
#[derive(Clone)]
pub struct Store {
    owner: Owner,
    file: Arc<Path>,
    access: Access,
}

/// What may be done with an open file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    ReadWrite,
    /// A newer program has written the file: everything can be read, nothing saved.
    ReadOnly(NewerProgram),
}

/// What is done when everything is to be replaced and this PC is paired with a booking server, which has it all too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhenPaired {
    /// Nothing: the answer is `Paired`.
    Refuse,
    /// The pairing ends. Whoever decided it was told so.
    Unpair,
}

/// The versions of a file that a newer program has written, and of this program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewerProgram {
    /// The last migration that the file has seen.
    pub file: i64,
    /// The last migration that this program knows.
    pub program: i64,
}

impl fmt::Debug for Store {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Store").field("file", &self.file).field("access", &self.access).finish()
    }
}

impl Store {
    /// Opens a file that is there; never creates one. A file of an older program is brought to
    /// this version, after a copy of it was put in `backups/`.
    pub async fn open(file: PathBuf, now: DateTime<Utc>) -> Result<Self, OpenError> {
        let path = file.clone();
        Self::start(file, move || open::open(&path, now, &open::migrations())).await
    }

    /// Creates a file with the records of a snapshot, and its folder if need be. It is built
    /// beside its place and then renamed: a crash never leaves half a file.
    pub async fn create(file: PathBuf, snapshot: Snapshot, now: DateTime<Utc>) -> Result<Self, OpenError> {
        Self::create_watched(file, snapshot, Present::Stays, now, |_| ControlFlow::Continue(())).await
    }

    /// The same, or in the place of a file that is there, once all is written beside it. `watch` is told how many
    /// records are written; when it breaks off, the answer is `Stopped`, and nothing has been touched.
    pub async fn create_watched(
        file: PathBuf,
        snapshot: Snapshot,
        present: Present,
        now: DateTime<Utc>,
        mut watch: impl FnMut(usize) -> ControlFlow<()> + Send + 'static,
    ) -> Result<Self, OpenError> {
        let path = file.clone();
        Self::start(file, move || {
            open::create(&path, snapshot, present, now, &mut watch)?;
            open::open(&path, now, &open::migrations())
        })
        .await
    }

    pub(crate) async fn start(
        file: PathBuf,
        open: impl FnOnce() -> Result<(Connection, Access), OpenError> + Send + 'static,
    ) -> Result<Self, OpenError> {
        match Owner::start("clinic file", open).await {
            Some(Ok((owner, access))) => Ok(Self { owner, file: file.into(), access }),
            Some(Err(error)) => Err(error),
            None => Err(OpenError::Io { detail: "the thread that opened the file ended".to_owned() }),
        }
    }

    /// Looks through what opening a large file leaves out, table by table: what else is asked
    /// meanwhile is answered in between. `Damaged` is said here as opening would have said it.
    pub async fn look_through(&self) -> Result<(), StoreError> {
        let tables = self.read(open::grown_tables).await?;
        for table in tables {
            self.owner.ask(move |connection| open::check_table(connection, table)).await??;
        }
        Ok(())
    }

    /// Has the file closed, and returns when it is: another program can open it then. Other
    /// handles to it answer `Closed` from now on.
    pub async fn close(self) {
        self.owner.close().await;
    }

    /// What may be done with the file; known since it was opened.
    pub fn access(&self) -> &Access {
        &self.access
    }

    /// Where the file is.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// The clinic's settings.
    pub async fn setup(&self) -> Result<Setup, StoreError> {
        self.read(save::setup).await?.ok_or(StoreError::Damaged { reason: Damage::Incomplete })
    }

    /// Saves a change: its records and its line in the history, all or nothing. The answer comes
    /// when it is on the disk. A change that is in the history already is `Ok` without effect.
    pub async fn save(&self, change: Change) -> Result<(), SaveError> {
        self.write(move |connection| save::save(connection, None, Some(&change))).await
    }

    /// Saves what this PC knows of its server and a change, both or neither. Undoing the change
    /// leaves what this PC knows as it is.
    pub async fn save_this_pc(&self, this_pc: ThisPc, change: Option<Change>) -> Result<(), SaveError> {
        self.write(move |connection| save::save(connection, Some(&this_pc), change.as_ref())).await
    }

    /// What this PC knows of its server.
    pub async fn this_pc(&self) -> Result<ThisPc, StoreError> {
        self.read(this_pc::read).await
    }

    /// The newest change that can be taken back: no undo, and not taken back yet.
    pub async fn last_change(&self) -> Result<Option<SavedChange>, StoreError> {
        self.read(history::last_change).await
    }

    /// Who and what a change is about, so that it can be named.
    pub async fn subject(&self, change: SavedChange) -> Result<Subject, StoreError> {
        self.read(move |connection| history::subject(connection, &change)).await
    }

    /// Takes a change back, by a change that restores the values before it. Refused with
    /// `ChangedSince` when a record has been changed since in the same fields. Doing it twice is
    /// the same as once.
    pub async fn undo(&self, id: Uuid, made_at: DateTime<Utc>, made_by: impl Into<String>) -> Result<(), SaveError> {
        let made_by = made_by.into();
        self.write(move |connection| history::undo(connection, id, made_at, made_by)).await
    }

    /// At most `limit` saved changes, the newest first.
    pub async fn history(&self, limit: u32) -> Result<Vec<SavedChange>, StoreError> {
        self.read(move |connection| history::newest(connection, limit)).await
    }

    /// Appointments and blocks that overlap the span and are not cancelled, by start. Touching is
    /// no overlap.
    pub async fn appointments_between(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<Vec<Booked>, StoreError> {
        self.read(move |connection| appointment::appointments_between(connection, from, to)).await
    }

    /// Appointments that stand on a time which was taken meanwhile, until somebody decides: by start.
    pub async fn clashes(&self) -> Result<Vec<Booked>, StoreError> {
        self.read(appointment::clashes).await
    }

    /// Those of these appointments that are there, live or not, in this order.
    pub async fn booked_of(&self, ids: Vec<Id<Appointment>>) -> Result<Vec<Booked>, StoreError> {
        self.read(move |connection| appointment::booked_of(connection, &ids)).await
    }

    /// The same without the names: of everybody by start, or of these practitioners, one after the
    /// other.
    pub async fn records_between(
        &self,
        practitioners: Option<Vec<Id<Practitioner>>>,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<Vec<Appointment>, StoreError> {
        self.read(move |connection| appointment::records_between(connection, practitioners.as_deref(), from, to)).await
    }

    /// Those that stand around some times and are not cancelled: whatever overlaps one of them, and
    /// whatever overlaps that; perhaps more. It is what `overlap::plan` decides by.
    pub async fn around(&self, times: Vec<(DateTime<Utc>, DateTime<Utc>)>) -> Result<Vec<Booked>, StoreError> {
        self.read(move |connection| appointment::around(connection, &times)).await
    }

    /// An appointment or block with what belongs to it; `None` when it is not there any more.
    pub async fn appointment(&self, id: Id<Appointment>) -> Result<Option<AppointmentCard>, StoreError> {
        self.read(move |connection| appointment::card(connection, id)).await
    }

    /// A patient with their open needs; `None` when they are not there any more.
    pub async fn visit(&self, patient: Id<Patient>) -> Result<Option<Visit>, StoreError> {
        self.read(move |connection| appointment::visit(connection, patient)).await
    }

    /// The patient with this need, and their open needs; `None` when it is not there any more.
    pub async fn visit_for(&self, need: Id<Need>) -> Result<Option<Visit>, StoreError> {
        self.read(move |connection| appointment::visit_for(connection, need)).await
    }

    /// Needs without a live appointment, the earliest recall week first.
    pub async fn open_needs(&self) -> Result<Vec<OpenNeed>, StoreError> {
        self.read(patient::open_needs).await
    }

    /// The open needs of one patient, the earliest recall week first.
    pub async fn open_needs_of(&self, patient: Id<Patient>) -> Result<Vec<Entry<Need>>, StoreError> {
        self.read(move |connection| patient::open_needs_of(connection, patient)).await
    }

    /// Of the patients with an open need of a type the one who is called in next from a week on;
    /// when all were to come before it, the last of them.
    pub async fn patient_called_in(
        &self,
        appointment_type: Id<AppointmentType>,
        week: Week,
    ) -> Result<Option<Entry<Patient>>, StoreError> {
        self.read(move |connection| patient::called_in(connection, appointment_type, week)).await
    }

    /// What decides which times a patient is offered in a span, beside the settings: who they are,
    /// what they are to come for, and all that stands in the book. `None`: a new patient.
    pub async fn grounds(
        &self,
        patient: Option<Id<Patient>>,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<Grounds, StoreError> {
        self.read(move |connection| appointment::grounds(connection, patient, from, to)).await
    }

    /// How many needs and appointments name a practitioner or an appointment type; `from` is where
    /// the coming ones begin.
    pub async fn dependents(&self, of: Leaving, from: DateTime<Utc>) -> Result<Dependents, StoreError> {
        self.read(move |connection| dependents::dependents(connection, of, from)).await
    }

    /// Every record, in the order of `Kind::ALL`, then by id.
    pub async fn snapshot(&self) -> Result<Snapshot, StoreError> {
        self.read(|connection| save::read_all(connection, Kind::ALL)).await.map(Snapshot::new)
    }

    /// Today's backup, unless there is one; the newest `backup::KEPT` days are kept. Today is the
    /// clinic's local date. `None`: there was one already, or the file is a newer program's.
    pub async fn daily_backup(&self, now: DateTime<Utc>) -> Result<Option<PathBuf>, StoreError> {
        if self.access != Access::ReadWrite {
            return Ok(None);
        }
        let file = self.file.clone();
        self.owner.ask(move |connection| backup::daily(connection, &file, now)).await?
    }

    /// A copy of the file as it is now, beside the daily ones; the newest `backup::KEPT` such copies are kept.
    pub async fn back_up(&self, now: DateTime<Utc>) -> Result<PathBuf, StoreError> {
        let file = self.file.clone();
        Ok(self.owner.ask(move |connection| backup::asked(connection, &file, now)).await??)
    }

    /// Puts a snapshot in the place of every record, and forgets the history. Gives the copy of
    /// the file as it was, which is made first; the newest `backup::KEPT` such copies are kept. A
    /// refused snapshot changes nothing, and removes no copy.
    pub async fn replace(
        &self,
        snapshot: Snapshot,
        when_paired: WhenPaired,
        now: DateTime<Utc>,
    ) -> Result<PathBuf, SaveError> {
        self.replace_watched(snapshot, when_paired, now, |_| ControlFlow::Continue(())).await
    }

    /// The same; `watch` is told how many records are written. When it breaks off, the answer is `Stopped`, and the
    /// file is as it was.
    pub async fn replace_watched(
        &self,
        snapshot: Snapshot,
        when_paired: WhenPaired,
        now: DateTime<Utc>,
        mut watch: impl FnMut(usize) -> ControlFlow<()> + Send + 'static,
    ) -> Result<PathBuf, SaveError> {
        let file = self.file.clone();
        self.write(move |connection| {
            // Nobody can pair the PC between this and the rest: only this thread writes to the file.
            if when_paired == WhenPaired::Refuse && link::read(connection)?.is_some() {
                return Err(SaveError::Paired);
            }
            let copy = backup::before(connection, &file, backup::IMPORT, now)?;
            save::replace(connection, snapshot, &mut watch)?;
            // The import has succeeded. An old copy that cannot be removed now goes at the next one.
            let _removed = backup::keep_newest(&file, Some(backup::IMPORT));
            Ok(copy)
        })
        .await
    }

    async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        Ok(self.owner.ask(move |connection| work(connection)).await??)
    }

    async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, SaveError> + Send + 'static,
    ) -> Result<T, SaveError> {
        if self.access != Access::ReadWrite {
            return Err(SaveError::ReadOnly);
        }
        self.owner.ask(work).await.map_err(|Stopped| SaveError::Closed)?
    }
}

impl From<Stopped> for StoreError {
    fn from(Stopped: Stopped) -> Self {
        Self::Closed
    }
}
