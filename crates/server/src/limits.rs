//! What every request passes, whatever it asks for: how large and how long it may be, what its
//! answer's head says, and what is counted and logged of it.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};

use aftalebog_booking::wire::CLOCK_HEADER;
use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::Method;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY};
use axum::http::header::{STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use chrono::SecondsFormat;
use futures::FutureExt as _;

use crate::clock::Clock;
use crate::language::Language;
use crate::metrics::Metrics;
use crate::problem::Error;
use crate::room::TAKES;
use crate::secret::Secret;
use crate::state::App;

/// The body of a request is no larger, but for a change, whose sender is known before it is read.
pub const BODY_BYTES: usize = 64 * 1024;

/// A poll waits for a change, and is answered after that.
const POLL: Duration = Duration::from_secs(aftalebog_booking::wire::MAX_WAIT_SECONDS + 15);

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Puts the limits around all routes.
pub fn limited(routes: Router, app: &App) -> Router {
    let rules = Rules {
        metrics: app.metrics.clone(),
        ordinary: app.config.patience.request,
        over_tls: app.config.tls.is_some(),
        clock: app.config.clock,
    };
    routes.layer(DefaultBodyLimit::max(BODY_BYTES)).layer(from_fn_with_state(rules, passed))
}

#[derive(Clone)]
struct Rules {
    metrics: Arc<Metrics>,
    /// How long an ordinary request may take.
    ordinary: Duration,
    over_tls: bool,
    clock: Clock,
}

impl Rules {
    fn time(&self, route: &str, method: &Method) -> Duration {
        match (route, method) {
            ("/api/v1/changes", &Method::POST) => TAKES,
            ("/api/v1/changes", &Method::GET) => POLL,
            _ => self.ordinary,
        }
    }
}

/// Holds a request to its time, counts it and writes one line about it: which route, never which address,
/// and nothing of what was sent or answered.
///
/// All in one, for each layer costs every poll that waits its own memory.
async fn passed(State(rules): State<Rules>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map_or("none", MatchedPath::as_str);
    let language = Language::accepted(request.headers());
    let id = Secret::request_id();
    let answer = tokio::time::timeout(rules.time(route, &method), next.run(request));
    let response = match AssertUnwindSafe(answer).catch_unwind().await {
        Ok(Ok(response)) => response,
        Ok(Err(_elapsed)) => Error::TookTooLong.into_response(),
        // Where it happened is in the log by then; what was said might quote a value.
        Err(_said) => Error::Panicked.into_response(),
    };
    let mut response = language.of_problem(response).await;
    let (took, status) = (began.elapsed(), response.status());
    rules.metrics.answered(route, &method, status, took);
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
    if rules.clock.is_fixed()
        && let Ok(stands_at) = HeaderValue::try_from(rules.clock.now().to_rfc3339_opts(SecondsFormat::Secs, true))
    {
        let _none = headers.insert(CLOCK_HEADER, stands_at);
    }
    if rules.over_tls {
        let _two_years = headers.insert(STRICT_TRANSPORT_SECURITY, fixed("max-age=63072000"));
    }
    if let Ok(id) = HeaderValue::try_from(id) {
        let _unlike_all_others = headers.insert(REQUEST_ID, id);
    }
    response
}
