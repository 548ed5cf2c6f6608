//! Which changes of this PC what has come from the server means anything to.
//!
//! The others stay in the rows: taken back and put on again, each would be what it is. A change is concerned when it
//! writes a record that has come, names one, or is named by one; when it takes somebody's time near an appointment
//! that has come; or when only one of the two can be. And so is whoever stands in such a relation to one that is
//! concerned.

use std::collections::{HashMap, HashSet};

use aftalebog_booking::Kind;
use aftalebog_booking::bounded::Length;
use aftalebog_booking::wire::{FeedChange, FeedWrite, WireDeed};
use aftalebog_sqlite::cell::cell;
use chrono::{DateTime, Utc};
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use super::pending::{self, Pending};
use super::settle::collect_ids;
use super::{history, save};

/// Who has come.
#[derive(Clone, Copy)]
pub(super) enum Came<'a> {
    /// Changes of the feed.
    Feed(&'a [FeedChange]),
    /// A change of this PC of which something has become: its place in the history. Those before it do not depend
    /// on it.
    Own(i64),
}

/// What two changes may have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Key {
    Written(Uuid),
    Named(Uuid),
    /// Of those that name it so, only one can be.
    Only(Uuid),
    /// Five minutes of somebody's time: two that overlap have some in common.
    Time(Uuid, i64),
}

const STEP: i64 = 300;

/// The longest appointment, in seconds: also where its own length cannot be read, or is none.
const LONGEST: i64 = Length::MAX as i64 * 60;

impl Key {
    /// What others have that are concerned.
    fn met_by(self) -> Vec<Self> {
        match self {
            Self::Written(id) => vec![self, Self::Named(id)],
            Self::Named(id) => vec![Self::Written(id)],
            Self::Only(_) | Self::Time(..) => vec![self],
        }
    }
}

/// Where an appointment has been or is to be, whoever has put it there.
#[derive(Default)]
struct Places {
    who: HashSet<Uuid>,
    starts: HashSet<i64>,
    /// In seconds, the longest that it was.
    length: i64,
    needs: HashSet<Uuid>,
    /// It was made here, so that every field is known.
    made_here: bool,
}

impl Places {
    fn add(&mut self, fields: &Map<String, Json>) {
        let id = |field: &str| fields.get(field).and_then(Json::as_str).and_then(|text| Uuid::try_parse(text).ok());
        self.who.extend(id("practitioner"));
        self.who.extend(id("patient"));
        self.needs.extend(id("need"));
        let start = fields.get("start").and_then(Json::as_str);
        let start = start.and_then(|text| text.parse::<DateTime<Utc>>().ok());
        self.starts.extend(start.map(|start| start.timestamp()));
        let length = fields.get("minutes").map(|minutes| match minutes.as_i64() {
            Some(minutes) => minutes.saturating_mul(60).clamp(0, LONGEST),
            None => LONGEST,
        });
        self.length = self.length.max(length.unwrap_or_default());
    }

    fn steps(&self) -> impl Iterator<Item = i64> {
        let of = |start: &i64| start.div_euclid(STEP)..=(start + self.length - 1).div_euclid(STEP);
        self.starts.iter().flat_map(of)
    }
}

/// A change of this PC on top of the server's records, as far as it is looked at.
struct OnTop {
    position: i64,
    id: Uuid,
    in_rows: bool,
    writes: Vec<OwnWrite>,
}

struct OwnWrite {
    kind: Kind,
    id: Uuid,
    is_new: bool,
    /// Before and after it; of kinds that name no other record they are not read.
    fields: Vec<Map<String, Json>>,
}

/// The changes of this PC on top of the server's records that are concerned, in their order.
pub(super) fn concerned(connection: &Connection, came: Came<'_>) -> rusqlite::Result<Vec<Pending>> {
    let (from, come): (i64, &[FeedChange]) = match came {
        Came::Feed(changes) => (0, changes),
        Came::Own(position) => (position, &[]),
    };
    let on_top = on_top(connection, from)?;
    let writes = || come.iter().flat_map(|change| &change.writes);
    let places = places(connection, &on_top, writes())?;
    let own: Vec<_> = on_top.iter().map(|change| keys_of(change, &places)).collect();
    let mut having: HashMap<Key, Vec<usize>> = HashMap::new();
    for (index, keys) in own.iter().enumerate() {
        keys.iter().for_each(|key| having.entry(*key).or_default().push(index));
    }
    let ids: HashSet<_> = come.iter().map(|change| change.id).collect();
    let mut concerned = vec![false; on_top.len()];
    let mut open: Vec<Key> = writes().flat_map(|write| keys_of_feed(write, &places)).collect();
    for (index, change) in on_top.iter().enumerate() {
        // What could not stand may stand now.
        if !change.in_rows || ids.contains(&change.id) || matches!(came, Came::Own(it) if it == change.position) {
            concerned[index] = true;
            open.extend(&own[index]);
        }
    }
    let mut seen = HashSet::new();
    while let Some(key) = open.pop() {
        if !seen.insert(key) {
            continue;
        }
        for index in key.met_by().iter().filter_map(|key| having.get(key)).flatten() {
            if !std::mem::replace(&mut concerned[*index], true) {
                open.extend(&own[*index]);
            }
        }
    }
    let concerned = on_top.iter().zip(concerned).filter(|(_, concerned)| *concerned);
    concerned.map(|(change, _)| pending::load_one(connection, change.position)).collect()
}

fn on_top(connection: &Connection, from: i64) -> rusqlite::Result<Vec<OnTop>> {
    let mut statement = connection.prepare_cached(
        "select position, id, in_rows, kind, record, before, after
            from change left join change_write on change = position
            where state in ('waiting', 'sent') and position >= ?1 order by position, number",
    )?;
    let mut rows = statement.query([from])?;
    let mut on_top: Vec<OnTop> = vec![];
    while let Some(row) = rows.next()? {
        let position: i64 = cell(row, "position")?;
        if on_top.last().is_none_or(|change| change.position != position) {
            let (id, in_rows) = (cell(row, "id")?, cell(row, "in_rows")?);
            on_top.push(OnTop { position, id, in_rows, writes: vec![] });
        }
        let kind: Option<String> = cell(row, "kind")?;
        let (Some(kind), Some(change)) = (kind.as_deref().and_then(save::kind_named), on_top.last_mut()) else {
            continue;
        };
        let mut fields = vec![];
        for column in ["before", "after"].into_iter().filter(|_| names_others(kind)) {
            fields.extend(history::json(row, column)?);
        }
        let is_new = row.get_ref("before")? == ValueRef::Null;
        change.writes.push(OwnWrite { kind, id: cell(row, "record")?, is_new, fields });
    }
    Ok(on_top)
}

const fn names_others(kind: Kind) -> bool {
    !matches!(
        kind,
        Kind::Clinic | Kind::Service | Kind::Analytics | Kind::Practitioner | Kind::AppointmentType | Kind::Patient
    )
}

fn places<'a>(
    connection: &Connection,
    on_top: &[OnTop],
    come: impl Iterator<Item = &'a FeedWrite>,
) -> rusqlite::Result<HashMap<Uuid, Places>> {
    let mut places: HashMap<Uuid, Places> = HashMap::new();
    for write in on_top.iter().flat_map(|change| &change.writes).filter(|write| write.kind == Kind::Appointment) {
        let place = places.entry(write.id).or_default();
        write.fields.iter().for_each(|fields| place.add(fields));
        place.made_here |= write.is_new;
    }
    for write in come.filter(|write| write.known_kind() == Some(Kind::Appointment)) {
        let place = places.entry(write.id).or_default();
        if let WireDeed::Set(fields) = &write.deed {
            place.add(fields);
        }
    }
    for (id, place) in places.iter_mut().filter(|(_, place)| !place.made_here) {
        if let Some(present) = save::read(connection, Kind::Appointment, *id)? {
            place.add(&present.fields());
        }
    }
    Ok(places)
}

fn keys_of(change: &OnTop, places: &HashMap<Uuid, Places>) -> Vec<Key> {
    let writes = change.writes.iter();
    writes.flat_map(|write| keys(write.kind, write.id, write.fields.iter(), places)).collect()
}

fn keys_of_feed(write: &FeedWrite, places: &HashMap<Uuid, Places>) -> Vec<Key> {
    let fields = match &write.deed {
        WireDeed::Set(fields) => Some(fields),
        WireDeed::Delete => None,
    };
    write.known_kind().map(|kind| keys(kind, write.id, fields.into_iter(), places)).unwrap_or_default()
}

fn keys<'a>(
    kind: Kind,
    id: Uuid,
    fields: impl Iterator<Item = &'a Map<String, Json>>,
    places: &HashMap<Uuid, Places>,
) -> Vec<Key> {
    let mut keys = vec![Key::Written(id)];
    let mut named = vec![];
    for fields in fields {
        fields.values().for_each(|value| collect_ids(value, &mut named));
        if kind == Kind::OnlineType
            && let Some(of) = fields.get("appointment_type")
        {
            let mut one = vec![];
            collect_ids(of, &mut one);
            keys.extend(one.into_iter().map(Key::Only));
        }
    }
    keys.extend(named.into_iter().map(Key::Named));
    match kind {
        // There is one of each.
        Kind::Clinic | Kind::Service | Kind::Analytics => keys.push(Key::Only(Uuid::from_u128(kind as u128))),
        Kind::Appointment => {
            if let Some(place) = places.get(&id) {
                let times = place.who.iter().flat_map(|who| place.steps().map(|step| Key::Time(*who, step)));
                keys.extend(times.chain(place.needs.iter().map(|need| Key::Only(*need))));
            }
        }
        _ => {}
    }
    keys
}
