//! What every answer says, and what no request may do.

use std::net::SocketAddr;
use std::time::Duration;

use aftalebog_server::clock::Clock;
use aftalebog_server::config::{Config, Database, Patience};
use aftalebog_server::room::{LARGE, OF_ONE_CLINIC, PLACES};
use aftalebog_server::serve::serve;
use aftalebog_server::store::Store;
use reqwest::Method;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

use crate::patients::Clinic;
use crate::test_server::{TestServer, monday, problem};

#[tokio::test]
async fn every_answer_is_kept_by_nobody_and_runs_nothing() {
    let server = TestServer::start().await;
    for path in ["/healthz", "/readyz", "/metrics", "/api/v1/hello", "/api/v1/nothing", "/"] {
        for method in [Method::GET, Method::HEAD, Method::POST, Method::DELETE, Method::OPTIONS] {
            let answer = server.client.request(method.clone(), server.url(path)).send().await.unwrap();
            let told = |name| answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
            assert_eq!(told("cache-control").as_deref(), Some("no-store"), "{method} {path}");
            assert_eq!(told("x-content-type-options").as_deref(), Some("nosniff"), "{method} {path}");
            let policy = "default-src 'none'; frame-ancestors 'none'";
            assert_eq!(told("content-security-policy").as_deref(), Some(policy), "{method} {path}");
            assert_eq!(told("x-request-id").unwrap().len(), 16, "{method} {path}");
            assert_eq!(told("strict-transport-security"), None, "plain HTTP promises no encryption");
            assert_eq!(told("server"), None, "{method} {path}");
        }
    }
    server.stop().await;
}

#[tokio::test]
async fn what_is_not_there_and_what_cannot_be_done_are_problems() {
    let server = TestServer::start().await;
    let nowhere = server.get("/api/v1/nothing").send().await.unwrap();
    assert_eq!(problem(nowhere).await, (404, "not_found".to_owned()));
    let wrong = server.client.delete(server.url("/api/v1/hello")).send().await.unwrap();
    assert_eq!(wrong.headers()["allow"], "GET,HEAD");
    assert_eq!(problem(wrong).await, (405, "method_not_allowed".to_owned()));
    server.stop().await;
}

#[tokio::test]
async fn a_body_that_is_too_large_is_not_read() {
    let server = TestServer::start().await;
    let name = "a".repeat(aftalebog_server::limits::BODY_BYTES);
    let body = serde_json::json!({"code": "7KQ2-M01P", "device": name});
    let refused = server.post("/api/v1/pair", &body).send().await.unwrap();
    assert_eq!(problem(refused).await, (413, "too_large".to_owned()));
    server.stop().await;
}

/// Sends bytes as they are, and gives the answer's first line.
async fn raw(server: &TestServer, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(request).await.unwrap();
    let mut answer = vec![0; 4096];
    let read = stream.read(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer[..read]).lines().next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_request_that_is_none_gets_a_4xx() {
    let server = TestServer::start().await;
    let many: String = (0..100).map(|number| format!("x-{number}: 1\r\n")).collect();
    let long = "a".repeat(70_000);
    for (request, status) in [
        ("GET /api/v1/hello HTTP/9.9\r\n\r\n".to_owned(), "400"),
        ("\0\0\0\r\n\r\n".to_owned(), "400"),
        (format!("GET /api/v1/hello HTTP/1.1\r\nhost: a\r\n{many}\r\n"), "431"),
        // The address or the head is too long: whichever is noticed first depends on what has arrived by then.
        (format!("GET /api/v1/hello?{long} HTTP/1.1\r\nhost: a\r\n\r\n"), "414 431"),
        ("GET /api/v1/%2e%2e/hello HTTP/1.1\r\nhost: a\r\n\r\n".to_owned(), "404"),
        ("GET //api/v1/hello HTTP/1.1\r\nhost: a\r\n\r\n".to_owned(), "404"),
        ("GET /api/v1/hello%00 HTTP/1.1\r\nhost: a\r\n\r\n".to_owned(), "404"),
        ("TRACE /api/v1/hello HTTP/1.1\r\nhost: a\r\n\r\n".to_owned(), "405"),
        // Two lengths of one body: whichever a proxy believes, we read neither.
        (
            "POST /api/v1/pair HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\ncontent-length: 5\r\n\r\n1234".to_owned(),
            "400",
        ),
    ] {
        let line = raw(&server, request.as_bytes()).await;
        assert!(
            line.split(' ').nth(1).is_some_and(|it| status.split(' ').any(|one| one == it)),
            "{line:?} to {:?}",
            &request[..request.len().min(60)]
        );
    }
    server.stop().await;
}

#[tokio::test]
async fn the_metrics_tell_routes_and_never_addresses() {
    let server = TestServer::start().await;
    let clinic = server.clinic("Tandlægerne Ågade").await;
    let _paired = server.pair(&clinic, "Reception 1").await;
    let _nowhere = server.get("/api/v1/nothing/at/all?code=7KQ2-M01P").send().await.unwrap();
    let text = server.get("/metrics").send().await.unwrap().text().await.unwrap();
    for line in [
        r#"booking_server_requests_total{route="/api/v1/pair",method="POST",status="201"} 1"#,
        r#"booking_server_requests_total{route="none",method="GET",status="404"} 1"#,
        "booking_server_devices 1",
    ] {
        assert!(text.lines().any(|told| told == line), "{line} in\n{text}");
    }
    for secret in ["nothing", "7KQ2", "gade", "Reception", &clinic.id.to_string(), &clinic.slug] {
        assert!(!text.contains(secret), "{secret} in\n{text}");
    }
    server.stop().await;
}

#[tokio::test]
async fn a_refusal_says_what_would_be_taken_and_when() {
    let server = TestServer::start().await;
    let clinic = server.clinic("Ågade").await;
    let paired = server.pair(&clinic, "Reception").await;
    let token = paired.token;
    let told = |answer: &reqwest::Response, name: &str| {
        answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned())
    };
    let nobody = server.get("/api/v1/devices").send().await.unwrap();
    assert_eq!(told(&nobody, "www-authenticate").as_deref(), Some("Bearer"));
    let old = server.get("/api/v1/devices").bearer_auth(&token).header("aftalebog-protocol", "0");
    let old = old.send().await.unwrap();
    assert_eq!(told(&old, "upgrade").as_deref(), Some("aftalebog/1"));
    assert_eq!(problem(old).await, (426, "client_too_old".to_owned()));
    let empty = server.get(&format!("/api/v1/clinics/{}", clinic.slug)).send().await.unwrap();
    assert_eq!(told(&empty, "retry-after").as_deref(), Some("60"));
    assert_eq!(problem(empty).await, (503, "not_set_up".to_owned()));

    for (asked, language) in [(None, "da"), (Some("da, en;q=0.8"), "da"), (Some("en-GB,en;q=0.9,da;q=0.2"), "en")] {
        let request = server.get("/api/v1/nothing");
        let request = asked.into_iter().fold(request, |request, asked| request.header("accept-language", asked));
        let answer = request.send().await.unwrap();
        assert_eq!(told(&answer, "content-language").as_deref(), Some(language));
        assert_eq!(told(&answer, "vary").as_deref(), Some("accept-language"));
        let problem: serde_json::Value = answer.json().await.unwrap();
        assert_eq!(problem["title"], problem["titles"][language], "{asked:?}");
    }
    // What is at fault is told in the language of the title.
    for (asked, expected) in [("da", "limit er mindst 1"), ("en", "limit is at least 1")] {
        let request = server.get(&format!("/api/v1/changes?since={}&limit=0", paired.position)).bearer_auth(&token);
        let answer = request.header("accept-language", asked).send().await.unwrap();
        let problem: serde_json::Value = answer.json().await.unwrap();
        assert_eq!(problem["detail"], expected, "{problem}");
        assert_eq!(problem["details"][asked], expected, "{problem}");
        assert_eq!(problem["field"], "limit");
    }
    server.stop().await;
}

#[tokio::test]
async fn an_answer_says_when_the_clock_stands_still() {
    let server = TestServer::start().await;
    for path in ["/api/v1/hello", "/api/v1/nothing"] {
        let answer = server.get(path).send().await.unwrap();
        assert_eq!(answer.headers()["aftalebog-clock"], "2026-11-23T08:10:00Z", "{path}");
    }
    server.stop().await;
    let server = TestServer::start_at(Clock::Running).await;
    assert!(!server.get("/api/v1/hello").send().await.unwrap().headers().contains_key("aftalebog-clock"));
    server.stop().await;
}

#[tokio::test]
async fn a_patient_who_asks_all_the_time_waits_and_others_do_not() {
    let server = TestServer::start_with(Clock::Fixed(monday()), |config| {
        config.patients.calls_per_patient_and_minute = 3;
    })
    .await;
    let clinic = Clinic::start(&server).await;
    let mut tokens = vec![];
    for name in ["Karen", "Ida"] {
        tokens.push(clinic.log_in(&clinic.patient(name).value).await);
    }
    let ask = |token: &str| server.get("/api/v1/patient/types").bearer_auth(token).send();
    // Should a minute end in between, the count begins anew.
    let too_often = async {
        loop {
            let answer = ask(&tokens[0]).await.unwrap();
            if answer.status() != 200 {
                return answer;
            }
        }
    };
    let answer = tokio::time::timeout(Duration::from_secs(20), too_often).await.expect("it is too often");
    let seconds: u64 = answer.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=60).contains(&seconds), "{seconds}");
    assert_eq!(problem(answer).await, (429, "too_many_tries".to_owned()));
    assert_eq!(ask(&tokens[1]).await.unwrap().status(), 200);
    server.stop().await;
}

/// Begins to send a large change that does not come to an end.
async fn begin_large_change(server: &TestServer, token: &str) -> TcpStream {
    let head = format!(
        "POST /api/v1/changes HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\ncontent-length: {}\r\n\r\n",
        LARGE + 1
    );
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    stream
}

/// Asks for a whole clinic until the answer is this one.
async fn whole_clinic(server: &TestServer, token: &str, status: u16) -> reqwest::Response {
    let asked = async {
        loop {
            let answer = server.get("/api/v1/snapshot").bearer_auth(token).send().await.unwrap();
            if answer.status() == status {
                return answer;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(60), asked).await.expect("another answer")
}

/// Large changes that do not come to an end, and whoever wants a whole clinic meanwhile.
#[tokio::test]
async fn so_much_of_what_is_large_is_in_memory_and_no_more() {
    let server = TestServer::start().await;
    let (mut senders, mut token) = (vec![], String::new());
    for _ in 0..=PLACES / OF_ONE_CLINIC {
        let clinic = server.clinic("Ågade").await;
        token = server.pair(&clinic, "Reception").await.token;
        if senders.len() < PLACES {
            for _ in 0..OF_ONE_CLINIC {
                senders.push(begin_large_change(&server, &token).await);
            }
        }
    }
    let busy = whole_clinic(&server, &token, 503).await;
    assert_eq!(busy.headers()["retry-after"], "5");
    assert_eq!(problem(busy).await, (503, "busy".to_owned()));
    let small = server.get("/api/v1/devices").bearer_auth(&token).send().await.unwrap();
    assert_eq!(small.status(), 200, "what is small needs no room");
    drop(senders);
    let whole = whole_clinic(&server, &token, 200).await;
    let length: usize = whole.headers()["content-length"].to_str().unwrap().parse().unwrap();
    assert_eq!(whole.bytes().await.unwrap().len(), length);
    server.stop().await;
}

#[tokio::test]
async fn a_clinic_that_sends_as_much_as_it_can_keeps_no_other_one_out() {
    let server = TestServer::start().await;
    let [one, other] = [server.clinic("Ågade").await, server.clinic("Østerbro").await];
    let [one, other] = [server.pair(&one, "Reception").await.token, server.pair(&other, "Reception").await.token];
    let mut senders = vec![];
    for _ in 0..2 * PLACES {
        senders.push(begin_large_change(&server, &one).await);
    }
    let _its_own = whole_clinic(&server, &one, 503).await;
    let answer = server.get("/api/v1/snapshot").bearer_auth(&other).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    drop(senders);
    server.stop().await;
}

/// Sends the beginning of a request, and gives all that comes until the server hangs up.
async fn unfinished(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = vec![];
    // Hanging up in the middle is an answer, too.
    let _read = stream.read_to_end(&mut answer).await;
    String::from_utf8(answer).unwrap()
}

#[tokio::test]
async fn whoever_sends_a_request_slowly_is_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("server.db");
    let mut config = Config::new(Database::Sqlite(file.clone()), Clock::Fixed(monday()));
    config.patience = Patience { head: Duration::from_millis(300), request: Duration::from_millis(300) };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (store, stop) = (Store::open(&file).await.unwrap(), CancellationToken::new());
    let serving = tokio::spawn(serve(listener, store, config, stop.clone()));

    let head = unfinished(address, "GET /api/v1/hello HTTP/1.1\r\nhost: a\r\nx-slow:").await;
    assert!(!head.contains("200"), "{head}");
    let second = "GET /healthz HTTP/1.1\r\nhost: a\r\n\r\nGET /healthz HTTP/1.1\r\nhost: a";
    let answers = unfinished(address, second).await;
    assert_eq!(answers.matches("HTTP/1.1 200").count(), 1, "{answers}");
    let body = "POST /api/v1/pair HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 90\r\n\r\n{";
    let body = unfinished(address, body).await;
    assert!(body.starts_with("HTTP/1.1 408") && body.contains("took_too_long"), "{body}");
    // Whoever has no token is not waited for at all, however much they say they will send.
    let change = "POST /api/v1/changes HTTP/1.1\r\nhost: a\r\ncontent-length: 60000000\r\n\r\n{";
    assert!(unfinished(address, change).await.starts_with("HTTP/1.1 401"));
    stop.cancel();
    serving.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_poll_that_waits_is_answered_when_the_server_stops() {
    let server = TestServer::start().await;
    let clinic = server.clinic("Ågade").await;
    let paired = server.pair(&clinic, "Reception 1").await;
    let poll = server.get(&format!("/api/v1/changes?since={}&wait=25", paired.position)).bearer_auth(&paired.token);
    let poll = tokio::spawn(poll.send());
    loop {
        let metrics = server.get("/metrics").send().await.unwrap().text().await.unwrap();
        if metrics.contains("booking_server_polls_waiting 1") {
            break;
        }
        tokio::task::yield_now().await;
    }
    let began = std::time::Instant::now();
    server.stop().await;
    assert_eq!(poll.await.unwrap().unwrap().status(), 200);
    // Sooner than the poll would have ended by itself.
    assert!(began.elapsed() < Duration::from_secs(25), "{:?}", began.elapsed());
}
