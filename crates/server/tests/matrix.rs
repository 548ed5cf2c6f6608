//! Who may call what: every call of the description, as everybody who could try. A call that is not
//! in the table fails the test.

use aftalebog_booking::Kind;
use aftalebog_booking::wire::SentChange;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::clinic_pc::{Pc, create, demo, first};
use crate::test_server::TestServer;

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Caller {
    Nobody,
    /// With a token that nobody was ever given.
    Guesser,
    /// A patient of clinic A, logged in.
    Patient,
    /// The same, when the session has run out.
    PatientTooLate,
    /// A PC of clinic A, whose things are asked for.
    Device,
    /// A PC of clinic B, which asks for things of A.
    Stranger,
    /// A PC of clinic A whose access was taken away.
    Revoked,
    /// A PC of clinic A that was not in touch for 180 days.
    Expired,
}

const CALLERS: [Caller; 8] = [
    Caller::Nobody,
    Caller::Guesser,
    Caller::Patient,
    Caller::PatientTooLate,
    Caller::Device,
    Caller::Stranger,
    Caller::Revoked,
    Caller::Expired,
];

/// Whom a call is for, and what they are answered.
enum For {
    /// Whoever asks; a token makes no difference.
    Anybody(u16),
    /// Whoever has a token, known or not.
    Token(u16),
    /// A PC of clinic A; and one of B, which names things of A where the call names things.
    Pc { own: u16, strangers: u16 },
    /// A patient of clinic A.
    Patient(u16),
}

/// The table.
fn expected(method: &str, path: &str) -> Option<For> {
    Some(match (method, path) {
        ("get", "/healthz" | "/readyz" | "/metrics" | "/api/v1/hello" | "/api/v1/openapi.json") => For::Anybody(200),
        // The code is a wrong one.
        ("post", "/api/v1/pair") => For::Anybody(403),
        ("get", "/api/v1/changes" | "/api/v1/snapshot" | "/api/v1/devices") => For::Pc { own: 200, strangers: 200 },
        ("post", "/api/v1/changes" | "/api/v1/devices/code") => For::Pc { own: 201, strangers: 201 },
        ("get", "/api/v1/offers") => For::Pc { own: 200, strangers: 404 },
        ("delete", "/api/v1/devices/{id}") => For::Pc { own: 204, strangers: 404 },
        ("get", "/api/v1/clinics/{slug}") => For::Anybody(200),
        ("post", "/api/v1/clinics/{slug}/login" | "/api/v1/clinics/{slug}/register") => For::Anybody(202),
        // The code is a wrong one.
        ("post", "/api/v1/clinics/{slug}/verify") => For::Anybody(403),
        ("post", "/api/v1/clinics/{slug}/logout") => For::Token(204),
        ("get", "/api/v1/patient/types" | "/api/v1/patient/offers" | "/api/v1/patient/bookings") => For::Patient(200),
        // There is no such type, and no such appointment.
        ("post", "/api/v1/patient/bookings") => For::Patient(422),
        ("post", "/api/v1/patient/bookings/{id}/move" | "/api/v1/patient/bookings/{id}/cancel") => For::Patient(404),
        _ => return None,
    })
}

struct Scene<'s> {
    server: &'s TestServer,
    a: Pc<'s>,
    b: Pc<'s>,
    /// A PC of A that the others name.
    named: Uuid,
    /// A type of A.
    online_type: Uuid,
    /// The records of A.
    ids: Vec<Uuid>,
}

impl<'s> Scene<'s> {
    async fn new(server: &'s TestServer) -> Self {
        let (clinic_a, clinic_b) = (server.clinic("A").await, server.clinic("B").await);
        let mut a = Pc::pair(server, &clinic_a, "A").await;
        let mut b = Pc::pair(server, &clinic_b, "B").await;
        let records = demo();
        let _revision = a.save(records.iter().map(create).collect()).await;
        let _revision = b.give_other_demo().await;
        let code = server.store.new_code(clinic_a.id, None, server.now).await.unwrap();
        let named = server.store.pair(code.reveal(), "named", "10.0.0.1", server.now).await.unwrap().device;
        let online_type = first(&records, Kind::OnlineType).id;
        Self { server, a, b, named, online_type, ids: records.iter().map(|record| record.id).collect() }
    }

    /// A token of each, made as the server makes it or as only its database could.
    async fn token(&self, caller: Caller) -> Option<String> {
        let Self { server, a, b, .. } = self;
        let now = server.now;
        let another = async || {
            let code = server.store.new_code(a.paired.clinic, None, now).await.unwrap();
            server.store.pair(code.reveal(), "another", "10.0.0.1", now).await.unwrap()
        };
        let database = || rusqlite::Connection::open(server.folder.path().join("server.db")).unwrap();
        let session = |expires: i64| {
            let token = format!("ps1_{}", Uuid::new_v4());
            let demo = demo();
            let patient = first(&demo, Kind::Patient).id;
            let _one = database()
                .execute(
                    "insert into session (token_hash, clinic, patient, created_at, last_used, expires_at)
                        values (?1, ?2, ?3, ?4, ?4, ?5)",
                    rusqlite::params![
                        aftalebog_server::secret::hash(&token).as_slice(),
                        a.paired.clinic.as_bytes().as_slice(),
                        patient.as_bytes().as_slice(),
                        now.timestamp(),
                        now.timestamp() + expires
                    ],
                )
                .unwrap();
            token
        };
        Some(match caller {
            Caller::Nobody => return None,
            Caller::Guesser => format!("dk1_{}", "A".repeat(43)),
            Caller::Patient => session(3600),
            Caller::PatientTooLate => session(-1),
            Caller::Device => a.paired.token.clone(),
            Caller::Stranger => b.paired.token.clone(),
            Caller::Revoked => {
                let paired = another().await;
                server.store.revoke_any(paired.device, now).await.unwrap();
                paired.token
            }
            Caller::Expired => {
                let paired = another().await;
                let long_ago = (now - chrono::TimeDelta::days(181)).timestamp();
                let sql = "update device set last_seen = ?2 where id = ?1";
                let id = paired.device.as_bytes().as_slice();
                assert_eq!(database().execute(sql, rusqlite::params![id, long_ago]).unwrap(), 1);
                paired.token
            }
        })
    }

    /// The request as a PC or patient of A would make it.
    fn request(&self, method: &str, path: &str, caller: Caller) -> RequestBuilder {
        let Self { server, a, b, named, .. } = self;
        let path = path.replace("{id}", &named.to_string()).replace("{slug}", "a");
        let method: Method = method.to_uppercase().parse().unwrap();
        let position = if caller == Caller::Stranger { b.paired.position } else { a.paired.position };
        let query = match (method.as_str(), path.as_str()) {
            ("GET", "/api/v1/changes") => format!("?since={position}"),
            ("GET", "/api/v1/offers") => {
                format!("?patient=new&online_type={}&from=2026-11-24&days=3", self.online_type)
            }
            ("GET", "/api/v1/patient/offers") => {
                format!("?online_type={}&from=2026-11-24&days=3", self.online_type)
            }
            _ => String::new(),
        };
        let request = server.client.request(method.clone(), server.url(&format!("{path}{query}")));
        match (method.as_str(), path.as_str()) {
            ("POST", "/api/v1/changes") => request.json(&SentChange {
                id: Uuid::new_v4(),
                made_at: server.now,
                made_by: "matrix".to_owned(),
                sequence: 1_000,
                epoch: position.epoch,
                writes: vec![],
            }),
            ("POST", "/api/v1/pair") => request.json(&json!({"code": "0000-0000", "device": "matrix"})),
            ("POST", "/api/v1/clinics/a/login") => {
                request.json(&json!({"birth_date": "1968-01-30", "email": "karen@patient.example"}))
            }
            ("POST", "/api/v1/clinics/a/register") => {
                request.json(&json!({"name": "Sofie", "birth_date": "1968-01-30", "email": "sofie@patient.example"}))
            }
            ("POST", "/api/v1/clinics/a/verify") => request.json(&json!({"challenge": "ch1_", "code": "000000"})),
            ("POST", "/api/v1/patient/bookings") => request.header("idempotency-key", "book").json(&json!({
                "online_type": Uuid::nil(), "practitioner": Uuid::nil(), "start": "2026-11-24T09:00:00Z",
            })),
            ("POST", path) if path.ends_with("/move") => {
                request.header("idempotency-key", "move").json(&json!({"start": "2026-11-24T09:00:00Z"}))
            }
            ("POST", path) if path.ends_with("/cancel") => request.header("idempotency-key", "cancel"),
            _ => request,
        }
    }
}

impl Pc<'_> {
    /// Records of its own: none of the demo clinic's ids.
    async fn give_other_demo(&mut self) -> u64 {
        let mut text = serde_json::to_string(&demo().iter().map(create).collect::<Vec<_>>()).unwrap();
        for record in demo() {
            text = text.replace(&record.id.to_string(), &Uuid::new_v4().to_string());
        }
        self.save(serde_json::from_str(&text).unwrap()).await
    }
}

#[tokio::test]
async fn everybody_gets_what_is_theirs_and_nobody_anything_else() {
    let server = TestServer::start().await;
    let scene = Scene::new(&server).await;
    let description: Value = server.get("/api/v1/openapi.json").send().await.unwrap().json().await.unwrap();
    let mut cells = 0;
    for (path, item) in description["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            let whose = expected(method, path).unwrap_or_else(|| panic!("{method} {path} is not in the table"));
            for caller in CALLERS {
                let status = match (&whose, caller) {
                    (For::Anybody(status), _) => *status,
                    (For::Token(_), Caller::Nobody) => 401,
                    (For::Token(status), _) => *status,
                    (For::Pc { own, .. }, Caller::Device) => *own,
                    (For::Pc { strangers, .. }, Caller::Stranger) => *strangers,
                    (For::Patient(status), Caller::Patient) => *status,
                    (For::Pc { .. } | For::Patient(_), _) => 401,
                };
                // Wrong codes are counted by address; here nobody is to be stopped by that.
                let forget = rusqlite::Connection::open(server.folder.path().join("server.db")).unwrap();
                let _attempts = forget.execute("delete from attempt", []).unwrap();
                let request = scene.request(method, path, caller);
                let request = match scene.token(caller).await {
                    Some(token) => request.bearer_auth(token),
                    None => request,
                };
                let answer = request.send().await.unwrap();
                assert_eq!(answer.status().as_u16(), status, "{method} {path} as {caller:?}");
                let body = answer.text().await.unwrap();
                if caller != Caller::Device && caller != Caller::Patient {
                    let of_a = [scene.named, scene.a.paired.device, scene.a.paired.clinic];
                    for id in scene.ids.iter().chain(&of_a) {
                        assert!(!body.contains(&id.to_string()), "{method} {path} tells {caller:?} of {id}");
                    }
                }
                cells += 1;
            }
        }
    }
    println!("{cells} cells");
    drop(scene);
    server.stop().await;
}
