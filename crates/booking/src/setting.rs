//! The settings as places that a person can be led to: what a warning or a reason points at.

use crate::agenda::ClosedBecause;
use crate::id::Id;
use crate::record::{AppointmentType, Closure, OnlineType, Practitioner};
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
    /// The clinic's e-mail address.
    ClinicEmail,
    /// Who works here: the list of them.
    Practitioners,
    /// «Tilmeldt» of a practitioner.
    Registered(Id<Practitioner>),
    /// «Aktiv» of a practitioner in «Klinik indstillinger».
    TakesNewPatients(Id<Practitioner>),
    /// Somebody who works here no more.
    Deactivated(Id<Practitioner>),
    /// A field of an appointment type's set-up for online booking.
    OnlineType(Id<OnlineType>, TypeField),
    /// What the clinic makes appointments for: the list of it.
    AppointmentTypes,
    /// An appointment type that has no set-up yet.
    NotSetUp(Id<AppointmentType>),
    /// When a practitioner works.
    Hours(Id<Practitioner>),
    /// A period in which the clinic, or somebody, is away.
    Closure(Id<Closure>),
    /// «Lukket på helligdage».
    PublicHolidays,
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
    /// The row of one of them there.
    Practitioner(Id<Practitioner>),
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
            Refusal::NoPractitioner => field(TypeField::Practitioners),
            Refusal::NotInTheRunning { needs: None } => {
                field(practitioner.map_or(TypeField::Practitioners, TypeField::Practitioner))
            }
            Refusal::NoNeed => field(TypeField::NeedDriven),
            Refusal::NotInTheRunning { needs: Some(_) } => field(TypeField::ChoosePractitioner),
            Refusal::PractitionerNotRegistered { practitioner: named } => whom(named)
                .map(|id| if terms.setup().is_deactivated(id) { Self::Deactivated(id) } else { Self::Registered(id) }),
            Refusal::PractitionerTakesNoNewPatients { practitioner: named } => whom(named).map(Self::TakesNewPatients),
            Refusal::BeforeEarliestDate { .. } => field(TypeField::EarliestBooking),
            Refusal::NeedNotYetOpen { .. } => field(TypeField::BeforeRecallWeek),
            Refusal::NeedExpired { .. } | Refusal::AfterLastDate { .. } => field(TypeField::AfterRecallWeek),
            Refusal::ClosedDay(ClosedBecause::ClinicClosed(closure) | ClosedBecause::PractitionerAbsent(closure)) => {
                Some(Self::Closure(closure))
            }
            Refusal::ClosedDay(ClosedBecause::PublicHoliday(_)) => Some(Self::PublicHolidays),
            Refusal::OutsideWorkingHours
            | Refusal::BetweenSteps { .. }
            | Refusal::DoesNotFit { before: FreeUntil::EndOfWork, .. } => whom(None).map(Self::Hours),
            Refusal::TooClose { .. } => field(TypeField::Spacing),
            Refusal::Past
            | Refusal::Withheld { .. }
            | Refusal::Unreadable(_)
            | Refusal::Taken { .. }
            | Refusal::DoesNotFit { before: FreeUntil::Taken(_), .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::broken::BrokenRecord;
    use crate::holiday::Holiday;
    use crate::refusal::TakenBy;
    use crate::scene::{Scene, TYPE, date, instant, length, practitioner};
    use crate::time::{Raster, TimeOfDay};

    #[test]
    fn every_reason_leads_to_the_setting_that_causes_it() {
        let scene = Scene::new("2026-11-23 12:00").ticked(&["JH", "MK"]);
        let terms = scene.terms();
        let online_type = scene.setup.online_types[0].id;
        let field = |field| Some(Setting::OnlineType(online_type, field));
        let (jh, mk) = (practitioner("JH"), practitioner("MK"));
        let (day, moment, minutes) = (date("2026-11-24"), instant("2026-11-24 08:00"), length(30));
        let closure = Id::random();
        let spacing = crate::bounded::SpacingMinutes::new(30).expect("within its limits");
        for (refusal, expected) in [
            (Refusal::ServiceStopped, Some(Setting::Service)),
            (Refusal::TypeNotSetUp, Some(Setting::NotSetUp(TYPE))),
            (Refusal::NoPractitioner, field(TypeField::Practitioners)),
            (Refusal::NoNeed, field(TypeField::NeedDriven)),
            (Refusal::NeedExpired { last: day }, field(TypeField::AfterRecallWeek)),
            (Refusal::Withheld { through: None }, None),
            (Refusal::NotInTheRunning { needs: None }, field(TypeField::Practitioner(mk))),
            (Refusal::NotInTheRunning { needs: Some(jh) }, field(TypeField::ChoosePractitioner)),
            (Refusal::PractitionerNotRegistered { practitioner: Some(jh) }, Some(Setting::Registered(jh))),
            (Refusal::PractitionerNotRegistered { practitioner: None }, Some(Setting::Registered(mk))),
            (Refusal::PractitionerTakesNoNewPatients { practitioner: Some(jh) }, Some(Setting::TakesNewPatients(jh))),
            (Refusal::PractitionerTakesNoNewPatients { practitioner: None }, Some(Setting::TakesNewPatients(mk))),
            (Refusal::Past, None),
            (Refusal::BeforeEarliestDate { earliest: day }, field(TypeField::EarliestBooking)),
            (Refusal::NeedNotYetOpen { first: day }, field(TypeField::BeforeRecallWeek)),
            (Refusal::AfterLastDate { last: day }, field(TypeField::AfterRecallWeek)),
            (Refusal::ClosedDay(ClosedBecause::PublicHoliday(Holiday::GoodFriday)), Some(Setting::PublicHolidays)),
            (Refusal::ClosedDay(ClosedBecause::ClinicClosed(closure)), Some(Setting::Closure(closure))),
            (Refusal::ClosedDay(ClosedBecause::PractitionerAbsent(closure)), Some(Setting::Closure(closure))),
            (Refusal::OutsideWorkingHours, Some(Setting::Hours(mk))),
            (Refusal::BetweenSteps { from: TimeOfDay::MIDNIGHT, raster: Raster::ALL[0] }, Some(Setting::Hours(mk))),
            (Refusal::Unreadable(BrokenRecord { kind: None, id: None }), None),
            (Refusal::Taken { by: TakenBy::Patient, until: moment }, None),
            (Refusal::DoesNotFit { minutes, until: moment, before: FreeUntil::EndOfWork }, Some(Setting::Hours(mk))),
            (Refusal::DoesNotFit { minutes, until: moment, before: FreeUntil::Taken(TakenBy::Practitioner) }, None),
            (Refusal::TooClose { suggested: moment, spacing }, field(TypeField::Spacing)),
        ] {
            assert_eq!(Setting::behind(refusal, &terms, Some(mk)), expected, "{refusal:?}");
        }
        // Where nobody was asked about, the first of those in the running.
        let nobody = Refusal::PractitionerNotRegistered { practitioner: None };
        assert_eq!(Setting::behind(nobody, &terms, None), Some(Setting::Registered(jh)));
        let not_ticked = Refusal::NotInTheRunning { needs: None };
        assert_eq!(Setting::behind(not_ticked, &terms, None), field(TypeField::Practitioners));
        let none = Scene::new("2026-11-23 12:00").with(|it| it.setup.online_types.clear());
        assert_eq!(Setting::behind(Refusal::TooClose { suggested: moment, spacing }, &none.terms(), None), None);
    }
}
