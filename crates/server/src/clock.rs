//! The one place where the server reads the clock.

use chrono::{DateTime, DurationRound, TimeDelta, Utc};

/// Where «now» comes from.
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    /// The machine's own clock.
    Running,
    /// Stands still, for demonstrations and tests; `hello` says so.
    Fixed(DateTime<Utc>),
}

impl Clock {
    /// Whole seconds.
    pub fn now(self) -> DateTime<Utc> {
        match self {
            Self::Running => {
                let now = Utc::now();
                now.duration_trunc(TimeDelta::seconds(1)).unwrap_or(now)
            }
            Self::Fixed(now) => now,
        }
    }

    pub const fn is_fixed(self) -> bool {
        matches!(self, Self::Fixed(_))
    }
}
