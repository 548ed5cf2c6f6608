//! Colours, spacing and text sizes, each with a name, in one place. Source: design, "How it looks".

use iced::widget::{button, checkbox, container, progress_bar, scrollable, text, text_input};
use iced::{Background, Border, Color, Font, Shadow, Theme, color, font};

/// The body text of everything.
pub const REGULAR: Font = Font::with_name("Inter");
/// Headings and what is chosen.
pub const SEMIBOLD: Font = Font { weight: font::Weight::Semibold, ..REGULAR };
/// The fonts the program brings along; it uses no others.
pub const FONTS: [&[u8]; 3] = [
    include_bytes!("../../assets/fonts/Inter-Regular.otf"),
    include_bytes!("../../assets/fonts/Inter-SemiBold.otf"),
    lucide_icons::LUCIDE_FONT_BYTES,
];

/// Distances in px, from the smallest to the largest.
pub mod space {
    pub const XS: f32 = 4.0;
    pub const S: f32 = 8.0;
    pub const M: f32 = 12.0;
    pub const L: f32 = 16.0;
    pub const XL: f32 = 24.0;
    pub const XXL: f32 = 32.0;
}

/// Text sizes in px.
pub mod size {
    pub const SMALL: f32 = 12.0;
    pub const TEXT: f32 = 14.0;
    pub const HEADING: f32 = 16.0;
    pub const TITLE: f32 = 20.0;
    pub const ICON: f32 = 16.0;
}

/// The height of a control and of a list row, in px.
pub const CONTROL: f32 = 32.0;
pub const RADIUS: f32 = 4.0;

/// The colours of one theme.
#[derive(Clone, Copy, Debug)]
pub struct Colors {
    pub background: Color,
    pub surface: Color,
    pub text: Color,
    pub muted: Color,
    /// Between rows and around panels.
    pub line: Color,
    /// Around controls.
    pub border: Color,
    pub accent: Color,
    pub on_accent: Color,
    pub good: Color,
    pub warning: Color,
    pub bad: Color,
}

impl Colors {
    /// The text of a control that has no effect now: paler than muted text, and still readable.
    pub fn asleep(&self) -> Color {
        mix(self.surface, self.muted, 0.88)
    }
}

pub const LIGHT: Colors = Colors {
    background: color!(0xF5F7F8),
    surface: color!(0xFFFFFF),
    text: color!(0x17252C),
    muted: color!(0x4B5D67),
    line: color!(0xD5DDE1),
    border: color!(0x7F919B),
    accent: color!(0x0B6B7C),
    on_accent: color!(0xFFFFFF),
    good: color!(0x1B7347),
    warning: color!(0x8A5A00),
    bad: color!(0xB3261E),
};

pub const DARK: Colors = Colors {
    background: color!(0x11191D),
    surface: color!(0x1A252B),
    text: color!(0xE9EFF2),
    muted: color!(0xAABAC2),
    line: color!(0x2F3F48),
    border: color!(0x6E828D),
    accent: color!(0x5CC3D4),
    on_accent: color!(0x06262D),
    good: color!(0x70D2A0),
    warning: color!(0xEABB60),
    bad: color!(0xFF8F85),
};

pub fn light() -> Theme {
    theme("Aftalebog lys", LIGHT)
}

pub fn dark() -> Theme {
    theme("Aftalebog mørk", DARK)
}

fn theme(name: &'static str, colors: Colors) -> Theme {
    Theme::custom(
        name,
        iced::theme::Palette {
            background: colors.background,
            text: colors.text,
            primary: colors.accent,
            success: colors.good,
            warning: colors.warning,
            danger: colors.bad,
        },
    )
}

/// The colours of the theme a style function is handed.
pub fn colors(theme: &Theme) -> &'static Colors {
    if theme.extended_palette().is_dark { &DARK } else { &LIGHT }
}

/// `amount` (0–1) of `top` laid over `base`.
pub fn mix(base: Color, top: Color, amount: f32) -> Color {
    let part = |base: f32, top: f32| base + (top - base) * amount;
    Color::from_rgb(part(base.r, top.r), part(base.g, top.g), part(base.b, top.b))
}

/// The pale field of an appointment whose type has this colour: dark text on it stays readable.
pub fn tint(theme: &Theme, color: Color) -> Color {
    let amount = if theme.extended_palette().is_dark { 0.22 } else { 0.14 };
    mix(colors(theme).surface, color, amount)
}

fn line(color: Color) -> Border {
    Border { color, width: 1.0, radius: RADIUS.into() }
}

// ------------------------------------------------------------------ text

/// As the text around it.
pub fn plain(_: &Theme) -> text::Style {
    text::Style::default()
}

pub fn muted(theme: &Theme) -> text::Style {
    text::Style { color: Some(colors(theme).muted) }
}

pub fn bad(theme: &Theme) -> text::Style {
    text::Style { color: Some(colors(theme).bad) }
}

pub fn good(theme: &Theme) -> text::Style {
    text::Style { color: Some(colors(theme).good) }
}

pub fn warning(theme: &Theme) -> text::Style {
    text::Style { color: Some(colors(theme).warning) }
}

// ------------------------------------------------------------- containers

/// The ground everything lies on.
pub fn background(theme: &Theme) -> container::Style {
    filled(colors(theme).background)
}

/// A panel, a dialog, the white field of a list.
pub fn surface(theme: &Theme) -> container::Style {
    let colors = colors(theme);
    container::Style { border: line(colors.line), ..filled(colors.surface) }
}

/// A dialog or a menu that lies above the rest: its line is stronger, as there are no shadows.
pub fn raised(theme: &Theme) -> container::Style {
    let colors = colors(theme);
    container::Style { border: line(colors.border), ..filled(colors.surface) }
}

/// A small dot beside a sign: there is something to see.
pub fn dot(theme: &Theme) -> container::Style {
    let colors = colors(theme);
    container::Style { border: iced::border::rounded(4), ..filled(colors.accent) }
}

/// A strip that tells something about the whole window.
pub fn notice(theme: &Theme) -> container::Style {
    let colors = colors(theme);
    filled(mix(colors.surface, colors.warning, 0.14))
}

/// A strip that tells that the window is seen in another way than usual.
pub fn mode(theme: &Theme) -> container::Style {
    let colors = colors(theme);
    container::Style { text_color: Some(colors.on_accent), ..filled(colors.accent) }
}

/// What lies behind an open dialog.
pub fn dimmed(_: &Theme) -> container::Style {
    filled(DIMMED)
}

/// What is put over it.
pub const DIMMED: Color = Color { a: 0.4, ..Color::BLACK };

/// What is put over a part that does not hold any longer, and can still be read.
pub fn veil(theme: &Theme) -> container::Style {
    filled(Color { a: 0.45, ..colors(theme).surface })
}

/// A small box with a hint.
pub fn hint(theme: &Theme) -> container::Style {
    let colors = colors(theme);
    container::Style { border: line(colors.border), ..filled(mix(colors.surface, colors.text, 0.06)) }
}

pub fn filled(color: Color) -> container::Style {
    container::Style { background: Some(Background::Color(color)), ..container::Style::default() }
}

/// A thin line between two parts.
pub fn divider(theme: &Theme) -> container::Style {
    filled(colors(theme).line)
}

/// A stretch of time that is worked, in the picture of a week.
pub fn worked(theme: &Theme) -> container::Style {
    let colors = colors(theme);
    container::Style { border: line(colors.accent), ..filled(mix(colors.surface, colors.accent, 0.22)) }
}

/// A row of a list: chosen, under the pointer of a drag, or plain.
pub fn list_row(theme: &Theme, chosen: bool) -> container::Style {
    let colors = colors(theme);
    if chosen { filled(mix(colors.surface, colors.accent, 0.16)) } else { container::Style::default() }
}

// ---------------------------------------------------------------- buttons

/// The one button of a dialog that does what the dialog is for.
pub fn primary(theme: &Theme, status: button::Status) -> button::Style {
    let colors = colors(theme);
    let fill = match status {
        button::Status::Active => colors.accent,
        button::Status::Hovered => mix(colors.accent, colors.text, 0.12),
        button::Status::Pressed => mix(colors.accent, colors.text, 0.24),
        button::Status::Disabled => mix(colors.surface, colors.muted, 0.2),
    };
    let text = if status == button::Status::Disabled { colors.text } else { colors.on_accent };
    button_style(Some(fill), text, fill)
}

/// Every other button.
pub fn secondary(theme: &Theme, status: button::Status) -> button::Style {
    let colors = colors(theme);
    let (fill, text, border) = match status {
        button::Status::Active => (colors.surface, colors.text, colors.border),
        button::Status::Hovered => (mix(colors.surface, colors.accent, 0.08), colors.text, colors.accent),
        button::Status::Pressed => (mix(colors.surface, colors.accent, 0.16), colors.text, colors.accent),
        button::Status::Disabled => (colors.surface, colors.asleep(), colors.line),
    };
    button_style(Some(fill), text, border)
}

/// A secondary button whose choice cannot be saved.
pub fn refused(theme: &Theme, status: button::Status) -> button::Style {
    let style = secondary(theme, status);
    button::Style { border: Border { width: 2.0, ..line(colors(theme).bad) }, ..style }
}

/// A button that deletes.
pub fn danger(theme: &Theme, status: button::Status) -> button::Style {
    let colors = colors(theme);
    let fill = match status {
        button::Status::Active => colors.bad,
        button::Status::Hovered => mix(colors.bad, colors.text, 0.12),
        button::Status::Pressed => mix(colors.bad, colors.text, 0.24),
        button::Status::Disabled => mix(colors.surface, colors.muted, 0.2),
    };
    let text = if status == button::Status::Disabled { colors.text } else { colors.surface };
    button_style(Some(fill), text, fill)
}

/// A button without a frame: a row of a menu, an icon, a day of the calendar.
pub fn quiet(theme: &Theme, status: button::Status) -> button::Style {
    let colors = colors(theme);
    let fill = match status {
        button::Status::Active | button::Status::Disabled => None,
        button::Status::Hovered => Some(mix(colors.surface, colors.accent, 0.1)),
        button::Status::Pressed => Some(mix(colors.surface, colors.accent, 0.2)),
    };
    let text = if status == button::Status::Disabled { colors.asleep() } else { colors.text };
    button_style(fill, text, Color::TRANSPARENT)
}

/// A quiet button that is the chosen one of several.
pub fn chosen(theme: &Theme, status: button::Status) -> button::Style {
    let colors = colors(theme);
    let amount = if status == button::Status::Hovered { 0.22 } else { 0.16 };
    button_style(Some(mix(colors.surface, colors.accent, amount)), colors.text, colors.accent)
}

fn button_style(fill: Option<Color>, text: Color, border: Color) -> button::Style {
    button::Style {
        background: fill.map(Background::Color),
        text_color: text,
        // A border that nobody sees would be drawn all the same.
        border: Border { width: if border == Color::TRANSPARENT { 0.0 } else { 1.0 }, ..line(border) },
        shadow: Shadow::default(),
        ..button::Style::default()
    }
}

// ----------------------------------------------------------------- fields

/// Whether what stands in a field can be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Good,
    Refused,
}

pub fn field(standing: Standing) -> impl Fn(&Theme, text_input::Status) -> text_input::Style {
    move |theme, status| {
        let colors = colors(theme);
        let disabled = status == text_input::Status::Disabled;
        let focused = matches!(status, text_input::Status::Focused { .. });
        let hovered = status == text_input::Status::Hovered;
        let edge = match standing {
            Standing::Refused => colors.bad,
            Standing::Good if focused || hovered => colors.accent,
            Standing::Good if disabled => colors.line,
            Standing::Good => colors.border,
        };
        let width = if focused || standing == Standing::Refused { 2.0 } else { 1.0 };
        text_input::Style {
            background: Background::Color(if disabled { colors.background } else { colors.surface }),
            border: Border { width, ..line(edge) },
            icon: colors.muted,
            placeholder: colors.muted,
            value: if disabled { colors.asleep() } else { colors.text },
            selection: mix(colors.surface, colors.accent, 0.35),
        }
    }
}

pub fn tick_box(theme: &Theme, status: checkbox::Status) -> checkbox::Style {
    let colors = colors(theme);
    let (ticked, disabled, hovered) = match status {
        checkbox::Status::Active { is_checked } => (is_checked, false, false),
        checkbox::Status::Hovered { is_checked } => (is_checked, false, true),
        checkbox::Status::Disabled { is_checked } => (is_checked, true, false),
    };
    let faint = mix(colors.surface, colors.muted, 0.5);
    let (fill, edge) = match (ticked, disabled) {
        (true, true) => (faint, faint),
        (true, false) => (colors.accent, colors.accent),
        (false, true) => (colors.background, colors.line),
        (false, false) => (colors.surface, if hovered { colors.accent } else { colors.border }),
    };
    checkbox::Style {
        background: Background::Color(fill),
        icon_color: if disabled { colors.surface } else { colors.on_accent },
        border: line(edge),
        text_color: Some(if disabled { colors.asleep() } else { colors.text }),
    }
}

pub fn scroll(theme: &Theme, status: scrollable::Status) -> scrollable::Style {
    let colors = colors(theme);
    let held = matches!(
        status,
        scrollable::Status::Hovered { is_vertical_scrollbar_hovered: true, .. } | scrollable::Status::Dragged { .. }
    );
    let thumb = if held { colors.muted } else { mix(colors.surface, colors.muted, 0.5) };
    let rail = scrollable::Rail {
        background: None,
        border: Border::default(),
        scroller: scrollable::Scroller {
            background: Background::Color(thumb),
            border: Border { color: Color::TRANSPARENT, width: 0.0, radius: RADIUS.into() },
        },
    };
    scrollable::Style { vertical_rail: rail, horizontal_rail: rail, ..scrollable::default(theme, status) }
}

/// How far something is.
pub fn progress(theme: &Theme) -> progress_bar::Style {
    let colors = colors(theme);
    progress_bar::Style {
        background: Background::Color(mix(colors.surface, colors.muted, 0.2)),
        bar: Background::Color(colors.accent),
        border: Border { width: 0.0, ..line(colors.line) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Contrast as WCAG 2 defines it.
    fn contrast(one: Color, other: Color) -> f32 {
        let light = one.relative_luminance().max(other.relative_luminance());
        let dark = one.relative_luminance().min(other.relative_luminance());
        (light + 0.05) / (dark + 0.05)
    }

    #[test]
    fn every_text_can_be_read_and_every_border_seen() {
        for colors in [LIGHT, DARK] {
            let chosen = mix(colors.surface, colors.accent, 0.22);
            let notice = mix(colors.surface, colors.warning, 0.14);
            let hint = mix(colors.surface, colors.text, 0.06);
            let asleep_button = mix(colors.surface, colors.muted, 0.2);
            for ground in [colors.background, colors.surface] {
                for text in [colors.text, colors.muted, colors.accent, colors.good, colors.warning, colors.bad] {
                    assert!(contrast(text, ground) >= 4.5, "{text:?} on {ground:?}");
                }
                assert!(contrast(colors.asleep(), ground) >= 4.5);
                assert!(contrast(colors.border, ground) >= 3.0);
            }
            for ground in [chosen, notice, hint, asleep_button] {
                assert!(contrast(colors.text, ground) >= 4.5);
            }
            for ground in [chosen, hint] {
                assert!(contrast(colors.muted, ground) >= 4.5, "{ground:?}");
            }
            assert!(contrast(colors.on_accent, colors.accent) >= 4.5);
            assert!(contrast(colors.surface, colors.bad) >= 4.5);
        }
    }
}
