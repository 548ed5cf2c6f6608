//! E-mails, by the mail server of whoever runs this one.

use std::time::Duration;

use lettre::Message;
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use rustls::pki_types::ServerName;
use tokio::time::timeout;

use super::sms::is_this_machine;
use super::{CannotSend, Letter, NotSent};
use crate::config::{Smtp, SmtpSecurity};

/// A mail server takes no longer until it is ready for a letter, and no longer to take one.
const PATIENCE: Duration = Duration::from_secs(30);

/// The letter has been taken by then.
const GOODBYE: Duration = Duration::from_secs(2);

pub(super) struct Mailer {
    host: String,
    port: u16,
    encryption: Encryption,
    credentials: Option<Credentials>,
    from: Mailbox,
    patience: Duration,
}

enum Encryption {
    FromTheBeginning(TlsParameters),
    Starttls(TlsParameters),
    /// To this machine only.
    None,
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
        let (encryption, usual) = match security {
            SmtpSecurity::Starttls => (Encryption::Starttls(parameters()?), 587),
            SmtpSecurity::Tls => (Encryption::FromTheBeginning(parameters()?), 465),
            SmtpSecurity::None if is_this_machine(host) => (Encryption::None, 25),
            SmtpSecurity::None => return Err(CannotSend::MailInTheClear),
        };
        let credentials = match (user, password_file) {
            (Some(user), Some(file)) => Some(Credentials::new(user.clone(), super::sms::secret(file)?)),
            (None, None) => None,
            _ => return Err(CannotSend::HalfALogin),
        };
        let port = port.unwrap_or(usual);
        Ok(Self { host: host.clone(), port, encryption, credentials, from, patience: PATIENCE })
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
        // Until it is there, nothing has been handed over.
        let mut connection = match timeout(self.patience, self.connection()).await {
            Ok(Ok(connection)) => connection,
            Ok(Err(error)) if error.is_permanent() => return Err(NotSent::Never(what(&error))),
            Ok(Err(error)) => return Err(NotSent::Later(what(&error))),
            Err(_elapsed) => return Err(NotSent::Later(SILENT.to_owned())),
        };
        match timeout(self.patience, connection.send(message.envelope(), &message.formatted())).await {
            Ok(Ok(_accepted)) => {
                // Whatever comes of it: the letter has been taken.
                let _said = timeout(GOODBYE, connection.quit()).await;
                Ok(())
            }
            // The server's own words may quote the address.
            Ok(Err(error)) if error.is_permanent() => Err(NotSent::Never(what(&error))),
            Ok(Err(error)) if error.is_transient() || error.is_client() => Err(NotSent::Later(what(&error))),
            Ok(Err(error)) => Err(NotSent::Perhaps(what(&error))),
            Err(_elapsed) => Err(NotSent::Perhaps(SILENT.to_owned())),
        }
    }

    /// A server that waits for a letter. Nothing in here looks at a clock once it is connected.
    async fn connection(&self) -> Result<AsyncSmtpConnection, lettre::transport::smtp::Error> {
        let (server, hello) = ((self.host.as_str(), self.port), ClientId::default());
        let at_once = match &self.encryption {
            Encryption::FromTheBeginning(parameters) => Some(parameters.clone()),
            Encryption::Starttls(_) | Encryption::None => None,
        };
        let connected = AsyncSmtpConnection::connect_tokio1(server, Some(self.patience), &hello, at_once, None);
        let mut connection = connected.await?;
        if let Encryption::Starttls(parameters) = &self.encryption {
            // It is an error where the server knows of none.
            connection.starttls(parameters.clone(), &hello).await?;
        }
        if let Some(credentials) = &self.credentials {
            let _welcome = connection.auth(DEFAULT_MECHANISMS, credentials).await?;
        }
        Ok(connection)
    }

    /// The same for the same letter, so that whoever is handed it twice can tell.
    fn message_id(&self, letter: &Letter) -> String {
        let Letter { recipient, body, expires_at, .. } = letter;
        let hash = blake3::hash(format!("{recipient}\n{}\n{body}", expires_at.timestamp()).as_bytes());
        format!("<{}@{}>", &hash.to_hex()[..32], self.from.email.domain())
    }
}

const SILENT: &str = "the mail server does not answer in time";

fn what(error: &lettre::transport::smtp::Error) -> String {
    match error.status() {
        Some(code) => format!("the mail server answers {code}"),
        None if error.is_timeout() => SILENT.to_owned(),
        None if error.is_tls() => "the mail server's encryption fails".to_owned(),
        None if error.is_client() => "the mail server cannot take it".to_owned(),
        None => "the mail server is not reached, or hangs up".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
    use tokio::net::{TcpListener, TcpStream};

    use super::*;
    use crate::message::Channel;

    /// How far a mail server comes, and what it does then.
    #[derive(Clone, Copy, Debug)]
    enum Until {
        /// It says nothing at all.
        Connected,
        /// It takes the whole letter, and does not say so.
        Taken { hangs_up: bool },
        /// It says so, and nothing more.
        Said,
    }

    async fn serve(stream: TcpStream, until: Until) -> Option<()> {
        let mut stream = BufReader::new(stream);
        let silent = || futures::future::pending::<Option<()>>();
        if matches!(until, Until::Connected) {
            return silent().await;
        }
        stream.write_all(b"220 mail.example ESMTP\r\n").await.ok()?;
        loop {
            let mut line = String::new();
            let _read = stream.read_line(&mut line).await.ok().filter(|read| *read > 0)?;
            let answer = match (line.trim_end(), until) {
                ("DATA", _) => "354 go on",
                (".", Until::Taken { hangs_up: true }) => return None,
                (".", Until::Taken { hangs_up: false }) | ("QUIT", _) => return silent().await,
                (said, _) if said == "." || ["EHLO", "MAIL", "RCPT"].iter().any(|it| said.starts_with(it)) => "250 ok",
                _ => continue,
            };
            stream.write_all(format!("{answer}\r\n").as_bytes()).await.ok()?;
        }
    }

    async fn sent(until: Option<Until>) -> Result<(), NotSent> {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("its number").port();
        let serving = until
            .map(|until| tokio::spawn(async move { serve(listener.accept().await.expect("somebody").0, until).await }));
        let mailer = Mailer {
            host: "127.0.0.1".to_owned(),
            port,
            encryption: Encryption::None,
            credentials: None,
            from: "tider@moellesoeen.example".parse().expect("an address"),
            patience: Duration::from_secs(if matches!(until, Some(Until::Said)) { 30 } else { 1 }),
        };
        let letter = Letter {
            channel: Channel::Email,
            recipient: "ida@patient.example".to_owned(),
            subject: "Tid".to_owned(),
            body: "Du har en tid.".to_owned(),
            expires_at: chrono::DateTime::UNIX_EPOCH,
            may_arrive: 2,
        };
        let sent = timeout(Duration::from_secs(60), mailer.send(&letter)).await.expect("it is not waited for for ever");
        if let Some(serving) = serving {
            serving.abort();
        }
        sent
    }

    #[tokio::test]
    async fn a_letter_whose_answer_is_lost_may_arrive_and_one_that_was_not_handed_over_does_not() {
        for (until, may_arrive) in [
            (None, false),
            (Some(Until::Connected), false),
            (Some(Until::Taken { hangs_up: true }), true),
            (Some(Until::Taken { hangs_up: false }), true),
        ] {
            match sent(until).await {
                Err(NotSent::Perhaps(_)) if may_arrive => {}
                Err(NotSent::Later(_)) if !may_arrive => {}
                other => panic!("{until:?}: {other:?}"),
            }
        }
        assert_eq!(sent(Some(Until::Said)).await, Ok(()), "a goodbye is not waited for");
    }
}
