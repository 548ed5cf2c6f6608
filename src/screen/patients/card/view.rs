//! How the patient card looks.

use aftalebog_booking::terms::Standing;
use aftalebog_texts::fl;
use aftalebog_texts::guide::Topic;
use iced::widget::{Stack, column, container, responsive, row, scrollable, space, text};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::draft::Field;
use super::{AppointmentRow, Card, Due, Menu, Message, NeedRow, On, Read, Unfolded, Whose};
use crate::failure;
use crate::screen::patients::line::line;
use crate::screen::patients::{rows, words};
use crate::screen::settings::form::{Face, Pressed};
use crate::screen::settings::{Editing, Situation};
use crate::ui::dialog::dialog;
use crate::ui::focus::inert;
use crate::ui::form::{self, field, heading, push, told};
use crate::ui::menu::{MenuItem, menu_layer};
use crate::ui::theme::{self, size, space as gap};

/// The width of the fields' part in px.
const WIDTH: f32 = 480.0;
/// The width of what is open and booked, in px.
const BESIDE: f32 = 480.0;
/// In a narrower window one stands under the other.
const ROOM_FOR_BOTH: f32 = WIDTH + BESIDE + 2.0 * gap::XL;

impl Card {
    pub fn layers<'a>(&'a self, situation: &Situation<'a>) -> Vec<Element<'a, Message>> {
        let situation = *situation;
        match &self.read {
            Read::Done(_) => {
                let layers = responsive(move |room| {
                    let layers = self.form_layers(&situation, room.width >= ROOM_FOR_BOTH);
                    Stack::with_children(layers).width(Fill).height(Fill).into()
                });
                std::iter::once(layers.into()).chain(self.menu.map(|menu| self.menu(menu, &situation))).collect()
            }
            Read::Waiting => vec![self.told(&situation, fl!(situation.texts, "card-reading"))],
            Read::Gone => vec![self.told(&situation, fl!(situation.texts, "card-gone"))],
            Read::Failed(error) => {
                let why = failure::read(situation.texts, error).1;
                vec![self.told(&situation, fl!(situation.texts, "patients-not-read", why = why))]
            }
        }
    }

    /// The dialog while there is nothing to be edited.
    fn told<'a>(&'a self, situation: &Situation<'a>, words: String) -> Element<'a, Message> {
        let texts = situation.texts;
        let close = Message::Pressed(Pressed::Cancel);
        let body = text(words).style(theme::muted);
        let told = dialog(fl!(texts, "card-title"), WIDTH, body, close.clone(), fl!(texts, "close"));
        let mut told = told.explained_by(Topic::Patient);
        if matches!(self.read, Read::Failed(_)) {
            told = told.button(push("card-retry", fl!(texts, "card-retry"), Some(Message::RetryPressed)));
        }
        told.button(push("card-close", fl!(texts, "close"), Some(close))).layer()
    }

    fn form_layers<'a>(&'a self, situation: &Situation<'a>, both: bool) -> Vec<Element<'a, Message>> {
        let texts = situation.texts;
        let known = matches!(self.whose, Whose::Known(_));
        let title = match self.before() {
            Some(patient) => words::numbered(patient),
            None => fl!(texts, "card-title-new"),
        };
        let busy = inert_while(self.is_saving());
        let body: Element<'a, Message> = match (known, both) {
            (true, false) => {
                column![self.fields(situation), form::divider(), self.lists(situation)].spacing(gap::L).into()
            }
            _ => self.fields(situation),
        };
        let face = Face {
            name: "card",
            topic: Topic::Patient,
            title,
            width: WIDTH,
            body,
            first: Field::Name.id(),
            enter: None,
            leaving: None,
        };
        let writable = situation.editing == Editing::Allowed;
        self.form.layers_shaped(situation, face, Message::Pressed, |dialog| {
            if !known {
                return dialog;
            }
            let delete = push("card-delete", fl!(texts, "card-delete"), writable.then_some(Message::DeletePressed));
            let dialog = match both {
                true => {
                    let lists = scrollable(container(self.lists(situation)).padding([2.0, 2.0]))
                        .style(theme::scroll)
                        .width(Fill)
                        .height(Fill);
                    dialog.beside(busy(lists.into()), BESIDE)
                }
                false => dialog.fills_scrolled(),
            };
            dialog.button(delete.icon(Icon::Trash2))
        })
    }

    fn menu<'a>(&'a self, menu: Menu, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let writable = situation.editing == Editing::Allowed;
        let item = |icon, label, message: Message, enabled: bool| {
            MenuItem::maybe(label, enabled.then_some(message)).icon(icon)
        };
        let open = |message: fn(rows::Message) -> Message| message(rows::Message::Key(rows::Command::Open));
        let show = |message| vec![item(Icon::CalendarDays, fl!(texts, "card-show-day"), open(message), true)];
        let items = match menu.on {
            On::Need => vec![
                item(Icon::Pencil, fl!(texts, "menu-edit"), Message::EditNeedPressed, true).shortcut("F2"),
                item(Icon::Trash2, fl!(texts, "menu-delete"), Message::DeleteNeedPressed, writable)
                    .shortcut(fl!(texts, "key-delete"))
                    .danger(),
                MenuItem::Separator,
                item(Icon::Plus, fl!(texts, "card-need-new"), Message::NewNeedPressed, writable)
                    .shortcut(fl!(texts, "key-insert")),
            ],
            On::Upcoming => show(Message::Upcoming),
            On::Earlier => show(Message::Earlier),
        };
        menu_layer(menu.at, items, Message::MenuClosed)
    }

    fn fields<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let mut fields = column![].spacing(gap::XS);
        for (of, sentence) in Field::ALL.into_iter().zip(&self.sentences) {
            let (label, width) = match of {
                Field::Number => (fl!(texts, "find-patient-number"), 160.0.into()),
                Field::Name => (fl!(texts, "find-patient-name"), Fill),
                Field::BirthDate => (fl!(texts, "card-birth-date"), 160.0.into()),
                Field::Phone => (fl!(texts, "find-patient-phone"), 160.0.into()),
                Field::Email => (fl!(texts, "card-email"), Fill),
            };
            let example = if of == Field::BirthDate { fl!(texts, "date-example") } else { String::new() };
            let typed = move |typed| Message::Typed(of, typed);
            let input = field(of.id(), &example, self.draft.get(of), sentence.standing(), Some(typed)).width(width);
            fields = fields.push(line(label, input, sentence));
        }
        let waits = self.before().is_some_and(|patient| Standing::of(patient) == Standing::New);
        fields.push(waits.then(|| told(Icon::UserPlus, fl!(texts, "card-waits")))).into()
    }

    /// What is open and booked.
    fn lists<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let upcoming = self.shown.upcoming.iter().map(AppointmentRow::view);
        let upcoming: Element<'a, Message> = match self.shown.upcoming.is_empty() {
            true => nothing(fl!(texts, "card-no-upcoming")),
            false => self.upcoming.view(upcoming, Message::Upcoming),
        };
        let mut lists =
            column![self.needs(situation), column![heading(fl!(texts, "card-upcoming")), upcoming].spacing(gap::S),];
        if !self.shown.earlier.is_empty() {
            let sign = match self.unfolded {
                Unfolded::No => Icon::ChevronRight,
                Unfolded::Yes => Icon::ChevronDown,
            };
            let words = fl!(texts, "card-earlier", count = self.shown.earlier.len());
            let fold = push("card-earlier", words, Some(Message::EarlierPressed)).icon(sign).style(theme::quiet);
            let rows = self.shown.earlier.iter().map(AppointmentRow::view);
            let rows = (self.unfolded == Unfolded::Yes).then(|| self.earlier.view(rows, Message::Earlier));
            lists = lists.push(column![fold, rows].spacing(gap::S));
        }
        lists.spacing(gap::L).into()
    }

    fn needs<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let writable = situation.editing == Editing::Allowed;
        let chosen = self.needs.chosen().is_some();
        let change = |message: Message| (writable && chosen).then_some(message);
        let buttons = row![
            push("card-need-new", fl!(texts, "card-need-new"), writable.then_some(Message::NewNeedPressed))
                .icon(Icon::Plus),
            push("card-need-edit", fl!(texts, "card-need-edit"), chosen.then_some(Message::EditNeedPressed)),
            push("card-need-delete", fl!(texts, "delete"), change(Message::DeleteNeedPressed)),
        ];
        let head = row![heading(fl!(texts, "card-needs")), space::horizontal(), buttons.spacing(gap::S)];
        let rows = self.shown.needs.iter().map(NeedRow::view);
        let rows: Element<'a, Message> = match self.shown.needs.is_empty() {
            true => nothing(fl!(texts, "card-no-needs")),
            false => self.needs.view(rows, Message::Needs),
        };
        column![head.align_y(Center), rows].spacing(gap::S).into()
    }
}

/// Out of use while a save is under way.
fn inert_while<'a>(busy: bool) -> impl Fn(Element<'a, Message>) -> Element<'a, Message> {
    move |part| inert(busy, part).into()
}

fn nothing<'a>(words: String) -> Element<'a, Message> {
    text(words).size(size::SMALL).style(theme::muted).into()
}

impl NeedRow {
    fn view(&self) -> Element<'_, Message> {
        let style = match self.standing {
            Due::InTime | Due::Used => theme::muted,
            Due::Overdue => theme::warning,
        };
        let first = row![
            text(&self.code).font(theme::SEMIBOLD).width(56),
            container(text(&self.name).wrapping(text::Wrapping::None)).width(Fill).clip(true),
            text(&self.details).wrapping(text::Wrapping::None),
        ];
        let second = row![space().width(56), text(&self.meaning).size(size::SMALL).style(style)];
        column![first.spacing(gap::S), second.spacing(gap::S)].spacing(2).into()
    }
}

impl AppointmentRow {
    fn view(&self) -> Element<'_, Message> {
        let style = if self.cancelled { theme::muted } else { theme::plain };
        let first = row![
            container(text(&self.when).style(style).wrapping(text::Wrapping::None)).width(Fill).clip(true),
            text(&self.what).style(style).wrapping(text::Wrapping::None),
        ];
        let note = (!self.note.is_empty()).then(|| text(&self.note).size(size::SMALL).style(theme::muted));
        column![first.spacing(gap::S), note].spacing(2).into()
    }
}
