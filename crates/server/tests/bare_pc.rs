//! A clinic's PC without a file of its own: what it says to the server is written by hand. What only the tests have
//! it say stands in `clinic_pc`.

use std::sync::atomic::{AtomicU64, Ordering};

use aftalebog_booking::Snapshot;
use aftalebog_booking::wire::{Accepted, PairRequest, Paired, SentChange, SentWrite, SyncSnapshot, WireDeed};
use reqwest::{Client, RequestBuilder, Response};
use uuid::Uuid;

/// So many records are given in one change, as a PC does when it is paired first.
const GIVEN_AT_ONCE: usize = 500;

pub struct BarePc {
    pub server: String,
    pub client: Client,
    pub paired: Paired,
    /// The number of its last change.
    pub sequence: AtomicU64,
}

impl BarePc {
    pub async fn pair(server: &str, code: &str, name: &str) -> Self {
        // The first call sets it; each later one finds it set.
        let _set_already = rustls::crypto::ring::default_provider().install_default();
        let client = Client::new();
        let request = PairRequest { code: code.to_owned(), device: name.to_owned(), attempt: None };
        let answer = client.post(format!("{server}/api/v1/pair")).json(&request).send().await.unwrap();
        assert_eq!(answer.status(), 201);
        let paired = answer.json().await.unwrap();
        Self { server: server.to_owned(), client, paired, sequence: AtomicU64::new(0) }
    }

    /// Gives the server a clinic's records.
    pub async fn give(&self, clinic: &Snapshot) {
        for records in clinic.records.chunks(GIVEN_AT_ONCE) {
            let new = |record: &aftalebog_booking::Record| SentWrite {
                kind: record.value.kind(),
                id: record.id,
                base: None,
                deed: WireDeed::Set(record.fields()),
            };
            let _revision = self.accepted(&self.change(records.iter().map(new).collect())).await;
        }
    }

    /// A change with an id and a number of its own.
    pub fn change(&self, writes: Vec<SentWrite>) -> SentChange {
        SentChange {
            id: Uuid::new_v4(),
            made_at: "2026-11-23T08:10:00Z".parse().unwrap(),
            made_by: "RECEPTION".to_owned(),
            epoch: self.paired.position.epoch,
            sequence: self.sequence.fetch_add(1, Ordering::Relaxed) + 1,
            writes,
        }
    }

    pub async fn try_to_send(&self, change: &SentChange) -> reqwest::Result<Response> {
        let request = self.client.post(format!("{}/api/v1/changes", self.server)).bearer_auth(&self.paired.token);
        request.json(change).send().await
    }

    /// Sends what the server has no reason to refuse.
    pub async fn accepted(&self, change: &SentChange) -> u64 {
        let answer = self.try_to_send(change).await.unwrap();
        let status = answer.status();
        let text = answer.text().await.unwrap();
        assert_eq!(status, 201, "{text}");
        serde_json::from_str::<Accepted>(&text).unwrap().revision
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(format!("{}{path}", self.server)).bearer_auth(&self.paired.token)
    }

    pub async fn snapshot(&self) -> SyncSnapshot {
        self.get("/api/v1/snapshot").send().await.unwrap().error_for_status().unwrap().json().await.unwrap()
    }
}
