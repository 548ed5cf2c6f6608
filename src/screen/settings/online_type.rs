//! The type editor: everything the clinic's guide says of one appointment type.

use aftalebog_booking::record::{AppointmentType, Entry, OnlineType};
use aftalebog_booking::setting::{Setting, TypeField};
use aftalebog_booking::{Id, Setup, Write};
use aftalebog_texts::fl;
use iced::Task;

use super::Situation;
use super::form::{Form, Next, Pressed};
use crate::screen::patient_view::{self, Question};
use crate::ui::choice::Choice;
use crate::ui::form::Sentence;
use crate::ui::{choice, focus};

mod draft;
mod patient_pane;
mod view;

use draft::{Draft, Field, Sentences};
use patient_pane::PatientPane;

/// The editor of one set-up, new or opened.
pub struct Editor {
    pub(super) form: Form,
    /// The id of a new one, made once: saving it again is harmless.
    new: Id<OnlineType>,
    /// What was opened; `None` for a new one.
    opened: Option<Entry<OnlineType>>,
    /// What was in the form when it opened.
    untouched: Draft,
    draft: Draft,
    /// OK has been pressed: what is missing is said as well.
    tried: bool,
    sentences: Sentences,
    types: Choice<Id<AppointmentType>>,
    /// How the editor was come to.
    way: Way,
    /// Where the person is going, when it is somewhere else than back.
    going: Option<Going>,
    pane: PatientPane,
    /// What a narrow window shows.
    narrow: Narrow,
}

/// What is opened instead of this editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Going {
    /// The set-up of the appointment type that was chosen: a set-up never goes from one type to
    /// another.
    ToType(Id<AppointmentType>),
    ToSetting(Setting),
}

/// A narrow window has room for one of the editor's two parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Narrow {
    #[default]
    Fields,
    Patient,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// From the list.
    List,
    /// Its appointment type was chosen in another editor, and that is said.
    Chosen,
}

#[derive(Clone, Debug)]
pub enum Message {
    AppointmentType(choice::Message<Id<AppointmentType>>),
    Typed(Field, String),
    NeedDrivenTicked(bool),
    ChoosePractitionerTicked(bool),
    PractitionerTicked(usize, bool),
    Pane(patient_pane::Message),
    NarrowTurned(Narrow),
    Pressed(Pressed),
}

pub enum Action {
    None,
    Run(Task<Message>),
    Save(Vec<Write>),
    /// Open the set-up of this appointment type, or a new one.
    Open(Id<AppointmentType>),
    /// Lead the person to a setting that stands elsewhere.
    Show(Setting),
    Close,
}

/// The code of an appointment type.
fn code(id: Option<Id<AppointmentType>>, situation: &Situation<'_>) -> String {
    let found = id.and_then(|id| situation.setup.appointment_type(id));
    found.map(|of| of.code.to_string()).unwrap_or_default()
}

impl Editor {
    /// A new set-up, with the values of the guide's examples.
    pub fn new(situation: &Situation<'_>) -> Self {
        let draft = Draft {
            appointment_type: None,
            alias: String::new(),
            min_spacing_minutes: "30".to_owned(),
            need_driven: true,
            choose_practitioner: false,
            max_days_before_recall_week: String::new(),
            max_days_after_recall_week: "100".to_owned(),
            earliest_booking_days: "0".to_owned(),
            cancel_days: "2".to_owned(),
            move_days: "2".to_owned(),
            practitioners: draft::rows(&[], situation.setup),
        };
        Self::with(None, draft, situation)
    }

    pub fn open(entry: &Entry<OnlineType>, situation: &Situation<'_>) -> Self {
        let draft = Draft::of(&entry.value, situation.setup);
        Self::with(Some(entry.clone()), draft, situation)
    }

    /// The set-up of an appointment type that was chosen in another editor, or a new one.
    pub fn chosen(appointment_type: Id<AppointmentType>, situation: &Situation<'_>) -> Self {
        let mut editor = match situation.setup.online_type_of(appointment_type) {
            Some(entry) => Self::open(entry, situation),
            None => {
                let mut editor = Self::new(situation);
                let _focused = editor.type_chosen(appointment_type, situation.setup);
                editor.untouched = editor.draft.clone();
                editor
            }
        };
        editor.way = Way::Chosen;
        editor.refresh(situation);
        editor
    }

    /// The control of a setting that stands in this editor.
    pub fn field_of(&self, setting: Setting) -> Option<iced::widget::Id> {
        let field = match setting {
            Setting::OnlineType(id, field) if self.opened.as_ref().is_some_and(|opened| opened.id == id) => field,
            Setting::NotSetUp(id) if self.opened.is_none() && self.draft.appointment_type == Some(id) => {
                TypeField::Alias
            }
            _ => return None,
        };
        Some(self.draft.control(field))
    }

    /// A new set-up with everything but the appointment type and the alias from another one.
    pub fn duplicate(of: &OnlineType, situation: &Situation<'_>) -> Self {
        let draft = Draft { appointment_type: None, alias: String::new(), ..Draft::of(of, situation.setup) };
        Self::with(None, draft, situation)
    }

    fn with(opened: Option<Entry<OnlineType>>, draft: Draft, situation: &Situation<'_>) -> Self {
        let sentences = draft.sentences(opened.as_ref(), situation, false);
        let types = Choice::new(Field::AppointmentType.id());
        let untouched = draft.clone();
        let mut editor = Self {
            form: Form::default(),
            new: Id::random(),
            opened,
            untouched,
            draft,
            tried: false,
            sentences,
            types,
            way: Way::List,
            going: None,
            pane: PatientPane::new(situation),
            narrow: Narrow::Fields,
        };
        editor.refresh(situation);
        editor
    }

    /// Says everything again: the day, the language or the clinic has turned.
    pub fn refresh(&mut self, situation: &Situation<'_>) {
        let now = |id| situation.setup.online_types.iter().find(|it| it.id == id).map(|it| &it.value);
        self.form.compare(self.opened.as_ref(), now);
        self.sentences = self.draft.sentences(self.opened.as_ref(), situation, self.tried);
        if self.way == Way::Chosen {
            let code = code(self.draft.appointment_type, situation);
            self.sentences.appointment_type = Sentence::Means(match &self.opened {
                Some(_) => fl!(situation.texts, "type-opened", code = code),
                None => fl!(situation.texts, "type-begun", code = code),
            });
        }
        let set_up = fl!(situation.texts, "type-already-set-up");
        // One that is no longer used is only there to say what it is.
        let own = self.draft.appointment_type;
        let offered = |entry: &&Entry<AppointmentType>| !entry.value.deactivated || Some(entry.id) == own;
        let options = situation.setup.appointment_types.iter().filter(offered).map(|entry| {
            let taken = situation.setup.online_type_of(entry.id);
            let other = taken.filter(|taken| Some(taken.id) != self.opened.as_ref().map(|opened| opened.id));
            choice::Item {
                value: entry.id,
                code: entry.value.code.to_string(),
                name: entry.value.name.to_string(),
                note: other.map(|_| set_up.clone()),
            }
        });
        self.types.set_items(options.collect());
        let typed = self.draft.parse_but_alias(self.opened.as_ref()).ok();
        self.pane.refresh(typed.map(|value| Entry { id: self.id(), value }), situation);
    }

    /// The id of the set-up, which a new one has already.
    fn id(&self) -> Id<OnlineType> {
        self.opened.as_ref().map_or(self.new, |opened| opened.id)
    }

    pub fn take_questions(&mut self) -> Vec<Question> {
        self.pane.view.take_questions()
    }

    /// What the file answers to a question.
    pub fn answer(message: patient_view::Message) -> Message {
        Message::Pane(message.into())
    }

    pub fn update(&mut self, message: Message, situation: &Situation<'_>) -> Action {
        let action = match message {
            Message::AppointmentType(message) => self.types_message(message, situation),
            Message::Typed(field, typed) => {
                *self.draft.text(field) = typed;
                Action::None
            }
            Message::NeedDrivenTicked(ticked) => {
                self.draft.need_driven = ticked;
                Action::None
            }
            Message::ChoosePractitionerTicked(ticked) => {
                self.draft.choose_practitioner = ticked;
                Action::None
            }
            Message::PractitionerTicked(row, ticked) => {
                self.draft.practitioners[row].active = ticked;
                Action::None
            }
            Message::Pane(message) => self.pane_message(message, situation),
            Message::NarrowTurned(narrow) => {
                self.narrow = narrow;
                Action::None
            }
            Message::Pressed(Pressed::Cancel) if self.types.is_open() => {
                self.types.close();
                Action::Run(focus::set(Field::AppointmentType.id()))
            }
            Message::Pressed(Pressed::Cancel) if self.pane.view.is_choosing() => {
                self.pane_message(patient_view::Message::Patients(choice::Message::Left).into(), situation)
            }
            Message::Pressed(pressed) => self.pressed(pressed, situation),
        };
        self.refresh(situation);
        action
    }

    pub fn is_edited(&self) -> bool {
        self.draft != self.untouched
    }

    fn types_message(&mut self, message: choice::Message<Id<AppointmentType>>, situation: &Situation<'_>) -> Action {
        match self.types.update(message) {
            choice::Action::None => Action::None,
            choice::Action::Run(task) | choice::Action::Search(_, task) => {
                Action::Run(task.map(Message::AppointmentType))
            }
            choice::Action::Chosen(chosen) => {
                let own = self.opened.as_ref().map(|opened| opened.value.appointment_type);
                let elsewhere = own.is_some() || situation.setup.online_type_of(chosen).is_some();
                if elsewhere && own != Some(chosen) {
                    self.going = Some(Going::ToType(chosen));
                    self.pressed(Pressed::Cancel, situation)
                } else {
                    self.type_chosen(chosen, situation.setup)
                }
            }
        }
    }

    fn pane_message(&mut self, message: patient_pane::Message, situation: &Situation<'_>) -> Action {
        match self.pane.update(message, situation) {
            patient_view::Action::None => Action::None,
            patient_view::Action::Run(task) => Action::Run(task.map(|message| Message::Pane(message.into()))),
            patient_view::Action::Show(Setting::OnlineType(id, field)) if id == self.id() => {
                self.narrow = Narrow::Fields;
                Action::Run(focus::set(self.draft.control(field)))
            }
            patient_view::Action::Show(setting) => {
                self.going = Some(Going::ToSetting(setting));
                self.pressed(Pressed::Cancel, situation)
            }
        }
    }

    /// An alias that nobody has typed follows the type's name.
    fn type_chosen(&mut self, chosen: Id<AppointmentType>, setup: &Setup) -> Action {
        let name = |id| setup.appointment_type(id).map(|value| value.name.to_string());
        let proposed = self.draft.appointment_type.and_then(name);
        if self.draft.alias.trim().is_empty() || proposed.as_ref() == Some(&self.draft.alias) {
            self.draft.alias = name(chosen).unwrap_or_default();
        }
        self.draft.appointment_type = Some(chosen);
        Action::Run(focus::set(Field::AppointmentType.id()))
    }

    fn pressed(&mut self, pressed: Pressed, situation: &Situation<'_>) -> Action {
        if pressed == Pressed::Keep {
            self.going = None;
        }
        match self.form.pressed(pressed, self.is_edited(), situation.editing) {
            Next::Nothing => Action::None,
            Next::Save => {
                self.tried = true;
                match self.draft.parse(self.opened.as_ref(), situation.setup) {
                    Err(field) => {
                        self.narrow = Narrow::Fields;
                        Action::Run(focus::set(field.id()))
                    }
                    Ok(value) => self.save(value, situation.setup),
                }
            }
            Next::Close => match self.going.take() {
                None => Action::Close,
                Some(Going::ToType(appointment_type)) => Action::Open(appointment_type),
                Some(Going::ToSetting(setting)) => Action::Show(setting),
            },
        }
    }

    fn save(&mut self, value: OnlineType, setup: &Setup) -> Action {
        let write = match &self.opened {
            Some(opened) => Write::edit(opened, &value),
            None => {
                let position = setup.online_types.last().map_or(1, |last| last.value.position + 1);
                Some(Write::create(&Entry { id: self.new, value: OnlineType { position, ..value } }))
            }
        };
        match write {
            None => Action::Close,
            Some(write) => {
                self.form.begin();
                Action::Save(vec![write])
            }
        }
    }
}
