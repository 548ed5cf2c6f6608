//! Why a time is not offered, as a sentence for the receptionist.

use aftalebog_booking::broken::{Broken, BrokenRecord, Fault};
use aftalebog_booking::record::Practitioner;
use aftalebog_booking::refusal::{FreeUntil, Refusal, TakenBy};
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
            Refusal::Withheld { through: Some(last) } => fl!(self, "why-withheld-through", date = day(last)),
            Refusal::Withheld { through: None } => fl!(self, "why-withheld"),
            Refusal::NotInTheRunning { needs: Some(needs) } => {
                fl!(self, "why-other-practitioner", who = self.practitioner_within(needs, setup))
            }
            Refusal::NotInTheRunning { needs: None } => fl!(self, "why-not-ticked", who = who(None)),
            Refusal::PractitionerNotRegistered { practitioner: None } => fl!(self, "why-nobody-registered"),
            Refusal::PractitionerNotRegistered { practitioner: Some(id) } if setup.is_deactivated(id) => {
                fl!(self, "why-deactivated", who = who(Some(id)))
            }
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
            Refusal::ClosedDay(because) => sentence(self.closed(setup, because)),
            Refusal::OutsideWorkingHours => fl!(self, "why-outside-hours", who = who(None)),
            Refusal::BetweenSteps { from, raster } => {
                fl!(self, "why-between-steps", who = who(None), time = self.time(from), raster = raster.minutes())
            }
            Refusal::Unreadable(record) => {
                fl!(self, "why-unreadable", record = record_name(record))
            }
            Refusal::Taken { by: TakenBy::Practitioner, until } => {
                fl!(self, "why-taken", who = who(None), time = clock(until))
            }
            Refusal::Taken { by: TakenBy::Patient, until } => fl!(self, "why-taken-patient", time = clock(until)),
            Refusal::DoesNotFit { minutes, until, before } => {
                let (minutes, time) = (minutes.get(), clock(until));
                match before {
                    FreeUntil::EndOfWork => {
                        fl!(self, "why-does-not-fit-work", minutes = minutes, who = who(None), time = time)
                    }
                    FreeUntil::Taken(TakenBy::Practitioner) => {
                        fl!(self, "why-does-not-fit-appointment", minutes = minutes, who = who(None), time = time)
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

    /// «appointment 2f1c…: feltet minutes mangler eller kan ikke læses»; never what stands in it.
    pub fn broken(&self, broken: &Broken) -> String {
        format!("{}: {}", record_name(broken.record), self.fault(&broken.fault))
    }

    /// «feltet minutes mangler eller kan ikke læses»
    pub fn fault(&self, fault: &Fault) -> String {
        match fault {
            Fault::UnknownKind => fl!(self, "fault-unknown-kind"),
            Fault::NoId => fl!(self, "fault-no-id"),
            Fault::NoValue => fl!(self, "fault-no-value"),
            Fault::Field(field) => fl!(self, "fault-field", field = field.clone()),
            Fault::FieldsDisagree => fl!(self, "fault-fields-disagree"),
            Fault::SameId => fl!(self, "fault-same-id"),
            Fault::OnlyOne => fl!(self, "fault-only-one"),
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

    /// The same in the middle of a sentence: «LB», or «en behandler, der ikke findes i klinikken».
    fn practitioner_within(&self, id: Id<Practitioner>, setup: &Setup) -> String {
        let known = setup.practitioner(id);
        known.map_or_else(|| fl!(self, "why-an-unknown-practitioner"), |practitioner| practitioner.initials.to_string())
    }
}

/// With a full stop, unless the clinic's own words have ended with one.
fn sentence(words: String) -> String {
    if words.ends_with(['.', '!', '?', '…']) { words } else { words + "." }
}

/// «appointment 2f1c…», as it is called in an export.
fn record_name(record: BrokenRecord) -> String {
    let kind = record.kind.map_or("?", |kind| kind.name());
    record.id.map_or_else(|| kind.to_owned(), |id| format!("{kind} {id}"))
}

#[cfg(test)]
mod tests {
    use super::sentence;

    #[test]
    fn a_sentence_ends_with_one_full_stop_however_the_clinic_writes_it() {
        for (written, expected) in [
            ("Lukket mellem jul og nytår", "Lukket mellem jul og nytår."),
            ("Fraværende · Kursus.", "Fraværende · Kursus."),
            ("Lukket – god jul!", "Lukket – god jul!"),
        ] {
            assert_eq!(sentence(written.to_owned()), expected);
        }
    }
}
