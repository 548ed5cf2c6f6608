//! What a record says about others: which it names, and what nobody else may have.

use std::collections::HashSet;

use aftalebog_booking::record::{
    Appointment, Closure, Need, OnlineType, Practitioner, PractitionerGroup, Status, WorkingHours,
};
use aftalebog_booking::{Id, Kind, Value};
use chrono::{Datelike, NaiveDate};
use uuid::Uuid;

/// A record that another one names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reference {
    pub field: &'static str,
    pub kind: Kind,
    pub target: Uuid,
}

/// The fields in which records are named.
pub(super) const NAMING: [&str; 5] = ["practitioner", "practitioners", "appointment_type", "patient", "need"];

/// The records that this one names.
pub(super) fn references(value: &Value) -> Vec<Reference> {
    let one = |field, kind, target| Reference { field, kind, target };
    let practitioner = |id: Id<Practitioner>| one("practitioner", Kind::Practitioner, id.uuid());
    let listed = |id: Id<Practitioner>| one("practitioners", Kind::Practitioner, id.uuid());
    match value {
        Value::Clinic(_)
        | Value::Service(_)
        | Value::Analytics(_)
        | Value::Practitioner(_)
        | Value::AppointmentType(_)
        | Value::Patient(_) => vec![],
        Value::PractitionerGroup(PractitionerGroup { name: _, practitioners, position: _ }) => {
            practitioners.iter().copied().map(listed).collect()
        }
        Value::WorkingHours(WorkingHours { practitioner: whose, .. }) => vec![practitioner(*whose)],
        Value::Closure(Closure { practitioner: whose, .. }) => whose.map(practitioner).into_iter().collect(),
        Value::OnlineType(OnlineType { appointment_type, practitioners, .. }) => {
            let of_type = one("appointment_type", Kind::AppointmentType, appointment_type.uuid());
            std::iter::once(of_type).chain(practitioners.iter().map(|row| listed(row.practitioner))).collect()
        }
        Value::Need(Need { patient, appointment_type, practitioner: whose, minutes: _, recall: _ }) => vec![
            one("patient", Kind::Patient, patient.uuid()),
            one("appointment_type", Kind::AppointmentType, appointment_type.uuid()),
            practitioner(*whose),
        ],
        Value::Appointment(Appointment { practitioner: whose, appointment_type, patient, need, .. }) => {
            let appointment_type = appointment_type.map(|id| one("appointment_type", Kind::AppointmentType, id.uuid()));
            let patient = patient.map(|id| one("patient", Kind::Patient, id.uuid()));
            let need = need.map(|id| one("need", Kind::Need, id.uuid()));
            let own = [Some(practitioner(*whose)), appointment_type, patient, need];
            own.into_iter().flatten().collect()
        }
    }
}

/// What at most one live record of a clinic has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unique {
    pub what: &'static str,
    pub key: Uuid,
    /// Of a record that is refused because another has it.
    pub reason: &'static str,
}

/// The fields on which it depends what is unique.
pub(super) const UNIQUE: [&str; 3] = ["appointment_type", "need", "status"];

/// A need that a live appointment has used up is `NEED_USED` by the need's id.
pub(super) const NEED_USED: &str = "appointment.need";

pub(super) fn unique(value: &Value) -> Option<Unique> {
    let only = |what| Some(Unique { what, key: Uuid::nil(), reason: "only_one" });
    match value {
        Value::Clinic(_) => only("clinic"),
        Value::Service(_) => only("service"),
        Value::Analytics(_) => only("analytics"),
        Value::OnlineType(online_type) => Some(Unique {
            what: "online_type.appointment_type",
            key: online_type.appointment_type.uuid(),
            reason: "second_setup",
        }),
        Value::Appointment(Appointment { need: Some(need), status: Status::Booked, .. }) => {
            Some(Unique { what: NEED_USED, key: need.uuid(), reason: "need_used" })
        }
        _ => None,
    }
}

/// Of these a clinic has one each, always.
pub(super) const ALWAYS: [Kind; 3] = [Kind::Clinic, Kind::Service, Kind::Analytics];

/// What a clinic PC's file would refuse, although each field is one of its kind: the field, and why.
pub(super) fn fault(value: &Value) -> Option<(&'static str, &'static str)> {
    let twice = |ids: Vec<Id<Practitioner>>| {
        let once = ids.iter().collect::<HashSet<_>>().len() == ids.len();
        (!once).then_some(("practitioners", "practitioner_twice"))
    };
    let date = |field, date: NaiveDate| (!written(date.year())).then_some((field, "outside_limits"));
    match value {
        Value::OnlineType(online_type) => twice(online_type.practitioners.iter().map(|row| row.practitioner).collect()),
        Value::PractitionerGroup(group) => twice(group.practitioners.clone()),
        Value::WorkingHours(hours) => {
            let from = hours.valid_from.and_then(|from| date("valid_from", from));
            from.or_else(|| hours.valid_to.and_then(|to| date("valid_to", to)))
        }
        Value::Closure(closure) => date("from", closure.from).or_else(|| date("to", closure.to)),
        Value::Patient(patient) => date("birth_date", patient.birth_date),
        Value::Need(need) => (!written(need.recall.year())).then_some(("recall_year", "outside_limits")),
        Value::Appointment(appointment) => date("start", appointment.start.date_naive()),
        _ => None,
    }
}

/// Years that are written with four figures.
const fn written(year: i32) -> bool {
    year >= 1 && year <= 9999
}

#[cfg(test)]
mod tests {
    use super::*;
    use aftalebog_booking::change::fields;
    use aftalebog_booking::demo::{SEED, demo_clinic};
    use serde_json::Value as Json;

    /// Whoever adds a field that names a record says so above.
    #[test]
    fn every_id_in_a_record_is_a_reference_and_every_reference_stands_in_a_naming_field() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date");
        for record in demo_clinic(today, SEED).records {
            let named = references(&record.value);
            let mut ids = HashSet::new();
            collect_ids(&Json::Object(fields(&record.value)), &mut ids);
            let targets: HashSet<Uuid> = named.iter().map(|it| it.target).collect();
            assert_eq!(ids, targets, "{}", record.value.kind());
            let known = record.fields();
            assert!(named.iter().all(|it| NAMING.contains(&it.field) && known.contains_key(it.field)));
        }
    }

    fn collect_ids(json: &Json, ids: &mut HashSet<Uuid>) {
        match json {
            Json::String(text) => ids.extend(Uuid::parse_str(text)),
            Json::Array(list) => list.iter().for_each(|it| collect_ids(it, ids)),
            Json::Object(fields) => fields.values().for_each(|it| collect_ids(it, ids)),
            _ => {}
        }
    }
}
