//! «Ny klinik»: from nothing to the first time for a patient.

use std::fs;

use aftalebog::app::Message;
use aftalebog_booking::Setup;
use aftalebog_booking::check::{Finding, check};
use aftalebog_local::Store;
use futures::executor::block_on;
use iced::keyboard::Modifiers;
use iced::keyboard::key::Named;
use iced::theme::Mode;

use crate::harness::Driver;
use crate::program::{Pc, Program, codes, now, online_type, practitioner};

/// The first page of «Ny klinik», where nothing was ever started.
fn begin(pc: &Pc) -> Driver<Program> {
    let mut program = pc.first_start();
    assert_eq!(program.focused().as_deref(), Some("welcome-new"), "what a clinic begins with");
    program.tap(Named::Enter);
    assert_eq!(program.focused().as_deref(), Some("new-clinic-name"));
    program
}

/// Types over what the field with the focus holds.
fn overwrite(program: &mut Driver<Program>, text: &str) {
    program.clear();
    program.type_text(text);
}

fn fill_clinic(program: &mut Driver<Program>) {
    program.fill("Klinikkens navn", "Tandlægerne ved Åen");
    program.fill("Adresse", "Åvej 1, 8999 Demoby");
    program.fill("Telefon", "00 00 00 00");
}

/// The steps with what is proposed, and two practitioners; up to the last page.
fn walk_through(program: &mut Driver<Program>) {
    fill_clinic(program);
    program.tap(Named::Enter);
    assert_eq!(program.focused().as_deref(), Some("new-raster-15"), "fifteen minutes are proposed");
    program.tap(Named::Enter);
    program.type_text("Jens Holm");
    program.tap(Named::Insert);
    program.type_text("Line Bech");
    program.click_id("new-staff-titles-1");
    program.click("tandplejer");
    program.tap(Named::Enter);
    assert_eq!(program.focused().as_deref(), Some("new-hours-from-0"));
    program.tap(Named::Enter);
    assert_eq!(program.focused().as_deref(), Some("new-type-chosen-0"));
    program.tap(Named::Enter);
    assert_eq!(program.focused().as_deref(), Some("new-next"));
}

/// What the file holds while no program has it open.
fn kept(pc: &Pc) -> Setup {
    block_on(async {
        let store = Store::open(pc.clinic(), now()).await.unwrap();
        let setup = store.setup().await.unwrap();
        store.close().await;
        setup
    })
}

fn skip_everything(program: &mut Driver<Program>) {
    for _ in 0..5 {
        program.click("Spring over");
    }
}

// ------------------------------------------------------------------ the whole path

#[test]
fn a_clinic_is_made_in_a_few_steps_and_has_a_time_for_a_patient() {
    let pc = Pc::new();
    let mut program = begin(&pc);
    walk_through(&mut program);
    assert!(!pc.clinic().exists(), "nothing is made before the last press");
    for words in [
        "Tandlægerne ved Åen",
        "Jens Holm (JH), Line Bech (LB)",
        "JH 35 t · LB 35 t",
        "12 aftaletyper, heraf 9 til online booking",
    ] {
        assert!(program.sees(words), "{words}; on screen: {:?}", program.texts());
    }
    program.tap(Named::Enter);

    assert!(program.sees("Indstillinger") && program.sees_part("Klar: Tryk på «Inaktiv»"), "{:?}", program.texts());
    assert!(program.sees("Inaktiv"), "starting is for the clinic to do");
    let setup = program.setup();
    assert_eq!(setup.clinic.value.phone.as_str(), "00 00 00 00");
    assert_eq!(setup.clinic.value.raster_minutes.minutes(), 15);
    assert!(setup.clinic.value.closed_on_public_holidays && !setup.service.value.running);
    assert_eq!(setup.working_hours.len(), 2 * 5);
    assert_eq!(codes(&setup), ["SU", "FU", "DG", "TR", "PAR", "TB", "AKUT", "KNÆK", "BLEG"]);
    let with = |code| online_type(&setup, code).value.practitioners.into_iter().map(|row| row.practitioner);
    assert_eq!(with("AKUT").collect::<Vec<_>>(), [practitioner(&setup, "JH").id], "not with the hygienist");
    assert_eq!(check(&setup, [], now().date_naive()), Vec::<Finding>::new());

    program.click("Inaktiv");
    program.click("Start");
    program.click_id("service-close");
    assert!(program.sees("Aktiv"));
    program.click("Luk");
    program.click_id("view-as-patient");
    assert!(program.sees("DG") && !program.sees("SU"), "what somebody can book while nobody has a need");
    program.click_id("view-type");
    program.type_text("akut");
    program.tap(Named::Enter);
    assert!(program.sees("9.15") && !program.sees("9.00"), "the first time of the day: {:?}", program.texts());
    assert!(program.sees("23 tider"), "{:?}", program.texts());
    program.close();
    assert!(kept(&pc).service.value.running);
    assert!(pc.first_start().sees_part("JH"), "from now on it opens by itself");
}

#[test]
fn everything_skipped_makes_a_clinic_to_be_filled_later() {
    let pc = Pc::new();
    let mut program = begin(&pc);
    skip_everything(&mut program);
    for words in ["Hedder indtil videre «Klinikken»", "Sættes op bagefter under fanen «Behandlere»."] {
        assert!(program.sees(words), "{words}; on screen: {:?}", program.texts());
    }
    program.click("Opret klinik");
    assert!(program.sees_part("Klinikkens telefonnummer mangler"), "{:?}", program.texts());
    let setup = program.setup();
    assert_eq!(setup.clinic.value.name.as_str(), "Klinikken");
    assert_eq!(setup.clinic.value.raster_minutes.minutes(), 15);
    assert!(setup.practitioners.is_empty() && setup.working_hours.is_empty() && setup.appointment_types.is_empty());
}

#[test]
fn what_is_skipped_is_kept_and_not_used() {
    let pc = Pc::new();
    let mut program = begin(&pc);
    program.fill("Klinikkens navn", "Tandlægerne ved Åen");
    program.click("Spring over");
    for _ in 0..4 {
        program.click("Spring over");
    }
    program.click("1 Klinikken");
    assert_eq!(program.value("Klinikkens navn"), "Tandlægerne ved Åen");
    program.click("Næste");
    program.click("6 Færdig");
    assert!(program.sees("Tandlægerne ved Åen"), "now it is used");
    program.click("Opret klinik");
    assert_eq!(program.setup().clinic.value.name.as_str(), "Tandlægerne ved Åen");
}

#[test]
fn an_empty_book_says_how_it_is_begun() {
    let pc = Pc::new();
    let mut program = begin(&pc);
    skip_everything(&mut program);
    program.click("Opret klinik");
    program.click("Luk");
    assert!(program.sees("Her er ingen behandlere endnu."));
    assert!(program.sees("Hver behandler får en kolonne her. Opret den første under «Behandlere»."));
    program.click("Opret behandlere");
    assert_eq!(program.focused().as_deref(), Some("tab-practitioners"));
    program.click_id("practitioners-new");
    program.type_text("JH");
    program.fill("Navn", "Jens Holm");
    program.tap(Named::Enter);
    program.click("Luk");
    assert!(program.sees("JH") && !program.sees("Opret behandlere"));
    assert!(program.sees("Ingen på arbejde denne dag"), "he has no hours yet");
}

#[test]
fn a_day_without_appointments_says_how_one_is_made() {
    let hint = "Dobbeltklik på en tid for at lave en aftale.";
    let pc = Pc::new();
    let mut program = begin(&pc);
    walk_through(&mut program);
    program.tap(Named::Enter);
    program.click("Luk");
    assert!(program.sees(hint));
    let pc = Pc::with_demo();
    assert!(!pc.start().sees(hint), "where something is booked, everybody knows");
}

/// As a newcomer would: everything skipped, and then one tab after the other.
#[test]
fn a_clinic_that_skipped_everything_is_filled_in_the_settings() {
    let pc = Pc::new();
    let mut program = begin(&pc);
    skip_everything(&mut program);
    program.click("Opret klinik");

    program.click("Vis");
    assert_eq!(program.focused().as_deref(), Some("clinic-phone"), "the check leads to what is missing");
    program.type_text("00 00 00 00");
    program.fill("Klinikkens navn", "Tandlægerne ved Åen");
    program.click("OK");

    program.click("Behandlere");
    program.click_id("practitioners-new");
    program.type_text("JH");
    program.fill("Navn", "Jens Holm");
    program.click("OK");

    program.click("Aftaletyper");
    program.click_id("catalogue-new");
    program.type_text("AKUT");
    program.fill("Navn", "Tandpine");
    program.fill("Minutter", "30");
    program.click("OK");
    program.click("Sæt op til online booking …");
    // The same day, and to be changed until it begins.
    for (label, typed) in [("Booking muligt", ""), ("Afbud muligt", "0"), ("Flytning muligt indtil", "0")] {
        program.fill(label, typed);
    }
    program.click("Oprettelse/behandlere styres af behov");
    program.click_in_line("JH", "type-row-");
    program.click("OK");

    program.click("Online booking");
    assert!(program.sees_part("Ingen behandler er tilmeldt"), "{:?}", program.texts());
    program.click("Vis");
    program.tap(Named::Space);
    program.click_id("clinic-takes-new-0");
    program.click("OK");
    assert!(program.sees_part("JH er tilmeldt, men har ingen arbejdstid"), "{:?}", program.texts());
    program.click("Vis");
    assert_eq!(program.focused().as_deref(), Some("hours-empty"));
    program.click("Ny");
    for day in ["ma", "ti", "on", "to"] {
        program.click(day);
    }
    program.click("OK");

    program.click("Online booking");
    assert!(program.sees_part("Klar: Tryk på «Inaktiv»"), "{:?}", program.texts());
    program.click("Inaktiv");
    program.click("Start");
    program.click_id("service-close");
    program.click("Luk");
    program.click_id("view-as-patient");
    assert!(program.sees("AKUT") && program.sees("9.15"), "{:?}", program.texts());
}

#[test]
fn what_is_typed_into_a_skipped_step_is_used() {
    let pc = Pc::new();
    let mut program = begin(&pc);
    skip_everything(&mut program);
    program.click("1 Klinikken");
    program.fill("Klinikkens navn", "Tandlægerne ved Åen");
    program.fill("Adresse", "Åvej 1, 8999 Demoby");
    program.click("2 Tidsperiode");
    program.click("10 min.");
    program.click("3 Behandlere");
    program.click_id("new-staff-name-0");
    program.type_text("Jens Holm");
    program.click("4 Arbejdstider");
    program.click("lørdag");
    program.click("5 Aftaletyper");
    program.click("KIR");
    program.click("6 Færdig");
    for words in [
        "Tandlægerne ved Åen",
        "Åvej 1, 8999 Demoby · Telefonnummeret mangler endnu.",
        "En række i aftalebogen er 10 minutter, så en time er 6 rækker.",
        "Jens Holm (JH)",
        "JH 40 t",
        "11 aftaletyper, heraf 9 til online booking",
    ] {
        assert!(program.sees(words), "{words}; on screen: {:?}", program.texts());
    }
}

// ------------------------------------------------------------------------ each step

#[test]
fn going_back_and_forth_loses_nothing() {
    let pc = Pc::new();
    let mut program = begin(&pc);
    walk_through(&mut program);
    for _ in 0..5 {
        program.click("Tilbage");
    }
    assert_eq!(program.value("Telefon"), "00 00 00 00");
    program.click("3 Behandlere");
    assert_eq!(program.text_of("new-staff-name-1"), "Line Bech");
    assert_eq!(program.text_of("new-staff-title-1"), "tandplejer");
    program.click("6 Færdig");
    program.click_id("new-change-1");
    program.click("10 min.");
    assert!(program.sees("En række i aftalebogen er 10 minutter, så en time er 6 rækker."));
    program.click_id("language");
    assert!(program.sees("A row of the appointment book is 10 minutes, so an hour is 6 rows."));
    program.click("6 Done");
    program.click("Create clinic");
    assert_eq!(program.setup().clinic.value.raster_minutes.minutes(), 10);
    assert_eq!(online_type(&program.setup(), "KNÆK").value.min_spacing_minutes.unwrap().get(), 20, "it fits the rows");
}

#[test]
fn the_rows_of_the_book_are_chosen_with_the_arrows() {
    let pc = Pc::new();
    let mut program = begin(&pc);
    program.click("Spring over");
    program.tap(Named::ArrowRight);
    assert_eq!(program.focused().as_deref(), Some("new-raster-20"));
    program.tap(Named::ArrowLeft);
    program.tap(Named::ArrowLeft);
    assert!(program.sees("En række i aftalebogen er 10 minutter, så en time er 6 rækker."));
    for _ in 0..2 {
        program.tap(Named::ArrowLeft);
    }
    assert_eq!(program.focused().as_deref(), Some("new-raster-30"), "after the first comes the last");
    program.tap(Named::Enter);
    assert_eq!(program.focused().as_deref(), Some("new-staff-name-0"), "Enter goes on");
}

#[test]
fn a_clinic_without_a_name_is_asked_for_one() {
    let pc = Pc::new();
    let mut program = begin(&pc);
    let missing = "Skriv klinikkens navn, eller tryk på «Spring over».";
    assert!(!program.sees(missing), "nobody is blamed before they have begun");
    program.fill("Telefon", "00 00 00 00");
    program.tap(Named::Enter);
    assert!(program.sees(missing));
    assert_eq!(program.focused().as_deref(), Some("new-clinic-name"));
    program.type_text(&"å".repeat(101));
    assert!(program.sees("Højst 100 tegn – der er skrevet 101."));
    overwrite(&mut program, "Klinikken i Nørregade");
    program.tap(Named::Enter);
    assert_eq!(program.focused().as_deref(), Some("new-raster-15"));
}

#[test]
fn what_nobody_can_be_reached_by_is_refused_before_the_next_step() {
    let no_telephone = "Skriv kun nummeret, med mindst 8 cifre, fx +45 00 00 00 00, eller lad feltet være tomt.";
    let no_email = "Skriv adressen som navn@eksempel.dk, eller lad feltet være tomt.";
    let pc = Pc::new();
    let mut program = begin(&pc);
    fill_clinic(&mut program);
    program.fill("Telefon", "abc");
    program.fill("E-mail", "klinik");
    assert!(!program.sees(no_telephone) && !program.sees(no_email), "nobody is blamed while they type");
    program.tap(Named::Enter);
    assert_eq!(program.focused().as_deref(), Some("new-clinic-phone"));
    assert!(program.sees(no_telephone) && program.sees(no_email));
    overwrite(&mut program, "00 00 00 00");
    program.tap(Named::Enter);
    assert_eq!(program.focused().as_deref(), Some("new-clinic-email"));
    overwrite(&mut program, "");
    program.tap(Named::Enter);
    assert_eq!(program.focused().as_deref(), Some("new-raster-15"));
}

#[test]
fn initials_are_proposed_and_faults_stand_at_their_row() {
    let pc = Pc::new();
    let mut program = begin(&pc);
    program.click("Spring over");
    program.click("Næste");
    program.tap(Named::Enter);
    assert!(program.sees("Skriv navnet på mindst én behandler, eller tryk på «Spring over»."));
    program.type_text("Jens Holm");
    assert_eq!(program.text_of("new-staff-initials-0"), "JH");
    program.tap(Named::Insert);
    program.type_text("Jytte Hansen");
    assert_eq!(program.text_of("new-staff-initials-1"), "JHA", "JH is taken");
    program.tap(Named::Tab);
    overwrite(&mut program, "jh");
    assert!(program.sees("jh er allerede brugt. Skriv andre initialer."));
    program.tap(Named::Enter);
    assert_eq!(program.focused().as_deref(), Some("new-staff-initials-1"));
    overwrite(&mut program, "JY");
    program.key(Named::Tab, Modifiers::SHIFT);
    overwrite(&mut program, "Jytte Holm");
    assert_eq!(program.text_of("new-staff-initials-1"), "JY", "what a person has written stays");
    program.click("Tilføj behandler");
    program.click_id("new-staff-remove-0");
    assert_eq!(program.text_of("new-staff-name-0"), "Jytte Holm");
    program.click("Tilføj behandler");
    program.type_text("Anne Poulsen");
    program.click_id("new-staff-titles-2");
    program.tap(Named::Escape);
    assert!(!program.sees("specialtandlæge"), "Esc closes the list of titles first");
    assert_eq!(program.focused().as_deref(), Some("new-staff-title-2"));
    program.click_id("new-staff-titles-2");
    for width in [700.0, 1280.0] {
        program.resize(width, 800.0);
        let field = program.bounds_of_id("new-staff-title-2");
        for place in 0..4 {
            let choice = program.bounds_of_id(&format!("new-staff-title-choice-{place}"));
            let within = choice.x >= field.x && choice.x + choice.width <= field.x + field.width;
            assert!(within && choice.y > field.y, "the list stands under its field: {choice:?}, {field:?}");
        }
    }
    program.tap(Named::Tab);
    program.tap(Named::Tab);
    program.tap(Named::Enter);
    assert_eq!(program.text_of("new-staff-title-2"), "klinikassistent");
    for _ in 0..2 {
        program.click("Næste");
    }
    assert!(program.sees("Fjern fluebenet ved dem, I ikke bruger. Alt kan ændres bagefter, og flere kan føjes til."));
    program.click("Næste");
    assert!(program.sees("Jytte Holm (JY), Anne Poulsen (AP)"), "the blank row between is passed over");
    assert!(program.sees("I online booking: JY"), "an assistant is not proposed to patients");
    program.click("Opret klinik");
    assert!(!practitioner(&program.setup(), "AP").value.registered);
}

#[test]
fn one_week_for_all_and_another_for_one() {
    let pc = Pc::new();
    let mut program = begin(&pc);
    program.click("Spring over");
    program.click("Næste");
    program.type_text("Jens Holm");
    program.tap(Named::Insert);
    program.type_text("Line Bech");
    program.tap(Named::Enter);
    assert!(program.sees("I alt 35 t om ugen"));
    for (id, typed, fault) in [
        ("new-hours-to-0", "7", "Dagen skal slutte, efter at den er begyndt."),
        ("new-hours-to-0", "halv fire", "Skriv et klokkeslæt, fx 8.00."),
        ("new-hours-to-0", "12.15", "Frokosten skal ligge inde i arbejdstiden."),
        ("new-hours-lunch-to-1", "11.30", "Frokosten skal slutte, efter at den er begyndt."),
        ("new-hours-lunch-to-2", "", "Skriv både fra og til, eller lad frokosten stå tom."),
    ] {
        program.click_id(id);
        let before = program.text_of(id);
        overwrite(&mut program, typed);
        assert!(program.sees(fault), "{fault}; on screen: {:?}", program.texts());
        program.tap(Named::Enter);
        assert_eq!(program.focused().as_deref(), Some(if typed == "12.15" { "new-hours-lunch-from-0" } else { id }));
        program.click_id(id);
        overwrite(&mut program, &before);
    }
    program.click_id("new-hours-to-0");
    overwrite(&mut program, "1530");
    assert!(program.sees("I alt 34 t 30 min. om ugen"));
    program.click("LB");
    assert!(program.sees("LB har sin egen uge"));
    program.click("LB har sin egen uge");
    program.click("fredag");
    program.click("lørdag");
    program.click_id("new-hours-to-5");
    overwrite(&mut program, "ugle");
    program.click("Alle");
    program.click("Næste");
    assert!(program.sees("Skriv et klokkeslæt, fx 8.00."), "the week with the fault is brought into sight");
    overwrite(&mut program, "12");
    program.click("Lukket på helligdage");
    program.tap(Named::Enter);
    program.click("Næste");
    assert!(program.sees("JH 34 t 30 min. · LB 33 t 30 min.") && program.sees("Åbent på helligdage"));
    program.click("Opret klinik");
    let setup = program.setup();
    let days = |initials| {
        let of = practitioner(&setup, initials).id;
        let hours = setup.working_hours.iter().filter(move |hours| hours.value.practitioner == of);
        let mut days: Vec<u8> = hours.map(|hours| hours.value.weekday.into()).collect();
        days.sort_unstable();
        days
    };
    assert_eq!((days("JH"), days("LB")), (vec![1, 2, 3, 4, 5], vec![1, 2, 3, 4, 6]));
    assert!(!setup.clinic.value.closed_on_public_holidays);
}

#[test]
fn types_are_ticked_and_given_their_minutes() {
    let pc = Pc::new();
    let mut program = begin(&pc);
    for _ in 0..4 {
        program.click("Spring over");
    }
    program.tap(Named::Space);
    assert_eq!(program.focused().as_deref(), Some("new-type-chosen-0"), "SU is not used here");
    program.click_id("new-type-minutes-1");
    overwrite(&mut program, "4");
    program.tap(Named::Enter);
    assert!(program.sees("Skriv et helt tal fra 5 til 480."));
    assert_eq!(program.focused().as_deref(), Some("new-type-minutes-1"));
    overwrite(&mut program, "40");
    program.click_id("new-type-online-2");
    program.tap(Named::Enter);
    assert!(program.sees("11 aftaletyper, heraf 7 til online booking"), "{:?}", program.texts());
    program.click("Opret klinik");
    let setup = program.setup();
    assert_eq!(codes(&setup)[..2], ["FU", "TR"]);
    let minutes = setup.appointment_types.iter().find(|of| of.value.code.as_str() == "FU").unwrap().value.minutes;
    assert_eq!(minutes.get(), 40);
}

// -------------------------------------------------------------------- leaving, failing

#[test]
fn escape_asks_before_anything_typed_is_lost() {
    let pc = Pc::new();
    let mut program = begin(&pc);
    program.tap(Named::Escape);
    assert!(program.sees("Velkommen til Aftalebog"), "nothing was typed");
    program.click("Ny klinik");
    program.type_text("Tandlægerne");
    program.tap(Named::Escape);
    assert!(program.sees("Forlad Ny klinik?"));
    program.tap(Named::Escape);
    assert_eq!(program.value("Klinikkens navn"), "Tandlægerne");
    program.send(Message::CloseRequested);
    assert!(!program.exited && program.sees("Luk uden at gemme?"));
    program.click("Bliv her");
    program.click("Annuller");
    program.click("Kassér");
    assert!(program.sees("Velkommen til Aftalebog"));
    program.close();
    assert!(!pc.clinic().exists());
}

#[test]
fn closing_in_the_middle_asks_and_then_makes_nothing() {
    let pc = Pc::new();
    let mut program = begin(&pc);
    walk_through(&mut program);
    program.send(Message::CloseRequested);
    program.click("Kassér og luk");
    assert!(program.exited && !pc.clinic().exists());
}

#[test]
fn a_clinic_that_cannot_be_made_keeps_everything_and_says_why() {
    let pc = Pc::new();
    let mut program = begin(&pc);
    walk_through(&mut program);
    fs::write(pc.clinic(), "somebody else's").unwrap();
    program.tap(Named::Enter);
    assert!(program.sees("Der er allerede en klinik på denne pc, og den bliver ikke overskrevet."));
    assert_eq!(fs::read_to_string(pc.clinic()).unwrap(), "somebody else's");
    assert_eq!(program.focused().as_deref(), Some("new-next"));
    program.click("1 Klinikken");
    assert_eq!(program.value("Klinikkens navn"), "Tandlægerne ved Åen");
    fs::remove_file(pc.clinic()).unwrap();
    program.click("6 Færdig");
    program.click("Opret klinik");
    assert!(program.sees("Indstillinger"));
}

#[test]
fn a_slow_disk_is_waited_for_and_said() {
    let pc = Pc::new();
    let mut program = begin(&pc);
    walk_through(&mut program);
    program.slow_disk("NextPressed");
    program.tap(Named::Enter);
    assert!(program.sees("Opretter …"));
    program.send(Message::NewClinic(aftalebog::screen::new_clinic::Message::CreatingIsSlow));
    assert!(program.sees("Opretter klinikkens fil …"));
    program.tap(Named::Escape);
    program.tap(Named::Enter);
    assert!(program.sees("Opretter …"), "nothing stops it half way");
    program.send(Message::CloseRequested);
    assert!(!program.exited, "nor does closing the window");
    program.disk_answers();
    assert!(program.exited);
    assert_eq!(kept(&pc).practitioners.len(), 2, "and the clinic is there");
}

// -------------------------------------------------------------------- how it looks

#[test]
fn each_step_in_a_picture() {
    let pc = Pc::new();
    let mut program = begin(&pc);
    program.picture("new-clinic");
    fill_clinic(&mut program);
    program.tap(Named::Enter);
    program.picture("new-raster");
    program.tap(Named::Enter);
    program.type_text("Jens Holm");
    program.tap(Named::Insert);
    program.type_text("Line Bech");
    program.tap(Named::Tab);
    overwrite(&mut program, "JH");
    program.picture("new-staff-fault");
    overwrite(&mut program, "LB");
    program.click_id("new-staff-titles-1");
    program.picture("new-staff-titles");
    program.click("tandplejer");
    program.tap(Named::Enter);
    program.picture("new-hours");
    program.click("LB");
    program.click("LB har sin egen uge");
    program.click_id("new-hours-to-2");
    overwrite(&mut program, "halv fire");
    program.picture("new-hours-fault");
    program.send(Message::ThemeTurned(Mode::Dark));
    program.picture("new-hours-fault-dark");
    overwrite(&mut program, "15.30");
    program.tap(Named::Enter);
    program.picture("new-types-dark");
    program.send(Message::ThemeTurned(Mode::Light));
    program.picture("new-types");
    program.picture_at("new-types-at-150-percent", 1.5);
    program.tap(Named::Enter);
    program.picture("new-summary");
    program.resize(900.0, 650.0);
    program.picture("new-summary-narrow");
    program.click("5 Aftaletyper");
    program.picture("new-types-narrow");
    program.click("4 Arbejdstider");
    program.picture("new-hours-narrow");
    program.click("3 Behandlere");
    program.picture("new-staff-narrow");
    program.tap(Named::Escape);
    program.picture("new-leave-question");
    program.tap(Named::Escape);
    program.resize(1280.0, 800.0);
    program.click("6 Færdig");
    program.click("Opret klinik");
    program.picture("new-made");
}

#[test]
fn everything_skipped_in_a_picture() {
    let pc = Pc::new();
    let mut program = begin(&pc);
    skip_everything(&mut program);
    program.picture("new-summary-skipped");
    program.click_id("language");
    program.picture("new-summary-skipped-english");
    program.send(Message::ThemeTurned(Mode::Dark));
    program.picture("new-summary-skipped-dark");
}
