//! The server and a PC are killed at random while much is going on. Whatever they had acknowledged
//! is there afterwards, and no half of anything.
//!
//! A killed process loses nothing that it has handed to the system: this shows that what is
//! acknowledged was committed, and that files are whole after any cut. That it is also on the disk
//! when the power goes is `synchronous = full`, which no test without a plug can show.
//!
//! `AFTALEBOG_KILLS` says how often; 20 times each without it.

mod clinic_pc;
mod server;

use std::time::Duration;

/// How often each is killed.
fn kills() -> usize {
    std::env::var("AFTALEBOG_KILLS").map_or(20, |times| times.parse().unwrap())
}

/// How long something is let live that is about to be killed.
fn a_while() -> Duration {
    Duration::from_millis(rand::random_range(50..170))
}
