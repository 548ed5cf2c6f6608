//! What lies above «Server indstillinger»: a question, the clinic's PCs, a code, the test, the contacts.

use aftalebog_local::sync::Typed;
use aftalebog_texts::guide::Topic;
use aftalebog_texts::{Texts, fl};
use iced::widget::{column, container, row, text};
use iced::{Element, Fill};

use super::asked::{Asked, Ticket};
use super::code::{self, NewCode};
use super::contacts::{self, Contacts};
use super::pcs::{self, Pcs};
use super::test::{self, ConnectionTest};
use super::{Action, Message, ServerForm};
use crate::screen::settings::{Situation, mapped_to};
use crate::ui::dialog::{Saving, dialog, question};
use crate::ui::form::{Sentence, push};
use crate::ui::theme::{self, size, space as gap};
use crate::ui::topic::layer_explained_by;

/// A dialog or a question above this one.
pub(super) enum Above {
    Authority { fingerprint: Vec<String> },
    Replace { explanation: String, waiting: Sentence },
    Code(NewCode),
    Pcs(Pcs),
    Test(ConnectionTest),
    Contacts(Contacts),
    Unpair { ticket: Ticket, waiting: Sentence, saving: Saving },
}

impl ServerForm {
    pub(super) fn open(&mut self, above: Above, asked: Asked, ticket: Ticket) -> Action {
        self.told = Sentence::none();
        self.above.push(above);
        Action::Ask(asked, ticket)
    }

    /// Of the server this PC is paired with, or of what is typed.
    pub(super) fn test(&mut self, situation: &Situation<'_>) -> Action {
        let (address, typed) = match situation.link {
            Some(link) => (link.address.as_str(), None),
            None => {
                let address = self.pairing.address.trim();
                (address, Some(Typed { address: address.to_owned(), authority: None }))
            }
        };
        let (test, asked, ticket) = ConnectionTest::new(address, typed, situation);
        self.open(Above::Test(test), asked, ticket)
    }

    pub(super) fn ask_to_unpair(&mut self, situation: &Situation<'_>) {
        let waiting = match situation.to_be_sent() {
            0 => Sentence::none(),
            count => Sentence::Warns(fl!(situation.texts, "unpair-waiting", count = count)),
        };
        self.above.push(Above::Unpair { ticket: Ticket::default(), waiting, saving: Saving::Idle });
    }

    /// A message of the highest of the dialogs above; those of one that has gone are dropped.
    pub(super) fn above_message(&mut self, message: Message, situation: &Situation<'_>) -> Action {
        let texts = situation.texts;
        let closed = match (message, self.above.last_mut()) {
            (Message::Pcs(message), Some(Above::Pcs(pcs))) => match pcs.update(message, texts) {
                pcs::Action::None => return Action::None,
                pcs::Action::Run(task) => return Action::Run(task.map(Message::Pcs)),
                pcs::Action::Ask(asked, ticket) => return Action::Ask(asked, ticket),
                pcs::Action::Unpair => {
                    self.ask_to_unpair(situation);
                    return Action::None;
                }
                pcs::Action::NewCode => {
                    let (code, asked, ticket) = NewCode::new();
                    return self.open(Above::Code(code), asked, ticket);
                }
                pcs::Action::Close => true,
            },
            (Message::Code(message), Some(Above::Code(code))) => match code.update(message) {
                code::Action::None => return Action::None,
                code::Action::Run(task) => return Action::Run(task.map(Message::Code)),
                code::Action::Ask(asked, ticket) => return Action::Ask(asked, ticket),
                code::Action::Close => true,
            },
            (Message::Test(message), Some(Above::Test(test))) => match test.update(message, situation) {
                test::Action::None => return Action::None,
                test::Action::Run(task) => return Action::Run(task.map(Message::Test)),
                test::Action::Ask(asked, ticket) => return Action::Ask(asked, ticket),
                test::Action::Close => true,
            },
            (Message::Contacts(message), Some(Above::Contacts(contacts))) => match contacts.update(message, texts) {
                contacts::Action::None => return Action::None,
                contacts::Action::Run(task) => return Action::Run(task.map(Message::Contacts)),
                contacts::Action::Close => true,
            },
            _ => false,
        };
        if closed {
            let _closed = self.above.pop();
        }
        Action::None
    }
}

impl Above {
    pub(super) fn refresh(&mut self, situation: &Situation<'_>) {
        match self {
            Self::Pcs(pcs) => pcs.refresh(situation),
            Self::Test(test) => test.refresh(situation),
            Self::Contacts(contacts) => contacts.refresh(situation),
            Self::Authority { .. } | Self::Replace { .. } | Self::Code(_) | Self::Unpair { .. } => {}
        }
    }

    pub(super) fn view<'a>(&'a self, situation: &Situation<'a>, taking: bool) -> Vec<Element<'a, Message>> {
        let texts = situation.texts;
        match self {
            Self::Authority { fingerprint } => vec![compare(texts, fingerprint)],
            Self::Replace { explanation, waiting } => {
                let explanation = if taking { fl!(texts, "connect-taking") } else { explanation.clone() };
                let agree = (!taking).then_some(Message::TakePressed);
                let question = question(
                    fl!(texts, "connect-replace-title"),
                    waiting,
                    explanation,
                    (fl!(texts, "cancel"), Message::Declined),
                    (fl!(texts, "connect-replace"), agree),
                    &Saving::Idle,
                );
                vec![layer_explained_by(Topic::Pairing, question)]
            }
            Self::Code(code) => vec![code.view(situation).map(Message::Code)],
            Self::Pcs(pcs) => mapped_to(pcs.view(situation), Message::Pcs),
            Self::Test(test) => vec![test.view(situation).map(Message::Test)],
            Self::Contacts(contacts) => vec![contacts.view(situation).map(Message::Contacts)],
            Self::Unpair { waiting, saving, .. } => vec![question(
                fl!(texts, "unpair-title"),
                waiting,
                fl!(texts, "unpair-explained"),
                (fl!(texts, "cancel"), Message::Declined),
                (fl!(texts, "unpair-confirm"), (*saving != Saving::Busy).then_some(Message::UnpairConfirmed)),
                saving,
            )],
        }
    }
}

/// The fingerprint of the server's own certificate. «Annuller» has the focus: nobody accepts it blindly.
fn compare<'a>(texts: &'a Texts, fingerprint: &'a [String]) -> Element<'a, Message> {
    let group = |group: &'a String| text(group).size(size::TITLE).font(theme::SEMIBOLD).width(72).center();
    // Under each other, which figures of different widths would not be by themselves.
    let lines = column(fingerprint.chunks(4).map(|line| row(line.iter().map(|it| group(it).into())).into()));
    let body = column![
        text(fl!(texts, "connect-authority-explained")),
        container(lines.spacing(gap::S)).padding(gap::L).center_x(Fill).style(theme::surface),
        text(fl!(texts, "connect-authority-why")),
    ]
    .spacing(gap::M);
    dialog(fl!(texts, "connect-authority-title"), 560.0, body, Message::Declined, fl!(texts, "cancel"))
        .button(push("authority-cancel", fl!(texts, "cancel"), Some(Message::Declined)))
        .button(push("authority-same", fl!(texts, "connect-authority-same"), Some(Message::SamePressed)))
        .first("authority-cancel")
        .explained_by(Topic::Pairing)
        .layer()
}
