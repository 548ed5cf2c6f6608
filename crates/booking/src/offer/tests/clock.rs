//! Dates, the clock's changes, and the year's ends.

use super::super::*;
use crate::agenda::ClosedBecause;
use crate::record::Weeks;
use crate::scene::{Scene, date, instant, practitioner};
use chrono::Datelike;

const SPRING: &str = "2026-03-29";
const AUTUMN: &str = "2026-10-25";

/// The suggested instants of a day in UTC, `HH:MM` with the day of the month in front.
#[track_caller]
fn check(day: &str, hours: &str, minutes: u16, raster: u16, expected: &str) {
    let scene = Scene::new("2026-01-01 12:00").works("JH", day, hours).lasts(minutes).raster(raster);
    let offers = scene.terms().suggestions(&scene.busy(), date(day), 1);
    let starts: Vec<String> = offers.iter().map(|offer| offer.start.format("%d %H:%M").to_string()).collect();
    assert_eq!(starts.join(", "), expected, "{day} {hours}");
    for offer in offers {
        assert_eq!(scene.terms().decide(&scene.busy(), offer.practitioner, offer.start).map(Length::get), Ok(minutes));
    }
}

#[test]
fn the_night_the_clock_goes_forward() {
    // 02:00 to 03:00 does not exist: no candidate there, and length is elapsed time.
    check(SPRING, "01:00-04:00", 30, 30, "29 00:00, 29 00:30, 29 01:00, 29 01:30");
    check(SPRING, "01:30-03:00", 30, 30, "29 00:30");
    check(SPRING, "01:30-03:30", 60, 30, "29 00:30");
    check(SPRING, "02:00-03:00", 5, 5, "");
    // A bound that is skipped is the end of the gap; the steps stay those of the wall clock.
    check(SPRING, "02:30-04:00", 30, 15, "29 01:00, 29 01:15, 29 01:30");
    check(SPRING, "02:10-04:00", 30, 15, "29 01:10, 29 01:25");
    check(SPRING, "01:00-02:30", 30, 30, "29 00:00, 29 00:30");
    check(SPRING, "23:00-24:00", 30, 30, "29 21:00, 29 21:30");
}

#[test]
fn the_night_the_clock_goes_back() {
    // 02:00 to 03:00 comes twice: a candidate once, at its first occurrence.
    check(AUTUMN, "01:30-04:00", 30, 30, "24 23:30, 25 00:00, 25 00:30, 25 02:00, 25 02:30");
    // An hour from 02:00 on lasts until the second 02:00.
    check(AUTUMN, "02:00-03:00", 120, 30, "25 00:00");
    check(AUTUMN, "02:00-02:30", 30, 30, "25 00:00");
    check(AUTUMN, "02:30-03:00", 90, 30, "25 00:30");
    check(AUTUMN, "23:00-24:00", 30, 30, "25 22:00, 25 22:30");
}

#[test]
fn the_second_occurrence_of_a_doubled_time_is_no_candidate() {
    let scene = Scene::new("2026-01-01 12:00").works("JH", AUTUMN, "01:00-04:00");
    assert_eq!(scene.word("JH", "2026-10-25T00:30:00Z"), "allowed");
    assert_eq!(scene.word("JH", "2026-10-25T01:30:00Z"), "between_steps");
    assert_eq!(scene.word("JH", "2026-10-25T02:00:00Z"), "allowed");
}

#[test]
fn distance_is_elapsed_time() {
    // From 02:30 to 03:00 on the wall clock an hour and a half goes by.
    let scene = Scene::new("2026-01-01 12:00").works("JH", AUTUMN, "02:30-04:30").spacing(90).raster(30);
    assert_eq!(scene.starts(AUTUMN), "02:30 03:00");
    // From 01:30 to 03:00, which is 02:00, half an hour.
    let scene = Scene::new("2026-01-01 12:00").works("JH", SPRING, "01:30-05:00").spacing(60).raster(30);
    assert_eq!(scene.starts(SPRING), "01:30 03:30 04:30");
}

#[test]
fn busy_time_is_found_on_both_nights() {
    let scene = Scene::new("2026-01-01 12:00").works("JH", AUTUMN, "01:00-04:00").lasts(15).raster(30);
    // An appointment in the second 02:30 is not in the way of the first.
    let scene = scene.with(|it| {
        let mut later = crate::scene::appointment("JH", "2026-10-25 02:30", 30, None);
        later.start = instant("2026-10-25T01:30:00Z");
        it.appointments.push(later);
    });
    assert_eq!(scene.starts(AUTUMN), "01:00 01:30 02:00 02:30 03:00 03:30");
    // Two hours from 01:30 on last until the second 02:30, and 03:00 is free.
    let long = scene.clone().with(|it| it.appointments.clear()).booked("JH", "2026-10-25 01:30", 120);
    assert_eq!(long.starts(AUTUMN), "01:00 03:00 03:30");
    let first = scene.booked("JH", "2026-10-25 02:30", 30);
    assert_eq!(first.starts(AUTUMN), "01:00 01:30 02:00 03:00 03:30");
}

#[test]
fn a_time_is_past_when_its_start_is_not_after_now() {
    let day = "2026-11-24";
    let at = |now: &str| Scene::new(now).works("JH", day, "08:00-10:00").lasts(60).raster(30);
    assert_eq!(at("2026-11-24 07:59").starts(day), "08:00 08:30 09:00");
    assert_eq!(at("2026-11-24T06:59:59Z").starts(day), "08:00 08:30 09:00");
    assert_eq!(at("2026-11-24 08:00").starts(day), "08:30 09:00");
    assert_eq!(at("2026-11-24T07:00:00.5Z").starts(day), "08:30 09:00");
    assert_eq!(at("2026-11-24 08:01").starts(day), "08:30 09:00");
    assert_eq!(at("2026-11-24 09:00").starts(day), "");
    assert_eq!(at("2026-11-24 08:00").word("JH", "2026-11-24 08:00"), "past");
    // A day that is over is past before it is too early.
    assert_eq!(at("2026-11-25 08:00").bookable(Some(0)).word("JH", "2026-11-24 08:00"), "past");
}

#[test]
fn a_start_of_a_fraction_of_a_second_is_no_step() {
    let scene = Scene::new("2026-11-24 07:00").works("JH", "2026-11-24", "08:00-10:00");
    assert_eq!(scene.word("JH", "2026-11-24T07:00:00.5Z"), "between_steps");
    assert_eq!(scene.word("JH", "2026-11-24T07:00:01Z"), "between_steps");
    assert_eq!(scene.word("JH", "2026-11-24T07:00:00Z"), "allowed");
}

/// «Booking muligt»: blank today and on, 0 tomorrow and on, 1 the day after tomorrow.
#[test]
fn the_earliest_date() {
    let days = ["2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27"];
    for (now, setting, first) in [
        ("2026-11-24 07:00", None, 0),
        ("2026-11-24 07:00", Some(0), 1),
        ("2026-11-24 07:00", Some(1), 2),
        ("2026-11-24 23:59", Some(0), 1),
        ("2026-11-24 23:59", Some(1), 2),
        ("2026-11-25 00:00", Some(0), 2),
    ] {
        let scene = days.iter().fold(Scene::new(now), |scene, day| scene.works("JH", day, "08:00-08:30"));
        let scene = scene.bookable(setting);
        for (index, day) in days.iter().enumerate() {
            let expected = if index >= first { "08:00" } else { "" };
            assert_eq!(scene.starts(day), expected, "{now} {setting:?} {day}");
        }
        assert_eq!(scene.terms().earliest, date(days[first]));
    }
}

/// Which days a need of a recall week can be used on.
#[track_caller]
fn check_recall(week: &str, before: Option<u16>, after: Option<u16>, day: &str, expected: &str) {
    let scene = Scene::new("2024-01-01 00:00").need(week).recall(before, after).works("JH", day, "08:00-08:30");
    assert_eq!(scene.word("JH", &format!("{day} 08:00")), expected, "week {week} before {before:?} after {after:?}");
}

#[test]
fn the_recall_window_to_the_day() {
    for (week, after, last, next) in [
        ("2026 30", 0, "2026-07-26", "2026-07-27"),
        ("2026 30", 100, "2026-11-03", "2026-11-04"),
        ("2026 52", 7, "2027-01-03", "2027-01-04"),
        ("2026 53", 100, "2027-04-13", "2027-04-14"),
        ("2025 1", 100, "2025-04-15", "2025-04-16"),
        ("2028 8", 2, "2028-02-29", "2028-03-01"), // a leap day
    ] {
        check_recall(week, None, Some(after), last, "allowed");
        check_recall(week, None, Some(after), next, "after_last_date");
        check_recall(week, None, None, next, "allowed");
    }
    for (week, before, first, day_before) in [
        ("2026 30", 0, "2026-07-20", "2026-07-19"),
        ("2026 30", 1, "2026-07-19", "2026-07-18"),
        ("2025 1", 0, "2024-12-30", "2024-12-29"), // week 1 begins in the year before
        ("2028 10", 6, "2028-02-29", "2028-02-28"), // a leap day
    ] {
        check_recall(week, Some(before), None, first, "allowed");
        check_recall(week, Some(before), None, day_before, "need_not_yet_open");
        check_recall(week, None, None, day_before, "allowed");
    }
    // Closed at once: the window is over before it begins to matter which.
    check_recall("2026 30", Some(0), Some(0), "2026-07-19", "need_not_yet_open");
    check_recall("2026 30", Some(0), Some(0), "2026-07-27", "after_last_date");
}

#[test]
fn a_need_expires_the_day_after_its_last_date() {
    let at = |now: &str| Scene::new(now).need("2026 46").recall(None, Some(2));
    assert_eq!(at("2026-11-17 23:59").barred(), None);
    assert_eq!(at("2026-11-18 00:00").barred(), Some(Refusal::NeedExpired { last: date("2026-11-17") }));
}

#[test]
fn odd_and_even_weeks_through_week_53() {
    for (weeks, works) in
        [(Weeks::Every, [true; 4]), (Weeks::Odd, [false, true, true, false]), (Weeks::Even, [true, false, false, true])]
    {
        for (day, works) in ["2026-12-22", "2026-12-29", "2027-01-05", "2027-01-12"].into_iter().zip(works) {
            let scene = Scene::new("2026-11-24 07:00").works("JH", day, "08:00-08:30");
            let scene = scene.with(|it| it.setup.working_hours[0].value.weeks = weeks);
            assert_eq!(scene.starts(day), if works { "08:00" } else { "" }, "{weeks:?} {day}");
        }
    }
}

#[test]
fn both_ends_of_the_validity_of_working_hours() {
    let scene = Scene::new("2026-01-01 07:00").works("JH", "2026-02-24", "08:00-08:30").with(|it| {
        it.setup.working_hours[0].value.valid_from = Some(date("2026-02-17"));
        it.setup.working_hours[0].value.valid_to = Some(date("2026-03-03"));
    });
    for (day, starts) in [
        ("2026-02-10", ""),
        ("2026-02-17", "08:00"),
        ("2026-02-24", "08:00"),
        ("2026-03-03", "08:00"),
        ("2026-03-10", ""),
        ("2026-02-25", ""),
    ] {
        assert_eq!(scene.starts(day), starts, "{day}");
    }
}

#[test]
fn closed_days_absences_and_public_holidays() {
    let day = "2026-12-25";
    assert_eq!(date(day).weekday(), chrono::Weekday::Fri);
    let open = || Scene::new("2026-11-24 07:00").ticked(&["JH", "MK"]).works("JH", day, "08:00-08:30");
    let open = || open().works("MK", day, "08:00-08:30");
    assert_eq!(open().suggested(day), "08:00 JH, 08:00 MK");
    for (from, to, closed) in [
        ("2026-12-24", "2026-12-24", false),
        ("2026-12-24", "2026-12-25", true),
        ("2026-12-25", "2026-12-25", true),
        ("2026-12-25", "2026-12-26", true),
        ("2026-12-26", "2026-12-26", false),
    ] {
        let whole = open().closed(None, from, to);
        assert_eq!(whole.suggested(day), if closed { "" } else { "08:00 JH, 08:00 MK" }, "{from} {to}");
        let one = open().closed(Some("JH"), from, to);
        assert_eq!(one.suggested(day), if closed { "08:00 MK" } else { "08:00 JH, 08:00 MK" }, "{from} {to}");
    }
    let holidays = open().with(|it| it.setup.clinic.value.closed_on_public_holidays = true);
    assert_eq!(holidays.suggested(day), "");
    assert_eq!(holidays.word("JH", "2026-12-25 08:00"), "closed_day");
    // The clinic's own words say more than the absence, and the absence more than the holiday.
    let because = |scene: &Scene| scene.decide("JH", "2026-12-25 08:00");
    let absent = holidays.clone().closed(Some("JH"), day, day);
    let id = absent.setup.closures[0].id;
    assert_eq!(because(&absent), Err(Refusal::ClosedDay(ClosedBecause::PractitionerAbsent(id))));
    let both = absent.closed(None, day, day);
    let id = both.setup.closures[1].id;
    assert_eq!(because(&both), Err(Refusal::ClosedDay(ClosedBecause::ClinicClosed(id))));
}

#[test]
fn the_ends_of_the_calendar_are_no_fault() {
    for day in [NaiveDate::MIN, NaiveDate::MAX] {
        let scene = Scene::new("2026-11-24 07:00").with(|it| {
            let everywhere = crate::scene::Scene::new("2026-11-24 07:00").works("JH", "2026-11-24", "00:00-24:00");
            it.setup.working_hours = everywhere.setup.working_hours;
            let hours = &mut it.setup.working_hours[0].value;
            (hours.valid_from, hours.valid_to) = (None, None);
            hours.weekday = crate::record::WeekdayNumber::new(day.weekday());
        });
        let _offers = scene.terms().suggestions(&scene.busy(), day, 3);
        let _explanation = scene.terms().explanation(&scene.busy(), day, 3);
        for moment in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
            let _decision = scene.terms().decide(&scene.busy(), practitioner("JH"), moment);
            let _then = scene.clone().with(|it| it.now = moment).terms().suggestions(&scene.busy(), day, 2);
        }
    }
}
