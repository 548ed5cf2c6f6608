//! What is to be sent to patients: written with what it tells of, and removed when it was sent.

use aftalebog_sqlite::cell::{Cell, cell};
use chrono::{DateTime, Utc};
use rusqlite::{Row, Transaction, params};
use uuid::Uuid;

use super::Store;
use crate::message::{Channel, Letter};
use crate::problem::Error;

/// A letter that is due, and how often it was tried.
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
    let Letter { channel, recipient, subject, body, expires_at } = letter;
    let sql = "insert into message (clinic, channel, recipient, subject, body, created_at, due_at, expires_at)
        values (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7)";
    let row = params![clinic.to_cell(), channel.name(), recipient, subject, body, now.to_cell(), expires_at.to_cell()];
    let _one = transaction.prepare_cached(sql)?.execute(row)?;
    Ok(transaction.last_insert_rowid())
}

/// Takes a letter back: it was sent, or is not to be sent.
pub(super) fn remove_letter(transaction: &Transaction<'_>, number: i64) -> rusqlite::Result<usize> {
    transaction.prepare_cached("delete from message where number = ?1")?.execute([number])
}

impl Store {
    /// The letters of a channel that are due, first those that are of no use soonest, as codes are;
    /// those that are of no use any more are gone. And when the next one is due.
    pub(crate) async fn letters_due(
        &self,
        channel: Channel,
        most: u32,
        now: DateTime<Utc>,
    ) -> Result<(Vec<Due>, Option<DateTime<Utc>>), Error> {
        let found = self.read(move |transaction| {
            let sql = "select number, channel, recipient, subject, body, expires_at, tries from message
                where channel = ?1 and due_at <= ?2 and expires_at > ?2 order by expires_at, number limit ?3";
            let mut select = transaction.prepare_cached(sql)?;
            let due = select.query_map(params![channel.name(), now.to_cell(), most], due)?;
            let due: Vec<Due> = due.collect::<rusqlite::Result<_>>()?;
            let next = "select min(due_at) as next from message where channel = ?1 and due_at > ?2";
            let mut next = transaction.prepare_cached(next)?;
            let next = next.query_row(params![channel.name(), now.to_cell()], |row| cell(row, "next"))?;
            let late = "select exists (select 1 from message where channel = ?1 and expires_at <= ?2)";
            let mut late = transaction.prepare_cached(late)?;
            let late: bool = late.query_row(params![channel.name(), now.to_cell()], |row| row.get(0))?;
            Ok::<_, Error>((due, next, late))
        });
        let (due, next, late) = found.await?;
        if late {
            self.forget_late_letters(channel, now).await?;
        }
        Ok((due, next))
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

    /// This one could not be sent; it is tried again then.
    pub(crate) async fn letter_waits(&self, number: i64, until: DateTime<Utc>) -> Result<(), Error> {
        self.write(move |transaction| {
            let sql = "update message set due_at = ?2, tries = tries + 1 where number = ?1";
            let _one = transaction.prepare_cached(sql)?.execute(params![number, until.to_cell()])?;
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

fn due(row: &Row<'_>) -> rusqlite::Result<Due> {
    let channel: String = cell(row, "channel")?;
    let letter = Letter {
        channel: if channel == Channel::Sms.name() { Channel::Sms } else { Channel::Email },
        recipient: cell(row, "recipient")?,
        subject: cell(row, "subject")?,
        body: cell(row, "body")?,
        expires_at: cell(row, "expires_at")?,
    };
    Ok(Due { number: cell(row, "number")?, tries: cell(row, "tries")?, letter })
}
