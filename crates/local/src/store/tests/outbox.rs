//! What waits for the server, what is sent, and what the server answers.

use aftalebog_booking::record::Patient;
use aftalebog_booking::wire::{Problem, Titles};
use serde_json::json;

use super::sample::line;
use super::*;

fn set_phone(clinic: &Clinic, phone: &str) -> Write {
    let before = Entry { id: clinic.sample.patient.id, value: patient(clinic) };
    Write::edit(&before, &Patient { phone: Some(line(phone)), ..before.value.clone() }).unwrap()
}

fn patient(clinic: &Clinic) -> Patient {
    let visit = wait(clinic.store.visit(clinic.sample.patient.id)).unwrap().unwrap();
    visit.patient.value
}

pub fn refused(code: &str) -> Problem {
    serde_json::from_value(json!({
        "type": format!("{}{code}", Problem::PREFIX), "title": "", "titles": Titles { da: String::new(), en: String::new() },
        "status": 422,
    }))
    .unwrap()
}

#[test]
fn before_a_pc_is_paired_nothing_waits_and_afterwards_every_save_does() {
    let clinic = Clinic::new();
    let waiting = |clinic: &Clinic| wait(clinic.store.waiting_changes()).unwrap();
    let _id = clinic.save(vec![set_phone(&clinic, "1")]).unwrap();
    assert_eq!((waiting(&clinic), wait(clinic.store.next_to_send()).unwrap()), (0, None));
    assert_eq!(wait(clinic.store.link()).unwrap(), None);
    wait(clinic.store.begin_link(new_link(0), FirstSync::Give, now())).unwrap();
    let given = waiting(&clinic);
    assert_eq!(given, 1, "its records, in one part");
    let _id = clinic.save(vec![set_phone(&clinic, "2")]).unwrap();
    assert_eq!(waiting(&clinic), given + 1);
    wait(clinic.store.unlink()).unwrap();
    let _id = clinic.save(vec![set_phone(&clinic, "3")]).unwrap();
    assert_eq!(waiting(&clinic), given + 2, "they wait for the next pairing");
    assert_eq!((wait(clinic.store.next_to_send()).unwrap(), wait(clinic.store.link()).unwrap()), (None, None));
    let _copy = wait(clinic.store.replace(clinic.sample.snapshot(), WhenPaired::Refuse, now())).unwrap();
    let _id = clinic.save(vec![set_phone(&clinic, "4")]).unwrap();
    assert_eq!(waiting(&clinic), 0, "other records begin anew");
}

/// Whatever has become of it the first time: the clinic at the server has none of it.
#[test]
fn a_pc_gives_its_records_again_as_often_as_it_is_paired_with_an_empty_clinic() {
    let clinic = Clinic::new();
    let give = || wait(clinic.store.begin_link(new_link(0), FirstSync::Give, now())).unwrap();
    let next = || wait(clinic.store.next_to_send()).unwrap().unwrap();
    let given = || {
        assert_eq!(wait(clinic.store.waiting_changes()).unwrap(), 1);
        let mut given: Vec<_> = next().writes.into_iter().map(|write| write.id).collect();
        let mut records: Vec<_> = clinic.snapshot().records.into_iter().map(|record| record.id).collect();
        given.sort();
        records.sort();
        assert_eq!(given, records);
    };
    for arrives in [false, false, true, false] {
        give();
        given();
        if arrives {
            wait(clinic.store.acknowledged(next().id, 1, now())).unwrap();
        }
        wait(clinic.store.unlink()).unwrap();
    }
    let saved = clinic.save(vec![set_phone(&clinic, "1")]).unwrap();
    give();
    given();
    assert_eq!(wait(clinic.store.last_change()).unwrap().map(|change| change.id), Some(saved));
}

#[test]
fn what_a_pc_gives_has_every_record_in_parts_and_is_nobodys_save() {
    let clinic = Clinic::new();
    let patients = (0..1200).map(|number| {
        Write::create(&Entry::new(Patient { number: line(&number.to_string()), ..clinic.sample.patient.value.clone() }))
    });
    let imported = clinic.save(patients.collect()).unwrap();
    wait(clinic.store.begin_link(new_link(0), FirstSync::Give, now())).unwrap();
    let mut given = std::collections::HashMap::new();
    let mut revision = 0;
    while let Some(sent) = wait(clinic.store.next_to_send()).unwrap() {
        revision += 1;
        assert_eq!(sent.sequence, revision);
        assert!(sent.writes.len() <= 500);
        for write in sent.writes {
            let WireDeed::Set(fields) = write.deed else { panic!("a creation") };
            assert_eq!((write.base, given.insert(write.id, fields)), (None, None));
        }
        wait(clinic.store.acknowledged(sent.id, revision, now())).unwrap();
    }
    assert_eq!(revision, 3);
    let records = clinic.snapshot().records;
    assert_eq!(given.len(), records.len());
    assert!(records.iter().all(|record| given[&record.id] == record.fields()));
    let history: Vec<_> = wait(clinic.store.history(9)).unwrap().into_iter().map(|change| change.id).collect();
    assert_eq!(history, [imported]);
    assert_eq!(wait(clinic.store.last_change()).unwrap().map(|change| change.id), Some(imported));
}

#[test]
fn what_is_sent_carries_what_was_edited_and_what_was_seen() {
    let paired = Paired::new();
    let clinic = &paired.clinic;
    let new = Entry::new(Patient { number: line("7"), ..clinic.sample.patient.value.clone() });
    let first = clinic.save(vec![set_phone(clinic, "1"), Write::create(&new)]).unwrap();
    let edited = Patient { accepted: !new.value.accepted, ..new.value.clone() };
    let second = clinic.save(vec![Write::edit(&new, &edited).unwrap()]).unwrap();
    let sent = paired.next();
    assert_eq!((sent.id, sent.sequence, sent.made_by.as_str()), (first, 1, "Eva"));
    let deeds: Vec<_> = sent.writes.iter().map(|write| (write.base, write.deed.clone())).collect();
    let phone = WireDeed::Set(json!({"phone": "1"}).as_object().cloned().unwrap());
    let all = WireDeed::Set(aftalebog_booking::change::fields(&new.value));
    assert_eq!(deeds, [(Some(10), phone), (None, all)]);
    assert_eq!(paired.next(), sent, "again the same, while nothing is answered");
    wait(paired.store().acknowledged(first, 11, now())).unwrap();
    let sent = paired.next();
    assert_eq!((sent.id, sent.sequence), (second, 2));
    assert_eq!(sent.writes[0].base, Some(11), "what it creates here was created there at 11");
    assert_eq!(wait(paired.store().waiting_changes()).unwrap(), 1);
}

#[test]
fn what_the_server_refuses_is_out_of_the_rows_and_what_followed_stays() {
    let paired = Paired::new();
    let clinic = &paired.clinic;
    let new = Entry::new(Patient { number: line("7"), ..clinic.sample.patient.value.clone() });
    let need = Entry::new(aftalebog_booking::record::Need { patient: new.id, ..clinic.sample.need.value.clone() });
    let first = clinic.save(vec![Write::create(&new)]).unwrap();
    let second = clinic.save(vec![Write::create(&need)]).unwrap();
    let third = clinic.save(vec![set_phone(clinic, "3")]).unwrap();
    wait(paired.store().set_aside(first, refused("invalid"))).unwrap();
    assert_eq!(paired.states(), [State::Refused, State::Waiting, State::Waiting]);
    let mut expected = clinic.sample.snapshot();
    expected.records.iter_mut().filter(|record| record.id == clinic.sample.patient.id.uuid()).for_each(|record| {
        record.value = aftalebog_booking::Value::Patient(patient(clinic));
    });
    assert_eq!(clinic.snapshot(), expected, "a need of nobody cannot stand");
    assert_eq!(patient(clinic).phone, Some(line("3")));
    // Only what stands in the rows can be taken back.
    assert_eq!(wait(paired.store().last_change()).unwrap().map(|change| change.id), Some(third));
    assert!(matches!(clinic.undo(first), Err(SaveError::NotUndoable { .. })));
    // The server says what becomes of the need.
    assert_eq!(paired.next().id, second);
    wait(paired.store().set_aside(second, refused("invalid"))).unwrap();
    assert_eq!(wait(paired.store().outbox()).unwrap(), OutboxCounts { waiting: 1, conflicts: 0, refused: 2 });
    // Both again, in their order.
    for id in [first, second] {
        wait(paired.store().settle(id, Decision::TryAgain, vec![], now(), "Eva")).unwrap();
    }
    assert_eq!(wait(paired.store().outbox()).unwrap(), OutboxCounts { waiting: 3, conflicts: 0, refused: 0 });
    assert_eq!(clinic.snapshot().records.len(), clinic.sample.snapshot().records.len() + 2);
}

#[test]
fn contacts_are_written_down_when_they_change_and_the_newest_kept() {
    let clinic = Clinic::new();
    let contact = |what: &str, detail: &str| wait(clinic.store.contact(now(), what, detail)).unwrap();
    for (what, detail) in
        [(CONNECTED, ""), (CONNECTED, "again"), ("name", "x"), ("name", "x"), ("name", "y"), (CONNECTED, "")]
    {
        contact(what, detail);
    }
    let kept = |clinic: &Clinic| wait(clinic.store.contacts(9)).unwrap();
    let whats: Vec<_> = kept(&clinic).into_iter().map(|contact| (contact.what, contact.detail)).collect();
    let line = |what: &str, detail: &str| (what.to_owned(), detail.to_owned());
    assert_eq!(whats, [line(CONNECTED, ""), line("name", "y"), line("name", "x"), line(CONNECTED, "")]);
    for number in 0..CONTACTS_KEPT {
        contact("slow", &number.to_string());
    }
    assert_eq!(wait(clinic.store.contacts(u32::MAX)).unwrap().len(), CONTACTS_KEPT as usize);
    assert_eq!(kept(&clinic)[0].detail, "499");
}
