//! Only the clinic's own server is talked to, and what is sent there is encrypted.

use std::net::SocketAddr;
use std::path::Path;

use aftalebog_local::sync::{
    Cause, CertificateFault, Connection, Failure, Fault, Looked, NotAnAddress, Outcome, PairFault, PairRequest,
    Replace, Step, Typed,
};
use aftalebog_server::clock::Clock;
use aftalebog_server::config::{Config, Database, Tls};
use aftalebog_server::serve::serve;
use aftalebog_server::store::Store;
use aftalebog_server::tls;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::connection::{outcome_of, outcomes};
use crate::synced_pc::SyncedPc;

/// A server with a certificate, which stops when it is dropped.
struct Encrypted {
    address: SocketAddr,
    store: Store,
    folder: TempDir,
    _stop: DropGuard,
}

impl Encrypted {
    /// Its own authority, for these names.
    async fn start(names: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        let tls = Tls::PrivateAuthority { folder: folder.path().to_owned(), names };
        Self::with(folder, tls).await
    }

    async fn with(folder: TempDir, tls: Tls) -> Self {
        let _set_already = rustls::crypto::ring::default_provider().install_default();
        let file = folder.path().join("server.db");
        let store = Store::open(&file).await.unwrap();
        let mut config = Config::new(Database::Sqlite(file), Clock::Running);
        config.tls = Some(tls);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let stop = CancellationToken::new();
        let serving = serve(listener, store.clone(), config, stop.clone());
        let _detached = tokio::spawn(async move { serving.await.unwrap() });
        Self { address, store, folder, _stop: stop.drop_guard() }
    }

    fn url(&self) -> String {
        format!("https://{}", self.address)
    }

    fn fingerprint(&self) -> String {
        tls::fingerprint(self.folder.path()).unwrap()
    }
}

/// A certificate that ran out, and the authority that vouched for it.
fn expired(folder: &Path) -> Tls {
    let (authority_key, key) = (KeyPair::generate().unwrap(), KeyPair::generate().unwrap());
    let mut authority = CertificateParams::default();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority_certificate = authority.self_signed(&authority_key).unwrap();
    let mut params = CertificateParams::new(["127.0.0.1".to_owned()]).unwrap();
    (params.not_before, params.not_after) = (date_time_ymd(2020, 1, 1), date_time_ymd(2021, 1, 1));
    let certificate = params.signed_by(&key, &Issuer::from_params(&authority, &authority_key)).unwrap();
    let (chain, key_file) = (folder.join("chain.pem"), folder.join("key.pem"));
    std::fs::write(&chain, certificate.pem() + &authority_certificate.pem()).unwrap();
    std::fs::write(&key_file, key.serialize_pem()).unwrap();
    Tls::Files { certificate: chain, key: key_file }
}

#[tokio::test]
async fn a_private_authority_is_compared_and_then_trusted() {
    let server = Encrypted::start(&["127.0.0.1", "localhost"]).await;
    let pc = SyncedPc::new("RECEPTION").await;
    let looked = pc.sync.look(&server.url()).await.unwrap();
    let Looked::PrivateAuthority { fingerprint, authority } = looked else { panic!("{looked:?}") };
    assert_eq!(fingerprint, server.fingerprint());
    let clinic = server.store.add_clinic("Ågade".to_owned(), Clock::Running.now()).await.unwrap();
    let mut request = PairRequest {
        address: server.url(),
        authority: None,
        code: clinic.code.reveal().to_owned(),
        replace: Replace::Ask,
    };
    // Without the authority nothing is told to the server, and the code is not used up.
    let refused = pc.sync.pair(request.clone()).await;
    assert!(matches!(refused, Err(PairFault::Fault(Fault::NotReached(Cause::Certificate)))), "{refused:?}");
    request.authority = Some(authority.clone());
    pc.sync.pair(request).await.unwrap();
    let _status = pc.until("online", |status| status.connection == Connection::Online && status.waiting == 0).await;
    let tested = outcomes(&pc, None).await;
    for (step, outcome) in Step::ALL.iter().zip(&tested) {
        assert!(matches!(outcome, Outcome::Good | Outcome::Warning(_)), "{step:?}: {outcome:?}");
    }
    assert_eq!(pc.store.link().await.unwrap().unwrap().authority, Some(authority));
}

#[tokio::test]
async fn another_authority_another_name_and_an_expired_certificate_are_refused() {
    let pc = SyncedPc::new("RECEPTION").await;
    let (good, other) = (Encrypted::start(&["127.0.0.1"]).await, Encrypted::start(&["127.0.0.1"]).await);
    let Ok(Looked::PrivateAuthority { authority, .. }) = pc.sync.look(&good.url()).await else { panic!("looked at") };
    let elsewhere = Encrypted::start(&["booking.eksempel.dk"]).await;
    let folder = tempfile::tempdir().unwrap();
    let tls = expired(folder.path());
    let late = Encrypted::with(folder, tls).await;
    let fault = async |url: String, authority: Option<String>| match outcome_of(
        &pc,
        Some(Typed { address: url, authority }),
        Step::Certificate,
    )
    .await
    {
        Outcome::Failed(Failure::Certificate { fault, shown, kept }) => (fault, shown, kept),
        outcome => panic!("{outcome:?}"),
    };
    let (refused, shown, kept) = fault(other.url(), Some(authority.clone())).await;
    assert_eq!(refused, CertificateFault::UnknownAuthority);
    assert_eq!((shown, kept), (Some(other.fingerprint()), Some(good.fingerprint())));
    assert_eq!(fault(good.url(), None).await.0, CertificateFault::UnknownAuthority);
    for (server, expected) in [(&elsewhere, CertificateFault::OtherName), (&late, CertificateFault::Expired)] {
        let looked = pc.sync.look(&server.url()).await;
        assert!(matches!(looked, Err(Fault::NotReached(Cause::Certificate))), "{expected:?}: {looked:?}");
        let last = std::fs::read_to_string(server.folder.path().join("chain.pem"))
            .or_else(|_| std::fs::read_to_string(server.folder.path().join("authority.pem")))
            .unwrap();
        let last = last[last.rfind("-----BEGIN CERTIFICATE").unwrap()..].to_owned();
        assert_eq!(fault(server.url(), Some(last)).await.0, expected);
    }
    let nonsense = fault(good.url(), Some("no certificate".to_owned())).await;
    assert_eq!(nonsense.0, CertificateFault::Unreadable);
}

#[tokio::test]
async fn nothing_is_sent_in_the_clear() {
    let pc = SyncedPc::new("RECEPTION").await;
    let server = Encrypted::start(&["127.0.0.1"]).await;
    let not_encrypted = pc.sync.look("http://192.0.2.1").await;
    assert!(matches!(not_encrypted, Err(Fault::Address(NotAnAddress::NotEncrypted))), "{not_encrypted:?}");
    // A server that encrypts is not spoken to in the clear, and the other way round.
    let clear = pc.sync.look(&format!("http://{}", server.address)).await;
    assert!(matches!(clear, Err(Fault::NotReached(_))), "{clear:?}");
    let plain = crate::test_server::TestServer::start().await;
    let encrypted = pc.sync.look(&format!("https://{}", plain.address)).await;
    assert!(matches!(encrypted, Err(Fault::NotReached(_))), "{encrypted:?}");
    assert_eq!(pc.sync.look(&plain.url("")).await.unwrap(), Looked::Trusted);
    plain.stop().await;
}
