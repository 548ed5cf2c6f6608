//! A row and a record: what every kind of record says of its table, and the cells of a row.

use aftalebog_booking::record::Recorded;
use aftalebog_booking::{Entry, Id};
pub(crate) use aftalebog_sqlite::cell::{Cell, cell, text, unreadable};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};

/// A kind of record as rows of the table that has its name.
pub(crate) trait Table: Recorded {
    /// The columns that this program knows but `id`; the others of a row stay as they are.
    fn cells(&self) -> Vec<(&'static str, Value)>;

    /// The record in a row that has at least those columns, without its lists.
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self>;

    /// Reads the lists of a record, which stand in tables of their own.
    fn read_lists(&mut self, _connection: &Connection, _id: Id<Self>) -> rusqlite::Result<()> {
        Ok(())
    }

    /// Writes the lists of a record whose row is there.
    fn write_lists(&self, _connection: &Connection, _id: Id<Self>) -> rusqlite::Result<()> {
        Ok(())
    }
}

/// A record, if it is there.
pub(crate) fn read<T: Table>(connection: &Connection, id: Id<T>) -> rusqlite::Result<Option<T>> {
    let mut statement = connection.prepare_cached(&format!("select * from {} where id = ?1", T::KIND))?;
    let Some(mut value) = statement.query_row([id.to_cell()], T::from_row).optional()? else { return Ok(None) };
    value.read_lists(connection, id)?;
    Ok(Some(value))
}

/// All records of a kind, by id.
pub(crate) fn read_all<T: Table>(connection: &Connection) -> rusqlite::Result<Vec<Entry<T>>> {
    let mut statement = connection.prepare_cached(&format!("select * from {} order by id", T::KIND))?;
    let mut entries = statement.query_map([], entry)?.collect::<rusqlite::Result<Vec<Entry<T>>>>()?;
    for Entry { id, value } in &mut entries {
        value.read_lists(connection, *id)?;
    }
    Ok(entries)
}

/// The record in a row and its id, without its lists.
pub(crate) fn entry<T: Table>(row: &Row<'_>) -> rusqlite::Result<Entry<T>> {
    Ok(Entry { id: cell(row, "id")?, value: T::from_row(row)? })
}

pub(crate) fn insert<T: Table>(connection: &Connection, id: Id<T>, value: &T) -> rusqlite::Result<()> {
    let (names, cells): (Vec<_>, Vec<_>) = value.cells().into_iter().unzip();
    let columns: String = names.iter().map(|name| format!(", \"{name}\"")).collect();
    let places = ", ?".repeat(cells.len());
    let sql = format!("insert into {} (id{columns}) values (?{places})", T::KIND);
    let inserted =
        connection.prepare_cached(&sql)?.execute(params_from_iter([id.to_cell()].into_iter().chain(cells)))?;
    debug_assert_eq!(inserted, 1);
    value.write_lists(connection, id)
}

/// Writes only the columns that this program knows.
pub(crate) fn update<T: Table>(connection: &Connection, id: Id<T>, value: &T) -> rusqlite::Result<()> {
    let (names, cells): (Vec<_>, Vec<_>) = value.cells().into_iter().unzip();
    let columns: Vec<_> = names.iter().map(|name| format!("\"{name}\" = ?")).collect();
    let sql = format!("update {} set {} where id = ?", T::KIND, columns.join(", "));
    let updated =
        connection.prepare_cached(&sql)?.execute(params_from_iter(cells.into_iter().chain([id.to_cell()])))?;
    debug_assert_eq!(updated, 1);
    value.write_lists(connection, id)
}

pub(crate) fn delete<T: Table>(connection: &Connection, id: Id<T>) -> rusqlite::Result<()> {
    let deleted =
        connection.prepare_cached(&format!("delete from {} where id = ?1", T::KIND))?.execute([id.to_cell()])?;
    debug_assert_eq!(deleted, 1);
    Ok(())
}
