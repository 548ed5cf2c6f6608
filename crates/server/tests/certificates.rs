//! Only the clinic's own server is talked to, and what is sent there is encrypted.

use std::net::SocketAddr;
use std::path::Path;

use aftalebog_booking::Kind;
use aftalebog_local::sync::{
    Cause, CertificateFault, Connection, Failure, Fault, Looked, NotAnAddress, Outcome, PairFault, PairRequest,
    Replace, Status, Step, Typed,
};
use aftalebog_server::access::Device;
use aftalebog_server::clock::Clock;
use aftalebog_server::config::{Config, Database, Tls};
use aftalebog_server::serve::serve;
use aftalebog_server::store::Store;
use aftalebog_server::tls;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use serde_json::json;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::connection::{outcome_of, outcomes};
use crate::synced_pc::{SyncedPc, first};

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
        let store = Store::open(&folder.path().join("server.db")).await.unwrap();
        Self::of_store(store, folder, tls).await
    }

    /// On records that others may serve too.
    async fn of_store(store: Store, folder: TempDir, tls: Tls) -> Self {
        let _set_already = rustls::crypto::ring::default_provider().install_default();
        let mut config = Config::new(Database::Sqlite(folder.path().join("server.db")), Clock::Running);
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

/// Somebody who signs certificates.
struct Authority {
    params: CertificateParams,
    key: KeyPair,
    certificate: String,
}

/// Until when a certificate holds, and from when on: the first of January of two years.
type Years = (i32, i32);

const NOW: Years = (2020, 2120);
const PAST: Years = (2020, 2021);
const FUTURE: Years = (2119, 2120);

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap().pem();
        Self { params, key, certificate }
    }

    /// A server's certificate, which lies in that folder.
    fn signs(&self, folder: &Path, name: &str, (from, to): Years) -> Tls {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new([name.to_owned()]).unwrap();
        (params.not_before, params.not_after) = (date_time_ymd(from, 1, 1), date_time_ymd(to, 1, 1));
        let certificate = params.signed_by(&key, &Issuer::from_params(&self.params, &self.key)).unwrap();
        let (chain, key_file) = (folder.join("chain.pem"), folder.join("key.pem"));
        std::fs::write(&chain, certificate.pem() + &self.certificate).unwrap();
        std::fs::write(&key_file, key.serialize_pem()).unwrap();
        Tls::Files { certificate: chain, key: key_file }
    }
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
    let tls = Authority::new().signs(folder.path(), "127.0.0.1", PAST);
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

/// Whatever answers at the server's address has the clinic's records, and would take the change.
#[tokio::test]
async fn a_paired_pc_tells_nothing_to_whoever_shows_another_certificate_and_names_what_is_wrong_with_it() {
    let (kept, another) = (Authority::new(), Authority::new());
    let signed = |authority: &Authority, name: &str, years| {
        let folder = tempfile::tempdir().unwrap();
        let tls = authority.signs(folder.path(), name, years);
        (folder, tls)
    };
    let (folder, tls) = signed(&kept, "127.0.0.1", NOW);
    let good = Encrypted::with(folder, tls).await;
    let mut pc = SyncedPc::new("RECEPTION").await;
    let fingerprint = pair(&pc, &good).await;
    let link = pc.store.link().await.unwrap().unwrap();
    let device = Device { id: link.device, clinic: link.clinic };
    let arrived = async |phone: &str| good.store.snapshot(device).await.unwrap().contains(phone);
    let patient = first(&pc.snapshot().await, Kind::Patient);
    let cases = [
        (&another, "127.0.0.1", NOW, CertificateFault::UnknownAuthority),
        (&kept, "booking.eksempel.dk", NOW, CertificateFault::OtherName),
        (&kept, "127.0.0.1", PAST, CertificateFault::Expired),
        (&kept, "127.0.0.1", FUTURE, CertificateFault::NotYetValid),
    ];
    for (number, (authority, name, years, expected)) in (1..).zip(cases) {
        let (folder, tls) = signed(authority, name, years);
        let server = Encrypted::of_store(good.store.clone(), folder, tls).await;
        pc = answered_by(pc, &server).await;
        let phone = format!("{number:08}");
        pc.set(&patient, json!({"phone": phone})).await;
        let refuses = |status: &Status| {
            matches!(status.connection, Connection::Offline { cause: Cause::Certificate, .. })
                && status.waiting == number
        };
        let _status = pc.until("refusing it", refuses).await;
        assert!(!arrived(&phone).await, "{expected:?}");
        let outcome = outcome_of(&pc, None, Step::Certificate).await;
        let Outcome::Failed(Failure::Certificate { fault, shown, kept }) = outcome else { panic!("{outcome:?}") };
        assert_eq!(fault, expected);
        assert_eq!(kept.as_ref(), Some(&fingerprint));
        assert_eq!(shown != kept, expected == CertificateFault::UnknownAuthority, "both fingerprints are named");
    }
    pc = answered_by(pc, &good).await;
    let _status = pc.until("online", |status| status.connection == Connection::Online && status.waiting == 0).await;
    assert!(arrived("00000004").await, "the control: of the authority that was compared, it is told");
}

/// With the authority that the server shows, whose fingerprint it is.
async fn pair(pc: &SyncedPc, server: &Encrypted) -> String {
    let looked = pc.sync.look(&server.url()).await.unwrap();
    let Looked::PrivateAuthority { fingerprint, authority } = looked else { panic!("{looked:?}") };
    let clinic = server.store.add_clinic("Ågade".to_owned(), Clock::Running.now()).await.unwrap();
    let code = clinic.code.reveal().to_owned();
    let (address, authority) = (server.url(), Some(authority));
    pc.sync.pair(PairRequest { address, authority, code, replace: Replace::Ask }).await.unwrap();
    let _status = pc.until("online", |status| status.connection == Connection::Online && status.waiting == 0).await;
    fingerprint
}

/// The address of its server is somebody else's now.
async fn answered_by(pc: SyncedPc, server: &Encrypted) -> SyncedPc {
    let folder = pc.end().await;
    let file = rusqlite::Connection::open(folder.path().join("clinic.db")).unwrap();
    assert_eq!(file.execute("update server_link set address = ?1", [server.url() + "/"]).unwrap(), 1);
    drop(file);
    SyncedPc::start_again(folder, "RECEPTION").await
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
