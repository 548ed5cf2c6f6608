//! What decides about one patient's times, as one transaction sees it.

use std::sync::Arc;

use aftalebog_booking::bounded::{Detail, Length};
use aftalebog_booking::busy::Busy;
use aftalebog_booking::record::{Appointment, AppointmentType, Need, Origin, Overlap, Patient, Recorded, Status};
use aftalebog_booking::silence::withheld;
use aftalebog_booking::terms::{Purpose, Request, Standing, Visitor, Withheld};
use aftalebog_booking::{Entry, Id, Kind, Record};
use aftalebog_sqlite::cell::{Cell, cell, unreadable};
use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::types::Type;
use rusqlite::{Connection, Row, params};
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use super::settings::Settings;
use super::{Work, facts, record};
use crate::problem::Error;

/// No appointment lasts longer.
const LONGEST: TimeDelta = TimeDelta::hours(8);

/// The clinic's settings and what it knows of a patient, now.
#[derive(Clone)]
pub(crate) struct Grounds {
    pub(crate) clinic: Uuid,
    pub(crate) settings: Arc<Settings>,
    pub(crate) patient: Entry<Patient>,
    pub(crate) visitor: Visitor,
    pub(crate) withheld: Withheld,
    pub(crate) now: DateTime<Utc>,
}

impl Grounds {
    /// `NotFound` where there is no such patient in this clinic.
    pub(crate) fn read(work: &Work<'_>, clinic: Uuid, patient: Uuid, now: DateTime<Utc>) -> Result<Self, Error> {
        let settings = work.settings(clinic)?;
        let fields = record::fields(work, clinic, Kind::Patient, patient)?.ok_or(Error::NotFound)?;
        let patient = entry::<Patient>(patient, fields).ok_or(Error::NotFound)?;
        let visitor = Visitor {
            patient: Some(patient.id),
            standing: Standing::of(&patient.value),
            open_needs: open_needs(work, clinic, patient.id)?,
        };
        let sql = "select last_contact from clinic where id = ?1";
        let contact = work.prepare_cached(sql)?.query_row([clinic.to_cell()], |row| cell(row, "last_contact"))?;
        let withheld = withheld(&settings.setup, contact, now);
        Ok(Self { clinic, settings, patient, visitor, withheld, now })
    }

    /// What this patient asks for.
    pub(crate) fn request(
        &self,
        appointment_type: Id<AppointmentType>,
        need: Option<Id<Need>>,
        purpose: Purpose,
    ) -> Request<'_> {
        Request {
            setup: &self.settings.setup,
            broken: &self.settings.broken,
            visitor: &self.visitor,
            appointment_type,
            need,
            purpose,
            withheld: self.withheld,
            now: self.now,
        }
    }

    /// As if the patient did not have this appointment: its need is open.
    pub(crate) fn without(mut self, work: &Work<'_>, appointment: &Appointment) -> Result<Self, Error> {
        if let Some(need) = appointment.need
            && let Some(fields) = record::fields(work, self.clinic, Kind::Need, need.uuid())?
        {
            self.visitor.open_needs.extend(entry::<Need>(need.uuid(), fields));
        }
        Ok(self)
    }
}

/// Who is busy at any time from a moment up to another, apart from one appointment.
pub(crate) fn busy(
    connection: &Connection,
    clinic: Uuid,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
    except: Option<Id<Appointment>>,
) -> rusqlite::Result<Busy> {
    let sql = "select id, practitioner, patient, start, \"end\" from appointment
        where clinic = ?1 and live = 1 and start > ?2 and start < ?3";
    let mut select = connection.prepare_cached(sql)?;
    let before = from.checked_sub_signed(LONGEST).unwrap_or(DateTime::<Utc>::MIN_UTC);
    let mut rows = select.query(params![clinic.to_cell(), before.to_cell(), to.to_cell()])?;
    let mut appointments = Vec::new();
    while let Some(row) = rows.next()? {
        if except != Some(cell(row, "id")?) {
            appointments.push(as_busy(row)?);
        }
    }
    Ok(Busy::of(&appointments))
}

/// As much of an appointment as takes time.
fn as_busy(row: &Row<'_>) -> rusqlite::Result<Appointment> {
    let (start, end): (DateTime<Utc>, DateTime<Utc>) = (cell(row, "start")?, cell(row, "end")?);
    let minutes = Length::try_from((end - start).num_minutes());
    let minutes = minutes.map_err(|fault| unreadable(Type::Integer, fault.to_string()))?;
    Ok(Appointment {
        practitioner: cell(row, "practitioner")?,
        appointment_type: None,
        patient: cell(row, "patient")?,
        need: None,
        start,
        minutes,
        origin: Origin::Clinic,
        status: Status::Booked,
        overlap: Overlap::None,
        note: Detail::new("").expect("a line may be empty"),
    })
}

/// The patient's own appointments, cancelled ones too, that begin after a moment; by start.
pub(crate) fn appointments_after(
    connection: &Connection,
    clinic: Uuid,
    patient: Id<Patient>,
    after: DateTime<Utc>,
) -> rusqlite::Result<Vec<Entry<Appointment>>> {
    let sql = "select record.id, value from appointment
        join record on record.clinic = appointment.clinic and record.id = appointment.id
        where appointment.clinic = ?1 and patient = ?2 and start > ?3 order by start, record.id";
    let mut select = connection.prepare_cached(sql)?;
    let rows = select.query_map(params![clinic.to_cell(), patient.to_cell(), after.to_cell()], fields)?;
    entries(rows)
}

/// One of the patient's own appointments.
pub(crate) fn appointment_of(
    connection: &Connection,
    clinic: Uuid,
    patient: Id<Patient>,
    appointment: Uuid,
) -> Result<Entry<Appointment>, Error> {
    let fields = record::fields(connection, clinic, Kind::Appointment, appointment)?;
    let found = fields.and_then(|fields| entry::<Appointment>(appointment, fields));
    found.filter(|entry| entry.value.patient == Some(patient)).ok_or(Error::NotFound)
}

fn open_needs(connection: &Connection, clinic: Uuid, patient: Id<Patient>) -> rusqlite::Result<Vec<Entry<Need>>> {
    let sql = "select record.id, value from record_reference
        join record on record.clinic = record_reference.clinic and record.id = record_reference.record
        where record_reference.clinic = ?1 and target = ?2 and field = 'patient' and kind = 'need'
            and not exists (
                select 1 from record_unique
                where record_unique.clinic = ?1 and what = ?3 and key = record.id
            )";
    let mut select = connection.prepare_cached(sql)?;
    let rows = select.query_map(params![clinic.to_cell(), patient.to_cell(), facts::NEED_USED], fields)?;
    entries(rows)
}

fn fields(row: &Row<'_>) -> rusqlite::Result<(Uuid, Map<String, Json>)> {
    Ok((cell(row, "id")?, record::json(row, "value")?))
}

/// What cannot be read was written by a newer program, and decides nothing here.
fn entries<T: Recorded>(
    rows: impl Iterator<Item = rusqlite::Result<(Uuid, Map<String, Json>)>>,
) -> rusqlite::Result<Vec<Entry<T>>> {
    let read = rows.map(|row| row.map(|(id, fields)| entry(id, fields)));
    read.filter_map(Result::transpose).collect()
}

fn entry<T: Recorded>(id: Uuid, fields: Map<String, Json>) -> Option<Entry<T>> {
    let record = Record::from_fields(T::KIND, id, fields).ok()?;
    T::from_value(record.value).map(|value| Entry { id: Id::new(id), value })
}
