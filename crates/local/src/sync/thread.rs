//! The thread with its runtime: what it is asked, and what it does by itself.
//!
//! It takes one step after the other, as the plan says. A step that waits for the network is dropped
//! when something else is wanted: every call may be repeated. What is put into the file is finished first.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use aftalebog_booking::wire::{Position, SentChange, SyncSnapshot};
use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep, sleep_until, timeout};

use super::Options;
use super::address::Address;
use super::board::Board;
use super::client::{Client, Polled, Token, Trouble};
use super::diagnosis::{self, Failure, Pairing, Server, Subject, Tested, Typed};
use super::fault::{Fault, PairFault};
use super::pace;
use super::pair::{self, PairRequest, Pending, Replace};
use super::plan::{Came, Next, Pause, Plan, Wait};
use super::status::{Arrived, Cause, Connection, Status};
use super::tls::{self, Looked};
use super::vault::{NotKept, Vault};
use super::verdict::{self, OfAny, OfChange, OfPoll};
use crate::Store;
use crate::error::{SaveError, StoreError};
use crate::store::{Link, OutboxCounts, TokenKept};

/// What the thread is asked.
pub(super) enum Order {
    Wake,
    TryNow,
    Look {
        address: Address,
        answer: oneshot::Sender<Result<Looked, Fault>>,
    },
    Pair {
        request: PairRequest,
        answer: oneshot::Sender<Result<(), PairFault>>,
    },
    /// What the server said to a code, which was asked aside.
    CodeTaken {
        begun: Result<Pending, (Option<Pending>, PairFault)>,
        request: PairRequest,
        answer: oneshot::Sender<Result<(), PairFault>>,
    },
    DoNotPair,
    Unpair {
        answer: oneshot::Sender<Result<(), Fault>>,
    },
    Test {
        typed: Option<Typed>,
        tell: mpsc::UnboundedSender<Tested>,
    },
    Call {
        work: Box<dyn FnOnce(Result<Client, Fault>) -> BoxFuture<'static, ()> + Send>,
    },
    Stop {
        answer: oneshot::Sender<()>,
    },
}

/// How long a poll waits for something.
const POLL: Duration = Duration::from_secs(aftalebog_booking::wire::MAX_WAIT_SECONDS);

/// What is saved while the program is closed has so long to be sent.
const LAST_MOMENT: Duration = Duration::from_secs(2);

/// Counts on the screen are not told more often than they can be read.
const TELL_EVERY: Duration = Duration::from_millis(250);

/// Pages that come one after the other are told together, at most for so long.
const GATHER: Duration = Duration::from_secs(1);

/// How often it is looked whether the PC has slept, and by how much the clock is then ahead.
const LOOK_AT_CLOCK: Duration = Duration::from_secs(10);
const SLEPT: TimeDelta = TimeDelta::seconds(30);

/// A server that is left has so long to answer.
const FAREWELL: Duration = Duration::from_secs(5);

/// A save does not ask a server that is away more often than this.
const BREATH: Duration = Duration::from_secs(1);

/// Starts the thread. Where the system has none to give, everything asked is answered `Stopped`.
pub(super) fn start(
    store: Store,
    options: Options,
    board: Arc<Board>,
    orders: mpsc::WeakUnboundedSender<Order>,
    inbox: mpsc::UnboundedReceiver<Order>,
) {
    let work = move || {
        // The first one that is set holds; a program that has set its own before means the same.
        let _set_already = rustls::crypto::ring::default_provider().install_default();
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
        let engine = Engine {
            store,
            options,
            board,
            orders,
            plan: Plan::default(),
            paired: None,
            pending: None,
            gathered: Gathered::default(),
            to_tell: None,
        };
        runtime.block_on(engine.run(inbox));
        // A name that is being looked up would keep the program from ending.
        runtime.shutdown_background();
    };
    let _runs_on_its_own = thread::Builder::new().name("sync".to_owned()).spawn(work);
}

struct Engine {
    store: Store,
    options: Options,
    board: Arc<Board>,
    /// Back to this thread, from what it has asked aside. It does not keep the thread alive.
    orders: mpsc::WeakUnboundedSender<Order>,
    plan: Plan,
    paired: Option<Paired>,
    /// A code that was used, and a person who has not agreed yet.
    pending: Option<Pending>,
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
    async fn run(mut self, mut inbox: mpsc::UnboundedReceiver<Order>) {
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
                Some(Paired { position: (!link.rewound).then_some(link.position), link, client })
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
                // What is sent before the server's records are here would be judged by what it knew before.
                Some(Paired { position: None, .. }) if came == Came::Begun => self.plan.next(Came::Lost, 0.0),
                Some(_) => self.plan.next(came, rand::random()),
            };
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
                            Next::Pause(Pause { asked_for: false, .. }) => until = Some(begun + BREATH),
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
                () = slept(&self.options) => return Ok(Came::Woken),
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
                    let filed = self.store.set_aside(change.id, problem).await;
                    self.tell_soon();
                    // What was put on it is shown without it.
                    self.board.arrived(Arrived { changes: 1, notices: vec![] });
                    self.filed(filed, Came::Settled).await
                }
                OfChange::Rewound { last_sequence } => {
                    self.answered().await?;
                    let filed = self.store.rewound(last_sequence).await;
                    self.filed(filed, Came::Lost).await
                }
                OfChange::Lost => {
                    self.answered().await?;
                    Ok(Came::Lost)
                }
                OfChange::Not => self.failed("send", &trouble).await,
            },
            Stepped::Polled(Ok(Polled { page, new_token })) => {
                self.answered().await?;
                if let Some(token) = new_token {
                    self.renew(token).await;
                }
                let (position, more) = (page.position, page.more);
                match self.store.apply_page(page, self.now()).await {
                    Ok(arrived) => {
                        self.moved_to(position, more, arrived);
                        Ok(Came::Page { more })
                    }
                    Err(error) => self.not_filed(error).await,
                }
            }
            Stepped::Polled(Err(trouble)) => match verdict::of_poll(&trouble) {
                OfPoll::Lost => {
                    self.answered().await?;
                    Ok(Came::Lost)
                }
                OfPoll::Not => self.failed("poll", &trouble).await,
            },
            Stepped::Copied(Ok(snapshot)) => {
                self.answered().await?;
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
                aside(async move { drop(answer.send(tls::look(&address).await)) });
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
                let paired = self.take_up(begun, &request).await;
                let changed = paired.is_ok();
                if changed {
                    let _begun = self.begin().await?;
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

    /// Shows the code to the server, aside: everything else goes on.
    fn pair(&mut self, request: PairRequest, answer: oneshot::Sender<Result<(), PairFault>>) {
        if self.is_at_home() {
            return drop(answer.send(Err(PairFault::PairedAlready)));
        }
        let pending = self.pending.take_if(|pending| pending.is_of(&request));
        self.give_up_pending();
        let (orders, device_name) = (self.orders.clone(), self.options.device_name.clone());
        aside(async move {
            let begun = pair::begin(&request, pending, device_name).await;
            // When the thread has ended, nobody waits any more.
            let _ended = orders.upgrade().map(|orders| orders.send(Order::CodeTaken { begun, request, answer }));
        });
    }

    /// The server may still know this PC. Otherwise it may be paired again.
    fn is_at_home(&self) -> bool {
        let revoked = self.board.status().connection == Connection::Revoked;
        self.paired.as_ref().is_some_and(|paired| !matches!(paired.client, Err(NotAsked::NoToken)) && !revoked)
    }

    /// Keeps the token, and puts the server in the file. What does not succeed may be asked again.
    async fn take_up(
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
            self.pending = Some(pending);
            return Err(PairFault::HasRecords { clinic });
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
    fn give_up_pending(&mut self) {
        if let Some(pending) = self.pending.take() {
            aside(async move {
                // A PC that stays in the list can be removed there.
                let _removed = timeout(FAREWELL, pending.client().revoke(pending.device())).await;
            });
        }
    }

    async fn unpair(&mut self, answer: oneshot::Sender<Result<(), Fault>>) -> Result<Carried, End> {
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
            if let Ok(client) = client {
                // What the server is not told, somebody can do there.
                let _removed = timeout(FAREWELL, client.revoke(link.device)).await;
            }
            drop(answer.send(Ok(())));
        });
        Ok(Carried::Changed)
    }

    /// The server has given another token. The one before holds until this one is used.
    async fn renew(&mut self, token: Token) {
        let Some(Paired { link, client: Ok(client), .. }) = &mut self.paired else { return };
        if self.options.vault.keep_in(link.token_kept, link.device, token.clone()).await.is_ok() {
            *client = client.with_token(token);
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

    /// The server answered, whatever it said.
    async fn answered(&mut self) -> Result<(), End> {
        let (now, before) = (self.now(), self.board.status().connection);
        self.board.change(|status| {
            status.connection = Connection::Online;
            status.last_contact = Some(now);
        });
        if before == Connection::Online {
            return Ok(());
        }
        self.write_down("connected", "").await
    }

    /// The server did not do what it was asked.
    async fn failed(&mut self, call: &str, trouble: &Trouble) -> Result<Came, End> {
        let cause = match verdict::of_any(trouble) {
            OfAny::Later(cause) => cause,
            OfAny::Revoked => return self.ended(Connection::Revoked, "revoked").await,
            OfAny::TooOld => return self.ended(Connection::TooOld, "client_too_old").await,
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

    async fn offline(&mut self, cause: Cause, detail: &str) -> Result<(), End> {
        let now = self.now();
        let before = self.board.status().connection;
        let since = if let Connection::Offline { since, .. } = before { since } else { now };
        self.board.change(|status| status.connection = Connection::Offline { since, cause });
        if !matches!(before, Connection::Offline { cause: told, .. } if told == cause) {
            self.write_down(cause.code(), detail).await?;
        }
        self.count().await
    }

    /// In the list of contacts, which may be shown.
    async fn write_down(&self, what: &str, detail: &str) -> Result<(), End> {
        match self.store.contact(self.now(), what, detail).await {
            Err(SaveError::Closed) => Err(End::Gone),
            // The list is not worth stopping for: what cannot be written is told by the next save.
            _ => Ok(()),
        }
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

    async fn filed(&mut self, filed: Result<(), SaveError>, came: Came) -> Result<Came, End> {
        match filed {
            Ok(()) => Ok(came),
            Err(error) => self.not_filed(error).await,
        }
    }

    /// What came could not be put into the file.
    async fn not_filed(&mut self, error: SaveError) -> Result<Came, End> {
        if matches!(error, SaveError::Closed) {
            return Err(End::Gone);
        }
        self.offline(Cause::File, &error.to_string()).await?;
        Ok(Came::Failed { retry_after: None })
    }

    fn tell_soon(&mut self) {
        let _set = self.to_tell.get_or_insert_with(|| Instant::now() + TELL_EVERY);
    }

    /// How much waits, as the file has it.
    async fn count(&mut self) -> Result<(), End> {
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
    let token = vault.token(link.device, link.token_kept).await.ok_or(NotAsked::NoToken)?;
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

/// When the PC has slept: its clock has gone on, and this thread has not.
async fn slept(options: &Options) {
    loop {
        let before = (options.clock)();
        sleep(LOOK_AT_CLOCK).await;
        if (options.clock)() - before > SLEPT {
            return;
        }
    }
}
