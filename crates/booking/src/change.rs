//! One save is one change: what travels from the window to the file.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Map, Value as Json};
use thiserror::Error;
use uuid::Uuid;

use crate::id::Id;
use crate::merge;
use crate::record::{Entry, Kind, Record, Recorded};
use crate::wire::Conflict;

/// One save. Its id is made once, so that saving it again is harmless.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub id: Uuid,
    pub made_at: DateTime<Utc>,
    pub made_by: String,
    /// All of them are saved, or none.
    pub writes: Vec<Write>,
}

impl Change {
    pub fn new(made_at: DateTime<Utc>, made_by: impl Into<String>, writes: Vec<Write>) -> Self {
        Self { id: Uuid::new_v4(), made_at, made_by: made_by.into(), writes }
    }
}

/// What a change does to one record.
#[derive(Clone, Debug, PartialEq)]
pub struct Write {
    pub kind: Kind,
    pub id: Uuid,
    pub deed: Deed,
    /// What stood in the edited fields when the writer looked; of a deletion in all.
    /// Whoever has saved another value there meanwhile is not overwritten unseen. Without it nothing is compared.
    pub seen: Map<String, Json>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    /// A record that was not there: every field.
    Create(Map<String, Json>),
    /// Only the fields that were edited, so that a program never wipes a field it does not know, and what is carried
    /// along because it was decided by.
    Set(Map<String, Json>),
    Delete,
}

impl Write {
    pub fn create<T: Recorded + Serialize>(entry: &Entry<T>) -> Self {
        Self::of(T::KIND, entry.id.uuid(), Deed::Create(fields(&entry.value)))
    }

    /// `None` when nothing was edited.
    pub fn edit<T: Recorded + Serialize>(before: &Entry<T>, after: &T) -> Option<Self> {
        let old = fields(&before.value);
        let mut set = fields(after);
        let carried = merge::carried(T::KIND, &old, &set);
        set.retain(|name, value| old.get(name) != Some(value) || carried.contains(&name.as_str()));
        let seen = old.into_iter().filter(|(name, _)| set.contains_key(name)).collect();
        (!set.is_empty()).then(|| Self { seen, ..Self::of(T::KIND, before.id.uuid(), Deed::Set(set)) })
    }

    /// Whoever deletes a record has seen all of it.
    pub fn delete<T: Recorded + Serialize>(entry: &Entry<T>) -> Self {
        Self { seen: fields(&entry.value), ..Self::delete_of(entry.id) }
    }

    /// The same of a record of which no more is known.
    pub fn delete_of<T: Recorded>(id: Id<T>) -> Self {
        Self::of(T::KIND, id.uuid(), Deed::Delete)
    }

    /// One of which it is not known what the writer has seen.
    pub fn of(kind: Kind, id: Uuid, deed: Deed) -> Self {
        Self { kind, id, deed, seen: Map::new() }
    }

    /// The same of somebody who has been shown what stands there now, and means it.
    pub fn having_seen(mut self, conflict: &Conflict) -> Self {
        if let Deed::Set(set) = &mut self.deed {
            merge::having_been_shown(&self.seen, set, conflict);
        }
        self.seen.extend(conflict.fields.iter().map(|it| (it.field.clone(), it.present.clone())));
        self
    }

    /// The same of somebody who says nothing but this of the record, not even what is decided together with it.
    pub fn only(mut self, name: &str) -> Self {
        if let Deed::Set(set) = &mut self.deed {
            set.retain(|field, _| field == name);
            self.seen.retain(|field, _| field == name);
        }
        self
    }
}

/// The fields of a record's value, by their JSON names.
pub fn fields<T: Serialize>(value: &T) -> Map<String, Json> {
    match serde_json::to_value(value) {
        Ok(Json::Object(fields)) => fields,
        other => unreachable!("every record is a JSON object: {other:?}"),
    }
}

impl Record {
    /// The fields of the value, by their JSON names.
    pub fn fields(&self) -> Map<String, Json> {
        match fields(&self.value).remove("value") {
            Some(Json::Object(fields)) => fields,
            other => unreachable!("a record's value is a JSON object: {other:?}"),
        }
    }

    /// The record that has these fields.
    pub fn from_fields(kind: Kind, id: Uuid, fields: Map<String, Json>) -> Result<Self, Malformed> {
        let tagged = Json::Object(Map::from_iter([
            ("kind".to_owned(), Json::from(kind.name())),
            ("value".to_owned(), Json::Object(fields)),
        ]));
        match serde_json::from_value(tagged) {
            Ok(value) => Ok(Self { id, value }),
            Err(error) => Err(Malformed { kind, id, reason: error.to_string() }),
        }
    }
}

/// A record whose fields are not those of its kind.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{kind} {id}: {reason}")]
pub struct Malformed {
    pub kind: Kind,
    pub id: Uuid,
    pub reason: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bounded::{Alias, NoticeDays, SpacingMinutes};
    use crate::record::{OnlineType, Snapshot, WithoutNeed};
    use crate::{Id, Setup};
    use chrono::NaiveDate;
    use proptest::prelude::*;

    fn demo() -> Snapshot {
        crate::demo::demo_clinic(NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date"), 1)
    }

    /// «Tandpine / akut»: booking and moving are blank, cancelling is 0.
    fn akut() -> Entry<OnlineType> {
        let types = Setup::gather(demo().records).expect("a set-up").online_types;
        types.into_iter().find(|entry| entry.value.alias.as_str() == "Tandpine / akut").expect("AKUT")
    }

    #[track_caller]
    fn check(edit: impl FnOnce(&mut OnlineType), expected: Option<Json>) {
        let before = akut();
        let mut after = before.value.clone();
        edit(&mut after);
        let write = Write::edit(&before, &after);
        let wanted = expected.map(|set| {
            let Json::Object(set) = set else { panic!("an object: {set}") };
            Deed::Set(set)
        });
        assert_eq!(write.map(|write| write.deed), wanted);
    }

    #[test]
    fn an_edit_carries_only_the_edited_fields_and_keeps_blank_and_0_apart() {
        let days = |days| Some(NoticeDays::new(days).expect("within its limits"));
        check(|_| {}, None);
        check(|it| it.alias = Alias::new("Akut").expect("an alias"), Some(serde_json::json!({"alias": "Akut"})));
        check(|it| it.earliest_booking_days = None, None);
        check(|it| it.earliest_booking_days = days(0), Some(serde_json::json!({"earliest_booking_days": 0})));
        check(|it| it.cancel_days = days(0), None);
        check(|it| it.cancel_days = None, Some(serde_json::json!({"cancel_days": null})));
        check(
            |it| (it.move_days, it.min_spacing_minutes) = (days(0), SpacingMinutes::new(15).ok()),
            Some(serde_json::json!({"move_days": 0, "min_spacing_minutes": 15})),
        );
        // The list is one field, and unticking a row is an edit of it.
        check(|it| it.practitioners = vec![], Some(serde_json::json!({"practitioners": []})));
    }

    #[test]
    fn a_new_record_carries_every_field_blank_ones_included() {
        let Deed::Create(fields) = Write::create(&akut()).deed else { panic!("a creation") };
        assert_eq!(fields.len(), 12);
        assert_eq!(fields["move_days"], Json::Null);
        assert_eq!(fields["cancel_days"], Json::from(0));
    }

    #[test]
    fn every_kind_of_record_can_be_made_again_from_its_fields() {
        let mut kinds = std::collections::BTreeSet::new();
        for record in demo().records {
            let kind = record.value.kind();
            let _ = kinds.insert(kind);
            assert_eq!(Record::from_fields(kind, record.id, record.fields()), Ok(record));
        }
        assert!(kinds.iter().eq(Kind::ALL), "{kinds:?}");
    }

    #[test]
    fn fields_that_are_not_those_of_the_kind_are_refused_with_the_reason() {
        let entry = akut();
        let (kind, id) = (Kind::OnlineType, entry.id.uuid());
        for (field, value) in [
            ("alias", Json::from("")),
            ("alias", Json::Null),
            ("cancel_days", Json::from(366)),
            ("cancel_days", Json::from(-1)),
            ("cancel_days", Json::from("0")),
            ("need_driven", Json::Null),
        ] {
            let mut fields = fields(&entry.value);
            let _ = fields.insert(field.to_owned(), value);
            let fault = Record::from_fields(kind, id, fields).expect_err(field);
            assert_eq!((fault.kind, fault.id), (kind, id));
            assert!(!fault.reason.is_empty());
        }
        let mut fields = fields(&entry.value);
        let _ = fields.remove("alias");
        let fault = Record::from_fields(kind, id, fields).expect_err("a missing field");
        assert!(fault.reason.contains("alias"), "{}", fault.reason);
    }

    #[test]
    fn who_works_here_no_more_is_not_registered_and_an_older_snapshot_knows_no_such_thing() {
        let records = demo().records;
        let dentist = records.iter().find(|record| record.value.kind() == Kind::Practitioner).expect("a practitioner");
        let read = |edit: &dyn Fn(&mut Map<String, Json>)| {
            let mut fields = dentist.fields();
            edit(&mut fields);
            Record::from_fields(Kind::Practitioner, dentist.id, fields)
        };
        let deactivated = |fields: &mut Map<String, Json>| drop(fields.insert("deactivated".to_owned(), true.into()));
        assert_eq!(read(&|fields| drop(fields.remove("deactivated"))).as_ref(), Ok(dentist));
        let fault = read(&deactivated).expect_err("registered and deactivated");
        assert!(fault.reason.contains("not registered"), "{}", fault.reason);
        let left = read(&|fields| {
            deactivated(fields);
            drop(fields.insert("registered".to_owned(), false.into()));
        });
        assert!(left.is_ok());
    }

    prop_compose! {
        fn any_online_type()(
            alias in "[A-Za-zÆØÅæøå]{1,20}",
            numbers in prop::array::uniform4(prop::option::of(0..=365u16)),
            flags in any::<[bool; 3]>(),
            minutes in prop::option::of(5..=480u16),
        ) -> OnlineType {
            let days = |index: usize| numbers[index].map(|days| NoticeDays::new(days).expect("within its limits"));
            let mut online_type = akut().value;
            online_type.alias = Alias::new(&alias).expect("an alias");
            online_type.min_spacing_minutes = numbers[0].map(|it| SpacingMinutes::new(it).expect("within its limits"));
            online_type.earliest_booking_days = days(1);
            online_type.cancel_days = days(2);
            online_type.move_days = days(3);
            online_type.need_driven = flags[0];
            online_type.choose_practitioner = flags[1];
            let minutes = minutes.map(|it| crate::bounded::Length::new(it).expect("within its limits"));
            let practitioner = Id::new(Uuid::nil());
            online_type.practitioners = vec![WithoutNeed { practitioner, active: flags[2], minutes }];
            online_type
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn the_old_fields_with_the_edited_ones_are_the_new_record(old in any_online_type(), new in any_online_type()) {
            let before = Entry::new(old);
            let mut merged = fields(&before.value);
            if let Some(Write { deed: Deed::Set(set), .. }) = Write::edit(&before, &new) {
                prop_assert!(set.iter().all(|(name, value)| merged.get(name) != Some(value)));
                merged.extend(set);
            }
            let record = Record::from_fields(Kind::OnlineType, before.id.uuid(), merged).expect("a record");
            prop_assert_eq!(record, Entry { id: before.id, value: new }.into_record());
        }
    }
}
