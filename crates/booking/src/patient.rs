//! One patient with all that hangs on them, and what becomes of it when they are accepted, deleted,
//! merged with another or rejected. What is planned here is one change, so that one undo takes it back.

mod cpr;
mod likeness;
mod merge;
mod reject;
#[cfg(test)]
mod scene;
mod search;

use chrono::{DateTime, Utc};

use crate::bounded::PatientNumber;
use crate::change::Write;
use crate::id::Id;
use crate::record::{Appointment, Entry, Need, Patient, Status};

pub use cpr::is_like_cpr;
pub use likeness::{Likeness, bare_email, bare_telephone, likenesses};
pub use merge::{double_booked, merge};
pub use reject::{Attended, reject};
pub use search::{Particulars, Search};

/// Everything the clinic holds of one patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatientRecords {
    pub patient: Entry<Patient>,
    /// Used ones too: the earliest recall week first, then by id.
    pub needs: Vec<Entry<Need>>,
    /// Cancelled ones too: by start, then by id.
    pub appointments: Vec<Entry<Appointment>>,
}

impl PatientRecords {
    /// The booked appointment that uses a need.
    pub fn use_of(&self, need: Id<Need>) -> Option<&Entry<Appointment>> {
        self.appointments.iter().find(|it| it.value.need == Some(need) && is_booked(it))
    }

    pub fn open_needs(&self) -> impl Iterator<Item = &Entry<Need>> {
        self.needs.iter().filter(|need| self.use_of(need.id).is_none())
    }

    /// Booked ones that have not begun.
    pub fn upcoming(&self, now: DateTime<Utc>) -> impl Iterator<Item = &Entry<Appointment>> {
        self.appointments.iter().filter(move |it| is_booked(it) && it.value.start > now)
    }

    /// Those that have begun, and cancelled ones whenever they were.
    pub fn earlier(&self, now: DateTime<Utc>) -> impl Iterator<Item = &Entry<Appointment>> {
        self.appointments.iter().filter(move |it| !is_booked(it) || it.value.start <= now)
    }
}

fn is_booked(appointment: &Entry<Appointment>) -> bool {
    appointment.value.status == Status::Booked
}

/// «Godkend»: the clinic knows a patient who created themself, under this number.
pub fn accept(patient: &Entry<Patient>, number: PatientNumber) -> Option<Write> {
    Write::edit(patient, &Patient { number, accepted: true, ..patient.value.clone() })
}

/// What is in the way of deleting a patient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Depending {
    /// Cancelled ones too: they tell what was agreed.
    pub appointments: usize,
    pub needs: usize,
}

/// A patient goes only while nothing is known of them but who they are.
pub fn delete_patient(records: &PatientRecords) -> Result<Vec<Write>, Depending> {
    let depending = Depending { appointments: records.appointments.len(), needs: records.needs.len() };
    if depending == (Depending { appointments: 0, needs: 0 }) {
        Ok(vec![Write::delete(&records.patient)])
    } else {
        Err(depending)
    }
}

/// A need that an appointment uses stays; else it goes, and cancelled appointments that were made for
/// it forget what for. The booked appointment is what is in the way.
pub fn delete_need<'a>(
    need: &Entry<Need>,
    appointments: &'a [Entry<Appointment>],
) -> Result<Vec<Write>, &'a Entry<Appointment>> {
    let made_for = || appointments.iter().filter(|it| it.value.need == Some(need.id));
    if let Some(using) = made_for().find(|it| is_booked(it)) {
        return Err(using);
    }
    let forgetting = made_for().filter_map(|it| Write::edit(it, &Appointment { need: None, ..it.value.clone() }));
    Ok(forgetting.chain([Write::delete(need)]).collect())
}

#[cfg(test)]
mod tests {
    use super::scene::{Scene, at, patient};
    use super::*;
    use crate::change::Deed;

    #[test]
    fn what_lies_ahead_and_what_lies_behind() {
        let mut scene = Scene::new();
        let earlier = scene.appointment("2026-11-23T07:00:00Z", 30);
        let beginning = scene.appointment("2026-11-23T08:10:00Z", 30);
        let later = scene.appointment("2026-11-23T08:11:00Z", 30);
        let cancelled = scene.cancelled("2026-12-01T08:00:00Z");
        let records = &scene.records;
        let ids = |found: Vec<&Entry<Appointment>>| found.into_iter().map(|it| it.id).collect::<Vec<_>>();
        let now = at("2026-11-23T08:10:00Z");
        assert_eq!(ids(records.upcoming(now).collect()), [later]);
        assert_eq!(ids(records.earlier(now).collect()), [earlier, beginning, cancelled]);
    }

    #[test]
    fn a_need_is_open_until_a_booked_appointment_uses_it() {
        let mut scene = Scene::new();
        let [open, used, freed] = [scene.need(), scene.need(), scene.need()];
        let using = scene.appointment_for(used, "2026-11-24T08:00:00Z");
        let _cancelled = scene.cancelled_for(freed, "2026-11-24T09:00:00Z");
        let records = &scene.records;
        assert_eq!(records.use_of(used).map(|it| it.id), Some(using));
        assert_eq!(records.open_needs().map(|need| need.id).collect::<Vec<_>>(), [open, freed]);
    }

    #[test]
    fn a_patient_is_deleted_only_without_appointments_and_needs() {
        let mut scene = Scene::new();
        assert_eq!(delete_patient(&scene.records), Ok(vec![Write::delete(&scene.records.patient)]));
        let _need = scene.need();
        assert_eq!(delete_patient(&scene.records), Err(Depending { appointments: 0, needs: 1 }));
        let _cancelled = scene.cancelled("2026-12-01T08:00:00Z");
        assert_eq!(delete_patient(&scene.records), Err(Depending { appointments: 1, needs: 1 }));
    }

    #[test]
    fn a_need_goes_unless_it_is_used_and_cancelled_appointments_forget_it() {
        let mut scene = Scene::new();
        let [used, freed] = [scene.need(), scene.need()];
        let using = scene.appointment_for(used, "2026-11-24T08:00:00Z");
        let cancelled = scene.cancelled_for(freed, "2026-11-24T09:00:00Z");
        let [used, freed] = [used, freed].map(|id| scene.entry(id));
        let appointments = &scene.records.appointments;
        assert_eq!(delete_need(&used, appointments).map_err(|it| it.id), Err(using));
        let writes = delete_need(&freed, appointments).expect("nothing booked uses it");
        let [forgets, deletes] = writes.as_slice() else { panic!("{writes:?}") };
        let Deed::Set(set) = &forgets.deed else { panic!("{forgets:?}") };
        assert_eq!((forgets.id, set.len(), &set["need"]), (cancelled.uuid(), 1, &serde_json::Value::Null));
        assert_eq!(deletes, &Write::delete(&freed));
    }

    #[test]
    fn accepting_sets_the_number_and_that_the_clinic_knows_them() {
        let new = patient("ny-1", "Emil Sandager", "1999-01-30");
        let number = PatientNumber::new("1301").expect("a number");
        let Some(Write { deed: Deed::Set(set), .. }) = accept(&new, number) else { panic!("something changes") };
        assert_eq!(serde_json::Value::Object(set), serde_json::json!({"number": "1301", "accepted": true}));
    }
}
