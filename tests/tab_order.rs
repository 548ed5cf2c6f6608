//! Tab comes to every control of a dialog in the order of reading, and goes round in it.

use iced::Rectangle;
use iced::keyboard::{Modifiers, key::Named};

use crate::harness::Driver;
use crate::program::{Pc, Program};
use crate::type_editor::tab_stops;

#[track_caller]
pub fn reads(program: &mut Driver<Program>, first: &str) {
    assert_eq!(program.focused().as_deref(), Some(first), "where it begins");
    let mut stops = tab_stops(program);
    assert_eq!(program.focused().as_deref(), stops.first().map(String::as_str), "Tab goes round");
    program.key(Named::Tab, Modifiers::SHIFT);
    assert_eq!(program.focused().as_deref(), stops.last().map(String::as_str), "Shift+Tab goes back");
    let places: Vec<Rectangle> = stops.iter().map(|stop| program.bounds_of_id(stop)).collect();
    let height = |at: &usize| places[*at].center_y();
    let top = (0..places.len()).min_by(|one, other| height(one).total_cmp(&height(other))).unwrap();
    stops.rotate_left(top);
    let mut places = places;
    places.rotate_left(top);
    for (stops, places) in stops.windows(2).zip(places.windows(2)) {
        let [place, next] = [places[0], places[1]];
        let below = next.center_y() > place.center_y() + 8.0;
        let right = (next.center_y() - place.center_y()).abs() <= 8.0 && next.x > place.x;
        // What stands in the part to the right is read after the part to the left.
        let is_beside = |stop: &String| stop.starts_with("preview-");
        let beside = !is_beside(&stops[0]) && is_beside(&stops[1]) && next.x > place.x + place.width;
        assert!(below || right || beside, "{} comes before {}: {places:?}", stops[0], stops[1]);
    }
}

fn tall(pc: &Pc) -> Driver<Program> {
    let mut program = pc.start();
    // So that nothing scrolls under the measuring.
    program.resize(1280.0, 1700.0);
    program.open_settings();
    program
}

#[test]
fn of_the_settings() {
    reads(&mut tall(&Pc::with_demo()), "settings-service");
}

#[test]
fn of_the_settings_with_something_to_undo() {
    let pc = Pc::with_demo();
    let mut program = tall(&pc);
    program.click("SU");
    program.key(Named::ArrowDown, Modifiers::ALT);
    reads(&mut program, "types-row-1");
}

#[test]
fn of_the_type_editor() {
    let pc = Pc::with_demo();
    let mut program = tall(&pc);
    program.new_type();
    reads(&mut program, "type-appointment-type");
    program.tap(Named::Escape);
    program.edit("SU");
    reads(&mut program, "type-alias");
    program.tap(Named::Escape);
    program.edit("AKUT");
    reads(&mut program, "type-alias");
    // With everything that a pressed day shows.
    program.tap(Named::Escape);
    program.edit("AKUT");
    program.click("ons. 25. nov.");
    program.tap(Named::Tab);
    program.tap(Named::Tab);
    program.tap(Named::ArrowRight);
    assert_eq!(program.focused().as_deref(), Some("preview-times"));
    reads(&mut program, "preview-times");
}

#[test]
fn of_the_dialogs_behind_the_four_buttons() {
    let pc = Pc::with_demo();
    let mut program = tall(&pc);
    for (button, first) in [
        ("Aktiv", "service-close"),
        ("Klinik indstillinger", "clinic-registered-0"),
        ("Analytics indstillinger", "analytics-enabled"),
        ("Server indstillinger", "server-self-registration"),
    ] {
        program.click(button);
        reads(&mut program, first);
        program.tap(Named::Escape);
    }
}

#[test]
fn of_the_questions() {
    let pc = Pc::with_demo();
    let mut program = tall(&pc);
    program.right_click("SU");
    program.click("Slet …");
    reads(&mut program, "question-keep");
}

#[test]
fn of_the_first_page() {
    let pc = Pc::new();
    let mut program = pc.first_start();
    reads(&mut program, "welcome-new");
    program.click("Hent fra en sikkerhedskopi …");
    reads(&mut program, "files-path");
}
