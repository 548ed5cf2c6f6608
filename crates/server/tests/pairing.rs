//! A PC is paired once by each code.

use aftalebog_booking::wire::PairRequest;

use crate::test_server::{TestServer, problem};

#[tokio::test]
async fn a_code_pairs_one_pc_and_is_used_up() {
    let server = TestServer::start().await;
    let clinic = server.clinic("Tandlægerne Ågade").await;
    assert_eq!(clinic.slug, "tandlaegerne-aagade");
    let typed = clinic.code.reveal().to_lowercase().replace('-', " ");
    let request = PairRequest { code: typed, device: "Reception 1".to_owned() };
    let answer = server.post("/api/v1/pair", &request).send().await.unwrap();
    assert_eq!(answer.status(), 201);
    let again = server.post("/api/v1/pair", &request).send().await.unwrap();
    assert_eq!(problem(again).await, (403, "no_such_code".to_owned()));
    server.stop().await;
}
