//! Files of other programs: patients and needs as CSV, busy times and closed days as iCalendar.
//!
//! Bytes in, records and faults out, and the other way round. Nothing here touches a file, a clock or
//! the clinic's own file, and whatever the bytes are, there is an answer after a bounded time.

pub mod calendar;
pub mod cpr;
pub mod csv;
pub mod encoding;
pub mod need;
pub mod patient;
pub mod table;

#[cfg(test)]
mod tests;

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 50 * 1024 * 1024;
