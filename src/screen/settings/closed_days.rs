//! «Lukkedage»: periods in which the clinic or somebody is away, and public holidays.

use aftalebog_booking::record::{Clinic, Closure, Entry, Practitioner};
use aftalebog_booking::{Id, Setup, Write};
use aftalebog_texts::fl;
use chrono::NaiveDate;
use iced::{Element, Point, Task};

use super::booked::{self, Booked};
use super::{Editing, Situation, mapped_to};
use crate::ui::choice::{self, Choice, Item};
use crate::ui::dialog::Saving;
use crate::ui::focus;
use crate::ui::form::Sentence;
use crate::ui::rows::{self, Rows};

mod editor;
mod holidays;
mod view;

use editor::Editor;
use holidays::Holidays;

/// The tick «Lukket på helligdage».
const ON_HOLIDAYS: &str = "days-on-holidays";
/// The button that chooses whose days are listed.
const WHOSE: &str = "days-whose";

pub struct ClosedDaysTab {
    rows: Rows<Id<Closure>>,
    faces: Vec<Face>,
    whose: Whose,
    choice: Choice<Whose>,
    shows_past: bool,
    any_past: bool,
    holidays: Holidays,
    menu: Option<Menu>,
    layer: Option<Layer>,
    /// A save that no form waits for: the tick, or a deletion.
    saving: Saving,
    /// Why the tick could not be saved.
    tick_fault: Option<Sentence>,
    booked: Booked,
    after: After,
}

/// Whose closed days are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    Everybodys,
    /// Those of the clinic as a whole.
    Clinics,
    /// One practitioner's, and the clinic's, which are theirs too.
    Of(Id<Practitioner>),
}

/// A closure as the list says it.
struct Face {
    dates: String,
    who: String,
    reason: String,
    days: String,
    is_past: bool,
}

struct Menu {
    on: rows::On,
    at: Point,
}

/// The dialog above the settings.
enum Layer {
    Editor(Box<Editor>),
    Delete(Deletion),
}

/// «Slet …» asks first.
struct Deletion {
    entry: Entry<Closure>,
    title: String,
    explanation: String,
    consequence: Sentence,
}

/// What has the focus when the save that is under way has been answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum After {
    /// What had it before.
    #[default]
    Before,
    ChosenRow,
    Row(Id<Closure>),
}

#[derive(Clone, Debug)]
pub enum Message {
    Rows(rows::Message),
    Whose(choice::Message<Whose>),
    PastTicked(bool),
    NewChosen,
    EditChosen,
    DeleteChosen,
    MenuClosed,
    OnHolidaysTicked(bool),
    Holidays(rows::Message),
    /// «Luk» beside a day on which many clinics close.
    ClosePressed(NaiveDate),
    Editor(editor::Message),
    DeleteDeclined,
    DeleteConfirmed,
    /// What the file answers to what was asked.
    Answered(booked::Answer),
}

pub enum Action {
    None,
    Run(Task<Message>),
    Save(Vec<Write>),
}

impl ClosedDaysTab {
    pub fn new(situation: &Situation<'_>) -> Self {
        let mut tab = Self {
            rows: Rows::new("days"),
            faces: Vec::new(),
            whose: Whose::Everybodys,
            choice: Choice::new(WHOSE.into()),
            shows_past: false,
            any_past: false,
            holidays: Holidays::new(),
            menu: None,
            layer: None,
            saving: Saving::Idle,
            tick_fault: None,
            booked: Booked::default(),
            after: After::Before,
        };
        tab.refresh(situation);
        tab
    }

    /// The day, the language or the clinic has turned: everything is said again.
    pub fn refresh(&mut self, situation: &Situation<'_>) {
        let Situation { texts, setup, today, .. } = *situation;
        let person = |entry: &Entry<Practitioner>| Item {
            value: Whose::Of(entry.id),
            code: entry.value.initials.to_string(),
            name: entry.value.name.to_string(),
            note: None,
        };
        let all = |value, name| Item { value, code: String::new(), name, note: None };
        let mut items = vec![
            all(Whose::Everybodys, fl!(texts, "days-everybodys")),
            all(Whose::Clinics, fl!(texts, "days-whole-clinic")),
        ];
        items.extend(setup.staff().map(person));
        if !items.iter().any(|item| item.value == self.whose) {
            self.whose = Whose::Everybodys;
        }
        self.choice.set_items(items);
        let mut closures: Vec<&Entry<Closure>> =
            setup.closures.iter().filter(|entry| self.whose.takes(&entry.value)).collect();
        self.any_past = closures.iter().any(|entry| entry.value.to < today);
        closures.retain(|entry| self.shows_past || entry.value.to >= today);
        // What comes next first, and what is over last, the longest ago at the end.
        closures.sort_by_key(|entry| {
            let is_past = entry.value.to < today;
            let days = (entry.value.from - today).num_days();
            (is_past, if is_past { -days } else { days }, entry.value.to, entry.id)
        });
        self.rows.set(closures.iter().map(|entry| entry.id).collect());
        self.faces = closures.into_iter().map(|entry| Face::of(&entry.value, situation)).collect();
        self.holidays.refresh(situation);
        self.refresh_layer(situation);
    }

    fn refresh_layer(&mut self, situation: &Situation<'_>) {
        match &mut self.layer {
            Some(Layer::Editor(editor)) => editor.refresh(situation, &mut self.booked),
            Some(Layer::Delete(deletion)) => deletion.refresh(situation),
            None => {}
        }
    }

    /// A closure comes into view. Nowhere when it is gone by now.
    pub fn show(&mut self, closure: Id<Closure>, situation: &Situation<'_>) -> Option<Task<Message>> {
        let value = situation.setup.closure(closure)?;
        self.shows_past |= value.to < situation.today;
        if !self.whose.takes(value) {
            self.whose = Whose::Everybodys;
        }
        self.rows.choose(closure);
        self.refresh(situation);
        Some(self.rows.reveal_chosen())
    }

    /// The tick «Lukket på helligdage» comes into view.
    pub fn show_holidays(&self) -> Task<Message> {
        focus::set(ON_HOLIDAYS)
    }

    /// The save that was begun here is durable; `situation` is what the file holds now.
    pub fn saved(&mut self, situation: &Situation<'_>) -> Task<Message> {
        self.layer = None;
        self.saving = Saving::Idle;
        self.tick_fault = None;
        self.booked.forget();
        match std::mem::take(&mut self.after) {
            After::Before => {
                self.refresh(situation);
                Task::none()
            }
            After::ChosenRow => {
                self.refresh(situation);
                self.rows.reveal_chosen()
            }
            // Whatever the list showed before, what was saved is seen.
            After::Row(id) => self.show(id, situation).unwrap_or_else(Task::none),
        }
    }

    /// The save that was begun here went wrong, for the reason that `words` say.
    pub fn failed(&mut self, words: String) {
        self.after = After::Before;
        match &mut self.layer {
            Some(Layer::Editor(editor)) => editor.form.failed(words),
            Some(Layer::Delete(_)) => self.saving = Saving::Failed(words),
            None => {
                self.saving = Saving::Idle;
                self.tick_fault = Some(Sentence::Refuses(words));
            }
        }
    }

    pub fn is_saving(&self) -> bool {
        let saving = match &self.layer {
            Some(Layer::Editor(editor)) => editor.form.saving(),
            Some(Layer::Delete(_)) | None => &self.saving,
        };
        *saving == Saving::Busy
    }

    pub fn is_edited(&self) -> bool {
        match &self.layer {
            Some(Layer::Editor(editor)) => editor.is_edited(),
            Some(Layer::Delete(_)) | None => false,
        }
    }

    pub fn take_question(&mut self) -> Option<booked::Question> {
        self.booked.take_question()
    }

    /// What Escape does before it closes the settings: the list of whose days is closed.
    pub fn escape(&self) -> Option<Message> {
        self.choice.is_open().then_some(Message::Whose(choice::Message::Left))
    }

    pub fn update(&mut self, message: Message, situation: &Situation<'_>) -> Action {
        // A menu closes when something is chosen in it; only an answer from the file leaves it open.
        if !matches!(message, Message::Answered(_)) {
            self.menu = None;
        }
        let action = match message {
            Message::Rows(message) => match self.rows.update(message) {
                rows::Action::None => Action::None,
                rows::Action::Run(task) => Action::Run(task.map(Message::Rows)),
                rows::Action::New => self.new_closure(situation),
                rows::Action::Edit => self.edit(situation),
                rows::Action::Delete => self.ask_to_delete(situation),
                rows::Action::Menu(on, at) => {
                    self.menu = Some(Menu { on, at });
                    Action::None
                }
            },
            Message::Whose(message) => self.whose_message(message, situation),
            Message::PastTicked(ticked) => {
                self.shows_past = ticked;
                self.refresh(situation);
                Action::None
            }
            Message::NewChosen => self.new_closure(situation),
            Message::EditChosen => self.edit(situation),
            Message::DeleteChosen => self.ask_to_delete(situation),
            Message::MenuClosed => Action::None,
            Message::OnHolidaysTicked(closed) => self.close_on_holidays(closed, situation),
            Message::Holidays(message) => match self.holidays.rows.update(message) {
                rows::Action::Run(task) => Action::Run(task.map(Message::Holidays)),
                rows::Action::New => self.new_closure(situation),
                rows::Action::Edit => match self.holidays.chosen_to_close() {
                    Some(date) => self.close_day(date, situation),
                    None => Action::None,
                },
                rows::Action::None | rows::Action::Delete | rows::Action::Menu(..) => Action::None,
            },
            Message::ClosePressed(date) => self.close_day(date, situation),
            Message::Editor(message) => self.editor_message(message, situation),
            Message::DeleteDeclined if self.saving == Saving::Busy => Action::None,
            Message::DeleteDeclined => self.close(),
            Message::DeleteConfirmed => self.delete(situation),
            Message::Answered(answer) => {
                self.booked.answered(answer);
                Action::None
            }
        };
        self.refresh_layer(situation);
        action
    }

    fn whose_message(&mut self, message: choice::Message<Whose>, situation: &Situation<'_>) -> Action {
        match self.choice.update(message) {
            choice::Action::None => Action::None,
            choice::Action::Run(task) | choice::Action::Search(_, task) => Action::Run(task.map(Message::Whose)),
            choice::Action::Chosen(whose) => {
                self.whose = whose;
                self.refresh(situation);
                Action::Run(focus::set(WHOSE))
            }
        }
    }

    fn open(&mut self, layer: Layer) -> Action {
        // The answer to a save must find what waits for it.
        if self.saving != Saving::Busy {
            self.saving = Saving::Idle;
            self.layer = Some(layer);
        }
        Action::None
    }

    fn close(&mut self) -> Action {
        self.layer = None;
        self.saving = Saving::Idle;
        self.booked.forget();
        Action::None
    }

    fn chosen_entry<'a>(&self, setup: &'a Setup) -> Option<&'a Entry<Closure>> {
        let chosen = self.rows.chosen()?;
        setup.closures.iter().find(|entry| entry.id == chosen)
    }

    fn new_closure(&mut self, situation: &Situation<'_>) -> Action {
        if situation.editing == Editing::ReadOnly {
            return Action::None;
        }
        let whom = match self.whose {
            Whose::Of(whom) => Some(whom),
            Whose::Everybodys | Whose::Clinics => None,
        };
        self.open(Layer::Editor(Box::new(Editor::new(whom, situation))))
    }

    /// A new closure of the whole clinic on one of the days that are often closed.
    fn close_day(&mut self, date: NaiveDate, situation: &Situation<'_>) -> Action {
        match (self.holidays.name_of(date), situation.editing) {
            (Some(name), Editing::Allowed) => {
                let editor = Editor::of_day(date, name, situation);
                self.open(Layer::Editor(Box::new(editor)))
            }
            _ => Action::None,
        }
    }

    fn edit(&mut self, situation: &Situation<'_>) -> Action {
        match self.chosen_entry(situation.setup) {
            Some(entry) => self.open(Layer::Editor(Box::new(Editor::open(entry, situation)))),
            None => Action::None,
        }
    }

    fn ask_to_delete(&mut self, situation: &Situation<'_>) -> Action {
        match self.chosen_entry(situation.setup) {
            Some(entry) if situation.editing == Editing::Allowed => {
                self.open(Layer::Delete(Deletion::of(entry.clone())))
            }
            _ => Action::None,
        }
    }

    fn delete(&mut self, situation: &Situation<'_>) -> Action {
        match &self.layer {
            Some(Layer::Delete(deletion)) if self.saving != Saving::Busy && situation.editing == Editing::Allowed => {
                self.saving = Saving::Busy;
                self.after = After::ChosenRow;
                Action::Save(vec![Write::delete(&deletion.entry)])
            }
            _ => Action::None,
        }
    }

    /// The tick is one save by itself, as the order of a list is.
    fn close_on_holidays(&mut self, closed: bool, situation: &Situation<'_>) -> Action {
        if self.is_saving() || situation.editing == Editing::ReadOnly {
            return Action::None;
        }
        let before = &situation.setup.clinic;
        let after = Clinic { closed_on_public_holidays: closed, ..before.value.clone() };
        match Write::edit(before, &after) {
            None => Action::None,
            Some(write) => {
                self.saving = Saving::Busy;
                Action::Save(vec![write])
            }
        }
    }

    fn editor_message(&mut self, message: editor::Message, situation: &Situation<'_>) -> Action {
        let Some(Layer::Editor(editor)) = &mut self.layer else { return Action::None };
        match editor.update(message, situation) {
            editor::Action::None => Action::None,
            editor::Action::Run(task) => Action::Run(task.map(Message::Editor)),
            editor::Action::Save(write) => {
                self.after = After::Row(Id::new(write.id));
                Action::Save(vec![write])
            }
            editor::Action::Close => self.close(),
        }
    }

    pub fn layers<'a>(&'a self, situation: &Situation<'a>) -> Vec<Element<'a, Message>> {
        let mut layers = match &self.layer {
            Some(Layer::Editor(editor)) => mapped_to(editor.layers(situation), Message::Editor),
            Some(Layer::Delete(deletion)) => vec![self.delete_question(deletion, situation)],
            None => Vec::new(),
        };
        layers.extend(self.menu.as_ref().map(|menu| self.menu_layer(menu, situation)));
        layers
    }
}

impl Whose {
    fn takes(self, closure: &Closure) -> bool {
        match (self, closure.practitioner) {
            (Self::Everybodys, _) | (Self::Of(_), None) => true,
            (Self::Clinics, whom) => whom.is_none(),
            (Self::Of(one), Some(whom)) => one == whom,
        }
    }
}

impl Face {
    fn of(closure: &Closure, situation: &Situation<'_>) -> Self {
        let Situation { texts, setup, today, .. } = *situation;
        let initials = |whom| setup.practitioner(whom).map(|of| of.initials.to_string()).unwrap_or_default();
        let count = (closure.to - closure.from).num_days() + 1;
        Self {
            dates: texts.date_span(today, closure.from, closure.to),
            who: closure.practitioner.map_or_else(|| fl!(texts, "days-whole-clinic"), initials),
            reason: closure.reason.to_string(),
            days: fl!(texts, "days-count", count = count),
            is_past: closure.to < today,
        }
    }
}

impl Deletion {
    fn of(entry: Entry<Closure>) -> Self {
        Self { entry, title: String::new(), explanation: String::new(), consequence: Sentence::none() }
    }

    fn refresh(&mut self, situation: &Situation<'_>) {
        let texts = situation.texts;
        let face = Face::of(&self.entry.value, situation);
        self.title = match face.reason.as_str() {
            "" => fl!(texts, "days-delete-title-nameless"),
            reason => fl!(texts, "days-delete-title", reason = reason),
        };
        self.explanation = fl!(texts, "days-delete-explanation", who = face.who, dates = face.dates);
        self.consequence = match face.is_past {
            true => Sentence::none(),
            false => Sentence::Means(fl!(texts, "days-delete-means")),
        };
    }
}
