//! One program at a time owns a clinic's file. A second start, or `export` and `backup` from a command line,
//! talk to the first through a local socket beside the file; a second start also where no clinic is open yet.

use std::hash::{Hash, Hasher};
use std::io::{self, BufRead, BufReader, Read, Write};
#[cfg(unix)]
use std::net::Shutdown;
#[cfg(unix)]
use std::os::{fd::AsFd, unix::net::UnixStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use aftalebog_booking::Snapshot;
use aftalebog_local::Store;
use futures::executor::block_on;
use iced::Subscription;
use iced::futures::channel::mpsc::{self, Receiver, Sender};
use iced::futures::{SinkExt, StreamExt};
use interprocess::local_socket::{GenericFilePath, Listener, ListenerOptions, Name, Stream, prelude::*};

use crate::clock::Clock;

const SHOW: &str = "show";
/// Show the window, and ask there about the file after this word: a path as a JSON text, for it may hold anything.
const GIVEN: &str = "given ";
const EXPORT: &str = "export";
const BACKUP: &str = "backup";
const OK: &str = "ok";
/// The window shows no clinic: whoever wants something of the file looks himself.
const NO_CLINIC: &str = "no clinic is open";
/// A question with the longest path that a system knows, as JSON.
const LONGEST: u64 = 1 << 18;
/// How long the first program may take to answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a later start brought along: the file that it was started with.
type Given = Option<PathBuf>;

/// The clinic that the window shows, if it shows one.
#[derive(Clone, Default)]
pub struct Shown(Arc<Mutex<Option<Store>>>);

impl Shown {
    pub fn becomes(&self, store: Option<Store>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = store;
    }

    fn store(&self) -> Option<Store> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Once for each later start on this file. Exports and copies are answered without a word from the clinic that is shown
/// by then.
pub fn second_starts(file: PathBuf, clinic: Shown, clock: Clock) -> Subscription<Given> {
    Subscription::run_with(Served { file, clinic, clock }, |served| {
        let served = served.clone();
        iced::stream::channel(1, async move |mut started: Sender<Given>| {
            // Without a socket a second start says that the file is in use, and no more.
            let Ok((_listening, mut asked)) = FirstInstance::listen(served) else { return };
            while let Some(given) = asked.next().await {
                // When the window is gone, nobody needs to know.
                let _gone = started.send(given).await;
            }
        })
    })
}

/// What others are answered from.
#[derive(Clone)]
struct Served {
    file: PathBuf,
    clinic: Shown,
    clock: Clock,
}

/// Told apart by its file: whoever listened on the first page still does when the clinic is open.
impl Hash for Served {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.file.hash(state);
    }
}

/// Listens for later starts on the same file until it is dropped.
struct FirstInstance {
    socket: PathBuf,
    /// Which file the socket is, so that another program's is left alone.
    own: Option<u64>,
    ended: Arc<AtomicBool>,
    waking: Waking,
}

impl FirstInstance {
    /// The one who owns the file listens, or who has found none. Every message that arrives asks for the window to be
    /// shown; an export or a copy is answered from the store right away.
    fn listen(served: Served) -> io::Result<(Self, Receiver<Given>)> {
        let socket = socket_of(&served.file);
        if !cfg!(windows) {
            // Nobody else has the file, and nobody answered when this program began: a crash has left it, or another
            // program that was started at the same moment.
            match std::fs::remove_file(&socket) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        // By itself it would be removed by its name whenever the thread ends, and then it may be another program's.
        let listener = ListenerOptions::new().name(name(&socket)?).reclaim_name(false).create_sync()?;
        let waking = Waking::of(&listener, &socket)?;
        let (shown, show) = mpsc::channel(8);
        let shown = Arc::new(Mutex::new(shown));
        let ended = Arc::new(AtomicBool::new(false));
        let ends = Arc::clone(&ended);
        let serve = move || {
            for stream in listener.incoming() {
                if ends.load(Ordering::Acquire) {
                    return;
                }
                let Ok(stream) = stream else { continue };
                let (served, shown) = (served.clone(), Arc::clone(&shown));
                // One who connects and says nothing must not keep others waiting.
                let _detached = thread::spawn(move || answer(stream, &served, &shown));
            }
        };
        let _detached = thread::Builder::new().name("first instance".to_owned()).spawn(serve)?;
        let own = inode(&socket);
        Ok((Self { socket, own, ended, waking }, show))
    }
}

impl Drop for FirstInstance {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Release);
        self.waking.wake();
        if self.own.is_some() && self.own == inode(&self.socket) {
            // The next start removes a socket that is left, so a failure here does no harm.
            drop(std::fs::remove_file(&self.socket));
        }
    }
}

/// Wakes the thread that waits for others, so that it sees that its time is over.
#[cfg(unix)]
struct Waking(UnixStream);

/// Its name is its own as long as it listens.
#[cfg(windows)]
struct Waking(PathBuf);

impl Waking {
    #[cfg(unix)]
    fn of(listener: &Listener, _socket: &Path) -> io::Result<Self> {
        // The socket itself: behind its name there may be another program's by then. It is no stream, but ends as one.
        let Listener::UdSocket(listener) = listener;
        Ok(Self(listener.as_fd().try_clone_to_owned()?.into()))
    }

    #[cfg(windows)]
    fn of(_listener: &Listener, pipe: &Path) -> io::Result<Self> {
        Ok(Self(pipe.to_owned()))
    }

    #[cfg(unix)]
    fn wake(&self) {
        // It fails where the thread has ended.
        drop(self.0.shutdown(Shutdown::Both));
    }

    #[cfg(windows)]
    fn wake(&self) {
        // Where nobody listens, there is nothing to end.
        drop(name(&self.0).and_then(Stream::connect));
    }
}

/// Which file it is; none on Windows, where a pipe goes by itself.
#[cfg(unix)]
fn inode(socket: &Path) -> Option<u64> {
    use std::os::unix::fs::MetadataExt;
    Some(std::fs::symlink_metadata(socket).ok()?.ino())
}

#[cfg(not(unix))]
fn inode(_socket: &Path) -> Option<u64> {
    None
}

/// What is asked, is one line; the answer is `ok` or what went wrong, and then the snapshot.
fn answer(mut stream: Stream, Served { clinic, clock, .. }: &Served, shown: &Mutex<Sender<Given>>) {
    let mut line = String::new();
    let asked = BufReader::new((&mut stream).take(LONGEST)).read_line(&mut line);
    let show = |given| {
        // A full channel means that the window is about to be shown anyway.
        let _full = shown.lock().map(|mut shown| shown.try_send(given));
        format!("{OK}\n")
    };
    let line = line.strip_suffix('\n').unwrap_or(&line);
    let reply = match (asked, line) {
        (Ok(_), SHOW) => show(None),
        (Ok(_), line) if line.starts_with(GIVEN) => match serde_json::from_str(&line[GIVEN.len()..]) {
            Ok(given) => show(Some(given)),
            Err(_) => "not a path\n".to_owned(),
        },
        (Ok(_), BACKUP | EXPORT) => match clinic.store() {
            None => format!("{NO_CLINIC}\n"),
            Some(store) if line == BACKUP => match block_on(store.back_up(clock.now())) {
                Ok(copy) => format!("{OK}\n{}", copy.display()),
                Err(error) => format!("{error}\n"),
            },
            Some(store) => match block_on(store.snapshot()).map(|snapshot| serde_json::to_string(&snapshot)) {
                Ok(Ok(json)) => format!("{OK}\n{json}"),
                Ok(Err(error)) => format!("{error}\n"),
                Err(error) => format!("{error}\n"),
            },
        },
        _ => "unknown question\n".to_owned(),
    };
    // The other program may have given up meanwhile; then nobody waits for the answer.
    drop(stream.write_all(reply.as_bytes()));
}

/// Asks the program that has the file open to come to the front, and to ask there about the file that this one was
/// started with. `false`: there is none.
pub fn show(file: &Path, given: Option<&Path>) -> bool {
    let question = match given.map(serde_json::to_string) {
        None => SHOW.to_owned(),
        Some(Ok(path)) => format!("{GIVEN}{path}"),
        // No text: the window of its own says what is wrong.
        Some(Err(_)) => return false,
    };
    ask(file, &question).is_ok_and(|answer| answer.starts_with(OK))
}

/// Asks the program that has the file open for a copy of it, and where that is. `None`: there is none.
pub fn back_up(file: &Path) -> Option<Result<PathBuf, String>> {
    let answer = ask_clinic(file, BACKUP)?;
    let (state, copy) = answer.split_once('\n').unwrap_or((answer.as_str(), ""));
    Some(if state == OK { Ok(PathBuf::from(copy)) } else { Err(state.to_owned()) })
}

/// Asks the program that has the file open for everything in it. `None`: there is none.
pub fn export(file: &Path) -> Option<Result<Snapshot, String>> {
    let answer = ask_clinic(file, EXPORT)?;
    let (state, json) = answer.split_once('\n').unwrap_or((answer.as_str(), ""));
    Some(if state == OK {
        serde_json::from_str(json).map_err(|error| error.to_string())
    } else {
        Err(state.to_owned())
    })
}

/// What a window that shows the clinic answers; `None`: there is none.
fn ask_clinic(file: &Path, question: &str) -> Option<String> {
    ask(file, question).ok().filter(|answer| answer.trim_end() != NO_CLINIC)
}

fn ask(file: &Path, question: &str) -> io::Result<String> {
    let mut stream = Stream::connect(name(&socket_of(file))?)?;
    stream.set_recv_timeout(Some(PATIENCE)).or_else(unsupported)?;
    stream.write_all(format!("{question}\n").as_bytes())?;
    let mut answer = String::new();
    let _bytes = stream.read_to_string(&mut answer)?;
    Ok(answer)
}

/// Named pipes have no time limit; they end with the program at their other end.
fn unsupported(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::Unsupported { Ok(()) } else { Err(error) }
}

/// A socket beside the file, where only this user may go; a named pipe on Windows.
fn socket_of(file: &Path) -> PathBuf {
    if cfg!(windows) {
        let path = file.to_string_lossy().to_lowercase();
        let name = uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_URL, path.as_bytes());
        PathBuf::from(format!(r"\\.\pipe\aftalebog-{name}"))
    } else {
        file.with_extension("socket")
    }
}

fn name(socket: &Path) -> io::Result<Name<'_>> {
    socket.to_fs_name::<GenericFilePath>()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn listening(file: &Path) -> (FirstInstance, Receiver<Given>) {
        let clock = Clock::Fixed("2026-11-23T08:10:00Z".parse().expect("a moment"));
        FirstInstance::listen(Served { file: file.to_owned(), clinic: Shown::default(), clock }).expect("a socket")
    }

    #[test]
    fn one_whose_name_another_has_taken_ends_and_leaves_it_to_him() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("clinic.db");
        let (first, mut asked) = listening(&file);
        let (_second, mut asked_second) = listening(&file);
        drop(first);
        assert_eq!(block_on(asked.next()), None, "its thread has ended, which held the other end");
        assert!(show(&file, None));
        assert_eq!(block_on(asked_second.next()), Some(None));
    }

    #[test]
    fn one_that_ends_takes_its_name_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("clinic.db");
        let (first, mut asked) = listening(&file);
        assert!(show(&file, Some(Path::new("kopi.json"))));
        assert_eq!(block_on(asked.next()), Some(Some(PathBuf::from("kopi.json"))));
        drop(first);
        assert!(!socket_of(&file).exists() && !show(&file, None));
        assert_eq!(block_on(asked.next()), None);
    }
}
