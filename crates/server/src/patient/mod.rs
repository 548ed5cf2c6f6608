//! The calls of patients: who they are, what they can book, and what they have.
//!
//! Whoever has given the code has a session; every call then is about that patient in their clinic,
//! and no id from elsewhere means anything.

pub mod bookings;
pub mod clinic;
pub mod login;
pub mod offers;
pub mod shown;
pub mod types;
