//! How «Nye patienter» looks.

use aftalebog_texts::fl;
use aftalebog_texts::guide::Topic;
use iced::widget::{column, container, row, scrollable, space, text};
use iced::{Center, Element, Fill, Point};
use lucide_icons::Icon;

use super::{LikelyRow, Message, NUMBER, NewPatients, Read, WaitingRow};
use crate::failure;
use crate::screen::patients::line::{LABEL, line};
use crate::screen::settings::{Editing, Situation};
use crate::ui::dialog::dialog;
use crate::ui::focus::inert;
use crate::ui::form::{field, heading, push};
use crate::ui::menu::{MenuItem, menu_layer};
use crate::ui::theme::{self, size, space as gap};

const WIDTH: f32 = 720.0;
/// The height of the list of those who wait, in px.
const LIST: f32 = 3.5 * 48.0;
/// Room for a number that the booking server has given, such as «ny-1e3c279d», in px.
const NUMBER_WIDTH: f32 = 104.0;

impl NewPatients {
    pub fn layers<'a>(&'a self, situation: &Situation<'a>) -> Vec<Element<'a, Message>> {
        let menu = self.menu.map(|at| self.menu_at(at, situation));
        std::iter::once(self.dialog(situation)).chain(menu).collect()
    }

    fn menu_at<'a>(&'a self, at: Point, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let writable = situation.editing == Editing::Allowed;
        let item = |icon, label, message: Message, enabled: bool| {
            MenuItem::maybe(label, enabled.then_some(message)).icon(icon)
        };
        let items = vec![
            item(Icon::UserCheck, fl!(texts, "accept"), Message::AcceptPressed, writable),
            item(Icon::Merge, fl!(texts, "merge-dots"), Message::MergePressed, writable),
            item(Icon::Trash2, fl!(texts, "reject-dots"), Message::RejectPressed, writable)
                .shortcut(fl!(texts, "key-delete"))
                .danger(),
            MenuItem::Separator,
            item(Icon::User, fl!(texts, "new-patient-card"), Message::CardPressed, true).shortcut("F2"),
        ];
        menu_layer(at, items, Message::MenuClosed)
    }

    fn dialog<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let close = push("new-patients-close", fl!(texts, "close"), Some(Message::ClosePressed));
        let told = |words: String| {
            let body = text(words).style(theme::muted);
            dialog(fl!(texts, "new-patients"), WIDTH, body, Message::ClosePressed, fl!(texts, "close"))
                .explained_by(Topic::NewPatients)
        };
        match &self.read {
            Read::Waiting => return told(fl!(texts, "card-reading")).button(close).layer(),
            Read::Failed(error) => {
                let words = fl!(texts, "patients-not-read", why = failure::read(texts, error).1);
                let retry = push("new-patients-retry", fl!(texts, "card-retry"), Some(Message::RetryPressed));
                return told(words).button(retry).button(close).layer();
            }
            Read::Done(answer) if answer.waiting.is_empty() => {
                return told(fl!(texts, "new-patients-none")).button(close).layer();
            }
            Read::Done(_) => {}
        }
        let writable = situation.editing == Editing::Allowed && !self.is_saving();
        let may = |message: Message| writable.then_some(message);
        let accept = push("new-patients-accept", fl!(texts, "accept"), may(Message::AcceptPressed));
        let body = inert(self.is_saving(), self.body(situation));
        dialog(fl!(texts, "new-patients"), WIDTH, body, Message::ClosePressed, fl!(texts, "close"))
            .explained_by(Topic::NewPatients)
            .saving(&self.saving)
            .button(push("new-patients-reject", fl!(texts, "reject-dots"), may(Message::RejectPressed)))
            .button(push("new-patients-merge", fl!(texts, "merge-dots"), may(Message::MergePressed)))
            .button(close)
            .button(accept.style(theme::primary))
            .on_enter(may(Message::AcceptPressed))
            .first("new-patient-0")
            .layer()
    }

    fn body<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let explained = text(fl!(texts, "new-patients-why")).size(size::SMALL).style(theme::muted);
        let rows = self.waiting.view(self.shown.rows.iter().map(WaitingRow::view), Message::Waiting);
        let rows = scrollable(rows).style(theme::scroll).width(Fill);
        let list = container(rows).max_height(LIST).padding(1).width(Fill).style(theme::surface);
        column![explained, list, self.chosen_view(situation)].spacing(gap::M).into()
    }

    /// What the chosen one entered, and who they could be.
    fn chosen_view<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let entered = self.shown.entered.iter().map(|(label, value)| {
            row![text(label).width(LABEL).style(theme::muted), text(value)].spacing(gap::S).into()
        });
        let card = push("new-patient-card", fl!(texts, "new-patient-card"), Some(Message::CardPressed));
        let entered = row![column(entered).spacing(gap::XS).width(Fill), card];
        let number = self.shown.number.as_ref().map(|sentence| {
            let typed = field(NUMBER, "", &self.number, sentence.standing(), Some(Message::NumberTyped));
            line(fl!(texts, "find-patient-number"), typed.width(160), sentence)
        });
        let booked: Element<'a, Message> = match self.shown.booked.is_empty() {
            true => text(fl!(texts, "new-patient-nothing-booked")).size(size::SMALL).style(theme::muted).into(),
            false => column(self.shown.booked.iter().map(|line| text(line).into())).spacing(gap::XS).into(),
        };
        let likely = (!self.shown.likely.is_empty()).then(|| {
            let rows = self.likely.view(self.shown.likely.iter().map(LikelyRow::view), Message::Likely);
            column![heading(fl!(texts, "new-patient-likely")), rows].spacing(gap::XS)
        });
        column![entered, number, column![heading(fl!(texts, "new-patient-booked")), booked].spacing(gap::XS), likely,]
            .spacing(gap::M)
            .into()
    }
}

impl WaitingRow {
    fn view(&self) -> Element<'_, Message> {
        let first = row![
            text(&self.number).font(theme::SEMIBOLD).wrapping(text::Wrapping::None).width(NUMBER_WIDTH),
            container(text(&self.name).wrapping(text::Wrapping::None)).width(Fill).clip(true),
        ];
        let second = row![space().width(NUMBER_WIDTH), text(&self.details).size(size::SMALL).style(theme::muted)];
        column![first.spacing(gap::S), second.spacing(gap::S)].spacing(2).into()
    }
}

impl LikelyRow {
    fn view(&self) -> Element<'_, Message> {
        let because = text(&self.because).size(size::SMALL).style(theme::muted);
        row![
            container(text(&self.numbered).wrapping(text::Wrapping::None)).width(Fill).clip(true),
            text(&self.details),
            because,
        ]
        .spacing(gap::M)
        .height(24)
        .align_y(Center)
        .into()
    }
}
