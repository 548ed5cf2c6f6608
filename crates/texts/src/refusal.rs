//! Why a time is not offered, as a sentence for the receptionist.

use aftalebog_booking::record::Practitioner;
use aftalebog_booking::refusal::{FreeUntil, Refusal, TakenBy, Withheld};
use aftalebog_booking::zone::local;
use aftalebog_booking::{Id, Setup};
use chrono::{DateTime, NaiveDate, Utc};

use crate::{Texts, fl};

impl Texts {
    /// «LB er optaget til kl. 9.15.» `practitioner` is the one who was asked about; `None` where
    /// the reason bars the whole request.
    pub fn refusal(
        &self,
        refusal: Refusal,
        practitioner: Option<Id<Practitioner>>,
        setup: &Setup,
        today: NaiveDate,
    ) -> String {
        let who = |id: Option<Id<Practitioner>>| self.practitioner(id.or(practitioner), setup);
        let clock = |instant: DateTime<Utc>| self.time_of(local(setup.clinic.value.time_zone, instant).time());
        let day = |date| self.date_seen_from(today, date);
        match refusal {
            Refusal::ServiceStopped => fl!(self, "why-service-stopped"),
            Refusal::TypeNotSetUp => fl!(self, "why-type-not-set-up"),
            Refusal::NoPractitioner => fl!(self, "why-no-practitioner"),
            Refusal::NoNeed => fl!(self, "why-no-need"),
            Refusal::NeedExpired { last } => fl!(self, "why-need-expired", date = day(last)),
            Refusal::Withheld(Withheld::Through(last)) => fl!(self, "why-withheld-through", date = day(last)),
            Refusal::Withheld(Withheld::Nothing | Withheld::Everything) => fl!(self, "why-withheld"),
            Refusal::NotInTheRunning { needs: Some(needs) } => {
                fl!(self, "why-other-practitioner", who = who(Some(needs)))
            }
            Refusal::NotInTheRunning { needs: None } => fl!(self, "why-not-ticked", who = who(None)),
            Refusal::PractitionerNotRegistered { practitioner: None } => fl!(self, "why-nobody-registered"),
            Refusal::PractitionerNotRegistered { practitioner } => {
                fl!(self, "why-not-registered", who = who(practitioner))
            }
            Refusal::PractitionerTakesNoNewPatients { practitioner: None } => fl!(self, "why-nobody-takes-new"),
            Refusal::PractitionerTakesNoNewPatients { practitioner } => {
                fl!(self, "why-takes-no-new", who = who(practitioner))
            }
            Refusal::Past => fl!(self, "why-past"),
            Refusal::BeforeEarliestDate { earliest } => {
                fl!(self, "why-before-earliest", date = self.near_date(today, earliest))
            }
            Refusal::NeedNotYetOpen { first } => fl!(self, "why-need-not-yet-open", date = day(first)),
            Refusal::AfterLastDate { last } => fl!(self, "why-after-last", date = day(last)),
            Refusal::ClosedDay(because) => self.closed(setup, because),
            Refusal::OutsideWorkingHours => fl!(self, "why-outside-hours", who = who(None)),
            Refusal::BetweenSteps { from, raster } => {
                fl!(self, "why-between-steps", who = who(None), time = self.time(from), raster = raster.minutes())
            }
            Refusal::Unreadable(record) => {
                let kind = record.kind.map(|kind| kind.name()).unwrap_or_default();
                let id = record.id.map(|id| id.to_string()).unwrap_or_default();
                fl!(self, "why-unreadable", record = format!("{kind} {id}").trim().to_owned())
            }
            Refusal::Taken { by: TakenBy::Practitioner, until } => {
                fl!(self, "why-taken", who = who(None), time = clock(until))
            }
            Refusal::Taken { by: TakenBy::Patient, until } => fl!(self, "why-taken-patient", time = clock(until)),
            Refusal::DoesNotFit { minutes, until, before } => {
                let (minutes, time) = (minutes.get(), clock(until));
                match before {
                    FreeUntil::EndOfWork => fl!(self, "why-does-not-fit-work", minutes = minutes, time = time),
                    FreeUntil::Taken(TakenBy::Practitioner) => {
                        fl!(self, "why-does-not-fit-appointment", minutes = minutes, time = time)
                    }
                    FreeUntil::Taken(TakenBy::Patient) => {
                        fl!(self, "why-does-not-fit-patient", minutes = minutes, time = time)
                    }
                }
            }
            Refusal::TooClose { suggested, spacing } => {
                fl!(self, "why-too-close", minutes = spacing.get(), time = clock(suggested))
            }
        }
    }

    /// «LB arbejder ikke fredag 27. november.»
    pub fn does_not_work_on(&self, practitioner: Id<Practitioner>, setup: &Setup, date: NaiveDate) -> String {
        let who = self.practitioner(Some(practitioner), setup);
        fl!(self, "why-day-outside-hours", who = who, date = self.date_weekday(date))
    }

    /// «LB», or «Behandleren» where nobody knows who.
    fn practitioner(&self, id: Option<Id<Practitioner>>, setup: &Setup) -> String {
        let known = id.and_then(|id| setup.practitioner(id));
        known.map_or_else(|| fl!(self, "why-the-practitioner"), |practitioner| practitioner.initials.to_string())
    }
}
