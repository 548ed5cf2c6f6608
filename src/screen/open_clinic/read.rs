//! What the window knows of the file, and how it comes to know it: the later reading always wins.

use std::sync::Arc;

use aftalebog_booking::Setup;
use aftalebog_local::{Booked, Link, OpenNeed, Overview, SavedChange, Store, StoreError, Subject, ThisPc};
use iced::Task;

use super::{Action, Desk, Message, OpenClinic};
use crate::screen::appointment_book::{self, CouldNotRead, Dates};
use crate::screen::synchronising::Received;

/// What the file holds, as far as the window keeps it.
#[derive(Clone, Debug)]
pub struct Read {
    /// It grows with all that is written to the file.
    pub number: u64,
    pub setup: Arc<Setup>,
    pub this_pc: ThisPc,
    /// The server that this PC is paired with.
    pub link: Option<Link>,
    /// Whether online booking was started or stopped, and no server knows it yet.
    pub service_waits: bool,
    /// Whether online booking runs at the server, where that is to change and the server does not know it yet.
    pub running_at_server: Option<bool>,
    pub last_change: Option<SavedChange>,
    /// Whom and what that is about.
    pub subject: Subject,
    /// Changes that no server has yet.
    pub waiting_changes: usize,
    /// Patients who created themselves and wait for the clinic's word.
    pub new_patients: usize,
    /// What came from the server and waits for somebody here.
    pub received: Arc<Received>,
}

impl Read {
    pub async fn all(store: &Store) -> Result<Self, StoreError> {
        let Overview {
            number,
            setup,
            this_pc,
            link,
            service_waits,
            running_at_server,
            last_change,
            subject,
            waiting_changes,
            new_patients,
            unseen,
            clashes,
            set_aside,
        } = store.overview().await?;
        let received = Arc::new(Received::new(unseen, clashes, set_aside));
        Ok(Self {
            number,
            setup,
            this_pc,
            link,
            service_waits,
            running_at_server,
            last_change,
            subject,
            waiting_changes,
            new_patients,
            received,
        })
    }
}

/// Questions of one sort to the file, by their numbers.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Questions {
    asked: u32,
    answered: u32,
}

impl Questions {
    fn ask(&mut self) -> u32 {
        self.asked += 1;
        self.asked
    }

    /// Whether no later answer has come before this one.
    fn is_news(&mut self, number: u32) -> bool {
        let news = number >= self.answered;
        self.answered = self.answered.max(number);
        news
    }
}

impl OpenClinic {
    /// This is what the file holds now, unless something later is known of it.
    pub(super) fn know(&mut self, read: Read, desk: Desk<'_>) {
        if read.number < self.known.read.number {
            return;
        }
        self.not_read = None;
        let received = read.received.clone();
        self.known.read = read;
        self.synchronising.read_anew(received, &self.known.situation(&self.book, desk));
    }

    /// What was last read of the file.
    pub fn read(&self) -> &Read {
        &self.known.read
    }

    /// What the file holds now, although nothing was saved here.
    pub fn read_anew(&mut self, read: Read, desk: Desk<'_>) -> Action {
        self.know(read, desk);
        if self.is_sending()
            && !self.may_send()
            && let Action::Quit = self.sent_or_not(desk)
        {
            return Action::Quit;
        }
        let asking = self.refresh(desk);
        let appointments = self.appointments.read_again(&self.known.store).map(Message::Appointments);
        let patients = self.patients.look_again(&self.known.store).map(Message::Patients);
        let above = Task::batch([appointments, patients, self.ask_meanwhile(desk)]);
        Action::Run(Task::batch([asking, above, self.load(self.book.dates()), self.load_needs()]))
    }

    /// The file could not be read again: what is shown stays, and it can be tried once more.
    pub fn could_not_read(&mut self, error: &StoreError) {
        self.not_read = Some(error.clone());
    }

    /// Asks the file for these dates alone, however much it holds.
    pub(super) fn load(&mut self, dates: Dates) -> Task<Message> {
        let (from, to) = dates.instants(&self.known.read.setup);
        let (number, store) = (self.days.ask(), self.known.store.clone());
        let loading =
            async move { store.appointments_between(from, to).await.map_err(|error| CouldNotRead(Arc::new(error))) };
        Task::perform(loading, move |booked| Message::DaysRead { number, dates, booked })
    }

    pub(super) fn load_needs(&mut self) -> Task<Message> {
        let (number, store) = (self.needs.ask(), self.known.store.clone());
        let loading = async move { store.open_needs().await.map_err(|error| CouldNotRead(Arc::new(error))) };
        Task::perform(loading, move |needs| Message::NeedsRead { number, needs })
    }

    pub(super) fn days_read(
        &mut self,
        number: u32,
        dates: Dates,
        booked: Result<Vec<Booked>, CouldNotRead>,
        desk: Desk<'_>,
    ) -> Action {
        if !self.days.is_news(number) {
            return Action::None;
        }
        self.book_message(appointment_book::Message::BookedRead { dates, booked }, desk)
    }

    pub(super) fn needs_read(
        &mut self,
        number: u32,
        needs: Result<Vec<OpenNeed>, CouldNotRead>,
        desk: Desk<'_>,
    ) -> Action {
        if !self.needs.is_news(number) {
            return Action::None;
        }
        let action = self.book_message(appointment_book::Message::NeedsRead(needs), desk);
        // The check of the settings counts the needs; nothing else above the book does.
        if let Some(settings) = &mut self.settings {
            settings.refresh(&self.known.situation(&self.book, desk));
        }
        action
    }
}
