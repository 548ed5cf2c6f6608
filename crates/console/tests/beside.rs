//! What is said through it is what the program beside it says; here that one is a script.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "it is a test")]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// The folder with a copy of the program, and beside it the script, if there is one.
fn run(script: Option<&str>, arguments: &[&str]) -> Output {
    let folder = TempDir::new().unwrap();
    let console = folder.path().join("console");
    let _bytes = fs::copy(PathBuf::from(env!("CARGO_BIN_EXE_aftalebog-console")), &console).unwrap();
    if let Some(script) = script {
        let program = folder.path().join("aftalebog");
        fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    }
    Command::new(console).args(arguments).stdin(Stdio::null()).output().unwrap()
}

#[test]
fn arguments_words_errors_and_status_are_handed_on() {
    let said = run(Some("echo \"$# $2 $AFTALEBOG_CONSOLE\"; echo 'Æ' >&2; exit 7"), &["export", "Møllesøen æøå.json"]);
    assert_eq!(said.status.code(), Some(7));
    assert_eq!(String::from_utf8_lossy(&said.stdout), "2 Møllesøen æøå.json yes\n");
    assert_eq!(String::from_utf8_lossy(&said.stderr), "Æ\n");
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
