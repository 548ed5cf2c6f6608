//! The test of the connection names the cause, step by step.

use aftalebog_booking::Kind;
use aftalebog_booking::wire::{Hello, Limits, OLDEST_PROTOCOL, PROTOCOL, PROTOCOL_HEADER};
use aftalebog_local::sync::{
    Connection as ConnectionIs, Failure, Fault as SyncFault, NotAnAddress, Outcome, Status, Step, Typed, Warning,
};
use aftalebog_server::clock::Clock;
use axum::routing::get;
use axum::{Json, Router};
use futures::StreamExt;
use serde_json::json;
use tokio::net::{TcpListener, TcpStream};

use crate::proxy::{Fault, Proxy, Script};
use crate::synced_pc::{SyncedPc, first};
use crate::test_server::{TestServer, monday, problem};

/// What came of each step.
pub async fn outcomes(pc: &SyncedPc, typed: Option<Typed>) -> Vec<Outcome> {
    let tested: Vec<_> = pc.sync.test(typed).collect().await;
    let steps: Vec<_> = tested.iter().map(|tested| tested.step).collect();
    assert_eq!(steps, Step::ALL, "each step once, in order");
    tested.into_iter().map(|tested| tested.outcome).collect()
}

pub async fn outcome_of(pc: &SyncedPc, typed: Option<Typed>, step: Step) -> Outcome {
    outcomes(pc, typed).await.swap_remove(step as usize)
}

fn typed(address: &str) -> Option<Typed> {
    Some(Typed { address: address.to_owned(), authority: None })
}

/// The steps before it are good, and those after it are not tried.
#[track_caller]
fn check(outcomes: &[Outcome], step: Step, failure: Failure) {
    let fails = step as usize;
    assert!(
        outcomes[..fails].iter().all(|outcome| matches!(outcome, Outcome::Good | Outcome::NotNeeded)),
        "{outcomes:?}"
    );
    assert_eq!(outcomes[fails], Outcome::Failed(failure));
    assert!(outcomes[fails + 1..].iter().all(|outcome| *outcome == Outcome::NotTried), "{outcomes:?}");
}

#[tokio::test]
async fn each_step_names_its_own_cause() {
    let server = TestServer::start().await;
    let pc = SyncedPc::new("RECEPTION").await;
    check(&outcomes(&pc, None).await, Step::Address, Failure::NoAddress);
    check(&outcomes(&pc, typed("klinik dk")).await, Step::Address, Failure::Address(NotAnAddress::Unreadable));
    check(&outcomes(&pc, typed("findes-ikke.invalid")).await, Step::Name, Failure::UnknownName);
    // The near end of a connection: nobody answers there, and nobody else is given the port.
    let far_end = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let near_end = TcpStream::connect(far_end.local_addr().unwrap()).await.unwrap();
    let nobody = near_end.local_addr().unwrap();
    check(&outcomes(&pc, typed(&nobody.to_string())).await, Step::Reach, Failure::Refused);
    let proxy = Proxy::start(server.address, Script::Always(Fault::None)).await;
    let cases = [
        (Fault::Page, Failure::Page),
        (Fault::Redirect, Failure::Redirect),
        (Fault::BadGateway, Failure::ServerFault),
        (Fault::CutBefore, Failure::Unreachable),
    ];
    for (fault, failure) in cases {
        proxy.always(fault);
        check(&outcomes(&pc, typed(&proxy.url())).await, Step::Server, failure);
    }
    let good = outcomes(&pc, typed(&server.url(""))).await;
    assert_eq!(good[Step::Certificate as usize], Outcome::NotNeeded);
    assert_eq!(good[Step::Clock as usize], Outcome::Warning(Warning::FixedClock));
    assert_eq!(good[Step::Pairing as usize], Outcome::NotNeeded);
    server.stop().await;
}

/// A server that says this of itself, and no more.
async fn saying(hello: Hello) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let routes = Router::new().route("/api/v1/hello", get(async || Json(hello)));
    let _detached = tokio::spawn(async move { axum::serve(listener, routes).await });
    format!("http://{address}")
}

fn hello() -> Hello {
    Hello {
        version: "9.9".to_owned(),
        protocol: PROTOCOL,
        oldest_protocol: OLDEST_PROTOCOL,
        server_time: monday(),
        fixed_clock: false,
        limits: Limits { change_bytes: 1, wait_seconds: 1 },
        newest_client: None,
    }
}

#[tokio::test]
async fn versions_and_clocks_are_compared() {
    let pc = SyncedPc::new("RECEPTION").await;
    let newer = saying(Hello { protocol: PROTOCOL + 2, oldest_protocol: PROTOCOL + 1, ..hello() }).await;
    check(&outcomes(&pc, typed(&newer)).await, Step::Version, Failure::ProgramTooOld);
    assert!(matches!(pc.sync.look(&newer).await, Err(SyncFault::TooOld)));
    let older = saying(Hello { protocol: 0, oldest_protocol: 0, ..hello() }).await;
    check(&outcomes(&pc, typed(&older)).await, Step::Version, Failure::ServerTooOld { version: "9.9".to_owned() });
    // One that serves this program too is good, however new it is.
    let both = saying(Hello { protocol: PROTOCOL + 2, ..hello() }).await;
    assert_eq!(outcome_of(&pc, typed(&both), Step::Version).await, Outcome::Good);
    let minutes = chrono::TimeDelta::minutes;
    for (by, expected) in [
        (minutes(0), Outcome::Good),
        (minutes(2), Outcome::Good),
        (minutes(-2), Outcome::Good),
        (minutes(3), Outcome::Warning(Warning::ClockDiffers { by: minutes(3) })),
        (minutes(-3), Outcome::Warning(Warning::ClockDiffers { by: minutes(-3) })),
        (minutes(60 * 24 * 3650), Outcome::Warning(Warning::ClockDiffers { by: minutes(60 * 24 * 3650) })),
    ] {
        let server = saying(Hello { server_time: monday() - by, ..hello() }).await;
        assert_eq!(outcome_of(&pc, typed(&server), Step::Clock).await, expected, "{by}");
    }
}

#[tokio::test]
async fn a_program_that_is_too_old_is_told_so_and_keeps_what_it_saves() {
    let server = TestServer::start_at(Clock::Fixed(monday())).await;
    let clinic = server.clinic("Ågade").await;
    let proxy = Proxy::start(server.address, Script::Always(Fault::None)).await;
    let pc = SyncedPc::new("RECEPTION").await;
    pc.pair(&proxy.url(), &clinic.code).await;
    pc.in_step(&server).await;
    for (version, expected) in
        [("0", (426, "client_too_old")), ("1", (401, "unauthorized")), ("x", (400, "bad_request"))]
    {
        let old = server.get("/api/v1/snapshot").header(PROTOCOL_HEADER, version).send().await.unwrap();
        assert_eq!(problem(old).await, (expected.0, expected.1.to_owned()), "version {version}");
    }
    proxy.always(Fault::OldProgram);
    let patient = first(&pc.snapshot().await, Kind::Patient);
    pc.set(&patient, json!({"phone": "11 11 11 11"})).await;
    // It is kept until the program is brought up to date.
    let kept = |status: &Status| status.connection == ConnectionIs::TooOld && status.waiting == 1;
    let _status = pc.until("too old, with a change that waits", kept).await;
    check_last(&outcomes(&pc, None).await, Failure::ProgramTooOld);
    // The same file, after an update.
    proxy.always(Fault::None);
    let pc = SyncedPc::start_again(pc.end().await, "RECEPTION").await;
    pc.in_step(&server).await;
    server.stop().await;
}

#[tokio::test]
async fn whether_the_server_knows_this_pc_is_tested_last() {
    let server = TestServer::start_at(Clock::Fixed(monday())).await;
    let clinic = server.clinic("Ågade").await;
    let pc = SyncedPc::new("RECEPTION").await;
    pc.pair(&server.url(""), &clinic.code).await;
    pc.in_step(&server).await;
    assert_eq!(outcome_of(&pc, None, Step::Pairing).await, Outcome::Good);
    let device = pc.sync.devices().await.unwrap()[0].id;
    pc.sync.revoke(device).await.unwrap();
    check_last(&outcomes(&pc, None).await, Failure::Revoked);
    let folder = pc.end().await;
    std::fs::remove_dir_all(folder.path().join("token")).unwrap();
    let pc = SyncedPc::start_again(folder, "RECEPTION").await;
    check_last(&outcomes(&pc, None).await, Failure::NoToken);
    server.stop().await;
}

#[track_caller]
fn check_last(outcomes: &[Outcome], failure: Failure) {
    assert_eq!(outcomes.last(), Some(&Outcome::Failed(failure)), "{outcomes:?}");
    assert_eq!(outcomes[Step::Version as usize], Outcome::Good);
}
