//! What a save of working hours and closed days is called beside «Fortryd».

use aftalebog_booking::record::{Kind, Practitioner};
use aftalebog_booking::{Id, Setup};
use aftalebog_local::{SavedChange, SavedWrite, Subject};
use aftalebog_texts::{Texts, fl};
use serde_json::Value;

/// «arbejdstider for JH ændret», «lukkedage oprettet»; nothing for a save of something else.
pub fn words(texts: &Texts, setup: &Setup, change: &SavedChange, subject: &Subject) -> Option<String> {
    let all = |kind: Kind| change.writes.iter().all(|write| write.kind == kind);
    Some(match change.writes.as_slice() {
        [] => return None,
        [write] if write.kind == Kind::Closure => closure(texts, write, subject),
        [write] if write.kind == Kind::Clinic && edits_only(write, "closed_on_public_holidays") => {
            fl!(texts, "undo-holidays")
        }
        _ if all(Kind::Closure) => fl!(texts, "undo-closure-changed"),
        writes if all(Kind::WorkingHours) => hours(texts, setup, writes),
        _ => return None,
    })
}

fn closure(texts: &Texts, write: &SavedWrite, subject: &Subject) -> String {
    match (&write.before, &write.after) {
        (None, _) if subject.restored => fl!(texts, "undo-closure-restored"),
        (None, _) => fl!(texts, "undo-closure-created"),
        (Some(_), None) => fl!(texts, "undo-closure-deleted"),
        (Some(_), Some(_)) => fl!(texts, "undo-closure-changed"),
    }
}

fn edits_only(write: &SavedWrite, field: &str) -> bool {
    write.after.as_ref().is_some_and(|after| after.keys().eq([field]))
}

/// «arbejdstider for JH ændret»; of several people nobody is named.
fn hours(texts: &Texts, setup: &Setup, writes: &[SavedWrite]) -> String {
    let whose = |write: &SavedWrite| {
        let kept = setup.working_hours.iter().find(|entry| entry.id.uuid() == write.id);
        let fields = write.before.as_ref().or(write.after.as_ref());
        let named = fields.and_then(|fields| fields.get("practitioner")).and_then(Value::as_str);
        let named = named.and_then(|id| id.parse().ok()).map(Id::<Practitioner>::new);
        kept.map(|entry| entry.value.practitioner).or(named)
    };
    let first = writes.first().and_then(whose);
    let one = first.filter(|first| writes.iter().all(|write| whose(write) == Some(*first)));
    match one.and_then(|one| setup.practitioner(one)) {
        Some(one) => fl!(texts, "undo-hours", initials = one.initials.to_string()),
        None => fl!(texts, "undo-hours-several"),
    }
}
