//! A patient looked up among fifty thousand, and whom a new patient could be. Goals: `benches/README.md`.

mod figures;
mod large_clinic;

use aftalebog_booking::bounded::{Detail, Name, PatientNumber};
use aftalebog_booking::record::Patient;
use aftalebog_booking::{Entry, Value};
use aftalebog_local::Store;
use figures::{Times, goal, heading, milliseconds};
use futures::executor::block_on;
use large_clinic::{Size, now};

const PATIENTS: usize = 50_000;
const TIMES: usize = 40;
/// As many as the dialog asks for.
const AT_ONCE: u32 = 51;

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = block_on(Store::create(folder.path().join("clinic.db"), clinic(), now())).expect("a clinic");
    heading(&format!("A patient looked up among {PATIENTS}"));
    let mut slowest = 0.0_f64;
    for (what, typed) in [
        ("a letter, which thousands have", "k"),
        ("a name", "karen mik"),
        ("nobody", "zzzz"),
        ("a number", "31001"),
        ("a birth date", "24-5-2012"),
        ("a telephone number", "0143 0001"),
    ] {
        let mut times = Times::default();
        for _ in 0..TIMES {
            let _found = times.take(|| block_on(store.look_up_patients(typed, now(), AT_ONCE)).expect("it is read"));
        }
        times.line(what);
        slowest = slowest.max(milliseconds(times.median()));
    }
    goal("a patient looked up, ms", slowest, 33.0);
    let mut likely = Times::default();
    for _ in 0..TIMES {
        let _waiting = likely.take(|| block_on(store.new_patients()).expect("it is read"));
    }
    heading("Patients who created themselves");
    likely.line("read, with whom they could be");
}

/// The demo clinic with as many patients, of whom the names come again and again.
fn clinic() -> aftalebog_booking::Snapshot {
    let mut clinic = large_clinic::clinic(Size::default());
    let models: Vec<Patient> = clinic
        .records
        .iter()
        .filter_map(|record| if let Value::Patient(patient) = &record.value { Some(patient.clone()) } else { None })
        .collect();
    let one = |number: usize| {
        let model = &models[number % models.len()];
        let phone =
            format!("{} {:02} {:02} {:02}", 20 + number % 70, number / 10_000 % 100, number / 100 % 100, number % 100);
        Entry::new(Patient {
            number: PatientNumber::new(&(10_000 + number).to_string()).expect("short"),
            name: Name::new(&format!("{} {}", model.name, number % 97)).expect("short"),
            phone: Detail::new(&phone).ok(),
            email: Detail::new(&format!("p{number}@patient.example")).ok(),
            self_registered: false,
            accepted: true,
            ..model.clone()
        })
    };
    clinic.records.extend((0..PATIENTS).map(one).map(Entry::into_record));
    clinic
}
