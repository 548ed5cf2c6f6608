//! A network that cuts, delays, repeats and swallows: every call has one effect, however often it was asked.
//!
//! `LOGIN_OPERATIONS=1000` has a thousand codes asked for and tried, too: each costs the server a slow hash.

mod bookings;
mod logins;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use aftalebog_booking::Kind;
use aftalebog_booking::wire::PairRequest;
use reqwest::Method;
use rusqlite::{Connection, OpenFlags};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use crate::bare_pc::BarePc;
use crate::clinic_pc::{demo, set};
use crate::proxy::{Fault, Proxy, Script};
use crate::test_server::TestServer;

/// A request that is repeated until it is known to be done.
struct Operation {
    method: Method,
    path: String,
    token: Option<String>,
    headers: Vec<(&'static str, String)>,
    body: Json,
    /// The answers that say that it is done.
    done: &'static [u16],
}

/// So many of each route; the issue asks for a thousand.
const OPERATIONS: usize = 1000;

/// So many at the same time.
const AT_ONCE: usize = 8;

/// Whoever is not answered by then asks again.
const PATIENCE: Duration = Duration::from_millis(250);

/// A network on which more requests fail than not, and whoever asks over it.
struct BadNetwork {
    proxy: Proxy,
    client: reqwest::Client,
    asked: AtomicUsize,
}

impl BadNetwork {
    async fn before(server: &TestServer, seed: u64) -> Self {
        Self::with_patience(server, seed, PATIENCE).await
    }

    async fn with_patience(server: &TestServer, seed: u64, patience: Duration) -> Self {
        let mut faults = Fault::SOON.to_vec();
        faults.push(Fault::Swallow);
        let proxy = Proxy::start(server.address, Script::random(seed, &faults, 0.6)).await;
        let client = reqwest::Client::builder().timeout(patience).redirect(reqwest::redirect::Policy::none());
        Self { proxy, client: client.no_proxy().build().unwrap(), asked: AtomicUsize::new(0) }
    }

    /// Asks until every operation is done. Its seed is printed, and how often was asked.
    async fn carry_out(server: &TestServer, seed: u64, operations: Vec<Operation>) {
        let (network, count) = (Self::before(server, seed).await, operations.len());
        let queue = std::sync::Mutex::new(operations);
        let workers = (0..AT_ONCE).map(async |_| {
            loop {
                let Some(operation) = queue.lock().unwrap().pop() else { return };
                let _answer = network.until_done(&operation).await.unwrap();
            }
        });
        let _done = futures::future::join_all(workers).await;
        println!("seed {seed}: {count} operations, asked {} times", network.asked.into_inner());
    }

    /// Asks until it is answered. An answer that says something else than that it is done is an error.
    async fn until_done(&self, operation: &Operation) -> Result<Answer, String> {
        let Operation { method, path, token, headers, body, done } = operation;
        for _ in 0..1000 {
            let _before = self.asked.fetch_add(1, Ordering::Relaxed);
            let mut request = self.client.request(method.clone(), format!("{}{path}", self.proxy.url())).json(body);
            for (name, value) in headers {
                request = request.header(*name, value);
            }
            if let Some(token) = token {
                request = request.bearer_auth(token);
            }
            let Ok(answer) = request.send().await else { continue };
            let status = answer.status().as_u16();
            let ours =
                answer.headers().get("content-type").is_some_and(|kind| kind.as_bytes().starts_with(b"application/"));
            // An answer that breaks off is none.
            let Ok(body) = answer.bytes().await else { continue };
            if done.contains(&status) && (ours || status == 204) {
                return Ok(Answer { status, body: serde_json::from_slice(&body).unwrap_or_default() });
            }
            let passing = status >= 500 || !ours;
            if !passing {
                return Err(format!("{method} {path}: {status} {}", String::from_utf8_lossy(&body)));
            }
        }
        Err(format!("{method} {path} is never done"))
    }
}

/// That it is done.
struct Answer {
    status: u16,
    body: Json,
}

/// What stands in the server's database.
fn count(server: &TestServer, sql: &str) -> usize {
    let file = server.folder.path().join("server.db");
    let database = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    database.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap().try_into().unwrap()
}

/// Does something to the server's database that the server knows nothing of.
fn change_database(server: &TestServer, sql: &str) {
    Connection::open(server.folder.path().join("server.db")).unwrap().execute_batch(sql).unwrap();
}

#[tokio::test]
async fn a_change_has_one_effect_over_a_network_that_loses_answers() {
    let server = TestServer::start().await;
    let clinic = server.clinic("Ågade").await;
    let mut pcs = vec![];
    for number in 0..AT_ONCE {
        let code = server.store.new_code(clinic.id, None, server.now).await.unwrap();
        pcs.push(BarePc::pair(&server.url(""), code.reveal(), &format!("PC {number}")).await);
    }
    let base = pcs[0].give_demo().await;
    let before = ["select count(*) from change", "select count(*) from accepted"].map(|sql| count(&server, sql));
    // Every PC sends its own, in order, as the thread does: what the next one is asked waits for the one before.
    let network = BadNetwork::before(&server, 5).await;
    let patients: Vec<_> = demo().into_iter().filter(|record| record.value.kind() == Kind::Patient).collect();
    let each = OPERATIONS.div_ceil(AT_ONCE);
    let sending = pcs.iter_mut().zip(&patients).map(async |(pc, patient)| {
        for number in 0..each {
            let change = pc.change(vec![set(patient, base, json!({"phone": format!("{number:08}")}))]);
            let operation = Operation {
                method: Method::POST,
                path: "/api/v1/changes".to_owned(),
                token: Some(pc.paired.token.clone()),
                headers: vec![],
                body: serde_json::to_value(&change).unwrap(),
                done: &[201],
            };
            let _accepted = network.until_done(&operation).await.unwrap();
        }
    });
    let _all = futures::future::join_all(sending).await;
    println!("{} changes, asked {} times", each * AT_ONCE, network.asked.into_inner());
    let after = ["select count(*) from change", "select count(*) from accepted"].map(|sql| count(&server, sql));
    assert_eq!(after, before.map(|before| before + each * AT_ONCE));
    let last = format!("{:08}", each - 1);
    let sql = format!("select count(*) from record where kind = 'patient' and value ->> 'phone' = '{last}'");
    assert_eq!(count(&server, &sql), AT_ONCE);
    assert!(server.store.audit_verify(clinic.id).await.is_ok());
    server.stop().await;
}

#[tokio::test]
async fn removing_a_pc_and_asking_for_a_code_have_one_effect_each() {
    let server = TestServer::start().await;
    let clinic = server.clinic("Ågade").await;
    let mut devices = vec![];
    for number in 0..50 {
        let code = server.store.new_code(clinic.id, None, server.now).await.unwrap();
        devices.push(server.pair_with(&code, &format!("PC {number}")).await);
    }
    let codes: Vec<_> = (0..OPERATIONS)
        .map(|number| Operation {
            method: Method::POST,
            path: "/api/v1/devices/code".to_owned(),
            token: Some(devices[number % devices.len()].token.clone()),
            headers: vec![],
            body: json!({}),
            done: &[201],
        })
        .collect();
    BadNetwork::carry_out(&server, 6, codes).await;
    // A PC has one code that is open, however often it has asked.
    assert_eq!(count(&server, "select count(*) from pairing_code where asked_by is not null"), devices.len());
    let (keeper, others) = devices.split_first().unwrap();
    let removals: Vec<_> = (0..OPERATIONS)
        .map(|number| Operation {
            method: Method::DELETE,
            path: format!("/api/v1/devices/{}", others[number % others.len()].device),
            token: Some(keeper.token.clone()),
            headers: vec![],
            body: Json::Null,
            done: &[204],
        })
        .collect();
    BadNetwork::carry_out(&server, 7, removals).await;
    assert_eq!(count(&server, "select count(*) from device where revoked_at is not null"), others.len());
    assert_eq!(count(&server, "select count(*) from audit where deed = 'revoke'"), others.len());
    server.stop().await;
}

/// Whoever did not hear the answer shows the code again, and is the same PC.
#[tokio::test]
async fn a_code_pairs_one_pc_over_a_network_that_loses_answers() {
    let server = TestServer::start().await;
    let mut pairings = vec![];
    for _ in 0..OPERATIONS {
        let clinic = server.clinic("Ågade").await;
        let code = clinic.code.reveal().to_owned();
        let request = PairRequest { code, device: "PC".to_owned(), attempt: Some(Uuid::new_v4()) };
        pairings.push(Operation {
            method: Method::POST,
            path: "/api/v1/pair".to_owned(),
            token: None,
            headers: vec![],
            body: serde_json::to_value(&request).unwrap(),
            done: &[201],
        });
    }
    BadNetwork::carry_out(&server, 8, pairings).await;
    assert_eq!(count(&server, "select count(*) from device"), OPERATIONS);
    assert_eq!(count(&server, "select count(distinct clinic) from device"), OPERATIONS);
    server.stop().await;
}

/// The control: a server that forgets the ids of the changes it has taken in is found out.
#[tokio::test]
async fn a_server_that_forgets_what_it_has_done_is_found_out() {
    let server = TestServer::start().await;
    let clinic = server.clinic("Ågade").await;
    let pc = BarePc::of(&server, &clinic, "PC").await;
    let _demo = pc.give_demo().await;
    change_database(&server, "create trigger forgets after insert on accepted begin delete from accepted; end");
    let network = BadNetwork::before(&server, 9).await;
    let mut found_out = None;
    for _ in 0..100 {
        let change = serde_json::to_value(pc.change(vec![])).unwrap();
        let operation = Operation {
            method: Method::POST,
            path: "/api/v1/changes".to_owned(),
            token: Some(pc.paired.token.clone()),
            headers: vec![],
            body: change,
            done: &[201],
        };
        if let Err(wrong) = network.until_done(&operation).await {
            found_out = Some(wrong);
            break;
        }
    }
    println!("{}", found_out.expect("a change that was sent again is taken for another one"));
    server.stop().await;
}
