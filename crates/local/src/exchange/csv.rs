//! Writing CSV as Danish spreadsheets open it: UTF-8 with its mark, semicolons, CRLF.

use csv::{QuoteStyle, Terminator, WriterBuilder};

/// The mark by which Excel knows UTF-8.
const MARK: &[u8] = "\u{FEFF}".as_bytes();

/// The bytes of a file with these rows.
pub fn write<R, C>(rows: impl IntoIterator<Item = R>) -> Vec<u8>
where
    R: IntoIterator<Item = C>,
    C: AsRef<str>,
{
    let mut writer = WriterBuilder::new()
        .delimiter(b';')
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::Necessary)
        .flexible(true)
        .from_writer(MARK.to_vec());
    for row in rows {
        let guarded = row.into_iter().map(|cell| guard(cell.as_ref()));
        writer.write_record(guarded).expect("memory takes what is written");
    }
    writer.into_inner().expect("memory takes what is written")
}

/// What a spreadsheet would take for a formula, and the sign that says it is none.
const FORMULA: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\''];

/// A cell that no spreadsheet computes: `=1+1` becomes `'=1+1`, and is taken back by [`unguard`]. A telephone
/// number such as «+45 00 00 00 00» stays as it is: there is nothing in it to compute with.
pub fn guard(cell: &str) -> String {
    let is_number = |cell: &str| {
        let rest = cell.strip_prefix('+').unwrap_or_default();
        rest.contains(' ') && rest.chars().all(|letter| letter.is_ascii_digit() || letter == ' ')
    };
    if cell.starts_with(FORMULA) && !is_number(cell) { format!("'{cell}") } else { cell.to_owned() }
}

pub fn unguard(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(FORMULA) => rest,
        _ => cell,
    }
}
