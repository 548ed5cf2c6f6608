//! `POST …/login`, `…/register`, `…/verify`, `…/logout`: a patient shows that they are reached where
//! the clinic reaches them.
//!
//! A birth date and a telephone number say who somebody means to be; that they are it is shown by the
//! code alone. Nobody learns whether anybody is a patient: known or not, it is the same answer, after
//! the same work. Where several patients have the same birth date and the same telephone, as twins
//! have, the one who gives the code is asked for whom they come: there is a session for each.

use aftalebog_booking::bounded::{Line, Name, NotALine};
use aftalebog_booking::patient::is_like_cpr;
use aftalebog_booking::record::Patient;
use aftalebog_booking::wire::Titles;
use aftalebog_texts::fl;
use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::access::{Address, bearer};
use crate::message::Contact;
use crate::openapi::envelope;
use crate::problem::Error;
use crate::secret::{CodeHash, Secret, hash};
use crate::state::App;
use crate::store::{Claim, Code, LoggedIn, ONE_TIME_CODE_LASTS, provisional_number};
use crate::words;

/// Nobody alive was born before this year.
const OLDEST: i32 = 1900;

/// Whom somebody says that they are: either `phone` or `email`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Login {
    pub birth_date: NaiveDate,
    #[serde(default)]
    pub phone: Option<String>,
    #[serde(default)]
    pub email: Option<String>,
}

/// Somebody who is new. The code goes to the telephone, where one is given and can be written to.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Register {
    pub name: String,
    pub birth_date: NaiveDate,
    #[serde(default)]
    pub phone: Option<String>,
    #[serde(default)]
    pub email: Option<String>,
}

/// A code is on its way, if what was said is right.
#[derive(Debug, Serialize, ToSchema)]
pub struct Begun {
    /// To be given with the code.
    pub challenge: String,
    pub expires_at: DateTime<Utc>,
    /// `sms` or `email`.
    #[schema(value_type = String)]
    pub channel: &'static str,
    #[schema(value_type = envelope::Titles)]
    pub words: Titles,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Verify {
    pub challenge: String,
    pub code: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Verified {
    /// Mostly one. Of several with the same birth date and telephone, the person chooses.
    pub patients: Vec<VerifiedPatient>,
}

#[derive(Serialize, ToSchema)]
pub struct VerifiedPatient {
    pub first_name: String,
    /// A session's: 60 minutes at most, and 15 without a call.
    pub token: String,
    pub expires_at: DateTime<Utc>,
}

/// Neither who nor with which token.
impl std::fmt::Debug for VerifiedPatient {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("VerifiedPatient").finish_non_exhaustive()
    }
}

type Slug = Result<Path<String>, PathRejection>;

/// `POST`: a code is sent to the patient, if what is said is right.
#[utoipa::path(
    post, path = "/api/v1/clinics/{slug}/login", tag = "patient", params(("slug" = String, Path, description = "The clinic")), request_body = Login,
    responses(
        (status = 202, description = "The same for everybody", body = Begun),
        (status = 400, description = "Something is no birth date, number or address", body = envelope::Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such clinic", body = envelope::Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many codes", body = envelope::Problem, content_type = "application/problem+json"),
    )
)]
pub async fn login(
    State(app): State<App>,
    address: Address,
    slug: Slug,
    request: Result<Json<Login>, JsonRejection>,
) -> Result<(StatusCode, Json<Begun>), Error> {
    let Json(Login { birth_date, phone, email }) = request?;
    let contact = match (phone, email) {
        (Some(phone), None) => as_phone(&phone)?,
        (None, Some(email)) => as_email(&email)?,
        _ => return Err(Error::bad_field("phone", |texts| fl!(texts, "problem-detail-phone-or-email"))),
    };
    check_birth_date(birth_date, app.now())?;
    let clinic = app.store.clinic_by_slug(slug?.0).await?;
    begin(&app, clinic, address, (contact, birth_date), None).await
}

/// `POST`: somebody new gives their name, and is sent a code.
#[utoipa::path(
    post, path = "/api/v1/clinics/{slug}/register", tag = "patient", params(("slug" = String, Path, description = "The clinic")), request_body = Register,
    responses(
        (status = 202, description = "The same for everybody", body = Begun),
        (status = 400, description = "Something is no name, birth date, number or address", body = envelope::Problem, content_type = "application/problem+json"),
        (status = 403, description = "The clinic lets nobody create themself", body = envelope::Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such clinic", body = envelope::Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many codes", body = envelope::Problem, content_type = "application/problem+json"),
    )
)]
pub async fn register(
    State(app): State<App>,
    address: Address,
    slug: Slug,
    request: Result<Json<Register>, JsonRejection>,
) -> Result<(StatusCode, Json<Begun>), Error> {
    let Json(Register { name, birth_date, phone, email }) = request?;
    let written = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    let (phone, email) = (written(phone), written(email));
    let contacts = [phone.as_deref().map(as_phone).transpose()?, email.as_deref().map(as_email).transpose()?];
    let contacts: Vec<Contact> = contacts.into_iter().flatten().collect();
    let contact = contacts.iter().find(|contact| app.post.reaches(contact)).or(contacts.first());
    let contact =
        contact.cloned().ok_or_else(|| Error::bad_field("phone", |texts| fl!(texts, "problem-detail-no-contact")))?;
    check_birth_date(birth_date, app.now())?;
    let patient = Patient {
        number: provisional_number(),
        name: as_line("name", &name).and_then(|name: Name| {
            if is_like_cpr(name.as_str()) {
                Err(Error::bad_field("name", |texts| fl!(texts, "problem-detail-name")))
            } else {
                Ok(name)
            }
        })?,
        birth_date,
        phone: phone.map(|phone| as_line("phone", &phone)).transpose()?,
        email: email.map(|email| as_line("email", &email)).transpose()?,
        self_registered: true,
        accepted: false,
    };
    let clinic = app.store.clinic_by_slug(slug?.0).await?;
    let settings = app.store.settings(clinic).await?;
    if !settings.setup.service.value.self_registration || !settings.setup.service.value.running {
        return Err(Error::SelfRegistrationOff);
    }
    begin(&app, clinic, address, (contact, birth_date), Some(patient)).await
}

/// The same for everybody: a code is made and hashed, and written down.
async fn begin(
    app: &App,
    clinic: Uuid,
    address: Address,
    (contact, birth_date): (Contact, NaiveDate),
    registers: Option<Patient>,
) -> Result<(StatusCode, Json<Begun>), Error> {
    let (now, limits) = (app.now(), app.config.patients.clone());
    let claim =
        Claim { reachable: app.post.reaches(&contact), contact, birth_date, registers, network: address.network() };
    // Whoever may not ask costs nothing.
    app.store.codes_are_left(clinic, &claim, &limits, now).await?;
    let (challenge, code) = (Secret::token("ch1_"), Secret::one_time_code());
    let (code, hash) = hashing(app, move || {
        let hash = CodeHash::of(&code);
        (code, hash)
    })
    .await?;
    let begun = Begun {
        challenge: challenge.reveal().to_owned(),
        expires_at: now + ONE_TIME_CODE_LASTS,
        channel: claim.contact.channel().name(),
        words: words::both(|texts| fl!(texts, "login-code-sent")),
    };
    let code = Code { challenge, code, hash };
    app.store.begin_challenge(clinic, claim, code, limits, now).await?;
    app.post.written();
    Ok((StatusCode::ACCEPTED, Json(begun)))
}

/// `POST`: the code that was sent opens a session.
#[utoipa::path(
    post, path = "/api/v1/clinics/{slug}/verify", tag = "patient", params(("slug" = String, Path, description = "The clinic")), request_body = Verify,
    responses(
        (status = 200, description = "A session for each patient who was meant", body = Verified),
        (status = 403, description = "Not the code, or no longer", body = envelope::Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such clinic", body = envelope::Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many tries", body = envelope::Problem, content_type = "application/problem+json"),
    )
)]
pub async fn verify(
    State(app): State<App>,
    address: Address,
    slug: Slug,
    request: Result<Json<Verify>, JsonRejection>,
) -> Result<Json<Verified>, Error> {
    let Json(Verify { challenge, code }) = request?;
    let (challenge, now) = (hash(&challenge), app.now());
    let clinic = app.store.clinic_by_slug(slug?.0).await?;
    let limits = app.config.patients.clone();
    let kept = app.store.use_try(clinic, challenge, address.network(), limits, now).await?.ok_or(Error::NoSuchCode)?;
    if !hashing(&app, move || kept.is_of(&code)).await? {
        return Err(Error::NoSuchCode);
    }
    let patients = app.store.finish_challenge(clinic, challenge, now).await?.ok_or(Error::NoSuchCode)?;
    let verified = |LoggedIn { first_name, token, expires_at }| VerifiedPatient {
        first_name,
        token: token.reveal().to_owned(),
        expires_at,
    };
    Ok(Json(Verified { patients: patients.into_iter().map(verified).collect() }))
}

/// `POST`: ends the session.
#[utoipa::path(
    post, path = "/api/v1/clinics/{slug}/logout", tag = "patient", params(("slug" = String, Path, description = "The clinic")), security(("session" = [])),
    responses(
        (status = 204, description = "There is no such session any more"),
        (status = 401, description = "No token", body = envelope::Problem, content_type = "application/problem+json"),
        (status = 404, description = "No such clinic", body = envelope::Problem, content_type = "application/problem+json"),
    )
)]
pub async fn logout(State(app): State<App>, slug: Slug, headers: HeaderMap) -> Result<StatusCode, Error> {
    let token = bearer(&headers).ok_or(Error::Unauthorized)?;
    let clinic = app.store.clinic_by_slug(slug?.0).await?;
    app.store.end_session(clinic, hash(token)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Does the slow work, not more of it at a time than the machine bears.
async fn hashing<T: Send + 'static>(app: &App, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    let place = app.hashing.clone().acquire_owned().await.map_err(|_| Error::TookTooLong)?;
    let done = tokio::task::spawn_blocking(move || {
        let done = work();
        // Not sooner, although nobody may wait for it any more.
        drop(place);
        done
    });
    // It can only have been stopped, with the server.
    done.await.map_err(|_| Error::TookTooLong)
}

fn check_birth_date(birth_date: NaiveDate, now: DateTime<Utc>) -> Result<(), Error> {
    let alive = birth_date.year() >= OLDEST && birth_date <= now.date_naive() + chrono::Days::new(1);
    if alive { Ok(()) } else { Err(Error::bad_field("birth_date", |texts| fl!(texts, "problem-detail-birth-date"))) }
}

fn as_phone(typed: &str) -> Result<Contact, Error> {
    Contact::phone(typed).map_err(|_| Error::bad_field("phone", |texts| fl!(texts, "problem-detail-phone")))
}

fn as_email(typed: &str) -> Result<Contact, Error> {
    Contact::email(typed).map_err(|_| Error::bad_field("email", |texts| fl!(texts, "problem-detail-email")))
}

fn as_line<const MIN: usize, const MAX: usize>(field: &'static str, typed: &str) -> Result<Line<MIN, MAX>, Error> {
    Line::new(typed).map_err(|fault| {
        Error::bad_field(field, |texts| match fault {
            NotALine::Missing => fl!(texts, "problem-detail-line-missing", field = field),
            NotALine::TooLong { max, length } => {
                fl!(texts, "problem-detail-line-too-long", field = field, length = length, most = max)
            }
            NotALine::Invisible => fl!(texts, "problem-detail-line-invisible", field = field),
        })
    })
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;
    use std::sync::mpsc::channel;

    use axum::extract::{ConnectInfo, FromRequestParts as _};
    use axum::http::Request;
    use tokio_util::sync::CancellationToken;

    use super::*;
    use crate::clock::Clock;
    use crate::config::{Config, Database};
    use crate::message::Post;
    use crate::store::Store;

    async fn app(folder: &tempfile::TempDir, configure: impl FnOnce(&mut Config)) -> App {
        let file = folder.path().join("server.db");
        let store = Store::open(&file).await.expect("a database");
        let now = DateTime::from_timestamp(1_780_000_000, 0).expect("a time");
        let mut config = Config::new(Database::Sqlite(file), Clock::Fixed(now));
        configure(&mut config);
        let post = Post::new(&config.messages).expect("a folder");
        App::new(store, config, post, CancellationToken::new())
    }

    #[tokio::test]
    async fn whoever_has_asked_too_often_has_nothing_hashed() {
        let folder = tempfile::tempdir().expect("a folder");
        let app = app(&folder, |config| config.patients.codes_per_address_and_hour = 0).await;
        // Whoever hashes is told so.
        app.hashing.close();
        let mut parts = Request::new(()).into_parts().0;
        let _none = parts.extensions.insert(ConnectInfo(SocketAddr::from(([192, 0, 2, 7], 1))));
        let Ok(address) = Address::from_request_parts(&mut parts, &app).await;
        let who = (Contact::phone("70 12 34 56").expect("a number"), NaiveDate::default());
        let error = begin(&app, Uuid::nil(), address, who, None).await.expect_err("it is too often");
        assert!(matches!(error, Error::TooManyTries { .. }), "{error}");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_is_hashed_for_nobody_counts_until_it_is_done() {
        let folder = tempfile::tempdir().expect("a folder");
        let app = app(&folder, |_| {}).await;
        let all = app.hashing.available_permits();
        let ((begins, begun), (end, ended)) = (channel(), channel::<()>());
        let of = app.clone();
        let request = tokio::spawn(async move {
            let work = move || {
                begins.send(()).expect("the test waits");
                let _end = ended.recv();
            };
            hashing(&of, work).await
        });
        tokio::task::spawn_blocking(move || begun.recv()).await.expect("no panic").expect("it begins");
        request.abort();
        assert!(request.await.expect_err("it was given up").is_cancelled());
        assert_eq!(app.hashing.available_permits(), all - 1);
        drop(end);
        let places = u32::try_from(all).expect("few");
        let _all_again = app.hashing.acquire_many(places).await.expect("open");
    }
}
