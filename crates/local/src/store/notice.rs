//! What patients did online, and nobody here has looked at.

use aftalebog_booking::record::{Appointment, Origin, Patient, Status};
use aftalebog_booking::{Id, Kind};
use aftalebog_sqlite::cell::{Cell, cell};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, Transaction, params};
use serde_json::Value as Json;

use super::history::SavedWrite;
use super::{Store, row};
use crate::error::{SaveError, StoreError};
use crate::sync::{Notice, NoticeKind};

/// An appointment that a patient booked, moved or cancelled online since somebody looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unseen {
    pub appointment: Id<Appointment>,
    pub what: NoticeKind,
    pub arrived_at: DateTime<Utc>,
}

impl Store {
    /// What nobody has looked at, the oldest first.
    pub async fn unseen(&self) -> Result<Vec<Unseen>, StoreError> {
        self.read(unseen).await
    }

    /// Somebody has looked at them.
    pub async fn seen(&self, appointments: Vec<Id<Appointment>>) -> Result<(), SaveError> {
        self.write(move |connection| {
            let transaction = connection.transaction()?;
            for appointment in appointments {
                let _one = transaction
                    .prepare_cached("delete from unseen_appointment where appointment = ?1")?
                    .execute([appointment.to_cell()])?;
            }
            Ok(transaction.commit()?)
        })
        .await
    }
}

const WORDS: [(NoticeKind, &str); 3] =
    [(NoticeKind::Booked, "booked"), (NoticeKind::Moved, "moved"), (NoticeKind::Cancelled, "cancelled")];

pub(super) fn unseen(connection: &Connection) -> rusqlite::Result<Vec<Unseen>> {
    let mut statement =
        connection.prepare_cached("select * from unseen_appointment order by arrived_at, appointment")?;
    let mut rows = statement.query([])?;
    let mut unseen = vec![];
    while let Some(row) = rows.next()? {
        let word: String = cell(row, "what")?;
        if let Some((what, _)) = WORDS.iter().find(|(_, it)| *it == word) {
            let (appointment, arrived_at) = (cell(row, "appointment")?, cell(row, "arrived_at")?);
            unseen.push(Unseen { appointment, what: *what, arrived_at });
        }
    }
    Ok(unseen)
}

/// Tells of what a patient's change did, and writes down that nobody has looked at it.
pub(super) fn tell(
    transaction: &Transaction<'_>,
    saved: &[SavedWrite],
    now: DateTime<Utc>,
    notices: &mut Vec<Notice>,
) -> rusqlite::Result<()> {
    for write in saved {
        let Some(kind) = what_happened(write) else { continue };
        if kind == NoticeKind::SelfRegistered {
            notices.push(Notice { kind, patient: Some(Id::<Patient>::new(write.id)), appointment: None });
            continue;
        }
        let id = Id::<Appointment>::new(write.id);
        let patient = row::read(transaction, id)?.and_then(|appointment| appointment.patient);
        notices.push(Notice { kind, patient, appointment: Some(id) });
        let Some((_, what)) = WORDS.iter().find(|(it, _)| *it == kind) else { continue };
        let _one = transaction
            .prepare_cached(
                "insert into unseen_appointment (appointment, what, arrived_at) values (?1, ?2, ?3)
                    on conflict do update set what = excluded.what, arrived_at = excluded.arrived_at",
            )?
            .execute(params![id.to_cell(), what, now.to_cell()])?;
    }
    Ok(())
}

fn what_happened(write: &SavedWrite) -> Option<NoticeKind> {
    let after = write.after.as_ref()?;
    let created = write.before.is_none();
    match write.kind {
        Kind::Patient if created => Some(NoticeKind::SelfRegistered),
        Kind::Appointment => {
            let is = |field: &str, word: Option<Json>| word.is_some() && after.get(field) == word.as_ref();
            if is("status", serde_json::to_value(Status::Cancelled).ok()) {
                return Some(NoticeKind::Cancelled);
            }
            if created {
                // One that the clinic made and a patient has moved since may be new here.
                let online = is("origin", serde_json::to_value(Origin::Online).ok());
                return Some(if online { NoticeKind::Booked } else { NoticeKind::Moved });
            }
            let moved = |field: &str| {
                let was = write.before.as_ref().and_then(|before| before.get(field)).unwrap_or(&Json::Null);
                after.get(field).is_some_and(|is| is != was)
            };
            (moved("start") || moved("practitioner")).then_some(NoticeKind::Moved)
        }
        _ => None,
    }
}
