//! The clinic's booking records and what they mean.
//!
//! Pure: the same input gives the same answer for ever. `now` and `today` are arguments; there
//! is no clock, no randomness but in new ids, no I/O and no words for people here, but
//! for the data of the made-up clinic and the stand-ins of an anonymous snapshot.

pub mod agenda;
pub mod anonymous;
pub mod bounded;
pub mod broken;
pub mod busy;
pub mod change;
pub mod check;
pub mod consequence;
pub mod contact;
pub mod deadline;
pub mod demo;
pub mod explained;
pub mod holiday;
pub mod id;
pub mod leaving;
pub mod merge;
pub mod offer;
pub mod overlap;
pub mod patient;
pub mod placement;
pub mod program;
pub mod proposal;
pub mod reading;
pub mod record;
pub mod refusal;
#[cfg(test)]
mod scene;
pub mod setting;
pub mod setup;
pub mod silence;
pub mod terms;
pub mod time;
pub mod week_plan;
pub mod wire;
pub mod zone;

pub use change::{Change, Write};
pub use id::Id;
pub use record::{Entry, Kind, Record, Snapshot, Value};
pub use setup::Setup;
