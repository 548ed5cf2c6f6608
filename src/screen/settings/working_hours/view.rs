//! How «Arbejdstider» looks.

use aftalebog_texts::fl;
use iced::widget::{column, container, row, space, text};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::{Deletion, Menu, Message, WorkingHoursTab};
use crate::screen::settings::{Editing, Situation};
use crate::ui::dialog::{Saving, question};
use crate::ui::form::{heading, push, tick};
use crate::ui::menu::{MenuItem, menu_layer};
use crate::ui::options::options;
use crate::ui::rows;
use crate::ui::theme::{self, space as gap};

/// The list of practitioners, in px.
const PEOPLE: f32 = 220.0;
/// The widest letter of somebody's initials, in px.
const INITIAL: f32 = 11.0;

impl WorkingHoursTab {
    pub fn body<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let longest = self.names.iter().map(|(initials, _)| initials.chars().count()).max().unwrap_or_default();
        let room = (longest as f32 * INITIAL).max(40.0);
        let names = self.names.iter().map(move |(initials, name)| {
            let name = container(text(name).wrapping(text::Wrapping::None)).width(Fill).clip(true);
            row![text(initials).font(theme::SEMIBOLD).width(room), name].spacing(gap::XS).align_y(Center).into()
        });
        let people = self.people.view(names, fl!(texts, "hours-no-people")).map(Message::People);
        let people = column![heading(fl!(texts, "hours-people")), people].spacing(gap::S).width(PEOPLE);
        row![people, self.week(situation)].spacing(gap::L).height(Fill).into()
    }

    /// The picture of the chosen one's week, and the entries it is made of.
    fn week<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let name = self.people.chosen_index().and_then(|index| self.names.get(index));
        let name = name.map(|(_, name)| heading(name.as_str()).wrapping(text::Wrapping::None));
        let sum = text(&self.picture.sum).style(theme::muted).wrapping(text::Wrapping::None);
        let head = row![container(row![].push(name)).width(Fill).clip(true), sum].spacing(gap::M).align_y(Center);
        // One week needs no choice.
        let weeks = (self.weeks.len() > 1).then(|| {
            let chosen = self.weeks.iter().position(|(_, at)| *at == self.at).unwrap_or_default();
            let choices = self.weeks.iter().map(|(words, at)| (words.clone(), Message::WeekChosen(*at)));
            options("hours-week", choices.collect(), chosen)
        });
        let ended = self.entries.any_ended.then(|| {
            tick("hours-ended", fl!(texts, "hours-show-ended"), self.entries.shows_ended, Some(Message::EndedTicked))
        });
        let entries = self.entries.view(fl!(texts, "hours-empty")).map(Message::Entries);
        column![head, weeks, self.picture.view(), self.buttons(situation), entries, ended]
            .spacing(gap::S)
            .width(Fill)
            .height(Fill)
            .into()
    }

    fn buttons<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let writable = situation.editing == Editing::Allowed && self.people.chosen().is_some();
        let chosen = self.entries.rows.chosen().is_some();
        let change = |message: Message, there: bool| (writable && there).then_some(message);
        let buttons = row![
            push("hours-new", fl!(texts, "hours-new"), change(Message::NewChosen, true))
                .icon(Icon::Plus)
                .hint(fl!(texts, "hours-new-hint")),
            push("hours-edit", fl!(texts, "hours-edit"), chosen.then_some(Message::EditChosen))
                .hint(fl!(texts, "hours-edit-hint")),
            push("hours-delete", fl!(texts, "hours-delete"), change(Message::DeleteChosen, chosen))
                .hint(fl!(texts, "hours-delete-hint")),
            space::horizontal(),
            push("hours-copy", fl!(texts, "hours-copy"), change(Message::CopyDayChosen, chosen))
                .hint(fl!(texts, "hours-copy-hint")),
            push("hours-plan", fl!(texts, "hours-plan"), change(Message::NewPlanChosen, chosen))
                .hint(fl!(texts, "hours-plan-hint")),
        ];
        buttons.spacing(gap::S).into()
    }

    /// The menu of an entry, of the empty space or of a practitioner.
    pub(super) fn menu_layer<'a>(&'a self, menu: &Menu, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let writable = situation.editing == Editing::Allowed && self.people.chosen().is_some();
        let any = self.entries.rows.chosen().is_some();
        let item = |icon, label, message: Message, enabled: bool| {
            MenuItem::maybe(label, enabled.then_some(message)).icon(icon)
        };
        let mut items = Vec::new();
        if menu.on == rows::On::Row {
            items.extend([
                item(Icon::Pencil, fl!(texts, "menu-edit"), Message::EditChosen, true).shortcut("F2"),
                item(Icon::Trash2, fl!(texts, "menu-delete"), Message::DeleteChosen, writable)
                    .shortcut(fl!(texts, "key-delete"))
                    .danger(),
                MenuItem::Separator,
                item(Icon::Copy, fl!(texts, "hours-menu-copy-day"), Message::CopyDayChosen, writable),
            ]);
        }
        items.extend([
            item(Icon::CopyPlus, fl!(texts, "hours-menu-copy-week"), Message::CopyWeekChosen, writable && any),
            item(Icon::CalendarClock, fl!(texts, "hours-plan"), Message::NewPlanChosen, writable && any),
            MenuItem::Separator,
            item(Icon::Plus, fl!(texts, "hours-menu-new"), Message::NewChosen, writable)
                .shortcut(fl!(texts, "key-insert")),
        ]);
        menu_layer(menu.at, items, Message::MenuClosed)
    }

    pub(super) fn delete_question<'a>(
        &'a self,
        deletion: &'a Deletion,
        situation: &Situation<'a>,
    ) -> Element<'a, Message> {
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
