//! Where a file is, or is to be: typed, dropped, or chosen in the system's own dialog.

use std::path::PathBuf;

use aftalebog_texts::{Texts, fl};
use iced::widget::{column, row, text};
use iced::{Center, Element, Fill, Task};

use crate::ui::focus;
use crate::ui::form::{Sentence, field, push, under};
use crate::ui::theme::space as gap;

/// The field's id: there is one on the screen.
pub const ID: &str = "files-path";

/// The state of the field.
pub struct Place {
    kind: Kind,
    typed: String,
    /// It was chosen in the dialog of the system, which has asked whether a file may be replaced.
    picked: bool,
    fault: Sentence,
}

/// What the file is for.
#[derive(Clone, Debug)]
pub enum Kind {
    Read { extensions: &'static [&'static str] },
    Write { extension: &'static str, name: String },
}

#[derive(Clone, Debug)]
pub enum Message {
    Typed(String),
    BrowsePressed,
    Chosen(Option<PathBuf>),
}

/// A place as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    pub path: PathBuf,
    /// What is there already may be replaced.
    pub replaces: bool,
}

impl Place {
    pub fn new(kind: Kind) -> Self {
        Self { kind, typed: String::new(), picked: false, fault: Sentence::none() }
    }

    pub fn update(&mut self, message: Message, texts: &Texts) -> Task<Message> {
        match message {
            Message::Typed(typed) => {
                (self.typed, self.picked, self.fault) = (typed, false, Sentence::none());
                Task::none()
            }
            Message::Chosen(Some(path)) => {
                (self.typed, self.picked, self.fault) = (path.display().to_string(), true, Sentence::none());
                focus::set(ID)
            }
            Message::Chosen(None) => Task::none(),
            Message::BrowsePressed => Task::perform(choose(self.kind.clone(), self.title(texts)), Message::Chosen),
        }
    }

    fn title(&self, texts: &Texts) -> String {
        match self.kind {
            Kind::Read { .. } => fl!(texts, "files-open-title"),
            Kind::Write { .. } => fl!(texts, "files-save-title"),
        }
    }

    /// Where the file is; says that it is missing where nothing is given.
    pub fn given(&mut self, texts: &Texts) -> Option<Given> {
        // A path that was copied in Windows stands in quotation marks.
        let path = self.typed.trim().trim_matches('"');
        if path.is_empty() {
            self.fault = Sentence::Refuses(fl!(texts, "fetch-path-missing"));
            return None;
        }
        Some(Given { path: PathBuf::from(path), replaces: self.picked })
    }

    /// Something is typed or chosen.
    pub fn is_given(&self) -> bool {
        !self.typed.trim().is_empty()
    }

    pub fn empty(&mut self) {
        (self.typed, self.picked, self.fault) = (String::new(), false, Sentence::none());
    }

    pub fn refuse(&mut self, words: String) {
        self.fault = Sentence::Refuses(words);
    }

    pub fn view<'a>(&'a self, texts: &Texts) -> Element<'a, Message> {
        let path = field(ID, "", &self.typed, self.fault.standing(), Some(Message::Typed));
        let browse = push("files-browse", fl!(texts, "fetch-browse"), Some(Message::BrowsePressed));
        let line = row![text(fl!(texts, "fetch-path")), path.width(Fill), browse].spacing(gap::S).align_y(Center);
        column![line, under(&self.fault)].spacing(gap::XS).into()
    }
}

async fn choose(kind: Kind, title: String) -> Option<PathBuf> {
    let dialog = rfd::AsyncFileDialog::new().set_title(title);
    let chosen = match kind {
        Kind::Read { extensions } => dialog.add_filter(extensions.join(", "), extensions).pick_file().await,
        Kind::Write { extension, name } => {
            dialog.add_filter(extension, &[extension]).set_file_name(name).save_file().await
        }
    };
    chosen.map(|file| file.path().to_owned())
}
