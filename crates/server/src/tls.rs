//! The certificate by which the server is known: somebody else's files, or the server's own authority.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use aftalebog_sqlite::place::{beside, folder_of, sync_folder};
use axum_server::tls_rustls::RustlsConfig;
use chrono::{DateTime, Datelike as _, NaiveDate, TimeDelta, Utc};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::version::{TLS12, TLS13};
use thiserror::Error;
use tokio_util::sync::CancellationToken;

use crate::clock::Clock;
use crate::config::Tls;
use crate::own_files::create_for_owner_of_folder;

/// The certificate is read or made anew so often: long before one runs out.
const RENEWED_EVERY: Duration = Duration::from_secs(60 * 60);

/// How long a certificate of the private authority holds. A new one is made at each start, and every hour.
const HOLDS: TimeDelta = TimeDelta::days(90);

/// The PCs' clocks may be as far behind.
const BEFORE: TimeDelta = TimeDelta::days(2);

/// How long the private authority itself holds: every PC is paired with it.
const AUTHORITY_HOLDS: TimeDelta = TimeDelta::days(30 * 365);

/// In the data folder; nobody else may read it.
const AUTHORITY: &str = "authority.pem";

/// Part of what each certificate says of its issuer: never changed.
const AUTHORITY_NAME: &str = "Aftalebog booking server, private authority";

/// Why there is no certificate.
#[derive(Debug, Error)]
pub enum TlsError {
    #[error("{}: {error}", path.display())]
    File { path: PathBuf, error: io::Error },
    #[error("{} has no {what} in PEM", path.display())]
    NotPem { path: PathBuf, what: &'static str },
    /// The key is another certificate's, or of a kind that we do not know.
    #[error("the certificate and its key: {0}")]
    Unusable(#[from] rustls::Error),
    #[error("the private authority: {0}")]
    Authority(#[from] rcgen::Error),
}

/// What TLS shows, renewed while the server runs.
pub struct Certificate {
    source: Tls,
    shown: RustlsConfig,
}

impl Certificate {
    pub async fn load(source: &Tls) -> Result<Self, TlsError> {
        let config = read_aside(source.clone()).await?;
        Ok(Self { source: source.clone(), shown: RustlsConfig::from_config(Arc::new(config)) })
    }

    pub fn config(&self) -> RustlsConfig {
        self.shown.clone()
    }

    /// Renews it until the server stops. What cannot be read leaves the old one in its place.
    pub async fn renew(self, stop: CancellationToken) {
        while stop.run_until_cancelled(tokio::time::sleep(RENEWED_EVERY)).await.is_some() {
            match read_aside(self.source.clone()).await {
                Ok(config) => self.shown.reload_from_config(Arc::new(config)),
                Err(error) => tracing::error!(%error, "the certificate could not be renewed"),
            }
        }
    }
}

/// Whether the files can be used. The private authority is made when it is needed.
pub fn check(source: &Tls) -> Result<(), TlsError> {
    match source {
        Tls::Files { .. } => read(source, Clock::Running.now()).map(drop),
        Tls::PrivateAuthority { .. } => Ok(()),
    }
}

/// The SHA-256 of the private authority, as the PCs show it; the authority is made where there is none.
pub fn fingerprint(folder: &Path) -> Result<String, TlsError> {
    Ok(fingerprint_of(&Authority::open(folder, Clock::Running.now())?.certificate))
}

/// Upper-case hex by fours.
fn fingerprint_of(certificate: &CertificateDer<'_>) -> String {
    let suite = ring::cipher_suite::TLS13_AES_128_GCM_SHA256.tls13().expect("it is one of TLS 1.3");
    let hash = suite.common.hash_provider.hash(certificate);
    let hex = data_encoding::HEXUPPER.encode(hash.as_ref());
    let groups: Vec<_> = hex.as_bytes().chunks(4).map(String::from_utf8_lossy).collect();
    groups.join(" ")
}

async fn read_aside(source: Tls) -> Result<ServerConfig, TlsError> {
    let read = tokio::task::spawn_blocking(move || read(&source, Clock::Running.now())).await;
    read.unwrap_or_else(|stopped| {
        Err(TlsError::File { path: PathBuf::new(), error: io::Error::other(stopped.to_string()) })
    })
}

fn read(source: &Tls, now: DateTime<Utc>) -> Result<ServerConfig, TlsError> {
    let (chain, key) = match source {
        Tls::Files { certificate, key } => {
            let chain = certificates(certificate, &contents(certificate)?)?;
            (chain, private_key(key, &contents(key)?)?)
        }
        Tls::PrivateAuthority { folder, names } => Authority::open(folder, now)?.issue(names, now)?,
    };
    let builder = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let builder = builder.with_protocol_versions(&[&TLS13, &TLS12])?.with_no_client_auth();
    let mut config = builder.with_single_cert(chain, key)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

fn contents(path: &Path) -> Result<Vec<u8>, TlsError> {
    fs::read(path).map_err(|error| TlsError::File { path: path.to_owned(), error })
}

fn certificates(path: &Path, pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let chain: Vec<_> = CertificateDer::pem_slice_iter(pem).flatten().collect();
    if chain.is_empty() {
        return Err(TlsError::NotPem { path: path.to_owned(), what: "certificate" });
    }
    Ok(chain)
}

fn private_key(path: &Path, pem: &[u8]) -> Result<PrivateKeyDer<'static>, TlsError> {
    PrivateKeyDer::from_pem_slice(pem).map_err(|_| TlsError::NotPem { path: path.to_owned(), what: "private key" })
}

/// Signs the server's certificates, and nothing else. One file has its certificate and its key.
struct Authority {
    certificate: CertificateDer<'static>,
    key: KeyPair,
}

impl Authority {
    fn open(folder: &Path, now: DateTime<Utc>) -> Result<Self, TlsError> {
        let path = folder.join(AUTHORITY);
        if !path.exists() {
            make(&path, now)?;
        }
        let pem = contents(&path)?;
        let certificate = certificates(&path, &pem)?.swap_remove(0);
        let key = KeyPair::try_from(&private_key(&path, &pem)?)?;
        Ok(Self { certificate, key })
    }

    /// A certificate for the server's names, and its key. The authority's own certificate goes with
    /// it, so that a PC that meets the server for the first time can show its fingerprint.
    fn issue(
        &self,
        names: &[String],
        now: DateTime<Utc>,
    ) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>), TlsError> {
        let key = KeyPair::generate()?;
        let mut params = CertificateParams::new(names)?;
        params.distinguished_name.push(DnType::CommonName, "Aftalebog booking server");
        hold(&mut params, (now - BEFORE).date_naive(), (now + HOLDS).date_naive());
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.use_authority_key_identifier_extension = true;
        let authority = authority_params(now);
        let certificate = params.signed_by(&key, &Issuer::from_params(&authority, &self.key))?;
        let key = PrivateKeyDer::Pkcs8(key.serialize_der().into());
        Ok((vec![certificate.der().clone(), self.certificate.clone()], key))
    }
}

/// What the authority says of itself. Of these only the name is in what it signs.
fn authority_params(now: DateTime<Utc>) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, AUTHORITY_NAME);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    hold(&mut params, (now - BEFORE).date_naive(), (now + AUTHORITY_HOLDS).date_naive());
    params
}

/// Makes the authority, for good, unless somebody else just has.
fn make(path: &Path, now: DateTime<Utc>) -> Result<(), TlsError> {
    let key = KeyPair::generate()?;
    let certificate = authority_params(now).self_signed(&key)?;
    let pem = certificate.pem() + &key.serialize_pem();
    let name = beside(path, &format!(".{}", std::process::id()));
    let made = create_for_owner_of_folder(&name).and_then(|mut file| {
        file.write_all(pem.as_bytes())?;
        file.sync_all()?;
        // Unlike a rename, this never takes the place of one that is there.
        let linked = fs::hard_link(&name, path);
        fs::remove_file(&name)?;
        match linked {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
            _ => sync_folder(folder_of(path)),
        }
    });
    made.map_err(|error| TlsError::File { path: path.to_owned(), error })
}

/// From the beginning of one day to that of another.
fn hold(params: &mut CertificateParams, from: NaiveDate, to: NaiveDate) {
    let midnight = |date: NaiveDate| {
        let (month, day) = (u8::try_from(date.month()).unwrap_or(1), u8::try_from(date.day()).unwrap_or(1));
        rcgen::date_time_ymd(date.year(), month, day)
    };
    (params.not_before, params.not_after) = (midnight(from), midnight(to));
}
