//! What the program can be told when it is started: which clinic, which clock, and the export and
//! import that need no window.

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use aftalebog_booking::Snapshot;
use aftalebog_booking::anonymous::anonymised;
use aftalebog_local::folder::Folder;
use aftalebog_local::{OpenError, Store};
use aftalebog_texts::{Texts, fl};
use chrono::{DateTime, Utc};
use clap::error::{ContextKind, ContextValue};
use clap::{ArgAction, Parser, Subcommand};
use directories::ProjectDirs;
use futures::executor::block_on;

use crate::app::{File, Start};
use crate::clock::Clock;
use crate::{failure, first_instance, preferences, snapshot_file};

/// Bestemmer, hvilke tider klinikkens patienter kan booke online.
#[derive(Debug, Parser)]
#[command(name = "aftalebog", version, help_template = HELP, override_usage = "aftalebog [VALG] [KOMMANDO]")]
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
    #[command(subcommand)]
    command: Option<Command>,
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
    let folder = match line.data.or_else(default_folder) {
        Some(folder) => folder,
        None => return Order::Done(Err(fl!(Texts::new(Default::default()), "cli-no-folder"))),
    };
    let language = preferences::language(&folder);
    let texts = Texts::new(language);
    let folder = match Folder::new(&folder) {
        Ok(folder) => folder,
        Err(error) => return Order::Done(Err(failure::unsuitable(&texts, &error))),
    };
    let clock = line.clock.map_or(Clock::Running(now), Clock::Fixed);
    let file = if line.demo { File::Demo } else { File::Clinic };
    let path = if line.demo { folder.demo() } else { folder.clinic() };
    match line.command {
        Some(Command::Export { file, anonymous }) => Order::Done(export(&texts, &path, &file, anonymous, clock)),
        Some(Command::Import { file, yes }) => Order::Done(import(&texts, &path, &file, yes, clock)),
        None if first_instance::show(&path) => Order::Shown,
        None => {
            let made_by = gethostname::gethostname().to_string_lossy().into_owned();
            Order::Window(Start { folder, file, clock, made_by, language })
        }
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

/// The local, not the roaming, folder of this user.
fn default_folder() -> Option<PathBuf> {
    ProjectDirs::from("", "", "Aftalebog").map(|folders| folders.data_local_dir().to_owned())
}

fn export(texts: &Texts, clinic: &Path, to: &Path, anonymous: bool, clock: Clock) -> Result<(), String> {
    if to.exists() {
        return Err(fl!(texts, "export-exists", file = to.display().to_string()));
    }
    let snapshot = match first_instance::export(clinic) {
        Some(asked) => asked.map_err(|detail| fl!(texts, "open-io-why", detail = detail))?,
        None => read_all(texts, clinic, clock)?,
    };
    let snapshot = if anonymous { anonymised(snapshot) } else { snapshot };
    let written = snapshot_file::write(to, &snapshot);
    written
        .map_err(|error| fl!(texts, "export-failed", file = to.display().to_string(), detail = error.to_string()))?;
    let count = snapshot.records.len();
    println!("{}", fl!(texts, "export-done", count = count, file = to.display().to_string()));
    Ok(())
}

fn read_all(texts: &Texts, clinic: &Path, clock: Clock) -> Result<Snapshot, String> {
    let reading = async {
        let store = open(texts, clinic, clock).await?;
        let snapshot = store.snapshot().await.map_err(|error| failure::read(texts, &error).1)?;
        store.close().await;
        Ok(snapshot)
    };
    block_on(reading)
}

async fn open(texts: &Texts, clinic: &Path, clock: Clock) -> Result<Store, String> {
    Store::open(clinic.to_owned(), clock.now()).await.map_err(|error| {
        let (heading, why) = failure::open(texts, &error);
        format!("{heading}: {}\n{why}", clinic.display())
    })
}

fn import(texts: &Texts, clinic: &Path, from: &Path, yes: bool, clock: Clock) -> Result<(), String> {
    let snapshot = snapshot_file::read(from).map_err(|error| error.words(texts))?;
    let importing = async {
        let store = match Store::open(clinic.to_owned(), clock.now()).await {
            Ok(store) => store,
            Err(OpenError::Missing) => {
                let made = Store::create(clinic.to_owned(), snapshot, clock.now()).await;
                made.map_err(|error| failure::open(texts, &error).1)?.close().await;
                return Ok(fl!(texts, "import-done", file = clinic.display().to_string()));
            }
            Err(error) => return Err(failure::open(texts, &error).1),
        };
        if !yes && !confirmed(texts, &store).await? {
            store.close().await;
            return Ok(fl!(texts, "import-declined"));
        }
        let copy = store.replace(snapshot, clock.now()).await.map_err(|error| failure::save(texts, &error))?;
        store.close().await;
        Ok(fl!(texts, "import-replaced", copy = copy.display().to_string()))
    };
    println!("{}", block_on(importing)?);
    Ok(())
}

/// Asks on the terminal before a clinic is replaced.
async fn confirmed(texts: &Texts, store: &Store) -> Result<bool, String> {
    let setup = store.setup().await.map_err(|error| failure::read(texts, &error).1)?;
    let clinic = setup.clinic.value;
    if !io::stdin().is_terminal() {
        return Err(fl!(texts, "import-ask-yes"));
    }
    print!("{} ", fl!(texts, "import-ask", clinic = clinic.name.to_string()));
    io::stdout().flush().map_err(|error| error.to_string())?;
    let mut answer = String::new();
    let _bytes = io::stdin().lock().read_line(&mut answer).map_err(|error| error.to_string())?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "ja" | "j" | "yes" | "y"))
}
