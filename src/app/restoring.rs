//! A clinic is fetched from a copy: into the file that is open, in the place of one that cannot be read, or as the
//! first on this PC.

use std::path::PathBuf;
use std::sync::Arc;

use aftalebog_booking::Snapshot;
use aftalebog_local::{Access, OpenError, Present, SaveError, Store, StoreError, WhenPaired};
use aftalebog_texts::{Texts, fl};
use iced::Task;

use super::{App, Desk, File, Message, NotReplaced, Page, Replacement};
use crate::failure;
use crate::screen::files::Watch;
use crate::screen::open_clinic::Read;
use crate::screen::problem::{Offer, Remedy, Trouble};
use crate::screen::restore::{self, Ground, Made, Restore, Standing};
use crate::screen::welcome::Welcome;

impl NotReplaced {
    fn for_log(&self) -> String {
        match self {
            Self::Open(error) => format!("not fetched from a copy: {error}"),
            Self::Save(error) => format!("not fetched from a copy: {error}"),
            Self::Read(error) => format!("fetched from a copy, but not read: {error}"),
        }
    }

    /// The person has stopped it.
    const fn is_stopped(&self) -> bool {
        matches!(self, Self::Open(OpenError::Stopped) | Self::Save(SaveError::Stopped))
    }
}

impl App {
    /// Where records are to go from the page that is shown; `None`: it is no page from which one can be fetched.
    fn ground(&self) -> Option<Ground> {
        let (standing, file) = (self.standing()?, self.path());
        let (store, typed) = match &self.page {
            Page::Clinic(clinic) => (Some(clinic.store().clone()), clinic.is_edited()),
            Page::NewClinic(new) => (None, new.is_edited()),
            _ => (None, false),
        };
        Some(Ground { standing, file, store, clock: self.start.clock, typed })
    }

    fn standing(&self) -> Option<Standing> {
        let demo = self.start.file == File::Demo;
        match &self.page {
            Page::Welcome(welcome) if !welcome.is_busy() => Some(Standing::Nothing),
            Page::NewClinic(new) if !new.is_busy() => Some(Standing::Nothing),
            Page::Problem(problem) if problem.remedy.may_fetch() => Some(match &problem.remedy {
                _ if demo => Standing::UnreadableDemo,
                Remedy::Restore(Offer { trouble: Trouble::Missing, .. }) => Standing::Missing,
                _ => Standing::Unreadable,
            }),
            Page::Clinic(clinic) if !clinic.is_pairing() => Some(match clinic.store().access() {
                Access::ReadOnly(_) => Standing::ReadOnly,
                Access::ReadWrite if clinic.read().link.is_some() => Standing::Paired,
                Access::ReadWrite if demo => Standing::Demo,
                Access::ReadWrite => Standing::Clinic,
            }),
            Page::Opening(_) | Page::Welcome(_) | Page::NewClinic(_) | Page::Problem(_) | Page::Clinic(_) => None,
        }
    }

    /// After each message: the clinic may have been paired since it was asked.
    pub(super) fn restore_stands(&mut self) {
        let standing = self.standing();
        if let (Some(restore), Some(standing)) = (&mut self.restore, standing) {
            restore.stands(standing);
        }
    }

    /// Opens the dialog, with nothing chosen yet.
    pub(super) fn ask_to_restore(&mut self) -> Task<Message> {
        let Some(ground) = self.ground() else { return Task::none() };
        let (restore, listing) = Restore::new(ground);
        self.restore = Some(Box::new(restore));
        listing.map(Message::Restore)
    }

    /// After each message: asks about the file that was given, as soon as there is a page to ask on, and whatever is
    /// on its way has come to its end and was read.
    pub(super) fn ask_about_given(&mut self) -> Task<Message> {
        let later = |restore: &Restore| restore.is_taking() || restore.has_failed();
        if self.restore.as_deref().is_some_and(later) || self.ground().is_none() {
            return Task::none();
        }
        let Some(given) = self.start.given.take() else { return Task::none() };
        // Whoever gives a file wants to see what is asked about it.
        self.over.clear();
        let asking = self.ask_to_restore();
        let Some(restore) = &mut self.restore else { return asking };
        let shown = restore.given(given, &self.texts).map(Message::Restore);
        Task::batch([asking, shown])
    }

    /// A file was dropped on the window.
    pub(super) fn dropped(&mut self, path: PathBuf) -> Task<Message> {
        if let Some(restore) = &mut self.restore {
            return restore.given(path, &self.texts).map(Message::Restore);
        }
        let desk = Desk { texts: &self.texts, now: self.now, clock: self.start.clock };
        if let Page::Clinic(clinic) = &mut self.page {
            return clinic.dropped(path, desk).map(Message::Clinic);
        }
        // Where no clinic is open, it is as good as a double-click, unless one is just being made or opened.
        if self.standing().is_some() {
            self.start.given = Some(path);
        }
        Task::none()
    }

    pub(super) fn restore_message(&mut self, message: restore::Message) -> Task<Message> {
        let Some(restore) = &mut self.restore else { return Task::none() };
        match restore.update(message, &self.texts) {
            restore::Action::None => Task::none(),
            restore::Action::Run(task) => task.map(Message::Restore),
            restore::Action::Close => {
                self.restore = None;
                Task::none()
            }
            restore::Action::ShowServer => {
                self.restore = None;
                let desk = Desk { texts: &self.texts, now: self.now, clock: self.start.clock };
                let Page::Clinic(clinic) = &mut self.page else { return Task::none() };
                let action = clinic.connect(desk);
                self.carry_out(action)
            }
            restore::Action::Take { snapshot, watch, telling } => {
                Task::batch([telling.map(Message::Restore), self.replace(snapshot, watch)])
            }
        }
    }

    /// Puts the records in the place of what is there.
    fn replace(&self, snapshot: Arc<Snapshot>, watch: Watch) -> Task<Message> {
        let now = self.start.clock.now();
        let told = move |done| watch.told(done);
        let file = match self.page {
            // The first page belongs to the clinic, whatever the program was started for.
            Page::Welcome(_) | Page::NewClinic(_) => self.start.folder.clinic(),
            _ => self.path(),
        };
        let store = match &self.page {
            Page::Clinic(clinic) => Some(clinic.store().clone()),
            _ => None,
        };
        let present = if let Page::Problem(_) = self.page { Present::SetAside } else { Present::Stays };
        let replacing = async move {
            let snapshot = Arc::unwrap_or_clone(snapshot);
            let (store, copy) = match store {
                Some(store) => {
                    // It may have been paired since the dialog was opened.
                    let replaced = store.replace_watched(snapshot, WhenPaired::Refuse, now, told).await;
                    let copy = replaced.map_err(NotReplaced::Save)?;
                    (store, Some(copy))
                }
                None => {
                    let made = Store::create_watched(file, snapshot, present, now, told).await;
                    (made.map_err(NotReplaced::Open)?, None)
                }
            };
            let read = Read::all(&store).await.map_err(NotReplaced::Read)?;
            Ok((store, read, copy))
        };
        let opening = self.opening;
        Task::perform(replacing, move |replaced| Message::Replaced { opening, replaced: Arc::new(replaced) })
    }

    /// What was to be replaced is open no longer; what came of it is shown once the file is opened again.
    pub(super) fn replaced_too_late(&self, replaced: &Result<Replacement, NotReplaced>) -> Task<Message> {
        self.note(match replaced {
            Ok(_) => "fetched from a copy, too late to be shown".to_owned(),
            Err(error) => error.for_log(),
        })
    }

    pub(super) fn replaced(&mut self, replaced: &Result<Replacement, NotReplaced>) -> Task<Message> {
        let closing = std::mem::take(&mut self.closing);
        let (store, read, copy) = match replaced {
            Ok(replaced) => replaced,
            Err(error) => return self.not_replaced(error, closing),
        };
        let noted = self.note("fetched from a copy");
        let (made, standing) = (self.restore.take().and_then(|restore| restore.made()), self.standing());
        self.leave_first_page();
        // What is still on its way was asked of the clinic as it was.
        self.turn();
        let opened = self.opened(&Ok((store.clone(), read.clone())));
        if let (Page::Clinic(clinic), Some(made)) = (&mut self.page, made) {
            let texts = &self.texts;
            let (done, rest) = match (copy, standing) {
                (Some(_copy), _) => (fl!(texts, "restore-done"), vec![fl!(texts, "restore-before")]),
                (None, Some(Standing::Unreadable | Standing::UnreadableDemo)) => {
                    (fl!(texts, "restore-fetched"), vec![fl!(texts, "restore-since"), fl!(texts, "restore-aside")])
                }
                (None, Some(Standing::Missing)) => (fl!(texts, "restore-fetched"), vec![fl!(texts, "restore-since")]),
                (None, _) => (fl!(texts, "restore-fetched"), vec![]),
            };
            clinic.tell(sentences(done, made, rest, texts));
        }
        let next = if closing { self.quit() } else { opened };
        Task::batch([noted, next])
    }

    /// Which copy the clinic that is open now was fetched from, by the page that it takes the place of.
    pub(super) fn words_of_restored(&self, read: &Read) -> Option<String> {
        let Page::Problem(problem) = &self.page else { return None };
        let Remedy::Restored { copy, set_aside } = &problem.remedy else { return None };
        let texts = &self.texts;
        let since = match read.link {
            // The copy is of the PC as it was connected: it goes on from there.
            Some(_) => fl!(texts, "restore-since-paired"),
            None => fl!(texts, "restore-since"),
        };
        let aside = set_aside.as_ref().map(|_name| fl!(texts, "restore-aside"));
        Some(sentences(
            fl!(texts, "restore-fetched"),
            Made::of(copy),
            [Some(since), aside].into_iter().flatten(),
            texts,
        ))
    }

    fn not_replaced(&mut self, error: &NotReplaced, closing: bool) -> Task<Message> {
        let noted = self.note(error.for_log());
        let words = match error {
            NotReplaced::Read(error) => return Task::batch([noted, self.not_read_again(error)]),
            NotReplaced::Open(error) => failure::open(&self.texts, error).1,
            NotReplaced::Save(error) => failure::replace(&self.texts, error),
        };
        // Whoever has stopped it knows why the clinic is as it was; anybody else is to read it.
        if closing && error.is_stopped() {
            return Task::batch([noted, self.quit()]);
        }
        let failed = self.restore.as_mut().map(|restore| restore.failed(words).map(Message::Restore));
        // The reason may be one that is not known here yet: that this PC is paired.
        Task::batch([noted, failed.unwrap_or_else(Task::none), self.ask_anew()])
    }

    /// The clinic that is there now was made from a copy, whatever the program was started for, and not step by step.
    fn leave_first_page(&mut self) {
        if let Page::Welcome(_) | Page::NewClinic(_) = self.page {
            self.start.file = File::Clinic;
            self.page = Page::Welcome(Welcome::default());
        }
    }

    /// The records are in the file, but what it holds now is not known.
    fn not_read_again(&mut self, error: &StoreError) -> Task<Message> {
        self.restore = None;
        if let Page::Clinic(_) = self.page {
            return self.lost(error);
        }
        self.leave_first_page();
        let (heading, explanation) = failure::read(&self.texts, error);
        self.show_problem(heading, explanation, Remedy::Retry);
        Task::none()
    }
}

/// What was done, of when the copy is as far as that is known, and the rest.
fn sentences(done: String, made: Made, rest: impl IntoIterator<Item = String>, texts: &Texts) -> String {
    let from = match made {
        Made::Unknown => None,
        Made::On(_) | Made::At(_) => Some(fl!(texts, "restore-from", made = made.words(texts))),
    };
    [done].into_iter().chain(from).chain(rest).collect::<Vec<_>>().join(" ")
}
