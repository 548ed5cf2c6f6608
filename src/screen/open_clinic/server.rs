//! What comes from the booking server: how it stands with it, and what is told of that.

use aftalebog_local::SaveError;
use aftalebog_local::sync::{Connection, Event};
use iced::Task;
use uuid::Uuid;

use super::{Action, Asking, Closing, Desk, Message, OpenClinic, Read};
use crate::screen::appointment_book::{self, Asked};
use crate::screen::settings::Settings;
use crate::screen::synchronising;

impl OpenClinic {
    /// The server's thread tells how it stands, or that something has come.
    pub fn server_told(&mut self, event: Event, desk: Desk<'_>) -> Action {
        match event {
            Event::Status(status) => {
                // Paired, or no longer, without this window having asked for it.
                let paired = status.connection != Connection::NotPaired;
                let turned = paired != self.known.read.link.is_some();
                // What waited is sent: whether patients see what was started or stopped is to be read.
                let sent = status.waiting < self.known.waiting();
                let connected = status.connection == Connection::Online && !self.is_online();
                // A program that is too old is told all the same where to get a newer one.
                let too_old = Connection::TooOld;
                let outgrown = status.connection == too_old && self.known.status.connection != too_old;
                self.known.status = status;
                self.refresh_above(desk);
                self.standing_changed(desk);
                let devices = if connected { self.ask_for_devices() } else { Task::none() };
                let greeting = if connected || outgrown { self.ask_for_greeting() } else { Task::none() };
                let asked = Task::batch([devices, greeting]);
                if self.is_sending()
                    && !self.may_send()
                    && let Action::Quit = self.sent_or_not(desk)
                {
                    return Action::Quit;
                }
                if turned || sent { Action::ReadAnew { first: asked } } else { Action::Run(asked) }
            }
            Event::Arrived(arrived) => {
                self.synchronising.arrived(&arrived);
                Action::ReadAnew { first: Task::none() }
            }
        }
    }

    /// The book shows how it stands with the server, and what nobody has looked at.
    pub(super) fn standing_changed(&mut self, desk: Desk<'_>) {
        let desk = self.known.book_desk(&self.synchronising, desk);
        let _none = self.book.update(appointment_book::Message::StandingChanged, desk);
    }

    /// An appointment was chosen or opened.
    pub(super) fn look_at(&mut self, appointment: Uuid, desk: Desk<'_>) -> Task<Message> {
        let looked_at = self.synchronising.look_at(appointment, &self.known.situation(&self.book, desk));
        looked_at.map_or_else(Task::none, |ids| self.keep_looked_at(ids, desk))
    }

    fn keep_looked_at(&mut self, ids: Vec<Uuid>, desk: Desk<'_>) -> Task<Message> {
        self.standing_changed(desk);
        synchronising::keep_looked_at(self.known.store.clone(), ids).map(Message::Synchronising)
    }

    pub(super) fn synchronising_message(&mut self, message: synchronising::Message, desk: Desk<'_>) -> Action {
        let action = self.synchronising.update(message, &self.known.situation(&self.book, desk));
        match action {
            synchronising::Action::None => Action::None,
            synchronising::Action::SynchroniseNow => {
                if let Some(sync) = &self.known.sync {
                    sync.try_now();
                }
                Action::None
            }
            synchronising::Action::Settle { id, decision, shown } => Action::Settle { id, decision, shown },
            synchronising::Action::ShowConnection => self.show_connection(desk),
            synchronising::Action::Show(led) => {
                let looked_at = self.look_at(led.appointment.uuid(), desk);
                let to = appointment_book::Message::LedTo(led);
                self.book_message(to, desk).along_with(looked_at)
            }
            synchronising::Action::ShowNewPatient(patient) => self.asked(Asked::OpenNewPatients(Some(patient)), desk),
            synchronising::Action::LookedAt(ids) => Action::Run(self.keep_looked_at(ids, desk)),
            synchronising::Action::Told(words) => {
                self.tell(words);
                Action::None
            }
        }
    }

    /// A decision is in the file, and this is what it holds now.
    pub fn settled(&mut self, read: Read, desk: Desk<'_>) -> Action {
        self.known.not_saved = None;
        let reading = match self.read_anew(read, desk) {
            Action::Run(reading) => reading,
            action => return action,
        };
        if let Some(sync) = &self.known.sync {
            sync.wake();
        }
        if let Closing::Now = self.closing_goes_on(desk) {
            return Action::Quit;
        }
        Action::Run(Task::batch([reading, self.synchronising.settled().map(Message::Synchronising)]))
    }

    /// A decision could not be saved, for the reason that `words` say.
    pub fn not_settled(&mut self, error: &SaveError, words: String, desk: Desk<'_>) {
        self.closing = false;
        self.file_failed(error, &words, desk);
        self.synchronising.not_settled(words);
    }

    fn show_connection(&mut self, desk: Desk<'_>) -> Action {
        let situation = self.known.situation(&self.book, desk);
        let mut settings = Settings::new(&situation);
        let action = settings.show_connection(&situation);
        self.settings_action(settings, action)
    }

    /// The window is to close, and nothing typed is lost by it.
    pub(super) fn leave(&mut self, desk: Desk<'_>) -> Closing {
        if self.may_send() {
            self.asking = Some(Asking::Sending);
            if let Some(sync) = &self.known.sync {
                sync.wake();
            }
            return Closing::Later;
        }
        let leaving = self.synchronising.leaving(self.known.waiting(), &self.known.situation(&self.book, desk));
        self.asking = leaving.map(Asking::Leave);
        if leaving.is_some() { Closing::Later } else { Closing::Now }
    }

    /// What the window waited for before it closes is in the file. [`Closing::Later`]: it stays for now, or was not
    /// to close.
    pub(super) fn closing_goes_on(&mut self, desk: Desk<'_>) -> Closing {
        if std::mem::take(&mut self.closing) { self.leave(desk) } else { Closing::Later }
    }

    /// The window closes as soon as what waits is sent.
    pub fn is_sending(&self) -> bool {
        self.asking == Some(Asking::Sending)
    }

    pub(super) fn may_send(&self) -> bool {
        self.is_online() && self.known.waiting() > 0
    }

    pub(super) fn sent_or_not(&mut self, desk: Desk<'_>) -> Action {
        if !self.is_sending() {
            return Action::None;
        }
        let leaving = self.synchronising.leaving(self.known.waiting(), &self.known.situation(&self.book, desk));
        self.asking = leaving.map(Asking::Leave);
        if leaving.is_some() { Action::None } else { Action::Quit }
    }

    /// Which change to decide about has come into the place of another one a moment ago.
    pub fn unread_case(&self) -> Option<u32> {
        self.synchronising.unread_case()
    }

    /// It has stood long enough.
    pub fn case_read(&mut self, number: u32) {
        self.synchronising.case_read(number);
    }

    /// Which notice is shown, for its time to pass.
    pub fn notice_number(&self) -> Option<u32> {
        self.synchronising.notice_number()
    }

    /// The time of a notice has passed.
    pub fn notice_passed(&mut self, number: u32) {
        self.synchronising.notice_passed(number);
    }

    /// This PC is being paired: whose records the file will hold is not known yet.
    pub fn is_pairing(&self) -> bool {
        self.settings.as_ref().is_some_and(Settings::is_pairing)
    }

    pub fn is_online(&self) -> bool {
        self.known.status.connection == Connection::Online
    }

    /// It is shown how long it is to the next try.
    pub fn counts_down(&self) -> bool {
        let shown = self.synchronising.is_open() || self.settings.as_ref().is_some_and(Settings::shows_next_try);
        shown && self.known.status.next_try.is_some()
    }

    /// How it stands with the server, for the log: which state it is, and why.
    pub fn standing_with_server(&self) -> String {
        match &self.known.status.connection {
            Connection::Offline { cause, .. } => format!("offline, {}", cause.code()),
            connection => format!("{connection:?}").to_lowercase(),
        }
    }

    /// Asks which of the clinic's PCs are in touch with the server.
    pub fn ask_for_devices(&self) -> Task<Message> {
        let Some(sync) = self.known.sync.clone() else { return Task::none() };
        let asking = async move { sync.devices().await };
        Task::perform(asking, synchronising::Message::DevicesRead).map(Message::Synchronising)
    }
}
