//! The description that is committed is that of the code, and every call is in it.

use std::path::Path;

use aftalebog_server::openapi;
use serde_json::Value;

use crate::test_server::TestServer;

fn committed() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json")
}

/// `UPDATE_OPENAPI=1` writes it anew: look at the difference before you commit it.
#[test]
fn the_committed_description_is_that_of_the_code() {
    if std::env::var_os("UPDATE_OPENAPI").is_some() {
        std::fs::write(committed(), openapi::text()).unwrap();
    }
    let committed = std::fs::read_to_string(committed()).unwrap();
    assert!(committed == openapi::text(), "docs/openapi.json is another: UPDATE_OPENAPI=1 writes it anew");
}

#[test]
fn no_call_stands_beside_the_description() {
    let list = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/routes.rs")).unwrap();
    for beside in [".route(", ".route_service(", ".nest(", ".nest_service(", ".fallback_service("] {
        assert!(!list.contains(beside), "{beside}…) adds calls that docs/openapi.json does not describe");
    }
}

#[tokio::test]
async fn the_server_describes_itself() {
    let server = TestServer::start().await;
    let told: Value = server.get("/api/v1/openapi.json").send().await.unwrap().json().await.unwrap();
    assert_eq!(told["openapi"], "3.1.0");
    for (path, item) in told["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            assert!(operation["responses"]["default"].is_object(), "{method} {path}");
            let names = operation["parameters"].as_array().into_iter().flatten().map(|it| it["name"].as_str().unwrap());
            let in_path: Vec<_> = path.split(['{', '}']).skip(1).step_by(2).collect();
            let described: Vec<_> = names.filter(|name| in_path.contains(name)).collect();
            assert_eq!(described, in_path, "{method} {path}");
        }
    }
    server.stop().await;
}
