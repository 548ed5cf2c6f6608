//! What the window can show; one module for each.

pub mod appointment_book;
pub mod settings;
