//! Patients who ask for codes, create themselves and log out over a network that loses answers. Whoever is not told
//! that they are logged in asks for another code; nobody is two patients, and no code opens two sessions.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aftalebog_server::clock::Clock;
use reqwest::Method;
use serde_json::{Value as Json, json};

use super::{AT_ONCE, BadNetwork, Operation, change_database, count};
use crate::messages::{gateway, texting};
use crate::patients::{Clinic, telephone};
use crate::test_server::{TestServer, monday};

/// How many log in, and how many create themselves.
fn people() -> usize {
    std::env::var("LOGIN_OPERATIONS").map_or(100, |count| count.parse().unwrap())
}

/// The last code that each telephone was sent.
type Codes = Arc<Mutex<HashMap<String, String>>>;

/// Telephones with the codes that a text message service was given for them.
async fn telephones(keys: &std::path::Path) -> (aftalebog_server::config::Messages, Codes) {
    let (url, mut messages) = gateway(vec![200]).await;
    let codes = Codes::default();
    let read = codes.clone();
    let _runs_on = tokio::spawn(async move {
        while let Some((_, message)) = messages.recv().await {
            let message: Json = serde_json::from_str(&message).unwrap();
            let text = message["text"].as_str().unwrap().split(|it: char| !it.is_ascii_digit());
            if let Some(code) = text.into_iter().find(|word| word.len() == 6) {
                let _older = read.lock().unwrap().insert(message["to"].as_str().unwrap().to_owned(), code.to_owned());
            }
        }
    });
    (texting(url, keys), codes)
}

struct Scene<'s> {
    clinic: Clinic<'s>,
    network: BadNetwork,
    codes: Codes,
    codes_asked_for: AtomicUsize,
    /// So many sessions one code has opened, at the most.
    most_sessions: AtomicUsize,
}

impl Scene<'_> {
    async fn ask(&self, call: &str, token: Option<String>, body: Json, done: &'static [u16]) -> super::Answer {
        let operation = Operation {
            method: Method::POST,
            path: format!("/api/v1/clinics/{}/{call}", self.clinic.new.slug),
            token,
            headers: vec![],
            body,
            done,
        };
        self.network.until_done(&operation).await.unwrap()
    }

    /// The code that somebody reads when all that was written to them has been sent.
    async fn code(&self, phone: &str) -> Option<String> {
        let waiting = format!("select count(*) from message where recipient = '{phone}'");
        while count(self.clinic.server, &waiting) > 0 {
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        self.codes.lock().unwrap().get(phone).cloned()
    }

    /// The sessions of whoever has this telephone.
    fn sessions(&self, phone: &str) -> usize {
        let sql = "select count(*) from session join record on record.clinic = session.clinic and record.id = patient
            where replace(value ->> 'phone', ' ', '') =";
        count(self.clinic.server, &format!("{sql} '{phone}'"))
    }

    /// Somebody who does not give up: the token of the session.
    async fn log_in(&self, call: &str, who: Json) -> String {
        let phone: String = who["phone"].as_str().unwrap().split_whitespace().collect();
        for _ in 0..100 {
            let begun = self.ask(call, None, who.clone(), &[202]).await.body;
            let _before = self.codes_asked_for.fetch_add(1, Ordering::Relaxed);
            let Some(code) = self.code(&phone).await else { continue };
            let before = self.sessions(&phone);
            // What was asked for earlier may arrive later, and is the newer code.
            let body = json!({"challenge": begun["challenge"], "code": code});
            let verified = self.ask("verify", None, body, &[200, 403]).await;
            let _most = self.most_sessions.fetch_max(self.sessions(&phone) - before, Ordering::Relaxed);
            if verified.status == 200 {
                return verified.body["patients"][0]["token"].as_str().unwrap().to_owned();
            }
        }
        panic!("{call}: nobody tries so often");
    }
}

/// How many sessions a code has opened, at the most.
async fn most_sessions_of_a_code(forgets: bool) -> usize {
    let keys = tempfile::tempdir().unwrap();
    let (messages, codes) = telephones(keys.path()).await;
    let server = TestServer::start_with(Clock::Fixed(monday()), |config| {
        config.messages = messages;
        let limits = &mut config.patients;
        for limit in [
            &mut limits.codes_per_recipient_and_day,
            &mut limits.codes_per_address_and_hour,
            &mut limits.tries_per_address_and_hour,
            &mut limits.sms_per_clinic_and_day,
            &mut limits.registrations_per_clinic_and_day,
        ] {
            *limit = 1_000_000;
        }
    })
    .await;
    let clinic = Clinic::start(&server).await;
    if forgets {
        // A code that was used is good again.
        let again = "create trigger forgets after delete on challenge when old.tries_left < 5 begin
            insert into challenge select old.id_hash, old.clinic, old.contact_hash, old.channel, old.patients,
                old.registration, old.code_hash, old.tries_left, old.created_at, old.expires_at; end";
        change_database(&server, again);
    }
    let people = if forgets { 24 } else { people() };
    // The code is hashed before it is answered, and others wait for that, too.
    let network = BadNetwork::with_patience(&server, 12, Duration::from_secs(2)).await;
    let scene = Scene { clinic, network, codes, codes_asked_for: 0.into(), most_sessions: 0.into() };
    let before = count(&server, "select count(*) from record where kind = 'patient'");

    // Each of these has their own people, so that no telephone is asked from two sides at once.
    let workers = (0..AT_ONCE).map(async |worker| {
        let mut tokens = vec![];
        let known = scene.clinic.patients.iter().filter(|it| !it.value.self_registered).skip(worker).step_by(AT_ONCE);
        let known: Vec<_> = known.collect();
        for person in (worker..people).step_by(AT_ONCE) {
            let patient = &known[person / AT_ONCE % known.len()].value;
            tokens.push(scene.log_in("login", json!({"birth_date": patient.birth_date, "phone": patient.phone})).await);
            let phone = telephone(u32::try_from(5000 + person).unwrap());
            let new = json!({"name": format!("Ny {person}"), "birth_date": "1990-02-28", "phone": phone});
            tokens.push(scene.log_in("register", new).await);
        }
        tokens
    });
    let tokens: Vec<String> = futures::future::join_all(workers).await.into_iter().flatten().collect();
    let most = scene.most_sessions.load(Ordering::Relaxed);
    let codes = scene.codes_asked_for.load(Ordering::Relaxed);
    println!("{people} logins and {people} registrations: {codes} codes, each opened {most} sessions at the most");
    let sessions = count(&server, "select count(*) from session");
    let made = count(&server, "select count(*) from record where kind = 'patient'") - before;
    assert_eq!(count(&server, "select count(*) from audit where deed = 'login'"), sessions);
    if forgets {
        return most;
    }
    assert_eq!(made, people, "whoever creates themself is there once");
    let twice = "select count(*) from (select 1 from challenge group by contact_hash having count(*) > 1)";
    assert_eq!(count(&server, twice), 0, "a newer code ends the older one");

    let log_out = tokens.iter().map(|token| Operation {
        method: Method::POST,
        path: format!("/api/v1/clinics/{}/logout", scene.clinic.new.slug),
        token: Some(token.clone()),
        headers: vec![],
        body: json!({}),
        done: &[204],
    });
    BadNetwork::carry_out(&server, 13, log_out.collect()).await;
    assert_eq!(count(&server, "select count(*) from session"), sessions - tokens.len(), "their own, and no other");
    assert!(server.store.audit_verify(scene.clinic.new.id).await.is_ok());
    drop(scene);
    server.stop().await;
    most
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_code_opens_two_sessions_and_nobody_is_there_twice() {
    assert_eq!(most_sessions_of_a_code(false).await, 1);
}

/// The control: a server that forgets that a code was used is found out.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_takes_a_code_twice_is_found_out() {
    assert!(most_sessions_of_a_code(true).await > 1);
}
