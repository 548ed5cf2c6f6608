//! Reading a calendar and planning what it would bring, away from the window's thread.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use aftalebog_booking::record::{Appointment, Closure};
use aftalebog_booking::time::days_after;
use aftalebog_booking::{Entry, Id, zone};
use aftalebog_local::exchange::calendar::{self, Book, Calendar, NotACalendar, Span, Standing, Wanted};
use aftalebog_local::exchange::encoding::Encoding;
use aftalebog_local::{Import, Store, StoreError, aside};
use aftalebog_texts::{Texts, fl};
use chrono_tz::Tz;

use super::super::table::work::{self as file, bytes};
use super::super::words;

/// Why there is no calendar to be seen.
#[derive(Clone, Debug)]
pub enum NotRead {
    File(file::NotRead),
    Calendar(NotACalendar),
    /// The clinic's own file.
    Book(String),
}

impl NotRead {
    pub fn words(&self, texts: &Texts) -> String {
        match self {
            Self::File(why) => why.words(texts),
            Self::Calendar(why) => words::not_a_calendar(texts, *why),
            Self::Book(detail) => fl!(texts, "open-io-why", detail = detail.clone()),
        }
    }
}

/// The text of a file that is a calendar.
pub async fn open(path: PathBuf, own: PathBuf, zone: Tz, span: Span) -> Result<Arc<str>, NotRead> {
    let work = move || {
        let bytes = bytes(&path, &own).map_err(NotRead::File)?;
        let text = Encoding::guess(&bytes).read(&bytes);
        let _calendar = calendar::read(&text, zone, span).map_err(NotRead::Calendar)?;
        Ok(Arc::from(text))
    };
    aside(work).await.unwrap_or_else(|| Err(NotRead::Book("the thread that read the file ended".to_owned())))
}

/// What is to be planned.
pub struct Job {
    pub text: Arc<str>,
    pub zone: Tz,
    pub span: Span,
    pub wanted: Wanted,
    pub closures: Vec<Entry<Closure>>,
}

/// What a calendar would bring, ready to be imported.
#[derive(Debug)]
pub struct Planned {
    pub calendar: Calendar,
    /// Of each item.
    pub standings: Vec<Standing>,
    pub import: Arc<Import>,
    /// What stands in the book where an item would lie on it.
    pub under: HashMap<Id<Appointment>, Appointment>,
}

pub async fn plan(store: Store, job: Job) -> Result<Arc<Planned>, NotRead> {
    let Job { text, zone, span, wanted, closures } = job;
    let reading = move || calendar::read(&text, zone, span);
    let ended = || NotRead::Book("the thread that read the calendar ended".to_owned());
    let calendar = aside(reading).await.ok_or_else(ended)?.map_err(NotRead::Calendar)?;
    let detail = |error: StoreError| NotRead::Book(error.to_string());
    let (from, to) = (zone::day_start(zone, span.from), zone::day_start(zone, days_after(span.to, 1)));
    let live = store.appointments_between(from, to).await.map_err(detail)?;
    let live: Vec<Entry<Appointment>> = live
        .into_iter()
        .map(|booked| booked.entry)
        .filter(|entry| entry.value.practitioner == wanted.practitioner)
        .collect();
    let known = store.appointments_of(calendar::ids(&calendar, &wanted)).await.map_err(detail)?;
    let planning = move || {
        let book = Book { live: &live, known: &known, closures: &closures };
        let plan = calendar::plan(&calendar, &wanted, book);
        let lain_on: HashSet<Id<Appointment>> = plan
            .standings
            .iter()
            .filter_map(|standing| match standing {
                Standing::OnTopOf(id) => Some(*id),
                Standing::New | Standing::Changed | Standing::Known => None,
            })
            .collect();
        let under = live.iter().filter(|entry| lain_on.contains(&entry.id));
        let under = under.map(|entry| (entry.id, entry.value.clone())).collect();
        let import = Arc::new(Import::new(plan.creations, plan.edits));
        Planned { calendar, standings: plan.standings, import, under }
    };
    aside(planning).await.map(Arc::new).ok_or_else(ended)
}
