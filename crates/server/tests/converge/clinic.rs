//! A small clinic whose PCs have all been paired: what every course of events begins with.

use std::fs;
use std::path::{Path, PathBuf};

use aftalebog_booking::wire::{FeedPage, SyncSnapshot};
use aftalebog_booking::{Kind, Record, Snapshot};
use aftalebog_local::{FirstSync, NewLink, Store, TokenKept};
use aftalebog_server::access::Device;
use aftalebog_server::store::{self, backup};
use chrono::{DateTime, Utc};
use serde_json::{Value as Json, json};
use tempfile::TempDir;
use uuid::Uuid;

use crate::test_server::shown;

/// There are at most so many PCs.
pub const PCS: usize = 5;

pub fn now() -> DateTime<Utc> {
    "2026-11-23T08:10:00Z".parse().unwrap()
}

pub fn fields(value: Json) -> serde_json::Map<String, Json> {
    match value {
        Json::Object(fields) => fields,
        other => panic!("{other} is no object"),
    }
}

pub fn record(kind: Kind, id: u128, value: Json) -> Record {
    Record::from_fields(kind, Uuid::from_u128(id), fields(value)).unwrap()
}

pub const CLINIC: u128 = 1;
pub const PRACTITIONERS: [u128; 3] = [11, 12, 13];
pub const APPOINTMENT_TYPE: u128 = 21;
pub const PATIENTS: [u128; 3] = [31, 32, 33];

pub fn id(number: u128) -> String {
    Uuid::from_u128(number).to_string()
}

pub fn patient(number: &str) -> Json {
    json!({
        "number": number, "name": "Patient", "birth_date": "1980-01-01", "phone": null, "email": null,
        "self_registered": false, "accepted": true,
    })
}

fn records() -> Vec<Record> {
    let clinic = json!({
        "name": "Klinik", "address": "", "phone": "", "email": "", "greeting": "", "time_zone": "Europe/Copenhagen",
        "raster_minutes": 15, "closed_on_public_holidays": true,
    });
    let service = json!({"running": true, "self_registration": true, "closed_text": null});
    let appointment_type = json!({"code": "SU", "name": "Undersøgelse", "minutes": 30, "color": "#0B6B7C"});
    let mut records = vec![
        record(Kind::Clinic, CLINIC, clinic),
        record(Kind::Service, 2, service),
        record(Kind::Analytics, 3, json!({"enabled": false, "measurement_id": null})),
        record(Kind::AppointmentType, APPOINTMENT_TYPE, appointment_type),
    ];
    for (position, practitioner) in PRACTITIONERS.into_iter().enumerate() {
        let value = json!({
            "initials": "AB", "name": "Behandler", "title": "", "registered": true, "takes_new_patients": true,
            "position": position,
        });
        records.push(record(Kind::Practitioner, practitioner, value));
    }
    records.extend(PATIENTS.map(|number| record(Kind::Patient, number, patient(&number.to_string()))));
    records
}

/// The files of a server and its PCs.
pub struct Template {
    folder: TempDir,
    pub devices: Vec<Device>,
}

pub fn server_file(folder: &Path) -> PathBuf {
    folder.join("server.db")
}

pub fn pc_file(folder: &Path, number: usize) -> PathBuf {
    folder.join(format!("pc-{number}.db"))
}

/// In memory where there is such a place: what a power cut does is tested elsewhere.
pub fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap()
}

impl Template {
    pub async fn new() -> Self {
        let work = folder();
        let folder = folder();
        let server = store::Store::open(&server_file(work.path())).await.unwrap();
        let clinic = server.add_clinic("Klinik".to_owned(), now()).await.unwrap();
        let mut devices = vec![];
        for number in 0..PCS {
            let file = pc_file(work.path(), number);
            let pc = Store::create(file.clone(), Snapshot::new(records()), now()).await.unwrap();
            let code = server.new_code(clinic.id, None, now()).await.unwrap();
            let paired = server.pair(&shown(code.reveal(), &format!("PC {number}")), "here", now()).await.unwrap();
            let device = Device { id: paired.device, clinic: paired.clinic };
            let new = NewLink {
                address: "http://localhost".to_owned(),
                authority: None,
                clinic: paired.clinic,
                slug: paired.slug,
                device: paired.device,
                device_name: format!("PC {number}"),
                token_kept: TokenKept::File,
                position: paired.position,
            };
            let first = match paired.position.revision {
                0 => FirstSync::Give,
                _ => FirstSync::Take(snapshot(&server, device).await),
            };
            pc.begin_link(new, first, now()).await.unwrap();
            while let Some(sent) = pc.next_to_send().await.unwrap() {
                let id = sent.id;
                let accepted = server.take_change(device, sent, now()).await.unwrap();
                pc.acknowledged(id, accepted.revision, now()).await.unwrap();
            }
            let position = pc.link().await.unwrap().unwrap().position;
            let page = server.feed(device, position, 100, now()).await.unwrap();
            let page: FeedPage = serde_json::from_str(&page.json).unwrap();
            let _arrived = pc.apply_page(page, now()).await.unwrap();
            pc.close().await;
            let _bytes = fs::copy(&file, pc_file(folder.path(), number)).unwrap();
            devices.push(device);
        }
        let _contents = backup::back_up(&server_file(work.path()), &server_file(folder.path())).unwrap();
        Self { folder, devices }
    }

    /// Copies the server and so many PCs.
    pub fn copy(&self, to: &Path, pcs: usize) {
        let _bytes = fs::copy(server_file(self.folder.path()), server_file(to)).unwrap();
        for number in 0..pcs {
            let _bytes = fs::copy(pc_file(self.folder.path(), number), pc_file(to, number)).unwrap();
        }
    }
}

pub async fn snapshot(server: &store::Store, device: Device) -> SyncSnapshot {
    serde_json::from_str(&server.snapshot(device).await.unwrap()).unwrap()
}
