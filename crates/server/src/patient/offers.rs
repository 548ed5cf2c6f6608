//! `GET /api/v1/patient/offers`: the times that are suggested to this patient.

use aftalebog_booking::deadline::move_terms;
use aftalebog_booking::record::{Appointment, AppointmentType, Entry, Need, Practitioner};
use aftalebog_booking::refusal::Refusal;
use aftalebog_booking::terms::{Purpose, Request, Terms};
use aftalebog_booking::time::days_after;
use aftalebog_booking::zone::{day_start, local};
use aftalebog_booking::{Id, Setup};
use aftalebog_texts::fl;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::shown::{ShownOffer, Why};
use crate::access::PatientSession;
use crate::json::json;
use crate::openapi::envelope;
use crate::problem::Error;
use crate::state::App;
use crate::store::answers::{Answer, Asks, until};
use crate::store::{Grounds, Work, appointment_of, busy, record};

/// So many dates are looked at in one request.
const MOST_DAYS: u32 = 62;

/// So far after them the next date with a time is looked for, a month at a time.
const LOOKED_AHEAD: u32 = 366;
const AT_A_TIME: u32 = 31;

#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// What is wanted; it is not asked for where an appointment is to be moved.
    #[serde(default)]
    pub online_type: Option<Uuid>,
    #[serde(default)]
    pub need: Option<Uuid>,
    #[serde(default)]
    pub practitioner: Option<Uuid>,
    /// An own appointment that is to be moved.
    #[serde(default)]
    pub moves: Option<Uuid>,
    pub from: NaiveDate,
    #[param(minimum = 1, maximum = 62)]
    pub days: u32,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Offers {
    pub time_zone: String,
    pub need: Option<Uuid>,
    pub earliest: NaiveDate,
    pub last: Option<NaiveDate>,
    /// By start; with whom the patient is called in first.
    pub offers: Vec<ShownOffer>,
    /// The next date with a time, where these have none.
    pub next_day: Option<NaiveDate>,
    /// Why there is none on these dates, or none at all.
    pub why_none: Option<Why>,
}

/// `GET`: the times that are suggested.
#[utoipa::path(
    get, path = "/api/v1/patient/offers", tag = "patient", security(("session" = [])), params(Asked),
    responses(
        (status = 200, description = "The times, or why there are none", body = Offers),
        (status = 401, description = "No such session", body = envelope::Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many calls", body = envelope::Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such type, or no such appointment of this patient", body = envelope::Problem, content_type = "application/problem+json"),
    )
)]
pub async fn offers(
    State(app): State<App>,
    session: PatientSession,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, Error> {
    let Query(asked) = asked?;
    if !(1..=MOST_DAYS).contains(&asked.days) {
        return Err(Error::bad_field("days", |texts| fl!(texts, "problem-detail-days", least = 1, most = MOST_DAYS)));
    }
    if !(1..=9999).contains(&asked.from.year()) {
        return Err(Error::bad_field("from", |texts| fl!(texts, "problem-detail-from")));
    }
    let now = app.now();
    let PatientSession { clinic, patient, revision, last_contact, .. } = session;
    let key = format!("patient {patient} {asked:?}");
    let work_out = move |work: &Work<'_>| {
        let grounds = Grounds::read(work, clinic, patient, now)?;
        let settings = grounds.settings.clone();
        let offers = answer(work, grounds, asked)?;
        let first = offers.offers.first().map(|offer| offer.start);
        Ok(Answer { text: record::text(&offers), until: until(&settings.setup, first, now) })
    };
    app.store.answer(Asks { clinic, revision, last_contact }, key, now, work_out).await.map(json)
}

fn answer(work: &Work<'_>, grounds: Grounds, asked: Asked) -> Result<Offers, Error> {
    match asked.moves {
        None => {
            let online_type = asked.online_type.map(Id::new);
            let online_type = online_type
                .ok_or_else(|| Error::bad_field("online_type", |texts| fl!(texts, "problem-detail-type-or-moves")))?;
            let online_types = &grounds.settings.setup.online_types;
            let online_type = online_types.iter().find(|entry| entry.id == online_type).ok_or(Error::NotFound)?;
            let appointment_type: Id<AppointmentType> = online_type.value.appointment_type;
            let request = grounds.request(appointment_type, asked.need.map(Id::<Need>::new), Purpose::Book);
            suggested(work, &grounds, Terms::of(request), None, asked)
        }
        Some(appointment) => {
            let appointment = appointment_of(work, grounds.clinic, grounds.patient.id, appointment)?;
            let grounds = grounds.without(work, &appointment.value)?;
            let terms = terms_of_move(&grounds, &appointment).ok_or(Error::NotFound)?;
            suggested(work, &grounds, terms, Some(appointment.id), asked)
        }
    }
}

/// What a move of an appointment is held to; `None` for one that has no type.
fn terms_of_move<'a>(grounds: &'a Grounds, appointment: &Entry<Appointment>) -> Option<Terms<'a>> {
    let appointment_type = appointment.value.appointment_type?;
    let request: Request<'a> = grounds.request(appointment_type, None, Purpose::Book);
    move_terms(request, &appointment.value)
}

fn suggested(
    work: &Work<'_>,
    grounds: &Grounds,
    terms: Terms<'_>,
    moved: Option<Id<Appointment>>,
    asked: Asked,
) -> Result<Offers, Error> {
    let setup = &grounds.settings.setup;
    let only = asked.practitioner.map(Id::<Practitioner>::new);
    let look = |from: NaiveDate, days: u32| {
        let busy = busy(work, grounds.clinic, dates(setup, from, days), moved)?;
        let mut offers = terms.suggestions(&busy, from, days);
        offers.retain(|offer| only.is_none_or(|only| only == offer.practitioner));
        Ok::<_, Error>((busy, offers))
    };
    let (busy, offers) = look(asked.from, asked.days)?;
    let (mut next_day, mut why_none) = (None, None);
    if offers.is_empty() {
        let refusal = terms.barred.or_else(|| {
            let mut refused = terms.explanation(&busy, asked.from, asked.days).refused;
            refused.retain(|refused| only.is_none_or(|only| only == refused.practitioner));
            let nobody = || terms.no_candidates(only.or_else(|| terms.practitioners().next())?, asked.from);
            most_frequent(refused.into_iter().map(|refused| refused.reason)).or_else(nobody)
        });
        why_none = refusal.map(|refusal| Why::of(refusal, setup, grounds.now));
        let today = local(setup.clinic.value.time_zone, grounds.now).date();
        let (mut from, mut looked) = (days_after(asked.from, asked.days.into()).max(today), 0);
        while terms.barred.is_none() && next_day.is_none() && looked < LOOKED_AHEAD {
            if terms.last.is_some_and(|last| last < from) {
                break;
            }
            let (_busy, offers) = look(from, AT_A_TIME)?;
            next_day = offers.first().map(|offer| local(setup.clinic.value.time_zone, offer.start).date());
            (from, looked) = (days_after(from, AT_A_TIME.into()), looked + AT_A_TIME);
        }
    }
    Ok(Offers {
        time_zone: setup.clinic.value.time_zone.name().to_owned(),
        need: terms.need.map(|need| need.id.uuid()),
        earliest: terms.first.map_or(terms.earliest, |first| first.max(terms.earliest)),
        last: terms.last,
        offers: offers.into_iter().map(|offer| ShownOffer::of(setup, offer)).collect(),
        next_day,
        why_none,
    })
}

/// From the first moment of a date to that of the one after the last.
pub(super) fn dates(
    setup: &Setup,
    from: NaiveDate,
    days: u32,
) -> (chrono::DateTime<chrono::Utc>, chrono::DateTime<chrono::Utc>) {
    let zone = setup.clinic.value.time_zone;
    (day_start(zone, from), day_start(zone, days_after(from, days.into())))
}

/// At equal numbers the one that is nearer to an offer.
fn most_frequent(reasons: impl Iterator<Item = Refusal>) -> Option<Refusal> {
    let mut counted: Vec<(usize, Refusal)> = Vec::new();
    for reason in reasons {
        match counted.iter_mut().find(|(_, other)| other.code() == reason.code()) {
            Some((count, _)) => *count += 1,
            None => counted.push((1, reason)),
        }
    }
    counted.into_iter().max_by_key(|(count, reason)| (*count, reason.order())).map(|(_, reason)| reason)
}
