//! A database file and its folder: put in its place for good, and removed with its journals.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// Gives a finished file its name, for good: after this a power cut does not take it back.
pub fn put_in_place(finished: &Path, place: &Path) -> io::Result<()> {
    File::options().write(true).open(finished)?.sync_all()?;
    fs::rename(finished, place)?;
    sync_folder(folder_of(place))
}

/// Windows has no way to ask for this, and writes the names of files by itself.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

pub fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// The file's name with something after it.
pub fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(ending);
    name.into()
}

/// Whether both paths lead to one file, whatever links are between. On Unix neither is opened: to close any handle of a
/// file takes away every lock that this program has on it.
pub fn is_same(one: &Path, other: &Path) -> bool {
    match (fs::canonicalize(one), fs::canonicalize(other)) {
        (Ok(one), Ok(other)) => one == other || is_hard_link(&one, &other),
        _ => false,
    }
}

#[cfg(unix)]
fn is_hard_link(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let numbers = |path| fs::metadata(path).map(|metadata| (metadata.dev(), metadata.ino())).ok();
    numbers(one).is_some_and(|one| numbers(other) == Some(one))
}

/// There, a lock is the handle's that has asked for it: to open the file once more takes none away.
#[cfg(not(unix))]
fn is_hard_link(_one: &Path, _other: &Path) -> bool {
    false
}

/// Removes a file that may be there, and the journals beside it.
pub fn remove(file: &Path) -> io::Result<()> {
    for ending in ["", "-wal", "-shm", "-journal"] {
        match fs::remove_file(beside(file, ending)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}
