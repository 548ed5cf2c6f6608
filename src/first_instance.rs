//! One program at a time owns a clinic's file. A second start, or `export` from a command line,
//! talks to the first through a local socket beside the file.

use std::hash::{Hash, Hasher};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use aftalebog_booking::Snapshot;
use aftalebog_local::Store;
use futures::executor::block_on;
use iced::Subscription;
use iced::futures::channel::mpsc::{self, Receiver, Sender};
use iced::futures::{SinkExt, StreamExt};
use interprocess::local_socket::{GenericFilePath, ListenerOptions, Name, Stream, prelude::*};

const SHOW: &str = "show";
const EXPORT: &str = "export";
const OK: &str = "ok";
/// How long the first program may take to answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Once for each later start on the file of this store. Exports are answered without a word.
pub fn second_starts(store: &Store) -> Subscription<()> {
    Subscription::run_with(Served(store.clone()), |served| {
        let store = served.0.clone();
        iced::stream::channel(1, async move |mut started: Sender<()>| {
            // Without a socket a second start says that the file is in use, and no more.
            let Ok((_listening, mut asked)) = FirstInstance::listen(store) else { return };
            while let Some(()) = asked.next().await {
                // When the window is gone, nobody needs to know.
                let _gone = started.send(()).await;
            }
        })
    })
}

/// A store, told apart by its file.
struct Served(Store);

impl Hash for Served {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.file().hash(state);
    }
}

/// Listens for later starts on the same file until it is dropped.
struct FirstInstance {
    socket: PathBuf,
    ended: Arc<AtomicBool>,
}

impl FirstInstance {
    /// The one who owns the file listens. Every message that arrives asks for the window to be
    /// shown; an export is answered from `store` right away.
    fn listen(store: Store) -> io::Result<(Self, Receiver<()>)> {
        let socket = socket_of(store.file());
        if !cfg!(windows) {
            // Only the owner of the file gets here, so a socket that is there was left by a crash.
            match std::fs::remove_file(&socket) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        let listener = ListenerOptions::new().name(name(&socket)?).create_sync()?;
        let (shown, show) = mpsc::channel(1);
        let shown = Arc::new(Mutex::new(shown));
        let ended = Arc::new(AtomicBool::new(false));
        let ends = Arc::clone(&ended);
        let serve = move || {
            for stream in listener.incoming().flatten() {
                if ends.load(Ordering::Acquire) {
                    return;
                }
                let (store, shown) = (store.clone(), Arc::clone(&shown));
                // One who connects and says nothing must not keep others waiting.
                let _detached = thread::spawn(move || answer(stream, &store, &shown));
            }
        };
        let _detached = thread::Builder::new().name("first instance".to_owned()).spawn(serve)?;
        Ok((Self { socket, ended }, show))
    }
}

impl Drop for FirstInstance {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Release);
        // Wakes the one who listens; where nobody does, there is nothing to end.
        drop(name(&self.socket).and_then(Stream::connect));
        if !cfg!(windows) {
            // The next start removes a socket that is left, so a failure here does no harm.
            drop(std::fs::remove_file(&self.socket));
        }
    }
}

/// What is asked, is one line; the answer is `ok` or what went wrong, and then the snapshot.
fn answer(mut stream: Stream, store: &Store, shown: &Mutex<Sender<()>>) {
    let mut line = String::new();
    let asked = BufReader::new((&mut stream).take(64)).read_line(&mut line);
    let reply = match (asked, line.trim_end()) {
        (Ok(_), SHOW) => {
            // A full channel means that the window is about to be shown anyway.
            let _full = shown.lock().map(|mut shown| shown.try_send(()));
            format!("{OK}\n")
        }
        (Ok(_), EXPORT) => match block_on(store.snapshot()).map(|snapshot| serde_json::to_string(&snapshot)) {
            Ok(Ok(json)) => format!("{OK}\n{json}"),
            Ok(Err(error)) => format!("{error}\n"),
            Err(error) => format!("{error}\n"),
        },
        _ => "unknown question\n".to_owned(),
    };
    // The other program may have given up meanwhile; then nobody waits for the answer.
    drop(stream.write_all(reply.as_bytes()));
}

/// Asks the program that has the file open to come to the front. `false`: there is none.
pub fn show(file: &Path) -> bool {
    ask(file, SHOW).is_ok_and(|answer| answer.starts_with(OK))
}

/// Asks the program that has the file open for everything in it. `None`: there is none.
pub fn export(file: &Path) -> Option<Result<Snapshot, String>> {
    let answer = ask(file, EXPORT).ok()?;
    let (state, json) = answer.split_once('\n').unwrap_or((answer.as_str(), ""));
    Some(if state == OK {
        serde_json::from_str(json).map_err(|error| error.to_string())
    } else {
        Err(state.to_owned())
    })
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
