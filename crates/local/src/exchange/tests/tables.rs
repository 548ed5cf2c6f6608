use super::super::encoding::Encoding;
use super::super::table::{Heading, Layout, NotATable, Separator, Table};
use super::table;

#[track_caller]
fn check(bytes: impl AsRef<[u8]>, encoding: Encoding, separator: Separator, heading: Heading) {
    assert_eq!(Layout::guess(bytes.as_ref()), Layout { encoding, separator, heading });
}

/// The lines and cells of a table.
fn rows(table: &Table) -> Vec<(usize, Vec<String>)> {
    table.rows.iter().map(|row| (row.line, row.cells().map(str::to_owned).collect())).collect()
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(bytes).collect()
}

#[test]
fn the_layout_is_found() {
    use Encoding::*;
    use Heading::{Names, None};
    use Separator::*;
    const ROWS: &str = "Nr.;Navn;Født\r\n1;Søren Ås;01-02-1980\r\n2;Åse Bæk;03-04-1981\r\n";
    check(ROWS, Utf8, Semicolon, Names);
    check(format!("\u{FEFF}{ROWS}"), Utf8, Semicolon, Names);
    check(b"Nr.;Navn\r\n1;S\xF8ren \xC5s\r\n", Windows1252, Semicolon, Names);
    check(utf16(ROWS, u16::to_le_bytes), Utf16Le, Semicolon, Names);
    check(utf16(ROWS, u16::to_be_bytes), Utf16Be, Semicolon, Names);
    check("number,name\n1,\"Ås, Søren\"\n2,\"Bæk, Åse\"\n", Utf8, Comma, Names);
    check("1;Ås, Søren;x\n2;Bæk, Åse;y\n", Utf8, Semicolon, None);
    check("nummer\tnavn\n1\tSøren, Ås\n", Utf8, Tab, Names);
    check("1|Søren|x\n2|Åse|y\n", Utf8, Bar, None);
    check("sep=|\nnavn|nummer\n", Utf8, Bar, Names);
    check("", Utf8, Semicolon, None);
    // Names nobody knows, above rows with figures.
    check("foo;bar\n1;2\n", Utf8, Semicolon, Names);
    check("foo;bar\nbaz;qux\n", Utf8, Semicolon, None);
}

#[test]
fn quotation_marks_line_ends_and_blank_lines() {
    let table = table("nummer;navn\r\n\r\n1;\"Søren \"\"Sø\"\"\r\nÅs\"\r\n\n;;\n2;\"a;b\"\r3;x");
    let cells = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        rows(&table),
        [(3, cells(&["1", "Søren \"Sø\"\r\nÅs"])), (7, cells(&["2", "a;b"])), (8, cells(&["3", "x"])),]
    );
    assert_eq!((table.columns[1].name.as_str(), table.unclosed), ("navn", None));
}

#[test]
fn the_declared_separator_is_no_row_and_counts_as_a_line() {
    let table = table("sep=,\r\nnummer,navn\r\n1,Åse\r\n");
    assert_eq!(rows(&table), [(3, vec!["1".to_owned(), "Åse".to_owned()])]);
}

#[test]
fn a_quotation_that_never_ends_is_said_with_its_line() {
    let table = table("nummer;navn\n1;Åse\n2;\"Bo\n3;Cilie\n4;Dan\n");
    assert_eq!((table.rows.len(), table.unclosed), (1, Some(3)));
    let inch = self::table("nummer;navn\n1;Åse\n2;Bo 5\" Bæk\n");
    assert_eq!((inch.rows.len(), inch.unclosed), (2, None), "a stray one is a letter like others");
}

#[test]
fn the_encoding_can_be_chosen_otherwise() {
    let bytes = b"1;S\xF8ren\n";
    let layout = Layout { encoding: Encoding::Utf8, separator: Separator::Semicolon, heading: Heading::None };
    let read = Table::read(bytes, layout).unwrap();
    assert_eq!(read.rows[0].cell(1), "S\u{FFFD}ren");
    let read = Table::read(bytes, Layout { encoding: Encoding::Windows1252, ..layout }).unwrap();
    assert_eq!(read.rows[0].cell(1), "Søren");
}

#[test]
fn of_personal_numbers_only_the_dates_are_kept() {
    // No such numbers are given out: their last four figures are zeros, or their month is.
    let made_up = |date: &str| format!("{date}-{}", "0".repeat(4));
    let named = table(format!("nummer;cpr-nr.\n1;{}\n", made_up("010080")));
    assert_eq!((named.columns[1].personal_numbers, named.rows[0].cell(1)), (true, "010080-••••"));
    let unnamed =
        table(format!("nummer;x\n1;{}\n2;{}\n3;\n4;nej\n", made_up("010180"), made_up("311299").replace('-', "")));
    assert!(unnamed.columns[1].personal_numbers && !unnamed.columns[0].personal_numbers);
    let kept: Vec<&str> = unnamed.rows.iter().map(|row| row.cell(1)).collect();
    assert_eq!(kept, ["010180-••••", "311299-••••", "", ""]);
    let remark = table(format!("nummer;bemærkning\n1;Se {} hos 4500000000\n2;intet\n", made_up("010180")));
    assert_eq!(remark.rows[0].cell(1), "Se 010180-•••• hos 4500000000");
    let mixed = table(format!("nummer;navn\n1;Åse\n{};Bo\n3;Dan\n", made_up("010180")));
    assert_eq!((mixed.rows[1].cell(0), mixed.columns[0].personal_numbers), ("010180-••••", false));
    let serial = "0".repeat(4);
    for between in ["", " ", "-", "–", " - ", "\u{A0}"] {
        let written = table(format!("nummer;bemærkning\n1;Se 010180{between}{serial}.\n2;intet\n"));
        assert_eq!(written.rows[0].cell(1), "Se 010180-••••.", "«{between}»");
    }
    let dotted = table(format!("nummer;bemærkning\n1;01.01.80-{serial}\n2;a\n3;b\n"));
    assert_eq!(dotted.rows[0].cell(1), "010180-••••");
    let foreign = table(format!("nummer;tlf\n1;070101{serial}\n2;070102{serial} (mor)\n"));
    assert_eq!(foreign.rows[1].cell(1), format!("070102{serial} (mor)"), "a telephone number stays");
    let telephones = table("nummer;tlf\n1;4500000000\n2;+45 00 00 00 00\n");
    assert!(!telephones.columns[1].personal_numbers);
}

#[test]
fn too_much_is_refused_as_a_whole() {
    let layout = Layout { encoding: Encoding::Utf8, separator: Separator::Semicolon, heading: Heading::None };
    let read = |text: &str| Table::read(text.as_bytes(), layout);
    assert_eq!(read("\n\n  \n;;\n").map(|_| ()), Err(NotATable::Empty));
    let wide = ";".repeat(10_000) + "x";
    assert_eq!(read(&format!("a\n{wide}")).map(|_| ()), Err(NotATable::TooManyColumns { line: 2, max: 200 }));
    let long = "a\n".repeat(super::super::table::MAX_ROWS + 2);
    assert!(matches!(read(&long), Err(NotATable::TooManyRows { .. })));
    let large = vec![b'a'; super::super::MAX_BYTES + 1];
    assert!(matches!(Table::read(&large, layout), Err(NotATable::TooLarge { .. })));
    let one_long_line = "a".repeat(10 * 1024 * 1024);
    assert_eq!(read(&one_long_line).unwrap().rows.len(), 1);
}
