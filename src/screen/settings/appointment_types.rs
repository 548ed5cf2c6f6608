//! «Aftaletyper»: the clinic's own catalogue of appointments.

use aftalebog_booking::leaving::{self, Leaving};
use aftalebog_booking::record::{AppointmentType, Entry};
use aftalebog_booking::setting::{Setting, TypeField};
use aftalebog_booking::{Id, Write};
use aftalebog_texts::fl;
use iced::widget::{column, container, row, text};
use iced::{Center, Element, Fill, Task};
use lucide_icons::Icon;

use super::deactivated::Deactivated;
use super::list::{self, List, Order, Words};
use super::own_save::OwnSave;
use super::removal::{self, Removal, Wish};
use super::{Editing, Situation, mapped_to};
use crate::ui::dialog::Saving;
use crate::ui::form::{push, under};
use crate::ui::menu::MenuItem;
use crate::ui::theme::{self, size, space as gap};

mod colors;
mod editor;

use colors::swatch;
use editor::CatalogueEditor;

pub struct AppointmentTypesTab {
    list: List<Id<AppointmentType>>,
    rows: Vec<Row>,
    deactivated: Deactivated,
    /// Of the chosen row: whether patients can book it, and the way to where that is decided.
    online: Option<Online>,
    /// The one that has just been made.
    created: Option<Id<AppointmentType>>,
    layer: Option<Layer>,
    /// «Genaktivér», for which no dialog waits.
    saving: OwnSave,
    after: After,
}

/// A type as the list says it.
struct Row {
    code: String,
    name: String,
    minutes: String,
    color: iced::Color,
    standing: Standing,
    standing_words: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Online,
    NotOnline,
    Deactivated,
}

struct Online {
    words: String,
    button: String,
    setting: Setting,
}

/// The dialog above this tab.
enum Layer {
    Editor(Box<CatalogueEditor>),
    Removal(Removal),
}

/// What has the focus when the save that is under way has been answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum After {
    #[default]
    ChosenRow,
    /// The row of the type that was edited or made.
    Row(Id<AppointmentType>),
}

#[derive(Clone, Debug)]
pub enum Message {
    List(list::Message),
    DeactivatedTicked(bool),
    DeactivateChosen(Id<AppointmentType>),
    ReactivateChosen(Id<AppointmentType>),
    OnlineChosen(Setting),
    Editor(editor::Message),
    Removal(removal::Message),
    Counted(removal::Answer),
}

pub enum Action {
    None,
    Run(Task<Message>),
    Save(Vec<Write>),
    /// Lead the person to the set-up for online booking.
    Show(Setting),
}

impl AppointmentTypesTab {
    pub fn new(situation: &Situation<'_>) -> Self {
        let mut tab = Self {
            list: List::new("catalogue", Order::Sorted),
            rows: Vec::new(),
            deactivated: Deactivated::default(),
            online: None,
            created: None,
            layer: None,
            saving: OwnSave::Idle,
            after: After::ChosenRow,
        };
        tab.refresh(situation);
        tab
    }

    /// The day, the language or the clinic has turned: everything is said again.
    pub fn refresh(&mut self, situation: &Situation<'_>) {
        let setup = situation.setup;
        let shown = self.deactivated.sift(&setup.appointment_types, |entry| entry.value.deactivated);
        self.rows = shown.iter().map(|entry| Row::of(entry, situation)).collect();
        self.list.set(shown.into_iter().map(|entry| entry.id).collect());
        match &mut self.layer {
            Some(Layer::Editor(editor)) => editor.refresh(situation),
            Some(Layer::Removal(removal)) => removal.refresh(situation),
            None => {}
        }
        self.say_online(situation);
    }

    /// Says of the chosen row whether patients can book it.
    fn say_online(&mut self, situation: &Situation<'_>) {
        let Situation { texts, setup, .. } = *situation;
        let chosen = self.list.chosen().and_then(|id| setup.appointment_type(id).map(|of| (id, of)));
        self.online = chosen.filter(|(_, of)| !of.deactivated).map(|(id, of)| {
            let code = of.code.to_string();
            match setup.online_type_of(id) {
                Some(online_type) => Online {
                    words: fl!(texts, "catalogue-is-online", code = code, alias = online_type.value.alias.to_string()),
                    button: fl!(texts, "catalogue-show-online"),
                    setting: Setting::OnlineType(online_type.id, TypeField::Alias),
                },
                None => Online {
                    words: match self.created == Some(id) {
                        true => fl!(texts, "catalogue-created", code = code),
                        false => fl!(texts, "catalogue-is-not-online", code = code),
                    },
                    button: fl!(texts, "catalogue-set-up"),
                    setting: Setting::NotSetUp(id),
                },
            }
        });
    }

    /// The save that was begun here is durable; `situation` is what the file holds now.
    pub fn saved(&mut self, situation: &Situation<'_>) -> Task<Message> {
        self.layer = None;
        self.saving = OwnSave::Idle;
        if let After::Row(id) = std::mem::take(&mut self.after) {
            self.list.choose(id);
        }
        self.refresh(situation);
        self.list.reveal_chosen().map(Message::List)
    }

    /// The save that was begun here went wrong, for the reason that `words` say.
    pub fn failed(&mut self, words: String) {
        self.after = After::ChosenRow;
        self.created = None;
        match &mut self.layer {
            Some(Layer::Editor(editor)) => editor.form.failed(words),
            Some(Layer::Removal(removal)) => removal.failed(words),
            None => self.saving = OwnSave::failed(words),
        }
    }

    pub fn is_saving(&self) -> bool {
        match &self.layer {
            Some(Layer::Editor(editor)) => *editor.form.saving() == Saving::Busy,
            Some(Layer::Removal(removal)) => removal.is_saving(),
            None => self.saving.is_busy(),
        }
    }

    pub fn is_edited(&self) -> bool {
        match &self.layer {
            Some(Layer::Editor(editor)) => editor.is_edited(),
            Some(Layer::Removal(_)) | None => false,
        }
    }

    /// What the question before something is deleted asks of the file.
    pub fn take_question(&mut self) -> Option<removal::Question> {
        match &mut self.layer {
            Some(Layer::Removal(removal)) => removal.take_question(),
            _ => None,
        }
    }

    pub fn update(&mut self, message: Message, situation: &Situation<'_>) -> Action {
        let action = match message {
            Message::List(message) => self.list_message(message, situation),
            Message::DeactivatedTicked(ticked) => {
                self.deactivated.show(ticked);
                self.refresh(situation);
                Action::None
            }
            Message::DeactivateChosen(id) => self.remove(id, Wish::Deactivate, situation),
            Message::ReactivateChosen(id) => self.reactivate(id, situation),
            Message::OnlineChosen(setting) => {
                self.list.close_menu();
                Action::Show(setting)
            }
            Message::Editor(message) => self.editor_message(message, situation),
            Message::Removal(message) => {
                let Some(Layer::Removal(removal)) = &mut self.layer else { return Action::None };
                match removal.update(message, situation) {
                    removal::Action::None => Action::None,
                    removal::Action::Save(writes) => Action::Save(writes),
                    removal::Action::Close => self.close(),
                }
            }
            Message::Counted(answer) => {
                if let Some(Layer::Removal(removal)) = &mut self.layer {
                    removal.counted(answer, situation);
                }
                Action::None
            }
        };
        self.say_online(situation);
        action
    }

    fn editor_message(&mut self, message: editor::Message, situation: &Situation<'_>) -> Action {
        let Some(Layer::Editor(editor)) = &mut self.layer else { return Action::None };
        match editor.update(message, situation) {
            editor::Action::None => Action::None,
            editor::Action::Run(task) => Action::Run(task.map(Message::Editor)),
            editor::Action::Save(id, writes) => {
                self.created = situation.setup.appointment_type(id).is_none().then_some(id);
                self.after = After::Row(id);
                Action::Save(writes)
            }
            editor::Action::Close => self.close(),
        }
    }

    fn close(&mut self) -> Action {
        self.layer = None;
        Action::None
    }

    fn open(&mut self, layer: Layer) -> Action {
        self.list.close_menu();
        // The answer to a save must find the dialog, or none, that waits for it.
        if !self.saving.is_busy() {
            self.saving = OwnSave::Idle;
            self.layer = Some(layer);
        }
        Action::None
    }

    fn list_message(&mut self, message: list::Message, situation: &Situation<'_>) -> Action {
        match self.list.update(message, situation.editing) {
            // The order is that of the codes.
            list::Action::None | list::Action::Moved { .. } => Action::None,
            list::Action::Run(task) => Action::Run(task.map(Message::List)),
            list::Action::New => self.open(Layer::Editor(Box::new(CatalogueEditor::new(situation)))),
            list::Action::Edit(id) => match situation.setup.appointment_types.iter().find(|entry| entry.id == id) {
                Some(entry) => self.open(Layer::Editor(Box::new(CatalogueEditor::open(entry, situation)))),
                None => Action::None,
            },
            list::Action::Delete(id) => self.remove(id, Wish::Delete, situation),
        }
    }

    fn remove(&mut self, id: Id<AppointmentType>, wish: Wish, situation: &Situation<'_>) -> Action {
        self.open(Layer::Removal(Removal::new(Leaving::AppointmentType(id), wish, situation)))
    }

    fn reactivate(&mut self, id: Id<AppointmentType>, situation: &Situation<'_>) -> Action {
        self.list.close_menu();
        let of = situation.setup.appointment_types.iter().find(|entry| entry.id == id);
        let writes = of.map(leaving::reactivate_type).unwrap_or_default();
        if self.saving.is_busy() || situation.editing == Editing::ReadOnly || writes.is_empty() {
            return Action::None;
        }
        self.saving = OwnSave::Busy;
        Action::Save(writes)
    }

    pub fn body<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let words = Words {
            heading: fl!(texts, "tab-appointment-types"),
            new_hint: fl!(texts, "types-new-hint"),
            edit_hint: fl!(texts, "types-edit-hint"),
            delete_hint: fl!(texts, "types-delete-hint"),
            empty: match self.deactivated.are_there() {
                false => fl!(texts, "catalogue-empty"),
                true => fl!(texts, "catalogue-all-deactivated"),
            },
        };
        let rows = self.rows.iter().map(Row::view).collect();
        let list = self.list.view(words, rows, situation).map(Message::List);
        let shown = self.deactivated.tick("catalogue-deactivated", texts, Message::DeactivatedTicked);
        let strip = row![shown].push(self.online(situation)).spacing(gap::M).align_y(Center);
        column![container(list).height(Fill), container(strip).center_y(theme::CONTROL)].spacing(gap::S).into()
    }

    /// Whether patients can book the chosen type; or why something could not be saved.
    fn online<'a>(&'a self, situation: &Situation<'a>) -> Option<Element<'a, Message>> {
        if let OwnSave::Failed(why) = &self.saving {
            return Some(under(why));
        }
        let Online { words, button, setting } = self.online.as_ref()?;
        let words = text(words).size(size::SMALL).width(Fill).align_x(iced::Right);
        let words = if self.list.chosen() == self.created { words } else { words.style(theme::muted) };
        // A set-up can be looked at in a file that is only read, but none can be made there.
        let may = matches!(setting, Setting::OnlineType(..)) || situation.editing == Editing::Allowed;
        let button = push("catalogue-online", button.as_str(), may.then_some(Message::OnlineChosen(*setting)));
        Some(row![words, Element::from(button)].spacing(gap::M).align_y(Center).into())
    }

    pub fn layers<'a>(&'a self, situation: &Situation<'a>) -> Vec<Element<'a, Message>> {
        let mut layers = match &self.layer {
            None => Vec::new(),
            Some(Layer::Editor(editor)) => mapped_to(editor.view(situation), Message::Editor),
            Some(Layer::Removal(removal)) => vec![removal.view(situation).map(Message::Removal)],
        };
        layers.extend(self.menu(situation));
        layers
    }

    fn menu<'a>(&self, situation: &Situation<'_>) -> Option<Element<'a, Message>> {
        let Situation { texts, setup, editing, .. } = *situation;
        let writable = editing == Editing::Allowed;
        let further = |id: Id<AppointmentType>| {
            let item = |words, sign, message, may: bool| MenuItem::maybe(words, may.then_some(message)).icon(sign);
            if setup.appointment_type(id).is_some_and(|of| of.deactivated) {
                return vec![item(fl!(texts, "reactivate"), Icon::Check, Message::ReactivateChosen(id), writable)];
            }
            let online = match setup.online_type_of(id) {
                Some(entry) => {
                    let setting = Setting::OnlineType(entry.id, TypeField::Alias);
                    item(fl!(texts, "catalogue-show-online"), Icon::Globe, Message::OnlineChosen(setting), true)
                }
                None => {
                    let chosen = Message::OnlineChosen(Setting::NotSetUp(id));
                    item(fl!(texts, "catalogue-set-up"), Icon::Globe, chosen, writable)
                }
            };
            vec![online, item(fl!(texts, "menu-deactivate"), Icon::Ban, Message::DeactivateChosen(id), writable)]
        };
        self.list.menu(situation, fl!(texts, "menu-new"), further, Message::List)
    }
}

impl Row {
    fn of(entry: &Entry<AppointmentType>, situation: &Situation<'_>) -> Self {
        let Situation { texts, setup, .. } = *situation;
        let AppointmentType { code, name, minutes, color, deactivated } = &entry.value;
        let (standing, standing_words) = match (deactivated, setup.online_type_of(entry.id)) {
            (true, _) => (Standing::Deactivated, fl!(texts, "is-deactivated")),
            (false, Some(online_type)) => {
                (Standing::Online, fl!(texts, "catalogue-online", alias = online_type.value.alias.to_string()))
            }
            (false, None) => (Standing::NotOnline, fl!(texts, "book-view-not-online")),
        };
        Self {
            code: code.to_string(),
            name: name.to_string(),
            minutes: fl!(texts, "catalogue-minutes-short", minutes = minutes.get()),
            color: colors::shown(*color),
            standing,
            standing_words,
        }
    }

    fn view(&self) -> Element<'_, list::Message> {
        let asleep = self.standing == Standing::Deactivated;
        let style: fn(&iced::Theme) -> text::Style = if asleep { theme::muted } else { theme::plain };
        let word = |words| text(words).wrapping(text::Wrapping::None).style(style);
        let standing = text(&self.standing_words).size(size::SMALL).wrapping(text::Wrapping::None);
        let standing = standing.style(if self.standing == Standing::Online { theme::good } else { theme::muted });
        row![
            swatch(self.color),
            word(&self.code).font(theme::SEMIBOLD).width(80),
            container(word(&self.name)).width(Fill).clip(true),
            container(word(&self.minutes)).align_right(64),
            container(standing).width(300).clip(true),
        ]
        .spacing(gap::M)
        .align_y(Center)
        .into()
    }
}
