//! Why a file, or a line of it, cannot be taken: in words that say what to do.

use aftalebog_local::exchange::calendar::{self, EventFault, NotACalendar};
use aftalebog_local::exchange::encoding::Encoding;
use aftalebog_local::exchange::patient::{Fault, Field, LineFault};
use aftalebog_local::exchange::table::{NotATable, Separator};
use aftalebog_texts::{Texts, fl};

pub fn field(texts: &Texts, field: Field) -> String {
    match field {
        Field::Number => fl!(texts, "files-field-number"),
        Field::Name => fl!(texts, "files-field-name"),
        Field::FirstName => fl!(texts, "files-field-first-name"),
        Field::LastName => fl!(texts, "files-field-last-name"),
        Field::BirthDate => fl!(texts, "files-field-birth-date"),
        Field::Phone => fl!(texts, "files-field-phone"),
        Field::Email => fl!(texts, "files-field-email"),
        Field::Code => fl!(texts, "files-field-code"),
        Field::Initials => fl!(texts, "files-field-initials"),
        Field::Minutes => fl!(texts, "files-field-minutes"),
        Field::Week => fl!(texts, "files-field-week"),
        Field::Year => fl!(texts, "files-field-year"),
    }
}

pub fn encoding(texts: &Texts, encoding: Encoding) -> String {
    match encoding {
        Encoding::Utf8 => "UTF-8".to_owned(),
        Encoding::Windows1252 => fl!(texts, "files-encoding-windows"),
        Encoding::Utf16Le => "UTF-16".to_owned(),
        Encoding::Utf16Be => "UTF-16 BE".to_owned(),
    }
}

pub fn separator(texts: &Texts, separator: Separator) -> String {
    match separator {
        Separator::Semicolon => fl!(texts, "files-separator-semicolon"),
        Separator::Comma => fl!(texts, "files-separator-comma"),
        Separator::Tab => fl!(texts, "files-separator-tab"),
        Separator::Bar => fl!(texts, "files-separator-bar"),
    }
}

pub fn not_a_table(texts: &Texts, why: NotATable) -> String {
    match why {
        NotATable::Empty => fl!(texts, "files-empty"),
        NotATable::TooLarge { max } => too_large(texts, max),
        NotATable::TooManyRows { max } => fl!(texts, "files-too-many-rows", max = max),
        NotATable::TooManyColumns { line, max } => fl!(texts, "files-too-many-columns", line = line, max = max),
    }
}

fn too_large(texts: &Texts, bytes: usize) -> String {
    let megabytes = bytes / (1024 * 1024);
    fl!(texts, "files-too-large", megabytes = megabytes)
}

pub fn not_a_calendar(texts: &Texts, why: NotACalendar) -> String {
    match why {
        NotACalendar::NoCalendar => fl!(texts, "files-calendar-none"),
        NotACalendar::TooLarge { max } => too_large(texts, max),
        NotACalendar::TooManyEvents { max } => fl!(texts, "files-calendar-too-many-events", max = max),
        NotACalendar::TooManyRepetitions => fl!(texts, "files-calendar-too-many-repetitions"),
        NotACalendar::TooManyItems { max } => fl!(texts, "files-calendar-too-many-items", max = max),
    }
}

/// «Linje 14».
pub fn line(texts: &Texts, line: usize) -> String {
    fl!(texts, "files-line", line = line.to_string())
}

/// Why a line of a table cannot be taken.
pub fn fault(texts: &Texts, LineFault { line: _, fault }: &LineFault) -> String {
    match fault {
        Fault::Missing(missing) => fl!(texts, "files-fault-missing", field = field(texts, *missing)),
        Fault::NotALine { field: of, fault } => {
            fl!(texts, "files-fault-line", field = field(texts, *of), why = texts.not_a_line(*fault))
        }
        Fault::Unreadable(of) => fl!(texts, "files-fault-unreadable", field = field(texts, *of)),
        Fault::PersonalNumber(of) => fl!(texts, "files-fault-cpr", field = field(texts, *of)),
        Fault::NotADate { text } => fl!(texts, "files-fault-date", text = short(text)),
        Fault::NobodysBirthday { date } => fl!(texts, "files-fault-birthday", date = texts.date(*date)),
        Fault::NumberTwice { number, first } => {
            fl!(texts, "files-fault-twice", number = number.clone(), line = first.to_string())
        }
        Fault::Ambiguous { number } => fl!(texts, "files-fault-ambiguous", number = number.clone()),
        Fault::UnknownPatient { number } => fl!(texts, "files-fault-patient", number = short(number)),
        Fault::UnknownCode { code } => fl!(texts, "files-fault-code", code = short(code)),
        Fault::UnknownInitials { initials } => fl!(texts, "files-fault-initials", initials = short(initials)),
        Fault::CodeNotInUse { code } => fl!(texts, "files-fault-code-unused", code = short(code)),
        Fault::NotStaff { initials } => fl!(texts, "files-fault-not-staff", initials = short(initials)),
        Fault::NotMinutes { text } => {
            use aftalebog_booking::bounded::Length;
            fl!(texts, "files-fault-minutes", text = short(text), min = Length::MIN, max = Length::MAX)
        }
        Fault::NotAWeek { text } => fl!(texts, "files-fault-week", text = short(text)),
        Fault::NoYear { week } => fl!(texts, "files-fault-no-year", week = short(week)),
        Fault::NoSuchWeek(none) => {
            fl!(texts, "need-week-none", week = none.week, year = none.year.to_string(), weeks = none.weeks)
        }
        Fault::TooManyCells => fl!(texts, "files-fault-cells"),
        Fault::Unclosed => fl!(texts, "files-fault-unclosed"),
    }
}

/// Why an event of a calendar cannot be taken.
pub fn event_fault(texts: &Texts, EventFault { line: _, summary: _, fault }: &EventFault) -> String {
    match fault {
        calendar::Fault::Unreadable { property } => {
            fl!(texts, "files-calendar-fault-unreadable", property = property.to_string())
        }
        calendar::Fault::NoStart => fl!(texts, "files-calendar-fault-no-start"),
        calendar::Fault::EndsBeforeItBegins => fl!(texts, "files-calendar-fault-reversed"),
        calendar::Fault::UnknownZone { name } => fl!(texts, "files-calendar-fault-zone", zone = short(name)),
        calendar::Fault::Rule => fl!(texts, "files-calendar-fault-rule"),
        calendar::Fault::Endless => fl!(texts, "files-calendar-fault-endless"),
        calendar::Fault::NeverEnds => fl!(texts, "files-calendar-fault-never-ends"),
    }
}

/// No more of what a file says than fits into a sentence.
pub fn short(text: &str) -> String {
    const LETTERS: usize = 30;
    match text.char_indices().nth(LETTERS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
