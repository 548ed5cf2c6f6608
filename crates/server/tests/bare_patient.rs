//! A patient who has logged in: what a page would send is written by hand.

use aftalebog_booking::{Snapshot, Value};
use aftalebog_server::secret;
use chrono::{DateTime, Utc};
use reqwest::Client;
use rusqlite::{Connection, params};
use serde_json::{Value as Json, json};
use uuid::Uuid;

pub struct BarePatient {
    server: String,
    client: Client,
    pub token: String,
    online_type: Uuid,
    /// From this day on, as `YYYY-MM-DD`.
    from: String,
}

/// What is wanted again and again until it is answered.
#[derive(Clone, Debug)]
pub struct Wanted {
    key: String,
    body: Json,
}

impl Wanted {
    pub fn start(&self) -> &Json {
        &self.body["start"]
    }
}

impl BarePatient {
    /// The first patients of the clinic, as if each had typed their code; what they want needs no need.
    pub fn logged_in(
        server: &str,
        database: &std::path::Path,
        clinic: (Uuid, &Snapshot),
        now: DateTime<Utc>,
        count: usize,
    ) -> Vec<Self> {
        let (clinic, snapshot) = clinic;
        let connection = Connection::open(database).unwrap();
        connection.busy_timeout(std::time::Duration::from_secs(10)).unwrap();
        let patients = snapshot
            .records
            .iter()
            .filter(|record| matches!(&record.value, Value::Patient(patient) if !patient.self_registered));
        let online_type = snapshot.records.iter().find_map(|record| match &record.value {
            Value::OnlineType(value) if !value.need_driven => Some(record.id),
            _ => None,
        });
        let log_in = |patient: Uuid| {
            let token = secret::Secret::token("ps1_");
            let _one = connection
                .execute(
                    "insert into session (token_hash, clinic, patient, channel, created_at, last_used, expires_at)
                        values (?1, ?2, ?3, 'sms', ?4, ?4, ?4 + 3600)",
                    params![token.hash(), clinic.as_bytes(), patient.as_bytes(), now.timestamp()],
                )
                .unwrap();
            Self {
                server: server.to_owned(),
                client: Client::new(),
                token: token.reveal().to_owned(),
                online_type: online_type.unwrap(),
                from: now.date_naive().to_string(),
            }
        };
        patients.map(|record| record.id).take(count).map(log_in).collect()
    }

    /// A time that is offered; `None` when there is none, or no answer.
    pub async fn choose(&self) -> Option<Wanted> {
        let Self { server, online_type, from, .. } = self;
        let url = format!("{server}/api/v1/patient/offers?online_type={online_type}&from={from}&days=62");
        let answer = self.client.get(url).bearer_auth(&self.token).send().await.ok()?;
        let status = answer.status();
        let answer: Json = answer.json().await.ok()?;
        assert_eq!(status, 200, "{answer}");
        let offers = answer["offers"].as_array().unwrap();
        let offer = offers.get(rand::random_range(0..offers.len().max(1)))?;
        let body = json!({
            "online_type": online_type,
            "start": offer["start"],
            "practitioner": offer["practitioner"]["id"],
        });
        Some(Wanted { key: Uuid::new_v4().to_string(), body })
    }

    /// The id of the booking, or that somebody else was faster. `None`: no answer.
    pub async fn book(&self, wanted: &Wanted) -> Option<Result<Uuid, String>> {
        let (status, answer) = self.try_to_book(wanted).await?;
        Some(match status {
            201 => Ok(answer["id"].as_str().and_then(|id| id.parse().ok()).unwrap()),
            409 => Err(answer.to_string()),
            _ => panic!("{status} {answer}"),
        })
    }

    /// Whatever is answered. `None`: no answer.
    pub async fn try_to_book(&self, wanted: &Wanted) -> Option<(u16, Json)> {
        self.post("/api/v1/patient/bookings", &wanted.key, &wanted.body).await
    }

    /// To the time that is wanted now. `None`: no answer.
    pub async fn move_to(&self, booking: Uuid, wanted: &Wanted) -> Option<()> {
        let path = format!("/api/v1/patient/bookings/{booking}/move");
        let Wanted { key, body } = wanted;
        let body = json!({"start": body["start"], "practitioner": body["practitioner"]});
        let (status, answer) = self.post(&path, key, &body).await?;
        assert_eq!(status, 200, "{answer}");
        Some(())
    }

    /// `None`: no answer.
    pub async fn cancel(&self, booking: Uuid, key: &str) -> Option<()> {
        let path = format!("/api/v1/patient/bookings/{booking}/cancel");
        let (status, answer) = self.post(&path, key, &json!({})).await?;
        assert!((200..300).contains(&status), "{status} {answer}");
        Some(())
    }

    async fn post(&self, path: &str, key: &str, body: &Json) -> Option<(u16, Json)> {
        let request = self.client.post(format!("{}{path}", self.server)).bearer_auth(&self.token);
        let answer = request.header("Idempotency-Key", key).json(body).send().await.ok()?;
        let status = answer.status().as_u16();
        let text = answer.text().await.ok()?;
        Some((status, serde_json::from_str(&text).unwrap_or(Json::Null)))
    }
}
