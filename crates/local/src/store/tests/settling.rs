//! Conflicts: both values, and what somebody decides.

use aftalebog_booking::bounded::Detail;
use aftalebog_booking::record::Patient;
use aftalebog_booking::wire::Problem;
use serde_json::json;

use super::sample::line;
use super::*;

/// A PC whose change of telephone and e-mail met another telephone number.
struct Conflicting {
    paired: Paired,
    own: Uuid,
}

fn patient(clinic: &Clinic) -> Patient {
    wait(clinic.store.visit(clinic.sample.patient.id)).unwrap().unwrap().patient.value
}

fn text(value: &str) -> Option<Detail> {
    Some(line(value))
}

fn conflict(id: Uuid, deleted: bool, fields: serde_json::Value) -> Problem {
    let mut problem = serde_json::to_value(super::outbox::refused("conflict")).unwrap();
    problem["conflicts"] = json!([{
        "kind": "patient", "id": id, "revision": 11, "deleted": deleted, "fields": fields,
        "deleted_by": null,
    }]);
    serde_json::from_value(problem).unwrap()
}

impl Conflicting {
    fn new() -> Self {
        let mut paired = Paired::new();
        let before = paired.clinic.sample.patient.clone();
        let after = Patient { phone: text("mine"), email: text("mine@eksempel.dk"), ..before.value.clone() };
        let own = paired.clinic.save(vec![Write::edit(&before, &after).unwrap()]).unwrap();
        let theirs = paired.others(vec![feed_set(Kind::Patient, before.id.uuid(), json!({"phone": "theirs"}))]);
        let touch = json!([{
            "field": "phone", "present": "theirs", "revision": 11, "author": "clinic", "device": OTHER,
            "by": "Reception 2", "at": now(),
        }]);
        wait(paired.store().set_aside(own, conflict(before.id.uuid(), false, touch))).unwrap();
        let _arrived = paired.apply(vec![theirs]);
        Self { paired, own }
    }

    fn settle(&self, decision: Decision) {
        let aside = wait(self.paired.store().set_aside_changes()).unwrap();
        let shown = aside.into_iter().flat_map(|aside| aside.problem.conflicts).collect();
        wait(self.paired.store().settle(self.own, decision, shown, now(), "Ida")).unwrap();
        assert_eq!(wait(self.paired.store().set_aside_changes()).unwrap(), []);
    }

    #[track_caller]
    fn check(decision: Decision, phone: &str, email: Option<&str>, sent: Option<serde_json::Value>) {
        let conflicting = Self::new();
        let before = patient(&conflicting.paired.clinic).email;
        conflicting.settle(decision);
        let after = patient(&conflicting.paired.clinic);
        assert_eq!((after.phone, after.email), (text(phone), email.map_or(before, text)));
        let next = wait(conflicting.paired.store().next_to_send()).unwrap();
        let set = next.map(|change| match &change.writes[0] {
            write if change.writes.len() == 1 && write.base == Some(11) => match &write.deed {
                WireDeed::Set(set) => json!(set),
                WireDeed::Delete => json!("deleted"),
            },
            other => panic!("{other:?}"),
        });
        assert_eq!(set, sent);
    }
}

#[test]
fn both_values_are_shown_with_who_and_whose() {
    let Conflicting { paired, own } = Conflicting::new();
    let aside = wait(paired.store().set_aside_changes()).unwrap();
    assert_eq!((aside.len(), aside[0].change.id, aside[0].state), (1, own, State::Conflict));
    let name = paired.clinic.sample.patient.value.name.clone();
    assert_eq!(aside[0].subject.patient.as_ref(), Some(&name));
    assert_eq!(aside[0].names[&paired.clinic.sample.patient.id.uuid()], name.as_str());
    let (mine, theirs) = (&aside[0].change.writes[0], &aside[0].problem.conflicts[0].fields[0]);
    assert_eq!(mine.after.as_ref().unwrap()["phone"], json!("mine"));
    assert_eq!((&theirs.present, theirs.touch.by.as_str()), (&json!("theirs"), "Reception 2"));
    let now_is = patient(&paired.clinic);
    assert_eq!((now_is.phone, now_is.email), (text("theirs"), paired.clinic.sample.patient.value.email.clone()));
}

#[test]
fn what_somebody_keeps_of_theirs_is_a_new_change_of_who_has_seen_the_others() {
    let both = json!({"phone": "mine", "email": "mine@eksempel.dk"});
    let rest = json!({"email": "mine@eksempel.dk"});
    let theirs = |field: &str| (sample::sample().patient.id.uuid(), Some(field.to_owned()));
    Conflicting::check(Decision::Mine, "mine", Some("mine@eksempel.dk"), Some(both));
    Conflicting::check(Decision::Theirs, "theirs", Some("mine@eksempel.dk"), Some(rest.clone()));
    let mixed = Decision::Mixed { theirs: vec![theirs("phone")] };
    Conflicting::check(mixed, "theirs", Some("mine@eksempel.dk"), Some(rest));
    let mixed = Decision::Mixed { theirs: vec![theirs("email")] };
    Conflicting::check(mixed, "mine", None, Some(json!({"phone": "mine"})));
    let mixed = Decision::Mixed { theirs: vec![theirs("email"), theirs("phone")] };
    Conflicting::check(mixed, "theirs", None, None);
    Conflicting::check(Decision::Discard, "theirs", None, None);
}

#[test]
fn settling_twice_is_the_same_as_once_and_can_be_taken_back() {
    let conflicting = Conflicting::new();
    conflicting.settle(Decision::Mine);
    conflicting.settle(Decision::Theirs);
    let Conflicting { paired, .. } = conflicting;
    assert_eq!(patient(&paired.clinic).phone, text("mine"));
    let last = wait(paired.store().last_change()).unwrap().unwrap();
    assert_eq!(last.made_by, "Ida");
    paired.clinic.undo(last.id).unwrap();
    assert_eq!(patient(&paired.clinic).phone, text("theirs"));
    assert_eq!(wait(paired.store().outbox()).unwrap(), OutboxCounts { waiting: 2, conflicts: 0, refused: 0 });
}

#[test]
fn who_insists_on_what_others_have_deleted_makes_it_anew_with_every_field() {
    let mut paired = Paired::new();
    let new = Entry::new(Patient { number: line("7"), ..paired.clinic.sample.patient.value.clone() });
    let created = paired.others(vec![feed_new(&new)]);
    let _arrived = paired.apply(vec![created]);
    let after = Patient { phone: text("mine"), ..new.value.clone() };
    let own = paired.clinic.save(vec![Write::edit(&new, &after).unwrap()]).unwrap();
    let deleted = paired.others(vec![feed_delete(Kind::Patient, new.id.uuid())]);
    let _arrived = paired.apply(vec![deleted]);
    let deleted = conflict(new.id.uuid(), true, json!([]));
    wait(paired.store().set_aside(own, deleted.clone())).unwrap();
    wait(paired.store().settle(own, Decision::Mine, deleted.conflicts.clone(), now(), "Ida")).unwrap();
    let there = wait(paired.store().visit(new.id)).unwrap().map(|visit| visit.patient.value);
    assert_eq!(there, Some(after.clone()));
    let sent = paired.next();
    assert_eq!(sent.writes[0].deed, WireDeed::Set(aftalebog_booking::change::fields(&after)));
    assert_eq!(sent.writes[0].base, Some(11));
    assert!(wait(paired.store().overview()).unwrap().subject.restored, "it is no new one");
    // The other way round: it stays deleted.
    wait(paired.store().set_aside(sent.id, deleted.clone())).unwrap();
    wait(paired.store().settle(sent.id, Decision::Theirs, deleted.conflicts, now(), "Ida")).unwrap();
    assert_eq!(wait(paired.store().visit(new.id)).unwrap(), None);
    assert_eq!(wait(paired.store().next_to_send()).unwrap(), None);
}

#[test]
fn what_others_save_while_a_change_is_set_aside_is_shown_as_it_stands_now() {
    let Conflicting { mut paired, own } = Conflicting::new();
    let id = paired.clinic.sample.patient.id.uuid();
    let again =
        paired.others(vec![feed_set(Kind::Patient, id, json!({"phone": "later", "email": "their@eksempel.dk"}))]);
    let revision = again.revision;
    let _arrived = paired.apply(vec![again]);
    let aside = wait(paired.store().set_aside_changes()).unwrap().remove(0);
    let shown = &aside.problem.conflicts[0];
    let fields: Vec<_> = shown.fields.iter().map(|it| (it.field.as_str(), it.present.clone())).collect();
    assert_eq!(fields, [("phone", json!("later")), ("email", json!("their@eksempel.dk"))]);
    assert_eq!((shown.revision, shown.fields[0].touch.revision), (revision, revision));
    // What is decided is decided by what was shown, and by nothing that has come since.
    let unseen = paired.others(vec![feed_set(Kind::Patient, id, json!({"phone": "unseen"}))]);
    let _arrived = paired.apply(vec![unseen]);
    wait(paired.store().settle(own, Decision::Mine, aside.problem.conflicts, now(), "Ida")).unwrap();
    assert_eq!(paired.next().writes[0].base, Some(revision));
}

#[test]
fn what_lies_under_a_later_save_of_this_pc_is_overwritten_by_nobody_who_was_not_shown_it() {
    let Conflicting { mut paired, own } = Conflicting::new();
    let before = Entry { id: paired.clinic.sample.patient.id, value: patient(&paired.clinic) };
    let after = Patient { phone: text("mine2"), ..before.value.clone() };
    let later = paired.clinic.save(vec![Write::edit(&before, &after).unwrap()]).unwrap();
    let unseen = paired.others(vec![feed_set(Kind::Patient, before.id.uuid(), json!({"phone": "theirs2"}))]);
    let _arrived = paired.apply(vec![unseen]);
    let aside = wait(paired.store().set_aside_changes()).unwrap().remove(0);
    let shown = aside.problem.conflicts;
    assert_eq!((&shown[0].fields[0].present, shown[0].revision), (&json!("mine2"), 11));
    wait(paired.store().settle(own, Decision::Mine, shown, now(), "Ida")).unwrap();
    assert_eq!(paired.next().id, later);
    wait(paired.store().set_aside(later, super::outbox::refused("conflict"))).unwrap();
    assert_eq!(paired.next().writes[0].base, Some(11), "the server asks about what nobody was shown");
}

#[test]
fn what_the_rows_do_not_know_yet_is_shown_as_the_server_said_it() {
    let paired = Paired::new();
    let before = paired.clinic.sample.patient.clone();
    let after = Patient { phone: text("mine"), ..before.value.clone() };
    let own = paired.clinic.save(vec![Write::edit(&before, &after).unwrap()]).unwrap();
    let touch = json!([{
        "field": "phone", "present": "theirs", "revision": 11, "author": "clinic", "device": OTHER,
        "by": "Reception 2", "at": now(),
    }]);
    let told = conflict(before.id.uuid(), false, touch);
    wait(paired.store().set_aside(own, told.clone())).unwrap();
    assert_eq!(wait(paired.store().set_aside_changes()).unwrap()[0].problem.conflicts, told.conflicts);
}

#[test]
fn an_undo_that_was_set_aside_is_tried_again_as_an_undo() {
    for decision in [Decision::TryAgain, Decision::Discard] {
        let paired = Paired::new();
        let before = paired.clinic.sample.patient.clone();
        let after = Patient { phone: text("mine"), ..before.value.clone() };
        let saved = paired.clinic.save(vec![Write::edit(&before, &after).unwrap()]).unwrap();
        paired.clinic.undo(saved).unwrap();
        let undo = Uuid::new_v5(&saved, b"undo");
        wait(paired.store().set_aside(undo, super::outbox::refused("invalid"))).unwrap();
        assert_eq!(patient(&paired.clinic).phone, text("mine"));
        assert_eq!(wait(paired.store().last_change()).unwrap(), None, "it is to be decided about first");
        wait(paired.store().settle(undo, decision.clone(), vec![], now(), "Ida")).unwrap();
        if decision == Decision::Discard {
            assert_eq!(wait(paired.store().last_change()).unwrap().map(|change| change.id), Some(saved));
            paired.clinic.undo(saved).unwrap();
            paired.clinic.undo(saved).unwrap();
        }
        assert_eq!(patient(&paired.clinic).phone, before.value.phone, "{decision:?}");
        assert_eq!(wait(paired.store().last_change()).unwrap(), None, "an undo is not taken back");
        assert_eq!(wait(paired.store().outbox()).unwrap().waiting, 2);
    }
}

#[test]
fn what_others_have_deleted_is_shown_as_it_was_last_known() {
    let mut paired = Paired::new();
    let new = Entry::new(Patient { number: line("7"), ..paired.clinic.sample.patient.value.clone() });
    let created = paired.others(vec![feed_new(&new)]);
    let _arrived = paired.apply(vec![created]);
    let after = Patient { phone: text("mine"), ..new.value.clone() };
    let own = paired.clinic.save(vec![Write::edit(&new, &after).unwrap()]).unwrap();
    wait(paired.store().set_aside(own, conflict(new.id.uuid(), true, json!([])))).unwrap();
    let deleted = paired.others(vec![feed_delete(Kind::Patient, new.id.uuid())]);
    let _arrived = paired.apply(vec![deleted]);
    let aside = wait(paired.store().set_aside_changes()).unwrap().remove(0);
    assert_eq!(aside.subject.patient, Some(new.value.name.clone()));
    let write = &aside.change.writes[0];
    assert_eq!(write.before, Some(aftalebog_booking::change::fields(&new.value)));
    assert_eq!(write.after, Some(json!({"phone": "mine"}).as_object().unwrap().clone()), "and only what was edited");
}
