//! `/api/v1/changes`: what a PC has saved, and what the others have.

use std::time::Duration;

use aftalebog_booking::wire::{Accepted, MAX_WAIT_SECONDS, Position, SentChange, TOKEN_HEADER};
use aftalebog_texts::fl;
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use tokio::time::{Instant, sleep};
use utoipa::IntoParams;

use crate::access::{Asking, Device};
use crate::json::json;
use crate::openapi::envelope;
use crate::problem::Error;
use crate::room::{LARGE, Received, json_in};
use crate::state::App;
use crate::store::{MAX_CHANGES, StoreError};

/// Another program may write to the same database, as an import does: a poll that waits looks this often.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// `POST`: one change of a PC.
#[utoipa::path(
    post, path = "/api/v1/changes", tag = "clinic", security(("device" = [])), request_body = envelope::SentChange,
    responses(
        (status = 201, description = "Part of the records, now or since it was first sent", body = envelope::Accepted),
        (status = 401, description = "No such PC", body = envelope::Problem, content_type = "application/problem+json"),
        (status = 409, description = "`conflict`: somebody else has written the same fields; `device_rewound`: the \
            PC was set back to an older copy", body = envelope::Problem, content_type = "application/problem+json"),
        (status = 410, description = "The bases are of another epoch: a new snapshot is needed",
            body = envelope::Problem, content_type = "application/problem+json"),
        (status = 413, description = "Larger than `hello` allows", body = envelope::Problem, content_type = "application/problem+json"),
        (status = 422, description = "`invalid`: a record would not be one; `id_reused`: the id is another change's",
            body = envelope::Problem, content_type = "application/problem+json"),
        (status = 503, description = "Too many send as much just now", body = envelope::Problem, content_type = "application/problem+json"),
    )
)]
pub async fn send(
    State(app): State<App>,
    Received { device, bytes, place }: Received,
) -> Result<(StatusCode, Json<Accepted>), Error> {
    // A large one is read aside, so that nobody waits for it.
    let change = if bytes.len() > LARGE {
        tokio::task::spawn_blocking(move || parse(&bytes)).await.map_err(|_| StoreError::Closed)??
    } else {
        parse(&bytes)?
    };
    let accepted = app.store.take_change(device, change, app.now()).await?;
    // Not sooner: until here it was in memory.
    drop(place);
    Ok((StatusCode::CREATED, Json(accepted)))
}

/// The text of what is wrong with it stays here: it quotes what was sent.
fn parse(body: &[u8]) -> Result<SentChange, Error> {
    serde_json::from_slice(body).map_err(|error| Error::not_read(error.is_data()))
}

/// Since when a PC asks, and how long it waits for a change.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Since {
    /// The position of the last answer, or of the snapshot.
    #[param(value_type = envelope::Position)]
    since: Position,
    /// Seconds; the server may answer earlier.
    #[serde(default)]
    wait: u64,
    /// So many changes at the most.
    #[param(minimum = 1)]
    limit: Option<usize>,
}

/// `GET`: the changes after a position, at once or as soon as there is one.
#[utoipa::path(
    get, path = "/api/v1/changes", tag = "clinic", security(("device" = [])), params(Since),
    responses(
        (status = 200, description = "What there is; empty after the wait", body = envelope::FeedPage,
            headers(("aftalebog-token" = Option<String>, description = "A new token, which ends this one with its first use"))),
        (status = 401, description = "No such PC", body = envelope::Problem, content_type = "application/problem+json"),
        (status = 410, description = "Another epoch, or not in the feed any more: a new snapshot is needed",
            body = envelope::Problem, content_type = "application/problem+json"),
    )
)]
pub async fn poll(
    State(app): State<App>,
    Asking { device, token_is_old, .. }: Asking,
    query: Result<Query<Since>, QueryRejection>,
) -> Result<Response, Error> {
    let Query(Since { since, wait, limit }) = query?;
    let most = limit.unwrap_or(MAX_CHANGES);
    if most == 0 {
        return Err(Error::bad_field("limit", |texts| fl!(texts, "problem-detail-limit")));
    }
    // Before it is read what there is, so that nothing is missed in between.
    let waiting = app.store.wait(device);
    let until = Instant::now() + Duration::from_secs(wait.min(MAX_WAIT_SECONDS));
    let page = loop {
        let page = app.store.feed(device, since, most, app.now()).await?;
        let left = until.saturating_duration_since(Instant::now());
        if !page.is_empty || left.is_zero() || waiting.is_displaced() || app.stop.is_cancelled() {
            break page;
        }
        let _counted = app.metrics.polls_waiting.count();
        tokio::select! {
            () = waiting.woken() => {}
            () = sleep(left.min(LOOK_EVERY)) => {}
            () = app.stop.cancelled() => {}
        }
    };
    let mut response = json(page.json);
    if token_is_old
        && let Some(token) = app.store.next_token(device, app.now()).await?
        && let Ok(mut token) = HeaderValue::from_str(token.reveal())
    {
        token.set_sensitive(true);
        let _none = response.headers_mut().insert(TOKEN_HEADER, token);
    }
    Ok(response)
}

/// `GET /api/v1/snapshot`: every record at one revision.
#[utoipa::path(
    get, path = "/api/v1/snapshot", tag = "clinic", security(("device" = [])),
    responses(
        (status = 200, description = "All there is", body = envelope::SyncSnapshot),
        (status = 401, description = "No such PC", body = envelope::Problem, content_type = "application/problem+json"),
        (status = 503, description = "Too many fetch as much just now", body = envelope::Problem, content_type = "application/problem+json"),
    )
)]
pub async fn snapshot(State(app): State<App>, device: Device) -> Result<Response, Error> {
    let place = app.room.place(device.clinic).await?;
    Ok(json_in(place, app.store.snapshot(device).await?))
}
