//! A CSV file as a table: its separators, its heading, its rows with the lines they stand in.

use csv::{ReaderBuilder, StringRecord};
use thiserror::Error;

use super::encoding::Encoding;
use super::patient::Field;
use super::{MAX_BYTES, cpr};

/// More rows are not read: no clinic has so many patients, but a broken file may.
pub const MAX_ROWS: usize = 300_000;
pub const MAX_COLUMNS: usize = 200;
/// Rows times columns, so that a hostile file cannot fill the memory.
const MAX_CELLS: usize = 8_000_000;
/// So many rows tell what kind of table it is.
const LOOKED_AT: usize = 50;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Separator {
    Semicolon,
    Comma,
    Tab,
    Bar,
}

/// Whether the first row names the columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heading {
    Names,
    None,
}

/// How the bytes of a file are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    pub encoding: Encoding,
    pub separator: Separator,
    pub heading: Heading,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// By column; empty where the file names none.
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// The line in which a quotation begins that never ends: the rest of the file is unread.
    pub unclosed: Option<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    /// It has Danish personal numbers, of which only the dates have been kept.
    pub personal_numbers: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The line of the file in which it begins; the first is 1.
    pub line: usize,
    cells: StringRecord,
}

/// Why a file is no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotATable {
    #[error("the file is empty")]
    Empty,
    #[error("the file has more than {max} bytes")]
    TooLarge { max: usize },
    #[error("the file has more than {max} rows")]
    TooManyRows { max: usize },
    #[error("line {line} has more than {max} columns")]
    TooManyColumns { line: usize, max: usize },
}

impl Separator {
    pub const ALL: [Self; 4] = [Self::Semicolon, Self::Comma, Self::Tab, Self::Bar];

    const fn byte(self) -> u8 {
        match self {
            Self::Semicolon => b';',
            Self::Comma => b',',
            Self::Tab => b'\t',
            Self::Bar => b'|',
        }
    }

    /// The one that cuts the first rows into most columns of the same number.
    fn guess(text: &str) -> Self {
        let (declared, text) = without_declaration(text);
        if let Some(declared) = declared {
            return declared;
        }
        let score = |separator: &Self| {
            let mut counts: Vec<usize> =
                Records::new(text, *separator).take(LOOKED_AT).map(|row| row.cells.len()).collect();
            counts.sort_unstable();
            let usual = counts.get(counts.len() / 2).copied().unwrap_or_default();
            let alike = counts.iter().filter(|count| **count == usual).count();
            if usual < 2 { (0, 0) } else { (alike * 100 / counts.len(), usual) }
        };
        // Of equals the first: what Danish programs write.
        Self::ALL.into_iter().rev().max_by_key(score).unwrap_or(Self::Semicolon)
    }
}

impl Layout {
    /// The most likely one.
    pub fn guess(bytes: &[u8]) -> Self {
        let encoding = Encoding::guess(bytes);
        let text = encoding.read(beginning(bytes, encoding));
        let separator = Separator::guess(&text);
        let (_, body) = without_declaration(&text);
        let rows: Vec<Row> = Records::new(body, separator).take(LOOKED_AT).collect();
        Self { encoding, separator, heading: Heading::guess(&rows) }
    }
}

impl Heading {
    /// Names have no figures in them, and what stands below names has.
    fn guess(rows: &[Row]) -> Self {
        let Some((first, below)) = rows.split_first() else { return Self::None };
        let has_figure = |cell: &str| cell.bytes().any(|byte| byte.is_ascii_digit());
        let cells = || (0..first.cells.len()).map(|column| first.cell(column).trim());
        let named = cells().any(|cell| Field::named(cell).is_some() || cpr::is_named(cell));
        let words = cells().all(|cell| !has_figure(cell)) && cells().any(|cell| !cell.is_empty());
        let figures_below = below.iter().any(|row| row.cells.iter().any(has_figure));
        if named || words && figures_below { Self::Names } else { Self::None }
    }
}

impl Table {
    pub fn read(bytes: &[u8], layout: Layout) -> Result<Self, NotATable> {
        if bytes.len() > MAX_BYTES {
            return Err(NotATable::TooLarge { max: MAX_BYTES });
        }
        let text = layout.encoding.read(bytes);
        let (declared, body) = without_declaration(&text);
        let mut records = Records::new(body, layout.separator);
        if declared.is_some() {
            records.line += 1;
        }
        let mut rows = Vec::new();
        let mut cells = 0;
        for row in records.by_ref() {
            cells += row.cells.len();
            if row.cells.len() > MAX_COLUMNS {
                return Err(NotATable::TooManyColumns { line: row.line, max: MAX_COLUMNS });
            }
            if rows.len() > MAX_ROWS || cells > MAX_CELLS {
                return Err(NotATable::TooManyRows { max: rows.len() - 1 });
            }
            rows.push(row);
        }
        let unclosed = records.unclosed;
        let names = match layout.heading {
            Heading::Names if !rows.is_empty() => rows.remove(0).cells,
            _ => StringRecord::new(),
        };
        let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or_default().max(names.len());
        if width == 0 && unclosed.is_none() {
            return Err(NotATable::Empty);
        }
        let name = |column: usize| names.get(column).map(one_line).unwrap_or_default();
        let columns = (0..width).map(|column| Column { name: name(column), personal_numbers: false }).collect();
        let mut table = Self { columns, rows, unclosed };
        table.hide_personal_numbers();
        Ok(table)
    }

    /// Nothing that comes after this has ever seen a personal number.
    fn hide_personal_numbers(&mut self) {
        let personal: Vec<bool> = (0..self.columns.len()).map(|column| self.has_personal_numbers(column)).collect();
        let phone = |column: &Column| Field::named(&column.name) == Some(Field::Phone);
        let phones: Vec<bool> = self.columns.iter().map(phone).collect();
        // Foreign telephone numbers have ten figures too; a hyphen before the last four has no country's.
        let hidden = |column: usize, cell: &str| {
            let as_phone = phones[column] && !cell.contains(['-', '–']);
            if as_phone { None } else { cpr::hidden(cell) }
        };
        for row in &mut self.rows {
            // Also where somebody has written one into a remark.
            let is_hidden = |(column, cell): (usize, &str)| personal[column] || hidden(column, cell).is_some();
            if !row.cells.iter().enumerate().any(is_hidden) {
                continue;
            }
            let hidden = row.cells.iter().enumerate().map(|(column, cell)| {
                if !personal[column] {
                    return hidden(column, cell).unwrap_or_else(|| cell.to_owned());
                }
                let figures: String = cell.chars().filter(char::is_ascii_digit).collect();
                if figures.len() > 6 { format!("{}-{}", &figures[..6], cpr::HIDDEN) } else { figures }
            });
            row.cells = hidden.collect::<Vec<_>>().into();
        }
        for (column, personal_numbers) in self.columns.iter_mut().zip(personal) {
            column.personal_numbers = personal_numbers;
        }
    }

    /// Half of what stands in it reads so, or its name says so.
    fn has_personal_numbers(&self, column: usize) -> bool {
        let filled = || self.rows.iter().map(|row| row.cell(column)).filter(|cell| !cell.trim().is_empty());
        let name = &self.columns[column].name;
        let reads_so = filled().filter(|cell| cpr::date_part(cell).is_some()).count();
        let is_phone = Field::named(name) == Some(Field::Phone);
        cpr::is_named(name) || !is_phone && reads_so > 0 && reads_so * 2 >= filled().count()
    }
}

impl Row {
    /// Blank where the row is shorter.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).unwrap_or_default()
    }

    pub fn cells(&self) -> impl Iterator<Item = &str> {
        self.cells.iter()
    }
}

/// The text of a cell in one line: quoted cells may have several.
pub fn one_line(cell: &str) -> String {
    cell.split(['\r', '\n', '\t']).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The records of a text, with the lines they begin in. Blank lines are none.
struct Records<'t> {
    text: &'t str,
    reader: csv::Reader<&'t [u8]>,
    /// The line in which `offset` lies.
    line: usize,
    offset: usize,
    unclosed: Option<usize>,
}

impl<'t> Records<'t> {
    fn new(text: &'t str, separator: Separator) -> Self {
        let reader = ReaderBuilder::new()
            .delimiter(separator.byte())
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        Self { text, reader, line: 1, offset: 0, unclosed: None }
    }

    /// Goes on to `offset`, counting lines: CRLF, LF, or CR alone.
    fn go_to(&mut self, offset: usize) {
        let bytes = self.text.as_bytes();
        while self.offset < offset {
            match bytes[self.offset] {
                b'\n' => self.line += 1,
                b'\r' if bytes.get(self.offset + 1) != Some(&b'\n') => self.line += 1,
                _ => {}
            }
            self.offset += 1;
        }
    }
}

impl Iterator for Records<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        loop {
            let mut cells = StringRecord::new();
            // What is read from is a string, so nothing can go wrong.
            if !self.reader.read_record(&mut cells).unwrap_or(false) {
                return None;
            }
            let end = usize::try_from(self.reader.position().byte()).unwrap_or(self.text.len()).min(self.text.len());
            let begin = cells.position().map_or(self.offset, |at| usize::try_from(at.byte()).unwrap_or(end));
            // Before the record the reader passes over blank lines, and the rest of the last line's end.
            let blank =
                self.text.as_bytes()[begin..end].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            self.go_to(begin + blank);
            let line = self.line;
            let raw = self.text[begin..end].trim_end_matches(['\r', '\n']);
            let is_last = end == self.text.len();
            if is_last && raw.matches('"').count() % 2 == 1 && raw.contains('\n') {
                self.unclosed = Some(line);
                return None;
            }
            // A row of separators only is as blank as a blank line.
            if cells.iter().any(|cell| !cell.trim().is_empty()) {
                return Some(Row { line, cells });
            }
        }
    }
}

/// The separator that the first line declares, as Excel writes it: «sep=;».
fn without_declaration(text: &str) -> (Option<Separator>, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let declared = first.trim_end_matches('\r').strip_prefix("sep=");
    let separator = declared
        .and_then(|declared| Separator::ALL.into_iter().find(|separator| declared.as_bytes() == [separator.byte()]));
    if separator.is_some() { (separator, rest) } else { (None, text) }
}

/// So much of a file that its layout can be told, cut where no character is cut.
fn beginning(bytes: &[u8], encoding: Encoding) -> &[u8] {
    const ENOUGH: usize = 64 * 1024;
    let Some(beginning) = bytes.get(..ENOUGH) else { return bytes };
    match encoding {
        Encoding::Utf16Le | Encoding::Utf16Be => beginning,
        Encoding::Utf8 | Encoding::Windows1252 => {
            let end = beginning.iter().rposition(|byte| *byte == b'\n').map_or(ENOUGH, |end| end + 1);
            &bytes[..end]
        }
    }
}
