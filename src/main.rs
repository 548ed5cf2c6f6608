//! Starts the window, or carries out a command. The clock is read here and nowhere else.

use std::process::ExitCode;

use aftalebog::app::{self, App, Start};
use aftalebog::command_line::{CommandLine, Order, order};
use chrono::{DateTime, Utc};
use clap::Parser;

fn main() -> ExitCode {
    match order(CommandLine::parse(), now) {
        Order::Window(start) => match window(start) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => failed(&error.to_string()),
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
