//! Every change reaches every PC, in order, once; and whoever comes too late is given everything anew.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use aftalebog_booking::wire::{FeedPage, Position, SentChange, TOKEN_HEADER, WireDeed};
use aftalebog_booking::{Kind, Record};
use aftalebog_server::access::Device;
use aftalebog_server::clock::Clock;
use aftalebog_server::store::Store;
use chrono::TimeDelta;
use rusqlite::Connection;
use serde_json::{Map, Value as Json, json};
use uuid::Uuid;

use crate::bare_pc::BarePc;
use crate::clinic_pc::{create, delete, demo, first, set};
use crate::test_server::{TestServer, monday, problem};

impl BarePc {
    async fn page(&self, since: Position, more: &str) -> FeedPage {
        let answer = self.get(&format!("/api/v1/changes?since={since}{more}")).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        answer.json().await.unwrap()
    }
}

/// What a PC makes of a feed.
#[derive(Default)]
struct Book(BTreeMap<Uuid, (String, Map<String, Json>)>);

impl Book {
    fn apply(&mut self, page: &FeedPage) {
        for write in page.changes.iter().flat_map(|change| &change.writes) {
            match &write.deed {
                WireDeed::Delete => assert!(self.0.remove(&write.id).is_some(), "{write:?}"),
                WireDeed::Set(set) => {
                    let present = self.0.get(&write.id);
                    assert_eq!(present.is_none(), write.created, "{write:?}");
                    let entry = self.0.entry(write.id).or_insert_with(|| (write.kind.clone(), Map::new()));
                    entry.1.extend(set.clone());
                }
            }
        }
    }
}

#[tokio::test]
async fn the_pages_of_the_feed_add_up_to_the_snapshot() {
    let server = TestServer::start().await;
    let clinic = server.clinic("Ågade").await;
    let pc = BarePc::of(&server, &clinic, "Reception").await;
    let start = pc.paired.position;
    let base = pc.give_demo().await;
    let records = demo();
    let patient = first(&records, Kind::Patient);
    for number in 0..20 {
        let write = set(patient, base, json!({"phone": number.to_string(), "of_a_newer_program": number}));
        let _revision = pc.save(vec![write]).await;
    }
    let closure = first(&records, Kind::Closure);
    let gone = pc.save(vec![delete(closure, base)]).await;
    let again = pc.save(vec![create(closure)]).await;
    assert_eq!((gone, again), (base + 21, base + 22));
    let (mut book, mut position, mut revisions) = (Book::default(), start, vec![]);
    loop {
        let page = pc.page(position, "&limit=7").await;
        assert!(page.changes.len() <= 7 && page.server_time == monday());
        revisions.extend(page.changes.iter().map(|change| change.revision));
        book.apply(&page);
        position = page.position;
        if !page.more {
            break;
        }
    }
    assert!(revisions.iter().copied().eq(1..=again), "{revisions:?}");
    let snapshot = pc.snapshot().await;
    assert_eq!((snapshot.position, snapshot.last_sequence), (position, pc.last_sequence()));
    let of_snapshot: BTreeMap<_, _> =
        snapshot.records.into_iter().map(|record| (record.id, (record.kind, record.value))).collect();
    assert_eq!(of_snapshot.len(), records.len());
    assert_eq!(of_snapshot, book.0);
    assert_eq!(of_snapshot[&patient.id].1["of_a_newer_program"], json!(19));
    server.stop().await;
}

#[tokio::test]
async fn a_poll_waits_until_another_pc_has_saved() {
    let server = TestServer::start().await;
    let clinic = server.clinic("Ågade").await;
    let one = BarePc::of(&server, &clinic, "Reception").await;
    let code = server.store.new_code(clinic.id, None, server.now).await.unwrap();
    let two = BarePc::pair(&server.url(""), code.reveal(), "Klinik 2").await;
    let base = one.give_demo().await;
    let position = Position { revision: base, ..two.paired.position };
    let greeting = set(first(&demo(), Kind::Clinic), base, json!({"greeting": "Hej"}));
    let waits = async { (two.page(position, "&wait=25").await, Instant::now()) };
    let saves = async { (one.save(vec![greeting]).await, Instant::now()) };
    let ((page, heard), (revision, saved)) = tokio::join!(waits, saves);
    // Far sooner than a poll looks by itself.
    assert!(heard.saturating_duration_since(saved) < Duration::from_secs(3), "{:?}", heard - saved);
    assert_eq!((page.changes.len(), page.changes[0].revision, page.more), (1, revision, false));
    assert_eq!(page.changes[0].device, Some(one.paired.device));
    // With nothing to come it is answered at once, or after the time that was asked for.
    let page = two.page(page.position, "").await;
    assert!(page.changes.is_empty());
    let began = Instant::now();
    assert!(two.page(page.position, "&wait=1").await.changes.is_empty());
    assert!(began.elapsed() >= Duration::from_secs(1));
    // When the server ends, so does the waiting.
    let position = page.position;
    let client = two.get(&format!("/api/v1/changes?since={position}&wait=25"));
    let waiting = tokio::spawn(client.send());
    let began = Instant::now();
    while !server.get("/metrics").send().await.unwrap().text().await.unwrap().contains("polls_waiting 1") {
        assert!(began.elapsed() < Duration::from_secs(120), "nobody waits");
        tokio::task::yield_now().await;
    }
    server.stop().await;
    assert_eq!(waiting.await.unwrap().unwrap().status(), 200);
    assert!(began.elapsed() < Duration::from_secs(20));
}

#[tokio::test]
async fn whoever_is_revoked_while_it_waits_is_told_nothing_more() {
    let server = TestServer::start().await;
    let clinic = server.clinic("Ågade").await;
    let pc = BarePc::of(&server, &clinic, "Reception").await;
    let waiting = tokio::spawn(pc.get(&format!("/api/v1/changes?since={}&wait=25", pc.paired.position)).send());
    let began = Instant::now();
    while !server.get("/metrics").send().await.unwrap().text().await.unwrap().contains("polls_waiting 1") {
        assert!(began.elapsed() < Duration::from_secs(120), "nobody waits");
        tokio::task::yield_now().await;
    }
    let answer = server.client.delete(server.url(&format!("/api/v1/devices/{}", pc.paired.device)));
    assert_eq!(answer.bearer_auth(&pc.paired.token).send().await.unwrap().status(), 204);
    assert_eq!(problem(waiting.await.unwrap().unwrap()).await, (401, "revoked".to_owned()));
    server.stop().await;
}

#[tokio::test]
async fn a_position_that_is_not_known_is_gone_and_one_that_is_none_is_refused() {
    let server = TestServer::start().await;
    let clinic = server.clinic("Ågade").await;
    let pc = BarePc::of(&server, &clinic, "Reception").await;
    let _revision = pc.give_demo().await;
    let epoch = pc.paired.position.epoch;
    let mut asked = vec![];
    for (query, expected) in [
        (format!("since={}.0", Uuid::new_v4().simple()), (410, "position_gone")),
        (format!("since={epoch}.2"), (410, "position_gone")),
        (format!("since={epoch}"), (400, "bad_request")),
        (String::new(), (400, "bad_request")),
        ("since=".to_owned(), (400, "bad_request")),
        (format!("since={epoch}.0&wait=-1"), (400, "bad_request")),
        (format!("since={epoch}.0&wait=x"), (400, "bad_request")),
        (format!("since={epoch}.0&limit=0"), (400, "bad_request")),
        (format!("since={epoch}.0&since={epoch}.1"), (400, "bad_request")),
    ] {
        let answer = pc.get(&format!("/api/v1/changes?{query}")).send().await.unwrap();
        asked.push((query, problem(answer).await, (expected.0, expected.1.to_owned())));
    }
    assert!(asked.iter().all(|(_, got, expected)| got == expected), "{asked:?}");
    // What is compacted is gone; what is not has no holes.
    for _ in 0..5 {
        let _revision = pc.save(vec![]).await;
    }
    assert_eq!(server.store.compact(server.now).await.unwrap(), 0, "nothing is older than now");
    assert_eq!(server.store.compact(server.now + TimeDelta::seconds(1)).await.unwrap(), 6);
    for revision in 0..6 {
        let answer = pc.get(&format!("/api/v1/changes?since={epoch}.{revision}")).send().await.unwrap();
        assert_eq!(problem(answer).await, (410, "position_gone".to_owned()), "{revision}");
    }
    assert!(pc.page(Position { epoch, revision: 6 }, "").await.changes.is_empty());
    assert_eq!(pc.snapshot().await.records.len(), demo().len());
    assert_eq!(pc.save(vec![]).await, 7);
    server.stop().await;
}

/// An import is one change and one page, however large; and it takes seconds.
#[tokio::test]
async fn a_large_change_is_taken_in_and_given_out_whole() {
    const PATIENTS: u128 = 20_000;
    let server = TestServer::start().await;
    let clinic = server.clinic("Ågade").await;
    let pc = BarePc::of(&server, &clinic, "Reception").await;
    let patient = first(&demo(), Kind::Patient).clone();
    let writes = (0..PATIENTS).map(|number| create(&Record { id: Uuid::from_u128(number << 64), ..patient.clone() }));
    let writes: Vec<_> = writes.collect();
    let began = Instant::now();
    assert_eq!(pc.save(writes).await, 1);
    println!("{PATIENTS} patients were taken in within {:?}", began.elapsed());
    let small = pc.save(vec![set(&Record { id: Uuid::from_u128(1 << 64), ..patient }, 1, json!({"phone": "1"}))]).await;
    let began = Instant::now();
    let page = pc.page(pc.paired.position, "").await;
    println!("and given out within {:?}", began.elapsed());
    assert_eq!((page.changes.len(), page.more, page.position.revision), (1, true, 1));
    assert_eq!(page.changes[0].writes.len(), 20_000);
    assert_eq!(pc.page(page.position, "").await.position.revision, small);
    assert_eq!(pc.snapshot().await.records.len(), 20_000);
    server.stop().await;
}

/// The change of a writer that does not mind what the others do.
fn nothing(epoch: Uuid, sequence: u64) -> SentChange {
    SentChange { id: Uuid::new_v4(), made_at: monday(), made_by: String::new(), sequence, epoch, writes: vec![] }
}

async fn read_by_sevens(store: &Store, device: Device, mut position: Position, done: &AtomicBool) -> Vec<Uuid> {
    let mut read = vec![];
    loop {
        let last_round = done.load(Ordering::SeqCst);
        let page = store.feed(device, position, 7, monday()).await.unwrap();
        let page: FeedPage = serde_json::from_str(&page.json).unwrap();
        read.extend(page.changes.iter().map(|change| change.id));
        position = page.position;
        if page.changes.is_empty() && last_round {
            return read;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixteen_writers_and_a_reader_by_sevens_none_is_missed_and_none_comes_twice() {
    const WRITERS: u64 = 16;
    const EACH: u64 = 625;
    let server = TestServer::start().await;
    let clinic = server.clinic("Ågade").await;
    let paired = server.pair(&clinic, "Læser").await;
    let device = Device { id: paired.device, clinic: clinic.id };
    let (store, epoch) = (&server.store, paired.position.epoch);
    let mut writers = vec![];
    for _ in 0..WRITERS {
        let code = store.new_code(clinic.id, None, server.now).await.unwrap();
        let id = server.pair_with(&code, "Skriver").await.device;
        let store = store.clone();
        writers.push(tokio::spawn(async move {
            let mut written = vec![];
            for sequence in 1..=EACH {
                let change = nothing(epoch, sequence);
                written.push(change.id);
                let _accepted = store.take_change(Device { id, clinic: clinic.id }, change, monday()).await.unwrap();
            }
            written
        }));
    }
    let done = AtomicBool::new(false);
    let all = async {
        let mut all = BTreeSet::new();
        for writer in writers {
            all.extend(writer.await.unwrap());
        }
        done.store(true, Ordering::SeqCst);
        all
    };
    let (all, read) = tokio::join!(all, read_by_sevens(store, device, paired.position, &done));
    assert_eq!(all.len(), 10_000);
    assert_eq!(read.len(), 10_000, "one came twice, or was missed");
    assert_eq!(read.into_iter().collect::<BTreeSet<_>>(), all);
    server.stop().await;
}

/// The control: revisions from a sequence, taken before the transaction that writes. Two writers are
/// enough for a reader to miss one.
#[test]
fn a_feed_numbered_by_a_sequence_loses_changes() {
    let folder = tempfile::tempdir().unwrap();
    let connect = || Connection::open(folder.path().join("feed.db")).unwrap();
    let (one, two, reader) = (connect(), connect(), connect());
    one.execute_batch(
        "create table number (last integer); insert into number values (0); create table feed (n integer)",
    )
    .unwrap();
    let number = |writer: &Connection| -> i64 {
        writer.query_row("update number set last = last + 1 returning last", [], |row| row.get(0)).unwrap()
    };
    let write = |writer: &Connection, n: i64| writer.execute("insert into feed values (?1)", [n]).unwrap();
    let read = |since: i64| -> Vec<i64> {
        let mut rows = reader.prepare("select n from feed where n > ?1 order by n limit 7").unwrap();
        rows.query_map([since], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    };
    let (first, second) = (number(&one), number(&two));
    let _one = write(&two, second);
    let page = read(0);
    let _one = write(&one, first);
    let rest = read(*page.last().unwrap());
    assert_eq!((page, rest), (vec![2], vec![]), "1 is never read");
}

#[tokio::test]
async fn a_token_is_exchanged_for_another_every_month() {
    let server = TestServer::start_at(Clock::Fixed(monday())).await;
    let clinic = server.clinic("Ågade").await;
    let pc = BarePc::of(&server, &clinic, "Reception").await;
    let device = Device { id: pc.paired.device, clinic: clinic.id };
    let poll = |token: String| {
        let request = server.get(&format!("/api/v1/changes?since={}", pc.paired.position)).bearer_auth(token);
        async { request.send().await.unwrap() }
    };
    assert!(poll(pc.paired.token.clone()).await.headers().get(TOKEN_HEADER).is_none());
    let sql = "update device set token_made_at = token_made_at - 31 * 86400";
    let database = Connection::open(server.folder.path().join("server.db")).unwrap();
    let _one = database.execute(sql, []).unwrap();
    let answer = poll(pc.paired.token.clone()).await;
    let next = answer.headers().get(TOKEN_HEADER).unwrap().to_str().unwrap().to_owned();
    // Polls that are under way are not given a third one, which would end the second.
    assert!(poll(pc.paired.token.clone()).await.headers().get(TOKEN_HEADER).is_none());
    assert_ne!(next, pc.paired.token);
    // An answer that was lost does no harm: a later one brings another.
    let later = monday() + TimeDelta::minutes(10);
    let next_token = server.store.next_token(device, later).await.unwrap().unwrap();
    assert_eq!(problem(poll(next).await).await, (401, "unauthorized".to_owned()));
    // Where nothing can be written, as on a full disk, neither token is lost, and the PC is answered.
    let full = "create trigger full before update of token_hash on device
        begin select raise(abort, 'nothing can be written'); end";
    database.execute_batch(full).unwrap();
    for token in [next_token.reveal(), &pc.paired.token, next_token.reveal()] {
        assert_eq!(poll(token.to_owned()).await.status(), 200);
    }
    database.execute_batch("drop trigger full").unwrap();
    let answer = poll(next_token.reveal().to_owned()).await;
    assert_eq!((answer.status().as_u16(), answer.headers().get(TOKEN_HEADER)), (200, None));
    assert_eq!(problem(poll(pc.paired.token.clone()).await).await, (401, "unauthorized".to_owned()));
    server.stop().await;
}
