//! Why the server did not take a change, and what can be done about it, in words.

use aftalebog_booking::wire::Problem;
use aftalebog_local::SetAside;
use aftalebog_local::sync::TOO_LARGE;
use aftalebog_texts::{Names, Texts, fl};
use serde_json::Value as Json;

use super::case::{Matter, about, write_edits};
use crate::screen::settings::Situation;

/// More fields of what was refused are only counted.
const FIELDS: usize = 12;

pub(super) fn matter(aside: &SetAside, situation: &Situation<'_>) -> Matter {
    let texts = situation.texts;
    let SetAside { change, names, .. } = aside;
    let names = |_, id| names.get(&id).cloned();
    let names = Names { setup: situation.setup, of: &names };
    let all = change.writes.iter().flat_map(|write| match &write.after {
        Some(after) => {
            let edited = after.iter().filter(|(field, _)| write_edits(Some(write), field));
            let line = |(field, value): (&String, &Json)| {
                (texts.field_name(write.kind, field), texts.field_value(names, write.kind, field, value))
            };
            edited.map(line).collect::<Vec<_>>()
        }
        None => vec![(about(aside, write.kind, write.id, situation), fl!(texts, "decide-deleted"))],
    });
    let mut fields: Vec<_> = all.collect();
    let more = fields.len().saturating_sub(FIELDS);
    fields.truncate(FIELDS);
    Matter::Refused {
        why: why(aside, texts),
        fields,
        more: (more > 0).then(|| fl!(texts, "decide-more", count = more)),
    }
}

/// What was in the way, and what is to be done. The reasons are those of the server's `store::facts` and
/// `store::change`.
fn why(aside: &SetAside, texts: &Texts) -> String {
    let SetAside { change, problem, .. } = aside;
    let at_fault = problem.field.as_ref().map(|field| {
        let write = change.writes.iter().find(|write| problem.record.is_none_or(|record| write.id == record));
        write.map_or_else(|| field.clone(), |write| texts.field_name(write.kind, field))
    });
    if let Some(words) = known(problem, texts) {
        return match at_fault {
            Some(field) => fl!(texts, "refused-at", why = words, field = field),
            None => words,
        };
    }
    let title = texts.of_both(&problem.titles).to_owned();
    let title = match at_fault {
        Some(field) => fl!(texts, "decide-refused-field", why = title, field = field),
        None => title,
    };
    match problem.details.as_ref().map(|details| texts.of_both(details)).or(problem.detail.as_deref()) {
        Some(detail) => fl!(texts, "decide-refused-detail", why = title, detail = detail),
        None => fl!(texts, "decide-refused", why = title),
    }
}

fn known(problem: &Problem, texts: &Texts) -> Option<String> {
    Some(match (problem.code(), problem.reason.as_deref().unwrap_or_default()) {
        (TOO_LARGE, _) => fl!(texts, "refused-too-large"),
        ("id_reused", _) | (_, "exists" | "other_kind") => fl!(texts, "refused-exists"),
        ("not_found", _) | (_, "unknown") => fl!(texts, "refused-unknown"),
        (_, "outside_limits") => fl!(texts, "refused-outside-limits"),
        (_, "malformed") => fl!(texts, "refused-malformed"),
        (_, "dangling") => fl!(texts, "refused-dangling"),
        (_, "still_used") => fl!(texts, "refused-still-used"),
        (_, "only_one") => fl!(texts, "refused-only-one"),
        (_, "second_setup") => fl!(texts, "refused-second-setup"),
        (_, "need_used") => fl!(texts, "refused-need-used"),
        (_, "practitioner_twice") => fl!(texts, "refused-practitioner-twice"),
        (_, "practitioner_taken") => fl!(texts, "refused-practitioner-taken"),
        (_, "patient_taken") => fl!(texts, "refused-patient-taken"),
        _ => return None,
    })
}
