//! The first start: no clinic's file is there yet.

use std::path::PathBuf;

use aftalebog_texts::{Texts, fl};
use iced::widget::{center, column, container, row, space, text};
use iced::{Center, Element, Fill, Task};
use lucide_icons::Icon;

use crate::snapshot_file;
use crate::ui::dialog::dialog;
use crate::ui::focus::{self, focus_scope, inert};
use crate::ui::form::{self, Sentence, field, heading, push};
use crate::ui::theme::{self, size, space as gap};

/// How wide a choice is, in px.
const CHOICE: f32 = 232.0;
/// What a real clinic begins with.
const FIRST: &str = "welcome-new";

#[derive(Default)]
pub struct Welcome {
    fetching: Option<Fetching>,
    /// A clinic is on its way.
    busy: bool,
    /// And it is to be connected with a booking server at once.
    connecting: bool,
}

/// The small window behind «Hent fra fil …».
struct Fetching {
    path: String,
    fault: Sentence,
}

#[derive(Clone, Debug)]
pub enum Message {
    NewPressed,
    ConnectPressed,
    DemoPressed,
    FetchPressed,
    PathTyped(String),
    BrowsePressed,
    FileChosen(Option<PathBuf>),
    FetchOkPressed,
    FetchCancelled,
    LanguagePressed,
}

pub enum Action {
    None,
    Run(Task<Message>),
    TurnLanguage,
    /// Set a clinic up, step by step.
    NewClinic,
    /// Make a clinic with nothing in it, to fetch the one that is on another PC.
    Connect,
    /// Opens the demo clinic, made anew where there is none.
    OpenDemo,
    /// Makes the clinic's file from a snapshot.
    Fetch(PathBuf),
}

impl Welcome {
    pub fn update(&mut self, message: Message, texts: &Texts) -> Action {
        match message {
            Message::LanguagePressed => Action::TurnLanguage,
            // What is on its way can neither be changed nor stopped.
            _ if self.busy => Action::None,
            Message::NewPressed => Action::NewClinic,
            Message::ConnectPressed => {
                (self.busy, self.connecting) = (true, true);
                Action::Connect
            }
            Message::DemoPressed => {
                self.busy = true;
                Action::OpenDemo
            }
            Message::FetchPressed => {
                self.fetching = Some(Fetching { path: String::new(), fault: Sentence::none() });
                Action::None
            }
            Message::FetchCancelled => {
                self.fetching = None;
                Action::None
            }
            Message::BrowsePressed => Action::Run(Task::perform(
                snapshot_file::choose(fl!(texts, "fetch-title"), fl!(texts, "fetch-kind")),
                Message::FileChosen,
            )),
            Message::PathTyped(path) => self.path_changed(path),
            Message::FileChosen(Some(path)) => self.path_changed(path.display().to_string()),
            Message::FileChosen(None) => Action::None,
            Message::FetchOkPressed => self.ok_pressed(texts),
        }
    }

    /// A file was dropped on the window.
    pub fn dropped(&mut self, path: PathBuf) {
        if !self.busy {
            self.fetching = Some(Fetching { path: path.display().to_string(), fault: Sentence::none() });
        }
    }

    /// A file is being chosen, and a failure is said at its field.
    pub fn is_fetching(&self) -> bool {
        self.fetching.is_some()
    }

    /// The clinic that is on its way has its booking server still to be told.
    pub fn is_connecting(&self) -> bool {
        self.connecting
    }

    /// The clinic could not be made; what was typed still stands.
    pub fn failed(&mut self, words: String) -> Task<Message> {
        self.busy = false;
        if let Some(fetching) = &mut self.fetching {
            fetching.fault = Sentence::Refuses(words);
        }
        focus::set("fetch-path")
    }

    fn path_changed(&mut self, path: String) -> Action {
        if let Some(fetching) = &mut self.fetching {
            *fetching = Fetching { path, fault: Sentence::none() };
        }
        Action::None
    }

    fn ok_pressed(&mut self, texts: &Texts) -> Action {
        let Some(fetching) = &mut self.fetching else { return Action::None };
        // A path that was copied in Windows stands in quotation marks.
        let path = fetching.path.trim().trim_matches('"').to_owned();
        if path.is_empty() {
            fetching.fault = Sentence::Refuses(fl!(texts, "fetch-path-missing"));
            return Action::Run(focus::set("fetch-path"));
        }
        self.busy = true;
        Action::Fetch(PathBuf::from(path))
    }

    /// The page, and above it the small window; `language` is the program's own switch.
    pub fn view<'a>(&'a self, texts: &'a Texts, language: Element<'a, Message>) -> Vec<Element<'a, Message>> {
        let choice = |id: &'static str, icon, label: String, why: String, message: Message| {
            let button = push(id, label, (!self.busy).then_some(message)).icon(icon).width(CHOICE);
            let button = if id == FIRST { button.style(theme::primary) } else { button };
            column![button, text(why).size(size::SMALL).style(theme::muted).width(CHOICE)].spacing(gap::XS)
        };
        let words = column![
            text(fl!(texts, "welcome-title")).size(28).font(theme::SEMIBOLD),
            text(fl!(texts, "welcome-explanation")).style(theme::muted),
        ];
        let new = choice(
            FIRST,
            Icon::Hospital,
            fl!(texts, "welcome-new"),
            fl!(texts, "welcome-new-why"),
            Message::NewPressed,
        );
        let connect = choice(
            "welcome-connect",
            Icon::Cable,
            fl!(texts, "welcome-connect"),
            fl!(texts, "welcome-connect-why"),
            Message::ConnectPressed,
        );
        let fetch = choice(
            "welcome-fetch",
            Icon::FolderOpen,
            fl!(texts, "welcome-fetch"),
            fl!(texts, "welcome-fetch-why"),
            Message::FetchPressed,
        );
        let demo = choice(
            "welcome-demo",
            Icon::Sparkles,
            fl!(texts, "welcome-demo"),
            fl!(texts, "welcome-demo-why"),
            Message::DemoPressed,
        );
        // What is for real, and what is for trying.
        let own = column![heading(fl!(texts, "welcome-own")), row![new, fetch].spacing(gap::XL)];
        let trying = column![heading(fl!(texts, "welcome-try")), demo];
        let choices = row![own.spacing(gap::M), space().width(gap::S), trying.spacing(gap::M)];
        let choices = column![choices.spacing(gap::XL), connect].spacing(gap::L);
        let card = column![words.spacing(gap::S), choices].spacing(gap::XL);
        let card = container(card).padding(gap::XXL).style(theme::surface);
        let bar = row![space::horizontal(), language].padding([gap::M, gap::L]).align_y(Center);
        let page = container(column![bar, center(card)]).width(Fill).height(Fill).style(theme::background);
        let page = focus_scope(page).autofocus_on(FIRST);
        let mut layers = vec![inert(self.fetching.is_some(), page).into()];
        layers.extend(self.fetching.as_ref().map(|fetching| fetching.view(texts, self.busy)));
        layers
    }
}

impl Fetching {
    fn view<'a>(&'a self, texts: &'a Texts, busy: bool) -> Element<'a, Message> {
        let ok = (!busy).then_some(Message::FetchOkPressed);
        let ok_words = if busy { fl!(texts, "fetch-busy") } else { fl!(texts, "ok") };
        let cancel = (!busy).then_some(Message::FetchCancelled);
        let path = field("fetch-path", "", &self.path, self.fault.standing(), Some(Message::PathTyped));
        let browse = push("fetch-browse", fl!(texts, "fetch-browse"), Some(Message::BrowsePressed));
        let body = column![
            heading(fl!(texts, "fetch-heading")),
            text(fl!(texts, "fetch-explanation")).size(size::SMALL).style(theme::muted),
            row![text(fl!(texts, "fetch-path")), path.width(Fill), browse].spacing(gap::S).align_y(Center),
            form::under(&self.fault),
        ]
        .spacing(gap::M);
        dialog(fl!(texts, "fetch-title"), 640.0, inert(busy, body), Message::FetchCancelled, fl!(texts, "cancel"))
            .button(push("fetch-cancel", fl!(texts, "cancel"), cancel))
            .button(push("fetch-ok", ok_words, ok.clone()).style(theme::primary))
            .on_enter(ok)
            .first("fetch-path")
            .layer()
    }
}
