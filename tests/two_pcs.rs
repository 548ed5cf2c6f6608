//! Two PCs of one clinic and a real booking server: what one saves, the other shows.

use aftalebog::app::Message;
use aftalebog_booking::Write;
use aftalebog_booking::bounded::NoticeDays;
use aftalebog_booking::record::OnlineType;
use futures::executor::block_on;
use iced::keyboard::key::Named;

use crate::booking_server::BookingServer;
use crate::harness::Driver;
use crate::program::{Pc, Program, online_type};
use crate::server_settings::{all_fetched, another_pc, join, new_code, paired};

/// Both paired, and closed.
fn two_pcs(server: &BookingServer) -> (Pc, Pc) {
    let (first_pc, mut first) = paired(server);
    let code = new_code(&mut first);
    let second_pc = another_pc();
    let mut second = join(&second_pc, server, &code);
    second.click("Hent klinikken");
    second.wait_until("it is fetched", |program| program.sees_part("Klinikken er hentet."));
    for program in [&mut first, &mut second] {
        program.wait_until("all is sent", |program| block_on(program.store().outbox()).unwrap().waiting == 0);
        program.close();
    }
    (first_pc, second_pc)
}

#[test]
fn a_new_pc_fetches_the_clinic_from_the_first_page() {
    let server = BookingServer::start();
    let (_first_pc, mut first) = paired(&server);
    let code = new_code(&mut first);
    let pc = Pc::new();
    let mut program = pc.first_start();
    for _ in 0..3 {
        program.tap(Named::Tab);
    }
    assert_eq!(program.focused().as_deref(), Some("welcome-connect"), "the last of the four");
    program.tap(Named::Enter);
    assert!(program.sees("Server indstillinger"), "{:?}", program.texts());
    assert_eq!(program.focused().as_deref(), Some("server-address"), "it can be typed at once");
    program.type_text(&server.url());
    program.fill("Kode fra serveren", &code);
    program.tap(Named::Enter);
    program.wait_until("it asks", |program| program.sees("Hent klinikken?"));
    program.click("Hent klinikken");
    program.wait_until("it is fetched", |program| program.sees_part("Klinikken er hentet."));
    let fetched = program.setup();
    assert_eq!(fetched.clinic.value.name.as_str(), "Tandlægerne ved Møllesøen (demo)");
    assert_eq!(fetched.practitioners, first.setup().practitioners);
    program.close();
    let mut program = pc.first_start();
    program.wait_until("it is connected", |program| program.sees_part("Synkroniseret"));
}

#[test]
fn a_new_pc_that_comes_before_the_clinics_first_is_told_what_to_do() {
    let server = BookingServer::start();
    let code = server.clinic();
    let mut program = Pc::new().first_start();
    program.click("Forbind til bookingserver");
    program.type_text(&server.url());
    program.fill("Kode fra serveren", &code);
    program.tap(Named::Enter);
    program.wait_until("it is refused", |program| {
        program.sees_part("Forbind først den pc, der har klinikkens oplysninger, og få så en ny kode hertil.")
    });
    assert!(program.sees("Ikke forbundet") && program.find_id("server-code").is_some(), "it can be tried again");
}

fn days(days: u16) -> Option<NoticeDays> {
    Some(NoticeDays::new(days).unwrap())
}

/// «Afbud muligt» of SU is set while the PC has no connection.
fn set_offline(pc: Pc, cancel: u16) -> Pc {
    pc.changed(|store| {
        let su = online_type(&block_on(store.setup()).unwrap(), "SU");
        Write::edit(&su, &OnlineType { cancel_days: days(cancel), ..su.value.clone() }).into_iter().collect()
    })
}

fn started(pc: &Pc, words: &str) -> Driver<Program> {
    let mut program = pc.start();
    program.wait_until(words, |program| program.sees_part(words));
    program
}

#[test]
fn two_who_changed_the_same_are_asked_and_both_end_up_with_what_was_chosen() {
    let server = BookingServer::start();
    let (first, second) = two_pcs(&server);
    let (first, second) = (set_offline(first, 5), set_offline(second, 6));
    let mut first = started(&first, "Synkroniseret");
    let mut second = started(&second, "Konflikt");
    assert_eq!(second.online_type("SU").cancel_days, days(5), "what came first stands in the book");
    second.click_id("sync-status");
    second.click("Afgør …");
    assert!(second.sees("5 dage") && second.sees("6 dage") && second.sees_part("en anden pc · i dag kl. 9.10"));
    second.click("Brug min");
    second.wait_until("it is sent", |program| program.sees("Synkroniseret 9.10"));
    first.wait_until("it comes", |program| program.online_type("SU").cancel_days == days(6));
    assert!(!first.sees("Konflikt"));
}

#[test]
fn an_open_editor_keeps_what_is_typed_and_asks_before_it_overwrites() {
    let server = BookingServer::start();
    let (first, second) = two_pcs(&server);
    let mut first = started(&first, "Synkroniseret");
    let mut second = started(&second, "Synkroniseret");
    first.open_settings();
    first.edit("SU");
    first.fill("Afbud muligt", "9");
    second.open_settings();
    second.edit("SU");
    second.fill("Afbud muligt", "7");
    second.click("OK");
    first.wait_until("it has come", |program| program.sees_part("Ændret af en anden, mens du har det åbent."));
    assert_eq!(first.value("Afbud muligt"), "9", "what is typed stays");
    all_fetched(&mut first);
    first.picture("sync-editor-elsewhere");
    first.click_id("type-ok");
    assert!(first.sees("Ændret imens") && first.sees("Afbud muligt") && first.sees("7 dage") && first.sees("9 dage"));
    assert_eq!(first.online_type("SU").cancel_days, days(7), "nothing is overwritten unseen");
    all_fetched(&mut first);
    first.picture("sync-overwrite-question");
    first.click("Brug mit");
    assert!(!first.sees("Aftaletype: SU"), "it is saved, and closed");
    second.wait_until("it comes back", |program| program.online_type("SU").cancel_days == days(9));
}

#[test]
fn the_last_pc_is_asked_before_it_closes_within_opening_hours() {
    let server = BookingServer::start();
    let (pc, program) = paired(&server);
    let mut program = pc.restart(program);
    program.wait_until("it is connected", |program| program.sees_part("Synkroniseret"));
    program.send(Message::CloseRequested);
    assert!(
        program.sees("Luk Aftalebog på klinikkens sidste pc?") && program.sees_part("Efter 2 timer i åbningstiden")
    );
    program.picture("sync-closing-last");
    program.click("Bliv her");
    assert!(!program.exited);
    program.close();
}
