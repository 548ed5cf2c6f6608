//! Which waiting changes are looked at again when something comes from the server.

use aftalebog_booking::Id;
use aftalebog_booking::record::{Appointment, Need, OnlineType, Status};
use serde_json::json;

use super::super::affected::{Came, concerned};
use super::sample::whole;
use super::*;

/// Whether a change of this PC with that write is concerned by what has come.
#[track_caller]
fn check(own: Write, came: FeedWrite, expected: bool) {
    let mut paired = Paired::new();
    let words = format!("{own:?}\n{came:?}");
    let _id = paired.clinic.save(vec![own]).unwrap();
    let come = [paired.others(vec![came])];
    let asking = move |connection: &mut Connection| concerned(connection, Came::Feed(&come)).unwrap().len();
    assert_eq!(wait(paired.store().owner.ask(asking)).ok(), Some(usize::from(expected)), "{words}");
}

fn block(start: &str, minutes: u16) -> Entry<Appointment> {
    let (start, minutes) = (instant(start), whole(minutes));
    Entry::new(Appointment { start, minutes, ..sample().block.value })
}

#[test]
fn a_change_is_concerned_by_its_records_and_by_those_it_names_or_that_name_them() {
    let sample = sample();
    let renamed = || {
        let after =
            aftalebog_booking::record::AppointmentType { code: sample::line("XX"), ..sample.check_up.value.clone() };
        Write::edit(&sample.check_up, &after).unwrap()
    };
    check(renamed(), feed_set(Kind::AppointmentType, sample.check_up.id.uuid(), json!({"name": "A"})), true);
    check(renamed(), feed_set(Kind::AppointmentType, sample.cleaning.id.uuid(), json!({"name": "A"})), false);
    let need = |of| Entry::new(Need { appointment_type: of, ..sample.need.value.clone() });
    check(renamed(), feed_new(&need(sample.check_up.id)), true);
    check(renamed(), feed_new(&need(sample.cleaning.id)), false);
    let own = || Write::create(&need(sample.check_up.id));
    check(own(), feed_set(Kind::Patient, sample.patient.id.uuid(), json!({"phone": "1"})), true);
    check(own(), feed_set(Kind::Practitioner, sample.hygienist.id.uuid(), json!({"title": "A"})), false);
    check(own(), feed_delete(Kind::AppointmentType, sample.check_up.id.uuid()), true);
}

#[test]
fn a_change_is_concerned_by_what_only_one_can_be() {
    let sample = sample();
    let of = |id| Entry::new(OnlineType { appointment_type: id, ..sample.online.value.clone() });
    let own = || Write::create(&of(sample.cleaning.id));
    check(own(), feed_new(&of(sample.cleaning.id)), true);
    check(own(), feed_new(&of(sample.check_up.id)), false);
}

/// Far apart, and of nobody's time in common.
#[test]
fn a_change_is_concerned_by_the_need_that_its_appointment_uses_up() {
    let sample = sample();
    let used_up = || {
        let after = Appointment { start: instant("2026-12-01T08:00:00Z"), ..sample.appointment.value.clone() };
        Write::edit(&sample.appointment, &after).unwrap()
    };
    let booked = |need, status| {
        let start = instant("2027-03-01T08:00:00Z");
        let value =
            Appointment { practitioner: sample.hygienist.id, start, need, status, ..sample.block.value.clone() };
        feed_new(&Entry::new(value))
    };
    check(used_up(), booked(Some(sample.need.id), Status::Booked), true);
    check(used_up(), booked(Some(Id::new(Uuid::from_u128(0xDEED))), Status::Booked), false);
    check(used_up(), booked(None, Status::Booked), false);
    // And one that says which need it is for, by whatever is written of that.
    let named = || {
        let cancelled = Appointment { status: Status::Cancelled, ..sample.appointment.value.clone() };
        Write::create(&Entry::new(cancelled))
    };
    let need = sample.need.id.uuid();
    check(named(), feed_set(Kind::Need, need, json!({"minutes": 45})), true);
    check(named(), feed_delete(Kind::Need, need), true);
    check(named(), feed_set(Kind::Need, Uuid::from_u128(0xDEED), json!({"minutes": 45})), false);
}

#[test]
fn a_change_is_concerned_by_what_takes_the_same_time_of_somebody() {
    let own = || Write::create(&block("2026-12-01T08:00:00Z", 30));
    check(own(), feed_new(&block("2026-12-01T08:25:00Z", 30)), true);
    check(own(), feed_new(&block("2026-12-01T08:30:00Z", 30)), false);
    check(own(), feed_new(&block("2026-12-01T07:30:00Z", 30)), false);
    check(own(), feed_new(&block("2026-12-01T07:30:00Z", 35)), true);
    let mut elsewhere = block("2026-12-01T08:00:00Z", 30);
    let (dentist, hygienist) = (sample().dentist.id, sample().hygienist.id);
    elsewhere.value.practitioner = if elsewhere.value.practitioner == dentist { hygienist } else { dentist };
    check(own(), feed_new(&elsewhere), false);
}

/// No server sends such a length; a faulty one does not make this PC count until the end of time.
#[test]
fn a_length_that_is_none_is_taken_for_the_longest() {
    let came = |minutes: serde_json::Value| {
        let mut came = feed_new(&block("2026-12-01T08:00:00Z", 30));
        if let WireDeed::Set(fields) = &mut came.deed {
            let _was = fields.insert("minutes".to_owned(), minutes);
        }
        came
    };
    let own = |start| Write::create(&block(start, 30));
    for odd in [json!(i64::MAX), json!(9_000_000_000_000_i64), json!("long"), json!(1e300)] {
        check(own("2026-12-01T15:55:00Z"), came(odd.clone()), true);
        check(own("2026-12-01T16:00:00Z"), came(odd), false);
    }
    check(own("2026-12-01T08:00:00Z"), came(json!(i64::MIN)), false);
}
