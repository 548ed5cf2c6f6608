//! The built program on a command line, without a display.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use aftalebog_booking::demo::{SEED, demo_clinic};
use aftalebog_booking::record::{Snapshot, Value};
use aftalebog_booking::wire::Position;
use aftalebog_local::{FirstSync, NewLink, Store, TokenKept};
use futures::executor::block_on;
use tempfile::TempDir;
use uuid::Uuid;

const NOW: &str = "2026-11-23T08:10:00Z";

/// A PC on which nobody is logged in to a window.
struct Terminal {
    home: TempDir,
}

/// What the program said, and how it ended.
struct Said {
    out: String,
    error: String,
    status: Option<i32>,
}

impl Terminal {
    fn new() -> Self {
        Self { home: TempDir::new().unwrap() }
    }

    fn data(&self) -> PathBuf {
        self.home.path().join("data")
    }

    fn file(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn run(&self, arguments: &[&str]) -> Said {
        let mut program = Command::new(env!("CARGO_BIN_EXE_aftalebog"));
        let program = program.current_dir(self.home.path()).stdin(Stdio::null()).env("HOME", self.home.path());
        let program = program.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").env_remove("WAYLAND_SOCKET");
        let done = program.args(["--clock", NOW]).args(arguments).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Said { out: text(done.stdout), error: text(done.stderr), status: done.status.code() }
    }

    /// With the clinic in `data`.
    fn at_clinic(&self, arguments: &[&str]) -> Said {
        self.run(&[&["--data", "data"], arguments].concat())
    }

    fn import_demo(&self) -> Snapshot {
        let demo = demo_clinic("2026-11-23".parse().unwrap(), SEED);
        fs::write(self.file("demo.json"), serde_json::to_string(&demo).unwrap()).unwrap();
        let said = self.at_clinic(&["import", "demo.json"]);
        assert_eq!(said.status, Some(0), "{}", said.error);
        demo
    }

    fn backups(&self) -> Vec<PathBuf> {
        let Ok(backups) = fs::read_dir(self.data().join("backups")) else { return Vec::new() };
        backups.map(|entry| entry.unwrap().path()).collect()
    }
}

impl Said {
    #[track_caller]
    fn refuses(&self, words: &str) {
        assert!(self.error.contains(words), "«{words}» is not in «{}»", self.error);
        assert_eq!((self.status, self.out.as_str()), (Some(2), ""));
    }
}

fn snapshot(file: &Path) -> Snapshot {
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

#[test]
fn a_clinic_goes_out_and_in_again_unchanged() {
    let terminal = Terminal::new();
    let demo = terminal.import_demo();
    let said = terminal.at_clinic(&["export", "ud.json"]);
    assert_eq!(said.status, Some(0), "{}", said.error);
    assert_eq!(said.out, format!("{} poster er skrevet til ud.json.\n", demo.records.len()));
    let by_id = |snapshot: Snapshot| {
        let mut records = snapshot.records;
        records.sort_by_key(|record| record.id);
        records
    };
    assert_eq!(by_id(snapshot(&terminal.file("ud.json"))), by_id(demo));
}

#[test]
fn an_anonymous_export_names_nobody() {
    let terminal = Terminal::new();
    let demo = terminal.import_demo();
    assert_eq!(terminal.at_clinic(&["export", "--anonymous", "ud.json"]).status, Some(0));
    let written = fs::read_to_string(terminal.file("ud.json")).unwrap();
    let mut patients = 0;
    for record in demo.records {
        if let Value::Patient(patient) = record.value {
            patients += 1;
            assert!(!written.contains(&format!("\"{}\"", patient.name)), "{} is named", patient.name);
        }
    }
    assert!(patients > 0);
}

#[test]
fn an_export_overwrites_nothing() {
    let terminal = Terminal::new();
    let _demo = terminal.import_demo();
    fs::write(terminal.file("ud.json"), "mine").unwrap();
    terminal.at_clinic(&["export", "ud.json"]).refuses("ud.json findes allerede og bliver ikke overskrevet");
    assert_eq!(fs::read_to_string(terminal.file("ud.json")).unwrap(), "mine");
}

#[test]
fn an_export_of_nothing_makes_no_file() {
    let terminal = Terminal::new();
    terminal.at_clinic(&["export", "ud.json"]).refuses("Filen findes ikke: data/clinic.db");
    assert!(!terminal.file("ud.json").exists() && !terminal.data().exists());
}

#[test]
fn an_import_asks_before_it_replaces_a_clinic_and_keeps_a_copy() {
    let terminal = Terminal::new();
    let _demo = terminal.import_demo();
    terminal.at_clinic(&["import", "demo.json"]).refuses("Tilføj --yes for at erstatte den");
    assert_eq!(terminal.backups(), [] as [PathBuf; 0]);
    let said = terminal.at_clinic(&["import", "demo.json", "--yes"]);
    assert_eq!(said.status, Some(0), "{}", said.error);
    let [backup] = &terminal.backups()[..] else { panic!("one copy, not {:?}", terminal.backups()) };
    assert!(said.out.contains(&*backup.file_name().unwrap().to_string_lossy()), "{}", said.out);
}

#[test]
fn an_import_into_a_clinic_that_is_connected_says_before_and_after_that_the_connection_ends() {
    let terminal = Terminal::new();
    let _demo = terminal.import_demo();
    let server = "https://booking.example";
    let link = NewLink {
        address: server.to_owned(),
        authority: None,
        clinic: Uuid::from_u128(1),
        slug: "klinik".to_owned(),
        device: Uuid::from_u128(2),
        device_name: "RECEPTION".to_owned(),
        token_kept: TokenKept::File,
        position: Position { epoch: Uuid::from_u128(3), revision: 0 },
    };
    let in_file = async |link: Option<NewLink>| {
        let now = NOW.parse().unwrap();
        let store = Store::open(terminal.data().join("clinic.db"), now).await.unwrap();
        if let Some(link) = link {
            store.begin_link(link, FirstSync::Give, now).await.unwrap();
        }
        let found = store.link().await.unwrap().map(|link| link.address);
        store.close().await;
        found
    };
    assert_eq!(block_on(in_file(Some(link))).as_deref(), Some(server));
    let asks = terminal.at_clinic(&["import", "demo.json"]);
    asks.refuses("den er forbundet til bookingserveren på https://booking.example");
    asks.refuses("forbindelsen ophører");
    assert_eq!(block_on(in_file(None)).as_deref(), Some(server));
    let said = terminal.at_clinic(&["import", "demo.json", "--yes"]);
    assert_eq!(said.status, Some(0), "{}", said.error);
    assert!(said.out.contains("ikke længere forbundet til bookingserveren på https://booking.example"), "{}", said.out);
    assert_eq!(block_on(in_file(None)), None);
    // The control: where there is no connection, nothing is said of one.
    let said = terminal.at_clinic(&["import", "demo.json", "--yes"]);
    assert!(!said.out.contains("bookingserver"), "{}", said.out);
}

#[test]
fn an_import_of_rubbish_changes_nothing() {
    let terminal = Terminal::new();
    let demo = terminal.import_demo();
    let incomplete = Snapshot::new(demo.records[5..].to_vec());
    let whole = serde_json::to_string(&demo).unwrap();
    for (name, text, words) in [
        ("missing.json", None, "Filen findes ikke"),
        ("empty.json", Some(""), "Filen er ikke en sikkerhedskopi fra Aftalebog"),
        ("text.json", Some("Kære klinik"), "Filen er ikke en sikkerhedskopi fra Aftalebog"),
        ("half.json", Some(&whole[..whole.len() / 2]), "Filen er ikke en sikkerhedskopi fra Aftalebog"),
        (
            "future.json",
            Some(&whole.replacen("\"format\":1", "\"format\":2", 1)),
            "lavet af en nyere version af Aftalebog",
        ),
        ("incomplete.json", Some(&serde_json::to_string(&incomplete).unwrap()), "mangler oplysninger om klinikken"),
    ] {
        if let Some(text) = text {
            fs::write(terminal.file(name), text).unwrap();
        }
        terminal.at_clinic(&["import", "--yes", name]).refuses(words);
    }
    assert_eq!(terminal.at_clinic(&["export", "after.json"]).status, Some(0));
    assert_eq!(snapshot(&terminal.file("after.json")).records.len(), demo.records.len());
}

#[test]
fn a_folder_that_would_ruin_the_file_is_refused() {
    let terminal = Terminal::new();
    for (folder, words) in
        [("Dropbox/klinik", "bliver synkroniseret af Dropbox"), (r"\\server\klinik", "ligger på et netværksdrev")]
    {
        terminal.run(&["--data", folder]).refuses(words);
        terminal.run(&["--data", folder, "export", "ud.json"]).refuses(words);
    }
}

#[test]
fn the_command_line_explains_itself_in_danish() {
    let terminal = Terminal::new();
    let help = terminal.run(&["--help"]);
    assert_eq!((help.status, help.error.as_str()), (Some(0), ""));
    assert!(help.out.starts_with("Tandlægeklinikkens aftalebog"), "which program it is: {}", help.out);
    for words in ["Brug: aftalebog", "Kommandoer:", "Valg:", "--demo", "export", "import", "Vis denne hjælp"] {
        assert!(help.out.contains(words), "«{words}» is not in:\n{}", help.out);
    }
    for words in ["Options", "Commands", "Print help"] {
        assert!(!help.out.contains(words), "«{words}» is in:\n{}", help.out);
    }
    let version = terminal.run(&["--version"]);
    assert_eq!(
        (version.status, version.out.as_str()),
        (Some(0), concat!("aftalebog ", env!("CARGO_PKG_VERSION"), "\n"))
    );
}

#[test]
fn a_command_line_that_cannot_be_read_is_told_in_danish_first() {
    let terminal = Terminal::new();
    for arguments in [&["--dmeo"][..], &["export"], &["slet"], &["--clock", "i morgen"]] {
        let said = terminal.run(arguments);
        said.refuses("Kommandolinjen kan ikke forstås");
        assert!(said.error.contains("aftalebog --help"), "{}", said.error);
    }
}

#[test]
fn without_a_display_the_window_says_so() {
    if cfg!(target_os = "linux") {
        Terminal::new().at_clinic(&[]).refuses("Der er ingen skærm");
    }
}

#[test]
fn a_support_case_is_explained_without_a_clinic_on_this_pc() {
    let terminal = Terminal::new();
    let demo = demo_clinic("2026-11-23".parse().unwrap(), SEED);
    fs::write(terminal.file("demo.json"), serde_json::to_string(&demo).unwrap()).unwrap();
    let ask = |more: &[&str]| {
        let question = ["explain", "demo.json", "--patient", "new", "--type", "AKUT", "--from", "2026-11-24"];
        terminal.run(&[&question[..], more].concat())
    };
    let said = ask(&["--days", "2", "--json"]);
    assert_eq!((said.status, said.error.as_str()), (Some(0), ""));
    let answer: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let starts: Vec<&str> =
        answer["offers"].as_array().unwrap().iter().map(|offer| offer["start"].as_str().unwrap()).collect();
    assert!(starts.iter().all(|start| start.starts_with("2026-11-24T") || start.starts_with("2026-11-25T")));
    assert!(!starts.is_empty());
    // Another clock than the program's: nothing is left of a day that is over.
    let over = ask(&["--days", "1", "--json", "--now", "2026-11-24T23:00:00Z"]);
    let over: serde_json::Value = serde_json::from_str(&over.out).unwrap();
    assert_eq!((&over["offers"], &over["refused"][0]["reason"]), (&serde_json::json!([]), &serde_json::json!("past")));
    let words = ask(&["--days", "1"]);
    assert_eq!(words.status, Some(0));
    assert!(words.out.contains("tirsdag 24. november 2026"), "{}", words.out);
    assert!(!terminal.data().exists(), "a clinic was made");
    for (more, expected) in [
        (&[][..], "--days"),
        (&["--days", "0"], "kan ikke forstås"),
        (&["--days", "732"], "kan ikke forstås"),
        (&["--days", "1", "--need", "SU"], "kan ikke forstås"),
        (&["--days", "1", "--need", "00000000-0000-0000-0000-000000000007"], "intet behov med det id"),
        (&["--days", "1", "--practitioner", "XX"], "ingen behandler med initialerne XX"),
        (&["--days", "1", "--now", "nu"], "kan ikke forstås"),
    ] {
        ask(more).refuses(expected);
    }
    assert_eq!(ask(&["--days", "731", "--json"]).status, Some(0));
    let other = |patient, code, from| {
        terminal.run(&["explain", "demo.json", "--patient", patient, "--type", code, "--from", from, "--days", "1"])
    };
    other("7", "AKUT", "2026-11-24").refuses("ingen patient med det nummer");
    other("new", "XX", "2026-11-24").refuses("ingen aftaletype med koden XX");
    for from in ["2026-11-31", "2026-1-5", " 2026-11-24", "24-11-2026"] {
        other("new", "AKUT", from).refuses("kan ikke forstås");
    }
    fs::write(terminal.file("demo.json"), "{\"format\": 2, \"records\": []}").unwrap();
    other("new", "AKUT", "2026-11-24").refuses("Filens format er 2");
    fs::write(terminal.file("demo.json"), "Kære klinik").unwrap();
    other("new", "AKUT", "2026-11-24").refuses("Filen er ikke en sikkerhedskopi fra Aftalebog");
    fs::remove_file(terminal.file("demo.json")).unwrap();
    other("new", "AKUT", "2026-11-24").refuses("Filen findes ikke");
}

#[test]
fn a_record_that_cannot_be_read_is_told_of_beside_the_answer() {
    let terminal = Terminal::new();
    let mut demo = serde_json::to_value(demo_clinic("2026-11-23".parse().unwrap(), SEED)).unwrap();
    let records = demo["records"].as_array_mut().unwrap();
    let booked = records.iter_mut().find(|record| record["kind"] == "appointment").unwrap();
    booked["value"]["minutes"] = 0.into();
    fs::write(terminal.file("demo.json"), demo.to_string()).unwrap();
    let question = ["explain", "demo.json", "--patient", "new", "--type", "AKUT", "--from", "2026-11-24"];
    let said = terminal.run(&[&question[..], &["--days", "1", "--json"]].concat());
    assert_eq!(said.status, Some(0));
    assert!(said.error.starts_with("1 post kan ikke læses:\n  appointment "), "{}", said.error);
    assert!(said.error.contains(": feltet minutes mangler eller kan ikke læses"), "{}", said.error);
    let _answer: serde_json::Value = serde_json::from_str(&said.out).unwrap();
}

#[test]
fn a_copy_is_made_where_there_is_a_clinic_and_said_where_it_is() {
    let terminal = Terminal::new();
    let said = terminal.at_clinic(&["backup"]);
    said.refuses("Der er ingen klinik at kopiere: data/clinic.db findes ikke.");
    said.refuses("lad den køre som den bruger, der åbner Aftalebog");
    assert!(!terminal.data().exists(), "nothing is made");
    let _demo = terminal.import_demo();
    let said = terminal.at_clinic(&["backup"]);
    assert_eq!((said.status, said.error.as_str()), (Some(0), ""));
    let [copy] = &terminal.backups()[..] else { panic!("one copy, not {:?}", terminal.backups()) };
    assert_eq!(copy.file_name().unwrap(), "clinic-copy-20261123T081000Z.db");
    assert!(said.out.contains("data/backups/clinic-copy-20261123T081000Z.db"), "{}", said.out);
    fs::write(terminal.data().join("clinic.db"), [7; 5000]).unwrap();
    terminal.at_clinic(&["backup"]).refuses("data/clinic.db");
    assert_eq!(terminal.backups().len(), 1);
}

#[test]
fn each_command_leaves_a_line_in_the_log_and_nobodys_name() {
    let terminal = Terminal::new();
    let demo = terminal.import_demo();
    let count = demo.records.len();
    assert_eq!(terminal.at_clinic(&["backup"]).status, Some(0));
    for arguments in [&["export", "Karen Mikkelsen.json"][..], &["export", "--anonymous", "Karen.Mikkelsen"]] {
        assert_eq!(terminal.at_clinic(arguments).status, Some(0));
    }
    terminal.at_clinic(&["export", "Karen Mikkelsen.json"]).refuses("findes allerede");
    terminal.at_clinic(&["import", "Karen Mikkelsen.json"]).refuses("--yes");
    assert_eq!(terminal.at_clinic(&["import", "Karen Mikkelsen.json", "--yes"]).status, Some(0));
    let unknown =
        serde_json::to_string(&demo).unwrap().replacen("\"kind\":\"clinic\"", "\"kind\":\"Karen Mikkelsen\"", 1);
    fs::write(terminal.file("ukendt.json"), unknown).unwrap();
    terminal.at_clinic(&["import", "ukendt.json"]).refuses("Karen Mikkelsen");
    fs::write(terminal.data().join("clinic.db"), [7; 5000]).unwrap();
    terminal.at_clinic(&["backup"]).refuses("data/clinic.db");
    let written = fs::read_to_string(terminal.data().join("aftalebog.log")).unwrap();
    let noted: Vec<_> = written.lines().map(|line| line.strip_prefix(&format!("{NOW} ")).unwrap()).collect();
    let expected = [
        format!("import: {count} records from *.json into a new file"),
        "backup: clinic-copy-20261123T081000Z.db".to_owned(),
        format!("export: {count} records to *.json"),
        format!("export: {count} records, anonymous to a file"),
        "export: the file is there already".to_owned(),
        "import: not confirmed".to_owned(),
        format!(
            "import: {count} records of {NOW} from *.json; what was there is in clinic-before-import-20261123T081000Z.db"
        ),
        "import: not read: it is no snapshot, by its line 1".to_owned(),
        "backup: not opened: the file is damaged: it is no database".to_owned(),
    ];
    assert_eq!(noted, expected);
}

#[test]
fn a_file_to_fetch_a_clinic_from_is_told_from_a_word_that_is_typed_wrong() {
    let terminal = Terminal::new();
    fs::write(terminal.file("klinik.aftalebog.json"), "{}").unwrap();
    let help = terminal.run(&["--help"]);
    assert!(help.out.contains("backup") && help.out.contains("[FIL | KOMMANDO]"), "{}", help.out);
    terminal.at_clinic(&["bakcup"]).refuses("Kommandolinjen kan ikke forstås: «bakcup»");
    if cfg!(target_os = "linux") {
        terminal.at_clinic(&["klinik.aftalebog.json"]).refuses("Der er ingen skærm");
    }
}
