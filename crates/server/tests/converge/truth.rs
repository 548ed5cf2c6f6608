//! What must hold, kept beside the server by what goes over the wire: who wrote each field last, and who had seen what
//! when they wrote.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use aftalebog_booking::wire::{SentChange, SentWrite, WireDeed};
use aftalebog_booking::{Kind, Record};
use uuid::Uuid;

/// A field of a record.
pub type Field = (Uuid, String);

/// What somebody at a PC has seen in each field so far.
pub type Seen = HashMap<Field, BTreeSet<String>>;

/// The server decides about it, see «clash».
const DECIDED_THERE: &str = "overlap";

/// Where an appointment stands, and whether it does: one fact, which nobody takes apart without having seen it.
const FACT: [&str; 4] = ["practitioner", "start", "minutes", "status"];

/// Whoever cancels an appointment has seen whose it is.
const WHOSE: &str = "patient";

/// The fact as if it were a field of its own.
const STANDS: &str = "where it stands";

/// What the server has carried out; a backup of the server goes with a copy of it.
#[derive(Clone, Default)]
pub struct Truth {
    fields: HashMap<Field, (String, usize)>,
    pub accepted: HashSet<Uuid>,
}

/// A save that somebody was told is saved.
pub struct Saved {
    pub pc: usize,
    seen: Rc<Seen>,
    pub fate: Fate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Lives,
    /// Somebody has decided about it.
    Settled,
    /// The PC was restored from a copy that is older.
    Forgotten,
}

/// Every save of every PC, and what whoever wrote a value had seen in its place.
#[derive(Default)]
pub struct Ledger {
    pub saves: HashMap<Uuid, Saved>,
    before: HashMap<(Field, String), BTreeSet<String>>,
}

/// The fields of the rows of a PC, as text.
pub fn values(records: &[Record]) -> HashMap<Field, String> {
    let fields = records
        .iter()
        .flat_map(|record| record.fields().into_iter().map(|(field, value)| ((record.id, field), value.to_string())));
    let mut values: HashMap<_, _> = fields.filter(|((_, field), _)| field != DECIDED_THERE).collect();
    for record in records.iter().filter(|record| record.value.kind() == Kind::Appointment) {
        let stands = stands(|field| values.get(&(record.id, field.to_owned())).cloned());
        let _new = values.insert((record.id, STANDS.to_owned()), stands);
    }
    values
}

/// Where an appointment stands that has these fields.
pub fn stands(field: impl Fn(&str) -> Option<String>) -> String {
    FACT.map(|name| field(name).unwrap_or_default()).join(" ")
}

/// The fact, if a field belongs to it.
pub fn fact_of(kind: Kind, record: Uuid, field: &str) -> Option<Field> {
    (kind == Kind::Appointment && FACT.contains(&field)).then(|| (record, STANDS.to_owned()))
}

impl Ledger {
    /// Somebody sees a value, and thereby what lay before it.
    pub fn sees(&self, seen: &mut Seen, field: &Field, value: &str) {
        let all = seen.entry(field.clone()).or_default();
        if all.insert(value.to_owned())
            && let Some(before) = self.before.get(&(field.clone(), value.to_owned()))
        {
            all.extend(before.iter().cloned());
        }
    }

    pub fn sees_all(&self, seen: &mut Seen, rows: &HashMap<Field, String>) {
        rows.iter().for_each(|(field, value)| self.sees(seen, field, value));
    }

    /// A save that made these rows of those.
    pub fn saved(
        &mut self,
        id: Uuid,
        pc: usize,
        seen: &Seen,
        before: &HashMap<Field, String>,
        after: &HashMap<Field, String>,
    ) {
        for (field, value) in after.iter().filter(|(field, value)| before.get(*field) != Some(value)) {
            if let Some(seen) = seen.get(field) {
                self.before.entry((field.clone(), value.clone())).or_default().extend(seen.iter().cloned());
            }
        }
        let _first = self.saves.insert(id, Saved { pc, seen: Rc::new(seen.clone()), fate: Fate::Lives });
    }
}

impl Truth {
    /// The server has carried a change out for the first time. What somebody had not seen must not have been there.
    pub fn carried_out(&mut self, sent: &SentChange, ledger: &Ledger) -> Result<(), String> {
        let saved = ledger.saves.get(&sent.id).ok_or_else(|| format!("nobody saved {}", sent.id))?;
        let deletions = |write: &&SentWrite| write.deed == WireDeed::Delete;
        for write in sent.writes.iter().filter(deletions) {
            let of_record: Vec<_> = self.fields.keys().filter(|(record, _)| *record == write.id).cloned().collect();
            for field in of_record {
                self.check(&field, None, saved)?;
                let _gone = self.fields.remove(&field);
            }
        }
        for SentWrite { kind, id, deed, .. } in &sent.writes {
            let WireDeed::Set(set) = deed else { continue };
            for (name, value) in set.iter().filter(|(name, _)| *name != DECIDED_THERE) {
                let (field, value) = ((*id, name.clone()), value.to_string());
                self.check(&field, Some(&value), saved)?;
                let _before = self.fields.insert(field, (value, saved.pc));
            }
            if let Some(fact) = set.keys().find_map(|name| fact_of(*kind, *id, name)) {
                let value = |name: &str| self.fields.get(&(*id, name.to_owned())).map(|(value, _)| value.clone());
                let value = stands(value);
                self.check(&fact, Some(&value), saved)?;
                if set.get("status").is_some_and(|it| it == "cancelled") {
                    self.check(&(*id, WHOSE.to_owned()), None, saved)?;
                }
                let _before = self.fields.insert(fact, (value, saved.pc));
            }
        }
        Ok(())
    }

    fn check(&self, field: &Field, value: Option<&String>, saved: &Saved) -> Result<(), String> {
        let Some((present, by)) = self.fields.get(field) else { return Ok(()) };
        let knew =
            *by == saved.pc || value == Some(present) || saved.seen.get(field).is_some_and(|it| it.contains(present));
        if knew {
            return Ok(());
        }
        let (pc, (record, name)) = (saved.pc, field);
        Err(format!(
            "PC {pc} wrote {value:?} into {name} of {record}, over {present} of PC {by}, which nobody there had seen"
        ))
    }
}
