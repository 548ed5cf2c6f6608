//! «Vis deaktiverede»: whether what is used no more is in a list.

use aftalebog_texts::{Texts, fl};
use iced::Element;

use crate::ui::form::tick;

#[derive(Clone, Copy, Debug, Default)]
pub struct Deactivated {
    shown: Shown,
    /// How many there are.
    count: usize,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Shown {
    #[default]
    No,
    Yes,
}

impl Deactivated {
    pub fn show(&mut self, shown: bool) {
        self.shown = if shown { Shown::Yes } else { Shown::No };
    }

    /// Those of all that are in the list; `is_deactivated` says it of each.
    pub fn sift<'a, T>(&mut self, all: &'a [T], is_deactivated: impl Fn(&T) -> bool) -> Vec<&'a T> {
        self.count = all.iter().filter(|one| is_deactivated(one)).count();
        all.iter().filter(|one| self.shown == Shown::Yes || !is_deactivated(one)).collect()
    }

    pub fn are_there(&self) -> bool {
        self.count > 0
    }

    /// The box to tick, greyed while there are none.
    pub fn tick<'a, M: Clone + 'a>(
        &self,
        id: &'static str,
        texts: &Texts,
        on_tick: impl Fn(bool) -> M + 'a,
    ) -> Element<'a, M> {
        let label = fl!(texts, "show-deactivated", count = self.count);
        tick(id, label, self.shown == Shown::Yes, self.are_there().then_some(on_tick))
    }
}
