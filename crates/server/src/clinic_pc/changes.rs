//! `POST /api/v1/changes`: one save of a PC.

use aftalebog_booking::wire::{Accepted, SentChange};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::StatusCode;

use crate::access::Device;
use crate::problem::Error;
use crate::state::App;
use crate::store::StoreError;

/// A larger body is read aside, so that nobody waits for it.
const LARGE: usize = 256 << 10;

/// One change of a PC.
pub async fn send(
    State(app): State<App>,
    device: Device,
    body: Result<Bytes, BytesRejection>,
) -> Result<(StatusCode, Json<Accepted>), Error> {
    let body = body?;
    let change = if body.len() > LARGE {
        tokio::task::spawn_blocking(move || parse(&body)).await.map_err(|_| StoreError::Closed)??
    } else {
        parse(&body)?
    };
    let accepted = app.store.take_change(device, change, app.now()).await?;
    Ok((StatusCode::CREATED, Json(accepted)))
}

/// The text of what is wrong with it stays here: it quotes what was sent.
fn parse(body: &[u8]) -> Result<SentChange, Error> {
    serde_json::from_slice(body).map_err(|error| Error::BadRequest {
        field: None,
        detail: if error.is_data() {
            "the body is JSON, and not what this call takes".to_owned()
        } else {
            "the body is no JSON".to_owned()
        },
    })
}
