//! «Gem fejlene …»: the lines that cannot be taken, as a file that can be mended and imported.

use std::sync::Arc;

use aftalebog_local::exchange::csv;
use aftalebog_local::exchange::patient::Subject;
use aftalebog_local::exchange::table::Table;
use aftalebog_texts::{Texts, fl};
use iced::widget::{column, text};
use iced::{Element, Task};

use super::super::place::{self, Place};
use super::super::save_as::{self, SaveAs};
use super::super::words;
use super::work::CheckedFile;
use crate::screen::settings::Situation;
use crate::ui::theme::{self, size, space as gap};

pub struct SavingFaults {
    save_as: SaveAs,
}

#[derive(Clone, Debug)]
pub enum Message {
    SaveAs(save_as::Message),
    ClosePressed,
}

pub enum Action {
    None,
    Run(Task<Message>),
    Close,
}

impl SavingFaults {
    pub fn new(subject: Subject, situation: &Situation<'_>) -> Self {
        let texts = situation.texts;
        let name = match subject {
            Subject::Patients => fl!(texts, "files-faults-patients-file"),
            Subject::Needs => fl!(texts, "files-faults-needs-file"),
        };
        Self { save_as: SaveAs::new(Place::new(place::Kind::Write { ending: "csv", name })) }
    }

    pub fn update(
        &mut self,
        message: Message,
        situation: &Situation<'_>,
        table: &Arc<Table>,
        checked: &Arc<CheckedFile>,
    ) -> Action {
        let texts = situation.texts;
        match message {
            Message::ClosePressed if self.save_as.is_busy() => Action::None,
            Message::ClosePressed => Action::Close,
            Message::SaveAs(message) => {
                let making = || {
                    let (table, checked, language) = (table.clone(), checked.clone(), texts.language());
                    move || csv::write(rows(&table, &checked, &Texts::new(language)))
                };
                match self.save_as.update(message, texts, making) {
                    save_as::Action::Run(task) => Action::Run(task.map(Message::SaveAs)),
                    save_as::Action::Saved(_) => Action::Close,
                    save_as::Action::None => Action::None,
                }
            }
        }
    }

    pub fn layer<'a>(&'a self, texts: &Texts) -> Element<'a, Message> {
        let explained = text(fl!(texts, "files-faults-explained")).size(size::SMALL).style(theme::muted);
        let body = column![explained, self.save_as.place(texts).map(Message::SaveAs)].spacing(gap::M);
        self.save_as
            .dialog(fl!(texts, "files-faults-title"), body, Message::SaveAs, Message::ClosePressed, texts)
            .layer()
    }
}

/// The line, the reason, and what stands in the line.
fn rows(table: &Table, checked: &CheckedFile, texts: &Texts) -> Vec<Vec<String>> {
    let names = table.columns.iter().map(|column| column.name.clone());
    let heading = [fl!(texts, "files-faults-line"), fl!(texts, "files-faults-reason")].into_iter().chain(names);
    let mut rows = vec![heading.collect::<Vec<String>>()];
    for fault in &checked.faults {
        let mut row = vec![fault.line.to_string(), words::fault(texts, fault)];
        if let Ok(place) = table.rows.binary_search_by_key(&fault.line, |row| row.line) {
            row.extend(table.rows[place].cells().map(str::to_owned));
        }
        rows.push(row);
    }
    rows
}
