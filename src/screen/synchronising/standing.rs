//! How it stands with the booking server, in a few words for the bar and a sentence for the panel.

use aftalebog_booking::Setup;
use aftalebog_booking::zone::local;
use aftalebog_local::sync::{Cause, Connection, Status};
use aftalebog_texts::{Texts, fl};
use chrono::{DateTime, Utc};
use iced::Theme;
use iced::widget::text;
use lucide_icons::Icon;

use crate::connection;
use crate::screen::settings::Situation;
use crate::ui::theme;

/// What is said of a status.
#[derive(Clone, Debug)]
pub struct Standing {
    /// «Synkroniseret 14.02».
    pub words: String,
    /// What that means, and what is to be done.
    pub means: String,
    pub sign: Icon,
    pub tone: Tone,
    /// The words that come and go in their place while one works, to be given the same room.
    pub usual: Vec<String>,
}

/// How much it asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Nothing is to be done.
    Quiet,
    /// It goes on by itself, and is worth knowing.
    Worth,
    /// Somebody is to do something.
    Wrong,
}

impl Tone {
    pub const fn style(self) -> fn(&Theme) -> text::Style {
        match self {
            Self::Quiet => theme::muted,
            Self::Worth => theme::warning,
            Self::Wrong => theme::bad,
        }
    }
}

/// What a status comes to: the most pressing of what it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Matter {
    NotPaired,
    Revoked,
    TooOld,
    Conflicts(usize),
    Refused(usize),
    /// So many double bookings stand until somebody decides.
    Clashes(usize),
    Offline {
        since: DateTime<Utc>,
        cause: Cause,
    },
    /// What has come could not be written to the file.
    NotFiled,
    /// The key to the server cannot be read.
    NoKey,
    Connecting,
    Waiting(usize),
    /// More is coming than is here.
    Fetching,
    Synchronised(DateTime<Utc>),
}

impl Matter {
    /// «Synkroniseret» only when nothing waits here, and the server has said that nothing waits there.
    fn of(status: &Status, clashes: usize) -> Self {
        let Status { ref connection, last_contact, up_to_date, waiting, conflicts, refused, next_try: _ } = *status;
        match (connection, last_contact) {
            (Connection::NotPaired, _) if clashes == 0 => Self::NotPaired,
            (Connection::Revoked, _) => Self::Revoked,
            (Connection::TooOld, _) => Self::TooOld,
            _ if conflicts > 0 => Self::Conflicts(conflicts),
            _ if refused > 0 => Self::Refused(refused),
            _ if clashes > 0 => Self::Clashes(clashes),
            (Connection::NotPaired, _) => Self::NotPaired,
            (Connection::Offline { cause: Cause::File, .. }, _) => Self::NotFiled,
            (Connection::Offline { cause: Cause::Token, .. }, _) => Self::NoKey,
            (Connection::Offline { since, cause }, _) => Self::Offline { since: *since, cause: *cause },
            (Connection::Connecting, _) | (Connection::Online, None) => Self::Connecting,
            (Connection::Online, Some(_)) if waiting > 0 => Self::Waiting(waiting),
            (Connection::Online, Some(_)) if !up_to_date => Self::Fetching,
            (Connection::Online, Some(at)) => Self::Synchronised(at),
        }
    }
}

impl Standing {
    /// Before anything is known.
    pub const UNSAID: Self =
        Self { words: String::new(), means: String::new(), sign: Icon::Check, tone: Tone::Quiet, usual: Vec::new() };

    /// `clashes`: how many double bookings stand until somebody decides.
    pub fn new(situation: &Situation<'_>, clashes: usize) -> Self {
        let Situation { status, texts, setup, now, not_saved, .. } = *situation;
        if situation.only_reads() {
            let (words, means) = (fl!(texts, "connection-read-only"), fl!(texts, "connect-read-only"));
            return Self { words, means, sign: Icon::Cloud, tone: Tone::Quiet, usual: Vec::new() };
        }
        let standing = Self::of(status, clashes, texts, setup, now);
        match not_saved {
            Some(why) => {
                let (words, means) = (fl!(texts, "sync-not-saved"), why.to_owned());
                Self { words, means, sign: Icon::CircleAlert, tone: Tone::Wrong, ..standing }
            }
            None => standing,
        }
    }

    fn of(status: &Status, clashes: usize, texts: &Texts, setup: &Setup, now: DateTime<Utc>) -> Self {
        let matter = Matter::of(status, clashes);
        let (sign, tone) = match matter {
            Matter::NotPaired => (Icon::Check, Tone::Quiet),
            Matter::Revoked
            | Matter::TooOld
            | Matter::Conflicts(_)
            | Matter::Refused(_)
            | Matter::Clashes(_)
            | Matter::NotFiled
            | Matter::NoKey => (Icon::CircleAlert, Tone::Wrong),
            Matter::Offline { .. } => (Icon::CloudOff, Tone::Worth),
            Matter::Connecting | Matter::Waiting(_) | Matter::Fetching => (Icon::RefreshCw, Tone::Quiet),
            Matter::Synchronised(_) => (Icon::CloudCheck, Tone::Quiet),
        };
        let (words, means) = (words(matter, texts, setup, now), means(matter, texts));
        let (words, means) = match (matter, &status.connection) {
            // Both are to be known: what somebody has to decide, and that nothing is sent meanwhile.
            (Matter::Conflicts(_) | Matter::Refused(_) | Matter::Clashes(_), Connection::Offline { since, cause }) => {
                let (since, why) = (when_whole(texts, setup, *since, now), connection::cause(texts, *cause));
                let words = fl!(texts, "sync-and-offline", words = words);
                (words, fl!(texts, "sync-and-offline-means", means = means, since = since, why = why))
            }
            _ => (words, means),
        };
        let usual = match status.connection {
            Connection::NotPaired => Vec::new(),
            _ => usual(texts, setup, now),
        };
        Self { words, means, sign, tone, usual }
    }
}

/// Of a PC that is paired.
fn usual(texts: &Texts, setup: &Setup, now: DateTime<Utc>) -> Vec<String> {
    let matters = [
        Matter::Conflicts(10),
        Matter::Refused(10),
        Matter::Clashes(10),
        Matter::Offline { since: now, cause: Cause::Slow },
        Matter::Connecting,
        Matter::Waiting(100),
        Matter::Fetching,
        Matter::Synchronised(now),
    ];
    let mut usual: Vec<_> = matters.into_iter().map(|matter| words(matter, texts, setup, now)).collect();
    usual.push(fl!(texts, "sync-and-offline", words = words(Matter::Conflicts(1), texts, setup, now)));
    usual
}

fn words(matter: Matter, texts: &Texts, setup: &Setup, now: DateTime<Utc>) -> String {
    match matter {
        Matter::NotFiled => fl!(texts, "sync-not-saved"),
        Matter::NoKey => fl!(texts, "sync-no-key"),
        Matter::NotPaired => fl!(texts, "sync-local"),
        Matter::Revoked => fl!(texts, "sync-revoked"),
        Matter::TooOld => fl!(texts, "sync-too-old"),
        Matter::Conflicts(count) => fl!(texts, "sync-conflicts", count = count),
        Matter::Refused(count) => fl!(texts, "sync-refused", count = count),
        Matter::Clashes(count) => fl!(texts, "sync-bar-clashes", count = count),
        Matter::Offline { since, .. } => fl!(texts, "sync-offline", since = when(texts, setup, since, now)),
        Matter::Connecting => fl!(texts, "sync-connecting"),
        Matter::Waiting(count) => fl!(texts, "sync-waiting", count = count),
        Matter::Fetching => fl!(texts, "sync-fetching"),
        Matter::Synchronised(at) => fl!(texts, "sync-synchronised", at = when(texts, setup, at, now)),
    }
}

fn means(matter: Matter, texts: &Texts) -> String {
    match matter {
        Matter::NotFiled => fl!(texts, "sync-not-filed-means"),
        Matter::NoKey => fl!(texts, "sync-no-key-means"),
        Matter::NotPaired => fl!(texts, "sync-local-means"),
        Matter::Revoked => fl!(texts, "sync-revoked-means"),
        Matter::TooOld => fl!(texts, "sync-too-old-means"),
        Matter::Conflicts(count) => fl!(texts, "sync-conflicts-mean", count = count),
        Matter::Refused(count) => fl!(texts, "sync-refused-means", count = count),
        Matter::Clashes(count) => fl!(texts, "sync-bar-clashes-mean", count = count),
        Matter::Offline { cause, .. } => {
            let why = connection::cause(texts, cause);
            fl!(texts, "sync-offline-means", why = why)
        }
        Matter::Connecting => fl!(texts, "sync-connecting-means"),
        Matter::Waiting(_) => fl!(texts, "sync-waiting-means"),
        Matter::Fetching => fl!(texts, "sync-fetching-means"),
        Matter::Synchronised(_) => fl!(texts, "sync-synchronised-means"),
    }
}

/// «14.02»; of another day «man. 23. nov.».
fn when(texts: &Texts, setup: &Setup, at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let zone = setup.clinic.value.time_zone;
    let (at, today) = (local(zone, at), local(zone, now).date());
    if at.date() == today { texts.time_of(at.time()) } else { texts.date_short(at.date()) }
}

/// The same with the day and the time: «i dag kl. 14.02».
pub fn when_whole(texts: &Texts, setup: &Setup, at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let zone = setup.clinic.value.time_zone;
    let (at, today) = (local(zone, at), local(zone, now).date());
    let time = texts.time_of(at.time());
    if at.date() == today {
        return fl!(texts, "field-when", date = fl!(texts, "today"), time = time);
    }
    fl!(texts, "field-when", date = texts.date_weekday_year(at.date()), time = time)
}

#[cfg(test)]
mod tests {
    use super::*;
    use aftalebog_booking::demo::demo_clinic;
    use aftalebog_texts::Language;

    #[track_caller]
    fn check(connection: Connection, counts: [usize; 3], contact: Option<&str>, expected: &str) {
        let now = instant("2026-11-23T13:02:00Z");
        let [waiting, conflicts, refused] = counts;
        let last_contact = contact.map(instant);
        let status = Status { connection, last_contact, up_to_date: true, waiting, conflicts, refused, next_try: None };
        let setup = Setup::gather(demo_clinic(now.date_naive(), 1).records).unwrap();
        let standing = Standing::of(&status, 0, &Texts::new(Language::Danish), &setup, now);
        assert_eq!(standing.words, expected, "{status:?}");
        assert!(!standing.means.is_empty());
    }

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn offline(since: &str) -> Connection {
        Connection::Offline { since: instant(since), cause: Cause::Unreachable }
    }

    #[test]
    fn what_is_still_coming_is_not_synchronised() {
        let status = Status {
            connection: Connection::Online,
            last_contact: Some(instant("2026-11-23T13:01:40Z")),
            ..Status::NOT_PAIRED
        };
        assert_eq!(Matter::of(&status, 0), Matter::Fetching);
        assert_eq!(Matter::of(&Status { waiting: 1, ..status.clone() }, 0), Matter::Waiting(1));
        assert!(matches!(Matter::of(&Status { up_to_date: true, ..status.clone() }, 0), Matter::Synchronised(_)));
        assert_eq!(Matter::of(&Status { up_to_date: true, ..status }, 1), Matter::Clashes(1), "nothing calm hides it");
        assert_eq!(Matter::of(&Status::NOT_PAIRED, 1), Matter::Clashes(1));
    }

    #[test]
    fn the_bar_says_the_most_pressing_and_never_too_much() {
        let contact = Some("2026-11-23T13:01:40Z");
        check(Connection::NotPaired, [0, 0, 0], None, "Gemt lokalt");
        // What was saved before it was paired waits for nothing.
        check(Connection::NotPaired, [7, 0, 0], None, "Gemt lokalt");
        check(Connection::Online, [0, 0, 0], contact, "Synkroniseret 14.01");
        check(Connection::Online, [0, 0, 0], None, "Forbinder …");
        check(Connection::Connecting, [0, 0, 0], contact, "Forbinder …");
        check(Connection::Connecting, [3, 0, 0], contact, "Forbinder …");
        check(Connection::Online, [1, 0, 0], contact, "1 ændring venter");
        check(Connection::Online, [3, 0, 0], contact, "3 ændringer venter");
        check(Connection::Online, [3, 1, 0], contact, "Konflikt");
        check(Connection::Online, [3, 2, 1], contact, "2 konflikter");
        check(Connection::Online, [0, 0, 1], contact, "Afvist");
        check(offline("2026-11-23T12:40:00Z"), [0, 0, 0], contact, "Offline siden 13.40");
        check(offline("2026-11-20T12:40:00Z"), [5, 0, 0], contact, "Offline siden fre. 20. nov.");
        check(offline("2026-11-23T12:40:00Z"), [0, 1, 0], contact, "Konflikt, offline");
        check(offline("2026-11-23T12:40:00Z"), [3, 2, 1], contact, "2 konflikter, offline");
        check(offline("2026-11-23T12:40:00Z"), [0, 0, 1], contact, "Afvist, offline");
        let stopped = |cause| Connection::Offline { since: instant("2026-11-23T12:40:00Z"), cause };
        check(stopped(Cause::File), [0, 0, 0], contact, "Kan ikke gemme");
        check(stopped(Cause::Token), [2, 0, 0], contact, "Adgangsnøgle mangler");
        check(Connection::Revoked, [0, 1, 0], contact, "Denne pc er fjernet");
        check(Connection::TooOld, [2, 0, 0], contact, "Opdatér programmet");
    }
}
