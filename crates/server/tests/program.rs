//! The built program, as whoever runs the server starts it.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use aftalebog_booking::wire::{Hello, PairRequest, Paired};
use aftalebog_server::lock::Lock;
use reqwest::Certificate;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use tempfile::TempDir;

/// What the program prints, and where it keeps things.
pub struct Program {
    pub folder: TempDir,
}

/// A server that runs; killed with the test.
pub struct Serving {
    child: Child,
    output: BufReader<ChildStdout>,
    pub lines: Vec<String>,
    pub url: String,
}

impl Program {
    pub fn new() -> Self {
        let _set_already = rustls::crypto::ring::default_provider().install_default();
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn database(&self) -> PathBuf {
        self.folder.path().join("kept").join("booking-server.db")
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_booking-server"));
        let _command = command
            .args(arguments)
            .env_clear()
            .env("HOME", self.folder.path())
            .env("LANG", "C")
            .env("BOOKING_SERVER_DATABASE", format!("sqlite:{}", self.database().display()))
            .stdin(Stdio::null());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// What it printed; it must have ended with 0.
    #[track_caller]
    pub fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {said}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Why it was not done; it must have ended with this status.
    #[track_caller]
    pub fn refused(&self, status: i32, arguments: &[&str]) -> String {
        refusal(status, &mut self.command(arguments))
    }

    pub fn serve(&self, arguments: &[&str]) -> Serving {
        let all = [&["serve", "--listen", "127.0.0.1:0"], arguments].concat();
        Serving::start(self.command(&all))
    }

    pub fn settings(&self, text: &str) -> String {
        let path = self.folder.path().join("settings.toml");
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

#[track_caller]
fn refusal(status: i32, command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(status), "{command:?}: {}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stderr).unwrap()
}

impl Serving {
    fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut lines = vec![];
        // «Next» is the last thing that is said before it serves.
        while !lines.last().is_some_and(|line: &String| line.contains("clinic pair") || line.starts_with("Next")) {
            let mut line = String::new();
            if output.read_line(&mut line).unwrap() == 0 {
                let mut said = String::new();
                let _bytes = child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
                panic!("it ended: {lines:?} {said}");
            }
            lines.push(line.trim_end().to_owned());
        }
        let url = lines[0].split_whitespace().find(|word| word.starts_with("http")).unwrap().to_owned();
        Self { child, output, lines, url }
    }

    /// Sends bytes as they are, and waits for the first of the answer.
    pub fn raw(&self, request: &str) {
        use std::io::Write as _;
        let mut stream = std::net::TcpStream::connect(self.url.trim_start_matches("http://")).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let _first = stream.read(&mut [0]).unwrap();
    }

    /// Tells it to stop, as the system does, and gives what it still printed and its log.
    #[cfg(unix)]
    pub fn terminate(mut self) -> (Option<i32>, String, String) {
        let killed = Command::new("kill").arg(self.child.id().to_string()).status().unwrap();
        assert!(killed.success());
        let (mut printed, mut log) = (String::new(), String::new());
        // It is gone when its output ends.
        let _bytes = self.output.read_to_string(&mut printed).unwrap();
        let _bytes = self.child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        (self.child.wait().unwrap().code(), printed, log)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ended_already = self.child.kill();
        let _status = self.child.wait();
    }
}

/// The code that a command printed.
pub fn code(printed: &str) -> String {
    let line = printed.lines().find(|line| line.contains("Code: ")).unwrap();
    line.split_whitespace().nth(1).unwrap().to_owned()
}

pub async fn pair(client: &reqwest::Client, url: &str, code: &str) -> Paired {
    let request = PairRequest { code: code.to_owned(), device: "Reception 1".to_owned(), attempt: None };
    let answer = client.post(format!("{url}/api/v1/pair")).json(&request).send().await.unwrap();
    assert_eq!(answer.status(), 201);
    answer.json().await.unwrap()
}

#[tokio::test]
async fn on_a_fresh_machine_it_serves_and_says_what_comes_next() {
    let program = Program::new();
    assert!(program.refused(2, &["clinic", "list"]).contains("There is no database"));
    let serving = program.serve(&["--database", &format!("sqlite:{}", program.database().display())]);
    let said = serving.lines.join("\n");
    assert!(said.contains("answers at http://127.0.0.1:"), "{said}");
    assert!(said.contains("(this machine only)"), "{said}");
    assert!(said.contains("Next: booking-server --database sqlite:"), "what this one was told: {said}");
    assert!(said.contains(" clinic add "), "{said}");

    let second = program.refused(2, &["serve", "--listen", "127.0.0.1:0"]);
    let process = format!("process {}", serving.child.id());
    assert!(second.contains(&process) && second.contains("Stop it first"), "{second}");

    let added = program.done(&["clinic", "add", "Tandlægerne Ågade"]);
    assert!(added.contains("tandlaegerne-aagade"), "{added}");
    let client = reqwest::Client::new();
    let paired = pair(&client, &serving.url, &code(&added)).await;
    let more = program.done(&["clinic", "pair", &paired.slug]);
    let _second = pair(&client, &serving.url, &code(&more)).await;
    let list = program.done(&["clinic", "list"]);
    assert!(list.contains(&paired.clinic.to_string()) && list.contains("2 PCs"), "{list}");
    let devices = program.done(&["device", "list", &paired.slug]);
    assert!(devices.contains(&paired.device.to_string()) && devices.contains("last in touch"), "{devices}");
    assert!(devices.contains(" at ") && !devices.contains("UTC"), "as people read it: {devices}");
    let revoked = program.done(&["device", "revoke", &paired.device.to_string()]);
    assert!(revoked.contains("no access any more"), "{revoked}");
    let asked = client.get(format!("{}/api/v1/devices", serving.url)).bearer_auth(&paired.token).send().await.unwrap();
    assert_eq!(asked.status(), 401, "within one request");
    assert!(program.done(&["device", "list"]).contains("removed"));
    let nobody = "00000000-0000-0000-0000-000000000007";
    assert!(program.refused(2, &["device", "revoke", nobody]).contains("There is no PC"));
    assert!(program.refused(2, &["clinic", "pair", "no-such"]).contains("no clinic no-such"));

    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&program.database()), 0o600);
        assert_eq!(mode(program.database().parent().unwrap()), 0o700);
        let (status, printed, log) = serving.terminate();
        assert_eq!(status, Some(0), "{log}");
        assert!(printed.contains("Stopped"), "{printed}");
        let answered = log.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        let routes: Vec<_> = answered.filter_map(|line| Some(line["route"].as_str()?.to_owned())).collect();
        assert_eq!(routes, ["/api/v1/pair", "/api/v1/pair", "/api/v1/devices"], "{log}");
        // The lock went with the program.
        drop(program.serve(&[]));
    }
}

#[tokio::test]
async fn its_own_authority_is_known_by_its_fingerprint_and_only_it_is_trusted() {
    let program = Program::new();
    let settings = program.settings("[tls]\nprivate_authority = true\nnames = [\"booking.example\"]\n");
    let serving = program.serve(&["--config", &settings]);
    assert!(serving.url.starts_with("https://"), "{:?}", serving.lines);
    let fingerprint = serving.lines.iter().find(|line| line.starts_with("    ")).unwrap().trim().to_owned();
    assert_eq!((fingerprint.len(), fingerprint.split(' ').count()), (79, 16), "{fingerprint}");
    let added = program.done(&["clinic", "add", "Ågade", "--config", &settings]);
    assert!(added.contains(&fingerprint), "{added}");

    let kept = std::fs::read(program.database().with_file_name("authority.pem")).unwrap();
    let authority = CertificateDer::from_pem_slice(&kept).unwrap();
    let authority = Certificate::from_der(&authority).unwrap();
    let pinned = |authority| reqwest::Client::builder().tls_certs_only([authority]).build().unwrap();
    let hello = |client: reqwest::Client, url: String| async move { client.get(url).send().await };
    let url = format!("{}/api/v1/hello", serving.url);
    let answer = hello(pinned(authority.clone()), url.clone()).await.unwrap();
    assert!(answer.headers().contains_key("strict-transport-security"));
    let _told: Hello = answer.json().await.unwrap();

    // Another server's authority says the same of itself, and is another.
    let other = Program::new();
    let settings = other.settings("[tls]\nprivate_authority = true\nnames = [\"booking.example\"]\n");
    drop(other.serve(&["--config", &settings]));
    let kept = std::fs::read(other.database().with_file_name("authority.pem")).unwrap();
    let stranger = Certificate::from_der(&CertificateDer::from_pem_slice(&kept).unwrap()).unwrap();
    assert!(hello(pinned(stranger), url.clone()).await.is_err(), "another authority");
    assert!(hello(reqwest::Client::new(), url.clone()).await.is_err(), "the authorities of the system");
    let named = url.replace("127.0.0.1", "127.0.0.2");
    assert!(hello(pinned(authority.clone()), named).await.is_err(), "another machine's address");
    assert!(hello(pinned(authority.clone()), url.replace("https", "http")).await.is_err(), "plain HTTP");
    let builder = || reqwest::Client::builder().tls_certs_only([authority.clone()]);
    let old = builder().max_tls_version(reqwest::tls::Version::TLS_1_1).build();
    if let Ok(old) = old {
        assert!(hello(old, url.clone()).await.is_err(), "TLS 1.1");
    }

    // The authority stays, whatever becomes of the server.
    drop(serving);
    let settings = program.settings("[tls]\nprivate_authority = true\nnames = [\"new.example\"]\n");
    let again = program.serve(&["--config", &settings]);
    assert!(again.lines.iter().any(|line| line.trim() == fingerprint));
    let url = format!("{}/api/v1/hello", again.url);
    assert_eq!(hello(pinned(authority), url).await.unwrap().status(), 200);
}

#[test]
fn what_it_cannot_do_it_says_and_ends_with_two() {
    let program = Program::new();
    let refused = |arguments: &[&str]| program.refused(2, arguments);
    assert!(refused(&["serve", "--listen", "0.0.0.0:0"]).contains("Without encryption only this machine"));
    assert!(refused(&["serve", "--database", "postgres://x"]).contains("PostgreSQL cannot be used yet"));
    assert!(refused(&["serve", "--database", "oracle"]).contains("sqlite: and a file"));
    let settings = program.settings("\nlisten = \"127.0.0.1:0\"\npasword = \"hunter2\"\n");
    let wrong = refused(&["check-config", "--config", &settings]);
    assert!(wrong.contains("line 3") && wrong.contains("pasword") && !wrong.contains("hunter2"), "{wrong}");
    let settings = program.settings("[tls]\nprivate_authority = true\n");
    let nameless = refused(&["serve", "--listen", "0.0.0.0:0", "--config", &settings]);
    assert!(nameless.contains("names must say"), "{nameless}");
    let settings = program.settings("[tls]\ncertificate = \"/nowhere/c.pem\"\n");
    assert!(refused(&["check-config", "--config", &settings]).contains("either certificate and key"));
    let settings = program.settings("[tls]\ncertificate = \"/nowhere/c.pem\"\nkey = \"/nowhere/k.pem\"\n");
    let nowhere = refused(&["serve", "--listen", "127.0.0.1:0", "--config", &settings]);
    assert!(nowhere.contains("/nowhere/c.pem"), "{nowhere}");
    let mut variable = program.command(&["check-config"]);
    let wrong = refusal(2, variable.env("BOOKING_SERVER_LISTENN", "127.0.0.1:1"));
    assert!(wrong.contains("BOOKING_SERVER_LISTENN"), "{wrong}");
    let mut danish = program.command(&["clinic", "list"]);
    assert!(
        refusal(2, danish.env("LANG", "da_DK.UTF-8")).contains("Der er ingen database"),
        "none was made by the way"
    );
    assert!(program.done(&["check-config"]).contains("can be used"));
    std::fs::create_dir_all(program.database().parent().unwrap()).unwrap();
    std::fs::write(program.database(), "no database at all, but long enough to be looked at as one".repeat(20))
        .unwrap();
    assert!(refused(&["clinic", "list"]).contains("booking-server.db"));
}

#[test]
fn beside_a_server_that_runs_nothing_is_made_and_nothing_migrated() {
    let program = Program::new();
    let database = program.database();
    std::fs::create_dir_all(database.parent().unwrap()).unwrap();
    let lock = Lock::take(&database).unwrap();
    assert!(program.refused(2, &["serve", "--listen", "127.0.0.1:0"]).contains("Stop it first"));
    assert!(!database.exists(), "made before it was known that nobody has it");
    // No database is older than an empty one.
    std::fs::write(&database, "").unwrap();
    let older = program.refused(2, &["clinic", "add", "Ågade"]);
    assert!(older.contains("is version 0, and this program uses version 1"), "{older}");
    assert_eq!(std::fs::metadata(&database).unwrap().len(), 0, "migrated beside a server");
    drop(lock);
    assert!(program.done(&["clinic", "list"]).contains("No clinics yet"), "nobody has it now");

    let connection = rusqlite::Connection::open(&database).unwrap();
    let _one = connection.execute("update refinery_schema_history set version = 99", []).unwrap();
    for command in [["clinic", "list"].as_slice(), &["serve", "--listen", "127.0.0.1:0"]] {
        let newer = program.refused(2, command);
        assert!(newer.contains("the database is version 99, this program knows version 1"), "{newer}");
    }
}

/// Whoever adds a clinic before the first start is root; the service is not.
#[cfg(unix)]
#[test]
fn what_root_makes_belongs_to_whoever_owns_the_folder() {
    use std::os::unix::fs::{MetadataExt as _, chown};
    let program = Program::new();
    let folder = program.database().parent().unwrap().to_owned();
    std::fs::create_dir_all(&folder).unwrap();
    // Only root can give anything away, and so only root makes this mistake.
    if chown(&folder, Some(4711), Some(4712)).is_err() {
        return;
    }
    let settings = program.settings("[tls]\nprivate_authority = true\nnames = [\"booking.example\"]\n");
    let _added = program.done(&["clinic", "add", "Ågade", "--config", &settings]);
    let copy = program.folder.path().join("copy.db");
    let _copied = program.done(&["backup", copy.to_str().unwrap()]);
    let _restored = program.done(&["restore", copy.to_str().unwrap()]);
    let mut names = vec![];
    for file in std::fs::read_dir(&folder).unwrap().map(Result::unwrap) {
        let about = file.metadata().unwrap();
        assert_eq!((about.uid(), about.gid()), (4711, 4712), "{:?}", file.file_name());
        names.push(file.file_name().into_string().unwrap());
    }
    for name in ["booking-server.db", "booking-server.db.lock", "authority.pem"] {
        assert!(names.iter().any(|it| it == name), "{name} in {names:?}");
    }
    assert_eq!(std::fs::metadata(&copy).unwrap().uid(), 0, "a copy elsewhere is root's");
}

#[test]
fn what_could_send_nothing_is_told_by_check_config_and_by_serve() {
    const MAIL: &str = "[messages.email]\nhost = \"smtp.example\"\nfrom = \"booking@example.dk\"\n";
    const TEXTS: &str = "[messages.sms]\nurl = \"https://sms.example/send\"\n";
    let program = Program::new();
    for (settings, told) in [
        (MAIL.replace("booking@", "booking at "), "from is no e-mail address"),
        (MAIL.replace("smtp.example", "smtp example"), "host cannot be used as a mail server"),
        (format!("{MAIL}security = \"none\"\n"), "only when the mail server is on this machine"),
        (format!("{MAIL}user = \"booking\"\n"), "belong together"),
        (format!("{MAIL}user = \"booking\"\npassword_file = \"/nowhere/password\"\n"), "/nowhere/password"),
        (TEXTS.to_owned(), "{recipient} must stand in url or body"),
        (format!("{TEXTS}body = '{{\"to\": \"{{recipient}}\"}}'\n"), "{text} must stand in url or body"),
        (format!("{TEXTS}body = 'to {{recipient}} {{text}}'\n"), "body is no JSON"),
        (TEXTS.replace("https", "http"), "only when the service is on this machine"),
        (TEXTS.replace("https", "ftp"), "begins with https://"),
        (
            format!("{TEXTS}body = '[\"{{recipient}}\", \"{{text}}\"]'\ncountries = [\"45\"]\n"),
            "45 is not a country code",
        ),
    ] {
        let file = program.settings(&settings);
        for command in [["check-config"].as_slice(), &["serve", "--listen", "127.0.0.1:0"]] {
            let refused = program.refused(2, &[command, &["--config", &file]].concat());
            assert!(refused.contains(told), "{settings}{command:?}: {refused}");
        }
        assert!(!program.database().exists(), "something was made");
    }
    let file = program.settings(&format!("{MAIL}{TEXTS}body = '[\"{{recipient}}\", \"{{text}}\"]'\n"));
    assert!(program.done(&["check-config", "--config", &file]).contains("can be used"));
}

#[tokio::test]
async fn a_clock_that_stands_still_says_so() {
    let program = Program::new();
    let serving = program.serve(&["--clock", "2026-11-23T08:10:00Z"]);
    assert!(serving.lines.iter().any(|line| line.contains("clock stands still")), "{:?}", serving.lines);
    let hello: Hello = reqwest::get(format!("{}/api/v1/hello", serving.url)).await.unwrap().json().await.unwrap();
    assert_eq!((hello.fixed_clock, hello.server_time.to_rfc3339().as_str()), (true, "2026-11-23T08:10:00+00:00"));
}

#[test]
fn a_backup_is_put_back_and_nothing_is_lost_on_the_way() {
    let program = Program::new();
    let _first = program.done(&["clinic", "add", "Before"]);
    let copies = program.folder.path().join("copies");
    let copy = copies.join("one.db");
    for to in [format!("{}/", copies.display()), copy.display().to_string()] {
        assert!(program.refused(2, &["backup", &to]).contains("There is no folder"), "{to}");
    }
    std::fs::create_dir(&copies).unwrap();
    let serving = program.serve(&[]);
    let written = program.done(&["backup", copy.to_str().unwrap()]);
    assert!(written.contains("1 clinic,"), "{written}");
    assert!(program.refused(2, &["backup", copy.to_str().unwrap()]).contains("is there already"));
    let _named_by_the_moment = program.done(&["backup", copies.to_str().unwrap(), "--clock", "2026-11-23T08:10:00Z"]);
    assert!(copies.join("booking-server-20261123T081000Z.db").exists());
    let _second = program.done(&["clinic", "add", "After"]);
    assert!(program.refused(2, &["restore", copy.to_str().unwrap()]).contains("Stop it first"), "while it serves");
    drop(serving);

    // One bit, anywhere: found by the sum beside it. A page that is none: found without it, too.
    let (damaged, sum) = (copies.join("damaged.db"), copies.join("damaged.db.blake3"));
    let mut bytes = std::fs::read(&copy).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&damaged, &bytes).unwrap();
    let _bytes = std::fs::copy(copies.join("one.db.blake3"), &sum).unwrap();
    let refused = program.refused(2, &["restore", damaged.to_str().unwrap()]);
    assert!(refused.contains("damaged") && refused.contains("its sum"), "{refused}");
    std::fs::remove_file(&sum).unwrap();
    bytes[4096..4200].fill(0xAA);
    std::fs::write(&damaged, &bytes).unwrap();
    assert!(program.refused(2, &["restore", damaged.to_str().unwrap()]).contains("damaged"));
    assert!(program.done(&["clinic", "list"]).contains("After"), "nothing was put back");

    let restored = program.done(&["restore", copy.to_str().unwrap()]);
    let list = program.done(&["clinic", "list"]);
    assert!(list.contains("Before") && !list.contains("After"), "{list}");
    let aside = restored.lines().find_map(|line| line.strip_prefix("The old database is here: ")).unwrap();
    let old = program.done(&["clinic", "list", "--database", &format!("sqlite:{aside}")]);
    assert!(old.contains("After"), "{old}");
    assert!(copy.exists(), "the copy is still there");
}

/// The demo clinic's records, as an export has them.
fn demo() -> aftalebog_booking::Snapshot {
    let mut snapshot = aftalebog_booking::demo::demo_clinic("2026-11-23".parse().unwrap(), 1);
    snapshot.records.sort_by_key(|record| (record.value.kind(), record.id));
    snapshot
}

#[test]
fn a_clinic_goes_in_and_comes_out_as_it_was() {
    let program = Program::new();
    let file = |name: &str| program.folder.path().join(name).to_str().unwrap().to_owned();
    let mut records = demo();
    let write = |name: &str, records: &aftalebog_booking::Snapshot| {
        std::fs::write(file(name), serde_json::to_vec(records).unwrap()).unwrap();
    };
    let read = |name: &str| {
        let read: aftalebog_booking::Snapshot = serde_json::from_slice(&std::fs::read(file(name)).unwrap()).unwrap();
        read
    };
    write("in.json", &records);
    let imported = program.done(&["import", &file("in.json"), "--new", "Møllesøen"]);
    assert!(imported.contains(&format!("{} records were written, 0 deleted", records.records.len())), "{imported}");
    assert!(imported.contains("Code: "), "{imported}");
    let _written = program.done(&["export", "moellesoeen", &file("out.json")]);
    assert_eq!(read("out.json"), records);
    assert!(program.refused(2, &["export", "moellesoeen", &file("out.json")]).contains("is there already"));
    let printed = program.done(&["export", "moellesoeen"]);
    assert_eq!(serde_json::from_str::<aftalebog_booking::Snapshot>(&printed).unwrap(), records);

    let again = program.done(&["import", &file("in.json"), "--clinic", "moellesoeen"]);
    assert!(again.contains("0 records were written, 0 deleted"), "{again}");
    // What nobody names any more goes; and comes back.
    let appointment = records.records.pop().unwrap();
    write("less.json", &records);
    let less = program.done(&["import", &file("less.json"), "--clinic", "moellesoeen"]);
    assert!(less.contains("0 records were written, 1 deleted"), "{less}");
    records.records.push(appointment);
    let more = program.done(&["import", &file("in.json"), "--clinic", "moellesoeen"]);
    assert!(more.contains("1 records were written, 0 deleted"), "{more}");
    let _written = program.done(&["export", "moellesoeen", &file("back.json")]);
    assert_eq!(read("back.json"), records);

    // A record that is named cannot be missing: nothing of it is taken.
    let named = records.records.iter().position(|it| it.value.kind() == aftalebog_booking::Kind::Practitioner).unwrap();
    let _practitioner = records.records.remove(named);
    write("torn.json", &records);
    let torn = program.refused(2, &["import", &file("torn.json"), "--clinic", "moellesoeen"]);
    assert!(torn.contains("Nothing was imported"), "{torn}");
    let torn = program.refused(2, &["import", &file("torn.json"), "--new", "Torn"]);
    assert!(torn.contains("Nothing was imported"), "{torn}");
    assert!(!program.done(&["clinic", "list"]).contains("Torn"), "nor was the clinic added");
    std::fs::write(file("none.json"), "{\"format\": 1, \"records\": [{\"kind\": \"chair\"}]}").unwrap();
    let none = program.refused(2, &["import", &file("none.json"), "--clinic", "moellesoeen"]);
    assert!(none.contains("is no export"), "{none}");
    assert!(program.done(&["audit", "verify"]).contains("3 rows, and none was changed"));
}

#[test]
fn a_row_of_the_audit_trail_that_was_tampered_with_is_named() {
    let program = Program::new();
    let file = program.folder.path().join("in.json");
    std::fs::write(&file, serde_json::to_vec(&demo()).unwrap()).unwrap();
    let _imported = program.done(&["import", file.to_str().unwrap(), "--new", "Ågade"]);
    let _copied = program.done(&["backup", program.folder.path().join("copy.db").to_str().unwrap()]);
    let _restored = program.done(&["restore", program.folder.path().join("copy.db").to_str().unwrap()]);
    let rows = program.done(&["audit", "verify"]);
    assert!(rows.contains("aagade: 2 rows"), "an import, and a restore: {rows}");
    let database = rusqlite::Connection::open(program.database()).unwrap();
    let appended = database.execute("update audit set deed = 'nothing' where number = 2", []).unwrap_err();
    assert!(appended.to_string().contains("only appended to"), "{appended}");
    database.execute_batch("drop trigger audit_is_not_changed; update audit set at = at + 1 where number = 1").unwrap();
    let named = program.refused(1, &["audit", "verify", "aagade"]);
    assert!(named.contains("aagade: row 1"), "{named}");
}
