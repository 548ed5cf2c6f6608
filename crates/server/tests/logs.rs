//! Nothing personal and no secret is in the log, however much it tells and whatever goes wrong.
#![cfg(unix)]

use aftalebog_booking::Kind;
use aftalebog_booking::wire::{SentChange, SentWrite, WireDeed};
use serde_json::json;
use uuid::Uuid;

use crate::clinic_pc::{demo, first, object};
use crate::program::{Program, code, pair};

/// What is sent wherever it fits: a name, a number, an address.
const CANARIES: [&str; 4] = ["Kanarie Gulfjer", "+4587654321", "kanarie@gulfjer.example", "kanarieklinikken"];

#[tokio::test]
async fn no_name_number_address_code_or_token_is_in_the_log() {
    let [name, phone, email, clinic_name] = CANARIES;
    let program = Program::new();
    let settings = program.settings("log = \"debug\"\n");
    let added = program.done(&["clinic", "add", clinic_name]);
    let serving = program.serve(&["--config", &settings]);
    let client = reqwest::Client::new();
    let url = |path: &str| format!("{}{path}", serving.url);
    let pairing = code(&added);
    let paired = pair(&client, &serving.url, &pairing).await;
    let mut patient = first(&demo(), Kind::Patient).clone().fields();
    patient.extend(object(json!({"name": name, "phone": phone, "email": email})));
    let write =
        |fields| SentWrite { kind: Kind::Patient, id: Uuid::from_u128(7), base: None, deed: WireDeed::Set(fields) };
    let change = |sequence, writes| SentChange {
        id: Uuid::new_v4(),
        made_at: "2026-11-23T08:10:00Z".parse().unwrap(),
        made_by: name.to_owned(),
        sequence,
        epoch: paired.position.epoch,
        writes,
    };
    let send = async |change: &SentChange| {
        let request = client.post(url("/api/v1/changes")).bearer_auth(&paired.token).json(change);
        request.send().await.unwrap().status().as_u16()
    };
    assert_eq!(send(&change(1, vec![write(patient.clone())])).await, 201);
    assert_eq!(send(&change(2, vec![write(patient.clone())])).await, 201, "the same again, by the same PC");
    let mut wrong = patient.clone();
    wrong.extend(object(json!({"birth_date": name, "minutes": phone})));
    assert_eq!(send(&change(3, vec![write(wrong)])).await, 422);
    let with = |request: reqwest::RequestBuilder| async move { request.send().await.unwrap().status().as_u16() };
    // In every place where nothing belongs.
    let body = format!("{{\"code\": \"{name}\", \"device\": {{\"{phone}\": ");
    let posted = client.post(url("/api/v1/pair")).header("content-type", "application/json").body(body);
    assert_eq!(with(posted).await, 400);
    let query = url(&format!("/api/v1/changes?since={name}&wait={phone}&{email}={clinic_name}"));
    assert_eq!(with(client.get(query).bearer_auth(&paired.token)).await, 400);
    assert_eq!(with(client.get(url(&format!("/api/v1/devices/{phone}/{email}")))).await, 404);
    assert_eq!(with(client.delete(url(&format!("/api/v1/devices/{email}"))).bearer_auth(&paired.token)).await, 404);
    assert_eq!(with(client.get(url("/api/v1/snapshot")).bearer_auth(format!("dk1_{clinic_name}"))).await, 401);
    let agent = client.get(url("/api/v1/hello")).header("user-agent", phone).header("aftalebog-protocol", email);
    assert_eq!(with(agent).await, 200);
    serving.raw(&format!("GET /{clinic_name} HTTP/1.1\r\nhost: {clinic_name}\r\nx-{clinic_name}: 1\r\n\r\n"));
    serving.raw(&format!("{}\r\n\r\n", clinic_name.replace(' ', "")));

    let (status, printed, log) = serving.terminate();
    assert_eq!(status, Some(0), "{log}");
    assert!(log.lines().count() >= 10, "{log}");
    let secrets = [pairing.as_str(), paired.token.as_str(), paired.token.trim_start_matches("dk1_"), "gulfjer"];
    for secret in CANARIES.iter().chain(&secrets) {
        for (where_it_is, text) in [("log", &log), ("output", &printed)] {
            assert!(!text.to_lowercase().contains(&secret.to_lowercase()), "{secret} in the {where_it_is}:\n{text}");
        }
    }
    // The database has the name, and no secret.
    let mut kept = std::fs::read(program.database()).unwrap();
    for ending in ["-wal", "-journal"] {
        kept.extend(std::fs::read(aftalebog_sqlite::place::beside(&program.database(), ending)).unwrap_or_default());
    }
    let holds = |text: &str| kept.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(holds(name), "the control: what is kept can be found");
    for secret in secrets.iter().take(3) {
        assert!(!holds(secret), "{secret} in the database");
    }
}
