//! What a number means today, as a sentence; and why a typed value is none.

use aftalebog_booking::bounded::{NotALine, NotANumber, NoticeDays};
use aftalebog_booking::consequence::{
    Deadline, SpacingEffect, WhoMayBook, WhyNobody, example_appointment_date, last_change_date,
};
use aftalebog_booking::contact::{DIGITS, ReachedBy};
use aftalebog_booking::record::Practitioner;
use aftalebog_booking::time::{Raster, TimeOfDay, Week};
use aftalebog_booking::{Id, Setup};
use chrono::{Datelike, Days, NaiveDate};

use crate::{Texts, fl};

impl Texts {
    pub fn not_a_number(&self, fault: NotANumber) -> String {
        let NotANumber { min, max, whole } = fault;
        if whole {
            fl!(self, "number-outside", min = min, max = max)
        } else {
            fl!(self, "number-not-whole", min = min, max = max)
        }
    }

    pub fn not_a_line(&self, fault: NotALine) -> String {
        match fault {
            NotALine::Missing => fl!(self, "line-missing"),
            NotALine::TooLong { max, length } => fl!(self, "line-too-long", max = max, length = length),
            NotALine::Invisible => fl!(self, "line-invisible"),
        }
    }

    /// What to type instead of what leads to nobody.
    pub fn reaches_nobody(&self, by: ReachedBy) -> String {
        match by {
            ReachedBy::Telephone => fl!(self, "clinic-phone-refused", digits = DIGITS),
            ReachedBy::Email => fl!(self, "clinic-email-refused"),
        }
    }

    /// «8.00».
    pub fn time(&self, time: TimeOfDay) -> String {
        fl!(self, "time", hour = time.hour(), minute = format!("{:02}", time.minute()))
    }

    /// «i morgen (tirs. 24. nov.)»; a date further off is written out.
    pub fn near_date(&self, today: NaiveDate, date: NaiveDate) -> String {
        let short = self.date_short(date);
        match days_until(today, date) {
            Some(0) => fl!(self, "near-today", date = short),
            Some(1) => fl!(self, "near-tomorrow", date = short),
            Some(2) => fl!(self, "near-day-after", date = short),
            _ => self.date_seen_from(today, date),
        }
    }

    /// «i morgen»; a date further off is written out.
    pub fn day_named(&self, today: NaiveDate, date: NaiveDate) -> String {
        match days_until(today, date) {
            Some(0) => fl!(self, "today"),
            Some(1) => fl!(self, "tomorrow"),
            Some(2) => fl!(self, "day-after-tomorrow"),
            _ => self.date_seen_from(today, date),
        }
    }

    /// «tirsdag 16. marts 2027», without the year while it is this one.
    pub fn date_seen_from(&self, today: NaiveDate, date: NaiveDate) -> String {
        if date.year() == today.year() { self.date_weekday(date) } else { self.date_weekday_year(date) }
    }

    /// «En ledig dag fra 8.00: 8.00, 8.30, 9.00 …».
    pub fn spacing(&self, effect: &SpacingEffect, raster: Raster) -> String {
        let times: Vec<String> = effect.first_starts().iter().map(|start| self.time(*start)).collect();
        let times = fl!(self, "and-so-on", times = times.join(", "));
        let eight = effect.first_starts().first().map(|start| self.time(*start)).unwrap_or_default();
        match effect {
            SpacingEffect::AllTimes { .. } => fl!(self, "spacing-all", eight = eight, times = times),
            SpacingEffect::Every { minutes, .. } if effect.is_rounded() => {
                fl!(self, "spacing-rounded", minutes = minutes, raster = raster.minutes(), times = times)
            }
            SpacingEffect::Every { .. } => fl!(self, "spacing-every", eight = eight, times = times),
        }
    }

    /// «hver 30 min.».
    pub fn spacing_short(&self, effect: &SpacingEffect) -> String {
        match effect {
            SpacingEffect::AllTimes { .. } => fl!(self, "spacing-all-short"),
            SpacingEffect::Every { minutes, .. } => fl!(self, "spacing-every-short", minutes = minutes),
        }
    }

    /// «Tidligst: i morgen (tirs. 24. nov.)».
    pub fn earliest_date(&self, today: NaiveDate, earliest: NaiveDate) -> String {
        let date = self.near_date(today, earliest);
        if earliest == today { fl!(self, "earliest-today", date = date) } else { fl!(self, "earliest", date = date) }
    }

    /// «tidligst i morgen».
    pub fn earliest_short(&self, today: NaiveDate, earliest: NaiveDate) -> String {
        let date = match days_until(today, earliest) {
            Some(0) => return fl!(self, "earliest-short-today"),
            Some(_) => self.day_named(today, earliest),
            None => self.date_short(earliest),
        };
        fl!(self, "earliest-short", date = date)
    }

    /// «Senest: tirsdag 10. marts for en aftale torsdag 12. marts».
    pub fn deadline(&self, today: NaiveDate, notice: Option<NoticeDays>) -> String {
        let appointment = example_appointment_date(today, notice);
        match last_change_date(appointment, notice) {
            Deadline::UntilStart => fl!(self, "deadline-until-start"),
            Deadline::Through(last) => {
                let (last, appointment) = (self.date_seen_from(today, last), self.date_seen_from(today, appointment));
                fl!(self, "deadline-through", last = last, appointment = appointment)
            }
        }
    }

    /// «Uge 48: til og med tirsdag 9. marts 2027».
    pub fn last_recall_date(&self, today: NaiveDate, recall: Week, last: Option<NaiveDate>) -> String {
        match last {
            None => fl!(self, "recall-no-limit"),
            Some(last) => {
                fl!(self, "recall-last", week = recall.week(), date = self.date_seen_from(today, last))
            }
        }
    }

    /// «Uge 48: fra og med mandag 23. november».
    pub fn first_recall_date(&self, today: NaiveDate, recall: Week, first: Option<NaiveDate>) -> String {
        match first {
            None => fl!(self, "recall-first-none"),
            Some(first) => {
                fl!(self, "recall-first", week = recall.week(), date = self.date_seen_from(today, first))
            }
        }
    }

    /// «Alle patienter kan booke hos JH, SA.».
    pub fn who_may_book(&self, who: &WhoMayBook, setup: &Setup) -> String {
        match who {
            WhoMayBook::NeedsPractitioner | WhoMayBook::AnyRegistered => fl!(self, "who-needs-practitioner"),
            WhoMayBook::Everyone(practitioners) => {
                fl!(self, "who-everyone", initials = initials(practitioners, setup))
            }
            WhoMayBook::Nobody(WhyNobody::NoneTicked) => fl!(self, "who-none-ticked"),
            WhoMayBook::Nobody(WhyNobody::NoneRegistered) => fl!(self, "who-none-registered"),
        }
    }

    /// «styres af behov», «JH, SA».
    pub fn who_may_book_short(&self, who: &WhoMayBook, setup: &Setup) -> String {
        match who {
            WhoMayBook::NeedsPractitioner => fl!(self, "who-short-need"),
            WhoMayBook::AnyRegistered => fl!(self, "who-short-choose"),
            WhoMayBook::Everyone(practitioners) => initials(practitioners, setup),
            WhoMayBook::Nobody(_) => fl!(self, "who-short-nobody"),
        }
    }
}

pub(crate) fn initials(practitioners: &[Id<Practitioner>], setup: &Setup) -> String {
    let initials = practitioners.iter().filter_map(|id| setup.practitioner(*id));
    initials.map(|practitioner| practitioner.initials.as_str()).collect::<Vec<_>>().join(", ")
}

/// 0 to 2; `None` for any other distance.
fn days_until(today: NaiveDate, date: NaiveDate) -> Option<u64> {
    (0..=2).find(|days| today.checked_add_days(Days::new(*days)) == Some(date))
}
