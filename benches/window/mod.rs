//! The program in a window without a screen, driven step by step as iced drives it, so that each
//! step can be timed: build and layout, an event, drawing with the software renderer.
#![allow(dead_code, reason = "each benchmark uses a part of it")]

#[path = "../../tests/harness/fonts.rs"]
mod fonts;
#[path = "../../tests/harness/scan.rs"]
mod scan;
#[allow(clippy::unwrap_used, reason = "it is a part of the tests")]
#[path = "../../tests/harness/tasks.rs"]
mod tasks;

use std::path::Path;
use std::time::{Duration, Instant};

use aftalebog::app::{App, File, Keys, Start};
use aftalebog::clock::Clock;
use aftalebog::log::Log;
use aftalebog::outside::Opener;
use aftalebog::screen::appointment_book::Seen;
use aftalebog::ui::theme;
use aftalebog_booking::Snapshot;
use aftalebog_local::Store;
use aftalebog_local::folder::Folder;
use aftalebog_texts::Language;
use futures::executor::block_on;
use iced::advanced::clipboard::Null;
use iced::advanced::graphics::{Text, Viewport, damage};
use iced::advanced::mouse;
use iced::advanced::renderer;
use iced::advanced::widget::operation::{Operation, Outcome};
use iced::keyboard::{self, Key, Location, Modifiers, key::NativeCode, key::Physical};
use iced::theme::{Base, Style};
use iced::{Color, Element, Event, Point, Rectangle, Renderer, Size, Task, Theme, window};
use iced_test::core::SmolStr;
use iced_test::runtime::user_interface::Cache;
use iced_test::runtime::{Action, UserInterface};
use iced_tiny_skia::Layer;
use tasks::Tasks;

use crate::large_clinic::now;

/// The window's size in px.
pub const SIZE: Size = Size::new(1280.0, 800.0);

/// What can be shown: the program itself, or a page to compare it with.
pub trait Page {
    type Message: std::fmt::Debug + Send + 'static;

    fn view(&self) -> Element<'_, Self::Message>;
    fn update(&mut self, message: Self::Message) -> Task<Self::Message>;
    fn theme(&self) -> Theme;

    fn style(&self) -> Style {
        self.theme().base()
    }
}

impl Page for App {
    type Message = aftalebog::app::Message;

    fn view(&self) -> Element<'_, Self::Message> {
        App::view(self)
    }

    fn update(&mut self, message: Self::Message) -> Task<Self::Message> {
        App::update(self, message)
    }

    fn theme(&self) -> Theme {
        App::theme(self)
    }

    fn style(&self) -> Style {
        App::style(self, &App::theme(self))
    }
}

pub struct Window<P: Page> {
    pub page: P,
    cache: Cache,
    renderer: Renderer,
    cursor: mouse::Cursor,
    tasks: Tasks<P::Message>,
    started: Instant,
    slowest_update: Duration,
    turns: usize,
    last_layers: Vec<Layer>,
    last_background: Option<Color>,
    pixels: tiny_skia::Pixmap,
    mask: tiny_skia::Mask,
}

/// The program with a clinic, in a folder that is there as long as this is.
pub struct Program {
    pub window: Window<App>,
    _folder: tempfile::TempDir,
}

/// Starts the program with these records for its file.
pub fn program(snapshot: Snapshot) -> Program {
    let folder = tempfile::tempdir().expect("a folder");
    create(folder.path(), snapshot);
    let start = Start {
        folder: Folder::new(folder.path()).expect("a local folder"),
        file: File::Clinic,
        clock: Clock::Fixed(now()),
        made_by: "bench".to_owned(),
        language: Language::Danish,
        seen: Seen::default(),
        put_away: None,
        keys: Keys::File,
        given: None,
        log: Log::nowhere(),
        opener: Opener::System,
    };
    let (app, task) = App::new(start);
    Program { window: Window::new(app, task), _folder: folder }
}

fn create(folder: &Path, snapshot: Snapshot) {
    let file = folder.join("clinic.db");
    block_on(async { Store::create(file, snapshot, now()).await.expect("a clinic").close().await });
}

impl<P: Page> Window<P> {
    pub fn new(page: P, task: Task<P::Message>) -> Self {
        drop(fonts::fonts());
        let mut tasks = Tasks::new();
        tasks.add("the first task".to_owned(), task);
        let (width, height) = (SIZE.width as u32, SIZE.height as u32);
        let mut window = Self {
            page,
            cache: Cache::default(),
            renderer: Renderer::new(theme::REGULAR, theme::size::TEXT.into()),
            cursor: mouse::Cursor::Unavailable,
            tasks,
            started: Instant::now(),
            slowest_update: Duration::ZERO,
            turns: 0,
            last_layers: vec![],
            last_background: None,
            pixels: tiny_skia::Pixmap::new(width, height).expect("a picture"),
            mask: tiny_skia::Mask::new(width, height).expect("a mask"),
        };
        window.settle();
        window
    }

    /// Builds the page and lays it out. Only this counts, not the giving back of what was built.
    pub fn build(&mut self) -> Duration {
        let started = Instant::now();
        let cache = std::mem::take(&mut self.cache);
        let interface = UserInterface::build(self.page.view(), SIZE, cache, &mut self.renderer);
        let took = started.elapsed();
        self.cache = interface.into_cache();
        took
    }

    /// Builds, lays out and draws everything anew.
    pub fn frame(&mut self) {
        let background = self.prepare_frame();
        self.draw(&[Rectangle::with_size(SIZE)], background);
    }

    /// Builds and lays out, and draws what has changed since the last frame, as the window does.
    /// Gives the number of areas that have changed.
    pub fn changed_frame(&mut self) -> usize {
        let background = self.prepare_frame();
        let layers = self.renderer.layers();
        let areas = damage::diff(&self.last_layers, layers, |layer| vec![layer.bounds], Layer::damage);
        self.last_layers = layers.to_vec();
        let same = self.last_background.replace(background) == Some(background);
        let areas = if same { areas } else { vec![Rectangle::with_size(SIZE)] };
        let areas = damage::group(areas, Rectangle::with_size(SIZE));
        self.draw(&areas, background);
        areas.len()
    }

    fn draw(&mut self, areas: &[Rectangle], background: Color) {
        let viewport = Viewport::with_physical_size(Size::new(SIZE.width as u32, SIZE.height as u32), 1.0);
        let mut pixels = self.pixels.as_mut();
        self.renderer.draw(&mut pixels, &mut self.mask, &viewport, areas, background);
    }

    fn prepare_frame(&mut self) -> Color {
        let theme = self.page.theme();
        let style = self.page.style();
        let cache = std::mem::take(&mut self.cache);
        let mut interface = UserInterface::build(self.page.view(), SIZE, cache, &mut self.renderer);
        let frame = [Event::Window(window::Event::RedrawRequested(self.started))];
        let _ = interface.update(&frame, self.cursor, &mut self.renderer, &mut Null, &mut Vec::new());
        interface.draw(&mut self.renderer, &theme, &renderer::Style { text_color: style.text_color }, self.cursor);
        self.cache = interface.into_cache();
        style.background_color
    }

    /// One event with what it does to the page; no frame is drawn yet.
    pub fn event(&mut self, event: Event) {
        let mut messages = Vec::new();
        let cache = std::mem::take(&mut self.cache);
        let mut interface = UserInterface::build(self.page.view(), SIZE, cache, &mut self.renderer);
        let _ = interface.update(&[event], self.cursor, &mut self.renderer, &mut Null, &mut messages);
        self.cache = interface.into_cache();
        for message in messages {
            self.update(message);
        }
    }

    /// From an event to the frame that shows what it did: the interface that stands is told, the
    /// page changes, is built and laid out anew, and drawn by `draw`.
    pub fn event_to_frame<T>(&mut self, event: Event, draw: impl FnOnce(&mut Self) -> T) -> (Duration, T) {
        let cache = std::mem::take(&mut self.cache);
        let mut messages = Vec::new();
        let mut interface = UserInterface::build(self.page.view(), SIZE, cache, &mut self.renderer);
        let started = Instant::now();
        let _ = interface.update(&[event], self.cursor, &mut self.renderer, &mut Null, &mut messages);
        self.cache = interface.into_cache();
        for message in messages {
            self.update(message);
        }
        let drawn = draw(self);
        (started.elapsed(), drawn)
    }

    /// Does what the page does on `message`; its tasks are begun, and not awaited.
    pub fn update(&mut self, message: P::Message) {
        let entered = self.tasks.enter();
        let started = Instant::now();
        let task = self.page.update(message);
        self.slowest_update = self.slowest_update.max(started.elapsed());
        drop(entered);
        self.tasks.add("a message".to_owned(), task);
    }

    /// The longest that the page has taken over one message since this was last asked.
    pub fn take_slowest_update(&mut self) -> Duration {
        std::mem::take(&mut self.slowest_update)
    }

    /// Lets the tasks come to their end, and the page to rest.
    pub fn settle(&mut self) {
        loop {
            while let Some(action) = self.tasks.next() {
                self.act(action);
            }
            let before = self.tasks.started;
            self.event(Event::Window(window::Event::RedrawRequested(self.started)));
            if before == self.tasks.started {
                return;
            }
        }
    }

    fn act(&mut self, action: Action<P::Message>) {
        match action {
            Action::Output(message) => self.update(message),
            Action::Widget(operation) => {
                let mut next = Some(operation);
                while let Some(mut operation) = next.take() {
                    self.operate(operation.as_mut());
                    if let Outcome::Chain(chained) = operation.finish() {
                        next = Some(chained);
                    }
                }
            }
            _ => {}
        }
    }

    fn operate(&mut self, operation: &mut dyn Operation) {
        let cache = std::mem::take(&mut self.cache);
        let mut interface = UserInterface::build(self.page.view(), SIZE, cache, &mut self.renderer);
        interface.operate(&self.renderer, operation);
        self.cache = interface.into_cache();
    }

    /// The texts that the last frame drew, as they stand in the renderer's layers.
    pub fn drawn_texts(&mut self) -> Vec<String> {
        let layers = self.renderer.layers();
        let texts = layers.iter().flat_map(|layer| layer.text.iter().flat_map(|batch| batch.as_slice()));
        texts.filter_map(words).collect()
    }

    pub fn sees_id(&mut self, id: &str) -> bool {
        self.scan().iter().any(|seen| seen.id.as_deref() == Some(id))
    }

    fn scan(&mut self) -> Vec<scan::Seen> {
        let mut scan = scan::Scan::new(Rectangle::with_size(SIZE));
        self.operate(&mut scan);
        scan.seen
    }

    fn place_of(&mut self, is_it: impl Fn(&scan::Seen) -> bool) -> Point {
        self.scan().iter().find(|seen| is_it(seen)).expect("it is in view").bounds.center()
    }

    pub fn click_id(&mut self, id: &str) {
        let at = self.place_of(|seen| seen.id.as_deref() == Some(id));
        self.click(at);
    }

    /// Where the middle of the widget with this id is.
    pub fn middle_of(&mut self, id: &str) -> Point {
        self.place_of(|seen| seen.id.as_deref() == Some(id))
    }

    /// The pointer's move to a place.
    pub fn moved(&mut self, position: Point) -> Event {
        self.cursor = mouse::Cursor::Available(position);
        Event::Mouse(mouse::Event::CursorMoved { position })
    }

    /// A button is pressed, and held.
    pub fn button(&mut self, button: mouse::Button) {
        self.event(Event::Mouse(mouse::Event::ButtonPressed(button)));
        self.settle();
    }

    pub fn double_click(&mut self, text: &str) {
        let at = self.place_of(|seen| seen.text.as_deref() == Some(text));
        self.click(at);
        self.click(at);
    }

    /// The wheel, turned over the middle of the window.
    pub fn wheel(&mut self) -> Event {
        self.cursor = mouse::Cursor::Available(Point::new(SIZE.width / 2.0, SIZE.height / 2.0));
        self.turns += 1;
        let y = if self.turns.is_multiple_of(2) { 60.0 } else { -60.0 };
        Event::Mouse(mouse::Event::WheelScrolled { delta: mouse::ScrollDelta::Pixels { x: 0.0, y } })
    }

    fn click(&mut self, position: Point) {
        self.cursor = mouse::Cursor::Available(position);
        self.event(Event::Mouse(mouse::Event::CursorMoved { position }));
        self.event(Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left)));
        self.event(Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left)));
        self.settle();
    }
}

fn words(text: &Text) -> Option<String> {
    match text {
        Text::Paragraph { paragraph, .. } => {
            let paragraph = paragraph.upgrade()?;
            let lines = &paragraph.buffer().lines;
            lines.first().map(|line| line.text().to_owned())
        }
        Text::Cached { content, .. } => Some(content.clone()),
        Text::Editor { .. } | Text::Raw { .. } => None,
    }
}

/// The press of a key that writes a letter.
pub fn letter(letter: char) -> Event {
    let text = SmolStr::new(letter.to_string());
    Event::Keyboard(keyboard::Event::KeyPressed {
        key: Key::Character(text.clone()),
        modified_key: Key::Character(text.clone()),
        physical_key: Physical::Unidentified(NativeCode::Unidentified),
        location: Location::Standard,
        modifiers: Modifiers::empty(),
        text: Some(text),
        repeat: false,
    })
}

/// The press of a key that writes nothing.
pub fn key(named: keyboard::key::Named) -> Event {
    Event::Keyboard(keyboard::Event::KeyPressed {
        key: Key::Named(named),
        modified_key: Key::Named(named),
        physical_key: Physical::Unidentified(NativeCode::Unidentified),
        location: Location::Standard,
        modifiers: Modifiers::empty(),
        text: None,
        repeat: false,
    })
}
