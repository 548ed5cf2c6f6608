use std::fs::{self, File};
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};

use iced::Rectangle;

const ACCEPT: &str = "if it looks right, accept it: UPDATE_SNAPSHOTS=1 cargo test";

#[derive(PartialEq, Eq)]
pub struct Picture {
    pub width: u32,
    pub height: u32,
    /// Red, green, blue and opacity of each, from the upper left.
    pub pixels: Vec<u8>,
}

impl Picture {
    /// What is within these bounds.
    pub fn part(&self, bounds: Rectangle) -> Self {
        let Rectangle { x, y, width, height } = bounds.snap().expect("it has room");
        let line = |line: u32| {
            let first = ((line * self.width + x) * 4) as usize;
            &self.pixels[first..first + (width * 4) as usize]
        };
        Self { width, height, pixels: (y..y + height).flat_map(line).copied().collect() }
    }
}

#[track_caller]
pub fn compare(name: &str, actual: &Picture) {
    compare_with(&kept(name), name, actual);
}

/// The same with a picture that is kept elsewhere.
#[track_caller]
pub fn compare_with(kept: &Path, name: &str, actual: &Picture) {
    let Err(fault) = check(kept, name, actual) else { return };
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some_and(|value| value == "1") {
        return save(kept, actual);
    }
    panic!("{fault}; {ACCEPT}");
}

fn kept(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(format!("{name}.png"))
}

fn check(kept: &Path, name: &str, actual: &Picture) -> Result<(), String> {
    let expected = kept.exists().then(|| load(kept));
    if expected.as_ref() == Some(actual) {
        return Ok(());
    }
    let beside = |suffix: &str, picture: &Picture| {
        let file = format!("target/snapshots/{name}-{suffix}.png");
        save(&Path::new(env!("CARGO_MANIFEST_DIR")).join(&file), picture);
        file
    };
    let seen = beside("actual", actual);
    match expected {
        None => Err(format!("there is no picture {name} yet, see {seen}")),
        Some(expected) if (expected.width, expected.height) != (actual.width, actual.height) => {
            let (before, now) = ((expected.width, expected.height), (actual.width, actual.height));
            Err(format!("{name} was {before:?} px and is {now:?}, see {seen}"))
        }
        Some(expected) => {
            let (difference, changed) = difference(&expected, actual);
            let differs = beside("diff", &difference);
            Err(format!("{name} has changed in {changed} pixels, see {seen} and {differs}"))
        }
    }
}

/// What changed in red, on the new picture faded.
pub fn difference(expected: &Picture, actual: &Picture) -> (Picture, usize) {
    let mut changed = 0;
    let pairs = expected.pixels.chunks(4).zip(actual.pixels.chunks(4));
    let pixels = pairs
        .flat_map(|(before, now)| {
            if before == now {
                [192 + now[0] / 4, 192 + now[1] / 4, 192 + now[2] / 4, 255]
            } else {
                changed += 1;
                [255, 0, 0, 255]
            }
        })
        .collect();
    (Picture { width: actual.width, height: actual.height, pixels }, changed)
}

pub fn load(path: &Path) -> Picture {
    let file = BufReader::new(File::open(path).unwrap());
    let mut reader = png::Decoder::new(file).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut pixels).unwrap();
    Picture { width: frame.width, height: frame.height, pixels }
}

pub fn save(path: &Path, picture: &Picture) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let mut encoder = png::Encoder::new(BufWriter::new(File::create(path).unwrap()), picture.width, picture.height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_compression(png::Compression::High);
    encoder.write_header().unwrap().write_image_data(&picture.pixels).unwrap();
}

#[test]
fn every_picture_kept_belongs_to_a_test() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut code = String::new();
    let mut folders = vec![tests.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                code.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }
    let Ok(kept) = fs::read_dir(tests.join("snapshots")) else { return };
    let stale: Vec<PathBuf> = kept
        .map(|entry| entry.unwrap().path())
        .filter(|path| !code.contains(&format!("\"{}\"", path.file_stem().unwrap().to_string_lossy())))
        .collect();
    assert!(stale.is_empty(), "no test looks at {stale:?}: delete them");
}

#[test]
fn a_difference_is_red_and_counted() {
    let picture = |pixels: &[u8]| Picture { width: 2, height: 1, pixels: pixels.to_vec() };
    let (diff, changed) = difference(&picture(&[0, 0, 0, 255, 4, 4, 4, 255]), &picture(&[0, 0, 0, 255, 8, 4, 4, 255]));
    assert_eq!(changed, 1);
    assert_eq!(diff.pixels, [192, 192, 192, 255, 255, 0, 0, 255]);
}

#[test]
fn a_picture_that_is_not_kept_is_a_fault() {
    let fault = check(&kept("never-taken"), "never-taken", &Picture { width: 1, height: 1, pixels: vec![0; 4] });
    assert_eq!(fault.unwrap_err(), "there is no picture never-taken yet, see target/snapshots/never-taken-actual.png");
}
