//! Every call, in one list.

use aftalebog_booking::wire::MAX_CHANGE_BYTES;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::clinic_pc;
use crate::health;
use crate::limits::limited;
use crate::problem::Error;
use crate::state::App;

pub fn router(app: App) -> Router {
    let routes = Router::new()
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/metrics", get(health::metrics))
        .route("/api/v1/hello", get(clinic_pc::hello::hello))
        .route("/api/v1/pair", post(clinic_pc::pair::pair))
        .route("/api/v1/changes", post(clinic_pc::changes::send).layer(DefaultBodyLimit::max(MAX_CHANGE_BYTES)))
        .fallback(|| async { Error::NotFound })
        .method_not_allowed_fallback(|| async { Error::MethodNotAllowed })
        .with_state(app.clone());
    limited(routes, &app)
}
