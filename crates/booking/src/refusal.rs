//! Why a time is not offered, with the facts that explain it.
//!
//! Words are chosen elsewhere. Source: design, "Why a time is not offered".

use chrono::{DateTime, NaiveDate, Utc};

use crate::agenda::ClosedBecause;
use crate::bounded::{Length, SpacingMinutes};
use crate::broken::BrokenRecord;
use crate::id::Id;
use crate::record::Practitioner;
use crate::time::{Raster, TimeOfDay};

/// Why a patient may not have a time, in the order in which the reasons are asked for: the first
/// that holds is the one that is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Booking is stopped, or no record says that it runs.
    ServiceStopped,
    /// The appointment type has no set-up for online booking.
    TypeNotSetUp,
    /// Not need-driven, and no practitioner is ticked.
    NoPractitioner,
    /// Need-driven, and the patient has no open need of the type, or not the one asked for.
    NoNeed,
    /// Today lies after `last`, the need's last date.
    NeedExpired {
        last: NaiveDate,
    },
    /// No PC of the clinic has been in touch for long, so nobody knows what is taken.
    /// Through this date; `None`: for all dates.
    Withheld {
        through: Option<NaiveDate>,
    },
    /// The type cannot be booked with this practitioner at all: the need names another one, or
    /// the row is not ticked. *(Ours: the design speaks only of those in the running.)*
    NotInTheRunning {
        needs: Option<Id<Practitioner>>,
    },
    /// `None`: nobody it could be booked with is «Tilmeldt».
    PractitionerNotRegistered {
        practitioner: Option<Id<Practitioner>>,
    },
    /// `None`: nobody it could be booked with takes new patients.
    PractitionerTakesNoNewPatients {
        practitioner: Option<Id<Practitioner>>,
    },
    /// The start is not after now.
    Past,
    /// «Booking muligt»: `earliest` is the first date.
    BeforeEarliestDate {
        earliest: NaiveDate,
    },
    /// «Max dage FØR indkaldeuge»: `first` is the first date.
    NeedNotYetOpen {
        first: NaiveDate,
    },
    /// «Max dage EFTER indkaldeuge»: `last` is the last date.
    AfterLastDate {
        last: NaiveDate,
    },
    ClosedDay(ClosedBecause),
    /// The start lies in no working interval.
    OutsideWorkingHours,
    /// The start lies in a working interval that begins at `from`, but on none of its steps.
    /// *(Ours: the design speaks only of candidates.)*
    BetweenSteps {
        from: TimeOfDay,
        raster: Raster,
    },
    /// A record that decides about the time cannot be read.
    Unreadable(BrokenRecord),
    /// The start lies in busy time, which lasts until then.
    Taken {
        by: TakenBy,
        until: DateTime<Utc>,
    },
    /// The start is free, but not for all of `minutes`: until then only.
    DoesNotFit {
        minutes: Length,
        until: DateTime<Utc>,
        before: FreeUntil,
    },
    /// Allowed, but nearer than the setting to the time suggested before it.
    TooClose {
        suggested: DateTime<Utc>,
        spacing: SpacingMinutes,
    },
}

/// Who is busy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakenBy {
    Practitioner,
    /// The patient has an appointment then, whoever it is with.
    Patient,
}

/// What ends the free time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FreeUntil {
    /// Lunch or the end of the day.
    EndOfWork,
    Taken(TakenBy),
}

impl Refusal {
    /// The name in JSON and in the log.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::ServiceStopped => "service_stopped",
            Self::TypeNotSetUp => "type_not_set_up",
            Self::NoPractitioner => "no_practitioner",
            Self::NoNeed => "no_need",
            Self::NeedExpired { .. } => "need_expired",
            Self::Withheld { .. } => "withheld",
            Self::NotInTheRunning { .. } => "not_in_the_running",
            Self::PractitionerNotRegistered { .. } => "practitioner_not_registered",
            Self::PractitionerTakesNoNewPatients { .. } => "practitioner_takes_no_new_patients",
            Self::Past => "past",
            Self::BeforeEarliestDate { .. } => "before_earliest_date",
            Self::NeedNotYetOpen { .. } => "need_not_yet_open",
            Self::AfterLastDate { .. } => "after_last_date",
            Self::ClosedDay(_) => "closed_day",
            Self::OutsideWorkingHours => "outside_working_hours",
            Self::BetweenSteps { .. } => "between_steps",
            Self::Unreadable(_) => "unreadable",
            Self::Taken { .. } => "taken",
            Self::DoesNotFit { .. } => "does_not_fit",
            Self::TooClose { .. } => "too_close",
        }
    }

    /// How far it stands down the order in which the reasons are asked for.
    pub const fn order(&self) -> u8 {
        match self {
            Self::ServiceStopped => 0,
            Self::TypeNotSetUp => 1,
            Self::NoPractitioner => 2,
            Self::NoNeed => 3,
            Self::NeedExpired { .. } => 4,
            Self::Withheld { .. } => 5,
            Self::NotInTheRunning { .. } => 6,
            Self::PractitionerNotRegistered { .. } => 7,
            Self::PractitionerTakesNoNewPatients { .. } => 8,
            Self::Past => 9,
            Self::BeforeEarliestDate { .. } => 10,
            Self::NeedNotYetOpen { .. } => 11,
            Self::AfterLastDate { .. } => 12,
            Self::ClosedDay(_) => 13,
            Self::OutsideWorkingHours => 14,
            Self::BetweenSteps { .. } => 15,
            Self::Unreadable(_) => 16,
            Self::Taken { .. } => 17,
            Self::DoesNotFit { .. } => 18,
            Self::TooClose { .. } => 19,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::holiday::Holiday;
    use crate::scene::{date, instant, length};

    /// The design's table, from top to bottom; those that are ours stand where they are asked for.
    #[test]
    fn the_order_is_that_of_the_table() {
        let (day, moment, minutes) = (date("2026-11-24"), instant("2026-11-24 08:00"), length(30));
        let spacing = SpacingMinutes::new(30).expect("within its limits");
        let in_order = [
            (Refusal::ServiceStopped, "service_stopped"),
            (Refusal::TypeNotSetUp, "type_not_set_up"),
            (Refusal::NoPractitioner, "no_practitioner"),
            (Refusal::NoNeed, "no_need"),
            (Refusal::NeedExpired { last: day }, "need_expired"),
            (Refusal::Withheld { through: None }, "withheld"),
            (Refusal::NotInTheRunning { needs: None }, "not_in_the_running"),
            (Refusal::PractitionerNotRegistered { practitioner: None }, "practitioner_not_registered"),
            (Refusal::PractitionerTakesNoNewPatients { practitioner: None }, "practitioner_takes_no_new_patients"),
            (Refusal::Past, "past"),
            (Refusal::BeforeEarliestDate { earliest: day }, "before_earliest_date"),
            (Refusal::NeedNotYetOpen { first: day }, "need_not_yet_open"),
            (Refusal::AfterLastDate { last: day }, "after_last_date"),
            (Refusal::ClosedDay(ClosedBecause::PublicHoliday(Holiday::GoodFriday)), "closed_day"),
            (Refusal::OutsideWorkingHours, "outside_working_hours"),
            (Refusal::BetweenSteps { from: TimeOfDay::MIDNIGHT, raster: Raster::ALL[0] }, "between_steps"),
            (Refusal::Unreadable(BrokenRecord { kind: None, id: None }), "unreadable"),
            (Refusal::Taken { by: TakenBy::Patient, until: moment }, "taken"),
            (Refusal::DoesNotFit { minutes, until: moment, before: FreeUntil::EndOfWork }, "does_not_fit"),
            (Refusal::TooClose { suggested: moment, spacing }, "too_close"),
        ];
        for (place, (refusal, code)) in in_order.into_iter().enumerate() {
            assert_eq!((usize::from(refusal.order()), refusal.code()), (place, code));
        }
    }
}
