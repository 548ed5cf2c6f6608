//! A server for many clinics: their PCs wait for changes, their patients book. How soon they are
//! answered, how much memory it takes, and how both grow. Goals: `benches/README.md`.
//!
//! `AFTALEBOG_BENCH_SECONDS` says how long it goes on: five minutes without it.

use aftalebog_server::clock::Clock;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use aftalebog_booking::{Snapshot, Value};
use chrono::TimeDelta;
use serde_json::json;
use tokio::runtime::Runtime;
use uuid::Uuid;

use crate::clinics::{Clinics, patient_token, pc_token};
use crate::figures::{Times, goal, heading, milliseconds};
use crate::large_clinic::{self, Size};
use crate::line::{Answer, Line, get, post};

const CLINICS: usize = 500;
const PCS: usize = 3;
const PATIENTS: usize = 20;
const BOOKINGS_A_SECOND: u32 = 20;

pub fn run(runtime: &Runtime) {
    runtime.block_on(async {
        each_asked_once().await;
        larger_clinics().await;
        all_at_once().await;
    });
}

/// What the server keeps in memory of clinics that have been asked about once.
async fn each_asked_once() {
    println!(
        "\n{:<40} {:>12} {:>12} {:>14}",
        "Memory, each clinic asked once", "before MiB", "after MiB", "KiB a clinic"
    );
    for count in [50, 500, 2_000] {
        let (mut clinics, clinic) = small_clinics().await;
        clinics.multiply(count, 0, 1);
        let server = clinics.serve();
        let mut line = Line::open(server.address).await.unwrap();
        let before = server.memory();
        let mut asked = Times::default();
        for clinic_number in 0..count {
            let began = Instant::now();
            let answer = offers(&mut line, &patient_token(clinic_number, 0), clinic.online_type).await;
            asked.push(began.elapsed());
            assert_eq!(answer.status, 200);
        }
        let after = server.memory();
        let each = (after.saturating_sub(before)) as f64 / count as f64;
        println!("{count:<40} {:>12.1} {:>12.1} {each:>14.1}", before as f64 / 1024.0, after as f64 / 1024.0);
        asked.line(&format!("{count} clinics: a first question about 62 days"));
    }
}

/// The same questions of clinics with more and more appointments.
async fn larger_clinics() {
    heading("Growth with the appointments of a clinic");
    for (appointments, days_around) in [(1_040, 6), (10_000, 62), (100_080, 625)] {
        let size = Size { practitioners: 10, types: 10, appointments: 80, days_around };
        let snapshot = large_clinic::clinic(size);
        let online_type = without_need(&snapshot);
        let mut clinics = Clinics::one(&snapshot).await;
        clinics.multiply(1, 0, PATIENTS);
        let server = clinics.serve();
        let mut line = Line::open(server.address).await.unwrap();
        let (mut cold, mut warm, mut booked) = (Times::default(), Times::default(), Times::default());
        for patient in 0..PATIENTS {
            let token = patient_token(0, patient);
            let answer = {
                let began = Instant::now();
                let answer = offers(&mut line, &token, online_type).await;
                cold.push(began.elapsed());
                answer
            };
            let began = Instant::now();
            let _same = offers(&mut line, &token, online_type).await;
            warm.push(began.elapsed());
            if let Some(request) = booking(&answer, &token, online_type) {
                let began = Instant::now();
                let answer = line.ask(&request).await.unwrap();
                booked.push(began.elapsed());
                assert_eq!(answer.status, 201, "{}", answer.json());
            }
        }
        cold.line(&format!("{appointments}: 62 days, after a booking"));
        warm.line(&format!("{appointments}: 62 days, the same again"));
        booked.line(&format!("{appointments}: a booking"));
    }
}

/// Every clinic's PCs wait; patients of all of them book.
async fn all_at_once() {
    let seconds = std::env::var("AFTALEBOG_BENCH_SECONDS").map_or(300, |seconds| seconds.parse().unwrap());
    let (mut clinics, clinic) = small_clinics().await;
    clinics.multiply(CLINICS, PCS, PATIENTS);
    let server = clinics.serve();
    let told = Arc::new(Told::default());
    let position = clinics.position().to_string();

    let mut waiting = vec![];
    for number in 0..CLINICS * PCS {
        let (told, position) = (told.clone(), position.clone());
        let token = pc_token(number / PCS, number % PCS);
        waiting.push(tokio::spawn(wait_for_changes(server.address, token, position, told)));
    }
    // So that not all of them have to be answered anew in the same second later on.
    tokio::time::sleep(Duration::from_secs(3)).await;
    let before = server.memory();

    let mut every = tokio::time::interval(Duration::from_secs(1) / BOOKINGS_A_SECOND);
    let began = Instant::now();
    let mut booking = vec![];
    for number in 0.. {
        if began.elapsed() >= Duration::from_secs(seconds) {
            break;
        }
        let _turn = every.tick().await;
        let clinic_number = number % CLINICS;
        let patient = number / CLINICS % PATIENTS;
        let token = patient_token(clinic_number, patient);
        booking.push(tokio::spawn(book(server.address, token, clinic.online_type, told.clone())));
    }
    for booking in booking {
        booking.await.unwrap();
    }
    let after = server.memory();
    told.ended.store(true, Ordering::Relaxed);
    for waiting in waiting {
        waiting.abort();
    }
    heading(&format!(
        "{CLINICS} clinics, {} PCs that wait, {BOOKINGS_A_SECOND} bookings a second, {seconds} s",
        CLINICS * PCS
    ));
    let (offers, bookings) = (told.offers.lock().unwrap(), told.bookings.lock().unwrap());
    offers.line("62 days offered");
    bookings.line("a booking");
    let count = |number: &AtomicUsize| number.load(Ordering::Relaxed);
    let (errors, taken, nothing, pages) =
        (count(&told.errors), count(&told.taken), count(&told.nothing), count(&told.pages));
    println!(
        "{errors} errors, {taken} times taken by somebody faster, {nothing} without an offer, {pages} pages for PCs"
    );
    println!("memory: {:.1} MiB before the bookings, {:.1} MiB after", before as f64 / 1024.0, after as f64 / 1024.0);
    goal("errors", errors as f64, 0.0);
    goal("99 of 100 bookings within, ms", milliseconds(bookings.percentile(99)), 250.0);
    goal("99 of 100 offers within, ms", milliseconds(offers.percentile(99)), 250.0);
}

#[derive(Default)]
struct Told {
    ended: AtomicBool,
    offers: Mutex<Times>,
    bookings: Mutex<Times>,
    errors: AtomicUsize,
    taken: AtomicUsize,
    nothing: AtomicUsize,
    pages: AtomicUsize,
}

/// A PC that waits for changes, again and again.
async fn wait_for_changes(address: SocketAddr, token: String, mut position: String, told: Arc<Told>) {
    let mut line = Line::open(address).await.unwrap();
    while !told.ended.load(Ordering::Relaxed) {
        let asked = line.ask(&get(&format!("/api/v1/changes?since={position}&wait=25"), &token)).await;
        match asked {
            Ok(answer) if answer.status == 200 => {
                let page = answer.json();
                position = page["position"].as_str().unwrap().to_owned();
                if page["changes"].as_array().is_some_and(|changes| !changes.is_empty()) {
                    let _more = told.pages.fetch_add(1, Ordering::Relaxed);
                }
            }
            _ => {
                let _more = told.errors.fetch_add(1, Ordering::Relaxed);
                return;
            }
        }
    }
}

/// A patient who looks at two months and takes one of the times.
async fn book(address: SocketAddr, token: String, online_type: Uuid, told: Arc<Told>) {
    let mut line = Line::open(address).await.unwrap();
    let began = Instant::now();
    let offered = offers(&mut line, &token, online_type).await;
    told.offers.lock().unwrap().push(began.elapsed());
    if offered.status != 200 {
        let _more = told.errors.fetch_add(1, Ordering::Relaxed);
        return;
    }
    let Some(request) = booking(&offered, &token, online_type) else {
        let _more = told.nothing.fetch_add(1, Ordering::Relaxed);
        return;
    };
    let began = Instant::now();
    let booked = line.ask(&request).await;
    told.bookings.lock().unwrap().push(began.elapsed());
    match booked.map(|answer| answer.status) {
        Ok(201) => {}
        Ok(409) => _ = told.taken.fetch_add(1, Ordering::Relaxed),
        _ => _ = told.errors.fetch_add(1, Ordering::Relaxed),
    }
}

async fn offers(line: &mut Line, token: &str, online_type: Uuid) -> Answer {
    let from = Clock::Running.now().date_naive() + TimeDelta::days(1);
    let path = format!("/api/v1/patient/offers?online_type={online_type}&from={from}&days=62");
    line.ask(&get(&path, token)).await.unwrap()
}

/// Asks for one of the times that were offered.
fn booking(offered: &Answer, token: &str, online_type: Uuid) -> Option<Vec<u8>> {
    let offered = offered.json();
    let offers = offered["offers"].as_array()?;
    let offer = offers.get(rand::random_range(0..offers.len().max(1)))?;
    let practitioner = &offer["practitioner"]["id"];
    let body = json!({ "online_type": online_type, "start": offer["start"], "practitioner": practitioner });
    Some(post("/api/v1/patient/bookings", token, &Uuid::new_v4().to_string(), &body))
}

struct SmallClinic {
    online_type: Uuid,
}

/// The demo clinic of today without most of its patients and appointments: all that there are of
/// settings, twenty patients, no appointment.
async fn small_clinics() -> (Clinics, SmallClinic) {
    let demo = aftalebog_booking::demo::demo_clinic(Clock::Running.now().date_naive(), aftalebog_booking::demo::SEED);
    let mut patients = 0;
    let kept = demo.records.into_iter().filter(|record| match &record.value {
        Value::Need(_) | Value::Appointment(_) => false,
        Value::Patient(patient) => {
            patients += usize::from(!patient.self_registered);
            !patient.self_registered && patients <= PATIENTS
        }
        _ => true,
    });
    let snapshot = Snapshot::new(kept.collect());
    let online_type = without_need(&snapshot);
    (Clinics::one(&snapshot).await, SmallClinic { online_type })
}

/// The type that can be booked without a need with most practitioners.
fn without_need(snapshot: &Snapshot) -> Uuid {
    let types = snapshot.records.iter().filter_map(|record| match &record.value {
        Value::OnlineType(value) if !value.need_driven && !value.alias.as_str().contains("patient") => {
            Some((value.practitioners.iter().filter(|row| row.active).count(), record.id))
        }
        _ => None,
    });
    types.max().map(|(_, id)| id).unwrap()
}
