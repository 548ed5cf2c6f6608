//! Needs as rows of a table.

use std::collections::{HashMap, HashSet};

use aftalebog_booking::bounded::Length;
use aftalebog_booking::record::{AppointmentType, Need, Patient, Practitioner};
use aftalebog_booking::time::Week;
use aftalebog_booking::{Entry, Id, Setup, Write};

use super::csv;
use super::patient::{Checked, Existing, Fault, Field, LineFault, Mapping, by_number, has_no_more_cells};
use super::table::{Row, Table};

/// What makes two needs the same one.
type Same = (Id<Patient>, Id<AppointmentType>, Id<Practitioner>, Week);

/// What the rows of a table would do to the needs of the clinic's patients.
pub fn check(
    table: &Table,
    mapping: &Mapping,
    patients: &[Entry<Patient>],
    needs: &[Entry<Need>],
    setup: &Setup,
    existing: Existing,
) -> Checked<Need> {
    let patients = by_number(patients);
    let lower = |text: &str| text.to_lowercase();
    let types: HashMap<String, &Entry<AppointmentType>> =
        setup.appointment_types.iter().map(|entry| (lower(entry.value.code.as_str()), entry)).collect();
    let practitioners: HashMap<String, &Entry<Practitioner>> =
        setup.practitioners.iter().map(|entry| (lower(entry.value.initials.as_str()), entry)).collect();
    let known: HashMap<Same, &Entry<Need>> = needs.iter().map(|entry| (same(&entry.value), entry)).collect();
    let mut seen: HashSet<Same> = HashSet::new();
    let mut checked = Checked::default();
    for row in &table.rows {
        let read = || -> Result<(Need, Result<(), Fault>), Fault> {
            has_no_more_cells(table, row)?;
            let number = mapping.required(row, Field::Number)?;
            let patient = match patients.get(number.as_str()).map(Vec::as_slice) {
                Some([only]) => only.id,
                Some(_) => return Err(Fault::Ambiguous { number }),
                None => return Err(Fault::UnknownPatient { number }),
            };
            let code = mapping.required(row, Field::Code)?;
            let appointment_type = types.get(&lower(&code)).ok_or_else(|| Fault::UnknownCode { code: code.clone() })?;
            let initials = mapping.required(row, Field::Initials)?;
            let practitioner = practitioners
                .get(&lower(&initials))
                .ok_or_else(|| Fault::UnknownInitials { initials: initials.clone() })?;
            let minutes = match mapping.optional(row, Field::Minutes)? {
                None => appointment_type.value.minutes,
                Some(text) => minutes(&text).ok_or(Fault::NotMinutes { text })?,
            };
            let need = Need {
                patient,
                appointment_type: appointment_type.id,
                practitioner: practitioner.id,
                minutes,
                recall: recall(row, mapping)?,
            };
            let in_use = match (appointment_type.value.deactivated, practitioner.value.deactivated) {
                (true, _) => Err(Fault::CodeNotInUse { code }),
                (_, true) => Err(Fault::NotStaff { initials }),
                _ => Ok(()),
            };
            Ok((need, in_use))
        };
        let taken = read().and_then(|(need, in_use)| {
            let is_first = seen.insert(same(&need));
            match known.get(&same(&need)) {
                Some(known) if is_first && existing == Existing::Update => {
                    let edit = Write::edit(known, &need);
                    checked.skipped += usize::from(edit.is_none());
                    checked.edits.extend(edit);
                }
                None if is_first => {
                    in_use?;
                    checked.creations.push(Entry::new(need));
                }
                _ => checked.skipped += 1,
            }
            Ok(())
        });
        checked.faults.extend(taken.err().map(|fault| LineFault { line: row.line, fault }));
    }
    checked.faults.extend(table.unclosed.map(|line| LineFault { line, fault: Fault::Unclosed }));
    checked
}

fn same(need: &Need) -> Same {
    (need.patient, need.appointment_type, need.practitioner, need.recall)
}

/// «45», «45 min.».
fn minutes(text: &str) -> Option<Length> {
    let figures = text.trim_end_matches(|letter: char| letter.is_alphabetic() || matches!(letter, '.' | ' '));
    Length::parse_optional(figures).ok().flatten()
}

/// «49/2026», «2026-49», «2026-W49», «202649», «uge 49» with the year in a column of its own.
fn recall(row: &Row, mapping: &Mapping) -> Result<Week, Fault> {
    let text = mapping.required(row, Field::Week)?;
    let not_a_week = || Fault::NotAWeek { text: text.clone() };
    let numbers: Vec<&str> =
        text.split(|letter: char| !letter.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let (week, year) = match numbers.as_slice() {
        [year, week] if year.len() == 4 => (*week, Some((*year).to_owned())),
        [week, year] => (*week, Some((*year).to_owned())),
        [whole] if whole.len() == 6 => (&whole[4..], Some(whole[..4].to_owned())),
        [week] => (*week, mapping.optional(row, Field::Year)?),
        _ => return Err(not_a_week()),
    };
    let year = year.ok_or_else(|| Fault::NoYear { week: week.to_owned() })?;
    let year = match (year.len(), year.parse::<i32>()) {
        (2, Ok(year)) => 2000 + year,
        (4, Ok(year)) => year,
        _ => return Err(not_a_week()),
    };
    if week.len() > 2 {
        return Err(not_a_week());
    }
    let week = week.parse().map_err(|_| not_a_week())?;
    Week::new(year, week).map_err(Fault::NoSuchWeek)
}

/// A file with these needs, as [`check`] reads it. A need of somebody or something unknown is left out.
pub fn write<'a>(needs: impl IntoIterator<Item = &'a Need>, patients: &[Entry<Patient>], setup: &Setup) -> Vec<u8> {
    const FIELDS: [Field; 5] = [Field::Number, Field::Code, Field::Initials, Field::Minutes, Field::Week];
    let numbers: HashMap<Id<Patient>, &Patient> = patients.iter().map(|entry| (entry.id, &entry.value)).collect();
    let heading = FIELDS.map(Field::heading);
    let row = |need: &Need| {
        let Need { patient, appointment_type, practitioner, minutes, recall } = need;
        Some([
            numbers.get(patient)?.number.to_string(),
            setup.appointment_type(*appointment_type)?.code.to_string(),
            setup.practitioner(*practitioner)?.initials.to_string(),
            minutes.to_string(),
            format!("{}/{:04}", recall.week(), recall.year()),
        ])
    };
    csv::write(std::iter::once(heading).chain(needs.into_iter().filter_map(row)))
}
