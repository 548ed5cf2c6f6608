//! Whether somebody is a patient cannot be told by how long the answer takes. The server is a process of its own, so
//! that what it does afterwards, such as sending the code, keeps nobody from reading the answer.
//!
//! On a busy machine few measurements tell no more than whether the slow work, the hash, is done for both: only a
//! gross difference fails. `TIMING_TIMES=500` on a quiet one tells fine differences: README.md.

use std::time::{Duration, Instant};

use aftalebog_booking::Snapshot;
use aftalebog_booking::record::{Patient, Value};
use aftalebog_server::store::Store;
use rand::seq::SliceRandom as _;
use serde_json::{Value as Json, json};

use crate::bare_pc::BarePc;
use crate::clinic_pc::demo;
use crate::patients::with_telephones;
use crate::proxy::{Fault, Proxy, Script};
use crate::server_program::ServerProgram;
use crate::test_server::monday;

/// How often each is measured.
fn times() -> usize {
    long_round().unwrap_or(30)
}

fn long_round() -> Option<usize> {
    Some(std::env::var("TIMING_TIMES").ok()?.parse().unwrap())
}

/// In the long round: what chance alone exceeds once in fifteen thousand times.
const BOUND: f64 = 4.0;

/// In the short one: a server that hashes for one of the two only is further off.
const GROSS: u32 = 3;

/// Whether it can be told by the time which is which.
fn are_told_apart(one: &[Duration], other: &[Duration]) -> bool {
    let (of_one, of_other) = (median(one), median(other));
    match long_round() {
        Some(_) => apart(one, other).abs() >= BOUND,
        None => of_one.max(of_other) > GROSS * of_one.min(of_other),
    }
}

/// How far the ranks of the one are from those of the other, in standard deviations (Mann and Whitney).
fn apart(one: &[Duration], other: &[Duration]) -> f64 {
    let (n, m) = (one.len() as f64, other.len() as f64);
    let wins = |it: &Duration| other.iter().filter(|other| it > *other).count() as f64;
    let sum: f64 = one.iter().map(wins).sum();
    (sum - n * m / 2.0) / (n * m * (n + m + 1.0) / 12.0).sqrt()
}

fn median(of: &[Duration]) -> Duration {
    let mut of = of.to_vec();
    of.sort();
    of[of.len() / 2]
}

/// A clinic, by its slug, and who is known there.
struct Clinic {
    slug: String,
    patients: Vec<Patient>,
}

/// Asks for both by turns of chance; what known ones and unknown ones took.
async fn measure(clinic: &Clinic, known_by: &str, unknown_by: &str) -> [Vec<Duration>; 2] {
    let known = |number: usize| {
        let patient = &clinic.patients[number % clinic.patients.len()];
        json!({"birth_date": patient.birth_date, "phone": patient.phone})
    };
    // The same birth dates, and telephones of nobody.
    let unknown = |number: usize| {
        let mut body = known(number);
        body["phone"] = json!(format!("+45 01 99 {:02} {:02}", number / 100, number % 100));
        body
    };
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let mut taken = [vec![], vec![]];
    for number in 0..times() {
        let mut both = [(0, known_by, known(number)), (1, unknown_by, unknown(number))];
        both.shuffle(&mut rand::rng());
        for (which, server, body) in both {
            let request = client.post(format!("{server}/api/v1/clinics/{}/login", clinic.slug)).json(&body);
            let began = Instant::now();
            let answer = request.send().await.unwrap();
            let status = answer.status();
            let _begun: Json = answer.json().await.unwrap();
            taken[which].push(began.elapsed());
            assert_eq!(status, 202);
        }
    }
    taken
}

#[tokio::test]
async fn a_known_patient_is_answered_in_the_same_time_as_an_unknown_one() {
    let folder = tempfile::tempdir().unwrap();
    let (database, settings) = (folder.path().join("server.db"), folder.path().join("settings.toml"));
    let limits = ["codes_per_address_and_hour", "codes_per_recipient_and_day", "sms_per_clinic_and_day"];
    let limits: String = limits.iter().map(|limit| format!("{limit} = 1000000\n")).collect();
    std::fs::write(&settings, format!("[patients]\n{limits}")).unwrap();
    let store = Store::open(&database).await.unwrap();
    let new = store.add_clinic("Tandlægerne ved Møllesøen".to_owned(), monday()).await.unwrap();
    let arguments = ["--clock", "2026-11-23T08:10:00Z", "--config", settings.to_str().unwrap()];
    let server = ServerProgram::start(&database, &arguments);
    let records = with_telephones(demo());
    let pc = BarePc::pair(&server.url(), new.code.reveal(), "Reception").await;
    pc.give(&Snapshot::new(records.clone())).await;
    let patients = records.into_iter().filter_map(|record| match record.value {
        Value::Patient(patient) if !patient.self_registered => Some(patient),
        _ => None,
    });
    let clinic = Clinic { slug: new.slug, patients: patients.collect() };
    let url = server.url();
    let [known, unknown] = measure(&clinic, &url, &url).await;
    let difference = apart(&known, &unknown);
    let told = format!(
        "{} each: known {:?}, unknown {:?} in the middle; {difference:.2} standard deviations apart",
        times(),
        median(&known),
        median(&unknown)
    );
    println!("{told}");
    assert!(!are_told_apart(&known, &unknown), "{told}");

    // The control: a server that takes longer for those it knows is found out.
    let longer = if long_round().is_some() { median(&known) / 2 } else { 3 * GROSS * median(&known) };
    let slower = Proxy::start(server.address, Script::Always(Fault::Delay(longer))).await;
    let as_fast = Proxy::start(server.address, Script::Always(Fault::None)).await;
    let [known, unknown] = measure(&clinic, &slower.url(), &as_fast.url()).await;
    let difference = apart(&known, &unknown);
    println!("the control: {difference:.2} standard deviations apart");
    assert!(are_told_apart(&known, &unknown));
}
