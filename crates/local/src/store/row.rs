//! A row and a record: what every kind of record says of its table, and the cells of a row.

use std::error::Error;

use aftalebog_booking::bounded::{Line, MeasurementId, Whole};
use aftalebog_booking::record::{Color, Origin, Overlap, Recorded, Status, WeekdayNumber, Weeks};
use aftalebog_booking::time::{Raster, TimeOfDay};
use aftalebog_booking::{Entry, Id};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use rusqlite::types::{Type, Value};
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};
use uuid::Uuid;

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

/// What can stand in one column of one row.
pub(crate) trait Cell: Sized {
    fn to_cell(&self) -> Value;

    /// `None` when a column has something else, or something outside the limits.
    fn from_cell(cell: Value) -> Option<Self>;
}

/// The value in a column of a row. What stands in its place is not in the error: it may be a name.
pub(crate) fn cell<T: Cell>(row: &Row<'_>, column: &str) -> rusqlite::Result<T> {
    let stored: Value = row.get(column)?;
    let data_type = stored.data_type();
    T::from_cell(stored).ok_or_else(|| unreadable(data_type, format!("column {column} has no valid value")))
}

/// The text in a column, of which there may be none, where it stands.
pub(crate) fn text<'a>(row: &'a Row<'_>, column: usize) -> rusqlite::Result<&'a str> {
    Ok(row.get_ref(column)?.as_str_or_null()?.unwrap_or_default())
}

/// A row that this program cannot read.
pub(crate) fn unreadable(data_type: Type, why: impl Into<Box<dyn Error + Send + Sync>>) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, data_type, why.into())
}

impl<T: Cell> Cell for Option<T> {
    fn to_cell(&self) -> Value {
        self.as_ref().map_or(Value::Null, Cell::to_cell)
    }

    fn from_cell(cell: Value) -> Option<Self> {
        match cell {
            Value::Null => Some(None),
            cell => T::from_cell(cell).map(Some),
        }
    }
}

impl Cell for i64 {
    fn to_cell(&self) -> Value {
        Value::Integer(*self)
    }

    fn from_cell(cell: Value) -> Option<Self> {
        if let Value::Integer(number) = cell { Some(number) } else { None }
    }
}

impl Cell for String {
    fn to_cell(&self) -> Value {
        Value::Text(self.clone())
    }

    fn from_cell(cell: Value) -> Option<Self> {
        if let Value::Text(text) = cell { Some(text) } else { None }
    }
}

impl Cell for Uuid {
    fn to_cell(&self) -> Value {
        Value::Blob(self.as_bytes().to_vec())
    }

    fn from_cell(cell: Value) -> Option<Self> {
        if let Value::Blob(bytes) = cell { Self::from_slice(&bytes).ok() } else { None }
    }
}

/// Says how a type becomes a simpler one that a cell can hold, and back.
macro_rules! cells {
    ($([$($limits:tt)*] $type:ty, $simple:ty: |$value:ident| $to:expr, |$cell:ident| $from:expr;)*) => {
        $(impl<$($limits)*> Cell for $type {
            fn to_cell(&self) -> Value {
                let $value = self;
                <$simple as Cell>::to_cell(&$to)
            }

            fn from_cell(cell: Value) -> Option<Self> {
                let $cell = <$simple as Cell>::from_cell(cell)?;
                $from
            }
        })*
    };
}

cells! {
    [T] Id<T>, Uuid: |id| id.uuid(), |uuid| Some(Id::new(uuid));
    [const MIN: u16, const MAX: u16] Whole<MIN, MAX>, i64: |whole| i64::from(whole.get()), |number| Self::try_from(number).ok();
    [const MIN: usize, const MAX: usize] Line<MIN, MAX>, String: |line| line.as_str().to_owned(), |text| Self::try_from(text).ok();
    [] MeasurementId, String: |id| id.as_str().to_owned(), |text| Self::try_from(text).ok();
    [] bool, i64: |flag| i64::from(*flag), |number| match number { 0 => Some(false), 1 => Some(true), _ => None };
    [] u8, i64: |number| i64::from(*number), |number| Self::try_from(number).ok();
    [] i32, i64: |number| i64::from(*number), |number| Self::try_from(number).ok();
    [] u32, i64: |number| i64::from(*number), |number| Self::try_from(number).ok();
    [] Raster, i64: |raster| i64::from(raster.minutes()), |number| Self::try_from(u16::try_from(number).ok()?).ok();
    [] TimeOfDay, i64: |time| i64::from(time.minutes()), |number| Self::from_minutes(u16::try_from(number).ok()?);
    [] WeekdayNumber, u8: |weekday| u8::from(*weekday), |number| Self::try_from(number).ok();
    [] DateTime<Utc>, i64: |instant| instant.timestamp(), |seconds| Self::from_timestamp(seconds, 0);
    [] NaiveDate, String: |date| date.to_string(), |text| text.parse().ok();
    [] Tz, String: |zone| zone.name().to_owned(), |name| name.parse().ok();
    [] Color, String: |color| color.to_string(), |text| Self::try_from(text).ok();
}

/// Says the words that stand for the cases of an enum, which are also its JSON names.
macro_rules! words {
    ($($type:ident { $($case:ident $word:literal),* })*) => {
        $(impl Cell for $type {
            fn to_cell(&self) -> Value {
                Value::Text(match self { $(Self::$case => $word),* }.to_owned())
            }

            fn from_cell(cell: Value) -> Option<Self> {
                match String::from_cell(cell)?.as_str() {
                    $($word => Some(Self::$case),)*
                    _ => None,
                }
            }
        })*
    };
}

words! {
    Weeks { Every "every", Even "even", Odd "odd" }
    Origin { Clinic "clinic", Online "online" }
    Status { Booked "booked", Cancelled "cancelled" }
    Overlap { None "none", Deliberate "deliberate", Clash "clash" }
}
