//! A display of its own, with a window manager, a Danish keyboard and a mouse.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use iced::Point;
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{self, Atom, AtomEnum, ConnectionExt as _, ImageFormat, Window};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

use crate::harness::Picture;

/// How long a test waits for another program before it fails: two cores may be busy with a build.
pub const PATIENCE: Duration = Duration::from_secs(240);
const BETWEEN_LOOKS: Duration = Duration::from_millis(20);

/// What `there` gives, as soon as it gives something.
#[track_caller]
pub fn wait_for<T>(what: &str, there: impl FnMut() -> Option<T>) -> T {
    look_for(there).unwrap_or_else(|| panic!("waited {PATIENCE:?} in vain: {what}"))
}

/// The same; `None` when it takes too long.
pub fn look_for<T>(mut there: impl FnMut() -> Option<T>) -> Option<T> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let found = there();
        if found.is_some() || Instant::now() > deadline {
            return found;
        }
        std::thread::sleep(BETWEEN_LOOKS);
    }
}

/// A program that the test started, and ends.
pub struct Running(pub Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// The fields are dropped in this order: the display goes last.
pub struct Desktop {
    connection: RustConnection,
    root: Window,
    keyboard: HashMap<u32, Key>,
    atoms: HashMap<&'static str, Atom>,
    _manager: Running,
    _display: Running,
    number: String,
    home: tempfile::TempDir,
}

#[derive(Clone, Copy)]
struct Key {
    code: u8,
    shifted: bool,
}

#[derive(Clone, Copy)]
pub enum Turn {
    Pressed,
    Released,
}

/// The keys that write nothing, by the names of X11.
#[derive(Clone, Copy, Debug)]
#[repr(u32)]
pub enum Named {
    Tab = 0xff09,
    Enter = 0xff0d,
    Escape = 0xff1b,
    Control = 0xffe3,
    Shift = 0xffe1,
}

impl Desktop {
    pub fn start() -> Self {
        let home = tempfile::tempdir().unwrap();
        let mut display = Running(
            tool("Xvfb")
                .args(["-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-noreset"])
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .unwrap_or_else(|error| missing("Xvfb", &error)),
        );
        let mut number = String::new();
        let said = display.0.stdout.take().unwrap();
        let _bytes = BufReader::new(said).read_line(&mut number).unwrap();
        let number = format!(":{}", number.trim());
        let layout = tool("setxkbmap").args(["-display", &number, "dk"]).status();
        assert!(layout.unwrap_or_else(|error| missing("setxkbmap", &error)).success(), "there is no Danish keyboard");
        let manager = tool("openbox")
            .args(["--sm-disable"])
            .env("DISPLAY", &number)
            .env("HOME", home.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| missing("openbox", &error));
        let manager = Running(manager);
        let (connection, screen) = x11rb::connect(Some(&number)).unwrap();
        let root = connection.setup().roots[screen].root;
        let atoms = [
            "_NET_CLIENT_LIST",
            "_NET_ACTIVE_WINDOW",
            "_NET_WM_NAME",
            "_NET_WM_PID",
            "_NET_SUPPORTING_WM_CHECK",
            "WM_CHANGE_STATE",
            "CLIPBOARD",
            "UTF8_STRING",
            "AFTALEBOG_TEST",
        ];
        let atom = |name: &str| connection.intern_atom(false, name.as_bytes()).unwrap().reply().unwrap().atom;
        let atoms = HashMap::from(atoms.map(|name| (name, atom(name))));
        let keyboard = keyboard(&connection);
        let desktop = Self { connection, root, keyboard, atoms, _manager: manager, _display: display, number, home };
        let _manager = wait_for("a window manager", || {
            desktop.property(desktop.root, "_NET_SUPPORTING_WM_CHECK").first().copied()
        });
        desktop
    }

    /// Lets a program start here, where it finds nothing of the person who runs the test.
    pub fn runs<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        command
            .env("DISPLAY", &self.number)
            .env("HOME", self.home.path())
            .env("WINIT_X11_SCALE_FACTOR", "1")
            .env("DBUS_SESSION_BUS_ADDRESS", "disabled:")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("WAYLAND_SOCKET")
            .env_remove("XDG_DATA_HOME")
    }

    /// The window that a program has opened and that has the keyboard.
    pub fn window_of(&self, program: &mut Running) -> Window {
        let id = program.0.id();
        let window = wait_for("a window of the program", || {
            let ended = program.0.try_wait().unwrap();
            assert!(ended.is_none(), "the program has ended: {ended:?}");
            let windows = self.property(self.root, "_NET_CLIENT_LIST");
            windows.into_iter().find(|window| self.property(*window, "_NET_WM_PID") == [id])
        });
        wait_for("the window has the keyboard", || (self.active() == Some(window)).then_some(()));
        window
    }

    /// The window that has the keyboard.
    pub fn active(&self) -> Option<Window> {
        self.property(self.root, "_NET_ACTIVE_WINDOW").first().copied()
    }

    /// Another program's window, in front of all others.
    pub fn open_another(&self) -> Window {
        let window = self.connection.generate_id().unwrap();
        let values = xproto::CreateWindowAux::new();
        let class = xproto::WindowClass::INPUT_OUTPUT;
        let _asked =
            self.connection.create_window(0, window, self.root, 0, 0, 1600, 1000, 0, class, 0, &values).unwrap();
        let _asked = self.connection.map_window(window).unwrap();
        self.connection.flush().unwrap();
        wait_for("another window is in front", || (self.active() == Some(window)).then_some(()));
        window
    }

    pub fn minimise(&self, window: Window) {
        const ICONIC: u32 = 3;
        let asked = xproto::ClientMessageEvent::new(32, window, self.atoms["WM_CHANGE_STATE"], [ICONIC, 0, 0, 0, 0]);
        let to_manager = xproto::EventMask::SUBSTRUCTURE_REDIRECT | xproto::EventMask::SUBSTRUCTURE_NOTIFY;
        let _asked = self.connection.send_event(false, self.root, to_manager, asked).unwrap();
        self.connection.flush().unwrap();
        wait_for("the window is minimised", || (self.active() != Some(window)).then_some(()));
    }

    pub fn close_another(&self, window: Window) {
        let _asked = self.connection.destroy_window(window).unwrap();
        self.connection.flush().unwrap();
    }

    pub fn title(&self, window: Window) -> String {
        let name = self.atoms["_NET_WM_NAME"];
        let asked = self.connection.get_property(false, window, name, AtomEnum::ANY, 0, 1024).unwrap();
        String::from_utf8(asked.reply().unwrap().value).unwrap()
    }

    /// What a program has copied.
    pub fn clipboard(&self) -> String {
        let reader = self.connection.generate_id().unwrap();
        let (values, class) = (xproto::CreateWindowAux::new(), xproto::WindowClass::INPUT_ONLY);
        let _asked = self.connection.create_window(0, reader, self.root, 0, 0, 1, 1, 0, class, 0, &values).unwrap();
        let [from, text, to] = ["CLIPBOARD", "UTF8_STRING", "AFTALEBOG_TEST"].map(|name| self.atoms[name]);
        let _asked = self.connection.convert_selection(reader, from, text, to, x11rb::CURRENT_TIME).unwrap();
        self.connection.flush().unwrap();
        let answer = wait_for("what was copied", || {
            let answer = self.connection.get_property(true, reader, to, AtomEnum::ANY, 0, 1024).unwrap();
            Some(answer.reply().unwrap().value).filter(|value| !value.is_empty())
        });
        let _asked = self.connection.destroy_window(reader).unwrap();
        String::from_utf8(answer).unwrap()
    }

    pub fn picture(&self, window: Window) -> Picture {
        let size = self.connection.get_geometry(window).unwrap().reply().unwrap();
        let (width, height) = (size.width, size.height);
        let image = self.connection.get_image(ImageFormat::Z_PIXMAP, window, 0, 0, width, height, !0).unwrap();
        let pixels = image.reply().unwrap().data;
        let pixels = pixels.chunks_exact(4).flat_map(|pixel| [pixel[2], pixel[1], pixel[0], 255]).collect();
        Picture { width: width.into(), height: height.into(), pixels }
    }

    pub fn move_to(&self, window: Window, at: Point) {
        let at = self
            .connection
            .translate_coordinates(window, self.root, at.x as i16, at.y as i16)
            .unwrap()
            .reply()
            .unwrap();
        self.event(xproto::MOTION_NOTIFY_EVENT, 0, (at.dst_x, at.dst_y));
    }

    /// 1 is the left button, 3 the right one.
    pub fn click(&self, window: Window, at: Point, button: u8) {
        self.move_to(window, at);
        self.button(button, Turn::Pressed);
        self.button(button, Turn::Released);
    }

    pub fn button(&self, button: u8, turn: Turn) {
        let kind = match turn {
            Turn::Pressed => xproto::BUTTON_PRESS_EVENT,
            Turn::Released => xproto::BUTTON_RELEASE_EVENT,
        };
        self.event(kind, button, (0, 0));
    }

    pub fn write(&self, text: &str) {
        for character in text.chars() {
            // Those of Latin 1 are named by their own numbers.
            self.tap(u32::from(character));
        }
    }

    pub fn press(&self, key: Named) {
        self.tap(key as u32);
    }

    /// A letter while a key is held.
    pub fn hold(&self, held: Named, letter: char) {
        let held = self.key(held as u32).code;
        self.event(xproto::KEY_PRESS_EVENT, held, (0, 0));
        self.tap(u32::from(letter));
        self.event(xproto::KEY_RELEASE_EVENT, held, (0, 0));
    }

    fn tap(&self, symbol: u32) {
        let Key { code, shifted } = self.key(symbol);
        let shift = self.key(Named::Shift as u32).code;
        if shifted {
            self.event(xproto::KEY_PRESS_EVENT, shift, (0, 0));
        }
        self.event(xproto::KEY_PRESS_EVENT, code, (0, 0));
        self.event(xproto::KEY_RELEASE_EVENT, code, (0, 0));
        if shifted {
            self.event(xproto::KEY_RELEASE_EVENT, shift, (0, 0));
        }
    }

    fn key(&self, symbol: u32) -> Key {
        *self.keyboard.get(&symbol).unwrap_or_else(|| panic!("a Danish keyboard has no key for {symbol:#x}"))
    }

    fn event(&self, kind: u8, detail: u8, (x, y): (i16, i16)) {
        let _asked = self.connection.xtest_fake_input(kind, detail, 0, self.root, x, y, 0).unwrap();
        self.connection.flush().unwrap();
    }

    fn property(&self, window: Window, name: &'static str) -> Vec<u32> {
        let asked = self.connection.get_property(false, window, self.atoms[name], AtomEnum::ANY, 0, 1024).unwrap();
        // A window may have gone since it was listed.
        let Ok(answer) = asked.reply() else { return Vec::new() };
        answer.value32().map(Iterator::collect).unwrap_or_default()
    }
}

fn keyboard(connection: &RustConnection) -> HashMap<u32, Key> {
    let (first, last) = (connection.setup().min_keycode, connection.setup().max_keycode);
    let map = connection.get_keyboard_mapping(first, last - first + 1).unwrap().reply().unwrap();
    let keys = map.keysyms.chunks(map.keysyms_per_keycode.into());
    let mut keyboard = HashMap::new();
    for (code, symbols) in (first..=last).zip(keys) {
        for (shifted, symbol) in [false, true].into_iter().zip(symbols) {
            let key = keyboard.entry(*symbol).or_insert(Key { code, shifted });
            if key.shifted && !shifted {
                *key = Key { code, shifted };
            }
        }
    }
    keyboard
}

/// A tool that says nothing of the person who runs the test.
fn tool(name: &str) -> Command {
    let mut tool = Command::new(name);
    let _tool = tool.stdin(Stdio::null());
    tool
}

fn missing(tool: &str, error: &std::io::Error) -> ! {
    panic!("{tool} cannot be started ({error}): ./setup installs it")
}

/// Where the pictures of a failure go.
pub fn evidence(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/window").join(name)
}
