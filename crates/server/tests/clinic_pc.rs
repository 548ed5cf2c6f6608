//! What the tests have a PC say that is played by hand, and what they say of its records.

use std::sync::atomic::Ordering;

use aftalebog_booking::demo::{SEED, demo_clinic};
use aftalebog_booking::wire::{
    Accepted, FeedChange, FeedPage, PairingCode, Position, Problem, SentChange, SentWrite, SyncSnapshot, WireDeed,
};
use aftalebog_booking::{Kind, Record};
use aftalebog_server::store::NewClinic;
use reqwest::{RequestBuilder, Response};
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use crate::bare_pc::BarePc;
use crate::test_server::{TestServer, monday};

impl BarePc {
    pub async fn of(server: &TestServer, clinic: &NewClinic, name: &str) -> Self {
        Self::pair(&server.url(""), clinic.code.reveal(), name).await
    }

    pub fn post(&self, path: &str, body: &impl serde::Serialize) -> RequestBuilder {
        self.client.post(format!("{}{path}", self.server)).json(body).bearer_auth(&self.paired.token)
    }

    /// Is asked, whatever the answer.
    pub async fn send(&self, change: &SentChange) -> Response {
        self.try_to_send(change).await.unwrap()
    }

    pub fn last_sequence(&self) -> u64 {
        self.sequence.load(Ordering::Relaxed)
    }

    /// As if its file were an older copy.
    pub fn set_back(&self, to: u64) {
        self.sequence.store(to, Ordering::Relaxed);
    }

    /// Sends a change that is to be accepted; its revision.
    pub async fn save(&self, writes: Vec<SentWrite>) -> u64 {
        self.accepted(&self.change(writes)).await
    }

    /// Sends a change that is to be refused.
    pub async fn refused(&self, writes: Vec<SentWrite>) -> Problem {
        refused(self.send(&self.change(writes)).await).await
    }

    /// Gives an empty clinic the records of the demo.
    pub async fn give_demo(&self) -> u64 {
        self.save(demo().iter().map(create).collect()).await
    }

    /// A code that pairs another PC.
    pub async fn new_code(&self) -> String {
        let request = self.client.post(format!("{}/api/v1/devices/code", self.server));
        let answer = request.bearer_auth(&self.paired.token).send().await.unwrap();
        answer.error_for_status().unwrap().json::<PairingCode>().await.unwrap().code
    }

    /// The feed from its beginning.
    pub async fn feed(&self) -> Vec<FeedChange> {
        let mut position = Position { epoch: self.paired.position.epoch, revision: 0 };
        let mut changes = vec![];
        loop {
            let answer = self.get(&format!("/api/v1/changes?since={position}&wait=0")).send().await.unwrap();
            let page: FeedPage = answer.error_for_status().unwrap().json().await.unwrap();
            changes.extend(page.changes);
            position = page.position;
            if !page.more {
                return changes;
            }
        }
    }
}

pub async fn accepted(answer: Response) -> u64 {
    let status = answer.status();
    let text = answer.text().await.unwrap();
    assert_eq!(status, 201, "{text}");
    serde_json::from_str::<Accepted>(&text).unwrap().revision
}

pub async fn refused(answer: Response) -> Problem {
    let status = answer.status();
    let text = answer.text().await.unwrap();
    assert!(status.is_client_error(), "{status}: {text}");
    let problem: Problem = serde_json::from_str(&text).unwrap();
    assert_eq!(problem.status, status.as_u16());
    problem
}

/// The records of the demo clinic.
pub fn demo() -> Vec<Record> {
    demo_clinic(monday().date_naive(), SEED).records
}

/// The first of a kind.
pub fn first(records: &[Record], kind: Kind) -> &Record {
    records.iter().find(|record| record.value.kind() == kind).unwrap()
}

pub fn create(record: &Record) -> SentWrite {
    let deed = WireDeed::Set(record.fields());
    SentWrite { kind: record.value.kind(), id: record.id, base: None, deed }
}

pub fn set(record: &Record, base: impl Into<Option<u64>>, fields: Json) -> SentWrite {
    let deed = WireDeed::Set(object(fields));
    SentWrite { kind: record.value.kind(), id: record.id, base: base.into(), deed }
}

pub fn delete(record: &Record, base: impl Into<Option<u64>>) -> SentWrite {
    SentWrite { kind: record.value.kind(), id: record.id, base: base.into(), deed: WireDeed::Delete }
}

pub fn object(json: Json) -> Map<String, Json> {
    let Json::Object(fields) = json else { panic!("an object: {json}") };
    fields
}

/// Some fields of a record.
pub fn edit(kind: Kind, id: Uuid, base: u64, fields: Json) -> SentWrite {
    SentWrite { kind, id, base: Some(base), deed: WireDeed::Set(object(fields)) }
}

/// What a record holds in a snapshot.
pub fn value_of(snapshot: &SyncSnapshot, id: Uuid) -> &Map<String, Json> {
    &snapshot.records.iter().find(|record| record.id == id).unwrap().value
}
