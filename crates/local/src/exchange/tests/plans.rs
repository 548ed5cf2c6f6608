//! What a calendar would do to the book.

use aftalebog_booking::record::{Appointment, Closure, Origin, Overlap, Practitioner, Status};
use aftalebog_booking::{Entry, Id, Value};
use chrono_tz::Europe::Copenhagen;
use uuid::Uuid;

use super::super::calendar::{Book, Days, Overlaps, Plan, Span, Standing, Wanted, ids, plan, read};
use super::{date, instant, line, whole};

const PRACTITIONER: Id<Practitioner> = Id::new(Uuid::from_u128(7));

fn wanted() -> Wanted {
    Wanted {
        practitioner: PRACTITIONER,
        days: Days::Practitioner,
        note: Some(line("Optaget")),
        overlaps: Overlaps::LeaveOut,
    }
}

fn block(start: &str, minutes: u16) -> Entry<Appointment> {
    Entry::new(Appointment {
        practitioner: PRACTITIONER,
        appointment_type: None,
        patient: None,
        need: None,
        start: instant(start),
        minutes: whole(minutes),
        origin: Origin::Clinic,
        status: Status::Booked,
        overlap: Overlap::None,
        note: line("Møde"),
    })
}

/// Half an hour from each of these times on 24 November, and two days at Christmas.
fn planned(starts: &[&str], wanted: &Wanted, live: &[Entry<Appointment>], known: &[Entry<Appointment>]) -> Plan {
    let event = |start: &&str| {
        format!("BEGIN:VEVENT\nUID:{start}\nSUMMARY:Frokost\nDTSTART:20261124T{start}00Z\nDURATION:PT30M\nEND:VEVENT\n")
    };
    let days =
        "BEGIN:VEVENT\nUID:jul\nSUMMARY:Jul\nDTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261226\nEND:VEVENT\n";
    let text = format!("BEGIN:VCALENDAR\n{}{days}END:VCALENDAR\n", starts.iter().map(event).collect::<String>());
    let calendar = read(&text, Copenhagen, Span { from: date("2026-11-23"), to: date("2027-11-23") }).unwrap();
    assert!(ids(&calendar, wanted).len() >= starts.len());
    plan(&calendar, wanted, Book { live, known, closures: &[] })
}

fn blocks(plan: &Plan) -> Vec<Entry<Appointment>> {
    let block = |record: &aftalebog_booking::Record| match &record.value {
        Value::Appointment(value) => Some(Entry { id: Id::new(record.id), value: value.clone() }),
        _ => None,
    };
    plan.creations.iter().filter_map(block).collect()
}

#[test]
fn touching_is_no_overlap_and_a_minute_more_is_one() {
    let live = [block("2026-11-24T08:00:00Z", 30)];
    let on_it = Standing::OnTopOf(live[0].id);
    for (start, expected) in [("0730", Standing::New), ("0731", on_it), ("0829", on_it), ("0830", Standing::New)] {
        let plan = planned(&[start], &wanted(), &live, &[]);
        assert_eq!(plan.standings, [expected, Standing::New], "{start}");
        assert_eq!(blocks(&plan).len(), usize::from(expected == Standing::New));
    }
    // The longest there is still reaches it.
    let long = [block("2026-11-24T00:00:00Z", 480)];
    assert_eq!(planned(&["0759"], &wanted(), &long, &[]).standings[0], Standing::OnTopOf(long[0].id));
}

#[test]
fn what_is_taken_is_put_on_top_only_where_it_is_chosen_and_then_deliberately() {
    let live = [block("2026-11-24T08:00:00Z", 30)];
    let on_top = Wanted { overlaps: Overlaps::PutOnTop, ..wanted() };
    let plan = planned(&["0800", "1000"], &on_top, &live, &[]);
    let overlaps: Vec<Overlap> = blocks(&plan).into_iter().map(|block| block.value.overlap).collect();
    assert_eq!(overlaps, [Overlap::Deliberate, Overlap::None]);
    // Two of the same file at one time.
    let plan = planned(&["1000", "1015"], &wanted(), &[], &[]);
    assert_eq!((plan.standings[0], blocks(&plan).len()), (Standing::New, 1));
    assert!(matches!(plan.standings[1], Standing::OnTopOf(_)));
}

#[test]
fn again_is_the_same_as_once_and_another_practitioners_is_another() {
    let first = planned(&["0800"], &wanted(), &[], &[]);
    let there = blocks(&first);
    let again = planned(&["0800"], &wanted(), &there, &there);
    assert_eq!((again.standings[0], blocks(&again).len(), again.edits.len()), (Standing::Known, 0, 0));
    let other = Wanted { practitioner: Id::new(Uuid::from_u128(8)), ..wanted() };
    assert_ne!(blocks(&planned(&["0800"], &other, &[], &[]))[0].id, there[0].id);
    // One that somebody has put into another's column stays there.
    let elsewhere = Appointment { practitioner: Id::new(Uuid::from_u128(8)), ..there[0].value.clone() };
    let elsewhere = [Entry { id: there[0].id, value: elsewhere }];
    assert_eq!(planned(&["0800"], &wanted(), &[], &elsewhere).standings[0], Standing::Known);
    // One that somebody has cancelled in the book stays so.
    let cancelled =
        [Entry { id: there[0].id, value: Appointment { status: Status::Cancelled, ..there[0].value.clone() } }];
    assert_eq!(planned(&["0800"], &wanted(), &[], &cancelled).standings[0], Standing::Known);
}

#[test]
fn a_changed_event_changes_its_block_and_is_not_in_its_own_way() {
    let mut there = blocks(&planned(&["0800"], &wanted(), &[], &[]));
    there[0].value.start = instant("2026-11-24T08:15:00Z");
    let plan = planned(&["0800"], &wanted(), &there, &there);
    assert_eq!((plan.standings[0], plan.edits.len(), blocks(&plan).len()), (Standing::Changed, 1, 0));
    let words = Wanted { note: None, ..wanted() };
    let plan = planned(&["1000"], &words, &[], &[]);
    assert_eq!(blocks(&plan)[0].value.note.as_str(), "Frokost");
}

#[test]
fn whole_days_are_the_practitioners_or_the_clinics() {
    let closure = |wanted: &Wanted| {
        let closure = |record: aftalebog_booking::Record| match record.value {
            Value::Closure(value) => Some(value),
            _ => None,
        };
        planned(&[], wanted, &[], &[]).creations.into_iter().find_map(closure).unwrap()
    };
    let (from, to, reason) = (date("2026-12-24"), date("2026-12-25"), line("Optaget"));
    assert_eq!(closure(&wanted()), Closure { practitioner: Some(PRACTITIONER), from, to, reason });
    let clinic = Wanted { days: Days::Clinic(Id::new(Uuid::from_u128(1))), note: None, ..wanted() };
    assert_eq!(closure(&clinic), Closure { practitioner: None, from, to, reason: line("Jul") });
}
