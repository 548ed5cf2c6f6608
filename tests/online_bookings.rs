//! What patients do over the booking server's own calls, as the clinic's window shows it.

use aftalebog_booking::bounded::{Detail, Length};
use aftalebog_booking::record::{Appointment, Origin, Overlap, Patient, Status};
use aftalebog_booking::{Entry, Id, Write};
use chrono::{DateTime, Utc};
use futures::executor::block_on;
use iced::Point;
use iced::keyboard::key::Named;
use serde_json::Value as Json;

use aftalebog::screen::appointment_book::Asked;

use crate::booking_server::{BookingServer, SLUG};
use crate::harness::Driver;
use crate::program::{Pc, Program};
use crate::server_settings::{all_fetched, join_first};
use crate::visitor::{Visitor, call, reachable};

/// A PC whose clinic can reach Karen Mikkelsen, paired, with its book in front.
fn paired(server: &BookingServer) -> (Pc, Driver<Program>) {
    let pc = Pc::with_demo().changed(|store| {
        let karen = block_on(store.find_patients("Karen Mikkelsen", 1)).unwrap().remove(0);
        Write::edit(&karen, &reachable(&karen.value)).into_iter().collect()
    });
    let mut program = join_first(&pc, server);
    program.click("OK");
    program.click("Luk");
    synchronised(&mut program);
    (pc, program)
}

#[track_caller]
fn synchronised(program: &mut Driver<Program>) {
    program.wait_until("all is sent", |program| program.sees("Synkroniseret 9.10"));
}

fn karen(program: &Driver<Program>) -> Entry<Patient> {
    block_on(program.store().find_patients("Karen Mikkelsen", 1)).unwrap().remove(0)
}

#[track_caller]
fn arrives(program: &mut Driver<Program>, words: &str) {
    program.wait_until(words, |program| program.sees_part(words));
}

#[test]
fn a_patient_books_moves_and_cancels_and_each_is_told_and_shown() {
    let server = BookingServer::start();
    let (_pc, mut program) = paired(&server);
    let mut visitor = Visitor::log_in(&server, &karen(&program).value);
    let booking = visitor.books("Undersøgelse");
    arrives(&mut program, "Karen Mikkelsen har booket ");
    all_fetched(&mut program);
    program.picture("online-booked");
    program.click_id("news-show");
    assert!(program.sees("SU Karen Mikkelsen"), "the book shows its day");
    assert!(!program.sees_part("har booket"), "it has been looked at");
    program.ask(Asked::Edit(Id::new(booking["id"].as_str().unwrap().parse().unwrap())));
    assert!(program.sees("Booket online af patienten mandag 23. november kl. 9.10."), "{:?}", program.texts());
    program.tap(Named::Escape);

    let _moved = visitor.moves(&booking);
    arrives(&mut program, "Karen Mikkelsen har flyttet sin tid til ");
    program.click_id("news-show");
    assert!(program.sees("SU Karen Mikkelsen"));
    all_fetched(&mut program);
    program.picture("online-moved");

    let _cancelled = visitor.cancels(&booking);
    arrives(&mut program, "Karen Mikkelsen har meldt afbud til ");
    assert!(!program.sees("SU Karen Mikkelsen"), "the time is free again");
    program.click_id("sync-status");
    assert!(program.sees("Nyt fra patienterne (1)") && program.sees_part("har meldt afbud til "));
    all_fetched(&mut program);
    program.picture("online-cancelled");
}

#[test]
fn whoever_creates_themself_waits_for_the_clinics_word() {
    let server = BookingServer::start();
    let (_pc, mut program) = paired(&server);
    let before = block_on(program.store().new_patients()).unwrap().len();
    let _visitor = Visitor::register(&server, "Solveig Østergård");
    arrives(&mut program, "En ny patient har oprettet sig selv");
    assert_eq!(block_on(program.store().new_patients()).unwrap().len(), before + 1);
    program.click_id("news-show");
    assert!(program.sees_part("Solveig Østergård"), "{:?}", program.texts());
}

/// At the time of an online booking, and as one who knows nothing of it.
fn at_the_same_time(store: &aftalebog_local::Store, booking: &Json) -> Vec<Write> {
    let setup = block_on(store.setup()).unwrap();
    let start: DateTime<Utc> = booking["start"].as_str().unwrap().parse().unwrap();
    let with = booking["practitioner"]["id"].as_str().unwrap().parse().unwrap();
    let other = block_on(store.find_patients("Bent", 1)).unwrap().remove(0);
    let value = Appointment {
        practitioner: Id::new(with),
        appointment_type: setup.appointment_types.iter().find(|it| it.value.code.as_str() == "SU").map(|it| it.id),
        patient: Some(other.id),
        need: None,
        start,
        minutes: Length::new(30).unwrap(),
        origin: Origin::Clinic,
        status: Status::Booked,
        overlap: Overlap::None,
        note: Detail::new("").unwrap(),
    };
    vec![Write::create(&Entry { id: Id::random(), value })]
}

#[test]
fn what_was_put_on_an_online_booking_meanwhile_is_red_until_it_is_solved() {
    let server = BookingServer::start();
    let (pc, mut program) = paired(&server);
    let mut visitor = Visitor::log_in(&server, &karen(&program).value);
    program.close();
    let booking = visitor.books("Undersøgelse");
    let pc = pc.changed(|store| at_the_same_time(store, &booking));

    let mut program = pc.start();
    arrives(&mut program, "Karen Mikkelsen har booket ");
    program.click_id("sync-status");
    arrives(&mut program, "1 aftale ligger oven i en anden");
    all_fetched(&mut program);
    program.picture("online-clash-listed");
    program.click_id("clash-show-0");
    assert!(program.sees_part("SU Bent") && program.sees("SU Karen Mikkelsen"), "{:?}", program.texts());
    all_fetched(&mut program);
    program.picture("online-clash");
    let clash = block_on(program.store().clashes()).unwrap().remove(0).entry;
    program.ask(Asked::Cancel(clash.id));
    program.click("Afbud");
    assert!(block_on(program.store().clashes()).unwrap().is_empty());
    program.click_id("sync-status");
    assert!(!program.sees("1 aftale ligger oven i en anden"));
}

#[test]
fn patients_are_told_at_once_that_online_booking_is_stopped() {
    let server = BookingServer::start();
    let (_pc, mut program) = paired(&server);
    let is_running = || {
        let (status, clinic) = call(server.address, &format!("GET /api/v1/clinics/{SLUG}"), &[], None);
        assert_eq!(status, 200, "{clinic}");
        clinic["running"].as_bool().unwrap()
    };
    assert!(is_running());
    program.open_settings();
    for (state, press, expected) in [("Aktiv", "Stop", false), ("Inaktiv", "Start", true)] {
        program.click(state);
        program.click(press);
        program.wait_until("the server knows", |_| is_running() == expected);
        program.click_id("service-close");
    }
}

/// Such a file is neither sent from nor written to; what it says of itself is true.
#[test]
fn a_paired_file_of_a_newer_program_is_shown_and_says_that_nothing_is_fetched() {
    let server = BookingServer::start();
    let (pc, mut program) = paired(&server);
    program.close();
    crate::beginning::by_a_newer_program(&pc);
    let mut program = pc.start();
    assert!(program.sees("Ikke forbundet herfra") && !program.sees("Gemt lokalt"), "{:?}", program.texts());
    program.click_id("sync-status");
    assert!(program.sees_part("Opdatér programmet for at forbinde.") && !program.sees("Synkronisér nu"));
    program.picture("online-read-only");
}

#[test]
fn in_english_too() {
    let server = BookingServer::start();
    let (_pc, mut program) = paired(&server);
    program.click_id("language");
    // Away from the button, whose words would come up in time.
    program.move_to(Point::new(640.0, 3.0));
    let mut visitor = Visitor::log_in(&server, &karen(&program).value);
    let _booking = visitor.books("Undersøgelse");
    arrives(&mut program, "Karen Mikkelsen has booked ");
    all_fetched(&mut program);
    program.picture("online-booked-english");
    program.click_id("sync-status");
    assert!(program.sees("News from the patients (1)"), "{:?}", program.texts());
}
