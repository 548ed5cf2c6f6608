//! What a patient reads when a time cannot be had: what they can do about it, and nothing of what the
//! clinic keeps to itself, as why somebody is away.

use aftalebog_booking::Setup;
use aftalebog_booking::agenda::ClosedBecause;
use aftalebog_booking::consequence::Deadline;
use aftalebog_booking::deadline::Fixed;
use aftalebog_booking::refusal::{FreeUntil, Refusal, TakenBy};
use chrono::NaiveDate;

use crate::{Texts, fl};

/// What a patient wants with an appointment they have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    Cancel,
    Move,
}

impl Texts {
    /// «Tiden er lige blevet taget af en anden. Vælg en anden tid.»
    pub fn refusal_to_patient(&self, refusal: Refusal, setup: &Setup, today: NaiveDate) -> String {
        let day = |date| self.date_seen_from(today, date);
        match refusal {
            Refusal::ServiceStopped => match &setup.service.value.closed_text {
                Some(own) if !own.as_str().is_empty() => own.to_string(),
                _ => fl!(self, "patient-service-stopped"),
            },
            Refusal::TypeNotSetUp
            | Refusal::NoPractitioner
            | Refusal::PractitionerNotRegistered { practitioner: None }
            | Refusal::Unreadable(_) => fl!(self, "patient-not-online"),
            Refusal::NotInTheRunning { .. } | Refusal::PractitionerNotRegistered { practitioner: Some(_) } => {
                fl!(self, "patient-not-with-them")
            }
            Refusal::NoNeed => fl!(self, "patient-no-need"),
            Refusal::NeedExpired { last } => fl!(self, "patient-need-expired", date = day(last)),
            Refusal::Withheld { through: Some(last) } => fl!(self, "patient-withheld-through", date = day(last)),
            Refusal::Withheld { through: None } => fl!(self, "patient-withheld"),
            Refusal::PractitionerTakesNoNewPatients { .. } => fl!(self, "patient-no-new"),
            Refusal::Past => fl!(self, "patient-past"),
            Refusal::BeforeEarliestDate { earliest } => fl!(self, "patient-before-earliest", date = day(earliest)),
            Refusal::NeedNotYetOpen { first } => fl!(self, "patient-not-yet", date = day(first)),
            Refusal::AfterLastDate { last } => fl!(self, "patient-after-last", date = day(last)),
            Refusal::ClosedDay(ClosedBecause::PractitionerAbsent(_)) => fl!(self, "patient-absent"),
            Refusal::ClosedDay(_) => fl!(self, "patient-closed"),
            Refusal::OutsideWorkingHours
            | Refusal::BetweenSteps { .. }
            | Refusal::DoesNotFit { before: FreeUntil::EndOfWork, .. }
            | Refusal::TooClose { .. } => fl!(self, "patient-no-such-time"),
            Refusal::Taken { by: TakenBy::Practitioner, .. }
            | Refusal::DoesNotFit { before: FreeUntil::Taken(TakenBy::Practitioner), .. } => {
                fl!(self, "patient-taken")
            }
            Refusal::Taken { by: TakenBy::Patient, .. }
            | Refusal::DoesNotFit { before: FreeUntil::Taken(TakenBy::Patient), .. } => fl!(self, "patient-own-taken"),
        }
    }

    /// «Tiden kunne flyttes til og med fredag 20. november. Ring til klinikken.»
    pub fn fixed_to_patient(&self, fixed: Fixed, wish: Wish, setup: &Setup, today: NaiveDate) -> String {
        match fixed {
            Fixed::Cancelled => fl!(self, "patient-cancelled-already"),
            Fixed::TypeNotSetUp => match wish {
                Wish::Cancel => fl!(self, "patient-cancel-by-telephone"),
                Wish::Move => fl!(self, "patient-move-by-telephone"),
            },
            Fixed::Begun => fl!(self, "patient-past"),
            Fixed::TooLate { last } => {
                let last = match last {
                    Deadline::Through(date) => self.date_seen_from(today, date),
                    Deadline::UntilStart => self.date_seen_from(today, today),
                };
                match wish {
                    Wish::Cancel => fl!(self, "patient-cancel-too-late", date = last),
                    Wish::Move => fl!(self, "patient-move-too-late", date = last),
                }
            }
            Fixed::NotThere(refusal) => self.refusal_to_patient(refusal, setup, today),
        }
    }
}
