//! The white field under «Aftaletyper»: its menu, keys, buttons and order.

use aftalebog_booking::Write;
use iced::keyboard::{Modifiers, key::Named};

use crate::program::{Pc, codes, is_online, online_type};

const DEMO: [&str; 9] = ["SU", "FU", "TR", "PAR", "TB", "DG", "AKUT", "KNÆK", "BLEG"];

fn empty() -> Pc {
    Pc::with_changed_demo(|setup| setup.online_types.iter().map(Write::delete).collect())
}

#[test]
fn the_menu_offers_what_can_be_done_where_it_was_asked_for() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.right_click_empty_field();
    assert!(program.sees("Ny aftaletype …") && !program.sees("Rediger …"));
    program.tap(Named::Escape);
    assert!(!program.sees("Ny aftaletype …") && program.sees("Indstillinger"), "only the menu closes");
    program.right_click("DG");
    for item in ["Rediger …", "Dupliker …", "Slet …", "Flyt op", "Flyt ned", "Ny aftaletype …"] {
        assert!(program.sees(item), "{item}");
    }
    program.click("Slet …");
    assert!(program.sees("Slet DG fra online booking?"), "the row under the pointer is meant");
}

#[test]
fn a_copy_has_everything_but_the_type_and_the_alias() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.right_click("AKUT");
    program.click("Dupliker …");
    assert!(program.sees("Ny aftaletype til online booking") && program.sees("Vælg en aftaletype"));
    assert_eq!(program.value("Online alias"), "");
    assert_eq!(program.value("Minimum tid mellem foreslåede tider"), "0");
    program.choose_type("Kirurgi");
    program.click("OK");
    let setup = program.setup();
    let (akut, copy) = (online_type(&setup, "AKUT").value, online_type(&setup, "KIR").value);
    assert_eq!(copy.practitioners, akut.practitioners);
    assert_eq!((copy.need_driven, copy.cancel_days), (false, akut.cancel_days));
    assert_eq!(copy.alias.as_str(), "Kirurgi", "the type's name until somebody writes another");
    assert_eq!(program.focused().as_deref(), Some("types-row-9"), "the new one is chosen");
}

#[test]
fn deleting_asks_and_says_what_patients_lose() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    let setup = program.setup();
    let type_id = online_type(&setup, "SU").value.appointment_type;
    let needs = futures::executor::block_on(program.store().open_needs()).unwrap();
    let count = needs.iter().filter(|need| need.entry.value.appointment_type == type_id).count();
    assert!(count > 1);
    program.click("SU");
    program.click("Slet");
    assert!(program.sees(&format!("{count} åbne behov kan kun bookes ved at ringe til klinikken.")));
    assert!(program.sees_part("Patienterne kan derefter ikke booke «Undersøgelse» online."));
    assert_eq!(program.focused().as_deref(), Some("question-keep"), "Enter keeps it");
    program.tap(Named::Enter);
    assert!(is_online(&program.setup(), "SU") && !program.sees("Slet SU fra online booking?"));
    program.click("Undersøgelse");
    program.tap(Named::Delete);
    program.click("Slet");
    assert!(!is_online(&program.setup(), "SU") && !program.sees("SU"));
    assert_eq!(program.focused().as_deref(), Some("types-row-0"), "the row that came up is chosen");
    let mut program = pc.restart(program);
    program.open_settings();
    assert!(!program.sees("SU") && program.sees("FU"));
}

#[test]
fn a_type_without_needs_is_deleted_without_a_warning() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.right_click("AKUT");
    program.click("Slet …");
    assert!(!program.sees_part("behov"));
}

#[test]
fn the_order_is_changed_by_menu_by_buttons_and_by_keys() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.right_click("TR");
    program.click("Flyt op");
    assert_eq!(codes(&program.setup())[..3], ["SU", "TR", "FU"]);
    assert_eq!(program.focused().as_deref(), Some("types-row-1"), "the chosen row follows");
    program.key(Named::ArrowUp, Modifiers::ALT);
    assert_eq!(codes(&program.setup())[..3], ["TR", "SU", "FU"]);
    program.key(Named::ArrowUp, Modifiers::ALT);
    assert_eq!(codes(&program.setup())[..3], ["TR", "SU", "FU"], "it is the first");
    program.key(Named::ArrowDown, Modifiers::ALT);
    program.click_id("types-down");
    assert_eq!(codes(&program.setup())[..3], ["SU", "FU", "TR"]);
    program.click_id("types-up");
    program.right_click("TR");
    program.click("Flyt ned");
    assert_eq!(codes(&program.setup()), DEMO);
    program.right_click("BLEG");
    program.click("Flyt op");
    let mut program = pc.restart(program);
    program.open_settings();
    assert_eq!(codes(&program.setup())[7..], ["BLEG", "KNÆK"]);
    assert!(program.bounds_of("BLEG").y < program.bounds_of("KNÆK").y);
}

#[test]
fn the_first_cannot_go_up_nor_the_last_down() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.right_click("SU");
    program.click("Flyt op");
    assert_eq!(codes(&program.setup()), DEMO);
    program.tap(Named::Escape);
    program.click("BLEG");
    program.click_id("types-down");
    program.key(Named::ArrowDown, Modifiers::ALT);
    assert_eq!(codes(&program.setup()), DEMO);
}

#[test]
fn the_arrows_walk_through_the_list() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.click("FU");
    let mut row = |key| {
        program.tap(key);
        program.focused().unwrap()
    };
    assert_eq!(row(Named::ArrowDown), "types-row-2");
    assert_eq!(row(Named::ArrowUp), "types-row-1");
    assert_eq!(row(Named::End), "types-row-8");
    assert_eq!(row(Named::ArrowDown), "types-row-8");
    assert_eq!(row(Named::Home), "types-row-0");
    assert_eq!(row(Named::ArrowUp), "types-row-0");
}

#[test]
fn a_row_is_opened_by_two_clicks_by_keys_and_by_button() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.wait_until("two clicks are quick enough to be one", |program| {
        program.double_click("PAR");
        program.sees("Aftaletype: PAR")
    });
    program.tap(Named::Escape);
    program.click("TB");
    for key in [Named::F2, Named::Enter] {
        program.tap(key);
        assert!(program.sees("Aftaletype: TB"), "{key:?}");
        program.tap(Named::Escape);
        assert_eq!(program.focused().as_deref(), Some("types-row-4"), "the focus is back");
    }
    program.click("Rediger");
    assert!(program.sees("Aftaletype: TB"));
    program.tap(Named::Escape);
    assert_eq!(program.focused().as_deref(), Some("types-edit"));
}

#[test]
fn insert_makes_a_new_type_and_delete_asks() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.click("TB");
    program.tap(Named::Insert);
    assert!(program.sees("Ny aftaletype til online booking"));
    program.tap(Named::Escape);
    program.tap(Named::Delete);
    assert!(program.sees("Slet TB fra online booking?"));
}

#[test]
fn the_menu_opens_by_its_key_and_by_shift_f10() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.click("KNÆK");
    for (key, modifiers) in [(Named::ContextMenu, Modifiers::empty()), (Named::F10, Modifiers::SHIFT)] {
        program.key(key, modifiers);
        assert!(program.sees("Dupliker …"));
        program.tap(Named::ArrowDown);
        program.tap(Named::ArrowDown);
        program.tap(Named::Enter);
        assert!(program.sees("Slet KNÆK fra online booking?"));
        program.tap(Named::Escape);
        assert_eq!(program.focused().as_deref(), Some("types-row-7"));
    }
}

#[test]
fn an_empty_list_says_how_to_begin() {
    let pc = empty();
    let mut program = pc.settings();
    assert!(program.sees("Ingen aftaletyper kan bookes online endnu. Højreklik her, eller tryk på «Ny»."));
    program.click("Rediger");
    program.click("Slet");
    assert!(!program.sees_part("Aftaletype:") && !program.sees("Annuller"), "there is nothing to edit or delete");
    while program.focused().as_deref() != Some("types-empty") {
        program.tap(Named::Tab);
    }
    program.tap(Named::ContextMenu);
    program.click("Ny aftaletype …");
    program.choose_type("Tandpine");
    program.click("OK");
    assert_eq!(codes(&program.setup()), ["AKUT"]);
    assert_eq!(program.focused().as_deref(), Some("types-row-0"));
}

#[test]
fn every_row_says_what_its_settings_come_to() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    let rows = [
        "styres af behov · hver 30 min. · tidligst i morgen",
        "styres af behov, valgfri behandler · hver 15 min. · tidligst i morgen",
        "JH, SA · alle ledige tider · samme dag",
    ];
    for row in rows {
        assert!(program.sees(row), "{row}");
    }
    program.edit("AKUT");
    program.click_in_line("JH", "type-row-");
    program.click_in_line("SA", "type-row-");
    program.click("OK");
    assert!(program.sees("kan ikke bookes · alle ledige tider · samme dag"));
}

#[test]
fn a_row_is_dragged_to_its_place() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    let (from, to) = (program.bounds_of_id("types-row-0"), program.bounds_of_id("types-row-2"));
    let grip = |row: iced::Rectangle| iced::Point::new(row.x + 24.0, row.center_y());
    program.drag(grip(from), grip(to));
    assert_eq!(codes(&program.setup())[..4], ["FU", "TR", "SU", "PAR"]);
    assert_eq!(program.focused().as_deref(), Some("types-row-2"), "the focus goes along");
}
