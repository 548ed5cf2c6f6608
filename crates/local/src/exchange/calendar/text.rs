//! The events of a calendar's text, each with the properties that say when it takes time.
//!
//! The library parses the properties. Which lines are an event's is found here, for it would give up the
//! whole file for one line, and go down into whatever a hostile file nests.

use icalendar::Property;

use super::{EventFault, Fault};

pub(super) struct Event {
    pub line: usize,
    pub uid: String,
    pub summary: String,
    pub start: Option<Property>,
    pub end: Option<Property>,
    pub duration: Option<String>,
    pub rules: Vec<String>,
    /// Further times at which it takes place.
    pub further: Vec<Property>,
    /// Repetitions that do not take place.
    pub excluded: Vec<Property>,
    /// The repetition that this event stands for.
    pub repetition: Option<Property>,
    transparent: bool,
    cancelled: bool,
}

impl Event {
    pub(super) fn takes_no_time(&self) -> bool {
        self.transparent || self.cancelled
    }

    pub(super) fn fault(&self, fault: Fault) -> EventFault {
        EventFault { line: self.line, summary: self.summary.clone(), fault }
    }
}

/// Goes through a calendar event by event.
pub(super) struct Events<'t> {
    lines: std::iter::Peekable<Numbered<'t>>,
    is_calendar: bool,
}

impl<'t> Events<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { lines: Numbered { rest: Some(text), number: 0 }.peekable(), is_calendar: false }
    }

    /// Whether the lines so far are those of a calendar.
    pub(super) fn is_calendar(&self) -> bool {
        self.is_calendar
    }

    /// A line with those it goes on in, which begin with a blank.
    fn unfolded(&mut self) -> Option<(usize, String)> {
        let (number, line) = self.lines.next()?;
        let mut whole = line.to_owned();
        while let Some((_, more)) = self.lines.next_if(|(_, next)| next.starts_with([' ', '\t'])) {
            whole.push_str(&more[1..]);
        }
        Some((number, whole))
    }
}

impl Iterator for Events<'_> {
    type Item = Result<Event, EventFault>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (line, text) = self.unfolded()?;
            if text.trim().eq_ignore_ascii_case("BEGIN:VCALENDAR") {
                self.is_calendar = true;
            } else if text.trim().eq_ignore_ascii_case("BEGIN:VEVENT") {
                return Some(self.event(line));
            }
        }
    }
}

impl Events<'_> {
    fn event(&mut self, begins: usize) -> Result<Event, EventFault> {
        let mut event = Event {
            line: begins,
            uid: String::new(),
            summary: String::new(),
            start: None,
            end: None,
            duration: None,
            rules: Vec::new(),
            further: Vec::new(),
            excluded: Vec::new(),
            repetition: None,
            transparent: false,
            cancelled: false,
        };
        // Alarms and the like inside it say nothing about its time.
        let (mut inside, mut wrong) = (0_usize, None);
        while let Some((_, text)) = self.unfolded() {
            let name = text.split([':', ';']).next().unwrap_or_default().trim().to_ascii_uppercase();
            match name.as_str() {
                "END" if inside == 0 => break,
                "END" => inside -= 1,
                "BEGIN" => inside += 1,
                _ if inside > 0 => {}
                name => wrong = wrong.or(event.take(name, &text).err()),
            }
        }
        if event.uid.is_empty() {
            // Without an id of its own it is known by what it says.
            let start = event.start.as_ref().map(|start| start.value().to_owned()).unwrap_or_default();
            event.uid = format!("{start} {}", event.summary);
        }
        match wrong {
            None => Ok(event),
            Some(fault) => Err(event.fault(fault)),
        }
    }
}

impl Event {
    /// Takes a line that is about when the event is.
    fn take(&mut self, name: &str, text: &str) -> Result<(), Fault> {
        const READ: [&str; 11] = [
            "UID",
            "SUMMARY",
            "DTSTART",
            "DTEND",
            "DURATION",
            "RRULE",
            "RDATE",
            "EXDATE",
            "RECURRENCE-ID",
            "TRANSP",
            "STATUS",
        ];
        let Some(name) = READ.into_iter().find(|read| *read == name) else { return Ok(()) };
        let property: Property = text.parse().map_err(|_| Fault::Unreadable { property: name })?;
        let value = || property.value().trim().to_owned();
        match name {
            "UID" => self.uid = value(),
            "SUMMARY" => self.summary = value(),
            "DTSTART" => self.start = Some(property),
            "DTEND" => self.end = Some(property),
            "DURATION" => self.duration = Some(value()),
            "RRULE" => self.rules.push(value()),
            "RDATE" => self.further.push(property),
            "EXDATE" => self.excluded.push(property),
            "RECURRENCE-ID" => self.repetition = Some(property),
            "TRANSP" => self.transparent = value().eq_ignore_ascii_case("TRANSPARENT"),
            _ => self.cancelled = value().eq_ignore_ascii_case("CANCELLED"),
        }
        Ok(())
    }
}

/// A rule without its end, and the end: a date or a time that the library would read in zones of its own.
/// `None`: what repeats more often than once a day is no busy time of a clinic.
pub(super) fn rule(text: &str) -> Option<(String, Option<String>)> {
    let (mut kept, mut until) = (Vec::new(), None);
    for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=')?;
        let several = |most: usize| value.split(',').count() > most;
        match name.to_ascii_uppercase().as_str() {
            "UNTIL" => until = Some(value.to_owned()),
            "FREQ" if matches!(value.to_ascii_uppercase().as_str(), "SECONDLY" | "MINUTELY" | "HOURLY") => return None,
            "BYHOUR" | "BYMINUTE" | "BYSECOND" if several(1) => return None,
            _ if several(400) => return None,
            _ => kept.push(part),
        }
    }
    Some((kept.join(";"), until))
}

/// The lines of a text with their numbers; the first is 1.
struct Numbered<'t> {
    rest: Option<&'t str>,
    number: usize,
}

impl<'t> Iterator for Numbered<'t> {
    type Item = (usize, &'t str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.rest?;
        let (line, rest) = match rest.split_once('\n') {
            Some((line, rest)) => (line, Some(rest)),
            None => (rest, None),
        };
        self.rest = rest;
        self.number += 1;
        Some((self.number, line.strip_suffix('\r').unwrap_or(line)))
    }
}
