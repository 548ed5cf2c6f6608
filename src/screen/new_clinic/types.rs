//! «Aftaletyper»: the trade's usual ones, to tick.

use aftalebog_booking::bounded::Length;
use aftalebog_booking::proposal::{ChosenType, ProposedType, TYPES};
use aftalebog_texts::{Texts, fl};
use iced::widget::{Id, column, container, row, space, text};
use iced::{Center, Color, Element, Fill, Padding};

use crate::ui::form::{NUMBER, Sentence, field, tick, under};
use crate::ui::theme::{self, space as gap};

pub const FIRST: &str = "new-type-chosen-0";

const CODE: f32 = 96.0;
const NAME: f32 = 224.0;
const ONLINE: f32 = 72.0;

pub struct TypesStep {
    rows: Vec<Row>,
}

struct Row {
    of: &'static ProposedType,
    chosen: bool,
    minutes: String,
    online: bool,
    sentence: Sentence,
}

#[derive(Clone, Debug)]
pub enum Message {
    ChosenTicked(usize, bool),
    MinutesTyped(usize, String),
    OnlineTicked(usize, bool),
}

impl Default for TypesStep {
    fn default() -> Self {
        let row = |of: &'static ProposedType| Row {
            of,
            chosen: true,
            minutes: of.minutes.to_string(),
            online: of.online,
            sentence: Sentence::none(),
        };
        Self { rows: TYPES.iter().map(row).collect() }
    }
}

impl Row {
    fn is_edited(&self) -> bool {
        !self.chosen || self.online != self.of.online || self.minutes != self.of.minutes.to_string()
    }

    /// `None`: what is typed is no length.
    fn length(&self) -> Option<Length> {
        Length::parse_optional(&self.minutes).ok().flatten()
    }

    fn sentence(&self, texts: &Texts) -> Sentence {
        match self.length() {
            _ if !self.chosen => Sentence::none(),
            None => Sentence::Refuses(fl!(texts, "new-type-minutes-wrong", min = Length::MIN, max = Length::MAX)),
            Some(_) if !self.online => Sentence::Means(fl!(texts, "new-type-offline-means")),
            Some(_) => {
                let by = if self.of.is_need_driven() { "need" } else { "anyone" };
                Sentence::Means(fl!(texts, "new-type-online-means", alias = self.of.alias, by = by))
            }
        }
    }
}

impl TypesStep {
    pub fn refresh(&mut self, texts: &Texts) {
        for row in &mut self.rows {
            row.sentence = row.sentence(texts);
        }
    }

    pub fn update(&mut self, message: Message) {
        match message {
            Message::ChosenTicked(index, ticked) => self.rows[index].chosen = ticked,
            Message::MinutesTyped(index, typed) => self.rows[index].minutes = typed,
            Message::OnlineTicked(index, ticked) => self.rows[index].online = ticked,
        }
    }

    pub fn is_edited(&self) -> bool {
        self.rows.iter().any(Row::is_edited)
    }

    /// The first field that is wrong.
    pub fn fault(&mut self) -> Option<Id> {
        self.answer().err()
    }

    pub fn answer(&self) -> Result<Vec<ChosenType>, Id> {
        let chosen = self.rows.iter().enumerate().filter(|(_, row)| row.chosen);
        let chosen = chosen.map(|(index, row)| {
            let minutes = row.length().ok_or_else(|| minutes_id(index))?;
            Ok(ChosenType { of: row.of, minutes, online: row.online })
        });
        chosen.collect()
    }

    pub fn view<'a>(&'a self, texts: &'a Texts) -> Element<'a, Message> {
        let head = row![
            text(fl!(texts, "new-type-code")).width(CODE),
            text(fl!(texts, "new-type-name")).width(NAME),
            text(fl!(texts, "type-row-minutes")).width(NUMBER),
            text(fl!(texts, "new-type-online")).width(ONLINE),
            text(fl!(texts, "new-type-patients")).width(Fill),
        ];
        let head = container(head.spacing(gap::S).height(20)).padding(Padding::ZERO.left(3.0 + gap::S));
        let rows = self.rows.iter().enumerate().map(|(index, row)| row.view(index));
        column![head, column(rows).spacing(gap::XS)].spacing(gap::S).into()
    }
}

impl Row {
    fn view<'a>(&'a self, index: usize) -> Element<'a, Message> {
        let [red, green, blue] = self.of.color.0;
        let bar =
            container(space().width(3).height(20)).style(move |_| theme::filled(Color::from_rgb8(red, green, blue)));
        let chosen = tick(
            format!("new-type-chosen-{index}"),
            self.of.code,
            self.chosen,
            Some(move |ticked| Message::ChosenTicked(index, ticked)),
        );
        let typed = self.chosen.then_some(move |typed| Message::MinutesTyped(index, typed));
        let minutes = field(minutes_id(index), "", &self.minutes, self.sentence.standing(), typed);
        let online = self.chosen.then_some(move |ticked| Message::OnlineTicked(index, ticked));
        let name = text(self.of.name).wrapping(text::Wrapping::None);
        row![
            bar,
            container(chosen).width(CODE),
            container(if self.chosen { name } else { name.style(theme::muted) }).width(NAME).clip(true),
            minutes.width(NUMBER),
            container(tick(format!("new-type-online-{index}"), "", self.online, online)).width(ONLINE),
            container(under(&self.sentence)).width(Fill),
        ]
        .spacing(gap::S)
        .align_y(Center)
        .into()
    }
}

fn minutes_id(index: usize) -> Id {
    format!("new-type-minutes-{index}").into()
}
