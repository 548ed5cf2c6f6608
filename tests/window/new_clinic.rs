//! From an empty folder to the first time that is suggested to a patient.

use super::*;

#[test]
fn a_new_clinic_is_set_up_and_suggests_a_first_time() {
    let desktop = Desktop::start();
    let mut desk = Reception::at_first(&desktop);
    assert!(!path(&desk.folder, File::Clinic).exists(), "looking makes no file");

    // «Ny klinik» has the focus.
    desk.park();
    desk.press(Named::Enter);
    desk.write("Tandlægerne ved Åen");
    desk.press(Named::Tab);
    desk.press(Named::Tab);
    desk.write("00 00 00 00");
    desk.press(Named::Enter);

    // «Tidsperiode»: by the mouse, and on with Enter.
    desk.click("10 min.");
    desk.click("15 min.");
    desk.click("Næste");

    // «Behandlere»: the initials come by themselves.
    desk.write("Jens Holm");
    desk.click("Tilføj behandler");
    desk.write("Line Bech");
    desk.click_id("new-staff-titles-1");
    desk.press(Named::Tab);
    desk.press(Named::Enter);
    desk.press(Named::Enter);

    // «Arbejdstider»: the hygienist begins later on Mondays.
    desk.click("LB");
    desk.click("LB har sin egen uge");
    desk.overwrite("9.15");
    desk.press(Named::Enter);

    // «Aftaletyper»: without surgery.
    desk.click("KIR");
    desk.click("Næste");
    desk.click("Opret klinik");

    // «Online booking», with the check of the settings: nothing is left but «Start».
    assert!(desk.driver.sees("Indstillinger"));
    desk.click("Inaktiv");
    desk.click("Start");
    desk.press(Named::Escape);
    desk.click("Luk");

    // «Vis som patient»: an emergency, today.
    desk.click_id("view-as-patient");
    desk.click_id("view-type");
    desk.write("akut");
    desk.press(Named::Enter);
    assert!(desk.driver.sees("23 tider") && desk.driver.sees("9.15"), "{:?}", desk.driver.texts());

    let made = Setup::gather(desk.export("made.json").records).unwrap();
    assert_eq!(made.clinic.value.name.as_str(), "Tandlægerne ved Åen");
    assert!(made.service.value.running);
    let initials: Vec<_> = made.practitioners.iter().map(|of| of.value.initials.as_str()).collect();
    assert_eq!((initials, made.appointment_types.len()), (vec!["JH", "LB"], 11));
    save(&evidence("first-time-of-a-new-clinic.png"), &desktop.picture(desk.window));
}
