//! What comes from the server goes under what was saved here.

use aftalebog_booking::bounded::Detail;
use aftalebog_booking::record::{Appointment, OnlineType, Origin, Overlap, Patient, Status};
use serde_json::json;

use super::sample::line;
use super::*;
use crate::sync::NoticeKind;

fn patient(clinic: &Clinic) -> Patient {
    wait(clinic.store.visit(clinic.sample.patient.id)).unwrap().unwrap().patient.value
}

fn edit_patient(clinic: &Clinic, edit: impl FnOnce(&mut Patient)) -> Write {
    let before = Entry { id: clinic.sample.patient.id, value: patient(clinic) };
    let mut after = before.value.clone();
    edit(&mut after);
    Write::edit(&before, &after).unwrap()
}

fn phone(phone: &str) -> Option<Detail> {
    Some(line(phone))
}

fn appointment(clinic: &Clinic, id: Id<Appointment>) -> Appointment {
    wait(clinic.store.appointment(id)).unwrap().unwrap().entry.value
}

/// A block at a time of its own.
fn block(clinic: &Clinic, start: &str) -> Entry<Appointment> {
    Entry::new(Appointment { start: start.parse().unwrap(), ..clinic.sample.block.value.clone() })
}

#[test]
fn what_others_saved_arrives_and_stands_in_the_history_but_is_not_taken_back_here() {
    let mut paired = Paired::new();
    let id = paired.clinic.sample.patient.id.uuid();
    let own = paired.clinic.save(vec![edit_patient(&paired.clinic, |it| it.phone = phone("1"))]).unwrap();
    let others =
        paired.others(vec![feed_set(Kind::Patient, id, json!({"email": "x@eksempel.dk", "of a newer server": 1}))]);
    let arrived = paired.apply(vec![others.clone()]);
    assert_eq!((arrived.changes, arrived.notices.len()), (1, 0));
    let now_is = patient(&paired.clinic);
    assert_eq!((now_is.phone, now_is.email), (phone("1"), phone("x@eksempel.dk")));
    let history = wait(paired.store().history(9)).unwrap();
    assert_eq!((history[0].id, history[0].made_by.as_str()), (others.id, "Reception 2"));
    assert_eq!(wait(paired.store().last_change()).unwrap().map(|change| change.id), Some(own));
    assert!(matches!(paired.clinic.undo(others.id), Err(SaveError::NotUndoable { .. })));
    // The same page again, and one of before.
    assert_eq!(paired.apply(vec![others]), Arrived::default());
    assert_eq!(wait(paired.store().history(9)).unwrap().len(), 2);
    assert_eq!(wait(paired.store().link()).unwrap().unwrap().position.revision, 11);
}

#[test]
fn what_was_saved_here_stays_on_top_until_the_server_has_said_which_was_first() {
    let mut paired = Paired::new();
    let id = paired.clinic.sample.patient.id.uuid();
    let own = paired.clinic.save(vec![edit_patient(&paired.clinic, |it| it.phone = phone("1"))]).unwrap();
    let others = paired.others(vec![feed_set(Kind::Patient, id, json!({"phone": "2"}))]);
    let _arrived = paired.apply(vec![others]);
    assert_eq!(patient(&paired.clinic).phone, phone("1"));
    // Whoever writes on top of it has not seen what lies under it.
    let more = paired.clinic.save(vec![edit_patient(&paired.clinic, |it| it.phone = phone("3"))]).unwrap();
    let bases = |paired: &Paired| paired.next().writes[0].base;
    assert_eq!(bases(&paired), Some(10));
    wait(paired.store().set_aside(own, super::outbox::refused("conflict"))).unwrap();
    assert_eq!(paired.next().id, more);
    assert_eq!(bases(&paired), Some(10));
    wait(paired.store().set_aside(more, super::outbox::refused("conflict"))).unwrap();
    assert_eq!(patient(&paired.clinic).phone, phone("2"));
    assert_eq!(wait(paired.store().outbox()).unwrap().conflicts, 2);
    let seen = paired.clinic.save(vec![edit_patient(&paired.clinic, |it| it.phone = phone("4"))]).unwrap();
    assert_eq!((paired.next().id, bases(&paired)), (seen, Some(11)));
}

#[test]
fn a_change_comes_back_as_the_server_carried_it_out_and_is_taken_back_as_such() {
    let mut paired = Paired::new();
    let block = block(&paired.clinic, "2026-12-01T08:00:00Z");
    let own = paired.clinic.save(vec![Write::create(&block)]).unwrap();
    let mut back = paired.come_back(paired.next());
    wait(paired.store().acknowledged(own, back.revision, now())).unwrap();
    assert_eq!(paired.states(), [State::Sent]);
    if let WireDeed::Set(fields) = &mut back.writes[0].deed {
        let _none = fields.insert("overlap".to_owned(), json!("clash"));
    }
    let _arrived = paired.apply(vec![back]);
    assert_eq!(appointment(&paired.clinic, block.id).overlap, Overlap::Clash);
    paired.clinic.undo(own).unwrap();
    assert_eq!(paired.clinic.snapshot(), paired.clinic.sample.snapshot());
    let undo = paired.next();
    assert_eq!((undo.writes[0].base, undo.writes[0].deed.clone()), (Some(11), WireDeed::Delete));
}

#[test]
fn what_comes_back_as_it_was_sent_only_becomes_known() {
    let mut paired = Paired::new();
    for number in ["1", "2", "3"] {
        let _id = paired.clinic.save(vec![edit_patient(&paired.clinic, |it| it.phone = phone(number))]).unwrap();
    }
    // The answer to the first is lost: it comes back while it still waits.
    let first = paired.next();
    let first = paired.come_back(first);
    let arrived = paired.apply(vec![first]);
    assert_eq!((arrived, paired.states()), (Arrived::default(), vec![State::Known, State::Waiting, State::Waiting]));
    assert_eq!(patient(&paired.clinic).phone, phone("3"));
    // The same with something of another PC in between.
    let second = paired.next();
    let second = paired.come_back(second);
    let id = paired.clinic.sample.patient.id.uuid();
    let others = paired.others(vec![feed_set(Kind::Patient, id, json!({"email": null}))]);
    let arrived = paired.apply(vec![second, others]);
    assert_eq!(arrived.changes, 1);
    assert_eq!(paired.states(), [State::Known, State::Known, State::Waiting, State::Known]);
    assert_eq!((patient(&paired.clinic).phone, patient(&paired.clinic).email), (phone("3"), None));
}

#[test]
fn an_appointment_made_here_where_somebody_has_come_first_is_a_clash_and_sent_as_it_was_made() {
    let mut paired = Paired::new();
    let [ours, mut theirs] = [(); 2].map(|()| block(&paired.clinic, "2026-12-01T08:00:00Z"));
    theirs.value.origin = Origin::Online;
    let later = block(&paired.clinic, "2026-12-01T12:00:00Z");
    let _own = paired.clinic.save(vec![Write::create(&ours), Write::create(&later)]).unwrap();
    let before = paired.next();
    let moved = Appointment { start: "2026-12-01T15:00:00Z".parse().unwrap(), ..theirs.value.clone() };
    let booked = paired.fed(Uuid::new_v4(), Author::Patient, None, vec![feed_new(&theirs)]);
    let arrived = paired.apply(vec![booked]);
    assert_eq!(arrived.notices.iter().map(|it| it.kind).collect::<Vec<_>>(), [NoticeKind::Booked]);
    let overlaps =
        |paired: &Paired| [&ours, &theirs, &later].map(|block| appointment(&paired.clinic, block.id).overlap);
    assert_eq!(overlaps(&paired), [Overlap::Clash, Overlap::None, Overlap::None]);
    assert_eq!(paired.next(), before, "what is sent does not change");
    // Moving theirs away here, and taking that back, holds under the clash as well.
    let away = paired.clinic.save(vec![Write::edit(&theirs, &moved).unwrap()]).unwrap();
    let cancelled = json!({"status": "cancelled"});
    let id = theirs.id.uuid();
    let cancelled = paired.fed(Uuid::new_v4(), Author::Patient, None, vec![feed_set(Kind::Appointment, id, cancelled)]);
    let arrived = paired.apply(vec![cancelled]);
    assert_eq!(arrived.notices.iter().map(|it| it.kind).collect::<Vec<_>>(), [NoticeKind::Cancelled]);
    assert_eq!(overlaps(&paired), [Overlap::None; 3]);
    let stands = |paired: &Paired| {
        let now = appointment(&paired.clinic, theirs.id);
        (now.status, now.start)
    };
    assert_eq!(stands(&paired), (Status::Booked, moved.start), "until the server has said that they cross");
    paired.clinic.undo(away).unwrap();
    assert_eq!(stands(&paired), (Status::Cancelled, theirs.value.start), "what is taken back undoes no cancellation");
    let unseen = wait(paired.store().unseen()).unwrap();
    assert_eq!(
        unseen.iter().map(|it| (it.appointment, it.what)).collect::<Vec<_>>(),
        [(theirs.id, NoticeKind::Cancelled)]
    );
    wait(paired.store().seen(vec![theirs.id])).unwrap();
    assert_eq!(wait(paired.store().unseen()).unwrap(), []);
}

#[test]
fn what_cannot_stand_on_what_has_come_is_left_out_until_the_server_has_answered() {
    let mut paired = Paired::new();
    let sample = paired.clinic.sample.clone();
    let own = paired.clinic.save(vec![edit_patient(&paired.clinic, |it| it.phone = phone("1"))]).unwrap();
    let gone = paired.others(vec![
        feed_delete(Kind::Appointment, sample.appointment.id.uuid()),
        feed_delete(Kind::Need, sample.need.id.uuid()),
        feed_delete(Kind::Patient, sample.patient.id.uuid()),
    ]);
    let _arrived = paired.apply(vec![gone]);
    assert_eq!(wait(paired.store().visit(sample.patient.id)).unwrap(), None);
    assert_eq!((paired.next().id, wait(paired.store().last_change()).unwrap()), (own, None));
    // It was sent before the other deleted them, as the feed tells: nothing was lost of it either.
    wait(paired.store().acknowledged(own, 12, now())).unwrap();
    paired.revision = 12;
    let _arrived = paired.apply(vec![]);
    assert_eq!(paired.states()[0], State::Sent);
}

#[test]
fn a_page_that_does_not_go_on_from_here_changes_nothing_and_a_snapshot_mends_it() {
    let mut paired = Paired::new();
    let own = paired.clinic.save(vec![edit_patient(&paired.clinic, |it| it.phone = phone("1"))]).unwrap();
    let before = paired.clinic.snapshot();
    let stranger = paired.others(vec![feed_set(Kind::Patient, Uuid::new_v4(), json!({"phone": "2"}))]);
    let page = paired.page(vec![stranger]);
    assert!(matches!(wait(paired.store().apply_page(page.clone(), now())), Err(SaveError::OutOfStep { .. })));
    let another = FeedPage { position: Position { epoch: Uuid::nil(), revision: 11 }, changes: vec![], ..page };
    assert!(matches!(wait(paired.store().apply_page(another, now())), Err(SaveError::OutOfStep { .. })));
    assert_eq!((paired.clinic.snapshot(), paired.states()), (before, vec![State::Waiting]));
    let mut records = paired.clinic.sample.snapshot().records;
    records.retain(|record| record.id != paired.clinic.sample.closure.id.uuid());
    let arrived = wait(paired.store().apply_snapshot(server_snapshot(&records, 20, 0), now())).unwrap();
    assert_eq!(arrived.changes, 1);
    assert_eq!(patient(&paired.clinic).phone, phone("1"));
    assert_eq!(paired.clinic.snapshot().records.len(), records.len());
    assert_eq!(wait(paired.store().link()).unwrap().unwrap().position.revision, 20);
    assert_eq!((paired.next().id, paired.next().writes[0].base), (own, Some(10)));
}

#[test]
fn what_a_restored_server_has_forgotten_is_sent_again() {
    let mut paired = Paired::new();
    let new = Entry::new(Patient { number: line("7"), ..paired.clinic.sample.patient.value.clone() });
    let first = paired.clinic.save(vec![edit_patient(&paired.clinic, |it| it.phone = phone("1"))]).unwrap();
    let second = paired.clinic.save(vec![Write::create(&new)]).unwrap();
    for id in [first, second] {
        let back = paired.come_back(paired.next());
        wait(paired.store().acknowledged(id, back.revision, now())).unwrap();
        let _arrived = paired.apply(vec![back]);
    }
    assert_eq!(paired.states(), [State::Known, State::Known]);
    let before = paired.clinic.snapshot();
    // Its backup has the first and not the second.
    let mut records = paired.clinic.sample.snapshot().records;
    for record in records.iter_mut().filter(|record| record.id == paired.clinic.sample.patient.id.uuid()) {
        record.value = aftalebog_booking::Value::Patient(patient(&paired.clinic));
    }
    let mut restored = server_snapshot(&records, 11, 1);
    restored.position = Position { epoch: Uuid::from_u128(0xE2), revision: 1 << 32 };
    let _arrived = wait(paired.store().apply_snapshot(restored, now())).unwrap();
    assert_eq!(paired.states(), [State::Known, State::Waiting]);
    assert_eq!(paired.clinic.snapshot(), before);
    let sent = paired.next();
    assert_eq!((sent.id, sent.sequence, sent.writes[0].base), (second, 2, None));
}

#[test]
fn a_file_restored_from_an_old_copy_does_not_write_over_what_it_has_forgotten() {
    let paired = Paired::new();
    let sample = paired.clinic.sample.clone();
    let own = paired.clinic.save(vec![edit_patient(&paired.clinic, |it| it.phone = phone("now"))]).unwrap();
    let other =
        paired.clinic.save(vec![edit_patient(&paired.clinic, |it| it.email = phone("now@eksempel.dk"))]).unwrap();
    assert_eq!(paired.next().sequence, 1);
    wait(paired.store().rewound(7)).unwrap();
    let mut records = sample.snapshot().records;
    for record in records.iter_mut().filter(|record| record.id == sample.patient.id.uuid()) {
        record.value =
            aftalebog_booking::Value::Patient(Patient { phone: phone("then"), ..sample.patient.value.clone() });
    }
    let _arrived = wait(paired.store().apply_snapshot(server_snapshot(&records, 20, 7), now())).unwrap();
    let aside = wait(paired.store().set_aside_changes()).unwrap();
    assert_eq!((aside.len(), aside[0].change.id, aside[0].state), (1, own, State::Conflict));
    let field = &aside[0].problem.conflicts[0].fields[0];
    assert_eq!((field.field.as_str(), &field.present), ("phone", &json!("then")));
    assert_eq!(patient(&paired.clinic).phone, phone("then"));
    assert_eq!((paired.next().id, paired.next().sequence), (other, 8));
    // The same by the feed.
    let mut paired = Paired::new();
    let own = paired.clinic.save(vec![edit_patient(&paired.clinic, |it| it.phone = phone("now"))]).unwrap();
    let write = feed_set(Kind::Patient, sample.patient.id.uuid(), json!({"phone": "then"}));
    let forgotten = paired.fed(Uuid::new_v4(), Author::Clinic, Some(DEVICE), vec![write]);
    let _arrived = paired.apply(vec![forgotten]);
    let aside = wait(paired.store().set_aside_changes()).unwrap();
    assert_eq!((aside.len(), aside[0].change.id), (1, own));
}

/// After a long absence, or when the server was restored.
#[test]
fn what_patients_did_is_told_also_when_everything_comes_at_once() {
    let paired = Paired::new();
    let sample = paired.clinic.sample.clone();
    let booked = |start: &str| Appointment {
        start: start.parse().unwrap(),
        origin: Origin::Online,
        ..block(&paired.clinic, start).value
    };
    let there = ["2026-12-01T08:00:00Z", "2026-12-01T09:00:00Z"].map(|start| Entry::new(booked(start)));
    let mut records = sample.snapshot().records;
    let record = |entry: &Entry<Appointment>| aftalebog_booking::Record {
        id: entry.id.uuid(),
        value: aftalebog_booking::Value::Appointment(entry.value.clone()),
    };
    records.extend(there.iter().map(record));
    let at = |records: &[aftalebog_booking::Record], revision| server_snapshot(records, revision, 0);
    let arrived = wait(paired.store().apply_snapshot(at(&records, 20), now())).unwrap();
    assert_eq!(arrived.notices, [], "the clinic's own");
    // One was moved and one cancelled, one is new, and somebody has created themself; and the clinic moved one.
    let new = Entry::new(booked("2026-12-02T08:00:00Z"));
    let moved = Entry { id: there[0].id, value: booked("2026-12-03T08:00:00Z") };
    let cancelled =
        Entry { id: there[1].id, value: Appointment { status: Status::Cancelled, ..there[1].value.clone() } };
    let themself = Entry::new(Patient { number: line("77"), ..sample.patient.value.clone() });
    records.truncate(records.len() - 2);
    let by_clinic = records.iter().position(|it| it.id == sample.block.id.uuid()).unwrap();
    records[by_clinic] =
        record(&Entry { id: sample.block.id, value: block(&paired.clinic, "2026-12-04T08:00:00Z").value });
    let mut snapshot = at(&records, 30);
    let of_patients = [new.clone(), moved.clone(), cancelled.clone()].map(|entry| record(&entry));
    let themself =
        aftalebog_booking::Record { id: themself.id.uuid(), value: aftalebog_booking::Value::Patient(themself.value) };
    let mut theirs =
        at(&[themself.clone(), of_patients[0].clone(), of_patients[1].clone(), of_patients[2].clone()], 30);
    theirs.records.iter_mut().for_each(|came| came.author = Author::Patient);
    snapshot.records.append(&mut theirs.records);
    let arrived = wait(paired.store().apply_snapshot(snapshot.clone(), now())).unwrap();
    let mut told: Vec<_> =
        arrived.notices.iter().map(|it| (it.kind, it.appointment.or(None).map(|id| id.uuid()))).collect();
    told.sort_by_key(|(kind, _)| format!("{kind:?}"));
    assert_eq!(
        told,
        [
            (NoticeKind::Booked, Some(new.id.uuid())),
            (NoticeKind::Cancelled, Some(cancelled.id.uuid())),
            (NoticeKind::Moved, Some(moved.id.uuid())),
            (NoticeKind::SelfRegistered, None),
        ]
    );
    let unseen = wait(paired.store().unseen()).unwrap();
    assert_eq!(unseen.len(), 3);
    assert_eq!(
        appointment(&paired.clinic, sample.block.id).start,
        "2026-12-04T08:00:00Z".parse::<DateTime<Utc>>().unwrap()
    );
    // Once.
    assert_eq!(wait(paired.store().apply_snapshot(snapshot, now())).unwrap().notices, []);
}

/// What is unique has changed places, so that no record can be written before another: all are written anew.
#[test]
fn what_patients_did_is_told_also_when_every_record_is_written_anew() {
    let paired = Paired::new();
    let mut records = paired.clinic.sample.snapshot().records;
    let record = |id, value| aftalebog_booking::Record { id, value };
    let online = paired.clinic.sample.online.value.clone();
    let [first, second] = [paired.clinic.sample.check_up.id, paired.clinic.sample.cleaning.id];
    assert_eq!(online.appointment_type, first);
    let other = Entry::new(OnlineType { appointment_type: second, ..online.clone() });
    records.push(record(other.id.uuid(), aftalebog_booking::Value::OnlineType(other.value)));
    let _arrived = wait(paired.store().apply_snapshot(server_snapshot(&records, 20, 0), now())).unwrap();
    // Neither can take its new type while the other one has it.
    for it in &mut records {
        if let aftalebog_booking::Value::OnlineType(online) = &mut it.value {
            online.appointment_type = if online.appointment_type == first { second } else { first };
        }
    }
    let mut booked = block(&paired.clinic, "2026-12-02T08:00:00Z");
    booked.value.origin = Origin::Online;
    records.push(record(booked.id.uuid(), aftalebog_booking::Value::Appointment(booked.value)));
    let mut snapshot = server_snapshot(&records, 30, 0);
    snapshot.records.last_mut().unwrap().author = Author::Patient;
    let arrived = wait(paired.store().apply_snapshot(snapshot.clone(), now())).unwrap();
    let told: Vec<_> = arrived.notices.iter().map(|it| (it.kind, it.appointment)).collect();
    assert_eq!(told, [(NoticeKind::Booked, Some(booked.id))]);
    assert_eq!(wait(paired.store().unseen()).unwrap().len(), 1);
    let setup = wait(paired.store().setup()).unwrap();
    let of_other = setup.online_types.iter().find(|entry| entry.id == other.id).unwrap();
    assert_eq!(of_other.value.appointment_type, first);
    assert_eq!(wait(paired.store().apply_snapshot(snapshot, now())).unwrap().notices, [], "once");
}

#[test]
fn the_references_that_are_asked_are_those_of_the_schema() {
    let clinic = Clinic::new();
    let sql = "select m.name as \"table\", f.\"from\" as \"column\", f.\"table\" as named
        from sqlite_schema as m join pragma_foreign_key_list(m.name) as f
        where m.type = 'table' and f.on_delete <> 'CASCADE' and f.\"table\" <> 'change'";
    let read = move |connection: &mut Connection| {
        let mut statement = connection.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?])).unwrap();
        rows.map(Result::unwrap).collect::<Vec<[String; 3]>>()
    };
    let mut schema = wait(clinic.store.owner.ask(read)).ok().unwrap();
    let mut asked: Vec<_> = super::super::reference::REFERENCES
        .iter()
        .map(|(_, table, _, column, named)| [(*table).to_owned(), (*column).to_owned(), named.name().to_owned()])
        .collect();
    schema.sort();
    asked.sort();
    assert_eq!(asked, schema);
}
