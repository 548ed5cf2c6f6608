//! The small window behind «Aktiv»: starts and stops online booking.

use aftalebog_booking::Write;
use aftalebog_booking::bounded::Detail;
use aftalebog_booking::record::Service;
use aftalebog_booking::setting::Setting;
use aftalebog_texts::fl;
use iced::widget::{column, row, text};
use iced::{Center, Element};
use lucide_icons::Icon;

use super::findings::{self, Findings};
use super::{Editing, Situation};
use crate::ui::dialog::{Saving, dialog};
use crate::ui::form::{LABEL, icon, push};
use crate::ui::theme::{self, size, space as gap};

/// The window's own state; whether booking runs stands in the clinic's records.
pub struct ServicePanel {
    saving: Saving,
    /// What is to be looked at before booking is started.
    findings: Findings,
}

#[derive(Clone, Debug)]
pub enum Message {
    StartPressed,
    StopPressed,
    ClosePressed,
    Findings(findings::Message),
}

pub enum Action {
    None,
    Save(Vec<Write>),
    Show(Setting),
    Close,
}

impl ServicePanel {
    pub fn new(situation: &Situation<'_>) -> Self {
        Self { saving: Saving::Idle, findings: Findings::if_started(situation) }
    }

    pub fn refresh(&mut self, situation: &Situation<'_>) {
        self.findings = Findings::if_started(situation);
    }

    pub fn update(&mut self, message: Message, situation: &Situation<'_>) -> Action {
        match message {
            Message::StartPressed => self.run(true, situation),
            Message::StopPressed => self.run(false, situation),
            Message::ClosePressed if self.saving == Saving::Busy => Action::None,
            Message::ClosePressed => Action::Close,
            Message::Findings(message) => match self.findings.update(message) {
                findings::Action::None => Action::None,
                findings::Action::Show(setting) => Action::Show(setting),
            },
        }
    }

    /// The window stays open and shows the new state.
    pub fn saved(&mut self) {
        self.saving = Saving::Idle;
    }

    pub fn saving(&self) -> &Saving {
        &self.saving
    }

    pub fn failed(&mut self, words: String) {
        self.saving = Saving::Failed(words);
    }

    fn run(&mut self, running: bool, situation: &Situation<'_>) -> Action {
        if self.saving == Saving::Busy || situation.editing == Editing::ReadOnly {
            return Action::None;
        }
        let before = &situation.setup.service;
        match Write::edit(before, &Service { running, ..before.value.clone() }) {
            None => Action::None,
            Some(write) => {
                self.saving = Saving::Busy;
                Action::Save(vec![write])
            }
        }
    }

    pub fn view<'a>(&'a self, situation: &Situation<'a>) -> Vec<Element<'a, Message>> {
        let texts = situation.texts;
        let running = situation.setup.service.value.running;
        // Not greyed while it saves, which would take the focus away; `run` answers to one press at a time.
        let can_save = situation.editing == Editing::Allowed;
        let state = if running {
            row![icon(Icon::CircleCheck).style(theme::good), text(fl!(texts, "service-running")).size(size::HEADING)]
        } else {
            row![icon(Icon::CircleStop).style(theme::warning), text(fl!(texts, "service-stopped")).size(size::HEADING)]
        };
        let explained = if running {
            fl!(texts, "service-running-means")
        } else {
            let closed_text = situation.setup.service.value.closed_text.as_ref().map(Detail::to_string);
            let words = closed_text.unwrap_or_else(|| fl!(texts, "clinic-closed-text-standard"));
            match situation.setup.clinic.value.phone.as_str() {
                "" => fl!(texts, "service-stopped-no-phone", words = words),
                phone => fl!(texts, "service-stopped-means", words = words, phone = phone),
            }
        };
        let fact = |label: String, value: String| {
            row![text(label).width(LABEL - 60.0).style(theme::muted), text(value)].spacing(gap::S)
        };
        let findings = if running { None } else { self.findings.lines(texts) };
        let waiting = fl!(texts, "service-waiting-changes", count = situation.waiting_changes);
        let body = column![
            state.spacing(gap::S).align_y(Center),
            text(explained),
            fact(fl!(texts, "service-connection"), fl!(texts, "not-connected")),
            fact(fl!(texts, "service-last-contact"), fl!(texts, "service-never")),
            fact(fl!(texts, "service-waiting"), waiting),
        ]
        .push(findings.map(|findings| findings.map(Message::Findings)))
        .spacing(gap::M);
        let (start_stop, first) = if running {
            (
                push("service-stop", fl!(texts, "service-stop"), can_save.then_some(Message::StopPressed)),
                "service-close",
            )
        } else {
            let start = push("service-start", fl!(texts, "service-start"), can_save.then_some(Message::StartPressed));
            (start.style(theme::primary), "service-start")
        };
        let start_stop = start_stop.icon(if running { Icon::Square } else { Icon::Play });
        let close = push("service-close", fl!(texts, "close"), Some(Message::ClosePressed));
        let panel = dialog(fl!(texts, "service-title"), 520.0, body, Message::ClosePressed, fl!(texts, "close"))
            .saving(&self.saving)
            .button(close)
            .button(start_stop)
            .first(first)
            .layer();
        vec![panel]
    }
}
