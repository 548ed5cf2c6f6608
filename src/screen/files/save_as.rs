//! A dialog that writes one file, and how that goes.

use std::io::{self, Write};
use std::path::{self, Path, PathBuf};

use aftalebog_local::aside;
use aftalebog_texts::{Texts, fl};
use iced::{Element, Task};

use super::place::{self, Given, Place};
use crate::snapshot_file;
use crate::ui::dialog::{Dialog, Saving, dialog};
use crate::ui::focus::{self, inert};
use crate::ui::form::push;
use crate::ui::theme;

pub struct SaveAs {
    place: Place,
    saving: Saving,
}

#[derive(Clone, Debug)]
pub enum Message {
    Place(place::Message),
    OkPressed,
    /// Where it is now.
    Written(Result<PathBuf, NotWritten>),
}

/// Why a file was not written; what was there is as it was.
#[derive(Clone, Debug)]
pub enum NotWritten {
    /// This is there already.
    Exists(PathBuf),
    NoFolder,
    Denied,
    Full,
    Io(String),
}

pub enum Action {
    None,
    Run(Task<Message>),
    /// Written here.
    Saved(PathBuf),
}

impl SaveAs {
    pub fn new(place: Place) -> Self {
        Self { place, saving: Saving::Idle }
    }

    pub fn is_busy(&self) -> bool {
        self.saving == Saving::Busy
    }

    /// `bytes` prepares the work that makes the file's bytes; it is asked for once the place is given.
    pub fn update<W>(&mut self, message: Message, texts: &Texts, bytes: impl FnOnce() -> W) -> Action
    where
        W: FnOnce() -> Vec<u8> + Send + 'static,
    {
        match message {
            _ if self.is_busy() && !matches!(message, Message::Written(_)) => Action::None,
            Message::Place(message) => Action::Run(self.place.update(message, texts).map(Message::Place)),
            Message::OkPressed => match self.begin(texts) {
                Err(task) => Action::Run(task),
                Ok(given) => {
                    let bytes = bytes();
                    Action::Run(Task::perform(write(given, async move { Ok(bytes) }), Message::Written))
                }
            },
            Message::Written(written) => self.written(written, texts),
        }
    }

    /// Where the file is to be, unless that is still to be said; the saving has begun then.
    pub fn begin(&mut self, texts: &Texts) -> Result<Given, Task<Message>> {
        match self.place.given(texts) {
            None => Err(focus::set(place::ID)),
            Some(given) => {
                self.saving = Saving::Busy;
                Ok(given)
            }
        }
    }

    fn written(&mut self, written: Result<PathBuf, NotWritten>, texts: &Texts) -> Action {
        self.saving = Saving::Idle;
        match written {
            Ok(path) => Action::Saved(path),
            Err(NotWritten::Full) => {
                self.saving = Saving::Failed(fl!(texts, "files-export-full"));
                Action::None
            }
            Err(NotWritten::Io(detail)) => {
                self.saving = Saving::Failed(fl!(texts, "files-export-io", detail = detail));
                Action::None
            }
            Err(NotWritten::Exists(path)) => {
                self.place.refuse_name(&path, fl!(texts, "files-export-exists"));
                Action::Run(focus::set(place::ID))
            }
            Err(NotWritten::NoFolder) => {
                self.place.refuse(fl!(texts, "files-export-no-folder"));
                Action::Run(focus::set(place::ID))
            }
            Err(NotWritten::Denied) => {
                self.place.refuse(fl!(texts, "files-export-denied"));
                Action::Run(focus::set(place::ID))
            }
        }
    }

    pub fn place<'a>(&'a self, texts: &Texts) -> Element<'a, Message> {
        inert(self.is_busy(), self.place.view(texts).map(Message::Place)).into()
    }

    /// The dialog with «Gem» and «Annuller».
    pub fn dialog<'a, M: Clone + 'a>(
        &'a self,
        title: String,
        body: impl Into<Element<'a, M>>,
        on: impl Fn(Message) -> M,
        close: M,
        texts: &Texts,
    ) -> Dialog<'a, M> {
        let busy = self.is_busy();
        let ok = (!busy).then(|| on(Message::OkPressed));
        let words = if busy { fl!(texts, "saving") } else { fl!(texts, "files-export-save") };
        dialog(title, 640.0, body, close.clone(), fl!(texts, "cancel"))
            .saving(&self.saving)
            .button(push("files-export-cancel", fl!(texts, "cancel"), (!busy).then_some(close)))
            .button(push("files-export-ok", words, ok.clone()).style(theme::primary))
            .on_enter(ok)
            .first(place::ID)
    }
}

/// Writes a file of what `making` makes, on a thread of its own; the answer is where it is.
pub async fn write<W>(given: Given, making: impl Future<Output = Result<W, String>>) -> Result<PathBuf, NotWritten>
where
    W: FnOnce() -> Vec<u8> + Send + 'static,
{
    let bytes = making.await.map_err(NotWritten::Io)?;
    let writing = move || {
        let Given { path, replaces, within } = given;
        let is_in_folder = |within: &PathBuf| within.parent().is_some_and(Path::is_dir);
        let (path, replaces) = within.filter(is_in_folder).map_or((path, replaces), |within| (within, false));
        // Nobody sees in which folder the program stands.
        let path = path::absolute(&path).unwrap_or(path);
        if !replaces && path.exists() {
            return Err(NotWritten::Exists(path));
        }
        let written = snapshot_file::whole(&path, |file| file.write_all(&bytes()));
        written.map(|()| path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => NotWritten::NoFolder,
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::IsADirectory => {
                NotWritten::Denied
            }
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => NotWritten::Full,
            _ => NotWritten::Io(error.to_string()),
        })
    };
    aside(writing).await.unwrap_or_else(|| Err(NotWritten::Io("the thread that wrote the file ended".to_owned())))
}
