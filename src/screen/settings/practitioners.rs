//! «Behandlere»: who works here, and who is shown together in the book.

use aftalebog_booking::leaving::{self, Leaving};
use aftalebog_booking::record::{Entry, Practitioner, PractitionerGroup};
use aftalebog_booking::{Id, Write};
use aftalebog_texts::fl;
use aftalebog_texts::guide::Topic;
use iced::widget::{column, container, row, space, text};
use iced::{Center, Element, FillPortion, Task};
use lucide_icons::Icon;

use super::deactivated::Deactivated;
use super::list::{self, By, List, Order, Words};
use super::own_save::OwnSave;
use super::removal::{self, Removal, Wish};
use super::{Editing, Situation, mapped_to};
use crate::ui::dialog::{Saving, question};
use crate::ui::form::{NOTHING, under};
use crate::ui::menu::MenuItem;
use crate::ui::theme::{self, size, space as gap};
use crate::ui::topic::{explained_by, layer_explained_by};

mod editor;
mod group_editor;
mod rows;

use editor::PractitionerEditor;
use group_editor::GroupEditor;
use rows::{GroupRow, Row};

pub struct PractitionersTab {
    list: List<Id<Practitioner>>,
    rows: Vec<Row>,
    groups: List<Id<PractitionerGroup>>,
    group_rows: Vec<GroupRow>,
    deactivated: Deactivated,
    layer: Option<Layer>,
    /// A save that no dialog is waiting for: an order, «Genaktivér».
    saving: OwnSave,
    after: After,
}

/// The dialog above this tab.
enum Layer {
    Practitioner(Box<PractitionerEditor>),
    Group(Box<GroupEditor>),
    Removal(Removal),
    GroupRemoval(GroupRemoval),
}

/// «Slet …» of a group asks first, though nobody is lost with it.
struct GroupRemoval {
    group: Entry<PractitionerGroup>,
    title: String,
    explanation: String,
    saving: Saving,
}

/// What has the focus when the save that is under way has been answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum After {
    /// What had it before.
    #[default]
    Before,
    Practitioner(Option<Id<Practitioner>>),
    Group(Option<Id<PractitionerGroup>>),
}

#[derive(Clone, Debug)]
pub enum Message {
    List(list::Message),
    Groups(list::Message),
    DeactivatedTicked(bool),
    DeactivateChosen(Id<Practitioner>),
    ReactivateChosen(Id<Practitioner>),
    Editor(editor::Message),
    GroupEditor(group_editor::Message),
    Removal(removal::Message),
    Counted(removal::Answer),
    GroupRemovalDeclined,
    GroupRemovalConfirmed,
}

pub enum Action {
    None,
    Run(Task<Message>),
    Save(Vec<Write>),
}

impl PractitionersTab {
    pub fn new(situation: &Situation<'_>) -> Self {
        let mut tab = Self {
            list: List::new("practitioners", Order::Chosen),
            rows: Vec::new(),
            groups: List::new("groups", Order::Chosen),
            group_rows: Vec::new(),
            deactivated: Deactivated::default(),
            layer: None,
            saving: OwnSave::Idle,
            after: After::Before,
        };
        tab.refresh(situation);
        tab
    }

    /// The day, the language or the clinic has turned: everything is said again.
    pub fn refresh(&mut self, situation: &Situation<'_>) {
        let Situation { texts, setup, .. } = *situation;
        let shown = self.deactivated.sift(&setup.practitioners, |entry| entry.value.deactivated);
        self.rows = shown.iter().map(|entry| Row::of(&entry.value, situation)).collect();
        self.list.set(shown.into_iter().map(|entry| entry.id).collect());
        self.group_rows = setup.practitioner_groups.iter().map(|entry| GroupRow::of(&entry.value, situation)).collect();
        self.groups.set(setup.practitioner_groups.iter().map(|entry| entry.id).collect());
        match &mut self.layer {
            Some(Layer::Practitioner(editor)) => editor.refresh(situation),
            Some(Layer::Group(editor)) => editor.refresh(situation),
            Some(Layer::Removal(removal)) => removal.refresh(situation),
            Some(Layer::GroupRemoval(removal)) => removal.refresh(texts),
            None => {}
        }
    }

    /// The save that was begun here is durable; `situation` is what the file holds now.
    pub fn saved(&mut self, situation: &Situation<'_>) -> Task<Message> {
        self.layer = None;
        self.saving = OwnSave::Idle;
        let after = std::mem::take(&mut self.after);
        match after {
            After::Practitioner(Some(id)) => self.list.choose(id),
            After::Group(Some(id)) => self.groups.choose(id),
            After::Before | After::Practitioner(None) | After::Group(None) => {}
        }
        self.refresh(situation);
        match after {
            After::Before => Task::none(),
            After::Practitioner(_) => self.list.reveal_chosen().map(Message::List),
            After::Group(_) => self.groups.reveal_chosen().map(Message::Groups),
        }
    }

    /// The save that was begun here went wrong, for the reason that `words` say.
    pub fn failed(&mut self, words: String) {
        self.after = After::Before;
        match &mut self.layer {
            Some(Layer::Practitioner(editor)) => editor.form.failed(words),
            Some(Layer::Group(editor)) => editor.form.failed(words),
            Some(Layer::Removal(removal)) => removal.failed(words),
            Some(Layer::GroupRemoval(removal)) => removal.saving = Saving::Failed(words),
            None => self.saving = OwnSave::failed(words),
        }
    }

    pub fn is_saving(&self) -> bool {
        let saving = match &self.layer {
            Some(Layer::Practitioner(editor)) => editor.form.saving(),
            Some(Layer::Group(editor)) => editor.form.saving(),
            Some(Layer::Removal(removal)) => return removal.is_saving(),
            Some(Layer::GroupRemoval(removal)) => &removal.saving,
            None => return self.saving.is_busy(),
        };
        *saving == Saving::Busy
    }

    pub fn is_edited(&self) -> bool {
        match &self.layer {
            Some(Layer::Practitioner(editor)) => editor.is_edited(),
            Some(Layer::Group(editor)) => editor.is_edited(),
            Some(Layer::Removal(_) | Layer::GroupRemoval(_)) | None => false,
        }
    }

    /// Esc while a row is dragged gives the drag up, and does nothing else.
    pub fn gives_up_drag(&mut self) -> bool {
        self.list.gives_up_drag() || self.groups.gives_up_drag()
    }

    /// Shows somebody who works here no more.
    pub fn show(&mut self, whom: Id<Practitioner>, situation: &Situation<'_>) -> Task<Message> {
        self.deactivated.show(true);
        self.list.choose(whom);
        self.refresh(situation);
        self.list.reveal_chosen().map(Message::List)
    }

    /// What the question before something is deleted asks of the file.
    pub fn take_question(&mut self) -> Option<removal::Question> {
        match &mut self.layer {
            Some(Layer::Removal(removal)) => removal.take_question(),
            _ => None,
        }
    }

    pub fn update(&mut self, message: Message, situation: &Situation<'_>) -> Action {
        match message {
            Message::List(message) => self.list_message(message, situation),
            Message::Groups(message) => self.groups_message(message, situation),
            Message::DeactivatedTicked(ticked) => {
                self.deactivated.show(ticked);
                self.refresh(situation);
                Action::None
            }
            Message::DeactivateChosen(id) => self.remove(id, Wish::Deactivate, situation),
            Message::ReactivateChosen(id) => self.reactivate(id, situation),
            Message::Editor(message) => {
                let Some(Layer::Practitioner(editor)) = &mut self.layer else { return Action::None };
                match editor.update(message, situation) {
                    editor::Action::None => Action::None,
                    editor::Action::Run(task) => Action::Run(task.map(Message::Editor)),
                    editor::Action::Save(id, writes) => {
                        self.after = After::Practitioner(Some(id));
                        Action::Save(writes)
                    }
                    editor::Action::Close => self.close(),
                }
            }
            Message::GroupEditor(message) => {
                let Some(Layer::Group(editor)) = &mut self.layer else { return Action::None };
                match editor.update(message, situation) {
                    group_editor::Action::None => Action::None,
                    group_editor::Action::Run(task) => Action::Run(task.map(Message::GroupEditor)),
                    group_editor::Action::Save(id, writes) => {
                        self.after = After::Group(Some(id));
                        Action::Save(writes)
                    }
                    group_editor::Action::Close => self.close(),
                }
            }
            Message::Removal(message) => {
                let Some(Layer::Removal(removal)) = &mut self.layer else { return Action::None };
                match removal.update(message, situation) {
                    removal::Action::None => Action::None,
                    removal::Action::Save(writes) => {
                        self.after = After::Practitioner(None);
                        Action::Save(writes)
                    }
                    removal::Action::Close => self.close(),
                }
            }
            Message::Counted(answer) => {
                if let Some(Layer::Removal(removal)) = &mut self.layer {
                    removal.counted(answer, situation);
                }
                Action::None
            }
            Message::GroupRemovalDeclined | Message::GroupRemovalConfirmed if self.is_saving() => Action::None,
            Message::GroupRemovalDeclined => self.close(),
            Message::GroupRemovalConfirmed if situation.editing == Editing::ReadOnly => Action::None,
            Message::GroupRemovalConfirmed => {
                let Some(Layer::GroupRemoval(removal)) = &mut self.layer else { return Action::None };
                removal.saving = Saving::Busy;
                self.after = After::Group(None);
                Action::Save(vec![Write::delete(&removal.group)])
            }
        }
    }

    fn close(&mut self) -> Action {
        self.layer = None;
        Action::None
    }

    fn open(&mut self, layer: Layer) -> Action {
        self.list.close_menu();
        self.groups.close_menu();
        // The answer to a save must find the dialog, or none, that waits for it.
        if !self.saving.is_busy() {
            self.saving = OwnSave::Idle;
            self.layer = Some(layer);
        }
        Action::None
    }

    fn list_message(&mut self, message: list::Message, situation: &Situation<'_>) -> Action {
        let setup = situation.setup;
        match self.list.update(message, situation.editing) {
            list::Action::None => Action::None,
            list::Action::Run(task) => Action::Run(task.map(Message::List)),
            list::Action::New => self.open(Layer::Practitioner(Box::new(PractitionerEditor::new(situation)))),
            list::Action::Edit(id) => match setup.practitioners.iter().find(|entry| entry.id == id) {
                Some(entry) => self.open(Layer::Practitioner(Box::new(PractitionerEditor::open(entry, situation)))),
                None => Action::None,
            },
            list::Action::Delete(id) => self.remove(id, Wish::Delete, situation),
            list::Action::Moved { order, by } => {
                let after = |(entry, position): (&Entry<Practitioner>, u32)| {
                    Write::edit(entry, &Practitioner { position, ..entry.value.clone() })
                };
                let writes = leaving::in_order(&setup.practitioners, &order).into_iter().filter_map(after);
                let focus = if by == By::Row { After::Practitioner(None) } else { After::Before };
                self.save(writes.collect(), focus, situation.editing)
            }
        }
    }

    fn groups_message(&mut self, message: list::Message, situation: &Situation<'_>) -> Action {
        let groups = &situation.setup.practitioner_groups;
        let entry = |id| groups.iter().find(|entry| entry.id == id);
        match self.groups.update(message, situation.editing) {
            list::Action::None => Action::None,
            list::Action::Run(task) => Action::Run(task.map(Message::Groups)),
            list::Action::New => self.open(Layer::Group(Box::new(GroupEditor::new(situation)))),
            list::Action::Edit(id) => match entry(id) {
                Some(entry) => self.open(Layer::Group(Box::new(GroupEditor::open(entry, situation)))),
                None => Action::None,
            },
            list::Action::Delete(id) => match entry(id) {
                Some(entry) => self.open(Layer::GroupRemoval(GroupRemoval::of(entry.clone(), situation))),
                None => Action::None,
            },
            list::Action::Moved { order, by } => {
                let after = |(entry, position): (&Entry<PractitionerGroup>, u32)| {
                    Write::edit(entry, &PractitionerGroup { position, ..entry.value.clone() })
                };
                let writes = leaving::in_order(groups, &order).into_iter().filter_map(after);
                let focus = if by == By::Row { After::Group(None) } else { After::Before };
                self.save(writes.collect(), focus, situation.editing)
            }
        }
    }

    /// A save that no dialog waits for.
    fn save(&mut self, writes: Vec<Write>, after: After, editing: Editing) -> Action {
        if self.saving.is_busy() || editing == Editing::ReadOnly || writes.is_empty() {
            return Action::None;
        }
        self.saving = OwnSave::Busy;
        self.after = after;
        Action::Save(writes)
    }

    fn remove(&mut self, whom: Id<Practitioner>, wish: Wish, situation: &Situation<'_>) -> Action {
        self.open(Layer::Removal(Removal::new(Leaving::Practitioner(whom), wish, situation)))
    }

    fn reactivate(&mut self, whom: Id<Practitioner>, situation: &Situation<'_>) -> Action {
        self.list.close_menu();
        let whom = situation.setup.practitioners.iter().find(|entry| entry.id == whom);
        let writes = whom.map(leaving::reactivate_practitioner).unwrap_or_default();
        self.save(writes, After::Practitioner(None), situation.editing)
    }

    pub fn body<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let words = Words {
            heading: fl!(texts, "tab-practitioners"),
            new_hint: fl!(texts, "practitioners-new-hint"),
            edit_hint: fl!(texts, "practitioners-edit-hint"),
            delete_hint: fl!(texts, "practitioners-delete-hint"),
            empty: match self.deactivated.are_there() {
                false => fl!(texts, "practitioners-empty"),
                true => fl!(texts, "practitioners-all-deactivated"),
            },
        };
        let rows = self.rows.iter().map(Row::view).collect();
        let list = self.list.view(words, rows, situation).map(Message::List);
        let words = Words {
            heading: fl!(texts, "groups-heading"),
            new_hint: fl!(texts, "groups-new-hint"),
            edit_hint: fl!(texts, "groups-edit-hint"),
            delete_hint: fl!(texts, "groups-delete-hint"),
            empty: fl!(texts, "groups-empty"),
        };
        let rows = self.group_rows.iter().map(GroupRow::view).collect();
        let groups = self.groups.view(words, rows, situation).map(Message::Groups);
        column![
            container(list).height(FillPortion(3)),
            self.under_list(situation),
            explained_by(Topic::Groups, container(groups).height(FillPortion(2))),
        ]
        .spacing(gap::S)
        .into()
    }

    /// What else is shown, and what the order is; or why it could not be saved.
    fn under_list<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let shown = self.deactivated.tick("practitioners-deactivated", texts, Message::DeactivatedTicked);
        let means: Element<'a, Message> = match &self.saving {
            OwnSave::Failed(why) => under(why),
            OwnSave::Idle | OwnSave::Busy => {
                text(fl!(texts, "practitioners-order-means")).size(size::SMALL).style(theme::muted).into()
            }
        };
        row![shown, space::horizontal(), means].spacing(gap::L).align_y(Center).into()
    }

    pub fn layers<'a>(&'a self, situation: &Situation<'a>) -> Vec<Element<'a, Message>> {
        let mut layers = match &self.layer {
            None => Vec::new(),
            Some(Layer::Practitioner(editor)) => mapped_to(editor.view(situation), Message::Editor),
            Some(Layer::Group(editor)) => mapped_to(editor.view(situation), Message::GroupEditor),
            Some(Layer::Removal(removal)) => vec![removal.view(situation).map(Message::Removal)],
            Some(Layer::GroupRemoval(removal)) => vec![layer_explained_by(Topic::Groups, removal.view(situation))],
        };
        layers.extend(self.menu(situation));
        layers
    }

    fn menu<'a>(&self, situation: &Situation<'_>) -> Option<Element<'a, Message>> {
        let Situation { texts, setup, editing, .. } = *situation;
        let turned = |id: Id<Practitioner>| {
            let (words, message, sign) = if setup.is_deactivated(id) {
                (fl!(texts, "reactivate"), Message::ReactivateChosen(id), Icon::UserRoundCheck)
            } else {
                (fl!(texts, "menu-deactivate"), Message::DeactivateChosen(id), Icon::UserRoundX)
            };
            vec![MenuItem::maybe(words, (editing == Editing::Allowed).then_some(message)).icon(sign)]
        };
        let menu = self.list.menu(situation, fl!(texts, "practitioners-menu-new"), turned, Message::List);
        menu.or_else(|| self.groups.menu(situation, fl!(texts, "groups-menu-new"), |_| Vec::new(), Message::Groups))
    }
}

impl GroupRemoval {
    fn of(group: Entry<PractitionerGroup>, situation: &Situation<'_>) -> Self {
        let mut removal = Self { group, title: String::new(), explanation: String::new(), saving: Saving::Idle };
        removal.refresh(situation.texts);
        removal
    }

    fn refresh(&mut self, texts: &aftalebog_texts::Texts) {
        self.title = fl!(texts, "group-delete-title", name = self.group.value.name.to_string());
        self.explanation = fl!(texts, "group-delete-explanation");
    }

    fn view<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        question(
            self.title.as_str(),
            &NOTHING,
            self.explanation.as_str(),
            (fl!(texts, "cancel"), Message::GroupRemovalDeclined),
            (fl!(texts, "delete"), (self.saving != Saving::Busy).then_some(Message::GroupRemovalConfirmed)),
            &self.saving,
        )
    }
}
