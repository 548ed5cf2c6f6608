//! How the server runs.

use std::path::PathBuf;

use crate::clock::Clock;

/// What `serve` is told.
#[derive(Clone, Debug)]
pub struct Config {
    pub database: Database,
    pub clock: Clock,
}

/// Where the records are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    Sqlite(PathBuf),
}
