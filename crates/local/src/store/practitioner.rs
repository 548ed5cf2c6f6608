//! Practitioners, their working hours and the days on which nobody is taken in.

use aftalebog_booking::Id;
use aftalebog_booking::record::{Closure, Practitioner, PractitionerGroup, WorkingHours};
use aftalebog_booking::time::Interval;
use rusqlite::types::{Type, Value};
use rusqlite::{Connection, Row, params};

use super::row::{Cell, Table, cell, unreadable};

impl Table for Practitioner {
    fn cells(&self) -> Vec<(&'static str, Value)> {
        let Self { initials, name, title, registered, takes_new_patients, position, deactivated } = self;
        vec![
            ("initials", initials.to_cell()),
            ("name", name.to_cell()),
            ("title", title.to_cell()),
            ("registered", registered.to_cell()),
            ("takes_new_patients", takes_new_patients.to_cell()),
            ("position", position.to_cell()),
            ("deactivated", deactivated.to_cell()),
        ]
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            initials: cell(row, "initials")?,
            name: cell(row, "name")?,
            title: cell(row, "title")?,
            registered: cell(row, "registered")?,
            takes_new_patients: cell(row, "takes_new_patients")?,
            position: cell(row, "position")?,
            deactivated: cell(row, "deactivated")?,
        })
    }
}

impl Table for PractitionerGroup {
    fn cells(&self) -> Vec<(&'static str, Value)> {
        let Self { name, practitioners: _in_a_table_of_their_own, position } = self;
        vec![("name", name.to_cell()), ("position", position.to_cell())]
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { name: cell(row, "name")?, practitioners: vec![], position: cell(row, "position")? })
    }

    fn read_lists(&mut self, connection: &Connection, id: Id<Self>) -> rusqlite::Result<()> {
        let mut statement = connection.prepare_cached(
            "select practitioner from practitioner_group_member where practitioner_group = ?1 order by number",
        )?;
        let members = statement.query_map([id.to_cell()], |row| cell(row, "practitioner"))?;
        self.practitioners = members.collect::<rusqlite::Result<_>>()?;
        Ok(())
    }

    fn write_lists(&self, connection: &Connection, id: Id<Self>) -> rusqlite::Result<()> {
        let _gone = connection
            .prepare_cached("delete from practitioner_group_member where practitioner_group = ?1")?
            .execute([id.to_cell()])?;
        let mut write = connection.prepare_cached(
            "insert into practitioner_group_member (practitioner_group, number, practitioner) values (?1, ?2, ?3)",
        )?;
        for (number, practitioner) in self.practitioners.iter().enumerate() {
            let _one = write.execute(params![id.to_cell(), number as i64, practitioner.to_cell()])?;
        }
        Ok(())
    }
}

impl Table for WorkingHours {
    fn cells(&self) -> Vec<(&'static str, Value)> {
        let Self { practitioner, weekday, weeks, intervals: _in_a_table_of_their_own, valid_from, valid_to } = self;
        vec![
            ("practitioner", practitioner.to_cell()),
            ("weekday", weekday.to_cell()),
            ("weeks", weeks.to_cell()),
            ("valid_from", valid_from.to_cell()),
            ("valid_to", valid_to.to_cell()),
        ]
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            practitioner: cell(row, "practitioner")?,
            weekday: cell(row, "weekday")?,
            weeks: cell(row, "weeks")?,
            intervals: vec![],
            valid_from: cell(row, "valid_from")?,
            valid_to: cell(row, "valid_to")?,
        })
    }

    fn read_lists(&mut self, connection: &Connection, id: Id<Self>) -> rusqlite::Result<()> {
        let mut statement = connection.prepare_cached(
            "select from_minute, to_minute from working_hours_interval where working_hours = ?1 order by number",
        )?;
        let intervals = statement.query_map([id.to_cell()], |row| {
            Interval::new(cell(row, "from_minute")?, cell(row, "to_minute")?)
                .map_err(|error| unreadable(Type::Integer, error))
        })?;
        self.intervals = intervals.collect::<rusqlite::Result<_>>()?;
        Ok(())
    }

    fn write_lists(&self, connection: &Connection, id: Id<Self>) -> rusqlite::Result<()> {
        let mut write = connection.prepare_cached(
            "insert into working_hours_interval (working_hours, number, from_minute, to_minute) values (?1, ?2, ?3, ?4)
             on conflict do update set from_minute = excluded.from_minute, to_minute = excluded.to_minute",
        )?;
        for (number, interval) in self.intervals.iter().enumerate() {
            let (from, to) = (interval.from().to_cell(), interval.to().to_cell());
            let _one = write.execute(params![id.to_cell(), number as i64, from, to])?;
        }
        let mut shorten = connection
            .prepare_cached("delete from working_hours_interval where working_hours = ?1 and number >= ?2")?;
        let _gone = shorten.execute(params![id.to_cell(), self.intervals.len() as i64])?;
        Ok(())
    }
}

impl Table for Closure {
    fn cells(&self) -> Vec<(&'static str, Value)> {
        let Self { practitioner, from, to, reason } = self;
        vec![
            ("practitioner", practitioner.to_cell()),
            ("from", from.to_cell()),
            ("to", to.to_cell()),
            ("reason", reason.to_cell()),
        ]
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            practitioner: cell(row, "practitioner")?,
            from: cell(row, "from")?,
            to: cell(row, "to")?,
            reason: cell(row, "reason")?,
        })
    }
}
