//! Buttons, fields and the sentences under them. None of it has state.

use std::time::Duration;

use iced::widget::text::IntoFragment;
use iced::widget::{Id, Row, button, checkbox, column, container, opaque, row, space, text, text_input, tooltip};
use iced::{Center, Element, Fill, Length, Padding, Shrink, Theme};
use lucide_icons::Icon;

use super::focus::focusable;
use super::theme::{self, Standing, size, space as gap};

/// How wide a form's labels are, so that its fields stand in one column, in px.
pub const LABEL: f32 = 256.0;
/// How wide a field for a number is, in px.
pub const NUMBER: f32 = 72.0;
/// Between a field and the sentence under it, in px: more than the ring takes that is around a field with the focus.
pub const BELOW_FIELD: f32 = 5.0;
/// How high that sentence is, in px: one line of small words.
pub const SENTENCE: f32 = 16.0;
/// How wide a [`slip`] becomes, in px.
const SLIP: f32 = 760.0;

/// How long the pointer rests on a control before its hint appears.
const HINT_AFTER: Duration = Duration::from_millis(400);

/// The icon font's sign, drawn as text.
pub fn icon<'a>(icon: Icon) -> iced::widget::Text<'a> {
    text(char::from(icon)).font(iced::Font::with_name("lucide")).size(size::ICON).line_height(1.0)
}

/// The height of a line of text.
const LINE: f32 = size::TEXT * 1.3;

/// A button's look.
type ButtonStyle = fn(&Theme, button::Status) -> button::Style;

/// A button as high as a field: a word, with an icon where it helps. Without a message it is
/// greyed and no Tab stop.
pub struct Push<'a, M> {
    id: Id,
    icon: Option<Icon>,
    label: Option<text::Fragment<'a>>,
    style: ButtonStyle,
    message: Option<M>,
    hint: Option<String>,
    width: Length,
    wrapping: text::Wrapping,
}

pub fn push<'a, M>(id: impl Into<Id>, label: impl IntoFragment<'a>, message: Option<M>) -> Push<'a, M> {
    Push {
        id: id.into(),
        icon: None,
        label: Some(label.into_fragment()),
        style: theme::secondary,
        message,
        hint: None,
        width: Shrink,
        wrapping: text::Wrapping::None,
    }
}

/// A button that is only an icon: its hint says what it does.
pub fn push_icon<'a, M>(id: impl Into<Id>, icon: Icon, hint: String, message: Option<M>) -> Push<'a, M> {
    Push {
        id: id.into(),
        icon: Some(icon),
        label: None,
        style: theme::quiet,
        message,
        hint: Some(hint),
        width: Length::Fixed(theme::CONTROL),
        wrapping: text::Wrapping::None,
    }
}

impl<'a, M: Clone + 'a> Push<'a, M> {
    pub fn icon(self, icon: Icon) -> Self {
        Self { icon: Some(icon), ..self }
    }

    pub fn style(self, style: ButtonStyle) -> Self {
        Self { style, ..self }
    }

    pub fn hint(self, hint: String) -> Self {
        Self { hint: Some(hint), ..self }
    }

    /// Where what it does is told by something around it.
    pub fn no_hint(self) -> Self {
        Self { hint: None, ..self }
    }

    pub fn width(self, width: impl Into<Length>) -> Self {
        Self { width: width.into(), ..self }
    }

    /// Where there is no room for the label in one line, it takes two.
    pub fn wrapping(self) -> Self {
        Self { wrapping: text::Wrapping::Word, ..self }
    }
}

impl<'a, M: Clone + 'a> From<Push<'a, M>> for Element<'a, M> {
    fn from(push: Push<'a, M>) -> Self {
        let Push { id, icon: sign, label, style, message, hint, width, wrapping } = push;
        let only_icon = label.is_none();
        let mut words = row![].spacing(gap::S).align_y(Center);
        words = words.push(sign.map(icon));
        words = words.push(label.map(|label| text(label).wrapping(wrapping)));
        let (face, height) = match wrapping {
            text::Wrapping::None => (container(words).center_y(Fill), Length::Fixed(theme::CONTROL)),
            // One line makes it as high as the others.
            _ => (container(words).padding([(theme::CONTROL - LINE) / 2.0, 0.0]), Shrink),
        };
        let face = if only_icon { face.center_x(Fill) } else { face };
        let padding = if only_icon { Padding::ZERO } else { Padding::ZERO.horizontal(gap::M) };
        let face =
            button(face).height(height).width(width).padding(padding).style(style).on_press_maybe(message.clone());
        let control = focusable(face).id(id).enabled(message.is_some());
        let control = match message {
            Some(message) => control.on_activate(message),
            None => control,
        };
        match hint {
            Some(hint) => hinted(control, hint),
            None => control.into(),
        }
    }
}

/// Says more about a control while the pointer rests on it.
pub fn hinted<'a, M: 'a>(control: impl Into<Element<'a, M>>, hint: impl IntoFragment<'a>) -> Element<'a, M> {
    let hint = container(text(hint).size(size::SMALL)).padding([gap::XS, gap::S]).max_width(320).style(theme::hint);
    tooltip(control, hint, tooltip::Position::Bottom).gap(gap::XS).delay(HINT_AFTER).into()
}

/// A field for one line of text. Without a message it is greyed and keeps what it holds.
pub fn field<'a, M: Clone + 'a>(
    id: impl Into<Id>,
    placeholder: &str,
    value: &str,
    standing: Standing,
    on_input: Option<impl Fn(String) -> M + 'a>,
) -> iced::widget::TextInput<'a, M> {
    text_input(placeholder, value)
        .id(id)
        .size(size::TEXT)
        .line_height(iced::Pixels(theme::CONTROL - 2.0 * 6.0))
        .padding([6.0, gap::S])
        .style(theme::field(standing))
        .on_input_maybe(on_input)
}

/// A box to tick, with its words beside it. Without a message it is greyed and keeps its tick.
pub fn tick<'a, M: Clone + 'a>(
    id: impl Into<Id>,
    label: impl IntoFragment<'a>,
    ticked: bool,
    on_toggle: Option<impl Fn(bool) -> M + 'a>,
) -> Element<'a, M> {
    let toggled = on_toggle.as_ref().map(|message| message(!ticked));
    let label = label.into_fragment();
    // Without words, nothing stands beside the box inside its ring.
    let (face, air) = if label.is_empty() { (checkbox(ticked), 0.0) } else { (checkbox(ticked).label(label), gap::XS) };
    let face = face.size(16).text_size(size::TEXT).spacing(gap::S).style(theme::tick_box).on_toggle_maybe(on_toggle);
    let control = focusable(container(face).padding(Padding::ZERO.right(air))).id(id).enabled(toggled.is_some());
    match toggled {
        Some(message) => control.on_toggle(message).into(),
        None => control.into(),
    }
}

/// What stands under a field: what its value means today, or why it is refused.
pub fn under<'a, M: 'a>(sentence: &'a Sentence) -> Element<'a, M> {
    match sentence {
        Sentence::Means(words) => text(words.as_str()).size(size::SMALL).style(theme::muted).into(),
        Sentence::Warns(words) => sign(Icon::TriangleAlert, words, theme::warning),
        Sentence::Refuses(words) => sign(Icon::CircleAlert, words, theme::bad),
    }
}

fn sign<'a, M: 'a>(sign: Icon, words: &'a str, style: fn(&Theme) -> text::Style) -> Element<'a, M> {
    row![icon(sign).size(14).style(style), text(words).size(size::SMALL).style(style)]
        .spacing(gap::XS)
        .align_y(Center)
        .into()
}

/// A sentence under a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sentence {
    /// What the value does today.
    Means(String),
    /// The value can be saved, but is hardly meant.
    Warns(String),
    /// The value cannot be saved.
    Refuses(String),
}

/// No sentence, for dialogs that have none.
pub static NOTHING: Sentence = Sentence::Means(String::new());

impl Sentence {
    pub fn none() -> Self {
        Self::Means(String::new())
    }

    pub fn standing(&self) -> Standing {
        match self {
            Self::Means(_) | Self::Warns(_) => Standing::Good,
            Self::Refuses(_) => Standing::Refused,
        }
    }
}

/// A label, its field with the unit after it, and a sentence under the field. The room for the
/// sentence is always there, so that a form never jumps.
pub fn labelled<'a, M: 'a>(
    label: impl IntoFragment<'a>,
    field: impl Into<Element<'a, M>>,
    unit: Option<String>,
    sentence: &'a Sentence,
) -> Element<'a, M> {
    let line = row![text(label).width(LABEL), field.into(), unit.map(text)].spacing(gap::S).align_y(Center);
    column![line, row![space().width(LABEL + gap::S).height(SENTENCE), under(sentence)]].spacing(BELOW_FIELD).into()
}

/// A heading inside a dialog.
pub fn heading<'a>(words: impl IntoFragment<'a>) -> iced::widget::Text<'a> {
    text(words).size(size::HEADING).font(theme::SEMIBOLD)
}

/// Something that is told about a whole window or dialog.
pub fn told<'a, M: 'a>(sign: Icon, words: String) -> Element<'a, M> {
    row![icon(sign).size(14), text(words).size(size::SMALL)].spacing(gap::S).align_y(Center).into()
}

/// A strip with what is [`told`].
pub fn notice<'a, M: 'a>(words: impl Into<Element<'a, M>>) -> Element<'a, M> {
    container(words).padding([gap::XS, gap::L]).width(Fill).style(theme::notice).into()
}

/// A line over the lower edge of a window, which tells something: it pushes nothing aside, takes no focus, and nothing
/// is pressed through it.
pub fn slip<'a, M: 'a>(line: Row<'a, M>) -> Element<'a, M> {
    let line = line.spacing(gap::M).align_y(Center);
    opaque(container(line).padding([gap::S, gap::M]).max_width(SLIP).style(theme::raised))
}

/// A thin line across.
pub fn divider<'a, M: 'a>() -> Element<'a, M> {
    container(space().height(1)).width(Fill).style(theme::divider).into()
}
