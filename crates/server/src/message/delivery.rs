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

/// So many seconds a letter waits after each try that failed; after one more it is given up.
const WAITS: [u32; 5] = [2, 10, 60, 600, 7200];

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
        let (due, next) = app.store.take_due_letters(channel, AT_ONCE, app.now()).await?;
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
    let (may_arrive, why) = match app.post.send(number, &letter).await {
        Ok(()) => return app.store.letters_done(vec![number]).await,
        Err(NotSent::Never(why)) => (0, why),
        Err(NotSent::Perhaps(why)) => (letter.may_arrive, why),
        Err(NotSent::Later(why)) => (letter.may_arrive + 1, why),
    };
    let next = wait(tries).map(|wait| app.now() + wait).filter(|next| may_arrive > 0 && *next < letter.expires_at);
    if let Some(next) = next {
        tracing::warn!(number, channel, tries, why, "a letter could not be sent, and is tried again");
        app.store.letter_waits(number, may_arrive, next).await
    } else {
        tracing::error!(
            number,
            channel,
            tries,
            why,
            "a letter could not be sent, or may not have been, and is given up"
        );
        app.store.letters_done(vec![number]).await
    }
}

/// How long a letter waits after so many tries; `None`: it was the last. Up to half of it is left to
/// chance: after an outage not all come at the same moment.
fn wait(tries: u32) -> Option<TimeDelta> {
    let longest = *WAITS.get(usize::try_from(tries.saturating_sub(1)).ok()?)?;
    Some(TimeDelta::seconds(rand::rng().random_range(longest.div_ceil(2)..=longest).into()))
}

/// When a letter that is not sent at once is of no use any more.
pub(super) fn useful_until(start: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
    start.max(now + TimeDelta::hours(1)).min(now + TimeDelta::days(2))
}
