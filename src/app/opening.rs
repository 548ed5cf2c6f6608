//! How a clinic comes to be open: the file, the demo, a snapshot, a backup; and what is shown where
//! none is.

use std::path::PathBuf;
use std::sync::Arc;

use aftalebog_booking::{Snapshot, demo, zone};
use aftalebog_local::backup::Backup;
use aftalebog_local::sync::{Options, Sync, Vault};
use aftalebog_local::{Access, OpenError, Store, StoreError, WhenPaired, backup};
use iced::Task;

use super::{App, File, Keys, Message, NotOpened, NotSaved, Page, Reading, Wait};
use crate::failure;
use crate::screen::new_clinic::{self, NewClinic};
use crate::screen::open_clinic::{self as clinic, Kind, OpenClinic, Read};
use crate::screen::problem::{self, Offer, Problem, Remedy, Trouble};
use crate::screen::welcome::{self, Welcome};

impl App {
    pub(super) fn path(&self) -> PathBuf {
        match self.start.file {
            File::Clinic => self.start.folder.clinic(),
            File::Demo => self.start.folder.demo(),
        }
    }

    /// Opens the file; the demo's is made where there is none.
    pub(super) fn open(&mut self) -> Task<Message> {
        let (path, now) = (self.path(), self.start.clock.now());
        let demo = (self.start.file == File::Demo).then(|| self.demo_today());
        let opening = async move {
            let store = match (Store::open(path.clone(), now).await, demo) {
                (Err(OpenError::Missing), Some(today)) => {
                    Store::create(path, demo::demo_clinic(today, demo::SEED), now).await
                }
                (opened, _) => opened,
            };
            let store = store.map_err(NotOpened::Open)?;
            let read = Read::all(&store).await.map_err(NotOpened::Read)?;
            Ok((store, read))
        };
        self.await_opening(opening)
    }

    pub(super) fn await_opening(
        &mut self,
        opened: impl Future<Output = Result<(Store, Read), NotOpened>> + Send + 'static,
    ) -> Task<Message> {
        self.opening += 1;
        self.reading = Reading::Idle;
        let opening = self.opening;
        Task::perform(opened, move |opened| Message::Opened { opening, opened: Arc::new(opened) })
    }

    /// The demo clinic's date: it is in Denmark.
    pub(super) fn demo_today(&self) -> chrono::NaiveDate {
        zone::local(chrono_tz::Europe::Copenhagen, self.start.clock.now()).date()
    }

    pub(super) fn opened(&mut self, opened: &Result<(Store, Read), NotOpened>) -> Task<Message> {
        self.now = self.start.clock.now();
        match opened {
            Ok((store, read)) => {
                let noted = self.note(match self.start.file {
                    File::Clinic => "the clinic is open",
                    File::Demo => "the demo clinic is open",
                });
                let kind = if self.start.file == File::Demo { Kind::Demo } else { Kind::Real };
                let sync = self.start_sync(store);
                let (clinic, loading) =
                    OpenClinic::new(store.clone(), sync, read.clone(), kind, self.start.seen.clone(), self.desk());
                let mut clinic = clinic.with_put_away(self.start.put_away);
                if let Some(words) = self.words_of_restored(read) {
                    clinic.tell(words);
                }
                let (mut closing, mut first) = (false, clinic::Action::None);
                match &self.page {
                    Page::NewClinic(new) => {
                        // What is left is told in the settings.
                        clinic.open_settings(self.desk());
                        closing = new.closes_when_made();
                    }
                    Page::Welcome(welcome) if welcome.is_connecting() => first = clinic.connect(self.desk()),
                    _ => {}
                }
                self.page = Page::Clinic(Box::new(clinic));
                let first = self.carry_out(first);
                if closing {
                    return self.quit();
                }
                let store = store.clone();
                let looking_through = async move { Message::LookedThrough(Arc::new(store.look_through().await)) };
                let listening = Task::done(Message::ServerListened { opening: self.opening });
                Task::batch([loading.map(Message::Clinic), first, Task::future(looking_through), listening, noted])
            }
            Err(error) => {
                let noted = self.note(match error {
                    NotOpened::Open(OpenError::Missing) => "no clinic in this folder".to_owned(),
                    NotOpened::Open(error) => format!("not opened: {error}"),
                    NotOpened::Read(error) => format!("not read: {error}"),
                });
                Task::batch([noted, self.not_opened(error)])
            }
        }
    }

    /// The thread that keeps the file and the booking server together; none where a newer program has written the
    /// file, and nothing may be saved.
    fn start_sync(&self, store: &Store) -> Option<Sync> {
        let Access::ReadWrite = store.access() else { return None };
        let (file, clock) = (self.path(), self.start.clock);
        let vault = match self.start.keys {
            Keys::Vault => Vault::of_system(&file),
            Keys::File => Vault::of_files(&file),
        };
        let clock = Arc::new(move || clock.now());
        Some(Sync::start(store.clone(), Options { vault, clock, device_name: self.start.made_by.clone() }))
    }

    /// Today's copy, unless there is one.
    pub(super) fn back_up(&self) -> Task<Message> {
        let Page::Clinic(clinic) = &self.page else { return Task::none() };
        let (store, now) = (clinic.store().clone(), self.start.clock.now());
        let log = self.start.log.clone();
        let copying = async move {
            let copied = store.daily_backup(now).await;
            if let Err(error) = &copied {
                // There is no other place where it could be told that it cannot be noted.
                drop(log.write(now, format!("no daily copy: {error}")));
            }
            copied.map(drop).map_err(Arc::new)
        };
        Task::perform(copying, clinic::Message::BackedUp).map(Message::Clinic)
    }

    pub(super) fn not_opened(&mut self, error: &NotOpened) -> Task<Message> {
        let words = match error {
            NotOpened::Open(error) => failure::open(&self.texts, error).1,
            NotOpened::Read(error) => failure::read(&self.texts, error).1,
        };
        if let Page::NewClinic(new) = &mut self.page {
            return new.failed(words).map(Message::NewClinic);
        }
        let ((heading, explanation), broken) = match error {
            NotOpened::Open(OpenError::Missing) => {
                return Task::perform(backup::last_good_backup(self.path()), Message::LostFileSearched);
            }
            NotOpened::Open(error) => {
                let broken = matches!(error, OpenError::Damaged { .. } | OpenError::Migration { .. });
                (failure::open(&self.texts, error), broken)
            }
            NotOpened::Read(error) => (failure::read(&self.texts, error), matches!(error, StoreError::Damaged { .. })),
        };
        self.show_problem(heading, explanation, if broken { Remedy::Searching } else { Remedy::Retry });
        if broken { Task::perform(backup::last_good_backup(self.path()), Message::BackupFound) } else { Task::none() }
    }

    pub(super) fn show_problem(&mut self, heading: String, explanation: String, remedy: Remedy) {
        let file = self.path();
        // What it was about to replace is not there any more; nor is what anybody still waits for.
        if let Some(mut restore) = self.restore.take() {
            restore.stop(&self.texts);
        }
        (self.opening, self.closing) = (self.opening + 1, false);
        self.page = Page::Problem(Box::new(Problem { file, heading, explanation, remedy }));
    }

    pub(super) fn welcome_message(&mut self, message: welcome::Message) -> Task<Message> {
        let Page::Welcome(welcome) = &mut self.page else { return Task::none() };
        match welcome.update(message) {
            welcome::Action::None => Task::none(),
            welcome::Action::TurnLanguage => self.language_pressed(),
            welcome::Action::NewClinic => {
                self.page = Page::NewClinic(Box::new(NewClinic::new(&self.texts)));
                Task::none()
            }
            welcome::Action::Connect => {
                self.start.file = File::Clinic;
                let nothing = NewClinic::with_nothing_in_it(&self.texts);
                self.make(nothing)
            }
            welcome::Action::OpenDemo => {
                self.start.file = File::Demo;
                self.open()
            }
            welcome::Action::Restore => self.ask_to_restore(),
        }
    }

    pub(super) fn new_clinic_message(&mut self, message: new_clinic::Message) -> Task<Message> {
        let Page::NewClinic(new) = &mut self.page else { return Task::none() };
        match new.update(message, &self.texts) {
            new_clinic::Action::None => Task::none(),
            new_clinic::Action::Run(task) => task.map(Message::NewClinic),
            new_clinic::Action::TurnLanguage => self.language_pressed(),
            new_clinic::Action::Leave => {
                self.page = Page::Welcome(Welcome::default());
                Task::none()
            }
            new_clinic::Action::Create(snapshot) => {
                self.start.file = File::Clinic;
                self.make(snapshot)
            }
            new_clinic::Action::Quit => iced::exit(),
        }
    }

    /// Makes the clinic's file from a snapshot, and opens it.
    fn make(&mut self, snapshot: Snapshot) -> Task<Message> {
        let (path, now) = (self.path(), self.start.clock.now());
        let making = async move {
            let store = Store::create(path, snapshot, now).await.map_err(NotOpened::Open)?;
            let read = Read::all(&store).await.map_err(NotOpened::Read)?;
            Ok((store, read))
        };
        self.await_opening(making)
    }

    pub(super) fn problem_message(&mut self, message: problem::Message) -> Task<Message> {
        let Page::Problem(problem) = &mut self.page else { return Task::none() };
        match message {
            problem::Message::RetryPressed => {
                self.page = Page::Opening(Wait::Short);
                self.open()
            }
            problem::Message::QuitPressed => iced::exit(),
            problem::Message::LanguagePressed => self.language_pressed(),
            problem::Message::FetchPressed => self.ask_to_restore(),
            problem::Message::RestorePressed => {
                let Remedy::Restore(offer) = &problem.remedy else { return Task::none() };
                let offer = offer.clone();
                problem.remedy = Remedy::Restoring(offer.clone());
                let restoring = backup::restore(self.path(), offer.copy.file.clone(), self.start.clock.now());
                Task::perform(restoring, move |restored| {
                    let (offer, restored) = (offer.clone(), Arc::new(restored));
                    Message::Restored { offer, restored }
                })
            }
        }
    }

    /// What was opened can no longer be read: it is let go, so that it can be opened again.
    pub(super) fn lost(&mut self, error: &StoreError) -> Task<Message> {
        let noted = self.note(format!("lost: {error}"));
        Task::batch([noted, self.let_go(error)])
    }

    fn let_go(&mut self, error: &StoreError) -> Task<Message> {
        let Page::Clinic(clinic) = &self.page else { return Task::none() };
        let closing = clinic.store().clone().close();
        let (heading, explanation) = failure::read(&self.texts, error);
        if !matches!(error, StoreError::Damaged { .. }) {
            self.show_problem(heading, explanation, Remedy::Retry);
            return Task::perform(closing, |()| Message::Done);
        }
        self.show_problem(heading, explanation, Remedy::Searching);
        let path = self.path();
        let searching = async move {
            closing.await;
            backup::last_good_backup(path).await
        };
        Task::perform(searching, Message::BackupFound)
    }

    /// The demo clinic is made anew; a copy of the old one is kept.
    pub(super) fn begin_again(&mut self) -> Task<Message> {
        let Page::Clinic(clinic) = &self.page else { return Task::none() };
        let (store, sync, now) = (clinic.store().clone(), clinic.sync().cloned(), self.start.clock.now());
        let snapshot = demo::demo_clinic(self.demo_today(), demo::SEED);
        let replacing = async move {
            let _copy = store.replace(snapshot, WhenPaired::Unpair, now).await.map_err(NotSaved::Save)?;
            // The file has forgotten its server: so do the vault and, if it can be reached, the server.
            if let Some(sync) = sync {
                let _not_paired = sync.unpair().await;
            }
            Read::all(&store).await.map_err(NotSaved::Read)
        };
        let opening = self.opening;
        Task::perform(replacing, move |begun| Message::BegunAgain { opening, begun: Arc::new(begun) })
    }

    pub(super) fn begun_again(&mut self, begun: &Result<Read, NotSaved>) -> Task<Message> {
        let noted = self.note_failure("begun again", begun);
        let Page::Clinic(clinic) = &mut self.page else { return noted };
        let shown = match begun {
            Ok(read) => {
                let opened = Ok((clinic.store().clone(), read.clone()));
                self.turn();
                self.opened(&opened)
            }
            Err(NotSaved::Save(error) | NotSaved::ChangedSince(error, _)) => {
                clinic.not_begun_again(failure::save(&self.texts, error));
                Task::none()
            }
            Err(NotSaved::Read(error)) => self.lost(error),
        };
        Task::batch([noted, shown])
    }

    /// The newest copy is in the place of what could not be opened, or is not.
    pub(super) fn restored(&mut self, offer: Offer, restored: &Result<Option<PathBuf>, StoreError>) -> Task<Message> {
        match restored {
            Ok(set_aside) => {
                if let Page::Problem(problem) = &mut self.page {
                    problem.remedy = Remedy::Restored { copy: offer.copy, set_aside: set_aside.clone() };
                }
                Task::batch([self.note("fetched from the newest copy"), self.open()])
            }
            Err(error) => {
                let (heading, explanation) = failure::read(&self.texts, error);
                self.show_problem(heading, explanation, Remedy::Restore(offer));
                self.note(format!("not fetched from the newest copy: {error}"))
            }
        }
    }

    /// The newest good backup was looked for.
    pub(super) fn backup_found(&mut self, found: Option<Backup>) {
        let none = if self.start.file == File::Demo { Remedy::NoBackupOfDemo } else { Remedy::NoBackup };
        if let Page::Problem(problem) = &mut self.page {
            let offered = |copy| Remedy::Restore(Offer { copy, trouble: Trouble::Damaged });
            problem.remedy = found.map_or(none, offered);
        }
    }

    /// The clinic that is open becomes another: what is still on its way was asked of the one before.
    pub(super) fn turn(&mut self) {
        (self.opening, self.reading, self.unanswered) = (self.opening + 1, Reading::Idle, None);
    }
}
