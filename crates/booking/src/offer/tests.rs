//! The rules, case by case.

mod clock;

mod reasons;
mod spacing;
