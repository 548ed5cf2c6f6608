//! What comes from other programs and goes to them: patients and needs as CSV, busy times and closed days as iCalendar.

mod calendar;
mod export;
pub(super) mod place;
pub(super) mod progress;
mod save_as;
mod table;
mod words;

use std::path::PathBuf;
use std::sync::Arc;

use aftalebog_local::exchange::patient::Subject;
use aftalebog_local::{Import, Store};
use iced::{Element, Task};

use self::calendar::CalendarImport;
use self::export::Export;
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
    Calendar(Box<CalendarImport>),
    Export(Box<Export>),
}

#[derive(Clone, Debug)]
pub enum Message {
    Table(table::Message),
    Calendar(calendar::Message),
    Export(export::Message),
}

pub enum Action {
    None,
    Run(Task<Message>),
    /// Written: say so, in these words.
    Done(String),
    /// Import this, and tell how far it is.
    Import {
        import: Arc<Import>,
        watch: Watch,
        telling: Task<Message>,
    },
}

impl Files {
    /// Opens what answers this.
    pub fn ask(&mut self, transfer: Transfer, situation: &Situation<'_>) {
        if self.is_saving() {
            return;
        }
        self.open = Some(match transfer {
            Transfer::ImportPatients => Open::Table(Box::new(TableImport::new(Subject::Patients))),
            Transfer::ImportNeeds => Open::Table(Box::new(TableImport::new(Subject::Needs))),
            Transfer::ImportCalendar => Open::Calendar(Box::new(CalendarImport::new(situation))),
            Transfer::ExportPatients => Open::Export(Box::new(Export::patients(situation))),
            Transfer::ExportNeeds => Open::Export(Box::new(Export::needs(situation))),
            Transfer::ExportCalendar => Open::Export(Box::new(Export::calendar(situation))),
            Transfer::BackUp => Open::Export(Box::new(Export::everything(situation))),
        });
    }

    pub fn update(&mut self, message: Message, situation: &Situation<'_>, store: &Store) -> Action {
        match (message, &mut self.open) {
            (Message::Table(message), Some(Open::Table(open))) => match open.update(message, situation, store) {
                table::Action::None => Action::None,
                table::Action::Run(task) => Action::Run(task.map(Message::Table)),
                table::Action::Close => self.close(),
                table::Action::Import(import) => {
                    let (progress, watch, telling) = Progress::begin(import.len(), situation.texts);
                    let telling = telling.map(table::Message::Told);
                    let telling = Task::batch([open.begun(progress), telling]).map(Message::Table);
                    Action::Import { import, watch, telling }
                }
            },
            (Message::Calendar(message), Some(Open::Calendar(open))) => match open.update(message, situation, store) {
                calendar::Action::None => Action::None,
                calendar::Action::Run(task) => Action::Run(task.map(Message::Calendar)),
                calendar::Action::Close => self.close(),
                calendar::Action::Import(import) => {
                    let (progress, watch, telling) = Progress::begin(import.len(), situation.texts);
                    let telling = telling.map(calendar::Message::Told);
                    let telling = Task::batch([open.begun(progress), telling]).map(Message::Calendar);
                    Action::Import { import, watch, telling }
                }
            },
            (Message::Export(message), Some(Open::Export(open))) => match open.update(message, situation, store) {
                export::Action::None => Action::None,
                export::Action::Run(task) => Action::Run(task.map(Message::Export)),
                export::Action::Saved(path) => {
                    let words = open.saved(&path, situation.texts);
                    let _none = self.close();
                    Action::Done(words)
                }
                export::Action::Close => self.close(),
            },
            // What answers a dialog that has been closed.
            _ => Action::None,
        }
    }

    /// The import that was begun here is begun once more.
    pub fn import_again(&mut self, import: &Import, situation: &Situation<'_>) -> Option<(Watch, Task<Message>)> {
        let (progress, watch, telling) = Progress::begin(import.len(), situation.texts);
        let telling = match &mut self.open {
            Some(Open::Table(open)) => {
                Task::batch([open.begun(progress), telling.map(table::Message::Told)]).map(Message::Table)
            }
            Some(Open::Calendar(open)) => {
                Task::batch([open.begun(progress), telling.map(calendar::Message::Told)]).map(Message::Calendar)
            }
            Some(Open::Export(_)) | None => return None,
        };
        Some((watch, telling))
    }

    fn close(&mut self) -> Action {
        self.open = None;
        Action::None
    }

    /// A file was dropped on the window.
    pub fn dropped(&mut self, path: PathBuf, situation: &Situation<'_>) -> Task<Message> {
        match &mut self.open {
            Some(Open::Table(open)) => open.dropped(path, situation).map(Message::Table),
            Some(Open::Calendar(open)) => open.dropped(path, situation).map(Message::Calendar),
            Some(Open::Export(_)) | None => Task::none(),
        }
    }

    /// The day, the language or the clinic has turned: everything is said again.
    pub fn refresh(&mut self, situation: &Situation<'_>) {
        match &mut self.open {
            Some(Open::Table(open)) => open.refresh(situation),
            Some(Open::Calendar(open)) => open.refresh(situation),
            Some(Open::Export(open)) => open.refresh(situation),
            None => {}
        }
    }

    /// The import that was begun here is durable; `situation` is what the file holds now.
    pub fn saved(&mut self, situation: &Situation<'_>) -> Task<Message> {
        match &mut self.open {
            Some(Open::Table(open)) => open.saved(situation).map(Message::Table),
            Some(Open::Calendar(open)) => open.saved(situation).map(Message::Calendar),
            Some(Open::Export(_)) | None => Task::none(),
        }
    }

    /// The import that was begun here went wrong, for the reason that `words` say.
    pub fn failed(&mut self, words: String) {
        match &mut self.open {
            Some(Open::Table(open)) => open.failed(words),
            Some(Open::Calendar(open)) => open.failed(words),
            Some(Open::Export(_)) | None => {}
        }
    }

    pub fn is_saving(&self) -> bool {
        match &self.open {
            Some(Open::Table(open)) => open.is_saving(),
            Some(Open::Calendar(open)) => open.is_saving(),
            Some(Open::Export(_)) | None => false,
        }
    }

    /// What lies above the book, the lowest first.
    pub fn layers<'a>(&'a self, situation: &Situation<'a>) -> Vec<Element<'a, Message>> {
        match &self.open {
            Some(Open::Table(open)) => mapped(open.layers(situation), Message::Table),
            Some(Open::Calendar(open)) => mapped(open.layers(situation), Message::Calendar),
            Some(Open::Export(open)) => mapped(open.layers(situation), Message::Export),
            None => Vec::new(),
        }
    }
}

fn mapped<'a, M: 'a>(layers: Vec<Element<'a, M>>, to: fn(M) -> Message) -> Vec<Element<'a, Message>> {
    layers.into_iter().map(|layer| layer.map(to)).collect()
}
