//! The clinic PC without a window: its file, the history of its saves, and its backups.
//!
//! One thread owns an open file ([`Store`]); everyone else asks it and awaits the answer. There is
//! no clock here: `now` is an argument.

pub mod backup;
mod danish;
mod error;
pub mod exchange;
pub mod folder;
mod open;
mod store;
pub mod sync;

pub use aftalebog_sqlite::owner::aside;
pub use aftalebog_sqlite::place::is_same;
pub use error::{CopyError, Damage, OpenError, Refusal, SaveError, StoreError};
pub use open::Present;
pub use store::{
    ANOTHER_GIVES, Access, AppointmentCard, Booked, CONNECTED, CONTACTS_KEPT, Contact, Content, Decision, Dependents,
    Entered, FirstSync, FoundPatient, Grounds, Import, Likely, Link, Met, NO_SUCH_CODE, NOT_KEPT, NOT_PAIRED,
    NOTHING_TO_GIVE, NewLink, NewerProgram, OpenNeed, OutboxCounts, Overview, REFUSED, REVOKED, SavedChange,
    SavedWrite, SetAside, State, Store, Subject, TOO_MANY_TRIES, TOO_OLD, ThisPc, TokenKept, Unseen, Visit,
    WaitingPatient, WhenPaired,
};
