use aftalebog_booking::record::{Appointment, Closure, Origin, Overlap, Practitioner, Status};
use aftalebog_booking::{Entry, Id};
use chrono_tz::Europe::Copenhagen;
use proptest::prelude::*;

use super::super::calendar::{Calendar, Closed, Fault, NotACalendar, Span, Taken, When, made_of, read, write};
use super::{date, instant, line, whole};

fn span() -> Span {
    Span { from: date("2026-11-23"), to: date("2027-11-23") }
}

fn file(events: &str) -> String {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}END:VCALENDAR\r\n", events.replace('\n', "\r\n"))
}

fn event(lines: &str) -> Calendar {
    read(&file(&format!("BEGIN:VEVENT\nUID:1\n{lines}\nEND:VEVENT\n")), Copenhagen, span()).unwrap()
}

/// «2026-11-23T08:00:00Z 30» or «2026-12-24 2026-12-26».
fn whens(calendar: &Calendar) -> Vec<String> {
    let words = |when: When| match when {
        When::Times { start, minutes } => format!("{} {minutes}", start.format("%Y-%m-%dT%H:%MZ")),
        When::Days { from, to } => format!("{from} {to}"),
    };
    calendar.items.iter().map(|item| words(item.when)).collect()
}

#[track_caller]
fn check(lines: &str, expected: &[&str]) {
    let calendar = event(lines);
    assert_eq!(
        (whens(&calendar), &calendar.faults),
        (expected.iter().map(|it| (*it).to_owned()).collect(), &vec![]),
        "{lines}"
    );
}

#[track_caller]
fn check_fault(lines: &str, expected: Fault) {
    let calendar = event(lines);
    let faults: Vec<Fault> = calendar.faults.into_iter().map(|fault| fault.fault).collect();
    assert_eq!((faults, calendar.items.len()), (vec![expected], 0), "{lines}");
}

#[test]
fn times_in_every_kind_of_zone() {
    let half_past = &["2026-11-24T08:00Z 30"];
    check("DTSTART:20261124T080000Z\nDTEND:20261124T083000Z", half_past);
    check("DTSTART:20261124T090000\nDTEND:20261124T093000", half_past);
    check("DTSTART;TZID=Europe/Copenhagen:20261124T090000\nDURATION:PT30M", half_past);
    check(
        "DTSTART;TZID=Romance Standard Time:20261124T090000\nDTEND;TZID=Romance Standard Time:20261124T093000",
        half_past,
    );
    check("DTSTART;TZID=\"W. Europe Standard Time\":20261124T090000\nDURATION:PT30M", half_past);
    check("DTSTART;TZID=/freeassociation.sourceforge.net/Europe/London:20261124T080000\nDURATION:PT30M", half_past);
    check("DTSTART;TZID=Europe/London:20261124T080000\nDTEND:20261124T083000Z", half_past);
    check_fault(
        "DTSTART;TZID=Atlantis:20261124T090000\nDURATION:PT30M",
        Fault::UnknownZone { name: "Atlantis".to_owned() },
    );
    // A folded line, and the seconds of an event that takes them.
    check("DTSTART:202611\n 24T080010Z\nDTEND:20261124T083000Z", half_past);
    check("DTSTART:20261124T080000Z\nDTEND:20261124T080100Z", &["2026-11-24T08:00Z 5"]);
}

#[test]
fn both_nights_of_the_clock() {
    // 02:30 does not exist on 28 March 2027, and comes twice on 31 October: the first one counts.
    check("DTSTART:20270328T023000\nDTEND:20270328T040000", &["2027-03-28T01:00Z 60"]);
    check("DTSTART:20271031T023000\nDTEND:20271031T033000", &["2027-10-31T00:30Z 120"]);
    check(
        "DTSTART:20270327T023000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3",
        &["2027-03-27T01:30Z 60", "2027-03-28T01:00Z 30", "2027-03-29T00:30Z 60"],
    );
}

#[test]
fn whole_days_and_long_events() {
    check("DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261227", &["2026-12-24 2026-12-26"]);
    check("DTSTART;VALUE=DATE:20261224", &["2026-12-24 2026-12-24"]);
    check("DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261224\nX-A:1", &[]);
    check("DTSTART;VALUE=DATE:20261120\nDTEND;VALUE=DATE:20261125", &["2026-11-23 2026-11-24"]);
    // Nine hours are two parts; 8 hours and 3 minutes leave no part that is too short.
    check("DTSTART:20261124T080000\nDTEND:20261124T170000", &["2026-11-24T07:00Z 480", "2026-11-24T15:00Z 60"]);
    check("DTSTART:20261124T080000\nDTEND:20261124T160300", &["2026-11-24T07:00Z 475", "2026-11-24T14:55Z 8"]);
    check(
        "DTSTART:20261124T120000\nDTEND:20261127T100000",
        &[
            "2026-11-24T11:00Z 480",
            "2026-11-24T19:00Z 240",
            "2026-11-25 2026-11-26",
            "2026-11-26T23:00Z 480",
            "2026-11-27T07:00Z 120",
        ],
    );
}

#[test]
fn what_repeats_with_its_exceptions() {
    const WEEKLY: &str = "DTSTART;TZID=Europe/Copenhagen:20260105T120000\nDURATION:PT30M\nRRULE:FREQ=WEEKLY";
    let calendar = event(WEEKLY);
    assert_eq!(calendar.items.len(), 53, "without an end: those of the span");
    assert_eq!(whens(&calendar)[0], "2026-11-23T11:00Z 30");
    assert_eq!(whens(&calendar)[26], "2027-05-24T10:00Z 30", "noon stays noon in summer");
    check(&format!("{WEEKLY};UNTIL=20261130"), &["2026-11-23T11:00Z 30", "2026-11-30T11:00Z 30"]);
    check(&format!("{WEEKLY};UNTIL=20261130T110000Z"), &["2026-11-23T11:00Z 30", "2026-11-30T11:00Z 30"]);
    check(&format!("{WEEKLY};UNTIL=20261130T105959Z"), &["2026-11-23T11:00Z 30"]);
    check(
        &format!("{WEEKLY};UNTIL=20261214\nEXDATE;TZID=Europe/Copenhagen:20261130T120000,20261207T120000"),
        &["2026-11-23T11:00Z 30", "2026-12-14T11:00Z 30"],
    );
    check(
        &format!("{WEEKLY};UNTIL=20261207\nEXDATE:20261130T110000Z\nEXDATE;VALUE=DATE:20261207"),
        &["2026-11-23T11:00Z 30"],
    );
    check(
        "DTSTART;TZID=Europe/Copenhagen:20261124T120000\nDURATION:PT30M\nRDATE;TZID=Europe/Copenhagen:20261126T080000",
        &["2026-11-24T11:00Z 30", "2026-11-26T07:00Z 30"],
    );
    check("DTSTART;VALUE=DATE:20251224\nRRULE:FREQ=YEARLY", &["2026-12-24 2026-12-24"]);
    check_fault("DTSTART:20261124T080000Z\nDURATION:PT5M\nRRULE:FREQ=SECONDLY", Fault::Rule);
    check_fault("DTSTART:20261124T080000Z\nDURATION:PT5M\nRRULE:FREQ=SNART", Fault::Rule);
    check_fault("DTSTART:20261124T080000Z\nDURATION:PT5M\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", Fault::Endless);
}

#[test]
fn a_changed_repetition_takes_the_place_of_its_own() {
    let calendar = read(
        &file(
            "BEGIN:VEVENT\nUID:a\nDTSTART;TZID=Europe/Copenhagen:20261123T120000\nDURATION:PT30M\nRRULE:FREQ=DAILY;COUNT=4\nEND:VEVENT\n\
             BEGIN:VEVENT\nUID:a\nRECURRENCE-ID:20261124T110000Z\nDTSTART;TZID=Europe/Copenhagen:20261124T150000\nDURATION:PT45M\nEND:VEVENT\n\
             BEGIN:VEVENT\nUID:a\nRECURRENCE-ID;TZID=Europe/Copenhagen:20261125T120000\nSTATUS:CANCELLED\nDTSTART;TZID=Europe/Copenhagen:20261125T120000\nEND:VEVENT\n",
        ),
        Copenhagen,
        span(),
    )
    .unwrap();
    assert_eq!(whens(&calendar), ["2026-11-23T11:00Z 30", "2026-11-24T14:00Z 45", "2026-11-26T11:00Z 30"]);
    assert_eq!(calendar.passed_over, 1);
}

#[test]
fn what_takes_no_time_is_counted_and_what_is_broken_is_said_by_line() {
    let calendar = read(
        &file(
            "BEGIN:VEVENT\nUID:1\nTRANSP:TRANSPARENT\nDTSTART:20261124T080000Z\nDTEND:20261124T090000Z\nEND:VEVENT\n\
             BEGIN:VEVENT\nUID:2\nSTATUS:CANCELLED\nDTSTART:20261124T080000Z\nDTEND:20261124T090000Z\nEND:VEVENT\n\
             BEGIN:VEVENT\nUID:3\nDTSTART:20261124T080000Z\nEND:VEVENT\n\
             BEGIN:VEVENT\nUID:4\nDTSTART:20200124T080000Z\nDTEND:20200124T090000Z\nEND:VEVENT\n\
             BEGIN:VEVENT\nUID:5\nSUMMARY:Møde\\, internt\nDTSTART:i morgen\nEND:VEVENT\n\
             BEGIN:VEVENT\nUID:6\nSUMMARY:Uden tid\nEND:VEVENT\n\
             BEGIN:VEVENT\nUID:7\nDTSTART:20261124T080000Z\nDTEND:20261124T070000Z\nEND:VEVENT\n\
             BEGIN:VEVENT\nUID:8\nBEGIN:VALARM\nDTSTART:20261130T080000Z\nEND:VALARM\nDTSTART:20261124T080000Z\nDTEND:20261124T090000Z\nEND:VEVENT\n",
        ),
        Copenhagen,
        span(),
    )
    .unwrap();
    assert_eq!((calendar.passed_over, calendar.outside), (3, 1));
    let faults: Vec<(usize, &str, &Fault)> =
        calendar.faults.iter().map(|fault| (fault.line, fault.summary.as_str(), &fault.fault)).collect();
    let expected = [
        (24, "Møde, internt", &Fault::Unreadable { property: "DTSTART" }),
        (29, "Uden tid", &Fault::NoStart),
        (33, "", &Fault::EndsBeforeItBegins),
    ];
    assert_eq!(faults, expected);
    assert_eq!(whens(&calendar), ["2026-11-24T08:00Z 60"], "and the others are there");
}

#[test]
fn the_same_calendar_has_the_same_keys() {
    let text =
        file("BEGIN:VEVENT\nUID:a\nDTSTART:20261123T120000Z\nDURATION:PT10H\nRRULE:FREQ=DAILY;COUNT=2\nEND:VEVENT\n");
    let keys = |span| read(&text, Copenhagen, span).unwrap().items.into_iter().map(|item| item.key).collect::<Vec<_>>();
    assert_eq!(keys(span()), keys(Span { to: date("2027-01-01"), ..span() }));
    let mut unique = keys(span());
    unique.dedup();
    assert_eq!(unique.len(), 4, "two days of two parts: {unique:?}");
}

#[test]
fn what_is_no_calendar() {
    let read = |text: &str| read(text, Copenhagen, span()).map(|_| ());
    assert_eq!(read(""), Err(NotACalendar::NoCalendar));
    assert_eq!(read("nummer;navn\n1;Åse"), Err(NotACalendar::NoCalendar));
    assert_eq!(read("BEGIN:VCALENDAR\nEND:VCALENDAR"), Ok(()));
    let many = "BEGIN:VEVENT\nUID:1\nDTSTART:20261124T080000Z\nDTEND:20261124T090000Z\nEND:VEVENT\n".repeat(50_001);
    assert_eq!(read(&file(&many)), Err(NotACalendar::TooManyEvents { max: 50_000 }));
    let endless = |number: usize| {
        format!(
            "BEGIN:VEVENT\nUID:{number}\nDTSTART:20261124T080000Z\nDURATION:PT5M\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\nEND:VEVENT\n"
        )
    };
    let endless: String = (0..60).map(endless).collect();
    assert_eq!(read(&file(&endless)), Err(NotACalendar::TooManyRepetitions));
    // Each of them goes through thirty thousand days before the span begins.
    let ancient = |number: usize| {
        format!(
            "BEGIN:VEVENT\nUID:{number}\nDTSTART:19400101T080000Z\nDURATION:PT5M\nRRULE:FREQ=DAILY;UNTIL=20200101\nEND:VEVENT\n"
        )
    };
    let ancient: String = (0..90).map(ancient).collect();
    assert_eq!(read(&file(&ancient)), Err(NotACalendar::TooManyRepetitions));
    let nested = "BEGIN:VEVENT\n".repeat(200_000);
    assert_eq!(read(&format!("BEGIN:VCALENDAR\n{nested}")), Ok(()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn what_is_written_is_read_again(
        times in prop::collection::vec((0..500_000_i64, 5..=480_u16, "[a-zæøå,;:\\\\\" ]{1,60}"), 0..12),
        days in prop::collection::vec((0..360_u64, 0..20_u64), 0..6),
    ) {
        let practitioner: Id<Practitioner> = Id::random();
        let taken: Vec<(Entry<Appointment>, String)> = times.into_iter().map(|(minute, minutes, summary)| (Entry::new(Appointment {
            practitioner,
            appointment_type: None,
            patient: None,
            need: None,
            start: instant("2026-11-23T00:00:00Z") + chrono::TimeDelta::minutes(minute),
            minutes: whole(minutes),
            origin: Origin::Clinic,
            status: Status::Booked,
            overlap: Overlap::None,
            note: line(""),
        }), summary)).collect();
        let closed: Vec<Entry<Closure>> = days.into_iter().map(|(from, length)| {
            let from = date("2026-11-23") + chrono::Days::new(from);
            Entry::new(Closure { practitioner: None, from, to: from + chrono::Days::new(length), reason: line("") })
        }).collect();
        let written_taken: Vec<Taken<'_>> = taken.iter().map(|(entry, summary)| Taken { entry, summary }).collect();
        let written_closed: Vec<Closed<'_>> = closed.iter().map(|entry| Closed { entry, summary: "Lukket" }).collect();
        let text = write(&written_taken, &written_closed, instant("2026-11-23T08:10:00Z"));
        let far = Span { from: date("2026-01-01"), to: date("2030-01-01") };
        let calendar = read(&text, Copenhagen, far).unwrap();
        prop_assert_eq!(&calendar.faults, &vec![]);
        for (entry, summary) in &taken {
            let parts: Vec<_> = calendar.items.iter().filter(|item| made_of(&item.uid) == Some(entry.id)).collect();
            let minutes: u16 = parts.iter().filter_map(|item| match item.when {
                When::Times { minutes, .. } => Some(minutes.get()),
                When::Days { .. } => None,
            }).sum();
            // One that goes on beyond midnight comes back in two parts, each no shorter than an appointment.
            prop_assert!(minutes == entry.value.minutes.get() || parts.len() == 2 && minutes < entry.value.minutes.get() + 5);
            prop_assert_eq!(parts[0].summary.trim(), summary.trim());
            let begins = matches!(parts[0].when, When::Times { start, .. } if start == entry.value.start);
            prop_assert!(begins);
        }
        for entry in &closed {
            let found: Vec<_> = calendar.items.iter().filter(|item| made_of(&item.uid) == Some(entry.id)).map(|item| item.when).collect();
            prop_assert_eq!(found, vec![When::Days { from: entry.value.from, to: entry.value.to }]);
        }
    }
}
