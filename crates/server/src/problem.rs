//! Everything that can go wrong with a request, and the answer to it: RFC 9457, Danish and English.

use aftalebog_booking::wire::{Conflict, Problem, Titles};
use aftalebog_texts::{Texts, fl};
use axum::Json;
use axum::extract::rejection::{BytesRejection, JsonRejection, PathRejection, QueryRejection};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use thiserror::Error;
use uuid::Uuid;

use crate::store::StoreError;
use crate::words;

/// The content type of a problem.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// What a client that is too old must speak at least.
const OLDEST_SERVED: &str = "aftalebog/1";

/// After so many seconds it is worth asking again, when the server is busy, or when a person has to do
/// something first.
const BUSY_SECONDS: u64 = 5;
const PERSON_SECONDS: u64 = 60;

/// Why a request was not carried out. This is the table of status codes.
#[derive(Debug, Error)]
pub enum Error {
    /// The body, a field of it or a parameter is not what it must be. `detail` names fields, and
    /// never says what stands in them.
    #[error("bad request: {}", .detail.en)]
    BadRequest { field: Option<String>, detail: Titles },
    #[error("no token, or one that is not known here")]
    Unauthorized,
    #[error("the token's PC has been revoked")]
    Revoked,
    /// Nothing of that name in this clinic.
    #[error("not found")]
    NotFound,
    /// There is such an address, and this cannot be done with it.
    #[error("method not allowed")]
    MethodNotAllowed,
    /// It was not sent, or could not be answered, within its time.
    #[error("the request took too long")]
    TookTooLong,
    /// A fault of ours, which the log has.
    #[error("a panic")]
    Panicked,
    #[error("this client is too old")]
    ClientTooOld,
    #[error("the pairing code is not valid")]
    NoSuchCode,
    /// Somebody else has changed the same.
    #[error("a conflict in {} records", .0.len())]
    Conflict(Vec<Conflict>),
    /// The number of the change has been used: the PC was restored from an old copy.
    #[error("the PC was set back")]
    DeviceRewound { last_sequence: u64 },
    /// The position is of another epoch, or has been compacted away.
    #[error("the position is not known any more")]
    PositionGone,
    /// The id or key has been used for something else.
    #[error("the id was used for something else")]
    IdReused,
    /// A record would not be a valid one, or would point nowhere.
    #[error("invalid: {}", .detail.en)]
    Invalid { record: Option<Uuid>, field: Option<String>, reason: &'static str, detail: Titles },
    /// A rule of the clinic's speaks against what a patient wants; `reason` names it, the words say it.
    #[error("refused: {reason}")]
    Refused { reason: &'static str, words: Titles },
    /// Somebody was quicker. `nearest` are free times instead, as in the offers.
    #[error("the time is taken")]
    Taken { reason: &'static str, words: Titles, nearest: serde_json::Value },
    #[error("the clinic lets nobody create themself")]
    SelfRegistrationOff,
    #[error("too many tries")]
    TooManyTries { retry_after_seconds: u64 },
    #[error("the body is too large")]
    TooLarge,
    /// The clinic has not sent its records yet.
    #[error("the clinic is not set up")]
    NotSetUp,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Error {
    /// This field of the body, parameter or header is not what it must be.
    pub fn bad_field(field: &str, say: impl Fn(&Texts) -> String) -> Self {
        Self::BadRequest { field: Some(field.to_owned()), detail: words::both(say) }
    }

    /// The body as a whole is not what it must be, or a parameter that is not named.
    pub fn bad_request(say: impl Fn(&Texts) -> String) -> Self {
        Self::BadRequest { field: None, detail: words::both(say) }
    }

    /// A body that is not of this call. What is wrong with it stays untold: the fault would quote it.
    pub fn not_read(is_json: bool) -> Self {
        Self::bad_request(|texts| match is_json {
            true => fl!(texts, "problem-detail-other-json"),
            false => fl!(texts, "problem-detail-no-json"),
        })
    }

    /// The stable name, and the status.
    fn kind(&self) -> (&'static str, StatusCode) {
        match self {
            Self::BadRequest { .. } => ("bad_request", StatusCode::BAD_REQUEST),
            Self::Unauthorized => ("unauthorized", StatusCode::UNAUTHORIZED),
            Self::Revoked => ("revoked", StatusCode::UNAUTHORIZED),
            Self::NotFound => ("not_found", StatusCode::NOT_FOUND),
            Self::MethodNotAllowed => ("method_not_allowed", StatusCode::METHOD_NOT_ALLOWED),
            Self::TookTooLong => ("took_too_long", StatusCode::REQUEST_TIMEOUT),
            Self::Panicked => ("internal", StatusCode::INTERNAL_SERVER_ERROR),
            Self::ClientTooOld => ("client_too_old", StatusCode::UPGRADE_REQUIRED),
            Self::NoSuchCode => ("no_such_code", StatusCode::FORBIDDEN),
            Self::Conflict(_) => ("conflict", StatusCode::CONFLICT),
            Self::DeviceRewound { .. } => ("device_rewound", StatusCode::CONFLICT),
            Self::PositionGone => ("position_gone", StatusCode::GONE),
            Self::IdReused => ("id_reused", StatusCode::UNPROCESSABLE_ENTITY),
            Self::Invalid { .. } => ("invalid", StatusCode::UNPROCESSABLE_ENTITY),
            Self::Refused { .. } => ("refused", StatusCode::UNPROCESSABLE_ENTITY),
            Self::Taken { .. } => ("taken", StatusCode::CONFLICT),
            Self::SelfRegistrationOff => ("self_registration_off", StatusCode::FORBIDDEN),
            Self::TooManyTries { .. } => ("too_many_tries", StatusCode::TOO_MANY_REQUESTS),
            Self::TooLarge => ("too_large", StatusCode::PAYLOAD_TOO_LARGE),
            Self::NotSetUp => ("not_set_up", StatusCode::SERVICE_UNAVAILABLE),
            Self::Store(StoreError::Busy) => ("busy", StatusCode::SERVICE_UNAVAILABLE),
            Self::Store(StoreError::Full) => ("disk_full", StatusCode::INSUFFICIENT_STORAGE),
            Self::Store(_) => ("internal", StatusCode::INTERNAL_SERVER_ERROR),
        }
    }

    fn titles(&self) -> Titles {
        match self {
            Self::Refused { words, .. } | Self::Taken { words, .. } => words.clone(),
            _ => words::both(|texts| self.title(texts)),
        }
    }

    /// What is said about it, in one language.
    pub fn title(&self, texts: &Texts) -> String {
        match self {
            Self::BadRequest { .. } => fl!(texts, "problem-bad-request"),
            Self::Unauthorized => fl!(texts, "problem-unauthorized"),
            Self::Revoked => fl!(texts, "problem-revoked"),
            Self::NotFound => fl!(texts, "problem-not-found"),
            Self::MethodNotAllowed => fl!(texts, "problem-method-not-allowed"),
            Self::TookTooLong => fl!(texts, "problem-took-too-long"),
            Self::Panicked => fl!(texts, "problem-internal"),
            Self::ClientTooOld => fl!(texts, "problem-client-too-old"),
            Self::NoSuchCode => fl!(texts, "problem-no-such-code"),
            Self::Conflict(_) => fl!(texts, "problem-conflict"),
            Self::DeviceRewound { .. } => fl!(texts, "problem-device-rewound"),
            Self::PositionGone => fl!(texts, "problem-position-gone"),
            Self::IdReused => fl!(texts, "problem-id-reused"),
            Self::Invalid { .. } => fl!(texts, "problem-invalid"),
            Self::Refused { .. } => fl!(texts, "problem-refused"),
            Self::Taken { .. } => fl!(texts, "problem-taken"),
            Self::SelfRegistrationOff => fl!(texts, "problem-self-registration-off"),
            Self::TooManyTries { .. } => fl!(texts, "problem-too-many-tries"),
            Self::TooLarge => fl!(texts, "problem-too-large"),
            Self::NotSetUp => fl!(texts, "problem-not-set-up"),
            Self::Store(StoreError::Busy) => fl!(texts, "problem-busy"),
            Self::Store(StoreError::Full) => fl!(texts, "problem-disk-full"),
            Self::Store(_) => fl!(texts, "problem-internal"),
        }
    }

    /// The answer's body, with its words in Danish.
    pub fn problem(&self) -> Problem {
        let (code, status) = self.kind();
        let mut problem = Problem::new(code, status.as_u16(), self.titles());
        match self {
            Self::BadRequest { field, detail } => {
                problem.field.clone_from(field);
                problem.details = Some(detail.clone());
            }
            Self::Conflict(conflicts) => problem.conflicts.clone_from(conflicts),
            Self::DeviceRewound { last_sequence } => problem.last_sequence = Some(*last_sequence),
            Self::Invalid { record, field, reason, detail } => {
                problem.record = *record;
                problem.field.clone_from(field);
                problem.reason = Some((*reason).to_owned());
                problem.details = Some(detail.clone());
            }
            Self::Refused { reason, .. } => problem.reason = Some((*reason).to_owned()),
            Self::Taken { reason, nearest, .. } => {
                problem.reason = Some((*reason).to_owned());
                problem.nearest = Some(nearest.clone());
            }
            Self::TooManyTries { retry_after_seconds } => problem.retry_after_seconds = Some(*retry_after_seconds),
            Self::Store(StoreError::Busy) => problem.retry_after_seconds = Some(BUSY_SECONDS),
            Self::Store(StoreError::Full) | Self::NotSetUp => problem.retry_after_seconds = Some(PERSON_SECONDS),
            _ => {}
        }
        problem.detail = problem.details.as_ref().map(|details| details.da.clone());
        problem
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let problem = self.problem();
        let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        if let Self::Store(error) = &self {
            tracing::error!(code = problem.code(), %error, "a request failed");
        }
        let mut response = (status, Json(&problem)).into_response();
        let headers = response.headers_mut();
        let _json = headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
        if let Some(seconds) = problem.retry_after_seconds {
            let _seconds = headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        match status {
            StatusCode::UNAUTHORIZED => {
                let _how = headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            StatusCode::UPGRADE_REQUIRED => {
                let _to_what = headers.insert(header::UPGRADE, HeaderValue::from_static(OLDEST_SERVED));
                let _of_this_connection = headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
            }
            _ => {}
        }
        response
    }
}

/// What does not stand in a rejection: the text it was made from.
impl From<JsonRejection> for Error {
    fn from(rejection: JsonRejection) -> Self {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            return Self::TooLarge;
        }
        match rejection {
            JsonRejection::JsonDataError(_) => Self::not_read(true),
            JsonRejection::JsonSyntaxError(_) => Self::not_read(false),
            JsonRejection::MissingJsonContentType(_) => {
                Self::bad_request(|texts| fl!(texts, "problem-detail-content-type"))
            }
            _ => Self::bad_request(|texts| fl!(texts, "problem-detail-unreadable")),
        }
    }
}

impl From<BytesRejection> for Error {
    fn from(rejection: BytesRejection) -> Self {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            return Self::TooLarge;
        }
        Self::bad_request(|texts| fl!(texts, "problem-detail-unreadable"))
    }
}

impl From<QueryRejection> for Error {
    fn from(_: QueryRejection) -> Self {
        Self::bad_request(|texts| fl!(texts, "problem-detail-parameter"))
    }
}

impl From<PathRejection> for Error {
    fn from(_: PathRejection) -> Self {
        Self::NotFound
    }
}
