//! A PC is paired once by each code.

use aftalebog_booking::wire::{PairRequest, Paired};
use chrono::TimeDelta;
use reqwest::Response;
use uuid::Uuid;

use crate::test_server::{TestServer, problem, shown};

#[tokio::test]
async fn a_code_pairs_one_pc_and_is_used_up() {
    let server = TestServer::start().await;
    let clinic = server.clinic("Tandlægerne Ågade").await;
    assert_eq!(clinic.slug, "tandlaegerne-aagade");
    let typed = clinic.code.reveal().to_lowercase().replace('-', " ");
    let request = shown(&typed, "Reception 1");
    let answer = server.post("/api/v1/pair", &request).send().await.unwrap();
    assert_eq!(answer.status(), 201);
    let again = server.post("/api/v1/pair", &request).send().await.unwrap();
    assert_eq!(problem(again).await, (403, "no_such_code".to_owned()));
    server.stop().await;
}

/// The answer was lost on its way: the code is not used up for whoever used it, and for nobody else.
#[tokio::test]
async fn whoever_did_not_hear_the_answer_is_the_same_pc() {
    let server = TestServer::start().await;
    let clinic = server.clinic("Ågade").await;
    let code = clinic.code.reveal().to_owned();
    let asking = |attempt| PairRequest { code: code.clone(), device: "Reception 1".to_owned(), attempt };
    let show = async |attempt| server.post("/api/v1/pair", &asking(attempt)).send().await.unwrap();
    let ours = Some(Uuid::new_v4());
    let lost = paired(show(ours).await).await;
    for other in [None, Some(Uuid::new_v4())] {
        assert_eq!(problem(show(other).await).await, (403, "no_such_code".to_owned()));
    }
    let heard = paired(show(ours).await).await;
    assert_eq!((heard.device, heard.clinic), (lost.device, lost.clinic));
    // What was lost may lie anywhere, and opens nothing.
    let with = async |token: &str| server.get("/api/v1/devices").bearer_auth(token).send().await.unwrap();
    assert_eq!(problem(with(&lost.token).await).await, (401, "unauthorized".to_owned()));
    assert_eq!(with(&heard.token).await.status(), 200);
    let devices = server.store.devices(clinic.id, None, server.now).await.unwrap();
    assert_eq!(devices.len(), 1);
    // As long as the code lives, and the PC is one of the clinic's.
    let later = server.now + TimeDelta::minutes(10);
    let error = server.store.pair(&asking(ours), "192.0.2.1", later).await.unwrap_err();
    assert_eq!(error.problem().code(), "no_such_code");
    server.store.revoke_any(heard.device, server.now).await.unwrap();
    assert_eq!(problem(show(ours).await).await, (403, "no_such_code".to_owned()));
    server.stop().await;
}

async fn paired(answer: Response) -> Paired {
    assert_eq!(answer.status(), 201);
    answer.json().await.unwrap()
}

/// Two that both gave a clinic its records would mix them.
#[tokio::test]
async fn one_pc_gives_a_clinic_its_records() {
    let server = TestServer::start().await;
    let clinic = server.clinic("Ågade").await;
    let pair = async |after| {
        let now = server.now + TimeDelta::minutes(after);
        let code = server.store.new_code(clinic.id, None, now).await.unwrap().reveal().to_owned();
        server.store.pair(&shown(&code, "PC"), "192.0.2.1", now).await.unwrap()
    };
    let first = pair(0).await;
    assert!(first.gives);
    assert!(!pair(9).await.gives);
    // Nobody has been heard of since: they have given up.
    let later = pair(20).await;
    assert!(later.gives);
    server.store.revoke_any(later.device, server.now).await.unwrap();
    assert!(pair(21).await.gives, "whoever was removed gives nothing");
    server.stop().await;
}
