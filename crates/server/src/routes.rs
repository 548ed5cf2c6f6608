//! Every call, in one list.

use aftalebog_booking::wire::MAX_CHANGE_BYTES;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{delete, get, post};

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
        .route(
            "/api/v1/changes",
            post(clinic_pc::changes::send).layer(DefaultBodyLimit::max(MAX_CHANGE_BYTES)).get(clinic_pc::changes::poll),
        )
        .route("/api/v1/snapshot", get(clinic_pc::changes::snapshot))
        .route("/api/v1/devices", get(clinic_pc::devices::list))
        .route("/api/v1/devices/code", post(clinic_pc::devices::new_code))
        .route("/api/v1/devices/{id}", delete(clinic_pc::devices::revoke))
        .fallback(|| async { Error::NotFound })
        .method_not_allowed_fallback(|| async { Error::MethodNotAllowed })
        .with_state(app.clone());
    limited(routes, &app)
}
