//! Dates and times as iCalendar writes them.

use aftalebog_booking::time::TimeOfDay;
use aftalebog_booking::zone;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;
use icalendar::{CalendarDateTime, DatePerhapsTime, Property};

use super::Fault;

/// A day, or a time on the wall clock of a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    Day(NaiveDate),
    Time { naive: NaiveDateTime, zone: Tz },
}

impl Moment {
    /// `floating` is the zone of times that name none.
    pub(super) fn read(property: &Property, floating: Tz) -> Result<Self, Fault> {
        let unreadable = Fault::Unreadable { property: known_name(property.key()) };
        match DatePerhapsTime::from_property(property).ok_or(unreadable)? {
            DatePerhapsTime::Date(date) => Ok(Self::Day(date)),
            DatePerhapsTime::DateTime(CalendarDateTime::Floating(naive)) => Ok(Self::Time { naive, zone: floating }),
            DatePerhapsTime::DateTime(CalendarDateTime::Utc(instant)) => {
                Ok(Self::Time { naive: instant.naive_utc(), zone: Tz::UTC })
            }
            DatePerhapsTime::DateTime(CalendarDateTime::WithTimezone { date_time, tzid }) => {
                let zone = zone_named(&tzid).ok_or(Fault::UnknownZone { name: tzid })?;
                Ok(Self::Time { naive: date_time, zone })
            }
        }
    }

    /// A list, separated by commas; of a period only its beginning.
    pub(super) fn read_list(property: &Property, clock: Tz, floating: Tz) -> Result<Vec<Self>, Fault> {
        let zone = match property.params().get("TZID") {
            Some(tzid) => {
                zone_named(tzid.value()).ok_or_else(|| Fault::UnknownZone { name: tzid.value().to_owned() })?
            }
            None => floating,
        };
        let one = |text: &str| {
            let text = text.split_once('/').map_or(text, |(beginning, _)| beginning);
            // A moment without a zone, among those of an event that has one, is on the event's clock.
            let zone = if property.params().contains_key("TZID") { zone } else { clock };
            let read = Property::new(property.key(), text.trim());
            match Self::read(&read, zone)? {
                Self::Time { naive, zone } if zone == Tz::UTC && text.trim().ends_with('Z') => {
                    Ok(Self::Time { naive, zone: Tz::UTC })
                }
                moment => Ok(moment),
            }
        };
        property.value().split(',').filter(|text| !text.trim().is_empty()).map(one).collect()
    }

    pub(super) fn naive(self) -> NaiveDateTime {
        match self {
            Self::Day(day) => day.and_time(NaiveTime::MIN),
            Self::Time { naive, .. } => naive,
        }
    }

    /// The zone of its wall clock.
    pub(super) fn zone(self, floating: Tz) -> Tz {
        match self {
            Self::Day(_) => floating,
            Self::Time { zone, .. } => zone,
        }
    }

    /// What another wall clock shows then.
    pub(super) fn on(self, clock: Tz) -> NaiveDateTime {
        match self {
            Self::Time { naive, zone } if zone != clock => zone::local(clock, instant(zone, naive)),
            _ => self.naive(),
        }
    }
}

/// The instant of a wall clock, by the clinic's rule for the nights on which the clock changes.
pub(super) fn instant(zone: Tz, naive: NaiveDateTime) -> DateTime<Utc> {
    let minutes = u16::try_from(naive.hour() * 60 + naive.minute()).unwrap_or_default();
    let time = TimeOfDay::from_minutes(minutes).unwrap_or(TimeOfDay::MIDNIGHT);
    let seconds = TimeDelta::seconds(naive.second().into());
    zone::instant(zone, naive.date(), time).checked_add_signed(seconds).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// The end of a rule on the wall clock of the event.
pub(super) fn wall_clock(until: &str, start: Option<&Property>, floating: Tz) -> Option<NaiveDateTime> {
    let start = Moment::read(start?, floating).ok()?;
    match Moment::read(&Property::new("UNTIL", until), start.zone(floating)).ok()? {
        // The whole of the day is meant.
        Moment::Day(day) => day.and_hms_opt(23, 59, 59),
        moment => Some(moment.on(start.zone(floating))),
    }
}

/// «P1D», «PT1H30M», «P2W», «P1DT12H».
pub(super) fn duration(text: &str) -> Option<TimeDelta> {
    let text = text.trim();
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let (mut seconds, mut figures, mut in_time, mut any) = (0_i64, String::new(), false, false);
    for letter in text.strip_prefix('P')?.chars() {
        let unit = match (letter, in_time) {
            ('0'..='9', _) => {
                figures.push(letter);
                continue;
            }
            ('T', false) if figures.is_empty() => {
                in_time = true;
                continue;
            }
            ('W', false) => 7 * 24 * 3600,
            ('D', false) => 24 * 3600,
            ('H', true) => 3600,
            ('M', true) => 60,
            ('S', true) => 1,
            _ => return None,
        };
        seconds = seconds.checked_add(figures.parse::<i64>().ok()?.checked_mul(unit)?)?;
        figures.clear();
        any = true;
    }
    (any && figures.is_empty()).then(|| TimeDelta::try_seconds(sign * seconds)).flatten()
}

/// A zone by its own name, by one with a path before it, or by the name Windows gives it.
fn zone_named(name: &str) -> Option<Tz> {
    let name = name.trim().trim_matches('"');
    if let Ok(zone) = name.parse() {
        return Some(zone);
    }
    // «/freeassociation.sourceforge.net/Europe/Copenhagen».
    let mut parts = name.rsplitn(3, '/');
    if let (Some(city), Some(continent)) = (parts.next(), parts.next())
        && let Ok(zone) = format!("{continent}/{city}").parse()
    {
        return Some(zone);
    }
    WINDOWS.iter().find(|(windows, _)| *windows == name).map(|(_, zone)| *zone)
}

/// What Outlook calls the zones that a Danish calendar can have; from Unicode's table of them.
const WINDOWS: [(&str, Tz); 19] = [
    ("Romance Standard Time", Tz::Europe__Copenhagen),
    ("W. Europe Standard Time", Tz::Europe__Berlin),
    ("Central Europe Standard Time", Tz::Europe__Budapest),
    ("Central European Standard Time", Tz::Europe__Warsaw),
    ("GMT Standard Time", Tz::Europe__London),
    ("Greenwich Standard Time", Tz::Atlantic__Reykjavik),
    ("Greenland Standard Time", Tz::America__Nuuk),
    ("FLE Standard Time", Tz::Europe__Helsinki),
    ("GTB Standard Time", Tz::Europe__Bucharest),
    ("E. Europe Standard Time", Tz::Europe__Chisinau),
    ("Turkey Standard Time", Tz::Europe__Istanbul),
    ("Russian Standard Time", Tz::Europe__Moscow),
    ("Eastern Standard Time", Tz::America__New_York),
    ("Central Standard Time", Tz::America__Chicago),
    ("Mountain Standard Time", Tz::America__Denver),
    ("Pacific Standard Time", Tz::America__Los_Angeles),
    ("UTC", Tz::UTC),
    ("tzone://Microsoft/Utc", Tz::UTC),
    ("Coordinated Universal Time", Tz::UTC),
];

/// The names of the properties that are read, for a fault.
fn known_name(key: &str) -> &'static str {
    const NAMES: [&str; 6] = ["DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE", "UNTIL"];
    NAMES.into_iter().find(|name| *name == key).unwrap_or("DTSTART")
}
