//! How a write meets a record that others have written: it merges by itself, or it is a conflict.
//!
//! «The server keeps the revision at which each field last changed. A write whose fields nobody
//! else touched since `base` merges by itself; one that meets a touched field is refused whole,
//! naming those fields with their present values, who and when.» Source: design, "One change".

use std::collections::BTreeMap;

use crate::record::Kind;
use crate::wire::{Conflict, ConflictField, SentWrite, Touch, WireDeed};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

/// A record as the server keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Held {
    /// Every field; what this program does not know is kept as well. `None`: deleted.
    pub value: Option<Map<String, Json>>,
    /// Of the last change to it.
    pub revision: u64,
    /// The last change to each field that has got another value since the record was created.
    pub touched: BTreeMap<String, Touch>,
    /// Its creation, or its deletion.
    pub born_or_deleted: Touch,
}

/// What a write does to a record.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    pub after: Held,
    pub effect: Effect,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Every field.
    Created(Map<String, Json>),
    /// The fields that were written, those with the same value as before included.
    Set(Map<String, Json>),
    Deleted,
    /// It was deleted already.
    Nothing,
}

/// Why a write does not merge.
#[derive(Clone, Debug, PartialEq)]
pub enum Unmerged {
    Conflict(Conflict),
    /// It edits or deletes a record that has never been there.
    Unknown,
    /// It creates a record that is there.
    Exists,
}

/// The fields that are one fact, and are decided together: where an appointment stands, whether it does, and for whom.
pub const fn together(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Appointment => &["practitioner", "start", "minutes", "status", "patient"],
        _ => &[],
    }
}

/// Those of them that whoever edits one of them has decided by. Whoever moves an appointment, or gives it to another
/// patient, means one that is not cancelled; to move it is to say nothing of whose it is, so that two patients may be
/// merged meanwhile.
const fn stands(kind: Kind) -> &'static [&'static str] {
    match together(kind) {
        [stands @ .., _patient] => stands,
        [] => &[],
    }
}

/// What an edit says again as it was, because it was decided by. Whoever cancels an appointment means the patient whom
/// they see.
pub fn carried(kind: Kind, before: &Map<String, Json>, after: &Map<String, Json>) -> &'static [&'static str] {
    let edits = |field: &&str| before.get(*field) != after.get(*field);
    match together(kind) {
        all if cancels(before, after) => all,
        all if all.iter().any(edits) => stands(kind),
        _ => &[],
    }
}

fn cancels(before: &Map<String, Json>, after: &Map<String, Json>) -> bool {
    let cancelled = |fields: &Map<String, Json>| fields.get("status").is_some_and(|it| it == "cancelled");
    !cancelled(before) && cancelled(after)
}

/// Whoever cancels an appointment all the same, having been shown what has become of it, cancels it as it stands now:
/// what they had only said again is not put back, for the patient may be merged away.
pub fn having_been_shown(before: &Map<String, Json>, after: &mut Map<String, Json>, conflict: &Conflict) {
    if conflict.deleted || !cancels(before, after) {
        return;
    }
    for ConflictField { field, present, touch: _ } in &conflict.fields {
        if let Some(value) = after.get_mut(field).filter(|value| before.get(field) == Some(&**value)) {
            value.clone_from(present);
        }
    }
}

/// Carries a write out on the record that is there, if any. `touch` is of the change that the write
/// belongs to. What the writer wrote itself since `base` is no conflict: it was sent in order.
///
/// Whether the record is still a valid one is asked afterwards, of the whole of it.
pub fn merge(held: Option<&Held>, write: &SentWrite, touch: &Touch) -> Result<Merged, Unmerged> {
    let SentWrite { kind, id, base, ref deed } = *write;
    let unseen = |other: &Touch| {
        let own = other.device.is_some() && other.device == touch.device;
        other.revision > base.unwrap_or(0) && !own
    };
    let Some(held) = held else {
        return match (base, deed) {
            (None, WireDeed::Set(all)) => Ok(created(all, touch)),
            _ => Err(Unmerged::Unknown),
        };
    };
    let conflict = |fields: Vec<ConflictField>| {
        let deleted = held.value.is_none();
        let deleted_by = deleted.then(|| held.born_or_deleted.clone());
        Unmerged::Conflict(Conflict { kind, id, revision: held.revision, deleted, fields, deleted_by })
    };
    match (&held.value, deed) {
        (None, WireDeed::Delete) => Ok(Merged { after: held.clone(), effect: Effect::Nothing }),
        (None, WireDeed::Set(_)) if unseen(&held.born_or_deleted) => Err(conflict(vec![])),
        // Whoever writes it knows that it was deleted: it is taken back.
        (None, WireDeed::Set(all)) => Ok(created(all, touch)),
        // Who made it may edit it before it is known at which revision it came to be.
        (Some(_), WireDeed::Set(_)) if base.is_none() && unseen(&held.born_or_deleted) => Err(Unmerged::Exists),
        (Some(value), WireDeed::Set(set)) => {
            let fact = stands(kind);
            let writes_fact = fact.iter().any(|field| set.contains_key(*field));
            let written = |field: &str| set.contains_key(field) || (writes_fact && fact.contains(&field));
            let fields = unseen_fields(held, value, written, unseen);
            // Both wrote the same: nobody has to choose.
            let fields: Vec<_> = fields.into_iter().filter(|it| set.get(&it.field) != Some(&it.present)).collect();
            if !fields.is_empty() {
                return Err(conflict(fields));
            }
            let mut after = held.clone();
            after.revision = touch.revision;
            // What is said again as it stands is touched by nobody.
            let edited = set.iter().filter(|(field, new)| value.get(*field) != Some(new));
            after.touched.extend(edited.map(|(field, _)| (field.clone(), touch.clone())));
            after.value = Some(value.iter().chain(set).map(|(name, value)| (name.clone(), value.clone())).collect());
            Ok(Merged { after, effect: Effect::Set(set.clone()) })
        }
        (Some(value), WireDeed::Delete) => {
            let fields = unseen_fields(held, value, |_| true, unseen);
            if !fields.is_empty() {
                return Err(conflict(fields));
            }
            let after = Held {
                value: None,
                revision: touch.revision,
                touched: BTreeMap::new(),
                born_or_deleted: touch.clone(),
            };
            Ok(Merged { after, effect: Effect::Deleted })
        }
    }
}

fn created(all: &Map<String, Json>, touch: &Touch) -> Merged {
    let after = Held {
        value: Some(all.clone()),
        revision: touch.revision,
        touched: BTreeMap::new(),
        born_or_deleted: touch.clone(),
    };
    Merged { after, effect: Effect::Created(all.clone()) }
}

fn unseen_fields(
    held: &Held,
    value: &Map<String, Json>,
    written: impl Fn(&str) -> bool,
    unseen: impl Fn(&Touch) -> bool,
) -> Vec<ConflictField> {
    let last = |field: &str| held.touched.get(field).unwrap_or(&held.born_or_deleted);
    let touched = value.iter().filter(|(field, _)| written(field) && unseen(last(field)));
    touched
        .map(|(field, present)| ConflictField {
            field: field.clone(),
            present: present.clone(),
            touch: last(field).clone(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Author;
    use chrono::DateTime;
    use serde_json::json;
    use uuid::Uuid;

    fn touch(revision: u64, device: u128) -> Touch {
        let at = DateTime::from_timestamp(i64::try_from(revision).expect("small"), 0).expect("an instant");
        let device = Some(Uuid::from_u128(device));
        Touch { revision, author: Author::Clinic, device, by: format!("PC-{device:?}"), at }
    }

    fn object(value: Json) -> Map<String, Json> {
        let Json::Object(fields) = value else { panic!("an object: {value}") };
        fields
    }

    fn set(base: Option<u64>, fields: Json) -> SentWrite {
        let deed = WireDeed::Set(object(fields));
        SentWrite { kind: Kind::Patient, id: Uuid::nil(), base, deed }
    }

    fn delete(base: Option<u64>) -> SentWrite {
        SentWrite { kind: Kind::Patient, id: Uuid::nil(), base, deed: WireDeed::Delete }
    }

    /// Created by PC 1 at 3, then `a` written by PC 2 at 5.
    fn held() -> Held {
        let new = merge(None, &set(None, json!({"a": 0, "b": 0})), &touch(3, 1)).expect("new");
        merge(Some(&new.after), &set(Some(3), json!({"a": 2})), &touch(5, 2)).expect("edited").after
    }

    enum Expected {
        Value(Json),
        Gone,
        Conflict(&'static [&'static str]),
        Exists,
        Unknown,
    }

    #[track_caller]
    fn check(held: Option<&Held>, device: u128, write: SentWrite, expected: Expected) {
        let merged = merge(held, &write, &touch(9, device));
        match (merged, expected) {
            (Ok(merged), Expected::Value(value)) => assert_eq!(merged.after.value, Some(object(value))),
            (Ok(merged), Expected::Gone) => assert_eq!(merged.after.value, None),
            (Err(Unmerged::Conflict(conflict)), Expected::Conflict(fields)) => {
                assert!(conflict.fields.iter().map(|it| it.field.as_str()).eq(fields.iter().copied()), "{conflict:?}");
            }
            (Err(Unmerged::Exists), Expected::Exists) | (Err(Unmerged::Unknown), Expected::Unknown) => {}
            (merged, _) => panic!("{merged:?}"),
        }
    }

    #[test]
    fn a_write_merges_unless_somebody_else_touched_its_fields() {
        use Expected::{Conflict, Exists, Gone, Unknown, Value};
        let (held, none) = (held(), None);
        check(none, 1, set(None, json!({"a": 1})), Value(json!({"a": 1})));
        check(none, 1, set(Some(2), json!({"a": 1})), Unknown);
        check(none, 1, delete(Some(2)), Unknown);
        check(Some(&held), 3, set(None, json!({"a": 1})), Exists);
        // Made and edited by PC 1 before it heard of either; `a` was written by another meanwhile.
        check(Some(&held), 1, set(None, json!({"b": 1})), Value(json!({"a": 2, "b": 1})));
        check(Some(&held), 1, set(None, json!({"a": 1})), Conflict(&["a"]));
        // Another field, another base.
        check(Some(&held), 3, set(Some(3), json!({"b": 1})), Value(json!({"a": 2, "b": 1})));
        check(Some(&held), 3, set(Some(5), json!({"a": 1})), Value(json!({"a": 1, "b": 0})));
        check(Some(&held), 3, set(Some(4), json!({"a": 1})), Conflict(&["a"]));
        check(Some(&held), 3, set(Some(4), json!({"a": 1, "b": 1})), Conflict(&["a"]));
        // What it wrote itself meanwhile.
        check(Some(&held), 2, set(Some(3), json!({"a": 1})), Value(json!({"a": 1, "b": 0})));
        // Both wrote the same.
        check(Some(&held), 3, set(Some(3), json!({"a": 2})), Value(json!({"a": 2, "b": 0})));
        check(Some(&held), 3, delete(Some(5)), Gone);
        check(Some(&held), 3, delete(Some(4)), Conflict(&["a"]));
        check(Some(&held), 2, delete(Some(3)), Gone);
    }

    #[test]
    fn a_deleted_record_is_edited_only_by_who_knows_it() {
        use Expected::{Conflict, Gone, Value};
        let gone = merge(Some(&held()), &delete(Some(5)), &touch(7, 1)).expect("deleted").after;
        check(Some(&gone), 2, set(Some(5), json!({"b": 1})), Conflict(&[]));
        check(Some(&gone), 2, delete(Some(5)), Gone);
        // Made anew meanwhile: whoever knows only the old one has seen none of it.
        let again = merge(Some(&gone), &set(Some(7), json!({"a": 2, "b": 0})), &touch(8, 2)).expect("anew").after;
        check(Some(&again), 3, set(Some(5), json!({"b": 1})), Conflict(&["b"]));
        // Taken back, by who deleted it and by who has seen that.
        check(Some(&gone), 1, set(None, json!({"a": 2, "b": 0})), Value(json!({"a": 2, "b": 0})));
        check(Some(&gone), 2, set(Some(7), json!({"a": 2, "b": 0})), Value(json!({"a": 2, "b": 0})));
    }

    /// An appointment made by PC 1 at 3, of which PC 2 wrote something at 5, and PC 3, who has seen what was made.
    #[track_caller]
    fn crossing(theirs: Json, mine: Json, expected: Expected) {
        let made = json!({"practitioner": "A", "start": 9, "minutes": 30, "status": "booked", "patient": "K"});
        let write = |base, fields| SentWrite { kind: Kind::Appointment, ..set(base, fields) };
        let new = merge(None, &write(None, made), &touch(3, 1)).expect("new").after;
        let held = merge(Some(&new), &write(Some(3), theirs), &touch(5, 2)).expect("edited").after;
        check(Some(&held), 3, write(Some(3), mine), expected);
    }

    #[test]
    fn where_an_appointment_stands_and_whether_it_does_is_decided_together() {
        use Expected::{Conflict, Value};
        let cancelled = || json!({"status": "cancelled"});
        crossing(cancelled(), json!({"start": 10}), Conflict(&["status"]));
        crossing(json!({"start": 10}), cancelled(), Conflict(&["start"]));
        crossing(json!({"practitioner": "B"}), cancelled(), Conflict(&["practitioner"]));
        crossing(json!({"minutes": 45}), json!({"start": 10}), Conflict(&["minutes"]));
        let moved = json!({"practitioner": "A", "start": 10, "minutes": 30, "status": "booked"});
        crossing(cancelled(), moved.clone(), Conflict(&["status"]));
        crossing(moved, cancelled(), Conflict(&["start"]));
        // Both meant the same, or one of them something else.
        let gone = json!({"practitioner": "A", "start": 9, "minutes": 30, "status": "cancelled", "patient": "K"});
        crossing(cancelled(), cancelled(), Value(gone.clone()));
        let noted = [gone, json!({"note": "x"})].map(object).into_iter().flatten().collect();
        crossing(cancelled(), json!({"note": "x"}), Value(Json::Object(noted)));
    }

    #[test]
    fn whoever_cancels_means_whom_they_see_and_two_patients_are_merged_without_moving_anybody() {
        use Expected::{Conflict, Value};
        let edit = |edits: Json| {
            let before =
                object(json!({"practitioner": "A", "start": 9, "minutes": 30, "status": "booked", "patient": "K"}));
            let mut after = before.clone();
            after.extend(object(edits));
            let carried = carried(Kind::Appointment, &before, &after);
            after.retain(|field, value| before.get(field) != Some(value) || carried.contains(&field.as_str()));
            Json::Object(after)
        };
        let (cancelled, moved, other) =
            (edit(json!({"status": "cancelled"})), edit(json!({"start": 10})), edit(json!({"patient": "P"})));
        crossing(other.clone(), cancelled.clone(), Conflict(&["patient"]));
        crossing(cancelled.clone(), other.clone(), Conflict(&["status"]));
        crossing(
            other.clone(),
            moved.clone(),
            Value(json!({"practitioner": "A", "start": 10, "minutes": 30, "status": "booked", "patient": "P"})),
        );
        let merged = json!({"patient": "P"});
        let expected = |start: i64, status: &str| {
            Value(json!({"practitioner": "A", "start": start, "minutes": 30, "status": status, "patient": "P"}))
        };
        crossing(merged.clone(), moved.clone(), expected(10, "booked"));
        crossing(moved, merged.clone(), expected(10, "booked"));
        crossing(cancelled.clone(), merged.clone(), expected(9, "cancelled"));
        crossing(merged, cancelled, Conflict(&["patient"]));
    }

    #[test]
    fn an_unknown_field_stays() {
        let mut held = held();
        let _ = held.value.as_mut().expect("live").insert("of a newer program".to_owned(), json!([1]));
        let after = merge(Some(&held), &set(Some(5), json!({"b": 1})), &touch(9, 1)).expect("merged").after;
        assert_eq!(after.value.expect("live")["of a newer program"], json!([1]));
    }
}
