//! The feed: every change of a clinic in the order of its revision, and everything at one revision.

use aftalebog_booking::Kind;
use aftalebog_booking::record::Format;
use aftalebog_booking::wire::Position;
use aftalebog_sqlite::cell::{Cell, cell};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row, params};
use serde::Serialize;
use uuid::Uuid;

use super::clinic::position;
use super::device::is_paired;
use super::notice::Waiting;
use super::{Store, record};
use crate::access::Device;
use crate::problem::Error;

/// A page has no more changes than this.
pub const MAX_CHANGES: usize = 1000;

/// A page ends with the change that fills this many bytes.
const PAGE_BYTES: usize = 1 << 20;

/// Changes after a position, as JSON: what the records are made of is not read on the way.
#[derive(Debug)]
pub struct Page {
    /// `booking::wire::FeedPage`.
    pub json: String,
    /// Nothing has changed since.
    pub is_empty: bool,
}

impl Store {
    /// The changes after a position: at most so many, and at least one where there is one.
    pub async fn feed(&self, device: Device, since: Position, most: usize, now: DateTime<Utc>) -> Result<Page, Error> {
        self.read(move |work| page(work, device, since, most.min(MAX_CHANGES), now)).await
    }

    /// A place among those who wait for a change; what changes from now on wakes it.
    pub fn wait(&self, device: Device) -> Waiting {
        self.notices.wait(device.clinic, device.id)
    }

    /// Every record at one revision, as `booking::wire::SyncSnapshot`.
    pub async fn snapshot(&self, device: Device) -> Result<String, Error> {
        self.read(move |work| snapshot(work, device)).await
    }
}

/// A change but for its writes, which stand in the database as they are sent.
#[derive(Serialize)]
struct Head {
    revision: i64,
    id: Uuid,
    made_at: DateTime<Utc>,
    made_by: String,
    author: String,
    device: Option<Uuid>,
}

fn page(
    connection: &Connection,
    device: Device,
    since: Position,
    most: usize,
    now: DateTime<Utc>,
) -> Result<Page, Error> {
    // It may have been revoked while it waited.
    is_paired(connection, device)?;
    let clinic = device.clinic;
    let present = position(connection, clinic)?;
    let sql = "select compacted from clinic where id = ?1";
    let compacted: i64 = connection.prepare_cached(sql)?.query_row([clinic.to_cell()], |row| cell(row, "compacted"))?;
    let known = compacted.unsigned_abs()..=present.revision;
    if since.epoch != present.epoch || !known.contains(&since.revision) {
        return Err(Error::PositionGone);
    }
    let sql = "select revision, id, made_at, made_by, author, device, writes from change
        where clinic = ?1 and revision > ?2 order by revision limit ?3";
    let mut statement = connection.prepare_cached(sql)?;
    let after = i64::try_from(since.revision).unwrap_or(i64::MAX);
    let mut rows = statement.query(params![clinic.to_cell(), after, i64::try_from(most).unwrap_or(i64::MAX)])?;
    let (mut json, mut last) = (String::from("{\"changes\":["), since.revision);
    while let Some(row) = rows.next()? {
        let head = head(row)?;
        if last != since.revision {
            json.push(',');
        }
        last = head.revision.unsigned_abs();
        with(&mut json, &head, "writes", record::stored(row, "writes")?);
        if json.len() >= PAGE_BYTES {
            break;
        }
    }
    let position = Position { revision: last, ..present };
    let (more, time) = (last < present.revision, record::text(&now));
    json.push_str(&format!("],\"position\":\"{position}\",\"more\":{more},\"server_time\":{time}}}"));
    Ok(Page { json, is_empty: last == since.revision })
}

fn head(row: &Row<'_>) -> rusqlite::Result<Head> {
    Ok(Head {
        revision: cell(row, "revision")?,
        id: cell(row, "id")?,
        made_at: cell(row, "made_at")?,
        made_by: cell(row, "made_by")?,
        author: cell(row, "author")?,
        device: cell(row, "device")?,
    })
}

/// Appends an object with one more field, whose value is JSON already.
fn with(json: &mut String, object: &impl Serialize, field: &str, value: &str) {
    json.push_str(&record::text(object));
    let _brace = json.pop();
    json.push_str(",\"");
    json.push_str(field);
    json.push_str("\":");
    json.push_str(value);
    json.push('}');
}

fn snapshot(connection: &Connection, device: Device) -> Result<String, Error> {
    #[derive(Serialize)]
    struct Entry {
        kind: &'static str,
        id: Uuid,
        revision: i64,
        author: String,
    }
    is_paired(connection, device)?;
    let position = position(connection, device.clinic)?;
    let sql = "select last_sequence from device where id = ?1";
    let last: i64 = connection.prepare_cached(sql)?.query_row([device.id.to_cell()], |row| row.get(0))?;
    let format = Format::NUMBER;
    let mut json = format!("{{\"format\":{format},\"position\":\"{position}\",\"last_sequence\":{last},\"records\":[");
    let start = json.len();
    // What is named comes before what names it.
    for kind in Kind::ALL {
        let sql = "select id, revision, author, value from record where clinic = ?1 and kind = ?2 order by id";
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query(params![device.clinic.to_cell(), kind.name()])?;
        while let Some(row) = rows.next()? {
            if json.len() > start {
                json.push(',');
            }
            let entry = Entry {
                kind: kind.name(),
                id: cell(row, "id")?,
                revision: cell(row, "revision")?,
                author: cell(row, "author")?,
            };
            with(&mut json, &entry, "value", record::stored(row, "value")?);
        }
    }
    json.push_str("]}");
    Ok(json)
}
