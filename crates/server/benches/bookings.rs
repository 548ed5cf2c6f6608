//! Bookings over HTTP, beside the same statements on one bare connection. Goals: `benches/README.md`.
//!
//! Nobody of the clinic's has an address or a telephone, so that no messages are written and sent.

use aftalebog_server::clock::Clock;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use aftalebog_booking::record::Patient;
use aftalebog_booking::{Kind, Snapshot, Value, demo};
use aftalebog_server::secret;
use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension as _, params};
use serde_json::json;
use tokio::runtime::Runtime;
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::clinics::{Clinics, patient_token};
use crate::figures::{goal, heading};
use crate::line::{Line, get, post};

const CLINICS: usize = 100;
/// Of each clinic, who each book once in a round.
const PATIENTS: usize = 20;
const ROUNDS: usize = 3;
/// So many patients ask at a time.
const LINES: usize = 16;

pub fn run(runtime: &Runtime) {
    runtime.block_on(async {
        heading("Bookings, a second");
        let (mut ours, mut bare) = (vec![], vec![]);
        for round in 1..=ROUNDS {
            let (clinics, online_type) = prepare().await;
            let wanted = choose(&clinics, online_type).await;
            let copy = clinics.folder.path().join("bare.db");
            let _pages: usize = Connection::open(&clinics.file)
                .and_then(|connection| connection.execute("vacuum into ?1", [copy.to_string_lossy()]))
                .unwrap();
            let over_http = book_all(&clinics, &wanted).await;
            let by_hand = write_all(&copy, &clinics, &wanted).unwrap();
            println!(
                "round {round}: {} bookings, over HTTP {over_http:.0} a second, bare {by_hand:.0} a second",
                wanted.len()
            );
            ours.push(over_http);
            bare.push(by_hand);
        }
        let ratio = median(bare) / median(ours);
        goal("bare bookings, of those over HTTP", ratio, 2.0);
    });
}

fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}

async fn prepare() -> (Clinics, Uuid) {
    let demo = demo::demo_clinic(Clock::Running.now().date_naive(), demo::SEED);
    let mut online_types = vec![];
    let mut patients = 0;
    let records = demo.records.into_iter().filter_map(|mut record| {
        match &mut record.value {
            Value::Patient(patient) if patient.self_registered => return None,
            Value::Patient(patient) => {
                patients += 1;
                *patient = Patient { phone: None, email: None, ..patient.clone() };
                return (patients <= PATIENTS).then_some(record);
            }
            Value::OnlineType(value) if !value.need_driven && !value.alias.as_str().contains("patient") => {
                online_types.push((value.practitioners.iter().filter(|row| row.active).count(), record.id));
            }
            _ => {}
        }
        (!matches!(record.value.kind(), Kind::Need | Kind::Appointment)).then_some(record)
    });
    let snapshot = Snapshot::new(records.collect());
    let online_type = online_types.into_iter().max().unwrap().1;
    let mut clinics = Clinics::one(&snapshot).await;
    clinics.multiply(CLINICS, 0, PATIENTS);
    (clinics, online_type)
}

/// A time that a patient wants.
struct Wanted {
    clinic: usize,
    patient: usize,
    online_type: Uuid,
    practitioner: Uuid,
    start: DateTime<Utc>,
    minutes: i64,
}

/// For every patient a time of their own, none of which overlap.
async fn choose(clinics: &Clinics, online_type: Uuid) -> Vec<Wanted> {
    let server = clinics.serve();
    let mut line = Line::open(server.address).await.unwrap();
    let from = Clock::Running.now().date_naive() + TimeDelta::days(2);
    let path = format!("/api/v1/patient/offers?online_type={online_type}&from={from}&days=62");
    let answer = line.ask(&get(&path, &patient_token(0, 0))).await.unwrap();
    assert_eq!(answer.status, 200);
    let mut free_from: HashMap<Uuid, DateTime<Utc>> = HashMap::new();
    let mut times = vec![];
    for offer in answer.json()["offers"].as_array().unwrap() {
        let practitioner = offer["practitioner"]["id"].as_str().unwrap().parse().unwrap();
        let start: DateTime<Utc> = offer["start"].as_str().unwrap().parse().unwrap();
        let minutes = offer["minutes"].as_i64().unwrap();
        let free = free_from.entry(practitioner).or_insert(start);
        if start >= *free {
            *free = start + TimeDelta::minutes(minutes);
            times.push((practitioner, start, minutes));
        }
    }
    assert!(times.len() >= PATIENTS, "only {} times", times.len());
    let mut wanted = vec![];
    for (patient, (practitioner, start, minutes)) in times.into_iter().take(PATIENTS).enumerate() {
        for clinic in 0..CLINICS {
            wanted.push(Wanted { clinic, patient, online_type, practitioner, start, minutes });
        }
    }
    wanted
}

async fn book_all(clinics: &Clinics, wanted: &[Wanted]) -> f64 {
    let server = clinics.serve();
    let requests = wanted.iter().map(|wanted| {
        let body = json!({
            "online_type": wanted.online_type,
            "practitioner": wanted.practitioner,
            "start": wanted.start,
        });
        post(
            "/api/v1/patient/bookings",
            &patient_token(wanted.clinic, wanted.patient),
            &Uuid::new_v4().to_string(),
            &body,
        )
    });
    let requests = Arc::new(Mutex::new(requests.collect::<Vec<_>>()));
    let mut lines = vec![];
    for _ in 0..LINES {
        lines.push(Line::open(server.address).await.unwrap());
    }
    let began = Instant::now();
    let mut asking = vec![];
    for mut line in lines {
        let requests = requests.clone();
        asking.push(tokio::spawn(async move {
            loop {
                let Some(request) = requests.lock().await.pop() else { return };
                let answer = line.ask(&request).await.unwrap();
                assert_eq!(answer.status, 201, "{}", answer.json());
            }
        }));
    }
    for asking in asking {
        asking.await.unwrap();
    }
    rate(wanted.len(), began.elapsed())
}

fn rate(count: usize, time: Duration) -> f64 {
    count as f64 / time.as_secs_f64()
}

/// What the server asks and writes for each of them, on one connection, with the same rows.
fn write_all(file: &Path, clinics: &Clinics, wanted: &[Wanted]) -> rusqlite::Result<f64> {
    let connection = Connection::open(file)?;
    connection.set_prepared_statement_cache_capacity(128);
    connection.pragma_update(None, "foreign_keys", true)?;
    let _mode: String = connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))?;
    connection.pragma_update(None, "synchronous", "full")?;
    let _on: i64 = connection.pragma_update_and_check(None, "secure_delete", true, |row| row.get(0))?;
    let began = Instant::now();
    for wanted in wanted {
        write(&connection, clinics, wanted)?;
    }
    Ok(rate(wanted.len(), began.elapsed()))
}

fn write(connection: &Connection, clinics: &Clinics, wanted: &Wanted) -> rusqlite::Result<()> {
    let (clinic, patient) = (clinics.ids[wanted.clinic], clinics.patients[wanted.patient]);
    let now = Clock::Running.now().timestamp();
    let (start, end) = (wanted.start.timestamp(), wanted.start.timestamp() + wanted.minutes * 60);
    let id = |id: Uuid| id.as_bytes().to_vec();
    let (own, change) = (Uuid::new_v4(), Uuid::new_v4());
    let all = |sql: &str, values: &[&dyn rusqlite::ToSql]| -> rusqlite::Result<()> {
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query(values)?;
        while let Some(row) = rows.next()? {
            let _first = row.get_ref(0)?;
        }
        Ok(())
    };
    // Who asks.
    all(
        "select session.clinic, patient, last_used, expires_at from session
            join record on record.clinic = session.clinic and record.id = session.patient
            where token_hash = ?1 and expires_at > ?2 and last_used > ?3 and record.kind = 'patient'",
        params![secret::hash(&patient_token(wanted.clinic, wanted.patient)), now, now - 900],
    )?;
    connection.execute_batch("begin immediate")?;
    let key = change.to_string();
    all(
        "select request_hash, status, answer from idempotency where clinic = ?1 and patient = ?2 and key = ?3",
        params![id(clinic), id(patient), key],
    )?;
    all(
        "insert into attempt (subject_hash, window, count) values (?1, ?2, 1)
            on conflict do update set count = count + 1 returning count",
        params![secret::hash(&key), now],
    )?;
    all("select settings_revision from clinic where id = ?1", params![id(clinic)])?;
    let fields = "select value from record where clinic = ?1 and id = ?2 and kind = ?3";
    all(fields, params![id(clinic), id(patient), "patient"])?;
    all(
        "select record.id, value from record_reference
            join record on record.clinic = record_reference.clinic and record.id = record_reference.record
            where record_reference.clinic = ?1 and target = ?2 and field = 'patient' and kind = 'need'
                and not exists (select 1 from record_unique
                    where record_unique.clinic = ?1 and what = 'need' and key = record.id)",
        params![id(clinic), id(patient)],
    )?;
    all("select last_contact from clinic where id = ?1", params![id(clinic)])?;
    let day = wanted.start.date_naive().and_hms_opt(0, 0, 0).unwrap().and_utc().timestamp();
    all(
        "select id, practitioner, patient, start, \"end\" from appointment
            where clinic = ?1 and live = 1 and start > ?2 and start < ?3",
        params![id(clinic), day - 28_800, day + 86_400],
    )?;
    all(
        "select record.id, value from appointment
            join record on record.clinic = appointment.clinic and record.id = appointment.id
            where appointment.clinic = ?1 and patient = ?2 and start > ?3 order by start, record.id",
        params![id(clinic), id(patient), now],
    )?;
    // The change.
    all("select revision, request_hash from accepted where clinic = ?1 and id = ?2", params![id(clinic), id(change)])?;
    let revision: i64 = connection
        .prepare_cached("update clinic set revision = revision + 1 where id = ?1 returning revision")?
        .query_row([id(clinic)], |row| row.get(0))?;
    all(
        "select kind, value, revision, touched from record where clinic = ?1 and id = ?2",
        params![id(clinic), id(own)],
    )?;
    all(
        "select kind, revision, deleted from deleted_record where clinic = ?1 and id = ?2",
        params![id(clinic), id(own)],
    )?;
    all(
        "insert into appointment (clinic, id, practitioner, patient, start, \"end\", live, overlap)
            values (?1, ?2, ?3, ?4, ?5, ?6, 1, 'none')",
        params![id(clinic), id(own), id(wanted.practitioner), id(patient), start, end],
    )?;
    let value = json!({
        "appointment_type": wanted.online_type, "minutes": wanted.minutes, "need": null, "note": "",
        "origin": "online", "overlap": "none", "patient": patient, "practitioner": wanted.practitioner,
        "start": wanted.start, "status": "booked",
    });
    let value = value.to_string();
    let touched =
        json!({"born": {"revision": revision, "author": "patient", "by": "", "at": wanted.start}}).to_string();
    all("delete from deleted_record where clinic = ?1 and id = ?2", params![id(clinic), id(own)])?;
    all(
        "insert into record (clinic, id, value, revision, author, touched, kind)
            values (?1, ?2, ?3, ?4, 'patient', ?5, 'appointment')",
        params![id(clinic), id(own), value, revision, touched],
    )?;
    let named = [("practitioner", wanted.practitioner, "practitioner"), ("patient", patient, "patient")];
    for (field, target, _) in named {
        all(
            "insert or ignore into record_reference (clinic, record, field, target) values (?1, ?2, ?3, ?4)",
            params![id(clinic), id(own), field, id(target)],
        )?;
    }
    for (_, target, _) in named {
        let kind: Option<String> = connection
            .prepare_cached("select kind from record where clinic = ?1 and id = ?2")?
            .query_row(params![id(clinic), id(target)], |row| row.get(0))
            .optional()?;
        assert!(kind.is_some());
    }
    let feed = format!("[{{\"kind\":\"appointment\",\"id\":\"{own}\",\"created\":true,\"set\":{value}}}]");
    all(
        "insert into change (clinic, revision, id, made_at, made_by, author, device, received_at, writes)
            values (?1, ?2, ?3, ?4, '', 'patient', null, ?4, ?5)",
        params![id(clinic), revision, id(change), now, feed],
    )?;
    all(
        "insert into accepted (clinic, id, revision, request_hash, accepted_at) values (?1, ?2, ?3, ?4, ?5)",
        params![id(clinic), id(change), revision, secret::hash(&value), now],
    )?;
    let (number, previous): (i64, [u8; 32]) = connection
        .prepare_cached("select audit_number, audit_hash from clinic where id = ?1")?
        .query_row([id(clinic)], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let hash = secret::hash(&feed);
    all(
        "insert into audit (clinic, number, at, author, device, patient, deed, details, previous_hash, hash)
            values (?1, ?2, ?3, 'patient', null, ?4, 'change', ?5, ?6, ?7)",
        params![id(clinic), number + 1, now, id(patient), feed, previous, hash],
    )?;
    all("update clinic set audit_number = ?2, audit_hash = ?3 where id = ?1", params![id(clinic), number + 1, hash])?;
    all(
        "insert into idempotency (clinic, patient, key, request_hash, status, answer, created_at)
            values (?1, ?2, ?3, ?4, 201, ?5, ?6)",
        params![id(clinic), id(patient), key, hash, value, now],
    )?;
    connection.execute_batch("commit")
}
