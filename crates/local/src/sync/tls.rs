//! Whose certificate the server shows: one that the system trusts, or one of a private authority
//! that a person has compared and this PC has kept.

use std::sync::{Arc, Mutex, PoisonError};

use data_encoding::BASE64;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};

use super::address::Address;
use super::client::{Client, Trouble, What};
use super::fault::Fault;

/// Who answers at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Looked {
    /// A booking server whose certificate this system trusts, or one on this very machine.
    Trusted,
    /// A booking server with a certificate of an authority of its own: a person compares the
    /// fingerprint with the one that the server shows.
    PrivateAuthority {
        /// SHA-256 of the authority's certificate, in groups of four.
        fingerprint: String,
        /// The authority's certificate as PEM, to pair with.
        authority: String,
    },
}

/// Why a certificate is not trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CertificateFault {
    /// None is shown: whoever answers does not encrypt.
    None,
    /// Of an authority that neither the system nor this PC trusts.
    UnknownAuthority,
    /// Of another machine.
    OtherName,
    Expired,
    NotYetValid,
    /// What was kept as the private authority's certificate is none.
    Unreadable,
    /// The system trusts nobody: its own authorities could not be read.
    NoTrust,
    Other,
}

impl CertificateFault {
    pub(super) fn of(error: &rustls::Error) -> Option<Self> {
        let rustls::Error::InvalidCertificate(error) = error else { return None };
        Some(match error {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => Self::Expired,
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => Self::NotYetValid,
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => Self::OtherName,
            CertificateError::UnknownIssuer | CertificateError::BadSignature => Self::UnknownAuthority,
            _ => Self::Other,
        })
    }
}

/// Finds out who answers, without telling them anything.
pub(super) async fn look(address: &Address) -> Result<Looked, Fault> {
    let fault = match Client::new(address.clone(), None) {
        Ok(client) => match client.hello().await {
            Ok(hello) => return version(&hello).map(|()| Looked::Trusted),
            Err(trouble) => trouble,
        },
        Err(trouble) => trouble,
    };
    if !matches!(fault.what, What::Certificate(not_trusted) if not_trusted != CertificateFault::None) {
        return Err(fault.into());
    }
    let shown = shown(address).await?;
    let authority = shown.authority(address).map_err(|fault| Trouble::from(What::Certificate(fault)))?;
    let pinned = pem(authority);
    let hello = Client::new(address.clone(), Some(&pinned))?.hello().await?;
    version(&hello)?;
    Ok(Looked::PrivateAuthority { fingerprint: fingerprint(authority), authority: pinned })
}

fn version(hello: &aftalebog_booking::wire::Hello) -> Result<(), Fault> {
    use aftalebog_booking::wire::{OLDEST_PROTOCOL, PROTOCOL};
    if hello.oldest_protocol > PROTOCOL {
        return Err(Fault::TooOld);
    }
    if hello.protocol < OLDEST_PROTOCOL {
        return Err(Trouble::from(What::Misunderstood).into());
    }
    Ok(())
}

/// The certificates that a server shows, its own first.
pub(super) struct Shown {
    chain: Vec<CertificateDer<'static>>,
}

impl Shown {
    /// The authority that is shown, if it vouches for the server under this address today.
    pub fn authority(&self, address: &Address) -> Result<&CertificateDer<'static>, CertificateFault> {
        let (own, others) = self.chain.split_first().ok_or(CertificateFault::None)?;
        let authority = others.last().unwrap_or(own);
        let mut roots = RootCertStore::empty();
        roots.add(authority.clone()).map_err(|_| CertificateFault::Other)?;
        let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::new(ring::default_provider()))
            .build()
            .map_err(|_| CertificateFault::Other)?;
        let name = ServerName::try_from(address.host_to_look_up()).map_err(|_| CertificateFault::OtherName)?;
        match verifier.verify_server_cert(own, others, &name, &[], UnixTime::now()) {
            Ok(_) => Ok(authority),
            Err(error) => Err(CertificateFault::of(&error).unwrap_or(CertificateFault::Other)),
        }
    }

    /// Of the last certificate that is shown, whoever it is.
    pub fn fingerprint(&self) -> Option<String> {
        self.chain.last().map(fingerprint)
    }
}

/// Has the server show its certificates. The handshake always ends there: nothing is ever sent
/// to a server that is looked at in this way.
pub(super) async fn shown(address: &Address) -> Result<Shown, Trouble> {
    let looking = Arc::new(Looking { chain: Mutex::default(), provider: ring::default_provider() });
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|_| What::Certificate(CertificateFault::Other))?
        .dangerous()
        .with_custom_certificate_verifier(looking.clone())
        .with_no_client_auth();
    let trouble = Client::looking(address.clone(), config)?.hello().await.err();
    let chain = std::mem::take(&mut *looking.chain.lock().unwrap_or_else(PoisonError::into_inner));
    match trouble {
        Some(trouble) if chain.is_empty() => Err(trouble),
        _ => Ok(Shown { chain }),
    }
}

/// Remembers what is shown, and trusts nobody.
#[derive(Debug)]
struct Looking {
    chain: Mutex<Vec<CertificateDer<'static>>>,
    provider: CryptoProvider,
}

impl ServerCertVerifier for Looking {
    fn verify_server_cert(
        &self,
        own: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
        _name: &ServerName<'_>,
        _ocsp: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let chain = std::iter::once(own).chain(others).map(|certificate| certificate.clone().into_owned()).collect();
        *self.chain.lock().unwrap_or_else(PoisonError::into_inner) = chain;
        Err(rustls::Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure))
    }

    fn verify_tls12_signature(
        &self,
        _message: &[u8],
        _certificate: &CertificateDer<'_>,
        _signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Err(rustls::Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure))
    }

    fn verify_tls13_signature(
        &self,
        _message: &[u8],
        _certificate: &CertificateDer<'_>,
        _signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Err(rustls::Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure))
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

/// The fingerprint of the authority that was pinned, as it is shown to people.
pub(super) fn fingerprint_of_pem(pem: &str) -> Option<String> {
    CertificateDer::from_pem_slice(pem.as_bytes()).ok().map(|certificate| fingerprint(&certificate))
}

fn fingerprint(certificate: &CertificateDer<'_>) -> String {
    let rustls::SupportedCipherSuite::Tls13(suite) = ring::cipher_suite::TLS13_AES_128_GCM_SHA256 else {
        unreachable!("the suite's name says which version it is of")
    };
    let sum = suite.common.hash_provider.hash(certificate);
    let groups = sum.as_ref().chunks(2).map(|pair| format!("{:02X}{:02X}", pair[0], pair[1]));
    groups.collect::<Vec<_>>().join(" ")
}

fn pem(certificate: &CertificateDer<'_>) -> String {
    let text = BASE64.encode(certificate);
    let mut pem = String::from("-----BEGIN CERTIFICATE-----\n");
    for line in text.as_bytes().chunks(64) {
        pem.extend(line.iter().copied().map(char::from));
        pem.push('\n');
    }
    pem.push_str("-----END CERTIFICATE-----\n");
    pem
}
