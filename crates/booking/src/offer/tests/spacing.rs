//! «Minimum tid mellem foreslåede tider»: the worked examples of the design, and the borders.

use super::super::*;
use crate::bounded::SpacingMinutes;
use crate::record::{Overlap, Status};
use crate::scene::{Scene, appointment, date, instant, intervals, practitioner};

const DAY: &str = "2026-11-24";

/// One day of JH: working hours, busy times, minutes, setting, raster.
#[track_caller]
fn check(working: &str, busy: &str, minutes: u16, setting: Option<u16>, raster: u16, offered: &str) {
    let mut scene = Scene::new("2026-11-23 12:00").works("JH", DAY, working).lasts(minutes).raster(raster);
    scene.online_type().min_spacing_minutes = setting.map(|it| SpacingMinutes::new(it).expect("within its limits"));
    for interval in intervals(busy) {
        let lasts = interval.to().minutes() - interval.from().minutes();
        scene = scene.booked("JH", &format!("{DAY} {}", interval.from()), lasts);
    }
    assert_eq!(scene.starts(DAY), offered);
    let explanation = scene.explanation(DAY, 1);
    let starts: Vec<_> = explanation.offers.iter().map(|offer| offer.start).collect();
    assert!(starts.iter().all(|start| scene.terms().decide(&scene.busy(), practitioner("JH"), *start).is_ok()));
}

#[test]
fn the_worked_examples_of_the_design() {
    check("08:00-12:00", "", 30, Some(30), 5, "08:00 08:30 09:00 09:30 10:00 10:30 11:00 11:30");
    check("08:00-10:00", "", 30, Some(0), 15, "08:00 08:15 08:30 08:45 09:00 09:15 09:30");
    check("08:00-11:00", "08:30-08:50", 30, Some(30), 5, "08:00 08:50 09:20 09:50 10:20");
    check(
        "08:00-11:45 12:15-14:00",
        "",
        30,
        Some(30),
        15,
        "08:00 08:30 09:00 09:30 10:00 10:30 11:00 12:15 12:45 13:15",
    );
    check("08:00-12:30", "08:00-09:00 09:30-12:00", 45, Some(30), 15, "");
    check("08:00-10:00", "", 30, Some(20), 15, "08:00 08:30 09:00 09:30");
}

#[test]
fn blank_and_0_offer_every_candidate() {
    for setting in [None, Some(0)] {
        check("08:00-09:00", "", 30, setting, 15, "08:00 08:15 08:30");
    }
    check("08:00-09:00", "", 30, Some(1), 15, "08:00 08:15 08:30");
}

#[test]
fn a_time_fits_to_the_minute_or_not_at_all() {
    check("08:00-08:30", "", 30, None, 15, "08:00");
    check("08:00-08:29", "", 30, None, 15, "");
    check("08:00-08:45", "08:30-08:45", 30, None, 15, "08:00");
    check("08:00-08:45", "08:29-08:45", 30, None, 15, "");
    check("08:00-08:45", "08:00-08:15", 30, None, 15, "08:15");
    check("08:00-08:45", "08:00-08:16", 30, None, 15, "");
    check("08:00-08:46", "08:00-08:16", 30, None, 15, "");
    // Lunch is in the way to the minute as well.
    check("08:00-08:30 08:31-09:00", "", 30, None, 15, "08:00");
    check("08:00-08:30 08:30-09:00", "", 60, None, 15, "08:00");
    check("23:00-24:00", "", 30, None, 15, "23:00 23:15 23:30");
    check("00:00-00:30", "", 15, None, 15, "00:00 00:15");
}

#[test]
fn candidates_step_from_the_beginning_of_each_working_interval() {
    check("07:50-09:00", "", 30, None, 15, "07:50 08:05 08:20");
    check("07:50-08:30 09:05-10:00", "", 30, None, 20, "07:50 09:05 09:25");
    // Overlapping and touching intervals are one, and step from its beginning.
    check("08:00-09:00 08:50-09:40", "", 30, None, 20, "08:00 08:20 08:40 09:00");
    check("08:50-09:40 08:00-09:00", "", 30, None, 20, "08:00 08:20 08:40 09:00");
    check("08:00-08:50 08:50-09:40", "", 30, None, 20, "08:00 08:20 08:40 09:00");
}

#[test]
fn the_distance_is_exact_and_counts_on_over_lunch_and_appointments() {
    check("08:00-09:30", "", 15, Some(30), 15, "08:00 08:30 09:00");
    check("08:00-09:30", "", 15, Some(31), 15, "08:00 08:45");
    check("08:00-09:30", "", 15, Some(29), 15, "08:00 08:30 09:00");
    check("08:00-08:30 08:40-10:00", "", 15, Some(60), 20, "08:00 09:00");
    check("08:00-10:00", "08:15-09:00", 15, Some(60), 15, "08:00 09:00");
    check("08:00-24:00", "", 15, Some(480), 15, "08:00 16:00");
}

#[test]
fn the_count_starts_afresh_each_day_and_with_each_practitioner() {
    let scene = Scene::new("2026-11-23 12:00").spacing(480).ticked(&["JH", "MK"]);
    let scene = scene.works("JH", DAY, "23:00-24:00").works("MK", DAY, "23:15-24:00");
    let scene = scene.works("JH", "2026-11-25", "00:00-01:00");
    let offers = scene.terms().suggestions(&scene.busy(), date(DAY), 2);
    let starts: Vec<String> = offers.iter().map(|offer| scene.named(offer.start, offer.practitioner)).collect();
    assert_eq!(starts, ["23:00 JH", "23:15 MK", "00:00 JH"]);
}

#[test]
fn several_practitioners_are_merged_by_time_in_the_clinics_order() {
    let scene = Scene::new("2026-11-23 12:00").spacing(30).ticked(&["MK", "JH"]);
    let scene = scene.works("JH", DAY, "08:00-09:00").works("MK", DAY, "08:00-09:00");
    assert_eq!(scene.suggested(DAY), "08:00 JH, 08:00 MK, 08:30 JH, 08:30 MK");
    // The need's own practitioner stands first, and the rest in the clinic's order.
    let scene = scene.need_of(400, "MK", 30, "2026 48").with(|it| it.online_type().choose_practitioner = true);
    assert_eq!(scene.suggested(DAY), "08:00 MK, 08:00 JH, 08:30 MK, 08:30 JH");
    let explanation = scene.explanation(DAY, 1);
    let refused: Vec<String> = explanation.refused.iter().map(|it| scene.named(it.start, it.practitioner)).collect();
    assert_eq!(refused, ["08:15 MK", "08:15 JH", "08:45 MK", "08:45 JH"]);
}

#[test]
fn what_is_not_allowed_does_not_count_for_the_distance() {
    // 08:00 has passed and 08:15 is taken, so the count begins with 08:30.
    let scene = Scene::new("2026-11-24 08:00").spacing(45).works("JH", DAY, "08:00-11:00");
    let scene = scene.lasts(15).booked("JH", "2026-11-24 08:15", 15);
    assert_eq!(scene.starts(DAY), "08:30 09:15 10:00 10:45");
}

#[test]
fn a_time_that_is_too_close_is_allowed_all_the_same() {
    let scene = Scene::new("2026-11-23 12:00").spacing(30).works("JH", DAY, "08:00-09:00");
    assert_eq!(scene.word("JH", "2026-11-24 08:15"), "allowed");
    let why = scene.terms().decide_suggestion(&scene.busy(), practitioner("JH"), instant("2026-11-24 08:15"));
    let spacing = SpacingMinutes::new(30).expect("within its limits");
    assert_eq!(why, Err(Refusal::TooClose { suggested: instant("2026-11-24 08:00"), spacing }));
    let suggested = scene.terms().decide_suggestion(&scene.busy(), practitioner("JH"), instant("2026-11-24 08:30"));
    assert_eq!(suggested.map(Length::get), Ok(30));
}

#[test]
fn only_what_is_booked_is_busy_and_blocks_are_too() {
    let scene = Scene::new("2026-11-23 12:00").works("JH", DAY, "08:00-09:00");
    let mut cancelled = appointment("JH", "2026-11-24 08:00", 60, None);
    cancelled.status = Status::Cancelled;
    assert_eq!(scene.clone().with(|it| it.appointments.push(cancelled)).starts(DAY), "08:00 08:15 08:30");
    for overlap in [Overlap::None, Overlap::Deliberate, Overlap::Clash] {
        let mut block = appointment("JH", "2026-11-24 08:00", 15, None);
        block.overlap = overlap;
        assert_eq!(scene.clone().with(|it| it.appointments.push(block)).starts(DAY), "08:15 08:30");
    }
}

#[test]
fn appointments_on_top_of_each_other_and_over_midnight() {
    let scene = Scene::new("2026-11-23 12:00").works("JH", DAY, "00:00-02:00").lasts(15).raster(30);
    let scene = scene.booked("JH", "2026-11-23 23:00", 70).booked("JH", "2026-11-24 00:40", 10);
    assert_eq!(scene.starts(DAY), "01:00 01:30");
    let scene = scene.booked("JH", "2026-11-24 00:45", 30).booked("JH", "2026-11-24 00:50", 5);
    assert_eq!(scene.starts(DAY), "01:30");
}

/// One day and one practitioner, from other systems' public tests.
#[test]
fn cases_of_other_systems() {
    let file: serde_json::Value =
        serde_json::from_str(include_str!("../../../tests/data/slot_cases.json")).expect("the cases are JSON");
    let cases = file["cases"].as_array().expect("a list of cases");
    assert!(cases.len() >= 10);
    for case in cases {
        let words = |name: &str| {
            let list = case[name].as_array().expect("a list");
            let part = |it: &serde_json::Value| match it.as_array() {
                Some(pair) => format!("{}-{}", pair[0].as_str().expect("a time"), pair[1].as_str().expect("a time")),
                None => it.as_str().expect("a time").to_owned(),
            };
            list.iter().map(part).collect::<Vec<_>>().join(" ")
        };
        let number = |name: &str| u16::try_from(case[name].as_u64().expect("a number")).expect("a small number");
        assert_eq!(number("min_spacing_minutes"), 0);
        let step = number("raster_minutes");
        // Their step of an hour is no raster of an appointment book: every second step of 30 minutes.
        let raster = if step == 60 { 30 } else { step };
        let mut scene = Scene::new("2026-11-23 12:00").works("JH", DAY, &words("working"));
        scene = scene.lasts(number("minutes")).raster(raster);
        for interval in intervals(&words("busy")) {
            let lasts = interval.to().minutes() - interval.from().minutes();
            scene = scene.booked("JH", &format!("{DAY} {}", interval.from()), lasts);
        }
        let starts = scene.starts(DAY);
        let from = |start: &str| {
            intervals(&words("working")).iter().any(|it| {
                let minutes = crate::scene::time(start).minutes();
                it.from().minutes() <= minutes && (minutes - it.from().minutes()).is_multiple_of(step)
            })
        };
        let offered: Vec<&str> = starts.split_whitespace().filter(|start| from(start)).collect();
        assert_eq!(offered.join(" "), words("offered"), "{}: {}", case["id"], case["case"]);
    }
}
