//! Drives an app as the window would, without a window.
//!
//! Widgets keep their focus, scroll and caret from event to event; tasks run to their end after each of them. What is
//! `inert` cannot be used and so is not found here either, though the picture shows it.
#![allow(dead_code, reason = "a driver offers more than the tests of one day use")]

mod clipboard;
mod fonts;
mod pictures;
mod scan;
mod tasks;

use std::fmt::Debug;
use std::time::{Duration, Instant};

use iced::advanced::mouse::{self, Button};
use iced::advanced::renderer::Headless;
use iced::advanced::widget::operation::{Operation, Outcome};
use iced::keyboard::{self, Key, Location, Modifiers, key::Named, key::NativeCode, key::Physical};
use iced::{Element, Event, Point, Rectangle, Renderer, Size, Task, Theme, window};
use iced_test::core::SmolStr;
use iced_test::runtime::{Action, UserInterface, user_interface::Cache};

use aftalebog::ui::theme;
use clipboard::Clipboard;
pub use fonts::fonts;
pub use pictures::{Picture, compare_with, difference, load, save};
use scan::{Scan, Seen};
use tasks::Tasks;

/// An app, as far as the driver needs to know it.
pub trait Driven {
    type Message: Debug + Send + 'static;
    /// Nobody waits for what follows from messages whose debug text begins so; see [`Driver::does_not_wait_for`].
    const ENDLESS: &[&str] = &[];

    fn view(&self) -> Element<'_, Self::Message>;
    fn update(&mut self, message: Self::Message) -> Task<Self::Message>;
    fn theme(&self) -> Theme;
}

pub struct Driver<A: Driven> {
    pub app: A,
    /// Whether the app asked to be closed.
    pub exited: bool,
    /// Whether a widget took the last press of a key or a button.
    pub taken: bool,
    pub clipboard: Clipboard,
    cache: Cache,
    renderer: Renderer,
    size: Size,
    cursor: mouse::Cursor,
    tasks: Tasks<A::Message>,
    /// Frames are drawn at one moment, so that a caret never blinks out of a picture.
    started: Instant,
    /// Where and when it was clicked a moment ago.
    clicks: Vec<(Point, Instant)>,
}

// ------------------------------------------------------------------ the window

impl<A: Driven> Driver<A> {
    pub fn new(app: A) -> Self {
        Self::start((app, Task::none()))
    }

    /// With the first task, as `iced::application` is given both.
    pub fn start((app, task): (A, Task<A::Message>)) -> Self {
        drop(fonts());
        let mut tasks = Tasks::new();
        let renderer = tasks
            .block_on(<Renderer as Headless>::new(theme::REGULAR, theme::size::TEXT.into(), None))
            .expect("the software renderer needs nothing");
        tasks.endless.extend(A::ENDLESS);
        tasks.add("the first task".to_owned(), task);
        let mut driver = Self {
            app,
            exited: false,
            taken: false,
            clipboard: Clipboard::default(),
            cache: Cache::default(),
            renderer,
            size: Size::new(1280.0, 800.0),
            cursor: mouse::Cursor::Unavailable,
            tasks,
            started: Instant::now(),
            clicks: Vec::new(),
        };
        driver.settle();
        driver
    }

    pub fn resize(&mut self, width: f32, height: f32) {
        self.size = Size::new(width, height);
        self.event(Event::Window(window::Event::Resized(self.size)));
    }

    /// The tasks of messages whose debug text begins so run on beside the test: streams that have no end.
    pub fn does_not_wait_for(&mut self, message: &'static str) {
        self.tasks.endless.push(message);
    }

    pub fn waits_at_most(&mut self, patience: Duration) {
        self.tasks.patience = patience;
    }

    /// Does what the app does on `message`, with all that follows from it.
    pub fn send(&mut self, message: A::Message) {
        self.update(message);
        self.settle();
    }

    /// One event of the window, with all that follows from it.
    pub fn event(&mut self, event: Event) {
        let asks = matches!(
            event,
            Event::Keyboard(keyboard::Event::KeyPressed { .. }) | Event::Mouse(mouse::Event::ButtonPressed(_))
        );
        let taken = self.deliver(event);
        if asks {
            self.taken = taken;
        }
        self.settle();
    }

    /// Lets other threads do their part until `there` is true.
    pub fn wait_until(&mut self, what: &str, there: impl Fn(&mut Self) -> bool) {
        let deadline = Instant::now() + self.tasks.patience;
        while !there(self) {
            assert!(Instant::now() < deadline, "waited in vain until {what}; on screen:\n{}", self.screen());
            if let Some(action) = self.tasks.next_within(Duration::from_millis(20)) {
                self.act(action);
            }
            self.settle();
        }
    }

    /// Lets a tooltip's delay pass.
    pub fn rest(&mut self, time: Duration) {
        let _ = self.deliver(Event::Window(window::Event::RedrawRequested(Instant::now() + time)));
        self.settle();
    }

    fn settle(&mut self) {
        for _ in 0..100 {
            while let Some(action) = self.tasks.next() {
                self.act(action);
            }
            let before = self.tasks.started;
            let _ = self.deliver(Event::Window(window::Event::RedrawRequested(self.started)));
            if before == self.tasks.started {
                return;
            }
        }
        panic!("the app never comes to rest: every frame brings a new message");
    }

    fn act(&mut self, action: Action<A::Message>) {
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
            Action::Clipboard(action) => self.clipboard.act(action),
            Action::Exit => self.exited = true,
            // A question about the window or the system stays unanswered: who asks, finds the channel closed.
            _ => {}
        }
    }

    fn update(&mut self, message: A::Message) {
        let name = format!("{message:?}");
        let entered = self.tasks.enter();
        let task = self.app.update(message);
        drop(entered);
        self.tasks.add(name, task);
    }

    fn deliver(&mut self, event: Event) -> bool {
        let mut messages = Vec::new();
        let cache = std::mem::take(&mut self.cache);
        let mut interface = UserInterface::build(self.app.view(), self.size, cache, &mut self.renderer);
        let (_, statuses) =
            interface.update(&[event], self.cursor, &mut self.renderer, &mut self.clipboard, &mut messages);
        self.cache = interface.into_cache();
        for message in messages {
            self.update(message);
        }
        statuses.contains(&iced::event::Status::Captured)
    }

    fn operate(&mut self, operation: &mut dyn Operation) {
        let cache = std::mem::take(&mut self.cache);
        let mut interface = UserInterface::build(self.app.view(), self.size, cache, &mut self.renderer);
        interface.operate(&self.renderer, operation);
        self.cache = interface.into_cache();
    }

    fn scan(&mut self) -> Vec<Seen> {
        let mut scan = Scan::new(Rectangle::with_size(self.size));
        self.operate(&mut scan);
        scan.seen
    }

    /// Fails where the window does not look as `tests/snapshots/<name>.png`.
    #[track_caller]
    pub fn picture(&mut self, name: &str) {
        self.picture_at(name, 1.0);
    }

    /// On a screen with so many pixels to each of ours.
    #[track_caller]
    pub fn picture_at(&mut self, name: &str, scale: f32) {
        let seen = self.seen_at(scale);
        pictures::compare(name, &seen);
    }

    /// How the window looks now.
    pub fn seen(&mut self) -> Picture {
        self.seen_at(1.0)
    }

    fn seen_at(&mut self, scale: f32) -> Picture {
        let theme = self.app.theme();
        let base = iced::theme::Base::base(&theme);
        let cache = std::mem::take(&mut self.cache);
        let mut interface = UserInterface::build(self.app.view(), self.size, cache, &mut self.renderer);
        let frame = [Event::Window(window::Event::RedrawRequested(self.started))];
        let _ = interface.update(&frame, self.cursor, &mut self.renderer, &mut self.clipboard, &mut Vec::new());
        let style = iced::advanced::renderer::Style { text_color: base.text_color };
        interface.draw(&mut self.renderer, &theme, &style, self.cursor);
        self.cache = interface.into_cache();
        let size = Size::new((self.size.width * scale) as u32, (self.size.height * scale) as u32);
        let pixels = self.renderer.screenshot(size, scale, base.background_color);
        Picture { width: size.width, height: size.height, pixels }
    }
}

// ---------------------------------------------------------------- what is seen

impl<A: Driven> Driver<A> {
    /// Every text in view, in reading order.
    pub fn texts(&mut self) -> Vec<String> {
        scan::in_reading_order(self.scan()).into_iter().filter_map(|seen| seen.text).collect()
    }

    /// Whether exactly this text is in view.
    pub fn sees(&mut self, text: &str) -> bool {
        self.texts().iter().any(|seen| seen == text)
    }

    /// Whether exactly this text is in view, and nothing of it is cut off.
    pub fn sees_whole(&mut self, text: &str) -> bool {
        self.scan().iter().any(|seen| seen.whole && seen.text.as_deref() == Some(text))
    }

    /// Whether a text with this in it is in view.
    pub fn sees_part(&mut self, part: &str) -> bool {
        self.texts().iter().any(|seen| seen.contains(part))
    }

    /// The id of what has the focus; for a control without one, the first text in it.
    pub fn focused(&mut self) -> Option<String> {
        let seen = self.scan();
        let focused: Vec<&Seen> = seen.iter().filter(|seen| seen.focused).collect();
        assert!(focused.len() < 2, "only one control may have the focus: {focused:?}");
        let focused = focused.first()?;
        let inside = |other: &&Seen| other.text.is_some() && other.bounds.is_within(&focused.bounds.expand(0.5));
        Some(match &focused.id {
            Some(id) => id.clone(),
            None => seen.iter().find(inside).and_then(|seen| seen.text.clone()).unwrap_or_default(),
        })
    }

    /// Where the one text in view is that reads so.
    #[track_caller]
    pub fn bounds_of(&mut self, text: &str) -> Rectangle {
        let found = self.all_bounds_of(text);
        match found.as_slice() {
            [bounds] => *bounds,
            [] => panic!("«{text}» is not in view; on screen:\n{}", self.screen()),
            _ => panic!("«{text}» is in view {} times, at {found:?}: say which", found.len()),
        }
    }

    /// Where this text is in view, in reading order.
    pub fn all_bounds_of(&mut self, text: &str) -> Vec<Rectangle> {
        scan::in_reading_order(self.scan())
            .into_iter()
            .filter(|seen| seen.text.as_deref() == Some(text))
            .map(|seen| seen.bounds)
            .collect()
    }

    /// Where the part in view of the widget with this id is.
    #[track_caller]
    pub fn bounds_of_id(&mut self, id: &str) -> Rectangle {
        match self.find_id(id) {
            Some(bounds) => bounds,
            None => {
                let ids: Vec<String> = self.scan().into_iter().filter_map(|seen| seen.id).collect();
                panic!("no «{id}» is in view; the ids are {ids:?}, on screen:\n{}", self.screen())
            }
        }
    }

    pub fn find_id(&mut self, id: &str) -> Option<Rectangle> {
        self.scan().into_iter().find(|seen| seen.id.as_deref() == Some(id)).map(|seen| seen.bounds)
    }

    /// The control that stands to the right of a label, in its line.
    #[track_caller]
    pub fn beside(&mut self, label: &str) -> Seen {
        let bounds = self.bounds_of(label);
        let right = |seen: &Seen| {
            seen.id.is_some()
                && seen.bounds.x + 1.0 > bounds.x + bounds.width
                && (seen.bounds.center_y() - bounds.center_y()).abs() < 4.0
        };
        let found = self.scan().into_iter().filter(right).min_by(|one, other| one.bounds.x.total_cmp(&other.bounds.x));
        found.unwrap_or_else(|| panic!("nothing stands beside «{label}»; on screen:\n{}", self.screen()))
    }

    /// The text that stands to the right of another one, in its line.
    #[track_caller]
    pub fn text_beside(&mut self, label: &str) -> String {
        let bounds = self.bounds_of(label);
        let right = |seen: &Seen| {
            seen.text.is_some()
                && seen.bounds.x + 1.0 > bounds.x + bounds.width
                && (seen.bounds.center_y() - bounds.center_y()).abs() < 4.0
        };
        let found = self.scan().into_iter().filter(right).min_by(|one, other| one.bounds.x.total_cmp(&other.bounds.x));
        let found = found.unwrap_or_else(|| panic!("nothing stands beside «{label}»; on screen:\n{}", self.screen()));
        found.text.unwrap_or_default()
    }

    /// What the text field with this id holds.
    #[track_caller]
    pub fn text_of(&mut self, id: &str) -> String {
        let _in_view = self.bounds_of_id(id);
        // An empty text is not among what is seen.
        let seen = self.scan().into_iter().filter(|seen| seen.id.as_deref() == Some(id));
        seen.filter_map(|seen| seen.text).next().unwrap_or_default()
    }

    /// The middles of the controls in one line whose id holds `part`, from the left.
    pub fn in_line(&mut self, line: Rectangle, part: &str) -> Vec<Point> {
        let within = |seen: &Seen| {
            seen.id.as_deref().is_some_and(|id| id.contains(part))
                && (seen.bounds.center_y() - line.center_y()).abs() < 4.0
        };
        let mut found: Vec<Point> = self.scan().into_iter().filter(within).map(|seen| seen.bounds.center()).collect();
        found.sort_by(|one, other| one.x.total_cmp(&other.x));
        // A text field is seen twice: as a control and as a text.
        found.dedup();
        found
    }

    fn screen(&mut self) -> String {
        self.texts().join("\n")
    }
}

// ----------------------------------------------------------------- mouse and keys

impl<A: Driven> Driver<A> {
    #[track_caller]
    pub fn click(&mut self, text: &str) {
        let at = self.bounds_of(text).center();
        self.click_once_at(at);
    }

    /// The first of several is 0.
    #[track_caller]
    pub fn click_nth(&mut self, text: &str, nth: usize) {
        let found = self.all_bounds_of(text);
        let Some(bounds) = found.get(nth) else {
            panic!("«{text}» is in view {} times; on screen:\n{}", found.len(), self.screen())
        };
        self.click_at(bounds.center());
    }

    #[track_caller]
    pub fn click_id(&mut self, id: &str) {
        let at = self.bounds_of_id(id).center();
        self.click_at(at);
    }

    #[track_caller]
    pub fn right_click(&mut self, text: &str) {
        let at = self.bounds_of(text).center();
        self.right_click_at(at);
    }

    #[track_caller]
    pub fn double_click(&mut self, text: &str) {
        let at = self.bounds_of(text).center();
        self.click_at(at);
        self.click_at(at);
    }

    /// Beside where it was pressed a moment ago: a second press there would make a double one of both.
    fn click_once_at(&mut self, at: Point) {
        self.clicks.retain(|(_, when)| when.elapsed() < Duration::from_millis(400));
        let beside = [0.0, 7.0, -7.0].map(|by| Point::new(at.x + by, at.y));
        let is_free = |at: &Point| self.clicks.iter().all(|(before, _)| before.distance(*at) > 6.0);
        let at = beside.into_iter().find(is_free).unwrap_or(at);
        self.clicks.push((at, Instant::now()));
        self.click_at(at);
    }

    pub fn click_at(&mut self, at: Point) {
        self.move_to(at);
        self.press(Button::Left);
        self.release(Button::Left);
    }

    pub fn right_click_at(&mut self, at: Point) {
        self.move_to(at);
        self.press(Button::Right);
        self.release(Button::Right);
    }

    pub fn drag(&mut self, from: Point, to: Point) {
        self.move_to(from);
        self.press(Button::Left);
        for part in [0.1, 0.4, 0.7, 1.0] {
            self.move_to(from + (to - from) * part);
        }
        self.release(Button::Left);
    }

    pub fn move_to(&mut self, position: Point) {
        self.cursor = mouse::Cursor::Available(position);
        self.event(Event::Mouse(mouse::Event::CursorMoved { position }));
    }

    pub fn press(&mut self, button: Button) {
        self.event(Event::Mouse(mouse::Event::ButtonPressed(button)));
    }

    pub fn release(&mut self, button: Button) {
        self.event(Event::Mouse(mouse::Event::ButtonReleased(button)));
    }

    /// Turns the wheel at the pointer; down is positive.
    pub fn scroll(&mut self, pixels: f32) {
        let delta = mouse::ScrollDelta::Pixels { x: 0.0, y: -pixels };
        self.event(Event::Mouse(mouse::Event::WheelScrolled { delta }));
    }

    pub fn type_text(&mut self, text: &str) {
        for character in text.chars() {
            let written = SmolStr::new(character.to_string());
            let key = if character == ' ' { Key::Named(Named::Space) } else { Key::Character(written.clone()) };
            self.press_key(key, Modifiers::empty(), Some(written), false);
        }
    }

    /// Empties the field with the focus.
    pub fn clear(&mut self) {
        self.chord('a', Modifiers::CTRL);
        self.tap(Named::Delete);
    }

    pub fn tap(&mut self, key: Named) {
        self.key(key, Modifiers::empty());
    }

    pub fn key(&mut self, key: Named, modifiers: Modifiers) {
        self.press_key(Key::Named(key), modifiers, written(key), false);
    }

    /// A letter with Ctrl or Alt.
    pub fn chord(&mut self, letter: char, modifiers: Modifiers) {
        self.press_key(Key::Character(SmolStr::new(letter.to_string())), modifiers, None, false);
    }

    /// What comes again and again while a key is held down.
    pub fn repeat(&mut self, key: Named) {
        self.press_key(Key::Named(key), Modifiers::empty(), written(key), true);
    }

    fn press_key(&mut self, key: Key, modifiers: Modifiers, text: Option<SmolStr>, repeat: bool) {
        let physical_key = Physical::Unidentified(NativeCode::Unidentified);
        let (modified_key, location) = (key.clone(), Location::Standard);
        let held = |modifiers| Event::Keyboard(keyboard::Event::ModifiersChanged(modifiers));
        if !modifiers.is_empty() {
            self.event(held(modifiers));
        }
        self.event(Event::Keyboard(keyboard::Event::KeyPressed {
            key: key.clone(),
            modified_key: modified_key.clone(),
            physical_key,
            location,
            modifiers,
            text,
            repeat,
        }));
        self.event(Event::Keyboard(keyboard::Event::KeyReleased {
            key,
            modified_key,
            physical_key,
            location,
            modifiers,
        }));
        if !modifiers.is_empty() {
            self.event(held(Modifiers::empty()));
        }
    }
}

/// What a key of this name writes, as the window system tells it.
fn written(key: Named) -> Option<SmolStr> {
    let text = match key {
        Named::Enter => "\r",
        Named::Tab => "\t",
        Named::Space => " ",
        Named::Backspace => "\u{8}",
        Named::Escape => "\u{1b}",
        Named::Delete => "\u{7f}",
        _ => return None,
    };
    Some(SmolStr::new(text))
}
