//! A network that cuts, delays, repeats and swallows: every call has one effect, however often it was asked.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use aftalebog_booking::Kind;
use aftalebog_booking::wire::PairRequest;
use reqwest::Method;
use rusqlite::{Connection, OpenFlags};
use serde_json::{Value as Json, json};

use crate::clinic_pc::{Pc, demo, set};
use crate::proxy::{Fault, Proxy, Script};
use crate::test_server::TestServer;

/// A request that is repeated until it is known to be done.
pub struct Operation {
    pub method: Method,
    pub path: String,
    pub token: Option<String>,
    pub headers: Vec<(&'static str, String)>,
    pub body: Json,
    /// The answers that say that it is done.
    pub done: &'static [u16],
}

/// So many of each route; the issue asks for a thousand.
const OPERATIONS: usize = 1000;

/// So many at the same time.
const AT_ONCE: usize = 8;

/// Asks over a bad network until every operation is done. Its seed is printed, and how often was asked.
pub async fn carry_out(server: &TestServer, seed: u64, operations: Vec<Operation>) {
    let mut faults = Fault::SOON.to_vec();
    faults.push(Fault::Swallow);
    let proxy = Proxy::start(server.address, Script::random(seed, &faults, 0.6)).await;
    let (asked, count) = (AtomicUsize::new(0), operations.len());
    let queue = std::sync::Mutex::new(operations);
    let workers = (0..AT_ONCE).map(async |_| {
        loop {
            let Some(operation) = queue.lock().unwrap().pop() else { return };
            until_done(&proxy, &operation, &asked).await;
        }
    });
    let _done = futures::future::join_all(workers).await;
    if count > 1 {
        println!("seed {seed}: {count} operations, asked {} times", asked.into_inner());
    }
}

async fn until_done(proxy: &Proxy, operation: &Operation, asked: &AtomicUsize) {
    let Operation { method, path, token, headers, body, done } = operation;
    let patience = Duration::from_millis(250);
    let client = reqwest::Client::builder().timeout(patience).redirect(reqwest::redirect::Policy::none());
    let client = client.no_proxy().build().unwrap();
    for _ in 0..1000 {
        let _before = asked.fetch_add(1, Ordering::Relaxed);
        let mut request = client.request(method.clone(), format!("{}{path}", proxy.url())).json(body);
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
            return;
        }
        let passing = status >= 500 || !ours;
        assert!(passing, "{method} {path}: {status} {}", String::from_utf8_lossy(&body));
    }
    panic!("{method} {path} is never done");
}

/// What stands in the server's database.
pub fn count(server: &TestServer, sql: &str) -> usize {
    let file = server.folder.path().join("server.db");
    let database = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    database.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap().try_into().unwrap()
}

#[tokio::test]
async fn a_change_has_one_effect_over_a_network_that_loses_answers() {
    let server = TestServer::start().await;
    let clinic = server.clinic("Ågade").await;
    let mut pcs = vec![];
    for number in 0..AT_ONCE {
        let code = server.store.new_code(clinic.id, None, server.now).await.unwrap();
        pcs.push(Pc { paired: server.pair_with(&code, &format!("PC {number}")).await, server: &server, sequence: 0 });
    }
    let base = pcs[0].give_demo().await;
    let before = ["select count(*) from change", "select count(*) from accepted"].map(|sql| count(&server, sql));
    // Every PC sends its own, in order, as the thread does: what the next one is asked waits for the one before.
    let mut faults = Fault::SOON.to_vec();
    faults.push(Fault::Swallow);
    let proxy = Proxy::start(server.address, Script::random(5, &faults, 0.6)).await;
    let patients: Vec<_> = demo().into_iter().filter(|record| record.value.kind() == Kind::Patient).collect();
    let each = OPERATIONS.div_ceil(AT_ONCE);
    let asked = AtomicUsize::new(0);
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
            until_done(&proxy, &operation, &asked).await;
        }
    });
    let _all = futures::future::join_all(sending).await;
    println!("{} changes, asked {} times", each * AT_ONCE, asked.into_inner());
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
    carry_out(&server, 6, codes).await;
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
    carry_out(&server, 7, removals).await;
    assert_eq!(count(&server, "select count(*) from device where revoked_at is not null"), others.len());
    assert_eq!(count(&server, "select count(*) from audit where deed = 'revoke'"), others.len());
    server.stop().await;
}

/// Whoever shows a code again that was used seems to guess, and would be made to wait: what is counted of it is forgotten.
#[tokio::test]
async fn a_code_pairs_one_pc_over_a_network_that_loses_answers() {
    let server = TestServer::start().await;
    let attempts = Connection::open(server.folder.path().join("server.db")).unwrap();
    for number in 0..OPERATIONS {
        let clinic = server.clinic("Ågade").await;
        let request = PairRequest { code: clinic.code.reveal().to_owned(), device: "PC".to_owned() };
        let operation = Operation {
            method: Method::POST,
            path: "/api/v1/pair".to_owned(),
            token: None,
            headers: vec![],
            body: serde_json::to_value(&request).unwrap(),
            done: &[201, 403, 429],
        };
        carry_out(&server, number as u64, vec![operation]).await;
        let _none = attempts.execute("delete from attempt", []).unwrap();
    }
    assert_eq!(count(&server, "select count(*) from device"), OPERATIONS);
    assert_eq!(count(&server, "select count(distinct clinic) from device"), OPERATIONS);
    server.stop().await;
}
