//! The dialog «Aftale»: who comes, for what, with whom and when.

use std::sync::Arc;

use aftalebog_booking::Id;
use aftalebog_booking::bounded::{Detail, Length};
use aftalebog_booking::overlap::Step;
use aftalebog_booking::record::{Appointment, AppointmentType, Entry, Need, Overlap, Patient, Practitioner};
use aftalebog_local::{Store, StoreError, Visit};
use aftalebog_texts::fl;
use chrono::NaiveDate;
use iced::Task;

use super::draft::{self, Draft, Field, When, known};
use super::{Found, placement_of};
use crate::failure;
use crate::screen::appointment_book::Place;
use crate::screen::settings::form::{Form, Next, Pressed};
use crate::screen::settings::{Editing, Situation};
use crate::ui::choice::{self, Choice, Item};
use crate::ui::dialog::Saving;
use crate::ui::focus;
use crate::ui::form::Sentence;

/// More than anybody looks through; who is not among them types another letter, and is told so.
const FOUND_AT_ONCE: usize = 50;

pub(super) struct AppointmentForm {
    pub(super) form: Form,
    /// The id of a new one, made once: saving it again is harmless.
    new: Id<Appointment>,
    opened: Option<Arc<Found>>,
    /// What was in the form when it opened.
    untouched: Draft,
    pub(super) draft: Draft,
    patient: Option<Chosen>,
    pub(super) needs: Needs,
    /// The person has said which need, or none.
    need_chosen: bool,
    /// The minutes are somebody's word, and not only those of the type.
    minutes_given: bool,
    /// OK has been pressed: what is missing is said as well.
    tried: bool,
    pub(super) patients: Choice<Id<Patient>>,
    /// What is chosen from, once more: a choice shows only what is needed for choosing.
    found: Vec<Entry<Patient>>,
    /// Why no patients were found, in words.
    not_found: Option<String>,
    pub(super) types: Choice<Id<AppointmentType>>,
    pub(super) need_choice: Choice<Option<Id<Need>>>,
    pub(super) practitioners: Choice<Id<Practitioner>>,
    /// In the order of [`Field::ALL`].
    pub(super) sentences: Vec<Sentence>,
    /// What it all means, below the fields.
    pub(super) meaning: Vec<Sentence>,
}

struct Chosen {
    item: Item<Id<Patient>>,
    born: NaiveDate,
    phone: Option<Detail>,
}

/// The open needs of the chosen patient, and the one that the appointment uses.
#[derive(Debug)]
pub(super) enum Needs {
    OfNobody,
    Awaited(Id<Patient>),
    NotRead,
    Read(Vec<Entry<Need>>),
}

#[derive(Clone, Debug)]
pub enum Message {
    Patients(choice::Message<Id<Patient>>),
    PatientsFound { search: String, found: Result<Vec<Entry<Patient>>, Arc<StoreError>> },
    VisitRead { patient: Id<Patient>, visit: Result<Option<Arc<Visit>>, Arc<StoreError>> },
    Types(choice::Message<Id<AppointmentType>>),
    Needs(choice::Message<Option<Id<Need>>>),
    Practitioners(choice::Message<Id<Practitioner>>),
    Typed(Field, String),
    NewPatientPressed,
    CancelPressed,
    DeletePressed,
    KeepBothPressed,
    Pressed(Pressed),
}

pub enum Action {
    None,
    Run(Task<Message>),
    /// Save it, if it stands in nobody's way.
    Check(Box<Step>),
    NewPatient,
    /// «Afbud …».
    Cancel,
    Delete,
    KeepBoth,
    Close,
}

impl AppointmentForm {
    /// A new one at a place of the book.
    pub(super) fn new(at: Place, minutes: Option<Length>, situation: &Situation<'_>) -> Self {
        let draft = Draft {
            patient: None,
            appointment_type: None,
            need: None,
            practitioner: at.practitioner,
            when: When::of(at.start, situation),
            minutes: minutes.map(|minutes| minutes.to_string()).unwrap_or_default(),
            note: String::new(),
        };
        let mut form = Self::with(draft, None, Needs::OfNobody);
        form.minutes_given = minutes.is_some();
        form.refresh(situation);
        form
    }

    /// A need that was put on a time: it says all but when and with whom.
    pub(super) fn for_need(visit: &Visit, need: Id<Need>, at: Place, situation: &Situation<'_>) -> Self {
        let used = visit.needs.iter().find(|open| open.id == need).map(|open| &open.value);
        let draft = Draft {
            patient: Some(visit.patient.id),
            appointment_type: used.map(|used| used.appointment_type),
            need: Some(need),
            practitioner: at.practitioner,
            when: When::of(at.start, situation),
            minutes: used.map(|used| used.minutes.to_string()).unwrap_or_default(),
            note: String::new(),
        };
        let mut form = Self::with(draft, None, Needs::Read(visit.needs.clone()));
        form.patient = Some(Chosen::of(&visit.patient, situation));
        form.need_chosen = true;
        form.refresh(situation);
        form
    }

    pub(super) fn open(found: Arc<Found>, situation: &Situation<'_>) -> Self {
        let value = &found.card.entry.value;
        let draft = Draft {
            patient: value.patient,
            appointment_type: value.appointment_type,
            need: value.need,
            practitioner: value.practitioner,
            when: When::of(value.start, situation),
            minutes: value.minutes.to_string(),
            note: value.note.to_string(),
        };
        let needs = match value.patient {
            Some(_) => Needs::Read(found.card.needs.clone()),
            None => Needs::OfNobody,
        };
        let mut form = Self::with(draft, Some(Arc::clone(&found)), needs);
        form.patient = found.card.patient.as_ref().map(|patient| Chosen::of(patient, situation));
        form.need_chosen = true;
        form.minutes_given = true;
        form.refresh(situation);
        form
    }

    fn with(draft: Draft, opened: Option<Arc<Found>>, needs: Needs) -> Self {
        Self {
            form: Form::default(),
            new: Id::random(),
            opened,
            untouched: draft.clone(),
            draft,
            patient: None,
            needs,
            need_chosen: false,
            minutes_given: false,
            tried: false,
            patients: Choice::searched_elsewhere(Field::Patient.id().into()),
            found: Vec::new(),
            not_found: None,
            types: Choice::new(Field::Type.id().into()),
            need_choice: Choice::new(Field::Need.id().into()),
            practitioners: Choice::new(Field::Practitioner.id().into()),
            sentences: Vec::new(),
            meaning: Vec::new(),
        }
    }

    pub(super) fn opened(&self) -> Option<&Arc<Found>> {
        self.opened.as_ref()
    }

    pub(super) fn is_edited(&self) -> bool {
        self.draft != self.untouched
    }

    /// What the choice of a patient shows.
    pub(super) fn patient(&self) -> Option<&Item<Id<Patient>>> {
        self.patient.as_ref().map(|chosen| &chosen.item)
    }

    /// What stands in the list of patients while nobody does.
    pub(super) fn no_patients(&self, situation: &Situation<'_>) -> String {
        match &self.not_found {
            _ if !self.patients.is_answered() => fl!(situation.texts, "preview-searching"),
            Some(why) => why.clone(),
            None => fl!(situation.texts, "preview-search-nothing"),
        }
    }

    /// Whether the mark of the opened one is still to be decided about.
    pub(super) fn is_clash(&self) -> bool {
        self.opened.as_ref().is_some_and(|found| found.card.entry.value.overlap == Overlap::Clash)
    }

    /// Says everything again.
    pub(super) fn refresh(&mut self, situation: &Situation<'_>) {
        let opened = self.opened.as_ref().map(|found| &found.card.entry.value);
        let setup = situation.setup;
        // Whoever has left, and what is no longer used, can be chosen only where it is chosen already.
        let kept = [self.untouched.appointment_type, self.draft.appointment_type];
        let types = setup.appointment_types.iter();
        let types = types.filter(|of| !of.value.deactivated || kept.contains(&Some(of.id)));
        let type_item = |of: &Entry<AppointmentType>| Item {
            value: of.id,
            code: of.value.code.to_string(),
            name: of.value.name.to_string(),
            note: None,
        };
        self.types.set_items(types.map(type_item).collect());
        let kept = [self.untouched.practitioner, self.draft.practitioner];
        let staff = setup.practitioners.iter();
        let staff = staff.filter(|entry| !entry.value.deactivated || kept.contains(&entry.id));
        let person = |entry: &Entry<Practitioner>| Item {
            value: entry.id,
            code: entry.value.initials.to_string(),
            name: entry.value.name.to_string(),
            note: None,
        };
        self.practitioners.set_items(staff.map(person).collect());
        self.need_choice.set_items(self.need_items(situation));
        self.sentences = Field::ALL.map(|field| self.sentence(field, situation)).into();
        let stood = opened.map(placement_of);
        let mut meaning = self.draft.meaning(stood, situation);
        let card = self.opened.as_ref().map(|found| &found.card);
        meaning.extend(card.map(|card| known(card, situation)).unwrap_or_default());
        self.meaning = meaning;
    }

    fn need_items(&self, situation: &Situation<'_>) -> Vec<Item<Option<Id<Need>>>> {
        let texts = situation.texts;
        let without =
            Item { value: None, code: String::new(), name: fl!(texts, "appointment-without-need"), note: None };
        let item = |open: &Entry<Need>| Item {
            value: Some(open.id),
            code: code(Some(open.value.appointment_type), situation),
            name: fl!(
                texts,
                "appointment-need-name",
                week = texts.week_in_field(open.value.recall),
                who = texts.practitioner_name(open.value.practitioner, situation.setup),
                minutes = open.value.minutes.get()
            ),
            note: None,
        };
        self.open_needs().iter().map(item).chain([without]).collect()
    }

    fn open_needs(&self) -> &[Entry<Need>] {
        match &self.needs {
            Needs::Read(needs) => needs,
            Needs::OfNobody | Needs::Awaited(_) | Needs::NotRead => &[],
        }
    }

    fn sentence(&self, field: Field, situation: &Situation<'_>) -> Sentence {
        let texts = situation.texts;
        match field {
            Field::Patient => match &self.patient {
                Some(Chosen { born, phone, .. }) => Sentence::Means(match phone {
                    Some(phone) if !phone.as_str().is_empty() => {
                        let phone = phone.to_string();
                        fl!(texts, "appointment-patient-reached", date = texts.date(*born), phone = phone)
                    }
                    _ => fl!(texts, "appointment-patient-means", date = texts.date(*born)),
                }),
                None if !self.must_have_patient() => Sentence::Means(fl!(texts, "appointment-no-patient")),
                None if self.tried => Sentence::Refuses(fl!(texts, "appointment-patient-missing")),
                None => Sentence::none(),
            },
            Field::Type if self.draft.appointment_type.is_none() && self.tried => {
                Sentence::Refuses(fl!(texts, "appointment-type-missing"))
            }
            Field::Need => self.need_sentence(situation),
            // Until a type is chosen, which has its minutes.
            Field::Minutes if !self.tried && self.draft.minutes.is_empty() && !self.minutes_given => Sentence::none(),
            _ => self.draft.sentence(field, situation),
        }
    }

    fn need_sentence(&self, situation: &Situation<'_>) -> Sentence {
        let texts = situation.texts;
        let used = self.open_needs().iter().find(|open| Some(open.id) == self.draft.need);
        match (&self.needs, used) {
            (_, Some(used)) => Sentence::Means(fl!(
                texts,
                "appointment-need-used",
                week = texts.week_in_field(used.value.recall),
                who = texts.practitioner_name(used.value.practitioner, situation.setup)
            )),
            (Needs::OfNobody, _) => Sentence::Means(fl!(texts, "appointment-needs-of-nobody")),
            (Needs::Awaited(_), _) => Sentence::Means(fl!(texts, "appointment-needs-wait")),
            (Needs::NotRead, _) => Sentence::Warns(fl!(texts, "appointment-needs-unread")),
            (Needs::Read(needs), _) => Sentence::Means(fl!(texts, "appointment-needs-open", count = needs.len())),
        }
    }

    fn must_have_patient(&self) -> bool {
        draft::must_have_patient(self.opened.as_ref().map(|found| &found.card.entry.value))
    }

    pub(super) fn update(&mut self, message: Message, situation: &Situation<'_>, store: &Store) -> Action {
        let action = match message {
            Message::Patients(message) => self.patients_message(message, situation, store),
            Message::PatientsFound { search, found } => self.patients_found(search, found, situation),
            Message::VisitRead { patient, visit } => self.visit_read(patient, visit),
            Message::Types(message) => match self.types.update(message) {
                choice::Action::None => Action::None,
                choice::Action::Run(task) | choice::Action::Search(_, task) => Action::Run(task.map(Message::Types)),
                choice::Action::Chosen(id) => {
                    self.choose_type(id, situation);
                    Action::Run(self.types.focus().map(Message::Types))
                }
            },
            Message::Needs(message) => match self.need_choice.update(message) {
                choice::Action::None => Action::None,
                choice::Action::Run(task) | choice::Action::Search(_, task) => Action::Run(task.map(Message::Needs)),
                choice::Action::Chosen(id) => {
                    self.choose_need(id);
                    Action::Run(self.need_choice.focus().map(Message::Needs))
                }
            },
            Message::Practitioners(message) => match self.practitioners.update(message) {
                choice::Action::None => Action::None,
                choice::Action::Run(task) | choice::Action::Search(_, task) => {
                    Action::Run(task.map(Message::Practitioners))
                }
                choice::Action::Chosen(id) => {
                    self.draft.practitioner = id;
                    Action::Run(self.practitioners.focus().map(Message::Practitioners))
                }
            },
            Message::Typed(field, typed) => {
                self.minutes_given |= field == Field::Minutes;
                if let Some(text) = self.draft.text(field) {
                    *text = typed;
                }
                Action::None
            }
            Message::NewPatientPressed if self.may_change(situation) => Action::NewPatient,
            Message::CancelPressed if self.may_decide(situation) => Action::Cancel,
            Message::DeletePressed if self.may_decide(situation) => Action::Delete,
            Message::KeepBothPressed if self.may_decide(situation) => {
                self.form.begin();
                Action::KeepBoth
            }
            Message::NewPatientPressed | Message::CancelPressed | Message::DeletePressed | Message::KeepBothPressed => {
                Action::None
            }
            Message::Pressed(Pressed::Cancel) if self.is_choosing() => self.leave_choice(),
            Message::Pressed(pressed) => self.pressed(pressed, situation),
        };
        self.refresh(situation);
        action
    }

    fn may_change(&self, situation: &Situation<'_>) -> bool {
        situation.editing == Editing::Allowed && *self.form.saving() != Saving::Busy
    }

    /// What is typed would be lost.
    pub(super) fn may_decide(&self, situation: &Situation<'_>) -> bool {
        self.may_change(situation) && !self.is_edited()
    }

    pub(super) fn is_choosing(&self) -> bool {
        self.choosing().is_some()
    }

    /// Whose list is open.
    pub(super) fn choosing(&self) -> Option<Field> {
        if self.patients.is_open() {
            Some(Field::Patient)
        } else if self.types.is_open() {
            Some(Field::Type)
        } else if self.need_choice.is_open() {
            Some(Field::Need)
        } else if self.practitioners.is_open() {
            Some(Field::Practitioner)
        } else {
            None
        }
    }

    /// Escape closes the list, and not the dialog.
    fn leave_choice(&mut self) -> Action {
        let Some(field) = self.choosing() else { return Action::None };
        self.patients.close();
        self.types.close();
        self.need_choice.close();
        self.practitioners.close();
        Action::Run(focus::set(field.id()))
    }

    fn patients_message(
        &mut self,
        message: choice::Message<Id<Patient>>,
        situation: &Situation<'_>,
        store: &Store,
    ) -> Action {
        match self.patients.update(message) {
            choice::Action::None => Action::None,
            choice::Action::Run(task) => Action::Run(task.map(Message::Patients)),
            choice::Action::Search(search, task) => {
                let (asked, store) = (search.clone(), store.clone());
                let searching =
                    async move { store.find_patients(asked, FOUND_AT_ONCE as u32 + 1).await.map_err(Arc::new) };
                let searching =
                    Task::perform(searching, move |found| Message::PatientsFound { search: search.clone(), found });
                Action::Run(Task::batch([task.map(Message::Patients), searching]))
            }
            choice::Action::Chosen(id) => match self.found.iter().find(|entry| entry.id == id).cloned() {
                Some(patient) => {
                    let reading = self.choose_patient(patient, situation, store);
                    Action::Run(Task::batch([self.patients.focus().map(Message::Patients), reading]))
                }
                None => Action::None,
            },
        }
    }

    fn patients_found(
        &mut self,
        search: String,
        found: Result<Vec<Entry<Patient>>, Arc<StoreError>>,
        situation: &Situation<'_>,
    ) -> Action {
        if !self.patients.searches_for(&search) {
            return Action::None;
        }
        let texts = situation.texts;
        let why = |error: &Arc<StoreError>| fl!(texts, "preview-not-found", why = failure::read(texts, error).1);
        self.not_found = found.as_ref().err().map(why);
        self.found = found.unwrap_or_default();
        let more = (self.found.len() > FOUND_AT_ONCE).then(|| fl!(texts, "preview-search-more"));
        self.found.truncate(FOUND_AT_ONCE);
        let items = self.found.iter().map(|entry| Chosen::of(entry, situation).item);
        self.patients.found_elsewhere(search, items.collect(), more);
        Action::None
    }

    /// Another patient has other needs, which are asked for.
    pub(super) fn choose_patient(
        &mut self,
        patient: Entry<Patient>,
        situation: &Situation<'_>,
        store: &Store,
    ) -> Task<Message> {
        if self.draft.patient == Some(patient.id) && !matches!(self.needs, Needs::NotRead) {
            return Task::none();
        }
        self.patient = Some(Chosen::of(&patient, situation));
        self.draft.patient = Some(patient.id);
        self.draft.need = None;
        self.need_chosen = false;
        self.needs = Needs::Awaited(patient.id);
        self.refresh(situation);
        let (id, store) = (patient.id, store.clone());
        let reading = async move { store.visit(id).await.map(|visit| visit.map(Arc::new)).map_err(Arc::new) };
        Task::perform(reading, move |visit| Message::VisitRead { patient: id, visit })
    }

    /// An answer about another patient comes too late.
    fn visit_read(&mut self, patient: Id<Patient>, visit: Result<Option<Arc<Visit>>, Arc<StoreError>>) -> Action {
        if matches!(self.needs, Needs::Awaited(awaited) if awaited == patient) {
            self.needs = match visit {
                Ok(visit) => Needs::Read(visit.map(|visit| visit.needs.clone()).unwrap_or_default()),
                Err(_) => Needs::NotRead,
            };
            // Whoever gives the time back that this one has, has its need again.
            if let Some(card) = self.opened.as_ref().map(|found| &found.card)
                && card.entry.value.patient == Some(patient)
            {
                self.needs = Needs::Read(card.needs.clone());
            }
            self.propose_need();
        }
        Action::None
    }

    fn choose_type(&mut self, id: Id<AppointmentType>, situation: &Situation<'_>) {
        self.draft.appointment_type = Some(id);
        let used = self.open_needs().iter().find(|open| Some(open.id) == self.draft.need);
        if used.is_some_and(|used| used.value.appointment_type != id) {
            self.draft.need = None;
            self.need_chosen = false;
        }
        if let Some(of) = situation.setup.appointment_type(id).filter(|_| !self.minutes_given) {
            self.draft.minutes = of.minutes.to_string();
        }
        self.propose_need();
    }

    /// An open need of the chosen type is what the patient is here for, unless somebody says otherwise.
    fn propose_need(&mut self) {
        if self.need_chosen || self.draft.need.is_some() {
            return;
        }
        let fits = |open: &&Entry<Need>| Some(open.value.appointment_type) == self.draft.appointment_type;
        let Some(proposed) = self.open_needs().iter().find(fits).cloned() else { return };
        self.draft.need = Some(proposed.id);
        if !self.minutes_given {
            self.draft.minutes = proposed.value.minutes.to_string();
        }
    }

    /// A need says what for, with whom and for how long.
    fn choose_need(&mut self, need: Option<Id<Need>>) {
        self.need_chosen = true;
        self.draft.need = need;
        let chosen = self.open_needs().iter().find(|open| Some(open.id) == need).map(|open| open.value.clone());
        if let Some(chosen) = chosen {
            self.draft.appointment_type = Some(chosen.appointment_type);
            self.draft.practitioner = chosen.practitioner;
            self.draft.minutes = chosen.minutes.to_string();
            self.minutes_given = false;
        }
    }

    fn pressed(&mut self, pressed: Pressed, situation: &Situation<'_>) -> Action {
        match self.form.pressed(pressed, self.is_edited(), situation.editing) {
            Next::Nothing => Action::None,
            Next::Close => Action::Close,
            Next::Save => {
                self.tried = true;
                let before = self.opened.as_ref().map(|found| &found.card.entry.value);
                match self.draft.parse(before, situation) {
                    Err(field) => Action::Run(focus::set(field.id())),
                    Ok(after) => self.save(after),
                }
            }
        }
    }

    fn save(&mut self, after: Appointment) -> Action {
        let step = match &self.opened {
            Some(found) if found.card.entry.value == after => return Action::Close,
            Some(found) => Step::edit(found.card.entry.clone(), after),
            None => Step::create(Entry { id: self.new, value: after }),
        };
        self.form.begin();
        Action::Check(Box::new(step))
    }
}

impl Chosen {
    fn of(patient: &Entry<Patient>, situation: &Situation<'_>) -> Self {
        let Patient { number, name, birth_date, phone, .. } = &patient.value;
        let note = fl!(situation.texts, "preview-born", date = situation.texts.date(*birth_date));
        let item = Item { value: patient.id, code: number.to_string(), name: name.to_string(), note: Some(note) };
        Self { item, born: *birth_date, phone: phone.clone() }
    }
}

/// The code of an appointment type.
fn code(id: Option<Id<AppointmentType>>, situation: &Situation<'_>) -> String {
    let found = id.and_then(|id| situation.setup.appointment_type(id));
    found.map(|of| of.code.to_string()).unwrap_or_default()
}
