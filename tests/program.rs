//! The whole program, as a person at the reception desk starts it: on a file in a folder of its own.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use aftalebog::app::{App, File, Keys, Message, NotSaved, Start};
use aftalebog::clock::Clock;
use aftalebog::command_line::{CommandLine, Order, order};
use aftalebog::log::Log;
use aftalebog::outside::Opener;
use aftalebog::screen::appointment_book::Seen;
use aftalebog_booking::demo::{SEED, demo_clinic};
use aftalebog_booking::record::{OnlineType, Practitioner, Service};
use aftalebog_booking::{Change, Entry, Setup, Write};
use aftalebog_local::folder::Folder;
use aftalebog_local::sync::{Event, Status};
use aftalebog_local::{SaveError, Store};
use aftalebog_texts::Language;
use chrono::{DateTime, Utc};
use clap::Parser;
use futures::executor::block_on;
use iced::advanced::subscription::into_recipes;
use iced::keyboard::key::Named;
use iced::{Element, Task, Theme};
use tempfile::TempDir;

use crate::harness::{Driven, Driver};

/// A Monday morning in week 48, ten past nine in Denmark.
pub const NOW: &str = "2026-11-23T08:10:00Z";

pub fn now() -> DateTime<Utc> {
    NOW.parse().unwrap()
}

/// The program, and the store it has open.
pub struct Program {
    app: App,
    store: Option<Store>,
    /// How it stands with the server, as it was last told.
    pub standing: Status,
    /// What follows from messages with this in their name is kept back, as on a slow disk.
    pub kept_back: Option<&'static str>,
    waiting: Vec<Task<Message>>,
}

impl Driven for Program {
    type Message = Message;
    const ENDLESS: &[&str] = &["ServerListened"];

    fn view(&self) -> Element<'_, Message> {
        self.app.view()
    }

    fn update(&mut self, message: Message) -> Task<Message> {
        if let Message::Opened { opened, .. } = &message
            && let Ok((store, _)) = opened.as_ref()
        {
            self.store = Some(store.clone());
        }
        if let Message::Replaced { replaced, .. } = &message
            && let Ok((store, ..)) = replaced.as_ref()
        {
            self.store = Some(store.clone());
        }
        if let Message::ServerTold { event: Event::Status(status), .. } = &message {
            self.standing = status.clone();
        }
        if matches!(message, Message::Done) {
            return Task::batch(std::mem::take(&mut self.waiting));
        }
        let slow = self.kept_back.is_some_and(|part| format!("{message:?}").contains(part));
        let task = self.app.update(message);
        if slow {
            self.waiting.push(task);
            return Task::none();
        }
        task
    }

    fn theme(&self) -> Theme {
        self.app.theme()
    }
}

impl Program {
    /// How many things it waits for that nobody does.
    pub fn woken_by(&self) -> usize {
        into_recipes(self.app.subscription()).len()
    }
}

/// Something a person does in the window.
pub type Deed = fn(&mut Driver<Program>);

/// A PC with a data folder.
pub struct Pc {
    path: PathBuf,
    /// Removed with everything in it when the test ends.
    _folder: Option<TempDir>,
}

impl Pc {
    /// Nothing was ever started here.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { path: folder.path().to_owned(), _folder: Some(folder) }
    }

    /// One whose data folder another test looks after.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self { path: folder.into(), _folder: None }
    }

    /// The demo clinic of [`NOW`] is there.
    pub fn with_demo() -> Self {
        let pc = Self::new();
        std::fs::write(pc.demo(), made_once()).unwrap();
        pc
    }

    /// The demo clinic, after these writes.
    pub fn with_changed_demo(writes: impl FnOnce(&Setup) -> Vec<Write>) -> Self {
        Self::with_demo().changed(|store| writes(&block_on(store.setup()).unwrap()))
    }

    /// The same file, after these writes.
    pub fn changed(self, writes: impl FnOnce(&Store) -> Vec<Write>) -> Self {
        let store = block_on(Store::open(self.demo(), now())).unwrap();
        let writes = writes(&store);
        block_on(store.save(Change::new(now(), "en anden pc", writes))).unwrap();
        block_on(store.close());
        self
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn demo(&self) -> PathBuf {
        self.path().join("demo.db")
    }

    pub fn clinic(&self) -> PathBuf {
        self.path().join("clinic.db")
    }

    /// What the demo's file holds while no program has it open.
    pub fn demo_setup(&self) -> Setup {
        let reading = async {
            let store = Store::open(self.demo(), now()).await.unwrap();
            let setup = store.setup().await.unwrap();
            store.close().await;
            setup
        };
        block_on(reading)
    }

    pub fn begin(&self) -> Start {
        Start {
            folder: Folder::new(self.path()).unwrap(),
            file: File::Demo,
            clock: Clock::Fixed(now()),
            made_by: "RECEPTION".to_owned(),
            language: Language::Danish,
            seen: Seen::default(),
            put_away: None,
            keys: Keys::File,
            given: None,
            log: Log::nowhere(),
            opener: Opener::System,
        }
    }

    pub fn start(&self) -> Driver<Program> {
        start(self.begin())
    }

    /// On a slow disk: what follows from such a message waits for [`Driver::disk_answers`].
    pub fn start_slowly(&self, message: &'static str) -> Driver<Program> {
        let (app, task) = App::new(self.begin());
        Driver::start((
            Program { app, store: None, standing: Status::NOT_PAIRED, kept_back: Some(message), waiting: Vec::new() },
            task,
        ))
    }

    /// As it is started when nobody asks for the demo.
    pub fn first_start(&self) -> Driver<Program> {
        start(Start { file: File::Clinic, ..self.begin() })
    }

    /// Closes the program, as the window's cross does, and starts it anew.
    pub fn restart(&self, mut program: Driver<Program>) -> Driver<Program> {
        program.close();
        self.start()
    }

    /// As it is started from a link on the desktop: with what this PC remembers.
    pub fn start_from_desktop(&self) -> Driver<Program> {
        let folder = self.path().to_str().unwrap();
        let line = CommandLine::parse_from(["aftalebog", "--data", folder, "--demo", "--clock", NOW]);
        match order(line, now) {
            Order::Window(begin) => start(begin),
            Order::Shown | Order::Done(_) => panic!("a window was asked for"),
        }
    }

    /// The program with its settings open.
    pub fn settings(&self) -> Driver<Program> {
        let mut program = self.start();
        program.open_settings();
        program
    }
}

pub fn start(start: Start) -> Driver<Program> {
    let (app, task) = App::new(start);
    Driver::start((
        Program { app, store: None, standing: Status::NOT_PAIRED, kept_back: None, waiting: Vec::new() },
        task,
    ))
}

/// The demo's file, which takes a moment to make.
fn made_once() -> &'static [u8] {
    static MADE: OnceLock<Vec<u8>> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("demo.db");
        let making = async {
            let today = now().date_naive();
            let store = Store::create(file.clone(), demo_clinic(today, SEED), now()).await.unwrap();
            store.close().await;
        };
        block_on(making);
        std::fs::read(file).unwrap()
    })
}

impl Driver<Program> {
    /// What the file holds now.
    pub fn setup(&self) -> Setup {
        block_on(self.store().setup()).unwrap()
    }

    pub fn store(&self) -> Store {
        self.app.store.clone().expect("a clinic is open")
    }

    pub fn online_type(&self, code: &str) -> OnlineType {
        online_type(&self.setup(), code).value
    }

    pub fn practitioner(&self, initials: &str) -> Practitioner {
        practitioner(&self.setup(), initials).value
    }

    pub fn service(&self) -> Service {
        self.setup().service.value
    }

    /// The disk becomes slow: what follows from such a message waits for [`Self::disk_answers`].
    pub fn slow_disk(&mut self, message: &'static str) {
        self.app.kept_back = Some(message);
    }

    /// How much is kept back.
    pub fn kept_back(&self) -> usize {
        self.app.waiting.iter().map(Task::units).sum()
    }

    pub fn disk_answers(&mut self) {
        self.app.kept_back = None;
        self.send(Message::Done);
    }

    /// Saving goes wrong for this reason.
    pub fn not_saved(&mut self, error: SaveError) {
        self.app.kept_back = None;
        self.app.waiting.clear();
        self.send(Message::Saved { opening: 1, saved: Arc::new(Err(NotSaved::Save(error))) });
    }

    #[track_caller]
    pub fn close(&mut self) {
        self.send(Message::CloseRequested);
        // What waits is sent first. The clinic's last PC is asked about, and so is what is not sent yet.
        self.wait_until("the window closes", |program| program.exited || program.sees("Luk alligevel"));
        if !self.exited {
            self.click("Luk alligevel");
            self.wait_until("the window closes", |program| program.exited);
        }
    }

    pub fn open_settings(&mut self) {
        self.click_id("gear");
    }

    /// Opens a type of the list by its code. Not by two clicks: on a busy machine they are too slow to be one.
    #[track_caller]
    pub fn edit(&mut self, code: &str) {
        self.click(code);
        self.tap(Named::F2);
        assert!(self.sees(&format!("Aftaletype: {code}")));
    }

    /// Presses the white field below its last row with the right button.
    #[track_caller]
    pub fn right_click_empty_field(&mut self) {
        let count = self.setup().online_types.len();
        let below = match count.checked_sub(1).and_then(|last| self.find_id(&format!("types-row-{last}"))) {
            Some(row) => iced::Point::new(row.center_x(), row.y + row.height + 12.0),
            None => self.bounds_of_id("types-empty").center(),
        };
        self.right_click_at(below);
    }

    /// The editor of a new type.
    pub fn new_type(&mut self) {
        self.click("Ny");
        assert!(self.sees("Ny aftaletype til online booking"));
    }

    /// Presses and chooses an appointment type by its name.
    #[track_caller]
    pub fn choose_type(&mut self, name: &str) {
        self.click_beside("Aftaletype");
        self.type_text(name);
        self.tap(Named::Enter);
    }

    /// Presses the field that stands to the right of a label.
    #[track_caller]
    pub fn click_beside(&mut self, label: &str) {
        self.bring_into_view(label);
        let at = self.beside(label).bounds.center();
        self.click_at(at);
    }

    /// Types in the field beside a label, instead of what it holds.
    #[track_caller]
    pub fn fill(&mut self, label: &str, typed: &str) {
        self.click_beside(label);
        self.clear();
        self.type_text(typed);
    }

    /// What the field beside a label holds.
    #[track_caller]
    pub fn value(&mut self, label: &str) -> String {
        self.bring_into_view(label);
        let id = self.beside(label).id.expect("a field has an id");
        self.text_of(&id)
    }

    /// Presses the control whose id begins so, in the line of a text.
    #[track_caller]
    pub fn click_in_line(&mut self, text: &str, id: &str) {
        self.bring_into_view(text);
        let line = self.bounds_of(text);
        let found = self.in_line(line, id);
        assert_eq!(found.len(), 1, "«{id}» in the line of «{text}»");
        self.click_at(found[0]);
    }

    /// Turns the wheel over the middle of the window until this text is in view.
    #[track_caller]
    pub fn bring_into_view(&mut self, text: &str) {
        if self.sees_whole(text) {
            return;
        }
        self.move_to(iced::Point::new(640.0, 400.0));
        self.scroll(-5000.0);
        for _ in 0..20 {
            if self.sees_whole(text) {
                return;
            }
            self.scroll(60.0);
        }
        panic!("«{text}» never comes into view; on screen:\n{}", self.texts().join("\n"));
    }
}

#[track_caller]
pub fn online_type(setup: &Setup, code: &str) -> Entry<OnlineType> {
    let of = setup.appointment_types.iter().find(|of| of.value.code.as_str() == code).expect("the code is known");
    setup.online_type_of(of.id).expect("the type is set up").clone()
}

pub fn is_online(setup: &Setup, code: &str) -> bool {
    let of = setup.appointment_types.iter().find(|of| of.value.code.as_str() == code).expect("the code is known");
    setup.online_type_of(of.id).is_some()
}

#[track_caller]
pub fn practitioner(setup: &Setup, initials: &str) -> Entry<Practitioner> {
    let found = setup.practitioners.iter().find(|entry| entry.value.initials.as_str() == initials);
    found.expect("the initials are known").clone()
}

/// The codes of the online types, in the clinic's order.
pub fn codes(setup: &Setup) -> Vec<String> {
    let code =
        |entry: &Entry<OnlineType>| setup.appointment_type(entry.value.appointment_type).unwrap().code.to_string();
    setup.online_types.iter().map(code).collect()
}
