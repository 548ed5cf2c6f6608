//! How often each patient has asked in this minute. What they read is counted in memory: writing it down
//! would cost more than reading.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use uuid::Uuid;

use crate::problem::Error;

const WINDOW: Duration = Duration::from_secs(60);

/// Only who has a session is counted, so that there are never many.
#[derive(Debug, Default)]
pub struct Calls(Mutex<Window>);

#[derive(Debug, Default)]
struct Window {
    began: Option<Instant>,
    by_patient: HashMap<(Uuid, Uuid), u32>,
}

impl Calls {
    /// Counts one more call of a patient of a clinic, or says when the next one is possible.
    pub fn count(&self, clinic: Uuid, patient: Uuid, most: u32) -> Result<(), Error> {
        let mut window = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let goes_on = window.began.map(|began| began.elapsed()).filter(|elapsed| *elapsed < WINDOW);
        if goes_on.is_none() {
            *window = Window { began: Some(Instant::now()), by_patient: HashMap::new() };
        }
        let count = window.by_patient.entry((clinic, patient)).or_default();
        *count = count.saturating_add(1);
        if *count <= most {
            return Ok(());
        }
        let left = WINDOW.saturating_sub(goes_on.unwrap_or_default());
        Err(Error::TooManyTries { retry_after_seconds: left.as_secs() + 1 })
    }
}
