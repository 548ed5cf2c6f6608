//! What the two lists say of each practitioner and each group.

use aftalebog_booking::record::{Practitioner, PractitionerGroup};
use aftalebog_texts::fl;
use iced::widget::{container, row, text};
use iced::{Center, Element, Fill};

use crate::screen::settings::{Situation, list};
use crate::ui::theme::{self, size, space as gap};

/// A practitioner as the list says it.
pub struct Row {
    initials: String,
    name: String,
    title: String,
    standing: Standing,
    standing_words: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Registered,
    NotRegistered,
    Deactivated,
}

pub struct GroupRow {
    name: String,
    members: String,
}

impl Row {
    pub fn of(practitioner: &Practitioner, situation: &Situation<'_>) -> Self {
        let texts = situation.texts;
        let Practitioner { initials, name, title, registered, deactivated, .. } = practitioner;
        let (standing, standing_words) = match (deactivated, registered) {
            (true, _) => (Standing::Deactivated, fl!(texts, "is-deactivated")),
            (false, true) => (Standing::Registered, fl!(texts, "practitioner-registered")),
            (false, false) => (Standing::NotRegistered, fl!(texts, "type-row-not-registered")),
        };
        let (initials, name, title) = (initials.to_string(), name.to_string(), title.to_string());
        Self { initials, name, title, standing, standing_words }
    }

    pub fn view(&self) -> Element<'_, list::Message> {
        let asleep = self.standing == Standing::Deactivated;
        let style: fn(&iced::Theme) -> text::Style = if asleep { theme::muted } else { theme::plain };
        let word = |words| text(words).wrapping(text::Wrapping::None).style(style);
        let standing = text(&self.standing_words).size(size::SMALL).wrapping(text::Wrapping::None);
        let standing = standing.style(if self.standing == Standing::Registered { theme::good } else { theme::muted });
        row![
            word(&self.initials).font(theme::SEMIBOLD).width(80),
            container(word(&self.name)).width(Fill).clip(true),
            container(word(&self.title)).width(240).clip(true),
            standing.width(96),
        ]
        .spacing(gap::M)
        .align_y(Center)
        .into()
    }
}

impl GroupRow {
    pub fn of(group: &PractitionerGroup, situation: &Situation<'_>) -> Self {
        let setup = situation.setup;
        let members = setup.staff().filter(|entry| group.practitioners.contains(&entry.id));
        let members: Vec<&str> = members.map(|entry| entry.value.initials.as_str()).collect();
        let members = match members.as_slice() {
            [] => fl!(situation.texts, "group-nobody"),
            members => members.join(", "),
        };
        Self { name: group.name.to_string(), members }
    }

    pub fn view(&self) -> Element<'_, list::Message> {
        let members = text(&self.members).style(theme::muted).wrapping(text::Wrapping::None);
        row![
            container(text(&self.name).wrapping(text::Wrapping::None)).width(260).clip(true),
            container(members).width(Fill).clip(true),
        ]
        .spacing(gap::M)
        .align_y(Center)
        .into()
    }
}
