//! The calls of the booking server, over HTTP: each is answered, or there is a [`Trouble`] that says why not.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use aftalebog_booking::wire::{
    Accepted, DeviceInfo, Devices, FeedPage, Hello, PROTOCOL, PROTOCOL_HEADER, PairRequest, Paired, PairingCode,
    Position, Problem, SentChange, SyncSnapshot, TOKEN_HEADER,
};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Certificate, ClientBuilder, Method, RequestBuilder, Response, StatusCode};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use serde::Serialize;
use serde::de::DeserializeOwned;
use thiserror::Error;
use tokio::time::{Instant, timeout, timeout_at};
use uuid::Uuid;

use super::address::Address;
use super::fault::Fault;
use super::pace;
use super::status::Cause;
use super::tls::CertificateFault;

/// How long it may take until somebody takes the call.
const CONNECT: Duration = Duration::from_secs(5);

/// How long an answer may be waited for, beyond what the server was asked to wait.
const ANSWER: Duration = Duration::from_secs(30);

/// How long a poll may be waited for beyond the time that the server was asked to wait.
const POLL: Duration = Duration::from_secs(10);

/// What is slower than this, in bytes a second, after the time for an answer is no line to work with.
const SLOWEST: u64 = 16 << 10;

/// As much is read of an answer; more is none of a booking server.
const SHORT_ANSWER: usize = 1 << 20;
const PAGE: usize = 128 << 20;
const SNAPSHOT: usize = 1 << 30;

/// What proves to the server which PC asks; shown by nothing that logs.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Token(String);

impl Token {
    /// A token has at most so many characters: more was put in its place by somebody else.
    const MAX: usize = 200;

    /// Nothing that could not be a token is sent to a server.
    pub fn read(text: String) -> Option<Self> {
        let fits = !text.is_empty() && text.len() <= Self::MAX && text.bytes().all(|byte| byte.is_ascii_graphic());
        fits.then_some(Self(text))
    }

    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Token")
    }
}

/// Why a call was not answered as it should be.
#[derive(Debug)]
pub(super) struct Trouble {
    pub what: What,
    /// The server asks not to be asked again before this has passed.
    pub retry_after: Option<Duration>,
}

#[derive(Debug)]
pub(super) enum What {
    Name,
    NotListening,
    Unreachable,
    Slow,
    Certificate(CertificateFault),
    NotTheServer(Stranger),
    /// The server has a fault of its own, or whatever stands before it.
    ServerFault,
    Misunderstood,
    /// Whatever stands before the server lets nothing so large through.
    TooLarge,
    /// The server says in its own words why not.
    Refused(Box<Problem>),
}

/// What answers in the server's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stranger {
    /// It sends on to another address.
    Redirect,
    /// A page for people, such as that of a guest network.
    Page,
    Other,
}

impl Trouble {
    pub fn cause(&self) -> Option<Cause> {
        Some(match &self.what {
            What::Name => Cause::Name,
            What::NotListening => Cause::NotListening,
            What::Unreachable => Cause::Unreachable,
            What::Slow => Cause::Slow,
            What::Certificate(CertificateFault::None) => Cause::NotEncrypted,
            What::Certificate(_) => Cause::Certificate,
            What::NotTheServer(_) => Cause::NotTheServer,
            What::ServerFault => Cause::ServerFault,
            What::Misunderstood | What::TooLarge => Cause::Misunderstood,
            What::Refused(problem) if problem.status >= 500 => Cause::ServerFault,
            What::Refused(_) => return None,
        })
    }
}

impl Trouble {
    /// For the list of contacts: never what stands in an answer.
    pub fn detail(&self, call: &str) -> String {
        match &self.what {
            What::Refused(problem) => format!("{call}: {} {}", problem.status, problem.code()),
            What::Certificate(fault) => format!("{call}: {fault:?}"),
            What::NotTheServer(stranger) => format!("{call}: {stranger:?}"),
            _ => call.to_owned(),
        }
    }
}

impl From<What> for Trouble {
    fn from(what: What) -> Self {
        Self { what, retry_after: None }
    }
}

impl From<Trouble> for Fault {
    fn from(trouble: Trouble) -> Self {
        match (trouble.cause(), trouble.what) {
            (Some(cause), _) => Self::NotReached(cause),
            (None, What::Refused(problem)) => match problem.code() {
                "revoked" | "unauthorized" => Self::Revoked,
                "client_too_old" => Self::TooOld,
                _ => Self::Refused(problem),
            },
            (None, _) => Self::NotReached(Cause::Misunderstood),
        }
    }
}

/// A page of the feed, and the token that takes the place of the one it was asked with.
pub(super) struct Polled {
    pub page: FeedPage,
    pub new_token: Option<Token>,
}

/// Asks one server. Cloning it is cheap.
#[derive(Clone)]
pub(super) struct Client {
    http: reqwest::Client,
    address: Address,
    token: Option<Token>,
}

impl Client {
    /// `authority`: the private one whose certificates are trusted, as PEM; none: those that the system trusts.
    pub fn new(address: Address, authority: Option<&str>) -> Result<Self, Trouble> {
        let mut builder = builder(&address);
        if let Some(authority) = authority {
            let unreadable = What::Certificate(CertificateFault::Unreadable);
            let Ok(authority) = CertificateDer::from_pem_slice(authority.as_bytes()) else {
                return Err(unreadable.into());
            };
            let Ok(authority) = Certificate::from_der(&authority) else { return Err(unreadable.into()) };
            builder = builder.tls_certs_only([authority]);
        }
        let http = builder.build().map_err(|_| What::Certificate(CertificateFault::NoTrust))?;
        Ok(Self { http, address, token: None })
    }

    /// One that looks at certificates by `config`, and at nothing else.
    pub fn looking(address: Address, config: rustls::ClientConfig) -> Result<Self, Trouble> {
        let http = builder(&address).tls_backend_preconfigured(config).build();
        Ok(Self { http: http.map_err(|_| What::Certificate(CertificateFault::NoTrust))?, address, token: None })
    }

    pub fn with_token(&self, token: Token) -> Self {
        Self { token: Some(token), ..self.clone() }
    }

    pub fn token(&self) -> Option<Token> {
        self.token.clone()
    }

    pub fn address(&self) -> &Address {
        &self.address
    }

    pub async fn hello(&self) -> Result<Hello, Trouble> {
        let answer = self.send(self.request(Method::GET, "hello"), ANSWER).await?;
        read(answer, SHORT_ANSWER).await
    }

    pub async fn pair(&self, request: &PairRequest) -> Result<Paired, Trouble> {
        let answer = self.send_json(Method::POST, "pair", request).await?;
        read(answer, SHORT_ANSWER).await
    }

    /// One change; sending it again is the same as once.
    pub async fn send_change(&self, change: &SentChange) -> Result<Accepted, Trouble> {
        let answer = self.send_json(Method::POST, "changes", change).await?;
        read(answer, SHORT_ANSWER).await
    }

    /// What has changed since; the server waits up to `wait` for something.
    pub async fn poll(&self, since: Position, wait: Duration) -> Result<Polled, Trouble> {
        let path = format!("changes?since={since}&wait={}", wait.as_secs());
        let within = if wait.is_zero() { ANSWER } else { wait + POLL };
        let answer = self.send(self.request(Method::GET, &path), within).await?;
        let new_token = answer.headers().get(TOKEN_HEADER).and_then(|token| token.to_str().ok());
        let new_token = new_token.and_then(|token| Token::read(token.to_owned()));
        Ok(Polled { page: read(answer, PAGE).await?, new_token })
    }

    pub async fn snapshot(&self) -> Result<SyncSnapshot, Trouble> {
        // A large clinic is written down before the first byte of it comes.
        let answer = self.send(self.request(Method::GET, "snapshot"), 2 * ANSWER).await?;
        read(answer, SNAPSHOT).await
    }

    pub async fn devices(&self) -> Result<Vec<DeviceInfo>, Fault> {
        let answer = self.send(self.request(Method::GET, "devices"), ANSWER).await?;
        let Devices { devices } = read(answer, SHORT_ANSWER).await?;
        Ok(devices)
    }

    pub async fn revoke(&self, device: Uuid) -> Result<(), Fault> {
        let _done = self.send(self.request(Method::DELETE, &format!("devices/{device}")), ANSWER).await?;
        Ok(())
    }

    pub async fn new_code(&self) -> Result<PairingCode, Fault> {
        let answer = self.send_json(Method::POST, "devices/code", &serde_json::json!({})).await?;
        Ok(read(answer, SHORT_ANSWER).await?)
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let mut url = self.address.call(&format!("api/v1/{path}"));
        url.set_query((!query.is_empty()).then_some(query));
        let request = self.http.request(method, url);
        match &self.token {
            Some(token) => {
                let mut bearer = HeaderValue::try_from(format!("Bearer {}", token.reveal()))
                    .expect("a token has nothing but letters, figures and signs");
                bearer.set_sensitive(true);
                request.header(AUTHORIZATION, bearer)
            }
            None => request,
        }
    }

    async fn send_json(&self, method: Method, path: &str, body: &impl Serialize) -> Result<Response, Trouble> {
        let body = serde_json::to_vec(body).map_err(|_| What::Misunderstood)?;
        let within = ANSWER + Duration::from_secs(body.len() as u64 / SLOWEST);
        let request = self.request(method, path).header(CONTENT_TYPE, "application/json").body(body);
        self.send(request, within).await
    }

    /// The answer, of which the body is still to be read, if it is one of a booking server that
    /// does what it was asked.
    async fn send(&self, request: RequestBuilder, within: Duration) -> Result<Response, Trouble> {
        let answer = timeout(within, request.send()).await.map_err(|_| What::Slow)?.map_err(|error| of(&error))?;
        let status = answer.status();
        let retry_after = pace::retry_after(answer.headers());
        if status.is_redirection() {
            return Err(What::NotTheServer(Stranger::Redirect).into());
        }
        if status == StatusCode::NO_CONTENT {
            return Ok(answer);
        }
        let kind = answer.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match (status.is_success(), kind.as_str()) {
            (true, "application/json") => Ok(answer),
            (false, "application/problem+json") => {
                let problem: Problem = read(answer, SHORT_ANSWER).await?;
                if problem.status != status.as_u16() || !problem.kind.starts_with(Problem::PREFIX) {
                    return Err(What::NotTheServer(Stranger::Other).into());
                }
                let retry_after = retry_after.or_else(|| problem.retry_after_seconds.and_then(pace::sane));
                Err(Trouble { what: What::Refused(Box::new(problem)), retry_after })
            }
            // Whatever stands before the server says so when it does not reach it.
            (false, _) if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS => {
                Err(Trouble { what: What::ServerFault, retry_after })
            }
            _ if status == StatusCode::PAYLOAD_TOO_LARGE => Err(What::TooLarge.into()),
            (_, "text/html") => Err(What::NotTheServer(Stranger::Page).into()),
            _ => Err(What::NotTheServer(Stranger::Other).into()),
        }
    }
}

/// What holds of every call: nobody is followed elsewhere, and nothing is kept.
fn builder(address: &Address) -> ClientBuilder {
    let mut headers = HeaderMap::new();
    let _none_before = headers.insert(PROTOCOL_HEADER, HeaderValue::from(PROTOCOL));
    let builder = reqwest::Client::builder()
        .connect_timeout(CONNECT)
        .default_headers(headers)
        .dns_resolver(Arc::new(Names))
        .redirect(Policy::none())
        .referer(false)
        .tcp_nodelay(true);
    // What stays on this machine goes through nobody else.
    if address.is_encrypted() { builder.https_only(true) } else { builder.no_proxy() }
}

/// The body of an answer, which is neither too long nor too slow.
async fn read<T: DeserializeOwned>(mut answer: Response, limit: usize) -> Result<T, Trouble> {
    let begun = Instant::now();
    let mut body = Vec::new();
    loop {
        let until = begun + ANSWER + Duration::from_secs(body.len() as u64 / SLOWEST);
        let chunk = timeout_at(until, answer.chunk()).await.map_err(|_| What::Slow)?.map_err(|error| of(&error))?;
        let Some(chunk) = chunk else { break };
        if body.len() + chunk.len() > limit {
            return Err(What::Misunderstood.into());
        }
        body.extend_from_slice(&chunk);
    }
    serde_json::from_slice(&body).map_err(|_| What::Misunderstood.into())
}

/// What is behind an error of the library.
pub(super) fn of(error: &reqwest::Error) -> Trouble {
    if error.is_timeout() && !error.is_connect() {
        return What::Slow.into();
    }
    let mut cause: Option<&(dyn StdError + 'static)> = Some(error);
    while let Some(error) = cause {
        if error.is::<NoSuchName>() {
            return What::Name.into();
        }
        if let Some(tls) = error.downcast_ref::<rustls::Error>() {
            return of_tls(tls).into();
        }
        if error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::ConnectionRefused) {
            return What::NotListening.into();
        }
        if let Some(inner) = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            if let Some(tls) = inner.downcast_ref::<rustls::Error>() {
                return of_tls(tls).into();
            }
            // An error inside such a one is not among its sources.
            cause = Some(inner);
            continue;
        }
        cause = error.source();
    }
    What::Unreachable.into()
}

fn of_tls(error: &rustls::Error) -> What {
    match CertificateFault::of(error) {
        Some(fault) => What::Certificate(fault),
        // It does not speak TLS at all: the page of a guest network, or a server without a certificate.
        None if matches!(error, rustls::Error::InvalidMessage(_)) => What::Certificate(CertificateFault::None),
        None => What::Unreachable,
    }
}

/// Looks names up as the system does, and says when it is the name that is not known.
struct Names;

#[derive(Debug, Error)]
#[error("the name is not known")]
struct NoSuchName;

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await.map_err(|_| NoSuchName)?;
            let found: Addrs = Box::new(found.collect::<Vec<_>>().into_iter());
            Ok(found)
        })
    }
}
