//! `GET /api/v1/hello`: what a PC asks first.

use aftalebog_booking::wire::{Hello, Limits, MAX_CHANGE_BYTES, MAX_WAIT_SECONDS, OLDEST_PROTOCOL, PROTOCOL};
use axum::Json;
use axum::extract::State;

use crate::openapi::envelope;
use crate::state::App;

#[utoipa::path(
    get, path = "/api/v1/hello", tag = "clinic",
    responses((status = 200, description = "Who answers", body = envelope::Hello))
)]
pub async fn hello(State(app): State<App>) -> Json<Hello> {
    Json(Hello {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        protocol: PROTOCOL,
        oldest_protocol: OLDEST_PROTOCOL,
        server_time: app.now(),
        fixed_clock: app.config.clock.is_fixed(),
        limits: Limits { change_bytes: MAX_CHANGE_BYTES, wait_seconds: MAX_WAIT_SECONDS },
    })
}
