//! `booking-server`.

fn main() {}
