//! An open clinic: the appointment book, the settings over it, and what is told over the book.

mod above;
mod meanwhile;
mod new_version;
mod read;
mod server;
mod told;
mod view;

use std::path::PathBuf;
use std::sync::Arc;

use aftalebog_booking::program::Version;
use aftalebog_booking::wire::{Conflict, Hello};
use aftalebog_booking::{Write, zone};
use aftalebog_local::sync::{Fault, Status, Sync};
use aftalebog_local::{
    Access, Booked, Decision, Import, Met, OpenNeed, Refusal, SaveError, SavedChange, Store, StoreError, ThisPc,
};
use aftalebog_texts::guide::Topic;
use aftalebog_texts::{Texts, fl};
use chrono::{DateTime, NaiveDate, Utc};
use iced::Task;

use crate::clock::Clock;
use crate::failure;
use crate::screen::appointment_book::{self, AppointmentBook, CouldNotRead, Dates, Seen};
use crate::screen::appointments::{self, Appointments};
use crate::screen::files::{self, Files};
use crate::screen::patients::{self, Patients};
use crate::screen::settings::server::asked::{Answer, Ticket};
use crate::screen::settings::{self, Editing, Settings, Situation, Undoable, undo};
use crate::screen::synchronising::{self, Again, Leaving, Meanwhile, Synchronising};
use crate::ui::dialog::Saving;
use crate::ui::month_calendar;
use crate::version::NewVersion;
use read::Questions;
pub use read::Read;
use told::Told;

pub struct OpenClinic {
    known: Known,
    kind: Kind,
    book: AppointmentBook,
    appointments: Appointments,
    patients: Patients,
    files: Files,
    settings: Option<Settings>,
    synchronising: Synchronising,
    asking: Option<Asking>,
    /// How the demo clinic's beginning again goes.
    beginning: Saving,
    /// What came of what was done last.
    told: Option<Told>,
    /// How many confirmations there were.
    confirmations: u32,
    /// What somebody else has saved while it was edited here.
    meanwhile: Option<Meanwhile>,
    /// The number of the last question about that; the answer to an earlier one comes too late.
    meanwhiles: u32,
    /// The numbers of the last questions for the book's days and for the needs, and of those that were answered.
    days: Questions,
    needs: Questions,
    /// Why the file could not be read again; what is shown is what it held before.
    not_read: Option<StoreError>,
    /// «Fortryd» waits for its answer.
    undoing: Option<UndoneIn>,
    /// Why today's backup could not be made.
    not_backed_up: Option<String>,
    /// When this window came to the clinic: what was done before is not on anybody's mind.
    opened: DateTime<Utc>,
    /// The window is to close as soon as the save that is under way has been answered.
    closing: bool,
    /// Of the server's program, once it has answered.
    server_version: Option<String>,
    /// What it knows of newer programs for this PC.
    new_version: Option<NewVersion>,
    /// The one that nobody here wants to hear of again.
    put_away: Option<Version>,
}

/// What everything in the window is shown with.
struct Known {
    store: Store,
    /// The thread that speaks with the server; a file that may only be read has none.
    sync: Option<Sync>,
    status: Status,
    read: Read,
    today: NaiveDate,
    undoable: Option<Undoable>,
    /// Why the last save did not get into the file, in words.
    not_saved: Option<String>,
}

/// Whose records these are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Real,
    /// Made up, to try things.
    Demo,
}

/// Where the last change is taken back, and looked for the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
enum UndoneIn {
    /// Where it is told what was taken back.
    Book(String),
    Settings,
}

/// As many writes are seen in the book when they are taken back.
const AT_A_GLANCE: usize = 5;

/// A question above everything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asking {
    /// Whether the demo clinic is to be made anew.
    BeginAgain,
    /// Whether to close the window although something typed is not saved.
    Discard,
    /// Whether to take back a change that cannot be seen at a glance.
    Undo,
    /// Whether to close the window although the server or the patients lose by it.
    Leave(Leaving),
    /// What waits is being sent before the window closes.
    Sending,
}

/// What the clinic is shown with.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    pub texts: &'a Texts,
    /// What the window shows as now: it goes on by quarters of an hour.
    pub now: DateTime<Utc>,
    /// What is written says when it was.
    pub clock: Clock,
}

#[derive(Clone, Debug)]
pub enum Message {
    Book(appointment_book::Message),
    DaysRead {
        number: u32,
        dates: Dates,
        booked: Result<Vec<Booked>, CouldNotRead>,
    },
    NeedsRead {
        number: u32,
        needs: Result<Vec<OpenNeed>, CouldNotRead>,
    },
    /// What stands in the way of a save, as it is now.
    MeanwhileRead {
        number: u32,
        read: Result<Arc<Met>, CouldNotRead>,
    },
    /// The file is to be read again.
    ReadAgainPressed,
    Appointments(appointments::Message),
    Patients(patients::Message),
    Files(files::Message),
    Settings(settings::Message),
    ServerAnswered(Ticket, Answer),
    Synchronising(synchronising::Message),
    ToldClosed,
    NotBackedUpClosed,
    BackedUp(Result<(), Arc<StoreError>>),
    /// What the server says of itself, and of newer programs.
    Greeted(Result<Hello, Fault>),
    NewVersionPressed,
    NewVersionPutAway,
    BeginAgainPressed,
    BeginAgainConfirmed,
    DiscardConfirmed,
    LeaveConfirmed,
    /// The moment that sending has before the window closes is over.
    SendingEnded,
    OverwriteConfirmed,
    OverwriteDeclined,
    UndoConfirmed,
    QuestionDeclined,
}

pub enum Action {
    None,
    Run(Task<Message>),
    Save {
        writes: Vec<Write>,
        this_pc: Option<ThisPc>,
    },
    /// What a file of another program brings; `telling` says how far it is.
    Import {
        import: Arc<Import>,
        watch: files::Watch,
        telling: Task<Message>,
    },
    Undo(uuid::Uuid),
    /// Somebody has decided about a change that was set aside.
    Settle {
        id: uuid::Uuid,
        decision: Decision,
        /// What they were shown.
        shown: Vec<Conflict>,
    },
    /// The file has become another one without a save of this window.
    ReadAnew {
        first: Task<Message>,
    },
    BeginAgain,
    /// Fetch the clinic from a copy.
    Restore,
    /// How the book is seen, for the next start; the task goes on meanwhile.
    Remember {
        seen: Seen,
        then: Task<Message>,
    },
    TurnLanguage,
    Help(Topic),
    About,
    /// Lead to the page of the new version.
    Download,
    /// Nobody here wants to hear of this version again.
    PutAway(Version),
    Quit,
}

impl Action {
    /// The same, and a task beside it.
    fn along_with(self, beside: Task<Message>) -> Self {
        match self {
            Self::None => Self::Run(beside),
            Self::Run(task) => Self::Run(Task::batch([task, beside])),
            Self::Remember { seen, then } => Self::Remember { seen, then: Task::batch([then, beside]) },
            Self::ReadAnew { first } => Self::ReadAnew { first: Task::batch([first, beside]) },
            Self::Import { import, watch, telling } => {
                Self::Import { import, watch, telling: Task::batch([telling, beside]) }
            }
            // None of these comes from looking at an appointment.
            Self::Save { .. }
            | Self::Undo(_)
            | Self::Settle { .. }
            | Self::BeginAgain
            | Self::Restore
            | Self::TurnLanguage
            | Self::Help(_)
            | Self::About
            | Self::Download
            | Self::PutAway(_)
            | Self::Quit => self,
        }
    }
}

/// What the clock's going on has brought.
pub enum Passed {
    SameDay,
    /// And the loading of it.
    NewDay(Task<Message>),
}

/// Whether the window may close.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closing {
    Now,
    /// When the save that is under way, the server or the person has answered.
    Later,
}

impl OpenClinic {
    /// The clinic as it was read, and the loading of its day.
    pub fn new(
        store: Store,
        sync: Option<Sync>,
        read: Read,
        kind: Kind,
        seen: Seen,
        desk: Desk<'_>,
    ) -> (Self, Task<Message>) {
        let today = zone::local(read.setup.clinic.value.time_zone, desk.now).date();
        let status = sync.as_ref().map_or(Status::NOT_PAIRED, Sync::status);
        let known = Known { store, sync, status, read, today, undoable: None, not_saved: None };
        let synchronising = Synchronising::new(known.read.received.clone(), &known.bare_situation(desk));
        let book = AppointmentBook::new(seen, known.book_desk(&synchronising, desk));
        let mut clinic = Self {
            known,
            kind,
            book,
            appointments: Appointments::default(),
            patients: Patients::default(),
            files: Files::default(),
            settings: None,
            synchronising,
            asking: None,
            opened: desk.now,
            beginning: Saving::Idle,
            told: None,
            confirmations: 0,
            meanwhile: None,
            meanwhiles: 0,
            days: Questions::default(),
            needs: Questions::default(),
            not_read: None,
            undoing: None,
            not_backed_up: None,
            closing: false,
            server_version: None,
            new_version: None,
            put_away: None,
        };
        clinic.name_undoable(desk.texts);
        let loading = Task::batch([clinic.load(clinic.book.dates()), clinic.load_needs()]);
        (clinic, loading)
    }

    pub fn name(&self) -> &str {
        self.known.read.setup.clinic.value.name.as_str()
    }

    /// This new version was put away before.
    pub fn with_put_away(self, put_away: Option<Version>) -> Self {
        Self { put_away, ..self }
    }

    pub fn store(&self) -> &Store {
        &self.known.store
    }

    pub fn sync(&self) -> Option<&Sync> {
        self.known.sync.as_ref()
    }

    pub fn update(&mut self, message: Message, desk: Desk<'_>) -> Action {
        match message {
            Message::Book(message) => self.book_message(message, desk),
            Message::DaysRead { number, dates, booked } => self.days_read(number, dates, booked, desk),
            Message::NeedsRead { number, needs } => self.needs_read(number, needs, desk),
            Message::MeanwhileRead { number, read } => self.meanwhile_read(number, read, desk),
            Message::ReadAgainPressed => Action::ReadAnew { first: Task::none() },
            Message::Appointments(message) => self.appointments_message(message, desk),
            Message::Patients(message) => self.patients_message(message, desk),
            Message::Files(message) => self.files_message(message, desk),
            Message::Settings(message) => self.settings_message(message, desk),
            Message::ServerAnswered(ticket, answer) => self.server_answered(ticket, answer, desk),
            Message::Synchronising(message) => self.synchronising_message(message, desk),
            Message::ToldClosed => {
                self.told = None;
                Action::None
            }
            Message::NotBackedUpClosed => {
                self.not_backed_up = None;
                Action::None
            }
            Message::BackedUp(copied) => {
                self.not_backed_up = copied.err().map(|error| failure::read(desk.texts, &error).0);
                Action::None
            }
            Message::Greeted(hello) => self.greeted(hello),
            Message::NewVersionPressed => Action::Download,
            Message::NewVersionPutAway => self.new_version_put_away(),
            Message::BeginAgainPressed => {
                self.asking = Some(Asking::BeginAgain);
                Action::None
            }
            Message::BeginAgainConfirmed => {
                self.beginning = Saving::Busy;
                Action::BeginAgain
            }
            Message::DiscardConfirmed => match self.leave(desk) {
                Closing::Now => Action::Quit,
                Closing::Later => Action::None,
            },
            Message::SendingEnded => self.sent_or_not(desk),
            Message::LeaveConfirmed => Action::Quit,
            Message::OverwriteConfirmed => self.overwrite(desk),
            Message::OverwriteDeclined => self.let_be(&fl!(desk.texts, "meanwhile-kept"), desk),
            Message::UndoConfirmed => {
                self.asking = None;
                self.undo_in_book()
            }
            Message::QuestionDeclined if self.beginning == Saving::Busy => Action::None,
            Message::QuestionDeclined => {
                self.asking = None;
                self.beginning = Saving::Idle;
                Action::None
            }
        }
    }

    /// The last save, or undo, is durable, and this is what the file holds now.
    pub fn saved(&mut self, read: Read, desk: Desk<'_>) -> Action {
        self.known.not_saved = None;
        self.know(read, desk);
        if let Some(sync) = &self.known.sync {
            sync.wake();
        }
        if let Closing::Now = self.closing_goes_on(desk) {
            return Action::Quit;
        }
        let asking = self.refresh(desk);
        let above = match self.undoing.take() {
            Some(UndoneIn::Book(what)) => {
                self.tell_done(fl!(desk.texts, "book-undone", what = what));
                Task::none()
            }
            Some(UndoneIn::Settings) | None => self.above_saved(desk),
        };
        let book = Task::batch([self.load(self.book.dates()), self.load_needs()]);
        Action::Run(Task::batch([above, asking, self.ask_for_settings(), book]))
    }

    /// The last save, or undo, went wrong, for the reason that `words` say. `again`: what was to be saved,
    /// where somebody may mean it all the same.
    #[must_use = "it may lead to a question to the file"]
    pub fn failed(&mut self, error: &SaveError, again: Option<Again>, words: String, desk: Desk<'_>) -> Action {
        self.closing = false;
        self.file_failed(error, &words, desk);
        let undoing = self.undoing.take();
        let words = undoing.as_ref().and_then(|_| not_undone(desk.texts, error)).unwrap_or(words);
        if let (Some(again), SaveError::ChangedSince { kind, id, fields }) = (again, error) {
            let error = SaveError::ChangedSince { kind: *kind, id: *id, fields: fields.clone() };
            return self.changed_since(error, again, desk);
        }
        if matches!(undoing, Some(UndoneIn::Book(_))) {
            self.tell(words);
            return Action::None;
        }
        self.tell_failure(error, words, desk)
    }

    /// As long as the file takes nothing, nothing is said to be saved.
    fn file_failed(&mut self, error: &SaveError, words: &str, desk: Desk<'_>) {
        if matches!(error, SaveError::DiskFull | SaveError::InUse | SaveError::Io { .. }) {
            self.known.not_saved = Some(words.to_owned());
            self.synchronising.refresh(&self.known.situation(&self.book, desk));
            self.standing_changed(desk);
        }
    }

    /// Says it where whoever saved is looking; what was typed stays.
    fn tell_failure(&mut self, error: &SaveError, words: String, desk: Desk<'_>) -> Action {
        let situation = self.known.situation(&self.book, desk);
        if self.files.is_saving() {
            self.files.failed(words);
        } else if self.patients.is_saving() {
            self.patients.failed(error, words, &situation);
        } else if self.appointments.is_saving() {
            let action = self.appointments.failed(error, words, &situation, &self.known.store);
            return self.appointments_action(action, desk);
        } else if let Some(settings) = &mut self.settings {
            settings.failed(words);
        } else {
            self.tell(words);
        }
        Action::None
    }

    /// The demo clinic is as it was, for the reason that `words` say.
    pub fn not_begun_again(&mut self, words: String) {
        self.beginning = Saving::Failed(words);
    }

    /// Says everything again: another language, other settings or another day.
    #[must_use = "it may lead to questions to the file"]
    pub fn refresh(&mut self, desk: Desk<'_>) -> Task<Message> {
        self.name_undoable(desk.texts);
        // The bar of the book says what the parts above it have found.
        self.refresh_above(desk);
        let _none =
            self.book.update(appointment_book::Message::DeskChanged, self.known.book_desk(&self.synchronising, desk));
        Task::batch([self.ask_questions(), self.ask_for_settings()])
    }

    /// The clock has gone on. A book that shows today goes along to the new day.
    pub fn time_passed(&mut self, desk: Desk<'_>) -> Passed {
        let today = zone::local(self.known.read.setup.clinic.value.time_zone, desk.now).date();
        let shows_today = self.book.day() == self.known.today;
        if today == self.known.today {
            self.refresh_above(desk);
            let book = self.known.book_desk(&self.synchronising, desk);
            let _none = self.book.update(appointment_book::Message::ClockTicked, book);
            return Passed::SameDay;
        }
        self.known.today = today;
        let asking = self.refresh(desk);
        let turned = appointment_book::Message::CalendarAsked(month_calendar::Asked::Day(today));
        let action = if shows_today { self.book_message(turned, desk) } else { Action::None };
        let greeting = if self.is_online() { self.ask_for_greeting() } else { Task::none() };
        let asking = Task::batch([asking, greeting]);
        Passed::NewDay(match action {
            Action::Run(task) => Task::batch([task, asking]),
            _ => asking,
        })
    }

    /// A file was dropped on the window.
    pub fn dropped(&mut self, path: PathBuf, desk: Desk<'_>) -> Task<Message> {
        let situation = self.known.situation(&self.book, desk);
        self.files.dropped(path, &situation).map(Message::Files)
    }

    /// Something is typed that is not saved.
    pub fn is_edited(&self) -> bool {
        let settings = self.settings.as_ref();
        self.appointments.is_edited() || self.patients.is_edited() || settings.is_some_and(Settings::is_edited)
    }

    pub fn close_requested(&mut self, desk: Desk<'_>) -> Closing {
        let above = [
            self.appointments.is_saving(),
            self.patients.is_saving(),
            self.files.is_saving(),
            self.synchronising.is_saving(),
        ];
        let settings = self.settings.as_ref();
        if above.contains(&true) || settings.is_some_and(Settings::is_saving) {
            self.closing = true;
            Closing::Later
        } else if self.is_edited() {
            self.asking = Some(Asking::Discard);
            Closing::Later
        } else {
            self.leave(desk)
        }
    }

    fn book_message(&mut self, message: appointment_book::Message, desk: Desk<'_>) -> Action {
        let gestured = matches!(message, appointment_book::Message::Gestured(_));
        let action = self.book.update(message, self.known.book_desk(&self.synchronising, desk));
        // What somebody chooses they have looked at.
        let chosen = self.book.chosen_appointment().filter(|_| gestured);
        let looked_at = chosen.map_or_else(Task::none, |appointment| self.look_at(appointment, desk));
        self.book_action(action, desk).along_with(looked_at)
    }

    fn book_action(&mut self, action: appointment_book::Action, desk: Desk<'_>) -> Action {
        match action {
            appointment_book::Action::None => Action::Run(self.ask_questions()),
            appointment_book::Action::Run(task) => {
                Action::Run(Task::batch([task.map(Message::Book), self.ask_questions()]))
            }
            appointment_book::Action::Load(dates) => Action::Run(Task::batch([self.load(dates), self.ask_questions()])),
            appointment_book::Action::Remember { seen, load } => {
                let loading = load.map_or_else(Task::none, |dates| self.load(dates));
                Action::Remember { seen, then: Task::batch([loading, self.ask_questions()]) }
            }
            appointment_book::Action::LoadNeeds => Action::Run(Task::batch([self.load_needs(), self.ask_questions()])),
            // What the book asks meanwhile it asks with its next message.
            appointment_book::Action::Asked(asked) => self.asked(asked, desk),
            appointment_book::Action::Transfer(transfer) => self.transfer(transfer, desk),
            appointment_book::Action::Restore => Action::Restore,
            appointment_book::Action::Undo => self.undo_asked(),
            appointment_book::Action::OpenSettings => {
                self.open_settings(desk);
                Action::None
            }
            appointment_book::Action::ShowSetting(setting) => self.show_setting(setting, desk),
            appointment_book::Action::OpenSynchronising => {
                self.synchronising.open_panel(&self.known.situation(&self.book, desk));
                Action::None
            }
            appointment_book::Action::TurnLanguage => Action::TurnLanguage,
            appointment_book::Action::Help(topic) => Action::Help(topic),
            appointment_book::Action::About => Action::About,
        }
    }

    /// What cannot be seen at a glance, or was done before today's work began, is asked about first: there is no way
    /// back from an undo.
    fn undo_asked(&mut self) -> Action {
        let Some(change) = self.known.read.last_change.as_ref().filter(|_| self.may_undo()) else {
            return Action::None;
        };
        if change.writes_in_all > AT_A_GLANCE || change.made_at < self.opened {
            self.asking = Some(Asking::Undo);
            return Action::None;
        }
        self.undo_in_book()
    }

    fn undo_in_book(&mut self) -> Action {
        let Some(undoable) = self.known.undoable.as_ref().filter(|_| self.may_undo()) else { return Action::None };
        self.undoing = Some(UndoneIn::Book(undoable.words.clone()));
        self.told = None;
        Action::Undo(undoable.id)
    }

    /// Nothing is on its way to the file, which would be answered in the undo's place.
    fn may_undo(&self) -> bool {
        let above = self.appointments.is_saving() || self.patients.is_saving() || self.files.is_saving();
        !above && self.undoing.is_none() && matches!(self.known.store.access(), Access::ReadWrite)
    }

    fn name_undoable(&mut self, texts: &Texts) {
        let setup = &self.known.read.setup;
        let subject = &self.known.read.subject;
        let named =
            |change: &SavedChange| Undoable { id: change.id, words: undo::words(texts, setup, change, subject) };
        self.known.undoable = self.known.read.last_change.as_ref().map(named);
    }

    /// What the book asks about a patient's times.
    fn ask_questions(&mut self) -> Task<Message> {
        let answered = |answer| Message::Book(appointment_book::Message::patient_answered(answer));
        let questions = self.book.take_questions().into_iter();
        Task::batch(questions.map(|question| question.ask(self.known.store.clone()).map(answered)))
    }
}

impl Known {
    fn undoable_words(&self) -> String {
        self.undoable.as_ref().map(|undoable| undoable.words.clone()).unwrap_or_default()
    }

    /// How much an undo would take back, or how long ago it was done.
    fn why_undo_is_asked(&self, texts: &Texts) -> String {
        let Some(change) = &self.read.last_change else { return String::new() };
        if change.writes_in_all > AT_A_GLANCE {
            return fl!(texts, "book-undo-many", count = change.writes_in_all);
        }
        let made = zone::local(self.read.setup.clinic.value.time_zone, change.made_at);
        let date = texts.date_weekday_year(made.date());
        fl!(texts, "book-undo-earlier", date = date, time = texts.time_of(made.time()))
    }

    /// Saves that the server does not have. The thread counts a save a moment after the file has it.
    fn waiting(&self) -> usize {
        self.status.waiting.max(self.read.waiting_changes)
    }

    fn book_desk<'a>(&'a self, synchronising: &'a Synchronising, desk: Desk<'a>) -> appointment_book::Desk<'a> {
        appointment_book::Desk {
            setup: &self.read.setup,
            texts: desk.texts,
            now: desk.now,
            editing: self.editing(),
            undoable: self.undoable.as_ref(),
            new_patients: self.read.new_patients,
            standing: synchronising.standing(),
            fresh: synchronising.fresh(),
        }
    }

    fn editing(&self) -> Editing {
        match self.store.access() {
            Access::ReadWrite => Editing::Allowed,
            Access::ReadOnly(_) => Editing::ReadOnly,
        }
    }

    /// What the parts above the book are shown with, and decide by.
    fn situation<'a>(&'a self, book: &'a AppointmentBook, desk: Desk<'a>) -> Situation<'a> {
        Situation { needs: book.open_needs(), ..self.bare_situation(desk) }
    }

    /// The same before there is a book: nothing has been read of it.
    fn bare_situation<'a>(&'a self, desk: Desk<'a>) -> Situation<'a> {
        Situation {
            texts: desk.texts,
            setup: &self.read.setup,
            today: self.today,
            now: desk.now,
            clock: desk.clock,
            needs: None,
            waiting_changes: self.read.waiting_changes,
            this_pc: &self.read.this_pc,
            link: self.read.link.as_ref(),
            status: &self.status,
            service_waits: self.read.service_waits,
            running_at_server: self.read.running_at_server,
            not_saved: self.not_saved.as_deref(),
            undoable: self.undoable.as_ref(),
            editing: self.editing(),
        }
    }
}

/// Why the last change could not be taken back, where another appointment is the reason.
fn not_undone(texts: &Texts, error: &SaveError) -> Option<String> {
    let SaveError::Refused { reason, .. } = error else { return None };
    match reason {
        Refusal::PractitionerTaken | Refusal::PatientTaken => Some(fl!(texts, "undo-taken")),
        Refusal::NeedUsed => Some(fl!(texts, "undo-need-used")),
        _ => None,
    }
}
