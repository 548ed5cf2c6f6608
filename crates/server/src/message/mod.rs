//! What patients are sent: one-time codes and confirmations, by e-mail or text message.
//!
//! A letter is written in the transaction that writes what it tells of, so that neither is without
//! the other; a task sends it afterwards, a few times and each time later, until it is taken or of no
//! use. When an answer is lost it may have arrived: a code is then not sent again, and a confirmation
//! once. It names no treatment.

mod delivery;
mod email;
mod folder;
mod recipient;
mod sms;
mod words;

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use chrono::{DateTime, Utc};
use thiserror::Error;
use tokio::sync::Notify;

use crate::config::Messages;
use crate::own_files::make_folder;
use email::Mailer;
use sms::Texter;

pub use delivery::deliver;
pub use recipient::{Contact, NoContact, best};
pub use words::{Happened, code_letter, letter_of};

/// The files of demo mode have people's numbers in them.
const FILES_LAST: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// By which way something is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    Email,
    Sms,
}

impl Channel {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
        }
    }
}

/// What is sent to one patient.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    pub channel: Channel,
    pub recipient: String,
    /// Text messages have none.
    pub subject: String,
    pub body: String,
    /// Of no use afterwards.
    pub expires_at: DateTime<Utc>,
    /// So often it may arrive, where answers get lost on their way.
    pub may_arrive: u32,
}

/// Neither to whom nor what.
impl std::fmt::Debug for Letter {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Letter").field("channel", &self.channel).finish_non_exhaustive()
    }
}

/// Where letters go.
pub struct Post {
    folder: Option<PathBuf>,
    email: Option<Mailer>,
    sms: Option<Texter>,
    countries: Vec<String>,
    /// There is something to send, by e-mail or by text message.
    written: [Notify; 2],
}

/// Why letters cannot be sent as it is configured.
#[derive(Debug, Error)]
pub enum CannotSend {
    #[error("messages.email.from is no address")]
    Sender,
    #[error("messages.email.host cannot be used as a mail server: {detail}")]
    MailServer { detail: String },
    #[error("messages.email.security: mail goes in the clear to this machine only")]
    MailInTheClear,
    #[error("messages.email: user and password_file belong together")]
    HalfALogin,
    #[error("messages.sms.url is no address of http or https")]
    Url,
    #[error("messages.sms: text messages go in the clear to this machine only")]
    SmsInTheClear,
    #[error("messages.sms.{0} is nothing that HTTP knows")]
    Http(String),
    /// The service would never learn it.
    #[error("messages.sms: {0} stands neither in url nor in body")]
    Incomplete(&'static str),
    #[error("messages.sms.body is no JSON")]
    NotJson,
    #[error("messages.sms.countries: {0} is not a country code")]
    Country(String),
    #[error("{file}: {error}")]
    Secret { file: PathBuf, error: io::Error },
    #[error("{folder}: {error}")]
    Folder { folder: PathBuf, error: io::Error },
}

/// Why a letter was not sent.
#[derive(Clone, Debug, PartialEq, Eq)]
enum NotSent {
    /// It may go better later. What went wrong, without anybody's address.
    Later(String),
    /// It was handed over, and the answer was lost: it may arrive.
    Perhaps(String),
    /// The same would happen again.
    Never(String),
}

/// Whether messages could be sent: all that sends them is made, and nothing is sent.
pub fn check(messages: &Messages) -> Result<(), CannotSend> {
    senders(messages).map(drop)
}

fn senders(messages: &Messages) -> Result<(Option<Mailer>, Option<Texter>), CannotSend> {
    let Messages { folder: _, email, sms } = messages;
    Ok((email.as_ref().map(Mailer::new).transpose()?, sms.as_ref().map(Texter::new).transpose()?))
}

impl Post {
    pub fn new(messages: &Messages) -> Result<Self, CannotSend> {
        let (mailer, texter) = senders(messages)?;
        let Messages { folder, email: _, sms } = messages;
        if let Some(folder) = folder {
            make_folder(folder).map_err(|error| CannotSend::Folder { folder: folder.clone(), error })?;
        }
        Ok(Self {
            folder: folder.clone(),
            email: mailer,
            sms: texter,
            countries: sms.as_ref().map_or_else(crate::config::danish_numbers, |sms| sms.countries.clone()),
            written: [Notify::new(), Notify::new()],
        })
    }

    /// Whether letters of a kind go anywhere.
    pub fn has(&self, channel: Channel) -> bool {
        let own = match channel {
            Channel::Email => self.email.is_some(),
            Channel::Sms => self.sms.is_some(),
        };
        own || self.folder.is_some()
    }

    /// Whether a letter can be sent there: text messages go to some countries only.
    pub fn reaches(&self, contact: &Contact) -> bool {
        let country = match contact {
            Contact::Email(_) => true,
            Contact::Phone(number) => self.countries.iter().any(|country| number.starts_with(country.as_str())),
        };
        self.has(contact.channel()) && country
    }

    /// Forgets the files of demo mode that nobody reads any more.
    pub async fn forget_old_files(&self) -> io::Result<()> {
        let Some(folder) = self.folder.clone() else { return Ok(()) };
        let forgotten = tokio::task::spawn_blocking(move || folder::forget(&folder, FILES_LAST)).await;
        forgotten.unwrap_or_else(|stopped| Err(io::Error::other(stopped)))
    }

    /// Something was written, and the transaction committed.
    pub fn written(&self) {
        self.written.iter().for_each(Notify::notify_one);
    }

    fn written_by(&self, channel: Channel) -> &Notify {
        let [email, sms] = &self.written;
        match channel {
            Channel::Email => email,
            Channel::Sms => sms,
        }
    }

    async fn send(&self, number: i64, letter: &Letter) -> Result<(), NotSent> {
        match (letter.channel, &self.email, &self.sms, &self.folder) {
            (Channel::Email, Some(mailer), ..) => mailer.send(letter).await,
            (Channel::Sms, _, Some(texter), _) => texter.send(letter).await,
            (.., Some(folder)) => folder::put(folder, number, letter).await,
            _ => Err(NotSent::Never("nothing is configured to send it".to_owned())),
        }
    }
}
