//! The window's layers, and the strip above the book.

use aftalebog_booking::zone;
use aftalebog_local::Access;
use aftalebog_texts::fl;
use aftalebog_texts::guide::Topic;
use iced::widget::{column, container, row, stack};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::{Asking, Desk, Kind, Known, Message, OpenClinic};
use crate::screen::settings::mapped_to;
use crate::ui::dialog::{Saving, question};
use crate::ui::focus::{focus_scope, inert};
use crate::ui::form::{NOTHING, notice, push, told};
use crate::ui::theme::{self, space as gap};
use crate::ui::topic::{explained_by, layer_explained_by};

impl OpenClinic {
    /// The window's layers, the lowest first. `fixed_clock`: the clock stands still.
    pub fn view<'a>(&'a self, desk: Desk<'a>, fixed_clock: bool) -> Vec<Element<'a, Message>> {
        let book = self.book.view(self.known.book_desk(&self.synchronising, desk)).map(Message::Book);
        // In a part of its own, so that the book keeps its place and with it its state.
        let special = column![self.notice(desk, fixed_clock)];
        let page = column![special, book].width(Fill).height(Fill);
        let situation = self.known.situation(&self.book, desk);
        let news = self.synchronising.notice_line(&situation).map(|line| line.map(Message::Synchronising));
        let page = stack![page, container(self.slips(desk, news)).padding(gap::XL).align_bottom(Fill)];
        let mut above: Vec<Element<'a, Message>> = Vec::new();
        let appointments = self.appointments.layers(&situation);
        above.extend(each_explained_by(Topic::Appointment, mapped_to(appointments, Message::Appointments)));
        let patients = mapped_to(self.patients.layers(&situation), Message::Patients);
        above.extend(each_explained_by(Topic::Patient, patients));
        let files = mapped_to(self.files.layers(&situation), Message::Files);
        above.extend(each_explained_by(Topic::ImportTable, files));
        let menu = self.book.layer(self.known.book_desk(&self.synchronising, desk));
        let menu = menu.map(|menu| layer_explained_by(Topic::Book, menu.map(Message::Book)));
        let question = self
            .meanwhile
            .as_ref()
            .and_then(|meanwhile| meanwhile.view(&situation, Message::OverwriteDeclined, Message::OverwriteConfirmed));
        let asks = self.asking.is_some() || question.is_some();
        // What is to be decided is decided above a dialog in which something is typed, too.
        let deciding = self.synchronising.layers(&situation);
        let decides = !deciding.is_empty();
        let strip = self.settings.as_ref().filter(|_| !asks).and_then(|_| self.synchronising.strip(&situation));
        let covered = menu.is_some() || self.settings.is_some() || asks || decides || !above.is_empty();
        let mut page = focus_scope(page);
        if let Some(leave) = self.book.escape() {
            page = page.on_escape(Message::Book(leave));
        } else if self.told.is_some() {
            page = page.on_escape(Message::ToldClosed);
        }
        if let Some(choose) = self.book.enter() {
            page = page.on_enter(Message::Book(choose));
        }
        let mut layers = vec![inert(covered, layer_explained_by(Topic::Book, page)).into()];
        let highest = above.len();
        let lies_below = |place| place + 1 < highest || self.settings.is_some() || decides || asks;
        layers.extend(above.into_iter().enumerate().map(|(place, layer)| inert(lies_below(place), layer).into()));
        if let Some(settings) = &self.settings {
            let settings = mapped_to(settings.view(&self.known.situation(&self.book, desk)), Message::Settings);
            let settings = each_explained_by(Topic::OnlineBooking, settings);
            layers.extend(settings.map(|layer| inert(decides || asks, layer).into()));
        }
        let layer = |layer: Element<'a, _>| inert(asks, layer.map(Message::Synchronising)).into();
        layers.extend(deciding.into_iter().map(layer));
        layers.extend(menu);
        let question = question.map(|question| layer_explained_by(Topic::Meanwhile, question));
        layers.extend(question.map(|question| inert(self.asking.is_some(), question).into()));
        layers.extend(self.asking.map(|asking| asking.view(desk, &self.known, &self.beginning)));
        let strip = strip.map(|strip| explained_by(Topic::Conflicts, strip.map(Message::Synchronising)));
        layers.extend(strip.map(|strip| container(strip).align_top(Fill).into()));
        layers
    }

    /// The strip above the book that tells what is special about this window, if anything is.
    fn notice<'a>(&'a self, desk: Desk<'a>, fixed_clock: bool) -> Option<Element<'a, Message>> {
        let texts = desk.texts;
        let mut special = Vec::new();
        let read_only = matches!(self.known.store.access(), Access::ReadOnly(_));
        if read_only {
            special.push(told(Icon::Lock, fl!(texts, "notice-read-only")));
        }
        if self.kind == Kind::Demo {
            let words = match self.known.read.link {
                Some(_) => fl!(texts, "notice-demo-connected"),
                None => fl!(texts, "notice-demo"),
            };
            special.push(told(Icon::Sparkles, words));
        }
        if fixed_clock {
            let local = zone::local(self.known.read.setup.clinic.value.time_zone, desk.now);
            let date = texts.date_weekday_year(local.date());
            let time = texts.time_of(local.time());
            special.push(told(Icon::Clock, fl!(texts, "notice-clock", date = date, time = time)));
        }
        if special.is_empty() {
            return None;
        }
        let again = (self.kind == Kind::Demo && !read_only).then(|| {
            push("demo-again", fl!(texts, "demo-again"), Some(Message::BeginAgainPressed)).style(theme::quiet)
        });
        // What does not fit goes on a line of its own.
        let special = row(special).spacing(gap::XL).align_y(Center).width(Fill).wrap().vertical_spacing(gap::XS);
        Some(notice(row![special].push(again).spacing(gap::L).align_y(Center)))
    }
}

/// The layers of one part of the window; each dialog among them may say it more precisely.
fn each_explained_by<'a>(
    topic: Topic,
    layers: Vec<Element<'a, Message>>,
) -> impl Iterator<Item = Element<'a, Message>> {
    layers.into_iter().map(move |layer| layer_explained_by(topic, layer))
}

impl Asking {
    fn view<'a>(self, desk: Desk<'_>, known: &Known, beginning: &'a Saving) -> Element<'a, Message> {
        let texts = desk.texts;
        let topic = match self {
            Self::Undo => Topic::Undo,
            Self::BeginAgain => Topic::Start,
            Self::Sending | Self::Leave(_) => Topic::Connection,
            Self::Discard => Topic::NotSaved,
        };
        let (title, why, keep, lose, message) = match self {
            Self::Undo => (
                fl!(texts, "book-undo-title", what = known.undoable_words()),
                known.why_undo_is_asked(texts),
                fl!(texts, "cancel"),
                fl!(texts, "book-undo-confirm"),
                Message::UndoConfirmed,
            ),
            Self::BeginAgain => (
                fl!(texts, "demo-again-title"),
                match known.read.link {
                    Some(_) => fl!(texts, "demo-again-why-connected"),
                    None => fl!(texts, "demo-again-why"),
                },
                fl!(texts, "cancel"),
                fl!(texts, "demo-again"),
                Message::BeginAgainConfirmed,
            ),
            Self::Sending => (
                fl!(texts, "closing-sending", count = known.waiting()),
                fl!(texts, "closing-sending-why"),
                fl!(texts, "closing-stay"),
                fl!(texts, "closing-anyway"),
                Message::LeaveConfirmed,
            ),
            Self::Leave(leaving) => (
                leaving.title(texts),
                leaving.why(texts),
                fl!(texts, "closing-stay"),
                fl!(texts, "closing-anyway"),
                Message::LeaveConfirmed,
            ),
            Self::Discard => (
                fl!(texts, "quit-title"),
                fl!(texts, "discard-explanation"),
                fl!(texts, "discard-keep"),
                fl!(texts, "quit-lose"),
                Message::DiscardConfirmed,
            ),
        };
        let lose = (lose, (*beginning != Saving::Busy).then_some(message));
        layer_explained_by(topic, question(title, &NOTHING, why, (keep, Message::QuestionDeclined), lose, beginning))
    }
}
