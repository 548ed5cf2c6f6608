//! All of a clinic goes into a file and comes back, or comes from one of the copies on the PC.

mod barred;
mod meanwhile;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use aftalebog::app::{File, Message, Start};
use aftalebog::clock::Clock;
use aftalebog::screen::open_clinic::Read;
use aftalebog::screen::restore;
use aftalebog_booking::bounded;
use aftalebog_booking::demo::{SEED, demo_clinic};
use aftalebog_booking::record::{self, Appointment, AppointmentType, Clinic, Patient, Snapshot, Value};
use aftalebog_booking::{Change, Entry, Write};
use aftalebog_local::backup::{Backup, Occasion, backups};
use aftalebog_local::sync::{Cause, Connection, Event, Status};
use aftalebog_local::{Damage, FirstSync, Store, StoreError};
use aftalebog_texts::Language;
use chrono::{DateTime, TimeDelta, Utc};
use futures::executor::block_on;
use iced::keyboard::key::Named;
use iced::theme::Mode;
use iced::{Point, Rectangle, Size};

use crate::beginning::damage;
use crate::conflicts::{new_link, paired};
use crate::harness::{Driver, Picture, compare_with};
use crate::program::{Pc, Program, now, start};

/// A clinic of its own, not the demo.
pub struct Own {
    pub pc: Pc,
}

impl Own {
    pub fn new() -> Self {
        let pc = Pc::with_demo();
        fs::rename(pc.demo(), pc.clinic()).unwrap();
        // As it is called by itself.
        let named = |clinic: &Clinic| Clinic {
            name: "Tandlægerne ved Møllesøen".to_owned().try_into().unwrap(),
            ..clinic.clone()
        };
        let own = Self { pc };
        own.write(|setup| Write::edit(&setup.clinic, &named(&setup.clinic.value)).into_iter().collect());
        own
    }

    fn write(&self, writes: impl FnOnce(&aftalebog_booking::Setup) -> Vec<Write>) {
        let writing = async {
            let store = Store::open(self.pc.clinic(), now()).await.unwrap();
            let writes = writes(&store.setup().await.unwrap());
            store.save(Change::new(now(), "en anden pc", writes)).await.unwrap();
            store.close().await;
        };
        block_on(writing);
    }

    pub fn start(&self) -> Driver<Program> {
        self.pc.first_start()
    }

    /// As a double-click on the file starts it.
    fn start_with(&self, given: &Path) -> Driver<Program> {
        start(Start { file: File::Clinic, given: Some(given.to_owned()), ..self.pc.begin() })
    }

    /// SU was deleted, and it is asked whether a copy that has it is to be restored.
    fn asked_after_deletion(&self) -> Driver<Program> {
        let file = in_folder(&self.pc, "kopi.json");
        let mut program = self.start();
        program.back_up_to(&file);
        program.delete_type("SU");
        program.look_at_copy(&file);
        program
    }

    /// Whether another program finds the clinic's file in use: in this one, SQLite knows by itself.
    fn is_held(&self) -> bool {
        let folder = self.pc.path().to_str().unwrap();
        let mut another = std::process::Command::new(env!("CARGO_BIN_EXE_aftalebog"));
        let done = another.args(["--data", folder, "--clock", crate::program::NOW, "backup"]).output().unwrap();
        let in_use = String::from_utf8_lossy(&done.stderr).contains("allerede åben");
        assert_eq!(done.status.code(), Some(if in_use { 2 } else { 0 }), "{done:?}");
        in_use
    }

    fn backups(&self) -> Vec<Backup> {
        backups(&self.pc.clinic())
    }

    /// The file as a copy that was made then.
    fn copy(&self, at: DateTime<Utc>) -> PathBuf {
        let copying = async {
            let store = Store::open(self.pc.clinic(), now()).await.unwrap();
            let copy = store.back_up(at).await.unwrap();
            store.close().await;
            copy
        };
        block_on(copying)
    }
}

impl Driver<Program> {
    #[track_caller]
    fn more(&mut self, line: &str) {
        self.click_id("more");
        self.click(line);
    }

    /// «Gem sikkerhedskopi …» to this place.
    #[track_caller]
    fn back_up_to(&mut self, file: &Path) {
        self.more("Gem sikkerhedskopi …");
        self.give_file(file);
    }

    /// «Gendan …» from this file, until it is shown.
    #[track_caller]
    fn look_at_copy(&mut self, file: &Path) {
        self.more("Gendan …");
        self.give_file(file);
    }

    fn delete_type(&mut self, code: &str) {
        self.open_settings();
        self.click(code);
        self.tap(Named::Delete);
        self.click("Slet");
        self.click("Luk");
    }

    fn has_type(&self, code: &str) -> bool {
        let setup = self.setup();
        let of = |entry: &Entry<aftalebog_booking::record::OnlineType>| {
            setup.appointment_type(entry.value.appointment_type).is_some_and(|it| it.code.as_str() == code)
        };
        setup.online_types.iter().any(of)
    }

    fn record_count(&self) -> usize {
        block_on(self.store().snapshot()).unwrap().records.len()
    }
}

fn snapshot(file: &Path) -> Snapshot {
    serde_json::from_slice(&fs::read(file).unwrap()).unwrap()
}

/// A snapshot with records that name others which are not in it.
fn without_patients(pc: &Pc) -> PathBuf {
    let mut demo = demo_clinic(now().date_naive(), SEED);
    demo.records.retain(|record| !matches!(record.value, Value::Patient(_)));
    let file = in_folder(pc, "uden-patienter.json");
    fs::write(&file, serde_json::to_string(&demo).unwrap()).unwrap();
    file
}

/// A snapshot that would be taken wherever snapshots are.
fn of_another_clinic(pc: &Pc) -> PathBuf {
    let file = in_folder(pc, "anden.json");
    fs::write(&file, serde_json::to_string(&demo_clinic(now().date_naive(), SEED)).unwrap()).unwrap();
    file
}

fn in_folder(pc: &Pc, name: &str) -> PathBuf {
    pc.path().join(name)
}

// ---------------------------------------------------------------------- to a file and back

#[test]
fn all_of_the_clinic_goes_into_a_file_and_comes_back() {
    let own = Own::new();
    let file = in_folder(&own.pc, "Møllesøen.aftalebog.json");
    let mut program = own.start();
    program.back_up_to(&file);
    assert!(program.sees_part("Sikkerhedskopien ligger her: "));
    assert!(program.sees_part("Møllesøen.aftalebog.json. Den rummer patienternes oplysninger."));
    let written = snapshot(&file);
    assert_eq!((written.records.len(), written.made_at), (program.record_count(), Some(now())));

    program.delete_type("SU");
    assert!(!program.has_type("SU"));
    program.look_at_copy(&file);
    assert_eq!(program.text_beside("Tidspunkt"), "mandag 23. november 2026 kl. 9.10");
    for part in [
        "Alt, hvad der er ændret på denne pc efter kopien, forsvinder",
        "Først bliver klinikken, som den er nu, kopieret.",
    ] {
        assert!(program.sees_part(part), "{part}");
    }
    assert_eq!(program.focused().as_deref(), Some("restore-cancel"), "Enter loses nothing");
    program.tap(Named::Enter);
    assert!(!program.sees("Gendan klinikken") && !program.has_type("SU"));

    program.look_at_copy(&file);
    program.click("Gendan");
    assert!(program.has_type("SU"));
    assert!(program.sees_part("Klinikken er gendannet. Kopien var fra: mandag 23. november 2026 kl. 9.10."));
    let before = own.backups().into_iter().filter(|it| it.occasion == Occasion::Import).count();
    assert_eq!(before, 1, "one copy of what was there: {:?}", own.backups());
    assert!(program.sees_part("Det, der stod her før, ligger øverst under «Gendan …»."), "it is said where it is");
    program.open_settings();
    assert!(!program.sees_part("Fortryd"), "what cannot be taken back is not offered");
}

#[test]
fn a_copy_is_of_the_minute_when_it_was_made() {
    // What the window shows as now goes on by quarters of an hour.
    static LATER: AtomicI64 = AtomicI64::new(0);
    fn clock() -> DateTime<Utc> {
        now() + TimeDelta::seconds(LATER.load(Ordering::Relaxed))
    }
    let own = Own::new();
    let file = in_folder(&own.pc, "kopi.json");
    let mut program = start(Start { file: File::Clinic, clock: Clock::Running(clock), ..own.pc.begin() });
    LATER.store(9 * 60, Ordering::Relaxed);
    program.back_up_to(&file);
    assert_eq!(snapshot(&file).made_at, Some(now() + TimeDelta::minutes(9)));
}

#[test]
fn what_was_there_before_can_be_fetched_from_its_copy() {
    let own = Own::new();
    let mut program = own.asked_after_deletion();
    program.click("Gendan");
    assert!(program.has_type("SU"));
    program.more("Gendan …");
    assert!(program.sees("før en gendannelse"));
    program.tap(Named::Tab);
    program.tap(Named::Tab);
    assert_eq!(program.focused().as_deref(), Some("copies-row-0"), "the newest copy is chosen");
    program.tap(Named::Enter);
    assert!(program.sees("I kopien"));
    program.click("Gendan");
    assert!(!program.has_type("SU"), "as it was before");
}

#[test]
fn no_file_is_overwritten_by_a_copy() {
    let own = Own::new();
    let file = in_folder(&own.pc, "optaget.json");
    fs::write(&file, "mine").unwrap();
    let mut program = own.start();
    program.back_up_to(&file);
    assert!(program.sees_part("Der er allerede en fil med det navn."));
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    assert!(program.sees_part("Den rummer personoplysninger"));
}

#[test]
fn a_copy_is_called_as_its_files_are_even_where_only_half_a_name_or_a_folder_is_given() {
    let own = Own::new();
    let stick = in_folder(&own.pc, "usb");
    fs::create_dir(&stick).unwrap();
    let mut program = own.start();
    let suggested = "Tandlægerne ved Møllesøen 2026-11-23.aftalebog.json";
    for (given, file) in [
        (in_folder(&own.pc, "Før ferien"), in_folder(&own.pc, "Før ferien.aftalebog.json")),
        (stick.clone(), stick.join(suggested)),
    ] {
        program.back_up_to(&given);
        assert!(
            program.sees_part(&format!("Sikkerhedskopien ligger her: {}", file.display())),
            "{:?}",
            program.texts()
        );
        assert_eq!(snapshot(&file).records.len(), program.record_count());
        let before = fs::metadata(&file).unwrap().modified().unwrap();
        program.back_up_to(&given);
        assert!(program.sees_part("Der er allerede en fil med det navn."), "{:?}", program.texts());
        assert_eq!(program.value("Fil"), file.to_str().unwrap(), "the name that is taken is seen, which nobody typed");
        assert_eq!(fs::metadata(&file).unwrap().modified().unwrap(), before, "it is as it was");
        program.click("Annuller");
    }
}

// ---------------------------------------------------------------------------- the copies on this PC

#[test]
fn a_copy_on_this_pc_is_chosen_from_a_list_that_says_what_is_in_it() {
    let own = Own::new();
    let _copy = own.copy(now() - TimeDelta::hours(3));
    let damaged = own.copy(now() - TimeDelta::hours(2));
    fs::write(&damaged, "no database").unwrap();
    let mut program = own.start();
    program.delete_type("SU");
    program.more("Gendan …");
    let (patients, appointments) = counts(&block_on(program.store().snapshot()).unwrap());
    assert!(program.sees_part(&format!(" · {patients} patienter · {appointments} aftaler")), "{:?}", program.texts());
    assert!(program.sees("mandag 23. november 2026 kl. 6.10") && program.sees("daglig kopi"));
    program.click("kan ikke læses");
    program.click("Se kopien");
    assert!(program.sees_part("Kopien er beskadiget eller ikke fra Aftalebog. Vælg en anden. Intet er ændret"));
    program.click("mandag 23. november 2026 kl. 6.10");
    assert!(!program.sees_part("beskadiget"), "that was about another one");
    program.click("Se kopien");
    assert_eq!(program.text_beside("Tidspunkt"), "mandag 23. november 2026 kl. 6.10");
    program.click("Gendan");
    assert!(program.has_type("SU"));
}

fn counts(snapshot: &Snapshot) -> (usize, usize) {
    let of = |is: fn(&Value) -> bool| snapshot.records.iter().filter(|record| is(&record.value)).count();
    let booked = |value: &Value| {
        matches!(value, Value::Appointment(it) if it.patient.is_some()
            && it.status == aftalebog_booking::record::Status::Booked)
    };
    (of(|value| matches!(value, Value::Patient(_))), of(booked))
}

#[test]
fn where_there_is_another_number_than_in_the_copy_it_stands_out() {
    let own = Own::new();
    let file = in_folder(&own.pc, "kopi.json");
    let mut program = own.start();
    program.back_up_to(&file);
    program.look_at_copy(&file);
    assert_eq!(program.text_beside("Tidspunkt"), "mandag 23. november 2026 kl. 9.10");
    assert!(program.sees("i dag kl. 9.10"), "{:?}", program.texts());
    let lines = ["Klinik", "Aftaletyper", "Behandlere", "Lukkedage og fravær"];
    let plain = lines.map(|label| side_of_copy(&mut program, label));
    program.click("Annuller");
    let setup = program.setup();
    let (types, online) =
        (setup.appointment_types.iter().filter(|it| !it.value.deactivated).count(), setup.online_types.len());
    let staff = setup.staff().count();
    let line = |types: usize, online: usize| format!("{types} · {online} til online booking");
    let needs = |program: &Driver<Program>| block_on(program.store().content()).unwrap().needs;
    let waiting = needs(&program);
    let open = block_on(program.store().open_needs()).unwrap();
    let another =
        AppointmentType { code: bounded::Line::new("NYT").unwrap(), ..setup.appointment_types[0].value.clone() };
    let writes = vec![
        Write::create(&Entry::new(another)),
        Write::delete(&setup.online_types[0]),
        Write::delete(&open[0].entry),
        Write::delete(&setup.practitioner_groups[0]),
    ];
    block_on(program.store().save(Change::new(now(), "en anden pc", writes))).unwrap();
    program.look_at_copy(&file);
    for (copy, here) in [
        (line(types, online), line(types + 1, online - 1)),
        (waiting.to_string(), (waiting - 1).to_string()),
        (groups(staff, setup.practitioner_groups.len()), groups(staff, setup.practitioner_groups.len() - 1)),
    ] {
        assert!(program.sees(&copy) && program.sees(&here), "«{copy}» and «{here}»: {:?}", program.texts());
    }
    let now = lines.map(|label| side_of_copy(&mut program, label));
    let stands_out = [0, 1, 2, 3].map(|line| plain[line].pixels != now[line].pixels);
    assert_eq!(stands_out, [false, true, true, false], "the copy is the same one: {lines:?}");
}

/// How what is in the copy is written beside this label.
fn side_of_copy(program: &mut Driver<Program>, label: &str) -> Picture {
    let label = program.bounds_of(label);
    program.seen().part(Rectangle::new(Point::new(label.x + label.width, label.y), Size::new(250.0, label.height)))
}

#[test]
fn every_label_of_what_is_compared_has_room_in_both_languages() {
    let own = Own::new();
    let file = of_another_clinic(&own.pc);
    for (language, clinic, labels) in [
        (Language::Danish, "Klinik", ["Aftaletyper", "Lukkedage og fravær"]),
        (Language::English, "Clinic", ["Appointment types", "Closed days, absence"]),
    ] {
        let given = Some(file.clone());
        let mut program = start(Start { file: File::Clinic, given, language, ..own.pc.begin() });
        let line = program.bounds_of(clinic).height;
        for label in labels {
            assert!(program.bounds_of(label).height < 1.5 * line, "«{label}» takes two lines");
        }
        program.close();
    }
}

fn groups(staff: usize, groups: usize) -> String {
    match groups {
        0 => staff.to_string(),
        1 => format!("{staff} · 1 gruppe"),
        _ => format!("{staff} · {groups} grupper"),
    }
}

#[test]
fn a_daily_copy_says_when_it_was_made_unless_its_file_was_written_on_another_day() {
    let own = Own::new();
    own.start().close();
    let mut program = own.start();
    program.more("Gendan …");
    assert!(program.sees("mandag 23. november 2026 kl. 9.10"), "{:?}", program.texts());
    program.tap(Named::Escape);
    let daily = own.backups().remove(0).file;
    let later = now() + TimeDelta::days(1);
    fs::File::options().write(true).open(daily).unwrap().set_modified(later.into()).unwrap();
    program.more("Gendan …");
    assert!(program.sees("mandag 23. november 2026"), "{:?}", program.texts());
}

// ------------------------------------------------------------------------- what is no copy, and harms nothing

#[test]
fn what_cannot_be_taken_is_told_with_what_to_do_and_harms_nothing() {
    let own = Own::new();
    let whole = serde_json::to_string(&demo_clinic(now().date_naive(), SEED)).unwrap();
    let without_clinic = Snapshot::new(demo_clinic(now().date_naive(), SEED).records.split_off(9));
    let newer = own.copy(now());
    let connection = rusqlite::Connection::open(&newer).unwrap();
    let raise = "insert into refinery_schema_history select version + 1, name, applied_on, checksum
        from refinery_schema_history order by version desc limit 1";
    assert_eq!(connection.execute(raise, []).unwrap(), 1);
    drop(connection);
    let mut program = own.start();
    let before = block_on(program.store().snapshot()).unwrap();
    let file = |name: &str, text: String| {
        let file = in_folder(&own.pc, name);
        fs::write(&file, text).unwrap();
        file
    };
    for (file, words) in [
        (in_folder(&own.pc, "mangler.json"), "Filen findes ikke."),
        (file("tom.json", String::new()), "Filen er ikke en sikkerhedskopi fra Aftalebog"),
        (file("halv.json", whole[..whole.len() / 2].to_owned()), "Filen er ikke en sikkerhedskopi fra Aftalebog"),
        (
            file("ny.json", whole.replacen("\"format\":1", "\"format\":2", 1)),
            "lavet af en nyere version af Aftalebog. Opdatér programmet",
        ),
        (file("uden.json", serde_json::to_string(&without_clinic).unwrap()), "Filen mangler oplysninger om klinikken"),
        (
            file("forkert.db", "SQLite format 3\0 og så ikke mere".to_owned()),
            "Kopien er beskadiget eller ikke fra Aftalebog.",
        ),
        (newer, "lavet af en nyere version af Aftalebog. Opdatér programmet"),
        (own.pc.clinic(), "Det er klinikkens egen fil, som er åben."),
        (own.pc.path().to_owned(), "Filen kan ikke læses"),
    ] {
        program.look_at_copy(&file);
        assert!(program.sees_part(words), "{words}; on screen: {:?}", program.texts());
        assert_eq!(program.focused().as_deref(), Some("files-path"));
        program.click("Annuller");
    }
    assert_eq!(block_on(program.store().snapshot()).unwrap(), before);
    program.delete_type("SU");
    assert!(!program.has_type("SU"), "the file still takes saves");
}

#[test]
fn the_clinics_own_file_stays_its_windows_alone_whatever_it_is_chosen_for() {
    let own = Own::new();
    let mut program = own.start();
    program.look_at_copy(&own.pc.clinic());
    assert!(program.sees_part("Det er klinikkens egen fil, som er åben. Vælg en kopi af den."));
    assert!(own.is_held());
    program.click("Annuller");
    for line in ["Importér patienter …", "Importér kalender …"] {
        program.more(line);
        program.give_file(&own.pc.clinic());
        assert!(program.sees_part("Det er klinikkens egen fil, som er åben. Vælg en anden."), "{:?}", program.texts());
        assert!(own.is_held(), "{line}");
        program.tap(Named::Escape);
    }
    // The control: another program can have it afterwards.
    program.close();
    assert!(!own.is_held());
}

#[test]
fn a_record_that_no_file_can_hold_is_told_and_everything_stays() {
    let own = Own::new();
    let file = without_patients(&own.pc);
    let mut program = own.start();
    let before = block_on(program.store().snapshot()).unwrap();
    program.look_at_copy(&file);
    program.click("Gendan");
    assert!(program.sees_part("Filen kan ikke hentes: "), "{:?}", program.texts());
    assert_eq!(block_on(program.store().snapshot()).unwrap(), before);
    program.click("Annuller");
    assert!(!program.sees("Gendan klinikken"));
}

#[test]
fn a_copy_of_another_clinic_is_said_to_be_one() {
    let own = Own::new();
    let file = in_folder(&own.pc, "demo.json");
    fs::write(&file, serde_json::to_string(&demo_clinic(now().date_naive(), SEED)).unwrap()).unwrap();
    let mut program = own.start();
    program.look_at_copy(&file);
    assert!(program.sees("Kopien er fra en anden klinik: Tandlægerne ved Møllesøen (demo)."));
    assert_eq!(program.text_beside("Tidspunkt"), "Det står ikke i filen", "it was written by an older program");
}

// ---------------------------------------------------------------------------- a file that cannot be read

#[test]
fn a_file_that_cannot_be_read_makes_room_for_a_copy_from_elsewhere() {
    let own = Own::new();
    let file = in_folder(&own.pc, "på-nøgle.aftalebog.json");
    let mut program = own.start();
    program.back_up_to(&file);
    program.close();
    for backup in own.backups() {
        fs::remove_file(backup.file).unwrap();
    }
    fs::write(own.pc.clinic(), [7; 5000]).unwrap();
    let mut program = own.start();
    assert!(program.sees_part("Har I gemt en kopi et andet sted, så hent den med «Vælg en kopi …»."));
    program.click("Vælg en kopi …");
    program.give_file(&file);
    assert!(program.sees("Filen, der ikke kan læses, bliver gemt under et andet navn."));
    assert!(program.sees_part("er pc’en ikke længere forbundet med bookingserveren"), "{:?}", program.texts());
    program.click("Hent");
    assert!(program.has_type("SU"));
    assert!(program.sees_part("Kopien var fra: mandag 23. november 2026 kl. 9.10. Det, der er skrevet siden"));
    let kept = fs::read_dir(own.pc.path()).unwrap().map(|it| it.unwrap().path());
    let kept: Vec<_> = kept.filter(|it| it.to_string_lossy().contains("damaged-")).collect();
    assert_eq!(kept.len(), 1);
    assert_eq!(fs::read(&kept[0]).unwrap(), [7; 5000]);
}

#[test]
fn a_paired_pc_is_not_told_to_type_again_what_its_server_has() {
    let pc = paired(Pc::with_demo());
    pc.start().close();
    damage(&pc);
    let mut program = pc.start();
    program.click("Hent sikkerhedskopien");
    assert!(program.sees_part("kommer af sig selv fra bookingserveren"), "{:?}", program.texts());
    assert!(program.sees_part("Den beskadigede fil er gemt under et andet navn."));
    assert!(!program.sees_part("skal skrives igen"));
}

#[test]
fn where_the_file_is_gone_nothing_is_said_of_a_damaged_one() {
    let own = Own::new();
    let file = of_another_clinic(&own.pc);
    let gone = || {
        own.start().close();
        fs::remove_file(own.pc.clinic()).unwrap();
        let mut program = own.start();
        assert!(
            program.sees("Filen findes ikke") && program.sees_part("Er filen kun flyttet"),
            "{:?}",
            program.texts()
        );
        assert!(!program.sees_part("beskadiget"));
        program
    };
    let mut program = gone();
    program.click("Hent sikkerhedskopien");
    assert!(program.sees_part("Det, der er skrevet siden, skal skrives igen."), "{:?}", program.texts());
    assert!(!program.sees_part("beskadiget"));
    program.close();
    let mut program = gone();
    program.send(Message::FileDropped(file));
    assert!(program.sees("Klinikkens fil findes ikke, så intet bliver overskrevet."), "{:?}", program.texts());
    assert!(!program.sees_part("bliver gemt under et andet navn"));
    assert!(program.sees_part("er pc’en ikke længere forbundet med bookingserveren"), "{:?}", program.texts());
    program.click("Hent");
    let told = "Klinikken er hentet fra en sikkerhedskopi. Det, der er skrevet siden, skal skrives igen.";
    assert!(program.sees(told), "an older program's file does not say when it was made: {:?}", program.texts());
}

#[test]
fn a_demo_that_cannot_be_read_takes_its_own_copies_and_nobody_elses() {
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.delete_type("SU");
    program.close();
    damage(&pc);
    let file = of_another_clinic(&pc);
    let mut program = start(Start { given: Some(file.clone()), ..pc.begin() });
    assert!(program.sees("Hent fra en sikkerhedskopi"), "{:?}", program.texts());
    assert!(program.sees_part("Demoklinikken kan kun gendannes fra sine egne kopier"));
    assert!(program.find_id("files-path").is_none() && !program.sees("I kopien"));
    program.send(Message::FileDropped(file.clone()));
    program.send(Message::SecondStart(Some(file)));
    assert!(program.sees("Se kopien") && !program.sees("I kopien"));
    program.click("Se kopien");
    program.click("Hent");
    assert!(program.has_type("SU"), "as it was this morning");
    assert!(program.sees_part("Demoklinik.") && !pc.clinic().exists());
}

#[test]
fn where_no_copy_will_be_made_none_is_promised() {
    let own = Own::new();
    fs::write(own.pc.clinic(), [7; 5000]).unwrap();
    let mut program = own.start();
    program.click("Vælg en kopi …");
    assert!(program.sees_part("eller vælg en af kopierne på denne pc."), "{:?}", program.texts());
    assert!(program.sees("Der er ingen kopier på denne pc."));
    let pc = Pc::with_demo();
    damage(&pc);
    let mut program = pc.start();
    assert!(!program.sees("Vælg en kopi …"), "there is none to choose");
    assert!(program.sees_part("så bliver demoklinikken lavet på ny"));
}

// ------------------------------------------------------------------------------------------ pictures

/// What the guide for clinics shows: the dialog between its title and its button.
#[track_caller]
fn guide_shows(program: &mut Driver<Program>, name: &str, title: &str, button: &str, width: f32) {
    let (top, bottom) = (program.bounds_of(title), program.bounds_of_id(button));
    let left = (1280.0 - width) / 2.0;
    let (above, below) = (top.y - 16.0, bottom.y + bottom.height + 20.0);
    guide_shows_part(program, name, Rectangle::new(Point::new(left, above), Size::new(width, below - above)));
}

#[track_caller]
fn guide_shows_part(program: &mut Driver<Program>, name: &str, part: Rectangle) {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/pictures/{name}.png"));
    compare_with(&kept, name, &program.seen().part(part));
}

#[test]
fn the_guide_for_clinics_shows_the_dialogs_as_they_are() {
    let own = Own::new();
    let file = own.pc.path().join("kopi.json");
    // When the clinic closed on Friday and on Thursday.
    for days in [3, 4] {
        let _copy = own.copy(now() - TimeDelta::days(days) + TimeDelta::minutes(7 * 60 + 20));
    }
    let mut program = own.start();
    program.back_up_to(&file);
    program.click_id("told-close");
    let button = program.bounds_of_id("more");
    program.click_id("more");
    let last = program.bounds_of("Om Aftalebog");
    let left = last.x - 48.0;
    let height = last.y + last.height + 20.0 - button.y;
    let menu = Rectangle::new(Point::new(left, button.y - 4.0), Size::new(1280.0 - left, height));
    guide_shows_part(&mut program, "more", menu);
    program.click("Gem sikkerhedskopi …");
    program.type_text(r"E:\Tandlægerne ved Møllesøen 2026-11-23.aftalebog.json");
    guide_shows(&mut program, "save", "Gem sikkerhedskopi", "files-export-ok", 640.0);
    program.tap(Named::Escape);
    // Since then somebody has been busy.
    let setup = program.setup();
    let patient = block_on(program.store().patients()).unwrap().remove(0).value;
    let booked = block_on(program.store().appointments_between(now(), now() + TimeDelta::days(60))).unwrap();
    let cancelled = booked.iter().filter(|it| it.patient.is_some()).take(3).flat_map(|it| {
        Write::edit(&it.entry, &Appointment { status: record::Status::Cancelled, ..it.entry.value.clone() })
    });
    let added = ["2001", "2002"].map(|number| {
        Write::create(&Entry::new(Patient { number: bounded::Line::new(number).unwrap(), ..patient.clone() }))
    });
    let removed =
        setup.online_types.iter().take(2).map(Write::delete).chain(setup.closures.iter().take(1).map(Write::delete));
    let writes = cancelled.chain(added).chain(removed).collect();
    block_on(program.store().save(Change::new(now(), "RECEPTION", writes))).unwrap();
    program.more("Gendan …");
    guide_shows(&mut program, "copies", "Gendan klinikken", "restore-show", 820.0);
    program.click("fredag 20. november 2026 kl. 16.30");
    program.click("Se kopien");
    guide_shows(&mut program, "compare", "Gendan klinikken", "restore-take", 820.0);
    let new = Own { pc: Pc::new() };
    let mut program = new.start_with(&file);
    guide_shows(&mut program, "new-pc", "Hent fra en sikkerhedskopi", "restore-take", 820.0);
}

#[test]
fn how_it_looks() {
    let own = Own::new();
    let file = in_folder(&own.pc, "kopi.json");
    for hours in [3, 27, 51] {
        let _copy = own.copy(now() - TimeDelta::hours(hours));
    }
    let dark = |program: &mut Driver<Program>, mode| program.send(Message::ThemeTurned(mode));
    let mut program = own.start();
    program.click_id("more");
    program.picture("restore-menu");
    program.click("Gem sikkerhedskopi …");
    program.picture("back-up");
    program.tap(Named::Escape);
    program.back_up_to(&file);
    // The place is another one every time.
    program.click_id("told-close");
    program.delete_type("SU");
    program.more("Gendan …");
    program.picture("restore-choosing");
    program.picture_at("restore-choosing-150", 1.5);
    dark(&mut program, Mode::Dark);
    program.picture("restore-choosing-dark");
    program.click("daglig kopi");
    program.click("Se kopien");
    program.picture("restore-asking-dark");
    dark(&mut program, Mode::Light);
    program.picture("restore-asking");
    program.picture_at("restore-asking-150", 1.5);
    program.slow_disk("TakePressed");
    program.click("Gendan");
    program.send(Message::Restore(restore::Message::TimePassed));
    program.picture("restore-taking");
    let pc = paired(Pc::with_demo());
    let mut program = pc.start();
    program.more("Gendan …");
    program.picture("restore-paired");
    let new = Own { pc: Pc::new() };
    let mut program = new.start_with(&file);
    program.picture("restore-first-page");
}
