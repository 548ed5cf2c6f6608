//! `POST /api/v1/pair`: trades a one-time pairing code for a device token.

use aftalebog_booking::wire::{PairRequest, Paired};
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::{HeaderMap, StatusCode};

use crate::access::{Address, check_protocol};
use crate::openapi::envelope;
use crate::problem::Error;
use crate::state::App;

#[utoipa::path(
    post, path = "/api/v1/pair", tag = "clinic", request_body = envelope::PairRequest,
    responses(
        (status = 201, description = "Paired; the code is used up but for the same `attempt`", body = envelope::Paired),
        (status = 403, description = "No such code", body = envelope::Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many wrong codes", body = envelope::Problem, content_type = "application/problem+json"),
    )
)]
pub async fn pair(
    State(app): State<App>,
    address: Address,
    headers: HeaderMap,
    request: Result<Json<PairRequest>, JsonRejection>,
) -> Result<(StatusCode, Json<Paired>), Error> {
    check_protocol(&headers)?;
    let Json(request) = request?;
    let paired = app.store.pair(&request, &address.network(), app.now()).await?;
    Ok((StatusCode::CREATED, Json(paired)))
}
