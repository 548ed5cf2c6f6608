//! What a PC that is paired knows of its server.

use aftalebog_booking::zone;
use aftalebog_local::{Link, TokenKept};
use aftalebog_texts::fl;
use iced::widget::{column, container, row, text};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::{LABEL, Message};
use crate::screen::settings::{Editing, Situation};
use crate::ui::form::push;
use crate::ui::theme::{self, space as gap};
use crate::ui::words::{Face, Widths};

/// The height of a line of facts, in px.
const LINE: f32 = 26.0;
/// How wide what stands beside them may be.
const VALUE: f32 = 456.0;

/// This PC's name, cut where there is no room for all of it.
pub fn name(link: &Link) -> String {
    Widths::default().fit(&link.device_name, Face::Regular, theme::size::TEXT, VALUE).into_owned()
}

/// `name`: see [`name`].
pub fn view<'a>(link: &'a Link, name: &'a str, situation: &Situation<'a>) -> Element<'a, Message> {
    let Situation { texts, setup, .. } = *situation;
    let token = match link.token_kept {
        TokenKept::Vault => fl!(texts, "connected-token-vault"),
        TokenKept::File => fl!(texts, "connected-token-file"),
    };
    let since = zone::local(setup.clinic.value.time_zone, link.paired_at);
    let since = fl!(texts, "connection-day-time", date = texts.date(since.date()), time = texts.time_of(since.time()));
    let facts = column![
        fact(fl!(texts, "connected-address"), text(&link.address).wrapping(text::Wrapping::None)),
        fact(fl!(texts, "connected-since"), text(since)),
        fact(fl!(texts, "connected-this-pc"), text(name).wrapping(text::Wrapping::None)),
        fact(fl!(texts, "connected-token"), text(token).size(theme::size::SMALL)),
    ];
    let may = situation.editing == Editing::Allowed;
    let buttons = row![
        push("server-pcs", fl!(texts, "pcs-open"), may.then_some(Message::PcsPressed)),
        push("server-new-code", fl!(texts, "code-new"), may.then_some(Message::CodePressed)),
        push("server-unpair", fl!(texts, "unpair"), may.then_some(Message::UnpairPressed)).icon(Icon::Unplug),
    ];
    column![facts, buttons.spacing(gap::S)].spacing(gap::M).into()
}

fn fact<'a>(label: String, value: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    let value = container(value).width(Fill).clip(true);
    row![text(label).width(LABEL).style(theme::muted), value].spacing(gap::S).height(LINE).align_y(Center).into()
}
