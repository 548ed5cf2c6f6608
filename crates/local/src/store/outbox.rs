//! The changes of this PC on their way to the server: what waits, what is sent next, what the server answered.

use aftalebog_booking::wire::{Problem, SentChange, SentWrite, WireDeed};
use aftalebog_sqlite::cell::{Cell, cell};
use chrono::{DateTime, Utc};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use uuid::Uuid;

use super::history::{self, SavedWrite};
use super::{Store, link, pending, rebase};
use crate::error::{SaveError, StoreError};

/// Where a change is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// From before this PC was paired: never sent.
    Local,
    Waiting,
    /// The server has it, and it has not come back in the feed.
    Sent,
    /// It came in the feed.
    Known,
    /// Set aside until somebody decides.
    Conflict,
    Refused,
    Settled,
}

impl State {
    const WORDS: [(Self, &str); 7] = [
        (Self::Local, "local"),
        (Self::Waiting, "waiting"),
        (Self::Sent, "sent"),
        (Self::Known, "known"),
        (Self::Conflict, "conflict"),
        (Self::Refused, "refused"),
        (Self::Settled, "settled"),
    ];
}

impl Cell for State {
    fn to_cell(&self) -> Value {
        let word = Self::WORDS.iter().find(|(state, _)| state == self).map(|(_, word)| (*word).to_owned());
        word.map_or(Value::Null, Value::Text)
    }

    fn from_cell(cell: Value) -> Option<Self> {
        let word = String::from_cell(cell)?;
        Self::WORDS.iter().find(|(_, it)| *it == word).map(|(state, _)| *state)
    }
}

/// How many changes are on their way, and how many somebody has to decide about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutboxCounts {
    /// The server does not have them yet.
    pub waiting: usize,
    pub conflicts: usize,
    pub refused: usize,
}

/// So many writes of a change are read at a time, so that others are answered in between.
const PORTION: usize = 1000;

impl Store {
    pub async fn outbox(&self) -> Result<OutboxCounts, StoreError> {
        self.read(counts).await
    }

    /// How many saved changes the server does not have yet.
    pub async fn waiting_changes(&self) -> Result<usize, StoreError> {
        Ok(self.outbox().await?.waiting)
    }

    /// The oldest change that waits. Its number is on the disk before it is given, and what is sent of it stays
    /// the same however often it is sent.
    pub async fn next_to_send(&self) -> Result<Option<SentChange>, SaveError> {
        let Some((position, mut change)) = self.write(oldest_waiting).await? else { return Ok(None) };
        loop {
            let after = change.writes.len();
            let portion = self.write(move |connection| Ok(sent_writes(connection, position, after)?)).await?;
            let last = portion.len() < PORTION;
            change.writes.extend(portion);
            if last {
                return Ok(Some(change));
            }
        }
    }

    /// The server has a change: it is part of its records from that revision on.
    pub async fn acknowledged(&self, id: Uuid, revision: u64, now: DateTime<Utc>) -> Result<(), SaveError> {
        self.write(move |connection| rebase::acknowledged(connection, id, revision, now)).await
    }

    /// The server does not take a change: it is taken out of the rows, and kept with the reason until somebody
    /// decides. What was saved after it stays, as far as it stands without it.
    pub async fn set_aside(&self, id: Uuid, problem: Problem) -> Result<(), SaveError> {
        self.write(move |connection| rebase::set_aside(connection, id, &problem)).await
    }

    /// The server has changes of this PC up to that number that this file knows nothing of: it was restored
    /// from an old copy. What waits is numbered anew; the server's snapshot is to be taken before it is sent.
    pub async fn rewound(&self, last_sequence: u64) -> Result<(), SaveError> {
        self.write(move |connection| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let _again = transaction.execute(
                "update change set sequence = null where state in ('waiting', 'sent') and state = 'waiting'",
                [],
            )?;
            let _one = transaction.execute(
                "update server_link set rewound = 1, next_sequence = max(next_sequence, ?1 + 1)",
                [pending::number(last_sequence)],
            )?;
            Ok(transaction.commit()?)
        })
        .await
    }
}

/// Whether online booking was turned on or off, and the server does not know it yet.
pub(super) fn service_waits(connection: &Connection) -> rusqlite::Result<bool> {
    let sql = "select 1 from change_write indexed by write_of_service join change on position = change
        where kind = 'service' and state = 'waiting' limit 1";
    connection.prepare_cached(sql)?.exists([])
}

/// Whether online booking runs at the server, where it was started or stopped here and the server does not know it yet.
pub(super) fn running_at_server(connection: &Connection) -> rusqlite::Result<Option<bool>> {
    let sql = "select json_extract(before, '$.running')
        from change_write indexed by write_of_service join change on position = change
        where kind = 'service' and state = 'waiting'
            and json_type(before, '$.running') is not null and json_type(after, '$.running') is not null
        order by change limit 1";
    connection.prepare_cached(sql)?.query_row([], |row| row.get(0)).optional()
}

pub(super) fn counts(connection: &Connection) -> rusqlite::Result<OutboxCounts> {
    // The conditions are those of the indexes, so that only what they list is read.
    const COUNTS: &str = "select
        (select count(*) from change where state in ('waiting', 'sent') and state = 'waiting'),
        (select count(*) from change where state in ('conflict', 'refused') and state = 'conflict'),
        (select count(*) from change where state in ('conflict', 'refused') and state = 'refused')";
    connection.prepare_cached(COUNTS)?.query_row([], |row| {
        let count = |column| row.get::<_, i64>(column).map(|count| usize::try_from(count).unwrap_or_default());
        Ok(OutboxCounts { waiting: count(0)?, conflicts: count(1)?, refused: count(2)? })
    })
}

/// The oldest change that waits, with its number and without its writes, and its place in the history.
fn oldest_waiting(connection: &mut Connection) -> Result<Option<(i64, SentChange)>, SaveError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let Some(link) = link::read(&transaction)? else { return Ok(None) };
    let oldest = transaction
        .prepare_cached(
            "select * from change where state in ('waiting', 'sent') and state = 'waiting' order by position limit 1",
        )?
        .query_row([], |row| Ok((history::header(row)?, cell::<Option<i64>>(row, "sequence")?)))
        .optional()?;
    let Some(((position, change), sequence)) = oldest else { return Ok(None) };
    let sequence = match sequence {
        Some(sequence) => sequence,
        None => {
            let next = "update server_link set next_sequence = next_sequence + 1 returning next_sequence - 1";
            let sequence = transaction.prepare_cached(next)?.query_row([], |row| row.get(0))?;
            let _one = transaction
                .prepare_cached("update change set sequence = ?2 where position = ?1")?
                .execute(params![position, sequence])?;
            sequence
        }
    };
    transaction.commit()?;
    let (id, made_at, made_by) = (change.id, change.made_at, change.made_by);
    let (epoch, sequence) = (link.position.epoch, sequence.unsigned_abs());
    Ok(Some((position, SentChange { id, made_at, made_by, sequence, epoch, writes: vec![] })))
}

/// The writes of a change from a place on, as they are sent.
fn sent_writes(connection: &Connection, position: i64, from: usize) -> rusqlite::Result<Vec<SentWrite>> {
    let mut statement = connection
        .prepare_cached("select * from change_write where change = ?1 and number >= ?2 order by number limit ?3")?;
    let writes = statement.query_map(params![position, from as i64, PORTION as i64], |row| {
        let SavedWrite { kind, id, before: _, after } = history::saved_write(row)?;
        let base: Option<i64> = cell(row, "base")?;
        let deed = after.map_or(WireDeed::Delete, WireDeed::Set);
        Ok(SentWrite { kind, id, base: base.map(i64::unsigned_abs), deed })
    })?;
    writes.collect()
}
