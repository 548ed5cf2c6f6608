//! `import` and `export`.

use std::fs;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use aftalebog_booking::Snapshot;
use aftalebog_booking::record::Format;
use aftalebog_sqlite::place::{beside, put_in_place};
use aftalebog_texts::fl;
use serde::Serialize;

use super::{Context, Failure, clinic, say};
use crate::own_files::create_for_owner;
use crate::problem::Error;
use crate::store::{Exported, Imported};

/// Gives a clinic the records of a snapshot, or adds a clinic that has them.
pub(super) async fn import(
    context: &Context,
    from: &Path,
    told: Option<&str>,
    new: Option<&str>,
) -> Result<(), Failure> {
    let bytes = fs::read(from).map_err(|error| context.file_failed(from, &error))?;
    // Notepad puts a mark in front of what it saves.
    let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(&bytes);
    let snapshot: Snapshot = serde_json::from_slice(bytes).map_err(|error| {
        // Its own words may quote what stands there; the place is enough.
        let (line, column) = (error.line().to_string(), error.column().to_string());
        let file = from.display().to_string();
        fl!(context.texts, "booking-server-no-snapshot", file = file, line = line, column = column)
    })?;
    let (records, now) = (snapshot.records, context.clock.now());
    let not_imported = |error| context.not_imported(&error);
    let tell = |imported: Imported| {
        let (written, deleted) = (imported.written, imported.deleted);
        say(&fl!(context.texts, "booking-server-imported", written = written, deleted = deleted));
    };
    if let Some(name) = new {
        let name = clinic::as_kept(context, name)?;
        let store = context.store_or_new().await?;
        let (added, imported) = store.import_new(name.clone(), records, now).await.map_err(not_imported)?;
        tell(imported);
        return clinic::tell_added(context, &name, &added);
    }
    let store = context.store().await?;
    let clinic = context.clinic(&store, told.unwrap_or_default()).await?;
    tell(store.import(clinic.id, records, now).await.map_err(not_imported)?);
    Ok(())
}

/// Writes all records of a clinic, as `aftalebog export` does.
pub(super) async fn export(context: &Context, told: &str, to: Option<&Path>) -> Result<(), Failure> {
    #[derive(Serialize)]
    struct All {
        format: Format,
        records: Vec<Exported>,
    }
    let store = context.store().await?;
    let clinic = context.clinic(&store, told).await?;
    let records = store.export(clinic.id).await.map_err(|error| context.failed(&error))?;
    let (count, all) = (records.len(), All { format: Format, records });
    let Some(to) = to else {
        let written = serde_json::to_writer_pretty(io::stdout().lock(), &all).map_err(io::Error::from);
        return written.map_err(|error| context.file_failed(Path::new("-"), &error));
    };
    if to.exists() {
        return Err(fl!(context.texts, "booking-server-file-exists", file = to.display().to_string()).into());
    }
    let unfinished = beside(to, ".unfinished");
    let written = create_for_owner(&unfinished).and_then(|file| {
        let mut file = BufWriter::new(file);
        serde_json::to_writer_pretty(&mut file, &all)?;
        file.write_all(b"\n")?;
        file.flush()?;
        put_in_place(&unfinished, to)
    });
    if let Err(error) = written {
        // It may never have been made.
        let _gone = fs::remove_file(&unfinished);
        return Err(context.file_failed(to, &error));
    }
    say(&fl!(context.texts, "booking-server-exported", file = to.display().to_string(), count = count));
    Ok(())
}

impl Context {
    /// Which record is at fault, and why; not what stands in it.
    fn not_imported(&self, error: &Error) -> Failure {
        match error {
            Error::Invalid { record, detail, .. } => {
                let record = record.map(|record| record.to_string()).unwrap_or_default();
                let detail = self.texts.of_both(detail).to_owned();
                fl!(self.texts, "booking-server-not-imported", record = record, detail = detail).into()
            }
            other => self.failed(other),
        }
    }
}
