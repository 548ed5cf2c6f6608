//! Many want the same times at once: each is had by one.
//!
//! `RACE_TIMES=500` runs the long race: README.md.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};

use aftalebog_booking::Kind;
use aftalebog_booking::wire::{SentChange, WireDeed};
use aftalebog_server::clock::Clock;
use chrono::{DateTime, Days, TimeDelta, Utc};
use futures::future::join_all;
use rusqlite::{Connection, params};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use crate::clinic_pc::{accepted, create, demo, first, object, set};
use crate::patients::{Clinic, Visitor, question};
use crate::test_server::{TestServer, monday};

const CLIENTS: usize = 64;

/// So many days are asked for at a time.
const DAYS: u32 = 62;

fn times() -> usize {
    std::env::var("RACE_TIMES").ok().and_then(|times| times.parse().ok()).unwrap_or(40)
}

/// Pairs of live appointments of one practitioner or one patient that may not overlap, and do.
fn overlapping_pairs(database: &Path) -> i64 {
    let sql = "select count(*) from appointment as one join appointment as other
        on one.clinic = other.clinic and one.id < other.id
            and (one.practitioner = other.practitioner or one.patient = other.patient)
            and one.start < other.\"end\" and other.start < one.\"end\"
        where one.live = 1 and other.live = 1 and one.overlap = 'none' and other.overlap = 'none'";
    Connection::open(database).unwrap().query_row(sql, [], |row| row.get(0)).unwrap()
}

/// Times of one type that do not touch each other, of each practitioner, from the first days on.
async fn apart(visitor: &Visitor<'_>, of: &Json, most: usize) -> Vec<Json> {
    let start = |it: &Json| it["start"].as_str().unwrap().parse::<DateTime<Utc>>().unwrap();
    let (mut chosen, mut from): (Vec<Json>, _) = (vec![], monday().date_naive());
    while chosen.len() < most {
        let before = chosen.len();
        let asked = visitor.get(&question(of, &from.to_string(), DAYS)).send().await.unwrap();
        let Json::Array(offers) = asked.json::<Json>().await.unwrap()["offers"].take() else { panic!("a list") };
        for offer in offers {
            let near = |it: &Json| {
                it["practitioner"] == offer["practitioner"] && (start(it) - start(&offer)).abs() < TimeDelta::hours(1)
            };
            if chosen.len() < most && !chosen[before..].iter().any(near) {
                chosen.push(offer);
            }
        }
        assert!(chosen.len() > before, "{before} times, and none from {from} on");
        from = from + Days::new(DAYS.into());
    }
    chosen
}

fn shifted(offer: &Json, minutes: i64) -> Json {
    let start = offer["start"].as_str().unwrap().parse::<DateTime<Utc>>().unwrap() + TimeDelta::minutes(minutes);
    json!({"start": start, "practitioner": offer["practitioner"]})
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_four_patients_and_the_reception_want_the_same_times() {
    let server = TestServer::start_with(Clock::Fixed(monday()), |config| {
        config.patients.codes_per_address_and_hour = 1000;
        config.patients.tries_per_address_and_hour = 1000;
        // The codes, and no confirmations.
        config.patients.sms_per_clinic_and_day = 64;
        config.patients.open_bookings = 10_000;
        config.patients.calls_per_patient_and_minute = u32::MAX;
        config.patients.changes_per_patient_and_hour = 100_000;
    })
    .await;
    let clinic = Clinic::start(&server).await;
    // Steps of ten minutes: appointments of thirty overlap at three of them.
    let records = demo();
    let _ten = clinic.pc.save(vec![set(first(&records, Kind::Clinic), 1, json!({"raster_minutes": 10}))]).await;
    let mut sessions = vec![];
    for patient in clinic.patients.iter().rev().take(CLIENTS) {
        sessions.push(clinic.log_in(&patient.value).await);
    }
    let clients: Vec<Visitor<'_>> =
        sessions.iter().map(|token| Visitor { clinic: &clinic, token: token.clone() }).collect();
    let types = clients[0].types().await;
    let broken = types.iter().find(|it| it["alias"] == "Knækket tand eller tabt fyldning").unwrap();
    let offers = apart(&clients[0], broken, 2 * times()).await;
    let (same, offers) = offers.split_at(offers.len() / 2);
    println!("{CLIENTS} patients want {} and {} times", same.len(), offers.len());

    // The same start for all: each is won once.
    let mut won = 0;
    for (number, offer) in same.iter().enumerate() {
        let key = format!("same {number}");
        let answers = join_all(clients.iter().map(|client| client.book_at(&key, broken, offer))).await;
        let winners = answers.iter().filter(|status| **status == 201).count();
        assert_eq!((winners, answers.iter().filter(|status| **status == 409).count()), (1, CLIENTS - 1), "{offer}");
        won += winners;
    }
    println!("the same start: {won} times, each won once");

    // Which time is wanted just now.
    let at = AtomicUsize::new(0);
    // Shifted starts, moves and cancellations, and a reception that writes what it likes.
    let play = |client: usize| {
        let (visitor, at) = (&clients[client], &at);
        async move {
            let (mut booked, mut refused) = (0, 0);
            for (number, offer) in offers.iter().enumerate() {
                let _before = at.fetch_max(number, Ordering::Relaxed);
                let key = |what: &str| format!("{what} {number}");
                if (client + number).is_multiple_of(4) {
                    for booking in visitor.bookings().await.iter().take(1) {
                        let id = booking["id"].as_str().unwrap();
                        let path =
                            format!("bookings/{id}/{}", if client.is_multiple_of(2) { "cancel" } else { "move" });
                        let to = shifted(offer, 30);
                        let body = json!({"start": to["start"], "practitioner": to["practitioner"]["id"]});
                        let _whatever = visitor.post(&path, &key(&path[46..]), &body).send().await.unwrap().status();
                    }
                }
                let minutes = [0, 10, 20][(client + number) % 3];
                match visitor.book_at(&key("shifted"), broken, &shifted(offer, minutes)).await {
                    201 => booked += 1,
                    _ => refused += 1,
                }
            }
            (booked, refused)
        }
    };
    // Blocks on every second of the times that are wanted, when they are: whatever stands there already, a PC's is kept.
    let block = first(&records, Kind::Appointment);
    let writes = async {
        for (number, offer) in offers.iter().enumerate().step_by(2) {
            while at.load(Ordering::Relaxed) < number {
                tokio::task::yield_now().await;
            }
            let at = shifted(offer, 10);
            let mut write = create(block);
            write.id = Uuid::from_u128(number as u128 + 1);
            let WireDeed::Set(fields) = &mut write.deed else { panic!("a new one") };
            fields.extend(object(json!({
                "appointment_type": null, "patient": null, "need": null, "status": "booked", "overlap": "none",
                "start": at["start"], "practitioner": at["practitioner"]["id"],
            })));
            let change = SentChange {
                id: Uuid::new_v4(),
                made_at: monday(),
                made_by: "RECEPTION".to_owned(),
                sequence: 10 + number as u64,
                epoch: clinic.pc.paired.position.epoch,
                writes: vec![write],
            };
            let _revision = accepted(clinic.pc.send(&change).await).await;
        }
    };
    let (outcome, ()) = tokio::join!(join_all((0..CLIENTS).map(play)), writes);
    let (booked, refused) = outcome.iter().fold((0, 0), |sum, it| (sum.0 + it.0, sum.1 + it.1));
    let pairs = overlapping_pairs(&server.folder.path().join("server.db"));
    println!("shifted starts: {booked} booked, {refused} refused, {pairs} overlapping pairs");
    assert_eq!(pairs, 0);
    let count = |overlap: &str| {
        let sql = "select count(*) from appointment where overlap = ?1 and id < x'0001'";
        let database = Connection::open(server.folder.path().join("server.db")).unwrap();
        database.query_row::<i64, _, _>(sql, [overlap], |row| row.get(0)).unwrap()
    };
    println!(
        "the reception came first {} times, and {} times to one that a patient has",
        count("none"),
        count("clash")
    );
    assert_eq!(count("none") + count("clash"), offers.len().div_ceil(2) as i64);
    assert!(booked > 0, "nobody got in anybody's way");
    let audited = server.store.audit_verify(clinic.new.id).await.unwrap();
    assert!(audited > 0);
    server.stop().await;
}

/// The control: what is checked before the transaction that writes, without the trigger, overlaps.
#[test]
fn checked_outside_of_the_transaction_the_same_race_overlaps() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("naive.db");
    let connect = |file: &Path| {
        let connection = Connection::open(file).unwrap();
        connection.busy_timeout(std::time::Duration::from_secs(20)).unwrap();
        connection
    };
    let mode = "pragma journal_mode = wal; create table appointment (clinic integer default 1, id integer primary key,
        practitioner integer, patient integer, start integer, \"end\" integer, live integer default 1, overlap text default 'none')";
    connect(&file).execute_batch(mode).unwrap();
    let together = Arc::new(Barrier::new(8));
    let racers: Vec<_> = (0..8)
        .map(|racer: i64| {
            let (together, connection) = (together.clone(), connect(&file));
            std::thread::spawn(move || {
                for time in 0..times() as i64 {
                    let start = time * 3600 + [0, 600, 1200][racer as usize % 3];
                    let sql = "select exists (select 1 from appointment where practitioner = 1 and start < ?2 and \"end\" > ?1)";
                    let taken: bool = connection.query_row(sql, params![start, start + 1800], |row| row.get(0)).unwrap();
                    let _all = together.wait();
                    if !taken {
                        let sql = "insert into appointment (practitioner, patient, start, \"end\") values (1, ?1, ?2, ?3)";
                        let _one = connection.execute(sql, params![racer, start, start + 1800]).unwrap();
                    }
                    let _all = together.wait();
                }
            })
        })
        .collect();
    racers.into_iter().for_each(|racer| racer.join().unwrap());
    let pairs = overlapping_pairs(&file);
    println!("naive: {pairs} overlapping pairs of {} tries", 8 * times());
    assert!(pairs > 0);
}
