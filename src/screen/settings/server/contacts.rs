//! «Kontakter og fejl»: when the connection came, and why it went.

use std::sync::Arc;

use aftalebog_local::sync::Cause;
use aftalebog_local::{
    ANOTHER_GIVES, CONNECTED, Contact, NO_SUCH_CODE, NOT_KEPT, NOT_PAIRED, NOTHING_TO_GIVE, REFUSED, REVOKED,
    StoreError, TOO_MANY_TRIES, TOO_OLD,
};
use aftalebog_texts::guide::Topic;
use aftalebog_texts::{Texts, fl};
use iced::widget::{column, container, row, text};
use iced::{Center, Element, Fill, Task};
use lucide_icons::Icon;

use super::asked::{Asked, Ticket};
use crate::connection;
use crate::failure;
use crate::screen::settings::Situation;
use crate::ui::dialog::dialog;
use crate::ui::form::{icon, push};
use crate::ui::rows::{self, Rows};
use crate::ui::theme::{self, size, space as gap};

/// The height of the list, in px.
const HEIGHT: f32 = 320.0;

pub struct Contacts {
    pub ticket: Ticket,
    read: Read,
    rows: Rows<usize>,
}

enum Read {
    NotYet,
    Lines { contacts: Vec<Contact>, lines: Vec<Line> },
    Failed(String),
}

/// One contact as it is said.
struct Line {
    when: String,
    what: String,
    is_connected: bool,
}

#[derive(Clone, Debug)]
pub enum Message {
    Rows(rows::Message),
    CopyPressed,
    ClosePressed,
}

pub enum Action {
    None,
    Run(Task<Message>),
    Close,
}

impl Contacts {
    /// The dialog, and the question that fills it.
    pub fn new() -> (Self, Asked, Ticket) {
        let ticket = Ticket::default();
        let contacts = Self { ticket: ticket.clone(), read: Read::NotYet, rows: Rows::new("contacts") };
        (contacts, Asked::Contacts, ticket)
    }

    /// What came; the newest has the focus.
    pub fn read(&mut self, read: Result<Vec<Contact>, Arc<StoreError>>, situation: &Situation<'_>) -> Task<Message> {
        self.read = match read {
            Ok(contacts) => Read::Lines { contacts, lines: Vec::new() },
            Err(error) => Read::Failed(failure::read(situation.texts, &error).0),
        };
        self.refresh(situation);
        self.rows.reveal_chosen()
    }

    pub fn refresh(&mut self, situation: &Situation<'_>) {
        if let Read::Lines { contacts, lines } = &mut self.read {
            *lines = contacts.iter().map(|contact| Line::of(contact, situation)).collect();
            self.rows.set((0..lines.len()).collect());
        }
    }

    pub fn update(&mut self, message: Message, texts: &Texts) -> Action {
        match message {
            Message::Rows(message) => match self.rows.update(message) {
                rows::Action::Run(task) => Action::Run(task.map(Message::Rows)),
                _ => Action::None,
            },
            Message::CopyPressed => Action::Run(iced::clipboard::write(self.words(texts))),
            Message::ClosePressed => Action::Close,
        }
    }

    /// All of it as it is copied.
    fn words(&self, texts: &Texts) -> String {
        let Read::Lines { contacts, lines } = &self.read else { return String::new() };
        let of = |(line, contact): (&Line, &Contact)| {
            let said = fl!(texts, "contacts-line", when = line.when.clone(), what = line.what.clone());
            if contact.detail.is_empty() { said } else { format!("{said} ({})", contact.detail) }
        };
        lines.iter().zip(contacts).map(of).collect::<Vec<_>>().join("\n")
    }

    pub fn view<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let (lines, empty): (&[Line], _) = match &self.read {
            Read::NotYet => (&[], fl!(texts, "contacts-reading")),
            Read::Lines { lines, .. } => (lines, fl!(texts, "contacts-none")),
            Read::Failed(words) => (&[], words.clone()),
        };
        let list = self.rows.view(lines.iter().map(Line::view), empty).map(Message::Rows);
        let body = column![
            text(fl!(texts, "contacts-explained")).size(size::SMALL).style(theme::muted),
            container(list).height(HEIGHT),
        ]
        .spacing(gap::S);
        let copy = (!lines.is_empty()).then_some(Message::CopyPressed);
        dialog(fl!(texts, "contacts-title"), 720.0, body, Message::ClosePressed, fl!(texts, "close"))
            .button(push("contacts-copy", fl!(texts, "contacts-copy"), copy).icon(Icon::Copy))
            .button(push("contacts-close", fl!(texts, "close"), Some(Message::ClosePressed)).style(theme::primary))
            .first("contacts-close")
            .explained_by(Topic::ConnectionTest)
            .layer()
    }
}

/// What was written down, in words.
fn what(texts: &Texts, code: &str) -> String {
    if let Some(cause) = Cause::ALL.into_iter().find(|cause| cause.code() == code) {
        return connection::what(texts, cause);
    }
    match code {
        CONNECTED => fl!(texts, "contacts-connected"),
        REVOKED => fl!(texts, "connection-revoked"),
        TOO_OLD => fl!(texts, "connection-too-old"),
        NO_SUCH_CODE => fl!(texts, "contacts-no-such-code"),
        TOO_MANY_TRIES => fl!(texts, "contacts-too-many-tries"),
        ANOTHER_GIVES => fl!(texts, "contacts-another-gives"),
        NOTHING_TO_GIVE => fl!(texts, "contacts-nothing-to-give"),
        NOT_KEPT => fl!(texts, "contacts-not-kept"),
        REFUSED => fl!(texts, "contacts-refused"),
        // Written by a newer program.
        _ => fl!(texts, "contacts-other", what = code.to_owned()),
    }
}

impl Line {
    fn of(contact: &Contact, situation: &Situation<'_>) -> Self {
        let Situation { texts, setup, now, .. } = *situation;
        Self {
            when: connection::instant(texts, &setup.clinic.value, contact.at, now),
            what: match contact.what.strip_prefix(NOT_PAIRED) {
                Some(why) => fl!(texts, "contacts-not-paired", why = what(texts, why)),
                None => what(texts, &contact.what),
            },
            is_connected: contact.what == CONNECTED,
        }
    }

    fn view(&self) -> Element<'_, rows::Message> {
        let sign = if self.is_connected {
            icon(Icon::CircleCheck).style(theme::good)
        } else {
            icon(Icon::CloudOff).style(theme::warning)
        };
        let what = text(&self.what).size(size::SMALL).wrapping(text::Wrapping::None);
        row![
            text(&self.when).size(size::SMALL).width(120).wrapping(text::Wrapping::None),
            sign.size(14),
            container(what).width(Fill).clip(true),
        ]
        .spacing(gap::M)
        .align_y(Center)
        .into()
    }
}
