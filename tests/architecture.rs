//! Which crate may know which, and where versions stand.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// As `ARCHITECTURE.md` draws it: each crate, and those of ours that it may use.
const EDGES: &[(&str, &[&str])] = &[
    ("aftalebog-booking", &[]),
    ("aftalebog-texts", &["aftalebog-booking"]),
    ("aftalebog-sqlite", &["aftalebog-booking"]),
    ("aftalebog-local", &["aftalebog-booking", "aftalebog-sqlite"]),
    ("aftalebog-server", &["aftalebog-booking", "aftalebog-sqlite", "aftalebog-texts"]),
    ("aftalebog", &["aftalebog-booking", "aftalebog-texts", "aftalebog-local"]),
    ("aftalebog-console", &[]),
];
/// For tests only.
const TEST_EDGES: &[(&str, &str)] = &[("aftalebog", "aftalebog-server"), ("aftalebog-server", "aftalebog-local")];

#[test]
fn no_crate_knows_another_that_it_may_not() {
    let mut cargo = Command::new(env!("CARGO"));
    let cargo = cargo.args(["metadata", "--no-deps", "--offline", "--format-version", "1"]);
    let told = cargo.current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let metadata: Value = serde_json::from_slice(&told.stdout).unwrap();
    let mut wrong = Vec::new();
    for package in metadata["packages"].as_array().unwrap() {
        let name = package["name"].as_str().unwrap();
        let Some((_, may)) = EDGES.iter().find(|(of, _)| *of == name) else {
            panic!("{name} is a new crate: draw it in ARCHITECTURE.md, and name it here");
        };
        for dependency in package["dependencies"].as_array().unwrap() {
            let of = dependency["name"].as_str().unwrap();
            let for_tests = dependency["kind"] == "dev" && TEST_EDGES.contains(&(name, of));
            if dependency["path"].is_string() && !may.contains(&of) && !for_tests {
                wrong.push(format!("{name} -> {of}"));
            }
        }
    }
    assert!(wrong.is_empty(), "ARCHITECTURE.md does not list {wrong:?}");
}

#[test]
fn versions_stand_in_the_root_manifest_only() {
    let mut wrong = Vec::new();
    for manifest in manifests() {
        let text = fs::read_to_string(&manifest).unwrap();
        let mut section = "";
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if line.starts_with('[') {
                section = line;
            } else if section.ends_with("dependencies]")
                && section != "[workspace.dependencies]"
                && !line.contains("workspace = true")
            {
                wrong.push(format!("{}: {line}", manifest.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "their versions belong in [workspace.dependencies]: {wrong:#?}");
}

fn manifests() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let crates = fs::read_dir(root.join("crates")).unwrap();
    let manifests = crates.map(|entry| entry.unwrap().path().join("Cargo.toml"));
    manifests.chain([root.join("Cargo.toml")]).collect()
}
