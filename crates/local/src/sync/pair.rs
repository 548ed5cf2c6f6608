//! Pairing this PC with a booking server.

use std::time::Duration;

use aftalebog_booking::Kind;
use aftalebog_booking::wire::{self, SyncSnapshot};
use uuid::Uuid;

use super::client::{Client, Token, Trouble, What};
use super::fault::{Fault, PairFault};
use crate::store::{FirstSync, NewLink, TokenKept};

/// What a person typed and agreed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairRequest {
    pub address: String,
    /// The private authority whose fingerprint was compared, as [`Looked`](super::Looked) gave it.
    pub authority: Option<String>,
    /// As it was typed: capitals, blanks and hyphens make no difference.
    pub code: String,
    pub replace: Replace,
}

/// Whether the records at the server may take the place of this PC's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replace {
    /// Not yet: ask the person, if there are any.
    Ask,
    /// A copy is made first.
    Agreed,
}

/// A code that the server has taken, and what it gave for it.
pub(super) struct Pending {
    request: PairRequest,
    /// With the token.
    client: Client,
    token: Token,
    paired: wire::Paired,
    /// What the clinic has at the server; none when this PC gives it its records.
    snapshot: Option<SyncSnapshot>,
}

/// Shows the code to the server and fetches what the clinic has there. A code that was taken before is shown again
/// only where another PC was to give the clinic its records, and has not: that may be this one's to do by now.
pub(super) async fn begin(
    request: &PairRequest,
    pending: Option<Pending>,
    (device, attempt): (String, Uuid),
) -> Result<Pending, (Option<Pending>, PairFault)> {
    let taken_before = pending.is_some();
    let pending = match pending {
        Some(pending) => pending,
        None => show_code(request, device.clone(), attempt).await.map_err(|fault| (None, fault))?,
    };
    let pending = match pending.fetch().await {
        Err((Some(pending), PairFault::AnotherGives)) if taken_before => {
            match show_code(request, device, attempt).await {
                Ok(pending) => pending,
                Err(fault) => return Err((Some(pending), fault)),
            }
        }
        fetched => fetched?,
    };
    pending.fetch().await
}

async fn show_code(request: &PairRequest, device: String, attempt: Uuid) -> Result<Pending, PairFault> {
    let address = request.address.parse().map_err(Fault::from)?;
    let client = Client::new(address, request.authority.as_deref()).map_err(Fault::from)?;
    let shown = wire::PairRequest { code: request.code.clone(), device, attempt: Some(attempt) };
    let paired = client.pair(&shown).await.map_err(not_taken)?;
    let token = Token::read(paired.token.clone()).ok_or_else(|| Fault::from(Trouble::from(What::Misunderstood)))?;
    let client = client.with_token(token.clone());
    Ok(Pending { request: request.clone(), client, token, paired, snapshot: None })
}

fn not_taken(trouble: Trouble) -> PairFault {
    match &trouble.what {
        What::Refused(problem) if problem.code() == "no_such_code" => PairFault::NoSuchCode,
        What::Refused(problem) if problem.code() == "too_many_tries" => {
            PairFault::TooManyTries { again_in: trouble.retry_after.unwrap_or(TRY_AGAIN) }
        }
        _ => Fault::from(trouble).into(),
    }
}

impl Pending {
    /// With what the clinic has at the server, where this PC is not to give it.
    async fn fetch(mut self) -> Result<Self, (Option<Self>, PairFault)> {
        if self.paired.gives || self.snapshot.is_some() {
            return Ok(self);
        }
        match self.client.snapshot().await {
            Ok(snapshot) if snapshot.position.revision == 0 => Err((Some(self), PairFault::AnotherGives)),
            Ok(snapshot) => {
                self.snapshot = Some(snapshot);
                Ok(self)
            }
            Err(trouble) => Err((Some(self), Fault::from(trouble).into())),
        }
    }

    /// It was asked for by the same request, but for what has been agreed to since.
    pub fn is_of(&self, request: &PairRequest) -> bool {
        let PairRequest { address, authority, code, replace: _ } = &self.request;
        (address, authority, code) == (&request.address, &request.authority, &request.code)
    }

    /// The name of the clinic whose records take the place of this PC's own.
    pub fn clinic_with_records(&self) -> Option<String> {
        let records = &self.snapshot.as_ref()?.records;
        let clinic = records.iter().find(|record| record.kind == Kind::Clinic.name());
        let name = clinic.and_then(|clinic| clinic.value.get("name")).and_then(serde_json::Value::as_str);
        Some(name.unwrap_or_default().to_owned())
    }

    /// The clinic has no records at the server: this PC is to give it its own.
    pub fn gives(&self) -> bool {
        self.paired.gives
    }

    /// The clinic's id at the server.
    pub fn clinic(&self) -> Uuid {
        self.paired.clinic
    }

    pub fn client(&self) -> &Client {
        &self.client
    }

    pub fn device(&self) -> Uuid {
        self.paired.device
    }

    pub fn token(&self) -> Token {
        self.token.clone()
    }

    /// What the file is told.
    pub fn link(&self, device_name: String, token_kept: TokenKept) -> (NewLink, FirstSync) {
        let wire::Paired { token: _, device, clinic, slug, position, gives: _ } = &self.paired;
        let link = NewLink {
            address: self.client.address().to_string(),
            authority: self.request.authority.clone(),
            clinic: *clinic,
            slug: slug.clone(),
            device: *device,
            device_name,
            token_kept,
            position: self.snapshot.as_ref().map_or(*position, |snapshot| snapshot.position),
        };
        let first = self.snapshot.clone().map_or(FirstSync::Give, FirstSync::Take);
        (link, first)
    }
}

/// After too many wrong codes, where the server does not say.
const TRY_AGAIN: Duration = Duration::from_secs(60);
