use super::{PatientRecords, is_booked};
use crate::change::Write;
use crate::record::{Appointment, Entry, Need, Overlap, Patient};

/// «Flet»: what hangs on `gone` goes over to `kept`, who gets these values, and the record of `gone`
/// goes away. Nothing is dropped, and nothing else is changed.
pub fn merge(kept: &PatientRecords, gone: &PatientRecords, values: &Patient) -> Vec<Write> {
    let patient = kept.patient.id;
    let mut writes: Vec<Write> = Write::edit(&kept.patient, values).into_iter().collect();
    writes.extend(gone.needs.iter().filter_map(|it| Write::edit(it, &Need { patient, ..it.value.clone() })));
    let handed_over = |it: &Entry<Appointment>| {
        let write = Write::edit(it, &Appointment { patient: Some(patient), ..it.value.clone() });
        write.map(|write| write.only("patient"))
    };
    writes.extend(gone.appointments.iter().filter_map(handed_over));
    writes.push(Write::delete(&gone.patient));
    writes
}

/// The appointments of the two that would be one patient's at the same time: the one of `kept` first.
/// They are in the way of a merge, for nobody is in two chairs at once; where the one that goes over
/// stands on others deliberately or as a clash, it may.
pub fn double_booked<'a>(
    kept: &'a PatientRecords,
    gone: &'a PatientRecords,
) -> Vec<(&'a Entry<Appointment>, &'a Entry<Appointment>)> {
    let going = gone.appointments.iter().filter(|it| is_booked(it) && it.value.overlap == Overlap::None);
    let pairs = going.flat_map(|going| {
        let standing = kept.appointments.iter().filter(|it| is_booked(it));
        standing
            .filter(|it| it.value.start < going.value.end() && going.value.start < it.value.end())
            .map(move |it| (it, going))
    });
    pairs.collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::scene::{Scene, carry_out};
    use super::*;
    use crate::change::Deed;

    #[test]
    fn needs_and_appointments_go_over_and_the_record_goes_away() {
        let mut kept = Scene::new();
        let _own = kept.need();
        let mut gone = Scene::new();
        let need = gone.need();
        let used = gone.appointment_for(need, "2026-11-24T08:00:00Z");
        let cancelled = gone.cancelled("2026-10-01T08:00:00Z");
        let values =
            Patient { phone: crate::bounded::Detail::new("01 43 00 01").ok(), ..kept.records.patient.value.clone() };
        let writes = merge(&kept.records, &gone.records, &values);
        let ids: Vec<_> = writes.iter().map(|write| write.id).collect();
        let (kept, gone) = (kept.records.patient.id.uuid(), gone.records.patient.id.uuid());
        assert_eq!(ids, [kept, need.uuid(), cancelled.uuid(), used.uuid(), gone]);
        assert!(matches!(writes[4].deed, Deed::Delete));
        for write in &writes[1..4] {
            let Deed::Set(set) = &write.deed else { panic!("{write:?}") };
            assert_eq!((set.len(), &set["patient"]), (1, &serde_json::json!(kept)), "only whose it is changes");
        }
    }

    #[test]
    fn values_that_stay_are_not_written() {
        let (kept, gone) = (Scene::new(), Scene::new());
        let writes = merge(&kept.records, &gone.records, &kept.records.patient.value);
        assert_eq!(writes, [Write::delete(&gone.records.patient)]);
    }

    #[test]
    fn two_times_at_once_are_in_the_way_and_touching_ones_are_not() {
        let (mut kept, mut gone) = (Scene::new(), Scene::new());
        let standing = kept.appointment("2026-11-24T08:00:00Z", 30);
        let _cancelled = kept.cancelled("2026-11-24T10:00:00Z");
        let _before = gone.appointment("2026-11-24T07:30:00Z", 30);
        let _after = gone.appointment("2026-11-24T08:30:00Z", 30);
        let _on_cancelled = gone.appointment("2026-11-24T10:00:00Z", 30);
        assert_eq!(double_booked(&kept.records, &gone.records), []);
        let inside = gone.appointment("2026-11-24T08:29:00Z", 5);
        let deliberate = gone.appointment("2026-11-24T08:00:00Z", 30);
        gone.records.appointments.iter_mut().find(|it| it.id == deliberate).expect("it is there").value.overlap =
            Overlap::Deliberate;
        let found = double_booked(&kept.records, &gone.records);
        assert_eq!(found.iter().map(|(one, other)| (one.id, other.id)).collect::<Vec<_>>(), [(standing, inside)]);
    }

    proptest! {
        #[test]
        fn a_merge_loses_nothing_and_leaves_nothing_behind(kept in any_scene(), gone in any_scene()) {
            let before: Vec<_> = kept.records().chain(gone.records()).collect();
            let writes = merge(&kept.records, &gone.records, &kept.records.patient.value);
            let after = carry_out(before.clone(), &writes);
            prop_assert_eq!(after.len(), before.len() - 1, "only the one patient is gone");
            let gone = gone.records.patient.id.uuid().to_string();
            prop_assert!(after.iter().all(|record| !serde_json::to_string(record).expect("JSON").contains(&gone)));
            // Whatever a need is used by uses it still.
            let uses = |records: &[crate::Record]| {
                let mut uses: Vec<_> = records.iter().filter_map(|record| match &record.value {
                    crate::Value::Appointment(it) => Some((record.id, it.need, it.start, it.status)),
                    _ => None,
                }).collect();
                uses.sort_by_key(|it| it.0);
                uses
            };
            prop_assert_eq!(uses(&after), uses(&before));
        }

        #[test]
        fn who_may_be_merged_may_be_merged_the_other_way_round(kept in any_scene(), gone in any_scene()) {
            prop_assert_eq!(
                double_booked(&kept.records, &gone.records).len(),
                double_booked(&gone.records, &kept.records).len()
            );
        }
    }

    fn any_scene() -> impl Strategy<Value = Scene> {
        super::super::scene::any_scene()
    }
}
