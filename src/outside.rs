//! What the desktop opens on the program's behalf: a folder, a page in the browser.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use aftalebog_booking::program::Download;
use aftalebog_local::aside;

/// Who opens it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Opener {
    /// The system's own program for it.
    #[default]
    System,
    /// Another program, which is given what is to be opened: for tests.
    Program(PathBuf),
}

/// Why something is not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotOpened {
    /// There is no such folder.
    NoFolder,
    /// There is nobody who could open it.
    NoProgram,
}

impl Opener {
    pub async fn open_folder(self, folder: PathBuf) -> Result<(), NotOpened> {
        if !folder.is_dir() {
            return Err(NotOpened::NoFolder);
        }
        self.open(folder.into_os_string()).await
    }

    pub async fn open_page(self, page: Download) -> Result<(), NotOpened> {
        self.open(page.as_str().into()).await
    }

    /// Nobody waits for the program: some of them stay as long as what they have opened.
    async fn open(self, what: OsString) -> Result<(), NotOpened> {
        let starting = move || {
            let mut command = self.command(&what);
            let started = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
            let mut started = started.map_err(|_| NotOpened::NoProgram)?;
            // Once it has ended, nothing of it is left.
            let _ends_by_itself = std::thread::spawn(move || started.wait());
            Ok(())
        };
        aside(starting).await.unwrap_or(Err(NotOpened::NoProgram))
    }

    fn command(&self, what: &OsStr) -> Command {
        let mut command = match self {
            Self::Program(program) => Command::new(program),
            Self::System if cfg!(windows) => {
                // Explorer would take a page with a question mark in it for a folder.
                let is_folder = Path::new(what).is_dir();
                let mut command = Command::new(if is_folder { "explorer.exe" } else { "rundll32.exe" });
                if !is_folder {
                    let _same = command.arg("url.dll,FileProtocolHandler");
                }
                command
            }
            Self::System => Command::new("xdg-open"),
        };
        let _same = command.arg(what);
        command
    }
}
