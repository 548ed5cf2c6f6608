//! What the screens are made of.

pub mod carry;
pub mod choice;
pub mod dialog;
mod dimmed;
pub mod focus;
pub mod form;
pub mod frame;
pub mod keys;
pub mod long_list;
pub mod menu;
pub mod month_calendar;
pub mod options;
pub mod reorder;
pub mod rows;
pub mod theme;
pub mod timetable;
pub mod topic;
pub mod whole_frame;
pub mod words;
