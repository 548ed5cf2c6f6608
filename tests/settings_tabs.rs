//! The tabs beside «Online booking».

use iced::keyboard::{Modifiers, key::Named};

use crate::program::Pc;

const TABS: [(&str, &str); 5] = [
    ("tab-online-booking", "Klinik indstillinger"),
    ("tab-practitioners", "Grupper"),
    ("tab-appointment-types", "Statusundersøgelse"),
    ("tab-working-hours", ""),
    ("tab-closed-days", ""),
];

#[test]
fn each_tab_is_turned_to_by_mouse_by_arrows_and_from_anywhere() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    for (tab, sign) in TABS {
        program.click_id(tab);
        assert!(sign.is_empty() || program.sees(sign), "{tab}");
    }
    program.click_id("tab-online-booking");
    for (tab, _) in TABS.into_iter().skip(1).chain([TABS[0]]) {
        program.tap(Named::ArrowRight);
        assert_eq!(program.focused().as_deref(), Some(tab));
    }
    program.tap(Named::ArrowLeft);
    assert_eq!(program.focused().as_deref(), Some("tab-closed-days"));
    program.click_id("tab-practitioners");
    program.click("JH");
    program.key(Named::PageDown, Modifiers::CTRL);
    assert!(program.sees("Statusundersøgelse"));
    program.key(Named::PageUp, Modifiers::CTRL);
    assert!(program.sees("Grupper"));
}

#[test]
fn what_was_chosen_in_a_tab_stays_chosen() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.click_id("tab-practitioners");
    program.click("LB");
    program.click_id("tab-appointment-types");
    program.click_id("tab-practitioners");
    program.tap(Named::Tab);
    while program.focused().is_none_or(|id| !id.starts_with("practitioners-row")) {
        program.tap(Named::Tab);
    }
    assert_eq!(program.focused().as_deref(), Some("practitioners-row-3"));
}

#[test]
fn a_change_is_taken_back_from_any_tab() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.click_id("tab-practitioners");
    program.click("MK");
    program.key(Named::ArrowUp, Modifiers::ALT);
    program.click_id("tab-appointment-types");
    program.chord('z', Modifiers::CTRL);
    program.click_id("tab-practitioners");
    assert!(program.bounds_of("JH").y < program.bounds_of("MK").y);
}

#[test]
fn the_window_does_not_close_over_what_is_typed_in_a_tab() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.click_id("tab-practitioners");
    program.click_id("practitioners-new");
    program.type_text("TN");
    program.send(aftalebog::app::Message::CloseRequested);
    assert!(!program.exited && program.sees("Luk uden at gemme?"));
}
