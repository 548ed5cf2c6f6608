//! Danish first, English one press away.

use crate::program::Pc;

#[test]
fn the_language_is_switched_in_the_window_and_remembered() {
    let pc = Pc::with_demo();
    let mut program = pc.start_from_desktop();
    assert!(program.sees("man. 23. nov. · uge 48"), "Danish comes first");
    // Room for the whole date beside the longer English words.
    program.resize(1500.0, 800.0);
    program.click_id("language");
    assert!(program.sees("Monday 23 November 2026 · week 48"));
    program.close();
    let mut program = pc.start_from_desktop();
    program.resize(1500.0, 800.0);
    assert!(program.sees("Monday 23 November 2026 · week 48"), "after a restart");
    program.open_settings();
    for words in ["Settings", "Active", "Clinic settings", "Appointment types", "Not connected"] {
        assert!(program.sees(words), "{words}");
    }
    program.click("Close");
    program.click_id("language");
    program.close();
    assert!(pc.start_from_desktop().sees("man. 23. nov. · uge 48"));
}

#[test]
fn the_language_is_switched_on_the_first_page_too() {
    let pc = Pc::new();
    let mut program = pc.first_start();
    program.click_id("language");
    assert!(program.sees("Welcome to Aftalebog") && program.sees("Dansk"));
}

#[test]
fn an_undo_is_named_in_the_language_of_the_window() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.click("AKUT");
    program.tap(iced::keyboard::key::Named::Delete);
    program.click("Slet");
    program.click("Luk");
    program.click_id("language");
    program.open_settings();
    assert!(program.sees("Undo “AKUT deleted”"), "{:?}", program.texts());
}
