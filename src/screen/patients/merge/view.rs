//! How two patients stand side by side.

use aftalebog_texts::fl;
use aftalebog_texts::guide::Topic;
use iced::widget::{column, container, mouse_area, pin, row, space, stack, text};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::{Field, Line, Merge, Message, PATIENT, Side};
use crate::screen::patients::line::{LABEL, line};
use crate::screen::settings::Situation;
use crate::screen::settings::form::{Face, Pressed};
use crate::ui::choice;
use crate::ui::focus::inert;
use crate::ui::form::{heading, push};
use crate::ui::theme::{self, space as gap};

const WIDTH: f32 = 720.0;

impl Merge {
    pub fn layers<'a>(&'a self, situation: &Situation<'a>) -> Vec<Element<'a, Message>> {
        let face = Face {
            name: "merge",
            topic: Topic::NewPatients,
            title: self.shown.title.clone(),
            width: WIDTH,
            body: self.body(situation),
            first: PATIENT,
            enter: self.patients.is_open().then_some(Message::Patients(choice::Message::MarkedChosen)),
            leaving: None,
        };
        self.form.layers(situation, face, Message::Pressed)
    }

    fn body<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let choosing = self.patients.is_open();
        let button = self.patients.button_of(
            self.chosen.as_ref(),
            fl!(texts, "merge-choose-known"),
            self.shown.patient.standing(),
        );
        let chosen = line(fl!(texts, "merge-with"), button.map(Message::Patients), &self.shown.patient);
        let form = column![chosen, self.side_by_side(situation), text(&self.shown.over)].spacing(gap::M);
        let list = self.patients.list(&fl!(texts, "find-patient-hint"), fl!(texts, "need-patient-nobody"));
        let list = list.map(|list| {
            let list = container(list.map(Message::Patients)).width(WIDTH - 2.0 * gap::XL - LABEL - gap::S);
            pin(list).x(LABEL + gap::S).y(theme::CONTROL + gap::XS)
        });
        let outside =
            choosing.then(|| mouse_area(space().width(Fill).height(Fill)).on_press(Message::Pressed(Pressed::Cancel)));
        // Room for the open list.
        let form = container(form).height(if choosing { 380.0.into() } else { iced::Shrink });
        stack![inert(choosing, form)].push(outside).push(list).into()
    }

    fn side_by_side<'a>(&'a self, situation: &Situation<'a>) -> Option<Element<'a, Message>> {
        let texts = situation.texts;
        if self.shown.lines.is_empty() {
            return None;
        }
        let head = row![
            space().width(LABEL),
            container(heading(fl!(texts, "merge-new"))).width(Fill),
            container(heading(fl!(texts, "merge-known"))).width(Fill),
        ];
        let lines = self.shown.lines.iter().map(Line::view);
        Some(column![head.spacing(gap::S)].extend(lines).spacing(gap::XS).into())
    }
}

impl Line {
    fn view(&self) -> Element<'_, Message> {
        let cells = match self.stays {
            None => row![text(&self.known).width(Fill), space().width(Fill)],
            Some(stays) => row![self.cell(Side::New, &self.new, stays), self.cell(Side::Known, &self.known, stays)],
        };
        row![text(&self.label).width(LABEL), cells.spacing(gap::S).align_y(Center)]
            .spacing(gap::S)
            .height(theme::CONTROL)
            .align_y(Center)
            .into()
    }

    /// A value that can stay.
    fn cell<'a>(&self, side: Side, value: &'a str, stays: Side) -> Element<'a, Message> {
        let name = match self.field {
            Field::Name => "name",
            Field::BirthDate => "birth-date",
            Field::Phone => "phone",
            Field::Email => "email",
        };
        let id = match side {
            Side::New => format!("merge-{name}-new"),
            Side::Known => format!("merge-{name}-known"),
        };
        let value = if value.is_empty() { "–" } else { value };
        let chosen = side == stays;
        push(id, value, Some(Message::StaysPressed(self.field, side)))
            .icon(if chosen { Icon::CircleDot } else { Icon::Circle })
            .style(if chosen { theme::chosen } else { theme::secondary })
            .width(Fill)
            .into()
    }
}
