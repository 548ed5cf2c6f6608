//! What is counted while the server runs, as Prometheus reads it: by route, never by clinic or person.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use axum::http::{Method, StatusCode};

/// How long requests take is counted up to each of these, in milliseconds.
const BUCKETS: [u64; 12] = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 5_000, 30_000];

/// The counters of one server.
#[derive(Debug, Default)]
pub struct Metrics {
    routes: Mutex<BTreeMap<String, Route>>,
    /// Polls that wait for a change.
    pub polls_waiting: Gauge,
    pub messages_sent: Counter,
    pub messages_failed: Counter,
}

#[derive(Debug, Default)]
struct Route {
    answers: BTreeMap<(&'static str, u16), u64>,
    /// How many took so long, each in the first bucket that holds it; the last holds the rest.
    took: [u64; BUCKETS.len() + 1],
    took_in_all: Duration,
}

#[derive(Debug, Default)]
pub struct Counter(AtomicU64);

impl Counter {
    pub fn add(&self, count: u64) {
        let _before = self.0.fetch_add(count, Ordering::Relaxed);
    }
}

#[derive(Debug, Default)]
pub struct Gauge(AtomicI64);

/// Counts among what a gauge shows until it is dropped.
pub struct Counted<'a>(&'a Gauge);

impl Gauge {
    pub fn count(&self) -> Counted<'_> {
        let _before = self.0.fetch_add(1, Ordering::Relaxed);
        Counted(self)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        let _before = self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// What the database says when it is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub clinics: u64,
    pub devices: u64,
    /// What was done, as the audit trails count it.
    pub deeds: u64,
    pub messages_waiting: u64,
}

impl Metrics {
    /// `route` is the template of the list of routes, never the address that was asked for.
    pub fn answered(&self, route: &str, method: &Method, status: StatusCode, took: Duration) {
        let mut routes = self.routes.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if !routes.contains_key(route) {
            let _none = routes.insert(route.to_owned(), Route::default());
        }
        let Some(seen) = routes.get_mut(route) else { return };
        *seen.answers.entry((name_of(method), status.as_u16())).or_default() += 1;
        let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        seen.took[BUCKETS.partition_point(|bucket| *bucket < milliseconds)] += 1;
        seen.took_in_all += took;
    }

    /// Prometheus' text, version 0.0.4.
    pub fn text(&self, counts: Counts) -> String {
        let mut text = String::new();
        let routes = self.routes.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        head(&mut text, "requests_total", "counter", "Requests by route, method and status.");
        for (route, seen) in routes.iter() {
            for ((method, status), count) in &seen.answers {
                line(
                    &mut text,
                    "requests_total",
                    &format!("route={route:?},method={method:?},status=\"{status}\""),
                    count,
                );
            }
        }
        head(&mut text, "request_seconds", "histogram", "How long requests took, by route.");
        for (route, seen) in routes.iter() {
            let mut so_far = 0;
            for (bucket, count) in BUCKETS.iter().zip(seen.took) {
                so_far += count;
                let seconds = Duration::from_millis(*bucket).as_secs_f64();
                line(&mut text, "request_seconds_bucket", &format!("route={route:?},le=\"{seconds}\""), so_far);
            }
            let all: u64 = seen.took.iter().sum();
            line(&mut text, "request_seconds_bucket", &format!("route={route:?},le=\"+Inf\""), all);
            line(&mut text, "request_seconds_sum", &format!("route={route:?}"), seen.took_in_all.as_secs_f64());
            line(&mut text, "request_seconds_count", &format!("route={route:?}"), all);
        }
        drop(routes);
        let Counts { clinics, devices, deeds, messages_waiting } = counts;
        let (sent, failed) = (&self.messages_sent.0, &self.messages_failed.0);
        let waiting = self.polls_waiting.0.load(Ordering::Relaxed).unsigned_abs();
        for (name, kind, help, value) in [
            ("polls_waiting", "gauge", "Polls that wait for a change.", waiting),
            ("clinics", "gauge", "Clinics on this server.", clinics),
            ("devices", "gauge", "PCs that have access.", devices),
            ("deeds_total", "counter", "What was done, as the audit trails count it.", deeds),
            ("messages_waiting", "gauge", "Messages to patients that are not sent yet.", messages_waiting),
            ("messages_sent_total", "counter", "Messages to patients that were sent.", sent.load(Ordering::Relaxed)),
            (
                "messages_failed_total",
                "counter",
                "Tries to send a message that failed.",
                failed.load(Ordering::Relaxed),
            ),
        ] {
            head(&mut text, name, kind, help);
            line(&mut text, name, "", value);
        }
        text
    }
}

const PREFIX: &str = "booking_server_";

fn head(text: &mut String, name: &str, kind: &str, help: &str) {
    let _never_fails = write!(text, "# HELP {PREFIX}{name} {help}\n# TYPE {PREFIX}{name} {kind}\n");
}

fn line(text: &mut String, name: &str, labels: &str, value: impl std::fmt::Display) {
    let labels = if labels.is_empty() { String::new() } else { format!("{{{labels}}}") };
    let _never_fails = writeln!(text, "{PREFIX}{name}{labels} {value}");
}

/// Anybody can make up a method; we count those that there are.
fn name_of(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_counted_in_the_bucket_that_holds_it() {
        let metrics = Metrics::default();
        for milliseconds in [0, 1, 3, 60_000] {
            let took = Duration::from_millis(milliseconds);
            metrics.answered("/api/v1/hello", &Method::GET, StatusCode::OK, took);
        }
        let made_up = Method::from_bytes(b"MADEUP").unwrap();
        metrics.answered("none", &made_up, StatusCode::NOT_FOUND, Duration::ZERO);
        let waiting = metrics.polls_waiting.count();
        let text = metrics.text(Counts { clinics: 2, ..Counts::default() });
        drop(waiting);
        for line in [
            r#"booking_server_requests_total{route="/api/v1/hello",method="GET",status="200"} 4"#,
            r#"booking_server_requests_total{route="none",method="other",status="404"} 1"#,
            r#"booking_server_request_seconds_bucket{route="/api/v1/hello",le="0.001"} 2"#,
            r#"booking_server_request_seconds_bucket{route="/api/v1/hello",le="0.005"} 3"#,
            r#"booking_server_request_seconds_bucket{route="/api/v1/hello",le="30"} 3"#,
            r#"booking_server_request_seconds_bucket{route="/api/v1/hello",le="+Inf"} 4"#,
            r#"booking_server_request_seconds_sum{route="/api/v1/hello"} 60.004"#,
            "booking_server_polls_waiting 1",
            "booking_server_clinics 2",
        ] {
            assert!(text.lines().any(|told| told == line), "{line} in\n{text}");
        }
        assert!(metrics.text(Counts::default()).contains("booking_server_polls_waiting 0"));
    }
}
