//! Fills the appointment book: columns 60–75 % full, each with a hole of 30 minutes a week.

use std::collections::{BTreeMap, HashSet};

use chrono::{Datelike, NaiveDate, Weekday};

use super::chance::Chance;
use super::people::need;
use super::settings::{appointment_type, in_christmas_days};
use super::{id, length, line};
use crate::agenda::{closed, working_intervals};
use crate::id::Id;
use crate::record::{Appointment, Entry, Need, Origin, Overlap, Patient, Practitioner, Status};
use crate::setup::Setup;
use crate::time::{Interval, TimeOfDay, Week, days_after, days_before};
use crate::zone;

/// The working days whose columns are filled.
pub(super) struct Days {
    today: NaiveDate,
    /// A few before today, today itself if the clinic is open, and `coming`; in order.
    all: Vec<NaiveDate>,
    /// The next ten, from tomorrow.
    pub coming: Vec<NaiveDate>,
}

impl Days {
    pub(super) fn around(today: NaiveDate, setup: &Setup) -> Self {
        const PAST: usize = 5;
        const COMING: usize = 10;
        /// More than ten working days and the longest closure.
        const FAR: u64 = 60;
        let is_open = |day: &NaiveDate| {
            let works = |entry: &Entry<Practitioner>| {
                !working_intervals(setup, entry.id, *day).is_empty() && closed(setup, entry.id, *day).is_none()
            };
            !in_christmas_days(*day) && setup.practitioners.iter().any(works)
        };
        let coming: Vec<_> = (1..FAR)
            .map(|days| days_after(today, days))
            .filter(|day| *day > today && is_open(day))
            .take(COMING)
            .collect();
        let past = (1..FAR).map(|days| days_before(today, days)).filter(|day| *day < today && is_open(day)).take(PAST);
        let mut all: Vec<_> = past.chain(Some(today).filter(is_open)).chain(coming.iter().copied()).collect();
        all.sort();
        all.dedup();
        Self { today, all, coming }
    }
}

/// A stretch of one column that is not free; without a visit it is a block.
#[derive(Clone)]
pub(super) struct Piece {
    pub practitioner: Id<Practitioner>,
    pub day: NaiveDate,
    /// Minutes after midnight.
    pub start: u16,
    pub minutes: u16,
    pub visit: Option<Visit>,
}

impl Piece {
    const fn end(&self) -> u16 {
        self.start + self.minutes
    }
}

/// Who comes, and what for.
#[derive(Clone)]
pub(super) struct Visit {
    pub code: &'static str,
    pub patient: Id<Patient>,
    pub need: Option<Id<Need>>,
    pub origin: Origin,
}

/// What stands in the filled book, and the needs that it has used up.
pub(super) struct Book {
    pub appointments: Vec<Entry<Appointment>>,
    pub used_needs: Vec<Entry<Need>>,
}

/// Lays out every column of every day and deals the patients out to them.
///
/// A patient comes again only when all the others have come, and so never twice in a day.
pub(super) fn fill(
    setup: &Setup,
    days: &Days,
    special: &[Piece],
    patients: &[Entry<Patient>],
    chance: &mut Chance,
) -> Book {
    let holes = days_with_a_hole(setup, days, chance);
    let mut deck: Vec<&Entry<Patient>> = patients.iter().collect();
    chance.shuffle(&mut deck);
    let mut deck = deck.into_iter().cycle();
    let mut book = Book { appointments: vec![], used_needs: vec![] };
    for day in &days.all {
        for practitioner in &setup.practitioners {
            let initials = practitioner.value.initials.as_str();
            let column = Column {
                intervals: working_intervals(setup, practitioner.id, *day),
                weekday: day.weekday(),
                placed: special.iter().filter(|it| it.practitioner == practitioner.id && it.day == *day).collect(),
                usual: usual(initials),
                holes: usize::from(holes.contains(&(practitioner.id, *day))),
            };
            for piece in &column.placed {
                book.appointments.push(appointment(setup, initials, piece, ""));
            }
            for Stretch { start, minutes, what } in column.lay_out(chance) {
                let mut piece = Piece { practitioner: practitioner.id, day: *day, start, minutes, visit: None };
                let note = match what {
                    What::Block(note) => note,
                    What::Type(code) => {
                        let patient = deck.next().expect("the clinic has patients");
                        let used = used_need(practitioner, patient, code, &piece, chance);
                        let origin = origin(setup, practitioner, code, used.is_some(), chance);
                        piece.visit =
                            Some(Visit { code, patient: patient.id, need: used.as_ref().map(|it| it.id), origin });
                        book.used_needs.extend(used);
                        ""
                    }
                };
                book.appointments.push(appointment(setup, initials, &piece, note));
            }
        }
    }
    book.appointments.sort_by_key(|entry| (entry.value.start, entry.id));
    book
}

fn appointment(setup: &Setup, initials: &str, piece: &Piece, note: &str) -> Entry<Appointment> {
    let time = TimeOfDay::from_minutes(piece.start).expect("columns end before midnight");
    let value = Appointment {
        practitioner: piece.practitioner,
        appointment_type: piece.visit.as_ref().map(|visit| appointment_type(visit.code)),
        patient: piece.visit.as_ref().map(|visit| visit.patient),
        need: piece.visit.as_ref().and_then(|visit| visit.need),
        start: zone::instant(setup.clinic.value.time_zone, piece.day, time),
        minutes: length(piece.minutes),
        origin: piece.visit.as_ref().map_or(Origin::Clinic, |visit| visit.origin),
        status: Status::Booked,
        overlap: Overlap::None,
        note: line(note),
    };
    Entry { id: id(&format!("{initials}/{}/{time}", piece.day)), value }
}

/// About every second visit of a type that needs control has used one up. Those who are not
/// registered have none: the one need on PV is there to be noticed.
fn used_need(
    practitioner: &Entry<Practitioner>,
    patient: &Entry<Patient>,
    code: &'static str,
    piece: &Piece,
    chance: &mut Chance,
) -> Option<Entry<Need>> {
    let by_need = ["SU", "FU", "TR", "PAR", "TB"].contains(&code);
    if !by_need || !practitioner.value.registered || !chance.happens(50) {
        return None;
    }
    let initials = practitioner.value.initials.as_str();
    let value = need(patient, code, initials, piece.minutes, Week::of(piece.day));
    Some(Entry { id: id(&format!("{initials}/{}/{}", piece.day, piece.start)), value })
}

/// A third of the visits that a patient could have booked online was.
fn origin(
    setup: &Setup,
    practitioner: &Entry<Practitioner>,
    code: &'static str,
    has_need: bool,
    chance: &mut Chance,
) -> Origin {
    let takes = setup.online_type_of(appointment_type(code)).is_some_and(|online| {
        has_need || online.value.practitioners.iter().any(|row| row.active && row.practitioner == practitioner.id)
    });
    if takes && chance.happens(33) { Origin::Online } else { Origin::Clinic }
}

/// One day of each week for each practitioner: to come rather than past, and not the Wednesday,
/// whose afternoon is empty anyway.
fn days_with_a_hole(setup: &Setup, days: &Days, chance: &mut Chance) -> HashSet<(Id<Practitioner>, NaiveDate)> {
    let mut weeks: BTreeMap<(usize, Week), Vec<NaiveDate>> = BTreeMap::new();
    for (index, practitioner) in setup.practitioners.iter().enumerate() {
        for day in days.all.iter().filter(|day| !working_intervals(setup, practitioner.id, **day).is_empty()) {
            weeks.entry((index, Week::of(*day))).or_default().push(*day);
        }
    }
    let rank = |day: &NaiveDate| (day.weekday() != Weekday::Wed, *day > days.today);
    weeks
        .into_iter()
        .filter_map(|((index, _), days)| {
            let best = days.iter().map(rank).max()?;
            let candidates: Vec<_> = days.into_iter().filter(|day| rank(day) == best).collect();
            Some((setup.practitioners[index].id, *chance.one_of(&candidates)))
        })
        .collect()
}

/// What fills a stretch of a column.
#[derive(Clone, Copy)]
enum What {
    Type(&'static str),
    Block(&'static str),
}

struct Stretch {
    start: u16,
    minutes: u16,
    what: What,
}

/// One thing that a practitioner does, its minutes, and how often it comes compared to the rest.
struct Usual(What, u16, usize);

const fn visits(code: &'static str, minutes: u16, weight: usize) -> Usual {
    Usual(What::Type(code), minutes, weight)
}

const MEETING: Usual = Usual(What::Block("Møde"), 30, 1);

const DENTIST: [Usual; 8] = [
    visits("TB", 45, 7),
    visits("SU", 45, 4),
    visits("FU", 30, 4),
    visits("AKUT", 30, 2),
    visits("KNÆK", 30, 2),
    visits("DG", 60, 1),
    visits("KIR", 60, 1),
    MEETING,
];
const HYGIENIST: [Usual; 7] = [
    visits("SU", 45, 6),
    visits("FU", 30, 4),
    visits("TR", 30, 6),
    visits("PAR", 60, 3),
    visits("BLEG", 20, 1),
    visits("DG", 60, 1),
    MEETING,
];
const ASSISTANT: [Usual; 4] =
    [visits("TR", 30, 6), visits("FU", 30, 2), Usual(What::Block("Sterilisation"), 45, 2), MEETING];
const SPECIALIST: [Usual; 2] = [visits("KIR", 60, 3), visits("TB", 45, 2)];

fn usual(initials: &str) -> &'static [Usual] {
    match initials {
        "LB" | "CN" => &HYGIENIST,
        "AP" => &ASSISTANT,
        "PV" => &SPECIALIST,
        _ => &DENTIST,
    }
}

/// One practitioner's day, to be filled.
struct Column<'a> {
    intervals: Vec<Interval>,
    weekday: Weekday,
    /// What already stands there.
    placed: Vec<&'a Piece>,
    usual: &'static [Usual],
    /// How many holes of exactly 30 minutes it is to have.
    holes: usize,
}

impl Column<'_> {
    const RASTER: u16 = 15;
    const NOON: u16 = 12 * 60;

    /// Lays it out at random until it is as full as it should be and has its holes. That is one
    /// try in about ten, so the end of the tries is never met.
    fn lay_out(&self, chance: &mut Chance) -> Vec<Stretch> {
        if self.intervals.is_empty() {
            return vec![];
        }
        (0..10_000).map(|_| self.at_random(chance)).find(|stretches| self.is_plausible(stretches)).unwrap_or_default()
    }

    fn at_random(&self, chance: &mut Chance) -> Vec<Stretch> {
        let mut stretches = vec![];
        for interval in &self.intervals {
            let (mut now, end) = (interval.from().minutes(), self.last_end(*interval));
            while now < end {
                let ahead = self.placed.iter().filter(|piece| piece.start >= now).min_by_key(|piece| piece.start);
                if let Some(placed) = ahead.filter(|placed| placed.start == now) {
                    now += placed.minutes.next_multiple_of(Self::RASTER);
                    continue;
                }
                let limit = ahead.map_or(end, |placed| placed.start.min(end));
                let Usual(what, minutes, _) = self.any_usual(chance);
                if chance.happens(35) {
                    now += Self::RASTER * (1 + chance.below(4) as u16);
                    now = now.min(limit);
                } else if now + minutes <= limit {
                    stretches.push(Stretch { start: now, minutes: *minutes, what: *what });
                    now += minutes.next_multiple_of(Self::RASTER);
                } else {
                    now += Self::RASTER;
                }
            }
        }
        stretches
    }

    fn any_usual(&self, chance: &mut Chance) -> &'static Usual {
        let mut left = chance.below(self.usual.iter().map(|usual| usual.2).sum());
        let chosen = self.usual.iter().find(|usual| {
            let found = left < usual.2;
            left = left.saturating_sub(usual.2);
            found
        });
        chosen.unwrap_or(&self.usual[0])
    }

    /// The Wednesday afternoon stays empty.
    fn last_end(&self, interval: Interval) -> u16 {
        let end = interval.to().minutes();
        if self.weekday == Weekday::Wed { end.min(Self::NOON) } else { end }
    }

    fn is_plausible(&self, stretches: &[Stretch]) -> bool {
        let placed = self.placed.iter().map(|piece| (piece.start, piece.end()));
        let mut busy: Vec<_> = stretches.iter().map(|it| (it.start, it.start + it.minutes)).chain(placed).collect();
        busy.sort();
        let minutes: u16 = busy.iter().map(|(start, end)| end - start).sum();
        let working =
            self.intervals.iter().map(|it| self.last_end(*it).saturating_sub(it.from().minutes())).sum::<u16>();
        let percent = f32::from(minutes) / f32::from(working.max(1)) * 100.0;
        (60.0..=75.0).contains(&percent) && self.holes_between(&busy) == self.holes
    }

    /// How many stretches of exactly 30 minutes are free.
    fn holes_between(&self, busy: &[(u16, u16)]) -> usize {
        let mut holes = 0;
        for interval in &self.intervals {
            let (from, to) = (interval.from().minutes(), interval.to().minutes());
            let mut free_from = from;
            for (start, end) in busy.iter().filter(|(start, _)| (from..to).contains(start)) {
                holes += usize::from(start - free_from == 30);
                free_from = *end;
            }
            holes += usize::from(to.saturating_sub(free_from) == 30);
        }
        holes
    }
}
