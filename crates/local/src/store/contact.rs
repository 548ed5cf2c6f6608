//! The contacts with the server that went wrong, and what mended them.

use aftalebog_sqlite::cell::{Cell, cell};
use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, TransactionBehavior, params};

use super::Store;
use crate::error::{SaveError, StoreError};

/// One line of the history of contacts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    pub at: DateTime<Utc>,
    /// [`CONNECTED`], [`REVOKED`], [`TOO_OLD`], or the code of the cause why not; after [`NOT_PAIRED`] why this PC was
    /// not paired, which may be one of those or of the codes below.
    pub what: String,
    /// Technical; never what stands in a record.
    pub detail: String,
}

/// The server answered again.
pub const CONNECTED: &str = "connected";

/// The server knows this PC no more.
pub const REVOKED: &str = "revoked";

/// The server serves only newer programs.
pub const TOO_OLD: &str = "client_too_old";

/// What stands before the reason why this PC was not paired.
pub const NOT_PAIRED: &str = "not_paired:";

/// The code was not valid.
pub const NO_SUCH_CODE: &str = "no_such_code";
pub const TOO_MANY_TRIES: &str = "too_many_tries";
/// Another PC was about to give the clinic its records.
pub const ANOTHER_GIVES: &str = "another_gives";
/// Neither the server nor this PC had the clinic's records.
pub const NOTHING_TO_GIVE: &str = "nothing_to_give";
/// The system's vault did not take the token.
pub const NOT_KEPT: &str = "not_kept";
/// The server said no for another reason.
pub const REFUSED: &str = "refused";

/// Why this PC was not paired, as it stands in the list.
pub(crate) fn not_paired(code: &str) -> String {
    format!("{NOT_PAIRED}{code}")
}

/// So many are kept, the newest.
pub const CONTACTS_KEPT: u32 = 500;

impl Store {
    /// Writes down how a contact went. What went like the one before it, in the same way, is not written again:
    /// a connection that lasts is one line, and so is one that is gone for a weekend.
    pub async fn contact(
        &self,
        at: DateTime<Utc>,
        what: impl Into<String>,
        detail: impl Into<String>,
    ) -> Result<(), SaveError> {
        let (what, detail) = (what.into(), detail.into());
        self.write(move |connection| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let last = transaction
                .prepare_cached("select what, detail from contact order by number desc limit 1")?
                .query_row([], |row| Ok((cell::<String>(row, "what")?, cell::<String>(row, "detail")?)))
                .optional()?;
            let same = last.is_some_and(|(before, how)| before == what && (what == CONNECTED || how == detail));
            if same {
                return Ok(());
            }
            let _one = transaction
                .prepare_cached("insert into contact (at, what, detail) values (?1, ?2, ?3)")?
                .execute(params![at.to_cell(), what, detail])?;
            let _old = transaction
                .prepare_cached("delete from contact where number <= (select max(number) from contact) - ?1")?
                .execute([CONTACTS_KEPT])?;
            Ok(transaction.commit()?)
        })
        .await
    }

    /// At most `limit` contacts, the newest first.
    pub async fn contacts(&self, limit: u32) -> Result<Vec<Contact>, StoreError> {
        self.read(move |connection| {
            let mut statement = connection.prepare_cached("select * from contact order by number desc limit ?1")?;
            let contacts = statement.query_map([limit], |row| {
                Ok(Contact { at: cell(row, "at")?, what: cell(row, "what")?, detail: cell(row, "detail")? })
            })?;
            contacts.collect()
        })
        .await
    }
}
