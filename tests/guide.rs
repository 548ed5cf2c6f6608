//! The clinic's own guide, «Online booking – opsætning», step by step.

use aftalebog_booking::Write;
use aftalebog_booking::bounded::{NoticeDays, RecallDays, SpacingMinutes};
use aftalebog_booking::record::{OnlineType, Service};

use crate::harness::Driver;
use crate::program::{Pc, Program, codes, is_online, online_type, practitioner};

const SPACING: &str = "Minimum tid mellem foreslåede tider";
const NEED_DRIVEN: &str = "Oprettelse/behandlere styres af behov";
const CHOOSE: &str = "Vælg behandler – selvom type styres af behov";
const WITHOUT_NEED: &str = "Kan oprettes uden behov på følgende behandlere";
const AFTER: &str = "Max dage EFTER indkaldeuge";
const BOOKING: &str = "Booking muligt";
const CANCEL: &str = "Afbud muligt";
const MOVE: &str = "Flytning muligt indtil";

fn stopped() -> Pc {
    Pc::with_changed_demo(|setup| {
        let before = &setup.service;
        Write::edit(before, &Service { running: false, ..before.value.clone() }).into_iter().collect()
    })
}

/// Saves what is in the dialog that is open, and starts the program anew.
fn ok_and_restart(pc: &Pc, mut program: Driver<Program>) -> Driver<Program> {
    program.click("OK");
    assert!(!program.sees("OK"), "saving closes the dialog");
    let mut program = pc.restart(program);
    program.open_settings();
    program
}

fn number(number: Option<SpacingMinutes>) -> Option<u16> {
    number.map(SpacingMinutes::get)
}

fn days(number: Option<NoticeDays>) -> Option<u16> {
    number.map(NoticeDays::get)
}

/// «Vælg ”Tandhjulet” i ”Aftalebogen”».
#[test]
fn opsaetning_1_tandhjulet_i_aftalebogen() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    assert!(!program.sees("Indstillinger"));
    program.click_id("gear");
    assert!(program.sees("Indstillinger"));
}

/// «Vælg fanen ”Online booking”, hvorefter du kommer frem til vinduet for opsætningen».
#[test]
fn opsaetning_2_fanen_online_booking() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.click("Online booking");
    assert!(program.sees("Online booking") && program.sees("Aftaletyper"));
}

/// «Du finder 4 knapper; Aktiv – Klinik indstillinger – Analytics indstillinger – Server indstillinger».
#[test]
fn opsaetning_3_de_fire_knapper_i_raekkefoelge() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    let buttons = ["Aktiv", "Klinik indstillinger", "Analytics indstillinger", "Server indstillinger"];
    let at = buttons.map(|button| program.bounds_of(button));
    for pair in at.windows(2) {
        assert!((pair[0].center_y() - pair[1].center_y()).abs() < 2.0, "they stand in one line");
        assert!(pair[0].x + pair[0].width < pair[1].x, "in this order");
    }
}

/// «Knappen til venstre skal stå som ”Aktiv”. Er det ikke tilfældet, så klik på den og tryk ”Start”».
#[test]
fn opsaetning_3_er_den_ikke_aktiv_saa_klik_paa_den_og_tryk_start() {
    let pc = stopped();
    let mut program = pc.settings();
    assert!(!program.sees("Aktiv"));
    program.click("Inaktiv");
    program.click("Start");
    assert!(program.service().running);
    program.click("Luk");
    assert!(program.sees("Aktiv"));
    let mut program = pc.restart(program);
    program.open_settings();
    assert!(program.sees("Aktiv"), "after a restart");
}

/// «Højre klik i det hvide felt under ”Aftaletyper”, såfremt du skal oprette en ny aftale».
#[test]
fn aftaletype_1_hoejreklik_i_det_hvide_felt_opretter() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.right_click_empty_field();
    program.click("Ny aftaletype …");
    assert!(program.sees("Ny aftaletype til online booking"));
}

/// «Eller højreklik på en allerede eksisterende aftaletype, for at redigere i den».
#[test]
fn aftaletype_1_hoejreklik_paa_en_aftaletype_redigerer() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.right_click("AKUT");
    program.click("Rediger …");
    assert!(program.sees("Aftaletype: AKUT"));
    assert_eq!(program.value("Online alias"), "Tandpine / akut");
}

/// «Tryk på ”Aftaletype” og vælg den du gerne vil oprette».
#[test]
fn aftaletype_2_tryk_paa_aftaletype_og_vaelg() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.right_click_empty_field();
    program.click("Ny aftaletype …");
    program.choose_type("Kirurgi");
    let mut program = ok_and_restart(&pc, program);
    assert!(program.sees("KIR"));
    assert!(is_online(&program.setup(), "KIR"));
}

/// «Skriv det navn, som patienten kommer til at se under: ”Online alias”. Fx SU – Undersøgelse».
#[test]
fn aftaletype_3_online_alias() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.edit("SU");
    assert_eq!(program.value("Online alias"), "Undersøgelse");
    program.fill("Online alias", "Årligt eftersyn");
    let mut program = ok_and_restart(&pc, program);
    assert!(program.sees("Årligt eftersyn"));
    assert_eq!(program.online_type("SU").alias.as_str(), "Årligt eftersyn");
}

/// «Er der skrevet 30 minutter og arbejdsdagen starter kl. 08:00 … 08:00 / 08:30 / 09:00».
#[test]
fn aftaletype_4_minimum_tid_mellem_foreslaaede_tider_30() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.edit("TB");
    program.fill(SPACING, "30");
    assert!(program.sees("En ledig dag fra 8.00: 8.00, 8.30, 9.00 …"));
    let program = ok_and_restart(&pc, program);
    assert_eq!(number(program.online_type("TB").min_spacing_minutes), Some(30));
}

/// «Står der 0 ved minutter, så vil de få tilbudt alle ledige tider».
#[test]
fn aftaletype_4_minimum_tid_mellem_foreslaaede_tider_0() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.edit("SU");
    program.fill(SPACING, "0");
    assert!(program.sees_part("Alle ledige tider."));
    let mut program = ok_and_restart(&pc, program);
    assert_eq!(number(program.online_type("SU").min_spacing_minutes), Some(0));
    program.edit("SU");
    assert_eq!(program.value(SPACING), "0");
}

/// «Sæt flueben i denne boks, hvis det udelukkende er en patients behov der skal diktere».
#[test]
fn aftaletype_5_styres_af_behov() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.edit("BLEG");
    assert!(program.sees("Alle patienter kan booke hos LB, CN."));
    program.click(NEED_DRIVEN);
    assert!(program.sees_part("Kun patienter med et åbent behov af denne type kan booke"));
    let program = ok_and_restart(&pc, program);
    assert!(program.online_type("BLEG").need_driven);
}

/// «Det kan dog tilvælges, at patienterne selv vælger, hvilken behandler de vil behandles af».
#[test]
fn aftaletype_5_vaelg_behandler_selvom_type_styres_af_behov() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.edit("FU");
    program.click(CHOOSE);
    assert!(program.sees(
        "Patienten får tider hos alle tilmeldte behandlere; ved samme klokkeslæt står behovets egen behandler først."
    ));
    let program = ok_and_restart(&pc, program);
    let saved = program.online_type("FU");
    assert!(saved.need_driven && saved.choose_practitioner);
}

/// «Tilvælges de i feltet nederst, med et flueben i ”Aktiv”».
#[test]
fn aftaletype_6_uden_behov_paa_foelgende_behandlere() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.edit("TB");
    program.click(NEED_DRIVEN);
    assert!(program.sees("Ingen kan booke typen: sæt flueben ud for en behandler nederst."));
    program.bring_into_view("SA");
    assert!(program.sees("Aktiv") && program.sees(WITHOUT_NEED));
    program.click_in_line("JH", "type-row-");
    program.click_in_line("SA", "type-row-");
    let mut program = ok_and_restart(&pc, program);
    let setup = program.setup();
    let saved = online_type(&setup, "TB").value;
    let ticked: Vec<_> = saved.practitioners.iter().filter(|row| row.active).map(|row| row.practitioner).collect();
    assert_eq!(ticked, [practitioner(&setup, "JH").id, practitioner(&setup, "SA").id]);
    assert!(!saved.need_driven);
    assert!(program.sees_part("JH, SA · alle ledige tider"));
}

/// «I fx 100 dage efter uge 30».
#[test]
fn aftaletype_7_max_dage_efter_indkaldeuge() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.edit("FU");
    program.fill(AFTER, "100");
    assert!(program.sees("Uge 48: til og med tirsdag 9. marts 2027"));
    let program = ok_and_restart(&pc, program);
    assert_eq!(program.online_type("FU").max_days_after_recall_week.map(RecallDays::get), Some(100));
}

/// «Står der ”0”, kan de booke dagen efter, står der ingenting, samme dag, står der ”1”, i overmorgen».
#[test]
fn aftaletype_8_booking_muligt_tomt_0_og_1() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    let cases = [
        ("", "Tidligst: i dag (man. 23. nov.), senere end lige nu", None),
        ("0", "Tidligst: i morgen (tirs. 24. nov.)", Some(0)),
        ("1", "Tidligst: i overmorgen (ons. 25. nov.)", Some(1)),
    ];
    for (typed, sentence, saved) in cases {
        program.edit("PAR");
        program.fill(BOOKING, typed);
        assert!(program.sees(sentence), "«{typed}»: {sentence}");
        program = ok_and_restart(&pc, program);
        assert_eq!(days(program.online_type("PAR").earliest_booking_days), saved);
        program.edit("PAR");
        assert_eq!(program.value(BOOKING), typed);
        program.click("Annuller");
    }
}

/// «Afbud muligt 2 dag(e) før aftalen».
#[test]
fn aftaletype_9_afbud_muligt() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.edit("TR");
    program.fill(CANCEL, "2");
    assert!(program.sees("Senest: lørdag 28. november for en aftale mandag 30. november"));
    let program = ok_and_restart(&pc, program);
    assert_eq!(days(program.online_type("TR").cancel_days), Some(2));
}

/// «Flytning muligt indtil 2 dag(e) før aftalen».
#[test]
fn aftaletype_10_flytning_muligt_indtil() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.edit("AKUT");
    program.fill(MOVE, "2");
    assert!(program.sees("Senest: lørdag 28. november for en aftale mandag 30. november"));
    let program = ok_and_restart(&pc, program);
    assert_eq!(days(program.online_type("AKUT").move_days), Some(2));
    assert_eq!(days(program.online_type("AKUT").cancel_days), Some(0), "the two are independent");
}

/// «Gå ind i ”Server indstillinger” – kryds feltet ”Tillad selvoprettelse” af og tryk ”OK”».
#[test]
fn selvoprettelse_1_tillad_selvoprettelse_i_server_indstillinger() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    let before = program.service().self_registration;
    program.click("Server indstillinger");
    program.click("Tillad selvoprettelse");
    let program = ok_and_restart(&pc, program);
    assert_eq!(program.service().self_registration, !before);
}

/// «Tryk derefter på knappen ”Klinik indstillinger”».
#[test]
fn selvoprettelse_2_klinik_indstillinger() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.click("Klinik indstillinger");
    assert!(program.sees("Tilmeldt") && program.sees("Aktiv") && program.sees("Rækkefølge"));
}

/// «Kryds de behandlere af, som skal være tilmeldt … gerne må tage imod nye patienter … rækkefølge».
#[test]
fn selvoprettelse_4_tilmeldt_aktiv_og_raekkefoelge() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.click("Klinik indstillinger");
    program.click_in_line("PV", "clinic-registered-");
    program.click_in_line("PV", "clinic-takes-new-");
    program.click_in_line("PV", "clinic-up-");
    assert!(program.sees("Patienterne ser behandlerne i denne rækkefølge: JH, MK, SA, LB, CN, PV"));
    assert!(program.sees("Nye patienter kan booke hos JH, SA, CN, PV"));
    program.click_in_line("PV", "clinic-up-");
    let mut program = ok_and_restart(&pc, program);
    let saved = program.practitioner("PV");
    assert!(saved.registered && saved.takes_new_patients);
    let order: Vec<String> =
        program.setup().practitioners.iter().map(|entry| entry.value.initials.to_string()).collect();
    assert_eq!(order, ["JH", "MK", "SA", "LB", "PV", "CN", "AP"]);
    program.click("Klinik indstillinger");
    assert!(program.sees("Patienterne ser behandlerne i denne rækkefølge: JH, MK, SA, LB, PV, CN"));
}

/// «Online Booking er nu klar til brug».
#[test]
fn hele_vejledningen_fra_foerste_til_sidste_linje() {
    let pc = stopped();
    let mut program = pc.start();
    program.click_id("gear");
    program.click("Online booking");
    program.click("Inaktiv");
    program.click("Start");
    program.click("Luk");
    assert!(program.sees("Aktiv"));

    program.right_click_empty_field();
    program.click("Ny aftaletype …");
    program.choose_type("Kirurgi");
    program.fill("Online alias", "Operation");
    program.fill(SPACING, "30");
    program.click(NEED_DRIVEN);
    program.click(NEED_DRIVEN);
    program.click(CHOOSE);
    program.fill(AFTER, "100");
    program.fill(BOOKING, "0");
    program.fill(CANCEL, "2");
    program.fill(MOVE, "2");
    program.click("OK");

    program.right_click("KNÆK");
    program.click("Rediger …");
    program.click_in_line("LB", "type-row-");
    program.click("OK");

    program.click("Server indstillinger");
    if !program.service().self_registration {
        program.click("Tillad selvoprettelse");
    }
    program.click("OK");
    program.click("Klinik indstillinger");
    program.click_in_line("AP", "clinic-registered-");
    program.click_in_line("AP", "clinic-takes-new-");
    program.click("OK");
    program.click("Luk");

    program.close();
    let setup = pc.demo_setup();
    let Service { running, self_registration, .. } = setup.service.value;
    assert!(running && self_registration);
    let OnlineType { alias, need_driven, choose_practitioner, cancel_days, move_days, .. } =
        online_type(&setup, "KIR").value;
    assert_eq!((alias.as_str(), need_driven, choose_practitioner), ("Operation", true, true));
    assert_eq!((days(cancel_days), days(move_days)), (Some(2), Some(2)));
    assert_eq!(codes(&setup).last().map(String::as_str), Some("KIR"), "a new type comes last");
    let lb = practitioner(&setup, "LB").id;
    assert!(online_type(&setup, "KNÆK").value.practitioners.iter().any(|row| row.practitioner == lb && row.active));
    assert!(practitioner(&setup, "AP").value.takes_new_patients);

    let mut program = pc.settings();
    assert!(program.sees("Aktiv") && program.sees("Operation"));
}
