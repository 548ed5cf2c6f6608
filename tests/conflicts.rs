//! What the booking server did not take: both values side by side, and somebody chooses.

use aftalebog_booking::record::{Appointment, AppointmentType, Kind, OnlineType, Patient};
use aftalebog_booking::wire::{
    Author, Conflict, ConflictField, FeedChange, FeedPage, FeedWrite, Position, Problem, SentChange, SentWrite, Titles,
    Touch, WireDeed,
};
use aftalebog_booking::{Change, Entry, Write, bounded, change};
use aftalebog_local::{FirstSync, NewLink, Store, TokenKept};
use chrono::TimeDelta;
use futures::executor::block_on;
use iced::keyboard::key::Named;
use iced::theme::Mode;
use serde_json::{Value as Json, json};
use uuid::Uuid;

use crate::harness::Driver;
use crate::program::{Pc, Program, now, online_type};

use aftalebog::app::Message;

const PC_2: &str = "KONTOR-2";

/// Paired with a server that does not answer, and all records are known there.
pub fn paired(pc: Pc) -> Pc {
    let pairing = async {
        let store = Store::open(pc.demo(), now()).await.unwrap();
        store.begin_link(new_link(), FirstSync::Give, now()).await.unwrap();
        let mut changes = vec![];
        while let Some(given) = store.next_to_send().await.unwrap() {
            let SentChange { id, made_at, made_by, sequence: revision, writes, .. } = given;
            store.acknowledged(id, revision, now()).await.unwrap();
            let come_back = |write: SentWrite| FeedWrite {
                kind: write.kind.name().to_owned(),
                id: write.id,
                created: true,
                deed: write.deed,
            };
            let writes = writes.into_iter().map(come_back).collect();
            let device = Some(Uuid::from_u128(2));
            changes.push(FeedChange { revision, id, made_at, made_by, author: Author::Clinic, device, writes });
        }
        let _arrived = store.apply_page(page(changes), now()).await.unwrap();
        store.close().await;
    };
    block_on(pairing);
    pc
}

pub fn new_link() -> NewLink {
    NewLink {
        address: "http://127.0.0.1:9".to_owned(),
        authority: None,
        clinic: Uuid::from_u128(1),
        slug: "moellesoeen".to_owned(),
        device: Uuid::from_u128(2),
        device_name: "RECEPTION".to_owned(),
        token_kept: TokenKept::File,
        position: Position { epoch: Uuid::from_u128(3), revision: 0 },
    }
}

pub fn page(changes: Vec<FeedChange>) -> FeedPage {
    let revision = changes.last().unwrap().revision;
    let position = Position { epoch: Uuid::from_u128(3), revision };
    FeedPage { changes, position, more: false, server_time: now() }
}

/// Saves this, and the server answers with a problem.
fn set_aside(pc: &Pc, writes: impl FnOnce(&Store) -> Vec<Write>, problem: impl FnOnce(&[Write]) -> Problem) {
    let store = block_on(Store::open(pc.demo(), now())).unwrap();
    set_aside_in(&store, writes(&store), problem);
    block_on(store.close());
}

fn set_aside_in(store: &Store, writes: Vec<Write>, problem: impl FnOnce(&[Write]) -> Problem) {
    let change = Change::new(now() - TimeDelta::minutes(10), "RECEPTION", writes);
    let (id, problem) = (change.id, problem(&change.writes));
    block_on(store.save(change)).unwrap();
    block_on(store.set_aside(id, problem)).unwrap();
}

fn touch(minutes: i64) -> Touch {
    let at = now() - TimeDelta::minutes(minutes);
    Touch { revision: 90, author: Author::Clinic, device: Some(Uuid::from_u128(9)), by: PC_2.to_owned(), at }
}

fn conflict(write: &Write, fields: &[(&str, Json)]) -> Conflict {
    let field = |(field, present): &(&str, Json)| ConflictField {
        field: (*field).to_owned(),
        present: present.clone(),
        touch: touch(3),
    };
    let fields = fields.iter().map(field).collect();
    Conflict { kind: write.kind, id: write.id, revision: 90, deleted: false, fields, deleted_by: None }
}

fn problem(code: &str, status: u16, da: &str, conflicts: Vec<Conflict>) -> Problem {
    let titles = Titles { da: da.to_owned(), en: "in English".to_owned() };
    Problem { conflicts, ..Problem::new(code, status, titles) }
}

fn conflicting(conflicts: Vec<Conflict>) -> Problem {
    problem("conflict", 409, "En anden har ændret det samme.", conflicts)
}

fn days(days: u16) -> Option<bounded::NoticeDays> {
    Some(bounded::NoticeDays::new(days).unwrap())
}

fn su(store: &Store) -> Entry<OnlineType> {
    online_type(&block_on(store.setup()).unwrap(), "SU")
}

/// Here «Afbud muligt» of SU was set to 0, there to blank.
fn one_field(pc: &Pc) {
    set_aside(pc, edit_of_one_field, against_one_field);
}

fn edit_of_one_field(store: &Store) -> Vec<Write> {
    let su = su(store);
    Write::edit(&su, &OnlineType { cancel_days: days(0), ..su.value.clone() }).into_iter().collect()
}

fn against_one_field(writes: &[Write]) -> Problem {
    conflicting(vec![conflict(&writes[0], &[("cancel_days", Json::Null)])])
}

/// Three fields here, two of which were changed there as well.
fn two_fields(pc: &Pc) {
    let edit = |store: &Store| {
        let su = su(store);
        let alias = bounded::Alias::new("Eftersyn").unwrap();
        let after = OnlineType { alias, move_days: days(5), cancel_days: days(6), ..su.value.clone() };
        Write::edit(&su, &after).into_iter().collect()
    };
    let theirs = [("alias", json!("Undersøgelse")), ("move_days", json!(1))];
    set_aside(pc, edit, |writes| conflicting(vec![conflict(&writes[0], &theirs)]));
}

fn karen(store: &Store) -> Entry<Patient> {
    block_on(store.find_patients("Karen Mikkelsen", 1)).unwrap().remove(0)
}

/// Here an appointment was moved to another day, there it was cancelled.
fn cancelled_there(pc: &Pc) {
    set_aside(pc, move_a_week, |writes| conflicting(vec![conflict(&writes[0], &[("status", json!("cancelled"))])]));
}

/// Here and there it was given another time, and there it was cancelled besides.
fn moved_and_cancelled_there(pc: &Pc) {
    let theirs = [("start", json!("2027-06-21T08:00:00Z")), ("status", json!("cancelled"))];
    set_aside(pc, move_a_week, |writes| conflicting(vec![conflict(&writes[0], &theirs)]));
}

fn move_a_week(store: &Store) -> Vec<Write> {
    let booked = block_on(store.appointments_between(now(), now() + TimeDelta::hours(6))).unwrap();
    let before = booked.into_iter().find(|it| it.patient.is_some() && it.entry.value.start > now()).unwrap().entry;
    let later = before.value.start + TimeDelta::days(210);
    Write::edit(&before, &Appointment { start: later, ..before.value.clone() }).into_iter().collect()
}

/// Here a telephone number was edited, there the patient was deleted.
fn deleted_there(pc: &Pc) {
    let edit = |store: &Store| {
        let karen = karen(store);
        let phone = Some(bounded::Line::new("01 43 00 77").unwrap());
        Write::edit(&karen, &Patient { phone, ..karen.value.clone() }).into_iter().collect()
    };
    set_aside(pc, edit, |writes| {
        let deleted_by = Some(touch(4));
        conflicting(vec![Conflict { deleted: true, deleted_by, ..conflict(&writes[0], &[]) }])
    });
}

/// By another PC.
fn comes_from_elsewhere(store: &Store, revision: u64, writes: Vec<FeedWrite>) {
    let change = FeedChange {
        revision,
        id: Uuid::new_v4(),
        made_at: now() - TimeDelta::minutes(4),
        made_by: PC_2.to_owned(),
        author: Author::Clinic,
        device: Some(Uuid::from_u128(9)),
        writes,
    };
    let _arrived = block_on(store.apply_page(page(vec![change]), now())).unwrap();
}

fn gone(kind: Kind, id: Uuid) -> FeedWrite {
    FeedWrite { kind: kind.name().to_owned(), id, created: false, deed: WireDeed::Delete }
}

/// Here the alias of a type was edited, there the type was deleted.
fn type_deleted_there(store: &Store, of: &Entry<OnlineType>, writes: Vec<FeedWrite>) {
    let alias = bounded::Alias::new("Ring straks").unwrap();
    let edit = Write::edit(of, &OnlineType { alias, ..of.value.clone() }).unwrap();
    let deleted = Conflict { deleted: true, deleted_by: Some(touch(4)), ..conflict(&edit, &[]) };
    let change = Change::new(now() - TimeDelta::minutes(10), "RECEPTION", vec![edit]);
    let id = change.id;
    block_on(store.save(change)).unwrap();
    block_on(store.set_aside(id, conflicting(vec![deleted]))).unwrap();
    comes_from_elsewhere(store, 91, writes);
}

fn set_up_deleted_there(pc: &Pc) {
    let store = block_on(Store::open(pc.demo(), now())).unwrap();
    let akut = online_type(&block_on(store.setup()).unwrap(), "AKUT");
    type_deleted_there(&store, &akut, vec![gone(Kind::OnlineType, akut.id.uuid())]);
    block_on(store.close());
}

/// A type with its set-up that another PC had made, and has deleted again.
fn whole_type_deleted_there(pc: &Pc) {
    let store = block_on(Store::open(pc.demo(), now())).unwrap();
    let setup = block_on(store.setup()).unwrap();
    let like = online_type(&setup, "AKUT");
    let made = setup.appointment_type(like.value.appointment_type).unwrap().clone();
    let made = Entry::new(AppointmentType { code: bounded::Line::new("SKEMA").unwrap(), ..made });
    let set_up = Entry::new(OnlineType { appointment_type: made.id, ..like.value.clone() });
    let new = |kind: Kind, id, fields| FeedWrite {
        kind: kind.name().to_owned(),
        id,
        created: true,
        deed: WireDeed::Set(fields),
    };
    let created = vec![
        new(Kind::AppointmentType, made.id.uuid(), change::fields(&made.value)),
        new(Kind::OnlineType, set_up.id.uuid(), change::fields(&set_up.value)),
    ];
    comes_from_elsewhere(&store, 89, created);
    let writes = vec![gone(Kind::OnlineType, set_up.id.uuid()), gone(Kind::AppointmentType, made.id.uuid())];
    type_deleted_there(&store, &set_up, writes);
    block_on(store.close());
}

fn refused(pc: &Pc) {
    let edit = |store: &Store| {
        let karen = karen(store);
        let number = bounded::Line::new("1002").unwrap();
        Write::edit(&karen, &Patient { number, ..karen.value.clone() }).into_iter().collect()
    };
    set_aside(pc, edit, |_| {
        let invalid = problem("invalid", 422, "Ændringen kan ikke gemmes.", vec![]);
        Problem { field: Some("number".to_owned()), ..invalid }
    });
}

impl Driver<Program> {
    /// From the bar over the panel.
    fn decide(&mut self) {
        self.click_id("sync-status");
        self.click("Afgør …");
    }

    /// The thread of the server has told how it stands.
    fn waits_for(&mut self, words: &str) {
        self.wait_until(words, |program| program.sees(words));
    }

    /// Changes that wait to be sent, conflicts, and what was refused.
    fn outbox(&self) -> [usize; 3] {
        let counts = block_on(self.store().outbox()).unwrap();
        [counts.waiting, counts.conflicts, counts.refused]
    }
}

fn start(set: fn(&Pc)) -> (Pc, Driver<Program>) {
    let pc = paired(Pc::with_demo());
    set(&pc);
    let program = pc.start();
    (pc, program)
}

#[test]
fn both_values_stand_side_by_side_as_the_dialogs_show_them() {
    let (_pc, mut program) = start(one_field);
    assert_eq!(program.online_type("SU").cancel_days, days(2), "it is not in the book until somebody decides");
    program.waits_for("Konflikt, offline");
    program.click_id("sync-status");
    assert!(program.sees("1 ændring skal afgøres") && program.sees("SU ændret · Afbud muligt"));
    program.picture("sync-panel-conflict");
    program.click("Afgør …");
    assert!(program.sees("Konflikt") && program.sees("Afbud muligt"));
    assert!(program.sees("tom") && program.sees("0 dage"), "blank is not 0");
    assert!(program.sees("KONTOR-2 · i dag kl. 9.07"));
    assert!(program.sees("Din ændring er gemt på RECEPTION i dag kl. 9.00."));
    assert_eq!(program.focused().as_deref(), Some("decide-later"), "Enter decides nothing by mistake");
    program.picture("sync-conflict");
    program.send(Message::ThemeTurned(Mode::Dark));
    program.picture_at("sync-conflict-dark-at-150-percent", 1.5);
}

#[test]
fn mine_is_saved_anew_by_somebody_who_has_seen_theirs() {
    let (_pc, mut program) = start(one_field);
    program.decide();
    program.click("Brug min");
    assert_eq!(program.online_type("SU").cancel_days, days(0));
    assert_eq!(program.outbox(), [1, 0, 0], "it waits to be sent");
    assert!(!program.sees("Brug min") && program.sees("Synkronisering"), "the panel is below");
    let sent = block_on(program.store().next_to_send()).unwrap().unwrap();
    assert_eq!(sent.writes[0].base, Some(90));
}

#[test]
fn theirs_stays_and_what_nobody_else_touched_is_saved() {
    let (_pc, mut program) = start(two_fields);
    program.decide();
    assert!(program.sees("Online alias") && program.sees("Flytning muligt indtil"));
    assert!(program.sees("Undersøgelse") && program.sees("Eftersyn"));
    assert!(!program.sees("Afbud muligt"), "nobody has to choose there");
    program.click("Behold alle deres");
    let su = program.online_type("SU");
    assert_eq!((su.cancel_days, su.move_days), (days(6), days(2)), "theirs comes with the feed");
    assert_eq!(program.outbox(), [1, 0, 0]);
}

#[test]
fn each_field_can_be_chosen_by_itself_with_the_keyboard() {
    let (_pc, mut program) = start(two_fields);
    program.waits_for("Konflikt, offline");
    program.decide();
    program.click_id("decide-chosen");
    assert_eq!(program.outbox(), [0, 1, 0], "as long as something is not chosen, there is nothing to save");
    program.tap(Named::Tab);
    program.click_id("decide-theirs-0");
    program.click_id("decide-mine-1");
    program.picture("sync-conflict-fields");
    program.send(Message::ThemeTurned(Mode::Dark));
    program.picture("sync-conflict-fields-dark");
    program.click("Gem valgene");
    let sent = block_on(program.store().next_to_send()).unwrap().unwrap();
    let WireDeed::Set(set) = &sent.writes[0].deed else { panic!("a set") };
    assert_eq!(Json::Object(set.clone()), json!({"move_days": 5, "cancel_days": 6}), "and not the alias");
}

#[test]
fn where_an_appointment_stands_and_whether_it_does_is_one_choice() {
    let sets = [
        (cancelled_there as fn(&Pc), "sync-conflict-appointment"),
        (moved_and_cancelled_there, "sync-conflict-appointment-moved"),
    ];
    for (set, picture) in sets {
        let (_pc, mut program) = start(set);
        program.waits_for("Konflikt, offline");
        program.decide();
        assert!(program.sees("Aftalen") && program.sees_part("Status: "), "{:?}", program.texts());
        assert!(program.sees_part("21. juni"), "where it was moved to: {:?}", program.texts());
        assert!(program.sees("Behold deres") && program.sees("Brug min") && !program.sees("Gem valgene"));
        program.picture(picture);
        program.click("Behold deres");
        assert_eq!(program.outbox(), [0, 0, 0], "what is cancelled is moved nowhere");
    }
    let (_pc, mut program) = start(cancelled_there);
    program.decide();
    program.click("Brug min");
    let sent = block_on(program.store().next_to_send()).unwrap().unwrap();
    let WireDeed::Set(set) = &sent.writes[0].deed else { panic!("a set") };
    assert_eq!(set["status"], json!("booked"), "whoever moves it means that it stands");
}

#[test]
fn a_deletion_on_the_other_side_is_said_plainly() {
    let (_pc, mut program) = start(deleted_there);
    program.waits_for("Konflikt, offline");
    program.decide();
    assert!(program.sees("Slettet af KONTOR-2 · i dag kl. 9.06. Du har ændret den i mellemtiden."));
    assert!(program.sees("Karen Mikkelsen") && program.sees("Telefon: 01 43 00 77") && program.sees("Slettet"));
    program.picture("sync-conflict-deleted");
    program.click("Behold deres");
    assert_eq!(program.outbox(), [0, 0, 0]);
}

#[test]
fn a_type_that_was_deleted_on_the_other_side_is_named_as_it_was() {
    let (_pc, mut program) = start(set_up_deleted_there);
    program.waits_for("Konflikt, offline");
    program.click_id("sync-status");
    assert!(program.sees("AKUT ændret · Online alias · slettet i mellemtiden"), "{:?}", program.texts());
    program.picture("sync-panel-deleted-type");
    program.click("Afgør …");
    assert!(program.sees("AKUT ændret") && program.sees("AKUT · Tandpine / akut"), "{:?}", program.texts());
    program.picture("sync-conflict-deleted-type");
    program.click("Brug min");
    assert_eq!(program.online_type("AKUT").alias.as_str(), "Ring straks");
    program.click("Luk");
    program.open_settings();
    assert!(program.sees("Fortryd «AKUT gendannet»"), "that is what was done: {:?}", program.texts());
}

#[test]
fn a_type_that_is_gone_altogether_is_named_as_it_was() {
    let (_pc, mut program) = start(whole_type_deleted_there);
    program.decide();
    assert!(program.sees("SKEMA ændret") && program.sees("SKEMA · Tandpine / akut"), "{:?}", program.texts());
}

#[test]
fn two_conflicts_of_one_record_are_told_apart() {
    let (_pc, mut program) = start(|pc| {
        one_field(pc);
        two_fields(pc);
    });
    program.click_id("sync-status");
    assert!(program.sees("SU ændret · Afbud muligt"), "{:?}", program.texts());
    assert!(program.sees("SU ændret · Online alias, Flytning muligt indtil"), "{:?}", program.texts());
    program.picture("sync-panel-two-of-one");
}

/// The server answers with a conflict while somebody types in the editor of another type.
fn met_while_typing() -> (Pc, Driver<Program>) {
    let pc = paired(Pc::with_demo());
    let mut program = pc.start();
    program.waits_for("Adgangsnøgle mangler");
    program.open_settings();
    program.edit("FU");
    program.fill("Online alias", "Skrevet imens");
    let store = program.store();
    set_aside_in(&store, edit_of_one_field(&store), against_one_field);
    let arrived = aftalebog_local::sync::Arrived { changes: 1, notices: vec![] };
    program.send(Message::ServerTold { opening: 1, event: aftalebog_local::sync::Event::Arrived(arrived) });
    (pc, program)
}

#[test]
fn whoever_has_the_settings_open_is_told_of_a_conflict_and_decides_without_losing_what_is_typed() {
    let (_pc, mut program) = met_while_typing();
    assert!(program.sees("Konflikt: SU ændret · Afbud muligt"), "{:?}", program.texts());
    let focused = program.focused();
    program.picture("sync-strip");
    program.send(Message::ThemeTurned(Mode::Dark));
    program.picture_at("sync-strip-dark-at-150-percent", 1.5);
    program.click("Afgør … (F8)");
    assert!(program.sees("Brug min") && !program.sees_part("(F8)"));
    assert_eq!(program.focused().as_deref(), Some("decide-later"));
    program.picture("sync-strip-decide");
    program.click("Brug min");
    assert_eq!(program.online_type("SU").cancel_days, days(0));
    assert!(!program.sees("Brug min") && !program.sees_part("(F8)"), "{:?}", program.texts());
    assert_eq!(program.value("Online alias"), "Skrevet imens");
    assert_eq!(program.focused(), focused, "and goes on where they were");
    program.click("OK");
    assert_eq!(program.online_type("FU").alias.as_str(), "Skrevet imens");
}

#[test]
fn the_strip_is_reached_by_a_key_and_a_decision_may_wait() {
    let (_pc, mut program) = met_while_typing();
    program.tap(Named::F8);
    assert!(program.sees("Brug min"));
    program.tap(Named::Escape);
    assert!(program.sees("Konflikt: SU ændret · Afbud muligt") && program.sees("Aftaletype: FU"));
    assert_eq!(program.value("Online alias"), "Skrevet imens");
    program.click("Annuller");
    program.click("Kassér");
    program.click("Luk");
    assert!(!program.sees_part("(F8)"));
    program.click_id("sync-status");
    assert!(program.sees("SU ændret · Afbud muligt"), "it waits: {:?}", program.texts());
    assert_eq!(program.outbox(), [0, 1, 0]);
}

#[test]
fn what_was_refused_says_why_and_is_tried_again_or_given_up() {
    let (_pc, mut program) = start(refused);
    program.waits_for("Afvist, offline");
    program.decide();
    assert!(program.sees("Afvist af bookingserveren"));
    assert!(program.sees_part("Ændringen kan ikke gemmes. («Nummer»)"));
    assert!(program.sees("Nummer") && program.sees("1002"));
    program.picture("sync-refused");
    program.click("Prøv igen");
    assert_eq!(program.outbox(), [1, 0, 0]);
    let (_pc, mut program) = start(refused);
    program.decide();
    program.click("Kassér");
    assert_eq!(program.outbox(), [0, 0, 0]);
    assert!(block_on(program.store().find_patients("Karen Mikkelsen", 1)).unwrap()[0].value.number.as_str() == "1001");
}

/// What another PC saves comes with the feed.
fn comes(program: &mut Driver<Program>, set: Json) {
    let Json::Object(set) = set else { panic!("an object") };
    let su = online_type(&program.setup(), "SU");
    let revision = block_on(program.store().link()).unwrap().unwrap().position.revision.max(90) + 1;
    let writes =
        vec![FeedWrite { kind: "online_type".to_owned(), id: su.id.uuid(), created: false, deed: WireDeed::Set(set) }];
    let change = FeedChange {
        revision,
        id: Uuid::new_v4(),
        made_at: now() - TimeDelta::minutes(1),
        made_by: "LAB".to_owned(),
        author: Author::Clinic,
        device: Some(Uuid::from_u128(8)),
        writes,
    };
    let arrived = block_on(program.store().apply_page(page(vec![change]), now())).unwrap();
    let event = aftalebog_local::sync::Event::Arrived(arrived);
    program.send(Message::ServerTold { opening: 1, event });
}

#[test]
fn what_stands_there_now_is_what_stands_there_when_somebody_looks() {
    let (_pc, mut program) = start(one_field);
    program.decide();
    assert!(program.sees("tom") && program.sees("KONTOR-2 · i dag kl. 9.07"));
    comes(&mut program, json!({"cancel_days": 4}));
    assert!(program.sees("4 dage") && program.sees("LAB · i dag kl. 9.09"), "{:?}", program.texts());
    program.click("Brug min");
    assert_eq!(program.outbox(), [0, 1, 0], "whoever was about to press has not read that");
    program.send(Message::CaseRead(1));
    program.click("Brug min");
    let sent = block_on(program.store().next_to_send()).unwrap().unwrap();
    assert_eq!(sent.writes[0].base, Some(91), "it goes over what was shown");
}

#[test]
fn each_reason_of_the_server_says_what_to_do() {
    let (_pc, mut program) = start(|pc| {
        let edit = |store: &Store| {
            let su = su(store);
            Write::edit(&su, &OnlineType { cancel_days: days(0), ..su.value.clone() }).into_iter().collect()
        };
        set_aside(pc, edit, |_| {
            let invalid = problem("invalid", 422, "Ændringen kan ikke gemmes.", vec![]);
            let (field, reason) = (Some("appointment_type".to_owned()), Some("dangling".to_owned()));
            Problem { field, reason, ..invalid }
        });
    });
    program.decide();
    assert!(program.sees_part("Ændringen henviser til noget, der er slettet i mellemtiden."), "{:?}", program.texts());
    assert!(program.sees_part("Det gælder «Aftaletype»."));
    program.picture("sync-refused-reason");
}

#[test]
fn after_one_comes_the_next_and_nothing_is_lost_by_closing() {
    let (_pc, mut program) = start(|pc| {
        two_fields(pc);
        deleted_there(pc);
    });
    program.click_id("sync-status");
    assert!(program.sees("2 ændringer skal afgøres"));
    program.click_id("decide-0");
    assert!(program.sees("1 af 2"));
    program.click_id("decide-next");
    assert!(program.sees("2 af 2") && program.sees("Patient ændret: Karen Mikkelsen"));
    program.tap(Named::Escape);
    assert_eq!(program.outbox(), [0, 2, 0]);
    program.click_id("decide-0");
    program.click("Brug alle mine");
    assert!(program.sees("Telefon: 01 43 00 77"), "the next one");
    assert_eq!(program.focused().as_deref(), Some("decide-later"));
    program.click("Brug min");
    assert_eq!(program.outbox(), [1, 1, 0], "whoever presses twice has not read it");
    program.send(Message::CaseRead(1));
    program.click("Brug min");
    assert_eq!(program.outbox(), [2, 0, 0]);
    assert!(program.sees("Synkronisering"));
}

#[test]
fn in_english_too() {
    let (_pc, mut program) = start(two_fields);
    program.click_id("language");
    program.click_id("sync-status");
    program.click("Decide …");
    assert!(program.sees("Keep all of theirs") && program.sees("Online alias"));
    assert!(program.sees("5 days"));
}
