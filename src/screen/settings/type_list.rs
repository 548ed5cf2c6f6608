//! The white field under «Aftaletyper»: one row for each type that patients can book online.

use aftalebog_booking::consequence;
use aftalebog_booking::leaving::in_order;
use aftalebog_booking::record::{Entry, OnlineType};
use aftalebog_booking::{Id, Write};
use aftalebog_texts::fl;
use iced::widget::{container, row, text};
use iced::{Center, Element, Fill, Task};
use lucide_icons::Icon;

use super::list::{self, By, List, Order, Words};
use super::{Editing, Situation};
use crate::ui::menu::MenuItem;
use crate::ui::theme::{self, size, space as gap};

pub struct TypeList {
    list: List<Id<OnlineType>>,
    rows: Vec<Row>,
}

/// A type as the list says it.
struct Row {
    code: String,
    alias: String,
    reading: String,
}

#[derive(Clone, Debug)]
pub enum Message {
    List(list::Message),
    DuplicateChosen(Id<OnlineType>),
}

pub enum Action {
    None,
    Run(Task<Message>),
    New,
    Edit(Entry<OnlineType>),
    Duplicate(Entry<OnlineType>),
    Delete(Entry<OnlineType>),
    Reorder { writes: Vec<Write>, by: By },
}

impl TypeList {
    pub fn new(situation: &Situation<'_>) -> Self {
        let mut list = Self { list: List::new("types", Order::Chosen), rows: Vec::new() };
        list.refresh(situation);
        list
    }

    /// Reads every type anew; the chosen one stays chosen while it exists.
    pub fn refresh(&mut self, situation: &Situation<'_>) {
        let types = &situation.setup.online_types;
        self.rows = types.iter().map(|entry| Row::of(&entry.value, situation)).collect();
        self.list.set(types.iter().map(|entry| entry.id).collect());
    }

    pub fn choose(&mut self, id: Id<OnlineType>) {
        self.list.choose(id);
    }

    /// Brings the chosen row into view and gives it the focus.
    pub fn reveal_chosen(&self) -> Task<Message> {
        self.list.reveal_chosen().map(Message::List)
    }

    pub fn close_menu(&mut self) {
        self.list.close_menu();
    }

    /// Esc while a row is dragged gives the drag up, and does nothing else.
    pub fn gives_up_drag(&mut self) -> bool {
        self.list.gives_up_drag()
    }

    pub fn update(&mut self, message: Message, situation: &Situation<'_>) -> Action {
        let types = &situation.setup.online_types;
        let entry = |id| types.iter().find(|entry| entry.id == id).cloned();
        match message {
            Message::List(message) => match self.list.update(message, situation.editing) {
                list::Action::None => Action::None,
                list::Action::Run(task) => Action::Run(task.map(Message::List)),
                list::Action::New => Action::New,
                list::Action::Edit(id) => entry(id).map_or(Action::None, Action::Edit),
                list::Action::Delete(id) => entry(id).map_or(Action::None, Action::Delete),
                list::Action::Moved { order, by } => {
                    let placed = |(entry, position): (&Entry<OnlineType>, u32)| {
                        Write::edit(entry, &OnlineType { position, ..entry.value.clone() })
                    };
                    Action::Reorder { writes: in_order(types, &order).into_iter().filter_map(placed).collect(), by }
                }
            },
            Message::DuplicateChosen(id) => {
                self.list.close_menu();
                entry(id).map_or(Action::None, Action::Duplicate)
            }
        }
    }

    /// The heading with its buttons, and the field under it.
    pub fn view<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let words = Words {
            heading: fl!(texts, "types-heading"),
            new_hint: fl!(texts, "types-new-hint"),
            edit_hint: fl!(texts, "types-edit-hint"),
            delete_hint: fl!(texts, "types-delete-hint"),
            empty: fl!(texts, "types-empty"),
        };
        self.list.view(words, self.rows.iter().map(Row::view).collect(), situation).map(Message::List)
    }

    /// The menu of a row, or of the empty space, while it is open.
    pub fn menu<'a>(&self, situation: &Situation<'_>) -> Option<Element<'a, Message>> {
        let Situation { texts, editing, .. } = *situation;
        let duplicate = |id| {
            let may = (editing == Editing::Allowed).then_some(Message::DuplicateChosen(id));
            vec![MenuItem::maybe(fl!(texts, "menu-duplicate"), may).icon(Icon::Copy)]
        };
        self.list.menu(situation, fl!(texts, "menu-new"), duplicate, Message::List)
    }
}

impl Row {
    fn of(online_type: &OnlineType, situation: &Situation<'_>) -> Self {
        let code = situation.setup.appointment_type(online_type.appointment_type).map(|of| of.code.to_string());
        Self {
            code: code.unwrap_or_default(),
            alias: online_type.alias.to_string(),
            reading: reading(online_type, situation),
        }
    }

    fn view(&self) -> Element<'_, list::Message> {
        row![
            text(&self.code).font(theme::SEMIBOLD).width(72).wrapping(text::Wrapping::None),
            container(text(&self.alias).wrapping(text::Wrapping::None)).width(260).clip(true),
            container(text(&self.reading).size(size::SMALL).style(theme::muted).wrapping(text::Wrapping::None))
                .width(Fill)
                .clip(true),
        ]
        .spacing(gap::M)
        .align_y(Center)
        .into()
    }
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
