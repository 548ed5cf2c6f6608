//! A PC as the tests play it: it sends what it is told to, over HTTP.

use aftalebog_booking::demo::{SEED, demo_clinic};
use aftalebog_booking::wire::{Accepted, Paired, Problem, SentChange, SentWrite, WireDeed};
use aftalebog_booking::{Kind, Record};
use aftalebog_server::store::NewClinic;
use reqwest::{RequestBuilder, Response};
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use crate::test_server::{TestServer, monday};

pub struct Pc<'s> {
    pub server: &'s TestServer,
    pub paired: Paired,
    pub sequence: u64,
}

impl<'s> Pc<'s> {
    pub async fn pair(server: &'s TestServer, clinic: &NewClinic, name: &str) -> Self {
        Self { server, paired: server.pair(clinic, name).await, sequence: 0 }
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.server.get(path).bearer_auth(&self.paired.token)
    }

    pub fn post(&self, path: &str, body: &impl serde::Serialize) -> RequestBuilder {
        self.server.post(path, body).bearer_auth(&self.paired.token)
    }

    /// The next change, not sent yet.
    pub fn change(&mut self, writes: Vec<SentWrite>) -> SentChange {
        self.sequence += 1;
        SentChange {
            id: Uuid::new_v4(),
            made_at: monday(),
            made_by: "RECEPTION".to_owned(),
            sequence: self.sequence,
            epoch: self.paired.position.epoch,
            writes,
        }
    }

    pub async fn send(&self, change: &SentChange) -> Response {
        self.post("/api/v1/changes", change).send().await.unwrap()
    }

    /// Sends a change that is to be accepted; its revision.
    pub async fn save(&mut self, writes: Vec<SentWrite>) -> u64 {
        let change = self.change(writes);
        accepted(self.send(&change).await).await
    }

    /// Sends a change that is to be refused.
    pub async fn refused(&mut self, writes: Vec<SentWrite>) -> Problem {
        let change = self.change(writes);
        refused(self.send(&change).await).await
    }

    /// Gives an empty clinic the records of the demo.
    pub async fn give_demo(&mut self) -> u64 {
        self.save(demo().iter().map(create).collect()).await
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
