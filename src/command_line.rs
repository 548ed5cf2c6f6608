//! What the program can be told when it is started: which clinic, which clock, a file to fetch the clinic from, and
//! the export, import and copy that need no window.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::io::{self, BufRead, IsTerminal, Write};
use std::path::{self, Path, PathBuf};

use aftalebog_booking::Snapshot;
use aftalebog_booking::anonymous::anonymised;
use aftalebog_local::folder::Folder;
use aftalebog_local::{OpenError, Store, StoreError, WhenPaired};
use aftalebog_texts::{Texts, fl};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use clap::builder::{PathBufValueParser, TypedValueParser};
use clap::error::{ContextKind, ContextValue};
use clap::{ArgAction, Args, Parser, Subcommand};
use directories::ProjectDirs;
use futures::executor::block_on;
use uuid::Uuid;

use crate::app::{File, Keys, Start};
use crate::clock::Clock;
use crate::explain::{self, Form, Question};
use crate::log::Log;
use crate::outside::Opener;
use crate::preferences::Preferences;
use crate::{failure, first_instance, snapshot_file};

/// Set by `aftalebog.com`, see crates/console: what is written to a stream is seen.
pub const CONSOLE: &str = "AFTALEBOG_CONSOLE";

/// Tandlægeklinikkens aftalebog, hvor den også bestemmer, hvilke tider patienterne kan booke online.
#[derive(Debug, Parser)]
#[command(name = "aftalebog", version, help_template = HELP, override_usage = "aftalebog [VALG] [FIL | KOMMANDO]")]
#[command(disable_help_flag = true, disable_help_subcommand = true, disable_version_flag = true)]
#[command(next_help_heading = OPTIONS, subcommand_help_heading = "Kommandoer")]
pub struct CommandLine {
    /// Brug demoklinikken, som har sin egen fil
    #[arg(long, global = true)]
    demo: bool,
    /// Mappen med klinikkens fil
    #[arg(long, global = true, value_name = "MAPPE")]
    data: Option<PathBuf>,
    /// Lad uret stå stille på dette tidspunkt, fx 2026-11-23T08:00:00Z
    #[arg(long, global = true, value_name = "TIDSPUNKT")]
    clock: Option<DateTime<Utc>>,
    /// Vis denne hjælp
    #[arg(long, short, global = true, action = ArgAction::Help)]
    help: Option<bool>,
    /// Vis programmets version
    #[arg(long, short = 'V', action = ArgAction::Version)]
    version: Option<bool>,
    /// En sikkerhedskopi, fx «Klinikken 2026-11-23.aftalebog.json»: vis den, og spørg, om den skal hentes
    #[arg(value_name = "FIL", help_heading = FILE, value_parser = PathBufValueParser::new().try_map(backup_file))]
    file: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

impl CommandLine {
    /// Whether no command was given.
    pub fn asks_for_the_window(&self) -> bool {
        self.command.is_none()
    }
}

const HELP: &str = "{about}\n\nBrug: {usage}\n\n{all-args}";
const OPTIONS: &str = "Valg";
const FILE: &str = "Fil";

#[derive(Debug, Subcommand)]
enum Command {
    /// Skriv alt i klinikkens fil til en ny fil
    #[command(help_template = HELP, override_usage = "aftalebog export [VALG] <FIL>", next_help_heading = OPTIONS)]
    Export {
        /// Den nye fil
        #[arg(value_name = "FIL", help_heading = FILE)]
        file: PathBuf,
        /// Erstat alt, der kan vise, hvem nogen er
        #[arg(long)]
        anonymous: bool,
    },
    /// Læg en kopi af klinikkens fil i mappen «backups» ved siden af den, også mens vinduet er åbent
    #[command(help_template = HELP, override_usage = "aftalebog backup [VALG]", next_help_heading = OPTIONS)]
    Backup,
    /// Erstat klinikkens fil med en eksport; spørger først og gemmer en sikkerhedskopi
    #[command(help_template = HELP, override_usage = "aftalebog import [VALG] <FIL>", next_help_heading = OPTIONS)]
    Import {
        /// En fil fra «export»
        #[arg(value_name = "FIL", help_heading = FILE)]
        file: PathBuf,
        /// Spørg ikke
        #[arg(long)]
        yes: bool,
    },
    /// Vis, hvilke tider en patient ville få tilbudt, og hvorfor ikke de andre
    #[command(help_template = HELP, next_help_heading = OPTIONS)]
    #[command(
        override_usage = "aftalebog explain [VALG] --patient <NUMMER> --type <KODE> --from <DATO> --days <ANTAL> <FIL>"
    )]
    Explain(ExplainArguments),
}

#[derive(Debug, Args)]
struct ExplainArguments {
    /// En fil fra «export»
    #[arg(value_name = "FIL", help_heading = FILE)]
    file: PathBuf,
    /// Patientens nummer, eller new for en ny patient
    #[arg(long, value_name = "NUMMER")]
    patient: String,
    /// Aftaletypens kode
    #[arg(long = "type", value_name = "KODE")]
    appointment_type: String,
    /// Den første dato, fx 2026-11-24
    #[arg(long, value_name = "DATO", value_parser = written_date)]
    from: NaiveDate,
    /// Hvor mange dage, 1 til 731
    #[arg(long, value_name = "ANTAL", value_parser = clap::value_parser!(u32).range(explain::DAYS))]
    days: u32,
    /// Et bestemt behov
    #[arg(long, value_name = "ID")]
    need: Option<Uuid>,
    /// Vis kun tider hos denne behandler
    #[arg(long, value_name = "INITIALER")]
    practitioner: Option<String>,
    /// Regn, som om klokken var dette, fx 2026-11-23T08:00:00Z
    #[arg(long, value_name = "TIDSPUNKT")]
    now: Option<DateTime<Utc>>,
    /// Skriv svaret som JSON
    #[arg(long)]
    json: bool,
}

/// What `main` is to do.
pub enum Order {
    /// Show the window.
    Window(Start),
    /// Another program has the file open and was asked to come to the front.
    Shown,
    /// A command was carried out, or said why not.
    Done(Result<(), String>),
}

/// What to say of a command line that cannot be read; clap itself knows no Danish.
pub fn unreadable(error: &clap::Error) -> String {
    let faults = [ContextKind::InvalidValue, ContextKind::InvalidSubcommand, ContextKind::InvalidArg];
    let fault = faults.into_iter().find_map(|kind| match error.get(kind)? {
        ContextValue::String(fault) if !fault.is_empty() => Some(fault.clone()),
        ContextValue::Strings(faults) => Some(faults.join(" ")),
        _ => None,
    });
    fl!(Texts::new(Default::default()), "cli-unreadable", what = fault.unwrap_or_default())
}

/// Carries out what needs no window.
pub fn order(line: CommandLine, now: fn() -> DateTime<Utc>) -> Order {
    let folder = line.data.or_else(default_folder);
    let preferences = folder.as_deref().map(Preferences::read).unwrap_or_default();
    let Preferences { language, seen, put_away } = preferences;
    let texts = Texts::new(language);
    let clock = line.clock.map_or(Clock::Running(now), Clock::Fixed);
    let file = if line.demo { File::Demo } else { File::Clinic };
    // The program that answers may have been started in another folder.
    let given = line.file.map(|file| path::absolute(&file).unwrap_or(file));
    // Not every command needs a clinic on this PC.
    let clinic = || {
        let folder = folder.ok_or_else(|| fl!(texts, "cli-no-folder"))?;
        let folder = Folder::new(&folder).map_err(|error| failure::unsuitable(&texts, &error))?;
        let path = if line.demo { folder.demo() } else { folder.clinic() };
        Ok((folder, path))
    };
    match line.command {
        Some(Command::Export { file, anonymous }) => Order::Done(clinic().and_then(|(folder, path)| {
            told("export", &log_in(&folder), clock, export(&texts, &path, &file, anonymous, clock))
        })),
        Some(Command::Backup) => Order::Done(
            clinic().and_then(|(folder, path)| told("backup", &log_in(&folder), clock, back_up(&texts, &path, clock))),
        ),
        Some(Command::Import { file, yes }) => Order::Done(clinic().and_then(|(folder, path)| {
            told("import", &log_in(&folder), clock, import(&texts, &path, &file, yes, clock))
        })),
        Some(Command::Explain(arguments)) => Order::Done(explain(&texts, arguments, clock)),
        None => match clinic() {
            Err(words) => Order::Done(Err(words)),
            Ok((_, path)) if first_instance::show(&path, given.as_deref()) => Order::Shown,
            Ok((folder, _)) => {
                let made_by = gethostname::gethostname().to_string_lossy().into_owned();
                let (log, keys, opener) = (log_in(&folder), Keys::Vault, Opener::System);
                Order::Window(Start {
                    folder,
                    file,
                    clock,
                    made_by,
                    language,
                    seen,
                    put_away,
                    keys,
                    given,
                    log,
                    opener,
                })
            }
        },
    }
}

/// Whether there is anything to show a window on, or why not. Without it, winit panics.
pub fn display(start: &Start) -> Result<(), String> {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if !cfg!(target_os = "linux") || ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"].into_iter().any(set) {
        Ok(())
    } else {
        Err(fl!(Texts::new(start.language), "cli-no-display"))
    }
}

/// By the folder's whole name, which is the one to be left out of what is written.
fn log_in(folder: &Folder) -> Log {
    Log::in_folder(&path::absolute(folder.path()).unwrap_or_else(|_| folder.path().to_owned()))
}

/// The local, not the roaming, folder of this user.
fn default_folder() -> Option<PathBuf> {
    ProjectDirs::from("", "", "Aftalebog").map(|folders| folders.data_local_dir().to_owned())
}

/// How a command ended: for whoever gave it, and for the log, where nobody's data is.
struct Outcome {
    words: String,
    noted: String,
}

impl Outcome {
    fn new(words: String, noted: impl Into<String>) -> Self {
        Self { words, noted: noted.into() }
    }

    fn not_opened(texts: &Texts, clinic: &Path, error: &OpenError) -> Self {
        let (heading, why) = failure::open(texts, error);
        Self::new(format!("{heading}: {}\n{why}", clinic.display()), format!("not opened: {error}"))
    }

    fn not_read(texts: &Texts, error: &StoreError) -> Self {
        Self::new(failure::read(texts, error).1, format!("not read: {error}"))
    }
}

/// Writes a line of what was done to the log, and says it.
fn told(command: &str, log: &Log, clock: Clock, done: Result<Outcome, Outcome>) -> Result<(), String> {
    let (Ok(outcome) | Err(outcome)) = &done;
    // What was asked for is done all the same, or told to whoever waits.
    let _noted = log.write_where_there_is_one(clock.now(), format_args!("{command}: {}", outcome.noted));
    match done {
        Ok(outcome) => {
            println!("{}", outcome.words);
            Ok(())
        }
        Err(outcome) => Err(outcome.words),
    }
}

/// As much of a file's name as nobody can be named in.
fn kind_of(file: &Path) -> &'static str {
    match file.extension().and_then(OsStr::to_str) {
        Some("json") => "*.json",
        _ => "a file",
    }
}

/// A copy in the folder of the copies: its name has only digits and what it was made for.
fn name_of(copy: &Path) -> Cow<'_, str> {
    copy.file_name().unwrap_or_default().to_string_lossy()
}

fn export(texts: &Texts, clinic: &Path, to: &Path, anonymous: bool, clock: Clock) -> Result<Outcome, Outcome> {
    let file = to.display().to_string();
    if to.exists() {
        return Err(Outcome::new(fl!(texts, "export-exists", file = file), "the file is there already"));
    }
    let snapshot = match first_instance::export(clinic) {
        Some(asked) => asked.map_err(|detail| {
            Outcome::new(fl!(texts, "open-io-why", detail = detail), "the window that has the clinic open could not")
        })?,
        None => read_all(texts, clinic, clock)?,
    };
    let snapshot = if anonymous { anonymised(snapshot) } else { snapshot }.made_at(clock.now());
    snapshot_file::write(to, &snapshot).map_err(|error| {
        let words = fl!(texts, "export-failed", file = file.clone(), detail = error.to_string());
        Outcome::new(words, format!("not written: {error}"))
    })?;
    let count = snapshot.records.len();
    let how = if anonymous { ", anonymous" } else { "" };
    let noted = format!("{count} records{how} to {}", kind_of(to));
    Ok(Outcome::new(fl!(texts, "export-done", count = count, file = file), noted))
}

fn back_up(texts: &Texts, clinic: &Path, clock: Clock) -> Result<Outcome, Outcome> {
    let copy = match first_instance::back_up(clinic) {
        Some(asked) => asked.map_err(|detail| {
            let noted = format!("the window that has the clinic open could not: {detail}");
            Outcome::new(fl!(texts, "backup-failed", detail = detail), noted)
        })?,
        None => copied(texts, clinic, clock)?,
    };
    Ok(Outcome::new(fl!(texts, "backup-done", copy = copy.display().to_string()), name_of(&copy)))
}

/// A copy of a file that no window has open.
fn copied(texts: &Texts, clinic: &Path, clock: Clock) -> Result<PathBuf, Outcome> {
    let copying = async {
        let store = match Store::open(clinic.to_owned(), clock.now()).await {
            // A scheduled task of another user would else seem to make copies for years.
            Err(error @ OpenError::Missing) => {
                let words = fl!(texts, "backup-nothing", file = clinic.display().to_string());
                return Err(Outcome::new(words, format!("not opened: {error}")));
            }
            opened => opened.map_err(|error| Outcome::not_opened(texts, clinic, &error))?,
        };
        let copy = store.back_up(clock.now()).await;
        store.close().await;
        copy.map_err(|error| {
            let words = fl!(texts, "backup-failed", detail = error.to_string());
            Outcome::new(words, format!("not copied: {error}"))
        })
    };
    block_on(copying)
}

fn read_all(texts: &Texts, clinic: &Path, clock: Clock) -> Result<Snapshot, Outcome> {
    let reading = async {
        let opened = Store::open(clinic.to_owned(), clock.now()).await;
        let store = opened.map_err(|error| Outcome::not_opened(texts, clinic, &error))?;
        let snapshot = store.snapshot().await.map_err(|error| Outcome::not_read(texts, &error))?;
        store.close().await;
        Ok(snapshot)
    };
    block_on(reading)
}

fn import(texts: &Texts, clinic: &Path, from: &Path, yes: bool, clock: Clock) -> Result<Outcome, Outcome> {
    let snapshot = snapshot_file::read(from)
        .map_err(|error| Outcome::new(error.words(texts), format!("not read: {}", error.for_log())))?;
    let made = snapshot.made_at.map(|at| format!(" of {}", at.to_rfc3339_opts(SecondsFormat::Secs, true)));
    let what = format!("{} records{} from {}", snapshot.records.len(), made.unwrap_or_default(), kind_of(from));
    let importing = async {
        let store = match Store::open(clinic.to_owned(), clock.now()).await {
            Ok(store) => store,
            Err(OpenError::Missing) => {
                let made = Store::create(clinic.to_owned(), snapshot, clock.now()).await;
                let refused = |error| Outcome::new(failure::open(texts, &error).1, format!("not imported: {error}"));
                made.map_err(refused)?.close().await;
                let words = fl!(texts, "import-done", file = clinic.display().to_string());
                return Ok(Outcome::new(words, format!("{what} into a new file")));
            }
            Err(error) => return Err(Outcome::new(failure::open(texts, &error).1, format!("not opened: {error}"))),
        };
        // Another clinic is not the server's: the file forgets it.
        let link = store.link().await.map_err(|error| Outcome::not_read(texts, &error))?;
        let server = link.map(|link| link.address);
        if !yes {
            let answer = confirmed(texts, &store, server.as_deref()).await;
            if !answer.map_err(|words| Outcome::new(words, "not confirmed"))? {
                store.close().await;
                return Ok(Outcome::new(fl!(texts, "import-declined"), "declined"));
            }
        }
        let replaced = store.replace(snapshot, WhenPaired::Unpair, clock.now()).await;
        let copy = replaced
            .map_err(|error| Outcome::new(failure::replace(texts, &error), format!("not imported: {error}")))?;
        store.close().await;
        let noted = format!("{what}; what was there is in {}", name_of(&copy));
        let copy = copy.display().to_string();
        Ok(match server {
            None => Outcome::new(fl!(texts, "import-replaced", copy = copy), noted),
            Some(address) => Outcome::new(
                fl!(texts, "import-replaced-unpaired", copy = copy, address = address),
                format!("{noted}; no longer paired"),
            ),
        })
    };
    block_on(importing)
}

/// A file to fetch a clinic from; a word that is none is a command that was typed wrong.
fn backup_file(file: PathBuf) -> Result<PathBuf, String> {
    let is_file = file.extension().is_some() || file.components().count() > 1 || file.exists();
    if is_file { Ok(file) } else { Err(file.display().to_string()) }
}

/// A date as it is written in an export, `2026-11-24`, and in none of the other ways that chrono reads.
fn written_date(text: &str) -> Result<NaiveDate, String> {
    let date = text.parse().ok().filter(|date: &NaiveDate| date.to_string() == text);
    date.ok_or_else(|| text.to_owned())
}

/// Answers a question about a snapshot: on standard output, and on the other what could not be read.
fn explain(texts: &Texts, arguments: ExplainArguments, clock: Clock) -> Result<(), String> {
    let ExplainArguments { file, patient, appointment_type, from, days, need, practitioner, now, json } = arguments;
    let snapshot = snapshot_file::bytes(&file).map_err(|error| error.words(texts))?;
    let now = now.unwrap_or_else(|| clock.now());
    let question = Question { patient, appointment_type, from, days, need, practitioner, now };
    let form = if json { Form::Json } else { Form::Words(texts) };
    let said = explain::answer(&snapshot, &question, form).map_err(|fault| fault.words(texts))?;
    if !said.broken.is_empty() {
        eprintln!("{}", fl!(texts, "explain-unreadable", count = said.broken.len()));
        said.broken.iter().for_each(|broken| eprintln!("  {}", texts.broken(broken)));
    }
    match io::stdout().write_all(said.out.as_bytes()) {
        // Whoever reads has read enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(|error| error.to_string()),
    }
}

/// Asks on the terminal before a clinic is replaced, which is connected to the booking server at that address.
async fn confirmed(texts: &Texts, store: &Store, server: Option<&str>) -> Result<bool, String> {
    let setup = store.setup().await.map_err(|error| failure::read(texts, &error).1)?;
    let clinic = setup.clinic.value.name.to_string();
    let (question, unasked) = match server.map(str::to_owned) {
        None => (fl!(texts, "import-ask", clinic = clinic), fl!(texts, "import-ask-yes")),
        Some(address) => (
            fl!(texts, "import-ask-paired", clinic = clinic, address = address.clone()),
            fl!(texts, "import-ask-yes-paired", address = address),
        ),
    };
    // Behind `aftalebog.com` the console is not this program's own: whether it could read the answer is not said anywhere.
    if !io::stdin().is_terminal() || std::env::var_os(CONSOLE).is_some() {
        return Err(unasked);
    }
    print!("{question} ");
    io::stdout().flush().map_err(|error| error.to_string())?;
    let mut answer = String::new();
    let _bytes = io::stdin().lock().read_line(&mut answer).map_err(|error| error.to_string())?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "ja" | "j" | "yes" | "y"))
}
