//! A snapshot without people in it: what a support case carries.
//!
//! Everything that a rule reads stays as it is, ids included, so that the case answers as the
//! clinic's own data did. Source: design, "Record kinds": "people's fields replaced, everything
//! else equal".

use std::collections::BTreeSet;

use chrono::NaiveDate;
use uuid::Uuid;

use crate::bounded::{Line, MeasurementId};
use crate::record::{
    Analytics, Appointment, Clinic, Closure, Kind, Patient, Practitioner, PractitionerGroup, Record, Service, Snapshot,
    Value,
};

/// The same records without a name, number, birth date, telephone number, address or free text
/// that says who somebody is. The same snapshot always gives the same result.
///
/// Patients and practitioners are numbered in the order of their ids, which says nothing about
/// them. What a blank field says is kept: blank stays blank, and filled stays filled, with a text
/// that names nobody.
pub fn anonymised(snapshot: Snapshot) -> Snapshot {
    let patients = Numbers::of(Kind::Patient, &snapshot.records);
    let practitioners = Numbers::of(Kind::Practitioner, &snapshot.records);
    let groups = Numbers::of(Kind::PractitionerGroup, &snapshot.records);
    let records = snapshot.records.into_iter().map(|Record { id, value }| {
        let value = match value {
            Value::Clinic(clinic) => Value::Clinic(without_name(clinic)),
            Value::Service(service) => {
                let closed_text = service.closed_text.map(|text| instead_of(text, "–"));
                Value::Service(Service { closed_text, ..service })
            }
            Value::Analytics(analytics) => {
                let anonymous = |_| MeasurementId::new("ANONYMOUS").expect("it keeps to the limits");
                Value::Analytics(Analytics { measurement_id: analytics.measurement_id.map(anonymous), ..analytics })
            }
            Value::Practitioner(practitioner) => {
                Value::Practitioner(practitioner_number(practitioners.number(id), practitioner))
            }
            // A group may be called after the one who leads it.
            Value::PractitionerGroup(group) => {
                let name = line(&format!("Gruppe {}", groups.number(id)));
                Value::PractitionerGroup(PractitionerGroup { name, ..group })
            }
            Value::Closure(closure) => Value::Closure(Closure { reason: instead_of(closure.reason, "–"), ..closure }),
            Value::Patient(patient) => Value::Patient(patient_number(patients.number(id), patient)),
            Value::Appointment(appointment) => {
                Value::Appointment(Appointment { note: instead_of(appointment.note, "–"), ..appointment })
            }
            // The clinic's own catalogue and its aliases are what a case is about.
            value @ (Value::WorkingHours(_) | Value::AppointmentType(_) | Value::OnlineType(_) | Value::Need(_)) => {
                value
            }
        };
        Record { id, value }
    });
    Snapshot { records: records.collect(), ..snapshot }
}

/// The running numbers of one kind's records.
struct Numbers(BTreeSet<Uuid>);

impl Numbers {
    fn of(kind: Kind, records: &[Record]) -> Self {
        Self(records.iter().filter(|record| record.value.kind() == kind).map(|record| record.id).collect())
    }

    fn number(&self, id: Uuid) -> usize {
        self.0.range(..=id).count()
    }
}

fn without_name(clinic: Clinic) -> Clinic {
    let Clinic { name: _, address, phone, email, greeting, time_zone, raster_minutes, closed_on_public_holidays } =
        clinic;
    Clinic {
        name: line("Klinik"),
        address: instead_of(address, "–"),
        phone: instead_of(phone, NO_PHONE),
        email: instead_of(email, "klinik@klinik.invalid"),
        greeting: instead_of(greeting, "–"),
        time_zone,
        raster_minutes,
        closed_on_public_holidays,
    }
}

/// Initials point at a person in a small clinic, but a case must still tell the columns apart:
/// «B1» and «Behandler 1». The title is free text that no rule reads.
fn practitioner_number(number: usize, practitioner: Practitioner) -> Practitioner {
    let Practitioner { initials: _, name: _, title, registered, takes_new_patients, position, deactivated } =
        practitioner;
    Practitioner {
        initials: line(&format!("B{number}")),
        name: line(&format!("Behandler {number}")),
        title: instead_of(title, "–"),
        registered,
        takes_new_patients,
        position,
        deactivated,
    }
}

/// «P1» cannot be taken for the clinic's number of another patient. No rule reads a birth date,
/// so all get one that can be nobody's.
fn patient_number(number: usize, patient: Patient) -> Patient {
    let Patient { number: _, name: _, birth_date: _, phone, email, self_registered, accepted } = patient;
    Patient {
        number: line(&format!("P{number}")),
        name: line(&format!("Patient {number}")),
        birth_date: NaiveDate::from_ymd_opt(1900, 1, 1).expect("a date of the calendar"),
        phone: phone.map(|phone| instead_of(phone, NO_PHONE)),
        email: email.map(|email| instead_of(email, &format!("p{number}@patient.invalid"))),
        self_registered,
        accepted,
    }
}

/// A telephone number that nobody has.
const NO_PHONE: &str = "00 00 00 00";

/// Another text where there was one.
fn instead_of<const MIN: usize, const MAX: usize>(text: Line<MIN, MAX>, another: &str) -> Line<MIN, MAX> {
    if text.as_str().is_empty() { text } else { line(another) }
}

fn line<const MIN: usize, const MAX: usize>(text: &str) -> Line<MIN, MAX> {
    Line::new(text).expect("these texts keep to the limits")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value as Json;

    /// The demo, with every free text filled in, and people who can be told apart.
    fn original() -> Snapshot {
        let mut snapshot = crate::demo::demo_clinic(NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date"), 1);
        for (record, index) in snapshot.records.iter_mut().zip(0..) {
            match &mut record.value {
                Value::Service(service) => service.closed_text = Some(line("Ring til Jens Holm på 21 43 65 87")),
                Value::Analytics(analytics) => analytics.measurement_id = MeasurementId::new("G-MOELLESOEEN").ok(),
                Value::Clinic(clinic) => clinic.phone = line("21 43 65 87"),
                Value::Closure(closure) => closure.reason = line("Line har barn syg"),
                Value::Patient(patient) if index % 2 == 0 => {
                    patient.phone = Some(line(&format!("21 43 {index:04}")));
                    patient.email = Some(line(&format!("nummer{index}@mail.example")));
                }
                Value::Patient(patient) if index % 3 == 0 => patient.phone = Some(line("")),
                Value::Patient(patient) if index % 5 == 0 => patient.phone = None,
                Value::Appointment(appointment) => {
                    appointment.note = line(&format!("Karen er bange, ring til sønnen {index}"))
                }
                _ => {}
            }
        }
        snapshot
    }

    /// The fields that say who somebody is, by kind.
    const PEOPLE: [(Kind, &[&str]); 8] = [
        (Kind::Clinic, &["name", "address", "phone", "email", "greeting"]),
        (Kind::Service, &["closed_text"]),
        (Kind::Analytics, &["measurement_id"]),
        (Kind::Practitioner, &["initials", "name", "title"]),
        (Kind::PractitionerGroup, &["name"]),
        (Kind::Closure, &["reason"]),
        (Kind::Patient, &["number", "name", "birth_date", "phone", "email"]),
        (Kind::Appointment, &["note"]),
    ];

    fn names_people(kind: Kind, field: &str) -> bool {
        PEOPLE.iter().any(|(of, fields)| *of == kind && fields.contains(&field))
    }

    #[test]
    fn nothing_that_names_people_is_left() {
        let original = original();
        // Every text that must go. What also names a type or a unit elsewhere cannot be searched for.
        let mut texts = std::collections::BTreeSet::new();
        for record in &original.records {
            for (field, value) in record.fields() {
                if let (true, Json::String(text)) = (names_people(record.value.kind(), &field), value) {
                    let _ = texts.insert(text);
                }
            }
        }
        assert!(texts.len() > 1000);
        let json = serde_json::to_value(anonymised(original)).expect("JSON");
        let mut left = vec![];
        search(&json, &texts, &mut left);
        // The blank ones that stay blank, and the demo's own telephone number of noughts.
        left.retain(|text| !text.is_empty() && text != "00 00 00 00");
        assert_eq!(left, [""; 0]);
        let whole = json.to_string();
        for text in texts.iter().filter(|text| text.chars().count() > 4 && *text != "00 00 00 00") {
            assert!(!whole.contains(text.as_str()), "{text}");
        }
    }

    fn search(json: &Json, texts: &std::collections::BTreeSet<String>, left: &mut Vec<String>) {
        match json {
            Json::String(text) if texts.contains(text) => left.push(text.clone()),
            Json::Array(items) => items.iter().for_each(|item| search(item, texts, left)),
            Json::Object(fields) => fields.values().for_each(|value| search(value, texts, left)),
            _ => {}
        }
    }

    #[test]
    fn everything_else_is_equal_and_blank_stays_blank() {
        let (before, after) = (original(), anonymised(original()));
        assert_eq!(before.records.len(), after.records.len());
        for (before, after) in before.records.iter().zip(&after.records) {
            let kind = before.value.kind();
            assert_eq!((before.id, kind), (after.id, after.value.kind()));
            let after = after.fields();
            for (field, value) in before.fields() {
                if !names_people(kind, &field) {
                    assert_eq!(after.get(&field), Some(&value), "{kind} {field}");
                } else if value.is_null() || value == "" {
                    assert_eq!(after.get(&field), Some(&value), "{kind} {field} was blank");
                } else {
                    let filled = |value: &Json| value.as_str().is_some_and(|text| !text.is_empty());
                    assert!(after.get(&field).is_some_and(filled), "{kind} {field} was filled");
                }
            }
        }
    }

    #[test]
    fn people_can_still_be_told_apart() {
        let after = anonymised(original());
        for (kind, field, count) in
            [(Kind::Practitioner, "initials", 7), (Kind::Practitioner, "name", 7), (Kind::Patient, "number", 300)]
        {
            let of_kind = after.records.iter().filter(|record| record.value.kind() == kind);
            let different: std::collections::BTreeSet<_> = of_kind.map(|it| it.fields()[field].to_string()).collect();
            assert_eq!(different.len(), count, "{kind} {field}");
        }
    }

    #[test]
    fn the_order_of_the_records_does_not_matter_and_twice_is_as_once() {
        let mut turned = original();
        turned.records.reverse();
        let mut turned = anonymised(turned);
        turned.records.reverse();
        assert_eq!(turned, anonymised(original()));
        assert_eq!(anonymised(turned.clone()), turned);
    }
}
