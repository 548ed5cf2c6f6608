//! How it stands with the server, as the window and the list of contacts are told it.

use std::time::Duration;

use tokio::time::Instant;

use super::{Came, End, Engine};
use crate::error::{SaveError, StoreError};
use crate::store::{CONNECTED, OutboxCounts, REVOKED, TOO_OLD};
use crate::sync::client::Trouble;
use crate::sync::status::{Cause, Connection, Status};
use crate::sync::verdict::{self, OfAny};

/// Counts on the screen are not told more often than they can be read.
const TELL_EVERY: Duration = Duration::from_millis(250);

impl Engine {
    /// The server answered, whatever it said.
    pub(super) async fn answered(&mut self) -> Result<(), End> {
        let (now, before) = (self.now(), self.board.status().connection);
        self.board.change(|status| {
            status.connection = Connection::Online;
            status.last_contact = Some(now);
        });
        if before == Connection::Online {
            return Ok(());
        }
        self.write_down(CONNECTED, "").await
    }

    /// The server has answered a poll. While it does not take what is to be sent that is no connection
    /// to rely on: the window goes on to be told why.
    pub(super) async fn came(&mut self) -> Result<(), End> {
        if !self.plan.is_stuck() {
            return self.answered().await;
        }
        let now = self.now();
        self.board.change(|status| status.last_contact = Some(now));
        Ok(())
    }

    /// The server did not do what it was asked.
    pub(super) async fn failed(&mut self, call: &str, trouble: &Trouble) -> Result<Came, End> {
        let cause = match verdict::of_any(trouble) {
            OfAny::Later(cause) => cause,
            OfAny::NotKnown if self.go_back_to_token_before().await => return Ok(Came::Begun),
            OfAny::NotKnown | OfAny::Revoked => return self.ended(Connection::Revoked, REVOKED).await,
            OfAny::TooOld => return self.ended(Connection::TooOld, TOO_OLD).await,
        };
        self.offline(cause, &trouble.detail(call)).await?;
        Ok(Came::Failed { retry_after: trouble.retry_after })
    }

    async fn ended(&mut self, connection: Connection, what: &str) -> Result<Came, End> {
        let now = self.now();
        let before = self.board.status().connection;
        self.board.change(|status| {
            status.connection = connection.clone();
            status.last_contact = Some(now);
        });
        if before != connection {
            self.write_down(what, "").await?;
        }
        self.count().await?;
        Ok(Came::Ended)
    }

    pub(super) async fn offline(&mut self, cause: Cause, detail: &str) -> Result<(), End> {
        let now = self.now();
        let Status { connection: before, last_contact, .. } = self.board.status();
        let since = match before {
            Connection::Offline { since, .. } => since,
            // What others have saved since then is not here, whenever this program was started.
            _ => last_contact.unwrap_or(now),
        };
        self.board.change(|status| status.connection = Connection::Offline { since, cause });
        if !matches!(before, Connection::Offline { cause: told, .. } if told == cause) {
            self.write_down(cause.code(), detail).await?;
        }
        self.count().await
    }

    /// In the list of contacts, which may be shown.
    pub(super) async fn write_down(&self, what: &str, detail: &str) -> Result<(), End> {
        match self.store.contact(self.now(), what, detail).await {
            Err(SaveError::Closed) => Err(End::Gone),
            // The list is not worth stopping for: what cannot be written is told by the next save.
            _ => Ok(()),
        }
    }

    pub(super) async fn filed(&mut self, filed: Result<(), SaveError>, came: Came) -> Result<Came, End> {
        match filed {
            Ok(()) => Ok(came),
            Err(error) => self.not_filed(error).await,
        }
    }

    /// What came could not be put into the file.
    pub(super) async fn not_filed(&mut self, error: SaveError) -> Result<Came, End> {
        if matches!(error, SaveError::Closed) {
            return Err(End::Gone);
        }
        self.offline(Cause::File, &error.to_string()).await?;
        Ok(Came::Failed { retry_after: None })
    }

    pub(super) fn tell_soon(&mut self) {
        let _set = self.to_tell.get_or_insert_with(|| Instant::now() + TELL_EVERY);
    }

    /// How much waits, as the file has it.
    pub(super) async fn count(&mut self) -> Result<(), End> {
        self.to_tell = None;
        match self.store.outbox().await {
            Ok(OutboxCounts { waiting, conflicts, refused }) => {
                self.board.change(|status| *status = Status { waiting, conflicts, refused, ..status.clone() });
                Ok(())
            }
            Err(StoreError::Closed) => Err(End::Gone),
            // Whatever is wrong with the file is told by what is saved or read next.
            Err(_) => Ok(()),
        }
    }
}
