//! The small window behind «Aktiv»: starts and stops online booking.

use aftalebog_booking::Write;
use aftalebog_booking::record::Service;
use aftalebog_booking::refusal::Refusal;
use aftalebog_booking::setting::Setting;
use aftalebog_booking::silence;
use aftalebog_booking::terms::Withheld;
use aftalebog_local::sync::Connection;
use aftalebog_texts::fl;
use aftalebog_texts::guide::Topic;
use iced::widget::{column, container, row, space, text};
use iced::{Center, Element, Fill, Task};
use lucide_icons::Icon;

use super::findings::{self, Findings};
use super::server::TWO_LINES;
use super::server::asked::{Answer, Asked, Ticket};
use super::server::contacts::{self, Contacts};
use super::{Editing, Situation};
use crate::connection;
use crate::ui::dialog::{Saving, dialog};
use crate::ui::focus::inert;
use crate::ui::form::{LABEL, icon, push};
use crate::ui::theme::{self, size, space as gap};
use crate::ui::topic::explained_by;

/// The room for what a state means: four lines, which most of them do not fill.
const MEANING: f32 = 76.0;

/// The window's own state; whether booking runs stands in the clinic's records.
pub struct ServicePanel {
    saving: Saving,
    /// What is to be looked at before booking is started.
    findings: Findings,
    /// «Kontakter og fejl» above.
    contacts: Option<Contacts>,
}

#[derive(Clone, Debug)]
pub enum Message {
    StartPressed,
    StopPressed,
    ContactsPressed,
    ServerPressed,
    ClosePressed,
    Findings(findings::Message),
    Contacts(contacts::Message),
    Answered(Ticket, Answer),
}

pub enum Action {
    None,
    Run(Task<Message>),
    Ask(Asked, Ticket),
    Save(Vec<Write>),
    Show(Setting),
    /// «Server indstillinger».
    OpenServer,
    Close,
}

impl ServicePanel {
    pub fn new(situation: &Situation<'_>) -> Self {
        Self { saving: Saving::Idle, findings: Findings::if_started(situation), contacts: None }
    }

    pub fn refresh(&mut self, situation: &Situation<'_>) {
        self.findings = Findings::if_started(situation);
        if let Some(contacts) = &mut self.contacts {
            contacts.refresh(situation);
        }
    }

    pub fn update(&mut self, message: Message, situation: &Situation<'_>) -> Action {
        match message {
            Message::StartPressed => self.run(true, situation),
            Message::StopPressed => self.run(false, situation),
            // Whether it could be saved must be seen.
            Message::ServerPressed | Message::ClosePressed if self.saving == Saving::Busy => Action::None,
            Message::ServerPressed => Action::OpenServer,
            Message::ClosePressed => Action::Close,
            Message::ContactsPressed => {
                let (contacts, asked, ticket) = Contacts::new();
                self.contacts = Some(contacts);
                Action::Ask(asked, ticket)
            }
            Message::Contacts(message) => {
                let Some(contacts) = &mut self.contacts else { return Action::None };
                match contacts.update(message, situation.texts) {
                    contacts::Action::None => Action::None,
                    contacts::Action::Run(task) => Action::Run(task.map(Message::Contacts)),
                    contacts::Action::Close => {
                        self.contacts = None;
                        Action::None
                    }
                }
            }
            Message::Answered(ticket, Answer::Contacts(read)) => {
                match self.contacts.as_mut().filter(|contacts| contacts.ticket == ticket) {
                    Some(contacts) => Action::Run(contacts.read(read, situation).map(Message::Contacts)),
                    None => Action::None,
                }
            }
            // Asked in a dialog that has closed meanwhile.
            Message::Answered(..) => Action::None,
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
        let (sign, style, words): (_, fn(&_) -> _, _) = match Runs::at(situation) {
            Runs::Unknown => (Icon::CircleAlert, theme::warning, fl!(texts, "service-not-known")),
            Runs::ToStart => (Icon::Clock, theme::warning, fl!(texts, "service-starting")),
            Runs::ToStop => (Icon::Clock, theme::warning, fl!(texts, "service-stopping")),
            Runs::Yes => (Icon::CircleCheck, theme::good, fl!(texts, "service-running")),
            Runs::No => (Icon::CircleStop, theme::warning, fl!(texts, "service-stopped")),
        };
        let state = row![icon(sign).style(style), text(words).size(size::HEADING)];
        let explained = explained(situation);
        let fact = |label: String, value: Element<'a, Message>| {
            row![text(label).width(LABEL - 60.0).style(theme::muted), value].spacing(gap::S).align_y(Center)
        };
        // The same in each state: whoever presses «Stop» finds «Start» in its place.
        let findings = self.findings.lines(texts);
        let last_contact = match situation.last_contact() {
            Some(at) => connection::instant(texts, &situation.setup.clinic.value, at, situation.now),
            None => fl!(texts, "service-never"),
        };
        let waiting = fl!(texts, "service-waiting-changes", count = situation.to_be_sent());
        // Each has its room whether there is something to say or not: what comes and goes moves nothing.
        let small = |words: Option<String>| text(words.unwrap_or_default()).size(size::SMALL).style(theme::muted);
        let sent = situation.status.connection == Connection::Online && situation.status.waiting == 0;
        let not_sent = situation.link.is_some() && situation.service_waits && !sent;
        let not_sent = not_sent.then(|| fl!(texts, "service-not-sent"));
        let facts = column![
            fact(fl!(texts, "service-connection"), situation.connection(size::TEXT)),
            container(small(situation.remedy(fl!(texts, "connection-next-try-by-itself")))).height(TWO_LINES),
            fact(fl!(texts, "service-last-contact"), text(last_contact).into()),
            fact(fl!(texts, "service-waiting"), text(waiting).into()),
            container(small(not_sent)).height(TWO_LINES / 2.0),
        ];
        let contacts = push("service-contacts", fl!(texts, "contacts-open"), Some(Message::ContactsPressed));
        let server = push("service-server", fl!(texts, "service-to-server"), Some(Message::ServerPressed));
        let body = column![
            state.spacing(gap::S).align_y(Center),
            row![space().height(MEANING), text(explained).width(Fill)],
            facts.spacing(gap::S),
            row![contacts.icon(Icon::History), server].spacing(gap::S),
        ]
        .push(findings.map(|findings| explained_by(Topic::Findings, findings.map(Message::Findings))))
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
        let panel = dialog(fl!(texts, "service-title"), 560.0, body, Message::ClosePressed, fl!(texts, "close"))
            .saving(&self.saving)
            .button(close)
            .button(start_stop)
            .first(first)
            .explained_by(Topic::Service)
            .layer();
        let mut layers = vec![inert(self.contacts.is_some(), panel).into()];
        layers.extend(self.contacts.as_ref().map(|contacts| contacts.view(situation).map(Message::Contacts)));
        layers
    }
}

/// Whether patients meet online booking, as far as this PC knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Runs {
    /// This PC has been removed: others start and stop it.
    Unknown,
    /// It was started here, and the server does not know it yet.
    ToStart,
    ToStop,
    Yes,
    No,
}

impl Runs {
    fn at(situation: &Situation<'_>) -> Self {
        let Situation { setup, link, status, running_at_server, .. } = *situation;
        let paired = link.is_some();
        match (setup.service.value.running, running_at_server) {
            _ if paired && status.connection == Connection::Revoked => Self::Unknown,
            (true, Some(false)) if paired => Self::ToStart,
            (false, Some(true)) if paired => Self::ToStop,
            (true, _) => Self::Yes,
            (false, _) => Self::No,
        }
    }
}

/// What patients can book of what the settings allow: the server keeps times back when no PC has been in touch.
fn running(situation: &Situation<'_>) -> String {
    let Situation { texts, setup, now, .. } = *situation;
    let contact = if situation.status.connection == Connection::Online { Some(now) } else { situation.last_contact() };
    let when = contact.map(|at| connection::instant(texts, &setup.clinic.value, at, now));
    let when = when.unwrap_or_else(|| fl!(texts, "service-never"));
    match silence::withheld(setup, contact, now) {
        Withheld::Nothing => fl!(texts, "service-running-means"),
        Withheld::Through(date) => {
            fl!(texts, "service-running-silent", when = when, date = texts.date_seen_from(situation.today, date))
        }
        Withheld::Everything => fl!(texts, "service-running-silent-for-days", when = when),
    }
}

/// What patients see now.
fn explained(situation: &Situation<'_>) -> String {
    let Situation { texts, setup, link, .. } = *situation;
    match (setup.service.value.running, link) {
        (_, Some(_)) if situation.status.connection == Connection::Revoked => fl!(texts, "service-unknown"),
        _ if Runs::at(situation) == Runs::ToStart => fl!(texts, "service-starting-means"),
        _ if Runs::at(situation) == Runs::ToStop => fl!(texts, "service-stopping-means"),
        (true, None) => fl!(texts, "service-running-alone"),
        (true, Some(_)) => running(situation),
        (false, None) => fl!(texts, "service-stopped-alone"),
        (false, Some(_)) => {
            let words = texts.refusal_to_patient(Refusal::ServiceStopped, setup, situation.today);
            match setup.clinic.value.phone.as_str() {
                "" => fl!(texts, "service-stopped-no-phone", words = words),
                phone => fl!(texts, "service-stopped-means", words = words, phone = phone),
            }
        }
    }
}
