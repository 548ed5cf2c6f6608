//! How long it is waited before the server is asked again.

use std::time::Duration;

use chrono::DateTime;
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

/// The longest that is waited by itself: fifteen thousand PCs after a failure are fifty calls a second.
pub(super) const LONGEST: Duration = Duration::from_secs(300);

/// The longest that a server may ask to wait: whatever is longer is a mistake.
const LONGEST_ASKED: Duration = Duration::from_secs(3600);

/// How long is waited after so many failures one after the other; `chance` is between 0 and 1. Any
/// time up to the limit: PCs that lost a server together do not come back together.
pub(super) fn pause(failures: u32, chance: f64) -> Duration {
    let limit = Duration::from_secs(1).saturating_mul(2_u32.saturating_pow(failures.min(16))).min(LONGEST);
    limit.mul_f64(chance.clamp(0.0, 1.0))
}

/// What the server asks to wait, if it makes sense: as seconds, or as an instant of its own clock.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let asked = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = asked.parse::<u64>() {
        return sane(seconds);
    }
    // The clock of this PC may be wrong: the server's own is compared with itself.
    let instant = |text: &str| DateTime::parse_from_rfc2822(text.trim()).ok();
    let (until, now) = (instant(asked)?, instant(headers.get(DATE)?.to_str().ok()?)?);
    u64::try_from((until - now).num_seconds()).ok().and_then(sane)
}

pub(super) fn sane(seconds: u64) -> Option<Duration> {
    (seconds > 0).then(|| Duration::from_secs(seconds).min(LONGEST_ASKED))
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::HeaderValue;

    #[test]
    fn it_is_waited_longer_after_each_failure_and_never_for_ever() {
        let longest = |failures| pause(failures, 1.0).as_secs();
        assert_eq!([0, 1, 2, 8, 9, 30, u32::MAX].map(longest), [1, 2, 4, 256, 300, 300, 300]);
        assert_eq!(pause(5, 0.0), Duration::ZERO);
        assert_eq!(pause(5, 0.5), Duration::from_secs(16));
        assert_eq!(pause(5, 7.0), Duration::from_secs(32));
    }

    #[test]
    fn what_the_server_asks_is_believed_as_far_as_it_makes_sense() {
        #[track_caller]
        fn check(asked: &'static str, date: Option<&'static str>, expected: Option<u64>) {
            let mut headers = HeaderMap::new();
            let _none = headers.insert(RETRY_AFTER, HeaderValue::from_static(asked));
            if let Some(date) = date {
                let _none = headers.insert(DATE, HeaderValue::from_static(date));
            }
            assert_eq!(retry_after(&headers), expected.map(Duration::from_secs), "{asked}");
        }
        const NOON: Option<&str> = Some("Mon, 23 Nov 2026 12:00:00 GMT");
        check("120", None, Some(120));
        check("0", None, None);
        check("-1", None, None);
        check("1000000000000", None, Some(3600));
        check("99999999999999999999999999", None, None);
        check("soon", None, None);
        check("", None, None);
        check("1.5", None, None);
        check("Mon, 23 Nov 2026 12:01:00 GMT", NOON, Some(60));
        check("Mon, 23 Nov 2026 11:59:00 GMT", NOON, None);
        check("Mon, 23 Nov 2099 12:00:00 GMT", NOON, Some(3600));
        check("Mon, 23 Nov 2026 12:01:00 GMT", None, None);
        check("Mon, 23 Nov 2026 12:01:00 GMT", Some("yesterday"), None);
    }
}
