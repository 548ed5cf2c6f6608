use chrono::{DateTime, Utc};

use super::{PatientRecords, is_booked};
use crate::change::Write;

/// The patient has been in the clinic, so that their record stays: accept them, or merge them with
/// the patient they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attended {
    pub appointments: usize,
}

/// «Afvis»: somebody who created themself, and all they entered, goes away: their coming appointments,
/// whose times are free then, those that were cancelled, and their needs.
pub fn reject(records: &PatientRecords, now: DateTime<Utc>) -> Result<Vec<Write>, Attended> {
    let attended = records.earlier(now).filter(|it| is_booked(it)).count();
    if attended > 0 {
        return Err(Attended { appointments: attended });
    }
    let appointments = records.appointments.iter().map(Write::delete);
    let needs = records.needs.iter().map(Write::delete);
    Ok(appointments.chain(needs).chain([Write::delete(&records.patient)]).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::scene::{Scene, any_scene, at, carry_out};
    use super::*;

    const NOW: &str = "2026-11-23T08:10:00Z";

    #[test]
    fn everything_that_was_entered_goes() {
        let mut scene = Scene::new();
        let need = scene.need();
        let coming = scene.appointment_for(need, "2026-11-24T08:00:00Z");
        let cancelled = scene.cancelled("2026-10-01T08:00:00Z");
        let writes = reject(&scene.records, at(NOW)).expect("nothing was attended");
        let ids: Vec<_> = writes.iter().map(|write| write.id).collect();
        assert_eq!(ids, [cancelled.uuid(), coming.uuid(), need.uuid(), scene.records.patient.id.uuid()]);
    }

    #[test]
    fn whoever_has_been_here_stays() {
        let mut scene = Scene::new();
        let _coming = scene.appointment("2026-11-23T08:11:00Z", 30);
        assert!(reject(&scene.records, at(NOW)).is_ok());
        let _begun = scene.appointment(NOW, 30);
        assert_eq!(reject(&scene.records, at(NOW)), Err(Attended { appointments: 1 }));
    }

    proptest! {
        #[test]
        fn a_rejection_leaves_nothing_or_is_refused(scene in any_scene()) {
            let all: Vec<_> = scene.records().collect();
            match reject(&scene.records, at(NOW)) {
                Ok(writes) => prop_assert_eq!(carry_out(all, &writes), []),
                Err(Attended { appointments }) => prop_assert!(appointments > 0),
            }
        }
    }
}
