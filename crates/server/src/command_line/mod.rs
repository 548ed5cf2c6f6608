//! What `booking-server` can be told when it is started.

mod audit;
mod backup;
mod clinic;
mod device;
mod records;
mod serve;

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use aftalebog_booking::zone::local;
use aftalebog_texts::{Language, Texts, fl};
use chrono::{DateTime, Utc};
use chrono_tz::Europe::Copenhagen;
use clap::{Parser, Subcommand};
use uuid::Uuid;

use crate::clock::Clock;
use crate::config::file::{PREFIX, SettingsError, SettingsFile, TlsSettings};
use crate::config::{Config, Database, LISTEN, Tls};
use crate::lock::{Lock, LockError};
use crate::own_files::{create_for_owner_of_folder, make_folder};
use crate::problem::Error;
use crate::store::{ClinicInfo, Store, StoreError};
use crate::tls;

/// The settings that are read where no other file is named.
const USUAL_SETTINGS: &str = "/etc/booking-server/booking-server.toml";

/// Where a service of the system keeps what it has.
const USUAL_FOLDER: &str = "/var/lib/booking-server";

/// The booking server of dental clinics that use Aftalebog
#[derive(Debug, Parser)]
#[command(name = "booking-server", version)]
struct CommandLine {
    /// Where the records are kept: sqlite:PATH
    #[arg(long, global = true, value_name = "DATABASE")]
    database: Option<String>,
    /// A TOML file with the settings
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Let the clock stand still at this moment, such as 2026-11-23T08:00:00Z; answers say so
    #[arg(long, global = true, value_name = "INSTANT")]
    clock: Option<DateTime<Utc>>,
    /// da or en; otherwise the language of the system, if it is Danish, or English
    #[arg(long, global = true, value_name = "LANGUAGE", value_parser = language)]
    language: Option<Language>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve clinics and patients until it is told to stop
    Serve {
        /// The address and port, instead of 127.0.0.1:8750
        #[arg(long, value_name = "ADDRESS")]
        listen: Option<SocketAddr>,
    },
    /// Say whether the settings can be used, and do nothing
    CheckConfig,
    /// The clinics of this server
    #[command(subcommand)]
    Clinic(Clinic),
    /// The clinics' PCs
    #[command(subcommand)]
    Device(Device),
    /// Give a clinic the records of an export of Aftalebog, in place of those it has
    Import {
        /// A file that `aftalebog export` or `booking-server export` wrote
        snapshot: PathBuf,
        /// The clinic's id, or its name in addresses
        #[arg(long, value_name = "CLINIC", required_unless_present = "new", conflicts_with = "new")]
        clinic: Option<String>,
        /// A new clinic of this name
        #[arg(long, value_name = "NAME")]
        new: Option<String>,
    },
    /// Write all records of a clinic as JSON
    Export {
        /// The clinic's id, or its name in addresses
        clinic: String,
        /// A new file; otherwise the standard output
        file: Option<PathBuf>,
    },
    /// Write a copy of the database, also while the server runs
    Backup {
        /// A new file, or a folder in which it gets a name of its own
        file: PathBuf,
    },
    /// Put a copy in the database's place; the server must not run
    Restore {
        /// A file that `backup` wrote
        file: PathBuf,
    },
    /// What was done, by whom
    #[command(subcommand)]
    Audit(Audit),
}

#[derive(Debug, Subcommand)]
enum Clinic {
    /// Add a clinic, and print the code that pairs its first PC
    Add { name: String },
    /// Print a code that pairs one more PC
    Pair {
        /// The clinic's id, or its name in addresses
        clinic: String,
    },
    /// List the clinics
    List,
}

#[derive(Debug, Subcommand)]
enum Device {
    /// List the PCs
    List {
        /// Only those of this clinic: its id, or its name in addresses
        clinic: Option<String>,
    },
    /// Take a PC's access away
    Revoke { id: Uuid },
}

#[derive(Debug, Subcommand)]
enum Audit {
    /// Look whether anybody has tampered with it
    Verify {
        /// Only that of this clinic: its id, or its name in addresses
        clinic: Option<String>,
    },
}

/// Why a command was not carried out, in words.
enum Failure {
    /// Status 2: it could not be done.
    NotDone(String),
    /// Status 1: it was done, and found that something is not as it should be.
    NotInOrder(String),
}

impl From<String> for Failure {
    fn from(words: String) -> Self {
        Self::NotDone(words)
    }
}

/// What a command needs to know.
struct Context {
    texts: Texts,
    /// The program as it was started, up to its command: whoever starts it again has to say the same.
    program: String,
    settings: SettingsFile,
    database: PathBuf,
    clock: Clock,
}

/// Carries out what the command line says. The statuses are 0, 1 (something is not in order) and 2
/// (it could not be done).
pub fn run() -> ExitCode {
    let line = match CommandLine::try_parse() {
        Ok(line) => line,
        Err(error) => error.exit(),
    };
    // The first call sets it; nobody has called before.
    let _set = rustls::crypto::ring::default_provider().install_default();
    let texts = Texts::new(line.language.unwrap_or_else(language_of_system));
    match carry_out(line, texts) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::NotInOrder(words)) => failed(1, &words),
        Err(Failure::NotDone(words)) => failed(2, &words),
    }
}

fn failed(status: u8, words: &str) -> ExitCode {
    // Nobody may be listening any more.
    let _told = writeln!(std::io::stderr(), "{words}");
    ExitCode::from(status)
}

/// Prints a line. Whoever reads may have gone, as `head` does.
fn say(words: &str) {
    let _told = writeln!(std::io::stdout(), "{words}");
}

fn carry_out(line: CommandLine, texts: Texts) -> Result<(), Failure> {
    let CommandLine { database, config, clock, language: _, command } = line;
    let program = as_started(database.as_deref(), config.as_deref());
    let variable = |name: &str| std::env::var(format!("{PREFIX}{name}")).ok().filter(|value| !value.is_empty());
    let config = config.or_else(|| variable("CONFIG").map(PathBuf::from)).or_else(|| {
        let usual = PathBuf::from(USUAL_SETTINGS);
        usual.exists().then_some(usual)
    });
    // A variable that is no text cannot be one of ours.
    let variables =
        std::env::vars_os().filter_map(|(name, value)| name.into_string().ok().zip(value.into_string().ok()));
    let settings = SettingsFile::read(config.as_deref(), variables).map_err(|error| wrong_settings(&texts, &error))?;
    let clock = clock.map_or_else(
        || match variable("CLOCK").map(|clock| clock.parse()) {
            None => Ok(Clock::Running),
            Some(Ok(instant)) => Ok(Clock::Fixed(instant)),
            Some(Err(_)) => Err(fl!(texts, "booking-server-clock-wrong", name = format!("{PREFIX}CLOCK"))),
        },
        |instant| Ok(Clock::Fixed(instant)),
    )?;
    let database = database_path(&texts, database.or_else(|| settings.database.clone()))?;
    let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
    let context = Context { texts, program, settings, database, clock };
    runtime.block_on(async {
        match command {
            Command::Serve { listen } => serve::serve(context, listen).await,
            Command::CheckConfig => serve::check_config(&context),
            Command::Clinic(Clinic::Add { name }) => clinic::add(&context, &name).await,
            Command::Clinic(Clinic::Pair { clinic }) => clinic::pair(&context, &clinic).await,
            Command::Clinic(Clinic::List) => clinic::list(&context).await,
            Command::Device(Device::List { clinic }) => device::list(&context, clinic.as_deref()).await,
            Command::Device(Device::Revoke { id }) => device::revoke(&context, id).await,
            Command::Import { snapshot, clinic, new } => {
                records::import(&context, &snapshot, clinic.as_deref(), new.as_deref()).await
            }
            Command::Export { clinic, file } => records::export(&context, &clinic, file.as_deref()).await,
            Command::Backup { file } => backup::back_up(&context, &file),
            Command::Restore { file } => backup::restore(&context, &file),
            Command::Audit(Audit::Verify { clinic }) => audit::verify(&context, clinic.as_deref()).await,
        }
    })
}

fn language(code: &str) -> Result<Language, String> {
    Language::from_code(code).ok_or_else(|| "da or en".to_owned())
}

/// Danish where the system is Danish; English where it is anything else.
fn language_of_system() -> Language {
    let told = ["BOOKING_SERVER_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    if told.is_some_and(|told| told.starts_with("da")) { Language::Danish } else { Language::English }
}

/// The program's name, and after it what was told of its database and its settings.
fn as_started(database: Option<&str>, config: Option<&Path>) -> String {
    let mut program = "booking-server".to_owned();
    let config = config.map(|config| config.display().to_string());
    for (option, value) in [("--database", database), ("--config", config.as_deref())] {
        if let Some(value) = value {
            let quote = if value.contains(char::is_whitespace) { "\"" } else { "" };
            program.push_str(&format!(" {option} {quote}{value}{quote}"));
        }
    }
    program
}

fn database_path(texts: &Texts, told: Option<String>) -> Result<PathBuf, String> {
    match told.as_deref().map(|told| told.split_once(':')) {
        Some(Some(("sqlite", path))) if !path.is_empty() => Ok(path.into()),
        Some(Some(("postgres" | "postgresql", _))) => Err(fl!(texts, "booking-server-postgres-later")),
        Some(_) => Err(fl!(texts, "booking-server-database-wrong")),
        None => Ok(usual_folder().ok_or_else(|| fl!(texts, "booking-server-no-folder"))?.join("booking-server.db")),
    }
}

/// The service's own folder where we may write in it; otherwise that of the user.
fn usual_folder() -> Option<PathBuf> {
    let service = std::env::var_os("STATE_DIRECTORY").map_or_else(|| PathBuf::from(USUAL_FOLDER), PathBuf::from);
    let probe = service.join(format!(".may-write-{}", std::process::id()));
    let may_write = std::fs::File::create_new(&probe).and_then(|_| std::fs::remove_file(&probe)).is_ok();
    let users = || directories::ProjectDirs::from("", "", "booking-server").map(|all| all.data_local_dir().to_owned());
    if may_write { Some(service) } else { users() }
}

fn wrong_settings(texts: &Texts, error: &SettingsError) -> String {
    match error {
        SettingsError::File { path, error } => {
            fl!(texts, "booking-server-file-failed", file = path.display().to_string(), detail = error.to_string())
        }
        SettingsError::Line { path, line, detail } => {
            fl!(
                texts,
                "booking-server-settings-line",
                file = path.display().to_string(),
                line = line.to_string(),
                detail = detail.as_str()
            )
        }
        SettingsError::Variable { name, detail } => {
            fl!(texts, "booking-server-settings-variable", name = name.as_str(), detail = detail.as_str())
        }
    }
}

impl Context {
    /// The database, which must be there already.
    async fn store(&self) -> Result<Store, Failure> {
        if !self.database.is_file() {
            let file = self.database.display().to_string();
            return Err(fl!(self.texts, "booking-server-no-database", file = file).into());
        }
        self.open().await
    }

    /// The database, made where there is none.
    async fn store_or_new(&self) -> Result<Store, Failure> {
        self.make_folder()?;
        self.make_database()?;
        self.open().await
    }

    /// Opens the database as it is, beside a server that may have it. Only where no server runs it is
    /// brought up to what this program knows.
    async fn open(&self) -> Result<Store, Failure> {
        match Store::open_as_it_is(&self.database).await {
            Err(StoreError::Older { database, program }) => {
                let _lock = Lock::take(&self.database).map_err(|error| match error {
                    LockError::Held { .. } => {
                        let file = self.database.display().to_string();
                        fl!(
                            self.texts,
                            "booking-server-database-older",
                            file = file,
                            database = database,
                            program = program
                        )
                        .into()
                    }
                    other => self.locked(other),
                })?;
                self.open_alone().await
            }
            opened => opened.map_err(|error| self.database_failed(&error)),
        }
    }

    /// Opens the database, and brings it up to what this program knows. Whoever calls holds the lock.
    async fn open_alone(&self) -> Result<Store, Failure> {
        Store::open(&self.database).await.map_err(|error| self.database_failed(&error))
    }

    fn make_folder(&self) -> Result<(), Failure> {
        let folder = aftalebog_sqlite::place::folder_of(&self.database);
        make_folder(folder).map_err(|error| self.file_failed(folder, &error))
    }

    /// An empty file for the database, where there is none.
    fn make_database(&self) -> Result<(), Failure> {
        let made = match create_for_owner_of_folder(&self.database) {
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
            made => made.map(drop),
        };
        made.map_err(|error| self.file_failed(&self.database, &error))
    }

    async fn clinic(&self, store: &Store, told: &str) -> Result<ClinicInfo, Failure> {
        let clinics = store.clinics(self.clock.now()).await.map_err(|error| self.failed(&error))?;
        let id = told.parse::<Uuid>().ok();
        let found = clinics.into_iter().find(|clinic| Some(clinic.id) == id || clinic.slug == told);
        found.ok_or_else(|| fl!(self.texts, "booking-server-no-such-clinic", clinic = told).into())
    }

    /// One clinic, or all of them.
    async fn clinics(&self, store: &Store, told: Option<&str>) -> Result<Vec<ClinicInfo>, Failure> {
        match told {
            Some(told) => Ok(vec![self.clinic(store, told).await?]),
            None => store.clinics(self.clock.now()).await.map_err(|error| self.failed(&error)),
        }
    }

    /// All that `serve` is told.
    fn config(&self) -> Result<Config, String> {
        let mut config = Config::new(Database::Sqlite(self.database.clone()), self.clock);
        config.trusted_proxies.clone_from(&self.settings.trusted_proxies);
        config.connections = self.settings.connections;
        config.patients.clone_from(&self.settings.patients);
        config.client.clone_from(&self.settings.client);
        // Without a way to send them, messages become files beside the database.
        if !self.settings.messages.is_empty() {
            config.messages.clone_from(&self.settings.messages);
        }
        config.tls = self.settings.tls.as_ref().map(|tls| self.tls(tls)).transpose()?;
        Ok(config)
    }

    fn tls(&self, told: &TlsSettings) -> Result<Tls, String> {
        let TlsSettings { certificate, key, private_authority, names } = told;
        match (certificate, key, private_authority) {
            (Some(certificate), Some(key), false) if names.is_empty() => {
                Ok(Tls::Files { certificate: certificate.clone(), key: key.clone() })
            }
            (None, None, true) => {
                let folder = aftalebog_sqlite::place::folder_of(&self.database).to_owned();
                let mut all: Vec<_> = ["localhost", "127.0.0.1", "::1"].map(str::to_owned).into();
                all.extend(names.iter().cloned());
                let listen = self.settings.listen.unwrap_or(LISTEN);
                match (listen.ip().is_unspecified(), names.is_empty()) {
                    (true, true) => return Err(fl!(self.texts, "booking-server-tls-names")),
                    (true, false) => {}
                    (false, _) => all.push(listen.ip().to_string()),
                }
                all.sort();
                all.dedup();
                Ok(Tls::PrivateAuthority { folder, names: all })
            }
            _ => Err(fl!(self.texts, "booking-server-tls-wrong")),
        }
    }

    /// As people read it, in Danish time: servers stand elsewhere, their clinics do not.
    fn moment(&self, instant: DateTime<Utc>) -> String {
        let there = local(Copenhagen, instant);
        fl!(self.texts, "patient-when", date = self.texts.date(there.date()), time = self.texts.time_of(there.time()))
    }

    /// The fingerprint of the private authority, if there is to be one.
    fn fingerprint(&self, tls: Option<&Tls>) -> Result<Option<String>, String> {
        let Some(Tls::PrivateAuthority { folder, .. }) = tls else { return Ok(None) };
        let fingerprint = tls::fingerprint(folder);
        fingerprint.map(Some).map_err(|error| fl!(self.texts, "booking-server-tls-failed", detail = error.to_string()))
    }

    fn file_failed(&self, path: &Path, error: &std::io::Error) -> Failure {
        fl!(self.texts, "booking-server-file-failed", file = path.display().to_string(), detail = error.to_string())
            .into()
    }

    fn database_failed(&self, error: &StoreError) -> Failure {
        let file = self.database.display().to_string();
        let words = match error {
            StoreError::Busy => fl!(self.texts, "booking-server-database-busy", file = file),
            StoreError::Full => fl!(self.texts, "booking-server-disk-full", file = file),
            StoreError::NotOurs { .. } => fl!(self.texts, "booking-server-database-not-ours", file = file),
            &StoreError::Newer { database, program } => {
                fl!(self.texts, "booking-server-database-newer", file = file, database = database, program = program)
            }
            other => fl!(self.texts, "booking-server-file-failed", file = file, detail = other.to_string()),
        };
        words.into()
    }

    fn failed(&self, error: &Error) -> Failure {
        match error {
            Error::Store(error) => self.database_failed(error),
            other => other.title(&self.texts).into(),
        }
    }
}
