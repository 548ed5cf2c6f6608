//! What an appointment stands on, and how an overlap is marked.
//!
//! «No appointment whose overlap is `none` may overlap any live one of the same practitioner or
//! patient when it is written; staff may overlap deliberately; a clash stands until someone
//! decides.» Source: design, "One change" and invariant 1. Ours: both of those that overlap deliberately
//! are marked, and the mark goes when the overlap does, so that a save can be taken back.

use chrono::{DateTime, Utc};

use crate::change::Write;
use crate::id::Id;
use crate::record::{Appointment, Entry, Overlap, Status};

/// Whose time two appointments both take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shared {
    Practitioner,
    Patient,
    Both,
}

/// Whose time two appointments both take, if anybody's: both are live, they are of one practitioner
/// or one patient, and they have a moment in common. Touching is no overlap.
pub fn shared(one: &Appointment, other: &Appointment) -> Option<Shared> {
    let live = is_live(one) && is_live(other);
    if !live || one.start >= other.end() || other.start >= one.end() {
        return None;
    }
    let patient = one.patient.is_some() && one.patient == other.patient;
    match (one.practitioner == other.practitioner, patient) {
        (true, true) => Some(Shared::Both),
        (true, false) => Some(Shared::Practitioner),
        (false, true) => Some(Shared::Patient),
        (false, false) => None,
    }
}

fn is_live(appointment: &Appointment) -> bool {
    appointment.status == Status::Booked
}

/// What a save does to one appointment; without `after` it is deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    id: Id<Appointment>,
    before: Option<Appointment>,
    after: Option<Appointment>,
}

impl Step {
    pub fn create(entry: Entry<Appointment>) -> Self {
        Self { id: entry.id, before: None, after: Some(entry.value) }
    }

    pub fn edit(before: Entry<Appointment>, after: Appointment) -> Self {
        Self { id: before.id, before: Some(before.value), after: Some(after) }
    }

    /// «Afbud».
    pub fn cancel(before: Entry<Appointment>) -> Self {
        let after = Appointment { status: Status::Cancelled, ..before.value.clone() };
        Self::edit(before, after)
    }

    pub fn delete(entry: Entry<Appointment>) -> Self {
        Self { id: entry.id, before: Some(entry.value), after: None }
    }

    pub fn id(&self) -> Id<Appointment> {
        self.id
    }

    /// As it is to be; `None` when it is deleted.
    pub fn after(&self) -> Option<&Appointment> {
        self.after.as_ref()
    }

    /// From when to when it stands now and is to stand.
    pub fn times(&self) -> impl Iterator<Item = (DateTime<Utc>, DateTime<Utc>)> {
        [&self.before, &self.after].into_iter().flatten().map(|it| (it.start, it.end()))
    }

    /// Whether it is to stand somewhere that it does not stand now. A new note moves nobody.
    fn moves(&self) -> bool {
        let place = |it: &Appointment| (it.practitioner, it.patient, it.start, it.minutes, it.status);
        self.after.as_ref().map(place) != self.before.as_ref().map(place)
    }

    /// Whether it stood on this one before.
    fn stood_on(&self, other: &Appointment) -> bool {
        self.before.as_ref().is_some_and(|before| shared(before, other).is_some())
    }
}

/// An appointment that a save would put on another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnTop {
    pub put: Id<Appointment>,
    /// What stands there.
    pub on: Entry<Appointment>,
    pub shared: Shared,
}

/// What a save comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// A person decides on these before anything is saved: each is put on something it did not
    /// stand on before.
    pub on_top: Vec<OnTop>,
    /// The save, if they are meant. Taken back from its end to its beginning, as an undo does, no
    /// write of it stands on anything it may not.
    pub writes: Vec<Write>,
}

/// How appointments are saved that are new, moved, edited, cancelled or deleted. `around` are the
/// live ones that overlap the places they leave and the places they come to, and those that overlap
/// these; more do no harm.
pub fn plan(steps: &[Step], around: &[Entry<Appointment>]) -> Plan {
    let is_step = |entry: &&Entry<Appointment>| steps.iter().any(|step| step.id == entry.id);
    let others: Vec<_> = around.iter().filter(|entry| is_live(&entry.value) && !is_step(entry)).collect();
    let mut on_top = Vec::new();
    let mut own = Vec::new();
    for step in steps {
        let Some(after) = &step.after else {
            own.extend(step.before.clone().map(|value| Write::delete(&Entry { id: step.id, value })));
            continue;
        };
        let beside = others.iter().filter_map(|other| Some((*other, shared(after, &other.value)?)));
        let beside: Vec<_> = beside.collect();
        let new = beside.iter().filter(|(other, _)| step.moves() && !step.stood_on(&other.value));
        let new: Vec<_> = new.map(|(on, shared)| OnTop { put: step.id, on: (*on).clone(), shared: *shared }).collect();
        let overlap = match &step.before {
            _ if !step.moves() || !is_live(after) => after.overlap,
            _ if beside.is_empty() => Overlap::None,
            // Somebody is still to decide about it.
            Some(before) if before.overlap == Overlap::Clash && new.is_empty() => Overlap::Clash,
            _ => Overlap::Deliberate,
        };
        on_top.extend(new);
        let after = Appointment { overlap, ..after.clone() };
        own.extend(match step.before.clone() {
            None => Some(Write::create(&Entry { id: step.id, value: after })),
            Some(value) => Write::edit(&Entry { id: step.id, value }, &after),
        });
    }
    let (mut stood_on, mut left) = (Vec::new(), Vec::new());
    for other in &others {
        let value = &other.value;
        let mark = |overlap| Write::edit(other, &Appointment { overlap, ..value.clone() });
        if value.overlap == Overlap::None && on_top.iter().any(|on_top| on_top.on.id == other.id) {
            stood_on.extend(mark(Overlap::Deliberate));
        }
        let stands_on = others.iter().filter(|it| it.id != other.id).map(|it| &it.value);
        let mut stands_on = stands_on.chain(steps.iter().filter_map(|step| step.after.as_ref()));
        let was_left = steps.iter().any(|step| step.stood_on(value));
        if value.overlap != Overlap::None && was_left && !stands_on.any(|it| shared(it, value).is_some()) {
            left.extend(mark(Overlap::None));
        }
    }
    Plan { on_top, writes: stood_on.into_iter().chain(own).chain(left).collect() }
}

/// «Behold begge»: somebody has decided that a clash may stand. Another clash is decided with it if it
/// stands on nothing else. What it stands on keeps its mark, `none`: the file would not give that back
/// when the decision is taken back.
pub fn keep_both(clash: &Entry<Appointment>, around: &[Entry<Appointment>]) -> Vec<Write> {
    let deliberate = |entry: &Entry<Appointment>| {
        Write::edit(entry, &Appointment { overlap: Overlap::Deliberate, ..entry.value.clone() })
    };
    let overlaps = |one: &Entry<Appointment>, other: &Entry<Appointment>| {
        one.id != other.id && shared(&one.value, &other.value).is_some()
    };
    let decided = |other: &&Entry<Appointment>| {
        let alone = !around.iter().any(|third| third.id != clash.id && overlaps(third, other));
        other.value.overlap == Overlap::Clash && overlaps(clash, other) && alone
    };
    around.iter().filter(decided).chain([clash]).filter_map(deliberate).collect()
}

#[cfg(test)]
mod tests;
