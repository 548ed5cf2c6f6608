//! The settings as places that a person can be led to: what a warning or a reason points at.

use crate::id::Id;
use crate::record::{AppointmentType, OnlineType, Practitioner};

/// One setting, and of which record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Setting {
    /// «Aktiv» / «Start».
    Service,
    /// «Tillad selvoprettelse».
    SelfRegistration,
    /// The clinic's telephone number, which patients are told to ring.
    ClinicPhone,
    /// «Tilmeldt» of a practitioner.
    Registered(Id<Practitioner>),
    /// «Aktiv» of a practitioner in «Klinik indstillinger».
    TakesNewPatients(Id<Practitioner>),
    /// A field of an appointment type's set-up for online booking.
    OnlineType(Id<OnlineType>, TypeField),
    /// An appointment type that has no set-up yet.
    NotSetUp(Id<AppointmentType>),
    /// When a practitioner works, and on which days not.
    Hours(Id<Practitioner>),
}

/// A field of the type editor, in the guide's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TypeField {
    Alias,
    Spacing,
    NeedDriven,
    ChoosePractitioner,
    AfterRecallWeek,
    BeforeRecallWeek,
    EarliestBooking,
    Cancel,
    Move,
    /// «Kan oprettes uden behov på følgende behandlere».
    Practitioners,
}
