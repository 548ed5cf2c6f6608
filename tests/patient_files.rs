//! Patients and needs from and to CSV.

use std::path::{Path, PathBuf};

use aftalebog::app::Message;
use aftalebog::screen::appointment_book::{self, Transfer};
use aftalebog::screen::open_clinic;
use aftalebog_booking::bounded::Name;
use aftalebog_booking::record::Patient;
use aftalebog_booking::{Change, Write};
use futures::executor::block_on;
use iced::keyboard::key::Named;

use crate::beginning::from_the_future;
use crate::harness::Driver;
use crate::program::{Pc, Program, now};

impl Driver<Program> {
    /// What the book's menu asks for.
    pub fn transfer(&mut self, transfer: Transfer) {
        let chosen = appointment_book::Message::TransferChosen(transfer);
        self.send(Message::Clinic(open_clinic::Message::Book(chosen)));
    }

    /// Types where the file is, and goes on.
    #[track_caller]
    pub fn give_file(&mut self, file: &Path) {
        assert_eq!(self.focused().as_deref(), Some("files-path"));
        self.clear();
        self.type_text(file.to_str().unwrap());
        self.tap(Named::Enter);
    }

    /// The dialog for patients, with this file opened.
    #[track_caller]
    fn import_patients(&mut self, file: &Path) {
        self.transfer(Transfer::ImportPatients);
        assert!(self.sees("Importér patienter"));
        self.give_file(file);
    }

    /// Goes on until the file has been checked.
    #[track_caller]
    fn check_file(&mut self) {
        self.tap(Named::Enter);
        self.tap(Named::Enter);
        assert!(self.sees_part(" klar, "), "on screen: {:?}", self.texts());
    }

    fn imported(&self, number: &str) -> Option<Patient> {
        let patients = block_on(self.store().patients()).unwrap();
        patients.into_iter().map(|entry| entry.value).find(|patient| patient.number.as_str() == number)
    }
}

pub fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

/// A file beside the clinic's.
pub fn file(pc: &Pc, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
    let file = pc.path().join(name);
    std::fs::write(&file, text).unwrap();
    file
}

// --------------------------------------------------------------------- the whole way

#[test]
fn patients_of_another_program_are_imported() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.import_patients(&data("patienter-windows-1252.csv"));
    assert!(program.sees("Hansen, Åse") && program.sees("Født"), "the encoding was found");
    program.picture("files-preview");
    program.tap(Named::Enter);
    assert!(program.sees_part("Født · 24-12-1980"), "the columns were found");
    program.picture("files-columns");
    program.tap(Named::Enter);
    assert!(program.sees("3 klar, 1 springes over, 0 fejl"));
    assert_eq!(program.focused().as_deref(), Some("files-import"));
    program.picture("files-check");
    program.tap(Named::Enter);
    assert!(program.sees("3 nye er importeret, 0 er opdateret og 1 er sprunget over."));
    let patient = program.imported("2002").unwrap();
    assert_eq!((patient.name.as_str(), patient.birth_date.to_string().as_str()), ("Søren Ørsted Møller", "1975-02-01"));
    assert!(patient.accepted && !patient.self_registered);
    assert_ne!(program.imported("1001").unwrap().name.as_str(), "Allerede Findes");
    program.tap(Named::Enter);
    assert!(!program.sees("Importér patienter"), "«Luk» closes");
}

#[test]
fn an_import_can_be_taken_back() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.import_patients(&data("patienter-windows-1252.csv"));
    program.check_file();
    program.tap(Named::Enter);
    program.tap(Named::Enter);
    program.open_settings();
    program.click("Fortryd «import af 3 patienter»");
    assert!(program.imported("2002").is_none() && program.imported("1001").is_some());
}

#[test]
fn who_is_there_already_is_updated_where_it_is_chosen() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.import_patients(&data("patienter-windows-1252.csv"));
    program.check_file();
    program.click("Opdatér");
    assert!(program.sees("4 klar, 0 springes over, 0 fejl"));
    program.click("Importér");
    assert!(program.sees("3 nye er importeret, 1 er opdateret og 0 er sprunget over."));
    assert_eq!(program.imported("1001").unwrap().name.as_str(), "Allerede Findes");
}

#[test]
fn the_books_menu_leads_to_it() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    for (line, title) in [
        ("Importér patienter …", "Importér patienter"),
        ("Importér behov …", "Importér behov"),
        ("Importér kalender …", "Importér kalender"),
        ("Eksportér patienter …", "Eksportér patienter"),
        ("Eksportér behov …", "Eksportér behov"),
        ("Eksportér kalender …", "Eksportér kalender"),
        ("Gem sikkerhedskopi …", "Gem sikkerhedskopi"),
        ("Gendan …", "Gendan klinikken"),
    ] {
        program.click_id("more");
        program.click(line);
        assert!(program.sees(title), "{line}");
        program.tap(Named::Escape);
        assert!(!program.sees(title), "{line}");
    }
}

#[test]
fn a_file_that_can_only_be_read_is_looked_at_and_takes_nothing() {
    let pc = from_the_future();
    let mut program = pc.start();
    program.import_patients(&data("patienter-windows-1252.csv"));
    program.check_file();
    assert!(program.sees("3 klar, 1 springes over, 0 fejl"));
    program.click("Importér");
    program.tap(Named::Enter);
    assert!(program.sees("3 klar, 1 springes over, 0 fejl"));
    assert!(program.imported("2002").is_none());
}

#[test]
fn it_is_said_again_in_english() {
    let pc = Pc::with_demo();
    let mut start = pc.begin();
    start.language = aftalebog_texts::Language::English;
    let mut program = crate::program::start(start);
    program.transfer(Transfer::ImportPatients);
    program.give_file(&data("patienter-windows-1252.csv"));
    program.tap(Named::Enter);
    program.tap(Named::Enter);
    assert!(program.sees("3 ready, 1 passed over, 0 faults"), "{:?}", program.texts());
}

#[test]
fn the_columns_to_choose_from_lie_over_the_others_on_a_large_screen_too() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.import_patients(&data("patienter-windows-1252.csv"));
    program.tap(Named::Enter);
    program.click_id("files-column-BirthDate");
    assert!(program.sees_whole("Mobil · 00 00 00 00"));
    program.picture_at("files-column-choice-150", 1.5);
    program.tap(Named::Escape);
    assert!(program.sees("3 Kolonner") && program.focused().as_deref() == Some("files-column-BirthDate"));
    // The last one's list lies within the window.
    program.click_id("files-column-Email");
    assert!(program.sees("Navn · Hansen, Åse"));
}

#[test]
fn it_looks_right_in_the_dark() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.send(Message::ThemeTurned(iced::theme::Mode::Dark));
    program.import_patients(&data("patienter-med-fejl.csv"));
    program.check_file();
    program.picture("files-faults-dark");
}

// -------------------------------------------------------------------------- faults

#[test]
fn every_fault_is_said_by_its_line_and_can_be_saved_and_mended() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    let file = file(&pc, "patienter.csv", std::fs::read(data("patienter-med-fejl.csv")).unwrap());
    program.import_patients(&file);
    program.check_file();
    assert!(program.sees("1 klar, 0 springes over, 4 fejl"));
    for (line, why) in [
        ("Linje 3", "Fødselsdatoen «1980-02-31» er ikke en dato. Skriv den som 24-12-1980."),
        ("Linje 4", "Navn mangler."),
        ("Linje 5", "Nummer 3001 står også i linje 2."),
        ("Linje 6", "Fødselsdatoen «i går» er ikke en dato. Skriv den som 24-12-1980."),
    ] {
        assert_eq!(program.text_beside(line), why);
    }
    program.picture("files-faults");
    assert_eq!(program.focused().as_deref(), Some("files-again"), "to mend the file is what Enter does");
    program.click("Gem fejlene …");
    let faults = pc.path().join("fejl.csv");
    program.give_file(&faults);
    assert!(!program.sees("Gem fejlene"));
    let saved = std::fs::read_to_string(&faults).unwrap();
    assert!(saved.starts_with("\u{FEFF}Linje;Fejl;nummer;fornavn;efternavn;fødselsdato\r\n"), "{saved}");
    assert!(saved.contains("\r\n4;Navn mangler.;3003;;;1990-05-05\r\n"), "{saved}");
    // Not over a file that is there.
    program.click("Gem fejlene …");
    program.give_file(&faults);
    assert!(program.sees_part("Der er allerede en fil med det navn."));
    program.tap(Named::Escape);
    std::fs::write(&file, "nummer,fornavn,efternavn,fødselsdato\n3001,Åse,Bæk,1980-02-01\n3002,Bo,Lund,1980-02-28\n")
        .unwrap();
    program.click("Prøv igen med den rettede fil");
    assert!(program.sees("2 klar, 0 springes over, 0 fejl"));
    program.tap(Named::Enter);
    assert_eq!(program.imported("3002").unwrap().name.as_str(), "Bo Lund");
}

#[test]
fn the_right_ones_alone_are_imported_only_where_it_is_chosen() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.import_patients(&data("patienter-med-fejl.csv"));
    program.check_file();
    program.tap(Named::Enter);
    assert!(program.imported("3001").is_none(), "Enter reads the file again, and imports nothing");
    program.click("Importér den ene rigtige");
    assert!(program.imported("3001").is_some() && program.imported("3002").is_none());
}

#[test]
fn a_long_list_of_faults_is_scrolled_by_keys() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    let rows: String = (0..5_000).map(|number| format!("{number};Åse;\n")).collect();
    program.import_patients(&file(&pc, "mange.csv", format!("nummer;navn;født\n{rows}")));
    program.check_file();
    assert!(program.sees("0 klar, 0 springes over, 5000 fejl"));
    assert!(program.sees("Linje 2") && !program.sees("Linje 5001"));
    program.click("Linje 2");
    program.tap(Named::Tab);
    while program.focused().as_deref() != Some("files-faults-keys") {
        program.tap(Named::Tab);
    }
    program.tap(Named::End);
    assert!(program.sees("Linje 5001") && !program.sees("Linje 2"));
    program.tap(Named::Home);
    program.tap(Named::PageDown);
    assert!(!program.sees("Linje 2") && program.sees("Linje 30"));
}

// --------------------------------------------------------------- how the file is read

#[test]
fn the_encoding_the_separator_and_the_heading_can_be_chosen() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.import_patients(&data("patienter-windows-1252.csv"));
    program.click("UTF-8");
    assert!(!program.sees("Hansen, Åse"));
    program.click("Windows-1252");
    assert!(program.sees("Hansen, Åse"));
    program.click("Tabulator");
    assert!(program.sees_part("5 rækker i 1 kolonne") || program.sees_part("4 rækker i 1 kolonne"));
    program.click("Semikolon");
    program.click("Første linje er kolonnernes navne");
    assert!(program.sees("Kolonne 1") && program.sees("Patientnr."));
}

#[test]
fn required_columns_must_be_chosen() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.import_patients(&file(&pc, "x.csv", "a;b;c\n4001;Åse Bæk;01-02-1980\n"));
    program.tap(Named::Enter);
    assert!(program.sees("Patientnummer *") && program.sees("Navn *") && program.sees("Fødselsdato *"));
    assert_eq!(program.all_bounds_of("Vælg den kolonne, som feltet står i.").len(), 3);
    program.tap(Named::Enter);
    assert_eq!(program.focused().as_deref(), Some("files-column-Number"), "the first that is missing");
    for (field, typed) in [("Number", "4001"), ("Name", "åse"), ("BirthDate", "1980")] {
        program.click_id(&format!("files-column-{field}"));
        program.type_text(typed);
        program.tap(Named::Enter);
    }
    program.click("Videre");
    assert!(program.sees("1 klar, 0 springes over, 0 fejl"), "{:?}", program.texts());
}

#[test]
fn a_personal_number_is_never_shown_and_never_a_patient_number() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    // Nobody has such a number: its last four figures are zeros.
    let made_up = format!("{}-{}", "010180", "0".repeat(4));
    program.import_patients(&file(&pc, "cpr.csv", format!("nummer;navn;cpr\n4001;Åse;{made_up}\n")));
    assert!(!program.sees_part(&made_up) && program.sees("010180-••••"));
    program.tap(Named::Enter);
    program.click_id("files-column-Number");
    program.type_text("cpr");
    assert!(program.sees("CPR-numre"));
    program.tap(Named::Enter);
    assert!(program.sees("Kolonnen har CPR-numre. De gemmes ikke i Aftalebog; vælg en anden kolonne."));
    program.click("Videre");
    assert_eq!(program.focused().as_deref(), Some("files-column-Number"));
    program.click_id("files-column-Number");
    program.type_text("4001");
    program.tap(Named::Enter);
    program.click_id("files-column-BirthDate");
    program.type_text("cpr");
    program.tap(Named::Enter);
    assert!(program.sees("Fødselsdatoen tages fra de første seks cifre. Resten af CPR-nummeret gemmes ikke."));
    program.click("Videre");
    program.tap(Named::Enter);
    assert_eq!(program.imported("4001").unwrap().birth_date.to_string(), "1980-01-01");
}

#[test]
fn a_file_that_is_none_is_refused_at_its_field() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.transfer(Transfer::ImportPatients);
    program.tap(Named::Enter);
    assert!(program.sees("Skriv, hvor filen ligger, eller tryk på «Gennemse …»."));
    program.give_file(&pc.path().join("findes-ikke.csv"));
    assert!(program.sees_part("Filen findes ikke."));
    program.give_file(&file(&pc, "tom.csv", "\n\n"));
    assert!(program.sees("Filen er tom. Vælg en fil med indhold."));
    assert_eq!(program.focused().as_deref(), Some("files-back"), "there is no way on");
    program.tap(Named::Enter);
    assert!(program.text_of("files-path").ends_with("tom.csv"), "nothing typed is lost");
    program.tap(Named::Escape);
    assert!(!program.sees("Importér patienter"));
}

#[test]
fn a_file_is_dropped_on_the_dialog() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.transfer(Transfer::ImportPatients);
    program.send(Message::FileDropped(data("patienter-windows-1252.csv")));
    program.tap(Named::Enter);
    assert!(program.sees("Hansen, Åse"));
}

// ---------------------------------------------------------------- all of it, or nothing

#[test]
fn a_stopped_import_leaves_the_file_as_it_was() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    let before = block_on(program.store().snapshot()).unwrap();
    program.import_patients(&data("patienter-windows-1252.csv"));
    program.check_file();
    program.slow_disk("ImportPressed");
    program.tap(Named::Enter);
    assert!(program.sees("0 af 3 er skrevet") && program.sees("Stop"));
    program.tap(Named::Escape);
    assert!(program.sees("Stop"), "Esc does not leave it alone");
    program.picture("files-importing");
    program.click("Stop");
    assert!(program.sees("Stopper …"));
    program.disk_answers();
    assert!(program.sees("Importen er stoppet. Intet er importeret."));
    assert_eq!(block_on(program.store().snapshot()).unwrap(), before);
    program.tap(Named::Enter);
    assert!(program.imported("2002").is_some(), "it can be begun again");
}

#[test]
fn a_failed_import_says_why_and_imports_nothing() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.import_patients(&data("patienter-windows-1252.csv"));
    program.check_file();
    program.slow_disk("ImportPressed");
    program.tap(Named::Enter);
    program.not_saved(aftalebog_local::SaveError::DiskFull);
    assert!(program.sees_part("disken er fuld"), "{:?}", program.texts());
    assert!(program.sees("3 klar, 1 springes over, 0 fejl"));
}

/// The dialog is at «Importér», and patient 1001 has another name meanwhile.
fn renamed_meanwhile(pc: &Pc) -> Driver<Program> {
    let mut program = pc.start();
    program.import_patients(&data("patienter-windows-1252.csv"));
    program.check_file();
    program.click("Opdatér");
    let store = program.store();
    let patients = block_on(store.patients()).unwrap();
    let there = patients.into_iter().find(|entry| entry.value.number.as_str() == "1001").unwrap();
    let name = Name::new("Et Tredje Navn").unwrap();
    let write = Write::edit(&there, &Patient { name, ..there.value.clone() }).unwrap();
    block_on(store.save(Change::new(now(), "KONTOR-2", vec![write]))).unwrap();
    program.click("Importér");
    assert!(program.sees("Ændret imens"), "{:?}", program.texts());
    assert_eq!(program.imported("1001").unwrap().name.as_str(), "Et Tredje Navn", "nothing is overwritten unseen");
    program
}

#[test]
fn an_import_that_somebody_else_was_quicker_than_can_be_meant_all_the_same() {
    let pc = Pc::with_demo();
    let mut program = renamed_meanwhile(&pc);
    program.click("Brug mit");
    assert!(program.sees("3 nye er importeret, 1 er opdateret og 0 er sprunget over."), "{:?}", program.texts());
    assert_eq!(program.imported("1001").unwrap().name.as_str(), "Allerede Findes");
}

#[test]
fn an_import_that_is_given_up_leaves_the_window_open_and_nothing_saved() {
    let pc = Pc::with_demo();
    let mut program = renamed_meanwhile(&pc);
    program.send(Message::CloseRequested);
    program.click("Annuller");
    assert!(program.sees_part("Ikke gemt."), "{:?}", program.texts());
    assert!(program.imported("2002").is_none());
    // What is saved next does not close the window, which somebody wanted to close before.
    program.click("Spring over");
    program.click("Importér");
    assert!(program.imported("2002").is_some() && !program.exited);
}

#[test]
fn the_window_waits_for_an_import() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.import_patients(&data("patienter-windows-1252.csv"));
    program.check_file();
    program.slow_disk("ImportPressed");
    program.tap(Named::Enter);
    program.send(Message::CloseRequested);
    assert!(!program.exited);
    program.disk_answers();
    assert!(program.exited);
}

// --------------------------------------------------------------------------- needs

#[test]
fn needs_of_another_program_are_imported() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.transfer(Transfer::ImportNeeds);
    program.give_file(&data("behov.csv"));
    program.tap(Named::Enter);
    program.picture("files-need-columns");
    program.tap(Named::Enter);
    assert!(program.sees("2 klar, 0 springes over, 3 fejl"), "{:?}", program.texts());
    assert_eq!(program.text_beside("Linje 4"), "2027 har 52 uger, der er ingen uge 53.");
    assert_eq!(program.text_beside("Linje 5"), "Ingen patient har nummer 9999.");
    assert_eq!(program.text_beside("Linje 6"), "Ingen aftaletype har koden XX.");
    let before = block_on(program.store().needs()).unwrap().len();
    program.click("Importér de 2 rigtige");
    assert_eq!(block_on(program.store().needs()).unwrap().len(), before + 2);
    program.tap(Named::Enter);
    program.transfer(Transfer::ImportNeeds);
    program.give_file(&data("behov.csv"));
    program.check_file();
    assert!(program.sees("0 klar, 2 springes over, 3 fejl"), "the same needs are not made twice");
}

// ---------------------------------------------------------------------------- export

#[test]
fn the_patients_are_exported_and_are_all_there_already_when_they_are_read() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.transfer(Transfer::ExportPatients);
    program.picture("files-export");
    let file = pc.path().join("patienter.csv");
    program.give_file(&file);
    assert!(
        !program.sees("Eksportér patienter") && program.sees_part("Gemt som ") && program.sees_part("patienter.csv")
    );
    let bytes = std::fs::read(&file).unwrap();
    assert!(bytes.starts_with("\u{FEFF}Nummer;Navn;Fødselsdato;Telefon;E-mail\r\n".as_bytes()));
    program.import_patients(&file);
    program.check_file();
    program.click("Opdatér");
    assert!(program.sees_part("0 klar, ") && program.sees_part(" 0 fejl"), "{:?}", program.texts());
}

#[test]
fn the_needs_are_exported_and_are_all_there_already_when_they_are_read() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.transfer(Transfer::ExportNeeds);
    let file = pc.path().join("behov.csv");
    program.give_file(&file);
    program.transfer(Transfer::ImportNeeds);
    program.give_file(&file);
    program.check_file();
    assert!(program.sees("0 klar, 166 springes over, 0 fejl"), "{:?}", program.texts());
}

#[test]
fn an_export_says_why_it_cannot_be_written() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.transfer(Transfer::ExportPatients);
    program.tap(Named::Enter);
    assert!(program.sees("Skriv, hvor filen ligger, eller tryk på «Gennemse …»."));
    program.give_file(&pc.path().join("findes-ikke").join("p.csv"));
    assert!(program.sees("Mappen findes ikke. Kontrollér, at placeringen er skrevet rigtigt."));
    let there = file(&pc, "optaget.csv", "noget");
    program.give_file(&there);
    assert!(program.sees_part("Der er allerede en fil med det navn."));
    assert_eq!(std::fs::read_to_string(&there).unwrap(), "noget");
    program.tap(Named::Escape);
    assert!(!program.sees("Eksportér patienter") && !program.sees_part("Gemt som "));
}
