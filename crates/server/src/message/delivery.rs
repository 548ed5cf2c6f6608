//! The tasks that send what was written: one for each channel, so that neither waits for the other.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use rand::RngExt as _;
use tokio_util::sync::CancellationToken;

use super::{Channel, NotSent};
use crate::problem::Error;
use crate::serve::TO_FINISH;
use crate::state::App;
use crate::store::Due;

/// So many letters of a channel are on their way at the same time.
const AT_ONCE: u32 = 8;

/// Looks at least so often: another process may have written some.
const LOOKS: Duration = Duration::from_secs(30);

/// After a first failure a letter waits no longer than this, and each time twice as long.
const FIRST_WAIT: i64 = 4;

/// And never longer than this.
const LONGEST_WAIT: i64 = 300;

/// Sends the letters of a channel until it is told to stop; what is on its way is finished first.
pub async fn deliver(app: App, channel: Channel, stop: CancellationToken) {
    loop {
        let delivered = tokio::select! {
            delivered = deliver_due(&app, channel) => delivered,
            // What has not been sent by then is still there when the server begins again.
            () = async { stop.cancelled().await; tokio::time::sleep(TO_FINISH).await } => return,
        };
        let pause = delivered.unwrap_or_else(|error| {
            tracing::error!(%error, channel = channel.name(), "the letters could not be read, or what became of them not be written");
            LOOKS
        });
        tokio::select! {
            () = stop.cancelled() => return,
            () = app.post.written_by(channel).notified() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Sends what is due, and says how long nothing will be.
async fn deliver_due(app: &App, channel: Channel) -> Result<Duration, Error> {
    loop {
        let (due, next) = app.store.letters_due(channel, AT_ONCE, app.now()).await?;
        if due.is_empty() {
            let seconds = next.map(|next| (next - app.now()).num_seconds().max(1).unsigned_abs());
            return Ok(seconds.map_or(LOOKS, Duration::from_secs).min(LOOKS));
        }
        let sending: Vec<_> = due.into_iter().map(|due| tokio::spawn(deliver_one(app.clone(), due))).collect();
        // All of them first: one that is still on its way is not to be sent again.
        let mut all = Ok(());
        for sent in sending {
            // A panic has been reported where it happened; the letter is still there.
            if let Ok(sent) = sent.await {
                all = all.and(sent);
            }
        }
        all?;
    }
}

async fn deliver_one(app: App, due: Due) -> Result<(), Error> {
    let Due { number, tries, letter } = due;
    let channel = letter.channel.name();
    match app.post.send(number, &letter).await {
        Ok(()) => app.store.letters_done(vec![number]).await,
        Err(NotSent::Never(why)) => {
            tracing::error!(number, channel, why, "a letter cannot be sent, and is given up");
            app.store.letters_done(vec![number]).await
        }
        Err(NotSent::Later(why)) => {
            let until = app.now() + wait(tries);
            if until >= letter.expires_at {
                tracing::error!(number, channel, tries, why, "a letter could not be sent while it was of use");
                return app.store.letters_done(vec![number]).await;
            }
            tracing::warn!(number, channel, tries, why, "a letter could not be sent, and is tried again");
            app.store.letter_waits(number, until).await
        }
    }
}

/// Anything up to a bound that grows: after an outage not all come at the same moment.
fn wait(tries: u32) -> TimeDelta {
    let longest = FIRST_WAIT.saturating_mul(1 << tries.min(10)).min(LONGEST_WAIT);
    TimeDelta::seconds(rand::rng().random_range(1..=longest))
}

/// When a letter that is not sent at once is of no use any more.
pub(super) fn useful_until(start: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    start.max(now + TimeDelta::hours(1)).min(now + TimeDelta::days(2))
}
