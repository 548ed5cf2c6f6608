//! Saving: while it lasts, when it goes wrong, and taken back.

use std::process::Command;
use std::sync::Arc;

use aftalebog::app::{Message, NotSaved, Start};
use aftalebog::log::Log;
use aftalebog::screen::problem::{Offer, Trouble};
use aftalebog_local::backup::last_good_backup;
use aftalebog_local::{SaveError, StoreError};
use futures::executor::block_on;
use iced::keyboard::{Modifiers, key::Named};

use crate::harness::Driver;
use crate::program::{Deed, Pc, Program, codes, is_online, start};

const ALIAS: &str = "Online alias";
const FULL: &str = "Kan ikke gemme: disken er fuld. Dine ændringer står stadig her. Frigør plads, og prøv igen.";

fn edited(alias: &str) -> (Pc, Driver<Program>) {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.edit("SU");
    program.fill(ALIAS, alias);
    (pc, program)
}

// ------------------------------------------------------------------- while it lasts

#[test]
fn while_it_saves_nothing_is_saved_twice_and_nothing_closes() {
    let (_pc, mut program) = edited("Langsom disk");
    program.slow_disk("Pressed(Ok)");
    program.click("OK");
    assert!(program.sees("Gemmer …") && !program.sees("OK"));
    program.picture("type-saving");
    program.click("Gemmer …");
    program.type_text(" tabt");
    program.tap(Named::Enter);
    program.tap(Named::Escape);
    program.click("Annuller");
    assert!(program.sees("Aftaletype: SU"));
    assert_eq!(program.online_type("SU").alias.as_str(), "Undersøgelse");
    program.disk_answers();
    assert!(!program.sees("Aftaletype: SU") && program.sees("Langsom disk"));
    assert_eq!(block_on(program.store().history(10)).unwrap().len(), 1);
}

#[test]
fn closing_the_window_waits_for_the_save() {
    let (pc, mut program) = edited("Gemt til sidst");
    program.slow_disk("Pressed(Ok)");
    program.click("OK");
    program.send(Message::CloseRequested);
    assert!(!program.exited && !program.sees("Luk uden at gemme?"));
    program.disk_answers();
    assert!(program.exited);
    let program = pc.start();
    assert_eq!(program.online_type("SU").alias.as_str(), "Gemt til sidst");
}

#[test]
fn no_dialog_opens_while_an_order_is_on_its_way() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.click("TR");
    program.slow_disk("Moved(Down");
    program.key(Named::ArrowDown, Modifiers::ALT);
    program.tap(Named::F2);
    program.click("Klinik indstillinger");
    assert!(!program.sees("Aftaletype: TR") && !program.sees("Det ser patienterne"));
    program.disk_answers();
    assert_eq!(codes(&program.setup())[2..4], ["PAR", "TR"]);
    program.edit("TR");
    program.fill(ALIAS, "Skrevet bagefter");
    program.click("OK");
    assert_eq!(program.online_type("TR").alias.as_str(), "Skrevet bagefter");
}

#[test]
fn a_refusal_that_comes_late_is_told_where_it_belongs() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.click("TR");
    program.slow_disk("Moved(Down");
    program.key(Named::ArrowDown, Modifiers::ALT);
    program.not_saved(SaveError::DiskFull);
    assert!(program.sees(FULL), "it stands where the order was changed");
    program.edit("TR");
    assert!(program.sees("Aftaletype: TR") && !program.sees(FULL));
}

#[test]
fn the_same_save_is_sent_again_after_a_failure() {
    let (_pc, mut program) = edited("To gange");
    program.slow_disk("Pressed(Ok)");
    program.click("OK");
    // It is not known whether the first was written; it comes to the disk after the second.
    let lost = NotSaved::Save(SaveError::Io { detail: "lost".to_owned() });
    program.send(Message::Saved { opening: 1, saved: Arc::new(Err(lost)) });
    program.app.kept_back = None;
    program.click("OK");
    program.send(Message::Done);
    assert_eq!(program.online_type("SU").alias.as_str(), "To gange");
    assert_eq!(block_on(program.store().history(10)).unwrap().len(), 1);
}

#[test]
fn a_file_that_was_lost_from_sight_can_be_opened_again() {
    let (_pc, mut program) = edited("X");
    program.slow_disk("Pressed(Ok)");
    program.click("OK");
    let closed = NotSaved::Read(StoreError::Closed);
    program.send(Message::Saved { opening: 1, saved: Arc::new(Err(closed)) });
    program.disk_answers();
    program.click("Prøv igen");
    assert!(program.sees("I dag"), "{:?}", program.texts());
}

#[test]
fn the_settings_stay_until_it_is_known_whether_an_order_was_saved() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.click("TR");
    program.slow_disk("Moved(Down");
    program.key(Named::ArrowDown, Modifiers::ALT);
    program.tap(Named::Escape);
    assert!(program.sees("Indstillinger"));
    program.disk_answers();
    assert!(program.bounds_of("PAR").y < program.bounds_of("TR").y);
    assert!(program.sees("Fortryd «rækkefølgen ændret»"));
}

// -------------------------------------------------------------- when it goes wrong

/// The child is this test binary once more, on a disk that takes only small files.
#[cfg(unix)]
#[test]
fn a_disk_that_takes_no_more_loses_neither_what_is_typed_nor_what_was_saved() {
    let pc = Pc::with_demo();
    let script = "trap '' XFSZ; ulimit -f 8; exec \"$0\" --exact saving::on_a_disk_that_takes_no_more --ignored";
    let mut child = Command::new("sh");
    let child = child.arg("-c").arg(script).arg(std::env::current_exe().unwrap()).env(FOLDER, pc.path());
    let output = child.output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && told.contains("1 passed"), "{told}");
    let mut program = pc.settings();
    assert!(program.sees("Undersøgelse"), "what was saved is whole");
    program.edit("SU");
    program.fill(ALIAS, "Nu er der plads");
    program.click("OK");
    assert_eq!(program.online_type("SU").alias.as_str(), "Nu er der plads");
}

/// Where the child finds the clinic's file.
const FOLDER: &str = "AFTALEBOG_TEST_FOLDER";

#[test]
#[ignore = "another test starts it, where no file can grow"]
fn on_a_disk_that_takes_no_more() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let mut program = Pc::at(folder).settings();
    program.edit("SU");
    program.fill(ALIAS, "Der er ikke plads");
    for _ in 0..2 {
        program.click("OK");
        assert!(program.sees_part("Kan ikke gemme lige nu."), "{:?}", program.texts());
        assert!(program.sees_part("Dine ændringer står stadig her."));
        assert_eq!(program.value(ALIAS), "Der er ikke plads");
    }
    program.click("Annuller");
    program.click("Kassér");
    program.click("TR");
    program.key(Named::ArrowUp, Modifiers::ALT);
    assert!(program.sees_part("Kan ikke gemme lige nu."), "an order that was not saved says so too");
    assert_eq!(codes(&program.setup())[..3], ["SU", "FU", "TR"]);
    program.close();
}

#[test]
fn a_file_that_is_closed_is_told_and_what_is_typed_stays() {
    let (_pc, mut program) = edited("Bliver stående");
    block_on(program.store().close());
    program.click("OK");
    assert!(program.sees("Kan ikke gemme: filen er lukket. Luk programmet, og start det igen."));
    assert_eq!(program.value(ALIAS), "Bliver stående");
}

#[test]
fn what_could_not_be_saved_is_saved_at_the_next_try() {
    let failures = [
        (SaveError::DiskFull, FULL),
        (
            SaveError::InUse,
            "Kan ikke gemme lige nu: filen er i brug af et andet program. Dine ændringer står stadig her. Prøv igen om lidt.",
        ),
        (SaveError::ReadOnly, "Kan ikke gemme: filen kan kun læses. Dine ændringer står stadig her."),
    ];
    let (_pc, mut program) = edited("Andet forsøg");
    for (error, words) in failures {
        program.slow_disk("Pressed(Ok)");
        program.click("OK");
        program.not_saved(error);
        assert!(program.sees(words), "{words}");
        if words == FULL {
            program.picture("type-save-failed");
        }
        assert_eq!(program.value(ALIAS), "Andet forsøg");
        assert_eq!(program.online_type("SU").alias.as_str(), "Undersøgelse");
    }
    program.click("OK");
    assert!(!program.sees("Aftaletype: SU"));
    assert_eq!(program.online_type("SU").alias.as_str(), "Andet forsøg");
}

#[test]
fn every_dialog_tells_that_it_could_not_save_and_can_try_again() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    let cases: [(&str, Deed, &str); 4] = [
        ("Klinik indstillinger", |program| program.click_in_line("PV", "clinic-registered-"), "OK"),
        ("Analytics indstillinger", |program| program.click("Tæl besøg på bookingsiden"), "OK"),
        ("Server indstillinger", |program| program.click("Tillad selvoprettelse"), "OK"),
        ("Aktiv", |_| {}, "Stop"),
    ];
    for (name, change, save) in cases {
        program.click(name);
        change(&mut program);
        program.slow_disk(if save == "OK" { "Pressed(Ok)" } else { "StopPressed" });
        program.click(save);
        program.not_saved(SaveError::DiskFull);
        assert!(program.sees(FULL), "{name}");
        program.click(save);
        assert!(!program.sees(FULL), "{name}");
    }
    program.click("Luk");
    assert!(program.practitioner("PV").registered && !program.service().running);
    assert!(program.setup().analytics.value.enabled);
}

#[test]
fn a_deletion_that_goes_wrong_stays_asked() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.right_click("AKUT");
    program.click("Slet …");
    program.slow_disk("DeleteConfirmed");
    program.click("Slet");
    program.tap(Named::Escape);
    program.not_saved(SaveError::DiskFull);
    assert!(program.sees("Slet AKUT fra online booking?") && program.sees(FULL));
    program.click("Slet");
    assert!(!is_online(&program.setup(), "AKUT"));
}

#[test]
fn whatever_goes_wrong_is_noted_for_those_who_help() {
    let pc = Pc::with_demo();
    let mut program = start(Start { log: Log::in_folder(pc.path()), ..pc.begin() });
    let full = || Arc::new(Err(NotSaved::Save(SaveError::DiskFull)));
    program.send(Message::Settled { opening: 1, settled: full() });
    program.send(Message::BegunAgain { opening: 1, begun: full() });
    program.send(Message::Saved { opening: 0, saved: full() });
    let copy = block_on(last_good_backup(pc.demo())).unwrap();
    let offer = Offer { copy, trouble: Trouble::Damaged };
    program.send(Message::Restored { offer, restored: Arc::new(Err(StoreError::Denied)) });
    let noted = std::fs::read_to_string(pc.path().join("aftalebog.log")).unwrap();
    for line in [
        "not settled: the disk is full",
        "not begun again: the disk is full",
        "not saved: the disk is full",
        "not fetched from the newest copy: access is denied",
    ] {
        assert!(noted.contains(line), "{line} is not in {noted}");
    }
}

#[test]
fn an_unread_file_after_a_save_is_told() {
    let (_pc, mut program) = edited("X");
    program.slow_disk("Pressed(Ok)");
    program.click("OK");
    let closed = NotSaved::Read(StoreError::Closed);
    program.send(Message::Saved { opening: 1, saved: Arc::new(Err(closed)) });
    assert!(program.sees("Klinikkens fil kan ikke åbnes") && program.sees("Prøv igen"));
}

// ----------------------------------------------------------------------- taken back

#[test]
fn every_save_is_named_beside_fortryd_and_taken_back() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    let before = program.setup();
    assert!(!program.sees_part("Fortryd"));
    let cases: [(Deed, &str); 8] = [
        (
            |program| {
                program.edit("SU");
                program.fill(ALIAS, "Noget andet");
                program.click("OK");
            },
            "Fortryd «SU ændret»",
        ),
        (
            |program| {
                program.new_type();
                program.choose_type("Kirurgi");
                program.click("OK");
            },
            "Fortryd «KIR oprettet»",
        ),
        (
            |program| {
                program.right_click("AKUT");
                program.click("Slet …");
                program.click("Slet");
            },
            "Fortryd «AKUT slettet»",
        ),
        (
            |program| {
                program.right_click("FU");
                program.click("Flyt op");
            },
            "Fortryd «rækkefølgen ændret»",
        ),
        (
            |program| {
                program.click("Klinik indstillinger");
                program.click_in_line("PV", "clinic-up-");
                program.click("OK");
            },
            "Fortryd «behandlernes rækkefølge ændret»",
        ),
        (
            |program| {
                program.click("Analytics indstillinger");
                program.click("Tæl besøg på bookingsiden");
                program.click("OK");
            },
            "Fortryd «Analytics indstillinger ændret»",
        ),
        (
            |program| {
                program.click("Server indstillinger");
                program.click("Tillad selvoprettelse");
                program.click("OK");
            },
            "Fortryd «Server indstillinger ændret»",
        ),
        (
            |program| {
                program.click("Aktiv");
                program.click("Stop");
                program.tap(Named::Escape);
            },
            "Fortryd «online booking stoppet»",
        ),
    ];
    for (change, words) in cases {
        change(&mut program);
        assert_ne!(program.setup(), before, "{words}");
        assert!(program.sees(words), "{words}; on screen: {:?}", program.texts());
        program.click(words);
        assert_eq!(program.setup(), before, "{words}");
        assert!(!program.sees_part("Fortryd"), "{words}");
    }
}

#[test]
fn ctrl_z_takes_back_one_save_after_the_other() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    let before = program.setup();
    program.click("AKUT");
    program.key(Named::ArrowUp, Modifiers::ALT);
    program.tap(Named::Delete);
    program.click("Slet");
    program.chord('z', Modifiers::CTRL);
    assert!(is_online(&program.setup(), "AKUT") && program.sees("AKUT"));
    assert!(program.sees("Fortryd «rækkefølgen ændret»"));
    program.chord('z', Modifiers::CTRL);
    assert_eq!(program.setup(), before);
    program.chord('z', Modifiers::CTRL);
    assert_eq!(program.setup(), before, "there is nothing more");
}

#[test]
fn a_save_is_taken_back_after_a_restart_too() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    let before = program.setup();
    program.click("DG");
    program.tap(Named::Delete);
    program.click("Slet");
    let mut program = pc.restart(program);
    program.open_settings();
    assert!(!program.sees("DG"));
    program.click("Fortryd «DG slettet»");
    assert_eq!(program.setup(), before);
    let mut program = pc.restart(program);
    program.open_settings();
    assert!(program.sees("DG") && !program.sees_part("Fortryd"));
}

#[test]
fn starting_again_is_named_too() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.click("Aktiv");
    program.click("Stop");
    program.click("Start");
    program.click("Luk");
    assert!(program.sees("Aktiv") && program.sees("Fortryd «online booking startet»"));
    program.chord('z', Modifiers::CTRL);
    assert!(program.sees("Inaktiv"));
}

#[test]
fn ctrl_z_in_a_field_of_the_editor_takes_no_save_back() {
    let (_pc, mut program) = edited("Gemt");
    program.click("OK");
    program.edit("SU");
    program.chord('z', Modifiers::CTRL);
    assert_eq!(program.online_type("SU").alias.as_str(), "Gemt");
}

#[test]
fn an_undo_that_goes_wrong_says_so() {
    let (_pc, mut program) = edited("Gemt");
    program.click("OK");
    program.slow_disk("UndoPressed");
    program.chord('z', Modifiers::CTRL);
    program.not_saved(SaveError::NotUndoable { id: uuid::Uuid::nil() });
    assert!(program.sees("Ændringen kan ikke fortrydes."));
    program.chord('z', Modifiers::CTRL);
    assert!(!program.sees("Ændringen kan ikke fortrydes."));
    assert_eq!(program.online_type("SU").alias.as_str(), "Undersøgelse");
}
