//! The dialogs above the book for appointments and blocked time, and the questions before they are saved.

use aftalebog::app::Message;
use aftalebog::screen::appointment_book::{self, Asked, Place};
use aftalebog::screen::open_clinic;
use aftalebog_booking::bounded::{Detail, Length};
use aftalebog_booking::record::{Appointment, AppointmentType, Need, Origin, Overlap, Patient, Status};
use aftalebog_booking::{Entry, Id, Setup, Value, Write};
use aftalebog_local::{Refusal, SaveError};
use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};
use futures::executor::block_on;
use iced::keyboard::{Modifiers, key::Named};

use crate::harness::Driver;
use crate::program::{Pc, Program, practitioner};
use crate::tab_order::reads;

/// A Tuesday on which nothing is booked yet. JH, MK, SA and LB work, JH until 16.
const DAY: &str = "2027-02-02";

fn instant(time: &str) -> DateTime<Utc> {
    let (day, time) = time.split_once(' ').unwrap_or((DAY, time));
    let wall_clock = NaiveDateTime::parse_from_str(&format!("{day} {time}"), "%Y-%m-%d %H.%M").unwrap();
    chrono_tz::Europe::Copenhagen.from_local_datetime(&wall_clock).unwrap().with_timezone(&Utc)
}

fn length(minutes: u16) -> Length {
    Length::new(minutes).unwrap()
}

fn type_of(setup: &Setup, code: &str) -> Id<AppointmentType> {
    setup.appointment_types.iter().find(|of| of.value.code.as_str() == code).unwrap().id
}

impl Driver<Program> {
    fn asks(&mut self, asked: Asked) {
        let asked = appointment_book::Message::Asked(asked);
        self.send(Message::Clinic(open_clinic::Message::Book(asked)));
    }

    fn place(&self, initials: &str, time: &str) -> Place {
        Place { practitioner: practitioner(&self.setup(), initials).id, start: instant(time) }
    }

    fn new_appointment(&mut self, initials: &str, time: &str) {
        let at = self.place(initials, time);
        self.asks(Asked::NewAppointment { at, minutes: None });
        assert!(self.sees("Ny aftale"));
    }

    fn all_records(&self) -> Vec<aftalebog_booking::Record> {
        block_on(self.store().snapshot()).unwrap().records
    }

    fn named(&self, name: &str) -> Entry<Patient> {
        let found = block_on(self.store().find_patients(name, 2)).unwrap();
        assert_eq!(found.len(), 1, "{name}");
        found[0].clone()
    }

    fn needs(&self, name: &str) -> Vec<Entry<Need>> {
        block_on(self.store().open_needs_of(self.named(name).id)).unwrap()
    }

    /// The one of the file that begins then in somebody's column.
    #[track_caller]
    fn booked_at(&self, initials: &str, time: &str) -> Entry<Appointment> {
        let place = self.place(initials, time);
        let here = self.appointments().into_iter().filter(|it| {
            (it.value.practitioner, it.value.start, it.value.status)
                == (place.practitioner, place.start, Status::Booked)
        });
        let here: Vec<_> = here.collect();
        assert_eq!(here.len(), 1, "{initials} {time}");
        here[0].clone()
    }

    fn is_free(&self, initials: &str, time: &str) -> bool {
        let place = self.place(initials, time);
        let all = self.appointments();
        !all.iter().any(|it| {
            (it.value.practitioner, it.value.start, it.value.status)
                == (place.practitioner, place.start, Status::Booked)
        })
    }

    fn appointments(&self) -> Vec<Entry<Appointment>> {
        let one = |record: aftalebog_booking::Record| match record.value {
            Value::Appointment(value) => Some(Entry { id: Id::new(record.id), value }),
            _ => None,
        };
        self.all_records().into_iter().filter_map(one).collect()
    }

    /// The last save, as it is called beside «Fortryd» in the settings.
    fn undo_words(&mut self) -> String {
        self.open_settings();
        let words = self.texts().into_iter().find(|text| text.starts_with("Fortryd «")).unwrap_or_default();
        self.tap(Named::Escape);
        words
    }

    pub fn take_back(&mut self) {
        self.send(Message::Clinic(open_clinic::Message::Book(appointment_book::Message::UndoPressed)));
    }

    /// Chooses in the dialog by typing: a patient, a type, a practitioner.
    fn choose_beside(&mut self, label: &str, typed: &str) {
        self.click_beside(label);
        self.type_text(typed);
        self.tap(Named::Enter);
    }

    fn reschedule(&mut self, id: Id<Appointment>, initials: &str, time: &str, minutes: u16) {
        let at = self.place(initials, time);
        self.asks(Asked::Reschedule { appointment: id, at, minutes: length(minutes) });
    }
}

/// An appointment of 30 minutes that a patient has on the empty day.
fn booked(setup: &Setup, patient: &Entry<Patient>, initials: &str, time: &str) -> Entry<Appointment> {
    Entry::new(Appointment {
        practitioner: practitioner(setup, initials).id,
        appointment_type: Some(type_of(setup, "SU")),
        patient: Some(patient.id),
        need: None,
        start: instant(time),
        minutes: length(30),
        origin: Origin::Clinic,
        status: Status::Booked,
        overlap: Overlap::None,
        note: Detail::new("").unwrap(),
    })
}

/// The demo with Karen at 9.00 and Bent at 10.00, both with JH, on the empty day.
fn with_two() -> (Pc, Driver<Program>) {
    with(|setup, karen, bent| vec![booked(setup, karen, "JH", "9.00"), booked(setup, bent, "JH", "10.00")])
}

fn with(
    appointments: impl FnOnce(&Setup, &Entry<Patient>, &Entry<Patient>) -> Vec<Entry<Appointment>>,
) -> (Pc, Driver<Program>) {
    let pc = Pc::with_demo().changed(|store| {
        let patient = |number| block_on(store.find_patients(number, 1)).unwrap().remove(0);
        let setup = block_on(store.setup()).unwrap();
        appointments(&setup, &patient("1001"), &patient("1002")).iter().map(Write::create).collect()
    });
    let program = pc.start();
    (pc, program)
}

// ------------------------------------------------------------------------ a new one

#[test]
fn a_new_appointment_is_entered_by_keyboard_alone() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.new_appointment("JH", "9.00");
    assert_eq!(program.focused().as_deref(), Some("appointment-patient"));
    program.type_text("mikk");
    assert!(program.sees("Karen Mikkelsen"), "{:?}", program.texts());
    program.type_text("elsen");
    program.tap(Named::Enter);
    assert!(
        program.sees_part("Født 30. januar 1968 · tlf. 00 00 00 00") && program.sees("Patienten har 1 åbent behov.")
    );
    program.tap(Named::Tab);
    program.tap(Named::Tab);
    assert_eq!(program.focused().as_deref(), Some("appointment-type"));
    program.type_text("knæk");
    program.tap(Named::Enter);
    assert_eq!(program.value("Minutter"), "30", "those of the type");
    assert!(program.sees("Tirsdag 2. februar 2027 9.00–9.30 hos Jens Holm"), "{:?}", program.texts());
    assert!(program.sees("Til kl. 9.30") && program.sees("tirsdag 2. februar 2027 · uge 5"));
    program.picture("appointment-new");
    let (need, hint) = (program.bounds_of_id("appointment-need"), program.bounds_of("Patienten har 1 åbent behov."));
    assert!(hint.y >= need.y + need.height + 5.0, "the ring around a field touches no sentence");
    // On a choice, Enter opens its list.
    for _ in 0..3 {
        program.tap(Named::Tab);
    }
    assert_eq!(program.focused().as_deref(), Some("appointment-date"));
    program.tap(Named::Enter);
    assert!(!program.sees("Ny aftale"));
    let made = program.booked_at("JH", "9.00").value;
    let setup = program.setup();
    assert_eq!((made.appointment_type, made.minutes), (Some(type_of(&setup, "KNÆK")), length(30)));
    assert_eq!((made.patient, made.need), (Some(program.named("Karen Mikkelsen").id), None));
    assert_eq!((made.origin, made.overlap), (Origin::Clinic, Overlap::None));
    assert_eq!(program.undo_words(), "Fortryd «aftale oprettet: KNÆK Karen Mikkelsen»");
    program.take_back();
    assert!(program.is_free("JH", "9.00"));
}

#[test]
fn an_open_need_of_the_chosen_type_is_proposed_with_its_minutes() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.new_appointment("LB", "9.00");
    program.choose_beside("Patient", "1001");
    program.choose_beside("Aftaletype", "SU");
    assert!(program.sees("Aftalen bruger behovet fra uge 50/2026 hos Line Bech."), "{:?}", program.texts());
    assert_eq!(program.value("Minutter"), "45");
    // Somebody may say otherwise.
    program.choose_beside("Behov", "uden");
    assert!(program.sees("Patienten har 1 åbent behov."));
    program.choose_beside("Behov", "SU");
    program.click("OK");
    let need = program.booked_at("LB", "9.00").value.need;
    assert!(need.is_some() && program.needs("Karen Mikkelsen").is_empty(), "it is used up");
}

#[test]
fn a_need_that_is_chosen_says_what_for_with_whom_and_for_how_long() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.new_appointment("JH", "9.00");
    program.choose_beside("Patient", "1001");
    program.click_beside("Behov");
    assert!(program.sees("Uden behov") && program.sees("uge 50/2026 · Line Bech · 45 min."));
    program.click("uge 50/2026 · Line Bech · 45 min.");
    assert!(program.sees("Tirsdag 2. februar 2027 9.00–9.45 hos Line Bech"), "{:?}", program.texts());
    program.click("OK");
    let setup = program.setup();
    assert_eq!(program.booked_at("LB", "9.00").value.appointment_type, Some(type_of(&setup, "SU")));
}

#[test]
fn minutes_that_were_dragged_over_or_typed_stay_when_a_type_is_chosen() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    let at = program.place("JH", "9.00");
    program.asks(Asked::NewAppointment { at, minutes: Some(length(60)) });
    program.choose_beside("Patient", "1001");
    program.choose_beside("Aftaletype", "TR");
    assert_eq!(program.value("Minutter"), "60");
    program.fill("Minutter", "25");
    program.choose_beside("Aftaletype", "BLEG");
    assert_eq!(program.value("Minutter"), "25");
}

#[test]
fn a_need_that_is_put_on_a_time_only_waits_for_ok() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    let need = program.needs("Karen Mikkelsen")[0].clone();
    let at = program.place("MK", "10.00");
    program.asks(Asked::UseNeed { need: need.id, at });
    assert!(program.sees("Karen Mikkelsen") && program.sees("Tirsdag 2. februar 2027 10.00–10.45 hos Mette Kjærgaard"));
    assert!(program.sees("Aftalen bruger behovet fra uge 50/2026 hos Line Bech."));
    program.tap(Named::Escape);
    assert!(!program.sees("Ny aftale"), "nothing was typed, nothing is asked");
    program.asks(Asked::UseNeed { need: need.id, at });
    program.click("OK");
    let made = program.booked_at("MK", "10.00").value;
    assert_eq!((made.need, made.minutes), (Some(need.id), length(45)));
    // Used or gone meanwhile: it is told beside the book.
    program.asks(Asked::UseNeed { need: need.id, at: program.place("MK", "11.00") });
    assert!(program.sees("Behovet findes ikke mere. Det er slettet i mellemtiden.") && !program.sees("Ny aftale"));
}

#[test]
fn what_is_wrong_stands_under_its_field_and_ok_goes_there() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.new_appointment("JH", "9.00");
    assert!(!program.sees("Vælg en patient, eller opret en ny."), "not before OK");
    program.click("OK");
    assert!(
        program.sees("Vælg en patient, eller opret en ny.") && program.sees("Vælg, hvad patienten skal komme til.")
    );
    assert!(program.sees("Skriv et helt tal fra 5 til 480."));
    assert_eq!(program.focused().as_deref(), Some("appointment-patient"));
    program.picture("appointment-faults");
    program.choose_beside("Patient", "1002");
    program.click("OK");
    assert_eq!(program.focused().as_deref(), Some("appointment-type"));
    program.choose_beside("Aftaletype", "TB");
    for (label, typed, fault, id) in [
        ("Dato", "31-02-2027", "Skriv en dato, fx 23-11-2026.", "appointment-date"),
        ("Tid", "24.00", "Skriv et klokkeslæt, fx 9.15.", "appointment-time"),
        ("Minutter", "481", "Skriv et helt tal fra 5 til 480.", "appointment-minutes"),
        ("Minutter", "", "Skriv et helt tal fra 5 til 480.", "appointment-minutes"),
        ("Bemærkning", &"æ".repeat(301), "Højst 300 tegn – der er skrevet 301.", "appointment-note"),
    ] {
        let before = program.value(label);
        program.fill(label, typed);
        program.click("OK");
        assert!(program.sees(fault) && program.sees("Ny aftale"), "{label} {typed}; {:?}", program.texts());
        assert_eq!(program.focused().as_deref(), Some(id), "{label} {typed}");
        program.fill(label, &before);
        assert!(!program.sees(fault));
    }
    program.click("OK");
    assert!(!program.sees("Ny aftale"));
}

#[test]
fn dates_and_times_are_taken_as_people_write_them_and_a_skipped_hour_is_refused() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.new_appointment("JH", "9.00");
    program.choose_beside("Patient", "1002");
    program.choose_beside("Aftaletype", "TB");
    program.fill("Dato", "28.3.27");
    program.fill("Tid", "230");
    assert!(program.sees("Det klokkeslæt findes ikke: uret bliver stillet frem den nat."));
    program.click("OK");
    assert_eq!(program.focused().as_deref(), Some("appointment-time"));
    program.fill("Dato", "030227");
    program.fill("Tid", "8");
    program.click("OK");
    assert!(!program.is_free("JH", "2027-02-03 08.00"));
}

#[test]
fn what_is_unusual_about_a_time_is_said_and_can_be_saved() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.new_appointment("JH", "9.00");
    program.choose_beside("Patient", "1002");
    program.choose_beside("Aftaletype", "TB");
    for (date, time, warning) in [
        ("02-02-2027", "15.30", "Jens Holm arbejder ikke på det tidspunkt."),
        ("02-02-2027", "11.45", "Jens Holm arbejder ikke på det tidspunkt."),
        ("05-02-2027", "9.00", "Jens Holm arbejder ikke den dag."),
        ("25-12-2026", "9.00", "Lukket"),
        ("20-11-2026", "9.00", "Tidspunktet er passeret."),
    ] {
        program.fill("Dato", date);
        program.fill("Tid", time);
        assert!(program.sees_part(warning), "{date} {time}; {:?}", program.texts());
    }
    program.picture("appointment-unusual");
    program.fill("Dato", "02-02-2027");
    program.fill("Tid", "15.30");
    program.click("OK");
    assert!(!program.sees("Ny aftale") && !program.is_free("JH", "15.30"));
}

#[test]
fn what_is_typed_is_not_lost_without_a_question() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.new_appointment("JH", "9.00");
    program.tap(Named::Escape);
    assert!(!program.sees("Ny aftale"), "nothing was typed");
    program.new_appointment("JH", "9.00");
    program.click_beside("Patient");
    program.tap(Named::Escape);
    assert!(program.sees("Ny aftale") && !program.sees("Kassér ændringerne?"), "only the list closes");
    program.fill("Bemærkning", "Ring først");
    program.tap(Named::Escape);
    assert!(program.sees("Kassér ændringerne?"));
    program.click("Fortsæt redigering");
    assert_eq!(program.value("Bemærkning"), "Ring først");
    program.send(Message::CloseRequested);
    assert!(!program.exited && program.sees("Luk uden at gemme?"));
    program.tap(Named::Escape);
    program.tap(Named::Escape);
    program.click("Kassér");
    assert!(!program.sees("Ny aftale"));
}

#[test]
fn a_patient_who_is_created_meanwhile_is_chosen() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.new_appointment("JH", "9.00");
    program.fill("Bemærkning", "Ny i byen");
    program.click("Ny patient …");
    program.fill("Navn", "Ove Nordlund");
    program.fill("Fødselsdato", "24-12-1970");
    program.click("OK");
    assert!(program.sees("Ove Nordlund") && program.sees_part("Født 24. december 1970"), "{:?}", program.texts());
    assert_eq!(program.value("Bemærkning"), "Ny i byen");
    program.choose_beside("Aftaletype", "DG");
    program.click("OK");
    assert_eq!(program.booked_at("JH", "9.00").value.patient, Some(program.named("Ove Nordlund").id));
}

// ------------------------------------------------------------------------ an overlap

#[test]
fn a_taken_time_is_asked_about_and_both_are_marked_if_it_is_meant() {
    let (_pc, mut program) = with_two();
    program.new_appointment("JH", "9.15");
    program.choose_beside("Patient", "1004");
    program.choose_beside("Aftaletype", "KNÆK");
    program.click("OK");
    assert!(program.sees("Tiden er optaget"));
    let question = "Tirsdag 2. februar 2027 9.15–9.45 hos Jens Holm:\nJens Holm har allerede SU Karen Mikkelsen 9.00–9.30.\nGem alligevel?";
    assert!(program.sees(question), "{:?}", program.texts());
    assert_eq!(program.focused().as_deref(), Some("question-keep"), "Enter overlaps nothing");
    program.picture("overlap");
    program.tap(Named::Enter);
    assert!(program.sees("Ny aftale") && program.is_free("JH", "9.15"));
    program.click("OK");
    program.click("Overlap alligevel");
    assert!(!program.sees("Ny aftale") && !program.sees("Tiden er optaget"));
    assert_eq!(program.booked_at("JH", "9.15").value.overlap, Overlap::Deliberate);
    assert_eq!(program.booked_at("JH", "9.00").value.overlap, Overlap::Deliberate);
    assert_eq!(program.booked_at("JH", "10.00").value.overlap, Overlap::None);
    assert_eq!(program.undo_words(), "Fortryd «aftale oprettet: KNÆK Morten Ladefoged»");
    // Away from it, neither is marked; and taken back, both are again.
    let moved = program.booked_at("JH", "9.15");
    program.reschedule(moved.id, "JH", "11.00", 30);
    assert_eq!(program.booked_at("JH", "11.00").value.overlap, Overlap::None);
    assert_eq!(program.booked_at("JH", "9.00").value.overlap, Overlap::None);
    program.take_back();
    assert_eq!(program.booked_at("JH", "9.15").value.overlap, Overlap::Deliberate);
    assert_eq!(program.booked_at("JH", "9.00").value.overlap, Overlap::Deliberate);
}

#[test]
fn touching_asks_nothing_and_a_patient_who_is_elsewhere_does() {
    let (_pc, mut program) = with_two();
    program.new_appointment("JH", "9.30");
    program.choose_beside("Patient", "1001");
    program.choose_beside("Aftaletype", "KNÆK");
    program.click("OK");
    assert!(!program.sees("Tiden er optaget") && !program.is_free("JH", "9.30"));
    program.new_appointment("MK", "9.15");
    program.choose_beside("Patient", "1001");
    program.choose_beside("Aftaletype", "BLEG");
    program.click("OK");
    assert!(program.sees_part("Karen Mikkelsen har allerede SU 9.00–9.30 hos Jens Holm."), "{:?}", program.texts());
    assert!(program.sees_part("Karen Mikkelsen har allerede KNÆK 9.30–10.00 hos Jens Holm."));
}

#[test]
fn longer_onto_the_next_asks_and_a_note_does_not() {
    let (_pc, mut program) = with_two();
    let karen = program.booked_at("JH", "9.00");
    program.asks(Asked::Edit(karen.id));
    assert!(program.sees("Aftale") && program.sees("Karen Mikkelsen"));
    assert!(program.sees("Skrevet ind mandag 23. november kl. 9.10 på en anden pc."));
    program.fill("Bemærkning", "Ring først");
    program.click("OK");
    assert_eq!(program.booked_at("JH", "9.00").value.note.as_str(), "Ring først");
    assert_eq!(program.undo_words(), "Fortryd «SU Karen Mikkelsen ændret»");
    program.asks(Asked::Edit(karen.id));
    program.fill("Minutter", "60");
    program.click("OK");
    assert!(!program.sees("Tiden er optaget"), "touching");
    assert_eq!(program.undo_words(), "Fortryd «SU Karen Mikkelsen: længden ændret»");
    program.asks(Asked::Edit(karen.id));
    program.fill("Minutter", "65");
    program.click("OK");
    assert!(program.sees_part("Jens Holm har allerede SU Bent Thorsen 10.00–10.30."));
}

#[test]
fn whoever_was_quicker_is_asked_about_as_well() {
    for refused in [Refusal::PractitionerTaken, Refusal::PatientTaken] {
        let (_pc, mut program) = with_two();
        program.new_appointment("JH", "9.45");
        program.choose_beside("Patient", "1004");
        program.choose_beside("Aftaletype", "KNÆK");
        program.fill("Minutter", "10");
        program.slow_disk("AroundRead");
        program.click("OK");
        // Between the question and the save Bent came to stand there.
        let bent = program.booked_at("JH", "10.00");
        let moved = Appointment { start: instant("9.45"), ..bent.value.clone() };
        let change = aftalebog_booking::Change::new(
            crate::program::now(),
            "en anden pc",
            Write::edit(&bent, &moved).into_iter().collect(),
        );
        block_on(program.store().save(change)).unwrap();
        program.not_saved(SaveError::Refused {
            kind: aftalebog_booking::Kind::Appointment,
            id: bent.id.uuid(),
            reason: refused,
        });
        assert!(program.sees_part("Jens Holm har allerede SU Bent Thorsen 9.45–10.15."), "{:?}", program.texts());
        program.click("Overlap alligevel");
        let marks: Vec<_> =
            program.appointments().into_iter().filter(|it| it.value.overlap == Overlap::Deliberate).collect();
        assert_eq!(marks.len(), 2);
    }
}

#[test]
fn a_clash_is_decided_by_keeping_both_or_moving_one() {
    let (_pc, mut program) = with(|setup, karen, bent| {
        let online = booked(setup, karen, "JH", "9.00");
        let online = Entry { value: Appointment { origin: Origin::Online, ..online.value }, ..online };
        let clash = booked(setup, bent, "JH", "9.15");
        let clash = Entry { value: Appointment { overlap: Overlap::Clash, ..clash.value }, ..clash };
        vec![online, clash]
    });
    let online = program.booked_at("JH", "9.00");
    program.asks(Asked::Edit(online.id));
    assert!(program.sees_part("Booket online af patienten.") && !program.sees("Behold begge"));
    program.tap(Named::Escape);
    let clash = program.booked_at("JH", "9.15");
    program.asks(Asked::Edit(clash.id));
    assert!(program.sees("Overlapper en aftale, som er booket online. Flyt en af dem, eller behold begge."));
    program.picture("appointment-clash");
    program.click("Behold begge");
    assert!(!program.sees("Behold begge"));
    assert_eq!(program.booked_at("JH", "9.15").value.overlap, Overlap::Deliberate);
    assert_eq!(program.undo_words(), "Fortryd «SU Bent Thorsen: begge beholdt»");
    program.take_back();
    assert_eq!(program.booked_at("JH", "9.15").value.overlap, Overlap::Clash);
    program.reschedule(clash.id, "JH", "9.30", 30);
    assert_eq!(program.booked_at("JH", "9.30").value.overlap, Overlap::None);
}

// ------------------------------------------------------------------------ moved

#[test]
fn a_drag_saves_at_once_keeps_the_need_and_is_taken_back() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    let need = program.needs("Karen Mikkelsen")[0].id;
    program.asks(Asked::UseNeed { need, at: program.place("LB", "9.00") });
    program.click("OK");
    let made = program.booked_at("LB", "9.00");
    program.reschedule(made.id, "MK", "10.30", 60);
    let moved = program.booked_at("MK", "10.30");
    assert_eq!((moved.id, moved.value.need, moved.value.minutes), (made.id, Some(need), length(60)));
    assert!(!program.sees_part("arbejder ikke"), "an ordinary time is not spoken of");
    assert_eq!(program.undo_words(), "Fortryd «SU Karen Mikkelsen flyttet»");
    program.take_back();
    assert_eq!(program.booked_at("LB", "9.00"), made);
    // Back to where it is: nothing is saved.
    let before = block_on(program.store().history(10)).unwrap().len();
    program.reschedule(made.id, "LB", "9.00", 45);
    assert_eq!(block_on(program.store().history(10)).unwrap().len(), before);
}

#[test]
fn a_drag_onto_another_asks_and_one_out_of_the_hours_is_told() {
    let (_pc, mut program) = with_two();
    let karen = program.booked_at("JH", "9.00");
    program.reschedule(karen.id, "JH", "9.45", 30);
    assert!(program.sees_part("Jens Holm har allerede SU Bent Thorsen 10.00–10.30."));
    program.tap(Named::Escape);
    assert!(!program.sees("Tiden er optaget") && !program.is_free("JH", "9.00"));
    program.reschedule(karen.id, "JH", "9.45", 30);
    program.click("Overlap alligevel");
    assert_eq!(program.booked_at("JH", "9.45").value.overlap, Overlap::Deliberate);
    let told = "Tirsdag 2. februar 2027 18.00–18.30 hos Jens Holm: Jens Holm arbejder ikke på det tidspunkt.";
    program.reschedule(karen.id, "JH", "18.00", 30);
    assert!(program.sees(told) && !program.is_free("JH", "18.00"), "{:?}", program.texts());
    program.picture("book-told");
    program.send(Message::ConfirmationPassed(1));
    assert!(program.sees(told), "it is no confirmation: it stays to be read");
    program.click_id("told-close");
    assert!(!program.sees(told));
    // Both at once: it is said in the question, and told only once it is so.
    let told = "Tirsdag 2. februar 2027 18.15–18.45 hos Jens Holm: Jens Holm arbejder ikke på det tidspunkt.";
    let bent = program.booked_at("JH", "10.00");
    program.reschedule(bent.id, "JH", "18.15", 30);
    assert!(program.sees("Tiden er optaget") && program.sees(told));
    program.tap(Named::Escape);
    assert!(!program.sees(told) && !program.is_free("JH", "10.00"));
    program.reschedule(bent.id, "JH", "18.15", 30);
    program.click("Overlap alligevel");
    assert!(!program.sees("Tiden er optaget") && program.sees(told) && !program.is_free("JH", "18.15"));
}

#[test]
fn a_dialog_that_was_opened_meanwhile_keeps_what_is_typed() {
    let (_pc, mut program) = with_two();
    let karen = program.booked_at("JH", "9.00");
    program.slow_disk("Asked(Edit");
    program.asks(Asked::Edit(karen.id));
    program.app.kept_back = None;
    program.new_appointment("JH", "11.00");
    program.fill("Bemærkning", "Skrevet");
    program.disk_answers();
    assert!(program.sees("Ny aftale") && program.value("Bemærkning") == "Skrevet");
}

#[test]
fn what_is_refused_although_nothing_stands_there_is_told_and_not_tried_for_ever() {
    let (_pc, mut program) = with_two();
    program.new_appointment("JH", "11.00");
    program.choose_beside("Patient", "1004");
    program.choose_beside("Aftaletype", "KNÆK");
    program.slow_disk("AroundRead");
    program.click("OK");
    let (kind, id) = (aftalebog_booking::Kind::Appointment, uuid::Uuid::nil());
    program.not_saved(SaveError::Refused { kind, id, reason: Refusal::PractitionerTaken });
    let words = "Kan ikke gemme: behandleren eller patienten har allerede en aftale på det tidspunkt.";
    assert!(program.sees(words) && program.sees("Ny aftale"), "{:?}", program.texts());
    program.click("OK");
    assert!(!program.sees("Ny aftale") && !program.is_free("JH", "11.00"));
}

#[test]
fn a_drag_that_cannot_be_saved_is_told_beside_the_book() {
    let (_pc, mut program) = with_two();
    let karen = program.booked_at("JH", "9.00");
    program.slow_disk("CardRead");
    program.reschedule(karen.id, "JH", "11.00", 30);
    program.not_saved(SaveError::DiskFull);
    assert!(program.sees_part("Kan ikke gemme: disken er fuld."));
    program.reschedule(karen.id, "JH", "11.00", 30);
    assert!(!program.sees_part("Kan ikke gemme") && !program.is_free("JH", "11.00"));
    program.asks(Asked::Edit(Id::random()));
    assert!(program.sees("Aftalen findes ikke mere. Den er aflyst eller slettet i mellemtiden."));
}

// ---------------------------------------------------------- cancelled and deleted

#[test]
fn a_cancellation_says_what_it_means_and_the_need_is_open_again() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    let need = program.needs("Karen Mikkelsen")[0].id;
    program.asks(Asked::UseNeed { need, at: program.place("LB", "9.00") });
    program.click("OK");
    let made = program.booked_at("LB", "9.00");
    program.asks(Asked::Cancel(made.id));
    assert!(program.sees("Afbud fra Karen Mikkelsen?"));
    let why = "Karen Mikkelsens tid tirsdag 2. februar 2027 9.00 aflyses. Behovet er åbent igen.";
    assert!(program.sees(why), "{:?}", program.texts());
    assert_eq!(program.focused().as_deref(), Some("question-keep"));
    program.picture("appointment-cancel");
    program.tap(Named::Enter);
    assert!(!program.is_free("LB", "9.00"));
    program.asks(Asked::Cancel(made.id));
    program.click("Afbud");
    assert!(program.is_free("LB", "9.00") && program.needs("Karen Mikkelsen").len() == 1);
    assert!(program.appointments().iter().any(|it| it.id == made.id && it.value.status == Status::Cancelled));
    assert_eq!(program.undo_words(), "Fortryd «afbud: SU Karen Mikkelsen»");
    program.take_back();
    assert_eq!(program.booked_at("LB", "9.00"), made);
}

#[test]
fn a_deletion_says_that_the_history_remembers() {
    let (_pc, mut program) = with_two();
    let karen = program.booked_at("JH", "9.00");
    program.asks(Asked::Edit(karen.id));
    program.click("Slet …");
    assert!(program.sees("Slet aftalen?") && program.sees("Historikken husker den, og «Fortryd» henter den tilbage."));
    assert!(program.sees_part("SU Karen Mikkelsen tirsdag 2. februar 2027 9.00–9.30 hos Jens Holm bliver slettet"));
    assert!(!program.sees_part("Behovet er åbent igen."), "it used none");
    program.picture("appointment-delete");
    program.click("Slet");
    assert!(!program.sees("Aftale") && program.appointments().iter().all(|it| it.id != karen.id));
    assert_eq!(program.undo_words(), "Fortryd «aftale slettet: SU Karen Mikkelsen»");
    program.take_back();
    assert_eq!(program.booked_at("JH", "9.00"), karen);
}

#[test]
fn a_dialog_with_something_typed_does_not_cancel_or_delete() {
    let (_pc, mut program) = with_two();
    let karen = program.booked_at("JH", "9.00");
    program.asks(Asked::Edit(karen.id));
    program.fill("Bemærkning", "X");
    for button in ["Afbud …", "Slet …"] {
        program.click(button);
        assert!(program.sees("Bemærkning") && !program.sees("Slet aftalen?") && !program.sees_part("Afbud fra"));
    }
}

// ------------------------------------------------------------------------ blocks

#[test]
fn a_time_is_blocked_with_several_practitioners_at_once() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    let at = program.place("JH", "12.00");
    program.asks(Asked::NewBlock { at, minutes: None });
    assert!(program.sees("Spær tid") && program.sees("Tomt: i aftalebogen står der «Optaget»."));
    assert_eq!(program.focused().as_deref(), Some("block-reason"));
    assert!(program.sees("Tiden bliver spærret hos JH.") && program.sees("30 minutter"));
    program.click("Møde");
    program.click("MK  Mette Kjærgaard");
    program.click("LB  Line Bech");
    program.fill("Til", "13");
    assert!(program.sees("Tiden bliver spærret hos 3 behandlere: JH, MK, LB.") && program.sees("60 minutter"));
    program.picture("block-new");
    program.tap(Named::Enter);
    for initials in ["JH", "MK", "LB"] {
        let block = program.booked_at(initials, "12.00").value;
        assert_eq!((block.note.as_str(), block.minutes, block.patient), ("Møde", length(60), None));
    }
    assert_eq!(program.undo_words(), "Fortryd «3 tider spærret: Møde»");
    program.take_back();
    assert!(["JH", "MK", "LB"].iter().all(|initials| program.is_free(initials, "12.00")));
}

#[test]
fn what_is_wrong_with_a_block_stands_under_its_field() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    let at = program.place("JH", "12.00");
    program.asks(Asked::NewBlock { at, minutes: Some(length(30)) });
    for (label, typed, fault, id) in [
        ("Til", "12.00", "Skriv et klokkeslæt efter 12.00.", "block-to"),
        ("Til", "12.04", "Spær mindst 5 minutter.", "block-to"),
        ("Til", "20.01", "Spær højst 480 minutter ad gangen.", "block-to"),
        ("Til", "x", "Skriv et klokkeslæt, fx 9.15.", "block-to"),
        ("Fra", "", "Skriv et klokkeslæt, fx 9.15.", "block-from"),
        ("Dato", "i dag", "Skriv en dato, fx 23-11-2026.", "block-date"),
    ] {
        let before = program.value(label);
        program.fill(label, typed);
        program.click("OK");
        assert!(program.sees(fault) && program.sees("Spær tid"), "{label} {typed}; {:?}", program.texts());
        assert_eq!(program.focused().as_deref(), Some(id), "{label} {typed}");
        program.fill(label, &before);
    }
    program.click("JH  Jens Holm");
    program.click("OK");
    assert!(program.sees("Sæt flueben ved mindst én behandler."));
    assert_eq!(program.focused().as_deref(), Some("block-practitioner-0"));
    program.click("SA  Sara Ahmadi");
    program.click("OK");
    assert!(!program.is_free("SA", "12.00") && program.is_free("JH", "12.00"));
}

#[test]
fn a_block_is_edited_moved_and_removed_with_one_question() {
    let (_pc, mut program) = with_two();
    let at = program.place("JH", "10.15");
    program.asks(Asked::NewBlock { at, minutes: Some(length(30)) });
    program.click("Frokost");
    program.click("OK");
    assert!(
        program.sees_part("Jens Holm har allerede SU Bent Thorsen 10.00–10.30."),
        "a block stands on nobody unasked"
    );
    program.click("Annuller");
    program.fill("Fra", "10.30");
    program.fill("Til", "11.00");
    program.click("OK");
    let block = program.booked_at("JH", "10.30");
    program.reschedule(block.id, "JH", "12.00", 30);
    assert_eq!(program.undo_words(), "Fortryd «spærring flyttet: Frokost»");
    program.asks(Asked::Edit(block.id));
    assert!(program.sees("Spærret tid"));
    program.fill("Årsag", "Kursus");
    // It goes to another, and no second one is left behind.
    program.click("JH  Jens Holm");
    program.click("SA  Sara Ahmadi");
    program.click("OK");
    assert!(program.is_free("JH", "12.00"));
    assert_eq!(program.booked_at("SA", "12.00").id, block.id);
    program.asks(Asked::Edit(block.id));
    program.click("Fjern spærringen …");
    let why = "«Kursus» tirsdag 2. februar 2027 12.00–12.30 hos Sara Ahmadi bliver fjernet, og tiden er fri igen.";
    assert!(program.sees("Fjern spærringen?") && program.sees(why), "{:?}", program.texts());
    program.tap(Named::Escape);
    program.tap(Named::Escape);
    program.asks(Asked::Edit(block.id));
    program.click("Fjern spærringen …");
    program.click("Fjern");
    assert!(program.appointments().iter().all(|it| it.id != block.id));
    assert_eq!(program.undo_words(), "Fortryd «spærring fjernet: Kursus»");
    program.take_back();
    // Gone behind the dialog's back: it is told in the dialog.
    program.asks(Asked::Edit(block.id));
    let deletion = vec![Write::delete(&program.booked_at("SA", "12.00"))];
    let change = aftalebog_booking::Change::new(crate::program::now(), "en anden pc", deletion);
    block_on(program.store().save(change)).unwrap();
    program.click("Fjern spærringen …");
    let gone = "Aftalen findes ikke mere. Den er aflyst eller slettet i mellemtiden.";
    assert!(program.sees(gone) && program.sees("Spærret tid"), "{:?}", program.texts());
}

// ------------------------------------------------------------------------ saving

#[test]
fn while_it_saves_nothing_closes_and_what_failed_stands_there_still() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.new_appointment("JH", "9.00");
    program.choose_beside("Patient", "1002");
    program.choose_beside("Aftaletype", "TB");
    program.fill("Bemærkning", "Ring først");
    program.slow_disk("AroundRead");
    program.click("OK");
    assert!(program.sees("Gemmer …") && !program.sees("OK"));
    program.tap(Named::Escape);
    program.tap(Named::Enter);
    program.send(Message::CloseRequested);
    assert!(program.sees("Ny aftale") && !program.exited);
    program.not_saved(SaveError::DiskFull);
    let full = "Kan ikke gemme: disken er fuld. Dine ændringer står stadig her. Frigør plads, og prøv igen.";
    assert!(program.sees(full) && program.value("Bemærkning") == "Ring først");
    program.click("OK");
    assert!(!program.sees("Ny aftale"));
    assert_eq!(block_on(program.store().history(10)).unwrap().len(), 1);
}

#[test]
fn a_question_that_could_not_be_saved_stays_and_can_be_answered_again() {
    let (_pc, mut program) = with_two();
    let karen = program.booked_at("JH", "9.00");
    program.asks(Asked::Cancel(karen.id));
    program.slow_disk("QuestionConfirmed");
    program.click("Afbud");
    program.tap(Named::Escape);
    assert!(program.sees("Afbud fra Karen Mikkelsen?"), "it is not known yet whether it was saved");
    program.not_saved(SaveError::DiskFull);
    assert!(program.sees_part("Kan ikke gemme: disken er fuld."));
    program.click("Afbud");
    assert!(!program.sees("Afbud fra Karen Mikkelsen?") && program.is_free("JH", "9.00"));
}

#[test]
fn an_answer_about_another_patient_comes_too_late() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.new_appointment("JH", "9.00");
    program.slow_disk("Chosen");
    program.click_beside("Patient");
    program.type_text("1001");
    program.click("Karen Mikkelsen");
    assert!(program.sees("Patientens behov hentes …"));
    program.app.kept_back = None;
    program.choose_beside("Patient", "1007");
    assert!(program.sees("Patienten har ingen åbne behov."));
    program.disk_answers();
    assert!(program.sees("Gerda Lyngbæk") && program.sees("Patienten har ingen åbne behov."));
}

#[test]
fn a_dialog_that_was_closed_is_not_opened_by_an_answer() {
    let (_pc, mut program) = with_two();
    let karen = program.booked_at("JH", "9.00");
    program.slow_disk("Asked(Edit");
    program.asks(Asked::Edit(karen.id));
    program.app.kept_back = None;
    program.asks(Asked::Cancel(karen.id));
    program.disk_answers();
    assert!(program.sees("Afbud fra Karen Mikkelsen?") && !program.sees("Bemærkning"), "the last that was asked for");
}

#[test]
fn of_two_answers_on_their_way_the_first_is_of_nobody_s_interest() {
    let (_pc, mut program) = with_two();
    let (karen, bent) = (program.booked_at("JH", "9.00"), program.booked_at("JH", "10.00"));
    program.slow_disk("Asked(");
    program.asks(Asked::Edit(bent.id));
    program.asks(Asked::Cancel(karen.id));
    program.disk_answers();
    assert!(program.sees("Afbud fra Karen Mikkelsen?"), "{:?}", program.texts());
    program.tap(Named::Enter);
    program.new_appointment("JH", "11.00");
    program.slow_disk("Chosen");
    program.choose_beside("Patient", "1001");
    program.choose_beside("Patient", "1007");
    program.disk_answers();
    assert!(program.sees("Patienten har ingen åbne behov."), "{:?}", program.texts());
}

#[test]
fn what_was_dragged_is_put_down_before_anything_else_begins() {
    let (_pc, mut program) = with_two();
    let karen = program.booked_at("JH", "9.00");
    program.slow_disk("Asked(Reschedule");
    program.reschedule(karen.id, "JH", "11.00", 30);
    let at = program.place("JH", "12.00");
    program.asks(Asked::NewAppointment { at, minutes: None });
    assert!(!program.sees("Ny aftale"));
    program.disk_answers();
    assert_eq!(program.booked_at("JH", "11.00").id, karen.id);
    program.new_appointment("JH", "12.00");
}

#[test]
fn a_file_that_can_only_be_read_is_looked_at() {
    let pc = crate::beginning::from_the_future();
    let mut program = pc.start();
    let any = program.appointments().into_iter().find(|it| it.value.patient.is_some()).unwrap();
    let before = program.all_records();
    let at = program.place("JH", "9.00");
    for asked in [
        Asked::NewAppointment { at, minutes: None },
        Asked::NewBlock { at, minutes: None },
        Asked::Cancel(any.id),
        Asked::Delete(any.id),
        Asked::Reschedule { appointment: any.id, at, minutes: length(30) },
    ] {
        program.asks(asked);
        assert!(!program.sees("Annuller") && !program.sees("Slet"), "{asked:?}");
    }
    program.asks(Asked::Edit(any.id));
    assert!(program.sees("Aftale") && program.sees("Bemærkning"));
    program.click("OK");
    program.click("Slet …");
    assert!(program.sees("Bemærkning") && !program.sees("Slet aftalen?"));
    program.tap(Named::Escape);
    assert_eq!(program.all_records(), before);
}

// ------------------------------------------------------------------------ taken back

#[test]
fn an_undo_that_is_refused_says_why_beside_the_book() {
    let (_pc, mut program) = with_two();
    let karen = program.booked_at("JH", "9.00");
    program.reschedule(karen.id, "JH", "11.00", 30);
    let words = program.undo_words();
    // Another PC books the place that was left, without this window having heard of it.
    let bent = program.booked_at("JH", "10.00");
    let moved = Appointment { start: instant("9.00"), ..bent.value.clone() };
    let writes = Write::edit(&bent, &moved).into_iter().collect();
    let change = aftalebog_booking::Change::new(crate::program::now(), "en anden pc", writes);
    block_on(program.store().save(change)).unwrap();
    program.take_back();
    let taken = "Kan ikke fortrydes: behandleren eller patienten har fået en anden aftale på det tidspunkt.";
    assert!(program.sees(taken), "{:?}", program.texts());
    assert_eq!(program.undo_words(), words, "nothing was taken back");
    program.click_id("told-close");
    assert!(!program.sees(taken));
}

// ------------------------------------------------------------------------ looks

#[test]
fn tab_goes_through_the_dialogs_in_the_order_of_reading() {
    let (_pc, mut program) = with_two();
    program.resize(1280.0, 1200.0);
    program.new_appointment("JH", "9.45");
    reads(&mut program, "appointment-patient");
    program.tap(Named::Escape);
    let karen = program.booked_at("JH", "9.00");
    program.asks(Asked::Edit(karen.id));
    reads(&mut program, "appointment-patient");
    program.tap(Named::Escape);
    let at = program.place("JH", "12.00");
    program.asks(Asked::NewBlock { at, minutes: None });
    reads(&mut program, "block-reason");
}

#[test]
fn the_dialogs_in_the_dark_in_a_low_window_and_in_english() {
    let (_pc, mut program) = with_two();
    let karen = program.booked_at("JH", "9.00");
    program.asks(Asked::Edit(karen.id));
    program.picture("appointment");
    program.click_beside("Behandler");
    program.picture("appointment-choosing");
    program.tap(Named::Escape);
    program.tap(Named::Escape);
    program.send(Message::ThemeTurned(iced::theme::Mode::Dark));
    program.asks(Asked::Edit(karen.id));
    program.picture("appointment-dark");
    program.resize(854.0, 534.0);
    program.picture_at("appointment-low-dark-at-150-percent", 1.5);
    program.tap(Named::Escape);
    program.resize(1280.0, 800.0);
    program.reschedule(karen.id, "JH", "9.45", 30);
    program.picture("overlap-dark");
    program.tap(Named::Escape);
    program.click_id("language");
    program.asks(Asked::Edit(karen.id));
    assert!(
        program.sees("Appointment type") && program.sees("Tuesday 2 February 2027 9:00–9:30 with Jens Holm"),
        "{:?}",
        program.texts()
    );
    program.key(Named::Tab, Modifiers::SHIFT);
    program.picture("appointment-english-dark");
}

/// What another part of the program saved, and what it is called beside «Fortryd».
#[track_caller]
fn check_named(writes: impl FnOnce(&aftalebog_local::Store, &Setup) -> Vec<Write>, words: &str) {
    let pc = Pc::with_demo().changed(|store| writes(store, &block_on(store.setup()).unwrap()));
    let mut program = pc.start();
    assert_eq!(program.undo_words(), format!("Fortryd «{words}»"));
}

#[test]
fn what_was_done_to_patients_and_needs_is_named_too() {
    fn patient(store: &aftalebog_local::Store, number: &str) -> Entry<Patient> {
        block_on(store.find_patients(number, 1)).unwrap().remove(0)
    }
    fn new(number: &str) -> Entry<Patient> {
        Entry::new(Patient {
            number: aftalebog_booking::bounded::PatientNumber::new(number).unwrap(),
            name: aftalebog_booking::bounded::Name::new("Ove Nordlund").unwrap(),
            birth_date: "1970-12-24".parse().unwrap(),
            phone: None,
            email: None,
            self_registered: false,
            accepted: true,
        })
    }
    fn need(store: &aftalebog_local::Store) -> Entry<Need> {
        block_on(store.open_needs_of(patient(store, "1001").id)).unwrap().remove(0)
    }
    check_named(|_, _| vec![Write::create(&new("9001"))], "patient oprettet: Ove Nordlund");
    check_named(
        |_, _| ["9001", "9002", "9003"].map(|number| Write::create(&new(number))).to_vec(),
        "import af 3 patienter",
    );
    check_named(
        |store, _| {
            let karen = patient(store, "1001");
            let after = Patient { phone: Detail::new("11 11 11 11").ok(), ..karen.value.clone() };
            Write::edit(&karen, &after).into_iter().collect()
        },
        "patient ændret: Karen Mikkelsen",
    );
    check_named(|store, _| vec![Write::delete(&patient(store, "1007"))], "patient slettet: Gerda Lyngbæk");
    check_named(
        |store, _| {
            let emil = patient(store, "1010");
            Write::edit(&emil, &Patient { accepted: true, ..emil.value.clone() }).into_iter().collect()
        },
        "patient godkendt: Emil Sandager",
    );
    check_named(|store, _| vec![Write::delete(&patient(store, "1010"))], "patient afvist: Emil Sandager");
    check_named(
        |store, _| {
            let (gerda, karen) = (patient(store, "1007"), patient(store, "1001"));
            let need = need(store);
            let handed_over = Need { patient: gerda.id, ..need.value.clone() };
            let mut writes: Vec<Write> = Write::edit(&need, &handed_over).into_iter().collect();
            writes.push(Write::delete(&karen));
            writes
        },
        "patient flettet: Karen Mikkelsen",
    );
    check_named(|store, _| vec![Write::create(&Entry::new(need(store).value))], "behov oprettet: SU Karen Mikkelsen");
    check_named(|store, _| vec![Write::delete(&need(store))], "behov slettet: SU Karen Mikkelsen");
    check_named(
        |store, _| {
            let need = need(store);
            let after = Need { minutes: length(60), ..need.value.clone() };
            Write::edit(&need, &after).into_iter().collect()
        },
        "behov ændret: SU Karen Mikkelsen",
    );
    check_named(|store, _| [0, 1].map(|_| Write::create(&Entry::new(need(store).value))).to_vec(), "import af 2 behov");
    check_named(
        |store, setup| {
            let block = |time| {
                let mut block = booked(setup, &patient(store, "1001"), "JH", time);
                (block.value.patient, block.value.appointment_type) = (None, None);
                Write::create(&block)
            };
            vec![block("8.00"), block("11.00")]
        },
        "import af 2 tider",
    );
}

#[test]
fn an_undo_in_the_settings_that_is_refused_says_why_there() {
    let (_pc, mut program) = with_two();
    let karen = program.booked_at("JH", "9.00");
    program.asks(Asked::Cancel(karen.id));
    program.click("Afbud");
    program.open_settings();
    let bent = program.booked_at("JH", "10.00");
    let moved = Appointment { start: instant("9.00"), ..bent.value.clone() };
    let writes = Write::edit(&bent, &moved).into_iter().collect();
    let change = aftalebog_booking::Change::new(crate::program::now(), "en anden pc", writes);
    block_on(program.store().save(change)).unwrap();
    program.click("Fortryd «afbud: SU Karen Mikkelsen»");
    let taken = "Kan ikke fortrydes: behandleren eller patienten har fået en anden aftale på det tidspunkt.";
    assert!(program.sees(taken) && program.sees("Indstillinger"), "{:?}", program.texts());
}

#[test]
fn from_the_keys_of_the_book_to_the_file_and_back() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    while program.focused().as_deref() != Some("timetable") {
        program.tap(Named::Tab);
    }
    program.tap(Named::ArrowDown);
    program.tap(Named::Insert);
    assert!(program.sees("Ny aftale"), "{:?}", program.texts());
    program.choose_beside("Patient", "1002");
    program.choose_beside("Aftaletype", "TB");
    program.fill("Tid", "19.00");
    program.tap(Named::Enter);
    assert!(!program.is_free("JH", "2026-11-23 19.00") && !program.sees("Ny aftale"));
    assert_eq!(program.focused().as_deref(), Some("timetable"));
    program.chord('z', Modifiers::CTRL);
    assert!(program.is_free("JH", "2026-11-23 19.00"));
}
