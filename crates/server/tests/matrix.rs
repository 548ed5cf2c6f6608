//! Who may call what: every call of the description, as everybody who could try, about things that are
//! there. A call that is not in the table fails the test.

use std::collections::HashSet;

use aftalebog_booking::Kind;
use reqwest::{Method, RequestBuilder};
use rusqlite::{Connection, params};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::bare_pc::BarePc;
use crate::clinic_pc::{create, demo, first, set};
use crate::test_server::{TestServer, shown};

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Caller {
    Nobody,
    /// With a token that nobody was ever given.
    Guesser,
    /// A patient of clinic A, logged in, whose appointments are asked for.
    Patient,
    /// Another one of clinic A.
    AnotherPatient,
    /// One of clinic B.
    StrangersPatient,
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

const CALLERS: [Caller; 10] = [
    Caller::Nobody,
    Caller::Guesser,
    Caller::PatientTooLate,
    Caller::Revoked,
    Caller::Expired,
    Caller::Stranger,
    Caller::StrangersPatient,
    Caller::AnotherPatient,
    // Those who may: at last, when nobody else has had an effect.
    Caller::Patient,
    Caller::Device,
];

/// Whom a call is for, and what they are answered.
enum For {
    /// Whoever asks; a token makes no difference.
    Anybody(u16),
    /// Whoever has a token, known or not.
    Token(u16),
    /// A PC of clinic A; and one of B, which names things of A where the call names things.
    Pc { own: u16, strangers: u16 },
    /// A patient of clinic A; another one of A, and one of B, who name things of the first.
    Patient { own: u16, anothers: u16, strangers: u16 },
}

/// The table.
fn expected(method: &str, path: &str) -> Option<For> {
    let own_things = For::Patient { own: 200, anothers: 200, strangers: 200 };
    Some(match (method, path) {
        ("get", "/healthz" | "/readyz" | "/metrics" | "/api/v1/hello" | "/api/v1/openapi.json") => For::Anybody(200),
        // The code is a wrong one.
        ("post", "/api/v1/pair") => For::Anybody(403),
        ("get", "/api/v1/changes" | "/api/v1/snapshot" | "/api/v1/devices") => For::Pc { own: 200, strangers: 200 },
        ("post", "/api/v1/changes") => For::Pc { own: 201, strangers: 422 },
        ("post", "/api/v1/devices/code") => For::Pc { own: 201, strangers: 201 },
        ("get", "/api/v1/offers") => For::Pc { own: 200, strangers: 404 },
        ("delete", "/api/v1/devices/{id}") => For::Pc { own: 204, strangers: 404 },
        ("get", "/api/v1/clinics/{slug}") => For::Anybody(200),
        ("post", "/api/v1/clinics/{slug}/login" | "/api/v1/clinics/{slug}/register") => For::Anybody(202),
        // The code is a wrong one.
        ("post", "/api/v1/clinics/{slug}/verify") => For::Anybody(403),
        ("post", "/api/v1/clinics/{slug}/logout") => For::Token(204),
        ("get", "/api/v1/patient/types" | "/api/v1/patient/bookings") => own_things,
        // Where the booked one could be moved.
        ("get", "/api/v1/patient/offers") => For::Patient { own: 200, anothers: 404, strangers: 404 },
        // The need is another's; the type is another clinic's.
        ("post", "/api/v1/patient/bookings") => For::Patient { own: 201, anothers: 422, strangers: 422 },
        ("post", "/api/v1/patient/bookings/{id}/move" | "/api/v1/patient/bookings/{id}/cancel") => {
            For::Patient { own: 200, anothers: 404, strangers: 404 }
        }
        _ => return None,
    })
}

impl For {
    fn status(&self, caller: Caller) -> u16 {
        match (self, caller) {
            (Self::Token(_), Caller::Nobody) => 401,
            (Self::Anybody(status) | Self::Token(status), _) => *status,
            (Self::Pc { own, .. }, Caller::Device) => *own,
            (Self::Pc { strangers, .. }, Caller::Stranger) => *strangers,
            (Self::Patient { own, .. }, Caller::Patient) => *own,
            (Self::Patient { anothers, .. }, Caller::AnotherPatient) => *anothers,
            (Self::Patient { strangers, .. }, Caller::StrangersPatient) => *strangers,
            (Self::Pc { .. } | Self::Patient { .. }, _) => 401,
        }
    }
}

struct Scene<'s> {
    server: &'s TestServer,
    a: BarePc,
    b: BarePc,
    /// A PC of A that the others name.
    named: Uuid,
    /// Of clinic A, another one of A, and one of clinic B.
    patients: [Uuid; 3],
    /// What the patient has booked: one is moved, and one cancelled.
    booked: [Uuid; 2],
    /// What the patient wants booked, and what moved to.
    wanted: [Value; 2],
    /// Of a type of A.
    online_type: Uuid,
    /// The records of A, and those of A that no other patient may know of.
    ids: HashSet<Uuid>,
    patients_own: HashSet<Uuid>,
}

impl<'s> Scene<'s> {
    async fn new(server: &'s TestServer) -> Self {
        let (clinic_a, clinic_b) = (server.clinic("A").await, server.clinic("B").await);
        let a = BarePc::of(server, &clinic_a, "A").await;
        let b = BarePc::of(server, &clinic_b, "B").await;
        let records = demo();
        let _revision = a.save(records.iter().map(create).collect()).await;
        let _revision = b.give_other_demo().await;
        let code = server.store.new_code(clinic_a.id, None, server.now).await.unwrap();
        let named = server.store.pair(&shown(code.reveal(), "named"), "10.0.0.1", server.now).await.unwrap().device;
        let online_type = first(&records, Kind::OnlineType).id;
        let mut of_a = records.iter().filter(|record| record.value.kind() == Kind::Patient);
        let (own, another) = (of_a.next().unwrap().id, of_a.next().unwrap().id);
        let sql = "select id from record where clinic = ?1 and kind = 'patient' limit 1";
        let of_b: [u8; 16] = Connection::open(server.folder.path().join("server.db"))
            .unwrap()
            .query_row(sql, [b.paired.clinic.as_bytes()], |row| row.get(0))
            .unwrap();
        let mut scene = Self {
            server,
            a,
            b,
            named,
            patients: [own, another, Uuid::from_bytes(of_b)],
            booked: [Uuid::nil(); 2],
            wanted: [Value::Null, Value::Null],
            online_type,
            ids: records.iter().map(|record| record.id).collect(),
            patients_own: HashSet::new(),
        };
        let anothers = |record: &&aftalebog_booking::Record| {
            let fields = record.fields();
            let of = fields.get("patient").and_then(Value::as_str).and_then(|id| id.parse().ok());
            let of = if record.value.kind() == Kind::Patient { Some(record.id) } else { of };
            of.is_some_and(|patient: Uuid| patient != another)
        };
        scene.patients_own = records.iter().filter(anothers).map(|record| record.id).collect();
        scene.book().await;
        scene
    }

    /// The patient books two times that can be moved and cancelled, and wants a third.
    async fn book(&mut self) {
        let token = self.session(self.a.paired.clinic, self.patients[0], 3600);
        let get = async |path: &str| -> Value {
            let request = self.server.get(&format!("/api/v1/patient/{path}")).bearer_auth(&token);
            request.send().await.unwrap().error_for_status().unwrap().json().await.unwrap()
        };
        let types = get("types").await;
        let of = |alias: &str| types["types"].as_array().unwrap().iter().find(|it| it["alias"] == alias).unwrap();
        let days = async |of: &Value, need: &str| {
            let online_type = of["online_type"].as_str().unwrap();
            let offers = get(&format!("offers?online_type={online_type}{need}&from=2026-12-07&days=28")).await;
            let Value::Array(mut offers) = offers["offers"].clone() else { panic!("{offers}") };
            offers.dedup_by_key(|it| it["start"].as_str().unwrap()[..10].to_owned());
            offers
        };
        let examination = of("Undersøgelse");
        let need = examination["need"].as_str().unwrap();
        let wanted = days(examination, &format!("&need={need}")).await.remove(0);
        let broken = of("Knækket tand eller tabt fyldning");
        let mut offers = days(broken, "").await;
        offers.retain(|it| it["start"].as_str().unwrap()[..10] != wanted["start"].as_str().unwrap()[..10]);
        let body = |of: &Value, offer: &Value| {
            json!({"online_type": of["online_type"], "need": of["need"], "practitioner": offer["practitioner"]["id"],
                "start": offer["start"]})
        };
        let mut booked = vec![];
        for offer in &offers[..2] {
            let request = self.server.post("/api/v1/patient/bookings", &body(broken, offer)).bearer_auth(&token);
            let key = Uuid::new_v4().to_string();
            let answer = request.header("idempotency-key", key).send().await.unwrap().error_for_status().unwrap();
            booked.push(answer.json::<Value>().await.unwrap()["id"].as_str().unwrap().parse().unwrap());
        }
        self.booked = [booked[0], booked[1]];
        let to = json!({"start": offers[2]["start"], "practitioner": offers[2]["practitioner"]["id"]});
        self.wanted = [body(examination, &wanted), to];
        self.ids.extend(&booked);
        self.patients_own.extend(booked);
    }

    fn database(&self) -> Connection {
        Connection::open(self.server.folder.path().join("server.db")).unwrap()
    }

    /// A session as only the database could make one.
    fn session(&self, clinic: Uuid, patient: Uuid, expires: i64) -> String {
        let (token, now) = (format!("ps1_{}", Uuid::new_v4()), self.server.now.timestamp());
        let sql = "insert into session (token_hash, clinic, patient, channel, created_at, last_used, expires_at)
            values (?1, ?2, ?3, 'sms', ?4, ?4, ?5)";
        let hash = aftalebog_server::secret::hash(&token);
        let row = params![hash, clinic.as_bytes(), patient.as_bytes(), now, now + expires];
        let _one = self.database().execute(sql, row).unwrap();
        token
    }

    /// A token of each.
    async fn token(&self, caller: Caller) -> Option<String> {
        let Self { server, a, b, patients: [own, another, of_b], .. } = self;
        let now = server.now;
        let paired = async || {
            let code = server.store.new_code(a.paired.clinic, None, now).await.unwrap();
            server.store.pair(&shown(code.reveal(), "another"), "10.0.0.1", now).await.unwrap()
        };
        Some(match caller {
            Caller::Nobody => return None,
            Caller::Guesser => format!("dk1_{}", "A".repeat(43)),
            Caller::Patient => self.session(a.paired.clinic, *own, 3600),
            Caller::AnotherPatient => self.session(a.paired.clinic, *another, 3600),
            Caller::StrangersPatient => self.session(b.paired.clinic, *of_b, 3600),
            Caller::PatientTooLate => self.session(a.paired.clinic, *own, -1),
            Caller::Device => a.paired.token.clone(),
            Caller::Stranger => b.paired.token.clone(),
            Caller::Revoked => {
                let paired = paired().await;
                server.store.revoke_any(paired.device, now).await.unwrap();
                paired.token
            }
            Caller::Expired => {
                let paired = paired().await;
                let long_ago = (now - chrono::TimeDelta::days(181)).timestamp();
                let sql = "update device set last_seen = ?2 where id = ?1";
                let row = params![paired.device.as_bytes(), long_ago];
                assert_eq!(self.database().execute(sql, row).unwrap(), 1);
                paired.token
            }
        })
    }

    /// The request as a PC or patient of A would make it.
    fn request(&mut self, method: &str, path: &str, caller: Caller) -> RequestBuilder {
        let [to_move, to_cancel] = self.booked;
        let named = match path {
            path if path.ends_with("/move") => to_move,
            path if path.ends_with("/cancel") => to_cancel,
            _ => self.named,
        };
        let path = path.replace("{id}", &named.to_string()).replace("{slug}", "a");
        let method: Method = method.to_uppercase().parse().unwrap();
        let position = if caller == Caller::Stranger { self.b.paired.position } else { self.a.paired.position };
        let query = match (method.as_str(), path.as_str()) {
            ("GET", "/api/v1/changes") => format!("?since={position}"),
            ("GET", "/api/v1/offers") => {
                let [patient, ..] = self.patients;
                format!("?patient={patient}&online_type={}&from=2026-11-24&days=3", self.online_type)
            }
            ("GET", "/api/v1/patient/offers") => format!("?moves={to_move}&from=2026-12-07&days=7"),
            _ => String::new(),
        };
        let request = self.server.client.request(method.clone(), self.server.url(&format!("{path}{query}")));
        let key = Uuid::new_v4().to_string();
        match (method.as_str(), path.as_str()) {
            ("POST", "/api/v1/changes") => {
                let pc = if caller == Caller::Stranger { &mut self.b } else { &mut self.a };
                let write = set(first(&demo(), Kind::Patient), 1, json!({"phone": "11 22 33 44"}));
                request.json(&pc.change(vec![write]))
            }
            ("POST", "/api/v1/pair") => request.json(&json!({"code": "0000-0000", "device": "matrix"})),
            ("POST", "/api/v1/clinics/a/login") => {
                request.json(&json!({"birth_date": "1968-01-30", "email": "karen@patient.example"}))
            }
            ("POST", "/api/v1/clinics/a/register") => {
                request.json(&json!({"name": "Sofie", "birth_date": "1968-01-30", "email": "sofie@patient.example"}))
            }
            ("POST", "/api/v1/clinics/a/verify") => request.json(&json!({"challenge": "ch1_", "code": "000000"})),
            ("POST", "/api/v1/patient/bookings") => request.header("idempotency-key", key).json(&self.wanted[0]),
            ("POST", path) if path.ends_with("/move") => request.header("idempotency-key", key).json(&self.wanted[1]),
            ("POST", path) if path.ends_with("/cancel") => request.header("idempotency-key", key),
            _ => request,
        }
    }

    /// What changes with everything that is done to A: its records, its audit trail, its PCs.
    fn of_a(&self) -> (i64, i64, i64) {
        let sql = "select revision, audit_number, (select count(*) from device where device.clinic = clinic.id
            and revoked_at is null) from clinic where id = ?1";
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        self.database().query_row(sql, [self.a.paired.clinic.as_bytes()], read).unwrap()
    }

    /// Every call as each of these: how many there were, and what was wrong.
    async fn faults(&mut self, callers: &[Caller]) -> (usize, Vec<String>) {
        let description = self.server.get("/api/v1/openapi.json").send().await.unwrap();
        let description: Value = description.json().await.unwrap();
        let (mut cells, mut faults) = (0, vec![]);
        for (path, item) in description["paths"].as_object().unwrap() {
            for method in item.as_object().unwrap().keys() {
                let whose = expected(method, path).unwrap_or_else(|| panic!("{method} {path} is not in the table"));
                for &caller in callers {
                    cells += 1;
                    let mut fault = |what: String| faults.push(format!("{method} {path} as {caller:?}: {what}"));
                    // Wrong codes are counted by address; here nobody is to be stopped by that.
                    let _attempts = self.database().execute("delete from attempt", []).unwrap();
                    // Making a token may pair a PC, and revoke it.
                    let token = self.token(caller).await;
                    let before = self.of_a();
                    let request = self.request(method, path, caller);
                    let request = if let Some(token) = token { request.bearer_auth(token) } else { request };
                    let request = request.build().unwrap();
                    let mut said = ids_in(request.url().as_str());
                    said.extend(
                        request
                            .body()
                            .and_then(reqwest::Body::as_bytes)
                            .map(String::from_utf8_lossy)
                            .iter()
                            .flat_map(|it| ids_in(it)),
                    );
                    let answer = self.server.client.execute(request).await.unwrap();
                    let (status, expected) = (answer.status().as_u16(), whose.status(caller));
                    if status != expected {
                        fault(format!("{status} instead of {expected}"));
                    }
                    if matches!(caller, Caller::Device | Caller::Patient) {
                        continue;
                    }
                    if self.of_a() != before {
                        fault("changes something of A".to_owned());
                    }
                    let told = ids_in(&answer.text().await.unwrap());
                    let of_a = [self.named, self.a.paired.device, self.a.paired.clinic];
                    let mut hidden =
                        if caller == Caller::AnotherPatient { &self.patients_own } else { &self.ids }.clone();
                    hidden.extend(of_a);
                    // What they say themselves they may be told.
                    if let Some(id) = told.intersection(&hidden).find(|id| !said.contains(id)) {
                        fault(format!("is told of {id}"));
                    }
                }
            }
        }
        (cells, faults)
    }
}

/// All ids that stand in an answer.
fn ids_in(text: &str) -> HashSet<Uuid> {
    let words = text.split(|letter: char| !letter.is_ascii_hexdigit() && letter != '-');
    words.filter(|word| word.len() == 36).filter_map(|word| word.parse().ok()).collect()
}

impl BarePc {
    /// Records of its own: none of the demo clinic's ids.
    async fn give_other_demo(&self) -> u64 {
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
    let mut scene = Scene::new(&server).await;
    let (cells, faults) = scene.faults(&CALLERS).await;
    println!("{cells} cells");
    assert!(faults.is_empty(), "{faults:#?}");
    drop(scene);
    server.stop().await;
}

/// The control: a PC and patients that the server takes for somebody else's are noticed, in each call
/// that asks who they are.
#[tokio::test]
async fn a_server_that_mistakes_who_asks_is_found_out() {
    let server = TestServer::start().await;
    let mut scene = Scene::new(&server).await;
    let Scene { a, b, patients: [own, ..], .. } = &scene;
    let database = scene.database();
    let sql = "update device set clinic = ?1 where id = ?2";
    assert_eq!(database.execute(sql, [a.paired.clinic.as_bytes(), b.paired.device.as_bytes()]).unwrap(), 1);
    database
        .execute_batch(&format!(
            "create trigger mistaken after insert on session begin
                update session set clinic = x'{}', patient = x'{}' where token_hash = new.token_hash; end",
            a.paired.clinic.simple(),
            own.simple()
        ))
        .unwrap();
    let (_, faults) = scene.faults(&[Caller::Stranger, Caller::StrangersPatient, Caller::AnotherPatient]).await;
    let noticed = |call: &str, caller: Caller| {
        assert!(faults.iter().any(|it| it.starts_with(&format!("{call} as {caller:?}:"))), "{call}: {faults:#?}");
    };
    for call in ["get /api/v1/changes", "post /api/v1/changes", "get /api/v1/snapshot", "get /api/v1/devices"] {
        noticed(call, Caller::Stranger);
    }
    noticed("get /api/v1/offers", Caller::Stranger);
    noticed("delete /api/v1/devices/{id}", Caller::Stranger);
    for caller in [Caller::StrangersPatient, Caller::AnotherPatient] {
        noticed("get /api/v1/patient/bookings", caller);
        noticed("get /api/v1/patient/offers", caller);
    }
    noticed("get /api/v1/patient/types", Caller::StrangersPatient);
    for call in ["", "/{id}/move", "/{id}/cancel"] {
        noticed(&format!("post /api/v1/patient/bookings{call}"), Caller::StrangersPatient);
    }
    drop(scene);
    server.stop().await;
}
