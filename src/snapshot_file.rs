//! Snapshots as files: what an export writes and an import reads.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use aftalebog_booking::Snapshot;
use aftalebog_booking::record::Format;
use aftalebog_texts::{Texts, fl};
use thiserror::Error;

/// Why a file is no snapshot.
#[derive(Debug, Error)]
pub enum NotRead {
    #[error("there is no such file")]
    Missing,
    #[error("{0}")]
    Io(io::Error),
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
            Self::Malformed(error) => fl!(texts, "snapshot-malformed", detail = error.to_string()),
            Self::Newer { .. } => fl!(texts, "snapshot-newer"),
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

pub fn bytes(path: &Path) -> Result<Vec<u8>, NotRead> {
    Ok(fs::read(path)?)
}

pub fn read(path: &Path) -> Result<Snapshot, NotRead> {
    let bytes = bytes(path)?;
    // Notepad puts a mark in front of what it saves.
    let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(&bytes);
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

/// Has a file filled beside its place, and puts it there when it is on the disk.
pub fn whole(path: &Path, fill: impl FnOnce(&mut io::BufWriter<fs::File>) -> io::Result<()>) -> io::Result<()> {
    let mut unfinished = path.as_os_str().to_owned();
    unfinished.push(".unfinished");
    let unfinished = PathBuf::from(unfinished);
    let written = (|| {
        let mut file = io::BufWriter::new(fs::File::create(&unfinished)?);
        fill(&mut file)?;
        file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        fs::rename(&unfinished, path)
    })();
    written.inspect_err(|_| drop(fs::remove_file(&unfinished)))
}
