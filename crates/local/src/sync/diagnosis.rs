//! The test of the connection: one question after the other, so that the first that fails names the cause.

use chrono::TimeDelta;

use super::address::NotAnAddress;
use super::tls::CertificateFault;

/// What is tested, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// The address can be read.
    Address,
    /// Its name is known.
    Name,
    /// Somebody answers there.
    Reach,
    /// They show a certificate that is trusted here.
    Certificate,
    /// It is a booking server, and not the page of a guest network.
    Server,
    /// It and this program understand each other.
    Version,
    /// The clocks agree.
    Clock,
    /// It knows this PC.
    Pairing,
}

impl Step {
    pub const ALL: [Self; 8] = [
        Self::Address,
        Self::Name,
        Self::Reach,
        Self::Certificate,
        Self::Server,
        Self::Version,
        Self::Clock,
        Self::Pairing,
    ];
}

/// How a step went. Each step is told once, in the order of [`Step::ALL`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tested {
    pub step: Step,
    pub outcome: Outcome,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Good,
    /// The system sends everything through a proxy, which did it.
    ThroughProxy,
    /// There is nothing to test: no certificate on this very machine, no pairing yet.
    NotNeeded,
    /// It works, and somebody should look.
    Warning(Warning),
    Failed(Failure),
    /// An earlier step failed.
    NotTried,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// This PC's clock is so much before the server's, or behind it where negative.
    ClockDiffers { by: TimeDelta },
    /// The server's clock was set by hand, for a demonstration.
    FixedClock,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    Address(NotAnAddress),
    /// This PC has no server, and no address was typed.
    NoAddress,
    /// Nobody knows the name: it is misspelt, or the network is down.
    UnknownName,
    /// The machine is there, and nothing listens: the server is not running, or the port is wrong.
    Refused,
    /// Nobody answers: the network is down, the machine is off, or a firewall is between.
    Unreachable,
    Certificate {
        fault: CertificateFault,
        /// Of the authority that is shown, where one is.
        shown: Option<String>,
        /// Of the one that this PC has kept.
        kept: Option<String>,
    },
    /// It sends on to another address, as a guest network does before one has signed in.
    Redirect,
    /// A page for people answers, as that of a guest network.
    Page,
    /// Something answers that is no booking server.
    NotTheServer,
    /// It took too long.
    Slow,
    /// The server has a fault of its own.
    ServerFault,
    /// The server serves only newer programs than this one.
    ProgramTooOld,
    /// The server is older than this program can speak with.
    ServerTooOld {
        version: String,
    },
    /// The token could not be read from where it is kept.
    NoToken,
    /// The server knows this PC no more.
    Revoked,
}

/// The address in a form that is not paired yet, and the private authority that was agreed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    pub address: String,
    pub authority: Option<String>,
}

/// Clocks may differ by so much.
const CLOCKS_AGREE: TimeDelta = TimeDelta::minutes(2);

pub(super) async fn test(_typed: Option<Typed>, tell: tokio::sync::mpsc::UnboundedSender<Tested>) {
    for step in Step::ALL {
        let _gone = tell.send(Tested { step, outcome: Outcome::NotTried });
    }
}
