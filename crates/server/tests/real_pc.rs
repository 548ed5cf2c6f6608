//! A clinic's PC as it is: its file, and what keeps it the same as the server. Only the window is missing.

use aftalebog_server::clock::Clock;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use aftalebog_booking::demo;
use aftalebog_local::Store;
use aftalebog_local::sync::{Options, PairRequest, Replace, Sync, Vault};
use chrono::NaiveDate;
use tempfile::TempDir;

pub struct RealPc {
    pub store: Store,
    pub sync: Sync,
    /// Unless somebody else sees to its folder.
    _kept: Option<TempDir>,
}

impl RealPc {
    /// With a demo clinic of its own, and no server.
    pub async fn with_the_demo(name: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let pc = Self::with_the_demo_in(folder.path().to_owned(), name).await;
        Self { _kept: Some(folder), ..pc }
    }

    pub async fn with_the_demo_in(folder: PathBuf, name: &str) -> Self {
        let _set_already = rustls::crypto::ring::default_provider().install_default();
        let clinic = demo::demo_clinic(today(), demo::SEED);
        let store = Store::create(file(&folder), clinic, Clock::Running.now()).await.unwrap();
        let sync = Sync::start(store.clone(), options(&folder, name));
        Self { store, sync, _kept: None }
    }

    /// What it holds is given, or replaced by what the server has.
    pub async fn pair(&self, server: &str, code: &str) {
        pair(&self.sync, server, code).await;
    }
}

/// The day of the demo clinic.
pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

pub fn file(folder: &Path) -> PathBuf {
    folder.join("klinik.db")
}

pub fn options(folder: &Path, name: &str) -> Options {
    Options {
        vault: Vault::of_files(&file(folder)),
        clock: Arc::new(|| Clock::Running.now()),
        device_name: name.to_owned(),
    }
}

pub async fn pair(sync: &Sync, server: &str, code: &str) {
    let request =
        PairRequest { address: server.to_owned(), authority: None, code: code.to_owned(), replace: Replace::Agreed };
    sync.pair(request).await.unwrap();
}
