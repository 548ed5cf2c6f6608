//! What travels between PCs and server, as OpenAPI describes it.
//!
//! `booking::wire` has the types themselves; it knows nothing of OpenAPI. A test sends an example of
//! each through its twin here, which knows every field and takes no other, so that they stay equal.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use utoipa::ToSchema;
use uuid::Uuid;

/// A place in the feed of a clinic's changes: `epoch.revision`.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(value_type = String, pattern = "^[0-9a-fA-F-]{32,36}\\.[0-9]{1,18}$", example = "00000000000000000000000000000007.12")]
pub struct Position(String);

/// What a PC asks first.
#[derive(Serialize, Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub struct Hello {
    /// Of the server's program.
    version: String,
    /// The version of the interface.
    protocol: u32,
    /// The oldest version of the interface that is served; the header `aftalebog-protocol` says a client's.
    oldest_protocol: u32,
    server_time: DateTime<Utc>,
    /// The clock was set by hand, for a demonstration or a test.
    fixed_clock: bool,
    limits: Limits,
    /// The newest program for a clinic's PC, where whoever runs the server has said which one it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    newest_client: Option<NewestClient>,
}

#[derive(Serialize, Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub struct NewestClient {
    #[schema(example = "0.2.0")]
    version: String,
    /// The page that it is fetched from; it begins with `https://`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    download: Option<String>,
}

#[derive(Serialize, Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub struct Limits {
    change_bytes: u64,
    wait_seconds: u64,
}

#[derive(Serialize, Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub struct PairRequest {
    /// As it was typed: capitals, blanks and hyphens make no difference.
    code: String,
    /// The PC's name.
    #[schema(min_length = 1)]
    device: String,
    /// Made by the PC: whoever asks again with it and the same code is answered again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    attempt: Option<Uuid>,
}

/// The token is given once, and the server keeps only its hash.
#[derive(Serialize, Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub struct Paired {
    token: String,
    device: Uuid,
    clinic: Uuid,
    /// Where patients find the clinic.
    slug: String,
    position: Position,
    /// This PC gives the clinic its records; otherwise another one is about to, or it has some.
    gives: bool,
}

#[derive(Serialize, Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub struct Devices {
    devices: Vec<DeviceInfo>,
}

/// One of the clinic's PCs.
#[derive(Serialize, Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub struct DeviceInfo {
    id: Uuid,
    name: String,
    paired_at: DateTime<Utc>,
    #[schema(required)]
    last_seen: Option<DateTime<Utc>>,
    #[schema(required)]
    revoked_at: Option<DateTime<Utc>>,
    /// The PC that asks.
    this: bool,
}

/// Pairs another PC with the clinic.
#[derive(Serialize, Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub struct PairingCode {
    code: String,
    expires_at: DateTime<Utc>,
}

/// One save of a PC.
#[derive(Serialize, Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub struct SentChange {
    /// Made once: the same again has one effect.
    id: Uuid,
    made_at: DateTime<Utc>,
    made_by: String,
    /// Which of the PC's changes it is; it grows.
    #[schema(maximum = 9_223_372_036_854_775_807_i64)]
    sequence: u64,
    /// In which the bases were seen.
    epoch: Uuid,
    writes: Vec<SentWrite>,
}

/// What a change does to one record: `set` or `delete`.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum SentWrite {
    Set(SentSet),
    Delete(SentDelete),
}

#[derive(Serialize, Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub struct SentSet {
    kind: Kind,
    id: Uuid,
    /// The revision of the record that the writer last saw; null: the record is new.
    base: Option<u64>,
    /// The fields that were edited; of a new record all of them.
    #[schema(value_type = Object)]
    set: Map<String, Json>,
}

#[derive(Serialize, Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub struct SentDelete {
    kind: Kind,
    id: Uuid,
    base: Option<u64>,
    /// True.
    delete: bool,
}

/// The kinds of record that this server knows.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Clinic,
    Service,
    Analytics,
    Practitioner,
    PractitionerGroup,
    WorkingHours,
    Closure,
    AppointmentType,
    OnlineType,
    Patient,
    Need,
    Appointment,
}

/// The change is part of the clinic's records from this revision on.
#[derive(Serialize, Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub struct Accepted {
    revision: u64,
}

#[derive(Serialize, Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub struct FeedPage {
    /// In the order of their revisions.
    changes: Vec<FeedChange>,
    /// To ask with the next time.
    position: Position,
    /// There are more already.
    more: bool,
    server_time: DateTime<Utc>,
}

/// A change as the server carried it out.
#[derive(Serialize, Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub struct FeedChange {
    revision: u64,
    id: Uuid,
    made_at: DateTime<Utc>,
    made_by: String,
    author: Author,
    #[schema(required)]
    device: Option<Uuid>,
    writes: Vec<FeedWrite>,
}

/// Who makes a change: somebody at the clinic, a patient, or whoever runs the server.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    Clinic,
    Patient,
    Server,
}

/// What a change did to one record: `set` or `delete`.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum FeedWrite {
    Set(FeedSet),
    Delete(FeedDelete),
}

#[derive(Serialize, Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub struct FeedSet {
    kind: String,
    id: Uuid,
    /// The record was not there before: `set` has every field.
    created: bool,
    #[schema(value_type = Object)]
    set: Map<String, Json>,
}

#[derive(Serialize, Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub struct FeedDelete {
    kind: String,
    id: Uuid,
    created: bool,
    delete: bool,
}

/// Every record at one revision.
#[derive(Serialize, Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub struct SyncSnapshot {
    /// 1.
    format: u32,
    position: Position,
    /// The highest number of a change that the server has of this PC; 0: none.
    last_sequence: u64,
    records: Vec<SnapshotRecord>,
}

#[derive(Serialize, Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub struct SnapshotRecord {
    kind: String,
    id: Uuid,
    /// At which it was last changed.
    revision: u64,
    /// Who changed it then.
    author: Author,
    #[schema(value_type = Object)]
    value: Map<String, Json>,
}

/// An error as RFC 9457 has it.
#[derive(Serialize, Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub struct Problem {
    /// Stable: `urn:aftalebog:problem:` and the code.
    #[serde(rename = "type")]
    kind: String,
    title: String,
    titles: Titles,
    status: u16,
    /// What is at fault, for whoever wrote the client; in the language of the title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// The same in both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    details: Option<Titles>,
    /// The JSON name of the field at fault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    /// The record at fault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    record: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    conflicts: Vec<Conflict>,
    /// Of a rule that refuses a time: which one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// Free times near the one that was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<crate::patient::shown::ShownOffer>>)]
    nearest: Option<Json>,
    /// Of `device_rewound`: the highest number that the server has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last_sequence: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    retry_after_seconds: Option<u64>,
}

/// The same in both languages.
#[derive(Serialize, Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub struct Titles {
    da: String,
    en: String,
}

/// A record that somebody else has changed since the writer saw it.
#[derive(Serialize, Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub struct Conflict {
    kind: Kind,
    id: Uuid,
    /// Of the record as it is now: the base of whoever insists.
    revision: u64,
    deleted: bool,
    /// The fields that both have written.
    fields: Vec<ConflictField>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    deleted_by: Option<Touch>,
}

#[derive(Serialize, Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub struct ConflictField {
    field: String,
    /// What stands there now.
    #[schema(value_type = Value)]
    present: Json,
    revision: u64,
    author: Author,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    device: Option<Uuid>,
    by: String,
    at: DateTime<Utc>,
}

/// What a patient is offered on some days, and why not the rest.
#[derive(Serialize, Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub struct Explained {
    time_zone: String,
    /// The need that was judged.
    #[schema(required)]
    need: Option<Uuid>,
    earliest: NaiveDate,
    #[schema(required)]
    last: Option<NaiveDate>,
    /// Why there is nothing at all.
    #[schema(required)]
    unavailable: Option<String>,
    /// By start, then in the clinic's order.
    offers: Vec<ExplainedOffer>,
    /// In the same order; only when it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    refused: Option<Vec<ExplainedRefusal>>,
}

#[derive(Serialize, Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub struct ExplainedOffer {
    start: DateTime<Utc>,
    minutes: u16,
    /// The initials.
    practitioner: String,
}

#[derive(Serialize, Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub struct ExplainedRefusal {
    start: DateTime<Utc>,
    practitioner: String,
    reason: String,
}

/// Who last changed something, and when.
#[derive(Serialize, Deserialize, ToSchema)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub struct Touch {
    revision: u64,
    author: Author,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    device: Option<Uuid>,
    by: String,
    at: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use aftalebog_booking::record::Format;
    use aftalebog_booking::wire;
    use serde::de::DeserializeOwned;
    use serde_json::json;

    use super::*;

    /// Through its twin and back, an example is the same.
    #[track_caller]
    fn twins<Twin: Serialize + DeserializeOwned>(example: impl Serialize) {
        let written = serde_json::to_value(example).unwrap();
        let read: Twin = serde_json::from_value(written.clone()).unwrap();
        assert_eq!(serde_json::to_value(read).unwrap(), written);
    }

    fn now() -> DateTime<Utc> {
        "2026-11-23T08:10:00Z".parse().unwrap()
    }

    fn fields() -> Map<String, Json> {
        let Json::Object(fields) = json!({"phone": null, "minutes": 15}) else { panic!("an object") };
        fields
    }

    fn touch(device: Option<Uuid>) -> wire::Touch {
        wire::Touch { revision: 4, author: wire::Author::Clinic, device, by: "Reception 1".to_owned(), at: now() }
    }

    const ID: Uuid = Uuid::from_u128(7);

    #[test]
    fn what_a_pc_and_the_server_say_is_described_as_it_is() {
        let position = wire::Position { epoch: ID, revision: 12 };
        let (version, page) = ("0.2.0".to_owned(), "https://example.dk/".to_owned());
        let newest = |download| Some(wire::NewestClient { version: version.clone(), download });
        for newest_client in [None, newest(None), newest(Some(page))] {
            twins::<Hello>(wire::Hello {
                version: "0.1.0".to_owned(),
                protocol: 1,
                oldest_protocol: 1,
                server_time: now(),
                fixed_clock: false,
                limits: wire::Limits { change_bytes: 1, wait_seconds: 2 },
                newest_client,
            });
        }
        for attempt in [None, Some(ID)] {
            let (code, device) = ("7KQ2-M01P".to_owned(), "Reception 1".to_owned());
            twins::<PairRequest>(wire::PairRequest { code, device, attempt });
        }
        let (token, slug) = ("dk1_…".to_owned(), "aagade".to_owned());
        twins::<Paired>(wire::Paired { token, device: ID, clinic: ID, slug, position, gives: true });
        for at in [None, Some(now())] {
            let name = "Reception 1".to_owned();
            let device = wire::DeviceInfo { id: ID, name, paired_at: now(), last_seen: at, revoked_at: at, this: true };
            twins::<Devices>(wire::Devices { devices: vec![device] });
        }
        twins::<PairingCode>(wire::PairingCode { code: "7KQ2-M01P".to_owned(), expires_at: now() });
        twins::<Accepted>(wire::Accepted { revision: 3 });
    }

    #[test]
    fn changes_and_the_feed_are_described_as_they_are() {
        let deeds = [wire::WireDeed::Set(fields()), wire::WireDeed::Delete];
        let writes = aftalebog_booking::Kind::ALL.iter().flat_map(|kind| {
            deeds.iter().zip([None, Some(3)]).map(|(deed, base)| wire::SentWrite {
                kind: *kind,
                id: ID,
                base,
                deed: deed.clone(),
            })
        });
        twins::<SentChange>(wire::SentChange {
            id: ID,
            made_at: now(),
            made_by: "Reception 1".to_owned(),
            sequence: 9,
            epoch: ID,
            writes: writes.collect(),
        });
        let authors = [wire::Author::Clinic, wire::Author::Patient, wire::Author::Server];
        let changes = authors.into_iter().zip([None, Some(ID), None]).map(|(author, device)| wire::FeedChange {
            revision: 4,
            id: ID,
            made_at: now(),
            made_by: String::new(),
            author,
            device,
            writes: deeds
                .iter()
                .map(|deed| wire::FeedWrite { kind: "chair".to_owned(), id: ID, created: true, deed: deed.clone() })
                .collect(),
        });
        let position = wire::Position { epoch: ID, revision: 12 };
        let page = wire::FeedPage { changes: changes.collect(), position, more: true, server_time: now() };
        twins::<FeedPage>(page);
        let (kind, author) = ("chair".to_owned(), wire::Author::Patient);
        let records = vec![wire::SnapshotRecord { kind, id: ID, revision: 4, author, value: fields() }];
        twins::<SyncSnapshot>(wire::SyncSnapshot { format: Format, position, last_sequence: 9, records });
    }

    #[test]
    fn an_explanation_is_described_as_it_is() {
        use aftalebog_booking::explained;
        for some in [false, true] {
            let practitioner = "JH".to_owned();
            let (date, text) = (now().date_naive(), || some.then(|| "no_need".to_owned()));
            let minutes = aftalebog_booking::bounded::Length::new(30).unwrap();
            let offer = explained::ExplainedOffer { start: now(), minutes, practitioner: practitioner.clone() };
            let refusal = explained::ExplainedRefusal { start: now(), practitioner, reason: "past".to_owned() };
            twins::<Explained>(explained::Explained {
                time_zone: "Europe/Copenhagen".to_owned(),
                need: some.then_some(ID),
                earliest: date,
                last: some.then_some(date),
                unavailable: text(),
                offers: vec![offer],
                refused: some.then(|| vec![refusal]),
            });
        }
    }

    #[test]
    fn problems_are_described_as_they_are() {
        for some in [false, true] {
            let text = || some.then(|| "text".to_owned());
            let device = some.then_some(ID);
            let field = wire::ConflictField { field: "phone".to_owned(), present: Json::Null, touch: touch(device) };
            let conflict = wire::Conflict {
                kind: aftalebog_booking::Kind::Patient,
                id: ID,
                revision: 4,
                deleted: some,
                fields: vec![field],
                deleted_by: some.then(|| touch(device)),
            };
            twins::<Problem>(wire::Problem {
                kind: format!("{}conflict", wire::Problem::PREFIX),
                title: "Konflikt".to_owned(),
                titles: wire::Titles { da: "Konflikt".to_owned(), en: "Conflict".to_owned() },
                status: 409,
                detail: text(),
                details: some.then(|| wire::Titles { da: "tekst".to_owned(), en: "text".to_owned() }),
                field: text(),
                record: device,
                conflicts: if some { vec![conflict] } else { vec![] },
                reason: text(),
                nearest: some.then(|| json!([])),
                last_sequence: some.then_some(9),
                retry_after_seconds: some.then_some(9),
            });
        }
    }
}
