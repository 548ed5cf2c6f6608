use super::*;
use crate::bounded::{Alias, Detail, Whole};
use crate::consequence::earliest_date;
use crate::demo::{SEED, demo_clinic};
use crate::record::{Patient, Record, Value, WithoutNeed};
use crate::time::{Raster, Week};

const TODAY: &str = "2026-11-23"; // a Monday, of week 48

fn date(text: &str) -> NaiveDate {
    text.parse().expect(text)
}

fn today() -> NaiveDate {
    date(TODAY)
}

/// What was typed in a field; blank is no number.
fn typed<const MIN: u16, const MAX: u16>(text: &str) -> Option<Whole<MIN, MAX>> {
    Whole::parse_optional(text).expect(text)
}

/// The demo's clinic with only these online types, named by their codes: everything in it is well
/// but what SU, FU and BLEG are kept for.
fn with_types(codes: &[&str]) -> Setup {
    let mut setup = Setup::gather(demo_clinic(today(), SEED).records).expect("a set-up");
    let code =
        |entry: &Entry<OnlineType>| setup.appointment_type(entry.value.appointment_type).map(|of| of.code.clone());
    let kept = |entry: &&Entry<OnlineType>| code(entry).is_some_and(|code| codes.contains(&code.as_str()));
    setup.online_types = setup.online_types.iter().filter(kept).cloned().collect();
    setup.service.value.self_registration = false;
    setup
}

/// One type that anybody can book with JH and SA.
fn akut() -> Setup {
    with_types(&["AKUT"])
}

/// One type that goes by needs, without choice: PAR.
fn par() -> Setup {
    with_types(&["PAR"])
}

fn practitioner(setup: &Setup, initials: &str) -> Id<Practitioner> {
    let found = setup.practitioners.iter().find(|entry| entry.value.initials.as_str() == initials);
    found.expect("the initials are known").id
}

/// A need of the first online type.
fn need(setup: &Setup, practitioner: Id<Practitioner>, recall: Week) -> Need {
    Need {
        patient: Id::<Patient>::random(),
        appointment_type: setup.online_types[0].value.appointment_type,
        practitioner,
        minutes: Whole::new(45).expect("a length"),
        recall,
    }
}

fn week(year: i32, week: u8) -> Week {
    Week::new(year, week).expect("a week")
}

fn unregister(setup: &mut Setup, initials: &[&str]) {
    for entry in &mut setup.practitioners {
        if initials.contains(&entry.value.initials.as_str()) {
            entry.value.registered = false;
        }
    }
}

const EVERYBODY: [&str; 7] = ["JH", "MK", "SA", "LB", "CN", "AP", "PV"];

#[track_caller]
fn found(setup: &Setup, needs: &[Need], expected: &[Finding]) {
    assert_eq!(check(setup, needs, today()), expected);
}

// ------------------------------------------------------------------ the demo clinic

/// The demo's records, and its needs that no appointment has used.
fn demo() -> (Vec<Record>, Vec<Need>) {
    let records = demo_clinic(today(), SEED).records;
    let used: Vec<_> = records
        .iter()
        .filter_map(|record| match &record.value {
            Value::Appointment(appointment) => appointment.need,
            _ => None,
        })
        .collect();
    let needs = records.iter().filter_map(|record| match &record.value {
        Value::Need(need) if !used.contains(&Id::new(record.id)) => Some(need.clone()),
        _ => None,
    });
    (records.clone(), needs.collect())
}

#[test]
fn what_is_to_look_at_in_the_demo_clinic() {
    let (records, needs) = demo();
    let setup = Setup::gather(records).expect("a set-up");
    let [su, fu, bleg] = [0, 1, 8].map(|index: usize| setup.online_types[index].id);
    let earliest = date("2026-11-24");
    found(
        &setup,
        &needs,
        &[
            Finding::CannotBeChanged { online_type: su, earliest, change: Change::CancelAndMove },
            Finding::CannotBeChanged { online_type: fu, earliest, change: Change::CancelAndMove },
            Finding::SpacingRounded { online_type: bleg, setting: Whole::new(20).expect("minutes"), works_as: 30 },
            Finding::NeedsOnUnregistered { practitioner: practitioner(&setup, "PV"), count: 1 },
        ],
    );
}

/// A clinic with something of every kind to look at, in its records' order and in others.
#[test]
fn the_order_of_the_records_changes_nothing() {
    let (mut records, mut needs) = demo();
    for record in &mut records {
        match &mut record.value {
            Value::Clinic(clinic) => clinic.phone = Detail::new("").expect("a phone"),
            Value::OnlineType(online_type) => {
                online_type.alias = Alias::new("Undersøgelse").expect("an alias");
                online_type.cancel_days = typed("9");
                online_type.max_days_after_recall_week = typed("0");
            }
            Value::Practitioner(practitioner) => {
                practitioner.registered = matches!(practitioner.initials.as_str(), "AP" | "MK");
                practitioner.takes_new_patients = false;
            }
            _ => {}
        }
    }
    records.retain(|record| !matches!(&record.value, Value::WorkingHours(hours) if hours.weekday.weekday() == chrono::Weekday::Mon));
    let ap = records.iter().find_map(|record| match &record.value {
        Value::Practitioner(practitioner) if practitioner.initials.as_str() == "AP" => Some(record.id),
        _ => None,
    });
    records
        .retain(|record| !matches!(&record.value, Value::WorkingHours(hours) if Some(hours.practitioner.uuid()) == ap));
    for gone in needs.iter_mut().step_by(7) {
        gone.practitioner = Id::new(uuid::Uuid::from_u128(u128::from(gone.recall.week())));
    }
    let findings = |records: &[Record], needs: &[Need]| {
        check(&Setup::gather(records.iter().cloned()).expect("a set-up"), needs, today())
    };
    let expected = findings(&records, &needs);
    let kinds: std::collections::HashSet<_> = expected.iter().map(std::mem::discriminant).collect();
    assert!(kinds.len() >= 7, "there is much to look at: {expected:?}");
    for turn in 0..5 {
        records.rotate_left(97 + turn);
        needs.rotate_left(13 + turn);
        assert_eq!(findings(&records, &needs), expected);
        records.reverse();
        needs.reverse();
        assert_eq!(findings(&records, &needs), expected);
    }
}

#[test]
fn nothing_is_said_of_a_clinic_that_is_well_set_up() {
    for types in [&["AKUT"][..], &["PAR"], &["TR", "PAR", "TB", "DG", "AKUT", "KNÆK"]] {
        let setup = with_types(types);
        let lb = practitioner(&setup, "LB");
        found(&setup, &[], &[]);
        found(&setup, &[need(&setup, lb, week(2026, 48))], &[]);
    }
}

// ------------------------------------------------------------------ the service as a whole

#[test]
fn nobody_is_registered() {
    for mut setup in [akut(), par()] {
        let needs = [need(&setup, practitioner(&setup, "PV"), week(2026, 48))];
        unregister(&mut setup, &EVERYBODY[..6]);
        setup.practitioners[6].value.registered = true;
        assert!(!check(&setup, [], today()).iter().any(|found| matches!(found, Finding::NobodyRegistered { .. })));
        setup.practitioners[6].value.registered = false;
        let first = Some(practitioner(&setup, "JH"));
        found(&setup, &needs, &[Finding::NobodyRegistered { first }]);
        setup.service.value.self_registration = true;
        found(&setup, &needs, &[Finding::NobodyRegistered { first }]);
        setup.service.value.running = false;
        found(&setup, &needs, &[Finding::NobodyRegistered { first }]);
        setup.practitioners.clear();
        found(&setup, &needs, &[Finding::NobodyRegistered { first: None }]);
    }
}

#[test]
fn nobody_registered_is_no_fault_while_no_type_waits_for_anybody() {
    let mut setup = with_types(&[]);
    unregister(&mut setup, &EVERYBODY);
    setup.service.value.running = false;
    found(&setup, &[], &[]);
}

#[test]
fn booking_runs_and_nothing_can_be_booked() {
    let mut setup = with_types(&[]);
    let [first, second] = [0, 1].map(|index: usize| setup.appointment_types[index].id);
    found(&setup, &[], &[Finding::NoTypeSetUp { first }]);
    // That new patients cannot either is not said beside it.
    setup.service.value.self_registration = true;
    found(&setup, &[], &[Finding::NoTypeSetUp { first }]);
    setup.appointment_types[0].value.deactivated = true;
    found(&setup, &[], &[Finding::NoTypeSetUp { first: second }]);
    setup.appointment_types.iter_mut().for_each(|entry| entry.value.deactivated = true);
    found(&setup, &[], &[Finding::AllTypesDeactivated]);
    setup.appointment_types.clear();
    found(&setup, &[], &[Finding::NoTypes]);
    setup.service.value.running = false;
    found(&setup, &[], &[]);

    // Why nobody can book the one there is, is said of it.
    let mut setup = akut();
    let online_type = setup.online_types[0].id;
    setup.online_types[0].value.practitioners.clear();
    found(&setup, &[], &[Finding::NobodyTicked { online_type }]);
    setup.online_types.extend(par().online_types);
    found(&setup, &[], &[Finding::NobodyTicked { online_type }]);
}

#[test]
fn new_patients_may_create_themselves_and_book_nothing() {
    let nothing = [Finding::NothingForNewPatients];
    let mut setup = akut();
    setup.service.value.self_registration = true;
    found(&setup, &[], &[]);
    for entry in &mut setup.practitioners {
        // MK takes new patients, and is not ticked in the type.
        entry.value.takes_new_patients = entry.value.initials.as_str() == "MK";
    }
    found(&setup, &[], &nothing);
    setup.service.value.self_registration = false;
    found(&setup, &[], &[]);

    let mut setup = par();
    setup.service.value.self_registration = true;
    found(&setup, &[], &nothing);
}

#[test]
fn a_clinic_without_a_telephone() {
    let mut setup = akut();
    for (phone, finding) in
        [("00000000", None), ("0", Some(Finding::NotATelephone)), ("abc", Some(Finding::NotATelephone))]
    {
        setup.clinic.value.phone = Detail::new(phone).expect("a line");
        found(&setup, &[], finding.as_slice());
    }
    setup.clinic.value.phone = Detail::new(" ").expect("a phone");
    found(&setup, &[], &[Finding::PhoneMissing]);
    setup.service.value.running = false;
    found(&setup, &[], &[Finding::PhoneMissing]);
}

#[test]
fn an_email_address_that_is_none() {
    let mut setup = akut();
    for (email, finding) in [("", None), ("klinik@moellesoeen.example", None), ("klinik", Some(Finding::NotAnEmail))] {
        setup.clinic.value.email = Detail::new(email).expect("a line");
        found(&setup, &[], finding.as_slice());
    }
}

// ------------------------------------------------------------------ each type

#[test]
fn two_types_of_one_alias_are_told_once_and_at_the_later_one() {
    use SameAlias::{Refused, Warned};
    // Need-driven or not, each with its alias; the pairs that are told.
    for (types, expected) in [
        (&[(false, "Kontrol"), (false, "Kontroll")][..], &[][..]),
        (&[(false, "Kontrol"), (false, "KONTROL")], &[(1, 0, Refused)]),
        (&[(true, "Kontrol"), (false, "kontrol")], &[(1, 0, Warned)]),
        (&[(true, "Øjne"), (true, "øjne")], &[(1, 0, Warned)]),
        (&[(true, "A"), (false, "A"), (false, "A")], &[(1, 0, Warned), (2, 1, Refused)]),
        (&[(false, "A"), (true, "A"), (true, "A")], &[(1, 0, Warned), (2, 0, Warned)]),
        (&[(false, "A"), (false, "B"), (false, "A"), (false, "B")], &[(2, 0, Refused), (3, 1, Refused)]),
    ] {
        let mut setup = akut();
        let akut = setup.online_types[0].value.clone();
        let entry = |(need_driven, alias): &(bool, &str)| {
            let alias = Alias::new(alias).expect("an alias");
            Entry::new(OnlineType { need_driven: *need_driven, alias, ..akut.clone() })
        };
        setup.online_types = types.iter().map(entry).collect();
        let id = |index: usize| setup.online_types[index].id;
        let expected: Vec<Finding> = expected
            .iter()
            .map(|(of, other, weight)| Finding::SameAlias { online_type: id(*of), other: id(*other), weight: *weight })
            .collect();
        found(&setup, &[], &expected);
    }
}

#[test]
fn a_spacing_that_the_raster_rounds() {
    for (setting, raster, works_as) in [
        ("", 15, None),
        ("0", 15, None),
        ("1", 5, Some(5)),
        ("15", 15, None),
        ("20", 15, Some(30)),
        ("20", 20, None),
        ("30", 15, None),
        ("31", 15, Some(45)),
        ("480", 30, None),
    ] {
        let mut setup = akut();
        setup.clinic.value.raster_minutes = Raster::try_from(raster).expect("a raster");
        setup.online_types[0].value.min_spacing_minutes = typed(setting);
        let online_type = setup.online_types[0].id;
        let rounded = works_as.zip(typed(setting)).map(|(works_as, setting)| Finding::SpacingRounded {
            online_type,
            setting,
            works_as,
        });
        found(&setup, &[], rounded.as_slice());
    }
}

#[test]
fn needs_that_run_out_before_the_first_day_that_can_be_booked() {
    use TypeField::{AfterRecallWeek, EarliestBooking};
    // Booking, max after, the recall weeks; with today on Monday of week 48. Sunday is the 29th.
    for (booking, after, recalls, cause) in [
        ("5", "0", &[48][..], None), // books the 29th at the earliest
        ("6", "0", &[48], Some(EarliestBooking)),
        ("6", "1", &[48], None),
        ("7", "1", &[48], Some(EarliestBooking)),
        ("6", "", &[48], None),
        ("6", "0", &[48, 49], None), // one of them can still be booked
        ("6", "0", &[47, 48], Some(EarliestBooking)),
        ("6", "0", &[], None),
        ("", "0", &[47], Some(AfterRecallWeek)), // the 22nd was yesterday
        ("", "1", &[47], None),
        ("0", "1", &[47], Some(EarliestBooking)),
        ("365", "100", &[48, 53], Some(EarliestBooking)),
    ] {
        let mut setup = par();
        let entry = &mut setup.online_types[0];
        entry.value.earliest_booking_days = typed(booking);
        entry.value.max_days_after_recall_week = typed(after);
        entry.value.cancel_days = None;
        entry.value.move_days = None;
        let online_type = entry.id;
        let earliest = earliest_date(today(), typed(booking));
        let lb = practitioner(&setup, "LB");
        let needs: Vec<Need> = recalls.iter().map(|of| need(&setup, lb, week(2026, *of))).collect();
        let count = needs.len();
        let expected = cause.map(|cause| Finding::NeedsOutOfReach { online_type, count, earliest, cause });
        assert_eq!(check(&setup, &needs, today()), expected.as_slice(), "{booking:?} {after:?} {recalls:?}");

        setup.online_types[0].value.need_driven = false;
        let without_need = check(&setup, &needs, today());
        assert!(!without_need.iter().any(|found| matches!(found, Finding::NeedsOutOfReach { .. })));
    }
}

#[test]
fn a_time_that_can_be_booked_and_never_changed() {
    // Booking, cancelling, moving; the earliest date and what is barred.
    for (booking, cancel, moving, expected) in [
        ("", "", "", None),
        ("", "0", "0", None),
        ("", "1", "", Some((TODAY, Change::Cancel))),
        ("", "0", "1", Some((TODAY, Change::Move))),
        ("0", "1", "1", None),
        ("0", "2", "1", Some(("2026-11-24", Change::Cancel))),
        ("0", "1", "2", Some(("2026-11-24", Change::Move))),
        ("0", "2", "2", Some(("2026-11-24", Change::CancelAndMove))),
        ("1", "2", "2", None),
        ("1", "3", "", Some(("2026-11-25", Change::Cancel))),
        ("364", "365", "365", None),
        ("363", "365", "365", Some(("2027-11-22", Change::CancelAndMove))),
    ] {
        let mut setup = akut();
        let entry = &mut setup.online_types[0];
        entry.value.earliest_booking_days = typed(booking);
        entry.value.cancel_days = typed(cancel);
        entry.value.move_days = typed(moving);
        let online_type = entry.id;
        let expected = expected.map(|(earliest, change)| Finding::CannotBeChanged {
            online_type,
            earliest: date(earliest),
            change,
        });
        assert_eq!(check(&setup, [], today()), expected.as_slice(), "{booking:?} {cancel:?} {moving:?}");
    }
}

#[test]
fn a_type_that_nobody_is_ticked_in_or_nobody_registered() {
    let ticked = |setup: &Setup, initials: &[&str]| Finding::TickedNotRegistered {
        online_type: setup.online_types[0].id,
        ticked: initials.iter().map(|initials| practitioner(setup, initials)).collect(),
    };
    // PAR beside it can be booked.
    let mut setup = with_types(&["PAR", "AKUT"]);
    setup.online_types.reverse();
    unregister(&mut setup, &["SA"]);
    found(&setup, &[], &[]);
    unregister(&mut setup, &["JH"]);
    found(&setup, &[], &[ticked(&setup, &["JH", "SA"])]);
    setup.online_types[0].value.practitioners.reverse();
    found(&setup, &[], &[ticked(&setup, &["JH", "SA"])]);

    let gone = WithoutNeed { practitioner: Id::random(), active: true, minutes: None };
    setup.online_types[0].value.practitioners = vec![gone];
    found(&setup, &[], &[ticked(&setup, &[])]);
    setup.online_types[0].value.practitioners[0].active = false;
    let online_type = setup.online_types[0].id;
    found(&setup, &[], &[Finding::NobodyTicked { online_type }]);
    setup.online_types[0].value.practitioners.clear();
    found(&setup, &[], &[Finding::NobodyTicked { online_type }]);
    // Asleep while needs decide.
    setup.online_types[0].value.need_driven = true;
    found(&setup, &[], &[]);
}

// ------------------------------------------------------------------ each practitioner

#[test]
fn needs_whose_practitioner_is_not_registered() {
    let mut setup = par();
    let [lb, ap, pv] = ["LB", "AP", "PV"].map(|initials| practitioner(&setup, initials));
    let need_of = |practitioner| need(&setup, practitioner, week(2026, 48));
    let needs = [need_of(pv), need_of(lb), need_of(ap), need_of(pv), need_of(pv)];
    let pointing = |practitioner, count| Finding::NeedsOnUnregistered { practitioner, count };
    found(&setup, &needs[..2], &[pointing(pv, 1)]);
    found(&setup, &needs, &[pointing(ap, 1), pointing(pv, 3)]);
    // The choice leaves them to everybody, and without need they bind nobody.
    setup.online_types[0].value.choose_practitioner = true;
    found(&setup, &needs, &[]);
    setup.online_types[0].value.choose_practitioner = false;
    setup.online_types[0].value.need_driven = false;
    setup.online_types[0].value.practitioners = akut().online_types[0].value.practitioners.clone();
    found(&setup, &needs, &[]);
}

#[test]
fn needs_of_a_type_that_is_not_online_bind_nobody() {
    let mut setup = par();
    let needs = [need(&setup, practitioner(&setup, "PV"), week(2026, 48))];
    setup.online_types = akut().online_types;
    found(&setup, &needs, &[]);
}

#[test]
fn needs_that_have_run_out_are_not_counted() {
    let mut setup = par();
    setup.online_types[0].value.max_days_after_recall_week = typed("1");
    setup.online_types[0].value.earliest_booking_days = None;
    setup.online_types[0].value.cancel_days = None;
    setup.online_types[0].value.move_days = None;
    let pv = practitioner(&setup, "PV");
    // Sunday of week 47 and a day is today.
    let needs = [need(&setup, pv, week(2026, 46)), need(&setup, pv, week(2026, 47))];
    found(&setup, &needs, &[Finding::NeedsOnUnregistered { practitioner: pv, count: 1 }]);
    setup.online_types[0].value.max_days_after_recall_week = None;
    found(&setup, &needs, &[Finding::NeedsOnUnregistered { practitioner: pv, count: 2 }]);
}

#[test]
fn needs_whose_practitioner_no_record_describes() {
    let setup = par();
    let online_type = setup.online_types[0].id;
    let (lb, pv) = (practitioner(&setup, "LB"), practitioner(&setup, "PV"));
    let needs = [Id::random(), pv, Id::random(), lb].map(|of| need(&setup, of, week(2026, 48)));
    found(&setup, &needs[2..], &[Finding::NeedsOnUnknown { online_type, count: 1 }]);
    let pointing = Finding::NeedsOnUnregistered { practitioner: pv, count: 1 };
    found(&setup, &needs, &[pointing, Finding::NeedsOnUnknown { online_type, count: 2 }]);
}

/// As «Deaktivér» does it.
fn deactivate(setup: &mut Setup, initials: &[&str]) {
    unregister(setup, initials);
    for entry in &mut setup.practitioners {
        entry.value.deactivated |= initials.contains(&entry.value.initials.as_str());
    }
}

#[test]
fn who_works_here_no_more_is_neither_missed_nor_to_be_registered() {
    // Without hours, and ticked in a type that another one takes.
    let mut setup = akut();
    let sa = practitioner(&setup, "SA");
    setup.working_hours.retain(|entry| entry.value.practitioner != sa);
    deactivate(&mut setup, &["SA", "PV"]);
    found(&setup, &[], &[]);
    // The ticks that nobody sees are not counted on.
    let online_type = setup.online_types[0].id;
    setup.online_types.extend(par().online_types);
    setup.online_types[0].value.practitioners.retain(|row| row.practitioner == sa);
    found(&setup, &[], &[Finding::NobodyTicked { online_type }]);
    // Nobody at all: the first who still works here is to be registered.
    unregister(&mut setup, &EVERYBODY);
    deactivate(&mut setup, &["JH"]);
    let first = Some(practitioner(&setup, "MK"));
    found(&setup, &[], &[Finding::NobodyRegistered { first }, Finding::NobodyTicked { online_type }]);
}

#[test]
fn needs_whose_practitioner_works_here_no_more() {
    let mut setup = par();
    let online_type = setup.online_types[0].id;
    let [ap, pv] = ["AP", "PV"].map(|initials| practitioner(&setup, initials));
    deactivate(&mut setup, &["PV"]);
    let needs = [pv, ap, pv].map(|of| need(&setup, of, week(2026, 48)));
    let left = |count| Finding::NeedsOnDeactivated { practitioner: pv, online_type, count };
    found(&setup, &needs[..1], &[left(1)]);
    found(&setup, &needs, &[Finding::NeedsOnUnregistered { practitioner: ap, count: 1 }, left(2)]);
    setup.online_types[0].value.choose_practitioner = true;
    found(&setup, &needs, &[]);
}

#[test]
fn who_is_registered_and_never_at_work() {
    let mut setup = akut();
    let cn = practitioner(&setup, "CN");
    let idle = [Finding::NoWorkingHours { practitioner: cn }];
    let mut own = setup.working_hours.iter().find(|entry| entry.value.practitioner == cn).cloned().expect("hours");
    own.value.weekday = crate::record::WeekdayNumber::new(chrono::Weekday::Tue);
    setup.working_hours.retain(|entry| entry.value.practitioner != cn);
    found(&setup, &[], &idle);
    unregister(&mut setup, &["CN"]);
    found(&setup, &[], &[]);
    setup.practitioners[4].value.registered = true;

    use crate::record::Weeks::{Even, Every, Odd};
    // Tuesday; today is Monday 23 November, of the even week 48.
    for (weeks, from, to, works) in [
        (Every, None, None, true),
        (Every, None, Some("2026-11-23"), false),
        (Every, None, Some("2026-11-24"), true),
        (Odd, None, Some("2026-11-30"), false),
        (Odd, None, Some("2026-12-01"), true),
        (Even, None, Some("2026-11-24"), true),
        (Every, Some("2026-11-25"), Some("2026-11-30"), false),
        (Every, Some("2028-01-01"), None, true),
        (Every, Some("2028-01-05"), Some("2028-01-10"), false),
        // From the day after Tuesday of week 52: week 53 and week 1 are odd.
        (Even, Some("2026-12-23"), None, true),
        (Even, Some("2026-12-23"), Some("2027-01-11"), false),
        (Even, Some("2026-12-23"), Some("2027-01-12"), true),
    ] {
        let mut hours = own.clone();
        hours.value.weeks = weeks;
        hours.value.valid_from = from.map(date);
        hours.value.valid_to = to.map(date);
        setup.working_hours.push(hours);
        assert_eq!(check(&setup, [], today()).is_empty(), works, "{weeks:?} {from:?} {to:?}");
        let _ = setup.working_hours.pop();
    }
    own.value.intervals.clear();
    setup.working_hours.push(own);
    found(&setup, &[], &idle);
}

// ------------------------------------------------------------------ where they lead

#[test]
fn each_finding_names_the_setting_that_removes_it() {
    let (online_type, practitioner, appointment_type) = (Id::random(), Id::random(), Id::random());
    let field = |field| Setting::OnlineType(online_type, field);
    let changed = |change| Finding::CannotBeChanged { online_type, earliest: today(), change };
    let late = |cause| Finding::NeedsOutOfReach { online_type, count: 1, earliest: today(), cause };
    for (finding, setting) in [
        (Finding::NobodyRegistered { first: Some(practitioner) }, Setting::Registered(practitioner)),
        (Finding::NobodyRegistered { first: None }, Setting::Practitioners),
        (Finding::NoTypeSetUp { first: appointment_type }, Setting::NotSetUp(appointment_type)),
        (Finding::NoTypes, Setting::AppointmentTypes),
        (Finding::AllTypesDeactivated, Setting::AppointmentTypes),
        (Finding::NothingForNewPatients, Setting::SelfRegistration),
        (Finding::PhoneMissing, Setting::ClinicPhone),
        (Finding::NotATelephone, Setting::ClinicPhone),
        (Finding::NotAnEmail, Setting::ClinicEmail),
        (changed(Change::Cancel), field(TypeField::Cancel)),
        (changed(Change::Move), field(TypeField::Move)),
        (changed(Change::CancelAndMove), field(TypeField::Cancel)),
        (late(TypeField::EarliestBooking), field(TypeField::EarliestBooking)),
        (Finding::NobodyTicked { online_type }, field(TypeField::Practitioners)),
        (Finding::TickedNotRegistered { online_type, ticked: vec![] }, field(TypeField::Practitioners)),
        (Finding::TickedNotRegistered { online_type, ticked: vec![practitioner] }, Setting::Registered(practitioner)),
        (Finding::NeedsOnUnregistered { practitioner, count: 1 }, Setting::Registered(practitioner)),
        (Finding::NeedsOnUnknown { online_type, count: 1 }, field(TypeField::ChoosePractitioner)),
        (Finding::NeedsOnDeactivated { practitioner, online_type, count: 1 }, field(TypeField::ChoosePractitioner)),
        (Finding::NoWorkingHours { practitioner }, Setting::Hours(practitioner)),
    ] {
        assert_eq!(finding.setting(), setting, "{finding:?}");
    }
}
