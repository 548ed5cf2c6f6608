//! How it stands with the booking server: the status in the bar, the panel behind it, and what patients did.

use aftalebog::app::Message;
use aftalebog::screen::appointment_book::Asked;
use aftalebog_booking::bounded::{Detail, Length, Line};
use aftalebog_booking::record::{Appointment, Origin, Overlap, Patient, Status as Standing};
use aftalebog_booking::wire::{Author, FeedChange, FeedWrite, WireDeed};
use aftalebog_booking::{Entry, Id, change};
use aftalebog_local::sync::{Cause, Connection, Event, Status};
use chrono::TimeDelta;
use futures::executor::block_on;
use iced::keyboard::key::Named;
use iced::theme::Mode;
use serde_json::{Map, Value as Json, json};
use uuid::Uuid;

use crate::conflicts::{page, paired};
use crate::harness::Driver;
use crate::program::{Pc, Program, now, practitioner};

const NOTHING: Status = Status { up_to_date: true, ..Status::NOT_PAIRED };

impl Driver<Program> {
    /// The thread of the server tells how it stands.
    fn told(&mut self, status: Status) {
        self.send(Message::ServerTold { opening: 1, event: Event::Status(status) });
    }

    fn is_told(&mut self, connection: Connection, waiting: usize, conflicts: usize, refused: usize) {
        let last_contact = Some(now() - TimeDelta::minutes(1));
        self.told(Status { connection, last_contact, waiting, conflicts, refused, ..NOTHING });
    }
}

fn offline() -> Connection {
    Connection::Offline { since: now() - TimeDelta::minutes(30), cause: Cause::Unreachable }
}

#[test]
fn the_bar_says_how_it_stands_and_never_jumps() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    assert!(program.sees("Gemt lokalt"));
    let gear = program.bounds_of_id("gear");
    for (connection, counts, words, picture) in [
        (Connection::Connecting, [0, 0, 0], "Forbinder …", "sync-bar-connecting"),
        (Connection::Online, [0, 0, 0], "Synkroniseret 9.09", "sync-bar-synchronised"),
        (Connection::Online, [3, 0, 0], "3 ændringer venter", "sync-bar-waiting"),
        (Connection::Online, [0, 1, 0], "Konflikt", "sync-bar-conflict"),
        (Connection::Online, [0, 0, 1], "Afvist", "sync-bar-refused"),
        (offline(), [2, 0, 0], "Offline siden 8.40", "sync-bar-offline"),
        (Connection::Revoked, [0, 0, 0], "Denne pc er fjernet", "sync-bar-revoked"),
        (Connection::TooOld, [0, 0, 0], "Opdatér programmet", "sync-bar-too-old"),
    ] {
        let wide = matches!(connection, Connection::TooOld);
        let [waiting, conflicts, refused] = counts;
        program.is_told(connection, waiting, conflicts, refused);
        assert!(program.sees(words), "{words}");
        assert!(wide || program.bounds_of_id("gear") == gear, "«{words}» takes the room of the others");
        program.picture(picture);
    }
}

#[test]
fn the_panel_tells_what_it_means_and_what_can_be_done() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.click("Gemt lokalt");
    assert!(program.sees("Synkronisering"));
    assert!(program.sees_part("ikke forbundet med en bookingserver"));
    assert!(!program.sees("Synkronisér nu"), "there is no server");
    program.picture("sync-panel-local");
    program.tap(Named::Escape);
    assert_eq!(program.focused().as_deref(), Some("sync-status"), "the focus goes back");
    program.is_told(offline(), 2, 0, 0);
    program.tap(Named::Enter);
    assert!(program.sees("Offline siden 8.40") && program.sees("2 ændringer") && program.sees("I dag kl. 9.09"));
    assert!(program.sees("Synkronisér nu"));
    program.picture("sync-panel-offline");
    program.send(Message::ThemeTurned(Mode::Dark));
    program.picture_at("sync-panel-offline-dark-at-150-percent", 1.5);
    program.click("Test forbindelsen …");
    assert!(program.sees("Server indstillinger") && program.find_id("server-ok").is_some());
}

#[test]
fn whoever_waits_for_the_server_is_told_when_it_is_asked_again() {
    let (_pc, mut program) = connected();
    let next_try = Some(now() + TimeDelta::seconds(40));
    let away = Status { connection: offline(), last_contact: Some(now()), next_try, ..NOTHING };
    program.told(away.clone());
    program.click_id("sync-status");
    assert!(program.sees("Næste forsøg") && program.sees("Om 40 sekunder"), "{:?}", program.texts());
    program.picture("sync-panel-next-try");
    program.told(Status { next_try: None, ..away.clone() });
    assert!(program.sees("Nu"));
    program.tap(Named::Escape);
    program.told(away);
    program.open_settings();
    program.click("Server indstillinger");
    assert!(program.sees_part("Programmet prøver igen om 40 sekunder.") && program.sees("Prøv nu"));
    program.picture("server-next-try");
}

#[test]
fn a_conflict_hides_no_lost_connection() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.is_told(offline(), 2, 1, 0);
    assert!(program.sees("Konflikt, offline"));
    program.picture("sync-bar-conflict-offline");
    program.click_id("sync-status");
    assert!(program.sees_part("I skal vælge") && program.sees_part("Offline siden i dag kl. 8.40."));
    program.picture("sync-panel-conflict-offline");
    for (cause, words, means) in [
        (Cause::Token, "Adgangsnøgle mangler", "Lås pc’ens boks til adgangskoder op."),
        (Cause::File, "Kan ikke gemme", "Frigør plads på disken"),
    ] {
        program.is_told(Connection::Offline { since: now(), cause }, 2, 0, 0);
        assert!(program.sees(words) && program.sees_part(means), "{words}");
        assert!(cause == Cause::Token || !program.sees_part("Alt er gemt"));
    }
}

#[test]
fn the_panel_begins_the_test_that_it_offers_and_the_small_window_tells_the_truth() {
    let (_pc, mut program) = connected();
    program.click_id("sync-status");
    program.click("Test forbindelsen …");
    assert!(program.find_id("test-again").is_some(), "{:?}", program.texts());
    let (_pc, mut program) = connected();
    program.open_settings();
    program.click("Aktiv");
    assert!(program.sees("Patienterne kan booke de tider, indstillingerne tillader."), "in touch a moment ago");
    let days_ago =
        |days| Status { connection: offline(), last_contact: Some(now() - TimeDelta::days(days)), ..NOTHING };
    program.told(days_ago(3));
    assert!(program.sees_part("holder den tider til og med"), "{:?}", program.texts());
    program.picture("service-silent");
    program.told(days_ago(9));
    assert!(program.sees_part("kan patienterne ikke booke, indtil en af dem har det igen."));
    program.is_told(Connection::Revoked, 0, 0, 0);
    assert!(program.sees_part("ved ikke, hvad patienterne kan booke"));
    assert!(program.sees("Det vides ikke, om online booking er aktiv") && !program.sees("Online booking er aktiv"));
    program.picture("service-not-known");
}

#[test]
fn a_narrow_bar_keeps_the_sign_with_its_words_in_the_hint() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.told(Status { conflicts: 2, connection: Connection::Online, ..NOTHING });
    program.resize(900.0, 700.0);
    assert!(!program.sees("2 konflikter"));
    program.click_id("sync-status");
    assert!(program.sees("2 konflikter") && program.sees("Synkronisering"));
}

// ------------------------------------------------------------------------- what patients do

impl Driver<Program> {
    /// The server's thread brings what a patient has done online.
    fn arrives(&mut self, appointment: Uuid, created: bool, set: Map<String, Json>) {
        self.has_come("appointment", appointment, created, set);
    }

    /// A patient has done that.
    fn has_come(&mut self, kind: &str, id: Uuid, created: bool, set: Map<String, Json>) {
        self.arrives_of(Author::Patient, kind, id, created, set);
    }

    fn arrives_of(&mut self, author: Author, kind: &str, id: Uuid, created: bool, set: Map<String, Json>) {
        let revision = block_on(self.store().link()).unwrap().unwrap().position.revision + 1;
        let writes = vec![FeedWrite { kind: kind.to_owned(), id, created, deed: WireDeed::Set(set) }];
        let change = FeedChange {
            revision,
            id: Uuid::new_v4(),
            made_at: now(),
            made_by: String::new(),
            author,
            device: None,
            writes,
        };
        let arrived = block_on(self.store().apply_page(page(vec![change]), now())).unwrap();
        self.send(Message::ServerTold { opening: 1, event: Event::Arrived(arrived) });
    }

    /// A patient has created themself.
    fn registers(&mut self, patient: &Patient) {
        self.has_come("patient", Uuid::new_v4(), true, change::fields(patient));
    }

    fn karen(&self) -> Entry<Patient> {
        block_on(self.store().find_patients("Karen Mikkelsen", 1)).unwrap().remove(0)
    }

    /// Karen books SU with AP, who has nobody at that time.
    fn karen_books(&mut self, start: &str) -> Id<Appointment> {
        self.karen_is_booked(Author::Patient, start, Overlap::None)
    }

    fn karen_is_booked(&mut self, author: Author, start: &str, overlap: Overlap) -> Id<Appointment> {
        let setup = self.setup();
        let value = Appointment {
            practitioner: practitioner(&setup, "AP").id,
            appointment_type: setup.appointment_types.iter().find(|it| it.value.code.as_str() == "SU").map(|it| it.id),
            patient: Some(self.karen().id),
            need: None,
            start: start.parse().unwrap(),
            minutes: Length::new(45).unwrap(),
            origin: Origin::Online,
            status: Standing::Booked,
            overlap,
            note: Detail::new("").unwrap(),
        };
        let id = Id::random();
        self.arrives_of(author, "appointment", id.uuid(), true, change::fields(&value));
        id
    }

    fn unseen(&self) -> usize {
        block_on(self.store().unseen()).unwrap().len()
    }
}

fn connected() -> (Pc, Driver<Program>) {
    let pc = paired(Pc::with_demo());
    let mut program = pc.start();
    // Until the thread has nothing more to tell.
    program.wait_until("the server was looked for", |program| program.app.standing.next_try.is_some());
    (pc, program)
}

const BOOKED: &str = "Karen Mikkelsen har booket mandag 23. november kl. 18.00";

#[test]
fn an_online_booking_is_marked_until_somebody_looks_at_it() {
    let (_pc, mut program) = connected();
    let focused = program.focused();
    let _id = program.karen_books("2026-11-23T17:00:00Z");
    assert!(program.sees(BOOKED), "a notice over the lower edge");
    assert_eq!(program.focused(), focused, "it takes no focus");
    program.picture("sync-notice");
    program.send(Message::ThemeTurned(Mode::Dark));
    program.picture("sync-notice-dark");
    program.send(Message::NoticePassed(1));
    assert!(!program.sees(BOOKED), "it goes by itself");
    assert_eq!(program.unseen(), 1);
    program.click_id("sync-status");
    assert!(program.sees("Nyt fra patienterne (1)") && program.sees(BOOKED), "and stays in the list");
    program.picture("sync-panel-news");
    program.click("Vis");
    assert!(!program.sees("Synkronisering") && program.sees("SU Karen Mikkelsen"));
    assert_eq!(program.unseen(), 0);
}

#[test]
fn a_booking_of_another_day_is_shown_by_the_notice() {
    let (_pc, mut program) = connected();
    let _id = program.karen_books("2026-11-25T17:00:00Z");
    program.click_id("news-show");
    assert!(program.sees("ons. 25. nov. · uge 48") && program.sees("SU Karen Mikkelsen"));
    assert_eq!(program.unseen(), 0);
    program.picture("sync-shown-booking");
}

#[test]
fn what_comes_together_is_summed_up_and_a_cancellation_is_in_the_list_alone() {
    let (_pc, mut program) = connected();
    let first = program.karen_books("2026-11-23T17:00:00Z");
    let _second = program.karen_books("2026-11-24T17:00:00Z");
    assert!(program.sees("Nyt fra patienterne: 2 bookinger"));
    let Json::Object(cancelled) = json!({"status": "cancelled"}) else { panic!("an object") };
    program.arrives(first.uuid(), false, cancelled);
    assert!(program.sees("Nyt fra patienterne: 1 booking, 1 afbud"));
    assert!(!program.sees("SU Karen Mikkelsen"), "the book does not show it");
    program.click_id("news-show");
    assert!(program.sees("Karen Mikkelsen har meldt afbud til mandag 23. november kl. 18.00"));
    program.click("Markér alle som set");
    assert!(program.sees_part("Intet nyt.") && program.unseen() == 0);
}

#[test]
fn the_notice_of_somebody_new_leads_to_them() {
    let (_pc, mut program) = connected();
    let new = Patient {
        number: Line::new("9901").unwrap(),
        name: Line::new("Åse Ny").unwrap(),
        phone: Some(Detail::new("01 43 00 99").unwrap()),
        self_registered: true,
        accepted: false,
        ..program.karen().value
    };
    program.registers(&new);
    program.click_id("news-show");
    assert!(program.sees("Nye patienter") && program.sees("Emil Sandager"));
    assert!(program.sees("01 43 00 99"), "what they entered is shown: {:?}", program.texts());
}

#[test]
fn a_dialog_that_is_open_tells_that_the_patient_has_cancelled() {
    let (_pc, mut program) = connected();
    let id = program.karen_books("2026-11-23T17:00:00Z");
    program.ask(aftalebog::screen::appointment_book::Asked::Edit(id));
    assert!(program.sees("Aftale") && program.unseen() == 0, "whoever opens it has looked at it");
    let Json::Object(cancelled) = json!({"status": "cancelled"}) else { panic!("an object") };
    program.arrives(id.uuid(), false, cancelled);
    assert!(program.sees("Der er meldt afbud til aftalen, mens du har den åben."));
    program.picture("sync-dialog-elsewhere");
}

#[test]
fn whoever_is_offline_is_told_what_is_not_sent_before_the_window_closes() {
    let (_pc, mut program) = connected();
    program.is_told(offline(), 3, 0, 0);
    program.send(Message::CloseRequested);
    assert!(program.sees("3 ændringer er ikke sendt endnu"));
    assert_eq!(program.focused().as_deref(), Some("question-keep"));
    program.picture("sync-closing-unsent");
    program.tap(Named::Escape);
    assert!(!program.exited);
    program.close();
}

#[test]
fn a_save_under_way_when_the_window_is_closed_is_sent_before_it_closes() {
    let (_pc, mut program) = connected();
    program.is_told(Connection::Online, 0, 0, 0);
    program.open_settings();
    program.edit("SU");
    program.fill("Online alias", "Gemt til sidst");
    program.slow_disk("Pressed(Ok)");
    program.click("OK");
    program.send(Message::CloseRequested);
    program.disk_answers();
    assert!(program.sees("Sender 1 ændring …") && !program.exited, "the thread has not counted it yet");
    program.is_told(Connection::Online, 1, 0, 0);
    assert!(program.sees("Sender 1 ændring …") && !program.exited);
    program.is_told(offline(), 1, 0, 0);
    assert!(program.sees("1 ændring er ikke sendt endnu") && !program.exited);
    // The same, and the server gets it.
    program.tap(Named::Escape);
    program.is_told(Connection::Online, 1, 0, 0);
    program.send(Message::CloseRequested);
    let store = program.store().clone();
    let sent = block_on(store.next_to_send()).unwrap().unwrap();
    block_on(store.acknowledged(sent.id, 11, now())).unwrap();
    program.is_told(Connection::Online, 0, 0, 0);
    assert!(program.exited);
}

#[test]
fn what_waits_is_sent_before_the_window_closes_and_what_is_left_is_told() {
    let (_pc, mut program) = connected();
    program.is_told(Connection::Online, 3, 0, 0);
    program.send(Message::CloseRequested);
    assert!(program.sees("Sender 3 ændringer …"));
    program.picture("sync-closing-sending");
    program.is_told(Connection::Online, 1, 0, 0);
    assert!(program.sees("Sender 1 ændring …"));
    // The time is over.
    let ended = || Message::Clinic(aftalebog::screen::open_clinic::Message::SendingEnded);
    program.send(ended());
    assert!(program.sees("1 ændring er ikke sendt endnu") && !program.exited);
    program.tap(Named::Escape);
    // Whoever stays is not put out by what is sent meanwhile, nor by the time that was given.
    program.is_told(Connection::Online, 0, 0, 0);
    program.send(ended());
    assert!(!program.exited);
    // The connection is lost in that moment.
    program.is_told(Connection::Online, 2, 0, 0);
    program.send(Message::CloseRequested);
    program.is_told(offline(), 2, 0, 0);
    assert!(program.sees("2 ændringer er ikke sendt endnu") && !program.exited);
    program.tap(Named::Escape);
    program.is_told(Connection::Online, 2, 0, 0);
    program.send(Message::CloseRequested);
    program.is_told(Connection::Online, 0, 0, 0);
    assert!(program.exited, "all of it is sent");
}

#[test]
fn a_double_booking_that_comes_is_told_and_stays_in_the_bar() {
    let (_pc, mut program) = connected();
    program.is_told(Connection::Online, 0, 0, 0);
    assert!(program.sees("Synkroniseret 9.09"));
    assert!(program.sees("Vis som patient") && program.sees("Patient"), "there is room for the words");
    let id = program.karen_is_booked(Author::Clinic, "2026-11-23T17:00:00Z", Overlap::Clash);
    assert!(
        program.sees_part("Dobbeltbooking: SU Karen Mikkelsen ligger oven i en anden aftale"),
        "{:?}",
        program.texts()
    );
    assert!(program.sees("1 dobbeltbooking") && !program.sees_part("Synkroniseret"));
    program.picture("sync-bar-clash");
    program.send(Message::NoticePassed(1));
    assert!(program.sees("1 dobbeltbooking"), "it stays until somebody decides");
    program.is_told(offline(), 0, 0, 0);
    assert!(program.sees("1 dobbeltbooking, offline"));
    program.is_told(Connection::Online, 0, 0, 0);
    program.click_id("sync-status");
    assert!(program.sees("1 aftale ligger oven i en anden"));
    program.picture("sync-panel-clash");
    program.click("Vis");
    assert!(!program.sees("Synkronisering") && program.sees("SU Karen Mikkelsen"));
    let Json::Object(cancelled) = json!({"status": "cancelled"}) else { panic!("an object") };
    program.arrives_of(Author::Clinic, "appointment", id.uuid(), false, cancelled);
    assert!(program.sees("Synkroniseret 9.09"));
}

#[test]
fn two_that_stand_on_each_other_are_one_double_booking_and_whoever_did_it_is_not_told() {
    let (_pc, mut program) = connected();
    program.is_told(Connection::Online, 0, 0, 0);
    let below = program.karen_is_booked(Author::Clinic, "2026-11-23T17:00:00Z", Overlap::None);
    let _above = program.karen_is_booked(Author::Clinic, "2026-11-23T17:00:00Z", Overlap::Clash);
    program.send(Message::NoticePassed(1));
    program.ask(Asked::Cancel(below));
    program.click("Afbud");
    assert!(!program.sees_part("dobbeltbooking"));
    program.take_back();
    assert_eq!(block_on(program.store().clashes()).unwrap().len(), 2);
    // Whether the server answers meanwhile is another matter.
    assert!(program.sees_part("1 dobbeltbooking"), "{:?}", program.texts());
    assert!(!program.sees_part("Dobbeltbooking: ") && !program.sees_part("nye dobbeltbookinger"));
    // What comes is told all the same.
    let _other = program.karen_is_booked(Author::Clinic, "2026-11-23T18:00:00Z", Overlap::Clash);
    assert!(program.sees_part("2 dobbeltbookinger") && program.sees_part("Dobbeltbooking: "), "{:?}", program.texts());
}

#[test]
fn what_patients_did_is_counted_in_the_bar_when_the_notice_has_gone() {
    let (_pc, mut program) = connected();
    program.is_told(Connection::Online, 0, 0, 0);
    assert!(!program.sees_part("Nyt"));
    let _first = program.karen_books("2026-11-23T17:00:00Z");
    program.send(Message::NoticePassed(1));
    assert!(program.sees("Nyt (1)") && program.sees_whole("Patient"));
    program.picture("sync-bar-news");
    program.resize(1600.0, 900.0);
    assert!(program.sees("Synkroniseret 9.09") && program.sees("Nyt (1)"), "where there is room for both");
    program.resize(1280.0, 800.0);
    program.click_id("sync-status");
    // While the panel is open, no notice comes.
    let _second = program.karen_books("2026-11-24T17:00:00Z");
    program.click("Luk");
    assert!(program.sees("Nyt (2)"));
    program.resize(900.0, 700.0);
    assert!(!program.sees("Nyt (2)"), "a dot in its place");
    program.picture("sync-bar-news-narrow");
    program.click_id("sync-status");
    program.click("Markér alle som set");
    program.click("Luk");
    program.resize(1280.0, 800.0);
    assert!(!program.sees_part("Nyt") && program.sees("Synkroniseret 9.09"));
}

#[test]
fn whatever_is_told_the_books_own_buttons_keep_their_words() {
    let (_pc, mut program) = connected();
    let _booked = program.karen_books("2026-11-23T17:00:00Z");
    program.send(Message::NoticePassed(1));
    let told = [
        (Connection::Online, [0, 0, 0], "Nyt (1)"),
        (Connection::Online, [100, 0, 0], "Nyt (1)"),
        (offline(), [2, 0, 0], "Nyt (1)"),
        (Connection::Online, [0, 12, 0], "12 konflikter"),
        (offline(), [0, 12, 0], "12 konflikter, offline"),
        (Connection::Revoked, [0, 0, 0], "Denne pc er fjernet"),
        (Connection::TooOld, [0, 0, 0], "Opdatér programmet"),
    ];
    for (connection, [waiting, conflicts, refused], words) in told {
        program.is_told(connection, waiting, conflicts, refused);
        for word in [words, "1 ny patient", "Alle", "Patient"] {
            assert!(program.sees_whole(word), "«{word}» beside «{words}»: {:?}", program.texts());
        }
        let date = program.sees_whole("man. 23. nov. · uge 48");
        assert!(date || words != "Nyt (1)", "what is only new takes nothing from the date either");
    }
    let _clash = program.karen_is_booked(Author::Clinic, "2026-11-24T17:00:00Z", Overlap::Clash);
    program.is_told(offline(), 0, 0, 0);
    assert!(program.sees_whole("1 dobbeltbooking, offline"), "what somebody is to do comes before all of them");
    program.picture("sync-bar-clash-and-news");
}

#[test]
fn the_bar_speaks_the_language_that_was_chosen_at_once() {
    let (_pc, mut program) = connected();
    program.is_told(offline(), 0, 0, 0);
    assert!(program.sees("Offline siden 8.40"));
    program.click_id("language");
    assert!(program.sees_part("Offline since") && !program.sees_part("Offline siden"), "{:?}", program.texts());
}

#[test]
fn the_small_window_stays_where_it_is_whatever_it_says() {
    let (_pc, mut program) = connected();
    program.is_told(Connection::Online, 0, 0, 0);
    program.open_settings();
    program.click("Aktiv");
    let places = |program: &mut Driver<Program>| {
        let contacts = program.bounds_of_id("service-contacts");
        let cross = program.bounds_of_id("dialog-close");
        (contacts, cross, program.bounds_of_id("service-close").y, program.bounds_of_id("service-finding-0"))
    };
    let running = places(&mut program);
    let days_ago =
        |days| Status { connection: offline(), last_contact: Some(now() - TimeDelta::days(days)), ..NOTHING };
    program.told(days_ago(3));
    assert_eq!(places(&mut program), running, "it tells which times are kept back");
    program.is_told(Connection::Revoked, 0, 0, 0);
    assert_eq!(places(&mut program), running, "this PC was removed");
    program.is_told(offline(), 0, 0, 0);
    program.click_id("service-stop");
    assert_eq!(places(&mut program), running, "it is about to stop");
    let store = program.store().clone();
    let sent = block_on(store.next_to_send()).unwrap().unwrap();
    block_on(store.acknowledged(sent.id, 11, now())).unwrap();
    program.is_told(Connection::Online, 0, 0, 0);
    assert!(program.sees("Online booking er stoppet"));
    assert_eq!(places(&mut program), running, "it is stopped");
}

#[test]
fn what_is_stopped_here_is_not_stopped_before_the_server_hears_of_it() {
    let (_pc, mut program) = connected();
    program.is_told(offline(), 0, 0, 0);
    program.open_settings();
    program.click("Aktiv");
    program.click_id("service-stop");
    assert!(program.sees("Online booking stopper, så snart serveren hører det"), "{:?}", program.texts());
    assert!(program.sees("Indtil da kan patienterne stadig booke nye tider online.") && program.sees("Start"));
    program.picture("service-stopping");
    let store = program.store().clone();
    let sent = block_on(store.next_to_send()).unwrap().unwrap();
    block_on(store.acknowledged(sent.id, 11, now())).unwrap();
    program.is_told(Connection::Online, 0, 0, 0);
    assert!(program.sees("Online booking er stoppet"));
    assert!(program.sees_part("«Online booking er lukket lige nu. Ring til klinikken for at få en tid.»"));
    program.click_id("service-start");
    assert!(program.sees("Online booking starter, så snart serveren hører det"), "{:?}", program.texts());
}
