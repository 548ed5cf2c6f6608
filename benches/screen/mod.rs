//! A screen of our own on which a program is started and looked at from outside, through the X server.
#![allow(dead_code, reason = "each benchmark uses a part of it")]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::damage::{ConnectionExt as _, ReportLevel};
use x11rb::protocol::xproto::{
    BUTTON_PRESS_EVENT, BUTTON_RELEASE_EVENT, ConnectionExt as _, ImageFormat, MOTION_NOTIFY_EVENT,
};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

use crate::figures::Times;

/// Nothing more is drawn for so long: the start is over.
const QUIET: Duration = Duration::from_millis(1500);
const IDLE: Duration = Duration::from_secs(35);
/// Ticks of CPU time in a second.
const TICKS: f64 = 100.0;

pub struct Started<'a> {
    pub program: &'a Path,
    pub arguments: &'a [&'a str],
}

/// When something was seen first, after the process was started.
#[derive(Default)]
pub struct Seen {
    /// Anything at all.
    pub first: Duration,
    /// The book's many colours.
    pub book: Duration,
    pub last: Duration,
}

/// In kB.
pub struct Memory {
    pub rss: f64,
    pub pss: f64,
}

#[derive(Default)]
pub struct Runs {
    pub first: Times,
    pub book: Times,
    pub last: Times,
    pub rss: Vec<f64>,
    pub pss: Vec<f64>,
}

impl Runs {
    pub fn add(&mut self, (seen, memory): &(Seen, Memory)) {
        self.first.push(seen.first);
        self.book.push(seen.book);
        self.last.push(seen.last);
        self.rss.push(memory.rss);
        self.pss.push(memory.pss);
    }
}

pub fn median(numbers: &[f64]) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}

/// A process that ends when this does.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ended = self.0.kill();
        let _status = self.0.wait();
    }
}

/// An X server of our own.
pub struct Screen {
    display: String,
    x: RustConnection,
    root: u32,
    _server: Running,
}

impl Screen {
    pub fn start() -> Self {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb is installed");
        let mut number = String::new();
        let stdout = server.stdout.take().expect("it is piped");
        let _bytes = BufReader::new(stdout).read_line(&mut number).expect("it says its number");
        let server = Running(server);
        let display = format!(":{}", number.trim());
        let (x, screen) = x11rb::connect(Some(&display)).expect("it answers");
        let root = x.setup().roots[screen].root;
        let _version = x.damage_query_version(1, 1).expect("it tells of damage").reply().expect("it answers");
        let damage = x.generate_id().expect("an id");
        x.damage_create(damage, root, ReportLevel::RAW_RECTANGLES).expect("it is asked").check().expect("it tells");
        Self { display, x, root, _server: server }
    }

    fn run(&self, started: &Started<'_>) -> Running {
        let child = Command::new(started.program)
            .args(started.arguments)
            .env("DISPLAY", &self.display)
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .stderr(Stdio::null())
            .spawn();
        Running(child.expect("it starts"))
    }

    /// Starts a program, and looks on until its start is over.
    pub fn watch(&self, started: &Started<'_>) -> (Seen, Memory) {
        let empty = self.colors();
        assert_eq!(empty.len(), 1, "nothing is on the screen");
        while self.x.poll_for_event().expect("the server is there").is_some() {}
        let begun = Instant::now();
        let running = self.run(started);
        let mut seen = Seen::default();
        loop {
            let now = begun.elapsed();
            assert!(now < Duration::from_secs(60), "nothing is shown");
            let Some(event) = self.x.poll_for_event().expect("the server is there") else {
                if !seen.first.is_zero() && now > seen.last + QUIET {
                    break;
                }
                sleep(Duration::from_micros(200));
                continue;
            };
            if !matches!(event, Event::DamageNotify(_)) {
                continue;
            }
            let colors = self.colors();
            if colors != empty {
                seen.last = now;
                if seen.first.is_zero() {
                    seen.first = now;
                }
                if seen.book.is_zero() && colors.len() > 3 {
                    seen.book = now;
                }
            }
        }
        let memory = memory(running.0.id());
        drop(running);
        while self.colors() != empty {
            sleep(Duration::from_millis(10));
        }
        (seen, memory)
    }

    /// The colours of a line across the middle of the screen.
    fn colors(&self) -> Vec<[u8; 3]> {
        let line = self.x.get_image(ImageFormat::Z_PIXMAP, self.root, 0, 400, 1280, 1, !0).expect("it is asked");
        let line = line.reply().expect("it answers").data;
        let mut colors: Vec<[u8; 3]> = line.chunks_exact(4).map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
        colors.sort();
        colors.dedup();
        colors
    }

    /// What a program does while nobody touches it, once `click` has been clicked.
    pub fn idle(&self, name: &str, started: &Started<'_>, click: Option<(i16, i16)>) {
        let running = self.run(started);
        sleep(Duration::from_secs(3));
        let before_click = self.colors();
        if let Some((x, y)) = click {
            for (kind, detail) in [(MOTION_NOTIFY_EVENT, 0), (BUTTON_PRESS_EVENT, 1), (BUTTON_RELEASE_EVENT, 1)] {
                let faked = self.x.xtest_fake_input(kind, detail, x11rb::CURRENT_TIME, self.root, x, y, 0);
                faked.expect("it is asked").check().expect("it is done");
                sleep(Duration::from_millis(300));
            }
            // Away from the button, so that no hint comes up.
            let faked = self.x.xtest_fake_input(MOTION_NOTIFY_EVENT, 0, x11rb::CURRENT_TIME, self.root, 640, 790, 0);
            faked.expect("it is asked").check().expect("it is done");
            sleep(Duration::from_secs(2));
            assert_ne!(self.colors(), before_click, "the click has opened something");
        }
        while self.x.poll_for_event().expect("the server is there").is_some() {}
        let before = ticks(running.0.id());
        sleep(IDLE);
        let used = ticks(running.0.id()) - before;
        let mut redraws = 0;
        while let Some(event) = self.x.poll_for_event().expect("the server is there") {
            redraws += usize::from(matches!(event, Event::DamageNotify(_)));
        }
        println!("{name:<40} {:>12} {:>12.0} {redraws:>12}", IDLE.as_secs(), used as f64 / TICKS * 1e3);
        drop(running);
        sleep(Duration::from_millis(500));
    }
}

pub fn memory(process: u32) -> Memory {
    let told = std::fs::read_to_string(format!("/proc/{process}/smaps_rollup")).expect("it runs");
    let kilobytes = |name: &str| {
        let line = told.lines().find(|line| line.starts_with(name)).expect("Linux tells it");
        line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).expect("a number")
    };
    Memory { rss: kilobytes("Rss:"), pss: kilobytes("Pss:") }
}

/// The CPU time of all threads, in ticks.
fn ticks(process: u32) -> u64 {
    let told = std::fs::read_to_string(format!("/proc/{process}/stat")).expect("it runs");
    let (_, fields) = told.rsplit_once(')').expect("the name stands in brackets");
    fields.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum()
}
