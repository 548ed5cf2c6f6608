//! «Server indstillinger»: self-registration, and where the booking server is.

use aftalebog_booking::record::{Entry, Service};
use aftalebog_booking::{Write, consequence};
use aftalebog_local::ThisPc;
use aftalebog_texts::{Texts, fl};
use iced::widget::{column, container, row, text};
use iced::{Center, Element, Fill, Padding, Task};
use lucide_icons::Icon;

use super::Situation;
use super::form::{Face, Form, Next, Pressed};
use crate::ui::focus;
use crate::ui::form::{self, Sentence, field, heading, icon, labelled, tick, under};
use crate::ui::theme::{self, space as gap};

/// The id of the box at «Tillad selvoprettelse».
pub(super) const SELF_REGISTRATION: &str = "server-self-registration";

pub struct ServerForm {
    pub(super) form: Form,
    service: Entry<Service>,
    this_pc: ThisPc,
    self_registration: bool,
    address: String,
    means: Sentence,
    address_means: Sentence,
}

#[derive(Clone, Debug)]
pub enum Message {
    SelfRegistrationTicked(bool),
    AddressTyped(String),
    Pressed(Pressed),
}

pub enum Action {
    None,
    Run(Task<Message>),
    Save(Vec<Write>, ThisPc),
    Close,
}

impl ServerForm {
    pub fn new(this_pc: &ThisPc, situation: &Situation<'_>) -> Self {
        let service = situation.setup.service.clone();
        let mut form = Self {
            self_registration: service.value.self_registration,
            address: this_pc.server_address.clone(),
            this_pc: this_pc.clone(),
            service,
            means: Sentence::none(),
            address_means: Sentence::none(),
            form: Form::default(),
        };
        form.refresh(situation);
        form
    }

    /// Says again what the tick means with the clinic's types of today.
    pub fn refresh(&mut self, situation: &Situation<'_>) {
        let texts = situation.texts;
        let types = consequence::types_for_new_patients(situation.setup);
        let aliases: Vec<&str> = types.iter().map(|entry| entry.value.alias.as_str()).collect();
        self.means = match (self.self_registration, aliases.as_slice()) {
            (false, _) => Sentence::Means(fl!(texts, "server-self-registration-off")),
            (true, []) => Sentence::Warns(fl!(texts, "server-self-registration-nothing")),
            (true, aliases) => Sentence::Means(fl!(texts, "server-self-registration-on", aliases = aliases.join(", "))),
        };
        self.address_means = match check_address(&self.address) {
            Ok(()) => Sentence::Means(fl!(texts, "server-address-means")),
            Err(fault) => Sentence::Refuses(fault.words(texts)),
        };
    }

    pub fn update(&mut self, message: Message, situation: &Situation<'_>) -> Action {
        let action = match message {
            Message::SelfRegistrationTicked(ticked) => {
                self.self_registration = ticked;
                Action::None
            }
            Message::AddressTyped(typed) => {
                self.address = typed;
                Action::None
            }
            Message::Pressed(pressed) => match self.form.pressed(pressed, self.is_edited(), situation.editing) {
                Next::Nothing => Action::None,
                Next::Save => self.save(),
                Next::Close => Action::Close,
            },
        };
        self.refresh(situation);
        action
    }

    pub fn is_edited(&self) -> bool {
        self.typed() != self.this_pc || self.self_registration != self.service.value.self_registration
    }

    fn typed(&self) -> ThisPc {
        ThisPc { server_address: self.address.trim().to_owned() }
    }

    fn save(&mut self) -> Action {
        if check_address(&self.address).is_err() {
            return Action::Run(focus::set("server-address"));
        }
        if !self.is_edited() {
            return Action::Close;
        }
        self.form.begin();
        let service = Service { self_registration: self.self_registration, ..self.service.value.clone() };
        Action::Save(Write::edit(&self.service, &service).into_iter().collect(), self.typed())
    }

    pub fn view<'a>(&'a self, situation: &Situation<'a>) -> Vec<Element<'a, Message>> {
        let texts = situation.texts;
        let ticked = tick(
            SELF_REGISTRATION,
            fl!(texts, "server-self-registration"),
            self.self_registration,
            Some(Message::SelfRegistrationTicked),
        );
        let meaning = container(under(&self.means)).padding(Padding::ZERO.left(24.0));
        let state = row![icon(Icon::CloudOff).style(theme::muted), text(fl!(texts, "not-connected"))];
        let state = row![text(fl!(texts, "server-state")).width(form::LABEL), state.spacing(gap::S)];
        let address = field(
            "server-address",
            "https://booking.klinikken.dk",
            &self.address,
            self.address_means.standing(),
            Some(Message::AddressTyped),
        );
        let body = column![
            column![ticked, meaning].spacing(gap::XS),
            form::divider(),
            heading(fl!(texts, "server-heading")),
            state.spacing(gap::S).align_y(Center),
            text(fl!(texts, "server-not-connected-explained")).size(theme::size::SMALL).style(theme::muted),
            labelled(fl!(texts, "server-address"), address.width(Fill), None, &self.address_means),
        ]
        .spacing(gap::M);
        let face = Face {
            name: "server",
            title: fl!(texts, "server-settings"),
            width: 680.0,
            body: body.into(),
            first: SELF_REGISTRATION,
            enter: None,
            leaving: None,
        };
        self.form.layers(situation, face, Message::Pressed)
    }
}

/// Why an address cannot be a booking server's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum AddressFault {
    /// Neither `https://` nor, on this PC itself, `http://`.
    NotEncrypted,
    NoHost,
}

impl AddressFault {
    fn words(self, texts: &Texts) -> String {
        match self {
            Self::NotEncrypted => fl!(texts, "server-address-not-encrypted"),
            Self::NoHost => fl!(texts, "server-address-no-host"),
        }
    }
}

/// Blank, an `https` address, or plain `http` to this PC itself. Source: design, "Security".
fn check_address(typed: &str) -> Result<(), AddressFault> {
    // Neither the scheme nor a server's name tells capitals apart.
    let typed = typed.trim().to_lowercase();
    if typed.is_empty() {
        return Ok(());
    }
    let (encrypted, rest) = match (typed.strip_prefix("https://"), typed.strip_prefix("http://")) {
        (Some(rest), _) => (true, rest),
        (None, Some(rest)) => (false, rest),
        (None, None) => return Err(AddressFault::NotEncrypted),
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(ipv6) => ipv6.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    let odd = |character: char| character.is_whitespace() || character.is_control() || character == '@';
    if host.is_empty() || rest.chars().any(odd) {
        Err(AddressFault::NoHost)
    } else if !encrypted && !matches!(host, "localhost" | "127.0.0.1" | "::1") {
        Err(AddressFault::NotEncrypted)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_can_and_cannot_be_a_servers() {
        for typed in [
            "",
            "  ",
            "https://booking.klinik.dk",
            "https://klinik.dk:8443/a",
            "HTTPS://Klinik.dk",
            "http://localhost:8080",
            "http://[::1]:80",
        ] {
            assert_eq!(check_address(typed), Ok(()), "{typed}");
        }
        for typed in ["booking.klinik.dk", "http://booking.klinik.dk", "http://127.0.0.1.klinik.dk", "ftp://klinik.dk"]
        {
            assert_eq!(check_address(typed), Err(AddressFault::NotEncrypted), "{typed}");
        }
        for typed in ["https://", "https://:443", "https://en klinik.dk", "https://a@klinik.dk", "https:///vej"] {
            assert_eq!(check_address(typed), Err(AddressFault::NoHost), "{typed}");
        }
    }
}
