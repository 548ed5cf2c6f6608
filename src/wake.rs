//! What wakes the window while nobody touches it: the clock, and a second start of the program.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Timelike, Utc};
use iced::Subscription;
use iced::futures::SinkExt;
use iced::futures::channel::mpsc::Sender;

/// Once, when the next quarter of an hour begins: the line of «now» goes to the next row, and at
/// midnight it is another day. A PC that slept through it is told when it wakes.
pub fn at_next_quarter(now: fn() -> DateTime<Utc>, last: DateTime<Utc>) -> Subscription<()> {
    Subscription::run_with((now, next_quarter(last)), |(now, at)| {
        let (now, at) = (*now, *at);
        iced::stream::channel(1, async move |mut passed: Sender<()>| {
            // The timer stands still while the PC sleeps, so it looks at the clock every minute.
            while now() < at {
                let left = (at - now()).to_std().unwrap_or_default();
                tokio::time::sleep(left.min(Duration::from_secs(60))).await;
            }
            // When the window is gone, nobody needs to know.
            let _gone = passed.send(()).await;
        })
    })
}

/// Once, when a notice of this number has stood so long that whoever needs it has seen it.
pub fn after_notice(number: u32) -> Subscription<u32> {
    once_after(Duration::from_secs(30), number)
}

/// Once, when it has been read that what was done went as it was meant.
pub fn after_confirmation(number: u32) -> Subscription<u32> {
    once_after(Duration::from_secs(10), number)
}

/// Once, when what came by itself to be decided about has stood so long that a press means it.
pub fn after_case(number: u32) -> Subscription<u32> {
    once_after(Duration::from_millis(500), number)
}

fn once_after(length: Duration, number: u32) -> Subscription<u32> {
    Subscription::run_with((length, number), |(length, number)| {
        let (length, number) = (*length, *number);
        iced::stream::channel(1, async move |mut passed: Sender<u32>| {
            tokio::time::sleep(length).await;
            // When the window is gone, nobody needs to know.
            let _gone = passed.send(number).await;
        })
    })
}

/// Every minute, while the clinic is connected: which of its PCs are open is asked. Whoever closes the window is told
/// by it whether they leave the patients alone.
pub fn now_and_then() -> Subscription<()> {
    every(Duration::from_secs(60))
}

/// Every second, while it is shown when the server is asked again.
pub fn every_second() -> Subscription<()> {
    every(Duration::from_secs(1))
}

fn every(length: Duration) -> Subscription<()> {
    Subscription::run_with(length, |length| {
        let length = *length;
        iced::stream::channel(1, async move |mut passed: Sender<()>| {
            loop {
                tokio::time::sleep(length).await;
                if passed.send(()).await.is_err() {
                    return;
                }
            }
        })
    })
}

/// Once, when what waits has had its moment to be sent before the window closes.
pub fn after_time_to_send() -> Subscription<()> {
    Subscription::run(|| {
        iced::stream::channel(1, async |mut passed: Sender<()>| {
            tokio::time::sleep(Duration::from_secs(3)).await;
            // When the window is gone, nobody needs to know.
            let _gone = passed.send(()).await;
        })
    })
}

/// Once, when something has taken so long that the person should be told.
pub fn when_slow() -> Subscription<()> {
    Subscription::run(|| {
        iced::stream::channel(1, async |mut passed: Sender<()>| {
            tokio::time::sleep(Duration::from_millis(500)).await;
            // When the window is gone, nobody needs to know.
            let _gone = passed.send(()).await;
        })
    })
}

fn next_quarter(now: DateTime<Utc>) -> DateTime<Utc> {
    let past = TimeDelta::seconds(i64::from(now.minute() % 15 * 60 + now.second()));
    now - past - TimeDelta::nanoseconds(now.nanosecond().into()) + TimeDelta::minutes(15)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_quarter_is_never_now() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        assert_eq!(next_quarter(at("2026-11-23T07:14:59.5Z")), at("2026-11-23T07:15:00Z"));
        assert_eq!(next_quarter(at("2026-11-23T07:15:00Z")), at("2026-11-23T07:30:00Z"));
        assert_eq!(next_quarter(at("2026-11-23T22:59:00Z")), at("2026-11-23T23:00:00Z"));
    }
}
