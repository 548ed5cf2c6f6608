//! The built program in a real window, with real keys and a real mouse.
//!
//! The headless driver does the same to a clinic of its own. It knows where the words are, and how
//! the window must look: a step is done when the window's pixels are the driver's.

mod desktop;
mod new_clinic;
mod two_pcs;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use aftalebog::app::{App, File, Keys, Message, Start};
use aftalebog::clock::Clock;
use aftalebog::log::Log;
use aftalebog::outside::Opener;
use aftalebog::screen::appointment_book::Seen;
use aftalebog_booking::record::{Snapshot, Value};
use aftalebog_booking::{Setup, demo};
use aftalebog_local::Store;
use aftalebog_local::folder::Folder;
use aftalebog_texts::Language;
use chrono::{DateTime, Utc};
use futures::executor::block_on;
use iced::keyboard::{Modifiers, key};
use iced::{Element, Point, Rectangle, Task, Theme, Vector, mouse};
use tempfile::TempDir;

use crate::harness::{Driven, Driver, Picture, difference, load, save};
use desktop::{Desktop, Named, PATIENCE, Running, Turn, evidence, look_for, wait_for};

const NOW: &str = "2026-11-23T08:10:00Z";

fn now() -> DateTime<Utc> {
    NOW.parse().unwrap()
}

/// The demo clinic before anybody has followed the guide.
fn clinic_before_the_guide() -> Snapshot {
    let mut snapshot = demo::demo_clinic(now().date_naive(), demo::SEED);
    for record in &mut snapshot.records {
        if let Value::Service(service) = &mut record.value {
            (service.running, service.self_registration) = (false, false);
        }
    }
    snapshot
}

#[test]
fn the_guide_is_followed_and_survives_a_crash() {
    let desktop = Desktop::start();
    let mut desk = Reception::new(&desktop, File::Demo, clinic_before_the_guide());

    // «Aktiv»: tryk «Start».
    desk.click_id("gear");
    desk.click("Inaktiv");
    desk.click("Start");
    desk.click_id("service-close");

    // Højreklik i det hvide felt under «Aftaletyper».
    let last = desk.driver.bounds_of_id("types-row-8");
    desk.right_click_at(Point::new(last.center_x(), last.y + last.height + 24.0));
    desk.click("Ny aftaletype …");
    desk.click("Vælg en aftaletype");
    desk.write("kir");
    desk.press(Named::Enter);
    desk.click_id("type-alias");
    desk.overwrite("Lille kæbeoperation, også på BØRN");
    desk.press(Named::Tab);
    desk.overwrite("30");
    desk.click("Oprettelse/behandlere styres af behov");
    desk.click_id("type-earliest");
    desk.overwrite("1");
    desk.press(Named::Tab);
    desk.overwrite("2");
    desk.press(Named::Tab);
    desk.overwrite("3");
    // The first and the third practitioner, and 45 minutes for the third.
    desk.press(Named::Tab);
    desk.write(" ");
    for _ in 0..4 {
        desk.press(Named::Tab);
    }
    desk.write(" ");
    desk.press(Named::Tab);
    desk.overwrite("45");
    desk.click_id("type-ok");

    desk.click("Server indstillinger");
    desk.click("Tillad selvoprettelse");
    desk.click_id("server-ok");

    // «Tilmeldt», «Aktiv», og rækkefølgen.
    desk.click("Klinik indstillinger");
    desk.click_id("clinic-registered-5");
    desk.click_id("clinic-takes-new-5");
    let (from, to) = (desk.driver.bounds_of_id("clinic-row-5"), desk.driver.bounds_of_id("clinic-row-4"));
    let grip = Vector::new(20.0, from.height / 2.0);
    desk.drag(from.position() + grip, to.position() + grip);
    desk.click_id("clinic-ok");

    // The command line asks the open window.
    let asked = desk.export("asked.json");
    desk.crash();
    let kept = block_on(async {
        let store = Store::open(desk.folder.demo(), now()).await.unwrap();
        let kept = store.snapshot().await.unwrap();
        store.close().await;
        kept
    });
    assert_eq!(kept.records, asked.records, "what the window answered is what the file held when it was killed");
    assert_eq!(desk.export("read.json").records, asked.records, "nobody answers any more: the file itself is read");
    check_the_guide(&Setup::gather(kept.records).unwrap());

    desk.restart();
    desk.click_id("gear");
    desk.click("Lille kæbeoperation, også på BØRN");
    desk.click("Rediger");
    desk.press(Named::Escape);
    desk.click("Klinik indstillinger");
}

fn check_the_guide(setup: &Setup) {
    assert!(setup.service.value.running, "«Aktiv»");
    assert!(setup.service.value.self_registration, "«Tillad selvoprettelse»");
    let types = &setup.appointment_types;
    let surgery = types.iter().find(|entry| entry.value.code.as_str() == "KIR").unwrap().id;
    let online = &setup.online_type_of(surgery).unwrap().value;
    assert_eq!(online.alias.as_str(), "Lille kæbeoperation, også på BØRN");
    assert!(!online.need_driven);
    let days = [online.earliest_booking_days, online.cancel_days, online.move_days];
    assert_eq!(online.min_spacing_minutes.map(|minutes| minutes.to_string()).as_deref(), Some("30"));
    assert_eq!(days.map(|days| days.map(|days| days.to_string()).unwrap_or_default()), ["1", "2", "3"]);
    let initials = |id| setup.practitioner(id).unwrap().initials.to_string();
    let rows = online.practitioners.iter().filter(|row| row.active);
    let rows: Vec<_> = rows.map(|row| (initials(row.practitioner), row.minutes.map(|it| it.to_string()))).collect();
    assert_eq!(rows, [("JH".to_owned(), None), ("SA".to_owned(), Some("45".to_owned()))]);
    let order: Vec<_> = setup.practitioners.iter().map(|entry| entry.value.initials.as_str()).collect();
    assert_eq!(order, ["JH", "MK", "SA", "LB", "AP", "CN", "PV"]);
    let assistant = &setup.practitioners[4].value;
    assert!(assistant.registered && assistant.takes_new_patients, "«Tilmeldt» and «Aktiv»");
}

#[test]
fn a_second_start_brings_the_first_to_the_front() {
    let desktop = Desktop::start();
    let desk = Reception::new(&desktop, File::Demo, clinic_before_the_guide());
    let start_again = || {
        let second = desktop.runs(&mut program(&desk.folder, File::Demo)).output().unwrap();
        assert!(second.status.success(), "{second:?}");
        wait_for("the first window is in front again", || (desktop.active() == Some(desk.window)).then_some(()));
    };
    let other = desktop.open_another();
    start_again();
    desktop.close_another(other);
    desktop.minimise(desk.window);
    start_again();
}

#[test]
fn the_open_window_makes_a_copy_and_asks_about_a_file_for_who_starts_the_program_once_more() {
    let desktop = Desktop::start();
    let mut desk = Reception::new(&desktop, File::Clinic, clinic_before_the_guide());
    let copied = program(&desk.folder, File::Clinic).arg("backup").output().unwrap();
    let (said, copies) = (String::from_utf8(copied.stdout).unwrap(), desk.folder.path().join("backups"));
    assert!(copied.status.success() && said.contains("clinic-copy-20261123T081000Z.db"), "{said}");
    assert!(copies.join("clinic-copy-20261123T081000Z.db").exists());
    // A double-click, from the folder that the file is in.
    let given = desk.folder.path().join("clinic.json");
    let mut again = program(&desk.folder, File::Clinic);
    let again = desktop.runs(again.current_dir(desk.folder.path()).arg("clinic.json")).output().unwrap();
    assert!(again.status.success(), "{again:?}");
    desk.driver.send(Message::SecondStart(Some(given)));
    assert!(desk.driver.sees("På denne pc nu"));
    desk.in_step("it is asked about the file");
}

#[test]
fn a_file_that_is_double_clicked_is_asked_about_in_the_window_that_stands_on_the_first_page() {
    let desktop = Desktop::start();
    let mut desk = Reception::at_first(&desktop);
    // The folder is empty: so is what a command line can have of it.
    let copied = program(&desk.folder, File::Clinic).arg("backup").output().unwrap();
    assert!(String::from_utf8(copied.stderr).unwrap().contains("Der er ingen klinik at kopiere"));
    let given = desk.folder.path().join("clinic.json");
    fs::write(&given, serde_json::to_string(&clinic_before_the_guide()).unwrap()).unwrap();
    let again = desktop.runs(program(&desk.folder, File::Clinic).arg(&given)).output().unwrap();
    assert!(again.status.success(), "{again:?}");
    desk.driver.send(Message::SecondStart(Some(given)));
    assert!(desk.driver.sees("I kopien"));
    desk.in_step("it is asked about the file");
    desk.click_id("restore-take");
    // The same window answers for the clinic now.
    assert_eq!(desk.export("asked.json").records.len(), clinic_before_the_guide().records.len());
}

#[test]
fn a_file_held_by_something_else_is_told_and_opens_later() {
    let desktop = Desktop::start();
    let data = TempDir::new().unwrap();
    let folder = Folder::new(data.path()).unwrap();
    let holder = block_on(Store::create(folder.clinic(), clinic_before_the_guide(), now())).unwrap();
    let mut desk = Reception::at(&desktop, File::Clinic, data, Twins::ShareTheFile);
    let retry = desk.driver.bounds_of("Prøv igen").center();
    assert!(desk.driver.sees("Aftalebog er allerede åben"));
    block_on(holder.close());
    desktop.click(desk.window, retry, 1);
    wait_for("the clinic opens", || {
        let title = desktop.title(desk.window);
        (title == "Aftalebog – Tandlægerne ved Møllesøen (demo)").then_some(())
    });
}

#[test]
fn the_readme_shows_the_window_as_it_is() {
    let desktop = Desktop::start();
    let clinic = demo::demo_clinic(now().date_naive(), demo::SEED);
    let mut desk = Reception::new(&desktop, File::Demo, clinic);
    desk.click_id("gear");
    desk.click("Tandrensning");
    desk.click("Rediger");
    let seen = desktop.picture(desk.window);
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/aftalebog.png");
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some_and(|value| value == "1") {
        return save(&kept, &seen);
    }
    if !kept.exists() || !looks_like(&seen, &load(&kept)) {
        save(&evidence("aftalebog.png"), &seen);
        panic!(
            "docs/aftalebog.png is old, see target/window/aftalebog.png; to accept it: UPDATE_SNAPSHOTS=1 ./test readme"
        );
    }
}

/// The program as it is built, on a folder of the test.
fn program(folder: &Folder, file: File) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_aftalebog"));
    let demo = (file == File::Demo).then_some("--demo");
    let _program = program.arg("--data").arg(folder.path()).args(["--clock", NOW]).args(demo).stdin(Stdio::null());
    program
}

/// Whether the driver's clinic is the window's own file, or one just like it.
#[derive(PartialEq)]
enum Twins {
    HaveOneEach,
    ShareTheFile,
}

/// The window and its twin, in step.
struct Reception<'a> {
    desktop: &'a Desktop,
    running: Running,
    window: u32,
    driver: Driver<Twin>,
    file: File,
    folder: Folder,
    _data: TempDir,
    twin_folder: Folder,
    _twin_data: Option<TempDir>,
    steps: usize,
    /// What the twin shows otherwise, such as the address of its own server: what holds it is not compared.
    apart: Vec<String>,
}

impl<'a> Reception<'a> {
    fn new(desktop: &'a Desktop, file: File, clinic: Snapshot) -> Self {
        let data = TempDir::new().unwrap();
        let folder = Folder::new(data.path()).unwrap();
        let export = data.path().join("clinic.json");
        fs::write(&export, serde_json::to_string(&clinic).unwrap()).unwrap();
        let imported = program(&folder, file).arg("import").arg(&export).output().unwrap();
        assert!(imported.status.success(), "{imported:?}");
        Self::at(desktop, file, data, Twins::HaveOneEach)
    }

    /// Where nothing was ever started.
    fn at_first(desktop: &'a Desktop) -> Self {
        Self::at(desktop, File::Clinic, TempDir::new().unwrap(), Twins::HaveOneEach)
    }

    fn at(desktop: &'a Desktop, file: File, data: TempDir, twins: Twins) -> Self {
        let folder = Folder::new(data.path()).unwrap();
        let twin_data = (twins == Twins::HaveOneEach).then(|| {
            let twin = TempDir::new().unwrap();
            let (from, to) = (path(&folder, file), Folder::new(twin.path()).unwrap());
            if from.exists() {
                let _bytes = fs::copy(from, path(&to, file)).unwrap();
            }
            twin
        });
        let twin_folder = twin_data.as_ref().map_or(folder.clone(), |twin| Folder::new(twin.path()).unwrap());
        let (running, window, driver) = start(desktop, &folder, &twin_folder, file);
        let mut reception = Self {
            desktop,
            running,
            window,
            driver,
            file,
            folder,
            _data: data,
            twin_folder,
            _twin_data: twin_data,
            steps: 0,
            apart: Vec::new(),
        };
        reception.in_step("it opens");
        reception
    }

    /// The program is killed without a word.
    fn crash(&mut self) {
        self.running.0.kill().unwrap();
        let _killed = self.running.0.wait().unwrap();
    }

    fn restart(&mut self) {
        let nothing = Driver::new(Twin(App::new(twin(&self.twin_folder, self.file)).0));
        drop(std::mem::replace(&mut self.driver, nothing));
        (self.running, self.window, self.driver) = start(self.desktop, &self.folder, &self.twin_folder, self.file);
        self.in_step("it opens again");
    }

    /// What `aftalebog export` writes while the window is open.
    fn export(&self, name: &str) -> Snapshot {
        let to = self.folder.path().join(name);
        let exported = program(&self.folder, self.file).arg("export").arg(&to).output().unwrap();
        assert!(exported.status.success(), "{exported:?}");
        serde_json::from_str(&fs::read_to_string(to).unwrap()).unwrap()
    }

    #[track_caller]
    fn click(&mut self, words: &str) {
        let at = self.driver.bounds_of(words).center();
        self.click_at(at, words);
    }

    #[track_caller]
    fn click_id(&mut self, id: &str) {
        let at = self.driver.bounds_of_id(id).center();
        self.click_at(at, id);
    }

    #[track_caller]
    fn click_at(&mut self, at: Point, what: &str) {
        let at = Point::new(at.x.round(), at.y.round());
        self.desktop.click(self.window, at, 1);
        self.driver.click_at(at);
        self.in_step(&format!("a click on «{what}»"));
        self.park();
    }

    #[track_caller]
    fn right_click_at(&mut self, at: Point) {
        let at = Point::new(at.x.round(), at.y.round());
        self.desktop.click(self.window, at, 3);
        self.driver.right_click_at(at);
        self.in_step("a right click");
        self.park();
    }

    #[track_caller]
    fn drag(&mut self, from: Point, to: Point) {
        let (from, to) = (Point::new(from.x.round(), from.y.round()), Point::new(to.x.round(), to.y.round()));
        self.move_to(from);
        self.desktop.button(1, Turn::Pressed);
        self.driver.press(mouse::Button::Left);
        self.in_step("a press");
        self.move_to(to);
        self.desktop.button(1, Turn::Released);
        self.driver.release(mouse::Button::Left);
        self.in_step("a drag");
        self.park();
    }

    /// Where the mouse rests, no hint comes up. Only after the click was seen to be done: iced takes
    /// the events of one frame together, and all of them to be where the mouse is by then.
    #[track_caller]
    fn park(&mut self) {
        self.move_to(Point::new(2.0, 2.0));
    }

    #[track_caller]
    fn move_to(&mut self, at: Point) {
        self.desktop.move_to(self.window, at);
        self.driver.move_to(at);
        self.in_step(&format!("the mouse at {at}"));
    }

    #[track_caller]
    fn press(&mut self, key: Named) {
        self.strike(key);
        self.in_step(&format!("{key:?}"));
    }

    /// The same without waiting for what follows.
    fn strike(&mut self, key: Named) {
        self.desktop.press(key);
        self.driver.tap(match key {
            Named::Tab => key::Named::Tab,
            Named::Enter => key::Named::Enter,
            Named::Escape => key::Named::Escape,
            Named::Control | Named::Shift => panic!("{key:?} is held, not pressed"),
        });
    }

    #[track_caller]
    fn write(&mut self, text: &str) {
        self.desktop.write(text);
        self.driver.type_text(text);
        self.in_step(&format!("«{text}»"));
    }

    /// Puts a text in the place of what the field holds.
    #[track_caller]
    fn overwrite(&mut self, text: &str) {
        self.desktop.hold(Named::Control, 'a');
        self.driver.chord('a', Modifiers::CTRL);
        self.write(text);
    }

    /// The window's own text here, its twin's there.
    #[track_caller]
    fn write_apart(&mut self, [real, twin]: [&str; 2]) {
        self.apart.push(twin.to_owned());
        self.desktop.write(real);
        self.driver.type_text(twin);
        self.in_step("what is its own");
    }

    /// Goes to a control with the Tab key.
    #[track_caller]
    fn tab_to(&mut self, id: &str) {
        for _ in 0..100 {
            if self.driver.focused().as_deref() == Some(id) {
                return self.in_step(&format!("Tab until «{id}»"));
            }
            self.strike(Named::Tab);
        }
        panic!("Tab never comes to «{id}»; on screen:\n{}", self.driver.texts().join("\n"));
    }

    /// Presses a control by keyboard.
    #[track_caller]
    fn choose(&mut self, id: &str) {
        self.tab_to(id);
        self.press(Named::Enter);
    }

    /// Waits until these words have come.
    #[track_caller]
    fn until(&mut self, words: &str) {
        self.driver.wait_until(words, |driver| driver.sees_part(words));
        self.in_step(words);
    }

    /// How the window looks now, for people to look at.
    fn keep_picture(&self, name: &str) {
        save(&evidence(name), &self.desktop.picture(self.window));
    }

    fn twin_seen(&mut self) -> Picture {
        let apart = self.places_apart();
        without(self.driver.seen(), &apart)
    }

    /// Letters have different widths: what is a little wider belongs to it.
    fn places_apart(&mut self) -> Vec<Rectangle> {
        if self.apart.is_empty() {
            return Vec::new();
        }
        let mut texts = self.driver.texts();
        texts.retain(|text| self.apart.iter().any(|apart| text.contains(apart)));
        texts.dedup();
        let places = texts.iter().flat_map(|text| self.driver.all_bounds_of(text));
        places.map(|place| place.expand([4.0, 48.0])).collect()
    }

    /// Waits until the window looks as the driver says. On a busy machine the mouse may have rested
    /// on a control for so long that its hint has come up; the driver's comes by the same clock.
    #[track_caller]
    fn in_step(&mut self, after: &str) {
        self.steps += 1;
        let mut expected = self.twin_seen();
        let mut seen = None;
        let same = look_for(|| {
            let (picture, apart) = (self.desktop.picture(self.window), self.places_apart());
            let seen = seen.insert(without(picture, &apart));
            if looks_like(seen, &expected) {
                return Some(());
            }
            self.driver.rest(Duration::ZERO);
            expected = self.twin_seen();
            looks_like(seen, &expected).then_some(())
        });
        if let (None, Some(seen)) = (same, seen) {
            let test = std::thread::current().name().unwrap_or("window").replace(':', "-");
            let (diff, changed) = difference(&expected, &seen);
            for (name, picture) in [("window", &seen), ("expected", &expected), ("diff", &diff)] {
                save(&evidence(&format!("{test}-{name}.png")), picture);
            }
            let words = self.driver.texts().join("\n");
            let step = self.steps;
            panic!(
                "step {step}, after {after}: {changed} pixels differ, see target/window/{test}-*.png; expected:\n{words}"
            );
        }
    }
}

/// Without what stands in these places.
fn without(mut picture: Picture, places: &[Rectangle]) -> Picture {
    for place in places {
        let within =
            |from: f32, length: f32, all: u32| from.max(0.0) as u32..((from + length).max(0.0) as u32).min(all);
        for y in within(place.y, place.height, picture.height) {
            for x in within(place.x, place.width, picture.width) {
                let at = (y * picture.width + x) as usize * 4;
                picture.pixels[at..at + 4].fill(0);
            }
        }
    }
    picture
}

fn start(desktop: &Desktop, folder: &Folder, twin_folder: &Folder, file: File) -> (Running, u32, Driver<Twin>) {
    let mut running = Running(desktop.runs(&mut program(folder, file)).spawn().unwrap());
    let window = desktop.window_of(&mut running);
    let (app, task) = App::new(twin(twin_folder, file));
    let mut driver = Driver::start((Twin(app), task));
    driver.waits_at_most(PATIENCE);
    (running, window, driver)
}

fn twin(folder: &Folder, file: File) -> Start {
    let clock = Clock::Fixed(now());
    Start {
        folder: folder.clone(),
        file,
        clock,
        made_by: gethostname::gethostname().to_string_lossy().into_owned(),
        language: Language::Danish,
        seen: Seen::default(),
        put_away: None,
        keys: Keys::File,
        given: None,
        log: Log::nowhere(),
        opener: Opener::System,
    }
}

fn path(folder: &Folder, file: File) -> PathBuf {
    match file {
        File::Clinic => folder.clinic(),
        File::Demo => folder.demo(),
    }
}

/// The window draws only what has changed, and so edges and round corners of such a part turn out a
/// little lighter or darker than in one whole picture: by one or two of 255, and in a few pixels more.
fn looks_like(seen: &Picture, expected: &Picture) -> bool {
    const FAINT: u8 = 3;
    const SLIGHT: u8 = 64;
    const FEW: usize = 64;
    let pairs = seen.pixels.chunks_exact(4).zip(expected.pixels.chunks_exact(4));
    let far = pairs.filter(|(seen, expected)| seen != expected).map(|(seen, expected)| {
        seen.iter().zip(expected).map(|(seen, expected)| seen.abs_diff(*expected)).max().unwrap_or_default()
    });
    let far: Vec<u8> = far.filter(|far| *far > FAINT).take(FEW + 1).collect();
    let alike = far.len() <= FEW && far.iter().all(|far| *far <= SLIGHT);
    alike && (seen.width, seen.height) == (expected.width, expected.height)
}

/// The program as the driver sees it.
struct Twin(App);

impl Driven for Twin {
    type Message = Message;
    const ENDLESS: &[&str] = &["ServerListened"];

    fn view(&self) -> Element<'_, Message> {
        self.0.view()
    }

    fn update(&mut self, message: Message) -> Task<Message> {
        self.0.update(message)
    }

    fn theme(&self) -> Theme {
        self.0.theme()
    }
}
