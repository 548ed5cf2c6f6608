//! What comes over the network: changes, places in the feed, snapshots.

use std::collections::BTreeMap;

use aftalebog_booking::Record;
use aftalebog_booking::merge::{Effect, Held, Merged, Unmerged, merge};
use aftalebog_booking::record::Snapshot;
use aftalebog_booking::wire::{
    Author, FeedPage, Position, Problem, SentChange, SentWrite, SyncSnapshot, Touch, WireDeed,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

/// Any bytes as changes that two PCs send by turns, each carried out on the small clinic or refused.
/// So many were refused; `None`: they are no changes.
pub fn change(bytes: &[u8]) -> Option<usize> {
    let changes = read::<Vec<SentChange>>(bytes)?;
    let (mut held, mut refused) = (clinic(), 0);
    for (number, change) in changes.iter().take(20).enumerate() {
        let device = Some(Uuid::from_u128(number as u128 % 2));
        let revision = number as u64 + 2;
        let touch = Touch { revision, author: Author::Clinic, device, by: change.made_by.clone(), at: change.made_at };
        let mut after = held.clone();
        let merged = change.writes.iter().try_for_each(|write| {
            let merged = one(after.get(&write.id), write, &touch)?;
            let _before = after.insert(write.id, merged.after);
            Ok::<_, Unmerged>(())
        });
        match merged {
            Ok(()) => held = after,
            Err(_) => refused += 1,
        }
    }
    Some(refused)
}

/// One write, and what must hold of it whatever it is.
fn one(held: Option<&Held>, write: &SentWrite, touch: &Touch) -> Result<Merged, Unmerged> {
    let merged = merge(held, write, touch);
    match &merged {
        Ok(Merged { after, effect: Effect::Nothing }) => assert_eq!(held, Some(after)),
        Ok(Merged { after, effect: Effect::Deleted }) => assert!(after.value.is_none()),
        Ok(Merged { after, effect: Effect::Created(_) | Effect::Set(_) }) => {
            assert_eq!(after.revision, touch.revision);
            let (WireDeed::Set(set), Some(value)) = (&write.deed, &after.value) else { panic!("a record is there") };
            let before = held.and_then(|held| held.value.as_ref());
            for (field, written) in value {
                let expected = set.get(field).or_else(|| before.and_then(|before| before.get(field)));
                assert_eq!(Some(written), expected, "a field that nobody wrote");
            }
            if let Ok(record) = Record::from_fields(write.kind, write.id, value.clone()) {
                assert_eq!(Record::from_fields(write.kind, write.id, record.fields()).as_ref(), Ok(&record));
            }
        }
        // Whoever has seen what stands there can insist on their own.
        Err(Unmerged::Conflict(conflict)) => {
            let again = SentWrite { base: Some(conflict.revision), ..write.clone() };
            assert!(merge(held, &again, touch).is_ok(), "{conflict:?}");
        }
        Err(Unmerged::Unknown) => assert!(held.is_none()),
        Err(Unmerged::Exists) => assert!(held.is_some()),
    }
    merged
}

/// The small clinic as the server holds it, written by itself.
fn clinic() -> BTreeMap<Uuid, Held> {
    let snapshot: Snapshot = serde_json::from_slice(super::CLINIC).expect("the clinic can be read");
    let at = "2026-11-23T08:10:00Z".parse().expect("an instant");
    let born = Touch { revision: 1, author: Author::Server, device: None, by: String::new(), at };
    let held = |record: Record| {
        let value = Some(record.fields());
        (record.id, Held { value, revision: 1, touched: BTreeMap::new(), born_or_deleted: born.clone() })
    };
    snapshot.records.into_iter().map(held).collect()
}

/// Any bytes as a place in the feed, as a page of it, and as an answer that refuses one.
pub fn position(bytes: &[u8]) {
    if let Some(position) = std::str::from_utf8(bytes).ok().and_then(|text| text.parse::<Position>().ok()) {
        let written = position.to_string();
        assert_eq!(written.parse(), Ok(position));
        assert!(position.revision <= i64::MAX as u64, "no SQL database counts so far");
    }
    if let Some(page) = read::<FeedPage>(bytes) {
        let _kinds: Vec<_> = page.changes.iter().flat_map(|it| &it.writes).map(|it| it.known_kind()).collect();
    }
    if let Some(problem) = read::<Problem>(bytes) {
        assert!(problem.kind.ends_with(problem.code()));
    }
}

/// Any bytes as the server's records at one revision, then as the clinic that they are. Whether they
/// are such a thing.
pub fn sync_snapshot(bytes: &[u8]) -> bool {
    let Some(snapshot) = read::<SyncSnapshot>(bytes) else { return false };
    let json = serde_json::json!({ "format": snapshot.format, "records": snapshot.records });
    super::snapshot(json.to_string().as_bytes());
    true
}

/// Reads it; what is read can be written, and read again.
fn read<T: DeserializeOwned + Serialize>(bytes: &[u8]) -> Option<T> {
    let value: T = serde_json::from_slice(bytes).ok()?;
    let again = serde_json::to_vec(&value).expect("it can be written");
    // Not compared: a number with a fraction is read to the nearest but one.
    let _same: T = serde_json::from_slice(&again).expect("it can be read again");
    Some(value)
}
