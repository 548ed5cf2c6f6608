//! The log: one JSON object a line on the standard error output, without anything personal.

use std::panic;

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::{Layer as _, Registry, fmt};

use crate::config::file::LogLevel;

/// What writes the log. Other people's libraries say only what is wrong: they do not know what a
/// name or a number is.
pub fn subscriber<W>(level: LogLevel, writer: W) -> impl tracing::Subscriber
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let ours = match level {
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
    };
    let targets = Targets::new().with_default(LevelFilter::WARN.min(ours)).with_target("aftalebog_server", ours);
    let json = fmt::layer().json().flatten_event(true).with_current_span(false).with_span_list(false);
    Registry::default().with(json.with_writer(writer).with_filter(targets))
}

/// Of a panic the log tells where it was. What was said may quote a value.
pub fn tell_panics() {
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        let thread = std::thread::current();
        tracing::error!(place, thread = thread.name(), "a panic: a fault of this program");
    }));
}
