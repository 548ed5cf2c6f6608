//! «Vis som patient» in the appointment book: what one patient is offered, and why not the rest.

use aftalebog::app::Message;
use aftalebog_booking::busy::Busy;
use aftalebog_booking::terms::{Purpose, Request, Terms, Withheld};
use aftalebog_booking::zone::{day_start, local};
use chrono::NaiveDate;
use futures::executor::block_on;
use iced::Point;
use iced::keyboard::{Modifiers, key::Named};
use iced::theme::Mode;

use crate::harness::Driver;
use crate::program::{Pc, Program, now, practitioner};

/// Where the pointer rests on nothing that shows a hint after a while.
const ASIDE: Point = Point::new(700.0, 20.0);

/// The book of the demo clinic, seen as a patient.
fn seen(pc: &Pc) -> Driver<Program> {
    let mut program = pc.start();
    program.click_id("view-as-patient");
    program
}

impl Driver<Program> {
    fn look_as(&mut self, name: &str) {
        self.choose_from("view-patient", name);
    }

    fn look_for(&mut self, code: &str) {
        self.choose_from("view-type", code);
    }

    #[track_caller]
    fn choose_from(&mut self, id: &str, searched: &str) {
        self.click_id(id);
        self.type_text(searched);
        self.tap(Named::Enter);
        assert_eq!(self.focused().as_deref(), Some(id));
    }

    /// Turns to a day of the month that the calendar shows.
    #[track_caller]
    fn turn_to_day(&mut self, day: u32) {
        let at = self.day_of_calendar(day);
        self.click_at(at);
    }

    /// Where a day of the month stands in the calendar; the same number of a month beside it stands
    /// earlier from the 20th on, and later before.
    #[track_caller]
    fn day_of_calendar(&mut self, day: u32) -> Point {
        let calendar = self.bounds_of_id("month");
        let found = self.all_bounds_of(&day.to_string());
        let mut found = found.into_iter().filter(|it| it.is_within(&calendar) && it.x > calendar.x + 34.0);
        let found = if day >= 20 { found.next_back() } else { found.next() };
        found.expect("the day is in the calendar").center()
    }

    /// The number that stands under a day of the calendar.
    #[track_caller]
    fn count_of(&mut self, day: u32) -> Option<usize> {
        let at = self.day_of_calendar(day);
        let counts = (0..200).filter(|count| {
            let found = self.all_bounds_of(&count.to_string());
            found.iter().any(|it| (it.center_x() - at.x).abs() < 4.0 && (10.0..26.0).contains(&(it.center_y() - at.y)))
        });
        counts.collect::<Vec<_>>().first().copied()
    }

    /// The clock times that a new patient is to be offered of a type on a day with a practitioner, as the booking
    /// decides.
    fn decided(&self, code: &str, initials: &str, date: NaiveDate) -> Vec<String> {
        let setup = self.setup();
        let zone = setup.clinic.value.time_zone;
        let (from, to) = (day_start(zone, date), day_start(zone, date.succ_opt().unwrap()));
        let grounds = block_on(self.store().grounds(None, from, to)).unwrap();
        let of = setup.appointment_types.iter().find(|of| of.value.code.as_str() == code).unwrap();
        let terms = Terms::of(Request {
            setup: &setup,
            broken: &[],
            visitor: &grounds.visitor,
            appointment_type: of.id,
            need: None,
            purpose: Purpose::Book,
            withheld: Withheld::Nothing,
            now: now(),
        });
        let offers = terms.suggestions(&Busy::of(&grounds.appointments), date, 1);
        let whom = practitioner(&setup, initials).id;
        let own = offers.iter().filter(|offer| offer.practitioner == whom);
        own.map(|offer| local(zone, offer.start).format("%-H.%M").to_string()).collect()
    }
}

fn november(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap()
}

#[test]
fn offered_times_are_those_that_the_booking_decides() {
    let pc = Pc::with_demo();
    let mut program = seen(&pc);
    program.resize(1280.0, 1200.0);
    program.look_for("DG");
    assert!(program.sees("Ny patient"), "the type needs no recall");
    for day in 25..=27 {
        program.turn_to_day(day);
        let mut all = 0;
        for initials in ["JH", "SA", "CN"] {
            let times = program.decided("DG", initials, november(day));
            all += times.len();
            if times.is_empty() {
                continue;
            }
            assert!(program.sees(&times.join("\u{a0}· ")), "{initials} on {day}: {times:?}");
            let column = program.all_bounds_of(initials)[0].x;
            for time in times {
                let marked = program.all_bounds_of(&time);
                assert!(marked.iter().any(|it| (it.x - column).abs() < 8.0), "{time} is marked at {initials}");
            }
        }
        assert!(all > 0 && program.sees(&format!("{all} tider")));
        assert_eq!(program.count_of(day), Some(all));
    }
}

#[test]
fn each_day_of_the_month_tells_how_many_times_it_has() {
    let pc = Pc::with_demo();
    let mut program = seen(&pc);
    program.look_for("DG");
    assert_eq!(program.count_of(25), Some(12));
    assert_eq!(program.count_of(24), Some(0), "too early for the type");
    assert_eq!(program.count_of(20), None, "it is over");
    program.click_id("month-later");
    assert!(program.sees_part("ons. 23. dec."), "the day goes along with the month");
    assert_eq!(program.count_of(23), Some(0));
    assert_eq!(program.count_of(2), Some(13));
    program.turn_to_day(2);
    assert!(program.sees("13 tider"));
}

#[test]
fn the_patient_who_is_called_in_next_is_proposed_and_another_is_found() {
    let pc = Pc::with_demo();
    let mut program = seen(&pc);
    assert!(program.sees("SU") && program.sees("Statusundersøgelse"), "the first type patients see");
    assert!(!program.sees("Ny patient"), "the type is for those with a need");
    program.look_as("karen m");
    assert!(program.sees("Karen Mikkelsen"));
    program.turn_to_day(26);
    assert!(program.sees("LB"), "her need is with LB");
    program.look_as("ny p");
    assert!(program.sees("Typen styres af behov, og patienten har intet åbent behov af den."));
    assert_eq!(program.count_of(26), Some(0));
}

#[test]
fn a_taken_time_says_until_when() {
    let pc = Pc::with_demo();
    let mut program = seen(&pc);
    program.look_for("AKUT");
    program.turn_to_day(25);
    assert!(program.sees("Hvorfor ikke?"));
    let taken = program.bounds_of("TB Christian Damgaard");
    program.click_at(Point::new(taken.center_x(), taken.y + 4.0));
    assert!(program.sees("Hvorfor ikke JH kl. 10.00?"));
    assert!(program.sees("JH er optaget til kl. 10.45."));
    assert!(program.find_id("view-show-answer").is_none(), "no setting is the cause");
    program.click_id("day-later");
    assert!(program.sees("Hvorfor ikke?"), "another day is another question");
}

#[test]
fn a_free_time_that_is_not_offered_says_which_setting_is_the_cause() {
    let pc = Pc::with_demo();
    let mut program = seen(&pc);
    program.look_for("DG");
    program.turn_to_day(25);
    let offered = program.all_bounds_of("14.00")[0];
    program.click_at(offered.center());
    assert!(program.sees("JH kl. 14.00") && program.sees("Patienten får tilbudt tiden."));
    program.click_at(Point::new(offered.center_x(), offered.y + offered.height + 6.0));
    assert!(program.sees("Hvorfor ikke JH kl. 14.15?"));
    assert!(program.sees("Tiden er ledig, men ligger mindre end 60 minutter efter den foreslåede tid kl. 14.00."));
    program.click("Til «Minimum tid mellem foreslåede tider»");
    assert!(program.sees("Aftaletype: DG"));
    assert_eq!(program.focused().as_deref(), Some("type-spacing"));
}

#[test]
fn an_answer_is_about_whom_it_was_asked_of_wherever_they_stand() {
    let pc = Pc::with_demo();
    let mut program = seen(&pc);
    program.look_for("DG");
    program.turn_to_day(25);
    let taken = program.bounds_of("TB Christian Damgaard");
    program.click_at(Point::new(taken.center_x(), taken.y + 4.0));
    assert!(program.sees("Hvorfor ikke JH kl. 10.00?"));
    program.open_settings();
    program.click("Klinik indstillinger");
    program.click_id("clinic-down-0");
    program.click("OK");
    program.click("Luk");
    let (jh, mk) = (program.all_bounds_of("JH")[0], program.all_bounds_of("MK")[0]);
    assert!(mk.x < jh.x, "JH has moved");
    assert!(program.sees("Hvorfor ikke JH kl. 10.00?") && program.sees("JH er optaget til kl. 10.45."));
    assert!(!program.sees_part("Hvorfor ikke MK"));
}

#[test]
fn what_was_set_up_while_the_book_was_the_clinics_is_known_when_it_is_a_patients_again() {
    let pc = Pc::with_demo();
    let mut program = seen(&pc);
    let notes = |program: &mut Driver<Program>| {
        program.click_id("view-type");
        program.type_text("kir");
        let seen = ["ikke online", "not online"].map(|note| program.sees(note));
        program.tap(Named::Escape);
        seen
    };
    assert_eq!(notes(&mut program), [true, false]);
    program.tap(Named::Escape);
    program.click_id("language");
    program.click_id("view-as-patient");
    assert_eq!(notes(&mut program), [false, true]);
    program.tap(Named::Escape);
    program.click_id("language");
    program.open_settings();
    program.click_id("types-new");
    program.click_id("type-appointment-type");
    program.type_text("kir");
    program.tap(Named::Enter);
    program.click("OK");
    assert!(program.sees("Aftaletyper"), "it is saved");
    program.click("Luk");
    program.click_id("view-as-patient");
    assert_eq!(notes(&mut program), [false, false], "it is online now");
}

#[test]
fn leaving_by_the_keyboard_goes_on_from_the_button_that_leads_back() {
    let pc = Pc::with_demo();
    let mut program = seen(&pc);
    program.look_for("DG");
    program.turn_to_day(25);
    program.click("FU Jytte Overgaard");
    for (width, height) in [(1280.0, 800.0), (900.0, 600.0)] {
        program.resize(width, height);
        for id in ["view-patient", "view-type", "view-day-told", "view-show-answer"] {
            if !program.sees("Type") {
                program.tap(Named::Space);
            }
            for _ in 0..30 {
                if program.focused().as_deref() == Some(id) {
                    break;
                }
                program.tap(Named::Tab);
            }
            assert_eq!(program.focused().as_deref(), Some(id));
            program.tap(Named::Escape);
            assert!(!program.sees("Type"));
            assert_eq!(program.focused().as_deref(), Some("view-as-patient"), "from {id}");
        }
        program.tap(Named::Space);
    }
}

#[test]
fn what_is_asked_in_a_low_window_is_answered_in_sight() {
    let pc = Pc::with_demo();
    let mut program = seen(&pc);
    program.look_for("DG");
    program.turn_to_day(25);
    program.resize(900.0, 620.0);
    assert!(!program.sees("Hvorfor ikke?"), "it stands below what is in sight");
    let answered = |program: &mut Driver<Program>| {
        program.sees_whole("Hvorfor ikke MK kl. 10.00?") && program.sees_whole("Til «Kan oprettes uden behov»")
    };
    program.click("FU Jytte Overgaard");
    assert!(answered(&mut program));
    program.move_to(ASIDE);
    program.picture("book-view-low");
    program.move_to(Point::new(700.0, 300.0));
    program.scroll(-2000.0);
    assert!(!answered(&mut program));
    program.click("FU Jytte Overgaard");
    assert!(answered(&mut program), "however far somebody has scrolled meanwhile");
}

#[test]
fn a_line_of_times_that_is_full_ends_with_the_dot() {
    let pc = Pc::with_demo();
    let mut program = seen(&pc);
    program.look_for("AKUT");
    program.turn_to_day(25);
    let times = program.texts().into_iter().find(|words| words.matches('·').count() > 5).expect("many times");
    assert!(!times.contains(" · ") && times.contains("\u{a0}· "), "{times}");
}

#[test]
fn the_number_of_a_week_stands_on_the_line_of_its_days() {
    let pc = Pc::with_demo();
    let mut program = seen(&pc);
    let calendar = program.bounds_of_id("month");
    let week = program.all_bounds_of("48").into_iter().find(|it| it.is_within(&calendar)).unwrap();
    assert_eq!(week.center_y(), program.day_of_calendar(25).y);
}

#[test]
fn a_practitioner_who_is_not_ticked_is_told_from_one_who_is() {
    let pc = Pc::with_demo();
    let mut program = seen(&pc);
    program.look_for("DG");
    program.turn_to_day(25);
    program.click("FU Jytte Overgaard");
    assert!(program.sees("MK har ikke flueben i «Kan oprettes uden behov på følgende behandlere»."));
    program.click("Til «Kan oprettes uden behov»");
    assert!(program.sees("Aftaletype: DG"));
    let place = practitioner_place(&program, "MK");
    assert_eq!(program.focused(), Some(format!("type-row-{place}")), "the one who was asked about");
}

#[test]
fn a_day_without_times_says_why_for_each_of_those_in_the_running() {
    let pc = Pc::with_demo();
    let mut program = seen(&pc);
    program.look_for("DG");
    program.turn_to_day(27);
    assert!(program.sees("JH arbejder ikke fredag 27. november."));
    assert!(program.sees("Til «Arbejdstider»"), "each reason has its way");
    program.turn_to_day(24);
    assert!(program.sees("JH, SA, CN") && program.sees_part("Typen kan tidligst bookes til i overmorgen"));
    program.click("Til «Booking muligt»");
    assert!(program.sees("Aftaletype: DG"));
    assert_eq!(program.focused().as_deref(), Some("type-earliest"));
    program.tap(Named::Escape);
    program.tap(Named::Escape);
    assert!(program.sees("DG") && program.find_id("view-type").is_some(), "the patient's view is still there");
}

#[test]
fn a_closed_day_says_so() {
    let pc = Pc::with_demo();
    let mut program = seen(&pc);
    program.look_for("DG");
    program.click_id("month-later");
    program.turn_to_day(24);
    assert!(program.sees("Lukket mellem jul og nytår"), "in the day");
    assert!(program.sees("Lukket mellem jul og nytår."), "and, as a sentence, in what is told of it");
    assert!(program.sees("JH, SA, CN"), "once for all of them");
    program.move_to(ASIDE);
    program.picture("book-view-closed");
}

#[test]
fn a_need_on_somebody_who_is_not_registered_leads_to_the_clinic_settings() {
    let pc = Pc::with_demo();
    let mut program = seen(&pc);
    program.look_for("TB");
    program.look_as("poul ø");
    assert!(program.sees("PV er ikke tilmeldt online booking."));
    program.picture("book-view-barred");
    program.click("Til «Klinik indstillinger»");
    let place = practitioner_place(&program, "PV");
    assert_eq!(program.focused(), Some(format!("clinic-registered-{place}")));
    program.tap(Named::Space);
    program.click("OK");
    program.click("Luk");
    assert!(!program.sees("PV er ikke tilmeldt online booking."), "what is saved holds at once");
}

fn practitioner_place(program: &Driver<Program>, initials: &str) -> usize {
    let practitioners = program.setup().practitioners;
    practitioners.iter().position(|entry| entry.value.initials.as_str() == initials).unwrap()
}

#[test]
fn a_type_that_is_not_online_leads_to_a_new_set_up() {
    let pc = Pc::with_demo();
    let mut program = seen(&pc);
    program.click_id("view-type");
    program.type_text("kir");
    assert!(program.sees("ikke online"));
    program.tap(Named::Enter);
    assert!(program.sees("Aftaletypen er ikke sat op til online booking."));
    program.click("Sæt typen op");
    assert!(program.sees("Ny aftaletype til online booking"));
}

#[test]
fn the_ordinary_book_comes_back_as_it_was() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.move_to(ASIDE);
    let before = program.seen();
    program.click_id("view-as-patient");
    assert!(!program.sees("Aftalebehov"));
    program.look_for("DG");
    program.click_id("view-as-patient");
    assert!(program.sees("Aftalebehov"));
    program.move_to(ASIDE);
    assert!(program.seen() == before, "the same picture");
    program.click_id("view-as-patient");
    assert!(program.sees("DG"), "who looks for what is remembered");
    program.tap(Named::Escape);
    program.move_to(ASIDE);
    program.click_at(ASIDE);
    assert!(program.seen() == before);
    program.tap(Named::Escape);
    assert!(program.seen() == before, "Escape does nothing to the ordinary book");
}

#[test]
fn the_keyboard_alone_asks_and_leaves() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    while program.focused().as_deref() != Some("view-as-patient") {
        program.tap(Named::Tab);
    }
    program.tap(Named::Space);
    let mut stops = vec![];
    while program.focused().as_deref() != Some("view-type") {
        program.tap(Named::Tab);
        stops.extend(program.focused());
    }
    let expected = [
        "more",
        "sync-status",
        "language",
        "gear",
        "timetable",
        "month-earlier",
        "month-later",
        "month",
        "view-patient",
        "view-type",
    ];
    assert_eq!(stops, expected);
    program.type_text("dg");
    program.tap(Named::Enter);
    program.key(Named::Tab, Modifiers::SHIFT);
    program.key(Named::Tab, Modifiers::SHIFT);
    assert_eq!(program.focused().as_deref(), Some("month"));
    program.tap(Named::ArrowRight);
    program.tap(Named::ArrowRight);
    assert!(program.sees("12 tider"));
    for _ in 0..3 {
        program.key(Named::Tab, Modifiers::SHIFT);
    }
    assert_eq!(program.focused().as_deref(), Some("timetable"));
    program.tap(Named::ArrowDown);
    program.tap(Named::Enter);
    assert!(program.sees_part("Hvorfor ikke"));
    program.picture("book-view-keyboard");
    program.tap(Named::Escape);
    assert!(program.sees("Aftalebehov"));
    assert_eq!(program.focused().as_deref(), Some("timetable"));
}

#[test]
fn a_long_day_is_read_to_its_end_by_keyboard() {
    let pc = Pc::with_demo();
    let mut program = seen(&pc);
    program.look_as("morten l");
    program.look_for("TR");
    program.turn_to_day(26);
    let told = program.bounds_of_id("view-day-told");
    let last = "PV er ikke tilmeldt online booking.";
    assert!(!program.sees(last), "the last one is below");
    program.click_at(Point::new(told.x + 6.0, told.y + 6.0));
    assert_eq!(program.focused().as_deref(), Some("view-day-told"));
    for _ in 0..4 {
        program.tap(Named::PageDown);
    }
    assert!(program.sees(last));
    program.picture("book-view-choice");
}

#[test]
fn escape_closes_a_list_before_the_view() {
    let pc = Pc::with_demo();
    let mut program = seen(&pc);
    for id in ["view-patient", "view-type"] {
        program.click_id(id);
        assert!(program.find_id("choice-search").is_some());
        program.tap(Named::Escape);
        assert!(program.find_id("choice-search").is_none());
        assert_eq!(program.focused().as_deref(), Some(id));
    }
    program.click_id("view-type");
    program.click_id("day-later");
    assert!(program.find_id("choice-search").is_none(), "what is done elsewhere closes it too");
    program.tap(Named::Escape);
    assert!(program.sees("Aftalebehov"));
}

#[test]
fn while_the_file_is_slow_nothing_is_claimed() {
    let pc = Pc::with_demo();
    let mut program = seen(&pc);
    program.look_for("DG");
    program.turn_to_day(25);
    program.slow_disk("Calendar");
    program.click_id("month-later");
    assert!(program.sees("Finder tiderne …"));
    assert!(!program.sees("ingen tider") && program.count_of(2).is_none());
    program.move_to(ASIDE);
    program.picture("book-view-waiting");
    program.disk_answers();
    assert_eq!(program.count_of(2), Some(13));
}

#[test]
fn the_view_as_it_looks() {
    let pc = Pc::with_demo();
    let mut program = seen(&pc);
    program.look_for("DG");
    program.turn_to_day(25);
    let offered = program.all_bounds_of("14.00")[0];
    program.click_at(Point::new(offered.center_x(), offered.y + offered.height + 6.0));
    program.picture("book-view");
    program.picture_at("book-view-at-150-percent", 1.5);
    program.send(Message::ThemeTurned(Mode::Dark));
    program.picture("book-view-dark");
    program.picture_at("book-view-dark-at-150-percent", 1.5);
    program.click_id("view-patient");
    program.type_text("ka");
    program.picture("book-view-choosing-dark");
    program.tap(Named::Escape);
    program.resize(900.0, 650.0);
    program.picture("book-view-narrow-dark");
    program.resize(1920.0, 1080.0);
    program.send(Message::ThemeTurned(Mode::Light));
    program.click_id("language");
    program.picture("book-view-english");
}
