//! Patients as rows of a table, and which column of a table means what.

use std::collections::HashMap;

use aftalebog_booking::bounded::{Detail, Line, Name, NotALine, PatientNumber};
use aftalebog_booking::record::Patient;
use aftalebog_booking::time::NoSuchWeek;
use aftalebog_booking::{Entry, Write};
use chrono::{Datelike, NaiveDate};

use super::table::{Row, Table, one_line};
use super::{cpr, csv, encoding};

/// What a column can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    Number,
    /// The whole name.
    Name,
    FirstName,
    LastName,
    BirthDate,
    Phone,
    Email,
    /// The code of an appointment type.
    Code,
    Initials,
    Minutes,
    /// The recall week, with its year or without.
    Week,
    Year,
}

/// What a file is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    Patients,
    Needs,
}

impl Subject {
    pub const fn fields(self) -> &'static [Field] {
        match self {
            Self::Patients => &[
                Field::Number,
                Field::Name,
                Field::FirstName,
                Field::LastName,
                Field::BirthDate,
                Field::Phone,
                Field::Email,
            ],
            Self::Needs => &[Field::Number, Field::Code, Field::Initials, Field::Minutes, Field::Week, Field::Year],
        }
    }
}

impl Field {
    const ALL: [Self; 12] = [
        Self::Number,
        Self::Name,
        Self::FirstName,
        Self::LastName,
        Self::BirthDate,
        Self::Phone,
        Self::Email,
        Self::Code,
        Self::Initials,
        Self::Minutes,
        Self::Week,
        Self::Year,
    ];

    /// The column's name in a file that is written here.
    pub(super) fn heading(self) -> String {
        let mut letters = self.names()[0].chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
    }

    /// The names that programs give the column, in small letters; the first is our own.
    const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Number => &[
                "nummer",
                "patientnummer",
                "patientnr",
                "pat.nr",
                "patnr",
                "journalnummer",
                "journalnr",
                "kartoteksnummer",
                "kundenummer",
                "kundenr",
                "nr",
                "patient",
                "patientid",
                "id",
                "patient number",
                "patient no",
                "number",
                "no",
            ],
            Self::Name => &["navn", "patientnavn", "fulde navn", "patient name", "full name", "name"],
            Self::FirstName => &["fornavn", "fornavne", "first name", "firstname", "given name"],
            Self::LastName => &["efternavn", "last name", "lastname", "surname", "family name"],
            Self::BirthDate => &[
                "fødselsdato",
                "fødselsdag",
                "født",
                "f.dato",
                "fdato",
                "foedselsdato",
                "birth date",
                "birthdate",
                "date of birth",
                "born",
                "dob",
            ],
            Self::Phone => &[
                "telefon",
                "mobil",
                "mobiltelefon",
                "mobilnummer",
                "telefonnummer",
                "tlf",
                "tlf.nr",
                "tlfnr",
                "phone",
                "mobile",
                "telephone",
            ],
            Self::Email => &["e-mail", "email", "mail", "e-post", "mailadresse", "e-mailadresse", "email address"],
            Self::Code => &[
                "kode",
                "aftaletype",
                "aftalekode",
                "type",
                "behov",
                "behovskode",
                "behandling",
                "code",
                "appointment type",
            ],
            Self::Initials => &["behandler", "initialer", "init", "tandlæge", "practitioner", "initials", "dentist"],
            Self::Minutes => {
                &["minutter", "minut", "min", "varighed", "længde", "tid", "minutes", "duration", "length"]
            }
            Self::Week => &[
                "uge",
                "indkaldeuge",
                "indkaldelsesuge",
                "indkaldes",
                "ugenr",
                "ugenummer",
                "week",
                "recall week",
                "recall",
            ],
            Self::Year => &["år", "indkaldeår", "aar", "årstal", "year", "recall year"],
        }
    }

    /// What a column of this name means.
    pub fn named(name: &str) -> Option<Self> {
        let plain = |name: &str| {
            name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
        };
        let wanted = plain(name);
        Self::ALL.into_iter().find(|field| field.names().iter().any(|name| plain(name) == wanted))
    }
}

/// Which column means what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    columns: HashMap<Field, usize>,
    /// The whole name stands as «Efternavn, Fornavn».
    pub last_name_first: bool,
}

impl Mapping {
    /// By the columns' names. A column with personal numbers is never taken by itself.
    pub fn guess(table: &Table, subject: Subject) -> Self {
        let mut mapping = Self::default();
        for (index, column) in table.columns.iter().enumerate() {
            let field = Field::named(&column.name).filter(|field| subject.fields().contains(field));
            if let Some(field) = field.filter(|field| !column.personal_numbers && mapping.column(*field).is_none()) {
                mapping.set(field, Some(index), table);
            }
        }
        if mapping.column(Field::FirstName).is_some() && mapping.column(Field::LastName).is_some() {
            mapping.set(Field::Name, None, table);
        }
        mapping
    }

    pub fn column(&self, field: Field) -> Option<usize> {
        self.columns.get(&field).copied()
    }

    pub fn set(&mut self, field: Field, column: Option<usize>, table: &Table) {
        let _before = match column {
            Some(column) => self.columns.insert(field, column),
            None => self.columns.remove(&field),
        };
        if field == Field::Name {
            self.last_name_first = column.is_some_and(|column| has_commas(table, column));
        }
    }

    /// What must be known of every row, and no column is said to tell.
    pub fn missing(&self, subject: Subject) -> Vec<Field> {
        let is_missing = |field: &Field| self.column(*field).is_none();
        let mut missing: Vec<Field> = subject.required().iter().copied().filter(is_missing).collect();
        if subject == Subject::Patients && [Field::Name, Field::FirstName, Field::LastName].iter().all(is_missing) {
            missing.push(Field::Name);
        }
        missing
    }

    /// A patient's own number is never a personal number, and nothing but a birth date can be taken of one.
    pub fn forbidden(&self, table: &Table) -> Option<Field> {
        let personal = |column: usize| table.columns.get(column).is_some_and(|column| column.personal_numbers);
        let mut forbidden: Vec<Field> = self
            .columns
            .iter()
            .filter(|(field, column)| **field != Field::BirthDate && personal(**column))
            .map(|(field, _)| *field)
            .collect();
        forbidden.sort_unstable();
        forbidden.first().copied()
    }

    fn text<'r>(&self, row: &'r Row, field: Field) -> Option<&'r str> {
        let cell = self.column(field).map(|column| row.cell(column).trim())?;
        (!cell.is_empty()).then_some(cell)
    }

    /// What must be there, in one line.
    pub(super) fn required(&self, row: &Row, field: Field) -> Result<String, Fault> {
        self.optional(row, field)?.ok_or(Fault::Missing(field))
    }

    /// What may be blank, in one line and as it was before it was guarded.
    pub(super) fn optional(&self, row: &Row, field: Field) -> Result<Option<String>, Fault> {
        let Some(cell) = self.text(row, field) else { return Ok(None) };
        let cell = csv::unguard(cell);
        if cell.contains(encoding::UNREADABLE) {
            return Err(Fault::Unreadable(field));
        }
        let line = if cell.contains(['\r', '\n', '\t']) { one_line(cell) } else { cell.to_owned() };
        // What was hidden is not taken in part. A foreign telephone number may read like a personal one.
        let is_one = line.contains(cpr::HIDDEN) || field != Field::Phone && cpr::date_part(&line).is_some();
        if field != Field::BirthDate && is_one {
            return Err(Fault::PersonalNumber(field));
        }
        Ok(Some(line))
    }
}

impl Subject {
    /// Besides a name, which may stand in one column or in two.
    const fn required(self) -> &'static [Field] {
        match self {
            Self::Patients => &[Field::Number, Field::BirthDate],
            Self::Needs => &[Field::Number, Field::Code, Field::Initials, Field::Week],
        }
    }
}

/// Half of the names have just one comma, as far as the first thousand rows tell.
fn has_commas(table: &Table, column: usize) -> bool {
    let filled = || table.rows.iter().take(1000).map(|row| row.cell(column)).filter(|cell| !cell.trim().is_empty());
    let reversed = filled().filter(|cell| cell.matches(',').count() == 1).count();
    reversed > 0 && reversed * 2 >= filled().count()
}

/// What is done with what the clinic has already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Existing {
    #[default]
    Skip,
    /// What the file says takes the place of what stood there; what it leaves blank stays.
    Update,
}

/// What a file would bring.
#[derive(Clone, Debug)]
pub struct Checked<T> {
    pub creations: Vec<Entry<T>>,
    pub edits: Vec<Write>,
    /// They are there already.
    pub skipped: usize,
    /// By line.
    pub faults: Vec<LineFault>,
}

impl<T> Default for Checked<T> {
    fn default() -> Self {
        Self { creations: Vec::new(), edits: Vec::new(), skipped: 0, faults: Vec::new() }
    }
}

/// A line of the file that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineFault {
    pub line: usize,
    pub fault: Fault,
}

/// Why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    Missing(Field),
    NotALine {
        field: Field,
        fault: NotALine,
    },
    /// It has characters that the encoding does not know.
    Unreadable(Field),
    /// A personal number stands where none may.
    PersonalNumber(Field),
    NotADate {
        text: String,
    },
    /// A birth date that lies ahead, or further back than anybody lives.
    NobodysBirthday {
        date: NaiveDate,
    },
    /// The line that had the number first.
    NumberTwice {
        number: String,
        first: usize,
    },
    /// More than one patient of the clinic has it.
    Ambiguous {
        number: String,
    },
    UnknownPatient {
        number: String,
    },
    UnknownCode {
        code: String,
    },
    UnknownInitials {
        initials: String,
    },
    /// Deactivated: no new need is for it.
    CodeNotInUse {
        code: String,
    },
    NotStaff {
        initials: String,
    },
    NotMinutes {
        text: String,
    },
    NotAWeek {
        text: String,
    },
    NoYear {
        week: String,
    },
    NoSuchWeek(NoSuchWeek),
    /// The row has more cells than the heading: a separator stands in a cell without quotation marks.
    TooManyCells,
    Unclosed,
}

/// What the rows of a table would do to the clinic's patients.
pub fn check(
    table: &Table,
    mapping: &Mapping,
    known: &[Entry<Patient>],
    existing: Existing,
    today: NaiveDate,
) -> Checked<Patient> {
    let known = by_number(known);
    let mut seen: HashMap<String, usize> = HashMap::with_capacity(table.rows.len());
    let mut checked = Checked::default();
    for row in &table.rows {
        let result = read(table, row, mapping, today).and_then(|read| {
            let first = *seen.entry(read.number.as_str().to_owned()).or_insert(row.line);
            if first != row.line {
                return Err(Fault::NumberTwice { number: read.number.to_string(), first });
            }
            match known.get(read.number.as_str()).map(Vec::as_slice) {
                None => {
                    checked.creations.push(Entry::new(read.into_patient()?));
                    Ok(())
                }
                Some([known]) => {
                    let edit = match existing {
                        Existing::Skip => None,
                        Existing::Update => Write::edit(known, &read.onto(&known.value)),
                    };
                    checked.skipped += usize::from(edit.is_none());
                    checked.edits.extend(edit);
                    Ok(())
                }
                Some(_) => Err(Fault::Ambiguous { number: read.number.to_string() }),
            }
        });
        checked.faults.extend(result.err().map(|fault| LineFault { line: row.line, fault }));
    }
    checked.faults.extend(table.unclosed.map(|line| LineFault { line, fault: Fault::Unclosed }));
    checked
}

pub(super) fn by_number(patients: &[Entry<Patient>]) -> HashMap<&str, Vec<&Entry<Patient>>> {
    let mut known: HashMap<&str, Vec<&Entry<Patient>>> = HashMap::with_capacity(patients.len());
    for entry in patients {
        known.entry(entry.value.number.as_str()).or_default().push(entry);
    }
    known
}

/// A patient as far as a row tells.
struct Read {
    number: PatientNumber,
    name: Name,
    birth_date: NaiveDate,
    phone: Option<Detail>,
    email: Option<Detail>,
}

impl Read {
    fn into_patient(self) -> Result<Patient, Fault> {
        let Self { number, name, birth_date, phone, email } = self;
        Ok(Patient { number, name, birth_date, phone, email, self_registered: false, accepted: true })
    }

    fn onto(self, known: &Patient) -> Patient {
        let Self { number, name, birth_date, phone, email } = self;
        Patient {
            number,
            name,
            birth_date,
            phone: phone.or_else(|| known.phone.clone()),
            email: email.or_else(|| known.email.clone()),
            ..known.clone()
        }
    }
}

fn read(table: &Table, row: &Row, mapping: &Mapping, today: NaiveDate) -> Result<Read, Fault> {
    has_no_more_cells(table, row)?;
    let text = mapping.required(row, Field::Number)?;
    let number = line(Field::Number, &text)?;
    let name = name(row, mapping)?;
    let text = mapping.required(row, Field::BirthDate)?;
    let birth_date = match cpr::date_part(&text) {
        Some(six) => cpr::birth_date(&six, today),
        None => date(&text, today),
    };
    let birth_date = birth_date.ok_or(Fault::NotADate { text })?;
    if birth_date > today || birth_date.year() < today.year() - OLDEST {
        return Err(Fault::NobodysBirthday { date: birth_date });
    }
    let detail = |field| -> Result<Option<Detail>, Fault> {
        mapping.optional(row, field)?.map(|text| line(field, &text)).transpose()
    };
    Ok(Read { number, name, birth_date, phone: detail(Field::Phone)?, email: detail(Field::Email)? })
}

/// Nobody is older, in years.
const OLDEST: i32 = 130;

/// A row that is longer than the heading has been cut at the wrong place.
pub(super) fn has_no_more_cells(table: &Table, row: &Row) -> Result<(), Fault> {
    let named = table.columns.iter().rposition(|column| !column.name.is_empty());
    let beyond = named.is_some_and(|last| row.cells().skip(last + 1).any(|cell| !cell.trim().is_empty()));
    if beyond { Err(Fault::TooManyCells) } else { Ok(()) }
}

pub(super) fn line<const MIN: usize, const MAX: usize>(field: Field, text: &str) -> Result<Line<MIN, MAX>, Fault> {
    Line::new(text).map_err(|fault| Fault::NotALine { field, fault })
}

fn name(row: &Row, mapping: &Mapping) -> Result<Name, Fault> {
    let whole = match mapping.optional(row, Field::Name)? {
        Some(whole) => Some(match whole.split_once(',') {
            Some((last, first)) if mapping.last_name_first => format!("{} {}", first.trim(), last.trim()),
            _ => whole,
        }),
        None => {
            let parts = [mapping.optional(row, Field::FirstName)?, mapping.optional(row, Field::LastName)?];
            let parts: Vec<String> = parts.into_iter().flatten().collect();
            (!parts.is_empty()).then(|| parts.join(" "))
        }
    };
    line(Field::Name, &whole.ok_or(Fault::Missing(Field::Name))?)
}

/// A date as programs write it: «24-12-1980», «24.12.1980», «24/12-80», «1980-12-24», «24121980», with
/// or without midnight after it. What people type is read elsewhere, and may leave more out.
fn date(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let text = text.trim();
    let day = match text.split_once([' ', 'T']) {
        Some((day, time)) if time.bytes().all(|byte| matches!(byte, b'0' | b':' | b'.' | b'Z')) => day,
        _ => text,
    };
    let parts: Vec<&str> = day.split(['-', '.', '/']).collect();
    let figures = |part: &&str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if !parts.iter().all(figures) {
        return None;
    }
    let of = |year: &str, month: &str, day: &str| -> Option<NaiveDate> {
        match year.len() {
            4 => NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?),
            2 => cpr::latest(day.parse().ok()?, month.parse().ok()?, year.parse().ok()?, today),
            _ => None,
        }
    };
    match parts.as_slice() {
        [year, month, day] if year.len() == 4 => of(year, month, day),
        [day, month, year] if day.len() <= 2 && month.len() <= 2 => of(year, month, day),
        [whole] if whole.len() == 6 => of(&whole[4..], &whole[2..4], &whole[..2]),
        // A spreadsheet has taken a leading zero away.
        [whole] if whole.len() == 7 => of(&whole[3..], &whole[1..3], &whole[..1]),
        [whole] if whole.len() == 8 => {
            of(&whole[4..], &whole[2..4], &whole[..2]).or_else(|| of(&whole[..4], &whole[4..6], &whole[6..]))
        }
        _ => None,
    }
}

/// A file with these patients, as [`check`] reads it.
pub fn write<'a>(patients: impl IntoIterator<Item = &'a Patient>) -> Vec<u8> {
    const FIELDS: [Field; 5] = [Field::Number, Field::Name, Field::BirthDate, Field::Phone, Field::Email];
    let heading = FIELDS.map(Field::heading);
    let row = |patient: &Patient| {
        let Patient { number, name, birth_date, phone, email, self_registered: _, accepted: _ } = patient;
        let detail = |detail: &Option<Detail>| detail.as_ref().map(Detail::to_string).unwrap_or_default();
        let birth_date = birth_date.format("%d-%m-%Y").to_string();
        [number.to_string(), name.to_string(), birth_date, detail(phone), detail(email)]
    };
    csv::write(std::iter::once(heading).chain(patients.into_iter().map(row)))
}
