//! «Nye patienter»: those who created themselves and wait for the clinic's word.

mod view;

use std::sync::Arc;

use aftalebog_booking::bounded::PatientNumber;
use aftalebog_booking::patient::{self, Likeness, PatientRecords, is_like_cpr};
use aftalebog_booking::record::{Entry, Patient};
use aftalebog_booking::{Id, Write};
use aftalebog_local::{Likely, Store, StoreError, WaitingPatient};
use aftalebog_texts::fl;
use iced::{Point, Task};

use super::rows::{self, Rows};
use super::words;
use crate::failure;
use crate::screen::settings::{Editing, Situation};
use crate::ui::dialog::Saving;
use crate::ui::focus;
use crate::ui::form::Sentence;

const NUMBER: &str = "new-patient-number";

pub struct NewPatients {
    /// How many readings there were: the answer to an earlier one comes too late.
    readings: u32,
    read: Read,
    waiting: Rows,
    likely: Rows,
    /// Who is to be chosen once they are read.
    led_to: Option<Id<Patient>>,
    /// Whose number is typed.
    chosen: Option<Id<Patient>>,
    number: String,
    /// OK waits for the file to say whether the number is free.
    asking: Option<Asking>,
    /// A number that somebody else has, and who.
    taken: Option<(PatientNumber, Entry<Patient>)>,
    saving: Saving,
    /// Where the menu of the chosen one is open.
    menu: Option<Point>,
    shown: Shown,
}

/// Whom OK accepts, under which number, once the file has said that it is free. Another may stand in their row by then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking {
    patient: Id<Patient>,
    number: PatientNumber,
}

/// What was asked of the file.
#[derive(Debug)]
enum Read {
    Waiting,
    Failed(CouldNotRead),
    Done(Arc<Answer>),
}

/// Those who wait, and the clinic's next number.
#[derive(Debug)]
pub struct Answer {
    waiting: Vec<WaitingPatient>,
    next: PatientNumber,
}

/// In words.
#[derive(Debug, Default)]
struct Shown {
    rows: Vec<WaitingRow>,
    /// What the chosen one entered: label and value.
    entered: Vec<(String, String)>,
    /// Their appointments and needs.
    booked: Vec<String>,
    likely: Vec<LikelyRow>,
    number: Option<Sentence>,
}

#[derive(Debug)]
struct WaitingRow {
    number: String,
    name: String,
    /// «født 24-03-1999 · 1 aftale · kan være 1003 Ida Rosenkvist».
    details: String,
}

#[derive(Debug)]
struct LikelyRow {
    numbered: String,
    details: String,
    because: String,
}

type CouldNotRead = Arc<StoreError>;

#[derive(Clone, Debug)]
pub enum Message {
    ListRead { reading: u32, answer: Result<Arc<Answer>, CouldNotRead> },
    Waiting(rows::Message),
    Likely(rows::Message),
    NumberTyped(String),
    NumberAsked { asked: Asking, other: Result<Option<Entry<Patient>>, CouldNotRead> },
    AcceptPressed,
    MergePressed,
    RejectPressed,
    CardPressed,
    MenuClosed,
    RetryPressed,
    ClosePressed,
}

pub enum Action {
    None,
    Run(Task<Message>),
    Save(Vec<Write>),
    /// Merge with the patient the clinic knows; `None`: still to be chosen.
    Merge(PatientRecords, Option<Id<Patient>>),
    Reject(PatientRecords),
    Open(Id<Patient>),
    Close,
}

impl NewPatients {
    pub fn new(led_to: Option<Id<Patient>>, situation: &Situation<'_>, store: &Store) -> (Self, Task<Message>) {
        let mut list = Self {
            readings: 0,
            read: Read::Waiting,
            waiting: Rows::new("new-patient"),
            likely: Rows::new("new-patient-likely"),
            led_to,
            chosen: None,
            number: String::new(),
            asking: None,
            taken: None,
            saving: Saving::Idle,
            menu: None,
            shown: Shown::default(),
        };
        list.refresh(situation);
        let reading = list.read_again(store);
        (list, reading)
    }

    /// Asks the file again, after something in it has changed.
    pub fn read_again(&mut self, store: &Store) -> Task<Message> {
        self.readings += 1;
        let (reading, store) = (self.readings, store.clone());
        let asking = async move {
            let (waiting, next) = (store.new_patients().await?, store.next_patient_number().await?);
            Ok(Arc::new(Answer { waiting, next }))
        };
        let asking = async move { asking.await.map_err(|error: StoreError| Arc::new(error)) };
        Task::perform(asking, move |answer| Message::ListRead { reading, answer })
    }

    pub fn is_saving(&self) -> bool {
        self.saving == Saving::Busy
    }

    pub fn saved(&mut self) {
        self.saving = Saving::Idle;
    }

    pub fn failed(&mut self, words: String) {
        self.saving = Saving::Failed(words);
    }

    fn answer(&self) -> Option<&Answer> {
        match &self.read {
            Read::Done(answer) => Some(answer),
            Read::Waiting | Read::Failed(_) => None,
        }
    }

    fn chosen_one(&self) -> Option<&WaitingPatient> {
        self.answer()?.waiting.get(self.waiting.chosen()?)
    }

    pub fn update(&mut self, message: Message, situation: &Situation<'_>, store: &Store) -> Action {
        if !matches!(message, Message::ListRead { .. } | Message::NumberAsked { .. }) {
            self.menu = None;
        }
        let action = self.updated(message, situation, store);
        self.refresh(situation);
        action
    }

    fn updated(&mut self, message: Message, situation: &Situation<'_>, store: &Store) -> Action {
        match message {
            Message::ListRead { reading, answer } if reading == self.readings => self.list_read(answer),
            Message::ListRead { .. } => Action::None,
            Message::NumberAsked { asked, other } => self.number_asked(asked, other, situation),
            // Whether it could be saved must be seen, and for whom.
            _ if self.is_saving() || self.asking.is_some() => Action::None,
            Message::Waiting(message) => match self.waiting.update(message) {
                rows::Action::Run(task) => Action::Run(task),
                rows::Action::Open(_) => self.open(),
                rows::Action::Delete => self.reject(situation),
                rows::Action::Menu(at) => {
                    self.menu = Some(at);
                    Action::None
                }
                rows::Action::New => Action::None,
            },
            Message::Likely(message) => match self.likely.update(message) {
                rows::Action::Run(task) => Action::Run(task),
                rows::Action::Open(_) => self.merge(situation),
                rows::Action::New | rows::Action::Delete | rows::Action::Menu(_) => Action::None,
            },
            // The menu is closed already.
            Message::MenuClosed => Action::None,
            Message::NumberTyped(typed) => {
                self.number = typed;
                Action::None
            }
            Message::AcceptPressed => self.ask_number(situation, store),
            Message::MergePressed => self.merge(situation),
            Message::RejectPressed => self.reject(situation),
            Message::CardPressed => self.open(),
            Message::RetryPressed => {
                self.read = Read::Waiting;
                Action::Run(self.read_again(store))
            }
            Message::ClosePressed => Action::Close,
        }
    }

    fn list_read(&mut self, answer: Result<Arc<Answer>, CouldNotRead>) -> Action {
        let first = matches!(self.read, Read::Waiting);
        match answer {
            Ok(answer) => self.read = Read::Done(answer),
            // What was read before is still worth showing.
            Err(_) if !first => {}
            Err(error) => self.read = Read::Failed(error),
        }
        self.waiting.set_count(self.answer().map_or(0, |answer| answer.waiting.len()));
        if let Some(answer) = self.answer()
            && let Some(led_to) = self.led_to
        {
            let row = answer.waiting.iter().position(|one| one.records.patient.id == led_to);
            self.led_to = None;
            row.into_iter().for_each(|row| self.waiting.choose(row));
        }
        Action::Run(focus::set_if_lost(self.waiting.id(self.waiting.chosen().unwrap_or_default())))
    }

    fn open(&self) -> Action {
        self.chosen_one().map_or(Action::None, |one| Action::Open(one.records.patient.id))
    }

    fn merge(&self, situation: &Situation<'_>) -> Action {
        match self.chosen_one() {
            Some(one) if situation.editing == Editing::Allowed => {
                let with = self.likely.chosen().and_then(|row| one.likely.get(row)).map(|likely| likely.patient.id);
                Action::Merge(one.records.clone(), with)
            }
            _ => Action::None,
        }
    }

    fn reject(&self, situation: &Situation<'_>) -> Action {
        match self.chosen_one() {
            Some(one) if situation.editing == Editing::Allowed => Action::Reject(one.records.clone()),
            _ => Action::None,
        }
    }

    /// «Godkend»: whether the number is free is asked of the file first.
    fn ask_number(&mut self, situation: &Situation<'_>, store: &Store) -> Action {
        let Some(one) = self.chosen_one().filter(|_| situation.editing == Editing::Allowed) else {
            return Action::None;
        };
        let than = one.records.patient.id;
        let number = PatientNumber::new(&self.number).ok().filter(|number| !is_like_cpr(number.as_str()));
        let Some(number) = number else { return Action::Run(focus::set(NUMBER)) };
        let asked = Asking { patient: than, number: number.clone() };
        self.asking = Some(asked.clone());
        let store = store.clone();
        let asking = async move { store.other_patient_with_number(number, Some(than)).await.map_err(Arc::new) };
        Action::Run(Task::perform(asking, move |other| Message::NumberAsked { asked: asked.clone(), other }))
    }

    fn number_asked(
        &mut self,
        asked: Asking,
        other: Result<Option<Entry<Patient>>, CouldNotRead>,
        situation: &Situation<'_>,
    ) -> Action {
        if self.asking.take_if(|asking| *asking == asked).is_none() {
            return Action::None;
        }
        match other {
            Err(error) => {
                self.saving = Saving::Failed(failure::read(situation.texts, &error).1);
                Action::None
            }
            Ok(Some(other)) => {
                self.taken = Some((asked.number, other));
                Action::Run(focus::set(NUMBER))
            }
            Ok(None) => {
                // Whoever has gone from the list meanwhile is accepted already.
                let all = self.answer().map(|answer| &answer.waiting).into_iter().flatten();
                let one = all.map(|one| &one.records.patient).find(|patient| patient.id == asked.patient);
                let accepted = one.and_then(|patient| patient::accept(patient, asked.number));
                let Some(write) = accepted else { return Action::None };
                self.saving = Saving::Busy;
                Action::Save(vec![write])
            }
        }
    }

    /// Says everything again.
    pub fn refresh(&mut self, situation: &Situation<'_>) {
        let chosen = self.chosen_one().map(|one| one.records.patient.id);
        if chosen != self.chosen {
            self.chosen = chosen;
            self.number = self.proposed_number();
            self.taken = None;
            self.likely = Rows::new("new-patient-likely");
        }
        let Some(answer) = self.answer() else {
            self.shown = Shown::default();
            return;
        };
        let rows = answer.waiting.iter().map(|one| WaitingRow::of(one, situation)).collect();
        let mut shown = Shown { rows, ..Shown::default() };
        if let Some(one) = self.chosen_one() {
            shown.entered = entered(&one.records.patient.value, situation);
            shown.booked = booked(&one.records, situation);
            shown.likely = one.likely.iter().map(|likely| LikelyRow::of(likely, situation)).collect();
            shown.number = Some(self.number_sentence(one, answer, situation));
        }
        self.likely.set_count(shown.likely.len());
        self.shown = shown;
    }

    /// Their own, unless it is none of the clinic's.
    fn proposed_number(&self) -> String {
        let (Some(one), Some(answer)) = (self.chosen_one(), self.answer()) else { return String::new() };
        let own = one.records.patient.value.number.as_str();
        if is_provisional(own) { answer.next.to_string() } else { own.to_owned() }
    }

    fn number_sentence(&self, one: &WaitingPatient, answer: &Answer, situation: &Situation<'_>) -> Sentence {
        let texts = situation.texts;
        let next = answer.next.to_string();
        if is_like_cpr(&self.number) {
            return Sentence::Refuses(fl!(texts, "card-number-cpr"));
        }
        match PatientNumber::new(&self.number) {
            Err(aftalebog_booking::bounded::NotALine::Missing) => {
                Sentence::Refuses(fl!(texts, "new-patient-number-missing", next = next))
            }
            Err(fault) => Sentence::Refuses(texts.not_a_line(fault)),
            Ok(number) => match &self.taken {
                Some((taken, by)) if *taken == number => Sentence::Refuses(fl!(
                    texts,
                    "new-patient-number-taken",
                    name = by.value.name.to_string(),
                    next = next
                )),
                _ if is_provisional(one.records.patient.value.number.as_str()) && self.number == next => {
                    let own = one.records.patient.value.number.to_string();
                    Sentence::Means(fl!(texts, "new-patient-number-proposed", own = own))
                }
                _ => Sentence::none(),
            },
        }
    }
}

/// The clinic's numbers are figures; whoever creates themself may have been given something else.
fn is_provisional(number: &str) -> bool {
    is_like_cpr(number) || !number.bytes().all(|byte| byte.is_ascii_digit())
}

fn entered(patient: &Patient, situation: &Situation<'_>) -> Vec<(String, String)> {
    let texts = situation.texts;
    let line = |detail: &Option<aftalebog_booking::bounded::Detail>| {
        detail.as_ref().map(ToString::to_string).filter(|it| !it.is_empty()).unwrap_or_else(|| "–".to_owned())
    };
    vec![
        (fl!(texts, "card-birth-date"), texts.date(patient.birth_date)),
        (fl!(texts, "find-patient-phone"), line(&patient.phone)),
        (fl!(texts, "card-email"), line(&patient.email)),
    ]
}

/// What they have booked or cancelled, and what they are to come for.
fn booked(records: &PatientRecords, situation: &Situation<'_>) -> Vec<String> {
    let appointments = records.appointments.iter().map(|it| {
        let note = words::appointment_note(&it.value, situation);
        let parts = [words::when(&it.value, situation), words::what(&it.value, situation), note];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    });
    let needs = records.open_needs().map(|need| {
        let code = words::need_code(&need.value, situation);
        format!("{code} · {}", words::need_details(&need.value, situation))
    });
    appointments.chain(needs).collect()
}

impl WaitingRow {
    fn of(one: &WaitingPatient, situation: &Situation<'_>) -> Self {
        let texts = situation.texts;
        let value = &one.records.patient.value;
        let born = fl!(texts, "new-patient-born", date = words::born(value, situation));
        let likely = one
            .likely
            .first()
            .map(|likely| fl!(texts, "new-patient-could-be", patient = words::numbered(&likely.patient.value)));
        let details = std::iter::once(born).chain(likely).collect::<Vec<_>>().join(" · ");
        Self { number: value.number.to_string(), name: value.name.to_string(), details }
    }
}

impl LikelyRow {
    fn of(likely: &Likely, situation: &Situation<'_>) -> Self {
        let texts = situation.texts;
        let value = &likely.patient.value;
        let reason = |because: &Likeness| match because {
            Likeness::BirthDateAndName => fl!(texts, "likeness-birth-date"),
            Likeness::Telephone => fl!(texts, "likeness-phone"),
            Likeness::Email => fl!(texts, "likeness-email"),
        };
        let phone = value.phone.as_ref().map(ToString::to_string).filter(|it| !it.is_empty());
        let details = std::iter::once(words::born(value, situation)).chain(phone).collect::<Vec<_>>().join(" · ");
        Self {
            numbered: words::numbered(value),
            details,
            because: likely.because.iter().map(reason).collect::<Vec<_>>().join(" · "),
        }
    }
}
