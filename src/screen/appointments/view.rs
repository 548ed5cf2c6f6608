//! How the dialog of an appointment looks.

use aftalebog_texts::fl;
use aftalebog_texts::guide::Topic;
use iced::widget::{column, container, mouse_area, pin, row, space, stack, text};
use iced::{Element, Fill};

use super::draft::Field;
use super::form::{AppointmentForm, Message};
use crate::screen::settings::form::{Face, Pressed};
use crate::screen::settings::{Editing, Situation};
use crate::ui::choice;
use crate::ui::focus::inert;
use crate::ui::form::{self, BELOW_FIELD, LABEL, NUMBER, SENTENCE, Sentence, field, labelled, push, under};
use crate::ui::theme::{self, space as gap};

/// The dialog's width in px.
const WIDTH: f32 = 760.0;
/// How wide a field for a date is.
pub(super) const DATE: f32 = 120.0;
/// A field with the room for its sentence, and the air to the next.
const ROW: f32 = theme::CONTROL + BELOW_FIELD + SENTENCE + gap::XS;
/// Room for what the fields mean, so that the dialog keeps its height while one types.
const MEANING: f32 = 84.0;

impl AppointmentForm {
    pub(super) fn layers<'a>(&'a self, situation: &Situation<'a>) -> Vec<Element<'a, Message>> {
        let texts = situation.texts;
        let is_new = self.opened().is_none();
        let face = Face {
            name: "appointment",
            topic: Topic::Appointment,
            title: if is_new { fl!(texts, "appointment-new") } else { fl!(texts, "appointment-title") },
            width: WIDTH,
            body: self.body(situation),
            first: Field::Patient.id(),
            // While one searches, Enter chooses.
            enter: self.choosing().map(|field| match field {
                Field::Type => Message::Types(choice::Message::MarkedChosen),
                Field::Need => Message::Needs(choice::Message::MarkedChosen),
                Field::Practitioner => Message::Practitioners(choice::Message::MarkedChosen),
                _ => Message::Patients(choice::Message::MarkedChosen),
            }),
            leaving: None,
        };
        self.form.layers_shaped(situation, face, Message::Pressed, |dialog| {
            if is_new {
                return dialog;
            }
            let may = self.may_decide(situation);
            let decide = |id, words, hint, message: Message| {
                let hint = if self.is_edited() { fl!(texts, "appointment-edited-first") } else { hint };
                push(id, words, may.then_some(message)).hint(hint)
            };
            let cancel = decide(
                "appointment-decide-cancel",
                fl!(texts, "appointment-cancel"),
                fl!(texts, "appointment-cancel-hint"),
                Message::CancelPressed,
            );
            let delete = decide(
                "appointment-decide-delete",
                fl!(texts, "appointment-delete"),
                fl!(texts, "appointment-delete-hint"),
                Message::DeletePressed,
            );
            let dialog = if self.is_clash() {
                dialog.button(decide(
                    "appointment-keep-both",
                    fl!(texts, "appointment-keep-both"),
                    fl!(texts, "appointment-keep-both-hint"),
                    Message::KeepBothPressed,
                ))
            } else {
                dialog
            };
            dialog.button(cancel).button(delete)
        })
    }

    fn body<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let fields = column![self.fields(situation), meaning(&self.meaning)].spacing(gap::M);
        let list = self.list(situation).map(|(below, list)| {
            // Below the button that was pressed.
            let top = ROW * below.row() as f32 + theme::CONTROL + gap::XS;
            pin(container(list).width(WIDTH - 2.0 * gap::XL - LABEL - gap::S)).x(LABEL + gap::S).y(top)
        });
        let outside = list.is_some().then(|| {
            let left = Message::Pressed(Pressed::Cancel);
            mouse_area(space().width(Fill).height(Fill)).on_press(left)
        });
        stack![inert(list.is_some(), fields)].push(outside).push(list).into()
    }

    /// The list that is open, and the field it belongs to.
    fn list<'a>(&'a self, situation: &Situation<'a>) -> Option<(Field, Element<'a, Message>)> {
        let texts = situation.texts;
        let open = self.choosing()?;
        let list = match open {
            Field::Type => {
                self.types.list(&fl!(texts, "type-search"), fl!(texts, "type-search-nothing"))?.map(Message::Types)
            }
            Field::Need => {
                let nothing = fl!(texts, "appointment-search-need-nothing");
                self.need_choice.list(&fl!(texts, "appointment-search-need"), nothing)?.map(Message::Needs)
            }
            Field::Practitioner => {
                let nothing = fl!(texts, "appointment-search-practitioner-nothing");
                let search = fl!(texts, "appointment-search-practitioner");
                self.practitioners.list(&search, nothing)?.map(Message::Practitioners)
            }
            _ => self.patients.list(&fl!(texts, "preview-search"), self.no_patients(situation))?.map(Message::Patients),
        };
        Some((open, list))
    }

    fn fields<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let rows = Field::ALL.into_iter().zip(&self.sentences);
        column(rows.map(|(field, sentence)| self.row(field, sentence, situation))).spacing(gap::XS).into()
    }

    fn row<'a>(&'a self, of: Field, sentence: &'a Sentence, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let standing = sentence.standing();
        let draft = &self.draft;
        let typed = |width: iced::Length| {
            let input = field(of.id(), "", draft.get(of), standing, Some(move |typed| Message::Typed(of, typed)));
            Element::from(input.width(width))
        };
        let (label, control): (String, Element<'a, Message>) = match of {
            Field::Patient => {
                let button =
                    self.patients.button_of(self.patient(), fl!(texts, "appointment-choose-patient"), standing);
                let may = situation.editing == Editing::Allowed;
                let new = fl!(texts, "appointment-new-patient");
                let new = push("appointment-new-patient", new, may.then_some(Message::NewPatientPressed));
                let both = row![container(button.map(Message::Patients)).width(Fill), new].spacing(gap::S);
                (fl!(texts, "appointment-patient"), both.into())
            }
            Field::Type => {
                let invitation = fl!(texts, "appointment-choose-type");
                let button = self.types.button(draft.appointment_type.as_ref(), invitation, standing);
                (fl!(texts, "appointment-type"), button.map(Message::Types))
            }
            Field::Need => {
                let button = self.need_choice.button(Some(&draft.need), String::new(), standing);
                (fl!(texts, "appointment-need"), button.map(Message::Needs))
            }
            Field::Practitioner => {
                let button = self.practitioners.button(Some(&draft.practitioner), String::new(), standing);
                (fl!(texts, "appointment-practitioner"), button.map(Message::Practitioners))
            }
            Field::Date => (fl!(texts, "appointment-date"), typed(DATE.into())),
            Field::Time => (fl!(texts, "appointment-time"), typed(NUMBER.into())),
            Field::Minutes => (fl!(texts, "appointment-minutes"), typed(NUMBER.into())),
            Field::Note => (fl!(texts, "appointment-note"), typed(Fill)),
        };
        labelled(label, control, None, sentence)
    }
}

/// What the fields of a time mean, below them.
pub(super) fn meaning<'a, M: 'a>(sentences: &'a [Sentence]) -> Element<'a, M> {
    let line = |(index, sentence): (usize, &'a Sentence)| match sentence {
        Sentence::Means(place) if index == 0 => text(place).font(theme::SEMIBOLD).into(),
        other => under(other),
    };
    let lines = column(sentences.iter().enumerate().map(line)).spacing(gap::XS);
    column![form::divider(), row![space().width(1).height(MEANING), lines]].spacing(gap::S).into()
}
