//! What a person at the reception desk sees and does, without a screen.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod appointment_book;
mod architecture;
mod beginning;
mod book_as_patient;
mod command_line;
mod findings;
mod guide;
mod harness;
mod language;
mod letters;
mod looks;
mod offered_times;
mod program;
mod saving;
mod settings_dialogs;
mod tab_order;
mod toolkit;
mod type_editor;
mod type_list;
mod view_as_patient;
#[cfg(target_os = "linux")]
mod window;
