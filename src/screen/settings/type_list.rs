//! The white field under «Aftaletyper»: one row for each type that patients can book online.

use aftalebog_booking::consequence;
use aftalebog_booking::record::{Entry, OnlineType};
use aftalebog_booking::{Id, Write};
use aftalebog_texts::fl;
use iced::keyboard::{Key, Modifiers, key::Named};
use iced::widget::{column, container, mouse_area, row, scrollable, space, text};
use iced::{Center, Element, Fill, Padding, Point, Task};
use lucide_icons::Icon;

use super::{Editing, Situation};
use crate::ui::focus::{self, focusable};
use crate::ui::form::{heading, push, push_icon};
use crate::ui::menu::{MenuItem, context_area, menu_layer};
use crate::ui::theme::{self, size, space as gap};

/// The field itself, a Tab stop while it is empty.
const FIELD: &str = "types-field";

pub struct TypeList {
    rows: Vec<Row>,
    chosen: Option<Id<OnlineType>>,
}

/// A type as the list says it.
struct Row {
    id: Id<OnlineType>,
    code: String,
    alias: String,
    reading: String,
}

#[derive(Clone, Debug)]
pub enum Message {
    Pressed(usize),
    DoublePressed(usize),
    Key(Command),
    /// A right press or the Menu key; `None` on the empty space.
    MenuRequested(Option<usize>, Point),
    NewChosen,
    EditChosen,
    DuplicateChosen,
    DeleteChosen,
    UpPressed,
    DownPressed,
}

/// What a key on a row does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    Previous,
    Next,
    First,
    Last,
    New,
    Edit,
    Delete,
    Up,
    Down,
}

pub enum Action {
    None,
    Run(Task<Message>),
    New,
    Edit(Entry<OnlineType>),
    Duplicate(Entry<OnlineType>),
    Delete(Entry<OnlineType>),
    Menu { on: Option<Id<OnlineType>>, at: Point },
    Reorder { writes: Vec<Write>, by: By },
}

/// What moved a type to another place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// A key on the row, or its menu: the focus goes along.
    Key,
    /// A button, which keeps the focus.
    Button,
}

impl TypeList {
    pub fn new(situation: &Situation<'_>) -> Self {
        let mut list = Self { rows: Vec::new(), chosen: None };
        list.refresh(situation);
        list
    }

    /// Reads every type anew; the chosen one stays chosen while it exists.
    pub fn refresh(&mut self, situation: &Situation<'_>) {
        let place = self.chosen_index();
        let row = |entry: &Entry<OnlineType>| Row {
            id: entry.id,
            code: situation
                .setup
                .appointment_type(entry.value.appointment_type)
                .map(|of| of.code.to_string())
                .unwrap_or_default(),
            alias: entry.value.alias.to_string(),
            reading: reading(&entry.value, situation),
        };
        self.rows = situation.setup.online_types.iter().map(row).collect();
        if self.chosen_index().is_none() {
            // After a deletion the row that came up into the place is the chosen one.
            let place = place.unwrap_or_default().min(self.rows.len().saturating_sub(1));
            self.chosen = self.rows.get(place).map(|row| row.id);
        }
    }

    pub fn choose(&mut self, id: Id<OnlineType>) {
        self.chosen = Some(id);
    }

    /// Brings the chosen row into view and gives it the focus.
    pub fn reveal_chosen(&self) -> Task<Message> {
        self.chosen_index().map_or_else(Task::none, |index| focus::set(row_id(index)))
    }

    fn chosen_index(&self) -> Option<usize> {
        let chosen = self.chosen?;
        self.rows.iter().position(|row| row.id == chosen)
    }

    pub fn update(&mut self, message: Message, situation: &Situation<'_>) -> Action {
        match message {
            Message::Pressed(index) => self.go_to(index),
            Message::DoublePressed(index) => {
                self.chosen = self.rows.get(index).map(|row| row.id);
                self.command(Command::Edit, situation)
            }
            Message::Key(command) => self.command(command, situation),
            Message::MenuRequested(index, at) => {
                if let Some(row) = index.and_then(|index| self.rows.get(index)) {
                    self.chosen = Some(row.id);
                }
                Action::Menu { on: index.and(self.chosen), at }
            }
            Message::NewChosen => self.command(Command::New, situation),
            Message::EditChosen => self.command(Command::Edit, situation),
            Message::DuplicateChosen => match self.entry(situation) {
                Some(entry) if situation.editing == Editing::Allowed => Action::Duplicate(entry),
                _ => Action::None,
            },
            Message::DeleteChosen => self.command(Command::Delete, situation),
            Message::UpPressed => self.moved(Command::Up, By::Button, situation),
            Message::DownPressed => self.moved(Command::Down, By::Button, situation),
        }
    }

    fn command(&mut self, command: Command, situation: &Situation<'_>) -> Action {
        let index = self.chosen_index().unwrap_or_default();
        let last = self.rows.len().saturating_sub(1);
        let writable = situation.editing == Editing::Allowed;
        match command {
            Command::Previous => self.go_to(index.saturating_sub(1)),
            Command::Next => self.go_to((index + 1).min(last)),
            Command::First => self.go_to(0),
            Command::Last => self.go_to(last),
            Command::New if writable => Action::New,
            Command::Edit => self.entry(situation).map_or(Action::None, Action::Edit),
            Command::Delete if writable => self.entry(situation).map_or(Action::None, Action::Delete),
            Command::Up | Command::Down => self.moved(command, By::Key, situation),
            Command::New | Command::Delete => Action::None,
        }
    }

    /// The writes that put the chosen type one place up or down; types between move along.
    fn moved(&mut self, command: Command, by: By, situation: &Situation<'_>) -> Action {
        let Some(from) = self.chosen_index() else { return Action::None };
        let to = match command {
            Command::Up => from.checked_sub(1),
            _ => Some(from + 1).filter(|to| *to < self.rows.len()),
        };
        match to {
            Some(to) if situation.editing == Editing::Allowed => {
                Action::Reorder { writes: reorder(situation, from, to), by }
            }
            _ => Action::None,
        }
    }

    fn go_to(&mut self, index: usize) -> Action {
        self.chosen = self.rows.get(index).map(|row| row.id);
        Action::Run(focus::set(row_id(index)))
    }

    fn entry(&self, situation: &Situation<'_>) -> Option<Entry<OnlineType>> {
        situation.setup.online_types.iter().find(|entry| Some(entry.id) == self.chosen).cloned()
    }

    /// The heading with its buttons, and the field under it.
    pub fn view<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let writable = situation.editing == Editing::Allowed;
        let chosen = self.chosen_index();
        let any = |message: Message| chosen.is_some().then_some(message);
        let change = |message: Message| (writable && chosen.is_some()).then_some(message);
        let up = change(Message::UpPressed).filter(|_| chosen != Some(0));
        let down = change(Message::DownPressed).filter(|_| chosen != self.rows.len().checked_sub(1));
        let buttons = row![
            push("types-new", fl!(texts, "types-new"), writable.then_some(Message::NewChosen))
                .icon(Icon::Plus)
                .hint(fl!(texts, "types-new-hint")),
            push("types-edit", fl!(texts, "types-edit"), any(Message::EditChosen)).hint(fl!(texts, "types-edit-hint")),
            push("types-delete", fl!(texts, "types-delete"), change(Message::DeleteChosen))
                .hint(fl!(texts, "types-delete-hint")),
            push_icon("types-up", Icon::ChevronUp, fl!(texts, "move-up"), up),
            push_icon("types-down", Icon::ChevronDown, fl!(texts, "move-down"), down),
        ];
        let head = row![heading(fl!(texts, "types-heading")), space::horizontal(), buttons.spacing(gap::S)];
        column![head.align_y(Center), self.field(situation)].spacing(gap::S).into()
    }

    fn field<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let chosen = self.chosen_index();
        let rows = self.rows.iter().enumerate().map(|(index, row)| row.view(index, chosen == Some(index)));
        let content: Element<'a, Message> = if self.rows.is_empty() {
            let invitation = text(fl!(situation.texts, "types-empty")).style(theme::muted);
            focusable(container(invitation).center(Fill)).id(FIELD).on_key(key).into()
        } else {
            scrollable(column(rows).padding(gap::XS)).style(theme::scroll).width(Fill).height(Fill).into()
        };
        let field = container(content).padding(2).width(Fill).height(Fill).style(theme::surface);
        context_area(field, |at| Message::MenuRequested(None, at)).into()
    }

    /// The menu of a row, or of the empty space.
    pub fn menu<'a>(
        &'a self,
        on: Option<Id<OnlineType>>,
        at: Point,
        situation: &Situation<'a>,
    ) -> Element<'a, super::Message> {
        let texts = situation.texts;
        let writable = situation.editing == Editing::Allowed;
        let item = |icon, label, message: Message, enabled: bool| {
            MenuItem::maybe(label, enabled.then_some(super::Message::List(message))).icon(icon)
        };
        let new = item(Icon::Plus, fl!(texts, "menu-new"), Message::NewChosen, writable);
        let new = new.shortcut(fl!(texts, "key-insert"));
        let Some(index) = on.and_then(|on| self.rows.iter().position(|row| row.id == on)) else {
            return menu_layer(at, vec![new], super::Message::MenuClosed);
        };
        let up = writable && index > 0;
        let down = writable && index + 1 < self.rows.len();
        let items = vec![
            item(Icon::Pencil, fl!(texts, "menu-edit"), Message::EditChosen, true).shortcut("F2"),
            item(Icon::Copy, fl!(texts, "menu-duplicate"), Message::DuplicateChosen, writable),
            item(Icon::Trash2, fl!(texts, "menu-delete"), Message::DeleteChosen, writable)
                .shortcut(fl!(texts, "key-delete"))
                .danger(),
            MenuItem::Separator,
            item(Icon::ChevronUp, fl!(texts, "move-up"), Message::Key(Command::Up), up)
                .shortcut(fl!(texts, "key-alt-up")),
            item(Icon::ChevronDown, fl!(texts, "move-down"), Message::Key(Command::Down), down)
                .shortcut(fl!(texts, "key-alt-down")),
            MenuItem::Separator,
            new,
        ];
        menu_layer(at, items, super::Message::MenuClosed)
    }
}

impl Row {
    fn view(&self, index: usize, chosen: bool) -> Element<'_, Message> {
        let words = row![
            text(&self.code).font(theme::SEMIBOLD).width(72).wrapping(text::Wrapping::None),
            container(text(&self.alias).wrapping(text::Wrapping::None)).width(260).clip(true),
            container(text(&self.reading).size(size::SMALL).style(theme::muted).wrapping(text::Wrapping::None))
                .width(Fill)
                .clip(true),
        ]
        .spacing(gap::M)
        .align_y(Center);
        let face = container(words)
            .padding(Padding::ZERO.horizontal(gap::M))
            .center_y(theme::CONTROL)
            .width(Fill)
            .style(move |theme| theme::list_row(theme, chosen));
        let face = mouse_area(face).on_press(Message::Pressed(index)).on_double_click(Message::DoublePressed(index));
        // One Tab stop for the whole list: the arrows go from row to row.
        let row =
            focusable(face).id(row_id(index)).enabled(chosen).on_activate(Message::Key(Command::Edit)).on_key(key);
        context_area(row, move |at| Message::MenuRequested(Some(index), at)).into()
    }
}

fn key(key: &Key, modifiers: Modifiers) -> Option<Message> {
    let Key::Named(key) = key else { return None };
    let command = match key {
        Named::ArrowUp if modifiers.alt() => Command::Up,
        Named::ArrowDown if modifiers.alt() => Command::Down,
        _ if !modifiers.is_empty() => return None,
        Named::ArrowUp => Command::Previous,
        Named::ArrowDown => Command::Next,
        Named::Home => Command::First,
        Named::End => Command::Last,
        Named::Insert => Command::New,
        Named::F2 => Command::Edit,
        Named::Delete => Command::Delete,
        _ => return None,
    };
    Some(Message::Key(command))
}

fn reorder(situation: &Situation<'_>, from: usize, to: usize) -> Vec<Write> {
    let mut ordered: Vec<&Entry<OnlineType>> = situation.setup.online_types.iter().collect();
    let moved = ordered.remove(from);
    ordered.insert(to, moved);
    let placed = |(entry, position): (&Entry<OnlineType>, u32)| {
        Write::edit(entry, &OnlineType { position, ..entry.value.clone() })
    };
    ordered.into_iter().zip(1..).filter_map(placed).collect()
}

/// «styres af behov · hver 30 min. · tidligst i morgen».
fn reading(value: &OnlineType, situation: &Situation<'_>) -> String {
    let Situation { texts, setup, today, .. } = *situation;
    let who = texts.who_may_book_short(&consequence::who_may_book(value, setup), setup);
    let raster = setup.clinic.value.raster_minutes;
    let spacing = texts.spacing_short(&consequence::spacing_effect(value.min_spacing_minutes, raster));
    let earliest = texts.earliest_short(today, consequence::earliest_date(today, value.earliest_booking_days));
    [who, spacing, earliest].join(" · ")
}

fn row_id(index: usize) -> String {
    format!("types-row-{index}")
}
