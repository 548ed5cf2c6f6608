//! Made-up patients with needs and appointments, for the tests beside this.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use super::PatientRecords;
use crate::change::{Deed, Write};
use crate::record::{Appointment, Entry, Need, Origin, Overlap, Patient, Record, Status};
use crate::time::Week;
use crate::{Id, bounded};

/// One patient.
#[derive(Clone, Debug)]
pub struct Scene {
    pub records: PatientRecords,
}

pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

pub fn patient(number: &str, name: &str, birth_date: &str) -> Entry<Patient> {
    Entry::new(Patient {
        number: bounded::Line::new(number).expect("a number"),
        name: bounded::Line::new(name).expect("a name"),
        birth_date: birth_date.parse().expect("a date"),
        phone: None,
        email: None,
        self_registered: true,
        accepted: false,
    })
}

impl Scene {
    pub fn new() -> Self {
        let patient = patient("1", "En", "1990-01-01");
        Self { records: PatientRecords { patient, needs: vec![], appointments: vec![] } }
    }

    pub fn need(&mut self) -> Id<Need> {
        let entry = Entry::new(Need {
            patient: self.records.patient.id,
            appointment_type: Id::random(),
            practitioner: Id::random(),
            minutes: bounded::Length::new(30).expect("minutes"),
            recall: Week::new(2026, 49).expect("a week"),
        });
        let id = entry.id;
        self.records.needs.push(entry);
        id
    }

    pub fn entry(&self, need: Id<Need>) -> Entry<Need> {
        self.records.needs.iter().find(|it| it.id == need).expect("it is there").clone()
    }

    pub fn appointment(&mut self, start: &str, minutes: u16) -> Id<Appointment> {
        self.put(None, at(start), minutes, Status::Booked)
    }

    pub fn appointment_for(&mut self, need: Id<Need>, start: &str) -> Id<Appointment> {
        self.put(Some(need), at(start), 30, Status::Booked)
    }

    pub fn cancelled(&mut self, start: &str) -> Id<Appointment> {
        self.put(None, at(start), 30, Status::Cancelled)
    }

    pub fn cancelled_for(&mut self, need: Id<Need>, start: &str) -> Id<Appointment> {
        self.put(Some(need), at(start), 30, Status::Cancelled)
    }

    fn put(&mut self, need: Option<Id<Need>>, start: DateTime<Utc>, minutes: u16, status: Status) -> Id<Appointment> {
        let entry = Entry::new(Appointment {
            practitioner: Id::random(),
            appointment_type: Some(Id::random()),
            patient: Some(self.records.patient.id),
            need,
            start,
            minutes: bounded::Length::new(minutes).expect("minutes"),
            origin: Origin::Online,
            status,
            overlap: Overlap::None,
            note: bounded::Line::new("").expect("a note"),
        });
        let id = entry.id;
        self.records.appointments.push(entry);
        self.records.appointments.sort_by_key(|it| it.value.start);
        id
    }

    pub fn records(&self) -> impl Iterator<Item = Record> + use<> {
        let PatientRecords { patient, needs, appointments } = self.records.clone();
        let hanging = needs.into_iter().map(Entry::into_record).chain(appointments.into_iter().map(Entry::into_record));
        std::iter::once(patient.into_record()).chain(hanging)
    }
}

/// Needs that are open, used or freed, and appointments without any, around a moment.
pub fn any_scene() -> impl Strategy<Value = Scene> {
    let appointment = (-4000i64..4000, 5u16..=480, any::<bool>(), prop::option::of(any::<bool>()));
    prop::collection::vec(appointment, 0..6).prop_map(|appointments| {
        let mut scene = Scene::new();
        for (minutes_from_now, minutes, booked, need) in appointments {
            let start = at("2026-11-23T08:10:00Z") + TimeDelta::minutes(minutes_from_now);
            let status = if booked { Status::Booked } else { Status::Cancelled };
            let need = need.map(|_| scene.need());
            let _id = scene.put(need, start, minutes, status);
        }
        scene
    })
}

/// What is left of records after these writes.
pub fn carry_out(mut records: Vec<Record>, writes: &[Write]) -> Vec<Record> {
    for Write { kind, id, deed, .. } in writes {
        let place = records.iter().position(|it| it.id == *id && it.value.kind() == *kind).expect("it is there");
        match deed {
            Deed::Delete => drop(records.remove(place)),
            Deed::Set(set) => {
                let mut fields = records[place].fields();
                fields.extend(set.clone());
                records[place] = Record::from_fields(*kind, *id, fields).expect("a record");
            }
            Deed::Create(_) => panic!("nothing is created here"),
        }
    }
    records
}
