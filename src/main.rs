//! Starts the window, or carries out a command. The clock is read here and nowhere else.

// On Windows no console opens beside the window. `aftalebog.com` answers a command line, see crates/console.
#![windows_subsystem = "windows"]

use std::process::ExitCode;

use aftalebog::app::{self, App, Start};
use aftalebog::command_line::{CONSOLE, CommandLine, Order, display, order, unreadable};
use chrono::{DateTime, Utc};
use clap::Parser;

fn main() -> ExitCode {
    let line = match CommandLine::try_parse() {
        Ok(line) => line,
        Err(error) if error.use_stderr() => return failed(&unreadable(&error)),
        // Only help and the version were asked for.
        Err(asked) => asked.exit(),
    };
    let clicked = line.asks_for_the_window();
    let done = match order(line, now) {
        Order::Window(start) => display(&start).and_then(|()| window(start).map_err(|error| error.to_string())),
        Order::Shown => Ok(()),
        Order::Done(done) => done,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(words) => {
            if clicked {
                show(&words);
            }
            failed(&words)
        }
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

/// Whoever has clicked an icon of Windows sees nothing that is written to a stream.
fn show(words: &str) {
    if cfg!(windows) && std::env::var_os(CONSOLE).is_none() {
        let dialog = rfd::MessageDialog::new().set_level(rfd::MessageLevel::Error);
        let _pressed = dialog.set_title("Aftalebog").set_description(words).show();
    }
}

fn window(start: Start) -> iced::Result {
    start.log.keep_panics(now);
    iced::application(move || App::new(start.clone()), App::update, App::view)
        .settings(app::settings())
        .title(App::title)
        .theme(App::theme)
        .style(App::style)
        .subscription(App::subscription)
        .window(iced::window::Settings {
            size: app::WINDOW.into(),
            icon: Some(icon()),
            exit_on_close_request: false,
            // By it a Linux desktop knows which menu entry, and so which icon, the window is of.
            platform_specific: iced::window::settings::PlatformSpecific {
                #[cfg(target_os = "linux")]
                application_id: "aftalebog".to_owned(),
                ..Default::default()
            },
            ..iced::window::Settings::default()
        })
        .run()
}

/// The window's own: the one in the program's file is shown by Windows in other places only.
fn icon() -> iced::window::Icon {
    let pixels = include_bytes!("../assets/icon/aftalebog-48.rgba");
    iced::window::icon::from_rgba(pixels.to_vec(), 48, 48).expect("a picture of 48 by 48")
}
