//! `GET /api/v1/hello`: what a PC asks first.

use aftalebog_booking::wire::{
    Hello, Limits, MAX_CHANGE_BYTES, MAX_WAIT_SECONDS, NewestClient, OLDEST_PROTOCOL, PROTOCOL,
};
use axum::Json;
use axum::extract::State;

use crate::openapi::envelope;
use crate::state::App;

#[utoipa::path(
    get, path = "/api/v1/hello", tag = "clinic",
    responses((status = 200, description = "Who answers", body = envelope::Hello))
)]
pub async fn hello(State(app): State<App>) -> Json<Hello> {
    let newest_client = app.config.client.as_ref().map(|client| NewestClient {
        version: client.newest.to_string(),
        download: client.download.as_ref().map(|page| page.as_str().to_owned()),
    });
    Json(Hello {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        protocol: PROTOCOL,
        oldest_protocol: OLDEST_PROTOCOL,
        server_time: app.now(),
        fixed_clock: app.config.clock.is_fixed(),
        limits: Limits { change_bytes: MAX_CHANGE_BYTES, wait_seconds: MAX_WAIT_SECONDS },
        newest_client,
    })
}
