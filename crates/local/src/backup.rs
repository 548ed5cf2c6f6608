//! Copies of a clinic's file: one a day, one before each migration and each import, and those that were asked for.
//!
//! They stand in `backups/` beside the file, under its name: `clinic-2026-11-23.db`,
//! `clinic-before-V0002-20261123T081500Z.db`, `clinic-copy-20261123T081500Z.db`. A live file is only ever copied by its owner: to
//! open it a second time in one program would take the owner's lock away, see [`is_same`].

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use aftalebog_booking::record::Clinic;
use aftalebog_booking::{Snapshot, zone};
use aftalebog_sqlite::owner::aside;
use aftalebog_sqlite::place::{beside, folder_of, is_same, put_in_place, remove, sync_folder};
use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use rusqlite::Connection;
use uuid::Uuid;

use crate::error::{CopyError, Damage, Fault, StoreError};
use crate::folder::{self, backups_of};
use crate::open::{self, check_readable};
use crate::store::{Content, PAIRING, read_all};

/// How many daily backups are kept, as many copies made before an import, and as many that were asked for: the
/// newest. Those made before a migration all stay.
pub const KEPT: usize = 14;

/// In the name of a copy that was made before an import.
pub(crate) const IMPORT: &str = "import";

/// In the name of a copy that somebody asked for.
const ASKED: &str = "copy";

/// An instant in the name of a file; Windows allows no colon in it.
const INSTANT: &str = "%Y%m%dT%H%M%SZ";

/// A copy of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    pub file: PathBuf,
    pub made: Moment,
    pub occasion: Occasion,
}

/// When a copy was made, by the clinic's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// A daily copy of that day, whose file was written on another one: whoever has moved it may have made it look
    /// newer, and its name is right.
    On(NaiveDate),
    At(NaiveDateTime),
}

/// Why a copy was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion {
    Daily,
    /// Somebody, or an installer, asked for it.
    Asked,
    /// A newer program was about to bring the file to its version.
    Migration,
    /// Everything was about to be replaced.
    Import,
    /// The booking server's records were about to be taken.
    Pairing,
}

/// The copies of a file with what is in them, the newest first.
pub async fn contents(file: PathBuf) -> Vec<(Backup, Result<Content, CopyError>)> {
    let newest_first = move || backups(&file).into_iter().rev();
    let read = |backup: Backup| {
        let content = open::content(&backup.file);
        (backup, content)
    };
    aside(move || newest_first().map(read).collect()).await.unwrap_or_default()
}

/// What somebody has chosen to fetch a clinic from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// The very file that the records would be for: it is not touched.
    Own,
    Database,
    /// Something else, perhaps a snapshot.
    Other,
}

/// By what the chosen file begins with: its name may have become another one on the way. `file` is the one that the
/// records are for.
pub async fn look_at(chosen: PathBuf, file: PathBuf) -> io::Result<Chosen> {
    let stopped = || io::Error::other("the thread that read the file ended");
    aside(move || look_at_now(&chosen, &file)).await.unwrap_or_else(|| Err(stopped()))
}

fn look_at_now(chosen: &Path, file: &Path) -> io::Result<Chosen> {
    const HEAD: &[u8] = b"SQLite format 3\0";
    if is_same(chosen, file) {
        return Ok(Chosen::Own);
    }
    let mut head = Vec::new();
    let _bytes = fs::File::open(chosen)?.take(HEAD.len() as u64).read_to_end(&mut head)?;
    Ok(if head == HEAD { Chosen::Database } else { Chosen::Other })
}

/// The records of a copy, which is looked through as a whole and stays as it is; `file` is the one that they are for.
/// The copy may be of an older program, or be another PC's file as it was left.
pub async fn records(copy: PathBuf, file: PathBuf) -> Result<Snapshot, CopyError> {
    let stopped = || CopyError::Unreadable(StoreError::Io { detail: "the thread that read the copy ended".to_owned() });
    aside(move || records_now(&copy, &file)).await.unwrap_or_else(|| Err(stopped()))
}

fn records_now(copy: &Path, file: &Path) -> Result<Snapshot, CopyError> {
    if is_same(copy, file) {
        return Err(CopyError::Own);
    }
    let unreadable = |error: io::Error| CopyError::Unreadable(error.into());
    folder::make(folder_of(file)).map_err(unreadable)?;
    let duplicate = Duplicate::of(copy, file).map_err(unreadable)?;
    open::records(&duplicate.path)
}

/// In the names of the duplicates beside a file, after its own.
const DUPLICATE: &str = ".looked-into-";

/// A copy of a copy: it may be written, whatever may be done with the original. It goes when it has been looked into.
struct Duplicate {
    path: PathBuf,
}

impl Duplicate {
    /// Beside `file`, where there is room for a clinic; with the journal of an original that was not closed. The name is
    /// its own: another copy may be looked into at the same time.
    fn of(original: &Path, file: &Path) -> io::Result<Self> {
        let duplicate = Self { path: beside(file, &format!("{DUPLICATE}{}", Uuid::new_v4())) };
        let copy = |from: &Path, to: &Path| io::copy(&mut fs::File::open(from)?, &mut fs::File::create_new(to)?);
        let _bytes = copy(original, &duplicate.path)?;
        match copy(&beside(original, "-wal"), &beside(&duplicate.path, "-wal")) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(duplicate),
        }
    }
}

impl Drop for Duplicate {
    fn drop(&mut self) {
        // What is left of it goes when the file is opened the next time.
        let _removed = remove(&self.path);
    }
}

/// Removes the duplicates that a crash has left beside a file which has just been opened.
pub(crate) fn tidy(file: &Path) {
    let Ok(names) = fs::read_dir(folder_of(file)) else { return };
    let beginning = beside(file, DUPLICATE);
    let is_left = |path: &PathBuf| match (path.file_name(), beginning.file_name()) {
        (Some(name), Some(beginning)) => name.as_encoded_bytes().starts_with(beginning.as_encoded_bytes()),
        _ => false,
    };
    for left in names.filter_map(|name| Some(name.ok()?.path())).filter(is_left) {
        // One that cannot be removed now is in nobody's way, and goes the next time.
        let _removed = fs::remove_file(left);
    }
}

/// The newest copy of a file that opens, is whole and can be read. A newer program may have made it: what it was
/// made from could then only be read, too.
pub async fn last_good_backup(file: PathBuf) -> Option<Backup> {
    let is_good = |backup: &Backup| check_readable(&backup.file).is_ok();
    aside(move || backups(&file).into_iter().rev().find(is_good)).await?
}

/// Puts a copy of a backup in the place of a file that nobody has open. The file that was there,
/// and its journal, are kept as `…damaged-<instant>`; their new name is the answer, if there was
/// one. Until the last step the file that was there can still be found under one of its names.
pub async fn restore(file: PathBuf, backup: PathBuf, now: DateTime<Utc>) -> Result<Option<PathBuf>, StoreError> {
    let stopped = StoreError::Io { detail: "the thread that restored the file ended".to_owned() };
    aside(move || restore_now(&file, &backup, now)).await.ok_or(stopped)?
}

fn restore_now(file: &Path, backup: &Path, now: DateTime<Utc>) -> Result<Option<PathBuf>, StoreError> {
    check_readable(backup)?;
    let unfinished = beside(file, ".unfinished");
    remove(&unfinished)?;
    let _bytes = fs::copy(backup, &unfinished).inspect_err(|_| drop(remove(&unfinished)))?;
    let damaged = set_aside(file, now)?;
    put_in_place(&unfinished, file)?;
    Ok(damaged)
}

/// Renames a file that nobody has open, with its journals, to `…damaged-<instant>`; `None` when
/// there was none. Never deletes. Afterwards a new file can be created in its place.
pub fn set_aside(file: &Path, now: DateTime<Utc>) -> Result<Option<PathBuf>, StoreError> {
    let name = format!("damaged-{}", now.format(INSTANT));
    let free = |name: &PathBuf| fs::symlink_metadata(name).is_err();
    let first = file.with_extension(format!("db.{name}"));
    let mut names = std::iter::once(first).chain((2..).map(|n| file.with_extension(format!("db.{name}-{n}"))));
    let damaged = names.find(free).expect("the numbers do not end");
    let mut was_there = false;
    // The file itself last: while it has its name, the next start finds it and says what is wrong.
    for ending in ["-wal", "-shm", "-journal", ""] {
        match fs::rename(beside(file, ending), beside(&damaged, ending)) {
            Ok(()) => was_there |= ending.is_empty(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error.into()),
        }
    }
    sync_folder(folder_of(file))?;
    Ok(was_there.then_some(damaged))
}

/// The copies of a file, the oldest first.
pub fn backups(file: &Path) -> Vec<Backup> {
    let named = named(file);
    let zone = named.iter().rev().find_map(|copy| open::time_zone(&copy.file).ok());
    let zone = zone.unwrap_or(chrono_tz::Europe::Copenhagen);
    let mut backups: Vec<_> = named.into_iter().map(|copy| copy.placed(zone)).collect();
    backups.sort_by(|(at, one), (other_at, other)| (at, &one.file).cmp(&(other_at, &other.file)));
    backups.into_iter().map(|(_instant, backup)| backup).collect()
}

/// What the name of a copy says.
struct Named {
    file: PathBuf,
    day: Day,
    /// Before what it was made, or [`ASKED`]; `None`: it is a daily one.
    what: Option<String>,
}

/// A daily copy's name has a date of the clinic's, and no time of day; any other an instant.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Day {
    Of(NaiveDate),
    At(DateTime<Utc>),
}

impl Named {
    /// What it is with what the system says of when it was written, and the instant that it is sorted by.
    fn placed(self, zone: Tz) -> (DateTime<Utc>, Backup) {
        let (instant, made) = match self.day {
            Day::At(instant) => (instant, Moment::At(zone::local(zone, instant))),
            Day::Of(date) => {
                let written = fs::metadata(&self.file).and_then(|metadata| metadata.modified());
                let written = written.ok().map(|written| (written.into(), zone::local(zone, written.into())));
                match written.filter(|(_, local)| local.date() == date) {
                    Some((instant, local)) => (instant, Moment::At(local)),
                    None => (zone::day_start(zone, date), Moment::On(date)),
                }
            }
        };
        let occasion = match self.what.as_deref() {
            None => Occasion::Daily,
            Some(ASKED) => Occasion::Asked,
            Some(IMPORT) => Occasion::Import,
            Some(PAIRING) => Occasion::Pairing,
            Some(_version) => Occasion::Migration,
        };
        (instant, Backup { file: self.file, made, occasion })
    }
}

/// The copies of a file as their names have them, the oldest of each kind first.
fn named(file: &Path) -> Vec<Named> {
    let Ok(names) = fs::read_dir(backups_of(file)) else { return vec![] };
    let stem = stem(file);
    let read = |name: io::Result<fs::DirEntry>| read_name(name.ok()?.path(), &stem);
    let mut named: Vec<_> = names.filter_map(read).collect();
    named.sort_by(|one, other| (one.day, &one.file).cmp(&(other.day, &other.file)));
    named
}

/// `None` when it is no copy of that file.
fn read_name(file: PathBuf, stem: &str) -> Option<Named> {
    let name = file.file_name()?.to_str()?.to_owned();
    let rest = name.strip_suffix(".db")?.strip_prefix(stem)?.strip_prefix('-')?;
    if let Ok(date) = rest.parse() {
        return Some(Named { file, day: Day::Of(date), what: None });
    }
    let (what, instant) = rest.rsplit_once('-')?;
    let what = if what == ASKED { what } else { what.strip_prefix("before-")? }.to_owned();
    let instant = NaiveDateTime::parse_from_str(instant, INSTANT).ok()?.and_utc();
    Some(Named { file, day: Day::At(instant), what: Some(what) })
}

/// Removes all but the newest `KEPT` of the copies that were made before the same thing, that were asked for, or of
/// the daily ones.
pub(crate) fn keep_newest(file: &Path, before: Option<&str>) -> io::Result<()> {
    let copies: Vec<_> = named(file).into_iter().filter(|copy| copy.what.as_deref() == before).collect();
    for old in &copies[..copies.len().saturating_sub(KEPT)] {
        fs::remove_file(&old.file)?;
    }
    Ok(())
}

/// Today's backup, unless there is one; older ones than the newest `KEPT` are removed.
pub(crate) fn daily(connection: &Connection, file: &Path, now: DateTime<Utc>) -> Result<Option<PathBuf>, StoreError> {
    let clinic = read_all::<Clinic>(connection)?.pop().ok_or(Fault::Damaged(Damage::Incomplete))?;
    let today = now.with_timezone(&clinic.value.time_zone).date_naive();
    let backup = backups_of(file).join(format!("{}-{today}.db", stem(file)));
    if fs::exists(&backup)? {
        return Ok(None);
    }
    copy(connection, &backup, now)?;
    keep_newest(file, None)?;
    Ok(Some(backup))
}

/// A copy of the file as it is, because somebody asks for one; older ones than the newest `KEPT` are removed.
pub(crate) fn asked(connection: &Connection, file: &Path, now: DateTime<Utc>) -> Result<PathBuf, Fault> {
    let copy = now_as(connection, file, ASKED, now)?;
    // The copy is made. An old one that cannot be removed now goes at the next time.
    let _removed = keep_newest(file, Some(ASKED));
    Ok(copy)
}

/// A copy of the file as it is, before something is done to it.
pub(crate) fn before(connection: &Connection, file: &Path, what: &str, now: DateTime<Utc>) -> Result<PathBuf, Fault> {
    now_as(connection, file, &format!("before-{what}"), now)
}

fn now_as(connection: &Connection, file: &Path, name: &str, now: DateTime<Utc>) -> Result<PathBuf, Fault> {
    let at =
        |instant: DateTime<Utc>| backups_of(file).join(format!("{}-{name}-{}.db", stem(file), instant.format(INSTANT)));
    // A copy is never written over an earlier one, even of the same second.
    let mut instants = (0..).map(|seconds| now + TimeDelta::seconds(seconds));
    let backup = instants.find_map(|instant| Some(at(instant)).filter(|copy| !copy.exists()));
    let backup = backup.expect("the seconds do not end");
    copy(connection, &backup, now)?;
    Ok(backup)
}

/// Copies the open file. What was committed is in the copy, and it needs no journal.
fn copy(connection: &Connection, backup: &Path, now: DateTime<Utc>) -> Result<(), Fault> {
    crate::folder::make(folder_of(backup))?;
    let unfinished = beside(backup, ".unfinished");
    remove(&unfinished)?;
    let name = unfinished.to_str().ok_or_else(|| Fault::Io("the folder's name is no text".to_owned()))?;
    let copied = connection.execute("vacuum into ?1", [name]).map_err(Fault::from);
    // A daily copy's time of day is read from here, see `Named::placed`: it is told by the program's clock, which is not
    // always the system's. Where it cannot be set, the system's own time is nearly the same.
    let _set = fs::File::options().write(true).open(&unfinished).and_then(|file| file.set_modified(now.into()));
    copied.and_then(|_| Ok(put_in_place(&unfinished, backup)?)).inspect_err(|_| drop(remove(&unfinished)))
}

fn stem(file: &Path) -> String {
    file.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
