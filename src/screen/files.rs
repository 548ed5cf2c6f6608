//! What comes from other programs and goes to them: patients and needs as CSV, busy times and closed days as iCalendar.

mod place;
mod progress;
mod save_as;
mod table;
mod words;

use std::path::PathBuf;
use std::sync::Arc;

use aftalebog_local::exchange::patient::Subject;
use aftalebog_local::{Import, SaveError, Store};
use iced::{Element, Task};

use self::progress::Progress;
pub use self::progress::Watch;
use self::table::TableImport;
use crate::screen::appointment_book::Transfer;
use crate::screen::settings::Situation;

#[derive(Default)]
pub struct Files {
    open: Option<Open>,
}

/// The dialog that is open.
enum Open {
    Table(Box<TableImport>),
}

#[derive(Clone, Debug)]
pub enum Message {
    Table(table::Message),
}

pub enum Action {
    None,
    Run(Task<Message>),
    /// Import this, and tell how far it is.
    Import {
        import: Arc<Import>,
        watch: Watch,
        telling: Task<Message>,
    },
}

impl Files {
    /// Opens what answers this.
    pub fn ask(&mut self, transfer: Transfer, _situation: &Situation<'_>, _store: &Store) -> Action {
        self.open = match transfer {
            Transfer::ImportPatients => Some(Open::Table(Box::new(TableImport::new(Subject::Patients)))),
            Transfer::ImportNeeds => Some(Open::Table(Box::new(TableImport::new(Subject::Needs)))),
            _ => None,
        };
        Action::None
    }

    pub fn update(&mut self, message: Message, situation: &Situation<'_>, store: &Store) -> Action {
        match (message, &mut self.open) {
            (Message::Table(message), Some(Open::Table(open))) => match open.update(message, situation, store) {
                table::Action::None => Action::None,
                table::Action::Run(task) => Action::Run(task.map(Message::Table)),
                table::Action::Close => {
                    self.open = None;
                    Action::None
                }
                table::Action::Import(import) => {
                    let (progress, watch, telling) = Progress::begin(import.len(), situation.texts);
                    let telling = telling.map(table::Message::Told);
                    let telling = Task::batch([open.begun(progress), telling]).map(Message::Table);
                    Action::Import { import, watch, telling }
                }
            },
            // What answers a dialog that has been closed.
            (Message::Table(_), None) => Action::None,
        }
    }

    /// A file was dropped on the window.
    pub fn dropped(&mut self, path: PathBuf, situation: &Situation<'_>) -> Task<Message> {
        match &mut self.open {
            Some(Open::Table(open)) => open.dropped(path, situation).map(Message::Table),
            None => Task::none(),
        }
    }

    /// The day, the language or the clinic has turned: everything is said again.
    pub fn refresh(&mut self, situation: &Situation<'_>) {
        match &mut self.open {
            Some(Open::Table(open)) => open.refresh(situation),
            None => {}
        }
    }

    /// The import that was begun here is durable; `situation` is what the file holds now.
    pub fn saved(&mut self, situation: &Situation<'_>) -> Task<Message> {
        match &mut self.open {
            Some(Open::Table(open)) => open.saved(situation).map(Message::Table),
            None => Task::none(),
        }
    }

    /// The import that was begun here went wrong, for the reason that `words` say.
    pub fn failed(&mut self, _error: &SaveError, words: String, _situation: &Situation<'_>) {
        match &mut self.open {
            Some(Open::Table(open)) => open.failed(words),
            None => {}
        }
    }

    pub fn is_saving(&self) -> bool {
        match &self.open {
            Some(Open::Table(open)) => open.is_saving(),
            None => false,
        }
    }

    /// What is typed here is soon typed again: nothing is asked before the window closes.
    pub fn is_edited(&self) -> bool {
        false
    }

    /// What lies above the book, the lowest first.
    pub fn layers<'a>(&'a self, situation: &Situation<'a>) -> Vec<Element<'a, Message>> {
        match &self.open {
            Some(Open::Table(open)) => {
                open.layers(situation).into_iter().map(|layer| layer.map(Message::Table)).collect()
            }
            None => Vec::new(),
        }
    }
}
