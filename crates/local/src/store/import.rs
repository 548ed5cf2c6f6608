//! Many records at once, from a file of another program: all of them in one transaction, or none.

use std::ops::ControlFlow;

use aftalebog_booking::change::{Change, Write};
use aftalebog_booking::record::{Appointment, Need, Patient};
use aftalebog_booking::{Entry, Id, Record};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, TransactionBehavior};
use uuid::Uuid;

use super::{Store, history, row, save};
use crate::error::{SaveError, StoreError};

/// What a file brings, as it was checked.
#[derive(Clone, Debug)]
pub struct Import {
    /// Made once, so that importing it again is harmless.
    pub id: Uuid,
    pub creations: Vec<Record>,
    pub edits: Vec<Write>,
}

impl Import {
    pub fn new(creations: Vec<Record>, edits: Vec<Write>) -> Self {
        Self { id: Uuid::new_v4(), creations, edits }
    }

    /// The same with these edits, by somebody who has been shown what others have saved meanwhile.
    pub fn with_edits(&self, edits: Vec<Write>) -> Self {
        Self { id: self.id, creations: self.creations.clone(), edits }
    }

    /// How many records it makes or changes.
    pub fn len(&self) -> usize {
        self.creations.len() + self.edits.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// How often an import tells how far it is.
const TOLD: usize = 50;

/// After how many records of so many it tells.
pub(super) fn step(records: usize) -> usize {
    records.div_ceil(TOLD).max(1)
}

impl Store {
    /// Saves what a file brings as one change, which can be taken back like any other. `watch` is told how
    /// many records are written, some fifty times; when it breaks off, the answer is `Stopped`, and the file
    /// is as it was.
    pub async fn import(
        &self,
        import: std::sync::Arc<Import>,
        made_at: DateTime<Utc>,
        made_by: impl Into<String>,
        watch: impl FnMut(usize) -> ControlFlow<()> + Send + 'static,
    ) -> Result<(), SaveError> {
        let made_by = made_by.into();
        self.write(move |connection| run(connection, &import, made_at, made_by, watch)).await
    }

    /// Every patient, by id.
    pub async fn patients(&self) -> Result<Vec<Entry<Patient>>, StoreError> {
        self.read(row::read_all).await
    }

    /// Those of these appointments that the file has, cancelled ones too.
    pub async fn appointments_of(&self, ids: Vec<Id<Appointment>>) -> Result<Vec<Entry<Appointment>>, StoreError> {
        self.read(move |connection| {
            let read = |id| row::read(connection, id).transpose().map(|value| value.map(|value| Entry { id, value }));
            ids.into_iter().filter_map(read).collect()
        })
        .await
    }

    /// Every need, used or not, by id.
    pub async fn needs(&self) -> Result<Vec<Entry<Need>>, StoreError> {
        self.read(row::read_all).await
    }
}

fn run(
    connection: &mut Connection,
    import: &Import,
    made_at: DateTime<Utc>,
    made_by: String,
    mut watch: impl FnMut(usize) -> ControlFlow<()>,
) -> Result<(), SaveError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if history::has(&transaction, import.id)? {
        return Ok(());
    }
    let step = step(import.len());
    let mut told = |done: usize| {
        let goes_on = !done.is_multiple_of(step) || watch(done).is_continue();
        if goes_on { Ok(()) } else { Err(SaveError::Stopped) }
    };
    let header = Change { id: import.id, made_at, made_by, writes: vec![] };
    let appended = history::append(&transaction, &header, None)?;
    for (number, record) in import.creations.iter().enumerate() {
        told(number)?;
        let after = save::create(&transaction, record)?;
        history::append_row(&transaction, appended, number, (record.value.kind(), record.id), (None, Some(after)))?;
    }
    for (number, write) in (import.creations.len()..).zip(&import.edits) {
        told(number)?;
        let saved = save::carry_out(&transaction, write)?;
        history::append_write(&transaction, appended, number, &saved)?;
    }
    // The last moment at which it can be stopped: after this it is on its way to the disk.
    if watch(import.len()).is_break() {
        return Err(SaveError::Stopped);
    }
    save::commit(transaction, &import.edits)
}
