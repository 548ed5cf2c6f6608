//! Busy times and closed days from and to iCalendar.

use aftalebog::screen::appointment_book::Transfer;
use aftalebog_booking::record::{Appointment, Closure, Overlap};
use futures::executor::block_on;
use iced::keyboard::key::Named;

use crate::harness::Driver;
use crate::patient_files::{data, file};
use crate::program::{Pc, Program};

impl Driver<Program> {
    /// The dialog with the calendar of CN opened.
    #[track_caller]
    fn import_calendar(&mut self, file: &std::path::Path) {
        self.transfer(Transfer::ImportCalendar);
        assert!(self.sees("Importér kalender"));
        self.give_file(file);
        self.choose_practitioner("CN");
    }

    #[track_caller]
    fn choose_practitioner(&mut self, initials: &str) {
        assert_eq!(self.focused().as_deref(), Some("files-practitioner"));
        self.type_text(initials);
        self.tap(Named::Enter);
    }

    /// The blocks whose start is on one of these days, by start.
    fn blocks(&self, from: &str, to: &str) -> Vec<Appointment> {
        let booked = block_on(self.store().appointments_between(from.parse().unwrap(), to.parse().unwrap())).unwrap();
        booked.into_iter().map(|booked| booked.entry.value).filter(|it| it.appointment_type.is_none()).collect()
    }

    fn closure(&self, from: &str) -> Option<Closure> {
        let closures = self.setup().closures.into_iter().map(|entry| entry.value);
        closures.into_iter().find(|closure| closure.from.to_string() == from)
    }
}

#[test]
fn a_calendar_becomes_blocks_and_absence() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.import_calendar(&data("kalender.ics"));
    assert!(
        program
            .sees_part("4 nye, 0 ændret, 0 findes allerede, 1 overlapper, 1 fejl. Sprunget over: 1 uden optaget tid"),
        "{:?}",
        program.texts()
    );
    assert_eq!(program.text_beside("Linje 50"), "Uden rigtig tid");
    assert!(program.sees("DTSTART kan ikke læses.") && program.sees("optaget: Møde kl. 12.45 – udelades"));
    program.picture("files-calendar");
    program.click("Importér 4");
    assert!(program.sees("4 tider og lukkedage er importeret."));
    let early = program.blocks("2026-11-24T05:00:00Z", "2026-11-24T05:30:00Z");
    assert_eq!((early.len(), early[0].note.as_str(), early[0].minutes.get()), (1, "Optaget", 30), "no heading");
    assert_eq!(program.blocks("2026-12-19T11:00:00Z", "2026-12-19T11:30:00Z").len(), 1);
    assert_eq!(program.blocks("2026-12-12T11:00:00Z", "2026-12-12T11:30:00Z").len(), 0, "an exception");
    let away = program.closure("2027-02-08").unwrap();
    assert_eq!((away.to.to_string().as_str(), away.practitioner.is_some()), ("2027-02-12", true));
}

#[test]
fn the_same_calendar_again_doubles_nothing_and_brings_what_has_changed() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.import_calendar(&data("kalender.ics"));
    program.click("Importér 4");
    program.tap(Named::Enter);
    program.import_calendar(&data("kalender.ics"));
    assert!(program.sees_part("0 nye, 0 ændret, 4 findes allerede, 1 overlapper"), "{:?}", program.texts());
    assert!(program.sees("Intet at importere"));
    program.tap(Named::Escape);
    let moved = std::fs::read_to_string(data("kalender.ics")).unwrap().replace("20261124T05", "20261125T05");
    program.import_calendar(&file(&pc, "rettet.ics", moved));
    assert!(program.sees_part("0 nye, 1 ændret, 3 findes allerede") && program.sees("ændret – får filens tid"));
    program.click("Importér 1");
    assert_eq!(program.blocks("2026-11-24T05:00:00Z", "2026-11-24T05:30:00Z").len(), 0);
    assert_eq!(program.blocks("2026-11-25T05:00:00Z", "2026-11-25T05:30:00Z").len(), 1);
}

#[test]
fn headings_overlaps_and_closed_days_come_only_where_they_are_chosen() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.import_calendar(&data("kalender.ics"));
    program.click_id("files-summaries");
    program.click("Lægges oven i");
    program.click("Lukkedage for hele klinikken");
    assert!(program.sees("lægges oven i Møde kl. 12.45"));
    program.click("Importér 5");
    let both = program.blocks("2026-11-23T11:45:00Z", "2026-11-23T12:15:00Z");
    let ours = both.iter().find(|block| block.note.as_str() == "Oven i noget").unwrap();
    assert_eq!(ours.overlap, Overlap::Deliberate);
    let closed = program.closure("2027-02-08").unwrap();
    assert_eq!((closed.practitioner, closed.reason.as_str()), (None, "Ferie"));
}

#[test]
fn the_period_can_be_chosen_and_is_refused_at_its_field() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.import_calendar(&data("kalender.ics"));
    program.click_id("files-to");
    program.clear();
    program.type_text("24-11-26");
    assert!(program.sees_part("1 ny, 0 ændret") && program.sees_part("2 uden for perioden"), "{:?}", program.texts());
    program.clear();
    program.type_text("snart");
    assert!(program.sees("Skriv datoen som 24-12-2026.") && program.sees("Intet at importere"));
    program.clear();
    program.type_text("1-11-2026");
    assert!(program.sees("Perioden slutter, før den begynder."));
}

#[test]
fn a_file_that_is_no_calendar_is_refused_at_its_field() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.transfer(Transfer::ImportCalendar);
    program.give_file(&data("patienter-med-fejl.csv"));
    assert!(program.sees("Filen er ikke en kalender. Vælg en .ics-fil."));
    assert_eq!(program.focused().as_deref(), Some("files-path"));
}

#[test]
fn a_calendar_import_can_be_taken_back() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    let before = block_on(program.store().snapshot()).unwrap();
    program.import_calendar(&data("kalender.ics"));
    program.click("Importér 4");
    program.tap(Named::Enter);
    program.open_settings();
    program.click("Fortryd «import af 4 tider og lukkedage»");
    assert_eq!(block_on(program.store().snapshot()).unwrap(), before);
}

#[test]
fn the_book_is_exported_without_names_and_is_all_there_already_when_it_is_read() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.transfer(Transfer::ExportCalendar);
    assert!(program.sees("Eksportér kalender"));
    program.picture("files-export-calendar");
    let file = pc.path().join("bog.ics");
    program.give_file(&file);
    assert!(!program.sees("Eksportér kalender"));
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("SUMMARY:JH SU\r\n") && text.contains("DTSTART;VALUE=DATE:20261223\r\n"), "{text}");
    assert!(!text.contains("Asger"), "no patient is named");
    program.import_calendar(&file);
    assert!(program.sees_part("0 nye, 0 ændret") && program.sees_part("0 overlapper, 0 fejl"), "{:?}", program.texts());
}

#[test]
fn one_practitioners_book_is_exported_with_names_where_it_is_chosen() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.transfer(Transfer::ExportCalendar);
    program.click_id("files-practitioner");
    program.type_text("jh");
    program.tap(Named::Enter);
    program.click("Tag patienternes navne og tekster fra spærret tid og fravær med");
    assert!(program.sees("Andre, der ser kalenderen, kan så se, hvem der kommer i klinikken."));
    program.click_id("files-path");
    let file = pc.path().join("jh.ics");
    program.give_file(&file);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("SUMMARY:SU Asger Enevoldsen\r\n"), "{text}");
    assert!(!text.contains("SUMMARY:MK"));
}
