//! What somebody does in the window of a PC, and decides about what was set aside.

use std::ops::ControlFlow;

use aftalebog_booking::change::{Change, Deed, Write};
use aftalebog_booking::record::Entry;
use aftalebog_booking::{Id, Kind, Record, Value};
use aftalebog_local::{Decision, Import, SaveError, State};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::{Event, World};
use crate::converge::chance::Chance;
use crate::converge::clinic::{APPOINTMENT_TYPE, CLINIC, PATIENTS, PRACTITIONERS, fields, id, now, patient, record};
use crate::converge::truth::{Fate, fact_of, stands};

/// An edit of an appointment with all that goes along with it.
fn as_the_window_does(record: &Record, edit: Json) -> Vec<Write> {
    let appointment = |fields| match Record::from_fields(Kind::Appointment, record.id, fields).unwrap().value {
        Value::Appointment(appointment) => appointment,
        other => panic!("{other:?} is no appointment"),
    };
    let before = Entry { id: Id::new(record.id), value: appointment(record.fields()) };
    let mut edited = record.fields();
    edited.extend(fields(edit));
    Write::edit(&before, &appointment(edited)).into_iter().collect()
}

impl World<'_> {
    /// A value that nobody has written before.
    pub(super) fn token(&mut self) -> String {
        self.tokens += 1;
        format!("{}", self.tokens)
    }

    /// What somebody does in the window of a PC; empty where there is nothing to do it with.
    pub(super) fn writes(&mut self, event: Event, pc: usize) -> Vec<Write> {
        let records = self.pcs[pc].records.clone();
        let of = |kind: Kind| records.iter().filter(move |it| it.value.kind() == kind).collect::<Vec<&Record>>();
        let set = |record: &Record, edit: Json| Write::of(record.value.kind(), record.id, Deed::Set(fields(edit)));
        let delete = |kind, id| Write::of(kind, id, Deed::Delete);
        let token = self.token();
        let (patients, appointments) = (of(Kind::Patient), of(Kind::Appointment));
        let live: Vec<_> = appointments.iter().filter(|it| it.fields()["status"] == "booked").collect();
        let patient_of = |chance: &mut Chance| chance.of(&patients).copied();
        match event {
            Event::Edit => match patient_of(&mut self.chance) {
                Some(it) if self.chance.one_in(2) => vec![set(it, json!({"phone": token}))],
                Some(it) => vec![set(it, json!({"phone": token, "email": token}))],
                None => vec![],
            },
            Event::EditTwo => match (patient_of(&mut self.chance), patient_of(&mut self.chance)) {
                (Some(one), Some(other)) if one.id != other.id => {
                    vec![set(one, json!({"phone": token})), set(other, json!({"email": token}))]
                }
                _ => vec![],
            },
            Event::Greeting => {
                let greeting = Deed::Set(fields(json!({"greeting": token})));
                vec![Write::of(Kind::Clinic, Uuid::from_u128(CLINIC), greeting)]
            }
            Event::Reorder => {
                let practitioners = of(Kind::Practitioner);
                let (one, other) = (practitioners[self.chance.below(3)], practitioners[self.chance.below(3)]);
                let position = |record: &Record| json!({"position": record.fields()["position"]});
                if one.id == other.id { vec![] } else { vec![set(one, position(other)), set(other, position(one))] }
            }
            Event::CreatePair => {
                let (person, need) = (self.chance.id(), self.chance.id());
                self.pairs.push((person, need));
                let value = json!({
                    "patient": person, "appointment_type": id(APPOINTMENT_TYPE), "practitioner": id(PRACTITIONERS[0]),
                    "minutes": 30, "recall_year": 2027, "recall_week": 10,
                });
                let create = |kind, id, value| Write::of(kind, id, Deed::Create(fields(value)));
                vec![create(Kind::Patient, person, patient(&token)), create(Kind::Need, need, value)]
            }
            Event::DeletePair => {
                let there = |id: &Uuid| records.iter().any(|record| record.id == *id);
                let there: Vec<_> = self.pairs.iter().filter(|(person, _)| there(person)).copied().collect();
                match self.chance.of(&there) {
                    Some((person, need)) => vec![delete(Kind::Need, *need), delete(Kind::Patient, *person)],
                    None => vec![],
                }
            }
            Event::DeletePatient => vec![delete(Kind::Patient, Uuid::from_u128(PATIENTS[self.chance.below(3)]))],
            Event::Book => {
                let whom = patient_of(&mut self.chance).map(|it| it.id);
                let needs = of(Kind::Need);
                let need = self.chance.of(&needs).filter(|_| token.ends_with('3')).map(|need| need.id);
                let whom = need
                    .and_then(|need| self.pairs.iter().find(|(_, it)| *it == need).map(|(person, _)| *person))
                    .or(whom);
                let value = json!({
                    "practitioner": id(PRACTITIONERS[self.chance.below(2)]),
                    "appointment_type": whom.map(|_| id(APPOINTMENT_TYPE)), "patient": whom, "need": need,
                    "start": self.start(), "minutes": 30, "origin": "clinic", "status": "booked",
                    "overlap": if self.chance.one_in(8) { "deliberate" } else { "none" }, "note": token,
                });
                vec![Write::of(Kind::Appointment, self.chance.id(), Deed::Create(fields(value)))]
            }
            Event::Move => match self.chance.of(&live).copied() {
                Some(it) if self.chance.one_in(4) && it.fields()["need"].is_null() => {
                    let whom = patient_of(&mut self.chance).map(|it| it.id);
                    as_the_window_does(
                        it,
                        json!({"patient": whom, "appointment_type": whom.map(|_| id(APPOINTMENT_TYPE))}),
                    )
                }
                Some(it) => as_the_window_does(it, json!({"start": self.start(), "note": token})),
                None => vec![],
            },
            Event::Cancel => match self.chance.of(&live) {
                Some(it) => as_the_window_does(it, json!({"status": "cancelled"})),
                None => vec![],
            },
            other => unreachable!("{other:?} writes nothing by itself"),
        }
    }

    pub(super) fn start(&mut self) -> String {
        format!("2026-12-01T{:02}:{}:00Z", 8 + self.chance.below(3), ["00", "15", "30"][self.chance.below(3)])
    }

    pub(super) async fn save(&mut self, pc: usize, writes: Vec<Write>) -> Result<(), String> {
        let id = self.chance.id();
        let change = Change { id, made_at: now(), made_by: format!("PC {pc}"), writes };
        let saved = self.pcs[pc].store.save(change).await;
        self.saved(pc, id, saved).await.map(drop)
    }

    /// What the file answered to a save: that it is saved, or that it cannot be.
    pub(super) async fn saved(&mut self, pc: usize, id: Uuid, saved: Result<(), SaveError>) -> Result<bool, String> {
        match saved {
            Ok(()) => {
                let before = self.pcs[pc].rows.clone();
                let seen = self.pcs[pc].seen.clone();
                self.look(pc).await?;
                self.ledger.saved(id, pc, &seen, &before, &self.pcs[pc].rows);
                self.course.saves += 1;
                Ok(true)
            }
            Err(SaveError::Refused { .. } | SaveError::ChangedSince { .. } | SaveError::NotUndoable { .. }) => {
                Ok(false)
            }
            Err(error) => Err(error.to_string()),
        }
    }

    pub(super) async fn import(&mut self, pc: usize) -> Result<(), String> {
        let mut creations = vec![];
        for _ in 0..4 {
            let (id, number) = (self.chance.id(), self.token());
            creations.push(record(Kind::Patient, id.as_u128(), patient(&number)));
        }
        let id = self.chance.id();
        let import = Import { id, creations, edits: vec![] };
        let watch = |_done| ControlFlow::Continue(());
        let saved = self.pcs[pc].store.import(import.into(), now(), format!("PC {pc}"), watch).await;
        self.saved(pc, id, saved).await.map(drop)
    }

    pub(super) async fn undo(&mut self, pc: usize) -> Result<(), String> {
        let store = self.pcs[pc].store.clone();
        let Some(last) = store.last_change().await.map_err(|error| error.to_string())? else { return Ok(()) };
        let undone = store.undo(last.id, now(), format!("PC {pc}")).await;
        if self.saved(pc, Uuid::new_v5(&last.id, b"undo"), undone).await? {
            self.course.undone += 1;
        }
        Ok(())
    }

    /// Somebody decides about a change that is set aside. Whether there was one.
    pub(super) async fn settle_one(&mut self, pc: usize) -> Result<bool, String> {
        let store = self.pcs[pc].store.clone();
        let aside = store.set_aside_changes().await.map_err(|error| error.to_string())?;
        let Some(aside) = self.chance.of(&aside) else { return Ok(false) };
        let mut theirs = vec![];
        for conflict in &aside.problem.conflicts {
            for field in &conflict.fields {
                let place = (conflict.id, field.field.clone());
                self.ledger.sees(&mut self.pcs[pc].seen, &place, &field.present.to_string());
                if let Some(fact) = fact_of(conflict.kind, conflict.id, &field.field) {
                    // What is not told is as it was here, or as both have written it.
                    let write = aside.change.writes.iter().find(|write| write.id == conflict.id);
                    for side in write.into_iter().flat_map(|write| [&write.before, &write.after]).flatten() {
                        let told =
                            |name: &str| conflict.fields.iter().find(|it| it.field == name).map(|it| &it.present);
                        let stands = stands(|name| told(name).or_else(|| side.get(name)).map(ToString::to_string));
                        self.ledger.sees(&mut self.pcs[pc].seen, &fact, &stands);
                    }
                }
                if self.chance.one_in(2) {
                    theirs.push((conflict.id, Some(field.field.clone())));
                }
            }
        }
        let decision = match (aside.state, self.chance.below(4)) {
            (_, 0) => Decision::Discard,
            (State::Conflict, 1) => Decision::Theirs,
            (State::Conflict, 2) => Decision::Mixed { theirs },
            (State::Refused, 1) => Decision::TryAgain,
            // What is refused time and again is given up some day.
            (State::Refused, _) => Decision::Discard,
            _ => Decision::Mine,
        };
        if self.tell {
            println!("  {decision:?} about {} of PC {pc}", aside.change.id);
        }
        let waiting = async || store.outbox().await.map(|counts| counts.waiting).map_err(|error| error.to_string());
        let before = waiting().await?;
        let settled =
            store.settle(aside.change.id, decision, aside.problem.conflicts.clone(), now(), format!("PC {pc}")).await;
        settled.map_err(|error| error.to_string())?;
        self.course.settled += 1;
        // What goes together is somebody's to take apart.
        let about = |id: &Uuid| aside.change.writes.iter().any(|write| write.id == *id);
        self.pairs.retain(|(one, other)| !about(one) && !about(other));
        if let Some(saved) = self.ledger.saves.get_mut(&aside.change.id) {
            saved.fate = Fate::Settled;
        }
        if waiting().await? > before {
            let _saved = self.saved(pc, Uuid::new_v5(&aside.change.id, b"settled"), Ok(())).await?;
        }
        Ok(true)
    }

    pub(super) async fn settle_all(&mut self) -> Result<bool, String> {
        let mut any = false;
        for pc in 0..self.pcs.len() {
            while self.settle_one(pc).await? {
                any = true;
            }
        }
        Ok(any)
    }
}
