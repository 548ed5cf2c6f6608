//! `/api/v1/devices`: the clinic's PCs.

use aftalebog_booking::wire::{Devices, PairingCode};
use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use uuid::Uuid;

use crate::access::Device;
use crate::openapi::envelope;
use crate::problem::Error;
use crate::state::App;
use crate::store::CODE_LASTS;

/// `GET`: the PCs, and when each was last in touch.
#[utoipa::path(
    get, path = "/api/v1/devices", tag = "clinic", security(("device" = [])),
    responses(
        (status = 200, description = "All, also those that were revoked", body = envelope::Devices),
        (status = 401, description = "No such PC", body = envelope::Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list(State(app): State<App>, device: Device) -> Result<Json<Devices>, Error> {
    Ok(Json(Devices { devices: app.store.devices(device.clinic, Some(device.id), app.now()).await? }))
}

/// `DELETE …/{id}`: takes a PC's access away; its own, too.
#[utoipa::path(
    delete, path = "/api/v1/devices/{id}", tag = "clinic", security(("device" = [])),
    params(("id" = Uuid, Path, description = "The PC")),
    responses(
        (status = 204, description = "It has no access any more"),
        (status = 401, description = "No such PC", body = envelope::Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such PC of this clinic", body = envelope::Problem, content_type = "application/problem+json"),
    )
)]
pub async fn revoke(
    State(app): State<App>,
    device: Device,
    id: Result<Path<Uuid>, PathRejection>,
) -> Result<StatusCode, Error> {
    let Path(id) = id?;
    app.store.revoke(device, id, app.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST …/code`: a code that pairs another PC with the clinic.
#[utoipa::path(
    post, path = "/api/v1/devices/code", tag = "clinic", security(("device" = [])),
    responses(
        (status = 201, description = "For one PC, and a few minutes", body = envelope::PairingCode),
        (status = 401, description = "No such PC", body = envelope::Problem, content_type = "application/problem+json"),
    )
)]
pub async fn new_code(State(app): State<App>, device: Device) -> Result<(StatusCode, Json<PairingCode>), Error> {
    let now = app.now();
    let code = app.store.new_code(device.clinic, Some(device.id), now).await?;
    let answer = PairingCode { code: code.reveal().to_owned(), expires_at: now + CODE_LASTS };
    Ok((StatusCode::CREATED, Json(answer)))
}
