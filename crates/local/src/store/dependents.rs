//! What in the book and among the needs names somebody or a type, and would be lost without them.

use aftalebog_booking::leaving::Leaving;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

use super::row::{Cell, cell};

/// How many of each name a practitioner or an appointment type. What the settings hold of them is
/// not among it: that is at hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dependents {
    /// Without a live appointment.
    pub open_needs: u32,
    pub used_needs: u32,
    /// Appointments and blocks that stand in the book from the moment on, or have stood before it.
    pub upcoming: u32,
    pub past: u32,
    /// Cancelled ones, whenever they were to be.
    pub cancelled: u32,
}

impl Dependents {
    /// Nothing is lost.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
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
         from appointment where {column} = ?1"
    ))?;
    appointments.query_row(params![id, from.timestamp()], |row| {
        Ok(Dependents {
            open_needs: needs - used_needs,
            used_needs,
            upcoming: cell(row, "upcoming")?,
            past: cell(row, "past")?,
            cancelled: cell(row, "cancelled")?,
        })
    })
}
