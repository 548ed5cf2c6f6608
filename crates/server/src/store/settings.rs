//! The settings of the clinics that were asked about last, kept in memory.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use aftalebog_booking::broken::Broken;
use aftalebog_booking::reading;
use aftalebog_booking::{Kind, Setup};
use aftalebog_sqlite::cell::{Cell, cell};
use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

use super::{Store, record};
use crate::problem::Error;

/// So many clinics' settings are kept: some ten kilobytes each.
const KEPT: usize = 200;

/// Everything but patients, needs and appointments.
#[derive(Clone, Debug)]
pub struct Settings {
    pub setup: Setup,
    /// The records that cannot be read, as after a program of a newer version.
    pub broken: Vec<Broken>,
}

impl Store {
    /// The settings of a clinic as they are now. `NotSetUp` while its PCs have not sent them.
    pub async fn settings(&self, clinic: Uuid) -> Result<Arc<Settings>, Error> {
        self.read(move |work| work.settings(clinic)).await
    }
}

/// The settings of so many clinics, those that were asked about last.
pub(super) struct Cache {
    kept: Mutex<Kept>,
    most: usize,
}

#[derive(Default)]
struct Kept {
    clinics: HashMap<Uuid, Entry>,
    asked: u64,
}

struct Entry {
    revision: i64,
    settings: Arc<Settings>,
    /// When it was last asked for, as a number that grows.
    asked: u64,
}

impl Default for Cache {
    fn default() -> Self {
        Self { kept: Mutex::default(), most: KEPT }
    }
}

impl Cache {
    /// The settings at this revision, read where they are not kept.
    pub(super) fn get_or_read(
        &self,
        clinic: Uuid,
        revision: i64,
        read: impl FnOnce() -> Result<Settings, Error>,
    ) -> Result<Arc<Settings>, Error> {
        if let Some(settings) = self.get(clinic, revision) {
            return Ok(settings);
        }
        let settings = Arc::new(read()?);
        self.keep(clinic, revision, settings.clone());
        Ok(settings)
    }

    fn get(&self, clinic: Uuid, revision: i64) -> Option<Arc<Settings>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.asked += 1;
        let asked = kept.asked;
        let entry = kept.clinics.get_mut(&clinic).filter(|entry| entry.revision == revision)?;
        entry.asked = asked;
        Some(entry.settings.clone())
    }

    fn keep(&self, clinic: Uuid, revision: i64, settings: Arc<Settings>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let asked = kept.asked;
        // A reader that began earlier may come later.
        if kept.clinics.get(&clinic).is_some_and(|entry| entry.revision > revision) {
            return;
        }
        let _older = kept.clinics.insert(clinic, Entry { revision, settings, asked });
        if kept.clinics.len() > self.most
            && let Some(oldest) = kept.clinics.iter().min_by_key(|(_, entry)| entry.asked).map(|(clinic, _)| *clinic)
        {
            let _dropped = kept.clinics.remove(&oldest);
        }
    }
}

/// The revision of the last change to a clinic's settings. `None`: there is no such clinic.
pub(super) fn revision(connection: &Connection, clinic: Uuid) -> rusqlite::Result<Option<i64>> {
    let mut statement = connection.prepare_cached("select settings_revision from clinic where id = ?1")?;
    statement.query_row([clinic.to_cell()], |row| cell(row, "settings_revision")).optional()
}

/// Which records are settings.
pub(super) const fn is_setting(kind: Kind) -> bool {
    !matches!(kind, Kind::Patient | Kind::Need | Kind::Appointment)
}

pub(super) fn read(connection: &Connection, clinic: Uuid) -> Result<Settings, Error> {
    let (mut records, mut broken) = (vec![], vec![]);
    for kind in Kind::ALL.iter().copied().filter(|kind| is_setting(*kind)) {
        for (id, fields) in record::of_kind(connection, clinic, kind)? {
            match reading::record(kind, id, fields) {
                Ok(record) => records.push(record),
                Err(fault) => broken.push(*fault),
            }
        }
    }
    let setup = Setup::gather(records).ok_or(Error::NotSetUp)?;
    Ok(Settings { setup, broken })
}

#[cfg(test)]
mod tests {
    use super::*;
    use aftalebog_booking::demo::{SEED, demo_clinic};

    fn settings() -> Settings {
        let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date");
        let setup = Setup::gather(demo_clinic(today, SEED).records).expect("a set-up");
        Settings { setup, broken: vec![] }
    }

    #[test]
    fn only_the_clinics_that_were_asked_about_last_are_kept() {
        let cache = Cache { kept: Mutex::default(), most: 2 };
        let reads = std::cell::Cell::new(0);
        let ask = |clinic: u128, revision| {
            let before = reads.get();
            let read = || {
                reads.set(before + 1);
                Ok(settings())
            };
            let _settings = cache.get_or_read(Uuid::from_u128(clinic), revision, read).expect("settings");
            reads.get() > before
        };
        for (clinic, revision, is_read) in [
            (1, 7, true),
            (1, 7, false),
            (1, 8, true),
            // Of a reader that began before the change.
            (1, 7, true),
            (1, 8, false),
            (2, 1, true),
            (1, 8, false),
            (3, 1, true),
            (1, 8, false),
            (2, 1, true),
        ] {
            assert_eq!(ask(clinic, revision), is_read, "clinic {clinic} at {revision}");
        }
    }
}
