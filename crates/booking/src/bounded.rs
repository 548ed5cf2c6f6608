//! Numbers and texts that carry their limits in their type.
//!
//! Each limit is said once, here; the field that is typed in, the message that refuses it and
//! the test that tries its borders all read it from the type. Limits: design, "Valid numbers".

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A whole number from `MIN` to `MAX`, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "u16")]
pub struct Whole<const MIN: u16, const MAX: u16>(u16);

/// «Minimum tid mellem foreslåede tider», in minutes.
pub type SpacingMinutes = Whole<0, 480>;
/// «Max dage FØR/EFTER indkaldeuge», in calendar days.
pub type RecallDays = Whole<0, 3650>;
/// «Booking», «Afbud» and «Flytning muligt … dag(e)», in calendar days.
pub type NoticeDays = Whole<0, 365>;
/// How long an appointment, a type, a need or a practitioner's row lasts, in minutes.
pub type Length = Whole<5, 480>;

impl<const MIN: u16, const MAX: u16> Whole<MIN, MAX> {
    pub const MIN: u16 = MIN;
    pub const MAX: u16 = MAX;

    pub const fn new(number: u16) -> Result<Self, OutOfRange> {
        if number >= MIN && number <= MAX { Ok(Self(number)) } else { Err(OutOfRange { min: MIN, max: MAX }) }
    }

    pub const fn get(self) -> u16 {
        self.0
    }

    /// What was typed in a field: blank is no number, and never 0.
    pub fn parse_optional(typed: &str) -> Result<Option<Self>, NotANumber> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Ok(None);
        }
        let fault = NotANumber { min: MIN, max: MAX, whole: true };
        if !typed.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NotANumber { whole: false, ..fault });
        }
        let number: u16 = typed.parse().map_err(|_| fault)?;
        Self::new(number).map(Some).map_err(|_| fault)
    }
}

impl<const MIN: u16, const MAX: u16> TryFrom<i64> for Whole<MIN, MAX> {
    type Error = OutOfRange;

    fn try_from(number: i64) -> Result<Self, OutOfRange> {
        u16::try_from(number).map_err(|_| OutOfRange { min: MIN, max: MAX }).and_then(Self::new)
    }
}

impl<const MIN: u16, const MAX: u16> From<Whole<MIN, MAX>> for u16 {
    fn from(number: Whole<MIN, MAX>) -> u16 {
        number.0
    }
}

impl<const MIN: u16, const MAX: u16> fmt::Display for Whole<MIN, MAX> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// A number outside its limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("must be a whole number from {min} to {max}")]
pub struct OutOfRange {
    pub min: u16,
    pub max: u16,
}

/// Why a typed text is no valid number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("must be a whole number from {min} to {max}, or blank")]
pub struct NotANumber {
    pub min: u16,
    pub max: u16,
    /// It is a whole number, but outside the limits.
    pub whole: bool,
}

/// One line of text of `MIN` to `MAX` characters, without blanks at its ends and without
/// characters that a person cannot see.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Line<const MIN: usize, const MAX: usize>(String);

/// A name people read: of a clinic, a practitioner, a type, a patient.
pub type Name = Line<1, 100>;
/// A type's code, a practitioner's initials.
pub type Code = Line<1, 8>;
/// «Online alias»: what a patient reads instead of the code.
pub type Alias = Line<1, 80>;
/// A line that may be left empty.
pub type Detail = Line<0, 300>;
/// The clinic's own number for a patient.
pub type PatientNumber = Line<1, 20>;

impl<const MIN: usize, const MAX: usize> Line<MIN, MAX> {
    pub const MIN: usize = MIN;
    pub const MAX: usize = MAX;

    /// Takes what was typed, without the blanks around it.
    pub fn new(typed: &str) -> Result<Self, NotALine> {
        let typed = typed.trim();
        let length = typed.chars().count();
        if has_invisible(typed) {
            Err(NotALine::Invisible)
        } else if length < MIN {
            Err(NotALine::Missing)
        } else if length > MAX {
            Err(NotALine::TooLong { max: MAX, length })
        } else {
            Ok(Self(typed.to_owned()))
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a text has a character that nobody sees: two lines that look alike would then differ.
/// The joiner and the selectors of emoji are allowed where they belong, inside an emoji.
fn has_invisible(text: &str) -> bool {
    let characters: Vec<char> = text.chars().collect();
    let is_out_of_place = |(index, character): (usize, &char)| {
        let before = index.checked_sub(1).and_then(|index| characters.get(index)).copied();
        let after = characters.get(index + 1).copied();
        match character {
            // A family is three pictures joined; the heart on fire has a selector before the joiner.
            '\u{200D}' => {
                let joins = before.is_some_and(|before| before == '\u{FE0F}' || is_picture(before));
                !(joins && after.is_some_and(is_picture))
            }
            '\u{FE0E}' | '\u{FE0F}' => {
                let keycap = matches!((before, after), (Some('0'..='9' | '#' | '*'), Some('\u{20E3}')));
                !(keycap || before.is_some_and(is_picture))
            }
            character => is_invisible(*character),
        }
    };
    characters.iter().enumerate().any(is_out_of_place)
}

/// A character that can be a picture: emoji begin at «‼», but for these two.
fn is_picture(character: char) -> bool {
    matches!(character, '©' | '®' | '\u{203C}'..) && !is_invisible(character) && !character.is_whitespace()
}

/// Control characters, what breaks a line, what Unicode calls default ignorable (of no width, or
/// turning the direction of the text around it), and the blanks that are called letters.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
                | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
                | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}'
                | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}'
        )
}

impl<const MIN: usize, const MAX: usize> TryFrom<String> for Line<MIN, MAX> {
    type Error = NotALine;

    fn try_from(text: String) -> Result<Self, NotALine> {
        Self::new(&text)
    }
}

impl<const MIN: usize, const MAX: usize> From<Line<MIN, MAX>> for String {
    fn from(line: Line<MIN, MAX>) -> String {
        line.0
    }
}

impl<const MIN: usize, const MAX: usize> fmt::Display for Line<MIN, MAX> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// Why a typed text is no valid line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotALine {
    #[error("must not be empty")]
    Missing,
    #[error("has {length} characters, at most {max} are allowed")]
    TooLong { max: usize, length: usize },
    #[error("has a character that cannot be seen")]
    Invisible,
}

/// The id under which the clinic's own web analytics counts, such as `G-AB12CD34EF`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MeasurementId(String);

impl MeasurementId {
    pub const MIN: usize = 4;
    pub const MAX: usize = 40;

    /// Takes what was typed, without the blanks around it.
    pub fn new(typed: &str) -> Result<Self, NotAMeasurementId> {
        let typed = typed.trim();
        let fits = (Self::MIN..=Self::MAX).contains(&typed.len());
        let plain = typed.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if fits && plain { Ok(Self(typed.to_owned())) } else { Err(NotAMeasurementId) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for MeasurementId {
    type Error = NotAMeasurementId;

    fn try_from(text: String) -> Result<Self, NotAMeasurementId> {
        Self::new(&text)
    }
}

impl From<MeasurementId> for String {
    fn from(id: MeasurementId) -> String {
        id.0
    }
}

impl fmt::Display for MeasurementId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// A text that no web analytics can have given out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("must be {} to {} ASCII letters, digits and hyphens", MeasurementId::MIN, MeasurementId::MAX)]
pub struct NotAMeasurementId;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_zero_and_the_borders_of_a_number() {
        type Typed = Whole<5, 480>;
        let whole = |typed| Typed::parse_optional(typed).map(|number| number.map(Typed::get));
        let outside = Err(NotANumber { min: 5, max: 480, whole: true });
        let no_number = Err(NotANumber { min: 5, max: 480, whole: false });
        assert_eq!(whole(""), Ok(None));
        assert_eq!(whole("  "), Ok(None));
        assert_eq!(whole("4"), outside);
        assert_eq!(whole("5"), Ok(Some(5)));
        assert_eq!(whole(" 480 "), Ok(Some(480)));
        assert_eq!(whole("481"), outside);
        assert_eq!(whole("99999999999999999999"), outside);
        for typed in ["-1", "0.5", "1,5", "٣", "1e2", "NaN", "+7", "3 0"] {
            assert_eq!(whole(typed), no_number, "{typed}");
        }
        assert_eq!(SpacingMinutes::parse_optional("0"), SpacingMinutes::new(0).map(Some).map_err(|_| unreachable!()));
    }

    #[test]
    fn lines_are_trimmed_and_refused_with_the_reason() {
        let alias = |typed: &str| Alias::new(typed).map(|line| line.as_str().to_owned());
        assert_eq!(alias("  Undersøgelse "), Ok("Undersøgelse".to_owned()));
        assert_eq!(alias(" \t "), Err(NotALine::Missing));
        assert_eq!(alias(&"æ".repeat(80)), Ok("æ".repeat(80)));
        assert_eq!(alias(&"æ".repeat(81)), Err(NotALine::TooLong { max: 80, length: 81 }));
        assert_eq!(alias("<script>🦷"), Ok("<script>🦷".to_owned()));
    }

    #[test]
    fn what_nobody_sees_is_refused_and_emoji_are_not() {
        for typed in [
            "\u{200B}", // a zero-width space, and nothing else
            "\u{200D}", // a joiner
            "\u{FE0F}\u{200D}",
            "\u{2800}", // a blank of braille
            "\u{3164}", // a blank that is called a letter
            "Kontrol\u{200B}",
            "Kon\u{200D}trol", // joins no pictures
            "Kon\u{200C}trol",
            "Kontrol 1\u{FE0F}", // selects nothing
            "Kon\u{AD}trol",
            "Kon\u{2060}trol",
            "Kon\u{34F}trol",
            "Kon\u{180E}trol",
            "Kon\u{FFF9}trol",
            "Kon\u{FFFB}trol",
            "Kon\u{E0074}trol", // a tag
            "Kon\u{E0100}trol", // a selector of Chinese writing
            "Kon\u{2028}trol",
            "Kon\u{202E}trol",
            "Kon\u{FEFF}trol",
            "Kon\0trol",
            "🦷\u{200D}",
            "\u{200D}🦷",
            "🦷\u{200D} 🦷",
            "🦷\u{200D}\u{200D}🦷",
            "❤\u{FE0F}\u{FE0F}",
        ] {
            assert_eq!(Alias::new(typed), Err(NotALine::Invisible), "{}", typed.escape_unicode());
            assert_eq!(Detail::new(typed), Err(NotALine::Invisible), "{}", typed.escape_unicode());
        }
        for typed in [
            "🦷",
            "Børn 👨\u{200D}👩\u{200D}👧 og voksne",
            "👩🏽\u{200D}⚕\u{FE0F}",
            "❤\u{FE0F}\u{200D}🔥",
            "Tandlægerne ©\u{FE0F}",
            "🅰\u{FE0F}",
            "1\u{FE0F}\u{20E3} Undersøgelse",
            "🇩🇰",
            "A\u{30A}se", // an «Å» of two characters
            "Jensen\u{A0}–\u{2009}Kjær",
        ] {
            assert_eq!(Alias::new(typed).map(String::from), Ok(typed.to_owned()), "{}", typed.escape_unicode());
        }
    }

    #[test]
    fn the_borders_of_a_measurement_id() {
        let longest = "G".repeat(40);
        for (typed, expected) in [(" G-AB12CD34EF ", "G-AB12CD34EF"), ("g-a1", "g-a1"), (&longest, &longest)] {
            assert_eq!(MeasurementId::new(typed).map(String::from), Ok(expected.to_owned()));
        }
        let too_long = "G".repeat(41);
        for typed in ["", "  ", "G-1", &too_long, "G-Å1", "<script>", "G AB12", "G_AB12", "G-AB\u{200B}12"] {
            assert_eq!(MeasurementId::new(typed), Err(NotAMeasurementId), "{typed}");
        }
    }

    #[test]
    fn json_outside_the_limits_is_refused() {
        assert!(serde_json::from_str::<MeasurementId>("\"G-AB12CD34EF\"").is_ok());
        assert!(serde_json::from_str::<MeasurementId>("\"\"").is_err());
        assert!(serde_json::from_str::<Length>("5").is_ok());
        for json in ["4", "481", "-1", "70000", "5.5", "\"5\"", "null"] {
            assert!(serde_json::from_str::<Length>(json).is_err(), "{json}");
        }
    }
}
