//! The rules, case by case.

mod clock;
mod laws;
mod plain;
mod reasons;
mod spacing;
