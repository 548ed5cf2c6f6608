//! What in the book and among the needs names somebody or a type, and would be lost without them.

use aftalebog_booking::Id;
use aftalebog_booking::leaving::Leaving;
use aftalebog_booking::record::Appointment;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

use super::row::{Cell, cell};

/// How many of each name a practitioner or an appointment type. What the settings hold of them is
/// not among it: that is at hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dependents {
    /// Without a live appointment.
    pub open_needs: u32,
    pub used_needs: u32,
    /// Appointments that stand in the book from the moment on, or have stood before it.
    pub upcoming: u32,
    pub past: u32,
    /// Cancelled ones, whenever they were to be.
    pub cancelled: u32,
    /// Without patient and type, whenever they are: nobody misses them with whom they are.
    pub blocks: Vec<Id<Appointment>>,
}

impl Dependents {
    /// Nothing is lost that anybody would miss.
    pub fn is_none(&self) -> bool {
        let Self { open_needs, used_needs, upcoming, past, cancelled, blocks: _ } = self;
        [open_needs, used_needs, upcoming, past, cancelled].into_iter().all(|count| *count == 0)
    }
}

/// `from`: where the coming begins.
pub(crate) fn dependents(connection: &Connection, of: Leaving, from: DateTime<Utc>) -> rusqlite::Result<Dependents> {
    let (column, id) = match of {
        Leaving::Practitioner(id) => ("practitioner", id.to_cell()),
        Leaving::AppointmentType(id) => ("appointment_type", id.to_cell()),
    };
    let mut needs = connection.prepare_cached(&format!(
        "select count(*) as needs, count(*) filter (where exists (
             select 1 from appointment where appointment.need = need.id and appointment.status = 'booked'
         )) as used from need where {column} = ?1"
    ))?;
    let (needs, used_needs): (u32, u32) =
        needs.query_row([&id], |row| Ok((cell(row, "needs")?, cell(row, "used")?)))?;
    let mut appointments = connection.prepare_cached(&format!(
        "select count(*) filter (where status = 'booked' and start >= ?2) as upcoming,
             count(*) filter (where status = 'booked' and start < ?2) as past,
             count(*) filter (where status = 'cancelled') as cancelled
         from appointment where {column} = ?1 and (patient is not null or appointment_type is not null)"
    ))?;
    let mut blocks = connection.prepare_cached(&format!(
        "select id from appointment where {column} = ?1 and patient is null and appointment_type is null order by id"
    ))?;
    let blocks = blocks.query_map([&id], |row| cell(row, "id"))?.collect::<rusqlite::Result<_>>()?;
    appointments.query_row(params![id, from.timestamp()], |row| {
        Ok(Dependents {
            open_needs: needs - used_needs,
            used_needs,
            upcoming: cell(row, "upcoming")?,
            past: cell(row, "past")?,
            cancelled: cell(row, "cancelled")?,
            blocks,
        })
    })
}
