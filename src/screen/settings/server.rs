//! «Server indstillinger»: self-registration, and where the booking server is.

use aftalebog_booking::record::{Entry, Service};
use aftalebog_booking::{Write, consequence};
use aftalebog_local::ThisPc;
use aftalebog_local::sync::{Connection, Farewell};
use aftalebog_texts::guide::Topic;
use aftalebog_texts::{Texts, fl};
use iced::widget::{column, container, row, text};
use iced::{Center, Element, Fill, Padding, Task};
use lucide_icons::Icon;

use super::form::{Elsewhere, Face, Form, Next, Pressed};
use super::{Editing, Situation};
use crate::connection;
use crate::ui::dialog::Saving;
use crate::ui::focus::{self, inert};
use crate::ui::form::{self, Sentence, heading, icon, push, tick, under};
use crate::ui::theme::{self, size, space as gap};
use crate::ui::topic::explained_by;

mod above;
pub mod asked;
mod code;
pub mod contacts;
mod paired;
mod pairing;
mod pcs;
mod standing;
mod test;

use above::Above;
use asked::{Answer, Asked, Ticket};
use code::NewCode;
use contacts::Contacts;
pub(super) use pairing::ADDRESS;
use pairing::Pairing;
use pcs::Pcs;

/// The id of the box at «Tillad selvoprettelse».
pub(super) const SELF_REGISTRATION: &str = "server-self-registration";
/// The room for two lines of small words, in px.
pub(super) const TWO_LINES: f32 = 34.0;
/// How wide the labels are, in px, whether this PC is paired or not: an address needs room beside them.
const LABEL: f32 = 208.0;
/// The room for the two fields, and for what stands in their place once this PC is paired.
const SERVER: f32 = 150.0;

pub struct ServerForm {
    pub(super) form: Form,
    service: Entry<Service>,
    this_pc: ThisPc,
    self_registration: bool,
    means: Sentence,
    pairing: Pairing,
    /// The address of the server that this PC is paired with.
    paired_with: Option<String>,
    /// This PC's name there, as it is shown.
    name: String,
    /// The same until the connection was ended here: it is there to begin from, and nobody has typed it.
    left_behind: Option<String>,
    /// What was last done, or did not go.
    told: Sentence,
    /// What lies above, from the lowest to the highest.
    above: Vec<Above>,
}

#[derive(Clone, Debug)]
pub enum Message {
    SelfRegistrationTicked(bool),
    AddressTyped(String),
    CodeTyped(String),
    ConnectPressed,
    /// The fingerprints are the same.
    SamePressed,
    /// The clinic at the server is to take the place of what is here.
    TakePressed,
    /// «Annuller» in a question above.
    Declined,
    PcsPressed,
    CodePressed,
    TestPressed,
    /// The server is to be looked for at once.
    TryNowPressed,
    ContactsPressed,
    UnpairPressed,
    UnpairConfirmed,
    Pcs(pcs::Message),
    Code(code::Message),
    Test(test::Message),
    Contacts(contacts::Message),
    Answered(Ticket, Answer),
    Pressed(Pressed),
}

pub enum Action {
    None,
    Run(Task<Message>),
    Ask(Asked, Ticket),
    Save(Vec<Write>, ThisPc),
    Close,
}

impl ServerForm {
    pub fn new(this_pc: &ThisPc, situation: &Situation<'_>) -> Self {
        let service = situation.setup.service.clone();
        let mut form = Self {
            self_registration: service.value.self_registration,
            this_pc: this_pc.clone(),
            service,
            means: Sentence::none(),
            pairing: Pairing::new(&this_pc.server_address),
            paired_with: None,
            name: String::new(),
            left_behind: None,
            told: Sentence::none(),
            above: Vec::new(),
            form: Form::default(),
        };
        form.refresh(situation);
        form
    }

    /// Says again what the tick means with the clinic's types of today, and how it stands with the server.
    pub fn refresh(&mut self, situation: &Situation<'_>) {
        let texts = situation.texts;
        // Another clinic has come from the server.
        if self.service.id != situation.setup.service.id {
            self.service = situation.setup.service.clone();
            self.self_registration = self.service.value.self_registration;
        }
        let registration = |service: &Service| service.self_registration;
        let (opened, now) = (registration(&self.service.value), registration(&situation.setup.service.value));
        self.form.elsewhere(Elsewhere::of(&opened, Some(&now)));
        let types = consequence::types_for_new_patients(situation.setup);
        let aliases: Vec<&str> = types.iter().map(|entry| entry.value.alias.as_str()).collect();
        self.means = match (self.self_registration, aliases.as_slice()) {
            (false, _) => Sentence::Means(fl!(texts, "server-self-registration-off")),
            (true, []) => Sentence::Warns(fl!(texts, "server-self-registration-nothing")),
            (true, aliases) => Sentence::Means(fl!(texts, "server-self-registration-on", aliases = aliases.join(", "))),
        };
        self.name = situation.link.map(paired::name).unwrap_or_default();
        let before = std::mem::replace(&mut self.paired_with, situation.link.map(|link| link.address.clone()));
        if let (Some(before), None) = (before, &self.paired_with) {
            self.pairing = Pairing::new(&before);
            self.left_behind = Some(before);
        }
        self.pairing.refresh(texts);
        for above in &mut self.above {
            above.refresh(situation);
        }
    }

    pub fn update(&mut self, message: Message, situation: &Situation<'_>) -> Action {
        let action = self.updated(message, situation);
        self.refresh(situation);
        action
    }

    fn updated(&mut self, message: Message, situation: &Situation<'_>) -> Action {
        let texts = situation.texts;
        match message {
            Message::SelfRegistrationTicked(ticked) => self.self_registration = ticked,
            Message::AddressTyped(typed) => {
                self.told = Sentence::none();
                self.pairing.address_typed(typed);
            }
            Message::CodeTyped(typed) => {
                self.told = Sentence::none();
                self.pairing.code_typed(typed);
            }
            Message::TryNowPressed => return Action::Ask(Asked::TryNow, Ticket::default()),
            Message::ConnectPressed => return self.connect(situation),
            Message::SamePressed => {
                let ticket = Ticket::default();
                let next = self.pairing.same(&ticket);
                let _compared = self.above.pop();
                return self.next(next, ticket, situation);
            }
            Message::TakePressed => {
                let ticket = Ticket::default();
                let next = self.pairing.take(&ticket);
                return self.next(next, ticket, situation);
            }
            Message::Declined => return self.declined(texts),
            Message::PcsPressed => {
                let (pcs, asked, ticket) = Pcs::new();
                return self.open(Above::Pcs(pcs), asked, ticket);
            }
            Message::CodePressed => {
                let (code, asked, ticket) = NewCode::new();
                return self.open(Above::Code(code), asked, ticket);
            }
            Message::TestPressed => return self.test(situation),
            Message::ContactsPressed => {
                let (contacts, asked, ticket) = Contacts::new();
                return self.open(Above::Contacts(contacts), asked, ticket);
            }
            Message::UnpairPressed => self.ask_to_unpair(situation),
            Message::UnpairConfirmed => {
                if let Some(Above::Unpair { ticket, saving, .. }) = self.above.last_mut()
                    && *saving != Saving::Busy
                {
                    *saving = Saving::Busy;
                    return Action::Ask(Asked::Unpair, ticket.clone());
                }
            }
            Message::Pcs(_) | Message::Code(_) | Message::Test(_) | Message::Contacts(_) => {
                return self.above_message(message, situation);
            }
            Message::Answered(ticket, answer) => return self.answered(&ticket, answer, situation),
            // Whether the code was taken must be seen.
            Message::Pressed(_) if self.pairing.is_binding() => {}
            Message::Pressed(Pressed::Ok) if self.means_to_pair() => return self.connect(situation),
            Message::Pressed(pressed) => {
                return match self.form.pressed(pressed, self.is_edited(), situation.editing) {
                    Next::Nothing => Action::None,
                    Next::Save => self.save(),
                    Next::Close => Action::Close,
                };
            }
        }
        Action::None
    }

    // -------------------------------------------------------------------- pairing

    /// A code is typed, so OK and Enter are about it.
    fn means_to_pair(&self) -> bool {
        self.paired_with.is_none() && self.pairing.code_is_typed()
    }

    fn connect(&mut self, situation: &Situation<'_>) -> Action {
        if situation.editing == Editing::ReadOnly {
            return Action::None;
        }
        self.told = Sentence::none();
        let ticket = Ticket::default();
        let next = self.pairing.begin(&ticket);
        self.next(next, ticket, situation)
    }

    fn next(&mut self, next: pairing::Next, ticket: Ticket, situation: &Situation<'_>) -> Action {
        let texts = situation.texts;
        match next {
            pairing::Next::Nothing => Action::None,
            pairing::Next::Ask(asked) => Action::Ask(asked, ticket),
            pairing::Next::Question(pairing::Question::Authority { fingerprint }) => {
                let fingerprint = fingerprint.split_whitespace().map(str::to_owned).collect();
                self.above.push(Above::Authority { fingerprint });
                Action::None
            }
            pairing::Next::Question(pairing::Question::Replace { clinic, waiting }) => {
                let explanation = fl!(texts, "connect-replace-explained", name = clinic);
                let waiting = match waiting {
                    0 => Sentence::none(),
                    count => Sentence::Means(fl!(texts, "connect-replace-waiting", count = count)),
                };
                self.above.push(Above::Replace { explanation, waiting });
                Action::None
            }
            pairing::Next::Faulty(field) => {
                self.above.clear();
                Action::Run(focus::set(field))
            }
            pairing::Next::Told(words) => {
                self.above.clear();
                self.told = Sentence::Refuses(words);
                Action::None
            }
            pairing::Next::Paired { taken } => {
                self.above.clear();
                let words = if taken { fl!(texts, "connect-took") } else { fl!(texts, "connect-gave") };
                self.told = Sentence::Means(words);
                Action::Run(focus::set("server-ok"))
            }
        }
    }

    fn declined(&mut self, texts: &Texts) -> Action {
        match self.above.last() {
            // Whether it went well must be seen.
            Some(Above::Replace { .. }) if self.pairing.is_binding() => Action::None,
            Some(Above::Unpair { saving: Saving::Busy, .. }) => Action::None,
            _ => {
                let _declined = self.above.pop();
                let Some(asked) = self.pairing.give_up() else { return Action::None };
                self.told = Sentence::Means(fl!(texts, "connect-kept-as-it-was"));
                Action::Ask(asked, Ticket::default())
            }
        }
    }

    fn answered(&mut self, ticket: &Ticket, answer: Answer, situation: &Situation<'_>) -> Action {
        let texts = situation.texts;
        match answer {
            Answer::Looked(looked) => {
                let further = Ticket::default();
                let next = self.pairing.looked(looked, ticket, &further);
                return self.next(next, further, situation);
            }
            Answer::Paired(answer) => {
                let next = self.pairing.paired(answer, ticket, texts);
                return self.next(next, Ticket::default(), situation);
            }
            _ => {}
        }
        let mut action = Action::None;
        for above in &mut self.above {
            match (above, &answer) {
                (Above::Pcs(pcs), Answer::Pcs(answer)) => {
                    action = Action::Run(pcs.fetched(answer.clone(), ticket, situation).map(Message::Pcs));
                }
                (Above::Pcs(pcs), Answer::Removed(answer)) => {
                    if let pcs::Action::Ask(asked, ticket) = pcs.removed(answer, ticket, texts) {
                        action = Action::Ask(asked, ticket);
                    }
                }
                (Above::Code(code), Answer::NewCode(answer)) if code.ticket == *ticket => code.fetched(answer.clone()),
                (Above::Test(test), Answer::Tested(answer)) => test.tested(answer.clone(), ticket, situation),
                (Above::Contacts(contacts), Answer::Contacts(answer)) if contacts.ticket == *ticket => {
                    action = Action::Run(contacts.read(answer.clone(), situation).map(Message::Contacts));
                }
                (Above::Unpair { ticket: waits, saving, .. }, Answer::Unpaired(Err(fault))) if waits == ticket => {
                    *saving = Saving::Failed(connection::fault(texts, fault));
                }
                _ => {}
            }
        }
        let waits = |above: &Above| matches!(above, Above::Unpair { ticket: waits, .. } if waits == ticket);
        if let Answer::Unpaired(Ok(farewell)) = answer
            && self.above.iter().any(waits)
        {
            self.above.clear();
            self.told = match farewell {
                Farewell::Told => Sentence::Means(fl!(texts, "unpair-done")),
                Farewell::NotTold => Sentence::Warns(fl!(texts, "unpair-not-told")),
            };
            return Action::Run(focus::set("server-ok"));
        }
        action
    }

    pub fn is_pairing(&self) -> bool {
        self.pairing.is_under_way()
    }

    // --------------------------------------------------------------------- saving

    pub fn is_edited(&self) -> bool {
        let registration = self.self_registration != self.service.value.self_registration;
        registration || self.address_is_typed() || self.means_to_pair()
    }

    fn address_is_typed(&self) -> bool {
        let typed = self.typed();
        typed != self.this_pc && self.left_behind.as_ref() != Some(&typed.server_address)
    }

    /// What is typed of the server is remembered until this PC is paired.
    fn typed(&self) -> ThisPc {
        match self.paired_with {
            Some(_) => self.this_pc.clone(),
            None => ThisPc { server_address: self.pairing.address.trim().to_owned() },
        }
    }

    fn save(&mut self) -> Action {
        if self.paired_with.is_none() && !self.pairing.address_will_do() {
            return Action::Run(focus::set(ADDRESS));
        }
        if !self.is_edited() && self.typed() == self.this_pc {
            return Action::Close;
        }
        self.form.begin();
        let service = Service { self_registration: self.self_registration, ..self.service.value.clone() };
        Action::Save(Write::edit(&self.service, &service).into_iter().collect(), self.typed())
    }

    // --------------------------------------------------------------------- the look

    pub fn view<'a>(&'a self, situation: &Situation<'a>) -> Vec<Element<'a, Message>> {
        let texts = situation.texts;
        let ticked = tick(
            SELF_REGISTRATION,
            fl!(texts, "server-self-registration"),
            self.self_registration,
            Some(Message::SelfRegistrationTicked),
        );
        let meaning = container(under(&self.means)).padding(Padding::ZERO.left(24.0));
        let server = match situation.link {
            Some(link) => paired::view(link, &self.name, situation),
            None => explained_by(Topic::Pairing, self.pairing.view(texts, situation.editing == Editing::Allowed)),
        };
        let test = push("server-test", fl!(texts, "test-open"), Some(Message::TestPressed)).icon(Icon::Activity);
        let contacts = push("server-contacts", fl!(texts, "contacts-open"), Some(Message::ContactsPressed));
        let tries = situation.link.is_some() && matches!(situation.status.connection, Connection::Offline { .. });
        let try_now = tries.then(|| {
            let words = fl!(texts, "connection-try-now");
            push("server-try-now", words, Some(Message::TryNowPressed)).icon(Icon::RefreshCw)
        });
        let body = column![
            explained_by(Topic::SelfRegistration, column![ticked, meaning].spacing(gap::XS)),
            form::divider(),
            heading(fl!(texts, "server-heading")),
            self.state(situation),
            container(server).height(SERVER),
            explained_by(Topic::ConnectionTest, row![test, contacts.icon(Icon::History)].push(try_now).spacing(gap::S)),
            self.what_happens(texts),
        ]
        .spacing(gap::M);
        let face = Face {
            name: "server",
            topic: Topic::Server,
            title: fl!(texts, "server-settings"),
            width: 720.0,
            body: body.into(),
            first: SELF_REGISTRATION,
            enter: self.means_to_pair().then_some(Message::ConnectPressed),
            leaving: None,
        };
        let form = self.form.layers(situation, face, Message::Pressed);
        let mut layers: Vec<_> = form.into_iter().map(|layer| inert(!self.above.is_empty(), layer).into()).collect();
        for (place, above) in self.above.iter().enumerate() {
            let covered = place + 1 < self.above.len();
            let of = above.view(situation, self.pairing.is_taking());
            layers.extend(of.into_iter().map(|layer| inert(covered, layer).into()));
        }
        layers
    }

    /// How it stands with the server, and two lines' room for what to do.
    fn state<'a>(&'a self, situation: &Situation<'a>) -> Element<'a, Message> {
        let texts = situation.texts;
        let explained = match situation.link {
            None if situation.editing == Editing::ReadOnly => Some(fl!(texts, "connect-read-only")),
            None => Some(fl!(texts, "connect-explained")),
            Some(_) => situation.remedy(situation.next_try()).or_else(|| situation.last_contact_words()),
        };
        let explained = text(explained.unwrap_or_default()).size(size::SMALL).style(theme::muted);
        let state = row![text(fl!(texts, "server-state")).width(LABEL), situation.connection(size::TEXT)];
        column![state.spacing(gap::S).align_y(Center), container(explained).height(TWO_LINES)].spacing(gap::XS).into()
    }

    /// The line that is kept free for what is happening, or was last done.
    fn what_happens<'a>(&'a self, texts: &'a Texts) -> Element<'a, Message> {
        let words: Element<'a, Message> = match self.pairing.progress(texts) {
            Some(progress) => row![icon(Icon::Ellipsis).style(theme::muted), text(progress)].spacing(gap::S).into(),
            None => under(&self.told),
        };
        container(words).height(TWO_LINES).width(Fill).into()
    }
}
