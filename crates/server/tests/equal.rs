//! That every PC holds what the server holds.

use std::time::Duration;

use aftalebog_booking::Snapshot;
use aftalebog_booking::wire::SyncSnapshot;
use aftalebog_local::Store;
use aftalebog_local::sync::Sync;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::bare_pc::BarePc;

/// How long something is waited for that must come.
const PATIENCE: Duration = Duration::from_secs(120);

/// Waits until nothing is to be sent any more and every file holds what the server holds.
pub async fn equal(pcs: &[(&Store, &Sync)], server: &BarePc) {
    let began = std::time::Instant::now();
    loop {
        let there = sorted(&server.snapshot().await);
        let mut same = true;
        for (store, sync) in pcs {
            sync.wake();
            let waiting = store.outbox().await.unwrap().waiting;
            same &= waiting == 0 && sorted_here(&store.snapshot().await.unwrap()) == there;
        }
        if same {
            return;
        }
        assert!(began.elapsed() < PATIENCE, "they do not become equal");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn sorted(snapshot: &SyncSnapshot) -> Vec<(String, Uuid, Map<String, Value>)> {
    let records = snapshot.records.iter().map(|it| (it.kind.clone(), it.id, it.value.clone()));
    in_order(records.collect())
}

fn sorted_here(snapshot: &Snapshot) -> Vec<(String, Uuid, Map<String, Value>)> {
    let records = snapshot.records.iter().map(|it| (it.value.kind().name().to_owned(), it.id, it.fields()));
    in_order(records.collect())
}

fn in_order(mut records: Vec<(String, Uuid, Map<String, Value>)>) -> Vec<(String, Uuid, Map<String, Value>)> {
    records.sort_unstable_by(|one, other| (&one.0, one.1).cmp(&(&other.0, other.1)));
    records
}
