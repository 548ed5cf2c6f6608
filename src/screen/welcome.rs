//! The first start: no clinic's file is there yet.

use aftalebog_texts::{Texts, fl};
use iced::widget::{center, column, container, row, space, text};
use iced::{Center, Element, Fill};
use lucide_icons::Icon;

use crate::ui::focus::focus_scope;
use crate::ui::form::{heading, push};
use crate::ui::theme::{self, size, space as gap};

/// How wide a choice is, in px.
const CHOICE: f32 = 248.0;
/// What a real clinic begins with.
const FIRST: &str = "welcome-new";

#[derive(Default)]
pub struct Welcome {
    /// A clinic is on its way.
    busy: bool,
    /// And it is to be connected with a booking server at once.
    connecting: bool,
}

#[derive(Clone, Debug)]
pub enum Message {
    NewPressed,
    ConnectPressed,
    DemoPressed,
    FetchPressed,
    LanguagePressed,
}

pub enum Action {
    None,
    TurnLanguage,
    /// Set a clinic up, step by step.
    NewClinic,
    /// Make a clinic with nothing in it, to fetch the one that is on another PC.
    Connect,
    /// Opens the demo clinic, made anew where there is none.
    OpenDemo,
    /// Fetch the clinic from a copy.
    Restore,
}

impl Welcome {
    pub fn update(&mut self, message: Message) -> Action {
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
            Message::FetchPressed => Action::Restore,
        }
    }

    /// A clinic is on its way already.
    pub fn is_busy(&self) -> bool {
        self.busy
    }

    /// The clinic that is on its way has its booking server still to be told.
    pub fn is_connecting(&self) -> bool {
        self.connecting
    }

    /// The page; `language` is the program's own switch.
    pub fn view<'a>(&'a self, texts: &'a Texts, language: Element<'a, Message>) -> Element<'a, Message> {
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
        focus_scope(page).autofocus_on(FIRST).into()
    }
}
