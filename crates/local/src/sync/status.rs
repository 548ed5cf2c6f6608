//! What the window is told: how it stands with the server, and what has come from it.

use aftalebog_booking::Id;
use aftalebog_booking::record::{Appointment, Patient};
use chrono::{DateTime, Utc};

/// Something that the window shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    Status(Status),
    /// The file has changes of others: what is shown is to be read anew.
    Arrived(Arrived),
}

/// How it stands with the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    pub connection: Connection,
    /// When the server last answered.
    pub last_contact: Option<DateTime<Utc>>,
    /// The server has said that it has nothing more than what is here.
    pub up_to_date: bool,
    /// Saves of this PC that the server does not have yet.
    pub waiting: usize,
    /// Saves that are set aside until somebody decides: conflicts, and what was refused.
    pub conflicts: usize,
    pub refused: usize,
    /// When a server that was not reached is asked again by itself; `None`: it is not waited for.
    pub next_try: Option<DateTime<Utc>>,
}

impl Status {
    /// Nobody has spoken with a server.
    pub const NOT_PAIRED: Self = Self {
        connection: Connection::NotPaired,
        last_contact: None,
        up_to_date: false,
        waiting: 0,
        conflicts: 0,
        refused: 0,
        next_try: None,
    };
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Connection {
    /// This PC has no server.
    NotPaired,
    /// Nothing has been answered yet since the program was started.
    Connecting,
    Online,
    Offline {
        since: DateTime<Utc>,
        cause: Cause,
    },
    /// The server knows this PC no more: it is to be paired again.
    Revoked,
    /// The server serves only newer programs.
    TooOld,
}

/// Why the server was not reached. Its names are those in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// The name of the server is not known.
    Name,
    /// The machine is there, and nothing listens: the server is not running, or the port is wrong.
    NotListening,
    /// Nobody answers there.
    Unreachable,
    /// It took too long.
    Slow,
    /// Its certificate is not trusted, is of another name, or has run out.
    Certificate,
    /// What answers does not encrypt.
    NotEncrypted,
    /// Something else answers in its place, such as the page of a guest network.
    NotTheServer,
    /// The token of this PC could not be read from where it is kept.
    Token,
    /// The server has a fault of its own.
    ServerFault,
    /// It answers in a way that this program does not understand.
    Misunderstood,
    /// What has come could not be written to the file.
    File,
}

impl Cause {
    pub const ALL: [Self; 11] = [
        Self::Name,
        Self::NotListening,
        Self::Unreachable,
        Self::Slow,
        Self::Certificate,
        Self::NotEncrypted,
        Self::NotTheServer,
        Self::Token,
        Self::ServerFault,
        Self::Misunderstood,
        Self::File,
    ];

    /// As it stands in the file and in the log.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::NotListening => "not_listening",
            Self::Unreachable => "unreachable",
            Self::Slow => "slow",
            Self::Certificate => "certificate",
            Self::NotEncrypted => "not_encrypted",
            Self::NotTheServer => "not_the_server",
            Self::Token => "token",
            Self::ServerFault => "server_fault",
            Self::Misunderstood => "misunderstood",
            Self::File => "file",
        }
    }
}

/// What has come from the server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrived {
    pub changes: usize,
    /// What patients did online, in the order in which it came.
    pub notices: Vec<Notice>,
}

/// Something that a patient did online.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub kind: NoticeKind,
    pub patient: Option<Id<Patient>>,
    /// None: somebody created themself.
    pub appointment: Option<Id<Appointment>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoticeKind {
    Booked,
    Moved,
    Cancelled,
    SelfRegistered,
}
