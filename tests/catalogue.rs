//! «Aftaletyper»: the clinic's own catalogue.

use aftalebog_booking::leaving::deactivate_type;
use aftalebog_booking::record::{AppointmentType, Color, Entry};
use aftalebog_booking::{Setup, Write};
use aftalebog_local::SaveError;
use iced::keyboard::key::Named;
use iced::theme::Mode;

use crate::beginning::from_the_future;
use crate::harness::Driver;
use crate::program::{Pc, Program, is_online, online_type};

/// The program with this tab open.
fn open(pc: &Pc) -> Driver<Program> {
    let mut program = pc.settings();
    program.click_id("tab-appointment-types");
    program
}

#[track_caller]
fn entry(setup: &Setup, code: &str) -> Entry<AppointmentType> {
    let found = setup.appointment_types.iter().find(|of| of.value.code.as_str() == code);
    found.expect("the code is known").clone()
}

impl Driver<Program> {
    #[track_caller]
    fn catalogued(&self, code: &str) -> AppointmentType {
        entry(&self.setup(), code).value
    }
}

/// The codes in the list, from the top.
fn listed(program: &mut Driver<Program>) -> Vec<String> {
    let all: Vec<String> = program.setup().appointment_types.iter().map(|of| of.value.code.to_string()).collect();
    program.texts().into_iter().filter(|text| all.contains(text)).collect()
}

#[test]
fn every_type_stands_there_by_code_with_what_it_is() {
    let pc = Pc::with_demo();
    let mut program = open(&pc);
    assert_eq!(listed(&mut program), ["AKUT", "BLEG", "DG", "FU", "KIR", "KNÆK", "PAR", "SU", "TB", "TR"]);
    for words in ["Statusundersøgelse", "45 min.", "online: Undersøgelse", "ikke online"] {
        assert!(program.sees_part(words), "{words}");
    }
    assert!(program.find_id("catalogue-up").is_none(), "the order is that of the codes");
    assert!(program.sees("Patienterne kan finde AKUT som «Tandpine / akut»."));
    program.click("KIR");
    assert!(program.sees("KIR er ikke sat op til online booking."));
}

#[test]
fn a_new_type_leads_straight_on_to_online_booking() {
    let pc = Pc::with_demo();
    let mut program = open(&pc);
    program.click("SU");
    program.tap(Named::Insert);
    assert!(program.sees("Ny aftaletype"));
    program.type_text("BØRN");
    program.fill("Navn", "Børneundersøgelse");
    program.fill("Minutter", "30");
    assert!(program.sees("Så længe varer en ny aftale af denne type."));
    program.tap(Named::Enter);
    let new = program.catalogued("BØRN");
    assert_eq!((new.minutes.get(), new.deactivated), (30, false));
    let others = program.setup().appointment_types;
    let same = |of: &&Entry<AppointmentType>| of.value.color == new.color;
    assert_eq!(others.iter().filter(same).count(), 1, "a colour of its own");
    assert!(program.focused().is_some_and(|id| id.starts_with("catalogue-row-")));
    assert!(program.sees("BØRN er oprettet. Patienterne kan booke den, når den er sat op."));
    program.click("Sæt op til online booking …");
    assert!(program.sees_part("BØRN er ikke sat op endnu.") && program.sees("Børneundersøgelse"));
    assert_eq!(program.focused().as_deref(), Some("type-alias"));
    program.click("OK");
    assert!(is_online(&program.setup(), "BØRN"));
    program.click_id("tab-appointment-types");
    program.click("BØRN");
    assert!(program.sees("Patienterne kan finde BØRN som «Børneundersøgelse»."));
}

#[test]
fn what_is_wrong_is_said_at_the_field_and_nothing_typed_is_lost() {
    let pc = Pc::with_demo();
    let mut program = open(&pc);
    program.click_id("catalogue-new");
    program.click("OK");
    for fault in ["Skriv en kode, fx SU.", "Skriv aftaletypens navn.", "Skriv et helt tal fra 5 til 480."] {
        assert!(program.sees(fault), "{fault}");
    }
    assert_eq!(program.focused().as_deref(), Some("catalogue-code"));
    program.type_text("knæk");
    assert!(program.sees("KNÆK bruges allerede til Knækket tand. Vælg en anden kode."));
    program.clear();
    program.type_text("NY");
    program.fill("Navn", "Noget nyt");
    for (typed, fault) in [("4", true), ("5", false), ("480", false), ("481", true), ("1,5", true), ("", true)] {
        program.fill("Minutter", typed);
        assert_eq!(program.sees("Skriv et helt tal fra 5 til 480."), fault, "«{typed}»");
    }
    program.click("OK");
    assert_eq!(program.focused().as_deref(), Some("catalogue-minutes"), "the first that is wrong");
    program.type_text("50");
    let warning = "Aftalebogens tidsperiode er 15 min., så en aftale på 50 min. slutter midt i en periode.";
    assert!(program.sees(warning), "it can be saved all the same");
    program.slow_disk("Pressed(Ok)");
    program.click("OK");
    program.not_saved(SaveError::DiskFull);
    assert!(program.sees_part("Kan ikke gemme: disken er fuld.") && program.value("Navn") == "Noget nyt");
    program.click("OK");
    assert_eq!(program.catalogued("NY").minutes.get(), 50);
}

#[test]
fn a_colour_is_chosen_by_mouse_and_arrows_and_is_not_only_seen_by_its_colour() {
    let pc = Pc::with_demo();
    let mut program = open(&pc);
    program.click("SU");
    program.tap(Named::F2);
    assert!(program.sees("petrolblå") && program.sees("45 min."));
    program.click_id("color-6");
    assert!(program.sees("rød"));
    program.tap(Named::ArrowRight);
    assert_eq!((program.focused().as_deref(), program.sees("orange")), (Some("color-7"), true));
    program.tap(Named::End);
    program.tap(Named::ArrowRight);
    assert!(program.sees("petrolblå"), "after the last comes the first");
    program.tap(Named::ArrowLeft);
    program.tap(Named::ArrowLeft);
    assert!(program.sees("skifergrå"));
    // One Tab stop for them all, and Enter is OK.
    program.tap(Named::Tab);
    assert_eq!(program.focused().as_deref(), Some("catalogue-cancel"));
    program.key(Named::Tab, iced::keyboard::Modifiers::SHIFT);
    assert_eq!(program.focused().as_deref(), Some("color-12"));
    program.tap(Named::Enter);
    assert_eq!(program.catalogued("SU").color, Color([0x4B, 0x5D, 0x67]));
    assert!(program.sees("Fortryd «SU ændret»"));
}

#[test]
fn a_colour_from_elsewhere_is_kept_until_another_is_chosen() {
    let pc = Pc::with_changed_demo(|setup| {
        let su = entry(setup, "SU");
        let foreign = AppointmentType { color: Color([1, 2, 255]), ..su.value.clone() };
        Write::edit(&su, &foreign).into_iter().collect()
    });
    let mut program = open(&pc);
    program.click("SU");
    program.tap(Named::F2);
    assert!(program.sees("#0102FF"));
    program.fill("Navn", "Stor undersøgelse");
    program.click("OK");
    assert_eq!(program.catalogued("SU").color, Color([1, 2, 255]));
}

#[test]
fn a_type_in_use_is_not_deleted_but_deactivated_with_its_set_up() {
    let pc = Pc::with_demo();
    let mut program = open(&pc);
    let before = program.setup();
    program.click("SU");
    program.tap(Named::Delete);
    assert!(program.sees("SU kan ikke slettes"));
    for part in [
        " aftaler fra i dag og frem",
        " åbne behov",
        "opsætningen til online booking («Undersøgelse»)",
        "Patienterne kan derefter ikke booke «Undersøgelse» online.",
        "åbne behov kan kun bookes ved at ringe til klinikken.",
    ] {
        assert!(program.sees_part(part), "{part}");
    }
    program.click("Deaktivér");
    assert!(program.catalogued("SU").deactivated && !is_online(&program.setup(), "SU"));
    assert!(!program.sees("SU") && program.sees("Vis deaktiverede (1)"));
    program.click("Fortryd «SU deaktiveret»");
    assert_eq!(program.setup(), before, "one step brings type and set-up back");
}

#[test]
fn a_type_that_nothing_names_is_deleted() {
    let pc = Pc::with_changed_demo(|setup| {
        let kir = entry(setup, "KIR");
        let new = Entry::new(AppointmentType {
            code: aftalebog_booking::bounded::Line::new("NY").unwrap(),
            ..kir.value.clone()
        });
        let su = online_type(setup, "SU");
        let mut online = su.value.clone();
        online.appointment_type = new.id;
        online.alias = aftalebog_booking::bounded::Line::new("Noget nyt").unwrap();
        vec![Write::create(&new), Write::create(&Entry::new(online))]
    });
    let mut program = open(&pc);
    let before = program.setup();
    program.right_click("NY");
    program.click("Slet …");
    assert!(program.sees("Slet NY?") && program.sees_part("bruges ikke af nogen aftaler eller behov."));
    assert!(program.sees_part("Patienterne kan derefter ikke booke «Noget nyt» online."));
    program.click_id("removal-do");
    let after = program.setup();
    assert_eq!(after.appointment_types.len() + 1, before.appointment_types.len());
    assert_eq!(after.online_types.len() + 1, before.online_types.len());
    program.click("Fortryd «NY slettet»");
    assert_eq!(program.setup(), before);
}

#[test]
fn a_type_that_is_no_longer_used_is_in_no_list_that_is_chosen_from() {
    let pc = Pc::with_changed_demo(|setup| {
        let kir = entry(setup, "KIR");
        deactivate_type(&kir, setup)
    });
    let mut program = pc.settings();
    program.new_type();
    program.click_beside("Aftaletype");
    program.type_text("kir");
    assert!(program.sees("Ingen aftaletype passer til søgningen."));
    program.tap(Named::Escape);
    program.tap(Named::Escape);
    program.click_id("tab-appointment-types");
    assert!(!program.sees("KIR"));
    program.click("Vis deaktiverede (1)");
    program.right_click("KIR");
    assert!(!program.sees("Sæt op til online booking …"), "it is reactivated first");
    program.click("Genaktivér");
    assert!(!program.catalogued("KIR").deactivated);
    assert!(program.sees("Fortryd «KIR genaktiveret»") && program.sees("KIR er ikke sat op til online booking."));
    program.right_click("KIR");
    program.click("Sæt op til online booking …");
    assert!(program.sees_part("KIR er ikke sat op endnu."));
}

#[test]
fn nothing_leads_away_from_a_save_that_has_not_been_answered() {
    let pc = Pc::with_changed_demo(|setup| deactivate_type(&entry(setup, "KIR"), setup));
    let mut program = open(&pc);
    program.click("Vis deaktiverede (1)");
    program.click("SU");
    program.right_click("KIR");
    program.slow_disk("ReactivateChosen");
    program.click("Genaktivér");
    program.click("SU");
    program.click("Vis opsætning til online booking …");
    assert!(program.sees("Vis deaktiverede (1)"), "whether it could be saved must be seen");
    program.disk_answers();
    assert!(program.sees("Fortryd «KIR genaktiveret»"));
    program.tap(Named::F2);
    assert!(program.sees("Annuller"), "the tab waits for nothing");
}

#[test]
fn a_file_that_can_only_be_read_can_be_looked_at() {
    let pc = from_the_future();
    let mut program = open(&pc);
    program.click("SU");
    program.tap(Named::F2);
    assert!(program.sees("Rediger SU"));
    program.tap(Named::Escape);
    program.tap(Named::Delete);
    program.tap(Named::Insert);
    assert!(!program.sees_part("kan ikke slettes") && !program.sees("Ny aftaletype"));
    program.click("Vis opsætning til online booking …");
    assert!(program.sees("Aftaletype: SU"));
}

#[test]
fn an_empty_catalogue_says_how_to_begin() {
    let pc = Pc::with_changed_demo(|setup| {
        setup.appointment_types.iter().flat_map(|of| deactivate_type(of, setup)).collect()
    });
    let mut program = open(&pc);
    assert!(program.sees_part("Alle aftaletyper er deaktiveret."));
    program.click("Vis deaktiverede (10)");
    assert_eq!(listed(&mut program).len(), 10);
}

#[test]
fn how_it_looks() {
    let pc = Pc::with_demo();
    let mut program = open(&pc);
    program.picture("catalogue");
    program.right_click("KIR");
    program.picture("catalogue-menu");
    program.tap(Named::Escape);
    program.click("SU");
    program.tap(Named::F2);
    program.picture("catalogue-editor");
    program.picture_at("catalogue-editor-at-150-percent", 1.5);
    program.tap(Named::Escape);
    program.tap(Named::Delete);
    program.picture("catalogue-in-use");
    program.tap(Named::Escape);
    program.tap(Named::Insert);
    program.type_text("su");
    program.click("OK");
    program.send(aftalebog::app::Message::ThemeTurned(Mode::Dark));
    program.picture("catalogue-faults-dark");
    program.tap(Named::Escape);
    program.click("Kassér");
    program.resize(900.0, 650.0);
    program.click("KNÆK");
    program.picture("catalogue-narrow-dark");
}
