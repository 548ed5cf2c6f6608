//! The server as it runs: a listener, a database, and an orderly end.

use std::sync::Arc;

use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::config::Config;
use crate::routes::router;
use crate::state::App;
use crate::store::Store;

/// Serves until it is told to stop; what has been begun is finished first.
pub async fn serve(
    listener: TcpListener,
    store: Store,
    config: Config,
    stop: CancellationToken,
) -> std::io::Result<()> {
    let app = App { store, config: Arc::new(config) };
    axum::serve(listener, router(app)).with_graceful_shutdown(async move { stop.cancelled().await }).await
}
