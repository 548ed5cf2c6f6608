//! A calendar that other programs read, and this one too.

use aftalebog_booking::record::{Appointment, Closure};
use aftalebog_booking::{Entry, Id};
use chrono::{DateTime, Days, NaiveDate, Utc};
use icalendar::{Calendar, Component, Event, EventLike};
use uuid::Uuid;

/// The end of the ids that this program gives.
const OURS: &str = "@aftalebog";

/// An appointment or a block, as it is to be read in another program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken<'a> {
    pub entry: &'a Entry<Appointment>,
    pub summary: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closed<'a> {
    pub entry: &'a Entry<Closure>,
    pub summary: &'a str,
}

/// The text of a calendar with these; `now` is when it is made.
pub fn write(taken: &[Taken<'_>], closed: &[Closed<'_>], now: DateTime<Utc>) -> String {
    let mut calendar = Calendar::empty();
    for property in [("VERSION", "2.0"), ("PRODID", "-//Aftalebog//Aftalebog//DA"), ("CALSCALE", "GREGORIAN")] {
        let _calendar = calendar.append_property(property);
    }
    for Taken { entry, summary } in taken {
        let mut event = Event::new();
        let _event = event.starts(entry.value.start).ends(entry.value.end());
        let _calendar = calendar.push(finished(event, entry.id.uuid(), summary, now));
    }
    for Closed { entry, summary } in closed {
        let mut event = Event::new();
        // The end of whole days is the day after the last.
        let after = entry.value.to.checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX);
        let _event = event.starts(entry.value.from).ends(after);
        let _calendar = calendar.push(finished(event, entry.id.uuid(), summary, now));
    }
    calendar.to_string()
}

fn finished(mut event: Event, id: Uuid, summary: &str, now: DateTime<Utc>) -> Event {
    event.uid(&format!("{id}{OURS}")).summary(summary).timestamp(now).done()
}

/// The record that an event was made of, where this program has made it.
pub fn made_of<T>(uid: &str) -> Option<Id<T>> {
    uid.strip_suffix(OURS).and_then(|id| id.parse().ok()).map(Id::new)
}
