//! The test of the connection: one question after the other, so that the first that fails names the cause.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use aftalebog_booking::wire::{Hello, OLDEST_PROTOCOL, PROTOCOL};
use chrono::{DateTime, TimeDelta, Utc};
use tokio::net::{TcpStream, lookup_host};
use tokio::sync::mpsc;
use tokio::time::timeout;

use super::address::{Address, NotAnAddress};
use super::client::{Client, Stranger, Token, Trouble, What};
use super::fault::Fault;
use super::tls::{self, CertificateFault};

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

/// How long a name is looked up, and somebody is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// What is tested.
pub(super) struct Subject {
    pub server: Result<Server, Failure>,
    pub pairing: Pairing,
    /// This PC's clock.
    pub now: Box<dyn Fn() -> DateTime<Utc> + Send + Sync>,
}

pub(super) struct Server {
    pub address: Address,
    pub authority: Option<String>,
}

/// What is known of the pairing before anybody is asked.
pub(super) enum Pairing {
    None,
    /// The token is not where it was kept.
    NoToken,
    Token(Token),
}

/// Tests step by step. Nothing is asked any more when nobody listens.
pub(super) async fn test(subject: Subject, tell: mpsc::UnboundedSender<Tested>) {
    let mut report = Report { told: 0, tell };
    if let Err(Failed(failure)) = steps(subject, &mut report).await {
        report.tell(Outcome::Failed(failure));
    }
    while report.told < Step::ALL.len() {
        report.tell(Outcome::NotTried);
    }
}

struct Report {
    told: usize,
    tell: mpsc::UnboundedSender<Tested>,
}

impl Report {
    /// The outcome of the next step.
    fn tell(&mut self, outcome: Outcome) {
        if let Some(step) = Step::ALL.get(self.told) {
            // Whoever has left does not need to know.
            let _left = self.tell.send(Tested { step: *step, outcome });
        }
        self.told += 1;
    }
}

/// The step at hand failed; those after it are not tried.
struct Failed(Failure);

async fn steps(subject: Subject, report: &mut Report) -> Result<(), Failed> {
    let Subject { server, pairing, now } = subject;
    let Server { address, authority } = server.map_err(Failed)?;
    report.tell(Outcome::Good);
    let client = Client::new(address.clone(), authority.as_deref());
    let hello = match reach(&address, report).await {
        Ok(()) => hello(client.as_ref()).await,
        // The way may lead through a proxy, which looks names up by itself.
        Err(failure) => match hello(client.as_ref()).await {
            Ok(hello) if address.is_encrypted() => {
                while report.told <= Step::Reach as usize {
                    report.tell(Outcome::ThroughProxy);
                }
                Ok(hello)
            }
            _ => return Err(Failed(failure)),
        },
    };
    report.tell(certificate(&address, authority.as_deref(), &hello).await?);
    let hello = hello.map_err(|trouble| Failed(failure(&trouble)))?;
    report.tell(Outcome::Good);
    if hello.oldest_protocol > PROTOCOL {
        return Err(Failed(Failure::ProgramTooOld));
    }
    if hello.protocol < OLDEST_PROTOCOL {
        return Err(Failed(Failure::ServerTooOld { version: hello.version }));
    }
    report.tell(Outcome::Good);
    report.tell(clock(&hello, now()));
    report.tell(match pairing {
        Pairing::None => Outcome::NotNeeded,
        Pairing::NoToken => return Err(Failed(Failure::NoToken)),
        Pairing::Token(token) => {
            let client = client.map_err(|trouble| Failed(failure(&trouble)))?;
            match client.with_token(token).devices().await {
                Ok(_) => Outcome::Good,
                Err(Fault::Revoked) => return Err(Failed(Failure::Revoked)),
                Err(Fault::TooOld) => return Err(Failed(Failure::ProgramTooOld)),
                Err(_) => return Err(Failed(Failure::ServerFault)),
            }
        }
    });
    Ok(())
}

async fn hello(client: Result<&Client, &Trouble>) -> Result<Hello, Trouble> {
    match client {
        Ok(client) => client.hello().await,
        Err(_) => Err(What::Certificate(CertificateFault::Unreadable).into()),
    }
}

/// The name is known, and somebody answers there.
async fn reach(address: &Address, report: &mut Report) -> Result<(), Failure> {
    let found = timeout(PATIENCE, lookup_host((address.host_to_look_up(), address.port()))).await;
    let found: Vec<SocketAddr> = match found {
        Ok(Ok(found)) => found.collect(),
        Ok(Err(_)) | Err(_) => vec![],
    };
    if found.is_empty() {
        return Err(Failure::UnknownName);
    }
    report.tell(Outcome::Good);
    let mut failure = Failure::Unreachable;
    for one in found {
        match timeout(PATIENCE, TcpStream::connect(one)).await {
            Ok(Ok(_)) => {
                report.tell(Outcome::Good);
                return Ok(());
            }
            Ok(Err(error)) if error.kind() == io::ErrorKind::ConnectionRefused => failure = Failure::Refused,
            Ok(Err(_)) | Err(_) => {}
        }
    }
    Err(failure)
}

/// What the first call says about the certificate, and which one it was.
async fn certificate(
    address: &Address,
    authority: Option<&str>,
    hello: &Result<Hello, Trouble>,
) -> Result<Outcome, Failed> {
    if !address.is_encrypted() {
        return Ok(Outcome::NotNeeded);
    }
    match hello {
        Err(Trouble { what: What::Certificate(fault), .. }) => {
            let shown = tls::shown(address).await.ok().and_then(|shown| shown.fingerprint());
            let kept = authority.and_then(tls::fingerprint_of_pem);
            Err(Failed(Failure::Certificate { fault: *fault, shown, kept }))
        }
        // Somebody takes the call and does not say who they are.
        Err(Trouble { what: What::Unreachable | What::NotListening, .. }) => Err(Failed(Failure::NotTheServer)),
        _ => Ok(Outcome::Good),
    }
}

fn clock(hello: &Hello, now: DateTime<Utc>) -> Outcome {
    let by = now - hello.server_time;
    if hello.fixed_clock {
        Outcome::Warning(Warning::FixedClock)
    } else if by.abs() > CLOCKS_AGREE {
        Outcome::Warning(Warning::ClockDiffers { by })
    } else {
        Outcome::Good
    }
}

fn failure(trouble: &Trouble) -> Failure {
    match &trouble.what {
        What::Name => Failure::UnknownName,
        What::NotListening => Failure::Refused,
        What::Unreachable => Failure::Unreachable,
        What::Slow => Failure::Slow,
        What::Certificate(fault) => Failure::Certificate { fault: *fault, shown: None, kept: None },
        What::NotTheServer(Stranger::Redirect) => Failure::Redirect,
        What::NotTheServer(Stranger::Page) => Failure::Page,
        What::NotTheServer(Stranger::Other) | What::Misunderstood | What::TooLarge => Failure::NotTheServer,
        What::ServerFault => Failure::ServerFault,
        What::Refused(problem) => match problem.code() {
            "client_too_old" => Failure::ProgramTooOld,
            _ => Failure::ServerFault,
        },
    }
}
