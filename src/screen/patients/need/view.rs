//! How the need's dialog looks.

use aftalebog_texts::fl;
use aftalebog_texts::guide::Topic;
use iced::widget::{column, container, mouse_area, pin, row, space, stack, text};
use iced::{Center, Element, Fill};

use super::{Asked, Field, Message, NeedForm, Read};
use crate::failure;
use crate::screen::patients::line::{LABEL, LINE, line};
use crate::screen::settings::form::{Face, Pressed};
use crate::screen::settings::{Editing, Situation};
use crate::ui::choice;
use crate::ui::dialog::dialog;
use crate::ui::focus::inert;
use crate::ui::form::{NUMBER, field, push, under};
use crate::ui::theme::{self, space as gap};

/// «uge 53/2026» in a field, in px.
const WEEK: f32 = 112.0;
const WIDTH: f32 = 600.0;
/// «om 3 / 6 / 12 mdr.»
const MONTHS: [u32; 3] = [3, 6, 12];

impl NeedForm {
    pub fn layers<'a>(&'a self, situation: &Situation<'a>) -> Vec<Element<'a, Message>> {
        match &self.read {
            Read::Done(_) => self.form_layers(situation),
            Read::Waiting => vec![self.told(situation, fl!(situation.texts, "card-reading"))],
            Read::Gone => vec![self.told(situation, fl!(situation.texts, "need-gone"))],
            Read::Failed(error) => {
                let why = failure::read(situation.texts, error).1;
                vec![self.told(situation, fl!(situation.texts, "patients-not-read", why = why))]
            }
        }
    }

    fn title(&self, situation: &Situation<'_>) -> String {
        match self.asked {
            Asked::Edit(_) => fl!(situation.texts, "need-title"),
            Asked::New | Asked::NewFor(_) => fl!(situation.texts, "need-title-new"),
        }
    }

    /// The dialog while there is nothing to be edited.
    fn told<'a>(&'a self, situation: &Situation<'a>, words: String) -> Element<'a, Message> {
        let texts = situation.texts;
        let close = Message::Pressed(Pressed::Cancel);
        let body = text(words).style(theme::muted);
        let told = dialog(self.title(situation), WIDTH, body, close.clone(), fl!(texts, "close"));
        let mut told = told.explained_by(Topic::Need);
        if matches!(self.read, Read::Failed(_)) {
            told = told.button(push("need-retry", fl!(texts, "card-retry"), Some(Message::RetryPressed)));
        }
        told.button(push("need-close", fl!(texts, "close"), Some(close))).layer()
    }

    fn form_layers<'a>(&'a self, situation: &Situation<'a>) -> Vec<Element<'a, Message>> {
        let first = match self.asked {
            Asked::New => Field::Patient,
            Asked::NewFor(_) | Asked::Edit(_) => Field::Type,
        };
        // While one chooses, Enter chooses.
        let enter = self.choosing().map(|field| match field {
            Field::Patient => Message::Patients(choice::Message::MarkedChosen),
            Field::Practitioner => Message::Practitioners(choice::Message::MarkedChosen),
            Field::Type | Field::Minutes | Field::Week => Message::Types(choice::Message::MarkedChosen),
        });
        let face = Face {
            name: "need",
            topic: Topic::Need,
            title: self.title(situation),
            width: WIDTH,
            body: self.body(situation),
            first: first.id(),
            enter,
            leaving: None,
        };
        self.form.layers(situation, face, Message::Pressed)
    }

    fn body<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let fields = self.fields(situation);
        let nothing = || fl!(texts, "need-search-nothing");
        let patients = self.patients.list(&fl!(texts, "find-patient-hint"), fl!(texts, "need-patient-nobody"));
        let types = self.types.list(&fl!(texts, "need-search"), nothing());
        let practitioners = self.practitioners.list(&fl!(texts, "need-search"), nothing());
        let open = patients
            .map(|list| (0.0, list.map(Message::Patients)))
            .or_else(|| types.map(|list| (1.0, list.map(Message::Types))))
            .or_else(|| practitioners.map(|list| (2.0, list.map(Message::Practitioners))));
        let choosing = open.is_some();
        // Below its button; each line is as high as the others.
        let list = open.map(|(place, list)| {
            let list = container(list).width(WIDTH - 2.0 * gap::XL - LABEL - gap::S);
            pin(list).x(LABEL + gap::S).y(place * LINE + theme::CONTROL + gap::XS)
        });
        let outside =
            choosing.then(|| mouse_area(space().width(Fill).height(Fill)).on_press(Message::Pressed(Pressed::Cancel)));
        // Room for the list of the last choice.
        let fields = container(fields).height(if choosing { 480.0.into() } else { iced::Shrink });
        stack![inert(choosing, fields)].push(outside).push(list).into()
    }

    fn fields<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let said = &self.sentences;
        let patient: Element<'a, Message> = match (self.asked, &self.patient) {
            (Asked::New, item) => self
                .patients
                .button_of(item.as_ref(), fl!(texts, "need-patient-choose"), said.patient.standing())
                .map(Message::Patients),
            (_, Some(item)) => row![text(&item.code).font(theme::SEMIBOLD), text(&item.name)].spacing(gap::S).into(),
            (_, None) => space().into(),
        };
        let of_type = self
            .types
            .button(self.draft.appointment_type.as_ref(), fl!(texts, "type-choose"), said.appointment_type.standing())
            .map(Message::Types);
        let practitioner = self
            .practitioners
            .button(
                self.draft.practitioner.as_ref(),
                fl!(texts, "need-practitioner-choose"),
                said.practitioner.standing(),
            )
            .map(Message::Practitioners);
        let typed = |of: Field| move |typed| Message::Typed(of, typed);
        let minutes =
            field(Field::Minutes.id(), "", &self.draft.minutes, said.minutes.standing(), Some(typed(Field::Minutes)));
        let minutes = row![minutes.width(NUMBER).align_x(iced::Right), text(fl!(texts, "unit-minutes"))];
        let week = field(
            Field::Week.id(),
            &fl!(texts, "need-week-hint"),
            &self.draft.week,
            said.week.standing(),
            Some(typed(Field::Week)),
        );
        let writable = situation.editing == Editing::Allowed;
        let later = MONTHS.map(|months| {
            let words = fl!(texts, "need-in-months", months = months);
            push(format!("need-in-{months}"), words, writable.then_some(Message::MonthsPressed(months))).into()
        });
        let week = row![week.width(WEEK)].extend(later);
        column![
            line(fl!(texts, "need-patient"), patient, &said.patient),
            line(fl!(texts, "need-type"), of_type, &said.appointment_type),
            line(fl!(texts, "need-practitioner"), practitioner, &said.practitioner),
            line(fl!(texts, "need-minutes"), minutes.spacing(gap::S).align_y(Center), &said.minutes),
            line(fl!(texts, "need-week"), week.spacing(gap::S).align_y(Center), &said.week),
            said.used.as_ref().map(under),
        ]
        .spacing(gap::XS)
        .into()
    }
}
