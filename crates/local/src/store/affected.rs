//! Which changes of this PC what has come from the server means anything to.
//!
//! The others stay in the rows: taken back and put on again, each would be what it is. A change is concerned when it
//! writes a record that has come, names one, or is named by one; when it takes somebody's time near an appointment
//! that has come; or when only one of the two can be. And so is whoever stands in such a relation to one that is
//! concerned.

use std::collections::{HashMap, HashSet};

use aftalebog_booking::Kind;
use aftalebog_booking::wire::{FeedChange, FeedWrite, WireDeed};
use chrono::{DateTime, Utc};
use rusqlite::Connection;
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use super::pending::{self, Pending};
use super::save;
use super::settle::collect_ids;

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
    /// Somebody's time, in steps as long as the longest appointment.
    Time(Uuid, i64),
}

/// The longest appointment, in seconds: two that overlap begin in the same step or in one beside it.
const STEP: i64 = 28_800;

impl Key {
    /// What others have that are concerned.
    fn met_by(self) -> Vec<Self> {
        match self {
            Self::Written(id) => vec![Self::Written(id), Self::Named(id)],
            Self::Named(id) => vec![Self::Written(id)],
            Self::Only(id) => vec![Self::Only(id)],
            Self::Time(who, step) => (step - 1..=step + 1).map(|step| Self::Time(who, step)).collect(),
        }
    }
}

/// Where an appointment has been or is to be, whoever has put it there.
#[derive(Default)]
struct Places {
    who: HashSet<Uuid>,
    steps: HashSet<i64>,
    needs: HashSet<Uuid>,
}

impl Places {
    fn add(&mut self, fields: &Map<String, Json>) {
        let id = |field: &str| fields.get(field).and_then(Json::as_str).and_then(|text| Uuid::try_parse(text).ok());
        self.who.extend(id("practitioner"));
        self.who.extend(id("patient"));
        self.needs.extend(id("need"));
        let start = fields.get("start").and_then(Json::as_str);
        let start = start.and_then(|text| text.parse::<DateTime<Utc>>().ok());
        self.steps.extend(start.map(|start| start.timestamp().div_euclid(STEP)));
    }
}

/// The changes of this PC on top of the server's records that are concerned, in their order.
pub(super) fn concerned(connection: &Connection, came: Came<'_>) -> rusqlite::Result<Vec<Pending>> {
    let from = match came {
        Came::Feed(_) => 0,
        Came::Own(position) => position,
    };
    let on_top = pending::load(connection, from)?;
    let come = match came {
        Came::Feed(changes) => changes,
        Came::Own(_) => &[],
    };
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
    let mut is_concerned = concerned.into_iter();
    Ok(on_top.into_iter().filter(|_| is_concerned.next().unwrap_or_default()).collect())
}

fn places<'a>(
    connection: &Connection,
    on_top: &[Pending],
    come: impl Iterator<Item = &'a FeedWrite>,
) -> rusqlite::Result<HashMap<Uuid, Places>> {
    let mut places: HashMap<Uuid, Places> = HashMap::new();
    for write in on_top.iter().flat_map(|change| &change.writes).filter(|it| it.saved.kind == Kind::Appointment) {
        let place = places.entry(write.saved.id).or_default();
        write.saved.before.iter().chain(&write.saved.after).for_each(|fields| place.add(fields));
    }
    for write in come.filter(|write| write.known_kind() == Some(Kind::Appointment)) {
        let place = places.entry(write.id).or_default();
        if let WireDeed::Set(fields) = &write.deed {
            place.add(fields);
        }
    }
    for (id, place) in &mut places {
        if let Some(present) = save::read(connection, Kind::Appointment, *id)? {
            place.add(&present.fields());
        }
    }
    Ok(places)
}

fn keys_of(change: &Pending, places: &HashMap<Uuid, Places>) -> Vec<Key> {
    let writes = change.writes.iter().map(|write| &write.saved);
    writes.flat_map(|write| keys(write.kind, write.id, write.before.iter().chain(&write.after), places)).collect()
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
            if let Some(Places { who, steps, needs }) = places.get(&id) {
                let times = who.iter().flat_map(|who| steps.iter().map(|step| Key::Time(*who, *step)));
                keys.extend(times.chain(needs.iter().map(|need| Key::Only(*need))));
            }
        }
        _ => {}
    }
    keys
}
