//! A save of a tab that no dialog is waiting for: an order, «Genaktivér».

use crate::ui::form::Sentence;

#[derive(Debug, Default)]
pub enum OwnSave {
    #[default]
    Idle,
    Busy,
    /// Why it went wrong, told in the tab itself.
    Failed(Sentence),
}

impl OwnSave {
    pub fn failed(words: String) -> Self {
        Self::Failed(Sentence::Refuses(words))
    }

    pub fn is_busy(&self) -> bool {
        matches!(self, Self::Busy)
    }
}
