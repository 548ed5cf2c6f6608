//! What letters say: the clinic, a date and a time. No treatment and nobody's health, ever.

use aftalebog_booking::Setup;
use aftalebog_booking::zone::local;
use aftalebog_texts::fl;
use chrono::{DateTime, Utc};

use super::delivery::useful_until;
use super::{Contact, Letter};
use crate::secret::Secret;
use crate::words::danish;

/// A code costs money, and whoever has two of the same is none the wiser.
const CODE_MAY_ARRIVE: u32 = 1;

/// Better twice than not at all.
const CONFIRMATION_MAY_ARRIVE: u32 = 2;

/// What became of a patient's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happened {
    Booked,
    Moved,
    Cancelled,
}

/// Tells a patient what became of their time.
pub fn letter_of(
    happened: Happened,
    setup: &Setup,
    start: DateTime<Utc>,
    contact: &Contact,
    now: DateTime<Utc>,
) -> Letter {
    let (clinic, phone) = (setup.clinic.value.name.as_str(), setup.clinic.value.phone.as_str());
    let there = local(setup.clinic.value.time_zone, start);
    let body = danish(|texts| {
        let (date, time) = (texts.date_weekday(there.date()), texts.time_of(there.time()));
        match happened {
            Happened::Booked => fl!(texts, "message-booked", clinic = clinic, date = date, time = time),
            Happened::Moved => fl!(texts, "message-moved", clinic = clinic, date = date, time = time),
            Happened::Cancelled => fl!(texts, "message-cancelled", clinic = clinic, date = date, time = time),
        }
    });
    let ring = || danish(|texts| fl!(texts, "message-ring", phone = phone));
    let (subject, body) = match contact {
        Contact::Phone(_) => (String::new(), body),
        Contact::Email(_) if phone.is_empty() => (subject(clinic), body),
        Contact::Email(_) => (subject(clinic), format!("{body}\n\n{}", ring())),
    };
    let (expires_at, may_arrive) = (useful_until(start, now), CONFIRMATION_MAY_ARRIVE);
    Letter { channel: contact.channel(), recipient: contact.as_str().to_owned(), subject, body, expires_at, may_arrive }
}

fn subject(clinic: &str) -> String {
    danish(|texts| fl!(texts, "message-subject", clinic = clinic))
}

/// A one-time code.
pub fn code_letter(setup: &Setup, contact: &Contact, code: &Secret, minutes: i64, expires_at: DateTime<Utc>) -> Letter {
    let clinic = setup.clinic.value.name.as_str();
    let body = danish(|texts| fl!(texts, "message-code", clinic = clinic, code = code.reveal(), minutes = minutes));
    let subject = match contact {
        Contact::Phone(_) => String::new(),
        Contact::Email(_) => danish(|texts| fl!(texts, "message-code-subject", clinic = clinic)),
    };
    let (channel, recipient) = (contact.channel(), contact.as_str().to_owned());
    Letter { channel, recipient, subject, body, expires_at, may_arrive: CODE_MAY_ARRIVE }
}
