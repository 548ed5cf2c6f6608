//! Starts the window, or carries out a command. The clock is read here and nowhere else.

use std::process::ExitCode;

use aftalebog::app::{self, App, Start};
use aftalebog::command_line::{CommandLine, Order, display, order, unreadable};
use chrono::{DateTime, Utc};
use clap::Parser;

fn main() -> ExitCode {
    let line = match CommandLine::try_parse() {
        Ok(line) => line,
        Err(error) if error.use_stderr() => return failed(&unreadable(&error)),
        // Only help and the version were asked for.
        Err(asked) => asked.exit(),
    };
    match order(line, now) {
        Order::Window(start) => match display(&start).and_then(|()| window(start).map_err(|error| error.to_string())) {
            Ok(()) => ExitCode::SUCCESS,
            Err(words) => failed(&words),
        },
        Order::Shown | Order::Done(Ok(())) => ExitCode::SUCCESS,
        Order::Done(Err(words)) => failed(&words),
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
fn now() -> DateTime<Utc> {
    Utc::now()
}

/// 2: the program could not do what it was told.
fn failed(words: &str) -> ExitCode {
    eprintln!("{words}");
    ExitCode::from(2)
}

fn window(start: Start) -> iced::Result {
    start.log.keep_panics(now);
    iced::application(move || App::new(start.clone()), App::update, App::view)
        .settings(app::settings())
        .title(App::title)
        .theme(App::theme)
        .style(App::style)
        .subscription(App::subscription)
        .exit_on_close_request(false)
        .window_size(app::WINDOW)
        .run()
}
