//! What whoever runs the server asks: does it live, can it work, and what has it done.

use std::time::{Duration, Instant};

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use chrono::{DateTime, Utc};

use tokio::sync::Mutex;

use crate::metrics::Counts;
use crate::problem::Error;
use crate::state::App;
use crate::store::{Store, StoreError};

/// Anybody may ask, so the disk is not tried, and nothing counted, more often than this.
const TRIED_EVERY: Duration = Duration::from_secs(10);

/// When the database last wrote to the disk.
#[derive(Debug, Default)]
pub struct Readiness(Mutex<Option<Instant>>);

impl Readiness {
    /// Whether the database writes, tried now unless it did just before.
    pub async fn check(&self, store: &Store) -> Result<(), Error> {
        let mut last = self.0.lock().await;
        if last.is_none_or(|last| last.elapsed() >= TRIED_EVERY) {
            *last = None;
            store.try_to_write().await?;
            *last = Some(Instant::now());
        }
        Ok(())
    }
}

/// What was counted in the database, and when: Prometheus asks all servers every few seconds, and so may
/// anybody.
#[derive(Debug, Default)]
pub struct Counted(Mutex<Option<(Instant, Counts)>>);

impl Counted {
    async fn counts(&self, store: &Store, now: DateTime<Utc>) -> Result<Counts, Error> {
        let mut last = self.0.lock().await;
        if let Some((_, counts)) = last.filter(|(at, _)| at.elapsed() < TRIED_EVERY) {
            return Ok(counts);
        }
        let counts = store.counts(now).await?;
        *last = Some((Instant::now(), counts));
        Ok(counts)
    }
}

/// `GET /healthz`: the program answers.
#[utoipa::path(
    get, path = "/healthz", tag = "operation",
    responses((status = 200, description = "The program answers", body = String, content_type = "text/plain"))
)]
pub async fn healthz() -> &'static str {
    "ok"
}

/// `GET /readyz`: the database writes, and what is written reaches the disk.
#[utoipa::path(
    get, path = "/readyz", tag = "operation",
    responses((status = 200, description = "The database writes, and the disk keeps it", body = String, content_type = "text/plain"))
)]
pub async fn readyz(State(app): State<App>) -> Result<&'static str, Error> {
    // Whoever shares out the requests sends no more here.
    if app.stop.is_cancelled() {
        return Err(StoreError::Busy.into());
    }
    app.readiness.check(&app.store).await?;
    Ok("ok")
}

/// `GET /metrics`: counters for Prometheus, without anything about clinics or persons.
#[utoipa::path(
    get, path = "/metrics", tag = "operation",
    responses((status = 200, description = "Prometheus' text format", body = String, content_type = "text/plain"))
)]
pub async fn metrics(State(app): State<App>) -> Result<impl IntoResponse, Error> {
    let counts = app.counted.counts(&app.store, app.now()).await?;
    Ok(([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], app.metrics.text(counts)))
}
