//! The clinic's catalogue of appointment types, and their set-ups for online booking.

use aftalebog_booking::Id;
use aftalebog_booking::record::{AppointmentType, OnlineType, WithoutNeed};
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params};

use super::row::{Cell, Table, cell};

impl Table for AppointmentType {
    fn cells(&self) -> Vec<(&'static str, Value)> {
        let Self { code, name, minutes, color, deactivated } = self;
        vec![
            ("code", code.to_cell()),
            ("name", name.to_cell()),
            ("minutes", minutes.to_cell()),
            ("color", color.to_cell()),
            ("deactivated", deactivated.to_cell()),
        ]
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            code: cell(row, "code")?,
            name: cell(row, "name")?,
            minutes: cell(row, "minutes")?,
            color: cell(row, "color")?,
            deactivated: cell(row, "deactivated")?,
        })
    }
}

impl Table for OnlineType {
    fn cells(&self) -> Vec<(&'static str, Value)> {
        let Self {
            appointment_type,
            alias,
            min_spacing_minutes,
            need_driven,
            choose_practitioner,
            practitioners: _in_a_table_of_their_own,
            max_days_before_recall_week,
            max_days_after_recall_week,
            earliest_booking_days,
            cancel_days,
            move_days,
            position,
        } = self;
        vec![
            ("appointment_type", appointment_type.to_cell()),
            ("alias", alias.to_cell()),
            ("min_spacing_minutes", min_spacing_minutes.to_cell()),
            ("need_driven", need_driven.to_cell()),
            ("choose_practitioner", choose_practitioner.to_cell()),
            ("max_days_before_recall_week", max_days_before_recall_week.to_cell()),
            ("max_days_after_recall_week", max_days_after_recall_week.to_cell()),
            ("earliest_booking_days", earliest_booking_days.to_cell()),
            ("cancel_days", cancel_days.to_cell()),
            ("move_days", move_days.to_cell()),
            ("position", position.to_cell()),
        ]
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            appointment_type: cell(row, "appointment_type")?,
            alias: cell(row, "alias")?,
            min_spacing_minutes: cell(row, "min_spacing_minutes")?,
            need_driven: cell(row, "need_driven")?,
            choose_practitioner: cell(row, "choose_practitioner")?,
            practitioners: vec![],
            max_days_before_recall_week: cell(row, "max_days_before_recall_week")?,
            max_days_after_recall_week: cell(row, "max_days_after_recall_week")?,
            earliest_booking_days: cell(row, "earliest_booking_days")?,
            cancel_days: cell(row, "cancel_days")?,
            move_days: cell(row, "move_days")?,
            position: cell(row, "position")?,
        })
    }

    fn read_lists(&mut self, connection: &Connection, id: Id<Self>) -> rusqlite::Result<()> {
        let mut statement = connection.prepare_cached(
            "select practitioner, active, minutes from online_type_practitioner where online_type = ?1 order by number",
        )?;
        let rows = statement.query_map([id.to_cell()], |row| {
            Ok(WithoutNeed {
                practitioner: cell(row, "practitioner")?,
                active: cell(row, "active")?,
                minutes: cell(row, "minutes")?,
            })
        })?;
        self.practitioners = rows.collect::<rusqlite::Result<_>>()?;
        Ok(())
    }

    /// Whoever stands there again keeps the row, so that columns of a newer program stay in it.
    fn write_lists(&self, connection: &Connection, id: Id<Self>) -> rusqlite::Result<()> {
        let mut present =
            connection.prepare_cached("select practitioner from online_type_practitioner where online_type = ?1")?;
        let present = present.query_map([id.to_cell()], |row| cell(row, "practitioner"))?;
        for practitioner in present.collect::<rusqlite::Result<Vec<_>>>()? {
            if !self.practitioners.iter().any(|row| row.practitioner == practitioner) {
                let _gone = connection
                    .prepare_cached(
                        "delete from online_type_practitioner where online_type = ?1 and practitioner = ?2",
                    )?
                    .execute([id.to_cell(), practitioner.to_cell()])?;
            }
        }
        let mut write = connection.prepare_cached(
            "insert into online_type_practitioner (online_type, practitioner, number, active, minutes)
             values (?1, ?2, ?3, ?4, ?5)
             on conflict do update set number = excluded.number, active = excluded.active, minutes = excluded.minutes",
        )?;
        for (number, WithoutNeed { practitioner, active, minutes }) in self.practitioners.iter().enumerate() {
            let (practitioner, active, minutes) = (practitioner.to_cell(), active.to_cell(), minutes.to_cell());
            let _one = write.execute(params![id.to_cell(), practitioner, number as i64, active, minutes])?;
        }
        Ok(())
    }
}
