//! A clinic is fetched from a snapshot, or from one of the copies on this PC: what is in it is shown beside what is here,
//! before anything is replaced.

mod taken;
mod view;

use std::path::PathBuf;
use std::sync::Arc;

use aftalebog_booking::Snapshot;
use aftalebog_local::backup::{self, Backup};
use aftalebog_local::{Content, CopyError, Store};
use aftalebog_texts::Texts;
use iced::Task;

pub use self::taken::{Here, Made, NotTaken, Taken};
use super::files::Watch;
use super::files::place::{self, Kind, Place};
use super::files::progress::Progress;
use super::settings::server::asked::Ticket;
use crate::clock::Clock;
use crate::file_dialog::Picked;
use crate::ui::dialog::Saving;
use crate::ui::focus;
use crate::ui::rows::{self, Rows};

pub struct Restore {
    ground: Ground,
    place: Place,
    /// `None`: they are still being read.
    copies: Option<Copies>,
    /// Of their reading.
    listing: Ticket,
    rows: Rows<usize>,
    step: Step,
    /// Why the last one that was to be read cannot be taken.
    fault: Option<String>,
    /// It has taken more than half a second.
    slow: bool,
}

/// The copies on this PC with what is in them, the newest first.
type Copies = Arc<Vec<(Backup, Result<Content, CopyError>)>>;

/// Where it is asked.
#[derive(Clone)]
pub struct Ground {
    pub standing: Standing,
    /// The file that the records are for.
    pub file: PathBuf,
    /// The clinic that is open.
    pub store: Option<Store>,
    /// It says when that was looked into.
    pub clock: Clock,
    /// Something is typed in a dialog below, and would be lost.
    pub typed: bool,
}

/// What stands in the place where the records are to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// No clinic is on this PC yet.
    Nothing,
    /// A file that cannot be read.
    Unreadable,
    /// Nothing, where a file was: there are copies of it.
    Missing,
    /// The demo's file, which cannot be read.
    UnreadableDemo,
    Clinic,
    /// Everything in it is made up, and stays so: only its own copies are taken.
    Demo,
    /// The booking server has everything; what was put here instead would be on this PC alone.
    Paired,
    /// A newer program has written the file.
    ReadOnly,
}

enum Step {
    Choosing,
    Reading(Ticket),
    /// It is asked whether this is to be taken, and said why it could not be.
    Asking(Box<Taken>, Saving),
    Taking(Box<Taken>, Progress),
}

#[derive(Clone, Debug)]
pub enum Message {
    CopiesRead(Ticket, Copies),
    Place(place::Message),
    Rows(rows::Message),
    ShowPressed,
    CopyRead(Ticket, Result<Box<Taken>, Arc<NotTaken>>),
    TimePassed,
    AnotherPressed,
    TakePressed,
    Told(usize),
    StopPressed,
    ServerPressed,
    ClosePressed,
}

pub enum Action {
    None,
    Run(Task<Message>),
    /// Put these records in the place of what is there, and tell how far it is.
    Take {
        snapshot: Arc<Snapshot>,
        watch: Watch,
        telling: Task<Message>,
    },
    /// Show how this PC stands with its booking server.
    ShowServer,
    Close,
}

impl Standing {
    const fn takes_files(self) -> bool {
        matches!(self, Self::Nothing | Self::Unreadable | Self::Missing | Self::Clinic)
    }

    /// Nothing can be restored here.
    const fn is_barred(self) -> bool {
        matches!(self, Self::Paired | Self::ReadOnly)
    }
}

impl Restore {
    /// Nothing is chosen yet; the copies on this PC are being read.
    pub fn new(ground: Ground) -> (Self, Task<Message>) {
        let listing = Ticket::default();
        let ticket = listing.clone();
        let reading = match ground.standing.is_barred() {
            true => Task::none(),
            false => Task::perform(backup::contents(ground.file.clone()), move |copies| {
                Message::CopiesRead(ticket.clone(), Arc::new(copies))
            }),
        };
        let restore = Self {
            ground,
            place: Place::new(Kind::Read { extensions: &["json", "db"] }),
            copies: None,
            listing,
            rows: Rows::new("copies"),
            step: Step::Choosing,
            fault: None,
            slow: false,
        };
        (restore, reading)
    }

    /// What stands below has become another: where nothing is restored any longer, it is said instead.
    pub fn stands(&mut self, standing: Standing) {
        if standing.is_barred() && !self.is_taking() {
            self.ground.standing = standing;
        }
    }

    /// This file was chosen on the desktop, or dropped on the window: what is in it is shown at once.
    pub fn given(&mut self, file: PathBuf, texts: &Texts) -> Task<Message> {
        if self.is_taking() || !self.ground.standing.takes_files() {
            return Task::none();
        }
        self.step = Step::Choosing;
        let typed = self.place.update(place::Message::Chosen(Picked::File(file)), texts).map(Message::Place);
        Task::batch([typed, self.show_pressed(texts)])
    }

    pub fn update(&mut self, message: Message, texts: &Texts) -> Action {
        match message {
            Message::CopiesRead(ticket, copies) if ticket == self.listing => self.copies_read(copies),
            Message::Place(message) => self.place_message(message, texts),
            Message::Rows(message) => self.rows_message(message, texts),
            Message::ShowPressed => Action::Run(self.show_pressed(texts)),
            Message::CopyRead(ticket, read) if self.waits_for(&ticket) => self.copy_read(read, texts),
            // Of a dialog that was closed, or of another file.
            Message::CopiesRead(..) | Message::CopyRead(..) => Action::None,
            Message::TimePassed => {
                self.slow = true;
                Action::None
            }
            Message::AnotherPressed => self.another_pressed(),
            Message::TakePressed => self.take_pressed(texts),
            Message::Told(done) => self.tell(|progress| progress.told(done, texts)),
            Message::StopPressed => self.tell(|progress| progress.stop(texts)),
            Message::ServerPressed => Action::ShowServer,
            Message::ClosePressed if self.is_taking() => self.tell(|progress| progress.stop(texts)),
            Message::ClosePressed => Action::Close,
        }
    }

    fn tell(&mut self, told: impl FnOnce(&mut Progress)) -> Action {
        if let Step::Taking(_, progress) = &mut self.step {
            told(progress);
        }
        Action::None
    }

    fn copies_read(&mut self, copies: Copies) -> Action {
        self.rows.set((0..copies.len()).collect());
        if self.place.is_given() {
            self.rows.choose_none();
        }
        self.copies = Some(copies);
        Action::None
    }

    fn place_message(&mut self, message: place::Message, texts: &Texts) -> Action {
        self.fault = None;
        let task = self.place.update(message, texts).map(Message::Place);
        if self.place.is_given() {
            self.rows.choose_none();
        }
        Action::Run(task)
    }

    fn rows_message(&mut self, message: rows::Message, texts: &Texts) -> Action {
        let action = self.rows.update(message);
        if self.rows.chosen().is_some() {
            self.place.empty();
            self.fault = None;
        }
        match action {
            rows::Action::Run(task) => Action::Run(task.map(Message::Rows)),
            rows::Action::Edit => Action::Run(self.show_pressed(texts)),
            rows::Action::None | rows::Action::New | rows::Action::Delete | rows::Action::Menu(..) => Action::None,
        }
    }

    /// Reads the file that is given, or else the copy that is chosen.
    fn show_pressed(&mut self, texts: &Texts) -> Task<Message> {
        let Step::Choosing = self.step else { return Task::none() };
        self.fault = None;
        let ground = self.ground.clone();
        let copies = self.copies.as_deref().map_or(&[][..], Vec::as_slice);
        let chosen = self.rows.chosen().and_then(|index| copies.get(index)).filter(|_| !self.place.is_given());
        let reading = match chosen {
            Some((copy, _)) => Task::future(taken::of_copy(copy.clone(), ground)),
            None => match self.place.given(texts) {
                Some(given) => Task::future(taken::of_file(given.path, ground)),
                None => return focus::set(place::ID),
            },
        };
        let ticket = Ticket::default();
        (self.step, self.slow) = (Step::Reading(ticket.clone()), false);
        reading.map(move |read| Message::CopyRead(ticket.clone(), read.map(Box::new).map_err(Arc::new)))
    }

    fn waits_for(&self, ticket: &Ticket) -> bool {
        matches!(&self.step, Step::Reading(waits) if waits == ticket)
    }

    fn copy_read(&mut self, read: Result<Box<Taken>, Arc<NotTaken>>, texts: &Texts) -> Action {
        match read {
            Ok(taken) => {
                self.step = Step::Asking(taken, Saving::Idle);
                Action::Run(self.focus_answer())
            }
            Err(why) => {
                self.step = Step::Choosing;
                if self.place.is_given() {
                    self.place.refuse(why.words(texts));
                    return Action::Run(focus::set(place::ID));
                }
                self.fault = Some(why.words(texts));
                Action::Run(self.rows.reveal_chosen())
            }
        }
    }

    /// What loses something is not done by an Enter that was meant for the step before.
    fn focus_answer(&self) -> Task<Message> {
        focus::set(if self.replaces() { "restore-cancel" } else { "restore-take" })
    }

    /// A clinic is open, and would be replaced.
    fn replaces(&self) -> bool {
        self.ground.store.is_some()
    }

    /// Another file or copy is to be chosen.
    fn another_pressed(&mut self) -> Action {
        if self.is_taking() {
            return Action::None;
        }
        self.step = Step::Choosing;
        Action::Run(match self.rows.chosen() {
            Some(_) => self.rows.reveal_chosen(),
            None => focus::set(place::ID),
        })
    }

    fn take_pressed(&mut self, texts: &Texts) -> Action {
        let taken = match std::mem::replace(&mut self.step, Step::Choosing) {
            Step::Asking(taken, _) if !self.ground.standing.is_barred() => taken,
            step => {
                self.step = step;
                return Action::None;
            }
        };
        let snapshot = taken.snapshot.clone();
        let (progress, watch, telling) = Progress::begin(snapshot.records.len(), texts);
        (self.step, self.slow) = (Step::Taking(taken, progress), false);
        Action::Take { snapshot, watch, telling: telling.map(Message::Told) }
    }

    /// Nothing was replaced, for the reason that `words` say.
    pub fn failed(&mut self, words: String) -> Task<Message> {
        self.step = match std::mem::replace(&mut self.step, Step::Choosing) {
            Step::Taking(taken, _) => Step::Asking(taken, Saving::Failed(words)),
            step => step,
        };
        self.focus_answer()
    }

    /// When the copy was made that is being taken.
    pub fn made(&self) -> Option<Made> {
        match &self.step {
            Step::Taking(taken, _) | Step::Asking(taken, _) => Some(taken.made),
            Step::Choosing | Step::Reading(_) => None,
        }
    }

    /// Its records are on their way into the file.
    pub fn is_taking(&self) -> bool {
        matches!(self.step, Step::Taking(..))
    }

    /// Why nothing was replaced is still to be read.
    pub fn has_failed(&self) -> bool {
        matches!(self.step, Step::Asking(_, Saving::Failed(_)))
    }

    /// What is on its way into the file is to stop.
    pub fn stop(&mut self, texts: &Texts) {
        let _none = self.tell(|progress| progress.stop(texts));
    }

    /// Whether the person is to be told should it take longer.
    pub fn may_be_slow(&self) -> bool {
        matches!(self.step, Step::Reading(_) | Step::Taking(..)) && !self.slow
    }

    /// The language has turned.
    pub fn refresh(&mut self, texts: &Texts) {
        self.fault = None;
        let _none = self.tell(|progress| progress.refresh(texts));
    }
}
