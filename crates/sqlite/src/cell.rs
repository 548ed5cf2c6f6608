//! What stands in a column: ids, dates, instants and everything else that records are made of.

use std::error::Error;

use aftalebog_booking::Id;
use aftalebog_booking::bounded::{Line, MeasurementId, Whole};
use aftalebog_booking::record::{Color, Origin, Overlap, Status, WeekdayNumber, Weeks};
use aftalebog_booking::time::{Raster, TimeOfDay};
use aftalebog_booking::wire::Author;
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use rusqlite::Row;
use rusqlite::types::{Type, Value};
use uuid::Uuid;

/// What can stand in one column of one row.
pub trait Cell: Sized {
    fn to_cell(&self) -> Value;

    /// `None` when a column has something else, or something outside the limits.
    fn from_cell(cell: Value) -> Option<Self>;
}

/// The value in a column of a row. What stands in its place is not in the error: it may be a name.
pub fn cell<T: Cell>(row: &Row<'_>, column: &str) -> rusqlite::Result<T> {
    let stored: Value = row.get(column)?;
    let data_type = stored.data_type();
    T::from_cell(stored).ok_or_else(|| unreadable(data_type, format!("column {column} has no valid value")))
}

/// The text in a column, of which there may be none, where it stands.
pub fn text<'a>(row: &'a Row<'_>, column: usize) -> rusqlite::Result<&'a str> {
    Ok(row.get_ref(column)?.as_str_or_null()?.unwrap_or_default())
}

/// A row that this program cannot read.
pub fn unreadable(data_type: Type, why: impl Into<Box<dyn Error + Send + Sync>>) -> rusqlite::Error {
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
    Author { Clinic "clinic", Patient "patient", Server "server" }
    Origin { Clinic "clinic", Online "online" }
    Status { Booked "booked", Cancelled "cancelled" }
    Overlap { None "none", Deliberate "deliberate", Clash "clash" }
}
