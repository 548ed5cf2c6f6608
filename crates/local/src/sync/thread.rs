//! The thread with its runtime: what it is asked, and what it does by itself.

use std::sync::Arc;
use std::thread;

use futures::future::BoxFuture;
use tokio::sync::{mpsc, oneshot};

use super::address::Address;
use super::board::Board;
use super::client::Client;
use super::diagnosis::{Tested, Typed};
use super::fault::{Fault, PairFault};
use super::pair::PairRequest;
use super::tls::{self, Looked};
use super::{Options, diagnosis};
use crate::Store;

/// What the thread is asked.
pub(super) enum Order {
    Wake,
    TryNow,
    Look { address: Address, answer: oneshot::Sender<Result<Looked, Fault>> },
    Pair { request: PairRequest, answer: oneshot::Sender<Result<(), PairFault>> },
    DoNotPair,
    Unpair { answer: oneshot::Sender<Result<(), Fault>> },
    Test { typed: Option<Typed>, tell: mpsc::UnboundedSender<Tested> },
    Call { work: Box<dyn FnOnce(Result<Client, Fault>) -> BoxFuture<'static, ()> + Send> },
    Stop { answer: oneshot::Sender<()> },
}

/// Starts the thread. Where the system has none to give, everything asked is answered `Stopped`.
pub(super) fn start(store: Store, options: Options, board: Arc<Board>, inbox: mpsc::UnboundedReceiver<Order>) {
    let work = move || {
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
        runtime.block_on(run(store, options, board, inbox));
        // A name that is being looked up would keep the program from ending.
        runtime.shutdown_background();
    };
    let _runs_on_its_own = thread::Builder::new().name("sync".to_owned()).spawn(work);
}

async fn run(_store: Store, _options: Options, _board: Arc<Board>, mut inbox: mpsc::UnboundedReceiver<Order>) {
    while let Some(order) = inbox.recv().await {
        match order {
            Order::Wake | Order::TryNow | Order::DoNotPair => {}
            Order::Look { address, answer } => {
                let _runs = tokio::spawn(async move { drop(answer.send(tls::look(&address).await)) });
            }
            Order::Pair { request: _, answer } => drop(answer.send(Err(Fault::NotPaired.into()))),
            Order::Unpair { answer } => drop(answer.send(Err(Fault::NotPaired))),
            Order::Test { typed, tell } => {
                let _runs = tokio::spawn(diagnosis::test(typed, tell));
            }
            Order::Call { work } => {
                let _runs = tokio::spawn(work(Err(Fault::NotPaired)));
            }
            Order::Stop { answer } => {
                let _nobody_waits = answer.send(());
                return;
            }
        }
    }
}
