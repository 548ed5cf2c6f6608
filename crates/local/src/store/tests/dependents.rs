//! What names somebody or a type, and that whatever nothing names can be deleted and brought back.

use aftalebog_booking::leaving::{self, Leaving};
use aftalebog_booking::record::{Appointment, Need, PractitionerGroup, Status};
use chrono::TimeDelta;

use super::super::Dependents;
use super::sample::line;
use super::*;

impl Clinic {
    fn dependents(&self, of: Leaving, from: DateTime<Utc>) -> Dependents {
        wait(self.store.dependents(of, from)).unwrap()
    }
}

#[test]
fn needs_and_appointments_are_counted_by_what_becomes_of_them() {
    let clinic = Clinic::new();
    let Sample { dentist, check_up, appointment, block, need, .. } = &clinic.sample;
    let (whom, of) = (Leaving::Practitioner(dentist.id), Leaving::AppointmentType(check_up.id));
    let start = appointment.value.start;
    // An appointment, and a block on the same day.
    let blocks = vec![block.id];
    let first = Dependents { used_needs: 1, upcoming: 1, blocks, ..Dependents::default() };
    assert_eq!(clinic.dependents(whom, start), first);
    assert_eq!(clinic.dependents(of, start), Dependents { blocks: vec![], ..first.clone() }, "a block has no type");
    let later = |days, status| {
        let start = start + TimeDelta::days(days);
        Write::create(&Entry::new(Appointment { start, status, need: None, ..appointment.value.clone() }))
    };
    let waiting = Write::create(&Entry::new(Need { practitioner: dentist.id, ..need.value.clone() }));
    let booked = [30, 31, -30].map(|days| later(days, Status::Booked));
    let writes = booked.into_iter().chain([later(32, Status::Cancelled), waiting]).collect();
    let _id = clinic.save(writes).unwrap();
    let all = Dependents { open_needs: 1, upcoming: 3, past: 1, cancelled: 1, ..first };
    assert_eq!(clinic.dependents(whom, start), all);
    // The moment itself belongs to what is to come.
    let last = start + TimeDelta::days(31);
    assert_eq!(clinic.dependents(whom, last), Dependents { upcoming: 1, past: 3, ..all.clone() });
    assert_eq!(clinic.dependents(whom, last + TimeDelta::seconds(1)), Dependents { upcoming: 0, past: 4, ..all });
    let nobody = [Leaving::Practitioner(Id::random()), Leaving::AppointmentType(Id::random())];
    assert!(nobody.into_iter().all(|of| clinic.dependents(of, start).is_none()));
}

#[test]
fn a_need_is_used_while_its_appointment_stands() {
    let clinic = Clinic::new();
    let Sample { need, appointment, .. } = &clinic.sample;
    let whom = Leaving::Practitioner(need.value.practitioner);
    let needs = || {
        let Dependents { open_needs, used_needs, .. } = clinic.dependents(whom, appointment.value.start);
        (open_needs, used_needs)
    };
    assert_eq!(needs(), (0, 1));
    let cancelled = Appointment { status: Status::Cancelled, ..appointment.value.clone() };
    let _id = clinic.save(Write::edit(appointment, &cancelled).into_iter().collect()).unwrap();
    assert_eq!(needs(), (1, 0));
}

#[test]
fn whom_nothing_names_is_deleted_with_what_is_theirs_and_brought_back_in_one_step() {
    let clinic = Clinic::new();
    let hygienist = &clinic.sample.hygienist;
    let group = PractitionerGroup { name: line("Alle"), practitioners: vec![hygienist.id], position: 1 };
    let lunch = Appointment { practitioner: hygienist.id, ..clinic.sample.block.value.clone() };
    let mut hours = clinic.sample.hours.value.clone();
    hours.practitioner = hygienist.id;
    let theirs =
        vec![Write::create(&Entry::new(group)), Write::create(&Entry::new(hours)), Write::create(&Entry::new(lunch))];
    let _id = clinic.save(theirs).unwrap();
    let before = clinic.snapshot();
    let setup = wait(clinic.store.setup()).unwrap();
    let dependents = clinic.dependents(Leaving::Practitioner(hygienist.id), now());
    assert!(dependents.is_none() && dependents.blocks.len() == 1);
    let deletion = clinic.save(leaving::delete_practitioner(hygienist, &dependents.blocks, &setup)).unwrap();
    let setup = wait(clinic.store.setup()).unwrap();
    let named = |group: &Entry<PractitionerGroup>| group.value.name.as_str() == "Alle";
    assert!(setup.practitioner(hygienist.id).is_none() && !setup.practitioner_groups.iter().any(named));
    clinic.undo(deletion).unwrap();
    assert_eq!(clinic.snapshot(), before);
}

#[test]
fn a_deactivated_type_gets_its_set_up_back_in_one_step() {
    let clinic = Clinic::new();
    let before = clinic.snapshot();
    let setup = wait(clinic.store.setup()).unwrap();
    let deactivation = clinic.save(leaving::deactivate_type(&clinic.sample.check_up, &setup)).unwrap();
    assert!(wait(clinic.store.setup()).unwrap().online_types.is_empty());
    clinic.undo(deactivation).unwrap();
    assert_eq!(clinic.snapshot(), before);
}
