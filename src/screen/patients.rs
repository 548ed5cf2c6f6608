//! Patients and their needs: looked up, entered, accepted, merged or rejected.
//!
//! Each is a dialog of its own, and they lie in one order: the search, those who wait, the card, two
//! patients side by side, a need, a question. What is above covers what it was opened from.

mod card;
mod line;
mod merge;
mod need;
mod new_patients;
mod question;
mod rows;
mod search;
mod words;

use std::sync::Arc;

use aftalebog_booking::patient::PatientRecords;
use aftalebog_booking::record::Need;
use aftalebog_booking::{Id, Write};
use aftalebog_local::{SaveError, Store, StoreError};
use aftalebog_texts::fl;
use chrono::NaiveDate;
use iced::{Element, Task};

use self::card::Card;
use self::merge::Merge;
use self::need::NeedForm;
use self::new_patients::NewPatients;
use self::question::Question;
use self::search::Search;
use crate::failure;
use crate::screen::appointment_book::Asked;
use crate::screen::settings::{Editing, Situation};

#[derive(Default)]
pub struct Patients {
    search: Option<Search>,
    new_patients: Option<NewPatients>,
    card: Option<Box<Card>>,
    merge: Option<Box<Merge>>,
    need: Option<Box<NeedForm>>,
    question: Option<Question>,
    /// The need that is read before it is asked about. The answer for another one comes too late.
    asking_about: Option<Id<Need>>,
}

#[derive(Clone, Debug)]
pub enum Message {
    Search(search::Message),
    NewPatients(new_patients::Message),
    Card(card::Message),
    Merge(merge::Message),
    Need(need::Message),
    Question(question::Message),
    /// The need that is to be deleted, with whose it is.
    NeedRead {
        need: Id<Need>,
        records: Result<Option<Box<PatientRecords>>, CouldNotRead>,
    },
}

type CouldNotRead = Arc<StoreError>;

pub enum Action {
    None,
    Run(Task<Message>),
    Save(Vec<Write>),
    /// Show this day in the book.
    ShowDay(NaiveDate),
    /// Leads on to another dialog.
    Asked(Asked),
}

impl Patients {
    /// Opens what answers this.
    pub fn ask(&mut self, asked: Asked, situation: &Situation<'_>, store: &Store) -> Action {
        let writable = situation.editing == Editing::Allowed;
        match asked {
            // Whether it could be saved must be seen.
            _ if self.is_saving() => Action::None,
            Asked::FindPatient => {
                self.search = Some(Search::new(situation));
                Action::None
            }
            Asked::NewPatient if writable => self.create_patient("", situation, store),
            Asked::OpenPatient(patient) => self.open_card(patient, situation, store),
            Asked::OpenNewPatients(led_to) => {
                let (list, reading) = NewPatients::new(led_to, situation, store);
                self.new_patients = Some(list);
                Action::Run(reading.map(Message::NewPatients))
            }
            Asked::NewNeed(patient) if writable => {
                let (form, reading) = NeedForm::create(patient, situation, store);
                self.open_need(form, reading)
            }
            Asked::EditNeed(need) => {
                let (form, reading) = NeedForm::edit(need, situation, store);
                self.open_need(form, reading)
            }
            Asked::DeleteNeed(need) if writable => self.ask_about_need(need, store),
            _ => Action::None,
        }
    }

    fn create_patient(&mut self, typed: &str, situation: &Situation<'_>, store: &Store) -> Action {
        let (card, asking) = Card::create(typed, situation, store);
        self.card = Some(Box::new(card));
        Action::Run(asking.map(Message::Card))
    }

    fn open_card(
        &mut self,
        patient: Id<aftalebog_booking::record::Patient>,
        situation: &Situation<'_>,
        store: &Store,
    ) -> Action {
        let (card, reading) = Card::open(patient, situation, store);
        self.card = Some(Box::new(card));
        Action::Run(reading.map(Message::Card))
    }

    fn open_need(&mut self, form: NeedForm, reading: Task<need::Message>) -> Action {
        self.need = Some(Box::new(form));
        Action::Run(reading.map(Message::Need))
    }

    /// What a need is used for decides whether it may go.
    fn ask_about_need(&mut self, need: Id<Need>, store: &Store) -> Action {
        self.asking_about = Some(need);
        let store = store.clone();
        let asking =
            async move { store.patient_records_of_need(need).await.map(|it| it.map(Box::new)).map_err(Arc::new) };
        Action::Run(Task::perform(asking, move |records| Message::NeedRead { need, records }))
    }

    pub fn update(&mut self, message: Message, situation: &Situation<'_>, store: &Store) -> Action {
        // A message of a dialog that has closed meanwhile is dropped.
        match message {
            Message::Search(message) => self.search_message(message, situation, store),
            Message::NewPatients(message) => self.new_patients_message(message, situation, store),
            Message::Card(message) => self.card_message(message, situation, store),
            Message::Merge(message) => self.merge_message(message, situation, store),
            Message::Need(message) => self.need_message(message, situation, store),
            Message::Question(message) => self.question_message(message, situation),
            Message::NeedRead { need, records } => {
                if self.asking_about.take_if(|asking| *asking == need).is_some() {
                    self.question = Some(match records {
                        Ok(records) => Question::delete_need(records.as_deref(), need, situation),
                        Err(error) => {
                            let texts = situation.texts;
                            let why = failure::read(texts, &error).1;
                            Question::told(fl!(texts, "need-title"), fl!(texts, "patients-not-read", why = why))
                        }
                    });
                }
                Action::None
            }
        }
    }

    fn search_message(&mut self, message: search::Message, situation: &Situation<'_>, store: &Store) -> Action {
        let Some(search) = &mut self.search else { return Action::None };
        match search.update(message, situation, store) {
            search::Action::None => Action::None,
            search::Action::Run(task) => Action::Run(task.map(Message::Search)),
            // Whoever was looked for is found: what closes then is the card alone.
            search::Action::Open(patient) => {
                self.search = None;
                self.open_card(patient, situation, store)
            }
            search::Action::New { typed } => self.create_patient(&typed, situation, store),
            search::Action::Close => {
                self.search = None;
                Action::None
            }
        }
    }

    fn new_patients_message(
        &mut self,
        message: new_patients::Message,
        situation: &Situation<'_>,
        store: &Store,
    ) -> Action {
        let Some(list) = &mut self.new_patients else { return Action::None };
        match list.update(message, situation, store) {
            new_patients::Action::None => Action::None,
            new_patients::Action::Run(task) => Action::Run(task.map(Message::NewPatients)),
            new_patients::Action::Save(writes) => Action::Save(writes),
            new_patients::Action::Merge(gone, with) => {
                let (merge, reading) = Merge::new(gone, with, situation, store);
                self.merge = Some(Box::new(merge));
                Action::Run(reading.map(Message::Merge))
            }
            new_patients::Action::Reject(records) => {
                self.question = Some(Question::reject(records, situation));
                Action::None
            }
            new_patients::Action::Open(patient) => self.open_card(patient, situation, store),
            new_patients::Action::Close => {
                self.new_patients = None;
                Action::None
            }
        }
    }

    fn card_message(&mut self, message: card::Message, situation: &Situation<'_>, store: &Store) -> Action {
        let Some(card) = &mut self.card else { return Action::None };
        match card.update(message, situation, store) {
            card::Action::None => Action::None,
            card::Action::Run(task) => Action::Run(task.map(Message::Card)),
            card::Action::Save(writes) => Action::Save(writes),
            card::Action::NewNeed(patient) => self.ask(Asked::NewNeed(Some(patient)), situation, store),
            card::Action::EditNeed(need) => self.ask(Asked::EditNeed(need), situation, store),
            card::Action::DeleteNeed(need) => self.ask(Asked::DeleteNeed(need), situation, store),
            card::Action::Delete(patient, plan) => {
                self.question = Some(Question::delete_patient(patient, plan, situation));
                Action::None
            }
            card::Action::ShowDay(date) => {
                (self.search, self.new_patients, self.card) = (None, None, None);
                Action::ShowDay(date)
            }
            card::Action::Close => {
                self.card = None;
                Action::None
            }
        }
    }

    fn merge_message(&mut self, message: merge::Message, situation: &Situation<'_>, store: &Store) -> Action {
        let Some(merge) = &mut self.merge else { return Action::None };
        match merge.update(message, situation, store) {
            merge::Action::None => Action::None,
            merge::Action::Run(task) => Action::Run(task.map(Message::Merge)),
            merge::Action::Save(writes) => Action::Save(writes),
            merge::Action::Close => {
                self.merge = None;
                Action::None
            }
        }
    }

    fn need_message(&mut self, message: need::Message, situation: &Situation<'_>, store: &Store) -> Action {
        let Some(form) = &mut self.need else { return Action::None };
        match form.update(message, situation, store) {
            need::Action::None => Action::None,
            need::Action::Run(task) => Action::Run(task.map(Message::Need)),
            need::Action::Save(writes) => Action::Save(writes),
            need::Action::Close => {
                self.need = None;
                Action::None
            }
        }
    }

    fn question_message(&mut self, message: question::Message, situation: &Situation<'_>) -> Action {
        let Some(question) = &mut self.question else { return Action::None };
        match question.update(message, situation) {
            question::Action::None => Action::None,
            question::Action::Save(writes) => Action::Save(writes),
            question::Action::Close => {
                self.question = None;
                Action::None
            }
        }
    }

    /// The day, the language or the clinic has turned: everything is said again.
    pub fn refresh(&mut self, situation: &Situation<'_>) {
        let Self { search, new_patients, card, merge, need, question, asking_about: _ } = self;
        search.iter_mut().for_each(|it| it.refresh(situation));
        new_patients.iter_mut().for_each(|it| it.refresh(situation));
        card.iter_mut().for_each(|it| it.refresh(situation));
        merge.iter_mut().for_each(|it| it.refresh(situation));
        need.iter_mut().for_each(|it| it.refresh(situation));
        question.iter_mut().for_each(|it| it.refresh(situation));
    }

    /// The save that was begun here is durable; `situation` is what the file holds now. What it was
    /// opened from is read again.
    pub fn saved(&mut self, situation: &Situation<'_>, store: &Store) -> Task<Message> {
        self.close_saved();
        let search = self.search.as_mut().map(|it| it.read_again(situation, store).map(Message::Search));
        let list = self.new_patients.as_mut().map(|it| it.read_again(store).map(Message::NewPatients));
        let card = self.card.as_mut().map(|it| it.read_again(store).map(Message::Card));
        Task::batch([search, list, card].into_iter().flatten())
    }

    /// Something has come from elsewhere: whether what is open is still as it was.
    pub fn look_again(&mut self, store: &Store) -> Task<Message> {
        let list = self.new_patients.as_mut().map(|it| it.read_again(store).map(Message::NewPatients));
        let card = self.card.as_mut().map(|it| it.read_again(store).map(Message::Card));
        let need = self.need.as_mut().map(|it| it.read_again(store).map(Message::Need));
        Task::batch([list, card, need].into_iter().flatten())
    }

    /// The dialog whose save it was closes, but for the list of those who wait.
    fn close_saved(&mut self) {
        if let Some(question) = self.question.take_if(|it| it.is_saving()) {
            if question.takes_patient() {
                self.card = None;
            }
        } else if let Some(card) = self.card.take_if(|it| it.is_saving()) {
            // Whoever was looked for in vain is there now.
            if card.is_new() {
                self.search = None;
            }
        } else {
            self.need = self.need.take().filter(|it| !it.is_saving());
            self.merge = self.merge.take().filter(|it| !it.is_saving());
            self.new_patients.iter_mut().for_each(NewPatients::saved);
        }
    }

    /// The save that was begun here went wrong, for the reason that `words` say.
    pub fn failed(&mut self, error: &SaveError, words: String, situation: &Situation<'_>) {
        if let Some(question) = self.question.as_mut().filter(|it| it.is_saving()) {
            question.failed(words);
        } else if let Some(form) = self.need.as_mut().filter(|it| it.is_saving()) {
            form.failed(words);
        } else if let Some(merge) = self.merge.as_mut().filter(|it| it.is_saving()) {
            merge.failed(error, words, situation);
        } else if let Some(card) = self.card.as_mut().filter(|it| it.is_saving()) {
            card.failed(words);
        } else if let Some(list) = &mut self.new_patients {
            list.failed(words);
        }
    }

    pub fn is_saving(&self) -> bool {
        self.question.as_ref().is_some_and(Question::is_saving)
            || self.need.as_ref().is_some_and(|it| it.is_saving())
            || self.merge.as_ref().is_some_and(|it| it.is_saving())
            || self.card.as_ref().is_some_and(|it| it.is_saving())
            || self.new_patients.as_ref().is_some_and(NewPatients::is_saving)
    }

    /// Something typed is not saved.
    pub fn is_edited(&self) -> bool {
        self.card.as_ref().is_some_and(|it| it.is_edited()) || self.need.as_ref().is_some_and(|it| it.is_edited())
    }

    /// What lies above the book, the lowest first.
    pub fn layers<'a>(&'a self, situation: &Situation<'a>) -> Vec<Element<'a, Message>> {
        let mut layers = vec![];
        layers.extend(self.search.as_ref().map(|it| it.view(situation).map(Message::Search)));
        let waiting = self.new_patients.iter().flat_map(|it| it.layers(situation));
        layers.extend(waiting.map(|layer| layer.map(Message::NewPatients)));
        layers.extend(self.card.iter().flat_map(|it| it.layers(situation)).map(|layer| layer.map(Message::Card)));
        layers.extend(self.merge.iter().flat_map(|it| it.layers(situation)).map(|layer| layer.map(Message::Merge)));
        layers.extend(self.need.iter().flat_map(|it| it.layers(situation)).map(|layer| layer.map(Message::Need)));
        layers.extend(self.question.as_ref().map(|it| it.view(situation).map(Message::Question)));
        layers
    }
}
