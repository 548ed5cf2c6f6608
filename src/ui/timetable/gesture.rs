//! What a person does to a sheet.

use chrono::NaiveDate;
use iced::Point;
use uuid::Uuid;

use super::{Chosen, Span, Spot, Whose};

/// What was done; what comes of it is decided elsewhere.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Gesture {
    /// By a press or an arrow.
    Chosen(Chosen),
    /// By two presses, Enter, or dragging over a time.
    Opened(Chosen),
    /// A booking was dragged to another time.
    Dropped {
        key: Uuid,
        at: Spot,
    },
    /// An edge of a booking was dragged.
    Stretched {
        key: Uuid,
        column: Whose,
        span: Span,
    },
    /// What is carried was put here.
    Put(Spot),
    /// What the pointer carried was let go where it cannot stand.
    LetGo,
    /// The point is in window coordinates.
    MenuAsked {
        on: Chosen,
        at: Point,
    },
    Commanded(Command),
    Turned(Turn),
    /// The heading of a day was pressed.
    DayPressed(NaiveDate),
    /// By itself, under what is held near an edge.
    Scrolled,
}

/// What a key does to what is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    New,
    Edit,
    Cancel,
    Delete,
    /// Takes it up, to be put elsewhere.
    TakeUp,
    Shorter,
    Longer,
}

/// Where the keyboard asks to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    Back,
    Forward,
    Today,
}

/// What is to be put on a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    pub title: String,
    pub minutes: u16,
    pub by: By,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The button is held down, and lets it go.
    Pointer,
    /// The arrows lead to its place, or a press.
    Keys,
}

/// What can be done to a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Touch {
    Changes,
    OnlyLooks,
}
