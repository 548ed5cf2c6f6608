//! One save is one change: what travels from the window to the file, and later to the server.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use thiserror::Error;
use uuid::Uuid;

use crate::record::{Entry, Kind, Record, Recorded};

/// One save. Its id is made once, so that saving it again is harmless.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Write {
    pub kind: Kind,
    pub id: Uuid,
    #[serde(flatten)]
    pub deed: Deed,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// A record that was not there: every field.
    Create(Map<String, Json>),
    /// Only the fields that were edited, so that a program never wipes a field it does not know.
    Set(Map<String, Json>),
    Delete,
}

impl Write {
    pub fn create<T: Recorded + Serialize>(entry: &Entry<T>) -> Self {
        Self { kind: T::KIND, id: entry.id.uuid(), deed: Deed::Create(fields(&entry.value)) }
    }

    /// `None` when nothing was edited.
    pub fn edit<T: Recorded + Serialize>(before: &Entry<T>, after: &T) -> Option<Self> {
        let old = fields(&before.value);
        let mut set = fields(after);
        set.retain(|name, value| old.get(name) != Some(value));
        (!set.is_empty()).then(|| Self { kind: T::KIND, id: before.id.uuid(), deed: Deed::Set(set) })
    }

    pub fn delete<T: Recorded>(entry: &Entry<T>) -> Self {
        Self { kind: T::KIND, id: entry.id.uuid(), deed: Deed::Delete }
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
