//! How «Lukkedage» looks.

use aftalebog_texts::fl;
use aftalebog_texts::guide::Topic;
use iced::keyboard::{Key, key::Named};
use iced::widget::{column, container, mouse_area, pin, responsive, row, space, stack, text};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::{ClosedDaysTab, Deletion, Face, Menu, Message, ON_HOLIDAYS};
use crate::screen::settings::{Editing, Situation};
use crate::ui::choice;
use crate::ui::dialog::{Saving, question};
use crate::ui::focus::inert;
use crate::ui::form::{heading, push, tick, under};
use crate::ui::keys::keys;
use crate::ui::menu::{MenuItem, menu_layer};
use crate::ui::rows;
use crate::ui::theme::{self, Standing, size, space as gap};
use crate::ui::topic::explained_by;

/// The list of public holidays, in px, where it stands beside that of closed days.
const HOLIDAYS: f32 = 356.0;
/// The choice and the buttons above the list of closed days take this, in px: with less, the holidays stand below it.
const ABOVE: f32 = 416.0;
/// A closure is read in one line with this room, in px, and else in two.
const ONE_LINE: f32 = 560.0;
/// The days of a span that ends in another year, and «Hele klinikken», in px, where a closure is read in one line.
const DATES: f32 = 168.0;
const WHO: f32 = 100.0;
/// The button that chooses whose days are listed, and the list under it, in px.
const WHOSE: f32 = 200.0;
const PEOPLE: f32 = 300.0;

impl ClosedDaysTab {
    pub fn body<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let situation = *situation;
        let texts = situation.texts;
        let parts = responsive(move |room| {
            let holidays = explained_by(Topic::Holidays, self.public_holidays(&situation));
            let beside = room.width - gap::L - HOLIDAYS;
            if beside >= ABOVE {
                let holidays = container(holidays).width(HOLIDAYS);
                row![self.closures(&situation, beside), holidays].spacing(gap::L).into()
            } else {
                column![self.closures(&situation, room.width), holidays].spacing(gap::M).into()
            }
        });
        let list = self.choice.list(&fl!(texts, "days-who-search"), fl!(texts, "days-who-nothing"));
        let list = list.map(|list| {
            let list = container(list.map(Message::Whose)).width(PEOPLE);
            pin(list).y(theme::CONTROL + gap::XS)
        });
        let choosing = list.is_some();
        let outside = choosing.then(|| {
            let left = Message::Whose(choice::Message::Left);
            mouse_area(space().width(Fill).height(Fill)).on_press(left)
        });
        let body = stack![inert(choosing, parts)].push(outside).push(list);
        // While one searches, Enter chooses.
        keys(body, move |key, _| match key {
            Key::Named(Named::Enter) if choosing => Some(Message::Whose(choice::Message::MarkedChosen)),
            _ => None,
        })
    }

    /// Whose days, what can be done, and the list, which is `width` px wide.
    fn closures<'a>(&'a self, situation: &Situation<'a>, width: f32) -> Element<'a, Message> {
        let texts = situation.texts;
        let writable = situation.editing == Editing::Allowed;
        let chosen = self.rows.chosen().is_some();
        let whose = self.choice.button(Some(&self.whose), String::new(), Standing::Good).map(Message::Whose);
        let head = row![
            container(whose).width(WHOSE),
            space::horizontal(),
            push("days-new", fl!(texts, "hours-new"), writable.then_some(Message::NewChosen))
                .icon(Icon::Plus)
                .hint(fl!(texts, "days-new-hint")),
            push("days-edit", fl!(texts, "hours-edit"), chosen.then_some(Message::EditChosen))
                .hint(fl!(texts, "days-edit-hint")),
            push("days-delete", fl!(texts, "hours-delete"), (writable && chosen).then_some(Message::DeleteChosen))
                .hint(fl!(texts, "days-delete-hint")),
        ];
        let faces = self.faces.iter().map(|face| face.view(width));
        let list = self.rows.view(faces, fl!(texts, "days-empty")).map(Message::Rows);
        let past = self
            .any_past
            .then(|| tick("days-past", fl!(texts, "days-show-past"), self.shows_past, Some(Message::PastTicked)));
        column![head.spacing(gap::S).align_y(Center), list, past].spacing(gap::S).width(Fill).height(Fill).into()
    }

    fn public_holidays<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let closed = situation.setup.clinic.value.closed_on_public_holidays;
        // Not greyed while it saves, which would take the focus away; one save at a time is begun.
        let on_toggle = (situation.editing == Editing::Allowed).then_some(Message::OnHolidaysTicked);
        let ticked = tick(ON_HOLIDAYS, fl!(texts, "days-on-holidays"), closed, on_toggle);
        let explained = text(fl!(texts, "days-holidays-explained")).size(size::SMALL).style(theme::muted);
        column![
            container(heading(fl!(texts, "days-holidays"))).center_y(theme::CONTROL),
            ticked,
            self.tick_fault.as_ref().map(under),
            self.holidays.view(situation),
            explained,
        ]
        .spacing(gap::S)
        .width(Fill)
        .height(Fill)
        .into()
    }

    /// The menu of a closure, or of the empty space.
    pub(super) fn menu_layer<'a>(&'a self, menu: &Menu, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let writable = situation.editing == Editing::Allowed;
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
            ]);
        }
        let new = item(Icon::Plus, fl!(texts, "days-menu-new"), Message::NewChosen, writable);
        items.push(new.shortcut(fl!(texts, "key-insert")));
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

impl Face {
    fn view<'a>(&'a self, width: f32) -> Element<'a, rows::Message> {
        let style: fn(&iced::Theme) -> text::Style = if self.is_past { theme::muted } else { theme::plain };
        // What is wider than its column goes on in a line below: unwrapped it would be painted over its neighbour.
        let words = |words: &'a str| text(words).style(style).wrapping(text::Wrapping::WordOrGlyph);
        let days = text(&self.days).size(size::SMALL).style(theme::muted).wrapping(text::Wrapping::None);
        let (dates, who) = (words(&self.dates), words(&self.who).font(theme::SEMIBOLD));
        let reason = words(&self.reason).width(Fill);
        if width >= ONE_LINE {
            let line = row![dates.width(DATES), who.width(WHO), reason, days];
            return line.spacing(gap::S).padding([gap::XS, 0.0]).align_y(Center).into();
        }
        let when = row![dates, space::horizontal(), days].align_y(Center);
        column![when, row![who, reason].spacing(gap::S)].spacing(2).padding([gap::XS, 0.0]).into()
    }
}
