//! What comes while a clinic is fetched from a copy: a double-click on another file, the end of the window.

use super::*;

// -------------------------------------------------------------------------------- a double-click on a file

#[test]
fn a_file_that_the_program_is_started_with_is_asked_about_on_a_new_pc() {
    let own = Own::new();
    let file = in_folder(&own.pc, "gammel.aftalebog.json");
    own.start().back_up_to(&file);
    let new = Own { pc: Pc::new() };
    let mut program = new.start_with(&file);
    assert!(program.sees("Hent fra en sikkerhedskopi") && program.sees("I kopien"));
    assert_eq!(program.text_beside("Klinik"), "Tandlægerne ved Møllesøen");
    assert!(program.sees_part("så tryk i stedet på «Forbind til bookingserver» på den første side."));
    assert!(!new.pc.clinic().exists());
    program.tap(Named::Escape);
    assert!(program.sees("Velkommen til Aftalebog"), "nothing was done");
    let mut program = new.start_with(&file);
    program.tap(Named::Enter);
    assert!(program.has_type("SU") && new.pc.clinic().exists());
}

#[test]
fn a_file_that_the_program_is_started_with_once_more_is_asked_about_in_the_window_that_is_open() {
    let own = Own::new();
    let file = in_folder(&own.pc, "kopi.aftalebog.json");
    let mut program = own.start();
    program.back_up_to(&file);
    program.open_settings();
    program.edit("SU");
    program.fill("Online alias", "Ikke gemt endnu");
    program.send(Message::SecondStart(Some(file)));
    assert!(program.sees("I kopien") && program.sees("På denne pc nu"));
    assert!(program.sees("Det, der er skrevet i vinduet bagved og ikke er gemt, forsvinder også."));
    program.click("Annuller");
    assert_eq!(program.value("Online alias"), "Ikke gemt endnu", "it still stands there");
    program.send(Message::SecondStart(None));
    assert!(!program.sees("I kopien"), "a plain second start only shows the window");
}

#[test]
fn a_file_that_is_double_clicked_while_a_clinic_is_being_set_up_is_asked_about_there() {
    let own = Own { pc: Pc::new() };
    let file = of_another_clinic(&own.pc);
    let mut program = own.start();
    program.click("Ny klinik");
    program.send(Message::SecondStart(Some(file.clone())));
    assert!(program.sees("I kopien") && !program.sees_part("Det, der er skrevet i vinduet bagved"));
    program.click("Annuller");
    program.send(Message::FileDropped(file.clone()));
    assert!(program.sees("I kopien"), "dropped, it is asked about just as well");
    program.click("Annuller");
    program.fill("Klinikkens navn", "Tandlæge Åse Ærø");
    program.send(Message::SecondStart(Some(file)));
    assert!(program.sees_part("Det, der er skrevet i vinduet bagved"), "{:?}", program.texts());
    program.click("Annuller");
    assert_eq!(program.value("Klinikkens navn"), "Tandlæge Åse Ærø");
    program.send(Message::SecondStart(Some(in_folder(&own.pc, "anden.json"))));
    program.click("Hent");
    assert!(program.has_type("SU") && own.pc.clinic().exists());
    assert!(program.sees("Klinikken er hentet fra en sikkerhedskopi.") && !program.sees("Indstillinger"));
}

#[test]
fn a_file_that_is_double_clicked_is_asked_about_above_all_else() {
    let own = Own::new();
    let file = of_another_clinic(&own.pc);
    let mut program = own.start();
    program.tap(Named::F1);
    assert!(program.sees("Søg i hjælpen"), "{:?}", program.texts());
    program.send(Message::SecondStart(None));
    assert!(program.sees("Søg i hjælpen"));
    program.send(Message::SecondStart(Some(file)));
    assert!(program.sees("I kopien") && !program.sees("Søg i hjælpen"));
}

#[test]
fn a_file_that_is_double_clicked_while_another_is_on_its_way_is_asked_about_afterwards() {
    let own = Own::new();
    let (file, another) = (in_folder(&own.pc, "kopi.json"), of_another_clinic(&own.pc));
    let mut program = own.start();
    program.back_up_to(&file);
    program.look_at_copy(&file);
    program.slow_disk("TakePressed");
    program.click("Gendan");
    program.send(Message::SecondStart(Some(another)));
    program.send(Message::SecondStart(None));
    assert!(!program.sees_part("Kopien er fra en anden klinik"));
    program.disk_answers();
    assert!(program.sees_part("Kopien er fra en anden klinik"), "{:?}", program.texts());
}

#[test]
fn why_one_could_not_be_taken_is_read_before_the_next_is_asked_about() {
    let own = Own::new();
    let another = of_another_clinic(&own.pc);
    let mut program = own.start();
    program.look_at_copy(&without_patients(&own.pc));
    program.slow_disk("TakePressed");
    program.click("Gendan");
    program.send(Message::SecondStart(Some(another)));
    program.disk_answers();
    assert!(program.sees_part("Filen kan ikke hentes: "), "{:?}", program.texts());
    program.click("Annuller");
    assert!(program.sees("I kopien") && !program.sees_part("Filen kan ikke hentes: "), "{:?}", program.texts());
}

// ------------------------------------------------------------------------------- what is still on its way

#[test]
fn an_answer_about_an_earlier_file_is_not_taken_for_the_next_ones() {
    let own = Own::new();
    let file = of_another_clinic(&own.pc);
    let mut program = own.start();
    program.slow_disk("ShowPressed");
    program.look_at_copy(&in_folder(&own.pc, "mangler.json"));
    program.click("Annuller");
    program.look_at_copy(&file);
    program.disk_answers();
    assert!(program.sees("I kopien"), "{:?}", program.texts());
}

#[test]
fn closing_the_window_asks_below_the_copies_what_it_would_ask_without() {
    let own = Own::new();
    let file = of_another_clinic(&own.pc);
    let mut program = own.start();
    program.open_settings();
    program.edit("SU");
    program.fill("Online alias", "Ikke gemt endnu");
    program.send(Message::SecondStart(Some(file)));
    program.send(Message::CloseRequested);
    assert!(program.sees("Luk uden at gemme?") && !program.sees("Gendan klinikken"));
    program.click("Kassér og luk");
    assert!(program.exited);
}

#[test]
fn whoever_closes_the_window_is_asked_about_no_other_file() {
    let own = Own::new();
    let another = of_another_clinic(&own.pc);
    let mut program = own.start();
    program.open_settings();
    program.edit("SU");
    program.fill("Online alias", "Ikke gemt endnu");
    program.send(Message::SecondStart(Some(without_patients(&own.pc))));
    program.slow_disk("TakePressed");
    program.click("Gendan");
    program.send(Message::SecondStart(Some(another)));
    program.disk_answers();
    assert!(program.sees_part("Filen kan ikke hentes: "));
    program.send(Message::CloseRequested);
    assert!(program.sees("Luk uden at gemme?") && !program.sees("Gendan klinikken"));
}

#[test]
fn a_window_that_was_to_close_stays_to_say_that_nothing_was_fetched() {
    let own = Own::new();
    let mut program = own.start();
    program.look_at_copy(&without_patients(&own.pc));
    program.slow_disk("TakePressed");
    program.click("Gendan");
    program.send(Message::CloseRequested);
    program.disk_answers();
    assert!(!program.exited);
    assert!(program.sees_part("Filen kan ikke hentes: "), "{:?}", program.texts());
    program.send(Message::CloseRequested);
    assert!(program.exited);
}

#[test]
fn a_window_that_was_to_close_closes_when_it_is_stopped() {
    let own = Own::new();
    let mut program = own.start();
    program.look_at_copy(&of_another_clinic(&own.pc));
    program.slow_disk("TakePressed");
    program.click("Gendan");
    program.send(Message::CloseRequested);
    program.click("Stop");
    program.disk_answers();
    assert!(program.exited);
}

#[test]
fn a_file_that_is_lost_meanwhile_is_not_shown_by_what_was_on_its_way() {
    let own = Own::new();
    let mut program = own.start();
    program.look_at_copy(&of_another_clinic(&own.pc));
    let read = block_on(Read::all(&program.store())).unwrap();
    program.slow_disk("TakePressed");
    program.click("Gendan");
    program.send(Message::CloseRequested);
    let damaged = StoreError::Damaged { reason: Damage::NotADatabase };
    program.send(Message::LookedThrough(Arc::new(Err(damaged))));
    assert!(program.sees("Klinikkens fil er beskadiget") && !program.exited);
    let replaced = Arc::new(Ok((program.store(), read, None)));
    program.send(Message::Replaced { opening: 1, replaced });
    assert!(program.sees("Klinikkens fil er beskadiget") && !program.exited, "{:?}", program.texts());
    program.disk_answers();
    program.click("Prøv igen");
    assert!(program.sees("I dag") && !program.exited, "{:?}", program.texts());
}

#[test]
fn a_save_that_was_begun_before_is_not_told_in_the_clinic_that_was_fetched() {
    let own = Own::new();
    let mut program = own.start();
    program.delete_type("SU");
    let file = in_folder(&own.pc, "uden-su.json");
    program.back_up_to(&file);
    program.open_settings();
    program.click("Fortryd «SU slettet»");
    program.edit("SU");
    program.fill("Online alias", "For sent");
    program.slow_disk("Pressed(Ok)");
    program.click("OK");
    program.send(Message::SecondStart(Some(file)));
    program.click("Gendan");
    assert!(!program.has_type("SU"));
    program.disk_answers();
    assert!(!program.sees_part("Kan ikke gemme"), "{:?}", program.texts());
    assert!(program.sees_part("Klinikken er gendannet."));
}

#[test]
fn the_window_does_not_close_half_way_and_a_second_press_does_nothing() {
    let own = Own::new();
    let mut program = own.asked_after_deletion();
    program.slow_disk("TakePressed");
    program.click("Gendan");
    assert!(!program.sees("Gendan") && program.sees("Stop"));
    program.send(Message::Restore(restore::Message::TimePassed));
    assert!(program.sees_part(" er skrevet"));
    program.send(Message::CloseRequested);
    assert!(!program.exited);
    program.disk_answers();
    assert!(program.exited, "as soon as it is done");
    assert!(own.start().has_type("SU"));
}

#[test]
fn what_is_on_its_way_can_be_stopped() {
    let own = Own::new();
    let mut program = own.asked_after_deletion();
    program.slow_disk("TakePressed");
    program.click("Gendan");
    program.click("Stop");
    program.disk_answers();
    assert!(program.sees("Det blev stoppet. Intet er ændret."), "{:?}", program.texts());
    assert!(!program.has_type("SU"));
    program.click("Gendan");
    assert!(program.has_type("SU"), "it can be begun again");
}
