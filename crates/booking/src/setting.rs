//! The settings as places that a person can be led to: what a warning or a reason points at.

use crate::id::Id;
use crate::record::{AppointmentType, OnlineType, Practitioner};
use crate::refusal::{FreeUntil, Refusal};
use crate::terms::Terms;

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

impl Setting {
    /// The setting that causes a refusal; `None` where no setting does, as with a time that has
    /// passed or is taken. `practitioner` is the one who was asked about.
    pub fn behind(refusal: Refusal, terms: &Terms<'_>, practitioner: Option<Id<Practitioner>>) -> Option<Self> {
        let field = |field| terms.online_type().map(|entry| Self::OnlineType(entry.id, field));
        let whom = |named: Option<_>| named.or(practitioner).or_else(|| terms.practitioners().next());
        match refusal {
            Refusal::ServiceStopped => Some(Self::Service),
            Refusal::TypeNotSetUp => Some(Self::NotSetUp(terms.appointment_type())),
            Refusal::NoPractitioner | Refusal::NotInTheRunning { needs: None } => field(TypeField::Practitioners),
            Refusal::NoNeed => field(TypeField::NeedDriven),
            Refusal::NotInTheRunning { needs: Some(_) } => field(TypeField::ChoosePractitioner),
            Refusal::PractitionerNotRegistered { practitioner: named } => whom(named).map(Self::Registered),
            Refusal::PractitionerTakesNoNewPatients { practitioner: named } => whom(named).map(Self::TakesNewPatients),
            Refusal::BeforeEarliestDate { .. } => field(TypeField::EarliestBooking),
            Refusal::NeedNotYetOpen { .. } => field(TypeField::BeforeRecallWeek),
            Refusal::NeedExpired { .. } | Refusal::AfterLastDate { .. } => field(TypeField::AfterRecallWeek),
            Refusal::ClosedDay(_)
            | Refusal::OutsideWorkingHours
            | Refusal::BetweenSteps { .. }
            | Refusal::DoesNotFit { before: FreeUntil::EndOfWork, .. } => whom(None).map(Self::Hours),
            Refusal::TooClose { .. } => field(TypeField::Spacing),
            Refusal::Past
            | Refusal::Withheld(_)
            | Refusal::Unreadable(_)
            | Refusal::Taken { .. }
            | Refusal::DoesNotFit { before: FreeUntil::Taken(_), .. } => None,
        }
    }
}
