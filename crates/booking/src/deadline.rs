//! Whether a patient may still cancel or move an appointment online.
//!
//! Decisions of the same kind as a booking's, with the last date as a fact. Source: guide, items
//! 9 and 10; design, "Afbud muligt".

use chrono::{DateTime, Utc};

use crate::bounded::{Length, NoticeDays};
use crate::busy::Busy;
use crate::consequence::{Deadline, last_change_date};
use crate::id::Id;
use crate::record::{Appointment, OnlineType, Practitioner, Status};
use crate::refusal::Refusal;
use crate::setup::Setup;
use crate::terms::{Purpose, Request, Terms};
use crate::zone::local;

/// Why an appointment cannot be cancelled or moved online.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fixed {
    /// It has been cancelled already.
    Cancelled,
    /// It is of a type that has no set-up for online booking, or a block.
    TypeNotSetUp,
    /// Now is not before its start.
    Begun,
    /// The last day was before today.
    TooLate { last: Deadline },
    /// It may be moved, but not to that time.
    NotThere(Refusal),
}

/// Until when a patient may cancel this appointment online, or why no longer.
///
/// «Allowed while today ≤ appointment date − N, to the end of that day, and always before the start.»
pub fn decide_cancellation(setup: &Setup, appointment: &Appointment, now: DateTime<Utc>) -> Result<Deadline, Fixed> {
    decide(setup, appointment, now, |online_type| online_type.cancel_days)
}

/// Until when a patient may move this appointment online, or why no longer. To where is asked of
/// [`decide_move`].
pub fn decide_moving(setup: &Setup, appointment: &Appointment, now: DateTime<Utc>) -> Result<Deadline, Fixed> {
    decide(setup, appointment, now, |online_type| online_type.move_days)
}

/// Whether a patient may move this appointment to another time, and with whom: «both the old and
/// the new start pass the rules».
///
/// `request` says who asks and what is known; its type, need and purpose are taken from the
/// appointment. Neither `busy` nor the visitor's open needs may count the appointment: its own
/// time is free and its need open.
pub fn decide_move(
    request: Request<'_>,
    appointment: &Appointment,
    busy: &Busy,
    practitioner: Id<Practitioner>,
    start: DateTime<Utc>,
) -> Result<Length, Fixed> {
    let _until = decide_moving(request.setup, appointment, request.now)?;
    let terms = move_terms(request, appointment).ok_or(Fixed::TypeNotSetUp)?;
    terms.decide(busy, practitioner, start).map_err(Fixed::NotThere)
}

/// What a patient who wants to move this appointment is held to; `None` for a block. `request` as
/// in [`decide_move`].
pub fn move_terms<'a>(request: Request<'a>, appointment: &Appointment) -> Option<Terms<'a>> {
    let purpose = Purpose::Move { minutes: appointment.minutes };
    let appointment_type = appointment.appointment_type?;
    Some(Terms::of(Request { appointment_type, need: appointment.need, purpose, ..request }))
}

fn decide(
    setup: &Setup,
    appointment: &Appointment,
    now: DateTime<Utc>,
    notice: fn(&OnlineType) -> Option<NoticeDays>,
) -> Result<Deadline, Fixed> {
    if appointment.status == Status::Cancelled {
        return Err(Fixed::Cancelled);
    }
    let online_type = appointment.appointment_type.and_then(|id| setup.online_type_of(id));
    let online_type = online_type.filter(|_| appointment.patient.is_some()).ok_or(Fixed::TypeNotSetUp)?;
    if now >= appointment.start {
        return Err(Fixed::Begun);
    }
    let zone = setup.clinic.value.time_zone;
    let last = last_change_date(local(zone, appointment.start).date(), notice(&online_type.value));
    match last {
        Deadline::Through(date) if local(zone, now).date() > date => Err(Fixed::TooLate { last }),
        _ => Ok(last),
    }
}

#[cfg(test)]
mod tests;
