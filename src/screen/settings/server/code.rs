//! «Ny kode til en anden pc».

use aftalebog_booking::wire::PairingCode;
use aftalebog_local::sync::{Address, Fault};
use aftalebog_texts::fl;
use aftalebog_texts::guide::Topic;
use iced::widget::{column, container, row, text};
use iced::{Center, Element, Fill, Task};
use lucide_icons::Icon;

use super::asked::{Asked, Ticket};
use crate::connection;
use crate::screen::settings::Situation;
use crate::ui::dialog::dialog;
use crate::ui::form::{icon, push};
use crate::ui::theme::{self, size, space as gap};

pub struct NewCode {
    pub ticket: Ticket,
    fetched: Option<Result<PairingCode, Fault>>,
    copied: bool,
}

#[derive(Clone, Debug)]
pub enum Message {
    Copy,
    Again,
    Close,
}

pub enum Action {
    None,
    Run(Task<Message>),
    Ask(Asked, Ticket),
    Close,
}

impl NewCode {
    /// The dialog, and the question that fills it.
    pub fn new() -> (Self, Asked, Ticket) {
        let ticket = Ticket::default();
        (Self { ticket: ticket.clone(), fetched: None, copied: false }, Asked::NewCode, ticket)
    }

    pub fn fetched(&mut self, fetched: Result<PairingCode, Fault>) {
        self.fetched = Some(fetched);
    }

    pub fn update(&mut self, message: Message) -> Action {
        match (message, &self.fetched) {
            (Message::Copy, Some(Ok(code))) => {
                self.copied = true;
                Action::Run(iced::clipboard::write(code.code.clone()))
            }
            (Message::Again, Some(Err(_))) => {
                let (code, asked, ticket) = Self::new();
                *self = code;
                Action::Ask(asked, ticket)
            }
            (Message::Copy | Message::Again, _) => Action::None,
            (Message::Close, _) => Action::Close,
        }
    }

    pub fn view<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let Situation { texts, setup, now, link, .. } = *situation;
        let (code, until) = match &self.fetched {
            None => (text(fl!(texts, "code-fetching")).style(theme::muted), String::new()),
            Some(Ok(code)) => {
                let time = connection::instant(texts, &setup.clinic.value, code.expires_at, now);
                let shown = text(&code.code).size(size::TITLE * 1.6).font(theme::SEMIBOLD);
                (shown, fl!(texts, "code-until", time = time))
            }
            Some(Err(fault)) => (text(connection::fault(texts, fault)).style(theme::bad), String::new()),
        };
        let copied =
            self.copied.then(|| row![icon(Icon::Check).style(theme::good), text(fl!(texts, "connected-copied"))]);
        let small = |words: String| text(words).size(size::SMALL).style(theme::muted);
        let address = link.map(|link| link.address.as_str()).unwrap_or_default();
        let failed = matches!(self.fetched, Some(Err(_)));
        let only_here = address.parse::<Address>().is_ok_and(|address| address.is_of_this_machine());
        let only_here = only_here.then(|| text(fl!(texts, "code-only-here")).size(size::SMALL).style(theme::warning));
        let to_type = column![text(fl!(texts, "code-explained")), text(address).font(theme::SEMIBOLD)].push(only_here);
        let body = column![
            // Without a code there is nothing to type.
            (!failed).then(|| to_type.spacing(gap::S).align_x(Center)),
            // As high whatever stands in it.
            container(code).center(Fill).height(72).style(theme::surface),
            row![container(small(until)).width(Fill)].push(copied.map(|copied| copied.spacing(gap::XS))).height(20),
        ]
        .spacing(gap::S);
        let may_copy = matches!(self.fetched, Some(Ok(_))).then_some(Message::Copy);
        let first = if failed {
            push("code-again", fl!(texts, "problem-retry"), Some(Message::Again))
        } else {
            push("code-copy", fl!(texts, "code-copy"), may_copy).icon(Icon::Copy)
        };
        dialog(fl!(texts, "code-title"), 480.0, body.align_x(Center), Message::Close, fl!(texts, "close"))
            .button(first)
            .button(push("code-close", fl!(texts, "close"), Some(Message::Close)).style(theme::primary))
            .first("code-close")
            .explained_by(Topic::Pairing)
            .layer()
    }
}
