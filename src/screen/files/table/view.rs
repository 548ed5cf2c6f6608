//! The steps of the dialog, and what is prepared to be shown in them.

use aftalebog_local::exchange::encoding::Encoding;
use aftalebog_local::exchange::patient::{Existing, Field, LineFault, Mapping, Subject};
use aftalebog_local::exchange::table::{Heading, Separator, Table, one_line};
use aftalebog_texts::{Texts, fl};
use iced::widget::{column, container, mouse_area, pin, row, scrollable, space, stack, text};
use iced::{Center, Element, Fill, Padding};
use lucide_icons::Icon;

use super::super::words;
use super::work::CheckedFile;
use super::{Message, Step, TableImport};
use crate::screen::settings::{Editing, Situation};
use crate::ui::choice::{self, Item};
use crate::ui::dialog::{Dialog, dialog};
use crate::ui::focus::inert;
use crate::ui::form::{self, Push, Sentence, heading, push, tick, under};
use crate::ui::long_list;
use crate::ui::theme::{self, size, space as gap};

/// The dialog's width in px.
const WIDTH: f32 = 860.0;
/// How wide a column of the preview is.
const COLUMN: f32 = 144.0;
/// How many rows and columns the preview shows.
const ROWS: usize = 20;
const COLUMNS: usize = 40;
/// How high a line of the columns' step is, with the sentence under it.
const LINE: f32 = theme::CONTROL + 22.0;
/// How wide its labels are.
const LABEL: f32 = 200.0;

/// A column as the preview shows it.
pub struct PreviewColumn {
    name: String,
    cells: Vec<String>,
}

pub fn preview(table: &Table, texts: &Texts) -> Vec<PreviewColumn> {
    let named = |index: usize| match table.columns[index].name.as_str() {
        "" => fl!(texts, "files-column", number = place(index)),
        name => words::short(name),
    };
    let cell =
        |index: usize| move |row: &aftalebog_local::exchange::table::Row| words::short(&one_line(row.cell(index)));
    (0..table.columns.len().min(COLUMNS))
        .map(|index| PreviewColumn {
            name: named(index),
            cells: table.rows.iter().take(ROWS).map(cell(index)).collect(),
        })
        .collect()
}

/// The columns to choose from.
pub fn items(table: &Table, texts: &Texts) -> Vec<Item<Option<usize>>> {
    let item = |index: usize| {
        let column = &table.columns[index];
        let name = match column.name.as_str() {
            "" => fl!(texts, "files-column", number = place(index)),
            name => words::short(name),
        };
        let example = example(table, index);
        Item {
            value: Some(index),
            code: (index + 1).to_string(),
            name: if example.is_empty() { name } else { format!("{name} · {example}") },
            note: column.personal_numbers.then(|| fl!(texts, "files-cpr-note")),
        }
    };
    (0..table.columns.len()).map(item).collect()
}

/// The number of a column, as people count.
fn place(index: usize) -> usize {
    index + 1
}

/// The first thing that stands in a column, as far as its first thousand rows tell.
fn example(table: &Table, column: usize) -> String {
    let filled = table.rows.iter().take(1000).map(|row| one_line(row.cell(column))).find(|cell| !cell.is_empty());
    filled.map(|cell| words::short(&cell)).unwrap_or_default()
}

/// Under each field of the columns' step.
pub fn column_sentences(subject: Subject, table: &Table, mapping: &Mapping, texts: &Texts) -> Vec<Sentence> {
    let missing = mapping.missing(subject);
    let sentence = |field: &Field| {
        if missing.contains(field) {
            return Sentence::Refuses(fl!(texts, "files-choose-column"));
        }
        let Some(column) = mapping.column(*field) else { return Sentence::none() };
        match (table.columns[column].personal_numbers, field) {
            (true, Field::BirthDate) => Sentence::Means(fl!(texts, "files-cpr-birth-date")),
            (true, _) => Sentence::Refuses(fl!(texts, "files-cpr-refused")),
            (false, _) => Sentence::none(),
        }
    };
    subject.fields().iter().map(sentence).collect()
}

pub fn summary(checked: &CheckedFile, done: bool, texts: &Texts) -> String {
    let (new, changed, skipped) = (checked.new, checked.changed, checked.skipped);
    if done {
        return fl!(texts, "files-done", new = new, changed = changed, skipped = skipped);
    }
    let (ready, faults) = (checked.import.len(), checked.faults.len());
    fl!(texts, "files-summary", ready = ready, skipped = skipped, faults = faults)
}

impl TableImport {
    pub fn layers<'a>(&'a self, situation: &Situation<'a>) -> Vec<Element<'a, Message>> {
        let texts = situation.texts;
        let title = match self.subject {
            Subject::Patients => fl!(texts, "files-patients-title"),
            Subject::Needs => fl!(texts, "files-needs-title"),
        };
        let body = column![self.path(texts), form::divider(), self.body(situation)].spacing(gap::M);
        let dialog = dialog(title, WIDTH, body, Message::ClosePressed, fl!(texts, "close"));
        let dialog = match self.step {
            Step::File | Step::Importing | Step::Done => dialog,
            Step::Check if self.fault_count() == 0 => dialog,
            Step::Preview | Step::Columns | Step::Check => dialog.fills(),
        };
        let mut layers = vec![inert(self.saving_faults.is_some(), self.buttons(dialog, situation).layer()).into()];
        layers.extend(self.saving_faults.as_ref().map(|saving| saving.layer(texts).map(Message::SavingFaults)));
        layers
    }

    /// Where one is: «1 Fil › 2 Indhold › 3 Kolonner › 4 Kontrol».
    fn path<'a>(&self, texts: &Texts) -> Element<'a, Message> {
        let steps = [
            (Step::File, fl!(texts, "files-step-file")),
            (Step::Preview, fl!(texts, "files-step-preview")),
            (Step::Columns, fl!(texts, "files-step-columns")),
            (Step::Check, fl!(texts, "files-step-check")),
        ];
        let mut path = row![].spacing(gap::S).align_y(Center);
        for (index, (step, words)) in steps.into_iter().enumerate() {
            if index > 0 {
                path = path.push(form::icon(Icon::ChevronRight).size(14).style(theme::muted));
            }
            let here = step == self.step || step == Step::Check && self.step > Step::Check;
            let words = text(format!("{} {words}", index + 1)).size(size::SMALL);
            path = path.push(if here { words.font(theme::SEMIBOLD) } else { words.style(theme::muted) });
        }
        path.into()
    }

    fn body<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        match self.step {
            Step::File => {
                let explained = match self.subject {
                    Subject::Patients => fl!(texts, "files-patients-explained"),
                    Subject::Needs => fl!(texts, "files-needs-explained"),
                };
                let explained = text(explained).size(size::SMALL).style(theme::muted);
                let place = inert(self.waiting, self.place.view(texts).map(Message::Place));
                column![heading(fl!(texts, "fetch-heading")), explained, place].spacing(gap::M).into()
            }
            Step::Preview => self.preview(texts),
            Step::Columns => self.columns_step(texts),
            Step::Check => self.check_step(texts),
            Step::Importing => {
                let progress = self.progress.as_ref().map(|progress| progress.view());
                column![].push(progress).into()
            }
            Step::Done => {
                let done = row![form::icon(Icon::CircleCheck).style(theme::good), text(&self.summary)];
                let undo = text(fl!(texts, "files-undo-hint")).size(size::SMALL).style(theme::muted);
                column![done.spacing(gap::S).align_y(Center), undo].spacing(gap::M).into()
            }
        }
    }

    fn preview<'a>(&'a self, texts: &Texts) -> Element<'a, Message> {
        let Some(opened) = &self.opened else { return space().into() };
        let layout = opened.layout;
        let encodings = Encoding::ALL.into_iter().map(|it| {
            let words = words::encoding(texts, it);
            one_of(format!("files-encoding-{it:?}"), words, it == layout.encoding, Message::EncodingChosen(it)).into()
        });
        let separators = Separator::ALL.into_iter().map(|it| {
            let words = words::separator(texts, it);
            one_of(format!("files-separator-{it:?}"), words, it == layout.separator, Message::SeparatorChosen(it))
                .into()
        });
        let line = |label: String, choices: Vec<Element<'a, Message>>| {
            row![text(label).width(LABEL), row(choices).spacing(gap::XS)].align_y(Center)
        };
        let names = tick(
            "files-heading",
            fl!(texts, "files-heading"),
            layout.heading == Heading::Names,
            Some(Message::HeadingTicked),
        );
        let table = row(self.preview.iter().map(PreviewColumn::view)).padding(gap::S);
        let direction = scrollable::Direction::Both {
            vertical: scrollable::Scrollbar::default(),
            horizontal: scrollable::Scrollbar::default(),
        };
        let table = scrollable(table).direction(direction).style(theme::scroll).width(Fill).height(Fill);
        let table = container(table).padding(1).width(Fill).height(Fill).style(theme::surface);
        column![
            line(fl!(texts, "files-encoding"), encodings.collect()),
            line(fl!(texts, "files-separator"), separators.collect()),
            names,
            under(&self.reading),
            table,
        ]
        .spacing(gap::S)
        .into()
    }

    fn columns_step<'a>(&'a self, texts: &Texts) -> Element<'a, Message> {
        let mut lines = column![
            text(fl!(texts, "files-columns-explained")).size(size::SMALL).style(theme::muted).height(LINE / 2.0)
        ];
        for ((field, choice), sentence) in self.columns.iter().zip(&self.sentences) {
            let of = *field;
            let button =
                choice.button(Some(&self.mapping.column(of)), fl!(texts, "files-no-column"), sentence.standing());
            let button = container(button.map(move |it| Message::Column(of, it))).width(Fill);
            let mark = if self.is_required(of) {
                fl!(texts, "files-required", field = words::field(texts, of))
            } else {
                words::field(texts, of)
            };
            let line = row![text(mark).width(LABEL), button].align_y(Center).height(theme::CONTROL);
            let below = row![space().width(LABEL), under(sentence)].height(LINE - theme::CONTROL);
            lines = lines.push(line).push(below);
        }
        let reversed = self.mapping.column(Field::Name).map(|_| {
            let words = fl!(texts, "files-last-name-first");
            tick("files-last-name-first", words, self.mapping.last_name_first, Some(Message::LastNameFirstTicked))
        });
        let form = column![lines].push(reversed).spacing(gap::S);
        let choosing = self.choosing();
        let list = choosing.and_then(|of| {
            let place = self.columns.iter().position(|(field, _)| *field == of)?;
            let list = self.choice(of).list(&fl!(texts, "files-column-search"), fl!(texts, "files-column-nothing"))?;
            let list = container(list.map(move |it| Message::Column(of, it))).width(WIDTH - 2.0 * gap::XL - LABEL);
            Some(pin(list).x(LABEL).y(LINE / 2.0 + place as f32 * LINE + theme::CONTROL + gap::XS))
        });
        let outside = choosing.map(|of| {
            mouse_area(space().width(Fill).height(Fill)).on_press(Message::Column(of, choice::Message::Left))
        });
        stack![inert(choosing.is_some(), form)].push(outside).push(list).width(Fill).height(Fill).into()
    }

    fn is_required(&self, field: Field) -> bool {
        Mapping::default().missing(self.subject).contains(&field)
    }

    fn check_step<'a>(&'a self, texts: &Texts) -> Element<'a, Message> {
        let kept = [(Existing::Skip, fl!(texts, "files-skip")), (Existing::Update, fl!(texts, "files-update"))];
        let kept = kept.into_iter().map(|(it, words)| {
            let id = format!("files-existing-{it:?}");
            one_of(id, words, it == self.existing, Message::ExistingChosen(it)).into()
        });
        let existing = match self.subject {
            Subject::Patients => fl!(texts, "files-existing-patients"),
            Subject::Needs => fl!(texts, "files-existing-needs"),
        };
        let existing = row![text(existing), row(kept).spacing(gap::XS)].spacing(gap::M).align_y(Center);
        let faults = self.checked.as_ref().filter(|checked| !checked.faults.is_empty()).map(|checked| {
            // Only those in view are put into words: there may be three hundred thousand.
            let row = |index: usize| fault_row(&checked.faults[index], texts);
            let list = self.list.view(checked.faults.len(), row, Message::Faults);
            container(list).padding(1).width(Fill).height(Fill).style(theme::surface)
        });
        column![heading(&self.summary), existing].push(faults).spacing(gap::M).into()
    }

    fn fault_count(&self) -> usize {
        self.checked.as_ref().map_or(0, |checked| checked.faults.len())
    }

    fn buttons<'a>(&'a self, dialog: Dialog<'a, Message>, situation: &Situation<'a>) -> Dialog<'a, Message> {
        let texts = situation.texts;
        let unless_waiting = |message: Message| (!self.waiting).then_some(message);
        let back = || push("files-back", fl!(texts, "files-back"), unless_waiting(Message::BackPressed));
        let close = || push("files-close", fl!(texts, "cancel"), Some(Message::ClosePressed));
        let next = |words: String, message: Option<Message>| push("files-next", words, message).style(theme::primary);
        let dialog = match &self.failure {
            Some(words) => dialog.failing(words),
            None => dialog,
        };
        let forward = if self.waiting { fl!(texts, "fetch-busy") } else { fl!(texts, "files-next") };
        match self.step {
            Step::File => {
                let message = unless_waiting(Message::NextPressed);
                dialog.button(close()).button(next(forward, message.clone())).on_enter(message).first(super::place::ID)
            }
            Step::Preview => {
                let message = unless_waiting(Message::NextPressed).filter(|_| self.table().is_some());
                dialog
                    .button(back())
                    .button(close())
                    .button(next(forward, message.clone()))
                    .on_enter(message)
                    .first("files-next")
            }
            Step::Columns => {
                let message = unless_waiting(Message::NextPressed);
                let enter = match self.choosing() {
                    Some(field) => Some(Message::Column(field, choice::Message::MarkedChosen)),
                    None => message.clone(),
                };
                dialog.button(back()).button(close()).button(next(forward, message)).on_enter(enter).first("files-next")
            }
            Step::Check => self.check_buttons(dialog.button(back()).button(close()), situation),
            Step::Importing => {
                let stopping = self.progress.as_ref().is_some_and(|progress| progress.is_stopping());
                let stop = (!stopping).then_some(Message::StopPressed);
                dialog.button(push("files-stop", fl!(texts, "files-stop"), stop)).first("files-stop")
            }
            Step::Done => {
                let message = Some(Message::NextPressed);
                dialog.button(next(fl!(texts, "close"), message.clone())).on_enter(message).first("files-next")
            }
        }
    }

    /// Without faults, importing is what Enter does; with them, to mend the file and try again.
    fn check_buttons<'a>(&'a self, dialog: Dialog<'a, Message>, situation: &Situation<'a>) -> Dialog<'a, Message> {
        let texts = situation.texts;
        let Some(checked) = &self.checked else { return dialog };
        let ready = checked.import.len();
        let can = !self.waiting && ready > 0 && situation.editing == Editing::Allowed;
        let import = can.then_some(Message::ImportPressed);
        let button =
            |words: String, message: Option<Message>| -> Push<'a, Message> { push("files-import", words, message) };
        if checked.faults.is_empty() {
            let words = fl!(texts, "files-import");
            return dialog
                .button(button(words, import.clone()).style(theme::primary))
                .on_enter(import)
                .first("files-import");
        }
        let again = (!self.waiting).then_some(Message::AgainPressed);
        dialog
            .button(push("files-save-faults", fl!(texts, "files-save-faults"), Some(Message::SaveFaultsPressed)))
            .button(button(fl!(texts, "files-right-ones", ready = ready), import))
            .button(push("files-again", fl!(texts, "files-again"), again.clone()).style(theme::primary))
            .on_enter(again)
            .first("files-again")
    }
}

/// One of several of which one is chosen.
pub fn one_of<'a, M: Clone + 'a>(id: String, words: String, chosen: bool, message: M) -> Push<'a, M> {
    push(id, words, Some(message)).style(if chosen { theme::chosen } else { theme::secondary })
}

impl PreviewColumn {
    fn view(&self) -> Element<'_, Message> {
        let line = |words| text(words).size(size::SMALL).wrapping(text::Wrapping::None);
        let cells = self.cells.iter().map(|cell| container(line(cell)).width(COLUMN).clip(true).into());
        let name = container(line(&self.name).font(theme::SEMIBOLD)).width(COLUMN).clip(true);
        column![name].extend(cells).spacing(gap::XS).padding(Padding::ZERO.right(gap::M)).into()
    }
}

/// A line that cannot be taken, and why.
fn fault_row<'a>(fault: &LineFault, texts: &Texts) -> Element<'a, Message> {
    let line = text(words::line(texts, fault.line)).size(size::SMALL).font(theme::SEMIBOLD).width(96);
    let why = text(words::fault(texts, fault)).size(size::SMALL).wrapping(text::Wrapping::None);
    let words = row![line, container(why).width(Fill).clip(true)].spacing(gap::S);
    container(words).center_y(long_list::ROW).padding([0.0, gap::M]).width(Fill).into()
}
