//! The calls of a clinic's PCs.

pub mod hello;
pub mod pair;
