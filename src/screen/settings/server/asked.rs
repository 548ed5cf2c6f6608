//! What the dialog asks of the server, and of what this PC knows of it.

use std::sync::Arc;

use aftalebog_booking::wire::{DeviceInfo, PairingCode};
use aftalebog_local::sync::{Farewell, Fault, Looked, PairFault, PairRequest, Sync, Tested, Typed};
use aftalebog_local::{Contact, Store, StoreError};
use futures::StreamExt;
use iced::Task;
use uuid::Uuid;

/// So many contacts are shown.
const CONTACTS: u32 = 200;

/// Which question an answer belongs to: whoever has asked anew, or is gone, waits for another one.
#[derive(Clone, Debug, Default)]
pub struct Ticket(Arc<()>);

impl PartialEq for Ticket {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

#[derive(Clone, Debug)]
pub enum Asked {
    /// Who answers at an address.
    Look(String),
    Pair(PairRequest),
    /// What the server holds is not to take the place of this PC's records.
    DoNotPair,
    Unpair,
    /// Of the server this PC is paired with, or of what is typed.
    Test(Option<Typed>),
    Pcs,
    Remove(Uuid),
    NewCode,
    Contacts,
    /// What is waited for before the server is asked again is waited for no longer.
    TryNow,
}

#[derive(Clone, Debug)]
pub enum Answer {
    Looked(Result<Looked, Fault>),
    Paired(Result<(), PairFault>),
    Unpaired(Result<Farewell, Fault>),
    Tested(Tested),
    Pcs(Result<Vec<DeviceInfo>, Fault>),
    Removed(Result<(), Fault>),
    NewCode(Result<PairingCode, Fault>),
    Contacts(Result<Vec<Contact>, Arc<StoreError>>),
}

impl Answer {
    /// What this PC knows of its server is another thing now.
    pub fn turns_link(&self) -> bool {
        matches!(self, Self::Paired(Ok(())) | Self::Unpaired(Ok(_)))
    }
}

impl Asked {
    /// Asks it. Nothing that it takes is done by the window's thread.
    pub fn ask(self, sync: Sync, store: Store) -> Task<Answer> {
        match self {
            Self::Look(address) => Task::perform(async move { sync.look(&address).await }, Answer::Looked),
            Self::Pair(request) => Task::perform(async move { sync.pair(request).await }, Answer::Paired),
            Self::DoNotPair => {
                sync.do_not_pair();
                Task::none()
            }
            Self::TryNow => {
                sync.try_now();
                Task::none()
            }
            Self::Unpair => Task::perform(async move { sync.unpair().await }, Answer::Unpaired),
            Self::Test(typed) => Task::run(sync.test(typed).boxed(), Answer::Tested),
            Self::Pcs => Task::perform(async move { sync.devices().await }, Answer::Pcs),
            Self::Remove(pc) => Task::perform(async move { sync.revoke(pc).await }, Answer::Removed),
            Self::NewCode => Task::perform(async move { sync.new_code().await }, Answer::NewCode),
            Self::Contacts => {
                let reading = async move { store.contacts(CONTACTS).await.map_err(Arc::new) };
                Task::perform(reading, Answer::Contacts)
            }
        }
    }
}
