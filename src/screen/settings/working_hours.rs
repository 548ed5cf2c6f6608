//! «Arbejdstider»: when each practitioner works, week by week.

use aftalebog_booking::record::{Entry, Practitioner, WorkingHours};
use aftalebog_booking::week_plan::{Revision, WeekPlan, turns};
use aftalebog_booking::{Id, Setup, Write};
use aftalebog_texts::fl;
use chrono::NaiveDate;
use iced::{Element, Point, Task};

use super::booked::{self, Booked};
use super::{Editing, Situation, mapped_to};
use crate::ui::dialog::Saving;
use crate::ui::form::Sentence;
use crate::ui::rows::{self, Rows};

mod copying;
mod draft;
mod editor;
mod entries;
mod new_plan;
mod picture;
mod view;

use copying::{Copying, What};
use editor::Editor;
use entries::Entries;
use new_plan::NewPlan;
use picture::Picture;

pub use draft::date;

pub struct WorkingHoursTab {
    people: Rows<Id<Practitioner>>,
    /// Initials and name, in the order of `people`.
    names: Vec<(String, String)>,
    /// The date whose week is drawn; `None`: today.
    at: Option<NaiveDate>,
    /// «I dag», «Fra 1. januar 2027»: the weeks there are to look at.
    weeks: Vec<(String, Option<NaiveDate>)>,
    picture: Picture,
    entries: Entries,
    menu: Option<Menu>,
    layer: Option<Layer>,
    /// A deletion that is under way.
    saving: Saving,
    booked: Booked,
    after: After,
}

struct Menu {
    on: rows::On,
    at: Point,
}

/// The dialog above the settings.
enum Layer {
    Editor(Box<Editor>),
    Copying(Box<Copying>),
    NewPlan(NewPlan),
    Delete(Deletion),
}

/// «Slet …» asks first, and says which appointments it leaves outside.
struct Deletion {
    entry: Entry<WorkingHours>,
    title: String,
    explanation: String,
    consequence: Sentence,
}

/// What is shown when the save that is under way has been answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum After {
    /// What had the focus before has it again.
    #[default]
    Before,
    ChosenRow,
    Row(Id<WorkingHours>),
    /// The week of this date.
    Week(NaiveDate),
}

#[derive(Clone, Debug)]
pub enum Message {
    People(rows::Message),
    Entries(rows::Message),
    WeekChosen(Option<NaiveDate>),
    EndedTicked(bool),
    NewChosen,
    EditChosen,
    DeleteChosen,
    CopyDayChosen,
    CopyWeekChosen,
    NewPlanChosen,
    MenuClosed,
    Editor(editor::Message),
    Copying(copying::Message),
    NewPlan(new_plan::Message),
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

impl WorkingHoursTab {
    pub fn new(situation: &Situation<'_>) -> Self {
        let mut tab = Self {
            people: Rows::new("hours-people"),
            names: Vec::new(),
            at: None,
            weeks: Vec::new(),
            picture: Picture::default(),
            entries: Entries::new(),
            menu: None,
            layer: None,
            saving: Saving::Idle,
            booked: Booked::default(),
            after: After::Before,
        };
        tab.refresh(situation);
        tab
    }

    /// The day, the language or the clinic has turned: everything is said again.
    pub fn refresh(&mut self, situation: &Situation<'_>) {
        let Situation { texts, setup, today, .. } = *situation;
        self.people.set(setup.staff().map(|entry| entry.id).collect());
        let names = setup.staff().map(|entry| (entry.value.initials.to_string(), entry.value.name.to_string()));
        self.names = names.collect();
        let chosen = self.people.chosen();
        let own = || {
            let all = setup.working_hours.iter().map(|entry| &entry.value);
            all.filter(move |hours| Some(hours.practitioner) == chosen)
        };
        let turns = turns(own(), today);
        self.at = self.at.filter(|at| turns.contains(at));
        let later = turns.into_iter().map(|date| (fl!(texts, "hours-week-from", date = texts.date(date)), Some(date)));
        self.weeks = std::iter::once((fl!(texts, "hours-week-today"), None)).chain(later).collect();
        let at = self.at.unwrap_or(today);
        self.picture = Picture::of(&WeekPlan::at(own(), at), texts);
        self.entries.refresh(chosen, at, situation);
        self.refresh_layer(situation);
    }

    fn refresh_layer(&mut self, situation: &Situation<'_>) {
        match &mut self.layer {
            Some(Layer::Editor(editor)) => editor.refresh(situation, &mut self.booked),
            Some(Layer::Copying(copying)) => copying.refresh(situation, &mut self.booked),
            Some(Layer::NewPlan(plan)) => plan.refresh(situation),
            Some(Layer::Delete(deletion)) => deletion.refresh(situation, &mut self.booked),
            None => {}
        }
    }

    /// Somebody's hours come into view. Nowhere when they do not work here.
    pub fn show(&mut self, whose: Id<Practitioner>, situation: &Situation<'_>) -> Option<Task<Message>> {
        if !situation.setup.staff().any(|entry| entry.id == whose) {
            return None;
        }
        self.people.choose(whose);
        self.at = None;
        self.refresh(situation);
        Some(self.entries.rows.reveal_chosen())
    }

    /// The save that was begun here is durable; `situation` is what the file holds now.
    pub fn saved(&mut self, situation: &Situation<'_>) -> Task<Message> {
        self.layer = None;
        self.saving = Saving::Idle;
        self.booked.forget();
        let after = std::mem::take(&mut self.after);
        self.refresh(situation);
        match after {
            After::Before => return Task::none(),
            After::ChosenRow => {}
            After::Row(id) => self.entries.rows.choose(id),
            After::Week(date) => {
                self.at = Some(date);
                self.refresh(situation);
            }
        }
        self.entries.rows.reveal_chosen()
    }

    /// The save that was begun here went wrong, for the reason that `words` say.
    pub fn failed(&mut self, words: String) {
        self.after = After::Before;
        match &mut self.layer {
            Some(Layer::Editor(editor)) => editor.form.failed(words),
            Some(Layer::Copying(copying)) => copying.form.failed(words),
            Some(Layer::NewPlan(plan)) => plan.form.failed(words),
            Some(Layer::Delete(_)) | None => self.saving = Saving::Failed(words),
        }
    }

    pub fn is_saving(&self) -> bool {
        let saving = match &self.layer {
            Some(Layer::Editor(editor)) => editor.form.saving(),
            Some(Layer::Copying(copying)) => copying.form.saving(),
            Some(Layer::NewPlan(plan)) => plan.form.saving(),
            Some(Layer::Delete(_)) | None => &self.saving,
        };
        *saving == Saving::Busy
    }

    pub fn is_edited(&self) -> bool {
        match &self.layer {
            Some(Layer::Editor(editor)) => editor.is_edited(),
            Some(Layer::Copying(copying)) => copying.is_edited(),
            Some(Layer::NewPlan(plan)) => plan.is_edited(),
            Some(Layer::Delete(_)) | None => false,
        }
    }

    pub fn take_question(&mut self) -> Option<booked::Question> {
        self.booked.take_question()
    }

    pub fn update(&mut self, message: Message, situation: &Situation<'_>) -> Action {
        // A menu closes when something is chosen in it; only an answer from the file leaves it open.
        if !matches!(message, Message::Answered(_)) {
            self.menu = None;
        }
        let action = match message {
            Message::People(message) => self.people_message(message, situation),
            Message::Entries(message) => match self.entries.rows.update(message) {
                rows::Action::None => Action::None,
                rows::Action::Run(task) => Action::Run(task.map(Message::Entries)),
                rows::Action::New => self.new_entry(situation),
                rows::Action::Edit => self.edit(situation),
                rows::Action::Delete => self.ask_to_delete(situation),
                rows::Action::Menu(on, at) => self.open_menu(on, at),
            },
            Message::WeekChosen(at) => {
                self.at = at;
                self.refresh(situation);
                Action::None
            }
            Message::EndedTicked(ticked) => {
                self.entries.shows_ended = ticked;
                self.refresh(situation);
                Action::None
            }
            Message::NewChosen => self.new_entry(situation),
            Message::EditChosen => self.edit(situation),
            Message::DeleteChosen => self.ask_to_delete(situation),
            Message::CopyDayChosen => self.copy(What::Day, situation),
            Message::CopyWeekChosen => self.copy(What::Week, situation),
            Message::NewPlanChosen => match self.people.chosen() {
                Some(whom) if situation.editing == Editing::Allowed => self.open(Layer::NewPlan(NewPlan::new(whom))),
                _ => Action::None,
            },
            Message::MenuClosed => Action::None,
            Message::Editor(_) | Message::Copying(_) | Message::NewPlan(_) => self.form_message(message, situation),
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

    fn people_message(&mut self, message: rows::Message, situation: &Situation<'_>) -> Action {
        let before = self.people.chosen();
        let action = self.people.update(message);
        if self.people.chosen() != before {
            self.at = None;
            self.refresh(situation);
        }
        match action {
            rows::Action::None | rows::Action::Delete => Action::None,
            rows::Action::Run(task) => Action::Run(task.map(Message::People)),
            rows::Action::New => self.new_entry(situation),
            // Into the list beside.
            rows::Action::Edit => Action::Run(self.entries.rows.reveal_chosen()),
            rows::Action::Menu(_, at) => self.open_menu(rows::On::Nothing, at),
        }
    }

    fn open_menu(&mut self, on: rows::On, at: Point) -> Action {
        self.menu = Some(Menu { on, at });
        Action::None
    }

    fn open(&mut self, layer: Layer) -> Action {
        self.saving = Saving::Idle;
        self.layer = Some(layer);
        Action::None
    }

    fn close(&mut self) -> Action {
        self.layer = None;
        self.saving = Saving::Idle;
        self.booked.forget();
        Action::None
    }

    fn chosen_entry<'a>(&self, setup: &'a Setup) -> Option<&'a Entry<WorkingHours>> {
        let chosen = self.entries.rows.chosen()?;
        setup.working_hours.iter().find(|entry| entry.id == chosen)
    }

    fn new_entry(&mut self, situation: &Situation<'_>) -> Action {
        match self.people.chosen() {
            Some(whom) if situation.editing == Editing::Allowed => {
                self.open(Layer::Editor(Box::new(Editor::new(whom, situation))))
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

    fn copy(&mut self, what: What, situation: &Situation<'_>) -> Action {
        match self.people.chosen() {
            Some(whom) if situation.editing == Editing::Allowed => {
                let weekday = self.chosen_entry(situation.setup).map(|entry| entry.value.weekday);
                self.open(Layer::Copying(Box::new(Copying::new(whom, weekday, what, situation))))
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

    /// A message of one of the three forms.
    fn form_message(&mut self, message: Message, situation: &Situation<'_>) -> Action {
        match (message, &mut self.layer) {
            (Message::Editor(message), Some(Layer::Editor(editor))) => match editor.update(message, situation) {
                editor::Action::None => Action::None,
                editor::Action::Run(task) => Action::Run(task.map(Message::Editor)),
                editor::Action::Save(writes) => {
                    self.after = writes.first().map_or(After::Before, |write| After::Row(Id::new(write.id)));
                    Action::Save(writes)
                }
                editor::Action::Close => self.close(),
            },
            (Message::Copying(message), Some(Layer::Copying(copying))) => match copying.update(message, situation) {
                copying::Action::None => Action::None,
                copying::Action::Run(task) => Action::Run(task.map(Message::Copying)),
                copying::Action::Save(writes) => Action::Save(writes),
                copying::Action::Close => self.close(),
            },
            (Message::NewPlan(message), Some(Layer::NewPlan(plan))) => match plan.update(message, situation) {
                new_plan::Action::None => Action::None,
                new_plan::Action::Run(task) => Action::Run(task.map(Message::NewPlan)),
                new_plan::Action::Save(writes, from) => {
                    self.after = After::Week(from);
                    Action::Save(writes)
                }
                new_plan::Action::Close => self.close(),
            },
            // A message of a dialog that has closed meanwhile.
            _ => Action::None,
        }
    }

    pub fn layers<'a>(&'a self, situation: &Situation<'a>) -> Vec<Element<'a, Message>> {
        let mut layers = match &self.layer {
            Some(Layer::Editor(editor)) => mapped_to(editor.layers(situation), Message::Editor),
            Some(Layer::Copying(copying)) => mapped_to(copying.layers(situation), Message::Copying),
            Some(Layer::NewPlan(plan)) => mapped_to(plan.layers(situation), Message::NewPlan),
            Some(Layer::Delete(deletion)) => vec![self.delete_question(deletion, situation)],
            None => Vec::new(),
        };
        layers.extend(self.menu.as_ref().map(|menu| self.menu_layer(menu, situation)));
        layers
    }
}

impl Deletion {
    fn of(entry: Entry<WorkingHours>) -> Self {
        Self { entry, title: String::new(), explanation: String::new(), consequence: Sentence::none() }
    }

    fn refresh(&mut self, situation: &Situation<'_>, booked: &mut Booked) {
        let Situation { texts, setup, .. } = *situation;
        let whom = self.entry.value.practitioner;
        booked.want(Some(editor::from_today_on(vec![whom], situation)));
        let revision = Revision { deleted: vec![self.entry.clone()], ..Revision::default() };
        self.title = fl!(texts, "hours-delete-title", who = name_of(whom, setup));
        self.explanation = entries::in_words(&self.entry.value, texts);
        self.consequence = editor::outside(&revision, situation, booked).unwrap_or_else(Sentence::none);
    }
}

/// «Jens Holm».
fn name_of(practitioner: Id<Practitioner>, setup: &Setup) -> String {
    setup.practitioner(practitioner).map(|of| of.name.to_string()).unwrap_or_default()
}
