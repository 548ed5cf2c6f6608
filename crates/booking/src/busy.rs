//! When practitioners and patients are taken.

use std::collections::HashMap;
use std::hash::Hash;

use crate::id::Id;
use crate::record::{Appointment, Patient, Practitioner, Status};

/// The busy time of everyone, for the dates that are asked about.
///
/// Made once from the appointments of a stretch of time; a decision then looks at no appointment
/// that lies outside the days it is asked about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Busy {
    practitioners: HashMap<Id<Practitioner>, Vec<Span>>,
    patients: HashMap<Id<Patient>, Vec<Span>>,
}

/// From a second up to, but not including, a later one; seconds since 1970 in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Span {
    pub(crate) from: i64,
    pub(crate) to: i64,
}

impl Span {
    fn of(appointment: &Appointment) -> Self {
        let from = appointment.start.timestamp();
        Self { from, to: from + 60 * i64::from(appointment.minutes.get()) }
    }
}

impl Busy {
    /// The booked ones among the appointments and blocks, in any order. To judge a move, leave
    /// out the appointment that is to be moved.
    pub fn of<'a>(appointments: impl IntoIterator<Item = &'a Appointment>) -> Self {
        let mut busy = Self::default();
        for appointment in appointments {
            if appointment.status == Status::Booked {
                let span = Span::of(appointment);
                busy.practitioners.entry(appointment.practitioner).or_default().push(span);
                if let Some(patient) = appointment.patient {
                    busy.patients.entry(patient).or_default().push(span);
                }
            }
        }
        merge_all(&mut busy.practitioners);
        merge_all(&mut busy.patients);
        busy
    }

    pub(crate) fn practitioner(&self, practitioner: Id<Practitioner>) -> &[Span] {
        self.practitioners.get(&practitioner).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn patient(&self, patient: Option<Id<Patient>>) -> &[Span] {
        patient.and_then(|patient| self.patients.get(&patient)).map_or(&[], Vec::as_slice)
    }
}

fn merge_all<K: Hash + Eq>(spans: &mut HashMap<K, Vec<Span>>) {
    spans.values_mut().for_each(merge);
}

/// In order of time, and what overlaps or touches is one.
fn merge(spans: &mut Vec<Span>) {
    spans.sort_unstable();
    spans.dedup_by(|later, kept| {
        let joins = later.from <= kept.to;
        if joins {
            kept.to = kept.to.max(later.to);
        }
        joins
    });
}

/// A way through somebody's busy time that goes forward only.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ahead<'a> {
    /// What ends after the last moment that was asked about.
    ahead: &'a [Span],
}

impl<'a> Ahead<'a> {
    pub(crate) fn from(spans: &'a [Span], moment: i64) -> Self {
        Self { ahead: &spans[spans.partition_point(|span| span.to <= moment)..] }
    }

    /// The first busy time that ends after a moment, which lies not before the last one asked about.
    #[inline]
    pub(crate) fn next(&mut self, moment: i64) -> Option<Span> {
        while let Some((first, rest)) = self.ahead.split_first() {
            if first.to > moment {
                return Some(*first);
            }
            self.ahead = rest;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(list: &[(i64, i64)]) -> Vec<Span> {
        list.iter().map(|&(from, to)| Span { from, to }).collect()
    }

    #[test]
    fn what_overlaps_or_touches_is_one() {
        for (given, expected) in [
            (&[][..], &[][..]),
            (&[(10, 20), (0, 5)], &[(0, 5), (10, 20)]),
            (&[(0, 5), (5, 9)], &[(0, 9)]),
            (&[(0, 5), (6, 9)], &[(0, 5), (6, 9)]),
            (&[(0, 50), (5, 9), (40, 60)], &[(0, 60)]),
            (&[(0, 5), (0, 5)], &[(0, 5)]),
        ] {
            let mut found = spans(given);
            merge(&mut found);
            assert_eq!(found, spans(expected));
        }
    }

    #[test]
    fn what_is_ahead_is_what_is_under_way_or_comes_next() {
        let busy = spans(&[(10, 20), (30, 40)]);
        for (moment, expected) in
            [(0, Some(10)), (10, Some(10)), (19, Some(10)), (20, Some(30)), (39, Some(30)), (40, None)]
        {
            assert_eq!(Ahead::from(&busy, moment).next(moment).map(|span| span.from), expected, "{moment}");
            assert_eq!(Ahead::from(&busy, 0).next(moment).map(|span| span.from), expected, "{moment}");
        }
    }
}
