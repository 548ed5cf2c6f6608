//! Both values side by side: what stands there now, and what was to be saved here.

use aftalebog_texts::{Texts, fl};
use iced::widget::{column, container, row, space, text};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::case::{Part, Row};
use crate::ui::form::{self, icon, push};
use crate::ui::theme::{self, size, space as gap};

const LABEL: f32 = 190.0;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Theirs,
    Mine,
}

/// Each field is chosen by itself.
pub struct Choosing<'f, M> {
    pub chosen: &'f dyn Fn(&Part, &Row) -> Option<Side>,
    /// By the place of the field among all of them.
    pub on_choose: &'f dyn Fn(usize, Side) -> M,
}

/// The records with their fields. Without `choosing` both values are only shown.
pub fn both<'a, M: Clone + 'a>(parts: &'a [Part], texts: &Texts, choosing: Option<&Choosing<'_, M>>) -> Element<'a, M> {
    let head = |words: String| text(words).size(size::SMALL).font(theme::SEMIBOLD).width(Fill);
    let head = row![space().width(LABEL), head(fl!(texts, "decide-head-theirs")), head(fl!(texts, "decide-head-mine"))];
    let mut table = column![head.spacing(gap::M)].spacing(gap::M);
    let mut number = 0;
    for part in parts {
        let mut lines = column![text(&part.about).font(theme::SEMIBOLD)].spacing(gap::S);
        lines = lines.push(part.deletion.as_ref().map(|words| {
            row![icon(Icon::Trash2).size(14).style(theme::warning), text(words).size(size::SMALL)]
                .spacing(gap::XS)
                .align_y(Center)
        }));
        for line in &part.rows {
            lines = lines.push(line_of(part, line, number, choosing));
            number += 1;
        }
        table = table.push(form::divider()).push(lines);
    }
    table.into()
}

fn line_of<'a, M: Clone + 'a>(
    part: &'a Part,
    line: &'a Row,
    number: usize,
    choosing: Option<&Choosing<'_, M>>,
) -> Element<'a, M> {
    let cell = |which: Side, words: &'a str| -> Element<'a, M> {
        let Some(choosing) = choosing else {
            let words = text(words).width(Fill);
            return container(words).padding([6.0, gap::M]).width(Fill).style(theme::surface).into();
        };
        let chosen = (choosing.chosen)(part, line) == Some(which);
        let id = match which {
            Side::Theirs => format!("decide-theirs-{number}"),
            Side::Mine => format!("decide-mine-{number}"),
        };
        let sign = if chosen { Icon::CircleDot } else { Icon::Circle };
        let style = if chosen { theme::chosen } else { theme::secondary };
        push(id, words, Some((choosing.on_choose)(number, which))).icon(sign).style(style).wrapping().width(Fill).into()
    };
    let who = (!line.who.is_empty()).then(|| text(&line.who).size(size::SMALL).style(theme::muted));
    let theirs = column![cell(Side::Theirs, &line.theirs)].push(who).spacing(2).width(Fill);
    let mine = column![cell(Side::Mine, &line.mine)].width(Fill);
    let label = container(text(&line.label)).padding([6.0, 0.0]).width(LABEL);
    row![label, theirs, mine].spacing(gap::M).into()
}
