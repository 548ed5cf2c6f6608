//! A time in somebody's column, and what is unusual about it, in words.

use aftalebog_booking::bounded::Name;
use aftalebog_booking::placement::{Placement, Unusual};
use aftalebog_booking::record::{Appointment, Practitioner};
use aftalebog_booking::zone::local;
use aftalebog_booking::{Id, Setup};
use chrono::NaiveDate;

use crate::{Language, Texts, fl};

impl Texts {
    /// «tirsdag 24. november 9.00–9.45 hos Jens Holm».
    pub fn placement(&self, setup: &Setup, placement: Placement, today: NaiveDate) -> String {
        let Placement { practitioner, start, .. } = placement;
        let date = local(setup.clinic.value.time_zone, start).date();
        fl!(
            self,
            "placement",
            date = self.date_seen_from(today, date),
            times = self.times(setup, placement),
            who = self.practitioner_name(practitioner, setup)
        )
    }

    /// «9.00–9.45».
    pub fn times(&self, setup: &Setup, placement: Placement) -> String {
        let zone = setup.clinic.value.time_zone;
        let clock = |instant| self.time_of(local(zone, instant).time());
        fl!(self, "times", from = clock(placement.start), to = clock(placement.end()))
    }

    /// «Jens Holm arbejder ikke den dag.»
    pub fn unusual(&self, setup: &Setup, practitioner: Id<Practitioner>, unusual: Unusual) -> String {
        let who = || self.practitioner_name(practitioner, setup);
        match unusual {
            Unusual::Past => fl!(self, "why-past"),
            Unusual::Closed(because) => self.closed(setup, because),
            Unusual::DayOff => fl!(self, "placement-day-off", who = who()),
            Unusual::OutsideHours => fl!(self, "why-outside-hours", who = who()),
        }
    }

    /// «Jens Holm», or «en behandler, der ikke findes i klinikken».
    pub fn practitioner_name(&self, id: Id<Practitioner>, setup: &Setup) -> String {
        let known = setup.practitioner(id);
        known.map_or_else(|| fl!(self, "why-an-unknown-practitioner"), |practitioner| practitioner.name.to_string())
    }

    /// «SU Karen Mikkelsen»; of a block «Frokost».
    pub fn appointment(&self, setup: &Setup, appointment: &Appointment, patient: Option<&Name>) -> String {
        let code = appointment.appointment_type.and_then(|id| setup.appointment_type(id)).map(|of| of.code.as_str());
        match (code, patient) {
            (Some(code), Some(patient)) => format!("{code} {patient}"),
            (Some(code), None) => code.to_owned(),
            (None, Some(patient)) => patient.to_string(),
            (None, None) if appointment.note.as_str().is_empty() => fl!(self, "book-block"),
            (None, None) => appointment.note.to_string(),
        }
    }

    /// «Karen Mikkelsens», «Jens'».
    pub fn whose(&self, name: &str) -> String {
        let hisses = name.ends_with(['s', 'x', 'z', 'S', 'X', 'Z']);
        match self.language() {
            Language::Danish if hisses => format!("{name}'"),
            Language::Danish => format!("{name}s"),
            Language::English => format!("{name}'s"),
        }
    }
}

/// The same at the beginning of a sentence.
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_it_is() {
        let (danish, english) = (Texts::new(Language::Danish), Texts::new(Language::English));
        for (name, expected) in [("Karen Mikkelsen", "Karen Mikkelsens"), ("Jens", "Jens'"), ("Max", "Max'")] {
            assert_eq!(danish.whose(name), expected);
        }
        assert_eq!(english.whose("Jens"), "Jens's");
    }

    #[test]
    fn a_sentence_begins_with_a_capital() {
        for (words, expected) in [("tirsdag", "Tirsdag"), ("økonomi", "Økonomi"), ("", ""), ("9.00", "9.00")] {
            assert_eq!(capital(words), expected);
        }
    }
}
