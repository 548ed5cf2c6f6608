//! The page that stands where the clinic's file should be: why it cannot be opened, and the last
//! good backup. Never a silent empty file.

use std::path::PathBuf;

use aftalebog_local::backup::Backup;
use aftalebog_texts::{Texts, fl};
use iced::widget::{center, column, container, row, space, text};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use super::restore::Made;
use crate::ui::focus::focus_scope;
use crate::ui::form::{icon, push};
use crate::ui::theme::{self, size, space as gap};

pub struct Problem {
    pub file: PathBuf,
    pub heading: String,
    pub explanation: String,
    pub remedy: Remedy,
}

/// What can be done about it from here.
pub enum Remedy {
    /// Only to try again.
    Retry,
    /// The newest good backup is being looked for.
    Searching,
    Restore(Offer),
    NoBackup,
    /// The same of the demo clinic, into which nothing else is fetched: it can be made anew.
    NoBackupOfDemo,
    /// The backup is on its way into place.
    Restoring(Offer),
    /// It is in place, and is being opened; what was there has this name now.
    Restored {
        copy: Backup,
        set_aside: Option<PathBuf>,
    },
}

/// The newest good backup, and why it is needed.
#[derive(Clone, Debug)]
pub struct Offer {
    pub copy: Backup,
    pub trouble: Trouble,
}

/// What is wrong with the clinic's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    Damaged,
    /// It is not there.
    Missing,
}

impl Remedy {
    /// Whether a clinic may be put in the place of what cannot be opened.
    pub const fn may_fetch(&self) -> bool {
        matches!(self, Self::Restore(_) | Self::NoBackup)
    }

    /// A file that is being put into place must not be opened, or left, half way.
    const fn is_under_way(&self) -> bool {
        matches!(self, Self::Restoring(_) | Self::Restored { .. })
    }
}

#[derive(Clone, Debug)]
pub enum Message {
    RetryPressed,
    RestorePressed,
    /// Another copy is to be chosen.
    FetchPressed,
    QuitPressed,
    LanguagePressed,
}

impl Problem {
    pub fn view<'a>(&'a self, texts: &'a Texts, language: Element<'a, Message>) -> Element<'a, Message> {
        let sign = icon(Icon::TriangleAlert).size(24).style(theme::bad);
        let head = row![sign, text(&self.heading).size(size::TITLE).font(theme::SEMIBOLD)];
        let file = row![
            text(fl!(texts, "problem-file")).style(theme::muted),
            text(self.file.display().to_string()).size(size::SMALL)
        ];
        let idle = |message: Message| (!self.remedy.is_under_way()).then_some(message);
        let mut buttons = row![
            push("problem-quit", fl!(texts, "problem-quit"), idle(Message::QuitPressed)),
            push("problem-retry", fl!(texts, "problem-retry"), idle(Message::RetryPressed)),
        ];
        if self.remedy.may_fetch() {
            let fetch = push("problem-fetch", fl!(texts, "problem-fetch"), Some(Message::FetchPressed));
            buttons = buttons.push(fetch);
        }
        let remedy = match &self.remedy {
            Remedy::Retry => None,
            Remedy::Searching => Some(fl!(texts, "problem-searching")),
            Remedy::NoBackup => Some(fl!(texts, "problem-no-backup")),
            Remedy::NoBackupOfDemo => Some(fl!(texts, "problem-no-backup-demo")),
            Remedy::Restoring(_) | Remedy::Restored { .. } => Some(fl!(texts, "problem-restoring")),
            Remedy::Restore(Offer { copy, trouble }) => {
                let made = Made::of(copy).words(texts);
                let words = fl!(texts, "problem-restore");
                let restore = push("problem-restore", words, Some(Message::RestorePressed));
                buttons = buttons.push(restore.style(theme::primary));
                Some(match trouble {
                    Trouble::Damaged => fl!(texts, "problem-backup", made = made),
                    Trouble::Missing => fl!(texts, "problem-backup-missing", made = made),
                })
            }
        };
        let card = column![
            head.spacing(gap::M).align_y(Center),
            text(&self.explanation),
            file.spacing(gap::S).align_y(Center),
            remedy.map(text),
            row![space::horizontal(), buttons.spacing(gap::S)],
        ];
        let card = container(card.spacing(gap::L)).padding(gap::XXL).width(680).style(theme::surface);
        let bar = row![space::horizontal(), language].padding([gap::M, gap::L]);
        let page = container(column![bar, center(card)]).width(Fill).height(Fill).style(theme::background);
        focus_scope(page).autofocus_on("problem-retry").into()
    }
}
