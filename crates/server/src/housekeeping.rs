//! Once an hour the server forgets what nobody needs any more.

use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use crate::problem::Error;
use crate::state::App;
use crate::store::FEED_LASTS;

const EVERY: Duration = Duration::from_secs(60 * 60);

/// Goes on until it is told to stop.
pub async fn keep_house(app: App, stop: CancellationToken) {
    let mut hours = interval(EVERY);
    hours.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _hour = hours.tick() => {}
            () = stop.cancelled() => return,
        }
        if let Err(error) = forget(&app).await {
            tracing::error!(%error, "what is old could not be forgotten");
        }
    }
}

async fn forget(app: &App) -> Result<(), Error> {
    let now = app.now();
    let changes = app.store.compact(now - FEED_LASTS).await?;
    app.store.forget_expired(now).await?;
    if let Err(error) = app.post.forget_old_files().await {
        tracing::error!(kind = %error.kind(), "old files of demo mode could not be removed");
    }
    tracing::debug!(changes, "old changes were taken out of the feed");
    Ok(())
}
