//! «Der er en ny version»: one line over the lower edge of the book, until somebody puts it away.

use aftalebog_booking::wire::Hello;
use aftalebog_local::sync::Fault;
use aftalebog_texts::fl;
use aftalebog_texts::guide::Topic;
use iced::widget::{column, row, text};
use iced::{Element, Fill, Task};
use lucide_icons::Icon;

use super::{Action, Desk, Message, OpenClinic};
use crate::screen::about::Server;
use crate::ui::form::{icon, push, slip};
use crate::ui::theme::{self, size, space as gap};
use crate::ui::topic::explained_by;
use crate::version::NewVersion;

impl OpenClinic {
    /// Asks the server which program it is, and whether it knows of a newer one for this PC.
    pub(super) fn ask_for_greeting(&self) -> Task<Message> {
        let Some(sync) = self.known.sync.clone() else { return Task::none() };
        let asking = async move { sync.hello().await };
        Task::perform(asking, Message::Greeted)
    }

    /// What is known stays known where the server is not reached: the bar says what is wrong with the connection.
    pub(super) fn greeted(&mut self, hello: Result<Hello, Fault>) -> Action {
        if let Ok(hello) = hello {
            self.new_version = NewVersion::told_by(&hello);
            self.server_version = Some(hello.version);
        }
        Action::None
    }

    /// The server that this PC is paired with, and the program it is.
    pub fn server(&self) -> Option<Server> {
        let link = self.known.read.link.as_ref()?;
        Some(Server::new(link, self.server_version.as_deref()))
    }

    /// Only while this PC is paired: another server may know of another one.
    pub fn new_version(&self) -> Option<&NewVersion> {
        self.new_version.as_ref().filter(|_| self.known.read.link.is_some())
    }

    pub(super) fn new_version_put_away(&mut self) -> Action {
        let Some(version) = self.new_version().map(|newer| newer.version) else { return Action::None };
        self.put_away = Some(version);
        Action::PutAway(version)
    }

    pub(super) fn new_version_slip<'a>(&self, desk: Desk<'a>) -> Option<Element<'a, Message>> {
        let texts = desk.texts;
        let newer = self.new_version().filter(|newer| self.put_away < Some(newer.version))?;
        let which = fl!(texts, "new-version-which", version = newer.version.to_string());
        let title = row![text(fl!(texts, "new-version-title")).font(theme::SEMIBOLD), text(which)].spacing(gap::S);
        let (get, ask) = match newer.download {
            Some(_) => {
                let words = fl!(texts, "new-version-get");
                let get = push("new-version-get", words, Some(Message::NewVersionPressed));
                (Some(Element::from(get.icon(Icon::ExternalLink))), None)
            }
            None => (None, Some(text(fl!(texts, "new-version-ask")).size(size::SMALL).style(theme::muted))),
        };
        let away = push("new-version-away", fl!(texts, "new-version-away"), Some(Message::NewVersionPutAway));
        let away = away.hint(fl!(texts, "new-version-away-hint"));
        let words = column![title].push(ask).width(Fill);
        let line = row![icon(Icon::CircleArrowUp).style(theme::good), words, get, away];
        Some(explained_by(Topic::Update, slip(line)))
    }
}
