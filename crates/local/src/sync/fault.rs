//! Why the server did not do what it was asked, by what a person can do about it.

use std::sync::Arc;
use std::time::Duration;

use aftalebog_booking::wire::Problem;
use thiserror::Error;

use super::address::NotAnAddress;
use super::status::Cause;
use crate::error::SaveError;
use crate::store::{ANOTHER_GIVES, NO_SUCH_CODE, NOT_KEPT, NOTHING_TO_GIVE, REFUSED, REVOKED, TOO_MANY_TRIES, TOO_OLD};

/// Why something was not asked, or not answered.
#[derive(Clone, Debug, Error)]
pub enum Fault {
    /// Type another address.
    #[error(transparent)]
    Address(#[from] NotAnAddress),
    /// Try again; the test of the connection says more.
    #[error("not reached: {}", .0.code())]
    NotReached(Cause),
    /// Pair this PC.
    #[error("this PC has no server")]
    NotPaired,
    /// Pair this PC again.
    #[error("the server knows this PC no more")]
    Revoked,
    /// Install a newer program.
    #[error("the server serves only newer programs")]
    TooOld,
    /// What to do is said by the problem.
    #[error("the server refused: {}", .0.code())]
    Refused(Box<Problem>),
    /// What the file says about it.
    #[error(transparent)]
    File(Arc<SaveError>),
    /// The thread has ended: the clinic is being closed.
    #[error("synchronising has been stopped")]
    Stopped,
}

impl Fault {
    /// As it stands in the list of contacts; `None`: no server was asked.
    pub(super) fn code(&self) -> Option<&'static str> {
        match self {
            Self::NotReached(cause) => Some(cause.code()),
            Self::File(_) => Some(Cause::File.code()),
            Self::Revoked => Some(REVOKED),
            Self::TooOld => Some(TOO_OLD),
            Self::Refused(_) => Some(REFUSED),
            Self::Address(_) | Self::NotPaired | Self::Stopped => None,
        }
    }
}

/// Why this PC was not paired. It is as it was.
#[derive(Clone, Debug, Error)]
pub enum PairFault {
    /// Type the code again, or fetch a new one.
    #[error("the code is not valid")]
    NoSuchCode,
    #[error("too many wrong codes")]
    TooManyTries { again_in: Duration },
    /// Ask the person: the clinic at the server has records, which take the place of this PC's own.
    #[error("the clinic has records")]
    HasRecords {
        /// The clinic's name at the server.
        clinic: String,
        /// So many changes of this PC wait, and are sent afterwards if they are that clinic's.
        waiting: usize,
    },
    /// Try again in a moment: another PC of the clinic is about to send its records, which are then offered to this one.
    #[error("another PC gives the clinic its records")]
    AnotherGives,
    /// The server has no records of the clinic, and this PC none that are worth giving: pair the PC that has them.
    /// The code is used up.
    #[error("neither the server nor this PC has the clinic's records")]
    NothingToGive,
    #[error("this PC is paired already")]
    PairedAlready,
    /// The token could not be kept: the system's vault does not take it.
    #[error("the token could not be kept")]
    NotKept,
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl PairFault {
    /// As it stands in the list of contacts; `None`: nothing has gone wrong.
    pub(super) fn code(&self) -> Option<&'static str> {
        match self {
            Self::NoSuchCode => Some(NO_SUCH_CODE),
            Self::TooManyTries { .. } => Some(TOO_MANY_TRIES),
            Self::AnotherGives => Some(ANOTHER_GIVES),
            Self::NothingToGive => Some(NOTHING_TO_GIVE),
            Self::NotKept => Some(NOT_KEPT),
            Self::Fault(fault) => fault.code(),
            Self::HasRecords { .. } | Self::PairedAlready => None,
        }
    }
}

/// Whether a server that is left knows of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Farewell {
    Told,
    /// Somebody removes this PC from the list on another one.
    NotTold,
}
