//! The disk runs full under the server and under a PC, at twenty different moments: each says so
//! once and clearly, loses nothing that it has acknowledged, and goes on when there is room.
//!
//! The disk is a small one in memory, mounted where nobody else sees it. Where the system lets nobody mount one, and
//! at some moments everywhere, no file may become larger than so much: that needs no rights, and only the word for what
//! is wrong is another one.
#![cfg(target_os = "linux")]

use std::collections::HashSet;
use std::fs::File;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use aftalebog_booking::bounded::Detail;
use aftalebog_booking::record::Patient;
use aftalebog_booking::wire::Problem;
use aftalebog_booking::{Change, Entry, Id, Kind, Value, Write, demo};
use aftalebog_local::sync::{Cause, Connection};
use aftalebog_local::{SaveError, Store};
use futures::StreamExt as _;
use serde_json::json;
use tempfile::TempDir;
use uuid::Uuid;

use crate::bare_pc::BarePc;
use crate::clinic_pc::edit;
use crate::equal::equal;
use crate::real_pc::RealPc;
use crate::test_server::{TestServer, monday};

const DISK: &str = "AFTALEBOG_SMALL_DISK";
const DISK_BYTES: u64 = 48 << 20;

/// The folder is on a large disk, and files are kept from growing instead.
const LIMITED: &str = "AFTALEBOG_SMALL_FILES";

/// How much room is left when it begins: 16 KiB, and each time 1.35 times as much, to 5 MiB. A journal
/// goes back into its database at 4 MiB.
fn rooms() -> impl Iterator<Item = u64> {
    (0..20).map(|step| (16_384.0 * 1.35_f64.powi(step)) as u64)
}

#[test]
fn a_full_disk_is_told_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mount = ["sh", "-c", "mount -t tmpfs -o \"$1\" tmpfs \"$2\" && shift 2 && exec \"$@\"", "sh"];
    let own_mounts = ["unshare", "--user", "--map-root-user", "--mount"];
    // Whoever is root already needs no users of their own.
    for unshare in [&own_mounts[..], &["unshare", "--mount"]] {
        let on_a_small_disk = || {
            let mut command = Command::new(unshare[0]);
            let _given = command.args(&unshare[1..]).args(mount).arg(format!("size={DISK_BYTES}")).arg(folder.path());
            command
        };
        let possible = on_a_small_disk().arg("true").stderr(Stdio::null()).status();
        if possible.is_ok_and(|status| status.success()) {
            for part in ["the_server_on_a_small_disk", "a_pc_on_a_small_disk", "a_pc_that_receives_on_a_small_disk"] {
                run(on_a_small_disk(), part, &folder);
            }
            return;
        }
    }
    println!("this system lets nobody mount a disk of their own: no file may grow, instead");
    limited(&folder, "1");
}

#[test]
fn a_file_that_may_not_grow_loses_nothing() {
    limited(&tempfile::tempdir().unwrap(), "4");
}

/// Each room, or each so manieth, where no file may become larger.
fn limited(folder: &TempDir, step: &str) {
    for part in ["the_server_on_a_small_disk", "a_pc_on_a_small_disk"] {
        let mut command = Command::new("sh");
        // Otherwise whoever writes too much would end at once.
        let _given = command.args(["-c", "trap '' XFSZ; exec \"$@\"", "sh"]).env(LIMITED, step);
        run(command, part, folder);
    }
}

fn run(mut within: Command, part: &str, folder: &TempDir) {
    let ended = within
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", &format!("full_disk::{part}"), "--nocapture"])
        .env(DISK, folder.path())
        .status()
        .unwrap();
    assert!(ended.success(), "{part}");
}

#[test]
fn the_server_on_a_small_disk() {
    each_room(1, |disk, room| async move {
        let server = TestServer::start_in(&disk.folder).await;
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
            let answer = pc.send(&change).await;
            if answer.status() == 201 {
                let _new = acknowledged.insert(change.id);
                continue;
            }
            break (change, answer.json::<Problem>().await.unwrap());
        };
        println!("{room:>8} bytes: {:>4} changes, then {} {}", acknowledged.len(), problem.status, problem.code());
        let expected = if disk.limited { (500, "internal") } else { (507, "disk_full") };
        assert_eq!((problem.status, problem.code()), expected, "{room} bytes of room");

        // It can still be read, and neither has it forgotten nor does it know what it refused.
        let there: HashSet<Uuid> = pc.feed().await.iter().map(|change| change.id).collect();
        assert!(acknowledged.is_subset(&there) && !there.contains(&refused.id), "{room} bytes of room");
        let still = pc.send(&refused).await;
        assert_eq!(still.status(), problem.status, "the control: it is the disk");
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
        let file = disk.new_folder("pc").join("klinik.db");
        let clinic = demo::demo_clinic(monday().date_naive(), demo::SEED);
        let store = Store::create(file.clone(), clinic, monday()).await.unwrap();
        let mut patient = patients(&store).await.remove(0);
        let ballast = disk.leave(room);
        let mut acknowledged = HashSet::new();
        let refused = loop {
            let change = new_email(&mut patient);
            match store.save(change.clone()).await {
                Ok(()) => assert!(acknowledged.insert(change.id)),
                Err(error) => {
                    assert!(is_told(&disk, &error), "{room} bytes of room: {error:?}");
                    break change;
                }
            }
        };
        println!("{room:>8} bytes: {:>4} saves, then the disk is full", acknowledged.len());
        let still = store.save(refused.clone()).await.unwrap_err();
        assert!(is_told(&disk, &still), "the control: it is the disk, {still:?}");
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

fn is_told(disk: &Disk, error: &SaveError) -> bool {
    disk.limited || matches!(error, SaveError::DiskFull)
}

/// What comes from the server cannot be written: it says so, and goes on where it was.
#[test]
fn a_pc_that_receives_on_a_small_disk() {
    each_room(4, |disk, room| async move {
        let server = TestServer::start().await;
        let clinic = server.clinic("Tandlægerne ved Møllesøen").await;
        let pc = RealPc::with_the_demo_in(disk.new_folder("pc"), "Reception 1").await;
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
    let limited: Option<usize> = std::env::var(LIMITED).ok().map(|step| step.parse().unwrap());
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    for room in rooms().step_by(limited.unwrap_or(step)) {
        runtime.block_on(work(Disk { folder: folder.clone(), limited: limited.is_some() }, room));
        for entry in std::fs::read_dir(&folder).unwrap() {
            std::fs::remove_dir_all(entry.unwrap().path()).unwrap();
        }
    }
}

struct Disk {
    folder: PathBuf,
    limited: bool,
}

impl Disk {
    fn new_folder(&self, name: &str) -> PathBuf {
        let folder = self.folder.join(name);
        std::fs::create_dir(&folder).unwrap();
        folder
    }

    /// Fills it up but for some room.
    fn leave(&self, room: u64) -> Ballast {
        if self.limited {
            may_grow_to(&(largest(&self.folder) + room).to_string());
            return Ballast::Limit;
        }
        let path = self.folder.join("ballast");
        let mut file = File::create(&path).unwrap();
        let full = loop {
            match file.write_all(&[0; 4096]) {
                Ok(()) => {}
                Err(error) if error.kind() == ErrorKind::StorageFull => break file.metadata().unwrap().len(),
                Err(error) => panic!("{error}"),
            }
        };
        file.set_len(full - room).unwrap();
        Ballast::File(path)
    }
}

/// How large the largest file is.
fn largest(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let sizes = entries.map(|entry| match entry.metadata().unwrap() {
        folder if folder.is_dir() => largest(&entry.path()),
        file => file.len(),
    });
    sizes.max().unwrap_or(0)
}

/// No file that this process writes becomes larger.
fn may_grow_to(bytes: &str) {
    let this = std::process::id().to_string();
    let limit = Command::new("prlimit").args(["--pid", &this, &format!("--fsize={bytes}:")]).status().unwrap();
    assert!(limit.success());
}

/// Gone with it, there is room again.
enum Ballast {
    File(PathBuf),
    Limit,
}

impl Drop for Ballast {
    fn drop(&mut self) {
        match self {
            Self::File(path) => drop(std::fs::remove_file(path)),
            Self::Limit => may_grow_to("unlimited"),
        }
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
