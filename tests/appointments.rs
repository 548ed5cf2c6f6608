//! Appointments and blocks: entered, moved, cancelled, deleted, and on top of each other.
