//! «Server indstillinger» against a real booking server: pairing, the clinic's PCs, the test of the connection.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use aftalebog::app::Message;
use aftalebog_booking::Write;
use aftalebog_booking::record::{Clinic, Service};
use iced::keyboard::key::Named;
use iced::theme::Mode;

use crate::booking_server::BookingServer;
use crate::harness::Driver;
use crate::program::{Pc, Program};

const GAVE: &str = "Forbundet. Klinikkens oplysninger på denne pc bliver sendt til serveren.";
const TOOK: &str = "Forbundet. Klinikken er hentet. Det, der stod på denne pc, er gemt i en kopi.";

/// What an empty field for the code shows.
const EXAMPLE: &str = "7KQ2-M01P";
/// The clock of a test's server stands still.
const TESTED: &str = "Forbindelsen virker. Læs advarslen.";

/// The dialog as it opens.
fn open(pc: &Pc) -> Driver<Program> {
    let mut program = pc.settings();
    program.click("Server indstillinger");
    program
}

fn type_both(program: &mut Driver<Program>, address: &str, code: &str) {
    program.fill("Serverens adresse", address);
    program.fill("Kode fra serveren", code);
}

/// A port where nobody answers, and which nobody else is given meanwhile: it is the near end of a connection.
struct Nobody {
    _far_end: TcpListener,
    connection: TcpStream,
}

impl Nobody {
    fn new() -> Self {
        let far_end = TcpListener::bind("127.0.0.1:0").unwrap();
        let connection = TcpStream::connect(far_end.local_addr().unwrap()).unwrap();
        Self { _far_end: far_end, connection }
    }

    fn address(&self) -> SocketAddr {
        self.connection.local_addr().unwrap()
    }
}

/// Until the answers have come.
#[track_caller]
fn wait_for(program: &mut Driver<Program>, words: &str) {
    program.wait_until(words, |program| program.sees(words));
}

/// A PC that is the clinic's first.
pub fn paired(server: &BookingServer) -> (Pc, Driver<Program>) {
    let pc = Pc::with_demo();
    let program = join_first(&pc, server);
    (pc, program)
}

pub fn join_first(pc: &Pc, server: &BookingServer) -> Driver<Program> {
    let mut program = open(pc);
    type_both(&mut program, &server.url(), &server.clinic());
    program.click("Forbind");
    wait_for(&mut program, GAVE);
    wait_for(&mut program, "Forbundet");
    program
}

/// From the dialog to the book, which says when all is fetched, and back to the settings.
fn until_synchronised(program: &mut Driver<Program>) {
    program.click("OK");
    program.click("Luk");
    program.wait_until("all is fetched", |program| program.sees("Synkroniseret 9.10"));
    program.open_settings();
}

/// Until the server has nothing more for this PC: before a picture.
#[track_caller]
pub fn all_fetched(program: &mut Driver<Program>) {
    let fetching = ["Henter ændringer", "Fetching changes"];
    program.wait_until("all is fetched", |program| fetching.iter().all(|words| !program.sees_part(words)));
}

/// The code that the first PC shows for another one.
pub fn new_code(program: &mut Driver<Program>) -> String {
    program.click("Ny kode til en anden pc");
    program.wait_until("the code is there", |program| program.sees_part("Gælder til"));
    program.click("Kopiér koden");
    assert!(program.sees("Kopieret"));
    let code = program.clipboard.0.clone().unwrap();
    assert!(program.sees(&code));
    program.click("Luk");
    code
}

/// Another PC with the demo clinic, in which one name is its own.
pub fn another_pc() -> Pc {
    Pc::with_changed_demo(|setup| {
        let name = aftalebog_booking::bounded::Name::new("En anden klinik").unwrap();
        let after = Clinic { name, ..setup.clinic.value.clone() };
        Write::edit(&setup.clinic, &after).into_iter().collect()
    })
}

pub fn join(pc: &Pc, server: &BookingServer, code: &str) -> Driver<Program> {
    let mut program = open(pc);
    type_both(&mut program, &server.url(), code);
    program.click("Forbind");
    wait_for(&mut program, "Hent klinikken?");
    program
}

// ------------------------------------------------------------------------- pairing

#[test]
fn the_first_pc_gives_the_clinic_its_records() {
    let server = BookingServer::start();
    let (pc, mut program) = paired(&server);
    assert!(program.sees(&server.url()));
    assert!(!program.sees_part("tandlaegerne-ved-moellesoeen"), "the server has no pages for patients yet");
    assert!(program.sees("RECEPTION") && program.sees_part("23. november 2026 9.10"));
    assert!(program.sees_part("Ligger i en fil, som kun du kan læse"), "a test never touches the system's vault");
    assert!(program.find_id("server-code").is_none(), "the code is used up");
    assert_eq!(program.focused().as_deref(), Some("server-ok"));
    program.click("OK");
    assert!(program.sees("Forbundet"), "beside the four buttons, too");
    let mut program = pc.restart(program);
    program.open_settings();
    wait_for(&mut program, "Forbundet");
}

#[test]
fn a_demo_that_is_connected_does_not_say_that_nothing_leaves_it() {
    let server = BookingServer::start();
    let (_pc, mut program) = paired(&server);
    program.click("OK");
    program.click("Luk");
    assert!(program.sees("Demoklinik, forbundet med en bookingserver. Alle navne er opdigtede."));
    assert!(!program.sees_part("intet når ud til patienter"));
    program.click("Begynd forfra");
    assert!(program.sees_part("Forbindelsen til bookingserveren afbrydes."), "{:?}", program.texts());
}

#[test]
fn a_code_says_when_its_address_leads_nowhere_from_another_pc() {
    let server = BookingServer::start();
    let (_pc, mut program) = paired(&server);
    program.click("Ny kode til en anden pc");
    program.wait_until("the code is there", |program| program.sees_part("Gælder til"));
    assert!(program.sees_part("Adressen virker kun på denne maskine."));
    program.click_id("code-close");
}

#[test]
fn another_pc_fetches_the_clinic_after_it_was_asked_and_keeps_a_copy_of_its_own() {
    let server = BookingServer::start();
    let (_pc, mut first) = paired(&server);
    let code = new_code(&mut first);
    let pc = another_pc();
    let mut program = join(&pc, &server, &code);
    let named = "Oplysningerne om «Tandlægerne ved Møllesøen (demo)» på serveren lægges i stedet for dem på denne pc. Der gemmes en kopi først.";
    assert!(program.sees(named));
    assert_eq!(program.focused().as_deref(), Some("question-keep"), "Enter replaces nothing");
    program.tap(Named::Escape);
    assert!(program.sees_part("Alt på denne pc er, som det var."));
    assert_eq!(program.setup().clinic.value.name.as_str(), "En anden klinik");
    assert_eq!(program.value("Serverens adresse"), server.url(), "what was typed stands there");
    assert_eq!(program.value("Kode fra serveren"), EXAMPLE, "and the code is used up: the field is empty");

    let code = new_code(&mut first);
    program.fill("Kode fra serveren", &code.to_lowercase().replace('-', " "));
    program.tap(Named::Enter);
    wait_for(&mut program, "Hent klinikken?");
    program.click("Hent klinikken");
    wait_for(&mut program, TOOK);
    assert_eq!(program.setup().clinic.value.name.as_str(), "Tandlægerne ved Møllesøen (demo)");
    let copies = std::fs::read_dir(pc.path().join("backups")).unwrap();
    let names: Vec<_> = copies.map(|copy| copy.unwrap().file_name().into_string().unwrap()).collect();
    assert!(names.iter().any(|name| name.contains("pairing")), "the copy is there: {names:?}");
}

#[test]
fn what_is_wrong_is_said_where_it_was_typed() {
    let server = BookingServer::start();
    let code = server.clinic();
    let pc = Pc::with_demo();
    let mut program = open(&pc);
    assert!(program.sees("Ikke forbundet") && program.sees("8 bogstaver og tal. Den kan bruges én gang."));

    program.click("Forbind");
    assert!(program.sees("Skriv serverens adresse."));
    assert_eq!(program.focused().as_deref(), Some("server-address"));
    program.fill("Serverens adresse", &server.url());
    program.click("Forbind");
    assert!(program.sees("Skriv den kode, serveren viser."));
    assert_eq!(program.focused().as_deref(), Some("server-code"));
    program.type_text("7KQ2");
    program.click("Forbind");
    assert!(program.sees("Koden er 8 bogstaver og tal, fx 7KQ2-M01P."));

    program.fill("Kode fra serveren", "ABCD-EFGH");
    program.click("Forbind");
    wait_for(&mut program, "Koden passer ikke, eller den er udløbet eller brugt. Få en ny kode, og skriv den her.");
    assert_eq!(program.focused().as_deref(), Some("server-code"));
    assert_eq!(program.value("Kode fra serveren"), "ABCD-EFGH", "nothing is lost");
    assert_eq!(program.value("Serverens adresse"), server.url());

    let nobody = Nobody::new();
    let closed = format!("http://{}", nobody.address());
    program.fill("Serverens adresse", &closed);
    assert!(!program.sees_part("Koden passer ikke"), "another server may well take it");
    program.fill("Kode fra serveren", &code);
    program.click("Forbind");
    wait_for(
        &mut program,
        "Serveren svarer ikke. Den er ikke startet, eller porten er forkert. Ring til dem, der driver serveren.",
    );
    assert_eq!(program.focused().as_deref(), Some("server-address"));
    assert_eq!(program.value("Kode fra serveren"), code, "an address that is wrong uses no code");
    type_both(&mut program, &server.url().replace("http:", "https:"), &code);
    program.click("Forbind");
    wait_for(
        &mut program,
        "Serveren svarer ikke med https. Se efter, om adressen er rigtig, eller ring til dem, der driver serveren.",
    );

    let page = page();
    program.fill("Serverens adresse", &page);
    program.click("Forbind");
    program.wait_until("the page is seen through", |program| program.sees_part("Noget andet svarer i serverens sted"));

    program.fill("Serverens adresse", &server.url());
    program.click("Forbind");
    wait_for(&mut program, GAVE);
    until_synchronised(&mut program);

    program.click("Server indstillinger");
    program.click("Kontakter og fejl");
    program.wait_until("they are read", |program| program.find_id("contacts-row-0").is_some());
    for why in [
        "Koden passede ikke, eller den var udløbet eller brugt.",
        "Serveren svarer ikke.",
        "Serveren svarer ikke med https.",
        "Noget andet svarer i serverens sted, fx loginsiden på et gæstenet.",
    ] {
        let line = format!("Ikke forbundet. {why}");
        assert!(program.sees(&line), "{line}: {:?}", program.texts());
    }
    program.picture("contacts-not-paired");
}

/// The login page of a guest network, at an address of this machine.
fn page() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    drop(std::thread::spawn(move || {
        for connection in listener.incoming().flatten().take(8) {
            let mut connection = connection;
            let _asked = connection.read(&mut [0; 4096]);
            let body = "<html><body>Velkommen til gæstenettet</body></html>";
            let head = format!("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {}\r\n", body.len());
            let _sent = connection.write_all(format!("{head}connection: close\r\n\r\n{body}").as_bytes());
        }
    }));
    address
}

#[test]
fn ok_with_a_code_that_is_typed_pairs_first_and_closes_then() {
    let server = BookingServer::start();
    let pc = Pc::with_demo();
    let mut program = open(&pc);
    type_both(&mut program, &server.url(), &server.clinic());
    program.click("OK");
    wait_for(&mut program, GAVE);
    program.click("OK");
    assert!(program.sees("Indstillinger") && !program.sees("Annuller"));
}

#[test]
fn a_servers_own_certificate_is_compared_and_never_accepted_blindly() {
    let server = BookingServer::start_private();
    let pc = Pc::with_demo();
    let mut program = open(&pc);
    type_both(&mut program, &server.url(), &server.clinic());
    program.click("Forbind");
    wait_for(&mut program, "Er det jeres server?");
    assert!(program.sees("Serverens eget certifikat. Sammenlign med det, serveren viser:"));
    for group in server.fingerprint().split_whitespace() {
        assert!(program.sees(group), "{group}");
    }
    assert_eq!(program.focused().as_deref(), Some("authority-cancel"));
    program.tap(Named::Enter);
    assert!(program.sees("Ikke forbundet") && !program.sees("De er ens"));
    assert_eq!(program.value("Kode fra serveren").len(), 9, "the code was shown to nobody");
    program.click("Forbind");
    wait_for(&mut program, "De er ens");
    program.click("De er ens");
    wait_for(&mut program, GAVE);
    wait_for(&mut program, "Forbundet");
    program.click("Test forbindelsen");
    wait_for(&mut program, TESTED);
    assert_eq!(program.text_beside("Certifikatet"), "i orden");
}

#[test]
fn the_connection_is_ended_after_it_was_asked_and_everything_stays() {
    let server = BookingServer::start();
    let (pc, mut program) = paired(&server);
    let before = program.setup();
    program.click("Afbryd forbindelsen …");
    assert!(program.sees("Afbryd forbindelsen?") && program.sees_part("Alt på denne pc bliver."));
    program.tap(Named::Escape);
    assert!(program.sees(&server.url()));
    program.click("Afbryd forbindelsen …");
    program.click("Afbryd forbindelsen");
    wait_for(&mut program, "Forbindelsen er afbrudt. Alt på denne pc er, som det var.");
    assert!(program.sees("Ikke forbundet"));
    assert_eq!(program.value("Serverens adresse"), server.url(), "it need not be typed again");
    assert_eq!(program.setup(), before);
    program.click("OK");
    let mut program = pc.restart(program);
    program.open_settings();
    assert!(program.sees("Ikke forbundet"));
}

#[test]
fn a_server_that_cannot_be_told_is_to_be_told_from_another_pc() {
    let mut server = BookingServer::start();
    let (_pc, mut program) = paired(&server);
    server.stop();
    program.wait_until("the server is missed", |program| program.sees_part("Offline siden"));
    program.click("Afbryd forbindelsen …");
    program.click("Afbryd forbindelsen");
    program.wait_until("it is said", |program| program.sees_part("men serveren ved det ikke"));
    assert!(program.sees("Ikke forbundet"));
    // The address that is left in its field was typed by nobody: closing loses nothing.
    program.close();
    assert!(program.exited);
}

// --------------------------------------------------------------- the clinic's PCs

#[test]
fn a_pc_is_removed_and_learns_it() {
    let server = BookingServer::start();
    let (_first_pc, mut first) = paired(&server);
    let code = new_code(&mut first);
    let pc = another_pc();
    let mut second = join(&pc, &server, &code);
    second.click("Hent klinikken");
    wait_for(&mut second, TOOK);

    first.click("Klinikkens pc’er …");
    first.wait_until("both are there", |program| program.sees("RECEPTION (1)") && program.sees("RECEPTION (2)"));
    const PAIRED: &str = "23. november 2026 9.10";
    assert!(first.sees("denne pc") && first.sees(PAIRED) && first.sees("Nu"));
    // Its own row is the first; the arrows go to the other one.
    assert_eq!(first.all_bounds_of(PAIRED).len(), 2);
    assert_eq!(first.focused().as_deref(), Some("pcs-row-0"));
    first.tap(Named::ArrowDown);
    first.tap(Named::Delete);
    first.wait_until("it is asked", |program| program.sees_part("Fjern RECEPTION ("));
    assert!(first.sees_part("Pc’en får ikke flere ændringer fra klinikken"));
    assert_eq!(first.focused().as_deref(), Some("question-keep"));
    first.click("Fjern");
    first.wait_until("it is gone", |program| program.all_bounds_of(PAIRED).len() == 1);

    wait_for(&mut second, "Denne pc er fjernet fra klinikken");
    assert!(second.sees_part("få en ny kode fra en af klinikkens andre pc’er"));
}

#[test]
fn to_remove_this_pc_is_to_end_the_connection() {
    let server = BookingServer::start();
    let (_pc, mut program) = paired(&server);
    program.click("Klinikkens pc’er …");
    wait_for(&mut program, "denne pc");
    program.click("Fjern …");
    program.click("Afbryd forbindelsen");
    wait_for(&mut program, "Forbindelsen er afbrudt. Alt på denne pc er, som det var.");
}

#[test]
fn without_the_server_the_list_says_why_and_can_be_asked_for_again() {
    let mut server = BookingServer::start();
    let (_pc, mut program) = paired(&server);
    server.stop();
    program.click("Klinikkens pc’er …");
    wait_for(
        &mut program,
        "Serveren svarer ikke. Den er ikke startet, eller porten er forkert. Ring til dem, der driver serveren.",
    );
    program.click("Prøv igen");
    wait_for(
        &mut program,
        "Serveren svarer ikke. Den er ikke startet, eller porten er forkert. Ring til dem, der driver serveren.",
    );
    program.click("Ny kode til en anden pc");
    program.wait_until("the code does not come", |program| {
        program.all_bounds_of("Serveren svarer ikke. Den er ikke startet, eller porten er forkert. Ring til dem, der driver serveren.").len() == 1
    });
    program.tap(Named::Escape);
    program.tap(Named::Escape);
    program.wait_until("it is said", |program| program.sees_part("Offline siden"));
    assert!(program.sees_part("Programmet prøver igen "), "and when: {:?}", program.texts());
    assert!(program.sees("Prøv nu"));
}

// ------------------------------------------------------------------------ the test

#[test]
fn the_test_of_the_connection_says_what_is_in_order_and_is_copied_without_secrets() {
    let server = BookingServer::start();
    let code = server.clinic();
    let pc = Pc::with_demo();
    let mut program = open(&pc);
    type_both(&mut program, &server.url(), &code);
    program.click("Test forbindelsen");
    wait_for(&mut program, "Skriv koden fra serveren, og tryk på «Forbind».");
    for (step, state) in [
        ("Adressen", "i orden"),
        ("Vejen til serveren", "i orden"),
        ("Certifikatet", "ikke nødvendig"),
        ("Bookingserveren", "i orden"),
        ("Versionen", "i orden"),
        ("Adgangen", "Ikke forbundet"),
    ] {
        assert_eq!(program.text_beside(step), state, "{step}");
    }
    program.click("Kopiér til support");
    assert!(program.sees("Kopieret"));
    let copied = program.clipboard.0.clone().unwrap();
    assert!(copied.contains("mandag 23. november 2026 kl. 9.10") && copied.contains("Bookingserveren: i orden"));
    assert!(!copied.contains(&code), "{copied}");
    program.tap(Named::Escape);
    assert_eq!(program.focused().as_deref(), Some("server-test"));
    assert_eq!(program.value("Kode fra serveren"), code, "a test uses no code");
}

#[test]
fn the_test_stops_at_what_is_wrong_and_says_what_to_do() {
    let pc = Pc::with_demo();
    let mut program = open(&pc);
    let nobody = Nobody::new();
    let closed = nobody.address();
    let cases = [
        (String::new(), "Adressen", "Skriv serverens adresse.".to_owned()),
        ("http://booking.klinikken.dk".to_owned(), "Adressen", "Skal begynde med https://".to_owned()),
        (
            "https://findes-ikke.invalid".to_owned(),
            "Serverens navn",
            "Navnet «findes-ikke.invalid» findes ikke.".to_owned(),
        ),
        (format!("http://{closed}"), "Vejen til serveren", format!("svarer ikke på port {}.", closed.port())),
        (page(), "Bookingserveren", "En hjemmeside svarer i serverens sted".to_owned()),
    ];
    for (address, step, words) in cases {
        program.fill("Serverens adresse", &address);
        program.click("Test forbindelsen");
        wait_for(&mut program, "Testen stoppede ved det første, der er galt.");
        assert_eq!(program.text_beside(step), "fejl", "{address}: {:?}", program.texts());
        assert!(program.sees_part(&words), "{address}: {:?}", program.texts());
        assert_eq!(program.text_beside("Adgangen"), "ikke prøvet", "{address}");
        program.click("Test igen");
        wait_for(&mut program, "Testen stoppede ved det første, der er galt.");
        program.click("Luk");
    }
}

// ------------------------------------------------------------------ what has happened

#[test]
fn contacts_and_faults_are_one_press_away_the_newest_first() {
    let mut server = BookingServer::start();
    let (_pc, mut program) = paired(&server);
    server.stop();
    program.wait_until("the server is missed", |program| program.sees_part("Offline siden"));
    program.click("Kontakter og fejl");
    program.wait_until("they are read", |program| {
        program.find_id("contacts-row-1").is_some() || program.sees("Forbundet")
    });
    let lines: Vec<String> =
        program.texts().into_iter().filter(|text| text.starts_with("Serveren svarer") || text == "Forbundet").collect();
    assert!(lines[0].starts_with("Serveren svarer ikke") && lines.last().unwrap() == "Forbundet", "{lines:?}");
    assert_eq!(program.focused().as_deref(), Some("contacts-row-0"));
    program.tap(Named::ArrowDown);
    assert_eq!(program.focused().as_deref(), Some("contacts-row-1"));
    program.click("Kopiér");
    let copied = program.clipboard.0.clone().unwrap();
    assert!(copied.contains("9.10: Serveren svarer ikke") && copied.contains("9.10: Forbundet"), "{copied}");
}

// ------------------------------------------------------------------ Aktiv and Start

#[test]
fn the_panel_says_whether_patients_see_it_yet() {
    let mut server = BookingServer::start();
    let (_pc, mut program) = paired(&server);
    until_synchronised(&mut program);
    program.click("Aktiv");
    assert!(program.sees("Patienterne kan booke de tider, indstillingerne tillader.") && program.sees("Forbundet"));
    program.wait_until("nothing waits", |program| program.sees("Ingen ændringer"));
    program.picture("service-connected");
    server.stop();
    program.click("Stop");
    assert!(program.sees("Online booking stopper, så snart serveren hører det"));
    program.wait_until("it waits", |program| program.sees("Patienterne ser det, når ændringen er sendt."));
    program.wait_until("the server is missed", |program| program.sees_part("Offline siden"));
    wait_for(&mut program, "1 ændring");
    program.picture("service-not-sent");
    program.send(Message::ThemeTurned(Mode::Dark));
    program.picture("service-not-sent-dark");
    program.click("Kontakter og fejl");
    program.wait_until("they are read", |program| program.find_id("contacts-row-0").is_some());
    program.tap(Named::Escape);
    assert_eq!(program.focused().as_deref(), Some("service-contacts"));
}

#[test]
fn without_a_server_nobody_can_book_and_the_panel_leads_to_where_that_is_mended() {
    let pc = Pc::with_demo();
    let mut program = pc.settings();
    program.click("Aktiv");
    assert!(program.sees("Patienterne kan ikke booke nogen steder: klinikken er ikke forbundet med en bookingserver."));
    program.click("Server indstillinger");
    assert!(program.sees("Kode fra serveren"));
    program.tap(Named::Escape);
    assert!(program.sees("Online booking er aktiv"), "back to where it was opened from");
    program.click("Stop");
    assert!(program.sees_part("heller ikke når du starter"));
}

#[test]
fn what_patients_read_while_it_is_stopped_is_said_once_there_is_a_server() {
    let server = BookingServer::start();
    let pc = Pc::with_changed_demo(|setup| {
        let closed_text = Some(aftalebog_booking::bounded::Detail::new("Vi flytter").unwrap());
        let after = Service { closed_text, running: false, ..setup.service.value.clone() };
        Write::edit(&setup.service, &after).into_iter().collect()
    });
    let mut program = open(&pc);
    type_both(&mut program, &server.url(), &server.clinic());
    program.click("Forbind");
    wait_for(&mut program, GAVE);
    program.click("OK");
    program.click("Inaktiv");
    assert!(program.sees_part("De læser «Vi flytter» og telefonnummeret 00 00 00 00."));
}

// ------------------------------------------------------------------------- always

#[test]
fn nothing_moves_when_the_server_is_lost_while_the_dialog_is_open() {
    let mut server = BookingServer::start();
    let (_pc, mut program) = paired(&server);
    let places = |program: &mut Driver<Program>| {
        ["server-pcs", "server-test", "server-ok", "server-self-registration"].map(|id| program.bounds_of_id(id))
    };
    let before = places(&mut program);
    server.stop();
    program.wait_until("it is said", |program| program.sees_part("Offline siden"));
    assert_eq!(places(&mut program), before);
    program.click("Tillad selvoprettelse");
    program.click("OK");
    assert!(!program.service().self_registration, "settings stay usable");
}

#[test]
fn the_dialog_speaks_english() {
    let server = BookingServer::start();
    let pc = Pc::with_demo();
    let mut program = pc.start();
    program.click_id("language");
    program.open_settings();
    program.click("Server settings");
    program.fill("The server’s address", &server.url());
    program.fill("Code from the server", &server.clinic());
    program.click("Connect");
    wait_for(&mut program, "Connected. The clinic’s records on this PC are being sent to the server.");
    program.click("Test the connection");
    wait_for(&mut program, "The connection works. Read the warning.");
}

#[test]
fn a_press_that_comes_twice_asks_once() {
    let server = BookingServer::start();
    let pc = Pc::with_demo();
    let mut program = open(&pc);
    program.waits_at_most(Duration::from_secs(30));
    type_both(&mut program, &server.url(), &server.clinic());
    program.slow_disk("ConnectPressed");
    program.click("Forbind");
    assert!(program.sees("Finder serveren …"));
    program.click("Forbind");
    program.type_text("x");
    program.disk_answers();
    wait_for(&mut program, GAVE);
}
