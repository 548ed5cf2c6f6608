//! What is sent arrives, by a real mail dialogue and a real HTTP service, and stands in no log.

use std::cell::RefCell;
use std::io::Write;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aftalebog_server::clock::Clock;
use aftalebog_server::config::{BodyFormat, Messages, SmsGateway, Smtp, SmtpSecurity, danish_numbers};
use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::any;
use serde_json::{Value as Json, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::patients::{Clinic, Visitor};
use crate::test_server::{TestServer, monday, problem};
use tracing_subscriber::filter::dynamic_filter_fn;
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};

const PATIENCE: Duration = Duration::from_secs(30);

/// Instead of a refusal: the mail server takes the letter, and hangs up without a word.
const SWALLOWS: &str = "";

/// A mail server that refuses so many dialogues before it takes one, for now or for good.
async fn mail_server(refusals: usize, refusal: &'static str) -> (u16, UnboundedReceiver<String>, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (taken, mails) = unbounded_channel();
    let dialogues = Arc::new(AtomicUsize::new(0));
    let count = dialogues.clone();
    let _runs_on = tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let refuses = count.fetch_add(1, Ordering::SeqCst) < refusals;
            // Whoever hangs up has failed, and is seen by what does not arrive.
            let _said = dialogue(BufReader::new(stream), refuses.then_some(refusal), taken.clone()).await;
        }
    });
    (port, mails, dialogues)
}

async fn dialogue(
    mut stream: BufReader<tokio::net::TcpStream>,
    refusal: Option<&str>,
    taken: UnboundedSender<String>,
) -> std::io::Result<()> {
    stream.write_all(b"220 mail.example ESMTP\r\n").await?;
    let (mut all, mut line, mut in_data) = (String::new(), String::new(), false);
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        all.push_str(&line);
        let answer = match (in_data, line.trim_end()) {
            (true, ".") => {
                in_data = false;
                let _heard = taken.send(std::mem::take(&mut all));
                if refusal == Some(SWALLOWS) {
                    return Ok(());
                }
                "250 2.0.0 taken".to_owned()
            }
            (true, _) => continue,
            (false, said) if said.starts_with("EHLO") => "250 mail.example".to_owned(),
            (false, said) if said.starts_with("RCPT") => {
                refusal.filter(|it| *it != SWALLOWS).unwrap_or("250 2.1.5 ok").to_owned()
            }
            (false, "DATA") => {
                in_data = true;
                "354 go on".to_owned()
            }
            (false, "QUIT") => return stream.write_all(b"221 2.0.0 bye\r\n").await,
            _ => "250 2.0.0 ok".to_owned(),
        };
        stream.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
}

fn smtp(port: u16) -> Messages {
    let email = Smtp {
        host: "127.0.0.1".to_owned(),
        port: Some(port),
        security: SmtpSecurity::None,
        from: "Tandlægerne <tider@moellesoeen.example>".to_owned(),
        user: None,
        password_file: None,
    };
    Messages { folder: None, email: Some(email), sms: None }
}

/// A text message service that answers with these, the last one for ever.
pub async fn gateway(answers: Vec<u16>) -> (String, UnboundedReceiver<(HeaderMap, String)>) {
    let (asked, requests) = unbounded_channel();
    let count = Arc::new(AtomicUsize::new(0));
    let take = move |headers: HeaderMap, body: String| async move {
        let turn = count.fetch_add(1, Ordering::SeqCst).min(answers.len() - 1);
        let _heard = asked.send((headers, body));
        StatusCode::from_u16(answers[turn]).unwrap()
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/send", listener.local_addr().unwrap());
    let _runs_on = tokio::spawn(async move { axum::serve(listener, Router::new().route("/send", any(take))).await });
    (url, requests)
}

pub fn texting(url: String, folder: &std::path::Path) -> Messages {
    let secret = folder.join("key");
    std::fs::write(&secret, "canary-secret\n").unwrap();
    let sms = SmsGateway {
        method: "POST".to_owned(),
        url,
        headers: [("x-account".to_owned(), "klinik".to_owned())].into(),
        secret_headers: [("authorization".to_owned(), secret)].into(),
        body: r#"{"to": "{recipient}", "text": "{text}"}"#.to_owned(),
        body_format: BodyFormat::Json,
        countries: danish_numbers(),
    };
    Messages { folder: None, email: None, sms: Some(sms) }
}

async fn next<T>(of: &mut UnboundedReceiver<T>) -> T {
    tokio::time::timeout(PATIENCE, of.recv()).await.expect("it arrives").unwrap()
}

/// Puts a clock forward until something arrives: what failed is tried again some time later.
async fn next_after<T>(clock: &AtomicI64, of: &mut UnboundedReceiver<T>) -> T {
    let waits = async {
        loop {
            match tokio::time::timeout(Duration::from_millis(200), of.recv()).await {
                Ok(arrived) => return arrived.unwrap(),
                Err(_) => drop(clock.fetch_add(5, Ordering::SeqCst)),
            }
        }
    };
    tokio::time::timeout(PATIENCE, waits).await.expect("it is tried again")
}

async fn none_waits(server: &TestServer) {
    let sent = async {
        while server.store.letters_waiting().await.unwrap() > 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(PATIENCE, sent).await.expect("nothing is kept of it");
}

fn clock() -> &'static AtomicI64 {
    Box::leak(Box::new(AtomicI64::new(monday().timestamp())))
}

#[tokio::test]
async fn an_e_mail_is_sent_again_until_the_mail_server_takes_it_and_then_forgotten() {
    let hand = clock();
    let (port, mut mails, dialogues) = mail_server(2, "451 4.3.0 come back later").await;
    let server = TestServer::start_with(Clock::ByHand(hand), |config| config.messages = smtp(port)).await;
    let clinic = Clinic::start(&server).await;
    let emil = &clinic.patient("Emil").value;
    let body = json!({"birth_date": emil.birth_date, "email": "EMIL.Sandager@patient.example"});
    let begun: Json = clinic.post("login", &body).send().await.unwrap().json().await.unwrap();
    assert_eq!(begun["channel"], "email");
    let mail = next_after(hand, &mut mails).await;
    assert_eq!(dialogues.load(Ordering::SeqCst), 3);
    assert!(mail.contains("RCPT TO:<emil.sandager@patient.example>"), "{mail}");
    assert!(mail.contains("MAIL FROM:<tider@moellesoeen.example>"), "{mail}");
    let (head, text) = mail.split_once("\r\n\r\n").unwrap();
    for name in ["Date: ", "Message-ID: <"] {
        assert!(head.lines().any(|line| line.starts_with(name)), "{name} in {head}");
    }
    assert!(head.contains("@moellesoeen.example>\r\n"), "the sender's, not this machine's: {head}");
    let text: String = text.replace("=\r\n", "");
    let code = text.split(|it: char| !it.is_ascii_digit()).find(|word| word.len() == 6).unwrap();
    let answer = clinic.verify(begun["challenge"].as_str().unwrap(), code).await;
    assert_eq!(answer.status(), 200);
    none_waits(&server).await;
    // By telephone nothing is sent here, and that is said beforehand.
    let shown: Json =
        server.get(&format!("/api/v1/clinics/{}", clinic.new.slug)).send().await.unwrap().json().await.unwrap();
    assert_eq!(shown["codes_by"], json!(["email"]));
    server.stop().await;
}

#[tokio::test]
async fn what_a_mail_server_refuses_for_good_is_given_up() {
    let (port, _mails, dialogues) = mail_server(usize::MAX, "550 5.1.1 emil.sandager@patient.example is nobody").await;
    let server = TestServer::start_with(Clock::Fixed(monday()), |config| config.messages = smtp(port)).await;
    let clinic = Clinic::start(&server).await;
    let body = json!({"birth_date": clinic.patient("Emil").value.birth_date, "email": "emil.sandager@patient.example"});
    assert_eq!(clinic.post("login", &body).send().await.unwrap().status(), 202);
    none_waits(&server).await;
    assert_eq!(dialogues.load(Ordering::SeqCst), 1);
    server.stop().await;
}

/// As `whoever_loses_every_answer_is_asked_once_for_a_code_and_twice_for_a_confirmation`.
#[tokio::test]
async fn a_mail_server_that_loses_every_answer_gets_a_code_once_and_a_confirmation_twice() {
    let hand = clock();
    let (port, mut mails, dialogues) = mail_server(usize::MAX, SWALLOWS).await;
    let server = TestServer::start_with(Clock::ByHand(hand), |config| config.messages = smtp(port)).await;
    let clinic = Clinic::start(&server).await;
    let body = json!({"birth_date": clinic.patient("Emil").value.birth_date, "email": "emil.sandager@patient.example"});
    assert_eq!(clinic.post("login", &body).send().await.unwrap().status(), 202);
    let _code = next(&mut mails).await;
    none_waits(&server).await;
    let database = rusqlite::Connection::open(server.folder.path().join("server.db")).unwrap();
    let sql = "insert into message
            (clinic, channel, recipient, subject, body, created_at, due_at, expires_at, tries, may_arrive)
        select id, 'email', 'emil.sandager@patient.example', '', 'a confirmation', 0, 0, ?1, 0, 2 from clinic";
    let _one = database.execute(sql, [monday().timestamp() + 36_000]).unwrap();
    // Whatever is written wakes those who send.
    assert_eq!(clinic.post("login", &body).send().await.unwrap().status(), 202);
    let mut confirmations = 0;
    while confirmations < 2 {
        confirmations += usize::from(next_after(hand, &mut mails).await.contains("a confirmation"));
    }
    none_waits(&server).await;
    assert_eq!(dialogues.load(Ordering::SeqCst), 4, "two codes and one confirmation, which alone is sent again");
    server.stop().await;
}

#[tokio::test]
async fn a_text_message_is_asked_for_as_the_service_wants_it_and_again_when_it_fails() {
    let (url, mut requests) = gateway(vec![503, 429, 200]).await;
    let (hand, keys) = (clock(), tempfile::tempdir().unwrap());
    let server =
        TestServer::start_with(Clock::ByHand(hand), |config| config.messages = texting(url, keys.path())).await;
    let clinic = Clinic::start(&server).await;
    let challenge = clinic.challenge(&clinic.patient("Ida").value).await;
    let (headers, first) = next(&mut requests).await;
    assert_eq!(
        (&headers["authorization"], &headers["x-account"]),
        (&"canary-secret".parse().unwrap(), &"klinik".parse().unwrap())
    );
    let message: Json = serde_json::from_str(&first).unwrap();
    assert_eq!(message["to"], "+4501430002");
    let text = message["text"].as_str().unwrap();
    assert!(text.starts_with("Din kode til Tandlægerne ved Møllesøen (demo) er "), "{text}");
    for _ in 0..2 {
        let (_, again) = next_after(hand, &mut requests).await;
        assert_eq!(again, first);
    }
    none_waits(&server).await;
    let code = text.split(|it: char| !it.is_ascii_digit()).find(|word| word.len() == 6).unwrap();
    assert_eq!(clinic.verify(&challenge, code).await.status(), 200);
    server.stop().await;
}

/// A text message service that takes every request, and hangs up without a word.
async fn swallowing_gateway() -> (String, UnboundedReceiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/send", listener.local_addr().unwrap());
    let (asked, requests) = unbounded_channel();
    let _runs_on = tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = vec![];
            // The body is an object, and nothing in the head has such a brace.
            while !request.ends_with(b"}") {
                let read = stream.read_buf(&mut request).await.unwrap();
                assert!(read > 0, "{}", String::from_utf8_lossy(&request));
            }
            let _heard = asked.send(String::from_utf8(request).unwrap());
        }
    });
    (url, requests)
}

/// An answer that is lost may have cost as much as one that arrives.
#[tokio::test]
async fn whoever_loses_every_answer_is_asked_once_for_a_code_and_twice_for_a_confirmation() {
    let (url, mut requests) = swallowing_gateway().await;
    let (hand, keys) = (clock(), tempfile::tempdir().unwrap());
    let server =
        TestServer::start_with(Clock::ByHand(hand), |config| config.messages = texting(url.clone(), keys.path())).await;
    let clinic = Clinic::start(&server).await;
    let challenge = clinic.challenge(&clinic.patient("Ida").value).await;
    let code = next(&mut requests).await;
    none_waits(&server).await;
    let code = code.split(|it: char| !it.is_ascii_digit()).rfind(|word| word.len() == 6).unwrap();
    let verified: Json = clinic.verify(&challenge, code).await.json().await.unwrap();
    let ida = Visitor { clinic: &clinic, token: verified["patients"][0]["token"].as_str().unwrap().to_owned() };
    let types = ida.types().await;
    let offer = ida.offers(&types[0]).await.remove(0);
    assert_eq!(ida.book("once", &types[0], &offer).await.status(), 201);
    let confirmation = next(&mut requests).await;
    assert!(confirmation.contains("Du har en tid hos"), "{confirmation}");
    let again = next_after(hand, &mut requests).await;
    assert_eq!(again.lines().last(), confirmation.lines().last(), "of all that was lost this alone is sent again");
    none_waits(&server).await;

    // The server was killed while it sent these: the code may have arrived.
    let database = rusqlite::Connection::open(server.folder.path().join("server.db")).unwrap();
    let sql = "insert into message
            (clinic, channel, recipient, subject, body, created_at, due_at, expires_at, tries, may_arrive)
        select id, 'sms', '+4501430002', '', ?1, 0, 0, ?2, 1, ?3 from clinic";
    for (text, may_arrive) in [("a code", 0), ("a confirmation", 1)] {
        let _one = database.execute(sql, rusqlite::params![text, monday().timestamp() + 36_000, may_arrive]).unwrap();
    }
    let folder = server.stop_and_keep().await;
    let messages = texting(url, keys.path());
    let server = TestServer::configured(folder, Clock::ByHand(hand), |config| config.messages = messages).await;
    let sent = next(&mut requests).await;
    assert!(sent.contains("a confirmation"), "{sent}");
    while server.store.letters_waiting().await.unwrap() > 1 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert!(requests.try_recv().is_err(), "the code was sent twice");
    server.stop().await;
}

/// After each failure it waits longer, and not for ever.
#[tokio::test]
async fn a_text_message_that_fails_is_tried_six_times() {
    let (url, mut requests) = gateway(vec![503]).await;
    let (hand, keys) = (clock(), tempfile::tempdir().unwrap());
    let server =
        TestServer::start_with(Clock::ByHand(hand), |config| config.messages = texting(url, keys.path())).await;
    let clinic = Clinic::start(&server).await;
    let database = rusqlite::Connection::open(server.folder.path().join("server.db")).unwrap();
    let sql = "insert into message
            (clinic, channel, recipient, subject, body, created_at, due_at, expires_at, tries, may_arrive)
        select id, 'sms', '+4501430002', '', 'of use for long', 0, 0, ?1, ?2, 2 from clinic";
    // One that has been tried four times, and one five times.
    for tries in [4, 5] {
        let _one = database.execute(sql, [monday().timestamp() + 200_000, tries]).unwrap();
    }
    // Whatever is written wakes those who send.
    let _challenge = clinic.challenge(&clinic.patient("Ida").value).await;
    for _ in 0..3 {
        let _asked = next(&mut requests).await;
    }
    let of_use = "select tries, due_at - ?1 from message where body = 'of use for long'";
    let left = async {
        loop {
            let mut select = database.prepare(of_use).unwrap();
            let rows = select.query_map([hand.load(Ordering::SeqCst)], |row| Ok((row.get(0)?, row.get(1)?)));
            let rows: Vec<(u32, i64)> = rows.unwrap().collect::<Result<_, _>>().unwrap();
            if rows.len() == 1 && rows[0].1 > 0 {
                return rows[0];
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    let (tries, waits) = tokio::time::timeout(PATIENCE, left).await.expect("the sixth was the last");
    assert_eq!(tries, 5);
    assert!((3_600..=7_200).contains(&waits), "{waits}");
    server.stop().await;
}

#[tokio::test]
async fn a_letter_that_is_of_no_use_any_more_is_not_sent() {
    let (url, mut requests) = gateway(vec![503]).await;
    let (hand, keys) = (clock(), tempfile::tempdir().unwrap());
    let server =
        TestServer::start_with(Clock::ByHand(hand), |config| config.messages = texting(url, keys.path())).await;
    let clinic = Clinic::start(&server).await;
    let _challenge = clinic.challenge(&clinic.patient("Ida").value).await;
    let _first = next(&mut requests).await;
    let _later = hand.fetch_add(11 * 60, Ordering::SeqCst);
    none_waits(&server).await;
    server.stop().await;
}

#[tokio::test]
async fn letters_that_are_of_no_use_any_more_hold_up_no_good_one() {
    const OLD: usize = 2_000;
    let (url, mut requests) = gateway(vec![200]).await;
    let keys = tempfile::tempdir().unwrap();
    let messages = texting(url, keys.path());
    let server = TestServer::start_with(Clock::Fixed(monday()), |config| config.messages = messages).await;
    let clinic = Clinic::start(&server).await;
    let mut database = rusqlite::Connection::open(server.folder.path().join("server.db")).unwrap();
    let written = database.transaction().unwrap();
    for _ in 0..OLD {
        let sql = "insert into message
                (clinic, channel, recipient, subject, body, created_at, due_at, expires_at, may_arrive)
            select id, 'sms', '+4501430002', '', 'too late', 0, 0, ?1, 0 from clinic";
        let _one = written.execute(sql, [monday().timestamp()]).unwrap();
    }
    written.commit().unwrap();
    let _challenge = clinic.challenge(&clinic.patient("Ida").value).await;
    let (_, message) = next(&mut requests).await;
    assert!(message.contains("Din kode"), "{message}");
    none_waits(&server).await;
    assert!(requests.try_recv().is_err(), "an old one was sent");
    server.stop().await;
}

#[tokio::test]
async fn a_mail_server_that_never_answers_holds_up_no_text_message() {
    // It lets whoever comes connect, and says nothing.
    let mute = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (url, mut requests) = gateway(vec![200]).await;
    let keys = tempfile::tempdir().unwrap();
    let messages = Messages { email: smtp(mute.local_addr().unwrap().port()).email, ..texting(url, keys.path()) };
    let server = TestServer::start_with(Clock::Fixed(monday()), |config| config.messages = messages).await;
    let clinic = Clinic::start(&server).await;
    // As many as are on their way at a time.
    let database = rusqlite::Connection::open(server.folder.path().join("server.db")).unwrap();
    let sql =
        "insert into message (clinic, channel, recipient, subject, body, created_at, due_at, expires_at, may_arrive)
        select id, 'email', 'emil.sandager@patient.example', '', '', 0, 0, ?1, 2 from clinic";
    for _ in 0..8 {
        let _one = database.execute(sql, [monday().timestamp() + 60]).unwrap();
    }
    let emil = json!({"birth_date": clinic.patient("Emil").value.birth_date, "email": "emil.sandager@patient.example"});
    assert_eq!(clinic.post("login", &emil).send().await.unwrap().status(), 202);
    let (connected, _) = tokio::time::timeout(PATIENCE, mute.accept()).await.expect("it is tried").unwrap();
    let _challenge = clinic.challenge(&clinic.patient("Ida").value).await;
    // Long before the mail server is given up.
    let (_, message) = tokio::time::timeout(PATIENCE / 3, requests.recv()).await.expect("it arrives").unwrap();
    assert!(message.contains("+4501430002"), "{message}");
    drop((mute, connected));
    server.stop().await;
}

/// Lines of a log, kept.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

thread_local! {
    /// Where what this thread logs is kept, if anywhere.
    static KEPT: RefCell<Option<Log>> = const { RefCell::new(None) };
}

impl Log {
    /// Keeps what this thread logs from now on. One subscriber for all tests: what one of a thread is given
    /// depends on what others, beside it, have asked for.
    fn of_this_thread() -> Self {
        let log = Self::default();
        let _none = KEPT.with(|kept| kept.replace(Some(log.clone())));
        let here = || KEPT.with(|kept| kept.borrow().clone());
        let lines = tracing_subscriber::fmt::layer().with_writer(move || here().unwrap_or_default()).with_ansi(false);
        let lines = lines.with_filter(dynamic_filter_fn(move |_, _| here().is_some()));
        let subscriber = tracing_subscriber::registry().with(lines);
        let _set_already = tracing::subscriber::set_global_default(subscriber);
        log
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Everything a patient does, and everything that goes wrong with it, on one thread whose log is read.
#[tokio::test]
async fn no_log_has_a_name_a_number_an_address_or_a_code() {
    let log = Log::of_this_thread();
    let (url, mut requests) = gateway(vec![503, 400, 200]).await;
    let (hand, keys) = (clock(), tempfile::tempdir().unwrap());
    let server =
        TestServer::start_with(Clock::ByHand(hand), |config| config.messages = texting(url, keys.path())).await;
    let clinic = Clinic::start(&server).await;
    let body = json!({"name": "Canary Kanariefugl", "birth_date": "1990-02-28", "phone": "01 43 88 88", "email": "canary@patient.example"});
    let mut code = String::new();
    let mut challenge = String::new();
    for _ in 0..2 {
        let begun: Json = clinic.post("register", &body).send().await.unwrap().json().await.unwrap();
        challenge = begun["challenge"].as_str().unwrap().to_owned();
        let (_, message) = next_after(hand, &mut requests).await;
        code = message.split(|it: char| !it.is_ascii_digit()).find(|word| word.len() == 6).unwrap().to_owned();
    }
    let (_, message) = next_after(hand, &mut requests).await;
    let last = message.split(|it: char| !it.is_ascii_digit()).find(|word| word.len() == 6).unwrap();
    assert_eq!(problem(clinic.verify(&challenge, "canary-code").await).await.0, 403);
    let mut answer = clinic.verify(&challenge, last).await;
    if answer.status() != 200 {
        answer = clinic.verify(&challenge, &code).await;
    }
    let verified: Json = answer.json().await.unwrap();
    let token = verified["patients"][0]["token"].as_str().unwrap().to_owned();
    let canary = Visitor { clinic: &clinic, token: token.clone() };
    let types = canary.types().await;
    let offer = canary.offers(&types[0]).await.remove(0);
    assert_eq!(canary.book("canary-key", &types[0], &offer).await.status(), 201);
    assert_eq!(canary.book("canary-key", &types[0], &json!({"practitioner": {"id": 7}})).await.status(), 400);
    let _missing =
        server.get("/api/v1/patient/canary?phone=01438888").bearer_auth("canary-token").send().await.unwrap();
    none_waits(&server).await;
    server.stop().await;
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("answered") && log.contains("a letter could not be sent"), "the log is there");
    // What the test itself sends is told by its own client on the same thread.
    let ours = log.lines().filter(|line| line.contains("aftalebog_server"));
    for line in ours {
        for canary in
            ["anary", "Kanariefugl", "1990-02-28", "01 43 88 88", "01438888", last, &*code, &*token, &*challenge]
        {
            assert!(!line.contains(canary), "{line}");
        }
    }
}
