//! One server at a time has a database: whoever holds the lock file.

use std::fs::{File, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use aftalebog_sqlite::place::beside;
use thiserror::Error;

use crate::own_files::give_to_owner_of_folder;

/// Held until it is dropped, also when the program is killed. The file stays: only the lock counts.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

#[derive(Debug, Error)]
pub enum LockError {
    /// Another program has it: this one, where the system lets us read it.
    #[error("another server has the database")]
    Held { process: Option<u32> },
    #[error("{}: {error}", path.display())]
    File { path: PathBuf, error: io::Error },
}

impl Lock {
    pub fn take(database: &Path) -> Result<Self, LockError> {
        let path = beside(database, ".lock");
        let failed = |error| LockError::File { path: path.clone(), error };
        let mut file = open(&path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut process = String::new();
                let read = file.read_to_string(&mut process).is_ok();
                return Err(LockError::Held { process: process.trim().parse().ok().filter(|_| read) });
            }
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        file.set_len(0).map_err(failed)?;
        writeln!(file, "{}", std::process::id()).map_err(failed)?;
        Ok(Self { _file: file })
    }
}

/// One that is there stays whose it is.
fn open(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    let _both = options.read(true).write(true);
    match options.clone().create_new(true).open(path) {
        Ok(file) => {
            give_to_owner_of_folder(&file, path)?;
            Ok(file)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => options.open(path),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time_has_the_lock() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("server.db");
        let first = Lock::take(&database).unwrap();
        let process = if cfg!(unix) { Some(std::process::id()) } else { None };
        match Lock::take(&database) {
            Err(LockError::Held { process: holder }) => assert_eq!(holder, process),
            other => panic!("{other:?}"),
        }
        drop(first);
        let _again = Lock::take(&database).unwrap();
    }
}
