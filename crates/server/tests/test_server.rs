//! A real server on a port of its own, with a database in a folder of its own.

use std::net::SocketAddr;
use std::path::Path;

use aftalebog_booking::wire::{PairRequest, Paired};
use aftalebog_server::clock::Clock;
use aftalebog_server::config::{Config, Database};
use aftalebog_server::secret::Secret;
use aftalebog_server::serve::{ServeError, serve};
use aftalebog_server::store::{NewClinic, Store};
use chrono::{DateTime, Utc};
use reqwest::{RequestBuilder, Response};
use serde_json::Value;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

pub struct TestServer {
    pub address: SocketAddr,
    pub store: Store,
    pub client: reqwest::Client,
    pub now: DateTime<Utc>,
    /// Removed with the server.
    pub folder: TempDir,
    stop: CancellationToken,
    running: JoinHandle<Result<(), ServeError>>,
}

/// A Monday morning at the demo clinic.
pub fn monday() -> DateTime<Utc> {
    "2026-11-23T08:10:00Z".parse().unwrap()
}

impl TestServer {
    pub async fn start() -> Self {
        Self::start_at(Clock::Fixed(monday())).await
    }

    pub async fn start_at(clock: Clock) -> Self {
        Self::start_with(clock, |_| {}).await
    }

    /// With what is configured differently.
    pub async fn start_with(clock: Clock, configure: impl FnOnce(&mut Config)) -> Self {
        Self::configured(tempfile::tempdir().unwrap(), clock, configure).await
    }

    /// In a folder of its own inside of one.
    pub async fn start_in(place: &Path) -> Self {
        Self::on(tempfile::tempdir_in(place).unwrap(), Clock::Fixed(monday())).await
    }

    /// Ends it in an orderly way, and starts one on the same database.
    pub async fn restart(self) -> Self {
        let Self { folder, now, stop, running, .. } = self;
        stop.cancel();
        running.await.unwrap().unwrap();
        Self::on(folder, Clock::Fixed(now)).await
    }

    /// With the database that is in the folder, if there is one.
    pub async fn on(folder: TempDir, clock: Clock) -> Self {
        Self::configured(folder, clock, |_| {}).await
    }

    pub async fn configured(folder: TempDir, clock: Clock, configure: impl FnOnce(&mut Config)) -> Self {
        // The first call sets it; each later one finds it set.
        let _set_already = rustls::crypto::ring::default_provider().install_default();
        let file = folder.path().join("server.db");
        let store = Store::open(&file).await.unwrap();
        let mut config = Config::new(Database::Sqlite(file), clock);
        configure(&mut config);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let stop = CancellationToken::new();
        let running = tokio::spawn(serve(listener, store.clone(), config, stop.clone()));
        Self { address, store, client: reqwest::Client::new(), now: clock.now(), folder, stop, running }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(self.url(path))
    }

    pub fn post(&self, path: &str, body: &impl serde::Serialize) -> RequestBuilder {
        self.client.post(self.url(path)).json(body)
    }

    pub async fn clinic(&self, name: &str) -> NewClinic {
        self.store.add_clinic(name.to_owned(), self.now).await.unwrap()
    }

    pub async fn pair(&self, clinic: &NewClinic, device: &str) -> Paired {
        self.pair_with(&clinic.code, device).await
    }

    pub async fn pair_with(&self, code: &Secret, device: &str) -> Paired {
        let answer = self.post("/api/v1/pair", &shown(code.reveal(), device)).send().await.unwrap();
        assert_eq!(answer.status(), 201);
        answer.json().await.unwrap()
    }

    /// Ends it in an orderly way.
    pub async fn stop(self) {
        drop(self.stop_and_keep().await);
    }

    /// Ends it, and gives the folder with its database, which is closed.
    pub async fn stop_and_keep(self) -> TempDir {
        self.stop.cancel();
        self.running.await.unwrap().unwrap();
        self.store.close().await;
        self.folder
    }
}

/// A PC shows a code.
pub fn shown(code: &str, device: &str) -> PairRequest {
    PairRequest { code: code.to_owned(), device: device.to_owned(), attempt: None }
}

/// The status and the code of the problem.
pub async fn problem(answer: Response) -> (u16, String) {
    let status = answer.status().as_u16();
    let problem: Value = answer.json().await.unwrap();
    let code = problem["type"].as_str().unwrap().strip_prefix("urn:aftalebog:problem:").unwrap().to_owned();
    assert_eq!(problem["status"], status);
    (status, code)
}
