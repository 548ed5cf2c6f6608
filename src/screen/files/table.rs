//! Patients or needs from a CSV file: which file, how it is to be read, which column means what, and what
//! that would bring, before anything is brought.

mod faults;
pub mod view;
pub mod work;

use std::sync::Arc;

use aftalebog_local::exchange::encoding::Encoding;
use aftalebog_local::exchange::patient::{Existing, Field, Mapping, Subject};
use aftalebog_local::exchange::table::{Heading, Layout, NotATable, Separator, Table};
use aftalebog_local::{Import, Store};
use aftalebog_texts::fl;
use iced::Task;

use self::faults::SavingFaults;
use self::work::{CheckedFile, NotRead, Opened};
use super::place::{self, Given, Kind, Place};
use super::progress::Progress;
use super::words;
use crate::file_dialog::Picked;
use crate::screen::settings::Situation;
use crate::ui::choice::{self, Choice, Item};
use crate::ui::focus;
use crate::ui::form::Sentence;
use crate::ui::long_list::{self, LongList};

pub struct TableImport {
    subject: Subject,
    step: Step,
    place: Place,
    given: Option<Given>,
    opened: Option<Opened>,
    preview: Vec<view::PreviewColumn>,
    /// «3 rækker i 5 kolonner», or why the file is no table.
    reading: Sentence,
    mapping: Mapping,
    columns: Vec<(Field, Choice<Option<usize>>)>,
    /// By field: an example of what it reads, or what is wrong with the choice.
    sentences: Vec<Sentence>,
    existing: Existing,
    checked: Option<Arc<CheckedFile>>,
    /// «812 klar, 3 springes over, 5 fejl».
    summary: String,
    list: LongList,
    saving_faults: Option<SavingFaults>,
    /// Why the last step could not be taken.
    failure: Option<String>,
    progress: Option<Progress>,
    /// The number of the last question; the answer to an earlier one comes too late.
    asked: u32,
    /// An answer is on its way.
    waiting: bool,
}

/// In their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    File,
    Preview,
    Columns,
    Check,
    Importing,
    Done,
}

#[derive(Clone, Debug)]
pub enum Message {
    Place(place::Message),
    NextPressed,
    BackPressed,
    ClosePressed,
    Read {
        asked: u32,
        opened: Result<Opened, NotRead>,
    },
    EncodingChosen(Encoding),
    SeparatorChosen(Separator),
    HeadingTicked(bool),
    Column(Field, choice::Message<Option<usize>>),
    LastNameFirstTicked(bool),
    ExistingChosen(Existing),
    Checked {
        asked: u32,
        checked: Result<Arc<CheckedFile>, String>,
    },
    Faults(long_list::Message),
    /// With faults: the file has been mended, and is read again.
    AgainPressed,
    ImportPressed,
    Told(usize),
    StopPressed,
    SaveFaultsPressed,
    SavingFaults(faults::Message),
}

pub enum Action {
    None,
    Run(Task<Message>),
    Import(Arc<Import>),
    Close,
}

impl TableImport {
    pub fn new(subject: Subject) -> Self {
        let id = |field: &Field| iced::widget::Id::from(format!("files-column-{field:?}"));
        Self {
            subject,
            step: Step::File,
            place: Place::new(Kind::Read { extensions: &["csv", "txt", "tsv"] }),
            given: None,
            opened: None,
            preview: Vec::new(),
            reading: Sentence::none(),
            mapping: Mapping::default(),
            columns: subject.fields().iter().map(|field| (*field, Choice::new(id(field)))).collect(),
            sentences: vec![Sentence::none(); subject.fields().len()],
            existing: Existing::default(),
            checked: None,
            summary: String::new(),
            list: LongList::new("files-faults"),
            saving_faults: None,
            failure: None,
            progress: None,
            asked: 0,
            waiting: false,
        }
    }

    pub fn update(&mut self, message: Message, situation: &Situation<'_>, store: &Store) -> Action {
        match message {
            Message::Place(message) => Action::Run(self.place.update(message, situation.texts).map(Message::Place)),
            Message::NextPressed => self.next(situation, store),
            Message::BackPressed => self.back(),
            Message::ClosePressed => self.close(),
            message if self.is_late(&message) => Action::None,
            Message::Read { opened, .. } => self.read(opened, situation, store),
            Message::EncodingChosen(encoding) => self.lay_out(|layout| layout.encoding = encoding),
            Message::SeparatorChosen(separator) => self.lay_out(|layout| layout.separator = separator),
            Message::HeadingTicked(ticked) => {
                self.lay_out(|layout| layout.heading = if ticked { Heading::Names } else { Heading::None })
            }
            Message::Column(field, message) => self.column_message(field, message, situation),
            Message::LastNameFirstTicked(ticked) => {
                self.mapping.last_name_first = ticked;
                self.say(situation);
                Action::None
            }
            Message::ExistingChosen(existing) => {
                self.existing = existing;
                self.check(situation, store)
            }
            Message::Checked { checked, .. } => self.checked(checked, situation),
            Message::Faults(message) => Action::Run(self.list.update(message)),
            Message::AgainPressed => self.again(store),
            Message::ImportPressed => self.import(situation),
            Message::Told(done) => {
                if let Some(progress) = &mut self.progress {
                    progress.told(done, situation.texts);
                }
                Action::None
            }
            Message::StopPressed => {
                if let Some(progress) = &mut self.progress {
                    progress.stop(situation.texts);
                }
                Action::None
            }
            Message::SaveFaultsPressed => {
                self.saving_faults = Some(SavingFaults::new(self.subject, situation));
                Action::None
            }
            Message::SavingFaults(message) => self.saving_faults_message(message, situation),
        }
    }

    fn is_late(&self, message: &Message) -> bool {
        matches!(message, Message::Read { asked, .. } | Message::Checked { asked, .. } if *asked != self.asked)
    }

    /// A file was dropped on the window.
    pub fn dropped(&mut self, path: std::path::PathBuf, situation: &Situation<'_>) -> Task<Message> {
        if self.step != Step::File {
            return Task::none();
        }
        self.place.update(place::Message::Chosen(Picked::File(path)), situation.texts).map(Message::Place)
    }

    /// Says everything again.
    pub fn refresh(&mut self, situation: &Situation<'_>) {
        self.say(situation);
        if let Some(progress) = &mut self.progress {
            progress.refresh(situation.texts);
        }
    }

    pub fn is_saving(&self) -> bool {
        self.progress.is_some()
    }

    /// The import is under way.
    pub fn begun(&mut self, progress: Progress) -> Task<Message> {
        self.step = Step::Importing;
        self.failure = None;
        self.progress = Some(progress);
        self.arrive()
    }

    /// What was imported is durable.
    pub fn saved(&mut self, situation: &Situation<'_>) -> Task<Message> {
        self.progress = None;
        self.step = Step::Done;
        self.say(situation);
        self.arrive()
    }

    /// Nothing was imported, for the reason that `words` say.
    pub fn failed(&mut self, words: String) {
        self.progress = None;
        self.step = Step::Check;
        self.failure = Some(words);
    }

    fn table(&self) -> Option<&Arc<Table>> {
        self.opened.as_ref()?.table.as_ref().ok()
    }

    fn ask(&mut self) -> u32 {
        self.asked += 1;
        self.waiting = true;
        self.failure = None;
        self.asked
    }

    /// Gives the focus to what one goes on with.
    fn arrive(&self) -> Task<Message> {
        let has_faults = self.checked.as_ref().is_some_and(|checked| !checked.faults.is_empty());
        let is_empty = self.checked.as_ref().is_none_or(|checked| checked.import.is_empty());
        focus::set(match self.step {
            Step::File => place::ID,
            Step::Preview if self.table().is_none() => "files-back",
            Step::Preview | Step::Columns | Step::Done => "files-next",
            Step::Check if has_faults => "files-again",
            Step::Check if is_empty => "files-back",
            Step::Check => "files-import",
            Step::Importing => "files-stop",
        })
    }

    fn next(&mut self, situation: &Situation<'_>, store: &Store) -> Action {
        match self.step {
            _ if self.waiting => Action::None,
            Step::File => match self.place.given(situation.texts) {
                None => Action::Run(focus::set(place::ID)),
                Some(given) => {
                    self.given = Some(given);
                    self.open(None, store)
                }
            },
            Step::Preview if self.table().is_some() => {
                self.step = Step::Columns;
                self.say(situation);
                Action::Run(self.arrive())
            }
            Step::Columns => match self.first_fault() {
                Some(field) => Action::Run(self.choice(field).focus().map(move |it| Message::Column(field, it))),
                None => self.check(situation, store),
            },
            Step::Done => Action::Close,
            Step::Preview | Step::Check | Step::Importing => Action::None,
        }
    }

    /// `layout` is how it is to be read, where that has been chosen before.
    fn open(&mut self, layout: Option<Layout>, store: &Store) -> Action {
        let Some(given) = &self.given else { return Action::None };
        let (path, own) = (given.path.clone(), store.file().to_owned());
        let asked = self.ask();
        Action::Run(Task::perform(work::open(path, own, layout), move |opened| Message::Read { asked, opened }))
    }

    /// The file has been mended: it is read and checked again with the same choices.
    fn again(&mut self, store: &Store) -> Action {
        let layout = self.opened.as_ref().map(|opened| opened.layout);
        if self.waiting { Action::None } else { self.open(layout, store) }
    }

    fn read(&mut self, opened: Result<Opened, NotRead>, situation: &Situation<'_>, store: &Store) -> Action {
        self.waiting = false;
        let opened = match opened {
            Ok(opened) => opened,
            Err(why) if self.step == Step::File => {
                self.place.refuse(why.words(situation.texts));
                return Action::Run(focus::set(place::ID));
            }
            Err(why) => {
                self.failure = Some(why.words(situation.texts));
                return Action::None;
            }
        };
        // A mended file keeps how it was to be read, as far as it has the same columns.
        let names = |opened: &Opened| match &opened.table {
            Ok(table) => table.columns.iter().map(|column| column.name.clone()).collect(),
            Err(_) => Vec::new(),
        };
        let same = self.opened.as_ref().is_some_and(|before| names(before) == names(&opened));
        let checks_again = self.step == Step::Check && same && opened.table.is_ok();
        self.opened = Some(opened);
        let arrives = self.step != Step::Preview;
        if !checks_again {
            self.step = Step::Preview;
            self.guess();
        }
        self.lay_open(situation);
        match (checks_again, arrives) {
            (true, _) => self.check(situation, store),
            (false, true) => Action::Run(self.arrive()),
            // Another encoding or separator was pressed, and keeps the focus.
            (false, false) => Action::None,
        }
    }

    fn guess(&mut self) {
        self.mapping = self.table().map(|table| Mapping::guess(table, self.subject)).unwrap_or_default();
    }

    /// Reads the same bytes in another way.
    fn lay_out(&mut self, change: impl FnOnce(&mut Layout)) -> Action {
        let Some(opened) = &self.opened else { return Action::None };
        let mut layout = opened.layout;
        change(&mut layout);
        let bytes = opened.bytes.clone();
        let asked = self.ask();
        Action::Run(Task::perform(work::lay_out(bytes, layout), move |opened| Message::Read { asked, opened }))
    }

    fn column_message(
        &mut self,
        field: Field,
        message: choice::Message<Option<usize>>,
        situation: &Situation<'_>,
    ) -> Action {
        let Some((_, choice)) = self.columns.iter_mut().find(|(of, _)| *of == field) else { return Action::None };
        match choice.update(message) {
            choice::Action::None => Action::None,
            choice::Action::Run(task) | choice::Action::Search(_, task) => {
                Action::Run(task.map(move |it| Message::Column(field, it)))
            }
            choice::Action::Chosen(column) => {
                let focus = choice.focus().map(move |it| Message::Column(field, it));
                if let Some(table) = self.opened.as_ref().and_then(|opened| opened.table.as_ref().ok()) {
                    self.mapping.set(field, column, table);
                }
                self.say(situation);
                Action::Run(focus)
            }
        }
    }

    fn choice(&self, field: Field) -> &Choice<Option<usize>> {
        let found = self.columns.iter().find(|(of, _)| *of == field);
        &found.expect("each field of the subject has a choice").1
    }

    /// The field whose list is open.
    fn choosing(&self) -> Option<Field> {
        self.columns.iter().find(|(_, choice)| choice.is_open()).map(|(field, _)| *field)
    }

    fn first_fault(&self) -> Option<Field> {
        let fields = self.subject.fields().iter().zip(&self.sentences);
        fields.filter(|(_, sentence)| matches!(sentence, Sentence::Refuses(_))).map(|(field, _)| *field).next()
    }

    fn check(&mut self, situation: &Situation<'_>, store: &Store) -> Action {
        let Some(table) = self.table().cloned() else { return Action::None };
        let asked = self.ask();
        let job = work::Job {
            subject: self.subject,
            table,
            mapping: self.mapping.clone(),
            existing: self.existing,
            setup: situation.setup.clone(),
            today: situation.today,
        };
        Action::Run(Task::perform(work::check(store.clone(), job), move |checked| Message::Checked { asked, checked }))
    }

    fn checked(&mut self, checked: Result<Arc<CheckedFile>, String>, situation: &Situation<'_>) -> Action {
        self.waiting = false;
        match checked {
            Err(detail) => self.failure = Some(fl!(situation.texts, "open-io-why", detail = detail)),
            Ok(checked) => {
                let has_faults = self.checked.as_ref().is_some_and(|checked| !checked.faults.is_empty());
                let checked_has_faults = !checked.faults.is_empty();
                self.checked = Some(checked);
                self.list = LongList::new("files-faults");
                let arrives = self.step != Step::Check || has_faults != checked_has_faults;
                self.step = Step::Check;
                self.say(situation);
                if arrives {
                    return Action::Run(self.arrive());
                }
            }
        }
        Action::None
    }

    fn import(&mut self, situation: &Situation<'_>) -> Action {
        use crate::screen::settings::Editing;
        let ready = self.checked.as_ref().filter(|checked| !checked.import.is_empty());
        match ready {
            Some(checked) if !self.waiting && situation.editing == Editing::Allowed && self.step == Step::Check => {
                Action::Import(checked.import.clone())
            }
            _ => Action::None,
        }
    }

    fn back(&mut self) -> Action {
        self.failure = None;
        self.asked += 1;
        self.waiting = false;
        self.step = match self.step {
            Step::File | Step::Preview => Step::File,
            Step::Columns => Step::Preview,
            Step::Check => Step::Columns,
            Step::Importing | Step::Done => self.step,
        };
        Action::Run(self.arrive())
    }

    fn close(&mut self) -> Action {
        if let Some(field) = self.choosing() {
            let Some((_, choice)) = self.columns.iter_mut().find(|(of, _)| *of == field) else { return Action::None };
            choice.close();
            return Action::Run(choice.focus().map(move |it| Message::Column(field, it)));
        }
        match self.step {
            Step::Importing => Action::None,
            _ => Action::Close,
        }
    }

    fn saving_faults_message(&mut self, message: faults::Message, situation: &Situation<'_>) -> Action {
        let Some(saving) = &mut self.saving_faults else { return Action::None };
        let (Some(table), Some(checked)) =
            (self.opened.as_ref().and_then(|opened| opened.table.as_ref().ok()), &self.checked)
        else {
            return Action::None;
        };
        match saving.update(message, situation, table, checked) {
            faults::Action::None => Action::None,
            faults::Action::Run(task) => Action::Run(task.map(Message::SavingFaults)),
            faults::Action::Close => {
                self.saving_faults = None;
                Action::Run(focus::set("files-save-faults"))
            }
        }
    }

    /// What was read is shown, and its columns can be chosen.
    fn lay_open(&mut self, situation: &Situation<'_>) {
        self.preview = self.table().map(|table| view::preview(table, situation.texts)).unwrap_or_default();
        let items = self.table().map(|table| view::items(table, situation.texts)).unwrap_or_default();
        for (field, choice) in &mut self.columns {
            let required = self.subject.fields().contains(field);
            let none =
                Item { value: None, code: String::new(), name: fl!(situation.texts, "files-no-column"), note: None };
            choice.set_items(std::iter::once(none).filter(|_| required).chain(items.iter().cloned()).collect());
        }
        self.say(situation);
    }

    fn say(&mut self, situation: &Situation<'_>) {
        let texts = situation.texts;
        self.reading = match self.opened.as_ref().map(|opened| &opened.table) {
            None => Sentence::none(),
            Some(Err(why)) => Sentence::Refuses(words::not_a_table(texts, *why)),
            Some(Ok(table)) => {
                Sentence::Means(fl!(texts, "files-rows", rows = table.rows.len(), columns = table.columns.len()))
            }
        };
        if let Some(table) = self.table() {
            self.sentences = view::column_sentences(self.subject, table, &self.mapping, texts);
        }
        if let Some(checked) = &self.checked {
            self.summary = view::summary(checked, self.step == Step::Done, texts);
        }
    }
}

impl NotRead {
    pub fn words(&self, texts: &aftalebog_texts::Texts) -> String {
        match self {
            Self::Own => fl!(texts, "files-own"),
            Self::Missing => fl!(texts, "snapshot-missing"),
            Self::Io(detail) => fl!(texts, "snapshot-io", detail = detail.clone()),
            Self::TooLarge => {
                words::not_a_table(texts, NotATable::TooLarge { max: aftalebog_local::exchange::MAX_BYTES })
            }
        }
    }
}
