//! The server over real HTTP, on a free port of this machine.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod backup;
mod bare_patient;
mod bare_pc;
mod certificates;
mod changes;
mod clinic_pc;
mod connection;
mod converge;
mod corpus;
mod devices;
mod documents;
mod feed;
mod full_disk;
mod idempotency;
mod kill;
mod limits;
mod login;
mod logs;
mod matrix;
mod messages;
mod offers;
mod openapi;
mod pairing;
mod patient_bookings;
mod patients;
mod program;
mod proxy;
mod race;
mod real_pc;
mod server_program;
mod silence;
mod sync;
mod synced_pc;
mod test_server;
