//! Aftalebog: the clinic's appointment book, and what patients may book online.

pub mod app;
pub mod clock;
pub mod command_line;
mod connection;
pub mod explain;
mod failure;
mod file_dialog;
mod first_instance;
pub mod log;
pub mod outside;
mod preferences;
pub mod screen;
mod snapshot_file;
pub mod ui;
pub mod version;
mod wake;
