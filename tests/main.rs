//! What a person at the reception desk sees and does, without a screen.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod appointment_book;
mod appointments;
mod architecture;
mod beginning;
mod book_as_patient;
mod book_by_keyboard;
mod book_by_mouse;
mod booking_server;
mod calendar_files;
mod catalogue;
mod closed_days;
mod command_line;
mod conflicts;
mod findings;
mod guide;
mod harness;
mod language;
mod letters;
mod looks;
mod needs;
mod new_clinic;
mod new_patients;
mod offered_times;
mod online_bookings;
mod patient_files;
mod patients;
mod practitioners;
mod program;
mod saving;
mod server_looks;
mod server_settings;
mod settings_dialogs;
mod settings_tabs;
mod synchronising;
mod tab_order;
mod toolkit;
mod two_pcs;
mod type_editor;
mod type_list;
mod view_as_patient;
mod visitor;
mod week;
#[cfg(target_os = "linux")]
mod window;
mod working_hours;
