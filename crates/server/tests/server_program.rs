//! The built `booking-server`, as a process of its own on a database of the test.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long it may take to start: two cores may be busy with a build.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct ServerProgram {
    pub child: Child,
    pub address: SocketAddr,
}

impl ServerProgram {
    /// Serves by the machine's clock, or by one that stands still; when this returns, it answers.
    pub fn start(database: &Path, arguments: &[&str]) -> Self {
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr()).unwrap();
        Self::start_at(free, database, arguments)
    }

    pub fn start_at(address: SocketAddr, database: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_booking-server"))
            .arg("serve")
            .arg("--database")
            .arg(format!("sqlite:{}", database.display()))
            .args(["--listen", &address.to_string()])
            .args(arguments)
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
        Self { child, address }
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
