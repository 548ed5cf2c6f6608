//! Where a file is, or is to be: typed, dropped, or chosen in the system's own dialog.

use std::path::{Path, PathBuf};

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

impl Kind {
    /// By the ending of its name.
    fn is_of(&self, path: &Path) -> bool {
        let is = |extension: &str| path.extension().is_some_and(|of_path| of_path.eq_ignore_ascii_case(extension));
        match self {
            Self::Read { extensions } => extensions.iter().any(|extension| is(extension)),
            Self::Write { extension, .. } => is(extension),
        }
    }
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
        let path = PathBuf::from(path);
        // The clinic's own file can be chosen there as well, and is never of a kind that is written.
        let replaces = self.picked && self.kind.is_of(&path);
        Some(Given { path, replaces })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_file_of_its_kind_that_the_system_has_asked_about_is_replaced() {
        let texts = Texts::new(Default::default());
        let mut place = Place::new(Kind::Write { extension: "json", name: String::new() });
        for (path, expected) in [
            ("/klinik/kopi.aftalebog.json", true),
            ("/klinik/KOPI.JSON", true),
            ("/klinik/clinic.db", false),
            ("/klinik/json", false),
        ] {
            let _focus = place.update(Message::Chosen(Some(path.into())), &texts);
            assert_eq!(place.given(&texts).unwrap().replaces, expected, "{path}");
        }
        let _none = place.update(Message::Typed("/klinik/kopi.json".to_owned()), &texts);
        assert!(!place.given(&texts).unwrap().replaces, "nobody was asked");
    }
}
