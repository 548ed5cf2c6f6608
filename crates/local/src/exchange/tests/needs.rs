use aftalebog_booking::record::{Need, Patient};
use aftalebog_booking::time::{NoSuchWeek, Week};
use aftalebog_booking::{Entry, Setup, Snapshot, demo};
use proptest::prelude::*;

use super::super::need::{check, write};
use super::super::patient::{Checked, Existing, Fault, Field, Mapping, Subject};
use super::{table, today, whole};

struct Clinic {
    setup: Setup,
    patients: Vec<Entry<Patient>>,
    needs: Vec<Entry<Need>>,
}

fn clinic() -> Clinic {
    use aftalebog_booking::{Id, Value};
    let Snapshot { records, .. } = demo::demo_clinic(today(), demo::SEED);
    let (mut patients, mut needs) = (vec![], vec![]);
    for record in &records {
        match record.value.clone() {
            Value::Patient(value) => patients.push(Entry { id: Id::new(record.id), value }),
            Value::Need(value) => needs.push(Entry { id: Id::new(record.id), value }),
            _ => {}
        }
    }
    Clinic { setup: Setup::gather(records).unwrap(), patients, needs }
}

impl Clinic {
    fn check(&self, text: impl AsRef<[u8]>, existing: Existing) -> Checked<Need> {
        let table = table(text);
        let mapping = Mapping::guess(&table, Subject::Needs);
        check(&table, &mapping, &self.patients, &self.needs, &self.setup, existing)
    }
}

#[track_caller]
fn reads_week(clinic: &Clinic, week: &str, year: &str, expected: Result<(i32, u8), Fault>) {
    let checked = clinic.check(format!("nummer;kode;behandler;uge;år\n1001;su;jh;{week};{year}\n"), Existing::Skip);
    let expected = expected.map(|(year, week)| Week::new(year, week).unwrap());
    let found = match (checked.creations.as_slice(), checked.faults.as_slice()) {
        ([need], []) => Ok(need.value.recall),
        ([], [fault]) => Err(fault.fault.clone()),
        other => panic!("{other:?}"),
    };
    assert_eq!(found, expected, "«{week}» «{year}»");
}

#[test]
fn weeks_as_programs_write_them() {
    let clinic = clinic();
    for week in
        ["49/2027", "2027-49", "2027W49", "2027-W49", "202749", "49-2027", "uge 49/2027", "49/27", "Uge 49, 2027"]
    {
        reads_week(&clinic, week, "", Ok((2027, 49)));
    }
    reads_week(&clinic, "uge 49", "2027", Ok((2027, 49)));
    reads_week(&clinic, "5", "2027", Ok((2027, 5)));
    reads_week(&clinic, "53/2026", "", Ok((2026, 53)));
    let none = NoSuchWeek { year: 2027, week: 53, weeks: 52 };
    reads_week(&clinic, "53/2027", "", Err(Fault::NoSuchWeek(none)));
    reads_week(&clinic, "49", "", Err(Fault::NoYear { week: "49".to_owned() }));
    reads_week(&clinic, "snart", "", Err(Fault::NotAWeek { text: "snart".to_owned() }));
    reads_week(&clinic, "", "", Err(Fault::Missing(Field::Week)));
}

#[test]
fn who_and_what_is_unknown_is_said_by_line() {
    let clinic = clinic();
    let text = "Patientnr;Type;Behandler;Uge;Minutter\n1001;SU;JH;49/2027;\n9999;SU;JH;49/2027;30\n1002;XX;JH;49/2027;30\n\
                1003;TR;??;49/2027;30\n1004;TR;cn;49/2027;3\n1005;tr;cn;49/2027;45 min.\n1005;tr;cn;49/2027;45\n";
    let checked = clinic.check(text, Existing::Skip);
    let found: Vec<(usize, Fault)> = checked.faults.into_iter().map(|fault| (fault.line, fault.fault)).collect();
    let expected = [
        (3, Fault::UnknownPatient { number: "9999".to_owned() }),
        (4, Fault::UnknownCode { code: "XX".to_owned() }),
        (5, Fault::UnknownInitials { initials: "??".to_owned() }),
        (6, Fault::NotMinutes { text: "3".to_owned() }),
    ];
    assert_eq!(found, expected);
    let of_type =
        |code: &str| clinic.setup.appointment_types.iter().find(|entry| entry.value.code.as_str() == code).unwrap();
    let minutes: Vec<_> = checked.creations.iter().map(|need| need.value.minutes).collect();
    assert_eq!(minutes, [of_type("SU").value.minutes, whole(45)], "blank minutes are the type's");
    assert_eq!(checked.skipped, 1, "the same need twice is one");
}

#[test]
fn a_need_for_what_is_no_longer_used_is_refused() {
    let mut clinic = clinic();
    for entry in &mut clinic.setup.appointment_types {
        entry.value.deactivated = entry.value.code.as_str() == "TR";
    }
    let checked = clinic.check("nr;kode;behandler;uge\n1001;TR;CN;49/2027\n", Existing::Skip);
    assert_eq!(checked.faults[0].fault, Fault::CodeNotInUse { code: "TR".to_owned() });
}

#[test]
fn the_needs_that_are_written_are_all_there_already() {
    let clinic = clinic();
    let bytes = write(clinic.needs.iter().map(|entry| &entry.value), &clinic.patients, &clinic.setup);
    let checked = clinic.check(&bytes, Existing::Update);
    assert_eq!((checked.creations.len(), checked.edits.len(), checked.faults), (0, 0, vec![]));
    assert_eq!(checked.skipped, clinic.needs.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_is_read_again(rows in prop::collection::vec((0..300_usize, 0..9_usize, 0..5_usize, 5..=480_u16, 2020..2040, 1..=53_u8), 1..20)) {
        let Clinic { setup, patients, .. } = clinic();
        let mut needs: Vec<Need> = rows.into_iter().filter_map(|(patient, appointment_type, practitioner, minutes, year, week)| Some(Need {
            patient: patients[patient % patients.len()].id,
            appointment_type: setup.appointment_types[appointment_type % setup.appointment_types.len()].id,
            practitioner: setup.practitioners[practitioner % setup.practitioners.len()].id,
            minutes: whole(minutes),
            recall: Week::new(year, week).ok()?,
        })).collect();
        needs.sort_by_key(|need| (need.patient, need.appointment_type, need.practitioner, need.recall));
        needs.dedup_by_key(|need| (need.patient, need.appointment_type, need.practitioner, need.recall));
        let bytes = write(&needs, &patients, &setup);
        let empty = Clinic { setup, patients, needs: vec![] };
        let checked = empty.check(&bytes, Existing::Skip);
        prop_assert_eq!(&checked.faults, &vec![]);
        prop_assert_eq!(checked.creations.into_iter().map(|entry| entry.value).collect::<Vec<_>>(), needs);
    }
}
