//! What is to be sent to patients: written with what it tells of, and removed when it was sent.

use aftalebog_sqlite::cell::{Cell, cell};
use chrono::{DateTime, Utc};
use rusqlite::{Row, Transaction, params};
use uuid::Uuid;

use super::Store;
use crate::message::{Channel, Letter};
use crate::problem::Error;

/// A letter that is to be sent now, and how often it was tried with this time.
#[derive(Debug)]
pub(crate) struct Due {
    pub(crate) number: i64,
    pub(crate) tries: u32,
    pub(crate) letter: Letter,
}

/// Writes a letter in the transaction that writes what it tells of.
pub(crate) fn write_letter(
    transaction: &Transaction<'_>,
    clinic: Uuid,
    letter: &Letter,
    now: DateTime<Utc>,
) -> rusqlite::Result<i64> {
    let Letter { channel, recipient, subject, body, expires_at, may_arrive } = letter;
    let sql =
        "insert into message (clinic, channel, recipient, subject, body, created_at, due_at, expires_at, may_arrive)
        values (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7, ?8)";
    let (now, expires_at) = (now.to_cell(), expires_at.to_cell());
    let row = params![clinic.to_cell(), channel.name(), recipient, subject, body, now, expires_at, may_arrive];
    let _one = transaction.prepare_cached(sql)?.execute(row)?;
    Ok(transaction.last_insert_rowid())
}

/// Takes a letter back: it was sent, or is not to be sent.
pub(super) fn remove_letter(transaction: &Transaction<'_>, number: i64) -> rusqlite::Result<usize> {
    transaction.prepare_cached("delete from message where number = ?1")?.execute([number])
}

impl Store {
    /// Takes the letters of a channel that are due, first those that are of no use soonest, as codes are;
    /// those that are of no use any more are gone. And when the next one is due. That they are sent is
    /// counted before: whatever happens meanwhile, none arrives more often than it may.
    pub(crate) async fn take_due_letters(
        &self,
        channel: Channel,
        most: u32,
        now: DateTime<Utc>,
    ) -> Result<(Vec<Due>, Option<DateTime<Utc>>), Error> {
        let found = self.read(move |transaction| {
            let due = "select exists (select 1 from message where channel = ?1 and due_at <= ?2 and expires_at > ?2
                and may_arrive > 0)";
            let late = "select exists (select 1 from message where channel = ?1 and expires_at <= ?2)";
            let next = "select min(due_at) as next from message where channel = ?1 and due_at > ?2 and may_arrive > 0";
            let key = (channel.name(), now.to_cell());
            let due: bool = transaction.prepare_cached(due)?.query_row((key.0, &key.1), |row| row.get(0))?;
            let late: bool = transaction.prepare_cached(late)?.query_row((key.0, &key.1), |row| row.get(0))?;
            let next = transaction.prepare_cached(next)?.query_row((key.0, &key.1), |row| cell(row, "next"))?;
            Ok::<_, Error>((due, late, next))
        });
        let (due, late, next) = found.await?;
        if late {
            self.forget_late_letters(channel, now).await?;
        }
        let taken = if due { self.write(move |work| take_due(work, channel, most, now)).await? } else { vec![] };
        Ok((taken, next))
    }

    /// Those that are of no use any more, all at once: after an outage they hold up none that is.
    async fn forget_late_letters(&self, channel: Channel, now: DateTime<Utc>) -> Result<(), Error> {
        let gone = self.write(move |transaction| {
            let sql = "delete from message where channel = ?1 and expires_at <= ?2";
            Ok::<_, Error>(transaction.prepare_cached(sql)?.execute(params![channel.name(), now.to_cell()])?)
        });
        let (gone, channel) = (gone.await?, channel.name());
        tracing::error!(gone, channel, "letters could not be sent while they were of use");
        Ok(())
    }

    /// These were sent, or cannot be: what was written to whom is forgotten.
    pub(crate) async fn letters_done(&self, numbers: Vec<i64>) -> Result<(), Error> {
        self.write(move |transaction| {
            for number in numbers {
                let _gone = remove_letter(transaction, number)?;
            }
            Ok(())
        })
        .await
    }

    /// This one could not be sent, and may still arrive so often; it is tried again then.
    pub(crate) async fn letter_waits(&self, number: i64, may_arrive: u32, until: DateTime<Utc>) -> Result<(), Error> {
        self.write(move |transaction| {
            let sql = "update message set due_at = ?2, may_arrive = ?3 where number = ?1";
            let _one = transaction.prepare_cached(sql)?.execute(params![number, until.to_cell(), may_arrive])?;
            Ok(())
        })
        .await
    }

    /// How many letters wait to be sent.
    pub async fn letters_waiting(&self) -> Result<u64, Error> {
        self.read(|transaction| {
            let count: i64 = transaction.query_row("select count(*) from message", [], |row| row.get(0))?;
            Ok(count.unsigned_abs())
        })
        .await
    }
}

fn take_due(transaction: &Transaction<'_>, channel: Channel, most: u32, now: DateTime<Utc>) -> Result<Vec<Due>, Error> {
    let sql = "update message set tries = tries + 1, may_arrive = may_arrive - 1 where number in (
            select number from message
            where channel = ?1 and due_at <= ?2 and expires_at > ?2 and may_arrive > 0
            order by expires_at, number limit ?3)
        returning number, channel, recipient, subject, body, expires_at, tries, may_arrive";
    let mut update = transaction.prepare_cached(sql)?;
    let taken = update.query_map(params![channel.name(), now.to_cell(), most], due)?;
    Ok(taken.collect::<rusqlite::Result<_>>()?)
}

fn due(row: &Row<'_>) -> rusqlite::Result<Due> {
    let letter = Letter {
        channel: channel(row)?,
        recipient: cell(row, "recipient")?,
        subject: cell(row, "subject")?,
        body: cell(row, "body")?,
        expires_at: cell(row, "expires_at")?,
        may_arrive: cell(row, "may_arrive")?,
    };
    Ok(Due { number: cell(row, "number")?, tries: cell(row, "tries")?, letter })
}

/// By which way, as a column says it.
pub(super) fn channel(row: &Row<'_>) -> rusqlite::Result<Channel> {
    let name: String = cell(row, "channel")?;
    Ok(if name == Channel::Sms.name() { Channel::Sms } else { Channel::Email })
}
