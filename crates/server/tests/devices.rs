//! A clinic's PCs: each knows the others, and only those of its own clinic.

use std::sync::atomic::{AtomicI64, Ordering};

use aftalebog_booking::wire::{DeviceInfo, Devices, PairingCode};
use aftalebog_server::access::Device;
use aftalebog_server::clock::Clock;
use aftalebog_server::secret;
use chrono::TimeDelta;
use reqwest::Response;
use rusqlite::Connection;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::bare_pc::BarePc;
use crate::clinic_pc::{delete, demo, first, set};
use crate::patients::Clinic;
use crate::test_server::{TestServer, monday, problem, shown};
use aftalebog_booking::Kind;

impl BarePc {
    async fn devices(&self) -> Vec<DeviceInfo> {
        let answer = self.get("/api/v1/devices").send().await.unwrap();
        answer.json::<Devices>().await.unwrap().devices
    }

    async fn revoke(&self, id: impl std::fmt::Display) -> Response {
        let url = format!("{}/api/v1/devices/{id}", self.server);
        self.client.delete(url).bearer_auth(&self.paired.token).send().await.unwrap()
    }
}

#[tokio::test]
async fn a_paired_pc_lets_another_one_in_and_takes_it_out_again() {
    let server = TestServer::start().await;
    let clinic = server.clinic("Ågade").await;
    let one = BarePc::of(&server, &clinic, "Reception").await;
    let code = one.post("/api/v1/devices/code", &()).send().await.unwrap();
    assert_eq!(code.status(), 201);
    let code: PairingCode = code.json().await.unwrap();
    assert_eq!(code.expires_at, server.now + TimeDelta::minutes(10));
    let two = BarePc::pair(&server.url(""), &code.code, "Klinik 2").await;
    let names = |devices: Vec<DeviceInfo>| -> Vec<(String, bool, bool)> {
        let mut names: Vec<_> = devices.into_iter().map(|it| (it.name, it.this, it.revoked_at.is_some())).collect();
        names.sort();
        names
    };
    let expected = |revoked| vec![("Klinik 2".to_owned(), false, revoked), ("Reception".to_owned(), true, false)];
    assert_eq!(names(one.devices().await), expected(false));
    assert_eq!(one.revoke(two.paired.device).await.status(), 204);
    assert_eq!(names(one.devices().await), expected(true));
    assert_eq!(problem(two.get("/api/v1/snapshot").send().await.unwrap()).await, (401, "revoked".to_owned()));
    // Again, and itself.
    assert_eq!(one.revoke(two.paired.device).await.status(), 204);
    assert_eq!(one.revoke(one.paired.device).await.status(), 204);
    assert_eq!(problem(one.get("/api/v1/devices").send().await.unwrap()).await, (401, "revoked".to_owned()));
    assert_eq!(server.store.audit_verify(clinic.id).await.unwrap(), 4, "two were paired and revoked");
    server.stop().await;
}

#[tokio::test]
async fn a_pc_whose_access_ends_while_its_change_is_on_its_way_changes_nothing() {
    let server = TestServer::start().await;
    let clinic = server.clinic("Ågade").await;
    let one = BarePc::of(&server, &clinic, "A").await;
    let code: PairingCode = one.post("/api/v1/devices/code", &()).send().await.unwrap().json().await.unwrap();
    let two = BarePc::pair(&server.url(""), &code.code, "B").await;
    let asking = server.store.device_by_token(secret::hash(&two.paired.token), server.now).await.unwrap();
    let given = two.change(vec![]);
    let _accepted = server.store.take_change(asking.device, given.clone(), server.now).await.unwrap();
    assert_eq!(one.revoke(two.paired.device).await.status(), 204);
    // Its token was good when it began to ask.
    for change in [given, two.change(vec![])] {
        let error = server.store.take_change(asking.device, change, server.now).await.unwrap_err();
        assert_eq!(error.problem().code(), "revoked");
    }
    let error = server.store.snapshot(asking.device).await.unwrap_err();
    assert_eq!(error.problem().code(), "revoked");
    server.stop().await;
}

/// A change that takes its time on the wire, as raw bytes; the server reads its body only after it knows who sends it.
async fn slowly(pc: &BarePc, meanwhile: impl AsyncFnOnce()) -> String {
    let body = serde_json::to_string(&pc.change(vec![])).unwrap();
    let mut stream = TcpStream::connect(pc.server.trim_start_matches("http://")).await.unwrap();
    let head = format!(
        "POST /api/v1/changes HTTP/1.1\r\nhost: a\r\nauthorization: Bearer {}\r\ncontent-type: application/json\r\n\
            content-length: {}\r\nexpect: 100-continue\r\nconnection: close\r\n\r\n",
        pc.paired.token,
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut goes_on = [0; 25];
    let _length = stream.read_exact(&mut goes_on).await.unwrap();
    assert_eq!(goes_on, *b"HTTP/1.1 100 Continue\r\n\r\n");
    let (begins, ends) = body.split_at(body.len() / 2);
    stream.write_all(begins.as_bytes()).await.unwrap();
    meanwhile().await;
    stream.write_all(ends.as_bytes()).await.unwrap();
    let mut answer = String::new();
    let _length = stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn a_pc_that_sends_slowly_and_is_revoked_meanwhile_changes_nothing() {
    let server = TestServer::start().await;
    let clinic = server.clinic("Ågade").await;
    let one = BarePc::of(&server, &clinic, "A").await;
    let code = server.store.new_code(clinic.id, None, server.now).await.unwrap();
    let two = BarePc::pair(&server.url(""), code.reveal(), "B").await;
    // The control: as slow, and nothing happens meanwhile.
    let answer = slowly(&two, async || {}).await;
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    let id = two.paired.device;
    let answer = slowly(&two, async || assert_eq!(one.revoke(id).await.status(), 204)).await;
    assert!(answer.starts_with("HTTP/1.1 401") && answer.contains(":revoked\""), "{answer}");
    let database = Connection::open(server.folder.path().join("server.db")).unwrap();
    let changes: i64 = database.query_row("select count(*) from change", [], |row| row.get(0)).unwrap();
    assert_eq!(changes, 1);
    server.stop().await;
}

#[tokio::test]
async fn whoever_cannot_be_written_down_as_seen_is_answered_all_the_same() {
    let hand: &AtomicI64 = Box::leak(Box::new(AtomicI64::new(monday().timestamp())));
    let server = TestServer::start_at(Clock::ByHand(hand)).await;
    let clinic = Clinic::start(&server).await;
    let token = clinic.log_in(&clinic.patient("Karen").value).await;
    let database = Connection::open(server.folder.path().join("server.db")).unwrap();
    let times = || -> (i64, i64) {
        let sql = "select (select max(last_seen) from device), (select max(last_used) from session)";
        database.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
    };
    let both_ask = async || {
        let _later = hand.fetch_add(6 * 60, Ordering::SeqCst);
        assert_eq!(clinic.pc.get("/api/v1/devices").send().await.unwrap().status(), 200);
        let bookings = server.get("/api/v1/patient/bookings").bearer_auth(&token).send().await.unwrap();
        assert_eq!(bookings.status(), 200);
        times()
    };
    let before = times();
    database
        .execute_batch(
            "create trigger full_1 before update of last_seen on device begin select raise(abort, 'no room'); end;
            create trigger full_2 before update of last_used on session begin select raise(abort, 'no room'); end",
        )
        .unwrap();
    assert_eq!(both_ask().await, before, "nothing can be written");
    database.execute_batch("drop trigger full_1; drop trigger full_2").unwrap();
    let now = monday().timestamp() + 12 * 60;
    assert_eq!(both_ask().await, (now, now), "the control: otherwise it is");
    server.stop().await;
}

#[tokio::test]
async fn a_pc_of_another_clinic_is_not_there() {
    let server = TestServer::start().await;
    let (a, b) = (server.clinic("A").await, server.clinic("B").await);
    let of_a = BarePc::of(&server, &a, "A").await;
    let of_b = BarePc::of(&server, &b, "B").await;
    let base = of_a.give_demo().await;
    assert_eq!(problem(of_b.revoke(of_a.paired.device).await).await, (404, "not_found".to_owned()));
    assert_eq!(problem(of_b.revoke("x").await).await, (404, "not_found".to_owned()));
    assert_eq!(of_b.devices().await.len(), 1);
    // The records of A are nothing to B: neither edited, nor deleted, nor named, nor read.
    let _revision = of_b.save(vec![]).await;
    let patient = first(&demo(), Kind::Patient).clone();
    let reason = |problem: aftalebog_booking::wire::Problem| problem.reason.unwrap();
    assert_eq!(reason(of_b.refused(vec![set(&patient, base, serde_json::json!({"phone": "1"}))]).await), "unknown");
    assert_eq!(reason(of_b.refused(vec![delete(&patient, base)]).await), "unknown");
    let need = first(&demo(), Kind::Need).clone();
    assert_eq!(reason(of_b.refused(vec![crate::clinic_pc::create(&need)]).await), "dangling");
    let snapshot = of_b.get("/api/v1/snapshot").send().await.unwrap().text().await.unwrap();
    assert!(snapshot.contains("\"records\":[]"));
    // The same ids are its own.
    let _same_ids = of_b.give_demo().await;
    server.stop().await;
}

#[tokio::test]
async fn a_pc_that_was_away_for_half_a_year_is_no_longer_one_of_the_clinics() {
    let server = TestServer::start().await;
    let clinic = server.clinic("Ågade").await;
    let pc = BarePc::of(&server, &clinic, "Reception").await;
    let token = secret::hash(&pc.paired.token);
    let after = |days| server.now + TimeDelta::days(days);
    let asking = server.store.device_by_token(token, after(179)).await.unwrap();
    assert_eq!(asking.device, Device { id: pc.paired.device, clinic: clinic.id });
    let _seen_then = server.store.device_by_token(token, after(179 + 180)).await.unwrap();
    let error = server.store.device_by_token(token, after(179 + 180 + 181)).await.unwrap_err();
    assert_eq!(error.problem().code(), "revoked");
    let listed = async |days| server.store.devices(clinic.id, None, after(days)).await.unwrap().remove(0);
    assert_eq!(listed(179 + 180 - 1).await.revoked_at, None);
    assert_eq!(listed(179 + 180 + 181).await.revoked_at, Some(after(179 + 180 + 180)), "since then it has no access");
    let counted = async |days| server.store.clinics(after(days)).await.unwrap()[0].devices;
    assert_eq!((counted(179).await, counted(179 + 180 + 181).await), (1, 0));
    server.stop().await;
}

#[tokio::test]
async fn the_audit_trail_says_who_let_a_pc_in() {
    let server = TestServer::start().await;
    let clinic = server.clinic("Ågade").await;
    let first = BarePc::of(&server, &clinic, "Reception").await;
    let code = server.store.new_code(clinic.id, Some(first.paired.device), server.now).await.unwrap();
    let second = server.pair_with(&code, "Klinik 2").await;
    let database = rusqlite::Connection::open(server.folder.path().join("server.db")).unwrap();
    let mut select = database.prepare("select details from audit where deed = 'pair' order by number").unwrap();
    let told = select.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let told: Vec<serde_json::Value> = told.map(|it| serde_json::from_str(&it.unwrap()).unwrap()).collect();
    let expected = |device, asked_by: Option<uuid::Uuid>| serde_json::json!({"device": device, "asked_by": asked_by});
    assert_eq!(told, [expected(first.paired.device, None), expected(second.device, Some(first.paired.device))]);
    server.stop().await;
}

#[tokio::test]
async fn ten_thousand_guesses_pair_nobody_and_the_clinic_is_paired_afterwards() {
    let server = TestServer::start().await;
    let clinic = server.clinic("Ågade").await;
    // From fifty addresses, far faster than the wire would be.
    let (mut refused, mut wrong) = (0, 0);
    for number in 0..10_000 {
        let network = format!("192.0.2.{}", number % 50);
        let guess = secret::Secret::pairing_code();
        let error = server.store.pair(&shown(guess.reveal(), "X"), &network, server.now).await.unwrap_err();
        match error.problem().code() {
            "too_many_tries" => refused += 1,
            "no_such_code" => wrong += 1,
            other => panic!("{other}"),
        }
    }
    assert_eq!((wrong, refused), (50, 9_950));
    // By then not even the right one is taken, and it is dead.
    let right = clinic.code.reveal();
    let error = server.store.pair(&shown(right, "X"), "198.51.100.1", server.now).await.unwrap_err();
    assert_eq!(error.problem().code(), "too_many_tries");
    let later = server.now + TimeDelta::minutes(9);
    let soon = server.now + TimeDelta::minutes(20);
    let error = server.store.pair(&shown(right, "X"), "198.51.100.1", later.max(soon)).await.unwrap_err();
    assert_eq!(error.problem().code(), "no_such_code");
    let code = server.store.new_code(clinic.id, None, soon).await.unwrap();
    let _paired = server.store.pair(&shown(code.reveal(), "X"), "198.51.100.1", soon).await.unwrap();
    server.stop().await;
}

#[tokio::test]
async fn who_mistypes_five_times_waits_and_others_do_not() {
    let server = TestServer::start().await;
    let clinic = server.clinic("Ågade").await;
    let right = clinic.code.reveal();
    for _ in 0..5 {
        let error = server.store.pair(&shown("0000-0000", "X"), "192.0.2.1", server.now).await.unwrap_err();
        assert_eq!(error.problem().code(), "no_such_code");
    }
    let error = server.store.pair(&shown(right, "X"), "192.0.2.1", server.now).await.unwrap_err().problem();
    assert_eq!((error.code(), error.status), ("too_many_tries", 429));
    assert!(error.retry_after_seconds.unwrap() <= 600);
    let _paired = server.store.pair(&shown(right, "X"), "192.0.2.2", server.now).await.unwrap();
    server.stop().await;
}

#[tokio::test]
async fn a_row_of_the_audit_trail_that_was_tampered_with_is_named() {
    let server = TestServer::start().await;
    let clinic = server.clinic("Ågade").await;
    let pc = BarePc::of(&server, &clinic, "Reception").await;
    let base = pc.give_demo().await;
    let patient = first(&demo(), Kind::Patient).clone();
    for number in 0..5 {
        let _revision = pc.save(vec![set(&patient, base, serde_json::json!({"phone": number.to_string()}))]).await;
    }
    assert_eq!(server.store.audit_verify(clinic.id).await.unwrap(), 7);
    let database = Connection::open(server.folder.path().join("server.db")).unwrap();
    // The diff is the server's: the value before, which the PC did not send.
    let details: String =
        database.query_row("select details from audit where number = 5", [], |row| row.get(0)).unwrap();
    let details: serde_json::Value = serde_json::from_str(&details).unwrap();
    assert_eq!(
        (&details["records"][0]["old"]["phone"], &details["records"][0]["new"]["phone"]),
        (&"1".into(), &"2".into())
    );
    for refused in ["update audit set at = 0", "delete from audit where number = 7"] {
        assert!(database.execute(refused, []).is_err(), "{refused}");
    }
    database.execute_batch("drop trigger audit_is_not_changed; drop trigger audit_is_not_deleted").unwrap();
    database.execute_batch("create table kept as select * from audit").unwrap();
    for (number, tampering) in [
        (4, "update audit set details = replace(details, '\"0\"', '\"1\"') where number = 4"),
        (3, "update audit set at = at + 1 where number = 3"),
        (1, "update audit set device = null where number = 1"),
        (6, "update audit set hash = zeroblob(32) where number = 6"),
        (2, "delete from audit where number = 2"),
        (7, "delete from audit where number = 7"),
    ] {
        assert_eq!(database.execute(tampering, []).unwrap(), 1, "{tampering}");
        let error = server.store.audit_verify(clinic.id).await.unwrap_err();
        assert_eq!(error.to_string(), format!("row {number} of the audit trail is not as it was written"));
        database.execute_batch("delete from audit; insert into audit select * from kept").unwrap();
        assert_eq!(server.store.audit_verify(clinic.id).await.unwrap(), 7);
    }
    server.stop().await;
}
