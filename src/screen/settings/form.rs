//! What the four dialogs that save with OK have in common.

use aftalebog_booking::Id;
use aftalebog_booking::record::Entry;
use aftalebog_texts::guide::Topic;
use aftalebog_texts::{Texts, fl};
use iced::Element;

use super::{Editing, Situation};
use crate::ui::dialog::{Dialog, Saving, dialog, question};
use crate::ui::focus::inert;
use crate::ui::form::{NOTHING, push};
use crate::ui::theme;
use crate::ui::topic::layer_explained_by;

/// How far a form is from being closed.
#[derive(Debug, Default)]
pub struct Form {
    saving: Saving,
    /// «Kassér ændringerne?» is being asked.
    discarding: bool,
    /// What somebody else has done to the record since the dialog was opened.
    elsewhere: Option<Elsewhere>,
}

/// What became of a record while its dialog was open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Elsewhere {
    Changed,
    /// Of an appointment: the patient is not coming.
    Cancelled,
    Deleted,
}

/// A button of the dialog, or of the question above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressed {
    Ok,
    Cancel,
    Discard,
    Keep,
}

/// What is to be done then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    Nothing,
    /// Save what is typed, or say what is wrong with it.
    Save,
    Close,
}

impl Form {
    /// `edited`: closing now would lose something typed.
    pub fn pressed(&mut self, pressed: Pressed, edited: bool, editing: Editing) -> Next {
        match pressed {
            _ if self.saving == Saving::Busy => Next::Nothing,
            Pressed::Ok if editing == Editing::ReadOnly => Next::Nothing,
            Pressed::Ok => {
                self.saving = Saving::Idle;
                Next::Save
            }
            Pressed::Cancel if edited => {
                self.discarding = true;
                Next::Nothing
            }
            Pressed::Cancel | Pressed::Discard => Next::Close,
            Pressed::Keep => {
                self.discarding = false;
                Next::Nothing
            }
        }
    }

    /// What somebody else has done to the record since the dialog was opened: it is told, and what is typed stays.
    pub fn elsewhere(&mut self, elsewhere: Option<Elsewhere>) {
        self.elsewhere = elsewhere;
    }

    /// The same of a record that is compared with what it is `now`.
    pub fn compare<'n, T: PartialEq + 'n>(
        &mut self,
        opened: Option<&Entry<T>>,
        now: impl FnOnce(Id<T>) -> Option<&'n T>,
    ) {
        self.elsewhere = opened.and_then(|opened| Elsewhere::of(&opened.value, now(opened.id)));
    }

    /// What is typed is on its way to the file.
    pub fn begin(&mut self) {
        self.saving = Saving::Busy;
    }

    /// Nothing is on its way any more: a question above is to be answered first.
    pub fn rest(&mut self) {
        self.saving = Saving::Idle;
    }

    /// The save went wrong, for the reason that `words` say: everything typed still stands.
    pub fn failed(&mut self, words: String) {
        self.saving = Saving::Failed(words);
    }

    /// Whether what is typed may be lost is being asked.
    pub fn is_asking(&self) -> bool {
        self.discarding
    }

    pub fn saving(&self) -> &Saving {
        &self.saving
    }

    /// The dialog with OK and Annuller, and above it the question before typed values are lost.
    pub fn layers<'a, M: Clone + 'a>(
        &'a self,
        situation: &Situation<'a>,
        face: Face<'a, M>,
        on_press: impl Fn(Pressed) -> M,
    ) -> Vec<Element<'a, M>> {
        self.layers_shaped(situation, face, on_press, |dialog| dialog)
    }

    /// The same, after `shape` has given the dialog its shape and further buttons.
    pub fn layers_shaped<'a, M: Clone + 'a>(
        &'a self,
        situation: &Situation<'a>,
        face: Face<'a, M>,
        on_press: impl Fn(Pressed) -> M,
        shape: impl FnOnce(Dialog<'a, M>) -> Dialog<'a, M>,
    ) -> Vec<Element<'a, M>> {
        let texts = situation.texts;
        let Face { name, topic, title, width, body, first, enter, leaving } = face;
        let busy = self.saving == Saving::Busy;
        let ok = (situation.editing == Editing::Allowed && !busy).then(|| on_press(Pressed::Ok));
        let ok_words = if busy { fl!(texts, "saving") } else { fl!(texts, "ok") };
        let cancel = on_press(Pressed::Cancel);
        // What is typed while it saves would be lost when the dialog closes.
        let form = shape(dialog(title, width, inert(busy, body), cancel.clone(), fl!(texts, "cancel")))
            .saving(&self.saving)
            .telling(self.elsewhere.map(|elsewhere| elsewhere.words(texts)))
            .button(push(format!("{name}-cancel"), fl!(texts, "cancel"), Some(cancel)))
            .button(push(format!("{name}-ok"), ok_words, ok.clone()).style(theme::primary))
            .on_enter(enter.or(ok))
            .first(first)
            .explained_by(topic)
            .layer();
        let mut layers = vec![inert(self.discarding, form).into()];
        if self.discarding {
            let question = question(
                fl!(texts, "discard-title"),
                &NOTHING,
                leaving.unwrap_or_else(|| fl!(texts, "discard-explanation")),
                (fl!(texts, "discard-keep"), on_press(Pressed::Keep)),
                (fl!(texts, "discard-lose"), Some(on_press(Pressed::Discard))),
                &Saving::Idle,
            );
            layers.push(layer_explained_by(topic, question));
        }
        layers
    }
}

impl Elsewhere {
    /// Of a record that is as it was opened: nothing.
    pub fn of<T: PartialEq>(opened: &T, now: Option<&T>) -> Option<Self> {
        match now {
            Some(now) if now == opened => None,
            Some(_) => Some(Self::Changed),
            None => Some(Self::Deleted),
        }
    }

    fn words(self, texts: &Texts) -> String {
        match self {
            Self::Changed => fl!(texts, "elsewhere-changed"),
            Self::Cancelled => fl!(texts, "elsewhere-cancelled"),
            Self::Deleted => fl!(texts, "elsewhere-deleted"),
        }
    }
}

/// What is special about one of the dialogs.
pub struct Face<'a, M> {
    /// The first part of its controls' ids.
    pub name: &'static str,
    /// What «Hjælp» shows for it.
    pub topic: Topic,
    pub title: String,
    /// In px.
    pub width: f32,
    pub body: Element<'a, M>,
    /// Which control has the focus first.
    pub first: &'static str,
    /// What Enter does, if something else than OK.
    pub enter: Option<M>,
    /// What the question before typed values are lost explains, if something else than the usual.
    pub leaving: Option<String>,
}
