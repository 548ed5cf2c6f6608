//! Two months of offered times over HTTP, beside a handler that gives the same bytes after the same
//! look at the token. Goals: `benches/README.md`.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use aftalebog_booking::{Value, demo};
use aftalebog_server::access::PatientSession;
use aftalebog_server::clock::Clock;
use aftalebog_server::config::{Config, Database};
use aftalebog_server::message::Post;
use aftalebog_server::routes::router;
use aftalebog_server::state::App;
use aftalebog_server::store::Store;
use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get as on_get;
use chrono::{NaiveDate, TimeDelta};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::clinics::{Clinics, patient_token};
use crate::figures::{goal, heading};
use crate::line::{Line, get};

/// So many ask at the same time, each over a connection of their own.
const ASK_AT_ONCE: usize = 8;
const ROUNDS: usize = 5;
const EACH: Duration = Duration::from_secs(3);
const PATIENTS: usize = 140;

pub fn run(runtime: &Runtime) {
    runtime.block_on(compare());
}

async fn compare() {
    let today = Clock::Running.now().date_naive();
    let snapshot = demo::demo_clinic(today, demo::SEED);
    let types = snapshot.records.iter().filter_map(|record| match &record.value {
        Value::OnlineType(value) if !value.need_driven && !value.alias.as_str().contains("patient") => {
            Some((value.practitioners.iter().filter(|row| row.active).count(), record.id))
        }
        _ => None,
    });
    let online_type = types.max().unwrap().1;
    let mut clinics = Clinics::one(&snapshot).await;
    clinics.multiply(1, 0, PATIENTS);

    let store = Store::open(&clinics.file).await.unwrap();
    let mut config = Config::new(Database::Sqlite(clinics.file.clone()), Clock::Running);
    config.patients.calls_per_patient_and_minute = u32::MAX;
    let post = Post::new(&config.messages).unwrap();
    let app = App::new(store, config, post, CancellationToken::new());
    let ours = serve(router(app.clone())).await;
    let path = path(online_type, today + TimeDelta::days(1));
    let token = patient_token(0, 0);
    let answer = Line::open(ours).await.unwrap().ask(&get(&path, &token)).await.unwrap();
    assert_eq!(answer.status, 200, "{}", answer.json());
    let offered = answer.json()["offers"].as_array().unwrap().len();
    assert!(offered > 0, "{}", answer.json());
    println!("{offered} times are offered in 62 days, {} bytes; {ASK_AT_ONCE} ask at once", answer.body.len());
    let bytes: Arc<[u8]> = answer.body.into();
    let same = move |_: PatientSession| async move { ([(CONTENT_TYPE, "application/json")], bytes.to_vec()) };
    let bare = serve(Router::new().route("/bare", on_get(same)).with_state(app)).await;

    heading("Requests a second");
    let (mut warm, mut cold, mut by_hand) = (vec![], vec![], vec![]);
    let number = AtomicUsize::new(0);
    for _ in 0..ROUNDS {
        by_hand.push(rate(bare, |_| get("/bare", &patient_token(0, 0))).await);
        // The same question again and again.
        warm.push(rate(ours, |_| get(&path, &patient_token(0, 0))).await);
        // Each question a new one: another patient, other days, and another clock.
        cold.push(rate(ours, |_| unasked(&number, online_type, today)).await);
    }
    let (by_hand, warm, cold) = (median(by_hand), median(warm), median(cold));
    println!("the same bytes {by_hand:.0}, warm {warm:.0}, cold {cold:.0}");
    goal("the same bytes, of warm offers", by_hand / warm, 2.0);
    goal("the same bytes, of cold offers", by_hand / cold, 2.0);
}

fn path(online_type: Uuid, from: NaiveDate) -> String {
    format!("/api/v1/patient/offers?online_type={online_type}&from={from}&days=62")
}

/// A patient and days that have not been asked about yet.
fn unasked(number: &AtomicUsize, online_type: Uuid, today: NaiveDate) -> Vec<u8> {
    let number = number.fetch_add(1, Ordering::Relaxed);
    let days = i64::try_from(number / PATIENTS % 300).unwrap();
    get(&path(online_type, today + TimeDelta::days(1 + days)), &patient_token(0, number % PATIENTS))
}

async fn serve(router: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    drop(tokio::spawn(async move { axum::serve(listener, service).await }));
    address
}

async fn rate(address: SocketAddr, request: impl Fn(usize) -> Vec<u8>) -> f64 {
    let mut lines = vec![];
    for _ in 0..ASK_AT_ONCE {
        lines.push(Line::open(address).await.unwrap());
    }
    let began = Instant::now();
    let asking = lines.iter_mut().map(|line| {
        let request = &request;
        async move {
            let mut asked = 0;
            while began.elapsed() < EACH {
                let answer = line.ask(&request(asked)).await.unwrap();
                assert_eq!(answer.status, 200);
                asked += 1;
            }
            asked
        }
    });
    let asked: usize = futures::future::join_all(asking).await.into_iter().sum();
    asked as f64 / began.elapsed().as_secs_f64()
}

fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}
