//! The rows of a tab with the buttons above them, their menu, and their order.

use aftalebog_texts::fl;
use iced::keyboard::{Key, Modifiers, key::Named};
use iced::widget::{column, row, space};
use iced::{Center, Element, Point, Task};
use lucide_icons::Icon;

use super::{Editing, Situation};
use crate::ui::form::{heading, push, push_icon};
use crate::ui::menu::{MenuItem, menu_layer};
use crate::ui::reorder::{self, Reorder, grip};
use crate::ui::rows::{self, Command, On, Rows};
use crate::ui::theme::{self, space as gap};

/// `T` names a record.
pub struct List<T> {
    /// The first part of its controls' ids.
    name: &'static str,
    order: Order,
    rows: Rows<T>,
    reorder: Reorder,
    menu: Option<Menu>,
}

/// Who decides which row comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The clinic: rows can be moved.
    Chosen,
    /// What the rows say.
    Sorted,
}

struct Menu {
    on: On,
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
    Rows(rows::Message),
    MenuClosed,
    /// The chosen row, one place on.
    Moved(Direction, By),
    Reordered(reorder::Message),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
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
        Self { name, order, rows: Rows::new(name), reorder: Reorder::of_rows(theme::CONTROL), menu: None }
    }

    /// The records there are now; the chosen one stays chosen while it is among them.
    pub fn set(&mut self, ids: Vec<T>) {
        self.rows.set(ids);
    }

    pub fn choose(&mut self, id: T) {
        self.rows.choose(id);
    }

    pub fn chosen(&self) -> Option<T> {
        self.rows.chosen()
    }

    /// Brings the chosen row into view and gives it the focus.
    pub fn reveal_chosen(&self) -> Task<Message> {
        self.rows.reveal_chosen()
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
            Message::Rows(message) => self.rows_message(message, editing),
            Message::MenuClosed => Action::None,
            Message::Moved(direction, by) => self.moved(direction, by, editing),
            Message::Reordered(message) => self.reordered(message, editing),
        }
    }

    fn rows_message(&mut self, message: rows::Message, editing: Editing) -> Action<T> {
        let writable = editing == Editing::Allowed;
        match self.rows.update(message) {
            rows::Action::Run(task) => Action::Run(task.map(Message::Rows)),
            rows::Action::New if writable => Action::New,
            rows::Action::Edit => self.chosen().map_or(Action::None, Action::Edit),
            rows::Action::Delete if writable => self.chosen().map_or(Action::None, Action::Delete),
            rows::Action::Menu(on, at) => {
                self.menu = Some(Menu { on, at });
                Action::None
            }
            rows::Action::None | rows::Action::New | rows::Action::Delete => Action::None,
        }
    }

    fn moved(&mut self, direction: Direction, by: By, editing: Editing) -> Action<T> {
        let Some(from) = self.rows.chosen_index() else { return Action::None };
        let to = match direction {
            Direction::Up => from.checked_sub(1),
            Direction::Down => Some(from + 1).filter(|to| *to < self.rows.keys().len()),
        };
        to.map_or(Action::None, |to| self.put(reorder::Move { from, to }, by, editing))
    }

    fn reordered(&mut self, message: reorder::Message, editing: Editing) -> Action<T> {
        if let reorder::Message::Grasped(place) = message
            && let Some(id) = self.rows.keys().get(place)
        {
            self.rows.choose(*id);
        }
        match self.reorder.update(message, self.rows.keys().len()) {
            Some(moved) => self.put(moved, By::Row, editing),
            None => Action::None,
        }
    }

    fn put(&self, moved: reorder::Move, by: By, editing: Editing) -> Action<T> {
        if self.order == Order::Sorted || editing == Editing::ReadOnly {
            return Action::None;
        }
        let mut order = self.rows.keys().to_vec();
        let id = order.remove(moved.from);
        order.insert(moved.to, id);
        Action::Moved { order, by }
    }

    /// Whether the chosen row has room above it, and below.
    fn room(&self) -> (bool, bool) {
        let place = self.rows.chosen_index();
        (place.is_some_and(|place| place > 0), place.is_some_and(|place| place + 1 < self.rows.keys().len()))
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
        let chosen = self.chosen().is_some();
        let command = |command, may: bool| may.then_some(Message::Rows(rows::Message::Key(command)));
        let id = |part| format!("{}-{part}", self.name);
        let mut buttons = row![
            push(id("new"), fl!(texts, "types-new"), command(Command::New, writable)).icon(Icon::Plus).hint(new_hint),
            push(id("edit"), fl!(texts, "types-edit"), command(Command::Edit, chosen)).hint(edit_hint),
            push(id("delete"), fl!(texts, "types-delete"), command(Command::Delete, writable && chosen))
                .hint(delete_hint),
        ];
        if self.order == Order::Chosen {
            let (above, below) = self.room();
            let moved = |direction, may: bool| (writable && may).then_some(Message::Moved(direction, By::Button));
            let (up, down) = (moved(Direction::Up, above), moved(Direction::Down, below));
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
        if self.order == Order::Sorted {
            return self.rows.view_of(rows, empty, Message::Rows);
        }
        let faces = rows.into_iter().enumerate().map(|(place, content)| {
            row![grip(place, Message::Reordered), content].spacing(gap::S).align_y(Center).into()
        });
        let arrange = |rows| self.reorder.area(rows, Message::Reordered);
        self.rows.view_arranged(faces, empty, Message::Rows, move_key, arrange)
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
        let item =
            |icon, label, message, enabled: bool| MenuItem::maybe(label, enabled.then(|| to(message))).icon(icon);
        let command = |command| Message::Rows(rows::Message::Key(command));
        let new = item(Icon::Plus, new, command(Command::New), writable).shortcut(fl!(texts, "key-insert"));
        let close = to(Message::MenuClosed);
        let Some(chosen) = self.chosen().filter(|_| *on == On::Row) else {
            return Some(menu_layer(*at, vec![new], close));
        };
        let mut items = vec![item(Icon::Pencil, fl!(texts, "menu-edit"), command(Command::Edit), true).shortcut("F2")];
        items.extend(further(chosen));
        items.push(
            item(Icon::Trash2, fl!(texts, "menu-delete"), command(Command::Delete), writable)
                .shortcut(fl!(texts, "key-delete"))
                .danger(),
        );
        if self.order == Order::Chosen {
            let (above, below) = self.room();
            let moved = |direction| Message::Moved(direction, By::Row);
            items.extend([
                MenuItem::Separator,
                item(Icon::ChevronUp, fl!(texts, "move-up"), moved(Direction::Up), writable && above)
                    .shortcut(fl!(texts, "key-alt-up")),
                item(Icon::ChevronDown, fl!(texts, "move-down"), moved(Direction::Down), writable && below)
                    .shortcut(fl!(texts, "key-alt-down")),
            ]);
        }
        items.extend([MenuItem::Separator, new]);
        Some(menu_layer(*at, items, close))
    }
}

/// Alt and the arrows move the chosen row.
fn move_key(key: &Key, modifiers: Modifiers) -> Option<Message> {
    let direction = match key {
        _ if modifiers != Modifiers::ALT => return None,
        Key::Named(Named::ArrowUp) => Direction::Up,
        Key::Named(Named::ArrowDown) => Direction::Down,
        _ => return None,
    };
    Some(Message::Moved(direction, By::Row))
}
