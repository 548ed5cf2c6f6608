//! The patients that each show one rule, first in the list so that they are easily found.

use chrono::NaiveDate;

use super::book::{Days, Piece, Visit};
use super::people::{FIRST_NUMBER, born, need, patient};
use super::settings::practitioner;
use super::{id, line};
use crate::agenda::working_intervals;
use crate::id::Id;
use crate::record::{Entry, Need, Origin, Patient};
use crate::setup::Setup;
use crate::time::Week;

/// Their names and ages, in the order of their numbers.
const PEOPLE: [(&str, i32); 10] = [
    ("Karen Mikkelsen", 58),
    ("Bent Thorsen", 71),
    ("Ida Rosenkvist", 34),
    ("Morten Ladefoged", 45),
    ("Else Bjerregaard", 66),
    ("Poul Ørtoft", 52),
    ("Gerda Lyngbæk", 83),
    ("Mikkel Damsbo", 29),
    ("Ulla Refsgaard", 49),
    ("Emil Sandager", 27),
];

/// The special patients with their needs, and the two appointments that stand in the book first.
pub(super) struct Special {
    pub patients: Vec<Entry<Patient>>,
    pub needs: Vec<Entry<Need>>,
    pub appointments: Vec<Piece>,
}

impl Special {
    /// Source: design, "The demo clinic": "one ordinary SU need two weeks ahead (LB, 45 min) …".
    pub(super) fn new(today: NaiveDate, days: &Days, setup: &Setup) -> Self {
        let mut patients: Vec<_> = PEOPLE
            .iter()
            .zip(0..)
            .map(|((name, age), index)| {
                patient(FIRST_NUMBER + index as usize, name, born(today, *age, 30 + 33 * index))
            })
            .collect();
        let [karen, bent, ida, morten, else_, poul, _gerda, mikkel, ulla, emil] = patients.as_mut_slice() else {
            unreachable!("there are ten of them");
        };
        let this_week = Week::of(today);
        let mut special = Self { patients: vec![], needs: vec![], appointments: vec![] };
        for (patient, code, initials, minutes, recall) in [
            (&*karen, "SU", "LB", 45, this_week.plus(2)),
            // The Sunday of the week sixteen weeks ago and 100 days: the Tuesday of last week.
            (&*bent, "SU", "LB", 45, this_week.minus(16)),
            (&*ida, "FU", "MK", 30, Week::last_of(this_week.year())),
            (&*morten, "TR", "CN", 30, this_week),
            (&*else_, "SU", "CN", 45, this_week.plus(1)),
            (&*else_, "TR", "CN", 30, this_week.plus(1)),
            (&*poul, "TB", "PV", 45, this_week),
        ] {
            let _ = special.has_need(patient, code, initials, minutes, recall);
        }

        if let Some((day, initials)) = on_day(days, 1, &["LB", "CN", "MK"], setup) {
            let need = Some(special.has_need(mikkel, "SU", initials, 45, Week::of(day)));
            let visit = Visit { code: "SU", patient: mikkel.id, need, origin: Origin::Clinic };
            special.comes(visit, 45, day, initials, setup);
        }
        if let Some((day, initials)) = on_day(days, 0, &["MK", "JH", "SA"], setup) {
            let visit = Visit { code: "KNÆK", patient: ulla.id, need: None, origin: Origin::Online };
            special.comes(visit, 30, day, initials, setup);
        }

        emil.value.self_registered = true;
        emil.value.accepted = false;
        emil.value.email = Some(line("emil.sandager@patient.example"));
        special.patients = patients;
        special
    }

    fn has_need(
        &mut self,
        patient: &Entry<Patient>,
        code: &str,
        initials: &str,
        minutes: u16,
        recall: Week,
    ) -> Id<Need> {
        let id = id(&format!("special/{}/{code}", patient.value.number));
        self.needs.push(Entry { id, value: need(patient, code, initials, minutes, recall) });
        id
    }

    fn comes(&mut self, visit: Visit, minutes: u16, day: NaiveDate, initials: &str, setup: &Setup) {
        let practitioner = practitioner(initials);
        // An hour after the practitioner has begun is a time that every column has.
        if let Some(first) = working_intervals(setup, practitioner, day).first() {
            let start = first.from().minutes() + 60;
            self.appointments.push(Piece { practitioner, day, start, minutes, visit: Some(visit) });
        }
    }
}

/// A working day after today, counted from 0, with the first of these who works on it.
fn on_day(days: &Days, index: usize, initials: &[&'static str], setup: &Setup) -> Option<(NaiveDate, &'static str)> {
    let day = *days.coming.get(index)?;
    let works = |initials: &&&str| !working_intervals(setup, practitioner(initials), day).is_empty();
    initials.iter().find(works).map(|initials| (day, *initials))
}
