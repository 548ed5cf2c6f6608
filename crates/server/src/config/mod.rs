//! How the server runs.

mod client;
pub mod file;
mod messages;
mod patients;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use serde::Deserialize;

use crate::clock::Clock;

pub use client::ClientProgram;
pub use messages::{BodyFormat, Messages, SmsGateway, Smtp, SmtpSecurity, danish_numbers};
pub use patients::PatientLimits;

/// Where `serve` listens when it is told nothing: this machine only.
pub const LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8750);

/// What `serve` is told.
#[derive(Clone, Debug)]
pub struct Config {
    pub database: Database,
    pub clock: Clock,
    /// Plain HTTP without it, which is for loopback only.
    pub tls: Option<Tls>,
    /// Whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    pub connections: Connections,
    pub patience: Patience,
    pub messages: Messages,
    pub patients: PatientLimits,
    /// The newest program for the clinics' PCs; none: they are not told.
    pub client: Option<ClientProgram>,
}

/// Where the records are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    Sqlite(PathBuf),
}

/// By whose certificate the server is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tls {
    /// Somebody else sees to it that the files are renewed; they are read again every hour.
    Files { certificate: PathBuf, key: PathBuf },
    /// The server is its own authority, whose fingerprint the clinic's PCs show when they are paired.
    PrivateAuthority { folder: PathBuf, names: Vec<String> },
}

/// How long the server waits for whoever asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// For the head of a request, also of the next one on the same connection.
    pub head: Duration,
    /// From the head of an ordinary request until its answer begins.
    pub request: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { head: Duration::from_secs(15), request: Duration::from_secs(30) }
    }
}

/// How many connections may be open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Connections {
    pub in_all: usize,
    /// Of one address that is neither a trusted proxy nor this machine.
    pub of_one_address: usize,
}

impl Default for Connections {
    fn default() -> Self {
        Self { in_all: 10_000, of_one_address: 250 }
    }
}

impl Config {
    /// What holds when nothing else was said: messages are files in a folder beside the database.
    pub fn new(database: Database, clock: Clock) -> Self {
        let Database::Sqlite(file) = &database;
        let messages = Messages { folder: Some(file.with_file_name("messages")), ..Messages::default() };
        Self {
            database,
            clock,
            tls: None,
            trusted_proxies: vec![],
            connections: Connections::default(),
            patience: Patience::default(),
            messages,
            patients: PatientLimits::default(),
            client: None,
        }
    }
}
