//! Busy times and closed days from an iCalendar file: which file, whose calendar it is and how it is taken,
//! and what that would bring.

mod view;
mod work;

use std::path::PathBuf;
use std::sync::Arc;

use aftalebog_booking::Id;
use aftalebog_booking::bounded::Detail;
use aftalebog_booking::record::Practitioner;
use aftalebog_booking::time::days_after;
use aftalebog_local::exchange::calendar::{Days, Overlaps, Span, Wanted};
use aftalebog_local::{Import, Store};
use aftalebog_texts::{Texts, fl, typed};
use chrono::NaiveDate;
use iced::Task;

use self::work::{NotRead, Planned};
use super::place::{self, Kind, Place};
use super::progress::Progress;
use crate::file_dialog::Picked;
use crate::screen::settings::{Editing, Situation};
use crate::ui::choice::{self, Choice, Item};
use crate::ui::focus;
use crate::ui::form::Sentence;
use crate::ui::long_list::{self, LongList};

pub struct CalendarImport {
    step: Step,
    place: Place,
    text: Option<Arc<str>>,
    practitioners: Choice<Id<Practitioner>>,
    chosen: Option<Id<Practitioner>>,
    whole_clinic: bool,
    from: String,
    to: String,
    summaries: bool,
    overlaps: Overlaps,
    /// What is wrong with what is chosen.
    whose: Sentence,
    period: Sentence,
    planned: Option<Arc<Planned>>,
    /// «12 nye, 3 ændret, 4 findes allerede …».
    summary: String,
    list: LongList,
    failure: Option<String>,
    progress: Option<Progress>,
    /// The number of the last question; the answer to an earlier one comes too late.
    asked: u32,
    /// An answer is on its way.
    waiting: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    File,
    Plan,
    Importing,
    Done,
}

/// A field for a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    From,
    To,
}

#[derive(Clone, Debug)]
pub enum Message {
    Place(place::Message),
    NextPressed,
    BackPressed,
    ClosePressed,
    Read { asked: u32, read: Result<Arc<str>, NotRead> },
    Practitioner(choice::Message<Id<Practitioner>>),
    DaysChosen { whole_clinic: bool },
    DateTyped(Field, String),
    SummariesTicked(bool),
    OverlapsChosen(Overlaps),
    Planned { asked: u32, planned: Result<Arc<Planned>, NotRead> },
    Rows(long_list::Message),
    ImportPressed,
    Told(usize),
    StopPressed,
}

pub enum Action {
    None,
    Run(Task<Message>),
    Import(Arc<Import>),
    Close,
}

impl CalendarImport {
    pub fn new(situation: &Situation<'_>) -> Self {
        let today = situation.today;
        let staff: Vec<_> = situation.setup.staff().collect();
        let mut import = Self {
            step: Step::File,
            place: Place::new(Kind::Read { extensions: &["ics", "ical", "ifb"] }),
            text: None,
            practitioners: Choice::new("files-practitioner".into()),
            chosen: match staff.as_slice() {
                [only] => Some(only.id),
                _ => None,
            },
            whole_clinic: false,
            from: situation.texts.date_in_field(today),
            to: situation.texts.date_in_field(days_after(today, 365)),
            summaries: false,
            overlaps: Overlaps::default(),
            whose: Sentence::none(),
            period: Sentence::none(),
            planned: None,
            summary: String::new(),
            list: LongList::new("files-items"),
            failure: None,
            progress: None,
            asked: 0,
            waiting: false,
        };
        import.refresh(situation);
        import
    }

    pub fn update(&mut self, message: Message, situation: &Situation<'_>, store: &Store) -> Action {
        match message {
            Message::Place(message) => Action::Run(self.place.update(message, situation.texts).map(Message::Place)),
            Message::NextPressed => self.next(situation, store),
            Message::BackPressed => self.back(),
            Message::ClosePressed => self.close(),
            Message::Read { asked, .. } | Message::Planned { asked, .. } if asked != self.asked => Action::None,
            Message::Read { read, .. } => self.read(read, situation, store),
            Message::Planned { planned, .. } => self.planned(planned, situation),
            Message::Practitioner(message) => self.practitioner_message(message, situation, store),
            Message::DaysChosen { whole_clinic } => {
                self.whole_clinic = whole_clinic;
                self.plan(situation, store)
            }
            Message::DateTyped(field, typed) => {
                match field {
                    Field::From => self.from = typed,
                    Field::To => self.to = typed,
                }
                self.plan(situation, store)
            }
            Message::SummariesTicked(ticked) => {
                self.summaries = ticked;
                self.plan(situation, store)
            }
            Message::OverlapsChosen(overlaps) => {
                self.overlaps = overlaps;
                self.plan(situation, store)
            }
            Message::Rows(message) => Action::Run(self.list.update(message)),
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
        }
    }

    /// A file was dropped on the window.
    pub fn dropped(&mut self, path: PathBuf, situation: &Situation<'_>) -> Task<Message> {
        if self.step != Step::File {
            return Task::none();
        }
        self.place.update(place::Message::Chosen(Picked::File(path)), situation.texts).map(Message::Place)
    }

    /// Says everything again.
    pub fn refresh(&mut self, situation: &Situation<'_>) {
        let item = |entry: &aftalebog_booking::Entry<Practitioner>| Item {
            value: entry.id,
            code: entry.value.initials.to_string(),
            name: entry.value.name.to_string(),
            note: None,
        };
        self.practitioners.set_items(situation.setup.staff().map(item).collect());
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
        focus::set("files-stop")
    }

    /// What was imported is durable.
    pub fn saved(&mut self, situation: &Situation<'_>) -> Task<Message> {
        self.progress = None;
        self.step = Step::Done;
        self.say(situation);
        focus::set("files-next")
    }

    /// Nothing was imported, for the reason that `words` say.
    pub fn failed(&mut self, words: String) {
        self.progress = None;
        self.step = Step::Plan;
        self.failure = Some(words);
    }

    fn ask(&mut self) -> u32 {
        self.asked += 1;
        self.waiting = true;
        self.failure = None;
        self.asked
    }

    fn next(&mut self, situation: &Situation<'_>, store: &Store) -> Action {
        match self.step {
            _ if self.waiting => Action::None,
            Step::File => match self.place.given(situation.texts) {
                None => Action::Run(focus::set(place::ID)),
                Some(given) => {
                    let asked = self.ask();
                    let (own, zone) = (store.file().to_owned(), situation.setup.clinic.value.time_zone);
                    let reading = work::open(given.path, own, zone, usual_span(situation.today));
                    Action::Run(Task::perform(reading, move |read| Message::Read { asked, read }))
                }
            },
            Step::Done => Action::Close,
            Step::Plan | Step::Importing => Action::None,
        }
    }

    fn read(&mut self, read: Result<Arc<str>, NotRead>, situation: &Situation<'_>, store: &Store) -> Action {
        self.waiting = false;
        match read {
            Err(why) => {
                self.place.refuse(why.words(situation.texts));
                Action::Run(focus::set(place::ID))
            }
            Ok(text) => {
                self.text = Some(text);
                self.step = Step::Plan;
                let arrived = focus::set("files-practitioner");
                match self.plan(situation, store) {
                    Action::Run(task) => Action::Run(Task::batch([arrived, task])),
                    _ => Action::Run(arrived),
                }
            }
        }
    }

    fn practitioner_message(
        &mut self,
        message: choice::Message<Id<Practitioner>>,
        situation: &Situation<'_>,
        store: &Store,
    ) -> Action {
        match self.practitioners.update(message) {
            choice::Action::None => Action::None,
            choice::Action::Run(task) | choice::Action::Search(_, task) => Action::Run(task.map(Message::Practitioner)),
            choice::Action::Chosen(chosen) => {
                self.chosen = Some(chosen);
                let focus = self.practitioners.focus().map(Message::Practitioner);
                match self.plan(situation, store) {
                    Action::Run(task) => Action::Run(Task::batch([focus, task])),
                    _ => Action::Run(focus),
                }
            }
        }
    }

    /// The dates that are typed, if they are some.
    fn span(&self, texts: &Texts, today: NaiveDate) -> Result<Span, String> {
        let latest = days_after(today, FAR);
        let date = |typed: &str| typed::date(typed, latest).ok_or_else(|| fl!(texts, "files-date-wrong"));
        let span = Span { from: date(&self.from)?, to: date(&self.to)? };
        match (span.to - span.from).num_days() {
            ..0 => Err(fl!(texts, "files-period-reversed")),
            0..=LONGEST => Ok(span),
            _ => Err(fl!(texts, "files-period-long")),
        }
    }

    /// Asks what the calendar would bring now.
    fn plan(&mut self, situation: &Situation<'_>, store: &Store) -> Action {
        self.asked += 1;
        self.waiting = false;
        self.failure = None;
        self.planned = None;
        self.say(situation);
        let span = self.span(situation.texts, situation.today);
        let (Some(text), Some(practitioner), Ok(span)) = (&self.text, self.chosen, span) else { return Action::None };
        let note = (!self.summaries).then(|| fl!(situation.texts, "files-busy"));
        let wanted = Wanted {
            practitioner,
            days: match self.whole_clinic {
                true => Days::Clinic(situation.setup.clinic.id),
                false => Days::Practitioner,
            },
            note: note.and_then(|note| Detail::new(&note).ok()),
            overlaps: self.overlaps,
        };
        let job = work::Job {
            text: text.clone(),
            zone: situation.setup.clinic.value.time_zone,
            span,
            wanted,
            closures: situation.setup.closures.clone(),
        };
        let asked = self.ask();
        Action::Run(Task::perform(work::plan(store.clone(), job), move |planned| Message::Planned { asked, planned }))
    }

    fn planned(&mut self, planned: Result<Arc<Planned>, NotRead>, situation: &Situation<'_>) -> Action {
        self.waiting = false;
        match planned {
            Ok(planned) => self.planned = Some(planned),
            Err(why) => self.failure = Some(why.words(situation.texts)),
        }
        self.say(situation);
        Action::None
    }

    fn import(&self, situation: &Situation<'_>) -> Action {
        match &self.planned {
            Some(planned) if self.can_import(situation) => Action::Import(planned.import.clone()),
            _ => Action::None,
        }
    }

    fn can_import(&self, situation: &Situation<'_>) -> bool {
        let any = self.planned.as_ref().is_some_and(|planned| !planned.import.is_empty());
        any && !self.waiting && self.step == Step::Plan && situation.editing == Editing::Allowed
    }

    fn back(&mut self) -> Action {
        self.asked += 1;
        self.waiting = false;
        self.failure = None;
        self.step = Step::File;
        Action::Run(focus::set(place::ID))
    }

    fn close(&mut self) -> Action {
        match self.step {
            _ if self.practitioners.is_open() => {
                self.practitioners.close();
                Action::Run(self.practitioners.focus().map(Message::Practitioner))
            }
            Step::Importing => Action::None,
            _ => Action::Close,
        }
    }

    fn say(&mut self, situation: &Situation<'_>) {
        let texts = situation.texts;
        self.whose = match self.chosen {
            None => Sentence::Warns(fl!(texts, "files-whose-calendar")),
            Some(_) => Sentence::none(),
        };
        self.period = match self.span(texts, situation.today) {
            Ok(_) => Sentence::none(),
            Err(words) => Sentence::Refuses(words),
        };
        self.summary = match &self.planned {
            None => String::new(),
            Some(planned) if self.step == Step::Done => {
                let count = planned.import.len();
                fl!(texts, "files-calendar-done", count = count)
            }
            Some(planned) => view::summary(planned, texts),
        };
    }
}

/// A year of two figures lies in the hundred years that end twenty years ahead, in days.
pub const FAR: u64 = 7305;
/// The longest span that is read, in days.
const LONGEST: i64 = 3650;

fn usual_span(today: NaiveDate) -> Span {
    Span { from: today, to: days_after(today, 365) }
}
