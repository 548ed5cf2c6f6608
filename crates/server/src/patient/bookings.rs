//! `GET` and `POST /api/v1/patient/bookings`, `POST …/{id}/move`, `POST …/{id}/cancel`.
//!
//! What is decided is decided in the transaction that writes: the settings, what is taken and what the
//! patient has are read there. A move is one change, so that one that fails leaves everything as it was.

use aftalebog_booking::bounded::Detail;
use aftalebog_booking::change::{Deed, Write};
use aftalebog_booking::deadline::{Fixed, decide_cancellation, decide_move, move_terms};
use aftalebog_booking::record::{Appointment, Need, Origin, Overlap, Practitioner, Status};
use aftalebog_booking::refusal::{FreeUntil, Refusal};
use aftalebog_booking::terms::{Purpose, Terms};
use aftalebog_booking::wire::{Author, SentWrite, WireDeed};
use aftalebog_booking::zone::local;
use aftalebog_booking::{Entry, Id};
use aftalebog_texts::{Wish, fl};
use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Datelike, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::offers::dates;
use super::shown::{ShownBooking, ShownOffer, Why};
use crate::access::PatientSession;
use crate::config::PatientLimits;
use crate::message::{Channel, Contact, Happened, Post, best, letter_of};
use crate::openapi::envelope;
use crate::problem::{Error, PROBLEM_JSON};
use crate::secret::hash;
use crate::state::App;
use crate::store::record::text;
use crate::store::{
    Answered, By, Grounds, KeyedRequest, Limit, NewChange, SEEN, Work, answered, apply, appointment_of,
    appointments_after, attempt, busy, remember, write_letter,
};
use crate::words;

/// Whoever asks again gives the same key, and has the same answer.
const KEY: &str = "idempotency-key";

/// A key has at most so many characters.
const MAX_KEY: usize = 200;

/// So long a past appointment is shown.
const SHOWN: TimeDelta = TimeDelta::days(90);

/// So many other times are named to whoever came too late, from so many days.
const NEAREST: usize = 5;
const NEAREST_DAYS: u32 = 14;

/// A time that a patient wants.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewBooking {
    pub online_type: Uuid,
    #[serde(default)]
    pub need: Option<Uuid>,
    pub practitioner: Uuid,
    pub start: DateTime<Utc>,
}

/// Where an appointment is to be moved; with the same practitioner where nobody else is named.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTime {
    pub start: DateTime<Utc>,
    #[serde(default)]
    pub practitioner: Option<Uuid>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Bookings {
    /// By start: the coming ones, and those of the last 90 days.
    pub bookings: Vec<ShownBooking>,
}

/// What a patient wants done.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
enum Wanted {
    Book(NewBooking),
    Move(Uuid, NewTime),
    Cancel(Uuid),
}

/// `GET`: own appointments.
#[utoipa::path(
    get, path = "/api/v1/patient/bookings", tag = "patient", security(("session" = [])), 
    responses(
        (status = 200, description = "The coming ones, and those of the last 90 days", body = Bookings),
        (status = 401, description = "No such session", body = envelope::Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many calls", body = envelope::Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list(State(app): State<App>, session: PatientSession) -> Result<Json<Bookings>, Error> {
    let now = app.now();
    let (settings, appointments) = app
        .store
        .read(move |work| {
            let after = now - SHOWN;
            let appointments = appointments_after(work, session.clinic, Id::new(session.patient), after)?;
            Ok::<_, Error>((work.settings(session.clinic)?, appointments))
        })
        .await?;
    let shown = appointments.iter().map(|entry| ShownBooking::of(&settings.setup, entry, now));
    Ok(Json(Bookings { bookings: shown.collect() }))
}

/// `POST`: books a time.
#[utoipa::path(
    post, path = "/api/v1/patient/bookings", tag = "patient", security(("session" = [])), params(("Idempotency-Key" = String, Header, description = "Made by the sender: the same again has one effect and the same answer")), request_body = NewBooking,
    responses(
        (status = 201, description = "Booked", body = ShownBooking),
        (status = 400, description = "No key, or something is not what it must be", body = envelope::Problem, content_type = "application/problem+json"),
        (status = 401, description = "No such session", body = envelope::Problem, content_type = "application/problem+json"),
        (status = 409, description = "Somebody was quicker: `nearest` are other times", body = envelope::Problem, content_type = "application/problem+json"),
        (status = 422, description = "A rule speaks against it: `reason` names it", body = envelope::Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many changes", body = envelope::Problem, content_type = "application/problem+json"),
    )
)]
pub async fn book(
    State(app): State<App>,
    session: PatientSession,
    headers: HeaderMap,
    request: Result<Json<NewBooking>, JsonRejection>,
) -> Result<Response, Error> {
    let Json(booking) = request?;
    whole_second(booking.start)?;
    carry_out(app, session, &headers, Wanted::Book(booking)).await
}

/// `POST`: moves an appointment.
#[utoipa::path(
    post, path = "/api/v1/patient/bookings/{id}/move", tag = "patient", security(("session" = [])), params(("id" = Uuid, Path, description = "An own appointment"), ("Idempotency-Key" = String, Header, description = "Made by the sender: the same again has one effect and the same answer")), request_body = NewTime,
    responses(
        (status = 200, description = "Moved", body = ShownBooking),
        (status = 400, description = "No key, or something is not what it must be", body = envelope::Problem, content_type = "application/problem+json"),
        (status = 401, description = "No such session", body = envelope::Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such appointment of this patient", body = envelope::Problem, content_type = "application/problem+json"),
        (status = 409, description = "Somebody was quicker: `nearest` are other times", body = envelope::Problem, content_type = "application/problem+json"),
        (status = 422, description = "A rule speaks against it: `reason` names it", body = envelope::Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many changes", body = envelope::Problem, content_type = "application/problem+json"),
    )
)]
pub async fn move_booking(
    State(app): State<App>,
    session: PatientSession,
    id: Result<Path<Uuid>, PathRejection>,
    headers: HeaderMap,
    request: Result<Json<NewTime>, JsonRejection>,
) -> Result<Response, Error> {
    let (Path(id), Json(time)) = (id?, request?);
    whole_second(time.start)?;
    carry_out(app, session, &headers, Wanted::Move(id, time)).await
}

/// `POST`: cancels an appointment.
#[utoipa::path(
    post, path = "/api/v1/patient/bookings/{id}/cancel", tag = "patient", security(("session" = [])), params(("id" = Uuid, Path, description = "An own appointment"), ("Idempotency-Key" = String, Header, description = "Made by the sender: the same again has one effect and the same answer")),
    responses(
        (status = 200, description = "Cancelled", body = ShownBooking),
        (status = 400, description = "No key, or something is not what it must be", body = envelope::Problem, content_type = "application/problem+json"),
        (status = 401, description = "No such session", body = envelope::Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such appointment of this patient", body = envelope::Problem, content_type = "application/problem+json"),
        (status = 422, description = "A rule speaks against it: `reason` names it", body = envelope::Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many changes", body = envelope::Problem, content_type = "application/problem+json"),
    )
)]
pub async fn cancel(
    State(app): State<App>,
    session: PatientSession,
    id: Result<Path<Uuid>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let Path(id) = id?;
    carry_out(app, session, &headers, Wanted::Cancel(id)).await
}

async fn carry_out(app: App, session: PatientSession, headers: &HeaderMap, wanted: Wanted) -> Result<Response, Error> {
    let asking = KeyedRequest { key: key(headers)?, request: hash(&text(&wanted)) };
    let (now, limits, post) = (app.now(), app.config.patients.clone(), app.post.clone());
    let answer = app.store.write(move |work| answer(work, session, &asking, &wanted, &limits, &post, now)).await?;
    app.post.written();
    let Answered { status, body } = answer;
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let content = if status.is_success() { "application/json" } else { PROBLEM_JSON };
    Ok((status, [(header::CONTENT_TYPE, content)], body).into_response())
}

fn key(headers: &HeaderMap) -> Result<String, Error> {
    let key = headers.get(KEY).and_then(|key| key.to_str().ok()).map(str::trim);
    key.filter(|key| (1..=MAX_KEY).contains(&key.len()))
        .map(str::to_owned)
        .ok_or_else(|| Error::bad_field("Idempotency-Key", |texts| fl!(texts, "problem-detail-key", most = MAX_KEY)))
}

fn whole_second(start: DateTime<Utc>) -> Result<(), Error> {
    if start.timestamp_subsec_nanos() == 0 && (1..=9999).contains(&start.year()) {
        return Ok(());
    }
    Err(Error::bad_field("start", |texts| fl!(texts, "problem-detail-start")))
}

/// What became of a wish.
enum Outcome {
    Done {
        status: StatusCode,
        happened: Option<Happened>,
        appointment: Entry<Appointment>,
        writes: Vec<SentWrite>,
    },
    /// A rule speaks against it.
    Refused(Error),
}

/// In one transaction: the answer, and what it tells of.
fn answer(
    work: &Work<'_>,
    session: PatientSession,
    asking: &KeyedRequest,
    wanted: &Wanted,
    limits: &PatientLimits,
    post: &Post,
    now: DateTime<Utc>,
) -> Result<Answered, Error> {
    let PatientSession { clinic, patient, .. } = session;
    if let Some(answer) = answered(work, clinic, patient, asking)? {
        return Ok(answer);
    }
    let often = Limit {
        subject: format!("bookings by|{clinic}|{patient}"),
        window: TimeDelta::hours(1),
        most: limits.changes_per_patient_and_hour,
    };
    attempt(work, &often, now)?;
    let grounds = Grounds::read(work, clinic, patient, now)?;
    let outcome = match wanted {
        Wanted::Book(booking) => book_decided(work, &grounds, booking, limits)?,
        Wanted::Move(id, time) => move_decided(work, grounds.clone(), *id, time)?,
        Wanted::Cancel(id) => cancel_decided(work, &grounds, *id)?,
    };
    let answer = match outcome {
        Outcome::Refused(error) => {
            let problem = error.problem();
            Answered { status: problem.status, body: text(&problem) }
        }
        Outcome::Done { status, happened, appointment, writes } => {
            if !writes.is_empty() {
                let by = By { author: Author::Patient, device: None, patient: Some(patient), name: String::new() };
                let change = NewChange { id: Uuid::new_v4(), made_at: now, writes: &writes };
                let _applied = apply(work, clinic, &by, &change, now).map_err(as_taken)?;
            }
            if let Some(happened) = happened {
                let contact = best(&grounds.patient.value, session.answered, post);
                tell(work, &grounds, (happened, appointment.value.start), contact, limits)?;
            }
            let shown = ShownBooking::of(&grounds.settings.setup, &appointment, now);
            Answered { status: status.as_u16(), body: text(&shown) }
        }
    };
    remember(work, clinic, patient, asking, &answer, now)?;
    Ok(answer)
}

fn book_decided(
    work: &Work<'_>,
    grounds: &Grounds,
    booking: &NewBooking,
    limits: &PatientLimits,
) -> Result<Outcome, Error> {
    let setup = &grounds.settings.setup;
    let online_type = setup.online_types.iter().find(|entry| entry.id.uuid() == booking.online_type);
    let Some(online_type) = online_type else { return Ok(refused(Refusal::TypeNotSetUp, grounds)) };
    let appointment_type = online_type.value.appointment_type;
    let need = booking.need.map(Id::<Need>::new);
    let (practitioner, start) = (Id::<Practitioner>::new(booking.practitioner), booking.start);
    let terms = Terms::of(grounds.request(appointment_type, need, Purpose::Book));
    let date = local(setup.clinic.value.time_zone, start).date();
    let minutes = match terms.decide(&busy(work, grounds.clinic, dates(setup, date, 1), None)?, practitioner, start) {
        Ok(minutes) => minutes,
        Err(refusal) => return not_there(work, grounds, &terms, None, start, refusal),
    };
    let coming = appointments_after(work, grounds.clinic, grounds.patient.id, grounds.now)?;
    // What the clinic has booked is no affair of this limit.
    let own = |it: &&Entry<Appointment>| it.value.status == Status::Booked && it.value.origin == Origin::Online;
    let coming = coming.iter().filter(own).count();
    if coming >= usize::try_from(limits.open_bookings).unwrap_or(usize::MAX) {
        let count = limits.open_bookings;
        let words = words::both(|texts| fl!(texts, "patient-too-many", count = count));
        return Ok(Outcome::Refused(Error::Refused { reason: "too_many_bookings", words }));
    }
    let appointment = Entry::new(Appointment {
        practitioner,
        appointment_type: Some(appointment_type),
        patient: Some(grounds.patient.id),
        need: terms.need.map(|need| need.id),
        start,
        minutes,
        origin: Origin::Online,
        status: Status::Booked,
        overlap: Overlap::None,
        note: Detail::new("").expect("a line may be empty"),
    });
    let writes = vec![sent(Write::create(&appointment))];
    Ok(Outcome::Done { status: StatusCode::CREATED, happened: Some(Happened::Booked), appointment, writes })
}

fn move_decided(work: &Work<'_>, grounds: Grounds, id: Uuid, time: &NewTime) -> Result<Outcome, Error> {
    let before = appointment_of(work, grounds.clinic, grounds.patient.id, id)?;
    let grounds = grounds.without(work, &before.value)?;
    let setup = &grounds.settings.setup;
    let practitioner = time.practitioner.map_or(before.value.practitioner, Id::new);
    let date = local(setup.clinic.value.time_zone, time.start).date();
    let busy = busy(work, grounds.clinic, dates(setup, date, 1), Some(before.id))?;
    let Some(appointment_type) = before.value.appointment_type else { return Err(Error::NotFound) };
    let request = grounds.request(appointment_type, None, Purpose::Book);
    let minutes = match decide_move(request, &before.value, &busy, practitioner, time.start) {
        Ok(minutes) => minutes,
        Err(Fixed::NotThere(refusal)) => {
            let terms = move_terms(request, &before.value);
            return match terms {
                Some(terms) => not_there(work, &grounds, &terms, Some(before.id), time.start, refusal),
                None => Ok(refused(refusal, &grounds)),
            };
        }
        Err(fixed) => return Ok(is_fixed(fixed, Wish::Move, &grounds)),
    };
    let after =
        Appointment { practitioner, start: time.start, minutes, overlap: Overlap::None, ..before.value.clone() };
    let writes: Vec<_> = Write::edit(&before, &after).map(sent).into_iter().collect();
    let happened = (!writes.is_empty()).then_some(Happened::Moved);
    let appointment = Entry { id: before.id, value: after };
    Ok(Outcome::Done { status: StatusCode::OK, happened, appointment, writes })
}

fn cancel_decided(work: &Work<'_>, grounds: &Grounds, id: Uuid) -> Result<Outcome, Error> {
    let before = appointment_of(work, grounds.clinic, grounds.patient.id, id)?;
    if let Err(fixed) = decide_cancellation(&grounds.settings.setup, &before.value, grounds.now) {
        return Ok(is_fixed(fixed, Wish::Cancel, grounds));
    }
    let after = Appointment { status: Status::Cancelled, ..before.value.clone() };
    let writes: Vec<_> = Write::edit(&before, &after).map(sent).into_iter().collect();
    let appointment = Entry { id: before.id, value: after };
    Ok(Outcome::Done { status: StatusCode::OK, happened: Some(Happened::Cancelled), appointment, writes })
}

/// Whoever reads the record in the transaction that writes it has seen everything.
fn sent(write: Write) -> SentWrite {
    let Write { kind, id, deed, .. } = write;
    let (base, deed) = match deed {
        Deed::Create(all) => (None, WireDeed::Set(all)),
        Deed::Set(set) => (SEEN, WireDeed::Set(set)),
        Deed::Delete => (SEEN, WireDeed::Delete),
    };
    SentWrite { kind, id, base, deed }
}

fn refused(refusal: Refusal, grounds: &Grounds) -> Outcome {
    let Why { reason, words } = Why::of(refusal, &grounds.settings.setup, grounds.now);
    Outcome::Refused(Error::Refused { reason, words })
}

fn is_fixed(fixed: Fixed, wish: Wish, grounds: &Grounds) -> Outcome {
    let Why { reason, words } = Why::fixed(fixed, wish, &grounds.settings.setup, grounds.now);
    Outcome::Refused(Error::Refused { reason, words })
}

/// A time that cannot be had. Whoever comes too late is told which ones can.
fn not_there(
    work: &Work<'_>,
    grounds: &Grounds,
    terms: &Terms<'_>,
    moved: Option<Id<Appointment>>,
    start: DateTime<Utc>,
    refusal: Refusal,
) -> Result<Outcome, Error> {
    let is_taken = matches!(refusal, Refusal::Taken { .. } | Refusal::DoesNotFit { before: FreeUntil::Taken(_), .. });
    if !is_taken {
        return Ok(refused(refusal, grounds));
    }
    let setup = &grounds.settings.setup;
    let zone = setup.clinic.value.time_zone;
    let first = local(zone, grounds.now).date().max(local(zone, start).date());
    let busy = busy(work, grounds.clinic, dates(setup, first, NEAREST_DAYS), moved)?;
    let mut offers = terms.suggestions(&busy, first, NEAREST_DAYS);
    offers.sort_by_key(|offer| (offer.start - start).abs());
    offers.truncate(NEAREST);
    offers.sort_by_key(|offer| offer.start);
    let nearest: Vec<_> = offers.into_iter().map(|offer| ShownOffer::of(setup, offer)).collect();
    let Why { reason, words } = Why::of(refusal, setup, grounds.now);
    let nearest = serde_json::to_value(nearest).unwrap_or(serde_json::Value::Null);
    Ok(Outcome::Refused(Error::Taken { reason, words, nearest }))
}

/// The database itself has the last word. Nothing is kept of what it refuses: whoever asks again is
/// judged again.
fn as_taken(error: Error) -> Error {
    match error {
        Error::Invalid { reason: reason @ ("practitioner_taken" | "patient_taken" | "need_used"), .. } => {
            let words = words::both(|texts| fl!(texts, "patient-taken"));
            Error::Taken { reason, words, nearest: serde_json::Value::Array(vec![]) }
        }
        error => error,
    }
}

/// Writes what the patient is told, where they can be reached.
fn tell(
    work: &Work<'_>,
    grounds: &Grounds,
    (happened, start): (Happened, DateTime<Utc>),
    contact: Option<Contact>,
    limits: &PatientLimits,
) -> Result<(), Error> {
    let Grounds { clinic, settings, now, .. } = grounds;
    let Some(contact) = contact else { return Ok(()) };
    if contact.channel() == Channel::Sms {
        match attempt(work, &Limit::text_messages(*clinic, limits), *now) {
            Ok(()) => {}
            // The clinic has sent as many as it sends in a day; the time is booked all the same.
            Err(Error::TooManyTries { .. }) => return Ok(()),
            Err(error) => return Err(error),
        }
    }
    let _number = write_letter(work, *clinic, &letter_of(happened, &settings.setup, start, &contact, *now), *now)?;
    Ok(())
}
