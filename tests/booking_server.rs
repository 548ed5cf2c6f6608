//! A real booking server beside the window: with a runtime and a database of its own.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use aftalebog_server::clock::Clock;
use aftalebog_server::config::{ClientProgram, Config, Database, Tls};
use aftalebog_server::serve::serve;
use aftalebog_server::store::Store;
use aftalebog_server::tls;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::runtime::{self, Handle};
use tokio_util::sync::CancellationToken;

use crate::program::now;

/// What stands last in the address of [`BookingServer::clinic`].
pub const SLUG: &str = "tandlaegerne-ved-moellesoeen";

pub struct BookingServer {
    pub address: SocketAddr,
    pub store: Store,
    encrypted: bool,
    runtime: Handle,
    stop: CancellationToken,
    running: Option<JoinHandle<()>>,
    folder: TempDir,
}

impl BookingServer {
    pub fn start() -> Self {
        Self::start_with(None, None)
    }

    /// One that knows of this program for the clinic's PCs.
    pub fn start_knowing(client: ClientProgram) -> Self {
        Self::start_with(None, Some(client))
    }

    /// With an authority of its own, for this machine's number.
    pub fn start_private() -> Self {
        Self::start_with(Some(vec!["127.0.0.1".to_owned()]), None)
    }

    fn start_with(names: Option<Vec<String>>, client: Option<ClientProgram>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("server.db");
        let encrypted = names.is_some();
        let tls = names.map(|names| Tls::PrivateAuthority { folder: folder.path().to_owned(), names });
        let config = Config { tls, client, ..Config::new(Database::Sqlite(file.clone()), Clock::Fixed(now())) };
        let runtime = runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let opening = async { (Store::open(&file).await.unwrap(), TcpListener::bind("127.0.0.1:0").await.unwrap()) };
        let (store, listener) = runtime.block_on(opening);
        let (address, stop, handle) =
            (listener.local_addr().unwrap(), CancellationToken::new(), runtime.handle().clone());
        let (served, stopping) = (store.clone(), stop.clone());
        let running = std::thread::spawn(move || {
            runtime.block_on(serve(listener, served, config, stopping)).unwrap();
        });
        Self { address, store, encrypted, runtime: handle, stop, running: Some(running), folder }
    }

    /// As it is typed.
    pub fn url(&self) -> String {
        let scheme = if self.encrypted { "https" } else { "http" };
        format!("{scheme}://{}", self.address)
    }

    /// The code that pairs the first PC of a new clinic.
    pub fn clinic(&self) -> String {
        let adding = self.store.add_clinic("Tandlægerne ved Møllesøen".to_owned(), now());
        self.runtime.block_on(adding).unwrap().code.reveal().to_owned()
    }

    /// The one-time code in the last letter to a telephone.
    pub fn code_sent_to(&self, telephone: &str) -> String {
        let began = Instant::now();
        while self.runtime.block_on(self.store.letters_waiting()).unwrap() > 0 {
            assert!(began.elapsed() < Duration::from_secs(60), "the letters are sent");
            std::thread::sleep(Duration::from_millis(5));
        }
        let recipient: String = telephone.chars().filter(|letter| !letter.is_whitespace()).collect();
        let folder = std::fs::read_dir(self.folder.path().join("messages")).unwrap();
        let mut letters: Vec<PathBuf> = folder.map(|file| file.unwrap().path()).collect();
        letters.sort();
        let letters = letters.into_iter().rev().map(|file| std::fs::read_to_string(file).unwrap());
        let letter = letters.filter_map(|letter| letter.strip_prefix(&recipient).map(str::to_owned)).next();
        let letter = letter.expect("a letter was sent");
        let mut figures = letter.split(|letter: char| !letter.is_ascii_digit()).filter(|figures| figures.len() == 6);
        figures.next_back().expect("a code is in it").to_owned()
    }

    /// As the server shows it when it starts.
    pub fn fingerprint(&self) -> String {
        tls::fingerprint(&PathBuf::from(self.folder.path())).unwrap()
    }

    pub fn stop(&mut self) {
        self.stop.cancel();
        if let Some(running) = self.running.take() {
            running.join().unwrap();
        }
    }
}

impl Drop for BookingServer {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}
