//! Many records at once.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use aftalebog_booking::record::Patient;
use aftalebog_booking::{Entry, Record};

use super::*;
use crate::error::Refusal;

fn patients(count: usize) -> Vec<Record> {
    let patient = |number: usize| {
        let number = sample::line(&format!("{}", 10_000 + number));
        let name = sample::line("Opdigtet Person");
        let birth_date = sample::date("1980-02-01");
        Entry::new(Patient {
            number,
            name,
            birth_date,
            phone: None,
            email: None,
            self_registered: false,
            accepted: true,
        })
        .into_record()
    };
    (0..count).map(patient).collect()
}

impl Clinic {
    fn import(
        &self,
        import: &Arc<Import>,
        watch: impl FnMut(usize) -> ControlFlow<()> + Send + 'static,
    ) -> Result<(), SaveError> {
        wait(self.store.import(import.clone(), now(), "desk", watch))
    }
}

#[test]
fn an_import_is_one_change_that_can_be_taken_back() {
    let clinic = Clinic::new();
    let before = clinic.snapshot();
    let renamed = Patient { name: sample::line("Nyt Navn"), ..clinic.sample.patient.value.clone() };
    let edit = Write::edit(&clinic.sample.patient, &renamed).unwrap();
    let import = Arc::new(Import::new(patients(250), vec![edit]));
    let told = Arc::new(AtomicUsize::new(0));
    let counting = told.clone();
    clinic
        .import(&import, move |done| {
            assert!(done <= 251);
            let _times = counting.fetch_add(1, Ordering::Relaxed);
            ControlFlow::Continue(())
        })
        .unwrap();
    assert!((40..=60).contains(&told.load(Ordering::Relaxed)), "{told:?}");
    assert_eq!(clinic.snapshot().records.len(), before.records.len() + 250);
    let change = wait(clinic.store.last_change()).unwrap().unwrap();
    assert_eq!((change.id, change.writes_in_all, change.writes.len()), (import.id, 251, 100));
    let all = wait(clinic.store.history(1)).unwrap().pop().unwrap();
    assert_eq!(all.writes.len(), 251, "the history has all of it");
    // What the history keeps of a record is what a creation carries.
    let Record { id, value } = &import.creations[7];
    assert_eq!(all.writes[7].after, Some(Record { id: *id, value: value.clone() }.fields()));
    clinic.import(&import, |_| ControlFlow::Continue(())).unwrap();
    assert_eq!(clinic.snapshot().records.len(), before.records.len() + 250, "again is the same as once");
    clinic.undo(import.id).unwrap();
    assert_eq!(clinic.snapshot(), before);
}

#[test]
fn a_stopped_import_leaves_nothing() {
    let clinic = Clinic::new();
    let before = clinic.snapshot();
    let import = Arc::new(Import::new(patients(250), vec![]));
    for stop_at in [0, 125, 250] {
        let mut stops = false;
        let stopping = move |done| {
            assert!(!stops, "it goes on although it was stopped");
            stops = done >= stop_at;
            if stops { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let stopped = clinic.import(&import, stopping);
        assert!(matches!(stopped, Err(SaveError::Stopped)), "{stop_at}");
        assert_eq!(clinic.snapshot(), before, "{stop_at}");
        assert_eq!(wait(clinic.store.history(9)).unwrap(), []);
    }
    clinic.import(&import, |_| ControlFlow::Continue(())).unwrap();
}

#[test]
fn a_refused_record_refuses_all_of_them() {
    let clinic = Clinic::new();
    let before = clinic.snapshot();
    let mut creations = patients(20);
    creations.push(Record { id: clinic.sample.patient.id.uuid(), value: creations[0].value.clone() });
    let refused = clinic.import(&Arc::new(Import::new(creations, vec![])), |_| ControlFlow::Continue(()));
    assert!(matches!(refused, Err(SaveError::Refused { reason: Refusal::Exists, .. })), "{refused:?}");
    let mut need = clinic.sample.need.value.clone();
    need.patient = Id::random();
    let dangling = vec![Entry::new(need).into_record()];
    let refused = clinic.import(&Arc::new(Import::new(dangling, vec![])), |_| ControlFlow::Continue(()));
    assert!(matches!(refused, Err(SaveError::Refused { reason: Refusal::Dangling { .. }, .. })), "{refused:?}");
    assert_eq!(clinic.snapshot(), before);
}

#[test]
fn a_file_that_can_only_be_read_takes_no_import() {
    let clinic = Clinic::new();
    let read_only = Store { access: Access::ReadOnly(NewerProgram { file: 9, program: 1 }), ..clinic.store.clone() };
    let import = Arc::new(Import::new(patients(1), vec![]));
    let refused = wait(read_only.import(import, now(), "desk", |_| ControlFlow::Continue(())));
    assert!(matches!(refused, Err(SaveError::ReadOnly)));
}
