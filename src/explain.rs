//! `aftalebog explain`: which times of a snapshot a patient would be offered, and why not the others.
//!
//! For support cases. The answer comes from the decision that the preview asks as well; here are
//! only the question, as it is typed, and the answer's two forms. Source: design, "Interface".

use std::collections::BTreeSet;
use std::fmt::Write;

use aftalebog_booking::broken::{Broken, Concerns};
use aftalebog_booking::explained::{Columns, Explained};
use aftalebog_booking::offer::{Explanation, Offer, Refused};
use aftalebog_booking::reading::{NotReadable, Reading};
use aftalebog_booking::record::{AppointmentType, Need, Practitioner};
use aftalebog_booking::refusal::Refusal;
use aftalebog_booking::terms::{Purpose, Request, Terms, Visitor, Withheld};
use aftalebog_booking::{Id, Kind, zone};
use aftalebog_texts::{Texts, fl};
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;
use uuid::Uuid;

/// What is asked, as it was typed.
#[derive(Clone, Debug)]
pub struct Question {
    /// A patient number, or `new`.
    pub patient: String,
    /// The code of an appointment type.
    pub appointment_type: String,
    pub from: NaiveDate,
    pub days: u32,
    pub need: Option<Uuid>,
    /// Initials; only filters the two lists.
    pub practitioner: Option<String>,
    pub now: DateTime<Utc>,
}

/// How many days can be asked about: two years.
pub const DAYS: std::ops::RangeInclusive<i64> = 1..=731;

/// A patient number that stands for somebody who has not created themself yet.
const NEW: &str = "new";

/// Why a question has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    NotReadable(NotReadable),
    NoSuchPatient,
    NoSuchType {
        code: String,
    },
    NoSuchNeed,
    NoSuchPractitioner {
        initials: String,
    },
    /// Several records have the number, the code or the initials.
    Ambiguous {
        word: String,
    },
    /// Two set-ups of one appointment type.
    TwoSetUps {
        code: String,
    },
}

impl NoAnswer {
    pub fn words(&self, texts: &Texts) -> String {
        match self {
            Self::NotReadable(NotReadable::NotJson { detail }) => {
                fl!(texts, "snapshot-malformed", detail = detail.clone())
            }
            Self::NotReadable(NotReadable::UnknownFormat { format }) => {
                fl!(texts, "explain-unknown-format", format = format.clone())
            }
            Self::NotReadable(NotReadable::NotASnapshot) => fl!(texts, "explain-not-a-snapshot"),
            Self::NotReadable(NotReadable::NoClinic) => fl!(texts, "explain-no-clinic"),
            Self::NotReadable(NotReadable::BrokenClinic { fault }) => {
                fl!(texts, "explain-broken-clinic", fault = texts.fault(fault))
            }
            Self::NotReadable(NotReadable::SeveralClinics { clinics }) => {
                fl!(texts, "explain-several-clinics", count = clinics)
            }
            Self::NoSuchPatient => fl!(texts, "explain-no-such-patient"),
            Self::NoSuchType { code } => fl!(texts, "explain-no-such-type", code = code.clone()),
            Self::NoSuchNeed => fl!(texts, "explain-no-such-need"),
            Self::NoSuchPractitioner { initials } => {
                fl!(texts, "explain-no-such-practitioner", initials = initials.clone())
            }
            Self::Ambiguous { word } => fl!(texts, "explain-ambiguous", word = word.clone()),
            Self::TwoSetUps { code } => fl!(texts, "explain-two-set-ups", code = code.clone()),
        }
    }
}

/// The answer to a question, in the form that is wanted.
pub fn answer(snapshot: &[u8], question: &Question, form: Form<'_>) -> Result<Said, NoAnswer> {
    let reading = Reading::of(snapshot).map_err(NoAnswer::NotReadable)?;
    one_set_up_each(&reading)?;
    let asked = Asked::of(&reading, question)?;
    let request = Request {
        setup: &reading.setup,
        broken: &reading.broken,
        visitor: &asked.visitor,
        appointment_type: asked.appointment_type,
        need: asked.need,
        purpose: Purpose::Book,
        withheld: Withheld::Nothing,
        now: question.now,
    };
    let terms = Terms::of(request);
    let columns = Columns::of(&reading.setup, &reading.broken);
    let mut explanation = terms.explanation(&reading.busy(), question.from, question.days);
    columns.sort(&mut explanation, asked.practitioner);
    let out = match form {
        Form::Json => {
            let Explanation { offers, refused } = &explanation;
            let answer = json!(Explained::of(&terms, &columns, offers, Some(refused)));
            format!("{answer:#}\n")
        }
        Form::Words(texts) => Words { texts, reading: &reading, columns: &columns, question }.all(&terms, &explanation),
    };
    Ok(Said { out, broken: reading.broken })
}

/// In which form an answer is wanted.
#[derive(Clone, Copy)]
pub enum Form<'a> {
    Json,
    /// In the clinic's local times; no stable format.
    Words(&'a Texts),
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub out: String,
    /// The records that could not be read.
    pub broken: Vec<Broken>,
}

/// What a question's words stand for.
struct Asked {
    visitor: Visitor,
    appointment_type: Id<AppointmentType>,
    need: Option<Id<Need>>,
    practitioner: Option<Id<Practitioner>>,
}

impl Asked {
    fn of(reading: &Reading, question: &Question) -> Result<Self, NoAnswer> {
        let Question { patient, appointment_type, need, practitioner, .. } = question;
        let setup = &reading.setup;
        let types = setup.appointment_types.iter().map(|it| (it.value.code.as_str(), it.id.uuid()));
        let practitioners = setup.practitioners.iter().map(|it| (it.value.initials.as_str(), it.id.uuid()));
        let no_type = || NoAnswer::NoSuchType { code: appointment_type.clone() };
        let appointment_type =
            known_as(reading, Kind::AppointmentType, types, appointment_type)?.ok_or_else(no_type)?;
        let initials = practitioner.as_deref().map(|initials| {
            let found = known_as(reading, Kind::Practitioner, practitioners, initials)?;
            found.map(Id::new).ok_or_else(|| NoAnswer::NoSuchPractitioner { initials: initials.to_owned() })
        });
        Ok(Self {
            visitor: visitor(reading, patient)?,
            appointment_type: Id::new(appointment_type),
            need: need.map(|id| known_need(reading, id)).transpose()?,
            practitioner: initials.transpose()?,
        })
    }
}

fn visitor(reading: &Reading, number: &str) -> Result<Visitor, NoAnswer> {
    if number == NEW {
        return Ok(Visitor::new_patient());
    }
    let patients = reading.patients.iter().map(|it| (it.value.number.as_str(), it.id.uuid()));
    let id = known_as(reading, Kind::Patient, patients, number)?.ok_or(NoAnswer::NoSuchPatient)?;
    Ok(reading.visitor(Id::new(id)))
}

/// The one record of a kind that is known by a word, whether it can be read or not.
fn known_as<'a>(
    reading: &Reading,
    kind: Kind,
    read: impl Iterator<Item = (&'a str, Uuid)>,
    word: &str,
) -> Result<Option<Uuid>, NoAnswer> {
    let broken = reading.broken.iter().filter(|broken| broken.record.kind == Some(kind));
    let broken = broken.filter(|broken| broken.known_as.as_deref() == Some(word)).filter_map(|broken| broken.record.id);
    let read = read.filter(|(known_as, _)| *known_as == word).map(|(_, id)| id);
    let ids: BTreeSet<Uuid> = read.chain(broken).collect();
    match ids.len() {
        0 | 1 => Ok(ids.first().copied()),
        _ => Err(NoAnswer::Ambiguous { word: word.to_owned() }),
    }
}

fn known_need(reading: &Reading, id: Uuid) -> Result<Id<Need>, NoAnswer> {
    let broken = || reading.broken.iter().any(|it| it.record.kind == Some(Kind::Need) && it.record.id == Some(id));
    let known = reading.needs.iter().any(|need| need.id.uuid() == id) || broken();
    if known { Ok(Id::new(id)) } else { Err(NoAnswer::NoSuchNeed) }
}

/// No appointment type has two set-ups, whether they can be read or not.
fn one_set_up_each(reading: &Reading) -> Result<(), NoAnswer> {
    let read = reading.setup.online_types.iter().map(|entry| (entry.value.appointment_type, Some(entry.id.uuid())));
    let broken = reading.broken.iter().filter(|broken| broken.record.kind == Some(Kind::OnlineType));
    let broken = broken.filter_map(|broken| match broken.concerns {
        Concerns::AppointmentType(id) => Some((id, broken.record.id)),
        _ => None,
    });
    let mut set_ups: Vec<_> = read.chain(broken).collect();
    set_ups.sort_unstable();
    // What has one id is one set-up, however often it was found at fault.
    set_ups.dedup_by(|one, other| one == other && one.1.is_some());
    match set_ups.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        None => Ok(()),
        Some(pair) => {
            let code = reading.setup.appointment_type(pair[0].0).map(|it| it.code.to_string());
            Err(NoAnswer::TwoSetUps { code: code.unwrap_or_else(|| pair[0].0.to_string()) })
        }
    }
}

/// An answer in the words of the preview.
struct Words<'a> {
    texts: &'a Texts,
    reading: &'a Reading,
    columns: &'a Columns,
    question: &'a Question,
}

impl Words<'_> {
    fn all(&self, terms: &Terms<'_>, explanation: &Explanation) -> String {
        let Self { texts, reading, question, .. } = self;
        let now = zone::local(reading.setup.clinic.value.time_zone, question.now);
        let mut out = String::new();
        let mut line = |words: String| {
            let _written = writeln!(out, "{words}");
        };
        let (date, time) = (texts.date_weekday_year(now.date()), texts.time_of(now.time()));
        line(fl!(texts, "explain-now", date = date, time = time));
        if let Some(need) = terms.need {
            let practitioner = self.columns.initials(need.value.practitioner);
            let (week, year) = (need.value.recall.week(), need.value.recall.year().to_string());
            let minutes = need.value.minutes.get();
            line(fl!(texts, "explain-need", week = week, year = year, who = practitioner, minutes = minutes));
        }
        line(texts.earliest_date(now.date(), terms.earliest));
        if let Some(last) = terms.last {
            line(fl!(texts, "explain-last", date = texts.date_weekday_year(last)));
        }
        if let Some(refusal) = terms.barred {
            line(self.sentence(refusal, None));
            return out;
        }
        let mut offers = explanation.offers.as_slice();
        let mut refused = explanation.refused.as_slice();
        let zone = reading.setup.clinic.value.time_zone;
        for date in question.from.iter_days().take(question.days as usize) {
            let later = |start: DateTime<Utc>| zone::local(zone, start).date() > date;
            let today;
            (today, offers) = offers.split_at(offers.iter().position(|it| later(it.start)).unwrap_or(offers.len()));
            let not_today;
            (not_today, refused) =
                refused.split_at(refused.iter().position(|it| later(it.start)).unwrap_or(refused.len()));
            self.date(date, terms, today, not_today, &mut out);
        }
        out
    }

    fn date(&self, date: NaiveDate, terms: &Terms<'_>, offers: &[Offer], refused: &[Refused], out: &mut String) {
        let texts = self.texts;
        let zone = self.reading.setup.clinic.value.time_zone;
        let clock =
            |start, who| format!("{} {}", texts.time_of(zone::local(zone, start).time()), self.columns.initials(who));
        let starts: Vec<String> = offers.iter().map(|offer| clock(offer.start, offer.practitioner)).collect();
        let starts = if starts.is_empty() { fl!(texts, "explain-none") } else { starts.join(", ") };
        let mut lines = vec![String::new(), texts.date_weekday_year(date), format!("  {starts}")];
        let there = offers.iter().map(|it| it.practitioner).chain(refused.iter().map(|it| it.practitioner));
        let there: BTreeSet<_> = there.collect();
        let asked = |id: &Id<Practitioner>| {
            self.question.practitioner.as_ref().is_none_or(|only| *only == self.columns.initials(*id))
        };
        let absent = terms.practitioners().filter(|id| !there.contains(id)).filter(asked);
        lines.extend(absent.map(|id| format!("  {}", self.no_candidates(terms, id, date))));
        lines.extend(refused.iter().map(|Refused { start, practitioner, reason }| {
            format!("  {}: {}", clock(*start, *practitioner), self.sentence(*reason, Some(*practitioner)))
        }));
        for line in lines {
            let _written = writeln!(out, "{line}");
        }
    }

    /// Why one of those in the running has no candidate on a date.
    fn no_candidates(&self, terms: &Terms<'_>, id: Id<Practitioner>, date: NaiveDate) -> String {
        match terms.no_candidates(id, date) {
            Some(Refusal::OutsideWorkingHours) | None => self.texts.does_not_work_on(id, &self.reading.setup, date),
            Some(reason) => format!("{}: {}", self.columns.initials(id), self.sentence(reason, Some(id))),
        }
    }

    fn sentence(&self, refusal: Refusal, practitioner: Option<Id<Practitioner>>) -> String {
        let setup = &self.reading.setup;
        let today = zone::local(setup.clinic.value.time_zone, self.question.now).date();
        self.texts.refusal(refusal, practitioner, setup, today)
    }
}

#[cfg(test)]
mod tests;
