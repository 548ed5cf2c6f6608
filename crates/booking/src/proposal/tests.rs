use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::busy::Busy;
use crate::check::{Finding, check};
use crate::reading::Reading;
use crate::record::Value;
use crate::setup::Setup;
use crate::terms::{Purpose, Request, Terms, Visitor, Withheld};

fn at(hour: u16, minute: u16) -> TimeOfDay {
    TimeOfDay::new(hour, minute).unwrap()
}

fn employee(initials: &str, title: &str) -> Employee {
    Employee {
        initials: line(initials),
        name: line("Jens Holm"),
        title: line(title),
        registered: true,
        takes_new_patients: true,
        week: usual_week(),
    }
}

/// With everything taken as it is proposed.
fn proposed(staff: Vec<Employee>) -> NewClinic {
    NewClinic {
        name: line("Tandlægerne ved Møllesøen"),
        address: line(""),
        phone: line("00 00 00 00"),
        email: line(""),
        raster: Raster::try_from(15).unwrap(),
        closed_on_public_holidays: true,
        staff,
        types: TYPES.iter().map(ChosenType::proposed).collect(),
    }
}

fn setup(clinic: &NewClinic) -> Setup {
    Setup::gather(clinic.snapshot().records).unwrap()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

// ------------------------------------------------------------------- the tables

#[test]
fn initials_are_made_of_the_name() {
    for (name, taken, expected) in [
        ("Jens Holm", &[][..], "JH"),
        ("Jens Holm", &["JH"], "JHO"),
        ("Jens Holm", &["jh", "JHO"], "JHOL"),
        ("Anne Marie Ø. Poulsen", &[], "AP"),
        ("Anne-Mette", &[], "AM"),
        ("  åse  ", &[], "ÅS"),
        ("Ib", &["IB"], "IB"),
        ("J", &[], "J"),
        ("", &[], ""),
        ("42", &[], ""),
        ("Jens Ho", &["JH", "JHO"], "JH"),
    ] {
        assert_eq!(initials(name, taken), expected, "{name:?} beside {taken:?}");
    }
}

#[test]
fn a_working_day_holds_its_lunch() {
    use NotAWorkingDay::*;
    for (work, lunch, expected) in [
        ((at(8, 0), at(16, 0)), None, Ok(vec![(at(8, 0), at(16, 0))])),
        (
            (at(8, 0), at(16, 0)),
            Some((at(12, 0), at(12, 30))),
            Ok(vec![(at(8, 0), at(12, 0)), (at(12, 30), at(16, 0))]),
        ),
        ((at(8, 0), at(8, 0)), None, Err(EndsBeforeItBegins)),
        ((at(16, 0), at(8, 0)), None, Err(EndsBeforeItBegins)),
        ((at(8, 0), at(16, 0)), Some((at(12, 0), at(12, 0))), Err(LunchEndsBeforeItBegins)),
        ((at(8, 0), at(16, 0)), Some((at(8, 0), at(8, 30))), Err(LunchOutsideWork)),
        ((at(8, 0), at(16, 0)), Some((at(15, 30), at(16, 0))), Err(LunchOutsideWork)),
        ((at(8, 0), at(12, 0)), Some((at(12, 30), at(13, 0))), Err(LunchOutsideWork)),
    ] {
        let intervals = WorkingDay::new(work, lunch).map(WorkingDay::intervals);
        let times = intervals.map(|all| all.iter().map(|it| (it.from(), it.to())).collect::<Vec<_>>());
        assert_eq!(times, expected, "{work:?} with {lunch:?}");
    }
}

/// Who a type is proposed with, by initials.
fn with(clinic: &NewClinic, code: &str) -> Vec<String> {
    let setup = setup(clinic);
    let of = setup.appointment_types.iter().find(|of| of.value.code.as_str() == code).unwrap();
    let rows = &setup.online_type_of(of.id).unwrap().value.practitioners;
    rows.iter().map(|row| setup.practitioner(row.practitioner).unwrap().initials.to_string()).collect()
}

#[test]
fn a_type_without_need_is_proposed_with_those_who_do_such_things() {
    let mut clinic = proposed(vec![
        employee("JH", "tandlæge"),
        employee("PV", "Specialtandlæge"),
        employee("LB", "tandplejer"),
        employee("AP", "klinikassistent"),
    ]);
    for (code, expected) in [
        ("AKUT", &["JH", "PV"][..]),
        ("KNÆK", &["JH", "PV"]),
        ("DG", &["JH", "PV", "LB"]),
        ("BLEG", &["LB"]),
        ("SU", &[]),
    ] {
        assert_eq!(with(&clinic, code), expected, "{code}");
    }
    clinic.staff[0].registered = false;
    assert_eq!(with(&clinic, "AKUT"), ["PV"], "only who is registered");
    clinic.staff[1].registered = false;
    assert_eq!(with(&clinic, "AKUT"), ["LB", "AP"], "somebody must take it");
    for of in &mut clinic.staff {
        of.registered = false;
    }
    assert_eq!(with(&clinic, "AKUT"), ["JH", "PV"], "ready for who will be");
}

#[test]
fn the_list_names_everything_once() {
    let once = |texts: Vec<&str>| assert_eq!(texts.iter().collect::<BTreeSet<_>>().len(), texts.len(), "{texts:?}");
    once(TYPES.iter().map(|of| of.code).collect());
    once(TYPES.iter().map(|of| of.name).collect());
    once(TYPES.iter().map(|of| of.alias).collect());
}

#[test]
fn a_distance_fits_the_rows_of_the_book() {
    for (raster, expected) in
        [(5, [30, 60, 15]), (10, [30, 60, 20]), (15, [30, 60, 15]), (20, [40, 60, 20]), (30, [30, 60, 30])]
    {
        let clinic = NewClinic { raster: Raster::try_from(raster).unwrap(), ..proposed(vec![]) };
        let setup = setup(&clinic);
        let spacing = |code: &str| {
            let of = setup.appointment_types.iter().find(|of| of.value.code.as_str() == code).unwrap();
            setup.online_type_of(of.id).unwrap().value.min_spacing_minutes.unwrap().get()
        };
        assert_eq!(["SU", "DG", "KNÆK"].map(spacing), expected, "a raster of {raster}");
    }
}

// --------------------------------------------------------------------- the laws

/// The first time of type AKUT that a new patient is offered in two weeks, once booking is started.
fn first_emergency(clinic: &NewClinic, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let setup = setup(clinic).if_started();
    let of = setup.appointment_types.iter().find(|of| of.value.code.as_str() == "AKUT")?;
    let visitor = Visitor::new_patient();
    let request = Request {
        setup: &setup,
        broken: &[],
        visitor: &visitor,
        appointment_type: of.id,
        need: None,
        purpose: Purpose::Book,
        withheld: Withheld::Nothing,
        now,
    };
    let busy = Busy::default();
    Terms::of(request).suggestions(&busy, now.date_naive(), 14).first().map(|offer| offer.start)
}

prop_compose! {
    fn any_day()(
        times in prop::collection::btree_set(0..=288u16, 4),
        lunch in any::<bool>(),
    ) -> WorkingDay {
        let time: Vec<_> = times.iter().map(|steps| TimeOfDay::from_minutes(5 * steps).unwrap()).collect();
        WorkingDay::new((time[0], time[3]), lunch.then(|| (time[1], time[2]))).unwrap()
    }
}

prop_compose! {
    fn any_employee()(
        initials in "[A-ZÆØÅ]{1,8}",
        name in "[A-ZÆØÅ][a-zæøå ]{0,98}[a-z]",
        title in select(&["tandlæge", "Specialtandlæge", "tandplejer", "klinikassistent", "", "afdelingsleder"][..]),
        registered in any::<bool>(),
        takes_new_patients in any::<bool>(),
        week in prop::array::uniform7(prop::option::of(any_day())),
    ) -> Employee {
        Employee { initials: line(&initials), name: line(&name), title: line(title), registered, takes_new_patients, week }
    }
}

prop_compose! {
    fn any_clinic()(
        phone in select(&["", "00 00 00 00"][..]),
        raster in select(&Raster::ALL[..]),
        closed_on_public_holidays in any::<bool>(),
        staff in prop::collection::vec(any_employee(), 0..6),
        types in prop::collection::vec((any::<bool>(), Length::MIN..=Length::MAX, any::<bool>()), TYPES.len()),
    ) -> NewClinic {
        let types = TYPES.iter().zip(types).filter(|(_, (chosen, ..))| *chosen);
        let types = types.map(|(of, (_, minutes, online))| ChosenType { of, minutes: Length::new(minutes).unwrap(), online });
        NewClinic {
            phone: line(phone),
            raster,
            closed_on_public_holidays,
            types: types.collect(),
            ..proposed(staff)
        }
    }
}

/// What the person left open, and the check therefore tells.
fn left_open(clinic: &NewClinic, setup: &Setup) -> Vec<Finding> {
    let mut open = Vec::new();
    let nobody = clinic.staff.iter().all(|of| !of.registered);
    let online = |by: fn(By) -> bool| clinic.types.iter().any(|of| of.online && by(of.of.by));
    let by_need = |by| matches!(by, By::Need | By::NeedWithChoice);
    // With nobody there at all, those without need have nobody ticked; that is another finding.
    if nobody && (online(by_need) || !clinic.staff.is_empty() && online(|_| true)) {
        open.push(Finding::NobodyRegistered { first: setup.practitioners.first().map(|of| of.id) });
    }
    if clinic.phone.as_str().is_empty() {
        open.push(Finding::PhoneMissing);
    }
    if clinic.staff.is_empty() {
        let unticked = setup.online_types.iter().filter(|of| !of.value.need_driven);
        open.extend(unticked.map(|of| Finding::NobodyTicked { online_type: of.id }));
    }
    let idle = setup.practitioners.iter().zip(&clinic.staff);
    let idle = idle.filter(|(_, employee)| employee.registered && employee.week.iter().all(Option::is_none));
    open.extend(idle.map(|(of, _)| Finding::NoWorkingHours { practitioner: of.id }));
    open
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whatever_is_chosen_the_clinic_can_be_read_back(clinic in any_clinic()) {
        let snapshot = clinic.snapshot();
        let reading = Reading::of(&serde_json::to_vec(&snapshot).unwrap()).unwrap();
        prop_assert_eq!(&reading.broken, &vec![]);
        prop_assert_eq!(&reading.setup, &Setup::gather(snapshot.records.clone()).unwrap());
        prop_assert_eq!(reading.setup.practitioners.len(), clinic.staff.len());
        prop_assert_eq!(reading.setup.appointment_types.len(), clinic.types.len());
        let ids: BTreeSet<_> = snapshot.records.iter().map(|record| record.id).collect();
        prop_assert_eq!(ids.len(), snapshot.records.len(), "an id for each");
        for record in &snapshot.records {
            match &record.value {
                Value::WorkingHours(hours) => {
                    prop_assert!(reading.setup.practitioner(hours.practitioner).is_some());
                }
                Value::OnlineType(online) => {
                    prop_assert!(reading.setup.appointment_type(online.appointment_type).is_some());
                    for row in &online.practitioners {
                        prop_assert!(reading.setup.practitioner(row.practitioner).is_some());
                    }
                }
                _ => {}
            }
        }
    }

    #[test]
    fn the_check_finds_what_was_left_open_and_nothing_else(clinic in any_clinic(), days in 0..800u64) {
        let setup = setup(&clinic);
        let today = crate::time::days_after(date("2026-01-01"), days);
        prop_assert_eq!(check(&setup, [], today), left_open(&clinic, &setup));
    }

    #[test]
    fn with_everything_as_proposed_a_new_patient_finds_an_emergency_time(minutes in 0..2 * 365 * 24 * 60i64) {
        let clinic = proposed(vec![employee("JH", DENTIST)]);
        let now = "2026-01-01T00:00:00Z".parse::<DateTime<Utc>>().unwrap() + chrono::TimeDelta::minutes(minutes);
        let first = first_emergency(&clinic, now);
        prop_assert!(first.is_some_and(|start| start > now), "{now}: {first:?}");
    }
}

#[test]
fn as_proposed_nothing_is_left_to_look_at() {
    let clinic = proposed(vec![employee("JH", DENTIST)]);
    assert_eq!(check(&setup(&clinic), [], date("2026-11-23")), []);
    assert_eq!(
        first_emergency(&clinic, "2026-11-23T08:10:00Z".parse().unwrap()),
        Some("2026-11-23T08:15:00Z".parse().unwrap())
    );
}
