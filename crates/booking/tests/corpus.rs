//! What the fuzzer has found worth keeping, asked again, and inputs made of it: `fuzz/README.md`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

#[path = "../../../fuzz/src/lib.rs"]
mod fuzz;
#[path = "../../../fuzz/src/vary.rs"]
mod vary;

fn each_of(name: &str, ask: fn(&[u8])) {
    for (file, input) in kept(name) {
        println!("{file}");
        ask(&input);
    }
}

/// In an order that is always the same.
fn kept(name: &str) -> BTreeMap<String, Vec<u8>> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(name);
    let files = fs::read_dir(corpus).expect("the corpus").map(|entry| entry.expect("a file").path());
    let kept: BTreeMap<_, _> =
        files.map(|file| (file.display().to_string(), fs::read(&file).expect("it can be read"))).collect();
    assert!(kept.len() >= 5, "the corpus is gone");
    kept
}

/// So many made inputs, of which at least so many in a hundred are to be what they were made of.
fn made_of(name: &str, count: usize, at_least: usize, ask: fn(&[u8]) -> bool) {
    let kept: Vec<_> = kept(name).into_values().collect();
    let sound = vary::ask_varied(&kept, count, ask);
    println!("{name}: {count} inputs, {sound} of them sound");
    assert!(sound * 100 >= count * at_least, "the control: too few come far, {sound} of {count}");
}

#[test]
fn whatever_is_made_of_the_kept_changes_is_merged_or_refused() {
    made_of("change", vary::inputs(), 5, |bytes| fuzz::wire::change(bytes).is_some());
}

#[test]
fn whatever_is_made_of_the_kept_places_in_the_feed_is_read_or_refused() {
    made_of("position", vary::inputs(), 0, |bytes| {
        fuzz::wire::position(bytes);
        false
    });
}

#[test]
fn whatever_is_made_of_the_kept_snapshots_of_the_server_is_read_or_refused() {
    made_of("sync_snapshot", vary::inputs(), 10, fuzz::wire::sync_snapshot);
}

#[test]
fn whatever_is_made_of_the_kept_snapshots_is_read_as_far_as_it_can_be() {
    made_of("snapshot", vary::inputs(), 10, |bytes| {
        fuzz::snapshot(bytes);
        serde_json::from_slice::<serde_json::Value>(bytes).is_ok()
    });
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
