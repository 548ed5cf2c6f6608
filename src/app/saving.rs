//! What is saved: one change in one transaction, and then what the file holds now; and what is shown of it.

use std::sync::Arc;

use aftalebog_booking::wire::Conflict;
use aftalebog_booking::{Change, Write};
use aftalebog_local::{Decision, Import, SaveError, ThisPc};
use iced::Task;

use super::{App, Desk, Message, NotSaved, Page, is_lost};
use crate::failure;
use crate::screen::files;
use crate::screen::open_clinic::Read;
use crate::screen::synchronising::Again;

impl NotSaved {
    fn of(error: SaveError, again: Again) -> Self {
        match error {
            SaveError::ChangedSince { .. } => Self::ChangedSince(error, again),
            error => Self::Save(error),
        }
    }

    /// `done` is what was to be.
    fn for_log(&self, done: &str) -> String {
        match self {
            Self::Save(error) | Self::ChangedSince(error, _) => format!("not {done}: {error}"),
            Self::Read(error) => format!("{done}, but not read again: {error}"),
        }
    }
}

impl App {
    /// One save: one change in one transaction, and then what the file holds now.
    pub(super) fn save(&mut self, writes: Vec<Write>, this_pc: Option<ThisPc>) -> Task<Message> {
        let again = Again::Save { writes: writes.clone(), this_pc: this_pc.clone() };
        let change = self.change(writes);
        let Page::Clinic(clinic) = &self.page else { return Task::none() };
        let store = clinic.store().clone();
        let saving = async move {
            match (this_pc, change) {
                (Some(this_pc), change) => store.save_this_pc(this_pc, change).await,
                (None, Some(change)) => store.save(change).await,
                (None, None) => Ok(()),
            }
            .map_err(|error| NotSaved::of(error, again))?;
            Read::all(&store).await.map_err(NotSaved::Read)
        };
        self.await_saving(saving)
    }

    /// What a file of another program brings: one change, whose id was made when it was checked.
    pub(super) fn import(&self, import: Arc<Import>, watch: files::Watch) -> Task<Message> {
        let Page::Clinic(clinic) = &self.page else { return Task::none() };
        let (store, now, made_by) = (clinic.store().clone(), self.start.clock.now(), self.start.made_by.clone());
        let again = Again::Import(import.clone());
        let importing = async move {
            let imported = store.import(import, now, made_by, move |done| watch.told(done)).await;
            imported.map_err(|error| NotSaved::of(error, again))?;
            Read::all(&store).await.map_err(NotSaved::Read)
        };
        self.await_saving(importing)
    }

    fn await_saving(&self, saving: impl Future<Output = Result<Read, NotSaved>> + Send + 'static) -> Task<Message> {
        let opening = self.opening;
        Task::perform(saving, move |saved| Message::Saved { opening, saved: Arc::new(saved) })
    }

    /// It was saved in what was open before: nobody here waits for it, but the file may be another one by it.
    pub(super) fn saved_before(&mut self, done: &str, saved: &Result<Read, NotSaved>) -> Task<Message> {
        Task::batch([self.note_failure(done, saved), self.ask_anew()])
    }

    /// Adds a line to the log where what was to be done was not.
    pub(super) fn note_failure(&self, done: &str, outcome: &Result<Read, NotSaved>) -> Task<Message> {
        outcome.as_ref().err().map_or_else(Task::none, |error| self.note(error.for_log(done)))
    }

    /// The change that these writes are: the same one again where it is not known to be saved.
    fn change(&mut self, writes: Vec<Write>) -> Option<Change> {
        if writes.is_empty() {
            return None;
        }
        if self.unanswered.as_ref().is_none_or(|change| change.writes != writes) {
            self.unanswered = Some(Change::new(self.start.clock.now(), self.start.made_by.clone(), writes));
        }
        self.unanswered.clone()
    }

    pub(super) fn undo(&self, id: uuid::Uuid) -> Task<Message> {
        let Page::Clinic(clinic) = &self.page else { return Task::none() };
        let (store, now, made_by) = (clinic.store().clone(), self.start.clock.now(), self.start.made_by.clone());
        let undoing = async move {
            store.undo(id, now, made_by).await.map_err(NotSaved::Save)?;
            Read::all(&store).await.map_err(NotSaved::Read)
        };
        self.await_saving(undoing)
    }

    /// What somebody has decided about a change that was set aside.
    pub(super) fn settle(&self, id: uuid::Uuid, decision: Decision, shown: Vec<Conflict>) -> Task<Message> {
        let Page::Clinic(clinic) = &self.page else { return Task::none() };
        let (store, now, made_by) = (clinic.store().clone(), self.start.clock.now(), self.start.made_by.clone());
        let settling = async move {
            store.settle(id, decision, shown, now, made_by).await.map_err(NotSaved::Save)?;
            Read::all(&store).await.map_err(NotSaved::Read)
        };
        let opening = self.opening;
        Task::perform(settling, move |settled| Message::Settled { opening, settled: Arc::new(settled) })
    }

    pub(super) fn settled(&mut self, settled: &Result<Read, NotSaved>) -> Task<Message> {
        let noted = self.note_failure("settled", settled);
        Task::batch([noted, self.told_settled(settled)])
    }

    fn told_settled(&mut self, settled: &Result<Read, NotSaved>) -> Task<Message> {
        let desk = Desk { texts: &self.texts, now: self.now, clock: self.start.clock };
        let Page::Clinic(clinic) = &mut self.page else { return Task::none() };
        match settled {
            Ok(read) => {
                let action = clinic.settled(read.clone(), desk);
                self.carry_out(action)
            }
            Err(NotSaved::Save(error) | NotSaved::ChangedSince(error, _)) => {
                clinic.not_settled(error, failure::save(&self.texts, error), desk);
                Task::none()
            }
            Err(NotSaved::Read(error)) if is_lost(error) => self.lost(error),
            Err(NotSaved::Read(error)) => {
                // The decision is in the file.
                let action = clinic.settled(clinic.read().clone(), desk);
                clinic.could_not_read(error);
                self.carry_out(action)
            }
        }
    }

    pub(super) fn saved(&mut self, saved: &Result<Read, NotSaved>) -> Task<Message> {
        let noted = self.note_failure("saved", saved);
        Task::batch([noted, self.told_saved(saved)])
    }

    fn told_saved(&mut self, saved: &Result<Read, NotSaved>) -> Task<Message> {
        let desk = Desk { texts: &self.texts, now: self.now, clock: self.start.clock };
        let Page::Clinic(clinic) = &mut self.page else { return Task::none() };
        match saved {
            Ok(read) => {
                self.unanswered = None;
                let action = clinic.saved(read.clone(), desk);
                self.carry_out(action)
            }
            Err(NotSaved::Save(error)) => {
                let action = clinic.failed(error, None, failure::save(&self.texts, error), desk);
                self.carry_out(action)
            }
            Err(NotSaved::ChangedSince(error, again)) => {
                // It is known not to be saved: what is decided about it is another change.
                self.unanswered = None;
                let action = clinic.failed(error, Some(again.clone()), failure::save(&self.texts, error), desk);
                self.carry_out(action)
            }
            Err(NotSaved::Read(error)) if is_lost(error) => self.lost(error),
            Err(NotSaved::Read(error)) => {
                // It is saved all the same.
                self.unanswered = None;
                let action = clinic.saved(clinic.read().clone(), desk);
                clinic.could_not_read(error);
                self.carry_out(action)
            }
        }
    }
}
