//! What every handler is given.

use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use crate::calls::Calls;
use crate::config::Config;
use crate::health::{Counted, Readiness};
use crate::message::Post;
use crate::metrics::Metrics;
use crate::room::Room;
use crate::store::Store;

/// Hashing a one-time code takes 19 MiB and some milliseconds: no more than this at the same time.
const HASHED_AT_ONCE: usize = 2;

#[derive(Clone)]
pub struct App {
    pub store: Store,
    pub config: Arc<Config>,
    pub metrics: Arc<Metrics>,
    pub readiness: Arc<Readiness>,
    pub counted: Arc<Counted>,
    /// How often patients have asked lately.
    pub calls: Arc<Calls>,
    /// For what is large.
    pub room: Room,
    /// What is sent to patients.
    pub post: Arc<Post>,
    /// Whoever hashes a one-time code holds one of these.
    pub hashing: Arc<Semaphore>,
    /// The server is to end: whatever waits for something answers at once.
    pub stop: CancellationToken,
}

impl App {
    pub fn new(store: Store, config: Config, post: Post, stop: CancellationToken) -> Self {
        Self {
            store,
            config: Arc::new(config),
            metrics: Arc::default(),
            readiness: Arc::default(),
            counted: Arc::default(),
            calls: Arc::default(),
            room: Room::default(),
            post: Arc::new(post),
            hashing: Arc::new(Semaphore::new(HASHED_AT_ONCE)),
            stop,
        }
    }

    pub fn now(&self) -> chrono::DateTime<chrono::Utc> {
        self.config.clock.now()
    }
}
