//! How «Server indstillinger» looks in every state, with answers that are always the same.

use aftalebog::clock::Clock;
use aftalebog::screen::settings::server::asked::{Answer, Asked, Ticket};
use aftalebog::screen::settings::server::{Action, Message, ServerForm};
use aftalebog::screen::settings::{Editing, Situation};
use aftalebog::ui::theme;
use aftalebog_booking::Setup;
use aftalebog_booking::demo::{SEED, demo_clinic};
use aftalebog_booking::wire::{DeviceInfo, PairingCode, Position};
use aftalebog_local::sync::{
    Cause, CertificateFault, Connection, Failure, Fault, Looked, Outcome, PairFault, Status, Step, Tested, Warning,
};
use aftalebog_local::{Contact, Link, ThisPc, TokenKept};
use aftalebog_texts::{Language, Texts};
use chrono::TimeDelta;
use iced::widget::Stack;
use iced::{Element, Fill, Task, Theme};
use uuid::Uuid;

use crate::harness::{Driven, Driver};
use crate::program::now;

struct Shown {
    texts: Texts,
    setup: Setup,
    this_pc: ThisPc,
    link: Option<Link>,
    status: Status,
    dark: bool,
    form: Option<ServerForm>,
    /// What was asked, and is not answered.
    asked: Vec<(Asked, Ticket)>,
}

impl Shown {
    fn new(link: Option<Link>, connection: Connection) -> Self {
        let setup = Setup::gather(demo_clinic(now().date_naive(), SEED).records).unwrap();
        let last_contact = link.as_ref().map(|_| now());
        let status = Status { connection, last_contact, up_to_date: true, ..Status::NOT_PAIRED };
        let (texts, this_pc) = (Texts::new(Language::Danish), ThisPc::default());
        let mut shown = Self { texts, setup, this_pc, link, status, dark: false, form: None, asked: vec![] };
        shown.form = Some(ServerForm::new(&shown.this_pc, &shown.situation()));
        shown
    }

    fn situation(&self) -> Situation<'_> {
        Situation {
            texts: &self.texts,
            setup: &self.setup,
            today: now().date_naive(),
            clock: Clock::Fixed(now()),
            now: now(),
            needs: Some(&[]),
            waiting_changes: self.status.waiting,
            this_pc: &self.this_pc,
            link: self.link.as_ref(),
            status: &self.status,
            service_waits: false,
            running_at_server: None,
            not_saved: None,
            undoable: None,
            editing: Editing::Allowed,
        }
    }
}

impl Driven for Shown {
    type Message = Message;

    fn view(&self) -> Element<'_, Message> {
        let layers = self.form.as_ref().unwrap().view(&self.situation());
        Stack::with_children(layers).width(Fill).height(Fill).into()
    }

    fn update(&mut self, message: Message) -> Task<Message> {
        let mut form = self.form.take().unwrap();
        let action = form.update(message, &self.situation());
        self.form = Some(form);
        match action {
            Action::Run(task) => task,
            Action::Ask(asked, ticket) => {
                self.asked.push((asked, ticket));
                Task::none()
            }
            Action::None | Action::Save(..) | Action::Close => Task::none(),
        }
    }

    fn theme(&self) -> Theme {
        if self.dark { theme::dark() } else { theme::light() }
    }
}

fn not_paired() -> Driver<Shown> {
    Driver::new(Shown::new(None, Connection::NotPaired))
}

fn paired(connection: Connection) -> Driver<Shown> {
    Driver::new(Shown::new(Some(link()), connection))
}

fn link() -> Link {
    Link {
        address: "https://booking.example.dk".to_owned(),
        authority: None,
        clinic: Uuid::from_u128(1),
        slug: "tandlaegerne-ved-moellesoeen".to_owned(),
        device: Uuid::from_u128(2),
        device_name: "RECEPTION".to_owned(),
        token_kept: TokenKept::Vault,
        paired_at: now() - TimeDelta::days(40),
        position: Position { epoch: Uuid::from_u128(3), revision: 12 },
        last_contact: None,
        rewound: false,
        outgrown: false,
    }
}

impl Driver<Shown> {
    /// The answer to what was asked last.
    fn answer(&mut self, answer: Answer) {
        let (_, ticket) = self.app.asked.pop().expect("something is asked");
        self.send(Message::Answered(ticket, answer));
    }

    fn tested(&mut self, outcomes: [Outcome; 8]) {
        let (_, ticket) = self.app.asked.pop().expect("a test is asked for");
        for (step, outcome) in Step::ALL.into_iter().zip(outcomes) {
            self.send(Message::Answered(ticket.clone(), Answer::Tested(Tested { step, outcome })));
        }
    }

    fn typed(&mut self) {
        self.click_id("server-address");
        self.type_text("https://booking.example.dk");
        self.click_id("server-code");
        self.type_text("7KQ2-M01P");
    }

    fn dark(&mut self) {
        self.app.dark = true;
    }
}

#[test]
fn not_paired_yet() {
    let mut shown = not_paired();
    shown.picture("server");
    shown.click("Forbind");
    shown.picture("server-missing");
    shown.typed();
    shown.click("Forbind");
    shown.picture("server-looking");
    shown.answer(Answer::Looked(Err(Fault::NotReached(Cause::NotTheServer))));
    shown.picture("server-address-fault");
    shown.dark();
    shown.picture("server-address-fault-dark");
    shown.click("Forbind");
    shown.answer(Answer::Looked(Ok(Looked::Trusted)));
    shown.answer(Answer::Paired(Err(PairFault::NoSuchCode)));
    shown.picture_at("server-code-fault-150", 1.5);
}

#[test]
fn a_certificate_is_compared() {
    let mut shown = not_paired();
    shown.typed();
    shown.click("Forbind");
    let fingerprint = (0..16).map(|group| format!("{:04X}", 0x3F2A_u32 + group * 0x0B17)).collect::<Vec<_>>().join(" ");
    shown.answer(Answer::Looked(Ok(Looked::PrivateAuthority { fingerprint, authority: String::new() })));
    shown.picture("server-authority");
    shown.dark();
    shown.picture("server-authority-dark");
    shown.click("De er ens");
    let clinic = "Tandlægerne ved Møllesøen".to_owned();
    shown.answer(Answer::Paired(Err(PairFault::HasRecords { clinic, waiting: 0 })));
    shown.picture("server-replace");
    shown.click("Hent klinikken");
    shown.picture("server-taking");
}

#[test]
fn paired_with_a_server() {
    let mut shown = paired(Connection::Online);
    shown.picture("server-paired");
    shown.picture_at("server-paired-150", 1.5);
    shown.click("Afbryd forbindelsen …");
    shown.picture("server-unpair");
    let since = now() - TimeDelta::minutes(35);
    let mut shown = paired(Connection::Offline { since, cause: Cause::NotTheServer });
    shown.picture("server-offline");
    shown.dark();
    shown.picture("server-offline-dark");
    let mut shown = paired(Connection::Revoked);
    shown.picture("server-revoked");
}

#[test]
fn nothing_moves_when_this_pc_is_paired() {
    let places = |shown: &mut Driver<Shown>| ["server-test", "server-ok"].map(|id| shown.bounds_of_id(id));
    let (mut before, mut after) = (not_paired(), paired(Connection::Online));
    assert_eq!(places(&mut before), places(&mut after));
    let (state, field) = (before.bounds_of("Ikke forbundet"), before.bounds_of_id("server-address"));
    assert_eq!(after.bounds_of("Forbundet").position(), state.position());
    assert!((after.bounds_of("https://booking.example.dk").x - field.x).abs() < 1.0);
}

#[test]
fn pcs_of_the_same_name_are_told_apart() {
    let mut shown = paired(Connection::Online);
    shown.click("Klinikkens pc’er …");
    let pc = |id: u128, name: &str| DeviceInfo {
        id: Uuid::from_u128(id),
        name: name.to_owned(),
        paired_at: now() - TimeDelta::days(40 * i64::try_from(id).unwrap()),
        last_seen: Some(now() - TimeDelta::hours(i64::try_from(id).unwrap() - 1)),
        revoked_at: None,
        this: id == 1,
    };
    let removed = DeviceInfo { revoked_at: Some(now()), ..pc(5, "RECEPTION") };
    let pcs = vec![pc(1, "RECEPTION"), pc(2, "KONTOR"), pc(3, "STUE"), pc(4, "Kontor"), removed];
    shown.answer(Answer::Pcs(Ok(pcs)));
    assert!(shown.sees("RECEPTION") && shown.sees("STUE"), "names of their own have no number");
    assert!(shown.sees("Kontor (1)") && shown.sees("KONTOR (2)"), "the one that was paired first is the first");
    shown.click("KONTOR (2)");
    shown.click("Fjern …");
    assert!(shown.sees("Fjern KONTOR (2)?"));
    let which = "Denne blev forbundet 4. september 2026 10.10: det kan du se på pc’en selv";
    assert!(shown.sees_part(which), "{:?}", shown.texts());
    shown.picture("pcs-namesakes");
    shown.click("Annuller");
    shown.click("STUE");
    shown.click("Fjern …");
    assert!(shown.sees("Fjern STUE?") && !shown.sees_part("Denne blev forbundet"));
}

#[test]
fn the_clinics_pcs() {
    let mut shown = paired(Connection::Online);
    shown.click("Klinikkens pc’er …");
    shown.picture("pcs-fetching");
    let pc = |id: u128, name: &str, seen: Option<TimeDelta>| DeviceInfo {
        id: Uuid::from_u128(id),
        name: name.to_owned(),
        paired_at: now() - TimeDelta::days(40 * i64::try_from(id).unwrap()),
        last_seen: seen.map(|ago| now() - ago),
        revoked_at: None,
        this: id == 1,
    };
    let pcs = vec![
        pc(1, "RECEPTION", Some(TimeDelta::zero())),
        pc(2, "KLINIK-STUE-2-MED-ET-MEGET-LANGT-NAVN-TIL-HØJRE", Some(TimeDelta::minutes(3))),
        pc(3, "KONTOR", Some(TimeDelta::hours(5))),
        pc(4, "BÆRBAR", Some(TimeDelta::days(12))),
        pc(5, "STUE-3", None),
    ];
    shown.answer(Answer::Pcs(Ok(pcs)));
    assert!(shown.sees("for 3 minutter siden") && shown.sees("11. november 2026"));
    shown.picture("pcs");
    shown.dark();
    shown.picture_at("pcs-dark-150", 1.5);
    shown.app.dark = false;
    shown.click("KONTOR");
    shown.click("Fjern …");
    shown.picture("pcs-remove");
    shown.click("Fjern");
    shown.answer(Answer::Removed(Err(Fault::NotReached(Cause::Unreachable))));
    shown.picture("pcs-not-removed");
    shown.click("Annuller");
    shown.click("Ny kode til en anden pc");
    let expires_at = now() + TimeDelta::minutes(10);
    shown.answer(Answer::NewCode(Ok(PairingCode { code: "7KQ2-M01P".to_owned(), expires_at })));
    shown.click("Kopiér koden");
    shown.picture("server-new-code");
    assert!(!shown.sees_part("Adressen virker kun"), "any PC can reach it");
    shown.click_id("code-close");
    shown.click("Ny kode til en anden pc");
    shown.answer(Answer::NewCode(Err(Fault::NotReached(Cause::Unreachable))));
    assert!(!shown.sees_part("Skriv adressen og koden"), "there is no code to type");
    shown.picture("server-new-code-failed");
    shown.click("Prøv igen");
    assert!(shown.sees("Henter en kode …"));
}

#[test]
fn the_test_of_the_connection() {
    use Outcome::{Failed, Good, NotNeeded, NotTried};
    let mut shown = paired(Connection::Online);
    shown.click("Test forbindelsen");
    shown.picture("test-under-way");
    shown.tested([Good, Good, Good, Good, Good, Good, Good, Good]);
    shown.picture("test-good");
    let behind = Outcome::Warning(Warning::ClockDiffers { by: TimeDelta::minutes(-7) });
    shown.click("Test igen");
    shown.tested([Good, Outcome::ThroughProxy, Outcome::ThroughProxy, Good, Good, Good, behind, NotNeeded]);
    shown.picture("test-warning");
    let print = |group: u32| (0..16).map(|_| format!("{group:04X}")).collect::<Vec<_>>().join(" ");
    let changed = Failure::Certificate {
        fault: CertificateFault::UnknownAuthority,
        shown: Some(print(0x3F2A)),
        kept: Some(print(0xB001)),
    };
    shown.click("Test igen");
    shown.tested([Good, Good, Good, Failed(changed), NotTried, NotTried, NotTried, NotTried]);
    shown.picture("test-failed");
    shown.dark();
    shown.picture_at("test-failed-dark-150", 1.5);
}

/// Each of them, so that none is without words, and none needs more room than there is.
#[test]
fn everything_that_a_test_can_find_has_words_and_room() {
    let certificate = |fault| Failure::Certificate { fault, shown: None, kept: None };
    let all = [
        Failure::NoAddress,
        Failure::UnknownName,
        Failure::Refused,
        Failure::Unreachable,
        certificate(CertificateFault::None),
        certificate(CertificateFault::UnknownAuthority),
        certificate(CertificateFault::OtherName),
        certificate(CertificateFault::Expired),
        certificate(CertificateFault::NotYetValid),
        certificate(CertificateFault::Unreadable),
        certificate(CertificateFault::NoTrust),
        certificate(CertificateFault::Other),
        Failure::Redirect,
        Failure::Page,
        Failure::NotTheServer,
        Failure::Slow,
        Failure::ServerFault,
        Failure::ProgramTooOld,
        Failure::ServerTooOld { version: "0.0.1".to_owned() },
        Failure::NoToken,
        Failure::Revoked,
    ];
    let mut shown = paired(Connection::Online);
    shown.click("Test forbindelsen");
    let place = shown.bounds_of_id("test-close");
    for (number, failure) in all.into_iter().enumerate() {
        if number > 0 {
            shown.click("Test igen");
        }
        let named = format!("{failure:?}");
        let mut outcomes = std::array::from_fn(|_| Outcome::NotTried);
        outcomes[0] = Outcome::Failed(failure);
        shown.tested(outcomes);
        assert_eq!(shown.text_beside("Adressen"), "fejl", "{named}");
        assert_eq!(shown.bounds_of_id("test-close"), place, "{named} moves nothing");
        assert!(shown.sees_whole("Adgangen"), "{named} leaves room");
    }
}

#[test]
fn what_has_happened() {
    let mut shown = paired(Connection::Online);
    shown.click("Kontakter og fejl");
    let contact = |minutes: i64, what: &str| Contact {
        at: now() - TimeDelta::minutes(minutes),
        what: what.to_owned(),
        detail: String::new(),
    };
    let mut contacts = vec![contact(3, "connected")];
    contacts.extend(Cause::ALL.into_iter().zip(1..).map(|(cause, number)| contact(number * 400, cause.code())));
    contacts.push(contact(9_000, "something_new"));
    shown.answer(Answer::Contacts(Ok(contacts)));
    shown.picture("contacts");
    shown.dark();
    shown.picture("contacts-dark");
}

#[test]
fn whoever_waits_for_the_server_has_it_asked_at_once() {
    let mut shown = paired(Connection::Online);
    assert!(!shown.sees("Prøv nu"), "there is nothing to wait for");
    let mut shown = paired(Connection::Offline { since: now(), cause: Cause::Unreachable });
    shown.click("Prøv nu");
    assert!(matches!(shown.app.asked.last(), Some((Asked::TryNow, _))), "{:?}", shown.app.asked);
}

/// An answer that comes when nobody waits for it any more does nothing.
#[test]
fn an_answer_that_comes_too_late_is_dropped() {
    let mut shown = not_paired();
    shown.typed();
    shown.click("Forbind");
    let (_, late) = shown.app.asked.pop().unwrap();
    shown.send(Message::Answered(late.clone(), Answer::Looked(Err(Fault::NotReached(Cause::Slow)))));
    shown.click("Forbind");
    let _second = shown.app.asked.last().unwrap();
    shown.send(Message::Answered(late, Answer::Looked(Ok(Looked::Trusted))));
    assert!(shown.sees("Finder serveren …"), "the second still waits for its own answer");
    shown.answer(Answer::Looked(Ok(Looked::Trusted)));
    assert!(shown.sees("Forbinder …"));
}
