//! `booking-server`.

use std::process::ExitCode;

fn main() -> ExitCode {
    aftalebog_server::command_line::run()
}
