//! What patients are shown of the clinic's records: what the clinic calls it to them, when, and with
//! whom. Nothing else.

use aftalebog_booking::consequence::Deadline;
use aftalebog_booking::deadline::{Fixed, decide_cancellation, decide_moving};
use aftalebog_booking::offer::Offer;
use aftalebog_booking::record::{Appointment, Practitioner, Status};
use aftalebog_booking::refusal::Refusal;
use aftalebog_booking::wire::Titles;
use aftalebog_booking::zone::local;
use aftalebog_booking::{Entry, Id, Setup};
use aftalebog_texts::Wish;
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::openapi::envelope;
use crate::words;

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ShownPractitioner {
    pub id: Uuid,
    pub name: String,
}

impl ShownPractitioner {
    pub fn of(setup: &Setup, id: Id<Practitioner>) -> Self {
        let name = setup.practitioner(id).map(|practitioner| practitioner.name.to_string());
        Self { id: id.uuid(), name: name.unwrap_or_default() }
    }
}

/// A time that can be booked.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ShownOffer {
    pub start: DateTime<Utc>,
    pub minutes: u16,
    pub practitioner: ShownPractitioner,
}

impl ShownOffer {
    pub fn of(setup: &Setup, offer: Offer) -> Self {
        let Offer { start, minutes, practitioner } = offer;
        Self { start, minutes: minutes.get(), practitioner: ShownPractitioner::of(setup, practitioner) }
    }
}

/// Why something cannot be had, by its name and in words.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Why {
    pub reason: &'static str,
    #[schema(value_type = envelope::Titles)]
    pub words: Titles,
}

impl Why {
    pub fn of(refusal: Refusal, setup: &Setup, now: DateTime<Utc>) -> Self {
        let today = local(setup.clinic.value.time_zone, now).date();
        let words = words::both(|texts| texts.refusal_to_patient(refusal, setup, today));
        Self { reason: refusal.code(), words }
    }

    pub fn fixed(fixed: Fixed, wish: Wish, setup: &Setup, now: DateTime<Utc>) -> Self {
        let reason = match fixed {
            Fixed::Cancelled => "cancelled",
            Fixed::TypeNotSetUp => "type_not_set_up",
            Fixed::Begun => "past",
            Fixed::TooLate { .. } => "too_late",
            Fixed::NotThere(refusal) => return Self::of(refusal, setup, now),
        };
        let today = local(setup.clinic.value.time_zone, now).date();
        Self { reason, words: words::both(|texts| texts.fixed_to_patient(fixed, wish, setup, today)) }
    }
}

/// One of the patient's own appointments.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ShownBooking {
    pub id: Uuid,
    /// `None`: of a type that is not booked online.
    pub alias: Option<String>,
    pub start: DateTime<Utc>,
    pub minutes: u16,
    pub practitioner: ShownPractitioner,
    /// `booked` or `cancelled`.
    #[schema(value_type = String)]
    pub status: Status,
    pub cancel: Changeable,
    #[serde(rename = "move")]
    pub moving: Changeable,
}

/// Whether a patient can still do something with their appointment.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Changeable {
    pub possible: bool,
    /// The last date; `None`: until it begins, or not at all.
    pub through: Option<NaiveDate>,
    pub why_not: Option<Why>,
}

impl ShownBooking {
    pub fn of(setup: &Setup, entry: &Entry<Appointment>, now: DateTime<Utc>) -> Self {
        let appointment = &entry.value;
        let online_type = appointment.appointment_type.and_then(|id| setup.online_type_of(id));
        let changeable = |decided, wish| Changeable::of(decided, wish, setup, now);
        Self {
            id: entry.id.uuid(),
            alias: online_type.map(|online_type| online_type.value.alias.to_string()),
            start: appointment.start,
            minutes: appointment.minutes.get(),
            practitioner: ShownPractitioner::of(setup, appointment.practitioner),
            status: appointment.status,
            cancel: changeable(decide_cancellation(setup, appointment, now), Wish::Cancel),
            moving: changeable(decide_moving(setup, appointment, now), Wish::Move),
        }
    }
}

impl Changeable {
    fn of(decided: Result<Deadline, Fixed>, wish: Wish, setup: &Setup, now: DateTime<Utc>) -> Self {
        let date = |deadline| match deadline {
            Deadline::Through(date) => Some(date),
            Deadline::UntilStart => None,
        };
        match decided {
            Ok(deadline) => Self { possible: true, through: date(deadline), why_not: None },
            Err(fixed) => {
                let through = if let Fixed::TooLate { last } = fixed { date(last) } else { None };
                Self { possible: false, through, why_not: Some(Why::fixed(fixed, wish, setup, now)) }
            }
        }
    }
}
