//! `GET /api/v1/clinics/{slug}`: what anybody may know of a clinic.

use aftalebog_booking::record::{Clinic, Service};
use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use serde::Serialize;
use utoipa::ToSchema;

use crate::message::Channel;
use crate::openapi::envelope;
use crate::problem::Error;
use crate::state::App;

#[derive(Debug, Serialize, ToSchema)]
pub struct ShownClinic {
    pub name: String,
    pub telephone: String,
    pub address: Option<String>,
    /// What patients read above the times.
    pub greeting: String,
    pub time_zone: String,
    /// Online booking is open.
    pub running: bool,
    /// What the clinic says while it is closed, instead of the usual words.
    pub closed_text: Option<String>,
    pub self_registration: bool,
    /// How a code can be sent: `sms`, `email`.
    #[schema(value_type = Vec<String>)]
    pub codes_by: Vec<&'static str>,
}

/// `GET`: the clinic, as patients see it.
#[utoipa::path(
    get, path = "/api/v1/clinics/{slug}", tag = "patient", params(("slug" = String, Path, description = "The clinic")),
    responses(
        (status = 200, description = "The clinic", body = ShownClinic),
        (status = 404, description = "No such clinic", body = envelope::Problem, content_type = "application/problem+json"),
        (status = 503, description = "The clinic has not sent its settings yet", body = envelope::Problem, content_type = "application/problem+json"),
    )
)]
pub async fn clinic(
    State(app): State<App>,
    slug: Result<Path<String>, PathRejection>,
) -> Result<Json<ShownClinic>, Error> {
    let Path(slug) = slug?;
    let clinic = app.store.clinic_by_slug(slug).await?;
    let settings = app.store.settings(clinic).await?;
    let Clinic { name, address, phone, greeting, time_zone, .. } = &settings.setup.clinic.value;
    let Service { running, self_registration, closed_text } = &settings.setup.service.value;
    let written = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Ok(Json(ShownClinic {
        name: name.to_string(),
        telephone: phone.to_string(),
        address: written(address.as_str()),
        greeting: greeting.to_string(),
        time_zone: time_zone.name().to_owned(),
        running: *running,
        closed_text: closed_text.as_ref().and_then(|text| written(text.as_str())),
        self_registration: *self_registration,
        codes_by: [Channel::Sms, Channel::Email]
            .into_iter()
            .filter(|it| app.post.has(*it))
            .map(Channel::name)
            .collect(),
    }))
}
