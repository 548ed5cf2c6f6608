//! What the screens are made of.

pub mod focus;
pub mod menu;
pub mod month_calendar;
pub mod theme;
pub mod timetable;
pub mod words;
