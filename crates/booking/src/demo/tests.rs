use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDateTime, Timelike, Weekday};
use serde_json::Value as Json;

use super::*;
use crate::agenda::{closed, working_intervals};
use crate::consequence::last_recall_date;
use crate::record::{Appointment, AppointmentType, Entry, Kind, Need, Origin, Patient, Practitioner, Record};
use crate::time::{Week, days_after, days_before};
use crate::zone::local;

/// Ordinary days, the days around the closure, both clock changes, a leap day, Sundays, Easter.
const TODAYS: [&str; 16] = [
    "2026-11-23",
    "2026-11-22",
    "2026-12-22",
    "2026-12-23",
    "2026-12-28",
    "2027-01-01",
    "2027-01-02",
    "2027-01-05",
    "2027-03-27",
    "2027-03-22",
    "2028-02-29",
    "2026-03-28",
    "2026-10-24",
    "2026-05-13",
    "2026-06-05",
    "2029-12-31",
];

fn date(text: &str) -> NaiveDate {
    text.parse().expect(text)
}

/// A demo, taken apart for questions.
struct Demo {
    today: NaiveDate,
    setup: Setup,
    patients: Vec<Entry<Patient>>,
    needs: Vec<Entry<Need>>,
    appointments: Vec<Entry<Appointment>>,
}

impl Demo {
    fn new(today: NaiveDate, seed: u64) -> Self {
        let records = demo_clinic(today, seed).records;
        Self {
            today,
            setup: Setup::gather(records.iter().cloned()).expect("a set-up"),
            patients: all(&records),
            needs: all(&records),
            appointments: all(&records),
        }
    }

    fn each() -> impl Iterator<Item = Self> {
        TODAYS.into_iter().flat_map(|today| (1..=3).map(move |seed| Self::new(date(today), seed)))
    }

    fn initials(&self, id: Id<Practitioner>) -> &str {
        self.setup.practitioner(id).expect("a practitioner").initials.as_str()
    }

    fn code(&self, id: Id<AppointmentType>) -> &str {
        self.setup.appointment_type(id).expect("a type").code.as_str()
    }

    fn patient(&self, number: &str) -> Id<Patient> {
        self.patients.iter().find(|entry| entry.value.number.as_str() == number).expect(number).id
    }

    /// Type, practitioner, minutes and week of a patient's open needs.
    fn open_needs(&self, patient: Id<Patient>) -> Vec<(&str, &str, u16, Week)> {
        let used: BTreeSet<_> = self.appointments.iter().filter_map(|entry| entry.value.need).collect();
        let open = self.needs.iter().filter(|need| need.value.patient == patient && !used.contains(&need.id));
        open.map(|Entry { value: need, .. }| {
            (self.code(need.appointment_type), self.initials(need.practitioner), need.minutes.get(), need.recall)
        })
        .collect()
    }

    fn starts(&self, appointment: &Appointment) -> NaiveDateTime {
        local(self.setup.clinic.value.time_zone, appointment.start)
    }

    /// The working days after today, found without the demo's own help.
    fn coming(&self) -> Vec<NaiveDate> {
        self.working_days((1..60).map(|days| days_after(self.today, days)))
    }

    fn working_days(&self, days: impl Iterator<Item = NaiveDate>) -> Vec<NaiveDate> {
        let mk = self.setup.practitioners[1].id; // works on every weekday
        days.filter(|day| {
            !working_intervals(&self.setup, mk, *day).is_empty() && closed(&self.setup, mk, *day).is_none()
        })
        .filter(|day| !settings::in_christmas_days(*day))
        .take(10)
        .collect()
    }

    /// Start and end, in minutes after midnight, of what stands in one column.
    fn busy(&self, practitioner: Id<Practitioner>, day: NaiveDate) -> Vec<(u16, u16)> {
        let on_it = |entry: &&Entry<Appointment>| {
            entry.value.practitioner == practitioner && self.starts(&entry.value).date() == day
        };
        let mut busy: Vec<_> = self
            .appointments
            .iter()
            .filter(on_it)
            .map(|entry| {
                let start = self.starts(&entry.value);
                let minutes = (start.hour() * 60 + start.minute()) as u16;
                (minutes, minutes + entry.value.minutes.get())
            })
            .collect();
        busy.sort();
        busy
    }

    /// The lengths of what is free in one column, before noon only on a Wednesday.
    fn free(&self, practitioner: Id<Practitioner>, day: NaiveDate) -> Vec<u16> {
        let busy = self.busy(practitioner, day);
        let mut free = vec![];
        for interval in working_intervals(&self.setup, practitioner, day) {
            let inside = interval.from().minutes()..interval.to().minutes();
            let mut from = inside.start;
            for (start, end) in busy.iter().filter(|(start, _)| inside.contains(start)) {
                free.push(start - from);
                from = *end;
            }
            free.push(interval.to().minutes() - from);
        }
        free
    }
}

fn all<T: crate::record::Recorded>(records: &[Record]) -> Vec<Entry<T>> {
    let entry =
        |record: &Record| T::from_value(record.value.clone()).map(|value| Entry { id: Id::new(record.id), value });
    records.iter().filter_map(entry).collect()
}

#[test]
fn the_same_day_and_seed_give_the_same_bytes() {
    let bytes = |today, seed| serde_json::to_vec(&demo_clinic(date(today), seed)).expect("JSON");
    assert_eq!(bytes("2026-11-23", 7), bytes("2026-11-23", 7));
    assert_ne!(bytes("2026-11-23", 7), bytes("2026-11-23", 8));
    assert_ne!(bytes("2026-11-23", 7), bytes("2026-11-24", 7));
}

#[test]
fn it_survives_json() {
    let demo = demo_clinic(date("2026-11-23"), 1);
    let json = serde_json::to_string(&demo).expect("JSON");
    assert_eq!(serde_json::from_str::<Snapshot>(&json).expect("a snapshot"), demo);
}

#[test]
fn it_has_records_of_every_kind_each_id_once_and_no_name_without_a_record() {
    let demo = demo_clinic(date("2026-11-23"), 1);
    let count = |kind| demo.records.iter().filter(|record| record.value.kind() == kind).count();
    for kind in Kind::ALL {
        assert!(count(*kind) > 0, "{kind}");
    }
    assert_eq!(count(Kind::Practitioner), 7);
    assert_eq!(count(Kind::AppointmentType), 10);
    assert_eq!(count(Kind::OnlineType), 9);
    assert_eq!(count(Kind::Patient), 300);
    let ids: BTreeSet<_> = demo.records.iter().map(|record| (record.value.kind(), record.id)).collect();
    assert_eq!(ids.len(), demo.records.len());
    let known: BTreeSet<_> = demo.records.iter().map(|record| record.id.to_string()).collect();
    for record in &demo.records {
        for name in ["practitioner", "patient", "need", "appointment_type"] {
            if let Some(Json::String(id)) = record.fields().get(name) {
                assert!(known.contains(id), "{} names no record: {name} {id}", record.id);
            }
        }
    }
}

#[test]
fn nothing_in_it_looks_like_a_cpr_number() {
    assert!(looks_like_cpr("x0101701234") && looks_like_cpr("010170-1234"));
    assert!(!looks_like_cpr("010170-123") && !looks_like_cpr("2026-11-23"));
    for seed in 1..5 {
        let json = serde_json::to_string(&demo_clinic(date("2026-11-23"), seed)).expect("JSON");
        assert!(!looks_like_cpr(&json));
    }
}

#[test]
fn every_special_patient_is_there() {
    for demo in Demo::each() {
        let this_week = Week::of(demo.today);
        let needs = |number| demo.open_needs(demo.patient(number));
        assert_eq!(needs("1001"), [("SU", "LB", 45, this_week.plus(2))]);

        let expired = needs("1002");
        let [("SU", _, 45, recall)] = expired.as_slice() else { panic!("{expired:?}") };
        let hundred_days = demo.setup.online_types[0].value.max_days_after_recall_week;
        let last = last_recall_date(*recall, hundred_days).expect("a limit");
        assert_eq!(Week::of(last), this_week.minus(1), "it expired last week");

        assert_eq!(needs("1003"), [("FU", "MK", 30, Week::last_of(this_week.year()))]);
        assert_eq!(needs("1004"), [("TR", "CN", 30, this_week)]);
        let both = needs("1005");
        assert!(both.len() == 2 && both[0].0 == "SU" && both[1].0 == "TR" && both[0].3 == both[1].3, "{both:?}");
        assert_eq!(needs("1006"), [("TB", "PV", 45, this_week)]);
        assert_eq!(needs("1007"), []);

        let appointments = |number| -> Vec<_> {
            let patient = Some(demo.patient(number));
            let found = demo.appointments.iter().filter(|entry| entry.value.patient == patient);
            found
                .map(|it| (demo.code(it.value.appointment_type.expect("a type")), demo.starts(&it.value).date()))
                .collect()
        };
        let coming = demo.coming();
        assert_eq!(appointments("1008"), [("SU", coming[1])], "{}", demo.today);
        assert_eq!(appointments("1009"), [("KNÆK", coming[0])], "{}", demo.today);
        for number in ["1001", "1002", "1003", "1004", "1005", "1006", "1007", "1010"] {
            assert_eq!(appointments(number), []);
        }
        let new: Vec<_> = demo.patients.iter().filter(|it| it.value.self_registered && !it.value.accepted).collect();
        assert!(new.len() == 1 && new[0].value.number.as_str() == "1010");
    }
}

#[test]
fn the_last_week_of_2026_is_week_53() {
    let demo = Demo::new(date("2026-11-23"), 1);
    assert_eq!(demo.open_needs(demo.patient("1003"))[0].3, Week::new(2026, 53).expect("a week"));
}

#[test]
fn one_need_points_at_one_who_is_not_registered_and_one_has_expired() {
    for demo in Demo::each() {
        let astray: Vec<_> = demo
            .needs
            .iter()
            .filter(|need| !demo.setup.practitioner(need.value.practitioner).expect("one").registered)
            .map(|need| demo.initials(need.value.practitioner))
            .collect();
        assert_eq!(astray, ["PV"]);
        let used: BTreeSet<_> = demo.appointments.iter().filter_map(|entry| entry.value.need).collect();
        let expired = demo.needs.iter().filter(|need| !used.contains(&need.id)).filter(|need| {
            let online = demo.setup.online_type_of(need.value.appointment_type).expect("an online type");
            let last = last_recall_date(need.value.recall, online.value.max_days_after_recall_week);
            last.is_some_and(|last| last < demo.today)
        });
        assert_eq!(expired.count(), 1);
    }
}

#[test]
fn a_need_is_used_once_by_its_own_patient_type_and_practitioner() {
    for demo in Demo::each() {
        let needs: BTreeMap<_, _> = demo.needs.iter().map(|need| (need.id, &need.value)).collect();
        let mut used = BTreeSet::new();
        for Entry { value: appointment, .. } in &demo.appointments {
            if let Some(id) = appointment.need {
                let need = needs[&id];
                assert!(used.insert(id));
                assert_eq!(appointment.patient, Some(need.patient));
                assert_eq!(appointment.appointment_type, Some(need.appointment_type));
                assert_eq!((appointment.practitioner, appointment.minutes), (need.practitioner, need.minutes));
            }
        }
        assert!(used.len() > 50);
    }
}

#[test]
fn columns_are_as_full_as_they_should_be() {
    for demo in Demo::each() {
        let coming = demo.coming();
        assert_eq!(coming.len(), 10);
        for day in &coming {
            let end = if day.weekday() == Weekday::Wed { 12 * 60 } else { 24 * 60 };
            for practitioner in &demo.setup.practitioners {
                let intervals = working_intervals(&demo.setup, practitioner.id, *day);
                let working: u16 =
                    intervals.iter().map(|it| it.to().minutes().min(end).saturating_sub(it.from().minutes())).sum();
                let busy = demo.busy(practitioner.id, *day);
                let minutes: u16 = busy.iter().map(|(start, end)| end - start).sum();
                assert!(
                    minutes * 100 >= working * 60 && minutes * 100 <= working * 75,
                    "{} {} on {day}: {minutes} of {working}",
                    demo.today,
                    practitioner.value.initials,
                );
                assert!(busy.iter().all(|(_, last)| *last <= end), "the Wednesday afternoon is empty: {day}");
            }
        }
        let last = demo.appointments.iter().map(|entry| demo.starts(&entry.value).date()).max();
        assert_eq!(last, coming.last().copied());
    }
}

#[test]
fn the_previous_working_days_are_not_empty() {
    for demo in Demo::each() {
        let past = demo.working_days((1..60).map(|days| days_before(demo.today, days)));
        for day in &past[..3] {
            let count = demo.appointments.iter().filter(|entry| demo.starts(&entry.value).date() == *day).count();
            assert!(count > 10, "{day}: {count}");
        }
    }
}

#[test]
fn each_week_has_one_hole_of_thirty_minutes_for_each_practitioner() {
    for demo in Demo::each() {
        for practitioner in &demo.setup.practitioners {
            let mut holes: BTreeMap<Week, usize> = BTreeMap::new();
            for day in (0..60).map(|days| days_after(days_before(demo.today, 20), days)) {
                if !demo.busy(practitioner.id, day).is_empty() {
                    let count = demo.free(practitioner.id, day).iter().filter(|free| **free == 30).count();
                    *holes.entry(Week::of(day)).or_default() += count;
                }
            }
            assert!(holes.values().all(|count| *count == 1), "{} {holes:?}", practitioner.value.initials);
        }
    }
}

#[test]
fn appointments_stand_where_they_can() {
    for demo in Demo::each() {
        let mut people: BTreeMap<_, Vec<(_, _)>> = BTreeMap::new();
        for Entry { value, .. } in &demo.appointments {
            let (start, practitioner) = (demo.starts(value), value.practitioner);
            let from = (start.hour() * 60 + start.minute()) as u16;
            let inside = working_intervals(&demo.setup, practitioner, start.date())
                .iter()
                .any(|it| it.from().minutes() <= from && from + value.minutes.get() <= it.to().minutes());
            assert!(inside, "{start} {}", demo.initials(practitioner));
            assert_eq!((from % 15, start.second()), (0, 0), "{start}");
            assert_eq!(closed(&demo.setup, practitioner, start.date()), None, "{start}");
            let span = (value.start, value.end());
            people.entry(practitioner.uuid()).or_default().push(span);
            if let Some(patient) = value.patient {
                people.entry(patient.uuid()).or_default().push(span);
            }
        }
        for spans in people.values_mut() {
            spans.sort();
            assert!(spans.windows(2).all(|two| two[0].1 <= two[1].0), "{spans:?}");
        }
    }
}

#[test]
fn nobody_comes_between_christmas_and_new_year() {
    // Those of the winter before today too, although its closure is no longer recorded.
    for demo in ["2026-12-22", "2026-12-30", "2027-01-02", "2027-01-05"].map(|today| Demo::new(date(today), 1)) {
        let days: BTreeSet<_> = demo.appointments.iter().map(|entry| demo.starts(&entry.value).date()).collect();
        assert!(days.iter().all(|day| *day <= date("2026-12-22") || *day >= date("2027-01-02")), "{days:?}");
        assert!(days.contains(&date("2026-12-22")));
    }
}

#[test]
fn the_book_is_a_plausible_mix() {
    for demo in Demo::each() {
        let codes: BTreeSet<_> =
            demo.appointments.iter().filter_map(|it| it.value.appointment_type).map(|id| demo.code(id)).collect();
        assert_eq!(codes.len(), 10, "{codes:?}");
        let blocks = demo.appointments.iter().filter(|it| it.value.appointment_type.is_none());
        let blocks: Vec<_> = blocks.map(|it| (it.value.patient, it.value.note.as_str())).collect();
        assert!(blocks.len() > 3 && blocks.iter().all(|(patient, note)| patient.is_none() && !note.is_empty()));
        let online = demo.appointments.iter().filter(|it| it.value.origin == Origin::Online).count();
        assert!(online * 20 > demo.appointments.len() && online * 2 < demo.appointments.len());
    }
}

#[test]
fn no_day_of_the_calendar_is_a_fault() {
    for today in [NaiveDate::MIN, NaiveDate::MAX, date("0000-01-01"), date("9999-12-31")] {
        assert!(demo_clinic(today, u64::MAX).records.len() > 300);
    }
}
