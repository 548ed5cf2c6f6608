//! The steps of the dialog, and what is prepared to be shown in them.

use aftalebog_booking::zone;
use aftalebog_local::exchange::calendar::{Overlaps, Standing, When};
use aftalebog_texts::guide::Topic;
use aftalebog_texts::{Texts, fl};
use chrono::TimeDelta;
use iced::widget::{column, container, mouse_area, pin, row, space, stack, text};
use iced::{Center, Element, Fill, Theme};
use lucide_icons::Icon;

use super::super::table::view::one_of;
use super::super::words;
use super::work::Planned;
use super::{CalendarImport, Field, Message, Step};
use crate::screen::settings::Situation;
use crate::ui::choice;
use crate::ui::dialog::{Dialog, dialog};
use crate::ui::focus::inert;
use crate::ui::form::{self, field, heading, push, tick, under};
use crate::ui::long_list;
use crate::ui::theme::{self, size, space as gap};

/// The dialog's width in px.
const WIDTH: f32 = 860.0;
const LABEL: f32 = 200.0;
/// How wide a field for a date is.
const DATE: f32 = 112.0;

/// An item of the calendar, or an event that cannot be taken.
struct Row {
    when: String,
    what: String,
    becomes: String,
    style: fn(&Theme) -> text::Style,
}

/// «12 nye, 3 ændret, 4 findes allerede, 2 overlapper, 1 fejl».
pub fn summary(planned: &Planned, texts: &Texts) -> String {
    let count = |wanted: fn(&Standing) -> bool| planned.standings.iter().filter(|standing| wanted(standing)).count();
    let new = count(|standing| *standing == Standing::New);
    let changed = count(|standing| *standing == Standing::Changed);
    let known = count(|standing| *standing == Standing::Known);
    let on_top = count(|standing| matches!(standing, Standing::OnTopOf(_)));
    let faults = planned.calendar.faults.len();
    let (free, outside) = (planned.calendar.passed_over, planned.calendar.outside);
    let found = fl!(
        texts,
        "files-calendar-summary",
        new = new,
        changed = changed,
        known = known,
        overlapping = on_top,
        faults = faults
    );
    format!("{found} {}", fl!(texts, "files-calendar-passed-over", free = free, outside = outside))
}

/// The row in this place: the faults first, then the items by time.
fn row_at(planned: &Planned, index: usize, overlaps: Overlaps, situation: &Situation<'_>) -> Option<Row> {
    if let Some(fault) = planned.calendar.faults.get(index) {
        return Some(Row {
            when: words::line(situation.texts, fault.line),
            what: words::short(&fault.summary),
            becomes: words::event_fault(situation.texts, fault),
            style: theme::bad,
        });
    }
    let index = index - planned.calendar.faults.len();
    let (item, standing) = (planned.calendar.items.get(index)?, planned.standings.get(index)?);
    let (becomes, style) = becomes(*standing, planned, overlaps, situation);
    Some(Row { when: when(item.when, situation), what: words::short(&item.summary), becomes, style })
}

/// What becomes of an item, in words.
fn becomes(
    standing: Standing,
    planned: &Planned,
    overlaps: Overlaps,
    situation: &Situation<'_>,
) -> (String, fn(&Theme) -> text::Style) {
    let texts = situation.texts;
    let id = match standing {
        Standing::New => return (fl!(texts, "files-calendar-new"), theme::plain),
        Standing::Changed => return (fl!(texts, "files-calendar-changed"), theme::plain),
        Standing::Known => return (fl!(texts, "files-calendar-known"), theme::muted),
        Standing::OnTopOf(id) => id,
    };
    let words = match planned.under.get(&id) {
        None if overlaps == Overlaps::LeaveOut => fl!(texts, "files-calendar-taken-in-file"),
        None => fl!(texts, "files-calendar-on-top-in-file"),
        Some(under) => {
            let code = under.appointment_type.and_then(|id| situation.setup.appointment_type(id));
            let what = code.map_or_else(|| under.note.to_string(), |of| of.code.to_string());
            let time = texts.time_of(zone::local(situation.setup.clinic.value.time_zone, under.start).time());
            match overlaps {
                Overlaps::LeaveOut => fl!(texts, "files-calendar-taken", what = what, time = time),
                Overlaps::PutOnTop => fl!(texts, "files-calendar-on-top", what = what, time = time),
            }
        }
    };
    (words, theme::warning)
}

/// «24. november 2026 9.00–9.30» or «24. december 2026 – 26. december 2026».
fn when(when: When, situation: &Situation<'_>) -> String {
    let texts = situation.texts;
    match when {
        When::Times { start, minutes } => {
            let zone = situation.setup.clinic.value.time_zone;
            let (from, to) = (start, start + TimeDelta::minutes(minutes.get().into()));
            let (from, to) = (zone::local(zone, from), zone::local(zone, to));
            let times = format!("{}–{}", texts.time_of(from.time()), texts.time_of(to.time()));
            format!("{} {times}", texts.date(from.date()))
        }
        When::Days { from, to } if from == to => texts.date(from),
        When::Days { from, to } => format!("{} – {}", texts.date(from), texts.date(to)),
    }
}

impl CalendarImport {
    pub fn layers<'a>(&'a self, situation: &Situation<'a>) -> Vec<Element<'a, Message>> {
        let texts = situation.texts;
        let body = match self.step {
            Step::File => {
                let explained = text(fl!(texts, "files-calendar-explained")).size(size::SMALL).style(theme::muted);
                let place = inert(self.waiting, self.place.view(texts).map(Message::Place));
                column![heading(fl!(texts, "fetch-heading")), explained, place].spacing(gap::M).into()
            }
            Step::Plan => self.plan_step(situation),
            Step::Importing => column![].push(self.progress.as_ref().map(|progress| progress.view())).into(),
            Step::Done => {
                let done = row![form::icon(Icon::CircleCheck).style(theme::good), text(&self.summary)];
                let undo = text(fl!(texts, "files-undo-hint")).size(size::SMALL).style(theme::muted);
                column![done.spacing(gap::S).align_y(Center), undo].spacing(gap::M).into()
            }
        };
        let title = fl!(texts, "files-calendar-title");
        let dialog: Dialog<'a, Message> =
            dialog(title, WIDTH, body, Message::ClosePressed, fl!(texts, "close")).explained_by(Topic::ImportCalendar);
        let dialog = if self.step == Step::Plan { dialog.fills() } else { dialog };
        vec![self.buttons(dialog, situation).layer()]
    }

    fn plan_step<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let planned = self.planned.as_ref();
        // Only those in view are put into words.
        let rows = |index: usize| {
            let row = planned.and_then(|planned| row_at(planned, index, self.overlaps, situation));
            row.map_or_else(|| space().into(), Row::view)
        };
        let count = planned.map_or(0, |planned| planned.calendar.faults.len() + planned.calendar.items.len());
        let list = self.list.view(count, rows, Message::Rows);
        let list = container(list).padding(1).width(Fill).height(Fill).style(theme::surface);
        let form = column![self.options(texts), text(&self.summary).size(size::SMALL), list].spacing(gap::S);
        let open = self.practitioners.is_open();
        let choices = self.practitioners.list(&fl!(texts, "files-search"), fl!(texts, "files-nobody-found"));
        let choices = choices.map(|list| {
            pin(container(list.map(Message::Practitioner)).width(320)).x(LABEL).y(theme::CONTROL + gap::XS)
        });
        let outside = open.then(|| {
            mouse_area(space().width(Fill).height(Fill)).on_press(Message::Practitioner(choice::Message::Left))
        });
        stack![inert(open, form)].push(outside).push(choices).width(Fill).height(Fill).into()
    }

    /// Whose calendar it is, and how it is taken.
    fn options<'a>(&'a self, texts: &Texts) -> Element<'a, Message> {
        let standing = self.whose.standing();
        let button = self.practitioners.button(self.chosen.as_ref(), fl!(texts, "files-choose-practitioner"), standing);
        let button = container(button.map(Message::Practitioner)).width(320);
        let whose = row![button, under(&self.whose)].spacing(gap::S).align_y(Center);
        let example = fl!(texts, "date-example");
        let date = |id: &'static str, value: &'a str, of: Field| {
            field(id, &example, value, self.period.standing(), Some(move |typed| Message::DateTyped(of, typed)))
                .width(DATE)
        };
        let period = row![
            date("files-from", &self.from, Field::From),
            text(fl!(texts, "files-period-to")),
            date("files-to", &self.to, Field::To),
            under(&self.period)
        ];
        let days = [(false, fl!(texts, "files-days-practitioner")), (true, fl!(texts, "files-days-clinic"))];
        let days = days.map(|(whole_clinic, words)| {
            let id = format!("files-days-{whole_clinic}");
            one_of(id, words, whole_clinic == self.whole_clinic, Message::DaysChosen { whole_clinic }).into()
        });
        let overlaps = [
            (Overlaps::LeaveOut, fl!(texts, "files-overlaps-left-out")),
            (Overlaps::PutOnTop, fl!(texts, "files-overlaps-on-top")),
        ];
        let overlaps = overlaps.map(|(it, words)| {
            one_of(format!("files-overlaps-{it:?}"), words, it == self.overlaps, Message::OverlapsChosen(it)).into()
        });
        let summaries =
            tick("files-summaries", fl!(texts, "files-summaries"), self.summaries, Some(Message::SummariesTicked));
        let line = |label: String, control: Element<'a, Message>| {
            row![text(label).width(LABEL), control].align_y(Center).height(theme::CONTROL)
        };
        column![
            line(fl!(texts, "files-practitioner"), whose.into()),
            line(fl!(texts, "files-period"), period.spacing(gap::S).align_y(Center).into()),
            line(fl!(texts, "files-days"), row(days).spacing(gap::XS).into()),
            line(fl!(texts, "files-overlaps"), row(overlaps).spacing(gap::XS).into()),
            summaries,
        ]
        .spacing(gap::S)
        .into()
    }

    fn buttons<'a>(&'a self, dialog: Dialog<'a, Message>, situation: &Situation<'a>) -> Dialog<'a, Message> {
        let texts = situation.texts;
        let close = || push("files-close", fl!(texts, "cancel"), Some(Message::ClosePressed));
        let next = |words: String, message: Option<Message>| push("files-next", words, message).style(theme::primary);
        let dialog = match &self.failure {
            Some(words) => dialog.failing(words),
            None => dialog,
        };
        match self.step {
            Step::File => {
                let message = (!self.waiting).then_some(Message::NextPressed);
                let words = if self.waiting { fl!(texts, "fetch-busy") } else { fl!(texts, "files-next") };
                dialog.button(close()).button(next(words, message.clone())).on_enter(message).first(super::place::ID)
            }
            Step::Plan => {
                let import = self.can_import(situation).then_some(Message::ImportPressed);
                let count = self.planned.as_ref().map_or(0, |planned| planned.import.len());
                let words = fl!(texts, "files-calendar-import", count = count);
                let enter = match self.practitioners.is_open() {
                    true => Some(Message::Practitioner(choice::Message::MarkedChosen)),
                    false => import.clone(),
                };
                dialog
                    .button(push("files-back", fl!(texts, "files-back"), Some(Message::BackPressed)))
                    .button(close())
                    .button(push("files-import", words, import).style(theme::primary))
                    .on_enter(enter)
                    .first("files-practitioner")
            }
            Step::Importing => {
                let stopping = self.progress.as_ref().is_some_and(|progress| progress.is_stopping());
                let stop = (!stopping).then_some(Message::StopPressed);
                dialog.button(push("files-stop", fl!(texts, "files-stop"), stop)).first("files-stop")
            }
            Step::Done => {
                let message = Some(Message::NextPressed);
                dialog.button(next(fl!(texts, "close"), message.clone())).on_enter(message).first("files-next")
            }
        }
    }
}

impl Row {
    fn view<'a>(self) -> Element<'a, Message> {
        let part = |words: String| text(words).size(size::SMALL).wrapping(text::Wrapping::None);
        let when = container(part(self.when)).width(250).clip(true);
        let what = container(part(self.what)).width(200).clip(true);
        let becomes = container(part(self.becomes).style(self.style)).width(Fill).clip(true);
        let words = row![when, what, becomes].spacing(gap::S);
        container(words).center_y(long_list::ROW).padding([0.0, gap::M]).width(Fill).into()
    }
}
