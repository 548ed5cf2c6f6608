//! Records that cannot be read, and what they make impossible to answer.
//!
//! A broken record is never dropped in silence: what it could have decided is not offered, and
//! everything else is. Source: design, "Why a time is not offered", `unreadable`.

use uuid::Uuid;

use crate::id::Id;
use crate::record::{AppointmentType, Kind, Need, Patient, Practitioner};

/// A record that cannot be read, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Broken {
    pub record: BrokenRecord,
    pub fault: Fault,
    /// What the clinic knows it by, where that can be read: number, code or initials.
    pub known_as: Option<String>,
    /// The need that it uses up, although it cannot be read: an appointment that is not cancelled.
    pub uses: Option<Id<Need>>,
    pub concerns: Concerns,
}

/// What is wrong with a record. Never what stands in it: that may be about a patient.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    UnknownKind,
    /// The id is no UUID.
    NoId,
    /// There are no fields.
    NoValue,
    /// The field is not there, or holds what it cannot hold.
    Field(String),
    /// Each field can be read, and they do not go together.
    FieldsDisagree,
    /// Another record of the kind has this id, and is not the same.
    SameId,
    /// There is another record of a kind of which a clinic has one.
    OnlyOne,
}

/// Which record cannot be read, as far as that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BrokenRecord {
    pub kind: Option<Kind>,
    pub id: Option<Uuid>,
}

/// Which questions a broken record leaves without an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Concerns {
    /// None about times.
    Nothing,
    /// Those about this practitioner's column of the appointment book.
    Column(Id<Practitioner>),
    /// Those about this appointment type.
    AppointmentType(Id<AppointmentType>),
    /// Those about an appointment type without a set-up that can be read: this may be it.
    AnyTypeNotSetUp,
    Patient(Id<Patient>),
    /// Those that this need could answer; what of it cannot be read could be anyone's.
    Need {
        id: Option<Id<Need>>,
        patient: Option<Id<Patient>>,
        appointment_type: Option<Id<AppointmentType>>,
    },
    /// All of them: nobody knows whom it concerns.
    Everything,
}

impl Broken {
    /// The practitioner whose own record it is.
    pub(crate) fn practitioner(&self) -> Option<Id<Practitioner>> {
        match self.concerns {
            Concerns::Column(id) if self.record.kind == Some(Kind::Practitioner) => Some(id),
            _ => None,
        }
    }
}
