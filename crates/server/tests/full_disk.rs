//! The disk runs full under the server and under a PC, at twenty different moments: each says so
//! once and clearly, loses nothing that it has acknowledged, and goes on when there is room.
//!
//! The disk is a small one in memory, mounted where nobody else sees it.
#![cfg(target_os = "linux")]

use std::collections::HashSet;
use std::fs::File;
use std::io::{ErrorKind, Write as _};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use aftalebog_booking::bounded::Detail;
use aftalebog_booking::record::Patient;
use aftalebog_booking::wire::Problem;
use aftalebog_booking::{Change, Entry, Id, Kind, Value, Write, demo};
use aftalebog_local::sync::{Cause, Connection};
use aftalebog_local::{SaveError, Store};
use futures::StreamExt as _;
use serde_json::json;
use uuid::Uuid;

use crate::bare_pc::{BarePc, edit};
use crate::real_pc::{RealPc, equal};
use crate::test_server::{TestServer, monday};

const DISK: &str = "AFTALEBOG_SMALL_DISK";
const DISK_BYTES: u64 = 48 << 20;

/// How much room is left when it begins: 16 KiB, and each time 1.35 times as much, to 5 MiB. A journal
/// goes back into its database at 4 MiB.
fn rooms() -> impl Iterator<Item = u64> {
    (0..20).map(|step| (16_384.0 * 1.35_f64.powi(step)) as u64)
}

#[test]
fn a_full_disk_is_told_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let private = ["--user", "--map-root-user", "--mount"];
    let mount = format!("size={DISK_BYTES}");
    let mounted = Command::new("unshare")
        .args(private)
        .args(["mount", "-t", "tmpfs", "-o", &mount, "tmpfs"])
        .arg(folder.path())
        .stderr(Stdio::null())
        .status();
    if !mounted.is_ok_and(|status| status.success()) {
        println!("NOT TESTED: this system lets nobody mount a disk of their own");
        return;
    }
    for part in ["the_server_on_a_small_disk", "a_pc_on_a_small_disk", "a_pc_that_receives_on_a_small_disk"] {
        let ended = Command::new("unshare")
            .args(private)
            .args(["sh", "-c", "mount -t tmpfs -o \"$1\" tmpfs \"$2\" && shift 2 && exec \"$@\"", "sh", &mount])
            .arg(folder.path())
            .arg(std::env::current_exe().unwrap())
            .args(["--exact", &format!("full_disk::{part}"), "--nocapture"])
            .env(DISK, folder.path())
            .status()
            .unwrap();
        assert!(ended.success(), "{part}");
    }
}

#[test]
fn the_server_on_a_small_disk() {
    each_room(1, |disk, room| async move {
        let server = TestServer::start_in(&disk.0).await;
        let clinic = server.clinic("Tandlægerne ved Møllesøen").await;
        let mut pc = BarePc::pair(&server.url(""), clinic.code.reveal(), "Reception 1").await;
        let records = demo::demo_clinic(monday().date_naive(), demo::SEED);
        pc.give(&records).await;
        let patients: Vec<Uuid> =
            records.records.iter().filter(|it| it.value.kind() == Kind::Patient).map(|it| it.id).take(20).collect();
        let base = pc.snapshot().await.position.revision;
        let ballast = disk.leave(room);

        let mut acknowledged = HashSet::new();
        let (refused, problem) = loop {
            let email = json!({ "email": format!("n{}@example.dk", acknowledged.len()) });
            let change = pc.change(patients.iter().map(|id| edit(Kind::Patient, *id, base, email.clone())).collect());
            let answer = pc.send(&change).await.unwrap();
            if answer.status() == 201 {
                let _new = acknowledged.insert(change.id);
                continue;
            }
            break (change, answer.json::<Problem>().await.unwrap());
        };
        println!("{room:>8} bytes: {:>4} changes, then {} {}", acknowledged.len(), problem.status, problem.code());
        assert_eq!((problem.status, problem.code()), (507, "disk_full"), "{room} bytes of room");

        // It can still be read, and neither has it forgotten nor does it know what it refused.
        let there: HashSet<Uuid> = pc.feed().await.iter().map(|change| change.id).collect();
        assert!(acknowledged.is_subset(&there) && !there.contains(&refused.id), "{room} bytes of room");
        let still = pc.send(&refused).await.unwrap();
        assert_eq!(still.status(), 507, "the control: it is the disk");
        drop(ballast);
        let _revision = pc.accepted(&refused).await;
        let before = pc.snapshot().await;
        let server = server.restart().await;
        pc.server = server.url("");
        assert_eq!(pc.snapshot().await, before, "{room} bytes of room");
        server.stop().await;
    });
}

#[test]
fn a_pc_on_a_small_disk() {
    each_room(1, |disk, room| async move {
        let file = disk.folder("pc").join("klinik.db");
        let clinic = demo::demo_clinic(monday().date_naive(), demo::SEED);
        let store = Store::create(file.clone(), clinic, monday()).await.unwrap();
        let mut patient = patients(&store).await.remove(0);
        let ballast = disk.leave(room);
        let mut acknowledged = HashSet::new();
        let refused = loop {
            let change = new_email(&mut patient);
            match store.save(change.clone()).await {
                Ok(()) => assert!(acknowledged.insert(change.id)),
                Err(SaveError::DiskFull) => break change,
                Err(error) => panic!("{room} bytes of room: {error:?}"),
            }
        };
        println!("{room:>8} bytes: {:>4} saves, then the disk is full", acknowledged.len());
        let still = store.save(refused.clone()).await;
        assert!(matches!(still, Err(SaveError::DiskFull)), "the control: it is the disk");
        drop(ballast);
        store.save(refused.clone()).await.unwrap();
        let _new = acknowledged.insert(refused.id);
        store.close().await;
        let store = Store::open(file, monday()).await.unwrap();
        let kept: HashSet<Uuid> = store.history(u32::MAX).await.unwrap().iter().map(|it| it.id).collect();
        assert_eq!(kept, acknowledged, "{room} bytes of room");
        assert_eq!(patients(&store).await.remove(0), patient);
        store.close().await;
    });
}

/// What comes from the server cannot be written: it says so, and goes on where it was.
#[test]
fn a_pc_that_receives_on_a_small_disk() {
    each_room(4, |disk, room| async move {
        let server = TestServer::start().await;
        let clinic = server.clinic("Tandlægerne ved Møllesøen").await;
        let pc = RealPc::with_the_demo_in(disk.folder("pc"), "Reception 1").await;
        pc.pair(&server.url(""), clinic.code.reveal()).await;
        let code = pc.sync.new_code().await.unwrap();
        let bare = BarePc::pair(&server.url(""), &code.code, "Reception 2").await;
        equal(&[(&pc.store, &pc.sync)], &bare).await;
        let there = bare.snapshot().await;
        let patients = there.records.iter().filter(|it| it.kind == "patient");
        let patients: Vec<(Uuid, u64)> = patients.map(|it| (it.id, it.revision)).take(20).collect();
        let ballast = disk.leave(room);
        let mut events = std::pin::pin!(pc.sync.events());
        let mut sent = 0;
        let mut send = async || {
            let email = json!({ "email": format!("n{sent}@example.dk") });
            sent += 1;
            let _revision = bare
                .accepted(
                    &bare.change(patients.iter().map(|it| edit(Kind::Patient, it.0, it.1, email.clone())).collect()),
                )
                .await;
        };
        loop {
            send().await;
            let told = tokio::time::timeout(std::time::Duration::from_millis(5), events.next()).await;
            let connection = pc.sync.status().connection;
            if let Connection::Offline { cause, .. } = connection {
                assert_eq!(cause, Cause::File, "{room} bytes of room, {told:?}");
                break;
            }
        }
        println!("{room:>8} bytes: {sent:>4} changes, then the PC cannot write");
        drop(ballast);
        equal(&[(&pc.store, &pc.sync)], &bare).await;
        server.stop().await;
    });
}

/// Does something on the small disk for each room, or each so manieth; only in the process that has such
/// a disk.
fn each_room<F: Future<Output = ()>>(step: usize, work: impl Fn(Disk, u64) -> F) {
    let Some(folder) = std::env::var_os(DISK).map(PathBuf::from) else { return };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    for room in rooms().step_by(step) {
        runtime.block_on(work(Disk(folder.clone()), room));
        for entry in std::fs::read_dir(&folder).unwrap() {
            std::fs::remove_dir_all(entry.unwrap().path()).unwrap();
        }
    }
}

struct Disk(PathBuf);

impl Disk {
    fn folder(&self, name: &str) -> PathBuf {
        let folder = self.0.join(name);
        std::fs::create_dir(&folder).unwrap();
        folder
    }

    /// Fills it up but for some room.
    fn leave(&self, room: u64) -> Ballast {
        let path = self.0.join("ballast");
        let mut file = File::create(&path).unwrap();
        let full = loop {
            match file.write_all(&[0; 4096]) {
                Ok(()) => {}
                Err(error) if error.kind() == ErrorKind::StorageFull => break file.metadata().unwrap().len(),
                Err(error) => panic!("{error}"),
            }
        };
        file.set_len(full - room).unwrap();
        Ballast(path)
    }
}

/// Gone with it, there is room again.
struct Ballast(PathBuf);

impl Drop for Ballast {
    fn drop(&mut self) {
        drop(std::fs::remove_file(&self.0));
    }
}

async fn patients(store: &Store) -> Vec<Entry<Patient>> {
    let records = store.snapshot().await.unwrap().records;
    let patients = records.into_iter().filter_map(|record| match record.value {
        Value::Patient(value) => Some(Entry { id: Id::new(record.id), value }),
        _ => None,
    });
    patients.collect()
}

fn new_email(patient: &mut Entry<Patient>) -> Change {
    let email = Detail::new(&format!("{}@example.dk", Uuid::new_v4().simple())).unwrap();
    let after = Patient { email: Some(email), ..patient.value.clone() };
    let write = Write::edit(patient, &after).unwrap();
    patient.value = after;
    Change::new(monday(), "Reception 1", vec![write])
}
