use chrono::{DateTime, Utc};
use chrono_tz::Europe::Copenhagen;

use super::*;
use crate::bounded::{Detail, Length};
use crate::change::Deed;
use crate::record::{AppointmentType, Origin, Overlap, Status};

pub(super) fn date(text: &str) -> NaiveDate {
    text.parse().expect(text)
}

pub(super) fn interval(text: &str) -> Interval {
    let time = |text: &str| TimeOfDay::try_from(text.to_owned()).expect(text);
    let (from, to) = text.split_once('-').expect(text);
    Interval::new(time(from), time(to)).expect(text)
}

/// Two people who are always the same.
fn who(name: &str) -> Id<Practitioner> {
    Id::new(uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_OID, name.as_bytes()))
}

/// «JH mon every 08:00-12:00 12:30-16:00 from 2026-11-23 to 2027-01-01»
fn hours(line: &str) -> WorkingHours {
    let mut words = line.split_whitespace();
    let practitioner = who(words.next().expect("who"));
    let weekday: Weekday = words.next().expect("a weekday").parse().expect("a weekday");
    let weeks = match words.next() {
        Some("every") => Weeks::Every,
        Some("even") => Weeks::Even,
        Some("odd") => Weeks::Odd,
        other => panic!("no weeks: {other:?}"),
    };
    let (mut intervals, mut valid_from, mut valid_to) = (Vec::new(), None, None);
    while let Some(word) = words.next() {
        match word {
            "from" => valid_from = words.next().map(date),
            "to" => valid_to = words.next().map(date),
            word => intervals.push(interval(word)),
        }
    }
    WorkingHours { practitioner, weekday: WeekdayNumber::new(weekday), weeks, intervals, valid_from, valid_to }
}

fn line(hours: &WorkingHours) -> String {
    let name = ["JH", "MK", "SA"].into_iter().find(|name| who(name) == hours.practitioner).expect("somebody known");
    let weeks = match hours.weeks {
        Weeks::Every => "every",
        Weeks::Even => "even",
        Weeks::Odd => "odd",
    };
    let mut words = vec![name.to_owned(), hours.weekday.weekday().to_string().to_lowercase(), weeks.to_owned()];
    words.extend(hours.intervals.iter().map(|interval| format!("{}-{}", interval.from(), interval.to())));
    words.extend(hours.valid_from.map(|from| format!("from {from}")));
    words.extend(hours.valid_to.map(|to| format!("to {to}")));
    words.join(" ")
}

fn entries(lines: &[&str]) -> Vec<Entry<WorkingHours>> {
    lines.iter().map(|line| Entry::new(hours(line))).collect()
}

fn lines(entries: &[Entry<WorkingHours>]) -> Vec<String> {
    let mut lines: Vec<String> = entries.iter().map(|entry| line(&entry.value)).collect();
    lines.sort();
    lines
}

fn weekday(day: Weekday) -> WeekdayNumber {
    WeekdayNumber::new(day)
}

#[test]
fn a_sum_counts_what_overlaps_or_touches_once() {
    for (intervals, expected) in [
        (&[][..], 0),
        (&["08:00-12:00"][..], 240),
        (&["08:00-12:00", "12:30-16:00"], 450),
        (&["08:00-12:00", "12:00-16:00"], 480),
        (&["08:00-12:00", "11:00-13:00"], 300),
        (&["08:00-16:00", "09:00-10:00"], 480),
        (&["12:30-16:00", "08:00-12:00", "08:00-12:00"], 450),
        (&["00:00-24:00"], 1440),
    ] {
        let intervals: Vec<Interval> = intervals.iter().map(|text| interval(text)).collect();
        assert_eq!(minutes(&intervals), expected, "{intervals:?}");
    }
}

#[test]
fn a_plan_tells_even_and_odd_weeks_apart_and_takes_what_is_valid() {
    let entries = [
        hours("JH mon every 08:00-12:00"),
        hours("JH mon even 12:00-15:00"),
        hours("JH tue odd 09:00-10:00"),
        hours("JH wed every 08:00-12:00 to 2026-11-22"),
        hours("JH thu every 08:00-12:00 from 2026-11-24"),
        hours("JH fri every 08:00-12:00 from 2026-11-23 to 2026-11-23"),
    ];
    let plan = WeekPlan::at(&entries, date("2026-11-23"));
    let day = |parity, day: Weekday| plan.day(parity, weekday(day)).to_vec();
    assert_eq!(day(Parity::Even, Weekday::Mon), [interval("08:00-15:00")]);
    assert_eq!(day(Parity::Odd, Weekday::Mon), [interval("08:00-12:00")]);
    assert_eq!(day(Parity::Even, Weekday::Tue), []);
    assert_eq!(day(Parity::Odd, Weekday::Tue), [interval("09:00-10:00")]);
    assert_eq!(day(Parity::Even, Weekday::Wed), [], "it ended yesterday");
    assert_eq!(day(Parity::Even, Weekday::Thu), [], "it begins tomorrow");
    assert_eq!(day(Parity::Even, Weekday::Fri), [interval("08:00-12:00")], "today is its only day");
    assert!(!plan.is_same_each_week(weekday(Weekday::Mon)) && plan.is_same_each_week(weekday(Weekday::Fri)));
    assert_eq!(plan.minutes(Parity::Even), 7 * 60 + 4 * 60);
    assert_eq!(plan.minutes(Parity::Odd), 4 * 60 + 60 + 4 * 60);
    assert_eq!(plan.span(), Some(interval("08:00-15:00")));
    assert_eq!(WeekPlan::at([], date("2026-11-23")).span(), None);
}

#[test]
fn the_dates_on_which_a_plan_turns() {
    let entries = [
        hours("JH mon every 08:00-12:00 to 2026-12-31"),
        hours("JH mon every 08:00-12:00 from 2027-01-01"),
        hours("JH tue every 08:00-12:00 from 2026-11-23 to 2027-03-31"),
        hours("JH wed every 08:00-12:00 to 2026-11-22"),
    ];
    assert_eq!(turns(&entries, date("2026-11-23")), [date("2027-01-01"), date("2027-04-01")]);
    assert_eq!(turns(&entries, date("2026-11-22")), ["2026-11-23", "2027-01-01", "2027-04-01"].map(date));
    let ends_with_the_calendar = WorkingHours { valid_to: Some(NaiveDate::MAX), ..hours("JH mon every 08:00-12:00") };
    assert_eq!(turns([&ends_with_the_calendar], date("2026-11-23")), []);
}

#[test]
fn when_hours_hold_next() {
    for (line, from, expected) in [
        ("JH mon every 08:00-12:00", "2026-11-23", Some("2026-11-23")),
        ("JH mon every 08:00-12:00", "2026-11-24", Some("2026-11-30")),
        ("JH mon even 08:00-12:00", "2026-11-24", Some("2026-12-07")),
        // Weeks 52, 53 and 1: the next even one is week 2.
        ("JH mon even 08:00-12:00", "2026-12-22", Some("2027-01-11")),
        ("JH sun even 08:00-12:00", "2026-12-28", Some("2027-01-17")),
        ("JH mon odd 08:00-12:00", "2026-12-29", Some("2027-01-04")),
        ("JH mon every 08:00-12:00 from 2027-01-05", "2026-11-23", Some("2027-01-11")),
        ("JH mon every 08:00-12:00 to 2026-11-29", "2026-11-24", None),
        ("JH mon every 08:00-12:00 to 2026-11-30", "2026-11-24", Some("2026-11-30")),
        ("JH mon odd 08:00-12:00 from 2026-11-23 to 2026-11-29", "2026-11-23", None),
    ] {
        assert_eq!(next_date([&hours(line)], date(from)), expected.map(date), "{line} from {from}");
    }
    let both = [hours("JH wed every 08:00-12:00"), hours("JH tue every 08:00-12:00")];
    assert_eq!(next_date(&both, date("2026-11-23")), Some(date("2026-11-24")), "the first of several");
    assert_eq!(next_date([], date("2026-11-23")), None);
    assert_eq!(next_date([&hours("JH tue every 08:00-12:00")], NaiveDate::MAX), None, "the calendar ends on a Monday");
}

#[test]
fn the_next_day_that_is_not_closed() {
    let demo = crate::demo::demo_clinic(date("2026-11-23"), 1);
    let mut setup = Setup::gather(demo.records).expect("a set-up");
    let jh = setup.practitioners[0].id;
    let next = |setup: &Setup, line: &str, from: &str| next_open_date(setup, jh, &[hours(line)], date(from));
    let thursday = "JH thu every 08:00-12:00";
    assert_eq!(next(&setup, thursday, "2026-12-17"), Some(date("2026-12-17")));
    // The clinic is closed from 23 December to 1 January, and 7 January is the first Thursday after.
    assert_eq!(next(&setup, thursday, "2026-12-18"), Some(date("2027-01-07")));
    let easter = "JH mon every 08:00-12:00 from 2027-03-29 to 2027-03-30";
    assert_eq!(next(&setup, easter, "2026-11-23"), None, "its only Monday is a public holiday");
    setup.clinic.value.closed_on_public_holidays = false;
    assert_eq!(next(&setup, easter, "2026-11-23"), Some(date("2027-03-29")));
    // Closed for good is no endless search.
    setup.closures[0].value.to = NaiveDate::MAX;
    assert_eq!(next(&setup, thursday, "2026-12-24"), None);
}

#[test]
fn which_hours_count_together() {
    let own = hours("JH mon even 08:00-12:00 from 2026-11-23 to 2026-12-31");
    for (other, expected) in [
        ("JH mon even 13:00-14:00", true),
        ("JH mon every 13:00-14:00", true),
        ("JH mon odd 13:00-14:00", false),
        ("JH tue even 13:00-14:00", false),
        ("MK mon even 13:00-14:00", false),
        ("JH mon even 13:00-14:00 to 2026-11-22", false),
        ("JH mon even 13:00-14:00 to 2026-11-23", true),
        ("JH mon even 13:00-14:00 from 2026-12-31", true),
        ("JH mon even 13:00-14:00 from 2027-01-01", false),
    ] {
        assert_eq!(hold_together(&own, &hours(other)), expected, "{other}");
        assert_eq!(hold_together(&hours(other), &own), expected, "{other}");
    }
}

#[test]
fn times_beside_the_raster() {
    let raster = |minutes: u16| Raster::try_from(minutes).expect("a raster");
    let first = |texts: &[&str], minutes| {
        let intervals: Vec<Interval> = texts.iter().map(|text| interval(text)).collect();
        off_the_raster(&intervals, raster(minutes)).map(|time| time.to_string())
    };
    assert_eq!(first(&["08:00-12:00", "12:30-16:00"], 15), None);
    assert_eq!(first(&["08:00-12:00", "12:30-16:00"], 20), Some("12:30".to_owned()));
    assert_eq!(first(&["07:50-12:00"], 15), Some("07:50".to_owned()));
    assert_eq!(first(&["08:00-11:55"], 15), Some("11:55".to_owned()));
    assert_eq!(first(&["00:00-24:00"], 30), None);
}

#[track_caller]
fn check_new_plan(given: &[&str], from: &str, expected: &[&str]) {
    let given = entries(given);
    let revision = new_plan(&given, date(from));
    let mut expected: Vec<String> = expected.iter().map(|line| (*line).to_owned()).collect();
    expected.sort();
    assert_eq!(lines(&revision.applied(&given)), expected);
}

#[test]
fn a_new_plan_ends_what_holds_and_begins_it_anew() {
    check_new_plan(&[], "2027-01-01", &[]);
    check_new_plan(
        &["JH mon every 08:00-12:00"],
        "2027-01-01",
        &["JH mon every 08:00-12:00 to 2026-12-31", "JH mon every 08:00-12:00 from 2027-01-01"],
    );
    check_new_plan(
        &["JH mon odd 08:00-12:00 from 2026-01-01 to 2027-06-30"],
        "2027-01-01",
        &[
            "JH mon odd 08:00-12:00 from 2026-01-01 to 2026-12-31",
            "JH mon odd 08:00-12:00 from 2027-01-01 to 2027-06-30",
        ],
    );
    // What is over by then, or begins then, is as it was.
    for untouched in [
        "JH mon every 08:00-12:00 to 2026-12-31",
        "JH mon every 08:00-12:00 from 2027-01-01",
        "JH mon every 08:00-12:00 from 2027-02-01",
    ] {
        check_new_plan(&[untouched], "2027-01-01", &[untouched]);
    }
    // The last day of what holds is still one of it.
    check_new_plan(
        &["JH fri every 08:00-12:00 to 2027-01-01"],
        "2027-01-01",
        &["JH fri every 08:00-12:00 to 2026-12-31", "JH fri every 08:00-12:00 from 2027-01-01 to 2027-01-01"],
    );
    assert!(new_plan(&entries(&["JH mon every 08:00-12:00"]), NaiveDate::MIN).is_empty());
}

#[track_caller]
fn check_copies(given: &[&str], copied: Copied, from: Option<&str>, expected: &[&str]) {
    let given = entries(given);
    let revision = copies(&copied, from.map(date), &given);
    let mut expected: Vec<String> = expected.iter().map(|line| (*line).to_owned()).collect();
    expected.sort();
    assert_eq!(lines(&revision.applied(&given)), expected);
    // The writes are the revision, and say of an edit only what was edited.
    let deeds = revision.writes();
    assert_eq!(deeds.len(), revision.edited.len() + revision.deleted.len() + revision.created.len());
    let narrow = |deed: &Deed| matches!(deed, Deed::Set(fields) if fields.keys().ne(["valid_to"]));
    assert!(!deeds.iter().any(|write| narrow(&write.deed)), "{deeds:?}");
}

fn day(to: &[Weekday]) -> Copied {
    Copied::Day { of: who("JH"), weekday: weekday(Weekday::Mon), to: to.iter().copied().map(weekday).collect() }
}

fn week(to: &[&str]) -> Copied {
    Copied::Week { of: who("JH"), to: to.iter().map(|name| who(name)).collect() }
}

#[test]
fn a_day_is_copied_to_other_days() {
    use Weekday::{Fri, Mon, Tue};
    let monday = "JH mon every 08:00-12:00";
    check_copies(&[monday], day(&[]), None, &[monday]);
    check_copies(&[monday], day(&[Mon]), None, &[monday]);
    check_copies(&[monday], day(&[Tue, Fri]), None, &[monday, "JH tue every 08:00-12:00", "JH fri every 08:00-12:00"]);
    // All the other day had is replaced, and nobody else's.
    check_copies(
        &[
            monday,
            "JH mon even 13:00-14:00 to 2027-06-30",
            "JH tue every 10:00-18:00",
            "JH tue odd 18:00-19:00",
            "MK tue every 09:00-10:00",
        ],
        day(&[Tue]),
        None,
        &[
            monday,
            "JH mon even 13:00-14:00 to 2027-06-30",
            "JH tue every 08:00-12:00",
            "JH tue even 13:00-14:00 to 2027-06-30",
            "MK tue every 09:00-10:00",
        ],
    );
    // A day off is copied too.
    check_copies(&["JH tue every 10:00-18:00"], day(&[Tue]), None, &[]);
}

#[test]
fn a_week_is_copied_to_other_practitioners() {
    let own = ["JH mon every 08:00-12:00", "JH wed even 10:00-18:00"];
    let copied = ["MK mon every 08:00-12:00", "MK wed even 10:00-18:00"];
    check_copies(&own, week(&[]), None, &own);
    check_copies(&own, week(&["JH"]), None, &own);
    check_copies(&own, week(&["MK"]), None, &[own, copied].concat());
    check_copies(
        &[own[0], own[1], "MK mon every 08:00-12:00", "MK fri every 08:00-13:00", "SA fri every 08:00-13:00"],
        week(&["MK"]),
        None,
        &[own[0], own[1], copied[0], copied[1], "SA fri every 08:00-13:00"],
    );
}

#[test]
fn with_a_date_what_was_before_it_stays() {
    check_copies(
        &[
            "JH mon every 08:00-12:00",
            "JH tue every 08:00-12:00 to 2026-12-31",
            "JH wed every 08:00-12:00 from 2027-02-01",
            "MK mon every 10:00-14:00",
            "MK tue every 10:00-14:00 to 2026-12-31",
            "MK thu every 10:00-14:00 from 2027-01-01",
            "MK fri every 10:00-14:00 from 2026-01-01 to 2027-03-31",
        ],
        week(&["MK"]),
        Some("2027-01-01"),
        &[
            "JH mon every 08:00-12:00",
            "JH tue every 08:00-12:00 to 2026-12-31",
            "JH wed every 08:00-12:00 from 2027-02-01",
            "MK mon every 10:00-14:00 to 2026-12-31",
            "MK mon every 08:00-12:00 from 2027-01-01",
            "MK tue every 10:00-14:00 to 2026-12-31",
            "MK wed every 08:00-12:00 from 2027-02-01",
            "MK fri every 10:00-14:00 from 2026-01-01 to 2026-12-31",
        ],
    );
}

#[test]
fn who_has_the_same_hours_already_is_left_alone() {
    let both = ["JH mon every 08:00-12:00", "MK mon every 08:00-12:00"];
    for from in [None, Some(date("2027-01-01"))] {
        assert!(copies(&week(&["MK"]), from, &entries(&both)).is_empty(), "{from:?}");
    }
    let given = entries(&["JH mon every 08:00-12:00", "JH tue odd 08:00-12:00", "MK mon every 08:00-12:00"]);
    let revision = copies(&week(&["MK"]), None, &given);
    assert_eq!(lines(&revision.created), ["MK tue odd 08:00-12:00"]);
    assert!(revision.edited.is_empty() && revision.deleted.is_empty());
}

fn appointment(start: &str, minutes: u16) -> Appointment {
    let start: DateTime<Utc> = start.parse().expect(start);
    Appointment {
        practitioner: who("JH"),
        appointment_type: Some(Id::<AppointmentType>::random()),
        patient: None,
        need: None,
        start,
        minutes: Length::new(minutes).expect("within its limits"),
        origin: Origin::Clinic,
        status: Status::Booked,
        overlap: Overlap::None,
        note: Detail::new("").expect("may be empty"),
    }
}

fn outside(given: &[Entry<WorkingHours>], revision: &Revision, appointments: &[Appointment]) -> usize {
    let placed: Vec<Placed> = appointments.iter().filter_map(|it| Placed::of(Copenhagen, it)).collect();
    newly_outside(Copenhagen, given, revision, &placed)
}

#[test]
fn appointments_that_new_hours_leave_outside() {
    let given = entries(&["JH mon every 08:00-16:00"]);
    let shorter =
        Revision { edited: vec![(given[0].clone(), hours("JH mon every 08:00-12:00"))], ..Revision::default() };
    // Denmark is an hour ahead of UTC in winter.
    for (start, minutes, expected) in [
        ("2026-11-30T10:00:00Z", 60, 0), // ends at 12:00
        ("2026-11-30T10:05:00Z", 60, 1), // a little later
        ("2026-11-30T11:00:00Z", 30, 1),
        ("2026-11-30T07:00:00Z", 30, 0),
        ("2026-11-30T14:30:00Z", 30, 1), // the last one of the old hours
        ("2026-11-30T14:35:00Z", 30, 0), // lay outside before
        ("2026-12-01T11:00:00Z", 30, 0), // a Tuesday, never worked
    ] {
        let one = [appointment(start, minutes)];
        assert_eq!(outside(&given, &shorter, &one), expected, "{start}");
    }
    let gone = Revision { deleted: given.clone(), ..Revision::default() };
    let mut block = appointment("2026-11-30T10:00:00Z", 60);
    assert_eq!(outside(&given, &gone, std::slice::from_ref(&block)), 1);
    block.appointment_type = None;
    assert_eq!(outside(&given, &gone, std::slice::from_ref(&block)), 0, "a block");
    let mut other = appointment("2026-11-30T10:00:00Z", 60);
    other.practitioner = who("MK");
    assert_eq!(outside(&given, &gone, std::slice::from_ref(&other)), 0, "somebody else's");
    let longer =
        Revision { created: entries(&["JH mon every 16:00-18:00", "JH tue every 08:00-12:00"]), ..Revision::default() };
    let all = ["2026-11-30T10:00:00Z", "2026-11-30T14:35:00Z", "2026-12-01T11:00:00Z"].map(|at| appointment(at, 30));
    assert_eq!(outside(&given, &longer, &all), 0);
}

#[test]
fn appointments_on_both_nights_the_clock_changes() {
    let given = entries(&["JH sun every 00:00-06:00"]);
    let shorter =
        Revision { edited: vec![(given[0].clone(), hours("JH sun every 01:00-03:00"))], ..Revision::default() };
    for (start, minutes, expected) in [
        // 29 March: two o'clock is three o'clock, and the hours end there.
        ("2026-03-29T00:00:00Z", 60, 0), // 01:00 to 03:00 by the wall clock
        ("2026-03-29T00:00:00Z", 65, 1),
        ("2026-03-28T23:55:00Z", 30, 1), // begins at 00:55
        // 25 October: the hour from two to three comes twice, and both are worked.
        ("2026-10-24T23:00:00Z", 180, 0), // 01:00 to the second 03:00
        ("2026-10-25T01:30:00Z", 30, 0),  // the second 02:30
        ("2026-10-25T01:35:00Z", 30, 1),
    ] {
        let one = [appointment(start, minutes)];
        assert_eq!(outside(&given, &shorter, &one), expected, "{start} {minutes}");
    }
}

#[test]
fn every_day_of_everybody_is_looked_at_by_itself() {
    let given = entries(&["JH mon every 08:00-16:00", "JH tue every 08:00-16:00", "MK mon every 08:00-16:00"]);
    let shorter = |of: usize, line: &str| (given[of].clone(), hours(line));
    let revision = Revision {
        edited: vec![shorter(0, "JH mon every 08:00-12:00"), shorter(2, "MK mon every 13:00-16:00")],
        ..Revision::default()
    };
    let of = |name: &str, start: &str| Appointment { practitioner: who(name), ..appointment(start, 30) };
    let all = [
        of("JH", "2026-11-30T07:00:00Z"),
        of("JH", "2026-11-30T12:00:00Z"), // outside
        of("MK", "2026-11-30T12:00:00Z"),
        of("MK", "2026-11-30T07:00:00Z"), // outside
        of("JH", "2026-12-01T12:00:00Z"), // a Tuesday
        of("JH", "2026-12-07T12:00:00Z"), // outside
        of("JH", "2026-12-07T07:00:00Z"),
        of("SA", "2026-12-07T07:00:00Z"), // never works
    ];
    assert_eq!(outside(&given, &revision, &all), 3);
}

#[test]
fn what_is_saved_again_has_the_same_ids() {
    let given = entries(&["JH mon every 08:00-12:00", "JH tue every 08:00-12:00"]);
    let mut ids = Vec::new();
    let ids_of = |revision: Revision| revision.created.iter().map(|entry| entry.id).collect::<Vec<_>>();
    let first = ids_of(new_plan(&given, date("2027-01-01")).with_ids(&mut ids));
    assert_eq!(ids_of(new_plan(&given, date("2027-01-01")).with_ids(&mut ids)), first);
    assert_eq!(first, ids);
    assert_ne!(first[0], first[1]);
    let fewer = ids_of(new_plan(&given[..1], date("2027-01-01")).with_ids(&mut ids));
    assert_eq!((fewer.as_slice(), ids.len()), (&first[..1], 2));
}
