//! Every call, in one list. What is said of each in `docs/openapi.json` stands at its handler.

use aftalebog_booking::wire::MAX_CHANGE_BYTES;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use utoipa::OpenApi as _;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt as _};
use utoipa_axum::routes;

use crate::clinic_pc::{changes, devices, hello, offers, pair};
use crate::health;
use crate::limits::limited;
use crate::openapi::{self, Described};
use crate::patient::{bookings, clinic, login, offers as patient_offers, types};
use crate::problem::Error;
use crate::state::App;

/// The routes with their description.
pub fn described() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Described::openapi())
        .routes(routes!(health::healthz))
        .routes(routes!(health::readyz))
        .routes(routes!(health::metrics))
        .routes(routes!(openapi::openapi))
        .routes(routes!(hello::hello))
        .routes(routes!(pair::pair))
        .routes(routes!(changes::poll))
        .routes(routes!(changes::send).layer(DefaultBodyLimit::max(MAX_CHANGE_BYTES)))
        .routes(routes!(changes::snapshot))
        .routes(routes!(offers::offers))
        .routes(routes!(devices::list))
        .routes(routes!(devices::new_code))
        .routes(routes!(devices::revoke))
        .routes(routes!(clinic::clinic))
        .routes(routes!(login::login))
        .routes(routes!(login::register))
        .routes(routes!(login::verify))
        .routes(routes!(login::logout))
        .routes(routes!(types::types))
        .routes(routes!(patient_offers::offers))
        .routes(routes!(bookings::list))
        .routes(routes!(bookings::book))
        .routes(routes!(bookings::move_booking))
        .routes(routes!(bookings::cancel))
}

pub fn router(app: App) -> Router {
    let (routes, _description) = described().split_for_parts();
    let routes = routes
        .fallback(|| async { Error::NotFound })
        .method_not_allowed_fallback(|| async { Error::MethodNotAllowed })
        .with_state(app.clone());
    limited(routes, &app)
}
