//! The dialog «Spær tid»: lunch, a meeting, closed.

use aftalebog_booking::Id;
use aftalebog_booking::bounded::{Detail, Length};
use aftalebog_booking::overlap::Step;
use aftalebog_booking::placement::{typed_instant, wall_clock};
use aftalebog_booking::record::{Appointment, Entry, Origin, Overlap, Practitioner, Status};
use aftalebog_booking::time::{Raster, TimeOfDay};
use aftalebog_texts::guide::Topic;
use aftalebog_texts::{fl, typed};
use chrono::{DateTime, TimeDelta, Utc};
use iced::widget::{column, container, row, space, text};
use iced::{Element, Fill, Task};

use super::draft::{NoInstant, When, time_wrong};
use super::view::DATE;
use crate::screen::appointment_book::Place;
use crate::screen::settings::form::{Face, Form, Next, Pressed};
use crate::screen::settings::{Editing, Situation};
use crate::ui::dialog::Saving;
use crate::ui::focus;
use crate::ui::form::{LABEL, NUMBER, Sentence, field, labelled, push, tick, under};
use crate::ui::theme::space as gap;

/// The dialog's width in px.
const WIDTH: f32 = 720.0;

pub(super) struct BlockForm {
    pub(super) form: Form,
    opened: Option<Entry<Appointment>>,
    untouched: Draft,
    draft: Draft,
    /// For each row the id of a new block, made once: saving it again is harmless.
    new: Vec<Id<Appointment>>,
    /// OK has been pressed: what is missing is said as well.
    tried: bool,
    sentences: Sentences,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Draft {
    reason: String,
    /// Those who work here, and whose it was.
    rows: Vec<Row>,
    when: When,
    to: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    practitioner: Id<Practitioner>,
    initials: String,
    /// «JH  Jens Holm».
    words: String,
    ticked: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Reason,
    Practitioners,
    Date,
    From,
    To,
}

impl Field {
    fn id(self) -> String {
        match self {
            Self::Reason => "block-reason".to_owned(),
            Self::Practitioners => row_id(0),
            Self::Date => "block-date".to_owned(),
            Self::From => "block-from".to_owned(),
            Self::To => "block-to".to_owned(),
        }
    }
}

struct Sentences {
    reason: Sentence,
    practitioners: Sentence,
    date: Sentence,
    from: Sentence,
    to: Sentence,
}

/// Why the end is none.
enum NoEnd {
    Unreadable,
    TooSoon,
    TooShort,
    TooLong,
}

/// What is usual.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    Lunch,
    Meeting,
    Closed,
}

#[derive(Clone, Debug)]
pub enum Message {
    Typed(Field, String),
    ReasonPressed(Reason),
    Ticked(usize, bool),
    RemovePressed,
    Pressed(Pressed),
}

pub enum Action {
    None,
    Run(Task<Message>),
    /// Save them, if they stand in nobody's way.
    Check(Vec<Step>),
    /// «Fjern spærringen …».
    Remove(Id<Appointment>),
    Close,
}

impl BlockForm {
    /// A new one at a place of the book; two rows long unless it was dragged over.
    pub(super) fn new(at: Place, minutes: Option<Length>, situation: &Situation<'_>) -> Self {
        let lasts = minutes.map_or_else(|| usual(situation), |minutes| minutes.get());
        Self::with(None, String::new(), at.practitioner, at.start, lasts, situation)
    }

    pub(super) fn open(entry: &Entry<Appointment>, situation: &Situation<'_>) -> Self {
        let Appointment { practitioner, start, minutes, note, .. } = &entry.value;
        Self::with(Some(entry.clone()), note.to_string(), *practitioner, *start, minutes.get(), situation)
    }

    fn with(
        opened: Option<Entry<Appointment>>,
        reason: String,
        whose: Id<Practitioner>,
        start: DateTime<Utc>,
        minutes: u16,
        situation: &Situation<'_>,
    ) -> Self {
        let setup = situation.setup;
        let staff = setup.practitioners.iter().filter(|entry| !entry.value.deactivated || entry.id == whose);
        let row = |entry: &Entry<Practitioner>| Row {
            practitioner: entry.id,
            initials: entry.value.initials.to_string(),
            words: format!("{}  {}", entry.value.initials, entry.value.name),
            ticked: entry.id == whose,
        };
        let rows: Vec<Row> = staff.map(row).collect();
        let (_, end) = wall_clock(setup.clinic.value.time_zone, start + TimeDelta::minutes(minutes.into()));
        let end = if end == TimeOfDay::MIDNIGHT { TimeOfDay::END } else { end };
        let draft = Draft { reason, when: When::of(start, situation), to: situation.texts.time_in_field(end), rows };
        let mut form = Self {
            form: Form::default(),
            opened,
            new: draft.rows.iter().map(|_| Id::random()).collect(),
            untouched: draft.clone(),
            draft,
            tried: false,
            sentences: Sentences::none(),
        };
        form.refresh(situation);
        form
    }

    pub(super) fn opened(&self) -> Option<&Entry<Appointment>> {
        self.opened.as_ref()
    }

    pub(super) fn is_edited(&self) -> bool {
        self.draft != self.untouched
    }

    /// Says everything again.
    pub(super) fn refresh(&mut self, situation: &Situation<'_>) {
        let texts = situation.texts;
        let names: Vec<&str> =
            self.draft.rows.iter().filter(|row| row.ticked).map(|row| row.initials.as_str()).collect();
        self.sentences = Sentences {
            reason: match Detail::new(&self.draft.reason) {
                Ok(reason) if reason.as_str().is_empty() => Sentence::Means(fl!(texts, "block-reason-empty")),
                Ok(_) => Sentence::none(),
                Err(fault) => Sentence::Refuses(texts.not_a_line(fault)),
            },
            practitioners: match names.len() {
                0 if self.tried => Sentence::Refuses(fl!(texts, "block-practitioners-missing")),
                0 => Sentence::none(),
                count => Sentence::Means(fl!(texts, "block-each", count = count, who = names.join(", "))),
            },
            date: self.draft.when.date_sentence(situation),
            from: self.draft.when.time_sentence(situation),
            to: self.to_sentence(situation),
        };
    }

    fn to_sentence(&self, situation: &Situation<'_>) -> Sentence {
        let texts = situation.texts;
        let Ok(start) = self.draft.when.instant(situation) else { return Sentence::none() };
        match self.length(start, situation) {
            Ok(length) => Sentence::Means(fl!(texts, "block-minutes", minutes = length.get())),
            Err(NoEnd::Unreadable) => Sentence::Refuses(time_wrong(situation)),
            Err(NoEnd::TooSoon) => {
                let from = self.draft.when.time().map(|from| texts.time_in_field(from)).unwrap_or_default();
                Sentence::Refuses(fl!(texts, "block-to-wrong", from = from))
            }
            Err(NoEnd::TooShort) => Sentence::Refuses(fl!(texts, "block-to-short", min = Length::MIN)),
            Err(NoEnd::TooLong) => Sentence::Refuses(fl!(texts, "block-to-long", max = Length::MAX)),
        }
    }

    /// From its start to what is typed, in minutes that pass.
    fn length(&self, start: DateTime<Utc>, situation: &Situation<'_>) -> Result<Length, NoEnd> {
        let untouched = (&self.draft.when, &self.draft.to) == (&self.untouched.when, &self.untouched.to);
        if let Some(opened) = self.opened.as_ref().filter(|_| untouched) {
            // One that goes on beyond midnight, as another program may have written it.
            return Ok(opened.value.minutes);
        }
        let to = typed::time(&self.draft.to).ok_or(NoEnd::Unreadable)?;
        let zone = situation.setup.clinic.value.time_zone;
        let (date, _) = wall_clock(zone, start);
        let end = match to {
            TimeOfDay::END => Some(aftalebog_booking::zone::instant(zone, date, to)),
            to => typed_instant(zone, date, to),
        };
        let minutes = (end.ok_or(NoEnd::Unreadable)? - start).num_minutes();
        match minutes {
            ..=0 => Err(NoEnd::TooSoon),
            minutes if minutes < Length::MIN.into() => Err(NoEnd::TooShort),
            minutes => Length::try_from(minutes).map_err(|_| NoEnd::TooLong),
        }
    }

    pub(super) fn update(&mut self, message: Message, situation: &Situation<'_>) -> Action {
        let action = match message {
            Message::Typed(field, typed) => {
                if let Some(text) = self.draft.text(field) {
                    *text = typed;
                }
                Action::None
            }
            Message::ReasonPressed(reason) => {
                self.draft.reason = words(reason, situation);
                Action::None
            }
            Message::Ticked(row, ticked) => {
                if let Some(row) = self.draft.rows.get_mut(row) {
                    row.ticked = ticked;
                }
                Action::None
            }
            Message::RemovePressed => match &self.opened {
                Some(opened) if self.may_remove(situation) => Action::Remove(opened.id),
                _ => Action::None,
            },
            Message::Pressed(pressed) => self.pressed(pressed, situation),
        };
        self.refresh(situation);
        action
    }

    /// What is typed would be lost.
    fn may_remove(&self, situation: &Situation<'_>) -> bool {
        situation.editing == Editing::Allowed && *self.form.saving() != Saving::Busy && !self.is_edited()
    }

    fn pressed(&mut self, pressed: Pressed, situation: &Situation<'_>) -> Action {
        match self.form.pressed(pressed, self.is_edited(), situation.editing) {
            Next::Nothing => Action::None,
            Next::Close => Action::Close,
            Next::Save if self.opened.is_some() && !self.is_edited() => Action::Close,
            Next::Save => {
                self.tried = true;
                match self.steps(situation) {
                    Err(field) => Action::Run(focus::set(field.id())),
                    Ok(steps) => {
                        self.form.begin();
                        Action::Check(steps)
                    }
                }
            }
        }
    }

    /// One block for each who is ticked, or the first field that is wrong. The one that was opened
    /// stays with whose it was, or goes to the first.
    fn steps(&self, situation: &Situation<'_>) -> Result<Vec<Step>, Field> {
        let note = Detail::new(&self.draft.reason).map_err(|_| Field::Reason)?;
        let ticked = || self.draft.rows.iter().zip(&self.new).filter(|(row, _)| row.ticked);
        let first = ticked().next().ok_or(Field::Practitioners)?.0.practitioner;
        let start = self.draft.when.instant(situation).map_err(|fault| match fault {
            NoInstant::Date => Field::Date,
            NoInstant::Time | NoInstant::Skipped => Field::From,
        })?;
        let minutes = self.length(start, situation).map_err(|_| Field::To)?;
        let whose = self.opened.as_ref().map(|opened| opened.value.practitioner);
        let kept_by = whose.filter(|whose| ticked().any(|(row, _)| row.practitioner == *whose)).unwrap_or(first);
        let step = |(row, new): (&Row, &Id<Appointment>)| {
            let block = |before: Option<&Appointment>| Appointment {
                practitioner: row.practitioner,
                appointment_type: None,
                patient: None,
                need: None,
                start,
                minutes,
                origin: before.map_or(Origin::Clinic, |before| before.origin),
                status: before.map_or(Status::Booked, |before| before.status),
                overlap: before.map_or(Overlap::None, |before| before.overlap),
                note: note.clone(),
            };
            match self.opened.clone().filter(|_| row.practitioner == kept_by) {
                Some(opened) => {
                    let after = block(Some(&opened.value));
                    Step::edit(opened, after)
                }
                None => Step::create(Entry { id: *new, value: block(None) }),
            }
        };
        Ok(ticked().map(step).collect())
    }

    pub(super) fn layers<'a>(&'a self, situation: &Situation<'a>) -> Vec<Element<'a, Message>> {
        let texts = situation.texts;
        let is_new = self.opened.is_none();
        let face = Face {
            name: "block",
            topic: Topic::Block,
            title: if is_new { fl!(texts, "block-new") } else { fl!(texts, "block-title") },
            width: WIDTH,
            body: self.body(situation),
            first: "block-reason",
            enter: None,
            leaving: None,
        };
        self.form.layers_shaped(situation, face, Message::Pressed, |dialog| {
            if is_new {
                return dialog;
            }
            let remove = self.may_remove(situation).then_some(Message::RemovePressed);
            let remove = push("block-remove", fl!(texts, "block-remove"), remove);
            let remove = if self.is_edited() { remove.hint(fl!(texts, "appointment-edited-first")) } else { remove };
            dialog.button(remove)
        })
    }

    fn body<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let Sentences { reason, practitioners, date, from, to } = &self.sentences;
        let typed = |of: Field, value: &'a str, sentence: &Sentence| {
            field(of.id(), "", value, sentence.standing(), Some(move |typed| Message::Typed(of, typed)))
        };
        let usual = [Reason::Lunch, Reason::Meeting, Reason::Closed].map(|reason| {
            let words = words(reason, situation);
            Element::from(push(reason.id(), words, Some(Message::ReasonPressed(reason))))
        });
        let reason_field = typed(Field::Reason, &self.draft.reason, reason).width(Fill);
        let reason_row = row![reason_field].extend(usual).spacing(gap::S);
        column![
            labelled(fl!(texts, "block-reason"), reason_row, None, reason),
            row![text(fl!(texts, "block-practitioners")).width(LABEL), self.ticks()].spacing(gap::S),
            row![space().width(LABEL + gap::S).height(18), under(practitioners)],
            labelled(
                fl!(texts, "appointment-date"),
                typed(Field::Date, &self.draft.when.date, date).width(DATE),
                None,
                date
            ),
            labelled(
                fl!(texts, "block-from"),
                typed(Field::From, &self.draft.when.time, from).width(NUMBER),
                None,
                from
            ),
            labelled(fl!(texts, "block-to"), typed(Field::To, &self.draft.to, to).width(NUMBER), None, to),
        ]
        .spacing(gap::XS)
        .into()
    }

    /// The boxes, one below the other.
    fn ticks(&self) -> Element<'_, Message> {
        let rows = self.draft.rows.iter().enumerate();
        let rows = rows.map(|(index, row)| {
            let toggled = move |ticked| Message::Ticked(index, ticked);
            container(tick(row_id(index), row.words.as_str(), row.ticked, Some(toggled))).center_y(24).into()
        });
        column(rows).into()
    }
}

impl Draft {
    fn text(&mut self, field: Field) -> Option<&mut String> {
        match field {
            Field::Reason => Some(&mut self.reason),
            Field::Date => Some(&mut self.when.date),
            Field::From => Some(&mut self.when.time),
            Field::To => Some(&mut self.to),
            // They are ticked, never typed.
            Field::Practitioners => None,
        }
    }
}

impl Sentences {
    fn none() -> Self {
        let none = Sentence::none;
        Self { reason: none(), practitioners: none(), date: none(), from: none(), to: none() }
    }
}

impl Reason {
    const fn id(self) -> &'static str {
        match self {
            Self::Lunch => "block-lunch",
            Self::Meeting => "block-meeting",
            Self::Closed => "block-closed",
        }
    }
}

/// «Frokost».
fn words(reason: Reason, situation: &Situation<'_>) -> String {
    let texts = situation.texts;
    match reason {
        Reason::Lunch => fl!(texts, "block-lunch"),
        Reason::Meeting => fl!(texts, "block-meeting"),
        Reason::Closed => fl!(texts, "block-closed"),
    }
}

/// Two rows of the book.
fn usual(situation: &Situation<'_>) -> u16 {
    let raster: Raster = situation.setup.clinic.value.raster_minutes;
    2 * raster.minutes()
}

fn row_id(index: usize) -> String {
    format!("block-practitioner-{index}")
}
