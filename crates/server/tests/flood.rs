//! A thousand who send next to nothing, for as long as they are let: nobody else waits for them.

use std::time::{Duration, Instant};

use aftalebog_server::clock::Clock;
use aftalebog_server::config::{Connections, Patience};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use crate::clinic_pc::Pc;
use crate::test_server::{TestServer, monday};

const SLOW: usize = 1_000;

/// So long between one byte and the next.
const PAUSE: Duration = Duration::from_secs(1);

/// How long somebody is waited for, where it is not to be for ever.
const SHORT: Duration = Duration::from_secs(2);

/// Half of them send a head by the byte, the other half a body; each until the server hangs up.
async fn flood(server: &TestServer) -> JoinSet<()> {
    let mut flood = JoinSet::new();
    for number in 0..SLOW {
        let begins = if number % 2 == 0 {
            "GET /api/v1/hello HTTP/1.1\r\nhost: a\r\nx-slow: "
        } else {
            "POST /api/v1/pair HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 9000\r\n\r\n{"
        };
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        stream.write_all(begins.as_bytes()).await.unwrap();
        let _slow = flood.spawn(async move {
            let mut answer = [0; 1024];
            loop {
                match timeout(PAUSE, stream.read(&mut answer)).await {
                    Ok(Ok(0) | Err(_)) => return,
                    Ok(Ok(_more)) => {}
                    Err(_pause) if stream.write_all(b" ").await.is_err() => return,
                    Err(_pause) => {}
                }
            }
        });
    }
    flood
}

/// How long others wait for an answer, at the most.
async fn longest(pc: &mut Pc<'_>) -> Duration {
    let mut longest = Duration::ZERO;
    for number in 0..20 {
        let change = pc.change(vec![]);
        for request in [pc.get("/api/v1/hello"), pc.get("/api/v1/devices"), pc.post("/api/v1/changes", &change)] {
            // As somebody who has not asked before.
            let client = reqwest::Client::builder().no_proxy().build().unwrap();
            let began = Instant::now();
            let answer = client.execute(request.build().unwrap()).await.unwrap();
            longest = longest.max(began.elapsed());
            assert!(answer.status().is_success(), "{number}: {}", answer.status());
        }
    }
    longest
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_slow_ones_keep_nobody_waiting_and_are_not_waited_for() {
    // The slow ones are there until the others have been measured.
    let patience = Patience { head: 3 * SHORT, request: 3 * SHORT };
    let server = TestServer::start_with(Clock::Fixed(monday()), |config| config.patience = patience).await;
    let clinic = server.clinic("Ågade").await;
    let mut pc = Pc::pair(&server, &clinic, "Reception").await;
    let mut slow = flood(&server).await;
    let longest = longest(&mut pc).await;
    println!("{SLOW} slow ones: others waited {longest:?} at the most");
    assert!(slow.try_join_next().is_none(), "they are gone already");
    assert!(longest < Duration::from_secs(1), "{longest:?}");
    // Each of them is hung up on.
    timeout(Duration::from_secs(60), async { while slow.join_next().await.is_some() {} }).await.unwrap();
    server.stop().await;
}

/// The control: where whoever is slow is waited for, all places are soon taken; where not, they are soon free again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_waits_for_slow_ones_serves_nobody_else() {
    for (patience, served) in [(Duration::from_secs(3600), false), (SHORT, true)] {
        let server = TestServer::start_with(Clock::Fixed(monday()), |config| {
            config.patience = Patience { head: patience, request: patience };
            config.connections = Connections { in_all: SLOW, of_one_address: SLOW };
        })
        .await;
        let _slow = flood(&server).await;
        let mut others = 0;
        let began = Instant::now();
        while began.elapsed() < 4 * SHORT && others == 0 {
            let client = reqwest::Client::builder().no_proxy().timeout(SHORT).build().unwrap();
            let asked = client.post(server.url("/api/v1/pair")).json(&json!({"code": "0", "device": "x"}));
            match asked.send().await {
                Ok(answer) => others += usize::from(answer.status() == 403),
                Err(_nobody) => sleep(Duration::from_millis(100)).await,
            }
        }
        assert_eq!(others > 0, served, "waiting {patience:?} for each");
    }
}
