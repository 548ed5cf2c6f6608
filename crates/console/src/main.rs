//! `aftalebog.com` on Windows. `aftalebog.exe` has a window and therefore no console; a command line finds `.com`
//! before `.exe`, and this one hands on the arguments, what is answered, and the status.

use std::env;
use std::io::{self, Read, Write};
use std::process::{self, Command, Stdio};
use std::thread;

fn main() {
    process::exit(answered().unwrap_or_else(|error| {
        eprintln!("aftalebog{}: {error}", env::consts::EXE_SUFFIX);
        2
    }))
}

fn answered() -> io::Result<i32> {
    let beside = env::current_exe()?.with_file_name(format!("aftalebog{}", env::consts::EXE_SUFFIX));
    // Whether a program without a console may write to one that it is handed is not said anywhere; to a pipe it may.
    let mut program = Command::new(beside)
        .args(env::args_os().skip(1))
        .env("AFTALEBOG_CONSOLE", "yes")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let errors = program.stderr.take().map(|errors| thread::spawn(|| hand_on(errors, io::stderr())));
    if let Some(said) = program.stdout.take() {
        hand_on(said, io::stdout())?;
    }
    if let Some(errors) = errors {
        errors.join().unwrap_or_else(|_| Err(io::Error::other("its errors were lost")))?;
    }
    // Only a signal, which Windows does not have, leaves no status.
    Ok(program.wait()?.code().unwrap_or(2))
}

/// Each part as soon as it is said: a question ends no line, and waits for its answer.
fn hand_on(mut from: impl Read, mut to: impl Write) -> io::Result<()> {
    let mut part = [0; 8192];
    loop {
        let length = match from.read(&mut part) {
            Ok(0) => return Ok(()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            read => read?,
        };
        match to.write_all(&part[..length]).and_then(|()| to.flush()) {
            // Whoever reads has read enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(()),
            handed => handed?,
        }
    }
}
