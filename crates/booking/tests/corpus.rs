//! What the fuzzer has found worth keeping, asked again: `fuzz/README.md`.

use std::fs;
use std::path::Path;

#[path = "../../../fuzz/src/lib.rs"]
mod fuzz;

fn each_of(name: &str, ask: fn(&[u8])) {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(name);
    let files: Vec<_> = fs::read_dir(corpus).expect("the corpus").map(|entry| entry.expect("a file").path()).collect();
    assert!(files.len() >= 5, "the corpus is gone");
    for file in files {
        println!("{}", file.display());
        ask(&fs::read(&file).expect("it can be read"));
    }
}

#[test]
fn every_kept_snapshot_is_answered() {
    // The control: what all of them grew from is a clinic that has answers.
    assert!(aftalebog_booking::reading::Reading::of(fuzz::CLINIC).expect("a clinic").broken.is_empty());
    each_of("snapshot", fuzz::snapshot);
}

#[test]
fn every_kept_clinic_is_decided_about() {
    each_of("decision", fuzz::decision);
}
