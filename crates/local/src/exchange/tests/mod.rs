//! Files as other programs write them, and as nobody should.

mod calendars;
mod hostile;
mod needs;
mod patients;
mod plans;
mod tables;

use aftalebog_booking::bounded::{Line, Whole};
use chrono::{DateTime, NaiveDate, Utc};

use super::table::{Layout, Table};

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn line<const MIN: usize, const MAX: usize>(text: &str) -> Line<MIN, MAX> {
    Line::new(text).unwrap()
}

fn whole<const MIN: u16, const MAX: u16>(number: u16) -> Whole<MIN, MAX> {
    Whole::new(number).unwrap()
}

fn today() -> NaiveDate {
    date("2026-11-23")
}

/// As it is read when nobody says how.
fn table(bytes: impl AsRef<[u8]>) -> Table {
    Table::read(bytes.as_ref(), Layout::guess(bytes.as_ref())).unwrap()
}
