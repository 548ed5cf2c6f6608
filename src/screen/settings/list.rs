//! The white field of a tab, with a row for each record: its keys, buttons, menu and order.

use aftalebog_texts::fl;
use iced::keyboard::{Key, Modifiers, key::Named};
use iced::widget::{column, container, mouse_area, row, scrollable, space, text};
use iced::{Center, Element, Fill, Padding, Point, Task};
use lucide_icons::Icon;

use super::{Editing, Situation};
use crate::ui::focus::{self, focusable};
use crate::ui::form::{heading, push, push_icon};
use crate::ui::menu::{MenuItem, context_area, menu_layer};
use crate::ui::reorder::{self, Reorder, grip};
use crate::ui::theme::{self, space as gap};

/// `T` names a record.
pub struct List<T> {
    /// The first part of its controls' ids.
    name: &'static str,
    order: Order,
    ids: Vec<T>,
    chosen: Option<T>,
    reorder: Reorder,
    menu: Option<Menu<T>>,
}

/// Who decides which row comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The clinic: rows can be moved.
    Chosen,
    /// What the rows say.
    Sorted,
}

struct Menu<T> {
    /// `None`: the empty space of the list.
    on: Option<T>,
    at: Point,
}

/// What stands at the list, beside the rows.
pub struct Words {
    pub heading: String,
    pub new_hint: String,
    pub edit_hint: String,
    pub delete_hint: String,
    /// What an empty list says: how to begin.
    pub empty: String,
}

#[derive(Clone, Debug)]
pub enum Message {
    Pressed(usize),
    DoublePressed(usize),
    Key(Command),
    /// A right press or the Menu key; `None` on the empty space.
    MenuRequested(Option<usize>, Point),
    MenuClosed,
    UpPressed,
    DownPressed,
    Reordered(reorder::Message),
}

/// What a key on a row does; so do the buttons and the menu.
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

pub enum Action<T> {
    None,
    Run(Task<Message>),
    New,
    Edit(T),
    Delete(T),
    /// All rows, in the order that is wanted.
    Moved {
        order: Vec<T>,
        by: By,
    },
}

/// What moved a row to another place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// A key on the row, its menu, or the mouse that dragged it: the focus goes along.
    Row,
    /// A button, which keeps the focus.
    Button,
}

impl<T: Copy + PartialEq> List<T> {
    pub fn new(name: &'static str, order: Order) -> Self {
        Self { name, order, ids: Vec::new(), chosen: None, reorder: Reorder::of_rows(theme::CONTROL), menu: None }
    }

    /// The records there are now; the chosen one stays chosen while it is among them.
    pub fn set(&mut self, ids: Vec<T>) {
        let place = self.chosen_place().unwrap_or_default();
        self.ids = ids;
        if self.chosen_place().is_none() {
            // After a deletion the row that came up into the place is the chosen one.
            let place = place.min(self.ids.len().saturating_sub(1));
            self.chosen = self.ids.get(place).copied();
        }
    }

    pub fn choose(&mut self, id: T) {
        self.chosen = Some(id);
    }

    pub fn chosen(&self) -> Option<T> {
        self.chosen.filter(|chosen| self.ids.contains(chosen))
    }

    fn chosen_place(&self) -> Option<usize> {
        self.ids.iter().position(|id| Some(*id) == self.chosen)
    }

    /// Brings the chosen row into view and gives it the focus.
    pub fn reveal_chosen(&self) -> Task<Message> {
        let chosen = self.chosen_place().map(|place| self.row_id(place));
        focus::set(chosen.unwrap_or_else(|| self.field_id()))
    }

    /// Esc while a row is dragged gives the drag up, and does nothing else.
    pub fn gives_up_drag(&mut self) -> bool {
        let dragging = self.reorder.is_dragging();
        self.reorder.cancel();
        dragging
    }

    pub fn close_menu(&mut self) {
        self.menu = None;
    }

    pub fn update(&mut self, message: Message, editing: Editing) -> Action<T> {
        self.menu = None;
        match message {
            Message::Pressed(place) => self.go_to(place),
            Message::DoublePressed(place) => {
                self.chosen = self.ids.get(place).copied();
                self.command(Command::Edit, editing)
            }
            Message::Key(command) => self.command(command, editing),
            Message::MenuRequested(place, at) => {
                let on = place.and_then(|place| self.ids.get(place)).copied();
                self.chosen = on.or(self.chosen);
                self.menu = Some(Menu { on, at });
                Action::None
            }
            Message::MenuClosed => Action::None,
            Message::UpPressed => self.moved(Command::Up, By::Button, editing),
            Message::DownPressed => self.moved(Command::Down, By::Button, editing),
            Message::Reordered(message) => self.reordered(message, editing),
        }
    }

    fn command(&mut self, command: Command, editing: Editing) -> Action<T> {
        let place = self.chosen_place().unwrap_or_default();
        let last = self.ids.len().saturating_sub(1);
        let writable = editing == Editing::Allowed;
        match command {
            Command::Previous => self.go_to(place.saturating_sub(1)),
            Command::Next => self.go_to((place + 1).min(last)),
            Command::First => self.go_to(0),
            Command::Last => self.go_to(last),
            Command::New if writable => Action::New,
            Command::Edit => self.chosen().map_or(Action::None, Action::Edit),
            Command::Delete if writable => self.chosen().map_or(Action::None, Action::Delete),
            Command::Up | Command::Down => self.moved(command, By::Row, editing),
            Command::New | Command::Delete => Action::None,
        }
    }

    fn go_to(&mut self, place: usize) -> Action<T> {
        self.chosen = self.ids.get(place).copied();
        Action::Run(self.reveal_chosen())
    }

    fn moved(&mut self, command: Command, by: By, editing: Editing) -> Action<T> {
        let Some(from) = self.chosen_place() else { return Action::None };
        let to = match command {
            Command::Up => from.checked_sub(1),
            _ => Some(from + 1).filter(|to| *to < self.ids.len()),
        };
        to.map_or(Action::None, |to| self.put(reorder::Move { from, to }, by, editing))
    }

    fn reordered(&mut self, message: reorder::Message, editing: Editing) -> Action<T> {
        if let reorder::Message::Grasped(place) = message {
            self.chosen = self.ids.get(place).copied();
        }
        match self.reorder.update(message, self.ids.len()) {
            Some(moved) => self.put(moved, By::Row, editing),
            None => Action::None,
        }
    }

    fn put(&self, moved: reorder::Move, by: By, editing: Editing) -> Action<T> {
        if self.order == Order::Sorted || editing == Editing::ReadOnly {
            return Action::None;
        }
        let mut order = self.ids.clone();
        let id = order.remove(moved.from);
        order.insert(moved.to, id);
        Action::Moved { order, by }
    }

    /// The heading with its buttons, and the field under it with what each row says.
    pub fn view<'a>(
        &'a self,
        words: Words,
        rows: Vec<Element<'a, Message>>,
        situation: &Situation<'a>,
    ) -> Element<'a, Message> {
        let texts = situation.texts;
        let Words { heading: title, new_hint, edit_hint, delete_hint, empty } = words;
        let writable = situation.editing == Editing::Allowed;
        let place = self.chosen_place();
        let any = |command| place.is_some().then_some(Message::Key(command));
        let change = |message: Message| (writable && place.is_some()).then_some(message);
        let id = |part| format!("{}-{part}", self.name);
        let mut buttons = row![
            push(id("new"), fl!(texts, "types-new"), writable.then_some(Message::Key(Command::New)))
                .icon(Icon::Plus)
                .hint(new_hint),
            push(id("edit"), fl!(texts, "types-edit"), any(Command::Edit)).hint(edit_hint),
            push(id("delete"), fl!(texts, "types-delete"), change(Message::Key(Command::Delete))).hint(delete_hint),
        ];
        if self.order == Order::Chosen {
            let up = change(Message::UpPressed).filter(|_| place != Some(0));
            let down = change(Message::DownPressed).filter(|_| place != self.ids.len().checked_sub(1));
            buttons = buttons.push(push_icon(id("up"), Icon::ChevronUp, fl!(texts, "move-up"), up)).push(push_icon(
                id("down"),
                Icon::ChevronDown,
                fl!(texts, "move-down"),
                down,
            ));
        }
        let head = row![heading(title), space::horizontal(), buttons.spacing(gap::S)];
        column![head.align_y(Center), self.field(empty, rows)].spacing(gap::S).into()
    }

    fn field<'a>(&'a self, empty: String, rows: Vec<Element<'a, Message>>) -> Element<'a, Message> {
        let content: Element<'a, Message> = if rows.is_empty() {
            let invitation = container(text(empty).style(theme::muted).center()).padding(gap::L);
            focusable(container(invitation).center(Fill)).id(self.field_id()).on_key(key).ring_inside().into()
        } else {
            let rows: Vec<_> = rows.into_iter().enumerate().map(|(place, content)| self.row(place, content)).collect();
            let rows = match self.order {
                Order::Chosen => self.reorder.area(rows, Message::Reordered),
                Order::Sorted => column(rows).into(),
            };
            let rows = container(rows).padding(gap::XS);
            scrollable(rows).style(theme::scroll).width(Fill).height(Fill).into()
        };
        let field = container(content).padding(2).width(Fill).height(Fill).style(theme::surface);
        context_area(field, |at| Message::MenuRequested(None, at)).into()
    }

    fn row<'a>(&self, place: usize, content: Element<'a, Message>) -> Element<'a, Message> {
        let chosen = self.chosen_place() == Some(place);
        let (face, left) = match self.order {
            Order::Chosen => (row![grip(place, Message::Reordered), content].spacing(gap::S).align_y(Center), 0.0),
            Order::Sorted => (row![content], gap::M),
        };
        let face = container(face)
            .padding(Padding::ZERO.right(gap::M).left(left))
            .center_y(theme::CONTROL)
            .width(Fill)
            .style(move |theme| theme::list_row(theme, chosen));
        let face = mouse_area(face).on_press(Message::Pressed(place)).on_double_click(Message::DoublePressed(place));
        // One Tab stop for the whole list: the arrows go from row to row.
        let row =
            focusable(face).id(self.row_id(place)).enabled(chosen).on_activate(Message::Key(Command::Edit)).on_key(key);
        context_area(row, move |at| Message::MenuRequested(Some(place), at)).into()
    }

    /// The menu of a row, or of the empty space, while it is open. `further` is what else can be
    /// done with a record.
    pub fn menu<'a, M: Clone + 'a>(
        &self,
        situation: &Situation<'_>,
        new: String,
        further: impl FnOnce(T) -> Vec<MenuItem<M>>,
        to: impl Fn(Message) -> M,
    ) -> Option<Element<'a, M>> {
        let Menu { on, at } = self.menu.as_ref()?;
        let texts = situation.texts;
        let writable = situation.editing == Editing::Allowed;
        let item = |icon, label, command, enabled: bool| {
            MenuItem::maybe(label, enabled.then(|| to(Message::Key(command)))).icon(icon)
        };
        let new = item(Icon::Plus, new, Command::New, writable).shortcut(fl!(texts, "key-insert"));
        let close = to(Message::MenuClosed);
        let found = on.and_then(|on| self.ids.iter().position(|id| *id == on).map(|place| (on, place)));
        let Some((on, place)) = found else { return Some(menu_layer(*at, vec![new], close)) };
        let mut items = vec![item(Icon::Pencil, fl!(texts, "menu-edit"), Command::Edit, true).shortcut("F2")];
        items.extend(further(on));
        items.push(
            item(Icon::Trash2, fl!(texts, "menu-delete"), Command::Delete, writable)
                .shortcut(fl!(texts, "key-delete"))
                .danger(),
        );
        if self.order == Order::Chosen {
            let (up, down) = (writable && place > 0, writable && place + 1 < self.ids.len());
            items.extend([
                MenuItem::Separator,
                item(Icon::ChevronUp, fl!(texts, "move-up"), Command::Up, up).shortcut(fl!(texts, "key-alt-up")),
                item(Icon::ChevronDown, fl!(texts, "move-down"), Command::Down, down)
                    .shortcut(fl!(texts, "key-alt-down")),
            ]);
        }
        items.extend([MenuItem::Separator, new]);
        Some(menu_layer(*at, items, close))
    }

    fn row_id(&self, place: usize) -> String {
        format!("{}-row-{place}", self.name)
    }

    /// The field itself, a Tab stop while it is empty.
    fn field_id(&self) -> String {
        format!("{}-field", self.name)
    }
}

fn key(key: &Key, modifiers: Modifiers) -> Option<Message> {
    let Key::Named(key) = key else { return None };
    let command = match key {
        Named::ArrowUp if modifiers == Modifiers::ALT => Command::Up,
        Named::ArrowDown if modifiers == Modifiers::ALT => Command::Down,
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
