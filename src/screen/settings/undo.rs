//! What a save is called beside «Fortryd».

use aftalebog_booking::record::{AppointmentType, Kind};
use aftalebog_booking::{Id, Setup};
use aftalebog_local::{SavedChange, SavedWrite, Subject};
use aftalebog_texts::{Texts, fl};
use serde_json::Value;

mod book;
mod hours;

/// «SU ændret», «Klinik indstillinger ændret», «online booking stoppet», «SU Karen Mikkelsen flyttet».
pub fn words(texts: &Texts, setup: &Setup, change: &SavedChange, subject: &Subject) -> String {
    let of_a_part = book::words(texts, setup, change, subject).or_else(|| hours::words(texts, setup, change, subject));
    if let Some(words) = of_a_part {
        return words;
    }
    let all = |kind: Kind| change.writes.iter().all(|write| write.kind == kind);
    let any = |kind: Kind| change.writes.iter().any(|write| write.kind == kind);
    if let Some(words) = change.writes.iter().find_map(|write| practitioner(texts, setup, write, subject)) {
        return words;
    }
    if let Some(write) = change.writes.iter().find(|write| write.kind == Kind::AppointmentType) {
        return appointment_type(texts, setup, write, subject);
    }
    match change.writes.as_slice() {
        [write] if write.kind == Kind::OnlineType => one_type(texts, setup, write, subject),
        [write] if write.kind == Kind::Service => service(texts, write),
        [write] if write.kind == Kind::PractitionerGroup && !is_placed(write) => group(texts, setup, write, subject),
        _ if all(Kind::OnlineType) => fl!(texts, "undo-order"),
        _ if all(Kind::PractitionerGroup) => fl!(texts, "undo-group-order"),
        writes if all(Kind::Practitioner) && writes.iter().all(is_placed) => fl!(texts, "undo-practitioner-order"),
        _ if all(Kind::Analytics) => fl!(texts, "undo-analytics"),
        _ if any(Kind::Appointment) && any(Kind::Closure) => {
            fl!(texts, "files-undo-calendar", count = change.writes_in_all)
        }
        _ if any(Kind::Practitioner) || any(Kind::Clinic) => fl!(texts, "undo-clinic"),
        _ => fl!(texts, "undo-other"),
    }
}

fn one_type(texts: &Texts, setup: &Setup, write: &SavedWrite, subject: &Subject) -> String {
    let fields = write.before.as_ref().or(write.after.as_ref());
    let named = fields.and_then(|fields| fields.get("appointment_type")).and_then(Value::as_str);
    let named = named.and_then(|id| id.parse().ok()).map(Id::<AppointmentType>::new);
    let kept = setup.online_types.iter().find(|entry| entry.id.uuid() == write.id);
    let id = kept.map(|entry| entry.value.appointment_type).or(named);
    let of = id.and_then(|id| setup.appointment_type(id)).or(subject.deleted_type.as_ref());
    let code = of.map_or_else(|| fl!(texts, "undo-type-unknown"), |of| of.code.to_string());
    match (&write.before, &write.after) {
        (None, _) if subject.restored => fl!(texts, "undo-restored", what = code),
        (None, _) => fl!(texts, "undo-type-created", code = code),
        (Some(_), None) => fl!(texts, "undo-type-deleted", code = code),
        (Some(_), Some(_)) if is_placed(write) => fl!(texts, "undo-order"),
        (Some(_), Some(_)) => fl!(texts, "undo-type-changed", code = code),
    }
}

/// Who came, went or was named anew; not who may be booked with, which is «Klinik indstillinger».
fn practitioner(texts: &Texts, setup: &Setup, write: &SavedWrite, subject: &Subject) -> Option<String> {
    if write.kind != Kind::Practitioner {
        return None;
    }
    let kept = setup.practitioner(Id::new(write.id)).map(|kept| kept.initials.to_string());
    let who = kept.or_else(|| word(write, "initials")).unwrap_or_default();
    Some(match (&write.before, &write.after) {
        (None, _) if subject.restored => fl!(texts, "undo-restored", what = who),
        (None, _) => fl!(texts, "undo-practitioner-created", who = who),
        (Some(_), None) => fl!(texts, "undo-practitioner-deleted", who = who),
        (Some(_), Some(after)) => match after.get("deactivated").and_then(Value::as_bool) {
            Some(deactivated) => turned(texts, deactivated, who),
            None if ["initials", "name", "title"].iter().any(|field| after.contains_key(*field)) => {
                fl!(texts, "undo-practitioner-changed", who = who)
            }
            None => return None,
        },
    })
}

fn appointment_type(texts: &Texts, setup: &Setup, write: &SavedWrite, subject: &Subject) -> String {
    let kept = setup.appointment_type(Id::new(write.id)).map(|kept| kept.code.to_string());
    let code = kept.or_else(|| word(write, "code")).unwrap_or_else(|| fl!(texts, "undo-type-unknown"));
    match (&write.before, &write.after) {
        (None, _) if subject.restored => fl!(texts, "undo-restored", what = code),
        (None, _) => fl!(texts, "undo-type-created", code = code),
        (Some(_), None) => fl!(texts, "undo-type-deleted", code = code),
        (Some(_), Some(after)) => match after.get("deactivated").and_then(Value::as_bool) {
            Some(deactivated) => turned(texts, deactivated, code),
            None => fl!(texts, "undo-type-changed", code = code),
        },
    }
}

fn group(texts: &Texts, setup: &Setup, write: &SavedWrite, subject: &Subject) -> String {
    let kept = setup.practitioner_groups.iter().find(|entry| entry.id.uuid() == write.id);
    let name = kept.map(|entry| entry.value.name.to_string()).or_else(|| word(write, "name")).unwrap_or_default();
    match (&write.before, &write.after) {
        (None, _) if subject.restored => fl!(texts, "undo-group-restored", name = name),
        (None, _) => fl!(texts, "undo-group-created", name = name),
        (Some(_), None) => fl!(texts, "undo-group-deleted", name = name),
        (Some(_), Some(_)) => fl!(texts, "undo-group-changed", name = name),
    }
}

fn turned(texts: &Texts, deactivated: bool, who: String) -> String {
    if deactivated { fl!(texts, "undo-deactivated", who = who) } else { fl!(texts, "undo-reactivated", who = who) }
}

/// Nothing but the place among the others was changed.
fn is_placed(write: &SavedWrite) -> bool {
    write.after.as_ref().is_some_and(|after| after.keys().all(|field| field == "position"))
}

/// What a field read, of a record that is gone.
fn word(write: &SavedWrite, field: &str) -> Option<String> {
    let fields = write.before.as_ref().or(write.after.as_ref())?;
    fields.get(field).and_then(Value::as_str).map(str::to_owned)
}

fn service(texts: &Texts, write: &SavedWrite) -> String {
    let after = |field| write.after.as_ref().and_then(|after| after.get(field));
    match (after("running").and_then(Value::as_bool), after("closed_text")) {
        (Some(true), _) => fl!(texts, "undo-started"),
        (Some(false), _) => fl!(texts, "undo-stopped"),
        (None, Some(_)) => fl!(texts, "undo-clinic"),
        (None, None) => fl!(texts, "undo-server"),
    }
}
