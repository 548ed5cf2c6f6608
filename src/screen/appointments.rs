//! What opens above the book for an appointment or a block: its dialog, and the questions before it is put, moved, cancelled or deleted.

mod block;
mod draft;
mod form;
mod question;
mod view;

use std::sync::Arc;

use aftalebog_booking::bounded::Length;
use aftalebog_booking::overlap::{self, OnTop, Plan, Step};
use aftalebog_booking::placement::{Placement, unusual};
use aftalebog_booking::record::{Appointment, Patient, Status};
use aftalebog_booking::{Entry, Id, Write};
use aftalebog_local::{AppointmentCard, Booked, SaveError, Store, StoreError, Visit};
use aftalebog_texts::fl;
use iced::{Element, Task};

use crate::failure;
use crate::screen::appointment_book::{Asked, Place};
use crate::screen::settings::form::Elsewhere;
use crate::screen::settings::{Editing, Situation, mapped_to};
use crate::ui::dialog::Saving;
use crate::ui::focus::inert;
use block::BlockForm;
use form::AppointmentForm;
use question::Question;

#[derive(Default)]
pub struct Appointments {
    dialog: Option<Dialog>,
    question: Option<Question>,
    waits: Waits,
    /// The number of the last question to the file; the answer to an earlier one comes too late.
    asked: u32,
    /// What was checked last, to be checked again if the file refuses it.
    steps: Vec<Step>,
    /// Why the file has refused them, in words, while they are checked again.
    refused: Option<String>,
    /// What is unusual about the time to which something is dragged.
    unusual: Option<String>,
    /// A patient is being created for the dialog.
    awaits_patient: bool,
    told: Option<String>,
}

enum Dialog {
    Appointment(Box<AppointmentForm>),
    Block(Box<BlockForm>),
}

/// What is waited for.
#[derive(Default)]
enum Waits {
    #[default]
    Nothing,
    /// What the file knows of that which is to be opened, moved, cancelled or deleted.
    ToBegin(Asked),
    /// What stands where `steps` are to be put.
    ToCheck,
    /// A save.
    ToBeSaved,
}

#[derive(Clone, Debug)]
pub enum Message {
    CardRead {
        number: u32,
        read: Result<Option<Arc<Found>>, CouldNotRead>,
    },
    VisitRead {
        number: u32,
        read: Result<Option<Arc<Visit>>, CouldNotRead>,
    },
    AroundRead {
        number: u32,
        around: Result<Vec<Booked>, CouldNotRead>,
    },
    /// The one whose dialog is open, after something has come from elsewhere.
    ReadAgain {
        id: Id<Appointment>,
        read: Result<Option<Entry<Appointment>>, CouldNotRead>,
    },
    Appointment(form::Message),
    Block(block::Message),
    QuestionDeclined,
    QuestionConfirmed,
}

/// An appointment or block, and what stands around where it is and where it is to be.
#[derive(Debug)]
pub struct Found {
    card: AppointmentCard,
    around: Vec<Booked>,
}

type CouldNotRead = Arc<StoreError>;

pub enum Action {
    None,
    Run(Task<Message>),
    Save(Vec<Write>),
    /// Leads on to another dialog.
    Asked(Asked),
}

impl Appointments {
    /// Opens what answers this.
    pub fn ask(&mut self, asked: Asked, situation: &Situation<'_>, store: &Store) -> Action {
        // What was dragged is put down before anything else begins.
        let moving = matches!(self.waits, Waits::ToBegin(Asked::Reschedule { .. }) | Waits::ToCheck | Waits::ToBeSaved);
        let busy = self.dialog.is_some() || self.question.is_some() || moving;
        let only_looks = matches!(asked, Asked::Edit(_));
        if busy || (situation.editing == Editing::ReadOnly && !only_looks) {
            return Action::None;
        }
        match asked {
            Asked::NewAppointment { at, minutes } => {
                self.forget_answer();
                self.dialog = Some(Dialog::Appointment(Box::new(AppointmentForm::new(at, minutes, situation))));
                Action::None
            }
            Asked::NewBlock { at, minutes } => {
                self.forget_answer();
                self.dialog = Some(Dialog::Block(Box::new(BlockForm::new(at, minutes, situation))));
                Action::None
            }
            Asked::UseNeed { need, .. } => {
                let number = self.wait(Waits::ToBegin(asked));
                let store = store.clone();
                let reading = async move { store.visit_for(need).await.map(|it| it.map(Arc::new)).map_err(Arc::new) };
                Action::Run(Task::perform(reading, move |read| Message::VisitRead { number, read }))
            }
            Asked::Edit(id) | Asked::Cancel(id) | Asked::Delete(id) => self.read_card(asked, id, None, store),
            Asked::Reschedule { appointment, at, minutes } => {
                let to = Placement { practitioner: at.practitioner, start: at.start, minutes };
                self.read_card(asked, appointment, Some(to), store)
            }
            Asked::FindPatient
            | Asked::NewPatient
            | Asked::OpenPatient(_)
            | Asked::OpenNewPatients(_)
            | Asked::NewNeed(_)
            | Asked::EditNeed(_)
            | Asked::DeleteNeed(_) => Action::None,
        }
    }

    /// What is to be told beside the book, if anything is.
    pub fn take_told(&mut self) -> Option<String> {
        self.told.take()
    }

    pub fn update(&mut self, message: Message, situation: &Situation<'_>, store: &Store) -> Action {
        match message {
            Message::CardRead { number, read } => self.card_read(number, read, situation),
            Message::VisitRead { number, read } => self.visit_read(number, read, situation),
            Message::AroundRead { number, around } => self.around_read(number, around, situation),
            Message::ReadAgain { id, read } => {
                // Whatever could not be read is said when it is saved.
                if let (Some(opened), Ok(now)) = (self.opened().filter(|it| it.id == id).cloned(), read) {
                    self.changed_elsewhere(&opened, now.as_ref());
                }
                Action::None
            }
            Message::Appointment(message) => self.appointment_message(message, situation, store),
            Message::Block(message) => self.block_message(message, situation, store),
            Message::QuestionDeclined if self.is_saving() => Action::None,
            Message::QuestionDeclined => {
                self.question = None;
                self.unusual = None;
                Action::None
            }
            Message::QuestionConfirmed => self.question_confirmed(),
        }
    }

    /// The day, the language or the clinic has turned: everything is said again.
    pub fn refresh(&mut self, situation: &Situation<'_>) {
        match &mut self.dialog {
            Some(Dialog::Appointment(form)) => form.refresh(situation),
            Some(Dialog::Block(form)) => form.refresh(situation),
            None => {}
        }
        if let Some(question) = &mut self.question {
            question.refresh(situation);
        }
    }

    /// The save that was begun here is durable; `situation` is what the file holds now.
    pub fn saved(&mut self, _situation: &Situation<'_>) -> Task<Message> {
        let Self { asked, unusual, .. } = std::mem::take(self);
        *self = Self { asked, told: unusual, ..Self::default() };
        Task::none()
    }

    /// The save that was begun here went wrong, for the reason that `words` say. Where somebody has
    /// come to stand in the way meanwhile, that is asked about as if it had stood there before.
    pub fn failed(&mut self, error: &SaveError, words: String, situation: &Situation<'_>, store: &Store) -> Action {
        self.waits = Waits::Nothing;
        if error.is_taken() && !self.steps.is_empty() {
            self.question = None;
            self.refused = Some(words);
            let steps = std::mem::take(&mut self.steps);
            return self.check(steps, store);
        }
        self.tell_failure(words);
        self.refresh(situation);
        Action::None
    }

    /// Where the person looks: in the question, the dialog, or beside the book.
    fn tell_failure(&mut self, words: String) {
        self.unusual = None;
        self.refused = None;
        match (&mut self.question, &mut self.dialog) {
            (Some(question), _) => question.saving = Saving::Failed(words),
            (None, Some(Dialog::Appointment(form))) => form.form.failed(words),
            (None, Some(Dialog::Block(form))) => form.form.failed(words),
            (None, None) => self.told = Some(words),
        }
    }

    pub fn is_saving(&self) -> bool {
        matches!(self.waits, Waits::ToBeSaved)
    }

    /// Something typed is not saved.
    pub fn is_edited(&self) -> bool {
        match &self.dialog {
            Some(Dialog::Appointment(form)) => form.is_edited(),
            Some(Dialog::Block(form)) => form.is_edited(),
            None => false,
        }
    }

    /// A patient was created above the dialog that asked for one: it is the patient of the appointment.
    pub fn patient_created(
        &mut self,
        patient: Entry<Patient>,
        situation: &Situation<'_>,
        store: &Store,
    ) -> Task<Message> {
        match &mut self.dialog {
            Some(Dialog::Appointment(form)) if std::mem::take(&mut self.awaits_patient) => {
                form.choose_patient(patient, situation, store).map(Message::Appointment)
            }
            _ => Task::none(),
        }
    }

    /// What lies above the book, the lowest first.
    pub fn layers<'a>(&'a self, situation: &Situation<'a>) -> Vec<Element<'a, Message>> {
        let mut layers = match &self.dialog {
            Some(Dialog::Appointment(form)) => mapped_to(form.layers(situation), Message::Appointment),
            Some(Dialog::Block(form)) => mapped_to(form.layers(situation), Message::Block),
            None => Vec::new(),
        };
        // A question lies above the dialog that has led to it.
        if let Some(question) = &self.question {
            layers = layers.into_iter().map(|layer| inert(true, layer).into()).collect();
            layers.push(question.view());
        } else {
            layers = layers.into_iter().map(|layer| inert(false, layer).into()).collect();
        }
        layers
    }

    /// Waits for an answer of the file, which names this number.
    fn wait(&mut self, waits: Waits) -> u32 {
        self.waits = waits;
        self.asked += 1;
        self.asked
    }

    /// An answer that is still on its way comes too late, and nothing is left of what it was for.
    fn forget_answer(&mut self) {
        self.unusual = None;
        self.refused = None;
        self.steps.clear();
        let _number = self.wait(Waits::Nothing);
    }

    /// Whether this is the answer that is waited for; then nothing is waited for any more.
    fn answers(&mut self, number: u32) -> Option<Waits> {
        (number == self.asked).then(|| std::mem::take(&mut self.waits))
    }

    /// What the open dialog has opened.
    fn opened(&self) -> Option<&Entry<Appointment>> {
        match self.dialog.as_ref()? {
            Dialog::Appointment(form) => form.opened().map(|found| &found.card.entry),
            Dialog::Block(form) => form.opened(),
        }
    }

    /// Something has come from elsewhere: whether the one that is open is still as it was.
    pub fn read_again(&self, store: &Store) -> Task<Message> {
        let Some(id) = self.opened().map(|opened| opened.id) else { return Task::none() };
        let store = store.clone();
        let reading = async move {
            let found = store.booked_of(vec![id]).await.map_err(Arc::new)?;
            Ok(found.into_iter().next().map(|booked| booked.entry))
        };
        Task::perform(reading, move |read| Message::ReadAgain { id, read })
    }

    fn changed_elsewhere(&mut self, opened: &Entry<Appointment>, now: Option<&Entry<Appointment>>) {
        let cancelled = now.is_some_and(|now| now.value.status == Status::Cancelled);
        let elsewhere = match Elsewhere::of(opened, now) {
            Some(Elsewhere::Changed) if cancelled => Some(Elsewhere::Cancelled),
            elsewhere => elsewhere,
        };
        match &mut self.dialog {
            Some(Dialog::Appointment(form)) => form.form.elsewhere(elsewhere),
            Some(Dialog::Block(form)) => form.form.elsewhere(elsewhere),
            None => {}
        }
    }

    fn read_card(&mut self, asked: Asked, id: Id<Appointment>, to: Option<Placement>, store: &Store) -> Action {
        let number = self.wait(Waits::ToBegin(asked));
        let store = store.clone();
        let reading = async move {
            let Some(card) = store.appointment(id).await.map_err(Arc::new)? else { return Ok(None) };
            let mut times = vec![(card.entry.value.start, card.entry.value.end())];
            times.extend(to.map(|to| (to.start, to.end())));
            let around = store.around(times).await.map_err(Arc::new)?;
            Ok(Some(Arc::new(Found { card, around })))
        };
        Action::Run(Task::perform(reading, move |read| Message::CardRead { number, read }))
    }

    fn card_read(
        &mut self,
        number: u32,
        read: Result<Option<Arc<Found>>, CouldNotRead>,
        situation: &Situation<'_>,
    ) -> Action {
        let Some(Waits::ToBegin(asked)) = self.answers(number) else { return Action::None };
        let texts = situation.texts;
        let found = match read {
            Ok(Some(found)) if found.card.entry.value.status == Status::Booked => found,
            Ok(_) => {
                self.tell_failure(fl!(texts, "appointment-gone"));
                return Action::None;
            }
            Err(error) => {
                self.tell_failure(fl!(texts, "appointment-not-read", why = failure::read(texts, &error).1));
                return Action::None;
            }
        };
        match asked {
            Asked::Reschedule { at, minutes, .. } => self.reschedule(&found, at, minutes, situation),
            Asked::Cancel(_) => self.ask_removal(Step::cancel, &found, situation),
            Asked::Delete(_) => self.ask_removal(Step::delete, &found, situation),
            _ => {
                self.dialog = Some(if is_block(&found.card.entry.value) {
                    Dialog::Block(Box::new(BlockForm::open(&found.card.entry, situation)))
                } else {
                    Dialog::Appointment(Box::new(AppointmentForm::open(found, situation)))
                });
                Action::None
            }
        }
    }

    fn visit_read(
        &mut self,
        number: u32,
        read: Result<Option<Arc<Visit>>, CouldNotRead>,
        situation: &Situation<'_>,
    ) -> Action {
        let Some(Waits::ToBegin(Asked::UseNeed { need, at })) = self.answers(number) else { return Action::None };
        let texts = situation.texts;
        match read {
            Ok(Some(visit)) if visit.needs.iter().any(|open| open.id == need) => {
                let form = AppointmentForm::for_need(&visit, need, at, situation);
                self.dialog = Some(Dialog::Appointment(Box::new(form)));
            }
            Ok(_) => self.told = Some(fl!(texts, "appointment-need-gone")),
            Err(error) => {
                self.told = Some(fl!(texts, "appointment-not-read", why = failure::read(texts, &error).1));
            }
        }
        Action::None
    }

    /// Put somewhere else by a drag or by keys: it is saved at once, unless it asks.
    fn reschedule(&mut self, found: &Found, at: Place, minutes: Length, situation: &Situation<'_>) -> Action {
        let entry = found.card.entry.clone();
        let Place { practitioner, start } = at;
        let after = Appointment { practitioner, start, minutes, ..entry.value.clone() };
        let placement = Placement { practitioner, start, minutes };
        // Whoever pulls at a time that is unusual already is told nothing new.
        let before = unusual(situation.setup, placement_of(&entry.value), situation.now);
        let new = unusual(situation.setup, placement, situation.now).into_iter().find(|it| !before.contains(it));
        self.unusual = new.filter(|_| !is_block(&entry.value)).map(|unusual| {
            let texts = situation.texts;
            let why = texts.unusual(situation.setup, practitioner, unusual);
            let place = aftalebog_texts::capital(&texts.placement(situation.setup, placement, situation.today));
            fl!(texts, "appointment-unusual", place = place, why = why)
        });
        self.steps = vec![Step::edit(entry, after)];
        let plan = plan(&self.steps, &found.around);
        if plan.writes.is_empty() {
            self.unusual = None;
            return Action::None;
        }
        self.decide(plan, &found.around, situation)
    }

    /// «Afbud …», «Slet …» or «Fjern spærringen …».
    fn ask_removal(
        &mut self,
        step: fn(Entry<Appointment>) -> Step,
        found: &Found,
        situation: &Situation<'_>,
    ) -> Action {
        let entry = found.card.entry.clone();
        // A block has nobody who could cancel it.
        let step = if is_block(&entry.value) { Step::delete(entry) } else { step(entry) };
        self.steps.clear();
        let writes = plan(std::slice::from_ref(&step), &found.around).writes;
        self.question = Some(Question::removal(&step, &found.card, writes, situation));
        Action::None
    }

    /// Asks the file what the steps would stand on.
    fn check(&mut self, steps: Vec<Step>, store: &Store) -> Action {
        let times = steps.iter().flat_map(Step::times).collect();
        self.steps = steps;
        let number = self.wait(Waits::ToCheck);
        let store = store.clone();
        let reading = async move { store.around(times).await.map_err(Arc::new) };
        Action::Run(Task::perform(reading, move |around| Message::AroundRead { number, around }))
    }

    fn around_read(
        &mut self,
        number: u32,
        around: Result<Vec<Booked>, CouldNotRead>,
        situation: &Situation<'_>,
    ) -> Action {
        let Some(Waits::ToCheck) = self.answers(number) else { return Action::None };
        match around {
            Ok(around) => {
                let plan = plan(&self.steps, &around);
                self.decide(plan, &around, situation)
            }
            Err(error) => {
                let texts = situation.texts;
                self.tell_failure(fl!(texts, "appointment-not-read", why = failure::read(texts, &error).1));
                Action::None
            }
        }
    }

    /// Saves what stands in nobody's way, and asks about the rest.
    fn decide(&mut self, plan: Plan, around: &[Booked], situation: &Situation<'_>) -> Action {
        let Plan { on_top, writes } = plan;
        if on_top.is_empty() {
            // Refused although nothing stands there: it would be refused for ever.
            if let Some(words) = self.refused.take() {
                self.tell_failure(words);
                return Action::None;
            }
            return self.save(writes);
        }
        self.refused = None;
        let named = |on_top: OnTop| {
            let patient = around.iter().find(|it| it.entry.id == on_top.on.id).and_then(|it| it.patient.clone());
            (on_top, patient)
        };
        let put = self.steps.iter().find(|step| step.id() == on_top[0].put).and_then(Step::after);
        self.question = Some(Question::overlap(
            put,
            on_top.into_iter().map(named).collect(),
            self.unusual.clone(),
            writes,
            situation,
        ));
        if let Some(Dialog::Appointment(form)) = &mut self.dialog {
            form.form.rest();
        } else if let Some(Dialog::Block(form)) = &mut self.dialog {
            form.form.rest();
        }
        Action::None
    }

    fn save(&mut self, writes: Vec<Write>) -> Action {
        self.waits = Waits::ToBeSaved;
        Action::Save(writes)
    }

    fn question_confirmed(&mut self) -> Action {
        match &mut self.question {
            Some(question) if question.saving != Saving::Busy => {
                question.saving = Saving::Busy;
                let writes = question.writes.clone();
                self.save(writes)
            }
            _ => Action::None,
        }
    }

    fn appointment_message(&mut self, message: form::Message, situation: &Situation<'_>, store: &Store) -> Action {
        let Some(Dialog::Appointment(form)) = &mut self.dialog else { return Action::None };
        let action = form.update(message, situation, store);
        let opened = form.opened().cloned();
        match (action, opened) {
            (form::Action::None, _) => Action::None,
            (form::Action::Run(task), _) => Action::Run(task.map(Message::Appointment)),
            (form::Action::Check(step), _) => self.check(vec![*step], store),
            (form::Action::NewPatient, _) => {
                self.awaits_patient = true;
                Action::Asked(Asked::NewPatient)
            }
            (form::Action::Cancel, Some(found)) => self.ask_removal(Step::cancel, &found, situation),
            (form::Action::Delete, Some(found)) => self.ask_removal(Step::delete, &found, situation),
            (form::Action::KeepBoth, Some(found)) => {
                self.steps.clear();
                let around = entries(&found.around);
                self.save(overlap::keep_both(&found.card.entry, &around))
            }
            (form::Action::Close, _) => self.close(),
            (form::Action::Cancel | form::Action::Delete | form::Action::KeepBoth, None) => Action::None,
        }
    }

    fn block_message(&mut self, message: block::Message, situation: &Situation<'_>, store: &Store) -> Action {
        let Some(Dialog::Block(form)) = &mut self.dialog else { return Action::None };
        match form.update(message, situation) {
            block::Action::None => Action::None,
            block::Action::Run(task) => Action::Run(task.map(Message::Block)),
            block::Action::Check(steps) => self.check(steps, store),
            // What stands around it may have changed while the dialog was open.
            block::Action::Remove(id) => self.read_card(Asked::Delete(id), id, None, store),
            block::Action::Close => self.close(),
        }
    }

    fn close(&mut self) -> Action {
        self.dialog = None;
        self.awaits_patient = false;
        self.forget_answer();
        Action::None
    }
}

/// «Without patient and type it is a block.»
fn is_block(appointment: &Appointment) -> bool {
    appointment.patient.is_none() && appointment.appointment_type.is_none()
}

/// Where an appointment is, or is to be.
pub fn placement_of(appointment: &Appointment) -> Placement {
    let Appointment { practitioner, start, minutes, .. } = *appointment;
    Placement { practitioner, start, minutes }
}

fn plan(steps: &[Step], around: &[Booked]) -> Plan {
    overlap::plan(steps, &entries(around))
}

fn entries(around: &[Booked]) -> Vec<Entry<Appointment>> {
    around.iter().map(|booked| booked.entry.clone()).collect()
}
