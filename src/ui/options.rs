//! A few options side by side of which one holds: one Tab stop, and the arrows choose.

use iced::keyboard::{Key, key::Named};
use iced::widget::{Id, button, container, row, text};
use iced::{Element, Fill, Padding};

use super::focus::focusable;
use super::theme::{self, space as gap};

/// `options` are words and what choosing them says.
pub fn options<'a, M: Clone + 'a>(id: impl Into<Id>, options: Vec<(String, M)>, chosen: usize) -> Element<'a, M> {
    let message = |index: Option<usize>| index.and_then(|index| options.get(index)).map(|(_, message)| message.clone());
    let (before, after) = (message(chosen.checked_sub(1)), message(Some(chosen + 1)));
    let faces = options.into_iter().enumerate().map(|(index, (words, message))| {
        let words = text(words).wrapping(text::Wrapping::None);
        let (words, style): (_, fn(&iced::Theme, button::Status) -> button::Style) =
            if index == chosen { (words.font(theme::SEMIBOLD), theme::chosen) } else { (words, theme::secondary) };
        button(container(words).center_y(Fill))
            .height(theme::CONTROL)
            .padding(Padding::ZERO.horizontal(gap::M))
            .style(style)
            .on_press(message)
            .into()
    });
    focusable(row(faces).spacing(gap::XS).wrap().vertical_spacing(gap::XS))
        .id(id)
        .on_key(move |key, modifiers| match key {
            Key::Named(Named::ArrowLeft | Named::ArrowUp) if modifiers.is_empty() => before.clone(),
            Key::Named(Named::ArrowRight | Named::ArrowDown) if modifiers.is_empty() => after.clone(),
            _ => None,
        })
        .into()
}
