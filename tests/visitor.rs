//! A patient who calls the booking server over HTTP, with what the patients' pages will ask it.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

use aftalebog_booking::bounded::Line;
use aftalebog_booking::record::Patient;
use serde_json::{Value as Json, json};

use crate::booking_server::{BookingServer, SLUG};

/// Reaches nobody in Denmark.
pub const TELEPHONE: &str = "+45 01 43 00 00";

/// The demo's patients cannot be reached: this one can.
pub fn reachable(patient: &Patient) -> Patient {
    Patient { phone: Some(Line::new(TELEPHONE).unwrap()), ..patient.clone() }
}

/// One call, and the status and the body of its answer.
pub fn call(address: SocketAddr, line: &str, headers: &[(&str, &str)], body: Option<&Json>) -> (u16, Json) {
    let mut connection = TcpStream::connect(address).unwrap();
    let body = body.map(Json::to_string).unwrap_or_default();
    let mut head = format!("{line} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n");
    head += &format!("content-type: application/json\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    connection.write_all(format!("{head}\r\n{body}").as_bytes()).unwrap();
    let mut answer = String::new();
    let _length = connection.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split_whitespace().nth(1).unwrap().parse().unwrap();
    (status, serde_json::from_str(body).unwrap_or(Json::Null))
}

/// Somebody with a session.
pub struct Visitor {
    address: SocketAddr,
    token: String,
    calls: usize,
}

impl Visitor {
    /// With the code that was sent to [`TELEPHONE`].
    pub fn log_in(server: &BookingServer, patient: &Patient) -> Self {
        let who = json!({"birth_date": patient.birth_date, "phone": TELEPHONE});
        Self::begin(server, "login", &who)
    }

    /// Somebody whom the clinic does not know creates themself.
    pub fn register(server: &BookingServer, name: &str) -> Self {
        let who = json!({"name": name, "birth_date": "1991-05-17", "phone": TELEPHONE});
        Self::begin(server, "register", &who)
    }

    fn begin(server: &BookingServer, with: &str, who: &Json) -> Self {
        let clinic = format!("POST /api/v1/clinics/{SLUG}");
        let (status, begun) = call(server.address, &format!("{clinic}/{with}"), &[], Some(who));
        assert_eq!(status, 202, "{begun}");
        let code = server.code_sent_to(TELEPHONE);
        let answer = json!({"challenge": begun["challenge"], "code": code});
        let (status, verified) = call(server.address, &format!("{clinic}/verify"), &[], Some(&answer));
        assert_eq!(status, 200, "{verified}");
        let token = verified["patients"][0]["token"].as_str().unwrap().to_owned();
        Self { address: server.address, token, calls: 0 }
    }

    fn get(&self, path: &str) -> Json {
        let bearer = format!("Bearer {}", self.token);
        let line = format!("GET /api/v1/patient/{path}");
        let (status, answer) = call(self.address, &line, &[("authorization", &bearer)], None);
        assert_eq!(status, 200, "{answer}");
        answer
    }

    fn post(&mut self, path: &str, body: &Json) -> Json {
        self.calls += 1;
        let (bearer, key) = (format!("Bearer {}", self.token), format!("key {}", self.calls));
        let headers = [("authorization", bearer.as_str()), ("idempotency-key", key.as_str())];
        let (status, answer) = call(self.address, &format!("POST /api/v1/patient/{path}"), &headers, Some(body));
        assert!(status == 200 || status == 201, "{status} {answer}");
        answer
    }

    /// Books the last time that is suggested of a type in the next four weeks.
    pub fn books(&mut self, alias: &str) -> Json {
        let types = self.get("types");
        let of = types["types"].as_array().unwrap().iter().find(|it| it["alias"] == alias);
        let of = of.unwrap_or_else(|| panic!("no {alias} among {types}"));
        let need = of["need"].as_str().map(|need| format!("&need={need}")).unwrap_or_default();
        let online_type = of["online_type"].as_str().unwrap();
        let offers = self.get(&format!("offers?online_type={online_type}{need}&from=2026-11-23&days=28"));
        let offer = offers["offers"].as_array().unwrap().last().unwrap();
        let body = json!({
            "online_type": online_type,
            "need": of["need"],
            "practitioner": offer["practitioner"]["id"],
            "start": offer["start"],
        });
        self.post("bookings", &body)
    }

    /// To the last other time that is suggested: so late that it can still be cancelled.
    pub fn moves(&mut self, booking: &Json) -> Json {
        let id = booking["id"].as_str().unwrap();
        let offers = self.get(&format!("offers?moves={id}&from=2026-11-23&days=28"));
        let mut later = offers["offers"].as_array().unwrap().iter().rev();
        let offer = later.find(|offer| offer["start"] != booking["start"]).unwrap();
        let body = json!({"start": offer["start"], "practitioner": offer["practitioner"]["id"]});
        self.post(&format!("bookings/{id}/move"), &body)
    }

    pub fn cancels(&mut self, booking: &Json) -> Json {
        let id = booking["id"].as_str().unwrap();
        self.post(&format!("bookings/{id}/cancel"), &json!({}))
    }
}
