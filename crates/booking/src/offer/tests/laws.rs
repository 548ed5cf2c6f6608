//! What holds for every clinic, tried on many made-up ones.

use std::collections::BTreeSet;

use chrono::{Datelike, TimeDelta};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::strategy::ValueTree;
use uuid::Uuid;

use super::super::*;
use super::plain;
use crate::agenda::working_intervals;
use crate::bounded::{Detail, NoticeDays, RecallDays, SpacingMinutes};
use crate::broken::{Broken, BrokenRecord, Concerns, Fault};
use crate::change::fields;
use crate::reading::Reading;
use crate::record::{
    Appointment, Closure, Entry, Kind, Need, Record, Recorded, Status, Value, WeekdayNumber, Weeks, WorkingHours,
};
use crate::scene::{self, PATIENT, Scene, TYPE, date, length, practitioner};
use crate::terms::{Standing, Withheld};
use crate::time::{Interval, Raster, Week};

const EVERYONE: [&str; 3] = ["JH", "MK", "SA"];
/// How many dates are asked about.
const DAYS: u32 = 3;

/// First dates around which something happens: both clock changes, the year's ends, a leap day,
/// Easter, and an ordinary week.
const DATES: [&str; 8] =
    ["2026-03-28", "2026-10-24", "2026-12-30", "2027-01-03", "2028-02-28", "2026-04-01", "2026-11-24", "2026-12-24"];

/// A clinic, and the first of the dates it is asked about.
#[derive(Clone, Debug)]
struct Case {
    scene: Scene,
    from: NaiveDate,
}

impl Case {
    fn explanation(&self) -> Explanation {
        self.scene.terms().explanation(&self.scene.busy(), self.from, DAYS)
    }

    fn suggestions(&self) -> Vec<Offer> {
        self.scene.terms().suggestions(&self.scene.busy(), self.from, DAYS)
    }

    /// Every allowed start of the dates with each practitioner, asked one by one.
    fn allowed(&self) -> BTreeSet<(DateTime<Utc>, Id<Practitioner>)> {
        let (terms, busy) = (self.scene.terms(), self.scene.busy());
        let begin = crate::zone::day_start(self.scene.setup.clinic.value.time_zone, self.from);
        let steps = (0..i64::from(DAYS) * 25 * 12).map(|step| begin + TimeDelta::minutes(5 * step));
        let mut allowed = BTreeSet::new();
        for start in steps {
            for who in EVERYONE.map(practitioner) {
                let local = crate::zone::local(self.scene.setup.clinic.value.time_zone, start).date();
                let asked = (local - self.from).num_days() < i64::from(DAYS);
                if asked && terms.decide(&busy, who, start).is_ok() {
                    let _new = allowed.insert((start, who));
                }
            }
        }
        allowed
    }
}

prop_compose! {
    /// From a multiple of 5 minutes to a later one.
    fn any_interval()(from in 0..280u16, lasts in 1..120u16) -> Interval {
        let time = |steps: u16| TimeOfDay::from_minutes(5 * steps.min(288)).expect("a time");
        Interval::new(time(from), time(from + lasts)).expect("it ends later")
    }
}

prop_compose! {
    fn any_hours(from: NaiveDate)(
        who in select(&EVERYONE[..]),
        day in 0..DAYS,
        weeks in select(&[Weeks::Every, Weeks::Every, Weeks::Even, Weeks::Odd][..]),
        intervals in prop::collection::vec(any_interval(), 0..4),
        valid in prop::option::weighted(0.2, (0..3u64, 0..3u64)),
    ) -> WorkingHours {
        let on = days_after(from, day.into());
        WorkingHours {
            practitioner: practitioner(who),
            weekday: WeekdayNumber::new(on.weekday()),
            weeks,
            intervals,
            valid_from: valid.map(|(start, _)| days_after(from, start)),
            valid_to: valid.map(|(start, lasts)| days_after(from, start + lasts)),
        }
    }
}

prop_compose! {
    fn any_appointment(from: NaiveDate)(
        who in select(&EVERYONE[..]),
        step in 0..DAYS * 25 * 12,
        minutes in 1..24u16,
        own in prop::bool::weighted(0.2),
        cancelled in prop::bool::weighted(0.1),
    ) -> Appointment {
        let begin = crate::zone::day_start(chrono_tz::Europe::Copenhagen, from);
        let patient = if own { PATIENT } else { Id::new(Uuid::from_u128(201)) };
        let mut appointment = scene::appointment(who, "2026-11-24 08:00", 5 * minutes, Some(patient));
        appointment.start = begin + TimeDelta::minutes(5 * i64::from(step));
        if cancelled {
            appointment.status = Status::Cancelled;
        }
        appointment
    }
}

prop_compose! {
    fn any_closure(from: NaiveDate)(
        whom in prop::option::of(select(&EVERYONE[..])),
        start in 0..5u64,
        lasts in 0..2u64,
    ) -> Closure {
        let start = days_after(from.pred_opt().expect("a date"), start);
        let reason = Detail::new("Ferie").expect("a reason");
        Closure { practitioner: whom.map(practitioner), from: start, to: days_after(start, lasts), reason }
    }
}

prop_compose! {
    fn any_need(from: NaiveDate)(
        who in select(&EVERYONE[..]),
        minutes in 1..20u16,
        weeks in 0..8u64,
        other_type in prop::bool::weighted(0.1),
    ) -> Need {
        let recall = Week::of(from).minus(4).plus(weeks);
        let appointment_type = if other_type { Id::new(Uuid::from_u128(101)) } else { TYPE };
        Need { patient: PATIENT, appointment_type, practitioner: practitioner(who), minutes: length(5 * minutes), recall }
    }
}

prop_compose! {
    fn any_numbers()(
        spacing in prop::option::of(select(&[0, 1, 15, 20, 30, 45, 60, 90, 480][..])),
        earliest in prop::option::weighted(0.6, 0..3u16),
        before in prop::option::weighted(0.3, 0..30u16),
        after in prop::option::weighted(0.5, 0..30u16),
        minutes in 1..24u16,
        raster in select(&Raster::ALL[..]),
    ) -> (Option<u16>, Option<u16>, Option<u16>, Option<u16>, u16, Raster) {
        (spacing, earliest, before, after, 5 * minutes, raster)
    }
}

prop_compose! {
    fn any_switches()(
        need_driven: bool,
        choose in any::<bool>(),
        registered in prop::array::uniform3(prop::bool::weighted(0.8)),
        takes_new in prop::array::uniform3(prop::bool::weighted(0.7)),
        described in prop::bool::weighted(0.7),
        new in prop::bool::weighted(0.3),
        running in prop::bool::weighted(0.95),
        holidays in any::<bool>(),
        ticked in subsequence(EVERYONE.to_vec(), 0..=3),
        positions in Just([1u32, 2, 3]).prop_shuffle(),
    ) -> Switches {
        Switches { need_driven, choose, registered, takes_new, described, new, running, holidays, ticked, positions }
    }
}

#[derive(Clone, Debug)]
struct Switches {
    need_driven: bool,
    choose: bool,
    registered: [bool; 3],
    takes_new: [bool; 3],
    /// Whether a record describes SA.
    described: bool,
    new: bool,
    running: bool,
    holidays: bool,
    ticked: Vec<&'static str>,
    positions: [u32; 3],
}

fn any_case() -> impl Strategy<Value = Case> {
    select(&DATES[..]).prop_map(date).prop_flat_map(|from| {
        let lists = (
            prop::collection::vec(any_hours(from), 0..8),
            prop::collection::vec(any_appointment(from), 0..16),
            prop::collection::vec(any_closure(from), 0..2),
            prop::collection::vec(any_need(from), 0..4),
        );
        let broken =
            prop::option::weighted(0.1, select(vec![Concerns::Everything, Concerns::Column(practitioner("JH"))]));
        let withheld = prop::option::weighted(0.1, -1..3i64);
        let now = -24 * 60..48 * 60i64;
        (any_numbers(), any_switches(), lists, broken, withheld, now).prop_map(move |parts| case(from, parts))
    })
}

type Lists = (Vec<WorkingHours>, Vec<Appointment>, Vec<Closure>, Vec<Need>);
type Numbers = (Option<u16>, Option<u16>, Option<u16>, Option<u16>, u16, Raster);

fn case(
    from: NaiveDate,
    (numbers, switches, lists, broken, withheld, now): (Numbers, Switches, Lists, Option<Concerns>, Option<i64>, i64),
) -> Case {
    let (spacing, earliest, before, after, minutes, raster) = numbers;
    let (hours, appointments, closures, needs) = lists;
    fn entries<T: Recorded>(base: u128, values: Vec<T>) -> Vec<Entry<T>> {
        let entry = |(number, value)| Entry { id: Id::new(Uuid::from_u128(base + number)), value };
        (0u128..).zip(values).map(entry).collect()
    }
    let mut scene = Scene::new("2026-11-24 08:00").recall(before, after).bookable(earliest).lasts(minutes);
    scene.now = crate::zone::day_start(chrono_tz::Europe::Copenhagen, from) + TimeDelta::minutes(now);
    scene.setup.clinic.value.raster_minutes = raster;
    scene.setup.clinic.value.closed_on_public_holidays = switches.holidays;
    scene.setup.service.value.running = switches.running;
    let mut third = scene.setup.practitioners[0].clone();
    third.id = practitioner("SA");
    scene.setup.practitioners.push(third);
    for (index, entry) in scene.setup.practitioners.iter_mut().enumerate() {
        entry.value.registered = switches.registered[index];
        entry.value.takes_new_patients = switches.takes_new[index];
        entry.value.position = switches.positions[index];
    }
    if !switches.described {
        let _sa = scene.setup.practitioners.pop();
    }
    scene.setup.practitioners.sort_by_key(|entry| (entry.value.position, entry.id));
    scene = scene.ticked(&switches.ticked);
    let value = scene.online_type();
    value.need_driven = switches.need_driven;
    value.choose_practitioner = switches.choose;
    value.min_spacing_minutes = spacing.map(|minutes| SpacingMinutes::new(minutes).expect("within its limits"));
    scene.setup.working_hours = entries(500, hours);
    scene.setup.closures = entries(600, closures);
    scene.setup.closures.sort_by_key(|entry| (entry.value.from, entry.id));
    scene.appointments = appointments;
    scene.visitor.open_needs = entries(400, needs);
    if switches.new {
        scene.visitor.standing = Standing::New;
    }
    scene.withheld = withheld.map_or(Withheld::Nothing, |days| match u64::try_from(days) {
        Ok(days) => Withheld::Through(days_after(from, days)),
        Err(_) => Withheld::Everything,
    });
    if let Some(concerns) = broken {
        scene = scene.breaks(Kind::WorkingHours, 7, concerns);
    }
    Case { scene, from }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_slow_and_obvious_second_implementation_says_the_same(case in any_case()) {
        let plain = plain::explain(&case.scene, case.from, DAYS.into());
        let barred = case.scene.barred().map(|refusal| refusal.code());
        prop_assert_eq!(plain.as_ref().err(), barred.as_ref());
        let lines = plain.unwrap_or_default();
        let offered: Vec<_> = lines.iter().filter(|line| line.2 == "offered").map(|line| (line.0, line.1)).collect();
        let refused: Vec<_> = lines.into_iter().filter(|line| line.2 != "offered").collect();
        let found = case.explanation();
        prop_assert_eq!(found.offers.iter().map(|it| (it.start, it.practitioner)).collect::<Vec<_>>(), offered);
        let reasons: Vec<_> = found.refused.iter().map(|it| (it.start, it.practitioner, it.reason.code())).collect();
        prop_assert_eq!(reasons, refused);
    }

    /// Invariant 4, and: the explanation and the list never disagree.
    #[test]
    fn what_is_suggested_is_allowed_and_a_confirmation_accepts_exactly_what_is_allowed(case in any_case()) {
        let explanation = case.explanation();
        prop_assert_eq!(&case.suggestions(), &explanation.offers);
        let (terms, busy) = (case.scene.terms(), case.scene.busy());
        for offer in &explanation.offers {
            prop_assert_eq!(terms.decide(&busy, offer.practitioner, offer.start), Ok(offer.minutes));
            prop_assert_eq!(terms.decide_suggestion(&busy, offer.practitioner, offer.start), Ok(offer.minutes));
        }
        let mut expected: BTreeSet<_> = explanation.offers.iter().map(|it| (it.start, it.practitioner)).collect();
        for refused in &explanation.refused {
            let decided = terms.decide(&busy, refused.practitioner, refused.start);
            let why = terms.decide_suggestion(&busy, refused.practitioner, refused.start);
            prop_assert_eq!(why, Err(refused.reason));
            if let Refusal::TooClose { .. } = refused.reason {
                let _new = expected.insert((refused.start, refused.practitioner));
                prop_assert!(decided.is_ok());
            } else {
                prop_assert_eq!(decided, Err(refused.reason));
            }
        }
        prop_assert_eq!(case.allowed(), expected);
    }

    /// Invariant 5.
    #[test]
    fn suggestions_are_sorted_and_unique_inside_one_working_interval_and_never_past(case in any_case()) {
        let offers = case.suggestions();
        let zone = case.scene.setup.clinic.value.time_zone;
        let unique: BTreeSet<_> = offers.iter().map(|offer| (offer.start, offer.practitioner)).collect();
        prop_assert_eq!(unique.len(), offers.len());
        prop_assert!(offers.is_sorted_by_key(|offer| offer.start));
        for offer in offers {
            prop_assert!(offer.start > case.scene.now);
            let date = local(zone, offer.start).date();
            let end = offer.start + TimeDelta::minutes(offer.minutes.get().into());
            let inside = working_intervals(&case.scene.setup, offer.practitioner, date).into_iter().any(|interval| {
                instant(zone, date, interval.from()) <= offer.start && end <= instant(zone, date, interval.to())
            });
            prop_assert!(inside, "{offer:?}");
        }
    }

    #[test]
    fn the_spacing_holds_between_neighbours_of_a_day(case in any_case()) {
        let spacing = case.scene.setup.online_types[0].value.min_spacing_minutes.map_or(0, SpacingMinutes::get);
        let zone = case.scene.setup.clinic.value.time_zone;
        let offers = case.suggestions();
        for who in EVERYONE.map(practitioner) {
            let own: Vec<_> = offers.iter().filter(|offer| offer.practitioner == who).map(|offer| offer.start).collect();
            for pair in own.windows(2) {
                if local(zone, pair[0]).date() == local(zone, pair[1]).date() {
                    prop_assert!(pair[1] - pair[0] >= TimeDelta::minutes(spacing.into()));
                }
            }
        }
    }

    /// Invariant 6.
    #[test]
    fn more_busy_time_never_makes_a_time_allowed(case in any_case(), step in 0..288u32, minutes in 1..24u16, own: bool) {
        let before = case.allowed();
        let mut busier = case;
        let patient = own.then_some(PATIENT);
        let mut appointment = scene::appointment("JH", "2026-11-24 08:00", 5 * minutes, patient);
        appointment.start = crate::zone::day_start(chrono_tz::Europe::Copenhagen, busier.from) + TimeDelta::minutes(5 * i64::from(step));
        busier.scene.appointments.push(appointment);
        prop_assert!(busier.allowed().is_subset(&before));
    }

    /// Invariant 10.
    #[test]
    fn a_broken_record_of_one_practitioner_leaves_the_others_as_they_were(case in any_case()) {
        let before = case.explanation();
        let mut broken = case;
        broken.scene = broken.scene.breaks(Kind::Appointment, 9, Concerns::Column(practitioner("MK")));
        let after = broken.explanation();
        let others = |who| who != practitioner("MK");
        let offers = |it: &Explanation| it.offers.iter().filter(|it| others(it.practitioner)).copied().collect::<Vec<_>>();
        prop_assert_eq!(offers(&after), offers(&before));
        prop_assert!(after.offers.iter().all(|offer| others(offer.practitioner)));
    }

    /// «Blank and 0 are different», but for the spacing and the two deadlines.
    #[test]
    fn blank_equals_0_only_where_the_rules_say_so(case in any_case()) {
        let with = |edit: fn(&mut crate::record::OnlineType)| {
            let mut case = case.clone();
            edit(case.scene.online_type());
            case
        };
        let blank = with(|it| it.min_spacing_minutes = None);
        let zero = with(|it| it.min_spacing_minutes = SpacingMinutes::new(0).ok());
        prop_assert_eq!(blank.explanation(), zero.explanation());
        let blank = with(|it| (it.cancel_days, it.move_days) = (None, None));
        let zero = with(|it| (it.cancel_days, it.move_days) = (NoticeDays::new(0).ok(), NoticeDays::new(0).ok()));
        for appointment in &case.scene.appointments {
            let decide = |case: &Case| {
                let (setup, now) = (&case.scene.setup, case.scene.now);
                (
                    crate::deadline::decide_cancellation(setup, appointment, now),
                    crate::deadline::decide_moving(setup, appointment, now),
                )
            };
            prop_assert_eq!(decide(&blank), decide(&zero));
        }
        let earliest = |edit| with(edit).scene.terms().earliest;
        prop_assert_eq!(
            days_after(earliest(|it| it.earliest_booking_days = None), 1),
            earliest(|it| it.earliest_booking_days = NoticeDays::new(0).ok())
        );
        let blank = with(|it| (it.max_days_before_recall_week, it.max_days_after_recall_week) = (None, None));
        let zero = with(|it| {
            (it.max_days_before_recall_week, it.max_days_after_recall_week) = (RecallDays::new(0).ok(), RecallDays::new(0).ok());
        });
        let (blank, zero) = (blank.scene.terms(), zero.scene.terms());
        prop_assert_eq!((blank.first, blank.last), (None, None));
        prop_assert_eq!((zero.first.is_some(), zero.last.is_some()), (zero.need.is_some(), zero.need.is_some()));
    }

    #[test]
    fn the_order_of_records_never_matters(case in any_case(), seed in any::<u64>()) {
        let mut records = records(&case.scene);
        let there = read(&records);
        shuffle(&mut records, seed);
        let shuffled = read(&records);
        prop_assert_eq!(&there, &shuffled);
        // And what was read answers as what was written.
        let visitor = there.visitor(PATIENT);
        let request = crate::terms::Request { setup: &there.setup, visitor: &visitor, ..case.scene.request() };
        let explanation = crate::terms::Terms::of(request).explanation(&there.busy(), case.from, DAYS);
        prop_assert_eq!(explanation, case.explanation());
        // The rest of a request has no order either.
        let mut turned = case.clone();
        turned.scene.visitor.open_needs.reverse();
        turned.scene.appointments.reverse();
        turned.scene.broken.push(broken_of_mk());
        let mut again = turned.clone();
        again.scene.broken.reverse();
        again.scene.online_type().practitioners.reverse();
        prop_assert_eq!(turned.explanation(), again.explanation());
    }

    /// Invariant 7.
    #[test]
    fn a_need_is_used_at_most_once_and_a_cancellation_frees_it(case in any_case()) {
        let mut records = records(&case.scene);
        let open = |records: &[Record]| {
            let visitor = read(records).visitor(PATIENT);
            visitor.open_needs.iter().map(|need| need.id).collect::<BTreeSet<_>>()
        };
        let all = open(&records);
        for need in all.clone() {
            let mut appointment = scene::appointment("JH", "2020-01-01 08:00", 30, Some(PATIENT));
            appointment.need = Some(need);
            records.push(Entry::new(appointment.clone()).into_record());
            let mut without = all.clone();
            let _was_there = without.remove(&need);
            prop_assert_eq!(open(&records), without);
            let _booked = records.pop();
            appointment.status = Status::Cancelled;
            records.push(Entry::new(appointment).into_record());
            prop_assert_eq!(open(&records), all.clone());
        }
    }
}

fn broken_of_mk() -> Broken {
    let record = BrokenRecord { kind: Some(Kind::Closure), id: None };
    Broken { record, fault: Fault::NoValue, known_as: None, uses: None, concerns: Concerns::Column(practitioner("MK")) }
}

/// The clinic as a snapshot holds it.
fn records(scene: &Scene) -> Vec<Record> {
    fn all<T: Recorded + Clone>(entries: &[Entry<T>]) -> impl Iterator<Item = Record> {
        entries.iter().cloned().map(Entry::into_record).collect::<Vec<_>>().into_iter()
    }
    let setup = &scene.setup;
    let new = scene.visitor.standing == Standing::New;
    let patient = crate::record::Patient {
        number: crate::bounded::PatientNumber::new("1001").expect("a number"),
        name: crate::bounded::Name::new("Karen Mikkelsen").expect("a name"),
        birth_date: date("1980-01-01"),
        phone: None,
        email: None,
        self_registered: new,
        accepted: !new,
    };
    let mut records = vec![
        setup.clinic.clone().into_record(),
        setup.service.clone().into_record(),
        setup.analytics.clone().into_record(),
        Entry { id: PATIENT, value: patient }.into_record(),
    ];
    records.extend(all(&setup.practitioners));
    records.extend(all(&setup.working_hours));
    records.extend(all(&setup.closures));
    records.extend(all(&setup.appointment_types));
    records.extend(all(&setup.online_types));
    records.extend(all(&scene.visitor.open_needs));
    let appointments = (700u128..).zip(&scene.appointments);
    records.extend(
        appointments.map(|(id, value)| Record { id: Uuid::from_u128(id), value: Value::Appointment(value.clone()) }),
    );
    records
}

fn read(records: &[Record]) -> Reading {
    let json = serde_json::to_vec(&fields(&crate::record::Snapshot::new(records.to_vec()))).expect("it is JSON");
    Reading::of(&json).expect("a clinic")
}

/// Any order, always the same for a seed.
fn shuffle<T>(list: &mut [T], mut seed: u64) {
    for index in (1..list.len()).rev() {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        list.swap(index, (seed >> 33) as usize % (index + 1));
    }
}

/// The made-up clinics are not all empty, or shut, or alike: the laws would hold of nothing.
#[test]
fn the_made_up_clinics_meet_every_reason() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut met = BTreeSet::new();
    for _ in 0..3000 {
        let case = any_case().new_tree(&mut runner).expect("a case").current();
        met.extend(case.scene.barred().map(|refusal| refusal.code()));
        let explanation = case.explanation();
        met.extend(explanation.refused.iter().map(|refused| refused.reason.code()));
        met.extend((explanation.offers.len() > 3).then_some("offered"));
    }
    let missed: Vec<_> = CODES_OF_CANDIDATES.iter().filter(|code| !met.contains(*code)).collect();
    assert!(missed.is_empty(), "{missed:?}");
    assert!(met.contains("offered"));
}

/// Those that only a time asked about by itself can have are left out.
const CODES_OF_CANDIDATES: [&str; 16] = [
    "service_stopped",
    "no_practitioner",
    "no_need",
    "need_expired",
    "withheld",
    "practitioner_not_registered",
    "practitioner_takes_no_new_patients",
    "past",
    "before_earliest_date",
    "need_not_yet_open",
    "after_last_date",
    "closed_day",
    "unreadable",
    "taken",
    "does_not_fit",
    "too_close",
];
