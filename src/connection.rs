//! How it stands with the booking server, and why it did not answer, in words that say what to do.

use aftalebog_booking::record::Clinic;
use aftalebog_booking::zone;
use aftalebog_local::sync::{Cause, Connection, Fault, NotAnAddress};
use aftalebog_texts::{Texts, fl};
use chrono::{DateTime, TimeDelta, Utc};
use iced::Theme;
use iced::widget::text;
use lucide_icons::Icon;

use crate::failure;
use crate::ui::theme;

/// «Forbundet», «Offline siden 13.40».
pub fn state(texts: &Texts, connection: &Connection, clinic: &Clinic, now: DateTime<Utc>) -> String {
    match connection {
        Connection::NotPaired => fl!(texts, "not-connected"),
        Connection::Connecting => fl!(texts, "connection-connecting"),
        Connection::Online => fl!(texts, "connection-online"),
        Connection::Offline { since, .. } => {
            fl!(texts, "connection-offline", since = instant(texts, clinic, *since, now))
        }
        Connection::Revoked => fl!(texts, "connection-revoked"),
        Connection::TooOld => fl!(texts, "connection-too-old"),
    }
}

/// The sign before that, and its colour.
pub fn sign(connection: &Connection) -> (Icon, fn(&Theme) -> text::Style) {
    match connection {
        Connection::NotPaired => (Icon::CloudOff, theme::muted),
        Connection::Connecting => (Icon::Cloud, theme::muted),
        Connection::Online => (Icon::CircleCheck, theme::good),
        Connection::Offline { .. } => (Icon::CloudOff, theme::warning),
        Connection::Revoked | Connection::TooOld => (Icon::CircleAlert, theme::bad),
    }
}

/// Why there is no connection, and what to do; `None` where there is nothing to do. `when` it is tried again: see
/// [`next_try`].
pub fn remedy(texts: &Texts, connection: &Connection, when: String) -> Option<String> {
    match connection {
        Connection::NotPaired | Connection::Connecting | Connection::Online => None,
        Connection::Offline { cause: cause @ (Cause::Token | Cause::Misunderstood), .. } => {
            Some(self::cause(texts, *cause))
        }
        Connection::Offline { cause, .. } => {
            Some(fl!(texts, "connection-tries-again", why = self::cause(texts, *cause), when = when))
        }
        Connection::Revoked => Some(fl!(texts, "connection-revoked-why")),
        Connection::TooOld => Some(fl!(texts, "connection-too-old-why")),
    }
}

/// «om 40 sekunder»: when a server that was not reached is asked again. It is not waited for: «nu».
pub fn next_try(texts: &Texts, at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> String {
    // What has begun is to be over: never «om 0 sekunder».
    let seconds = at.map_or(0, |at| (at - now + TimeDelta::milliseconds(999)).num_seconds());
    match seconds {
        ..=0 => fl!(texts, "connection-next-try-now"),
        1..=90 => fl!(texts, "connection-next-try-seconds", count = seconds),
        _ => fl!(texts, "connection-next-try-minutes", count = (seconds + 30).div_euclid(60)),
    }
}

/// Why the server was not reached, and what to do.
pub fn cause(texts: &Texts, cause: Cause) -> String {
    let remedy = match cause {
        Cause::Name => fl!(texts, "cause-name-remedy"),
        Cause::NotListening => fl!(texts, "cause-not-listening-remedy"),
        Cause::Unreachable => fl!(texts, "cause-unreachable-remedy"),
        Cause::Slow => fl!(texts, "cause-slow-remedy"),
        Cause::Certificate => fl!(texts, "cause-certificate-remedy"),
        Cause::NotEncrypted => fl!(texts, "cause-not-encrypted-remedy"),
        Cause::NotTheServer => fl!(texts, "cause-not-the-server-remedy"),
        Cause::Token => fl!(texts, "cause-token-remedy"),
        Cause::ServerFault => fl!(texts, "cause-server-fault-remedy"),
        Cause::Misunderstood => fl!(texts, "cause-misunderstood-remedy"),
        Cause::File => fl!(texts, "cause-file-remedy"),
    };
    format!("{} {remedy}", what(texts, cause))
}

/// Why the server was not reached.
pub fn what(texts: &Texts, cause: Cause) -> String {
    match cause {
        Cause::Name => fl!(texts, "cause-name"),
        Cause::NotListening => fl!(texts, "cause-not-listening"),
        Cause::Unreachable => fl!(texts, "cause-unreachable"),
        Cause::Slow => fl!(texts, "cause-slow"),
        Cause::Certificate => fl!(texts, "cause-certificate"),
        Cause::NotEncrypted => fl!(texts, "cause-not-encrypted"),
        Cause::NotTheServer => fl!(texts, "cause-not-the-server"),
        Cause::Token => fl!(texts, "cause-token"),
        Cause::ServerFault => fl!(texts, "cause-server-fault"),
        Cause::Misunderstood => fl!(texts, "cause-misunderstood"),
        Cause::File => fl!(texts, "cause-file"),
    }
}

/// Why the server did not do what it was asked.
pub fn fault(texts: &Texts, fault: &Fault) -> String {
    match fault {
        Fault::Address(fault) => address(texts, *fault),
        Fault::NotReached(cause) => self::cause(texts, *cause),
        Fault::NotPaired => fl!(texts, "fault-not-paired"),
        Fault::Revoked => fl!(texts, "connection-revoked"),
        Fault::TooOld => fl!(texts, "test-too-old"),
        Fault::Refused(problem) => texts.of_both(&problem.titles).to_owned(),
        Fault::File(error) => failure::save(texts, error),
        Fault::Stopped => fl!(texts, "fault-stopped"),
    }
}

/// Why something typed is no address of a server.
pub fn address(texts: &Texts, fault: NotAnAddress) -> String {
    match fault {
        NotAnAddress::Empty => fl!(texts, "connect-address-missing"),
        NotAnAddress::NotEncrypted | NotAnAddress::OtherProtocol => fl!(texts, "server-address-not-encrypted"),
        NotAnAddress::Unreadable | NotAnAddress::TooMuch => fl!(texts, "server-address-no-host"),
    }
}

/// «14.02» today, «fre. 20. nov. 14.02» on another day.
pub fn instant(texts: &Texts, clinic: &Clinic, at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let (local, today) = (zone::local(clinic.time_zone, at), zone::local(clinic.time_zone, now).date());
    let time = texts.time_of(local.time());
    if local.date() == today {
        return time;
    }
    fl!(texts, "connection-day-time", date = texts.date_short(local.date()), time = time)
}

#[cfg(test)]
mod tests {
    use aftalebog_texts::Language;

    use super::*;

    #[test]
    fn the_next_try_is_told_as_exactly_as_it_helps() {
        #[track_caller]
        fn check(milliseconds: Option<i64>, expected: &str) {
            let now = DateTime::UNIX_EPOCH;
            let at = milliseconds.map(|milliseconds| now + TimeDelta::milliseconds(milliseconds));
            assert_eq!(next_try(&Texts::new(Language::Danish), at, now), expected);
        }
        check(None, "nu");
        check(Some(-5_000), "nu");
        check(Some(0), "nu");
        check(Some(1), "om 1 sekund");
        check(Some(40_000), "om 40 sekunder");
        check(Some(90_000), "om 90 sekunder");
        check(Some(90_001), "om 2 minutter");
        check(Some(300_700), "om 5 minutter");
    }
}
