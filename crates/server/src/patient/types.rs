//! `GET /api/v1/patient/types`: what this patient can book.

use aftalebog_booking::record::{Entry, Need, OnlineType, Practitioner};
use aftalebog_booking::refusal::Refusal;
use aftalebog_booking::terms::{Purpose, Standing, Terms};
use aftalebog_booking::{Id, Setup};
use axum::Json;
use axum::extract::State;
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::shown::{ShownPractitioner, Why};
use crate::access::PatientSession;
use crate::openapi::envelope;
use crate::problem::Error;
use crate::state::App;
use crate::store::Grounds;

#[derive(Debug, Serialize, ToSchema)]
pub struct Types {
    /// In the clinic's order; what is called in for by need once for each need.
    pub types: Vec<ShownType>,
}

/// What is given to the offers and to a booking: `online_type` and `need`.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShownType {
    pub online_type: Uuid,
    pub alias: String,
    pub need: Option<Uuid>,
    /// Whom it can be booked with.
    pub practitioners: Vec<ShownPractitioner>,
    /// The dates between which it can be booked.
    pub earliest: NaiveDate,
    pub last: Option<NaiveDate>,
    /// Why it cannot be booked all the same, as after a need has expired.
    pub unavailable: Option<Why>,
}

/// `GET`: what this patient can book.
#[utoipa::path(
    get, path = "/api/v1/patient/types", tag = "patient", security(("session" = [])),
    responses(
        (status = 200, description = "What can be booked, and why some of it cannot now", body = Types),
        (status = 401, description = "No such session", body = envelope::Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many calls", body = envelope::Problem, content_type = "application/problem+json"),
    )
)]
pub async fn types(State(app): State<App>, session: PatientSession) -> Result<Json<Types>, Error> {
    let now = app.now();
    let grounds = app.store.read(move |work| Grounds::read(work, session.clinic, session.patient, now)).await?;
    let online_types = grounds.settings.setup.online_types.iter();
    let types = online_types.flat_map(|online_type| shown_types(&grounds, online_type)).collect();
    Ok(Json(Types { types }))
}

fn shown_types(grounds: &Grounds, online_type: &Entry<OnlineType>) -> Vec<ShownType> {
    let shown = |need| shown_type(grounds, online_type, need);
    if !online_type.value.need_driven {
        return shown(None).into_iter().collect();
    }
    let needs = grounds.visitor.open_needs.iter();
    let mut needs: Vec<_> =
        needs.filter(|need| need.value.appointment_type == online_type.value.appointment_type).collect();
    needs.sort_by_key(|need| (need.value.recall, need.id));
    needs.into_iter().filter_map(|need| shown(Some(need.id))).collect()
}

/// `None`: nothing that this patient could ever book.
fn shown_type(grounds: &Grounds, online_type: &Entry<OnlineType>, need: Option<Id<Need>>) -> Option<ShownType> {
    let setup = &grounds.settings.setup;
    let terms = Terms::of(grounds.request(online_type.value.appointment_type, need, Purpose::Book));
    let never = matches!(
        terms.barred,
        Some(
            Refusal::TypeNotSetUp
                | Refusal::NoPractitioner
                | Refusal::NoNeed
                | Refusal::PractitionerNotRegistered { .. }
                | Refusal::PractitionerTakesNoNewPatients { .. }
        )
    );
    if never {
        return None;
    }
    let takes = |id: &Id<Practitioner>| takes(setup, *id, grounds.visitor.standing);
    Some(ShownType {
        online_type: online_type.id.uuid(),
        alias: online_type.value.alias.to_string(),
        need: terms.need.map(|need| need.id.uuid()),
        practitioners: terms.practitioners().filter(takes).map(|id| ShownPractitioner::of(setup, id)).collect(),
        earliest: terms.first.map_or(terms.earliest, |first| first.max(terms.earliest)),
        last: terms.last,
        unavailable: terms.barred.map(|refusal| Why::of(refusal, setup, grounds.now)),
    })
}

fn takes(setup: &Setup, id: Id<Practitioner>, standing: Standing) -> bool {
    setup.practitioner(id).is_some_and(|it| it.registered && (standing == Standing::Known || it.takes_new_patients))
}
