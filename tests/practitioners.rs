//! «Behandlere»: who works here, and in which groups.

use aftalebog_booking::record::{
    Appointment, Closure, Entry, Origin, Overlap, Practitioner, PractitionerGroup, Status, WorkingHours,
};
use aftalebog_booking::{Setup, Write};
use aftalebog_local::SaveError;
use iced::keyboard::{Modifiers, key::Named};
use iced::theme::Mode;

use crate::beginning::from_the_future;
use crate::harness::Driver;
use crate::program::{Pc, Program, practitioner};

/// The program with this tab open.
fn open(pc: &Pc) -> Driver<Program> {
    let mut program = pc.settings();
    program.click("Behandlere");
    program
}

/// The initials of all, in the clinic's order.
fn initials(program: &Driver<Program>) -> Vec<String> {
    program.setup().practitioners.iter().map(|entry| entry.value.initials.to_string()).collect()
}

/// The initials in the list, in the order in which they stand.
fn listed(program: &mut Driver<Program>) -> Vec<String> {
    let all = initials(program);
    program.texts().into_iter().filter(|text| all.contains(text)).collect()
}

fn groups(setup: &Setup) -> Vec<(String, Vec<String>)> {
    let members = |group: &PractitionerGroup| {
        let initials = |id| setup.practitioner(id).map(|it| it.initials.to_string());
        group.practitioners.iter().filter_map(|id| initials(*id)).collect()
    };
    setup.practitioner_groups.iter().map(|it| (it.value.name.to_string(), members(&it.value))).collect()
}

/// The demo, and somebody of whom no appointment stands in the book: with hours, an absence, a
/// block, a group with others, one alone, and a tick.
fn with_newcomer() -> Pc {
    Pc::with_changed_demo(|setup| {
        let jh = practitioner(setup, "JH");
        let newcomer = Entry::new(Practitioner {
            initials: "TN".parse_line(),
            name: "Tobias Nissen".parse_line(),
            position: 8,
            ..jh.value.clone()
        });
        let hours = setup.working_hours.iter().filter(|hours| hours.value.practitioner == jh.id).take(2);
        let hours = hours.map(|hours| WorkingHours { practitioner: newcomer.id, ..hours.value.clone() });
        let closure = &setup.closures[0].value;
        let lunch = Appointment {
            practitioner: newcomer.id,
            appointment_type: None,
            patient: None,
            need: None,
            start: crate::program::now(),
            minutes: aftalebog_booking::bounded::Length::new(30).unwrap(),
            origin: Origin::Clinic,
            status: Status::Booked,
            overlap: Overlap::None,
            note: "frokost".parse_line(),
        };
        let alone = PractitionerGroup { name: "Aften".parse_line(), practitioners: vec![newcomer.id], position: 9 };
        let absence = Closure { practitioner: Some(newcomer.id), ..closure.clone() };
        let group = &setup.practitioner_groups[0];
        let mut members = group.value.clone();
        members.practitioners.push(newcomer.id);
        let akut = crate::program::online_type(setup, "AKUT");
        let mut ticked = akut.value.clone();
        let mut row = ticked.practitioners[0].clone();
        (row.practitioner, row.active) = (newcomer.id, true);
        ticked.practitioners.push(row);
        let mut writes = vec![Write::create(&newcomer), Write::create(&Entry::new(absence))];
        writes.extend([Write::create(&Entry::new(lunch)), Write::create(&Entry::new(alone))]);
        writes.extend(hours.map(|hours| Write::create(&Entry::new(hours))));
        writes.extend(Write::edit(group, &members));
        writes.extend(Write::edit(&akut, &ticked));
        writes
    })
}

trait ParseLine {
    fn parse_line<const MIN: usize, const MAX: usize>(&self) -> aftalebog_booking::bounded::Line<MIN, MAX>;
}

impl ParseLine for str {
    fn parse_line<const MIN: usize, const MAX: usize>(&self) -> aftalebog_booking::bounded::Line<MIN, MAX> {
        aftalebog_booking::bounded::Line::new(self).unwrap()
    }
}

#[test]
fn everybody_stands_there_in_the_clinics_order_with_what_they_are() {
    let pc = Pc::with_demo();
    let mut program = open(&pc);
    assert_eq!(listed(&mut program), ["JH", "MK", "SA", "LB", "CN", "AP", "PV"]);
    for words in ["Jens Holm", "klinikassistent", "specialtandlæge", "Vis deaktiverede (der er ingen)"] {
        assert!(program.sees(words), "{words}");
    }
    assert_eq!((program.all_bounds_of("tilmeldt").len(), program.all_bounds_of("ikke tilmeldt").len()), (5, 2));
    assert!(program.sees_part("Rækkefølgen er den samme i aftalebogen og i Klinik indstillinger."));
    assert!(program.sees("Tandlæger") && program.sees("JH, MK, SA, PV"));
}

#[test]
fn a_new_practitioner_is_typed_in_and_is_not_online() {
    let pc = Pc::with_demo();
    let mut program = open(&pc);
    program.click("JH");
    program.tap(Named::Insert);
    assert!(program.sees("Ny behandler"));
    assert!(program.sees_part("En ny behandler er ikke med i online booking."));
    assert_eq!(program.focused().as_deref(), Some("practitioner-initials"));
    program.type_text("TN");
    program.fill("Navn", "Tobias Nissen");
    program.click_id("practitioner-title-1");
    assert_eq!(program.value("Titel"), "tandplejer");
    program.tap(Named::Enter);
    let new = program.practitioner("TN");
    assert_eq!((new.registered, new.takes_new_patients, new.deactivated), (false, false, false));
    assert_eq!((new.title.as_str(), new.position), ("tandplejer", 8));
    assert_eq!(program.focused().as_deref(), Some("practitioners-row-7"), "the new one is chosen");
    assert!(program.sees("Fortryd «TN oprettet»"));
    let mut program = pc.restart(program);
    assert!(program.sees("TN"), "there is a column in the book");
}

#[test]
fn what_is_wrong_is_said_at_the_field_and_nothing_typed_is_lost() {
    let pc = Pc::with_demo();
    let mut program = open(&pc);
    program.click_id("practitioners-new");
    program.click("OK");
    assert!(program.sees("Skriv behandlerens initialer.") && program.sees("Skriv behandlerens navn."));
    assert_eq!(program.focused().as_deref(), Some("practitioner-initials"));
    program.type_text("jh");
    assert!(program.sees("JH bruges allerede af Jens Holm. Vælg andre initialer."));
    program.fill("Navn", "Jonas Hansen");
    program.click("OK");
    assert_eq!(program.focused().as_deref(), Some("practitioner-initials"), "the first that is wrong");
    program.clear();
    program.type_text("ABCDEFGHI");
    assert!(program.sees("Højst 8 tegn – der er skrevet 9."));
    program.tap(Named::Escape);
    assert!(program.sees("Kassér ændringerne?"));
    program.click("Fortsæt redigering");
    program.fill("Initialer", "JHA");
    program.slow_disk("Pressed(Ok)");
    program.click("OK");
    assert!(program.sees("Gemmer …"));
    program.not_saved(SaveError::DiskFull);
    assert!(program.sees_part("Kan ikke gemme: disken er fuld."));
    assert_eq!(program.value("Navn"), "Jonas Hansen");
    program.click("OK");
    assert_eq!(program.practitioner("JHA").name.as_str(), "Jonas Hansen");
}

#[test]
fn a_name_and_a_title_of_ones_own_are_kept_and_taken_back() {
    let pc = Pc::with_demo();
    let mut program = open(&pc);
    program.click("LB");
    program.tap(Named::F2);
    assert!(program.sees("Behandler: LB") && program.sees_part("LB er tilmeldt online booking."));
    program.fill("Titel", "tandplejer, ledende");
    program.click("OK");
    assert!(program.sees("tandplejer, ledende") && program.sees("Fortryd «LB ændret»"));
    assert!(program.practitioner("LB").registered, "nothing else is touched");
    assert_eq!(program.focused().as_deref(), Some("practitioners-row-3"));
    program.click("Fortryd «LB ændret»");
    assert_eq!(program.practitioner("LB").title.as_str(), "tandplejer");
    // Nothing typed, nothing saved. Elsewhere in the row: where it was pressed before it would be a double press.
    program.click("Line Bech");
    program.tap(Named::Enter);
    program.tap(Named::Enter);
    assert!(!program.sees("Behandler: LB") && !program.sees("Fortryd «LB ændret»"));
}

#[test]
fn the_order_is_changed_by_keys_buttons_menu_and_mouse() {
    let pc = Pc::with_demo();
    let mut program = open(&pc);
    program.click("MK");
    program.key(Named::ArrowUp, Modifiers::ALT);
    assert_eq!(initials(&program)[..3], ["MK", "JH", "SA"]);
    assert_eq!(program.focused().as_deref(), Some("practitioners-row-0"), "the focus goes along");
    assert!(program.sees("Fortryd «behandlernes rækkefølge ændret»"));
    program.click_id("practitioners-down");
    program.click_id("practitioners-down");
    assert_eq!(initials(&program)[..3], ["JH", "SA", "MK"]);
    assert_eq!(program.focused().as_deref(), Some("practitioners-down"), "a button keeps the focus");
    program.right_click("MK");
    program.click("Flyt op");
    assert_eq!(initials(&program)[..3], ["JH", "MK", "SA"]);
    let (from, to) = (program.bounds_of_id("practitioners-row-0"), program.bounds_of_id("practitioners-row-2"));
    let grip = |row: iced::Rectangle| iced::Point::new(row.x + 24.0, row.center_y());
    program.drag(grip(from), grip(to));
    assert_eq!(initials(&program)[..4], ["MK", "SA", "JH", "LB"]);
    assert_eq!(listed(&mut program)[..4], ["MK", "SA", "JH", "LB"]);
    // The same order stands where patients' order is decided.
    program.click("Online booking");
    program.click("Klinik indstillinger");
    assert!(program.sees_part("MK, SA, JH, LB, CN"));
}

#[test]
fn a_drag_is_given_up_by_escape_and_the_settings_stay_open() {
    let pc = Pc::with_demo();
    let mut program = open(&pc);
    let row = program.bounds_of_id("practitioners-row-0");
    program.move_to(iced::Point::new(row.x + 24.0, row.center_y()));
    program.press(iced::mouse::Button::Left);
    program.move_to(iced::Point::new(row.x + 24.0, row.center_y() + 2.0 * row.height));
    assert_eq!(listed(&mut program)[..3], ["MK", "SA", "JH"], "it is shown where it would land");
    program.tap(Named::Escape);
    assert!(program.sees("Indstillinger"));
    program.release(iced::mouse::Button::Left);
    assert_eq!(initials(&program)[..3], ["JH", "MK", "SA"]);
}

#[test]
fn who_stands_in_the_book_is_not_deleted_but_deactivated() {
    let pc = Pc::with_demo();
    let mut program = open(&pc);
    program.click("JH");
    program.tap(Named::Delete);
    assert!(program.sees("JH kan ikke slettes") && program.sees("JH er i brug og ville mangle her:"));
    for part in [" aftaler fra i dag og frem", " aftaler før i dag", "arbejdstider", "pladsen i gruppen Tandlæger"] {
        assert!(program.sees_part(part), "{part}");
    }
    assert!(program.sees_part("fluebenene i ") && program.sees_part("bliver stående i aftalebogen."));
    assert_eq!(program.focused().as_deref(), Some("removal-keep"), "Enter keeps everything as it is");
    program.tap(Named::Enter);
    assert!(!program.practitioner("JH").deactivated && program.focused().as_deref() == Some("practitioners-row-0"));
    let before = program.setup();
    program.tap(Named::Delete);
    program.click("Deaktivér");
    let jh = program.practitioner("JH");
    assert!(jh.deactivated && !jh.registered);
    let after = program.setup();
    assert_eq!((after.working_hours, after.practitioner_groups), (before.working_hours, before.practitioner_groups));
    assert_eq!(after.online_types, before.online_types, "the ticks are kept");
    assert_eq!(listed(&mut program), ["MK", "SA", "LB", "CN", "AP", "PV"]);
    assert!(program.sees("MK, SA, PV"), "groups show who works here");
    program.click("Vis deaktiverede (1)");
    assert!(program.sees("JH") && program.sees("deaktiveret"));
    program.click("Fortryd «JH deaktiveret»");
    let jh = program.practitioner("JH");
    assert!(!jh.deactivated && jh.registered, "one step brings everything back");
}

#[test]
fn a_deactivation_that_goes_wrong_says_so_where_it_was_asked_for_and_can_be_tried_again() {
    let pc = Pc::with_demo();
    let mut program = open(&pc);
    program.right_click("AP");
    program.click("Deaktivér …");
    program.slow_disk("Removal(Confirmed)");
    program.click("Deaktivér");
    program.tap(Named::Escape);
    assert!(program.sees("Deaktivér AP?") && program.sees("Gemmer …"), "whether it could be saved must be seen");
    program.not_saved(SaveError::DiskFull);
    assert!(program.sees("Deaktivér AP?") && program.sees_part("Kan ikke gemme: disken er fuld."));
    assert!(!program.practitioner("AP").deactivated);
    program.click("Deaktivér");
    assert!(program.practitioner("AP").deactivated && !program.sees("Deaktivér AP?"));
}

#[test]
fn who_has_left_comes_back_and_is_not_online_by_that() {
    let pc = Pc::with_demo();
    let mut program = open(&pc);
    program.right_click("PV");
    program.click("Deaktivér …");
    assert!(program.sees("Deaktivér PV?") && program.sees_part("åbent behov peger på PV."));
    program.click("Deaktivér");
    assert!(!program.sees("PV"));
    program.click("Vis deaktiverede (1)");
    program.right_click("PV");
    assert!(!program.sees("Deaktivér …"));
    program.click("Slet …");
    assert!(program.sees("PV er allerede deaktiveret."));
    program.click("Annuller");
    program.right_click("PV");
    program.click("Genaktivér");
    let pv = program.practitioner("PV");
    assert!(!pv.deactivated && !pv.registered);
    assert!(program.sees("Fortryd «PV genaktiveret»") && program.sees("Vis deaktiverede (der er ingen)"));
    assert_eq!(program.focused().as_deref(), Some("practitioners-row-6"));
}

#[test]
fn whom_nothing_in_the_book_names_is_deleted_with_what_is_theirs() {
    let pc = with_newcomer();
    let mut program = open(&pc);
    let before = program.setup();
    program.click("Tobias Nissen");
    program.click_id("practitioners-delete");
    assert!(program.sees("Slet TN?"));
    for words in [
        "Tobias Nissen har ingen aftaler og ingen behov. Sletningen kan fortrydes.",
        "2 arbejdstider",
        "1 fraværsperiode",
        "1 spærret tid",
        "pladsen i gruppen Tandlæger",
        "gruppen Aften, som ingen andre er i",
        "fluebenet i AKUT («Kan oprettes uden behov»)",
    ] {
        assert!(program.sees(words), "{words}");
    }
    program.click_id("removal-do");
    let after = program.setup();
    assert_eq!(after.practitioners.len(), 7);
    assert_eq!(after.working_hours.len() + 2, before.working_hours.len());
    assert_eq!(after.closures.len() + 1, before.closures.len());
    assert_eq!(groups(&after).len(), 2, "the group of TN alone is gone");
    assert_eq!(program.focused().as_deref(), Some("practitioners-row-6"), "the row above is chosen");
    program.click("Fortryd «TN slettet»");
    assert_eq!(program.setup(), before, "one step brings everything back");
}

#[test]
fn initials_of_somebody_who_has_left_stay_theirs() {
    let pc =
        Pc::with_changed_demo(|setup| aftalebog_booking::leaving::deactivate_practitioner(&practitioner(setup, "PV")));
    let mut program = open(&pc);
    assert!(!program.sees("PV"));
    program.click_id("practitioners-new");
    program.type_text("pv");
    assert!(program.sees("PV bruges allerede af Peter Vestergaard, som er deaktiveret. Vælg andre initialer."));
}

#[test]
fn while_it_is_counted_nothing_can_be_pressed_and_a_late_answer_is_let_go() {
    let pc = Pc::with_demo();
    let mut program = open(&pc);
    program.slow_disk("Practitioners(List(Rows(Key(Delete");
    program.click("JH");
    program.tap(Named::Delete);
    assert!(program.sees("Ser efter, hvor JH bruges …"));
    program.click_id("removal-do");
    assert!(program.sees("Slet JH?"), "it is not known yet what would be lost");
    program.tap(Named::Escape);
    program.disk_answers();
    assert!(!program.sees_part("JH kan ikke slettes") && program.sees("Indstillinger"));
}

#[test]
fn a_save_without_a_dialog_that_goes_wrong_says_so_in_the_tab() {
    let pc = Pc::with_demo();
    let mut program = open(&pc);
    program.slow_disk("Moved(Up");
    program.click("MK");
    program.key(Named::ArrowUp, Modifiers::ALT);
    program.click("Aftaletyper");
    assert!(program.sees("Grupper"), "whether it could be saved must be seen");
    program.not_saved(SaveError::DiskFull);
    assert!(program.sees_part("Kan ikke gemme: disken er fuld."));
    assert_eq!(listed(&mut program)[..2], ["JH", "MK"]);
    program.click("JH");
    program.tap(Named::ArrowDown);
    program.key(Named::ArrowUp, Modifiers::ALT);
    assert_eq!(initials(&program)[..2], ["MK", "JH"]);
    assert!(!program.sees_part("Kan ikke gemme"));
}

#[test]
fn groups_are_made_changed_ordered_and_deleted() {
    let pc = Pc::with_demo();
    let mut program = open(&pc);
    program.click_id("groups-new");
    assert!(program.sees("Ny gruppe"));
    program.click("OK");
    assert!(program.sees("Skriv gruppens navn.") && program.sees("Sæt flueben ved mindst én behandler."));
    program.type_text("tandlæger");
    assert!(program.sees("Der er allerede en gruppe med det navn. Skriv et andet."));
    program.clear();
    program.type_text("Onsdagsholdet");
    program.click("OK");
    assert_eq!(program.focused().as_deref(), Some("group-member-0"), "somebody is missing");
    program.tap(Named::Space);
    program.click_id("group-member-3");
    program.tap(Named::Enter);
    let expected = ("Onsdagsholdet".to_owned(), vec!["JH".to_owned(), "LB".to_owned()]);
    assert_eq!(groups(&program.setup())[2], expected);
    assert_eq!(program.focused().as_deref(), Some("groups-row-2"));
    assert!(program.sees("JH, LB") && program.sees("Fortryd «gruppen Onsdagsholdet oprettet»"));
    program.key(Named::ArrowUp, Modifiers::ALT);
    assert_eq!(groups(&program.setup())[1], expected);
    program.tap(Named::F2);
    program.click_id("group-member-0");
    program.click("OK");
    assert_eq!(groups(&program.setup())[1].1, ["LB"]);
    program.right_click("Onsdagsholdet");
    program.click("Slet …");
    assert!(program.sees("Slet gruppen «Onsdagsholdet»?"));
    program.click_id("question-lose");
    assert_eq!(groups(&program.setup()).len(), 2);
    program.click("Fortryd «gruppen Onsdagsholdet slettet»");
    assert_eq!(groups(&program.setup())[1].1, ["LB"]);
}

#[test]
fn a_member_who_has_left_keeps_the_place_unseen() {
    let pc =
        Pc::with_changed_demo(|setup| aftalebog_booking::leaving::deactivate_practitioner(&practitioner(setup, "MK")));
    let mut program = open(&pc);
    program.click("Tandlæger");
    program.tap(Named::F2);
    assert!(!program.sees_part("Mette Kjærgaard"));
    program.click_id("group-member-1");
    program.click("OK");
    assert_eq!(groups(&program.setup())[0].1, ["JH", "MK", "PV"]);
}

#[test]
fn an_empty_clinic_says_how_to_begin() {
    let pc = Pc::with_changed_demo(|setup| {
        let mut writes: Vec<Write> = setup.practitioner_groups.iter().map(Write::delete).collect();
        writes.extend(setup.practitioners.iter().flat_map(aftalebog_booking::leaving::deactivate_practitioner));
        writes
    });
    let mut program = open(&pc);
    assert!(program.sees_part("Alle behandlere er deaktiveret."));
    assert!(program.sees_part("Ingen grupper endnu."));
    program.click("Vis deaktiverede (7)");
    assert_eq!(listed(&mut program).len(), 7);
    while program.focused().as_deref() != Some("groups-empty") {
        program.tap(Named::Tab);
    }
    program.tap(Named::Insert);
    assert!(program.sees("Ny gruppe") && program.sees("Der er ingen behandlere endnu."));
}

#[test]
fn who_has_left_is_in_no_list_that_is_chosen_from_and_their_rows_are_kept() {
    let pc =
        Pc::with_changed_demo(|setup| aftalebog_booking::leaving::deactivate_practitioner(&practitioner(setup, "SA")));
    let mut program = pc.settings();
    let before = program.online_type("AKUT");
    program.click("Klinik indstillinger");
    assert!(!program.sees("Sara Ahmadi") && program.sees("Mette Kjærgaard"));
    program.click_id("clinic-down-0");
    program.click("OK");
    assert_eq!(initials(&program), ["MK", "JH", "SA", "LB", "CN", "AP", "PV"], "SA keeps the place");
    assert!(program.practitioner("SA").deactivated);
    program.edit("AKUT");
    program.bring_into_view("Peter Vestergaard");
    assert!(!program.sees("Sara Ahmadi"));
    program.fill("Online alias", "Tandpine");
    program.click("OK");
    assert_eq!(program.online_type("AKUT").practitioners, before.practitioners, "unseen, not lost");
}

#[test]
fn a_need_on_somebody_who_has_left_says_so_and_leads_to_them() {
    let pc =
        Pc::with_changed_demo(|setup| aftalebog_booking::leaving::deactivate_practitioner(&practitioner(setup, "PV")));
    let mut program = pc.settings();
    assert!(program.sees_part("ting at se på"));
    program.click("Vis alle");
    assert!(program.sees("1 behov peger på PV, som er deaktiveret. Patienten får ingen tider."));
    program.edit("TB");
    program.choose_patient("Poul Ørtoft");
    assert!(program.sees("PV er deaktiveret og kan ikke bookes."));
    program.click("Til «Behandlere»");
    assert_eq!(program.focused().as_deref(), Some("practitioners-row-6"));
    assert!(program.sees("PV") && program.sees("deaktiveret"), "though they are hidden otherwise");
}

#[test]
fn the_menu_opens_by_its_keys_and_offers_what_can_be_done_there() {
    let pc = Pc::with_demo();
    let mut program = open(&pc);
    program.click("JH");
    for (key, modifiers) in [(Named::ContextMenu, Modifiers::empty()), (Named::F10, Modifiers::SHIFT)] {
        program.key(key, modifiers);
        for item in ["Rediger …", "Deaktivér …", "Slet …", "Flyt op", "Flyt ned", "Ny behandler …"] {
            assert!(program.sees(item), "{item}");
        }
        program.click("Flyt op");
        assert!(program.sees("Flyt op"), "the first cannot go up");
        program.tap(Named::Escape);
        assert_eq!(program.focused().as_deref(), Some("practitioners-row-0"));
    }
    let last = program.bounds_of_id("groups-row-1");
    program.right_click_at(iced::Point::new(last.center_x(), last.y + last.height + 20.0));
    assert!(program.sees("Ny gruppe …") && !program.sees("Slet …"), "on the empty space");
    program.click("Ny gruppe …");
    assert!(program.sees("Ny gruppe"));
}

#[test]
fn a_file_that_can_only_be_read_can_be_looked_at() {
    let pc = from_the_future();
    let mut program = open(&pc);
    program.click("JH");
    program.tap(Named::F2);
    assert!(program.sees("Behandler: JH"));
    program.tap(Named::Escape);
    program.tap(Named::Delete);
    program.tap(Named::Insert);
    program.key(Named::ArrowDown, Modifiers::ALT);
    assert!(!program.sees("Ny behandler") && !program.sees_part("kan ikke slettes"));
    assert_eq!(initials(&program)[0], "JH");
}

#[test]
fn how_it_looks() {
    let pc = with_newcomer();
    let mut program = open(&pc);
    program.picture("practitioners");
    program.picture_at("practitioners-at-150-percent", 1.5);
    program.right_click("SA");
    program.picture("practitioners-menu");
    program.tap(Named::Escape);
    program.click("LB");
    program.tap(Named::F2);
    program.picture("practitioner-editor");
    program.tap(Named::Escape);
    program.click_id("practitioners-new");
    program.type_text("jh");
    program.click("OK");
    program.picture("practitioner-faults");
    program.tap(Named::Escape);
    program.click("Kassér");
    program.click("JH");
    program.tap(Named::Delete);
    program.picture("practitioner-in-use");
    program.click("Deaktivér");
    program.click("Vis deaktiverede (1)");
    program.send(aftalebog::app::Message::ThemeTurned(Mode::Dark));
    program.picture("practitioners-deactivated-dark");
    program.click("Tobias Nissen");
    program.tap(Named::Delete);
    program.picture("practitioner-delete-dark");
    program.tap(Named::Escape);
    program.click("Tandlæger");
    program.tap(Named::F2);
    program.picture("group-editor-dark");
    program.tap(Named::Escape);
    program.send(aftalebog::app::Message::ThemeTurned(Mode::Light));
    program.resize(900.0, 650.0);
    program.picture("practitioners-narrow");
}
