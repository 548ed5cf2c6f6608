//! How one-time codes and confirmations reach the patients.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;

/// How one-time codes and confirmations reach the patients.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Messages {
    /// Demo mode: each message becomes a file here, and none is sent.
    pub folder: Option<PathBuf>,
    pub email: Option<Smtp>,
    pub sms: Option<SmsGateway>,
}

impl Messages {
    /// Nothing says how to send anything: `serve` puts them into a folder, and says so.
    pub const fn is_empty(&self) -> bool {
        self.folder.is_none() && self.email.is_none() && self.sms.is_none()
    }
}

/// The mail server that takes the e-mails.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Smtp {
    pub host: String,
    /// The usual one of the `security` where it is missing.
    pub port: Option<u16>,
    #[serde(default)]
    pub security: SmtpSecurity,
    /// What patients see as the sender: an address, or `Name <address>`.
    pub from: String,
    pub user: Option<String>,
    /// The file that holds the password.
    pub password_file: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SmtpSecurity {
    /// Begins in the clear, and goes on only encrypted.
    #[default]
    Starttls,
    Tls,
    /// Only to this machine.
    None,
}

/// A service that sends text messages, asked by HTTP.
///
/// In `url` and `body`, `{recipient}` stands for the number with its country (`+45…`) and `{text}` for
/// the message, each written as the place needs it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmsGateway {
    #[serde(default = "post")]
    pub method: String,
    pub url: String,
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// Headers whose value is what a file holds.
    #[serde(default)]
    pub secret_headers: BTreeMap<String, PathBuf>,
    #[serde(default)]
    pub body: String,
    #[serde(default)]
    pub body_format: BodyFormat,
    /// Only numbers that begin with one of these get messages: a message to another country is dear.
    #[serde(default = "danish_numbers")]
    pub countries: Vec<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BodyFormat {
    #[default]
    Json,
    Form,
    Text,
}

fn post() -> String {
    "POST".to_owned()
}

/// Where nothing else is said.
pub fn danish_numbers() -> Vec<String> {
    vec!["+45".to_owned()]
}
