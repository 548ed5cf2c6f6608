//! What a right press offers: on an appointment, on a free time, and on a need of the list.

use aftalebog_booking::Id;
use aftalebog_booking::record::{Appointment, Need};
use aftalebog_texts::guide::Topic;
use aftalebog_texts::{Texts, fl};
use iced::{Element, Point};
use lucide_icons::Icon;

use super::{Action, AppointmentBook, Asked, Desk, Message, Transfer};
use crate::screen::settings::Editing;
use crate::ui::menu::{MenuItem, menu_layer};
use crate::ui::timetable::{By, Chosen};

/// An open menu.
#[derive(Clone, Copy, Debug)]
pub struct Menu {
    on: On,
    at: Point,
}

#[derive(Clone, Copy, Debug)]
enum On {
    Sheet(Chosen),
    Need(Id<Need>),
    /// «Mere».
    More,
}

/// What a line of the menu does.
#[derive(Clone, Copy, Debug)]
pub enum Deed {
    Ask(Asked),
    NewAppointment,
    NewBlock,
    Move(Id<Appointment>),
    Place(Id<Need>),
    PutHere,
    Transfer(Transfer),
    Restore,
    Help,
    About,
}

impl Menu {
    pub const fn of_sheet(on: Chosen, at: Point) -> Self {
        Self { on: On::Sheet(on), at }
    }

    pub const fn of_more(at: Point) -> Self {
        Self { on: On::More, at }
    }

    pub const fn of_need(need: Id<Need>, at: Point) -> Self {
        Self { on: On::Need(need), at }
    }
}

impl AppointmentBook {
    pub(super) fn menu_chosen(&mut self, deed: Deed, desk: Desk<'_>) -> Action {
        self.menu = None;
        match deed {
            Deed::Ask(asked) => Action::Asked(asked),
            Deed::Transfer(transfer) => Action::Transfer(transfer),
            Deed::Restore => Action::Restore,
            Deed::Help => Action::Help(Topic::Book),
            Deed::About => Action::About,
            Deed::NewAppointment => self.new_at_chosen(desk, |at, minutes| Asked::NewAppointment { at, minutes }),
            Deed::NewBlock => self.new_at_chosen(desk, |at, minutes| Asked::NewBlock { at, minutes }),
            Deed::Move(appointment) => self.take_up_appointment(appointment, desk),
            Deed::Place(need) => self.take_up_need(need, By::Keys, desk),
            Deed::PutHere => self.chosen.map_or(Action::None, |chosen| self.put(chosen.spot(), desk)),
        }
    }

    fn new_at_chosen(
        &self,
        desk: Desk<'_>,
        asked: impl FnOnce(super::Place, Option<aftalebog_booking::bounded::Length>) -> Asked,
    ) -> Action {
        self.chosen.map_or(Action::None, |chosen| self.new_at(chosen, desk, asked))
    }

    /// The open menu or list, to lie above everything.
    pub fn layer<'a>(&'a self, desk: Desk<'a>) -> Option<Element<'a, Message>> {
        if let Some(at) = self.choosing_whom {
            return Some(self.whom_layer(desk, at));
        }
        let Desk { texts, editing, .. } = desk;
        let menu = self.menu?;
        let lines = match menu.on {
            On::Sheet(Chosen::Booking { key, .. }) => self.of_appointment(Id::new(key), texts, editing),
            On::Sheet(Chosen::Time { .. }) => self.of_time(texts, editing),
            On::Need(need) => self.of_need(need, texts, editing),
            On::More => of_more(texts, editing),
        };
        Some(menu_layer(menu.at, lines, Message::MenuClosed))
    }

    fn of_appointment(&self, id: Id<Appointment>, texts: &Texts, editing: Editing) -> Vec<MenuItem<Message>> {
        let patient = self.appointment(id.uuid()).and_then(|entry| entry.value.patient);
        let changes = editing == Editing::Allowed;
        vec![
            line(Icon::Pencil, fl!(texts, "book-menu-edit"), Some(Deed::Ask(Asked::Edit(id)))).shortcut("F2"),
            line(Icon::Move, fl!(texts, "book-menu-move"), changes.then_some(Deed::Move(id))).shortcut("Ctrl+X"),
            line(Icon::CalendarX, fl!(texts, "book-menu-cancel"), changes.then_some(Deed::Ask(Asked::Cancel(id))))
                .shortcut(fl!(texts, "key-delete")),
            line(Icon::Trash2, fl!(texts, "menu-delete"), changes.then_some(Deed::Ask(Asked::Delete(id))))
                .shortcut(fl!(texts, "book-key-shift-delete"))
                .danger(),
            MenuItem::Separator,
            line(
                Icon::User,
                fl!(texts, "book-menu-patient"),
                patient.map(|patient| Deed::Ask(Asked::OpenPatient(patient))),
            ),
            line(
                Icon::Plus,
                fl!(texts, "book-menu-new-need"),
                patient.filter(|_| changes).map(|patient| Deed::Ask(Asked::NewNeed(Some(patient)))),
            ),
        ]
    }

    fn of_time(&self, texts: &Texts, editing: Editing) -> Vec<MenuItem<Message>> {
        let changes = editing == Editing::Allowed;
        let new = line(Icon::Plus, fl!(texts, "book-menu-new"), changes.then_some(Deed::NewAppointment));
        let put = self.taken_up.as_ref().filter(|_| changes).map(|_| Deed::PutHere);
        vec![
            new.shortcut(fl!(texts, "key-insert")),
            line(Icon::Ban, fl!(texts, "book-menu-block"), changes.then_some(Deed::NewBlock)),
            line(Icon::ClipboardPaste, fl!(texts, "book-menu-put"), put).shortcut("Ctrl+V"),
            MenuItem::Separator,
            line(Icon::Search, fl!(texts, "book-menu-patient"), Some(Deed::Ask(Asked::FindPatient))).shortcut("Ctrl+F"),
        ]
    }

    fn of_need(&self, id: Id<Need>, texts: &Texts, editing: Editing) -> Vec<MenuItem<Message>> {
        let changes = editing == Editing::Allowed;
        let patient = self.needs.rows().iter().find(|need| need.entry.id == id).map(|need| need.entry.value.patient);
        vec![
            line(Icon::CalendarPlus, fl!(texts, "book-menu-place"), changes.then_some(Deed::Place(id)))
                .shortcut(fl!(texts, "book-key-enter")),
            line(
                Icon::User,
                fl!(texts, "book-menu-patient"),
                patient.map(|patient| Deed::Ask(Asked::OpenPatient(patient))),
            ),
            line(Icon::Pencil, fl!(texts, "book-menu-edit-need"), Some(Deed::Ask(Asked::EditNeed(id)))).shortcut("F2"),
            line(
                Icon::Trash2,
                fl!(texts, "book-menu-delete-need"),
                changes.then_some(Deed::Ask(Asked::DeleteNeed(id))),
            )
            .shortcut(fl!(texts, "key-delete"))
            .danger(),
        ]
    }
}

fn of_more(texts: &Texts, editing: Editing) -> Vec<MenuItem<Message>> {
    let writable = editing == Editing::Allowed;
    let new = |icon, words, asked| line(icon, words, writable.then_some(Deed::Ask(asked)));
    let import = |words, transfer| line(Icon::FileDown, words, writable.then_some(Deed::Transfer(transfer)));
    let export = |words, transfer| line(Icon::FileUp, words, Some(Deed::Transfer(transfer)));
    vec![
        new(Icon::UserPlus, fl!(texts, "book-more-new-patient"), Asked::NewPatient),
        new(Icon::Plus, fl!(texts, "book-menu-new-need"), Asked::NewNeed(None)),
        MenuItem::Separator,
        import(fl!(texts, "book-more-import-patients"), Transfer::ImportPatients),
        import(fl!(texts, "book-more-import-needs"), Transfer::ImportNeeds),
        import(fl!(texts, "book-more-import-calendar"), Transfer::ImportCalendar),
        MenuItem::Separator,
        export(fl!(texts, "book-more-export-patients"), Transfer::ExportPatients),
        export(fl!(texts, "book-more-export-needs"), Transfer::ExportNeeds),
        export(fl!(texts, "book-more-export-calendar"), Transfer::ExportCalendar),
        MenuItem::Separator,
        line(Icon::Save, fl!(texts, "book-more-back-up"), Some(Deed::Transfer(Transfer::BackUp))),
        line(Icon::ArchiveRestore, fl!(texts, "book-more-restore"), Some(Deed::Restore)),
        MenuItem::Separator,
        line(Icon::CircleQuestionMark, fl!(texts, "help-title"), Some(Deed::Help)).shortcut("F1"),
        line(Icon::Info, fl!(texts, "about-title"), Some(Deed::About)),
    ]
}

fn line(icon: Icon, label: String, deed: Option<Deed>) -> MenuItem<Message> {
    MenuItem::maybe(label, deed.map(Message::MenuChosen)).icon(icon)
}
