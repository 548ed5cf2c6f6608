//! E-mails, by the mail server of whoever runs this one.

use std::time::Duration;

use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use rustls::pki_types::ServerName;

use super::sms::is_this_machine;
use super::{CannotSend, Letter, NotSent};
use crate::config::{Smtp, SmtpSecurity};

/// A mail server answers within this, or is tried again later.
const PATIENCE: Duration = Duration::from_secs(30);

pub(super) struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mailer {
    pub(super) fn new(smtp: &Smtp) -> Result<Self, CannotSend> {
        let Smtp { host, port, security, from, user, password_file } = smtp;
        let from = from.parse().map_err(|_| CannotSend::Sender)?;
        let no_server = |detail: String| CannotSend::MailServer { detail };
        let _name = ServerName::try_from(host.as_str()).map_err(|error| no_server(error.to_string()))?;
        let parameters = || {
            let parameters = TlsParameters::new_rustls(host.clone());
            parameters.map_err(|error| no_server(error.to_string()))
        };
        let (tls, usual) = match security {
            SmtpSecurity::Starttls => (Tls::Required(parameters()?), 587),
            SmtpSecurity::Tls => (Tls::Wrapper(parameters()?), 465),
            SmtpSecurity::None if is_this_machine(host) => (Tls::None, 25),
            SmtpSecurity::None => return Err(CannotSend::MailInTheClear),
        };
        let mut transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host.as_str())
            .port(port.unwrap_or(usual))
            .tls(tls)
            .timeout(Some(PATIENCE));
        match (user, password_file) {
            (Some(user), Some(file)) => {
                let password = super::sms::secret(file)?;
                transport = transport.credentials(Credentials::new(user.clone(), password));
            }
            (None, None) => {}
            _ => return Err(CannotSend::HalfALogin),
        }
        Ok(Self { transport: transport.build(), from })
    }

    pub(super) async fn send(&self, letter: &Letter) -> Result<(), NotSent> {
        let never = |_| NotSent::Never("no e-mail can be made of it".to_owned());
        let to = letter.recipient.parse::<lettre::Address>().map_err(|_| NotSent::Never("no address".to_owned()))?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(letter.subject.clone())
            .message_id(Some(self.message_id(letter)))
            .header(ContentType::TEXT_PLAIN)
            .body(letter.body.clone())
            .map_err(never)?;
        match self.transport.send(message).await {
            Ok(_accepted) => Ok(()),
            // The server's own words may quote the address.
            Err(error) if error.is_permanent() => Err(NotSent::Never(what(&error))),
            Err(error) if error.is_response() || error.is_timeout() => Err(NotSent::Perhaps(what(&error))),
            Err(error) => Err(NotSent::Later(what(&error))),
        }
    }

    /// The same for the same letter, so that whoever is handed it twice can tell.
    fn message_id(&self, letter: &Letter) -> String {
        let Letter { recipient, body, expires_at, .. } = letter;
        let hash = blake3::hash(format!("{recipient}\n{}\n{body}", expires_at.timestamp()).as_bytes());
        format!("<{}@{}>", &hash.to_hex()[..32], self.from.email.domain())
    }
}

fn what(error: &lettre::transport::smtp::Error) -> String {
    match error.status() {
        Some(code) => format!("the mail server answers {code}"),
        None if error.is_timeout() => "the mail server does not answer in time".to_owned(),
        None if error.is_tls() => "the mail server's encryption fails".to_owned(),
        None => "the mail server is not reached".to_owned(),
    }
}
