//! What was begun and given up, and what ended in a panic, leaves the database to everybody else.

use std::sync::mpsc::{Sender, channel};

use futures::FutureExt as _;

use super::*;

/// A request that has begun and whose end is not told yet.
async fn begun<T: Send + 'static>(
    begin: impl FnOnce(Sender<()>) -> tokio::task::JoinHandle<T>,
) -> tokio::task::JoinHandle<T> {
    let (begins, has_begun) = channel();
    let request = begin(begins);
    tokio::task::spawn_blocking(move || has_begun.recv().expect("it begins")).await.expect("no panic");
    request
}

async fn open_in(folder: &tempfile::TempDir) -> Store {
    Store::open(&folder.path().join("server.db")).await.expect("a database")
}

async fn ping(store: &Store) -> Result<i64, StoreError> {
    store.read(|work| Ok(work.query_row("select 1", [], |row| row.get(0))?)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_reads_waits_for_those_whose_requests_were_given_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open_in(&folder).await;
    let mut ends = vec![];
    for _ in 0..READERS {
        let (end, ended) = channel::<()>();
        ends.push(end);
        let of = store.clone();
        let request = begun(|begins| {
            tokio::spawn(async move {
                of.read(move |_| {
                    begins.send(()).expect("somebody waits");
                    let _end = ended.recv();
                    Ok::<_, StoreError>(())
                })
                .await
            })
        })
        .await;
        request.abort();
        assert!(request.await.expect_err("it was given up").is_cancelled());
    }
    let asked = store.clone();
    let asks = tokio::spawn(async move { ping(&asked).await });
    assert_eq!(store.readers.places.available_permits(), 0, "each connection is out");
    drop(ends);
    assert_eq!(asks.await.expect("no panic").expect("an answer"), 1);
    store.close().await;
}

#[tokio::test]
async fn a_panic_fails_what_it_happened_in_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open_in(&folder).await;
    for _ in 0..=READERS {
        let read = store.read(|_| -> Result<(), StoreError> { panic!("a fault in a question") });
        assert!(matches!(read.await, Err(StoreError::Panicked)));
    }
    let epoch = || {
        store.read(|work| {
            Ok::<_, StoreError>(work.query_row("select epoch from server", [], |row| row.get::<_, Vec<u8>>(0))?)
        })
    };
    let before = epoch().await.expect("an answer");
    let wrote = store.write(|work| -> Result<(), StoreError> {
        let _one = work.execute("update server set epoch = randomblob(16)", [])?;
        panic!("a fault in a deed")
    });
    assert!(matches!(wrote.await, Err(StoreError::Panicked)));
    store.try_to_write().await.expect("the next one is written");
    assert_eq!(epoch().await.expect("an answer"), before, "what ended in a panic is taken back");
    store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_given_up_before_its_turn_is_not_done() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open_in(&folder).await;
    let (end, ended) = channel::<()>();
    let of = store.clone();
    let first = begun(|begins| {
        tokio::spawn(async move {
            of.write(move |_| {
                begins.send(()).expect("somebody waits");
                let _end = ended.recv();
                Ok::<_, StoreError>(())
            })
            .await
        })
    })
    .await;
    let (done, was_done) = channel();
    let deed = |number: u32| {
        let done = done.clone();
        store.write(move |_| {
            done.send(number).expect("the test looks");
            Ok::<_, StoreError>(())
        })
    };
    let mut given_up = Box::pin(deed(1));
    assert!((&mut given_up).now_or_never().is_none());
    drop(given_up);
    let mut awaited = Box::pin(deed(2));
    assert!((&mut awaited).now_or_never().is_none());
    drop(end);
    first.await.expect("no panic").expect("it is written");
    awaited.await.expect("it is written");
    assert_eq!(was_done.try_iter().collect::<Vec<_>>(), [2]);
    store.close().await;
}

#[tokio::test]
async fn what_is_old_is_forgotten_a_part_at_a_time_until_nothing_of_it_is_left() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open_in(&folder).await;
    let now = chrono::DateTime::from_timestamp(1_780_000_000, 0).expect("a time");
    let many = "with recursive number (n) as (select 1 union all select n + 1 from number where n < 1200)
        insert into attempt (subject_hash, window, count) select cast(printf('%032d', n) as blob), 0, 1 from number";
    let wrote = store.write(move |work| {
        let _rows = work.execute(many, [])?;
        let young = "insert into attempt (subject_hash, window, count) values (zeroblob(32), ?1, 1)";
        Ok::<_, StoreError>(work.execute(young, [now.timestamp()])?)
    });
    let _one = wrote.await.expect("it is written");
    store.forget_expired(now).await.expect("it is forgotten");
    let left =
        store.read(|work| Ok::<i64, StoreError>(work.query_row("select count(*) from attempt", [], |row| row.get(0))?));
    assert_eq!(left.await.expect("it is read"), 1, "what is young stays");
    store.close().await;
}

/// Until a checkpoint the journal has what was written, and afterwards neither has.
#[tokio::test]
async fn what_is_deleted_is_overwritten() {
    const CANARY: &str = "canary-code-482913";
    let folder = tempfile::tempdir().expect("a folder");
    let store = open_in(&folder).await;
    let file = folder.path().join("server.db");
    let is_there = || {
        let files = ["server.db", "server.db-wal"].map(|name| std::fs::read(folder.path().join(name)));
        let mut read = files.into_iter().flatten();
        read.any(|bytes| bytes.windows(CANARY.len()).any(|window| window == CANARY.as_bytes()))
    };
    for (secure, stays) in [(true, false), (false, true)] {
        let connection = connect(&file).expect("a connection");
        let change = |sql: &str| {
            connection.execute_batch(sql).expect("a change");
            let checkpoint = connection.query_row("pragma wal_checkpoint(truncate)", [], |row| row.get::<_, i64>(0));
            assert_eq!(checkpoint, Ok(0), "nobody is in its way");
        };
        if !secure {
            // The control.
            change("pragma secure_delete = off");
        }
        change("create table canary (text text) strict");
        change(&format!("insert into canary values ('{CANARY}'), ('{CANARY}'), ('stays')"));
        assert!(is_there());
        change(&format!("delete from canary where text = '{CANARY}'"));
        assert_eq!(is_there(), stays, "{secure}");
        change("drop table canary");
    }
    store.close().await;
}
