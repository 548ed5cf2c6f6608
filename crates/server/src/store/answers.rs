//! Answers that cost something to work out, kept as they were sent for as long as they hold.
//!
//! One is asked for by the revision of its clinic, so that no change leaves an old one behind.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use aftalebog_booking::Setup;
use aftalebog_booking::time::days_after;
use aftalebog_booking::zone::{day_start, local};
use axum::body::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::{Store, Work};
use crate::problem::Error;

/// The kept answers take no more memory than this, however many clinics there are.
const MOST_BYTES: usize = 32 << 20;

/// What one answer takes besides its text, about.
const OVERHEAD: usize = 300;

/// An answer holds no longer than this, for it depends on the time too.
const HOLDS: TimeDelta = TimeDelta::seconds(60);

/// A PC that was in touch within this time keeps back nothing by its silence.
const IN_TOUCH: TimeDelta = TimeDelta::hours(1);

/// Who asks, as far as the answer depends on it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asks {
    pub clinic: Uuid,
    pub revision: u64,
    /// Of any of the clinic's PCs.
    pub last_contact: Option<DateTime<Utc>>,
}

/// An answer, and until when it holds.
pub(crate) struct Answer {
    pub text: String,
    pub until: DateTime<Utc>,
}

#[derive(PartialEq, Eq, Hash)]
struct Key {
    clinic: Uuid,
    revision: u64,
    /// The PC's last contact where that may keep times back.
    silent_since: Option<DateTime<Utc>>,
    question: String,
}

struct Kept {
    text: Bytes,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
}

/// Two generations: what was asked for lately is among the young, and the old go all at once.
pub(super) struct Answers {
    kept: Mutex<Generations>,
    most_bytes: usize,
}

#[derive(Default)]
struct Generations {
    young: HashMap<Key, Kept>,
    old: HashMap<Key, Kept>,
    bytes_of_young: usize,
}

impl Default for Answers {
    fn default() -> Self {
        Self { kept: Mutex::default(), most_bytes: MOST_BYTES }
    }
}

impl Store {
    /// The answer to a question, worked out where none is kept. Whatever it depends on stands in the
    /// question, or is the clinic's records and the time.
    pub(crate) async fn answer(
        &self,
        asks: Asks,
        question: String,
        now: DateTime<Utc>,
        work_out: impl FnOnce(&Work<'_>) -> Result<Answer, Error> + Send + 'static,
    ) -> Result<Bytes, Error> {
        let Asks { clinic, revision, last_contact } = asks;
        let in_touch = last_contact.is_some_and(|contact| now - contact < IN_TOUCH);
        let silent_since = if in_touch { None } else { Some(last_contact.unwrap_or_default()) };
        let key = Key { clinic, revision, silent_since, question };
        if let Some(text) = self.answers.get(&key, now) {
            return Ok(text);
        }
        let Answer { text, until } = self.read(work_out).await?;
        // From one second to the next silence may keep times back.
        let until = if in_touch { until } else { until.min(now + TimeDelta::seconds(1)) };
        let text = Bytes::from(text);
        self.answers.keep(key, Kept { text: text.clone(), from: now, until });
        Ok(text)
    }
}

/// Until when an answer holds whose first suggested time is this: then it may be had no longer.
pub(crate) fn until(setup: &Setup, first: Option<DateTime<Utc>>, now: DateTime<Utc>) -> DateTime<Utc> {
    let zone = setup.clinic.value.time_zone;
    let midnight = day_start(zone, days_after(local(zone, now).date(), 1));
    first.unwrap_or(midnight).min(midnight).min(now + HOLDS)
}

impl Answers {
    fn get(&self, key: &Key, now: DateTime<Utc>) -> Option<Bytes> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let holds = |kept: &Kept| (kept.from..kept.until).contains(&now);
        if let Some(young) = kept.young.get(key) {
            return holds(young).then(|| young.text.clone());
        }
        let (key, old) = kept.old.remove_entry(key)?;
        if !holds(&old) {
            return None;
        }
        let text = old.text.clone();
        self.put(&mut kept, key, old);
        Some(text)
    }

    fn keep(&self, key: Key, answer: Kept) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let _older = kept.old.remove(&key);
        self.put(&mut kept, key, answer);
    }

    fn put(&self, kept: &mut Generations, key: Key, answer: Kept) {
        let bytes = |key: &Key, kept: &Kept| OVERHEAD + key.question.len() + kept.text.len();
        if kept.bytes_of_young + bytes(&key, &answer) > self.most_bytes / 2 {
            kept.old = std::mem::take(&mut kept.young);
            kept.bytes_of_young = 0;
        }
        kept.bytes_of_young += bytes(&key, &answer);
        let length = key.question.len();
        if let Some(older) = kept.young.insert(key, answer) {
            kept.bytes_of_young -= OVERHEAD + length + older.text.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(clinic: u128, revision: u64) -> Key {
        Key { clinic: Uuid::from_u128(clinic), revision, silent_since: None, question: "q".repeat(99) }
    }

    fn second(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).expect("an instant")
    }

    fn kept(bytes: usize, until: i64) -> Kept {
        Kept { text: Bytes::from(vec![b' '; bytes]), from: second(0), until: second(until) }
    }

    #[test]
    fn an_answer_is_given_again_while_it_holds_and_never_for_another_revision() {
        let answers = Answers::default();
        answers.keep(key(1, 7), kept(10, 60));
        assert!(answers.get(&key(1, 7), second(59)).is_some());
        assert!(answers.get(&key(1, 7), second(60)).is_none());
        assert!(answers.get(&key(1, 7), second(-1)).is_none(), "the clock was set back");
        assert!(answers.get(&key(1, 8), second(0)).is_none());
        assert!(answers.get(&key(2, 7), second(0)).is_none());
        let silent = Key { silent_since: Some(second(0)), ..key(1, 7) };
        assert!(answers.get(&silent, second(0)).is_none());
        // One that was worked out at the same time takes its place, and is counted once.
        answers.keep(key(1, 7), kept(10, 90));
        assert!(answers.get(&key(1, 7), second(60)).is_some());
        let mut generations = answers.kept.lock().expect("a lock");
        assert_eq!(generations.bytes_of_young, OVERHEAD + 99 + 10);
        generations.young.clear();
    }

    #[test]
    fn memory_is_bounded_and_what_is_asked_for_stays() {
        let answers = Answers { kept: Mutex::default(), most_bytes: 20_000 };
        for clinic in 0..1000 {
            answers.keep(key(clinic, 1), kept(600, 60));
            assert!(answers.get(&key(0, 1), second(1)).is_some(), "{clinic}");
            let kept = answers.kept.lock().expect("a lock");
            let bytes = (kept.young.len() + kept.old.len()) * (OVERHEAD + 99 + 600);
            assert!(bytes <= 20_000 && kept.bytes_of_young <= 10_000, "{bytes}");
        }
        assert!(answers.get(&key(500, 1), second(1)).is_none());
    }
}
