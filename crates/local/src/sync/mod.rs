//! The clinic PC and its booking server: what was saved here goes there, what others saved comes here.
//!
//! It runs on a thread of its own with a runtime of its own: nothing the network does delays a save
//! or a frame. The file is asked through the same [`Store`] as by everybody else.

mod address;
mod board;
mod client;
mod diagnosis;
mod engine;
mod fault;
mod pace;
mod pair;
mod plan;
mod status;
mod thread;
mod tls;
mod vault;
mod verdict;

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use aftalebog_booking::wire::{DeviceInfo, Hello, PairingCode};
use chrono::{DateTime, Utc};
use futures::Stream;
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use self::board::Board;
use self::client::Client;
use self::thread::Order;
use crate::Store;

pub use address::{Address, NotAnAddress};
pub use diagnosis::{Failure, Outcome, Step, Tested, Typed, Warning};
pub use fault::{Farewell, Fault, PairFault};
pub use pair::{PairRequest, Replace};
pub use status::{Arrived, Cause, Connection, Event, Notice, NoticeKind, Status};
pub use tls::{CertificateFault, Looked};
pub use vault::Vault;
pub use verdict::TOO_LARGE;

/// What the thread is given.
#[derive(Clone)]
pub struct Options {
    pub vault: Vault,
    /// The PC's clock. It is only shown: nothing that is decided depends on it.
    pub clock: Arc<dyn Fn() -> DateTime<Utc> + Send + std::marker::Sync>,
    /// This PC's name, as the clinic's other PCs are told it.
    pub device_name: String,
}

/// A handle to the thread that keeps a clinic's file and its booking server together. Cloning it is
/// cheap; when the last one is dropped, the thread ends.
#[derive(Clone)]
pub struct Sync {
    orders: mpsc::UnboundedSender<Order>,
    board: Arc<Board>,
}

impl Sync {
    /// Starts the thread. A PC without a server has nothing to do until it is paired.
    pub fn start(store: Store, options: Options) -> Self {
        let (orders, inbox) = mpsc::unbounded_channel();
        let board = Arc::new(Board::default());
        thread::start(store, options, board.clone(), orders.downgrade(), inbox);
        Self { orders, board }
    }

    /// How it stands with the server now.
    pub fn status(&self) -> Status {
        self.board.status()
    }

    /// What the window shows: the present status first, then whatever changes.
    pub fn events(&self) -> impl Stream<Item = Event> + Send + Unpin + use<> {
        self.board.events()
    }

    /// There may be something to send: something was saved, or the PC has woken up. It never waits
    /// for the network.
    pub fn wake(&self) {
        self.order(Order::Wake);
    }

    /// Somebody wants to know: what is waited for is waited for no longer.
    pub fn try_now(&self) {
        self.order(Order::TryNow);
    }

    /// Who answers at an address, before anything is told to it.
    pub async fn look(&self, address: &str) -> Result<Looked, Fault> {
        let address: Address = address.parse()?;
        self.ask(|answer| Order::Look { address, answer }).await?
    }

    /// Pairs this PC. A code is used once; when the answer is `HasRecords`, the same request with
    /// `Replace::Agreed` goes on with it, and [`Sync::do_not_pair`] gives it up.
    pub async fn pair(&self, request: PairRequest) -> Result<(), PairFault> {
        self.ask(|answer| Order::Pair { request, answer }).await?
    }

    /// The person does not want this PC's records to be replaced.
    pub fn do_not_pair(&self) {
        self.order(Order::DoNotPair);
    }

    /// Forgets the server, which is told if it can be reached. The records stay.
    pub async fn unpair(&self) -> Result<Farewell, Fault> {
        self.ask(|answer| Order::Unpair { answer }).await?
    }

    /// Tests the connection, step by step; of the server this PC is paired with, or of what is typed.
    pub fn test(&self, typed: Option<Typed>) -> impl Stream<Item = Tested> + Send + Unpin + use<> {
        let (tell, told) = mpsc::unbounded_channel();
        self.order(Order::Test { typed, tell });
        board::stream(told)
    }

    /// Which program the server is, and what it knows of newer ones for its PCs.
    pub async fn hello(&self) -> Result<Hello, Fault> {
        self.call(async |client| Ok(client.hello().await?)).await
    }

    /// The clinic's PCs, those that were removed as well.
    pub async fn devices(&self) -> Result<Vec<DeviceInfo>, Fault> {
        self.call(async |client| client.devices().await).await
    }

    /// Removes one of the clinic's PCs: its token is worth nothing from now on.
    pub async fn revoke(&self, device: Uuid) -> Result<(), Fault> {
        self.call(async move |client| client.revoke(device).await).await
    }

    /// A code that pairs another PC.
    pub async fn new_code(&self) -> Result<PairingCode, Fault> {
        self.call(async |client| client.new_code().await).await
    }

    /// Ends the thread, and returns when it has ended; what waits gets a moment to be sent.
    pub async fn stop(&self) {
        // An error means that it has ended already.
        let _ended = self.ask(|answer| Order::Stop { answer }).await;
    }

    /// Asks the server by the thread's own client.
    async fn call<T, F>(&self, work: impl FnOnce(Client) -> F + Send + 'static) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, Fault>> + Send + 'static,
    {
        self.ask(|answer| Order::Call {
            work: Box::new(move |client| {
                Box::pin(async move {
                    let answered = match client {
                        Ok(client) => work(client).await,
                        Err(fault) => Err(fault),
                    };
                    let _nobody_waits = answer.send(answered);
                })
            }),
        })
        .await?
    }

    async fn ask<T>(&self, order: impl FnOnce(oneshot::Sender<T>) -> Order) -> Result<T, Fault> {
        let (answer, answered) = oneshot::channel();
        self.order(order(answer));
        answered.await.map_err(|_| Fault::Stopped)
    }

    fn order(&self, order: Order) {
        // When the thread has ended, whoever asked is told by the answer that does not come.
        let _ended = self.orders.send(order);
    }
}

impl fmt::Debug for Sync {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Sync").field("status", &self.status()).finish_non_exhaustive()
    }
}

/// Which thread it is, so that a window listens to each once.
impl Hash for Sync {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Arc::as_ptr(&self.board).hash(state);
    }
}
