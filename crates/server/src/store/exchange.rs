//! All records of a clinic at once, in and out, for whoever runs the server.

use std::collections::BTreeMap;

use aftalebog_booking::wire::{Author, SentWrite, WireDeed};
use aftalebog_booking::{Kind, Record};
use aftalebog_sqlite::cell::{Cell as _, cell};
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::value::RawValue;
use uuid::Uuid;

use super::change::{By, NewChange, SEEN, apply};
use super::clinic::{NewClinic, add_clinic};
use super::{Store, Work, record};
use crate::problem::Error;

/// A record as it is exported: with what this program does not know of it.
#[derive(Debug, Serialize)]
pub struct Exported {
    pub kind: String,
    pub id: Uuid,
    pub value: Box<RawValue>,
}

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    pub written: usize,
    pub deleted: usize,
}

impl Store {
    /// The live records of a clinic, in an order in which one comes after those it names.
    pub async fn export(&self, clinic: Uuid) -> Result<Vec<Exported>, Error> {
        self.read(move |work| {
            let sql = "select kind, id, value from record where clinic = ?1 order by id";
            let mut statement = work.prepare(sql)?;
            let rows = statement.query_map([clinic.to_cell()], |row| {
                let value: String = cell(row, "value")?;
                Ok((cell(row, "kind")?, cell(row, "id")?, value))
            })?;
            let mut exported = vec![];
            for row in rows {
                let (kind, id, value) = row?;
                let value = RawValue::from_string(value)
                    .map_err(|_| super::StoreError::Sqlite { detail: format!("record {id} is no JSON") })?;
                exported.push(Exported { kind, id, value });
            }
            let place = |kind: &str| Kind::ALL.iter().position(|known| known.name() == kind);
            exported.sort_by_key(|record| place(&record.kind).unwrap_or(usize::MAX));
            Ok(exported)
        })
        .await
    }

    /// Makes the clinic's records those that are given, in one change: what differs is written, and what
    /// is not among them is deleted.
    pub async fn import(&self, clinic: Uuid, records: Vec<Record>, now: DateTime<Utc>) -> Result<Imported, Error> {
        self.write(move |work| import(work, clinic, records, now)).await
    }

    /// Adds a clinic that has these records, or none.
    pub async fn import_new(
        &self,
        name: String,
        records: Vec<Record>,
        now: DateTime<Utc>,
    ) -> Result<(NewClinic, Imported), Error> {
        self.write(move |work| {
            let added = add_clinic(work, &name, now)?;
            let imported = import(work, added.id, records, now)?;
            Ok((added, imported))
        })
        .await
    }
}

fn import(work: &Work<'_>, clinic: Uuid, records: Vec<Record>, now: DateTime<Utc>) -> Result<Imported, Error> {
    let mut held = BTreeMap::new();
    for kind in Kind::ALL {
        let of_kind = record::of_kind(work, clinic, *kind)?;
        held.extend(of_kind.into_iter().map(|(id, fields)| (id, (*kind, fields))));
    }
    let mut writes = vec![];
    for record in records {
        let (id, kind, mut fields) = (record.id, record.value.kind(), record.fields());
        let base = match held.remove(&id) {
            Some((_, before)) => {
                fields.retain(|field, value| before.get(field) != Some(value));
                SEEN
            }
            // One that was deleted comes back.
            None => record::held(work, clinic, id)?.and(SEEN),
        };
        if !fields.is_empty() {
            writes.push(SentWrite { kind, id, base, deed: WireDeed::Set(fields) });
        }
    }
    let written = writes.len();
    let gone = held.into_iter();
    writes.extend(gone.map(|(id, (kind, _))| SentWrite { kind, id, base: SEEN, deed: WireDeed::Delete }));
    let imported = Imported { written, deleted: writes.len() - written };
    if !writes.is_empty() {
        let by = By { author: Author::Server, device: None, patient: None, name: String::new() };
        let change = NewChange { id: Uuid::new_v4(), made_at: now, writes: &writes };
        let _revision = apply(work, clinic, &by, &change, now)?;
    }
    Ok(imported)
}
