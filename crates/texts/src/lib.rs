//! Every word for people, in Danish (the source) and English.
//!
//! The words stand in `assets/locales`; `fl!(texts, "id", name = value)` is checked against the
//! Danish file when the program is compiled, and a test holds the English file against it.

use std::fmt;
use std::ops::Deref;

use aftalebog_booking::wire::Titles;
use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};
use i18n_embed::LanguageLoader;
use i18n_embed::fluent::FluentLanguageLoader;
use i18n_embed::unic_langid::LanguageIdentifier;
use rust_embed::RustEmbed;

mod closed;
mod consequence;
mod field;
mod finding;
pub mod guide;
mod hours;
mod patient;
mod placement;
mod refusal;
pub mod typed;

pub use field::Names;
pub use i18n_embed_fl::fl;
pub use patient::Wish;
pub use placement::capital;

#[derive(RustEmbed)]
#[folder = "../../assets/locales"]
struct Locales;

/// A language the program speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    #[default]
    Danish,
    English,
}

impl Language {
    pub const ALL: [Self; 2] = [Self::Danish, Self::English];

    /// The language's code, as it is stored: `da` or `en`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Danish => "da",
            Self::English => "en",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    /// The language's name in itself.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Danish => "Dansk",
            Self::English => "English",
        }
    }

    fn identifier(self) -> LanguageIdentifier {
        self.code().parse().expect("each code is a language")
    }
}

/// The words of one language.
pub struct Texts {
    language: Language,
    loader: FluentLanguageLoader,
}

impl Texts {
    pub fn new(language: Language) -> Self {
        let loader = FluentLanguageLoader::new("aftalebog", Language::Danish.identifier());
        loader
            .load_languages(&Locales, &[language.identifier()])
            .expect("both languages are part of the program, and a test reads them");
        // The marks around what is put into a sentence would be drawn as boxes.
        loader.set_use_isolating(false);
        Self { language, loader }
    }

    pub const fn language(&self) -> Language {
        self.language
    }

    /// What a server says in both, in this one.
    pub fn of_both<'t>(&self, both: &'t Titles) -> &'t str {
        match self.language {
            Language::Danish => &both.da,
            Language::English => &both.en,
        }
    }

    /// «mandag».
    pub fn weekday(&self, date: NaiveDate) -> String {
        fl!(self, "weekday", day = date.weekday().number_from_monday())
    }

    /// «ma»: the head of a calendar's column, 1 for Monday.
    pub fn weekday_letters(&self, weekday: chrono::Weekday) -> String {
        fl!(self, "weekday-letters", day = weekday.number_from_monday())
    }

    /// «november 2026».
    pub fn month_year(&self, date: NaiveDate) -> String {
        fl!(self, "month-year", month = self.month(date), year = date.year())
    }

    /// «23. november 2026».
    pub fn date(&self, date: NaiveDate) -> String {
        fl!(self, "date", day = date.day(), month = self.month(date), year = date.year())
    }

    /// «tirsdag 24. november».
    pub fn date_weekday(&self, date: NaiveDate) -> String {
        fl!(self, "date-weekday", weekday = self.weekday(date), day = date.day(), month = self.month(date))
    }

    /// «tirsdag 24. november 2026».
    pub fn date_weekday_year(&self, date: NaiveDate) -> String {
        fl!(
            self,
            "date-weekday-year",
            weekday = self.weekday(date),
            day = date.day(),
            month = self.month(date),
            year = date.year()
        )
    }

    /// «man. 23. nov.».
    pub fn date_short(&self, date: NaiveDate) -> String {
        let weekday = fl!(self, "weekday-short", day = date.weekday().number_from_monday());
        let month = fl!(self, "month-short", month = date.month());
        fl!(self, "date-short", weekday = weekday, day = date.day(), month = month)
    }

    /// «23. nov.».
    pub fn day_of_month(&self, date: NaiveDate) -> String {
        fl!(self, "days-day", day = date.day(), month = fl!(self, "month-short", month = date.month()))
    }

    /// «14.02».
    pub fn time_of(&self, time: NaiveTime) -> String {
        fl!(self, "time", hour = time.hour(), minute = format!("{:02}", time.minute()))
    }

    fn month(&self, date: NaiveDate) -> String {
        fl!(self, "month", month = date.month())
    }
}

/// What `fl!` asks.
impl Deref for Texts {
    type Target = FluentLanguageLoader;

    fn deref(&self) -> &FluentLanguageLoader {
        &self.loader
    }
}

impl fmt::Debug for Texts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Texts").field(&self.language).finish()
    }
}

#[cfg(test)]
mod tests;
