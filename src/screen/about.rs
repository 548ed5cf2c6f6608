//! «Om Aftalebog»: which program this is, where the clinic's data is, and what it is made of.

use std::path::{Path, PathBuf};

use aftalebog_local::Link;
use aftalebog_local::folder::backups_of;
use aftalebog_local::sync::Address;
use aftalebog_texts::guide::Topic;
use aftalebog_texts::{Texts, fl};
use iced::widget::{column, row, text};
use iced::{Center, Element, Fill, Task};
use lucide_icons::Icon;

use crate::outside::NotOpened;
use crate::ui::dialog::dialog;
use crate::ui::focus::inert;
use crate::ui::form::{divider, heading, icon, push, push_icon};
use crate::ui::theme::{self, size, space as gap};
use crate::ui::topic::layer_explained_by;
use crate::version::{self, NewVersion};

mod licences;

use licences::Licences;

/// In px: the dialog, and the labels of its facts.
const WIDTH: f32 = 720.0;
const LABEL: f32 = 140.0;

pub struct About {
    /// The clinic's file; none is open on the first page.
    file: PathBuf,
    /// The person's own folder, whose path has their name in it.
    home: Option<PathBuf>,
    licences: Option<Licences>,
    copied: Copied,
    not_opened: Option<String>,
}

/// The booking server that this PC is paired with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    pub address: String,
    /// `None`: it has not answered yet.
    pub version: Option<String>,
}

/// What is known of the booking server when it is asked for.
#[derive(Clone, Default)]
pub struct Known<'a> {
    /// `None`: this PC is paired with none.
    pub server: Option<Server>,
    pub new_version: Option<&'a NewVersion>,
}

/// Which of the things that can be copied was copied last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Copied {
    #[default]
    Nothing,
    Details,
    Path(Place),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Data,
    Copies,
}

#[derive(Clone, Debug)]
pub enum Message {
    OpenPressed(Place),
    CopyPathPressed(Place),
    FolderOpened(Place, Result<(), NotOpened>),
    DownloadPressed,
    LicencesPressed,
    Licences(licences::Message),
    CopyPressed,
    ClosePressed,
}

pub enum Action {
    None,
    Run(Task<Message>),
    OpenFolder(Place, PathBuf),
    Download,
    Close,
}

impl Server {
    pub fn new(link: &Link, version: Option<&str>) -> Self {
        // A name or a password that somebody typed into it is not shown.
        let address = link.address.parse::<Address>().map_or_else(|_| "–".to_owned(), |address| address.to_string());
        Self { address, version: version.map(str::to_owned) }
    }

    fn words(&self, texts: &Texts) -> String {
        match &self.version {
            Some(version) => {
                fl!(texts, "about-server-version", address = self.address.as_str(), version = version.as_str())
            }
            None => self.address.clone(),
        }
    }
}

impl Known<'_> {
    fn server_words(&self, texts: &Texts) -> String {
        self.server.as_ref().map_or_else(|| fl!(texts, "not-connected"), |server| server.words(texts))
    }
}

impl About {
    pub fn new(file: PathBuf, home: Option<PathBuf>) -> Self {
        Self { file, home, licences: None, copied: Copied::Nothing, not_opened: None }
    }

    /// The browser could not be opened, as `words` say.
    pub fn page_not_opened(&mut self, words: String) {
        self.not_opened = Some(words);
    }

    pub fn update(&mut self, message: Message, known: &Known<'_>, texts: &Texts) -> Action {
        match message {
            Message::OpenPressed(place) => Action::OpenFolder(place, self.folder(place)),
            Message::FolderOpened(_, Ok(())) => {
                self.not_opened = None;
                Action::None
            }
            Message::FolderOpened(_, Err(NotOpened::NoFolder)) => {
                self.not_opened = Some(fl!(texts, "about-no-folder"));
                Action::None
            }
            Message::FolderOpened(place, Err(NotOpened::NoProgram)) => {
                self.not_opened = Some(fl!(texts, "about-not-opened"));
                self.copy_path(place)
            }
            Message::CopyPathPressed(place) => {
                self.not_opened = None;
                self.copy_path(place)
            }
            Message::DownloadPressed => Action::Download,
            Message::LicencesPressed => {
                self.licences = Some(Licences::new());
                Action::None
            }
            Message::Licences(licences::Message::ClosePressed) => {
                self.licences = None;
                Action::None
            }
            Message::Licences(licences::Message::List(message)) => match &mut self.licences {
                Some(licences) => Action::Run(licences.update(message)),
                None => Action::None,
            },
            Message::CopyPressed => {
                self.copied = Copied::Details;
                Action::Run(iced::clipboard::write(self.for_support(known, texts)))
            }
            Message::ClosePressed => Action::Close,
        }
    }

    fn copy_path(&mut self, place: Place) -> Action {
        self.copied = Copied::Path(place);
        Action::Run(iced::clipboard::write(self.folder(place).display().to_string()))
    }

    fn folder(&self, place: Place) -> PathBuf {
        match place {
            Place::Data => self.file.parent().map(Path::to_path_buf).unwrap_or_default(),
            Place::Copies => backups_of(&self.file),
        }
    }

    /// What those who help need to know, and nothing of a person.
    fn for_support(&self, known: &Known<'_>, texts: &Texts) -> String {
        let shown = |path: &Path| nameless(path, self.home.as_deref());
        let mut lines = vec![
            fl!(texts, "about-version", version = version::THIS),
            format!("{}: {}", fl!(texts, "about-system"), system()),
            format!("{}: {}", fl!(texts, "about-data"), shown(&self.file)),
            format!("{}: {}", fl!(texts, "about-copies"), shown(&self.folder(Place::Copies))),
            format!("{}: {}", fl!(texts, "about-server"), known.server_words(texts)),
        ];
        if let Some(newer) = known.new_version {
            let which = fl!(texts, "new-version-which", version = newer.version.to_string());
            lines.push(format!("{}: {which}", fl!(texts, "new-version-title")));
        }
        lines.join("\n")
    }

    /// The lowest first.
    pub fn layers<'a>(&'a self, known: &Known<'_>, texts: &Texts) -> Vec<Element<'a, Message>> {
        let licences = self.licences.as_ref().map(|licences| licences.layer(texts).map(Message::Licences));
        let about = inert(licences.is_some(), self.dialog(known, texts)).into();
        std::iter::once(about).chain(licences).map(|layer| layer_explained_by(Topic::Support, layer)).collect()
    }

    fn dialog<'a>(&'a self, known: &Known<'_>, texts: &Texts) -> Element<'a, Message> {
        let head = column![
            heading(fl!(texts, "about-version", version = version::THIS)),
            text(fl!(texts, "about-what")).style(theme::muted)
        ];
        let facts = column![
            self.place(Place::Data, fl!(texts, "about-data"), self.file.display().to_string(), texts),
            self.place(
                Place::Copies,
                fl!(texts, "about-copies"),
                self.folder(Place::Copies).display().to_string(),
                texts
            ),
            fact(fl!(texts, "about-server"), text(known.server_words(texts))),
            fact(fl!(texts, "about-system"), text(system())),
        ];
        let licence = column![
            text(fl!(texts, "about-licence")),
            text(fl!(texts, "about-fonts")).size(size::SMALL).style(theme::muted)
        ];
        let newer = known.new_version.map(|newer| new_version(newer, texts));
        let body = column![head.spacing(gap::XS), newer, divider(), facts.spacing(gap::S), divider()]
            .push(licence.spacing(gap::XS))
            .spacing(gap::M);
        let copied = (self.copied == Copied::Details).then(|| fl!(texts, "connected-copied"));
        let mut about = dialog(fl!(texts, "about-title"), WIDTH, body, Message::ClosePressed, fl!(texts, "close"))
            .telling(copied)
            .button(push("about-licences", fl!(texts, "licences-title"), Some(Message::LicencesPressed)))
            .button(push("about-copy", fl!(texts, "about-copy"), Some(Message::CopyPressed)).icon(Icon::Copy))
            .button(push("about-close", fl!(texts, "close"), Some(Message::ClosePressed)).style(theme::primary))
            .first("about-close");
        if let Some(why) = &self.not_opened {
            about = about.failing(why);
        }
        about.layer()
    }

    /// A folder, which can be opened, and its path, which can be copied.
    fn place<'a>(&self, place: Place, label: String, path: String, texts: &Texts) -> Element<'a, Message> {
        let id = match place {
            Place::Data => "data",
            Place::Copies => "copies",
        };
        let (copy, words) = match self.copied == Copied::Path(place) {
            true => (Icon::Check, fl!(texts, "connected-copied")),
            false => (Icon::Copy, fl!(texts, "about-copy-path")),
        };
        let open = push(format!("about-open-{id}"), fl!(texts, "about-open"), Some(Message::OpenPressed(place)));
        let copy = push_icon(format!("about-path-{id}"), copy, words, Some(Message::CopyPathPressed(place)));
        let value = row![text(path).width(Fill).wrapping(text::Wrapping::Glyph), Element::from(open), copy];
        fact(label, value.spacing(gap::S).align_y(Center))
    }
}

fn new_version<'a>(newer: &NewVersion, texts: &Texts) -> Element<'a, Message> {
    let which = fl!(texts, "new-version-which", version = newer.version.to_string());
    let line = row![
        icon(Icon::CircleArrowUp).style(theme::good),
        text(fl!(texts, "new-version-title")).font(theme::SEMIBOLD),
        text(which).width(Fill)
    ];
    let line = line.spacing(gap::S).align_y(Center);
    match &newer.download {
        Some(_) => {
            let words = fl!(texts, "new-version-get");
            let get = push("about-new-version", words, Some(Message::DownloadPressed)).icon(Icon::ExternalLink);
            line.push(Element::from(get)).into()
        }
        None => column![line, text(fl!(texts, "new-version-ask")).size(size::SMALL).style(theme::muted)].into(),
    }
}

fn fact<'a>(label: String, value: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    row![text(label).width(LABEL).style(theme::muted), value.into()].spacing(gap::S).align_y(Center).into()
}

fn system() -> String {
    let system = match std::env::consts::OS {
        "windows" => "Windows",
        "linux" => "Linux",
        other => other,
    };
    format!("{system} {}", std::env::consts::ARCH)
}

/// A path without the name of whoever it belongs to.
fn nameless(path: &Path, home: Option<&Path>) -> String {
    match home.and_then(|home| path.strip_prefix(home).ok()) {
        Some(rest) => Path::new("~").join(rest).display().to_string(),
        None => path.display().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use aftalebog_texts::Language;

    #[test]
    fn what_is_copied_does_not_tell_who_somebody_is() {
        let texts = Texts::new(Language::Danish);
        let file = Path::new("/home/anne.poulsen/.local/share/aftalebog/clinic.db");
        let about = About::new(file.to_owned(), Some(PathBuf::from("/home/anne.poulsen")));
        let copied = about.for_support(&Known::default(), &texts);
        assert!(!copied.contains("anne"), "{copied}");
        assert!(copied.contains("~/.local/share/aftalebog/clinic.db"), "{copied}");
        assert!(copied.contains(version::THIS) && copied.contains("Ikke forbundet"), "{copied}");
        let elsewhere =
            About::new(file.to_owned(), Some(PathBuf::from("/home/anne"))).for_support(&Known::default(), &texts);
        assert!(elsewhere.contains("/home/anne.poulsen/"), "a folder that only begins so is another: {elsewhere}");
    }
}
