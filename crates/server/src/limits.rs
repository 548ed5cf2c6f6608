//! What every request passes, whatever it asks for: how large and how long it may be, what its
//! answer's head says, and what is counted and logged of it.

use std::any::Any;
use std::sync::Arc;
use std::time::{Duration, Instant};

use aftalebog_booking::wire::CLOCK_HEADER;
use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::Method;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY};
use axum::http::header::{STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use chrono::SecondsFormat;
use tower_http::catch_panic::CatchPanicLayer;

use crate::clock::Clock;
use crate::language::in_language;
use crate::metrics::Metrics;
use crate::problem::Error;
use crate::secret::Secret;
use crate::state::App;

/// The body of a request is no larger, but for a change, whose sender is known before it is read.
pub const BODY_BYTES: usize = 64 * 1024;

/// A poll waits for a change, and is answered after that.
const POLL: Duration = Duration::from_secs(aftalebog_booking::wire::MAX_WAIT_SECONDS + 15);

/// The largest change over a slow line.
const CHANGE: Duration = Duration::from_secs(10 * 60);

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Puts the limits around all routes.
pub fn limited(routes: Router, app: &App) -> Router {
    let (over_tls, clock) = (app.config.tls.is_some(), app.config.clock);
    let observer = Observer { metrics: app.metrics.clone(), over_tls, clock };
    routes
        .layer(DefaultBodyLimit::max(BODY_BYTES))
        .layer(from_fn_with_state(app.config.patience.request, in_time))
        .layer(CatchPanicLayer::custom(after_panic))
        .layer(from_fn(in_language))
        .layer(from_fn_with_state(observer, observed))
}

async fn in_time(State(ordinary): State<Duration>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    let time = match (route, request.method()) {
        (Some("/api/v1/changes"), &Method::POST) => CHANGE,
        (Some("/api/v1/changes"), &Method::GET) => POLL,
        _ => ordinary,
    };
    let answer = tokio::time::timeout(time, next.run(request)).await;
    answer.unwrap_or_else(|_| Error::TookTooLong.into_response())
}

/// Where it happened is in the log by then; what was said might quote a value.
fn after_panic(_said: Box<dyn Any + Send>) -> Response {
    Error::Panicked.into_response()
}

#[derive(Clone)]
struct Observer {
    metrics: Arc<Metrics>,
    over_tls: bool,
    clock: Clock,
}

/// Counts the request and writes one line about it: which route, never which address, and nothing of
/// what was sent or answered.
async fn observed(State(observer): State<Observer>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map_or("none", MatchedPath::as_str);
    let id = Secret::request_id();
    let mut response = next.run(request).await;
    let (took, status) = (began.elapsed(), response.status());
    observer.metrics.answered(route, &method, status, took);
    tracing::info!(
        request = id,
        method = method.as_str().get(..method.as_str().len().min(10)).unwrap_or_default(),
        route,
        status = status.as_u16(),
        milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
        "answered"
    );
    let headers = response.headers_mut();
    let fixed = |text| HeaderValue::from_static(text);
    for (name, value) in [
        (CACHE_CONTROL, fixed("no-store")),
        (X_CONTENT_TYPE_OPTIONS, fixed("nosniff")),
        (CONTENT_SECURITY_POLICY, fixed("default-src 'none'; frame-ancestors 'none'")),
        (REFERRER_POLICY, fixed("no-referrer")),
    ] {
        let _ours = headers.entry(name).or_insert(value);
    }
    if observer.clock.is_fixed()
        && let Ok(stands_at) = HeaderValue::try_from(observer.clock.now().to_rfc3339_opts(SecondsFormat::Secs, true))
    {
        let _none = headers.insert(CLOCK_HEADER, stands_at);
    }
    if observer.over_tls {
        let _two_years = headers.insert(STRICT_TRANSPORT_SECURITY, fixed("max-age=63072000"));
    }
    if let Ok(id) = HeaderValue::try_from(id) {
        let _unlike_all_others = headers.insert(REQUEST_ID, id);
    }
    response
}
