//! «Aftalebog»: the clinic's day or week, a calendar to choose it, and the needs that wait for a time.

mod as_patient;
mod asked;
mod bar;
mod empty;
mod hand;
mod menu;
mod needs;
mod seen;
mod seen_as;
mod sheet;
mod turning;
mod view;
mod whom;

use std::sync::Arc;

use aftalebog_booking::Id;
use aftalebog_booking::record::{Need, Practitioner};
use aftalebog_booking::setting::Setting;
use aftalebog_booking::setup::Setup;
use aftalebog_booking::zone::local;
use aftalebog_local::{Booked, OpenNeed, StoreError};
use aftalebog_texts::guide::Topic;
use aftalebog_texts::{Texts, fl};
use chrono::{DateTime, NaiveDate, Timelike, Utc};
use iced::{Point, Task};
use uuid::Uuid;

use crate::failure;
use crate::screen::patient_view::{self, Question};
use crate::screen::settings::{Editing, Undoable};
use crate::screen::synchronising::{Fresh, Standing};
use crate::ui::month_calendar::{self, Month};
use crate::ui::timetable::{By, Chosen, Gesture, Sheet, Turn};
use crate::ui::words::Widths;
pub use asked::{Asked, Place, Transfer};
use bar::Bar;
pub use hand::Led;
use hand::TakenUp;
use menu::{Deed, Menu};
use seen::Heading;
pub use seen::{Dates, Seen, Stretch, Whom};
use seen_as::SeenAs;

/// What the appointment book is looked at with: the clinic's settings, a language and the clock.
#[derive(Clone, Copy, Debug)]
pub struct Desk<'a> {
    pub setup: &'a Setup,
    pub texts: &'a Texts,
    pub now: DateTime<Utc>,
    /// Where nothing can be saved, everything can still be looked at.
    pub editing: Editing,
    /// The last save that can be taken back.
    pub undoable: Option<&'a Undoable>,
    /// How many patients created themselves and wait for the clinic's word.
    pub new_patients: usize,
    /// How it stands with the booking server.
    pub standing: &'a Standing,
    /// What patients did online that nobody here has looked at.
    pub fresh: &'a Fresh,
}

pub struct AppointmentBook {
    day: NaiveDate,
    seen: Seen,
    seen_as: SeenAs,
    booked: Read<Booked>,
    needs: Read<OpenNeed>,
    needs_sight: needs::Sight,
    chosen_need: Option<Id<Need>>,
    chosen: Option<Chosen>,
    taken_up: Option<TakenUp>,
    menu: Option<Menu>,
    /// Where the list of who is shown is open.
    choosing_whom: Option<Point>,
    /// What somebody was led to, until something else is chosen.
    led_to: Option<Uuid>,
    clock: Clock,
    widths: Widths,
    shown: Shown,
}

/// What was asked of the file.
#[derive(Debug)]
enum Read<T> {
    Waiting,
    Done(Vec<T>),
    Failed {
        /// Why, in words.
        words: String,
        /// What was read before, which is kept.
        before: Option<Vec<T>>,
    },
}

impl<T> Read<T> {
    /// `None`: nothing has been read.
    fn known(&self) -> Option<&[T]> {
        match self {
            Self::Done(rows) => Some(rows),
            Self::Failed { before, .. } => before.as_deref(),
            Self::Waiting => None,
        }
    }

    fn rows(&self) -> &[T] {
        self.known().unwrap_or_default()
    }

    fn fail(&mut self, words: String) {
        let before = match std::mem::replace(self, Self::Waiting) {
            Self::Done(rows) => Some(rows),
            Self::Failed { before, .. } => before,
            Self::Waiting => None,
        };
        *self = Self::Failed { words, before };
    }
}

/// The wall clock of the clinic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Clock {
    today: NaiveDate,
    minute: u16,
}

/// Everything in words and places, so that `view` only sets it up.
#[derive(Debug)]
struct Shown {
    heading: Heading,
    bar: Bar,
    sheet: Sheet,
    month: Month,
    needs: needs::Lines,
    words: view::Words,
}

#[derive(Clone, Debug)]
pub enum Message {
    DayTurned(Turn),
    CalendarAsked(month_calendar::Asked),
    Gestured(Gesture),
    StretchChosen(Stretch),
    BookedRead {
        dates: Dates,
        booked: Result<Vec<Booked>, CouldNotRead>,
    },
    BookedRetryPressed,
    NeedsRead(Result<Vec<OpenNeed>, CouldNotRead>),
    NeedsRetryPressed,
    NeedsScrolled(needs::Sight),
    NeedCommanded(needs::Command),
    NeedPressed(Id<Need>),
    /// By two presses.
    NeedOpened(Id<Need>),
    /// Dragged out of the list.
    NeedLifted(Id<Need>),
    /// `None`: of the one that is chosen.
    NeedMenuAsked(Option<Id<Need>>, Point),
    MenuChosen(Deed),
    MenuClosed,
    /// What was taken up is left where it is.
    PutAwayPressed,
    /// The point is the one under the button.
    WhomAsked(Point),
    WhomChosen(Whom),
    WhomToggled(Id<Practitioner>),
    WhomLeft,
    MoreAsked(Point),
    /// On the same day; another day is another desk.
    ClockTicked,
    /// «Vis som patient», and back.
    ViewAsPatientPressed,
    AsPatient(as_patient::Message),
    /// Other settings, or another language.
    DeskChanged,
    /// Only how it stands with the server, or what nobody has looked at.
    StandingChanged,
    /// Somebody is led to an appointment: its day, and it is chosen there.
    LedTo(Led),
    SynchronisingPressed,
    Asked(Asked),
    TransferChosen(Transfer),
    UndoPressed,
    SettingsPressed,
    /// In a book without columns.
    PractitionersPressed,
    LanguagePressed,
}

/// Why there is nothing to show.
#[derive(Clone, Debug)]
pub struct CouldNotRead(pub Arc<StoreError>);

impl CouldNotRead {
    fn words(&self, texts: &Texts, what: String) -> String {
        let (_, why) = failure::read(texts, &self.0);
        format!("{what} {why}")
    }
}

#[derive(Debug)]
pub enum Action {
    None,
    Run(Task<Message>),
    Load(Dates),
    LoadNeeds,
    /// Remember how the book is seen, and load these dates, if any.
    Remember {
        seen: Seen,
        load: Option<Dates>,
    },
    /// To be answered above the book, or saved.
    Asked(Asked),
    Transfer(Transfer),
    /// Fetch the clinic from a copy.
    Restore,
    /// Take the last save back.
    Undo,
    OpenSettings,
    /// Open the settings at this one.
    ShowSetting(Setting),
    OpenSynchronising,
    TurnLanguage,
    Help(Topic),
    About,
}

impl AppointmentBook {
    /// The book opened at today; its dates and needs are still to be loaded.
    pub fn new(seen: Seen, desk: Desk<'_>) -> Self {
        Self { seen, ..Self::at(desk, Clock::new(desk).today) }.said(desk)
    }

    /// The book opened at a day, with everybody.
    pub fn at(desk: Desk<'_>, day: NaiveDate) -> Self {
        let clock = Clock::new(desk);
        let seen = Seen::default();
        let heading = Heading::new(desk.texts, day, seen.stretch);
        let shown = Shown {
            heading,
            bar: Bar::default(),
            sheet: sheet::prepare(desk, &seen, day, clock.today, &[]),
            month: month(desk, day),
            needs: needs::Lines::default(),
            words: view::Words::new(desk.texts),
        };
        Self {
            day,
            seen,
            seen_as: SeenAs::Clinic { before: None },
            booked: Read::Waiting,
            needs: Read::Waiting,
            needs_sight: needs::Sight::default(),
            chosen_need: None,
            chosen: None,
            taken_up: None,
            menu: None,
            choosing_whom: None,
            led_to: None,
            clock,
            widths: Widths::default(),
            shown,
        }
        .said(desk)
    }

    fn said(mut self, desk: Desk<'_>) -> Self {
        let _none = self.desk_changed(desk);
        self
    }

    pub fn day(&self) -> NaiveDate {
        self.day
    }

    /// The dates that are shown, to be loaded again when something in the book has changed.
    pub fn dates(&self) -> Dates {
        Dates::around(self.day, self.stretch())
    }

    /// A patient is shown one day.
    fn stretch(&self) -> Stretch {
        match self.seen_as {
            SeenAs::Clinic { .. } => self.seen.stretch,
            SeenAs::Patient(_) => Stretch::Day,
        }
    }

    /// What is to be asked of the file about a patient's times, each question once. The parent,
    /// which has the store, takes them after every `update`; the answers are
    /// [`Message::patient_answered`].
    pub fn take_questions(&mut self) -> Vec<Question> {
        match &mut self.seen_as {
            SeenAs::Patient(patient) => patient.take_questions(),
            SeenAs::Clinic { .. } => Vec::new(),
        }
    }

    /// What Escape says: what is taken up is left, a list closes, then the patient's view.
    pub fn escape(&self) -> Option<Message> {
        if self.taken_up.is_some() {
            return Some(Message::PutAwayPressed);
        }
        let SeenAs::Patient(patient) = &self.seen_as else { return None };
        Some(patient.escape().map_or(Message::ViewAsPatientPressed, Message::AsPatient))
    }

    /// What Enter says while one chooses from a list.
    pub fn enter(&self) -> Option<Message> {
        let SeenAs::Patient(patient) = &self.seen_as else { return None };
        patient.enter().map(Message::AsPatient)
    }

    pub fn update(&mut self, message: Message, desk: Desk<'_>) -> Action {
        let action = self.updated(message, desk);
        if let Action::Asked(_) | Action::Undo | Action::Transfer(_) | Action::Restore | Action::OpenSettings = action {
            // It could be changed meanwhile, and would then be put somewhere as it was before.
            self.taken_up = None;
            self.settle_chosen();
        }
        action
    }

    fn updated(&mut self, message: Message, desk: Desk<'_>) -> Action {
        match message {
            Message::DayTurned(turn) => self.day_turned(turn, desk),
            Message::CalendarAsked(month_calendar::Asked::Day(day)) => self.choose(day, desk),
            Message::CalendarAsked(month_calendar::Asked::Month(day)) => self.month_turned(day, desk),
            Message::StretchChosen(stretch) => self.stretch_chosen(stretch, desk),
            Message::BookedRead { dates, booked } => self.booked_read(dates, booked, desk),
            Message::BookedRetryPressed => Action::Load(self.dates()),
            Message::NeedsRead(needs) => self.needs_read(needs, desk),
            Message::NeedsRetryPressed => Action::LoadNeeds,
            Message::NeedsScrolled(sight) => {
                self.needs_sight = sight;
                self.prepare_needs(desk);
                Action::None
            }
            Message::NeedCommanded(command) => self.need_commanded(command, desk),
            Message::NeedPressed(need) => {
                self.chosen_need = Some(need);
                Action::None
            }
            Message::NeedOpened(need) => self.take_up_need(need, By::Keys, desk),
            Message::NeedLifted(need) => self.take_up_need(need, By::Pointer, desk),
            Message::NeedMenuAsked(need, at) => {
                self.chosen_need = need.or(self.chosen_need);
                self.menu = self.chosen_need.map(|need| Menu::of_need(need, at));
                Action::None
            }
            Message::Gestured(gesture) => self.gestured(gesture, desk),
            Message::MenuChosen(deed) => self.menu_chosen(deed, desk),
            Message::MenuClosed => {
                self.menu = None;
                Action::None
            }
            Message::PutAwayPressed => self.put_away(),
            Message::WhomAsked(at) => {
                self.choosing_whom = Some(at);
                Action::None
            }
            Message::WhomChosen(whom) => self.whom_chosen(whom, desk),
            Message::WhomToggled(practitioner) => self.whom_toggled(practitioner, desk),
            Message::WhomLeft => {
                self.choosing_whom = None;
                Action::None
            }
            Message::MoreAsked(at) => {
                self.menu = Some(Menu::of_more(at));
                Action::None
            }
            Message::ClockTicked => self.clock_ticked(desk),
            Message::ViewAsPatientPressed => self.view_as_patient_pressed(desk),
            Message::AsPatient(message) => self.as_patient_message(message, desk),
            Message::DeskChanged => self.desk_changed(desk),
            Message::StandingChanged => {
                self.prepare_bar(desk);
                self.prepare_sheet(desk);
                Action::None
            }
            Message::LedTo(led) => self.lead_to(led, desk),
            Message::SynchronisingPressed => Action::OpenSynchronising,
            Message::Asked(asked) => Action::Asked(asked),
            Message::TransferChosen(transfer) => Action::Transfer(transfer),
            Message::UndoPressed => Action::Undo,
            Message::SettingsPressed => Action::OpenSettings,
            Message::PractitionersPressed => Action::ShowSetting(Setting::Practitioners),
            Message::LanguagePressed => Action::TurnLanguage,
        }
    }

    /// An answer for dates that are no longer shown is dropped.
    fn booked_read(&mut self, dates: Dates, booked: Result<Vec<Booked>, CouldNotRead>, desk: Desk<'_>) -> Action {
        if dates == self.dates() {
            match booked {
                Ok(booked) => self.booked = Read::Done(booked),
                Err(error) => self.booked.fail(error.words(desk.texts, fl!(desk.texts, "book-day-not-read"))),
            }
            self.prepare_sheet(desk);
            if let Some(led_to) = self.led_to.filter(|_| self.chosen.is_none()) {
                self.choose_booking(led_to);
            }
        }
        Action::None
    }

    /// The open needs as they were last read; `None` before that.
    pub fn open_needs(&self) -> Option<&[OpenNeed]> {
        self.needs.known()
    }

    fn needs_read(&mut self, needs: Result<Vec<OpenNeed>, CouldNotRead>, desk: Desk<'_>) -> Action {
        match needs {
            Ok(needs) => self.needs = Read::Done(needs),
            Err(error) => self.needs.fail(error.words(desk.texts, fl!(desk.texts, "book-needs-not-read"))),
        }
        self.prepare_needs(desk);
        Action::None
    }

    fn clock_ticked(&mut self, desk: Desk<'_>) -> Action {
        self.clock = Clock::new(desk);
        self.refresh_patient(desk);
        Action::None
    }

    fn desk_changed(&mut self, desk: Desk<'_>) -> Action {
        self.clock = Clock::new(desk);
        self.shown.heading = Heading::new(desk.texts, self.day, self.stretch());
        self.shown.month = self.month(desk, self.shown.month.first());
        self.shown.words = view::Words::new(desk.texts);
        self.prepare_bar(desk);
        self.prepare_sheet(desk);
        self.prepare_needs(desk);
        self.refresh_patient(desk);
        Action::None
    }

    fn prepare_sheet(&mut self, desk: Desk<'_>) {
        let seen = Seen { stretch: self.stretch(), whom: self.seen.whom.standing(desk.setup) };
        self.shown.sheet = sheet::prepare(desk, &seen, self.day, self.clock.today, self.booked.rows());
        self.settle_chosen();
    }

    fn prepare_bar(&mut self, desk: Desk<'_>) {
        self.shown.bar = Bar::new(self, &self.widths, desk);
    }

    fn prepare_needs(&mut self, desk: Desk<'_>) {
        let needs = self.needs.rows();
        self.shown.needs = needs::Lines::new(desk, self.clock.today, needs, self.needs_sight, &self.widths);
        let is_there = |id: &Id<Need>| needs.iter().any(|need| need.entry.id == *id);
        self.chosen_need = self.chosen_need.filter(is_there);
    }
}

impl Message {
    /// The file's answer to one of [`AppointmentBook::take_questions`].
    pub const fn patient_answered(answer: patient_view::Message) -> Self {
        Self::AsPatient(as_patient::Message::Patient(answer))
    }
}

impl Clock {
    fn new(desk: Desk<'_>) -> Self {
        let now = local(desk.setup.clinic.value.time_zone, desk.now);
        Self { today: now.date(), minute: (now.hour() * 60 + now.minute()) as u16 }
    }
}

fn month(desk: Desk<'_>, day: NaiveDate) -> Month {
    Month::new(day, desk.texts, |date| sheet::clinic_closed(desk.setup, desk.texts, date))
}

/// The book ready to be drawn, as the benchmarks build it.
pub fn prepared_sheet(desk: Desk<'_>, seen: &Seen, day: NaiveDate, booked: &[Booked]) -> Sheet {
    sheet::prepare(desk, seen, day, day, booked)
}

#[cfg(test)]
mod tests;
