//! `serve`, and what it prints before it begins.

use std::net::SocketAddr;

use aftalebog_texts::fl;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::{Context, Failure, say};
use crate::clock::Clock;
use crate::config::{Config, LISTEN};
use crate::lock::{Lock, LockError};
use crate::log;
use crate::message::{self, CannotSend};
use crate::serve::{self, ServeError};
use crate::store::Store;
use crate::tls;

/// Serves until the system or a person says stop.
pub(super) async fn serve(mut context: Context, listen: Option<SocketAddr>) -> Result<(), Failure> {
    context.settings.listen = listen.or(context.settings.listen);
    let config = context.config()?;
    let address = context.settings.listen.unwrap_or(LISTEN);
    check(&context, address, &config)?;
    context.make_folder()?;
    let _lock = Lock::take(&context.database).map_err(|error| context.locked(error))?;
    context.make_database()?;
    let store = context.open_alone().await?;
    let listener = TcpListener::bind(address).await;
    let listener = listener.map_err(|error| context.not_listening(address, &error))?;
    let address = listener.local_addr().map_err(|error| context.not_listening(address, &error))?;
    introduce(&context, &store, &config, address).await?;

    let subscriber = log::subscriber(context.settings.log, std::io::stderr);
    // Nothing has set one before.
    let _set = tracing::subscriber::set_global_default(subscriber);
    log::tell_panics();
    let stop = CancellationToken::new();
    drop(tokio::spawn(told_to_stop(stop.clone())));
    let served = serve::serve(listener, store.clone(), config, stop).await;
    store.close().await;
    served.map_err(|error| context.not_served(&error))?;
    say(&fl!(context.texts, "booking-server-stopped"));
    Ok(())
}

/// Says whether the settings can be used.
pub(super) fn check_config(context: &Context) -> Result<(), Failure> {
    let config = context.config()?;
    check(context, context.settings.listen.unwrap_or(LISTEN), &config)?;
    say(&fl!(context.texts, "booking-server-settings-good"));
    Ok(())
}

/// What would keep it from serving, before anything is made.
fn check(context: &Context, address: SocketAddr, config: &Config) -> Result<(), Failure> {
    message::check(&config.messages).map_err(|error| context.not_sent(&error))?;
    let Some(tls) = &config.tls else {
        let refused = || context.not_served(&ServeError::PlainBeyondLoopback(address));
        return if address.ip().is_loopback() { Ok(()) } else { Err(refused()) };
    };
    tls::check(tls).map_err(|error| context.not_served(&ServeError::Tls(error)))
}

/// What whoever has started it wants to know: where it listens, where things are kept, what comes next.
async fn introduce(context: &Context, store: &Store, config: &Config, address: SocketAddr) -> Result<(), Failure> {
    let Context { texts, .. } = context;
    let version = env!("CARGO_PKG_VERSION");
    let scheme = if config.tls.is_some() { "https" } else { "http" };
    let reach = if address.ip().is_loopback() { "here" } else { "others" };
    say(&fl!(
        texts,
        "booking-server-listening",
        version = version,
        url = format!("{scheme}://{address}"),
        reach = reach
    ));
    say(&fl!(texts, "booking-server-keeps", file = context.database.display().to_string()));
    if let Some(folder) = &config.messages.folder {
        say(&fl!(texts, "booking-server-demo-messages", folder = folder.display().to_string()));
    }
    if let Some(fingerprint) = context.fingerprint(config.tls.as_ref())? {
        say(&fl!(texts, "booking-server-fingerprint", fingerprint = fingerprint));
    }
    if let Clock::Fixed(instant) = config.clock {
        say(&fl!(texts, "booking-server-clock-stands", instant = context.moment(instant)));
    }
    let clinics = store.clinics(context.clock.now()).await.map_err(|error| context.failed(&error))?;
    say(&fl!(texts, "booking-server-next", clinics = clinics.len(), program = context.program.as_str()));
    Ok(())
}

async fn told_to_stop(stop: CancellationToken) {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => signal.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<Option<()>>();
    tokio::select! {
        _ = interrupted => {}
        _ = terminated => {}
    }
    stop.cancel();
}

impl Context {
    pub(super) fn locked(&self, error: LockError) -> Failure {
        match error {
            LockError::Held { process } => {
                let file = self.database.display().to_string();
                let process = process.map_or_else(|| "unknown".to_owned(), |process| process.to_string());
                fl!(self.texts, "booking-server-locked", file = file, process = process).into()
            }
            LockError::File { path, error } => self.file_failed(&path, &error),
        }
    }

    fn not_listening(&self, address: SocketAddr, error: &std::io::Error) -> Failure {
        let (address, detail) = (address.to_string(), error.to_string());
        fl!(self.texts, "booking-server-not-listening", address = address, detail = detail).into()
    }

    fn not_served(&self, error: &ServeError) -> Failure {
        let words = match error {
            ServeError::PlainBeyondLoopback(address) => {
                fl!(self.texts, "booking-server-plain-refused", address = address.to_string())
            }
            ServeError::Tls(error) => fl!(self.texts, "booking-server-tls-failed", detail = error.to_string()),
            ServeError::Post(error) => return self.not_sent(error),
            ServeError::Listener(error) => fl!(self.texts, "booking-server-listener", detail = error.to_string()),
            ServeError::DatabaseStopped => fl!(self.texts, "booking-server-database-stopped"),
        };
        words.into()
    }

    /// Why messages to patients could not be sent as it is configured.
    fn not_sent(&self, error: &CannotSend) -> Failure {
        let texts = &self.texts;
        let words = match error {
            CannotSend::Sender => fl!(texts, "booking-server-mail-sender"),
            CannotSend::MailServer { detail } => fl!(texts, "booking-server-mail-server", detail = detail.as_str()),
            CannotSend::MailInTheClear => fl!(texts, "booking-server-mail-in-the-clear"),
            CannotSend::HalfALogin => fl!(texts, "booking-server-mail-login"),
            CannotSend::Url => fl!(texts, "booking-server-sms-url"),
            CannotSend::SmsInTheClear => fl!(texts, "booking-server-sms-in-the-clear"),
            CannotSend::Http(what) => fl!(texts, "booking-server-sms-http", what = what.as_str()),
            &CannotSend::Incomplete(place) => fl!(texts, "booking-server-sms-incomplete", place = place),
            CannotSend::NotJson => fl!(texts, "booking-server-sms-not-json"),
            CannotSend::Country(country) => fl!(texts, "booking-server-sms-country", country = country.as_str()),
            CannotSend::Secret { file: path, error } | CannotSend::Folder { folder: path, error } => {
                return self.file_failed(path, error);
            }
        };
        words.into()
    }
}
