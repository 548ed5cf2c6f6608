//! A save that met what somebody else has saved: it is asked about before it goes over that.

use std::sync::Arc;

use aftalebog_local::{Met, SaveError};
use aftalebog_texts::fl;
use iced::Task;

use super::{Action, Desk, Message, OpenClinic};
use crate::failure;
use crate::screen::appointment_book::CouldNotRead;
use crate::screen::synchronising::{Again, Answer, Meanwhile};

impl OpenClinic {
    /// Somebody else has saved what was to be saved here. What was typed stays until the person has answered.
    pub(super) fn changed_since(&mut self, error: SaveError, again: Again, desk: Desk<'_>) -> Action {
        self.meanwhile = Some(Meanwhile::new(again, error));
        Action::Run(self.ask_meanwhile(desk))
    }

    /// Asks the file what stands there now.
    pub(super) fn ask_meanwhile(&mut self, desk: Desk<'_>) -> Task<Message> {
        let Some(meanwhile) = &self.meanwhile else { return Task::none() };
        self.meanwhiles += 1;
        let (number, store, now) = (self.meanwhiles, self.known.store.clone(), desk.now);
        let writes = meanwhile.again().writes().to_vec();
        let asking = async move { store.meanwhile(writes, now, "").await };
        Task::perform(asking, move |read| Message::MeanwhileRead {
            number,
            read: read.map(Arc::new).map_err(|error| CouldNotRead(Arc::new(error))),
        })
    }

    pub(super) fn meanwhile_read(
        &mut self,
        number: u32,
        read: Result<Arc<Met>, CouldNotRead>,
        desk: Desk<'_>,
    ) -> Action {
        let situation = self.known.situation(&self.book, desk);
        let Some(meanwhile) = self.meanwhile.as_mut().filter(|_| number == self.meanwhiles) else {
            return Action::None;
        };
        match read {
            Ok(met) => {
                let asked = meanwhile.is_shown();
                match (meanwhile.met(met, &situation), asked) {
                    (Answer::Ask, _) => Action::None,
                    (Answer::Free, false) => self.overwrite(desk),
                    // Nothing is saved that nobody has said yes to.
                    (Answer::Free, true) => self.let_be(&fl!(desk.texts, "meanwhile-gone"), desk),
                }
            }
            Err(CouldNotRead(error)) => self.let_be(&failure::read(desk.texts, &error).1, desk),
        }
    }

    /// What was not saved again, by somebody who knows what others have saved.
    pub(super) fn overwrite(&mut self, desk: Desk<'_>) -> Action {
        let Some(meanwhile) = self.meanwhile.take() else { return Action::None };
        match meanwhile.into_again() {
            Again::Save { writes, this_pc } => Action::Save { writes, this_pc },
            Again::Import(import) => {
                let situation = self.known.situation(&self.book, desk);
                let Some((watch, telling)) = self.files.import_again(&import, &situation) else { return Action::None };
                Action::Import { import, watch, telling: telling.map(Message::Files) }
            }
        }
    }

    /// It is not saved, and what is typed stays where it is.
    pub(super) fn let_be(&mut self, words: &str, desk: Desk<'_>) -> Action {
        // Whoever wanted to close the window wants to look at what they have typed now.
        self.closing = false;
        let Some(meanwhile) = self.meanwhile.take() else { return Action::None };
        self.tell_failure(&meanwhile.into_error(), words.to_owned(), desk)
    }
}
