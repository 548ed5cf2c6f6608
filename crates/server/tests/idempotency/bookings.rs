//! Patients who book, move and cancel over a network that loses answers: each is done once.

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::Method;
use serde_json::{Value as Json, json};

use super::{Answer, BadNetwork, OPERATIONS, Operation, change_database, count};
use crate::bare_patient::BarePatient;
use crate::clinic_pc::demo;
use crate::patients::{Clinic, Visitor, letters};
use crate::test_server::{TestServer, monday};
use aftalebog_booking::Snapshot;
use aftalebog_server::clock::Clock;

/// So many patients at a time. Each books, moves and cancels, again and again.
const PATIENTS: usize = 20;

/// A patient, a time they want and one they want instead.
struct Wishes {
    token: String,
    online_type: Json,
    offers: [Json; 2],
}

impl Wishes {
    /// The one and the other time of each are nobody else's.
    async fn of(clinic: &Clinic<'_>, tokens: Vec<String>) -> Vec<Self> {
        let mut taken: Vec<(Json, DateTime<Utc>)> = vec![];
        let mut wishes = vec![];
        for token in tokens {
            let visitor = Visitor { clinic, token };
            let types = visitor.types().await;
            let broken = types.iter().find(|it| it["alias"] == "Knækket tand eller tabt fyldning").unwrap();
            let mut chosen: Vec<Json> = vec![];
            for offer in visitor.offers(broken).await {
                let start: DateTime<Utc> = offer["start"].as_str().unwrap().parse().unwrap();
                let practitioner = offer["practitioner"]["id"].clone();
                let near =
                    |it: &(Json, DateTime<Utc>)| it.0 == practitioner && (it.1 - start).abs() < TimeDelta::hours(1);
                // Far enough ahead to be thought better of, and their own two not at the same time.
                let own = chosen
                    .iter()
                    .any(|it| it["start"].as_str().unwrap()[..10] == offer["start"].as_str().unwrap()[..10]);
                if chosen.len() < 2 && start > monday() + TimeDelta::days(2) && !own && !taken.iter().any(near) {
                    taken.push((practitioner, start));
                    chosen.push(offer);
                }
            }
            let offers = chosen.try_into().expect("two times for each");
            wishes.push(Self { token: visitor.token, online_type: broken["online_type"].clone(), offers });
        }
        wishes
    }

    /// Asks for something under a key that was made once.
    async fn ask(&self, network: &BadNetwork, path: &str, body: Json, done: &'static [u16]) -> Result<Json, String> {
        let operation = Operation {
            method: Method::POST,
            path: format!("/api/v1/patient/{path}"),
            token: Some(self.token.clone()),
            headers: vec![("idempotency-key", uuid::Uuid::new_v4().to_string())],
            body,
            done,
        };
        let Answer { body, .. } = network.until_done(&operation).await?;
        Ok(body)
    }

    /// Books, moves and cancels so many times.
    async fn carry_out(&self, network: &BadNetwork, times: usize) -> Result<(), String> {
        let [one, other] = &self.offers;
        for _ in 0..times {
            let (practitioner, start) = (&one["practitioner"]["id"], &one["start"]);
            let body = json!({"online_type": self.online_type, "practitioner": practitioner, "start": start});
            let booked = self.ask(network, "bookings", body, &[201]).await?;
            let path = format!("bookings/{}", booked["id"].as_str().unwrap());
            let body = json!({"practitioner": other["practitioner"]["id"], "start": other["start"]});
            let moved = self.ask(network, &format!("{path}/move"), body, &[200]).await?;
            assert_eq!((&booked["start"], &moved["start"]), (start, &other["start"]));
            let cancelled = self.ask(network, &format!("{path}/cancel"), json!({}), &[200]).await?;
            assert_eq!((&cancelled["status"], &cancelled["id"]), (&json!("cancelled"), &booked["id"]));
        }
        Ok(())
    }
}

async fn server() -> TestServer {
    TestServer::start_with(Clock::Fixed(monday()), |config| {
        config.patients.sms_per_clinic_and_day = 1_000_000;
        config.patients.changes_per_patient_and_hour = 1_000_000;
        // Every answer that is lost is asked for once more.
        config.patients.calls_per_patient_and_minute = u32::MAX;
    })
    .await
}

/// The first patients, as if each had given the code.
fn tokens(clinic: &Clinic<'_>, count: usize) -> Vec<String> {
    let database = clinic.server.folder.path().join("server.db");
    let snapshot = Snapshot::new(demo());
    let patients =
        BarePatient::logged_in(&clinic.server.url(""), &database, (clinic.new.id, &snapshot), monday(), count);
    patients.into_iter().map(|patient| patient.token).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_booking_a_move_and_a_cancellation_have_one_effect_each() {
    let server = server().await;
    let clinic = Clinic::start(&server).await;
    let wishes = Wishes::of(&clinic, tokens(&clinic, PATIENTS)).await;
    let counted = [
        "select count(*) from change where author = 'patient'",
        "select count(*) from audit where author = 'patient' and deed = 'change'",
        "select count(*) from idempotency",
    ];
    assert_eq!(counted.map(|sql| count(&server, sql)), [0; 3]);

    let network = BadNetwork::before(&server, 10).await;
    let each = OPERATIONS.div_ceil(PATIENTS);
    let done = futures::future::join_all(wishes.iter().map(|wishes| wishes.carry_out(&network, each))).await;
    assert_eq!(done, vec![Ok(()); PATIENTS]);
    let times = each * PATIENTS;
    println!(
        "{times} bookings, moves and cancellations, asked {} times",
        network.asked.load(std::sync::atomic::Ordering::Relaxed)
    );

    assert_eq!(counted.map(|sql| count(&server, sql)), [3 * times; 3]);
    let online = "select count(*) from record where kind = 'appointment' and value ->> 'origin' = 'online'
        and revision > 1";
    assert_eq!(count(&server, online), times, "each booking is one appointment");
    assert_eq!(count(&server, &format!("{online} and value ->> 'status' = 'cancelled'")), times);
    // Each of them was created, moved and cancelled, each once.
    let thrice = "select count(*) from (select 1 from change, json_each(change.writes)
        where author = 'patient' group by json_each.value ->> 'id' having count(*) = 3)";
    assert_eq!(count(&server, thrice), times);
    assert_eq!(letters(&server).await, 3 * times, "the patient is told once of each");
    assert!(server.store.audit_verify(clinic.new.id).await.is_ok());
    server.stop().await;
}

/// The control: a server that forgets the keys is found out.
#[tokio::test]
async fn a_server_that_forgets_the_keys_of_patients_is_found_out() {
    let server = server().await;
    let clinic = Clinic::start(&server).await;
    let wishes = Wishes::of(&clinic, tokens(&clinic, 1)).await;
    change_database(&server, "create trigger forgets after insert on idempotency begin delete from idempotency; end");
    let network = BadNetwork::before(&server, 11).await;
    println!("{}", wishes[0].carry_out(&network, 100).await.unwrap_err());
    server.stop().await;
}
