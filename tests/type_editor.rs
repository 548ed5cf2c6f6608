//! The editor of one appointment type: what it says while one types, and what it refuses.

use std::sync::atomic::{AtomicI64, Ordering};

use aftalebog::app::{Message, Start};
use aftalebog::clock::Clock;
use aftalebog_booking::bounded::{Alias, NoticeDays, RecallDays, SpacingMinutes};
use chrono::{DateTime, Utc};
use iced::keyboard::{Modifiers, key::Named};

use crate::harness::Driver;
use crate::program::{Pc, Program, is_online, now, start};

const ALIAS: &str = "Online alias";
const SPACING: &str = "Minimum tid mellem foreslåede tider";
const NEED_DRIVEN: &str = "Oprettelse/behandlere styres af behov";
const CHOOSE: &str = "Vælg behandler – selvom type styres af behov";
const AFTER: &str = "Max dage EFTER indkaldeuge";
const BEFORE: &str = "Max dage FØR indkaldeuge";
const BOOKING: &str = "Booking muligt";
const CANCEL: &str = "Afbud muligt";
const MOVE: &str = "Flytning muligt indtil";
const WITHOUT_NEED: &str = "Kan oprettes uden behov på følgende behandlere";
const DISCARD: &str = "Kassér ændringerne?";

fn editing(code: &str) -> (Pc, Driver<Program>) {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.edit(code);
    (pc, program)
}

/// The ids that Tab comes to, once round.
pub fn tab_stops(program: &mut Driver<Program>) -> Vec<String> {
    let mut stops: Vec<String> = Vec::new();
    for _ in 0..100 {
        program.tap(Named::Tab);
        let stop = program.focused().expect("Tab always comes to a control");
        if stops.first() == Some(&stop) {
            return stops;
        }
        stops.push(stop);
    }
    panic!("Tab never comes round: {stops:?}");
}

#[test]
fn the_labels_are_the_guides_in_the_guides_order_with_the_list_at_the_bottom() {
    let (_pc, mut program) = editing("AKUT");
    program.resize(1280.0, 1600.0);
    let labels = [
        "Aftaletype",
        ALIAS,
        SPACING,
        "minutter",
        NEED_DRIVEN,
        CHOOSE,
        AFTER,
        BOOKING,
        "dag(e) efter dags dato",
        CANCEL,
        MOVE,
        WITHOUT_NEED,
        "Aktiv",
        "JH",
        "PV",
    ];
    let texts = program.texts();
    let places: Vec<usize> =
        labels.iter().map(|label| texts.iter().position(|text| text == label).expect(label)).collect();
    assert!(places.is_sorted(), "{labels:?} at {places:?} in {texts:?}");
}

// ------------------------------------------------------------- the appointment type

#[test]
fn the_type_is_searched_for_and_chosen_with_the_keyboard_alone() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.new_type();
    assert_eq!(program.focused().as_deref(), Some("type-appointment-type"));
    program.tap(Named::Space);
    program.type_text("kiru");
    assert!(program.sees("Kirurgi") && !program.sees("Tandpine"));
    program.tap(Named::Enter);
    assert!(!program.sees("Søg efter kode eller navn"), "the list closes");
    assert!(program.sees("Ny aftaletype til online booking"), "the editor stays");
    assert_eq!(program.focused().as_deref(), Some("type-appointment-type"));
    assert_eq!(program.value(ALIAS), "Kirurgi");
    program.tap(Named::Tab);
    program.tap(Named::Enter);
    assert!(is_online(&program.setup(), "KIR"), "Enter in a field is OK");
}

#[test]
fn the_code_is_searched_too_and_the_arrows_mark() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.new_type();
    program.tap(Named::ArrowDown);
    program.type_text("tand");
    program.tap(Named::ArrowDown);
    program.tap(Named::ArrowDown);
    program.tap(Named::ArrowUp);
    program.tap(Named::Enter);
    assert!(program.sees("Aftaletype: BLEG"), "the second of those found");
    program.click_beside("Aftaletype");
    program.type_text("xyz");
    assert!(program.sees("Ingen aftaletype passer til søgningen."));
    program.tap(Named::Enter);
    assert!(program.sees("Ingen aftaletype passer til søgningen."), "there is nothing to choose");
    program.clear();
    program.type_text("KIR");
    assert!(program.sees("Kirurgi"));
}

#[test]
fn escape_closes_the_list_and_not_the_editor() {
    let (_pc, mut program) = editing("SU");
    program.click_beside("Aftaletype");
    program.type_text("t");
    program.tap(Named::Escape);
    assert!(program.sees("Aftaletype: SU") && !program.sees("Kirurgi"));
    assert_eq!(program.focused().as_deref(), Some("type-appointment-type"));
    program.tap(Named::Escape);
    assert!(!program.sees("Aftaletype: SU"));
}

#[test]
fn a_press_beside_the_list_closes_it() {
    let (_pc, mut program) = editing("SU");
    program.click_beside("Aftaletype");
    let beside = iced::Point::new(400.0, 560.0);
    program.click_at(beside);
    assert!(program.sees("Aftaletype: SU") && !program.sees("Kirurgi"));
    assert_eq!(program.focused().as_deref(), Some("type-appointment-type"));
}

#[test]
fn a_type_that_is_set_up_already_is_opened_instead() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.new_type();
    program.click_beside("Aftaletype");
    assert!(program.all_bounds_of("allerede sat op").len() > 4);
    program.type_text("tandpine");
    program.click("Tandpine");
    assert!(program.sees("Aftaletype: AKUT"));
    program.tap(Named::Escape);
    program.click("Rediger");
    assert!(program.sees("Aftaletype: AKUT"), "it is the chosen one in the list");
}

#[test]
fn what_was_typed_is_not_lost_to_another_type_without_a_question() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.new_type();
    program.fill(ALIAS, "Noget nyt");
    program.choose_type("Tandpine");
    assert!(program.sees(DISCARD));
    program.click("Fortsæt redigering");
    assert!(program.sees("Vælg en aftaletype"));
    assert_eq!(program.value(ALIAS), "Noget nyt");
    program.choose_type("Tandpine");
    program.click("Kassér");
    assert!(program.sees("Aftaletype: AKUT"));
    assert_eq!(program.value(ALIAS), "Tandpine / akut");
}

#[test]
fn a_type_and_an_alias_must_be_there_before_ok() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.new_type();
    assert!(!program.sees_part("Skriv det navn"), "nothing is refused before it was tried");
    program.click("OK");
    assert!(program.sees("Vælg den aftaletype, patienterne skal kunne booke."));
    assert!(program.sees("Skriv det navn, patienten skal se."));
    assert_eq!(program.focused().as_deref(), Some("type-appointment-type"));
    program.choose_type("Kirurgi");
    program.fill(ALIAS, "   ");
    program.click("OK");
    assert_eq!(program.focused().as_deref(), Some("type-alias"));
    assert!(!is_online(&program.setup(), "KIR"));
}

#[test]
fn an_alias_that_somebody_wrote_does_not_follow_the_type() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.new_type();
    program.fill(ALIAS, "Visdomstand");
    program.choose_type("Kirurgi");
    assert_eq!(program.value(ALIAS), "Visdomstand");
}

#[test]
fn a_set_up_never_goes_from_one_type_to_another() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    let before = program.online_type("SU");
    program.new_type();
    program.choose_type("Statusundersøgelse");
    assert!(program.sees("SU er allerede sat op. Det er dens opsætning, du ser her."));
    program.choose_type("Kirurgi");
    assert!(program.sees("KIR er ikke sat op endnu. Det er en ny opsætning."));
    assert!(program.sees("Ny aftaletype til online booking"));
    assert_eq!(program.value(ALIAS), "Kirurgi");
    program.click("OK");
    assert_eq!(program.online_type("SU"), before);
    assert!(is_online(&program.setup(), "KIR"));
}

#[test]
fn the_question_says_where_it_leads() {
    let (_pc, mut program) = editing("SU");
    program.fill(ALIAS, "Ændret");
    program.choose_type("Kirurgi");
    assert!(program.sees_part("Der bliver åbnet en ny opsætning til KIR."));
    program.click("Fortsæt redigering");
    program.choose_type("Tandpine");
    assert!(program.sees_part("AKUT er allerede sat op, og dens opsætning bliver åbnet."));
}

// ------------------------------------------------------------------------- alias

#[test]
fn an_alias_has_at_most_80_characters() {
    let (_pc, mut program) = editing("SU");
    let longest = "æ".repeat(Alias::MAX);
    program.fill(ALIAS, &longest);
    program.type_text("ø");
    assert!(program.sees("Højst 80 tegn – der er skrevet 81."));
    program.click("OK");
    assert_eq!(program.focused().as_deref(), Some("type-alias"));
    assert_eq!(program.online_type("SU").alias.as_str(), "Undersøgelse");
    program.tap(Named::End);
    program.tap(Named::Backspace);
    program.click("OK");
    assert_eq!(program.online_type("SU").alias.as_str(), longest);
}

#[test]
fn an_alias_may_hold_anything_that_can_be_seen() {
    let (pc, mut program) = editing("SU");
    program.fill(ALIAS, "Kon\u{202E}trol");
    assert!(program.sees("Der er et usynligt tegn i teksten. Slet teksten, og skriv den igen."));
    let odd = "<b>{{7*7}}</b> %s'; DROP \"O'Brien\" 🦷 =1+1";
    program.fill(ALIAS, odd);
    program.click("OK");
    let mut program = pc.restart(program);
    program.open_settings();
    assert!(program.sees(odd));
    assert_eq!(program.online_type("SU").alias.as_str(), odd);
}

#[test]
fn the_same_alias_is_a_warning_where_a_need_tells_them_apart() {
    let (_pc, mut program) = editing("SU");
    program.fill(ALIAS, "kontrol");
    assert!(program.sees("FU har samme alias."));
    program.click("OK");
    assert_eq!(program.online_type("SU").alias.as_str(), "kontrol");
}

#[test]
fn the_same_alias_is_refused_where_both_are_booked_without_a_need() {
    let (_pc, mut program) = editing("AKUT");
    program.fill(ALIAS, "Tandblegning – samtale");
    program.click("OK");
    let refused = "BLEG har samme alias, og begge kan bookes uden behov. Patienten kan ikke kende forskel på dem. Skriv et andet navn.";
    assert!(program.sees(refused));
    assert_eq!(program.focused().as_deref(), Some("type-alias"));
    assert_eq!(program.online_type("AKUT").alias.as_str(), "Tandpine / akut");
}

// ----------------------------------------------------------------------- numbers

#[test]
fn what_is_no_number_is_refused_at_the_field_and_nothing_is_lost() {
    let (_pc, mut program) = editing("SU");
    let before = program.online_type("SU");
    program.fill(ALIAS, "Skal ikke gå tabt");
    for typed in ["-1", "0.5", "1,5", "٣", "1e9", "NaN", "30 min"] {
        program.fill(SPACING, typed);
        assert!(program.sees("Skriv et helt tal fra 0 til 480, eller lad feltet være tomt."), "{typed}");
    }
    program.click("OK");
    assert_eq!(program.focused().as_deref(), Some("type-spacing"));
    assert_eq!(program.value(SPACING), "30 min");
    assert_eq!(program.value(ALIAS), "Skal ikke gå tabt");
    assert_eq!(program.online_type("SU"), before);
}

#[test]
fn a_number_outside_its_limits_is_refused_with_them() {
    let (_pc, mut program) = editing("SU");
    let cases = [
        (SPACING, SpacingMinutes::MAX, "type-spacing"),
        (AFTER, RecallDays::MAX, "type-after"),
        (BEFORE, RecallDays::MAX, "type-before"),
        (BOOKING, NoticeDays::MAX, "type-earliest"),
        (CANCEL, NoticeDays::MAX, "type-cancel-days"),
        (MOVE, NoticeDays::MAX, "type-move-days"),
    ];
    for (label, max, id) in cases {
        let refused = format!("Skriv et tal fra 0 til {max}, eller lad feltet være tomt.");
        let kept = program.value(label);
        for typed in [u64::from(max) + 1, 1 << 31, 1 << 63] {
            program.fill(label, &typed.to_string());
            assert!(program.sees(&refused), "{label}: {typed}");
        }
        program.click("OK");
        assert_eq!(program.focused().as_deref(), Some(id));
        program.fill(label, &max.to_string());
        assert!(!program.sees(&refused), "{label}: {max}");
        program.fill(label, &kept);
    }
}

#[test]
fn ok_goes_to_the_first_field_that_is_wrong() {
    let (_pc, mut program) = editing("AKUT");
    program.click_in_line("CN", "type-minutes-");
    program.type_text("4");
    assert!(program.sees("Skriv et tal fra 5 til 480, eller lad feltet være tomt."));
    program.click("OK");
    assert_eq!(program.focused().as_deref(), Some("type-minutes-4"));
    program.fill(MOVE, "x");
    program.fill(BOOKING, "366");
    program.click("OK");
    assert_eq!(program.focused().as_deref(), Some("type-earliest"));
    assert!(program.sees_whole(BOOKING), "and shows it");
}

#[test]
fn blank_and_0_stay_apart_in_every_field() {
    let labels = [SPACING, AFTER, BEFORE, BOOKING, CANCEL, MOVE];
    let (pc, mut program) = editing("SU");
    for typed in ["0", ""] {
        for label in labels {
            program.fill(label, typed);
        }
        program.click("OK");
        program = pc.restart(program);
        program.open_settings();
        let saved = program.online_type("SU");
        let number = (!typed.is_empty()).then_some(0);
        assert_eq!(saved.min_spacing_minutes.map(SpacingMinutes::get), number);
        assert_eq!(saved.max_days_after_recall_week.map(RecallDays::get), number);
        assert_eq!(saved.max_days_before_recall_week.map(RecallDays::get), number);
        for days in [saved.earliest_booking_days, saved.cancel_days, saved.move_days] {
            assert_eq!(days.map(NoticeDays::get), number);
        }
        program.edit("SU");
        for label in labels {
            assert_eq!(program.value(label), typed, "{label}");
        }
    }
}

#[test]
fn minutes_of_a_practitioner_are_kept_and_blank_is_the_types_standard() {
    let (pc, mut program) = editing("AKUT");
    program.bring_into_view("JH");
    assert!(!program.all_bounds_of("tomt: 30 min. som standard").is_empty());
    program.click_in_line("JH", "type-minutes-");
    program.type_text("40");
    program.click("OK");
    let program = pc.restart(program);
    let rows = program.online_type("AKUT").practitioners;
    let minutes: Vec<_> = rows.iter().filter(|row| row.active).map(|row| row.minutes.map(u16::from)).collect();
    assert_eq!(minutes, [Some(40), None]);
}

// ---------------------------------------------------------------- what it comes to

#[test]
fn the_sentence_under_each_number_follows_the_typing() {
    let (_pc, mut program) = editing("SU");
    let cases = [
        (SPACING, "", "Alle ledige tider. En ledig dag fra 8.00: 8.00, 8.15, 8.30 …"),
        (SPACING, "20", "Virker som 30 min., fordi aftalebogens tidsperiode er 15 min.: 8.00, 8.30, 9.00 …"),
        (SPACING, "45", "En ledig dag fra 8.00: 8.00, 8.45, 9.30 …"),
        (AFTER, "0", "Uge 48: til og med søndag 29. november"),
        (AFTER, "", "Ingen grænse."),
        (BEFORE, "7", "Uge 48: fra og med mandag 16. november"),
        (BOOKING, "", "Tidligst: i dag (man. 23. nov.), senere end lige nu"),
        (BOOKING, "0", "Tidligst: i morgen (tirs. 24. nov.)"),
        (BOOKING, "1", "Tidligst: i overmorgen (ons. 25. nov.)"),
        (BOOKING, "9", "Tidligst: torsdag 3. december"),
        (CANCEL, "0", "Indtil aftalen begynder."),
        (MOVE, "3", "Senest: fredag 27. november for en aftale mandag 30. november"),
    ];
    for (label, typed, sentence) in cases {
        program.fill(label, typed);
        assert!(program.sees(sentence), "{label} «{typed}»: {sentence}; on screen: {:?}", program.texts());
    }
}

/// Seconds since 1970, for the clock of one test.
static CLOCK: AtomicI64 = AtomicI64::new(0);

fn clock() -> DateTime<Utc> {
    DateTime::from_timestamp(CLOCK.load(Ordering::SeqCst), 0).unwrap()
}

#[test]
fn at_midnight_the_sentences_turn_over_and_what_is_typed_stays() {
    CLOCK.store(now().timestamp(), Ordering::SeqCst);
    let pc = Pc::with_demo();
    let mut program = start(Start { clock: Clock::Running(clock), ..pc.begin() });
    program.open_settings();
    assert!(program.sees("styres af behov · hver 30 min. · tidligst i morgen"));
    program.edit("SU");
    program.fill(ALIAS, "Skrevet før midnat");
    assert!(program.sees("Tidligst: i morgen (tirs. 24. nov.)"));
    let late: DateTime<Utc> = "2026-11-23T22:45:00Z".parse().unwrap();
    CLOCK.store(late.timestamp(), Ordering::SeqCst);
    program.send(Message::TimePassed);
    assert!(program.sees("Tidligst: i morgen (tirs. 24. nov.)"), "a quarter to midnight in Denmark");
    CLOCK.store(late.timestamp() + 900, Ordering::SeqCst);
    program.send(Message::TimePassed);
    assert!(program.sees("Tidligst: i morgen (ons. 25. nov.)"));
    assert_eq!(program.value(ALIAS), "Skrevet før midnat");
}

// ------------------------------------------------------------------- what is greyed

#[test]
fn greyed_fields_keep_what_they_hold_and_are_no_tab_stops() {
    let (pc, mut program) = editing("TR");
    program.resize(1280.0, 1600.0);
    let stops = tab_stops(&mut program);
    assert!(!stops.iter().any(|stop| stop.starts_with("type-row-") || stop.starts_with("type-minutes-")), "{stops:?}");
    assert!(["type-choose-practitioner", "type-after", "type-before"].iter().all(|id| stops.iter().any(|it| it == id)));
    program.click(NEED_DRIVEN);
    let stops = tab_stops(&mut program);
    assert!(stops.iter().any(|stop| stop == "type-row-6") && stops.iter().any(|stop| stop == "type-minutes-6"));
    for asleep in ["type-choose-practitioner", "type-after", "type-before"] {
        assert!(!stops.iter().any(|stop| stop == asleep), "{asleep}");
    }
    program.click("OK");
    let mut program = pc.restart(program);
    program.open_settings();
    let saved = program.online_type("TR");
    assert!(!saved.need_driven && saved.choose_practitioner, "the greyed tick is kept");
    assert_eq!(saved.max_days_after_recall_week.map(RecallDays::get), Some(100));
    program.edit("TR");
    program.click(NEED_DRIVEN);
    assert_eq!(program.value(AFTER), "100");
}

#[test]
fn a_wrong_number_in_a_greyed_field_bars_nothing() {
    let (_pc, mut program) = editing("SU");
    program.fill(AFTER, "mange");
    program.click(NEED_DRIVEN);
    program.click("OK");
    let saved = program.online_type("SU");
    assert_eq!((saved.need_driven, saved.max_days_after_recall_week.map(RecallDays::get)), (false, Some(100)));
}

#[test]
fn ticks_in_the_list_are_remembered_while_the_type_is_governed_by_need() {
    let (pc, mut program) = editing("AKUT");
    let before = program.online_type("AKUT").practitioners;
    program.click(NEED_DRIVEN);
    program.bring_into_view("Bruges ikke, så længe typen styres af behov. Fluebenene bliver husket.");
    program.click("OK");
    let program = pc.restart(program);
    assert_eq!(program.online_type("AKUT").practitioners, before);
}

// --------------------------------------------------------------- OK, Annuller, Esc

#[test]
fn annuller_and_esc_ask_only_when_something_was_changed() {
    let (_pc, mut program) = editing("SU");
    program.click("Annuller");
    assert!(!program.sees(DISCARD) && !program.sees("Aftaletype: SU"));
    program.edit("SU");
    program.fill(ALIAS, "Noget andet");
    for leave in [Named::Escape, Named::Escape] {
        program.tap(leave);
        assert!(program.sees(DISCARD));
        program.tap(Named::Escape);
        assert!(!program.sees(DISCARD) && program.sees("Aftaletype: SU"), "Esc answers no");
        assert_eq!(program.value(ALIAS), "Noget andet");
    }
    program.click("Annuller");
    program.click("Kassér");
    assert!(!program.sees("Aftaletype: SU"));
    assert_eq!(program.online_type("SU").alias.as_str(), "Undersøgelse");
    program.edit("SU");
    assert_eq!(program.value(ALIAS), "Undersøgelse");
}

#[test]
fn typing_back_what_was_there_is_no_change() {
    let (_pc, mut program) = editing("SU");
    program.fill(ALIAS, "X");
    program.fill(ALIAS, "Undersøgelse");
    program.tap(Named::Escape);
    assert!(!program.sees(DISCARD) && !program.sees("Aftaletype: SU"));
}

#[test]
fn enter_is_ok_unless_a_button_has_the_focus() {
    let (_pc, mut program) = editing("SU");
    program.fill(ALIAS, "Gemt med Enter");
    program.tap(Named::Enter);
    assert!(!program.sees("Aftaletype: SU"));
    assert_eq!(program.online_type("SU").alias.as_str(), "Gemt med Enter");
    program.edit("SU");
    program.fill(ALIAS, "Ikke gemt");
    while program.focused().as_deref() != Some("dialog-close") {
        program.key(Named::Tab, Modifiers::SHIFT);
    }
    program.tap(Named::Enter);
    assert!(program.sees(DISCARD), "Enter on the cross is the cross");
    assert_eq!(program.online_type("SU").alias.as_str(), "Gemt med Enter");
}

#[test]
fn ok_without_a_change_saves_nothing() {
    let (_pc, mut program) = editing("SU");
    let history = || futures::executor::block_on(program.store().history(10)).unwrap().len();
    let before = history();
    program.click("OK");
    assert!(!program.sees("Aftaletype: SU"));
    assert_eq!(futures::executor::block_on(program.store().history(10)).unwrap().len(), before);
    assert!(!program.sees_part("Fortryd"));
}
