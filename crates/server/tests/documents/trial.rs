//! What the guide tells whoever is new to try, done as it stands there.

use std::fs::File;
use std::net::TcpListener;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use aftalebog_booking::Snapshot;
use aftalebog_booking::demo::{SEED, demo_clinic};
use aftalebog_server::clock::Clock;
use serde_json::{Value as Json, json};

/// Two cores may be busy with a build.
const PATIENCE: Duration = Duration::from_secs(180);

/// The commands of a section of the guide.
fn commands(heading: &str) -> String {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/booking-server.md");
    let guide = std::fs::read_to_string(guide).unwrap();
    let section = guide.split("\n## ").find(|section| section.starts_with(heading)).unwrap();
    let blocks = section.split("```sh\n").skip(1).map(|block| block.split("```").next().unwrap());
    blocks.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_newcomer_books_moves_cancels_and_restores_as_the_guide_says() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let read = |name: &str| -> Json { serde_json::from_slice(&std::fs::read(path(name)).unwrap()).unwrap() };
    std::fs::create_dir(path("bin")).unwrap();
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_booking-server"), path("bin/booking-server")).unwrap();
    let demo = Snapshot::new(demo_clinic(Clock::Running.now().date_naive(), SEED).records);
    serde_json::to_writer(File::create(path("clinic.json")).unwrap(), &demo).unwrap();
    let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).unwrap();
    let mut script = commands("Try it");
    for (told, here) in
        [(r#"cargo run --example demo_clinic "$(date +%F)""#, "cat clinic.json"), ("127.0.0.1:8750", &free.to_string())]
    {
        assert!(script.contains(told), "{told}");
        script = script.replace(told, here);
    }
    let told = File::create(path("told")).unwrap();
    let mut shell = Command::new("bash")
        .args(["-e", "-o", "pipefail", "-c", &format!("PATH=$PWD/bin:$PATH\n{script}")])
        .current_dir(folder.path())
        .env("TZ", "UTC")
        .stdin(Stdio::null())
        .stdout(told.try_clone().unwrap())
        .stderr(told)
        .process_group(0)
        .spawn()
        .unwrap();
    let began = Instant::now();
    let ended = loop {
        match shell.try_wait().unwrap() {
            None if began.elapsed() < PATIENCE => std::thread::sleep(Duration::from_millis(20)),
            ended => break ended,
        }
    };
    if !ended.is_some_and(|ended| ended.success()) {
        // The server too, where it was left behind.
        let _killed = Command::new("kill").args(["-9", "--", &format!("-{}", shell.id())]).status().unwrap();
        panic!("{ended:?}\n{}", std::fs::read_to_string(path("told")).unwrap());
    }

    let (moved, restored) = (read("moved"), read("restored.json"));
    assert_eq!(read("booked")["alias"], "Undersøgelse", "what is booked by need");
    assert_ne!(read("booked")["start"], moved["start"]);
    assert_eq!(read("cancelled")["status"], "cancelled");
    let appointment =
        restored["records"].as_array().unwrap().iter().find(|record| record["id"] == moved["id"]).unwrap();
    assert_eq!(appointment["value"]["status"], json!("booked"), "as it was in the copy");
    assert_eq!(appointment["value"]["start"], moved["start"]);
}
