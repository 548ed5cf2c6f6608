//! Whether to ask before the window closes: the clinic's last PC, or saves that are not sent.

use aftalebog_booking::Setup;
use aftalebog_booking::silence::{OPENING_HOURS, opening_hours};
use aftalebog_booking::wire::DeviceInfo;
use aftalebog_booking::zone::local;
use aftalebog_local::sync::Connection;
use aftalebog_texts::{Texts, fl};
use chrono::{DateTime, TimeDelta, Timelike, Utc};

/// A PC that is open asks the server at least so often, however long its polls wait.
const IN_TOUCH: TimeDelta = TimeDelta::minutes(2);

/// So long without the server, and everybody knows that nothing is sent.
const LONG_OFFLINE: TimeDelta = TimeDelta::hours(24);

/// What whoever closes the window should know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leaving {
    /// Saves that the server does not have.
    unsent: usize,
    /// No other PC of the clinic is in touch with the server, and the clinic is open.
    last: bool,
}

impl Leaving {
    /// What is known already decides, once what waits has been given a moment to be sent. `devices`: the clinic's PCs
    /// as the server last told; nothing is said of others before it has.
    /// `waiting`: the saves that the server does not have.
    pub fn of(
        (connection, waiting): (&Connection, usize),
        devices: Option<&[DeviceInfo]>,
        setup: &Setup,
        now: DateTime<Utc>,
    ) -> Option<Self> {
        let unsent = match *connection {
            Connection::NotPaired => 0,
            Connection::Online => waiting,
            Connection::Offline { since, .. } if now - since >= LONG_OFFLINE => 0,
            Connection::Connecting | Connection::Offline { .. } => waiting,
            // They say in the bar what is to be done, and nothing is sent before.
            Connection::Revoked | Connection::TooOld => 0,
        };
        let online = *connection == Connection::Online;
        let last = online && is_open(setup, now) && devices.is_some_and(is_the_last);
        (unsent > 0 || last).then_some(Self { unsent, last })
    }

    pub fn title(self, texts: &Texts) -> String {
        if self.last { fl!(texts, "closing-last-title") } else { fl!(texts, "closing-unsent", count = self.unsent) }
    }

    pub fn why(self, texts: &Texts) -> String {
        if self.last { fl!(texts, "closing-last", hours = OPENING_HOURS) } else { fl!(texts, "closing-unsent-why") }
    }
}

/// The server's clock alone is asked: this PC has asked it a moment ago.
fn is_the_last(devices: &[DeviceInfo]) -> bool {
    let Some(own) = devices.iter().find(|device| device.this).and_then(|device| device.last_seen) else { return false };
    let in_touch = |device: &&DeviceInfo| {
        let seen = device.last_seen.is_some_and(|seen| seen >= own - IN_TOUCH);
        !device.this && device.revoked_at.is_none() && seen
    };
    devices.iter().find(in_touch).is_none()
}

/// From the first opening hour of the day to its last: lunch is no end of the day.
fn is_open(setup: &Setup, now: DateTime<Utc>) -> bool {
    let now = local(setup.clinic.value.time_zone, now);
    let hours = opening_hours(setup, now.date());
    let minute = now.hour() * 60 + now.minute();
    let minutes = |time: aftalebog_booking::time::TimeOfDay| u32::from(time.minutes());
    hours
        .first()
        .zip(hours.last())
        .is_some_and(|(first, last)| minutes(first.from()) <= minute && minute < minutes(last.to()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use aftalebog_booking::demo::demo_clinic;
    use aftalebog_local::sync::{Cause, Status};
    use uuid::Uuid;

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn device(this: bool, last_seen: &str, revoked: bool) -> DeviceInfo {
        let revoked_at = revoked.then(|| instant(last_seen));
        let (paired_at, last_seen) = (instant("2026-11-01T08:00:00Z"), Some(instant(last_seen)));
        DeviceInfo { id: Uuid::new_v4(), name: "PC".to_owned(), paired_at, last_seen, revoked_at, this }
    }

    fn status(connection: Connection, waiting: usize) -> Status {
        Status { connection, waiting, ..Status::NOT_PAIRED }
    }

    #[track_caller]
    fn check(now: &str, status: &Status, devices: Option<&[DeviceInfo]>, expected: Option<(usize, bool)>) {
        let setup =
            Setup::gather(demo_clinic(instant("2026-11-23T08:00:00Z").date_naive(), 1).records).expect("a set-up");
        let leaving = Leaving::of((&status.connection, status.waiting), devices, &setup, instant(now));
        assert_eq!(leaving.map(|it| (it.unsent, it.last)), expected, "{now} {status:?}");
    }

    #[test]
    fn the_last_pc_is_asked_while_the_clinic_is_open() {
        let online = status(Connection::Online, 0);
        // Monday at ten past nine.
        let now = "2026-11-23T08:10:00Z";
        let own = device(true, "2026-11-23T08:09:50Z", false);
        let alone = [own.clone()];
        check(now, &online, Some(&alone), Some((0, true)));
        check(now, &online, None, None);
        check(now, &online, Some(&[]), None);
        let beside = |seen, revoked| [own.clone(), device(false, seen, revoked)];
        check(now, &online, Some(&beside("2026-11-23T08:09:20Z", false)), None);
        check(now, &online, Some(&beside("2026-11-23T08:07:50Z", false)), None);
        check(now, &online, Some(&beside("2026-11-23T08:07:49Z", false)), Some((0, true)));
        check(now, &online, Some(&beside("2026-11-23T08:09:20Z", true)), Some((0, true)));
        // In the evening, on a Sunday, and at Christmas.
        check("2026-11-23T19:00:00Z", &online, Some(&alone), None);
        check("2026-11-22T09:00:00Z", &online, Some(&alone), None);
        check("2026-12-25T09:00:00Z", &online, Some(&alone), None);
        // A PC whose own clock is wrong compares no clocks with the server's.
        check("2026-11-24T09:00:00Z", &online, Some(&alone), Some((0, true)));
        // Whoever is not in touch leaves nobody behind.
        let offline = |since: &str| Connection::Offline { since: instant(since), cause: Cause::Slow };
        check(now, &status(offline("2026-11-23T08:00:00Z"), 0), Some(&alone), None);
        check(now, &status(Connection::NotPaired, 3), Some(&alone), None);
        check(now, &status(Connection::Revoked, 3), Some(&alone), None);
    }

    #[test]
    fn what_is_not_sent_is_told() {
        let offline = |since: &str| Connection::Offline { since: instant(since), cause: Cause::Slow };
        let now = "2026-11-23T08:10:00Z";
        check(now, &status(offline("2026-11-23T08:00:00Z"), 3), None, Some((3, false)));
        check(now, &status(offline("2026-11-22T08:10:01Z"), 3), None, Some((3, false)));
        check(now, &status(offline("2026-11-22T08:10:00Z"), 3), None, None);
        check(now, &status(Connection::Connecting, 1), None, Some((1, false)));
        // What could not be sent in the moment that it was given.
        check(now, &status(Connection::Online, 1), None, Some((1, false)));
        // In the evening as well.
        check("2026-11-23T20:10:00Z", &status(offline("2026-11-23T20:00:00Z"), 1), None, Some((1, false)));
    }
}
