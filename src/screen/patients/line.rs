//! A line of these dialogs: their labels are short.

use iced::widget::text::IntoFragment;
use iced::widget::{column, row, space, text};
use iced::{Center, Element};

use crate::ui::form::{BELOW_FIELD, SENTENCE, Sentence, under};
use crate::ui::theme::{self, space as gap};

/// How wide the labels are, in px.
pub const LABEL: f32 = 112.0;
/// From the top of one line to that of the next, where they stand as far apart as fields do.
pub const LINE: f32 = theme::CONTROL + BELOW_FIELD + SENTENCE + gap::XS;

/// A label, its field, and a sentence under it, for which there is always room: a form never jumps.
pub fn line<'a, M: 'a>(
    label: impl IntoFragment<'a>,
    control: impl Into<Element<'a, M>>,
    sentence: &'a Sentence,
) -> Element<'a, M> {
    let first = row![text(label).width(LABEL), control.into()].spacing(gap::S).height(theme::CONTROL).align_y(Center);
    let second = row![space().width(LABEL + gap::S).height(SENTENCE), under(sentence)];
    column![first, second].spacing(BELOW_FIELD).into()
}
