//! The demo clinic: a whole, made-up clinic for any day, so that everything can be tried.
//!
//! A pure function of today and a seed; nothing is stored as a file, and nobody in it exists.
//! Source: design, "The demo clinic". `settings` holds its tables, `special` the patients that
//! each show one rule, `people` the other patients, `book` fills the appointment book.

mod book;
mod chance;
mod people;
mod settings;
mod special;

use chrono::NaiveDate;
use uuid::Uuid;

use crate::bounded::{Length, Line};
use crate::id::Id;
use crate::record::{Recorded, Snapshot};
use crate::setup::Setup;
use chance::Chance;

/// The seed of the demo clinic that the program shows.
pub const SEED: u64 = 7;

/// The demo clinic as it stands on a day. The same day and seed give the same records, ids
/// included; practitioners, types and patients keep their ids from day to day.
pub fn demo_clinic(today: NaiveDate, seed: u64) -> Snapshot {
    let mut chance = Chance::new(seed);
    let mut records = settings::records(today);
    let setup = Setup::gather(records.iter().cloned()).expect("the tables hold a clinic, a service and analytics");
    let days = book::Days::around(today, &setup);

    let special = special::Special::new(today, &days, &setup);
    let ordinary = people::ordinary(today, special.patients.len(), &mut chance);
    let book = book::fill(&setup, &days, &special.appointments, &ordinary, &mut chance);
    let open_needs = people::open_needs(today, &ordinary, &mut chance);

    let patients = special.patients.into_iter().chain(ordinary);
    records.extend(patients.map(|entry| entry.into_record()));
    let needs = special.needs.into_iter().chain(open_needs).chain(book.used_needs);
    records.extend(needs.map(|entry| entry.into_record()));
    records.extend(book.appointments.into_iter().map(|entry| entry.into_record()));
    Snapshot::new(records)
}

/// The namespace of the demo's ids; made once, at random.
const NAMESPACE: Uuid = Uuid::from_u128(0x6d2c_8f1e_93b7_4c55_a1d4_5e07_b92f_c3aa);

/// The id of the demo's record of this name; always the same.
///
/// An id whose digits could be taken for a CPR number is passed over, so that whoever searches
/// a demo for them finds nothing.
fn id<T: Recorded>(name: &str) -> Id<T> {
    let mut uuid = Uuid::new_v5(&NAMESPACE, format!("{}/{name}", T::KIND).as_bytes());
    while looks_like_cpr(&uuid.to_string()) {
        uuid = Uuid::new_v5(&NAMESPACE, uuid.as_bytes());
    }
    Id::new(uuid)
}

/// Six digits, perhaps a hyphen, four digits.
fn looks_like_cpr(text: &str) -> bool {
    let digits = |bytes: &[u8]| bytes.iter().all(u8::is_ascii_digit);
    let joined = text.as_bytes().windows(10).any(digits);
    joined || text.as_bytes().windows(11).any(|it| digits(&it[..6]) && it[6] == b'-' && digits(&it[7..]))
}

fn line<const MIN: usize, const MAX: usize>(text: &str) -> Line<MIN, MAX> {
    Line::new(text).expect("the demo's texts keep to the limits")
}

fn length(minutes: u16) -> Length {
    Length::new(minutes).expect("the demo's lengths keep to the limits")
}

#[cfg(test)]
mod tests;
