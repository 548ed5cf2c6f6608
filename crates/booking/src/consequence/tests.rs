use super::*;
use crate::bounded::{Alias, Whole};

fn date(text: &str) -> NaiveDate {
    text.parse().expect(text)
}

fn week(year: i32, week: u8) -> Week {
    Week::new(year, week).expect("a week")
}

/// What was typed in the field; blank is no number.
fn typed<const MIN: u16, const MAX: u16>(text: &str) -> Option<Whole<MIN, MAX>> {
    Whole::parse_optional(text).expect(text)
}

#[test]
fn spacing_on_a_free_day() {
    // setting, raster, works as, rounded, first starts
    for (setting, raster, minutes, rounded, starts) in [
        ("", 15, None, false, "08:00 08:15 08:30"),
        ("0", 15, None, false, "08:00 08:15 08:30"),
        ("0", 5, None, false, "08:00 08:05 08:10"),
        ("1", 5, Some(5), true, "08:00 08:05 08:10"),
        ("14", 15, Some(15), true, "08:00 08:15 08:30"),
        ("15", 15, Some(15), false, "08:00 08:15 08:30"),
        ("16", 15, Some(30), true, "08:00 08:30 09:00"),
        ("20", 15, Some(30), true, "08:00 08:30 09:00"),
        ("20", 20, Some(20), false, "08:00 08:20 08:40"),
        ("30", 5, Some(30), false, "08:00 08:30 09:00"),
        ("30", 20, Some(40), true, "08:00 08:40 09:20"),
        ("60", 15, Some(60), false, "08:00 09:00 10:00"),
        ("479", 30, Some(480), true, "08:00 16:00"),
        // 24:00 is the end of the day and no start.
        ("480", 30, Some(480), false, "08:00 16:00"),
    ] {
        let effect = spacing_effect(typed(setting), Raster::try_from(raster).expect("a raster"));
        let works_as = match &effect {
            SpacingEffect::AllTimes { .. } => None,
            SpacingEffect::Every { minutes, .. } => Some(*minutes),
        };
        let shown: Vec<String> = effect.first_starts().iter().map(TimeOfDay::to_string).collect();
        assert_eq!((works_as, effect.is_rounded()), (minutes, rounded), "{setting} on {raster}");
        assert_eq!(shown.join(" "), starts, "{setting} on {raster}");
    }
}

#[test]
fn the_earliest_day_that_can_be_booked() {
    for (today, booking, expected) in [
        ("2026-11-22", "", "2026-11-22"),
        ("2026-11-22", "0", "2026-11-23"),
        ("2026-11-22", "1", "2026-11-24"),
        ("2026-11-22", "365", "2027-11-23"),
        ("2026-12-31", "", "2026-12-31"),
        ("2026-12-31", "0", "2027-01-01"),
        ("2028-02-28", "0", "2028-02-29"),
        ("2028-02-28", "1", "2028-03-01"),
        ("2027-02-28", "0", "2027-03-01"),
        ("2026-03-28", "0", "2026-03-29"), // a day of 23 hours is still one day
        ("2026-03-28", "1", "2026-03-30"),
        ("2026-10-24", "1", "2026-10-26"),
    ] {
        assert_eq!(earliest_date(date(today), typed(booking)), date(expected), "{today} + {booking:?}");
    }
}

#[test]
fn the_last_day_of_a_need() {
    for (recall, after, expected) in [
        (week(2026, 30), "", None),
        (week(2026, 30), "0", Some("2026-07-26")),
        (week(2026, 30), "1", Some("2026-07-27")),
        (week(2026, 30), "100", Some("2026-11-03")),
        (week(2026, 52), "7", Some("2027-01-03")),
        (week(2026, 53), "0", Some("2027-01-03")),
        (week(2026, 53), "100", Some("2027-04-13")),
        (week(2025, 1), "100", Some("2025-04-15")),
        (week(2028, 8), "2", Some("2028-02-29")),
        (week(2026, 30), "3650", Some("2036-07-23")),
    ] {
        assert_eq!(last_recall_date(recall, typed(after)), expected.map(date), "{recall:?} + {after:?}");
    }
}

#[test]
fn the_first_day_of_a_need() {
    for (recall, before, expected) in [
        (week(2026, 30), "", None),
        (week(2026, 30), "0", Some("2026-07-20")),
        (week(2026, 30), "1", Some("2026-07-19")),
        (week(2026, 53), "0", Some("2026-12-28")),
        (week(2027, 1), "7", Some("2026-12-28")),
        (week(2025, 1), "0", Some("2024-12-30")), // week 1 begins in the year before
        (week(2028, 10), "6", Some("2028-02-29")),
    ] {
        assert_eq!(first_recall_date(recall, typed(before)), expected.map(date), "{recall:?} - {before:?}");
    }
}

#[test]
fn the_last_day_for_cancelling_and_moving() {
    for (appointment, notice, expected) in [
        ("2026-03-12", "", None),
        ("2026-03-12", "0", None),
        ("2026-03-12", "1", Some("2026-03-11")),
        ("2026-03-12", "2", Some("2026-03-10")),
        ("2026-03-30", "1", Some("2026-03-29")),
        ("2026-10-26", "1", Some("2026-10-25")),
        ("2027-01-01", "1", Some("2026-12-31")),
        ("2028-03-01", "1", Some("2028-02-29")),
        ("2027-03-01", "1", Some("2027-02-28")),
        ("2028-02-29", "365", Some("2027-03-01")),
    ] {
        let expected = expected.map_or(Deadline::UntilStart, |last| Deadline::Through(date(last)));
        assert_eq!(last_change_date(date(appointment), typed(notice)), expected, "{appointment} - {notice:?}");
    }
}

#[test]
fn the_example_is_a_weekday_whose_deadline_is_not_past() {
    for (today, notice, expected) in [
        ("2026-03-05", "", "2026-03-12"),
        ("2026-03-05", "2", "2026-03-12"),
        ("2026-03-05", "7", "2026-03-12"),
        ("2026-03-05", "8", "2026-03-13"),
        ("2026-03-05", "9", "2026-03-16"),  // Saturday becomes Monday
        ("2026-03-05", "10", "2026-03-16"), // and so does Sunday
        ("2026-12-26", "0", "2027-01-04"),  // over the year's end
        ("2028-02-22", "0", "2028-02-29"),
    ] {
        assert_eq!(example_appointment_date(date(today), typed(notice)), date(expected), "{today} {notice:?}");
    }
}

#[test]
fn the_example_week_is_this_week() {
    assert_eq!(example_recall_week(date("2026-11-23")), week(2026, 48));
    assert_eq!(example_recall_week(date("2027-01-03")), week(2026, 53));
    assert_eq!(example_recall_week(date("2024-12-30")), week(2025, 1));
}

proptest::proptest! {
    #[test]
    fn the_example_always_serves(day in 0..60_000u64, notice in proptest::option::of(0..=365u16)) {
        let today = days_after(date("1990-01-01"), day);
        let notice = notice.map(|days| NoticeDays::new(days).expect("within its limits"));
        let example = example_appointment_date(today, notice);
        proptest::prop_assert!(!matches!(example.weekday(), Weekday::Sat | Weekday::Sun));
        proptest::prop_assert!(example >= days_after(today, 7));
        if let Deadline::Through(last) = last_change_date(example, notice) {
            proptest::prop_assert!(last >= today && last < example);
        }
    }
}

#[test]
fn dates_stop_at_the_ends_of_the_calendar() {
    assert_eq!(earliest_date(NaiveDate::MAX, typed("365")), NaiveDate::MAX);
    assert_eq!(example_appointment_date(NaiveDate::MAX, typed("365")), NaiveDate::MAX);
    assert_eq!(last_recall_date(Week::of(NaiveDate::MAX), typed("3650")), Some(NaiveDate::MAX));
    assert_eq!(first_recall_date(Week::of(NaiveDate::MIN), typed("3650")), Some(NaiveDate::MIN));
    assert_eq!(last_change_date(NaiveDate::MIN, typed("365")), Deadline::Through(NaiveDate::MIN));
}

/// A type and the demo's clinic: JH, MK, SA, LB, CN are registered, AP and PV are not.
struct Who {
    setup: Setup,
    online_type: OnlineType,
}

impl Who {
    fn new(need_driven: bool, choose_practitioner: bool, ticked: &[&str]) -> Self {
        let setup = Setup::gather(crate::demo::demo_clinic(date("2026-11-23"), 1).records).expect("a set-up");
        let mut online_type = setup.online_types[0].value.clone();
        online_type.alias = Alias::new("Kontrol").expect("an alias");
        online_type.need_driven = need_driven;
        online_type.choose_practitioner = choose_practitioner;
        online_type.practitioners = setup
            .practitioners
            .iter()
            .rev() // the order of the rows must not matter
            .map(|entry| WithoutNeed {
                practitioner: entry.id,
                active: ticked.contains(&entry.value.initials.as_str()),
                minutes: None,
            })
            .collect();
        Self { setup, online_type }
    }

    fn answer(&self) -> WhoMayBook {
        let OnlineType { need_driven, choose_practitioner, practitioners, .. } = &self.online_type;
        let answer = who_may_book(&self.online_type, &self.setup);
        assert_eq!(who_may_book_by(*need_driven, *choose_practitioner, practitioners, &self.setup), answer);
        answer
    }

    fn initials(&self) -> Vec<&str> {
        let initials = |id| self.setup.practitioner(id).map_or("?", |practitioner| practitioner.initials.as_str());
        match self.answer() {
            WhoMayBook::Everyone(ids) => ids.into_iter().map(initials).collect(),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn the_table_of_who_may_book() {
    assert_eq!(Who::new(true, false, &["JH"]).answer(), WhoMayBook::NeedsPractitioner);
    assert_eq!(Who::new(true, true, &["JH"]).answer(), WhoMayBook::AnyRegistered);
    assert_eq!(Who::new(true, true, &[]).answer(), WhoMayBook::AnyRegistered);
    assert_eq!(Who::new(false, false, &["SA", "JH", "CN"]).initials(), ["JH", "SA", "CN"]);
    assert_eq!(Who::new(false, true, &["MK"]).initials(), ["MK"]); // the choice is greyed
    assert_eq!(Who::new(false, false, &["PV", "MK"]).initials(), ["MK"]);
    assert_eq!(Who::new(false, false, &[]).answer(), WhoMayBook::Nobody(WhyNobody::NoneTicked));
    assert_eq!(Who::new(false, false, &["PV", "AP"]).answer(), WhoMayBook::Nobody(WhyNobody::NoneRegistered));
}

#[test]
fn nobody_registered_is_nobody_to_book_with() {
    for (need_driven, choose) in [(true, false), (true, true), (false, false)] {
        let mut who = Who::new(need_driven, choose, &["JH"]);
        for entry in &mut who.setup.practitioners {
            entry.value.registered = false;
        }
        assert_eq!(who.answer(), WhoMayBook::Nobody(WhyNobody::NoneRegistered));
    }
}

#[test]
fn the_tick_of_somebody_who_works_here_no_more_counts_for_nothing() {
    let mut who = Who::new(false, false, &["PV"]);
    who.setup.practitioners[6].value.deactivated = true;
    assert_eq!(who.answer(), WhoMayBook::Nobody(WhyNobody::NoneTicked));
    let mut who = Who::new(false, false, &["PV", "AP"]);
    who.setup.practitioners[6].value.deactivated = true;
    assert_eq!(who.answer(), WhoMayBook::Nobody(WhyNobody::NoneRegistered), "AP still works here");
}

#[test]
fn a_practitioner_without_a_record_counts_as_not_registered() {
    let mut who = Who::new(false, false, &[]);
    who.online_type.practitioners = vec![WithoutNeed { practitioner: Id::random(), active: true, minutes: None }];
    assert_eq!(who.answer(), WhoMayBook::Nobody(WhyNobody::NoneRegistered));
}

#[test]
fn the_rows_minutes_come_before_the_types() {
    let who = Who::new(false, false, &["JH"]);
    let appointment_type = &who.setup.appointment_types[0].value;
    let mut row = who.online_type.practitioners[0].clone();
    assert_eq!(effective_minutes(&row, appointment_type), appointment_type.minutes);
    row.minutes = typed("5");
    assert_eq!(effective_minutes(&row, appointment_type).get(), 5);
}

#[test]
fn the_table_of_one_alias_twice() {
    use SameAlias::{Refused, Warned};
    // alias, needs a need, the types that have it (their alias, whether they need a need), the answer
    type Other<'a> = (&'a str, bool);
    type Row<'a> = (&'a str, bool, &'a [Other<'a>], Option<(usize, SameAlias)>);
    let rows: [Row<'_>; 13] = [
        ("Kontrol", false, &[], None),
        ("Kontrol", false, &[("Kontrol 2", false)], None),
        ("Kontrol", false, &[("Kontrol", false)], Some((0, Refused))),
        ("Kontrol", false, &[("Kontrol", true)], Some((0, Warned))),
        ("Kontrol", true, &[("Kontrol", false)], Some((0, Warned))),
        ("Kontrol", true, &[("Kontrol", true)], Some((0, Warned))),
        ("kONTROL", false, &[("Kontrol", false)], Some((0, Refused))),
        ("BØRN ÆÅ", false, &[("Børn æå", false)], Some((0, Refused))),
        (" Kontrol ", false, &[("Kontrol", false)], Some((0, Refused))), // an alias has no blanks around it
        ("Kontrol", false, &[("Akut", false), ("Kontrol", false)], Some((1, Refused))),
        // One that refuses comes before one that warns; then the clinic's order.
        ("Kontrol", false, &[("Kontrol", true), ("Kontrol", false), ("Kontrol", false)], Some((1, Refused))),
        ("Kontrol", false, &[("Kontrol", true), ("Kontrol", true)], Some((0, Warned))),
        ("Kontrol", true, &[("Kontrol", true), ("Kontrol", false)], Some((0, Warned))),
    ];
    for (alias, need_driven, others, expected) in rows {
        let Who { mut setup, online_type } = Who::new(false, false, &[]);
        let alias = Alias::new(alias).expect(alias);
        let other = |(alias, need_driven): &Other<'_>| {
            let alias = Alias::new(alias).expect(alias);
            Entry::new(OnlineType { alias, need_driven: *need_driven, ..online_type.clone() })
        };
        setup.online_types = others.iter().map(other).collect();
        let expected = expected.map(|(index, weight)| (setup.online_types[index].id, weight));
        assert_eq!(same_alias(&alias, need_driven, None, &setup), expected, "{alias} {others:?}");
        // With itself a type shares its alias without a word, wherever it stands.
        let own = other(&(alias.as_str(), need_driven));
        for place in [0, setup.online_types.len()] {
            let mut setup = setup.clone();
            setup.online_types.insert(place, own.clone());
            assert_eq!(same_alias(&alias, need_driven, Some(own.id), &setup), expected, "{alias} {others:?}");
        }
    }
}
