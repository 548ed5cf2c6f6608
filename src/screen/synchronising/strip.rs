//! What is to be decided about, in one line over the upper edge of the window: it covers nothing of a dialog, and what
//! is typed there stays.

use aftalebog_texts::fl;
use iced::keyboard::Key;
use iced::keyboard::key::Named;
use iced::widget::text::Wrapping;
use iced::widget::{button, container, row, text};
use iced::{Center, Element, Fill, Shrink};
use lucide_icons::Icon;

use super::Message;
use super::case::{Case, Matter};
use crate::screen::settings::Situation;
use crate::ui::form::icon;
use crate::ui::keys::keys;
use crate::ui::theme::{self, size, space as gap};

/// As high as the air above the highest dialog, in px.
const HEIGHT: f32 = gap::XL;

/// The oldest is told, or how many there are.
pub fn view<'a>(first: &'a Case, more: usize, situation: &Situation<'a>) -> Element<'a, Message> {
    let texts = situation.texts;
    let words = if more == 0 {
        let title = match first.matter {
            Matter::Conflict(_) => fl!(texts, "decide-title-conflict"),
            Matter::Refused { .. } => fl!(texts, "decide-title-refused"),
        };
        fl!(texts, "sync-strip", title = title, what = first.in_one_line())
    } else {
        fl!(texts, "sync-set-aside", count = more.saturating_add(1))
    };
    let told = row![
        icon(Icon::CircleAlert).size(14).style(theme::bad),
        text(words).size(size::SMALL).wrapping(Wrapping::None),
        text(fl!(texts, "sync-strip-decide")).size(size::SMALL).font(theme::SEMIBOLD).wrapping(Wrapping::None),
    ];
    let told = container(told.spacing(gap::S).align_y(Center)).center(Fill).clip(true);
    // It takes no focus from what somebody types in.
    let strip = button(told).width(Fill).height(HEIGHT).padding(0).style(theme::quiet);
    let strip = container(strip.on_press(Message::StripPressed)).width(Fill).height(Shrink).style(theme::notice);
    keys(strip, |key, _| (*key == Key::Named(Named::F8)).then_some(Message::StripPressed))
}
