//! Medians of timings that were taken in turn, and their ratios.
#![allow(dead_code, reason = "each benchmark uses a part of it")]

use std::time::{Duration, Instant};

/// What one thing took, each time it was done.
#[derive(Default)]
pub struct Times(Vec<Duration>);

impl Times {
    /// Does something, and notes how long it took.
    pub fn take<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let done = work();
        self.0.push(started.elapsed());
        done
    }

    pub fn push(&mut self, time: Duration) {
        self.0.push(time);
    }

    pub fn median(&self) -> Duration {
        self.percentile(50)
    }

    /// The time that so many of a hundred did not exceed.
    pub fn percentile(&self, percent: usize) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort();
        sorted.get((sorted.len() * percent / 100).min(sorted.len().saturating_sub(1))).copied().unwrap_or_default()
    }

    pub fn line(&self, what: &str) {
        let (median, high) = (milliseconds(self.median()), milliseconds(self.percentile(95)));
        println!("{what:<52} {median:>9.2} ms  {high:>9.2} ms  {:>5}", self.0.len());
    }
}

pub fn heading(title: &str) {
    println!("\n{title:<52} {:>12}  {:>12}  {:>5}", "median", "95 %", "times");
}

pub fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Says whether a goal is met; never fails, for the machine may be busy.
pub fn goal(what: &str, measured: f64, at_most: f64) {
    let verdict = if measured <= at_most { "met" } else { "MISSED" };
    println!("  goal: {what:<46} {measured:>7.2}  at most {at_most:>6.2}  {verdict}");
}

pub fn ratio(one: &Times, other: &Times) -> f64 {
    one.median().as_secs_f64() / other.median().as_secs_f64()
}
