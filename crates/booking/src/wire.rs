//! What travels between a clinic's PCs and its booking server, as JSON.
//!
//! The records are those of the file; these are the envelopes around them. Source: design,
//! "One change" and "Interface, version 1".

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value as Json};
use thiserror::Error;
use uuid::Uuid;

use crate::record::{Format, Kind};

/// The version of the interface that this program speaks. It grows when an older program would
/// misunderstand; new fields and new calls are not such a thing.
pub const PROTOCOL: u32 = 1;

/// The oldest version of the interface that a server of this program still serves.
pub const OLDEST_PROTOCOL: u32 = 1;

/// The header in which a PC says which version it speaks.
pub const PROTOCOL_HEADER: &str = "aftalebog-protocol";

/// The header in which the server gives a PC a new token for the one that it was asked with.
pub const TOKEN_HEADER: &str = "aftalebog-token";

/// Where the clock of a server stands still, and at which moment: every answer says so.
pub const CLOCK_HEADER: &str = "aftalebog-clock";

/// A change may be so large, as JSON: an import of a hundred thousand patients.
pub const MAX_CHANGE_BYTES: usize = 64 << 20;

/// A poll waits at most so long for a change.
pub const MAX_WAIT_SECONDS: u64 = 25;

/// A place in the feed of a clinic's changes: `epoch.revision` as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Position {
    /// New after every restore of the server.
    pub epoch: Uuid,
    /// Of the last change that is known; 0: none.
    pub revision: u64,
}

impl fmt::Display for Position {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.epoch.simple(), self.revision)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a position is an epoch, a full stop and a revision")]
pub struct NoPosition;

impl FromStr for Position {
    type Err = NoPosition;

    fn from_str(text: &str) -> Result<Self, NoPosition> {
        let (epoch, revision) = text.split_once('.').ok_or(NoPosition)?;
        let whole = !revision.is_empty() && revision.bytes().all(|byte| byte.is_ascii_digit());
        // An SQL database counts to 2^63.
        let revision = revision.parse::<i64>().ok().filter(|_| whole).ok_or(NoPosition)?;
        let epoch = Uuid::try_parse(epoch).map_err(|_| NoPosition)?;
        Ok(Self { epoch, revision: u64::try_from(revision).map_err(|_| NoPosition)? })
    }
}

impl Serialize for Position {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Position {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// `GET /api/v1/hello`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// Of the server's program, such as `0.1.0`.
    pub version: String,
    pub protocol: u32,
    pub oldest_protocol: u32,
    pub server_time: DateTime<Utc>,
    /// The clock was set by hand, for a demonstration or a test.
    pub fixed_clock: bool,
    pub limits: Limits,
    /// The newest program for a clinic's PC, where whoever runs the server has said which one it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newest_client: Option<NewestClient>,
}

/// As text: a program that cannot read one of the two goes on without it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewestClient {
    pub version: String,
    /// The page that it is fetched from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub download: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    pub change_bytes: usize,
    pub wait_seconds: u64,
}

/// `POST /api/v1/pair`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairRequest {
    /// As it was typed: capitals, blanks and hyphens make no difference.
    pub code: String,
    /// The PC's name.
    pub device: String,
    /// Made by the PC, and told to nobody else: whoever has it too is the one whose answer was lost, and the code is not
    /// used up for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempt: Option<Uuid>,
}

/// The answer: the token is given once, and the server keeps only its hash.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paired {
    pub token: String,
    pub device: Uuid,
    pub clinic: Uuid,
    /// Where patients find the clinic.
    pub slug: String,
    /// Revision 0: nothing has been sent yet.
    pub position: Position,
    /// This PC gives the clinic its records: it has none yet, and no other PC is about to give its own.
    pub gives: bool,
}

impl fmt::Debug for Paired {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { token: _secret, device, clinic, slug, position, gives } = self;
        formatter
            .debug_struct("Paired")
            .field("device", device)
            .field("clinic", clinic)
            .field("slug", slug)
            .field("position", position)
            .field("gives", gives)
            .finish_non_exhaustive()
    }
}

/// One of the clinic's PCs, as in `GET /api/v1/devices`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceInfo {
    pub id: Uuid,
    pub name: String,
    pub paired_at: DateTime<Utc>,
    pub last_seen: Option<DateTime<Utc>>,
    pub revoked_at: Option<DateTime<Utc>>,
    /// The PC that asks.
    pub this: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Devices {
    pub devices: Vec<DeviceInfo>,
}

/// `POST /api/v1/devices/code`: a paired PC asks for the code that pairs another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairingCode {
    pub code: String,
    pub expires_at: DateTime<Utc>,
}

/// `POST /api/v1/changes`: one save of a PC.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SentChange {
    pub id: Uuid,
    pub made_at: DateTime<Utc>,
    pub made_by: String,
    /// Which of the PC's changes it is; it grows. A PC that was restored from an old backup gives
    /// itself away by a number that has been used.
    pub sequence: u64,
    /// In which the bases were seen: after a restore of the server the same numbers mean something else.
    pub epoch: Uuid,
    pub writes: Vec<SentWrite>,
}

/// What a change does to one record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SentWrite {
    pub kind: Kind,
    pub id: Uuid,
    /// The revision of the record that the writer last saw; null: none, the record is new.
    pub base: Option<u64>,
    #[serde(flatten)]
    pub deed: WireDeed,
}

/// `{"set": {field: value, …}}` or `{"delete": true}`.
#[derive(Clone, Debug, PartialEq)]
pub enum WireDeed {
    /// Only the fields that were edited; of a new record all of them.
    Set(Map<String, Json>),
    Delete,
}

#[derive(Serialize, Deserialize)]
struct RawDeed {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    set: Option<Map<String, Json>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    delete: Option<bool>,
}

impl Serialize for WireDeed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Set(set) => RawDeed { set: Some(set.clone()), delete: None },
            Self::Delete => RawDeed { set: None, delete: Some(true) },
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for WireDeed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match RawDeed::deserialize(deserializer)? {
            RawDeed { set: Some(set), delete: None | Some(false) } => Ok(Self::Set(set)),
            RawDeed { set: None, delete: Some(true) } => Ok(Self::Delete),
            _ => Err(serde::de::Error::custom("a write has either `set` or `delete`: true")),
        }
    }
}

/// The change is part of the clinic's records from this revision on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    pub revision: u64,
}

/// `GET /api/v1/changes`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FeedPage {
    /// In the order of their revisions.
    pub changes: Vec<FeedChange>,
    /// To ask with the next time.
    pub position: Position,
    /// There are more already.
    pub more: bool,
    pub server_time: DateTime<Utc>,
}

/// A change as the server carried it out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FeedChange {
    pub revision: u64,
    pub id: Uuid,
    pub made_at: DateTime<Utc>,
    /// The name of a PC, or empty when the server itself wrote it.
    pub made_by: String,
    pub author: Author,
    /// The PC that sent it.
    pub device: Option<Uuid>,
    pub writes: Vec<FeedWrite>,
}

/// Who makes a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// Somebody at the clinic.
    Clinic,
    /// A patient, online.
    Patient,
    /// Whoever runs the server, as with an import.
    Server,
}

/// What a change did to one record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FeedWrite {
    /// A newer server may have kinds that this program does not know: [`FeedWrite::known_kind`].
    pub kind: String,
    pub id: Uuid,
    /// The record was not there before: `set` has every field.
    pub created: bool,
    #[serde(flatten)]
    pub deed: WireDeed,
}

impl FeedWrite {
    pub fn known_kind(&self) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|kind| kind.name() == self.kind)
    }
}

/// `GET /api/v1/snapshot`: every record at one revision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SyncSnapshot {
    pub format: Format,
    pub position: Position,
    /// The highest number of a change that the server has of this PC; 0: none.
    pub last_sequence: u64,
    pub records: Vec<SnapshotRecord>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SnapshotRecord {
    pub kind: String,
    pub id: Uuid,
    /// At which it was last changed.
    pub revision: u64,
    /// Who changed it then.
    pub author: Author,
    pub value: Map<String, Json>,
}

/// An error as RFC 9457 has it, with what a program needs beside the words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// Stable: `urn:aftalebog:problem:` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// In the language that was asked for.
    pub title: String,
    pub titles: Titles,
    pub status: u16,
    /// What is at fault, for whoever wrote the client; in the language of the title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The same in both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<Titles>,
    /// The JSON name of the field at fault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The record at fault, where it is one of several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
    /// Of a rule that refuses a time: `booking::refusal`'s code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Free times near the one that was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nearest: Option<Json>,
    /// Of `device_rewound`: the highest number that the server has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_sequence: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_seconds: Option<u64>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Titles {
    pub da: String,
    pub en: String,
}

impl Problem {
    pub const PREFIX: &str = "urn:aftalebog:problem:";

    /// With nothing beside its name and its words, the Danish ones first.
    pub fn new(code: &str, status: u16, titles: Titles) -> Self {
        Self {
            kind: format!("{}{code}", Self::PREFIX),
            title: titles.da.clone(),
            titles,
            status,
            detail: None,
            details: None,
            field: None,
            record: None,
            conflicts: vec![],
            reason: None,
            nearest: None,
            last_sequence: None,
            retry_after_seconds: None,
        }
    }

    /// The stable name of the problem, such as `conflict`.
    pub fn code(&self) -> &str {
        self.kind.strip_prefix(Self::PREFIX).unwrap_or(&self.kind)
    }
}

/// A record that somebody else has changed since the writer saw it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Conflict {
    pub kind: Kind,
    pub id: Uuid,
    /// Of the record as it is now: the base of whoever insists.
    pub revision: u64,
    /// It has been deleted.
    pub deleted: bool,
    /// The fields that both have written. Of a deletion, on either side: those that the other has written.
    pub fields: Vec<ConflictField>,
    /// Who deleted it, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted_by: Option<Touch>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConflictField {
    pub field: String,
    /// What stands there now.
    pub present: Json,
    #[serde(flatten)]
    pub touch: Touch,
}

/// Who last changed something, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Touch {
    pub revision: u64,
    pub author: Author,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<Uuid>,
    pub by: String,
    pub at: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_position_is_text_and_nothing_else_is_one() {
        let epoch = Uuid::from_u128(7);
        let position = Position { epoch, revision: 12 };
        assert_eq!(position.to_string(), "00000000000000000000000000000007.12");
        assert_eq!(position.to_string().parse(), Ok(position));
        let epoch = epoch.simple().to_string();
        for wrong in ["", "7.12", ".", &epoch, &format!("{epoch}."), &format!("{epoch}.-1"), &format!("{epoch}.+1")] {
            assert_eq!(wrong.parse::<Position>(), Err(NoPosition), "{wrong}");
        }
        assert_eq!(format!("{epoch}.9223372036854775808").parse::<Position>(), Err(NoPosition));
        assert_eq!(format!("{epoch}.1 ").parse::<Position>(), Err(NoPosition));
    }

    #[test]
    fn a_write_sets_or_deletes() {
        let id = Uuid::from_u128(1);
        let set = json!({"kind": "patient", "id": id, "base": 3, "set": {"phone": null}});
        let delete = json!({"kind": "patient", "id": id, "base": 3, "delete": true});
        for write in [set, delete] {
            let read: SentWrite = serde_json::from_value(write.clone()).expect("a write");
            assert_eq!(serde_json::to_value(read).expect("JSON"), write);
        }
        for wrong in [
            json!({"kind": "patient", "id": id, "base": 3}),
            json!({"kind": "patient", "id": id, "base": 3, "delete": false}),
            json!({"kind": "patient", "id": id, "base": 3, "delete": true, "set": {}}),
            json!({"kind": "chair", "id": id, "base": 3, "delete": true}),
            json!({"kind": "patient", "id": id, "base": -1, "delete": true}),
        ] {
            assert!(serde_json::from_value::<SentWrite>(wrong.clone()).is_err(), "{wrong}");
        }
    }
}
