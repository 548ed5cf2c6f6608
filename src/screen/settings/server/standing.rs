//! How it stands with the server, as every part of the settings says it.

use aftalebog_local::sync::Connection;
use aftalebog_texts::fl;
use chrono::{DateTime, Utc};
use iced::widget::{row, text};
use iced::{Center, Element};
use lucide_icons::Icon;

use crate::connection;
use crate::screen::settings::{Editing, Situation};
use crate::ui::form::icon;
use crate::ui::theme::{self, space as gap};

impl<'a> Situation<'a> {
    /// «Forbundet», with its sign.
    pub fn connection<M: 'a>(&self, text_size: f32) -> Element<'a, M> {
        let (sign, style, words) = if self.only_reads() {
            let style = theme::muted as fn(&iced::Theme) -> text::Style;
            (Icon::Cloud, style, fl!(self.texts, "connection-read-only"))
        } else {
            let connection = self.shown_connection();
            let (sign, style) = connection::sign(connection);
            (sign, style, connection::state(self.texts, connection, &self.setup.clinic.value, self.now))
        };
        row![icon(sign).size(text_size).style(style), text(words).size(text_size)]
            .spacing(gap::S)
            .align_y(Center)
            .into()
    }

    /// Why there is none, what to do, and `when` it is tried again.
    pub fn remedy(&self, when: String) -> Option<String> {
        if self.only_reads() {
            Some(fl!(self.texts, "connect-read-only"))
        } else {
            connection::remedy(self.texts, self.shown_connection(), when)
        }
    }

    /// «om 40 sekunder».
    pub fn next_try(&self) -> String {
        connection::next_try(self.texts, self.status.next_try, self.now)
    }

    /// «Seneste kontakt 14.02.»
    pub fn last_contact_words(&self) -> Option<String> {
        let at = self.last_contact()?;
        let when = connection::instant(self.texts, &self.setup.clinic.value, at, self.now);
        Some(fl!(self.texts, "connected-last-contact", when = when))
    }

    /// When the server last answered.
    pub fn last_contact(&self) -> Option<DateTime<Utc>> {
        self.status.last_contact.or_else(|| self.link.and_then(|link| link.last_contact))
    }

    /// Changes that the server is to get, and does not have yet.
    pub fn to_be_sent(&self) -> usize {
        if self.link.is_some() && !self.only_reads() { self.status.waiting } else { self.waiting_changes }
    }

    /// A newer program has written the file: this one may not speak with the server in its name.
    pub fn only_reads(&self) -> bool {
        self.editing == Editing::ReadOnly && self.link.is_some()
    }

    /// Until the thread has told, a PC that has a server is about to reach it.
    fn shown_connection(&self) -> &'a Connection {
        match (&self.status.connection, self.link) {
            (Connection::NotPaired, Some(_)) => &Connection::Connecting,
            (_, None) => &Connection::NotPaired,
            (connection, Some(_)) => connection,
        }
    }
}
