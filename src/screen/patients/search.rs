//! «Find patient»: one field that searches while one types.
//!
//! The file is asked one question at a time: what is typed meanwhile is asked for when it has
//! answered. So nobody waits for a pause to pass, and no question is asked for nothing.

use std::sync::Arc;

use aftalebog_booking::Id;
use aftalebog_booking::patient::is_like_cpr;
use aftalebog_booking::record::Patient;
use aftalebog_local::{FoundPatient, Store, StoreError};
use aftalebog_texts::fl;
use aftalebog_texts::guide::Topic;
use iced::keyboard::{Key, Modifiers, key::Named};
use iced::widget::{column, container, mouse_area, row, scrollable, space, text};
use iced::{Center, Element, Fill, Task};
use lucide_icons::Icon;

use super::words;
use crate::failure;
use crate::screen::settings::{Editing, Situation};
use crate::ui::dialog::dialog;
use crate::ui::focus;
use crate::ui::form::{Sentence, field, push, under};
use crate::ui::keys::keys;
use crate::ui::theme::{self, Standing, size, space as gap};

const FIELD: &str = "patient-search";
const LIST: &str = "patient-search-list";
/// More than anybody looks through; who is not among them types another letter.
const AT_ONCE: u32 = 50;
/// How many rows are seen without scrolling.
const ROWS: f32 = 9.0;
const WIDTH: f32 = 860.0;

pub struct Search {
    typed: String,
    /// What the file is being asked for.
    asking: Option<String>,
    answered: Option<Answered>,
    /// Enter came before the answer: the first who is found is opened.
    enter: Enter,
    marked: usize,
    note: Sentence,
    rows: Vec<Row>,
}

/// Whether somebody types faster than the file answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Enter {
    NotPressed,
    WaitsForAnswer,
}

/// What the file said last.
struct Answered {
    typed: String,
    found: Vec<FoundPatient>,
    /// Why it could not answer.
    fault: Option<CouldNotRead>,
}

/// A patient as the list says them.
struct Row {
    id: Id<Patient>,
    number: String,
    name: String,
    born: String,
    phone: String,
    next: String,
}

type CouldNotRead = Arc<StoreError>;

#[derive(Clone, Debug)]
pub enum Message {
    Typed(String),
    Found { typed: String, found: Result<Vec<FoundPatient>, CouldNotRead> },
    Marked(Step),
    RowPressed(usize),
    OpenPressed,
    NewPressed,
    ClosePressed,
}

/// Where a key moves the mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Up,
    Down,
    First,
    Last,
}

pub enum Action {
    None,
    Run(Task<Message>),
    Open(Id<Patient>),
    /// Create somebody of whom this is known.
    New {
        typed: String,
    },
    Close,
}

impl Search {
    pub fn new(situation: &Situation<'_>) -> Self {
        let mut search = Self {
            typed: String::new(),
            asking: None,
            answered: None,
            enter: Enter::NotPressed,
            marked: 0,
            note: Sentence::none(),
            rows: Vec::new(),
        };
        search.refresh(situation);
        search
    }

    pub fn update(&mut self, message: Message, situation: &Situation<'_>, store: &Store) -> Action {
        let action = match message {
            Message::Typed(typed) => {
                self.typed = typed;
                self.enter = Enter::NotPressed;
                self.ask(situation, store)
            }
            Message::Found { typed, found } => {
                self.found(typed, found);
                self.refresh(situation);
                match self.enter {
                    Enter::WaitsForAnswer if self.is_answered() => self.open(),
                    // What was typed meanwhile is asked for now.
                    _ => self.ask(situation, store),
                }
            }
            Message::Marked(step) => self.mark(step),
            Message::RowPressed(row) => self.rows.get(row).map_or(Action::None, |row| Action::Open(row.id)),
            // What was found for something else is not what is meant.
            Message::OpenPressed if !self.is_answered() => {
                self.enter = Enter::WaitsForAnswer;
                Action::None
            }
            Message::OpenPressed => self.open(),
            Message::NewPressed if situation.editing == Editing::Allowed => Action::New { typed: self.typed.clone() },
            Message::NewPressed => Action::None,
            Message::ClosePressed => Action::Close,
        };
        self.refresh(situation);
        action
    }

    /// Asks the file again, after something in it has changed.
    pub fn read_again(&mut self, situation: &Situation<'_>, store: &Store) -> Task<Message> {
        self.answered = None;
        match self.ask(situation, store) {
            Action::Run(task) => task,
            _ => Task::none(),
        }
    }

    fn open(&mut self) -> Action {
        self.enter = Enter::NotPressed;
        self.rows.get(self.marked).map_or(Action::None, |row| Action::Open(row.id))
    }

    fn is_answered(&self) -> bool {
        self.answered.as_ref().is_some_and(|answered| answered.typed == self.typed)
    }

    fn ask(&mut self, situation: &Situation<'_>, store: &Store) -> Action {
        let nobody = self.typed.trim().is_empty() || is_like_cpr(&self.typed);
        if nobody || self.asking.is_some() || self.is_answered() {
            return Action::None;
        }
        self.asking = Some(self.typed.clone());
        let (store, typed, now) = (store.clone(), self.typed.clone(), situation.now);
        let asked = typed.clone();
        let asking = async move { store.look_up_patients(asked, now, AT_ONCE + 1).await.map_err(Arc::new) };
        Action::Run(Task::perform(asking, move |found| Message::Found { typed: typed.clone(), found }))
    }

    fn found(&mut self, typed: String, found: Result<Vec<FoundPatient>, CouldNotRead>) {
        if self.asking.take_if(|asking| *asking == typed).is_some() {
            let fault = found.as_ref().err().cloned();
            self.answered = Some(Answered { typed, found: found.unwrap_or_default(), fault });
            self.marked = 0;
        }
    }

    fn mark(&mut self, step: Step) -> Action {
        let last = self.rows.len().saturating_sub(1);
        self.marked = match step {
            Step::Up => self.marked.saturating_sub(1),
            Step::Down => (self.marked + 1).min(last),
            Step::First => 0,
            Step::Last => last,
        };
        Action::Run(focus::reveal(row_id(self.marked)))
    }

    /// Says everything again.
    pub fn refresh(&mut self, situation: &Situation<'_>) {
        let texts = situation.texts;
        let nothing_typed = self.typed.trim().is_empty();
        let answered = self.answered.as_ref().filter(|_| !nothing_typed && !is_like_cpr(&self.typed));
        let found = answered.map_or(&[][..], |answered| &answered.found);
        let row = |found: &FoundPatient| Row {
            id: found.entry.id,
            number: found.entry.value.number.to_string(),
            name: found.entry.value.name.to_string(),
            born: words::born(&found.entry.value, situation),
            phone: found.entry.value.phone.as_ref().map(ToString::to_string).unwrap_or_default(),
            next: found.next.as_ref().map(|next| words::when_short(&next.value, situation)).unwrap_or_default(),
        };
        self.rows = found.iter().take(AT_ONCE as usize).map(row).collect();
        self.marked = self.marked.min(self.rows.len().saturating_sub(1));
        self.note = match answered {
            _ if nothing_typed => Sentence::Means(fl!(texts, "find-patient-invitation")),
            _ if is_like_cpr(&self.typed) => Sentence::Warns(fl!(texts, "find-patient-cpr")),
            Some(Answered { fault: Some(fault), .. }) => {
                Sentence::Refuses(fl!(texts, "patients-not-read", why = failure::read(texts, fault).1))
            }
            Some(answered) if answered.found.is_empty() && answered.typed == self.typed => {
                Sentence::Means(fl!(texts, "find-patient-nobody", typed = self.typed.trim()))
            }
            Some(answered) if answered.found.len() > AT_ONCE as usize => {
                Sentence::Means(fl!(texts, "find-patient-more", count = AT_ONCE))
            }
            Some(answered) => Sentence::Means(fl!(texts, "find-patient-count", count = answered.found.len())),
            None => Sentence::none(),
        };
    }

    pub fn view<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let writable = situation.editing == Editing::Allowed;
        let typed = field(FIELD, &fl!(texts, "find-patient-hint"), &self.typed, Standing::Good, Some(Message::Typed));
        let label = |words: String| text(words).size(size::SMALL).style(theme::muted);
        let head = columns(
            label(fl!(texts, "find-patient-number")),
            label(fl!(texts, "find-patient-name")).into(),
            label(fl!(texts, "find-patient-born")),
            label(fl!(texts, "find-patient-phone")),
            label(fl!(texts, "find-patient-next")),
        );
        let body = column![
            typed.width(Fill),
            container(under(&self.note)).center_y(18),
            container(head).padding([0.0, gap::M + 1.0]),
            self.list(),
        ];
        let open = (self.is_answered() && !self.rows.is_empty()).then_some(Message::OpenPressed);
        let new = push("patient-search-new", self.new_words(situation), writable.then_some(Message::NewPressed));
        let close = push("patient-search-close", fl!(texts, "close"), Some(Message::ClosePressed));
        dialog(
            fl!(texts, "find-patient"),
            WIDTH,
            keys(body.spacing(gap::S), list_key),
            Message::ClosePressed,
            fl!(texts, "close"),
        )
        .button(new.icon(Icon::Plus))
        .button(close)
        .button(push("patient-search-open", fl!(texts, "find-patient-open"), open).style(theme::primary))
        .on_enter(Some(Message::OpenPressed))
        .first(FIELD)
        .explained_by(Topic::FindPatient)
        .layer()
    }

    /// «Ny patient …», or «Opret «Karen» …» when nobody is found.
    fn new_words(&self, situation: &Situation<'_>) -> String {
        let texts = situation.texts;
        let nobody = self.is_answered() && self.rows.is_empty() && !self.typed.trim().is_empty();
        // So long a text is not on a button.
        let typed = self.typed.trim();
        match nobody && typed.chars().count() <= 30 && !is_like_cpr(typed) {
            true => fl!(texts, "find-patient-create", typed = typed),
            false => fl!(texts, "find-patient-new"),
        }
    }

    fn list(&self) -> Element<'_, Message> {
        let content: Element<'_, Message> = if self.rows.is_empty() {
            space().into()
        } else {
            let rows = self.rows.iter().enumerate().map(|(place, row)| row.view(place, place == self.marked));
            scrollable(column(rows)).id(LIST).style(theme::scroll).width(Fill).height(Fill).into()
        };
        container(content).padding(1).width(Fill).height(ROWS * theme::CONTROL + 2.0).style(theme::surface).into()
    }
}

impl Row {
    fn view(&self, place: usize, marked: bool) -> Element<'_, Message> {
        let small = |words| text(words).wrapping(text::Wrapping::None);
        let name = container(text(&self.name).wrapping(text::Wrapping::None)).width(Fill).clip(true);
        let words = columns(
            small(&self.number).font(theme::SEMIBOLD),
            name.into(),
            small(&self.born),
            small(&self.phone),
            small(&self.next),
        );
        let face = container(words)
            .id(row_id(place))
            .center_y(theme::CONTROL)
            .padding([0.0, gap::M])
            .width(Fill)
            .style(move |theme| theme::list_row(theme, marked));
        mouse_area(face).on_press(Message::RowPressed(place)).interaction(iced::mouse::Interaction::Pointer).into()
    }
}

/// What stands under what, in the heading and in every row.
fn columns<'a>(
    number: text::Text<'a, iced::Theme, iced::Renderer>,
    name: Element<'a, Message>,
    born: text::Text<'a, iced::Theme, iced::Renderer>,
    phone: text::Text<'a, iced::Theme, iced::Renderer>,
    next: text::Text<'a, iced::Theme, iced::Renderer>,
) -> Element<'a, Message> {
    let cell =
        |words: text::Text<'a, iced::Theme, iced::Renderer>, width: f32| container(words).width(width).clip(true);
    row![cell(number, 88.0), container(name).width(Fill), cell(born, 96.0), cell(phone, 128.0), cell(next, 168.0)]
        .spacing(gap::M)
        .align_y(Center)
        .into()
}

fn row_id(place: usize) -> String {
    format!("patient-row-{place}")
}

fn list_key(key: &Key, modifiers: Modifiers) -> Option<Message> {
    let Key::Named(key) = key else { return None };
    if !modifiers.is_empty() {
        return None;
    }
    Some(Message::Marked(match key {
        Named::F2 => return Some(Message::OpenPressed),
        Named::Insert => return Some(Message::NewPressed),
        Named::ArrowUp => Step::Up,
        Named::ArrowDown => Step::Down,
        Named::PageUp => Step::First,
        Named::PageDown => Step::Last,
        _ => return None,
    }))
}
