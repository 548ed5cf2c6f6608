//! What is set aside, one change after the other: both values side by side, and somebody chooses.

use std::collections::BTreeMap;

use aftalebog_local::Decision;
use aftalebog_texts::fl;
use aftalebog_texts::guide::Topic;
use iced::widget::{column, row, space, text};
use iced::{Center, Element, Fill, Task};
use lucide_icons::Icon;
use uuid::Uuid;

use super::both::{Choosing, Side, both};
use super::case::{Case, Matter, Part, Row};
use crate::screen::settings::{Editing, Situation};
use crate::ui::dialog::{Saving, dialog};
use crate::ui::focus;
use crate::ui::form::{self, heading, icon, push};
use crate::ui::theme::{self, size, space as gap};

const WIDTH: f32 = 780.0;
const LABEL: f32 = 190.0;

/// The dialog, with the change that is before somebody.
#[derive(Debug)]
pub struct Deciding {
    shown: Uuid,
    /// Which side was chosen, by record and field.
    chosen: BTreeMap<Key, Side>,
    saving: Saving,
    /// It came by itself, a moment ago, into the place of the one before: whoever presses twice means that one.
    unread: bool,
}

/// A record and one of its fields; without one the record as a whole.
type Key = (Uuid, Option<String>);

/// What is left to be decided about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    Nothing,
    /// What is before somebody is as it was.
    Same,
    /// Another change, or other values in it.
    Another,
}

#[derive(Clone, Debug)]
pub enum Message {
    /// By the change, and the place among its fields.
    SideChosen(Uuid, usize, Side),
    /// For the whole change, at once.
    AllChosen(Uuid, Side),
    ChosenSaved(Uuid),
    TryAgainPressed(Uuid),
    DiscardPressed(Uuid),
    PreviousPressed,
    NextPressed,
    Closed,
}

pub enum Action {
    None,
    Settle(Uuid, Decision),
    Close,
}

impl Message {
    /// The change that it is an answer to.
    const fn case(&self) -> Option<Uuid> {
        match self {
            Self::SideChosen(case, ..)
            | Self::AllChosen(case, _)
            | Self::ChosenSaved(case)
            | Self::TryAgainPressed(case)
            | Self::DiscardPressed(case) => Some(*case),
            Self::PreviousPressed | Self::NextPressed | Self::Closed => None,
        }
    }
}

impl Deciding {
    pub fn new(shown: Uuid) -> Self {
        Self { shown, chosen: BTreeMap::new(), saving: Saving::Idle, unread: false }
    }

    pub const fn is_unread(&self) -> bool {
        self.unread
    }

    /// It has stood long enough to be what somebody presses on.
    pub fn read(&mut self) {
        self.unread = false;
    }

    pub fn update(&mut self, message: Message, cases: &[Case], situation: &Situation<'_>) -> Action {
        if self.saving == Saving::Busy {
            return Action::None;
        }
        let Some(at) = self.place(cases) else { return Action::Close };
        if message.case().is_some_and(|case| self.unread || case != self.shown) {
            return Action::None;
        }
        match message {
            Message::Closed => Action::Close,
            Message::PreviousPressed => self.show(cases, at.checked_sub(1)),
            Message::NextPressed => self.show(cases, Some(at + 1)),
            Message::SideChosen(_, number, side) => {
                if let Some((part, row)) = cases[at].rows().nth(number) {
                    let _before = self.chosen.insert((part.record, row.field.clone()), side);
                }
                Action::None
            }
            _ if situation.editing == Editing::ReadOnly => Action::None,
            Message::AllChosen(_, Side::Theirs) => self.settle(Decision::Theirs),
            Message::AllChosen(_, Side::Mine) => self.settle(Decision::Mine),
            Message::TryAgainPressed(_) => self.settle(Decision::TryAgain),
            Message::DiscardPressed(_) => self.settle(Decision::Discard),
            Message::ChosenSaved(_) if self.is_chosen(&cases[at]) => {
                let theirs = self.chosen.iter().filter(|(_, side)| **side == Side::Theirs);
                let theirs = theirs.map(|(key, _)| key.clone()).collect();
                self.settle(Decision::Mixed { theirs })
            }
            Message::ChosenSaved(_) => Action::None,
        }
    }

    fn settle(&mut self, decision: Decision) -> Action {
        self.saving = Saving::Busy;
        Action::Settle(self.shown, decision)
    }

    fn show(&mut self, cases: &[Case], at: Option<usize>) -> Action {
        if let Some(case) = at.and_then(|at| cases.get(at)) {
            *self = Self::new(case.id);
        }
        Action::None
    }

    fn place(&self, cases: &[Case]) -> Option<usize> {
        cases.iter().position(|case| case.id == self.shown)
    }

    fn side(&self, part: &Part, row: &Row) -> Option<Side> {
        self.chosen.get(&(part.record, row.field.clone())).copied()
    }

    fn is_chosen(&self, case: &Case) -> bool {
        case.rows().all(|(part, row)| self.side(part, row).is_some())
    }

    /// These are left to decide about. The one that was before somebody stays there, with what was chosen, until it is
    /// settled; then comes the one that came into its place.
    pub fn left(&mut self, before: &[Case], cases: &[Case]) -> Left {
        let place = self.place(before).unwrap_or_default();
        if let Some(at) = self.place(cases) {
            let same = before.get(place).is_none_or(|before| before.matter == cases[at].matter);
            if same || self.is_saving() {
                return Left::Same;
            }
            // Others have saved again: nobody has chosen between these values.
            (self.unread, self.chosen) = (true, BTreeMap::new());
            return Left::Another;
        }
        match cases.get(place.min(cases.len().saturating_sub(1))) {
            Some(next) => {
                *self = Self { unread: true, ..Self::new(next.id) };
                Left::Another
            }
            None => Left::Nothing,
        }
    }

    pub fn is_saving(&self) -> bool {
        self.saving == Saving::Busy
    }

    pub fn failed(&mut self, words: String) {
        self.saving = Saving::Failed(words);
    }

    pub fn rest(&mut self) {
        self.saving = Saving::Idle;
    }

    /// The focus goes to the button that changes nothing.
    pub fn focus<M: Send + 'static>() -> Task<M> {
        focus::set("decide-later")
    }

    pub fn view<'a>(&'a self, cases: &'a [Case], situation: &Situation<'a>) -> Option<Element<'a, Message>> {
        let texts = situation.texts;
        let at = self.place(cases)?;
        let case = &cases[at];
        let title = match &case.matter {
            Matter::Conflict(_) => fl!(texts, "decide-title-conflict"),
            Matter::Refused { .. } => fl!(texts, "decide-title-refused"),
        };
        let several = cases.len() > 1;
        let turn = |id, sign, hint, to: Option<Message>| form::push_icon(id, sign, hint, to).style(theme::secondary);
        let turns = several.then(|| {
            let earlier = (at > 0).then_some(Message::PreviousPressed);
            let later = (at + 1 < cases.len()).then_some(Message::NextPressed);
            row![
                text(fl!(texts, "decide-place", place = at.saturating_add(1), count = cases.len())).style(theme::muted),
                turn("decide-earlier", Icon::ChevronLeft, fl!(texts, "decide-earlier"), earlier),
                turn("decide-next", Icon::ChevronRight, fl!(texts, "decide-next"), later),
            ]
            .spacing(gap::S)
            .align_y(Center)
        });
        let head = row![heading(case.what.as_str()), space::horizontal(), turns].align_y(Center).height(theme::CONTROL);
        let made = text(&case.made).size(size::SMALL).style(theme::muted);
        let body = match &case.matter {
            Matter::Conflict(parts) => self.conflict(case, parts, situation),
            Matter::Refused { why, fields, more } => refused(why, fields, more.as_deref()),
        };
        let body = column![column![head, made].spacing(gap::XS), body].spacing(gap::M);
        let may = situation.editing == Editing::Allowed;
        let later = push("decide-later", fl!(texts, "decide-later"), Some(Message::Closed));
        let later = later.hint(fl!(texts, "decide-later-means"));
        let mut dialog = dialog(title, WIDTH, body, Message::Closed, fl!(texts, "close"))
            .saving(&self.saving)
            .first("decide-later")
            .explained_by(Topic::Conflicts)
            .button(later);
        // Not greyed while it saves, which would take the focus away: it is answered once.
        match &case.matter {
            Matter::Conflict(_) => {
                let all = |side| may.then_some(Message::AllChosen(self.shown, side));
                let one = case.rows().count() == 1;
                let (theirs, mine) = match one {
                    true => (fl!(texts, "decide-theirs"), fl!(texts, "decide-mine")),
                    false => (fl!(texts, "decide-all-theirs"), fl!(texts, "decide-all-mine")),
                };
                dialog = dialog.button(push("decide-theirs", theirs, all(Side::Theirs))).button(push(
                    "decide-mine",
                    mine,
                    all(Side::Mine),
                ));
                if !one {
                    let chosen = (may && self.is_chosen(case)).then_some(Message::ChosenSaved(self.shown));
                    let chosen = push("decide-chosen", fl!(texts, "decide-chosen"), chosen).style(theme::primary);
                    dialog = dialog.button(chosen);
                }
            }
            Matter::Refused { .. } => {
                let discard = push(
                    "decide-discard",
                    fl!(texts, "decide-discard"),
                    may.then_some(Message::DiscardPressed(self.shown)),
                );
                let again = push(
                    "decide-again",
                    fl!(texts, "decide-again"),
                    may.then_some(Message::TryAgainPressed(self.shown)),
                );
                dialog = dialog.button(discard.style(theme::danger)).button(again.style(theme::primary));
            }
        }
        Some(dialog.layer())
    }

    /// Both values side by side; of several fields each is chosen by itself.
    fn conflict<'a>(&self, case: &Case, parts: &'a [Part], situation: &Situation<'a>) -> Element<'a, Message> {
        let on_choose = |number, side| Message::SideChosen(self.shown, number, side);
        let choosing = Choosing { chosen: &|part, row| self.side(part, row), on_choose: &on_choose };
        both(parts, situation.texts, (case.rows().count() > 1).then_some(&choosing))
    }
}

/// What was to be saved, and why the server did not take it.
fn refused<'a>(why: &'a str, fields: &'a [(String, String)], more: Option<&'a str>) -> Element<'a, Message> {
    let why = row![icon(Icon::CircleAlert).style(theme::bad), text(why).width(Fill)].spacing(gap::S);
    let line = |(label, value): &'a (String, String)| {
        row![text(label).width(LABEL).style(theme::muted), text(value).width(Fill)].spacing(gap::M).into()
    };
    let fields = column(fields.iter().map(line)).spacing(gap::XS);
    let more = more.map(|more| text(more).size(size::SMALL).style(theme::muted));
    column![why, form::divider(), fields].push(more).spacing(gap::M).into()
}
