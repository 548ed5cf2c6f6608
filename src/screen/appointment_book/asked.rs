//! What a person asks of the book that it does not do itself: to be answered by a dialog above it,
//! or by a save.

use aftalebog_booking::Id;
use aftalebog_booking::bounded::Length;
use aftalebog_booking::record::{Appointment, Need, Patient, Practitioner};
use chrono::{DateTime, Utc};

/// A time in somebody's column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub practitioner: Id<Practitioner>,
    pub start: DateTime<Utc>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// By two clicks, Enter, or dragging over a time; `minutes` are those that were dragged over.
    NewAppointment {
        at: Place,
        minutes: Option<Length>,
    },
    /// «Spær tid …»: lunch, a meeting, closed.
    NewBlock {
        at: Place,
        minutes: Option<Length>,
    },
    /// A need was put on a time.
    UseNeed {
        need: Id<Need>,
        at: Place,
    },
    /// «Vis/rediger …».
    Edit(Id<Appointment>),
    /// Put somewhere else, or made longer or shorter.
    Reschedule {
        appointment: Id<Appointment>,
        at: Place,
        minutes: Length,
    },
    /// «Afbud …».
    Cancel(Id<Appointment>),
    /// «Slet …».
    Delete(Id<Appointment>),
    FindPatient,
    NewPatient,
    OpenPatient(Id<Patient>),
    /// Self-registered patients that wait for the clinic's word.
    /// With one of them chosen, where it is said which.
    OpenNewPatients(Option<Id<Patient>>),
    /// `None`: the patient is still to be chosen.
    NewNeed(Option<Id<Patient>>),
    EditNeed(Id<Need>),
    DeleteNeed(Id<Need>),
}

/// What is read from, or written to, a file of another program; or all of the clinic, for Aftalebog itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transfer {
    ImportPatients,
    ImportNeeds,
    ImportCalendar,
    ExportPatients,
    ExportNeeds,
    ExportCalendar,
    BackUp,
}
