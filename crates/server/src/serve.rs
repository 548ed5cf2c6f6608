//! The server as it runs: a listener, a database, and an orderly end.

use std::net::SocketAddr;
use std::time::Duration;

use axum_server::Handle;
use axum_server::tls_rustls::RustlsAcceptor;
use thiserror::Error;
use tokio::net::TcpListener;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::config::Config;
use crate::connections::Admission;
use crate::housekeeping::keep_house;
use crate::message::{CannotSend, Channel, Post, deliver};
use crate::routes::router;
use crate::state::App;
use crate::store::Store;
use crate::tls::{self, TlsError};

/// What has been begun is finished within this time, when the server is told to stop.
pub const TO_FINISH: Duration = Duration::from_secs(10);

/// More than any of our clients sends in a request's head.
const HEAD_BYTES: usize = 16 * 1024;
const HEADERS: usize = 64;

/// A connection over HTTP/2 carries so many requests at a time: a PC's polls, and what it does besides.
const STREAMS: u32 = 32;

/// Whether the database still runs is asked so often.
const WATCHED_EVERY: Duration = Duration::from_secs(5);

/// Why the server could not go on.
#[derive(Debug, Error)]
pub enum ServeError {
    /// Only this machine may talk to it without encryption.
    #[error("{0} can be reached from other machines, and there is no certificate")]
    PlainBeyondLoopback(SocketAddr),
    #[error(transparent)]
    Tls(#[from] TlsError),
    #[error(transparent)]
    Post(#[from] CannotSend),
    #[error("the listener: {0}")]
    Listener(#[from] std::io::Error),
    /// Whoever started it is to start it again.
    #[error("the database has stopped")]
    DatabaseStopped,
}

/// Serves until it is told to stop; what has been begun is finished first.
pub async fn serve(
    listener: TcpListener,
    store: Store,
    config: Config,
    stop: CancellationToken,
) -> Result<(), ServeError> {
    let address = listener.local_addr()?;
    if config.tls.is_none() && !address.ip().is_loopback() {
        return Err(ServeError::PlainBeyondLoopback(address));
    }
    let head = config.patience.head;
    let (tls, admission) = (config.tls.clone(), Admission::new(config.connections, config.trusted_proxies.clone()));
    let post = Post::new(&config.messages)?;
    let app = App::new(store, config, post, stop.clone());
    // Ends what runs beside the requests, also when the listener fails.
    let ended = stop.clone().drop_guard();
    let tasks = TaskTracker::new();
    for channel in [Channel::Email, Channel::Sms] {
        let _delivers = tasks.spawn(deliver(app.clone(), channel, stop.clone()));
    }
    let _forgets = tasks.spawn(keep_house(app.clone(), stop.clone()));

    let handle = Handle::new();
    let watched = app.store.clone();
    let stopped = tasks.spawn(database_stopped(watched, stop.clone()));
    let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
    let mut server = axum_server::from_tcp(listener.into_std()?)?.handle(handle.clone()).first_request_timeout(head);
    let builder = server.http_builder();
    let _http1 = builder.http1().header_read_timeout(head).max_buf_size(HEAD_BYTES * 4).max_headers(HEADERS);
    let _http2 = builder
        .http2()
        .max_concurrent_streams(STREAMS)
        .max_header_list_size(HEAD_BYTES.try_into().unwrap_or(u32::MAX))
        .keep_alive_interval(Duration::from_secs(20))
        .keep_alive_timeout(Duration::from_secs(20));
    if tls.is_none() {
        // Nobody speaks HTTP/2 without encryption, and looking whether somebody does doubles what a
        // connection keeps in memory.
        server = server.http1_only();
    }
    let stopping = stop.clone();
    let _ends = tasks.spawn(async move {
        stopping.cancelled().await;
        handle.graceful_shutdown(Some(TO_FINISH));
    });
    match tls {
        None => server.acceptor(admission).serve(service).await?,
        Some(tls) => {
            let certificate = tls::Certificate::load(&tls).await?;
            let acceptor = RustlsAcceptor::new(certificate.config()).acceptor(admission);
            let _renews = tasks.spawn(certificate.renew(stop));
            server.acceptor(acceptor).serve(service).await?;
        }
    }
    drop(ended);
    let _closed = tasks.close();
    tasks.wait().await;
    if stopped.await.unwrap_or_default() { Err(ServeError::DatabaseStopped) } else { Ok(()) }
}

/// Ends the server when its database has ended: whoever has started it starts it again, while one that
/// answers with nothing but errors would be left alone.
async fn database_stopped(store: Store, stop: CancellationToken) -> bool {
    while stop.run_until_cancelled(sleep(WATCHED_EVERY)).await.is_some() {
        if store.has_stopped().await {
            tracing::error!("the database has stopped");
            stop.cancel();
            return true;
        }
    }
    false
}
