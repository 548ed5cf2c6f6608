//! The booking server: keeps the records of many clinics, gives each clinic's PCs the changes of
//! the others, and offers patients exactly the times that the clinic's settings allow.
//!
//! A handler reads, asks `booking`, writes and answers. What must hold is decided in the transaction
//! that writes. No name, number, address or health fact is ever in a log.

pub mod access;
pub mod calls;
pub mod clinic_pc;
pub mod clock;
pub mod command_line;
pub mod config;
pub mod connections;
pub mod health;
pub mod housekeeping;
pub mod json;
pub mod language;
pub mod limits;
pub mod lock;
pub mod log;
pub mod message;
pub mod metrics;
pub mod openapi;
pub mod own_files;
pub mod patient;
pub mod problem;
pub mod room;
pub mod routes;
pub mod secret;
pub mod serve;
pub mod state;
pub mod store;
pub mod tls;
mod words;
