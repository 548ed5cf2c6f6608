//! Every call, in one list.

use axum::Router;
use axum::routing::get;

use crate::clinic_pc;
use crate::problem::Error;
use crate::state::App;

pub fn router(app: App) -> Router {
    Router::new()
        .route("/healthz", get(|| async { "ok" }))
        .route("/api/v1/hello", get(clinic_pc::hello::hello))
        .route("/api/v1/pair", axum::routing::post(clinic_pc::pair::pair))
        .fallback(|| async { Error::NotFound })
        .with_state(app)
}
