//! How often something was tried, counted in windows of time. What is counted is kept as a hash.

use aftalebog_sqlite::cell::Cell;
use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use uuid::Uuid;

use crate::config::PatientLimits;
use crate::problem::Error;
use crate::secret::{Hash, hash};

/// What may be tried so often in so long a time.
#[derive(Clone, Debug)]
pub(crate) struct Limit {
    /// What is tried, and by whom.
    pub(crate) subject: String,
    pub(crate) window: TimeDelta,
    pub(crate) most: u32,
}

impl Limit {
    fn hash(&self) -> Hash {
        hash(&format!("{}|{}", self.window.num_seconds(), self.subject))
    }

    /// The text messages that a clinic sends in a day: each costs money.
    pub(crate) fn text_messages(clinic: Uuid, limits: &PatientLimits) -> Self {
        let most = limits.sms_per_clinic_and_day;
        Self { subject: format!("text messages of|{clinic}"), window: TimeDelta::days(1), most }
    }
}

/// Counts one more try, or says when the next one is possible.
pub(crate) fn attempt(transaction: &Transaction<'_>, limit: &Limit, now: DateTime<Utc>) -> Result<(), Error> {
    let (begins, ends) = bounds(limit, now);
    let sql = "insert into attempt (subject_hash, window, count) values (?1, ?2, 1)
        on conflict do update set count = count + 1 returning count";
    let mut counting = transaction.prepare_cached(sql)?;
    let count: i64 = counting.query_row(params![limit.hash().as_slice(), begins], |row| row.get(0))?;
    if count <= i64::from(limit.most) {
        Ok(())
    } else {
        Err(Error::TooManyTries { retry_after_seconds: (ends - now.timestamp()).unsigned_abs() })
    }
}

/// Whether one more try is left, or when there will be one. Counts nothing.
pub(crate) fn is_left(transaction: &Transaction<'_>, limit: &Limit, now: DateTime<Utc>) -> Result<(), Error> {
    let (begins, ends) = bounds(limit, now);
    let sql = "select count from attempt where subject_hash = ?1 and window = ?2";
    let mut counting = transaction.prepare_cached(sql)?;
    let count: Option<i64> =
        counting.query_row(params![limit.hash().as_slice(), begins], |row| row.get(0)).optional()?;
    if count.unwrap_or_default() < i64::from(limit.most) {
        Ok(())
    } else {
        Err(Error::TooManyTries { retry_after_seconds: (ends - now.timestamp()).unsigned_abs() })
    }
}

/// Windows do not all begin at the same time: nobody waits for the strike of the hour.
fn bounds(limit: &Limit, now: DateTime<Utc>) -> (i64, i64) {
    let length = limit.window.num_seconds();
    let shift = i64::from(hash(&limit.subject)[0]) * length / 256;
    let begins = (now.timestamp() - shift).div_euclid(length) * length + shift;
    (begins, begins + length)
}

/// Forgets what no window counts any more.
pub(crate) fn forget_attempts(connection: &Connection, now: DateTime<Utc>, most: u16) -> rusqlite::Result<usize> {
    let before = (now - TimeDelta::days(2)).to_cell();
    let sql = "delete from attempt where (subject_hash, window) in
        (select subject_hash, window from attempt where window < ?1 limit ?2)";
    connection.prepare_cached(sql)?.execute(params![before, most])
}
