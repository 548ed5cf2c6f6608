//! Pairing this PC: an address, a code, and one question at a time.

use aftalebog_local::sync::{Address, Fault, Looked, NotAnAddress, PairFault, PairRequest, Replace};
use aftalebog_texts::{Texts, fl};
use iced::widget::{column, row, space, text};
use iced::{Center, Element, Fill};

use super::asked::{Asked, Ticket};
use super::{LABEL, Message, TWO_LINES};
use crate::connection;
use crate::ui::form::{BELOW_FIELD, Sentence, field, push, under};
use crate::ui::theme::space as gap;

pub const ADDRESS: &str = "server-address";
const CODE: &str = "server-code";
/// So many letters and figures are in a code.
const CODE_LENGTH: usize = 8;

/// What is typed, and how far it has come.
pub struct Pairing {
    pub address: String,
    code: String,
    step: Step,
    /// «Forbind» was pressed: what is missing is a fault from then on.
    pressed: bool,
    address_fault: Option<Fault>,
    code_fault: Option<CodeFault>,
    address_means: Sentence,
    code_means: Sentence,
}

#[derive(Clone, Debug, Default, PartialEq)]
enum Step {
    #[default]
    Typing,
    /// Who answers at the address?
    Looking(Ticket),
    /// The person compares the fingerprint.
    Comparing {
        authority: String,
    },
    Pairing {
        request: Request,
        ticket: Ticket,
    },
    /// The person decides whether the clinic at the server takes the place of what is here.
    Deciding {
        request: Request,
    },
    Taking(Ticket),
}

/// What is asked again, once the person has agreed.
#[derive(Clone, Debug, PartialEq)]
struct Request {
    authority: Option<String>,
}

/// Why the code did not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CodeFault {
    Refused,
    TooManyTries,
}

/// A question that lies above the dialog.
pub enum Question {
    Authority {
        fingerprint: String,
    },
    Replace {
        /// The clinic's name at the server.
        clinic: String,
        /// What waits here and may be sent afterwards.
        waiting: usize,
    },
}

/// What follows from an answer.
pub enum Next {
    /// The answer belongs to something that was given up.
    Nothing,
    Ask(Asked),
    Question(Question),
    /// The field with the fault.
    Faulty(&'static str),
    /// A fault that belongs to no field.
    Told(String),
    Paired {
        taken: bool,
    },
}

impl Pairing {
    pub fn new(address: &str) -> Self {
        Self {
            address: address.to_owned(),
            code: String::new(),
            step: Step::Typing,
            pressed: false,
            address_fault: None,
            code_fault: None,
            address_means: Sentence::none(),
            code_means: Sentence::none(),
        }
    }

    pub fn refresh(&mut self, texts: &Texts) {
        self.address_means = match (self.address.parse::<Address>(), &self.address_fault) {
            (Err(NotAnAddress::Empty), _) if !self.pressed => Sentence::Means(fl!(texts, "server-address-means")),
            (Err(fault), _) => Sentence::Refuses(connection::address(texts, fault)),
            (Ok(_), Some(fault)) => Sentence::Refuses(connection::fault(texts, fault)),
            (Ok(_), None) => Sentence::Means(fl!(texts, "server-address-means")),
        };
        self.code_means = match (letters(&self.code), self.code_fault) {
            (_, Some(CodeFault::Refused)) => Sentence::Refuses(fl!(texts, "connect-code-refused")),
            (_, Some(CodeFault::TooManyTries)) => Sentence::Refuses(fl!(texts, "connect-code-too-many")),
            (0, None) if self.pressed => Sentence::Refuses(fl!(texts, "connect-code-missing")),
            (count, None) if self.pressed && count != CODE_LENGTH => {
                Sentence::Refuses(fl!(texts, "connect-code-length"))
            }
            _ => Sentence::Means(fl!(texts, "connect-code-means")),
        };
    }

    pub fn address_typed(&mut self, typed: String) {
        if self.is_busy() {
            return;
        }
        self.address = typed;
        // Another server may well take the code.
        (self.address_fault, self.code_fault) = (None, None);
    }

    pub fn code_typed(&mut self, typed: String) {
        if self.is_busy() {
            return;
        }
        self.code = typed;
        self.code_fault = None;
        self.pressed = false;
    }

    pub fn code_is_typed(&self) -> bool {
        !self.code.trim().is_empty()
    }

    /// Nothing that is typed says that it cannot be an address.
    pub fn address_will_do(&self) -> bool {
        matches!(self.address.parse::<Address>(), Ok(_) | Err(NotAnAddress::Empty))
    }

    /// Something is on its way.
    pub fn is_busy(&self) -> bool {
        matches!(self.step, Step::Looking(_) | Step::Pairing { .. } | Step::Taking(_))
    }

    /// It has begun, and whether it comes to be is not known yet.
    pub fn is_under_way(&self) -> bool {
        self.step != Step::Typing
    }

    /// The code is being used: whether it went well must be seen.
    pub fn is_binding(&self) -> bool {
        matches!(self.step, Step::Pairing { .. } | Step::Taking(_))
    }

    pub fn is_taking(&self) -> bool {
        matches!(self.step, Step::Taking(_))
    }

    /// «Forbind»: looks who answers at the address, or says what is missing.
    pub fn begin(&mut self, ticket: &Ticket) -> Next {
        if self.step != Step::Typing {
            return Next::Nothing;
        }
        self.pressed = true;
        if self.address.parse::<Address>().is_err() {
            return Next::Faulty(ADDRESS);
        }
        if letters(&self.code) != CODE_LENGTH {
            return Next::Faulty(CODE);
        }
        (self.address_fault, self.code_fault) = (None, None);
        self.step = Step::Looking(ticket.clone());
        Next::Ask(Asked::Look(self.address.trim().to_owned()))
    }

    /// `further` goes with what is asked next.
    pub fn looked(&mut self, looked: Result<Looked, Fault>, ticket: &Ticket, further: &Ticket) -> Next {
        if self.step != Step::Looking(ticket.clone()) {
            return Next::Nothing;
        }
        match looked {
            Ok(Looked::Trusted) => self.pair(Request { authority: None }, further),
            Ok(Looked::PrivateAuthority { fingerprint, authority }) => {
                self.step = Step::Comparing { authority };
                Next::Question(Question::Authority { fingerprint })
            }
            Err(fault) => self.not_reached(fault),
        }
    }

    /// «De er ens».
    pub fn same(&mut self, ticket: &Ticket) -> Next {
        match std::mem::take(&mut self.step) {
            Step::Comparing { authority } => self.pair(Request { authority: Some(authority) }, ticket),
            step => {
                self.step = step;
                Next::Nothing
            }
        }
    }

    /// «Hent klinikken».
    pub fn take(&mut self, ticket: &Ticket) -> Next {
        let Step::Deciding { request } = &self.step else { return Next::Nothing };
        let asked = self.asked(request, Replace::Agreed);
        self.step = Step::Taking(ticket.clone());
        Next::Ask(asked)
    }

    /// «Annuller» in one of the questions: everything is as it was.
    pub fn give_up(&mut self) -> Option<Asked> {
        match std::mem::take(&mut self.step) {
            Step::Deciding { .. } => {
                self.forget_code();
                Some(Asked::DoNotPair)
            }
            _ => None,
        }
    }

    pub fn paired(&mut self, paired: Result<(), PairFault>, ticket: &Ticket, texts: &Texts) -> Next {
        let (request, taken) = match &self.step {
            Step::Pairing { request, ticket: waits } if waits == ticket => (Some(request.clone()), false),
            Step::Taking(waits) if waits == ticket => (None, true),
            _ => return Next::Nothing,
        };
        self.step = Step::Typing;
        match (paired, request) {
            (Ok(()), _) => {
                self.forget_code();
                Next::Paired { taken }
            }
            (Err(PairFault::HasRecords { clinic, waiting }), Some(request)) => {
                self.step = Step::Deciding { request };
                Next::Question(Question::Replace { clinic, waiting })
            }
            // It had been agreed to.
            (Err(PairFault::HasRecords { .. }), None) | (Err(PairFault::NoSuchCode), _) => {
                self.code_fault = Some(CodeFault::Refused);
                Next::Faulty(CODE)
            }
            (Err(PairFault::TooManyTries { .. }), _) => {
                self.code_fault = Some(CodeFault::TooManyTries);
                Next::Faulty(CODE)
            }
            (Err(PairFault::AnotherGives), _) => Next::Told(fl!(texts, "connect-another-gives")),
            (Err(PairFault::NothingToGive), _) => Next::Told(fl!(texts, "connect-nothing-to-give")),
            (Err(PairFault::PairedAlready), _) => Next::Told(fl!(texts, "connect-paired-already")),
            (Err(PairFault::NotKept), _) => Next::Told(fl!(texts, "connect-not-kept")),
            (Err(PairFault::Fault(Fault::File(error))), _) => {
                let why = connection::fault(texts, &Fault::File(error));
                Next::Told(fl!(texts, "connected-not-saved", why = why))
            }
            (Err(PairFault::Fault(fault)), _) => self.not_reached(fault),
        }
    }

    fn pair(&mut self, request: Request, ticket: &Ticket) -> Next {
        let asked = self.asked(&request, Replace::Ask);
        self.step = Step::Pairing { request, ticket: ticket.clone() };
        Next::Ask(asked)
    }

    fn asked(&self, request: &Request, replace: Replace) -> Asked {
        let authority = request.authority.clone();
        let (address, code) = (self.address.trim().to_owned(), self.code.trim().to_owned());
        Asked::Pair(PairRequest { address, authority, code, replace })
    }

    fn not_reached(&mut self, fault: Fault) -> Next {
        self.step = Step::Typing;
        self.address_fault = Some(fault);
        Next::Faulty(ADDRESS)
    }

    /// A code is used once.
    fn forget_code(&mut self) {
        self.code.clear();
        self.pressed = false;
    }

    /// What is happening, for the line that is kept free for it.
    pub fn progress(&self, texts: &Texts) -> Option<String> {
        match self.step {
            Step::Looking(_) => Some(fl!(texts, "connect-looking")),
            Step::Pairing { .. } => Some(fl!(texts, "connect-pairing")),
            Step::Taking(_) => Some(fl!(texts, "connect-taking")),
            Step::Typing | Step::Comparing { .. } | Step::Deciding { .. } => None,
        }
    }

    /// The two fields; `may` says whether this window can pair.
    pub fn view<'a>(&'a self, texts: &'a Texts, may: bool) -> Element<'a, Message> {
        // Not greyed while it is on its way, which would take the focus away: what is typed then is dropped.
        let address = field(
            ADDRESS,
            "https://booking.klinikken.dk",
            &self.address,
            self.address_means.standing(),
            Some(Message::AddressTyped),
        );
        let code = field(CODE, "7KQ2-M01P", &self.code, self.code_means.standing(), may.then_some(Message::CodeTyped));
        let connect = push("server-connect", fl!(texts, "connect"), may.then_some(Message::ConnectPressed));
        column![
            line(fl!(texts, "server-address"), address.width(Fill).into(), &self.address_means),
            line(fl!(texts, "connect-code"), row![code.width(160), connect].spacing(gap::S).into(), &self.code_means),
        ]
        .spacing(gap::S)
        .into()
    }
}

/// A label, its field, and room for two lines under it, so that no fault moves what stands below.
fn line<'a>(label: String, field: Element<'a, Message>, sentence: &'a Sentence) -> Element<'a, Message> {
    let first = row![text(label).width(LABEL), field].spacing(gap::S).align_y(Center);
    column![first, row![space().width(LABEL + gap::S).height(TWO_LINES), under(sentence)]].spacing(BELOW_FIELD).into()
}

/// Blanks and hyphens are for reading.
fn letters(code: &str) -> usize {
    code.chars().filter(|character| character.is_alphanumeric()).count()
}
