//! A list of which one row is chosen: one Tab stop, and the arrows go from row to row.

use iced::keyboard::{Key, Modifiers, key::Named};
use iced::widget::{column, container, mouse_area, row, scrollable, space, text};
use iced::{Center, Element, Fill, Padding, Point, Task};

use super::focus::{self, focusable};
use super::menu::context_area;
use super::theme::{self, space as gap};

/// Which rows there are, by their keys, and which of them is chosen.
#[derive(Debug)]
pub struct Rows<K> {
    /// The first part of the rows' ids.
    name: &'static str,
    keys: Vec<K>,
    chosen: Option<K>,
}

#[derive(Clone, Debug)]
pub enum Message {
    Pressed(usize),
    DoublePressed(usize),
    Key(Command),
    /// A right press or the Menu key; `None` on the empty space.
    MenuRequested(Option<usize>, Point),
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
}

pub enum Action {
    None,
    Run(Task<Message>),
    New,
    /// The chosen one.
    Edit,
    Delete,
    Menu(On, Point),
}

/// What a menu was asked for on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// The row that is now the chosen one.
    Row,
    /// The space without rows.
    Nothing,
}

impl<K: Copy + PartialEq> Rows<K> {
    pub fn new(name: &'static str) -> Self {
        Self { name, keys: Vec::new(), chosen: None }
    }

    /// The chosen row stays chosen while it is there; then the one that came into its place is.
    pub fn set(&mut self, keys: Vec<K>) {
        let place = self.chosen_index().unwrap_or_default();
        self.keys = keys;
        if self.chosen_index().is_none() {
            self.chosen = self.keys.get(place.min(self.keys.len().saturating_sub(1))).copied();
        }
    }

    pub fn choose(&mut self, key: K) {
        self.chosen = Some(key);
    }

    /// Until a key or a press chooses one.
    pub fn choose_none(&mut self) {
        self.chosen = None;
    }

    pub fn chosen(&self) -> Option<K> {
        self.chosen.filter(|chosen| self.keys.contains(chosen))
    }

    pub fn keys(&self) -> &[K] {
        &self.keys
    }

    pub fn chosen_index(&self) -> Option<usize> {
        self.keys.iter().position(|key| Some(*key) == self.chosen)
    }

    /// Brings the chosen row into view and gives it the focus; the empty list where there is none.
    pub fn reveal_chosen<M: Send + 'static>(&self) -> Task<M> {
        focus::set(self.chosen_index().map_or_else(|| self.empty_id(), |index| self.row_id(index)))
    }

    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Pressed(index) => self.go_to(index),
            Message::DoublePressed(index) => {
                self.chosen = self.keys.get(index).copied().or(self.chosen);
                Action::Edit
            }
            Message::Key(command) => self.command(command),
            Message::MenuRequested(Some(index), at) => {
                self.chosen = self.keys.get(index).copied().or(self.chosen);
                Action::Menu(On::Row, at)
            }
            Message::MenuRequested(None, at) => Action::Menu(On::Nothing, at),
        }
    }

    fn command(&mut self, command: Command) -> Action {
        let index = self.chosen_index().unwrap_or_default();
        let last = self.keys.len().saturating_sub(1);
        match command {
            Command::Previous => self.go_to(index.saturating_sub(1)),
            Command::Next => self.go_to((index + 1).min(last)),
            Command::First => self.go_to(0),
            Command::Last => self.go_to(last),
            Command::New => Action::New,
            Command::Edit | Command::Delete if self.chosen().is_none() => Action::None,
            Command::Edit => Action::Edit,
            Command::Delete => Action::Delete,
        }
    }

    fn go_to(&mut self, index: usize) -> Action {
        self.chosen = self.keys.get(index).copied().or(self.chosen);
        Action::Run(self.reveal_chosen())
    }

    fn row_id(&self, index: usize) -> String {
        format!("{}-row-{index}", self.name)
    }

    fn empty_id(&self) -> String {
        format!("{}-empty", self.name)
    }

    /// The white field with a face for each row; `invitation` is said where there are none.
    pub fn view<'a>(
        &self,
        faces: impl IntoIterator<Item = Element<'a, Message>>,
        invitation: String,
    ) -> Element<'a, Message> {
        self.view_of(faces, invitation, |message| message)
    }

    /// The same with faces that say something themselves.
    pub fn view_of<'a, M: Clone + 'a>(
        &self,
        faces: impl IntoIterator<Item = Element<'a, M>>,
        invitation: String,
        say: impl Fn(Message) -> M + Copy + 'a,
    ) -> Element<'a, M> {
        self.view_arranged(faces, invitation, say, |_, _| None, |rows| column(rows).into())
    }

    /// The same with rows that can be put in order: `further` are the keys for it, and `arrange`
    /// lays the rows under each other.
    pub fn view_arranged<'a, M: Clone + 'a>(
        &self,
        faces: impl IntoIterator<Item = Element<'a, M>>,
        invitation: String,
        say: impl Fn(Message) -> M + Copy + 'a,
        further: impl Fn(&Key, Modifiers) -> Option<M> + Copy + 'a,
        arrange: impl FnOnce(Vec<Element<'a, M>>) -> Element<'a, M>,
    ) -> Element<'a, M> {
        let on_key = move |code: &Key, held| key(code, held).map(say).or_else(|| further(code, held));
        let content: Element<'a, M> = if self.keys.is_empty() {
            let invitation = text(invitation).style(theme::muted).center();
            let invitation = container(invitation).padding(gap::M).center(Fill);
            focusable(invitation).id(self.empty_id()).on_key(on_key).ring_inside().into()
        } else {
            let rows = faces.into_iter().enumerate().map(|(index, face)| self.row(index, face, say, on_key));
            let rows = container(arrange(rows.collect())).padding(gap::XS);
            scrollable(rows).style(theme::scroll).width(Fill).height(Fill).into()
        };
        let field = container(content).padding(2).width(Fill).height(Fill).style(theme::surface);
        context_area(field, move |at| say(Message::MenuRequested(None, at))).into()
    }

    fn row<'a, M: Clone + 'a>(
        &self,
        index: usize,
        face: Element<'a, M>,
        say: impl Fn(Message) -> M + Copy + 'a,
        on_key: impl Fn(&Key, Modifiers) -> Option<M> + 'a,
    ) -> Element<'a, M> {
        let chosen = self.chosen_index() == Some(index);
        // One line is as high as a control; what is said in more has room for them.
        let face = row![container(face).width(Fill), space().height(theme::CONTROL)].align_y(Center);
        let face = container(face)
            .padding(Padding::ZERO.horizontal(gap::M))
            .width(Fill)
            .style(move |theme| theme::list_row(theme, chosen));
        let face =
            mouse_area(face).on_press(say(Message::Pressed(index))).on_double_click(say(Message::DoublePressed(index)));
        let row = focusable(face)
            .id(self.row_id(index))
            .enabled(chosen)
            .on_activate(say(Message::Key(Command::Edit)))
            .on_key(on_key);
        context_area(row, move |at| say(Message::MenuRequested(Some(index), at))).into()
    }
}

fn key(key: &Key, modifiers: Modifiers) -> Option<Message> {
    let Key::Named(key) = key else { return None };
    if !modifiers.is_empty() {
        return None;
    }
    let command = match key {
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
