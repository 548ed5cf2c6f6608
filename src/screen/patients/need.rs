//! A need: what a patient is to come for, with whom, for how long, and in which week.

mod draft;
mod view;

use std::sync::Arc;

use aftalebog_booking::patient::PatientRecords;
use aftalebog_booking::record::{AppointmentType, Entry, Need, Patient, Practitioner, Status};
use aftalebog_booking::time::Week;
use aftalebog_booking::{Id, Write};
use aftalebog_local::{Store, StoreError};
use aftalebog_texts::fl;
use chrono::Months;
use iced::Task;

pub use self::draft::Field;
use self::draft::{Draft, Sentences};
use super::words;
use crate::failure;
use crate::screen::settings::Situation;
use crate::screen::settings::form::{Elsewhere, Form, Next, Pressed};
use crate::ui::choice::{self, Choice, Item};
use crate::ui::dialog::Saving;
use crate::ui::focus;

/// More patients than anybody looks through; who is not among them types another letter.
const FOUND_AT_ONCE: u32 = 50;

pub struct NeedForm {
    /// The id of a new one, made once: saving it again is harmless.
    new: Id<Need>,
    /// `None` for a new one.
    opened: Option<Entry<Need>>,
    asked: Asked,
    /// How many readings there were.
    readings: u32,
    read: Read,
    form: Form,
    draft: Draft,
    /// What was in the form before anybody chose or typed.
    untouched: Draft,
    /// OK has been pressed: what is missing is said as well.
    tried: bool,
    /// Who was proposed for the patient, and may be proposed anew for another.
    proposed: Option<Id<Practitioner>>,
    sentences: Sentences,
    patients: Choice<Id<Patient>>,
    patient: Option<Item<Id<Patient>>>,
    types: Choice<Id<AppointmentType>>,
    practitioners: Choice<Id<Practitioner>>,
}

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    /// The patient is still to be chosen.
    New,
    NewFor(Id<Patient>),
    Edit(Id<Need>),
}

/// Which reading of which dialog: the answer to an earlier one, or to another dialog's, comes too late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    dialog: Id<Need>,
    number: u32,
}

/// What was asked of the file.
#[derive(Debug)]
enum Read {
    /// Before anything can be shown.
    Waiting,
    Failed(CouldNotRead),
    Gone,
    /// With what is known of the patient, once one is chosen and read.
    Done(Option<Box<PatientRecords>>),
}

type CouldNotRead = Arc<StoreError>;

#[derive(Clone, Debug)]
pub enum Message {
    RecordsRead {
        of: Reading,
        records: Result<Option<Box<PatientRecords>>, CouldNotRead>,
    },
    Patients(choice::Message<Id<Patient>>),
    PatientsFound {
        search: String,
        found: Result<Vec<Entry<Patient>>, CouldNotRead>,
    },
    Types(choice::Message<Id<AppointmentType>>),
    Practitioners(choice::Message<Id<Practitioner>>),
    Typed(Field, String),
    /// «om 3 mdr.»
    MonthsPressed(u32),
    Pressed(Pressed),
    RetryPressed,
}

pub enum Action {
    None,
    Run(Task<Message>),
    Save(Vec<Write>),
    Close,
}

impl NeedForm {
    /// A new need; `None`: its patient is still to be chosen.
    pub fn create(patient: Option<Id<Patient>>, situation: &Situation<'_>, store: &Store) -> (Self, Task<Message>) {
        match patient {
            Some(patient) => Self::begin(Asked::NewFor(patient), Read::Waiting, situation, store),
            None => Self::begin(Asked::New, Read::Done(None), situation, store),
        }
    }

    pub fn edit(need: Id<Need>, situation: &Situation<'_>, store: &Store) -> (Self, Task<Message>) {
        Self::begin(Asked::Edit(need), Read::Waiting, situation, store)
    }

    fn begin(asked: Asked, read: Read, situation: &Situation<'_>, store: &Store) -> (Self, Task<Message>) {
        let draft = Draft::default();
        let mut form = Self {
            new: Id::random(),
            opened: None,
            asked,
            readings: 0,
            read,
            form: Form::default(),
            untouched: draft.clone(),
            sentences: draft.sentences(false, None, situation),
            draft,
            tried: false,
            proposed: None,
            patients: Choice::searched_elsewhere(Field::Patient.id().into()),
            patient: None,
            types: Choice::new(Field::Type.id().into()),
            practitioners: Choice::new(Field::Practitioner.id().into()),
        };
        form.refresh(situation);
        let reading = form.read_again(store);
        (form, reading)
    }

    /// Reads what is known of the patient. What is chosen and typed stays.
    pub fn read_again(&mut self, store: &Store) -> Task<Message> {
        self.readings += 1;
        let (of, store, asked, chosen) = (self.reading(), store.clone(), self.asked, self.draft.patient);
        let asking = async move {
            let records = match (asked, chosen) {
                (Asked::Edit(need), _) => store.patient_records_of_need(need).await,
                (Asked::NewFor(patient), _) | (Asked::New, Some(patient)) => store.patient_records(patient).await,
                (Asked::New, None) => return None,
            };
            Some(records.map(|records| records.map(Box::new)).map_err(Arc::new))
        };
        Task::perform(asking, |records| records)
            .and_then(move |records| Task::done(Message::RecordsRead { of, records }))
    }

    fn reading(&self) -> Reading {
        Reading { dialog: self.new, number: self.readings }
    }

    pub fn is_saving(&self) -> bool {
        *self.form.saving() == Saving::Busy
    }

    pub fn is_edited(&self) -> bool {
        self.draft != self.untouched
    }

    /// The save went wrong; everything chosen and typed still stands.
    pub fn failed(&mut self, words: String) {
        self.form.failed(words);
    }

    /// The field whose list is open.
    fn choosing(&self) -> Option<Field> {
        let open = [
            (Field::Patient, self.patients.is_open()),
            (Field::Type, self.types.is_open()),
            (Field::Practitioner, self.practitioners.is_open()),
        ];
        open.into_iter().find_map(|(field, open)| open.then_some(field))
    }

    pub fn update(&mut self, message: Message, situation: &Situation<'_>, store: &Store) -> Action {
        let action = match message {
            Message::RecordsRead { of, records } if of == self.reading() => self.records_read(records, situation),
            Message::RecordsRead { .. } => Action::None,
            Message::Patients(message) => self.patients_message(message, store),
            Message::PatientsFound { search, found } => self.patients_found(search, found, situation),
            Message::Types(message) => match self.types.update(message) {
                choice::Action::None => Action::None,
                choice::Action::Run(task) | choice::Action::Search(_, task) => Action::Run(task.map(Message::Types)),
                choice::Action::Chosen(chosen) => self.type_chosen(chosen, situation),
            },
            Message::Practitioners(message) => match self.practitioners.update(message) {
                choice::Action::None => Action::None,
                choice::Action::Run(task) | choice::Action::Search(_, task) => {
                    Action::Run(task.map(Message::Practitioners))
                }
                choice::Action::Chosen(chosen) => {
                    self.draft.practitioner = Some(chosen);
                    self.proposed = None;
                    Action::Run(focus::set(Field::Practitioner.id()))
                }
            },
            Message::Typed(field, typed) => {
                if let Some(text) = self.draft.text(field) {
                    *text = typed;
                }
                Action::None
            }
            Message::MonthsPressed(months) => {
                let then = situation.today.checked_add_months(Months::new(months)).unwrap_or(situation.today);
                self.draft.week = situation.texts.week_in_field(Week::of(then));
                Action::None
            }
            Message::Pressed(pressed) => match self.choosing().filter(|_| pressed == Pressed::Cancel) {
                Some(field) => self.stop_choosing(field),
                None => self.pressed(pressed, situation),
            },
            Message::RetryPressed => {
                self.read = Read::Waiting;
                Action::Run(self.read_again(store))
            }
        };
        self.refresh(situation);
        action
    }

    fn records_read(
        &mut self,
        records: Result<Option<Box<PatientRecords>>, CouldNotRead>,
        situation: &Situation<'_>,
    ) -> Action {
        let first = matches!(self.read, Read::Waiting);
        match records {
            Ok(Some(records)) => self.open(records, first, situation),
            Ok(None) if first => self.read = Read::Gone,
            Ok(None) if self.opened.is_some() => self.form.elsewhere(Some(Elsewhere::Deleted)),
            Err(error) if first => self.read = Read::Failed(error),
            // Somebody chosen of whom nothing can be proposed.
            Ok(None) | Err(_) => {}
        }
        if first { Action::Run(focus::set(Field::Type.id())) } else { Action::None }
    }

    fn open(&mut self, records: Box<PatientRecords>, first: bool, situation: &Situation<'_>) {
        let edited = self.is_edited();
        if let Asked::Edit(need) = self.asked {
            let now = records.needs.iter().find(|it| it.id == need).cloned();
            // What is typed was typed over what was opened; whatever somebody else has saved since is told.
            if self.opened.is_some() && edited {
                self.form.compare(self.opened.as_ref(), |_| now.as_ref().map(|now| &now.value));
            } else if let Some(now) = now {
                self.form.elsewhere(None);
                self.draft = Draft::of(&now.value, situation);
                self.opened = Some(now);
            } else {
                self.read = Read::Gone;
                return;
            }
        } else {
            self.draft.patient = Some(records.patient.id);
            if self.draft.practitioner == self.proposed {
                self.proposed = last_seen(&records, situation);
                self.draft.practitioner = self.proposed;
            }
        }
        self.patient = Some(item(&records.patient));
        self.read = Read::Done(Some(records));
        if first || !edited {
            self.untouched = self.draft.clone();
        }
    }

    fn patients_message(&mut self, message: choice::Message<Id<Patient>>, store: &Store) -> Action {
        match self.patients.update(message) {
            choice::Action::None => Action::None,
            choice::Action::Run(task) => Action::Run(task.map(Message::Patients)),
            choice::Action::Search(search, task) => {
                let (store, asked) = (store.clone(), search.clone());
                let asking = async move { store.find_patients(asked, FOUND_AT_ONCE + 1).await.map_err(Arc::new) };
                let asking =
                    Task::perform(asking, move |found| Message::PatientsFound { search: search.clone(), found });
                Action::Run(Task::batch([task.map(Message::Patients), asking]))
            }
            choice::Action::Chosen(chosen) => {
                self.patient = self.patients.item(&chosen).cloned();
                self.draft.patient = Some(chosen);
                let reading = self.read_again(store);
                Action::Run(Task::batch([focus::set(Field::Patient.id()), reading]))
            }
        }
    }

    fn patients_found(
        &mut self,
        search: String,
        found: Result<Vec<Entry<Patient>>, CouldNotRead>,
        situation: &Situation<'_>,
    ) -> Action {
        let texts = situation.texts;
        let note = match &found {
            Ok(found) if found.len() > FOUND_AT_ONCE as usize => {
                Some(fl!(texts, "find-patient-more", count = FOUND_AT_ONCE))
            }
            Ok(_) => None,
            Err(error) => Some(fl!(texts, "patients-not-read", why = failure::read(texts, error).1)),
        };
        let found = found.unwrap_or_default();
        let items = found.iter().take(FOUND_AT_ONCE as usize).map(item).collect();
        self.patients.found_elsewhere(search, items, note);
        Action::None
    }

    /// Minutes that nobody has typed follow the type.
    fn type_chosen(&mut self, chosen: Id<AppointmentType>, situation: &Situation<'_>) -> Action {
        let minutes = |id| situation.setup.appointment_type(id).map(|of| of.minutes.to_string());
        let proposed = self.draft.appointment_type.and_then(minutes);
        if self.draft.minutes.trim().is_empty() || proposed.as_ref() == Some(&self.draft.minutes) {
            self.draft.minutes = minutes(chosen).unwrap_or_default();
        }
        self.draft.appointment_type = Some(chosen);
        Action::Run(focus::set(Field::Type.id()))
    }

    fn stop_choosing(&mut self, field: Field) -> Action {
        self.patients.close();
        self.types.close();
        self.practitioners.close();
        Action::Run(focus::set(field.id()))
    }

    fn pressed(&mut self, pressed: Pressed, situation: &Situation<'_>) -> Action {
        match self.form.pressed(pressed, self.is_edited(), situation.editing) {
            Next::Nothing => Action::None,
            Next::Close => Action::Close,
            // Nothing is there to be saved.
            Next::Save if !matches!(self.read, Read::Done(_)) => Action::None,
            Next::Save => {
                self.tried = true;
                match self.draft.parse(situation.today) {
                    Err(field) => Action::Run(focus::set(field.id())),
                    Ok(value) => self.save(value),
                }
            }
        }
    }

    fn save(&mut self, value: Need) -> Action {
        let write = match &self.opened {
            Some(opened) => Write::edit(opened, &value),
            None => Some(Write::create(&Entry { id: self.new, value })),
        };
        match write {
            None => Action::Close,
            Some(write) => {
                self.form.begin();
                Action::Save(vec![write])
            }
        }
    }

    /// Says everything again.
    pub fn refresh(&mut self, situation: &Situation<'_>) {
        let setup = situation.setup;
        self.sentences = self.draft.sentences(self.tried, self.used(situation), situation);
        let own_type = self.opened.as_ref().map(|opened| opened.value.appointment_type);
        let types = setup.appointment_types.iter().filter(|it| !it.value.deactivated || own_type == Some(it.id));
        let type_item = |entry: &Entry<AppointmentType>| Item {
            value: entry.id,
            code: entry.value.code.to_string(),
            name: entry.value.name.to_string(),
            note: None,
        };
        self.types.set_items(types.map(type_item).collect());
        let own = self.opened.as_ref().map(|opened| opened.value.practitioner);
        let staff = setup.practitioners.iter().filter(|it| !it.value.deactivated || own == Some(it.id));
        let left = fl!(situation.texts, "need-practitioner-left");
        let practitioner_item = |entry: &Entry<Practitioner>| Item {
            value: entry.id,
            code: entry.value.initials.to_string(),
            name: entry.value.name.to_string(),
            note: entry.value.deactivated.then(|| left.clone()),
        };
        self.practitioners.set_items(staff.map(practitioner_item).collect());
    }

    /// Which appointment uses the need, in words.
    fn used(&self, situation: &Situation<'_>) -> Option<String> {
        let Read::Done(Some(records)) = &self.read else { return None };
        let using = records.use_of(self.opened.as_ref()?.id)?;
        Some(words::used_by(using, situation))
    }
}

/// Of those who work here, whoever the patient was with last, or was to come to next.
fn last_seen(records: &PatientRecords, situation: &Situation<'_>) -> Option<Id<Practitioner>> {
    let works_here = |id: &Id<Practitioner>| situation.setup.staff().any(|it| it.id == *id);
    let booked = records.appointments.iter().rev().filter(|it| it.value.status == Status::Booked);
    let seen = booked.map(|it| it.value.practitioner);
    seen.chain(records.needs.iter().rev().map(|it| it.value.practitioner)).find(works_here)
}

fn item(entry: &Entry<Patient>) -> Item<Id<Patient>> {
    Item { value: entry.id, code: entry.value.number.to_string(), name: entry.value.name.to_string(), note: None }
}
