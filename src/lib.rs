//! Aftalebog: the clinic's appointment book, and what patients may book online.

pub mod screen;
pub mod ui;
