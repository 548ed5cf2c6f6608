//! Whatever the bytes are, there is an answer.

use chrono_tz::Europe::Copenhagen;
use proptest::prelude::*;

use super::super::calendar::{self, Span};
use super::super::encoding::Encoding;
use super::super::patient::{Existing, Mapping, Subject};
use super::super::table::{Heading, Layout, Separator, Table};
use super::super::{need, patient};
use super::{date, today};

fn any_layout() -> impl Strategy<Value = Layout> {
    (
        prop::sample::select(Encoding::ALL.to_vec()),
        prop::sample::select(Separator::ALL.to_vec()),
        prop::sample::select(vec![Heading::Names, Heading::None]),
    )
        .prop_map(|(encoding, separator, heading)| Layout { encoding, separator, heading })
}

/// Bytes that are more like a file than any bytes are.
fn like_a_table() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop::sample::select(vec![
        "nummer",
        "navn",
        "født",
        "cpr",
        "uge",
        "kode",
        ";",
        ",",
        "\t",
        "|",
        "\"",
        "\"\"",
        "\r\n",
        "\n",
        "\r",
        "\u{FEFF}",
        "sep=;",
        "1001",
        "010180",
        "-",
        "'",
        "=",
        "\0",
        "æ",
        "49/2026",
        "0000",
        "31-12-1999",
        " ",
        "99999999999999999999",
    ]);
    prop::collection::vec(piece, 0..80).prop_map(|pieces| pieces.concat().into_bytes())
}

fn read_it(bytes: &[u8], layout: Layout) {
    let Ok(table) = Table::read(bytes, layout) else { return };
    let lines = bytes.len() + 1;
    for subject in [Subject::Patients, Subject::Needs] {
        let mut mapping = Mapping::guess(&table, subject);
        for (column, field) in subject.fields().iter().enumerate() {
            if mapping.column(*field).is_none() {
                mapping.set(*field, Some(column), &table);
            }
        }
        let (_, _) = (mapping.missing(subject), mapping.forbidden(&table));
        let checked = patient::check(&table, &mapping, &[], Existing::Update, today());
        assert!(checked.faults.iter().all(|fault| (1..=lines).contains(&fault.line)));
        let unclosed = usize::from(table.unclosed.is_some());
        assert_eq!(checked.creations.len() + checked.skipped + checked.faults.len(), table.rows.len() + unclosed);
    }
    assert!(table.rows.windows(2).all(|two| two[0].line < two[1].line), "each line has its number");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_bytes_are_read_as_a_table(bytes in prop::collection::vec(any::<u8>(), 0..300), layout in any_layout()) {
        read_it(&bytes, layout);
        read_it(&bytes, Layout::guess(&bytes));
    }

    #[test]
    fn anything_like_a_table_is_read(bytes in like_a_table(), layout in any_layout()) {
        read_it(&bytes, layout);
        read_it(&bytes, Layout::guess(&bytes));
    }

    #[test]
    fn any_text_is_read_as_a_calendar(text in "\\PC{0,200}") {
        let span = Span { from: date("2026-11-23"), to: date("2027-11-23") };
        drop(calendar::read(&format!("BEGIN:VCALENDAR\nBEGIN:VEVENT\n{text}"), Copenhagen, span));
    }

    #[test]
    fn anything_like_a_calendar_is_read(lines in prop::collection::vec(like_a_line(), 0..14)) {
        let text = format!("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261124T080000\r\n{}", lines.concat());
        for span in [("2026-11-23", "2027-11-23"), ("2026-11-23", "2026-11-22"), ("-9999-01-01", "9999-12-31")] {
            let span = Span { from: date(span.0), to: date(span.1) };
            if span.to.signed_duration_since(span.from).num_days() < 5000 {
                drop(calendar::read(&text, Copenhagen, span));
            }
        }
    }
}

fn like_a_line() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec![
        "DTSTART",
        "DTEND",
        "DURATION",
        "RRULE",
        "RDATE",
        "EXDATE",
        "RECURRENCE-ID",
        "BEGIN",
        "END",
        "STATUS",
        "SUMMARY",
        " ",
    ]);
    let parameter = prop::sample::select(vec![
        "",
        ";VALUE=DATE",
        ";TZID=Europe/Copenhagen",
        ";TZID=",
        ";",
        ";VALUE=PERIOD",
        ";TZID=\"a",
    ]);
    let value = prop::sample::select(vec![
        "20261124T090000",
        "20261124T090000Z",
        "20261124",
        "99991231T235959Z",
        "00000000",
        "00010101T000000",
        "PT1H",
        "-PT5M",
        "P99999999999W",
        "PT99999999999999999999S",
        "FREQ=DAILY",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;COUNT=4294967295",
        "FREQ=MONTHLY;BYDAY=5MO,-5FR;BYSETPOS=-1",
        "FREQ=WEEKLY;INTERVAL=65535",
        "FREQ=DAILY;UNTIL=00010101",
        "FREQ=YEARLY;BYWEEKNO=53",
        "FREQ=DAILY;INTERVAL=0",
        "VEVENT",
        "VALARM",
        "VCALENDAR",
        "20261124T090000/PT1H,20261125T090000Z",
        "",
        ",,,",
        "\u{0}",
        "FREQ=WEEKLY;WKST=SU;BYDAY=MO,TU,WE,TH,FR,SA,SU",
        "FREQ=YEARLY;BYYEARDAY=366;COUNT=9",
    ]);
    (name, parameter, value).prop_map(|(name, parameter, value)| format!("{name}{parameter}:{value}\r\n"))
}

#[test]
fn needs_of_a_clinic_without_anybody_are_faults() {
    let layout = Layout { encoding: Encoding::Utf8, separator: Separator::Semicolon, heading: Heading::Names };
    let table = Table::read("nr;kode;behandler;uge\n1;SU;JH;1/2027\n".as_bytes(), layout).unwrap();
    let records = aftalebog_booking::demo::demo_clinic(today(), 1).records;
    let setup = aftalebog_booking::Setup::gather(records).unwrap();
    let mapping = Mapping::guess(&table, Subject::Needs);
    let checked = need::check(&table, &mapping, &[], &[], &setup, Existing::Skip);
    assert_eq!(checked.faults.len(), 1);
}
