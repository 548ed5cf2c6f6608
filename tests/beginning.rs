//! The first start, a file that cannot be opened, one that can only be read, and the end.

use std::fs;

use aftalebog::app::Message;
use aftalebog_booking::Snapshot;
use aftalebog_booking::demo::{SEED, demo_clinic};
use aftalebog_local::Store;
use futures::executor::block_on;
use iced::keyboard::key::Named;

use crate::program::{Pc, now, online_type};

/// A clinic on another PC, exported.
fn exported(pc: &Pc) -> (String, Snapshot) {
    let snapshot = demo_clinic(now().date_naive(), SEED);
    let file = pc.path().join("Møllesøen eksport.json");
    fs::write(&file, serde_json::to_vec(&snapshot).unwrap()).unwrap();
    (file.to_str().unwrap().to_owned(), snapshot)
}

/// The file as a newer program would leave it.
pub fn from_the_future() -> Pc {
    let pc = Pc::with_demo();
    by_a_newer_program(&pc);
    pc
}

/// As if a newer program had opened the file.
pub fn by_a_newer_program(pc: &Pc) {
    let connection = rusqlite::Connection::open(pc.demo()).unwrap();
    let newer = "insert into refinery_schema_history select version + 1, name, applied_on, checksum
        from refinery_schema_history order by version desc limit 1";
    assert_eq!(connection.execute(newer, []).unwrap(), 1);
    connection.close().unwrap();
}

/// The middle of the file is overwritten.
pub fn damage(pc: &Pc) {
    let mut bytes = fs::read(pc.demo()).unwrap();
    let half = bytes.len() / 2;
    bytes[4096..half].fill(0xA5);
    fs::write(pc.demo(), bytes).unwrap();
}

// -------------------------------------------------------------------- first start

#[test]
fn the_first_start_offers_the_demo_clinic() {
    let pc = Pc::new();
    let mut program = pc.first_start();
    assert!(program.sees("Velkommen til Aftalebog"));
    assert!(!pc.demo().exists() && !pc.clinic().exists(), "looking makes no file");
    program.click("Prøv med demoklinikken");
    assert!(program.sees("Demoklinik. Alle navne og aftaler er opdigtet, og intet når ud til patienter."));
    program.open_settings();
    assert!(program.sees("Undersøgelse"));
}

#[test]
fn a_clinic_is_fetched_from_a_file_after_it_was_seen_what_is_in_it() {
    let pc = Pc::new();
    let (file, snapshot) = exported(&pc);
    let mut program = pc.first_start();
    program.click("Hent fra en sikkerhedskopi …");
    assert_eq!(program.focused().as_deref(), Some("files-path"));
    program.type_text(&format!("\"{file}\""));
    program.tap(Named::Enter);
    assert_eq!(program.text_beside("Klinik"), "Tandlægerne ved Møllesøen (demo)");
    assert!(!pc.clinic().exists(), "looking makes no file");
    program.tap(Named::Enter);
    assert!(program.sees_part("Klinikken er hentet fra en sikkerhedskopi."));
    assert!(!program.sees_part("Demoklinik"), "it is a clinic of its own");
    assert_eq!(block_on(program.store().snapshot()).unwrap().records.len(), snapshot.records.len());
    program.close();
    let mut program = pc.first_start();
    program.open_settings();
    assert!(program.sees("Undersøgelse"), "after a restart it is there at once");
}

#[test]
fn a_file_that_is_none_is_refused_at_its_field() {
    let pc = Pc::new();
    let mut program = pc.first_start();
    program.click("Hent fra en sikkerhedskopi …");
    program.click("Se kopien");
    assert!(program.sees("Skriv, hvor filen ligger, eller tryk på «Gennemse …»."));
    let missing = pc.path().join("findes-ikke.json");
    let wrong = pc.path().join("forkert.json");
    fs::write(&wrong, "{\"kunder\": []}").unwrap();
    for (path, words) in [(missing, "Filen findes ikke."), (wrong, "Filen er ikke en sikkerhedskopi fra Aftalebog")] {
        let path = path.to_str().unwrap();
        program.fill("Fil", path);
        program.click("Se kopien");
        assert!(program.sees_part(words), "{words}; on screen: {:?}", program.texts());
        assert_eq!(program.value("Fil"), path, "nothing is lost");
        assert_eq!(program.focused().as_deref(), Some("files-path"));
        assert!(!pc.clinic().exists());
    }
    program.tap(Named::Escape);
    assert_eq!(program.focused().as_deref(), Some("welcome-fetch"));
    program.click("Prøv med demoklinikken");
    assert!(program.sees_part("Demoklinik."), "the other way is still open");
}

#[test]
fn a_file_is_dropped_on_the_first_page() {
    let pc = Pc::new();
    let (file, _) = exported(&pc);
    let mut program = pc.first_start();
    program.send(Message::FileDropped(file.into()));
    assert!(program.sees("I kopien") && !pc.clinic().exists());
    program.click("Vælg en anden");
    assert!(program.value("Fil").ends_with("Møllesøen eksport.json"));
    program.click("Se kopien");
    program.click("Hent");
    assert!(pc.clinic().exists());
}

// --------------------------------------------------------------- the demo, made anew

#[test]
fn the_demo_begins_anew_and_keeps_a_copy() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.click("SU");
    program.tap(Named::Delete);
    program.click("Slet");
    program.click("Luk");
    program.click("Begynd forfra");
    assert!(program.sees("Begynd forfra med demoklinikken?"));
    assert!(!program.sees_part("afbrydes"), "it is not connected");
    program.tap(Named::Escape);
    program.click("Begynd forfra");
    program.click_nth("Begynd forfra", 0);
    program.open_settings();
    assert!(program.sees("SU") && !program.sees_part("Fortryd"));
    let copies = fs::read_dir(pc.path().join("backups")).unwrap();
    let before = copies.filter(|copy| copy.as_ref().unwrap().file_name().to_string_lossy().contains("-before-import-"));
    assert_eq!(before.count(), 1);
}

// ------------------------------------------------------------------- only to read

#[test]
fn a_file_of_a_newer_program_is_shown_and_not_changed() {
    let pc = from_the_future();
    let mut program = pc.start();
    let banner =
        "Filen er lavet af en nyere version af Aftalebog og kan kun læses her. Opdatér programmet for at ændre noget.";
    assert!(program.sees(banner));
    program.open_settings();
    let before = program.setup();
    program.picture("settings-read-only");
    for button in ["Ny", "Slet"] {
        program.click(button);
        assert!(program.sees("Indstillinger") && program.sees("Rediger"), "{button} is greyed");
    }
    program.click("AKUT");
    for key in [Named::Insert, Named::Delete] {
        program.tap(key);
        assert!(program.sees("Rediger"), "{key:?} does nothing");
    }
    program.tap(Named::ContextMenu);
    program.picture("settings-read-only-menu");
    program.click("Dupliker …");
    assert!(program.sees("Dupliker …"), "greyed");
    program.click("Rediger …");
    assert!(program.sees("Aftaletype: AKUT"), "it may be looked at");
    program.fill("Online alias", "X");
    program.click("OK");
    program.tap(Named::Enter);
    assert!(program.sees("Aftaletype: AKUT"));
    program.click("Annuller");
    program.click("Kassér");
    program.click("Aktiv");
    program.click("Stop");
    assert!(program.sees("Online booking er aktiv"));
    assert_eq!(program.setup(), before);
}

// ----------------------------------------------------------------------- damaged

#[test]
fn a_damaged_file_offers_the_last_good_backup() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.edit("SU");
    program.fill("Online alias", "Efter sikkerhedskopien");
    program.click("OK");
    program.close();
    damage(&pc);
    let damaged = fs::read(pc.demo()).unwrap();
    let mut program = pc.start();
    assert!(program.sees("Klinikkens fil er beskadiget"));
    assert!(program.sees_part("Den seneste gode sikkerhedskopi er fra mandag 23. november 2026 kl. 9.10."));
    assert_eq!(fs::read(pc.demo()).unwrap(), damaged, "looking changes nothing");
    program.click("Hent sikkerhedskopien");
    assert!(program.sees_part("Kopien var fra: mandag 23. november 2026 kl. 9.10. Det, der er skrevet siden"));
    program.picture("problem-fetched");
    program.open_settings();
    assert_eq!(program.online_type("SU").alias.as_str(), "Undersøgelse", "as it was in the morning");
    let kept = fs::read_dir(pc.path()).unwrap().map(|file| file.unwrap().path());
    let is_kept = |file: &std::path::PathBuf| {
        let name = file.to_string_lossy();
        name.contains("damaged-") && !name.ends_with("-wal")
    };
    let kept: Vec<_> = kept.filter(is_kept).collect();
    assert_eq!(kept.len(), 1);
    assert_eq!(fs::read(&kept[0]).unwrap(), damaged, "the damaged file is kept");
}

#[test]
fn damage_in_what_a_large_file_has_grown_by_is_told_after_it_was_opened() {
    let pc = Pc::with_demo();
    pc.start().close();
    let file = rusqlite::Connection::open(pc.demo()).unwrap();
    let years = "insert into change (id, made_at, made_by) select randomblob(16), 0, printf('%.10000c', 'x')
        from (with recursive one(n) as (select 1 union all select n + 1 from one where n < 1000) select n from one)";
    file.execute_batch(years).unwrap();
    let root = "select rootpage from sqlite_schema where name = 'patient'";
    let root = file.query_row(root, [], |row| row.get::<_, i64>(0)).unwrap() as usize;
    drop(file);
    let mut program = pc.start();
    assert!(program.sees_part("Demoklinik."), "large as it is");
    program.close();
    let mut bytes = fs::read(pc.demo()).unwrap();
    bytes[(root - 1) * 4096..root * 4096].fill(0);
    fs::write(pc.demo(), bytes).unwrap();
    let mut program = pc.start();
    assert!(program.sees("Klinikkens fil er beskadiget"));
    program.click("Hent sikkerhedskopien");
    program.open_settings();
    assert_eq!(program.online_type("SU").alias.as_str(), "Undersøgelse");
}

#[test]
fn a_damaged_file_without_a_backup_is_left_as_it_is() {
    let pc = Pc::with_demo();
    damage(&pc);
    let mut program = pc.start();
    assert!(program.sees_part("Der er ingen sikkerhedskopi på denne pc, der kan læses."));
    assert!(!program.sees("Hent sikkerhedskopien") && !program.sees_part("Kopien var fra"));
    fs::remove_file(pc.demo()).unwrap();
    fs::rename(Pc::with_demo().demo(), pc.demo()).unwrap();
    program.click("Prøv igen");
    assert!(program.sees_part("Demoklinik."), "once somebody has put it right");
}

#[test]
fn rubbish_is_named_for_what_it_is() {
    for (bytes, words) in [
        (&b""[..], "Filen er tom. Den er ikke ændret."),
        (b"Ikke en database", "Det, der ligger i filen, er ikke en Aftalebog-fil. Den er ikke ændret."),
        (&[0xFF; 8192], "Det, der ligger i filen, er ikke en Aftalebog-fil. Den er ikke ændret."),
    ] {
        let pc = Pc::new();
        fs::write(pc.demo(), bytes).unwrap();
        let mut program = pc.start();
        assert!(program.sees(words), "{words}; on screen: {:?}", program.texts());
        assert_eq!(fs::read(pc.demo()).unwrap(), bytes);
    }
}

#[test]
fn a_file_that_another_window_has_open_says_so() {
    let pc = Pc::with_demo();
    let other = block_on(Store::open(pc.demo(), now())).unwrap();
    let mut program = pc.start();
    assert!(program.sees("Aftalebog er allerede åben"));
    block_on(other.close());
    program.click("Prøv igen");
    program.open_settings();
    assert!(program.sees("Undersøgelse"));
}

// --------------------------------------------------------------------- the end

#[test]
fn closing_the_window_asks_when_something_typed_is_not_saved() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.edit("SU");
    program.fill("Online alias", "Ikke gemt endnu");
    program.send(Message::CloseRequested);
    assert!(!program.exited && program.sees("Luk uden at gemme?"));
    program.picture("quit-question");
    assert_eq!(program.focused().as_deref(), Some("question-keep"));
    program.tap(Named::Escape);
    assert!(!program.exited);
    assert_eq!(program.value("Online alias"), "Ikke gemt endnu");
    program.send(Message::CloseRequested);
    program.click("Kassér og luk");
    assert!(program.exited);
    assert_eq!(online_type(&pc.demo_setup(), "SU").value.alias.as_str(), "Undersøgelse");
}

#[test]
fn closing_the_window_asks_nothing_when_nothing_was_typed() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.edit("SU");
    program.close();
}
