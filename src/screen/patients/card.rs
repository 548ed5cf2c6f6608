//! The patient card: who somebody is, and what is open and booked for them.

mod draft;
mod view;

use std::sync::Arc;

use aftalebog_booking::bounded::PatientNumber;
use aftalebog_booking::patient::{self, Depending, PatientRecords};
use aftalebog_booking::record::{Appointment, Entry, Need, Patient};
use aftalebog_booking::{Id, Write};
use aftalebog_local::{Store, StoreError};
use chrono::NaiveDate;
use iced::{Point, Task};

use self::draft::{Draft, Sentences};
pub use self::draft::{Field, Taken};
use super::rows::{self, Rows};
use super::words;
use crate::failure;
use crate::screen::settings::form::{Elsewhere, Form, Next, Pressed};
use crate::screen::settings::{Editing, Situation};
use crate::ui::dialog::Saving;
use crate::ui::focus;

pub struct Card {
    whose: Whose,
    /// How many readings there were.
    readings: u32,
    read: Read,
    form: Form,
    draft: Draft,
    /// What was in the form before anybody typed.
    untouched: Draft,
    /// OK has been pressed: what is missing is said as well.
    tried: bool,
    /// Who has the number that was typed.
    taken: Option<Taken>,
    /// OK waits for the file to say whether the number is free.
    asking: Option<PatientNumber>,
    sentences: Sentences,
    needs: Rows,
    upcoming: Rows,
    earlier: Rows,
    shown: Shown,
    unfolded: Unfolded,
    menu: Option<Menu>,
}

/// A menu that is open.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Menu {
    on: On,
    at: Point,
}

/// The row of which list a menu is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum On {
    Need,
    Upcoming,
    Earlier,
}

/// Whose card it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whose {
    /// Somebody new; the id is made once, so that saving twice is harmless.
    New(Id<Patient>),
    Known(Id<Patient>),
}

/// Which reading of whose card: the answer to an earlier one, or to another card's, comes too late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    patient: Id<Patient>,
    number: u32,
}

/// What was asked of the file.
#[derive(Debug)]
enum Read {
    Waiting,
    /// Why, in words.
    Failed(CouldNotRead),
    /// Somebody else has deleted them.
    Gone,
    /// `None`: somebody new, of whom there is nothing to read.
    Done(Option<Box<PatientRecords>>),
}

/// Earlier appointments are shown when they are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Unfolded {
    #[default]
    No,
    Yes,
}

/// What is open and booked, in words.
#[derive(Debug, Default)]
struct Shown {
    needs: Vec<NeedRow>,
    upcoming: Vec<AppointmentRow>,
    earlier: Vec<AppointmentRow>,
}

#[derive(Debug)]
struct NeedRow {
    need: Entry<Need>,
    code: String,
    name: String,
    details: String,
    /// «Uge 49: mandag 30. november …», or which appointment uses it.
    meaning: String,
    standing: Due,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Due {
    InTime,
    /// The recall week lies before this one.
    Overdue,
    /// An appointment is made.
    Used,
}

#[derive(Debug)]
struct AppointmentRow {
    date: NaiveDate,
    when: String,
    what: String,
    /// «Afbud», «Booket online».
    note: String,
    cancelled: bool,
}

type CouldNotRead = Arc<StoreError>;

#[derive(Clone, Debug)]
pub enum Message {
    RecordsRead {
        of: Reading,
        records: Result<Option<Box<PatientRecords>>, CouldNotRead>,
    },
    /// For the card of the new patient with this id.
    NumberProposed {
        of: Id<Patient>,
        number: Option<PatientNumber>,
    },
    NumberAsked {
        number: PatientNumber,
        other: Result<Option<Entry<Patient>>, CouldNotRead>,
    },
    Typed(Field, String),
    Pressed(Pressed),
    DeletePressed,
    Needs(rows::Message),
    NewNeedPressed,
    EditNeedPressed,
    DeleteNeedPressed,
    Upcoming(rows::Message),
    Earlier(rows::Message),
    EarlierPressed,
    MenuClosed,
    RetryPressed,
}

pub enum Action {
    None,
    Run(Task<Message>),
    Save(Vec<Write>),
    NewNeed(Id<Patient>),
    EditNeed(Id<Need>),
    DeleteNeed(Id<Need>),
    /// May be deleted, or this hangs on them.
    Delete(Entry<Patient>, Result<Vec<Write>, Depending>),
    /// Show this day in the book.
    ShowDay(NaiveDate),
    Close,
}

impl Card {
    /// The card of somebody the clinic has, and the reading of it.
    pub fn open(patient: Id<Patient>, situation: &Situation<'_>, store: &Store) -> (Self, Task<Message>) {
        let mut card = Self::with(Whose::Known(patient), Read::Waiting, Draft::default(), situation);
        let reading = card.read_again(store);
        (card, reading)
    }

    /// A new patient's, of whom this was typed, and the question for the next number.
    pub fn create(typed: &str, situation: &Situation<'_>, store: &Store) -> (Self, Task<Message>) {
        let draft = Draft::from_search(typed, situation.today);
        let of = Id::random();
        let card = Self::with(Whose::New(of), Read::Done(None), draft, situation);
        let store = store.clone();
        let asking = async move { store.next_patient_number().await.ok() };
        (card, Task::perform(asking, move |number| Message::NumberProposed { of, number }))
    }

    fn with(whose: Whose, read: Read, draft: Draft, situation: &Situation<'_>) -> Self {
        let sentences = draft.sentences(None, false, None, situation);
        let mut card = Self {
            whose,
            readings: 0,
            read,
            form: Form::default(),
            untouched: draft.clone(),
            draft,
            tried: false,
            taken: None,
            asking: None,
            sentences,
            needs: Rows::new("card-need"),
            upcoming: Rows::new("card-upcoming"),
            earlier: Rows::new("card-earlier"),
            shown: Shown::default(),
            unfolded: Unfolded::No,
            menu: None,
        };
        card.refresh(situation);
        card
    }

    fn id(&self) -> Id<Patient> {
        match self.whose {
            Whose::New(id) | Whose::Known(id) => id,
        }
    }

    pub fn is_new(&self) -> bool {
        matches!(self.whose, Whose::New(_))
    }

    fn reading(&self) -> Reading {
        Reading { patient: self.id(), number: self.readings }
    }

    fn records(&self) -> Option<&PatientRecords> {
        match &self.read {
            Read::Done(records) => records.as_deref(),
            Read::Waiting | Read::Failed(_) | Read::Gone => None,
        }
    }

    /// Asks the file again, after something in it has changed. What is typed stays.
    pub fn read_again(&mut self, store: &Store) -> Task<Message> {
        let Whose::Known(patient) = self.whose else { return Task::none() };
        self.readings += 1;
        let (of, store) = (self.reading(), store.clone());
        let asking = async move { store.patient_records(patient).await.map(|it| it.map(Box::new)).map_err(Arc::new) };
        Task::perform(asking, move |records| Message::RecordsRead { of, records })
    }

    pub fn is_saving(&self) -> bool {
        *self.form.saving() == Saving::Busy
    }

    pub fn is_edited(&self) -> bool {
        self.draft != self.untouched
    }

    /// The save went wrong; everything typed still stands.
    pub fn failed(&mut self, words: String) {
        self.form.failed(words);
    }

    pub fn update(&mut self, message: Message, situation: &Situation<'_>, store: &Store) -> Action {
        if !matches!(
            message,
            Message::RecordsRead { .. } | Message::NumberProposed { .. } | Message::NumberAsked { .. }
        ) {
            self.menu = None;
        }
        let action = match message {
            Message::RecordsRead { of, records } if of == self.reading() => self.records_read(records, situation),
            Message::RecordsRead { .. } => Action::None,
            Message::NumberProposed { of, number } if of == self.id() => self.number_proposed(number),
            Message::NumberProposed { .. } => Action::None,
            Message::NumberAsked { number, other } => self.number_asked(number, other, situation),
            Message::Typed(field, typed) => {
                *self.draft.text(field) = typed;
                Action::None
            }
            // The file is about to say whether the number is free.
            Message::Pressed(_) if self.asking.is_some() => Action::None,
            Message::Pressed(pressed) => self.pressed(pressed, situation, store),
            Message::DeletePressed => match self.records() {
                Some(records) if situation.editing == Editing::Allowed => {
                    Action::Delete(records.patient.clone(), patient::delete_patient(records))
                }
                _ => Action::None,
            },
            Message::Needs(message) => self.needs_message(message, situation),
            Message::NewNeedPressed => self.new_need(situation),
            Message::EditNeedPressed => self.chosen_need().map_or(Action::None, Action::EditNeed),
            Message::DeleteNeedPressed => self.delete_need(situation),
            Message::Upcoming(message) => {
                let action = self.upcoming.update(message);
                self.appointments_action(action, On::Upcoming)
            }
            Message::Earlier(message) => {
                let action = self.earlier.update(message);
                self.appointments_action(action, On::Earlier)
            }
            // The menu is closed already.
            Message::MenuClosed => Action::None,
            Message::EarlierPressed => {
                self.unfolded = match self.unfolded {
                    Unfolded::No => Unfolded::Yes,
                    Unfolded::Yes => Unfolded::No,
                };
                Action::None
            }
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
        let first = !matches!(self.read, Read::Done(_));
        let edited = self.is_edited();
        match records {
            Ok(Some(mut records)) => {
                // What is typed was typed over what was opened; whatever somebody else has saved since is told.
                if let Some(opened) = self.records().map(|it| it.patient.clone()).filter(|_| edited) {
                    self.form.compare(Some(&opened), |_| Some(&records.patient.value));
                    records.patient = opened;
                } else {
                    self.form.elsewhere(None);
                    self.draft = Draft::of(&records.patient.value, situation);
                    self.untouched = self.draft.clone();
                }
                self.read = Read::Done(Some(records));
            }
            Ok(None) if edited && !first => self.form.elsewhere(Some(Elsewhere::Deleted)),
            Ok(None) => self.read = Read::Gone,
            // What was read before is still worth showing.
            Err(_) if !first => {}
            Err(error) => self.read = Read::Failed(error),
        }
        // The fields come in the place of a waiting sentence.
        if first { Action::Run(focus::set(Field::Name.id())) } else { Action::None }
    }

    fn number_proposed(&mut self, number: Option<PatientNumber>) -> Action {
        if let Some(number) = number.filter(|_| self.draft.number == self.untouched.number) {
            self.draft.number = number.to_string();
            self.untouched.number = number.to_string();
        }
        Action::None
    }

    fn pressed(&mut self, pressed: Pressed, situation: &Situation<'_>, store: &Store) -> Action {
        match self.form.pressed(pressed, self.is_edited(), situation.editing) {
            Next::Nothing => Action::None,
            Next::Close => Action::Close,
            // Nothing is there to be saved.
            Next::Save if !matches!(self.read, Read::Done(_)) => Action::None,
            Next::Save => {
                self.tried = true;
                match self.draft.parse(self.before(), situation.today) {
                    Err(field) => Action::Run(focus::set(field.id())),
                    Ok(value) if self.before() == Some(&value) => Action::Close,
                    Ok(value) if self.before().is_some_and(|before| before.number == value.number) => self.save(&value),
                    Ok(value) => self.ask_number(value.number, store),
                }
            }
        }
    }

    /// The patient as the file has them.
    fn before(&self) -> Option<&Patient> {
        self.records().map(|records| &records.patient.value)
    }

    /// A number that is new is asked for in the file before it is saved.
    fn ask_number(&mut self, number: PatientNumber, store: &Store) -> Action {
        self.asking = Some(number.clone());
        let (store, than) = (store.clone(), self.id());
        let asked = number.clone();
        let asking = async move { store.other_patient_with_number(asked, Some(than)).await.map_err(Arc::new) };
        Action::Run(Task::perform(asking, move |other| Message::NumberAsked { number: number.clone(), other }))
    }

    fn number_asked(
        &mut self,
        number: PatientNumber,
        other: Result<Option<Entry<Patient>>, CouldNotRead>,
        situation: &Situation<'_>,
    ) -> Action {
        if self.asking.take_if(|asking| *asking == number).is_none() {
            return Action::None;
        }
        match other {
            Err(error) => {
                self.form.failed(failure::read(situation.texts, &error).1);
                Action::None
            }
            Ok(Some(other)) => {
                self.taken = Some(Taken { number, by: other.value.name });
                Action::Run(focus::set(Field::Number.id()))
            }
            Ok(None) => match self.draft.parse(self.before(), situation.today) {
                // Typed on meanwhile.
                Err(field) => Action::Run(focus::set(field.id())),
                Ok(value) if value.number != number => Action::Run(focus::set(Field::Number.id())),
                Ok(value) => self.save(&value),
            },
        }
    }

    fn save(&mut self, value: &Patient) -> Action {
        let write = match self.records() {
            Some(records) => Write::edit(&records.patient, value),
            None => Some(Write::create(&Entry { id: self.id(), value: value.clone() })),
        };
        self.form.begin();
        Action::Save(write.into_iter().collect())
    }

    fn needs_message(&mut self, message: rows::Message, situation: &Situation<'_>) -> Action {
        match self.needs.update(message) {
            rows::Action::Run(task) => Action::Run(task),
            rows::Action::New => self.new_need(situation),
            rows::Action::Open(_) => self.chosen_need().map_or(Action::None, Action::EditNeed),
            rows::Action::Delete => self.delete_need(situation),
            rows::Action::Menu(at) => self.open_menu(On::Need, at),
        }
    }

    fn appointments_action(&mut self, action: rows::Action<Message>, on: On) -> Action {
        let shown = match on {
            On::Upcoming => &self.shown.upcoming,
            On::Need | On::Earlier => &self.shown.earlier,
        };
        match action {
            rows::Action::Run(task) => Action::Run(task),
            rows::Action::Open(row) => shown.get(row).map_or(Action::None, |row| Action::ShowDay(row.date)),
            rows::Action::Menu(at) => self.open_menu(on, at),
            rows::Action::New | rows::Action::Delete => Action::None,
        }
    }

    fn open_menu(&mut self, on: On, at: Point) -> Action {
        self.menu = Some(Menu { on, at });
        Action::None
    }

    fn new_need(&self, situation: &Situation<'_>) -> Action {
        match self.whose {
            Whose::Known(patient) if situation.editing == Editing::Allowed => Action::NewNeed(patient),
            _ => Action::None,
        }
    }

    fn delete_need(&self, situation: &Situation<'_>) -> Action {
        match self.chosen_need() {
            Some(need) if situation.editing == Editing::Allowed => Action::DeleteNeed(need),
            _ => Action::None,
        }
    }

    fn chosen_need(&self) -> Option<Id<Need>> {
        self.shown.needs.get(self.needs.chosen()?).map(|row| row.need.id)
    }

    /// Says everything again.
    pub fn refresh(&mut self, situation: &Situation<'_>) {
        self.sentences = self.draft.sentences(self.before(), self.tried, self.taken.as_ref(), situation);
        self.shown = self.records().map(|records| Shown::of(records, situation)).unwrap_or_default();
        self.needs.set_count(self.shown.needs.len());
        self.upcoming.set_count(self.shown.upcoming.len());
        self.earlier.set_count(self.shown.earlier.len());
    }
}

impl Shown {
    fn of(records: &PatientRecords, situation: &Situation<'_>) -> Self {
        let now = situation.now;
        let row = |entry: &Entry<Appointment>| AppointmentRow::of(entry, situation);
        // A need whose appointment is over has had its day.
        let used = |need: &&Entry<Need>| records.use_of(need.id).is_some_and(|using| using.value.start > now);
        let open = records.open_needs().map(|need| NeedRow::of(need, None, situation));
        let used = records.needs.iter().filter(used).map(|need| NeedRow::of(need, records.use_of(need.id), situation));
        let mut earlier: Vec<_> = records.earlier(now).map(row).collect();
        earlier.reverse();
        Self { needs: open.chain(used).collect(), upcoming: records.upcoming(now).map(row).collect(), earlier }
    }
}

impl NeedRow {
    fn of(need: &Entry<Need>, using: Option<&Entry<Appointment>>, situation: &Situation<'_>) -> Self {
        let value = &need.value;
        let overdue = value.recall < aftalebog_booking::time::Week::of(situation.today);
        let (meaning, standing) = match using {
            Some(using) => (words::used_by(using, situation), Due::Used),
            None if overdue => (words::week_passed(value.recall, situation), Due::Overdue),
            None => (words::week_means(value.recall, situation), Due::InTime),
        };
        Self {
            need: need.clone(),
            code: words::need_code(value, situation),
            name: words::need_name(value, situation),
            details: words::need_details(value, situation),
            meaning,
            standing,
        }
    }
}

impl AppointmentRow {
    fn of(entry: &Entry<Appointment>, situation: &Situation<'_>) -> Self {
        let value = &entry.value;
        let cancelled = value.status == aftalebog_booking::record::Status::Cancelled;
        Self {
            date: words::day_of(value, situation),
            when: words::when(value, situation),
            what: words::what(value, situation),
            note: words::appointment_note(value, situation),
            cancelled,
        }
    }
}
