//! What others have saved while something was edited here: shown before it is overwritten.

use std::sync::Arc;

use aftalebog_booking::Write;
use aftalebog_local::{Import, Met, SaveError, ThisPc};
use aftalebog_texts::fl;
use iced::Element;
use iced::widget::{column, text};

use super::both::both;
use super::case::{Case, Matter};
use crate::screen::settings::Situation;
use crate::ui::dialog::dialog;
use crate::ui::form::push;
use crate::ui::theme::{self, space as gap};

const WIDTH: f32 = 780.0;

/// More records than anybody looks through: they are not overwritten unseen.
const LOOKED_THROUGH: usize = 200;

/// A save that met what others have saved.
#[derive(Debug)]
pub struct Meanwhile {
    again: Again,
    /// Why it was not saved.
    error: SaveError,
    /// `None`: the file is being asked.
    shown: Option<Shown>,
}

/// What was not saved, for somebody who means it all the same.
#[derive(Clone, Debug)]
pub enum Again {
    Save { writes: Vec<Write>, this_pc: Option<ThisPc> },
    Import(Arc<Import>),
}

#[derive(Debug)]
struct Shown {
    met: Arc<Met>,
    case: Case,
}

/// What the file's answer comes to.
pub enum Answer {
    /// Somebody is to decide.
    Ask,
    /// Nothing is in its way any more.
    Free,
}

impl Again {
    pub fn writes(&self) -> &[Write] {
        match self {
            Self::Save { writes, .. } => writes,
            Self::Import(import) => &import.edits,
        }
    }
}

impl Meanwhile {
    pub fn new(again: Again, error: SaveError) -> Self {
        Self { again, error, shown: None }
    }

    pub fn again(&self) -> &Again {
        &self.again
    }

    pub fn is_shown(&self) -> bool {
        self.shown.is_some()
    }

    /// This is what stands there now.
    pub fn met(&mut self, met: Arc<Met>, situation: &Situation<'_>) -> Answer {
        let free = met.set_aside.problem.conflicts.is_empty();
        let case = Case::new(&met.set_aside, situation);
        self.shown = Some(Shown { met, case });
        if free { Answer::Free } else { Answer::Ask }
    }

    /// Says it again.
    pub fn refresh(&mut self, situation: &Situation<'_>) {
        if let Some(shown) = &mut self.shown {
            shown.case = Case::new(&shown.met.set_aside, situation);
        }
    }

    /// Why it was not saved, for whoever lets it be.
    pub fn into_error(self) -> SaveError {
        self.error
    }

    /// The same save by somebody who has seen what is shown.
    pub fn into_again(self) -> Again {
        let Self { again, shown, error: _ } = self;
        match (again, shown) {
            (Again::Save { this_pc, .. }, Some(shown)) => Again::Save { writes: shown.met.again.clone(), this_pc },
            (Again::Import(import), Some(shown)) => Again::Import(Arc::new(import.with_edits(shown.met.again.clone()))),
            (again, None) => again,
        }
    }

    /// The question, once there is something to show.
    pub fn view<'a, M: Clone + 'a>(&'a self, situation: &Situation<'a>, keep: M, mine: M) -> Option<Element<'a, M>> {
        let texts = situation.texts;
        let Shown { met, case } = self.shown.as_ref()?;
        let Matter::Conflict(parts) = &case.matter else { return None };
        let deletes = met.set_aside.change.writes.iter().all(|write| write.after.is_none());
        let (why, words) = match deletes {
            true => (fl!(texts, "meanwhile-why-delete"), fl!(texts, "meanwhile-delete")),
            false => (fl!(texts, "meanwhile-why"), fl!(texts, "meanwhile-mine")),
        };
        let cancel = fl!(texts, "cancel");
        let title = fl!(texts, "meanwhile-title");
        let stay = push("question-keep", cancel.clone(), Some(keep.clone()));
        if parts.len() > LOOKED_THROUGH {
            let body = text(fl!(texts, "meanwhile-many", count = parts.len()));
            return Some(dialog(title, WIDTH, body, keep, cancel).button(stay).layer());
        }
        let body = column![text(why), both(parts, texts, None)].spacing(gap::M);
        let dialog = dialog(title, WIDTH, body, keep, cancel)
            .button(stay)
            .button(push("question-lose", words, Some(mine)).style(theme::danger))
            .first("question-keep");
        Some(dialog.layer())
    }
}
