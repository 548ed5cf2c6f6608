//! A thousand who send next to nothing, for as long as they are let: nobody else waits for them.

use std::time::Duration;

use aftalebog_server::clock::Clock;
use aftalebog_server::config::{Connections, Patience};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use crate::bare_pc::BarePc;

use crate::test_server::{TestServer, monday};

const SLOW: usize = 1_000;

/// So long between one byte and the next.
const PAUSE: Duration = Duration::from_secs(1);

/// How long somebody is waited for, where it is not to be for ever.
const SHORT: Duration = Duration::from_secs(2);

/// More than anything takes on the slowest machine.
const LONG: Duration = Duration::from_secs(600);

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

/// Others are answered, each as somebody who has not asked before.
async fn others_are_answered(pc: &BarePc) {
    for number in 0..20 {
        let change = pc.change(vec![]);
        for request in [pc.get("/api/v1/hello"), pc.get("/api/v1/devices"), pc.post("/api/v1/changes", &change)] {
            let client = reqwest::Client::builder().no_proxy().build().unwrap();
            let answer = timeout(LONG, client.execute(request.build().unwrap())).await.expect("an answer").unwrap();
            assert!(answer.status().is_success(), "{number}: {}", answer.status());
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_slow_ones_keep_nobody_waiting_and_are_not_waited_for() {
    // The slow ones are there until the others have been answered.
    let patience = Patience { head: LONG, request: LONG };
    let server = TestServer::start_with(Clock::Fixed(monday()), |config| config.patience = patience).await;
    let clinic = server.clinic("Ågade").await;
    let pc = BarePc::of(&server, &clinic, "Reception").await;
    let mut slow = flood(&server).await;
    others_are_answered(&pc).await;
    assert!(slow.try_join_next().is_none(), "all of them still stand");
    drop(slow);
    server.stop().await;

    // And where there is less patience, each of them is hung up on.
    let patience = Patience { head: SHORT, request: SHORT };
    let server = TestServer::start_with(Clock::Fixed(monday()), |config| config.patience = patience).await;
    let mut slow = flood(&server).await;
    timeout(LONG, async { while slow.join_next().await.is_some() {} }).await.expect("nobody stands for ever");
    server.stop().await;
}

/// Somebody whom the server lets in is told who answers, however often they ask.
async fn is_answered(server: &TestServer) -> bool {
    let client = reqwest::Client::builder().no_proxy().timeout(SHORT).build().unwrap();
    client.get(server.url("/api/v1/hello")).send().await.is_ok_and(|answer| answer.status() == 200)
}

async fn somebody_is_answered(server: &TestServer) {
    let asking = async {
        while !is_answered(server).await {
            sleep(Duration::from_millis(100)).await;
        }
    };
    timeout(LONG, asking).await.expect("there is a place again");
}

/// The control: where whoever is slow is waited for, nobody is answered until they go; where not, they are soon gone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_waits_for_slow_ones_serves_nobody_else() {
    for (patience, waits) in [(Duration::from_secs(3600), true), (SHORT, false)] {
        let server = TestServer::start_with(Clock::Fixed(monday()), |config| {
            config.patience = Patience { head: patience, request: patience };
            config.connections = Connections { in_all: SLOW, of_one_address: SLOW };
        })
        .await;
        let slow = flood(&server).await;
        if waits {
            // The system lets them wait before the server has taken all of them.
            let taking = async {
                while is_answered(&server).await {
                    sleep(Duration::from_millis(100)).await;
                }
            };
            timeout(LONG, taking).await.expect("all of them stand");
            for _ in 0..4 {
                assert!(!is_answered(&server).await, "they still stand");
                sleep(Duration::from_millis(100)).await;
            }
            drop(slow);
            somebody_is_answered(&server).await;
        } else {
            somebody_is_answered(&server).await;
            drop(slow);
        }
    }
}
