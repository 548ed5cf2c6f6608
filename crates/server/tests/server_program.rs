//! The built `booking-server`, as a process of its own on a database of the test.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long it may take to start: two cores may be busy with a build.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct ServerProgram {
    pub child: Child,
    pub address: SocketAddr,
    database: PathBuf,
    arguments: Vec<String>,
}

impl ServerProgram {
    /// Serves by the machine's clock, or by one that stands still; when this returns, it answers.
    pub fn start(database: &Path, arguments: &[&str]) -> Self {
        // Whoever starts it again finds it at the same place.
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr()).unwrap();
        Self::start_at(free, database, arguments.iter().map(|&argument| argument.to_owned()).collect())
    }

    fn start_at(address: SocketAddr, database: &Path, arguments: Vec<String>) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_booking-server"))
            .arg("serve")
            .arg("--database")
            .arg(format!("sqlite:{}", database.display()))
            .args(["--listen", &address.to_string()])
            .args(&arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let began = Instant::now();
        while TcpStream::connect(address).is_err() {
            if let Some(ended) = child.try_wait().unwrap() {
                panic!("the server has ended: {ended}");
            }
            assert!(began.elapsed() < PATIENCE, "the server does not answer");
            std::thread::sleep(Duration::from_millis(5));
        }
        Self { child, address, database: database.to_owned(), arguments }
    }

    /// Without a word, as when the machine is switched off.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        let _killed = self.child.wait().unwrap();
    }

    /// On the same database, at the same place.
    pub fn start_again(mut self) -> Self {
        self.kill();
        Self::start_at(self.address, &self.database, self.arguments.clone())
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for ServerProgram {
    fn drop(&mut self) {
        // It may have been killed already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
