//! The clinic PC and its booking server: what was saved here goes there, what others saved comes here.
//!
//! It runs on a thread of its own with a runtime of its own: nothing the network does delays a save
//! or a frame. The file is asked through the same [`Store`](crate::Store) as by everybody else.

mod status;

pub use status::{Arrived, Cause, Connection, Event, Notice, NoticeKind, Status};
