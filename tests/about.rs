//! «Om Aftalebog», and what it and the book say when the booking server knows of a newer program.

use std::path::{Path, PathBuf};

use aftalebog::app::{Message, Start};
use aftalebog::outside::Opener;
use aftalebog::screen::about::{self, About, Server};
use aftalebog::ui::theme;
use aftalebog::version::NewVersion;
use aftalebog_booking::program::Version;
use aftalebog_local::sync::{Event, Status};
use aftalebog_server::config::ClientProgram;
use aftalebog_texts::{Language, Texts};
use futures::executor::block_on;
use iced::keyboard::key::Named;
use iced::widget::Stack;
use iced::{Element, Fill, Task, Theme};

use crate::booking_server::BookingServer;
use crate::conflicts::paired;
use crate::harness::{Driven, Driver};
use crate::program::{Pc, Program, start};
use crate::server_settings::{all_fetched, join_first};

const THIS: &str = env!("CARGO_PKG_VERSION");
const PAGE: &str = "https://example.dk/aftalebog?system=windows";

fn open(pc: &Pc) -> Driver<Program> {
    let mut program = pc.start();
    open_in(&mut program);
    program
}

fn open_in(program: &mut Driver<Program>) {
    program.click_id("more");
    program.click("Om Aftalebog");
    assert!(program.sees(&format!("Aftalebog {THIS}")));
}

/// A desktop that writes down what it is to open.
#[cfg(unix)]
fn opener(pc: &Pc) -> (Opener, PathBuf) {
    use std::os::unix::fs::PermissionsExt as _;
    let (program, opened) = (pc.path().join("desktop.sh"), pc.path().join("opened"));
    let lines = format!("#!/bin/sh\nprintf '%s' \"$1\" >'{0}.part' && mv '{0}.part' '{0}'\n", opened.display());
    std::fs::write(&program, lines).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o700)).unwrap();
    (Opener::Program(program), opened)
}

/// What the desktop was given, once it has it.
#[track_caller]
fn opened(program: &mut Driver<Program>, file: &Path) -> String {
    program.wait_until("it is opened", |_| file.exists());
    std::fs::read_to_string(file).unwrap()
}

#[test]
fn it_tells_which_program_this_is_and_where_the_clinic_is_kept() {
    let pc = Pc::with_demo();
    let mut program = open(&pc);
    assert!(program.sees(&pc.demo().display().to_string()));
    assert!(program.sees(&pc.path().join("backups").display().to_string()));
    assert_eq!(program.text_beside("Bookingserver"), "Ikke forbundet");
    assert!(!program.sees("Der er en ny version"));
    program.tap(Named::Escape);
    assert!(!program.sees("Om Aftalebog"));
    assert_eq!(program.focused().as_deref(), Some("more"), "one is where one was");
}

#[test]
fn one_button_copies_it_for_those_who_help() {
    let pc = Pc::with_demo();
    let mut program = open(&pc);
    program.click("Kopiér oplysninger");
    assert!(program.sees("Kopieret"));
    let copied = program.clipboard.0.clone().unwrap();
    assert!(copied.starts_with(&format!("Aftalebog {THIS}\n")), "{copied}");
    assert!(copied.contains("demo.db") && copied.contains("Bookingserver: Ikke forbundet"), "{copied}");
    for told in ["RECEPTION", "Møllesøen", "00 00 00 00"] {
        assert!(!copied.contains(told), "«{told}» is nobody's business: {copied}");
    }
}

#[cfg(unix)]
#[test]
fn the_folders_are_opened_or_their_paths_copied() {
    let pc = Pc::with_demo();
    let (opener, file) = opener(&pc);
    let mut program = start(Start { opener, ..pc.begin() });
    open_in(&mut program);
    program.click_id("about-open-data");
    assert_eq!(opened(&mut program, &file), pc.path().display().to_string());
    program.click_id("about-path-copies");
    assert_eq!(program.clipboard.0, Some(pc.path().join("backups").display().to_string()));
}

#[test]
fn a_folder_that_cannot_be_opened_is_said_and_its_path_copied() {
    let pc = Pc::with_demo();
    let opener = Opener::Program(pc.path().join("no such program"));
    let mut program = start(Start { opener, ..pc.begin() });
    open_in(&mut program);
    program.click_id("about-open-data");
    assert!(program.sees_part("Stien er kopieret"));
    assert_eq!(program.clipboard.0, Some(pc.path().display().to_string()));
}

#[test]
fn the_licences_of_all_parts_are_listed() {
    let pc = Pc::with_demo();
    let mut program = open(&pc);
    program.click("Licenser");
    assert!(program.sees("ab_glyph") && program.sees("MIT OR Apache-2.0"));
    program.tap(Named::End);
    assert!(program.sees("zvariant_utils"), "it can be scrolled by keyboard");
    program.tap(Named::Escape);
    assert!(program.sees("Kopiér oplysninger"), "back to where it was opened");
    assert_eq!(program.focused().as_deref(), Some("about-licences"));
}

#[test]
fn help_and_about_lead_to_each_other_and_back() {
    let pc = Pc::with_demo();
    let mut program = open(&pc);
    program.tap(Named::F1);
    assert!(program.sees_part("Kopiér til support"), "the topic of «Om»");
    program.click_id("help-about");
    assert!(program.sees("Licenser") && program.find_id("help-search").is_none(), "not a third one above the two");
    program.tap(Named::Escape);
    assert!(!program.sees("Licenser"));
    program.tap(Named::F1);
    program.click_id("help-about");
    program.tap(Named::F1);
    assert!(program.find_id("help-search").is_some() && program.find_id("about-copy").is_none());
    program.tap(Named::Escape);
    assert!(program.find_id("more").is_some());
}

// -------------------------------------------------------------------- a new version

#[test]
fn what_it_tells_of_the_server_is_never_older_than_what_the_file_holds() {
    let pc = paired(Pc::with_demo());
    let mut program = open(&pc);
    assert_eq!(program.text_beside("Bookingserver"), "http://127.0.0.1:9");
    block_on(program.store().unlink()).unwrap();
    program.slow_disk("ReadAnew");
    program.send(Message::ServerTold { opening: 1, event: Event::Status(Status::NOT_PAIRED) });
    assert_eq!(program.text_beside("Bookingserver"), "Ikke forbundet");
}

fn newest(version: &str, download: Option<&str>) -> ClientProgram {
    ClientProgram { newest: version.parse().unwrap(), download: download.map(|page| page.parse().unwrap()) }
}

fn next_version() -> String {
    let this: Version = THIS.parse().unwrap();
    let next = format!("{}.0.0", this.to_string().split('.').next().unwrap().parse::<u32>().unwrap() + 1);
    assert!(next.parse::<Version>().unwrap() > this);
    next
}

/// The book of a PC that is paired, once the server has said what it is.
fn book(pc: &Pc, server: &BookingServer, begin: Start) -> Driver<Program> {
    let mut joined = join_first(pc, server);
    joined.click("OK");
    joined.click("Luk");
    all_fetched(&mut joined);
    joined.close();
    let mut program = start(begin);
    program.wait_until("it is connected", |program| program.sees_part("Synkroniseret"));
    answered(&mut program);
    program
}

/// The server has said which program it is.
fn answered(program: &mut Driver<Program>) {
    open_in(program);
    program.wait_until("the server has answered", |program| program.sees_part(&format!("(version {THIS})")));
    program.tap(Named::Escape);
}

#[cfg(unix)]
#[test]
fn a_newer_version_is_told_once_and_put_away_until_the_next_one() {
    let pc = Pc::with_demo();
    let next = next_version();
    let server = BookingServer::start_knowing(newest(&next, Some(PAGE)));
    let (opener, file) = opener(&pc);
    let mut program = book(&pc, &server, Start { opener, ..pc.begin() });
    assert!(program.sees("Der er en ny version") && program.sees(&format!("Aftalebog {next}")));
    let book = program.bounds_of_id("timetable");
    program.picture("book-new-version");
    program.click("Hent den nye version");
    assert_eq!(opened(&mut program, &file), PAGE);
    program.click("Skjul");
    assert!(!program.sees("Der er en ny version"));
    assert_eq!(program.bounds_of_id("timetable"), book, "it pushes nothing aside");

    open_in(&mut program);
    assert!(program.sees("Der er en ny version"), "who looks is told all the same");
    assert_eq!(program.text_beside("Bookingserver"), format!("{} (version {THIS})", server.url()));
    program.click("Kopiér oplysninger");
    let copied = program.clipboard.0.clone().unwrap();
    assert!(copied.contains(&format!("Der er en ny version: Aftalebog {next}")), "{copied}");
    program.tap(Named::Escape);
    program.close();

    let put_away = next.parse().unwrap();
    let mut again = pc.start_from_desktop();
    again.wait_until("it is connected", |program| program.sees_part("Synkroniseret"));
    answered(&mut again);
    assert!(!again.sees("Der er en ny version"), "it is remembered");
    again.close();
    let earlier: Version = THIS.parse().unwrap();
    assert!(earlier < put_away);
    let mut later = start(Start { put_away: Some(earlier), ..pc.begin() });
    later.wait_until("the next one is told", |program| program.sees("Der er en ny version"));
}

#[test]
fn the_same_version_is_no_news() {
    let pc = Pc::with_demo();
    let server = BookingServer::start_knowing(newest(THIS, Some(PAGE)));
    let mut program = book(&pc, &server, pc.begin());
    assert!(!program.sees("Der er en ny version"));
    open_in(&mut program);
    assert!(!program.sees("Der er en ny version") && !program.sees("Hent den nye version"));
}

#[test]
fn without_a_page_it_says_whom_to_ask() {
    let pc = Pc::with_demo();
    let server = BookingServer::start_knowing(newest(&next_version(), None));
    let mut program = book(&pc, &server, pc.begin());
    assert!(program.sees("Der er en ny version"));
    assert!(program.sees("Spørg dem, der driver bookingserveren, hvor den hentes."));
    assert!(!program.sees("Hent den nye version"));
}

#[test]
fn where_there_is_no_browser_the_address_is_copied() {
    let pc = Pc::with_demo();
    let server = BookingServer::start_knowing(newest(&next_version(), Some(PAGE)));
    let opener = Opener::Program(pc.path().join("no such program"));
    let mut program = book(&pc, &server, Start { opener, ..pc.begin() });
    program.click("Hent den nye version");
    assert!(program.sees_part("Browseren kan ikke åbnes herfra"));
    assert_eq!(program.clipboard.0.as_deref(), Some(PAGE));
}

// ------------------------------------------------------------------------- pictures

/// The dialog by itself: the folder of a test is another one each time.
struct Shown {
    about: About,
    server: Option<Server>,
    new_version: Option<NewVersion>,
    texts: Texts,
    theme: Theme,
}

impl Shown {
    fn known(&self) -> about::Known<'_> {
        about::Known { server: self.server.clone(), new_version: self.new_version.as_ref() }
    }
}

impl Driven for Shown {
    type Message = about::Message;

    fn view(&self) -> Element<'_, about::Message> {
        Stack::with_children(self.about.layers(&self.known(), &self.texts)).width(Fill).height(Fill).into()
    }

    fn update(&mut self, message: about::Message) -> Task<about::Message> {
        let known = about::Known { server: self.server.clone(), new_version: self.new_version.as_ref() };
        match self.about.update(message, &known, &self.texts) {
            about::Action::Run(task) => task,
            _ => Task::none(),
        }
    }

    fn theme(&self) -> Theme {
        self.theme.clone()
    }
}

#[test]
fn the_dialog() {
    let file = "/home/reception/.local/share/aftalebog/clinic.db";
    let about = About::new(file.into(), None);
    let (texts, theme) = (Texts::new(Language::Danish), theme::light());
    let mut dialog = Driver::new(Shown { about, server: None, new_version: None, texts, theme });
    dialog.picture("about");
    let server = Server { address: "https://booking.klinikken.dk".to_owned(), version: Some("0.1.0".to_owned()) };
    let download = PAGE.parse().ok();
    let new_version = NewVersion { version: "99.0.0".parse().unwrap(), download };
    (dialog.app.server, dialog.app.new_version) = (Some(server), Some(new_version));
    dialog.app.theme = theme::dark();
    dialog.picture("about-new-version-dark");
    dialog.picture_at("about-new-version-dark-at-150-percent", 1.5);
    dialog.click("Licenser");
    dialog.picture("licences-dark");
    dialog.app.theme = theme::light();
    dialog.resize(853.0, 533.0);
    dialog.picture_at("licences-narrow-at-150-percent", 1.5);
}
