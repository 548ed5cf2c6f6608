//! The settings dialog behind the gear: the tab «Online booking», and in `tabs` the others.

use aftalebog_booking::record::{Entry, OnlineType};
use aftalebog_booking::setting::Setting;
use aftalebog_booking::{Id, Setup, Write};
use aftalebog_local::sync::Status;
use aftalebog_local::{Link, OpenNeed, ThisPc};
use aftalebog_texts::guide::Topic;
use aftalebog_texts::{Texts, fl};
use chrono::{DateTime, NaiveDate, Utc};
use iced::{Element, Task};

use crate::clock::Clock;
use crate::screen::patient_view::{self, Question};
use crate::ui::dialog::{Saving, question};
use crate::ui::focus::inert;
use crate::ui::form::Sentence;
use crate::ui::topic::layer_explained_by;

mod analytics;
mod appointment_types;
mod booked;
mod clinic;
mod closed_days;
mod deactivated;
mod findings;
pub mod form;
mod list;
mod online_type;
mod own_save;
mod practitioners;
mod removal;
pub mod server;
mod service;
mod show;
mod tabs;
mod type_list;
pub mod undo;
mod view;
mod working_hours;

use analytics::AnalyticsForm;
use clinic::ClinicForm;
use findings::Findings;
use online_type::Editor;
use server::ServerForm;
use server::asked::{Answer, Asked, Ticket};
use service::ServicePanel;
use tabs::Tabs;

/// What every part of the settings is shown with, and decides by.
#[derive(Clone, Copy)]
pub struct Situation<'a> {
    pub texts: &'a Texts,
    pub setup: &'a Setup,
    pub today: NaiveDate,
    pub now: DateTime<Utc>,
    pub clock: Clock,
    /// `None`: they have not been read.
    pub needs: Option<&'a [OpenNeed]>,
    /// Changes that no server has yet.
    pub waiting_changes: usize,
    pub this_pc: &'a ThisPc,
    /// The server that this PC is paired with.
    pub link: Option<&'a Link>,
    /// How it stands with it.
    pub status: &'a Status,
    /// Whether online booking was started or stopped, and no server knows it yet.
    pub service_waits: bool,
    /// Whether online booking runs at the server, where that is to change and the server does not know it yet.
    pub running_at_server: Option<bool>,
    /// Why the last save did not get into the file, in words.
    pub not_saved: Option<&'a str>,
    /// The last save that can be taken back.
    pub undoable: Option<&'a Undoable>,
    pub editing: Editing,
}

/// Whether the file can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Editing {
    Allowed,
    ReadOnly,
}

/// A save that «Fortryd» takes back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undoable {
    pub id: uuid::Uuid,
    /// «SU ændret».
    pub words: String,
}

pub struct Settings {
    tabs: Tabs,
    list: type_list::TypeList,
    findings: Findings,
    layer: Option<Layer>,
    /// Where to go when the person lets go of what is typed in the dialog.
    leading_to: Option<Setting>,
    from: From,
    /// A save that no dialog is waiting for: an order, a deletion, an undo.
    saving: Saving,
    after: After,
}

/// What a dialog was opened from, and goes back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum From {
    Tab,
    /// The small window behind «Aktiv», where «Vis» leads on to a setting.
    Service,
}

/// What has the focus when the save that is under way has been answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum After {
    /// What had it before: the button of the dialog that closes.
    #[default]
    Before,
    ChosenRow,
    /// The row of the type that was edited or made.
    Row(Id<OnlineType>),
}

/// The dialog above this one.
enum Layer {
    Editor(Box<Editor>),
    Clinic(Box<ClinicForm>),
    Analytics(AnalyticsForm),
    Server(Box<ServerForm>),
    Service(ServicePanel),
    Delete(Deletion),
}

/// «Slet …» asks first, and says what patients lose.
struct Deletion {
    entry: Entry<OnlineType>,
    title: String,
    consequence: Sentence,
    explanation: String,
}

#[derive(Clone, Debug)]
pub enum Message {
    Tabs(tabs::Message),
    ServicePressed,
    ClinicPressed,
    AnalyticsPressed,
    ServerPressed,
    List(type_list::Message),
    Findings(findings::Message),
    DeleteDeclined,
    DeleteConfirmed,
    UndoPressed,
    HelpPressed,
    ClosePressed,
    Editor(online_type::Message),
    /// What the file answers to what the editor asked.
    Answered(patient_view::Message),
    Clinic(clinic::Message),
    Analytics(analytics::Message),
    Server(server::Message),
    Service(service::Message),
    /// What the server answers, or the file about it.
    ServerAnswered(Ticket, Answer),
}

pub enum Action {
    None,
    Run(Task<Message>),
    /// One save; `this_pc` goes with it in the same transaction.
    Save {
        writes: Vec<Write>,
        this_pc: Option<ThisPc>,
    },
    Undo(uuid::Uuid),
    Help(Topic),
    /// Of the server, or of what this PC knows of it.
    Ask(Asked, Ticket),
    Close,
}

impl Settings {
    pub fn new(situation: &Situation<'_>) -> Self {
        Self {
            tabs: Tabs::new(situation),
            list: type_list::TypeList::new(situation),
            findings: Findings::new(situation),
            layer: None,
            leading_to: None,
            from: From::Tab,
            saving: Saving::Idle,
            after: After::Before,
        }
    }

    /// The day, the language or the clinic has turned: everything is said again.
    pub fn refresh(&mut self, situation: &Situation<'_>) {
        self.tabs.refresh(situation);
        self.list.refresh(situation);
        self.findings.refresh(situation);
        match &mut self.layer {
            Some(Layer::Editor(editor)) => editor.refresh(situation),
            Some(Layer::Clinic(form)) => form.refresh(situation),
            Some(Layer::Analytics(form)) => form.refresh(situation),
            Some(Layer::Server(form)) => form.refresh(situation),
            Some(Layer::Delete(deletion)) => *deletion = Deletion::of(deletion.entry.clone(), situation),
            Some(Layer::Service(panel)) => panel.refresh(situation),
            None => {}
        }
    }

    /// The save is durable; `situation` is what the file holds now.
    pub fn saved(&mut self, situation: &Situation<'_>) -> Task<Message> {
        if self.tabs.is_saving() {
            return self.tabs.saved(situation).map(Message::Tabs);
        }
        // A dialog that opened meanwhile waits for nothing, and stays.
        let waits = self.layer_is_saving();
        self.saving = Saving::Idle;
        match &mut self.layer {
            Some(Layer::Service(panel)) => panel.saved(),
            _ if waits => self.go_back(situation),
            _ => {}
        }
        let after = std::mem::take(&mut self.after);
        if let After::Row(id) = after {
            self.list.choose(id);
        }
        self.list.refresh(situation);
        match after {
            After::Before => Task::none(),
            After::ChosenRow | After::Row(_) => self.list.reveal_chosen().map(Message::List),
        }
    }

    /// The save went wrong; `words` say why, and everything typed still stands.
    pub fn failed(&mut self, words: String) {
        self.after = After::Before;
        if self.tabs.is_saving() {
            return self.tabs.failed(words);
        }
        // A dialog that opened meanwhile has nothing to do with it.
        if !self.layer_is_saving() {
            self.saving = Saving::Failed(words);
            return;
        }
        match &mut self.layer {
            Some(Layer::Editor(editor)) => editor.form.failed(words),
            Some(Layer::Clinic(form)) => form.form.failed(words),
            Some(Layer::Analytics(form)) => form.form.failed(words),
            Some(Layer::Server(form)) => form.form.failed(words),
            Some(Layer::Service(panel)) => panel.failed(words),
            Some(Layer::Delete(_)) | None => self.saving = Saving::Failed(words),
        }
    }

    /// A save is under way.
    pub fn is_saving(&self) -> bool {
        self.saving == Saving::Busy || self.layer_is_saving() || self.tabs.is_saving()
    }

    /// The dialog above this one waits for a save.
    fn layer_is_saving(&self) -> bool {
        let saving = match &self.layer {
            Some(Layer::Editor(editor)) => editor.form.saving(),
            Some(Layer::Clinic(form)) => form.form.saving(),
            Some(Layer::Analytics(form)) => form.form.saving(),
            Some(Layer::Server(form)) => form.form.saving(),
            Some(Layer::Service(panel)) => panel.saving(),
            Some(Layer::Delete(_)) => &self.saving,
            None => return false,
        };
        *saving == Saving::Busy
    }

    /// This PC is being paired.
    pub fn is_pairing(&self) -> bool {
        matches!(&self.layer, Some(Layer::Server(form)) if form.is_pairing())
    }

    /// When the server is asked again is shown.
    pub const fn shows_next_try(&self) -> bool {
        matches!(self.layer, Some(Layer::Server(_)))
    }

    /// Something typed is not saved.
    pub fn is_edited(&self) -> bool {
        self.tabs.is_edited() || self.layer_is_edited()
    }

    fn layer_is_edited(&self) -> bool {
        match &self.layer {
            Some(Layer::Editor(editor)) => editor.is_edited(),
            Some(Layer::Clinic(form)) => form.is_edited(),
            Some(Layer::Analytics(form)) => form.is_edited(),
            Some(Layer::Server(form)) => form.is_edited(),
            Some(Layer::Service(_) | Layer::Delete(_)) | None => false,
        }
    }

    /// What the dialog above this one asks of the file; see `PatientView::take_questions`.
    pub fn take_questions(&mut self) -> Vec<Question> {
        match &mut self.layer {
            Some(Layer::Editor(editor)) => editor.take_questions(),
            _ => Vec::new(),
        }
    }

    /// What the tabs ask of the file; see `Tabs::take_questions`.
    pub fn take_tab_questions(&mut self) -> Vec<tabs::Question> {
        self.tabs.take_questions()
    }

    pub fn update(&mut self, message: Message, situation: &Situation<'_>) -> Action {
        let action = self.updated(message, situation);
        // Whoever keeps what is typed stays with it.
        self.leading_to = self.leading_to.filter(|_| self.is_asking());
        action
    }

    fn updated(&mut self, message: Message, situation: &Situation<'_>) -> Action {
        match message {
            Message::Tabs(message) => self.tabs_message(message, situation),
            Message::ServicePressed => self.open(Layer::Service(ServicePanel::new(situation))),
            Message::ClinicPressed => self.open(Layer::Clinic(Box::new(ClinicForm::new(situation)))),
            Message::AnalyticsPressed => self.open(Layer::Analytics(AnalyticsForm::new(situation))),
            Message::ServerPressed => self.open(Layer::Server(Box::new(ServerForm::new(situation.this_pc, situation)))),
            Message::List(message) => self.list_message(message, situation),
            Message::Findings(message) => match self.findings.update(message) {
                findings::Action::None => Action::None,
                findings::Action::Show(setting) => self.show(setting, situation),
            },
            // Whether it could be saved must be seen.
            Message::DeleteDeclined | Message::ClosePressed if self.saving == Saving::Busy => Action::None,
            Message::DeleteDeclined => {
                self.layer = None;
                self.saving = Saving::Idle;
                Action::None
            }
            Message::DeleteConfirmed => self.delete_confirmed(situation),
            Message::UndoPressed => match situation.undoable {
                Some(undoable) if self.may_save(situation) => {
                    self.saving = Saving::Busy;
                    Action::Undo(undoable.id)
                }
                _ => Action::None,
            },
            Message::HelpPressed => Action::Help(self.tabs.chosen().topic()),
            Message::ClosePressed if self.tabs.is_saving() || self.gives_up_drag() => Action::None,
            Message::ClosePressed => match self.tabs.escape() {
                Some(message) => self.tabs_message(message, situation),
                None => Action::Close,
            },
            Message::Editor(message) => self.editor_message(message, situation),
            Message::Answered(answer) => self.editor_message(Editor::answer(answer), situation),
            Message::Clinic(_) | Message::Analytics(_) | Message::Server(_) | Message::Service(_) => {
                self.form_message(message, situation)
            }
            Message::ServerAnswered(ticket, answer) => match &self.layer {
                Some(Layer::Server(_)) => {
                    self.form_message(Message::Server(server::Message::Answered(ticket, answer)), situation)
                }
                Some(Layer::Service(_)) => {
                    self.form_message(Message::Service(service::Message::Answered(ticket, answer)), situation)
                }
                // Whoever asked is gone.
                _ => Action::None,
            },
        }
    }

    fn tabs_message(&mut self, message: tabs::Message, situation: &Situation<'_>) -> Action {
        // While something is taken back, the answer to another save could not be told from its own.
        let editing = if self.saving == Saving::Busy { Editing::ReadOnly } else { situation.editing };
        match self.tabs.update(message, &Situation { editing, ..*situation }) {
            tabs::Action::None => Action::None,
            tabs::Action::Run(task) => Action::Run(task.map(Message::Tabs)),
            tabs::Action::Save(writes) => Action::Save { writes, this_pc: None },
            tabs::Action::Show(setting) => self.lead_to(setting, situation),
        }
    }

    /// Esc while a row is dragged does nothing else.
    fn gives_up_drag(&mut self) -> bool {
        self.list.gives_up_drag() || self.tabs.gives_up_drag()
    }

    fn may_save(&self, situation: &Situation<'_>) -> bool {
        !self.is_saving() && situation.editing == Editing::Allowed
    }

    fn open(&mut self, layer: Layer) -> Action {
        self.list.close_menu();
        // The answer to a save must find the dialog, or none, that waits for it.
        if self.saving != Saving::Busy {
            self.layer = Some(layer);
            self.saving = Saving::Idle;
            self.from = From::Tab;
        }
        Action::None
    }

    /// The dialog closes: back to what it was opened from.
    fn go_back(&mut self, situation: &Situation<'_>) {
        self.layer = match std::mem::replace(&mut self.from, From::Tab) {
            From::Tab => None,
            From::Service => Some(Layer::Service(ServicePanel::new(situation))),
        };
    }

    fn list_message(&mut self, message: type_list::Message, situation: &Situation<'_>) -> Action {
        match self.list.update(message, situation) {
            type_list::Action::None => Action::None,
            type_list::Action::Run(task) => Action::Run(task.map(Message::List)),
            type_list::Action::New => self.open(Layer::Editor(Box::new(Editor::new(situation)))),
            type_list::Action::Edit(entry) => self.open(Layer::Editor(Box::new(Editor::open(&entry, situation)))),
            type_list::Action::Duplicate(entry) => {
                self.open(Layer::Editor(Box::new(Editor::duplicate(&entry.value, situation))))
            }
            type_list::Action::Delete(entry) => self.open(Layer::Delete(Deletion::of(entry, situation))),
            type_list::Action::Reorder { writes, by } if self.may_save(situation) => {
                self.saving = Saving::Busy;
                self.after = match by {
                    list::By::Row => After::ChosenRow,
                    list::By::Button => After::Before,
                };
                Action::Save { writes, this_pc: None }
            }
            type_list::Action::Reorder { .. } => Action::None,
        }
    }

    fn delete_confirmed(&mut self, situation: &Situation<'_>) -> Action {
        match &self.layer {
            Some(Layer::Delete(deletion)) if self.may_save(situation) => {
                let writes = vec![Write::delete(&deletion.entry)];
                self.saving = Saving::Busy;
                self.after = After::ChosenRow;
                Action::Save { writes, this_pc: None }
            }
            _ => Action::None,
        }
    }

    fn editor_message(&mut self, message: online_type::Message, situation: &Situation<'_>) -> Action {
        let Some(Layer::Editor(editor)) = &mut self.layer else { return Action::None };
        match editor.update(message, situation) {
            online_type::Action::None => Action::None,
            online_type::Action::Run(task) => Action::Run(task.map(Message::Editor)),
            online_type::Action::Save(writes) => {
                self.after = writes.first().map_or(After::Before, |write| After::Row(Id::new(write.id)));
                Action::Save { writes, this_pc: None }
            }
            online_type::Action::Open(appointment_type) => {
                if let Some(entry) = situation.setup.online_type_of(appointment_type) {
                    self.list.choose(entry.id);
                }
                self.open(Layer::Editor(Box::new(Editor::chosen(appointment_type, situation))))
            }
            online_type::Action::Show(setting) => self.lead_to(setting, situation),
            online_type::Action::Close => self.closed(situation),
        }
    }

    /// A message of one of the three forms and the small window.
    fn form_message(&mut self, message: Message, situation: &Situation<'_>) -> Action {
        match (message, &mut self.layer) {
            (Message::Clinic(message), Some(Layer::Clinic(form))) => match form.update(message, situation) {
                clinic::Action::None => Action::None,
                clinic::Action::Run(task) => Action::Run(task.map(Message::Clinic)),
                clinic::Action::Save(writes) => Action::Save { writes, this_pc: None },
                clinic::Action::Close => self.closed(situation),
            },
            (Message::Analytics(message), Some(Layer::Analytics(form))) => match form.update(message, situation) {
                analytics::Action::None => Action::None,
                analytics::Action::Run(task) => Action::Run(task.map(Message::Analytics)),
                analytics::Action::Save(writes) => Action::Save { writes, this_pc: None },
                analytics::Action::Close => self.closed(situation),
            },
            (Message::Server(message), Some(Layer::Server(form))) => match form.update(message, situation) {
                server::Action::None => Action::None,
                server::Action::Run(task) => Action::Run(task.map(Message::Server)),
                server::Action::Ask(asked, ticket) => Action::Ask(asked, ticket),
                server::Action::Save(writes, this_pc) => Action::Save { writes, this_pc: Some(this_pc) },
                server::Action::Close => self.closed(situation),
            },
            (Message::Service(message), Some(Layer::Service(panel))) => match panel.update(message, situation) {
                service::Action::None => Action::None,
                service::Action::Run(task) => Action::Run(task.map(Message::Service)),
                service::Action::Ask(asked, ticket) => Action::Ask(asked, ticket),
                service::Action::Save(writes) => Action::Save { writes, this_pc: None },
                service::Action::OpenServer => {
                    let form = ServerForm::new(situation.this_pc, situation);
                    let _none = self.open(Layer::Server(Box::new(form)));
                    self.from = From::Service;
                    Action::None
                }
                service::Action::Show(setting) => self.show(setting, situation),
                service::Action::Close => self.closed(situation),
            },
            // A message of a dialog that has closed meanwhile.
            _ => Action::None,
        }
    }

    fn closed(&mut self, situation: &Situation<'_>) -> Action {
        match self.leading_to.take() {
            None => {
                self.go_back(situation);
                Action::None
            }
            Some(setting) => {
                self.layer = None;
                self.lead_to(setting, situation)
            }
        }
    }

    /// The dialog and all that lies above it, from the lowest to the highest.
    pub fn view<'a>(&'a self, situation: &Situation<'a>) -> Vec<Element<'a, Message>> {
        let above = mapped_to(self.tabs.layers(situation), Message::Tabs).into_iter();
        let tab = self.tabs.chosen().topic();
        let above: Vec<_> = above.map(|layer| layer_explained_by(tab, layer)).collect();
        let menu = self.list.menu(situation).map(|menu| layer_explained_by(Topic::OnlineType, menu.map(Message::List)));
        let covered = self.layer.is_some() || menu.is_some() || !above.is_empty();
        let mut layers = vec![inert(covered, self.dialog(situation)).into()];
        layers.extend(above);
        match &self.layer {
            Some(Layer::Editor(editor)) => layers.extend(mapped_to(editor.view(situation), Message::Editor)),
            Some(Layer::Clinic(form)) => layers.extend(mapped_to(form.view(situation), Message::Clinic)),
            Some(Layer::Analytics(form)) => layers.extend(mapped_to(form.view(situation), Message::Analytics)),
            Some(Layer::Server(form)) => layers.extend(mapped_to(form.view(situation), Message::Server)),
            Some(Layer::Service(panel)) => layers.extend(mapped_to(panel.view(situation), Message::Service)),
            Some(Layer::Delete(deletion)) => {
                layers.push(layer_explained_by(Topic::OnlineType, self.delete_question(deletion, situation)));
            }
            None => {}
        }
        layers.extend(menu);
        layers
    }

    fn delete_question<'a>(&'a self, deletion: &'a Deletion, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        question(
            deletion.title.as_str(),
            &deletion.consequence,
            deletion.explanation.as_str(),
            (fl!(texts, "cancel"), Message::DeleteDeclined),
            (fl!(texts, "delete"), (self.saving != Saving::Busy).then_some(Message::DeleteConfirmed)),
            &self.saving,
        )
    }
}

/// Layers of a part as those of the whole.
pub(crate) fn mapped_to<'a, M: 'a, N: 'a>(
    layers: Vec<Element<'a, M>>,
    to: impl Fn(M) -> N + Copy + 'a,
) -> Vec<Element<'a, N>> {
    layers.into_iter().map(move |layer| layer.map(to)).collect()
}

impl Deletion {
    fn of(entry: Entry<OnlineType>, situation: &Situation<'_>) -> Self {
        let texts = situation.texts;
        let code = situation.setup.appointment_type(entry.value.appointment_type).map(|of| of.code.to_string());
        let of = entry.value.appointment_type;
        let count = |needs: &[OpenNeed]| needs.iter().filter(|need| need.entry.value.appointment_type == of).count();
        let alias = entry.value.alias.to_string();
        let consequence = match situation.needs.map(count) {
            _ if !entry.value.need_driven => Sentence::none(),
            None => Sentence::Warns(fl!(texts, "delete-needs-unread")),
            Some(0) => Sentence::none(),
            Some(needs) => Sentence::Warns(fl!(texts, "delete-needs", count = needs)),
        };
        Self {
            title: fl!(texts, "delete-title", code = code.unwrap_or_default()),
            consequence,
            explanation: fl!(texts, "delete-explanation", alias = alias),
            entry,
        }
    }
}
