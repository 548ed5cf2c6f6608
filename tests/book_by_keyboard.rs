//! The appointment book without a mouse.
