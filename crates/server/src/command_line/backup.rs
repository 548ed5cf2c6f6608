//! `backup` and `restore`.

use std::path::Path;

use aftalebog_texts::fl;

use super::{Context, Failure, say};
use crate::lock::Lock;
use crate::store::backup::{self, BackupError, Restored};

pub(super) fn back_up(context: &Context, to: &Path) -> Result<(), Failure> {
    let stamp = context.clock.now().format("booking-server-%Y%m%dT%H%M%SZ.db").to_string();
    let folder =
        if to.as_os_str().to_string_lossy().ends_with(std::path::is_separator) { Some(to) } else { to.parent() };
    if let Some(folder) = folder.filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
        let folder = folder.display().to_string();
        return Err(fl!(context.texts, "booking-server-no-such-folder", folder = folder).into());
    }
    let file = if to.is_dir() { to.join(stamp) } else { to.to_owned() };
    let contents = backup::back_up(&context.database, &file).map_err(|error| context.not_backed_up(&error))?;
    let (clinics, records) = (contents.clinics, contents.records);
    say(&fl!(
        context.texts,
        "booking-server-backed-up",
        file = file.display().to_string(),
        clinics = clinics,
        records = records
    ));
    Ok(())
}

pub(super) fn restore(context: &Context, from: &Path) -> Result<(), Failure> {
    context.make_folder()?;
    let _lock = Lock::take(&context.database).map_err(|error| context.locked(error))?;
    let restored = backup::restore(from, &context.database, context.clock.now());
    let Restored { contents, set_aside } = restored.map_err(|error| context.not_backed_up(&error))?;
    let (clinics, records) = (contents.clinics, contents.records);
    let file = from.display().to_string();
    say(&fl!(context.texts, "booking-server-restored", file = file, clinics = clinics, records = records));
    if let Some(aside) = set_aside {
        say(&fl!(context.texts, "booking-server-set-aside", file = aside.display().to_string()));
    }
    say(&fl!(context.texts, "booking-server-after-restore"));
    Ok(())
}

impl Context {
    fn not_backed_up(&self, error: &BackupError) -> Failure {
        let words = match error {
            BackupError::Exists(path) => {
                fl!(self.texts, "booking-server-file-exists", file = path.display().to_string())
            }
            BackupError::NoDatabase(path) => {
                fl!(self.texts, "booking-server-no-database", file = path.display().to_string())
            }
            BackupError::NotOurs(path) => {
                fl!(self.texts, "booking-server-database-not-ours", file = path.display().to_string())
            }
            BackupError::Damaged { path, detail } => {
                fl!(
                    self.texts,
                    "booking-server-copy-damaged",
                    file = path.display().to_string(),
                    detail = detail.as_str()
                )
            }
            BackupError::File { path, error } => return self.file_failed(path, error),
            BackupError::Store(error) => return self.database_failed(error),
        };
        words.into()
    }
}
