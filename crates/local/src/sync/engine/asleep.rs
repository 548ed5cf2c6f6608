//! Notices that the PC has slept.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::time::sleep;

/// How often it is looked, and by how much the clock is then ahead.
pub(super) const LOOK_AT_CLOCK: Duration = Duration::from_secs(5);
const SLEPT: TimeDelta = TimeDelta::seconds(30);

/// When the PC has slept: its clock has gone on, and this thread has not.
pub(super) async fn slept(clock: &(impl Fn() -> DateTime<Utc> + ?Sized), look_every: Duration) {
    loop {
        let before = clock();
        sleep(look_every).await;
        if clock() - before > SLEPT {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    #[tokio::test]
    async fn a_pc_that_has_slept_is_noticed_when_its_clock_is_looked_at() {
        // Before and after each look: it goes on, is set by a little, is set back; and then it has slept.
        let looks = [(0, 5), (5, 10), (10, 39), (39, -7200), (-7200, -7170), (-7170, 28_000)];
        let looks = RefCell::new(looks.iter().flat_map(|(before, after)| [*before, *after]));
        let clock = || DateTime::UNIX_EPOCH + TimeDelta::seconds(looks.borrow_mut().next().expect("it was noticed"));
        slept(&clock, Duration::from_millis(1)).await;
        assert_eq!(looks.borrow_mut().next(), None, "it was noticed too early");
    }
}
