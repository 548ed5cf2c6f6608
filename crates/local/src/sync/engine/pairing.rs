//! This PC becomes one of a clinic, or is one no more.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::timeout;

use super::{Carried, End, Engine, NotAsked, Paired, aside};
use crate::error::SaveError;
use crate::store::TokenKept;
use crate::sync::client::Token;
use crate::sync::fault::{Farewell, Fault, PairFault};
use crate::sync::pair::{self, PairRequest, Pending, Replace};
use crate::sync::status::Connection;
use crate::sync::thread::Order;
use crate::sync::vault::NotKept;

/// A server that is left has so long to answer.
const FAREWELL: Duration = Duration::from_secs(5);

impl Engine {
    /// Shows the code to the server, aside: everything else goes on.
    pub(super) fn pair(&mut self, request: PairRequest, answer: oneshot::Sender<Result<(), PairFault>>) {
        if self.is_at_home() {
            return drop(answer.send(Err(PairFault::PairedAlready)));
        }
        let pending = self.pending.take_if(|pending| pending.is_of(&request));
        self.give_up_pending();
        let (orders, who) = (self.orders.clone(), (self.options.device_name.clone(), self.attempt));
        aside(async move {
            let begun = Box::new(pair::begin(&request, pending, who).await);
            // When the thread has ended, nobody waits any more.
            if let Some(orders) = orders.upgrade() {
                let _ended = orders.send(Order::CodeTaken { begun, request, answer });
            }
        });
    }

    /// The server may still know this PC. Otherwise it may be paired again.
    fn is_at_home(&self) -> bool {
        let revoked = self.board.status().connection == Connection::Revoked;
        self.paired.as_ref().is_some_and(|paired| !matches!(paired.client, Err(NotAsked::NoToken)) && !revoked)
    }

    /// Keeps the token, and puts the server in the file. What does not succeed may be asked again.
    pub(super) async fn take_up(
        &mut self,
        begun: Result<Pending, (Option<Pending>, PairFault)>,
        request: &PairRequest,
    ) -> Result<(), PairFault> {
        let pending = match begun {
            Ok(pending) => pending,
            Err((pending, fault)) => {
                self.pending = pending;
                return Err(fault);
            }
        };
        if let (Replace::Ask, Some(clinic)) = (request.replace, pending.clinic_with_records()) {
            let waiting = self.store.waiting_for(pending.clinic()).await;
            self.pending = Some(pending);
            let waiting = waiting.map_err(|error| Fault::File(Arc::new(error)))?;
            return Err(PairFault::HasRecords { clinic, waiting });
        }
        // Nobody can be booked with where there is no practitioner: such a clinic was made only to fetch another.
        let has_practitioners = self.store.has_practitioners().await;
        if pending.gives() && !has_practitioners.map_err(|error| Fault::File(Arc::new(error)))? {
            // The server forgets this PC, so that the one that has the records is not told to wait for it.
            self.pending = Some(pending);
            self.give_up_pending();
            return Err(PairFault::NothingToGive);
        }
        let device = pending.device();
        let filed = match self.options.vault.keep(device, pending.token()).await {
            Ok(kept) => self.file(&pending, kept).await.map_err(|error| {
                self.options.vault.forget(device, kept);
                Fault::File(Arc::new(error)).into()
            }),
            Err(NotKept) => Err(PairFault::NotKept),
        };
        if filed.is_err() {
            self.pending = Some(pending);
        }
        filed
    }

    async fn file(&self, pending: &Pending, kept: TokenKept) -> Result<(), SaveError> {
        if let Some(before) = &self.paired {
            self.store.unlink().await?;
            self.options.vault.forget(before.link.device, before.link.token_kept);
        }
        let (link, first) = pending.link(self.options.device_name.clone(), kept);
        self.store.begin_link(link, first, self.now()).await
    }

    /// Nobody agreed: the server forgets the PC that it has just got to know.
    pub(super) fn give_up_pending(&mut self) {
        if let Some(pending) = self.pending.take() {
            aside(async move {
                // A PC that stays in the list can be removed there.
                let _removed = timeout(FAREWELL, pending.client().revoke(pending.device())).await;
            });
        }
    }

    pub(super) async fn unpair(&mut self, answer: oneshot::Sender<Result<Farewell, Fault>>) -> Result<Carried, End> {
        let Some(Paired { link, client, .. }) = self.paired.take() else {
            drop(answer.send(Err(Fault::NotPaired)));
            return Ok(Carried::GoOn);
        };
        if let Err(error) = self.store.unlink().await {
            drop(answer.send(Err(Fault::File(Arc::new(error)))));
            return self.begin().await.map(|_| Carried::Changed);
        }
        self.options.vault.forget(link.device, link.token_kept);
        let _begun = self.begin().await?;
        aside(async move {
            let told = match client {
                Ok(client) => match timeout(FAREWELL, client.revoke(link.device)).await {
                    Ok(answered) => matches!(answered, Ok(()) | Err(Fault::Revoked)),
                    Err(_too_slow) => false,
                },
                Err(_not_asked) => false,
            };
            drop(answer.send(Ok(if told { Farewell::Told } else { Farewell::NotTold })));
        });
        Ok(Carried::Changed)
    }

    /// The server has given another token. The one before holds until this one is used.
    pub(super) async fn renew(&mut self, token: Token) {
        let Some(Paired { link, client: Ok(client), went_back, .. }) = &mut self.paired else { return };
        if self.options.vault.keep_in(link.token_kept, link.device, token.clone()).await.is_ok() {
            *client = client.with_token(token);
            *went_back = false;
        }
    }

    /// A server that was restored may not know the token any more, and the one before it. Gives whether there is one
    /// that has not been tried.
    pub(super) async fn go_back_to_token_before(&mut self) -> bool {
        let Some(Paired { link, client: Ok(client), went_back, .. }) = &mut self.paired else { return false };
        if std::mem::replace(went_back, true) {
            return false;
        }
        let (device, kept) = (link.device, link.token_kept);
        let Some(before) = self.options.vault.token_before(device, kept).await else { return false };
        // What cannot be kept is found in the same way the next time.
        let _kept = self.options.vault.keep_in(kept, device, before.clone()).await;
        *client = client.with_token(before);
        true
    }
}
