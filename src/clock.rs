//! The clock, read in one place and handed in by `main`.

use chrono::{DateTime, Utc};

/// Where «now» comes from.
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    /// The PC's own clock.
    Running(fn() -> DateTime<Utc>),
    /// Stands still, for demonstrations and tests; the window says so.
    Fixed(DateTime<Utc>),
}

impl Clock {
    pub fn now(self) -> DateTime<Utc> {
        match self {
            Self::Running(now) => now(),
            Self::Fixed(now) => now,
        }
    }

    pub const fn is_fixed(self) -> bool {
        matches!(self, Self::Fixed(_))
    }
}
