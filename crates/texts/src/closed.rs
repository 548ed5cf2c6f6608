//! Why nobody is taken in on a day, in a person's words.

use aftalebog_booking::agenda::ClosedBecause;
use aftalebog_booking::holiday::Holiday;
use aftalebog_booking::record::Closure;
use aftalebog_booking::{Id, Setup};

use crate::{Texts, fl};

impl Texts {
    /// «Lukket · Langfredag», «Fraværende · Ferie», or the clinic's own words where they say it.
    pub fn closed(&self, setup: &Setup, because: ClosedBecause) -> String {
        let reason =
            |closure: Id<Closure>| setup.closure(closure).map(|closure| closure.reason.to_string()).unwrap_or_default();
        // A reason that begins with the word itself, as «Lukket mellem jul og nytår», stands alone.
        let stands_alone = |reason: &str, word: &str| reason.to_lowercase().starts_with(&word.to_lowercase());
        match because {
            ClosedBecause::ClinicClosed(closure) => match reason(closure) {
                reason if reason.is_empty() => fl!(self, "book-closed"),
                reason if stands_alone(&reason, &fl!(self, "book-closed")) => reason,
                reason => fl!(self, "book-closed-because", reason = reason),
            },
            ClosedBecause::PractitionerAbsent(closure) => match reason(closure) {
                reason if reason.is_empty() => fl!(self, "book-absent"),
                reason if stands_alone(&reason, &fl!(self, "book-absent")) => reason,
                reason => fl!(self, "book-absent-because", reason = reason),
            },
            ClosedBecause::PublicHoliday(holiday) => {
                fl!(self, "book-closed-because", reason = self.holiday(holiday))
            }
        }
    }

    /// «Langfredag»
    pub fn holiday(&self, holiday: Holiday) -> String {
        let key = match holiday {
            Holiday::NewYearsDay => "new-years-day",
            Holiday::MaundyThursday => "maundy-thursday",
            Holiday::GoodFriday => "good-friday",
            Holiday::EasterSunday => "easter-sunday",
            Holiday::EasterMonday => "easter-monday",
            Holiday::GreatPrayerDay => "great-prayer-day",
            Holiday::AscensionDay => "ascension-day",
            Holiday::WhitSunday => "whit-sunday",
            Holiday::WhitMonday => "whit-monday",
            Holiday::ChristmasDay => "christmas-day",
            Holiday::SecondChristmasDay => "second-christmas-day",
        };
        fl!(self, "book-holiday", holiday = key)
    }
}
