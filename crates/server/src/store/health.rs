//! Can the database work, and how much is in it?

use aftalebog_sqlite::cell::{Cell as _, cell};
use chrono::{DateTime, Utc};

use super::Store;
use super::device::still_paired;
use crate::metrics::Counts;
use crate::problem::Error;

impl Store {
    /// Writes something that changes nothing, to the disk.
    pub async fn try_to_write(&self) -> Result<(), Error> {
        self.write(|transaction| {
            let _one = transaction.execute("update server set epoch = epoch", [])?;
            Ok(())
        })
        .await
    }

    /// The thread that writes has ended: nothing can be written any more.
    pub async fn has_stopped(&self) -> bool {
        self.writer.ask(|_| ()).await.is_err()
    }

    /// What is counted for whoever runs the server.
    pub async fn counts(&self, now: DateTime<Utc>) -> Result<Counts, Error> {
        self.read(move |transaction| {
            let sql = "select (select count(*) from clinic) as clinics,
                    (select count(*) from device where revoked_at is null
                        and coalesce(last_seen, paired_at) >= ?1) as devices,
                    (select coalesce(sum(audit_number), 0) from clinic) as deeds,
                    (select count(*) from message) as messages";
            let counts = transaction.prepare_cached(sql)?.query_row([still_paired(now).to_cell()], |row| {
                let count = |column| cell::<i64>(row, column).map(i64::unsigned_abs);
                Ok(Counts {
                    clinics: count("clinics")?,
                    devices: count("devices")?,
                    deeds: count("deeds")?,
                    messages_waiting: count("messages")?,
                })
            })?;
            Ok(counts)
        })
        .await
    }
}
