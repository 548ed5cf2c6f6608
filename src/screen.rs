//! What the window can show; one module for each.

pub mod about;
pub mod appointment_book;
pub mod appointments;
pub mod files;
pub mod help;
pub mod new_clinic;
pub mod open_clinic;
pub mod patient_view;
pub mod patients;
pub mod problem;
pub mod restore;
pub mod settings;
pub mod synchronising;
pub mod welcome;
