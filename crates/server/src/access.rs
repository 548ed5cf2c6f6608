//! Who asks: a clinic's PC or a patient, by the token that was given to them.

use aftalebog_booking::wire::{OLDEST_PROTOCOL, PROTOCOL_HEADER};
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use uuid::Uuid;

use crate::problem::Error;
use crate::secret;
use crate::state::App;

/// A clinic's PC that has been paired and not revoked. Every question it asks is of its own clinic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Device {
    pub id: Uuid,
    pub clinic: Uuid,
}

impl FromRequestParts<App> for Device {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        check_protocol(&parts.headers)?;
        let token = bearer(&parts.headers).ok_or(Error::Unauthorized)?;
        app.store.device_by_token(secret::hash(token), app.now()).await
    }
}

/// A PC says which version of the interface it speaks; one that says none is of the first.
pub fn check_protocol(headers: &HeaderMap) -> Result<(), Error> {
    let Some(told) = headers.get(PROTOCOL_HEADER) else { return Ok(()) };
    let told = told.to_str().ok().and_then(|told| told.parse::<u32>().ok());
    match told {
        Some(told) if told >= OLDEST_PROTOCOL => Ok(()),
        Some(_) => Err(Error::ClientTooOld),
        None => Err(Error::BadRequest {
            field: Some(PROTOCOL_HEADER.to_owned()),
            detail: format!("{PROTOCOL_HEADER} is a whole number"),
        }),
    }
}

/// The token of `Authorization: Bearer …`.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim()).filter(|token| !token.is_empty())
}
