//! A change that is set aside, in words: what it is about, both values, who and when.

use aftalebog_booking::record::{Appointment, Kind};
use aftalebog_booking::wire::{Author, Conflict, ConflictField, Touch};
use aftalebog_booking::{Id, Record, Setup, Value, merge};
use aftalebog_local::{SavedWrite, SetAside, State};
use aftalebog_texts::{Names, capital, fl};
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use super::refused;
use super::standing::when_whole;
use crate::screen::settings::{Situation, undo};

/// A change that somebody has to decide about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    pub id: Uuid,
    /// «SU ændret».
    pub what: String,
    /// «Afbud muligt», which tells it from another of the same record; empty where it says nothing more.
    pub which: String,
    /// «Gemt på RECEPTION i dag kl. 9.10.»
    pub made: String,
    pub matter: Matter,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Matter {
    Conflict(Vec<Part>),
    Refused {
        /// What the server says, and what can be done.
        why: String,
        /// What was to be saved: label and value.
        fields: Vec<(String, String)>,
        more: Option<String>,
    },
}

/// One record of a conflict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub record: Uuid,
    /// «SU · Undersøgelse».
    pub about: String,
    /// A deletion, on either side.
    pub deletion: Option<String>,
    pub rows: Vec<Row>,
}

/// One field, those that are decided together, or a deletion against all that the other side has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Of several one; `None`: the record as a whole.
    pub field: Option<String>,
    pub label: String,
    pub theirs: String,
    pub mine: String,
    /// «PC-2 · i dag kl. 9.12»; empty where it is told above.
    pub who: String,
}

impl Case {
    pub fn new(aside: &SetAside, situation: &Situation<'_>) -> Self {
        let Situation { texts, setup, now, .. } = *situation;
        let SetAside { change, state, problem, subject, .. } = aside;
        let matter = match state {
            State::Conflict => {
                Matter::Conflict(problem.conflicts.iter().map(|it| part(aside, it, situation)).collect())
            }
            _ => refused::matter(aside, situation),
        };
        Self {
            id: change.id,
            what: capital(&undo::words(texts, setup, change, subject)),
            which: which(aside, &matter, situation),
            made: fl!(
                texts,
                "decide-made",
                pc = change.made_by.clone(),
                when = when_whole(texts, setup, change.made_at, now)
            ),
            matter,
        }
    }

    /// «SU ændret · Afbud muligt».
    pub fn in_one_line(&self) -> String {
        if self.which.is_empty() { self.what.clone() } else { format!("{} · {}", self.what, self.which) }
    }

    /// Its fields, each to be decided.
    pub fn rows(&self) -> impl Iterator<Item = (&Part, &Row)> {
        let parts = match &self.matter {
            Matter::Conflict(parts) => parts.as_slice(),
            Matter::Refused { .. } => &[],
        };
        parts.iter().flat_map(|part| part.rows.iter().map(move |row| (part, row)))
    }
}

fn part(aside: &SetAside, conflict: &Conflict, situation: &Situation<'_>) -> Part {
    let texts = situation.texts;
    let write = aside.change.writes.iter().find(|write| write.id == conflict.id);
    let mine = write.and_then(|write| write.after.as_ref());
    let names = |_, id| aside.names.get(&id).cloned();
    let names = Names { setup: situation.setup, of: &names };
    let said = |field: &str, value: &Json| texts.field_value(names, conflict.kind, field, value);
    let name = |field: &str| texts.field_name(conflict.kind, field);
    // It is not edited, and somebody has decided by it.
    let saw = |field: &str| {
        let value = write.and_then(|write| write.before.as_ref()).and_then(|before| before.get(field));
        value.map(|value| fl!(texts, "decide-saw", value = said(field, value))).unwrap_or_default()
    };
    let deleted_by = conflict.deleted_by.as_ref().map(|touch| who(touch, situation)).unwrap_or_default();
    let (deletion, rows) = match mine {
        // They deleted what was edited here.
        Some(mine) if conflict.deleted => {
            let edited = mine.iter().filter(|(field, _)| write_edits(write, field));
            let lines = edited.map(|(field, value)| format!("{}: {}", name(field), said(field, value)));
            let row = Row {
                field: None,
                label: fl!(texts, "decide-whole"),
                theirs: fl!(texts, "decide-deleted"),
                mine: lines.collect::<Vec<_>>().join("\n"),
                who: String::new(),
            };
            (Some(fl!(texts, "decide-they-deleted", who = deleted_by)), vec![row])
        }
        Some(mine) => {
            // What is decided together with it is written too, as it was.
            let edited = |field: &str| mine.get(field).filter(|_| write_edits(write, field));
            let row = |field: &ConflictField| Row {
                label: name(&field.field),
                theirs: said(&field.field, &field.present),
                mine: edited(&field.field).map_or_else(|| saw(&field.field), |value| said(&field.field, value)),
                who: who(&field.touch, situation),
                field: Some(field.field.clone()),
            };
            // Whoever chooses the one's status chooses the one's time: that is one choice, however many fields it has.
            let fact = merge::together(conflict.kind);
            let (fields, alone): (Vec<_>, Vec<_>) =
                conflict.fields.iter().partition(|it| fact.contains(&it.field.as_str()));
            let mine_of_fact: Vec<_> = fact.iter().copied().filter(|field| edited(field).is_some()).collect();
            let line = |field: &str, value: &Json| format!("{}: {}", name(field), said(field, value));
            let one_choice = |last: &ConflictField| {
                let theirs: Vec<_> = fields.iter().map(|it| line(&it.field, &it.present)).collect();
                let mine = mine_of_fact.iter().filter_map(|field| Some(line(field, edited(field)?)));
                // That it stood there goes without saying.
                let seen = fields.iter().filter(|it| it.field != "status" && edited(&it.field).is_none());
                let mine: Vec<_> = mine.chain(seen.map(|it| saw(&it.field))).collect();
                let label = fl!(texts, "decide-appointment");
                Row { label, theirs: theirs.join("\n"), mine: mine.join("\n"), ..row(last) }
            };
            let last = fields.iter().max_by_key(|it| it.touch.revision);
            let together = last.map(|last| match fields.as_slice() {
                [one] if mine_of_fact.iter().all(|field| *field == one.field) => row(one),
                _ => one_choice(last),
            });
            (None, together.into_iter().chain(alone.into_iter().map(row)).collect())
        }
        // What was deleted here has been edited there.
        None => {
            let lines =
                conflict.fields.iter().map(|it| format!("{}: {}", name(&it.field), said(&it.field, &it.present)));
            let last = conflict.fields.iter().map(|it| &it.touch).max_by_key(|touch| touch.revision);
            let row = Row {
                field: None,
                label: fl!(texts, "decide-whole"),
                theirs: lines.collect::<Vec<_>>().join("\n"),
                mine: fl!(texts, "decide-deleted"),
                who: last.map(|touch| who(touch, situation)).unwrap_or_default(),
            };
            (Some(fl!(texts, "decide-i-deleted")), vec![row])
        }
    };
    Part { record: conflict.id, about: about(aside, conflict.kind, conflict.id, situation), deletion, rows }
}

/// Whether a write gives a field another value than before; a record that is new gives it all of them.
pub(super) fn write_edits(write: Option<&SavedWrite>, field: &str) -> bool {
    let Some(SavedWrite { before, after, .. }) = write else { return false };
    let value = |fields: &Option<Map<String, Json>>| fields.as_ref().and_then(|fields| fields.get(field).cloned());
    before.is_none() || value(before) != value(after)
}

/// «PC-2 · i dag kl. 9.12».
fn who(touch: &Touch, situation: &Situation<'_>) -> String {
    let Situation { texts, setup, now, .. } = *situation;
    let this_pc = situation.link.is_some_and(|link| touch.device == Some(link.device));
    let by = match touch.author {
        Author::Clinic if this_pc => fl!(texts, "decide-by-this-pc"),
        Author::Patient => fl!(texts, "decide-by-patient"),
        Author::Server => fl!(texts, "decide-by-server"),
        Author::Clinic => touch.by.clone(),
    };
    format!("{by} · {}", when_whole(texts, setup, touch.at, now))
}

/// More fields are only counted.
const FIELDS: usize = 3;

/// The fields that somebody has to decide about, and what else has become of the record.
fn which(aside: &SetAside, matter: &Matter, situation: &Situation<'_>) -> String {
    let texts = situation.texts;
    let fields = |names: Vec<String>| {
        let more = names.len().saturating_sub(FIELDS);
        let named = names.into_iter().take(FIELDS).collect::<Vec<_>>().join(", ");
        if more == 0 { named } else { fl!(texts, "decide-line-more", fields = named, count = more) }
    };
    if let Matter::Refused { fields: refused, .. } = matter {
        return fields(refused.iter().map(|(label, _)| label.clone()).collect());
    }
    let labels = |conflict: &Conflict, names: Vec<&String>| -> Vec<String> {
        names.into_iter().map(|field| texts.field_name(conflict.kind, field)).collect()
    };
    let one = |conflict: &Conflict| {
        let write = aside.change.writes.iter().find(|write| write.id == conflict.id);
        let theirs = labels(conflict, conflict.fields.iter().map(|it| &it.field).collect());
        match write.and_then(|write| write.after.as_ref()) {
            None => fl!(texts, "decide-line-they-changed", fields = fields(theirs)),
            Some(mine) if conflict.deleted => {
                let mine = labels(conflict, mine.keys().filter(|field| write_edits(write, field)).collect());
                fl!(texts, "decide-line-they-deleted", fields = fields(mine))
            }
            Some(_) => fields(theirs),
        }
    };
    fields(aside.problem.conflicts.iter().map(one).collect())
}

/// A record as it stands, or as it was last known.
fn record(aside: &SetAside, kind: Kind, id: Uuid, setup: &Setup) -> Option<Value> {
    let standing = match kind {
        Kind::OnlineType => {
            let entry = setup.online_types.iter().find(|entry| entry.id.uuid() == id);
            entry.map(|entry| Value::OnlineType(entry.value.clone()))
        }
        Kind::AppointmentType => setup.appointment_type(Id::new(id)).cloned().map(Value::AppointmentType),
        Kind::Practitioner => setup.practitioner(Id::new(id)).cloned().map(Value::Practitioner),
        Kind::WorkingHours => {
            let entry = setup.working_hours.iter().find(|entry| entry.id.uuid() == id);
            entry.map(|entry| Value::WorkingHours(entry.value.clone()))
        }
        Kind::Closure => setup.closure(Id::new(id)).cloned().map(Value::Closure),
        _ => None,
    };
    let written = || {
        let write = aside.change.writes.iter().find(|write| write.id == id)?;
        let fields = [&write.after, &write.before].into_iter().flatten();
        let whole = |fields: &Map<String, Json>| Record::from_fields(kind, id, fields.clone()).ok();
        fields.filter_map(whole).next().map(|record| record.value)
    };
    standing.or_else(written)
}

/// What a record is, as the clinic calls it.
pub(super) fn about(aside: &SetAside, kind: Kind, id: Uuid, situation: &Situation<'_>) -> String {
    let Situation { texts, setup, .. } = *situation;
    let named = || aside.names.get(&id).cloned();
    let two = |first: Option<String>, second: String| match first {
        Some(first) => format!("{first} · {second}"),
        None => second,
    };
    let known = match record(aside, kind, id, setup) {
        Some(Value::OnlineType(it)) => {
            let of = setup.appointment_type(it.appointment_type).or(aside.subject.deleted_type.as_ref());
            Some(two(of.map(|of| of.code.to_string()), it.alias.to_string()))
        }
        Some(Value::AppointmentType(of)) => Some(format!("{} · {}", of.code, of.name)),
        Some(Value::Practitioner(it)) => Some(format!("{} · {}", it.initials, it.name)),
        Some(Value::WorkingHours(it)) => {
            let initials = setup.practitioner(it.practitioner).map(|it| it.initials.to_string());
            Some(two(initials, texts.weekday_name(it.weekday).to_string()))
        }
        Some(Value::Closure(it)) => {
            let dates = texts.date_span(situation.today, it.from, it.to);
            let reason = it.reason.to_string();
            Some(if reason.is_empty() { dates } else { format!("{reason} · {dates}") })
        }
        Some(Value::PractitionerGroup(it)) => Some(it.name.to_string()),
        Some(Value::Patient(it)) => Some(it.name.to_string()),
        _ => None,
    };
    let known = known.or_else(|| match kind {
        Kind::Clinic => Some(fl!(texts, "clinic-settings")),
        Kind::Service => Some(fl!(texts, "service-title")),
        Kind::Analytics => Some(fl!(texts, "analytics-settings")),
        Kind::Appointment => appointment(aside, id).map(|it| {
            let patient = it.patient.and_then(|patient| aside.names.get(&patient.uuid()).cloned());
            let patient = patient.or_else(|| aside.subject.patient.as_ref().map(ToString::to_string));
            let code = it.appointment_type.and_then(|of| setup.appointment_type(of)).map(|of| of.code.to_string());
            let what: Vec<_> = [code, patient].into_iter().flatten().collect();
            let what = if what.is_empty() { fl!(texts, "book-block") } else { what.join(" ") };
            format!("{what} · {}", texts.start_of(setup, &it))
        }),
        _ => None,
    });
    let patient = || aside.subject.patient.as_ref().filter(|_| kind == Kind::Need).map(ToString::to_string);
    known.or_else(named).or_else(patient).unwrap_or_else(|| kind_name(kind, situation))
}

/// The appointment that a change is about, or as it was written.
fn appointment(aside: &SetAside, id: Uuid) -> Option<Appointment> {
    let write = aside.change.writes.iter().find(|write| write.id == id)?;
    let whole = [&write.after, &write.before].into_iter().flatten().find_map(|fields| {
        let record = Record::from_fields(Kind::Appointment, id, fields.clone()).ok()?;
        match record.value {
            Value::Appointment(appointment) => Some(appointment),
            _ => None,
        }
    });
    let only = || aside.change.about(Kind::Appointment).filter(|about| about.id == id);
    whole.or_else(|| only().and(aside.subject.appointment.clone()))
}

fn kind_name(kind: Kind, situation: &Situation<'_>) -> String {
    let texts = situation.texts;
    match kind {
        Kind::Clinic => fl!(texts, "clinic-settings"),
        Kind::Service => fl!(texts, "service-title"),
        Kind::Analytics => fl!(texts, "analytics-settings"),
        Kind::Practitioner => fl!(texts, "appointment-practitioner"),
        Kind::PractitionerGroup => fl!(texts, "decide-group"),
        Kind::WorkingHours => fl!(texts, "tab-working-hours"),
        Kind::Closure => fl!(texts, "tab-closed-days"),
        Kind::AppointmentType | Kind::OnlineType => fl!(texts, "appointment-type"),
        Kind::Patient => fl!(texts, "appointment-patient"),
        Kind::Need => fl!(texts, "appointment-need"),
        Kind::Appointment => fl!(texts, "appointment-title"),
    }
}
