//! What is said through it is what the program beside it says; here that one is a script.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "it is a test")]

use std::fs;
use std::io::{Read as _, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

/// A folder with a copy of the program, and beside it the script, if there is one.
fn program(script: Option<&str>) -> (TempDir, Command) {
    let folder = TempDir::new().unwrap();
    let console = folder.path().join("console");
    let _bytes = fs::copy(PathBuf::from(env!("CARGO_BIN_EXE_aftalebog-console")), &console).unwrap();
    if let Some(script) = script {
        let program = folder.path().join("aftalebog");
        fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    }
    (folder, Command::new(console))
}

fn run(script: Option<&str>, arguments: &[&str]) -> Output {
    let (_folder, mut program) = program(script);
    program.args(arguments).stdin(Stdio::null()).output().unwrap()
}

#[test]
fn arguments_words_errors_and_status_are_handed_on() {
    let said = run(Some("echo \"$# $2 $AFTALEBOG_CONSOLE\"; echo 'Æ' >&2; exit 7"), &["export", "Møllesøen æøå.json"]);
    assert_eq!(said.status.code(), Some(7));
    assert_eq!(String::from_utf8_lossy(&said.stdout), "2 Møllesøen æøå.json yes\n");
    assert_eq!(String::from_utf8_lossy(&said.stderr), "Æ\n");
}

#[test]
fn a_question_is_seen_before_it_is_answered() {
    const QUESTION: &[u8] = "Erstat «Møllesøen»? (ja/nej) ".as_bytes();
    let script = "printf 'Erstat «Møllesøen»? (ja/nej) '; read -r answer; echo \"$answer\"";
    let (_folder, mut program) = program(Some(script));
    let mut asking = program.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let (mut answer, mut said) = (asking.stdin.take().unwrap(), asking.stdout.take().unwrap());
    let (seen, question) = mpsc::channel();
    let reading = thread::spawn(move || {
        let mut bytes = vec![0; QUESTION.len()];
        said.read_exact(&mut bytes).unwrap();
        seen.send(bytes).unwrap();
        let mut rest = String::new();
        let _length = said.read_to_string(&mut rest).unwrap();
        rest
    });
    let question = question.recv_timeout(Duration::from_secs(30));
    answer.write_all(b"ja\n").unwrap();
    assert_eq!((reading.join().unwrap().as_str(), asking.wait().unwrap().code()), ("ja\n", Some(0)));
    assert_eq!(question.as_deref(), Ok(QUESTION));
}

#[test]
fn much_on_both_streams_is_handed_on() {
    let said = run(Some("for _ in 1 2 3; do head -c 300000 /dev/zero; head -c 300000 /dev/zero >&2; done"), &[]);
    assert_eq!((said.status.code(), said.stdout.len(), said.stderr.len()), (Some(0), 900_000, 900_000));
}

#[test]
fn without_the_program_it_says_so() {
    let said = run(None, &[]);
    assert_eq!(said.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&said.stderr).starts_with("aftalebog: "), "{said:?}");
}
