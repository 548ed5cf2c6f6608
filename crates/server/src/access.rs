//! Who asks: a clinic's PC or a patient, by the token that was given to them.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use aftalebog_booking::wire::{OLDEST_PROTOCOL, PROTOCOL_HEADER};
use aftalebog_texts::fl;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::message::Channel;
use crate::problem::Error;
use crate::secret;
use crate::state::App;

/// A clinic's PC that has been paired and not revoked. Every question it asks is of its own clinic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Device {
    pub id: Uuid,
    pub clinic: Uuid,
}

/// A PC that asks, and what else is known from looking at its token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asking {
    pub device: Device,
    /// Of its clinic's last change.
    pub revision: u64,
    /// It is time for another token.
    pub token_is_old: bool,
}

impl FromRequestParts<App> for Device {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        Ok(Asking::from_request_parts(parts, app).await?.device)
    }
}

impl FromRequestParts<App> for Asking {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        check_protocol(&parts.headers)?;
        let token = bearer(&parts.headers).ok_or(Error::Unauthorized)?;
        app.store.device_by_token(secret::hash(token), app.now()).await
    }
}

/// A patient who has given the code. Every question they ask is of their own clinic and of themself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PatientSession {
    pub clinic: Uuid,
    pub patient: Uuid,
    /// The way on which the code came that they answered.
    pub answered: Channel,
    pub expires_at: DateTime<Utc>,
    /// Of the clinic's last change.
    pub revision: u64,
    /// When one of the clinic's PCs was last in touch.
    pub last_contact: Option<DateTime<Utc>>,
}

impl FromRequestParts<App> for PatientSession {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let token = bearer(&parts.headers).ok_or(Error::Unauthorized)?;
        let session = app.store.session_by_token(secret::hash(token), app.now()).await?;
        app.calls.count(session.clinic, session.patient, app.config.patients.calls_per_patient_and_minute)?;
        Ok(session)
    }
}

/// Where a request comes from, for counting how often: a whole network where addresses are plenty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Address(IpAddr);

impl Address {
    /// The same for all addresses of one household: of IPv6 the first half.
    pub fn network(self) -> String {
        match self.0 {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => match address.to_ipv4_mapped() {
                Some(address) => address.to_string(),
                None => address.segments()[..4].iter().map(|part| format!("{part:x}:")).collect(),
            },
        }
    }
}

impl FromRequestParts<App> for Address {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        // Without a connection, all share one count.
        let connected = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let connected = connected.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |info| info.0.ip());
        Ok(Self(asked_by(connected, &parts.headers, &app.config.trusted_proxies)))
    }
}

/// Who asks: whoever is connected, or, of what our own proxies say, the last who is none of them.
/// What stands before that in the header anybody could have written.
fn asked_by(connected: IpAddr, headers: &HeaderMap, proxies: &[IpAddr]) -> IpAddr {
    let told = headers.get_all("x-forwarded-for").iter().filter_map(|told| told.to_str().ok());
    let told: Vec<&str> = told.flat_map(|told| told.split(',')).collect();
    let mut asks = connected;
    for told in told.into_iter().rev() {
        match told.trim().parse() {
            Ok(address) if proxies.contains(&asks) => asks = address,
            _ => break,
        }
    }
    asks
}

/// A PC says which version of the interface it speaks; one that says none is of the first.
pub fn check_protocol(headers: &HeaderMap) -> Result<(), Error> {
    let Some(told) = headers.get(PROTOCOL_HEADER) else { return Ok(()) };
    let told = told.to_str().ok().and_then(|told| told.parse::<u32>().ok());
    match told {
        Some(told) if told >= OLDEST_PROTOCOL => Ok(()),
        Some(_) => Err(Error::ClientTooOld),
        None => Err(Error::bad_field(PROTOCOL_HEADER, |texts| {
            fl!(texts, "problem-detail-whole-number", field = PROTOCOL_HEADER)
        })),
    }
}

/// The token of `Authorization: Bearer …`.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim()).filter(|token| !token.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(connected: &str, told: &[&str], expected: &str) {
        let proxies = ["10.0.0.1", "10.0.0.2"].map(|proxy| proxy.parse().expect("an address"));
        let mut headers = HeaderMap::new();
        for told in told {
            let _one_more = headers.append("x-forwarded-for", told.parse().expect("a header"));
        }
        let asks = asked_by(connected.parse().expect("an address"), &headers, &proxies);
        assert_eq!(asks.to_string(), expected);
    }

    #[test]
    fn who_asks_is_told_by_our_own_proxies_only() {
        check("192.0.2.7", &[], "192.0.2.7");
        check("192.0.2.7", &["198.51.100.1"], "192.0.2.7");
        check("10.0.0.1", &[], "10.0.0.1");
        check("10.0.0.1", &["198.51.100.1"], "198.51.100.1");
        check("10.0.0.1", &["203.0.113.9, 198.51.100.1"], "198.51.100.1");
        check("10.0.0.1", &["198.51.100.1, 10.0.0.2"], "198.51.100.1");
        check("10.0.0.1", &["203.0.113.9", "198.51.100.1"], "198.51.100.1");
        check("10.0.0.1", &["198.51.100.1, rubbish"], "10.0.0.1");
        check("10.0.0.1", &["2001:db8::1"], "2001:db8::1");
    }

    #[test]
    fn a_household_counts_as_one() {
        let network = |address: &str| Address(address.parse().expect("an address")).network();
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), network("2001:db8:1:2:ffff::1"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_eq!(network("::ffff:192.0.2.7"), network("192.0.2.7"));
    }
}
