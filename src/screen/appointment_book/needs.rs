//! «Aftalebehov»: the open needs, prepared to be listed.

use std::ops::Range;

use aftalebog_booking::setup::Setup;
use aftalebog_booking::time::Week;
use aftalebog_local::OpenNeed;
use aftalebog_texts::{Texts, fl};
use chrono::NaiveDate;

/// The height of a line of the list.
pub const LINE: f32 = 44.0;
/// More lines than the highest window shows.
const AT_ONCE: usize = 48;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub code: String,
    pub patient: String,
    /// «uge 49/2026 · LB · 45 min.»
    pub details: String,
    pub due: Due,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    InTime,
    /// The recall week lies before this one.
    Overdue,
}

/// The earliest recall week first; of one week by patient.
pub fn prepare(setup: &Setup, texts: &Texts, today: NaiveDate, needs: &[OpenNeed]) -> Vec<Line> {
    let this_week = Week::of(today);
    let mut sorted: Vec<&OpenNeed> = needs.iter().collect();
    sorted.sort_by_key(|need| (need.entry.value.recall, &need.patient, need.entry.id));
    let minutes = fl!(texts, "book-minutes");
    let line = |need: &OpenNeed| {
        let value = &need.entry.value;
        let code = setup.appointment_type(value.appointment_type).map(|it| it.code.to_string());
        let initials = setup.practitioner(value.practitioner).map(|it| it.initials.to_string());
        let recall = value.recall;
        let week = fl!(texts, "book-need-week", week = recall.week().to_string(), year = recall.year().to_string());
        Line {
            code: code.unwrap_or_default(),
            patient: need.patient.to_string(),
            details: format!("{week} · {} · {} {minutes}", initials.unwrap_or_default(), value.minutes),
            due: if recall < this_week { Due::Overdue } else { Due::InTime },
        }
    };
    sorted.into_iter().map(line).collect()
}

/// The lines that are built when the list is scrolled to `offset`; the others are only room.
pub fn in_sight(lines: usize, offset: f32) -> Range<usize> {
    let first = ((offset / LINE) as usize).saturating_sub(4).min(lines.saturating_sub(AT_ONCE));
    first..lines.min(first + AT_ONCE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_lines_in_sight_are_built() {
        assert_eq!(in_sight(0, 0.0), 0..0);
        assert_eq!(in_sight(10, 0.0), 0..10);
        assert_eq!(in_sight(3000, 0.0), 0..48);
        assert_eq!(in_sight(3000, 100.0 * LINE), 96..144);
        assert_eq!(in_sight(3000, 2999.0 * LINE), 2952..3000);
    }
}
