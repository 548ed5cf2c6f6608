//! What a window keeps of the file, as of one moment.

use std::sync::Arc;

use aftalebog_booking::Setup;
use rusqlite::Connection;

use super::appointment::{self, Booked};
use super::history::{self, SavedChange, Subject};
use super::link::{self, Link};
use super::notice::{self, Unseen};
use super::settle::{self, SetAside};
use super::this_pc::{self, ThisPc};
use super::{Store, outbox, patient, save};
use crate::error::{Damage, StoreError};

/// What the file holds, but for the book's days: all of it between two saves.
#[derive(Clone, Debug)]
pub struct Overview {
    /// It grows with all that is written: of two the one with the higher number is the later one.
    pub number: u64,
    pub setup: Arc<Setup>,
    pub this_pc: ThisPc,
    /// The server that this PC is paired with.
    pub link: Option<Link>,
    /// Whether online booking was started or stopped, and no server knows it yet.
    pub service_waits: bool,
    /// Whether online booking runs at the server, where that is to change and the server does not know it yet.
    pub running_at_server: Option<bool>,
    /// The newest change that can be taken back.
    pub last_change: Option<SavedChange>,
    /// Whom and what that is about.
    pub subject: Subject,
    /// Changes that no server has yet.
    pub waiting_changes: usize,
    /// Patients who created themselves and wait for the clinic's word.
    pub new_patients: usize,
    /// What patients did online and nobody has looked at, the oldest first, with the appointments as they are now.
    pub unseen: Vec<(Unseen, Option<Booked>)>,
    /// Appointments that stand on others until somebody decides, by start.
    pub clashes: Vec<Booked>,
    /// Saves that the server did not take, the oldest first.
    pub set_aside: Vec<SetAside>,
}

impl Store {
    pub async fn overview(&self) -> Result<Overview, StoreError> {
        self.read(overview).await?.ok_or(StoreError::Damaged { reason: Damage::Incomplete })
    }
}

/// `None`: there is no clinic in it.
fn overview(connection: &Connection) -> rusqlite::Result<Option<Overview>> {
    let Some(setup) = save::setup(connection)? else { return Ok(None) };
    let last_change = history::last_change(connection)?;
    let subject = last_change.as_ref().map(|change| history::subject(connection, change)).transpose()?;
    let unseen = notice::unseen(connection)?.into_iter().map(|unseen| {
        let booked = appointment::booked_of(connection, &[unseen.appointment])?.pop();
        Ok((unseen, booked))
    });
    Ok(Some(Overview {
        number: connection.total_changes(),
        setup: Arc::new(setup),
        this_pc: this_pc::read(connection)?,
        link: link::read(connection)?,
        service_waits: outbox::service_waits(connection)?,
        running_at_server: outbox::running_at_server(connection)?,
        last_change,
        subject: subject.unwrap_or_default(),
        waiting_changes: outbox::counts(connection)?.waiting,
        new_patients: patient::new_patients_count(connection)?,
        unseen: unseen.collect::<rusqlite::Result<_>>()?,
        clashes: appointment::clashes(connection)?,
        set_aside: settle::set_aside_changes(connection)?,
    }))
}
