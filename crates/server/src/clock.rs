//! The one place where the server reads the clock.

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, DurationRound, TimeDelta, Utc};

/// Where «now» comes from.
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    /// The machine's own clock.
    Running,
    /// Stands still, for demonstrations and tests; `hello` says so.
    Fixed(DateTime<Utc>),
    /// Stands where it was put, in seconds since 1970, for tests in which time passes.
    ByHand(&'static AtomicI64),
}

impl Clock {
    /// Whole seconds.
    #[expect(clippy::disallowed_methods, reason = "the one place of the server that reads the clock")]
    pub fn now(self) -> DateTime<Utc> {
        match self {
            Self::Running => {
                let now = Utc::now();
                now.duration_trunc(TimeDelta::seconds(1)).unwrap_or(now)
            }
            Self::Fixed(now) => now,
            Self::ByHand(seconds) => {
                DateTime::from_timestamp(seconds.load(Ordering::SeqCst), 0).unwrap_or(DateTime::UNIX_EPOCH)
            }
        }
    }

    pub const fn is_fixed(self) -> bool {
        !matches!(self, Self::Running)
    }
}
