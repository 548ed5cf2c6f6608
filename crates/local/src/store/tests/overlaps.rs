//! What the dialogs of the book ask the file, and that a plan of overlaps is one the file takes.

use aftalebog_booking::Entry;
use aftalebog_booking::overlap::{Step, keep_both, plan, shared};
use aftalebog_booking::record::{Appointment, Need, Overlap, Patient, Status};
use chrono::TimeDelta;
use proptest::prelude::*;

use super::super::appointment::{AppointmentCard, ENTERED, Entered, Visit};
use super::super::history::Subject;
use super::sample::{line, whole};
use super::*;
use crate::error::Refusal;

impl Clinic {
    /// Without anything in its book, and with a second patient.
    fn empty() -> (Self, Entry<Patient>) {
        let clinic = Self::new();
        let other = Entry::new(Patient { number: line("8"), name: line("Bo"), ..clinic.sample.patient.value.clone() });
        let mut writes = [&clinic.sample.appointment, &clinic.sample.block].map(Write::delete).to_vec();
        writes.push(Write::create(&other));
        let _id = clinic.save(writes).unwrap();
        (clinic, other)
    }

    /// The whole book, cancelled ones included.
    fn book(&self) -> Vec<Entry<Appointment>> {
        let records = self.snapshot().records.into_iter();
        let appointments = records.filter_map(|record| match record.value {
            aftalebog_booking::Value::Appointment(value) => Some(Entry { id: Id::new(record.id), value }),
            _ => None,
        });
        appointments.collect()
    }

    fn around(&self, times: &[&Appointment]) -> Vec<Entry<Appointment>> {
        let times = times.iter().map(|it| (it.start, it.end())).collect();
        wait(self.store.around(times)).unwrap().into_iter().map(|booked| booked.entry).collect()
    }
}

#[test]
fn around_a_time_is_what_overlaps_it_and_what_overlaps_that() {
    let (clinic, _) = Clinic::empty();
    let block = |minutes: i64, length| Appointment {
        start: clinic.sample.block.value.start + TimeDelta::minutes(minutes),
        minutes: whole(length),
        overlap: Overlap::Deliberate,
        ..clinic.sample.block.value.clone()
    };
    // A chain of three: the second overlaps the time, the third overlaps the second only.
    let chain = [block(0, 30), block(20, 480), block(490, 480)].map(Entry::new);
    let far = [block(-961, 480), block(992, 30)].map(Entry::new);
    let writes = chain.iter().chain(&far).map(Write::create).collect();
    let _id = clinic.save(writes).unwrap();
    let found = clinic.around(&[&block(0, 30), &block(5, 30)]);
    assert_eq!(found.len(), 3, "each once");
    assert!(chain.iter().all(|entry| found.contains(entry)), "{found:?}");
}

#[test]
fn a_card_has_the_patient_and_their_needs_with_the_one_that_is_used() {
    let clinic = Clinic::new();
    let all = &clinic.sample;
    let later = Entry::new(Need { recall: Week::new(2027, 3).unwrap(), ..all.need.value.clone() });
    let _id = clinic.save(vec![Write::create(&later)]).unwrap();
    let card = |id| wait(clinic.store.appointment(id)).unwrap();
    let expected = AppointmentCard {
        entry: all.appointment.clone(),
        patient: Some(all.patient.clone()),
        needs: vec![all.need.clone(), later.clone()],
        entered: None,
    };
    assert_eq!(card(all.appointment.id), Some(expected));
    let block = AppointmentCard { entry: all.block.clone(), patient: None, needs: vec![], entered: None };
    assert_eq!(card(all.block.id), Some(block));
    assert_eq!(card(Id::random()), None);
    let visit = Visit { patient: all.patient.clone(), needs: vec![later.clone()] };
    assert_eq!(wait(clinic.store.visit(all.patient.id)).unwrap(), Some(visit.clone()));
    assert_eq!(wait(clinic.store.visit_for(later.id)).unwrap(), Some(visit));
    assert_eq!(wait(clinic.store.visit(Id::random())).unwrap(), None);
    assert_eq!(wait(clinic.store.visit_for(Id::random())).unwrap(), None);
}

#[test]
fn a_card_tells_when_and_where_it_was_entered_first() {
    let clinic = Clinic::new();
    let block = Entry::new(Appointment {
        start: clinic.sample.block.value.start + TimeDelta::days(1),
        ..clinic.sample.block.value.clone()
    });
    let _id = clinic.save(vec![Write::create(&block)]).unwrap();
    let entered = || wait(clinic.store.appointment(block.id)).unwrap().unwrap().entered;
    let first = Some(Entered { at: now(), by: "Eva".to_owned() });
    assert_eq!(entered(), first);
    let deletion = clinic.save(vec![Write::delete(&block)]).unwrap();
    wait(clinic.store.undo(deletion, now() + TimeDelta::days(1), "desk")).unwrap();
    assert_eq!(entered(), first);
    let noted = Appointment { note: line("ny"), ..block.value.clone() };
    let _id = clinic.save(vec![Write::edit(&block, &noted).unwrap()]).unwrap();
    assert_eq!(entered(), first);
    // What comes from an export has no history.
    let _copy = wait(clinic.store.replace(clinic.snapshot(), WhenPaired::Refuse, now())).unwrap();
    assert_eq!(entered(), None);
    let plan = wait(clinic.store.owner.ask(|connection| {
        let mut plan = connection.prepare(&format!("explain query plan {ENTERED}")).unwrap();
        let steps = plan.query_map([vec![0u8; 16]], |row| row.get::<_, String>("detail")).unwrap();
        steps.collect::<rusqlite::Result<Vec<_>>>().unwrap()
    }));
    let plan = plan.ok().unwrap();
    assert!(plan.iter().any(|step| step.contains("appointment_entered (record=?)")), "{plan:?}");
    assert!(!plan.iter().any(|step| step.starts_with("SCAN")), "{plan:?}");
}

#[test]
fn a_change_tells_whom_and_what_it_is_about() {
    let clinic = Clinic::new();
    let all = &clinic.sample;
    let subject = || {
        let change = wait(clinic.store.last_change()).unwrap().unwrap();
        wait(clinic.store.subject(change)).unwrap()
    };
    let name = Some(all.patient.value.name.clone());
    let moved = Appointment { minutes: whole(30), ..all.appointment.value.clone() };
    let marked = Appointment { overlap: Overlap::Deliberate, ..all.block.value.clone() };
    let writes = [Write::edit(&all.block, &marked).unwrap(), Write::edit(&all.appointment, &moved).unwrap()];
    let _id = clinic.save(writes.to_vec()).unwrap();
    assert_eq!(subject(), Subject { patient: name.clone(), appointment: Some(moved.clone()), ..Subject::default() });
    let entry = Entry { id: all.appointment.id, value: moved.clone() };
    let _id = clinic.save(vec![Write::delete(&entry)]).unwrap();
    assert_eq!(subject(), Subject { patient: name.clone(), appointment: Some(moved), ..Subject::default() });
    let _id = clinic.save(vec![Write::delete(&all.need)]).unwrap();
    assert_eq!(subject(), Subject { patient: name.clone(), need: Some(all.need.value.clone()), ..Subject::default() });
    let _id = clinic.save(vec![Write::delete(&all.patient)]).unwrap();
    assert_eq!(subject(), Subject { patient: name, ..Subject::default() });
    let named = aftalebog_booking::record::Clinic { name: line("Ny"), ..all.clinic.value.clone() };
    let _id = clinic.save(vec![Write::edit(&all.clinic, &named).unwrap()]).unwrap();
    assert_eq!(subject(), Subject::default());
}

/// Somebody, and a clash that stands on them.
fn with_a_clash() -> (Clinic, Entry<Appointment>, Entry<Appointment>) {
    let (clinic, other) = Clinic::empty();
    let with = |patient| Appointment {
        patient: Some(patient),
        appointment_type: Some(clinic.sample.check_up.id),
        ..clinic.sample.block.value.clone()
    };
    let first = Entry::new(with(clinic.sample.patient.id));
    let clash = Entry::new(Appointment { overlap: Overlap::Clash, ..with(other.id) });
    let _id = clinic.save(vec![Write::create(&first), Write::create(&clash)]).unwrap();
    (clinic, first, clash)
}

/// When what a clash stood on goes, the clash is one no more. Taken back, both stand there again, and both are red.
#[test]
fn what_a_clash_stood_on_gets_its_place_back() {
    let elsewhere = |entry: &Entry<Appointment>| Appointment {
        start: entry.value.start + TimeDelta::minutes(600),
        ..entry.value.clone()
    };
    let goes: [fn(Entry<Appointment>, Appointment) -> Step; 3] =
        [|first, _| Step::cancel(first), Step::edit, |first, _| Step::delete(first)];
    for goes in goes {
        let (clinic, first, clash) = with_a_clash();
        let around = clinic.around(&[&first.value]);
        let gone = clinic.save(plan(&[goes(first.clone(), elsewhere(&first))], &around).writes).unwrap();
        let stands = |id| clinic.book().into_iter().find(|it| it.id == id).unwrap().value;
        assert_eq!(stands(clash.id).overlap, Overlap::None);
        clinic.undo(gone).unwrap();
        let both_red = [&first, &clash].map(|it| Appointment { overlap: Overlap::Clash, ..it.value.clone() });
        assert_eq!([stands(first.id), stands(clash.id)], both_red);
    }
}

/// «Behold begge» leaves no mark on what lies below: it gets its place back all the same.
#[test]
fn what_lay_under_a_clash_that_somebody_kept_gets_its_place_back() {
    let (clinic, first, clash) = with_a_clash();
    let _kept = clinic.save(keep_both(&clash, &clinic.around(&[&first.value]))).unwrap();
    let around = clinic.around(&[&first.value]);
    let gone = clinic.save(plan(&[Step::cancel(first.clone())], &around).writes).unwrap();
    clinic.undo(gone).unwrap();
    let mut marks: Vec<_> = clinic.book().into_iter().map(|it| (it.value.status, it.value.overlap)).collect();
    marks.dedup();
    assert_eq!(marks, [(Status::Booked, Overlap::Deliberate)], "nobody has to decide again");
}

#[test]
fn whoever_was_put_on_the_place_since_keeps_it() {
    let (clinic, first, clash) = with_a_clash();
    let _kept = clinic.save(keep_both(&clash, &clinic.around(&[&first.value]))).unwrap();
    let around = clinic.around(&[&first.value]);
    let gone = clinic.save(plan(&[Step::cancel(first.clone())], &around).writes).unwrap();
    let put = Entry::new(Appointment { patient: None, appointment_type: None, ..first.value.clone() });
    let put = plan(&[Step::create(put)], &clinic.around(&[&first.value])).writes;
    let put = clinic.save(put).unwrap();
    let refused = clinic.undo(gone);
    assert!(refused.is_err(), "{refused:?}");
    clinic.undo(put).unwrap();
    clinic.undo(gone).unwrap();
}

#[test]
fn whoever_was_given_the_place_since_keeps_it() {
    let (clinic, first, clash) = with_a_clash();
    let around = clinic.around(&[&first.value]);
    let gone = clinic.save(plan(&[Step::cancel(first.clone())], &around).writes).unwrap();
    let marked = Entry { id: clash.id, value: Appointment { overlap: Overlap::None, ..clash.value.clone() } };
    let away = Appointment { start: clash.value.start + TimeDelta::minutes(900), ..marked.value.clone() };
    let given = Entry::new(marked.value.clone());
    let _id = clinic.save(vec![Write::edit(&marked, &away).unwrap(), Write::create(&given)]).unwrap();
    let before = clinic.snapshot();
    let refused = clinic.undo(gone);
    assert!(refused.as_ref().is_err_and(SaveError::is_taken), "{refused:?}");
    assert_eq!(clinic.snapshot(), before);
}

// ---------------------------------------------------------------------------- laws

/// Where, for how long, with whom and for whom: to be made an appointment of a clinic.
#[derive(Clone, Copy, Debug)]
struct Spot {
    quarter: i64,
    quarters: u16,
    second_practitioner: bool,
    patient: u8,
}

prop_compose! {
    fn any_spot()(quarter in 0..20i64, quarters in 1..10u16, second_practitioner in any::<bool>(), patient in 0..3u8) -> Spot {
        Spot { quarter, quarters, second_practitioner, patient }
    }
}

impl Spot {
    fn of(self, clinic: &Clinic, other: &Entry<Patient>) -> Appointment {
        let Self { quarter, quarters, second_practitioner, patient } = self;
        let all = &clinic.sample;
        let patient = [None, Some(all.patient.id), Some(other.id)][usize::from(patient)];
        Appointment {
            practitioner: if second_practitioner { all.hygienist.id } else { all.dentist.id },
            patient,
            appointment_type: patient.map(|_| all.check_up.id),
            start: all.block.value.start + TimeDelta::minutes(15 * quarter),
            minutes: whole(15 * quarters),
            ..all.block.value.clone()
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_rule_and_the_file_agree_on_what_overlaps(spots in prop::collection::vec((any_spot(), any_spot()), 12)) {
        let (clinic, other) = Clinic::empty();
        for (one, two) in spots {
            let (one, two) = (one.of(&clinic, &other), two.of(&clinic, &other));
            let (first, second) = (Entry::new(one.clone()), Entry::new(two.clone()));
            let _id = clinic.save(vec![Write::create(&first)]).unwrap();
            let saved = clinic.save(vec![Write::create(&second)]);
            let taken = matches!(
                saved,
                Err(SaveError::Refused { reason: Refusal::PractitionerTaken | Refusal::PatientTaken, .. })
            );
            prop_assert_eq!(taken, shared(&one, &two).is_some(), "{:?} and {:?}: {:?}", one, two, saved);
            let mut gone = vec![Write::delete(&first)];
            gone.extend((!taken).then(|| Write::delete(&second)));
            let _id = clinic.save(gone).unwrap();
        }
    }

    /// Whatever a person does, and says yes to.
    #[test]
    fn every_plan_is_saved_leaves_nothing_unmarked_on_another_and_can_be_taken_back(
        deeds in prop::collection::vec((0..13u8, 0..20usize, any_spot()), 12),
    ) {
        let (clinic, other) = Clinic::empty();
        for (what, which, spot) in deeds {
            let book = clinic.book();
            let place = spot.of(&clinic, &other);
            let one = book.get(which % book.len().max(1)).cloned();
            let unmarked = |book: &[Entry<Appointment>]| {
                let mut book = book.to_vec();
                book.iter_mut().for_each(|it| it.value.overlap = Overlap::None);
                book
            };
            let on = |book: &[Entry<Appointment>], one: &Entry<Appointment>| {
                book.iter().filter(|it| it.id != one.id && shared(&it.value, &one.value).is_some()).cloned().collect::<Vec<_>>()
            };
            if what == 10 {
                // Another PC was quicker.
                let _clash = clinic.save(vec![Write::create(&Entry::new(Appointment { overlap: Overlap::Clash, ..place }))]);
                continue;
            }
            let clashes = || book.iter().filter(|it| it.value.overlap == Overlap::Clash && !on(&book, it).is_empty());
            if what > 10 {
                for clash in clashes().take(1) {
                    let _kept = clinic.save(keep_both(clash, &clinic.around(&[&clash.value]))).unwrap();
                }
                continue;
            }
            let step = match (what, one) {
                (0..=4, _) | (_, None) => Step::create(Entry::new(place.clone())),
                (5..=7, Some(one)) => {
                    let Appointment { practitioner, start, minutes, .. } = place;
                    let to = Appointment { practitioner, start, minutes, ..one.value.clone() };
                    Step::edit(one, to)
                }
                (8, Some(one)) => Step::cancel(one),
                (_, Some(one)) => Step::delete(one),
            };
            let old = book.get(which % book.len().max(1)).map_or(&place, |one| &one.value);
            let around = clinic.around(&[old, &place]);
            let writes = plan(&[step], &around).writes;
            if writes.is_empty() {
                continue;
            }
            let live = |book: &[Entry<Appointment>]| {
                book.iter().filter(|it| it.value.status == Status::Booked).cloned().collect::<Vec<_>>()
            };
            // What lies under a clash may have no mark. It gets one, and so may what stands on it, when it comes back.
            let lies_below = live(&book).iter().any(|it| it.value.overlap == Overlap::None && !on(&book, it).is_empty());
            let before = clinic.snapshot();
            let change = clinic.save(writes.clone());
            prop_assert!(change.is_ok(), "{:?}", change);
            let after = clinic.book();
            for one in live(&after) {
                let beside = on(&after, &one);
                match one.value.overlap {
                    Overlap::None => prop_assert!(beside.iter().all(|it| it.value.overlap != Overlap::None), "{:?}", one),
                    // A clash is told by the server, whatever has become of what it stood on.
                    Overlap::Clash => {}
                    Overlap::Deliberate => prop_assert!(!beside.is_empty(), "{:?}", one),
                }
            }
            let undone = clinic.undo(change.unwrap());
            prop_assert!(undone.is_ok(), "{:?}", undone);
            if lies_below {
                prop_assert_eq!(unmarked(&clinic.book()), unmarked(&book));
            } else {
                prop_assert_eq!(clinic.snapshot(), before);
                let _id = clinic.save(writes).unwrap();
            }
        }
    }
}
