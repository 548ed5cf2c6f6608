use aftalebog_booking::Entry;
use aftalebog_booking::bounded::NotALine;
use aftalebog_booking::change::Deed;
use aftalebog_booking::record::Patient;
use proptest::prelude::*;

use super::super::patient::{Checked, Existing, Fault, Field, Mapping, Subject, check, write};
use super::{date, line, table, today};

fn patient(number: &str, name: &str) -> Entry<Patient> {
    Entry::new(Patient {
        number: line(number),
        name: line(name),
        birth_date: date("1980-02-01"),
        phone: Some(line("00 00 00 00")),
        email: None,
        self_registered: false,
        accepted: true,
    })
}

fn checked(text: &str, known: &[Entry<Patient>], existing: Existing) -> Checked<Patient> {
    let table = table(text);
    check(&table, &Mapping::guess(&table, Subject::Patients), known, existing, today())
}

/// The faults with their lines.
fn faults(text: &str) -> Vec<(usize, Fault)> {
    checked(text, &[], Existing::Skip).faults.into_iter().map(|fault| (fault.line, fault.fault)).collect()
}

#[track_caller]
fn reads_date(text: &str, expected: &str) {
    let checked = checked(&format!("nummer;navn;født\n1;Åse;{text}\n"), &[], Existing::Skip);
    assert_eq!(checked.creations[0].value.birth_date, date(expected), "{text}");
}

#[test]
fn dates_as_danish_programs_write_them() {
    for text in [
        "24-12-1980",
        "24.12.1980",
        "24/12/1980",
        "24/12-80",
        "24-12-80",
        "1980-12-24",
        "1980-12-24 00:00:00",
        "1980-12-24T00:00",
        "24121980",
        "19801224",
        "241280",
    ] {
        reads_date(text, "1980-12-24");
    }
    reads_date("1-2-1980", "1980-02-01");
    reads_date("1021980", "1980-02-01");
    // Two figures are the latest year that is not ahead: today itself, and tomorrow a hundred years ago.
    reads_date("23/11-26", "2026-11-23");
    reads_date("24/11-26", "1926-11-24");
    reads_date("290204", "2004-02-29");
}

#[test]
fn what_is_no_date_is_refused_by_line() {
    for text in [
        "65-12-80",
        "651280",
        "31-02-1980",
        "1980-13-01",
        "i går",
        "29-02-1981",
        "290201",
        "0",
        "24-12",
        "24-12-1980-1",
        "24-12-198",
    ] {
        let found = faults(&format!("nummer;navn;født\n1;Åse;01-02-1980\n2;Bo;{text}\n"));
        assert_eq!(found, [(3, Fault::NotADate { text: text.to_owned() })], "{text}");
    }
    let ahead = faults("nummer;navn;født\n1;Åse;24-11-2026\n");
    assert_eq!(ahead, [(2, Fault::NobodysBirthday { date: date("2026-11-24") })]);
    let long_ago = faults("nummer;navn;født\n1;Åse;01-01-1700\n");
    assert!(matches!(long_ago[..], [(2, Fault::NobodysBirthday { .. })]));
}

#[test]
fn names_in_one_column_or_in_two() {
    let name = |text: &str| checked(text, &[], Existing::Skip).creations[0].value.name.to_string();
    assert_eq!(name("nr;navn;født\n1;Åse Bæk;010280"), "Åse Bæk");
    assert_eq!(name("nr;navn;født\n1;\"Bæk, Åse\";010280"), "Åse Bæk");
    assert_eq!(name("nr;navn;født\n1;Åse Bæk, dr.;010280\n2;Bo;010280\n3;Cilie;010280"), "Åse Bæk, dr.");
    assert_eq!(name("nr;efternavn;fornavn;født\n1;Bæk;Åse;010280"), "Åse Bæk");
    assert_eq!(name("nr;navn;efternavn;fornavn;født\n1;BÆK ÅSE;Bæk;Åse;010280"), "Åse Bæk");
    assert_eq!(name("nr;efternavn;fornavn;født\n1;Bæk;;010280"), "Bæk");
    assert_eq!(name("nr;navn;født\n1;\"Åse\r\n Bæk\";010280"), "Åse Bæk");
}

#[test]
fn a_wrong_line_is_said_with_its_reason_and_hides_no_other() {
    let text = format!(
        "nummer;navn;født;e-mail\n;Åse;010280;\n1;;010280;\n2;{};010280;\n3;Bo;010280;\n3;Cilie;010280;\n4;Dan;010280;x;y\n\
         5;E\u{0};010280;\n6;F\u{FFFD};010280;\n7;G;;\n{}{};H;010280;\n8;I;010280;a@b.dk\n",
        "æ".repeat(101),
        "010180",
        "0".repeat(4),
    );
    let found = faults(&text);
    let expected = [
        (2, Fault::Missing(Field::Number)),
        (3, Fault::Missing(Field::Name)),
        (4, Fault::NotALine { field: Field::Name, fault: NotALine::TooLong { max: 100, length: 101 } }),
        (6, Fault::NumberTwice { number: "3".to_owned(), first: 5 }),
        (7, Fault::TooManyCells),
        (8, Fault::NotALine { field: Field::Name, fault: NotALine::Invisible }),
        (9, Fault::Unreadable(Field::Name)),
        (10, Fault::Missing(Field::BirthDate)),
        (11, Fault::PersonalNumber(Field::Number)),
    ];
    assert_eq!(found, expected);
    let numbers: Vec<String> =
        checked(&text, &[], Existing::Skip).creations.iter().map(|entry| entry.value.number.to_string()).collect();
    assert_eq!(numbers, ["3", "8"]);
}

#[test]
fn what_was_hidden_is_not_taken_in_part() {
    let serial = "0".repeat(4);
    let found =
        faults(&format!("nummer;navn;født;e-mail\n1;Åse;010280;010180-{serial}@b.dk\n2;Bo 010180 {serial};010280;\n"));
    assert_eq!(found, [(2, Fault::PersonalNumber(Field::Email)), (3, Fault::PersonalNumber(Field::Name))]);
    let foreign = checked(&format!("nummer;navn;født;tlf\n1;Åse;010280;070101{serial}\n"), &[], Existing::Skip);
    assert_eq!(foreign.creations[0].value.phone.as_ref().map(|it| it.to_string()), Some(format!("070101{serial}")));
}

#[test]
fn what_is_there_already_is_passed_over_or_updated() {
    let known = [patient("1", "Åse Bæk"), patient("2", "Bo"), patient("3", "Cilie")];
    let text = "nummer;navn;født;telefon\n1;Åse Bæk;01-02-1980;\n2;Bo Ny;01-02-1980;11 11 11 11\n4;Dan;01-02-1980;\n";
    let skipping = checked(text, &known, Existing::Skip);
    assert_eq!((skipping.creations.len(), skipping.edits.len(), skipping.skipped), (1, 0, 2));
    let updating = checked(text, &known, Existing::Update);
    assert_eq!((updating.creations.len(), updating.edits.len(), updating.skipped), (1, 1, 1));
    let Deed::Set(fields) = &updating.edits[0].deed else { panic!("an edit") };
    assert_eq!(serde_json::to_string(fields).unwrap(), r#"{"name":"Bo Ny","phone":"11 11 11 11"}"#);
    let twice = [patient("1", "Åse"), patient("1", "Bo")];
    let found = checked("nummer;navn;født\n1;Åse;010280\n", &twice, Existing::Skip).faults;
    assert_eq!(found[0].fault, Fault::Ambiguous { number: "1".to_owned() });
}

#[test]
fn a_personal_number_is_no_patient_number_and_gives_a_birth_date_only_where_it_is_asked_for() {
    let text = format!("nummer;navn;cpr\n1;Åse;{}-{}\n", "010180", "0".repeat(4));
    let table = table(&text);
    let mut mapping = Mapping::guess(&table, Subject::Patients);
    assert_eq!(mapping.missing(Subject::Patients), [Field::BirthDate], "it is not taken by itself");
    mapping.set(Field::Number, Some(2), &table);
    assert_eq!(mapping.forbidden(&table), Some(Field::Number));
    mapping.set(Field::Number, Some(0), &table);
    mapping.set(Field::BirthDate, Some(2), &table);
    assert_eq!((mapping.forbidden(&table), mapping.missing(Subject::Patients)), (None, vec![]));
    let checked = check(&table, &mapping, &[], Existing::Skip, today());
    assert_eq!(checked.creations[0].value.birth_date, date("1980-01-01"));
}

fn any_patient() -> impl Strategy<Value = Patient> {
    let text = "[-=+@',;\"a-zæøåÆØÅ0-9 .|\u{A0}]{1,30}";
    let detail = prop::option::of(text);
    (text, text, 0..40_000_u64, detail.clone(), detail).prop_filter_map(
        "a record",
        |(number, name, days, phone, email)| {
            let detail = |text: Option<String>| match text {
                Some(text) if !text.trim().is_empty() => aftalebog_booking::bounded::Detail::new(&text).ok().map(Some),
                _ => Some(None),
            };
            Some(Patient {
                number: aftalebog_booking::bounded::PatientNumber::new(&number).ok()?,
                name: aftalebog_booking::bounded::Name::new(&name).ok()?,
                birth_date: date("1920-01-01")
                    .checked_add_days(chrono::Days::new(days))
                    .filter(|day| *day < today())?,
                phone: detail(phone)?,
                email: detail(email)?,
                self_registered: false,
                accepted: true,
            })
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn what_is_written_is_read_again(patients in prop::collection::vec(any_patient(), 1..20)) {
        let mut patients = patients;
        patients.sort_by(|one, other| one.number.cmp(&other.number));
        patients.dedup_by(|one, other| one.number == other.number);
        let bytes = write(&patients);
        let table = table(&bytes);
        let mut mapping = Mapping::guess(&table, Subject::Patients);
        prop_assert!(mapping.missing(Subject::Patients).is_empty());
        // Whether a name with a comma is turned round is the person's to say.
        mapping.last_name_first = false;
        let checked = check(&table, &mapping, &[], Existing::Skip, today());
        prop_assert_eq!(&checked.faults, &vec![]);
        let read: Vec<&Patient> = checked.creations.iter().map(|entry| &entry.value).collect();
        prop_assert_eq!(read, patients.iter().collect::<Vec<_>>());
        // And no spreadsheet takes a cell for a formula.
        for row in &table.rows {
            let computes = |cell: &str| {
                cell.starts_with(['=', '@']) || cell.starts_with(['+', '-']) && cell[1..].contains(|it: char| !"0123456789 ".contains(it))
            };
            prop_assert!(!row.cells().any(computes));
        }
    }
}
