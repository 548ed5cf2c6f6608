//! The appointments that a change of hours or closed days concerns, asked of the file.

use std::sync::Arc;

use aftalebog_booking::Id;
use aftalebog_booking::record::Practitioner;
use aftalebog_booking::week_plan::Placed;
use aftalebog_local::{Store, StoreError};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use iced::Task;

/// Whose appointments, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// `None`: everybody's.
    pub practitioners: Option<Vec<Id<Practitioner>>>,
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
    /// The clinic's.
    pub zone: Tz,
}

/// What is to be asked of the file. An answer names its question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    number: u32,
    span: Span,
}

#[derive(Clone, Debug)]
pub struct Answer {
    question: Question,
    found: Result<Arc<Vec<Placed>>, Arc<StoreError>>,
}

impl Question {
    /// Asks the file.
    pub fn ask(self, store: Store) -> Task<Answer> {
        let Span { practitioners, from, to, zone } = self.span.clone();
        let asking = async move {
            let found = store.records_between(practitioners, from, to).await.map_err(Arc::new)?;
            Ok(Arc::new(found.iter().filter_map(|appointment| Placed::of(zone, appointment)).collect()))
        };
        Task::perform(asking, move |found| Answer { question: self.clone(), found })
    }
}

/// What is known of the appointments that were asked about last.
#[derive(Debug, Default)]
pub struct Booked {
    /// How many questions there were.
    questions: u32,
    to_ask: Option<Question>,
    state: State,
}

#[derive(Debug, Default)]
enum State {
    #[default]
    NotAsked,
    Waits(Question),
    Read(Span, Arc<Vec<Placed>>),
    Failed(Span),
}

/// How far the reading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known<'a> {
    /// Nothing was asked, or there is no answer yet.
    NotYet,
    Read(&'a [Placed]),
    Failed,
}

impl Booked {
    /// These are wanted now; what is known already, or was asked, is not asked again.
    pub fn want(&mut self, span: Option<Span>) {
        let asked = match &self.state {
            State::NotAsked => None,
            State::Waits(question) => Some(&question.span),
            State::Read(span, _) | State::Failed(span) => Some(span),
        };
        if asked == span.as_ref() {
            return;
        }
        self.to_ask = span.map(|span| {
            self.questions += 1;
            Question { number: self.questions, span }
        });
        self.state = self.to_ask.clone().map_or(State::NotAsked, State::Waits);
    }

    /// What was read may be another by now.
    pub fn forget(&mut self) {
        (self.to_ask, self.state) = (None, State::NotAsked);
    }

    pub fn take_question(&mut self) -> Option<Question> {
        self.to_ask.take()
    }

    /// The answer to an earlier question comes too late.
    pub fn answered(&mut self, answer: Answer) {
        if matches!(&self.state, State::Waits(question) if *question == answer.question) {
            let span = answer.question.span;
            self.state =
                answer.found.map_or_else(|_| State::Failed(span.clone()), |found| State::Read(span.clone(), found));
        }
    }

    pub fn known(&self) -> Known<'_> {
        match &self.state {
            State::NotAsked | State::Waits(_) => Known::NotYet,
            State::Read(_, appointments) => Known::Read(appointments),
            State::Failed(_) => Known::Failed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(hours: i64) -> Span {
        let from = DateTime::UNIX_EPOCH;
        Span { practitioners: None, from, to: from + chrono::TimeDelta::hours(hours), zone: Tz::Europe__Copenhagen }
    }

    #[test]
    fn nothing_is_asked_twice_and_late_answers_are_dropped() {
        let mut booked = Booked::default();
        assert_eq!((booked.take_question(), booked.known()), (None, Known::NotYet));
        let answer = |question: Question| Answer { question, found: Ok(Arc::new(Vec::new())) };
        booked.want(Some(span(1)));
        let early = booked.take_question().expect("a question");
        booked.want(Some(span(1)));
        assert_eq!(booked.take_question(), None, "it is under way");
        booked.want(Some(span(2)));
        let late = booked.take_question().expect("another question");
        booked.answered(answer(early.clone()));
        assert_eq!(booked.known(), Known::NotYet);
        booked.answered(answer(late));
        assert_eq!(booked.known(), Known::Read(&[]));
        booked.want(Some(span(2)));
        assert_eq!((booked.take_question(), booked.known()), (None, Known::Read(&[])));
        // Back to what was asked first: it is asked anew, and the first answer is not taken for it.
        booked.want(Some(span(1)));
        let anew = booked.take_question().expect("a question");
        booked.answered(answer(early));
        assert_eq!(booked.known(), Known::NotYet);
        let failed = Err(Arc::new(StoreError::Closed));
        booked.answered(Answer { question: anew, found: failed });
        assert_eq!(booked.known(), Known::Failed);
        booked.forget();
        booked.want(None);
        assert_eq!((booked.take_question(), booked.known()), (None, Known::NotYet));
    }
}
