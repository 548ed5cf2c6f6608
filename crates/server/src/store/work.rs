//! One transaction, and what has to be told when it is done.

use std::cell::RefCell;
use std::ops::Deref;
use std::sync::Arc;

use rusqlite::Transaction;
use uuid::Uuid;

use super::settings::{self, Cache, Settings};
use crate::problem::Error;

/// A transaction as the functions of this folder are handed it.
pub(crate) struct Work<'c> {
    transaction: Transaction<'c>,
    cache: Arc<Cache>,
    changed: RefCell<Vec<Uuid>>,
}

impl<'c> Work<'c> {
    pub(super) fn new(transaction: Transaction<'c>, cache: Arc<Cache>) -> Self {
        Self { transaction, cache, changed: RefCell::default() }
    }

    /// The settings of a clinic as this transaction sees them.
    pub(crate) fn settings(&self, clinic: Uuid) -> Result<Arc<Settings>, Error> {
        let revision = settings::revision(self, clinic)?.ok_or(Error::NotFound)?;
        // What may yet be taken back is kept for nobody else.
        if self.changed.borrow().contains(&clinic) {
            return settings::read(self, clinic).map(Arc::new);
        }
        self.cache.get_or_read(clinic, revision, || settings::read(self, clinic))
    }

    /// Whoever waits for a change of this clinic is told after the commit.
    pub(super) fn has_changed(&self, clinic: Uuid) {
        self.changed.borrow_mut().push(clinic);
    }

    /// Commits. The clinics that were changed.
    pub(super) fn commit(self) -> rusqlite::Result<Vec<Uuid>> {
        self.transaction.commit()?;
        Ok(self.changed.into_inner())
    }
}

impl<'c> Deref for Work<'c> {
    type Target = Transaction<'c>;

    fn deref(&self) -> &Transaction<'c> {
        &self.transaction
    }
}
