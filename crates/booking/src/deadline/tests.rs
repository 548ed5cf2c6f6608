//! Until when an appointment can be cancelled and moved online.

use super::*;
use crate::bounded::NoticeDays;
use crate::record::Entry;
use crate::scene::{PATIENT, Scene, appointment, date, instant, length, practitioner};
use uuid::Uuid;

fn notice(days: Option<u16>) -> Option<NoticeDays> {
    days.map(|days| NoticeDays::new(days).expect("within its limits"))
}

/// An appointment that begins then, asked about at a moment; the setting, and the answer.
#[track_caller]
fn check(start: &str, days: Option<u16>, now: &str, expected: Result<Deadline, Fixed>) {
    let mut scene = Scene::new(now);
    let appointment = appointment("JH", start, 30, Some(PATIENT));
    let decide = |scene: &Scene| {
        let (setup, now) = (&scene.setup, scene.now);
        (decide_cancellation(setup, &appointment, now), decide_moving(setup, &appointment, now))
    };
    let free = Ok(Deadline::UntilStart);
    scene.online_type().cancel_days = notice(days);
    let other = if now < start { free } else { Err(Fixed::Begun) };
    assert_eq!(decide(&scene), (expected, other), "cancelling {start} at {now}");
    // The two are independent.
    scene.online_type().cancel_days = None;
    scene.online_type().move_days = notice(days);
    assert_eq!(decide(&scene), (other, expected), "moving {start} at {now}");
}

#[test]
fn to_the_end_of_the_last_day_and_always_before_the_start() {
    let through = |day: &str| Ok(Deadline::Through(date(day)));
    let too_late = |day: &str| Err(Fixed::TooLate { last: Deadline::Through(date(day)) });
    let until_start = Ok(Deadline::UntilStart);
    let begun = Err(Fixed::Begun);
    // The design's examples.
    check("2026-03-12 10:00", Some(2), "2026-03-10 00:00", through("2026-03-10"));
    check("2026-03-12 10:00", Some(2), "2026-03-10 23:59", through("2026-03-10"));
    check("2026-03-12 10:00", Some(2), "2026-03-11 00:00", too_late("2026-03-10"));
    check("2026-03-30 10:00", Some(1), "2026-03-29 23:59", through("2026-03-29")); // a day of 23 hours
    check("2026-03-30 10:00", Some(1), "2026-03-30 00:00", too_late("2026-03-29"));
    check("2026-10-26 10:00", Some(1), "2026-10-25 23:59", through("2026-10-25")); // a day of 25 hours
    for days in [None, Some(0)] {
        check("2026-03-12 10:00", days, "2026-03-12 09:59", until_start);
        check("2026-03-12 10:00", days, "2026-03-12 10:00", begun);
        check("2026-03-12 10:00", days, "2026-03-12 10:01", begun);
        check("2026-03-12 00:00", days, "2026-03-11 23:59", until_start);
    }
    // The year's end, and a leap day.
    check("2027-01-01 10:00", Some(1), "2026-12-31 23:59", through("2026-12-31"));
    check("2027-01-01 10:00", Some(1), "2027-01-01 00:00", too_late("2026-12-31"));
    check("2028-03-01 10:00", Some(1), "2028-02-29 12:00", through("2028-02-29"));
    check("2027-03-12 10:00", Some(365), "2026-03-12 12:00", through("2026-03-12"));
    check("2026-03-12 10:00", Some(365), "2026-03-12 10:00", begun);
}

#[test]
fn what_cannot_be_changed_at_all() {
    let scene = Scene::new("2026-03-01 12:00");
    let start = "2026-03-12 10:00";
    let decide = |it: &Appointment| {
        let answers = (decide_cancellation(&scene.setup, it, scene.now), decide_moving(&scene.setup, it, scene.now));
        assert_eq!(answers.0, answers.1);
        answers.0
    };
    let booked = appointment("JH", start, 30, Some(PATIENT));
    assert_eq!(decide(&booked), Ok(Deadline::UntilStart));
    assert_eq!(decide(&Appointment { status: Status::Cancelled, ..booked.clone() }), Err(Fixed::Cancelled));
    assert_eq!(decide(&Appointment { appointment_type: Some(Id::random()), ..booked }), Err(Fixed::TypeNotSetUp));
    assert_eq!(decide(&appointment("JH", start, 30, None)), Err(Fixed::TypeNotSetUp));
    let block = Appointment { patient: None, ..appointment("JH", start, 30, Some(PATIENT)) };
    assert_eq!(decide(&block), Err(Fixed::TypeNotSetUp));
}

/// A patient whose only appointment, of 45 minutes, is to be moved.
fn moving() -> (Scene, Appointment) {
    let scene = Scene::new("2026-11-23 12:00").works("JH", "2026-11-26", "08:00-09:00");
    let scene = scene.works("JH", "2026-11-27", "08:00-09:00").bookable(Some(0));
    (scene, appointment("JH", "2026-11-26 08:00", 45, Some(PATIENT)))
}

#[track_caller]
fn check_move(scene: &Scene, appointment: &Appointment, to: &str, expected: Result<u16, Fixed>) {
    let moved = decide_move(scene.request(), appointment, &scene.busy(), practitioner("JH"), instant(to));
    assert_eq!(moved.map(Length::get), expected);
}

#[test]
fn a_move_asks_for_both_the_old_and_the_new_time() {
    let (scene, appointment) = moving();
    check_move(&scene, &appointment, "2026-11-27 08:00", Ok(45));
    // Its own time is free, and its length goes along.
    check_move(&scene, &appointment, "2026-11-26 08:15", Ok(45));
    let fits = Refusal::DoesNotFit {
        minutes: length(45),
        until: instant("2026-11-27 09:00"),
        before: crate::refusal::FreeUntil::EndOfWork,
    };
    check_move(&scene, &appointment, "2026-11-27 08:30", Err(Fixed::NotThere(fits)));
    // The new time obeys the earliest date as well.
    let earliest = date("2026-11-24");
    let early = Fixed::NotThere(Refusal::BeforeEarliestDate { earliest });
    check_move(&scene, &appointment, "2026-11-23 20:00", Err(early));
    // Too late for the old one, wherever to.
    let strict = scene.clone().with(|it| it.online_type().move_days = notice(Some(4)));
    let last = Deadline::Through(date("2026-11-22"));
    check_move(&strict, &appointment, "2026-11-27 08:00", Err(Fixed::TooLate { last }));
    // Booking is stopped: what patients have they may move.
    let stopped = scene.clone().with(|it| it.setup.service.value.running = false);
    check_move(&stopped, &appointment, "2026-11-27 08:00", Ok(45));
    let block = Appointment { appointment_type: None, ..appointment };
    check_move(&scene, &block, "2026-11-27 08:00", Err(Fixed::TypeNotSetUp));
    assert!(move_terms(scene.request(), &block).is_none());
}

#[test]
fn a_move_takes_the_need_along_and_uses_up_no_other() {
    let (scene, appointment) = moving();
    let scene = scene.need_of(400, "JH", 30, "2026 48").need_of(401, "JH", 30, "2026 40").recall(None, Some(0));
    let with =
        |need: Option<u128>| Appointment { need: need.map(|id| Id::new(Uuid::from_u128(id))), ..appointment.clone() };
    check_move(&scene, &with(Some(400)), "2026-11-27 08:00", Ok(45));
    let expired = Refusal::NeedExpired { last: date("2026-10-04") };
    check_move(&scene, &with(Some(401)), "2026-11-27 08:00", Err(Fixed::NotThere(expired)));
    check_move(&scene, &with(None), "2026-11-27 08:00", Err(Fixed::NotThere(Refusal::NoNeed)));
    // What the request says of type and need is passed over for the appointment's own.
    let other = scene.with(|it| it.need = Some(Id::new(Uuid::from_u128(401))));
    let request = Request { appointment_type: Id::random(), ..other.request() };
    let terms = move_terms(request, &with(Some(400))).expect("an appointment of a patient");
    assert_eq!(terms.need.map(|need: &Entry<_>| need.id.uuid().as_u128()), Some(400));
}
