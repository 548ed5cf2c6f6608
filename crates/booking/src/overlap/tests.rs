use std::collections::BTreeMap;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::change::{Deed, fields};
use crate::record::{Kind, Patient, Record, Value};
use crate::scene::{appointment, instant, length, practitioner};

const KAREN: Id<Patient> = Id::new(Uuid::from_u128(201));
const BENT: Id<Patient> = Id::new(Uuid::from_u128(202));

/// «JH 09:00 45 Karen» on one day; without a patient it is a block.
fn at(words: &str) -> Appointment {
    let mut words = words.split(' ');
    let mut word = || words.next().expect("initials, a time and minutes");
    let (initials, time, minutes) = (word(), word(), word());
    let patient = words.next().map(|name| if name == "Karen" { KAREN } else { BENT });
    appointment(initials, &format!("2026-11-24 {time}"), minutes.parse().expect("minutes"), patient)
}

fn entry(number: u128, value: Appointment) -> Entry<Appointment> {
    Entry { id: Id::new(Uuid::from_u128(number)), value }
}

fn marked(overlap: Overlap, value: Appointment) -> Appointment {
    Appointment { overlap, ..value }
}

/// The book after the writes; each must be one that the file takes.
fn apply(book: &[Entry<Appointment>], writes: &[Write]) -> Vec<Entry<Appointment>> {
    let mut book: BTreeMap<_, _> = book.iter().map(|entry| (entry.id, entry.value.clone())).collect();
    for write in writes {
        assert_eq!(write.kind, Kind::Appointment);
        let id = Id::new(write.id);
        match &write.deed {
            Deed::Delete => drop(book.remove(&id).expect("it is there")),
            Deed::Create(new) => assert!(book.insert(id, from_fields(write.id, new.clone())).is_none()),
            Deed::Set(edited) => {
                let present = book.get_mut(&id).expect("it is there");
                let mut merged = fields(&*present);
                merged.extend(edited.clone());
                *present = from_fields(write.id, merged);
            }
        }
        // As the file looks at what is written: a new note moves nobody, a new mark does.
        let moves = match &write.deed {
            Deed::Set(edited) => edited.keys().any(|field| field != "note"),
            Deed::Create(_) | Deed::Delete => true,
        };
        if let Some(written) = book.get(&id).filter(|_| moves) {
            let refused = is_live(written)
                && written.overlap == Overlap::None
                && book.iter().any(|(other, value)| *other != id && shared(written, value).is_some());
            assert!(!refused, "the file would refuse {written:?}");
        }
    }
    book.into_iter().map(|(id, value)| Entry { id, value }).collect()
}

fn from_fields(id: Uuid, fields: serde_json::Map<String, serde_json::Value>) -> Appointment {
    match Record::from_fields(Kind::Appointment, id, fields).expect("an appointment").value {
        Value::Appointment(value) => value,
        other => panic!("{other:?}"),
    }
}

fn overlap_of(book: &[Entry<Appointment>], number: u128) -> Overlap {
    let id = Id::new(Uuid::from_u128(number));
    book.iter().find(|entry| entry.id == id).expect("it is there").value.overlap
}

#[track_caller]
fn check_shared(one: &str, other: &str, expected: Option<Shared>) {
    let (one, other) = (at(one), at(other));
    assert_eq!((shared(&one, &other), shared(&other, &one)), (expected, expected));
}

#[test]
fn whose_time_two_appointments_both_take() {
    use Shared::{Both, Patient, Practitioner};
    check_shared("JH 09:00 30 Karen", "JH 09:30 30 Karen", None);
    check_shared("JH 09:00 31 Karen", "JH 09:30 30 Bent", Some(Practitioner));
    check_shared("JH 09:00 30 Karen", "JH 09:29 30 Bent", Some(Practitioner));
    check_shared("JH 09:00 120 Karen", "JH 09:30 30", Some(Practitioner));
    check_shared("JH 09:00 30", "JH 09:00 30", Some(Practitioner));
    check_shared("JH 09:00 30 Karen", "MK 09:15 30 Karen", Some(Patient));
    check_shared("JH 09:00 30 Karen", "JH 09:15 30 Karen", Some(Both));
    check_shared("JH 09:00 30 Karen", "MK 09:15 30 Bent", None);
    // Two blocks have no patient in common.
    check_shared("JH 09:00 30", "MK 09:00 30", None);
    check_shared("JH 09:00 480", "JH 16:59 5", Some(Practitioner));
    check_shared("JH 09:00 480", "JH 17:00 5", None);
}

#[test]
fn a_cancelled_one_takes_nobodys_time() {
    let cancelled = Appointment { status: Status::Cancelled, ..at("JH 09:00 30 Karen") };
    assert_eq!(shared(&cancelled, &at("JH 09:00 30 Karen")), None);
    assert_eq!(shared(&at("JH 09:00 30 Karen"), &cancelled), None);
}

/// One is put where others stand, or moved: what it asks, and how all are marked afterwards, by number.
#[track_caller]
fn check(book: &[Entry<Appointment>], step: Step, asks: &[u128], expected: &[(u128, Overlap)]) -> Vec<Write> {
    let plan = plan(&[step], book);
    let on: Vec<u128> = plan.on_top.iter().map(|on_top| on_top.on.id.uuid().as_u128()).collect();
    assert_eq!(on, asks, "what it is put on");
    let after = apply(book, &plan.writes);
    for (number, overlap) in expected {
        assert_eq!(overlap_of(&after, *number), *overlap, "number {number}");
    }
    plan.writes
}

#[test]
fn a_new_one_asks_and_both_are_marked() {
    use Overlap::{Deliberate, None};
    let book = [entry(1, at("JH 09:00 45 Karen")), entry(2, at("JH 10:00 30 Bent"))];
    let create = |words| Step::create(entry(9, at(words)));
    let _ = check(&book, create("JH 09:45 15"), &[], &[(1, None), (2, None), (9, None)]);
    let _ = check(&book, create("JH 09:30 30"), &[1], &[(1, Deliberate), (2, None), (9, Deliberate)]);
    let _ = check(&book, create("JH 09:30 45"), &[1, 2], &[(1, Deliberate), (2, Deliberate), (9, Deliberate)]);
    let _ = check(&book, create("MK 09:30 15 Karen"), &[1], &[(1, Deliberate), (9, Deliberate)]);
}

#[test]
fn the_marks_go_when_the_overlap_does() {
    use Overlap::{Deliberate, None};
    let on_top = || entry(9, marked(Deliberate, at("JH 09:30 30")));
    let book = [entry(1, marked(Deliberate, at("JH 09:00 45 Karen"))), on_top()];
    let edit = |words| Step::edit(on_top(), at(words));
    let _ = check(&book, edit("JH 10:00 30"), &[], &[(1, None), (9, None)]);
    let _ = check(&book, edit("MK 09:30 30"), &[], &[(1, None), (9, None)]);
    let _ = check(&book, Step::delete(on_top()), &[], &[(1, None)]);
    let _ = check(&book, Step::cancel(on_top()), &[], &[(1, None)]);
    // Still on it: nobody is asked twice.
    let _ = check(&book, edit("JH 09:30 15"), &[], &[(1, Deliberate), (9, Deliberate)]);
    let _ = check(&book, edit("JH 09:15 30"), &[], &[(1, Deliberate), (9, Deliberate)]);
    // Whoever stands on a third keeps the mark.
    let third = entry(3, marked(Deliberate, at("JH 09:00 10 Bent")));
    let book = [book[0].clone(), on_top(), third];
    let _ = check(&book, edit("JH 10:00 30"), &[], &[(1, Deliberate), (3, Deliberate), (9, None)]);
    // From one to another.
    let book = [book[0].clone(), on_top(), entry(4, at("JH 11:00 30"))];
    let _ = check(&book, edit("JH 11:00 30"), &[4], &[(1, None), (4, Deliberate), (9, Deliberate)]);
}

#[test]
fn longer_onto_something_asks_and_a_note_does_not() {
    use Overlap::{Deliberate, None};
    let (one, other) = (entry(1, at("JH 09:00 30 Karen")), entry(2, at("JH 09:30 30 Bent")));
    let book = [one.clone(), other];
    let longer = Step::edit(one.clone(), at("JH 09:00 35 Karen"));
    let _ = check(&book, longer, &[2], &[(1, Deliberate), (2, Deliberate)]);
    let note = crate::bounded::Detail::new("Ring først").expect("a note");
    // One that another was put on without its mark, as older files have it.
    let book = [one.clone(), entry(2, marked(Deliberate, at("JH 09:15 30 Bent")))];
    let noted = Step::edit(one.clone(), Appointment { note, ..one.value.clone() });
    let writes = check(&book, noted, &[], &[(1, None), (2, Deliberate)]);
    assert_eq!(writes.len(), 1);
    let shorter = Step::edit(one, at("JH 09:00 20 Karen"));
    let _ = check(&book, shorter, &[], &[(1, Deliberate), (2, Deliberate)]);
}

#[test]
fn a_clash_stands_until_it_is_moved_or_kept() {
    use Overlap::{Clash, Deliberate, None};
    let online = entry(1, at("JH 09:00 45 Karen"));
    let clash = entry(2, marked(Clash, at("JH 09:30 30 Bent")));
    let book = [online.clone(), clash.clone()];
    let _ = check(&book, Step::edit(clash.clone(), at("JH 09:45 30 Bent")), &[], &[(1, None), (2, None)]);
    let _ = check(&book, Step::edit(clash.clone(), at("JH 09:30 45 Bent")), &[], &[(1, None), (2, Clash)]);
    let _ = check(&book, Step::edit(online.clone(), at("JH 09:00 30 Karen")), &[], &[(1, None), (2, None)]);
    let _ = check(&book, Step::cancel(online), &[], &[(2, None)]);
    let after = apply(&book, &keep_both(&clash, &book));
    assert_eq!((overlap_of(&after, 1), overlap_of(&after, 2)), (None, Deliberate));
    // Two that clash with each other only are decided at once.
    let other = entry(1, marked(Clash, at("JH 09:00 45 Karen")));
    let two = [other, clash.clone()];
    let after = apply(&two, &keep_both(&clash, &two));
    assert_eq!((overlap_of(&after, 1), overlap_of(&after, 2)), (Deliberate, Deliberate));
    // One that clashes with a third as well is not.
    let second = entry(3, marked(Clash, at("JH 09:50 60")));
    let book = [book[0].clone(), clash.clone(), second.clone(), entry(4, at("JH 10:30 30"))];
    let after = apply(&book, &keep_both(&clash, &book));
    assert_eq!(overlap_of(&after, 3), Clash);
    let after = apply(&after, &keep_both(&second, &after));
    assert_eq!([1, 2, 3, 4].map(|number| overlap_of(&after, number)), [None, Deliberate, Deliberate, None]);
}

#[test]
fn moving_by_nothing_writes_nothing() {
    let one = entry(1, at("JH 09:00 30 Karen"));
    let book = [one.clone(), entry(2, marked(Overlap::Deliberate, at("JH 09:15 30 Bent")))];
    assert_eq!(plan(&[Step::edit(one.clone(), one.value)], &book), Plan::default());
}

// ---------------------------------------------------------------------------- laws

prop_compose! {
    fn any_appointment()(
        whom in 0..3usize,
        quarter in 0..24i64,
        quarters in 1..=12u16,
        patient in 0..4usize,
    ) -> Appointment {
        let initials = ["JH", "MK", "SA"][whom];
        let patient = [None, Some(KAREN), Some(BENT), None][patient];
        let value = appointment(initials, "2026-11-24 08:00", 5, patient);
        let start = instant("2026-11-24 08:00") + chrono::TimeDelta::minutes(15 * quarter);
        Appointment { start, minutes: length(15 * quarters), practitioner: practitioner(initials), ..value }
    }
}

/// What a person does in the book, to the one of a number.
#[derive(Clone, Debug)]
enum Does {
    Puts(Appointment),
    Moves(usize, Appointment),
    Cancels(usize),
    Deletes(usize),
}

fn any_deed() -> impl Strategy<Value = Does> {
    prop_oneof![
        4 => any_appointment().prop_map(Does::Puts),
        4 => (0..20usize, any_appointment()).prop_map(|(which, to)| Does::Moves(which, to)),
        1 => (0..20usize).prop_map(Does::Cancels),
        1 => (0..20usize).prop_map(Does::Deletes),
    ]
}

fn step(book: &[Entry<Appointment>], does: Does, number: u128) -> Option<Step> {
    let one = |which: usize| book.get(which % book.len().max(1)).cloned();
    Some(match does {
        Does::Puts(value) => Step::create(entry(number, value)),
        Does::Moves(which, to) => {
            let one = one(which)?;
            let overlap = one.value.overlap;
            Step::edit(one.clone(), Appointment { overlap, status: one.value.status, ..to })
        }
        Does::Cancels(which) => Step::cancel(one(which)?),
        Does::Deletes(which) => Step::delete(one(which)?),
    })
}

proptest! {
    #[test]
    fn sharing_time_is_mutual(one in any_appointment(), other in any_appointment()) {
        prop_assert_eq!(shared(&one, &other), shared(&other, &one));
        let touching = Appointment { start: one.end(), ..other };
        prop_assert_eq!(shared(&one, &touching), None);
    }

    #[test]
    fn whatever_is_saved_exactly_those_are_marked_that_overlap(deeds in prop::collection::vec(any_deed(), 1..16)) {
        let mut book: Vec<Entry<Appointment>> = Vec::new();
        for (does, number) in deeds.into_iter().zip(1..) {
            let Some(step) = step(&book, does, number) else { continue };
            let nothing = step.before == step.after;
            let plan = plan(&[step], &book);
            prop_assert!(!nothing || plan == Plan::default());
            book = apply(&book, &plan.writes);
            for one in book.iter().filter(|entry| is_live(&entry.value)) {
                let overlaps = book.iter().any(|it| it.id != one.id && shared(&it.value, &one.value).is_some());
                let expected = if overlaps { Overlap::Deliberate } else { Overlap::None };
                prop_assert_eq!(one.value.overlap, expected, "{:?} in {:?}", one, book);
            }
        }
    }

    #[test]
    fn only_what_is_new_to_stand_on_is_asked_about(
        book in prop::collection::vec(any_appointment(), 0..6),
        before in any_appointment(),
        after in any_appointment(),
    ) {
        let book: Vec<_> = book.into_iter().zip(10..).map(|(value, number)| entry(number, value)).collect();
        let moved = plan(&[Step::edit(entry(1, before.clone()), after.clone())], &book);
        let new = book.iter().filter(|it| {
            shared(&after, &it.value).is_some() && shared(&before, &it.value).is_none() && before != after
        });
        let expected: Vec<_> = new.map(|it| it.id).collect();
        let asked: Vec<_> = moved.on_top.iter().map(|on_top| on_top.on.id).collect();
        prop_assert_eq!(asked, expected);
    }
}
