//! What the thread does by itself: one step after the other, as the plan says.
//!
//! A step that waits for the network is dropped when something else is wanted: every call may be
//! repeated. What is put into the file is finished first.

mod asleep;
mod pairing;
mod standing;

use std::sync::Arc;
use std::time::Duration;

use aftalebog_booking::wire::{Position, SentChange, SyncSnapshot};
use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep, sleep_until, timeout};
use uuid::Uuid;

use self::asleep::slept;
use super::Options;
use super::board::Board;
use super::client::{Client, Polled, Token, Trouble};
use super::diagnosis::{self, Failure, Pairing, Server, Subject, Typed};
use super::fault::{Fault, PairFault};
use super::pace;
use super::pair::Pending;
use super::plan::{Came, Next, Pause, Plan, Wait};
use super::status::{Arrived, Cause, Connection};
use super::thread::Order;
use super::tls;
use super::vault::Vault;
use super::verdict::{self, OfChange, OfPoll};
use crate::Store;
use crate::error::SaveError;
use crate::store::{Link, not_paired};

/// How long a poll waits for something.
const POLL: Duration = Duration::from_secs(aftalebog_booking::wire::MAX_WAIT_SECONDS);

/// What is saved while the program is closed has so long to be sent.
const LAST_MOMENT: Duration = Duration::from_secs(2);

/// Pages that come one after the other are told together, at most for so long.
const GATHER: Duration = Duration::from_secs(1);

/// A save does not ask a server that is away more often than this.
const BREATH: Duration = Duration::from_secs(1);

pub(super) struct Engine {
    store: Store,
    options: Options,
    board: Arc<Board>,
    /// Back to this thread, from what it has asked aside. It does not keep the thread alive.
    orders: mpsc::WeakUnboundedSender<Order>,
    plan: Plan,
    paired: Option<Paired>,
    /// A code that was used, and a person who has not agreed yet.
    pending: Option<Pending>,
    /// By which the server knows this PC again, when its answer to a code was lost.
    attempt: Uuid,
    gathered: Gathered,
    /// When the counts are told, if they may have changed.
    to_tell: Option<Instant>,
}

/// The server of this PC, as it is asked.
struct Paired {
    link: Link,
    /// None: what is in the file is no server's position.
    position: Option<Position>,
    client: Result<Client, NotAsked>,
    /// The token before this one has been tried.
    went_back: bool,
}

/// Why the server cannot even be asked.
#[derive(Clone, Copy)]
enum NotAsked {
    /// The address or the authority in the file cannot be used.
    Certificate,
    NoToken,
}

/// What has come and is not told yet.
#[derive(Default)]
struct Gathered {
    arrived: Arrived,
    since: Option<Instant>,
}

/// What a step that waits for the network came to.
enum Stepped {
    Sent(SentChange, Result<u64, Trouble>),
    Polled(Result<Polled, Trouble>),
    Copied(Result<SyncSnapshot, Trouble>),
    Waited,
}

/// What an order means to the step that is under way.
enum Carried {
    GoOn,
    /// Another server, or none.
    Changed,
}

/// Why the thread ends.
enum End {
    /// Nobody has a handle any more, or the file is closed.
    Gone,
    /// Somebody waits until it has ended.
    Stopped(oneshot::Sender<()>),
}

impl Engine {
    pub fn new(store: Store, options: Options, board: Arc<Board>, orders: mpsc::WeakUnboundedSender<Order>) -> Self {
        let (plan, gathered) = (Plan::default(), Gathered::default());
        let attempt = Uuid::new_v4();
        Self { store, options, board, orders, plan, paired: None, pending: None, attempt, gathered, to_tell: None }
    }

    pub async fn run(mut self, mut inbox: mpsc::UnboundedReceiver<Order>) {
        let end = match self.begin().await {
            Ok(came) => self.take_steps(came, &mut inbox).await,
            Err(end) => end,
        };
        if let End::Stopped(answer) = end {
            // What is not sent in time waits in the file.
            let _in_time = timeout(LAST_MOMENT, self.send_rest()).await;
            let _nobody_waits = answer.send(());
        }
    }

    /// Reads which server this PC has.
    async fn begin(&mut self) -> Result<Came, End> {
        let link = self.store.link().await.map_err(|_| End::Gone)?;
        self.paired = match link {
            None => None,
            Some(link) => {
                let client = client(&link, &self.options.vault).await;
                // Without a position all of the server's records are taken.
                let position = (!link.rewound && !link.outgrown).then_some(link.position);
                Some(Paired { position, link, client, went_back: false })
            }
        };
        let last_contact = self.paired.as_ref().and_then(|paired| paired.link.last_contact);
        let connection = if self.paired.is_some() { Connection::Connecting } else { Connection::NotPaired };
        self.board.change(|status| {
            status.connection = connection;
            status.last_contact = last_contact;
        });
        self.count().await?;
        Ok(Came::Begun)
    }

    async fn take_steps(&mut self, mut came: Came, inbox: &mut mpsc::UnboundedReceiver<Order>) -> End {
        loop {
            let next = match &self.paired {
                None => Next::Rest,
                Some(paired) => match self.plan.next(came, rand::random()) {
                    // What was saved on an old copy waits until the server's records are here.
                    Next::Send if paired.position.is_none() => Next::Replace,
                    next => next,
                },
            };
            let up_to_date = self.plan.is_up_to_date();
            let next_try = match next {
                Next::Pause(Pause { length, .. }) => self.in_a_while(length),
                _ => None,
            };
            self.board.change(|status| (status.up_to_date, status.next_try) = (up_to_date, next_try));
            let done = match next {
                Next::Send if !self.can_ask() => self.cannot_ask().await,
                Next::Send => match self.store.next_to_send().await {
                    Ok(Some(change)) => self.step(next, Some(change), inbox).await,
                    Ok(None) => self.count().await.map(|()| Came::AllSent),
                    Err(error) => self.not_filed(error).await,
                },
                _ => self.step(next, None, inbox).await,
            };
            came = match done {
                Ok(came) => came,
                Err(end) => return end,
            };
        }
    }

    /// One step, unless something else is wanted meanwhile.
    async fn step(
        &mut self,
        next: Next,
        change: Option<SentChange>,
        inbox: &mut mpsc::UnboundedReceiver<Order>,
    ) -> Result<Came, End> {
        let Some(mut step) = self.begin_step(next, change) else { return self.cannot_ask().await };
        let begun = Instant::now();
        let mut until = None;
        loop {
            tokio::select! {
                biased;
                order = inbox.recv() => match order.ok_or(End::Gone)? {
                    Order::Wake => {
                        self.tell_soon();
                        match next {
                            Next::Pull(Wait::ForSomething) => return Ok(Came::Woken),
                            Next::Pause(Pause { asked_for: false, length }) if until.is_none() => {
                                let sooner = begun + BREATH.min(length);
                                until = Some(sooner);
                                let next_try = self.in_a_while(sooner.saturating_duration_since(Instant::now()));
                                self.board.change(|status| status.next_try = next_try);
                            }
                            _ => {}
                        }
                    }
                    Order::TryNow => match next {
                        Next::Pull(Wait::ForSomething) => return Ok(Came::Woken),
                        Next::Pause(_) => return Ok(Came::Woken),
                        Next::Rest => return Ok(Came::Begun),
                        _ => {}
                    },
                    order => match self.carry_out(order).await? {
                        Carried::GoOn => {}
                        Carried::Changed => return Ok(Came::Begun),
                    },
                },
                stepped = &mut step => return self.stepped(stepped).await,
                () = at(until) => return Ok(Came::Woken),
                () = at(self.to_tell) => self.count().await?,
                () = slept(&*self.options.clock, asleep::LOOK_AT_CLOCK), if next != Next::Rest => return Ok(self.woken_up().await),
            }
        }
    }

    /// The part of a step that waits; none where the server cannot be asked.
    fn begin_step(&self, next: Next, change: Option<SentChange>) -> Option<BoxFuture<'static, Stepped>> {
        let client = || self.paired.as_ref().and_then(|paired| paired.client.as_ref().ok().cloned());
        let position = self.paired.as_ref().and_then(|paired| paired.position);
        Some(match (next, position) {
            (Next::Send, _) => {
                let (client, change) = (client()?, change?);
                Box::pin(async move {
                    let answer = client.send_change(&change).await.map(|accepted| accepted.revision);
                    Stepped::Sent(change, answer)
                })
            }
            (Next::Pull(wait), Some(since)) => {
                let client = client()?;
                let wait = if wait == Wait::No { Duration::ZERO } else { POLL };
                Box::pin(async move { Stepped::Polled(client.poll(since, wait).await) })
            }
            (Next::Replace | Next::Pull(_), _) => {
                let client = client()?;
                Box::pin(async move { Stepped::Copied(client.snapshot().await) })
            }
            (Next::Pause(pause), _) => Box::pin(async move {
                sleep(pause.length).await;
                Stepped::Waited
            }),
            (Next::Rest, _) => Box::pin(futures::future::pending()),
        })
    }

    async fn stepped(&mut self, stepped: Stepped) -> Result<Came, End> {
        match stepped {
            Stepped::Waited => Ok(Came::Woken),
            Stepped::Sent(change, Ok(revision)) => {
                self.answered().await?;
                let filed = self.store.acknowledged(change.id, revision, self.now()).await;
                self.tell_soon();
                self.filed(filed, Came::Settled).await
            }
            Stepped::Sent(change, Err(trouble)) => match verdict::of_change(&trouble) {
                OfChange::SetAside(problem) => {
                    self.answered().await?;
                    let filed = self.store.set_aside(change.id, *problem).await;
                    self.tell_soon();
                    // The rows are without it now.
                    self.board.arrived(Arrived { changes: 1, notices: vec![] });
                    self.filed(filed, Came::Settled).await
                }
                OfChange::Rewound { last_sequence } => {
                    self.answered().await?;
                    if let Some(paired) = &mut self.paired {
                        paired.position = None;
                    }
                    let filed = self.store.rewound(last_sequence).await;
                    self.filed(filed, Came::Lost).await
                }
                OfChange::Lost => {
                    self.answered().await?;
                    Ok(Came::Lost)
                }
                OfChange::Not => match self.failed("send", &trouble).await? {
                    Came::Failed { retry_after } => Ok(Came::NotSent { retry_after }),
                    came => Ok(came),
                },
            },
            Stepped::Polled(Ok(Polled { page, new_token })) => {
                self.came().await?;
                if let Some(token) = new_token {
                    self.renew(token).await;
                }
                let (position, more) = (page.position, page.more);
                match self.store.apply_page(page, self.now()).await {
                    Ok(arrived) => {
                        self.moved_to(position, more, arrived);
                        Ok(Came::Page { more })
                    }
                    // The page does not go on from what is here: all of the server's records do.
                    Err(SaveError::OutOfStep { .. }) => Ok(Came::Lost),
                    Err(error) => self.not_filed(error).await,
                }
            }
            Stepped::Polled(Err(trouble)) => match verdict::of_poll(&trouble) {
                OfPoll::Lost => {
                    self.came().await?;
                    Ok(Came::Lost)
                }
                OfPoll::Not => self.failed("poll", &trouble).await,
            },
            Stepped::Copied(Ok(snapshot)) => {
                self.came().await?;
                let position = snapshot.position;
                match self.store.apply_snapshot(snapshot, self.now()).await {
                    Ok(arrived) => {
                        self.moved_to(position, false, arrived);
                        self.count().await?;
                        Ok(Came::Replaced)
                    }
                    Err(error) => self.not_filed(error).await,
                }
            }
            Stepped::Copied(Err(trouble)) => self.failed("snapshot", &trouble).await,
        }
    }

    /// The file is at another position now.
    fn moved_to(&mut self, position: Position, more: bool, arrived: Arrived) {
        if let Some(paired) = &mut self.paired {
            paired.position = Some(position);
        }
        let Gathered { arrived: gathered, since } = &mut self.gathered;
        gathered.changes += arrived.changes;
        gathered.notices.extend(arrived.notices);
        let now = Instant::now();
        let since = *since.get_or_insert(now);
        if !more || now - since > GATHER {
            let arrived = std::mem::take(&mut self.gathered).arrived;
            if arrived != Arrived::default() {
                self.board.arrived(arrived);
            }
        }
        self.tell_soon();
    }

    async fn carry_out(&mut self, order: Order) -> Result<Carried, End> {
        match order {
            // They are seen to where they come in.
            Order::Wake | Order::TryNow => Ok(Carried::GoOn),
            Order::Look { address, answer } => {
                let (store, clock) = (self.store.clone(), self.options.clock.clone());
                aside(async move {
                    let looked = tls::look(&address).await;
                    if let Some(code) = looked.as_ref().err().and_then(Fault::code) {
                        // The list is not worth stopping for: whoever asked is told all the same.
                        let _written = store.contact(clock(), not_paired(code), "").await;
                    }
                    drop(answer.send(looked));
                });
                Ok(Carried::GoOn)
            }
            Order::Test { typed, tell } => {
                aside(diagnosis::test(self.subject(typed), tell));
                Ok(Carried::GoOn)
            }
            Order::Call { work } => {
                aside(work(self.asked()));
                Ok(Carried::GoOn)
            }
            Order::Pair { request, answer } => {
                self.pair(request, answer);
                Ok(Carried::GoOn)
            }
            Order::CodeTaken { begun, request, answer } => {
                let paired = self.take_up(*begun, &request).await;
                let changed = paired.is_ok();
                if changed {
                    let _begun = self.begin().await?;
                }
                if let Some(code) = paired.as_ref().err().and_then(PairFault::code) {
                    self.write_down(&not_paired(code), "").await?;
                }
                let _nobody_waits = answer.send(paired);
                Ok(if changed { Carried::Changed } else { Carried::GoOn })
            }
            Order::DoNotPair => {
                self.give_up_pending();
                Ok(Carried::GoOn)
            }
            Order::Unpair { answer } => self.unpair(answer).await,
            Order::Stop { answer } => Err(End::Stopped(answer)),
        }
    }

    /// The client for a question of the window.
    fn asked(&self) -> Result<Client, Fault> {
        if self.board.status().connection == Connection::Revoked {
            return Err(Fault::Revoked);
        }
        let paired = self.paired.as_ref().ok_or(Fault::NotPaired)?;
        paired.client.clone().map_err(|not_asked| Fault::NotReached(not_asked.cause()))
    }

    fn subject(&self, typed: Option<Typed>) -> Subject {
        let clock = self.options.clock.clone();
        let paired = self.paired.as_ref().map(|paired| (&paired.link, &paired.client));
        let (server, pairing) = match (typed, paired) {
            (Some(Typed { address, authority }), _) => {
                let address = address.parse().map_err(Failure::Address);
                (address.map(|address| Server { address, authority }), Pairing::None)
            }
            (None, None) => (Err(Failure::NoAddress), Pairing::None),
            (None, Some((link, client))) => {
                let authority = link.authority.clone();
                let address = link.address.parse().map_err(Failure::Address);
                let token = client.as_ref().ok().and_then(Client::token);
                let pairing = token.map_or(Pairing::NoToken, Pairing::Token);
                (address.map(|address| Server { address, authority }), pairing)
            }
        };
        Subject { server, pairing, now: Box::new(move || clock()) }
    }

    /// Sends what waits, before the program ends, if the server is there.
    async fn send_rest(&mut self) {
        if self.board.status().connection != Connection::Online {
            return;
        }
        let Some(Paired { client: Ok(client), .. }) = &self.paired else { return };
        while let Ok(Some(change)) = self.store.next_to_send().await {
            // Whatever else is answered is answered again at the next start.
            let Ok(accepted) = client.send_change(&change).await else { return };
            if self.store.acknowledged(change.id, accepted.revision, self.now()).await.is_err() {
                return;
            }
        }
    }

    /// The PC has slept: its connections are gone, whatever it still believes, and much may have happened.
    async fn woken_up(&mut self) -> Came {
        if let Some(paired) = &mut self.paired {
            // A vault that is locked in that moment takes away no token that is known.
            paired.client = match paired.client.as_ref().ok().and_then(Client::token) {
                Some(token) => client_with(&paired.link, token),
                None => client(&paired.link, &self.options.vault).await,
            };
        }
        Came::Begun
    }

    fn can_ask(&self) -> bool {
        self.paired.as_ref().is_some_and(|paired| paired.client.is_ok())
    }

    /// There is no token, or no authority: the vault is asked again, it may have been locked.
    async fn cannot_ask(&mut self) -> Result<Came, End> {
        let Some(paired) = &mut self.paired else { return Ok(Came::Ended) };
        paired.client = client(&paired.link, &self.options.vault).await;
        match paired.client {
            Ok(_) => Ok(Came::Begun),
            Err(not_asked) => {
                self.offline(not_asked.cause(), "").await?;
                Ok(Came::Failed { retry_after: Some(pace::LONGEST) })
            }
        }
    }

    fn in_a_while(&self, length: Duration) -> Option<DateTime<Utc>> {
        TimeDelta::from_std(length).ok().map(|length| self.now() + length)
    }

    fn now(&self) -> DateTime<Utc> {
        (self.options.clock)()
    }
}

impl NotAsked {
    const fn cause(self) -> Cause {
        match self {
            Self::Certificate => Cause::Certificate,
            Self::NoToken => Cause::Token,
        }
    }
}

/// The client of the server in the file, if its token is where it was kept.
async fn client(link: &Link, vault: &Vault) -> Result<Client, NotAsked> {
    client_with(link, vault.token(link.device, link.token_kept).await.ok_or(NotAsked::NoToken)?)
}

fn client_with(link: &Link, token: Token) -> Result<Client, NotAsked> {
    let address = link.address.parse().map_err(|_| NotAsked::Certificate)?;
    let client = Client::new(address, link.authority.as_deref()).map_err(|_| NotAsked::Certificate)?;
    Ok(client.with_token(token))
}

/// Runs beside the steps, and ends with the thread.
fn aside(work: impl Future<Output = ()> + Send + 'static) {
    let _runs_on_its_own = tokio::spawn(work);
}

async fn at(instant: Option<Instant>) {
    match instant {
        Some(instant) => sleep_until(instant).await,
        None => futures::future::pending().await,
    }
}
