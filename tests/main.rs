//! What a person at the reception desk sees and does, without a screen.

mod appointment_book;
mod harness;
mod letters;
mod toolkit;
