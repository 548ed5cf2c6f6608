//! The colours a type can have in the book, as swatches to choose among, and how it looks there.

use aftalebog_booking::record::Color;
use aftalebog_texts::{Texts, fl};
use iced::keyboard::{Key, Modifiers, key::Named};
use iced::widget::{button, column, container, row, space, text};
use iced::{Background, Border, Center, Element, Fill, Theme, border};
use lucide_icons::Icon;

use crate::ui::focus::focusable;
use crate::ui::form::{hinted, icon};
use crate::ui::theme::{self, size, space as gap};

/// The side of a swatch to choose, in px.
const SIDE: f32 = theme::CONTROL;
/// The coloured edge of an appointment in the book.
const BAR: f32 = 3.0;

/// Each far enough from its own pale tint to be seen on it, and from white to carry a white sign.
pub const PALETTE: [Color; 14] = [
    Color([0x0B, 0x6B, 0x7C]),
    Color([0x2F, 0x6F, 0xB3]),
    Color([0x1E, 0x3F, 0x8F]),
    Color([0x5B, 0x4B, 0xA8]),
    Color([0x8A, 0x3F, 0xA8]),
    Color([0xA0, 0x3E, 0x7A]),
    Color([0xB3, 0x26, 0x1E]),
    Color([0xC0, 0x56, 0x1A]),
    Color([0x8A, 0x5A, 0x00]),
    Color([0x6B, 0x45, 0x2B]),
    Color([0x5E, 0x7A, 0x12]),
    Color([0x1B, 0x73, 0x47]),
    Color([0x4B, 0x5D, 0x67]),
    Color([0x2A, 0x2F, 0x36]),
];

/// What a colour is called; one that is not of the palette by its digits.
pub fn name(color: Color, texts: &Texts) -> String {
    match PALETTE.iter().position(|one| *one == color) {
        Some(0) => fl!(texts, "color-petrol"),
        Some(1) => fl!(texts, "color-blue"),
        Some(2) => fl!(texts, "color-navy"),
        Some(3) => fl!(texts, "color-violet"),
        Some(4) => fl!(texts, "color-purple"),
        Some(5) => fl!(texts, "color-magenta"),
        Some(6) => fl!(texts, "color-red"),
        Some(7) => fl!(texts, "color-orange"),
        Some(8) => fl!(texts, "color-ochre"),
        Some(9) => fl!(texts, "color-brown"),
        Some(10) => fl!(texts, "color-olive"),
        Some(11) => fl!(texts, "color-green"),
        Some(12) => fl!(texts, "color-slate"),
        Some(_) => fl!(texts, "color-black"),
        None => color.to_string(),
    }
}

/// As the screen shows it.
pub fn shown(color: Color) -> iced::Color {
    let [red, green, blue] = color.0;
    iced::Color::from_rgb8(red, green, blue)
}

/// A small square of a colour.
pub fn swatch<'a, M: 'a>(color: iced::Color) -> Element<'a, M> {
    container(space().width(size::ICON).height(size::ICON)).style(move |theme| filled(theme, color)).into()
}

fn filled(theme: &Theme, color: iced::Color) -> container::Style {
    let border = Border { color: theme::colors(theme).border, width: 1.0, radius: theme::RADIUS.into() };
    container::Style { border, ..theme::filled(color) }
}

/// The swatches in a row, one Tab stop: the arrows go from colour to colour, and the chosen one has
/// a tick in it.
pub fn swatches<'a, M: Clone + 'a>(
    colors: &'a [(Color, String)],
    chosen: usize,
    on_choose: impl Fn(usize) -> M + Copy + 'a,
) -> Element<'a, M> {
    let last = colors.len().saturating_sub(1);
    let one = |(place, (color, name)): (usize, &'a (Color, String))| {
        let color = shown(*color);
        let sign = (place == chosen).then(|| icon(Icon::Check).color(iced::Color::WHITE));
        let face = button(container(row![].push(sign)).center(Fill))
            .width(SIDE)
            .height(SIDE)
            .padding(0)
            .style(move |theme, status| style(theme, status, color, place == chosen))
            .on_press(on_choose(place));
        let swatch = focusable(face)
            .id(swatch_id(place))
            .enabled(place == chosen)
            .on_toggle(on_choose(place))
            .on_key(move |key, modifiers| step(key, modifiers, place, last).map(on_choose));
        hinted(swatch, name.as_str())
    };
    row(colors.iter().enumerate().map(one)).spacing(gap::XS).into()
}

/// The swatch of a place.
pub fn swatch_id(place: usize) -> String {
    format!("color-{place}")
}

fn step(key: &Key, modifiers: Modifiers, place: usize, last: usize) -> Option<usize> {
    let Key::Named(key) = key else { return None };
    match key {
        _ if !modifiers.is_empty() => None,
        Named::ArrowLeft | Named::ArrowUp => Some(place.checked_sub(1).unwrap_or(last)),
        Named::ArrowRight | Named::ArrowDown => Some(if place == last { 0 } else { place + 1 }),
        Named::Home => Some(0),
        Named::End => Some(last),
        _ => None,
    }
}

fn style(theme: &Theme, status: button::Status, color: iced::Color, chosen: bool) -> button::Style {
    let colors = theme::colors(theme);
    let edge = match status {
        _ if chosen => colors.text,
        button::Status::Hovered | button::Status::Pressed => colors.accent,
        button::Status::Active | button::Status::Disabled => colors.border,
    };
    button::Style {
        background: Some(Background::Color(color)),
        border: Border { color: edge, width: if chosen { 2.0 } else { 1.0 }, radius: theme::RADIUS.into() },
        ..button::Style::default()
    }
}

/// An appointment of the type as it stands in the book.
pub fn picture<'a, M: 'a>(code: &'a str, patient: String, time: String, color: Color) -> Element<'a, M> {
    let color = shown(color);
    let small = |words: String| text(words).size(size::SMALL).wrapping(text::Wrapping::None);
    let first = row![text(code).size(size::SMALL).font(theme::SEMIBOLD), small(patient)].spacing(gap::XS);
    let words = column![first, small(time).style(theme::muted)].padding([2.0, gap::S]);
    let bar = container(space().width(BAR).height(Fill)).style(move |theme: &Theme| theme::filled(seen(theme, color)));
    container(row![bar, container(words).clip(true)].align_y(Center))
        .width(220)
        .height(44)
        .style(move |theme| {
            let fill = theme::tint(theme, color);
            let edge = theme::mix(fill, seen(theme, color), 0.25);
            container::Style {
                border: Border { color: edge, width: 1.0, radius: border::right(3.0) },
                text_color: Some(theme::colors(theme).text),
                ..theme::filled(fill)
            }
        })
        .into()
}

/// The type's colour, lighter on a dark ground so that the bar can be seen.
fn seen(theme: &Theme, color: iced::Color) -> iced::Color {
    if theme.extended_palette().is_dark { theme::mix(color, iced::Color::WHITE, 0.35) } else { color }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Contrast as WCAG 2 defines it.
    fn contrast(one: iced::Color, other: iced::Color) -> f32 {
        let light = one.relative_luminance().max(other.relative_luminance());
        let dark = one.relative_luminance().min(other.relative_luminance());
        (light + 0.05) / (dark + 0.05)
    }

    #[test]
    fn every_colour_is_seen_on_its_own_tint_and_the_words_on_it_can_be_read() {
        for theme in [theme::light(), theme::dark()] {
            for color in PALETTE {
                let tint = theme::tint(&theme, shown(color));
                assert!(contrast(seen(&theme, shown(color)), tint) >= 3.0, "the bar of {color}");
                assert!(contrast(theme::colors(&theme).text, tint) >= 7.0, "the words on {color}");
                assert!(contrast(iced::Color::WHITE, shown(color)) >= 4.0, "the tick in {color}");
            }
        }
    }

    #[test]
    fn each_colour_of_the_palette_has_a_name_of_its_own() {
        let texts = Texts::new(aftalebog_texts::Language::Danish);
        let names: std::collections::HashSet<String> = PALETTE.iter().map(|color| name(*color, &texts)).collect();
        assert_eq!(names.len(), PALETTE.len());
        assert_eq!(name(Color([1, 2, 255]), &texts), "#0102FF");
    }
}
