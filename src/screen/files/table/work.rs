//! What takes its time: reading a file, making a table of it, and checking its rows. None of it happens on
//! the window's thread.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

use aftalebog_booking::record::Recorded;
use aftalebog_booking::{Entry, Setup, Write};
use aftalebog_local::exchange::patient::{self, Checked, Existing, LineFault, Mapping, Subject};
use aftalebog_local::exchange::table::{Layout, NotATable, Table};
use aftalebog_local::exchange::{MAX_BYTES, need};
use aftalebog_local::{Import, Store, StoreError, aside, is_same};
use chrono::NaiveDate;

/// A file's bytes, and the table they are when they are read so.
#[derive(Clone, Debug)]
pub struct Opened {
    pub bytes: Arc<[u8]>,
    pub layout: Layout,
    pub table: Result<Arc<Table>, NotATable>,
}

/// Why a file could not be read at all.
#[derive(Clone, Debug)]
pub enum NotRead {
    /// It is the clinic's own, which is open.
    Own,
    Missing,
    TooLarge,
    Io(String),
}

/// A file's bytes, unless there are too many of them; `own` is the clinic's own file, which is not opened here.
pub fn bytes(path: &Path, own: &Path) -> Result<Vec<u8>, NotRead> {
    if is_same(path, own) {
        return Err(NotRead::Own);
    }
    let why = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => NotRead::Missing,
        _ => NotRead::Io(error.to_string()),
    };
    let size = fs::metadata(path).map_err(why)?.len();
    if size > MAX_BYTES as u64 {
        return Err(NotRead::TooLarge);
    }
    fs::read(path).map_err(why)
}

/// Reads a file as it is most likely meant, or as it was chosen.
pub async fn open(path: PathBuf, own: PathBuf, layout: Option<Layout>) -> Result<Opened, NotRead> {
    let work = move || {
        let bytes: Arc<[u8]> = bytes(&path, &own)?.into();
        let layout = layout.unwrap_or_else(|| Layout::guess(&bytes));
        Ok(table(bytes, layout))
    };
    aside(work).await.unwrap_or_else(ended)
}

pub async fn lay_out(bytes: Arc<[u8]>, layout: Layout) -> Result<Opened, NotRead> {
    aside(move || Ok(table(bytes, layout))).await.unwrap_or_else(ended)
}

fn table(bytes: Arc<[u8]>, layout: Layout) -> Opened {
    let table = Table::read(&bytes, layout).map(Arc::new);
    Opened { bytes, layout, table }
}

fn ended<T>() -> Result<T, NotRead> {
    Err(NotRead::Io("the thread that read the file ended".to_owned()))
}

/// What is to be checked.
pub struct Job {
    pub subject: Subject,
    pub table: Arc<Table>,
    pub mapping: Mapping,
    pub existing: Existing,
    pub setup: Setup,
    pub today: NaiveDate,
}

/// What a file would bring, ready to be imported.
#[derive(Debug)]
pub struct CheckedFile {
    pub import: Arc<Import>,
    pub new: usize,
    pub changed: usize,
    pub skipped: usize,
    pub faults: Vec<LineFault>,
}

/// Checks the rows against what the clinic has; an error is the technical reason.
pub async fn check(store: Store, job: Job) -> Result<Arc<CheckedFile>, String> {
    let detail = |error: StoreError| error.to_string();
    let patients = store.patients().await.map_err(detail)?;
    let needs = match job.subject {
        Subject::Patients => Vec::new(),
        Subject::Needs => store.needs().await.map_err(detail)?,
    };
    let checking = move || {
        let Job { subject, table, mapping, existing, setup, today } = job;
        match subject {
            Subject::Patients => gathered(patient::check(&table, &mapping, &patients, existing, today)),
            Subject::Needs => gathered(need::check(&table, &mapping, &patients, &needs, &setup, existing)),
        }
    };
    let checked = aside(checking).await.ok_or_else(|| "the thread that checked the file ended".to_owned())?;
    Ok(Arc::new(checked))
}

fn gathered<T: Recorded>(checked: Checked<T>) -> CheckedFile {
    let Checked { creations, edits, skipped, faults } = checked;
    let (new, changed) = (creations.len(), edits.len());
    let edits: Vec<Write> = edits;
    let import = Import::new(creations.into_iter().map(Entry::into_record).collect(), edits);
    CheckedFile { import: Arc::new(import), new, changed, skipped, faults }
}
