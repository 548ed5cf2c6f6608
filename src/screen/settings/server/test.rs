//! «Test forbindelsen»: one line for each thing that can be wrong, and under the first that is, what to do.

use aftalebog_booking::zone;
use aftalebog_local::sync::{Address, CertificateFault, Failure, Outcome, Step, Tested, Typed, Warning};
use aftalebog_texts::guide::Topic;
use aftalebog_texts::{Texts, fl};
use chrono::TimeDelta;
use iced::widget::{column, container, row, space, text};
use iced::{Center, Element, Fill, Task, Theme};
use lucide_icons::Icon;

use super::asked::{Asked, Ticket};
use crate::connection;
use crate::screen::settings::Situation;
use crate::ui::dialog::dialog;
use crate::ui::form::{icon, push};
use crate::ui::theme::{self, size, space as gap};
use crate::version;

/// So high that every explanation has its place, and nothing moves when it comes, in px.
const HEIGHT: f32 = 348.0;
/// How wide the names of the steps are, in px.
const NAME: f32 = 160.0;

pub struct ConnectionTest {
    ticket: Ticket,
    address: String,
    typed: Option<Typed>,
    outcomes: Vec<Tested>,
    lines: Vec<Line>,
    copied: bool,
}

/// A colour that says how it went.
type Style = fn(&Theme) -> text::Style;

/// A step as it is said.
struct Line {
    sign: Option<(Icon, Style)>,
    name: String,
    state: String,
    remedy: Option<String>,
}

#[derive(Clone, Debug)]
pub enum Message {
    Pressed(Button),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Button {
    Again,
    Copy,
    Close,
}

pub enum Action {
    None,
    Run(Task<Message>),
    Ask(Asked, Ticket),
    Close,
}

impl ConnectionTest {
    /// The dialog, and the question that fills it; `address` is where, `typed` what is not paired yet.
    pub fn new(address: &str, typed: Option<Typed>, situation: &Situation<'_>) -> (Self, Asked, Ticket) {
        let mut test = Self {
            ticket: Ticket::default(),
            address: address.to_owned(),
            typed,
            outcomes: Vec::new(),
            lines: Vec::new(),
            copied: false,
        };
        test.refresh(situation);
        let (asked, ticket) = (Asked::Test(test.typed.clone()), test.ticket.clone());
        (test, asked, ticket)
    }

    pub fn tested(&mut self, tested: Tested, ticket: &Ticket, situation: &Situation<'_>) {
        if self.ticket == *ticket {
            self.outcomes.push(tested);
            self.refresh(situation);
        }
    }

    pub fn refresh(&mut self, situation: &Situation<'_>) {
        let texts = situation.texts;
        let outcome = |step| self.outcomes.iter().find(|tested| tested.step == step).map(|tested| &tested.outcome);
        let next = Step::ALL.into_iter().find(|step| outcome(*step).is_none());
        let words = Words { texts, address: self.address.parse().ok() };
        self.lines = Step::ALL.into_iter().map(|step| words.line(step, outcome(step), Some(step) == next)).collect();
    }

    fn is_done(&self) -> bool {
        self.outcomes.len() == Step::ALL.len()
    }

    pub fn update(&mut self, message: Message, situation: &Situation<'_>) -> Action {
        match message {
            Message::Pressed(Button::Again) if self.is_done() => {
                (self.ticket, self.outcomes, self.copied) = (Ticket::default(), Vec::new(), false);
                self.refresh(situation);
                Action::Ask(Asked::Test(self.typed.clone()), self.ticket.clone())
            }
            Message::Pressed(Button::Again) => Action::None,
            Message::Pressed(Button::Copy) => {
                self.copied = true;
                Action::Run(iced::clipboard::write(self.for_support(situation)))
            }
            Message::Pressed(Button::Close) => Action::Close,
        }
    }

    /// What those who help need to know: no token, no code, nothing of a patient.
    fn for_support(&self, situation: &Situation<'_>) -> String {
        let Situation { texts, setup, now, .. } = *situation;
        let local = zone::local(setup.clinic.value.time_zone, now);
        let (date, time) = (texts.date_weekday_year(local.date()), texts.time_of(local.time()));
        let version = version::THIS;
        let mut words = vec![
            fl!(texts, "test-support-title", version = version, date = date, time = time),
            fl!(texts, "test-to", address = self.shown_address()),
        ];
        for line in &self.lines {
            words.push(format!("{}: {}", line.name, line.state));
            words.extend(line.remedy.as_ref().map(|remedy| format!("  {remedy}")));
        }
        words.join("\n")
    }

    /// As it is asked; a name or a password that somebody typed into it is not shown.
    fn shown_address(&self) -> String {
        self.address.parse::<Address>().map_or_else(|_| "–".to_owned(), |address| address.to_string())
    }

    pub fn view<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let failed = |tested: &&Tested| matches!(tested.outcome, Outcome::Failed(_));
        let warned = |tested: &&Tested| matches!(tested.outcome, Outcome::Warning(_));
        let verdict = if self.outcomes.iter().find(failed).is_some() {
            fl!(texts, "test-went-wrong")
        } else if !self.is_done() {
            fl!(texts, "test-under-way")
        } else if self.outcomes.iter().find(warned).is_some() {
            fl!(texts, "test-well-but")
        } else {
            fl!(texts, "test-all-well")
        };
        let lines = column(self.lines.iter().map(Line::view)).spacing(gap::S);
        let address = text(fl!(texts, "test-to", address = self.shown_address())).size(size::SMALL);
        let copied = self.copied.then(|| {
            row![icon(Icon::Check).size(14).style(theme::good), text(fl!(texts, "connected-copied")).size(size::SMALL)]
                .spacing(gap::XS)
        });
        let verdict = row![text(verdict).font(theme::SEMIBOLD).width(Fill)].push(copied).align_y(Center);
        let body = column![address.style(theme::muted), container(lines).height(HEIGHT), verdict].spacing(gap::S);
        let copy = self.is_done().then_some(Message::Pressed(Button::Copy));
        // Not greyed while it runs, which would take the focus away.
        let again = push("test-again", fl!(texts, "test-again"), Some(Message::Pressed(Button::Again)));
        dialog(fl!(texts, "test-title"), 620.0, body, Message::Pressed(Button::Close), fl!(texts, "close"))
            .button(push("test-copy", fl!(texts, "test-copy"), copy).icon(Icon::Copy))
            .button(again.icon(Icon::RotateCw))
            .button(
                push("test-close", fl!(texts, "close"), Some(Message::Pressed(Button::Close))).style(theme::primary),
            )
            .first("test-close")
            .explained_by(Topic::ConnectionTest)
            .layer()
    }
}

impl Line {
    fn view<'a>(&'a self) -> Element<'a, Message> {
        let sign: Element<'a, Message> = match self.sign {
            Some((sign, style)) => icon(sign).style(style).into(),
            None => space().width(size::ICON).into(),
        };
        let state = text(&self.state).style(self.sign.map_or(theme::muted as Style, |(_, style)| style));
        let line = row![sign, text(&self.name).width(NAME), state].spacing(gap::S).align_y(Center);
        let remedy = self
            .remedy
            .as_ref()
            .map(|remedy| row![space().width(size::ICON + gap::S), text(remedy).size(size::SMALL).width(Fill)]);
        column![line].push(remedy).spacing(2).into()
    }
}

/// What the steps are said with.
struct Words<'a> {
    texts: &'a Texts,
    address: Option<Address>,
}

impl Words<'_> {
    fn line(&self, step: Step, outcome: Option<&Outcome>, is_next: bool) -> Line {
        let texts = self.texts;
        let good = Some((Icon::CircleCheck, theme::good as Style));
        let (sign, state, remedy) = match outcome {
            None if is_next => (Some((Icon::Ellipsis, theme::muted as _)), fl!(texts, "test-running"), None),
            None => (None, fl!(texts, "test-waiting"), None),
            Some(Outcome::Good) => (good, fl!(texts, "test-good"), None),
            Some(Outcome::ThroughProxy) => (good, fl!(texts, "test-through-proxy"), None),
            Some(Outcome::NotNeeded) => {
                let remedy = (step == Step::Pairing).then(|| fl!(texts, "test-not-paired"));
                let state = match step {
                    Step::Pairing => fl!(texts, "not-connected"),
                    _ => fl!(texts, "test-not-needed"),
                };
                (Some((Icon::Minus, theme::muted as _)), state, remedy)
            }
            Some(Outcome::Warning(warning)) => {
                let sign = Some((Icon::TriangleAlert, theme::warning as _));
                (sign, fl!(texts, "test-warning"), Some(self.warning(warning)))
            }
            Some(Outcome::Failed(failure)) => {
                let sign = Some((Icon::CircleAlert, theme::bad as _));
                (sign, fl!(texts, "test-failed"), Some(self.failure(failure)))
            }
            Some(Outcome::NotTried) => (None, fl!(texts, "test-not-tried"), None),
        };
        Line { sign, name: name(texts, step), state, remedy }
    }

    fn warning(&self, warning: &Warning) -> String {
        let texts = self.texts;
        match warning {
            Warning::FixedClock => fl!(texts, "test-clock-fixed"),
            Warning::ClockDiffers { by } if *by < TimeDelta::zero() => {
                fl!(texts, "test-clock-behind", difference = length(texts, -*by))
            }
            Warning::ClockDiffers { by } => fl!(texts, "test-clock-ahead", difference = length(texts, *by)),
        }
    }

    /// What is wrong, and what to do.
    fn failure(&self, failure: &Failure) -> String {
        let texts = self.texts;
        let host = || self.address.as_ref().map_or_else(String::new, |address| address.host().to_owned());
        match failure {
            Failure::Address(fault) => connection::address(texts, *fault),
            Failure::NoAddress => fl!(texts, "test-no-address"),
            Failure::UnknownName => fl!(texts, "test-name-unknown", host = host()),
            Failure::Refused => {
                // As it is written, without the points of a large number.
                let port = self.address.as_ref().map_or(443, Address::port).to_string();
                fl!(texts, "test-refused", host = host(), port = port)
            }
            Failure::Unreachable => fl!(texts, "test-unreachable", host = host()),
            Failure::Certificate { fault, shown, kept } => self.certificate(*fault, shown.as_ref(), kept.as_ref()),
            Failure::Redirect => fl!(texts, "test-redirect", host = host()),
            Failure::Page => fl!(texts, "test-page"),
            Failure::NotTheServer => fl!(texts, "test-not-a-server", host = host()),
            Failure::Slow => fl!(texts, "test-slow", host = host()),
            Failure::ServerFault => fl!(texts, "test-server-fault"),
            Failure::ProgramTooOld => fl!(texts, "test-too-old"),
            Failure::ServerTooOld { version } => fl!(texts, "test-server-too-old", version = version.clone()),
            Failure::NoToken => fl!(texts, "test-token"),
            Failure::Revoked => fl!(texts, "test-revoked"),
        }
    }

    fn certificate(&self, fault: CertificateFault, shown: Option<&String>, kept: Option<&String>) -> String {
        let texts = self.texts;
        let host = || self.address.as_ref().map_or_else(String::new, |address| address.host().to_owned());
        match (fault, shown, kept) {
            (CertificateFault::UnknownAuthority, Some(shown), Some(kept)) => {
                fl!(texts, "test-certificate-changed", shown = shown.clone(), kept = kept.clone())
            }
            (CertificateFault::UnknownAuthority, Some(shown), None) => {
                fl!(texts, "test-certificate-private", shown = shown.clone())
            }
            (CertificateFault::UnknownAuthority, None, _) => fl!(texts, "test-certificate-untrusted"),
            (CertificateFault::None, ..) => fl!(texts, "test-certificate-none", host = host()),
            (CertificateFault::OtherName, ..) => fl!(texts, "test-certificate-name", host = host()),
            (CertificateFault::Expired, ..) => fl!(texts, "test-certificate-expired"),
            (CertificateFault::NotYetValid, ..) => fl!(texts, "test-certificate-not-yet"),
            (CertificateFault::Unreadable, ..) => fl!(texts, "test-certificate-kept"),
            (CertificateFault::NoTrust, ..) => fl!(texts, "test-certificate-no-trust"),
            (CertificateFault::Other, ..) => fl!(texts, "test-certificate-other"),
        }
    }
}

fn name(texts: &Texts, step: Step) -> String {
    match step {
        Step::Address => fl!(texts, "test-step-address"),
        Step::Name => fl!(texts, "test-step-name"),
        Step::Reach => fl!(texts, "test-step-reach"),
        Step::Certificate => fl!(texts, "test-step-certificate"),
        Step::Server => fl!(texts, "test-step-server"),
        Step::Version => fl!(texts, "test-step-version"),
        Step::Clock => fl!(texts, "test-step-clock"),
        Step::Pairing => fl!(texts, "test-step-pairing"),
    }
}

/// «3 minutter», «1 time», «2 døgn»: as exactly as it helps.
fn length(texts: &Texts, length: TimeDelta) -> String {
    match (length.num_minutes(), length.num_hours()) {
        (minutes @ ..60, _) => fl!(texts, "test-minutes", count = minutes),
        (_, hours @ ..24) => fl!(texts, "test-hours", count = hours),
        _ => fl!(texts, "test-days", count = length.num_days()),
    }
}
