//! What a calendar would do to the clinic's book.

use std::collections::{BTreeMap, HashMap};

use aftalebog_booking::bounded::Detail;
use aftalebog_booking::record::{Appointment, Clinic, Closure, Origin, Overlap, Practitioner, Status};
use aftalebog_booking::{Entry, Id, Record, Write};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::{Calendar, Item, When, made_of};

/// How the items of a calendar become records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Whose column the busy times go into.
    pub practitioner: Id<Practitioner>,
    pub days: Days,
    /// What stands in a block or an absence instead of the event's own words; `None`: its own words.
    pub note: Option<Detail>,
    pub overlaps: Overlaps,
}

/// Who is away on the whole days of a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Days {
    Practitioner,
    Clinic(Id<Clinic>),
}

/// What is done with times that are taken already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Overlaps {
    #[default]
    LeaveOut,
    /// They are put there deliberately.
    PutOnTop,
}

/// What the book has already.
#[derive(Clone, Copy, Debug)]
pub struct Book<'a> {
    /// The live appointments and blocks of the practitioner.
    pub live: &'a [Entry<Appointment>],
    /// Those that the items may be, cancelled ones too.
    pub known: &'a [Entry<Appointment>],
    pub closures: &'a [Entry<Closure>],
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// In the order of the calendar's items.
    pub standings: Vec<Standing>,
    pub creations: Vec<Record>,
    pub edits: Vec<Write>,
}

/// What an item is to the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    New,
    /// It was imported before, and has changed since.
    Changed,
    /// It is there already.
    Known,
    /// It would lie on this one.
    OnTopOf(Id<Appointment>),
}

/// The ids of the appointments that the items of a calendar are, or were made of.
pub fn ids(calendar: &Calendar, wanted: &Wanted) -> Vec<Id<Appointment>> {
    let ids = calendar.items.iter().filter(|item| matches!(item.when, When::Times { .. }));
    ids.flat_map(|item| [Some(appointment_id(item, wanted)), made_of(&item.uid)]).flatten().collect()
}

pub fn plan(calendar: &Calendar, wanted: &Wanted, book: Book<'_>) -> Plan {
    let known: HashMap<Id<Appointment>, &Entry<Appointment>> =
        book.known.iter().map(|entry| (entry.id, entry)).collect();
    let closures: HashMap<Id<Closure>, &Entry<Closure>> = book.closures.iter().map(|entry| (entry.id, entry)).collect();
    let mut taken = Taken::of(book.live);
    let mut plan = Plan::default();
    for item in &calendar.items {
        let standing = match item.when {
            When::Times { .. } => plan.time(item, wanted, &known, &mut taken),
            When::Days { .. } => plan.days(item, wanted, &closures),
        };
        plan.standings.push(standing);
    }
    plan
}

impl Plan {
    fn time(
        &mut self,
        item: &Item,
        wanted: &Wanted,
        known: &HashMap<Id<Appointment>, &Entry<Appointment>>,
        taken: &mut Taken,
    ) -> Standing {
        // What this program has written itself is there under its own id.
        if made_of(&item.uid).is_some_and(|id| known.contains_key(&id)) {
            return Standing::Known;
        }
        let Some(block) = block(item, wanted) else { return Standing::Known };
        let id = appointment_id(item, wanted);
        let before = known.get(&id);
        let is_known = before.is_some_and(|before| {
            let before = &before.value;
            // Whoever has put it into another column, or cancelled it, has decided about it.
            before.status == Status::Cancelled
                || before.practitioner != wanted.practitioner
                || (before.start, before.minutes, &before.note) == (block.start, block.minutes, &block.note)
        });
        if is_known {
            return Standing::Known;
        }
        taken.remove(id);
        let under = taken.under(&block);
        if under.is_some() && wanted.overlaps == Overlaps::LeaveOut {
            // As it stands in the book it still takes its time.
            before.into_iter().for_each(|before| taken.add(before.id, &before.value));
            return under.map_or(Standing::Known, Standing::OnTopOf);
        }
        let overlap = if under.is_some() { Overlap::Deliberate } else { Overlap::None };
        let block = Appointment { overlap, ..block };
        taken.add(id, &block);
        match before {
            Some(before) => {
                let after = Appointment {
                    start: block.start,
                    minutes: block.minutes,
                    note: block.note,
                    overlap,
                    ..before.value.clone()
                };
                self.edits.extend(Write::edit(before, &after));
            }
            None => self.creations.push(Entry { id, value: block }.into_record()),
        }
        match (under, before) {
            (Some(under), _) => Standing::OnTopOf(under),
            (None, Some(_)) => Standing::Changed,
            (None, None) => Standing::New,
        }
    }

    fn days(&mut self, item: &Item, wanted: &Wanted, known: &HashMap<Id<Closure>, &Entry<Closure>>) -> Standing {
        let When::Days { from, to } = item.when else { return Standing::Known };
        if made_of(&item.uid).is_some_and(|id| known.contains_key(&id)) {
            return Standing::Known;
        }
        let (namespace, practitioner) = match wanted.days {
            Days::Practitioner => (wanted.practitioner.uuid(), Some(wanted.practitioner)),
            Days::Clinic(clinic) => (clinic.uuid(), None),
        };
        let id: Id<Closure> = Id::new(Uuid::new_v5(&namespace, item.key.as_bytes()));
        let closure = Closure { practitioner, from, to, reason: note(item, wanted) };
        match known.get(&id) {
            None => {
                self.creations.push(Entry { id, value: closure }.into_record());
                Standing::New
            }
            // Its words may be the clinic's own by now.
            Some(before) => match Write::edit(before, &Closure { from, to, ..before.value.clone() }) {
                None => Standing::Known,
                Some(edit) => {
                    self.edits.push(edit);
                    Standing::Changed
                }
            },
        }
    }
}

/// The same whenever the calendar is imported for the same practitioner.
fn appointment_id(item: &Item, wanted: &Wanted) -> Id<Appointment> {
    Id::new(Uuid::new_v5(&wanted.practitioner.uuid(), item.key.as_bytes()))
}

fn block(item: &Item, wanted: &Wanted) -> Option<Appointment> {
    let When::Times { start, minutes } = item.when else { return None };
    Some(Appointment {
        practitioner: wanted.practitioner,
        appointment_type: None,
        patient: None,
        need: None,
        start,
        minutes,
        origin: Origin::Clinic,
        status: Status::Booked,
        overlap: Overlap::None,
        note: note(item, wanted),
    })
}

/// What can be seen of the event's words, as far as there is room.
fn note(item: &Item, wanted: &Wanted) -> Detail {
    let own = || {
        let words: String = item.summary.split_whitespace().collect::<Vec<_>>().join(" ");
        let fits: String = words.chars().take(Detail::MAX).collect();
        let seen = || fits.chars().filter(|letter| Detail::new(&letter.to_string()).is_ok()).collect::<String>();
        Detail::new(&fits).or_else(|_| Detail::new(&seen())).ok()
    };
    wanted.note.clone().or_else(own).unwrap_or_else(|| Detail::new("").expect("a detail may be empty"))
}

/// What stands in one practitioner's column, by its beginning.
struct Taken {
    times: BTreeMap<(DateTime<Utc>, Id<Appointment>), DateTime<Utc>>,
    starts: HashMap<Id<Appointment>, DateTime<Utc>>,
}

impl Taken {
    fn of(live: &[Entry<Appointment>]) -> Self {
        let mut taken = Self { times: BTreeMap::new(), starts: HashMap::new() };
        live.iter().for_each(|entry| taken.add(entry.id, &entry.value));
        taken
    }

    fn add(&mut self, id: Id<Appointment>, appointment: &Appointment) {
        if appointment.status == Status::Booked {
            let _none = self.times.insert((appointment.start, id), appointment.end());
            let _none = self.starts.insert(id, appointment.start);
        }
    }

    fn remove(&mut self, id: Id<Appointment>) {
        if let Some(start) = self.starts.remove(&id) {
            let _was_there = self.times.remove(&(start, id));
        }
    }

    /// The first that a block would lie on. Touching is no overlap.
    fn under(&self, block: &Appointment) -> Option<Id<Appointment>> {
        let longest = TimeDelta::minutes(aftalebog_booking::bounded::Length::MAX.into());
        let earliest = block.start.checked_sub_signed(longest).unwrap_or(DateTime::<Utc>::MIN_UTC);
        let nil = Id::new(Uuid::nil());
        let mut before_its_end = self.times.range((earliest, nil)..(block.end(), nil));
        before_its_end.find(|(_, end)| **end > block.start).map(|((_, id), _)| *id)
    }
}
