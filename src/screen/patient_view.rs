//! «Vis som patient»: which times one patient is offered of a type, and why not the others.
//!
//! The type editor and the appointment book show it, each in its way; both ask the same decision
//! that the booking server will ask.

mod any_time;

use std::sync::Arc;

use aftalebog_booking::busy::Busy;
use aftalebog_booking::record::{AppointmentType, Entry, Patient, Practitioner};
use aftalebog_booking::setting::Setting;
use aftalebog_booking::terms::{Purpose, Request, Terms, Visitor, Withheld};
use aftalebog_booking::time::{Week, days_after};
use aftalebog_booking::zone::{day_start, local};
use aftalebog_booking::{Id, Setup};
use aftalebog_local::{Grounds, Store, StoreError};
use aftalebog_texts::{Texts, fl};
use chrono::{DateTime, NaiveDate, Utc};
use iced::{Element, Task};

use crate::failure;
use crate::ui::choice::{self, Choice, Item};
use crate::ui::theme::Standing;

mod shown;

pub use shown::{Asked, Column, Date, Link, Opened, Reason, Shown, Time, Times, in_short, place};

/// More than anybody looks through; who is not among them types another letter, and is told so.
const FOUND_AT_ONCE: usize = 50;

/// One patient's view of one type.
pub struct PatientView {
    patient: Item<Who>,
    chosen: Chosen,
    patients: Choice<Who>,
    /// Why no patients were found, in words.
    not_found: Option<String>,
    stretch: Stretch,
    read: Read,
    /// How many readings there were.
    readings: u32,
    opened: Option<NaiveDate>,
    /// Whose times of the opened date are looked at, if somebody was pressed.
    practitioner: Option<Id<Practitioner>>,
    /// A time that was asked about.
    asked: Option<Place>,
    questions: Vec<Question>,
    /// While booking is stopped, the settings with which it would be started.
    started: Option<Box<Setup>>,
    shown: Shown,
}

/// Whose view it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Without needs and appointments, not known to the clinic.
    NewPatient,
    Patient(Id<Patient>),
}

/// How it came to be this patient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Chosen {
    NotYet,
    /// The type can be booked without a need.
    NewPatient,
    /// The one who is called in next for a type.
    CalledIn(Id<AppointmentType>),
    ByPerson,
}

/// The dates that are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    pub first: NaiveDate,
    pub days: u32,
}

impl Stretch {
    pub fn dates(self) -> impl Iterator<Item = NaiveDate> {
        (0..self.days).map(move |day| days_after(self.first, day.into()))
    }
}

/// A time with a practitioner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub practitioner: Id<Practitioner>,
    pub start: DateTime<Utc>,
}

/// What was asked of the file.
#[derive(Debug)]
enum Read {
    /// Who is called in next.
    WaitsForPatient,
    /// What decides about the times. The answer to another reading, an earlier one or one of a view
    /// that has closed, comes too late.
    Waits(Reading),
    /// Why, in words.
    Failed(String),
    Done {
        visitor: Visitor,
        busy: Busy,
    },
}

/// How far the reading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State<'a> {
    Waiting,
    /// Why nothing can be shown, in words; «Prøv igen» is [`Message::RetryPressed`].
    Failed(&'a str),
    Ready,
}

/// What is to be asked of the file. An answer names its question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    Patients { search: String },
    CalledIn { appointment_type: Id<AppointmentType>, week: Week },
    Grounds(Reading),
}

/// What decides about one patient's times on some dates is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    number: u32,
    /// `None`: a new patient.
    pub patient: Option<Id<Patient>>,
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
}

/// What a patient is looked at with: the settings, with what is typed and not saved in them.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    pub texts: &'a Texts,
    pub setup: &'a Setup,
    /// `None`: no type is chosen yet, and nothing is shown.
    pub appointment_type: Option<Id<AppointmentType>>,
    pub now: DateTime<Utc>,
}

impl Desk<'_> {
    pub fn today(&self) -> NaiveDate {
        local(self.setup.clinic.value.time_zone, self.now).date()
    }
}

#[derive(Clone, Debug)]
pub enum Message {
    Patients(choice::Message<Who>),
    PatientsFound {
        search: String,
        found: Result<Vec<Entry<Patient>>, CouldNotRead>,
    },
    CalledInFound {
        appointment_type: Id<AppointmentType>,
        found: Result<Option<Entry<Patient>>, CouldNotRead>,
    },
    GroundsRead {
        reading: Reading,
        grounds: Result<Arc<Grounds>, CouldNotRead>,
    },
    RetryPressed,
    StretchAsked(Stretch),
    DatePressed(NaiveDate),
    PractitionerPressed(Id<Practitioner>),
    /// A time of the opened date, offered or not.
    TimePressed(Place),
    SettingPressed(Setting),
}

type CouldNotRead = Arc<StoreError>;

pub enum Action {
    None,
    Run(Task<Message>),
    /// Lead the person to this setting.
    Show(Setting),
}

impl Question {
    /// Asks the file.
    pub fn ask(self, store: Store) -> Task<Message> {
        match self {
            Self::Patients { search } => {
                let asked = search.clone();
                let asking =
                    async move { store.find_patients(asked, FOUND_AT_ONCE as u32 + 1).await.map_err(Arc::new) };
                Task::perform(asking, move |found| Message::PatientsFound { search: search.clone(), found })
            }
            Self::CalledIn { appointment_type, week } => {
                let asking = async move { store.patient_called_in(appointment_type, week).await.map_err(Arc::new) };
                Task::perform(asking, move |found| Message::CalledInFound { appointment_type, found })
            }
            Self::Grounds(reading) => {
                let Reading { patient, from, to, .. } = reading;
                let asking = async move { store.grounds(patient, from, to).await.map(Arc::new).map_err(Arc::new) };
                Task::perform(asking, move |grounds| Message::GroundsRead { reading, grounds })
            }
        }
    }
}

impl PatientView {
    /// Nobody's view yet: [`Self::refresh`] proposes a patient. `chooser` is the id of the button
    /// that chooses another.
    pub fn new(chooser: &'static str, stretch: Stretch) -> Self {
        Self {
            patient: Item { value: Who::NewPatient, code: String::new(), name: String::new(), note: None },
            chosen: Chosen::NotYet,
            patients: Choice::searched_elsewhere(chooser.into()),
            not_found: None,
            stretch,
            read: Read::WaitsForPatient,
            readings: 0,
            opened: None,
            practitioner: None,
            asked: None,
            questions: Vec::new(),
            started: None,
            shown: Shown::default(),
        }
    }

    /// What is to be asked of the file, each question once. The parent, which has the store,
    /// takes them after every `update` and `refresh`.
    pub fn take_questions(&mut self) -> Vec<Question> {
        std::mem::take(&mut self.questions)
    }

    pub fn who(&self) -> Who {
        self.patient.value
    }

    pub fn stretch(&self) -> Stretch {
        self.stretch
    }

    pub fn opened(&self) -> Option<NaiveDate> {
        self.opened
    }

    pub fn state(&self) -> State<'_> {
        match &self.read {
            Read::WaitsForPatient | Read::Waits(_) => State::Waiting,
            Read::Failed(words) => State::Failed(words),
            Read::Done { .. } => State::Ready,
        }
    }

    pub fn shown(&self) -> &Shown {
        &self.shown
    }

    /// What decides about the times, once it is known; as if booking had been started, for the
    /// types are set up before it is. [`Shown::stopped`] tells that it is not.
    pub fn decision<'a>(&'a self, desk: Desk<'a>) -> Option<(Terms<'a>, &'a Busy)> {
        let Read::Done { visitor, busy } = &self.read else { return None };
        let terms = Terms::of(Request {
            setup: self.started.as_deref().unwrap_or(desk.setup),
            broken: &[],
            visitor,
            appointment_type: desk.appointment_type?,
            need: None,
            purpose: Purpose::Book,
            withheld: Withheld::Nothing,
            now: desk.now,
        });
        Some((terms, busy))
    }

    pub fn update(&mut self, message: Message, desk: Desk<'_>) -> Action {
        let action = self.note(message, desk);
        self.refresh(desk);
        action
    }

    /// Takes note of what happened, without deciding anything: [`Self::refresh`] must follow.
    pub fn note(&mut self, message: Message, desk: Desk<'_>) -> Action {
        match message {
            Message::Patients(message) => self.patients_message(message, desk),
            Message::PatientsFound { search, found } => self.patients_found(search, found, desk.texts),
            Message::CalledInFound { appointment_type, found } => self.called_in_found(appointment_type, found, desk),
            Message::GroundsRead { reading, grounds } => self.grounds_read(reading, grounds, desk.texts),
            Message::RetryPressed => {
                self.retry_pressed(desk);
                Action::None
            }
            Message::StretchAsked(stretch) => {
                self.turn(stretch, desk);
                Action::None
            }
            Message::DatePressed(date) => {
                self.opened = Some(date);
                self.asked = None;
                Action::None
            }
            Message::PractitionerPressed(practitioner) => {
                self.practitioner = Some(practitioner);
                self.asked = None;
                Action::None
            }
            Message::TimePressed(place) => {
                self.asked = Some(place);
                Action::None
            }
            Message::SettingPressed(setting) => Action::Show(setting),
        }
    }

    /// Looks at other dates; the date that is open stays so if it is among them.
    pub fn turn_to(&mut self, stretch: Stretch, desk: Desk<'_>) {
        if stretch != self.stretch {
            self.turn(stretch, desk);
            self.prepare(desk);
        }
    }

    fn turn(&mut self, stretch: Stretch, desk: Desk<'_>) {
        if stretch == self.stretch {
            return;
        }
        self.stretch = stretch;
        if self.opened.is_some_and(|opened| stretch.dates().all(|date| date != opened)) {
            self.opened = None;
            self.asked = None;
        }
        // Whoever is still to be found will be looked at on these dates.
        if !matches!(self.read, Read::WaitsForPatient) {
            self.ask_grounds(desk);
        }
    }

    /// Decides everything again: other settings, another type, language or time.
    pub fn refresh(&mut self, desk: Desk<'_>) {
        self.propose(desk);
        if self.who() == Who::NewPatient {
            self.patient = new_patient(desk.texts);
        }
        self.prepare(desk);
    }

    /// As long as nobody has chosen a patient: where needs decide, the one who is called in next.
    fn propose(&mut self, desk: Desk<'_>) {
        let need_driven =
            |id: &Id<AppointmentType>| desk.setup.online_type_of(*id).is_some_and(|it| it.value.need_driven);
        let proposed = match desk.appointment_type.filter(need_driven) {
            Some(appointment_type) => Chosen::CalledIn(appointment_type),
            None => Chosen::NewPatient,
        };
        if self.chosen == Chosen::ByPerson || self.chosen == proposed || desk.appointment_type.is_none() {
            return;
        }
        self.chosen = proposed;
        self.patient = new_patient(desk.texts);
        match proposed {
            Chosen::CalledIn(appointment_type) => {
                self.read = Read::WaitsForPatient;
                self.questions.push(Question::CalledIn { appointment_type, week: Week::of(desk.today()) });
            }
            _ => self.ask_grounds(desk),
        }
    }

    fn called_in_found(
        &mut self,
        appointment_type: Id<AppointmentType>,
        found: Result<Option<Entry<Patient>>, CouldNotRead>,
        desk: Desk<'_>,
    ) -> Action {
        if self.chosen == Chosen::CalledIn(appointment_type) {
            match found {
                Ok(found) => {
                    self.patient = found.map_or_else(|| new_patient(desk.texts), |entry| item(desk.texts, &entry));
                    self.ask_grounds(desk);
                }
                Err(error) => self.read = Read::Failed(not_read(desk.texts, &error)),
            }
        }
        Action::None
    }

    fn retry_pressed(&mut self, desk: Desk<'_>) {
        match self.chosen {
            // Perhaps it was the patient who could not be read.
            Chosen::CalledIn(_) if self.who() == Who::NewPatient => self.chosen = Chosen::NotYet,
            _ => self.ask_grounds(desk),
        }
    }

    fn patients_message(&mut self, message: choice::Message<Who>, desk: Desk<'_>) -> Action {
        match self.patients.update(message) {
            choice::Action::None => Action::None,
            choice::Action::Run(task) => Action::Run(task.map(Message::Patients)),
            choice::Action::Search(search, task) => {
                self.questions.push(Question::Patients { search });
                Action::Run(task.map(Message::Patients))
            }
            choice::Action::Chosen(who) => {
                if let Some(item) = self.patients.item(&who) {
                    self.patient = item.clone();
                    self.chosen = Chosen::ByPerson;
                    self.asked = None;
                    self.ask_grounds(desk);
                }
                Action::Run(self.patients.focus().map(Message::Patients))
            }
        }
    }

    fn patients_found(
        &mut self,
        search: String,
        found: Result<Vec<Entry<Patient>>, CouldNotRead>,
        texts: &Texts,
    ) -> Action {
        if !self.patients.searches_for(&search) {
            return Action::None;
        }
        self.not_found = found.as_ref().err().map(|error| fl!(texts, "preview-not-found", why = why(texts, error)));
        let new = new_patient(texts);
        let is_new = found.is_ok() && new.name.to_lowercase().contains(&search.trim().to_lowercase());
        let found = found.unwrap_or_default();
        let more = (found.len() > FOUND_AT_ONCE).then(|| fl!(texts, "preview-search-more"));
        let found = found.iter().take(FOUND_AT_ONCE).map(|entry| item(texts, entry));
        self.patients.found_elsewhere(search, is_new.then_some(new).into_iter().chain(found).collect(), more);
        Action::None
    }

    fn ask_grounds(&mut self, desk: Desk<'_>) {
        let zone = desk.setup.clinic.value.time_zone;
        let Stretch { first, days } = self.stretch;
        self.readings += 1;
        let reading = Reading {
            number: self.readings,
            patient: match self.who() {
                Who::NewPatient => None,
                Who::Patient(id) => Some(id),
            },
            from: day_start(zone, first),
            to: day_start(zone, days_after(first, days.into())),
        };
        self.read = Read::Waits(reading);
        self.questions.push(Question::Grounds(reading));
    }

    /// An answer about another patient or other dates is dropped.
    fn grounds_read(&mut self, reading: Reading, grounds: Result<Arc<Grounds>, CouldNotRead>, texts: &Texts) -> Action {
        if matches!(self.read, Read::Waits(awaited) if awaited == reading) {
            self.read = match grounds {
                Ok(grounds) => Read::Done { busy: Busy::of(&grounds.appointments), visitor: grounds.visitor.clone() },
                Err(error) => Read::Failed(not_read(texts, &error)),
            };
        }
        Action::None
    }

    fn prepare(&mut self, desk: Desk<'_>) {
        let running = desk.setup.service.value.running;
        self.started = (!running).then(|| Box::new(desk.setup.if_started()));
        let shown = self.decision(desk).map(|(terms, busy)| Shown::of(&terms, busy, self, desk));
        self.shown = shown.unwrap_or_default();
    }

    /// The button that chooses a patient.
    pub fn chooser<'a>(&'a self) -> Element<'a, Message> {
        self.patients.button_of(Some(&self.patient), String::new(), Standing::Good).map(Message::Patients)
    }

    /// The list under it while it is open. Enter is [`Self::enter`].
    pub fn chooser_list<'a>(&'a self, texts: &Texts) -> Option<Element<'a, Message>> {
        Some(self.patients.list(&fl!(texts, "preview-search"), self.nothing_found(texts))?.map(Message::Patients))
    }

    /// What stands in the list while nobody does.
    fn nothing_found(&self, texts: &Texts) -> String {
        match &self.not_found {
            _ if !self.patients.is_answered() => fl!(texts, "preview-searching"),
            Some(why) => why.clone(),
            None => fl!(texts, "preview-search-nothing"),
        }
    }

    pub fn is_choosing(&self) -> bool {
        self.patients.is_open()
    }

    /// What Enter says while a patient is searched for.
    pub fn enter(&self) -> Option<Message> {
        self.is_choosing().then_some(Message::Patients(choice::Message::MarkedChosen))
    }
}

fn new_patient(texts: &Texts) -> Item<Who> {
    Item { value: Who::NewPatient, code: String::new(), name: fl!(texts, "preview-new-patient"), note: None }
}

fn item(texts: &Texts, entry: &Entry<Patient>) -> Item<Who> {
    Item {
        value: Who::Patient(entry.id),
        code: entry.value.number.to_string(),
        name: entry.value.name.to_string(),
        note: Some(fl!(texts, "preview-born", date = texts.date(entry.value.birth_date))),
    }
}

fn why(texts: &Texts, error: &StoreError) -> String {
    failure::read(texts, error).1
}

fn not_read(texts: &Texts, error: &StoreError) -> String {
    fl!(texts, "preview-not-read", why = why(texts, error))
}

#[cfg(test)]
mod tests;
