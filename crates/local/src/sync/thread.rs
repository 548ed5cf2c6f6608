//! The thread and its runtime, and what it is asked.

use std::sync::Arc;
use std::thread;

use futures::future::BoxFuture;
use tokio::sync::{mpsc, oneshot};

use super::Options;
use super::address::Address;
use super::board::Board;
use super::client::Client;
use super::diagnosis::{Tested, Typed};
use super::engine::Engine;
use super::fault::{Farewell, Fault, PairFault};
use super::pair::{PairRequest, Pending};
use super::tls::Looked;
use crate::Store;

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
        begun: Box<Result<Pending, (Option<Pending>, PairFault)>>,
        request: PairRequest,
        answer: oneshot::Sender<Result<(), PairFault>>,
    },
    DoNotPair,
    Unpair {
        answer: oneshot::Sender<Result<Farewell, Fault>>,
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
        let engine = Engine::new(store, options, board, orders);
        runtime.block_on(engine.run(inbox));
        // A name that is being looked up would keep the program from ending.
        runtime.shutdown_background();
    };
    let _runs_on_its_own = thread::Builder::new().name("sync".to_owned()).spawn(work);
}
