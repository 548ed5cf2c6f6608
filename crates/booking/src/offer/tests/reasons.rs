//! Why a time is not offered: each reason, and which comes first.

use super::super::*;
use crate::bounded::NoticeDays;
use crate::broken::{BrokenRecord, Concerns};
use crate::record::{Kind, WithoutNeed};
use crate::scene::{PATIENT, Scene, TYPE, date, instant, length, practitioner};
use crate::terms::{Purpose, Standing, Visitor, Withheld};
use uuid::Uuid;

const DAY: &str = "2026-11-24";
const EIGHT: &str = "2026-11-24 08:00";

/// JH works from 08:00 to 09:00 tomorrow.
fn scene() -> Scene {
    Scene::new("2026-11-23 12:00").works("JH", DAY, "08:00-09:00")
}

fn unreadable(kind: Kind, id: u128) -> Refusal {
    Refusal::Unreadable(BrokenRecord { kind: Some(kind), id: Some(Uuid::from_u128(id)) })
}

#[track_caller]
fn check_barred(scene: Scene, expected: Refusal) {
    assert_eq!(scene.barred(), Some(expected));
    assert_eq!(scene.decide("JH", EIGHT), Err(expected));
    assert_eq!(scene.decide("MK", EIGHT), Err(expected));
    assert_eq!(scene.explanation(DAY, 2), Explanation::default());
    assert!(scene.terms().suggestions(&scene.busy(), date(DAY), 2).is_empty());
    assert!(scene.terms().day(&scene.busy(), date(DAY)).is_empty());
}

#[test]
fn the_control_is_allowed() {
    let scene = scene();
    assert_eq!(scene.barred(), None);
    assert_eq!(scene.decide("JH", EIGHT), Ok(length(30)));
    assert_eq!(scene.starts(DAY), "08:00 08:15 08:30");
}

#[test]
fn what_bars_the_request() {
    let stopped = scene().with(|it| it.setup.service.value.running = false);
    check_barred(stopped, Refusal::ServiceStopped);
    check_barred(scene().with(|it| it.setup.online_types.clear()), Refusal::TypeNotSetUp);
    check_barred(scene().with(|it| it.setup.appointment_types.clear()), Refusal::TypeNotSetUp);
    check_barred(scene().ticked(&[]), Refusal::NoPractitioner);
    check_barred(scene().with(|it| it.online_type().practitioners[0].active = false), Refusal::NoPractitioner);
    check_barred(scene().with(|it| it.online_type().need_driven = true), Refusal::NoNeed);
    let expired = scene().need("2026 40").recall(None, Some(10));
    check_barred(expired, Refusal::NeedExpired { last: date("2026-10-14") });
    check_barred(scene().with(|it| it.withheld = Withheld::Everything), Refusal::Withheld { through: None });
}

#[test]
fn each_reason_comes_before_the_next() {
    let mut scene = scene().need("2026 40").recall(None, Some(10)).with(|it| {
        it.setup.service.value.running = false;
        it.withheld = Withheld::Everything;
        it.person("JH").registered = false;
        it.visitor.standing = Standing::New;
    });
    scene = scene.breaks(Kind::Closure, 7, Concerns::Everything);
    assert_eq!(scene.barred(), Some(Refusal::ServiceStopped));
    scene.setup.service.value.running = true;
    let online_types = std::mem::take(&mut scene.setup.online_types);
    assert_eq!(scene.barred(), Some(Refusal::TypeNotSetUp));
    scene.setup.online_types = online_types;
    let open_needs = std::mem::take(&mut scene.visitor.open_needs);
    assert_eq!(scene.barred(), Some(Refusal::NoNeed));
    scene.online_type().need_driven = false;
    scene.online_type().practitioners.clear();
    assert_eq!(scene.barred(), Some(Refusal::NoPractitioner));
    scene.visitor.open_needs = open_needs;
    scene.online_type().need_driven = true;
    assert_eq!(scene.barred(), Some(Refusal::NeedExpired { last: date("2026-10-14") }));
    scene = scene.recall(None, None);
    assert_eq!(scene.barred(), Some(Refusal::Withheld { through: None }));
    scene.withheld = Withheld::Through(date(DAY));
    let practitioner = Some(practitioner("JH"));
    assert_eq!(scene.barred(), Some(Refusal::PractitionerNotRegistered { practitioner }));
    scene.person("JH").registered = true;
    scene.person("JH").takes_new_patients = false;
    assert_eq!(scene.barred(), Some(Refusal::PractitionerTakesNoNewPatients { practitioner }));
    scene.person("JH").takes_new_patients = true;
    assert_eq!(scene.barred(), Some(unreadable(Kind::Closure, 7)));
    scene.broken.clear();
    assert_eq!(scene.barred(), None);
    // And now those of a candidate, from the first to the last.
    scene.now = instant("2026-11-24 08:00");
    assert_eq!(scene.word("JH", EIGHT), "withheld");
    scene.withheld = Withheld::Through(date("2026-11-23"));
    assert_eq!(scene.word("JH", EIGHT), "past");
    scene.now = instant("2026-11-24 07:59");
    let mut scene = scene.bookable(Some(0)).recall(Some(0), Some(0)).closed(None, DAY, DAY);
    scene.visitor.open_needs[0].value.recall = crate::time::Week::of(date("2026-12-01"));
    scene = scene.breaks(Kind::Appointment, 8, Concerns::Column(crate::scene::practitioner("JH")));
    scene = scene.own("MK", EIGHT, 30).lasts(30);
    assert_eq!(scene.word("JH", EIGHT), "before_earliest_date");
    scene = scene.bookable(None);
    assert_eq!(scene.word("JH", EIGHT), "need_not_yet_open");
    scene.visitor.open_needs[0].value.recall = crate::time::Week::of(date("2026-11-17"));
    scene.now = instant("2026-11-22 07:59");
    assert_eq!(scene.word("JH", EIGHT), "after_last_date");
    scene = scene.recall(None, None);
    assert_eq!(scene.word("JH", EIGHT), "closed_day");
    assert_eq!(scene.word("JH", "2026-11-24 20:00"), "closed_day");
    scene.setup.closures.clear();
    assert_eq!(scene.word("JH", "2026-11-24 20:00"), "outside_working_hours");
    assert_eq!(scene.word("JH", "2026-11-24 08:01"), "between_steps");
    assert_eq!(scene.word("JH", EIGHT), "unreadable");
    scene.broken.clear();
    assert_eq!(scene.word("JH", EIGHT), "taken");
    scene.appointments.clear();
    assert_eq!(scene.word("JH", EIGHT), "allowed");
    scene.visitor.open_needs[0].value.minutes = length(65);
    assert_eq!(scene.word("JH", EIGHT), "does_not_fit");
}

#[test]
fn past_comes_before_the_date_rules_and_after_the_practitioner() {
    let scene = scene().ticked(&["JH", "MK"]).works("MK", DAY, "08:00-09:00").bookable(Some(3));
    let mut scene = scene.with(|it| it.now = instant("2026-11-24 08:15"));
    scene.person("MK").registered = false;
    let reasons: Vec<String> = scene
        .explanation(DAY, 1)
        .refused
        .iter()
        .map(|it| format!("{} {}", scene.named(it.start, it.practitioner), it.reason.code()))
        .collect();
    assert_eq!(
        reasons,
        [
            "08:00 JH past",
            "08:00 MK practitioner_not_registered",
            "08:15 JH past",
            "08:15 MK practitioner_not_registered",
            "08:30 JH before_earliest_date",
            "08:30 MK practitioner_not_registered",
            "08:45 JH before_earliest_date",
            "08:45 MK practitioner_not_registered",
        ]
    );
}

#[test]
fn who_is_in_the_running_without_need() {
    let scene = scene().ticked(&["JH", "MK"]).works("MK", DAY, "08:00-08:30");
    assert_eq!(scene.suggested(DAY), "08:00 JH, 08:00 MK, 08:15 JH, 08:30 JH");
    let unticked = scene.clone().ticked(&["MK"]);
    assert_eq!(unticked.decide("JH", EIGHT), Err(Refusal::NotInTheRunning { needs: None }));
    let one = scene.clone().with(|it| it.person("JH").registered = false);
    assert_eq!(one.barred(), None);
    assert_eq!(one.suggested(DAY), "08:00 MK");
    let practitioner = Some(practitioner("JH"));
    assert_eq!(one.decide("JH", EIGHT), Err(Refusal::PractitionerNotRegistered { practitioner }));
    let none = one.with(|it| it.person("MK").registered = false);
    check_barred(none, Refusal::PractitionerNotRegistered { practitioner: None });
    // One whom no record describes counts as not registered.
    let unknown = scene.with(|it| {
        let _jh = it.setup.practitioners.remove(0);
    });
    assert_eq!(unknown.suggested(DAY), "08:00 MK");
    assert_eq!(unknown.decide("JH", EIGHT), Err(Refusal::PractitionerNotRegistered { practitioner }));
}

#[test]
fn a_new_patient_is_taken_by_those_who_take_new_ones() {
    let new = scene().ticked(&["JH", "MK"]).works("MK", DAY, "08:00-08:30").with(|it| {
        it.visitor = Visitor::new_patient();
        it.person("JH").takes_new_patients = false;
    });
    assert_eq!(new.suggested(DAY), "08:00 MK");
    let jh = Some(practitioner("JH"));
    assert_eq!(new.decide("JH", EIGHT), Err(Refusal::PractitionerTakesNoNewPatients { practitioner: jh }));
    let known = new.clone().with(|it| it.visitor.standing = Standing::Known);
    assert_eq!(known.suggested(DAY), "08:00 JH, 08:00 MK, 08:15 JH, 08:30 JH");
    let none = new.clone().with(|it| it.person("MK").takes_new_patients = false);
    check_barred(none, Refusal::PractitionerTakesNoNewPatients { practitioner: None });
    // Of the two only MK is registered, and takes none: that is what is said.
    let one = new.with(|it| {
        it.person("JH").registered = false;
        it.person("MK").takes_new_patients = false;
    });
    check_barred(one, Refusal::PractitionerTakesNoNewPatients { practitioner: None });
    let only = scene().with(|it| {
        it.visitor = Visitor::new_patient();
        it.person("JH").takes_new_patients = false;
    });
    check_barred(only, Refusal::PractitionerTakesNoNewPatients { practitioner: jh });
}

#[test]
fn a_need_decides_with_whom_and_for_how_long() {
    let scene = scene().works("MK", DAY, "08:00-09:00").need_of(400, "MK", 45, "2026 48");
    assert_eq!(scene.suggested(DAY), "08:00 MK, 08:15 MK");
    assert_eq!(scene.decide("MK", EIGHT), Ok(length(45)));
    let needs = Some(practitioner("MK"));
    assert_eq!(scene.decide("JH", EIGHT), Err(Refusal::NotInTheRunning { needs }));
    let choice = scene.clone().with(|it| it.online_type().choose_practitioner = true);
    assert_eq!(choice.suggested(DAY), "08:00 MK, 08:00 JH, 08:15 MK, 08:15 JH");
    assert_eq!(choice.decide("JH", EIGHT), Ok(length(45)));
    // Not registered: nothing without the choice, the others with it.
    let away = |scene: Scene| scene.with(|it| it.person("MK").registered = false);
    check_barred(away(scene), Refusal::PractitionerNotRegistered { practitioner: needs });
    assert_eq!(away(choice).suggested(DAY), "08:00 JH, 08:15 JH");
}

#[test]
fn with_the_choice_a_practitioner_whom_no_record_describes_is_in_the_running_as_the_needs_own() {
    let scene = scene().need_of(400, "SA", 30, "2026 48");
    let practitioner = Some(practitioner("SA"));
    check_barred(scene.clone(), Refusal::PractitionerNotRegistered { practitioner });
    let choice = scene.with(|it| it.online_type().choose_practitioner = true).works("SA", DAY, "08:00-08:30");
    assert_eq!(choice.suggested(DAY), "08:00 JH, 08:15 JH, 08:30 JH");
    assert_eq!(choice.word("SA", EIGHT), "practitioner_not_registered");
}

#[test]
fn the_row_or_else_the_type_says_how_long_without_a_need() {
    let scene = scene().ticked(&["JH", "MK"]).works("MK", DAY, "08:00-09:00");
    let scene = scene.with(|it| it.online_type().practitioners[1].minutes = Some(length(60)));
    assert_eq!(scene.suggested(DAY), "08:00 JH, 08:00 MK, 08:15 JH, 08:30 JH");
    assert_eq!((scene.decide("JH", EIGHT), scene.decide("MK", EIGHT)), (Ok(length(30)), Ok(length(60))));
    // Two rows of one practitioner: ticked once, and the shorter counts, whatever their order.
    for swap in [false, true] {
        let twice = scene.clone().with(|it| {
            let row = WithoutNeed { practitioner: practitioner("MK"), active: true, minutes: Some(length(45)) };
            it.online_type().practitioners.push(row);
            if swap {
                it.online_type().practitioners.reverse();
            }
        });
        assert_eq!(twice.decide("MK", EIGHT), Ok(length(45)));
        assert_eq!(twice.terms().practitioners().count(), 2);
    }
}

#[test]
fn the_earliest_open_need_that_has_not_expired_counts() {
    let scene = scene().recall(None, Some(10));
    let scene = scene.need_of(402, "JH", 40, "2026 49").need_of(401, "JH", 45, "2026 48");
    let scene = scene.need_of(403, "JH", 50, "2026 48").need_of(400, "JH", 55, "2026 40");
    let judged = |scene: &Scene| scene.terms().need.map(|need| need.id.uuid().as_u128());
    assert_eq!(judged(&scene), Some(401));
    assert_eq!(scene.decide("JH", EIGHT), Ok(length(45)));
    assert_eq!(scene.terms().last, Some(date("2026-12-09")));
    // One that is asked for by name, expired or not.
    let asked = |id| scene.clone().with(|it| it.need = Some(Id::new(Uuid::from_u128(id))));
    assert_eq!(asked(402).decide("JH", EIGHT), Ok(length(40)));
    assert_eq!(asked(400).barred(), Some(Refusal::NeedExpired { last: date("2026-10-14") }));
    assert_eq!(asked(404).barred(), Some(Refusal::NoNeed));
    assert_eq!(judged(&asked(404)), None);
    // All have expired: the earliest of them.
    let late = scene.clone().with(|it| it.now = instant("2027-01-31 12:00"));
    assert_eq!(late.barred(), Some(Refusal::NeedExpired { last: date("2026-10-14") }));
    assert_eq!(judged(&late), Some(400));
    // Another type's needs, and a need where none is asked for, do not count.
    let other = scene.clone().with(|it| {
        it.visitor.open_needs.iter_mut().for_each(|need| need.value.appointment_type = Id::random());
    });
    check_barred(other, Refusal::NoNeed);
    let free = asked(404).with(|it| it.online_type().need_driven = false);
    assert_eq!((free.barred(), judged(&free)), (None, None));
}

#[test]
fn withheld_times_are_those_of_near_dates() {
    let scene = scene().works("JH", "2026-11-25", "08:00-08:30").with(|it| it.withheld = Withheld::Through(date(DAY)));
    assert_eq!(scene.word("JH", EIGHT), "withheld");
    assert_eq!(scene.word("JH", "2026-11-25 08:00"), "allowed");
    assert_eq!(scene.explanation(DAY, 1).refused.len(), 4);
    // Whoever is asked about.
    assert_eq!(scene.word("MK", EIGHT), "withheld");
    assert_eq!(scene.word("MK", "2026-11-25 08:00"), "not_in_the_running");
}

#[test]
fn the_patients_own_appointments_are_in_the_way_whoever_they_are_with() {
    let scene = scene().own("MK", "2026-11-24 08:30", 15);
    assert_eq!(scene.starts(DAY), "08:00");
    let fits = Refusal::DoesNotFit {
        minutes: length(30),
        until: instant("2026-11-24 08:30"),
        before: FreeUntil::Taken(TakenBy::Patient),
    };
    assert_eq!(scene.decide("JH", "2026-11-24 08:15"), Err(fits));
    let taken = Refusal::Taken { by: TakenBy::Patient, until: instant("2026-11-24 08:45") };
    assert_eq!(scene.decide("JH", "2026-11-24 08:30"), Err(taken));
    // Somebody else's appointment with MK is not.
    assert_eq!(scene.with(|it| it.visitor.patient = Some(Id::random())).starts(DAY), "08:00 08:15 08:30");
}

#[test]
fn a_taken_time_says_until_when_and_by_whom() {
    let scene = scene().booked("JH", EIGHT, 15).booked("JH", "2026-11-24 08:15", 10);
    let taken = |by, until: &str| Err(Refusal::Taken { by, until: instant(until) });
    assert_eq!(scene.decide("JH", EIGHT), taken(TakenBy::Practitioner, "2026-11-24 08:25"));
    // Both: the practitioner is named.
    let both = scene.clone().own("MK", EIGHT, 45);
    assert_eq!(both.decide("JH", EIGHT), taken(TakenBy::Practitioner, "2026-11-24 08:25"));
    assert_eq!(both.decide("JH", "2026-11-24 08:30"), taken(TakenBy::Patient, "2026-11-24 08:45"));
    let fits =
        Refusal::DoesNotFit { minutes: length(30), until: instant("2026-11-24 09:00"), before: FreeUntil::EndOfWork };
    assert_eq!(scene.decide("JH", "2026-11-24 08:45"), Err(fits));
}

#[test]
fn what_ends_first_is_in_the_way() {
    let fits = |scene: &Scene, minutes: u16| scene.clone().lasts(minutes).decide("JH", "2026-11-24 08:30");
    let not = |minutes: u16, until: &str, before| {
        Err(Refusal::DoesNotFit { minutes: length(minutes), until: instant(until), before })
    };
    let (practitioner, patient) = (FreeUntil::Taken(TakenBy::Practitioner), FreeUntil::Taken(TakenBy::Patient));
    let end = not(45, "2026-11-24 09:00", FreeUntil::EndOfWork);
    // An appointment after work leaves work its end, and so does one that begins with it.
    for start in ["2026-11-24 10:00", "2026-11-24 09:00"] {
        assert_eq!(fits(&scene().booked("JH", start, 30), 45), end, "{start}");
        assert_eq!(fits(&scene().own("MK", start, 30), 45), end, "{start}");
    }
    let both = scene().booked("JH", "2026-11-24 08:45", 5).own("MK", "2026-11-24 08:45", 5);
    assert_eq!(fits(&both, 30), not(30, "2026-11-24 08:45", practitioner));
    let own_first = scene().booked("JH", "2026-11-24 08:50", 5).own("MK", "2026-11-24 08:45", 5);
    assert_eq!(fits(&own_first, 30), not(30, "2026-11-24 08:45", patient));
    // At the end of working hours nobody works any more.
    assert_eq!(scene().word("JH", "2026-11-24 09:00"), "outside_working_hours");
}

#[test]
fn a_new_patient_is_self_registered_and_not_accepted() {
    let records = crate::demo::demo_clinic(date(DAY), 7).records;
    let patient = records.into_iter().find_map(|record| match record.value {
        crate::record::Value::Patient(value) => Some(value),
        _ => None,
    });
    let mut patient = patient.expect("a patient");
    for (self_registered, accepted, standing) in [
        (true, false, Standing::New),
        (true, true, Standing::Known),
        (false, false, Standing::Known),
        (false, true, Standing::Known),
    ] {
        (patient.self_registered, patient.accepted) = (self_registered, accepted);
        assert_eq!(Standing::of(&patient), standing, "{self_registered} {accepted}");
    }
}

#[test]
fn a_broken_record_of_a_column_spoils_that_column_alone() {
    let scene = scene().ticked(&["JH", "MK"]).works("MK", DAY, "08:00-08:30");
    for kind in [Kind::WorkingHours, Kind::Closure, Kind::Appointment, Kind::Practitioner] {
        let broken = scene.clone().breaks(kind, 7, Concerns::Column(practitioner("JH")));
        assert_eq!(broken.suggested(DAY), "08:00 MK");
        assert_eq!(broken.decide("JH", EIGHT), Err(unreadable(kind, 7)));
        let reasons = broken.explanation(DAY, 1).refused;
        assert!(
            reasons
                .iter()
                .filter(|it| it.practitioner == practitioner("JH"))
                .all(|it| it.reason == unreadable(kind, 7))
        );
    }
    // Where their hours cannot be read nobody knows when they work, nor that they do not.
    let hours = scene.clone().breaks(Kind::WorkingHours, 7, Concerns::Column(practitioner("JH")));
    for start in ["2026-11-24 07:00", "2026-11-24 08:01", "2026-11-26 08:00"] {
        assert_eq!(hours.decide("JH", start), Err(unreadable(Kind::WorkingHours, 7)), "{start}");
    }
    let day = hours.terms().day(&hours.busy(), date("2026-11-26"));
    assert_eq!(day[0].reason, Some(unreadable(Kind::WorkingHours, 7)));
    let appointment = scene.clone().breaks(Kind::Appointment, 7, Concerns::Column(practitioner("JH")));
    assert_eq!(appointment.word("JH", "2026-11-24 07:00"), "outside_working_hours");
    // Of a practitioner whose own record is broken nobody knows whether they are registered.
    let gone = scene.clone().breaks(Kind::Practitioner, 1, Concerns::Column(practitioner("JH"))).with(|it| {
        let _jh = it.setup.practitioners.remove(0);
    });
    assert_eq!(gone.decide("JH", EIGHT), Err(unreadable(Kind::Practitioner, 1)));
    let alone = gone.ticked(&["JH"]);
    assert_eq!((alone.barred(), alone.decide("JH", EIGHT)), (None, Err(unreadable(Kind::Practitioner, 1))));
    // Broken hours describe nobody: who has no record of their own counts as not registered.
    let hours = alone.clone().with(|it| it.broken.clear());
    let hours = hours.breaks(Kind::WorkingHours, 7, Concerns::Column(practitioner("JH")));
    let unregistered = Refusal::PractitionerNotRegistered { practitioner: Some(practitioner("JH")) };
    assert_eq!(hours.barred(), Some(unregistered));
    // With the choice they are in the appointment book, and in the running.
    let chosen = alone.need_of(400, "MK", 30, "2026 48").with(|it| it.online_type().choose_practitioner = true);
    assert_eq!(chosen.decide("JH", EIGHT), Err(unreadable(Kind::Practitioner, 1)));
}

#[test]
fn a_broken_record_of_no_one_column_bars_the_requests_it_concerns() {
    let patient = Id::new(Uuid::from_u128(7));
    for (concerns, bars, bars_needs) in [
        (Concerns::Nothing, false, false),
        (Concerns::Everything, true, true),
        (Concerns::AppointmentType(TYPE), true, true),
        (Concerns::AppointmentType(Id::random()), false, false),
        (Concerns::AnyTypeNotSetUp, false, false),
        (Concerns::Patient(PATIENT), true, true),
        (Concerns::Patient(patient), false, false),
        (Concerns::Need { id: None, patient: None, appointment_type: None }, false, true),
        (Concerns::Need { id: None, patient: Some(PATIENT), appointment_type: Some(TYPE) }, false, true),
        (Concerns::Need { id: None, patient: Some(patient), appointment_type: Some(TYPE) }, false, false),
        (Concerns::Need { id: None, patient: Some(PATIENT), appointment_type: Some(Id::random()) }, false, false),
    ] {
        let refusal = |bars: bool| bars.then(|| unreadable(Kind::Analytics, 7));
        let scene = scene().breaks(Kind::Analytics, 7, concerns);
        assert_eq!(scene.barred(), refusal(bars), "{concerns:?}");
        let needs = scene.need("2026 48");
        assert_eq!(needs.barred(), refusal(bars_needs), "{concerns:?}");
    }
    // A new patient has no needs, broken or not.
    let need = Concerns::Need { id: None, patient: None, appointment_type: None };
    let new = scene().breaks(Kind::Need, 7, need).with(|it| {
        it.online_type().need_driven = true;
        it.visitor = Visitor::new_patient();
    });
    assert_eq!(new.barred(), Some(Refusal::NoNeed));
}

#[test]
fn a_broken_need_matters_where_it_may_be_the_one_that_counts() {
    let broken = |scene: Scene| {
        let own = Concerns::Need {
            id: Some(Id::new(Uuid::from_u128(7))),
            patient: Some(PATIENT),
            appointment_type: Some(TYPE),
        };
        scene.breaks(Kind::Need, 7, own)
    };
    let asked = |scene: Scene, id| scene.with(|it| it.need = Some(Id::new(Uuid::from_u128(id))));
    let scene = broken(scene().need("2026 40").recall(None, Some(10)));
    // Not expired: the one that cannot be read may be the one that counts.
    assert_eq!(scene.barred(), Some(unreadable(Kind::Need, 7)));
    assert_eq!(scene.terms().need, None);
    assert_eq!(asked(scene.clone(), 7).barred(), Some(unreadable(Kind::Need, 7)));
    assert_eq!(asked(scene.clone(), 400).barred(), Some(Refusal::NeedExpired { last: date("2026-10-14") }));
    assert_eq!(asked(scene.clone(), 8).barred(), Some(Refusal::NoNeed));
    // Asked for by name, somebody else's is no need of this patient, broken or not.
    let other = scene.clone().with(|it| it.visitor.patient = Some(Id::random()));
    assert_eq!(asked(other, 7).barred(), Some(Refusal::NoNeed));
    let new = scene.clone().with(|it| it.visitor = Visitor::new_patient());
    assert_eq!(asked(new, 7).barred(), Some(Refusal::NoNeed));
    let none = scene.with(|it| it.visitor.open_needs.clear());
    assert_eq!(none.barred(), Some(unreadable(Kind::Need, 7)));
}

#[test]
fn a_set_up_that_cannot_be_read_is_not_taken_for_none() {
    let without = || scene().with(|it| it.setup.online_types.clear());
    for (concerns, expected) in [
        (Concerns::AppointmentType(TYPE), unreadable(Kind::OnlineType, 7)),
        (Concerns::AnyTypeNotSetUp, unreadable(Kind::OnlineType, 7)),
        (Concerns::AppointmentType(Id::random()), Refusal::TypeNotSetUp),
        (Concerns::Everything, Refusal::TypeNotSetUp),
    ] {
        assert_eq!(without().breaks(Kind::OnlineType, 7, concerns).barred(), Some(expected), "{concerns:?}");
    }
}

#[test]
fn a_stopped_service_bars_booking_but_not_moving() {
    let stopped = scene().with(|it| it.setup.service.value.running = false);
    let moving = stopped.with(|it| it.purpose = Purpose::Move { minutes: length(20) });
    assert_eq!(moving.decide("JH", EIGHT), Ok(length(20)));
    let needs = moving.need("2026 48");
    // A move keeps its appointment's need; without one it uses up none.
    assert_eq!(needs.barred(), Some(Refusal::NoNeed));
    let own = needs.with(|it| it.need = Some(Id::new(Uuid::from_u128(400))));
    assert_eq!(own.decide("JH", EIGHT), Ok(length(20)));
}

#[test]
fn a_day_in_a_few_words() {
    let words = |scene: &Scene, day: &str| {
        let column = |it: &ColumnDay| match it.reason {
            None => it.offers.to_string(),
            Some(reason) => format!("{} {}", it.offers, reason.code()),
        };
        scene.terms().day(&scene.busy(), date(day)).iter().map(column).collect::<Vec<_>>().join(", ")
    };
    let scene = scene().ticked(&["JH", "MK"]);
    assert_eq!(words(&scene, DAY), "3, 0 outside_working_hours");
    let full = scene.clone().booked("JH", EIGHT, 50);
    assert_eq!(words(&full, DAY), "0 taken, 0 outside_working_hours");
    // Three that are taken and one that does not fit: the most frequent is named.
    let three = scene.clone().booked("JH", EIGHT, 45);
    assert_eq!(words(&three, DAY), "0 taken, 0 outside_working_hours");
    // As many that are taken as do not fit: the nearer miss is named.
    let even = scene.clone().booked("JH", EIGHT, 25);
    assert_eq!(words(&even, DAY), "1, 0 outside_working_hours");
    assert_eq!(words(&even.lasts(45), DAY), "0 does_not_fit, 0 outside_working_hours");
    // A day without working hours is too early or closed before nobody works.
    assert_eq!(words(&scene, "2026-11-25"), "0 outside_working_hours, 0 outside_working_hours");
    let late = scene.clone().bookable(Some(30));
    assert_eq!(words(&late, "2026-11-25"), "0 before_earliest_date, 0 before_earliest_date");
    let closed = scene.clone().closed(None, "2026-11-25", "2026-11-25");
    assert_eq!(words(&closed, "2026-11-25"), "0 closed_day, 0 closed_day");
    let unregistered = scene.with(|it| it.person("MK").registered = false);
    assert_eq!(words(&unregistered, DAY), "3, 0 practitioner_not_registered");
}

#[test]
fn a_notice_of_a_year_and_a_recall_of_ten() {
    let year = NoticeDays::new(365).expect("within its limits");
    let scene = scene().with(|it| it.online_type().earliest_booking_days = Some(year));
    assert_eq!(scene.terms().earliest, date("2027-11-24"));
    let scene = scene.need("2026 48").recall(Some(3650), Some(3650));
    assert_eq!((scene.terms().first, scene.terms().last), (Some(date("2016-11-25")), Some(date("2036-11-26"))));
}
