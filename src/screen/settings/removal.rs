//! The question before a practitioner or an appointment type is deleted or deactivated: what
//! depends on it, and what is left to do where something does.

use std::sync::Arc;

use aftalebog_booking::leaving::{self, Belongings, Leaving};
use aftalebog_booking::record::{AppointmentType, Entry, Practitioner, PractitionerGroup};
use aftalebog_booking::{Setup, Write, zone};
use aftalebog_local::{Dependents, Store, StoreError};
use aftalebog_texts::guide::Topic;
use aftalebog_texts::{Texts, fl};
use chrono::{DateTime, Utc};
use iced::widget::{column, row, text};
use iced::{Element, Task};

use super::{Editing, Situation};
use crate::failure;
use crate::ui::dialog::{Saving, dialog};
use crate::ui::form::{Sentence, push, under};
use crate::ui::theme::{self, space as gap};

pub struct Removal {
    of: Leaving,
    to_ask: Option<Question>,
    wish: Wish,
    read: Read,
    saving: Saving,
    way: Way,
    title: String,
    lines: Vec<Line>,
}

/// How many depend on it: to be asked of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    of: Leaving,
    /// Where today begins: from then on appointments are to come.
    from: DateTime<Utc>,
}

#[derive(Clone, Debug)]
pub struct Answer {
    of: Leaving,
    counted: Result<Dependents, Arc<StoreError>>,
}

impl Question {
    /// Asks the file.
    pub fn ask(self, store: Store) -> Task<Answer> {
        let Self { of, from } = self;
        let counting = async move { store.dependents(of, from).await.map_err(Arc::new) };
        Task::perform(counting, move |counted| Answer { of, counted })
    }
}

/// What the person wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    Delete,
    Deactivate,
}

/// What the file answers to how many depend on it.
#[derive(Debug)]
enum Read {
    Waiting,
    Failed(Arc<StoreError>),
    Done(Dependents),
}

/// What can be done then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Delete,
    Deactivate,
    /// It is not known yet, or it is in use and deactivated already.
    Nothing,
}

#[derive(Debug)]
enum Line {
    Says(String),
    /// Those that depend on it.
    Names(Vec<String>),
    Told(Sentence),
}

#[derive(Clone, Debug)]
pub enum Message {
    Declined,
    Confirmed,
}

pub enum Action {
    None,
    Save(Vec<Write>),
    Close,
}

impl Removal {
    pub fn new(of: Leaving, wish: Wish, situation: &Situation<'_>) -> Self {
        let from = zone::day_start(situation.setup.clinic.value.time_zone, situation.today);
        let mut removal = Self {
            of,
            to_ask: Some(Question { of, from }),
            wish,
            read: Read::Waiting,
            saving: Saving::Idle,
            way: Way::Nothing,
            title: String::new(),
            lines: Vec::new(),
        };
        removal.refresh(situation);
        removal
    }

    /// What is to be asked of the file; the answer comes to [`Self::counted`].
    pub fn take_question(&mut self) -> Option<Question> {
        self.to_ask.take()
    }

    /// What was counted of another one comes too late.
    pub fn counted(&mut self, answer: Answer, situation: &Situation<'_>) {
        let Answer { of, counted } = answer;
        if of == self.of {
            self.read = match counted {
                Ok(dependents) => Read::Done(dependents),
                Err(error) => Read::Failed(error),
            };
            self.refresh(situation);
        }
    }

    /// Says everything again.
    pub fn refresh(&mut self, situation: &Situation<'_>) {
        let Situation { texts, setup, .. } = *situation;
        let Some(subject) = Subject::of(self.of, setup) else {
            // It has gone meanwhile.
            self.way = Way::Nothing;
            return;
        };
        let who = subject.short();
        self.way = match (&self.read, self.wish) {
            (Read::Waiting | Read::Failed(_), _) => Way::Nothing,
            (Read::Done(dependents), Wish::Delete) if dependents.is_none() => Way::Delete,
            _ if subject.is_deactivated() => Way::Nothing,
            _ => Way::Deactivate,
        };
        let in_use = matches!(&self.read, Read::Done(dependents) if !dependents.is_none());
        self.title = match self.wish {
            Wish::Delete if in_use => fl!(texts, "removal-in-use-title", who = who.clone()),
            Wish::Delete => fl!(texts, "removal-delete-title", who = who.clone()),
            Wish::Deactivate => fl!(texts, "removal-deactivate-title", who = who.clone()),
        };
        self.lines = match (&self.read, self.wish, self.way) {
            (Read::Waiting, ..) => vec![Line::Says(fl!(texts, "removal-reading", who = who))],
            (Read::Failed(error), ..) => {
                let (_, why) = failure::read(texts, error);
                vec![Line::Told(Sentence::Refuses(fl!(texts, "removal-unread", who = who, why = why)))]
            }
            (Read::Done(dependents), _, Way::Delete) => subject.deletion(dependents, setup, texts),
            (Read::Done(dependents), Wish::Deactivate, _) => subject.deactivation(dependents, setup, texts),
            (Read::Done(dependents), Wish::Delete, way) => {
                let mut lines = vec![Line::Says(fl!(texts, "removal-used-by", who = who.clone()))];
                lines.push(Line::Names([counts(dependents, texts), subject.belongings(setup, texts)].concat()));
                match way {
                    Way::Deactivate => lines.extend(subject.deactivation(dependents, setup, texts)),
                    _ => lines.push(Line::Says(fl!(texts, "removal-left-already", who = who))),
                }
                lines
            }
        };
    }

    pub fn update(&mut self, message: Message, situation: &Situation<'_>) -> Action {
        match message {
            // Whether it could be saved must be seen.
            _ if self.is_saving() => Action::None,
            Message::Declined => Action::Close,
            Message::Confirmed if situation.editing == Editing::ReadOnly => Action::None,
            Message::Confirmed => {
                let writes = self.writes(situation.setup);
                if writes.is_empty() {
                    return Action::Close;
                }
                self.saving = Saving::Busy;
                Action::Save(writes)
            }
        }
    }

    fn writes(&self, setup: &Setup) -> Vec<Write> {
        match (Subject::of(self.of, setup), self.way) {
            (None, _) | (_, Way::Nothing) => Vec::new(),
            (Some(Subject::Practitioner(whom)), Way::Delete) => {
                let blocks = match &self.read {
                    Read::Done(dependents) => dependents.blocks.as_slice(),
                    Read::Waiting | Read::Failed(_) => &[],
                };
                leaving::delete_practitioner(whom, blocks, setup)
            }
            (Some(Subject::Practitioner(whom)), Way::Deactivate) => leaving::deactivate_practitioner(whom),
            (Some(Subject::Type(of)), Way::Delete) => leaving::delete_type(of, setup),
            (Some(Subject::Type(of)), Way::Deactivate) => leaving::deactivate_type(of, setup),
        }
    }

    pub fn is_saving(&self) -> bool {
        self.saving == Saving::Busy
    }

    pub fn failed(&mut self, words: String) {
        self.saving = Saving::Failed(words);
    }

    pub fn view<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let lines = self.lines.iter().map(|line| match line {
            Line::Says(words) => text(words).into(),
            Line::Names(words) => column(words.iter().map(named)).spacing(gap::XS).into(),
            Line::Told(sentence) => under(sentence),
        });
        let body = column(lines).spacing(gap::M);
        let may = (self.way != Way::Nothing && !self.is_saving()).then_some(Message::Confirmed);
        let keep = fl!(texts, "cancel");
        let (words, style): (_, fn(&iced::Theme, _) -> _) = match self.way {
            _ if self.is_saving() => (fl!(texts, "saving"), theme::primary),
            Way::Deactivate => (fl!(texts, "deactivate"), theme::primary),
            Way::Nothing if self.wish == Wish::Deactivate => (fl!(texts, "deactivate"), theme::primary),
            Way::Delete | Way::Nothing => (fl!(texts, "delete"), theme::danger),
        };
        dialog(self.title.as_str(), 520.0, body, Message::Declined, keep.clone())
            .saving(&self.saving)
            .button(push("removal-keep", keep, Some(Message::Declined)))
            .button(push("removal-do", words, may).style(style))
            .first("removal-keep")
            .explained_by(Topic::Deactivating)
            .layer()
    }
}

fn named(words: &String) -> Element<'_, Message> {
    row![text("–").width(gap::L), text(words)].into()
}

/// The record that is to go.
enum Subject<'a> {
    Practitioner(&'a Entry<Practitioner>),
    Type(&'a Entry<AppointmentType>),
}

impl<'a> Subject<'a> {
    fn of(leaving: Leaving, setup: &'a Setup) -> Option<Self> {
        match leaving {
            Leaving::Practitioner(id) => setup.practitioners.iter().find(|it| it.id == id).map(Self::Practitioner),
            Leaving::AppointmentType(id) => setup.appointment_types.iter().find(|it| it.id == id).map(Self::Type),
        }
    }

    /// Initials or code.
    fn short(&self) -> String {
        match self {
            Self::Practitioner(entry) => entry.value.initials.to_string(),
            Self::Type(entry) => entry.value.code.to_string(),
        }
    }

    fn is_deactivated(&self) -> bool {
        match self {
            Self::Practitioner(entry) => entry.value.deactivated,
            Self::Type(entry) => entry.value.deactivated,
        }
    }

    /// What the settings hold of it.
    fn belongings(&self, setup: &Setup, texts: &Texts) -> Vec<String> {
        match self {
            Self::Practitioner(entry) => {
                let Belongings { hours, absences, groups, own_groups, online_types } = Belongings::of(entry.id, setup);
                let names = |groups: Vec<&Entry<PractitionerGroup>>| {
                    groups.iter().map(|group| group.value.name.to_string()).collect::<Vec<_>>()
                };
                let (groups, own_groups) = (names(groups), names(own_groups));
                let ticked = online_types
                    .iter()
                    .filter(|it| it.value.practitioners.iter().any(|row| row.practitioner == entry.id && row.active));
                let codes = ticked.filter_map(|it| setup.appointment_type(it.value.appointment_type));
                let codes: Vec<String> = codes.map(|of| of.code.to_string()).collect();
                let many = |count: usize| (count > 0).then_some(count);
                [
                    many(hours.len()).map(|count| fl!(texts, "removal-hours", count = count)),
                    many(absences.len()).map(|count| fl!(texts, "removal-absences", count = count)),
                    many(groups.len())
                        .map(|count| fl!(texts, "removal-groups", count = count, names = groups.join(", "))),
                    many(own_groups.len())
                        .map(|count| fl!(texts, "removal-own-groups", count = count, names = own_groups.join(", "))),
                    many(codes.len()).map(|count| fl!(texts, "removal-ticks", count = count, codes = codes.join(", "))),
                ]
                .into_iter()
                .flatten()
                .collect()
            }
            Self::Type(entry) => {
                let online = setup.online_type_of(entry.id);
                online.map(|it| fl!(texts, "removal-online", alias = it.value.alias.to_string())).into_iter().collect()
            }
        }
    }

    /// What is said before it is deleted.
    fn deletion(&self, dependents: &Dependents, setup: &Setup, texts: &Texts) -> Vec<Line> {
        let named = match self {
            Self::Practitioner(entry) => {
                fl!(texts, "removal-practitioner-unused", name = entry.value.name.to_string())
            }
            Self::Type(entry) => fl!(texts, "removal-type-unused", name = entry.value.name.to_string()),
        };
        let theirs = [counts(dependents, texts), self.belongings(setup, texts)].concat();
        let mut lines = vec![Line::Says(named)];
        if !theirs.is_empty() {
            lines.push(Line::Says(fl!(texts, "removal-goes-along")));
            lines.push(Line::Names(theirs));
        }
        lines.extend(self.online_lost(setup, texts));
        lines
    }

    /// What it means to be deactivated.
    fn deactivation(&self, dependents: &Dependents, setup: &Setup, texts: &Texts) -> Vec<Line> {
        let who = self.short();
        let means = match self {
            Self::Practitioner(_) => fl!(texts, "removal-deactivate-practitioner", who = who.clone()),
            Self::Type(_) => fl!(texts, "removal-deactivate-type", who = who.clone()),
        };
        let Dependents { upcoming, open_needs, .. } = *dependents;
        let stay = (upcoming > 0).then(|| Line::Says(fl!(texts, "removal-upcoming-stay", count = upcoming)));
        let wait = (open_needs > 0).then(|| {
            Line::Told(Sentence::Warns(match self {
                Self::Practitioner(_) => fl!(texts, "removal-needs-wait", count = open_needs, who = who),
                Self::Type(_) => fl!(texts, "removal-needs-by-telephone", count = open_needs),
            }))
        });
        let lost = self.online_lost(setup, texts);
        [Some(Line::Says(means)), stay, lost, wait].into_iter().flatten().collect()
    }

    /// Patients who booked it online can do so no longer.
    fn online_lost(&self, setup: &Setup, texts: &Texts) -> Option<Line> {
        let Self::Type(entry) = self else { return None };
        let alias = setup.online_type_of(entry.id)?.value.alias.to_string();
        Some(Line::Told(Sentence::Warns(fl!(texts, "removal-online-lost", alias = alias))))
    }
}

fn counts(dependents: &Dependents, texts: &Texts) -> Vec<String> {
    let Dependents { open_needs, used_needs, upcoming, past, cancelled, ref blocks } = *dependents;
    [
        (upcoming > 0).then(|| fl!(texts, "removal-upcoming", count = upcoming)),
        (past > 0).then(|| fl!(texts, "removal-past", count = past)),
        (cancelled > 0).then(|| fl!(texts, "removal-cancelled", count = cancelled)),
        (!blocks.is_empty()).then(|| fl!(texts, "removal-blocks", count = blocks.len())),
        (open_needs > 0).then(|| fl!(texts, "removal-open-needs", count = open_needs)),
        (used_needs > 0).then(|| fl!(texts, "removal-used-needs", count = used_needs)),
    ]
    .into_iter()
    .flatten()
    .collect()
}
