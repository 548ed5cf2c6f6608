//! Made-up patients, and the needs that they are called in for.

use std::collections::HashSet;

use chrono::{Datelike, NaiveDate};

use super::chance::Chance;
use super::settings::{appointment_type, practitioner};
use super::{id, length, line};
use crate::record::{Entry, Need, Patient};
use crate::time::Week;

/// How many patients the clinic has, those with a story of their own included.
const PATIENTS: usize = 300;

/// First and last names that are common in Denmark; their combinations are made up by chance.
const FIRST_NAMES: [&str; 60] = [
    "Agnes",
    "Aksel",
    "Alma",
    "Anders",
    "Asger",
    "Astrid",
    "Benedikte",
    "Birgit",
    "Bjarne",
    "Bodil",
    "Carsten",
    "Cecilie",
    "Christian",
    "Dagny",
    "Dorthe",
    "Ejnar",
    "Ellen",
    "Erik",
    "Esben",
    "Freja",
    "Frode",
    "Gudrun",
    "Gunnar",
    "Hanne",
    "Henrik",
    "Inger",
    "Ivan",
    "Jakob",
    "Johanne",
    "Jytte",
    "Kaj",
    "Kirsten",
    "Kurt",
    "Lars",
    "Lene",
    "Lise",
    "Mads",
    "Malene",
    "Maren",
    "Nanna",
    "Niels",
    "Oda",
    "Ole",
    "Pernille",
    "Preben",
    "Rasmus",
    "Rikke",
    "Sigrid",
    "Signe",
    "Steen",
    "Svend",
    "Søren",
    "Thea",
    "Tove",
    "Troels",
    "Ulrik",
    "Vibeke",
    "Viggo",
    "Åge",
    "Åse",
];

const LAST_NAMES: [&str; 50] = [
    "Abildgaard",
    "Agerskov",
    "Bak",
    "Bagge",
    "Birk",
    "Bjerre",
    "Bonde",
    "Brandt",
    "Bruun",
    "Buch",
    "Dahl",
    "Damgaard",
    "Degn",
    "Dreyer",
    "Ebbesen",
    "Enevoldsen",
    "Fabricius",
    "Fisker",
    "Friis",
    "Gade",
    "Gram",
    "Grøn",
    "Hald",
    "Hedegaard",
    "Hjorth",
    "Højgaard",
    "Iversen",
    "Juhl",
    "Kaas",
    "Kjær",
    "Krogh",
    "Lauridsen",
    "Lind",
    "Lyngsø",
    "Meldgaard",
    "Munk",
    "Møller",
    "Nygaard",
    "Overgaard",
    "Post",
    "Ravn",
    "Riis",
    "Skov",
    "Skovgaard",
    "Storm",
    "Toft",
    "Vad",
    "Winther",
    "Østergaard",
    "Aagaard",
];

/// The patient of a number. A birth date is all that is known besides: never a CPR number.
pub(super) fn patient(number: usize, name: &str, birth_date: NaiveDate) -> Entry<Patient> {
    let value = Patient {
        number: line(&number.to_string()),
        name: line(name),
        birth_date,
        phone: Some(line("00 00 00 00")),
        email: None,
        self_registered: false,
        accepted: true,
    };
    Entry { id: id(&number.to_string()), value }
}

/// The number of the first patient.
pub(super) const FIRST_NUMBER: usize = 1001;

/// Somebody's birth date, so that they are `age` this year.
pub(super) fn born(today: NaiveDate, age: i32, day_of_year: u32) -> NaiveDate {
    NaiveDate::from_yo_opt(today.year().saturating_sub(age), day_of_year).unwrap_or(NaiveDate::MIN)
}

/// The patients beyond the first `others`, all with different names, and of age: children in
/// Denmark go to the municipality's dentists.
pub(super) fn ordinary(today: NaiveDate, others: usize, chance: &mut Chance) -> Vec<Entry<Patient>> {
    let mut names = HashSet::new();
    let mut patients = Vec::with_capacity(PATIENTS);
    while patients.len() + others < PATIENTS {
        let name = format!("{} {}", chance.one_of(&FIRST_NAMES), chance.one_of(&LAST_NAMES));
        if names.insert(name.clone()) {
            let age = 23 + i32::try_from(chance.below(68)).unwrap_or(0);
            let birth_date = born(today, age, 1 + chance.below(365) as u32);
            patients.push(patient(FIRST_NUMBER + others + patients.len(), &name, birth_date));
        }
    }
    patients
}

/// Type, minutes and practitioner of the needs that ordinary patients have.
const USUAL_NEEDS: [(&str, u16, &str); 8] = [
    ("SU", 45, "LB"),
    ("SU", 45, "CN"),
    ("SU", 30, "JH"),
    ("FU", 30, "MK"),
    ("FU", 30, "SA"),
    ("TR", 30, "LB"),
    ("TR", 30, "CN"),
    ("TR", 45, "CN"),
];

/// Needs that are called in from some weeks ago, none expired, to half a year ahead; about
/// every second patient has one.
pub(super) fn open_needs(today: NaiveDate, patients: &[Entry<Patient>], chance: &mut Chance) -> Vec<Entry<Need>> {
    const WEEKS_AGO: u64 = 6;
    const WEEKS_IN_ALL: usize = 32;
    let first = Week::of(today).minus(WEEKS_AGO);
    let mut needs = Vec::new();
    for entry in patients {
        let (code, minutes, initials) = *chance.one_of(&USUAL_NEEDS);
        let recall = first.plus(chance.below(WEEKS_IN_ALL) as u64);
        if chance.happens(50) {
            needs.push(Entry {
                id: id(entry.value.number.as_str()),
                value: need(entry, code, initials, minutes, recall),
            });
        }
    }
    needs
}

pub(super) fn need(patient: &Entry<Patient>, code: &str, initials: &str, minutes: u16, recall: Week) -> Need {
    Need {
        patient: patient.id,
        appointment_type: appointment_type(code),
        practitioner: practitioner(initials),
        minutes: length(minutes),
        recall,
    }
}
