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

#[test]
fn every_kept_change_is_merged_or_refused() {
    // The control: what all of them grew from is read, and says what it says.
    let conflict = include_bytes!("../../../fuzz/corpus/change/conflict.json");
    assert_eq!(fuzz::wire::change(conflict), Some(1), "the second change meets the first");
    let merges = include_bytes!("../../../fuzz/corpus/change/merges.json");
    assert_eq!(fuzz::wire::change(merges), Some(0));
    each_of("change", |bytes| _ = fuzz::wire::change(bytes));
}

#[test]
fn every_kept_place_in_the_feed_is_read() {
    let page = include_bytes!("../../../fuzz/corpus/position/page.json");
    assert!(serde_json::from_slice::<aftalebog_booking::wire::FeedPage>(page).is_ok(), "the control: it is one");
    each_of("position", fuzz::wire::position);
}

#[test]
fn every_kept_snapshot_of_the_server_is_read() {
    let clinic = include_bytes!("../../../fuzz/corpus/sync_snapshot/clinic.json");
    assert!(fuzz::wire::sync_snapshot(clinic), "the control: it is one");
    each_of("sync_snapshot", |bytes| _ = fuzz::wire::sync_snapshot(bytes));
}
