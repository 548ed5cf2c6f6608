//! What the clinic PC's file and the booking server's database both need of SQLite: one thread that
//! owns a connection, what can stand in a column, and a file that is put in its place for good.

pub mod cell;
pub mod owner;
pub mod place;
