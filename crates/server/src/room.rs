//! Room in memory for what is large: a whole clinic that is fetched, a large change that is sent. So many
//! are there at the same time, and no more, however many ask.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::http::HeaderValue;
use axum::http::header::CONTENT_LENGTH;
use axum::response::Response;
use futures::stream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use crate::json::json;
use crate::problem::Error;
use crate::state::App;
use crate::store::StoreError;

/// So many large bodies and answers at the same time.
pub const PLACES: usize = 8;

/// What is no larger needs no place.
pub const LARGE: usize = 256 << 10;

/// Whoever finds no place within this time is told to come back.
const WAITS: Duration = Duration::from_secs(3);

/// An answer is sent in parts, so that it is known when the last one has been taken.
const PART: usize = 64 << 10;

#[derive(Clone, Debug)]
pub struct Room(Arc<Semaphore>);

/// Given up when it is dropped.
pub struct Place {
    _until_dropped: OwnedSemaphorePermit,
}

impl Default for Room {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(PLACES)))
    }
}

impl Room {
    pub async fn place(&self) -> Result<Place, Error> {
        match timeout(WAITS, self.0.clone().acquire_owned()).await {
            Ok(Ok(permit)) => Ok(Place { _until_dropped: permit }),
            _ => Err(StoreError::Busy.into()),
        }
    }
}

/// An answer that is JSON already, with its place until it has been taken.
pub fn json_in(place: Place, text: impl Into<Bytes>) -> Response {
    let text = text.into();
    let length = text.len();
    let parts = stream::unfold((text, place), |(mut rest, place)| async move {
        let part = rest.split_to(rest.len().min(PART));
        (!part.is_empty()).then_some((Ok::<_, Infallible>(part), (rest, place)))
    });
    let mut response = json(Body::from_stream(parts));
    let _none = response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(length));
    response
}

/// The body of a request, with its place where it is large. Who sends it must be known before: what
/// stands before it among a handler's arguments is looked at first.
pub struct Received {
    pub bytes: Bytes,
    pub place: Option<Place>,
}

impl FromRequest<App> for Received {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        let told = request.headers().get(CONTENT_LENGTH);
        let length = told.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
        // One that does not say how long it is may become long.
        let place = if length.is_none_or(|length| length > LARGE) { Some(app.room.place().await?) } else { None };
        Ok(Self { bytes: Bytes::from_request(request, app).await?, place })
    }
}
