//! Patients as the tests play them: each has a telephone of their own, and reads what is sent there.

use std::time::Duration;

use aftalebog_booking::record::Patient;
use aftalebog_booking::{Entry, Id, Record, Value};
use aftalebog_server::store::NewClinic;
use reqwest::{RequestBuilder, Response};
use serde_json::{Value as Json, json};

use crate::bare_pc::BarePc;
use crate::clinic_pc::{create, demo};
use crate::test_server::TestServer;

/// The demo clinic on a server, with a PC that has sent its records.
pub struct Clinic<'s> {
    pub server: &'s TestServer,
    pub new: NewClinic,
    pub pc: BarePc,
    pub patients: Vec<Entry<Patient>>,
}

impl<'s> Clinic<'s> {
    pub async fn start(server: &'s TestServer) -> Self {
        let records = with_telephones(demo());
        Self::with(server, records).await
    }

    pub async fn with(server: &'s TestServer, records: Vec<Record>) -> Self {
        let new = server.clinic("Møllesøen").await;
        let pc = BarePc::of(server, &new, "RECEPTION").await;
        let _revision = pc.save(records.iter().map(create).collect()).await;
        let patients = records.into_iter().filter_map(|record| match record.value {
            Value::Patient(value) => Some(Entry { id: Id::new(record.id), value }),
            _ => None,
        });
        Self { server, new, pc, patients: patients.collect() }
    }

    pub fn patient(&self, name: &str) -> &Entry<Patient> {
        self.patients.iter().find(|patient| patient.value.name.as_str().starts_with(name)).unwrap()
    }

    pub fn post(&self, call: &str, body: &Json) -> RequestBuilder {
        self.server.post(&format!("/api/v1/clinics/{}/{call}", self.new.slug), body)
    }

    /// Asks for a code, and is given the challenge.
    pub async fn challenge(&self, patient: &Patient) -> String {
        let body = json!({"birth_date": patient.birth_date, "phone": patient.phone});
        let answer = self.post("login", &body).send().await.unwrap();
        assert_eq!(answer.status(), 202);
        let begun: Json = answer.json().await.unwrap();
        begun["challenge"].as_str().unwrap().to_owned()
    }

    pub async fn verify(&self, challenge: &str, code: &str) -> Response {
        self.post("verify", &json!({"challenge": challenge, "code": code})).send().await.unwrap()
    }

    /// Logs in, and is given the token.
    pub async fn log_in(&self, patient: &Patient) -> String {
        let challenge = self.challenge(patient).await;
        let code = code(self.server, patient.phone.as_ref().unwrap().as_str()).await;
        let answer = self.verify(&challenge, &code).await;
        assert_eq!(answer.status(), 200);
        let verified: Json = answer.json().await.unwrap();
        verified["patients"][0]["token"].as_str().unwrap().to_owned()
    }
}

/// A patient who has logged in.
pub struct Visitor<'c> {
    pub clinic: &'c Clinic<'c>,
    pub token: String,
}

impl Visitor<'_> {
    pub fn get(&self, path: &str) -> RequestBuilder {
        self.clinic.server.get(&format!("/api/v1/patient/{path}")).bearer_auth(&self.token)
    }

    pub fn post(&self, path: &str, key: &str, body: &Json) -> RequestBuilder {
        let request = self.clinic.server.post(&format!("/api/v1/patient/{path}"), body);
        request.bearer_auth(&self.token).header("idempotency-key", key)
    }

    async fn list(&self, path: &str, name: &str) -> Vec<Json> {
        let answer = self.get(path).send().await.unwrap();
        let status = answer.status();
        let mut answer: Json = answer.json().await.unwrap();
        assert_eq!(status, 200, "{answer}");
        let Json::Array(list) = answer[name].take() else { panic!("a list: {answer}") };
        list
    }

    pub async fn types(&self) -> Vec<Json> {
        self.list("types", "types").await
    }

    pub async fn bookings(&self) -> Vec<Json> {
        self.list("bookings", "bookings").await
    }

    /// What is suggested of a type in the next four weeks.
    pub async fn offers(&self, of: &Json) -> Vec<Json> {
        self.list(&question(of, "2026-11-23", 28), "offers").await
    }

    /// The status alone.
    pub async fn book_at(&self, key: &str, of: &Json, offer: &Json) -> u16 {
        self.book(key, of, offer).await.status().as_u16()
    }

    pub async fn book(&self, key: &str, of: &Json, offer: &Json) -> Response {
        let body = json!({
            "online_type": of["online_type"],
            "need": of["need"],
            "practitioner": offer["practitioner"]["id"],
            "start": offer["start"],
        });
        self.post("bookings", key, &body).send().await.unwrap()
    }
}

/// The path that asks for offers of a type.
pub fn question(of: &Json, from: &str, days: u32) -> String {
    let need = of["need"].as_str().map(|need| format!("&need={need}")).unwrap_or_default();
    format!("offers?online_type={}{need}&from={from}&days={days}", of["online_type"].as_str().unwrap())
}

/// Each patient with a number that reaches nobody in Denmark.
pub fn with_telephones(mut records: Vec<Record>) -> Vec<Record> {
    let patients = records.iter_mut().filter_map(|record| match &mut record.value {
        Value::Patient(patient) => Some(patient),
        _ => None,
    });
    for (patient, number) in patients.zip(0..) {
        patient.phone = Some(telephone(number).parse_line());
    }
    records
}

pub fn telephone(number: u32) -> String {
    format!("+45 01 43 {:02} {:02}", number / 100, number % 100)
}

/// A text as the records keep it.
pub trait ParseLine {
    fn parse_line<const MIN: usize, const MAX: usize>(&self) -> aftalebog_booking::bounded::Line<MIN, MAX>;
}

impl ParseLine for str {
    fn parse_line<const MIN: usize, const MAX: usize>(&self) -> aftalebog_booking::bounded::Line<MIN, MAX> {
        aftalebog_booking::bounded::Line::new(self).unwrap()
    }
}

/// Waits until all that was written has been sent: so many letters there are in all.
pub async fn letters(server: &TestServer) -> usize {
    let sent = async {
        while server.store.letters_waiting().await.unwrap() > 0 {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), sent).await.expect("the letters are sent");
    std::fs::read_dir(server.folder.path().join("messages")).unwrap().count()
}

/// The last letter to somebody, when all that was written has been sent.
pub async fn letter(server: &TestServer, recipient: &str) -> Option<String> {
    let _all = letters(server).await;
    let recipient: String = recipient.chars().filter(|letter| !letter.is_whitespace()).collect();
    let folder = std::fs::read_dir(server.folder.path().join("messages")).unwrap();
    let mut letters: Vec<_> = folder.map(|file| file.unwrap().path()).collect();
    letters.sort();
    let mut letters = letters.into_iter().rev().map(|file| std::fs::read_to_string(file).unwrap());
    letters.find(|letter| letter.lines().next() == Some(&*recipient))
}

/// The code in the last letter to somebody.
pub async fn code(server: &TestServer, recipient: &str) -> String {
    let letter = letter(server, recipient).await.expect("a code was sent");
    let words = letter.split(|letter: char| !letter.is_ascii_digit()).skip(1);
    words.filter(|word| word.len() == 6).last().unwrap().to_owned()
}
