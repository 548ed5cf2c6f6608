//! How the type editor looks.

use aftalebog_texts::fl;
use aftalebog_texts::guide::Topic;
use iced::widget::{Stack, column, container, mouse_area, pin, responsive, row, space, stack, text};
use iced::{Center, Element, Fill, Padding};

use super::draft::DraftRow;
use super::{Editor, Field, Going, Message, Narrow, Sentences};
use crate::screen::patient_view;
use crate::screen::settings::Situation;
use crate::screen::settings::form::Face;
use crate::ui::choice;
use crate::ui::dialog::Saving;
use crate::ui::focus::inert;
use crate::ui::form::{self, LABEL, NUMBER, Sentence, field, heading, hinted, labelled, push, tick, under};
use crate::ui::theme::{self, size, space as gap};
use crate::ui::topic::explained_by;

/// The ids of the two boxes about needs.
pub(super) const NEED_DRIVEN: &str = "type-need-driven";
pub(super) const CHOOSE_PRACTITIONER: &str = "type-choose-practitioner";

/// The width of the fields' part in px.
const WIDTH: f32 = 760.0;
/// The width of «Vis som patient» in px.
const PANE: f32 = 400.0;
/// In a narrower window one of the two is seen at a time.
const ROOM_FOR_BOTH: f32 = WIDTH + PANE + 2.0 * gap::XL;

impl Editor {
    pub fn view<'a>(&'a self, situation: &Situation<'a>) -> Vec<Element<'a, Message>> {
        let situation = *situation;
        let layers = responsive(move |room| {
            let layers = self.layers(&situation, room.width >= ROOM_FOR_BOTH);
            Stack::with_children(layers).width(Fill).height(Fill).into()
        });
        vec![layers.into()]
    }

    fn layers<'a>(&'a self, situation: &Situation<'a>, both: bool) -> Vec<Element<'a, Message>> {
        let texts = situation.texts;
        let code = self.draft.appointment_type.and_then(|id| situation.setup.appointment_type(id));
        let title = match (&self.opened, code) {
            (Some(_), Some(of)) => fl!(texts, "type-title", code = of.code.to_string()),
            _ => fl!(texts, "type-title-new"),
        };
        let first = if self.opened.is_some() { "type-alias" } else { "type-appointment-type" };
        let only_patient = !both && self.narrow == Narrow::Patient;
        let face = Face {
            name: "type",
            topic: Topic::OnlineType,
            title,
            width: WIDTH,
            body: if only_patient { self.patient(situation) } else { self.body(situation) },
            first,
            // While one searches, Enter chooses.
            enter: match self.types.is_open() {
                true => Some(Message::AppointmentType(choice::Message::MarkedChosen)),
                false => self.pane.view.enter().map(|enter| Message::Pane(enter.into())),
            },
            leaving: self.leaving(situation),
        };
        self.form.layers_shaped(situation, face, Message::Pressed, |dialog| {
            if both {
                let patient = inert(*self.form.saving() == Saving::Busy, self.patient(situation));
                // In the place of the button of a narrow window: the focus stays with its place among them.
                return dialog.beside(patient, PANE).button(space());
            }
            let (words, turned) = match self.narrow {
                Narrow::Fields => (fl!(texts, "preview-title"), Narrow::Patient),
                Narrow::Patient => (fl!(texts, "preview-close"), Narrow::Fields),
            };
            let turn = push("preview-turn", words, Some(Message::NarrowTurned(turned)));
            let dialog = if only_patient { dialog.fills() } else { dialog.fills_scrolled() };
            dialog.button(turn)
        })
    }

    /// What the question before typed values are lost explains, when the person is going elsewhere.
    fn leaving(&self, situation: &Situation<'_>) -> Option<String> {
        let texts = situation.texts;
        Some(match self.going? {
            Going::ToType(id) => {
                let code = super::code(Some(id), situation);
                match situation.setup.online_type_of(id) {
                    Some(_) => fl!(texts, "type-leaving-opened", code = code),
                    None => fl!(texts, "type-leaving-begun", code = code),
                }
            }
            Going::ToSetting(setting) => {
                fl!(texts, "preview-leaving", place = patient_view::place(setting, texts))
            }
        })
    }

    /// «Vis som patient», out of use while something is chosen in the other part.
    fn patient<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let pane = self.pane.view(situation).map(Message::Pane);
        let outside = self.types.is_open().then(|| self.outside());
        explained_by(Topic::AsPatient, stack![inert(self.types.is_open(), pane)].push(outside))
    }

    fn body<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let form = column![
            self.type_row(situation),
            self.fields(situation),
            form::divider(),
            explained_by(Topic::WithoutNeed, self.without_need(situation))
        ]
        .spacing(gap::M);
        let list = self.types.list(&fl!(texts, "type-search"), fl!(texts, "type-search-nothing"));
        // Below the button, which is always the first row of the form.
        let list = list.map(|list| {
            let list = container(list.map(Message::AppointmentType)).width(WIDTH - 2.0 * gap::XL - LABEL - gap::S);
            pin(list).x(LABEL + gap::S).y(theme::CONTROL + gap::XS)
        });
        let choosing = list.is_some() || self.pane.view.is_choosing();
        let outside = choosing.then(|| self.outside());
        stack![inert(choosing, form)].push(outside).push(list).into()
    }

    /// A press beside an open list closes it.
    fn outside<'a>(&self) -> Element<'a, Message> {
        let left = match self.types.is_open() {
            true => Message::AppointmentType(choice::Message::Left),
            false => Message::Pane(patient_view::Message::Patients(choice::Message::Left).into()),
        };
        mouse_area(space().width(Fill).height(Fill)).on_press(left).into()
    }

    fn type_row<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let sentence = &self.sentences.appointment_type;
        let button =
            self.types.button(self.draft.appointment_type.as_ref(), fl!(texts, "type-choose"), sentence.standing());
        let button = container(button.map(Message::AppointmentType)).width(Fill);
        labelled(fl!(texts, "type-appointment-type"), button, None, sentence)
    }

    /// The fields in the guide's order.
    fn fields<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let draft = &self.draft;
        let Sentences {
            alias, spacing, need_driven, choose_practitioner, before, after, earliest, cancel, moving, ..
        } = &self.sentences;
        let alias_field = field(Field::Alias.id(), "", &draft.alias, alias.standing(), Some(typed(Field::Alias)));
        let number = |of: Field, value: &'a str, sentence: &'a Sentence, enabled: bool| {
            number_field(of, value, sentence, enabled)
        };
        let asleep = fl!(texts, "type-wakes-need-driven");
        let recall = |label: String, of: Field, value: &'a str, sentence: &'a Sentence| {
            let line = labelled(
                label,
                number(of, value, sentence, draft.need_driven),
                Some(fl!(texts, "unit-days")),
                sentence,
            );
            let line = if draft.need_driven { line } else { hinted(line, asleep.clone()) };
            explained_by(Topic::RecallDays, line)
        };
        let days = Some(fl!(texts, "unit-days-before"));
        column![
            explained_by(Topic::Alias, labelled(fl!(texts, "type-alias"), alias_field.width(Fill), None, alias)),
            explained_by(
                Topic::Spacing,
                labelled(
                    fl!(texts, "type-spacing"),
                    number(Field::Spacing, &draft.min_spacing_minutes, spacing, true),
                    Some(fl!(texts, "unit-minutes")),
                    spacing
                )
            ),
            explained_by(
                Topic::NeedDriven,
                ticked_row(
                    tick(
                        NEED_DRIVEN,
                        fl!(texts, "type-need-driven"),
                        draft.need_driven,
                        Some(Message::NeedDrivenTicked)
                    ),
                    need_driven
                )
            ),
            explained_by(Topic::ChoosePractitioner, self.choose_row(situation, choose_practitioner)),
            recall(fl!(texts, "type-after"), Field::AfterRecallWeek, &draft.max_days_after_recall_week, after),
            recall(fl!(texts, "type-before"), Field::BeforeRecallWeek, &draft.max_days_before_recall_week, before),
            explained_by(
                Topic::Earliest,
                labelled(
                    fl!(texts, "type-earliest"),
                    number(Field::EarliestBooking, &draft.earliest_booking_days, earliest, true),
                    Some(fl!(texts, "unit-days-after-today")),
                    earliest
                )
            ),
            explained_by(
                Topic::Deadlines,
                labelled(
                    fl!(texts, "type-cancel"),
                    number(Field::Cancel, &draft.cancel_days, cancel, true),
                    days.clone(),
                    cancel
                )
            ),
            explained_by(
                Topic::Deadlines,
                labelled(fl!(texts, "type-move"), number(Field::Move, &draft.move_days, moving, true), days, moving)
            ),
        ]
        .spacing(gap::XS)
        .into()
    }

    fn choose_row<'a>(&'a self, situation: &Situation<'a>, sentence: &'a Sentence) -> Element<'a, Message> {
        let texts = situation.texts;
        let on_toggle = self.draft.need_driven.then_some(Message::ChoosePractitionerTicked);
        let words = fl!(texts, "type-choose-practitioner");
        let line = tick(CHOOSE_PRACTITIONER, words, self.draft.choose_practitioner, on_toggle);
        let line = if self.draft.need_driven { line } else { hinted(line, fl!(texts, "type-wakes-need-driven")) };
        ticked_row(line, sentence)
    }

    /// «Feltet nederst»: who takes the type without a need.
    fn without_need<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let head = row![
            text(fl!(texts, "type-row-active")).width(56),
            text(fl!(texts, "type-row-practitioner")).width(Fill),
            text(fl!(texts, "type-row-minutes")).width(NUMBER + gap::S + 200.0),
        ]
        .spacing(gap::S);
        let head = container(head).padding(Padding::ZERO.horizontal(gap::M));
        let mut list = column![].spacing(gap::XS);
        let works_here = |(_, row): &(usize, &DraftRow)| !situation.setup.is_deactivated(row.practitioner);
        for (index, draft_row) in self.draft.practitioners.iter().enumerate().filter(works_here) {
            list = list.push(self.practitioner_row(situation, index, draft_row));
        }
        let none = situation.setup.staff().next().is_none();
        let empty = none.then(|| text(fl!(texts, "type-no-practitioners")).style(theme::muted));
        let asleep =
            self.draft.need_driven.then(|| text(fl!(texts, "type-asleep")).size(size::SMALL).style(theme::muted));
        column![heading(fl!(texts, "type-without-need")), asleep, head, list, empty].spacing(gap::S).into()
    }

    fn practitioner_row<'a>(
        &'a self,
        situation: &Situation<'a>,
        index: usize,
        draft_row: &'a DraftRow,
    ) -> Element<'a, Message> {
        let texts = situation.texts;
        let awake = !self.draft.need_driven;
        let Some(practitioner) = situation.setup.practitioner(draft_row.practitioner) else {
            return space().into();
        };
        let ticked = awake.then_some(move |ticked| Message::PractitionerTicked(index, ticked));
        let tick = tick(row_id(index), "", draft_row.active, ticked);
        let sentence = &self.sentences.minutes[index];
        let minutes = number_field(Field::Minutes(index), &draft_row.minutes, sentence, awake);
        let mut name = row![
            text(practitioner.initials.as_str()).font(theme::SEMIBOLD).width(40),
            text(practitioner.name.as_str()).width(Fill)
        ]
        .spacing(gap::S)
        .align_y(Center);
        if !practitioner.registered {
            name = name.push(
                text(fl!(texts, "type-row-not-registered")).size(size::SMALL).style(if awake && draft_row.active {
                    theme::warning
                } else {
                    theme::muted
                }),
            );
        }
        let line = row![
            container(tick).width(56),
            container(name).width(Fill),
            minutes,
            container(under(sentence)).width(200)
        ];
        let line = container(line.spacing(gap::S).align_y(Center)).padding(Padding::ZERO.horizontal(gap::M));
        if awake { line.into() } else { hinted(line, fl!(texts, "type-wakes-without-need")) }
    }
}

/// The id of the box in a practitioner's row.
pub(super) fn row_id(index: usize) -> String {
    format!("type-row-{index}")
}

fn typed(field: Field) -> impl Fn(String) -> Message {
    move |typed| Message::Typed(field, typed)
}

fn number_field<'a>(of: Field, value: &'a str, sentence: &'a Sentence, enabled: bool) -> Element<'a, Message> {
    let on_input = enabled.then(|| typed(of));
    let standing = if enabled { sentence.standing() } else { theme::Standing::Good };
    // iced gives the focus to a greyed field too.
    inert(!enabled, field(of.id(), "", value, standing, on_input).width(NUMBER).align_x(iced::Right)).into()
}

/// A box to tick with its sentence under it, indented to the words.
fn ticked_row<'a>(tick: Element<'a, Message>, sentence: &'a Sentence) -> Element<'a, Message> {
    let sentence = container(under(sentence)).height(18).padding(Padding::ZERO.left(24.0));
    column![container(tick).center_y(24), sentence].into()
}
