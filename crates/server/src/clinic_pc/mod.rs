//! The calls of a clinic's PCs.

pub mod changes;
pub mod devices;
pub mod hello;
pub mod offers;
pub mod pair;

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

/// An answer that is JSON already.
fn json(text: impl Into<axum::body::Body>) -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], text.into()).into_response()
}
