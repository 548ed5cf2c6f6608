//! What the screens are made of.

pub mod theme;
