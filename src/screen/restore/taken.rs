//! What is read of a snapshot or a copy, before it is taken.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use aftalebog_booking::{Snapshot, zone};
use aftalebog_local::backup::{self, Backup, Chosen, Moment};
use aftalebog_local::{Content, CopyError, StoreError, aside};
use aftalebog_texts::{Texts, fl};
use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

use super::Ground;
use crate::{failure, snapshot_file};

/// The records of a copy, and what is told of them.
#[derive(Clone, Debug)]
pub struct Taken {
    pub snapshot: Arc<Snapshot>,
    pub content: Content,
    pub made: Made,
    /// What is in the clinic that is open.
    pub here: Option<Here>,
}

/// What is in the clinic that is open, and when that was read.
#[derive(Clone, Debug)]
pub struct Here {
    pub content: Content,
    pub read: NaiveDateTime,
}

/// When a copy was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    On(NaiveDate),
    At(NaiveDateTime),
    /// The file does not say.
    Unknown,
}

/// Why a copy cannot be taken. Nothing was changed.
#[derive(Debug)]
pub enum NotTaken {
    File(snapshot_file::NotRead),
    Copy(CopyError),
    /// There is no clinic in it.
    Incomplete,
    /// The clinic that is open could not be read.
    Here(StoreError),
}

impl Made {
    pub fn of(backup: &Backup) -> Self {
        match backup.made {
            Moment::On(date) => Self::On(date),
            Moment::At(at) => Self::At(at),
        }
    }

    pub fn words(self, texts: &Texts) -> String {
        match self {
            Self::On(date) => texts.date_weekday_year(date),
            Self::At(at) => {
                fl!(texts, "restore-at", date = texts.date_weekday_year(at.date()), time = texts.time_of(at.time()))
            }
            Self::Unknown => fl!(texts, "restore-made-unknown"),
        }
    }
}

impl NotTaken {
    pub fn words(&self, texts: &Texts) -> String {
        match self {
            Self::File(error) => error.words(texts),
            Self::Copy(error) => copy_error(error, texts),
            Self::Incomplete => fl!(texts, "snapshot-incomplete"),
            Self::Here(error) => failure::read(texts, error).1,
        }
    }
}

fn copy_error(error: &CopyError, texts: &Texts) -> String {
    match error {
        CopyError::Newer(_) => fl!(texts, "snapshot-newer"),
        CopyError::Own => fl!(texts, "restore-own"),
        CopyError::Unreadable(StoreError::InUse) => fl!(texts, "restore-in-use"),
        CopyError::Unreadable(StoreError::Full) => fl!(texts, "restore-full"),
        CopyError::Unreadable(error) => fl!(texts, "restore-unreadable", detail = error.to_string()),
    }
}

/// One of the copies on this PC.
pub async fn of_copy(copy: Backup, ground: Ground) -> Result<Taken, NotTaken> {
    let snapshot = backup::records(copy.file.clone(), ground.file.clone()).await.map_err(NotTaken::Copy)?;
    taken(snapshot, |_zone| Made::of(&copy), ground).await
}

/// A snapshot, or another PC's file.
pub async fn of_file(path: PathBuf, ground: Ground) -> Result<Taken, NotTaken> {
    let file = ground.file.clone();
    let chosen = backup::look_at(path.clone(), file.clone()).await;
    let snapshot = match chosen.map_err(|error| NotTaken::File(error.into()))? {
        Chosen::Own => return Err(NotTaken::Copy(CopyError::Own)),
        Chosen::Database => backup::records(path, file).await.map_err(NotTaken::Copy)?,
        Chosen::Other => snapshot(path).await.map_err(NotTaken::File)?,
    };
    let made_at = snapshot.made_at;
    let made = |zone| made_at.map_or(Made::Unknown, |instant| Made::At(zone::local(zone, instant)));
    taken(snapshot, made, ground).await
}

async fn taken(snapshot: Snapshot, made: impl FnOnce(Tz) -> Made, ground: Ground) -> Result<Taken, NotTaken> {
    let content = Content::of(&snapshot).ok_or(NotTaken::Incomplete)?;
    let here = match ground.store {
        Some(store) => {
            let content = store.content().await.map_err(NotTaken::Here)?;
            let read = zone::local(content.time_zone, ground.clock.now());
            Some(Here { content, read })
        }
        None => None,
    };
    Ok(Taken { snapshot: Arc::new(snapshot), made: made(content.time_zone), content, here })
}

async fn snapshot(path: PathBuf) -> Result<Snapshot, snapshot_file::NotRead> {
    let ended = || io::Error::other("the thread that read the file ended");
    aside(move || snapshot_file::read(&path)).await.unwrap_or_else(|| Err(ended().into()))
}
