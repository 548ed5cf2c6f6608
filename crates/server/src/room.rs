//! Room in memory for what is large: a whole clinic that is fetched, a large change that is sent. So many
//! are there at the same time, and no more, however many ask, and so many of one clinic.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, FromRequestParts as _, Request};
use axum::http::HeaderValue;
use axum::http::header::CONTENT_LENGTH;
use axum::response::Response;
use futures::stream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::time::timeout;
use uuid::Uuid;

use crate::access::Device;
use crate::json::json;
use crate::problem::Error;
use crate::state::App;
use crate::store::StoreError;

/// So many large bodies and answers at the same time.
pub const PLACES: usize = 8;

/// And so many of one clinic, so that none shuts the others out.
pub const OF_ONE_CLINIC: usize = 2;

/// What is no larger needs no place.
pub const LARGE: usize = 256 << 10;

/// The largest takes no longer over a slow line, whichever way it goes.
pub const TAKES: Duration = Duration::from_secs(10 * 60);

/// Whoever finds no place within this time is told to come back.
const WAITS: Duration = Duration::from_secs(3);

/// An answer is sent in parts, so that it is known when the last one has been taken.
const PART: usize = 64 << 10;

#[derive(Clone, Debug)]
pub struct Room {
    in_all: Arc<Semaphore>,
    /// Of the clinics that have asked for a place: there are never many.
    by_clinic: Arc<Mutex<HashMap<Uuid, Arc<Semaphore>>>>,
}

/// Given up when it is dropped.
pub struct Place {
    _until_dropped: [OwnedSemaphorePermit; 2],
}

impl Default for Room {
    fn default() -> Self {
        Self { in_all: Arc::new(Semaphore::new(PLACES)), by_clinic: Arc::default() }
    }
}

impl Room {
    pub async fn place(&self, clinic: Uuid) -> Result<Place, Error> {
        let of_clinic = {
            let mut by_clinic = self.by_clinic.lock().unwrap_or_else(PoisonError::into_inner);
            by_clinic.entry(clinic).or_insert_with(|| Arc::new(Semaphore::new(OF_ONE_CLINIC))).clone()
        };
        // In this order: whoever waits for its own clinic keeps no other one waiting.
        let places = async { Ok([of_clinic.acquire_owned().await?, self.in_all.clone().acquire_owned().await?]) };
        match timeout(WAITS, places).await {
            Ok(Ok(places)) => Ok(Place { _until_dropped: places }),
            Ok(Err::<_, tokio::sync::AcquireError>(_)) | Err(_) => Err(StoreError::Busy.into()),
        }
    }
}

/// An answer that is JSON already, with its place until it has been taken, or was not taken in time.
pub fn json_in(place: Place, text: impl Into<Bytes>) -> Response {
    sent_within(TAKES, place, text.into())
}

fn sent_within(takes: Duration, place: Place, text: Bytes) -> Response {
    let length = text.len();
    let (parts, taken) = mpsc::channel(1);
    // Beside the connection, which looks for the next part only when the one before has been taken.
    let _sends = tokio::spawn(async move {
        let sending = async {
            for part in text.chunks(PART) {
                // As a copy: a part of the text would keep all of it in memory. Where nobody takes it any
                // more, the connection has ended.
                if parts.send(Bytes::copy_from_slice(part)).await.is_err() {
                    return;
                }
            }
        };
        if timeout(takes, sending).await.is_err() {
            tracing::warn!("a large answer was not taken in time");
        }
        drop((text, place));
    });
    let parts = stream::unfold(taken, |mut taken| async move {
        let part = taken.recv().await?;
        Some((Ok::<_, Infallible>(part), taken))
    });
    let mut response = json(Body::from_stream(parts));
    // One that ends sooner is seen to be cut short.
    let _none = response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(length));
    response
}

/// What a PC sends, with its place where it is large. Who sends it is looked at first.
pub struct Received {
    pub device: Device,
    pub bytes: Bytes,
    pub place: Option<Place>,
}

impl FromRequest<App> for Received {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        let (mut parts, body) = request.into_parts();
        let device = Device::from_request_parts(&mut parts, app).await?;
        let told = parts.headers.get(CONTENT_LENGTH);
        let length = told.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
        // One that does not say how long it is may become long.
        let large = length.is_none_or(|length| length > LARGE);
        let place = if large { Some(app.room.place(device.clinic).await?) } else { None };
        let bytes = Bytes::from_request(Request::from_parts(parts, body), app).await?;
        Ok(Self { device, bytes, place })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_answer_that_is_not_taken_gives_its_place_up() {
        let (room, clinic) = (Room::default(), Uuid::from_u128(1));
        let text = Bytes::from(vec![b' '; 3 * PART]);
        let answers = [Duration::from_millis(50), TAKES];
        let mut kept = vec![];
        for takes in answers {
            kept.push(sent_within(takes, room.place(clinic).await.expect("a place"), text.clone()));
        }
        let first = timeout(TAKES, room.place(clinic)).await.expect("an answer");
        assert!(first.is_ok(), "the one that was not taken in time");
        assert!(room.place(clinic).await.is_err(), "the other one has its time");
        // One that is taken has all of it.
        let whole = axum::body::to_bytes(kept.remove(1).into_body(), usize::MAX).await.expect("a body");
        assert_eq!(whole, text);
        assert!(room.place(clinic).await.is_ok());
        let cut = axum::body::to_bytes(kept.remove(0).into_body(), usize::MAX).await.expect("what there is");
        assert!(cut.len() < text.len());
    }
}
