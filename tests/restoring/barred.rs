//! Where nothing is restored: it is said why, and who does it.

use super::*;

#[test]
fn a_pc_that_is_paired_is_not_restored_and_it_is_said_who_does_it() {
    let pc = paired(Pc::with_demo());
    let mut program = pc.start();
    program.more("Gendan …");
    assert!(program.sees_part("Denne pc er forbundet med en bookingserver, og serveren har alt"));
    assert!(program.sees_part("«booking-server restore»"));
    assert!(program.find_id("files-path").is_none() && !program.sees("Se kopien"));
    program.send(Message::FileDropped(of_another_clinic(&pc)));
    assert!(!program.sees("I kopien"));
    program.click("Server indstillinger");
    assert!(program.sees("Afbryd forbindelsen …"), "{:?}", program.texts());
    assert!(!program.sees("Gendan klinikken"));
}

#[test]
fn the_demo_takes_its_own_copies_and_nobody_elses() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.delete_type("SU");
    program.more("Gendan …");
    assert!(program.sees_part("Demoklinikken kan kun gendannes fra sine egne kopier"));
    assert!(program.find_id("files-path").is_none());
    program.send(Message::FileDropped(of_another_clinic(&pc)));
    assert!(program.sees("Se kopien") && !program.sees("I kopien"), "a file is not looked at");
    program.click("Se kopien");
    program.click("Gendan");
    assert!(program.has_type("SU"), "as it was this morning");
    assert!(program.sees_part("Demoklinik."));
}

#[test]
fn a_file_that_is_double_clicked_is_not_taken_where_none_is() {
    let demo = Pc::with_demo();
    let paired = paired(Pc::with_demo());
    for (pc, words) in [
        (demo, "Demoklinikken kan kun gendannes fra sine egne kopier"),
        (paired, "Denne pc er forbundet med en bookingserver, og serveren har alt"),
    ] {
        let file = of_another_clinic(&pc);
        let mut program = start(Start { given: Some(file.clone()), ..pc.begin() });
        assert!(program.sees_part(words) && !program.sees("I kopien"), "at the start: {:?}", program.texts());
        program.tap(Named::Escape);
        assert!(!program.sees("Gendan klinikken"));
        program.send(Message::SecondStart(Some(file)));
        assert!(program.sees_part(words) && !program.sees("I kopien"), "once more: {:?}", program.texts());
    }
}

#[test]
fn a_pc_that_was_paired_meanwhile_is_not_restored() {
    let own = Own::new();
    let file = in_folder(&own.pc, "kopi.json");
    let mut program = own.start();
    program.back_up_to(&file);
    program.look_at_copy(&file);
    assert!(program.sees("I kopien"));
    block_on(program.store().begin_link(new_link(), FirstSync::Give, now())).unwrap();
    let since = now() - TimeDelta::minutes(30);
    let connection = Connection::Offline { since, cause: Cause::Unreachable };
    let status = Status { connection, ..Status::NOT_PAIRED };
    program.send(Message::ServerTold { opening: 1, event: Event::Status(status) });
    assert!(program.sees_part("Denne pc er forbundet med en bookingserver") && !program.sees("Gendan"));
    program.send(Message::Restore(restore::Message::TakePressed));
    assert!(block_on(program.store().link()).unwrap().is_some(), "it is still paired");
}

#[test]
fn a_pc_that_was_paired_unnoticed_is_told_so_when_the_file_refuses() {
    let own = Own::new();
    let mut program = own.start();
    program.look_at_copy(&of_another_clinic(&own.pc));
    block_on(program.store().begin_link(new_link(), FirstSync::Give, now())).unwrap();
    program.click("Gendan");
    assert!(program.sees_part("Denne pc er forbundet med en bookingserver"), "{:?}", program.texts());
    assert!(block_on(program.store().link()).unwrap().is_some());
}

#[test]
fn while_a_pc_is_being_paired_nothing_is_asked_about_a_file() {
    let own = Own::new();
    let file = of_another_clinic(&own.pc);
    let mut program = own.start();
    program.open_settings();
    program.click("Server indstillinger");
    program.fill("Serverens adresse", "http://127.0.0.1:9");
    program.fill("Kode fra serveren", "7KQ2-M01P");
    program.slow_disk("ConnectPressed");
    program.click("Forbind");
    program.send(Message::SecondStart(Some(file)));
    assert!(!program.sees("Gendan klinikken"));
    program.disk_answers();
    assert!(program.sees("I kopien"), "as soon as that has come to its end: {:?}", program.texts());
}

#[test]
fn a_file_of_a_newer_program_is_not_restored_here() {
    let pc = crate::beginning::from_the_future();
    let mut program = pc.start();
    program.more("Gendan …");
    assert!(program.sees_part("Opdatér programmet, før klinikken bliver gendannet."));
    program.tap(Named::Enter);
    assert!(!program.sees("Gendan klinikken"));
}
