//! A button that is pressed to choose one of many, and searches while one types.

use iced::keyboard::{Key, Modifiers, key::Named};
use iced::widget::operation;
use iced::widget::{Id, column, container, mouse_area, opaque, row, scrollable, text};
use iced::{Center, Element, Fill, Task};
use lucide_icons::Icon;

use super::focus::{self, focusable};
use super::form::{self, icon};
use super::keys::keys;
use super::theme::{self, Standing, size, space as gap};

/// How many rows are seen without scrolling.
const ROWS: usize = 8;
const SEARCH: &str = "choice-search";
const LIST: &str = "choice-list";

/// The state of one press-and-choose button.
pub struct Choice<T> {
    id: Id,
    items: Vec<Item<T>>,
    searched: Searched,
    open: Option<Open>,
}

/// Who searches.
enum Searched {
    /// The list itself, among its items.
    Here,
    /// Somebody who is told what is searched for, and brings the items; these answer that search.
    Elsewhere {
        answered: String,
        /// What is said below the items, when there are more than these.
        more: Option<String>,
    },
}

/// One thing that can be chosen.
#[derive(Clone, Debug)]
pub struct Item<T> {
    pub value: T,
    pub code: String,
    pub name: String,
    /// Shown muted at the right.
    pub note: Option<String>,
}

struct Open {
    search: String,
    /// Among the items that are found.
    marked: usize,
}

#[derive(Clone, Debug)]
pub enum Message<T> {
    Pressed,
    /// A letter typed on the closed button.
    LetterTyped(String),
    SearchTyped(String),
    Marked(Step),
    MarkedChosen,
    Chosen(T),
    Left,
}

/// Where an arrow key moves the mark.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    Up,
    Down,
    First,
    Last,
}

pub enum Action<T> {
    None,
    Run(Task<Message<T>>),
    /// Bring what is found for this, and do the task meanwhile.
    Search(String, Task<Message<T>>),
    Chosen(T),
}

impl<T: Clone + PartialEq + 'static + Send> Choice<T> {
    pub fn new(id: Id) -> Self {
        Self { id, items: Vec::new(), searched: Searched::Here, open: None }
    }

    /// One whose items are too many to hold: they are brought by [`Self::found_elsewhere`].
    pub fn searched_elsewhere(id: Id) -> Self {
        Self { searched: Searched::Elsewhere { answered: String::new(), more: None }, ..Self::new(id) }
    }

    pub fn set_items(&mut self, items: Vec<Item<T>>) {
        self.items = items;
    }

    /// Whether this is what is searched for now. What was found for an earlier search comes too late.
    pub fn searches_for(&self, search: &str) -> bool {
        self.open.as_ref().is_some_and(|open| open.search == search)
    }

    /// What was found for a search; it comes too late when another one is under way. `more` is said
    /// below the items, when there are more than these.
    pub fn found_elsewhere(&mut self, search: String, items: Vec<Item<T>>, more: Option<String>) {
        if self.searches_for(&search) {
            self.items = items;
            self.searched = Searched::Elsewhere { answered: search, more };
        }
    }

    pub fn item(&self, value: &T) -> Option<&Item<T>> {
        self.items.iter().find(|item| item.value == *value)
    }

    /// Gives the button the focus.
    pub fn focus(&self) -> Task<Message<T>> {
        focus::set(self.id.clone())
    }

    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    pub fn close(&mut self) {
        self.open = None;
    }

    pub fn update(&mut self, message: Message<T>) -> Action<T> {
        match message {
            Message::Pressed => {
                // The first that can be chosen without more ado.
                let marked = self.items.iter().position(|item| item.note.is_none()).unwrap_or_default();
                self.open = Some(Open { search: String::new(), marked });
                self.search(Task::batch([focus::set(SEARCH), reveal(marked)]))
            }
            Message::LetterTyped(search) => {
                self.open = Some(Open { search, marked: 0 });
                // The letter must not be selected, or the next one would take its place.
                self.search(operation::focus(SEARCH).chain(operation::move_cursor_to_end(SEARCH)))
            }
            Message::SearchTyped(search) => {
                self.open = Some(Open { search, marked: 0 });
                self.search(Task::none())
            }
            Message::Marked(step) => self.mark(step),
            // What was found for another search is not what is meant.
            Message::MarkedChosen if !self.is_answered() => Action::None,
            Message::MarkedChosen => {
                let marked = self.open.as_ref().map(|open| open.marked);
                let value = marked.and_then(|marked| self.found().nth(marked)).map(|item| item.value.clone());
                value.map_or(Action::None, |value| self.chosen(value))
            }
            Message::Chosen(value) => self.chosen(value),
            Message::Left => {
                self.open = None;
                Action::Run(focus::set(self.id.clone()))
            }
        }
    }

    fn search(&self, meanwhile: Task<Message<T>>) -> Action<T> {
        match (&self.searched, &self.open) {
            (Searched::Elsewhere { .. }, Some(open)) => Action::Search(open.search.clone(), meanwhile),
            _ => Action::Run(meanwhile),
        }
    }

    /// How wide the codes are: of types, or the numbers of patients.
    fn code_room(&self) -> f32 {
        match self.searched {
            Searched::Here => 64.0,
            Searched::Elsewhere { .. } => 44.0,
        }
    }

    /// Whether the items are those of what is searched for now.
    pub fn is_answered(&self) -> bool {
        match (&self.searched, &self.open) {
            (Searched::Elsewhere { answered, .. }, Some(open)) => *answered == open.search,
            _ => true,
        }
    }

    fn chosen(&mut self, value: T) -> Action<T> {
        self.open = None;
        Action::Chosen(value)
    }

    fn mark(&mut self, step: Step) -> Action<T> {
        let last = self.found().count().saturating_sub(1);
        let Some(open) = &mut self.open else { return Action::None };
        open.marked = match step {
            Step::Up => open.marked.saturating_sub(1),
            Step::Down => (open.marked + 1).min(last),
            Step::First => 0,
            Step::Last => last,
        };
        Action::Run(reveal(open.marked))
    }

    /// The items whose code or name holds what is searched for.
    fn found(&self) -> impl Iterator<Item = &Item<T>> {
        let search = match (&self.searched, &self.open) {
            (Searched::Here, Some(open)) => open.search.trim().to_lowercase(),
            _ => String::new(),
        };
        self.items.iter().filter(move |item| {
            item.code.to_lowercase().contains(&search) || item.name.to_lowercase().contains(&search)
        })
    }

    /// The button, showing what is chosen or an invitation.
    pub fn button<'a>(&'a self, chosen: Option<&T>, invitation: String, standing: Standing) -> Element<'a, Message<T>> {
        let item = chosen.and_then(|chosen| self.item(chosen));
        self.button_of(item, invitation, standing)
    }

    /// The button, showing an item that need not be among those that are found.
    pub fn button_of<'a>(
        &'a self,
        item: Option<&'a Item<T>>,
        invitation: String,
        standing: Standing,
    ) -> Element<'a, Message<T>> {
        let words = match item {
            Some(item) => {
                let code = (!item.code.is_empty()).then(|| text(&item.code).font(theme::SEMIBOLD));
                row![code, text(&item.name).wrapping(text::Wrapping::None)].spacing(gap::S)
            }
            None => row![text(invitation).style(theme::muted)],
        };
        let words = container(words).width(Fill).clip(true);
        let face = row![words, icon(Icon::ChevronDown)].spacing(gap::XS).align_y(Center);
        let face = iced::widget::button(container(face).center_y(Fill))
            .width(Fill)
            .height(theme::CONTROL)
            .padding([0.0, gap::M])
            .style(move |theme, status| match standing {
                Standing::Good => theme::secondary(theme, status),
                Standing::Refused => theme::refused(theme, status),
            })
            .on_press(Message::Pressed);
        focusable(face)
            .id(self.id.clone())
            .on_activate(Message::Pressed)
            .on_key(|key, modifiers| match key {
                Key::Named(Named::F4 | Named::ArrowDown) if modifiers.is_empty() || modifiers.alt() => {
                    Some(Message::Pressed)
                }
                Key::Character(letter) if modifiers.is_empty() || modifiers.shift() => {
                    Some(Message::LetterTyped(letter.to_string()))
                }
                _ => None,
            })
            .into()
    }

    /// The list under the button while it is open. Enter is [`Message::MarkedChosen`], which the
    /// dialog's own Enter must give way to.
    pub fn list<'a>(&'a self, search_here: &str, nothing_found: String) -> Option<Element<'a, Message<T>>> {
        let open = self.open.as_ref()?;
        let search = form::field(SEARCH, search_here, &open.search, Standing::Good, Some(Message::SearchTyped));
        let mut rows: Vec<Element<'a, Message<T>>> = Vec::new();
        for (index, item) in self.found().enumerate() {
            rows.push(found_row(item, index == open.marked, self.code_room()));
        }
        if let Searched::Elsewhere { more: Some(more), .. } = &self.searched {
            let more = text(more).size(size::SMALL).style(theme::muted);
            rows.push(container(more).center_y(theme::CONTROL).padding([0.0, gap::M]).into());
        }
        let height = rows.len().clamp(1, ROWS) as f32 * theme::CONTROL;
        let body: Element<'a, Message<T>> = if rows.is_empty() {
            container(text(nothing_found).style(theme::muted)).padding([gap::XS, gap::M]).into()
        } else {
            scrollable(column(rows)).id(LIST).style(theme::scroll).width(Fill).height(height).into()
        };
        let panel = container(column![search, body].spacing(gap::XS)).padding(gap::XS).style(theme::raised);
        Some(opaque(keys(panel, arrows)))
    }
}

/// Scrolls a row of the list into view.
fn reveal<M>(row: usize) -> Task<M> {
    let top = (row + 1).saturating_sub(ROWS / 2) as f32 * theme::CONTROL;
    operation::scroll_to(LIST, scrollable::AbsoluteOffset { x: 0.0, y: top })
}

fn found_row<'a, T: Clone + 'a>(item: &'a Item<T>, marked: bool, code_room: f32) -> Element<'a, Message<T>> {
    let note = item.note.as_deref().map(|note| text(note).size(size::SMALL).style(theme::muted));
    let name = container(text(&item.name).wrapping(text::Wrapping::None)).width(Fill).clip(true);
    let words =
        row![text(&item.code).font(theme::SEMIBOLD).width(code_room), name, note].spacing(gap::S).align_y(Center);
    let face = container(words)
        .center_y(theme::CONTROL)
        .padding([0.0, gap::M])
        .style(move |theme| theme::list_row(theme, marked));
    mouse_area(face).on_press(Message::Chosen(item.value.clone())).interaction(iced::mouse::Interaction::Pointer).into()
}

fn arrows<T>(key: &Key, modifiers: Modifiers) -> Option<Message<T>> {
    match key {
        Key::Named(Named::ArrowUp) => Some(Message::Marked(Step::Up)),
        Key::Named(Named::ArrowDown) => Some(Message::Marked(Step::Down)),
        Key::Named(Named::PageUp) => Some(Message::Marked(Step::First)),
        Key::Named(Named::PageDown) => Some(Message::Marked(Step::Last)),
        Key::Named(Named::Tab) if !modifiers.control() => Some(Message::Left),
        _ => None,
    }
}
