//! What stands beside the book that is seen as a patient: who asks for what, the day's times, and
//! why one is not offered.

use aftalebog_texts::{Texts, fl};
use iced::keyboard::{Key, Modifiers, key::Named};
use iced::widget::{column, container, mouse_area, pin, row, scrollable, space, stack, text};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::{Answer, AsPatient, Line, Message};
use crate::screen::patient_view::{self, Reason, State};
use crate::ui::focus::{focusable, inert};
use crate::ui::form::{divider, icon, push};
use crate::ui::theme::{self, Standing, size, space as gap};

/// What is told of the day, to be scrolled by the keyboard, line by line.
pub const DAY: &str = "view-day";
pub const LINE: f32 = 26.0;
/// What is told of the time that was asked about.
pub const ANSWER: &str = "view-answer";
const HEAD: f32 = 32.0;
/// The room of the labels before the two buttons.
const LABEL: f32 = 52.0;
/// The room of a practitioner's initials.
const INITIALS: f32 = 40.0;
/// The width of a list, and where the lists under the two buttons begin.
const LIST: f32 = 326.0;
const UNDER_PATIENT: f32 = gap::S + theme::CONTROL + gap::XS;
const UNDER_TYPE: f32 = UNDER_PATIENT + theme::CONTROL + gap::XS;

impl AsPatient {
    /// What stands below the calendar.
    pub fn panel<'a>(&'a self, texts: &'a Texts) -> Element<'a, Message> {
        let title = text(fl!(texts, "book-view-as-patient")).font(theme::SEMIBOLD).size(size::TEXT);
        let head = row![icon(Icon::Eye), title].spacing(gap::S).align_y(Center);
        let head = container(head).center_y(HEAD).width(Fill).padding([0.0, gap::M]).style(theme::mode);

        let (patients, types) = self.lists(texts);
        let open = patients.is_some() || types.is_some();
        let parts = column![self.who(texts), divider(), self.day(texts), divider(), self.answer_told(texts)];
        let outside = self.escape().map(|left| mouse_area(space().width(Fill).height(Fill)).on_press(left));
        let parts = stack![inert(open, parts)]
            .push(outside)
            .push(patients.map(|list| under(list, UNDER_PATIENT)))
            .push(types.map(|list| under(list, UNDER_TYPE)));
        container(column![head, parts.height(Fill)]).padding(1).width(Fill).height(Fill).style(theme::surface).into()
    }

    /// Who asks for what.
    fn who<'a>(&'a self, texts: &'a Texts) -> Element<'a, Message> {
        let labelled = |label: String, button: Element<'a, Message>| {
            row![text(label).size(size::SMALL).style(theme::muted).width(LABEL), button].align_y(Center)
        };
        let patient = self.patient.chooser().map(Message::Patient);
        let types = self.types.button(self.appointment_type.as_ref(), fl!(texts, "book-view-no-types"), Standing::Good);
        let who = column![
            labelled(fl!(texts, "book-view-patient"), patient),
            labelled(fl!(texts, "book-view-type"), types.map(Message::Type)),
        ];
        container(who.spacing(gap::XS)).padding([gap::S, gap::M]).into()
    }

    /// The lists of the two buttons, of which at most one is open.
    fn lists<'a>(&'a self, texts: &'a Texts) -> (Option<Element<'a, Message>>, Option<Element<'a, Message>>) {
        let patients = self.patient.chooser_list(texts).map(|list| list.map(Message::Patient));
        let types = self.types.list(&fl!(texts, "type-search"), fl!(texts, "type-search-nothing"));
        (patients, types.map(|list| list.map(Message::Type)))
    }

    /// The day's times with each practitioner, or why there are none.
    fn day<'a>(&'a self, texts: &'a Texts) -> Element<'a, Message> {
        let date = text(&self.seen.date).font(theme::SEMIBOLD).size(size::TEXT).width(Fill);
        let count = text(&self.seen.count).size(size::SMALL).style(theme::muted);
        let told: Element<'a, Message> = match self.patient.state() {
            _ if self.appointment_type.is_none() => quiet(fl!(texts, "book-view-no-types")),
            State::Waiting => quiet(fl!(texts, "book-view-waiting")),
            State::Failed(why) => {
                let sign = icon(Icon::TriangleAlert).style(theme::bad);
                let retry = Message::Patient(patient_view::Message::RetryPressed);
                column![
                    row![sign, text(why).size(size::TEXT).width(Fill)].spacing(gap::S),
                    push("view-retry", fl!(texts, "book-retry"), Some(retry)),
                ]
                .spacing(gap::S)
                .into()
            }
            State::Ready => match &self.patient.shown().barred {
                Some(barred) => reason(barred, "view-show-barred".to_owned()),
                None => {
                    let lines = self.seen.lines.iter().enumerate().map(|(number, it)| line(number, it));
                    column(lines).spacing(gap::S).into()
                }
            },
        };
        let stopped = self.patient.shown().stopped.as_ref();
        let stopped = stopped.map(|stopped| reason(stopped, "view-show-stopped".to_owned()));
        let day = column![row![date, count].align_y(Center)].push(stopped).push(told).spacing(gap::S);
        focusable(scrolled(DAY, day)).id("view-day-told").on_key(day_key).ring_inside().into()
    }

    /// «Hvorfor ikke?» of the time that was pressed.
    fn answer_told<'a>(&'a self, texts: &'a Texts) -> Element<'a, Message> {
        let (heading, told) = match &self.seen.answer {
            None => (text(fl!(texts, "book-view-why")), quiet(fl!(texts, "book-view-why-invitation"))),
            Some(Answer { heading, why: Some(why) }) => (text(heading), reason(why, "view-show-answer".to_owned())),
            Some(Answer { heading, why: None }) => {
                let told = text(fl!(texts, "book-view-is-offered")).size(size::TEXT);
                let told = row![icon(Icon::Check).style(theme::good), told].spacing(gap::S).align_y(Center);
                (text(heading), told.into())
            }
        };
        scrolled(ANSWER, column![heading.font(theme::SEMIBOLD).size(size::TEXT), told].spacing(gap::XS))
    }
}

/// Half of what the panel has below the buttons, whatever is told in it, so that nothing moves.
fn scrolled<'a>(id: &'static str, told: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    scrollable(container(told).width(Fill).padding([gap::S, gap::M]))
        .id(id)
        .height(Fill)
        .direction(scrollable::Direction::Vertical(scrollable::Scrollbar::new().width(8).scroller_width(6)))
        .style(theme::scroll)
        .into()
}

fn day_key(key: &Key, modifiers: Modifiers) -> Option<Message> {
    let lines = match key {
        Key::Named(Named::ArrowUp) => -1.0,
        Key::Named(Named::ArrowDown) => 1.0,
        Key::Named(Named::PageUp) => -4.0,
        Key::Named(Named::PageDown) => 4.0,
        _ => return None,
    };
    modifiers.is_empty().then_some(Message::DayKeyPressed { lines })
}

fn under<'a>(list: Element<'a, Message>, y: f32) -> Element<'a, Message> {
    pin(container(list).width(LIST)).x(gap::XS).y(y).into()
}

fn quiet<'a>(words: String) -> Element<'a, Message> {
    text(words).size(size::TEXT).style(theme::muted).into()
}

/// «JH  8.15 · 9.00», or why there is nothing.
fn line<'a>(number: usize, line: &'a Line) -> Element<'a, Message> {
    let who = |initials: String| text(initials).font(theme::SEMIBOLD).size(size::TEXT);
    let id = format!("view-show-{number}");
    match line {
        Line::Times { initials, times } => {
            row![who(initials.clone()).width(INITIALS), text(times).size(size::TEXT).width(Fill)].into()
        }
        Line::Nothing { initials, why } if initials.len() == 1 => {
            row![who(initials.concat()).width(INITIALS), reason(why, id)].into()
        }
        Line::Nothing { initials, why } => column![who(initials.join(", ")), reason(why, id)].spacing(2).into(),
    }
}

/// A sentence, and the way to the setting that causes it.
fn reason<'a>(why: &'a Reason, id: String) -> Element<'a, Message> {
    let sentence = text(&why.words).size(size::TEXT).width(Fill);
    let show = why.link.as_ref().map(|link| {
        let message = Message::Patient(patient_view::Message::SettingPressed(link.setting));
        push(id, link.words.as_str(), Some(message)).wrapping()
    });
    column![sentence, show.map(Element::from)].spacing(gap::XS).width(Fill).into()
}
