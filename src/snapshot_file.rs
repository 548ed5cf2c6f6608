//! Snapshots as files: what an export writes and an import reads.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use aftalebog_booking::Snapshot;
use aftalebog_booking::record::Format;
use aftalebog_local::folder;
use aftalebog_texts::{Texts, fl};
use thiserror::Error;

/// No snapshot has more bytes: that of 100,000 patients with ten appointments each has fewer.
const LARGEST: u64 = 1 << 30;

/// So many bytes of a file say whether it begins as a snapshot does.
const HEAD: u64 = 4096;

/// Notepad puts this mark in front of what it saves.
const MARK: &[u8] = "\u{FEFF}".as_bytes();

/// Why a file is no snapshot.
#[derive(Debug, Error)]
pub enum NotRead {
    #[error("there is no such file")]
    Missing,
    #[error("{0}")]
    Io(io::Error),
    /// It has more bytes than any snapshot.
    #[error("it has more than {LARGEST} bytes")]
    TooLarge,
    /// A picture, a letter, a film.
    #[error("it does not begin with {{")]
    Other,
    /// Not JSON, not a snapshot, or a record that cannot be.
    #[error("{0}")]
    Malformed(serde_json::Error),
    #[error("snapshot format {format} is not known here, only {}", Format::NUMBER)]
    Newer { format: u64 },
}

impl NotRead {
    pub fn words(&self, texts: &Texts) -> String {
        match self {
            Self::Missing => fl!(texts, "snapshot-missing"),
            Self::Io(error) => fl!(texts, "snapshot-io", detail = error.to_string()),
            Self::TooLarge | Self::Other | Self::Malformed(_) => {
                fl!(texts, "snapshot-malformed", detail = self.to_string())
            }
            Self::Newer { .. } => fl!(texts, "snapshot-newer"),
        }
    }

    /// Without anything that stands in the file.
    pub fn for_log(&self) -> String {
        match self {
            Self::Malformed(error) => format!("it is no snapshot, by its line {}", error.line()),
            Self::Missing | Self::Io(_) | Self::TooLarge | Self::Other | Self::Newer { .. } => self.to_string(),
        }
    }
}

impl From<io::Error> for NotRead {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            _ => Self::Io(error),
        }
    }
}

/// A file's bytes, if it may be a snapshot: what is none is not read to its end.
pub fn bytes(path: &Path) -> Result<Vec<u8>, NotRead> {
    let file = fs::File::open(path)?;
    if file.metadata()?.len() > LARGEST {
        return Err(NotRead::TooLarge);
    }
    begun_with_brace(file)
}

fn begun_with_brace(mut from: impl Read) -> Result<Vec<u8>, NotRead> {
    let mut bytes = Vec::new();
    let _head = from.by_ref().take(HEAD).read_to_end(&mut bytes)?;
    if !without_mark(&bytes).trim_ascii_start().starts_with(b"{") {
        return Err(NotRead::Other);
    }
    let _rest = from.read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(MARK).unwrap_or(bytes)
}

pub fn read(path: &Path) -> Result<Snapshot, NotRead> {
    let bytes = bytes(path)?;
    let bytes = without_mark(&bytes);
    serde_json::from_slice(bytes).map_err(|error| match newer(bytes) {
        Some(format) => NotRead::Newer { format },
        None => NotRead::Malformed(error),
    })
}

/// The format of a snapshot that a newer program has written.
fn newer(bytes: &[u8]) -> Option<u64> {
    let snapshot: serde_json::Value = serde_json::from_slice(bytes).ok()?;
    snapshot.get("format")?.as_u64().filter(|format| *format > Format::NUMBER.into())
}

/// Writes all of it, or leaves what was there.
pub fn write(path: &Path, snapshot: &Snapshot) -> io::Result<()> {
    whole(path, |file| file.write_all(&bytes_of(snapshot)))
}

/// A snapshot as it stands in a file.
pub fn bytes_of(snapshot: &Snapshot) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(snapshot).expect("its keys are words, and memory takes in all of it");
    bytes.push(b'\n');
    bytes
}

/// Has a file filled beside its place, and puts it there when it is on the disk. Only this user may read it, for there
/// are patients in it.
pub fn whole(path: &Path, fill: impl FnOnce(&mut io::BufWriter<fs::File>) -> io::Result<()>) -> io::Result<()> {
    let mut unfinished = path.as_os_str().to_owned();
    unfinished.push(".unfinished");
    let unfinished = PathBuf::from(unfinished);
    // Of a program that was cut short. One that stays keeps the new one from being made, and that is told.
    drop(fs::remove_file(&unfinished));
    let written = (|| {
        let mut file = io::BufWriter::new(folder::new_file(&unfinished)?);
        fill(&mut file)?;
        file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        fs::rename(&unfinished, path)
    })();
    written.inspect_err(|_| drop(fs::remove_file(&unfinished)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A disk that breaks where the first bytes end.
    struct Broken;

    impl Read for Broken {
        fn read(&mut self, _bytes: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("read on"))
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_file_with_patients_is_for_this_user_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("patients.csv");
        fs::write(folder.path().join("patients.csv.unfinished"), "half").unwrap();
        whole(&path, |file| file.write_all(b"whole")).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "whole");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn what_is_no_snapshot_is_not_read_to_its_end() {
        let film = [&b"\0\0\0 ftypisom"[..], &[7; HEAD as usize]].concat();
        assert!(matches!(begun_with_brace(film.chain(Broken)), Err(NotRead::Other)));
        let blank = vec![b' '; HEAD as usize];
        assert!(matches!(begun_with_brace(blank.chain(Broken)), Err(NotRead::Other)));
        assert!(matches!(begun_with_brace(&b""[..]), Err(NotRead::Other)));
        // The control: what begins as a snapshot is.
        let snapshot = [&b" \r\n{"[..], &[b' '; HEAD as usize]].concat();
        assert!(matches!(begun_with_brace(snapshot.chain(Broken)), Err(NotRead::Io(_))));
        assert_eq!(begun_with_brace(&snapshot[..]).unwrap(), snapshot);
    }

    #[test]
    fn a_file_larger_than_any_snapshot_is_refused_by_its_size() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("film.json");
        let mut file = fs::File::create(&path).unwrap();
        file.write_all(b"{").unwrap();
        file.set_len(LARGEST + 1).unwrap();
        assert!(matches!(bytes(&path), Err(NotRead::TooLarge)));
    }

    #[test]
    fn a_snapshot_that_notepad_has_saved_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kopi.json");
        let empty = bytes_of(&Snapshot::new(vec![]));
        fs::write(&path, [MARK, b"\r\n", &empty].concat()).unwrap();
        assert_eq!(read(&path).unwrap(), Snapshot::new(vec![]));
    }
}
