//! «Flet»: somebody who created themself is a patient the clinic knows. Side by side, with what stays.

mod view;

use std::sync::Arc;

use aftalebog_booking::patient::{PatientRecords, double_booked, merge};
use aftalebog_booking::record::{Entry, Patient};
use aftalebog_booking::terms::Standing;
use aftalebog_booking::{Id, Write};
use aftalebog_local::{Refusal, SaveError, Store, StoreError};
use aftalebog_texts::fl;
use iced::Task;

use super::words;
use crate::failure;
use crate::screen::settings::Situation;
use crate::screen::settings::form::{Form, Next, Pressed};
use crate::ui::choice::{self, Choice, Item};
use crate::ui::dialog::Saving;
use crate::ui::focus;
use crate::ui::form::Sentence;

const PATIENT: &str = "merge-patient";
/// More patients than anybody looks through; who is not among them types another letter.
const FOUND_AT_ONCE: u32 = 50;

pub struct Merge {
    form: Form,
    /// Whose record goes away.
    gone: PatientRecords,
    patients: Choice<Id<Patient>>,
    chosen: Option<Item<Id<Patient>>>,
    /// The last reading: the answer to another one comes too late.
    reading: Option<Reading>,
    kept: Kept,
    stays: Stays,
    /// OK has been pressed: what is missing is said as well.
    tried: bool,
    shown: Shown,
}

/// Who was read, to be held against whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    gone: Id<Patient>,
    known: Id<Patient>,
}

/// The patient the clinic knows.
#[derive(Debug)]
enum Kept {
    NotChosen,
    Waiting,
    Failed(CouldNotRead),
    Gone,
    Read(Box<PatientRecords>),
}

/// Whose value stays, of each field that differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stays {
    name: Side,
    birth_date: Side,
    phone: Side,
    email: Side,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// What was entered by whoever created themself.
    New,
    Known,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Name,
    BirthDate,
    Phone,
    Email,
}

impl Field {
    const ALL: [Self; 4] = [Self::Name, Self::BirthDate, Self::Phone, Self::Email];
}

/// In words.
#[derive(Debug)]
struct Shown {
    title: String,
    patient: Sentence,
    lines: Vec<Line>,
    /// What goes over, and what goes away.
    over: String,
}

/// One field of both.
#[derive(Debug)]
struct Line {
    field: Field,
    label: String,
    new: String,
    known: String,
    /// `None`: both are the same, and nothing is to be chosen.
    stays: Option<Side>,
}

type CouldNotRead = Arc<StoreError>;

#[derive(Clone, Debug)]
pub enum Message {
    Patients(choice::Message<Id<Patient>>),
    PatientsFound { search: String, found: Result<Vec<Entry<Patient>>, CouldNotRead> },
    KnownRead { of: Reading, records: Result<Option<Box<PatientRecords>>, CouldNotRead> },
    StaysPressed(Field, Side),
    Pressed(Pressed),
}

pub enum Action {
    None,
    Run(Task<Message>),
    Save(Vec<Write>),
    Close,
}

impl Merge {
    pub fn new(
        gone: PatientRecords,
        with: Option<Id<Patient>>,
        situation: &Situation<'_>,
        store: &Store,
    ) -> (Self, Task<Message>) {
        let stays = Stays { name: Side::Known, birth_date: Side::Known, phone: Side::Known, email: Side::Known };
        let shown = Shown { title: String::new(), patient: Sentence::none(), lines: vec![], over: String::new() };
        let mut merge = Self {
            form: Form::default(),
            gone,
            patients: Choice::searched_elsewhere(PATIENT.into()),
            chosen: None,
            reading: None,
            kept: Kept::NotChosen,
            stays,
            tried: false,
            shown,
        };
        let reading = with.map_or_else(Task::none, |with| merge.read(with, store));
        merge.refresh(situation);
        (merge, reading)
    }

    fn read(&mut self, known: Id<Patient>, store: &Store) -> Task<Message> {
        let of = Reading { gone: self.gone.patient.id, known };
        self.reading = Some(of);
        self.kept = Kept::Waiting;
        let store = store.clone();
        let asking = async move { store.patient_records(known).await.map(|it| it.map(Box::new)).map_err(Arc::new) };
        Task::perform(asking, move |records| Message::KnownRead { of, records })
    }

    pub fn is_saving(&self) -> bool {
        *self.form.saving() == Saving::Busy
    }

    pub fn failed(&mut self, error: &SaveError, words: String, situation: &Situation<'_>) {
        let words = match error {
            SaveError::Refused { reason: Refusal::PatientTaken, .. } => {
                fl!(situation.texts, "merge-refused-at-once")
            }
            _ => words,
        };
        self.form.failed(words);
    }

    pub fn update(&mut self, message: Message, situation: &Situation<'_>, store: &Store) -> Action {
        let action = match message {
            Message::Patients(message) => self.patients_message(message, store),
            Message::PatientsFound { search, found } => self.patients_found(search, found, situation),
            Message::KnownRead { of, records } if Some(of) == self.reading => {
                self.known_read(records);
                Action::None
            }
            Message::KnownRead { .. } => Action::None,
            Message::StaysPressed(field, side) => {
                *self.stays.of(field) = side;
                Action::None
            }
            Message::Pressed(Pressed::Cancel) if self.patients.is_open() => {
                self.patients.close();
                Action::Run(focus::set(PATIENT))
            }
            Message::Pressed(pressed) => self.pressed(pressed, situation),
        };
        self.refresh(situation);
        action
    }

    fn patients_message(&mut self, message: choice::Message<Id<Patient>>, store: &Store) -> Action {
        match self.patients.update(message) {
            choice::Action::None => Action::None,
            choice::Action::Run(task) => Action::Run(task.map(Message::Patients)),
            choice::Action::Search(search, task) => {
                let (store, asked) = (store.clone(), search.clone());
                let asking = async move { store.find_patients(asked, FOUND_AT_ONCE + 2).await.map_err(Arc::new) };
                let asking =
                    Task::perform(asking, move |found| Message::PatientsFound { search: search.clone(), found });
                Action::Run(Task::batch([task.map(Message::Patients), asking]))
            }
            choice::Action::Chosen(chosen) => {
                self.chosen = self.patients.item(&chosen).cloned();
                let reading = self.read(chosen, store);
                Action::Run(Task::batch([focus::set(PATIENT), reading]))
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
        // Neither with themself nor with somebody else who waits.
        let known = found.unwrap_or_default().into_iter().filter(|it| Standing::of(&it.value) == Standing::Known);
        let items = known.take(FOUND_AT_ONCE as usize).map(|entry| item(&entry)).collect();
        self.patients.found_elsewhere(search, items, note);
        Action::None
    }

    fn known_read(&mut self, records: Result<Option<Box<PatientRecords>>, CouldNotRead>) {
        self.kept = match records {
            Ok(Some(records)) => {
                self.chosen = Some(item(&records.patient));
                self.stays = Stays::proposed(&self.gone.patient.value, &records.patient.value);
                Kept::Read(records)
            }
            Ok(None) => Kept::Gone,
            Err(error) => Kept::Failed(error),
        };
    }

    fn pressed(&mut self, pressed: Pressed, situation: &Situation<'_>) -> Action {
        // What is chosen here is chosen again in a moment.
        match self.form.pressed(pressed, false, situation.editing) {
            Next::Nothing => Action::None,
            Next::Close => Action::Close,
            Next::Save => {
                self.tried = true;
                match &self.kept {
                    Kept::Read(kept) if double_booked(kept, &self.gone).is_empty() => {
                        let values = self.stays.values(&self.gone.patient.value, &kept.patient.value);
                        let writes = merge(kept, &self.gone, &values);
                        self.form.begin();
                        Action::Save(writes)
                    }
                    _ => Action::Run(focus::set(PATIENT)),
                }
            }
        }
    }

    /// Says everything again.
    pub fn refresh(&mut self, situation: &Situation<'_>) {
        let texts = situation.texts;
        let name = self.gone.patient.value.name.to_string();
        let kept = match &self.kept {
            Kept::Read(kept) => Some(kept.as_ref()),
            _ => None,
        };
        self.shown = Shown {
            title: fl!(texts, "merge-title", patient = name.clone()),
            patient: self.patient_sentence(situation),
            lines: kept.map(|kept| self.lines(&kept.patient.value, situation)).unwrap_or_default(),
            over: kept.map(|kept| self.over(kept, situation)).unwrap_or_default(),
        };
    }

    fn patient_sentence(&self, situation: &Situation<'_>) -> Sentence {
        let texts = situation.texts;
        match &self.kept {
            Kept::NotChosen if self.tried => Sentence::Refuses(fl!(texts, "merge-choose")),
            Kept::NotChosen | Kept::Waiting => Sentence::none(),
            Kept::Gone => Sentence::Refuses(fl!(texts, "card-gone")),
            Kept::Failed(error) => {
                Sentence::Refuses(fl!(texts, "patients-not-read", why = failure::read(texts, error).1))
            }
            Kept::Read(kept) => match double_booked(kept, &self.gone).first() {
                None => Sentence::none(),
                Some((one, other)) => Sentence::Refuses(fl!(
                    texts,
                    "merge-at-once",
                    one = words::when_with_whom(one, situation),
                    other = words::when_with_whom(other, situation)
                )),
            },
        }
    }

    fn lines(&self, known: &Patient, situation: &Situation<'_>) -> Vec<Line> {
        let new = &self.gone.patient.value;
        let mut stays = self.stays;
        let line = |field: Field| {
            let (label, value): (String, fn(&Patient, &Situation<'_>) -> String) = match field {
                Field::Name => (fl!(situation.texts, "find-patient-name"), |it, _| it.name.to_string()),
                Field::BirthDate => (fl!(situation.texts, "card-birth-date"), words::born),
                Field::Phone => (fl!(situation.texts, "find-patient-phone"), |it, _| written(&it.phone)),
                Field::Email => (fl!(situation.texts, "card-email"), |it, _| written(&it.email)),
            };
            let (new, known) = (value(new, situation), value(known, situation));
            let stays = (new != known).then(|| *stays.of(field));
            Line { field, label, new, known, stays }
        };
        Field::ALL.map(line).into()
    }

    /// «1 aftale og 2 behov går over til Karen Mikkelsen. …»
    fn over(&self, kept: &PatientRecords, situation: &Situation<'_>) -> String {
        let texts = situation.texts;
        let (appointments, needs) = (self.gone.appointments.len(), self.gone.needs.len());
        let name = self.gone.patient.value.name.to_string();
        let to = words::numbered(&kept.patient.value);
        match appointments + needs {
            0 => fl!(texts, "merge-nothing-over", patient = name, to = to),
            _ => {
                let what = words::counted(appointments, needs, situation);
                fl!(texts, "merge-over", what = what, to = to, patient = name)
            }
        }
    }
}

impl Stays {
    /// What the clinic knows stays, unless it knows nothing there.
    fn proposed(new: &Patient, known: &Patient) -> Self {
        let unless_blank = |new: String, known: String| match known.is_empty() && !new.is_empty() {
            true => Side::New,
            false => Side::Known,
        };
        Self {
            name: Side::Known,
            birth_date: Side::Known,
            phone: unless_blank(written(&new.phone), written(&known.phone)),
            email: unless_blank(written(&new.email), written(&known.email)),
        }
    }

    fn of(&mut self, field: Field) -> &mut Side {
        match field {
            Field::Name => &mut self.name,
            Field::BirthDate => &mut self.birth_date,
            Field::Phone => &mut self.phone,
            Field::Email => &mut self.email,
        }
    }

    /// The known patient with the values that stay.
    fn values(self, new: &Patient, known: &Patient) -> Patient {
        let from = |side| match side {
            Side::New => new,
            Side::Known => known,
        };
        Patient {
            name: from(self.name).name.clone(),
            birth_date: from(self.birth_date).birth_date,
            phone: from(self.phone).phone.clone(),
            email: from(self.email).email.clone(),
            ..known.clone()
        }
    }
}

fn written(detail: &Option<aftalebog_booking::bounded::Detail>) -> String {
    detail.as_ref().map(ToString::to_string).unwrap_or_default()
}

fn item(entry: &Entry<Patient>) -> Item<Id<Patient>> {
    Item { value: entry.id, code: entry.value.number.to_string(), name: entry.value.name.to_string(), note: None }
}
