//! Where a file is, or is to be: typed, dropped, or chosen in the system's own dialog.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use aftalebog_texts::{Texts, fl};
use iced::widget::{column, row, text};
use iced::{Center, Element, Fill, Task};

use crate::file_dialog::{self, Picked};
use crate::ui::focus;
use crate::ui::form::{Sentence, field, push, under};
use crate::ui::theme::space as gap;

/// The field's id: there is one on the screen.
pub const ID: &str = "files-path";
const BROWSE: &str = "files-browse";

/// The state of the field.
pub struct Place {
    kind: Kind,
    typed: String,
    /// It was chosen in the dialog of the system, which has asked whether a file may be replaced.
    picked: bool,
    /// The dialog of the system has the other hold on it, from when it is asked for until it is closed.
    dialog: Arc<()>,
    fault: Sentence,
}

/// What the file is for.
#[derive(Clone, Debug)]
pub enum Kind {
    Read {
        extensions: &'static [&'static str],
    },
    Write {
        /// With which its name ends; the last part of it is enough.
        ending: &'static str,
        /// How it is called unless somebody wants it otherwise.
        name: String,
    },
}

#[derive(Clone, Debug)]
pub enum Message {
    Typed(String),
    BrowsePressed,
    Chosen(Picked),
}

/// A place as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    pub path: PathBuf,
    /// What is there already may be replaced.
    pub replaces: bool,
    /// Where the file is to be if what was given is a folder that is there.
    pub within: Option<PathBuf>,
}

impl Place {
    pub fn new(kind: Kind) -> Self {
        Self { kind, typed: String::new(), picked: false, dialog: Arc::default(), fault: Sentence::none() }
    }

    pub fn update(&mut self, message: Message, texts: &Texts) -> Task<Message> {
        match message {
            Message::Typed(typed) => {
                (self.typed, self.picked, self.fault) = (typed, false, Sentence::none());
                Task::none()
            }
            Message::Chosen(Picked::File(path)) => {
                let path = path.display().to_string();
                let whole = self.kind.whole(&path);
                // The system has asked about the name that was chosen, not about the one that becomes of it.
                self.picked = whole == path;
                (self.typed, self.fault) = (whole, Sentence::none());
                focus::set(ID)
            }
            Message::Chosen(Picked::Nothing) => focus::set_if_lost(BROWSE),
            Message::Chosen(Picked::NoDialog) => {
                self.fault = Sentence::Warns(match &self.kind {
                    Kind::Read { .. } => fl!(texts, "files-no-dialog-open"),
                    Kind::Write { name, .. } => fl!(texts, "files-no-dialog-save", name = name.clone()),
                });
                focus::set(ID)
            }
            // On some systems it takes seconds until the dialog stands there.
            Message::BrowsePressed if self.is_browsing() => Task::none(),
            Message::BrowsePressed => {
                let choosing = choose(self.kind.clone(), self.title(texts), Arc::clone(&self.dialog));
                Task::perform(choosing, Message::Chosen)
            }
        }
    }

    fn is_browsing(&self) -> bool {
        Arc::strong_count(&self.dialog) > 1
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
        let within = match &self.kind {
            Kind::Read { .. } => None,
            Kind::Write { name, .. } => Some(Path::new(path).join(name)),
        };
        Some(Given { path: self.kind.whole(path).into(), replaces: self.picked, within })
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

    /// Something has this name already, which nobody may have typed in full: it is the one that is seen.
    pub fn refuse_name(&mut self, path: &Path, words: String) {
        (self.typed, self.picked) = (path.display().to_string(), false);
        self.refuse(words);
    }

    pub fn view<'a>(&'a self, texts: &Texts) -> Element<'a, Message> {
        let path = field(ID, "", &self.typed, self.fault.standing(), Some(Message::Typed));
        let pressed = (!self.is_browsing()).then_some(Message::BrowsePressed);
        let browse = push(BROWSE, fl!(texts, "fetch-browse"), pressed);
        let line = row![text(fl!(texts, "fetch-path")), path.width(Fill), browse].spacing(gap::S).align_y(Center);
        column![line, under(&self.fault)].spacing(gap::XS).into()
    }
}

impl Kind {
    /// The path with the ending that it lacks; in a folder, the file that it would be by itself.
    fn whole(&self, path: &str) -> String {
        let Self::Write { ending, name } = self else { return path.to_owned() };
        if path.ends_with(std::path::is_separator) {
            return format!("{path}{name}");
        }
        let has = |ending: &str| {
            let from = path.len().checked_sub(ending.len() + 1);
            let found = from.and_then(|from| path.get(from..)?.strip_prefix('.'));
            found.is_some_and(|found| found.eq_ignore_ascii_case(ending))
        };
        match ending.rsplit_once('.') {
            _ if has(ending) || Path::new(path).file_name().is_none() => path.to_owned(),
            Some((_, last)) if has(last) => path.to_owned(),
            Some((first, last)) if has(first) => format!("{path}.{last}"),
            _ => format!("{path}.{ending}"),
        }
    }
}

async fn choose(kind: Kind, title: String, _until_closed: Arc<()>) -> Picked {
    match kind {
        Kind::Read { extensions } => file_dialog::open(title, extensions).await,
        Kind::Write { ending, name } => file_dialog::save(title, ending, name).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: &str = "Klinikken 2026-11-23.aftalebog.json";

    fn backup() -> Place {
        Place::new(Kind::Write { ending: "aftalebog.json", name: NAME.to_owned() })
    }

    #[test]
    fn only_a_file_that_the_system_has_asked_about_is_replaced() {
        let texts = Texts::new(Default::default());
        let mut place = backup();
        for (chosen, whole, replaces) in [
            ("/klinik/kopi.aftalebog.json", "/klinik/kopi.aftalebog.json", true),
            ("/klinik/KOPI.AFTALEBOG.JSON", "/klinik/KOPI.AFTALEBOG.JSON", true),
            ("/klinik/kopi.json", "/klinik/kopi.json", true),
            ("/klinik/kopi", "/klinik/kopi.aftalebog.json", false),
            ("/klinik/kopi.aftalebog", "/klinik/kopi.aftalebog.json", false),
            ("/klinik/clinic.db", "/klinik/clinic.db.aftalebog.json", false),
            ("/klinik/Tandlæge H. Ærø", "/klinik/Tandlæge H. Ærø.aftalebog.json", false),
            ("/klinik/json", "/klinik/json.aftalebog.json", false),
            ("/klinik/ø", "/klinik/ø.aftalebog.json", false),
        ] {
            let _focus = place.update(Message::Chosen(Picked::File(chosen.into())), &texts);
            assert_eq!(place.typed, whole, "it is seen before it is saved");
            let given = place.given(&texts).unwrap();
            assert_eq!((given.path, given.replaces), (whole.into(), replaces), "{chosen}");
            let _none = place.update(Message::Typed(chosen.to_owned()), &texts);
            let given = place.given(&texts).unwrap();
            assert_eq!((given.path, given.replaces), (whole.into(), false), "nobody was asked about {chosen}");
        }
    }

    #[test]
    fn in_a_folder_the_file_has_the_name_that_is_suggested() {
        let texts = Texts::new(Default::default());
        let mut place = backup();
        let _none = place.update(Message::Typed("/media/usb/".to_owned()), &texts);
        assert_eq!(place.given(&texts).unwrap().path, Path::new("/media/usb").join(NAME));
        let _none = place.update(Message::Typed("/media/usb".to_owned()), &texts);
        let Given { path, within, .. } = place.given(&texts).unwrap();
        assert_eq!((path, within), ("/media/usb.aftalebog.json".into(), Some(Path::new("/media/usb").join(NAME))));
    }

    #[test]
    fn a_table_has_one_ending_and_what_is_read_is_taken_as_it_is_called() {
        let table = Kind::Write { ending: "csv", name: "patienter.csv".to_owned() };
        assert_eq!(table.whole("/klinik/liste"), "/klinik/liste.csv");
        assert_eq!(table.whole("/klinik/liste.Csv"), "/klinik/liste.Csv");
        assert_eq!(Kind::Read { extensions: &["csv"] }.whole("/klinik/liste"), "/klinik/liste");
    }

    #[test]
    fn one_dialog_is_asked_for_at_a_time() {
        let texts = Texts::new(Default::default());
        let mut place = backup();
        let asked = place.update(Message::BrowsePressed, &texts);
        assert_eq!((asked.units(), place.is_browsing()), (1, true));
        assert_eq!(place.update(Message::BrowsePressed, &texts).units(), 0, "the first one may be about to open");
        let _dropped = place.update(Message::Chosen(Picked::File("/klinik/kopi".into())), &texts);
        assert_eq!(place.update(Message::BrowsePressed, &texts).units(), 0, "a file was dropped, and it is still open");
        drop(asked);
        assert!(!place.is_browsing(), "however it ended");
        assert_eq!(place.update(Message::BrowsePressed, &texts).units(), 1);
    }

    #[test]
    fn a_system_without_a_dialog_says_so_at_the_field_and_a_closed_one_nothing() {
        let texts = Texts::new(Default::default());
        for (mut place, words) in [
            (backup(), format!("fx /media/usb/{NAME}")),
            (Place::new(Kind::Read { extensions: &["json"] }), "Skriv i stedet, hvor filen ligger".to_owned()),
        ] {
            let _none = place.update(Message::Chosen(Picked::Nothing), &texts);
            assert!(matches!(&place.fault, Sentence::Means(said) if said.is_empty()));
            let _focus = place.update(Message::Chosen(Picked::NoDialog), &texts);
            let Sentence::Warns(said) = &place.fault else { panic!("{:?}", place.fault.standing()) };
            assert!(said.contains("Der kan ikke åbnes et vindue") && said.contains(&words), "{said}");
            let _none = place.update(Message::Typed("/media".to_owned()), &texts);
            assert!(matches!(&place.fault, Sentence::Means(said) if said.is_empty()), "it is read");
        }
    }
}
