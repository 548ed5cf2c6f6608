//! The calls of a clinic's PCs.

pub mod changes;
pub mod devices;
pub mod hello;
pub mod offers;
pub mod pair;
