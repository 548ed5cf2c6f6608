//! The list under the button that says who is shown: everybody, a group, one, or those who are ticked.

use aftalebog_booking::Id;
use aftalebog_booking::record::Practitioner;
use aftalebog_texts::{Texts, fl};
use iced::keyboard::{Key, key::Named};
use iced::widget::{button, checkbox, column, container, row, scrollable, text};
use iced::{Center, Element, Fill, Padding, Point};
use lucide_icons::Icon;

use super::{Action, AppointmentBook, Desk, Message, Whom};
use crate::ui::focus::{focus_scope, focusable};
use crate::ui::form::{divider, icon};
use crate::ui::menu::popup;
use crate::ui::theme::{self, size, space as gap};

const WIDTH: f32 = 288.0;
/// How many rows are seen without scrolling.
const ROWS: usize = 14;

impl AppointmentBook {
    pub(super) fn whom_chosen(&mut self, whom: Whom, desk: Desk<'_>) -> Action {
        self.choosing_whom = None;
        self.show_whom(whom, desk)
    }

    /// The list stays open: more may be ticked.
    pub(super) fn whom_toggled(&mut self, id: Id<Practitioner>, desk: Desk<'_>) -> Action {
        self.show_whom(self.seen.whom.toggled(desk.setup, id), desk)
    }

    fn show_whom(&mut self, whom: Whom, desk: Desk<'_>) -> Action {
        if self.seen.whom == whom {
            return Action::None;
        }
        self.seen.whom = whom;
        self.prepare_sheet(desk);
        self.prepare_bar(desk);
        Action::Remember { seen: self.seen.clone(), load: None }
    }

    /// The list, where it is open.
    pub(super) fn whom_layer<'a>(&'a self, desk: Desk<'a>, at: Point) -> Element<'a, Message> {
        let Desk { texts, setup, .. } = desk;
        let whom = self.seen.whom.standing(setup);
        let group_count = setup.practitioner_groups.len();
        let all = choice(0, fl!(texts, "book-whom-all"), &whom, Whom::All);
        let groups = setup
            .practitioner_groups
            .iter()
            .enumerate()
            .map(|(number, group)| choice(number + 1, group.value.name.to_string(), &whom, Whom::Group(group.id)));
        let heading = text(fl!(texts, "book-whom-practitioners")).size(size::SMALL).style(theme::muted);
        let heading = container(heading).padding([gap::XS, gap::S]);
        let each = setup.staff().enumerate().map(|(number, entry)| {
            let value = &entry.value;
            one(number, entry.id, value.initials.to_string(), value.name.to_string(), whom.shows(setup, entry))
        });
        let rows = group_count + 1 + setup.staff().count();
        let list = column![all, column(groups), divider(), heading, column(each)].width(Fill);
        let list: Element<'a, Message> = match rows > ROWS {
            true => scrollable(list).height(ROWS as f32 * theme::CONTROL).style(theme::scroll).into(),
            false => list.into(),
        };
        let told = container(told(texts)).padding([gap::XS, gap::S]);
        let panel = container(column![list, divider(), told]).padding(gap::XS).width(WIDTH).style(theme::raised);
        let panel = focus_scope(panel).autofocus_on(FIRST).arrows().on_escape(Message::WhomLeft);
        popup(at, panel, Message::WhomLeft)
    }
}

/// Where the keyboard begins.
const FIRST: &str = "whom-0";

fn told<'a>(texts: &Texts) -> Element<'a, Message> {
    text(fl!(texts, "book-whom-told")).size(size::SMALL).style(theme::muted).into()
}

/// Everybody, or a group: a check mark stands before what is shown.
fn choice<'a>(number: usize, words: String, shown: &Whom, whom: Whom) -> Element<'a, Message> {
    let sign = (*shown == whom).then(|| icon(Icon::Check));
    let words = text(words).wrapping(text::Wrapping::None).width(Fill);
    let face = row![container(sign).width(size::ICON), words].spacing(gap::S).align_y(Center);
    let message = Message::WhomChosen(whom);
    let face = button(container(face).center_y(Fill))
        .width(Fill)
        .height(theme::CONTROL)
        .padding([0.0, gap::S])
        .style(theme::quiet)
        .on_press(message.clone());
    focusable(face).id(format!("whom-{number}")).on_activate(message).ring_inside().into()
}

/// One practitioner: the tick takes them in or leaves them out, the name shows nobody else.
fn one<'a>(
    number: usize,
    id: Id<Practitioner>,
    initials: String,
    name: String,
    is_ticked: bool,
) -> Element<'a, Message> {
    let only = Message::WhomChosen(Whom::Practitioners(vec![id]));
    let toggle = Message::WhomToggled(id);
    let tick = {
        let toggle = toggle.clone();
        checkbox(is_ticked).size(16).style(theme::tick_box).on_toggle(move |_| toggle.clone())
    };
    let words = row![
        text(initials).font(theme::SEMIBOLD).width(44).wrapping(text::Wrapping::None),
        container(text(name).wrapping(text::Wrapping::None)).width(Fill).clip(true),
    ];
    let face = button(container(words.spacing(gap::S)).center_y(Fill))
        .width(Fill)
        .height(theme::CONTROL)
        .padding([0.0, gap::XS])
        .style(theme::quiet)
        .on_press(only.clone());
    let line = row![tick, face].spacing(gap::XS).align_y(Center).height(theme::CONTROL);
    let line = container(line).padding(Padding::ZERO.left(gap::S));
    let keys = move |key: &Key, modifiers: iced::keyboard::Modifiers| match key.as_ref() {
        _ if !modifiers.is_empty() => None,
        Key::Named(Named::Enter) => Some(only.clone()),
        Key::Named(Named::Space) | Key::Character(" ") => Some(toggle.clone()),
        _ => None,
    };
    focusable(line).id(format!("whom-practitioner-{number}")).on_key(keys).ring_inside().into()
}
