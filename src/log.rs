//! What the program did on this PC, for whoever supports the clinic: starts, what went wrong, how it stood with the
//! server, what a command line did. Nobody's data is in it: no names, no values, and of paths only what is below the
//! data folder.

use std::any::Any;
use std::fmt::Display;
use std::fs;
use std::io::{self, Write};
use std::panic;
use std::path::{Path, PathBuf};
use std::thread;

use aftalebog_local::folder;
use chrono::{DateTime, SecondsFormat, Utc};

/// The file's name in the data folder. What was before is in one with this ending; whoever puts it there holds the
/// third, which is empty.
const FILE: &str = "aftalebog.log";
const BEFORE: &str = "log.1";
const LOCK: &str = "log.lock";

/// How large a file becomes before the next one is begun, in bytes.
const LARGEST: u64 = 256 * 1024;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    folder: Option<PathBuf>,
}

impl Log {
    pub fn in_folder(folder: &Path) -> Self {
        Self { folder: Some(folder.to_owned()) }
    }

    /// Nothing is kept.
    pub const fn nowhere() -> Self {
        Self { folder: None }
    }

    /// Adds a line.
    pub fn write(&self, now: DateTime<Utc>, what: impl Display) -> io::Result<()> {
        let Some(folder) = &self.folder else { return Ok(()) };
        // The folder has the name of who is logged in; and a line is a line.
        let what = what.to_string().replace(&folder.display().to_string(), "…").replace(['\n', '\r'], " ");
        let line = format!("{} {what}\n", now.to_rfc3339_opts(SecondsFormat::Secs, true));
        folder::make(folder)?;
        let path = folder.join(FILE);
        if is_full(&path) {
            // Where the old file cannot be put aside, a larger one is better than none.
            let _put_aside = put_aside(&path);
        }
        fs::File::options().create(true).append(true).open(path)?.write_all(line.as_bytes())
    }

    /// Adds a line unless nothing was ever kept here: what only looks for a clinic makes no folder.
    pub fn write_where_there_is_one(&self, now: DateTime<Utc>, what: impl Display) -> io::Result<()> {
        match &self.folder {
            Some(folder) if folder.is_dir() => self.write(now, what),
            _ => Ok(()),
        }
    }

    /// From now on a panic leaves a line here, whatever thread it is in. Without a console nobody would know of it.
    pub fn keep_panics(&self, now: fn() -> DateTime<Utc>) {
        let (log, before) = (self.clone(), panic::take_hook());
        panic::set_hook(Box::new(move |info| {
            before(info);
            let place = info.location().map(ToString::to_string).unwrap_or_default();
            let (thread, said) = (thread::current(), said(info.payload()));
            let what = format!("{} panicked in «{}» at {place}: {said}", version(), thread.name().unwrap_or("?"));
            // There is no other place where it could be told.
            drop(log.write(now(), what));
        }));
    }
}

fn is_full(file: &Path) -> bool {
    fs::metadata(file).is_ok_and(|metadata| metadata.len() > LARGEST)
}

/// Of all threads and programs that find the file full at once, the window and a command line say, only one puts it
/// aside: the next would put the new one, with a line or two, over it.
fn put_aside(file: &Path) -> io::Result<()> {
    // A file of its own: on Windows nobody else could write to one that is locked.
    let alone = fs::File::options().create(true).truncate(false).write(true).open(file.with_extension(LOCK))?;
    alone.lock()?;
    if is_full(file) { fs::rename(file, file.with_extension(BEFORE)) } else { Ok(()) }
}

/// Which program it is.
pub fn version() -> String {
    let (system, machine) = (std::env::consts::OS, std::env::consts::ARCH);
    format!("aftalebog {} {system} {machine}", crate::version::THIS)
}

/// What a panic says of itself, up to where it may quote what stands in a record.
fn said(payload: &(dyn Any + Send)) -> &str {
    let said = payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    said.unwrap_or("?").split(['`', '"', '\'', '«']).next().unwrap_or_default().split(": ").next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-11-23T08:10:00Z".parse().unwrap()
    }

    #[test]
    fn a_line_says_when_and_names_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let log = Log::in_folder(&folder.path().join("Mette/data"));
        log.write(now(), format!("{}/Mette/data/clinic.db may not be\nread", folder.path().display())).unwrap();
        let written = fs::read_to_string(folder.path().join("Mette/data/aftalebog.log")).unwrap();
        assert_eq!(written, "2026-11-23T08:10:00Z …/clinic.db may not be read\n");
        Log::nowhere().write(now(), "nothing").unwrap();
    }

    #[test]
    fn two_files_of_it_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let log = Log::in_folder(folder.path());
        let line = "x".repeat(100_000);
        for _ in 0..9 {
            log.write(now(), &line).unwrap();
        }
        let sizes = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().metadata().unwrap().len());
        let sizes: Vec<_> = sizes.filter(|size| *size > 0).collect();
        assert!(sizes.len() == 2 && sizes.iter().all(|size| *size < LARGEST + 200_000), "{sizes:?}");
    }

    #[test]
    fn a_log_that_cannot_be_put_aside_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let log = Log::in_folder(folder.path());
        let in_the_way = folder.path().join("aftalebog.log.1/taken");
        fs::create_dir_all(&in_the_way).unwrap();
        log.write(now(), "x".repeat(300_000)).unwrap();
        log.write(now(), "the last").unwrap();
        let written = fs::read_to_string(folder.path().join(FILE)).unwrap();
        assert!(written.ends_with("x\n2026-11-23T08:10:00Z the last\n"));
    }

    #[test]
    fn whoever_finds_it_full_too_late_leaves_the_new_one_where_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let log = Log::in_folder(folder.path());
        log.write(now(), "x".repeat(300_000)).unwrap();
        log.write(now(), "of another program, meanwhile").unwrap();
        put_aside(&folder.path().join(FILE)).unwrap();
        assert!(fs::read_to_string(folder.path().join(FILE)).unwrap().ends_with("meanwhile\n"));
        assert!(fs::metadata(folder.path().join("aftalebog.log.1")).unwrap().len() > LARGEST);
    }

    /// Nothing that they share is in memory: two programs are to each other as these are.
    #[test]
    fn threads_that_write_at_once_put_the_old_file_aside_once() {
        const THREADS: usize = 8;
        for _ in 0..50 {
            let folder = tempfile::tempdir().unwrap();
            let log = Log::in_folder(folder.path());
            log.write(now(), "x".repeat(300_000)).unwrap();
            let together = std::sync::Barrier::new(THREADS);
            let write = || {
                let _first = together.wait();
                log.write(now(), "line").unwrap();
            };
            thread::scope(|scope| (0..THREADS).for_each(|_| drop(scope.spawn(write))));
            let lines = |name| fs::read_to_string(folder.path().join(name)).unwrap().lines().count();
            assert_eq!((lines("aftalebog.log.1"), lines(FILE)), (1, THREADS));
        }
    }

    #[test]
    fn a_panic_is_told_without_what_it_quotes() {
        for (payload, expected) in [
            (
                "byte index 5 is not a char boundary; it is inside 'ø' (bytes 4..6) of `Søren`",
                "byte index 5 is not a char boundary; it is inside ",
            ),
            ("the value is of its own kind: Karen Mikkelsen", "the value is of its own kind"),
            ("the seconds do not end", "the seconds do not end"),
        ] {
            assert_eq!(said(&payload), expected);
            assert_eq!(said(&payload.to_owned()), expected);
        }
        assert_eq!(said(&7), "?");
    }
}
