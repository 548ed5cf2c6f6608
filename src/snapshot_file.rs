//! Snapshots as files: what an export writes and an import reads.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use aftalebog_booking::Snapshot;
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
}

impl NotRead {
    pub fn words(&self, texts: &Texts) -> String {
        match self {
            Self::Missing => fl!(texts, "snapshot-missing"),
            Self::Io(error) => fl!(texts, "snapshot-io", detail = error.to_string()),
            Self::Malformed(error) => fl!(texts, "snapshot-malformed", detail = error.to_string()),
        }
    }
}

pub fn bytes(path: &Path) -> Result<Vec<u8>, NotRead> {
    fs::read(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => NotRead::Missing,
        _ => NotRead::Io(error),
    })
}

pub fn read(path: &Path) -> Result<Snapshot, NotRead> {
    let bytes = bytes(path)?;
    // Notepad puts a mark in front of what it saves.
    let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(&bytes);
    serde_json::from_slice(bytes).map_err(NotRead::Malformed)
}

/// Writes all of it, or leaves what was there.
pub fn write(path: &Path, snapshot: &Snapshot) -> io::Result<()> {
    whole(path, |file| {
        serde_json::to_writer_pretty(&mut *file, snapshot)?;
        file.write_all(b"\n")
    })
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

/// Lets the person choose a file; `None` when they do not.
pub async fn choose(title: String, kind: String) -> Option<PathBuf> {
    let dialog = rfd::AsyncFileDialog::new().set_title(title).add_filter(kind, &["json"]);
    dialog.pick_file().await.map(|file| file.path().to_owned())
}
